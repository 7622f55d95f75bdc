import pytest

from parley.domain.attribution import Attribution
from parley.domain.source import Article, Span
from parley.reading.best import without_words
from parley.reading.grid import Grid
from parley.reading.parsing import parsed


@pytest.mark.parametrize(
    ("text", "content", "source", "named", "said"),
    [
        (
            "“Nobody will sail,” says Ada Obi, a broker, “unless they pay.”",
            "“Nobody will sail,”",
            "Ada Obi, a broker, “unless they pay.”",
            "Ada Obi, a broker,",
            ["“Nobody will sail,”", "“unless they pay.”"],
        ),
        (
            "“Nobody will sail,” says the man they call “the admiral of the fleet”.",
            "“Nobody will sail,”",
            "the man",
            "the man",
            ["“Nobody will sail,”"],
        ),
        (
            "The port is shut, says the author of “A Life at Sea”.",
            "The port is shut",
            "the author of “A Life at Sea”",
            "the author of “A Life at Sea”",
            ["The port is shut"],
        ),
    ],
)
def test_a_source_does_not_run_on_into_what_it_says(text, content, source, named, said):
    def span(words):
        return Span(start=text.index(words), end=text.index(words) + len(words))

    article = Article(text=text)
    found = without_words(
        Attribution(content=(span(content),), cue=span("says"), source=span(source)), Grid.of(parsed(article))
    )
    assert article.words(found.source) == named
    assert [article.words(each) for each in found.content] == said
