"""What a scenario's parties want of settlements, and what they will not sign, by draw. `Reader` is the main name.

A party wants what its positions say, with their conditions; one that states payoffs number by number wants what these
say, and its positions only say what it will not sign. Links add to both. This is the one reading of packages: the
search of packages and the talks turn by turn both rest on it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain import expression
from parley.domain.draws import Draws
from parley.domain.position import Position
from parley.domain.scenario import Scenario
from parley.errors import EngineError
from parley.methods import columns
from parley.methods.packages_merged import DIGITS
from parley.methods.stated_payoffs import stated

__all__ = ["SAME", "Reader", "against", "asked_for", "items", "signers", "states", "worth_at"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Values = Callable[[Sequence[str]], Mapping[str, Array]]
"""Gives the values of issues for a part that looks at these, in arrays that fit together, draws first."""

SAME = 1e-9
"""Points that differ by no more are one."""

BEYOND = 0.5
"""How far beyond a threshold that must be passed, and not only reached, a level is put, in points."""


def signers(scenario: Scenario) -> tuple[int, ...]:
    """Who must sign: whom the rule of decision names, else the belligerents, else all; of these, who wants something.

    Raises
    ------
    EngineError
        If nobody who must sign has a position, states payoffs, or gains or pays by a link.
    """
    engaged = {position.party for position in scenario.positions} | states(scenario)
    engaged |= {party for link in scenario.links for party in (link.party, link.paid_by) if party}
    rule = scenario.decision_rule
    named = set(rule.unanimity) if rule and rule.unanimity else set()
    fighting = {party.id for party in scenario.parties if party.role == "belligerent"}
    wanted = named or (fighting if fighting & engaged else set(scenario.party_ids))
    result = tuple(i for i, party in enumerate(scenario.party_ids) if party in wanted and party in engaged)
    if not result:
        raise EngineError("nobody who must sign has a position")
    return result


def states(scenario: Scenario) -> set[str]:
    """The ids of the parties that state payoffs number by number; these are in a unit of each party's own."""
    return {payoff.party for payoff in scenario.payoffs if payoff.issues}


def items(scenario: Scenario) -> tuple[str, ...]:
    """What could be given up to make agreement possible: red lines, conditions and payoffs without agreement, by id."""
    who = {scenario.party_ids[i] for i in signers(scenario)}
    held = [position for position in scenario.positions if position.party in who]
    lines = [_red_line(position) for position in held if position.red_line]
    conditions = [_condition(position, k) for position in held for k in range(len(position.conditions))]
    return (*lines, *conditions, *(f"{party}:no_agreement" for party in scenario.party_ids if party in who))


def _red_line(position: Position) -> str:
    return f"{position.party}:{position.issue}"


def _condition(position: Position, number: int) -> str:
    return f"{position.party}:{position.issue}:condition_{number + 1}"


@functools.lru_cache(maxsize=512)
def _parsed(scenario: Scenario, text: str) -> expression.Expression:
    return expression.parse(text, issues={issue.id: issue.scale for issue in scenario.issues})


def asked_for(draws: Draws) -> Array:
    """What each party asks for: its position, or the rung that it states to be worth most.

    Parameters
    ----------
    draws : the draws

    Returns
    -------
    array, shape (draw, party, issue), 0..100; NaN where it does not care
    """
    result = columns.positions(draws)
    stating = [draws.base.party_ids.index(each) for each in states(draws.base)]
    if not stating:
        return result
    found = stated(draws)
    result[:, stating] = np.nan
    for k, issue in enumerate(found.issues):
        worth = found.weight[:, stating, k, np.newaxis] * found.worth[k][:, stating]
        cares = worth.max(axis=2) > worth.min(axis=2)
        result[:, stating, issue] = np.where(cares, found.points[k][worth.argmax(axis=2)], np.nan)
    return result


def worth_at(draws: Draws, settlement: Array, waived: Mapping[str, Flags] | None = None) -> Array:
    """What settlements are worth to every party, links and conditions included.

    Parameters
    ----------
    draws : the draws, or one for all settlements
    settlement : points 0..100, shape (settlement, issue), one for each draw where there are several; NaN where an issue
        is not on the table
    waived : as for `parley.methods.package_tables.read`

    Returns
    -------
    array, shape (settlement, party); NaN for a party that wants nothing
    """
    scenario = draws.base
    reader = Reader(draws, tuple(range(len(scenario.parties))), waived or {})
    result = np.zeros((len(settlement), len(scenario.parties)))
    values = {issue: settlement[:, i] for i, issue in enumerate(scenario.issue_ids)}
    for _, party, worth, _ in reader.wishes(lambda _: values):
        result[:, party] += np.nan_to_num(worth)
    for _, effects in reader.links(lambda _: values):
        for party, worth in effects:
            result[:, party] += worth
    engaged = np.isin(np.arange(len(scenario.parties)), list(reader.engaged))
    return np.where(engaged, result, np.nan)


