"""Stability where preferences are no rankings: unknown in part, of several degrees, or mixed with those of others.

A preference is here any relation between states, an array of shape (decision maker, state, state): entry i, s, q tells
what i makes of q as compared with s. It need not be transitive, so nothing is turned into ranks. `stable_by` holds
what all such extensions have in common; `stable_unknown`, `stable_to_degree` and `stable_with_attitudes` are those.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from parley.methods.graph import Moves, legally_reached

__all__ = [
    "KINDS",
    "RELATIONAL",
    "Kind",
    "Relation",
    "Relational",
    "preferred",
    "stable_by",
    "stable_to_degree",
    "stable_unknown",
    "stable_with_attitudes",
]

Relational = Literal["R", "GMR", "SMR", "SEQ", "SSEQ"]
"""The concepts of `parley.methods.graph`, with symmetric sequential stability (SSEQ): SEQ without an escape."""

RELATIONAL: tuple[Relational, ...] = get_args(Relational)

Kind = Literal["a", "b", "c", "d"]
"""What a decision maker dares and fears where it does not know what it prefers; see `stable_unknown`."""

KINDS: tuple[Kind, ...] = get_args(Kind)

Relation = NDArray[np.bool_]
"""Shape (decision maker, state, state)."""


def preferred(rank: NDArray[np.integer]) -> Relation:
    """Turn rankings into relations: entry i, s, q is True where i prefers q to s.

    Parameters
    ----------
    rank : array, shape (decision maker, state)
        1 for the most preferred states, larger for less preferred ones; equal where it is indifferent.
    """
    result: Relation = rank[:, np.newaxis, :] < rank[:, :, np.newaxis]
    return result


def stable_by(
    moves: Moves, leaving: Relation, deterring: Relation, concept: Relational, *, answering: Relation | None = None
) -> NDArray[np.bool_]:
    """Tell which states are stable, given what draws decision makers away and what deters them.

    A state s is stable for i if i is drawn to none of the states that it can move to (R), or if after each move to
    such a state the others can legally bring about one that deters i (GMR), and from which i can move only to states
    that deter it as well (SMR); under SEQ and SSEQ, as GMR and SMR, the others answer only with moves that they are
    drawn to.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    leaving : entry i, s, q: q draws i away from s
    deterring : entry i, s, q: to end in q deters i from leaving s
    concept : the stability that is meant
    answering : entry j, s, q: q draws j away from s when j answers somebody else; as `leaving` unless given

    Returns
    -------
    array of bool, shape (decision maker, state)
    """
    drawn = _kept(moves, leaving)
    credible = drawn if answering is None else _kept(moves, answering)
    answers_with = credible if concept in ("SEQ", "SSEQ") else moves

    @functools.cache
    def answers(i: int, after: int) -> frozenset[int]:
        return legally_reached(answers_with, [j for j in range(len(moves)) if j != i], after)

    def sanctioned(i: int, state: int, after: int) -> bool:
        deters = deterring[i, state]
        ends = [end for end in answers(i, after) if deters[end]]
        if concept in ("SMR", "SSEQ"):
            return any(all(deters[escape] for escape in moves[i][end]) for end in ends)
        return bool(ends)

    result = np.ones(leaving.shape[:2], dtype=np.bool_)
    for i, lists in enumerate(drawn):
        for state, targets in enumerate(lists):
            result[i, state] = not targets if concept == "R" else all(sanctioned(i, state, q) for q in targets)
    return result


def stable_unknown(
    moves: Moves, better: Relation, unknown: Relation, concept: Relational, kind: Kind
) -> NDArray[np.bool_]:
    """Tell which states are stable where decision makers do not know, or we do not, what they prefer.

    Of two states i prefers one, or is indifferent, or it is unknown. Four kinds of decision maker differ in what they
    dare and what they fear:

    - a leaves for what is better or unknown, and is deterred only by what is known to be no better;
    - b leaves only for what is better, and is deterred only by what is known to be no better;
    - c leaves for what is better or unknown, and is deterred also by the unknown;
    - d leaves only for what is better, and is deterred also by the unknown.

    Under SEQ the others answer, in all four, with moves to what is better or unknown to them. A state that is stable
    for a is so for b and c, and one that is stable for b or c is so for d. Where nothing is unknown all four coincide.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    better : entry i, s, q: i prefers q to s
    unknown : entry i, s, q: it is unknown whether i prefers q to s, or s to q, or is indifferent; symmetric
    concept : the stability that is meant
    kind : how decision makers take what is unknown

    Returns
    -------
    array of bool, shape (decision maker, state)

    Raises
    ------
    ValueError
        If a preference goes both ways, is also unknown, or what is unknown is not so in both directions.

    Source
    ------
    [LiHipelKilgourFang2004]_.
    """
    _check(better, unknown)
    known_no_better = ~better & ~unknown
    return stable_by(
        moves,
        better | unknown if kind in ("a", "c") else better,
        known_no_better if kind in ("a", "b") else known_no_better | unknown,
        concept,
        answering=better | unknown,
    )


def stable_to_degree(
    moves: Moves, degree: NDArray[np.integer], concept: Relational, *, at_least: int = 0
) -> NDArray[np.bool_]:
    """Tell which states are stable, and how strongly, where one state can be mildly or strongly preferred to another.

    Improvements of any degree draw decision makers away. They are deterred in general (`at_least` 0) by ending no
    better than before, and to a degree by ending in a state to which they prefer the old one to that degree. With two
    degrees, 1 for mild and 2 for strong, a state is *strongly* stable if it is stable with `at_least` 2, and *weakly*
    if it is stable only in general. Nash stability knows no degrees.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    degree : array of int, shape (decision maker, state, state)
        Entry i, s, q: how strongly i prefers q to s; 0 where it does not.
    concept : the stability that is meant
    at_least : how much worse the end of a sanction must be

    Returns
    -------
    array of bool, shape (decision maker, state)

    Raises
    ------
    ValueError
        If a preference goes both ways.

    Source
    ------
    Two degrees: [HamoudaKilgourHipel2004]_; any number of them: ch. 6 of [XuHipelKilgourFang2018]_.
    """
    better = degree > 0
    _check(better, np.zeros_like(better))
    worse_by = np.swapaxes(degree, 1, 2)
    return stable_by(moves, better, worse_by >= at_least if at_least > 0 else ~better, concept)


def stable_with_attitudes(
    moves: Moves, better: Relation, attitude: NDArray[np.integer], concept: Relational
) -> NDArray[np.bool_]:
    """Tell which states are stable for decision makers who care about what others prefer.

    Towards each decision maker, itself included, one may be positive (1), neutral (0) or negative (-1). A state q
    draws i away from s if all towards whom i is positive prefer q to s, and all towards whom it is negative prefer s
    to q. What does not draw it so deters it. Positive towards itself and neutral towards all others is the usual
    decision maker; neutral towards everybody, it is drawn anywhere.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    better : entry i, s, q: i prefers q to s
    attitude : array, shape (decision maker, decision maker)
        Entry i, j: 1, 0 or -1, the attitude of i towards j.
    concept : the relational form of which concept is meant

    Returns
    -------
    array of bool, shape (decision maker, state)

    Raises
    ------
    ValueError
        If an attitude is none of the three, or a preference goes both ways.

    Source
    ------
    [InoharaHipelWalker2007]_. There a positive attitude takes what is at least as good; here, so that the usual
    decision maker is exactly the usual one also with ties, what is better. Without ties the two agree.
    """
    _check(better, np.zeros_like(better))
    if not np.isin(attitude, (-1, 0, 1)).all():
        raise ValueError("an attitude is 1 (positive), 0 (neutral) or -1 (negative)")
    worse = np.swapaxes(better, 1, 2)
    drawn = np.ones_like(better)
    for i, j in np.argwhere(attitude).tolist():
        drawn[i] &= better[j] if attitude[i, j] > 0 else worse[j]
    return stable_by(moves, drawn, ~drawn, concept)


def _kept(moves: Moves, drawn: Relation) -> Moves:
    return [
        [frozenset(target for target in targets if wanted[state, target]) for state, targets in enumerate(lists)]
        for lists, wanted in zip(moves, drawn, strict=True)
    ]


def _check(better: Relation, unknown: Relation) -> None:
    wrong: Sequence[tuple[str, Relation]] = (
        ("is preferred both to and less than", better & np.swapaxes(better, 1, 2)),
        ("is preferred to, and yet not known to be preferred to,", better & (unknown | np.swapaxes(unknown, 1, 2))),
        ("is unknown in one direction only against", unknown & ~np.swapaxes(unknown, 1, 2)),
    )
    found = [
        f"decision maker {i}: state {q} {words} state {s}" for words, where in wrong for i, s, q in np.argwhere(where)
    ]
    if found:
        raise ValueError("\n".join(found))
