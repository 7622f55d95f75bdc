"""Krippendorff's alpha against the published worked example, a second method, and what must hold of it."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.coding.agreement import agreement, alpha
from parley.errors import UsageError
from tests.coding.made import coding

# Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section C: four observers, twelve units, a point for
# no value.
TABLE = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
ROWS = [line.split() for line in TABLE.strip().split("\n")]
UNITS = [
    {f"observer {row}": int(ROWS[row][column]) for row in range(4) if ROWS[row][column] != "."} for column in range(12)
]


@pytest.mark.parametrize(
    ("level", "printed"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_the_worked_example_has_the_alphas_printed_in_krippendorff_2011(level, printed):
    assert alpha(UNITS, level) == pytest.approx(printed, abs=5e-4)


def by_coincidences(units, distance):
    """Alpha by the matrix of coincidences, as in sections C and D, without any library."""
    pairs = {}
    for unit in units:
        values = list(unit.values())
        for left, right in itertools.permutations(range(len(values)), 2):
            key = values[left], values[right]
            pairs[key] = pairs.get(key, 0) + 1 / (len(values) - 1)
    totals = {}
    for (left, _), count in pairs.items():
        totals[left] = totals.get(left, 0) + count
    number = sum(totals.values())
    observed = sum(count * distance(*key) for key, count in pairs.items()) / number
    expected = sum(
        totals[left] * totals[right] * distance(left, right) for left in totals for right in totals if left != right
    ) / (number * (number - 1))
    return 1 - observed / expected if expected else 1.0


two_coders = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12).map(
    lambda pairs: [{"a": left, "b": right} for left, right in pairs]
)


@settings(deadline=None)
@given(two_coders)
def test_alpha_agrees_with_the_matrix_of_coincidences(units):
    assert alpha(units, "nominal") == pytest.approx(by_coincidences(units, lambda left, right: left != right))
    assert alpha(units, "interval") == pytest.approx(by_coincidences(units, lambda left, right: (left - right) ** 2))


@settings(deadline=None)
@given(two_coders, st.integers(1, 9), st.integers(-5, 5))
def test_the_interval_alpha_does_not_care_for_the_unit_of_the_scale(units, factor, shift):
    moved = [{coder: factor * value + shift for coder, value in unit.items()} for unit in units]
    assert alpha(moved, "interval") == pytest.approx(alpha(units, "interval"))


def test_units_that_only_one_coder_has_say_nothing():
    assert alpha([*UNITS, {"observer 1": 9}], "nominal") == pytest.approx(alpha(UNITS, "nominal"))
    assert math.isnan(alpha([{"a": 1}], "nominal"))


def compare(one, other, draws=40):
    return agreement({"ana": one, "ben": other}, np.random.default_rng(0), draws=draws, seed=0)


KINDS = ("demand", "offer")
MANY = [coding(f"c{at}", point=(at, at, at), kind=KINDS[at % 2]) for at in range(20)]


def test_coders_who_agree_have_an_alpha_of_one_with_certainty():
    found = compare(MANY, MANY)
    assert [(each.value, each.low, each.high) for each in found.alphas] == [(1, 1, 1)] * 3
    assert found.differ == {}


def test_coders_who_differ_are_told_where():
    other = [*MANY[:-1], coding("c19", issue="truce", kind="offer", point=(60, 60, 60))]
    found = compare(MANY, other)
    kind, issue, position = found.alphas
    assert kind.value == 1
    assert issue.value < 1
    assert (issue.units, position.units) == (20, 19)
    (differ,) = found.differ.values()
    assert differ == {"ana": ("offer", "water", 19), "ben": ("offer", "truce", 60)}


def test_the_interval_holds_alpha_and_the_same_seed_gives_the_same():
    other = [coding(each.id, point=((7 * n) % 60,) * 3) for n, each in enumerate(MANY)]
    found = compare(MANY, other)
    assert found == compare(MANY, other)
    position = found.alphas[2]
    assert position.low < position.value < position.high


def test_one_coder_alone_has_nobody_to_agree_with():
    with pytest.raises(UsageError, match="two files"):
        agreement({"ana": MANY}, np.random.default_rng(0), draws=1, seed=0)
