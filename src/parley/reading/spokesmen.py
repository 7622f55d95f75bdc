"""Who speaks on for a side by its name, having spoken for it before: "…, the envoy said. Marenia was ready to wait".

`spoken_for` is the main name.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from parley.reading.propositions import Proposition
from parley.reading.room import Quoted, Room
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["spoken_for"]

_READY = frozenset({"ready", "willing", "prepared", "unwilling", "open", "determined", "happy", "reluctant"})
_ATTITUDES = lexicon("want hope prefer need expect intend wish")
_SHIFTED = frozenset({"would", "could", "might"})


def spoken_for(
    room: Room,
    told: Sequence[Mapping[int, Quoted]],
    place: int,
    proposition: Proposition,
    *,
    side: Quoted,
    before: Quoted | None,
) -> Quoted | None:
    """Who tells what a side was ready to do, wanted or would do; None where it is told of the side itself.

    Parameters
    ----------
    room : the article
    told : by paragraph, who says the tokens that are attributed before it
    place, proposition : the paragraph, and what is said there
    side : whose the sentence alone says it is
    before : who said the sentence before; None where nobody did
    """
    each = room.trees[place]
    at = each.sentence[proposition.head]
    if before is None or not at or not room.names.is_person(before.speaker):
        return None
    first, end = each.sentences[at - 1]
    if any(each.quoted[first : each.sentences[at][1]]) or not room.names.speaks_for(before.speaker, side.speaker):
        return None
    verb = _verb(each, proposition.head)
    if verb is None or not _past(each, first, end, told[place]):
        return None
    children = each.children[verb]
    shifted = any(each.words[child] in _SHIFTED for child in children)
    ready = each.lemmas[verb] == "be" and any(each.words[child] in _READY for child in children)
    volition = each.tags[verb] == "VBD" and (ready or each.lemmas[verb] in _ATTITUDES)
    return before if shifted or volition else None


def _verb(tree: Tree, head: int) -> int | None:
    """The main verb of the sentence that a proposition stands in, where that has a subject."""
    verb = head
    while tree.heads[verb] != verb:
        verb = tree.heads[verb]
    return verb if tree.verbal(verb) and tree.subject(verb) is not None else None


def _past(tree: Tree, first: int, end: int, said: Container[int]) -> bool:
    """Whether something is told in a sentence by a verb in the past, and in it by one in the past too."""
    telling = [token for token in range(first, end) if token not in said and tree.verbal(token)]
    return any(tree.tags[token] == "VBD" for token in telling)
