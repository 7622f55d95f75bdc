"""Sentences about the states of a conflict: who would leave them, how they are reached, what would make them hold.

Pure functions from what the graph model answers to text: `explained`, `ways` and `inverse` give blocks of a briefing or
of the terminal. `Names` says how states and parties are spoken of.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from parley.briefing import words
from parley.briefing.prose import Run, items, paragraph, plain, strong, write
from parley.domain.briefing import Block
from parley.domain.conflict_answers import (
    Explained,
    Explanation,
    NamedState,
    Sanction,
    Standing,
    StateKey,
    StatementScore,
    Step,
    Verdict,
    Ways,
    WayTo,
)
from parley.domain.scenario import Scenario

__all__ = [
    "CONCEPTS_IN_WORDS",
    "ESCAPES",
    "WANTED",
    "Names",
    "explained",
    "leaves",
    "path_in_words",
    "stays",
    "unjudged",
    "ways",
]

CONCEPTS_IN_WORDS = {
    "R": "it cannot gain by a move",
    "GMR": "each gain could be taken away by the others, at whatever cost to them",
    "SMR": "each gain could be taken away by the others, at whatever cost to them, and it could not escape",
    "SEQ": "each gain would be taken away by others who gain by that themselves",
    "SSEQ": "each gain would be taken away by others who gain by that themselves, and it could not escape",
    "SIM": "each gain could come to nothing because others improve their lot at the same time",
}
"""When a decision maker stays in a state, by concept."""

WANTED = ("SEQ", "SSEQ", "SIM")
"""The concepts under which others answer only by what they gain by themselves."""

ESCAPES = ("SMR", "SSEQ")
"""The concepts under which an answer counts only if there is no escape from it."""

LISTED = 4
SIGNS = {"-": "not ", "not": "not ", "&": "and", "|": "or", "if": "if", "iff": "if and only if"}
COSTS = {"better": "", "same": " (with nothing to gain)", "worse": " (to its own loss)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How states, parties and moves are spoken of.

    Attributes
    ----------
    scenario : where the names come from
    states : the states that are spoken of, by number or id
    by_key : whether states are called by number or id, and told of in full where they come up first; otherwise always
        by what is done in them alone
    goal : a state that was just spoken of, to which moves go “there”
    told : states that have come up
    """

    scenario: Scenario
    states: Mapping[StateKey, NamedState]
    by_key: bool = True
    goal: StateKey | None = None
    told: set[StateKey] = field(default_factory=set)

    @classmethod
    def of(cls, scenario: Scenario, states: Iterable[NamedState], *, by_key: bool = True) -> Names:
        """Make names for the states of an answer."""
        return cls(scenario=scenario, states={each.id: each for each in states}, by_key=by_key)

    def anew(self) -> Names:
        """The same names for a new part of a text, in which no state has come up."""
        return dataclasses.replace(self, told=set())

    def party(self, party: str) -> str:
        """A party inside a sentence."""
        return words.in_sentence(self.scenario.party(party).name)

    def parties(self, parties: Iterable[str]) -> str:
        """Several parties inside a sentence."""
        return words.listed([self.party(each) for each in parties])

    def key(self, state: StateKey) -> str:
        """A state in the fewest words."""
        if not self.by_key:
            return f"“{self.states[state].label}”"
        return f"state {state}" if isinstance(state, int) else state

    def state(self, state: StateKey) -> str:
        """A state, with what is done in it where it comes up first."""
        label, known = self.states[state].label, state in self.told
        self.told.add(state)
        return self.key(state) if known or not self.by_key or label == str(state) else f"{self.key(state)} (“{label}”)"

    def states_listed(self, states: Sequence[StateKey]) -> str:
        """Several states, the first ones with what is done in them."""
        shown = [self.state(each) for each in states[:LISTED]]
        more = len(states) - len(shown)
        return words.listed([*shown, f"{words.count(more)} more"] if more else shown)

    @property
    def options(self) -> Mapping[str, str]:
        """The names of the options, by id."""
        conflict = self.scenario.conflict
        return {} if conflict is None else {option.id: option.name for option in conflict.options}

    def wish(self, says: str, told: str) -> str:
        """A preference statement in words: the scenario's, or else the expression with the names of the options."""
        if told:
            return f"“{told.rstrip('.')}”"
        names = {**self.options, **{str(k): name for k, name in enumerate(self.options.values(), start=1)}}

        def word(found: re.Match[str]) -> str:
            token = found.group()
            return SIGNS.get(token.lower()) or (f"“{names[token]}”" if token in names else token)

        return re.sub(r"\w+|[-&|]", word, says)

    def act(self, step: Step, *, where: bool = True) -> str:
        """What a mover does: the options that it changes, or else where it goes.

        Parameters
        ----------
        step : the move
        where : whether to say, too, which state it leads to
        """
        options, conflict = self.options, self.scenario.conflict
        before, after = self.states[step.start].options, self.states[step.to].options
        changed = {option: after[option] for option in options if before.get(option) != after.get(option)}
        named = conflict is not None and any(each.name for each in conflict.states)
        if named or not changed or None in changed.values():
            return "goes there" if step.to == self.goal else f"goes to {self.state(step.to)}"
        parts = [
            f"{verb} {words.listed([f'“{options[each]}”' for each, taken in changed.items() if taken is wanted])}"
            for verb, wanted in (("takes up", True), ("drops", False))
            if wanted in changed.values()
        ]
        return " and ".join(parts) + (f" ({self.key(step.to)})" if self.by_key and where else "")


