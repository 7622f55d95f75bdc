"""Where a name ends the words for somebody's office, with no comma before it. `name_after_office` is the main name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from parley.reading.gazetteer import gazetteer
from parley.reading.name_pieces import Run
from parley.reading.tokens import Words

__all__ = ["HUMAN", "is_office", "name_after_office"]

HUMAN = frozenset(["office-holder", "spokesperson", "analyst", "media", "relation", "person"])
_CLOSING = frozenset([",", "(", "who"])
_PLACES = frozenset(["place", "organisation", "state"])
_JOINING = frozenset([",", "and"])


def name_after_office(words: Words, runs: Sequence[Run], first: int, last: int) -> int | None:
    """The last token of a person's name that ends a description: "envoy to the Great Lakes Thomas Whitford".

    The name stands right after another name, after two offices, after an office of a body, or after what the person is.

    Parameters
    ----------
    words : the paragraph
    runs : its names
    first, last : tokens of the description, both included
    """
    at = bisect_left(runs, first + 2, key=lambda each: each.start)
    while at < len(runs) and (runs[at].kind != "person" or runs[at].modifier):
        at += 1
    run = runs[at] if at < len(runs) else None
    if run is None or run.last > last or run.last < last and words.word(run.last + 1) not in _CLOSING:
        return None
    before = run.start - 1
    if "and" in words.lower[first : before + 1] and words.tags[first] not in ("DT", "PRP$"):
        return run.last if _two_offices(words, run, first) else None
    joined = bool(_JOINING & set(words.lower[first:before]))
    if _what_it_is(words, run) and not joined:
        return run.last
    offices = any(is_office(words, token) for token in range(first, before))
    placed = at > 0 and runs[at - 1].kind in _PLACES and runs[at - 1].last == before
    if placed and offices and words.word(before - 1) not in _JOINING:
        return run.last
    owned = is_office(words, before) and any(each.kind == "organisation" for each in runs[:at] if each.last < before)
    return run.last if owned and not joined else None


def is_office(words: Words, token: int) -> bool:
    """Whether a token says what a person is, or ends such a word, as the last of "secretary-general".

    Parameters
    ----------
    words : the paragraph
    token : the token
    """
    nouns = gazetteer().nouns
    return nouns.get(words.word(token)) in HUMAN or nouns.get("-".join(words.lower[token - 2 : token + 1 : 2])) in HUMAN


def _two_offices(words: Words, run: Run, first: int) -> bool:
    """Whether a name follows two offices of one person: "Vice President and Minister of Defence Ada Bek"."""
    before, link = run.start - 1, words.lower.index("and", first)
    titled = bool(run.titles) or is_office(words, before)
    return titled and is_office(words, link - 1) and "," not in words.lower[first:before]


def _what_it_is(words: Words, run: Run) -> bool:
    """Whether a common noun right before a full name says what the person is: "the Austrian jurist Hanna Moser"."""
    before = run.start - 1
    beside = words.roles[run.last] == "appos" and words.heads[run.last] == before
    noun = words.tags[before] == "NN" and run.last > run.first
    return noun and (beside or run.first <= words.heads[before] <= run.last)
