"""What a briefing says, for computed answers and for answers set by hand."""

from __future__ import annotations

import dataclasses
import json
import re

import numpy as np
import pytest

from parley.briefing.compose import compose
from parley.briefing.document import to_json
from parley.briefing.families import PACKAGES, TALKS, kind
from parley.briefing.sections.blind_spots import READ_BY_NO_ENGINE, READ_BY_PACKAGES
from parley.domain.briefing import Briefing, Chart
from parley.domain.position import Condition, RedLine
from parley.domain.prediction import Chance, Prediction
from parley.domain.scenario import Scenario
from parley.domain.source import Judgement
from parley.engines import available
from parley.ensembles import draw
from tests.briefing.stories import DRAWS, answered, computed, constant, part, text_of
from tests.builders import about, exactly, tiny_scenario

READING_ORDER = [
    "bottom-line",
    "wants",
    "settlements",
    "moves",
    "resting-points",
    "packages",
    "engines",
    "approaches",
    "delay",
    "pressure",
    "durability",
    "threats",
    "forecasts",
    "judgements",
    "blind-spots",
    "sources",
]

MIDWAY = {"settlement": constant(50.0, 2), "payoff": constant(0.5, 2)}


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return compose(computed())


def with_positions(scenario: Scenario, **changes: object) -> Scenario:
    """Change the first position, that of the north on the border."""
    first, *rest = scenario.positions
    return dataclasses.replace(scenario, positions=(dataclasses.replace(first, **changes), *rest))


def test_the_parts_stand_in_their_reading_order(briefing: Briefing) -> None:
    assert [section.id for section in briefing.sections] == READING_ORDER


def test_every_engine_is_introduced_by_its_question_and_named_in_the_bottom_line(briefing: Briefing) -> None:
    for engine in computed().baseline.runs:
        card = available()[engine].card
        assert card.question in text_of(briefing, "engines")
        assert card.short in text_of(briefing, "bottom-line") or card.question in text_of(briefing, "bottom-line")


def test_the_bottom_line_is_three_to_five_findings_that_each_begin_with_the_finding(briefing: Briefing) -> None:
    leads = [block for block in part(briefing, "bottom-line").blocks if getattr(block, "tone", "") == "lead"]
    assert 3 <= len(leads) <= 5
    for lead in leads:
        assert lead.pieces[0].strong  # type: ignore[union-attr]
        text = "".join(piece.text for piece in lead.pieces)  # type: ignore[union-attr]
        assert 1 <= len(re.findall(r"\.(?= [A-Z]|$)", text)) <= 4


def test_the_bottom_line_says_that_no_agreement_is_possible(briefing: Briefing) -> None:
    assert "no agreement" in text_of(briefing, "bottom-line")


def test_the_same_comparison_gives_the_same_briefing() -> None:
    assert to_json(compose(computed())) == to_json(compose(computed()))


def test_the_json_form_holds_no_number_that_json_lacks(briefing: Briefing) -> None:
    document = json.loads(json.dumps(to_json(briefing), allow_nan=False))
    assert document["schema"] == "parley/briefing/1"
    assert [section["id"] for section in document["sections"]] == READING_ORDER
    assert document["seed"] == 0


def test_every_chart_has_a_title_that_is_a_sentence_and_a_table_with_rows(briefing: Briefing) -> None:
    charts = [block for section in briefing.sections for block in section.blocks if isinstance(block, Chart)]
    assert {"positions", "settlements", "agreement", "outcomes", "approaches", "payoffs", "waiting"} <= {
        chart.kind for chart in charts
    }
    assert len({chart.id for chart in charts}) == len(charts)
    for chart in charts:
        assert len(chart.title.split()) > 3
        assert chart.table.rows
        assert chart.alt


def test_an_approach_that_gains_four_points_in_every_draw_is_said_to() -> None:
    better = {"settlement": constant(54.0, 2), "payoff": np.tile([0.54, 0.5], (DRAWS, 1))}
    told = answered({"compromise_model": {None: MIDWAY, "press": better}})
    text = text_of(compose(told), "approaches")
    assert "“Press” gains it 4 points (+4 to +4)" in text
    lead = text_of(compose(told), "bottom-line")
    assert "For the North, “Press” comes out ahead more often than anything else" in lead
    assert "in 100% of draws by the compromise model" in lead


