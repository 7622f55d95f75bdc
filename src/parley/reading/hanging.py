"""Whose a clause is that hangs on what somebody says, before or behind it: `behind` and `hangs_from`.

"Accepted a pause, provided that it was for all", "would burn the bridge, he warned, should the flag be raised", "have
agreed to leave; unless they are paid, they will come back".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parley.reading.beside import named_at
from parley.reading.continuing import said_in
from parley.reading.holders import subject_phrase
from parley.reading.propositions import Proposition
from parley.reading.room import THE_ARTICLE, Quoted, Room
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["behind", "hangs_from"]

HIGHEST = 5
Said = Sequence[Mapping[int, Quoted]]
_BEFORE_A_CONDITION = frozenset({"but", "and", "though", "only", "even", "except", "at", "least"})
_OPENING_A_CONDITION = lexicon(
    "if unless should were had once until till when whenever before after while as so even in the provided providing "
    "whether failing otherwise"
)
_OF_THINGS = lexicon("last work hold happen take be come matter depend succeed fail collapse break end cost mean")
_INVERTED = frozenset({"should", "were", "had"})
_AHEAD = frozenset({"will", "would", "shall", "'ll", "'d", "wo", "must", "could"})


def hangs_from(room: Room, said: Said, place: int, proposition: Proposition) -> Quoted | None:
    """Who says the content on which a clause hangs: "accepted a pause, provided that it was for all".

    Parameters
    ----------
    room : the article
    said : by paragraph, who says the tokens that are attributed
    place : the paragraph
    proposition : a proposition of the reporter's prose in it
    """
    each, token = room.trees[place], proposition.head
    for _ in range(HIGHEST):
        above = each.heads[token]
        if above == token:
            return None
        if above in said[place]:
            return said[place][above]
        if proposition.condition and above in room.heads[place]:
            return said_in(room, said, place, each.sentence[token])
        token = above
    return None


def behind(room: Room, said: Said, place: int, proposition: Proposition) -> Quoted | None:
    """Who says the words that a condition closes, or that a clause with a condition follows behind a semicolon.

    Parameters
    ----------
    room : the article
    said : by paragraph, who says the tokens that are attributed
    place : the paragraph
    proposition : a proposition of the reporter's prose in it
    """
    each = room.trees[place]
    first, end = each.sentences[each.sentence[proposition.head]]
    opening = proposition.tokens[0]
    before = next((at for at in range(opening - 1, first - 1, -1) if at in said[place]), None)
    if before is None or said[place][before].speaker == THE_ARTICLE or each.quoted[opening]:
        return None
    stop = next((at for at in range(before + 1, opening) if each.words[at] == ";"), opening)
    if any(not each.mark(at) and at not in room.heads[place] for at in range(before + 1, stop) if not _links(each, at)):
        return None
    if stop < opening:
        further = bool(proposition.conditions) or each.words[stop + 1] in _OPENING_A_CONDITION
        theirs = further and _goes_on_behind(room, place, proposition, said[place][before])
        return said[place][before] if theirs else None
    inverted = each.words[opening] in _INVERTED and each.words[opening - 1] == "," and _is_helper(each, opening)
    last = all(at in said[place] or at in room.heads[place] or each.mark(at) for at in _after(proposition, end))
    return said[place][before] if last and (proposition.condition or inverted) else None


def _links(tree: Tree, token: int) -> bool:
    return tree.words[token] in _BEFORE_A_CONDITION


def _after(proposition: Proposition, end: int) -> range:
    return range(proposition.tokens[-1] + 1, end)


def _is_helper(tree: Tree, token: int) -> bool:
    """Whether a helper opens a clause before its subject: "should the flag come down"."""
    subject = tree.subject(tree.heads[token])
    return tree.deps[token] in ("aux", "auxpass") and subject is not None and subject > token


def _goes_on_behind(room: Room, place: int, proposition: Proposition, speaker: Quoted) -> bool:
    """Whether what stands behind a semicolon tells what its speaker would do under a condition."""
    each, head = room.trees[place], proposition.head
    subject = each.subject(head)
    ahead = any(each.words[child] in _AHEAD for child in each.children[head])
    if subject is None or not ahead:
        return False
    if each.words[subject] == "it" and each.lemmas[head] in _OF_THINGS:
        return False
    named = named_at(room, place, subject_phrase(each, subject, head))
    return each.tags[subject] == "PRP" and named is not None and named.speaker == speaker.speaker
