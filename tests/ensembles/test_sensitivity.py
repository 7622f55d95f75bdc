"""Which judgements a result hangs on."""

import numpy as np
import pytest

from parley.ensembles import draw, leading_judgements
from parley.ensembles.sensitivity import rank_correlations
from tests.builders import tiny_scenario


def test_spearmans_correlation_is_that_of_the_difference_formula():
    # without ties it is 1 - 6 sum(d^2) / (n (n^2 - 1)); ranks 1 2 3 4 5 against 2 1 4 3 5: d = 1 1 1 1 0, so 1 - 24/120
    result, column = np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([[20.0], [10.0], [40.0], [30.0], [500.0]])
    assert rank_correlations(result, column)[0] == pytest.approx(0.8)


def test_ties_get_the_mean_of_their_ranks():
    # ranks 1 2.5 2.5 4 against 1 2 3 4: centred -1.5 0 0 1.5 and -1.5 -.5 .5 1.5: 4.5 / sqrt(4.5 * 5)
    found = rank_correlations(np.array([1.0, 2.0, 3.0, 4.0]), np.array([[1.0], [7.0], [7.0], [9.0]]))
    assert found[0] == pytest.approx(4.5 / np.sqrt(4.5 * 5))


def test_a_number_that_never_varies_has_no_correlation():
    assert np.isnan(rank_correlations(np.arange(3.0), np.ones((3, 1)))[0])


def test_the_quantity_that_the_result_is_made_of_leads():
    draws = draw(tiny_scenario(), 400, seed=0)
    cost = draws.column(("war", "cost_b"))
    leading = leading_judgements(-(cost**3), draws)
    assert leading[0].quantity.name == "war.cost_b"
    assert leading[0].correlation == pytest.approx(-1.0)
    assert not leading[0].is_noise


def test_what_does_not_bear_on_the_result_is_mostly_noise():
    draws = draw(tiny_scenario(), 400, seed=0)
    rest = leading_judgements(draws.column(("war", "cost_b")), draws)[1:]
    assert np.mean([influence.is_noise for influence in rest]) > 0.8


def test_draws_without_a_result_are_left_out():
    draws = draw(tiny_scenario(), 100, seed=0)
    result = draws.column(("war", "cost_b")).copy()
    result[::2] = np.nan
    assert {influence.draws for influence in leading_judgements(result, draws)} == {50}


def test_a_result_that_never_varies_has_no_leading_judgement():
    draws = draw(tiny_scenario(), 10, seed=0)
    assert leading_judgements(np.full(10, 0.5), draws) == ()
    assert leading_judgements(np.full(10, np.nan), draws) == ()
