"""The shipped cases of collective decision making hold the published numbers, and nothing that came out later."""

import datetime
import functools
import re
from pathlib import Path

import numpy as np
import pytest

import parley
from parley import approaches
from parley.domain.draws import Draws, quantities
from parley.domain.marks import walk
from parley.domain.scenario import Scenario
from parley.engines import missing, named
from parley.files import scenarios
from parley.files.exporting import to_decide, to_ktab
from parley.files.importing import TableFile, import_decide, import_ktab_csv
from parley.files.units import in_unit

CATALOG = Path(parley.__file__).parent / "catalog" / "collective"
SIZES = {
    "ec-cars": (10, 1, 10),
    "cop15": (11, 7, 75),
    "cop21": (15, 13, 181),
    "ktab-three-dimensions": (7, 3, 21),
    "ktab-soe-policy": (26, 1, 26),
    "ktab-soe-policy-and-competition": (13, 2, 26),
}
KTAB = [case for case in SIZES if case.startswith("ktab-")]
ASKED = ["ec-cars", "cop15", "cop21"]

EC_CARS = """
netherlands .08 4 .8 | belgium .08 7 .4 | luxembourg .03 4 .2 | germany .16 4 .8 | france .16 10 .6
italy .16 10 .6 | united_kingdom .16 10 .9 | ireland .05 7 .1 | denmark .05 4 1.0 | greece .08 7 .7
"""

SPOT_CHECKS = {
    "cop15": [
        ("usa", "emerging", 0.26, 90, 1.0),
        ("eu", "control", 0.156, 50, 0.75),
        ("russia", "control", 0.013, 60, 0.1),
        ("china_india", "funding", 0.247, 85, 0.7),
        ("small_islands", "additional", 0.078, 100, 0.95),
    ],
    "cop21": [
        ("african_group", "differentiation", 0.25, 70, 0.75),
        ("arab_states", "legal_form", 0.4, 0, 0.5),
        ("eu", "ambition_2100", 0.75, 80, 0.5),
        ("usa", "legal_form", 1.0, 40, 1.0),
        ("least_developed", "loss_damage", 0.5, 90, 0.95),
        ("japan", "finance_who", 0.6, 80, 0.5),
    ],
    "ktab-three-dimensions": [
        ("actor_00", "first", 102.543, 75.79, 0.4953),
        ("actor_02", "third", 129.643, 0.07, 0.3462),
    ],
    "ktab-soe-policy": [("cog", "policy", 50, 10, 0.8), ("usa", "policy", 8, 100, 0.5), ("nea", "policy", 15, 20, 0.4)],
    "ktab-soe-policy-and-competition": [("wy", "competition", 40, 60, 0.46), ("lk", "policy", 60.2, 45, 0.447)],
}


@pytest.fixture(scope="module", params=SIZES)
def case(request):
    return request.param


@functools.cache
def loaded(name) -> Scenario:
    return scenarios.load(f"collective/{name}")


def table_of(scenario):
    capability = {party.id: party.capability.mode for party in scenario.parties}
    return {
        (each.party, each.issue): (
            capability[each.party],
            in_unit(each.position.mode, scenario.issue(each.issue).scale),
            each.salience.mode,
        )
        for each in scenario.positions
    }


def test_a_case_has_the_published_number_of_parties_issues_and_positions(case):
    scenario = loaded(case)
    assert (len(scenario.parties), len(scenario.issues), len(scenario.positions)) == SIZES[case]


def test_the_car_emission_case_is_the_printed_table():
    """Bueno de Mesquita (1994), page 78, as reprinted in Scholz, Calbert and Smith (2011), table 1."""
    rows = [row.split() for row in re.split(r"[|\n]", EC_CARS) if row.strip()]
    expected = {(name, "delay"): tuple(map(float, numbers)) for name, *numbers in rows}
    assert table_of(loaded("ec-cars")) == expected


def test_the_mean_and_the_median_of_the_car_emission_case_are_those_computed_by_hand():
    """Sum of weights .677; of weight times years 5.003; the weights at 4, 7 and 10 are .248, .093 and .336."""
    scenario = loaded("ec-cars")
    scale = scenario.issues[0].scale
    for engine, years in (("compromise_model", 5.003 / 0.677), ("median_voter", 7.0)):
        settlement = named(engine).forecast(scenario, np.random.default_rng(0)).data["settlement"].values
        np.testing.assert_allclose(scale.in_unit(settlement), [years], rtol=1e-12)


