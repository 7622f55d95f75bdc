"""The one solver against the game of two sides that know everything, and against slow solvers in exact fractions."""

import dataclasses
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import EngineError
from parley.methods.war import Game, solve, walk
from parley.methods.war_course import follow, truce_life
from parley.methods.war_endings import endings
from parley.methods.war_game import (
    LeverSet,
    Rule,
    Truce,
    Types,
    WarGame,
    after_rejection,
    terminal_values,
)
from parley.methods.war_patron import Patron, judge
from parley.methods.war_solver import solve_war
from parley.methods.war_talks import PART, SETTLE, WAR
from tests.exact_war_models import ExactLevers, ExactTruce, ExactTypes

HALVES = st.integers(0, 4).map(lambda n: Fraction(n, 4))
COST = st.integers(0, 6).map(lambda n: Fraction(n, 20))
DISCOUNT = st.sampled_from([Fraction(7, 10), Fraction(9, 10), Fraction(1)])
BOUNDS = st.sampled_from([(0, 10), (0, 10), (3, 9), (6, 10), (6, 6), (0, 4)]).map(
    lambda pair: (Fraction(pair[0], 10), Fraction(pair[1], 10))
)


def numbers(several):
    return tuple(float(each) for each in several)


@st.composite
def lever_games(draw):
    last = draw(st.integers(2, 4))

    def one():
        up = draw(st.integers(0, 6))
        return (Fraction(up, 10), Fraction(draw(st.integers(0, 10 - up)), 10), draw(COST), draw(COST), draw(COST))

    floor, ceiling = draw(BOUNDS)
    return ExactLevers(
        last=last,
        rounds=draw(st.integers(0, 4)),
        sets={None: one(), "A": one(), "B": one()},
        lag=draw(st.integers(0, 1)),
        discount=(draw(DISCOUNT), draw(DISCOUNT)),
        proposer=tuple(draw(st.lists(HALVES, min_size=1, max_size=2))),
        terminal=[(Fraction(k, last), 1 - Fraction(k, last)) for k in range(last + 1)],
        floor=floor,
        ceiling=ceiling,
        favour=draw(HALVES),
        patience=draw(DISCOUNT),
    )


def as_game(exact: ExactLevers) -> WarGame:
    sets = [exact.sets[name] for name in (None, "A", "B")]
    return WarGame(
        rounds=exact.rounds,
        places=exact.last + 1,
        sets=tuple(LeverSet(up=float(each[0]), down=float(each[1]), cost=numbers(each[2:4])) for each in sets),
        discount=numbers(exact.discount),
        proposer=numbers(exact.proposer),
        terminal="front",
        floor=float(exact.floor),
        ceiling=float(exact.ceiling),
        rule=after_rejection(of_a=1, of_b=2, lag=exact.lag),
    )


@settings(max_examples=120, deadline=None)
@given(lever_games())
def test_a_patron_who_answers_rejections_has_the_values_of_the_exact_recursion(exact):
    """Values, shares, and what departing from the rule gains, at every round, place, state and rejector."""
    game = as_game(exact)
    solution = solve_war(game)
    patron = Patron(
        cost=tuple(float(exact.sets[name][4]) for name in (None, "A", "B")),
        favour=float(exact.favour),
        discount=float(exact.patience),
    )
    judged = judge(solution, game, patron)
    for t in range(exact.rounds):
        states = [(0, None)] if exact.lag == 0 or t == 0 else [(1, "A"), (2, "B")]
        for index, f in states:
            for k in range(1, exact.last):
                expected = numbers(exact.value(t, k, f))
                found = [*solution.values[t, :, 0, index, k], judged.values[t, index, k]]
                assert found == pytest.approx(expected, rel=1e-12, abs=1e-13)
                for side, name in enumerate("AB"):
                    share = exact.node(t, k, f, name)[1]
                    assert solution.shares[t, side, 0, index, k] == pytest.approx(
                        np.nan if share is None else float(share), rel=1e-12, abs=1e-13, nan_ok=True
                    )
                    gain = exact.gain(t, k, f, name)
                    assert judged.gain[t, index, side, k] == pytest.approx(float(gain), rel=1e-12, abs=1e-13)
                    assert judged.credible[t, index, side, k] == (gain <= 0)


