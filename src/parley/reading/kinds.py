"""What kind of move a proposition is: demand, offer, refusal and so on. `kind_of` is the main name.

The rules go from the plain to the doubtful: a condition by its mark, the word that attributes, an order, the word that
governs the clause, its modal, a judgement, and last what such a speaker usually does. Each carries a grade.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from parley.domain.source import StatementKind
from parley.reading.clauses import NEGATIONS, Clause
from parley.reading.cues import Cue
from parley.reading.propositions import Proposition
from parley.reading.trees import Tree

__all__ = ["Kind", "Role", "kind_of"]

Role = Literal["party", "outsider", "article"]

_MOVES: dict[str, StatementKind] = {
    "demanding": "demand",
    "refusing": "refusal",
    "offering": "offer",
    "threatening": "threat",
    "promising": "promise",
    "proposing": "proposal",
    "hoping": "goal",
    "recommending": "recommendation",
    "predicting": "prediction",
}
_FUTURE = ("will", "would", "shall", "could", "may", "might")
_YIELDING = frozenset({"accept", "agree", "sign", "allow", "tolerate", "recognise", "recognize", "negotiate", "concede", "give",
                       "leave", "yield", "surrender", "withdraw", "cede", "compromise", "permit", "bow", "back", "join",
                       "support", "talk", "meet", "retreat", "stop", "submit", "abandon", "let", "return"})  # fmt: skip
_STATES = frozenset({"be", "have", "want", "need", "know", "seem", "remain"})
_SUFFERING = frozenset({"face", "pay", "regret", "suffer", "feel", "consequence", "price", "hell", "repercussion", "respond",
                        "response", "retaliate", "retaliation", "punish", "punishment"})  # fmt: skip


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


def kind_of(
    tree: Tree,
    proposition: Proposition,
    found: Clause,
    *,
    attributing: Sequence[Cue] = (),
    denied: bool = False,
    role: Role = "party",
) -> Kind:
    """The kind of a proposition.

    Parameters
    ----------
    tree : the paragraph
    proposition : the proposition
    found : its clause
    attributing : the cues among the words that attribute it
    denied : whether the words that attribute it are negated, as in "did not rule out"
    role : whether a party says it, an outsider who watches, such as an analyst, or the article itself
    """
    if proposition.condition == "or else" and found.finite:
        return Kind(kind="threat", grade=0.85, why="or else")
    if proposition.condition:
        return Kind(kind="condition", grade=0.93, why=proposition.condition)
    by_cue = _by_attributing(tree, proposition, found, attributing, denied=denied, role=role)
    if by_cue:
        return replace(by_cue, attributed=True)
    return _by_content(tree, proposition, found, attributing, role=role)


def _by_attributing(
    tree: Tree, proposition: Proposition, found: Clause, attributing: Sequence[Cue], *, denied: bool, role: Role
) -> Kind | None:
    """What the words that attribute show; nothing where they only say that somebody speaks."""
    cue = next((each for each in attributing if _moves(each)), None)
    if cue is None:
        return None
    why = f"cue:{cue.phrase}"
    backshifted = tree.tags[cue.token] != "VBD" or tree.tags[found.head] != "VBP" or tree.lemmas[found.head] in _STATES
    declares = found.indicative and found.subject is not None and not found.modal and backshifted
    first = next(iter(cue.classes))
    if cue.phrase in ("warn", "caution", "warning", "warn of", "warn that"):
        return _warning(tree, proposition, found, why, role=role)
    if "conditioning" in cue.classes and not declares:
        return Kind(kind="condition", grade=0.8, why=why)
    if first == "fearing" or first == "predicting":
        return Kind(kind="prediction", grade=0.85 if first == "predicting" or found.modal else 0.6, why=why)
    if "recommending" in cue.classes and (role != "party" or "demanding" not in cue.classes):
        return Kind(kind="recommendation", grade=0.8, why=why)
    if cue.phrase == "ask" and found.finite and found.subject is not None and found.modal != "must":
        return None
    if cue.phrase in ("want", "wish", "seek"):
        return _wanting(tree, found, why, denied=denied)
    if declares and first in ("demanding", "refusing", "proposing", "promising", "offering") and cue.part != "a":
        return None
    move = _MOVES.get(first)
    if move is None:
        return None
    if denied:
        return _denied(move, why)
    return Kind(kind=move, grade=0.6 + 0.1 * cue.classes[first], why=why)


def _moves(cue: Cue) -> bool:
    return cue.shows(
        "demanding", "refusing", "offering", "threatening", "promising", "proposing", "hoping", "recommending",
        "predicting", "fearing", "conditioning",
    )  # fmt: skip


def _warning(tree: Tree, proposition: Proposition, found: Clause, why: str, *, role: Role) -> Kind:
    """A warning: a threat by a party that would do the harm itself or names consequences; else a prediction."""
    harm = any(tree.lemmas[token] in _SUFFERING for token in proposition.tokens)
    if role == "party" and (harm or found.own and found.subject is not None and found.modal in _FUTURE):
        return Kind(kind="threat", grade=0.85, why=why)
    if found.modal in _FUTURE or not found.finite:
        return Kind(kind="prediction", grade=0.75, why=why)
    return Kind(kind="assessment", grade=0.6, why=why)


def _wanting(tree: Tree, found: Clause, why: str, *, denied: bool) -> Kind:
    """Wanting another to do something or to give a thing is a demand, wanting to do it oneself a goal."""
    own = tree.verbal(found.head) and found.subject is None
    if denied:
        return Kind(kind="refusal", grade=0.75, why=f"not {why}")
    return Kind(kind="goal" if own else "demand", grade=0.85 if tree.verbal(found.head) else 0.7, why=why)


def _denied(move: StatementKind, why: str) -> Kind:
    """The kind of a move that is said not to be made."""
    turned: dict[StatementKind, StatementKind] = {
        "refusal": "offer",
        "offer": "refusal",
        "promise": "refusal",
        "goal": "refusal",
        "demand": "fact-claim",
        "threat": "promise",
    }
    return Kind(kind=turned.get(move, move), grade=0.65, why=f"not {why}")


def _by_content(tree: Tree, proposition: Proposition, found: Clause, attributing: Sequence[Cue], *, role: Role) -> Kind:
    assessing = any(cue.shows("assessing") and not cue.shows("saying") for cue in attributing)
    finding = any(cue.shows("finding") for cue in attributing)
    if finding and not found.modal:
        return Kind(kind="fact-claim", grade=0.85, why="cue:finding")
    rules = (
        _by_order(tree, found, role),
        _by_predicate(tree, found, role),
        _by_duty(tree, found, role),
        _by_future(tree, proposition, found, role),
        _by_refusing_words(tree, proposition, found, role),
    )
    settled = next((each for each in rules if each), None)
    if settled:
        return settled
    if assessing:
        return Kind(kind="assessment", grade=0.85, why="cue:assessing")
    if _judges(tree, proposition, found):
        return Kind(kind="assessment", grade=0.75, why="judging word")
    if role == "outsider":
        return Kind(kind="assessment", grade=0.65, why="an outsider")
    if not found.finite and role == "party":
        return Kind(kind="assessment", grade=0.45, why="fragment")
    return Kind(kind="fact-claim", grade=0.7, why="plain statement")


def _by_order(tree: Tree, found: Clause, role: Role) -> Kind | None:
    if not found.order or role == "article":
        return None
    if tree.lemmas[found.head] == "let":
        return Kind(kind="proposal", grade=0.75, why="let us")
    return Kind(kind="demand" if role == "party" else "recommendation", grade=0.8, why="order")


def _by_predicate(tree: Tree, found: Clause, role: Role) -> Kind | None:
    """The word that governs the clause: "we demand …", "his aim is …", "Moscow is ready to …"."""
    cue = next((each for each in found.cues if _moves(each)), None)
    if cue is None:
        return None
    first, why = next(iter(cue.classes)), f"verb:{cue.phrase}"
    if role == "outsider" and not found.own or role == "outsider" and tree.words[found.subject or 0] not in ("i", "we"):
        future = found.modal in _FUTURE or first == "predicting"
        return Kind(kind="prediction" if future else "assessment", grade=0.8, why=f"outsider on {why}")
    if first in ("fearing", "predicting"):
        return Kind(kind="prediction", grade=0.75, why=why)
    if found.own is False and found.modal in ("will", "may", "might") and found.subject is not None:
        return Kind(kind="prediction", grade=0.75, why=f"future {why}")
    if cue.part == "n" and cue.token != found.subject and first in ("proposing", "saying", "hoping", "demanding"):
        return None
    if cue.phrase == "want":
        below = tree.child(found.head, "xcomp", "ccomp")
        own = below is not None and tree.subject(below) is None
        if found.negated:
            return Kind(kind="refusal", grade=0.75, why=f"not {why}")
        return Kind(kind="goal" if own else "demand", grade=0.8, why=why)
    move = _MOVES.get(first)
    if move is None:
        return None
    if found.negated:
        return _denied(move, why)
    return Kind(kind=move, grade=0.6 + 0.08 * cue.classes[first], why=why)


def _by_duty(tree: Tree, found: Clause, role: Role) -> Kind | None:
    """Must, have to, need, should and ought."""
    if found.modal not in ("must", "should", "ought"):
        return None
    perfect = any(tree.words[child] == "have" and tree.deps[child] == "aux" for child in tree.children[found.head])
    if perfect:
        return Kind(kind="assessment", grade=0.7, why="must have been")
    if role == "article":
        return Kind(kind="assessment", grade=0.55, why="duty in the article's words")
    if role == "outsider":
        return Kind(kind="recommendation", grade=0.85, why=f"outsider:{found.modal}")
    return Kind(kind="demand", grade=0.8 if found.modal == "must" else 0.7, why=f"party:{found.modal}")


def _by_future(tree: Tree, proposition: Proposition, found: Clause, role: Role) -> Kind | None:
    """Will, would, could, may and might: an outsider predicts, a party promises, refuses, threatens or predicts."""
    modal = found.modal
    if modal not in (*_FUTURE, "can"):
        return None
    if role != "party":
        if modal == "can":
            return None
        return Kind(kind="prediction", grade=0.85 if modal == "will" else 0.7, why=f"{role}:{modal}")
    verb = tree.lemmas[found.head]
    harmful = any(tree.lemmas[token] in _SUFFERING for token in proposition.tokens) or any(
        cue.shows("harm") for cue in found.cues
    )
    if found.own and found.subject is not None:
        if found.negated and (modal in ("will", "would", "shall") or verb in _YIELDING):
            return Kind(kind="refusal", grade=0.85, why=f"own {modal} not")
        if harmful and not found.negated and modal != "can":
            return Kind(kind="threat", grade=0.65, why=f"own {modal} harm")
        if modal in ("will", "shall", "would"):
            return Kind(kind="promise", grade=0.7, why=f"own {modal}")
        if verb in _YIELDING:
            return Kind(kind="offer", grade=0.75, why=f"own {modal} yields")
        return None if modal == "can" else Kind(kind="prediction", grade=0.5, why=f"own {modal}")
    if modal == "can":
        return None
    if found.negated and tree.child(found.head, "expl") is not None and modal in ("will", "can"):
        return Kind(kind="refusal", grade=0.7, why="there will be no")
    if any(tree.lemmas[token] in _SUFFERING for token in proposition.tokens) and not found.negated:
        return Kind(kind="threat", grade=0.75, why=f"{modal} suffer")
    return Kind(kind="prediction", grade=0.75, why=f"{modal} of others")


def _by_refusing_words(tree: Tree, proposition: Proposition, found: Clause, role: Role) -> Kind | None:
    """A bare "no talks", "never" or "in no way" by a party."""
    first = tree.words[proposition.tokens[0]]
    if role == "party" and not found.finite and first in NEGATIONS:
        return Kind(kind="refusal", grade=0.75, why="bare no")
    return None


def _judges(tree: Tree, proposition: Proposition, found: Clause) -> bool:
    """Whether a clause values something: an adjective or noun of judgement in its predicate, or a comparison."""
    if any(cue.shows("judging") and (cue.part != "n" or cue.token != found.subject) for cue in found.cues):
        return True
    if tree.lemmas[found.head] != "be" and tree.verbal(found.head):
        return False
    return any(tree.tags[token] in ("JJR", "JJS") for token in proposition.tokens)
