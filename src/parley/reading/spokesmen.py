"""Who goes on for a side that he has spoken for: "…, the envoy said. It was ready to wait", "Marenia wanted more".

`for_ones_side` asks of what a reader has attributed, `spoken_for` of what a sentence alone gives to the side.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from parley.reading.beside import named_at
from parley.reading.continuing import Said, said_in, told_above
from parley.reading.minutes import minuted
from parley.reading.propositions import Proposition
from parley.reading.room import Quoted, Room
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["for_ones_side", "spoken_for"]

_SIDES = lexicon(
    "government delegation country party side union company ministry team office people movement bloc council "
    "organisation organization administration army group nation federation association camp faction"
)
_READY = frozenset({"ready", "willing", "prepared", "unwilling", "open", "determined", "happy", "reluctant"})
_ATTITUDES = lexicon(
    "want expect hope prefer need intend plan fear doubt believe regard see consider seek insist favour favor wish aim "
    "think demand ask"
)
_WISHES = lexicon("want hope prefer need expect intend wish")
_SHIFTED = frozenset({"would", "could", "might", "must", "'d"})
_TOLD = frozenset({"VBD", "VBN"})


def for_ones_side(room: Room, said: Said, place: int, source: Sequence[int], cue: Sequence[int]) -> Quoted | None:
    """Who goes on to speak for a side of his own: "Nobody was asked, he said. His government was ready to …".

    Parameters
    ----------
    room : the article
    said : by paragraph, who says the tokens that are attributed before it
    place : the paragraph
    source, cue : the tokens that name who says it, and those that attribute
    """
    each = room.trees[place]
    verb = next((token for token in cue if each.verbal(token)), None)
    above = told_above(room, said, place, each.sentence[verb], {}) if verb is not None and room.minutes else None
    who = named_at(room, place, (source[0], source[-1])) if source and above is not None else None
    joined = verb is not None and not source and _after_others(each, said[place], verb)
    if verb is not None and not joined and (who is None or not room.names.is_person(who.speaker)):
        inside = set(source)
        top = next((token for token in source if each.heads[token] not in inside), None)
        if (reported := minuted(room, above, place, verb, top)) is not None:
            return reported
    if (chief := _its_chief(room, said, place, source, cue)) is not None:
        return chief
    root = next((token for token in cue if each.heads[token] == token), cue[0] if cue else None)
    subject = None if root is None or source else each.subject(root)
    if subject is not None:
        source = range(each.left[subject], subject + 1)
    if root is None or len(source) < 2 or each.quoted[source[0]] or each.tags[source[0]] != "PRP$":
        return None
    own = each.words[source[0]] in ("his", "her", "its", "their") and each.words[source[-1]] in _SIDES
    before = said_in(room, said, place, each.sentence[source[0]] - 1) if own else None
    owner = named_at(room, place, (source[0], source[0])) if before else None
    if before is None or owner is None or owner.speaker != before.speaker:
        return None
    around = {*cue, root, *each.children[root]}
    past = any(each.words[token] in ("was", "were") for token in around)
    shifted = past and any(each.words[token] in _READY for token in around)
    shifted = shifted or any(each.words[token] in ("would", "could", "had") for token in around)
    return before if shifted else None


def _after_others(tree: Tree, said: Container[int], verb: int) -> bool:
    """Whether a verb is joined to another that tells in its sentence: "Bell called it a tax and announced …"."""
    first = tree.sentences[tree.sentence[verb]][0]
    return tree.deps[verb] == "conj" and any(at in said for at in range(first, verb))


def _its_chief(room: Room, said: Said, place: int, source: Sequence[int], cue: Sequence[int]) -> Quoted | None:
    """Who tells what his side wants, having spoken for it right before: "The minister said …. It expected help".

    So too by its name: "The envoy of Marenia said …. Marenia was willing to wait".
    """
    each = room.trees[place]
    verb = next((token for token in cue if each.verbal(token)), None)
    subject = None if verb is None or source else each.subject(verb)
    source = source if subject is None else range(each.left[subject], subject + 1)
    if verb is None or not source or each.quoted[verb] or each.sentence[source[0]] != each.sentence[verb]:
        return None
    itself = len(source) == 1 and each.words[source[0]] in ("it", "they")
    body = named_at(room, place, (source[0], source[-1]))
    at = each.sentence[verb]
    for back in range(at - 1, -1, -1):
        first, end = each.sentences[back]
        before = said_in(room, said, place, back)
        if any(each.quoted[first:end]) or each.words[end - 1] == "?":
            return None
        if before is None:
            continue
        head = next((token for token in range(first, end) if token in room.heads[place] and each.verbal(token)), None)
        alike = head is not None and (each.tags[head] in _TOLD) == (each.tags[verb] in _TOLD)
        ours = body is not None and room.names.speaks_for(before.speaker, body.speaker)
        if itself and not ours:
            sides = (at for at in range(first, end) if each.words[at] in _SIDES and at in said[place])
            own = any(each.words[at - 1] in ("his", "her", "its", "our", "their") for at in sides)
            ours = (
                own or body is None and any(each.words[at] in _SIDES and at in said[place] for at in range(first, end))
            )
        ready = each.lemmas[verb] == "be" and any(each.words[at] in _READY for at in (*cue, *each.children[verb]))
        told = itself or each.tags[verb] in _TOLD or any(each.words[at] in _SHIFTED for at in each.children[verb])
        return before if alike and ours and told and (ready or each.lemmas[verb] in _ATTITUDES) else None
    return None


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
    volition = each.tags[verb] == "VBD" and (ready or each.lemmas[verb] in _WISHES)
    return before if shifted or volition else None


def _verb(tree: Tree, head: int) -> int | None:
    """The main verb of the sentence that a proposition stands in, where that has a subject."""
    verb = head
    while tree.heads[verb] != verb:
        verb = tree.heads[verb]
    return verb if tree.verbal(verb) and tree.subject(verb) is not None else None


def _past(tree: Tree, first: int, end: int, said: Container[int]) -> bool:
    """Whether what a sentence says is told by a verb in the past: "the envoy said that …"."""
    telling = (token for token in range(first, end) if token not in said and tree.verbal(token))
    return any(tree.tags[token] == "VBD" for token in telling)
