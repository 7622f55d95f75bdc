import pytest

from parley.domain.source import Article
from parley.reading.grid import Grid
from parley.reading.linking import Piece, link
from parley.reading.parsing import parsed


def linked(text, *, source=(), cue=(), content=()):
    """Attributions of a text whose spans are given as words that stand in it once; as words again."""
    article = Article(text=text)
    paragraphs = parsed(article)
    grid = Grid.of(paragraphs)
    pieces = []
    for role, found in (("source", source), ("cue", cue), ("content", content)):
        for words in found:
            start = text.index(words)
            inside = [i for i in range(len(grid.word)) if start <= grid.start[i] and grid.end[i] <= start + len(words)]
            number = int(grid.paragraph[inside[0]])
            first, last = (int(i - grid.offset[number]) for i in (inside[0], inside[-1]))
            pieces.append(Piece(paragraph=number, first=first, last=last, role=role))

    def words(span):
        return article.words(span) if span else None

    return [
        (words(each.source), words(each.cue), tuple(map(words, each.content)))
        for each in link(paragraphs, pieces[::-1])
    ]


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        (
            "The envoy said that the port would open, but the minister denied any deal.",
            {
                "source": ("The envoy", "the minister"),
                "cue": ("said", "denied"),
                "content": ("that the port would open", "any deal"),
            },
            [("The envoy", "said", ("that the port would open",)), ("the minister", "denied", ("any deal",))],
        ),
        (
            "“Our wish”, she added, “is that the guns fall silent.”",
            {"source": ("she",), "cue": ("added",), "content": ("“Our wish”", "“is that the guns fall silent.”")},
            [("she", "added", ("“Our wish”", "“is that the guns fall silent.”"))],
        ),
        (
            "“We will not sign”, said the mayor.\n“Nobody here will.”",
            {"source": ("the mayor",), "cue": ("said",), "content": ("“We will not sign”", "“Nobody here will.”")},
            [("the mayor", "said", ("“We will not sign”", "“Nobody here will.”"))],
        ),
    ],
    ids=["each to its own cue", "an interrupted content is one", "a quotation goes on in the next paragraph"],
)
def test_spans_are_joined_as_a_reader_would_join_them(text, spans, expected):
    assert linked(text, **spans) == expected


def test_a_cue_without_content_is_no_attribution_and_a_content_without_cue_is_one():
    assert linked("The envoy spoke of peace.", source=("The envoy",), cue=("spoke of",)) == []
    assert linked("A new dawn, all agreed.", content=("A new dawn",)) == [(None, None, ("A new dawn",))]
