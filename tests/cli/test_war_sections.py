"""A war with all its sections, from a file through the command: what it prints, and how it refuses what is wrong."""

import json

import jsonschema
import pytest
from typer.testing import CliRunner

from parley import resources, workbench
from parley.cli.app import app

CASE = "tutorial/two-valleys"
SECTIONS = """\
  exit: {a: 0.2, b: 0.1}
  breakdown: {chance: 0.1, a: 0.3, b: 0.2}
  broker:
    party: league
    war_cost: 0.01
    side_b_share: {low: 0, mode: 0.1, high: 0.4, grounds: [J1]}
    lever_costs: [{lever: fines, per_step: 0.02}]
    rules:
      - id: fine_who_rejects
        name: Fine whoever rejects
        words: A fine after each rejection.
        responses: [{after: upper, pulls: [fines]}, {after: lower, pulls: [fines]}]
      - id: relief_first
        name: Relief first
        words: Relief that ends with a rejection by the lower valley.
        pulls: [relief]
        responses: [{after: lower, drops: [relief]}]
        from_step: 1
        lag: 1
  doubt: {about: lower, tough: 0.5, cost_tough: 0.01, cost_weak: 0.04, fights_all_the_same: 0.1}
  resolve: {stubborn_a: 0.2, stubborn_b: 0.1}
  peace: {a_gains: 0.05, b_gains: 0.02, war_loss: 0.2, guarantee: 0.01}
  home_front:
    audiences: [{party: upper, words: "It was said on the square.", issue: water, line: 45, penalty: 0.05,
      opinion: mood, makes_it: dearer}]
    ratifiers: [{party: lower, name: The millers, issue: water, line: 40, votes: 1}]
    quota_b: 0.5
"""
LEVERS = """\
  - {id: fines, name: Fines, words: The league fines., holder: league, target: lower, kind: pressure,
     effects: [{on: war_cost, plus: 0.02}], cost: 0.1, credibility: 0.5}
  - {id: relief, name: Relief, words: The league helps., holder: league, target: lower, kind: inducement,
     effects: [{on: war_cost, times: 0.5}], cost: 0.1, credibility: 0.5}
"""
OPINION = """\
opinion: [{id: mood, words: For peace, unit: per cent, party: upper, observations: [{when: in May, value: 40}]}]

"""
LEAGUE = "  - {id: league, name: The league, role: broker, capability: 10, no_agreement: 0.5}\n"

runner = CliRunner()


@pytest.fixture(autouse=True)
def no_colour(monkeypatch, tmp_path):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "300")


def told(sections=SECTIONS):
    """The small case with these sections of its war."""
    text = resources.read(f"catalog/{CASE}/scenario.yaml").decode()
    for mark, added in (
        ("terms: {side", sections),
        ("clock:\n", LEVERS),
        ("issues:\n", LEAGUE),
        ("outcomes:\n", OPINION),
    ):
        assert text.count(f"\n{mark}") == 1, mark
        before, after = text.split(f"\n{mark}")
        text = f"{before.rstrip()}\n{added}\n{mark}{after}"
    return text


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "scenario.yaml"
    path.write_text(told(), encoding="utf-8")
    return path


def call(*arguments):
    return runner.invoke(app, [str(each) for each in arguments])


def run(path, *arguments):
    done = call("run", path, "--engine", "war_bargaining", "--json", *arguments)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def complaints(document):
    validator = jsonschema.Draft202012Validator(workbench.schema("run"))
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]


def test_a_war_with_every_section_is_sound(scenario):
    done = call("check", scenario)
    assert done.exit_code == 0, done.output
    assert "3 parties" in done.output


@pytest.mark.parametrize("draws", [0, 8])
def test_the_document_of_a_war_with_every_section_has_the_shape_that_its_schema_promises(scenario, draws, tmp_path):
    document = run(scenario, "--draws", draws, "--store", tmp_path / "runs")
    assert complaints(document) == []
    detail = document["engines"]["war_bargaining"]["detail"]
    assert list(detail["pressure"]) == ["nothing", "fine_who_rejects", "relief_first"]
    assert detail["doubt"]["asks"] == "upper"
    assert list(detail["resolve"]["demands"]) == ["upper", "lower"]
    assert detail["commitment"]["chain"]["rising"] == "upper"
    assert list(detail["pressure"]["nothing"]["values"]) == ["upper", "lower"]


def test_a_war_without_these_sections_leaves_them_out_of_the_document(tmp_path):
    document = run(CASE, "--draws", 0, "--store", tmp_path / "runs")
    assert complaints(document) == []
    detail = document["engines"]["war_bargaining"]["detail"]
    assert [detail[name] for name in ("pressure", "doubt", "resolve", "commitment")] == [None] * 4


