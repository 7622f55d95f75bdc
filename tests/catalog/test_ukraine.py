"""The shipped cases keep their promises: every fact, no number without grounds, nobody counted twice, nothing later."""

import datetime
import re
from pathlib import Path

import numpy as np
import pytest

import parley
from parley.domain.draws import quantities
from parley.domain.hedges import probability_range
from parley.domain.marks import walk
from parley.domain.scenario import Scenario
from parley.engines import available, missing
from parley.files.scenarios import load

CATALOG = Path(parley.__file__).parent / "catalog"
CASE = CATALOG / "ceasefires" / "ukraine-2025-03"
TINY = CATALOG / "tutorial" / "two-valleys"

FACTS = [f"F{number}" for number in range(1, 41)]
UNCITED = {"F40": "it is about the page that carries the article, not about the talks"}
PREDICTIONS = ["F9", "F13", "F14", "F15", "F16", "F24", "F25", "F26", "F28", "F29", "F37", "F38"]
ANALYSTS = ["Kasyanov", "Radchenko", "Martynov", "Levada", "The Times", "analysts"]
DAY = datetime.date(2025, 3, 17)


@pytest.fixture(scope="module")
def case() -> Scenario:
    return load(CASE / "scenario.yaml")


@pytest.fixture(scope="module")
def tiny() -> Scenario:
    return load(TINY / "scenario.yaml")


def cited(scenario: Scenario) -> set[str]:
    """Every id that a `grounds` field of the scenario names."""
    return {found.value for found in walk(Scenario, scenario) if len(found.path) > 1 and found.path[-2] == "grounds"}


def test_every_fact_of_the_sheet_is_there_in_its_order(case):
    assert [fact.id for fact in case.facts] == FACTS


def test_every_fact_but_those_listed_with_a_reason_is_cited(case):
    assert set(FACTS) - cited(case) == set(UNCITED)
    assert "F40" in (CASE / "README.md").read_text(encoding="utf-8")


def test_every_judgement_is_used_and_gives_its_reason(case):
    assert {judgement.id for judgement in case.judgements} <= cited(case)
    assert all(len(judgement.because) > 40 for judgement in case.judgements)


def test_no_number_rests_on_nothing(case, tiny):
    for scenario in (case, tiny):
        assert [each.name for each in quantities(scenario) if not each.estimate.grounds] == []


def test_a_number_that_no_fact_gives_has_a_range(case):
    """Exact numbers are those that a fact names (30 days) and the points that rungs mean."""
    exact = [each for each in quantities(case) if each.estimate.low == each.estimate.high]
    assert all({"F4", "F5"} & set(each.estimate.grounds) and each.estimate.because for each in exact)


def test_outside_analysts_are_forecasters_and_not_parties(case):
    names = " ".join(" ".join((party.id, party.name, *party.aliases)) for party in case.parties)
    assert not [analyst for analyst in ANALYSTS if analyst in names]
    assert {prediction.by for prediction in case.predictions} == {
        "Mikhail Kasyanov", "Sergey Radchenko", "Kirill Martynov", "The Times"
    }  # fmt: skip


def test_facts_are_attributed_as_the_sheet_does(case):
    speakers = {fact.id: fact.said_by for fact in case.facts}
    sheet = {
        "Kasyanov": "F9 F10 F11 F13 F14 F15 F16 F17",
        "Radchenko": "F24 F25 F26 F27 F28 F29",
        "Martynov": "F35 F36 F37",
        "Sybiha": "F39",
        "Starmer": "F30",
        "Putin": "F2 F5 F6 F7 F22 F14",
        "Trump": "F12 F32",
        "Moscow": "F23 F31",
        "Levada": "F19",
        "the article": "F1 F3 F4 F8 F18 F21 F33 F34 F38",
    }
    for name, facts in sheet.items():
        assert [fact for fact in facts.split() if name not in speakers[fact]] == [], name


def test_nothing_is_dated_after_the_day_but_horizons_and_deadlines(case):
    assert case.as_of == DAY
    assert all(source.date is None or source.date <= DAY for source in case.sources)
    assert all(each.date is None or each.date <= DAY for series in case.opinion for each in series.observations)
    assert all(prediction.outcome is None and prediction.resolved_on is None for prediction in case.predictions)
    assert all(prediction.horizon is None or prediction.horizon.latest >= DAY for prediction in case.predictions)


def test_no_text_outside_questions_of_time_speaks_of_a_later_year(case):
    words = [fact.words for fact in case.facts] + [f"{each.words} {each.because}" for each in case.judgements]
    assert not [text for text in words if re.search(r"\b20(2[6-9]|[3-9]\d)\b", text)]


def test_every_forecast_in_the_sheet_is_a_prediction_that_a_stranger_could_resolve(case):
    assert [next(ground for ground in each.grounds if ground in FACTS) for each in case.predictions] == PREDICTIONS
    assert all(each.horizon and len(each.criterion) > 80 for each in case.predictions)


def test_every_hedge_is_the_range_of_the_table(case):
    hedge = {fact.id: fact.hedge for fact in case.facts}
    for prediction in case.predictions:
        assert prediction.hedge == hedge[prediction.grounds[0]]
        assert (prediction.probability.low, prediction.probability.high) == probability_range(prediction.hedge)


def test_no_compromise_in_three_to_four_months_is_due_three_to_four_months_on(case):
    horizon = next(each.horizon for each in case.predictions if each.grounds[0] == "F13")
    assert (horizon.earliest, horizon.latest) == (datetime.date(2025, 6, 17), datetime.date(2025, 7, 17))


