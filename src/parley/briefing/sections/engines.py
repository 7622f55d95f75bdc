"""How each engine sees the talks, in words, and where engines disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.measures import width
from parley.briefing.prose import Cells, Run, items, joined, paragraph, plain, strong, table, write
from parley.briefing.sections.settlements import dispute_in_words, disputes
from parley.domain.briefing import Block, Chart, Paragraph, Piece, Section
from parley.domain.comparison import Statistic

__all__ = [
    "SECTIONS_IN_WORDS",
    "agreement_in_words",
    "agreement_title",
    "agreements",
    "bounds",
    "section",
    "unlike_agreements",
]

SECTIONS_IN_WORDS = {
    "positions": "positions",
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

WIDE_APART = 0.15
"""Chances of agreement further apart than this are called a disagreement."""

NARROW = 0.02
"""Intervals narrower than this are not worth a mention."""

NEAR = 0.05
"""Chances this close to 0 or 1 are near impossible or near certain."""

SPLIT = 0.8
"""From this width of the interval on, the draws themselves disagree on whether there will be agreement."""


def section(desk: Desk) -> Section:
    """Write the section on how each engine sees the talks."""
    blocks: list[Block] = [paragraph(plain(_introduction(desk)))]
    for engine in desk.engines:
        blocks += _one_engine(desk, engine)
    blocks += [*_agreement_chart(desk), *_outcomes_chart(desk), *_disagreement(desk), *_gaps(desk)]
    return Section(id="engines", title="How each model sees it", blocks=tuple(blocks))


def _introduction(desk: Desk) -> str:
    if not desk.engines:
        return "No model has an answer for this scenario; the reasons follow."
    return (
        "Each model is a published way of thinking about negotiations, reduced to rules that a computer can follow. "
        "They take different things for granted, so they are shown side by side and never averaged."
    )


def _one_engine(desk: Desk, engine: str) -> list[Block]:
    card = desk.cards[engine]
    own = "" if card.published else " This model is Parley's own, not a published one."
    asks = (
        write("{title} asks: {question}", title=strong(f"{card.title}"), question=card.question)
        if card.question
        else strong(card.title)
    )
    answer = joined([asks, *_answers(desk, engine)], separator=" ", last=" ")
    blocks: list[Block] = [Paragraph(pieces=(*answer, *plain(own)))]
    taken = " ".join(card.assumptions).replace("`", "")
    silent = " ".join(card.cannot_say).replace("`", "")
    runs = [
        write("{what} {text}", what=strong("It takes for granted:"), text=taken) if taken else (),
        write("{what} {text}", what=strong("It cannot say:"), text=silent) if silent else (),
    ]
    return [*blocks, *items(runs)]


def _answers(desk: Desk, engine: str) -> list[Run]:
    return [
        _agreement_sentence(desk, engine),
        *(_bounds(desk, engine) if engine in agreements(desk) else ()),
        _time_sentence(desk, engine),
        _outcome_sentence(desk, engine),
        _failure_sentence(desk, engine),
    ]


def agreements(desk: Desk) -> dict[str, Statistic]:
    """How likely each engine that speaks of it thinks agreement is, without any approach."""
    found = {engine: desk.spread(engine, "agreement") for engine in desk.speaking("agreement")}
    return {engine: each for engine, each in found.items() if each}


def agreement_in_words(desk: Desk, engine: str, found: Statistic) -> Run:
    """Say how likely agreement is, with its word and its range: "60% (likely; 20% to 90%)"."""
    basis = desk.result(engine, "agreement")
    chance = desk.chance(found.mean, basis, width=width(found))
    word = _likelihood(found)
    if width(found) < NARROW:
        return write("{chance} ({word})", chance=chance, word=word)
    around = Piece(text=words.percentages(found.q10, found.q90), basis=basis)
    return write("{chance} ({word}; {around})", chance=chance, word=word, around=around)


def _agreement_sentence(desk: Desk, engine: str) -> Run:
    found = agreements(desk).get(engine)
    if found is None:
        return plain("It does not say whether there will be agreement, only what would be agreed.")
    answer = write("Its answer: the chance of agreement is {chance}.", chance=agreement_in_words(desk, engine, found))
    if width(found) <= SPLIT:
        return answer
    if found.q10 <= NEAR and found.q90 >= 1 - NEAR:
        return (*answer, *plain(" The draws are split: in some agreement is near certain, in others near impossible."))
    return (*answer, *plain(" The draws lie far apart."))


def _likelihood(found: Statistic) -> str:
    """The word for the chance as it is shown."""
    return words.likelihood(words.rounded(found.mean, spread=width(found)))


def bounds(desk: Desk) -> list[Run]:
    """Say what an engine's chance of agreement hangs on, where it gives bounds of its own."""
    return [run for engine in agreements(desk) for run in _bounds(desk, engine)]


