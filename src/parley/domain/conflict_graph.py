"""A conflict as a graph that other programs can draw: its states, and who can go from where to where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ConflictGraph", "GraphMove", "GraphState"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphState:
    """A state, and how it stands with the decision makers.

    Attributes
    ----------
    id : its id, or its number as text
    label : what holds in it, in words
    taken : by option, whether it is taken; None where the state leaves it open
    ranks : by decision maker, 1 for the best states, larger for worse ones
    stable : by concept, the decision makers that have no reason to leave it
    equilibrium : by concept, whether nobody has
    status_quo : whether it holds now
    reachable : whether moves lead to it from the state that holds now
    """

    id: str
    label: str
    taken: Mapping[str, bool | None]
    ranks: Mapping[str, int]
    stable: Mapping[str, tuple[str, ...]]
    equilibrium: Mapping[str, bool]
    status_quo: bool
    reachable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphMove:
    """Where a decision maker can go in one move.

    Attributes
    ----------
    party : id of the decision maker
    leaves, reaches : ids of the states
    improves : whether it likes the second better than the first
    """

    party: str
    leaves: str
    reaches: str
    improves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictGraph:
    """The graph of a conflict.

    Attributes
    ----------
    title : what the conflict is about
    options : the options, names by id
    parties : the decision makers, names by id
    concepts : the concepts of stability that were judged
    states, moves : the graph
    """

    title: str
    options: Mapping[str, str]
    parties: Mapping[str, str]
    concepts: tuple[str, ...]
    states: tuple[GraphState, ...]
    moves: tuple[GraphMove, ...]
