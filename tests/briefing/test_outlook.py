"""What may come out on an issue: the interval judged by past misses, and the compromise mean beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from parley.approaches import compare
from parley.briefing.compose import compose
from parley.briefing.desk import Desk
from parley.briefing.outlook import outlook
from tests.briefing.stories import DRAWS, answered, computed, constant, part, text_of
from tests.builders import tiny_scenario

LOW = {"settlement": np.tile([20.0, 50.0], (DRAWS, 1))}
HIGH = {"settlement": np.tile([80.0, 50.0], (DRAWS, 1))}


def judged(low: float = 0.0, high: float = 100.0) -> dict[str, Any]:
    """What the settlement distribution says: anything between two points alike, about a compromise mean of 50."""
    sampled = np.tile(np.linspace(low, high, DRAWS)[:, np.newaxis], (1, 2))
    own = {"sampled": sampled, "lower": sampled, "upper": sampled, "compromise_mean": constant(50.0, 2)}
    return {"settlement": constant(50.0, 2)} | {name: (("draw", "issue"), values) for name, values in own.items()}


def test_the_interval_holds_eight_of_ten_of_the_sampled_points_in_the_issues_own_unit() -> None:
    """From 0 to 100 evenly, eight of ten lie between 10 and 90; on the truce of 0 to 60 days between 6 and 54."""
    told = compose(answered({"settlement_distribution": {None: judged()}}), details={})
    text = text_of(told, "settlements")
    assert "Truce | 30 days | 6 to 54 days" in text
    assert "Border | 50 of 100 | 10 to 90 of 100" in text


def test_a_settlement_in_the_bottom_line_stands_beside_what_may_come_out_and_the_compromise_mean() -> None:
    engines = {"median_voter": LOW, "compromise_model": HIGH, "settlement_distribution": judged()}
    told = compose(answered({name: {None: each} for name, each in engines.items()}), details={})
    text = text_of(told, "bottom-line")
    assert "what may come out there, judged by how far such forecasts missed in 351 decisions" in text
    assert "(a war is not European lawmaking): 10 to 90 of 100, with the compromise mean at 50 of 100." in text


def test_where_no_engine_has_a_record_the_briefing_says_that_the_ranges_are_not_of_the_models_errors() -> None:
    text = text_of(compose(answered({"compromise_model": {None: LOW}}), details={}), "settlements")
    assert "How far the model itself may be wrong they do not say" in text
    assert "351" not in text


@pytest.mark.parametrize("draws", [0, 1, 6])
def test_with_few_draws_the_interval_is_that_of_the_distribution_itself(draws: int) -> None:
    comparison = compare(tiny_scenario(), draws=draws, seed=0)
    desk = Desk(comparison, details={})
    data = comparison.baseline.runs["settlement_distribution"].data
    found = outlook(desk, desk.scenario.issues[0])
    assert found.low == pytest.approx(np.median(data["lower"].values[:, 0]))
    assert found.high == pytest.approx(np.median(data["upper"].values[:, 0]))


def test_the_picture_of_settlements_draws_the_interval_as_a_band_behind_every_engine() -> None:
    chart = next(block for block in part(compose(computed()), "settlements").blocks if hasattr(block, "kind"))
    for each in chart.data["outlooks"]:
        assert 0 <= each["low"] <= each["mean"] <= each["high"] <= 100
