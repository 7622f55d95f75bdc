"""Talks without an end: what the engine says where the horizon is infinite, and of one that is finite beside it."""

import dataclasses
import json

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from parley import workbench
from parley.cli.app import app
from parley.domain.clock import Discount
from parley.domain.draws import Draws
from parley.domain.war import Exit
from parley.engines.war_bargaining import WarBargaining
from parley.ensembles import draw
from parley.errors import EngineError, ScenarioError
from tests.builders import about, exactly, tiny_scenario
from tests.war_scenes import free_of_red_lines, shipped, with_clock, with_red_line, with_war

RNG = np.random.default_rng(0)


def told(scenario, **parameters):
    engine = WarBargaining(**parameters)
    forecast = engine.forecast(scenario, RNG)
    return forecast.data, engine.detail(forecast)


def patient(one, other, base):
    discounts = tuple(
        Discount(party=party, per_step=exactly(value)) for party, value in (("north", one), ("south", other))
    )
    return with_clock(base, discounts=discounts)


def turns(one, other, *, horizon=6):
    """Talks about the pie alone, in which the sides take turns, the north first."""
    front = dataclasses.replace(tiny_scenario().war.front, a_gains=exactly(0), b_gains=exactly(0))
    nothing = {"cost_a": exactly(0), "cost_b": exactly(0)}
    base = with_war(
        free_of_red_lines(tiny_scenario()), front=front, **nothing, proposer_cycle=(1.0, 0.0), terminal_rule="endless"
    )
    return with_clock(patient(one, other, base), horizon=horizon)


def two_answers(terminal_rule="endless", start=2):
    """K = 4, even odds, .9, the north makes all offers, costs .08 and .03, and a border at 60 alone can be agreed."""
    front = dataclasses.replace(
        tiny_scenario().war.front, start=exactly(start), a_gains=exactly(0.5), b_gains=exactly(0.5)
    )
    base = with_war(
        tiny_scenario(),
        front=front,
        cost_a=exactly(0.08),
        cost_b=exactly(0.03),
        proposer=exactly(1),
        terminal_rule=terminal_rule,
    )
    base = with_red_line(base, "north", "border", at_least=exactly(60))
    return patient(0.9, 0.9, with_red_line(base, "south", "border", at_most=exactly(60)))


@pytest.mark.parametrize("horizon", [1, 6, 7])
@pytest.mark.parametrize(
    ("one", "other", "share"), [(0.9, 0.9, 0.526316), (0.95, 0.8, 0.833333), (0.5, 0.99, 0.019802)]
)
def test_talks_without_end_have_the_share_of_rubinstein_whatever_the_horizon(one, other, share, horizon):
    """Rubinstein (1982): the first proposer gets (1 - dB) / (1 - dA dB), at once."""
    data, detail = told(turns(one, other, horizon=horizon))
    assert detail["values"]["north"] == pytest.approx(share, abs=5e-7)
    assert data["settlement_share"].item() == pytest.approx(share, abs=5e-7)
    assert (data["agreement"].item(), data["time_to_agreement"].item()) == (1, 0)
    bracket = detail["bracket"]
    assert (bracket["failed"], bracket["converged"], bracket["agree"]) == (None, True, True)
    assert [limit["best_for"] for limit in bracket["limits"]] == ["north", "south"]
    for limit in bracket["limits"]:
        assert limit["values"] == {"north": pytest.approx(share, abs=5e-7), "south": pytest.approx(1 - share, abs=5e-7)}
        assert limit["settles_now"]
    assert bracket["iterations"] > 0
    assert detail["if_endless"] is None


def test_a_setting_asks_for_it_as_well_as_the_scenario():
    finite = with_war(turns(0.9, 0.9), terminal_rule="front")
    assert told(finite)[1]["values"]["north"] != pytest.approx(0.526316, abs=1e-3)
    by_setting, by_scenario = told(finite, terminal_rule="endless"), told(turns(0.9, 0.9))
    assert by_setting[1] == by_scenario[1]


def test_a_war_of_a_finite_horizon_is_told_what_no_end_would_make_of_it():
    finite = with_war(turns(0.9, 0.9), terminal_rule="front")
    detail = told(finite)[1]
    assert detail["bracket"] is None
    assert detail["if_endless"] == told(turns(0.9, 0.9))[1]["bracket"]


def test_where_two_wars_hold_themselves_up_both_are_told_and_the_rest_is_silence():
    """From what is best for the north 2 alone settles, at .6; from what is worst 3 alone, and 2 is worth .1931."""
    data, detail = told(two_answers())
    bracket = detail["bracket"]
    assert bracket["converged"] and bracket["agree"] is False
    best, worst = bracket["limits"]
    assert [each["values"]["north"] for each in best["places"][1:4]] == pytest.approx([0.19, 0.6, 0.64], abs=5e-5)
    assert [each["values"]["north"] for each in worst["places"][1:4]] == pytest.approx([0.0069, 0.1931, 0.6], abs=5e-5)
    assert (best["settles_now"], worst["settles_now"]) == (True, False)
    assert data["limits_agree"].item() == 0
    assert data["limit_best_a"].item() == pytest.approx(0.6)
    assert data["limit_worst_a"].item() == pytest.approx(0.1931, abs=5e-5)
    for name in ("value_a", "value_b", "agreement", "settles_now", "expected_rounds"):
        assert np.isnan(data[name].item()), name
    assert data["floor"].item() == pytest.approx(0.6)
    assert detail["values"] == {"north": None, "south": None}


