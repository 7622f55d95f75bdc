"""Numbers of the bargaining literature that bargaining while fighting must give.

A game without a front, such as Ståhl's, is one whose front never moves: three places, of which the middle one is the
only one in play. A game without fighting costs nothing per round.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from parley.methods.war import Game, Solution, fight_to_finish, military_outcome, rounds_to_finish, solve, walk
from tests.exact_war import ExactWar, exactly_fought_out

LONG = 3_000


def talks(rounds: int, discount: tuple[float, float], **changes) -> Game:
    """Alternating offers without a war, side A first; nothing for anybody after the last round."""
    fields = {
        "rounds": rounds,
        "up": 0.0,
        "down": 0.0,
        "cost": np.zeros(2),
        "discount": np.array(discount),
        "proposer": (1.0, 0.0),
        "terminal": military_outcome(3),
    }
    return Game(**{**fields, **changes})


def war(last: int, rounds: int, up: float, cost: tuple[float, float], **changes) -> Game:
    """A walk that always moves, fought to the finish after the last round."""
    down = changes.pop("down", 1.0 - up)
    discount = np.array(changes.pop("discount", (1.0, 1.0)))
    terminal = fight_to_finish(np.array(up), np.array(down), np.array(cost), discount, last + 1)
    fields = {"proposer": (0.5,), "terminal": terminal, **changes}
    return Game(rounds=rounds, up=up, down=down, cost=np.array(cost), discount=discount, **fields)


def value_a(solution: Solution) -> np.ndarray:
    return solution.values[0, 0]


def settling(solution: Solution) -> list[int]:
    """Places at which the first offer settles, whoever makes it."""
    return np.flatnonzero(~np.isnan(solution.offers[0]).any(axis=0)).tolist()


# Offers without a war


@pytest.mark.parametrize(
    ("first", "second", "share"), [(0.9, 0.9, 0.526316), (0.95, 0.8, 0.833333), (0.5, 0.99, 0.019802)]
)
def test_without_an_end_the_first_proposer_gets_the_share_of_rubinstein(first, second, share):
    """Rubinstein (1982), p. 108: the first proposer gets (1 - dB) / (1 - dA dB)."""
    found = value_a(solve(talks(LONG, (first, second))))[1]
    assert found == pytest.approx((1 - second) / (1 - first * second), rel=1e-12)
    assert found == pytest.approx(share, abs=5e-7)


@pytest.mark.parametrize(("rounds", "share"), [(1, 1.0), (2, 0.1), (3, 0.91), (10, 0.3428008)])
def test_with_an_end_the_first_proposer_gets_the_share_of_stahl(rounds, share):
    """Ståhl (1972): s(1) = 1 and s(n) = 1 - d s(n - 1), so s(n) = (1 - (-d)^n) / (1 + d); here d = .9."""
    found = value_a(solve(talks(rounds, (0.9, 0.9))))[1]
    assert found == pytest.approx((1 - (-0.9) ** rounds) / 1.9, rel=1e-12)
    assert found == pytest.approx(share, abs=5e-8)


@pytest.mark.parametrize(("option", "share"), [(0.3, 0.526316), (0.45, 0.526316), (0.6, 0.4)])
def test_an_option_that_is_worse_than_talking_changes_nothing(option, share):
    """Binmore, Shaked and Sutton (1989): A gets 1 - max(b, dB (1 - dA) / (1 - dA dB)); d = .9."""
    found = value_a(solve(talks(LONG, (0.9, 0.9), outside=(0.0, option))))[1]
    assert found == pytest.approx(1 - max(option, 0.9 * 0.1 / (1 - 0.81)), rel=1e-12)
    assert found == pytest.approx(share, abs=5e-7)


@pytest.mark.parametrize(("risk", "share"), [(0.1, 0.463158), (0.01, 0.451256)])
def test_a_risk_of_breakdown_gives_the_share_of_binmore_rubinstein_and_wolinsky(risk, share):
    """Binmore, Rubinstein and Wolinsky (1986): x = (1 - zB + (1 - r) zA) / (2 - r), here zA = .2 and zB = .3.

    A breakdown with chance r is also a battle that ends the war with chance r, each side winning half of them. Its
    payoffs become zA and zB through the costs: a rejection is worth -k + r / 2 + (1 - r) V, which is r z + (1 - r) V
    for k = r / 2 - r z.
    """
    z = np.array([0.2, 0.3])
    as_battle = talks(LONG, (1.0, 1.0), up=risk / 2, down=risk / 2, cost=risk / 2 - risk * z)
    for game in (as_battle, talks(LONG, (1.0, 1.0), breakdown=risk, broken=tuple(z))):
        found = value_a(solve(game))[1]
        assert found == pytest.approx((1 - z[1] + (1 - risk) * z[0]) / (2 - risk), rel=1e-9)
        assert found == pytest.approx(share, abs=5e-7)


def test_a_breakdown_that_grows_rare_gives_the_split_of_nash():
    """Binmore, Rubinstein and Wolinsky (1986): (1 + zA - zB) / 2 as r -> 0, with zA = .2 and zB = .3."""
    game = talks(20_000, (1.0, 1.0), breakdown=0.001, broken=(0.2, 0.3))
    assert value_a(solve(game))[1] == pytest.approx(0.45, abs=2e-4)


def test_with_a_random_proposer_and_costs_of_fighting_the_share_follows_from_one_line():
    """V_A = q (1 + kB - d (1 - V_A)) + (1 - q) (-kA + d V_A), because a stock of 1 is divided once.

    Hence V_A = q + (q kB - (1 - q) kA) / (1 - d): with d = .9, kA = .02, kB = .05, q = .4 it is
    .4 + (.02 - .012) / .1 = .48.
    """
    game = talks(LONG, (0.9, 0.9), proposer=(0.4,), cost=np.array([0.02, 0.05]))
    assert value_a(solve(game))[1] == pytest.approx(0.48, rel=1e-12)


# The war


@pytest.mark.parametrize(("p", "cost_a", "cost_b"), [(0.5, 0.1, 0.3), (0.3, 0.05, 0.2)])
def test_one_decisive_battle_leaves_the_bargaining_range_of_fearon(p, cost_a, cost_b):
    """Fearon (1995), p. 387: any share in [p - cA, p + cB] is better for both than the lottery of war."""
    solution = solve(war(2, 1, p, (cost_a, cost_b)))
    assert solution.offers[0, :, 1] == pytest.approx([p + cost_b, p - cost_a], rel=1e-12)


@pytest.mark.parametrize("p", [0.5, 0.45, 0.7])
def test_the_walk_has_the_chances_and_lengths_of_the_gamblers_ruin(p):
    """W(k) = (1 - r^k) / (1 - r^K), D(k) = (k - K W) / (1 - 2p), r = (1 - p) / p; k / K and k (K - k) where p = 1/2."""
    last, k = 6, np.arange(7)
    r = (1 - p) / p
    chance = k / last if p == 0.5 else (1 - r**k) / (1 - r**last)
    length = k * (last - k) if p == 0.5 else (k - last * chance) / (1 - 2 * p)
    cost = np.array([0.02, 0.03])
    values = fight_to_finish(np.array(p), np.array(1 - p), cost, np.ones(2), last + 1)
    assert values[0] == pytest.approx(chance - 0.02 * length, rel=1e-12, abs=1e-15)
    assert values[1] == pytest.approx(1 - chance - 0.03 * length, rel=1e-12, abs=1e-15)
    assert rounds_to_finish(np.array(p), np.array(1 - p), last + 1) == pytest.approx(length, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("rounds", [1, 2, 7, 60])
@pytest.mark.parametrize("bounds", [(0.0, 1.0), (-np.inf, np.inf)])
def test_the_random_walk_has_the_values_of_its_table_for_any_number_of_rounds(rounds, bounds):
    """V(k) = W(k) + (q kB - (1 - q) kA) D(k), for every horizon, and it settles everywhere at once."""
    solution = solve(war(6, rounds, 0.45, (0.02, 0.03), floor=bounds[0], ceiling=bounds[1]))
    table = [0, 0.116662, 0.248137, 0.397718, 0.569429, 0.768186, 1]
    assert value_a(solution) == pytest.approx(table, abs=5e-7)
    assert settling(solution) == [1, 2, 3, 4, 5]


def test_a_red_line_makes_the_weaker_front_fight_and_the_stronger_settle():
    """The same walk where side A never takes less than .6: it fights on at 1, 2, 3 and settles at 4 and 5."""
    solution = solve(war(6, LONG, 0.45, (0.02, 0.03), floor=0.6))
    assert settling(solution) == [4, 5]
    assert value_a(solution)[1:6] == pytest.approx([0.060053, 0.177896, 0.366370, 0.641172, 0.807645], abs=5e-7)


@pytest.mark.parametrize(
    ("p", "cost_a", "cost_b", "share"),
    [
        (0.5, 0.01, 0.01, 0.5),
        (0.5, 0.03, 0.01, 0.3219),
        (0.45, 0.01, 0.01, 0.3468),
        (0.45, 0.03, 0.01, 0.1810),
        (0.55, 0.01, 0.02, 0.7379),
    ],
    ids=["no lever", "sanction on A", "aid to B", "both", "no aid to B"],
)
def test_the_trial_levers_move_the_share_as_far_as_their_table_says(p, cost_a, cost_b, share):
    """A walk over K = 10 places from the middle, d = .98, q = 1/2."""
    solution = solve(war(10, LONG, p, (cost_a, cost_b), discount=(0.98, 0.98)))
    assert value_a(solution)[5] == pytest.approx(share, abs=5e-5)


def test_without_bounds_on_the_share_both_levers_together_reach_further():
    game = war(10, LONG, 0.45, (0.03, 0.01), discount=(0.98, 0.98), floor=-np.inf, ceiling=np.inf)
    assert value_a(solve(game))[5] == pytest.approx(0.1774, abs=5e-5)


# What plausibly holds, and does not


def test_a_side_can_do_worse_on_a_better_front():
    """No surrender move exists: with red lines, losing can be better for A than fighting on one place further up."""
    game = war(4, 2, 0.3, (0.2, 0.0), proposer=(0.0,), floor=0.3, ceiling=0.9)
    assert value_a(solve(game)) == pytest.approx([0, -0.3603, -0.3622, 0.3, 1], abs=5e-5)


def test_a_side_can_do_worse_with_better_chances_in_battle():
    values = [value_a(solve(war(4, 1, p, (0.2, 0.0), proposer=(0.0,), floor=0.3, ceiling=0.9)))[1] for p in (0.3, 0.4)]
    assert values == pytest.approx([-0.3603, -0.3846], abs=5e-5)


def test_a_longer_horizon_helps_and_then_hurts():
    game = {"proposer": (0.0,), "floor": 0.3, "ceiling": 0.9}
    values = [value_a(solve(war(4, rounds, 0.4, (0.2, 0.0), **game)))[1] for rounds in (1, 2, 3)]
    assert values[1] > values[0] + 0.3
    assert values[2] < values[1] - 0.2


def test_a_patient_side_can_do_worse_where_its_prospects_are_bad():
    """Nothing can be agreed and the front stands still: A pays .1 for ever, worth -.1 / (1 - d)."""
    values = [
        value_a(solve(war(2, 1, 0.0, (0.1, 0.1), down=0.0, discount=(d, 0.5), floor=0.9, ceiling=0.1)))[1]
        for d in (0.5, 0.9)
    ]
    assert values == pytest.approx([-0.2, -1.0], rel=1e-12)


def test_a_tighter_red_line_can_make_one_front_settle_and_another_fight():
    """B never gives more than half; A's floor rises from .2 to .5: place 1 stops settling, place 2 starts."""
    front = np.arange(5) / 4
    loose, tight = (
        Game(
            rounds=2,
            up=0.5,
            down=0.5,
            cost=np.array([0.0, 0.15]),
            discount=np.ones(2),
            proposer=(1.0,),
            terminal=np.stack([front, 1 - front]),
            floor=floor,
            ceiling=0.5,
        )
        for floor in (0.2, 0.5)
    )
    assert settling(solve(loose)) == [1]
    assert settling(solve(tight)) == [2]


