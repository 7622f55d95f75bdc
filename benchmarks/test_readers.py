"""How many words the readers take in a second of CPU time, parsing included; run with `pytest benchmarks -s`."""

import time

import pytest

from parley.domain.source import Article
from parley.reading.light import Light
from parley.reading.parsing import parsed
from parley.reading.rules import Rules

PARAGRAPHS = (
    "The envoy said on Tuesday that both sides had agreed to open the port, but the governor denied any such deal.",
    "“We have waited for nine years”, the mayor told reporters, “and we will not wait for another winter.”",
    "Neither ministry would say how many ships were expected, or who would inspect them before they unload.",
    "“There is nothing to talk about.”",
    "According to a draft that was passed around at the talks, observers from four states want to be stationed on the "
    "island, which the rebels have opposed since the first round.",
    "Rain has closed the mountain road, and the ferry, which takes two hundred people, runs twice a day.",
)


@pytest.fixture(scope="module")
def article():
    return Article(text="\n".join(PARAGRAPHS[place % len(PARAGRAPHS)] for place in range(300)))


@pytest.mark.parametrize("reader", [Rules(), Light()], ids=lambda reader: reader.name)
def test_a_reader_takes_two_thousand_words_a_second_with_the_parse(reader, article):
    reader.attributions(parsed(article))
    start = time.process_time()
    paragraphs = parsed(article)
    parse = time.process_time()
    assert reader.attributions(paragraphs)
    end = time.process_time()
    words = len(article.text.split())
    each = (end - parse) / words
    print(f"{reader.name}: {words / (end - start):,.0f} words/s; after the parse {each * 1e3:.3f} ms a word")
    assert words / (end - start) > 2000
    assert each < 0.12e-3