@pytest.mark.parametrize("name", SPOT_CHECKS)
def test_a_case_has_the_numbers_of_its_table(name):
    table = table_of(loaded(name))
    for party, issue, *numbers in SPOT_CHECKS[name]:
        assert table[party, issue] == tuple(numbers), (party, issue)


def test_who_has_no_row_in_the_table_takes_no_position():
    cop15, cop21 = table_of(loaded("cop15")), table_of(loaded("cop21"))
    assert {(party, issue) for party in loaded("cop15").party_ids for issue in loaded("cop15").issue_ids} - set(
        cop15
    ) == {
        ("russia", "funding"),
        ("russia", "additional"),
    }
    absent = {party for party in loaded("cop21").party_ids if (party, "ambition_2050") not in cop21}
    assert absent == {"alba", "arab_states", "brazil", "china", "india", "umbrella", "russia"}
    assert {party for party in loaded("cop21").party_ids if (party, "ambition_2100") not in cop21} == absent


def test_every_number_is_exact_and_rests_on_the_table(case):
    for quantity in quantities(loaded(case)):
        assert quantity.estimate.low == quantity.estimate.high, quantity.name
        assert quantity.estimate.grounds in (("F1",), ("J2",)), quantity.name


def test_every_judgement_is_used_and_gives_its_reason(case):
    scenario = loaded(case)
    cited = {each.value for each in walk(Scenario, scenario) if len(each.path) > 1 and each.path[-2] == "grounds"}
    assert {judgement.id for judgement in scenario.judgements} <= cited
    assert all(len(judgement.because) > 40 for judgement in scenario.judgements)


def test_what_was_decided_is_in_no_scenario():
    text = (CATALOG / "ec-cars" / "scenario.yaml").read_text(encoding="utf-8")
    assert "8.8" not in text
    assert loaded("cop15").as_of == datetime.date(2009, 10, 28)
    assert loaded("cop21").as_of < datetime.date(2015, 11, 30)


def test_every_case_says_where_its_numbers_are_from_and_how_to_run_it(case):
    text = (CATALOG / case / "README.md").read_text(encoding="utf-8")
    assert f"parley run collective/{case} --engine " in text
    assert "come from" in text or "numbers are from" in text or "It is the example" in text


@pytest.mark.parametrize("name", KTAB)
def test_an_example_of_ktab_carries_its_licence_and_its_maker(name):
    text = (CATALOG / name / "README.md").read_text(encoding="utf-8")
    assert "Copyright (c) 2015 King Abdullah Petroleum Studies and Research Center" in text
    assert "Permission is hereby granted, free of charge" in text
    assert any("KAPSARC" in source.author for source in loaded(name).sources)


@pytest.mark.parametrize("name", KTAB)
def test_an_example_of_ktab_goes_to_ktab_and_back_with_every_number(name):
    """Names that KTAB would refuse come back as the example's own abbreviations."""
    scenario = loaded(name)
    made = to_ktab(scenario)
    assert not [note for note in made.notes if "divided" in note or "left out" in note or "cut" in note]
    again = import_ktab_csv(TableFile(name="k", content=made.files["ktab.csv"], as_of=scenario.as_of)).scenario
    assert list(table_of(again).values()) == list(table_of(scenario).values())
    for old, new in zip(scenario.parties, again.parties, strict=True):
        assert new.name == old.name or (new.name in old.aliases and new.note == old.name)


@pytest.mark.parametrize("name", ["cop15", "cop21"])
def test_an_example_of_decide_goes_to_decide_and_back_with_every_number(name):
    scenario = loaded(name)
    made = to_decide(scenario)
    assert not [note for note in made.notes if "divided" in note or "left out" in note]
    again = import_decide(TableFile(name="d", content=made.files["decide.txt"], as_of=scenario.as_of)).scenario
    assert table_of(again) == table_of(scenario)


@pytest.mark.parametrize("name", ASKED)
def test_every_approach_is_the_askers_and_moves_what_comes_out(name):
    scenario, engine = loaded(name), named("compromise_model")
    draws, rngs = Draws.of_modes(scenario), [np.random.default_rng(0)]
    before = engine.forecast_many(draws, rngs)["settlement"].values
    assert scenario.approaches
    for approach in scenario.approaches:
        assert approach.by == scenario.question.asked_by
        after = engine.forecast_many(approaches.apply(draws, approach.id), rngs)["settlement"].values
        assert np.abs(after - before).max() > 0.5, approach.id


def test_no_case_of_collective_decisions_speaks_of_a_war_or_of_options(case):
    assert missing(type(named("war_bargaining")), loaded(case))
    assert missing(type(named("graph_model")), loaded(case))
    assert not missing(type(named("compromise_model")), loaded(case))
