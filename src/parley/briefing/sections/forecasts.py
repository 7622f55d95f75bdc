"""What named people forecast, how sure they sound, by when, and how one would know."""

from __future__ import annotations

import datetime

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.prose import cited, paragraph, plain, table, write
from parley.domain.briefing import Block, Chart, Piece, Section
from parley.domain.prediction import Prediction

__all__ = ["horizon", "section"]


def section(desk: Desk) -> Section:
    """Write the section on people's forecasts."""
    predictions = desk.scenario.predictions
    blocks: list[Block]
    if not predictions:
        blocks = [paragraph(plain("The scenario holds no forecast by a named person."))]
    else:
        blocks = [
            paragraph(
                plain(
                    "These are forecasts by people, not by the models. The chance is read from how sure each sounds, "
                    "by a fixed table of wordings;"
                ),
                plain("the last column says what would have to be seen for it to have come true."),
            ),
            _chart(desk),
            *_standing(desk),
        ]
    return Section(id="forecasts", title="What people forecast", blocks=tuple(blocks))


def day(date: datetime.date) -> str:
    """A date as people write it."""
    return f"{date.day} {date:%B %Y}"


def horizon(prediction: Prediction) -> str:
    """When a forecast should come true, in words."""
    if prediction.horizon is None:
        return "no time named"
    first, last = prediction.horizon.earliest, prediction.horizon.latest
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def _basis(desk: Desk, prediction: Prediction) -> str:
    says = f"Forecast by {prediction.by}; the chance is read from the wording"
    says += f" ({prediction.hedge})." if prediction.hedge else "."
    return desk.stated(f"prediction {prediction.id}", says, grounds=prediction.grounds)


def _chart(desk: Desk) -> Chart:
    rows, lines = [], []
    for each in desk.scenario.predictions:
        low, high = each.probability.low, each.probability.high
        rows.append({"by": each.by, "words": each.words, "low": low, "high": high, "horizon": horizon(each)})
        chance = Piece(
            text=f"{words.likelihood_range(low, high)} ({words.percentages(low, high)})", basis=_basis(desk, each)
        )
        when = Piece(text=horizon(each), basis=_basis(desk, each))
        lines.append((each.by, cited(each.words, each.grounds), chance, when, each.criterion))
    return Chart(
        id="predictions",
        title=_title(desk),
        subtitle="Chance that each forecast comes true, as its author sounds, from no chance to certainty",
        kind="predictions",
        data={"rows": rows},
        alt="One bar for each forecast. The table names who forecasts what, how surely, by when, and what would show "
        "it.",
        table=table("Forecasts by named people", ("Who", "What", "How sure", "When", "Came true if"), lines),
    )


def _title(desk: Desk) -> str:
    sure = sum(each.probability.low >= 0.8 for each in desk.scenario.predictions)
    total = len(desk.scenario.predictions)
    if sure == total:
        return "Everybody quoted sounds very sure"
    if sure > total / 2:
        return "Most of those quoted sound very sure"
    return "Those quoted differ in how sure they sound" if sure else "Nobody quoted sounds very sure"


def _standing(desk: Desk) -> list[Block]:
    known = [each for each in desk.scenario.predictions if each.outcome is not None]
    if not known:
        return [paragraph(plain("None of these was decided on the day of this briefing."))]
    runs = []
    for each in known:
        verdict = "came true" if each.outcome else "did not come true"
        runs.append(
            write(
                "{by}: “{text}” {verdict}.",
                by=each.by,
                text=cited(each.words.rstrip("."), each.grounds),
                verdict=verdict,
            )
        )
    return [paragraph(*runs)]
