"""What the graph model costs: CPU time against the number of states and of decision makers.

`python -m benchmarks.graph_cost` measures, prints a table, and draws `docs/images/graph-cost.svg`. Times are CPU
seconds of one process with compiled code warm, for R, GMR, SMR and SEQ together, on full cubes of options in which
each decision maker ranks the states by wishes about single options. With `GMCR_PY` naming a checkout of gmcr-py it is
measured on the same conflicts; without, figures measured once stand beside, and are marked so.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import vl_convert
from numpy.typing import NDArray

from benchmarks import graph_peer
from parley.methods.graph import Concept
from parley.methods.option_form import OptionMoves, combinations, option_prioritisation
from parley.methods.stability import stable_in_profiles

PICTURE = Path(__file__).parents[1] / "docs" / "images" / "graph-cost.svg"
OPTIONS = (6, 8, 10, 12, 14, 16, 18, 20)
MAKERS = (2, 3, 4, 5, 6, 8)
FOUR: tuple[Concept, ...] = ("R", "GMR", "SMR", "SEQ")
PEER_LIMIT = 150.0
"""gmcr-py is stopped after so many seconds."""


def cube(
    options: int, makers: int, seed: int = 0
) -> tuple[OptionMoves, NDArray[np.int32], NDArray[np.intp], NDArray[np.bool_]]:
    """A full cube: its moves, the ranks, and the wishes behind them as options in order with whether each is taken."""
    rng = np.random.default_rng(seed + options * makers)
    own = tuple(sum(1 << k for k in range(options) if k % makers == i) for i in range(makers))
    order = np.array([rng.permutation(options) for _ in own])
    wanted = rng.random((makers, options)) < 0.5
    taken = combinations(options)
    rank = [option_prioritisation(taken[:, places] == flags) for places, flags in zip(order, wanted, strict=True)]
    return OptionMoves(codes=np.arange(2**options), own=own), np.array(rank, dtype=np.int32), order, wanted


def seconds(options: int, makers: int) -> float:
    """CPU seconds for the four concepts, the better of two runs."""
    moves, rank, _, _ = cube(options, makers)
    row, best = np.arange(makers)[np.newaxis], float("inf")
    for _ in range(2):
        start = time.process_time()
        for concept in FOUR:
            stable_in_profiles(moves, rank, row, concept)
        best = min(best, time.process_time() - start)
    return best


def measured() -> list[dict[str, Any]]:
    """Rows of a table: program, decision makers, states, seconds."""
    seconds(4, 2)
    sizes = [(makers, options) for makers in MAKERS for options in OPTIONS if options >= makers]
    rows = [
        {"program": "Parley", "makers": makers, "states": 2**options, "seconds": seconds(options, makers)}
        for makers, options in sizes
    ]
    if graph_peer.CHECKOUT is None:
        name = "gmcr-py, measured once"
        return rows + [
            {"program": name, "makers": makers, "states": states, "seconds": spent}
            for (makers, states), spent in graph_peer.ONCE_MEASURED.items()
        ]
    for makers in MAKERS:
        for options in OPTIONS:
            moves, _, order, wanted = cube(options, makers)
            spent = graph_peer.seconds(list(moves.own), order, wanted, PEER_LIMIT)
            if spent is None:
                break
            rows.append({"program": "gmcr-py", "makers": makers, "states": 2**options, "seconds": spent})
    return rows


def picture(rows: list[dict[str, Any]]) -> str:
    """Seconds against states, a line for each number of decision makers, with logarithmic axes, as SVG."""
    spec = {
        "data": {"values": rows},
        "width": 480,
        "height": 340,
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
            "color": {"field": "makers", "type": "ordinal", "title": "decision makers", "scale": {"scheme": "viridis"}},
            "strokeDash": {"field": "program", "type": "nominal", "title": "program", "sort": ["Parley"]},
            "shape": {"field": "program", "type": "nominal", "sort": ["Parley"]},
        },
        "config": {"font": "sans-serif"},
    }
    return str(vl_convert.vegalite_to_svg(spec))


def main() -> None:
    """Measure, print and draw."""
    rows = measured()
    states = sorted({row["states"] for row in rows})
    for program in dict.fromkeys(row["program"] for row in rows):
        print(
            f"\n{program}: CPU seconds by number of states\n{'decision makers':16}"
            + "".join(f"{s:>11,}" for s in states)
        )
        for makers in MAKERS:
            cells = {
                row["states"]: row["seconds"] for row in rows if (row["program"], row["makers"]) == (program, makers)
            }
            if cells:
                print(f"{makers:<16}" + "".join(f"{cells[s]:11.3g}" if s in cells else f"{'':11}" for s in states))
    PICTURE.write_text(picture(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
