"""A role and the name of who holds it without a comma between: "the head of the press service of the ministry Ana Sol".

`mended`, `coloured`, `name_after` and `take_over` are the main names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from parley.reading.gazetteer import gazetteer
from parley.reading.roles import Role

if TYPE_CHECKING:
    from parley.reading.name_pieces import Run
    from parley.reading.people import Character
    from parley.reading.roles import Phrase
    from parley.reading.tokens import Words

__all__ = ["coloured", "mended", "name_after", "take_over"]

_HOLDERS = frozenset(["office-holder", "spokesperson", "analyst"])
_HUMAN = _HOLDERS | {"person", "media"}
_LINKS = frozenset(["of", "for"])
_WITHIN = ("DT", "PRP$", "POS", "HYPH")
_NAMED_BY = frozenset(["party", "movement", "group", "company", "firm", "militia", "charity", "newspaper"])
_LONGEST = 20
_HANDING = (("over", "to"), ("succeeded", "by"), ("replaced", "by"), ("way", "for"), ("reins", "to"), ("post", "to"))
_FOLLOWING = frozenset(["succeeds", "succeeded", "succeed", "replaces", "replaced", "replace"])


def mended(words: Words) -> None:
    """Read an office as a noun where the parser did not: "Clare warden Ana Sol says", "its director-general".

    Parameters
    ----------
    words : a paragraph, whose tags and roles are put right
    """
    for token in range(2, len(words)):
        joined = words.words[token - 1] == "-" and words.tags[token] == "JJ" and words.joined(token - 1)
        if joined and gazetteer().nouns.get("".join(words.lower[token - 2 : token + 1])) in _HOLDERS:
            words.tags[token] = "NN"
    for token in range(1, len(words) - 1):
        verb = words.tags[token].startswith("VB") and words.tags[token - 1] == words.tags[token + 1] == "NNP"
        if not verb or gazetteer().nouns.get(words.lower[token]) not in _HUMAN or words.roles[token - 1] != "nsubj":
            continue
        last = token + 1
        while last + 1 < len(words) and words.tags[last + 1] == "NNP":
            last += 1
        words.roles[last], words.heads[last] = "nsubj", words.heads[token - 1]
        words.tags[token] = "NN"
        for at in (token - 1, token):
            words.roles[at], words.heads[at] = "compound", last


def coloured(words: Words, top: int, named: Iterable[Run]) -> int:
    """The last token of the person whose office a place colours, where the place is given: "Clare warden Ana Sol".

    Parameters
    ----------
    words : the paragraph
    top : the main word of a phrase
    named : the names of the paragraph

    Returns
    -------
    the word itself where it colours no office
    """
    office = gazetteer().nouns.get(words.word(top + 1)) in _HUMAN and words.heads[top] >= top + 2
    if words.roles[top] != "compound" or not office:
        return top
    return next((run.last for run in named if run.start == top + 2 and run.kind == "person"), top)


def take_over(words: Words, named: Iterable[Run], people: Mapping[tuple[int, int], Character]) -> None:
    """Let somebody be a successor to whom an office goes over: "will hand over to Ada Lind", "Ada Lind succeeds him".

    Parameters
    ----------
    words : the paragraph
    named : its names of people
    people : who is named, by paragraph and token
    """
    for run in named:
        before = words.word(run.start - 2), words.word(run.start - 1)
        ahead = run.last + 1 + (words.word(run.last + 1) in ("will", "would", "has"))
        follows = words.word(ahead) in _FOLLOWING and words.word(ahead + 1) not in ("by", "in")
        if before in _HANDING or follows:
            people[words.index, run.first].takes(Role(core=("successor",)))


def name_after(words: Words, phrase: Phrase, starts: Mapping[int, Run]) -> Run | None:
    """The person's name that closes a phrase for one office-holder, after what they head.

    Parameters
    ----------
    words : the paragraph
    phrase : the phrase
    starts : its names of people, by their first token with titles

    Returns
    -------
    the name; None where the noun before it tells what a person is, as in "the lawyer of the journalist Ana Sol".
    It may also be set off as records do: "the Minister of Lands, Mr Ana Sol (Unity)", "the member for Arwa (Mr Sol)".
    """
    holder = phrase.type in _HOLDERS or words.word(phrase.head) == "member"
    if phrase.plural or not holder or words.word(phrase.head + 1) not in _LINKS:
        return None
    nouns = gazetteer().nouns
    for token in range(phrase.head + 1, min(len(words), phrase.head + _LONGEST)):
        if words.sentences[token] != words.sentences[phrase.head]:
            return None
        run = starts.get(token + 1) if words.lower[token] in (",", "(") else None
        if run is not None:
            return run if words.word(run.last + 1) == ("(" if words.lower[token] == "," else ")") else None
        if token in starts:
            run, before = starts[token], words.lower[token - 1]
            bare = words.tags[token - 1] in ("NN", "NNP", "NNPS") and nouns.get(before, "body") == "body"
            sure = before not in _NAMED_BY or words.words[run.first] in gazetteer().genders
            return run if bare and sure and run.kind == "person" and run.last > run.first else None
        inside = words.lower[token] in _LINKS or words.tags[token].startswith(("NN", "JJ", *_WITHIN))
        if not inside and words.lower[token] != "and":
            return None
    return None
