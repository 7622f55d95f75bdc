"""A talk in words, line by line, for the page and for the terminal: `lines`.

What a party does for several steps is one line: where it stood, where it went, on which issues, and why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parley.briefing import units, words
from parley.domain.scenario import Scenario

__all__ = ["Line", "ending", "lines", "manner", "rungs_left_out"]

Move = Mapping[str, Any]

GROUPS = {"concedes": "moves", "tempts": "moves", "hardens": "moves", "holds": "moves", "stalls": "stalls"}
"""Kinds of moves that belong together; any other stands by itself."""

SHOWN = 3
"""As many issues are named on which a party has moved."""

PACE_WORDS = {
    "boulware": "holds out until the end",
    "linear": "gives way evenly",
    "conceder": "gives way early",
    "tit_for_tat": "gives as much as it gets",
    "micro": "names one package more for each new one that it hears",
}

PLOY_WORDS = {
    "stall": "stalls",
    "tempt": "tempts",
    "press_third_party": "presses the broker",
    "threaten": "threatens",
    "walk_away": "may walk away",
}


BROKER_WORDS = {"press_third_party": "leans on whom it is asked to", "walk_away": "leaves halfway if there is no deal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the story.

    Attributes
    ----------
    when : the steps, such as `2` or `2-6`
    party : id of the party; None for the end of the clock
    text : what it does and why
    """

    when: str
    party: str | None
    text: str


def lines(scenario: Scenario, path: Mapping[str, Any]) -> list[Line]:
    """Tell one typical path.

    Parameters
    ----------
    scenario : gives names and units
    path : one of `paths` of the engine's detail, with points as `Spot`
    """
    runs: list[list[Move]] = []
    last: dict[str | None, list[Move]] = {}
    for move in path["moves"]:
        run = last.get(move["party"])
        if run is not None and GROUPS.get(run[-1]["kind"], "") == GROUPS.get(move["kind"], move["kind"]):
            run.append(move)
            continue
        last[move["party"]] = [move]
        runs.append(last[move["party"]])
    told: dict[str | None, Move] = {}
    result = []
    for run in runs:
        result.append(_line(scenario, run, told.get(run[0]["party"])))
        if run[-1]["package"] is not None:
            told[run[0]["party"]] = run[-1]
    return result


def manner(path: Mapping[str, Any], party: str) -> str:
    """How a party negotiates on this path, in words."""
    signs = party in path["paces"]
    words = PLOY_WORDS if signs else PLOY_WORDS | BROKER_WORDS
    parts = [PACE_WORDS[path["paces"][party]]] if signs else []
    return ", ".join([*parts, *(words[ploy] for ploy in path["ploys"].get(party, []))])


def ending(path: Mapping[str, Any]) -> str:
    """How a path ends."""
    return {
        "agreement": f"They agree in step {path['step']}",
        "left": f"Somebody leaves in step {path['step']}",
        "deadline": "The clock runs out without agreement",
    }[path["ends"]]


def rungs_left_out(scenario: Scenario, detail: Mapping[str, Any]) -> str:
    """Say of which issues the talks leave rungs out; empty where of none.

    Parameters
    ----------
    scenario : gives names
    detail : what the engine says of the talks
    """
    told = [
        f"{scenario.issue(issue).name} ({each['kept']} of {each['stated']} rungs)"
        for issue, each in detail["rungs_left_out"].items()
    ]
    if not told:
        return ""
    return (
        "All rungs together would make too many packages, so that the talks are about a part of them, evenly spread: "
        f"{words.listed(told)}."
    )


def _line(scenario: Scenario, run: Sequence[Move], before: Move | None) -> Line:
    first, last = run[0], run[-1]
    when = f"{first['step']}" if last["until"] == first["step"] else f"{first['step']}-{last['until']}"
    verb = {
        "presses": "Presses: ",
        "threatens": "Threatens: ",
        "proposes": "Proposes a package: ",
        "settles": "Proposes a package: ",
        "opens": "Opens: ",
        "stalls": "Stalls: ",
        "accepts": "Accepts: ",
        "silent": "Says nothing: ",
        "walks_away": "Walks away: ",
        "deadline": "The end: ",
    }.get(first["kind"])
    if verb is None:
        return Line(when=when, party=first["party"], text=_moved(scenario, run, before))
    text = f"{verb}{_named(scenario, first['why'])}"
    if first["kind"] in ("accepts", "settles"):
        text += f". {_settled(scenario, last)}"
    return Line(when=when, party=first["party"], text=text)


def _moved(scenario: Scenario, run: Sequence[Move], before: Move | None) -> str:
    """What a party gave way on over some steps, or why it did not."""
    moving = [move for move in run if move["kind"] != "holds"]
    if not moving:
        return f"Holds: {_named(scenario, run[0]['why'])}"
    tempts = any(move["kind"] == "tempts" for move in moving)
    changes = _changes(scenario, before, moving[-1]) if before is not None else []
    on = f" on {'; '.join(changes)}" if changes else ""
    verb = "Tempts, giving way" if tempts else "Gives way" if moving[-1]["kind"] == "concedes" else "Hardens"
    return f"{verb}{on}. At the end {_named(scenario, moving[-1]['why'])}"


def _changes(scenario: Scenario, before: Move, after: Move) -> list[str]:
    """The issues that changed most, as a share of their scale, with both places in their own unit."""
    moved = []
    for issue_id, place in after["package"].items():
        start = before["package"].get(issue_id)
        if start is not None and abs(float(place) - float(start)) > 0.5:
            issue = scenario.issue(issue_id)
            text = f"{issue.name} from {units.rounded(issue, float(start))} to {units.rounded(issue, float(place))}"
            moved.append((-abs(float(place) - float(start)), text))
    found = [text for _, text in sorted(moved)]
    more = len(found) - SHOWN
    return [*found[:SHOWN], f"{more} more"] if more > 0 else found


def _settled(scenario: Scenario, move: Move) -> str:
    parts = []
    for issue_id, place in move["package"].items():
        issue = scenario.issue(issue_id)
        parts.append(f"{issue.name} at {units.rounded(issue, float(place))}")
    return f"Agreed: {', '.join(parts)}"


def _named(scenario: Scenario, text: str) -> str:
    """Put names in place of ids."""
    names = {party.id: party.name for party in scenario.parties} | {
        issue.id: issue.name.lower() if issue.name[1:2].islower() else issue.name for issue in scenario.issues
    }
    for name in sorted(names, key=len, reverse=True):
        text = _replaced(text, name, names[name])
    return text


def _replaced(text: str, name: str, shown: str) -> str:
    return re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", shown, text)
