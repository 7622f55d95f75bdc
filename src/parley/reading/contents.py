"""Contents that a reader cut short, made whole: `completed` is the main name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from parley.reading.conditions import condition_heads
from parley.reading.trees import Tree

__all__ = ["completed"]

_WANTS_MORE = frozenset({"IN", "TO", "DT", "PRP$", "CC", "JJ", "CD", "POS", "PDT", "WDT"})
"""Parts of speech that nothing ends with."""


def completed(tree: Tree, content: Sequence[int], *, cue: Sequence[int], taken: Collection[int]) -> tuple[int, ...]:
    """Add to a content the conditions and the coordinated parts of its sentences that belong to it.

    Parameters
    ----------
    tree : the paragraph
    content : the content's tokens, in order
    cue : the words that attribute it
    taken : the tokens of all contents, cues and sources of the paragraph, which stay where they are

    Returns
    -------
    the content's tokens with those that were left out, in order
    """
    if not content:
        return ()
    whole = set(content)
    for place in sorted({tree.sentence[token] for token in content}):
        first, end = tree.sentences[place]
        free = [token for token in range(first, end) if token not in taken and token not in whole]
        if not all(tree.mark(token) for token in free):
            whole |= _left_hanging(tree, range(first, end), whole, taken)
            whole |= _conditions(tree, range(first, end), whole, cue, taken)
            whole |= _coordinated(tree, free, whole, (cue, taken))
    return tuple(sorted(whole))


def _left_hanging(tree: Tree, sentence: range, whole: set[int], taken: Collection[int]) -> set[int]:
    """What follows a content that ends with a word that wants another one: "an answer by" the end of June."""
    found: set[int] = set()
    for token in sentence:
        if token not in whole or token + 1 in whole or token + 1 not in sentence or tree.tags[token] not in _WANTS_MORE:
            continue
        head = tree.heads[token]
        below = {each for each in (*tree.below(token), *(tree.below(head) if head > token else ())) if each > token}
        if below and not below & set(taken) and below == set(range(token + 1, max(below) + 1)):
            found |= below
    return found


def _conditions(tree: Tree, sentence: range, whole: set[int], cue: Sequence[int], taken: Collection[int]) -> set[int]:
    """The conditions that hang on the content or on the words that attribute it."""
    found: set[int] = set()
    for head, (marks, _) in condition_heads(tree, sentence, cue).items():
        above = tree.heads[head]
        below = set(tree.below(head)) | set(marks)
        if head not in taken and (above in whole or above in cue or tree.heads[above] in cue) and not below & set(cue):
            found |= {token for token in below if token not in taken}
    return found


def _coordinated(
    tree: Tree, free: Sequence[int], whole: set[int], beside: tuple[Sequence[int], Collection[int]]
) -> set[int]:
    """What is coordinated with a part of the content and has no subject of its own.

    A bare verb that the parser joins to the cue goes on the content: "they should leave, they argue, and settle".
    """
    found: set[int] = set()
    cue, taken = beside
    for token in free:
        bare = tree.tags[token] == "VB" and tree.child(token, "aux") is None and tree.heads[token] in cue
        joined = tree.deps[token] in ("conj", "appos") and (tree.heads[token] in whole | found or bare)
        if joined and token > tree.heads[token] and tree.subject(token) is None:
            below = set(tree.below(token))
            if not below & set(taken):
                found |= below
    return found
