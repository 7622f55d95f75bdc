"""CPU seconds of reading, by reader and by stage; the aims are 1,000 words a second for `best`, 2,000 for `light`.

The articles are those of the gold set that may be looked at, two and two together: about 600 words each.
"""

import time
from pathlib import Path

import pytest

from parley.domain.source import Article
from parley.errors import UsageError
from parley.reading import READERS, read, reader_named
from parley.reading.cast import cast
from parley.reading.parsing import parsed
from parley.reading.statements import statements

DEV = Path(__file__).parents[1] / "tests" / "reading" / "gold" / "dev"
TEXTS = [path.read_bytes().decode("utf-8") for path in sorted(DEV.glob("*.txt"))]
ARTICLES = [Article(text="\n\n".join(TEXTS[place : place + 2])) for place in range(0, len(TEXTS), 2)]
WORDS = sum(len(article.text.split()) for article in ARTICLES)


def reader_or_skip(name):
    try:
        return reader_named(name)
    except (UsageError, ImportError, OSError) as error:
        pytest.skip(f"the reader '{name}' is not here: {error}")


@pytest.mark.benchmark(timer=time.process_time)
@pytest.mark.parametrize("name", READERS)
def test_articles_are_read(benchmark, name):
    reader = reader_or_skip(name)
    found = benchmark.pedantic(
        lambda: [read(article, reader=reader) for article in ARTICLES], rounds=5, warmup_rounds=1
    )
    benchmark.extra_info["words per CPU second"] = round(WORDS / benchmark.stats.stats.min)
    assert all(each.statements for each in found)


def stages(reader):
    """For each stage, what does it, over all articles: each is given what the ones before it made."""
    paragraphs = [parsed(article) for article in ARTICLES]
    attributions = [reader.attributions(each) for each in paragraphs]
    given = list(zip(ARTICLES, paragraphs, attributions, strict=True))
    names = [cast(read_, said, article=article) for article, read_, said in given]
    return {
        "parse": lambda: [parsed(article) for article in ARTICLES],
        "reader": lambda: [reader.attributions(each) for each in paragraphs],
        "cast": lambda: [cast(each, said, article=article) for article, each, said in given],
        "statements": lambda: [
            statements(article, each, said, names=known)
            for (article, each, said), known in zip(given, names, strict=True)
        ],
    }


@pytest.mark.benchmark(timer=time.process_time)
@pytest.mark.parametrize("stage", ["parse", "reader", "cast", "statements"])
@pytest.mark.parametrize("name", READERS)
def test_a_stage_of_reading_is_done(benchmark, name, stage):
    """Kinds, horizons, hedges and who is meant are all in the stage `statements`."""
    work = stages(reader_or_skip(name))[stage]
    assert benchmark.pedantic(work, rounds=5, warmup_rounds=1)
    benchmark.extra_info["ms per word"] = round(1000 * benchmark.stats.stats.min / WORDS, 4)
