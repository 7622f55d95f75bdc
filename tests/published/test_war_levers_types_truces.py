"""Numbers that wars with levers, hidden types and truces must give, and what plausibly holds in them and does not.

Sections are those of the page `docs/engines/war_bargaining_models.md`.
"""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.war_course import follow, truce_life
from parley.methods.war_game import LeverSet, Truce, Types, WarGame, after_rejection, ramp, snap_back, unconditional
from parley.methods.war_grids import compare_grids
from parley.methods.war_patron import Patron, judge, on_path
from parley.methods.war_solver import last_round_ties, solve_war
from parley.methods.war_talks import PART, SETTLE, WAR
from tests.exact_war_models import ExactLevers


def war(last: int, rounds: int, sets, **changes) -> WarGame:
    fields = {"discount": (1.0, 1.0), "proposer": (0.5,), "terminal": "front", **changes}
    return WarGame(rounds=rounds, places=last + 1, sets=tuple(sets), **fields)


def levers(up: float, cost_a: float, cost_b: float, down: float | None = None) -> LeverSet:
    return LeverSet(up=up, down=1.0 - up if down is None else down, cost=(cost_a, cost_b))


def value_a(game: WarGame) -> np.ndarray:
    return solve_war(game).values[0, 0, 0, 0]


# A patron's rule


def test_a_threat_on_one_side_can_destroy_a_settlement():
    """K = 2, one round, A proposes, B never gives more than .6. Without the threat a battle is worth .4 to each, and
    they settle at .6. Under it a battle after B's rejection is worth -.05 + .9 = .85 to A, above B's ceiling."""
    base, threat = levers(0.5, 0.1, 0.1), levers(0.9, 0.05, 0.1)
    game = {"ceiling": 0.6, "proposer": (1.0,)}
    without, having = (
        solve_war(war(2, 1, (base, threat), rule=rule, **game)) for rule in (unconditional(), after_rejection(of_b=1))
    )
    assert without.shares[0, 0, 0, 0, 1] == pytest.approx(0.6)
    assert np.isnan(having.shares[0, 0, 0, 0, 1])
    assert having.values[0, :, 0, 0, 1] == pytest.approx([0.85, 0.0])


def test_a_threat_on_one_side_can_harm_the_other():
    """K = 4, A pays .2 a round, A's floor is .3: losing at once is better for A than fighting on. A threat that gives A
    better chances after B's rejection, .4 for .3, keeps it fighting: V_A(1) = -.2 + p F(2), where the fight to the
    finish at .3 has F(2) = -.31 / .58 = -.534483. So -.360345 becomes -.413793."""
    game = {"floor": 0.3, "ceiling": 0.9, "proposer": (1.0,), "terminal": "fight_to_finish"}
    sets = (levers(0.3, 0.2, 0.0), levers(0.4, 0.2, 0.0))
    found = [value_a(war(4, 1, sets, rule=rule, **game))[1] for rule in (unconditional(), after_rejection(of_b=1))]
    assert found == pytest.approx([-0.360345, -0.413793], abs=5e-7)


def test_a_threat_of_worse_battles_can_help_the_threatened():
    """K = 4, five rounds, only .6 can be agreed, lag 1: after B's rejection A wins every battle, for .9 of them. From 2
    the war that B would lose anyway ends sooner. Worked out anew in exact fractions."""
    part, front = Fraction(3, 20), [(Fraction(k, 4), 1 - Fraction(k, 4)) for k in range(5)]
    found = []
    for up in (Fraction(9, 10), Fraction(1)):
        base = (Fraction(9, 10), Fraction(1, 10), part, part, Fraction(0))
        exact = ExactLevers(
            last=4,
            rounds=5,
            sets={None: base, "A": base, "B": (up, 1 - up, part, part, Fraction(0))},
            lag=1,
            discount=(Fraction(1), Fraction(1)),
            proposer=(Fraction(1, 2),),
            terminal=front,
            floor=Fraction(3, 5),
            ceiling=Fraction(3, 5),
        )
        sets = (levers(0.9, 0.15, 0.15), levers(float(up), 0.15, 0.15))
        game = war(4, 5, sets, rule=after_rejection(of_b=1, lag=1), floor=0.6, ceiling=0.6)
        found.append(solve_war(game).values[0, 1, 0, 0, 2])
        assert found[-1] == pytest.approx(float(exact.value(0, 2)[1]), rel=1e-12)
    assert found == pytest.approx([-0.26381, -0.2564075], abs=5e-8)