def test_an_option_worse_than_the_value_now_still_counts_where_it_binds_on_a_worse_front():
    """B's option of .2 lies far below what B gets at the start, and lifts it all the same."""
    front = np.arange(5) / 4
    without, having = (
        Game(
            rounds=3,
            up=0.6,
            down=0.4,
            cost=np.array([0.05, 0.1]),
            discount=np.ones(2),
            proposer=(0.5,),
            terminal=np.stack([front, 1 - front]),
            outside=option,
        )
        for option in (None, (0.0, 0.2))
    )
    before, after = solve(without).values[0, 1, 1], solve(having).values[0, 1, 1]
    assert before > 0.5
    assert after > before + 0.01


@pytest.mark.parametrize(("cost", "value"), [(0.03, 0.21), (0.05, 0.6)])
def test_a_poorer_side_can_get_more_where_it_would_rather_leave_than_fight(cost, value):
    """K = 3, one round, B proposes: at cost .03 A fights for -.03 + .9 x .4 x 2/3 = .21; at .05 that is .19, A would
    leave for .2, and B pays A's floor of .6 to keep .4."""
    front = np.arange(4) / 3
    game = Game(
        rounds=1,
        up=0.4,
        down=0.6,
        cost=np.array([cost, 0.0]),
        discount=np.array([0.9, 0.9]),
        proposer=(0.0,),
        terminal=np.stack([front, 1 - front]),
        floor=0.6,
        outside=(0.2, 0.4),
    )
    assert value_a(solve(game))[1] == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("hopeful", "values", "settles"), [(True, [0.19, 0.6, 0.64], [2]), (False, [0.0069, 0.1931, 0.6], [3])]
)
def test_a_long_war_with_one_possible_share_settles_where_its_far_end_says(hopeful, values, settles):
    """Two solutions of one endless game: only .6 can be agreed, and the best and the worst far end lead apart."""
    best, worst = np.array([0, 0.9, 0.9, 0.9, 1]), np.array([0, -9, -9, -9, 1])
    terminal = np.stack([best, worst[::-1]] if hopeful else [worst, best[::-1]])
    game = Game(
        rounds=LONG,
        up=0.5,
        down=0.5,
        cost=np.array([0.08, 0.03]),
        discount=np.array([0.9, 0.9]),
        proposer=(1.0,),
        terminal=terminal,
        floor=0.6,
        ceiling=0.6,
    )
    solution = solve(game)
    assert value_a(solution)[1:4] == pytest.approx(values, abs=5e-5)
    assert settling(solution) == settles