def _bounds(desk: Desk, engine: str) -> list[Run]:
    basis = desk.result(engine, "agreement")
    every, some, strict = (
        desk.spread(engine, name) for name in ("agreement_necessary", "agreement_possible", "agreement_each_issue")
    )
    runs = []
    if every and some and every.mean < some.mean:
        runs.append(
            write(
                "{title} does not say which of its resting points is reached: in {every} of draws all of them are "
                "agreements, in {some} at least one is.",
                title=words.capital(desk.mention(engine)),
                every=desk.share(every.mean, basis),
                some=desk.share(some.mean, basis),
            )
        )
    if strict and strict.mean < agreements(desk)[engine].mean - NARROW:
        runs.append(
            write(
                "{title} lets a side be compensated on one issue for a red line crossed on another; where nothing can "
                "make up for that, its chance of agreement falls to {strict}.",
                title=words.capital(desk.mention(engine)),
                strict=desk.share(strict.mean, basis),
            )
        )
    return runs


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
    if not shares:
        return ()
    named = {outcome.id: outcome.name for outcome in desk.scenario.outcomes}
    basis = desk.result(engine, "outcome")
    best = max(shares, key=lambda each: shares[each])
    given = "" if engine in desk.speaking("agreement") else ", if anything is agreed,"
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


def _agreement_chart(desk: Desk) -> list[Block]:
    found = agreements(desk)
    if not found:
        return [paragraph(plain("No model here says how likely agreement is."))]
    title = agreement_title(found)
    rows = [
        {
            "engine": name,
            "engine_name": desk.title(name),
            "mean": each.mean,
            "low": each.q10,
            "high": each.q90,
            "shown": words.percentage(each.mean, spread=width(each)),
        }
        for name, each in found.items()
    ]
    return [
        Chart(
            id="agreement",
            title=title,
            subtitle="Chance of agreement without any change of approach; a bar holds eight of ten draws",
            kind="agreement",
            data={"rows": rows},
            alt=f"One mark for each model on a scale of chances. {title}.",
            table=table(
                "Chance of agreement, by model", ("Model", "Chance", "Eight of ten draws"), _agreement_lines(desk)
            ),
        )
    ]


def agreement_title(found: Mapping[str, Statistic]) -> str:
    """Say in one sentence what the engines find on agreement."""
    ordered = sorted(found.values(), key=lambda each: each.mean)
    first, last = _finding(ordered[0]), _finding(ordered[-1])
    if first != last:
        return f"Agreement is {first} by one model and {last} by another"
    one = "The one model that speaks of it finds" if len(found) == 1 else "The models that speak of it find"
    return f"{one} agreement {first}"


def _finding(found: Statistic) -> str:
    word = _likelihood(found)
    return {"almost no chance": "next to impossible", "roughly even chance": "about as likely as not"}.get(word, word)


def _agreement_lines(desk: Desk) -> list[Cells]:
    lines: list[Cells] = []
    for name, found in agreements(desk).items():
        basis = desk.result(name, "agreement")
        around = Piece(text=words.percentages(found.q10, found.q90), basis=basis)
        chance = f"{_likelihood(found)} ({words.percentage(found.mean, spread=width(found))})"
        lines.append((desk.title(name), Piece(text=chance, basis=basis), around))
    return lines


def unlike_agreements(desk: Desk) -> tuple[str, str] | None:
    """The engines with the lowest and the highest chance of agreement, where these are far apart."""
    found = agreements(desk)
    if len(found) < 2:
        return None
    low, high = min(found, key=lambda name: found[name].mean), max(found, key=lambda name: found[name].mean)
    return (low, high) if found[high].mean - found[low].mean > WIDE_APART else None


def _outcomes_chart(desk: Desk) -> list[Block]:
    rows, lines = [], []
    for engine in desk.engines:
        shares = desk.outcomes(engine)
        label = desk.title(engine) + ("" if engine in desk.speaking("agreement") else " (given agreement)")
        for order, outcome in enumerate(desk.scenario.outcomes):
            if shares:
                rows.append({"label": label, "outcome": outcome.name, "share": shares[outcome.id], "order": order})
        if shares.get(None, 0.0) > 0:
            other = "None of these, or left open"
            rows.append({"label": label, "outcome": other, "share": shares[None], "order": len(desk.scenario.outcomes)})
        if shares:
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
            "the issue that decides it counts as left open",
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
        rest = f"; then {names}, as told above" if names else ""
        runs.append(write("{what} {first}{rest}.", what=strong("What would be agreed:"), first=first, rest=rest))
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