def test_what_both_wars_have_in_common_is_still_said():
    """From place 1 neither settles now."""
    data, detail = told(two_answers(start=1))
    assert data["settles_now"].item() == 0
    assert np.isnan(data["value_a"].item())
    assert [limit["settles_now"] for limit in detail["bracket"]["limits"]] == [False, False]


def test_a_far_horizon_comes_to_the_same_where_there_is_one_answer():
    base = free_of_red_lines(tiny_scenario())
    endless = told(with_war(base, terminal_rule="endless"))[1]["values"]
    for rule in ("front", "zero"):
        far = told(with_war(base, terminal_rule=rule), horizon=400)[1]["values"]
        assert far == pytest.approx(endless, abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1_000), st.integers(1, 9))
def test_how_far_the_forecast_looks_does_not_change_what_talks_without_end_are_worth(seed, horizon):
    scenario = with_war(draw(tiny_scenario(), 1, seed).scenario(0), terminal_rule="endless")
    near, far = (told(with_clock(scenario, horizon=each))[0] for each in (horizon, 20))
    for name in ("value_a", "value_b", "settles_now", "waiting_a"):
        assert near[name].item() == pytest.approx(far[name].item(), abs=1e-5, nan_ok=True)
    if np.isfinite(near["agreement"].item()) and np.isfinite(far["agreement"].item()):
        assert near["agreement"].item() <= far["agreement"].item() + 1e-9


def test_without_an_end_the_end_of_the_talks_is_no_cause_of_delay():
    closed = with_red_line(tiny_scenario(), "north", "border", at_least=exactly(80))
    causes = told(with_war(closed, terminal_rule="endless"))[1]["waiting"]["north"]["causes"]
    assert causes == [["red_line"]]


def test_many_draws_and_the_modes_tell_the_same():
    for scenario in (with_war(tiny_scenario(), terminal_rule="endless"), two_answers()):
        one = told(scenario)[0]
        many = WarBargaining().forecast_many(Draws.of_modes(scenario), [RNG])
        for name in many.data_vars:
            if name not in ("failure", "waiting_by_step"):
                here, there = (np.asarray(each[name], dtype=float).ravel() for each in (one, many))
                np.testing.assert_allclose(here, there, rtol=1e-9, atol=1e-9, err_msg=name)


def test_over_the_draws_the_share_with_one_answer_and_both_limits_are_told():
    scenario = with_war(two_answers(), cost_a=about(0.04, 0.08, 0.3))
    data = WarBargaining().forecast_many(draw(scenario, 60, 0), [RNG] * 60)
    found = WarBargaining().detail_of_draws(data)["bracket_of_draws"]
    agree = data["limits_agree"].values
    assert 0 < agree.mean() < 1
    assert found["agree"] == pytest.approx(agree.mean())
    assert np.isnan(data["value_a"].values[agree == 0]).any()
    assert np.isfinite(data["value_a"].values[agree == 1]).all()
    assert found["limits"]["north"]["best"]["mean"] > found["limits"]["north"]["worst"]["mean"]
    assert found["limits"]["south"]["best"]["mean"] > found["limits"]["south"]["worst"]["mean"]


def test_a_side_that_is_endlessly_patient_leaves_talks_without_end_without_an_answer():
    scenario = patient(1.0, 0.9, with_war(tiny_scenario(), terminal_rule="endless"))
    with pytest.raises(EngineError, match="endlessly patient"):
        told(scenario)
    finite = told(with_war(scenario, terminal_rule="front"))[1]["if_endless"]
    assert finite["failed"] == "a side is endlessly patient"
    assert (finite["converged"], finite["agree"], finite["limits"]) == (False, None, None)


def test_a_side_that_may_walk_out_is_refused_in_the_file_and_in_the_setting():
    leave = Exit(a=exactly(0.2), b=exactly(0.2))
    with pytest.raises(ScenarioError, match="walk out"):
        with_war(tiny_scenario(), exit=leave, terminal_rule="endless")
    scenario = with_war(tiny_scenario(), exit=leave)
    with pytest.raises(EngineError, match="walk out"):
        told(scenario, terminal_rule="endless")
    assert "walk out" in told(scenario)[1]["if_endless"]["failed"]


def test_the_command_tells_it_in_the_shape_that_the_schema_promises(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    validator = jsonschema.Draft202012Validator(workbench.schema("run"))
    for draws in (0, 6):
        arguments = ["run", "tutorial/two-valleys", "--engine", "war_bargaining", "--set", "terminal_rule=endless"]
        done = CliRunner().invoke(app, [*arguments, "--draws", str(draws), "--store", str(tmp_path / "runs"), "--json"])
        assert done.exit_code == 0, done.output
        document = json.loads(done.stdout)
        assert [error.message[:200] for error in validator.iter_errors(document)] == []
        detail = document["engines"]["war_bargaining"]["detail"]
        assert detail["bracket"]["converged"]
        assert ("bracket_of_draws" in detail) == (draws > 0)


def test_in_the_shipped_case_no_end_is_one_answer_at_the_modes_and_in_most_draws():
    assert told(shipped())[1]["if_endless"]["agree"]
    data = WarBargaining(terminal_rule="endless").forecast_many(draw(shipped(), 60, 0), [RNG] * 60)
    assert (data["failure"].values == "").all()
    assert data["limits_agree"].values.mean() > 0.9
