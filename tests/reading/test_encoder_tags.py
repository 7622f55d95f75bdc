import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from parley.reading.encoder.tags import ROLES, TAGS, Stretch, spans

SCORES = arrays(np.float64, st.tuples(st.integers(1, 4), st.just(TAGS)), elements=st.floats(-9, 0))


def allowed(path):
    """Whether each further token of a span comes after a token of the same role."""
    return all(tag == 0 or tag % 2 == 1 or before in (tag - 1, tag) for before, tag in itertools.pairwise((0, *path)))


def every_path(scores):
    """Every allowed sequence of tags with its probability up to a factor."""
    for path in itertools.product(range(TAGS), repeat=len(scores)):
        if allowed(path):
            yield path, np.exp(scores[np.arange(len(path)), path].sum())


def found_in(scores, *, paragraph=0, first=0):
    return list(spans([Stretch(paragraph=paragraph, first=first, scores=scores)]))


def path_of(pieces, length):
    """The tags that give just these spans."""
    path = [0] * length
    for piece in pieces:
        tag = 1 + 2 * ROLES.index(piece.role)
        path[piece.first : piece.last + 1] = [tag] + [tag + 1] * (piece.last - piece.first)
    return tuple(path)


@given(SCORES)
def test_no_allowed_sequence_is_likelier_than_that_of_the_spans(scores):
    path = path_of(found_in(scores), len(scores))
    chances = dict(every_path(scores))
    assert chances[path] == pytest.approx(max(chances.values()))


@given(SCORES)
def test_how_sure_a_span_is_is_the_mean_share_of_its_tags_in_all_allowed_sequences(scores):
    shares = np.zeros(scores.shape)
    for path, chance in every_path(scores):
        shares[np.arange(len(path)), path] += chance
    shares /= shares.sum(axis=1, keepdims=True)
    pieces = found_in(scores)
    path = path_of(pieces, len(scores))
    for piece in pieces:
        places = range(piece.first, piece.last + 1)
        assert piece.score == pytest.approx(np.mean([shares[place, path[place]] for place in places]), abs=1e-9)


def surely(tags):
    scores = np.full((len(tags), TAGS), -9.0)
    scores[np.arange(len(tags)), tags] = 0.0
    return scores


def test_spans_are_cut_where_a_new_one_begins_and_where_the_role_changes():
    found = found_in(surely([0, 1, 2, 3, 5, 6, 6, 5, 6, 0, 5]), paragraph=4, first=10)
    assert [(each.role, each.first, each.last) for each in found] == [
        ("source", 11, 12),
        ("cue", 13, 13),
        ("content", 14, 16),
        ("content", 17, 18),
        ("content", 20, 20),
    ]
    assert all(each.paragraph == 4 and 0.9 < each.score <= 1 for each in found)


def test_a_token_that_carries_on_a_span_that_never_began_is_not_taken_at_its_word():
    assert [each.role for each in found_in(surely([0, 6, 6]))] == ["content"]
    assert not found_in(surely([0, 0]))
    assert len(ROLES) * 2 + 1 == TAGS