def explained(found: Explanation, scenario: Scenario) -> list[Block]:
    """Tell of each state for whom it is stable under which concept, and why."""
    names = Names.of(scenario, found.states)
    return [block for each in found.explained for block in _explained(each, found.concepts, names.anew())]


def unjudged(scenario: Scenario, concepts: Iterable[str]) -> str:
    """Why nothing is said of SIM where every other concept is judged; empty where there is nothing to explain."""
    if {*CONCEPTS_IN_WORDS} - {*concepts} != {"SIM"}:
        return ""
    conflict = scenario.conflict
    if conflict is not None and (conflict.states or conflict.moves):
        return "SIM is not judged: it needs states that are one combination of options each, and no drawn moves."
    return "SIM is not judged: the conflict has too many states for it."


def _explained(found: Explained, concepts: Sequence[str], names: Names) -> list[Block]:
    state = names.states[found.state]
    kinds = [("This is the status quo.", state.status_quo), ("It counts as agreement.", state.agreement)]
    notes = [text for text, holds in kinds if holds]
    verdict = _verdict_on_all(found.equilibrium, concepts)
    opening = write("{state}. ", state=strong(_heading(found.state, names)))
    blocks: list[Block] = [paragraph((*opening, *plain(" ".join([_options(state, names), *notes, verdict]))))]
    for standing in found.parties:
        blocks += _standing(standing, found.state, names)
    return blocks


def _heading(state: StateKey, names: Names) -> str:
    told = names.state(state)
    return words.capital(told) if isinstance(state, int) else told


def _options(state: NamedState, names: Names) -> str:
    conflict = names.scenario.conflict
    if conflict is None or not conflict.options:
        return ""
    told = [
        (heading, [option.name for option in conflict.options if state.options.get(option.id) is value])
        for heading, value in (("Taken", True), ("Left", False), ("Either way", None))
    ]
    named = state.label == "; ".join(told[0][1])
    return " ".join(f"{heading}: {', '.join(found)}." for heading, found in told[named:] if found)


def _verdict_on_all(equilibrium: Sequence[str], concepts: Sequence[str]) -> str:
    against = [concept for concept in concepts if concept not in equilibrium]
    if not against:
        return f"It is an equilibrium under {words.listed(concepts)}: nobody would leave it."
    if not equilibrium:
        return f"It is no equilibrium under {words.listed(concepts, last='or')}: somebody would leave it."
    return f"It is an equilibrium under {words.listed(equilibrium)}, and not under {words.listed(against, last='or')}."


def _standing(standing: Standing, state: StateKey, names: Names) -> list[Block]:
    who = names.party(standing.party)
    place = f"in its ranking this state is at place {standing.rank} of {standing.ranks}"
    name = words.capital(who)
    if not standing.improvements:
        several = standing.moves > 1
        reach = f"{words.count(standing.moves)} other state{'s' * several}"
        prefers = "prefers none of them" if several else "does not prefer it"
        why = f"it can go to {reach} alone and {prefers}" if standing.moves else "it can do nothing alone here"
        head = write("{who} stays: {why}; {place}.", who=strong(name), why=why, place=place)
        return [paragraph(head), *items(_scores(standing.statements, names))]
    gains = names.states_listed(standing.improvements)
    head = write("{who} would gain by going to {gains}; {place}.", who=strong(name), gains=gains, place=place)
    runs = [_group(group, standing, state, names) for group in _alike(standing.verdicts)]
    return [paragraph(head), *items([*runs, *_scores(standing.statements, names)])]


def _alike(verdicts: Sequence[Verdict]) -> list[list[Verdict]]:
    """Verdicts that rest on the same, together: R apart from the others, since it asks for no answer."""
    groups: dict[object, list[Verdict]] = {}
    for each in verdicts:
        wanted = each.concept in WANTED if not each.stable else None
        key = (each.concept == "R", each.stable, wanted, each.unanswered, str(each.answers), each.concept == "SIM")
        groups.setdefault(key, []).append(each)
    return list(groups.values())


