"""The Nash bargaining engine on whole scenarios: who takes part, what stays, and how settings change it."""

import dataclasses
import datetime
import itertools
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import ensembles
from parley.domain.draws import Draws
from parley.domain.estimate import Estimate
from parley.domain.issue import Issue
from parley.domain.measure import Spot
from parley.domain.outcome import DecisionRule, ReferencePoint
from parley.domain.party import Party
from parley.domain.position import Position
from parley.domain.scenario import Question, Scenario
from parley.engines import named
from parley.errors import EngineError, UsageError
from parley.files import scenarios
from tests import ec_cars
from tests.builders import tiny_scenario

UKRAINE = "ceasefires/ukraine-2025-03"


def exactly(value):
    return Estimate.exactly(value, because="made up")


def scenario(parties, reference=None):
    """Parties by name: capability, and position and salience by issue; reference points by issue."""
    issues = sorted({issue for _, wants in parties.values() for issue in wants} | set(reference or {}))
    points = tuple(ReferencePoint(issue=issue, at=exactly(at)) for issue, at in (reference or {}).items())
    return Scenario(
        title="Made up",
        question=Question(text="What would be agreed?", asked_by=next(iter(parties))),
        as_of=datetime.date(2020, 1, 1),
        parties=tuple(Party(id=p, name=p, role="other", capability=exactly(c)) for p, (c, _) in parties.items()),
        issues=tuple(Issue(id=issue, name=issue, question="How much?") for issue in issues),
        positions=tuple(
            Position(party=p, issue=issue, position=exactly(at), salience=exactly(care))
            for p, (_, wants) in parties.items()
            for issue, (at, care) in wants.items()
        ),
        decision_rule=DecisionRule(words="All must agree.", reference_points=points) if points else None,
    )


def forecast(case, **parameters):
    return named("nash_bargaining", **parameters).forecast(case, np.random.default_rng(0)).data


OPPOSED = {"a": (1, {"x": (20, 0.5)}), "b": (1, {"x": (60, 0.5)})}


@pytest.mark.parametrize("loss", ["quadratic", "linear"])
@pytest.mark.parametrize("at", [20, 35, 60])
def test_a_reference_point_between_the_parties_is_where_the_issue_stays(loss, at):
    data = forecast(scenario(OPPOSED, {"x": at}), loss=loss)
    assert data["settlement"].item() == at
    assert data["gridlock"].item() == 1
    assert data["gain"].values.tolist() == [0, 0]
    assert data["shortfall"].item() == 0


@pytest.mark.parametrize("loss", ["quadratic", "linear"])
def test_from_a_reference_point_outside_them_the_parties_move_it_in(loss):
    data = forecast(scenario(OPPOSED, {"x": 90}), loss=loss)
    assert data["gridlock"].item() == 0
    assert 30 - 1e-9 <= data["settlement"].item() <= 60  # beyond 60 both gain; below 30 the second would rather stay
    assert (data["gain"] > 0).all()


def test_without_a_reference_point_each_fears_its_worst():
    # Linear: gains 80 - |x - 20| and 60 - |x - 60|: between them 100 - x and x, equal weights: x = 50
    assert forecast(scenario(OPPOSED), loss="linear")["settlement"].item() == pytest.approx(50, abs=1e-9)
    named_point = scenario(OPPOSED, {"x": 40})
    assert forecast(named_point, loss="linear", disagreement="worst")["settlement"].item() == pytest.approx(
        50, abs=1e-9
    )


def test_a_cost_of_disagreement_breaks_the_gridlock():
    # Linear, reference 30: gains k + 10 - |x - 20| and k + 30 - |x - 60|; with k = 20 points: 50 - x and x - 10: x = 30
    data = forecast(scenario(OPPOSED, {"x": 30}), loss="linear", cost_of_disagreement=0.2)
    assert data["settlement"].item() == pytest.approx(30, abs=1e-9)
    assert data["gridlock"].item() == 0


def test_in_a_package_a_loss_on_one_issue_is_made_up_on_another():
    parties = {"a": (1, {"x": (0, 0.9), "y": (100, 0.1)}), "b": (1, {"x": (100, 0.1), "y": (0, 0.9)})}
    case = scenario(parties, {"x": 50, "y": 50})
    apart, package = forecast(case, agenda="issue_by_issue"), forecast(case)
    assert apart["gridlock"].values.tolist() == [1, 1]
    assert package["gridlock"].values.tolist() == [0, 0]
    assert (package["settlement"] < 20).all()
    assert (package["gain"] > apart["gain"]).all()