def test_the_broker_can_take_the_approaches_that_the_experts_name_or_wait(case):
    approaches = {approach.id: approach for approach in case.approaches}
    assert set(approaches) == {
        "give_up_ukraine", "give_up_relationship", "walk_away", "agree_and_pivot", "previous_strategy", "wait"
    }  # fmt: skip
    assert {approach.by for approach in case.approaches} == {case.question.asked_by} == {"united_states"}
    assert [name for name, each in approaches.items() if "F27" in each.grounds] == [
        "give_up_ukraine", "give_up_relationship", "walk_away"
    ]  # fmt: skip
    assert [name for name, each in approaches.items() if "F36" in each.grounds] == [
        "agree_and_pivot",
        "previous_strategy",
    ]


def test_no_two_approaches_do_the_same(case):
    contents = {
        (each.pulls, each.takes, tuple(move.issue for move in each.moves), each.wait) for each in case.approaches
    }
    assert len(contents) == len(case.approaches)


def test_there_are_six_parties_at_least_and_nobody_is_counted_twice(case):
    names = [name.casefold() for party in case.parties for name in (party.id, party.name, *party.aliases)]
    own = [{name.casefold() for name in (party.id, party.name, *party.aliases)} for party in case.parties]
    assert len(case.parties) >= 6
    assert sum(map(len, own)) == len(set(names))
    assert {"united_kingdom", "france", "other_coalition"} <= set(case.party_ids)
    assert "other than Britain and France" in case.party("other_coalition").note
    assert {option.party for option in case.conflict.options} == {
        "united_states",
        "russia",
        "ukraine",
        "united_kingdom",
    }


def test_there_are_nine_issues_at_least_each_with_words_at_three_points_and_at_both_ends(case):
    assert len(case.issues) >= 9
    for issue in case.issues:
        points = [anchor.at for anchor in issue.scale.anchors]
        assert len(points) >= 3
        assert all(anchor.words for anchor in issue.scale.anchors)
        assert (points[0], points[-1]) == (issue.scale.low, issue.scale.high)


def test_a_stated_position_cites_something_that_was_said_and_not_forecast(case):
    said = {"goal", "proposal", "condition", "demand", "offer", "refusal", "threat", "position"}
    kind = {fact.id: fact.kind for fact in case.facts}
    for position in case.positions:
        if position.basis == "stated":
            assert {kind.get(ground) for ground in position.position.grounds} & said, (position.party, position.issue)
        else:
            assert any(ground in kind for ground in position.position.grounds), (position.party, position.issue)


def test_every_party_has_an_aim_and_a_position(case):
    assert {position.party for position in case.positions} == set(case.party_ids)
    assert all(party.interests for party in case.parties)


@pytest.mark.parametrize(("fact", "party"), [("F5", "russia"), ("F30", "united_kingdom"), ("F32", "united_states")])
def test_what_is_said_with_a_condition_is_coded_with_one(case, fact, party):
    conditions = [each for position in case.positions if position.party == party for each in position.conditions]
    assert [each for each in conditions if fact in each.grounds and each.only_if and each.otherwise]


def test_the_threat_of_sanctions_is_judged_by_all_that_the_facts_say_of_it(case):
    threat = next(lever for lever in case.levers if lever.id == "new_sanctions")
    assert {"F32", "F33", "F34", "F35"} <= set(threat.credibility.grounds)
    assert threat.credibility.mode < 0.5


def test_a_settlement_can_be_told_apart_on_the_ladder_of_outcomes(case):
    assert [outcome.id for outcome in case.outcomes] == [
        "no_deal", "conditional_truce", "truce_30_days", "frozen_conflict", "lasting_peace"
    ]  # fmt: skip
    assert [outcome.id for outcome in case.outcomes if outcome.region is None] == ["no_deal"]


def test_opinion_of_the_united_states_is_almost_twice_what_it_was(case):
    before, now = case.opinion[0].observations
    assert now.value.mode == 30
    assert 1.6 < now.value.mode / before.value.mode < 2


def test_the_range_without_agreement_covers_the_payoff_of_the_present_state(case):
    """A second way to the same number: the common payoff at the reference points, by hand from the modes."""
    present = {each.issue: each.at.mode for each in case.decision_rule.reference_points}
    for party in case.parties:
        if party.no_agreement is None:
            continue
        own = [each for each in case.positions if each.party == party.id]
        closeness = [1 - abs(present[each.issue] - each.position.mode) / 100 for each in own]
        payoff = np.average(closeness, weights=[each.salience.mode for each in own])
        assert party.no_agreement.low < payoff < party.no_agreement.high + 0.02, party.id


def test_every_engine_that_ships_has_what_it_needs_in_both_cases(case, tiny):
    for name, engine in available().items():
        assert missing(engine, case) == (), name
        assert missing(engine, tiny) == (), name


def test_the_graph_of_options_stays_small_enough_to_read(case):
    from parley.domain.expression import parse

    options = [option.id for option in case.conflict.options]
    codes = np.arange(2 ** len(options))
    taken = {name: codes >> place & 1 == 1 for place, name in enumerate(options)}
    ruled_out = np.zeros(len(codes), dtype=bool)
    for pattern in case.conflict.infeasible:
        ruled_out |= parse(pattern.when, options=options).holds(taken)
    assert len(options) == 10
    assert (~ruled_out).sum() == 136


def test_the_tiny_case_is_two_parties_and_two_issues_in_a_short_file(tiny):
    assert (len(tiny.parties), len(tiny.issues), len(tiny.approaches)) == (2, 2, 2)
    assert len((TINY / "scenario.yaml").read_text(encoding="utf-8").splitlines()) < 150
    assert "invented" in tiny.sources[0].outlet


@pytest.mark.parametrize("directory", [CASE, TINY], ids=lambda path: path.name)
def test_a_readme_beside_the_case_explains_the_coding(directory):
    assert len((directory / "README.md").read_text(encoding="utf-8")) > 1000
