"""The briefing in the terminal."""

from __future__ import annotations

import dataclasses
import io
import re

import numpy as np
import pytest
from rich.console import Console

from parley.briefing.compose import compose
from parley.briefing.terminal import to_terminal
from parley.domain.briefing import Briefing
from tests.briefing.stories import DRAWS, answered, computed, constant
from tests.builders import tiny_scenario

ESCAPE = "\x1b"


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return compose(computed())


def printed(briefing: Briefing, width: int, *, terminal: bool = False, **settings: object) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=terminal, **settings)  # type: ignore[arg-type]
    to_terminal(briefing, console)
    return stream.getvalue()


@pytest.mark.parametrize("width", [50, 80, 200])
def test_no_line_is_longer_than_the_terminal_or_a_readable_measure(briefing: Briefing, width: int) -> None:
    assert max(len(line) for line in printed(briefing, width).splitlines()) <= min(width, 80)


def test_every_heading_and_every_word_of_the_question_is_printed(briefing: Briefing) -> None:
    text = printed(briefing, 80)
    for section in briefing.sections:
        assert section.title in text
    assert briefing.question in text


def test_no_word_of_a_paragraph_is_broken(briefing: Briefing) -> None:
    words = set(re.findall(r"\w+", printed(briefing, 80)))
    for block in briefing.sections[0].blocks:
        for piece in getattr(block, "pieces", ()):
            assert set(re.findall(r"\w+", piece.text)) <= words


def test_a_name_that_repeats_from_row_to_row_is_printed_once(briefing: Briefing) -> None:
    lines = printed(briefing, 80).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("Issue") and "Asks for" in line)
    rows = lines[start + 2 : start + 6]
    assert [row.split("  ")[0] for row in rows] == ["Border", "", "Truce", ""]


def test_settlements_are_drawn_as_lines_of_text_from_one_end_of_the_scale_to_the_other() -> None:
    """At 80 columns a line has 40 places after the name: the points 0 and 100 are its ends, 50 the middle."""
    told = {
        "compromise_model": {None: {"settlement": np.tile([0.0, 50.0], (DRAWS, 1))}},
        "median_voter": {None: {"settlement": np.tile([100.0, 50.0], (DRAWS, 1))}},
    }
    lines = printed(compose(answered(told), details={}), 80).splitlines()
    strips = [line for line in lines if "●" in line and "Each line" not in line and "middle draw" not in line]
    assert [line.index("●") for line in strips] == [38, 77, 58, 58]


def test_no_color_means_no_colour(briefing: Briefing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    colour = re.compile(r"\x1b\[[0-9;]*3[0-9]")
    assert not colour.search(printed(briefing, 80, terminal=True))


def test_a_plain_file_gets_no_escape_codes(briefing: Briefing) -> None:
    assert ESCAPE not in printed(briefing, 80)


def test_words_that_look_like_markup_are_printed_as_they_are() -> None:
    parties = tuple(
        dataclasses.replace(party, name=f"[bold red]{party.name}[/] :smile:") for party in tiny_scenario().parties
    )
    told = answered({"compromise_model": {None: {"settlement": constant(50.0, 2)}}}, tiny_scenario(parties=parties))
    text = " ".join(printed(compose(told), 80).split())
    assert "[bold red]The North[/] :smile:" in text