def _group(group: Sequence[Verdict], standing: Standing, state: StateKey, names: Names) -> Run:
    under, first = f"Under {words.listed([each.concept for each in group])}", group[0]
    if first.stable:
        answers = [stays(each, standing.party, state, names, at_once=first.concept == "SIM") for each in first.answers]
        return write("{under} it stays: {answers}.", under=strong(under), answers="; ".join(answers))
    return write("{under} it leaves: {why}.", under=strong(under), why=leaves(first, names))


def leaves(verdict: Verdict, names: Names) -> str:
    """Why a party would leave a state, as a part of a sentence."""
    assert verdict.unanswered is not None
    target = names.key(verdict.unanswered)
    if verdict.concept == "R":
        return f"it looks at its own move alone, and {target} is its best"
    if verdict.concept == "SIM":
        return f"nothing that the others would do for their own sake at the same time spoils {target}"
    others = "would do for their own sake" if verdict.concept in WANTED else "could do"
    if verdict.concept in ESCAPES:
        return f"whatever the others {others}, it keeps what it gains by {target} or can gain by one more move"
    return f"nothing that the others {others} takes away what it gains by {target}"


def stays(answer: Sanction, party: str, state: StateKey, names: Names, *, at_once: bool = False) -> str:
    """Why an improvement does not pay, as a part of a sentence."""
    first = Step(party=party, start=state, to=answer.improvement, change="better")
    goes, worse = f"it {names.act(first)}", f"which {names.party(party)} likes no better than now"
    if at_once:
        acts = words.listed([f"{names.party(step.party)} {names.act(step, where=False)}" for step in answer.steps])
        return f"if, as {goes}, {acts}, that ends in {names.state(answer.end)}, {worse}"
    back = " and it is back where it was" if answer.end == state else f", {worse}"
    return f"if {goes}, {path_in_words(answer.steps, names)}{back}"


def _scores(statements: Sequence[StatementScore], names: Names) -> list[Run]:
    found = []
    for heading, wanted in (("Its wishes that come true here", True), ("Its wishes that do not", False)):
        told = [names.wish(each.says, each.words) for each in statements if each.holds is wanted]
        if told:
            found.append(plain(f"{heading}, most important first: {'; '.join(told)}."))
    return found


def path_in_words(steps: Sequence[Step], names: Names) -> str:
    """A path as a sentence without its full stop: who does what, one after another, and who loses by it."""
    return ", then ".join(f"{names.party(step.party)} {names.act(step)}{COSTS[step.change]}" for step in steps)


def ways(found: Ways, scenario: Scenario) -> list[Block]:
    """Tell which states can be reached from the status quo, and by what shortest paths."""
    names = Names.of(scenario, found.states)
    extent = [
        f"{'all' if len(reached) == found.count else words.count(len(reached))} of {words.count(found.count)} states"
        if len(reached) != found.count
        else f"all {words.count(found.count)} states"
        for reached in (found.by_moves, found.by_improvements)
    ]
    opening = (
        f"From the status quo, {names.state(found.status_quo)}, moves can lead to {extent[0]}, and moves that each "
        f"better their mover to {extent[1]}, itself included. Nobody moves twice in a row."
    )
    blocks: list[Block] = [paragraph(plain(opening))]
    if not found.ways:
        blocks.append(paragraph(plain(f"No state is an equilibrium under {words.listed(found.concepts, last='or')}.")))
    for way in found.ways:
        blocks += _way(way, found.status_quo, names.anew())
    return blocks


def _way(way: WayTo, start: StateKey, names: Names) -> list[Block]:
    rests = f"an equilibrium under {words.listed(way.equilibrium)}" if way.equilibrium else "no equilibrium"
    if way.moves is None:
        ends = "it cannot be reached."
    elif way.state == start:
        ends = "it is where the conflict stands."
    else:
        steps = f"{words.count(way.moves)} move{'s' * (way.moves > 1)} at the least"
        ends = f"{steps}, and only against somebody's preference." if way.improvements is None else f"{steps}."
    state = strong(names.state(way.state))
    blocks: list[Block] = [paragraph(write("To {state}, {rests}: {ends}", state=state, rests=rests, ends=ends))]
    runs = [plain(f"{words.capital(path_in_words(path, names))}{_gains(path)}.") for path in way.shortest if path]
    if not way.complete:
        runs.append(plain("There are more paths as short as these."))
    if way.willing is not None and way.willing not in way.shortest:
        runs.append(plain(f"So that each gains by its move: {path_in_words(way.willing, names)}."))
    if way.reluctant is not None and all(_costs(path) > _costs(way.reluctant) for path in way.shortest):
        runs.append(plain(f"Against the fewest preferences: {path_in_words(way.reluctant, names)}."))
    return [*blocks, *items(runs)]


def _costs(path: Sequence[Step]) -> int:
    return sum(step.change != "better" for step in path)


def _gains(path: Sequence[Step]) -> str:
    if _costs(path):
        return ""
    return "; each gains by its move" if len(path) > 1 else "; it gains by that"
