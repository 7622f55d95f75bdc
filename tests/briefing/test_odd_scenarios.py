"""Briefings of scenarios that lack a part, are very large, or hold names that nobody expects: the page stays sane."""

from __future__ import annotations

import dataclasses
import io
import json
import re

import pytest
from rich.console import Console

from parley.approaches import compare
from parley.briefing.compose import compose
from parley.briefing.document import to_json
from parley.briefing.html import to_html
from parley.briefing.terminal import to_terminal
from parley.domain.briefing import Briefing
from parley.domain.issue import Issue
from parley.domain.party import Party
from parley.domain.position import Position
from parley.domain.scenario import Question, Scenario
from tests.briefing.stories import text_of
from tests.briefing.test_compose import READING_ORDER
from tests.briefing.test_html import Page
from tests.builders import about, exactly, tiny_scenario

UNSAID = re.compile(r"\b(nan|inf|None|Traceback)\b|Piece\(|\{[a-z_]+\}")
"""What a program lets slip where it has nothing to say."""

FEW = 6


def named(*names: str) -> Scenario:
    """The tiny scenario with these names of its two parties."""
    told = tiny_scenario()
    pairs = zip(told.parties, names, strict=True)
    return dataclasses.replace(told, parties=tuple(dataclasses.replace(each, name=name) for each, name in pairs))


def crowd(parties: int, issues: int) -> Scenario:
    """So many parties that care about so many issues, and no war."""
    members = tuple(
        Party(
            id=f"p{number}",
            name=f"Party number {number} of the alliance",
            role="other",
            capability=exactly(1),
            no_agreement=about(0.2, 0.4, 0.6),
        )
        for number in range(parties)
    )
    matters = tuple(Issue(id=f"i{number}", name=f"Matter {number}", question="How much?") for number in range(issues))
    positions = tuple(
        Position(
            party=party.id,
            issue=issue.id,
            position=exactly(100 * ((place + 3 * number) % parties) / (parties - 1)),
            salience=about(0.2, 0.5, 0.8),
        )
        for place, party in enumerate(members)
        for number, issue in enumerate(matters)
    )
    question = Question(text="How could the first approach the talks?", asked_by="p0")
    bare = {"war": None, "conflict": None, "clock": None, "approaches": (), "levers": (), "outcomes": ()}
    return tiny_scenario(parties=members, issues=matters, positions=positions, question=question, **bare)


def without_a_position_of_the_asker() -> Scenario:
    told = tiny_scenario(approaches=())
    return dataclasses.replace(told, positions=tuple(each for each in told.positions if each.party != "north"))


ODD = {
    "without a war": (tiny_scenario(war=None), FEW),
    "without options": (tiny_scenario(conflict=None, approaches=()), FEW),
    "without approaches": (tiny_scenario(approaches=()), FEW),
    "without outcomes": (tiny_scenario(outcomes=()), FEW),
    "the asker wants nothing": (without_a_position_of_the_asker(), FEW),
    "one draw": (tiny_scenario(), 1),
    "the most plausible numbers only": (tiny_scenario(), 0),
    "hostile names": (named("<b>North</b>{x}[bold]", "South\"'</script><!--%s"), FEW),
    "long names": (named("N" * 60, "The " + "very " * 10 + "distant south"), FEW),
    "names from right to left": (named("الشمال", "הדרום"), FEW),
    "a crowd": (crowd(12, 25), FEW),
}


@pytest.fixture(scope="module", params=list(ODD))
def odd(request: pytest.FixtureRequest) -> Briefing:
    scenario, draws = ODD[request.param]
    return compose(compare(scenario, draws=draws, seed=0))


def test_no_part_is_left_out(odd: Briefing) -> None:
    assert [section.id for section in odd.sections] == READING_ORDER
    assert all(section.blocks for section in odd.sections)


def test_nothing_slips_out_of_the_program_into_the_text(odd: Briefing) -> None:
    names = [odd.title, odd.question, "<b>North</b>{x}[bold]"]
    for section in odd.sections:
        text = text_of(odd, section.id)
        for name in names:
            text = text.replace(name, "").replace(name.lower(), "")
        assert UNSAID.search(text) is None, f"{section.id}: {UNSAID.findall(text)}"


def test_the_page_is_nested_rightly_and_every_number_and_link_leads_somewhere(odd: Briefing) -> None:
    page = Page(to_html(odd, library=""))
    assert page.problems == []
    ids = [held["id"] for _, held in page.elements if "id" in held]
    assert len(ids) == len(set(ids))
    notes = {held["id"] for _, held in page.elements if "popover" in held}
    assert {held["popovertarget"] for held in page.all("button")} <= notes
    assert {str(held["href"])[1:] for held in page.all("a")} <= set(ids)
    assert {held["for"] for held in page.all("label")} <= set(ids)


def test_the_headings_never_skip_a_level(odd: Briefing) -> None:
    page = Page(to_html(odd, library=""))
    levels = [int(name[1]) for name, _ in page.elements if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_terminal_keeps_to_its_width(odd: Briefing) -> None:
    stream = io.StringIO()
    to_terminal(odd, Console(file=stream, width=80))
    assert max(len(line.rstrip()) for line in stream.getvalue().splitlines()) <= 80


def test_the_json_form_is_json(odd: Briefing) -> None:
    document = to_json(odd)
    assert len(json.loads(json.dumps(document, allow_nan=False))["sections"]) == len(odd.sections)


@pytest.mark.parametrize(("draws", "said"), [(0, "the most plausible number"), (1, "one set of numbers")])
def test_a_reader_is_told_where_there_are_no_draws_to_speak_of_and_shown_no_ranges(draws: int, said: str) -> None:
    text = text_of(compose(compare(tiny_scenario(), draws=draws, seed=0)), "bottom-line")
    assert f"run once, on {said}" in text
    assert re.search(r"([−+]?\d+) to \1\b", text) is None
