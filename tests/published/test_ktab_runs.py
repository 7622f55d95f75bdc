"""The spatial model of politics against KTAB, from which it comes: positions by turn, for every switch of that program.

`ktab_runs.json` holds what KTAB's own code made of parties drawn at random: each value of each switch by itself, and
several at once; several issues, many parties, small powers, and ideals that lag behind. Loss aversion is not there: in
KTAB it gives another answer at each run. Who has KTAB's answers to its own demonstration cases names their folder in
`PARLEY_KTAB_RUNS`: files `<case>.csv`, and `reference/<case>.json` with `positions` by turn for each variant.
"""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from parley.domain.draws import Draws
from parley.engines import named
from parley.engines.spatial_model_of_politics import SpatialModelOfPolitics
from parley.files.importing import TableFile, import_ktab_csv
from parley.files.importing.ktab_xml import SETTINGS
from tests.files.tables import DAY
from tests.spatial import scenario

HELD = json.loads((Path(__file__).parent / "ktab_runs.json").read_text(encoding="utf-8"))
RUNS = [pytest.param(run, id=f"{run['case']} {run['options']} {run['accommodation']}") for run in HELD["runs"]]
CASES = {
    name: scenario(case["capability"], np.array(case["position"]), np.array(case["salience"]) / 100)
    for name, case in HELD["cases"].items()
}
FOLDER = os.environ.get("PARLEY_KTAB_RUNS")


def engine(options, accommodation=1.0):
    """The engine with these settings in KTAB's own words."""
    chosen = {SETTINGS[name][0]: SETTINGS[name][1][value] for name, value in options.items() if name in SETTINGS}
    return SpatialModelOfPolitics(accommodation=accommodation, **chosen)


def test_every_value_of_every_switch_is_among_the_runs():
    for case in ("three_issues", "one_issue"):
        seen = {(name, value) for run in HELD["runs"] if run["case"] == case for name, value in run["options"].items()}
        usual = {("VotingRule", "ASymProsp")}
        for name, (setting, values) in SETTINGS.items():
            default = getattr(SpatialModelOfPolitics(), setting)
            usual |= {(name, word) for word, value in values.items() if value == default or setting == "choice"}
        assert {(name, word) for name, (_, values) in SETTINGS.items() for word in values} <= seen | usual


@pytest.mark.parametrize("run", RUNS)
def test_positions_of_every_turn_and_the_last_chances_are_those_of_ktab(run):
    data = engine(run["options"], run["accommodation"]).forecast(CASES[run["case"]], np.random.default_rng(0)).data
    found = data["round_position"].values[1:]
    assert found.shape == np.shape(run["positions"])
    np.testing.assert_allclose(found, run["positions"], rtol=0, atol=0.00051)
    np.testing.assert_allclose(data["chance"].values, run["chance"], rtol=0, atol=0.000051)


@pytest.mark.parametrize("run", RUNS)
def test_the_compiled_code_ends_where_ktab_ends(run):
    draws = Draws.of_modes(CASES[run["case"]])
    data = engine(run["options"], run["accommodation"]).forecast_many(draws, [np.random.default_rng(0)])
    assert data["turns"].values[0] == len(run["positions"])
    np.testing.assert_allclose(data["final_position"].values[0], run["positions"][-1], rtol=0, atol=0.00051)


@pytest.mark.skipif(FOLDER is None, reason="PARLEY_KTAB_RUNS names no folder")
@pytest.mark.parametrize("name", ["dummyData_3Dim", "SOE-Policy"])
def test_the_demonstration_cases_of_ktab_come_out_as_there(name):
    folder = Path(FOLDER or ".")
    case = TableFile(name=name, content=(folder / f"{name}.csv").read_bytes(), as_of=DAY)
    imported = import_ktab_csv(case).scenario
    variants = json.loads((folder / "reference" / f"{name}.json").read_text(encoding="utf-8"))["variants"]
    variants = [each for each in variants if "error" not in each and each["repeatable"]]
    assert len(variants) >= 20
    for variant in variants:
        data = engine(variant["options"]).forecast(imported, np.random.default_rng(0)).data
        assert data["turns"].item() == variant["turns"] - 1, variant["changed"]
        np.testing.assert_allclose(data["round_position"].values, variant["positions"], rtol=0, atol=0.00501)


def test_the_turns_of_a_forecast_are_what_its_detail_shows():
    made = named("spatial_model_of_politics")
    detail = made.detail(made.forecast(CASES["one_issue"], np.random.default_rng(0)))
    run = next(run for run in HELD["runs"] if run["case"] == "one_issue" and not run["options"])
    shown = [[turn["positions"]["i0"][f"p{k}"] for k in range(10)] for turn in detail["rounds"][1:]]
    np.testing.assert_allclose(shown, np.array(run["positions"])[:, :, 0], rtol=0, atol=0.00051)
