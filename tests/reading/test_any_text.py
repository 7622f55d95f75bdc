"""Whatever a text holds, it is read without a fault, and what is read of it stands in it."""

import datetime

import pytest
from hypothesis import HealthCheck, example, given, settings

from parley.domain.source import Article
from parley.reading import read
from tests.reading.odd_texts import texts

LOST = (
    "Talks end without a deal Talks end without a deal predicts that the envoy a truce unless the guns fall silent a "
    "withdrawal and observers, or else no treaty the envoy insists on the port must open by the end of March? "
)
UNTIED = (
    "that America circulated last week would India, which the Non-Proliferation Treaty, buy reactors and balked. They "
    "want trade to stop automatically should India test another bomb, and the sale of enrichment gear to be excluded. "
    "Delhi's answer is that nothing that the government."
)
DAY = datetime.date(2025, 3, 18)


def insist_on_sound(found, article):
    """Places lie in the text, in order, and hold the words given; each id is of one statement and leads somewhere."""
    statements, attributions = found.statements, found.attributions
    size = len(article.text)
    for each in attributions:
        places = [span for span in (*each.content, each.cue, each.source) if span]
        assert all(0 <= span.start < span.end <= size for span in places)
        assert all(left.end <= right.start for left, right in zip(each.content, each.content[1:], strict=False))
    for each in statements:
        assert each.words == tuple(article.text[span.start : span.end] for span in each.spans)
        assert all(0 <= span.start < span.end <= size for span in (*each.spans, each.cue, each.source) if span)
        assert all(left.end <= right.start for left, right in zip(each.spans, each.spans[1:], strict=False))
        assert any(mark.isalnum() for words in each.words for mark in words)
        assert each.horizon is None or each.horizon[0] <= each.horizon[1]
        assert each.hedge is None or 0 <= each.hedge[0] <= each.hedge[1] <= 1
        assert 0 <= each.confidence <= 1
        assert each.speaker.strip()
    ids = [each.id for each in statements]
    assert len(set(ids)) == len(ids)
    starts = [each.spans[0].start for each in statements]
    assert starts == sorted(starts)
    assert {under for each in statements for under in each.conditions} <= set(ids)
    assert all(each.id not in each.conditions for each in statements)
    known = {f"a{number}" for number in range(1, len(attributions) + 1)}
    assert {each.part_of for each in statements if each.part_of} <= known


@pytest.mark.parametrize(("reader", "examples"), [("rules", 60), ("best", 40)])
def test_any_text_is_read_without_a_fault_and_twice_alike(reader, examples):
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(text=texts)
    @example(text="")
    @example(text="a")
    @example(text="\ud800")
    @example(text="\0")
    @example(text='the port must open by the end of March" said he. ')
    @example(text=LOST)
    @example(text=UNTIED)
    @example(text="“ Mr")
    @example(text="Minister Trade 's")
    @example(text="if if answer")
    @example(text="appointments.\n\nFormer Union beyond appointments.\n\nFormer Venkataraman silt.")
    def holds(text):
        article = Article(text=text, date=DAY)
        found = read(article, reader=reader, language_anyway=True)
        insist_on_sound(found, article)
        again = read(article, reader=reader, language_anyway=True)
        assert (again.attributions, again.statements, again.notes) == (
            found.attributions,
            found.statements,
            found.notes,
        )

    holds()
