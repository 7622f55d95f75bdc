"""How each engine sees the talks, in words, and where engines disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.families import PACKAGES, Family, families, kind, speaking_of_agreement
from parley.briefing.outlook import in_words
from parley.briefing.prose import Cells, Run, items, joined, paragraph, plain, strong, table, write
from parley.briefing.sections.agreement import (
    agreement_chart,
    agreement_in_words,
    agreement_sentence,
    agreements,
    bounds_of,
    unlike_agreements,
)
from parley.briefing.sections.settlements import dispute_in_words, disputes
from parley.domain.briefing import Block, Chart, Paragraph, Piece, Section

__all__ = [
    "SECTIONS_IN_WORDS",
    "section",
]

SECTIONS_IN_WORDS = {
    "positions": "positions",
    "positions or payoffs": "positions or stated payoffs",
    "payoffs": "stated payoffs",
    "war": "an account of the war",
    "clock": "an account of time and patience",
    "conflict": "each side's options and preferences",
    "terms": "the terms of a truce",
    "tactics": "beliefs about tactics",
    "levers": "means of pressure",
    "decision_rule": "a rule of decision",
    "links": "links between issues",
    "opinion": "measured opinion",
    "outcomes": "a ladder of outcomes",
    "approaches": "approaches",
    "predictions": "forecasts",
}

SPEAKS = "These models say how likely agreement is"
GRANTED = "If there is a decision: these models take one for granted"


def section(desk: Desk) -> Section:
    """Write the section on how each engine sees the talks."""
    blocks: list[Block] = [paragraph(plain(_introduction(desk)))]
    for family in families(desk):
        blocks += _together(desk, family) if len(family.engines) > 1 else _one_engine(desk, family.engines[0])
    for engine in desk.apart:
        blocks += _question_of_its_own(desk, engine)
    blocks += [*agreement_chart(desk), *_outcomes_chart(desk), *_disagreement(desk), *_gaps(desk)]
    return Section(id="engines", title="How each model sees it", blocks=tuple(blocks))


def _introduction(desk: Desk) -> str:
    if not desk.engines:
        return "No model has an answer for this scenario; the reasons follow."
    return (
        "Each model is a way of thinking about negotiations, published unless said otherwise, reduced to rules that a "
        "computer can follow. "
        "They take different things for granted, so they are shown side by side and never averaged."
    )


def _question_of_its_own(desk: Desk, engine: str) -> list[Block]:
    """Tell of an engine that says nothing of what the others answer; its answer has a section of its own."""
    card = desk.cards[engine]
    text = "{title} asks another question: {question} Its answer has a part of this briefing to itself."
    told = paragraph(write(text, title=strong(card.title), question=card.question))
    return [told, *items(_limits("It", card.assumptions, card.cannot_say))]


def _one_engine(desk: Desk, engine: str) -> list[Block]:
    card = desk.cards[engine]
    return [Paragraph(pieces=_answer(desk, engine)), *items(_limits("It", card.assumptions, card.cannot_say))]


def _together(desk: Desk, family: Family) -> list[Block]:
    """Tell of several engines of a kind: first what most of them share, once, then each with what is its own."""
    cards = {engine: desk.cards[engine] for engine in family.engines}
    granted = [*_shared({name: card.assumptions for name, card in cards.items()})]
    unsaid = [*_shared({name: card.cannot_say for name, card in cards.items()})]
    told = write("{title}: {names}.", title=strong(family.title), names=words.listed([c.short for c in cards.values()]))
    silent = [engine for engine in family.engines if engine not in agreements(desk)]
    none = plain(
        f"{'Not one' if len(silent) == len(cards) else 'Hardly one'} of them says whether there will be agreement."
    )
    blocks: list[Block] = [paragraph(told, none if len(silent) > len(cards) / 2 else ())]
    common = (
        [_with_exceptions(desk, family, each) for each in granted],
        [_with_exceptions(desk, family, u) for u in unsaid],
    )
    blocks += items(_limits("They", *common))
    own = []
    for engine, card in cards.items():
        rest = [
            [each for each in told if each not in shared]
            for told, shared in ((card.assumptions, dict(granted)), (card.cannot_say, dict(unsaid)))
        ]
        own.append(joined([_answer(desk, engine, alone=False), *_limits("It", *rest)], separator=" ", last=" "))
    return [*blocks, *items(own)]


Shared = tuple[str, tuple[str, ...]]
"""A sentence of several cards, and the engines that do not say it."""


def _shared(told: Mapping[str, Sequence[str]]) -> list[Shared]:
    """Sentences that at least half of the engines share, and two at least, in the order of their first mention."""
    counts = Counter(sentence for sentences in told.values() for sentence in dict.fromkeys(sentences))
    common = [sentence for sentence, count in counts.items() if count >= max(2, len(told) / 2)]
    return [
        (sentence, tuple(engine for engine, sentences in told.items() if sentence not in sentences))
        for sentence in common
    ]


def _with_exceptions(desk: Desk, family: Family, shared: Shared) -> str:
    sentence, others = shared
    if not others:
        return sentence
    named = words.listed([desk.mention(engine) for engine in others])
    return f"{sentence.rstrip('.')} (all but {named})."


def _limits(who: str, granted: Sequence[str], unsaid: Sequence[str]) -> list[Run]:
    """Say what is taken for granted and what cannot be said, where there is anything of it."""
    takes = "takes" if who == "It" else "take"
    told = ((f"{who} {takes} for granted:", granted), (f"{who} cannot say:", unsaid))
    return [
        write("{what} {text}", what=strong(what), text=" ".join(sentences).replace("`", ""))
        for what, sentences in told
        if sentences
    ]


def _answer(desk: Desk, engine: str, *, alone: bool = True) -> Run:
    """What an engine asks, and what it answers; among others of its kind without what they share."""
    card = desk.cards[engine]
    asks = (
        write("{title} asks: {question}", title=strong(f"{card.title}"), question=card.question)
        if card.question
        else strong(card.title)
    )
    own = "" if card.published else "This model is Parley's own, not a published one."
    return joined([asks, *_answers(desk, engine, alone=alone), plain(own)], separator=" ", last=" ")


def _answers(desk: Desk, engine: str, *, alone: bool) -> list[Run]:
    return [
        agreement_sentence(desk, engine) if alone or engine in agreements(desk) else (),
        *(bounds_of(desk, engine) if engine in agreements(desk) else ()),
        _time_sentence(desk, engine),
        _outcome_sentence(desk, engine),
        _failure_sentence(desk, engine),
    ]


def _time_sentence(desk: Desk, engine: str) -> Run:
    found = desk.spread(engine, "time_to_agreement")
    if found is None:
        return ()
    basis = desk.result(engine, "time_to_agreement")
    if found.q90 < 1:
        return plain("Where it sees agreement, it sees it at once.")
    around = f"{words.duration(found.q10)} to {words.duration(found.q90)}"
    return write(
        "Where it sees agreement, that takes {middle} in the middle draw ({around} in eight of ten).",
        middle=Piece(text=words.duration(found.q50), basis=basis),
        around=Piece(text=around, basis=basis),
    )


def _outcome_sentence(desk: Desk, engine: str) -> Run:
    shares = desk.outcomes(engine)
    if not shares or kind(desk.cards[engine]) == PACKAGES:
        return ()
    named = {outcome.id: outcome.name for outcome in desk.scenario.outcomes}
    basis = desk.result(engine, "outcome")
    best = max(shares, key=lambda each: shares[each])
    given = "" if engine in speaking_of_agreement(desk) else ", if anything is agreed,"
    share = desk.share(shares[best], basis)
    if best is None:
        return write(
            "On the ladder of outcomes it mostly leaves open where this would end: in {share} of the weighted draws "
            "its answer fits no rung, or is silent on the issue that decides the rung.",
            share=share,
        )
    text = "On the ladder of outcomes{given} it most often ends at “{name}”, with {share} of the weight."
    return write(text, given=given, name=named[best], share=share)


def _failure_sentence(desk: Desk, engine: str) -> Run:
    failures = desk.baseline.runs[engine].failures
    if not failures:
        return ()
    reason, _ = Counter(failure.reason for failure in failures).most_common(1)[0]
    basis = desk.result(engine, "agreement")
    number = Piece(text=words.count(len(failures)), basis=basis)
    each = "draw" if len(failures) == 1 else "draws"
    return write(
        "In {number} {each} it has no answer; most often because {reason}.",
        number=number,
        each=each,
        reason=reason.rstrip("."),
    )


def _outcomes_chart(desk: Desk) -> list[Block]:
    rows, lines = [], []
    for engine in sorted(desk.engines, key=lambda each: each not in speaking_of_agreement(desk)):
        if kind(desk.cards[engine]) == PACKAGES:
            continue
        shares = desk.outcomes(engine)
        speaks = engine in speaking_of_agreement(desk)
        about = {"label": desk.title(engine), "group": SPEAKS if speaks else GRANTED}
        for order, outcome in enumerate(desk.scenario.outcomes):
            if shares:
                rows.append({**about, "outcome": outcome.name, "share": shares[outcome.id], "order": order})
        if shares.get(None, 0.0) > 0:
            other = "None of these, or left open"
            rows.append({**about, "outcome": other, "share": shares[None], "order": len(desk.scenario.outcomes)})
        if shares:
            label = desk.title(engine) + ("" if speaks else " (if there is a decision)")
            lines.append(_outcome_line(desk, engine, label, shares))
    if not rows:
        return []
    columns = ("Model", *(outcome.name for outcome in desk.scenario.outcomes), "None of these, or left open")
    caption = "Weight of each outcome over the draws"
    return [
        Chart(
            id="outcomes",
            title=_outcome_title(desk),
            subtitle="Weight of each rung of the ladder of outcomes over the draws; a settlement that is silent on "
            "the issue that decides it counts as left open. A model that takes a decision for granted says nothing of "
            "how likely one is",
            kind="outcomes",
            data={"rows": rows},
            alt="One bar for each model, divided among the outcomes. The table gives the shares.",
            table=table(caption, columns, lines, numeric=tuple(range(1, len(columns)))),
        )
    ]


def _outcome_line(desk: Desk, engine: str, label: str, shares: Mapping[str | None, float]) -> Cells:
    basis = desk.result(engine, "outcome")
    order: list[str | None] = [*(outcome.id for outcome in desk.scenario.outcomes), None]
    return label, *(desk.share(shares[each], basis) for each in order)


def _outcome_title(desk: Desk) -> str:
    names = {outcome.id: outcome.name for outcome in desk.scenario.outcomes}
    tops = set()
    for engine in desk.engines:
        shares = desk.outcomes(engine)
        if shares:
            tops.add(max(shares, key=lambda each: shares[each]))
    if len(tops) == 1 and (only := next(iter(tops))) is not None:
        return f"“{names[only]}” carries most weight in every model"
    return (
        "The models do not end on the same rung of the ladder"
        if len(tops) > 1
        else "Where the draws end on the ladder of outcomes"
    )


def _disagreement(desk: Desk) -> list[Block]:
    if len(desk.engines) < 2:
        return []
    runs: list[Run] = []
    apart, found, over = unlike_agreements(desk), agreements(desk), disputes(desk)
    if apart is not None:
        sides = joined(
            write("{chance} by {engine}", engine=desk.mention(name), chance=agreement_in_words(desk, name, found[name]))
            for name in apart
        )
        runs.append(write("{what} {sides}.", what=strong("The chance of agreement:"), sides=sides))
    if over:
        first = write("{issue}: {sides}", issue=over[0].issue.name, sides=dispute_in_words(desk, over[0]))
        names = words.listed([each.issue.name for each in over[1:4]])
        honest = in_words(desk, over[0].issue)
        also = write("; {honest}", honest=honest) if honest else ()
        rest = f". Then {names}, as told above" if names else ""
        what = strong("What would be agreed:")
        runs.append(write("{what} {first}{also}{rest}.", what=what, first=first, also=also, rest=rest))
    if not runs:
        return [paragraph(plain("The models that speak of the same thing do not disagree by much here."))]
    opening = "Where the models disagree, the reason lies in what each takes for granted. They disagree on:"
    return [paragraph(plain(opening)), *items(runs)]


def _gaps(desk: Desk) -> list[Block]:
    runs = []
    for engine, sections in desk.baseline.gaps.items():
        lacking = words.listed([SECTIONS_IN_WORDS.get(each, each) for each in sections])
        runs.append(
            write(
                "{title} could not run: the scenario lacks {lacking}.",
                title=strong(desk.title(engine)),
                lacking=lacking,
            )
        )
    for engine in desk.baseline.runs:
        if engine not in desk.engines:
            runs.append(_no_answer(desk, engine))
    return [*items(runs)]


def _no_answer(desk: Desk, engine: str) -> Run:
    failures = desk.baseline.runs[engine].failures
    reason = Counter(failure.reason for failure in failures).most_common(1)[0][0] if failures else "it gives no reason"
    return write(
        "{title} has no answer in any draw: {reason}.", title=strong(desk.title(engine)), reason=reason.rstrip(".")
    )
