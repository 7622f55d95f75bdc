"""A conflict as a `.gmcr` file holds it, read and with every number checked: `Model`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from parley.errors import Problem
from parley.files.importing.json_tree import JsonValue

__all__ = ["CHANGES", "Changes", "Condition", "Maker", "Member", "Model", "ModelOption"]

Changes = Literal["both_ways", "stays_taken", "stays_dropped"]

CHANGES: Mapping[str, Changes] = {"both": "both_ways", "fwd": "stays_taken", "back": "stays_dropped"}
"""What the words of the file for how an option may change are in a scenario."""

Member = tuple[tuple[int, bool], ...]
"""A pattern: numbers of options, and whether each is taken; options that it does not name may be either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOption:
    """An option: its name, how it may change, and where it stands."""

    name: str
    changes: Changes
    at: JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Holds where one of its patterns does."""

    members: Sequence[Member]
    at: JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """A decision maker.

    Attributes
    ----------
    name : its name
    options : the numbers of its options
    preferences : what it would have true, most important first
    misperceptions : what it does not see
    ranking : groups of numbers of states that it likes equally well, best first; None where the file has none
    ranking_at : where the ranking stands
    at : where it stands
    """

    name: str
    options: Sequence[JsonValue]
    preferences: Sequence[Condition]
    misperceptions: Sequence[Condition]
    ranking: Sequence[Sequence[JsonValue]] | None
    ranking_at: JsonValue
    at: JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A conflict.

    Attributes
    ----------
    options, makers, infeasibles : its content
    ranked : whether the rankings of the decision makers count, and not what they would have true
    coalitions : the numbers of the decision makers that act together
    program : the program that saved it, and its version; empty where it does not say
    unplaced : the lines and paths of what such a file has no place for
    at : where the whole stands
    """

    options: Sequence[ModelOption]
    makers: Sequence[Maker]
    infeasibles: Sequence[Condition]
    ranked: bool
    coalitions: Sequence[tuple[int, ...]]
    program: str
    unplaced: Sequence[Problem]
    at: JsonValue
