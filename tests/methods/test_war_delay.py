"""Why a war is not settled now, and wars without a last round."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import EngineError
from parley.methods.war_bracket import bracket
from parley.methods.war_delay import causes_of_delay, switched_off
from parley.methods.war_game import LeverSet, Truce, Types, WarGame, after_rejection, ramp
from parley.methods.war_solver import solve_war


def war(last, rounds, sets, **changes):
    fields = {"discount": (1.0, 1.0), "proposer": (0.5,), "terminal": "front", **changes}
    return WarGame(rounds=rounds, places=last + 1, sets=tuple(sets), **fields)


def even(cost_a, cost_b, move=0.5):
    return LeverSet(up=move, down=move, cost=(cost_a, cost_b))


# One cause at a time


def test_a_red_line_alone_delays():
    """From the middle of K = 6 at A's floor of .6, B would rather fight for half than give .6."""
    found = causes_of_delay(war(6, 20, (even(0.01, 0.01),), floor=0.6), 3, horizon=20)
    assert found.settles_now == 0.0
    assert found.active == ("red_line",)
    assert found.causes == (("red_line",),)
    # one round is worth -.01 to each; A's best deal now is .5 + .01, and B's 1 - .6
    assert found.waiting[0] < 0
    assert found.waiting[1] > 0
    assert (found.without["red_line"] < 0).all()


def test_a_hidden_type_alone_delays():
    """The game in which the menu makes everybody wait for the deadline."""
    game = war(
        2,
        2,
        (even(0.01, 0.0, 0.2),),
        proposer=(1.0,),
        terminal="fight_to_finish",
        types=Types(tough=0.8, cost=(0.0, 0.2)),
    )
    found = causes_of_delay(game, 1, horizon=60)
    assert found.settles_now == 0.0
    assert found.causes == (("private_information",),)


def test_a_truce_that_cannot_be_promised_delays():
    """Power shifts to A for certain in peace: half now is not half later, and B will not pay for what A takes."""
    truce = Truce(shares=np.linspace(0, 1, 101), up=1.0, penalty=(0.0, 0.0), loss=0.1)
    game = war(6, 20, (even(0.02, 0.02),), discount=(0.95, 0.95), truce=truce)
    found = causes_of_delay(game, 1, horizon=20)
    assert found.settles_now == 0.0
    assert ("commitment",) in found.causes


def test_two_causes_may_have_to_go_together():
    """B proposes. A's rejection is rewarded so that a battle is worth 1 to A and .45 to B. Without the reward A's floor
    of .6 leaves B .4, less than its .45; without the floor A still asks for 1. Without both they settle at .45."""
    base, gift = even(0.05, 0.05), LeverSet(up=0.5, down=0.5, cost=(-0.5, 0.05))
    game = war(2, 1, (base, gift), rule=after_rejection(of_a=1), floor=0.6, proposer=(0.0,))
    found = causes_of_delay(game, 1, horizon=1)
    assert found.settles_now == 0.0
    assert found.causes == (("levers", "red_line"),)


def test_a_deadline_can_be_what_delays():
    """Nothing happens to a front that stands still until the deadline, which then gives A the whole pie and B half of
    it: there is more to be had by waiting than there is to divide."""
    given = np.array([[0.0, 1.0, 1.0], [1.0, 0.5, 0.0]])
    game = war(2, 2, (even(0.0, 0.0, 0.0),), discount=(0.9, 0.9), terminal="given", given=given)
    found = causes_of_delay(game, 1)
    assert found.settles_now == 0.0
    assert found.causes == (("deadline",),)


def test_a_war_that_settles_now_has_no_cause_of_delay():
    found = causes_of_delay(war(6, 5, (even(0.01, 0.02),), proposer=(0.3,)), 3)
    assert found.settles_now == pytest.approx(1.0)
    assert found.causes == ()
    assert (found.waiting < 0).all()


def test_nothing_can_help_where_war_pays_more_than_there_is():
    """Both gain by every battle."""
    found = causes_of_delay(war(2, 3, (even(-0.3, -0.3),), floor=0.2), 1, horizon=3)
    assert found.causes == ()
    assert found.settles_now == 0.0


chance = st.integers(0, 10).map(lambda n: n / 10)
cost = st.integers(0, 6).map(lambda n: n / 20)


@st.composite
def games(draw):
    def one():
        up = draw(chance)
        return LeverSet(up=up, down=(1 - up) * draw(chance), cost=(draw(cost), draw(cost)))

    bounds = draw(st.sampled_from([(0.0, 1.0), (0.3, 0.9), (0.6, 1.0), (0.6, 0.6)]))
    tough = draw(cost)
    types = draw(st.sampled_from([None, Types(tough=draw(chance), cost=(tough, tough + draw(cost)))]))
    rule = draw(st.sampled_from([after_rejection(of_a=1, of_b=2), ramp((0, 1, 2)), after_rejection(of_b=1, lag=1)]))
    return war(
        draw(st.integers(2, 4)),
        draw(st.integers(1, 3)),
        (one(), one(), one()),
        proposer=(1.0,) if types else (draw(chance),),
        floor=bounds[0],
        ceiling=bounds[1],
        rule=rule,
        types=types,
    )


