"""How long frontiers, Nash points and talks take beside NegMAS, in CPU seconds of one run; `pytest benchmarks -s`."""

import time

import numpy as np
import pytest

from benchmarks import negotiation_peer
from benchmarks.negotiation_peer import Game
from parley.methods.frontier import frontier, nash
from parley.methods.offers import PACES, Style, ranked
from parley.methods.offers_many import coded, negotiate_many, one_of, tournament
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


def talked(domain, kinds, steps):
    """What two parties agree on, and how long it took from the tables on, with nothing ranked or listed before."""
    worth = [np.array([party[k] for party in domain.worth]) for k in range(len(domain.worth[0]))]
    start = time.process_time()
    packages = space(worth, np.array(domain.weight), reserve=np.array(domain.reserve))
    values = payoffs(packages)
    reserve = np.broadcast_to(packages.reserve[np.newaxis, :, np.newaxis], (1, 2, steps))
    styles = coded([Style(pace=kind) for kind in kinds], steps)[np.newaxis]
    none = np.full((1, steps), -1)
    course = negotiate_many(one_of(ranked(values)), np.zeros(1, dtype=int), styles, reserve, none)
    return course, values, time.process_time() - start


@needs_peer
@pytest.mark.parametrize("sizes", [(10,) * 4, (10,) * 5], ids=["10,000", "100,000"])
def test_a_hundred_steps_take_a_hundredth_of_the_peers_time(sizes):
    """Two Boulware parties. Agreements differ, for the rule for ties does; payoffs of the peer's are the same here."""
    domain = game(sizes)
    talked(domain, ["boulware"] * 2, 100)
    course, values, spent = min((talked(domain, ["boulware"] * 2, 100) for _ in range(7)), key=lambda found: found[2])
    theirs = min(
        (negotiation_peer.bargained(domain, ["boulware"] * 2, steps=100) for _ in range(2)),
        key=lambda found: found["seconds"],
    )
    print(
        f"{np.prod(sizes):,} packages, 100 steps: {spent:.4f} s; NegMAS {theirs['seconds']:.3f} s: "
        f"{theirs['seconds'] / spent:.0f} times as long"
    )
    place = np.ravel_multi_index(tuple(theirs["agreement"]), sizes)
    assert values[:, place].tolist() == pytest.approx(theirs["payoffs"], rel=1e-12)
    assert course.package[0] >= 0
    assert theirs["seconds"] > 100 * spent


@needs_peer
def test_a_tournament_of_75_negotiations_takes_a_thirtieth_of_the_peers_time():
    """Five tactics against five on three domains of 27, 180 and 576 packages."""
    kinds = list(PACES)
    games = [game(sizes, seed) for seed, sizes in enumerate([(3, 3, 3), (5, 4, 3, 3), (4, 4, 3, 3, 4)])]

    def held():
        start = time.process_time()
        agreed = 0
        for domain in games:
            worth = [np.array([party[k] for party in domain.worth]) for k in range(len(domain.worth[0]))]
            packages = space(worth, np.array(domain.weight), reserve=np.array(domain.reserve))
            agreed += int(tournament(ranked(payoffs(packages)), packages.reserve, steps=100).agreed.sum())
        return time.process_time() - start, agreed

    held()
    spent, agreed = min(held() for _ in range(5))
    theirs = negotiation_peer.tournament(games, kinds, steps=100)
    met = sum(each["agreement"] is not None for each in theirs["talks"])
    print(
        f"75 negotiations: {spent:.4f} s, {agreed} agreed; NegMAS {theirs['seconds']:.2f} s, {met} agreed: "
        f"{theirs['seconds'] / spent:.0f} times as long"
    )
    assert len(theirs["talks"]) == 75
    assert theirs["seconds"] > 30 * spent
