"""CPU seconds of many plays of the challenge model: ten parties, ten rounds.

Other open programs were measured elsewhere at 0.024 s to 5 s for one play of this size.
"""

import time

import numpy as np
import pytest

from parley.kernels.challenge import play
from parley.methods.challenge import Rules

RUNS = 100_000
RULES = Rules().numbers


@pytest.mark.benchmark(timer=time.process_time)
def test_a_hundred_thousand_plays_of_ten_parties_and_ten_rounds(benchmark):
    """The aim is 20 s."""
    rng = np.random.default_rng(0)
    position, salience = rng.uniform(0, 100, (RUNS, 10)), rng.uniform(0.1, 1, (RUNS, 10))
    weight = salience * rng.uniform(0.1, 1, (RUNS, 10))
    play(position[:1], salience[:1], weight[:1], 1, RULES)
    history = benchmark.pedantic(play, args=(position, salience, weight, 10, RULES), rounds=1)
    assert history.shape == (RUNS, 11, 10)
