"""Which states of the conflict hold and why, in a picture and in words; and what would make an agreement hold."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parley.briefing import words
from parley.briefing.conflict_words import CONCEPTS_IN_WORDS, ESCAPES, WANTED, Names, path_in_words, stays
from parley.briefing.desk import Desk
from parley.briefing.inverse_words import change_in_words, order_in_words
from parley.briefing.prose import Run, caution, items, joined, paragraph, plain, strong, write
from parley.briefing.sections.states import states
from parley.domain.briefing import Block, Piece, Section
from parley.domain.conflict_answers import Explained, Finding, NamedState, Standing, StateKey, Step, WayTo
from parley.engines.graph_model import GraphModel
from parley.engines.graph_model.explanations import explanation
from parley.engines.graph_model.inverse import Question, fewest_statements, fewest_swaps, mentioned
from parley.engines.graph_model.reading import AnyConcept, Reading, read
from parley.engines.graph_model.together import jumps
from parley.engines.graph_model.ways import ways
from parley.errors import EngineError

__all__ = ["section"]

ENGINE = "graph_model"

SHOWN = 4
"""As many resting points are told of one by one."""

MOST_STATES = 1024
"""Of a conflict with more states nothing is told state by state."""

LASTS = ", whatever the others would do"

SEARCHED = 40
"""A search for preferences is given up after so many rankings of all parties: a briefing is not kept waiting."""


def section(desk: Desk) -> Section:
    """Write the section on what would hold."""
    if ENGINE not in desk.baseline.runs or desk.scenario.conflict is None:
        blocks: list[Block] = [
            paragraph(plain("No model here says which state of affairs would hold, or who leaves it."))
        ]
    else:
        try:
            blocks = _told(desk)
        except EngineError as error:
            blocks = [paragraph(plain(f"What would hold is not known: {str(error).rstrip('.')}."))]
    return Section(id="resting-points", title="What would hold, and who would leave", blocks=tuple(blocks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the section speaks of.

    Attributes
    ----------
    desk : the briefing's desk
    reading : the conflict at the most plausible numbers
    concept : the stability of a resting point
    resting : positions of the resting points
    """

    desk: Desk
    reading: Reading
    concept: AnyConcept
    resting: tuple[int, ...]

    def names(self, states: Sequence[NamedState]) -> Names:
        """How states are spoken of here: by what is done in them."""
        return Names.of(self.desk.scenario, states, by_key=False)


def _told(desk: Desk) -> list[Block]:
    engine = GraphModel(**desk.baseline.runs[ENGINE].made.parameters)
    reading = read(desk.scenario, max_states=engine.max_states)
    if reading.model.states.ids.size > MOST_STATES:
        many = "The conflict has too many states to tell of each; “parley graph explain” speaks of any of them."
        return [paragraph(plain(many)), *states(desk)]
    holds = reading.holds_under([engine.concept])[engine.concept] & reading.model.reachable
    resting = tuple(np.flatnonzero(holds).tolist())
    subject = Subject(desk=desk, reading=reading, concept=engine.concept, resting=resting)
    together = _together(subject, engine) if reading.model.states.ids.size <= engine.extended_states else []
    return [*_resting(subject), *together, *_status_quo(subject), *_wished(subject)]


def _resting(subject: Subject) -> list[Block]:
    """Each resting point, why it holds, and how the conflict could come to it."""
    count = len(subject.resting)
    meaning = CONCEPTS_IN_WORDS[subject.concept]
    alone = "" if subject.concept == "R" else "it cannot gain by a move, or "
    number = f"{words.count(count)} state{'s' * (count != 1)} of affairs"
    opening = (
        f"On the most plausible numbers, the graph model finds {number} in which the conflict could come to rest. A "
        f"state holds where every party stays: {alone}{meaning}."
    )
    blocks: list[Block] = [paragraph(plain(opening)), *states(subject.desk)]
    if not count:
        return [*blocks, *_others_that_hold(subject)]
    told = subject.resting[:SHOWN]
    found = explanation(subject.reading, told, [subject.concept])
    reached = ways(subject.reading, told, [subject.concept], most=1)
    names = subject.names((*found.states, *reached.states))
    pairs = zip(found.explained, reached.ways, strict=True)
    blocks += items([_point(subject, each, way, names) for each, way in pairs])
    if count > SHOWN:
        blocks.append(paragraph(plain(f"{words.capital(words.count(count - SHOWN))} more are not told of here.")))
    return [*blocks, *_others_that_hold(subject)]


