"""The state graph of a conflict as a picture: `state_graph`, from what the graph model finds to a `Chart`.

`drawn` makes it of a scenario alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from parley.briefing import words
from parley.briefing.prose import Cells, table
from parley.domain.briefing import Chart, Piece
from parley.domain.scenario import Scenario
from parley.engines.graph_model import GraphModel
from parley.engines.graph_model.state_graph import StateGraph
from parley.errors import UsageError
from parley.methods.graph_outline import Line, lines, salient

__all__ = ["MOST_STATES", "drawn", "state_graph", "title"]

MOST_STATES = 40
"""With more states than this the picture shows the status quo, what holds, and the shortest paths to it."""

MOST_LINES = {True: 120, False: 60}
"""With more lines than this, where options tell the states apart or not, only those are drawn that are a gain."""

FEW = 5
"""With more choices than this a mover's columns or rows are not tried in every order."""

SHORT = 4
"""Ids of states that are longer than this give way to numbers."""

TARGETS = 4
"""As many states are named at most to which a party would gain by moving."""

STABILITY = {
    "R": "Nash stability",
    "GMR": "general metarationality",
    "SMR": "symmetric metarationality",
    "SEQ": "sequential stability",
    "SSEQ": "symmetric sequential stability",
    "SIM": "simultaneous stability",
}


def drawn(scenario: Scenario) -> Chart:
    """Draw a scenario's state graph, with what holds by the graph model as it is unless it is told otherwise.

    Raises
    ------
    UsageError
        If the scenario has no conflict.
    EngineError
        If the conflict has no states or too many.
    """
    if scenario.conflict is None:
        raise UsageError("the scenario has no conflict, so there are no states to draw; it needs a section `conflict`")
    return state_graph(scenario, GraphModel().graph(scenario))


