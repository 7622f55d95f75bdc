"""Rows of things as they stand in a text, where a parser hangs them in many ways. `members` is the main name."""

from __future__ import annotations

from collections.abc import Sequence

from parley.reading.trees import Tree

__all__ = ["members"]

FEWEST_WORDS = 2
_OPENING = frozenset({"DT", "PDT", "PRP$", "CD", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBG", "VBN", "RB"})
"""Parts of speech that a thing with words of its own starts with."""

_STOPS = frozenset({",", ";"})
_LINKS = frozenset({"and", "or", "plus"})
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_DETERMINERS = frozenset({"DT", "PRP$", "CD", "PDT"})


def members(tree: Tree, tokens: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Split a run of words into the things that it lists: "a truce in May, talks by June and an end to the siege".

    Parameters
    ----------
    tree : the paragraph
    tokens : the words, in order, of one sentence

    Returns
    -------
    the tokens of each thing, in order; nothing where the words are no list of three things or more
    """
    parts: list[list[int]] = [[]]
    for token in tokens:
        if tree.words[token] in _STOPS and not _adds(tree, token + 1):
            parts.append([])
        elif parts[-1] or not tree.mark(token):
            parts[-1].append(token)
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return ()
    if tree.words[parts[-1][0]] in _LINKS:
        parts[-1] = parts[-1][1:]
    else:
        parts[-1:] = _halves(tree, parts[-1])
    parts = [_without_marks(tree, part) for part in parts]
    return tuple(map(tuple, parts)) if len(parts) > 2 and all(_thing(tree, part) for part in parts) else ()


def _adds(tree: Tree, token: int) -> bool:
    """Whether a word behind a comma only adds something to the thing before it: "a pause, monitored by drones"."""
    tag = tree.tags[token] if token < len(tree.words) else ""
    return tag[:1] == "W" or tag in ("VBN", "VBG") and tree.deps[token] not in ("amod", "compound")


def _halves(tree: Tree, part: list[int]) -> list[list[int]]:
    """The last two things of a list, at the "and" that stands before an article, or else at the last one."""
    places = [at for at, token in enumerate(part) if tree.words[token] in _LINKS and 0 < at < len(part) - 1]
    if not places:
        return []
    marked = [at for at in places if tree.tags[part[at + 1]] in _DETERMINERS]
    at = (marked or places)[-1]
    return [part[:at], part[at + 1 :]]


def _without_marks(tree: Tree, part: list[int]) -> list[int]:
    while part and tree.mark(part[-1]):
        part = part[:-1]
    return part


def _thing(tree: Tree, part: Sequence[int]) -> bool:
    """Whether words are a noun with words of its own; a clause only within it."""
    if len(part) < FEWEST_WORDS or tree.tags[part[0]] not in _OPENING or tree.words[part[0]] in ("not", "then"):
        return False
    nouns = [token for token in part if tree.tags[token][:2] == "NN"]
    within = next((at for at, token in enumerate(part) if _opens_a_clause(tree, token)), len(part))
    verbs = [token for token in part[:within] if tree.tags[token] in _FINITE or tree.tags[token] == "VB"]
    return bool(nouns) and nouns[0] <= part[within - 1] and all(tree.deps[token] in ("acl", "relcl") for token in verbs)


def _opens_a_clause(tree: Tree, token: int) -> bool:
    """Whether a word opens a clause: "who", "that", "until"."""
    return tree.tags[token][:1] == "W" or tree.deps[token] == "mark" and tree.words[token] != "to"