# The second solver


def random_fraction(rng: np.random.Generator, low: int, high: int, parts: int) -> Fraction:
    return Fraction(int(rng.integers(low, high + 1)), parts)


def random_exact_war(rng: np.random.Generator) -> ExactWar:
    last = int(rng.integers(2, 6))
    up, down = random_fraction(rng, 1, 5, 10), random_fraction(rng, 1, 5, 10)
    cost = (random_fraction(rng, 0, 4, 20), random_fraction(rng, 0, 4, 20))
    discount = (random_fraction(rng, 8, 10, 10), random_fraction(rng, 8, 10, 10))
    kind = rng.integers(0, 4)
    if kind == 0:
        terminal = exactly_fought_out(last, up, down, cost, discount)
    elif kind == 1:
        terminal = [(Fraction(k, last), 1 - Fraction(k, last)) for k in range(last + 1)]
    elif kind == 2:
        terminal = [(Fraction(0), Fraction(0))] * (last + 1)
    else:
        terminal = [(random_fraction(rng, -4, 8, 10), random_fraction(rng, -4, 8, 10)) for _ in range(last + 1)]
    tight = rng.random() < 0.6
    return ExactWar(
        last=last,
        rounds=int(rng.integers(0, 5)),
        up=up,
        down=down,
        cost=cost,
        discount=discount,
        proposer=tuple(random_fraction(rng, 0, 4, 4) for _ in range(int(rng.integers(1, 4)))),
        terminal=terminal,
        floor=random_fraction(rng, 0, 7, 10) if tight else None,
        ceiling=random_fraction(rng, 4, 10, 10) if tight else None,
        outside=(random_fraction(rng, 0, 4, 10), random_fraction(rng, 0, 4, 10)) if rng.random() < 0.4 else None,
        breakdown=random_fraction(rng, 1, 5, 10) if rng.random() < 0.4 else Fraction(0),
        broken=(random_fraction(rng, -2, 6, 10), random_fraction(rng, -2, 6, 10)),
    )


