"""What could be signed: the section, its pictures and its words, on a computed case and on scenarios made for it."""

from __future__ import annotations

import dataclasses
import functools
import io

import pytest
from rich.console import Console

from parley.approaches import compare
from parley.briefing.compose import compose
from parley.briefing.proposals import hindrance, level, proposals, stakes
from parley.cli.bundles import packages as show_packages
from parley.domain.briefing import Briefing, Chart
from parley.engines import named
from parley.engines.package_search import PackageSearch
from parley.files import scenarios
from parley.workbench import packages
from tests.briefing.stories import part, text_of
from tests.builders import about
from tests.engines.test_package_search import ladder, link, party, scenario, wants

CEASEFIRE = "ceasefires/ukraine-2025-03"


@functools.cache
def told(case: str) -> Briefing:
    engines = {"package_search": named("package_search")}
    return compose(compare(scenarios.load(case), engines=engines, draws=20, seed=0))


def charts_of(briefing: Briefing) -> dict[str, Chart]:
    return {block.kind: block for block in part(briefing, "packages").blocks if isinstance(block, Chart)}


def test_a_closed_zone_names_the_red_lines_that_close_it_and_what_is_possible_if_they_are_left_alone() -> None:
    text = text_of(told(CEASEFIRE), "packages")
    assert "there is no package over all issues that could be signed" in text
    assert "The red line of Ukraine on Territory (no more than 55 of 100)" in text
    assert "With issues left as they are, something could be signed" in text
    assert "left as it is: 52 of 100" in text


def test_a_zone_is_never_called_a_chance_of_agreement() -> None:
    briefing = told(CEASEFIRE)
    assert "That is the chance of a zone and not of a deal" in text_of(briefing, "packages")
    assert "necessary for a deal and not its chance" in text_of(briefing, "engines")
    assert "No model here says how likely agreement is" in text_of(briefing, "bottom-line")


def test_an_open_zone_is_shown_as_a_frontier_with_three_packages_in_words() -> None:
    briefing = told("tutorial/two-valleys")
    text, charts = text_of(briefing, "packages"), charts_of(briefing)
    assert "there is a package over all issues that could be signed" in text
    assert [each["name"] for each in charts["frontier"].data["named"]] == [
        "Balanced", "Leaning to the upper valley", "Leaning to the lower valley"
    ]  # fmt: skip
    assert "Balanced: the upper valley gets Withdrawal, and gives Water (−12)" in text
    assert "They differ on Water and Withdrawal." in text


def test_the_named_packages_lie_on_the_frontier_that_is_drawn() -> None:
    data = charts_of(told("tutorial/two-valleys"))["frontier"].data
    drawn = {tuple(each["at"]) for each in data["points"] if each["signed"]}
    assert all(tuple(each["at"]) in drawn for each in data["named"])


def test_a_condition_that_a_package_breaks_moves_what_the_party_is_said_to_give() -> None:
    """South asks for border 0 if it has the river, else for 100; the river is lost, so at 0 it gives way wholly."""
    issues = (ladder("border", 0, 100), ladder("river", 0, 100))
    positions = (wants("south", "border", 0, 0.4, conditions=[("river <= 10", 100)]), wants("south", "river", 0, 0.6))
    made = scenario((party("south"),), issues, positions)
    found = {"package": {"border": 0.0, "river": 100.0}, "left": []}
    gets, gives = stakes(made, "south", found)
    assert gets == ()
    assert [(each.issue.id, round(each.loss, 9)) for each in gives] == [
        ("river", 0.6),
        ("border", 0.4),
    ]


def test_what_stands_against_a_package_is_told_in_words() -> None:
    made = scenarios.load(CEASEFIRE)
    assert hindrance(made, "russia:territory") == "the red line of Russia on Territory (no less than 70 of 100)"
    assert hindrance(made, "ukraine:no_agreement") == "what Ukraine has without agreement"
    assert hindrance(made, "russia:truce:condition_2").startswith(
        "the condition of Russia on Ceasefire: “A ceasefire only"
    )


def test_a_package_that_leaves_an_issue_says_so() -> None:
    made = scenarios.load(CEASEFIRE)
    assert level(made, "recognition", {"package": {"recognition": 0.0}, "left": ["recognition"]}) == (
        "left as it is: Neither the United States nor Ukraine"
    )


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_signers_has_a_picture_of_who_gets_what(count: int) -> None:
    issues = (ladder("border", 0, 50, 100), ladder("river", 0, 50, 100))
    positions = [
        wants(f"p{k}", issue.id, 50 * ((k + j) % 3), 0.3 + 0.2 * j)
        for k in range(count)
        for j, issue in enumerate(issues)
    ]
    made = scenario([party(f"p{k}") for k in range(count)], issues, positions)
    briefing = compose(compare(made, engines={"package_search": named("package_search")}, draws=3))
    charts = charts_of(briefing)
    assert "frontier" not in charts
    assert len(charts["shares"].data["rows"]) == count


def test_where_nothing_can_ever_be_signed_no_package_is_put_on_the_table() -> None:
    issues = (ladder("border", 0, 100),)
    positions = (wants("north", "border", 100), wants("south", "border", 0))
    made = scenario((party("north", 0.9), party("south", 0.9)), issues, positions)
    assert proposals(made, packages(made).detail) == ()
    text = text_of(compose(compare(made, engines={"package_search": named("package_search")}, draws=3)), "packages")
    assert "What North has without agreement" in text
    assert "worth putting on the table" not in text


def test_packages_too_many_to_be_listed_are_told_with_how_they_were_found_and_how_many_draws_were_solved() -> None:
    issues = tuple(ladder(f"i{k}", 0, 50, 100) for k in range(3))
    asks = [wants(who, f"i{k}", at, (k + 1) / 4) for who, at in (("north", 100), ("south", 0)) for k in range(3)]
    vague = dataclasses.replace(asks[0], salience=about(0.1, 0.2, 0.3))
    joined = link("north", "i0 >= 50 and i1 >= 50 and i2 >= 50", 0.1)
    made = scenario((party("north"), party("south")), issues, (vague, *asks[1:]), links=(joined,))
    engine = PackageSearch(max_packages=16, solved_draws=2)
    text = text_of(compose(compare(made, engines={"package_search": engine}, draws=3, seed=0)), "packages")
    assert "over the 2 draws that were solved, in 100%" in text
    assert "There are too many packages to be listed: integer programs looked for each answer" in text
    shown = io.StringIO()
    show_packages(Console(file=shown, width=2000), packages(made, settings={"max_packages": "16"}))
    assert "integer programs looked for each answer" in shown.getvalue()
