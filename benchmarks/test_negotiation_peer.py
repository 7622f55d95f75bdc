"""How long frontiers and Nash points take beside NegMAS, in CPU seconds of the same run; `pytest benchmarks -s`."""

import time

import numpy as np
import pytest

from benchmarks import negotiation_peer
from benchmarks.negotiation_peer import Game
from parley.methods.frontier import frontier, nash
from parley.methods.packages import payoffs
from parley.methods.stated_payoffs import space

needs_peer = pytest.mark.skipif(
    negotiation_peer.PYTHON is None, reason="set PARLEY_NEGMAS_PYTHON to a Python interpreter that has NegMAS"
)


def game(sizes, seed=0, reserve=0.3):
    """Two parties, worths and weights at random, payoffs of 0 to 1."""
    rng = np.random.default_rng(seed)
    worth = [[rng.random(size).tolist() for size in sizes] for _ in range(2)]
    weights = rng.random((2, len(sizes)))
    return Game(worth=worth, weight=(weights / weights.sum(axis=1, keepdims=True)).tolist(), reserve=[reserve] * 2)


def ours(domain):
    """The frontier and the Nash points, which lie on it, and how long they took from the tables on."""
    worth = [np.array([party[k] for party in domain.worth]) for k in range(len(domain.worth[0]))]
    start = time.process_time()
    packages = space(worth, np.array(domain.weight), reserve=np.array(domain.reserve))
    values = payoffs(packages)
    best = values[:, frontier(values)]
    points = best[:, nash(best, packages.reserve)]
    return best, points, time.process_time() - start


@needs_peer
@pytest.mark.parametrize("sizes", [(10,) * 4, (10,) * 5], ids=["10,000", "100,000"])
def test_frontier_and_nash_points_take_a_fifteenth_of_the_peers_time_and_are_the_same(sizes):
    domain = game(sizes)
    ours(domain)
    best, points, spent = min((ours(domain) for _ in range(5)), key=lambda found: found[2])
    theirs = negotiation_peer.frontier_and_nash(domain)
    print(
        f"{np.prod(sizes):,} packages: {spent:.4f} s; NegMAS {theirs['seconds']:.3f} s, of which frontier "
        f"{theirs['seconds_of_frontier']:.3f} s: {theirs['seconds'] / spent:.0f} times as long"
    )
    # The peer leaves out what lies below a reserve value
    rational = best[:, (best >= np.array(domain.reserve)[:, np.newaxis]).all(axis=0)]
    assert sorted(rational.T.tolist()) == pytest.approx(np.array(sorted(theirs["frontier"])), rel=1e-9)
    assert points.T.tolist() == pytest.approx(np.array(theirs["nash"]), rel=1e-9)
    assert theirs["seconds"] > 15 * spent


@needs_peer
def test_the_peers_agreement_is_worth_to_both_what_it_is_worth_here():
    """The peer's side of a negotiation and of a tournament, for engines that run talks to be measured against."""
    domain = game((10,) * 4)
    talks = negotiation_peer.bargained(domain, ["boulware", "boulware"], steps=100)
    rows = negotiation_peer.tournament([game((5, 4, 3))], ["boulware", "micro"], steps=100)
    print(
        f"NegMAS: 100 steps on 10,000 packages {talks['seconds']:.3f} s, "
        f"{len(rows['talks'])} talks on 60 packages {rows['seconds']:.3f} s"
    )
    worth = [np.array([party[k] for party in domain.worth]) for k in range(len(domain.worth[0]))]
    packages = space(worth, np.array(domain.weight), reserve=np.array(domain.reserve))
    place = np.ravel_multi_index(tuple(talks["agreement"]), packages.sizes)
    assert payoffs(packages)[:, place].tolist() == pytest.approx(talks["payoffs"], rel=1e-12)
    assert [each["kinds"] for each in rows["talks"]] == [
        [first, second] for first in ("boulware", "micro") for second in ("boulware", "micro")
    ]
