import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from parley.reading.encoder.tags import ROLES, TAGS, certainty, likeliest, spans

SCORES = arrays(np.float64, st.tuples(st.integers(1, 4), st.just(TAGS)), elements=st.floats(-9, 0))


def allowed(path):
    """Whether each further token of a span comes after a token of the same role."""
    return all(tag == 0 or tag % 2 == 1 or before in (tag - 1, tag) for before, tag in itertools.pairwise((0, *path)))


def every_path(scores):
    """Every allowed sequence of tags with its probability up to a factor."""
    for path in itertools.product(range(TAGS), repeat=len(scores)):
        if allowed(path):
            yield path, np.exp(scores[np.arange(len(path)), path].sum())


@given(SCORES)
def test_no_allowed_sequence_is_likelier_than_the_likeliest(scores):
    path = likeliest(scores)
    assert allowed(path.tolist())
    best = max(chance for _, chance in every_path(scores))
    assert np.exp(scores[np.arange(len(path)), path].sum()) == pytest.approx(best)


@given(SCORES)
def test_the_certainty_of_a_tag_is_its_share_in_all_allowed_sequences(scores):
    shares = np.zeros(scores.shape)
    for path, chance in every_path(scores):
        shares[np.arange(len(path)), path] += chance
    assert certainty(scores) == pytest.approx(shares / shares.sum(axis=1, keepdims=True), abs=1e-9)


def surely(tags):
    scores = np.full((len(tags), TAGS), -9.0)
    scores[np.arange(len(tags)), tags] = 0.0
    return scores


def test_spans_are_cut_where_a_new_one_begins_and_where_the_role_changes():
    found = list(spans(surely([0, 1, 2, 3, 5, 6, 6, 5, 6, 0, 5]), paragraph=4, first=10))
    assert [(each.role, each.first, each.last) for each in found] == [
        ("source", 11, 12),
        ("cue", 13, 13),
        ("content", 14, 16),
        ("content", 17, 18),
        ("content", 20, 20),
    ]
    assert all(each.paragraph == 4 and 0.9 < each.score <= 1 for each in found)


def test_a_token_that_carries_on_a_span_that_never_began_is_not_taken_at_its_word():
    assert [each.role for each in spans(surely([0, 6, 6]), paragraph=0, first=0)] == ["content"]
    assert not list(spans(surely([0, 0]), paragraph=0, first=0))
    assert len(ROLES) * 2 + 1 == TAGS
