"""Who moves, who blocks: rounds, challenges, trades and blockers as an engine's details tell them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from parley.briefing.compose import compose
from parley.domain.briefing import Briefing, Chart
from parley.domain.measure import Spot
from tests.briefing.stories import answered, computed, constant, part, text_of

MIDWAY = {"settlement": constant(50.0, 2), "payoff": constant(0.5, 2)}


def spots(**points: float) -> dict[str, Spot]:
    return {issue: Spot(point, issue) for issue, point in points.items()}


def positions(truce: float) -> dict[str, dict[str, Spot]]:
    """The north moves on the truce, of which 100 are 60 days; nobody moves on the border."""
    return {
        "border": {"north": Spot(90, "border"), "south": Spot(10, "border")},
        "truce": {"north": Spot(truce, "truce"), "south": Spot(10, "truce")},
    }


def one_round(number: int, truce: float) -> dict[str, Any]:
    middle = spots(border=50, truce=50)
    return {"round": number, "positions": positions(truce), "median": middle, "mean": middle}


CHALLENGE: dict[str, Any] = {
    "rounds": [one_round(0, 75), one_round(1, 50), one_round(2, 25)],
    "moves": [
        {
            "round": 1,
            "issue": "truce",
            "who": "north",
            "to_whom": "south",
            "kind": "confrontation",
            "from": Spot(75, "truce"),
            "to": Spot(50, "truce"),
            "why": "south presses harder than north: north gives way.",
        }
    ],
    "cycle": {"border": None, "truce": {"from_round": 1, "length": 2}},
    "blockers": [
        {"party": "south", "moves_settlement": 20.0, "gain_without": 0.1, "gain_won_over": 0.2},
        {"party": "north", "moves_settlement": 5.0, "gain_without": -0.1, "gain_won_over": None},
    ],
}
EXCHANGE: dict[str, Any] = {
    "exchanges": [
        {
            "round": 1,
            "supplier": {"party": "north", "issue": "truce", "from": Spot(75, "truce"), "to": Spot(50, "truce")},
            "demander": {"party": "south", "issue": "border", "from": Spot(10, "border"), "to": Spot(30, "border")},
            "gain": 2.5,
            "externalities": {"north": 2.5, "south": 2.5},
        }
    ],
    "blockers": [{"party": "south", "moves_settlement": 10.0, "gain_without": 0.05, "gain_won_over": 0.1}],
}


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    told = answered({"compromise_model": {None: MIDWAY}, "median_voter": {None: MIDWAY}})
    return compose(told, details={"compromise_model": CHALLENGE, "median_voter": EXCHANGE})


def test_a_party_that_moves_is_told_with_its_way_in_the_issues_own_unit_and_the_reason(briefing: Briefing) -> None:
    row = "Truce | The North | 45 days | 15 days | Round 1, towards the South: The South presses harder than the North"
    assert row in text_of(briefing, "moves")
    assert "By the compromise model, the North gives way furthest" in text_of(briefing, "moves")
    chart = next(b for b in part(briefing, "moves").blocks if isinstance(b, Chart) and b.kind == "rounds")
    assert len(chart.table.rows) == 1


def test_positions_that_come_back_are_said_never_to_come_to_rest(briefing: Briefing) -> None:
    said = "On Truce the compromise model does not come to rest: the same positions come back every two rounds."
    assert said in text_of(briefing, "moves")


def test_who_holds_the_settlements_is_ranked_with_the_range_over_the_engines_that_say_so(briefing: Briefing) -> None:
    text = text_of(briefing, "moves")
    assert "The South: the settlements move by 10 to 20 points on average" in text
    assert "the payoff of the North would change by +10 to +20 if it were won over and by +5 to +10 without it" in text
    assert "The South | 10 to 20 | +10 to +20 | +5 to +10\nThe North | 5 | – | −10" in text


def test_a_trade_is_told_as_a_pair_of_moves_with_its_gain(briefing: Briefing) -> None:
    text = text_of(briefing, "moves")
    assert "The North could give way on Truce, and the South on Border" in text
    row = "The North with The South | Truce: 45 days to 30 days | Border: 10 of 100 to 30 of 100 | +2.5 | nothing"
    assert row in text


def test_every_number_of_a_move_or_a_trade_carries_a_basis(briefing: Briefing) -> None:
    bare = [piece.text for piece in briefing.pieces() if re.search(r"\d", piece.text) and piece.basis is None]
    assert [text for text in bare if text in text_of(briefing, "moves")] == []


def test_the_pictures_of_rounds_and_trades_hold_points_of_the_scale_and_not_units(briefing: Briefing) -> None:
    charts = {block.kind: block for block in part(briefing, "moves").blocks if isinstance(block, Chart)}
    lines = {line["party"]: line["points"] for line in charts["rounds"].data["rows"][0]["lines"]}
    assert lines["north"] == [75.0, 50.0, 25.0]
    assert [move["to"] for move in charts["trades"].data["rows"][0]["moves"]] == [50.0, 30.0]


def test_who_wins_by_challenging_whom_is_counted_over_the_issues_of_the_first_round() -> None:
    """Of three parties the south wins twice against the north and presses the third in vain."""
    from parley.briefing.sections.rounds import _outcomes

    def challenge(who: str, whom: str, result: str, expected: float, number: int = 1) -> dict[str, Any]:
        about = {"challenger": who, "challenged": whom, "result": result, "expected_challenger": expected}
        return {"round": number, "issue": "border", "expected_challenged": 0.0, "octant": "", **about}

    wins, loses = _outcomes(
        [
            challenge("south", "north", "wins", 0.5),
            challenge("south", "north", "wins", 0.1),
            challenge("south", "east", "does not win", 0.2),
            challenge("north", "south", "does not win", -0.2),
            challenge("north", "south", "wins", 0.2, number=2),
        ]
    )
    assert dict(wins) == {("south", "north"): 2}
    assert dict(loses) == {("south", "east"): 1}


def test_where_no_engine_plays_in_rounds_the_section_still_shows_where_the_weight_lies() -> None:
    told = compose(answered({"compromise_model": {None: MIDWAY}}), details={})
    kinds = [block.kind for block in part(told, "moves").blocks if isinstance(block, Chart)]
    assert kinds == ["power"]


def test_the_shares_of_the_weight_on_an_issue_sum_to_one() -> None:
    chart = next(b for b in part(compose(computed()), "moves").blocks if isinstance(b, Chart) and b.kind == "power")
    for issue in chart.data["issues"]:
        shares = [row["share"] for row in chart.data["rows"] if row["issue"] == issue["id"]]
        assert sum(shares) == pytest.approx(1.0)


def test_a_party_that_strays_and_comes_back_is_not_shown_as_one_that_stood_still() -> None:
    there_and_back = {**CHALLENGE, "rounds": [one_round(0, 75), one_round(1, 10), one_round(2, 75)]}
    told = compose(answered({"compromise_model": {None: MIDWAY}}), details={"compromise_model": there_and_back})
    assert "45 days, after going as far as 6 days" in text_of(told, "moves")
