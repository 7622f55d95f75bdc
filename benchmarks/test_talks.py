"""How long talks take, in CPU seconds once compiled, beside what a peer once took; run with `pytest benchmarks -s`.

The peer's figures are wall-clock seconds of NegMAS on two shared cores, orders of magnitude only: it is not shipped or
imported here.
"""

import os
import subprocess
import sys
import time

import numpy as np
import pytest

from parley import ensembles, workbench
from parley.engines.talks import TalksTurnByTurn
from parley.ensembles.draws import engine_rngs
from parley.methods.offers import Style, ranked
from parley.methods.offers_many import coded, negotiate_many, one_of, tournament

PEER_HUNDRED_STEPS = {10_000: 0.37, 100_000: 3.3}
"""Seconds for two Boulware parties and a hundred steps, by number of packages; the fastest of several runs."""

PEER_TOURNAMENT = 7.0
"""Seconds for 75 negotiations: five tactics against five on three domains of 27 to 576 packages."""

COMPILE = """
import time
import numpy as np
from parley.methods.offers import ranked
from parley.methods.offers_many import tournament
start = time.process_time()
tournament(ranked(np.random.default_rng(0).random((2, 9))), np.zeros(2), steps=5)
print(time.process_time() - start)
"""


def seconds(work, repeats=5):
    """The least CPU time of several runs, after one that is not counted."""
    work()
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("packages", sorted(PEER_HUNDRED_STEPS))
def test_a_hundred_steps_over_many_packages_are_a_hundred_times_faster_than_the_peer(packages):
    worth = np.random.default_rng(0).random((2, packages))

    def held():
        none = np.full((1, 100), -1)
        styles = coded([Style(), Style()], 100)[np.newaxis]
        return negotiate_many(one_of(ranked(worth)), np.zeros(1, dtype=int), styles, np.zeros((1, 2, 100)), none)

    taken = seconds(held)
    print(f"{packages:,} packages, 100 steps: {taken:.4f} s, {PEER_HUNDRED_STEPS[packages] / taken:.0f} times faster")
    assert taken * 100 < PEER_HUNDRED_STEPS[packages]


def test_a_tournament_of_75_negotiations_is_thirty_times_faster_than_the_peer():
    rng = np.random.default_rng(1)
    domains = [rng.random((2, packages)) for packages in (180, 576, 576)]
    taken = seconds(lambda: [tournament(ranked(worth), np.zeros(2), steps=100) for worth in domains])
    print(f"75 negotiations: {taken:.4f} s, {PEER_TOURNAMENT / taken:.0f} times faster")
    assert taken * 30 < PEER_TOURNAMENT


def test_two_hundred_draws_of_the_shipped_case_take_about_a_tenth_of_a_second():
    scenario = workbench.load(workbench.DEMO_CASE)
    draws = ensembles.draw(scenario, 200, 0)
    engine = TalksTurnByTurn()
    taken = seconds(lambda: engine.forecast_many(draws, engine_rngs("talks", draws, 0)))
    print(f"200 draws: {taken:.3f} s")
    assert taken < 0.2


def test_the_kernel_compiles_within_six_seconds(tmp_path):
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", COMPILE], env=environment, capture_output=True, text=True, check=True
    )
    print(f"cold compile: {float(result.stdout):.2f} s")
    assert float(result.stdout) < 6.0
