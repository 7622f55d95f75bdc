"""Whose the items of a list and the points of a resolution are, where the line above them tells: `pointed`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.reading.beside import named_at
from parley.reading.holders import phrase_at
from parley.reading.room import Quoted, Room, person_at
from parley.reading.signed_lines import heading_owner
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree
from parley.reading.turns import outermost

__all__ = ["pointed"]

HEAD, FEWEST = 14, 2
"""The line that heads points has at most so many tokens, and below one without a colon are at least so many points."""

_RESOLVING = lexicon(
    "resolve decide agree demand call urge request recommend declare affirm reaffirm note express welcome condemn "
    "undertake commit propose say state want ask insist conclude adopt require stress emphasise emphasize underline "
    "pledge promise offer reject approve endorse announce invite appeal warn direct instruct order observe believe "
    "regret deplore oppose support seek determine vote"
)
_ASKED = lexicon(
    "demand condition term offer proposal request requirement grievance complaint point wish pledge promise"
)
_OPENING = frozenset({"that", "to"})


def pointed(room: Room) -> dict[int, Quoted]:
    """Who says each item of a list, and each point of a resolution, that a line above gives to somebody.

    Parameters
    ----------
    room : the article
    """
    found: dict[int, Quoted] = {}
    above = _listed_under(room.trees)
    for place in above:
        teller, head = None, above.get(place)
        while teller is None and head is not None:
            teller = _of_line(room, head, place) or heading_owner(room, head)
            head = above.get(head)
        if teller is not None:
            found[place] = replace(teller, place=place)
    return found | _resolved(room)


def _listed_under(trees: Sequence[Tree]) -> dict[int, int]:
    """The items of lists, each with the line above the list that ends in a colon."""
    found: dict[int, int] = {}
    for place in range(1, len(trees)):
        kind = trees[place].paragraph.item
        if not kind or trees[place].paragraph.kind in ("furniture", "side"):
            continue
        ends = outermost(trees[place - 1])
        heads = ends and (
            trees[place - 1].words[ends[1]] == ":" or _asks_what(trees[place - 1]) or _heads(trees, place)
        )
        if heads and trees[place - 1].paragraph.item != kind:
            found[place] = place - 1
            continue
        for before in range(place - 1, -1, -1):
            item = trees[before].paragraph.item
            if item == kind and before in found:
                found[place] = found[before]
            if item in ("", kind):
                break
    return found


def _heads(trees: Sequence[Tree], place: int) -> bool:
    """Whether a heading stands above the first of several items."""
    more = place + 1 < len(trees) and trees[place + 1].paragraph.item == trees[place].paragraph.item
    return trees[place - 1].paragraph.kind == "heading" and more


def _asks_what(tree: Tree) -> bool:
    """Whether a line is the head of a list that says what somebody wants or offers: "What the strikers want"."""
    return tree.words[0] == "what" and len(tree.words) <= HEAD and tree.words[-1] != "?"


def _resolved(room: Room) -> dict[int, Quoted]:
    """Whose the paragraphs are that go on with a name alone on its line: "The Security Council," "Recalling …;"."""
    found: dict[int, Quoted] = {}
    for head in range(len(room.trees) - FEWEST):
        ends = outermost(room.trees[head])
        if not ends or room.trees[head].words[ends[1]] not in (",", ":") or not _bare(room.trees[head]):
            continue
        points = []
        for place in range(head + 1, len(room.trees)):
            if not _opens_with_verb(room.trees[place]):
                break
            points.append(place)
        teller = _of_line(room, head, head + 1) if len(points) >= FEWEST else None
        if teller is not None:
            found.update({place: replace(teller, place=place) for place in points})
    return found


def _of_line(room: Room, line: int, item: int) -> Quoted | None:
    """Who is named on a line that a list follows: "here is what the mayor had to say:", "The Summit:"."""
    each = room.trees[line]
    for token, dep in enumerate(each.deps):
        if dep != "nsubj" or not each.verbal(each.heads[token]):
            continue
        verb = each.heads[token]
        asks = (thing := each.child(verb, "dobj")) is not None and each.lemmas[thing] in _ASKED
        resolves = (each.lemmas[verb] in _RESOLVING or asks) and each.sentence[token] == len(each.sentences) - 1
        if resolves and (each.tags[token][:2] == "NN" or each.words[token] in ("it", "they")):
            return named_at(room, line, phrase_at(each, token))
        found = person_at(room, line, token) if each.tags[token][:2] == "NN" else None
        if found is not None:
            return found
    if not _bare(each) or not _opens_with_verb(room.trees[item], or_link=True):
        return None
    roots = [token for token, head in enumerate(each.heads) if head == token and each.tags[token][:2] == "NN"]
    return named_at(room, line, phrase_at(each, roots[0])) if roots else None


def _bare(tree: Tree) -> bool:
    """Whether a line is a name or a noun alone: "The Summit:", "The General Assembly,"."""
    ends = outermost(tree)
    finite = any(tag in ("VBZ", "VBD", "VBP", "MD") for tag in tree.tags)
    if not ends or len(tree.words) > HEAD or finite:
        return False
    return tree.tags[ends[0]] in ("DT", "NNP", "NNPS") and tree.parsed[ends[0]].text[:1].isupper()


def _opens_with_verb(tree: Tree, *, or_link: bool = False) -> bool:
    """Whether a paragraph opens with a verb without a subject, as the points of a resolution do."""
    shown = (token for token in range(len(tree.words)) if not tree.mark(token) and not tree.words[token].isspace())
    first = next((token for token in shown if tree.tags[token] != "RB"), None)
    if first is None:
        return False
    if or_link and tree.words[first] in _OPENING:
        return True
    shouted = tree.parsed[first].text.isupper() and len(tree.words[first]) > len("that")
    verb = tree.tags[first] in ("VBG", "VBN", "VBZ", "VBD", "VBP", "VB") or tree.words[first] in _ALSO
    return (verb or shouted) and tree.subject(first) is None


_ALSO = lexicon("alarmed concerned mindful aware conscious convinced desirous disturbed demands urges calls requests")
