"""Small scenarios for tests: `tiny_scenario` and its parts."""

from __future__ import annotations

import datetime
from typing import Any

from parley.domain.approach import Approach, Move
from parley.domain.clock import Clock, Discount
from parley.domain.conflict import Choice, Conflict, Meaning, Option, Preference, PreferenceStatement
from parley.domain.estimate import Estimate
from parley.domain.issue import Anchor, Issue, Scale
from parley.domain.lever import Effect, Lever
from parley.domain.outcome import Outcome
from parley.domain.party import Party
from parley.domain.position import Position, RedLine
from parley.domain.scenario import Question, Scenario
from parley.domain.source import Fact, Source
from parley.domain.terms import Terms
from parley.domain.war import Front, PieIssue, Place, War

__all__ = ["about", "exactly", "lever", "tiny_scenario", "with_approaches", "with_levers"]


def about(low: float, mode: float, high: float, **changes: Any) -> Estimate:
    """An estimate that rests on the one fact of `tiny_scenario`."""
    return Estimate(low=low, mode=mode, high=high, **{"grounds": ("F1",), **changes})


def exactly(value: float) -> Estimate:
    """A number known exactly, with its ground."""
    return about(value, value, value)


def lever(lever_id: str, *effects: Effect, credibility: Estimate | None = None, **changes: Any) -> Lever:
    """A lever that the north holds over the south."""
    fields: dict[str, Any] = {
        "id": lever_id,
        "name": lever_id.replace("_", " ").capitalize(),
        "words": "the north leans on the south",
        "holder": "north",
        "target": "south",
        "kind": "pressure",
        "effects": effects,
        "cost": exactly(0.05),
        "credibility": credibility or about(0.2, 0.5, 0.8),
    }
    return Lever(**{**fields, **changes})


def tiny_scenario(**changes: Any) -> Scenario:
    """Two parties at war over two issues, with levers, options and approaches.

    `border` runs 0..100 (the north wants 100); `truce` runs 0..60 days (the north asks for 45, the south for 6).

    Parameters
    ----------
    changes : fields of `Scenario` to put in place of these
    """
    fields: dict[str, Any] = {
        "title": "North and south",
        "question": Question(text="How could the north approach the talks?", asked_by="north"),
        "as_of": datetime.date(2020, 1, 1),
        "sources": (Source(id="S1", title="A report"),),
        "facts": (
            Fact(id="F1", source="S1", words="both sides say what they want", said_by="the report", kind="event"),
        ),
        "parties": _parties(),
        "issues": _issues(),
        "positions": _positions(),
        "levers": (
            lever("sanctions", Effect(on="war_cost", times=about(1.0, 1.5, 2.0), plus=exactly(0.02))),
            lever("aid_pause", Effect(on="capability", times=about(0.6, 0.8, 1.0)), cost=about(0.0, 0.1, 0.2)),
        ),
        "clock": Clock(
            step_days=30,
            horizon=6,
            discounts=tuple(Discount(party=party, per_step=about(0.9, 0.95, 0.99)) for party in ("north", "south")),
        ),
        "war": _war(),
        "terms": Terms(side="bilateral", ceasefire_class="cessation", grounds=("F1",)),
        "conflict": _conflict(),
        "approaches": _approaches(),
        "outcomes": (
            Outcome(id="no_deal", name="No deal", words="nothing is agreed"),
            Outcome(id="pause", name="Pause", words="a pause of any length", region="truce >= 0"),
            Outcome(id="month", name="A month", words="a truce of a month or more", region="truce >= 30"),
        ),
    }
    return Scenario(**{**fields, **changes})


def with_levers(*levers: Lever, pulls: tuple[str, ...] | None = None, **changes: Any) -> Scenario:
    """`tiny_scenario` with these levers, and one approach `push` that pulls them."""
    chosen = tuple(each.id for each in levers) if pulls is None else pulls
    push = Approach(id="push", name="Push", by="north", words="push", pulls=chosen)
    return tiny_scenario(levers=levers, approaches=(push,), **changes)


