"""What a hedge conveys: one table of probability ranges for the ways of sounding sure. `RANGES` is the main name."""

from __future__ import annotations

from dataclasses import dataclass

from parley.domain.source import Hedge

__all__ = ["RANGES", "HedgeRange", "probability_range"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HedgeRange:
    """A way of sounding sure, with the range of probabilities that it conveys.

    Attributes
    ----------
    name : its name in the table; a hedge, or a shade of one
    hedge : the hedge that it counts as
    low, high : the range, 0..1
    words : words that convey it
    source : who gives the range; `ours` where it is a convention of our own
    """

    name: str
    hedge: Hedge
    low: float
    high: float
    words: tuple[str, ...]
    source: str


def _row(name: str, hedge: Hedge, bounds: tuple[float, float], source: str, words: str) -> HedgeRange:
    return HedgeRange(
        name=name, hedge=hedge, low=bounds[0], high=bounds[1], words=tuple(words.split(", ")), source=source
    )


RANGES: dict[str, HedgeRange] = {
    row.name: row
    for row in (
        _row(
            "certain",
            "certain",
            (0.93, 0.99),
            "ours",
            "will, is going to, certainly, no doubt, is bound to, sure, convinced",
        ),
        _row("almost certain", "certain", (0.95, 0.99), "ICD 203", "almost certainly, nearly certain, all but certain"),
        _row("very likely", "likely", (0.80, 0.95), "ICD 203", "very likely, highly probable, in all likelihood"),
        _row("likely", "likely", (0.55, 0.80), "ICD 203", "likely, seems, appears, is set to, is expected to, expects"),
        _row("probable", "probable", (0.55, 0.80), "ICD 203", "probably, presumably, thinks, believes, suspects"),
        _row("even", "possible", (0.45, 0.55), "ICD 203", "an even chance, fifty-fifty, a toss-up"),
        _row(
            "possible",
            "possible",
            (0.20, 0.55),
            "ours",
            "may, might, could, perhaps, possibly, cannot rule out, fears, hopes",
        ),
        _row(
            "unlikely",
            "unlikely",
            (0.20, 0.45),
            "ICD 203",
            "unlikely, improbable, not likely, little chance, does not expect",
        ),
        _row("sceptical", "sceptical", (0.05, 0.30), "ours", "doubts, doubtful, sceptical, does not believe"),
        _row("very unlikely", "unlikely", (0.05, 0.20), "ICD 203", "very unlikely, highly improbable, a slim chance"),
        _row("remote", "unlikely", (0.01, 0.05), "ICD 203", "almost no chance, a remote chance"),
        _row("impossible", "unlikely", (0.01, 0.07), "ours", "no chance, impossible, out of the question"),
        _row("open", "open", (0.0, 1.0), "ours", "unclear, remains to be seen, nobody knows"),
    )
}
"""Every way of sounding sure, by name; *impossible* mirrors *certain*, and *open* conveys nothing.

Source
------
Rows that name ICD 203 are the ranges of its scale [ICD203]_; the others are conventions of our own.
"""


def probability_range(hedge: Hedge) -> tuple[float, float] | None:
    """The range of probabilities that a hedge conveys.

    Parameters
    ----------
    hedge : one of the hedges of a fact or prediction

    Returns
    -------
    lowest and highest probability, 0..1; None where the hedge leaves it open

    Source
    ------
    Likely, probable and unlikely [ICD203]_; certain, possible and sceptical are conventions of our own.
    """
    row = RANGES[hedge]
    return None if hedge == "open" else (row.low, row.high)
