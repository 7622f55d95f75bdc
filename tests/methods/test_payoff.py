"""The common payoff."""

import numpy as np
import pytest

from parley.methods.payoff import expected, payoffs


def test_a_party_gets_the_salience_weighted_closeness_of_the_settlement_to_its_positions():
    # Closeness 1 - |60-100|/100 = .6 with salience .5, and 1 - |20-0|/100 = .8 with salience 1: (.3 + .8) / 1.5
    settlement, position, salience = np.array([60.0, 20.0]), np.array([[100.0, 0.0]]), np.array([[0.5, 1.0]])
    assert payoffs(settlement, position, salience) == pytest.approx([(0.5 * 0.6 + 1.0 * 0.8) / 1.5])


def test_all_it_asks_for_is_worth_one_and_the_opposite_nothing():
    position, salience = np.array([[100.0, 0.0]]), np.ones((1, 2))
    assert payoffs(np.array([100.0, 0.0]), position, salience)[0] == 1.0
    assert payoffs(np.array([0.0, 100.0]), position, salience)[0] == 0.0


def test_an_issue_that_is_not_settled_or_on_which_the_party_does_not_stand_is_left_out():
    position, salience = np.array([[100.0, 0.0], [np.nan, 50.0]]), np.array([[0.5, 1.0], [0.0, 1.0]])
    assert payoffs(np.array([60.0, np.nan]), position, salience)[0] == pytest.approx(0.6)
    assert np.isnan(payoffs(np.array([60.0, np.nan]), position, salience)[1])


def test_payoffs_of_many_draws_are_those_of_each_draw():
    rng = np.random.default_rng(0)
    settlement, position = rng.uniform(0, 100, (20, 3)), rng.uniform(0, 100, (20, 4, 3))
    salience = rng.uniform(0, 1, (20, 4, 3))
    together = payoffs(settlement, position, salience)
    assert all(payoffs(settlement[i], position[i], salience[i]) == pytest.approx(together[i]) for i in range(20))


def test_the_expected_payoff_mixes_agreement_and_no_agreement():
    assert expected(np.array(0.25), np.array([0.8]), np.array([0.4])) == pytest.approx([0.25 * 0.8 + 0.75 * 0.4])


def test_a_part_without_weight_may_be_unknown():
    assert expected(np.array(0.0), np.array([np.nan]), np.array([0.4]))[0] == 0.4
    assert expected(np.array(1.0), np.array([0.8]), np.array([np.nan]))[0] == 0.8
    assert np.isnan(expected(np.array(0.5), np.array([0.8]), np.array([np.nan]))[0])


def test_where_an_engine_takes_agreement_for_granted_the_payoff_is_that_of_the_settlement():
    assert expected(np.array(np.nan), np.array([0.8]), np.array([0.1]))[0] == 0.8
