"""The rules that a whole scenario must keep, on nouns and on the raw content of a file alike."""

import dataclasses
from typing import Any

import pytest

from parley.domain import checks
from parley.domain.approach import Approach, Move
from parley.domain.checks import problems_in
from parley.domain.conflict import Choice
from parley.domain.estimate import Estimate
from parley.domain.issue import Anchor, Scale
from parley.domain.marks import OnScale, Refers, Within, fields_of, walk
from parley.domain.position import Condition, Position, RedLine
from parley.domain.scenario import Scenario
from parley.errors import ScenarioError, did_you_mean, printable
from parley.files import scenarios
from tests.builders import about, exactly, tiny_scenario


def raw(**changes: Any) -> dict[str, Any]:
    """The tiny scenario as plain data with points on the common scale."""
    return {**dataclasses.asdict(tiny_scenario()), **changes}


def messages(**changes: Any) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        tiny_scenario(**changes)
    return [problem.message for problem in caught.value.problems]


def test_a_sound_scenario_has_no_problem_as_nouns_and_as_raw_content():
    assert problems_in(Scenario, tiny_scenario()) == []
    assert (
        problems_in(
            Scenario, scenarios.to_file_form(tiny_scenario()) | {"approaches": [], "positions": [], "conflict": {}}
        )
        == []
    )


def test_every_problem_is_reported_at_once():
    content = {
        "question": {"text": "\u202ewhy", "asked_by": "nobody"},
        "parties": [{"id": "a b", "capability": -1}, {"id": "x"}, {"id": "x"}],
        "outcomes": [{"id": "o", "region": "nothing > 3"}],
        "approaches": [{"id": "p", "extends": "p", "by": "x", "pulls": ["l"]}],
        "levers": [{"id": "l", "holder": "y", "credibility": 2}],
    }
    found = [problem.where for problem in problems_in(Scenario, content)]
    assert sorted(found) == [
        "approaches[0].extends",
        "approaches[0].pulls[0]",
        "levers[0].credibility",
        "levers[0].holder",
        "outcomes[0].region",
        "parties[0].capability",
        "parties[0].id",
        "parties[2].id",
        "question.asked_by",
        "question.text",
    ]


@pytest.mark.parametrize(
    "content", [None, [], "text", 5, {"parties": 5}, {"parties": [None, 3, "x", [], {}]}, {"issues": {}}]
)
def test_content_of_a_wrong_shape_is_passed_over(content):
    assert problems_in(Scenario, content) == []


@pytest.mark.parametrize("strange", [[], {}, 5, True, ["x"], {"a": 1}])
def test_strange_values_in_the_place_of_ids_are_passed_over(strange):
    content = {
        "parties": [{"id": strange}],
        "issues": [{"id": strange, "scale": {"low": strange, "anchors": strange}}, {"id": "x", "scale": strange}],
        "positions": [
            {"party": strange, "issue": strange, "position": 130, "conditions": [{"only_if": strange}]},
            {"party": "p", "issue": "x", "position": strange, "red_line": strange, "conditions": strange},
        ],
        "levers": [{"id": strange, "holder": strange}],
        "conflict": {"options": [{"id": strange, "party": strange}], "preferences": strange},
        "approaches": [
            {"id": strange, "by": strange, "extends": strange, "pulls": [strange], "takes": strange, "moves": [strange]}
        ],
    }
    assert all(problem.message for problem in problems_in(Scenario, content))


def test_numbers_must_lie_in_their_range():
    content = raw()
    content["positions"][0]["salience"]["high"] = 1.01
    content["parties"][0]["capability"]["low"] = -0.01
    found = {problem.where: problem.hint for problem in problems_in(Scenario, content)}
    assert found == {
        "positions[0].salience.high": "it must lie in 0..1",
        "parties[0].capability.low": "it must be 0 or more",
    }


def test_a_point_off_the_scale_is_named_in_the_issues_own_unit():
    """150 points of a truce of 0..60 days are 90 days."""
    content = raw()
    content["positions"][1]["position"]["high"] = 150.0
    (problem,) = problems_in(Scenario, content)
    assert problem.message == "90 lies off the scale of 'truce'"
    assert problem.hint == "it runs 0..60 days"


def test_a_position_beyond_its_own_red_line_is_refused():
    position = Position(
        party="north",
        issue="border",
        position=about(0, 20, 40),
        salience=exactly(1),
        red_line=RedLine(at_least=about(30, 40, 50)),
    )
    assert messages(positions=(position,), approaches=()) == ["the position lies beyond the party's own red line"]


def conditional(party: str, issue: str, only_if: str) -> Position:
    condition = Condition(words="but", only_if=only_if)
    return Position(party=party, issue=issue, position=about(0, 50, 100), salience=exactly(1), conditions=(condition,))


def test_conditions_that_wait_for_each_other_are_refused():
    positions = (conditional("north", "border", "truce >= 10"), conditional("north", "truce", "border > 50"))
    assert messages(positions=positions) == [
        "the conditions of 'north' go in a circle: 'border' needs 'truce' needs 'border'"
    ]


def test_two_parties_may_wait_for_each_other():
    positions = (conditional("north", "border", "truce >= 10"), conditional("south", "truce", "border > 50"))
    assert tiny_scenario(positions=positions).positions == positions


