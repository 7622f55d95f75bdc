"""What people claim about time and the war, each beside the war model's own answer. Main name: `claims`.

Which answer stands beside a claim follows from where the scenario cites it: for a date, for who is stubborn, for a rule
of the broker, for what a side pays or gains by fighting, for what one side does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.prose import Cells, Run, caution, cited, items, joined, paragraph, plain, strong, table, write
from parley.domain.briefing import Block, Piece
from parley.domain.source import Fact
from parley.domain.war import War
from parley.errors import Path

__all__ = ["claims"]

ENGINE = "war_bargaining"
NOTHING = "nothing"
CLAIMED = ("assessment", "prediction", "measurement", "goal", "fact-claim", "recommendation")
"""Kinds of facts that claim something, as far as the clock and the war cite them."""
MOST_ANSWERS = 2


def claims(desk: Desk) -> list[Block]:
    """Set each claim that the clock or the war cites beside the model's answer, and list the others."""
    facts = [fact for fact in desk.scenario.facts if fact.kind in CLAIMED and _cited_for(desk, fact)]
    answered = [(fact, answers) for fact in facts if (answers := _answers(desk, fact))]
    known = [fact for fact, _ in answered]
    left = [fact for fact in facts if fact not in known]
    rows: list[Cells] = [(_claim(fact), _joined(answers)) for fact, answers in answered]
    blocks: list[Block] = []
    if rows:
        heading = "What people say about time and the war, and what the war model finds"
        blocks = [
            paragraph(plain("Beside the model, what people say about time and the course of the war:")),
            table(heading, ("Said", "The model's own answer"), rows),
            caution(
                plain(
                    "The numbers of the model rest in part on these same claims, so that it does not prove them where "
                    "it agrees. “Waiting pays” means that one more step of fighting is worth more to a side than the "
                    "best terms to be had, if the front still stands where it stands now."
                )
            ),
        ]
    if left:
        text = "Also said about time and the war; the model has no answer of its own to it:"
        if not rows:
            text = "Beside the model, what people say about time and the course of the war:"
        blocks += [paragraph(plain(text)), *items(_claim(fact) for fact in left)]
    return blocks


def _claim(fact: Fact) -> Run:
    return write("{who}: {text}", who=strong(words.capital(fact.said_by)), text=cited(fact.words, (fact.id,)))


def _joined(answers: Sequence[Run]) -> Run:
    return joined(answers, separator=" ", last=" ")


def _cited_for(desk: Desk, fact: Fact) -> list[Path]:
    """The places of the clock and the war that cite a fact."""
    return [path for path, ground in desk.grounds if ground == fact.id and path[0] in ("clock", "war")]


def _answers(desk: Desk, fact: Fact) -> list[Run]:
    """What the model finds on what the fact is cited for: one answer of a kind, the nearest kinds first."""
    if desk.scenario.war is None or desk.data(ENGINE) is None:
        return []
    paths, found = _cited_for(desk, fact), []
    for kind in KINDS:
        told = (answer(desk, path) for start, answer in kind for path in paths if path[: len(start)] == start)
        first = next((each for each in told if each), ())
        if first:
            found.append(first)
    return found[:MOST_ANSWERS]


def _war(desk: Desk) -> War:
    assert desk.scenario.war is not None
    return desk.scenario.war


def _paying(desk: Desk, step: int | None = None) -> dict[str, NDArray[np.float64]]:
    """In what share of draws waiting pays for each side, at each step."""
    data, war = desk.data(ENGINE), _war(desk)
    if data is None or "waiting_by_step" not in data:
        return {}
    worth = np.asarray(data["waiting_by_step"], dtype=np.float64).reshape(-1, *data["waiting_by_step"].shape[-2:])
    known = worth[np.isfinite(worth).all(axis=(1, 2))]
    if not known.size or (step is not None and not 0 <= step < known.shape[1]):
        return {}
    return {side: (known[:, :, place] > 0).mean(axis=0) for place, side in enumerate((war.side_a, war.side_b))}


def _by_a_date(desk: Desk, path: Path) -> Run:
    """For whom waiting pays on a date of the clock."""
    clock = desk.scenario.clock
    assert clock is not None
    deadline = clock.deadlines[int(path[2])]
    opening = 0.0 if clock.opening is None else clock.opening.mode
    step = int((deadline.date - desk.scenario.as_of).days / clock.step_days - opening)
    paying = _paying(desk, step)
    sides = [side for side in paying if deadline.party in (None, side)]
    if not sides:
        return ()
    basis = desk.result(ENGINE, "waiting")
    told = [
        write(
            "{share} of draws for {party}", share=desk.share(float(paying[side][step]), basis), party=desk.named(side)
        )
        for side in sides
    ]
    date = Piece(text=f"{deadline.date.day} {deadline.date:%B %Y}", basis=basis)
    return write("On {date} waiting pays in {told}.", date=date, told=joined(told))