def test_settling_can_depend_on_who_proposes():
    """One round, one place in play. Cutting aid after B's rejection makes a battle worth (.6, -.1) then; after A's it
    is worth (.4, .4). B's ceiling is .5: A would rather fight than propose that, and B still gives .4."""
    sets = (levers(0.5, 0.1, 0.1), levers(0.7, 0.1, 0.4))
    solution = solve_war(war(2, 1, sets, rule=after_rejection(of_b=1), floor=0.3, ceiling=0.5))
    assert solution.ends[0, :, 0, 0, 1].tolist() == [WAR, SETTLE]
    assert solution.values[0, 0, 0, 0, 1] == pytest.approx(0.5 * 0.6 + 0.5 * 0.4)


def test_a_ramp_and_a_snap_back_are_what_they_say():
    """A front that stands still, nobody can agree, no discount: A's loss is the sum of the costs of its rounds."""
    sets = tuple(levers(0.0, cost, 0.0, down=0.0) for cost in (0.01, 0.1, 1.0))
    closed = {"floor": 0.9, "ceiling": 0.1, "proposer": (1.0, 1.0, 0.0), "terminal": "zero"}
    assert value_a(war(2, 4, sets, rule=ramp((0, 1, 2)), **closed))[1] == pytest.approx(-0.01 - 0.1 - 1.0 - 1.0)
    # B rejects in rounds 0, 1 and 3, A in round 2
    assert value_a(war(2, 4, sets, rule=snap_back(side=1, chosen=2), **closed))[1] == pytest.approx(-4.0)
    assert value_a(war(2, 4, sets, rule=snap_back(side=0, chosen=2), **closed))[1] == pytest.approx(-2.02)
    lagging = after_rejection(of_a=1, of_b=2, lag=1)
    assert value_a(war(2, 4, sets, rule=lagging, **closed))[1] == pytest.approx(-0.01 - 1.0 - 1.0 - 0.1)


def test_a_threat_that_costs_its_maker_and_changes_nothing_is_not_credible():
    """Without rounds to come, a battle under aid costs the patron .05 more and ends alike."""
    sets = (levers(0.5, 0.1, 0.1), levers(0.5, 0.3, 0.1))
    game = war(2, 1, sets, rule=after_rejection(of_a=1))
    judged = judge(solve_war(game), game, Patron(cost=(0.01, 0.06), favour=0.5, discount=1.0))
    assert judged.gain[0, 0, :, 1] == pytest.approx([0.05, -0.05])
    assert judged.credible[0, 0, :, 1].tolist() == [False, True]
    assert judged.better[0, 0, 0, 1] == 0


def test_a_threat_that_pays_its_maker_is_credible():
    """Arming B moves the front by .3 towards a victory worth .5 to the patron, for .05: .15 - .05 = .1 gained."""
    sets = (levers(0.5, 0.1, 0.1), levers(0.2, 0.1, 0.1))
    game = war(2, 1, sets, rule=after_rejection(of_a=1))
    judged = judge(solve_war(game), game, Patron(cost=(0.01, 0.06), favour=0.5, discount=1.0))
    assert judged.gain[0, 0, 0, 1] == pytest.approx(-0.1)
    assert judged.credible[0, 0, 0, 1]


