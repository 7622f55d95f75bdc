"""The spatial model of politics: a second method, its compiled twin, chance, and what must not matter."""

import dataclasses
from typing import get_args, get_type_hints

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import ensembles
from parley.domain.draws import Draws
from parley.domain.estimate import Estimate
from parley.engines import named
from parley.engines.spatial_model_of_politics import SpatialModelOfPolitics
from parley.engines.spatial_model_of_politics.turns import Side, talk
from parley.errors import EngineError, UsageError
from parley.methods import spatial_politics as formulas
from parley.methods.spatial_politics import Rules
from tests.spatial import one_turn, scenario

WORDS = {name: get_args(kind) for name, kind in get_type_hints(Rules).items() if get_args(kind)}
NO_LUCK = np.empty((0, 0))


@st.composite
def rules(draw):
    """Any mixture of the switches."""
    chosen = {name: draw(st.sampled_from(words)) for name, words in WORDS.items()}
    return Rules(**chosen, accommodation=draw(st.sampled_from([1.0, 0.5, 0.0])), maximum_turns=12)


@st.composite
def parties(draw, places=None):
    """Capability, position 0..1 and salience of two to six parties on one to three issues."""
    rng = np.random.default_rng(draw(st.integers(0, 100_000)))
    size, issues = draw(st.integers(2, 6)), draw(st.integers(1, 3))
    position = rng.random((size, issues)) if places is None else rng.choice(places, (size, issues))
    salience = rng.uniform(0.05, 1.0 / issues, (size, issues))
    capability = rng.uniform(10, 150, size)
    if places is not None:
        salience, capability = np.full((size, issues), 0.25), rng.choice([50.0, 100.0], size)
    return capability, position, salience


def talks(numbers, chosen, luck=NO_LUCK):
    capability, position, salience = numbers
    return talk(position, Side(salience=salience, capability=capability, order=np.argsort(-capability)), chosen, luck)


def forecast(numbers, **chosen):
    capability, position, salience = numbers
    case = scenario(capability, 100 * position, salience)
    return named("spatial_model_of_politics", **chosen).forecast(case, np.random.default_rng(0)).data


def many(numbers, **chosen):
    capability, position, salience = numbers
    draws = Draws.of_modes(scenario(capability, 100 * position, salience))
    return SpatialModelOfPolitics(**chosen).forecast_many(draws, [np.random.default_rng(0)])


@settings(max_examples=60, deadline=None)
@given(parties(), rules())
def test_a_program_written_another_way_moves_everybody_to_the_same_place(numbers, chosen):
    chosen = dataclasses.replace(chosen, bargain_view="opener", maximum_turns=1)
    if chosen.voting == "loss_averse":
        chosen = dataclasses.replace(chosen, voting="proportional")
    capability, position, salience = numbers
    moved = talks(numbers, chosen).point[1]
    other = np.array(one_turn(position.tolist(), salience.tolist(), capability.tolist(), chosen))
    close = np.abs(moved - other).max(axis=1) < 0.00011
    assert close.all(), (moved, other)


@settings(max_examples=60, deadline=None)
@given(parties(), rules())
def test_the_kernel_agrees_with_the_readable_formulas(numbers, chosen):
    agrees(numbers, chosen)


@settings(max_examples=60, deadline=None)
@given(parties(places=[0.0, 0.25, 0.5, 1.0]), rules())
def test_the_kernel_agrees_where_round_numbers_make_exact_ties(numbers, chosen):
    agrees(numbers, chosen)


