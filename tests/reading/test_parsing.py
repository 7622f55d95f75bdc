import pytest

from parley.domain.attribution import Attribution
from parley.domain.source import Article, Span
from parley.errors import ScenarioError
from parley.reading.parsing import parsed


def test_the_characters_of_a_paragraph_are_those_of_the_article():
    article = Article(text="“Peace”, she said.\r\n\r\nÉtaín’s café 🕊️ opened.\n  \nشالوم")
    paragraphs = parsed(article)
    assert [paragraph.doc.text for paragraph in paragraphs] == ["“Peace”, she said.", "Étaín’s café 🕊️ opened.", "شالوم"]
    for paragraph in paragraphs:
        for token in paragraph.doc:
            assert article.words(paragraph.span(token.i, token.i)) == token.text


def test_a_line_break_ends_a_sentence():
    assert [len(list(each.doc.sents)) for each in parsed(Article(text="The talks\nfailed. Nobody knew why."))] == [1, 2]


def test_an_attribution_without_content_or_with_spans_that_overlap_is_refused():
    with pytest.raises(ScenarioError, match="without content"):
        Attribution(content=())
    with pytest.raises(ScenarioError, match="overlap"):
        Attribution(content=(Span(start=0, end=9), Span(start=5, end=12)))
