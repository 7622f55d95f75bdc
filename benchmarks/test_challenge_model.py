"""CPU seconds of many plays of the challenge model: ten parties, ten rounds; run with `pytest benchmarks -s`.

Other open programs were measured elsewhere at 0.024 s to 5 s for one play of this size. Where `PARLEY_BDM_SCHOLZ` names
a checkout of the open replication of the model, that program plays the case of car emissions in the same run. It is
written for Python 2; what it prints is left out, and the rest runs unchanged.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from parley.kernels.challenge import play
from parley.methods.challenge import PEER, Rules
from tests import ec_cars

RUNS = 100_000
RULES = Rules().numbers

PEER_PLAYS = """
import json, re, sys, time
rows, path = json.loads(sys.stdin.read())
names = {"__name__": "model"}
exec(re.sub(r"^( *)print .*$", r"\\1pass", open(path).read(), flags=re.M), names)
keys = ("Actor", "Capability", "Position", "Salience")
model = names["BDMScholzModel"]([dict(zip(keys, row)) for row in rows])
start = time.process_time()
for _ in range(10):
    model.update_risk_aversions()
    model.update_positions()
print(json.dumps([time.process_time() - start, [actor.x for actor in model.actors]]))
"""


@pytest.mark.benchmark(timer=time.process_time)
def test_a_hundred_thousand_plays_of_ten_parties_and_ten_rounds(benchmark):
    """The aim is 20 s."""
    rng = np.random.default_rng(0)
    position, salience = rng.uniform(0, 100, (RUNS, 10)), rng.uniform(0.1, 1, (RUNS, 10))
    weight = salience * rng.uniform(0.1, 1, (RUNS, 10))
    play(position[:1], salience[:1], weight[:1], 1, RULES)
    history = benchmark.pedantic(play, args=(position, salience, weight, 10, RULES), rounds=1)
    assert history.shape == (RUNS, 11, 10)


@pytest.mark.benchmark(timer=time.process_time)
def test_the_cars_are_played_a_thousand_times_faster_than_by_the_open_replication(benchmark):
    if "PARLEY_BDM_SCHOLZ" not in os.environ:
        pytest.skip("PARLEY_BDM_SCHOLZ names no checkout of the replication")
    program = Path(os.environ["PARLEY_BDM_SCHOLZ"]) / "bdm_scholz_model.py"
    rows = [[name, *numbers] for name, numbers in ec_cars.TABLE.items()]
    found = subprocess.run(
        [sys.executable, "-c", PEER_PLAYS],
        input=json.dumps([rows, str(program)]),
        capture_output=True,
        text=True,
        check=True,
    )
    theirs, positions = json.loads(found.stdout)
    capability, position, salience = np.array([row[1:] for row in rows], dtype=float).T
    case = [each[np.newaxis] for each in (position, salience, salience * capability)]
    ours = play(*case, 10, Rules(**PEER).numbers)[0, -1]
    assert ours == pytest.approx(positions, abs=1e-6)
    many = [np.repeat(each, 1000, axis=0) for each in case]
    benchmark.pedantic(play, args=(*many, 10, Rules(**PEER).numbers), rounds=3)
    if benchmark.stats:
        each = benchmark.stats.stats.mean / 1000
        print(f"The replication {theirs:.2f} s, here {each * 1e6:.0f} microseconds: {theirs / each:.0f} times faster")
        assert theirs / each >= 1000
