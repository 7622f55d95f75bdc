"""What bargaining while fighting costs: CPU time of 100 rounds against the number of states, for each kind of state.

`python benchmarks/war_states.py` measures, prints a table, and draws `docs/images/war-cost.svg`. Times are CPU seconds
of one process, with compiled code warm; the readable formulas stand beside the compiled twin.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import vl_convert

from parley.methods.war_fast import first_values, solve_fast
from parley.methods.war_game import LeverSet, Rule, Truce, Types, WarGame
from parley.methods.war_solver import solve_war

PICTURE = Path(__file__).parents[1] / "docs" / "images" / "war-cost.svg"
ROUNDS = 100
LIMIT = 3.0
"""A row ends where one more measurement would take longer than this, in seconds."""


def levers(places: int, memory: int, beliefs: int) -> WarGame:
    """A walk under as many lever sets as states of memory, with types where there are beliefs."""
    sets = tuple(
        LeverSet(up=0.3 + 0.1 * n / memory, down=0.4, cost=(0.01, 0.01 + 0.02 * n / memory)) for n in range(memory)
    )
    states = np.arange(memory)
    rule = Rule(
        acts=np.repeat(states[:, np.newaxis], 2, axis=1)[np.newaxis],
        follows=np.stack([(states + 1) % memory, (states * 2) % memory], axis=1),
    )
    between = tuple(np.linspace(0.2, 1.0, beliefs)[1:-1].tolist())
    return WarGame(
        rounds=ROUNDS,
        places=places,
        sets=sets,
        discount=(0.98, 0.98),
        proposer=(1.0,) if beliefs else (0.5,),
        terminal="front",
        floor=0.3,
        ceiling=0.9,
        rule=rule,
        types=Types(tough=0.2, cost=(0.0, 0.05), posteriors=between) if beliefs else None,
    )


def truces(places: int, shares: int) -> WarGame:
    """A walk with truces; a state of peace is a place and a share."""
    return WarGame(
        rounds=ROUNDS,
        places=places,
        sets=(LeverSet(up=0.3, down=0.35, cost=(0.02, 0.03)),),
        discount=(0.98, 0.98),
        proposer=(0.5,),
        terminal="front",
        truce=Truce(shares=np.linspace(0, 1, shares), up=0.1, down=0.15, penalty=(0.3, 0.3), loss=0.1),
    )


def seconds(solver: Callable[[WarGame], object], game: WarGame) -> float:
    """CPU seconds of solving a game, the better of two runs."""
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        solver(game)
        best = min(best, time.process_time() - start)
    return best


KINDS: dict[str, tuple[Callable[[WarGame], object], Callable[[int], tuple[int, WarGame]]]] = {
    "front and levers": (first_values, lambda n: (13 * n, levers(13, n, 0))),
    "front, levers and 51 beliefs": (
        first_values,
        lambda n: (13 * 51 * max(1, n // 51), levers(13, max(1, n // 51), 51)),
    ),
    "front and levers, every round kept": (solve_fast, lambda n: (13 * n, levers(13, n, 0))),
    "truces by place and share": (solve_fast, lambda n: (13 * n, truces(13, n))),
    "front and levers, readable formulas": (solve_war, lambda n: (13 * n, levers(13, n, 0))),
}
SIZES = (8, 51, 102, 204, 408, 816, 3264)


def measured() -> list[dict[str, object]]:
    """Every kind of state, on rising numbers of states."""
    rows: list[dict[str, object]] = []
    for kind, (solver, build) in KINDS.items():
        solver(build(8)[1])
        spent = 0.0
        for size in SIZES:
            if spent > LIMIT / 4:
                break
            states, game = build(size)
            if any(row["kind"] == kind and row["states"] == states for row in rows):
                continue
            spent = seconds(solver, game)
            rows.append({"kind": kind, "states": states, "seconds": spent})
    return rows


def picture(rows: list[dict[str, object]]) -> str:
    """One panel with logarithmic axes, as SVG."""
    spec = {
        "width": 460,
        "height": 320,
        "title": "100 rounds of bargaining while fighting, by number of states",
        "data": {"values": rows},
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {"field": "states", "type": "quantitative", "scale": {"type": "log"}, "title": "number of states"},
            "y": {
                "field": "seconds",
                "type": "quantitative",
                "scale": {"type": "log"},
                "title": "CPU seconds",
                "axis": {"format": "~g"},
            },
            "color": {"field": "kind", "type": "nominal", "title": None, "scale": {"scheme": "tableau10"}},
        },
        "config": {"font": "sans-serif", "legend": {"labelLimit": 300}},
    }
    return str(vl_convert.vegalite_to_svg(spec))


def main() -> None:
    """Measure, print and draw."""
    rows = measured()
    for row in rows:
        print(f"{row['kind']!s:40}{row['states']:>10,} states {row['seconds']:10.4f} s")
    PICTURE.write_text(picture(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
