import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.reading.encoder.links import BUCKETS, chances, distances

SPANS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 30)), min_size=1, max_size=5).map(
    lambda found: np.array([(first, first + length) for first, length in found])
)


@given(SPANS, SPANS)
def test_the_step_of_a_distance_grows_with_it_and_tells_the_direction(here, there):
    steps = distances(here, there)
    assert steps.min() >= 0
    assert steps.max() < BUCKETS
    for i, (_, end) in enumerate(here.tolist()):
        for j, (start, _) in enumerate(there.tolist()):
            assert (steps[i, j] >= BUCKETS // 2) == (start > end)


def test_a_farther_span_is_never_in_a_nearer_step():
    here, there = np.array([[0, 2]]), np.array([[place, place] for place in range(3, 200)])
    assert (np.diff(distances(here, there)[0]) >= 0).all()


def test_the_score_of_a_pair_is_what_its_formula_says():
    rng = np.random.default_rng(3)
    shapes = {
        "here.weight": (2, 4),
        "here.bias": (2,),
        "there.weight": (2, 4),
        "there.bias": (2,),
        "meet.weight": (2, 2),
    }
    shapes |= {"wanted.weight": (1, 2), "alone.weight": (1, 2), "alone.bias": (1,), "distance.weight": (BUCKETS, 1)}
    weights = {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    hidden = rng.normal(size=(9, 2)).astype(np.float32)
    here, there = np.array([[5, 7]]), np.array([[0, 1], [8, 8]])
    scores = []
    for first, last in there.tolist():
        mine = np.tanh(weights["here.weight"] @ np.concatenate([hidden[5], hidden[7]]) + weights["here.bias"])
        yours = np.tanh(weights["there.weight"] @ np.concatenate([hidden[first], hidden[last]]) + weights["there.bias"])
        apart = weights["distance.weight"][distances(here, np.array([[first, last]]))[0, 0], 0]
        scores.append(yours @ weights["meet.weight"] @ mine + weights["wanted.weight"][0] @ yours + apart)
    scores.append(weights["alone.weight"][0] @ mine + weights["alone.bias"][0])
    wanted = np.exp(scores) / np.exp(scores).sum()
    assert chances(weights, hidden, here, there)[0] == pytest.approx(wanted, rel=1e-5)


def test_a_span_without_candidates_belongs_to_none():
    weights = {
        "here.weight": np.ones((2, 4), np.float32),
        "here.bias": np.ones(2, np.float32),
        "alone.weight": np.ones((1, 2), np.float32),
        "alone.bias": np.ones(1, np.float32),
    }
    assert chances(weights, np.ones((3, 2), np.float32), np.array([[0, 1]]), np.empty((0, 2), dtype=int)).tolist() == [
        [1.0]
    ]


class OnOneCore(np.ndarray):
    """Numbers that numpy, which would wake a thread for each core, may not multiply as matrices."""

    def __array_ufunc__(self, function, method, *inputs, **more):
        assert function is not np.matmul
        plain = [np.asarray(each) if isinstance(each, np.ndarray) else each for each in inputs]
        return np.asarray(getattr(function, method)(*plain, **more)).view(OnOneCore)


def test_links_are_weighed_on_one_core():
    rng = np.random.default_rng(5)
    shapes = {"here.weight": (3, 8), "here.bias": (3,), "there.weight": (3, 8), "there.bias": (3,)}
    shapes |= {"meet.weight": (3, 3), "wanted.weight": (1, 3), "alone.weight": (1, 3), "alone.bias": (1,)}
    shapes |= {"distance.weight": (BUCKETS, 1)}
    weights = {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    hidden = rng.normal(size=(9, 4)).astype(np.float32)
    here, there = np.array([[5, 7]]), np.array([[0, 1], [8, 8]])
    watched = {name: each.view(OnOneCore) for name, each in weights.items()}
    found = chances(watched, hidden.view(OnOneCore), here, there)
    assert np.asarray(found).tolist() == chances(weights, hidden, here, there).tolist()
