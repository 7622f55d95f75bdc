"""Guesses about the other side: Bayes by hand, what repeated words give away, what guessing is worth."""

import math

import numpy as np
import pytest

from parley.methods.mediation import nash_text, single_text
from parley.methods.offers import Style, Talks, negotiate, ranked
from parley.methods.opponents import BayesianModel, FrequencyModel

SIZES = (4, 4, 4)
LEVELS = np.stack(np.unravel_index(np.arange(64), SIZES), axis=1)
WEIGHT = np.array([[0.6, 0.3, 0.1], [0.1, 0.3, 0.6]])
WORTH = np.stack([(LEVELS / 3.0) @ WEIGHT[0], (1 - LEVELS / 3.0) @ WEIGHT[1]])


def offers(steps=40, models=None, paces=("linear", "linear")):
    talks = Talks(table=ranked(WORTH), reserve=np.zeros((2, steps)), proposals=np.full(steps, -1))
    return negotiate(talks, [Style(pace=pace) for pace in paces], models=models)


def heard(model, party=1, count=12):
    for package in offers().offers[:count, party]:
        model.hear(int(package))
    return model


def test_with_one_issue_the_bayesian_model_is_bayes_rule_by_hand():
    """Two levels, so uphill or downhill; the weight is 1. Level 1 comes first, so u' = 1: odds exp(1 / (2 s^2))."""
    model = BayesianModel(np.array([[0], [1]]), sigma=0.5)
    model.hear(1)
    up = 1 / (1 + math.exp(-1 / (2 * 0.25)))
    assert model.worth() == pytest.approx([1 - up, up])


def test_with_two_offers_the_frequency_model_counts_as_by_hand():
    """(1, 1), then (1, 0): the first issue stayed, so its weight grows from 1/2 by 1/10, and both are scaled to 1.

    Level 1 of the first issue was named twice and level 0 never; of the second issue each level once.
    """
    model = FrequencyModel(np.array([[0, 0], [0, 1], [1, 0], [1, 1]]))
    model.hear(3)
    model.hear(2)
    first, second = 0.6 / 1.1, 0.5 / 1.1
    assert model.weight == pytest.approx([first, second])
    assert model.worth() == pytest.approx([second, second, 1.0, 1.0])


@pytest.mark.parametrize("model", [FrequencyModel, BayesianModel])
def test_offers_give_away_what_the_other_side_wants(model):
    blank = model(LEVELS).worth()
    learned = heard(model(LEVELS)).worth()
    assert np.std(blank) == pytest.approx(0, abs=1e-9) or abs(np.corrcoef(blank, WORTH[1])[0, 1]) < 0.3
    assert np.corrcoef(learned, WORTH[1])[0, 1] > 0.7


def test_issues_on_which_the_other_side_never_moves_come_out_as_its_dearest():
    """The second side gives way first where it cares least: on the first issue."""
    model = heard(FrequencyModel(LEVELS))
    assert model.weight[2] == max(model.weight) and model.weight[0] == min(model.weight)
    assert model.weight.sum() == pytest.approx(1)


@pytest.mark.parametrize("model", [FrequencyModel, BayesianModel])
def test_who_guesses_loses_nothing_of_its_own_by_pleasing_the_other(model):
    """Whatever it guesses, each offer is worth at least what the party is content with."""
    course = offers(models={0: model(LEVELS)})
    named = course.offers[: course.step, 0]
    assert (WORTH[0, named] >= course.targets[: course.step, 0] - 1e-9).all()


@pytest.mark.parametrize("model", [FrequencyModel, BayesianModel])
def test_two_who_guess_leave_less_on_the_table_than_two_who_do_not(model):
    without = offers()
    with_models = offers(models={0: model(LEVELS), 1: model(LEVELS)})
    assert WORTH[:, with_models.package].sum() > WORTH[:, without.package].sum()


def test_a_mediator_proposes_the_best_product_of_gains_that_no_red_line_rules_out():
    """Every package tried: the product of gains over no agreement is largest at the trade, else at the next best."""
    reserve = np.array([0.2, 0.2])
    gains = np.where((WORTH >= 0.2).all(axis=0), np.prod(WORTH - 0.2, axis=0), -1)
    assert nash_text(WORTH, reserve, np.ones(64, dtype=bool)) == int(np.argmax(gains))
    barred = np.arange(64) != int(np.argmax(gains))
    second = nash_text(WORTH, reserve, barred)
    assert gains[second] == pytest.approx(np.sort(gains)[-2])
    assert nash_text(WORTH, np.array([0.9, 0.9]), np.ones(64, dtype=bool)) is None


def test_each_text_is_worse_for_nobody_and_the_last_cannot_be_bettered_by_a_trade_of_two_issues():
    start = int(np.ravel_multi_index((1, 2, 2), SIZES))
    texts = single_text(WORTH, SIZES, start=start)
    assert texts[0] == start and len(texts) > 1
    for before, after in zip(texts, texts[1:], strict=False):
        gain = WORTH[:, after] - WORTH[:, before]
        assert (gain >= -1e-9).all() and gain.max() > 0
        assert 1 <= (LEVELS[before] != LEVELS[after]).sum() <= 2
    within_two = np.array([sum(level != LEVELS[texts[-1]]) <= 2 for level in LEVELS])
    gain = WORTH - WORTH[:, [texts[-1]]]
    assert not ((gain >= 0).all(axis=0) & (gain.max(axis=0) > 1e-9) & within_two).any()


def test_a_text_never_takes_up_what_a_red_line_rules_out():
    start = int(np.ravel_multi_index((1, 2, 2), SIZES))
    signs = LEVELS[:, 0] <= 1
    texts = single_text(WORTH, SIZES, start=start, signs=signs)
    assert all(signs[text] for text in texts)