def test_an_approach_whose_difference_spans_zero_is_said_to_gain_in_some_draws_and_lose_in_others() -> None:
    swing = np.where(np.arange(DRAWS) % 2, 0.4, 0.6)
    unsure = {"settlement": constant(54.0, 2), "payoff": np.stack([swing, swing], axis=1)}
    told = answered({"compromise_model": {None: MIDWAY, "press": unsure}})
    text = text_of(compose(told), "approaches")
    assert "In some draws it gains and in others it loses by “Press”: the range of the difference spans zero" in text


def test_an_approach_that_costs_in_nearly_every_draw_is_said_to_cost_though_a_rare_draw_gains_a_trace() -> None:
    payoff = np.where(np.arange(DRAWS) < 0.85 * DRAWS, 0.3, 0.501)
    worse = {"settlement": constant(46.0, 2), "payoff": np.stack([payoff, payoff], axis=1)}
    told = answered({"compromise_model": {None: MIDWAY, "press": worse}})
    assert "“Press” costs it 17 points (−20 to 0)" in text_of(compose(told), "approaches")


def test_where_nothing_beats_no_change_the_bottom_line_says_what_does_best_besides_and_how_that_is_scored() -> None:
    """Press costs 4 points in every draw and soften 10, so that press is next and soften last."""
    slight = {"settlement": constant(46.0, 2), "payoff": np.tile([0.46, 0.5], (DRAWS, 1))}
    heavy = {"settlement": constant(40.0, 2), "payoff": np.tile([0.40, 0.5], (DRAWS, 1))}
    told = answered({"compromise_model": {None: MIDWAY, "press": slight, "soften": heavy}})
    text = text_of(compose(told), "bottom-line")
    assert "On average, no approach here serves the North better than changing nothing" in text
    assert "Next on average comes “Press”, at −4 points of a hundred." in text
    assert "Last comes “Soften”, at −10 points of a hundred." in text
    assert "by what the North wants today" in text


def test_approaches_that_do_about_as_well_as_the_next_best_are_not_kept_silent() -> None:
    slight = {"settlement": constant(46.0, 2), "payoff": np.tile([0.46, 0.5], (DRAWS, 1))}
    near = {"settlement": constant(45.0, 2), "payoff": np.tile([0.45, 0.5], (DRAWS, 1))}
    told = answered({"compromise_model": {None: MIDWAY, "press": slight, "soften": near}})
    text = text_of(compose(told), "bottom-line")
    assert "at −4 points of a hundred; by the compromise model another does nearly as well." in text


def test_the_word_for_a_chance_is_that_of_the_number_that_is_shown() -> None:
    """A mean of 44.6 % with a wide range is shown as 45 %, which ICD 203 calls a roughly even chance."""
    chances = np.linspace(0.0, 0.892, DRAWS)
    told = answered({"graph_model": {None: {"agreement": chances}}})
    assert "45% (roughly even chance" in text_of(compose(told), "bottom-line")


def test_an_engine_that_sees_only_the_cost_of_an_approach_does_not_rank_it() -> None:
    dearer = {"settlement": constant(50.0, 2), "payoff": np.tile([0.45, 0.5], (DRAWS, 1))}
    told = compose(answered({"compromise_model": {None: MIDWAY, "press": dearer}}))
    assert "No model here can tell the approaches open to the North apart" in text_of(told, "bottom-line")
    assert "sees nothing of what these approaches do" in text_of(told, "approaches")


def test_engines_that_put_different_approaches_first_are_said_to_disagree() -> None:
    better = {"settlement": constant(54.0, 2), "payoff": np.tile([0.54, 0.5], (DRAWS, 1))}
    worse = {"settlement": constant(46.0, 2), "payoff": np.tile([0.46, 0.5], (DRAWS, 1))}
    told = answered(
        {
            "compromise_model": {None: MIDWAY, "press": better, "soften": worse},
            "median_voter": {None: MIDWAY, "press": worse, "soften": better},
        }
    )
    text = text_of(compose(told), "bottom-line")
    assert "The models do not agree on which approach serves the North best" in text
    assert "“Press”" in text
    assert "“Soften”" in text


def test_settlements_far_apart_are_named_as_a_disagreement_with_both_values() -> None:
    low = {"settlement": np.tile([20.0, 50.0], (DRAWS, 1))}
    high = {"settlement": np.tile([80.0, 50.0], (DRAWS, 1))}
    text = text_of(compose(answered({"compromise_model": {None: low}, "median_voter": {None: high}})), "settlements")
    expected = "Border: the compromise model expects 20 of 100 and the median voter model expects 80 of 100"
    assert f"{expected}; their ranges do not even overlap." in text


