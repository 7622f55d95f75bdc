"""The work that a text makes grows with its length and no faster, whatever it is made of."""

import sys
from pathlib import Path

import pytest

import parley
from parley.domain.source import Article
from parley.reading import read
from parley.reading.parsing import parsed
from tests.reading.odd_texts import LONG
from tests.reading.test_any_text import insist_on_sound

OWN = str(Path(parley.__file__).parent)
SIZE = 8_000
PAST_A_BLOCK = 1_000
"""So many calls more, since a longer text may be cut into blocks and windows in other places."""


def calls(text):
    """How many calls Parley's own code makes to read a text with the rules: its work, whatever the machine."""
    count = 0

    def counted(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call") and frame.f_code.co_filename.startswith(OWN)

    article = Article(text=text)
    sys.setprofile(counted)
    try:
        found = read(article, reader="rules", language_anyway=True)
    finally:
        sys.setprofile(None)
    insist_on_sound(found, article)
    return count


def tokens(text):
    """How many tokens the parser is given."""
    return sum(len(each.doc) for each in parsed(Article(text=text)) if not each.passed_over)


@pytest.mark.parametrize("name", LONG)
def test_a_text_twice_as_long_makes_twice_the_work(name):
    calls(LONG[name](500))
    assert calls(LONG[name](2 * SIZE)) <= 2.3 * calls(LONG[name](SIZE)) + PAST_A_BLOCK


@pytest.mark.parametrize("name", LONG)
def test_no_text_gives_the_parser_much_more_than_one_token_for_two_characters(name):
    assert tokens(LONG[name](SIZE)) <= 0.45 * SIZE


@pytest.mark.parametrize(
    "name",
    [
        "letters and hyphens",
        "brackets with spaces",
        "quotation marks with spaces",
        "a table of numbers",
        "numbers",
        "digits",
    ],
)
def test_what_is_no_prose_is_not_parsed_and_a_note_says_so(name):
    text = LONG[name](SIZE)
    assert tokens(text) <= 10
    (note,) = read(Article(text=text), reader="rules", language_anyway=True).notes[-1:]
    assert "characters are passed over" in note


def test_prose_beside_a_table_is_read_and_the_table_passed_over():
    table = LONG["a table of numbers"](SIZE)
    story = "The envoy said that the port would open.\n"
    found = read(Article(text=story + table + story), reader="rules")
    assert [each.words for each in found.statements] == [("that the port would open",)] * 2
    assert found.statements[1].spans[0].start > len(table)
    assert [note for note in found.notes if "passed over" in note]


@pytest.mark.parametrize("text", ["* * *", "2016", "…", "—\n—\n—"])
def test_a_rule_between_sections_or_a_bare_year_gives_no_note(text):
    assert read(Article(text=text), reader="rules").notes == ()
