"""How long the graph model takes, in CPU seconds once it is compiled; run with `pytest benchmarks -s`."""

import time

import numpy as np
import pytest

from parley.domain.conflict import Conflict, Infeasible, Option, Preference, PreferenceStatement
from parley.domain.draws import Draws, quantities
from parley.domain.estimate import Estimate
from parley.domain.party import Party
from parley.engines.graph_model import GraphModel
from parley.kernels import graph as kernel
from parley.methods.graph import CONCEPTS, arrows
from parley.methods.option_form import combinations, option_prioritisation, reachable_lists
from tests.builders import tiny_scenario


def cpu(function):
    function()
    start = time.process_time()
    function()
    return time.process_time() - start


def hundred_states():
    """Four decision makers, seven options, 100 of the 128 combinations feasible, eight statements each."""
    rng = np.random.default_rng(4)
    parties = ("north", "south", "east", "west")
    options = tuple(Option(id=f"option_{k}", name=f"Option {k}", words="", party=parties[k % 4]) for k in range(1, 8))
    left_out = 1 + rng.choice(127, 28, replace=False)
    infeasible = tuple(
        Infeasible(when=" & ".join(str(k + 1) if code >> k & 1 else f"-{k + 1}" for k in range(7))) for code in left_out
    )
    preferences = tuple(
        Preference(
            party=party,
            statements=tuple(
                PreferenceStatement(
                    says="{} IF {}".format(*rng.choice(7, 2, replace=False) + 1),
                    importance=Estimate(low=0, mode=float(rng.random()), high=1, because="a benchmark"),
                )
                for _ in range(8)
            ),
        )
        for party in parties
    )
    two = tiny_scenario().parties
    more = tuple(Party(id=name, name=name, role="other", capability=two[0].capability) for name in parties[2:])
    model = Conflict(options=options, preferences=preferences, infeasible=infeasible, agreement="1 | 2")
    return tiny_scenario(parties=two + more, conflict=model, approaches=())


def test_two_thousand_draws_of_a_hundred_states_and_four_decision_makers():
    scenario = hundred_states()
    rng = np.random.default_rng(0)
    values = rng.random((2000, len(quantities(scenario))))
    draws = Draws(base=scenario, values=values, chance=np.zeros((2000, len(scenario.levers))))
    spent = cpu(lambda: GraphModel().forecast_many(draws, [rng] * 2000))
    print(f"2,000 draws, 100 states, 4 decision makers, SEQ: {spent:.2f} s")
    assert spent < 5


@pytest.mark.parametrize("options", [6, 8, 10, 12])
@pytest.mark.parametrize("makers", [3, 5])
def test_all_four_concepts_on_a_full_cube(options, makers):
    rng = np.random.default_rng(options * makers)
    own = [sum(1 << k for k in range(options) if k % makers == i) for i in range(makers)]
    moves = reachable_lists(range(2**options), own)
    taken = combinations(options)
    rank = np.array(
        [option_prioritisation(taken[:, rng.permutation(options)] ^ (rng.random(options) < 0.5)) for _ in own]
    )
    both_ways, row = (arrows(moves), arrows(moves, backwards=True)), np.arange(makers)[np.newaxis]
    spent = cpu(lambda: [kernel.stable(*both_ways, rank, row, c) for c in range(len(CONCEPTS))])
    print(f"{2**options} states, {makers} decision makers, R GMR SMR SEQ: {spent:.4f} s")
    assert spent < 1