def state_graph(scenario: Scenario, graph: StateGraph, *, basis: str | None = None) -> Chart:
    """Draw the states of a conflict, the moves between them, and the states that hold.

    Parameters
    ----------
    scenario : the scenario
    graph : its state graph
    basis : what the numbers of the table rest on
    """
    shown = _Drawn.of(graph)
    moving = {line.mover for line in shown.lines}
    parties = [(k, scenario.party(maker)) for k, maker in enumerate(graph.model.makers) if k in moving]
    ids = scenario.party_ids
    columns = ("State", "What it is", "Who would gain by a move if nobody answered, and to which states")
    return Chart(
        id="state-graph",
        title=title(graph),
        subtitle=_subtitle(graph, shown),
        kind="states",
        data={
            "parties": [{"id": each.id, "name": each.name, "colour": ids.index(each.id)} for _, each in parties],
            **_states(scenario, graph, shown),
            "rows": [_row(scenario, graph, shown, line) for line in shown.lines],
        },
        alt=_alt(scenario, graph, shown),
        table=table("The states of the picture", columns, _cells(scenario, graph, shown, basis)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """What of a state graph is drawn.

    Attributes
    ----------
    marks : the short name of each state, drawn or not
    states : the states that are drawn
    whole : whether all states are drawn that lie on the shortest paths to those that hold and are drawn
    lines : the lines that are drawn
    following : number of moves between these states that follow from lines
    idle : number of moves between them without gain for their mover that are left out
    """

    marks: tuple[str, ...]
    states: tuple[int, ...]
    whole: bool
    lines: tuple[Line, ...]
    following: int
    idle: int

    @classmethod
    def of(cls, graph: StateGraph) -> _Drawn:
        count = int(graph.model.states.ids.size)
        held = np.flatnonzero(graph.equilibrium).tolist()
        chosen, whole = tuple(range(count)), True
        if count > MOST_STATES:
            chosen, whole = salient(graph.moves, held, graph.model.status_quo, most=MOST_STATES)
        here = frozenset(chosen)
        moves = sum(len(lists[state] & here) for lists in graph.moves for state in chosen)
        every = lines(graph.moves, graph.rank, chosen)
        many = len(every) > MOST_LINES[bool(graph.model.names)]
        kept = tuple(line for line in every if line.gains) if many else every
        ids = [str(each) for each in graph.model.states.ids.tolist()]
        short = all(len(each) <= SHORT for each in ids)
        return cls(
            marks=tuple(ids if short else [f"{number}" for number in range(1, count + 1)]),
            states=chosen,
            whole=whole,
            lines=kept,
            following=moves - _heads(every),
            idle=_heads(every) - _heads(kept),
        )


def _heads(found: Sequence[Line]) -> int:
    """How many moves are lines, or the way back along one."""
    return sum(line.up + line.down for line in found)


# What the picture needs.


def _states(scenario: Scenario, graph: StateGraph, drawn: _Drawn) -> dict[str, Any]:
    """The choices of the movers, and the states."""
    choices, taken = _choices(scenario, graph, drawn)
    model = graph.model
    found = [
        {
            "id": drawn.marks[state],
            "name": model.label(state),
            "at": {maker: taken[maker][state] for maker in choices},
            "now": state == model.status_quo,
            "holds": bool(graph.equilibrium[state]),
            "agreed": _agreed(graph, state),
            "reached": bool(model.reachable[state]) or model.status_quo is None,
            "said": _said(scenario, graph, drawn, state),
        }
        for state in drawn.states
    ]
    return {"choices": choices, "states": found}


def _choices(
    scenario: Scenario, graph: StateGraph, drawn: _Drawn
) -> tuple[dict[str, list[str]], dict[str, dict[int, int | None]]]:
    """By mover, what it can do with its options in the drawn states, and which of these it does in each.

    They come in an order in which the lines of the mover are short, and run forwards where it gains.
    """
    model = graph.model
    options = scenario.conflict.options if scenario.conflict is not None else ()
    wide = [bool(each.any()) for each in model.states.left_open]
    choices: dict[str, list[str]] = {}
    taken: dict[str, dict[int, int | None]] = {}
    for i, maker in enumerate(model.makers if options else ()):
        own = [k for k, option in enumerate(options) if option.party == maker]
        by_state = {
            state: None if model.states.left_open[state, own].any() else tuple(model.states.taken[state, own].tolist())
            for state in drawn.states
        }
        places: dict[Does, list[int]] = {}
        for state, does in by_state.items():
            if does is not None:
                places.setdefault(does, []).append(int(graph.rank[i, state]))
        # Lines to a state that stands between columns or rows are to come from both sides, so they count double
        pairs = [
            (by_state[line.worse], by_state[line.better], 1 + (wide[line.worse] or wide[line.better]), line.gains)
            for line in drawn.lines
            if line.mover == i
        ]
        order = _in_order(places, pairs)
        choices[maker] = ["; ".join(options[k].name for k, yes in zip(own, does, strict=True) if yes) for does in order]
        taken[maker] = {state: None if does is None else order.index(does) for state, does in by_state.items()}
    return choices, taken


Does = tuple[bool, ...]
"""Which of its options a mover takes."""


def _in_order(
    places: Mapping[Does, Sequence[int]], pairs: Sequence[tuple[Does | None, Does | None, int, bool]]
) -> list[Does]:
    """Order what a mover does: what it likes least on average first, unless another order makes its lines shorter.

    Parameters
    ----------
    places : by what it does, its ranks of the states in which it does that
    pairs : by line, what it does in the worse and the better state, how much the line counts, and whether it is a gain
    """
    start = sorted(places, key=lambda does: (-sum(places[does]) / len(places[does]), does))
    if len(start) > FEW:
        return start

    def cost(order: tuple[Does, ...]) -> tuple[int, int]:
        number = {does: k for k, does in enumerate(order)}
        steps = [
            (number[b] - number[a], weight, gains) for a, b, weight, gains in pairs if a is not None and b is not None
        ]
        return sum(weight * abs(step) for step, weight, _ in steps), sum(step < 0 for step, _, gains in steps if gains)

    best: tuple[Does, ...] = min(itertools.permutations(start), key=cost)
    return list(best)


def _row(scenario: Scenario, graph: StateGraph, drawn: _Drawn, line: Line) -> dict[str, Any]:
    """A line, from where its mover comes; where both ways are open, to what it likes better."""
    start, end = (line.worse, line.better) if line.up else (line.better, line.worse)
    maker = graph.model.makers[line.mover]
    does = "gains by moving" if line.gains else "can move, and gains nothing,"
    back = "; it can also move back" if line.up and line.down else ""
    said = f"{scenario.party(maker).name} {does} from {drawn.marks[start]} to {drawn.marks[end]}{back}"
    ends = {"from": drawn.marks[start], "to": drawn.marks[end]}
    return {"party": maker, **ends, "gains": line.gains, "back": line.up and line.down, "said": said}


def _agreed(graph: StateGraph, state: int) -> bool:
    return graph.model.agreement is not None and bool(graph.model.agreement[state])


def _standing(graph: StateGraph, state: int) -> list[str]:
    """What is to be known of a state: that it is so now, holds, counts as agreement."""
    told = (
        (state == graph.model.status_quo, "now"),
        (graph.equilibrium[state], "holds"),
        (_agreed(graph, state), "counts as agreement"),
        (graph.model.status_quo is not None and not graph.model.reachable[state], "out of reach"),
    )
    return [text for yes, text in told if yes]


def _said(scenario: Scenario, graph: StateGraph, drawn: _Drawn, state: int) -> str:
    told = "; ".join(_standing(graph, state))
    gains = "; ".join(f"{party} {where}" for party, where in _gains(scenario, graph, drawn, state))
    text = f"{drawn.marks[state]}: {graph.model.label(state)}" + (f" ({told})" if told else "")
    return f"{text}. Would gain by a move: {gains}" if gains else text


def _gains(scenario: Scenario, graph: StateGraph, drawn: _Drawn, state: int) -> list[tuple[str, str]]:
    """The parties that would gain by leaving a state, and where to."""
    found = []
    for i, maker in enumerate(graph.model.makers):
        place = graph.rank[i]
        better = sorted(q for q in graph.moves[i][state] if place[q] < place[state])
        if better:
            named = [drawn.marks[q] for q in better[:TARGETS]]
            rest = len(better) - len(named)
            found.append((scenario.party(maker).name, f"to {words.listed([*named, *([f'{rest} more'] * (rest > 0))])}"))
    return found


# What is told beside the picture.


def title(graph: StateGraph) -> str:
    """Say how many states hold, and how many of these are within reach, or agreements."""
    held = np.flatnonzero(graph.equilibrium)
    if not held.size:
        return "By the graph model no state holds"
    start = (
        "By the graph model one state holds"
        if held.size == 1
        else (f"By the graph model {words.count(held.size)} states hold")
    )
    if graph.model.status_quo is not None and not (within := graph.model.reachable[held]).all():
        return f"{start}, {_share(int(within.sum()), held.size)} within reach"
    if graph.model.agreement is None:
        return start
    agreed = int(graph.model.agreement[held].sum())
    noun = "an agreement" if held.size == 1 or agreed < 2 else "agreements"
    return f"{start}, {_share(agreed, held.size)} {noun}"


def _share(part: int, whole: int) -> str:
    """Say how many of several, to follow a comma: "none of them"."""
    if whole == 1:
        return "which is" if part else "which is not"
    return "all of them" if part == whole else f"{words.count(part) if part else 'none'} of them"


def _subtitle(graph: StateGraph, drawn: _Drawn) -> str:
    count, shown = int(graph.model.states.ids.size), len(drawn.states)
    held = int(graph.equilibrium.sum())
    at = f"at the most plausible numbers; a state holds where {_holding(graph.concept)}"
    if shown == count:
        told = [f"All {words.count(count)} states and the moves between them, {at}"]
    else:
        ways = "those" if drawn.whole else "as many as there is room for"
        told = [
            f"Of {words.count(count)} states the picture shows {words.count(shown)}: the present one, those that hold, "
            f"and {ways} on the shortest ways there; {at}"
        ]
        left_out = held - sum(bool(graph.equilibrium[state]) for state in drawn.states)
        if left_out:
            told.append(f"{words.capital(words.count(left_out))} that hold are left out, as further off")
    if drawn.following:
        told.append(
            "A party may also go along several of its own arrows at once: "
            f"{words.count(drawn.following)} such {_moves(drawn.following)} without an arrow"
        )
    if drawn.idle:
        told.append(
            f"{words.capital(words.count(drawn.idle))} {_moves(drawn.idle)} left out that gain their mover nothing"
        )
    return ". ".join(told)


def _holding(concept: str) -> str:
    answered = "" if concept == "R" else ", once the others have answered"
    return f"nobody gains by leaving it{answered} ({STABILITY[concept]})"


def _moves(count: int) -> str:
    return "move is" if count == 1 else "moves are"


def _alt(scenario: Scenario, graph: StateGraph, drawn: _Drawn) -> str:
    """The picture in words."""
    movers = words.listed([words.in_sentence(scenario.party(maker).name) for maker in graph.model.makers])
    now = graph.model.status_quo
    held = [state for state in drawn.states if graph.equilibrium[state]]
    told = [f"A graph of {words.count(len(drawn.states))} states, with arrows for the moves of {movers}"]
    if now is not None:
        told.append(f"Now: {drawn.marks[now]}, {graph.model.label(now)}")
    if held:
        told.append("Holding: " + "; ".join(f"{drawn.marks[state]}, {graph.model.label(state)}" for state in held))
    return ". ".join(told) + "."


def _cells(scenario: Scenario, graph: StateGraph, drawn: _Drawn, basis: str | None) -> list[Cells]:
    """By state, what it is, and who would leave it."""
    rows: list[Cells] = []
    for state in drawn.states:
        standing = "; ".join(_standing(graph, state))
        label = graph.model.label(state) + (f" ({standing})" if standing else "")
        gains = "; ".join(f"{party} {where}" for party, where in _gains(scenario, graph, drawn, state))
        rows.append((Piece(text=drawn.marks[state], basis=basis), label, Piece(text=gains or "–", basis=basis)))
    return rows
