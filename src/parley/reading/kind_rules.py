"""The kind of move that rules give a proposition. `by_rules` is the main name.

The rules go from the plain to the doubtful: a condition by its mark, the word that attributes, an order, the word that
governs the clause, its modal, a judgement, and last what such a speaker usually does. They are told in
`docs/explanation/how-kinds-are-read.md`. What they find is one sign among those that `parley.reading.kinds` weighs.
"""

from __future__ import annotations

from dataclasses import replace

from parley.reading.cues import Cue, cue_at, listed
from parley.reading.moves import FUTURE, KIND_OF_MOVE, Kind, Said, by_content, turned

__all__ = ["by_rules"]

_WARNING = ("warn", "caution", "warning", "warn of", "warn that")
_EITHER_WAY = ("want", "wish", "seek")
_ASSERTED = ("demand", "refusal", "proposal", "promise", "offer")


def by_rules(said: Said) -> Kind:
    """The kind of a proposition by the first rule that applies.

    Parameters
    ----------
    said : the proposition in its setting
    """
    if said.proposition.condition == "or else" and said.clause.finite:
        return Kind(kind="threat", grade=0.85, why="or else")
    if said.proposition.condition:
        return Kind(kind="condition", grade=0.93, why=said.proposition.condition)
    if said.proposition.why == "purpose":
        return Kind(kind="goal", grade=0.7, why="so that")
    by_cue = _by_attributing(said)
    return replace(by_cue, attributed=True) if by_cue else by_content(said)


def _by_attributing(said: Said) -> Kind | None:
    """What the words that attribute show; nothing where they only say that somebody speaks."""
    cue = next((each for each in said.attributing if each.move), None)
    if cue is None or cue.move is None or _goes_on(said, cue):
        return None
    why, move, declares = f"cue:{cue.phrase}", KIND_OF_MOVE[cue.move], _declares(said, cue)
    if cue.phrase in _WARNING:
        return _warning(said, why)
    if cue.phrase == "ask" and said.clause.indicative and said.clause.modal != "must":
        return None
    if "recommending" in cue.classes and (said.role != "party" or "demanding" not in cue.classes):
        return Kind(kind="recommendation", grade=0.8, why=why)
    if cue.phrase in _EITHER_WAY:
        return _wanting(said, why)
    if declares and (move in _ASSERTED and cue.part != "a" or move == "condition"):
        return None
    if said.denied:
        return turned(move, why)
    return Kind(kind=move, grade=0.6 + 0.1 * cue.classes[cue.move], why=why)


def _goes_on(said: Said, cue: Cue) -> bool:
    """Whether a proposition is a further sentence of a quotation, which the word before it does not govern."""
    further = said.tree.sentence[said.proposition.head] != said.tree.sentence[cue.token]
    apart = further or said.proposition.why == "clause"
    return apart and said.clause.indicative and cue.phrase not in _WARNING


def _declares(said: Said, cue: Cue) -> bool:
    """Whether it tells how things are, though the word beside it could demand: "insisted that the talks had failed"."""
    tree, found = said.tree, said.clause
    shifted = (
        tree.tags[cue.token] in ("VBD", "VBN")
        and tree.tags[found.head] == "VBP"
        and tree.lemmas[found.head] not in listed("states")
    )
    return found.indicative and found.subject is not None and not found.modal and not shifted


def _warning(said: Said, why: str) -> Kind:
    """A warning: a threat by a party that would do the harm itself or names consequences; else a prediction."""
    found = said.clause
    harm = said.has("suffering") or said.has("striking") or not found.finite and _harmful(said)
    if said.role == "party" and (harm or found.own and found.subject is not None and found.modal in FUTURE):
        return Kind(kind="threat", grade=0.85, why=why)
    if found.modal in FUTURE or not found.finite:
        return Kind(kind="prediction", grade=0.75, why=why)
    return Kind(kind="assessment", grade=0.6, why=why)


def _harmful(said: Said) -> bool:
    """Whether the thing that is warned of is a harm that somebody does, such as sanctions or war."""
    cue = cue_at(said.tree, said.clause.head)
    return cue is not None and cue.shows("harm")


def _wanting(said: Said, why: str) -> Kind:
    """Wanting another to do something or to give a thing is a demand, wanting to do it oneself a goal."""
    found = said.clause
    if said.denied:
        return turned("goal", why)
    verb = said.tree.verbal(found.head)
    own = verb and found.subject is None or not verb and "seek" in why
    return Kind(kind="goal" if own else "demand", grade=0.85 if verb else 0.7, why=why)
