"""How far names of bodies and realms go: "the Ministry of Trade, Industry and Energy", "the Army's 6th Division".

`list_ends` and `owned_from` are the main names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.reading.gazetteer import Gazetteer
from parley.reading.name_pieces import Run, known_at, titled
from parley.reading.tokens import Words, lexicon

__all__ = ["REALMS", "common", "joined_by", "joined_ends", "list_ends", "owned_from", "realm_in"]

REALMS = lexicon(
    "Republic Kingdom Sultanate Emirate Emirates Principality Federation Confederation Duchy Commonwealth Empire"
)
_MINDING = lexicon(
    "Ministry Ministries Department Departments Committee Subcommittee Commission Directorate Secretariat Bureau Board "
    "Office Agency Council Minister Ministers Secretary"
)
_GUILDS = lexicon(
    "Union Federation Confederation Association Chamber Congress Institute Syndicate Guild Brotherhood Society "
    "Organisation Organization Forum Alliance Centre Center Network Fund School League Coalition Conference Front "
    "Movement Party Campaign Initiative Authority Trust Foundation Academy"
)
_JOINT = lexicon("Joint Mixed Bilateral Binational Trilateral Intergovernmental Interstate Standing")
_OWNED = lexicon("Ministry Department Army Navy Parliament Cabinet Senate Treasury Police Directorate Office")
_HIGH = lexicon(
    "House Representatives Commons Lords Deputies Senate Assembly National Federal Central Bank Supreme High "
    "Constitutional Court Appeal Council Ministers State Electoral Election Commission Independent Chamber Congress "
    "Diet Parliament People's General Attorney Prosecutor Audit Planning Statistics Elections Nations Peers Security"
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|d)$")
_NUMBERS = lexicon("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
_COMMON = lexicon("Government Governments Parties Delegations Sides Ministers Representatives Leaderships States")
_BEFORE_COMMON = lexicon("the both two three four all these those its their his her our 's")
_BEFORE_BODY = lexicon("the a an its their our his her 's")
_SEVERAL = lexicon("Forces Brigades Guards Affairs Relations Rights News Daily Times Post Journal")
_LOCAL = lexicon(
    "Trust Council Hospital Hospitals University College District Borough Constabulary Police Infirmary Railway "
    "Chamber Board Authority Society Archdiocese Diocese Ltd Limited Inc LLP Partners Counties County"
)
_LONGEST = 16


def common(words: Words, token: int, known: Gazetteer) -> bool:
    """Whether a noun has its capital only by custom, as in "the two Parties" or "the Korean Government".

    Parameters
    ----------
    words : the paragraph
    token : the noun
    known : the tables
    """
    if words.words[token] not in _COMMON:
        return False
    after = words.words[token + 1] if token + 1 < len(words) else ""
    named = words.word(token + 1) == "of" and token + 2 < len(words) and words.words[token + 2][:1].isupper()
    if after[:1].isupper() or named and known_at(words, token + 2, known) is None:
        return False
    before = known_at(words, token - 1, known) if token else None
    colours = words.tags[token - 1].startswith("JJ") and words.word(token - 2) in _BEFORE_COMMON
    colours = colours or before is not None and before[0].kind in ("adjective", "name")
    return token > 0 and (colours or words.word(token - 1) in _BEFORE_COMMON)


def joined_by(words: Words, first: int) -> bool:
    """Whether a name starts as one of a body does that several sides share: "the Joint Boundary Commission".

    Parameters
    ----------
    words : the paragraph
    first : where the name starts
    """
    return words.words[first] in _JOINT


def list_ends(words: Words, first: int, last: int, known: Gazetteer) -> int | None:
    """Up to which token a list in a body's name goes on: "Energy" in "the Ministry of Trade, Industry and Energy".

    Parameters
    ----------
    words : the paragraph
    first, last : the tokens of the name so far; a comma or "and" follows
    known : the tables

    Returns
    -------
    the first token of what stands after "and"; None where the name ends before the comma or "and"
    """
    joint = joined_by(words, first)
    of = next((at for at in range(first + 1, last) if words.lower[at] in ("of", "for", "on")), None)
    guild = of is not None and words.words[of - 1] in _GUILDS
    if of is None or not (joint or guild or words.words[of - 1] in _MINDING):
        return None
    token = last + 1
    while token < min(len(words) - 1, last + _LONGEST):
        following = token + 1
        end = words.word(token) == "and"
        if words.word(token) == "," and words.word(following) == "and":
            end, following = True, following + 1
        following += joint and words.word(following) == "the"
        if not end and words.word(token) != "," or not _listed(words, following, known, joint=joint):
            return None
        if guild and words.words[following] in known.words["organisation"] and not _goes_on(words, following):
            return None
        if end:
            return following
        token = following + 1
        while token < len(words) and words.words[token][:1].isupper():
            token += 1
    return None


def joined_ends(words: Words, first: int, last: int, known: Gazetteer) -> int | None:
    """Up to which token the name of one body goes on over "and": "Warehouse" in "the Longshore and Warehouse Union".

    Parameters
    ----------
    words : the paragraph
    first, last : the tokens of the name so far; a comma, "and" or "&" follows
    known : the tables

    Returns
    -------
    the first token of what stands after "and"; None where the name ends before the comma or "and"
    """
    if words.words[last + 1] == "&" or _partners_follow(words, last):
        return _firm_ends(words, first, last, known)
    local = first == last and words.word(first - 1) not in ("between", "both", "and", ",") and _is_local(words, last)
    if words.word(first - 1) not in _BEFORE_BODY and not local or not _plain(words, last, known):
        return None
    token = last + 1
    while words.word(token) == ",":
        if words.word(token + 1) in ("and", "&"):
            token += 1
            break
        if not _plain(words, token + 1, known):
            return None
        token += 2
        while _plain(words, token, known):
            token += 1
    start = end = token + 1
    if words.word(token) not in ("and", "&") or not _plain(words, start, known, ends=True):
        return None
    while end + 1 < len(words) and (words.words[end + 1][:1].isupper() or words.word(end + 1) in ("'s", "-")):
        end += 1
    return start if end > start and words.words[end] in (known.words["organisation"] - _SEVERAL) | _LOCAL else None


def _partners_follow(words: Words, last: int) -> bool:
    """Whether a comma, one name and "&" follow a name: "Barlow, Hythe & Co"."""
    following = words.words[last + 2 : last + 4]
    return words.words[last + 1] == "," and len(following) == 2 and following[0][:1].isupper() and following[1] == "&"


def _firm_ends(words: Words, first: int, last: int, known: Gazetteer) -> int | None:
    """What stands after "&" in a firm's name: "Lyle" in "Corbin & Lyle"; None where states or titles are joined."""
    following = last + 2
    joined = following < len(words) and words.words[following][:1].isupper() and not titled(words.words[last], known)
    states = known_at(words, last, known) is not None and known_at(words, following, known) is not None
    return following if joined and not states and first <= last else None