def as_floats(exact: ExactWar) -> Game:
    return Game(
        rounds=exact.rounds,
        up=float(exact.up),
        down=float(exact.down),
        cost=np.array([float(each) for each in exact.cost]),
        discount=np.array([float(each) for each in exact.discount]),
        proposer=tuple(float(each) for each in exact.proposer),
        terminal=np.array([[float(each) for each in pair] for pair in exact.terminal]).T,
        floor=-np.inf if exact.floor is None else float(exact.floor),
        ceiling=np.inf if exact.ceiling is None else float(exact.ceiling),
        outside=None if exact.outside is None else tuple(float(each) for each in exact.outside),
        breakdown=float(exact.breakdown),
        broken=tuple(float(each) for each in exact.broken),
    )


@pytest.mark.parametrize("seed", range(250))
def test_recursion_in_exact_fractions_agrees_on_small_games(seed):
    """Ties, which coarse fractions make frequent, are decided exactly there."""
    exact = random_exact_war(np.random.default_rng(seed))
    game = as_floats(exact)
    solution = solve(game)
    start = 1 + seed % (exact.last - 1)
    for k in range(exact.last + 1):
        expected = [float(each) for each in exact.value(0, k)]
        assert solution.values[0, :, k] == pytest.approx(expected, rel=1e-12, abs=1e-13)
    chances, fighting = exact.ends(0, start)
    course = walk(solution, game, start)
    settled = [float(chances.get(("settle", t), 0)) for t in range(exact.rounds)]
    assert course.settlement_time == pytest.approx(settled, rel=1e-12, abs=1e-13)
    found = [*course.victory, course.walkout, course.breakdown, course.deadline, course.fighting]
    ends = [float(chances.get(name, 0)) for name in ("win", "lose", "walk out", "break", "deadline")]
    assert found == pytest.approx([*ends, float(fighting)], rel=1e-12, abs=1e-13)
