import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.domain.source import Article
from parley.reading.encoder.network import arrays, batches
from parley.reading.encoder.windows import PIECES, SEPARATOR, START, cut, prepared, tokenizer, windows
from parley.reading.grid import Grid
from parley.reading.parsing import parsed


def pieces_of(text):
    paragraphs = parsed(Article(text=text))
    return prepared(paragraphs, Grid.of(paragraphs), tags={}, arcs={})


TEXTS = st.lists(
    st.lists(
        st.sampled_from(["Peace", "talks", "said.", "“no”", "antidisestablishmentarianism", "🕊️", "\u200b"]), max_size=60
    ),
    max_size=6,
).map(lambda lines: "\n".join(" ".join(line) for line in lines))


def test_the_pieces_of_a_word_are_its_letters_in_lower_case_without_accents():
    found = tokenizer().encode("Étienne’s remilitarisation", add_special_tokens=False).tokens
    assert "".join(piece.removeprefix("##") for piece in found) == "etienne’sremilitarisation"
    assert len(found) > 4


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.integers(8, 40))
def test_every_token_stands_in_one_window_and_no_window_is_too_long(text, limit):
    article = pieces_of(text)
    seen = []
    for window in windows(article, limit=limit + 2 + PIECES):
        inputs, tokens, starts = arrays(article, window)
        assert inputs["piece"].shape[1] <= limit + 2 + PIECES
        assert inputs["piece"][0, 0] == START
        assert inputs["piece"][0, -1] == SEPARATOR
        assert len(tokens) == len(starts)
        seen += tokens.tolist()
    assert seen == np.unique(article.token).tolist()


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_a_stretch_never_crosses_a_paragraph(text):
    article = pieces_of(text)
    ends = set(article.offset.tolist())
    for first, stop, pieces in cut(article, limit=30):
        assert not ends & set(range(first + 1, stop))
        assert pieces == ((article.token >= first) & (article.token < stop)).sum()


def test_a_long_paragraph_is_cut_at_the_end_of_a_sentence():
    article = pieces_of("The talks failed. " * 20)
    assert {
        article.sentence[stop - 1] != article.sentence[stop] for _, stop, _ in list(cut(article, limit=30))[:-1]
    } == {True}


@settings(max_examples=20, deadline=None)
@given(TEXTS, st.integers(20, 200))
def test_batches_hold_every_window_once_and_hide_the_filling(text, size):
    article = pieces_of(text)
    inputs = [arrays(article, window)[0] for window in windows(article, limit=40)]
    seen = []
    for numbers, batch in batches(inputs, size=size):
        seen += numbers
        for row, number in enumerate(numbers):
            length = inputs[number]["piece"].shape[1]
            assert batch["mask"][row].tolist() == [1] * length + [0] * (batch["mask"].shape[1] - length)
            assert batch["piece"][row, :length].tolist() == inputs[number]["piece"][0].tolist()
    assert sorted(seen) == list(range(len(inputs)))
