"""Which changes of preferences would make a wished-for state of a scenario an equilibrium: `inverse`."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.domain.conflict_answers import (
    Finding,
    Inverse,
    OrderChange,
    Preferred,
    RankingChange,
    Shift,
    Unmet,
)
from parley.engines.graph_model.explanations import words_of
from parley.engines.graph_model.reading import AnyConcept, Reading
from parley.errors import EngineError, UsageError, did_you_mean
from parley.methods.graph_inverse import Impossible, PreferenceChange, nearest_preferences
from parley.methods.graph_inverse_statements import StatementChange, nearest_statement_orders
from parley.methods.option_form import ranking_as_statements

__all__ = ["Question", "fewest_statements", "fewest_swaps", "inverse", "mentioned"]

Progress = Callable[[int, int, str], None]


def inverse(
    reading: Reading,
    wished: int,
    concept: AnyConcept,
    *,
    willing: Sequence[str] | None = None,
    most: int = 400,
    progress: Progress | None = None,
) -> Inverse:
    """Find the smallest changes of preferences that make a state an equilibrium, or prove that there are none.

    Parameters
    ----------
    reading : the conflict
    wished : position of the state
    concept : the stability that it is to have
    willing : ids of the decision makers whose preferences may change; None: all
    most : give a search up after so many rankings of all decision makers
    progress : called with (searches done, all, what)

    Raises
    ------
    UsageError
        If somebody in `willing` is no decision maker.
    EngineError
        If the concept cannot be judged.
    """
    reading.insist_on([concept])
    ready = _ready(reading, willing)
    question = Question(reading, wished, concept, most)
    sets = [group for size in range(len(ready) + 1) for group in itertools.combinations(ready, size)]
    report = _counted(progress, 2 + len(sets))
    report("the fewest statements")
    statements = fewest_statements(question, ready)
    report("the fewest pairs")
    swaps = fewest_swaps(question, ready)
    parties, every_set = _smallest_sets(question, sets, swaps, report)
    swaps = _smaller(swaps, parties)
    makers = reading.model.makers
    shown = [each for each in (swaps, statements, *parties) if each is not None]
    return Inverse(
        state=reading.key(wished),
        concept=concept,
        willing=tuple(makers[i] for i in ready),
        equilibrium=question.equilibrium(reading.rank),
        swaps=swaps,
        statements=statements,
        parties=parties,
        every_set=every_set,
        states=reading.named({wished, *(place for each in shown for place in mentioned(reading, each))}),
    )


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Attributes
    ----------
    reading : the conflict
    wished : the state that is to be an equilibrium
    concept : the stability that it is to have
    most : give a search up after so many rankings of all decision makers
    judged : the concepts under which a change is tried out; none: all that can be judged
    """

    reading: Reading
    wished: int
    concept: AnyConcept
    most: int
    judged: tuple[AnyConcept, ...] = ()

    def equilibrium(self, rank: NDArray[np.int32]) -> tuple[str, ...]:
        """The concepts under which the state is an equilibrium with other ranks, by the engine's own verdict."""
        stable = (
            (each, self.reading.stable(each, np.ascontiguousarray(rank, dtype=np.int32)))
            for each in self.judged or self.reading.concepts
        )
        return tuple(each for each, found in stable if found[:, self.wished].all())

    def swapped(self, change: PreferenceChange, *, proved: bool, searched: int = 0) -> Finding:
        """A change of rankings, verified forward."""
        reading = self.reading
        new: dict[int, dict[int, list[int]]] = {}
        for i, x, y in change.now_preferred(reading.rank):
            new.setdefault(i, {}).setdefault(x, []).append(y)
        rankings = tuple(
            RankingChange(
                party=reading.model.makers[i],
                half_swaps=change.half_swaps[i],
                prefers=tuple(
                    Preferred(state=reading.key(x), to=tuple(map(reading.key, to)))
                    for x, to in sorted(new[i].items(), key=lambda each: (each[0] != self.wished, each[0]))
                ),
                ranking=tuple(
                    tuple(map(reading.key, np.flatnonzero(change.rank[i] == place).tolist()))
                    for place in np.unique(change.rank[i])
                ),
            )
            for i in change.persuaded
        )
        return Finding(
            outcome="found" if proved else "undecided",
            size=sum(change.half_swaps),
            rankings=rankings,
            equilibrium=self._verified(change.rank),
            searched=searched,
        )

    def reordered(self, change: StatementChange) -> Finding:
        """A change of orders of statements, verified forward."""
        reading = self.reading
        orders = tuple(_order_change(reading, i, order) for i, order in enumerate(change.orders) if change.moved[i])
        return Finding(outcome="found", size=sum(change.moved), orders=orders, equilibrium=self._verified(change.rank))

    def refused(self, found: Impossible) -> Finding:
        """Why no change will do."""
        makers, key = self.reading.model.makers, self.reading.key
        unmet = tuple(Unmet(party=makers[i], improvement=key(state)) for i, state in found.unmet)
        return Finding(outcome="impossible", size=None, unmet=unmet, searched=found.searched)

    def _verified(self, rank: NDArray[np.int32]) -> tuple[str, ...]:
        holds = self.equilibrium(rank)
        if self.concept not in holds:
            raise EngineError(f"the change that was found does not make the state an equilibrium under {self.concept}")
        return holds


