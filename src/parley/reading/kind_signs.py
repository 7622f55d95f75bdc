"""The signs by which a proposition's kind is known, as short names that a person can read. `signs` is the main name."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from itertools import pairwise

from parley.reading.cues import cue_at, lists
from parley.reading.moves import Kind, Said
from parley.reading.trees import Tree

__all__ = ["signs"]

_WORD_CLASSES = ("PR", "EX", "DT", "WP")
_NAME = "NNP"
_COMPARING = frozenset({"JJR", "JJS", "RBR", "RBS"})
_LONGEST = 6
_MOST = 400
"""Tokens of a proposition that are looked at."""


def signs(said: Said, rule: Kind) -> tuple[str, ...]:
    """All signs that a proposition shows, each once, in alphabetical order.

    Parameters
    ----------
    said : the proposition in its setting
    rule : the kind that the rules give it
    """
    found = {*_ruled(said, rule), *_attributing(said), *_clause(said), *_subject(said), *_predicate(said)}
    found |= {*_words(said), *_cut(said)}
    return tuple(sorted(found))


def _ruled(said: Said, rule: Kind) -> Iterator[str]:
    quoted = said.tree.quoted[said.proposition.head]
    yield from (f"rule {rule.kind}", f"rule for {rule.why}", f"rule {rule.kind}, {said.role}")
    yield from (f"rule {rule.kind}, {_yes(quoted, 'quoted')}", f"{said.role}", _yes(quoted, "quoted"))
    yield f"voice {said.voice or 'attributed'}"


def _attributing(said: Said) -> Iterator[str]:
    """What the words show that say that somebody speaks."""
    tree, clause = said.tree, said.clause
    told = f"modal {clause.modal or 'none'}, {_yes(clause.indicative, 'with tense')}"
    for cue in said.attributing:
        yield from (f"cue {cue.phrase}", f"cue is {cue.part}")
        for each in cue.classes:
            yield from (f"cue of {each}", f"cue of {each}, {told}", f"cue of {each}, {said.role}")
            yield f"cue of {each}, {_whose(said)}"
    for token in said.cue:
        yield from (f"cue word {tree.lemmas[token]}", f"cue tag {tree.tags[token]}")
    yield from (f"cues {len(said.attributing)}", _yes(said.denied, "cue denied"))
    yield from (f"source {tree.lemmas[token]}" for token in said.source if not _named(tree, token))


def _clause(said: Said) -> Iterator[str]:
    """Modal, negation and mood."""
    tree, clause = said.tree, said.clause
    modal, whose = f"modal {clause.modal or 'none'}", _whose(said)
    denied = _yes(clause.negated, "denied")
    yield from (modal, f"{modal}, {whose}, {said.role}", f"{denied}, {modal}, {whose}, {said.role}")
    yield f"{modal}, {_yes(tree.quoted[said.proposition.head], 'quoted')}, {whose}"
    yield from (denied, f"{denied}, {whose}", _yes(clause.order, "order"), _yes(clause.finite, "finite"))
    yield _yes(clause.indicative, "with tense")
    yield f"{_yes(clause.indicative, 'with tense')}, {_yes(clause.finite, 'finite')}, {said.role}"
    head = clause.head
    yield from (f"verb {tree.lemmas[head]}", f"verb tag {tree.tags[head]}", f"verb as {tree.deps[head]}")
    yield f"verb tag {tree.tags[head]}, {whose}, {said.role}"
    for child in tree.children[head]:
        if tree.deps[child] in ("aux", "auxpass"):
            yield from (f"helper {tree.words[child]}", f"helper {tree.words[child]}, verb {tree.lemmas[head]}")


def _subject(said: Said) -> Iterator[str]:
    tree, subject = said.tree, said.clause.subject
    if subject is None:
        yield "no subject"
        return
    tag = tree.tags[subject]
    word = tree.words[subject] if tag[:2] in _WORD_CLASSES else tree.lemmas[subject]
    yield from (f"subject {'a name' if tag.startswith(_NAME) else word}", f"subject tag {tag}")
    yield f"subject tag {tag}, modal {said.clause.modal or 'none'}, {said.role}"


def _predicate(said: Said) -> Iterator[str]:
    """The words of the predicate that show a move, and what hangs on the verb."""
    tree, clause = said.tree, said.clause
    for cue in clause.cues:
        yield f"says {cue.phrase}"
        for each in cue.classes:
            yield from (f"word of {each}", f"word of {each}, {said.role}, {_whose(said)}")
            yield f"word of {each}, {_yes(clause.negated, 'denied')}"
            yield f"word of {each}, modal {clause.modal or 'none'}"
    inside = frozenset(said.proposition.tokens[:_MOST])
    for child in tree.children[clause.head]:
        if child in inside:
            yield from (f"has {tree.deps[child]}", f"has {tree.deps[child]} {tree.lemmas[child]}")


def _words(said: Said) -> Iterator[str]:
    """The words themselves, in order, and the lists of the lexicon that they are on."""
    tree = said.tree
    tokens = [token for token in said.proposition.tokens[:_MOST] if not tree.mark(token)]
    on = _lists()
    for token in tokens:
        lemma = tree.lemmas[token]
        if not _named(tree, token):
            yield f"word {lemma}"
        yield from on.get(lemma, ())
        cue = cue_at(tree, token)
        if cue is not None:
            yield from (f"somewhere of {each}" for each in cue.classes)
    words = [tree.words[token] for token in tokens]
    yield from (f"words {first} {second}" for first, second in pairwise(words))
    if tokens:
        yield from (f"first {words[0]}", f"first tag {tree.tags[tokens[0]]}", f"last {words[-1]}")
    yield f"length {min(len(tokens).bit_length(), _LONGEST)}"
    if any(tree.tags[token] in _COMPARING for token in tokens):
        yield "comparison"
    if any(tree.tags[token] == "CD" for token in tokens):
        yield "number"


def _cut(said: Said) -> Iterator[str]:
    """How the proposition was cut out of its sentence, and what stands beside it."""
    tree, proposition = said.tree, said.proposition
    yield from (f"condition {proposition.condition or 'none'}", _yes(proposition.conditions, "conditioned"))
    yield f"cut as {proposition.why}"
    before, after = proposition.tokens[0] - 1, proposition.tokens[-1] + 1
    yield f"before {tree.words[before] if before >= 0 else 'nothing'}"
    yield f"after {tree.words[after] if after < len(tree.words) else 'nothing'}"


@functools.cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    """The signs of each word that a list of the lexicon holds."""
    found: dict[str, tuple[str, ...]] = {}
    for name, words in lists():
        for word in words:
            found[word] = (*found.get(word, ()), f"list {name}")
    return found


def _whose(said: Said) -> str:
    return "its own" if said.clause.own else "of others"


def _named(tree: Tree, token: int) -> bool:
    return tree.tags[token].startswith(_NAME)


def _yes(holds: object, name: str) -> str:
    return name if holds else f"not {name}"
