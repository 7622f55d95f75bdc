"""Whose words go on where the next sentence names nobody, as in "The ship was lost, she said. It had struck a rock".

`carried`, `said_in` and `told_freely` are the main names. Rules tell the plain cases; in others the
signs of `parley.reading.going_on_signs`, of which the rules are one, are weighed by a logistic regression that was
fitted to the development articles of the gold set.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace

from parley import resources
from parley.reading.announcing import announced, numbered
from parley.reading.beside import named_at
from parley.reading.free_speech import FREELY, freely_said
from parley.reading.going_on_signs import Setting, signs, tells_events
from parley.reading.minds import bids, contrasting, echoed, minded
from parley.reading.minutes import minuted
from parley.reading.propositions import Proposition
from parley.reading.room import THE_ARTICLE, Quoted, Room
from parley.reading.tellers import backshifted, goes_on
from parley.reading.weighing import Weights

__all__ = ["GOES_ON", "SHIPPED", "Judge", "carried", "echo", "said_in", "told_above", "told_freely", "weighed"]

LISTED, FARTHEST = 4, 8
_HANGING = frozenset({"advcl", "conj"})
_CONDITIONS = frozenset({"if", "unless", "after", "once", "until", "before", "provided"})
_SHIFTED = frozenset({"would", "could", "might", "must", "'d"})
SHIPPED = "datasets/reading/going-on.npz"
HALF = 0.5
GOES_ON = "goes on with whoever spoke last"
ECHOES = "shares or denies what was said before"
Said = Sequence[Mapping[int, Quoted]]
Judge = Callable[[Setting, Proposition], float]
"""How likely a sentence goes on with whoever spoke last, 0..1."""


def said_in(room: Room, said: Said, place: int, sentence: int) -> Quoted | None:
    """Who says the last words that are attributed in a sentence.

    Parameters
    ----------
    room : the article
    said : by paragraph, who says the tokens that are attributed
    place : the paragraph
    sentence : the sentence in it; there need be none of that number
    """
    if not 0 <= sentence < len(room.trees[place].sentences):
        return None
    first, end = room.trees[place].sentences[sentence]
    return next((said[place][at] for at in range(end - 1, first - 1, -1) if at in said[place]), None)


def carried(
    room: Room,
    said: Said,
    told: Sequence[Mapping[int, Quoted]],
    place: int,
    proposition: Proposition,
    *,
    judge: Judge | None = None,
) -> Quoted | None:
    """Whose words go on from a sentence before into one that names nobody; None where the reporter speaks.

    Parameters
    ----------
    room : the article
    said : by paragraph, who says the tokens that are attributed
    told : by paragraph, who says the reporter's prose, by sentence, as far as it is known
    place : the paragraph
    proposition : a proposition of the reporter's prose in it
    judge : how likely a sentence goes on with the last speaker; by the weights that ship where absent
    """
    head = proposition.head
    above = told_above(room, said, place, room.trees[place].sentence[head], told[place]) if room.minutes else None
    if (reported := minuted(room, above, place, head, room.trees[place].subject(head))) is not None:
        return replace(reported, named=(), why=GOES_ON)
    here = _setting(room, said, told, place, proposition)
    ruled = _ruled(room, said, place, proposition, told[place])
    if ruled is None and here is not None and _freely_told(here, proposition):
        ruled = here.speaker
    if here is None or ruled is not None and ruled.speaker != here.speaker.speaker:
        return ruled
    person = room.names.is_person(here.speaker.speaker)
    others = here.then is not None and here.then.speaker != here.speaker.speaker
    if person and _names(room, place, proposition, here.speaker):
        return None
    if here.then is not None and others and _names(room, place, proposition, here.then):
        return None
    free = ruled is not None and ruled.why == FREELY or _freely_told(here, proposition)
    events = tells_events(room.trees[place], here.sentence)
    if here.shown and not free and events:
        return None
    if not events and here.at == (place, here.sentence - 1) and contrasting(room.trees[place], here.sentence - 1):
        return replace(here.speaker, named=(), why=GOES_ON)
    chance = (judge or weighed)(replace(here, ruled=ruled is not None), proposition)
    why = FREELY if ruled is not None and ruled.why == FREELY else GOES_ON
    return None if chance <= HALF else replace(ruled or here.speaker, named=(), sure=round(chance, 3), why=why)


def told_above(room: Room, said: Said, place: int, at: int, told: Mapping[int, Quoted]) -> Quoted | None:
    """Who says the last sentence before one of a paragraph that somebody says.

    Parameters
    ----------
    room : the article
    said : by paragraph, who says the tokens that are attributed
    place, at : the paragraph and its sentence
    told : by sentence, who says what stands in the paragraph's prose
    """
    found = (told.get(back) or said_in(room, said, place, back) for back in range(at - 1, -1, -1))
    return next((each for each in found if each is not None), None)


def echo(
    room: Room, said: Said, told: Sequence[Mapping[int, Quoted]], place: int, proposition: Proposition
) -> Quoted | None:
    """Who shares, or denies, what the sentence before says for somebody else: "The owners do not".

    Parameters
    ----------
    room : the article
    said : by paragraph, who says the tokens that are attributed
    told : by paragraph, who says the reporter's prose, by sentence, as far as it is known
    place : the paragraph
    proposition : a proposition of the reporter's prose in it
    """
    at, above = room.trees[place].sentence[proposition.head] - 1, place
    if at < 0 and place and room.trees[place - 1].paragraph.kind == "prose":
        at, above = len(room.trees[place - 1].sentences) - 1, place - 1
    named = echoed(room.trees[place], proposition) if at >= 0 else None
    before = None if named is None else told[above].get(at) or said_in(room, said, above, at)
    found = None if named is None or before is None else named_at(room, place, named)
    other = found is not None and before is not None and before.speaker not in (THE_ARTICLE, found.speaker)
    return replace(found, why=ECHOES) if other and found is not None else None


def _freely_told(here: Setting, proposition: Proposition) -> bool:
    """Whether a sentence bids or foresees, as the one may who was quoted, or shown of a mind, right before it."""
    tree = here.room.trees[here.place]
    near = here.at[0] == here.place and proposition.condition is None
    shifted = any(tree.words[child] in _SHIFTED for child in tree.children[proposition.head])
    subject = tree.subject(proposition.head)
    pointing = subject is None or tree.words[subject] in ("that", "this", "which", "what")
    return near and (bids(tree, here.sentence) or here.shown and shifted and not pointing)


def _names(room: Room, place: int, proposition: Proposition, speaker: Quoted) -> bool:
    """Whether a sentence is about a speaker, by name or role, as nobody speaks of themselves: "Ana grows plums"."""
    each = room.trees[place]
    subject = each.subject(proposition.head)
    if subject is None or each.tags[subject][:2] != "NN":
        return False
    first = min(each.left[subject], subject)
    owned = each.tags[first] == "PRP$"
    return not owned and room.names.named(each.paragraph, first, subject, speaker=None) == speaker.speaker


def weighed(here: Setting, _: Proposition) -> float:
    """How likely a sentence goes on with whoever spoke last, by the weights that ship.

    Parameters
    ----------
    here : the sentence in its setting
    """
    using = shipped()
    chance = float(using.chances(signs(here))[1])
    return using.right(chance) if chance > HALF else min(chance, HALF)


@functools.cache
def shipped() -> Weights:
    """The weights that ship; the first outcome: the reporter speaks; the second: the last speaker goes on."""
    return Weights.load(resources.read(SHIPPED))


def _setting(
    room: Room, said: Said, told: Sequence[Mapping[int, Quoted]], place: int, proposition: Proposition
) -> Setting | None:
    """A sentence, and who spoke last before it in its paragraph or the one above; None where nobody did."""
    at = room.trees[place].sentence[proposition.head]
    above = next((up for up in range(place - 1, -1, -1) if room.trees[up].paragraph.kind == "prose"), place)
    shown = _shown(room, said, told, place, at)
    for where in dict.fromkeys((place, above)):
        for sentence in range((at if where == place else len(room.trees[where].sentences)) - 1, -1, -1):
            free = told[where].get(sentence)
            speaker = free or said_in(room, said, where, sentence)
            if shown is not None and (where, sentence) == (place, shown[0]):
                speaker = shown[1]
            if speaker is None or speaker.speaker == THE_ARTICLE:
                continue
            return Setting(
                room=room,
                said=said,
                place=place,
                sentence=at,
                speaker=speaker,
                at=(where, sentence),
                freely=free is not None,
                shown=shown is not None and shown[0] <= sentence and where == place,
                ruled=False,
                then=said_in(room, said, place, at + 1),
            )
    return None


def _shown(
    room: Room, said: Said, told: Sequence[Mapping[int, Quoted]], place: int, at: int
) -> tuple[int, Quoted] | None:
    """Who is shown of a mind before a sentence, and where; only questions and words of theirs stand between."""
    each = room.trees[place]
    for back in range(at - 1, -1, -1):
        goes_on = told[place].get(back)
        if goes_on is not None and goes_on.why == ECHOES:
            return back, goes_on
        if goes_on is not None and goes_on.why not in (GOES_ON, FREELY):
            return None
        if goes_on is not None or each.words[each.sentences[back][1] - 1] == "?":
            continue
        named = None if said_in(room, said, place, back) is not None else minded(each, back)
        found = None if named is None else named_at(room, place, named)
        return None if found is None or found.speaker == THE_ARTICLE else (back, replace(found, named=()))
    return None


def _ruled(
    room: Room, said: Said, place: int, proposition: Proposition, by_sentence: Mapping[int, Quoted]
) -> Quoted | None:
    """Whose words go on into a sentence that names nobody, by rules; `by_sentence` holds who says those before it."""
    each = room.trees[place]
    at = each.sentence[proposition.head]
    before = by_sentence.get(at - 1) or said_in(room, said, place, at - 1)
    if goes_on(each, proposition):
        return before
    if at == 0 or proposition.condition is not None:
        return None
    if before is not None:
        freely = before.why == FREELY or _freely(room, said, place, at - 1, by_sentence)
        shifted = freely and backshifted(each, proposition, freely=True)
        if shifted or _between(room, said, place, proposition, freely=freely):
            return before
        first, end = each.sentences[at - 1]
        if any(each.words[token] in ("would", "could") for token in range(first, end)):
            return before if backshifted(each, proposition) else None
    for back in range(at - 1, max(at - LISTED, 0) - 1, -1):
        named = announced(each, back)
        if numbered(each, back) >= at - back and (teller := by_sentence.get(back) or said_in(room, said, place, back)):
            return teller
        if named is not None and (back == at - 1 or numbered(each, back) >= at - back):
            return named_at(room, place, named)
    return freely_said(room, said, place, proposition, by_sentence)


def told_freely(room: Room, said: Said, place: int, cue: Sequence[int]) -> Quoted | None:
    """Who tells that others agreed or refused, where that goes on with what is told: "They had also agreed to …".

    So too where what is told hangs on it: "both could open, said an aide, but only once the elders agreed to …".

    Parameters
    ----------
    room : the article
    said : by paragraph, who says the tokens that are attributed before it
    place, cue : the paragraph and the tokens that attribute
    """
    each = room.trees[place]
    hung = next((token for token in cue if each.deps[token] in _HANGING and each.heads[token] in said[place]), None)
    mark = None if hung is None else each.child(hung, "mark")
    if hung is not None and mark is not None and each.words[mark] in _CONDITIONS and not each.quoted[hung]:
        return said[place][each.heads[hung]]
    root = next((token for token in cue if each.heads[token] == token), None)
    if root is None or each.quoted[root] or each.tags[root] != "VBN":
        return None
    at = each.sentence[root]
    had = any(each.words[child] == "had" and each.deps[child] == "aux" for child in each.children[root])
    if not had or at == 0:
        return None
    if _freely(room, said, place, at - 1, ()):
        return said_in(room, said, place, at - 1)
    shown = None if said_in(room, said, place, at - 1) is not None else minded(each, at - 1)
    return None if shown is None else named_at(room, place, shown)


def _freely(room: Room, said: Said, place: int, sentence: int, told: Container[int]) -> bool:
    """Whether what is said stands first in a sentence, without marks, before who says it, or goes on from such."""
    each = room.trees[place]
    sentence = next((back for back in range(sentence, sentence - FARTHEST, -1) if back not in told), sentence)
    if sentence < 0:
        return False
    first, end = each.sentences[sentence]
    heads = [token for token in range(first, end) if token in room.heads[place]]
    before = [token for token in range(first, heads[0] if heads else first) if not each.mark(token)]
    own = [token for token in before if token in said[place]]
    past = any(each.tags[token] in ("VBD", "VBN") for token in heads)
    return past and bool(own) and not any(each.quoted[token] for token in range(first, end))


def _between(room: Room, said: Said, place: int, proposition: Proposition, *, freely: bool) -> bool:
    """Whether a sentence tells how things were between two that somebody says: "The rent was another matter."."""
    each, head = room.trees[place], proposition.head
    at = each.sentence[head]
    if each.heads[head] != head or each.tags[head] != "VBD" or each.lemmas[head] not in ("be", "have"):
        return False
    if at + 1 >= len(each.sentences) or any(token in said[place] for token in proposition.tokens):
        return False
    first, end = each.sentences[at + 1]
    if any(each.quoted[token] for token in range(each.sentences[at - 1][0], end)):
        return False
    before, after = said_in(room, said, place, at - 1), said_in(room, said, place, at + 1)
    if after is not None:
        same = before is not None and before.speaker == after.speaker
        return same and _freely(room, said, place, at + 1, ())
    root = next((token for token in range(first, end) if each.heads[token] == token), first)
    return freely and any(each.words[child] == "would" for child in each.children[root])