def with_approaches(*parts: dict[str, Any], **changes: Any) -> Scenario:
    """`tiny_scenario` with approaches of the north (unless said otherwise) made of these fields."""
    approaches = tuple(Approach(**{"name": part["id"], "by": "north", "words": part["id"], **part}) for part in parts)
    return tiny_scenario(approaches=approaches, **changes)


def _parties() -> tuple[Party, ...]:
    return (
        Party(
            id="north",
            name="The North",
            role="belligerent",
            capability=about(0.8, 1.0, 1.2),
            no_agreement=about(0.2, 0.4, 0.6),
        ),
        Party(
            id="south",
            name="The South",
            role="belligerent",
            capability=about(0.4, 0.6, 1.0),
            no_agreement=about(0.1, 0.3, 0.5),
        ),
    )


def _issues() -> tuple[Issue, ...]:
    days = Scale(
        low=0, high=60, unit="days", anchors=(Anchor(at=0, words="no truce"), Anchor(at=60, words="two months"))
    )
    return (
        Issue(id="border", name="Border", question="Where does the border run?"),
        Issue(id="truce", name="Truce", question="How long is the truce?", scale=days),
    )


def _positions() -> tuple[Position, ...]:
    low, high = RedLine(at_least=about(20, 30, 40)), RedLine(at_most=about(60, 70, 80))
    return (
        Position(
            party="north", issue="border", position=about(80, 90, 100), salience=about(0.6, 0.8, 1.0), red_line=low
        ),
        Position(party="north", issue="truce", position=about(60, 75, 90), salience=about(0.2, 0.4, 0.6)),
        Position(
            party="south", issue="border", position=about(0, 10, 20), salience=about(0.5, 0.9, 1.0), red_line=high
        ),
        Position(party="south", issue="truce", position=about(0, 10, 30), salience=about(0.1, 0.3, 0.5)),
    )


def _war() -> War:
    places = tuple(
        Place(words=words)
        for words in ("the north is beaten", "at the river", "in the hills", "at the pass", "the south is beaten")
    )
    return War(
        side_a="north",
        side_b="south",
        front=Front(
            places=places, start=about(1.6, 2.0, 2.4), a_gains=about(0.1, 0.2, 0.4), b_gains=about(0.1, 0.15, 0.3)
        ),
        cost_a=about(0.01, 0.03, 0.06),
        cost_b=about(0.02, 0.05, 0.1),
        pie=(PieIssue(issue="border", a_wants="high", weight=exactly(1)),),
        proposer=exactly(0.5),
    )


def _conflict() -> Conflict:
    options = (
        Option(id="attack", name="Attack", party="north", words="the north attacks", initially=True),
        Option(
            id="yield",
            name="Yield",
            party="south",
            words="the south gives up the border",
            means=(Meaning(issue="border", at=exactly(80)), Meaning(issue="truce", at=exactly(50))),
        ),
    )
    preferences = (
        Preference(
            party="north",
            statements=(
                PreferenceStatement(says="yield", importance=about(0.5, 0.8, 1.0)),
                PreferenceStatement(says="not attack", importance=exactly(0.3)),
            ),
        ),
        Preference(
            party="south",
            statements=(
                PreferenceStatement(says="not attack", importance=exactly(0.9)),
                PreferenceStatement(says="not yield", importance=exactly(0.4)),
            ),
        ),
    )
    return Conflict(options=options, preferences=preferences, agreement="yield")


def _approaches() -> tuple[Approach, ...]:
    return (
        Approach(id="press", name="Press", by="north", words="threaten sanctions", pulls=("sanctions",)),
        Approach(
            id="press_harder",
            name="Press harder",
            by="north",
            words="and pause aid",
            extends="press",
            pulls=("aid_pause",),
        ),
        Approach(
            id="soften",
            name="Soften",
            by="north",
            words="ask for less",
            moves=(Move(issue="border", to=about(50, 60, 70)),),
        ),
        Approach(
            id="hold_fire",
            name="Hold fire",
            by="north",
            words="stop attacking",
            takes=(Choice(option="attack", taken=False),),
        ),
        Approach(id="wait", name="Wait", by="north", words="wait for winter", wait=exactly(2)),
        Approach(
            id="resist", name="Resist", by="south", words="give nothing", takes=(Choice(option="yield", taken=False),)
        ),
    )