def test_indifference_is_credible():
    same = levers(0.5, 0.1, 0.1)
    game = war(3, 3, (same, same), rule=after_rejection(of_b=1))
    judged = judge(solve_war(game), game, Patron(cost=(0.01, 0.01), favour=0.5, discount=0.9))
    assert judged.credible[judged.nodes].all()
    assert judged.nodes.sum() == 3 * 2 * 2


def test_a_threat_that_works_is_never_carried_out():
    """Without red lines they settle at once, so that no node is on the path; on a closed one every round is fought."""
    sets = (levers(0.5, 0.1, 0.1), levers(0.5, 0.1, 0.3))
    for bounds, total in (((0.0, 1.0), 0.0), ((0.9, 0.1), 1.0 + 0.5)):
        game = war(4, 2, sets, rule=after_rejection(of_b=1), floor=bounds[0], ceiling=bounds[1])
        solution = solve_war(game)
        course = follow(solution, game, 1)
        reached = on_path(solution, game, course)
        assert reached.sum() == pytest.approx(total)
        assert reached.sum() == pytest.approx(course.fighting)


chance = st.integers(0, 10).map(lambda n: n / 10)
cost = st.integers(0, 6).map(lambda n: n / 20)


@st.composite
def lever_sets(draw, count=3):
    found = []
    for _ in range(count):
        up = draw(chance)
        found.append(LeverSet(up=up, down=(1 - up) * draw(chance), cost=(draw(cost), draw(cost))))
    return tuple(found)


@st.composite
def ruled_games(draw, **changes):
    bounds = draw(st.sampled_from([(0.0, 1.0), (0.3, 0.9), (0.6, 1.0), (0.6, 0.6)]))
    rule = draw(
        st.sampled_from(
            [
                after_rejection(of_a=1, of_b=2),
                after_rejection(of_a=1, of_b=2, lag=1),
                ramp((0, 1, 2)),
                snap_back(side=0, chosen=1),
                unconditional(),
            ]
        )
    )
    fields = {
        "rule": rule,
        "proposer": tuple(draw(st.lists(chance, min_size=1, max_size=2))),
        "discount": (draw(st.sampled_from([0.8, 1.0])), draw(st.sampled_from([0.8, 1.0]))),
        "floor": bounds[0],
        "ceiling": bounds[1],
        **changes,
    }
    return war(draw(st.integers(2, 4)), draw(st.integers(0, 4)), draw(lever_sets()), **fields)


@settings(max_examples=100, deadline=None)
@given(ruled_games())
def test_naming_the_sides_the_other_way_round_changes_nothing(game):
    """k -> K - k, q -> 1 - q, lo -> 1 - hi, the levers, and who rejects."""
    rule = game.rule
    mirrored = dataclasses.replace(
        game,
        sets=tuple(LeverSet(up=each.down, down=each.up, cost=each.cost[::-1]) for each in game.sets),
        proposer=tuple(1 - q for q in game.proposer),
        discount=game.discount[::-1],
        floor=1 - game.ceiling,
        ceiling=1 - game.floor,
        rule=type(rule)(acts=rule.acts[..., ::-1], follows=rule.follows[:, ::-1]),
    )
    here, there = solve_war(game), solve_war(mirrored)
    np.testing.assert_allclose(there.values, here.values[:, ::-1, :, :, ::-1], rtol=1e-9, atol=1e-9)


@settings(max_examples=100, deadline=None)
@given(ruled_games(floor=0.0, ceiling=1.0))
def test_without_red_lines_they_settle_at_once_whatever_the_rule(game):
    """The null result: complete information, a divisible pie, no red line, and fighting that brings nobody a gain."""
    solution = solve_war(game)
    played = [(t, p) for t in range(game.rounds) for p, q in ((0, game.proposer[t % len(game.proposer)]),) if q > 0]
    for t, proposer in played:
        assert (solution.ends[t, proposer, :, :, 1:-1] == SETTLE).all()
    assert (solution.values.sum(axis=1) <= 1 + 1e-9).all()


