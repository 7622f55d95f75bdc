"""Numbers and chances in plain words."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from parley.briefing import words


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0.01, "almost no chance"),
        (0.04, "almost no chance"),
        (0.06, "very unlikely"),
        (0.19, "very unlikely"),
        (0.21, "unlikely"),
        (0.44, "unlikely"),
        (0.46, "roughly even chance"),
        (0.54, "roughly even chance"),
        (0.56, "likely"),
        (0.79, "likely"),
        (0.81, "very likely"),
        (0.94, "very likely"),
        (0.96, "almost certain"),
        (0.99, "almost certain"),
    ],
)
def test_a_probability_gets_the_word_that_icd_203_prints_for_it(probability: float, word: str) -> None:
    """Intelligence Community Directive 203, Analytic Standards (2015), D.6.e.(2)(a): the table of seven classes."""
    assert words.likelihood(probability) == word


@given(st.floats(0, 1))
def test_every_probability_has_a_word_and_its_complement_the_mirrored_one(probability: float) -> None:
    assume(all(abs(probability - border) > 1e-9 for border, _ in words.LIKELIHOODS))
    mirrored = [word for _, word in words.LIKELIHOODS]
    assert mirrored.index(words.likelihood(probability)) + mirrored.index(words.likelihood(1 - probability)) == 6


def test_certainty_is_only_said_where_every_draw_agrees() -> None:
    assert words.percentage(1.0) == "100%"
    assert words.percentage(0.9996) == "over 99%"
    assert words.percentage(0.0) == "0%"
    assert words.percentage(0.0004) == "under 1%"


def test_a_wide_interval_takes_the_precision_off_a_percentage() -> None:
    assert words.percentage(0.637) == "64%"
    assert words.percentage(0.637, spread=0.3) == "65%"


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_rounded_percentage_is_never_further_than_five_points_off(probability: float, spread: float) -> None:
    text = words.percentage(probability, spread=spread)
    digits = "".join(letter for letter in text if letter.isdigit())
    assert abs(int(digits) - 100 * probability) <= 2.5 + 1e-9


@given(st.floats(0, 365), st.floats(0, 365))
def test_values_of_an_interval_are_rounded_to_a_tenth_of_its_width_or_finer(one: float, other: float) -> None:
    low, high = sorted((one, other))
    step = words.step_for(low, high, span=365)
    assert step <= max((high - low) / 10, 5) + 1e-9
    assert step >= 3.65


def test_a_length_of_time_is_said_in_the_unit_that_suits_it() -> None:
    assert words.duration(1) == "1 day"
    assert words.duration(28) == "4 weeks"
    assert words.duration(120) == "4 months"
    assert words.duration(1461) == "4 years"


def test_a_difference_of_payoffs_is_said_in_points_with_its_sign() -> None:
    assert words.balance(-0.021, 0.08) == "−2 to +8"
    assert words.points(-0.01) == "1 point of 100"
    assert words.points(0.0) == "0 points of 100"


def test_counts_are_words_up_to_twelve() -> None:
    assert [words.count(number) for number in (0, 1, 12, 13, 2000)] == ["no", "one", "twelve", "13", "2,000"]
