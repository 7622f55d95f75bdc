"""What colours a clause: its modal, subject, negation, and the word that shows the move. `clause` is the main name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.reading.coordination import imperative
from parley.reading.cues import Cue, cue_at, listed
from parley.reading.propositions import Proposition
from parley.reading.trees import Tree

__all__ = ["NEGATIONS", "Clause", "clause"]

NEGATIONS = frozenset({"no", "not", "n't", "never", "neither", "nor", "nothing", "nobody", "cannot", "none", "hardly"})
_MODALS = frozenset(
    {
        "must",
        "should",
        "ought",
        "will",
        "'ll",
        "wo",
        "shall",
        "sha",
        "would",
        "'d",
        "can",
        "ca",
        "could",
        "may",
        "might",
    }
)
_FIRST = frozenset({"i", "we", "us", "our", "my", "myself", "ourselves", "ours"})
_THIRD = frozenset({"he", "she", "it", "they"})
_OWN, _THEIR = frozenset({"our", "my"}), frozenset({"his", "her", "its", "their"})
_SAME = 5
_DEEPEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A proposition's verb and what colours it.

    Attributes
    ----------
    head : its main word, past helpers such as "has a plan to"
    subject : its subject, a token; absent in a fragment, an order or an infinitive
    own : whether its subject is the speaker: I, we, a pronoun in reported speech, the source's own name, or nobody
    modal : its modal in the plain form, `have to` and `going to` included; empty without one
    negated : whether the verb, its subject or its object is negated
    order : whether it is an order
    finite : whether it has a subject, or a verb with a tense
    indicative : whether its verb or a helper of it has a tense, so that it tells how things
        are; "that Kyiv halt" has none
    cues : the words of its predicate that show a move, the governing one first
    """

    head: int
    subject: int | None
    own: bool
    modal: str
    negated: bool
    order: bool
    finite: bool
    indicative: bool
    cues: tuple[Cue, ...]


def clause(tree: Tree, proposition: Proposition, *, source: Sequence[int] = (), quoted: bool = False) -> Clause:
    """Look a proposition's clause through.

    Parameters
    ----------
    tree : the paragraph
    proposition : the proposition
    source : the tokens that name who says it
    quoted : whether its words stand between quotation marks
    """
    head = _main_word(tree, proposition)
    verb = head if tree.verbal(head) else _verb_of(tree, head)
    subject = _subject(tree, verb, proposition)
    within = frozenset(proposition.tokens)
    return Clause(
        head=head,
        subject=subject,
        own=_own(tree, subject, head, source=source, quoted=quoted),
        modal=_modal(tree, verb) or (_modal(tree, proposition.follows) if proposition.follows is not None else ""),
        negated=_negated(tree, head, subject, within),
        order=imperative(tree, head),
        finite=subject is not None or tree.tags[head] in ("VBZ", "VBD", "VBP"),
        indicative=_indicative(tree, verb, subject),
        cues=_predicate(tree, head, subject),
    )


def _main_word(tree: Tree, proposition: Proposition) -> int:
    """The head of a proposition; the noun or verb below it where the head is a preposition."""
    head = proposition.head
    for _ in range(_DEEPEST if proposition.condition else 0):
        below = tree.child(head, "pobj", "pcomp", "advcl", "ccomp", "acl")
        if below is None or tree.subject(head) is not None:
            break
        head = below
    if tree.tags[head] in ("IN", "TO", "RB", "CC"):
        below = tree.child(head, "pobj", "pcomp", "advcl", "ccomp")
        return below if below is not None else head
    return head


def _verb_of(tree: Tree, head: int) -> int:
    above = tree.heads[head]
    return above if tree.verbal(above) and tree.deps[head] in ("attr", "acomp") else head


def _subject(tree: Tree, verb: int, proposition: Proposition) -> int | None:
    """The subject of a verb, its own or one that it shares: "asked the Council to step in" shares an object."""
    found = tree.subject(verb)
    if found is None and proposition.follows is not None:
        found = tree.subject(proposition.follows)
    if found is None and tree.deps[verb] in ("xcomp", "ccomp"):
        shared = tree.child(tree.heads[verb], "dobj")
        return shared if shared is not None and shared in proposition.tokens else None
    if found is not None and tree.deps[found] == "expl":
        return tree.child(verb, "attr", "dobj") or found
    return found