@settings(max_examples=100, deadline=None)
@given(ruled_games(), st.integers(1, 6))
def test_a_threat_of_cost_to_b_never_raises_what_b_gets_nor_lowers_what_a_gets(game, steps):
    """Where it answers only B's rejections and only its cost differs: values fall in one's own rejection payoffs."""
    base = game.sets[0]
    dearer = LeverSet(up=base.up, down=base.down, cost=(base.cost[0], base.cost[1] + steps / 20))
    for lag in (0, 1):
        calm, threat = (
            solve_war(dataclasses.replace(game, sets=(base, base, each), rule=after_rejection(of_b=2, lag=lag)))
            for each in (base, dearer)
        )
        assert (threat.values[0, 1] <= calm.values[0, 1] + 1e-9).all()
        assert (threat.values[0, 0] >= calm.values[0, 0] - 1e-9).all()


@settings(max_examples=100, deadline=None)
@given(ruled_games(), st.sampled_from([0.0, 0.3, 0.8]), st.tuples(cost, cost, cost))
def test_a_rule_that_is_credible_at_every_node_is_the_best_answer_to_the_strategies_of_the_sides(game, favour, costs):
    """Any plan of levers, changed at any nodes: solved by going through all lever sets at each node."""
    solution, patron = solve_war(game), Patron(cost=costs, favour=favour, discount=0.9)
    judged = judge(solution, game, patron)
    best = np.zeros_like(judged.values)
    best[..., 0] = favour
    for t in range(game.rounds - 1, -1, -1):
        q = game.proposer[t % len(game.proposer)]
        for state, k in np.ndindex(game.states, game.places):
            if k in (0, game.places - 1):
                continue
            for side, weight in ((1, q), (0, 1 - q)):
                if solution.ends[t, 1 - side, 0, state, k] == SETTLE:
                    best[t, state, k] += weight * favour * (1 - solution.shares[t, 1 - side, 0, state, k])
                    continue
                ahead = best[t + 1, game.rule.follows[state, side]]
                best[t, state, k] += weight * max(
                    -price + 0.9 * (s.up * ahead[k + 1] + s.down * ahead[k - 1] + (1 - s.up - s.down) * ahead[k])
                    for s, price in zip(game.sets, costs, strict=True)
                )
    if judged.credible[judged.nodes].all():
        np.testing.assert_allclose(best[0, 0], judged.values[0, 0], rtol=1e-9, atol=1e-9)
    assert (best[0, 0] >= judged.values[0, 0] - 1e-9).all()


# Two types of B


def screening(tough: float, **changes) -> WarGame:
    return war(2, 1, (levers(0.5, 0.1, 0.0),), proposer=(1.0,), types=Types(tough=tough, cost=(0.05, 0.3), **changes))


@pytest.mark.parametrize(("tough", "value", "fights"), [(0.5, 0.6, 0.5), (0.75, 0.55, 0.0), (0.625, 0.55, 0.0)])
def test_one_battle_is_the_screening_of_fearon(tough, value, fights):
    """Fearon (1995): p = .5, cA = .1, cT = .05, cW = .3. Asking .8 of the weak gives .5 x .8 + .5 x .4 = .6 at a half,
    and .5 at three quarters; asking .55 of both gives .55. They tie at (cW - cT) / (cW + cA) = .625."""
    game = screening(tough)
    solution = solve_war(game)
    assert solution.values[0, 0, 0, 0, 1] == pytest.approx(value)
    assert follow(solution, game, 1).fighting == pytest.approx(fights)


def waiting(**changes) -> WarGame:
    """K = 2, two rounds, kA = .01, a tough B pays nothing and a weak one .2, A thinks it tough with .8."""
    return war(
        2,
        2,
        (levers(0.2, 0.01, 0.0, down=0.2),),
        proposer=(1.0,),
        terminal="fight_to_finish",
        types=Types(tough=0.8, cost=(0.0, 0.2), **changes),
    )


