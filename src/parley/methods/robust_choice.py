"""Choosing without knowing how likely anything is: `robust`, by maximin, minimax regret and equal chances.

Source
------
Maximin after [Wald1945]_, minimax regret [Savage1951]_, equal chances after Laplace; see [LuceRaiffa1957]_, ch. 13.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from parley.methods.frontier import TIE

__all__ = ["regrets", "robust"]

Array = NDArray[np.float64]


def regrets(payoff: Array) -> Array:
    """By how much each option falls short of the best one in each state, shape (option, state), >= 0.

    Parameters
    ----------
    payoff : array, shape (option, state)
    """
    return np.asarray(payoff.max(axis=0) - payoff)


def robust(payoff: Array) -> Mapping[str, tuple[int, ...]]:
    """Choose options by three rules, none of which needs to know how likely a state is.

    Parameters
    ----------
    payoff : array, shape (option, state)

    Returns
    -------
    `maximin` (the best worst case), `minimax_regret` (the least that may be regretted) and `laplace` (the best mean if
    all states are equally likely); all options that tie
    """
    scores = {
        "maximin": payoff.min(axis=1),
        "minimax_regret": -regrets(payoff).max(axis=1),
        "laplace": payoff.mean(axis=1),
    }
    slack = TIE * max(1.0, float(np.abs(payoff).max()))
    return {rule: tuple(int(k) for k in np.flatnonzero(score >= score.max() - slack)) for rule, score in scores.items()}
