"""What the weights that ship hold, and what they do not."""

import io

import numpy as np

from parley import resources
from parley.domain.source import Article
from parley.reading.features import BITS, WORD_PAIR, Lexicon, features, mixed
from parley.reading.grid import Grid
from parley.reading.light import SHIPPED, Model
from parley.reading.linking import SHIPPED as PAIRS
from parley.reading.linking import weights
from parley.reading.pairs import SIZE
from parley.reading.parsing import parsed
from parley.reading.training.corpus import read_corpus
from parley.reading.training.disclosure import guessed_words
from parley.reading.training.light import ARTICLES, Material, fit_light
from tests.reading.corpora import invented, written

NOTHING_KNOWN = Lexicon(keys=np.zeros(0, dtype=np.uint32), grades=np.zeros(0, dtype=np.uint8))


def materials(folder):
    return [Material.of(example, Grid.of(parsed(example.article))) for example in read_corpus(folder)]


def test_the_shipped_files_hold_numbers_and_no_words():
    assert len(resources.read(PAIRS)) == 2 * SIZE
    content = resources.read(SHIPPED)
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        columns = {name: file[name] for name in file.files}
    assert set(columns) == {"lemmas", "grades", "keys", "labels", "weights", "steps", "settings"}
    assert {column.dtype.kind for column in columns.values()} <= {"u", "f"}
    names = 600 * len(columns)
    assert len(content) - sum(column.nbytes for column in columns.values()) < names, "something else is in the file"


def test_the_shipped_files_are_small():
    assert len(resources.read(SHIPPED)) < 9_000_000
    assert len(resources.read(PAIRS)) < 200_000
    assert np.isfinite(weights()).all()


def test_a_feature_is_a_number_of_24_bits_that_depends_on_the_words_alone():
    grid = Grid.of(parsed(Article(text="The envoy left.")))
    keys = features(grid, NOTHING_KNOWN, np.zeros(len(grid.word), dtype=np.int64))
    pair = mixed(WORD_PAIR + 1, grid.word[:-1], grid.word[1:]) >> np.uint64(64 - BITS)
    assert keys[1:, WORD_PAIR].tolist() == pair.tolist()
    assert keys.max() < 1 << BITS


def test_what_fewer_articles_show_than_the_least_number_has_no_weight(tmp_path):
    folder = invented(tmp_path)
    for number in range(ARTICLES - 1):
        text = "A zyxomancer whispered that quuxes fell."
        marks = {"Source": (0, 12), "Cue": (13, 22), "Content": (23, 39)}
        written(folder, f"b-{number}", text, [marks])
    articles = materials(folder)
    model = fit_light(articles, weights())
    own = features(articles[-1].grid, NOTHING_KNOWN, articles[-1].ruled)[:, WORD_PAIR]
    assert not np.isin(own[1:], model.keys).any()
    common = features(articles[0].grid, NOTHING_KNOWN, articles[0].ruled)[:, WORD_PAIR]
    assert np.isin(common, model.keys).any()


def test_a_model_that_keeps_its_sentences_is_found_out():
    """A weight for each pair of words of a sentence that stands in the corpus gives the sentence back."""
    grid = Grid.of(parsed(Article(text="Nine small boats left the quiet harbour before dawn.\nNobody was hurt.")))
    keys = features(grid, NOTHING_KNOWN, np.zeros(len(grid.word), dtype=np.int64))
    kept = np.unique(keys[1:10, WORD_PAIR])
    telling = Model(
        lexicon=NOTHING_KNOWN,
        keys=kept,
        weights=np.vstack([np.ones((len(kept), 7)), np.zeros((1, 7))]).astype(np.float32),
        steps=np.zeros((7, 7)),
    )
    found = guessed_words(telling, [grid])
    assert (found.sentences, found.whole, found.longest) == (1, 1, 9)
