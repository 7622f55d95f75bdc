"""What a verb takes that tells of a mind: `takes_by`, `taken_apart` and `reflexive`.

"Brushes aside talk of a split", "recoils from a deal", "came out against the toll", "resigned itself to a winter".
"""

from __future__ import annotations

from parley.reading.cues import lexicon as moves
from parley.reading.stance_words import (
    ABSTRACT,
    ANIMALS,
    APART,
    BARE,
    BY,
    MATTERS,
    SELF,
    SOLID,
    THINGS,
    TIMES,
    TOGETHER,
    TOUCHING,
)
from parley.reading.trees import Tree

__all__ = ["matter", "of_things", "reflexive", "taken_apart", "takes_by"]


def matter(tree: Tree, noun: int) -> bool:
    """Whether a noun or a gerund names what is talked about, and nothing that can be touched.

    Parameters
    ----------
    tree : the paragraph
    noun : the noun
    """
    lemma = tree.lemmas[noun]
    if tree.tags[noun] in ("VBG", "CD", "PRP", "DT", "NNP", "NNPS"):
        return tree.tags[noun] in ("VBG", "CD")
    abstract = lemma in THINGS or lemma in MATTERS or lemma.endswith(ABSTRACT) or ("n", lemma) in moves()
    return abstract and lemma not in TIMES and lemma not in SOLID


def of_things(tree: Tree, noun: int) -> bool:
    """Whether a noun names what has no mind.

    Parameters
    ----------
    tree : the paragraph
    noun : the noun
    """
    lemma = tree.lemmas[noun]
    return lemma in THINGS or lemma in ANIMALS or lemma.endswith(ABSTRACT)


def takes_by(tree: Tree, verb: int) -> bool:
    """Whether a verb takes what somebody wants or thinks by small words: "would settle for a freeze".

    Parameters
    ----------
    tree : the paragraph
    verb : the verb
    """
    lemma = tree.lemmas[verb]
    after = [child for child in tree.children[verb] if child > verb and tree.deps[child] in ("prep", "prt", "advmod")]
    links = {tree.words[child]: child for child in after}
    near = tree.words[verb + 1 : verb + 5]
    for first, second in (words.split() for words in TOGETHER.get(lemma, "").split("|") if words):
        if first in near[:2] and second in near[near.index(first) + 1 :][:2]:
            return True
    for word in BY.get(lemma, "").split():
        if word not in links:
            continue
        thing = tree.child(links[word], "pobj", "pcomp")
        if lemma not in TOUCHING or thing is None or matter(tree, thing):
            return True
    return False


def taken_apart(tree: Tree, verb: int) -> bool:
    """Whether a verb has what cannot be touched as its object, with or without a small word: "waved away the fears".

    Parameters
    ----------
    tree : the paragraph
    verb : the verb
    """
    lemma = tree.lemmas[verb]
    small = [child for child in tree.children[verb] if tree.words[child] in APART.get(lemma, "").split()]
    if not small and lemma not in BARE:
        return False
    things = [
        child
        for at in (verb, *small)
        for child in tree.children[at]
        if tree.deps[child] in ("dobj", "pobj", "npadvmod")
    ]
    return any(thing > verb and matter(tree, thing) for thing in things)


def reflexive(tree: Tree, verb: int) -> bool:
    """Whether a verb that turns back on its subject tells of a mind: "resigned itself to a long winter".

    Parameters
    ----------
    tree : the paragraph
    verb : the verb
    """
    itself = verb + 1 < len(tree.words) and tree.words[verb + 1].endswith(("self", "selves"))
    links = SELF.get(tree.lemmas[verb], "").split()
    return itself and any(tree.words[at] in links for at in tree.below(verb) if at > verb)