def against(
    draws: Draws, settlement: Array, stays: Flags, waived: Mapping[str, Flags] | None = None
) -> dict[str, Flags]:
    """What stands against settlements: red lines crossed, conditions unmet for which there is no other way, and losses.

    Parameters
    ----------
    draws, settlement, waived : as for `worth_at`
    stays : whether an issue is left as it is, so that its red lines are not crossed, shape (settlement, issue)

    Returns
    -------
    By id as from `items`, for which settlements, shape (settlement,)
    """
    reader = Reader(draws, signers(draws.base), waived or {})
    values = {issue: settlement[:, i] for i, issue in enumerate(draws.base.issue_ids)}
    result = {name: np.zeros(len(settlement), dtype=np.bool_) for name in items(draws.base)}
    for name, issue, low, high in reader.red_lines():
        point = values[issue]
        result[name] = ((point < low - SAME) | (point > high + SAME)) & ~stays[:, reader.issue[issue]]
    for _, _, _, unmet in reader.wishes(lambda _: values):
        result.update(unmet)
    worth, reserve = worth_at(draws, settlement, waived), reader.reserve()
    for j, party in enumerate(reader.who):
        result[f"{draws.base.party_ids[party]}:no_agreement"] = np.round(worth[:, party], DIGITS) < np.round(
            reserve[:, j], DIGITS
        )
    return result


