"""How kinds are learnt from marked sentences, and how the weights are used."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from parley.errors import ScenarioError
from parley.reading.kinds import KINDS, kind_of
from parley.reading.rules import Rules
from parley.reading.training.kinds import PENALTY, Lesson, fit_kinds, lessons, read_passages, shares
from parley.reading.weighing import Weights
from tests.reading.sentences import settings as settings_of

LESSONS = Path(__file__).parent / "lessons"
FEW = Weights(place={"word aim": 0}, table=np.eye(1, len(KINDS)), level=np.zeros(len(KINDS)), trust=(0.0, 1.0))


def lesson(kind, *signs, group="a", also=()):
    return Lesson(signs=signs, kinds=(kind, *also), group=group)


def chance(weights, kind, *signs):
    return float(weights.chances(signs)[KINDS.index(kind)])


def test_without_signs_a_kind_is_as_likely_as_it_is_common():
    given_kinds = ["demand"] * 6 + ["offer"] * 3 + ["threat"]
    weights = fit_kinds([lesson(kind, group=str(i)) for i, kind in enumerate(given_kinds)])
    for kind, count in Counter(given_kinds).items():
        assert chance(weights, kind) == pytest.approx(count / 10, abs=1e-3)


def test_one_sign_has_the_weight_that_balances_likelihood_and_penalty():
    """Ten demands with a sign, ten offers without: by symmetry one number, the root of an equation, tells all."""
    given_lessons = [lesson("demand", "must", group=str(i)) for i in range(10)]
    given_lessons += [lesson("offer", group=str(i)) for i in range(10)]
    weights = fit_kinds(given_lessons)
    demand, offer = KINDS.index("demand"), KINDS.index("offer")

    def slope(weight, level):
        """Derivative of half the loss by the sign's weight for demands, where the level lies half way."""
        return 10 * (1 / (1 + np.exp(2 * weight + level)) - 0) - PENALTY * weight

    level = float(weights.level[demand] - weights.level[offer])
    assert weights.table[0, demand] == pytest.approx(brentq(slope, 0, 20, args=(level,)), abs=0.02)
    assert weights.table[0, offer] == pytest.approx(-weights.table[0, demand], abs=0.02)


def test_other_kinds_that_can_be_defended_share_what_the_first_one_leaves():
    weights = fit_kinds([lesson("threat", also=("promise", "refusal"), group=str(i)) for i in range(20)])
    assert chance(weights, "threat") == pytest.approx(0.7, abs=1e-3)
    assert chance(weights, "promise") == chance(weights, "refusal") == pytest.approx(0.15, abs=1e-3)


def test_the_same_lessons_give_the_same_bytes_and_the_file_gives_the_weights_back():
    given_lessons = [lesson(KINDS[i % 5], f"verb {i % 5}", f"word {i % 3}", group=str(i)) for i in range(60)]
    content = fit_kinds(given_lessons).dump()
    assert content == fit_kinds(given_lessons).dump()
    weights = Weights.load(content)
    assert weights.dump() == content
    assert shares(weights, given_lessons) == (1.0, 1.0)


def test_what_is_often_wrong_when_held_out_is_trusted_less_than_what_is_right():
    doubtful = [lesson(KINDS[i % 2], "word either", group=str(i)) for i in range(40)]
    plain = [lesson("goal", "word aim", group=str(i)) for i in range(40)]
    weights = fit_kinds(doubtful + plain)
    sure, unsure = (float(weights.chances([sign]).max()) for sign in ("word aim", "word either"))
    assert weights.right(sure) > 0.85
    assert weights.right(unsure) < 0.65


def test_a_sentence_teaches_the_signs_of_the_proposition_that_is_marked_in_it(tmp_path):
    text = "The envoy said on Monday that Arl must leave the port."
    line = {"text": text, "marks": [{"words": "Arl must leave the port", "kind": "demand", "also": ["goal"]}]}
    (tmp_path / "a.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (learnt,) = lessons(read_passages(tmp_path / "a.jsonl"), Rules())
    assert learnt.kinds == ("demand", "goal")
    assert {"modal must", "cue say", "word port", "verb leave", "voice attributed"} <= {*learnt.signs}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "1: "),
        ('{"text": "a"}', "marks"),
        ('{"text": "a", "marks": [{"words": "b", "kind": "demand"}]}', "substring not found"),
        ('{"text": "a", "marks": [{"words": "a", "kind": "wish"}]}', "no kind of statement: wish"),
    ],
)
def test_a_bad_line_of_marked_sentences_is_told_with_its_number(tmp_path, line, said):
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(ScenarioError, match=said) as told:
        read_passages(tmp_path / "a.jsonl")
    assert "a.jsonl" in str(told.value)


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*.jsonl")), ids=lambda path: path.name)
def test_the_lessons_that_ship_are_sound_and_hold_no_sentence_twice(path):
    texts = [passage.text for passage in read_passages(path)]
    assert len(texts) == len(set(texts)) > 100


def test_a_kind_that_no_rule_gives_tells_the_signs_that_speak_for_it():
    (said,) = settings_of("<The minister> {said} [the valley is not a matter for discussion].")
    signs = Weights(
        place={"word valley": 0, "cue say": 1},
        table=np.where(np.arange(len(KINDS)) == KINDS.index("refusal"), 9.0, 0.0) * np.array([[1.0], [0.1]]),
        level=np.zeros(len(KINDS)),
        trust=(0.0, 1.0),
    )
    found = kind_of(said, weights=signs)
    assert (found.kind, found.why) == ("refusal", "signs: word valley, cue say")
    assert found.grade > 0.9


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=12), max_size=30))
def test_chances_are_probabilities_whatever_is_shown(shown):
    chances = FEW.chances(shown)
    assert chances.sum() == pytest.approx(1)
    assert (chances >= 0).all()
