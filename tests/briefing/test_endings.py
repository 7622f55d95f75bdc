"""What a briefing and the command say of how a war ends, and of talks that have no end."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from typer.testing import CliRunner

from parley.approaches import compare, summarise
from parley.briefing.compose import compose
from parley.briefing.war_words import ENDINGS, without_end
from parley.cli.app import app
from parley.domain.briefing import Briefing, Table
from parley.domain.comparison import Comparison
from parley.domain.outcome import Outcome
from parley.domain.scenario import Scenario
from parley.engines import named
from tests.briefing.stories import part, text_of
from tests.builders import about, exactly, tiny_scenario
from tests.engines.test_war_endless import two_answers
from tests.engines.test_war_truces import peaceful
from tests.war_scenes import with_red_line, with_war

SIDES = {"north": "the North", "south": "the South"}


def closed(**changes: Any) -> Scenario:
    """Red lines that exclude each other; power shifts to the north in peace."""
    base = with_red_line(tiny_scenario(), "south", "border", at_most=exactly(55))
    base = with_red_line(base, "north", "border", at_least=exactly(60))
    return dataclasses.replace(peaceful(a_gains=0.2, base=base), **changes)


def compared(scenario: Scenario) -> Comparison:
    return compare(scenario, engines={"war_bargaining": named("war_bargaining")}, draws=12, seed=0)


def rows_of(briefing: Briefing) -> dict[str, list[str]]:
    """The table of endings: the cells of each approach."""
    tables = [block for block in part(briefing, "durability").blocks if isinstance(block, Table)]
    (ends,) = (each for each in tables if "Frozen conflict" in each.columns)
    shown = (["".join(piece.text for piece in cell) for cell in row] for row in ends.rows)
    return {name: cells for name, *cells in shown}


def test_the_briefing_says_for_each_approach_how_likely_each_end_is() -> None:
    comparison = compared(closed())
    summary, rows = summarise(comparison), rows_of(compose(comparison))
    found = summary.baseline.engines["war_bargaining"].endings
    for name, cell in zip(ENDINGS, rows["No change"], strict=True):
        assert cell.rstrip("%").removeprefix("under ").removeprefix("over ") in (
            f"{100 * found[name].mean:.0f}",
            "1",
            "99",
        )
    names = {each.id: each.name for each in comparison.approaches}
    for each in summary.approaches:
        change = each.engines["war_bargaining"].endings_difference["frozen_conflict"].mean
        shown = rows[names[str(each.id)]][2]
        assert (
            f"({'+' if round(100 * change) > 0 else '−' if round(100 * change) < 0 else ''}{abs(round(100 * change))})"
            in shown
        )


def test_each_end_is_said_to_be_what_it_is_and_what_the_chances_do_not_know() -> None:
    text = text_of(compose(compared(closed())), "durability")
    assert "Frozen conflict: the guns are silent where the front stood" in text
    assert "Temporary truce: something is signed, and is broken by then" in text
    assert "truces that lapse through neglect or spoilers" in text


def test_the_bottom_line_names_all_four_ends() -> None:
    text = text_of(compose(compared(closed())), "bottom-line")
    assert "it ends within 6 months like this: no agreement" in text
    assert all(name.lower() in text for name in ENDINGS.values())


def test_the_four_ends_are_kept_apart_from_the_scenarios_own_ladder() -> None:
    ladder = (
        Outcome(id="none", name="No deal", words="The war goes on."),
        Outcome(id="peace", name="Lasting peace", words="The border is settled.", region="border > 50"),
    )
    text = text_of(compose(compared(closed(outcomes=ladder))), "durability")
    assert "These are not the rungs of the scenario's own ladder" in text
    assert "(“Lasting peace” there included)" in text
    assert "On that ladder the game in which a settlement lasts stands at “No deal” 100%." in text
    without = text_of(compose(compared(closed(outcomes=()))), "durability")
    assert "the scenario's own ladder" not in without


def test_a_scenario_that_says_nothing_of_peace_has_no_such_table() -> None:
    text = text_of(compose(compared(tiny_scenario())), "durability")
    assert "How would it end" not in text


# Talks without an end


def bracket(**changes: Any) -> dict[str, Any]:
    limit = {"values": {"north": 0.6, "south": 0.4}, "settles_now": True}
    return {"failed": None, "agree": True, "limits": [limit, limit], **changes}


def told(*, asked: bool = False, values: tuple[float, float] = (0.6, 0.4), **changes: Any) -> str:
    found = bracket(**changes)
    detail = {"bracket": found if asked else None, "if_endless": None if asked else found}
    text, parts = without_end({**detail, "values": dict(zip(SIDES, values, strict=True))}, SIDES)
    return text.format(**parts)


def test_one_answer_is_told_beside_that_of_talks_that_end() -> None:
    assert (
        "If the talks had no end, starting from what is best for either side leads to one and the same answer" in told()
    )
    assert "the same as where they end; the first offer would settle it." in told()
    assert "60 of a hundred points to the North and 40 to the South, beside 30 and 20 where they end" in told(
        values=(0.3, 0.2)
    )


def test_where_the_scenario_asks_for_no_end_it_is_told_as_such() -> None:
    assert told(asked=True).startswith("Here the talks have no end; starting from what is best")
    assert "where they end" not in told(asked=True)


def test_two_answers_are_both_told() -> None:
    other = {"values": {"north": 0.2, "south": 0.1}, "settles_now": False}
    text = told(agree=False, limits=[bracket()["limits"][0], other])
    assert "two answers would be possible" in text
    assert "60 of a hundred points to the North and 40 to the South, settled now" in text
    assert "20 of a hundred points to the North and 10 to the South, fought on" in text


def test_no_answer_is_told_with_its_reason() -> None:
    assert told(failed="a side is endlessly patient", agree=None, limits=None) == (
        "If the talks had no end, the model would have no answer, since a side is endlessly patient."
    )


@pytest.mark.parametrize("rule", ["front", "endless"])
def test_a_briefing_tells_of_two_answers_where_there_are_two(rule: str) -> None:
    scenario = with_war(two_answers(terminal_rule=rule), cost_a=about(0.04, 0.08, 0.3))
    scenario = dataclasses.replace(scenario, approaches=())
    text = text_of(compose(compared(scenario)), "delay")
    assert ("Here the talks have no end; two answers are possible" in text) == (rule == "endless")
    assert ("If the talks had no end, two answers would be possible" in text) == (rule == "front")


def test_the_command_tells_in_words_what_no_end_would_change(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for setting, said in (
        ((), "If the talks had no end,"),
        (("--set", "terminal_rule=endless"), "Here the talks have no end;"),
    ):
        done = CliRunner().invoke(app, ["run", "ceasefires/ukraine-2025-03", "--engine", "war_bargaining", *setting])
        assert done.exit_code == 0, done.output
        assert said in done.output
        assert "Frozen conflict" in done.output


def test_values_that_two_ends_do_not_share_are_shown_as_not_known(tmp_path: Any) -> None:
    from parley.files.scenarios import save

    path = tmp_path / "scenario.yaml"
    save(two_answers(), path)
    done = CliRunner().invoke(app, ["run", str(path), "--engine", "war_bargaining"])
    assert done.exit_code == 0, done.output
    row = next(line for line in done.output.splitlines() if line.strip().startswith("The North"))
    assert row.split()[-2:] == ["–", "–"]
