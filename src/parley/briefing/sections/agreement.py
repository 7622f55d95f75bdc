"""How likely agreement is, by each engine that speaks of it. `agreements` is the main name."""

from __future__ import annotations

from collections.abc import Mapping

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.families import PACKAGES, kind, speaking_of_agreement
from parley.briefing.measures import width
from parley.briefing.prose import Cells, Run, paragraph, plain, table, write
from parley.domain.briefing import Block, Chart, Piece
from parley.domain.comparison import Statistic

__all__ = [
    "agreement_chart",
    "agreement_in_words",
    "agreement_sentence",
    "agreement_title",
    "agreements",
    "bounds",
    "bounds_of",
    "unlike_agreements",
]

WIDE_APART = 0.15
"""Chances of agreement further apart than this are called a disagreement."""

NARROW = 0.02
"""Intervals narrower than this are not worth a mention."""

NEAR = 0.05
"""Chances this close to 0 or 1 are near impossible or near certain."""

SPLIT = 0.8
"""From this width of the interval on, the draws themselves disagree on whether there will be agreement."""


def agreements(desk: Desk) -> dict[str, Statistic]:
    """How likely each engine that speaks of it thinks agreement is, without any approach."""
    found = {engine: desk.spread(engine, "agreement") for engine in speaking_of_agreement(desk)}
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


def agreement_sentence(desk: Desk, engine: str) -> Run:
    """Say how likely an engine thinks agreement is, or that it does not say."""
    found = agreements(desk).get(engine)
    if kind(desk.cards[engine]) == PACKAGES and (zone := desk.spread(engine, "agreement")):
        share = desk.share(zone.mean, desk.result(engine, "zone"))
        text = "Its answer: something could be signed in {share} of draws: necessary for a deal and not its chance."
        return write(text, share=share)
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
    return [run for engine in agreements(desk) for run in bounds_of(desk, engine)]


def bounds_of(desk: Desk, engine: str) -> list[Run]:
    """Say what one engine's chance of agreement hangs on, where it gives bounds of its own."""
    basis = desk.result(engine, "agreement")
    every, some, strict = (
        desk.spread(engine, name) for name in ("agreement_necessary", "agreement_possible", "agreement_each_issue")
    )
    runs = []
    if every and some and (every.mean, some.mean) == (0, 1):
        text = "{title} does not say which of its resting points is reached: some of them are agreements, some are not."
        runs.append(write(text, title=words.capital(desk.mention(engine))))
    elif every and some and every.mean < some.mean:
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


def agreement_chart(desk: Desk) -> list[Block]:
    """Draw the chance of agreement by each engine that speaks of it."""
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