def _is_local(words: Words, last: int) -> bool:
    """Whether "and", a place and a body that places have follow a place: "Skelby" before "and Wolds NHS Trust"."""
    end = last + 2
    while end + 1 < len(words) and words.words[end + 1][:1].isupper():
        end += 1
    return words.word(last + 1) == "and" and end > last + 2 and words.words[end] in _LOCAL


def _plain(words: Words, token: int, known: Gazetteer, *, ends: bool = False) -> bool:
    """Whether a word in a body's name names nothing alone: no state or person, and within it no office or body."""
    word = words.words[token] if token < len(words) else ""
    if not word[:1].isupper() or word in known.words["not a name"] or word in known.genders:
        return False
    said = word in known.words["organisation"] or titled(word, known)
    return (ends or not said) and known_at(words, token, known) is None


def _listed(words: Words, token: int, known: Gazetteer, *, joint: bool) -> bool:
    """Whether a word in a list is one of what a body minds, or of whom a shared one belongs to."""
    word = words.words[token] if token < len(words) else ""
    if not word[:1].isupper() or word in known.words["not a name"]:
        return False
    if joint:
        return known_at(words, token, known) is not None or word in REALMS or known.nouns.get(word.lower()) is None
    alone = known_at(words, token, known) is None and not titled(word, known) and word not in known.genders
    alone = alone and word not in _MINDING
    return alone and (_goes_on(words, token) or known.nouns.get(word.lower()) != "body")


def _goes_on(words: Words, token: int) -> bool:
    """Whether another word with a capital follows a word: "Television" in "Picture and Television Producers"."""
    return words.word(token + 1) != "" and words.words[token + 1][:1].isupper()


def owned_from(words: Words, run: Run, named: Sequence[Run], known: Gazetteer) -> int | None:
    """Where a body's name starts that says little without whose it is: "the Ombudsman's Office", "the 6th Division".

    Parameters
    ----------
    words : the paragraph
    run : the body
    named : the paragraph's names
    known : the tables

    Returns
    -------
    the first token; None where nothing before the name belongs to it
    """
    lone = run.first == run.last and words.words[run.first] in known.words["organisation"]
    owned = words.words[run.first] in _OWNED or words.words[run.last] in _OWNED
    if not lone and not owned and not _of_any_state(words, run, known):
        return None
    start = run.first
    while start and (_ORDINAL.fullmatch(words.lower[start - 1]) or words.lower[start - 1] in _NUMBERS):
        start -= 1
    if start >= 2 and words.lower[start - 1] == "'s":
        before = start - 2
        start = next((each.first for each in named if each.first <= before <= each.last), before)
        if not words.words[start][:1].isupper():
            return None
    return start if start < run.first else None


def _of_any_state(words: Words, run: Run, known: Gazetteer) -> bool:
    """Whether many states have a body of a name: "Nigeria's House of Representatives", "Kenya's Supreme Court"."""
    owner = known_at(words, run.first - 2, known) if run.first > 1 and words.lower[run.first - 1] == "'s" else None
    if owner is None or owner[0].kind != "name":
        return False
    rest = words.words[run.first : run.last + 1]
    return words.words[run.first] in _HIGH and all(word in _HIGH or not word[:1].isupper() for word in rest)


def realm_in(words: Words, run: Run, known: Gazetteer) -> tuple[str, int, bool] | None:
    """The state that a name calls by its form: "Jalan" in "the Sultanate of Jalan".

    Parameters
    ----------
    words : the paragraph
    run : the name
    known : the tables

    Returns
    -------
    its code or name, the token of its name, and whether the whole run is the state's name; None where none is
    """
    links = (at for at in range(run.first + 1, run.last) if words.lower[at] == "of")
    of = next((at for at in links if words.words[at - 1] in REALMS), None)
    if of is None:
        return None
    before = words.lower[run.first : of - 1]
    whole = not {"of", "the"} & set(before) and not joined_by(words, run.first)
    entry = known_at(words, of + 1, known)
    if entry is not None:
        return entry[0].key, of + 1, whole and entry[1] == run.last
    return words.words[of + 1], of + 1, whole and of + 1 == run.last
