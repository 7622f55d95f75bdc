"""Short passages, as the press writes them, with the statements that a reader should find in them.

In the tables a passage stands above its statements: `=` a statement, `+` a condition of the one before it, `^` a
condition of the one after it, `?` words that a reader may take or leave. A gap in the words is shown as ` … `.
"""

from dataclasses import dataclass

import pytest
import score_gold

from parley.domain.source import Article
from parley.reading import read
from tests.reading.sentences import table

COVERED = 0.97
PRECISE = 0.97
PAIRED = 0.95
LINKED = 0.85


@dataclass(frozen=True, kw_only=True)
class Went:
    """How a passage was read: how many of its statements, and of those that were told, went right."""

    wanted: int
    covered: int
    paired: int
    told: int
    right: int
    links: int
    linked: int


def passages():
    """The passages with their marked words."""
    found = []
    for line in table("passages"):
        if line[:2] in ("= ", "+ ", "^ ", "? "):
            found[-1][1].append((line[0], line[2:]))
        elif line:
            found.append((line, []))
    return found


def places(text, words):
    """Where words with gaps stand in a text."""
    found, start = [], 0
    for piece in words.split(" … "):
        start = text.index(piece, start)
        found.append((start, start + len(piece)))
        start += len(piece)
    return found


def went(text, marks):
    """Read one passage and compare what is told with what is marked."""
    starts, ends = zip(*(word.span() for word in score_gold._WORD.finditer(text)), strict=True)
    told = read(Article(text=text), reader="best").statements
    found = [score_gold._words([(span.start, span.end) for span in each.spans], starts, ends) for each in told]
    meant = [(sign, score_gold._words(places(text, words), starts, ends)) for sign, words in marks]
    wanted = [words for sign, words in meant if sign != "?"]
    signs = [sign for sign, _ in meant if sign != "?"]
    pairs = dict(score_gold.matched(wanted, found))
    links = [(index, index + (1 if sign == "^" else -1)) for index, sign in enumerate(signs) if sign in "+^"]
    said, allowed = frozenset().union(*found), frozenset().union(*(words for _, words in meant))
    return Went(
        wanted=len(wanted),
        covered=sum(score_gold._lies_in(words, said) for words in wanted),
        paired=len(pairs),
        told=len(found),
        right=sum(score_gold._lies_in(words, allowed) for words in found),
        links=len(links),
        linked=sum(
            {one, other} <= pairs.keys() and told[pairs[one]].id in told[pairs[other]].conditions
            for one, other in links
        ),
    )


@pytest.fixture(scope="module")
def all_went():
    return [went(text, marks) for text, marks in passages()]


@pytest.mark.parametrize(
    ("good", "of", "share"),
    [
        ("covered", "wanted", COVERED),
        ("right", "told", PRECISE),
        ("paired", "wanted", PAIRED),
        ("linked", "links", LINKED),
    ],
)
def test_the_statements_of_short_passages_are_found_and_cut_as_they_are_marked(all_went, good, of, share):
    assert sum(getattr(each, good) for each in all_went) >= share * sum(getattr(each, of) for each in all_went)