@st.composite
def type_games(draw):
    last, tough = draw(st.integers(2, 4)), draw(COST)
    up = draw(st.integers(0, 6))
    floor, ceiling = draw(BOUNDS)
    held = [(Fraction(k, last), 1 - Fraction(k, last), 1 - Fraction(k, last)) for k in range(last + 1)]
    return ExactTypes(
        last=last,
        rounds=draw(st.integers(0, 4)),
        up=Fraction(up, 10),
        down=Fraction(draw(st.integers(0, 10 - up)), 10),
        cost=(draw(COST), tough, tough + draw(COST)),
        discount=(draw(DISCOUNT), draw(DISCOUNT)),
        terminal=held,
        floor=floor,
        ceiling=ceiling,
        prior=Fraction(draw(st.integers(0, 10)), 10),
    )


def with_types(exact: ExactTypes, **changes) -> WarGame:
    fields = {
        "rounds": exact.rounds,
        "places": exact.last + 1,
        "sets": (LeverSet(up=float(exact.up), down=float(exact.down), cost=(float(exact.cost[0]), 0.0)),),
        "discount": numbers(exact.discount),
        "proposer": (1.0,),
        "terminal": "front",
        "floor": float(exact.floor),
        "ceiling": float(exact.ceiling),
        "types": Types(tough=float(exact.prior), cost=numbers(exact.cost[1:])),
    }
    return WarGame(**{**fields, **changes})


@settings(max_examples=150, deadline=None)
@given(type_games(), st.data())
def test_a_hidden_type_has_the_values_of_the_exact_recursion(exact, data):
    game = with_types(exact)
    solution = solve_war(game)
    codes = {"pool": SETTLE, "screen": PART, "hold": WAR}
    for t in range(exact.rounds):
        for index, b in enumerate(sorted({exact.prior, Fraction(1)})):
            for k in range(1, exact.last):
                expected, choice = exact.node(t, k, b)
                assert solution.values[t, :, index, 0, k] == pytest.approx(numbers(expected), rel=1e-12, abs=1e-13)
                assert solution.ends[t, 0, index, 0, k] == codes[choice]
    start = data.draw(st.integers(1, exact.last - 1))
    course, prior = follow(solution, game, start), exact.prior
    tough, weak = (exact.ends(0, start, prior, each) for each in (True, False))
    for t in range(exact.rounds):
        expected = prior * tough.get(t, 0) + (1 - prior) * weak.get(t, 0)
        assert course.settlement_time[t] == pytest.approx(float(expected), rel=1e-12, abs=1e-13)


@st.composite
def truce_games(draw):
    last, up, peace_up = draw(st.integers(2, 4)), draw(st.integers(0, 6)), draw(st.integers(0, 6))
    floor, ceiling = draw(BOUNDS)
    return ExactTruce(
        last=last,
        rounds=draw(st.integers(0, 4)),
        up=Fraction(up, 10),
        down=Fraction(draw(st.integers(0, 10 - up)), 10),
        cost=(draw(COST), draw(COST)),
        d=draw(st.sampled_from([Fraction(1, 2), Fraction(9, 10)])),
        proposer=tuple(draw(st.lists(HALVES, min_size=1, max_size=2))),
        floor=floor,
        ceiling=ceiling,
        shares=tuple(Fraction(n, 10) for n in range(11)),
        peace_up=Fraction(peace_up, 10),
        peace_down=Fraction(draw(st.integers(0, 10 - peace_up)), 10),
        penalty=(draw(COST), draw(COST)),
        loss=draw(HALVES),
        standstill=draw(st.booleans()),
    )


def with_truce(exact: ExactTruce) -> WarGame:
    return WarGame(
        rounds=exact.rounds,
        places=exact.last + 1,
        sets=(LeverSet(up=float(exact.up), down=float(exact.down), cost=numbers(exact.cost)),),
        discount=(float(exact.d), float(exact.d)),
        proposer=numbers(exact.proposer),
        terminal="front",
        floor=float(exact.floor),
        ceiling=float(exact.ceiling),
        truce=Truce(
            shares=np.array(numbers(exact.shares)),
            up=float(exact.peace_up),
            down=float(exact.peace_down),
            penalty=numbers(exact.penalty),
            loss=float(exact.loss),
            standstill=exact.standstill,
        ),
    )


