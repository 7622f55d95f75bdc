"""What a proposition's own words say of its kind, past those that attribute it. `by_content` is the main name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from parley.domain.source import StatementKind
from parley.reading.clauses import NEGATIONS, Clause
from parley.reading.cues import Cue, listed
from parley.reading.propositions import Proposition
from parley.reading.trees import Tree

__all__ = ["KIND_OF_MOVE", "Kind", "Role", "Said", "by_content", "turned"]

Role = Literal["party", "outsider", "article"]

KIND_OF_MOVE: dict[str, StatementKind] = {
    "demanding": "demand",
    "refusing": "refusal",
    "offering": "offer",
    "threatening": "threat",
    "promising": "promise",
    "proposing": "proposal",
    "hoping": "goal",
    "recommending": "recommendation",
    "predicting": "prediction",
    "fearing": "prediction",
    "conditioning": "condition",
}
FUTURE = ("will", "would", "shall", "could", "may", "might")
_OBJECTS = frozenset({"dobj", "attr", "nsubj", "nsubjpass", "prt"})
_NOT_MADE: dict[StatementKind, StatementKind] = {
    "refusal": "offer",
    "offer": "refusal",
    "promise": "refusal",
    "goal": "refusal",
    "threat": "promise",
    "prediction": "prediction",
    "condition": "condition",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind, with how often its rule is right.

    Attributes
    ----------
    kind : the kind of move
    grade : how far its rule is to be trusted, 0..1
    why : short name of the rule
    attributed : whether the words that attribute it show the kind, and not its own
    """

    kind: StatementKind
    grade: float
    why: str
    attributed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A proposition in its setting.

    Attributes
    ----------
    tree : the paragraph
    proposition : the proposition
    clause : its clause
    attributing : the cues among the words that attribute it
    denied : whether the words that attribute it are negated, as in "did not rule out"
    role : whether a party says it, an outsider who watches, such as an analyst, or the article itself
    cue, source : the tokens of the paragraph that attribute it, and that name who says it
    voice : how its speaker was found where nothing attributes it, such as "own voice"; empty where something does
    """

    tree: Tree
    proposition: Proposition
    clause: Clause
    attributing: Sequence[Cue] = ()
    denied: bool = False
    role: Role = "party"
    cue: Sequence[int] = ()
    source: Sequence[int] = ()
    voice: str = ""

    def has(self, name: str) -> bool:
        """Whether its main word or the object of that is on a list that goes with the lexicon."""
        words, head = listed(name), self.clause.head
        near = [head, *(child for child in self.tree.children[head] if self.tree.deps[child] in _OBJECTS)]
        return any(self.tree.lemmas[token] in words for token in near)


def by_content(said: Said) -> Kind:
    """The kind that a proposition's own words show.

    Parameters
    ----------
    said : the proposition in its setting
    """
    rules: tuple[Callable[[Said], Kind | None], ...] = (
        _found_out,
        _order,
        _told_to,
        _label,
        _rather,
        _predicate,
        _duty,
        _future,
        _bare_no,
        _under_condition,
        _judged,
    )
    return next((kind for kind in (rule(said) for rule in rules) if kind), None) or _by_default(said)


def turned(move: StatementKind, why: str) -> Kind:
    """The kind of a move that is said not to be made."""
    return Kind(kind=_NOT_MADE.get(move, "fact-claim"), grade=0.65, why=f"not {why}")


def _found_out(said: Said) -> Kind | None:
    if any(cue.shows("finding") for cue in said.attributing) and not said.clause.modal:
        return Kind(kind="fact-claim", grade=0.85, why="cue:finding")
    return None


def _order(said: Said) -> Kind | None:
    found = said.clause
    if not found.order or said.role == "article":
        return None
    if said.tree.lemmas[found.head] == "let":
        return Kind(kind="proposal", grade=0.75, why="let us")
    return Kind(kind="demand" if said.role == "party" else "recommendation", grade=0.8, why="order")


def _told_to(said: Said) -> Kind | None:
    """An infinitive after "told": "told Bangkok to pull back"."""
    infinitive = said.tree.tags[said.clause.head] == "VB" and not said.clause.modal and not said.clause.indicative
    if infinitive and not said.clause.order and any(cue.phrase == "tell" for cue in said.attributing):
        return Kind(kind="demand" if said.role == "party" else "recommendation", grade=0.75, why="told to")
    return None


def _label(said: Said) -> Kind | None:
    """A name that somebody gives to a thing: "called it blackmail"."""
    if not said.clause.finite and any(cue.shows("assessing") for cue in said.attributing):
        return Kind(kind="assessment", grade=0.85, why="cue:assessing")
    return None


def _rather(said: Said) -> Kind | None:
    words = [said.tree.words[token] for token in said.proposition.tokens]
    pairs = set(zip(words, words[1:], strict=False))
    if ("would", "rather") in pairs or ("'d", "rather") in pairs:
        return Kind(kind="goal" if said.role == "party" else "assessment", grade=0.7, why="would rather")
    if said.role == "party" and (("would", "like") in pairs or ("'d", "like") in pairs):
        below = said.tree.child(said.clause.head, "xcomp", "ccomp")
        own = below is not None and said.tree.subject(below) is None
        return Kind(kind="goal" if own else "demand", grade=0.7, why="would like")
    if ("do", "well") in pairs and said.clause.modal in FUTURE:
        return Kind(kind="recommendation", grade=0.75, why="do well to")
    return None


def _predicate(said: Said) -> Kind | None:
    """The word that governs the clause: "we demand …", "his aim is …", "Moscow is ready to …"."""
    tree, found = said.tree, said.clause
    cue = next((each for each in found.cues if each.move), None)
    if cue is None or cue.move is None:
        return None
    why, move = f"verb:{cue.phrase}", KIND_OF_MOVE[cue.move]
    if cue.part == "n" and cue.token != found.subject and not _complemented(said, cue.token):
        return None
    if said.role == "outsider" and found.subject is not None and tree.words[found.subject] not in ("i", "we"):
        future = found.modal in FUTURE or cue.move == "predicting"
        return Kind(kind="prediction" if future else "assessment", grade=0.8, why=f"outsider on {why}")
    if move == "prediction":
        return Kind(kind=move, grade=0.75, why=why)
    if not found.own and found.subject is not None and said.role != "outsider":
        if found.modal in ("will", "may", "might"):
            return Kind(kind="prediction", grade=0.75, why=f"future {why}")
        if tree.tags[found.head] == "VBD" and tree.quoted[found.head]:
            return Kind(kind="fact-claim", grade=0.65, why=f"past {why}")
    if cue.phrase in ("want", "need") and not found.negated:
        below = tree.child(found.head, "xcomp", "ccomp")
        move = "goal" if below is not None and tree.subject(below) is None else "demand"
        return Kind(kind=move, grade=0.8, why=why)
    if found.negated and not cue.phrase.startswith(("not ", "never ", "no ")):
        return turned("goal" if cue.phrase == "want" else move, why)
    return Kind(kind=move, grade=0.6 + 0.08 * cue.classes[cue.move], why=why)


def _complemented(said: Said, noun: int) -> bool:
    """Whether a noun such as `plan` is followed by what is planned, and no mere word of the matter."""
    tree = said.tree
    follows = any(
        tree.deps[child] in ("acl", "relcl", "ccomp", "xcomp")
        or tree.deps[child] == "prep"
        and tree.words[child] in ("to", "for", "on")
        for child in tree.children[noun]
    )
    return follows and tree.deps[noun] == "dobj"


def _duty(said: Said) -> Kind | None:
    """Must, have to, need, should and ought; and "it is for the government to withdraw"."""
    tree, found = said.tree, said.clause
    if _falls_to(said):
        return Kind(kind="demand" if said.role == "party" else "recommendation", grade=0.7, why="it is for")
    if found.modal not in ("must", "should", "ought"):
        return None
    perfect = any(tree.words[child] == "have" and tree.deps[child] == "aux" for child in tree.children[found.head])
    if perfect:
        return Kind(kind="assessment", grade=0.7, why="must have been")
    if said.role == "article":
        return Kind(kind="assessment", grade=0.55, why="duty in the article's words")
    if said.role == "outsider":
        return Kind(kind="recommendation", grade=0.85, why=f"outsider:{found.modal}")
    return Kind(kind="demand", grade=0.8 if found.modal == "must" else 0.7, why=f"party:{found.modal}")


def _falls_to(said: Said) -> bool:
    """Whether it says whose task something is, or goes on to say it: "it is for the government to withdraw"."""
    tree = said.tree
    head = said.proposition.head
    verb = head if tree.lemmas[head] == "be" else tree.heads[tree.heads[head]]
    if said.proposition.follows is not None and tree.lemmas[verb] == "be":
        head = verb
    subject = tree.subject(head)
    if (
        tree.lemmas[head] != "be"
        or subject is None
        or tree.words[subject] != "it"
        or tree.words[head + 1 : head + 2] != ("for",)
    ):
        return False
    return tree.child(head, "acomp", "attr") is None


def _future(said: Said) -> Kind | None:
    """Will, would, could, may and might: an outsider predicts, a party promises, refuses, threatens or predicts."""
    found = said.clause
    modal = found.modal
    if modal not in (*FUTURE, "can"):
        return None
    if said.role != "party":
        return Kind(kind="prediction", grade=0.8, why=f"{said.role}:{modal}") if modal != "can" else None
    if found.own and found.subject is not None:
        return _own_future(said)
    if found.negated and modal != "may" and said.tree.child(found.head, "expl") is not None:
        return Kind(kind="refusal", grade=0.7, why="there will be no")
    if modal == "can":
        return None
    if said.has("suffering") and not found.negated:
        return Kind(kind="threat", grade=0.75, why=f"{modal} suffer")
    if found.negated and modal == "could":
        return Kind(kind="assessment", grade=0.65, why="could not")
    return Kind(kind="prediction", grade=0.75, why=f"{modal} of others")


def _own_future(said: Said) -> Kind | None:
    """What a party says that it will, would or could do itself."""
    found = said.clause
    modal, yields = found.modal, said.tree.lemmas[found.head] in listed("yielding")
    harmful = (
        said.has("suffering") or said.has("striking") or not yields and any(cue.shows("harm") for cue in found.cues)
    )
    if found.negated:
        refuses = modal in ("will", "would", "shall") or yields
        return Kind(kind="refusal", grade=0.85, why=f"own {modal} not") if refuses else None
    if harmful and modal != "can":
        return Kind(kind="threat", grade=0.65, why=f"own {modal} harm")
    if modal in ("will", "shall") or modal == "would" and not yields:
        return Kind(kind="promise", grade=0.7, why=f"own {modal}")
    if yields:
        return Kind(kind="offer", grade=0.7, why=f"own {modal} yields")
    return None if modal == "can" else Kind(kind="prediction", grade=0.5, why=f"own {modal}")


def _bare_no(said: Said) -> Kind | None:
    """A bare "no talks", "never" or "in no way" by a party."""
    first = said.tree.words[said.proposition.tokens[0]]
    if said.role == "party" and not said.clause.finite and first in NEGATIONS:
        return Kind(kind="refusal", grade=0.75, why="bare no")
    return None


def _under_condition(said: Said) -> Kind | None:
    """What holds under a condition and is told in the present: "if he refuses, Europe loses nothing"."""
    tree, head = said.tree, said.clause.head
    if said.proposition.conditions and tree.tags[head] in ("VBZ", "VBP") and tree.lemmas[head] not in ("be", "have"):
        return Kind(kind="prediction", grade=0.6, why="under a condition")
    return None


def _judged(said: Said) -> Kind | None:
    """A word of judgement in the predicate, a comparison, or a likeness: "a river is not a tap"."""
    tree, found = said.tree, said.clause
    if any(cue.shows("judging") and (cue.part != "n" or cue.token != found.subject) for cue in found.cues):
        return Kind(kind="assessment", grade=0.75, why="judging word")
    if any(cue.shows("assessing") for cue in said.attributing):
        return Kind(kind="assessment", grade=0.85, why="cue:assessing")
    if tree.lemmas[found.head] != "be" and tree.verbal(found.head):
        return None
    if any(tree.tags[token] in ("JJR", "JJS") for token in said.proposition.tokens):
        return Kind(kind="assessment", grade=0.65, why="comparison")
    liken = tree.tags[found.head] in ("VBZ", "VBP") and tree.child(found.head, "attr") is not None
    if said.role != "article" and liken:
        return Kind(kind="assessment", grade=0.6, why="likeness")
    return None


def _by_default(said: Said) -> Kind:
    if said.role == "outsider":
        return Kind(kind="assessment", grade=0.65, why="an outsider")
    if not said.clause.finite and said.role == "party":
        return Kind(kind="assessment", grade=0.45, why="fragment")
    return Kind(kind="fact-claim", grade=0.7, why="plain statement")
