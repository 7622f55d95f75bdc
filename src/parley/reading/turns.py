"""Whose turn it is to speak, line by line: questions and answers, and lines that open with a name and a colon.

`labels` and `asks` are the main names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parley.reading.trees import Tree

__all__ = ["ANSWER", "QUESTION", "asks", "first_person", "full_names", "labels", "listed_under", "opened", "outermost"]

LONGEST_LABEL = 5
FEWEST_TURNS = 3
_SECOND = frozenset({"you", "your", "yours"})
_FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_BULLETS = frozenset({"-", "–", "—", "•", "*", "·", "‣", "▪"})
QUESTION = frozenset({"q", "question"})
ANSWER = frozenset({"a", "answer"})


def first_person(word: str) -> bool:
    """Whether a word in lower case is "I" or "we" in any form."""
    return word in _FIRST


def asks(tree: Tree) -> bool:
    """Whether a paragraph of an interview is put to the one who answers: a question, or a sentence that says "you".

    Parameters
    ----------
    tree : the paragraph
    """
    words = [token for token, word in enumerate(tree.words) if not word.isspace()]
    if not words:
        return False
    if tree.words[words[-1]] == "?" or tree.words[0] in QUESTION and tree.words[1:2] == (":",):
        return True
    said = {tree.words[token] for token in words if not tree.quoted[token]}
    return len(tree.sentences) == 1 and bool(said & _SECOND) and not said & _FIRST


def labels(trees: Sequence[Tree]) -> dict[int, int]:
    """The paragraphs that open with whose turn it is, as in "DUARTE: We waited", each with its colon.

    Parameters
    ----------
    trees : the article's paragraphs

    Returns
    -------
    none where fewer than three lines open like that, or where nobody has a second turn
    """
    found = {place: colon for place, each in enumerate(trees) if (colon := _colon(each)) is not None}
    named = {trees[place].words[:colon] for place, colon in found.items()}
    return found if len(found) >= FEWEST_TURNS and len(named) < len(found) else {}


def full_names(trees: Sequence[Tree]) -> Iterator[tuple[int, int, int]]:
    """Names of two words or more: the paragraph, the first and the last token.

    Parameters
    ----------
    trees : the article's paragraphs
    """
    for place, each in enumerate(trees):
        for token in range(len(each.words) - 1):
            if each.tags[token] == each.tags[token + 1] == "NNP" and each.deps[token] == "compound":
                yield place, token, each.heads[token]


def listed_under(trees: Sequence[Tree]) -> dict[int, int]:
    """The items of lists, each with the line above the list that ends in a colon.

    Parameters
    ----------
    trees : the article's paragraphs
    """
    found: dict[int, int] = {}
    for place in range(1, len(trees)):
        shown = [word for word in trees[place].words if not word.isspace()]
        above = [word for word in trees[place - 1].words if not word.isspace()]
        if shown and shown[0] in _BULLETS and above:
            line = place - 1 if above[-1] == ":" else found.get(place - 1)
            if line is not None:
                found[place] = line
    return found


def opened(tree: Tree) -> bool:
    """Whether a paragraph ends within quotation marks that it leaves open, so that the next one goes on.

    Parameters
    ----------
    tree : the paragraph
    """
    words = [token for token, word in enumerate(tree.words) if not word.isspace()]
    return bool(words) and tree.quoted[words[-1]] and tree.words[words[-1]] not in ('"', "”", "»", "''")


def outermost(tree: Tree) -> tuple[int, ...]:
    """The first and the last token of a paragraph that are no spaces.

    Parameters
    ----------
    tree : the paragraph

    Returns
    -------
    nothing where it holds only spaces
    """
    shown = (token for token in range(len(tree.words)) if not tree.words[token].isspace())
    first = next(shown, None)
    if first is None:
        return ()
    return first, next(token for token in reversed(range(len(tree.words))) if not tree.words[token].isspace())


def _colon(tree: Tree) -> int | None:
    """The colon after the name that opens a paragraph, where words follow."""
    for token in range(1, min(len(tree.words) - 2, LONGEST_LABEL + 1)):
        if tree.words[token] == ":":
            capitals = all(each.text[:1].isupper() for each in tree.parsed[:token])
            return token if capitals and tree.words[0] not in QUESTION | ANSWER else None
    return None