def test_under_the_menu_all_agreement_waits_for_the_deadline():
    """POOL gives 1 - .5 = .5; SCREEN .2 x .7 + .8 x .49 = .532; HOLD -.01 + .2 + .6 x .58 = .538."""
    game = waiting()
    solution = solve_war(game)
    rejected = solution.rejections[0, 1]
    assert 1 - rejected[1, 1, 0, 1] == pytest.approx(0.5)
    assert 0.2 * (1 - rejected[2, 1, 0, 1]) + 0.8 * rejected[0, 1, 0, 1] == pytest.approx(0.532)
    assert solution.values[0, 0, 0, 0, 1] == pytest.approx(0.538)
    assert solution.ends[:, 0, 0, 0, 1].tolist() == [WAR, PART]
    # the front has not moved with .6, and B is weak with .2
    assert follow(solution, game, 1).settlement_time == pytest.approx([0.0, 0.12])


def test_an_offer_that_a_weak_b_takes_now_and_then_is_better_than_the_menu():
    """x = 1, accepted by a weak B with .8: the belief rises to .8 / .84 = .952381, where A is indifferent between .5
    and 1 - .525 b in the last round, and screens. .16 x 1 + .84 x .49 = .5716."""
    assert last_round_ties(waiting()) == pytest.approx((0.5 / 0.525,))
    game = waiting(posteriors=last_round_ties(waiting()))
    solution = solve_war(game)
    assert solution.values[0, 0, 0, 0, 1] == pytest.approx(0.5716)
    assert solution.shares[0, 0, 0, 0, 1] == pytest.approx(1.0)
    assert follow(solution, game, 1).settlement_time[0] == pytest.approx(0.16)
    assert game.beliefs[solution.posteriors[0, 0, 0, 0, 1]] == pytest.approx(0.952381, abs=5e-7)


def test_where_b_proposes_it_stays_mute_or_both_types_offer_the_same():
    """One round, B proposes: mute, they fight for .5 - .1; pooled, A gets just that, and B all the rest."""
    for answer, values in (("mute", [0.4, 0.45, 0.2]), ("pooling", [0.4, 0.6, 0.6])):
        game = war(
            2, 1, (levers(0.5, 0.1, 0.0),), proposer=(0.0,), types=Types(tough=0.5, cost=(0.05, 0.3), answer=answer)
        )
        assert solve_war(game).values[0, :, 0, 0, 1] == pytest.approx(values)


@st.composite
def hidden_types(draw):
    up, tough = draw(chance), draw(cost)
    bounds = draw(st.sampled_from([(0.0, 1.0), (0.0, 1.0), (0.3, 0.9), (0.6, 1.0)]))
    return {
        "last": draw(st.integers(2, 4)),
        "rounds": draw(st.integers(1, 4)),
        "sets": (levers(up, draw(cost), 0.0, down=(1 - up) * draw(chance)),),
        "proposer": (1.0,),
        "floor": bounds[0],
        "ceiling": bounds[1],
    }, (tough, tough + 0.05 + draw(cost))


@settings(max_examples=150, deadline=None)
@given(hidden_types(), chance, chance)
def test_a_tougher_reputation_costs_a_and_serves_the_weak(fields, one, other):
    game, costs = fields
    low, high = (
        solve_war(war(**game, types=Types(tough=tough, cost=costs))).values[0, :, 0, 0]
        for tough in sorted((one, other))
    )
    assert (high[0] <= low[0] + 1e-9).all()
    assert (high[2] >= low[2] - 1e-9).all()


@settings(max_examples=150, deadline=None)
@given(hidden_types(), chance, cost)
def test_a_weaker_weak_type_never_harms_a(fields, tough, more):
    game, costs = fields
    before, after = (
        solve_war(war(**game, types=Types(tough=tough, cost=(costs[0], costs[1] + extra)))).values[0, 0, 0, 0]
        for extra in (0.0, more)
    )
    assert (after >= before - 1e-9).all()


