"""How long bargaining while fighting takes, in CPU seconds once it is compiled; run with `pytest benchmarks -s`."""

import os
import subprocess
import sys
import time

import numpy as np

from benchmarks.war_states import levers
from parley.domain.draws import Draws, quantities
from parley.engines.war_bargaining import WarBargaining
from parley.methods.war_fast import first_values
from tests.builders import tiny_scenario

COMPILE = """
import time
import numpy as np
from parley.kernels.war import bargain
start = time.process_time()
bargain(np.array([[.3, .3, 0, 0, 1, 1, 0, 1, 1, 0]]), np.array([[.5]]), np.array([[[0, .5, 1], [1, .5, 0]]]), 3)
print(time.process_time() - start)
"""


def many_draws(count):
    scenario = tiny_scenario()
    spread = [quantity.estimate for quantity in quantities(scenario)]
    low, high = [each.low for each in spread], [each.high for each in spread]
    values = np.random.default_rng(1).uniform(low, high, size=(count, len(spread)))
    return Draws(base=scenario, values=values, chance=np.zeros((count, len(scenario.levers))))


def test_two_thousand_draws_take_a_fraction_of_a_second(benchmark):
    draws, rngs = many_draws(2_000), [np.random.default_rng(0)] * 2_000
    engine = WarBargaining()
    engine.forecast_many(draws, rngs)
    start = time.process_time()
    benchmark(engine.forecast_many, draws, rngs)
    taken = (time.process_time() - start) / max(1, benchmark.stats.stats.rounds if benchmark.stats else 1)
    print(f"2,000 draws: {taken:.3f} s")
    assert taken < 0.5


def test_the_kernel_compiles_within_four_seconds(tmp_path):
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", COMPILE], env=environment, capture_output=True, text=True, check=True
    )
    print(f"cold compile: {float(result.stdout):.2f} s")
    assert float(result.stdout) < 4.0


def test_ten_thousand_states_and_a_hundred_rounds_take_less_than_a_third_of_a_second(benchmark):
    game = levers(13, 16, 51)
    assert game.places * game.states * len(game.beliefs) > 10_000
    first_values(game)
    start = time.process_time()
    benchmark.pedantic(first_values, args=(game,), rounds=3)
    taken = (time.process_time() - start) / 3
    print(f"{game.places * game.states * len(game.beliefs):,} states, {game.rounds} rounds: {taken:.3f} s")
    assert taken < 0.3