def _point(subject: Subject, each: Explained, way: WayTo, names: Names) -> Run:
    state = names.states[each.state]
    kind = {True: ", an agreement", False: ", no agreement", None: ""}[state.agreement]
    share = _share(subject, each.state)
    label = strong(f"“{state.label}”")
    head = write("{label}{mark}{kind}{share}.", label=label, mark=_mark(subject, state), kind=kind, share=share)
    tempted = [standing for standing in each.parties if standing.improvements]
    why = [_kept(standing, each.state, names) for standing in tempted]
    still = "Nobody could gain by moving away." if not tempted else "Nobody else could gain by moving away."
    if len(tempted) == len(each.parties):
        still = ""
    reached = plain(_reached(way, dataclasses.replace(names, goal=each.state)))
    return joined([head, *map(plain, why), plain(still), reached], separator=" ", last=" ")


def _mark(subject: Subject, state: NamedState) -> Run:
    """What the picture calls a state."""
    if state.label == str(state.id):
        return ()
    mark = Piece(text=str(state.id), basis=subject.desk.result(ENGINE, "states"))
    return write(" ({mark} in the picture)", mark=mark)


def _share(subject: Subject, state: StateKey) -> Run:
    desk = subject.desk
    if desk.baseline.draws == 0:
        return ()
    share = _shares(desk).get(state, 0.0)
    if share == 1:
        return plain(", holds in every draw")
    return write(", holds in {share} of draws", share=desk.share(share, desk.result(ENGINE, "equilibrium")))


def _shares(desk: Desk) -> dict[StateKey, float]:
    """In what share of the draws each state holds."""

    def found() -> dict[StateKey, float]:
        data = desk.data(ENGINE)
        if data is None or "equilibrium" not in data:
            return {}
        shares = np.asarray(data["equilibrium"].transpose("draw", "state"), dtype=np.float64).mean(axis=0)
        return dict(zip(data["state"].values.tolist(), shares.tolist(), strict=True))

    return desk.once("shares of draws in which states hold", found)


def _kept(standing: Standing, state: StateKey, names: Names) -> str:
    """Why a party that could gain stays, by its best gain."""
    verdict = standing.verdicts[0]
    best = next((each for each in verdict.answers if each.improvement == standing.improvements[0]), None)
    who = words.capital(names.party(standing.party))
    more = len(standing.improvements) - 1
    rest = f" ({words.count(more)} other gain{'s' * (more != 1)} of its would be answered, too)" if more else ""
    assert best is not None
    answer = stays(best, standing.party, state, names, at_once=verdict.concept == "SIM")
    return f"{who} would gain, but {answer}{rest}."


def _reached(way: WayTo, names: Names) -> str:
    if way.moves == 0:
        return "This is how things stand."
    path = way.willing or way.reluctant
    if path is None:
        return "Moves cannot lead there from the status quo."
    how = "if each moves to its own gain" if way.willing else "only if somebody moves against its own preference"
    return f"It can be reached {how}: {path_in_words(path, names)}."


def _others_that_hold(subject: Subject) -> list[Block]:
    """The state that holds most often over the draws besides."""
    desk, reading = subject.desk, subject.reading
    known = {reading.key(place) for place in subject.resting}
    others = {state: share for state, share in _shares(desk).items() if state not in known and share > 0}
    if not others or desk.baseline.draws == 0:
        return []
    state = max(others, key=lambda each: others[each])
    place = reading.model.states.ids.tolist().index(state)
    (named,) = reading.named([place])
    kind = {True: ", an agreement", False: ", no agreement", None: ""}[named.agreement]
    share = desk.share(others[state], desk.result(ENGINE, "equilibrium"))
    text = "On other numbers of the ranges others hold; the most frequent is “{label}”{kind}, in {share} of draws."
    return [paragraph(write(text, label=named.label, kind=kind, share=share))]


