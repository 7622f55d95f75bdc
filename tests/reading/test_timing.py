"""The time of a statement stands in its own words, behind them, in the sentence before or where an event is dated."""

import datetime

import pytest

from parley.domain.source import Article
from parley.reading import read
from parley.reading.events import Events
from parley.reading.parsing import parsed
from tests.reading.sentences import table

BLOCKS = [
    block
    for name in ("times-in-articles", "times-in-articles-2", "times-in-articles-3")
    for block in "\n".join(table(name)).strip().split("\n\n")
]
ROWS = [
    (*block.split("\n")[0].split(" ", 1), *(cell.strip() for cell in row[3:].split("|")))
    for block in BLOCKS
    for row in block.strip().split("\n")[1:]
]
WEDNESDAY = datetime.date(2017, 11, 8)


def _fits(day, bounds):
    first, _, last = bounds.partition("..")
    return bounds == "*" or first <= str(day) <= (last or first)


@pytest.mark.parametrize(("date", "text", "words", "kinds", "earliest", "latest"), ROWS)
def test_a_statement_speaks_of_the_time_that_its_readers_understand(date, text, words, kinds, earliest, latest):
    """Rows tell the statement by some of its words, the kinds that English allows, and first and last day."""
    found = read(Article(text=text, date=datetime.date.fromisoformat(date)), reader="best").statements
    said = next(each for each in found if words in text[each.spans[0].start : each.spans[-1].end])
    assert (said.horizon_kind or "none") in kinds.split("/")
    if said.horizon:
        assert _fits(said.horizon[0], earliest)
        assert _fits(said.horizon[1], latest)


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        ("The vote is on 21 November.", "They will leave by then.", ("by", "2017-11-08", "2017-11-21")),
        ("The vote is on 21 November.", "They will leave the next day.", ("within", "2017-11-22", "2017-11-22")),
        ("The vote is on 21 November.", "They will leave three weeks later.", ("within", "2017-12-12", "2017-12-12")),
        ("The vote is in January.", "They will leave that month.", ("within", "2018-01-01", "2018-01-31")),
        ("The vote is in January.", "They will leave the day after.", None),
        ("The vote was on 2 October.", "They will leave by then.", None),
        ("The road opens within weeks.", "They will leave by then.", None),
        ("The ministers are tired.", "They will leave by then.", None),
        ("The vote is on 21 November.", "Then they will leave.", None),
    ],
)
def test_a_word_that_points_back_means_the_last_time_named_if_a_calendar_has_it(before, after, days):
    paragraphs = parsed(Article(text=f"{before} {after}"))
    tokens = list(list(paragraphs[0].doc.sents)[1])
    found = Events(paragraphs=paragraphs, published=WEDNESDAY).pointed(tokens)
    assert (found and (found.kind, str(found.earliest), str(found.latest))) == days


def test_an_event_that_the_article_dates_twice_has_no_day():
    text = "The truce lapses on 9 June. The truce lapses on 12 June. When the truce lapses, they will leave."
    paragraphs = parsed(Article(text=text))
    tokens = list(list(paragraphs[0].doc.sents)[2])
    assert Events(paragraphs=paragraphs, published=WEDNESDAY).met(tokens) is None
