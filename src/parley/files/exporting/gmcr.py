"""A conflict as a `.gmcr` file, which GMCR+ and gmcr-py read: `to_gmcr`.

Every statement becomes an alternative of patterns that hold in the same states. Where that takes too many, or somebody
ranks states directly or by weights, the file ranks the states for everybody, as the programs want it.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

import parley
from parley.domain.conflict import Conflict, Option, Preference, PreferenceStatement
from parley.domain.expression import Expression, parse
from parley.domain.party import Party
from parley.domain.scenario import Scenario
from parley.errors import UsageError
from parley.files.exporting.losses import Held, losses, lost_of
from parley.files.exporting.patterns import Pattern, holding, patterns
from parley.files.exporting.standing import line, renamed
from parley.files.exporting.tables import Exported
from parley.methods.option_form import combinations, dense_ranks, option_prioritisation, statement_order

__all__ = ["to_gmcr"]

FORM = ".gmcr files"
MAX_OPTIONS = 20
MAX_PATTERNS = 256
"""A statement of more patterns than these is ranked instead."""

MAX_RULES = 4096
MAX_RANKED = 4096
"""So many states at most are ranked one by one."""

DIRECTIONS = {"both_ways": "both", "stays_taken": "fwd", "stays_dropped": "back"}
HELD: Held = {"schema": None, "parties": ("id", "name"), "conflict": None}

Bools = NDArray[np.bool_]


def to_gmcr(scenario: Scenario) -> Exported:
    """Write the conflict as a file of GMCR+ and gmcr-py.

    Parameters
    ----------
    scenario : the scenario

    Returns
    -------
    One file, `conflict.gmcr`. Its options stand by decision maker, as the programs sort them. A state that is several
    combinations of options is as many states there; combinations that are no state are infeasible.

    Raises
    ------
    UsageError
        If there is no conflict, its states are drawn without options, or it has too many options or states.
    """
    conflict = scenario.conflict
    if conflict is None or not (conflict.options or conflict.states):
        raise UsageError("the scenario has no conflict that could be exported")
    if not conflict.options:
        raise UsageError(f"the states of the conflict are drawn without options, and {FORM} hold nothing but options")
    if len(conflict.options) > MAX_OPTIONS:
        raise UsageError(
            f"the conflict has {len(conflict.options)} options; {FORM} are written for {MAX_OPTIONS} at most"
        )
    writer = _writer(scenario, conflict)
    content: dict[str, Any] = {
        "program": "parley",
        "version": parley.__version__,
        "options": [
            {"name": line(each.name), "permittedDirection": DIRECTIONS[each.changes]} for each in writer.options
        ],
        "decisionMakers": writer.makers_content(),
        "infeasibles": [writer.numbered(each) for each in writer.ruled_out()],
        "useManualPreferenceRanking": writer.ranked,
    }
    notes = [*writer.notes(), *losses(scenario, HELD, FORM)]
    return Exported(files={"conflict.gmcr": _text(content)}, notes=tuple(notes))


def _writer(scenario: Scenario, conflict: Conflict) -> _Writer:
    acting = {each.party for each in conflict.options} | {each.party for each in conflict.moves}
    acting |= {each.party for each in conflict.preferences}
    makers = [each for each in scenario.parties if each.id in acting]
    options = [option for maker in makers for option in conflict.options if option.party == maker.id]
    ids = [each.id for each in conflict.options]
    states = {each.id: parse(each.when or "", options=ids) for each in conflict.states}
    every = combinations(len(options))
    taken = {option.id: every[:, k] for k, option in enumerate(options)}
    feasible = np.ones(2 ** len(options), dtype=np.bool_)
    for each in conflict.infeasible:
        feasible &= ~holding(parse(each.when, options=ids), taken, {})
    if states:
        named = np.logical_or.reduce([each.holds(taken) & feasible for each in states.values()])
        unnamed, feasible = feasible & ~named, named
    else:
        unnamed = np.zeros_like(feasible)
    return _Writer(
        scenario=scenario,
        conflict=conflict,
        makers=makers,
        options=options,
        states=states,
        taken={name: column[feasible] for name, column in taken.items()},
        unnamed=every[unnamed],
    )


@dataclass(slots=True, kw_only=True)
class _Writer:
    """What is written of a conflict.

    Attributes
    ----------
    scenario, conflict : what is exported
    makers, options : in the order of the file
    states : for each named state, an expression over options that holds in it
    taken : for each option, in which of the file's states it is taken
    unnamed : combinations that are feasible and no state, shape (combination, option)
    """

    scenario: Scenario
    conflict: Conflict
    makers: Sequence[Party]
    options: Sequence[Option]
    states: Mapping[str, Expression]
    taken: Mapping[str, Bools]
    unnamed: Bools

    @property
    def size(self) -> int:
        """How many states the file has."""
        return next(iter(self.taken.values())).size

    def expression(self, text: str) -> Expression:
        return parse(text, options=[each.id for each in self.conflict.options], states=list(self.states))

    def preference(self, maker: Party) -> Preference:
        found = [each for each in self.conflict.preferences if each.party == maker.id]
        return found[0] if found else Preference(party=maker.id)

    def statements(self, maker: Party) -> list[PreferenceStatement]:
        """Most important first, as at the modes of their importances."""
        listed = self.preference(maker).statements
        modes = [np.nan if each.importance is None else each.importance.mode for each in listed]
        return [listed[k] for k in statement_order(np.array(modes, dtype=np.float64))]

    def alternatives(self, text: str, limit: int) -> list[Pattern]:
        """The patterns of an expression, up to one more than the limit."""
        return list(itertools.islice(patterns(self.expression(text), self.states), limit + 1))

    @property
    def ranked(self) -> bool:
        """Whether the file ranks states in place of statements."""
        return any(map(self.needs_ranking, self.makers))

    def needs_ranking(self, maker: Party) -> bool:
        wants = self.preference(maker)
        if wants.ranking or (wants.counts == "by_weight" and wants.statements):
            return True
        return any(len(self.alternatives(each.says, MAX_PATTERNS)) > MAX_PATTERNS for each in wants.statements)

    def makers_content(self) -> list[dict[str, Any]]:
        place = {option.id: k for k, option in enumerate(self.options)}
        content = []
        for maker in self.makers:
            owned = [place[option.id] for option in self.options if option.party == maker.id]
            entry: dict[str, Any] = {"name": line(maker.name), "options": owned, "preferences": []}
            if self.ranked:
                entry["preferenceRanking"] = self.ranking(maker)
            else:
                entry["preferences"] = [
                    self.condition(found)
                    for each in self.statements(maker)
                    if (found := self.alternatives(each.says, MAX_PATTERNS)) not in ([], [()])
                ]
            content.append(entry)
        return content

    def condition(self, alternatives: Sequence[Pattern]) -> Any:
        members = [self.numbered(each) for each in alternatives]
        return members[0] if len(members) == 1 else {"compound": True, "members": members}

    def numbered(self, pattern: Pattern) -> list[tuple[int, str]]:
        place = {option.id: k for k, option in enumerate(self.options)}
        return [(place[name], "Y" if taken else "N") for name, taken in pattern]

    def ranking(self, maker: Party) -> list[int | list[int]]:
        """States by number, best first; those that are liked equally well in a list of their own."""
        if self.size > MAX_RANKED:
            raise UsageError(
                f"what '{maker.id}' prefers must be written as a ranking, and {self.size:,} states are too many for "
                f"that; {MAX_RANKED:,} at most"
            )
        rank = self.rank(maker)
        groups = [(np.flatnonzero(rank == place) + 1).tolist() for place in range(1, int(rank.max()) + 1)]
        return [group[0] if len(group) == 1 else group for group in groups]

    def rank(self, maker: Party) -> NDArray[np.int32]:
        wants = self.preference(maker)
        if wants.ranking:
            score = np.zeros(self.size, dtype=np.int64)
            for place, group in enumerate(wants.ranking):
                for name in group:
                    score[holding(self.states[name], self.taken, {})] = -place
            return dense_ranks(score)
        statements = self.statements(maker)
        truth = np.zeros((self.size, len(statements)), dtype=np.bool_)
        for k, each in enumerate(statements):
            truth[:, k] = holding(self.expression(each.says), self.taken, self.states)
        if wants.counts == "by_weight":
            weights = np.array([each.importance.mode if each.importance else 0.0 for each in statements])
            # Sums of the same weights in another order differ in their last digits, and are ties all the same
            return dense_ranks(np.round(truth @ weights, 9))
        return option_prioritisation(truth)

    def ruled_out(self) -> list[Pattern]:
        """The patterns of what is infeasible."""
        found = [pattern for each in self.conflict.infeasible for pattern in self.alternatives(each.when, MAX_RULES)]
        found += [
            tuple((option.id, bool(yes)) for option, yes in zip(self.options, row, strict=True))
            for row in self.unnamed[: MAX_RULES + 1].tolist()
        ]
        if len(found) > MAX_RULES:
            raise UsageError(f"what is infeasible would take more than {MAX_RULES:,} patterns, too many for {FORM}")
        return found

    def notes(self) -> list[str]:
        """Sentences on what was changed to make it fit."""
        conflict, notes = self.conflict, []
        if [each.id for each in self.options] != [each.id for each in conflict.options]:
            notes.append("options are written by decision maker, so the states have other numbers there")
        for name, when in self.states.items():
            if (count := int(holding(when, self.taken, {}).sum())) > 1:
                notes.append(f"the state '{name}' is {count} combinations of options, and so {count} states there")
        if self.unnamed.size:
            notes.append(f"{len(self.unnamed)} combinations of options that are no state are written as infeasible")
        if conflict.moves:
            notes.append("drawn moves are not written: there, everybody moves as the options allow")
        for maker in self.makers:
            notes += self.notes_on(maker)
        idle = [each.id for each in self.scenario.parties if each not in self.makers]
        notes += [f"'{each}' decides on nothing, and is left out" for each in idle]
        notes += renamed([line(each.name) for each in self.makers], [each.id for each in self.makers], "party")
        notes += renamed([line(each.name) for each in self.options], [each.id for each in self.options], "option")
        notes.append(f"{FORM} have no place for what holds now: say it again with initially when the file comes back")
        statements = [each for wants in conflict.preferences for each in wants.statements]
        kept = ("options", "preferences", "infeasible", "states", "moves", "status_quo")
        words = ["words"] if all(each.words == each.name for each in conflict.options) else []
        lost = (
            *lost_of("the conflict", [conflict], kept, FORM),
            *lost_of("options", conflict.options, ("id", "name", "party", "changes", "initially", *words), FORM),
            *lost_of("preferences", conflict.preferences, ("party", "statements", "counts", "ranking"), FORM),
            *lost_of("infeasible patterns", conflict.infeasible, ("when",), FORM),
            *lost_of("states", conflict.states, ("id", "when"), FORM),
            *lost_of("statements", statements, ("says",), FORM),
        )
        return [*notes, *lost]

    def notes_on(self, maker: Party) -> list[str]:
        wants = self.preference(maker)
        if self.ranked and wants.statements:
            return [f"the statements of '{maker.id}' are written as the ranking of the states that follows from them"]
        empty = [each for each in wants.statements if self.alternatives(each.says, 1) in ([], [()])]
        return [
            f"'{each.says}' of '{maker.id}' holds everywhere or nowhere, so it ranks nothing and is left out"
            for each in empty
        ]


def _text(content: Mapping[str, Any]) -> bytes:
    """JSON in which each option, decision maker and pattern has a line; ASCII, since the programs guess encodings."""
    parts = []
    for key, value in content.items():
        written = json.dumps(value)
        if isinstance(value, list) and value:
            written = "[\n  " + ",\n  ".join(map(json.dumps, value)) + "\n ]"
        parts.append(f" {json.dumps(key)}: {written}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("ascii")
