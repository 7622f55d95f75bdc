"""Why a state is stable for a decision maker, or not, as data that can be checked: `certificate` is the main name.

A state is stable because each improvement is answered, and the certificate shows how, move by move; or it is not
because some improvement goes unanswered, and the certificate names it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.graph import Concept, Moves

__all__ = ["Answer", "Certificate", "Step", "certificate", "certifier", "simultaneous_certificate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One move of an answer.

    Attributes
    ----------
    mover : the decision maker that moves
    to : the state that it moves to
    """

    mover: int
    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How the others can answer an improvement so that it does not pay.

    Attributes
    ----------
    improvement : the state that the focal decision maker would move to
    steps : a shortest legal sequence of moves from there; where everybody moves at once, what each of the others would
        move to by itself from the state that is judged
    end : where it all leads, a state that the focal decision maker likes no better than the one that is judged
    """

    improvement: int
    steps: tuple[Step, ...]
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Why a state is stable for a decision maker, or why not.

    Attributes
    ----------
    answers : an answer to each improvement where it is stable, by rising number of the improvement; else none
    unanswered : the best improvement that nobody answers where it is not stable; else None
    """

    answers: tuple[Answer, ...]
    unanswered: int | None

    @property
    def stable(self) -> bool:
        """Whether the state is stable."""
        return self.unanswered is None


def certificate(moves: Moves, rank: NDArray[np.integer], concept: Concept, maker: int, state: int) -> Certificate:
    """Tell why a state is stable for a decision maker under a concept, or why not.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    rank : array, shape (decision maker, state)
        1 for the most preferred states, larger for less preferred ones.
    concept : see `parley.methods.graph.stable`
    maker : the focal decision maker
    state : the state that is judged

    Source
    ------
    The definitions of `parley.methods.graph.stable`; the search over states together with who moved last follows the
    inductive definition of the reachable list of a coalition in [FangHipelKilgour1993]_.
    """
    return certifier(moves, rank, concept)(maker, state)


def certifier(moves: Moves, rank: NDArray[np.integer], concept: Concept) -> Callable[[int, int], Certificate]:
    """Make the function that certifies each decision maker and state of one model.

    It looks for the others' answers to a move once and keeps them; see `certificate`.
    """
    credible = concept in ("SEQ", "SSEQ")
    after_move: dict[tuple[int, int], _Paths] = {}

    def answer(maker: int, state: int, after: int) -> Answer | None:
        own, bar = rank[maker], rank[maker, state]
        if concept == "R":
            return None
        if (maker, after) not in after_move:
            after_move[maker, after] = _Paths(_legal_paths(moves, rank if credible else None, maker, after))
        for path in after_move[maker, after]:
            end = path[-1].to
            escapes = moves[maker][end] if concept in ("SMR", "SSEQ") and own[end] >= bar else ()
            if own[end] >= bar and all(own[escape] >= bar for escape in escapes):
                return Answer(improvement=after, steps=path, end=end)
        return None

    def certify(maker: int, state: int) -> Certificate:
        own = rank[maker]
        better = sorted(target for target in moves[maker][state] if own[target] < own[state])
        return _certificate(better, [answer(maker, state, after) for after in better], own)

    return certify


class _Paths:
    """Paths that are found when they are first asked for, and kept."""

    def __init__(self, found: Iterator[tuple[Step, ...]]) -> None:
        self.kept: list[tuple[Step, ...]] = []
        self.found = found

    def __iter__(self) -> Iterator[tuple[Step, ...]]:
        yield from self.kept
        for path in self.found:
            self.kept.append(path)
            yield path


def _certificate(better: Sequence[int], answers: Sequence[Answer | None], own: NDArray[np.integer]) -> Certificate:
    open_ = [after for after, answer in zip(better, answers, strict=True) if answer is None]
    if open_:
        return Certificate(answers=(), unanswered=min(open_, key=lambda after: int(own[after])))
    return Certificate(answers=tuple(answer for answer in answers if answer is not None), unanswered=None)


def _legal_paths(
    moves: Moves, credible_by: NDArray[np.integer] | None, focal: int, start: int
) -> Iterator[tuple[Step, ...]]:
    """Shortest legal sequences of the others to each pair of a state and a last mover, the shortest first.

    Where ranks are given, each step must be an improvement for its mover.
    """
    others = [mover for mover in range(len(moves)) if mover != focal]
    met: set[tuple[int, int]] = set()
    layer: list[tuple[Step, ...]] = [()]
    while layer:
        longer = []
        for path in layer:
            here, last = (path[-1].to, path[-1].mover) if path else (start, focal)
            for mover in others:
                if mover == last:
                    continue
                for target in sorted(moves[mover][here]):
                    worse = credible_by is not None and credible_by[mover, target] >= credible_by[mover, here]
                    if worse or (target, mover) in met:
                        continue
                    met.add((target, mover))
                    longer.append((*path, Step(mover=mover, to=target)))
        yield from longer
        layer = longer


def simultaneous_certificate(
    codes: Sequence[int], moves: Moves, rank: NDArray[np.integer], maker: int, state: int
) -> Certificate:
    """Tell why a state is stable for a decision maker when everybody moves at once (SIM), or why not.

    Parameters
    ----------
    codes : the feasible states, as combinations of options
    moves, rank, maker, state : see `certificate`

    Source
    ------
    See `parley.methods.option_form.simultaneously_stable`.
    """
    own, bar = rank[maker], rank[maker, state]
    place_of = {code: place for place, code in enumerate(codes)}
    others = [mover for mover in range(len(moves)) if mover != maker]
    gains = [
        [None, *sorted(target for target in moves[mover][state] if rank[mover, target] < rank[mover, state])]
        for mover in others
    ]

    def answer(after: int) -> Answer | None:
        for chosen in sorted(itertools.product(*gains), key=lambda each: len(each) - each.count(None)):
            code = codes[after]
            for target in chosen:
                code ^= 0 if target is None else codes[state] ^ codes[target]
            end = place_of.get(code)
            if end is not None and own[end] >= bar:
                pairs = zip(others, chosen, strict=True)
                steps = tuple(Step(mover=mover, to=target) for mover, target in pairs if target is not None)
                return Answer(improvement=after, steps=steps, end=end)
        return None

    better = sorted(target for target in moves[maker][state] if own[target] < bar)
    return _certificate(better, [answer(after) for after in better], own)
