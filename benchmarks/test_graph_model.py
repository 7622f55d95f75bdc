"""How long the graph model takes, in CPU seconds once it is compiled; run with `pytest benchmarks -s`."""

import resource
import time

import numpy as np
import pytest

from benchmarks import graph_peer
from benchmarks.graph_cost import FOUR, cube, seconds
from parley.domain.conflict import Conflict, Infeasible, Option, Preference, PreferenceStatement
from parley.domain.draws import Draws, quantities
from parley.domain.estimate import Estimate
from parley.domain.party import Party
from parley.engines.graph_model import GraphModel
from parley.methods.stability import stable_in_profiles
from tests.builders import tiny_scenario


def cpu(function):
    function()
    start = time.process_time()
    function()
    return time.process_time() - start


def conflict(options, left_out):
    """Four decision makers with eight statements each; so many of the combinations of options are infeasible."""
    rng = np.random.default_rng(4)
    parties = ("north", "south", "east", "west")
    listed = tuple(
        Option(id=f"option_{k}", name=f"Option {k}", words="", party=parties[k % 4]) for k in range(1, options + 1)
    )
    infeasible = tuple(
        Infeasible(when=" & ".join(str(k + 1) if code >> k & 1 else f"-{k + 1}" for k in range(options)))
        for code in 1 + rng.choice(2**options - 1, left_out, replace=False)
    )
    preferences = tuple(
        Preference(
            party=party,
            statements=tuple(
                PreferenceStatement(
                    says="{} IF {}".format(*rng.choice(options, 2, replace=False) + 1),
                    importance=Estimate(low=0, mode=float(rng.random()), high=1, because="a benchmark"),
                )
                for _ in range(8)
            ),
        )
        for party in parties
    )
    two = tiny_scenario().parties
    more = tuple(Party(id=name, name=name, role="other", capability=two[0].capability) for name in parties[2:])
    model = Conflict(options=listed, preferences=preferences, infeasible=infeasible, agreement="1 | 2")
    return tiny_scenario(parties=two + more, conflict=model, approaches=())


def test_two_thousand_draws_of_a_hundred_states_and_four_decision_makers():
    scenario = conflict(options=7, left_out=28)
    rng = np.random.default_rng(0)
    values = rng.random((2000, len(quantities(scenario))))
    draws = Draws(base=scenario, values=values, chance=np.zeros((2000, len(scenario.levers))))
    spent = cpu(lambda: GraphModel().forecast_many(draws, [rng] * 2000))
    print(f"2,000 draws, 100 states, 4 decision makers, SEQ: {spent:.2f} s")
    assert spent < 5


def test_ten_thousand_draws_of_sixty_four_states_and_four_decision_makers():
    """The aim is 10 s."""
    scenario = conflict(options=6, left_out=0)
    rng = np.random.default_rng(0)
    values = rng.random((10_000, len(quantities(scenario))))
    draws = Draws(base=scenario, values=values, chance=np.zeros((10_000, len(scenario.levers))))
    spent = cpu(lambda: GraphModel().forecast_many(draws, [rng] * 10_000))
    print(f"10,000 draws, 64 states, 4 decision makers, SEQ: {spent:.2f} s")
    assert spent < 10


@pytest.mark.benchmark(timer=time.process_time)
@pytest.mark.parametrize(("options", "makers", "aim"), [(12, 5, 1), (16, 5, 20), (20, 4, 300)])
def test_four_concepts_on_a_full_cube(benchmark, options, makers, aim):
    """The aims are CPU seconds for R, GMR, SMR and SEQ together; the largest also has to fit in 2 GB."""
    moves, rank, _, _ = cube(options, makers)
    row = np.arange(makers)[np.newaxis]

    def all_four():
        return [stable_in_profiles(moves, rank, row, concept) for concept in FOUR]

    start = time.process_time()
    benchmark.pedantic(all_four, rounds=1, warmup_rounds=1 if options == 12 else 0)
    assert time.process_time() - start < 2 * aim
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2 * 1024**2


@pytest.mark.skipif(graph_peer.CHECKOUT is None, reason="set GMCR_PY to a checkout of gmcr-py")
@pytest.mark.parametrize(("options", "makers"), [(6, 3), (6, 5), (8, 3)])
def test_the_peer_on_the_same_cube_takes_longer(options, makers):
    moves, _, order, wanted = cube(options, makers)
    ours, theirs = seconds(options, makers), graph_peer.seconds(list(moves.own), order, wanted, limit=150)
    shown = "not finished in 150 s" if theirs is None else f"{theirs:.3f} s"
    print(f"{2**options} states, {makers} decision makers: {ours:.4f} s; gmcr-py: {shown}")
    assert theirs is None or ours < theirs