@settings(max_examples=120, deadline=None)
@given(truce_games())
def test_a_truce_that_can_be_broken_has_the_values_of_the_exact_recursion(exact):
    game = with_truce(exact)
    solution = solve_war(game)
    names = ["", "A", "B", "AB"]
    for t in range(exact.rounds):
        for k in range(1, exact.last):
            expected = numbers(exact.value(t, k))
            assert solution.values[t, :, 0, 0, k] == pytest.approx(expected, rel=1e-12, abs=1e-12)
            for side in (0, 1):
                share = exact.node(t, k, side)[1]
                found = solution.shares[t, side, 0, 0, k]
                assert found == pytest.approx(np.nan if share is None else float(share), abs=1e-12, nan_ok=True)
            for n, x in enumerate(exact.shares):
                worth, who = exact.in_force(t, k, x)
                assert solution.peace.values[t, :, 0, k, n] == pytest.approx(numbers(worth), rel=1e-12, abs=1e-12)
                assert names[solution.peace.breakers[t, 0, k, n]] == who


@settings(max_examples=100, deadline=None)
@given(truce_games(), st.data())
def test_how_a_war_with_truces_ends_is_what_the_exact_recursion_over_all_its_courses_says(exact, data):
    start = data.draw(st.integers(0, exact.last))
    where = np.eye(exact.last + 1)[start]
    expected = numbers(exact.at_war(0, start, False))
    assert endings(with_truce(exact), where) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(truce_games(), st.data())
def test_all_chances_add_up_when_truces_are_signed_and_broken(exact, data):
    game = with_truce(exact)
    solution = solve_war(game)
    start = data.draw(st.integers(1, exact.last - 1))
    course = follow(solution, game, start)
    in_force = course.settlement_time.sum() - course.broken.sum()
    assert course.peace.sum() == pytest.approx(in_force, abs=1e-12)
    assert course.peace.sum() + course.victory.sum() + course.deadline == pytest.approx(1.0, abs=1e-12)


# What the one solver has in common with the game of two sides that know everything


@st.composite
def open_games(draw):
    """A game with every end of talks, and the same game for the one solver."""
    places = draw(st.integers(3, 6))
    share = st.floats(0, 1)
    up = draw(share)
    down = (1 - up) * draw(share)
    cost, discount = (0.3 * draw(share), 0.3 * draw(share)), (0.7 + 0.3 * draw(share), 0.7 + 0.3 * draw(share))
    bounds = draw(st.sampled_from([(-np.inf, np.inf), (0.0, 1.0), (0.3, 0.9), (0.6, 0.6), (0.9, 0.1)]))
    common = {
        "rounds": draw(st.integers(0, 6)),
        "proposer": tuple(draw(st.lists(share, min_size=1, max_size=3))),
        "floor": bounds[0],
        "ceiling": bounds[1],
        "outside": draw(st.sampled_from([None, (0.2, 0.3), (0.5, 0.5)])),
        "breakdown": draw(st.sampled_from([0.0, 0.2])),
        "broken": (0.3, 0.1),
    }
    rule = draw(st.sampled_from(["front", "zero"]))
    sets = (LeverSet(up=up, down=down, cost=cost),) * 3
    memory = after_rejection(of_a=1, of_b=2, lag=draw(st.sampled_from([0, 1])))
    whole = WarGame(places=places, sets=sets, discount=discount, terminal=rule, rule=memory, **common)
    alone = Game(
        up=up, down=down, cost=np.array(cost), discount=np.array(discount), terminal=terminal_values(whole), **common
    )
    return alone, whole


