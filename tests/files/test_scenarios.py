"""Reading scenario files: what is accepted, what it means, and where problems are said to be."""

import dataclasses
import json
import math
from pathlib import Path

import pytest

from parley import resources
from parley.domain.estimate import Estimate
from parley.domain.scenario import Scenario
from parley.errors import FileError, ScenarioError
from parley.files import scanner, scenarios, yaml_reader

SALT = Path(__file__).parent / "salt.yaml"
TEXT = SALT.read_text(encoding="utf-8")
BAD = sorted((Path(__file__).parents[1] / "bad_files").glob("*/*.yaml"))


def loaded(old: str = "", new: str = "") -> Scenario:
    assert old in TEXT
    return scenarios.load_bytes(TEXT.replace(old, new, 1).encode())


def test_points_are_read_in_the_issues_own_unit():
    """The scale of `salt` runs 0..40 tons, so 5, 10 and 20 tons are 12.5, 25 and 50 on the common scale."""
    point = scenarios.load(SALT).positions[0].position
    assert (point.low, point.mode, point.high) == (12.5, 25, 50)
    assert scenarios.load(SALT).approaches[1].moves[0].to == Estimate.exactly(37.5)


def test_a_rung_stands_for_its_point():
    assert scenarios.load(SALT).positions[2].position == Estimate.exactly(100)
    three = loaded("position: coast_takes", "position: {low: nobody, mode: 60, high: coast_takes, grounds: [J1]}")
    assert three.positions[2].position == Estimate(low=0, mode=60, high=100, grounds=("J1",))


def test_a_bare_number_is_an_exact_estimate_that_rests_on_nothing():
    scenario = scenarios.load(SALT)
    assert scenario.levers[0].cost == Estimate(low=0.1, mode=0.1, high=0.1)
    assert scenario.levers[0].cost.rests_on_nothing


def test_estimates_that_rest_on_nothing_are_listed_with_their_lines():
    lines = TEXT.splitlines()
    ungrounded = dict(scenarios.check(SALT).ungrounded)
    assert len(ungrounded) == 9
    assert "credibility: 0.6" in lines[ungrounded["levers[blockade].credibility"] - 1]
    assert "capability: 2" in lines[ungrounded["parties[hills].capability"] - 1]
    assert "parties[coast].capability" not in ungrounded


def test_a_reason_given_in_place_is_a_ground():
    scenario = "capability: {low: 2, mode: 2, high: 2, because: as strong as the coast}"
    checked = scenarios.check_bytes(TEXT.replace("capability: 2", scenario).encode())
    assert "parties[hills].capability" not in dict(checked.ungrounded)


def test_the_nouns_are_the_domains_own_and_frozen():
    scenario = scenarios.load(SALT)
    assert type(scenario) is Scenario
    assert type(scenario.positions[0].position) is Estimate
    with pytest.raises(dataclasses.FrozenInstanceError):
        scenario.title = "another"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("'no'", "no"),
        ('"yes"', "yes"),
        ('"on"', "on"),
        ('"1"', "1"),
        ("2020-05-01", "2020-05-01"),
        ("No deal", "No deal"),
        ("'null'", "null"),
        ("tab\tinside", "tab\tinside"),
        ("café – “quoted”", "café – “quoted”"),
        ("十二 🕊", "十二 🕊"),
        (">-\n  folded\n  text", "folded text"),
        ("|\n  two\n  lines\n", "two\nlines\n"),
        ("12:30", "12:30"),
        ("=", "="),
    ],
)
def test_text_is_read_as_yaml_1_2_says(written, meant):
    assert loaded("title: Salt and timber", f"title: {written}").title == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("2", 2.0), ("+2", 2.0), ("2.", 2.0), (".5", 0.5), ("2e1", 20.0), ("010", 10.0), ("1E-3", 0.001)],
)
def test_numbers_are_read_as_yaml_1_2_says(written, meant):
    assert loaded("capability: 2,", f"capability: {written},").parties[1].capability.mode == meant


def test_a_byte_order_mark_windows_line_ends_and_json_are_taken():
    plain = scenarios.load(SALT)
    assert scenarios.load_bytes(b"\xef\xbb\xbf" + TEXT.encode()) == plain
    assert scenarios.load_bytes(TEXT.replace("\n", "\r\n").encode()) == plain
    assert scenarios.load_bytes(b"%YAML 1.2\n---\n" + TEXT.encode() + b"...\n") == plain
    assert scenarios.load_bytes(json.dumps(scenarios.to_file_form(plain)).encode()) == plain