def fewest_swaps(question: Question, ready: Collection[int]) -> Finding:
    """Find the change with the fewest pairs of states swapped.

    Parameters
    ----------
    question : what is asked
    ready : the decision makers whose preferences may change
    """
    reading = question.reading
    try:
        found = nearest_preferences(
            reading.model.moves,
            reading.rank,
            question.wished,
            question.concept,
            willing=ready,
            max_searched=question.most,
        )
    except EngineError:
        return _sufficient(question, ready)
    if isinstance(found, Impossible):
        return question.refused(found)
    return question.swapped(found, proved=True)


def _sufficient(question: Question, ready: Collection[int]) -> Finding:
    """A change that will do and may not be the smallest: one that leaves nobody an improvement."""
    reading = question.reading
    found = nearest_preferences(reading.model.moves, reading.rank, question.wished, "R", willing=ready)
    if isinstance(found, Impossible):
        return Finding(outcome="undecided", size=None, searched=question.most)
    return question.swapped(found, proved=False, searched=question.most)


def fewest_statements(question: Question, ready: Collection[int]) -> Finding | None:
    """Find the change with the fewest preference statements moved; None where nobody who is willing has any."""
    reading, wishes = question.reading, question.reading.model.wishes
    in_order = [i for i in ready if wishes[i].says and not wishes[i].by_weight]
    if not in_order:
        return None
    truth = [
        each.truth[:, list(reading.orders[i])]
        if each.ranking is None and not each.by_weight
        else ranking_as_statements(reading.rank[i])
        for i, each in enumerate(wishes)
    ]
    try:
        found = nearest_statement_orders(
            reading.model.moves,
            truth,
            question.wished,
            question.concept,
            willing=in_order,
            max_searched=20 * question.most,
        )
    except EngineError:
        return Finding(outcome="undecided", size=None, searched=20 * question.most)
    return question.refused(found) if isinstance(found, Impossible) else question.reordered(found)


def _order_change(reading: Reading, i: int, order: tuple[int, ...]) -> OrderChange:
    listed = reading.orders[i]
    says, words = reading.model.wishes[i].says, words_of(reading, i)
    in_order = [listed[k] for k in order]
    kept = _longest_rising(order)
    shifts = []
    for place, k in enumerate(order):
        if k not in kept:
            after = in_order[place + 1] if place + 1 < len(order) else None
            shifts.append(
                Shift(
                    says=says[in_order[place]],
                    words=words[in_order[place]],
                    before=None if after is None else says[after],
                    before_words="" if after is None else words[after],
                )
            )
    return OrderChange(party=reading.model.makers[i], moved=tuple(shifts), order=tuple(says[k] for k in in_order))


def _longest_rising(order: Sequence[int]) -> frozenset[int]:
    """A longest run of statements that keep their order; of several, one by which the others move up."""
    best: list[list[int]] = []
    for k in order:
        best.append([*max((run for run in best if run[-1] < k), key=len, default=[]), k])
    longest = max(map(len, best), default=0)
    return frozenset(min((run for run in best if len(run) == longest), key=lambda run: run[::-1], default=()))


def _smallest_sets(
    question: Question, sets: Sequence[tuple[int, ...]], swaps: Finding, report: Callable[[str], None]
) -> tuple[tuple[Finding, ...], bool]:
    """A change for each set of parties of which no part is enough, and whether all sets were settled."""
    makers, every_set = question.reading.model.makers, True
    found: list[Finding] = []
    if swaps.outcome == "impossible":
        return (), True
    for group in sets:
        names = {makers[i] for i in group}
        report(" and ".join(sorted(names)) or "nobody")
        if any({each.party for each in finding.rankings} <= names for finding in found):
            continue
        settled = fewest_swaps(question, group)
        every_set &= settled.outcome != "undecided"
        if settled.size is not None:
            found.append(settled)
    return tuple(found), every_set


def _smaller(swaps: Finding, parties: Sequence[Finding]) -> Finding:
    """Where the search among all who are willing was given up, the smallest change that some of them need."""
    if swaps.outcome != "undecided":
        return swaps
    sizes = [each.size for each in (swaps, *parties) if each.size is not None]
    least = next((each for each in parties if sizes and each.size == min(sizes)), swaps)
    return dataclasses.replace(least, outcome="undecided", searched=swaps.searched)


def _ready(reading: Reading, willing: Sequence[str] | None) -> list[int]:
    makers = reading.model.makers
    for name in willing or ():
        if name not in makers:
            known = did_you_mean(name, makers, noun="decision makers")
            raise UsageError(f"'{name}' is no decision maker of this conflict; {known}")
    return [i for i, maker in enumerate(makers) if willing is None or maker in willing]


def _counted(progress: Progress | None, total: int) -> Callable[[str], None]:
    numbers = itertools.count()

    def report(what: str) -> None:
        if progress is not None:
            progress(next(numbers), total, what)

    return report


def mentioned(reading: Reading, finding: Finding) -> Iterator[int]:
    """The positions of the states that a finding speaks of."""
    place = {reading.key(k): k for k in range(reading.model.states.ids.size)}
    for change in finding.rankings:
        for each in change.prefers:
            yield from (place[name] for name in (each.state, *each.to))
    yield from (place[each.improvement] for each in finding.unmet)