@settings(max_examples=60, deadline=None)
@given(hidden_types(), chance)
def test_no_offer_beyond_the_menu_makes_a_worse_off_in_the_last_two_rounds(fields, tough):
    """One round has no later belief to use; with one more, the offers that are added can only help."""
    game, costs = fields
    game["rounds"] = 2
    beyond = tuple(b for b in (0.3, 0.6, 0.9) if b > tough)
    menu, more = (
        solve_war(war(**game, types=Types(tough=tough, cost=costs, posteriors=each))).values[1:, 0, 0, 0]
        for each in ((), beyond)
    )
    assert (more >= menu - 1e-9).all()


# Truces that can be broken


def truce(grid: int, penalty: float, **changes) -> WarGame:
    """K = 3, two rounds, B proposes; power shifts in peace."""
    fields = {"discount": (0.9, 0.9), "proposer": (0.0,), **changes}
    peace = Truce(shares=np.linspace(0, 1, grid + 1), up=0.3, down=0.2, penalty=(penalty, penalty), loss=0.2)
    return war(3, 2, (LeverSet(up=0.4, down=0.4, cost=(0.05, 0.15)),), truce=peace, **fields)


@pytest.mark.parametrize("grid", [200, 1000])
def test_a_larger_penalty_for_breaking_a_truce_can_prevent_it_and_cost_both(grid):
    """Penalty .2: at 2 a truce is signed, because it can be left. Penalty 1.2: none is, and both lose .0976."""
    lenient, strict = (solve_war(truce(grid, penalty)) for penalty in (0.2, 1.2))
    assert lenient.ends[0, 1, 0, 0].tolist() == [WAR, WAR, SETTLE, WAR]
    assert strict.ends[0, 1, 0, 0].tolist() == [WAR, WAR, WAR, WAR]
    both = strict.values[0].sum(axis=0)[0, 0] - lenient.values[0].sum(axis=0)[0, 0]
    assert both[2] == pytest.approx(-0.0976, abs=1e-9)


def test_a_coarse_grid_of_shares_can_itself_be_a_cause_of_fighting():
    """At 3 of 4 they would settle near three quarters, which is not among 0, a half and 1."""
    cheap = LeverSet(up=0.5, down=0.5, cost=(0.05, 0.05))
    binding = {"up": 0.0, "down": 0.0, "penalty": (100.0, 100.0)}
    found = []
    for grid in (2, 20):
        peace = Truce(shares=np.linspace(0, 1, grid + 1), **binding)
        game = war(4, 3, (cheap,), discount=(0.9, 0.9), floor=0.55, ceiling=0.95, truce=peace)
        found.append(solve_war(game).ends[0, :, 0, 0, 3].tolist())
    assert found == [[WAR, WAR], [SETTLE, SETTLE]]
    check = compare_grids(
        dataclasses.replace(game, truce=dataclasses.replace(peace, shares=np.linspace(0, 1, 3))), factor=10
    )
    assert not check.same[0, 3]
    assert compare_grids(game, factor=5).same.all()
    assert compare_grids(game, factor=5).difference < 0.1


def test_more_for_one_side_can_be_worse_for_it_since_the_other_breaks_the_truce():
    """What a truce is worth to A when it is signed falls where its share makes B break it."""
    game = truce(100, 0.2)
    worth = solve_war(game).peace.signing[0, 0, 0, 2]
    assert (np.diff(worth) < -1e-6).any()
    assert (np.diff(worth) > 1e-6).any()


def test_the_life_of_a_truce_is_what_its_hazards_say():
    game = war(
        6,
        12,
        (LeverSet(up=0.4, down=0.4, cost=(0.02, 0.02)),),
        discount=(0.95, 0.95),
        truce=Truce(shares=np.linspace(0, 1, 21), up=0.3, down=0.3, penalty=(1.0, 1.0), loss=0.1),
    )
    life = truce_life(solve_war(game), game, 0, place=3, share=10)
    assert life.in_force[1:] == pytest.approx(np.cumprod(1 - np.nansum(life.hazard, axis=1)), abs=1e-12)
    assert 0 < life.in_force[-1] < 1