@pytest.mark.parametrize("parameters", [{"loss": "linear"}, {"weights": "capability"}, {}])
def test_with_a_single_issue_the_agenda_does_not_matter(parameters):
    case = ec_cars.scenario()
    package, apart = (forecast(case, agenda=each, **parameters) for each in ("package", "issue_by_issue"))
    for name in ("settlement", "gain", "kalai_smorodinsky", "egalitarian", "bargaining_weight"):
        assert apart[name].values == pytest.approx(package[name].values, abs=1e-8)


def test_a_party_without_capability_takes_no_part_unless_weights_are_equal():
    parties = {**OPPOSED, "c": (0, {"x": (100, 1.0)})}
    alone, without = forecast(scenario(OPPOSED)), forecast(scenario(parties))
    assert without["settlement"].item() == pytest.approx(alone["settlement"].item(), abs=1e-9)
    assert np.isnan(without["gain"].values[2])
    assert forecast(scenario(parties), weights="equal")["settlement"].item() > alone["settlement"].item() + 1


def test_weights_of_capability_do_not_mind_how_much_a_party_cares():
    louder = {"a": (1, {"x": (20, 0.5)}), "b": (1, {"x": (60, 1.0)})}
    for weights, moves in {"capability": False, "equal": False, "capability_salience": True}.items():
        here, there = (forecast(scenario(each), weights=weights)["settlement"].item() for each in (OPPOSED, louder))
        assert (abs(there - here) > 1) == moves


def test_an_issue_on_which_nobody_stands_is_not_settled():
    data = forecast(scenario(OPPOSED, {"x": 90, "unasked": 50}))
    assert np.isnan(data["settlement"].sel(issue="unasked"))
    assert data["gridlock"].sel(issue="unasked") == 0


def test_an_issue_about_which_nobody_with_capability_cares_has_no_answer():
    case = scenario({"a": (1, {"x": (20, 0.5), "y": (10, 0.0)}), "b": (0, {"y": (60, 0.5)})})
    with pytest.raises(EngineError, match="no party with capability cares about 1 issue"):
        forecast(case)
    data = named("nash_bargaining").forecast_many(Draws.of_modes(case), [np.random.default_rng(0)])
    assert "no party with capability cares" in str(data["failure"].values[0])


def test_one_party_alone_gets_what_it_wants():
    for parameters in ({}, {"loss": "linear"}, {"agenda": "issue_by_issue"}):
        data = forecast(scenario({"a": (1, {"x": (20, 0.5), "y": (70, 0.1)})}, {"x": 20}), **parameters)
        assert data["settlement"].values == pytest.approx([20, 70])
        assert data["gridlock"].values.tolist() == [1 if parameters.get("agenda") else 0, 0]


def test_all_of_one_mind_agree_on_it():
    parties = {name: (1, {"x": (30, 0.5)}) for name in "abc"}
    for parameters in ({}, {"loss": "linear"}, {"solution": "egalitarian"}):
        assert forecast(scenario(parties, {"x": 80}), **parameters)["settlement"].item() == pytest.approx(30, abs=1e-9)


def test_the_forecast_is_the_solution_that_was_asked_for():
    for which in ("nash", "kalai_smorodinsky", "egalitarian"):
        data = forecast(tiny_scenario(), solution=which)
        assert data["settlement"].values == pytest.approx(data[which].values, rel=1e-12)
        assert np.isnan(data["shortfall"].item()) == (which != "nash")


def test_if_disagreement_is_a_disaster_the_answer_is_that_of_the_compromise_model():
    """Achen 2006, as later authors tell it; on the shipped case, with its own weights."""
    case = scenarios.load(UKRAINE)
    mean = named("compromise_model").forecast(case, np.random.default_rng(0)).data["settlement"].values
    assert forecast(case, cost_of_disagreement=1e6)["settlement"].values == pytest.approx(mean, abs=1e-3)
    assert np.abs(forecast(case)["settlement"].values - mean).max() > 5


SETTINGS = [
    {"agenda": "issue_by_issue"},
    {"solution": "kalai_smorodinsky"},
    {"solution": "egalitarian", "agenda": "issue_by_issue"},
    {"weights": "equal", "disagreement": "worst"},
    {"cost_of_disagreement": 0.3, "weights": "capability"},
    {"loss": "linear"},
    {"loss": "linear", "agenda": "issue_by_issue"},
]


