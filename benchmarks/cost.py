"""What each model of collective decision making costs: CPU time against the number of parties and of draws.

`python benchmarks/cost.py` measures, prints two tables, and draws `docs/images/cost.svg`. Times are CPU seconds of one
process, with compiled code warm.
"""

from __future__ import annotations

import datetime
import time
from pathlib import Path

import numpy as np
import vl_convert

from parley.domain.draws import Draws
from parley.domain.estimate import Estimate
from parley.domain.issue import Issue
from parley.domain.party import Party
from parley.domain.position import Position
from parley.domain.scenario import Question, Scenario
from parley.engines import available
from parley.ensembles import draw

PICTURE = Path(__file__).parents[1] / "docs" / "images" / "cost.svg"
PARTIES = (5, 10, 20, 40, 80, 160)
DRAWS = (10, 100, 1_000, 10_000)
LIMIT = 20.0
"""A row ends where one more measurement would take longer than this, in seconds."""


def scenario(parties: int, seed: int = 0) -> Scenario:
    """Parties at random places of one issue, each estimate 10 points wide."""
    rng = np.random.default_rng(seed)
    names = tuple(f"party_{i}" for i in range(parties))

    def around(mode: float, width: float, high: float) -> Estimate:
        return Estimate(low=max(0.0, mode - width), mode=mode, high=min(high, mode + width), because="made up")

    positions = tuple(
        Position(party=name, issue="issue", position=around(float(x), 5.0, 100.0), salience=around(float(s), 0.1, 1.0))
        for name, x, s in zip(names, rng.uniform(0, 100, parties), rng.uniform(0.2, 1, parties), strict=True)
    )
    return Scenario(
        title="Parties at random",
        question=Question(text="Where does it settle?", asked_by=names[0]),
        as_of=datetime.date(2020, 1, 1),
        parties=tuple(
            Party(id=name, name=name, role="other", capability=around(float(c), 0.1, 2.0))
            for name, c in zip(names, rng.uniform(0.2, 1, parties), strict=True)
        ),
        issues=(Issue(id="issue", name="Issue", question="Where does it settle?"),),
        positions=positions,
    )


def seconds(name: str, draws: Draws) -> float:
    """CPU seconds of one engine on these draws, the better of two runs."""
    engine = available()[name]()
    best = float("inf")
    for _ in range(2):
        rngs = [np.random.default_rng(i) for i in range(len(draws))]
        start = time.process_time()
        engine.forecast_many(draws, rngs)
        best = min(best, time.process_time() - start)
        if best > LIMIT:
            break
    return best


def measured() -> list[dict[str, object]]:
    """Every engine that needs positions alone, on rising numbers of parties (100 draws) and of draws (10 parties)."""
    names = [name for name, kind in available().items() if kind.card.needs == ("positions",)]
    rows: list[dict[str, object]] = []
    for name in names:
        seconds(name, draw(scenario(5), 2, 0))
        for kind, sizes in (("parties", PARTIES), ("draws", DRAWS)):
            spent = 0.0
            for size in sizes:
                if spent > LIMIT / 10:
                    break
                sample = draw(scenario(size), 100, 0) if kind == "parties" else draw(scenario(10), size, 0)
                spent = seconds(name, sample)
                rows.append({"engine": name.replace("_", " "), "against": kind, "size": size, "seconds": spent})
    return rows


def picture(rows: list[dict[str, object]]) -> str:
    """Two panels with logarithmic axes, as SVG."""

    def panel(kind: str, title: str) -> dict[str, object]:
        return {
            "width": 330,
            "height": 300,
            "title": title,
            "transform": [{"filter": f"datum.against == '{kind}'"}],
            "mark": {"type": "line", "point": True},
            "encoding": {
                "x": {"field": "size", "type": "quantitative", "scale": {"type": "log"}, "title": f"number of {kind}"},
                "y": {
                    "field": "seconds",
                    "type": "quantitative",
                    "scale": {"type": "log"},
                    "title": "CPU seconds",
                    "axis": {"format": "~g"},
                },
                "color": {"field": "engine", "type": "nominal", "title": "model", "scale": {"scheme": "tableau10"}},
            },
        }

    panels = [
        panel("parties", "100 draws, one issue, by number of parties"),
        panel("draws", "10 parties, one issue, by number of draws"),
    ]
    spec = {"data": {"values": rows}, "hconcat": panels, "config": {"font": "sans-serif"}}
    return str(vl_convert.vegalite_to_svg(spec))


def main() -> None:
    """Measure, print and draw."""
    rows = measured()
    for kind, sizes in (("parties", PARTIES), ("draws", DRAWS)):
        print(f"\nCPU seconds by number of {kind}\n{'':30}" + "".join(f"{size:>10,}" for size in sizes))
        for name in dict.fromkeys(str(row["engine"]) for row in rows):
            cells = {row["size"]: row["seconds"] for row in rows if row["engine"] == name and row["against"] == kind}
            print(f"{name:30}" + "".join(f"{cells[size]:10.3g}" if size in cells else f"{'':10}" for size in sizes))
    PICTURE.write_text(picture(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
