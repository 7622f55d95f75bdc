"""Every verdict of stability can be checked by somebody who knows only the definitions."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.graph import CONCEPTS, stable
from parley.methods.graph_certificates import Step, certificate, simultaneous_certificate
from parley.methods.option_form import simultaneously_stable
from tests.graph_certificates import assert_proves, assert_proves_at_once
from tests.graph_models import drawn_graphs, option_models
from tests.published.test_graph_model_cases import TWO_BY_TWO, TestElmira, ranks


@settings(max_examples=200, deadline=None)
@given(st.one_of(drawn_graphs(), option_models(max_options=4).map(lambda model: (model.moves, model.rank))))
def test_every_verdict_is_proved_by_its_certificate(model):
    moves, rank = model
    for concept in CONCEPTS:
        verdict = stable(moves, rank, concept)
        for maker, state in itertools.product(range(rank.shape[0]), range(rank.shape[1])):
            found = certificate(moves, rank, concept, maker, state)
            assert found.stable == verdict[maker, state]
            assert_proves(found, moves, rank, concept, maker, state)


@settings(max_examples=200, deadline=None)
@given(option_models(max_options=4))
def test_every_verdict_on_moves_at_once_is_proved_by_its_certificate(model):
    verdict = simultaneously_stable(model.codes, model.moves, model.rank)
    for maker, state in itertools.product(range(len(model.own)), range(len(model.codes))):
        found = simultaneous_certificate(model.codes, model.moves, model.rank, maker, state)
        assert found.stable == verdict[maker, state]
        assert_proves_at_once(found, model.codes, model.moves, model.rank, maker, state)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_the_verdicts_on_elmira_are_proved(concept):
    for maker, state in itertools.product(range(3), range(9)):
        found = certificate(TestElmira.moves, TestElmira.rank, concept, maker, state)
        assert_proves(found, TestElmira.moves, TestElmira.rank, concept, maker, state)


def test_cooperation_in_the_prisoners_dilemma_is_held_up_by_the_others_defection():
    # The row player gains by going from CC (0) to DC (2); the column player then gains by going on to DD (3)
    found = certificate(TWO_BY_TWO, ranks([3, 1, 4, 2], [2, 1, 4, 3]), "SEQ", 0, 0)
    assert [(answer.improvement, answer.steps, answer.end) for answer in found.answers] == [
        (2, (Step(mover=1, to=3),), 3)
    ]


def test_the_unanswered_improvement_that_is_named_is_the_best():
    moves = [[frozenset({1, 2}), frozenset(), frozenset()]]
    assert certificate(moves, np.array([[3, 2, 1]]), "SEQ", 0, 0).unanswered == 2


def test_an_answer_is_as_short_as_can_be():
    # After 0 -> 1 the second could go 1 -> 2 and the third 2 -> 3, or the third 1 -> 3 at once
    nowhere = frozenset()
    moves = [
        [frozenset({1}), nowhere, nowhere, nowhere],
        [nowhere, frozenset({2}), nowhere, nowhere],
        [nowhere, frozenset({3}), frozenset({3}), nowhere],
    ]
    rank = np.array([[2, 1, 1, 3], [1, 1, 1, 1], [1, 1, 1, 1]])
    assert certificate(moves, rank, "GMR", 0, 0).answers[0].steps == (Step(mover=2, to=3),)


@pytest.mark.parametrize("spoil", ["path", "missing", "unanswered"])
def test_the_checker_itself_refuses_a_certificate_that_proves_nothing(spoil):
    """The checker must not be one that everything passes."""
    from dataclasses import replace

    rank = ranks([3, 1, 4, 2], [2, 1, 4, 3])
    sound = certificate(TWO_BY_TWO, rank, "SEQ", 0, 0)
    answer = sound.answers[0]
    wrong = {
        "path": replace(sound, answers=(replace(answer, steps=(Step(mover=0, to=0),), end=0),)),
        "missing": replace(sound, answers=()),
        "unanswered": replace(sound, answers=(), unanswered=2),
    }[spoil]
    with pytest.raises(AssertionError):
        assert_proves(wrong, TWO_BY_TWO, rank, "SEQ", 0, 0)
