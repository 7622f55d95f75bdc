"""What holds in all or in some completions of uncertain preferences. `held_in_completions` is the main name.

Where the importances of preference statements are known only as ranges, each choice of importances within them ranks
the states in some way: a completion. An equilibrium is *necessary* if it is one in all completions, and *possible* if
it is one in some. Both are found exactly and without sampling, from two facts: the completions of one decision maker
do not depend on those of another; and what is stable under R, GMR or SMR depends on the decision maker's own
preferences alone.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from parley.methods.graph import Concept, Moves
from parley.methods.option_form import OptionMoves
from parley.methods.stability import simultaneously_stable_in_profiles, stable_in_profiles

__all__ = ["Completions", "Held", "MOST_JUDGED", "MOST_RANKED", "held_in_completions", "rankings_of_statements"]

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

MOST_RANKED = 1 << 21
"""Rankings are listed up to so many states times beginnings of an order of statements."""

MOST_JUDGED = 1 << 19
"""Profiles of rankings are judged one by one up to so many profiles times states."""

NARROWED_STATES = 512
"""Up to this many states, what others may answer is told move by move where there are too many profiles."""

OWN = ("R", "GMR", "SMR")
"""What is stable under these depends on nobody else's preferences."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Completions:
    """The rankings that one decision maker may have.

    Attributes
    ----------
    rank : shape (ranking, state), at least one; 1 for the most preferred states, equal where it is indifferent
    whole : whether these are all of them
    """

    rank: NDArray[np.int32]
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Held:
    """Which states are equilibria in all completions, and which in some.

    Attributes
    ----------
    necessary : shape (state,); 1 where the state is an equilibrium in all, 0 where in some it is not, NaN where that
        was not decided
    possible : shape (state,); 1 where the state is an equilibrium in some, 0 where in none, NaN where that was not
        decided
    """

    necessary: Array
    possible: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """The most important statements in their order, as far as what may follow depends on them.

    The last of them has an importance of at most `bound`, and less than that if `below`.
    """

    left: int
    bound: float
    below: bool
    last: int
    rank: bytes = b""