def test_agreement_is_said_with_a_number_and_a_word() -> None:
    told = answered(
        {"war_bargaining": {None: {"agreement": constant(0.7)}}, "graph_model": {None: {"agreement": constant(0.1)}}}
    )
    text = text_of(compose(told), "bottom-line")
    assert "70% (likely) by the war model" in text
    assert "10% (very unlikely) by the graph model" in text


def test_a_settlement_beyond_a_red_line_is_counted_in_shares_of_draws() -> None:
    """The south accepts 60 to 80 at most on the border; at 90 every draw crosses that line, at 50 none does."""
    told = answered({"compromise_model": {None: {"settlement": np.tile([90.0, 50.0], (DRAWS, 1))}}})
    assert "Border | The South | 100%" in text_of(compose(told), "settlements")
    within = answered({"compromise_model": {None: {"settlement": np.tile([50.0, 50.0], (DRAWS, 1))}}})
    assert "cross hardly anybody's red line" in text_of(compose(within), "settlements")


def test_red_lines_that_exclude_each_other_are_named() -> None:
    """The north accepts 85 at least, the south 70 at most; the ranges, 82 and up, 80 and down, do not meet either."""
    clashing = with_positions(tiny_scenario(), red_line=RedLine(at_least=about(82, 85, 90)))
    text = text_of(compose(answered({"compromise_model": {None: MIDWAY}}, clashing)), "wants")
    assert "the North accepts at least 85 of 100, the South at most 70 of 100." in text


def test_red_lines_whose_ranges_still_overlap_are_said_to() -> None:
    clashing = with_positions(tiny_scenario(), red_line=RedLine(at_least=about(60, 75, 90)))
    text = text_of(compose(answered({"compromise_model": {None: MIDWAY}}, clashing)), "wants")
    assert "the plausible ranges of the two still overlap" in text


def test_a_scenario_with_the_fewest_sections_gets_a_briefing_that_says_what_is_missing() -> None:
    bare = tiny_scenario(war=None, conflict=None, clock=None, approaches=(), levers=(), outcomes=())
    gaps = {"war_bargaining": ("war", "clock"), "graph_model": ("conflict",)}
    briefing = compose(answered({"compromise_model": {None: MIDWAY}}, bare, gaps=gaps))
    assert [section.id for section in briefing.sections] == READING_ORDER
    assert "The scenario names no approach" in text_of(briefing, "approaches")
    assert "none can say who gains from waiting" in text_of(briefing, "delay")
    assert "no means of pressure" in text_of(briefing, "threats")
    assert "no forecast by a named person" in text_of(briefing, "forecasts")
    lacking = "could not run: the scenario lacks an account of the war and an account of time and patience."
    assert lacking in text_of(briefing, "engines")


def test_when_all_positions_are_known_in_the_same_way_the_other_way_is_not_mentioned(briefing: Briefing) -> None:
    text = text_of(briefing, "wants")
    assert "Of the positions below, all four are stated by the party itself, with the source cited." in text
    assert "assumed by the author of the scenario, with a reason" not in text


def test_a_scenario_without_positions_gets_a_briefing() -> None:
    bare = tiny_scenario(positions=(), levers=(), approaches=())
    briefing = compose(answered({"graph_model": {None: {"agreement": constant(0.5)}}}, bare))
    assert "does not say where anybody stands" in text_of(briefing, "wants")


def test_when_every_draw_failed_the_briefing_says_so_and_why() -> None:
    told = answered({"compromise_model": {None: {}}}, failed=("compromise_model",))
    briefing = compose(told)
    assert [section.id for section in briefing.sections] == READING_ORDER
    assert "No model has an answer" in text_of(briefing, "bottom-line")
    assert "the numbers contradict each other" in text_of(briefing, "engines")


def test_forecasts_by_people_carry_who_how_sure_and_how_one_would_know() -> None:
    prediction = Prediction(
        id="P1",
        by="A watcher",
        words="the south gives in",
        probability=Chance(low=0.55, high=0.8),
        criterion="the south signs",
        grounds=("F1",),
    )
    told = answered({"compromise_model": {None: MIDWAY}}, tiny_scenario(predictions=(prediction,)))
    row = "A watcher | the south gives in | likely (55% to 80%) | no time named | the south signs"
    assert row in text_of(compose(told), "forecasts")


def test_conditions_are_listed_with_the_threats_and_named_as_unseen() -> None:
    condition = Condition(words="only after an amnesty", only_if="truce >= 30", otherwise=exactly(100), grounds=("F1",))
    briefing = compose(
        answered({"compromise_model": {None: MIDWAY}}, with_positions(tiny_scenario(), conditions=(condition,)))
    )
    assert "only after an amnesty; otherwise it stands at 100 of 100" in text_of(briefing, "threats")
    assert "Conditions of the North" in text_of(briefing, "blind-spots")


