"""Drafts from claims: who moves a position, what is pooled, what is missing, and that nothing is invented."""

import dataclasses
import datetime

import numpy as np
import pytest

from parley.coding.composition import Wishes, compose
from parley.coding.forecasts import MISSING_CRITERION
from parley.domain.estimate import Estimate
from parley.domain.position import RedLine
from parley.engines import available
from parley.errors import ScenarioError, UsageError
from tests.coding.made import DAY, codebook, coding, source

BOOK = codebook()
LATER = source("later.txt", DAY + datetime.timedelta(days=7))
EARLIER = source("earlier.txt", DAY - datetime.timedelta(days=7))


def drafted(*codings, **wishes):
    return compose([codings], BOOK, wishes=Wishes(**wishes))


def position(draft, party="north", issue="water"):
    return next(each for each in draft.scenario.positions if (each.party, each.issue) == (party, issue))


def numbers(estimate):
    return (estimate.low, estimate.mode, estimate.high)


def gap(draft, what):
    return next(each for each in draft.gaps if each.what == what)


def test_one_claim_is_the_position():
    draft = drafted(coding("c1", point=(30, 45, 70)))
    assert numbers(position(draft).position) == (30, 45, 70)
    assert position(draft).position.grounds == ("c1",)


def test_claims_of_one_day_are_pooled_by_the_readers_confidence():
    """As in the pool by hand: weights .75 and .25 of modes 20 and 40 give 25."""
    draft = drafted(
        coding("c1", point=(10, 20, 25), confidence=0.75), coding("c2", point=(40, 40, 60), confidence=0.25)
    )
    assert numbers(position(draft).position) == pytest.approx((25 - 150**0.5, 25, 25 + 193.75**0.5))


def test_later_words_take_the_place_of_earlier_ones_which_are_kept():
    draft = drafted(coding("c1", source=EARLIER, point=(0, 0, 5)), coding("c2", point=(90, 95, 100)))
    assert numbers(position(draft).position) == (90, 95, 100)
    assert draft.superseded == {"c1": "c2"}
    old, new = draft.scenario.claims
    assert (old.superseded_by, old.date) == ("c2", EARLIER.date)
    assert (new.superseded_by, new.date) == (None, DAY)


def test_another_partys_later_words_take_no_place():
    draft = drafted(coding("c1"), coding("c2", party="south", source=LATER))
    assert draft.superseded == {}


def test_an_article_after_the_day_asked_for_is_left_out():
    draft = drafted(coding("c1"), coding("c2", source=LATER, point=(0, 0, 0)), as_of=DAY)
    assert numbers(position(draft).position) == (40, 50, 60)
    assert "later than" in draft.left_out["c2"]
    assert draft.scenario.as_of == DAY


def test_what_an_analyst_says_of_a_party_moves_nothing():
    said = coding("c2", voice="other", speaker="Lena Orlova", kind="goal", point=(0, 0, 0))
    with_it, without = drafted(coding("c1"), said), drafted(coding("c1"))
    assert with_it.scenario.positions == without.scenario.positions
    assert "Lena Orlova" in with_it.left_out["c2"]


def test_a_forecast_becomes_a_prediction_whose_criterion_is_missing():
    said = coding(
        "c2",
        voice="other",
        speaker="Lena Orlova",
        kind="prediction",
        point=None,
        hedge=(0.55, 0.8),
        words=("the dam opens",),
    )
    draft = drafted(coding("c1"), said)
    (made,) = draft.scenario.predictions
    assert (made.by, made.probability.low, made.probability.high) == ("Lena Orlova", 0.55, 0.8)
    assert made.criterion == MISSING_CRITERION
    assert gap(draft, "criterion").where == (made.id,)
    assert gap(draft, "horizon").where == (made.id,)
    assert not any(each.what == "probability" for each in draft.gaps)


@pytest.mark.parametrize("quote", [False, True])
def test_the_articles_words_go_into_the_scenario_only_if_the_user_wants_them(quote):
    words = ("the sluice stays as shut as a miser's purse",)
    draft = drafted(coding("c1", words=words), coding("c2", kind="prediction", point=None, words=words), quote=quote)
    assert (words[0] in repr(draft.scenario)) == quote


def test_what_nobody_has_judged_is_as_wide_as_can_be_the_same_for_all_and_listed():
    draft = drafted(coding("c1"), coding("c2", party="south"))
    first, second = draft.scenario.parties
    assert first.capability == second.capability
    assert first.capability.rests_on_nothing
    assert gap(draft, "capability").where == ("north", "south")
    assert gap(draft, "salience").where == ("north.water", "south.water")
    assert {(each.salience.low, each.salience.high) for each in draft.scenario.positions} == {(0, 1)}
    for section in ("clock", "decision_rule", "levers", "outcomes", "approaches"):
        assert gap(draft, section).where == ()
        assert not getattr(draft.scenario, section)
    assert {"question", "asked_by"} <= {each.what for each in draft.gaps}


def test_the_users_question_is_no_gap():
    draft = drafted(coding("c1"), question="What now?", asked_by="south")
    assert not {"question", "asked_by"} & {each.what for each in draft.gaps}
    assert (draft.scenario.question.text, draft.scenario.question.asked_by) == ("What now?", "south")


