"""`parley talks`: the story in words, and the same as JSON."""

import json

import pytest
from typer.testing import CliRunner

from parley.briefing.talk_lines import lines
from parley.cli.app import app
from parley.domain.measure import Spot
from parley.workbench import load

CASE = "tutorial/two-valleys"


def call(*arguments):
    return CliRunner().invoke(app, ["talks", *arguments])


@pytest.fixture(scope="module")
def told():
    return call(CASE, "--draws", "20").stdout


def test_the_story_is_told_line_by_line_with_names_and_units(told):
    assert "Upper valley" in told and " days" in told and "%" in told
    assert "Path 1: stands for" in told and "Opens: it begins with what is worth" in told
    assert "upper " not in told.replace("Upper ", "")


def test_the_tournament_and_the_advice_follow_with_their_uncertainty(told):
    assert "Pace against pace" in told and "Which opening and pace serve Upper valley" in told
    assert "±" in told and "maximin" in told


def test_as_json_it_is_one_document_with_the_settlements_in_their_own_unit():
    document = json.loads(call(CASE, "--draws", "10", "--seed", "4", "--json").stdout)
    assert document["schema"] == "parley/talks/1" and document["seed"] == 4
    agreed = [path for path in document["paths"] if path["ends"] == "agreement"]
    assert agreed and all(0 <= path["settlement"]["withdrawal"] <= 120 for path in agreed)
    assert document["advice"]["party"] == "upper"
    assert any(path["settlement"]["withdrawal"] > 100 or path["settlement"]["withdrawal"] != 50 for path in agreed)


def test_a_party_that_does_not_exist_is_refused_with_a_suggestion():
    done = call(CASE, "--party", "lowr")
    assert done.exit_code == 2 and "did you mean 'lower'" in done.stderr


def test_steps_of_giving_way_are_one_line_with_where_it_went_on_each_issue():
    def move(step, kind, water):
        package = {"water": Spot(water, "water"), "withdrawal": Spot(50.0, "withdrawal")}
        why = f"what it names is worth {step / 10:.2f} to it"
        return {"step": step, "until": step, "party": "upper", "kind": kind, "package": package, "why": why}

    path = {
        "moves": [move(1, "opens", 40.0), move(2, "concedes", 45.0), move(3, "holds", 45.0), move(4, "concedes", 50.0)]
    }
    found = lines(load(CASE), path)
    assert [line.when for line in found] == ["1", "2-4"]
    assert found[1].text.startswith("Gives way on Water from 40% to 50%")
    assert "Withdrawal" not in found[1].text
