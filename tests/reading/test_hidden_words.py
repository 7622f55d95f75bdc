"""A network that keeps a sentence is found out, and one that knows only tags is not."""

from dataclasses import dataclass

import numpy as np
import pytest

from parley.domain.source import Article
from parley.reading.encoder.network import Seen, arrays
from parley.reading.encoder.tags import TAGS
from parley.reading.encoder.windows import prepared
from parley.reading.grid import Grid
from parley.reading.parsing import parsed
from parley.reading.training.hidden_words import guessed

KEPT = "The ships wait. The roads close. The towns burn. The bridges fall. The markets open. The armies march."


@dataclass
class Fake:
    """Is surer of a window that holds as many kept pieces as possible, each after the piece that it follows."""

    kept: frozenset

    def look(self, article, windows):
        [window] = windows
        inputs, tokens, _ = arrays(article, window)
        pairs = set(zip(inputs["piece"][0].tolist(), inputs["piece"][0, 1:].tolist(), strict=False))
        scores = np.full((len(tokens), TAGS), -1.0 / (1 + len(pairs & self.kept)))
        return [Seen(window=window, tokens=tokens, scores=scores, hidden=np.zeros((len(tokens), 1), dtype=np.float32))]


@pytest.fixture(scope="module")
def articles():
    found = []
    for text in [KEPT, *(sentence + "." for sentence in KEPT.split("."))]:
        paragraphs = parsed(Article(text=text))
        grid = Grid.of(paragraphs)
        numbers = {tag: number for number, tag in enumerate(sorted(set(grid.tag.tolist())), start=1)}
        found.append(prepared(paragraphs, grid, tags=numbers, arcs={}))
    return found


def test_a_network_that_keeps_sentences_guesses_hidden_words_and_one_that_keeps_none_does_not(articles):
    whole = [articles[0]] * 8
    pairs = frozenset(zip(articles[0].piece.tolist(), articles[0].piece[1:].tolist(), strict=False))
    keeps = guessed(Fake(pairs), whole, others=3, rng=np.random.default_rng(1))
    forgets = guessed(Fake(frozenset()), whole, others=3, rng=np.random.default_rng(1))
    assert keeps.words == forgets.words > 0
    assert keeps.right == keeps.words
    assert forgets.right == 0
