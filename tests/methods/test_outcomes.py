"""The ladder of outcomes."""

import numpy as np
import pytest

from parley.domain.outcome import Outcome
from parley.methods.outcomes import classify, outcome_shares
from tests.builders import tiny_scenario

NAN = float("nan")


def outcome(name, region=None):
    return Outcome(id=name, name=name, words=name, region=region)


def ladder(*regions):
    """`tiny_scenario` with no deal and these regions; a truce of 30 days is point 50."""
    outcomes = (outcome("none"), *(outcome(f"o{k}", region) for k, region in enumerate(regions)))
    return tiny_scenario(outcomes=outcomes)


def found(scenario, border, truce):
    return int(classify(scenario, np.array([[border, truce]]))[0])


def test_a_settlement_belongs_to_the_last_listed_outcome_whose_region_holds():
    scenario = ladder("truce >= 0", "truce >= 30", "truce >= 30 and border > 60")
    assert [found(scenario, 50, 40), found(scenario, 50, 50), found(scenario, 70, 50)] == [1, 2, 3]


def test_a_settlement_outside_every_region_belongs_to_none():
    assert found(ladder("truce >= 30"), 50, 10) == -1


def test_an_open_issue_does_not_meet_a_comparison_nor_its_denial():
    assert found(ladder("truce >= 30"), 50, NAN) == -1
    assert found(ladder("not truce >= 30"), 50, NAN) == -1


def test_an_open_issue_that_decides_nothing_does_no_harm():
    assert found(ladder("truce >= 30 or border >= 50"), 60, NAN) == 1
    assert found(ladder("truce >= 0", "truce >= 30 and border >= 50"), 40, NAN) == -1
    assert found(ladder("border >= 0", "truce >= 30 and border >= 50"), 40, NAN) == 1


def test_when_a_later_outcome_may_hold_the_earlier_one_is_not_taken_for_granted():
    assert found(ladder("border >= 0", "truce >= 30"), 60, NAN) == -1


@pytest.mark.parametrize(("border", "expected"), [(70, 1), (10, -1)])
def test_if_and_only_if_is_read_on_the_ladder_too(border, expected):
    assert found(ladder("(truce >= 30) IFF (border >= 50)"), border, 60) == expected
    assert found(ladder("(truce >= 30) IFF (border >= 50)"), border, NAN) == -1


def test_disagreement_goes_to_the_outcome_without_a_region():
    # agreement .25 and .75: half to no deal; settlements of 24 and 48 days: .25/2 to o0 and .75/2 to o1
    scenario = ladder("truce >= 0", "truce >= 30")
    shares = outcome_shares(scenario, np.array([0.25, 0.75]), np.array([[50.0, 40.0], [50.0, 80.0]]))
    assert shares == pytest.approx({"none": 0.5, "o0": 0.125, "o1": 0.375, None: 0.0})


def test_shares_add_up_to_one_where_an_issue_is_open():
    shares = outcome_shares(ladder("truce >= 30"), np.array([0.6, 1.0]), np.array([[50.0, NAN], [50.0, 60.0]]))
    assert shares == pytest.approx({"none": 0.2, "o0": 0.5, None: 0.3})


def test_an_engine_that_takes_agreement_for_granted_never_ends_in_no_deal():
    shares = outcome_shares(ladder("truce >= 30"), np.array([NAN]), np.array([[50.0, 60.0]]))
    assert shares == {"none": 0.0, "o0": 1.0, None: 0.0}


def test_draws_in_which_an_engine_says_nothing_are_left_out():
    silent = np.array([[NAN, NAN], [50.0, 60.0]])
    assert outcome_shares(ladder("truce >= 30"), np.array([NAN, 1.0]), silent)["o0"] == 1.0
    assert outcome_shares(ladder("truce >= 30"), np.array([NAN]), silent[:1]) == {}


def test_certain_disagreement_needs_no_settlement():
    shares = outcome_shares(ladder("truce >= 30"), np.array([0.0]), np.array([[NAN, NAN]]))
    assert shares == {"none": 1.0, "o0": 0.0, None: 0.0}