def test_the_digest_does_not_depend_on_comments_order_or_the_way_numbers_are_written():
    other = TEXT.replace("clock: {step_days: 30, horizon: 6}\n", "").replace(
        "levers:", "# the clock\nclock: {horizon: 6, step_days: 30}\nlevers:"
    )
    other = other.replace("capability: 2,", "capability: {low: 2.0, mode: 2.0, high: 2.0},")
    assert other != TEXT
    assert scenarios.load_bytes(other.encode()).digest == scenarios.load(SALT).digest


def test_a_folder_stands_for_the_scenario_in_it(tmp_path):
    (tmp_path / "scenario.yaml").write_text(TEXT, encoding="utf-8")
    assert scenarios.load(tmp_path) == scenarios.load(SALT)


@pytest.mark.parametrize("slug", resources.cases())
def test_a_shipped_case_is_loaded_by_its_name_and_rests_on_something_throughout(slug):
    checked = scenarios.check(slug)
    assert checked.problems == ()
    assert checked.ungrounded == ()


def test_a_file_that_is_not_there_is_no_bad_input(tmp_path):
    with pytest.raises(FileError, match="no file") as caught:
        scenarios.load(tmp_path / "nothing.yaml")
    assert caught.value.exit_code == 5
    with pytest.raises(FileError, match="did you mean 'tutorial/two-valleys'"):
        scenarios.load("tutorial/two-valley")
    with pytest.raises(FileError, match="folder without"):
        scenarios.load(tmp_path)
    with pytest.raises(FileError, match="cannot read"):
        scenarios.load("a\0b")


def test_a_problem_says_file_line_column_path_and_hint():
    checked = scenarios.check_bytes(TEXT.replace("salience: 0.5", 'salience: "0.5"').encode(), "my.yaml")
    assert str(checked.problems[0]) == (
        "my.yaml:31:15: positions[0].salience: is text ('0.5'); it must be a number, or a mapping with low, mode "
        "and high. Hint: take away the quotes and whatever is not a digit or the decimal point"
    )


def test_what_follows_from_a_misspelt_key_is_not_reported_twice():
    checked = scenarios.check_bytes(TEXT.replace("    salience: 0.5", "    salince: 0.5").encode())
    assert [problem.message for problem in checked.problems] == ["unknown key 'salince'"]


def test_what_rests_on_a_broken_scale_is_not_blamed():
    broken = TEXT.replace("scale: {low: 0, high: 40, unit: tons}", "scale: {low: 50, high: 40, unit: tons}")
    checked = scenarios.check_bytes(broken.encode())
    assert [problem.message for problem in checked.problems] == ["the scale runs from 50 to 40"]


def test_the_nearest_place_is_that_of_the_closest_part_that_the_file_writes_out():
    document = yaml_reader.read(TEXT.encode(), "salt.yaml")
    assert (
        document.place(("positions", 0, "salience", "mode")) == document.place(("positions", 0, "salience")) == (31, 15)
    )
    assert document.place(("clock",), key=True) == (53, 1)


@pytest.mark.parametrize("path", BAD, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_both_parsers_refuse_the_same_files_at_the_same_line(path, monkeypatch):
    answers = []
    for events in (scanner.events_in_c, scanner.events_in_python):
        monkeypatch.setattr(yaml_reader, "events", events)
        answers.append(scenarios.check_bytes(path.read_bytes()).problems)
    in_c, in_python = answers
    assert in_c
    assert in_python
    assert in_c[0].line == in_python[0].line


def test_both_parsers_read_the_same(monkeypatch):
    monkeypatch.setattr(yaml_reader, "events", scanner.events_in_python)
    in_python = [yaml_reader.read(resources.read(f"catalog/{slug}/scenario.yaml"), slug) for slug in resources.cases()]
    monkeypatch.setattr(yaml_reader, "events", scanner.events_in_c)
    in_c = [yaml_reader.read(resources.read(f"catalog/{slug}/scenario.yaml"), slug) for slug in resources.cases()]
    assert in_c == in_python


def test_no_number_of_a_scenario_is_infinite_or_missing():
    for name in (".inf", "-.inf", ".nan", "1e400", "-1e400"):
        with pytest.raises(ScenarioError):
            loaded("capability: 2,", f"capability: {name},")
    assert math.isfinite(scenarios.load(SALT).parties[1].capability.mode)