def agrees(numbers, chosen):
    one, together = forecast(numbers, **dataclasses.asdict(chosen)), many(numbers, **dataclasses.asdict(chosen))
    for variable in ("settlement", "final_position", "chance", "turns", "converged", "payoff"):
        np.testing.assert_allclose(together[variable].values[0], one[variable].values, rtol=0, atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(parties(), rules())
def test_nobody_leaves_the_range_of_the_first_positions(numbers, chosen):
    chosen = dataclasses.replace(chosen, receiver_estimate="chance")
    points = talks(numbers, chosen).point
    assert (points >= points[0].min(axis=0) - 0.00006).all()
    assert (points <= points[0].max(axis=0) + 0.00006).all()


@settings(max_examples=40, deadline=None)
@given(parties(), rules())
def test_the_settlement_lies_between_the_last_positions_and_its_weights_sum_to_one(numbers, chosen):
    chosen = dataclasses.replace(chosen, receiver_estimate="chance")
    ended = talks(numbers, chosen)
    assert ended.weight.sum() == pytest.approx(1.0)
    settlement = ended.weight @ ended.point[-1]
    assert (settlement >= ended.point[-1].min(axis=0) - 1e-9).all()
    assert (settlement <= ended.point[-1].max(axis=0) + 1e-9).all()


@settings(max_examples=40, deadline=None)
@given(parties(), rules())
def test_the_chances_of_positions_sum_to_one_however_they_are_found(numbers, chosen):
    capability, position, salience = numbers
    worth = formulas.utilities(formulas.distances(position, position, salience), np.zeros((1, 1)))
    pull = formulas.coalitions(worth, capability, chosen.voting)
    chance = formulas.outcome_chances(pull, chosen.victory_odds, chosen.outcome_odds)
    assert chance.sum() == pytest.approx(1.0, abs=1e-4)
    odds = formulas.victory_chances(pull, chosen.victory_odds)
    np.testing.assert_allclose(odds + odds.T, 1.0, atol=1e-12)


def test_a_duel_comes_out_as_computed_by_hand():
    """Powers 30 and 10 at the ends of one scale, one salience: the odds are 3 to 1, and so are the chances."""
    worth = formulas.utilities(np.array([[0.0, 1.0], [1.0, 0.0]]), np.zeros((1, 1)))
    chance = formulas.outcome_chances(
        formulas.coalitions(worth, np.array([30.0, 10]), "proportional"), "linear", "conditional"
    )
    assert chance == pytest.approx([0.75, 0.25])
    assert formulas.risk_attitudes(chance, "minus_half_to_one") == pytest.approx([1.0, -0.5])
    assert formulas.risk_attitudes(chance, "zero_to_one") == pytest.approx([1.0, 0.0])
    assert formulas.risk_attitudes(chance, "minus_one_to_one") == pytest.approx([1.0, -1.0])


def test_a_bargain_of_two_that_care_alike_divides_the_way_by_the_squares_of_their_chances():
    """Chances 3/4 and 1/4: weights 9 to 1, so that they meet at a tenth of the way, to four decimals."""
    point, salience = (np.array([0.0]), np.array([1.0])), (np.array([0.5]), np.array([0.5]))
    assert formulas.bargain_points(point, salience, 0.75, "squared").ravel().tolist() == [0.1, 0.1]
    assert formulas.bargain_points(point, salience, 0.75, "plain").ravel().tolist() == [0.25, 0.25]
    gap = formulas.bargain_points(point, salience, 0.75, "power_gap").ravel()
    assert gap == pytest.approx([0.0, 0.5], abs=1e-5)


def test_where_all_stand_together_nobody_moves():
    data = forecast((np.array([50.0, 60, 70]), np.full((3, 2), 0.4), np.full((3, 2), 0.3)))
    assert data["settlement"].values == pytest.approx([40.0, 40.0])
    assert (data["turns"].item(), data["converged"].item()) == (2, 1)
    assert data["chance"].values.tolist() == [1.0, 1.0, 1.0]
    assert (data["round_position"].values == 40.0).all()


def test_one_party_alone_gets_what_it_wants():
    data = forecast((np.array([5.0]), np.array([[0.3, 0.8]]), np.array([[0.5, 0.5]])))
    assert data["settlement"].values == pytest.approx([30.0, 80.0])


def test_a_party_without_power_or_without_interest_takes_no_part():
    capability, position = np.array([60.0, 0.0, 40.0, 90.0]), np.array([[0.1], [0.9], [0.5], [1.0]])
    salience = np.array([[0.5], [0.9], [0.4], [0.0]])
    both, two = (forecast((capability[who], position[who], salience[who])) for who in ([0, 1, 2, 3], [0, 2]))
    assert both["settlement"].values == pytest.approx(two["settlement"].values)
    assert np.isnan(both["chance"].values[[1, 3]]).all()
    assert both["final_position"].values[[1, 3], 0].tolist() == [90.0, 100.0]


def test_nobody_with_power_who_cares_is_no_answer():
    with pytest.raises(EngineError, match="nobody|no party"):
        forecast((np.array([0.0, 5.0]), np.array([[0.1], [0.9]]), np.array([[0.5], [0.0]])))


def test_who_takes_no_position_on_an_issue_has_none_there_and_pulls_nobody():
    capability, salience = [80, 50, 60], [[0.5, 0.3], [0.4, 0.0], [0.2, 0.6]]
    case = scenario(capability, np.array([[10, 20], [60, np.nan], [90, 80.0]]), salience)
    data = named("spatial_model_of_politics").forecast(case, np.random.default_rng(0)).data
    assert np.isnan(data["round_position"].values[:, 1, 1]).all()
    assert np.isnan(data["final_position"].values[1, 1])
    assert not np.isnan(data["settlement"].values).any()


@settings(max_examples=20, deadline=None)
@given(parties(), st.integers(0, 1000))
def test_a_draw_means_the_same_alone_and_among_others(numbers, seed):
    capability, position, salience = numbers
    case = scenario(capability, 100 * position, salience)
    engine = SpatialModelOfPolitics(choice="drawn", voting="half_cubic")
    draws = Draws(base=case, values=np.repeat(Draws.of_modes(case).values, 5, axis=0), chance=np.zeros((5, 0)))
    together = engine.forecast_many(draws, [np.random.default_rng(seed + i) for i in range(5)])
    for i in range(5):
        alone = engine.forecast(case, np.random.default_rng(seed + i)).data
        np.testing.assert_allclose(together["final_position"].values[i], alone["final_position"].values, atol=1e-9)


def test_the_same_seed_gives_the_same_draws_for_any_number_of_workers():
    rng = np.random.default_rng(3)
    case = scenario(rng.uniform(10, 99, 5), rng.uniform(0, 100, (5, 2)), rng.uniform(0.1, 0.5, (5, 2)))
    around = tuple(
        dataclasses.replace(each, position=Estimate(low=0, mode=each.position.mode, high=100, because="made up"))
        for each in case.positions
    )
    case = dataclasses.replace(case, positions=around)
    engines = {"spatial_model_of_politics": SpatialModelOfPolitics(choice="drawn")}
    one, two = (ensembles.run(case, engines, draws=600, seed=5, jobs=jobs) for jobs in (1, 2))
    first, second = (each.runs["spatial_model_of_politics"].data for each in (one, two))
    assert first.equals(second)


def test_bargains_are_drawn_as_often_as_their_chances_say():
    """Evenly spread numbers in place of chance give the chances; 4000 draws, four standard errors at most."""
    rng = np.random.default_rng(7)
    capability, position, salience = numbers = rng.uniform(20, 90, 4), rng.random((4, 1)), rng.uniform(0.3, 1, (4, 1))
    chosen, even = Rules(maximum_turns=1, minimum_turns=0), (np.arange(200) + 0.5) / 200
    spread = np.array([talks(numbers, chosen, np.full((1, 4), luck)).point[1, :, 0] for luck in even])
    likeliest = talks(numbers, chosen).point[1, :, 0]
    case = scenario(capability, 100 * position, salience)
    draws = Draws(base=case, values=np.repeat(Draws.of_modes(case).values, 4000, axis=0), chance=np.zeros((4000, 0)))
    engine = SpatialModelOfPolitics(choice="drawn", minimum_turns=0, maximum_turns=1)
    data = engine.forecast_many(draws, [np.random.default_rng(i) for i in range(4000)])
    found = data["final_position"].values[:, :, 0] / 100
    for k in range(4):
        ends, counts = np.unique(spread[:, k], return_counts=True)
        assert likeliest[k] in ends
        assert set(np.unique(found[:, k]).round(6)) <= set(ends.round(6))
        for end, count in zip(ends, counts, strict=True):
            assert np.isclose(found[:, k], end).mean() == pytest.approx(count / 200, abs=0.037)
    assert len(np.unique(spread, axis=0)) > 2


def test_the_reasons_speak_of_what_happened():
    rng = np.random.default_rng(1)
    case = scenario(rng.uniform(10, 99, 6), rng.uniform(0, 100, (6, 2)), rng.uniform(0.1, 0.5, (6, 2)))
    engine = SpatialModelOfPolitics()
    detail = engine.detail(engine.forecast(case, np.random.default_rng(0)))
    assert detail["moves"]
    for move in detail["moves"]:
        before, after = (detail["rounds"][move["round"] - back]["positions"][move["issue"]] for back in (1, 0))
        assert (before[move["who"]], after[move["who"]]) == (move["from"], move["to"])
        assert move["from"] != move["to"]
        assert move["kind"] == "bargain"
        assert move["to_whom"] != move["who"]
        assert move["why"].endswith("had the most backing.")
        span = sorted((before[move["who"]], before[move["to_whom"]]))
        assert span[0] - 0.006 <= move["to"] <= span[1] + 0.006
    assert {move["why"].split()[0] for move in detail["moves"]} == {"It", "This"}
    for turn in detail["rounds"]:
        points = np.array([list(issue.values()) for issue in turn["positions"].values()]).T
        apart = [k for k in range(6) if (np.linalg.norm(points[:k] - points[k], axis=1) >= 0.1).all()]
        assert sum(turn["chance"][f"p{k}"] for k in apart) == pytest.approx(1.0)
    drawn = SpatialModelOfPolitics(choice="drawn")
    moves = drawn.detail(drawn.forecast(case, np.random.default_rng(0)))["moves"]
    assert all("drawn" in move["why"] for move in moves)


def test_a_party_whose_ideal_stays_behind_is_worth_less_where_it_has_gone():
    rng = np.random.default_rng(4)
    numbers = rng.uniform(10, 99, 6), rng.random((6, 2)), rng.uniform(0.1, 0.5, (6, 2))
    follow, stay = (talks(numbers, Rules(accommodation=a, maximum_turns=3)).point for a in (1.0, 0.0))
    assert (follow[1] == stay[1]).all()
    assert np.abs(follow[2:4] - stay[2:4]).max() > 0.001


def test_saliences_that_sum_to_more_than_all_attention_are_brought_down_to_it():
    rng = np.random.default_rng(2)
    capability, position, salience = rng.uniform(10, 99, 5), rng.random((5, 2)), rng.uniform(0.2, 1, (5, 2))
    largest = salience.sum(axis=1).max()
    first, second = forecast((capability, position, salience)), forecast((capability, position, salience / largest))
    assert first["final_position"].values == pytest.approx(second["final_position"].values)
    own = forecast((capability, position, salience), salience_scale="own_sum")
    whole = forecast((capability, position, salience / salience.sum(axis=1, keepdims=True)))
    assert own["final_position"].values == pytest.approx(whole["final_position"].values)


def test_the_likeliest_position_is_one_of_the_last_positions():
    rng = np.random.default_rng(6)
    numbers = rng.uniform(10, 99, 7), rng.random((7, 2)), rng.uniform(0.1, 0.5, (7, 2))
    data = forecast(numbers, settlement="likeliest")
    best = int(data["chance"].values.argmax())
    assert data["settlement"].values == pytest.approx(data["final_position"].values[best])


def test_the_talks_last_as_many_turns_as_they_may():
    rng = np.random.default_rng(8)
    numbers = rng.uniform(10, 99, 8), rng.random((8, 1)), rng.uniform(0.3, 1, (8, 1))
    assert forecast(numbers, maximum_turns=2)["turns"].item() == 2
    assert forecast(numbers, minimum_turns=50, maximum_turns=60)["turns"].item() >= 50
    assert forecast(numbers, stop_share=0.0, maximum_turns=30)["turns"].item() == 30


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"voting": "loud"}, "voting is 'loud'; it must be one of proportional, binary"),
        ({"choice": "mean"}, "choice is 'mean'; it must be one of likeliest, drawn"),
        ({"accommodation": 1.5}, r"accommodation is 1.5; it must lie in 0\.\.1"),
        ({"maximum_turns": 0}, r"maximum_turns is 0; it must lie in 1\.\.1000"),
        ({"minimum_turns": 9, "maximum_turns": 8}, "minimum_turns is 9; it must not be above maximum_turns"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(chosen, told):
    with pytest.raises(UsageError, match=told):
        named("spatial_model_of_politics", **chosen)
