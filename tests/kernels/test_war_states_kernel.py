"""The compiled twins of wars with levers, hidden types and truces equal the readable formulas."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.war_course import follow
from parley.methods.war_fast import Outcome, first_values, outcome_fast, solve_fast
from parley.methods.war_game import LeverSet, Truce, Types, WarGame, after_rejection, ramp, snap_back, unconditional
from parley.methods.war_solver import solve_war
from parley.methods.war_talks import PART, SETTLE

share = st.floats(0, 1) | st.sampled_from([0.0, 0.25, 0.5, 1.0])
RULES = [
    after_rejection(of_a=1, of_b=2),
    after_rejection(of_a=1, of_b=2, lag=1),
    ramp((0, 1, 2)),
    snap_back(side=0, chosen=1),
    unconditional(),
]


@st.composite
def games(draw, kind):
    """A game with levers alone, with types or with a truce."""

    def one():
        up = draw(share)
        return LeverSet(up=up, down=(1 - up) * draw(share), cost=(0.3 * draw(share), 0.3 * draw(share)))

    fields = {
        "rounds": draw(st.integers(0, 6)),
        "places": draw(st.integers(3, 6)),
        "sets": (one(), one(), one()),
        "discount": (0.7 + 0.3 * draw(share), 0.7 + 0.3 * draw(share)),
        "proposer": tuple(draw(st.lists(share, min_size=1, max_size=3))),
        "terminal": draw(st.sampled_from(["front", "zero"])),
        "rule": draw(st.sampled_from(RULES)),
    }
    fields["floor"], fields["ceiling"] = draw(
        st.sampled_from([(-np.inf, np.inf), (0.0, 1.0), (0.3, 0.9), (0.6, 0.6), (0.9, 0.1)])
    )
    if kind == "truce":
        fields["discount"] = (draw(st.sampled_from([0.5, 0.9])),) * 2
        fields["terminal"] = "front"
        fields["truce"] = Truce(
            shares=np.linspace(0, 1, draw(st.integers(2, 11))),
            up=0.5 * draw(share),
            down=0.5 * draw(share),
            penalty=(draw(share), draw(st.sampled_from([0.0, 1.0, np.inf]))),
            loss=draw(share),
            standstill=draw(st.booleans()),
        )
        return WarGame(**fields)
    fields |= {"breakdown": draw(st.sampled_from([0.0, 0.2])), "broken": (0.3, 0.1)}
    if kind == "levers":
        fields["outside"] = draw(st.sampled_from([None, (0.2, 0.3), (0.5, 0.5)]))
    else:
        tough, cost = draw(share), 0.2 * draw(share)
        fields["types"] = Types(
            tough=tough,
            cost=(cost, cost + 0.3 * draw(share)),
            posteriors=tuple(b for b in draw(st.sampled_from([(), (0.3, 0.7, 0.95)])) if b > tough),
            answer=draw(st.sampled_from(["mute", "pooling"])),
        )
    return WarGame(**fields)


@pytest.mark.parametrize("kind", ["levers", "types", "truce"])
@settings(max_examples=120, deadline=None)
@given(st.data())
def test_the_twin_gives_the_solution_of_the_formulas(kind, data):
    game = data.draw(games(kind))
    found, expected = solve_fast(game), solve_war(game)
    np.testing.assert_array_equal(found.ends, expected.ends)
    for name in ("values", "rejections", "shares"):
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), rtol=1e-12, atol=1e-13, err_msg=name)
    at = expected.ends == PART
    np.testing.assert_array_equal(found.posteriors[at], expected.posteriors[at])
    if kind == "truce":
        np.testing.assert_array_equal(found.peace.breakers, expected.peace.breakers)
        np.testing.assert_allclose(found.peace.values, expected.peace.values, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(found.peace.signing, expected.peace.signing, rtol=1e-12, atol=1e-13)
    elif game.rounds:
        np.testing.assert_allclose(first_values(game), expected.values[0], rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("kind", ["levers", "types", "truce"])
@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_twin_follows_a_game_as_the_formulas_do(kind, data):
    game = data.draw(games(kind))
    start = data.draw(st.integers(1, game.places - 2))
    solution = solve_war(game)
    found, expected = outcome_fast(solution, game, start), follow(solution, game, start)
    for name in (field.name for field in dataclasses.fields(Outcome)):
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), rtol=1e-12, atol=1e-13, err_msg=name)
    total = found.settlement_time.sum() - found.broken.sum()
    total += found.victory.sum() + found.walkout + found.breakdown + found.deadline
    assert total == pytest.approx(1.0, abs=1e-9)


def test_games_of_the_wrong_kind_are_refused():
    game = WarGame(
        rounds=2,
        places=3,
        sets=(LeverSet(up=0.5, down=0.5, cost=(0.1, 0.1)),),
        discount=(0.9, 0.9),
        proposer=(0.5,),
        terminal="front",
        truce=Truce(shares=np.array([0.5])),
    )
    assert (solve_fast(game).ends[0, :, 0, 0, 1] == SETTLE).all()
    with pytest.raises(ValueError, match="without truces"):
        first_values(game)
