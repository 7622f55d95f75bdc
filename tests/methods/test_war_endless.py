"""Wars whose talks never end, many at once."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.war import Game, military_outcome, solve
from parley.methods.war_bracket import bracket
from parley.methods.war_endless import limits
from parley.methods.war_game import LeverSet, WarGame

share = st.floats(0, 1) | st.sampled_from([0.0, 0.25, 0.5, 1.0])
BOUNDS = [(0.0, 1.0), (0.3, 0.9), (0.6, 0.6), (0.9, 0.1)]


@st.composite
def wars(draw, most=0.95):
    """A war without levers, with both sides below this patience."""
    up, floor_and_ceiling = draw(share), draw(st.sampled_from(BOUNDS))
    return WarGame(
        rounds=1,
        places=draw(st.integers(3, 6)),
        sets=(LeverSet(up=up, down=(1 - up) * draw(share), cost=(0.3 * draw(share), 0.3 * draw(share))),),
        discount=(most * draw(share), most * draw(share)),
        proposer=tuple(draw(st.lists(share, min_size=1, max_size=3))),
        terminal="zero",
        floor=floor_and_ceiling[0],
        ceiling=floor_and_ceiling[1],
        breakdown=draw(st.sampled_from([0.0, 0.2])),
        broken=(0.3, 0.1),
    )


def numbers(*games):
    """The numbers of some wars as `limits` takes them; all have as many places and proposers."""
    rows = [
        {
            "up": game.sets[0].up,
            "down": game.sets[0].down,
            "cost_a": game.sets[0].cost[0],
            "cost_b": game.sets[0].cost[1],
            "discount_a": game.discount[0],
            "discount_b": game.discount[1],
            "floor": game.floor,
            "ceiling": game.ceiling,
            "breakdown": game.breakdown,
            "broken_a": game.broken[0],
            "broken_b": game.broken[1],
        }
        for game in games
    ]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def found(*games, **options):
    return limits(numbers(*games), np.array([game.proposer for game in games]), games[0].places, **options)


def still(discount, proposer):
    """Talks in which nothing is fought over or lost."""
    return WarGame(
        rounds=1,
        places=3,
        sets=(LeverSet(up=0.0, down=0.0, cost=(0.0, 0.0)),),
        discount=discount,
        proposer=proposer,
        terminal="zero",
    )


@pytest.mark.parametrize(
    ("first", "second", "share_of_first"), [(0.9, 0.9, 0.526316), (0.95, 0.8, 0.833333), (0.5, 0.99, 0.019802)]
)
def test_without_a_war_both_ends_are_the_share_of_rubinstein(first, second, share_of_first):
    """Rubinstein (1982): the first proposer gets (1 - dB) / (1 - dA dB)."""
    answer = found(still((first, second), (1.0, 0.0)))
    assert answer.agree.all() and answer.settles[:, 0, 1].all()
    assert answer.values[:, 0, 0, 1] == pytest.approx(share_of_first, abs=5e-7)


def test_where_chance_picks_who_offers_both_ends_are_the_closed_form():
    """V_A = q + (q kB - (1 - q) kA) / (1 - d): .48 for d = .9, costs .02 and .05, q = .4."""
    game = dataclasses.replace(
        still((0.9, 0.9), (0.4,)), sets=(LeverSet(up=0.0, down=0.0, cost=(0.02, 0.05)),), floor=-np.inf, ceiling=np.inf
    )
    answer = found(game)
    assert answer.agree[0]
    assert answer.values[:, 0, 0, 1] == pytest.approx(0.48, abs=1e-7)


def test_several_endless_wars_can_hold_themselves_up():
    """K = 4, only .6 can be agreed: from the one end 2 alone settles, from the other 3 alone."""
    game = WarGame(
        rounds=1,
        places=5,
        sets=(LeverSet(up=0.5, down=0.5, cost=(0.08, 0.03)),),
        discount=(0.9, 0.9),
        proposer=(1.0,),
        terminal="zero",
        floor=0.6,
        ceiling=0.6,
    )
    answer = found(game)
    assert answer.converged[0] and not answer.agree[0]
    assert answer.values[0, 0, 0, 1:4] == pytest.approx([0.19, 0.6, 0.64], abs=5e-5)
    assert answer.values[1, 0, 0, 1:4] == pytest.approx([0.0069, 0.1931, 0.6], abs=5e-5)
    assert [np.flatnonzero(each[0]).tolist() for each in answer.settles] == [[2], [3]]


@settings(max_examples=80, deadline=None)
@given(wars())
def test_many_at_once_have_the_limits_of_the_readable_formulas(game):
    one, many = bracket(game), found(game)
    if one.converged and many.converged[0]:
        assert many.values[0, :, 0] == pytest.approx(one.best_for_a[:, 0], abs=2e-7)
        assert many.values[1, :, 0] == pytest.approx(one.worst_for_a[:, 0], abs=2e-7)


@settings(max_examples=60, deadline=None)
@given(wars(), st.integers(0, 7))
def test_what_follows_a_horizon_makes_it_worth_what_the_endless_talks_are(game, rounds):
    """Solved with a last round whose payoffs are the limit, every round is worth what it is in talks without end."""
    answer = found(game)
    number, proposer = numbers(game), np.array([game.proposer])
    after = answer.after(rounds, number, proposer)
    for end in (0, 1) if answer.converged[0] else ():
        short = Game(
            rounds=rounds,
            up=game.sets[0].up,
            down=game.sets[0].down,
            cost=np.array(game.sets[0].cost),
            discount=np.array(game.discount),
            proposer=game.proposer,
            terminal=after[end][:, 0],
            floor=game.floor,
            ceiling=game.ceiling,
            breakdown=game.breakdown,
            broken=game.broken,
        )
        assert solve(short).values[0] == pytest.approx(answer.values[end, :, 0], abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(wars())
def test_the_sides_in_each_others_place_have_each_others_limits(game):
    mirrored = dataclasses.replace(
        game,
        sets=tuple(LeverSet(up=each.down, down=each.up, cost=each.cost[::-1]) for each in game.sets),
        discount=game.discount[::-1],
        proposer=tuple(1 - each for each in game.proposer),
        floor=1 - game.ceiling,
        ceiling=1 - game.floor,
        broken=game.broken[::-1],
    )
    one, other = found(game), found(mirrored)
    assert one.agree[0] == other.agree[0] or max(one.change[0], other.change[0]) > 1e-9
    if one.converged[0] and other.converged[0]:
        assert other.values[::-1, ::-1, 0, ::-1] == pytest.approx(one.values[:, :, 0], abs=2e-6)


@settings(max_examples=60, deadline=None)
@given(wars())
def test_the_ends_are_in_order_and_everything_can_be_had_by_one_side_alone_at_the_ends_of_the_front(game):
    answer = found(game)
    if answer.converged[0]:
        assert (answer.values[0, 0] >= answer.values[1, 0] - 1e-9).all()
        assert (answer.values[0, 1] <= answer.values[1, 1] + 1e-9).all()
        ends = military_outcome(game.places)[:, [0, -1]]
        assert answer.values[:, :, 0, :][..., [0, -1]] == pytest.approx(np.stack([ends, ends]))


@settings(max_examples=40, deadline=None)
@given(wars())
def test_without_red_lines_there_is_one_answer_and_it_settles_everywhere(game):
    answer = found(dataclasses.replace(game, floor=0.0, ceiling=1.0, breakdown=0.0))
    assert answer.agree[0]
    assert answer.settles[:, 0, 1:-1].all()


def test_a_war_has_the_same_limits_in_any_company():
    games = [
        dataclasses.replace(still((d, d), (q,)), sets=(LeverSet(up=0.3, down=0.3, cost=(0.05, 0.02)),), floor=floor)
        for d, q, floor in ((0.5, 0.5, 0.0), (0.9, 0.2, 0.6), (0.99, 1.0, 0.4))
    ]
    together = found(*games)
    for place, game in enumerate(games):
        alone = found(game)
        np.testing.assert_array_equal(together.values[:, :, place], alone.values[:, :, 0])
        assert together.rounds[place] == alone.rounds[0]


def test_a_side_that_is_endlessly_patient_leaves_no_answer():
    answer = found(still((1.0, 0.9), (0.5,)), still((0.9, 0.9), (0.5,)))
    assert answer.converged.tolist() == [False, True]
    assert np.isnan(answer.values[:, :, 0]).all()
    assert answer.rounds[0] == 0


def test_values_that_have_not_come_to_rest_are_no_answer():
    answer = found(still((0.999, 0.999), (1.0, 0.0)), limit=32)
    assert not answer.converged[0] and not answer.agree[0]
    assert np.isnan(answer.values).all()


def test_great_patience_does_not_pass_for_two_answers():
    """Near patience 1 a round moves values by little long before they are at rest: the ends are compared themselves."""
    game = dataclasses.replace(still((0.998, 0.998), (1.0, 0.0)), floor=0.2)
    answer = found(game)
    assert answer.agree[0]
    assert answer.values[:, 0, 0, 1] == pytest.approx(1 / 1.998, abs=1e-6)
