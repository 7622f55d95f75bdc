"""How sure a proposition and its cue sound. `hedge` is the main name; the ranges stand in `domain.hedges`.

What is said outright beats what is implied: a number comes before a phrase, a phrase before *may* or *could*, those
before the verb of saying, and that before a plain *will*.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from parley.domain.hedges import RANGES
from parley.domain.source import Hedge
from parley.reading.hedge_words import ANY_PHRASE, DENIALS, NAMES, PHRASE, STRONG
from parley.reading.modality import main_predicate, top
from parley.reading.odds import stated_odds

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["FoundHedge", "hedge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHedge:
    """How sure a speaker sounds.

    Attributes
    ----------
    hedge : the hedge
    low, high : the range of probabilities that it conveys, 0..1
    name : its row in the table of ranges; `stated` where the speaker names a number
    first, last : positions in the tokens given of the words that convey it; absent where the cue does
    """

    hedge: Hedge
    low: float
    high: float
    name: str
    first: int | None = None
    last: int | None = None

    @property
    def range(self) -> tuple[float, float] | None:
        """Lowest and highest probability; None where it is left open."""
        return None if self.hedge == "open" else (self.low, self.high)


def hedge(tokens: Sequence[Token], cue: Sequence[Token] = ()) -> FoundHedge | None:
    """Find how sure a proposition sounds; meant for what says how things will be, or are.

    Denial belongs to the hedge in *not likely to leave*, which is unlikely, and to the statement in *will not leave*,
    which is certain.

    Parameters
    ----------
    tokens : the proposition's tokens, in order
    cue : the words that attribute it, such as *doubts that*

    Returns
    -------
    the hedge with its range; None where nothing shows one
    """
    if not tokens:
        return None
    text = " ".join([token.text for token in tokens]).lower().replace("’", "'")
    if found := _stated(tokens, text) or _phrase(tokens, text):
        return found
    modal = _modal(tokens)
    if modal is not None and modal[0] == "possible":
        return _row(modal[0], modal[1], modal[1])
    if name := _cue(cue):
        return _row(name)
    if modal is None:
        return None
    hypothetical = modal[0] == "would" and not any(token.tag_ == "VBD" for token in cue)
    return _row("likely" if hypothetical else "certain", modal[1], modal[1])


def _row(name: str, first: int | None = None, last: int | None = None) -> FoundHedge:
    row = RANGES[name]
    return FoundHedge(hedge=row.hedge, low=row.low, high=row.high, name=name, first=first, last=last)


def _starts(tokens: Sequence[Token]) -> list[int]:
    """Where each token starts in their text in small letters with one space between them."""
    return [0, *accumulate(len(token.text.lower()) + 1 for token in tokens[:-1])]


def _stated(tokens: Sequence[Token], text: str) -> FoundHedge | None:
    odds = stated_odds(text)
    if odds is None:
        return None
    low, high, start, end = odds
    starts = _starts(tokens)
    middle = (low + high) / 2
    names: tuple[tuple[float, Hedge], ...] = (
        (0.2, "sceptical"),
        (0.45, "unlikely"),
        (0.55, "possible"),
        (0.93, "likely"),
        (2, "certain"),
    )
    kind = next(name for bound, name in names if middle < bound)
    return FoundHedge(
        hedge=kind, low=low, high=high, name="stated", first=bisect(starts, start) - 1, last=bisect(starts, end - 1) - 1
    )


_AFTER_AS = re.compile(r"\bas \w+ as $|\bif $|\bwherever $|\bwhenever $")


def _phrase(tokens: Sequence[Token], text: str) -> FoundHedge | None:
    if not ANY_PHRASE.search(text):
        return None
    starts, inside = _starts(tokens), {token.i for token in tokens}
    for found in PHRASE.finditer(text):
        index = next(number for number in range(len(NAMES)) if found[f"r{number}"] is not None)
        body = found.start(f"r{index}")
        if _AFTER_AS.search(text[max(0, body - 20) : body]):
            continue
        first, last = bisect(starts, found.start()) - 1, bisect(starts, found.end() - 1) - 1
        if not _in_main_clause(tokens[bisect(starts, body) - 1], inside):
            continue
        name, denied = NAMES[index]
        no = found["no"] is not None or bool(found["inner"])
        very = (found["very"] or "").strip()
        if no:
            name = "certain" if name == "sceptical" else denied
        elif very in STRONG:
            name = _strengthened(name)
        return _row(name, first, last)
    return None


def _strengthened(name: str) -> str:
    if name in {"likely", "probable"}:
        return "very likely"
    return "very unlikely" if name == "unlikely" else name


def _in_main_clause(token: Token, inside: set[int]) -> bool:
    at = token
    for _ in range(20):
        if at.head.i == at.i or at.head.i not in inside:
            return True
        if at.dep_ in {"relcl", "advcl"}:
            return False
        at = at.head
    return True


_MODALS = {
    "will": "will", "'ll": "will", "wo": "will", "shall": "will", "sha": "will", "would": "would", "may": "possible",
    "might": "possible", "could": "possible",
}  # fmt: skip


def _modal(tokens: Sequence[Token]) -> tuple[str, int] | None:
    """What the main predicate's modal conveys, and its position."""
    places = {token.i: place for place, token in enumerate(tokens)}
    for predicate in (main_predicate(tokens), top(tokens)):
        if predicate is None:
            continue
        for child in predicate.children:
            small = child.text.lower().replace("’", "'")
            if child.i not in places or child.dep_ != "aux" or small not in _MODALS:
                continue
            if small == "could" and any(each.dep_ == "neg" for each in predicate.children):
                return None
            return _MODALS[small], places[child.i]
        above = predicate if predicate.text.lower() == "going" else predicate.head
        if (
            above.text.lower() == "going"
            and above.i in places
            and any(each.dep_ == "xcomp" and each.tag_ == "VB" for each in above.children)
        ):
            return "will", places[above.i]
    return None