def _stubborn(desk: Desk, path: Path) -> Run:
    """Who gives in first, if each side may be one that never does."""
    letter = str(path[2])[-1] if len(path) > 2 else ""
    if letter not in ("a", "b"):
        return ()
    first, never = desk.spread(ENGINE, f"folds_first_{letter}"), desk.spread(ENGINE, "never_folds")
    if first is None or never is None:
        return ()
    basis, war = desk.result(ENGINE, "pressure"), _war(desk)
    return write(
        "In a contest of patience {party} gives in first with a chance of {chance}; with {never} neither ever does.",
        party=desk.named(war.side_a if letter == "a" else war.side_b),
        chance=desk.share(first.mean, basis),
        never=desk.share(never.mean, basis),
    )


def _pressing(desk: Desk, path: Path) -> Run:
    """What a rule of the broker changes for each side, and whether it would be believed."""
    war = _war(desk)
    assert war.broker is not None
    rule = war.broker.rules[int(path[3])]
    changes = []
    basis = desk.result(ENGINE, "pressure")
    for side, measure in ((war.side_a, "rule_value_a"), (war.side_b, "rule_value_b")):
        under, without = (desk.values(ENGINE, measure, rule=each) for each in (rule.id, NOTHING))
        if under is None or without is None or not np.isfinite(under - without).any():
            return ()
        change = Piece(text=words.signed(float(np.nanmean(under - without))), basis=basis)
        changes.append(write("{change} points to {party}", change=change, party=desk.named(side)))
    credible = desk.values(ENGINE, "rule_credible", rule=rule.id)
    believed = 0.0 if credible is None else float(np.nanmean(credible))
    return write(
        "“{rule}” is worth {changes}, and would be believed in {believed} of draws.",
        rule=rule.name,
        changes=joined(changes),
        believed=desk.share(believed, basis),
    )


def _wanted(desk: Desk, path: Path) -> Run:  # noqa: ARG001
    """Which rule is worth most to the broker."""
    broker = _war(desk).broker
    assert broker is not None
    worth = {rule.id: desk.values(ENGINE, "rule_broker", rule=rule.id) for rule in broker.rules}
    means = {
        rule: float(np.nanmean(each)) for rule, each in worth.items() if each is not None and np.isfinite(each).any()
    }
    if not means:
        return ()
    best = max(means, key=lambda rule: means[rule])
    name = next(rule.name for rule in broker.rules if rule.id == best)
    text = "By what the scenario takes {broker} to want, “{rule}” is worth most to it, were it believed."
    return write(text, broker=desk.named(broker.party), rule=name)


def _fighting_on(desk: Desk, path: Path) -> Run:
    """Whether waiting pays for the side of whom the estimate speaks, or for both."""
    paying = _paying(desk)
    told = [_side_waits(desk, side, paying[side]) for side in paying if side in _spoken_of(desk, path)]
    return _joined(told) if told else ()


def _spoken_of(desk: Desk, path: Path) -> tuple[str, ...]:
    war, clock = _war(desk), desk.scenario.clock
    if path[:2] == ("clock", "discounts"):
        assert clock is not None
        return (clock.discounts[int(path[2])].party,)
    letter = {"cost_a": "a", "cost_b": "b", "a_gains": "a", "b_gains": "b"}.get(
        next((str(part) for part in path if str(part) in ("cost_a", "cost_b", "a_gains", "b_gains")), ""), ""
    )
    sides = {"a": (war.side_a,), "b": (war.side_b,)}
    return sides.get(letter, (war.side_a, war.side_b))


def _side_waits(desk: Desk, side: str, paying: NDArray[np.float64]) -> Run:
    clock = desk.scenario.clock
    assert clock is not None
    basis, best = desk.result(ENGINE, "waiting"), int(paying.argmax())
    first = desk.share(float(paying[0]), basis)
    if best == 0:
        return write(
            "Waiting pays for {party} in {first} of draws now, and later in fewer.", party=desk.named(side), first=first
        )
    return write(
        "Waiting pays for {party} in {first} of draws now and, most often, in {most} {when} later.",
        party=desk.named(side),
        first=first,
        most=desk.share(float(paying[best]), basis),
        when=Piece(text=words.duration(best * clock.step_days), basis=basis),
    )


def _unknown(desk: Desk, path: Path) -> Run:  # noqa: ARG001
    """What doubt makes the side that is in doubt dare, and the war that comes of it."""
    war, found = _war(desk), desk.spread(ENGINE, "doubt_war")
    if war.doubt is None or found is None:
        return ()
    basis = desk.result(ENGINE, "pressure")
    return write(
        "Not knowing whether war wears {about} down brings war by itself with a chance of {war}.",
        about=desk.named(war.doubt.about),
        war=desk.share(found.mean, basis),
    )


KINDS: tuple[tuple[tuple[Path, Callable[[Desk, Path], Run]], ...], ...] = (
    ((("clock", "deadlines"), _by_a_date),),
    ((("war", "resolve"), _stubborn),),
    ((("war", "broker", "rules"), _pressing), (("war", "broker"), _wanted)),
    (
        (("war", "front"), _fighting_on),
        (("war", "cost_a"), _fighting_on),
        (("war", "cost_b"), _fighting_on),
        (("clock", "discounts"), _fighting_on),
    ),
    ((("war", "doubt"), _unknown),),
)
"""What a fact may be cited for, by the start of the place, and what answers it; of each kind the first that does."""
