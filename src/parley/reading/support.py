"""Verbs that say little beside a noun of saying, wanting or judging: `lends_words`, `makes_out`.

"Issued an appeal for calm", "lodged a protest over the arrest", "struck a defiant note on the fee", "set the doctors a
deadline to return", "billed the summit as the last chance". The nouns are lists of the lexicon `idioms.txt`.
"""

from __future__ import annotations

from parley.reading.idioms import entries
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["lends_words", "makes_out"]

_MANNERS = lexicon("tone note pose line chord stance posture")
_PAPERS = frozenset({"note", "letter", "message", "telegram", "cable", "call", "word", "list", "memo"})
_AFTER = lexicon("for about against over on upon at of to towards toward with in between from that as : not")
_ASKING_TIME = frozenset({"deadline", "ultimatum"})
_OPEN = frozenset({"open", "alive", "known", "clear", "plain"})
_CLAUSES = frozenset({"acl", "ccomp", "xcomp", "relcl"})


def lends_words(tree: Tree, verb: int) -> bool:
    """Whether a verb with its object, or with what it comes up with, is an act of saying, wanting or judging.

    Parameters
    ----------
    tree : the paragraph
    verb : the verb
    """
    lemma = tree.lemmas[verb]
    if lemma not in entries("support"):
        return False
    for noun in _objects(tree, verb):
        if any(tree.words[child] == "no" for child in tree.children[noun]):
            continue
        striking = lemma in ("strike", "sound", "adopt") and tree.lemmas[noun] in _MANNERS
        asking = lemma in ("set", "give", "issue", "impose") and tree.lemmas[noun] in _ASKING_TIME
        if (striking or asking or _of_saying(tree, noun)) and _goes_on(tree, verb, noun):
            return True
    return False


def makes_out(tree: Tree, verb: int) -> bool:
    """Whether a verb tells what its subject makes another thing out to be: "billed the summit as a last chance".

    Parameters
    ----------
    tree : the paragraph
    verb : the verb
    """
    lemma = tree.lemmas[verb]
    if lemma in entries("naming"):
        thing = tree.child(verb, "dobj", "ccomp")
        return thing is not None and thing > verb
    if lemma not in entries("making out"):
        return False
    after = [at for at in tree.below(verb) if at > verb + 1 and tree.words[at] == "as"]
    return any(tree.child(at, "pobj", "pcomp", "amod", "prep") is not None for at in after)


def _objects(tree: Tree, verb: int) -> list[int]:
    """The objects of a verb, also those that it comes up with."""
    found = [child for child in tree.children[verb] if tree.deps[child] in ("dobj", "oprd") and child > verb]
    found += [inner for inner in (tree.child(at, "nsubj") for at in tree.children[verb] if at > verb) if inner]
    if tree.lemmas[verb] in ("come", "go", "step"):
        small = {tree.words[at] for at in range(verb + 1, min(verb + 3, len(tree.words)))}
        links = [at for at in tree.below(verb) if tree.words[at] == "with"] if small & {"up", "forward", "out"} else []
        return [thing for link in links if (thing := tree.child(link, "pobj")) is not None]
    return found


def _of_saying(tree: Tree, noun: int) -> bool:
    """Whether a noun names an act of saying, or a paper one by what stands beside it: "a protest note"."""
    nouns = entries("acts")
    if tree.lemmas[noun] in nouns:
        return True
    beside = [child for child in tree.children[noun] if tree.deps[child] == "compound"]
    beside += [thing for at in tree.children[noun] if tree.words[at] == "of" and (thing := tree.child(at, "pobj"))]
    return tree.lemmas[noun] in _PAPERS and any(tree.lemmas[at] in nouns for at in beside)


def _goes_on(tree: Tree, verb: int, noun: int) -> bool:
    """Whether what follows tells what is said: a clause, a preposition or a colon."""
    below = [child for at in (noun, verb) for child in tree.children[at] if child > noun]
    told = any(tree.deps[child] in _CLAUSES or tree.words[child] in _AFTER for child in below)
    after = tree.words[noun + 1 : noun + 2]
    return told or bool(after) and after[0] in _AFTER
