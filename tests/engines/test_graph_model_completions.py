"""What the graph model says where it is uncertain which of a party's wishes matters more."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from parley.cli.app import app
from parley.domain.conflict import Preference, PreferenceStatement
from parley.engines.graph_model import GraphModel
from parley.ensembles import draw, run
from parley.ensembles.output import run_document
from parley.files.scenarios import save
from tests.builders import about, exactly
from tests.engines.test_graph_model import conflict, detail, option, wants

BETWEEN = about(0, 0.4, 1)


def torn(first=BETWEEN, second=BETWEEN, **changes):
    """South will not stop. North is torn between holding its fire and not being alone in that.

    States: 1 nobody stops, 2 north stops, 3 south stops, 4 both. If "it holds its fire" matters more to north, state 2
    is the only one that nobody would leave; if "it does not stop alone" does, north stops nowhere while south does not,
    and state 1 is the only one.
    """
    options = (option("north_stops", "north"), option("south_stops", "south"))
    north = wants("north", ("north_stops", first), ("-north_stops IF -south_stops", second))
    return conflict(options, (north, wants("south", "-south_stops")), agreement="north_stops", **changes)


class TestOverlappingRanges:
    def test_leave_open_which_of_two_states_holds(self):
        found = detail(torn())
        assert found["rankings"] == {"north": 2, "south": 1}
        assert found["possible"]["R"] == [1, 2]
        assert found["necessary"]["R"] == []
        assert found["undecided"]["R"] == {"necessary": [], "possible": []}
        assert found["equilibria"]["R"] == [2], "equally important at the modes, and listed first"

    def test_that_do_not_overlap_leave_nothing_open(self):
        found = detail(torn(first=about(0.6, 0.8, 1), second=about(0, 0.2, 0.5)))
        for concept, states in found["necessary"].items():
            assert states == found["possible"][concept] == found["equilibria"][concept]
        assert found["rankings"] == {"north": 1, "south": 1}

    def test_of_weights_that_are_added_up_count_as_unknown_and_what_does_not_hang_on_them_is_still_told(self):
        scenario = torn()
        statements = scenario.conflict.preferences[0].statements
        weighed = Preference(party="north", statements=statements, counts="by_weight")
        options = scenario.conflict.options
        found = detail(conflict(options, (weighed, wants("south", "-south_stops")), agreement="north_stops"))
        assert found["rankings"] == {"north": None, "south": 1}
        # South leaves 3 and 4 whatever north prefers, and 1 and 2 hang on north alone
        assert found["possible"]["R"] == found["equilibria"]["R"]
        assert not {3, 4} & set(found["undecided"]["R"]["possible"])

    def test_of_exact_weights_are_known(self):
        weights = (PreferenceStatement(says="north_stops", importance=exactly(1)),)
        weighed = Preference(party="north", statements=weights, counts="by_weight")
        options = torn().conflict.options
        found = detail(conflict(options, (weighed, wants("south", "-south_stops"))))
        assert found["rankings"] == {"north": 1, "south": 1}
        assert found["necessary"] == found["possible"]
        assert found["necessary"].items() <= found["equilibria"].items()


def test_what_is_necessary_holds_in_every_draw_and_what_holds_in_some_draw_is_possible():
    rng = np.random.default_rng(11)
    options = [option(f"o{k}", ("north", "south")[k % 2]) for k in range(4)]

    def wish():
        one, other = rng.choice(4, 2, replace=False)
        return f"{'-' * rng.integers(2)}o{one} IF {'-' * rng.integers(2)}o{other}", about(0, rng.random(), 1)

    surely = 0
    for _ in range(15):
        preferences = [wants(party, *(wish() for _ in range(4))) for party in ("north", "south")]
        scenario = conflict(options, preferences, agreement="o0")
        for concept in ("R", "SEQ", "SSEQ", "SIM"):
            engine = GraphModel(concept=concept)
            draws = draw(scenario, 200, seed=0)
            share = engine.forecast_many(draws, [rng] * 200)["equilibrium"].mean("draw").values
            data = engine.forecast(scenario, rng).data.sel(concept=concept)
            assert (share[data["necessary"].values == 1] == 1).all()
            assert (share[data["possible"].values == 0] == 0).all()
            surely += int(data["necessary"].sum())
    assert surely, "some of these conflicts have necessary equilibria"


def test_with_draws_the_answer_has_the_share_of_them_in_which_each_state_holds():
    scenario = torn()
    engines = {"graph_model": GraphModel(concept="R")}
    with_draws = run_document(run(scenario, engines, draws=1000, seed=0), engines)["engines"]["graph_model"]["detail"]
    share = with_draws["share_of_draws"]
    assert share["3"] == share["4"] == 0
    assert share["1"] + share["2"] == 1
    # Both importances have the same distribution, so that each order is as likely; the standard error is .016
    assert share["1"] == pytest.approx(0.5, abs=0.07)
    without = run_document(run(scenario, engines, draws=0, seed=0), engines)["engines"]["graph_model"]["detail"]
    assert "share_of_draws" not in without


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "torn.yaml"
    save(torn(), path)
    return path


def test_the_command_says_how_often_each_state_holds_and_whether_that_hangs_on_what_matters_more(saved):
    call = ("run", str(saved), "--engine", "graph_model", "--set", "concept=R", "--draws", "200")
    shown = CliRunner().invoke(app, call).stdout
    assert "Which states hold (R)" in shown
    rows = [line for line in shown.splitlines() if line.rstrip().endswith("for some")]
    assert len(rows) == 2
    assert all("%" in row for row in rows)


def test_the_command_lists_necessary_and_possible_equilibria_for_programs(saved):
    call = ("run", str(saved), "--engine", "graph_model", "--set", "concept=R", "--draws", "0", "--json")
    found = json.loads(CliRunner().invoke(app, call).stdout)["engines"]["graph_model"]["detail"]
    assert (found["necessary"]["R"], found["possible"]["R"]) == ([], [1, 2])
