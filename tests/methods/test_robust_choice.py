"""Choice under ignorance, on a table worked by hand."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.robust_choice import regrets, robust

TABLE = np.array([[5.0, 5, 5], [9, 4, 3], [0, 6, 12]])
"""Worst 5, 3, 0. Regrets 4 1 7, 0 2 9, 9 0 0: at most 7, 9, 9. Means 5, 16/3, 6."""


def test_three_rules_choose_as_worked_by_hand():
    assert regrets(TABLE).max(axis=1).tolist() == [7, 9, 9]
    assert dict(robust(TABLE)) == {"maximin": (0,), "minimax_regret": (0,), "laplace": (2,)}


def test_options_that_tie_are_all_named():
    assert robust(np.ones((3, 2)))["maximin"] == (0, 1, 2)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6))
def test_an_option_that_is_best_in_every_state_is_chosen_by_every_rule(seed):
    payoff = np.random.default_rng(seed).random((4, 3))
    payoff[2] = payoff.max(axis=0) + 0.1
    assert set(robust(payoff).values()) == {(2,)}
