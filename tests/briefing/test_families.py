"""Many engines of a kind: told together, never as if they said that agreement is certain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from parley.briefing.compose import compose
from parley.briefing.desk import Desk
from parley.briefing.families import families, mention
from parley.domain.briefing import Briefing, Chart
from parley.domain.comparison import Comparison
from tests.briefing.stories import DRAWS, answered, computed, constant, part, text_of

DECISIONS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
"""Engines that this version does not have: they need no part of a scenario, as models of decision do."""


def moved(by: float) -> dict[str, Any]:
    settlement = np.tile([50.0 + by, 50.0 - by], (DRAWS, 1))
    return {"settlement": settlement, "payoff": np.tile([0.5 + by / 100, 0.5 - by / 100], (DRAWS, 1))}


def ten_engines() -> Comparison:
    """Eight models of decision, each of which sees the north gain by pressing, and two that speak of agreement."""
    told: dict[str, Mapping[str | None, Mapping[str, Any]]] = {
        name: {None: moved(number), "press": moved(number + 4)} for number, name in enumerate(DECISIONS)
    }
    told["graph_model"] = {
        None: {"agreement": constant(0.3), **moved(0)},
        "press": {"agreement": constant(0.3), **moved(2)},
    }
    told["war_bargaining"] = {
        None: {"agreement": constant(0.6), **moved(0)},
        "press": {"agreement": constant(0.6), **moved(1)},
    }
    return answered(told)


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return compose(ten_engines(), details={})


def test_engines_are_sorted_by_the_part_of_a_scenario_that_they_need() -> None:
    desk = Desk(computed(), details={})
    held = {family.id: family.engines for family in families(desk)}
    assert held["war"] == ("war_bargaining",)
    assert held["graph"] == ("graph_model",)
    assert {"compromise_model", "median_voter"} <= set(held["collective"])


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (8, "all eight models of collective decision"),
        (5, "five of the eight models of collective decision"),
        (2, "the one engine and the two engine"),
    ],
)
def test_many_engines_of_a_kind_are_named_by_their_number_and_few_by_name(number: int, said: str) -> None:
    desk = Desk(ten_engines(), details={})
    assert mention(desk, DECISIONS[:number]) == said
    assert mention(desk, (*DECISIONS[:number], "war_bargaining")).endswith("the war model")


def test_what_many_engines_of_a_kind_find_is_told_once_as_a_range(briefing: Briefing) -> None:
    """Every one of the eight sees a gain of 4 points; the other two of 2 and of 1."""
    text = text_of(briefing, "approaches")
    assert "All eight models of collective decision put “Press” first, in 100% of draws." in text
    assert "“Press” gains it 4 points." in text
    assert "Press | Models of collective decision | +4 | +4 to +4 | 100%" in text


def test_the_bottom_line_with_ten_engines_is_no_longer_than_with_three(briefing: Briefing) -> None:
    some = {name: {None: moved(0), "press": moved(4)} for name in ("compromise_model", "median_voter")}
    some["graph_model"] = {
        None: {"agreement": constant(0.3), **moved(0)},
        "press": {"agreement": constant(0.3), **moved(2)},
    }
    few = compose(answered(some), details={})
    lengths = [len(text_of(each, "bottom-line").split()) for each in (few, briefing)]
    assert lengths[1] < 1.5 * lengths[0]


def test_no_table_has_more_columns_than_a_page_holds(briefing: Briefing) -> None:
    for section in briefing.sections:
        for block in section.blocks:
            table = block.table if isinstance(block, Chart) else block
            assert len(getattr(table, "columns", ())) <= 8, section.id


def test_models_that_take_a_decision_for_granted_are_never_shown_as_sure_of_agreement(briefing: Briefing) -> None:
    charts = {block.kind: block for block in part(briefing, "engines").blocks if isinstance(block, Chart)}
    assert [row["engine"] for row in charts["agreement"].data["rows"]] == ["graph_model", "war_bargaining"]
    assert "All eight models of collective decision take a decision for granted." in text_of(briefing, "bottom-line")
    granted = {row["label"]: row["group"] for row in charts["outcomes"].data["rows"]}
    assert granted["One"].startswith("If there is a decision")
    assert granted["Bargaining while fighting"] == "These models say how likely agreement is"


def test_what_most_engines_of_a_kind_take_for_granted_is_told_once() -> None:
    text = text_of(compose(computed(), details={}), "engines")
    assert text.count("A decision is made on every issue") == 1
    assert text.count("Each issue is settled by itself; nothing is traded between issues") == 1