def test_what_an_approach_does_outside_every_model_is_told_in_names_not_ids() -> None:
    """Without a war there is no cost of fighting for the sanctions to raise."""
    told = answered({"compromise_model": {None: MIDWAY, "press": MIDWAY}}, tiny_scenario(war=None))
    text = text_of(compose(told), "approaches")
    assert "the lever “Sanctions” would change the cost of fighting of the South" in text
    assert "no model's answer changes by it in any draw" in text


def test_a_judgement_that_decides_a_result_leads_the_checklist() -> None:
    """Agreement here is the sampled red line of the north itself, so its rank correlation with it is 1."""
    red_line = draw(tiny_scenario(), DRAWS, 0).column(("positions", 0, "red_line", "at_least"))
    told = answered({"war_bargaining": {None: {"agreement": red_line / 100}}})
    text = text_of(compose(told), "judgements")
    assert "The red line of the North on Border | strong (+1.0), rises with it" in text
    assert "The red line of the North on Border: 20 to 40 of 100, most likely 30." in text


def test_the_checklist_tells_the_first_sentence_of_a_reason_and_the_sources_the_whole() -> None:
    told = tiny_scenario()
    judgement = Judgement(id="J1", words="The north bluffs.", because="It has done so before. It said so, too.")
    first = dataclasses.replace(told.positions[0], position=about(80, 90, 100, grounds=("J1",)))
    scenario = dataclasses.replace(told, judgements=(judgement,), positions=(first, *told.positions[1:]))
    asked = draw(scenario, DRAWS, 0).column(("positions", 0, "position"))
    briefing = compose(answered({"compromise_model": {None: {"agreement": asked / 100}}}, scenario))
    assert "The north bluffs. Reason given: It has done so before." in text_of(briefing, "judgements")
    assert "It said so, too" not in text_of(briefing, "judgements")
    assert "It has done so before. It said so, too." in text_of(briefing, "sources")


def test_results_that_follow_nothing_still_leave_the_widest_estimates_to_check() -> None:
    text = text_of(compose(answered({"compromise_model": {None: MIDWAY}})), "judgements")
    assert "The widest estimates" in text


def test_delay_is_said_to_pay_for_the_side_that_waiting_is_worth_something_to() -> None:
    told = {
        "waiting_a": constant(0.1),
        "waiting_b": constant(-0.2),
        "surplus_now": constant(-0.1),
        "agreement": constant(0.5),
    }
    briefing = compose(answered({"war_bargaining": {None: told}}))
    assert "Delay pays for the North and costs the South" in text_of(briefing, "delay")
    assert "+10 (+10 to +10) to the North and −20 (−20 to −20) to the South" in text_of(briefing, "bottom-line")


def test_red_lines_are_called_a_cause_of_delay_where_without_them_there_would_be_terms() -> None:
    told = {
        "waiting_a": constant(0.1),
        "waiting_b": constant(0.1),
        "surplus_now": constant(-0.1),
        "settles_without_red_lines": constant(1.0),
        "settles_without_drift": constant(0.0),
        "agreement": constant(0.5),
    }
    text = text_of(compose(answered({"war_bargaining": {None: told}})), "delay")
    assert "the red lines are a cause of delay" in text
    assert "the drift of the front is not what keeps them from settling" in text


@pytest.mark.parametrize("name", sorted(available()))
def test_no_engine_reads_the_fields_that_the_briefing_calls_unread(name: str) -> None:
    assert READ_BY_NO_ENGINE == ("flexibility", "interest") and READ_BY_PACKAGES == ("conditions",)
    condition = Condition(words="only if", only_if="truce >= 30", otherwise=exactly(0), grounds=("F1",))
    engine = available()[name]()
    fields = {} if kind(engine.card) in (PACKAGES, TALKS) else {"conditions": (condition,)}
    changed = with_positions(tiny_scenario(), flexibility=exactly(1), interest="pride", **fields)
    plain, other = (engine.forecast(each, np.random.default_rng(0)).data for each in (tiny_scenario(), changed))
    assert plain.equals(other)


def test_the_briefing_names_no_number_of_an_issue_outside_its_unit(briefing: Briefing) -> None:
    """`truce` runs 0..60 days; on the common scale the north's 45 days are 75, which must not appear as days."""
    assert "45 days" in text_of(briefing, "wants")
    assert "75 days" not in text_of(briefing, "wants")