@settings(max_examples=120, deadline=None)
@given(open_games(), st.data())
def test_with_all_lever_sets_equal_it_is_the_game_without_levers(games, data):
    alone, whole = games
    expected, found = solve(alone), solve_war(whole)
    start = data.draw(st.integers(1, whole.places - 2))
    for state in range(whole.states):
        np.testing.assert_allclose(found.values[:, :, 0, state], expected.values, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(found.shares[:, :, 0, state], expected.offers, rtol=1e-12, atol=1e-14)
    here, there = walk(expected, alone, start), follow(found, whole, start)
    np.testing.assert_allclose(there.settlement_time, here.settlement_time, rtol=1e-12, atol=1e-14)
    for name in ("share", "walkout", "breakdown", "deadline", "fighting", "victory"):
        np.testing.assert_allclose(getattr(there, name), getattr(here, name), rtol=1e-12, atol=1e-14)


@settings(max_examples=80, deadline=None)
@given(type_games())
def test_with_two_types_of_equal_cost_it_is_the_game_without_types(exact):
    exact.cost = (exact.cost[0], exact.cost[1], exact.cost[1])
    both = with_types(exact)
    sets = (LeverSet(up=float(exact.up), down=float(exact.down), cost=numbers(exact.cost[:2])),)
    found, expected = solve_war(both), solve_war(with_types(exact, types=None, sets=sets))
    for belief in range(len(both.beliefs)):
        for player, side in ((0, 0), (1, 1), (2, 1)):
            np.testing.assert_allclose(
                found.values[:, player, belief], expected.values[:, side, 0], rtol=1e-12, atol=1e-14
            )


@settings(max_examples=60, deadline=None)
@given(truce_games())
def test_a_truce_that_nobody_breaks_and_a_war_that_leaves_nothing_is_the_game_of_one_pie(exact):
    """No drift in peace, a huge penalty, all of the pie lost in war: values are those of the pie over 1 - d, where a
    round of fighting costs the pie k (1 - d). The exact shares of the pie are put on the grid."""
    exact.peace_up = exact.peace_down = Fraction(0)
    exact.penalty, exact.loss, exact.standstill = (Fraction(1000), Fraction(1000)), Fraction(1), False
    left = 1 - exact.d
    pie = ExactLevers(
        last=exact.last,
        rounds=exact.rounds,
        sets={None: (exact.up, exact.down, exact.cost[0] * left, exact.cost[1] * left, Fraction(0))},
        lag=1,
        discount=(exact.d, exact.d),
        proposer=exact.proposer,
        terminal=[(Fraction(0), Fraction(0))] * (exact.last + 1),
        floor=exact.floor,
        ceiling=exact.ceiling,
    )
    pie.sets |= {"A": pie.sets[None], "B": pie.sets[None]}
    nodes = [(t, k, f, who) for t in range(pie.rounds) for k in range(1, pie.last) for f in (None,) for who in "AB"]
    shares = {pie.node(*each)[1] for each in nodes} - {None}
    exact.shares = tuple(sorted(shares)) or (Fraction(1, 2),)
    found = solve_war(with_truce(exact))
    for t in range(pie.rounds):
        for k in range(1, pie.last):
            expected = [float(each / left) for each in pie.value(t, k)[:2]]
            assert found.values[t, :, 0, 0, k] == pytest.approx(expected, rel=1e-11, abs=1e-12)


@settings(max_examples=80, deadline=None)
@given(lever_games())
def test_with_equal_types_a_patron_s_rule_is_that_without_types(exact):
    exact.proposer = (Fraction(1),)
    alone = as_game(exact)
    both = dataclasses.replace(alone, types=Types(tough=0.3, cost=(0.0, 0.0)))
    expected, found = solve_war(alone), solve_war(both)
    for belief in (0, 1):
        for player, side in ((0, 0), (1, 1), (2, 1)):
            here, there = found.values[:, player, belief], expected.values[:, side, 0]
            np.testing.assert_allclose(here, there, rtol=1e-12, atol=1e-14)


@settings(max_examples=80, deadline=None)
@given(lever_games(), st.sampled_from([Fraction(1, 2), Fraction(9, 10)]))
def test_with_truces_that_nobody_breaks_a_patron_s_rule_is_that_of_one_pie(exact, d):
    """All of the pie lost in war, and costs of k where the pie costs k (1 - d): values over 1 - d."""
    exact.discount, exact.terminal = (d, d), [(Fraction(0), Fraction(0))] * (exact.last + 1)
    pie = dataclasses.replace(as_game(exact), terminal="zero")
    expected = solve_war(pie)
    shares = np.unique(expected.shares[~np.isnan(expected.shares)])
    if len(shares) == 0 or np.diff(shares).min(initial=1.0) < 1e-9:
        return
    left = 1.0 - float(d)
    sets = tuple(dataclasses.replace(each, cost=tuple(k / left for k in each.cost)) for each in pie.sets)
    binding = Truce(shares=np.clip(shares, 0, 1), penalty=(np.inf, np.inf), loss=1.0)
    found = solve_war(dataclasses.replace(pie, terminal="front", sets=sets, truce=binding))
    np.testing.assert_allclose(found.values, expected.values / left, rtol=1e-9, atol=1e-9)


def test_a_guarantee_that_answers_a_breach_keeps_a_truce_that_would_be_broken():
    """K = 4, power moves towards A in peace. A battle after A's breach costs it .05, or, guaranteed, 3 a round."""
    kept = []
    for cost in (0.05, 3.0):
        sets = (LeverSet(up=0.5, down=0.5, cost=(0.05, 0.05)), LeverSet(up=0.5, down=0.5, cost=(cost, 0.05)))
        truce = Truce(shares=np.array([0.5]), up=1.0)
        fields = {**PLAIN, "rounds": 6, "places": 5, "sets": sets, "truce": truce, "rule": after_rejection(of_a=1)}
        game = WarGame(**fields)
        kept.append(truce_life(solve_war(game), game, 0, place=2, share=0).in_force[-1])
    assert kept == [0.0, 1.0]


@settings(max_examples=80, deadline=None)
@given(truce_games())
def test_naming_the_sides_the_other_way_round_mirrors_a_truce(exact):
    """Shares between which both sides are indifferent may be chosen otherwise; values are the same."""
    game = with_truce(exact)
    assert game.truce is not None
    mirrored = dataclasses.replace(
        game,
        sets=tuple(LeverSet(up=each.down, down=each.up, cost=each.cost[::-1]) for each in game.sets),
        proposer=tuple(1 - q for q in game.proposer),
        floor=1 - game.ceiling,
        ceiling=1 - game.floor,
        truce=dataclasses.replace(game.truce, up=game.truce.down, down=game.truce.up, penalty=game.truce.penalty[::-1]),
    )
    here, there = solve_war(game), solve_war(mirrored)
    np.testing.assert_allclose(there.values, here.values[:, ::-1, :, :, ::-1], rtol=1e-9, atol=1e-9)


PLAIN = {
    "rounds": 1,
    "places": 3,
    "sets": (LeverSet(up=0.1, down=0.1, cost=(0.0, 0.0)),),
    "discount": (0.9, 0.9),
    "proposer": (0.5,),
    "terminal": "front",
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"places": 2}, "three places"),
        ({"proposer": ()}, "somebody proposes"),
        ({"discount": (1.1, 0.9)}, "within 0..1"),
        ({"sets": (LeverSet(up=0.7, down=0.7, cost=(0.0, 0.0)),)}, "add up to 1"),
        ({"rule": Rule(acts=np.zeros((1, 1, 2), dtype=int), follows=np.ones((1, 2), dtype=int))}, "state of memory"),
        ({"types": Types(tough=0.5, cost=(0.2, 0.1))}, "at less cost"),
        ({"types": Types(tough=0.5, cost=(0.0, 0.1), posteriors=(0.3,))}, "posteriors"),
        ({"types": Types(tough=0.5, cost=(0.0, 0.1)), "outside": (0.1, 0.1)}, "walking out"),
        ({"truce": Truce(shares=np.array([0.5, 0.4]))}, "rise"),
        ({"truce": Truce(shares=np.array([0.5]), up=0.8, down=0.8)}, "moves in peace"),
        ({"truce": Truce(shares=np.array([0.5])), "discount": (1.0, 1.0)}, "one discount"),
        ({"truce": Truce(shares=np.array([0.5])), "outside": (0.1, 0.1)}, "without types"),
        ({"truce": Truce(shares=np.array([0.5])), "terminal": "zero"}, "terminal is `front`"),
    ],
)
def test_a_game_that_makes_no_sense_is_refused_with_its_reason(change, reason):
    with pytest.raises(ValueError, match=reason):
        WarGame(**{**PLAIN, **change})