def chain(length: int, last: str | None) -> tuple[Approach, ...]:
    names = [f"a{number}" for number in range(length)] + ([last] if last else [])
    following = [*names[1:], None][:length]
    return tuple(
        Approach(id=name, name=name, by="north", words="x", extends=after)
        for name, after in zip(names, following, strict=False)
    )


def test_a_very_long_chain_is_no_circle():
    assert len(tiny_scenario(approaches=chain(5000, None)).approaches) == 5000


def test_a_very_long_circle_is_found_and_told_shortly():
    (message,) = messages(approaches=chain(5000, "a0"))
    assert message.startswith("approaches extend each other in a circle: 'a0' extends 'a1'")
    assert len(message) < 250


def test_a_fork_that_meets_again_is_no_circle():
    arrows = {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}
    assert checks._circle(arrows) == []


@pytest.mark.parametrize("back", ["a", "b", "c", "d"])
def test_an_arrow_back_closes_a_circle(back):
    circle = checks._circle({"a": ["b"], "b": ["x", "c"], "c": ["d"], "d": [back], "x": []})
    assert circle[0] == circle[-1] == back
    assert circle[1:] == ["a", "b", "c", "d"]["abcd".index(back) + 1 :] + [back]


def test_a_party_uses_its_own_means_only():
    approaches = (
        dict(raw()["approaches"][0], by="south"),
        dict(raw()["approaches"][3], by="south"),
    )
    found = [problem.message for problem in problems_in(Scenario, raw(approaches=approaches))]
    assert found == [
        "the lever 'sanctions' belongs to 'north', not to 'south'",
        "the option 'attack' is for 'north' to take, not for 'south'",
    ]


def test_there_are_no_more_problems_than_anybody_would_read():
    content = {"parties": [{"id": f"p {number}"} for number in range(5000)]}
    assert len(problems_in(Scenario, content)) == checks.MAX_PROBLEMS


def test_what_lies_on_a_broken_scale_is_not_blamed():
    content = raw()
    content["issues"][1]["scale"] = {"low": 9, "high": 3}
    content["positions"][1]["position"]["high"] = 150.0
    assert problems_in(Scenario, content) == []


def test_the_walk_finds_every_part_with_its_marks_parents_first():
    found = {each.path: each for each in walk(Scenario, tiny_scenario())}
    salience = found["positions", 0, "salience"]
    assert salience.type is Estimate
    assert salience.mark(Within) == Within(0, 1)
    assert salience.nearest("issue") == "border"
    assert found["positions", 0, "position"].mark(OnScale) == OnScale()
    assert found["question", "asked_by"].mark(Refers) == Refers("party")
    paths = list(found)
    assert all(paths.index(path[:-1]) < place for place, path in enumerate(paths) if path)


def test_the_walk_reads_nouns_and_raw_content_in_the_same_order():
    nouns = [(each.path, each.type, each.marks) for each in walk(Scenario, tiny_scenario())]
    content = [(each.path, each.type, each.marks) for each in walk(Scenario, dataclasses.asdict(tiny_scenario()))]
    assert nouns == content


def test_the_fields_of_a_noun_are_those_of_its_class():
    assert list(fields_of(Estimate)) == ["low", "mode", "high", "grounds", "because", "shape"]


def test_rungs_and_units_stand_for_points():
    scale = Scale(
        low=-50, high=150, anchors=(Anchor(at=0, words="none", rung="none"), Anchor(at=100, words="all", rung="all"))
    )
    assert scale.point("none") == 25
    assert scale.point("all") == 75
    assert scale.point(-50) == 0
    assert scale.in_unit(75) == 100
    with pytest.raises(ScenarioError, match="did you mean 'none'"):
        scale.point("non")
    with pytest.raises(ScenarioError, match="151 lies off the scale"):
        scale.point(151)


def test_the_ends_of_any_scale_are_the_ends_of_the_common_scale():
    for low, high in ((0.1, 0.7), (1e-9, 3e-9), (1900, 2031), (-1e6, 1e6 / 3)):
        assert Scale(low=low, high=high).point(low) == 0
        assert Scale(low=low, high=high).point(high) == 100


def test_the_nearest_known_word_is_suggested():
    assert did_you_mean("salince", ["salience", "party"]) == "did you mean 'salience'?"
    assert did_you_mean("zzz", ["salience", "party"], noun="keys") == "known keys: salience, party"
    assert did_you_mean("zzz", [], noun="lever") == "the scenario defines no lever"
    assert did_you_mean("coast", ["co\u202east"], noun="party") == "the scenario defines no party"


def test_what_cannot_be_seen_is_shown_as_an_escape():
    assert printable("co\u202east\n\x00é") == "co\\u202east\\n\\x00é"


def test_what_is_said_twice_of_one_thing_is_refused_and_not_taken_by_the_last():
    clock, war = tiny_scenario().clock, tiny_scenario().war
    move = Move(issue="border", to=exactly(50))
    twice = {
        "a second discount of 'north'": lambda: dataclasses.replace(clock, discounts=(clock.discounts[0],) * 2),
        "a second part of the pie on 'border'": lambda: dataclasses.replace(war, pie=war.pie * 2),
        "a second move on 'border'": lambda: Approach(id="p", name="P", by="north", words="p", moves=(move, move)),
        "a second choice on 'attack'": lambda: Approach(
            id="p",
            name="P",
            by="north",
            words="p",
            takes=(Choice(option="attack", taken=True), Choice(option="attack", taken=False)),
        ),
    }
    for message, said in twice.items():
        with pytest.raises(ScenarioError, match=message):
            said()
