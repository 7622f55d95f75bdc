"""Random graph models, and second methods to check the stability of their states: for tests only."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from parley.methods.graph import Moves
from parley.methods.option_form import OptionMoves

__all__ = ["OptionModel", "drawn_graphs", "matrix_stable", "option_models", "relabelled"]


@dataclass(frozen=True)
class OptionModel:
    """A graph model in option form: codes of the feasible states, each decision maker's options, ranks."""

    codes: tuple[int, ...]
    own: tuple[int, ...]
    stays_taken: int
    stays_dropped: int
    rank: np.ndarray

    @property
    def by_option(self) -> OptionMoves:
        """The moves told by options."""
        one_way = {"stays_taken": self.stays_taken, "stays_dropped": self.stays_dropped}
        return OptionMoves(codes=np.array(self.codes, dtype=np.int64), own=self.own, **one_way)

    @property
    def moves(self) -> Moves:
        """The reachable lists."""
        return self.by_option.lists


def _ranks(draw, makers: int, states: int, ties: bool) -> np.ndarray:
    if not ties:
        return np.array([draw(st.permutations(range(1, states + 1))) for _ in range(makers)], dtype=np.int32)
    levels = [draw(st.lists(st.integers(0, 3), min_size=states, max_size=states)) for _ in range(makers)]
    return np.array([1 + np.unique(each, return_inverse=True)[1] for each in levels], dtype=np.int32)


@st.composite
def drawn_graphs(draw, max_makers: int = 5, max_states: int = 8):
    """Moves and ranks of a graph that somebody drew: one-way moves, common moves, not transitive, with ties."""
    makers, states = draw(st.integers(1, max_makers)), draw(st.integers(1, max_states))
    targets = st.frozensets(st.integers(0, states - 1), max_size=min(3, states))
    moves = [[draw(targets) - {state} for state in range(states)] for _ in range(makers)]
    return moves, _ranks(draw, makers, states, draw(st.booleans()))


@st.composite
def option_models(draw, min_makers: int = 2, max_makers: int = 5, max_options: int = 5, full_cube: bool = False):
    """Models from options: infeasible states, options that change one way only, ties."""
    makers = draw(st.integers(min_makers, max_makers))
    owner = draw(st.lists(st.integers(0, makers - 1), min_size=2, max_size=max_options))
    every = range(2 ** len(owner))
    left_out = frozenset() if full_cube else draw(st.frozensets(st.sampled_from(every), max_size=len(every) - 1))
    kinds = st.sampled_from(("both", "taken", "dropped", "neither"))
    one_way = [] if full_cube else draw(st.lists(kinds, max_size=len(owner)))
    codes = tuple(code for code in every if code not in left_out)
    return OptionModel(
        codes=codes,
        own=tuple(sum(1 << place for place, each in enumerate(owner) if each == maker) for maker in range(makers)),
        stays_taken=sum(1 << place for place, kind in enumerate(one_way) if kind in ("taken", "neither")),
        stays_dropped=sum(1 << place for place, kind in enumerate(one_way) if kind in ("dropped", "neither")),
        rank=_ranks(draw, makers, len(codes), draw(st.booleans())),
    )


def relabelled(model: tuple[Moves, np.ndarray], random) -> tuple[Moves, np.ndarray, tuple[np.ndarray, ...]]:
    """The same model with decision makers and states in another order, and where the old ones are in it (`np.ix_`)."""
    moves, rank = model
    makers, states = rank.shape
    new_maker, new_state = random.sample(range(makers), makers), random.sample(range(states), states)
    renamed = [[frozenset()] * states for _ in range(makers)]
    for i, s in itertools.product(range(makers), range(states)):
        renamed[new_maker[i]][new_state[s]] = frozenset(new_state[q] for q in moves[i][s])
    new_rank = np.empty_like(rank)
    new_rank[np.ix_(new_maker, new_state)] = rank
    return renamed, new_rank, np.ix_(new_maker, new_state)


def matrix_stable(moves: Moves, rank: np.ndarray, concept: str) -> np.ndarray:
    """The matrix form of the concepts, Xu, Hipel and Kilgour (2009), with E - P+ where they write P^(-,=).

    So a sanction may also lead back to the very state that was left, as in the logical form.
    """
    makers, states = rank.shape
    everything = np.ones((states, states), dtype=np.int64)
    move = [
        np.array([[q in lists[s] for q in range(states)] for s in range(states)], dtype=np.int64) for lists in moves
    ]
    better = [(place[np.newaxis, :] < place[:, np.newaxis]).astype(np.int64) for place in rank]
    improve = [j * p for j, p in zip(move, better, strict=True)]
    rows = []
    for i in range(makers):
        others = [k for k in range(makers) if k != i]
        no_better = everything - better[i]
        joint = _joint(improve if concept in ("SEQ", "SSEQ") else move, others, states)
        if concept == "R":
            matrix = improve[i] @ everything
        elif concept in ("SMR", "SSEQ"):
            no_escape = everything - np.sign(move[i] @ better[i].T)
            matrix = improve[i] @ (everything - np.sign(joint @ (no_better.T * no_escape)))
        else:
            matrix = improve[i] @ (everything - np.sign(joint @ no_better.T))
        rows.append(np.diagonal(matrix) == 0)
    return np.array(rows)


def _joint(one_move: list[np.ndarray], movers: list[int], states: int) -> np.ndarray:
    """Joint moves by legal sequences: after t moves the last of which is by k, for growing t."""
    reached = {k: one_move[k] for k in movers}
    for _ in itertools.count():
        grown = {}
        for k in movers:
            before = sum((reached[j] for j in movers if j != k), np.zeros((states, states), dtype=np.int64))
            grown[k] = np.sign(reached[k] + np.sign(before) @ one_move[k])
        if all((grown[k] == reached[k]).all() for k in movers):
            break
        reached = grown
    return np.sign(sum(reached.values(), np.zeros((states, states), dtype=np.int64)))
