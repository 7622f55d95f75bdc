"""What the reader knows before it reads: states, their capitals and seats, organisations, nouns of roles, given names.

`gazetteer` is the main name. No table says who holds an office: that ages, and an article names whom it means.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from parley.resources import read

__all__ = ["Entry", "Gazetteer", "Place", "gazetteer"]

_FOLDER = "datasets/reading/"

Place = Literal["name", "adjective", "capital", "seat", "common seat", "organisation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One way of writing something known.

    Attributes
    ----------
    key : ISO 3166 code of the state, or a code of Parley's own that begins with X, or an organisation's first form
    kind : a state's name, its adjective or people, its capital, its seat of government, or an organisation;
        a common seat, such as the Chancellery, is one only of a state that the article names
    words : the form as written, with straight apostrophes
    """

    key: str
    kind: Place
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """The tables that ship.

    Attributes
    ----------
    entries : forms by their first word, longest first
    state_names : by code, the names under which a state may be shown, the usual one first
    islands : codes of states and territories that are islands
    nouns : type of a role's noun in lower case, such as office-holder, body or analyst
    words : other classes of words, such as titles, by class
    genders : `f` or `m` by given name
    nationalities : code by the full name, or the family name that no other nation shares, of somebody well known
    """

    entries: Mapping[str, tuple[Entry, ...]]
    state_names: Mapping[str, tuple[str, ...]]
    islands: frozenset[str]
    nouns: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    genders: Mapping[str, str]
    nationalities: Mapping[str, str]

    def at(self, text: str, start: int, first_word: str) -> Entry | None:
        """The longest known form that starts at a place of a text and ends at the end of a word.

        Parameters
        ----------
        text : with straight apostrophes
        start : where the form starts
        first_word : the word that stands there, which may end later or earlier than the form's own first word
        """
        for entry in self.entries.get(first_word, ()):
            end = start + len(entry.words)
            if text.startswith(entry.words, start) and not (end < len(text) and text[end].isalnum()):
                return entry
        return None


def _rows(name: str) -> Iterator[list[str]]:
    lines = read(f"{_FOLDER}{name}.tsv").decode("utf-8").splitlines()
    return (line.split("\t") for line in lines[1:])


def _split(cell: str) -> list[str]:
    return [form for form in cell.split("|") if form]


def first_word(words: str) -> str:
    """What precedes the first space, hyphen or apostrophe; by it, a form is found."""
    for index, letter in enumerate(words):
        if letter in " -'":
            return words[:index]
    return words


def _plural(adjective: str) -> str | None:
    irregular = ("ish", "ese", "ch", "ss", "men", "s", "z", "an's")
    if adjective.endswith("man"):
        return adjective[:-3] + "men"
    return None if adjective.endswith(irregular) or "." in adjective or adjective.isupper() else adjective + "s"


@functools.cache
def gazetteer() -> Gazetteer:
    """Read the tables once.

    Raises
    ------
    FileError
        If a table is missing or is not what was shipped.
    """
    found: dict[str, list[Entry]] = {}
    names: dict[str, tuple[str, ...]] = {}
    islands = set()

    def note(key: str, kind: Place, forms: list[str]) -> None:
        for form in forms:
            found.setdefault(first_word(form), []).append(Entry(key=key, kind=kind, words=form))

    for code, official, aliases, adjectives, capitals, seats, kind in _rows("countries"):
        names[code] = tuple(_split(official))
        adjective_forms = _split(adjectives)
        plurals = [plural for plural in map(_plural, adjective_forms) if plural]
        note(code, "name", [*names[code], *_split(aliases)])
        note(code, "adjective", adjective_forms + plurals)
        note(code, "capital", _split(capitals))
        note(code, "seat", [form for form in _split(seats) if form[0] != "?"])
        note(code, "common seat", [form[1:] for form in _split(seats) if form[0] == "?"])
        if kind == "island":
            islands.add(code)
    for (forms,) in _rows("organisations"):
        note(_split(forms)[0], "organisation", _split(forms))
    return Gazetteer(
        entries=MappingProxyType(
            {word: tuple(sorted(forms, key=lambda form: -len(form.words))) for word, forms in found.items()}
        ),
        state_names=MappingProxyType(names),
        islands=frozenset(islands),
        nouns=MappingProxyType({noun: kind for kind, nouns in _rows("nouns") for noun in nouns.split()}),
        words=MappingProxyType({kind: frozenset(words.split()) for kind, words in _rows("words")}),
        genders=MappingProxyType({name: gender for gender, given in _rows("given-names") for name in given.split()}),
        nationalities=MappingProxyType(_nationalities()),
    )


def _nationalities() -> dict[str, str]:
    found: dict[str, str] = {}
    families: dict[str, set[str]] = {}
    for code, people in _rows("figures"):
        for name in _split(people):
            found[name] = code
            if code not in ("CHN", "KOR", "PRK", "TWN"):
                families.setdefault(name.split()[-1].rpartition("al-")[2], set()).add(code)
    return found | {family: min(codes) for family, codes in families.items() if len(codes) == 1}
