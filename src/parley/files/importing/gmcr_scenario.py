"""A conflict that was read from a `.gmcr` file as a scenario: `compose_conflict`.

States are numbered as the programs number them: options in the order of the decision makers, each state read as a
binary number with the first option lowest, feasible ones counted from 1. Options and conditions become statements of
the scenario's own language; only where a file ranks the states themselves, or a decision maker does not see some of
them, does the scenario name its states.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parley.domain.conflict import Conflict, DrawnMove, Infeasible, Option, Preference, PreferenceStatement, State
from parley.domain.expression import MAX_LENGTH
from parley.domain.party import Party
from parley.domain.scenario import Question, Scenario
from parley.domain.source import Fact, Judgement
from parley.errors import Path as Keys
from parley.errors import ScenarioError
from parley.files import saving, text_guards, yaml_reader
from parley.files.file_form import to_file_form
from parley.files.importing.cells import Refusals, shortened
from parley.files.importing.draft import Imported, TableFile, asker_of, day_of, exactly, ids, source_of, values_in
from parley.files.importing.gmcr_model import Condition, Maker, Member, Model
from parley.files.importing.json_tree import JsonValue
from parley.methods.option_form import reachable_lists

__all__ = ["MAX_OPTIONS", "compose_conflict"]

MAX_OPTIONS = 20
MAX_NAMED = 2**24
"""Named states times combinations of options, at most."""

MAX_RULED_OUT = 2**30
"""Infeasible patterns times combinations of options, at most."""

MAX_DRAWN = 512
"""So many states at most between which moves are drawn."""

Codes = NDArray[np.int64]


def compose_conflict(model: Model, file: TableFile, reader: Refusals) -> Imported:
    """Make a scenario of a conflict.

    Parameters
    ----------
    model : the conflict
    file : where it stood, and what is asked of it
    reader : the list of its problems

    Raises
    ------
    ScenarioError
        If there are too many options or states, no state is feasible, or a ranking does not name each state once.
    UsageError
        If there is no party of that name, or nothing says when the file was written.
    """
    composer = _Composer(model, reader)
    conflict = composer.conflict()
    reader.insist()
    title = " ".join(Path(file.name).stem.replace("_", " ").split()) or "A conflict"
    day, notes = day_of((title,), file)
    parties = composer.parties
    asker = asker_of(parties, file.asked_by)
    if file.asked_by is None:
        notes.append(f"the question is asked by '{asker.id}', the first decision maker: set asked_by to another")
    remarks = [f"Saved by {model.program}."] if model.program else []
    try:
        scenario = Scenario(
            title=title,
            question=Question(
                text=f"How could {asker.name} act, and where would things come to rest?", asked_by=asker.id
            ),
            as_of=day,
            sources=(source_of(title, file, remarks=remarks),),
            facts=(Fact(id="F1", source="S1", words=WORDS, said_by="the file", kind="options"),),
            judgements=(POWER,),
            parties=parties,
            issues=(),
            conflict=conflict,
        )
    except ScenarioError as error:
        composer.retell(error)
        raise AssertionError from error
    _insist_on_size(scenario, model, reader)
    return Imported(scenario=scenario, notes=(*notes, *composer.notes, *_unplaced(model)))


WORDS = "The file gives each decision maker's options, what cannot occur, and what each prefers."
POWER = Judgement(
    id="J1",
    words="Every decision maker counts alike.",
    because="The file says nothing of power, and the graph model does not ask for it.",
    by="the importer",
)


@dataclass(slots=True)
class _Composer:
    """Turns numbers into ids, keeping where each part stood and what has no place in a scenario."""

    model: Model
    reader: Refusals
    notes: list[str] = field(default_factory=list)
    origins: dict[Keys, JsonValue] = field(default_factory=dict)
    names: dict[int, str] = field(init=False)
    parties: tuple[Party, ...] = field(init=False)

    def __post_init__(self) -> None:
        model = self.model
        if len(model.options) > MAX_OPTIONS:
            message = f"the conflict has {len(model.options)} options; {MAX_OPTIONS} at most"
            self.refuse(model.at.fields["options"], message, "fold together those that go together")
            self.reader.insist()
        order = [each.whole or 0 for maker in model.makers for each in maker.options]
        self.names = dict(zip(order, ids((model.options[k].name for k in order), "option"), strict=True))
        if order != sorted(order):
            self.notes.append("options stand in the order of the decision makers, as the program itself numbers states")
        made = zip(ids((each.name for each in model.makers), "party"), model.makers, strict=True)
        self.parties = tuple(
            Party(id=made_id, name=maker.name, role="other", capability=exactly(1.0, "J1")) for made_id, maker in made
        )

    def conflict(self) -> Conflict:
        model = self.model
        infeasible = self.infeasible()
        codes = self.feasible()
        unseen = [self.unseen(maker, codes) for maker in model.makers]
        drawn = any(map(np.any, unseen))
        named = (model.ranked or drawn) and codes.size > 0 and self.can_be_named(codes, drawn)
        states = self.states(codes) if named else ()
        self.reader.insist()
        options = self.options(codes)
        preferences = [
            self.ranking(i, maker, states) if model.ranked and named else self.statements(i, maker)
            for i, maker in enumerate(model.makers)
        ]
        for members in model.coalitions:
            together = " and ".join(self.parties[k].id for k in members)
            self.notes.append(f"the coalition of {together} is left out: here each decides for itself")
        return Conflict(
            options=options,
            preferences=tuple(preferences),
            infeasible=infeasible,
            states=states,
            moves=self.moves(options, codes, states, unseen) if drawn and named else (),
            grounds=("F1",),
        )

    def options(self, codes: Codes) -> tuple[Option, ...]:
        now = int(codes[0]) if codes.size else 0
        owner = {
            each.whole: party.id
            for maker, party in zip(self.model.makers, self.parties, strict=True)
            for each in maker.options
        }
        made = []
        for k, (number, made_id) in enumerate(self.names.items()):
            option = self.model.options[number]
            self.origins["conflict", "options", k] = option.at
            made.append(
                Option(
                    id=made_id,
                    name=option.name,
                    party=owner[number],
                    words=option.name,
                    initially=bool(now >> k & 1),
                    changes=option.changes,
                    grounds=("F1",),
                )
            )
        taken = ", ".join(each.id for each in made if each.initially) or "no option taken"
        self.notes.append(
            f"the file does not say what holds now; taken is the first feasible state ({taken}): set initially"
        )
        self.notes.append("the file does not say which states are agreements: add the conflict's agreement")
        return tuple(made)

    def infeasible(self) -> tuple[Infeasible, ...]:
        made: list[Infeasible] = []
        for condition in self.model.infeasibles:
            for member in condition.members:
                self.origins["conflict", "infeasible", len(made)] = condition.at
                if not member:
                    hint = "name the options that make it infeasible, or take it away"
                    self.refuse(condition.at, "this infeasible pattern names no option, so no state is left", hint)
                else:
                    made.append(Infeasible(when=self.text([member]), grounds=("F1",)))
        if len(made) << len(self.names) > MAX_RULED_OUT:
            message = f"{len(made):,} infeasible patterns of {len(self.names)} options are too many"
            self.refuse(self.model.at.fields["infeasibles"], message, "join patterns, or fold options together")
            self.reader.insist()
        return tuple(made)

    def feasible(self) -> Codes:
        """The codes of the feasible states, rising."""
        left = np.arange(2 ** len(self.names), dtype=np.int64)
        for member in {each for condition in self.model.infeasibles for each in condition.members}:
            left = left[~self.holds(member, left)]
        return left

    def holds(self, member: Member, codes: Codes) -> NDArray[np.bool_]:
        """In which states a pattern holds."""
        place = {number: k for k, number in enumerate(self.names)}
        named = sum(1 << place[number] for number, _ in member)
        taken = sum(1 << place[number] for number, yes in member if yes)
        return np.asarray((codes & named) == taken)

    def unseen(self, maker: Maker, codes: Codes) -> NDArray[np.bool_]:
        """Which states a decision maker does not see."""
        result = np.zeros(codes.size, dtype=np.bool_)
        for condition in maker.misperceptions:
            for member in condition.members:
                result |= self.holds(member, codes)
        return result

    def moves(
        self, options: Sequence[Option], codes: Codes, states: Sequence[State], unseen: Sequence[NDArray[np.bool_]]
    ) -> tuple[DrawnMove, ...]:
        """The moves that options allow, but for those to and from states that the mover does not see."""

        def code(*, party: str | None = None, changes: str | None = None) -> int:
            chosen = (
                k for k, each in enumerate(options) if party in (None, each.party) and changes in (None, each.changes)
            )
            return sum(1 << k for k in chosen)

        lists = reachable_lists(
            codes.tolist(),
            [code(party=party.id) for party in self.parties],
            stays_taken=code(changes="stays_taken"),
            stays_dropped=code(changes="stays_dropped"),
        )
        made = []
        for party, maker, blind, lists_of in zip(self.parties, self.model.makers, unseen, lists, strict=True):
            if blind.any():
                shown = ", ".join(states[k].id for k in np.flatnonzero(blind)[:5]) + (", …" if blind.sum() > 5 else "")
                self.notes.append(
                    f"'{maker.name}' does not see {shown}: as in the program, it has no moves to and from there, so "
                    "the moves of all are drawn"
                )
            for state, targets in enumerate(lists_of):
                reaches = tuple(states[each].id for each in sorted(targets) if not blind[each])
                if reaches and not blind[state]:
                    made.append(DrawnMove(party=party.id, leaves=states[state].id, reaches=reaches, grounds=("F1",)))
        # Without any drawn move, moves would follow from the options
        nowhere = DrawnMove(party=self.parties[0].id, leaves=states[0].id, reaches=(), grounds=("F1",))
        return tuple(made) or (nowhere,)

    def statements(self, i: int, maker: Maker) -> Preference:
        made: list[PreferenceStatement] = []
        for condition in maker.preferences:
            if condition.members and all(condition.members):
                self.origins["conflict", "preferences", i, "statements", len(made)] = condition.at
                made.append(PreferenceStatement(says=self.says(condition), grounds=("F1",)))
            else:
                always = "always" if condition.members else "never"
                self.notes.append(
                    f"line {condition.at.place.line}: a preference of '{maker.name}' names no option, so it is "
                    f"{always} true and ranks nothing: it is left out"
                )
        if maker.ranking is not None:
            self.notes.append(f"the ranking of '{maker.name}' does not count in the file, and is left out")
        return Preference(party=self.parties[i].id, statements=tuple(made))

    def ranking(self, i: int, maker: Maker, states: Sequence[State]) -> Preference:
        groups: list[tuple[str, ...]] = []
        seen: set[int] = set()
        for group in maker.ranking or ():
            known = [each for each in group if self.is_new_state(each, len(states), seen)]
            groups.append(tuple(states[(each.whole or 1) - 1].id for each in known))
        missing = [str(number) for number in range(1, len(states) + 1) if number not in seen]
        if missing and maker.ranking is not None:
            shown = ", ".join(missing[:5]) + (", …" if len(missing) > 5 else "")
            message = f"the ranking of '{shortened(maker.name)}' leaves out state {shown}"
            self.refuse(maker.ranking_at, message, "rank every feasible state once")
        if count := len(maker.preferences):
            self.notes.append(f"rankings count in the file, so the {count} preferences of '{maker.name}' are left out")
        return Preference(party=self.parties[i].id, ranking=tuple(groups), grounds=("F1",))

    def is_new_state(self, value: JsonValue, count: int, seen: set[int]) -> bool:
        number = value.whole or 0
        if not 1 <= number <= count:
            hint = f"the {count} feasible states are numbered from 1"
            self.refuse(value, f"there is no state number {value.whole}", hint)
        elif number in seen:
            self.refuse(value, f"the state number {number} is ranked twice", "take one of the two away")
        else:
            seen.add(number)
            return True
        return False

    def states(self, codes: Codes) -> tuple[State, ...]:
        stem = "s"
        while any(f"{stem}{number}" in self.names.values() for number in range(1, codes.size + 1)):
            stem += "_"
        return tuple(
            State(id=f"{stem}{number}", when=self.text([self.member(code)]))
            for number, code in enumerate(codes.tolist(), 1)
        )

    def member(self, code: int) -> Member:
        return tuple((number, bool(code >> k & 1)) for k, number in enumerate(self.names))

    def can_be_named(self, codes: Codes, drawn: bool) -> bool:  # noqa: FBT001 - the one thing that matters of it
        if codes.size << len(self.names) <= MAX_NAMED and (not drawn or codes.size <= MAX_DRAWN):
            return True
        message = f"{codes.size:,} states of {len(self.names)} options are too many to be named one by one"
        where = self.model.at.fields["decisionMakers"]
        self.refuse(where, message, "rule states out, let statements rank them, and leave misperceptions away")
        return False

    def says(self, condition: Condition) -> str:
        text = self.text(condition.members)
        if len(text) > MAX_LENGTH:
            message = f"the condition has {len(text)} characters as an expression; {MAX_LENGTH} at most"
            self.refuse(condition.at, message, "say it with fewer patterns, or in several conditions")
        return text

    def text(self, members: Sequence[Member]) -> str:
        """Patterns as an expression; the two shapes that the programs make of `if` and `iff` as such."""
        conditional = _conditional(members)
        if conditional is not None:
            conclusion, word, condition = conditional
            return f"{self.literal(*conclusion)} {word} {self.literal(*condition)}"
        return " | ".join(" & ".join(self.literal(*each) for each in member) for member in members)

    def literal(self, number: int, taken: bool) -> str:  # noqa: FBT001 - one pair of a pattern
        return self.names[number] if taken else f"-{self.names[number]}"

    def refuse(self, value: JsonValue, message: str, hint: str) -> None:
        self.reader.refuse(value.place, message, hint, value.path)

    def retell(self, error: ScenarioError) -> None:
        """Tell what breaks the rules of a scenario at the place in the file that it came from."""
        for each in error.problems:
            steps = range(len(each.path), -1, -1)
            at = next((self.origins[each.path[:k]] for k in steps if each.path[:k] in self.origins), self.model.at)
            self.refuse(at, each.message, each.hint)
        self.reader.insist()


def _conditional(members: Sequence[Member]) -> tuple[tuple[int, bool], str, tuple[int, bool]] | None:
    """Conclusion, IF or IFF, and condition, where patterns of the same two options say that; else None."""
    numbers = {tuple(number for number, _ in member) for member in members}
    cases = {tuple(taken for _, taken in member) for member in members}
    if len(numbers) != 1 or len(next(iter(numbers))) != 2 or len(cases) != len(members):
        return None
    condition, conclusion = next(iter(numbers))
    if len(cases) == 3:
        every = itertools.product((True, False), repeat=2)
        first, second = next(case for case in every if case not in cases)
        return (conclusion, not second), "IF", (condition, first)
    first, second = members[0][0][1], members[0][1][1]
    if len(cases) == 2 and (not first, not second) in cases:
        return (conclusion, second), "IFF", (condition, first)
    return None


def _insist_on_size(scenario: Scenario, model: Model, reader: Refusals) -> None:
    values = values_in(to_file_form(scenario))
    if values > yaml_reader.MAX_VALUES:
        message = f"as a scenario the conflict has {values:,} values; a file holds {yaml_reader.MAX_VALUES:,}"
        reader.refuse(model.at.place, message, "rule states out, or say it in fewer conditions")
    elif len(saving.new_text(scenario).encode()) > text_guards.MAX_BYTES:
        message = f"as a scenario the conflict is larger than {text_guards.MAX_BYTES // 1_000_000} MB"
        reader.refuse(model.at.place, message, "rule states out, or give the options shorter names")
    reader.insist()


def _unplaced(model: Model) -> list[str]:
    return [f"line {each.line}: '{each.where}' has no place in a scenario, and is left out" for each in model.unplaced]
