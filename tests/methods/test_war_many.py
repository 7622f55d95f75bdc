"""Wars under a patron's rules: all at once they come out as each by itself."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.war_course import follow
from parley.methods.war_game import LeverSet, WarGame, after_rejection, terminal_values, unconditional
from parley.methods.war_many import Wars, play
from parley.methods.war_patron import Patron, judge
from parley.methods.war_solver import solve_war

RULES = (unconditional(), unconditional(1), after_rejection(of_a=1, of_b=2), after_rejection(of_b=1, lag=1))


def random_game(seed):
    rng = np.random.default_rng(seed)
    sets = []
    for _ in range(3):
        up = rng.uniform(0, 0.5)
        costs = (float(rng.uniform(0, 0.1)), float(rng.uniform(0, 0.1)))
        sets.append(LeverSet(up=float(up), down=float(rng.uniform(0, 1 - up)), cost=costs))
    extra = {}
    if rng.random() < 0.3:
        extra["outside"] = (float(rng.uniform(-0.2, 0.6)), float(rng.uniform(-0.2, 0.6)))
    if rng.random() < 0.3:
        extra |= {"breakdown": float(rng.uniform(0, 0.4)), "broken": (0.2, 0.3)}
    return WarGame(
        rounds=int(rng.integers(1, 7)),
        places=int(rng.integers(3, 7)),
        sets=tuple(sets),
        discount=(float(rng.uniform(0.8, 1)), float(rng.uniform(0.8, 1))),
        proposer=((0.5,), (1.0, 0.0), (float(rng.random()),))[rng.integers(3)],
        terminal=("fight_to_finish", "front", "zero")[rng.integers(3)],
        floor=float(rng.choice([0.0, 0.3, 0.6])),
        ceiling=float(rng.choice([1.0, 0.7, 0.4])),
        **extra,
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_every_outcome_is_that_of_the_readable_formulas(seed):
    base = random_game(seed)
    rng = np.random.default_rng(seed)
    start = int(rng.integers(1, base.places - 1))
    patron = Patron(cost=tuple(rng.uniform(0, 0.05, 3).tolist()), favour=float(rng.random()), discount=0.95)
    numbers = {
        "discount_a": base.discount[0],
        "discount_b": base.discount[1],
        "floor": base.floor,
        "ceiling": base.ceiling,
        "start": start,
        "opening": 0,
        "breakdown": base.breakdown,
        "broken_a": base.broken[0],
        "broken_b": base.broken[1],
        "favour": patron.favour,
        "discount_patron": patron.discount,
    }
    if base.outside is not None:
        numbers |= {"exit_a": base.outside[0], "exit_b": base.outside[1]}
    played = play(wars(base, numbers, patron.cost))
    for place, rule in enumerate(RULES):
        game = dataclasses.replace(base, rule=rule)
        solution = solve_war(game)
        course, credibility = follow(solution, game, start), judge(solution, game, patron)
        assert played.settlement_time[0, place] == pytest.approx(course.settlement_time, abs=1e-12)
        assert played.value[:2, 0, place] == pytest.approx(solution.values[0, :, 0, 0, start], rel=1e-12, abs=1e-12)
        assert played.value[2, 0, place] == pytest.approx(credibility.values[0, 0, start], rel=1e-12, abs=1e-12)
        assert played.share[0, place] == pytest.approx(course.share, nan_ok=True)
        assert played.fighting[0, place] == pytest.approx(course.fighting, abs=1e-12)
        assert played.settles_now[0, place] == pytest.approx(course.settlement_time[0], abs=1e-12)
        assert played.won[:, 0, place] == pytest.approx(course.victory, abs=1e-12)
        ends = [played.left[0, place], played.broken[0, place], played.deadline[0, place]]
        assert ends == pytest.approx([course.walkout, course.breakdown, course.deadline], abs=1e-12)
        assert played.gain_anywhere[0, place] == pytest.approx(max(0.0, np.nanmax(credibility.gain)), abs=1e-12)
        assert played.gain_on_path[0, place] <= played.gain_anywhere[0, place] + 1e-15
        assert 0 <= played.carried_out[0, place] <= course.fighting + 1e-12
        refused = solution.rejections[:, :, :, 0, 0, start]
        assert played.reservation[0, 0, place] == pytest.approx(refused[:, 0, 0])
        assert played.reservation[1, 0, place] == pytest.approx(refused[:, 1, 1])


def wars(game, numbers, patron_cost):
    return Wars(
        number={name: np.array([float(value)]) for name, value in numbers.items()},
        sets=np.array([[[each.up, each.down, *each.cost] for each in game.sets]]),
        patron_cost=np.array([patron_cost]),
        proposer=np.array([game.proposer]),
        terminal=terminal_values(game)[np.newaxis],
        rounds=game.rounds,
        rules=RULES,
    )


def test_a_threat_that_is_never_carried_out_costs_nothing_on_the_path():
    """Without red lines, and with war costly, the sides settle at once: no answer to a rejection is ever given."""
    base = random_game(3)
    game = dataclasses.replace(base, floor=0.0, ceiling=1.0, outside=None, breakdown=0.0)
    numbers = {"discount_a": game.discount[0], "discount_b": game.discount[1], "floor": 0, "ceiling": 1, "start": 1}
    played = play(wars(game, {**numbers, "opening": 0, "favour": 0.5, "discount_patron": 0.9}, (0.01, 0.02, 0.03)))
    settled = played.settles_now == 1
    assert settled[0, 0]
    assert (played.carried_out[settled] == 0).all()
    assert (played.gain_on_path[settled] == 0).all()