def rankings_of_statements(
    truth: Bools, low: Array, high: Array, *, most: int | None = None
) -> NDArray[np.int32] | None:
    """Find every ranking of the states that some choice of the statements' importances gives.

    Statements are put in order from the most important one. One can come next if all that are then left can still
    come after it; equally important ones keep their listed order. Beginnings that leave the same statements, bound
    them in the same way and rank the states alike are gone on with once, and where no two states are tied any more
    the rest of the order does not matter.

    Parameters
    ----------
    truth : array of bool, shape (state, statement)
        Whether each statement, in the order listed, holds in each state.
    low, high : arrays, shape (statement,)
        The range of each statement's importance, ends included; NaN for statements without one, which come last.
    most : give up after so many beginnings; by default as `MOST_RANKED` allows

    Returns
    -------
    array, shape (ranking, state)
        Each ranking once, in a fixed order; None where there are too many beginnings.

    Source
    ------
    Option prioritising, see `parley.methods.option_form.option_prioritisation`, in every order that the ranges allow.
    """
    states, count = truth.shape
    floor, ceiling = (np.where(np.isnan(each), -math.inf, each).tolist() for each in (low, high))
    limit = max(1, MOST_RANKED // max(1, states)) if most is None else most
    alike = np.ones(states, dtype=np.int32)
    waiting = [_Start(left=(1 << count) - 1, bound=math.inf, below=False, last=-1, rank=alike.tobytes())]
    seen, found = set(waiting), set[bytes]()
    while waiting:
        start = waiting.pop()
        rank = np.frombuffer(start.rank, dtype=np.int32)
        if not start.left or rank.max(initial=0) == states:
            found.add(start.rank)
            continue
        for k in _bits(start.left):
            following = _after(start, k, floor, ceiling)
            if following is not None:
                refined = dataclasses.replace(following, rank=_refined(rank, truth[:, k]).tobytes())
                if refined not in seen:
                    seen.add(refined)
                    waiting.append(refined)
        if len(seen) > limit:
            return None
    rankings = np.array([np.frombuffer(each, dtype=np.int32) for each in found], dtype=np.int32)
    return np.unique(rankings.reshape(-1, states), axis=0)


def _bits(code: int) -> list[int]:
    return [k for k in range(code.bit_length()) if code >> k & 1]


def _after(start: _Start, k: int, floor: list[float], ceiling: list[float]) -> _Start | None:
    """What may follow once statement k has come next; None where some other one could then not come any more."""
    left, bound, below = start.left & ~(1 << k), start.bound, start.below or k < start.last
    if ceiling[k] < bound:
        bound, below = ceiling[k], False
    others = _bits(left)
    if all(floor[other] < bound for other in others):
        return _Start(left=left, bound=math.inf, below=False, last=-1)
    if any(floor[other] > bound or (floor[other] == bound and (below or other < k)) for other in others):
        return None
    return _Start(left=left, bound=bound, below=below, last=k)


def _refined(rank: NDArray[np.int32], holds: Bools) -> NDArray[np.int32]:
    """Among states that were tied, those in which the next statement holds come first."""
    return (np.unique(2 * rank - holds, return_inverse=True)[1].reshape(-1) + 1).astype(np.int32)


def held_in_completions(
    moves: OptionMoves | Moves, completions: Sequence[Completions], concept: Concept | Literal["SIM"]
) -> Held:
    """Tell which states are equilibria in all completions of the preferences, and which in some.

    Under R, GMR and SMR each ranking of a decision maker is judged by itself. Under SEQ, SSEQ and SIM every profile of
    rankings is, up to `MOST_JUDGED` profiles times states. Above that, and where the rankings of somebody are not all
    known, a state's verdict stands where it follows from less: the more moves the others may answer with, the more is
    stable under SEQ and SSEQ, so that the answers which they have in all their rankings, and those which they have in
    some, bound what is stable for one ranking of one's own; SIM holds wherever R does; and some profiles, spread
    evenly, are tried as examples. What none of this decides stays undecided.

    Parameters
    ----------
    moves : what moves there are; told by options for SIM
    completions : the rankings of each decision maker
    concept : the stability that is meant

    Source
    ------
    Necessary and possible as for incomplete preferences in social choice, [KonczakLang2005]_; here for the
    equilibria of `parley.methods.graph.stable` and `parley.methods.option_form.simultaneously_stable`.
    """
    sizes = [len(each.rank) for each in completions]
    states, total = completions[0].rank.shape[1], math.prod(sizes)
    family = _Family(completions)
    if concept not in OWN and all(each.whole for each in completions) and total * states <= MOST_JUDGED:
        found = _equilibria(family, moves, concept, _spread(sizes, total))
        return Held(
            necessary=_known(_in_all(found), ~_in_all(found)), possible=_known(_in_some(found), ~_in_some(found))
        )
    bounds = list(zip(*_bounds(family, moves, concept), [each.whole for each in completions], strict=True))
    necessary = _everybody([_known(_in_all(least) & whole, ~_in_all(most)) for least, most, whole in bounds])
    possible = _everybody([_known(_in_some(least), ~_in_some(most) & whole) for least, most, whole in bounds])
    if concept not in OWN:
        examples = _equilibria(family, moves, concept, _spread(sizes, min(total, max(1, MOST_JUDGED // states))))
        necessary[~_in_all(examples)] = 0
        possible[_in_some(examples)] = 1
    return Held(necessary=necessary, possible=possible)


def _spread(sizes: Sequence[int], count: int) -> NDArray[np.int64]:
    """So many profiles, spread evenly over all: which ranking each decision maker has, shape (profile, maker)."""
    total = math.prod(sizes)
    profiles = []
    for k in range(count):
        place, profile = k * total // count, []
        for size in sizes:
            profile.append(place % size)
            place //= size
        profiles.append(profile)
    return np.array(profiles, dtype=np.int64).reshape(count, len(sizes))


class _Family:
    """Everybody's rankings in one table, as the compiled judgement of profiles takes them."""

    def __init__(self, completions: Sequence[Completions]) -> None:
        self.completions = completions
        self.rank = np.concatenate([each.rank for each in completions])
        self.first = np.cumsum([0, *(len(each.rank) for each in completions[:-1])])

    def stable(self, moves: OptionMoves | Moves, profiles: NDArray[np.int64], concept: str) -> Bools:
        """Shape (profile, decision maker, state)."""
        row = profiles + self.first
        if concept == "SIM":
            assert isinstance(moves, OptionMoves)
            return simultaneously_stable_in_profiles(moves, self.rank, row)
        return stable_in_profiles(moves, self.rank, row, cast(Concept, concept))

    def own(self, moves: OptionMoves | Moves, concept: str) -> list[Bools]:
        """What is stable for each with each of its rankings, where nobody else's matter; each (ranking, state)."""
        sizes = np.array([len(each.rank) for each in self.completions])
        judged = self.stable(moves, np.minimum(np.arange(sizes.max())[:, np.newaxis], sizes - 1), concept)
        return [judged[:size, i] for i, size in enumerate(sizes.tolist())]

    def answers(self, moves: Moves, *, always: bool) -> Moves:
        """The improvements that each decision maker has with all its rankings, or may have with some."""
        result = []
        for lists, each in zip(moves, self.completions, strict=True):
            if not each.whole:
                result.append([frozenset() if always else targets for targets in lists])
                continue
            kept = []
            for state, targets in enumerate(lists):
                there = np.array(sorted(targets), dtype=np.intp)
                better = each.rank[:, there] < each.rank[:, [state]]
                kept.append(frozenset(there[better.all(axis=0) if always else better.any(axis=0)].tolist()))
            result.append(kept)
        return result


def _bounds(family: _Family, moves: OptionMoves | Moves, concept: str) -> tuple[list[Bools], list[Bools]]:
    """What is stable for each with each ranking whatever the others', and what may be; each (ranking, state)."""
    if concept in OWN:
        exact = family.own(moves, concept)
        return exact, exact
    if concept == "SIM":
        least = family.own(moves, "R")
        return least, [np.ones_like(each) for each in least]
    # SEQ and SSEQ are GMR and SMR with answers restricted to improvements
    answered = "GMR" if concept == "SEQ" else "SMR"
    if family.rank.shape[1] > NARROWED_STATES:
        return family.own(moves, "R"), family.own(moves, answered)
    lists = moves.lists if isinstance(moves, OptionMoves) else moves

    def answered_by(others: Moves) -> list[Bools]:
        everyone = range(len(lists))
        return [family.own([*others[:i], lists[i], *others[i + 1 :]], answered)[i] for i in everyone]

    return answered_by(family.answers(lists, always=True)), answered_by(family.answers(lists, always=False))


def _equilibria(family: _Family, moves: OptionMoves | Moves, concept: str, profiles: NDArray[np.int64]) -> Bools:
    """Shape (profile, state)."""
    result: Bools = np.logical_and.reduce(family.stable(moves, profiles, concept), axis=1)
    return result


def _in_all(found: Bools) -> Bools:
    result: Bools = np.logical_and.reduce(found, axis=0)
    return result


def _in_some(found: Bools) -> Bools:
    result: Bools = np.logical_or.reduce(found, axis=0)
    return result


def _known(yes: Bools, no: Bools) -> Array:
    """1 where it is so, 0 where it is not, NaN where neither is known."""
    return np.where(yes, 1.0, np.where(no, 0.0, np.nan))


def _everybody(known: Sequence[Array]) -> Array:
    """1 where it is so for everybody, 0 where it is not for somebody, else NaN."""
    every = np.stack(known)
    return np.where((every == 0).any(axis=0), 0.0, every.sum(axis=0) / len(every))
