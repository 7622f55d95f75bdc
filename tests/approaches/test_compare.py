"""Approaches on the same draws."""

import json

import numpy as np
import pytest

from parley.approaches import compare, costs, summarise
from parley.approaches.output import compare_document
from parley.domain.approach import Approach, Move
from parley.domain.lever import Effect
from parley.ensembles import draw, run
from parley.files.runs import RunStore
from tests.builders import exactly, lever, tiny_scenario, with_approaches, with_levers
from tests.ensembles.toys import Dice, NorthDecides

TOYS = {"dice": Dice(), "north_decides": NorthDecides()}


def north(ensemble, name="north_decides"):
    """The north's payoff in each draw."""
    return ensemble.runs[name].data["payoff"].sel(party="north").values


def test_an_approach_without_parts_differs_from_no_change_by_exactly_nothing():
    summary = summarise(compare(with_approaches({"id": "nothing"}), engines=TOYS, draws=300))
    for engine in summary.approaches[0].engines.values():
        difference = engine.difference
        for each in (difference.agreement, *difference.settlement.values(), *difference.payoff.values()):
            assert (each.mean, each.q05, each.q95, each.standard_error) == (0, 0, 0, 0)


def test_the_baseline_is_the_run_without_any_approach():
    comparison = compare(tiny_scenario(), engines=TOYS, draws=60, seed=2)
    plain = run(tiny_scenario(), TOYS, draws=60, seed=2)
    for name, run_of in plain.runs.items():
        assert run_of.data.identical(comparison.baseline.runs[name].data)


def test_only_the_approaches_of_the_party_that_asks_are_compared():
    comparison = compare(tiny_scenario(), engines=TOYS, draws=5)
    assert [each.id for each in comparison.approaches] == ["press", "press_harder", "soften", "hold_fire", "wait"]
    assert list(comparison.ensembles) == [each.id for each in comparison.approaches]


def test_what_a_lever_costs_is_taken_off_its_holders_payoff():
    idle = lever("l", Effect(on="war_cost", times=exactly(1)), cost=exactly(0.1))
    scenario = with_levers(idle)
    comparison = compare(scenario, engines=TOYS, draws=100)
    paid = costs(draw(scenario, 100, 0), "push")["north"]
    assert 0 < (paid > 0).mean() < 1
    assert north(comparison.baseline) - north(comparison.ensembles["push"]) == pytest.approx(paid)


def test_asking_for_less_does_not_make_a_settlement_worth_more():
    # the north decides: no change gives it all it wants (payoff 1 given agreement); by softening it settles the border
    # at what it then asks for, and is measured by what it asked for before
    comparison = compare(tiny_scenario(), engines=TOYS, draws=50)
    draws = draw(tiny_scenario(), 50, 0)
    asked, got = draws.column(("positions", 0, "position")), draws.column(("approaches", 2, "moves", 0, "to"))
    weight = [draws.column(("positions", k, "salience")) for k in (0, 1)]
    agreement = draws.column(("parties", 0, "capability")) / 2
    lost = agreement * weight[0] / (weight[0] + weight[1]) * np.abs(asked - got) / 100
    assert north(comparison.baseline) - north(comparison.ensembles["soften"]) == pytest.approx(lost)


def test_one_process_and_two_give_the_same_comparison():
    one, two = (compare(tiny_scenario(), engines=TOYS, draws=300, jobs=jobs) for jobs in (1, 2))
    for approach, ensemble in one.ensembles.items():
        for name, run_of in ensemble.runs.items():
            assert run_of.data.identical(two.ensembles[approach].runs[name].data)


def test_a_comparison_goes_on_from_its_store(tmp_path):
    first = compare(tiny_scenario(), engines=TOYS, draws=30, store=RunStore(tmp_path))
    told = []
    again = compare(
        tiny_scenario(), engines=TOYS, draws=30, store=RunStore(tmp_path), progress=lambda *each: told.append(each)
    )
    assert told == [(360, 360, "starting")]
    for approach in first.ensembles:
        assert np.array_equal(north(first.ensembles[approach], "dice"), north(again.ensembles[approach], "dice"), True)


