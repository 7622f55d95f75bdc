"""At whom a statement is aimed: of whom something is asked, or who is threatened or offered something. `targets_at`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parley.domain.source import StatementKind
from parley.reading.clauses import Clause
from parley.reading.cues import CueClass, cue_at
from parley.reading.holders import Place, phrase_at, somebody
from parley.reading.trees import Tree

__all__ = ["targets_at"]

_AIMED = frozenset({"demand", "threat", "offer", "promise", "recommendation", "condition"})
_DONE_BY_THEM = frozenset({"demand", "threat", "recommendation", "condition"})
_GIVEN = frozenset({"offer", "promise"})
_ASKING: tuple[CueClass, ...] = ("demanding", "recommending")
_ATTITUDES: tuple[CueClass, ...] = (
    "demanding", "refusing", "offering", "threatening", "promising", "proposing", "hoping", "recommending", "assessing",
)  # fmt: skip
_TOWARDS = frozenset({"on", "upon", "from", "of", "to", "with", "against", "for"})
_HEARD = frozenset({"tell", "inform", "say", "write", "speak", "announce", "explain", "address"})
_REPAID = frozenset({"pay", "compensate", "reward", "reimburse", "indemnify", "assure", "guarantee"})
_GIVING = frozenset(
    {
        "give",
        "grant",
        "pay",
        "hand",
        "provide",
        "supply",
        "extend",
        "lend",
        "deliver",
        "sell",
        "transfer",
        "allow",
        "owe",
    }
)


def targets_at(
    tree: Tree,
    found: Clause,
    kind: StatementKind,
    *,
    cue: Sequence[int] = (),
    content: frozenset[int] = frozenset(),
    under: Sequence[Clause] = (),
) -> Iterator[Place]:
    """Where those may be named of whom something is demanded, or who are threatened, advised or offered something.

    Parameters
    ----------
    tree : the paragraph
    found : the clause
    kind : its kind
    cue : the words that attribute it
    content : the tokens of the proposition
    under : the clauses of its conditions

    Yields
    ------
    places, the likeliest first; a place that names nobody is to be passed over
    """
    if kind not in _AIMED:
        return
    if kind != "condition":
        for verb in cue:
            yield from _addressees(tree, verb, found, content, given=kind in _GIVEN)
    if kind in _DONE_BY_THEM:
        doer = _doer(tree, found)
        if doer is not None and (kind != "condition" or tree.words[doer] != "it") and _other(tree, doer, found, cue):
            yield phrase_at(tree, doer)
    moves = any(each.token == found.head for each in found.cues)
    if kind != "condition" and (moves or kind in _GIVEN and tree.lemmas[found.head] in _GIVING | _REPAID):
        yield from _addressees(tree, found.head, found, frozenset(), given=kind in _GIVEN)
    for each in under if kind == "threat" else ():
        if each.subject is not None and not each.own and somebody(tree, each.subject):
            yield phrase_at(tree, each.subject)


def _doer(tree: Tree, found: Clause) -> int | None:
    """Who is to act: the subject, or, of an infinitive without one, who is asked by the verb above it."""
    head, subject = found.head, found.subject
    if subject is not None and tree.words[subject] == "it":
        below = tree.child(head, "advcl", "xcomp")
        if tree.lemmas[head] == "be":
            return tree.subject(below) if below is not None else None
    governed = tree.child(head, "ccomp", "xcomp")
    if governed is None and tree.tags[head][:2] == "NN":
        governed = tree.child(head, "acl", "relcl")
    if any(each.token == head for each in found.cues):
        if governed is not None:
            return tree.subject(governed)
        if any(each.token == head and each.shows(*_ATTITUDES) for each in found.cues):
            subject = None if tree.deps[head] not in ("acl", "ccomp") else subject
    if subject is not None:
        return subject
    first = head
    while tree.deps[first] == "conj" and tree.subject(first) is None and tree.heads[first] != first:
        first = tree.heads[first]
    shared = tree.subject(first)
    if shared is not None and first != head:
        return shared
    return _before_infinitive(tree, first) or _misread(tree, first)


def _before_infinitive(tree: Tree, verb: int) -> int | None:
    """The noun before "to": "and the police to stop the raids"."""
    to = next((child for child in tree.children[verb] if tree.words[child] == "to" and tree.deps[child] == "aux"), 0)
    return to - 1 if to and tree.tags[to - 1][:2] == "NN" else None


def _misread(tree: Tree, head: int) -> int | None:
    """The name before a bare verb that the parser takes for a noun: "that Belgar apologise"."""
    if tree.tags[head] not in ("NN", "NNP") or tree.child(head, "mark") is None:
        return None
    before = tree.child(head, "compound", "nsubj")
    return before if before is not None and tree.tags[before] == "NNP" else None


def _other(tree: Tree, doer: int, found: Clause, cue: Sequence[int]) -> bool:
    """Whether the one who is to act is somebody, and not the speaker."""
    if tree.deps[doer] in ("nsubjpass", "expl") or not (somebody(tree, doer) or tree.words[doer] == "it"):
        return False
    if doer != found.subject or not found.own:
        return True
    asked = any((each := cue_at(tree, token)) is not None and each.shows(*_ASKING) for token in cue)
    return asked and tree.tags[doer][:2] in ("NN", "JJ") and tree.child(doer, "poss") is None


def _addressees(tree: Tree, verb: int, found: Clause, content: frozenset[int], *, given: bool) -> Iterator[Place]:
    """Who is addressed by a verb or noun: its object that is a person or a body, or what a preposition names."""
    to_act = any(tree.words[child] == "to" and tree.deps[child] == "aux" for child in tree.children[found.head])
    if tree.lemmas[verb] in _HEARD and not (to_act or found.order):
        return
    repaid = tree.lemmas[verb] in _REPAID
    for child in tree.children[verb]:
        inside = child in content and not (to_act or given)
        if inside or child == found.head:
            continue
        asked = tree.deps[child] == "dobj" and (not given or repaid) and tree.verbal(verb)
        if (asked or tree.deps[child] == "dative" and tree.nominal(child)) and somebody(tree, child):
            yield phrase_at(tree, child)
        elif tree.deps[child] in ("prep", "dative") and tree.words[child] in _TOWARDS:
            place = tree.child(child, "pobj")
            if place is not None and (place not in content or to_act or given) and somebody(tree, place):
                yield phrase_at(tree, place)