def _indicative(tree: Tree, verb: int, subject: int | None) -> bool:
    """Whether a verb or its first helper has a tense; a bare form beside a subject in the singular has none."""
    helpers = [child for child in tree.children[verb] if tree.deps[child] in ("aux", "auxpass")]
    first = helpers[0] if helpers else verb
    tag = tree.tags[first]
    if tree.words[first] == "be":
        return False
    if tag == "VBP" and not helpers and tree.lemmas[first] not in ("be", "have"):
        return (
            subject is None
            or tree.tags[subject] in ("NNS", "NNPS", "PRP", "CD")
            or tree.child(subject, "conj") is not None
        )
    return tag in ("VBZ", "VBD", "VBP", "MD")


def _own(tree: Tree, subject: int | None, head: int, *, source: Sequence[int], quoted: bool) -> bool:
    if subject is None:
        return True
    word = tree.words[subject]
    if word in _FIRST:
        return True
    if word in _THIRD:
        return not quoted and bool(source)
    own_words = {tree.words[child] for child in tree.children[subject] if tree.deps[child] in ("poss", "det")}
    if own_words & _OWN or not quoted and source and own_words & _THEIR:
        return True
    bare = own_words == {"the"} and len(tree.children[subject]) == 1 and tree.lemmas[subject] in listed("institutions")
    if source and bare and not {tree.lemmas[each] for each in source} & listed("between"):
        return True
    names = {tree.words[each][:_SAME] for each in source if tree.tags[each][:2] in ("NN", "JJ")}
    return any(tree.words[each][:_SAME] in names for each in tree.below(subject) if len(tree.words[each]) >= _SAME)


def _modal(tree: Tree, verb: int) -> str:
    """The modal of a verb, in its plain form."""
    for child in tree.children[verb]:
        word = tree.words[child]
        if word in _MODALS and tree.deps[child] == "aux":
            if word == "'d" and tree.tags[verb] != "VB":
                return ""
            return {"'ll": "will", "wo": "will", "sha": "shall", "'d": "would", "ca": "can"}.get(word, word)
    below = tree.child(verb, "xcomp")
    if below is not None and any(tree.words[child] == "to" for child in tree.children[below]):
        if tree.lemmas[verb] in ("have", "need", "ought") and not _yet(tree, verb):
            return "must"
        if tree.lemmas[verb] == "go" and tree.tags[verb] == "VBG":
            return "will"
    return ""


def _yet(tree: Tree, verb: int) -> bool:
    """Whether "have to" is "have yet to", which tells of no duty."""
    return any(tree.words[each] == "yet" for child in tree.children[verb] for each in (child, *tree.children[child]))


def _negated(tree: Tree, head: int, subject: int | None, within: frozenset[int]) -> bool:
    """Whether the verb, its subject or its object is negated, once and not twice."""
    near = {head, *tree.children[head]}
    if subject is not None:
        near |= {subject, *tree.children[subject]}
    for child in tree.children[head]:
        if tree.deps[child] in ("dobj", "attr", "acomp", "xcomp", "prep"):
            near |= {each for each in tree.children[child] if tree.deps[each] in ("neg", "det")}
    said = [each for each in near if each in within and tree.words[each] in NEGATIONS and tree.deps[each] != "intj"]
    return len(said) % 2 == 1


def _predicate(tree: Tree, head: int, subject: int | None) -> tuple[Cue, ...]:
    """The words of a predicate that show a move: its verb, else its adjective, its object or its subject."""
    looked = [head] if tree.lemmas[head] != "be" else []
    near = tree.lemmas[head] in listed("light") or not tree.verbal(head)
    if near:
        for child in tree.children[head]:
            if tree.deps[child] in ("acomp", "attr", "dobj", "prep", "advmod", "oprd", "xcomp", "neg"):
                looked.append(child)
        if subject is not None and tree.lemmas[head] == "be" and tree.child(head, "acomp", "prep") is None:
            looked.append(subject)
    found = (cue_at(tree, each) for each in looked)
    return tuple(cue for cue in found if cue)
