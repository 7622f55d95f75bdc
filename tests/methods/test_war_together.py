"""Many wars solved at once come out as each by itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.engines.war_bargaining.outcome import by_formulas
from parley.engines.war_bargaining.outcome import together as all_at_once
from parley.engines.war_bargaining.reading import Games
from parley.methods.war import fight_to_finish, military_outcome

share = st.floats(0, 1)


@st.composite
def games(draw, count=3):
    """A few games with the same front and horizon, with numbers of every kind, ties among them."""
    places, cycle = draw(st.integers(3, 7)), draw(st.integers(1, 3))
    column = st.lists(share | st.sampled_from([0.0, 0.5, 1.0]), min_size=count, max_size=count).map(np.array)
    move, even = draw(column), draw(column)
    numbers = {"up": move * even, "down": move * (1 - even)}
    numbers |= {name: draw(column) * 0.3 for name in ("cost_a", "cost_b")}
    numbers |= {name: 0.7 + 0.3 * draw(column) for name in ("discount_a", "discount_b")}
    numbers |= {"floor": 0.7 * draw(column), "ceiling": 0.4 + 0.6 * draw(column)}
    numbers["start"] = np.rint(1 + draw(column) * (places - 3))
    numbers["opening"] = np.rint(draw(column) * 4)
    proposer = np.stack([draw(column) for _ in range(cycle)], axis=1)
    rule = draw(st.sampled_from(["fight_to_finish", "front", "given"]))
    held = np.arange(places) / (places - 1)
    terminal = np.tile(np.stack([held, 1 - held]), (count, 1, 1))
    if rule == "given":
        terminal = np.tile(military_outcome(places), (count, 1, 1))
        terminal[:, :, 1:-1] = draw(share) - draw(share) * held[1:-1]
    if rule == "fight_to_finish":
        costs, discounts = (
            np.stack([numbers[f"{name}_a"], numbers[f"{name}_b"]], axis=1) for name in ("cost", "discount")
        )
        fought = fight_to_finish(numbers["up"], numbers["down"], costs, discounts, places)
        sound = np.isfinite(fought) & (np.abs(fought) < 1e6)
        terminal = np.where(sound.all(axis=(1, 2), keepdims=True), fought, terminal)
    rounds = draw(st.integers(0, 8))
    return Games(numbers=numbers, proposer=proposer, rule=rule, terminal=terminal, rounds=rounds)


@settings(max_examples=150, deadline=None)
@given(games())
def test_all_at_once_has_every_outcome_of_the_formulas(several):
    together = all_at_once(several)
    for draw in range(3):
        alone = by_formulas(several, draw)
        assert set(together.of) == set(alone.of)
        for name in alone.of:
            found, expected = together.of[name][draw], alone.of[name][0]
            np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14, err_msg=name)
        np.testing.assert_allclose(together.settlement_time[draw], alone.settlement_time[0], rtol=1e-12, atol=1e-14)


@settings(max_examples=50, deadline=None)
@given(games())
def test_a_game_has_the_same_outcome_in_any_company(several):
    def only(draw):
        return Games(
            numbers={name: values[[draw]] for name, values in several.numbers.items()},
            proposer=several.proposer[[draw]],
            rule=several.rule,
            terminal=several.terminal[[draw]],
            rounds=several.rounds,
        )

    together = all_at_once(several)
    for draw in range(3):
        alone = all_at_once(only(draw))
        for name in alone.of:
            assert together.of[name][draw] == pytest.approx(alone.of[name][0], rel=0, abs=0, nan_ok=True)
