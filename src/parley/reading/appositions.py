"""Ties roles to names: "X, the Chilean foreign minister", "a spokeswoman, Maria Y", "X, who heads the delegation".

`link` and `told_otherwise` are the main names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parley.reading.gazetteer import gazetteer
from parley.reading.name_pieces import RANKS, Run
from parley.reading.people import Character
from parley.reading.roles import Phrase, Role, place_key, verb_role
from parley.reading.tokens import Words, lexicon

__all__ = ["link", "told_otherwise"]

_TYPES = frozenset(["office-holder", "spokesperson", "analyst", "media", "relation", "person"])
_NAMING = lexicon(
    "identified identifies identify identifying introduced introduces introduce introducing called calls call calling "
    "gave gives give giving given name named names naming known know knows knew goes went styles styled styling name "
    "presents presented presenting uses used using signs signed signing poses posing"
)
_CALLED = lexicon(
    "as himself herself itself themselves called named name known first nickname alias is was nicknamed dubbed guerre "
    "pseudonym codename handle"
)
_NAMED_AS = lexicon("known called named nicknamed dubbed christened surnamed alias")
_LONGEST_NAMING, _WIDEST = 10, 60
_MINDERS = frozenset(["minister", "secretary", "commissioner", "representative", "chancellor"])
_ENDS = frozenset([",", ".", ";", ")", "-", "–", "—", "who", "whose", "and", ":", ""])
_FULL = {
    "Dr": "doctor", "Sen": "senator", "Gov": "governor", "Prof": "professor", "Rep": "representative",
    "Gen": "general", "Col": "colonel", "Lt": "lieutenant", "Maj": "major", "Adm": "admiral", "Amb": "ambassador",
    "Capt": "captain", "Cmdr": "commander", "Brig": "brigadier", "Sgt": "sergeant", "Rev": "reverend",
}  # fmt: skip
_PEERS = frozenset(["Lord", "Lady", "Baroness", "Baron", "Viscount"])
_PLACING = frozenset(["DT", "NN", "NNS", "NNP", "NNPS", "JJ"])
_AT_TIMES = frozenset(["once", "now", "formerly", "today", "long", "then", "currently", "previously", "later"])
_COLOURING = frozenset(["DT", "JJ", "VBN", "NN", "HYPH"])
_LONGEST_ROLE = 6
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_TELLING = frozenset(["who", "whose", "once", "now", "from", "of"])
_AMONG = frozenset(["them", "including", "like", "as"])


def link(
    words: Words, named: Sequence[Run], described: Sequence[Phrase], at: dict[tuple[int, int], Character]
) -> Iterator[tuple[Phrase, Character]]:
    """Find phrases that say what a named person is; the person learns the role.

    Parameters
    ----------
    words : a paragraph
    named, described : its names and its role phrases, in order
    at : who is named, by paragraph and token
    """
    people = [run for run in named if run.kind in ("person", "unknown") and (words.index, run.first) in at]
    bodies = [run for run in named if run.kind == "organisation" and (words.index, run.first) in at]
    yield from _bodies(words, bodies, described, at)
    starts, ends = {run.start: run for run in people}, {run.last: run for run in people}
    subjects = {words.heads[token]: run for run in people for token in _subject(words, run)}
    inside = {token: run for run in named for token in range(run.start, run.last + 1)}
    for run in people:
        _own_words(words, run, inside, at[words.index, run.first])
        _own_body(words, run, inside, at[words.index, run.first])
    for phrase in described:
        if phrase.type not in _TYPES or phrase.plural:
            continue
        besides = [other for other in described if _set_beside(words, phrase, other)]
        person = (
            _before(words, phrase, starts)
            or _after(words, phrase, ends)
            or _copula(words, phrase, subjects)
            or _called(words, phrase, people)
        )
        person = person or _giving_a_name(words, [phrase, *besides], starts) or _apposed(words, phrase, people)
        if person is not None:
            character = at[words.index, person.first]
            character.takes(replace(phrase.role, place=phrase.role.place or _owner(words, phrase, named)))
            yield phrase, character
            above = _described_twice(words, phrase, described)
            if above is not None:
                yield above, character


def told_otherwise(words: Words, run: Run) -> bool:
    """Whether a person is described beside the name by an age, a clause or a noun: "Ana Sol, 61, whose barn was burnt".

    So is who is said not to be something: "Ana Sol is no longer the mayor".

    Parameters
    ----------
    words : the paragraph
    run : the name
    """
    mark, after = words.word(run.last + 1), run.last + 2
    aged = mark in (",", "(") and words.tags[after : after + 1] == ["CD"]
    before = words.tags[run.start - 1 : run.start] in (["NN"], ["JJ"]) or words.word(run.start - 1) in _AMONG
    beside = any(
        words.roles[at] == "appos" and run.first <= words.heads[at] <= run.last
        for at in range(after, min(len(words), after + _LONGEST_NAMING))
    )
    denied = any(_denied(words, words.heads[token]) for token in _subject(words, run))
    return (
        aged or before or denied or mark in ("of", "from") or mark == "," and (beside or words.word(after) in _TELLING)
    )


def _described_twice(words: Words, phrase: Phrase, described: Sequence[Phrase]) -> Phrase | None:
    """The phrase before one that is set beside it: "an older man" of "an older man, a retired clerk named Pavel"."""
    if words.roles[phrase.head] != "appos" or phrase.determiner not in ("a", "an"):
        return None
    top = words.heads[phrase.head]
    before = (each for each in described if each.head == top and each.type in _TYPES and not each.plural)
    return next((each for each in before if each.determiner in ("a", "an") and top < phrase.first), None)


def _owner(words: Words, phrase: Phrase, named: Sequence[Run]) -> str | None:
    """The state or body that "its" means before a role: the last one before it in its paragraph that is a subject."""
    if phrase.determiner not in ("its", "their"):
        return None
    before = (run for run in reversed(named) if run.last < phrase.first and run.kind in ("state", "organisation"))
    owner = next((run for run in before if words.roles[run.last] in ("nsubj", "nsubjpass")), None)
    return None if owner is None else place_key(words, owner)


def _bodies(
    words: Words, named: Sequence[Run], described: Sequence[Phrase], at: dict[tuple[int, int], Character]
) -> Iterator[tuple[Phrase, Character]]:
    """Organisations beside what they are: "the state news agency, KCNA", "gunmen calling themselves the Sons of X"."""
    starts, ends = {run.start: run for run in named}, {run.last: run for run in named}
    for phrase in described:
        run = None
        if phrase.type in ("body", "relation") and not phrase.plural:
            run = _before(words, phrase, starts) or _after(words, phrase, ends)
        if run is None and (phrase.type in ("body", "armed group") or phrase.plural):
            run = _name_given(words, phrase, starts)
        if run is not None:
            yield phrase, at[words.index, run.first]


def _subject(words: Words, run: Run) -> list[int]:
    return [token for token in range(run.first, run.last + 1) if words.roles[token] in ("nsubj", "nsubjpass")]


def _before(words: Words, phrase: Phrase, starts: dict[int, Run]) -> Run | None:
    """The name that follows a phrase, at once or set off by commas."""
    following = phrase.last + 1
    if phrase.last == phrase.head and following in starts:
        return starts[following]
    if words.word(following) == "(":
        following = next((at + 1 for at in range(following, following + 6) if words.word(at) == ")"), following)
    following = _past_place(words, phrase, _past_and(words, phrase, following))
    run = starts.get(_past_role(words, following + 1, starts)) if words.word(following) in (",", ":") else None
    if run is None and words.word(following) in ("in", "at", "from") and words.word(following + 2) == ",":
        run = starts.get(following + 3) if words.words[following + 1][:1].isupper() else None
        return run if run is not None and words.word(run.last + 1) == "," and run.last > run.first else None
    if run is None:
        return None
    after = words.word(run.last + 1)
    apposed = any(words.roles[token] == "appos" for token in range(run.first, run.last + 1))
    inverted = phrase.first > 0 and words.tags[phrase.first - 1] in ("VBD", "VBZ") and run.last > run.first
    closed = after in (",", "who", "-", "–", "—", ";") or ((apposed or inverted) and after in _ENDS)
    return run if closed and (phrase.determiner or phrase.role.place or apposed) else None


def _past_and(words: Words, phrase: Phrase, following: int) -> int:
    """The comma after what else somebody is or minds: "her lawyer and daughter," "for Trade, Industry and Energy,"."""
    minds = words.word(phrase.head) in _MINDERS and words.word(phrase.head + 1) in ("of", "for")
    if words.word(following) not in ("and", "or") and not (minds and words.word(following) == ","):
        return following
    end, joined = following, False
    while end < min(len(words), following + _LONGEST_NAMING):
        if words.word(end) == "," and joined:
            known = gazetteer().nouns.get(words.word(end - 1)) in _TYPES and not words.tags[end - 1].endswith("S")
            return end if known or minds else following
        joined = joined or words.word(end) in ("and", "or")
        if words.word(end) not in ("and", "or", ",") and not words.tags[end].startswith(("NN", "JJ", "POS")):
            break
        end += 1
    return following


def _past_role(words: Words, token: int, starts: dict[int, Run]) -> int:
    """Where a name starts after what else the person is: "the mission's head, retired general Jon Asker"."""
    nouns, at = gazetteer().nouns, token
    while at not in starts and at < min(token + _LONGEST_ROLE, len(words)):
        owns = "POS" in words.tags[at : at + 2]
        if not owns and words.tags[at] not in _COLOURING and nouns.get(words.word(at)) not in _TYPES:
            return token
        at += 1
    told = at == token + 1 and words.tags[token] in ("JJ", "VBN") or nouns.get(words.word(at - 1)) in _TYPES
    return at if at in starts and (told or at == token) else token


def _past_place(words: Words, phrase: Phrase, following: int) -> int:
    """The comma after where somebody holds a role, before a name that says who: "the head of a party in X,"."""
    if words.word(following) not in ("in", "at", "on", "within"):
        return following
    comma = next((at for at in range(following, min(following + 6, len(words))) if words.word(at) == ","), None)
    plain = comma is not None and all(tag in _PLACING for tag in words.tags[following + 1 : comma])
    return comma if plain and comma is not None and words.tags[phrase.head] in ("NN", "NNP") else following


def _after(words: Words, phrase: Phrase, ends: dict[int, Run]) -> Run | None:
    """The name that a phrase follows, set off by a comma, a dash or a bracket: "Ada Lind, once a midwife"."""
    mark = phrase.first - 1 - (words.word(phrase.first - 1) in _AT_TIMES)
    if words.word(mark) not in (",", "(", "-", "–", "—"):
        return None
    mark -= 1
    if words.tags[mark] == "CD" and words.word(mark - 1) in (",", "("):
        mark -= 2
    run = ends.get(mark)
    if run is None or words.sentences[run.last] != words.sentences[phrase.head]:
        return None
    following = phrase.last + 1
    if following < len(words) and words.tags[following] in _FINITE:
        return None
    return run


def _apposed(words: Words, phrase: Phrase, people: Sequence[Run]) -> Run | None:
    """The full name that the parse sets beside a phrase and what belongs to it: "the head of X for Y, Jon Asker,"."""
    for run in people:
        tops = [
            at for at in range(run.start, run.last + 1) if words.heads[at] == phrase.head and words.roles[at] == "appos"
        ]
        closed = words.word(run.last + 1) in (",", "(") and words.word(run.start - 1) == ","
        if tops and closed and run.kind == "person" and run.last > run.first and run.start > phrase.last:
            return run
    return None


def _set_beside(words: Words, phrase: Phrase, other: Phrase) -> bool:
    """Whether another description of one person is set beside a phrase: "the head of the post, a major called X"."""
    return words.roles[other.head] == "appos" and words.heads[other.head] == phrase.head and not other.plural


def _giving_a_name(words: Words, alike: Sequence[Phrase], starts: dict[int, Run]) -> Run | None:
    """The name that a clause right after one of the phrases for the same person gives."""
    return next((run for phrase in alike if (run := _name_given(words, phrase, starts)) is not None), None)


def _name_given(words: Words, phrase: Phrase, starts: dict[int, Run]) -> Run | None:
    """The name in a clause right after a phrase: "a man who gave his name as X", "a colonel called X"."""
    following = phrase.last + 1 + (words.word(phrase.last + 1) == ",")
    word = words.word(following)
    called = word in _NAMED_AS and words.roles[following] == "acl" and _acts_besides(words, following)
    naming = word in ("who", "whom", "whose", "known", "which", "that") or called
    if not naming and words.tags[following : following + 1] != ["VBG"]:
        return None
    for token in range(following, min(len(words), following + _LONGEST_NAMING)):
        if words.sentences[token] != words.sentences[phrase.head]:
            return None
        if token in starts:
            naming = any(word in _NAMING | _NAMED_AS for word in words.lower[following:token])
            end = token - (words.word(token - 1) == "the") - 1
            before = words.word(end - (words.word(end) in (",", ":", '"', "“", "only")))
            return starts[token] if naming and before in _CALLED | {"only", "of"} else None
    return None


def _acts_besides(words: Words, token: int) -> bool:
    """Whether a sentence has a finite verb besides a participle, unlike "A priest called Lima on Tuesday"."""
    around = range(max(0, token - _WIDEST), min(len(words), token + _WIDEST))
    same = (at for at in around if at != token and words.sentences[at] == words.sentences[token])
    return any(words.tags[at] in _FINITE for at in same)


def _copula(words: Words, phrase: Phrase, subjects: dict[int, Run]) -> Run | None:
    """The subject of "X is the foreign minister"."""
    verb = words.heads[phrase.head]
    named = words.roles[phrase.head] == "attr" and phrase.determiner != "no" and not _denied(words, verb)
    return subjects.get(verb) if named else None


def _denied(words: Words, verb: int) -> bool:
    """Whether what "is" joins is said not to be one: "is not", "was never", "is no longer"."""
    after = words.word(verb + 1)
    return after in ("not", "n't", "n’t", "never", "hardly") or after == "no" and words.word(verb + 2) == "longer"


def _called(words: Words, phrase: Phrase, people: Sequence[Run]) -> Run | None:
    """The name in "the settler is called X" and "the man who keeps the gate is X"."""
    verb = words.heads[phrase.head]
    called = words.roles[phrase.head] == "nsubjpass" and words.word(verb) in _NAMED_AS
    is_one = words.roles[phrase.head] == "nsubj" and words.word(verb) in ("is", "was")
    role = "oprd" if called else "attr"
    names = (
        run for run in people if run.start > verb and words.roles[run.last] == role and words.heads[run.last] == verb
    )
    return next(names, None) if (called or is_one) and not _denied(words, verb) else None


def _own_words(words: Words, run: Run, inside: dict[int, Run], person: Character) -> None:
    """What the words right around a name tell: titles, a state before or after it, a clause with "who"."""
    token, owner = run.start - 1, None
    if words.word(token) == "'s":
        token -= 1
    if token in inside and inside[token].kind in ("state", "organisation"):
        owner = inside[token]
    after = run.last + 1
    if words.word(after) == "of" and owner is None:
        named = inside.get(after + 1 + (words.word(after + 1) == "the"))
        owner = named if named is not None and named.kind == "state" else None
    place = None if owner is None else place_key(words, owner)
    titles = tuple(_FULL.get(title.rstrip("."), title.lower()) for title in run.titles if _is_role(title))
    core = tuple(title for title in titles if title != "former")
    if core and core[-1] not in ("prime", "vice", "deputy"):
        former = "former" in titles or words.word(run.start - 1) == "former"
        person.takes(Role(core=core, place=place, former=former))
    elif place is not None and person.state is None and owner is not None and owner.kind == "state":
        person.state = place
    if words.word(after) == "," and words.word(after + 1) == "who":
        for verb in range(after + 2, min(after + 5, len(words))):
            role = verb_role(words, verb, inside)
            if role is not None:
                person.takes(role)
                break


def _own_body(words: Words, run: Run, inside: dict[int, Run], person: Character) -> None:
    """The organisation named after a person: "Ines Vega of the Open Hands Fund"."""
    after = run.last + 1
    if words.word(after) in ("of", "from", "at", "with"):
        owner = inside.get(after + 1 + (words.word(after + 1) == "the"))
        if owner is not None and owner.kind == "organisation":
            person.body = place_key(words, owner)


def _is_role(title: str) -> bool:
    return title.lower() in gazetteer().nouns or title in RANKS | _PEERS or title.rstrip(".") in _FULL
