"""Who says what in short passages written as the press writes, read by the best reader from the text alone."""

import re
from pathlib import Path

import pytest

from parley.domain.source import Article
from parley.reading import read

TABLES = Path(__file__).parent / "tables"
ALL_RIGHT = (
    "names-of-sources",
    "names-of-sources-2",
    "names-of-sources-3",
    "people-in-records",
    "whom-a-pronoun-means",
    "whom-a-role-means",
    "whose-by-the-sentence",
    "whose-in-a-scene",
    "whose-in-an-interview",
    "whose-in-its-sentence",
    "whose-by-an-idiom",
    "whose-by-support",
    "whose-by-a-verb",
    "whose-by-its-end",
    "whose-plan",
    "whose-document",
    "whose-mind",
    "whose-position",
    "whose-quotation",
    "whose-terms",
    "whose-turn",
    "words-that-go-on",
)
"""Tables in which every passage is read right."""
MARKS = str.maketrans({mark: "" for mark in "“”\"‘’'"})  # noqa: RUF001
PASSAGE = re.compile(r"(?P<text>[^\n].*?\n)(?P<marks>(?:-- [^\n]+\n)+)", re.DOTALL)
ARTICLES = ("the ", "a ", "an ")


def passages(table):
    """Each passage with its marks: words and the names that are right for who says them."""
    for match in PASSAGE.finditer(table.read_text(encoding="utf-8")):
        marks = [line[3:].split(" | ") for line in match["marks"].strip().split("\n")]
        yield match["text"], [(words, who.split(" ~ ")) for words, who in marks]


def bare(name):
    """A name without its article and quotation marks."""
    low = name.lower().translate(MARKS)
    return next((low.removeprefix(each) for each in ARTICLES if low.startswith(each)), low)


def told(statements, text, words):
    """Who says some words, by the shortest statement that holds them, or holds a part of them."""
    wanted = words.translate(MARKS)
    held = [(text[each.spans[0].start : each.spans[-1].end].translate(MARKS), each) for each in statements]
    fitting = [(len(said), each.speaker) for said, each in held if wanted in said]
    fitting = fitting or [(len(said), each.speaker) for said, each in held if said in wanted or wanted[:12] in said]
    return min(fitting)[1] if fitting else None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "share"), [("who-says-it", 0.93), ("who-says-it-2", 0.93), ("who-says-it-3", 0.93), ("goes-on", 0.8)]
)
def test_the_best_reader_tells_who_says_what_in_nearly_all_passages(name, share):
    right, wrong = 0, []
    for text, marks in passages(TABLES / f"{name}.txt"):
        statements = read(Article(text=text), reader="best").statements
        for words, who in marks:
            speaker = told(statements, text, words)
            if speaker is not None and bare(speaker) in map(bare, who):
                right += 1
            else:
                wrong.append((words, who, speaker))
    assert right >= share * (right + len(wrong)), wrong


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "text", "marks"), [(name, *each) for name in ALL_RIGHT for each in passages(TABLES / f"{name}.txt")]
)
def test_each_passage_of_a_family_is_given_to_who_says_it(table, text, marks):
    statements = read(Article(text=text), reader="best").statements
    found = {words: told(statements, text, words) for words, _ in marks}
    assert all(found[words] and bare(found[words]) in map(bare, who) for words, who in marks), found


@pytest.mark.parametrize("reader", ["best", "light", "rules"])
@pytest.mark.parametrize(
    "text",
    [
        "The party has not quite shut the door. It would support a small cabinet from outside, its deputy leader, "
        "Hanneke Boon, told a talk show on Wednesday, so long as the budget was balanced by 2028.",
        "The ferrymen want to put them on trial. They sank a barge in which 31 people died, their negotiator, Hama "
        "Rissa, told reporters, and would answer for it before a court.",
        "At Marl some forty tractors blocked the road to the bridge on Sunday. If nothing had changed by Saturday, the "
        "village elder, Hamid Boz, threatened, they would drive on to the dam themselves.",
    ],
)
def test_the_words_that_name_who_says_a_sentence_in_its_midst_are_no_statement(text, reader):
    found = [" ".join(each.words) for each in read(Article(text=text), reader=reader).statements]
    assert found
    assert not [
        words for words in found if words.endswith(("told a talk show on Wednesday", "reporters", "threatened"))
    ]