def test_a_fight_that_never_ends_is_no_end_of_the_horizon():
    still = (LeverSet(up=0.0, down=0.0, cost=(0.1, 0.1)),)
    game = WarGame(**{**PLAIN, "sets": still, "discount": (1.0, 1.0), "terminal": "fight_to_finish"})
    with pytest.raises(EngineError, match="never ends"):
        solve_war(game)


def test_a_game_whose_parts_do_not_fit_names_every_reason():
    with pytest.raises(ValueError, match="lever set that is not there.*given"):
        WarGame(
            rounds=1,
            places=3,
            sets=(LeverSet(up=0.1, down=0.1, cost=(0.0, 0.0)),),
            discount=(1.0, 1.0),
            proposer=(0.5,),
            terminal="given",
            rule=after_rejection(of_b=1),
        )


def test_a_truce_that_only_a_shift_of_power_breaks_is_broken_when_the_shift_comes():
    """K = 4, power moves towards A for certain in peace: A breaks a half-and-half truce once it stands at 3."""
    game = WarGame(
        rounds=6,
        places=5,
        sets=(LeverSet(up=0.5, down=0.5, cost=(0.05, 0.05)),),
        discount=(0.9, 0.9),
        proposer=(0.5,),
        terminal="front",
        truce=Truce(shares=np.array([0.5]), up=1.0),
    )
    life = truce_life(solve_war(game), game, 0, place=2, share=0)
    assert life.in_force[:2].tolist() == [1.0, 0.0]
    assert life.hazard[0].tolist() == [1.0, 0.0]
