"""How statements of each kind are shown: a sign of two letters, a word, and the family that gives the colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from parley.domain.source import StatementKind
from parley.domain.statement import Statement

__all__ = ["FAMILIES", "KINDS", "Look", "holder_of", "speaker_name", "when", "words_of"]

Family = Literal["wants", "gives", "resists", "holds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a kind of statement is shown.

    Attributes
    ----------
    sign : two letters
    word : its name
    family : statements of a family share a colour and a line
    """

    sign: str
    word: str
    family: Family


FAMILIES: Mapping[Family, str] = {
    "wants": "what somebody wants",
    "gives": "what somebody would give",
    "resists": "what somebody refuses, sets as a condition or threatens",
    "holds": "what somebody takes to be so, or to come",
}

KINDS: Mapping[StatementKind, Look] = {
    "demand": Look(sign="De", word="demand", family="wants"),
    "goal": Look(sign="Go", word="goal", family="wants"),
    "proposal": Look(sign="Pl", word="proposal", family="wants"),
    "recommendation": Look(sign="Rc", word="recommendation", family="wants"),
    "offer": Look(sign="Of", word="offer", family="gives"),
    "promise": Look(sign="Pm", word="promise", family="gives"),
    "refusal": Look(sign="Re", word="refusal", family="resists"),
    "condition": Look(sign="Co", word="condition", family="resists"),
    "threat": Look(sign="Th", word="threat", family="resists"),
    "prediction": Look(sign="Pd", word="prediction", family="holds"),
    "assessment": Look(sign="As", word="assessment", family="holds"),
    "fact-claim": Look(sign="Fa", word="fact-claim", family="holds"),
}


def words_of(statement: Statement) -> str:
    """The words of a statement on one line; dots stand where other words interrupt it."""
    return " … ".join(" ".join(words.split()) for words in statement.words)


def holder_of(statement: Statement) -> str:
    """Whose position it is, where that is not the speaker; empty where it is."""
    return statement.holder if statement.holder and statement.holder != statement.speaker else ""


def speaker_name(statement: Statement) -> str:
    """Who speaks, where the speaker is the id of a party and the name tells more than that; empty elsewhere."""
    name = statement.names.speaker or ""
    return "" if name.casefold().replace(" ", "_") == statement.speaker else name


def when(statement: Statement) -> str:
    """The period that a statement speaks of, such as `by 2025-06-01`; empty where it names none."""
    if statement.horizon is None:
        return ""
    earliest, latest = (day.isoformat() for day in statement.horizon)
    kind = statement.horizon_kind
    if kind in ("by", "until"):
        return f"{kind} {latest}"
    if kind == "from":
        return f"from {earliest}"
    return earliest if earliest == latest else f"{earliest} to {latest}"