def test_a_condition_hangs_on_the_position_that_was_stated_with_it():
    offer = coding("c1", issue="truce", kind="offer", point=(75, 100, 100), conditions=("c2",))
    draft = drafted(offer, coding("c2", kind="condition", point=(80, 100, 100)))
    (condition,) = position(draft, issue="truce").conditions
    assert condition.only_if == "water >= 40"
    assert condition.grounds == ("c2",)
    assert condition.otherwise is None


def test_a_condition_in_the_lower_half_holds_downwards():
    offer = coding("c1", issue="truce", kind="offer", point=(75, 100, 100), conditions=("c2",))
    draft = drafted(offer, coding("c2", kind="condition", point=(0, 0, 30)))
    assert position(draft, issue="truce").conditions[0].only_if == "water <= 15"


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (coding("c2", issue="truce", kind="condition"), "speaks of truce itself"),
        (coding("c2", kind="condition", point=None), "names no point"),
        (coding("c2", kind="condition", point=(0, 50, 100)), "every point"),
    ],
)
def test_a_condition_that_no_expression_can_hold_is_listed(condition, why):
    offer = coding("c1", issue="truce", kind="offer", conditions=("c2",))
    assert why in drafted(offer, condition).unexpressed["c2"]


def test_conditions_do_not_go_in_a_circle():
    one = coding("c1", issue="truce", conditions=("c2",), point=(75, 100, 100))
    other = coding("c2", issue="water", conditions=("c1",), point=(75, 100, 100))
    draft = drafted(one, other)
    assert sum(len(each.conditions) for each in draft.scenario.positions) == 1
    assert "hangs on" in draft.unexpressed["c1"]


def test_two_coders_who_differ_widen_the_range_by_how_far():
    """Modes 40 and 60, each ± 10: mean 50; 10² within and 10² between, so the root of 200 on either side."""
    one, other = coding("c1", point=(30, 40, 50)), coding("c1", point=(50, 60, 70))
    draft = compose([[one], [other]], BOOK)
    assert numbers(position(draft).position) == pytest.approx((50 - 200**0.5, 50, 50 + 200**0.5))


def test_two_coders_who_agree_change_nothing():
    one = coding("c1", point=(30, 40, 50))
    assert compose([[one], [one]], BOOK).scenario == compose([[one]], BOOK).scenario


def test_a_claim_that_only_one_of_two_coders_has_counts_half():
    """Weights 1 and 1/2 of modes 20 and 80: 40."""
    both, lone = coding("c1", point=(20, 20, 20)), coding("c2", point=(80, 80, 80))
    assert position(compose([[both, lone], [both]], BOOK)).position.mode == pytest.approx(40)


def test_renewing_a_scenario_leaves_what_was_judged():
    old = drafted(coding("c1"), question="What now?", asked_by="south").scenario
    judged = dataclasses.replace(
        old.positions[0], salience=Estimate(low=0.2, mode=0.3, high=0.4, because="we asked"), interest="fields"
    )
    base = dataclasses.replace(old, positions=(judged,))
    draft = compose([[coding("c9", source=LATER, point=(0, 5, 9))]], BOOK, into=base, wishes=Wishes(as_of=LATER.date))
    found = position(draft)
    assert numbers(found.position) == (0, 5, 9)
    assert (found.salience, found.interest) == (judged.salience, "fields")
    assert [each.id for each in draft.scenario.claims] == ["c1", "c9"]
    assert draft.scenario.question == old.question


def test_a_position_beyond_a_partys_own_red_line_is_left_and_listed():
    old = drafted(coding("c1"), asked_by="south").scenario
    line = RedLine(at_least=Estimate.exactly(45, because="said so"))
    base = dataclasses.replace(old, positions=(dataclasses.replace(old.positions[0], red_line=line),))
    draft = compose([[coding("c9", point=(0, 5, 9))]], BOOK, into=base)
    assert numbers(position(draft).position) == (40, 50, 60)
    assert gap(draft, "position").where == ("north.water",)


def test_a_draft_runs_through_the_compromise_model_which_takes_the_mean_of_equals():
    """Everybody's salience and capability have the same mode: the settlement is the mean of 20 and 80."""
    draft = drafted(coding("c1", point=(20, 20, 20)), coding("c2", party="south", point=(80, 80, 80)))
    forecast = available()["compromise_model"]().forecast(draft.scenario, np.random.default_rng(0))
    assert float(forecast.data["settlement"].sel(issue="water")) == pytest.approx(50)


def test_without_any_position_there_is_no_draft():
    with pytest.raises(UsageError, match="no claim tells"):
        drafted(coding("c1", point=None))


def test_without_any_date_the_user_is_asked_for_the_day():
    with pytest.raises(UsageError, match="--as-of"):
        drafted(coding("c1", source=source(date=None)))


def test_names_that_the_codebook_lacks_are_told_all_at_once():
    with pytest.raises(ScenarioError) as caught:
        drafted(coding("c1", party="nroth"), coding("c2", issue="wter"))
    assert "did you mean 'north'" in str(caught.value)
    assert "did you mean 'water'" in str(caught.value)