_CUES: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys(("doubt", "question", "mistrust"), ("sceptical", "certain")),
    **dict.fromkeys(
        ("doubtful", "sceptical", "skeptical", "dubious", "unconvinced", "sceptic", "skeptic"),
        ("sceptical", "possible"),
    ),
    **dict.fromkeys(("doubts", "scepticism", "skepticism"), ("sceptical", "certain")),
    **dict.fromkeys(
        ("sure", "certain", "confident", "convinced", "positive", "adamant", "certainty"), ("certain", "possible")
    ),
    **dict.fromkeys(
        ("insist", "know", "vow", "guarantee", "swear", "promise", "assure", "conviction"), ("certain", None)
    ),
    **dict.fromkeys(
        ("expect", "anticipate", "foresee", "reckon", "project", "forecast", "expectation"), ("likely", "unlikely")
    ),
    **dict.fromkeys(
        (
            "think",
            "believe",
            "suspect",
            "suppose",
            "assume",
            "feel",
            "consider",
            "presume",
            "guess",
            "belief",
            "view",
            "opinion",
        ),
        ("probable", "sceptical"),
    ),
    **dict.fromkeys(
        ("fear", "hope", "worry", "wonder", "dread", "fearful", "afraid", "hopeful", "hopes", "fears"),
        ("possible", None),
    ),
    **dict.fromkeys(("speculate", "speculation", "suggest", "possibility"), ("possible", None)),
    **dict.fromkeys(("unsure", "uncertain", "unclear"), ("open", None)),
    **dict.fromkeys(("optimistic", "optimism"), ("likely", "unlikely")),
    **dict.fromkeys(("pessimistic", "pessimism"), ("unlikely", None)),
    **dict.fromkeys(("likely",), ("likely", "unlikely")),
    **dict.fromkeys(("unlikely",), ("unlikely", "possible")),
}


def _by_few(verb: Token) -> bool:
    """Whether hardly anybody does what a verb says: *few expect*, *nobody believes*, *no diplomat thinks*."""
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if subject is None:
        return False
    words = {each.text.lower() for each in (subject, *subject.children)}
    few = words & {"few", "nobody", "none", "no", "hardly"} or {"no", "one"} <= words
    return bool(few) and "a" not in words


def _cue(cue: Sequence[Token]) -> str | None:
    """The row of the table that a cue conveys."""
    for token in cue:
        row = _CUES.get(token.lemma_.lower()) or _CUES.get(token.text.lower())
        if row is None:
            continue
        name, denied = row
        around = (
            [*cue, *token.children, *token.head.children] if token.pos_ in {"ADJ", "NOUN"} else [*cue, *token.children]
        )
        if any(each.text.lower() in DENIALS for each in around) or _by_few(token):
            return denied
        return name
    text = " ".join(token.text.lower() for token in cue)
    if re.search(r"\b(?:not|n't|n’t|never) rul\w* out\b", text):
        return "possible"
    return None
