"""The constructions in which English attributes, and whom to. `constructions` and `source_of` are the main names.

| construction | example, the content in italics |
|---|---|
| that | said *that the port would open*; the claim *that it was closed* |
| infinitive, ing | wants *to sign*; a plan *to withdraw*; recommends *waiting* |
| object | backs *the truce* |
| a preposition | warned of *a new war*; opposed to *any deal*; a call for *talks* |
| object and another | called *the offer a betrayal*; urged *the envoy to stay* |
| subject | *the truce* was rejected |
| subject and another | *the envoy* is expected *to return* |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parley.reading.rules.tree import Tree

__all__ = ["Construction", "constructions", "kind_of_word", "source_of"]

PREPOSITIONS = ("about", "against", "as", "at", "behind", "by", "for", "from", "in", "into", "like", "of", "on", "over",
                "to", "toward", "towards", "upon", "with")  # fmt: skip
VERBS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")
NOUNS = ("NN", "NNS")
ADJECTIVES = ("JJ", "JJR", "JJS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Construction:
    """A word with what it may attribute.

    Attributes
    ----------
    kind : its name, such as `that`, `for` or `object+as`
    cue : the word
    spans : stretches of tokens that may be content, both ends included, in order
    linked : the preposition that belongs to the cue, where there is one
    """

    kind: str
    cue: int
    spans: tuple[tuple[int, int], ...]
    linked: int | None = None


def kind_of_word(tree: Tree, token: int) -> str | None:
    """Whether a token is a `verb`, a `noun` or an `adjective`."""
    if tree.tagged(token, *VERBS):
        return "verb"
    if tree.tagged(token, *NOUNS):
        return "noun"
    return "adjective" if tree.tagged(token, *ADJECTIVES) else None


def constructions(tree: Tree, cue: int) -> Iterator[Construction]:
    """The constructions that a word stands in; those of more parts first.

    Parameters
    ----------
    tree : the article
    cue : a verb, noun or adjective
    """
    single = list(_complements(tree, cue))
    for name in ("object", "subject"):
        first = next((each for each in single if each.kind == name), None)
        for other in single:
            if first is None:
                break
            if other.kind not in ("object", "subject") and (name == "subject" or other.spans[0] > first.spans[0]):
                spans = (*first.spans, *other.spans)
                if name == "object":
                    spans = ((spans[0][0], spans[1][1]),)
                yield Construction(kind=f"{name}+{other.kind}", cue=cue, spans=spans)
    yield from single


def _complements(tree: Tree, cue: int) -> Iterator[Construction]:
    for child in tree.children[cue]:
        kind, linked, root = _complement(tree, cue, child), None, child
        if kind in PREPOSITIONS:
            objects = tree.below(child, "pobj", "pcomp")
            if not objects:
                continue
            linked, root = child, objects[0]
        if kind is not None:
            span = (tree.left[root], tree.right[root])
            yield Construction(kind=kind, cue=cue, spans=(span,), linked=linked)


def _complement(tree: Tree, cue: int, child: int) -> str | None:
    """The construction that a child of a word makes."""
    if tree.has(child, "ccomp"):
        return "that"
    if tree.has(child, "xcomp", "acl", "advcl"):
        if any(tree.is_word(below, "to") for below in tree.below(child, "aux")):
            return "infinitive"
        if tree.has(child, "xcomp"):
            return "ing" if tree.tagged(child, "VBG") else "other"
        return "that" if tree.has(child, "acl") and tree.below(child, "mark") else None
    if tree.has(child, "dobj"):
        return "object"
    if tree.has(child, "oprd"):
        return "other"
    if tree.has(child, "nsubjpass"):
        return "subject"
    if tree.has(child, "prep", "agent", "dative"):
        return next((each for each in PREPOSITIONS if tree.is_word(child, each)), None)
    return None


def source_of(tree: Tree, cue: int) -> tuple[int, int] | None:
    """Whom a cue attributes to: its subject, or that of what it hangs from.

    Parameters
    ----------
    tree : the article
    cue : the root of the cue

    Returns
    -------
    The first and the last token; None where the sentence names nobody.
    """
    token = cue
    for _ in range(6):
        passive = bool(tree.below(token, "nsubjpass", "auxpass"))
        for by in tree.below(token, "agent") if passive or tree.tagged(token, "VBN") else ():
            for named in tree.below(by, "pobj"):
                return tree.noun_phrase(named)
        subjects = tree.below(token, "nsubj") if not passive or token != cue else []
        owners = tree.below(token, "poss") if tree.tagged(token, *NOUNS) else []
        for named in (*owners, *subjects):
            return tree.noun_phrase(named)
        above = tree.head[token]
        if above == token or (passive and token == cue and not tree.has(token, "conj", "advcl")):
            return None
        if tree.has(token, "acl", "relcl") and tree.tagged(above, *NOUNS, "NNP", "NNPS", "PRP"):
            return tree.noun_phrase(above, before=tree.left[token])
        token = above
    return None
