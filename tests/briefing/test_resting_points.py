"""What would hold and who would leave: the section on the states of the conflict."""

from __future__ import annotations

import functools

import pytest

from parley.approaches import compare
from parley.briefing.compose import compose
from parley.domain.briefing import Block, Briefing, Chart
from parley.engines import chosen
from parley.files.scenarios import load
from parley.resources import case_path
from tests.briefing.stories import text_of

ELMIRA, CHICKEN = "graph-model/elmira-1991", "graph-model/chicken"


@functools.cache
def briefing(case: str, concept: str = "SEQ") -> Briefing:
    engines = chosen(["graph_model"], {"concept": concept})
    return compose(compare(load(case_path(case)), engines=engines, draws=4, seed=0))


def told(case: str, concept: str = "SEQ") -> str:
    return text_of(briefing(case, concept), "resting-points")


def test_each_published_resting_point_of_elmira_is_told_with_how_it_is_reached() -> None:
    """Equilibria s5, s8 and s9; the local government alone leads to s5, Uniroyal to s9 at its own cost."""
    text = told(ELMIRA)
    assert "finds three states of affairs" in text
    assert "“Uniroyal delays and the local government insists” (s5 in the picture), no agreement, holds in" in text
    assert "“Uniroyal accepts the modified order and the local government insists” (s8 in the picture), an agr" in text
    assert "if each moves to its own gain: the local government goes there." in text
    assert "only if somebody moves against its own preference: Uniroyal Chemical goes there (to its own loss)." in text


def test_the_published_jump_of_elmira_is_told_as_what_two_parties_could_do_together() -> None:
    """From s5 to s8 by the ministry and Uniroyal; in Chicken each resting point is best for one of two."""
    text = told(ELMIRA)
    assert "the Ministry of the Environment and Uniroyal Chemical would go from “Uniroyal delays and the local" in text
    assert "Parties that move together" not in told(CHICKEN)


def test_picture_and_words_stand_in_one_place() -> None:
    places = [section.id for section in briefing(ELMIRA).sections for block in section.blocks if _is_picture(block)]
    assert places == ["resting-points"]


def _is_picture(block: Block) -> bool:
    return isinstance(block, Chart) and block.id == "state-graph"


def test_where_the_graph_model_alone_answers_the_bottom_line_names_what_holds() -> None:
    text = text_of(briefing(ELMIRA), "bottom-line")
    assert "By the graph model three states hold, one of them an agreement: “Uniroyal delays and the local" in text
    assert "some of them are agreements, some are not." in text


def test_a_scenario_of_exact_numbers_lists_no_widest_estimates() -> None:
    assert "gives every number exactly" in text_of(briefing(ELMIRA), "judgements")


def test_who_would_leave_the_status_quo_is_named_with_what_it_would_do() -> None:
    text = told(CHICKEN)
    assert "does not hold: the row player gains if it takes up “Row defects”; the column player gains" in text


def test_what_would_have_to_change_for_the_best_agreement_of_the_party_that_asks_is_said_in_words() -> None:
    """Elmira: the ministry likes s7 best; from it only Uniroyal gains, by s9, and nobody can move on from there."""
    text = told(ELMIRA)
    assert "the Ministry of the Environment likes best “Uniroyal accepts the original order on which" in text
    assert "For that to hold, Uniroyal Chemical would have to come to prefer" in text
    assert "Nothing else need change." in text


def test_an_agreement_that_holds_needs_no_change() -> None:
    assert "It is one of those that hold." in told("graph-model/cuba-1962")


def test_why_a_tempted_party_stays_is_told_by_the_answer_that_it_would_get() -> None:
    text = told("graph-model/prisoners-dilemma")
    assert "The row player would gain, but if it takes up “Row defects”, the column player takes up" in text


@pytest.mark.parametrize(
    ("concept", "says"),
    [
        ("R", "every party stays: it cannot gain by a move."),
        ("GMR", "or each gain could be taken away by the others, at whatever cost to them."),
        ("SMR", "at whatever cost to them, and it could not escape."),
        ("SEQ", "or each gain would be taken away by others who gain by that themselves."),
    ],
)
def test_what_holding_means_follows_the_concept_that_was_chosen(concept: str, says: str) -> None:
    assert says in told("graph-model/cuba-1962", concept)


def test_states_go_by_what_is_done_in_them_and_not_by_numbers() -> None:
    text = told("graph-model/cuba-1962")
    assert "“Blockade; Withdraw” (7 in the picture)" in text
    assert "state 7" not in text


def test_where_no_conflict_is_described_that_is_said() -> None:
    scenario = load(case_path("collective/cop15"))
    comparison = compare(scenario, engines=chosen(["compromise_model"], {}), draws=2, seed=0)
    assert text_of(compose(comparison), "resting-points").startswith("No model here says which state of affairs")


def test_in_the_shipped_case_one_wish_of_one_party_stands_in_the_way_of_the_best_agreement() -> None:
    text = told("ceasefires/ukraine-2025-03")
    assert "For that to hold, Russia would have to put “Not to cease fire without its conditions” before" in text