def test_a_side_may_walk_out_and_talks_may_break_down_in_a_file(tmp_path):
    """Where leaving is worth .9 to both, the first to be asked leaves; where it is worth nothing, nobody does."""
    sections = "  exit: {a: 0.9, b: 0.9}\n  breakdown: {chance: 0.5, a: 0.3, b: 0.2}\n"
    path = tmp_path / "scenario.yaml"
    path.write_text(told(sections), encoding="utf-8")
    ends = run(path, "--draws", 0, "--store", tmp_path / "runs")["engines"]["war_bargaining"]["detail"]["chances"]
    assert ends["exit"] == pytest.approx(1)
    path.write_text(told("  exit: {a: 0, b: 0}\n"), encoding="utf-8")
    ends = run(path, "--draws", 0, "--store", tmp_path / "runs")["engines"]["war_bargaining"]["detail"]["chances"]
    assert (ends["exit"], ends["breakdown"]) == (0, 0)
    closed = told("  breakdown: {chance: 0.5, a: 0.3, b: 0.2}\n")
    closed = closed.replace(
        "red_line: {at_least: {low: 25, mode: 35, high: 50, grounds: [J5]}}", "red_line: {at_least: 60}"
    )
    closed = closed.replace(
        "red_line: {at_most: {low: 50, mode: 60, high: 75, grounds: [J5]}}", "red_line: {at_most: 45}"
    )
    path.write_text(closed.replace("low: 55, mode: 60, high: 70", "low: 60, mode: 60, high: 70"), encoding="utf-8")
    ends = run(path, "--draws", 0, "--store", tmp_path / "runs")["engines"]["war_bargaining"]["detail"]["chances"]
    assert ends["agreement"] == 0
    assert ends["breakdown"] > 0.9
    assert sum((*ends["victory"].values(), ends["deadline"], ends["breakdown"])) == pytest.approx(1)


SLIPS = {
    "a response after a stranger": ("after: upper,", "after: league,", "'league' is no side", "write upper or lower"),
    "a response after nobody": ("after: upper,", "after: uper,", "'uper'", "did you mean 'upper'?"),
    "a lever that is not there": ("pulls: [relief]", "pulls: [relieff]", "there is no lever 'relieff'", "'relief'?"),
    "the cost of no lever": ("{lever: fines,", "{lever: fine,", "there is no lever 'fine'", "did you mean 'fines'?"),
    "a tough side that pays more": ("cost_tough: 0.01", "cost_tough: 0.05", "costs the tough type more", "costs less"),
    "an audience outside the pie": (
        "issue: water, line: 45",
        "issue: withdrawal, line: 45",
        "is not in the pie",
        "name an",
    ),
    "a ratifier of a stranger": (
        "{party: lower, name: The m",
        "{party: league, name: The m",
        "'league' is no side",
        "write",
    ),
    "a lever let go that is not held": ("drops: [relief]", "drops: [fines]", "cannot be let go", "own pulls"),
    "a broker that is no party": (
        "    party: league\n",
        "    party: leage\n",
        "there is no party 'leage'",
        "'league'?",
    ),
    "an opinion that is not there": ("opinion: mood", "opinion: moods", "there is no opinion 'moods'", "'mood'?"),
    "a step before the first": ("from_step: 1", "from_step: -1", "from_step", ""),
    "a lag of two steps": ("lag: 1", "lag: 2", "lag", ""),
    "gains of one type alone": ("cost_weak: 0.04", "cost_weak: 0.04, gains_weak: 0.1", "only one type's gains", "both"),
    "power that shifts both ways": (
        "b_gains: 0.02, war_loss",
        "b_gains: 0.99, war_loss",
        "more than 1",
        "lower a_gains",
    ),
    "a chance above one": ("chance: 0.1", "chance: 1.1", "1.1", "0..1"),
    "a line off the scale": ("line: 40, votes", "line: 140, votes", "140", ""),
    "a doubt about a stranger": ("about: lower", "about: league", "'league' is no side", "write upper or lower"),
    "two rules of one name": ("id: relief_first", "id: fine_who_rejects", "fine_who_rejects", ""),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_war_is_told_with_its_file_its_line_and_a_hint(slip, scenario):
    old, new, message, hint = SLIPS[slip]
    text = told()
    assert text.count(old) == 1
    spoilt = text.replace(old, new)
    line = next(k for k, (a, b) in enumerate(zip(text.split("\n"), spoilt.split("\n"), strict=True), 1) if a != b)
    scenario.write_text(spoilt, encoding="utf-8")
    done = call("check", scenario)
    assert done.exit_code == 3
    said = " ".join(done.stderr.split())
    assert message in said
    assert hint in said
    assert f"scenario.yaml:{line}:" in said, said
