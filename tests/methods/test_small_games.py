"""Small games: known equilibria, a second method for each solver, and the screening game by hand."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import EngineError
from parley.methods.crisis import screening
from parley.methods.game_trees import Chance, Choice, Leaf, solve
from parley.methods.small_games import (
    answers,
    best_replies,
    committed,
    logit_equilibrium,
    pure_equilibria,
    support_enumeration,
)


def symmetric(rows):
    first = np.array(rows, dtype=float)
    return np.stack([first, first.T])


DILEMMA = symmetric([[3, 0], [5, 1]])
CHICKEN = symmetric([[0, -1], [1, -10]])
PENNIES = np.array([[[1.0, -1], [-1, 1]], [[-1.0, 1], [1, -1]]])


def test_the_dilemma_has_one_equilibrium_and_chicken_two_pure_ones_which_are_all_listed():
    assert pure_equilibria(DILEMMA) == ((1, 1),)
    assert pure_equilibria(CHICKEN) == ((0, 1), (1, 0))
    assert pure_equilibria(PENNIES) == ()


def test_everybody_is_indifferent_everywhere_so_every_cell_is_an_equilibrium():
    assert len(pure_equilibria(np.zeros((3, 2, 2, 2)))) == 8


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_pure_equilibria_are_the_cells_from_which_nobody_gains_by_moving_alone(seed, players):
    """Second method: every cell and every deviation tried."""
    rng = np.random.default_rng(seed)
    sizes = tuple(int(size) for size in rng.integers(1, 4, players))
    payoff = rng.integers(0, 4, (players, *sizes)) * 1.0
    expected = [
        cell
        for cell in itertools.product(*(range(size) for size in sizes))
        if all(
            payoff[(k, *cell)] >= payoff[(k, *cell[:k], other, *cell[k + 1 :])]
            for k in range(players)
            for other in range(sizes[k])
        )
    ]
    assert list(pure_equilibria(payoff)) == expected


def test_chicken_is_mixed_as_the_closed_form_of_two_by_two_says():
    """The other swerves with q so that 0 q - (1 - q) = q - 10 (1 - q): 9 (1 - q) = q, q = .9."""
    found = support_enumeration(CHICKEN)
    assert len(found) == 3
    for chances in found[-1]:
        assert chances == pytest.approx([0.9, 0.1])


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 4), st.integers(1, 4))
def test_no_player_gains_by_leaving_an_equilibrium_of_supports_and_their_number_is_odd(seed, rows, columns):
    """Games with continuous payoffs are nondegenerate and have an odd number of equilibria (Wilson 1971)."""
    payoff = np.random.default_rng(seed).random((2, rows, columns))
    found = support_enumeration(payoff)
    assert len(found) % 2 == 1
    for first, second in found:
        assert first.sum() == pytest.approx(1) and second.sum() == pytest.approx(1)
        assert (payoff[0] @ second).max() <= first @ payoff[0] @ second + 1e-8
        assert (first @ payoff[1]).max() <= first @ payoff[1] @ second + 1e-8
    pure = {tuple(int(np.argmax(each)) for each in both) for both in found if all(each.max() == 1 for each in both)}
    assert pure == set(pure_equilibria(payoff))


def test_games_that_are_too_large_or_not_of_two_players_have_no_supports_enumerated():
    with pytest.raises(EngineError, match="two players"):
        support_enumeration(np.zeros((3, 2, 2, 2)))
    with pytest.raises(EngineError, match="11 actions"):
        support_enumeration(np.zeros((2, 11, 2)))


@pytest.mark.parametrize(("rationality", "cooperation"), [(0.5, 0.338648), (1, 0.226751), (2, 0.099788)])
def test_the_dilemma_has_the_logit_equilibria_that_are_known(rationality, cooperation):
    """By bisection of p = 1 / (1 + exp(lambda (1 + p))), and by another program."""
    for chances in logit_equilibrium(DILEMMA, rationality):
        assert chances[0] == pytest.approx(cooperation, abs=1e-6)
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if middle > 1 / (1 + math.exp(rationality * (1 + middle))) else (middle, high)
    assert chances[0] == pytest.approx(low, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10**6), st.sampled_from([(2, 2), (3, 2), (2, 2, 2), (4, 4)]), st.sampled_from([0.0, 0.3, 2.0, 12.0])
)
def test_a_logit_equilibrium_answers_itself(seed, sizes, rationality):
    payoff = np.random.default_rng(seed).random((len(sizes), *sizes))
    chances = logit_equilibrium(payoff, rationality)
    for player in range(len(sizes)):
        joint = np.ones(())
        for other, each in enumerate(chances):
            joint = np.multiply.outer(joint, np.ones(sizes[player]) if other == player else each)
        worth = (payoff[player] * joint).sum(axis=tuple(k for k in range(len(sizes)) if k != player))
        odds = np.exp(rationality * (worth - worth.max()))
        assert chances[player] == pytest.approx(odds / odds.sum(), abs=1e-9)


def test_without_rationality_everything_is_equally_likely_and_with_much_of_it_only_best_replies_are():
    assert logit_equilibrium(CHICKEN, 0.0)[0] == pytest.approx([0.5, 0.5])
    assert logit_equilibrium(DILEMMA, 60.0)[0][1] == pytest.approx(1)
    assert best_replies(DILEMMA, 0)[1].all()
    with pytest.raises(EngineError, match="0 or more"):
        logit_equilibrium(DILEMMA, -1.0)


def demand(share, *, wins=0.5, cost_a=0.1, tough=0.5, costs=(0.05, 0.3)):
    """Side A demands a share; side B, tough or weak, accepts or fights."""

    def reply(cost):
        fights = Leaf(payoffs=(wins - cost_a, 1 - wins - cost))
        return Choice(player=1, actions={"fight": fights, "accept": Leaf(payoffs=(share, 1 - share))})

    return Chance(branches={"tough": (tough, reply(costs[0])), "weak": (1 - tough, reply(costs[1]))})


def screened(tough):
    return Choice(player=0, actions={"safe": demand(0.55, tough=tough), "risky": demand(0.8, tough=tough)})


def test_the_screening_game_is_played_as_the_textbook_has_it_where_the_indifferent_accept():
    """Risky is worth .5 * .8 + .5 * .4 = .60, safe .55; with three tough in four .50, safe .55."""
    solution = solve(screened(0.5), prefer=("accept",))
    assert solution.payoffs[0] == pytest.approx(0.60)
    assert solution.plan[()] == "risky" and solution.plan["risky", "tough"] == "fight"
    cautious = solve(screened(0.75), prefer=("accept",))
    assert (cautious.plan[()], cautious.payoffs[0]) == ("safe", pytest.approx(0.55))
    formula = screening(0.5, 0.1, cost_tough=0.05, cost_weak=0.3, tough=0.75)
    assert (formula.safe, formula.risky) == (pytest.approx(0.55), pytest.approx(0.50))


def test_the_ties_of_the_screening_game_are_said_and_what_else_they_could_lead_to():
    """A solver of equilibria once gave .475: the tough type, indifferent, fights the safe demand."""
    solution = solve(screened(0.5), prefer=("accept",))
    assert {tie.history for tie in solution.ties} == {("safe", "tough"), ("risky", "weak")}
    assert all(tie.taken == "accept" for tie in solution.ties)
    for_a = {round(payoffs[0], 6) for payoffs in solution.outcomes}
    assert {0.6, 0.55, 0.475} <= for_a


@st.composite
def trees(draw, depth=3):
    kind = draw(st.sampled_from(["leaf", "choice", "chance"])) if depth else "leaf"
    if kind == "leaf":
        return Leaf(payoffs=(float(draw(st.integers(0, 2))), float(draw(st.integers(0, 2)))))
    then = {name: draw(trees(depth=depth - 1)) for name in "ab"}
    if kind == "choice":
        return Choice(player=draw(st.integers(0, 1)), actions=then)
    return Chance(branches={name: (0.5, node) for name, node in then.items()})


def strategies(node, history=()):
    """Every plan of both players, as a mapping of histories."""
    if isinstance(node, Leaf):
        return [{}]
    children = node.actions if isinstance(node, Choice) else {name: then for name, (_, then) in node.branches.items()}
    below = [strategies(then, (*history, name)) for name, then in children.items()]
    joint = [{key: value for part in way for key, value in part.items()} for way in itertools.product(*below)]
    return [{**plan, history: name} for plan in joint for name in children] if isinstance(node, Choice) else joint


def played(node, plan, history=()):
    if isinstance(node, Leaf):
        return np.array(node.payoffs)
    if isinstance(node, Choice):
        return played(node.actions[plan[history]], plan, (*history, plan[history]))
    return sum(chance * played(then, plan, (*history, name)) for name, (chance, then) in node.branches.items())


def perfect(node, plan, history=()):
    """Whether no single change of action helps whoever makes it, anywhere (the one-shot deviation principle)."""
    if isinstance(node, Leaf):
        return True
    children = node.actions if isinstance(node, Choice) else {name: then for name, (_, then) in node.branches.items()}
    if not all(perfect(then, plan, (*history, name)) for name, then in children.items()):
        return False
    if isinstance(node, Chance):
        return True
    here = played(node, plan, history)[node.player]
    return all(played(then, plan, (*history, name))[node.player] <= here + 1e-9 for name, then in children.items())


@settings(max_examples=150, deadline=None)
@given(trees())
def test_backward_induction_finds_what_trying_every_plan_finds(tree):
    solution = solve(tree)
    expected = {tuple(played(tree, plan)) for plan in strategies(tree) if perfect(tree, plan)}
    assert set(solution.outcomes) == expected
    assert perfect(tree, solution.plan)
    assert tuple(played(tree, solution.plan)) == solution.payoffs
    assert bool(solution.ties) or len(expected) == 1


def test_trees_that_make_no_sense_are_refused():
    with pytest.raises(EngineError, match="add up to 0.9"):
        solve(Chance(branches={"a": (0.9, Leaf(payoffs=(1.0,)))}))
    with pytest.raises(EngineError, match="nothing can be done after the start"):
        solve(Choice(player=0, actions={}))


def test_an_approach_is_judged_by_what_each_type_answers_and_ties_are_told():
    """Press: the tough refuse (-1), the weak give way (3). Offer: the tough do not care whether they take it (2) or
    refuse (0), the weak take it (2). Half are tough: press is worth 1, offer between 1 and 2.
    """
    first = np.array([[[-1.0, -1.0], [3.0, 3.0]], [[0.0, 0.0], [2.0, 2.0]]])
    second = np.array([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [1.0, 1.0]]])
    found = answers(first, second, np.array([0.5, 0.5]))
    assert found.least.tolist() == [1.0, 1.0] and found.most.tolist() == [1.0, 2.0]
    assert found.surely == (1,) and found.possibly == (0, 1)
    assert found.best[1, :, 0].tolist() == [True, True]


def test_answers_agree_with_backward_induction_on_the_screening_game():
    wins, cost_a, costs, shares = 0.5, 0.1, np.array([0.05, 0.3]), np.array([0.55, 0.8])
    first = np.array([[[wins - cost_a] * 2, [share] * 2] for share in shares])
    second = np.array([[1 - wins - costs, [1 - share] * 2] for share in shares])
    found = answers(first, second, np.array([0.5, 0.5]))
    assert found.most.tolist() == pytest.approx([0.55, 0.6])
    tree = solve(screened(0.5), prefer=("accept",))
    assert max(found.most) == pytest.approx(tree.payoffs[0])


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6))
def test_keeping_to_an_approach_against_one_other_is_what_its_best_answers_make_of_it(seed):
    """Second method: `answers`, which looks at best replies type by type."""
    rng = np.random.default_rng(seed)
    payoff = rng.integers(0, 4, (2, *rng.integers(1, 4, 3))) * 1.0
    belief = rng.dirichlet(np.ones(payoff.shape[-1]))
    one, many = answers(payoff[0], payoff[1], belief), committed(payoff, belief)
    assert one.least == pytest.approx(many.least) and one.most == pytest.approx(many.most)
    assert (one.surely, one.possibly) == (many.surely, many.possibly)
    assert not many.unsettled.any()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_against_two_others_each_type_plays_one_of_the_equilibria_that_the_two_have_between_them(seed):
    """Second method: the two-player game that each approach and type leaves to the others."""
    rng = np.random.default_rng(seed)
    payoff = rng.integers(0, 5, (3, 2, 2, 3, 2)) * 1.0
    found = committed(payoff, np.array([0.25, 0.75]))
    for approach in range(2):
        least = most = unsettled = 0.0
        for kind, chance in enumerate((0.25, 0.75)):
            cells = pure_equilibria(payoff[1:, approach, ..., kind])
            unsettled += chance * (not cells)
            own = [payoff[(0, approach, *cell, kind)] for cell in cells or np.ndindex(2, 3)]
            least, most = least + chance * min(own), most + chance * max(own)
        assert (found.least[approach], found.most[approach]) == pytest.approx((least, most))
        assert found.unsettled[approach] == pytest.approx(unsettled)


def test_the_screening_game_as_one_of_approaches_and_types():
    """A demands .8 or .55 of a tough type (.5 + cost .05) or a weak one (.5 + .3): spec numbers .60 and .55 at a half.

    Demanding much is fought by the tough, .5 - .1 = .4, and accepted by the weak: half of .4 + .8 = .6.
    """
    accept = np.array([[0.8, 0.8], [0.55, 0.55]])
    first = np.stack([accept, np.full((2, 2), 0.4)], axis=1)  # approach, response, type
    fight = np.array([0.5 - 0.05, 0.5 - 0.3])
    second = np.stack([1 - accept, np.broadcast_to(fight, (2, 2))], axis=1)
    found = committed(np.stack([first, second]), np.array([0.5, 0.5]))
    assert found.most == pytest.approx([0.6, 0.55])
    assert found.surely == (0,) or found.possibly == (0, 1)
    assert committed(np.stack([first, second]), np.array([0.75, 0.25])).most == pytest.approx([0.5, 0.55])
