"""Whose turn it is to speak, line by line: questions and answers, and lines that open with a name and a colon.

`labels`, `lettered` and `puts_a_question` are the main names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parley.reading.trees import Tree

__all__ = [
    "all_quoted",
    "first_person",
    "full_names",
    "label_name",
    "labels",
    "lettered",
    "opened",
    "outermost",
    "puts_a_question",
]

_FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_LETTER = re.compile(r"(q|question|a|answer)\d{0,2}[.:]?")
_TITLES = frozenset(
    {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "sir", "dame", "lord", "h.e", "h.e."}
)
_CLOSING = frozenset({"”", "»", '"', "''"})
_DASHES = frozenset({"-", "–", "—", "―"})


def first_person(word: str) -> bool:
    """Whether a word in lower case is "I" or "we" in any form."""
    return word in _FIRST


def puts_a_question(tree: Tree) -> bool:
    """Whether a paragraph ends in a question mark, be it before who asks in brackets: "Who pays? (Ana, Lomas)".

    Parameters
    ----------
    tree : the paragraph
    """
    shown = outermost(tree)
    last = shown[-1] if shown else 0
    last -= bool(last) and tree.words[last] in _CLOSING
    if shown and tree.words[last] in (")", "]"):
        last = max((at for at in range(last) if tree.words[at] in ("(", "[")), default=0) - 1
    return bool(shown) and last >= 0 and tree.words[last] == "?"


def lettered(tree: Tree) -> str | None:
    """Whether a paragraph is the label of a question or an answer, "Q:" or "Answer 3.": q or a.

    Parameters
    ----------
    tree : the paragraph
    """
    opening = next((word for word in tree.words if not word.isspace()), "")
    found = _LETTER.fullmatch(opening) if tree.paragraph.kind == "label" else None
    return None if found is None or found[1][0] == "q" and len(label_name(tree)) > 1 else found[1][0]


def labels(trees: Sequence[Tree]) -> dict[int, tuple[int, ...]]:
    """The paragraphs that are names before what somebody says, with the tokens of each name.

    Parameters
    ----------
    trees : the article's paragraphs

    Returns
    -------
    the name is without its title, and without what stands behind a comma or in brackets
    """
    found = ((place, each) for place, each in enumerate(trees) if each.paragraph.kind == "label" and not lettered(each))
    return {place: label_name(each) for place, each in found}


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


def all_quoted(tree: Tree) -> bool:
    """Whether a paragraph is all in quotation marks.

    Parameters
    ----------
    tree : the paragraph
    """
    return all(tree.quoted[token] or tree.mark(token) for token in range(len(tree.words)))


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


def label_name(tree: Tree) -> tuple[int, ...]:
    """The tokens of the name in a label, without its title, and without what stands behind a comma or in brackets.

    Parameters
    ----------
    tree : the label
    """
    named: list[int] = []
    for token, word in enumerate(tree.words):
        if word in (":", ",", "(", "[") or word in _DASHES and token and tree.ends[token - 1] < tree.starts[token]:
            break
        named.append(token)
    shown = [token for token in named if any(map(str.isalnum, tree.words[token]))]
    shown = shown[1:] if len(shown) > 1 and _LETTER.fullmatch(tree.words[shown[0]]) else shown
    return tuple(token for token in shown if tree.words[token] not in _TITLES) or tuple(shown)
