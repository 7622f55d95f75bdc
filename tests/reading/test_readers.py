"""What holds of every reader, whatever the text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parley.domain.source import Article
from parley.reading.layout import blocks
from parley.reading.light import Light
from parley.reading.parsing import Paragraph, parsed
from parley.reading.rules import Rules

READERS = [Rules(), Light()]

MARKS = (",", "-", "--", "—", "―", ".", "?", "!", ":", "“", "”", "‘", "’", "«", "``", '"', "'", "''", "🕊️", "שלום")
WORDS = ("The", "envoy", "said", "that", "he", "wants", "to", "not", "PRESIDENT:", "according", "opposed", "Q")
words = st.sampled_from((*MARKS, *WORDS))
texts = st.one_of(
    st.lists(st.one_of(words, st.sampled_from(["\n", "\r\n", " ", ""])), max_size=40).map(" ".join),
    st.text(max_size=60),
)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@given(text=texts)
@example(text="")
@example(text="\x00 said that \x00")
@example(text="“" * 30 + "he said" + "”" * 30)
@settings(max_examples=60, deadline=None)
def test_every_span_is_a_place_in_the_article_and_attributions_come_in_order(reader, text):
    article = Article(text=text)
    found = reader.attributions(parsed(article))
    places = [(block.start, block.end) for block in blocks(text)]
    assert [each.start for each in found] == sorted(each.start for each in found)
    for each in found:
        for span in (*each.content, each.cue, each.source):
            if span is not None:
                assert article.words(span) == article.words(span).strip() != ""
                assert any(start <= span.start and span.end <= end for start, end in places)
        assert 0 <= each.confidence <= 1
        assert each.why


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_the_same_article_gives_the_same_attributions_and_furniture_gives_none(reader):
    paragraphs = parsed(Article(text="The envoy said that the port would open.\nSign up, she said, for our letter."))
    found = reader.attributions(paragraphs)
    assert found == reader.attributions(paragraphs)
    assert found
    furniture = [Paragraph(start=each.start, doc=each.doc, kind="furniture") for each in paragraphs]
    assert reader.attributions(furniture) == ()
