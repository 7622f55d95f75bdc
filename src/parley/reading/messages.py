"""Whose words a message gives, where they follow the sentence that brings it: `paper_before` and `in_capitals`."""

from __future__ import annotations

from parley.reading.beside import named_at
from parley.reading.papers import BEARING
from parley.reading.room import Quoted, Room
from parley.reading.trees import Tree

__all__ = ["in_capitals", "paper_before"]


def paper_before(room: Room, place: int, token: int) -> Quoted | None:
    """The letter, message or banner that the sentence before a sentence is about or brings, or whose it is.

    Parameters
    ----------
    room : the article
    place : the paragraph
    token : the first token of a quotation, or of a sentence in capitals
    """
    each, at = room.trees[place], room.trees[place].sentence[token] - 1
    while at > 0 and each.quoted[each.sentences[at][0]]:
        at -= 1
    if at < 0 or each.paragraph.kind != "prose":
        return None
    first, end = each.sentences[at]
    tops = (near for near in range(first, end) if each.deps[near] in ("nsubj", "nsubjpass", "dobj"))
    paper = next((near for near in tops if each.lemmas[near] in BEARING and not each.quoted[near]), None)
    if paper is None:
        return None
    last = max(each.below(paper)) if each.words[paper + 1] in ("from", "by", "of") else paper
    return named_at(room, place, (each.left[paper], last))


def in_capitals(tree: Tree, sentence: int) -> bool:
    """Whether all words of a sentence are in capitals, as in a telegram or on a banner: "SEND BOAT.".

    Parameters
    ----------
    tree : the paragraph
    sentence : its number; there need be none of that number
    """
    if not 0 <= sentence < len(tree.sentences):
        return False
    words = [token.text for token in tree.parsed[slice(*tree.sentences[sentence])] if token.is_alpha]
    return len(words) > 1 and all(map(str.isupper, words)) and any(len(word) > 2 for word in words)