@settings(max_examples=60, deadline=None)
@given(games(), st.data())
def test_with_no_red_line_no_hidden_type_and_no_truce_to_break_nothing_delays(game, data):
    """The null result: every cause of delay contains the red line or the hidden type, and both together are enough."""
    start = data.draw(st.integers(1, game.places - 2))
    found = causes_of_delay(game, start, horizon=6)
    if found.settles_now < 1 - 1e-12:
        both = [each for each in ("private_information", "red_line") if each in found.active]
        assert any(set(cause) <= set(both) for cause in found.causes)


@settings(max_examples=40, deadline=None)
@given(games(), st.data())
def test_each_cause_is_enough_and_no_part_of_it_is(game, data):
    start = data.draw(st.integers(1, game.places - 2))
    found = causes_of_delay(game, start, horizon=6)
    for cause in found.causes:
        for part in (cause, *(tuple(each for each in cause if each != left) for left in cause)):
            settled = []
            for _, each in switched_off(game, part, horizon=6):
                ends = solve_war(each).ends[0, :, 0, 0, start]
                settled.append(
                    all(ends[p] == 1 for p, q in ((0, each.proposer[0]), (1, 1 - each.proposer[0])) if q > 0)
                )
            assert all(settled) == (part == cause)


@settings(max_examples=20, deadline=None)
@given(games(), st.data())
def test_the_readable_formulas_find_the_same_causes(game, data):
    start = data.draw(st.integers(1, game.places - 2))
    fast = causes_of_delay(game, start, horizon=6)
    slow = causes_of_delay(game, start, horizon=6, solver=solve_war)
    assert (fast.causes, fast.active) == (slow.causes, slow.active)
    assert fast.waiting == pytest.approx(slow.waiting, rel=1e-12, abs=1e-13)
    for switch in slow.active:
        assert fast.without[switch] == pytest.approx(slow.without[switch], rel=1e-12, abs=1e-13)


# Wars without a last round


def test_several_endless_wars_can_hold_themselves_up():
    """K = 4, only .6 can be agreed: from the one end 2 alone settles, from the other 3 alone."""
    game = war(4, 1, (even(0.08, 0.03),), discount=(0.9, 0.9), proposer=(1.0,), floor=0.6, ceiling=0.6)
    found = bracket(game)
    assert found.converged
    assert not found.meets
    assert found.best_for_a[0, 0, 1:4] == pytest.approx([0.19, 0.6, 0.64], abs=5e-5)
    assert found.worst_for_a[0, 0, 1:4] == pytest.approx([0.0069, 0.1931, 0.6], abs=5e-5)
    assert np.flatnonzero(found.settles_at_best[0, 0]).tolist() == [2]
    assert np.flatnonzero(found.settles_at_worst[0, 0]).tolist() == [3]


@pytest.mark.parametrize(("first", "second", "share"), [(0.9, 0.9, 0.526316), (0.5, 0.99, 0.019802)])
def test_without_a_war_both_ends_are_the_share_of_rubinstein(first, second, share):
    """Rubinstein (1982): (1 - dB) / (1 - dA dB) for the first proposer."""
    game = war(2, 1, (even(0.0, 0.0, 0.0),), discount=(first, second), proposer=(1.0, 0.0))
    found = bracket(game)
    assert found.meets
    assert found.best_for_a[0, 0, 1] == pytest.approx(share, abs=5e-7)


def test_a_bracket_that_would_not_hold_is_refused_with_its_reason():
    base = war(2, 1, (even(0.1, 0.1),), discount=(0.9, 0.9))
    wrong = {
        "walking out": {"outside": (0.2, 0.2)},
        "rule changes": {"rule": ramp((0, 0))},
        "endlessly patient": {"discount": (1.0, 0.9)},
        "types": {"types": Types(tough=0.5, cost=(0.0, 0.1))},
    }
    for reason, change in wrong.items():
        with pytest.raises(EngineError, match=reason):
            bracket(dataclasses.replace(base, **change))


def test_a_bracket_that_has_not_come_to_rest_says_so():
    game = war(4, 1, (even(0.01, 0.01),), discount=(0.99, 0.99), floor=0.6)
    assert not bracket(game, limit=3).converged


@settings(max_examples=40, deadline=None)
@given(games(), st.sampled_from([0.6, 0.9]))
def test_every_far_horizon_lies_between_both_ends(game, discount):
    """Whatever follows the last round, within what a side can get at all."""
    if len(game.rule.acts) > 1:
        game = dataclasses.replace(game, rule=after_rejection(of_a=2))
    game = dataclasses.replace(game, types=None, discount=(discount, discount), rounds=150)
    found = bracket(game, limit=2_000)
    for terminal in ("front", "zero"):
        values = solve_war(dataclasses.replace(game, terminal=terminal)).values[0, :, 0]
        assert (values[0] <= found.best_for_a[0] + 1e-6).all()
        assert (values[0] >= found.worst_for_a[0] - 1e-6).all()
        assert (values[1] >= found.best_for_a[1] - 1e-6).all()
        assert (values[1] <= found.worst_for_a[1] + 1e-6).all()