def shares(scenario, engine="north_decides", **options):
    summary = summarise(compare(scenario, engines=TOYS, **options))
    return {each.id: each.engines[engine] for each in (summary.baseline, *summary.approaches)}


def test_the_best_shares_of_no_change_and_all_approaches_add_up_to_one():
    found = shares(tiny_scenario(), draws=200)
    assert sum(each.best_share for each in found.values()) == pytest.approx(1)


def test_equal_best_approaches_share_the_draw_and_say_so():
    found = shares(with_approaches({"id": "one"}, {"id": "two"}), draws=50)
    assert {name: each.best_share for name, each in found.items()} == pytest.approx(
        {None: 1 / 3, "one": 1 / 3, "two": 1 / 3}
    )
    assert {each.tied_share for each in found.values()} == {1.0}


def test_an_approach_that_only_costs_is_never_best():
    idle = lever("l", Effect(on="war_cost", times=exactly(1)), cost=exactly(0.1), credibility=exactly(1))
    found = shares(with_levers(idle), draws=50)
    assert (found[None].best_share, found["push"].best_share) == (1.0, 0.0)
    assert found["push"].difference.payoff["north"].mean == pytest.approx(-0.1)
    assert found["push"].difference.payoff["north"].exceeds_noise


def test_draws_without_an_answer_are_left_out_and_counted():
    found = shares(tiny_scenario(), "dice", draws=200)
    capability = draw(tiny_scenario(), 200, 0).column(("parties", 0, "capability"))
    failed = int((capability > 1.05).sum())
    assert {(each.usable, each.left_out, each.failed) for each in found.values()} == {(200 - failed, failed, failed)}
    assert found[None].levels.payoff["north"].n == 200 - failed


def test_a_differences_spread_is_that_of_the_pairs():
    # both ensembles vary, but the levers' cost is the same in every draw: the pairs do not vary at all
    idle = lever("l", Effect(on="war_cost", times=exactly(1)), cost=exactly(0.1), credibility=exactly(1))
    difference = shares(with_levers(idle), draws=100)["push"].difference.payoff["north"]
    assert difference.q95 - difference.q05 == pytest.approx(0, abs=1e-12)


def test_no_draws_compare_the_modes():
    comparison = compare(tiny_scenario(), engines=TOYS, draws=0)
    assert comparison.baseline.draws == 0
    document = compare_document(comparison)
    soften = next(each for each in document["approaches"] if each["id"] == "soften")
    # the north's border mode 90 becomes 60
    assert soften["engines"]["north_decides"]["difference"]["settlement"]["border"] == -30


def test_the_document_has_the_documented_names_and_no_nan():
    document = compare_document(compare(tiny_scenario(), engines=TOYS, draws=20))
    json.dumps(document, allow_nan=False)
    assert document["asked_by"] == "north"
    engine = document["approaches"][0]["engines"]["north_decides"]
    assert {"agreement", "settlement", "time_to_agreement", "payoff", "difference", "best_share"} <= engine.keys()
    assert engine["difference"].keys() == {"agreement", "settlement", "time_to_agreement", "payoff"}
    assert sum(engine["outcomes"].values()) == pytest.approx(1)


def test_differences_of_settlements_are_in_the_unit_without_its_zero():
    # the truce runs 0..60 days; moved from point 75 to 50 it is 15 days shorter
    shorter = Approach(id="shorter", name="s", by="north", words="s", moves=(Move(issue="truce", to=exactly(50)),))
    document = compare_document(compare(tiny_scenario(approaches=(shorter,)), engines=TOYS, draws=0))
    assert document["approaches"][0]["engines"]["north_decides"]["difference"]["settlement"]["truce"] == -15


def test_an_effect_that_reaches_nothing_is_in_the_document():
    document = compare_document(
        compare(with_levers(lever("l", Effect(on="war_cost", times=exactly(2))), war=None), engines=TOYS, draws=2)
    )
    assert "war_cost" in document["approaches"][0]["silent_effects"][0]