@pytest.mark.parametrize("parameters", SETTINGS, ids=str)
def test_many_draws_are_answered_as_each_of_them_under_every_setting(parameters):
    engine, draws = named("nash_bargaining", **parameters), ensembles.draw(scenarios.load(UKRAINE), 2, 3)
    together = engine.forecast_many(draws, [np.random.default_rng(0)] * 2)
    for k in range(2):
        alone = engine.forecast(draws.scenario(k), np.random.default_rng(0)).data
        for name in ("settlement", "payoff", "gain", "gridlock"):
            np.testing.assert_allclose(together[name].values[k], alone[name].values, rtol=1e-7, atol=1e-7, err_msg=name)


def test_every_answer_for_the_shipped_case_is_the_maximum_up_to_rounding():
    data = named("nash_bargaining").forecast_many(ensembles.draw(scenarios.load(UKRAINE), 200, 5), [])
    assert (data["failure"].values == "").all()
    assert data["shortfall"].values.max() < 1e-20
    assert (data["gain"].values >= 0).all()


def test_its_detail_shows_the_solutions_beside_each_other_in_points_of_the_issue():
    engine = named("nash_bargaining")
    detail = engine.detail(engine.forecast(scenario(OPPOSED, {"x": 40}), np.random.default_rng(0)))
    assert isinstance(detail["solutions"]["x"]["nash"], Spot)
    assert detail["gridlock"] == ["x"]
    assert detail["gains"]["a"] == {"weight": 0.5, "gain": 0.0}
    assert {entry["party"] for entry in detail["blockers"]} == {"a", "b"}
    json.dumps(detail, allow_nan=False)


def test_without_the_party_that_blocks_the_issue_moves():
    data = forecast(scenario({**OPPOSED, "c": (1, {"x": (90, 0.1)})}, {"x": 90}))
    assert data["gridlock"].item() == 1
    assert data["without"].sel(party="c").item() < 89
    assert data["without"].sel(party="a").item() == 90


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([0, 1, 1e-9, 50]),
            st.lists(
                st.sampled_from([None, (0, 0.0), (0, 1.0), (50, 0.5), (100, 0.01), (73, 1.0)]), min_size=2, max_size=2
            ),
        ),
        min_size=1,
        max_size=4,
    ),
    st.lists(st.sampled_from([None, 0, 50, 73, 100]), min_size=2, max_size=2),
    st.sampled_from([{}, {"loss": "linear"}, {"agenda": "issue_by_issue"}, {"weights": "equal"}]),
)
def test_odd_scenarios_are_answered_or_refused_with_a_reason(rows, points, parameters):
    parties = {
        f"p{k}": (power, {name: want for name, want in zip("xy", wants, strict=True) if want})
        for k, (power, wants) in enumerate(rows)
    }
    reference = {name: at for name, at in zip("xy", points, strict=True) if at is not None}
    if not any(wants for _, wants in parties.values()):
        return
    case = scenario(parties, reference)
    try:
        data = forecast(case, **parameters)
    except EngineError as error:
        assert "no party with capability cares" in str(error)
        return
    for issue in case.issue_ids:
        stands = [wants[issue][0] for _, wants in parties.values() if issue in wants]
        point = data["settlement"].sel(issue=issue).item()
        assert np.isnan(point) == (not stands)
        if stands:
            assert min(stands + [reference.get(issue, 100)]) - 1e-6 <= point
            assert point <= max(stands + [reference.get(issue, 0)]) + 1e-6
    assert not (data["gain"].values < -1e-9).any()


@pytest.mark.parametrize(
    "wrong",
    [
        {"solution": "best"},
        {"agenda": "one"},
        {"loss": "cubic"},
        {"weights": "none"},
        {"disagreement": "war"},
        {"cost_of_disagreement": -1.0},
        {"cost_of_disagreement": float("nan")},
    ],
)
def test_a_setting_that_is_none_is_refused(wrong):
    with pytest.raises(UsageError, match=next(iter(wrong))):
        named("nash_bargaining", **wrong)


def test_every_pair_of_settings_runs():
    kinds = {"agenda": ["package", "issue_by_issue"], "loss": ["quadratic", "linear"]}
    kinds |= {"weights": ["capability_salience", "capability", "equal"], "disagreement": ["reference_point", "worst"]}
    case = tiny_scenario()
    for values in itertools.product(*kinds.values()):
        engine = named("nash_bargaining", **dict(zip(kinds, values, strict=True)))
        data = engine.forecast_many(Draws.of_modes(case), [np.random.default_rng(0)])
        assert np.isfinite(data["settlement"].values).all()
        assert dataclasses.asdict(engine)["loss"] == engine.loss
