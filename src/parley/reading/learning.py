"""What an article teaches about its own names: acronyms, states that no table knows, and their capitals.

`learn` is the main name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parley.reading.bodies import realm_in
from parley.reading.demonyms import colours, named_after
from parley.reading.gazetteer import Entry, gazetteer
from parley.reading.name_pieces import ADVERBS, Run, begins
from parley.reading.tokens import Words, lexicon

__all__ = ["acronyms", "adverbial", "aliases", "islands", "learn"]

_STATE_NOUNS = lexicon("president parliament capital border premier")
_OF_STATE = _STATE_NOUNS | lexicon("government minister army junta republic kingdom")
_ALIAS = lexicon("known nicknamed alias aka a.k.a. dubbed called guerre")
_LONGEST_ALIAS = 8
_LINKS = lexicon("of for and the in on to de")


def learn(paragraphs: Sequence[tuple[Words, list[Run]]]) -> None:
    """Mark names that the article shows to be states, their adjectives or their capitals.

    Parameters
    ----------
    paragraphs : each with its names, which are marked in place
    """
    _settle_seats(paragraphs)
    bare = _bare(paragraphs)
    states = {name for name in bare if any(_acts_as_state(words, run) for words, run in bare[name])}
    states |= _realms(paragraphs)
    adjectives = dict[str, str]()
    names = [name for name in bare if not all(colours(words, run) for words, run in bare[name])]
    for words, named in paragraphs:
        for run in named:
            if run.kind == "adjective" or colours(words, run):
                adjective = words.words[run.first]
                name = adjectives.setdefault(adjective, named_after(adjective, names))
                states.update([name] if name else [])
    _mark(paragraphs, states, adjectives)
    _mark_capitals(paragraphs)


def _settle_seats(paragraphs: Sequence[tuple[Words, list[Run]]]) -> None:
    """Let a common word such as "the Chancellery" be the seat of a state that the article names, else only a body."""
    entries = [run.entry for _, named in paragraphs for run in named if run.entry is not None]
    states = {entry.key for entry in entries if entry.kind in ("name", "adjective", "capital", "seat")}
    for _, named in paragraphs if any(entry.kind == "common seat" for entry in entries) else ():
        for run in named:
            if run.entry is not None and run.entry.kind == "common seat":
                known = run.entry.key in states
                run.entry = replace(run.entry, kind="seat") if known else None
                run.kind = "state" if known else "organisation"


def _realms(paragraphs: Sequence[tuple[Words, list[Run]]]) -> set[str]:
    """Names of states that the article calls by their form, as "the Sultanate of Jalan"; such a run is marked."""
    known, found = gazetteer(), set[str]()
    for words, named in paragraphs:
        for run in named:
            realm = realm_in(words, run, known) if run.kind == "organisation" and run.entry is None else None
            if realm is None:
                continue
            key, token, whole = realm
            found.add(words.words[token])
            if whole:
                run.entry, run.kind = Entry(key=key, kind="name", words=words.extent(run.first, run.last)), "state"
    return found


def _bare(paragraphs: Sequence[tuple[Words, list[Run]]]) -> dict[str, list[tuple[Words, Run]]]:
    """Lone words that name something, without a sign that it is a person."""
    people = {
        word
        for words, named in paragraphs
        for run in named
        if run.kind == "person"
        for word in words.words[run.first : run.last + 1]
    }
    found: dict[str, list[tuple[Words, Run]]] = {}
    for words, named in paragraphs:
        for run in named:
            word = words.words[run.first]
            lone = run.kind in ("unknown", "place", "organisation") and run.first == run.last and run.entry is None
            if lone and word not in people and word not in gazetteer().nationalities:
                found.setdefault(word, []).append((words, run))
    return found


def _acts_as_state(words: Words, run: Run) -> bool:
    """Whether a name stands as in "Corvania's president" or "the government of Corvania"."""
    if run.kind == "organisation" and words.words[run.first].isupper():
        return False
    owned = words.lower[run.last + 2 : run.last + 4] if words.word(run.last + 1) == "'s" else []
    owner = owned == ["prime", "minister"] or bool(owned) and owned[0] in _STATE_NOUNS
    return owner or (words.word(run.first - 1) == "of" and words.word(run.first - 2) in _OF_STATE)


def _mark(paragraphs: Sequence[tuple[Words, list[Run]]], states: set[str], adjectives: dict[str, str]) -> None:
    for words, named in paragraphs:
        for run in named:
            word = words.words[run.first]
            if run.first != run.last or run.entry is not None or run.kind == "person":
                continue
            if word in states:
                run.entry, run.kind = Entry(key=word, kind="name", words=word), "state"
            elif adjectives.get(word):
                run.entry, run.kind = Entry(key=adjectives[word], kind="adjective", words=word), "state"


def _mark_capitals(paragraphs: Sequence[tuple[Words, list[Run]]]) -> None:
    capitals: dict[str, str] = {}
    for words, named in paragraphs:
        keys = {run.first: run.entry.key for run in named if run.kind == "state" and run.entry}
        for run in named:
            if run.entry is None and (key := _capital_of(words, run, keys)):
                capitals[words.extent(run.first, run.last)] = key
    for words, named in paragraphs if capitals else ():
        for run in named:
            key = capitals.get(words.extent(run.first, run.last)) if run.entry is None else None
            if key:
                run.entry, run.kind = Entry(key=key, kind="capital", words=words.words[run.first]), "state"


def _capital_of(words: Words, run: Run, states: dict[int, str]) -> str | None:
    """The state whose capital a name is said to be: "Veldt, the Corvanian capital", "Corvania's capital, Veldt"."""
    after = run.last + 1
    window = range(after + 1, after + 7) if words.word(after) == "," else range(0)
    before = range(max(0, run.first - 6), run.first) if words.word(run.first - 1) in (",", "capital") else range(0)
    for stretch in (window, before):
        end = next((token for token in stretch[1:] if words.word(token) == "," and token != run.first - 1), None)
        inside = [token for token in stretch if end is None or stretch is before or token < end]
        if any(words.word(token) == "capital" for token in inside):
            return next((states[token] for token in inside if token in states), None)
    return None


def acronyms(words: Words, named: Sequence[Run]) -> Iterator[tuple[Run, Run]]:
    """Pairs of a name and another that abbreviates it, as in "Sudan Liberation Movement (SLM)" or "the UNL, or …".

    Parameters
    ----------
    words : a paragraph
    named : its names, in order
    """
    for left, right in zip(named, named[1:], strict=False):
        between = words.lower[left.last + 1 : right.start]
        if len(words) <= right.last or not _explains(words, right, between):
            continue
        full, short = (left, right) if left.last - left.first >= right.last - right.first else (right, left)
        bracketed = between == ["("] and words.word(short.last + 1) == ")" and words.words[short.first].isupper()
        told = bracketed and full is left and short.first == short.last and full.kind == "organisation"
        if full is not short and (told or _abbreviates(words.extent(short.first, short.last), words, full)):
            yield full, short


def adverbial(words: Words) -> Iterator[str]:
    """Names within sentences with what is an adverb at the start of one: "First Ore" of "at First Ore Mining".

    Parameters
    ----------
    words : a paragraph
    """
    for token in range(1, len(words) - 1):
        pair = words.words[token : token + 2]
        if pair[0] in ADVERBS and pair[1][:1].isupper() and not begins(words, token):
            yield " ".join(pair)


def aliases(words: Words, named: Sequence[Run]) -> Iterator[tuple[Run, Run]]:
    """Pairs of a person's name and another by which he or she goes: "Ada Bek, known to her men as Mama Ada".

    Parameters
    ----------
    words : a paragraph
    named : its names, in order
    """
    for left, right in zip(named, named[1:], strict=False):
        between = words.lower[left.last + 1 : right.start]
        near = 1 < len(between) <= _LONGEST_ALIAS and between[0] in (",", "(", "-", "–", "—", "--")
        if near and left.kind == "person" and left.last > left.first and right.entry is None and _ALIAS & set(between):
            yield left, right


def _explains(words: Words, right: Run, between: list[str]) -> bool:
    """Whether what stands between two names, or after them, lets one explain the other: "(", "or", "for short"."""
    if between in (["("], [",", "or"], [",", "or", "the"], ["(", "the"], [",", "known", "as"], [",", "called"]):
        return True
    return between == [","] and words.lower[right.last + 1 : right.last + 3] == ["for", "short"]


def _abbreviates(short: str, words: Words, full: Run) -> bool:
    initials = "".join(word[0] for word in words.words[full.first : full.last + 1] if word.lower() not in _LINKS)
    letters = [letter.upper() for letter in short if letter.isalpha()]
    position = 0
    for letter in initials.upper():
        position += position < len(letters) and letter == letters[position]
    return len(letters) >= 2 and position >= len(letters) - 1


def islands(paragraphs: Sequence[tuple[Words, list[Run]]]) -> frozenset[str]:
    """Keys of the states that the tables or the article's own words ("Tesh, an island of …") make islands."""
    known = gazetteer().islands
    found = set()
    for words, named in paragraphs:
        for run in named:
            key = run.entry.key if run.entry else words.extent(run.first, run.last)
            told = words.word(run.last + 1) == "," and "island" in words.lower[run.last + 2 : run.last + 5]
            told = told or words.lower[run.first - 2 : run.first] == ["island", "of"]
            if key in known or (told and run.kind != "person"):
                found.add(key)
    return frozenset(found)
