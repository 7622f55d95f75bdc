"""The talks in the briefing: drawn, told line by line, and said to be what they are."""

from typing import Any

import pytest

from parley.briefing import charts
from parley.briefing.compose import compose
from parley.briefing.families import kind
from parley.briefing.talk_lines import ending, manner
from parley.domain.briefing import Briefing, Chart
from parley.domain.measure import Spot
from parley.engines import available
from tests.briefing.stories import answered, constant, part, text_of

MIDWAY = {"settlement": constant(50.0, 2), "payoff": constant(0.5, 2), "agreement": constant(0.3)}


def move(step, party, kind_of, border, why="it asks for 0.60"):
    package = None if border is None else {"border": Spot(border, "border"), "truce": Spot(50, "truce")}
    return {"step": step, "until": step, "party": party, "kind": kind_of, "package": package, "why": why}


def path(**changes: Any) -> dict[str, Any]:
    moves = [
        move(1, "north", "opens", 90.0, "it begins with what is worth 0.90 to it; no agreement is worth 0.40"),
        move(2, "south", "stalls", 10.0, "waiting is worth +0.08 to it: what lies on the table is worth 0.41"),
        move(2, "north", "concedes", 60.0),
        move(3, "south", "accepts", 60.0, "it is worth 0.50 to it"),
    ]
    fields = {
        "weight": 0.75,
        "talks": 12,
        "ends": "agreement",
        "step": 3,
        "settlement": {"border": Spot(60.0, "border"), "truce": Spot(50.0, "truce")},
        "worth": {"north": 0.7, "south": 0.5},
        "paces": {"north": "linear", "south": "boulware"},
        "ploys": {"north": [], "south": ["stall"]},
        "asks": {
            "north": {"named": [0.9, 0.7, 0.7], "no_agreement": [0.4, 0.4, 0.4]},
            "south": {"named": [None, 0.8, 0.8], "no_agreement": [0.3, 0.3, 0.3]},
        },
        "moves": moves,
    }
    return {**fields, **changes}


def detail(*paths: dict[str, Any], zone_open: bool = True) -> dict[str, Any]:
    parties = {name: {"signs": True, "best": 1.0, "no_agreement": 0.3} for name in ("north", "south")}
    return {"zone_open": zone_open, "parties": parties, "paths": list(paths), "rungs_left_out": {}}


def told(of: dict[str, Any]) -> Briefing:
    return compose(answered({"talks": {None: MIDWAY}}), details={"talks": of})


def picture(briefing: Briefing) -> Chart:
    return next(
        block for block in part(briefing, "moves").blocks if isinstance(block, Chart) and block.id == "talks-talks"
    )


def test_the_talks_are_told_with_names_units_and_reasons():
    text = text_of(told(detail(path())), "moves")
    assert "one typical path stands for 75%" in text
    assert "Stalls: waiting is worth +0.08 to it" in text
    assert "Gives way on Border from 90 of 100 to 60 of 100" in text
    assert "Agreed: Border at 60 of 100" in text
    assert "nobody in it answers another's tactic" in text


def test_two_paths_are_told_and_a_third_is_only_drawn():
    text = text_of(told(detail(*[path(weight=0.3)] * 3)), "moves")
    assert "Path 2, which stands for 30% of talks." in text and "Path 3, which" not in text
    assert "Steps" not in text or "Step 1, the North." in text


def test_where_red_lines_leave_no_room_this_is_said_first():
    shut = path(ends="deadline", settlement=None, worth=None)
    assert "no package lies within the red lines" in text_of(told(detail(shut, zone_open=False)), "moves")


def test_the_title_names_who_comes_furthest_or_that_nobody_moves():
    assert (
        picture(told(detail(path()))).title == "On the most typical path the North gives way furthest, and they agree"
    )
    still = path(asks={name: {"named": [0.9, 0.9], "no_agreement": [0.4, 0.4]} for name in ("north", "south")})
    assert picture(told(detail(still))).title == "On the most typical path nobody gives way"


@pytest.mark.parametrize("width", [charts.NARROW, charts.WIDE])
def test_the_picture_has_a_plot_for_each_of_three_paths_at_the_most(width):
    drawn = charts.svg(picture(told(detail(*[path(weight=0.25)] * 4))), width=width)
    assert drawn.count("Path ") == 3 and "Path 4" not in drawn
    assert "what no agreement is worth" in drawn


def test_each_way_of_ending_and_each_ploy_has_its_words():
    assert [ending(path(ends=each)) for each in ("agreement", "left", "deadline")] == [
        "They agree in step 3",
        "Somebody leaves in step 3",
        "The clock runs out without agreement",
    ]
    ploys = ["stall", "tempt", "press_third_party", "threaten", "walk_away"]
    signer = manner(path(ploys={"south": ploys}), "south")
    assert signer.startswith("holds out until the end, stalls, tempts, presses the broker")
    assert manner(path(ploys={"broker": ploys[2:]}), "broker").startswith("leans on whom it is asked to")


def test_a_model_of_talks_is_no_model_that_takes_a_decision_for_granted():
    assert kind(available()["talks"].card) == "talks"


def test_rungs_that_the_talks_leave_out_are_named_with_how_many_of_how_many():
    cut = {**detail(path()), "rungs_left_out": {"border": {"stated": 12, "kept": 9}}}
    assert "evenly spread: Border (9 of 12 rungs)" in text_of(told(cut), "moves")
    assert "evenly spread" not in text_of(told(detail(path())), "moves")
