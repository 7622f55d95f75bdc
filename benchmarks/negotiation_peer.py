"""NegMAS on the same domains, in a process of its own with a Python of its own: for benchmarks only.

Set the environment variable `PARLEY_NEGMAS_PYTHON` to a Python interpreter that has it (`pip install negmas` into a
separate environment); Parley neither ships nor imports it. Times are CPU seconds of the peer's process, without its
start and its imports.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["PYTHON", "Game", "bargained", "frontier_and_nash", "tournament"]

PYTHON = os.environ.get("PARLEY_NEGMAS_PYTHON")

PEER = """
import json, sys, time
from negmas import SAOMechanism, LinearAdditiveUtilityFunction, make_issue, make_os
from negmas.preferences import nash_points, pareto_frontier
from negmas.preferences.value_fun import TableFun
from negmas.sao import (
    BoulwareTBNegotiator, ConcederTBNegotiator, LinearTBNegotiator, MiCRONegotiator, NaiveTitForTatNegotiator,
)

KINDS = {
    "boulware": BoulwareTBNegotiator, "linear": LinearTBNegotiator, "conceder": ConcederTBNegotiator,
    "micro": MiCRONegotiator, "tit_for_tat": NaiveTitForTatNegotiator,
}

def domain(game):
    issues = [make_issue(list(map(str, range(size))), f"i{k}") for k, size in enumerate(game["sizes"])]
    space = make_os(issues)
    functions = [
        LinearAdditiveUtilityFunction(
            values=[TableFun({str(at): float(each) for at, each in enumerate(table)}) for table in worth],
            weights=weight, outcome_space=space, reserved_value=reserve,
        )
        for worth, weight, reserve in zip(game["worth"], game["weight"], game["reserve"])
    ]
    return issues, space, functions

def frontier_and_nash(game):
    issues, space, functions = domain(game)
    start = time.process_time()
    points, places = pareto_frontier(functions, issues=issues)
    found = time.process_time()
    nash = nash_points(functions, points, outcome_space=space)
    end = time.process_time()
    return {"frontier": [list(map(float, each)) for each in points],
            "nash": [list(map(float, each)) for each, _ in nash],
            "seconds": end - start, "seconds_of_frontier": found - start}

def talks(game, kinds, steps):
    issues, space, functions = domain(game)
    start = time.process_time()
    mechanism = SAOMechanism(outcome_space=space, n_steps=steps)
    for kind, function in zip(kinds, functions):
        mechanism.add(KINDS[kind](ufun=function))
    state = mechanism.run()
    seconds = time.process_time() - start
    agreement = state.agreement
    payoffs = None if agreement is None else [float(each(agreement)) for each in functions]
    return {"agreement": None if agreement is None else list(map(int, agreement)), "payoffs": payoffs,
            "step": state.step, "seconds": seconds}

def bargained(task):
    return talks(task["game"], task["kinds"], task["steps"])

def tournament(task):
    rows = [
        {"game": g, "kinds": [a, b], **talks(game, [a, b], task["steps"])}
        for g, game in enumerate(task["games"]) for a in task["kinds"] for b in task["kinds"]
    ]
    return {"talks": rows, "seconds": sum(each["seconds"] for each in rows)}

task = json.load(sys.stdin)
answer = {"frontier_and_nash": lambda: frontier_and_nash(task["game"]), "bargained": lambda: bargained(task),
          "tournament": lambda: tournament(task)}[task["what"]]()
print("ANSWER " + json.dumps(answer))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """A domain of additive payoffs.

    Attributes
    ----------
    worth : for each party and issue, the worth of each level
    weight : for each party, the weight of each issue
    reserve : for each party, its payoff without agreement
    """

    worth: Sequence[Sequence[Sequence[float]]]
    weight: Sequence[Sequence[float]]
    reserve: Sequence[float]

    def as_json(self) -> dict[str, Any]:
        """What the peer's process reads."""
        sizes = [len(table) for table in self.worth[0]]
        return {"sizes": sizes, "worth": self.worth, "weight": self.weight, "reserve": self.reserve}


def frontier_and_nash(game: Game) -> dict[str, Any]:
    """The peer's Pareto frontier and Nash points.

    Returns
    -------
    `frontier` and `nash` (a list of payoffs each; the peer keeps one package for each), `seconds`, and
    `seconds_of_frontier` among them.
    """
    return _asked({"what": "frontier_and_nash", "game": game.as_json()})


def bargained(game: Game, kinds: Sequence[str], steps: int) -> dict[str, Any]:
    """One negotiation by stacked alternating offers.

    Parameters
    ----------
    game : the domain
    kinds : each party's tactic: `boulware`, `linear`, `conceder`, `micro` or `tit_for_tat`
    steps : rounds

    Returns
    -------
    `agreement` (a level for each issue, or None), `payoffs`, `step` and `seconds`.
    """
    return _asked({"what": "bargained", "game": game.as_json(), "kinds": list(kinds), "steps": steps})


def tournament(games: Sequence[Game], kinds: Sequence[str], steps: int) -> dict[str, Any]:
    """Every tactic against every tactic in every domain.

    Returns
    -------
    `talks` (as `bargained`, with `game` and `kinds`) and `seconds` of all together.
    """
    task = {"what": "tournament", "games": [each.as_json() for each in games], "kinds": list(kinds), "steps": steps}
    return _asked(task)


def _asked(task: dict[str, Any]) -> dict[str, Any]:
    if PYTHON is None:
        raise RuntimeError("set PARLEY_NEGMAS_PYTHON to a Python interpreter that has NegMAS")
    done = subprocess.run([PYTHON, "-c", PEER], input=json.dumps(task), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the peer failed: {done.stderr[-2000:]}")
    line = next(each for each in reversed(done.stdout.splitlines()) if each.startswith("ANSWER "))
    answer: dict[str, Any] = json.loads(line.removeprefix("ANSWER "))
    return answer
