"""Which point of an issue a statement asks for, as an interval, by rules that anybody can check. `stance` does it.

The rules, in this order; points are on the common scale 0..100:

1. Threats, predictions, assessments and fact-claims ask for nothing: no position.
2. The *named points* are the amounts in the scale's unit; where there is none, the words of poles; where there is
   none, `asked`. A pole's word counts where it stands within `REACH` words of a word of the issue, and no word of
   another issue is nearer.
3. A pole's word after `not`, `no`, `never` or `without` is refused, unless the statement as a whole is negated.
4. Who asks for a named point stands there, give or take the width of the kind of statement (`WIDTH`), half as much
   again where a modal softens it (`may`, `can`, `would`). An amount has its own width, none where it is exact. Several
   points: from the lowest to the highest, the most plausible being their mean.
5. Who refuses a named point stands on the other side of it: at least `MARGIN` points away, up to the far end; the most
   plausible point is the middle of that range, or the far end where somebody asks that it should not be. A refusal of
   a point in the middle, or of an exact amount, leaves both sides open: no position.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.coding.lexicon import Hit, Link
from parley.coding.quantities import Quantity, quantities
from parley.coding.words import Token
from parley.domain.estimate import Estimate
from parley.domain.statement import Statement

__all__ = ["MARGIN", "REACH", "WIDTH", "Stance", "stance"]

WIDTH = {
    "demand": 10.0,
    "condition": 15.0,
    "proposal": 15.0,
    "goal": 20.0,
    "recommendation": 20.0,
    "promise": 20.0,
    "offer": 25.0,
    "refusal": 0.0,
}
"""How far a position may lie from the point that is asked for, 0..100, by kind of statement; others ask for nothing."""
MARGIN = 25.0
"""How far from a refused point a position lies at least, 0..100."""
REACH = 8
SOFTENED = 1.5
SOFT = ("may", "can", "would")
NEGATORS = frozenset(
    [
        "no",
        "not",
        "never",
        "without",
        "neither",
        "nor",
        "cannot",
        "can't",
        "won't",
        "don't",
        "doesn't",
        "didn't",
        "isn't",
        "aren't",
        "wouldn't",
        "shouldn't",
        "mustn't",
    ]
)
NEGATES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """What a statement asks for on an issue.

    Attributes
    ----------
    position : the point, 0..100; absent where it names none
    named : whether an amount or a pole's word names it, and not only the issue itself
    why : the rules that gave it, in words
    """

    position: Estimate | None
    named: bool
    why: str


@dataclass(frozen=True, slots=True)
class _Point:
    """A named point: low, mode, high on 0..100, whether it is refused, and how the text says it."""

    low: float
    mode: float
    high: float
    refused: bool
    exact: bool
    words: str

    @classmethod
    def at(cls, point: float, *, refused: bool, words: str) -> _Point:
        """A point that a word names."""
        return cls(low=point, mode=point, high=point, refused=refused, exact=False, words=words)


def stance(statement: Statement, link: Link, text: Sequence[Token], *, others: Sequence[Link] = ()) -> Stance:
    """Read the point that a statement asks for.

    Parameters
    ----------
    statement : the statement
    link : the issue, and where the text speaks of it
    text : the words of the statement
    others : the other issues that the text speaks of

    Returns
    -------
    the position, and why
    """
    kind = statement.kind
    points, how = _points(statement, link, text, others)
    named = how in ("amount", "pole")
    if kind not in WIDTH:
        return Stance(position=None, named=named, why=f"a {kind} asks for nothing")
    if not points:
        return Stance(position=None, named=False, why="no word names a point")
    asked = [point for point in points if not point.refused]
    shown = ", ".join(f"'{point.words}'" for point in (asked or points))
    if asked:
        return Stance(position=_around(asked, statement), named=named, why=f"{kind} for {shown} ({how})")
    position = _beyond(points, middle=kind == "refusal")
    verb = "refusal of" if kind == "refusal" else f"{kind} against"
    if position is None:
        return Stance(position=None, named=named, why=f"{verb} {shown} ({how}) leaves both sides open")
    return Stance(position=position, named=named, why=f"{verb} {shown} ({how}): the other side")


def _points(
    statement: Statement, link: Link, text: Sequence[Token], others: Sequence[Link]
) -> tuple[list[_Point], str]:
    refuses = statement.kind == "refusal" or statement.negated
    scale = link.issue.scale
    amounts = [each for each in quantities(text, scale) if _near(each.places, link, others)]
    if amounts:
        return [_amount(each, link, refused=refuses) for each in amounts], "amount"
    poles = [(at, hit) for at, hit in link.poles if _near(hit.places, link, others)]
    if poles:
        return [
            _Point.at(
                scale.point(at),
                refused=refuses or (not statement.negated and _negated(hit, text)),
                words=" ".join(text[place].text for place in hit.places),
            )
            for at, hit in poles
        ], "pole"
    if link.issue.asked is None:
        return [], ""
    point = scale.point(link.issue.asked)
    first = link.hits[0]
    refused = refuses or (not statement.negated and _negated(first, text))
    words = " ".join(text[place].text for place in first.places)
    return [_Point.at(point, refused=refused, words=words)], "the matter itself"


def _amount(amount: Quantity, link: Link, *, refused: bool) -> _Point:
    low, mode, high = (link.issue.scale.point(value) for value in (amount.low, amount.mode, amount.high))
    return _Point(low, mode, high, refused=refused, exact=not amount.open, words=amount.words)


def _near(places: Sequence[int], link: Link, others: Sequence[Link]) -> bool:
    """Whether words belong to the issue: within reach of one of its words, and no word of another issue is nearer."""
    distance = _distance(places, link.hits)
    return distance <= REACH and all(_distance(places, other.hits) >= distance for other in others)


def _distance(places: Sequence[int], hits: Sequence[Hit]) -> int:
    return min(abs(mine - theirs) for hit in hits for mine in places for theirs in hit.places)


def _negated(hit: Hit, text: Sequence[Token]) -> bool:
    first = hit.places[0]
    before = [each for each in text[max(0, first - NEGATES) : first] if each.sentence == text[first].sentence]
    return any(each.text in NEGATORS for each in before)


def _around(points: Sequence[_Point], statement: Statement) -> Estimate:
    """Rule 4."""
    soft = SOFTENED if statement.modality in SOFT else 1.0
    width = WIDTH[statement.kind] * soft
    wide = [0.0 if point.exact or point.low < point.high else width for point in points]
    mode = sum(point.mode for point in points) / len(points)
    low = min(point.low - each for point, each in zip(points, wide, strict=True))
    high = max(point.high + each for point, each in zip(points, wide, strict=True))
    return Estimate(low=max(0.0, min(low, mode)), mode=mode, high=min(100.0, max(high, mode)))


def _beyond(points: Sequence[_Point], *, middle: bool) -> Estimate | None:
    """Rule 5."""
    if any(point.exact for point in points):
        return None
    lowest, highest = min(point.low for point in points), max(point.high for point in points)
    if lowest >= 100.0 - MARGIN:
        low, high, far = 0.0, lowest - MARGIN, 0.0
    elif highest <= MARGIN:
        low, high, far = highest + MARGIN, 100.0, 100.0
    else:
        return None
    return Estimate(low=low, mode=(low + high) / 2 if middle else far, high=high)