def _together(subject: Subject, engine: GraphModel) -> list[Block]:
    """Who would together go from one resting point to another."""
    reading = subject.reading
    found = jumps(reading.model, reading.rank, subject.resting, engine.coalition_moves)
    if not found:
        return []
    names = subject.names(reading.named(subject.resting))
    told = [
        f"{names.parties(who)} would go from {names.key(reading.key(start))} to {names.key(reading.key(end))}"
        for who, start, end in found
    ]
    opening = "That is so while each moves for itself. Parties that move together could go on to what they all prefer"
    return [paragraph(plain(f"{opening}: {'; '.join(told)}."))]


def _status_quo(subject: Subject) -> list[Block]:
    """Who would leave the status quo, and for what."""
    now = subject.reading.model.status_quo
    if now is None or now in subject.resting:
        return []
    found = explanation(subject.reading, [now], [subject.concept])
    names = subject.names(found.states)
    leaving = [each for each in found.explained[0].parties if not each.verdicts[0].stable]
    now_named = names.states[found.explained[0].state]
    told = [
        f"{names.party(each.party)} gains if it {names.act(_departure(each, found.explained[0].state))}"
        for each in leaving
    ]
    lasting = "" if subject.concept == "R" else LASTS
    lasting += " for their own sake" if subject.concept in WANTED else ""
    lasting += ", if need be by one more move of its own" if subject.concept in ESCAPES else ""
    return [
        paragraph(
            write(
                "The status quo, “{label}”{mark}, does not hold: {why}.",
                label=now_named.label,
                mark=_mark(subject, now_named),
                why=f"{'; '.join(told)}{lasting}",
            )
        )
    ]


def _departure(standing: Standing, state: StateKey) -> Step:
    to = standing.verdicts[0].unanswered
    assert to is not None
    return Step(party=standing.party, start=state, to=to, change="better")


def _wished(subject: Subject) -> list[Block]:
    """What would have to change in whose preferences for the agreement that the asking party likes best to hold."""
    reading, desk = subject.reading, subject.desk
    wished = _best_agreement(subject)
    if wished is None:
        return []
    (named,) = reading.named([wished])
    likes = f"Of the agreements that moves can reach, {desk.asker} likes best “{named.label}”."
    if wished in subject.resting:
        return [paragraph(plain(f"{likes} It is one of those that hold."))]
    ready = range(len(reading.model.makers))
    question = Question(reading, wished, subject.concept, SEARCHED, judged=(subject.concept,))
    orders = fewest_statements(question, ready)
    change = orders if orders is not None and orders.outcome == "found" else fewest_swaps(question, ready)
    names = subject.names(reading.named({wished, *mentioned(reading, change)}))
    limits = (
        "This says which preferences would do, not what it takes to change them, and of several changes that are "
        "equally small it shows one. “parley graph inverse” asks it of any state, and of the parties that can be "
        "persuaded."
    )
    return [paragraph(plain(likes), plain(_change(change, names))), caution(plain(limits))]


def _best_agreement(subject: Subject) -> int | None:
    """The agreement within reach that the asking party ranks highest; None where there is none, or it ranks nothing."""
    model, asker = subject.reading.model, subject.desk.comparison.asked_by
    if model.agreement is None or asker not in model.makers:
        return None
    possible = np.flatnonzero(model.agreement & model.reachable)
    if not possible.size:
        return None
    return int(possible[np.argmin(subject.reading.rank[model.makers.index(asker), possible])])


def _change(change: Finding, names: Names) -> str:
    if change.outcome == "impossible":
        return "No change of preferences makes it hold: that was proved."
    if change.size is None:
        return "Which change of preferences would make it hold was too much to search here."
    parts = [
        *(order_in_words(each, names) for each in change.orders),
        *(change_in_words(each, names) for each in change.rankings),
    ]
    least = "" if change.outcome == "found" else " A smaller change may do as well."
    return f"For that to hold, {'; '.join(parts)}.{least} Nothing else need change."