class Reader:
    """Turns positions, conditions, stated payoffs, links and red lines into numbers, for values of any shape."""

    def __init__(self, draws: Draws, who: tuple[int, ...], waived: Mapping[str, Flags]) -> None:
        self.draws, self.scenario, self.who, self.waived = draws, draws.base, who, waived
        self.party = {party: i for i, party in enumerate(self.scenario.party_ids)}
        self.issue = {issue: i for i, issue in enumerate(self.scenario.issue_ids)}
        salience = columns.saliences(draws)
        care = salience.sum(axis=2, keepdims=True)
        self.share = np.divide(salience, care, out=np.zeros_like(salience), where=care > 0)
        stating = [self.party[each] for each in states(self.scenario)]
        self.stated = stated(draws) if stating else None
        self.stating = tuple(i for i in who if i in stating)
        self.share[:, stating] = 0.0
        self.held = [(k, each) for k, each in enumerate(self.scenario.positions) if self.party[each.party] in who]
        self.linked = [
            (k, link)
            for k, link in enumerate(self.scenario.links)
            if {self.party[link.party], self.party.get(link.paid_by or "")} & set(who)
        ]

    @property
    def engaged(self) -> set[int]:
        """Parties that have a position, state payoffs, or gain or pay by a link."""
        linked = {party for _, link in self.linked for party in (link.party, link.paid_by) if party}
        return (
            {self.party[each.party] for _, each in self.held}
            | {self.party[each] for each in linked}
            | set(self.stating)
        )

    def valued(self) -> list[str]:
        """The issues whose levels are worth something stated to somebody, in the scenario's order."""
        if self.stated is None:
            return []
        stating = {self.scenario.party_ids[i] for i in self.stating}
        named = {each.issue for payoff in self.scenario.payoffs if payoff.party in stating for each in payoff.issues}
        return [self.scenario.issue_ids[i] for i in self.stated.issues if self.scenario.issue_ids[i] in named]

    def looks(self) -> list[list[str]]:
        """The issues that each wish and each link looks at."""
        wishes = [self._looks_of(each) for _, each in self.held]
        return [*([each] for each in self.valued()), *wishes, *(self._named(link.when) for _, link in self.linked)]

    def thresholds(self) -> Iterator[tuple[str, float]]:
        """Each point of an issue on which a condition or a link turns."""
        texts = [condition.only_if for _, each in self.held for condition in each.conditions]
        for text in [*texts, *(link.when for _, link in self.linked)]:
            for leaf in _leaves(_parsed(self.scenario, text)):
                shift = {">": BEYOND, "<": -BEYOND}.get(leaf.operator, 0.0)
                yield leaf.issue, float(np.clip(leaf.point + shift, 0.0, 100.0))

    def wishes(self, values: Values) -> Iterator[tuple[list[str], int, Array, list[tuple[str, Flags]]]]:
        """What each wish is worth: issues it looks at, party, payoffs, and where conditions bar a package."""
        yield from self._stated(values)
        for k, each in self.held:
            looks = self._looks_of(each)
            here = values(looks)
            value, party = here[each.issue], self.party[each.party]
            share = _along(self.share[:, party, self.issue[each.issue]], value)

            def worth(*path: str | int, share: Array = share, value: Array = value) -> Array:
                return np.asarray(share * (1.0 - np.abs(value - _along(self.draws.column(path), value)) / 100.0))

            result, fallen, bars = worth("positions", k, "position"), None, []
            for c, condition in enumerate(each.conditions):
                unmet = self._unmet(_condition(each, c), condition.only_if, here)
                if condition.otherwise is None:
                    bars.append((_condition(each, c), unmet))
                else:
                    then = np.where(unmet, worth("positions", k, "conditions", c, "otherwise"), np.inf)
                    fallen = then if fallen is None else np.minimum(fallen, then)
            # of several unmet conditions the one counts that leaves the party least
            yield looks, party, result if fallen is None else np.where(np.isfinite(fallen), fallen, result), bars

    def _stated(self, values: Values) -> Iterator[tuple[list[str], int, Array, list[tuple[str, Flags]]]]:
        """What levels are worth to parties that state it; what they get anyway comes with the first issue."""
        if self.stated is None:
            return
        names = [self.scenario.issue_ids[i] for i in self.stated.issues]
        draw = np.arange(len(self.draws))
        for place, name in enumerate(self.valued()):
            k, value = names.index(name), values([name])[name]
            rung = np.abs(value[..., np.newaxis] - self.stated.points[k]).argmin(axis=-1)
            for party in self.stating:
                part = self.stated.weight[:, party, [k]] * self.stated.worth[k][:, party]
                worth = np.where(np.isnan(value), 0.0, part[_along(draw, rung), rung])
                yield [name], party, worth if place else worth + _along(self.stated.base[:, party], worth), []

    def links(self, values: Values) -> Iterator[tuple[list[str], list[tuple[int, Array]]]]:
        """What each link gives to whom: the issues it looks at, and the payoffs by party."""
        for k, link in self.linked:
            looks = self._named(link.when)
            holds = np.asarray(_parsed(self.scenario, link.when).holds(values(looks)), dtype=np.bool_)
            worth = np.where(holds, _along(self.draws.column(("links", k, "worth")), holds), 0.0)
            effects = [(self.party[link.party], worth)]
            if link.paid_by:
                effects.append((self.party[link.paid_by], -worth))
            yield looks, [each for each in effects if each[0] in self.who]

    def red_lines(self) -> Iterator[tuple[str, str, Array, Array]]:
        """Each red line: its id, its issue, and the points between which it allows a settlement."""
        for k, each in self.held:
            if each.red_line is None:
                continue
            low = np.nan_to_num(self.draws.column(("positions", k, "red_line", "at_least")), nan=-np.inf)
            high = np.nan_to_num(self.draws.column(("positions", k, "red_line", "at_most")), nan=np.inf)
            given_up = self.waived.get(_red_line(each), np.zeros(1, dtype=np.bool_))
            yield _red_line(each), each.issue, np.where(given_up, -np.inf, low), np.where(given_up, np.inf, high)

    def reserve(self) -> Array:
        """What each signer gets without agreement; where that is given up, less than any package could bring.

        Shape (draw, signer).
        """
        result = np.nan_to_num(columns.no_agreement(self.draws)[:, list(self.who)])
        without = {self.party[payoff.party] for payoff in self.scenario.payoffs if payoff.reserve is None}
        for j, party in enumerate(self.who):
            least = self._least(party)
            if self.stated is not None and party in self.stating:
                # to one that states none, even the worst package is no worse than none
                result[:, j] = least if party in without else self.stated.reserve[:, party]
            given_up = self.waived.get(f"{self.scenario.party_ids[party]}:no_agreement", np.zeros(1, dtype=np.bool_))
            result[:, j] = np.where(given_up, least - 1.0, result[:, j])
        rounded = [j for j, party in enumerate(self.who) if party not in self.stating]
        result[:, rounded] = np.round(result[:, rounded], DIGITS)
        return result

    def _least(self, party: int) -> Array:
        """No package is worth less to a party, shape (draw,)."""
        result = np.zeros(len(self.draws))
        if self.stated is not None and party in self.stating:
            result = sum((part[:, party].min(axis=-1) for part in self.stated.parts), start=result)
        for k, link in self.linked:
            worth = self.draws.column(("links", k, "worth"))
            for holder, sign in ((link.party, 1.0), (link.paid_by, -1.0)):
                if holder is not None and self.party[holder] == party:
                    result = result + np.minimum(sign * worth, 0.0)
        return result

    def _looks_of(self, position: Position) -> list[str]:
        named = [name for condition in position.conditions for name in self._named(condition.only_if)]
        return list(dict.fromkeys([position.issue, *named]))

    def _named(self, text: str) -> list[str]:
        return list(dict.fromkeys(expression.names(_parsed(self.scenario, text))))

    def _unmet(self, name: str, text: str, here: Mapping[str, Array]) -> Flags:
        met = np.asarray(_parsed(self.scenario, text).holds(here), dtype=np.bool_)
        given_up = self.waived.get(name)
        return ~met if given_up is None else ~met & ~_along(given_up, met)


def _along(values: NDArray[Any], like: NDArray[Any]) -> NDArray[Any]:
    """Values of shape (draw,), shaped to go with an array whose first axis is draws."""
    return values.reshape(-1, *(1,) * (like.ndim - 1))


def _leaves(tree: expression.Expression) -> Iterator[expression.Compare]:
    match tree:
        case expression.Not(inner=inner):
            yield from _leaves(inner)
        case expression.Both(left=left, right=right) | expression.Either(left=left, right=right):
            yield from (*_leaves(left), *_leaves(right))
        case expression.Iff(left=left, right=right):
            yield from (*_leaves(left), *_leaves(right))
        case expression.Compare():
            yield tree
