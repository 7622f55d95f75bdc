"""CPU seconds of the exchange model: eleven parties, seven issues, ten rounds; run with `pytest benchmarks -s`.

Where `PARLEY_DECIDE` names a checkout of the open program Decide, and `PARLEY_DECIDE_PYTHON` a Python that has what it
needs (else this one), that program plays the same case in the same run, without writing anything.
"""

import json
import os
import subprocess
import sys
import time

import numpy as np
import pytest

from parley.kernels.exchange import trade
from tests import exchange_cases as cases

ROUNDS = 10
PEER_RULES = (False, True, False, True, True, False), 0.0
OWN_RULES = (True, False, False, False, False, False), 0.0

PLAY = """
import json, sys, time
from decimal import Decimal
from decide.model.equalgain import EqualGainModel
from decide.model.utils import ModelLoop

class Observer:
    first = None
    def __getattr__(self, name):
        return lambda *given, **named: None
    def end_loop(self, *given, **named):
        self.first = self.first or [float(each) for each in model.nbs.values()]

table, rounds = json.loads(sys.stdin.read())
EqualGainModel.ALLOW_RANDOM = False
model = EqualGainModel()
for party in dict.fromkeys(row["party"] for row in table):
    model.add_actor(party)
for name in dict.fromkeys(row["issue"] for row in table):
    issue = model.add_issue(name)
    issue.lower, issue.upper = 0, 100
for row in table:
    numbers = (Decimal(row[key]) for key in ("position", "salience", "power"))
    model.add_actor_issue(row["party"], row["issue"], *numbers)
observer = Observer()
loop, start = ModelLoop(model, observer, 0), time.process_time()
for _ in range(rounds):
    loop.loop()
print(json.dumps([time.process_time() - start, observer.first]))
"""


def copenhagen():
    return cases.table("copenhagen")[2:]


def played(rules, runs, rounds=ROUNDS):
    arrays = [np.repeat(each[np.newaxis], runs, axis=0) for each in copenhagen()]
    return trade(*arrays, rounds, rules, np.zeros(runs, dtype=np.uint64))


@pytest.mark.benchmark(timer=time.process_time)
@pytest.mark.parametrize("rules", [OWN_RULES, PEER_RULES], ids=["own", "peer"])
def test_a_hundred_plays_of_copenhagen_over_ten_rounds(benchmark, rules):
    played(rules, 1)
    votes, count, *_ = benchmark.pedantic(played, args=(rules, 100), rounds=3)
    assert votes.shape == (100, 11, 7)
    assert (count > 300).all()


@pytest.mark.benchmark(timer=time.process_time)
def test_copenhagen_is_played_two_hundred_times_faster_than_by_decide(benchmark):
    if "PARLEY_DECIDE" not in os.environ:
        pytest.skip("PARLEY_DECIDE names no checkout of Decide")
    found = subprocess.run(
        [os.environ.get("PARLEY_DECIDE_PYTHON", sys.executable), "-c", PLAY],
        input=json.dumps([cases.rows("copenhagen"), ROUNDS]),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.environ["PARLEY_DECIDE"]},
        capture_output=True,
        text=True,
        check=True,
    )
    theirs, outcomes = json.loads(found.stdout.splitlines()[-1])
    votes = played(PEER_RULES, 1, rounds=1)[0][0]
    weight = copenhagen()[2]
    assert (weight * np.nan_to_num(votes)).sum(axis=0) / weight.sum(axis=0) == pytest.approx(outcomes, abs=1e-5)
    benchmark.pedantic(played, args=(PEER_RULES, 1), rounds=50, warmup_rounds=1)
    if benchmark.stats:
        ours = benchmark.stats.stats.mean
        print(f"Decide {theirs:.2f} s, here {ours * 1000:.2f} ms: {theirs / ours:.0f} times faster")
        assert theirs / ours >= 200
