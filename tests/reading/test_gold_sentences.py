"""The single sentences of the gold set, and their loader."""

import json
from pathlib import Path

import gold_sentences
import pytest

from parley.errors import ScenarioError

GOLD = Path(__file__).parent / "gold"
KIND = {"text": "Ann wants peace.", "words": ["peace"], "kind": "demand", "also": []}
HORIZON = {"text": "By May.", "published": "2024-03-04", "horizon": ["2024-03-04", None], "horizon_kind": ["by"]}


@pytest.mark.parametrize("part", ["dev", "test"])
def test_there_are_twenty_sound_sentences_for_each_mark(part):
    cases = gold_sentences.load(GOLD / f"sentences-{part}.json")
    assert {field: len(each) for field, each in cases.items()} == dict.fromkeys(gold_sentences.FIELDS, 20)


def test_no_sentence_is_in_both_halves():
    dev, test = (
        {case["text"] for cases in gold_sentences.load(GOLD / f"sentences-{part}.json").values() for case in cases}
        for part in ("dev", "test")
    )
    assert len(dev) == len(test) == 100
    assert not dev & test


@pytest.mark.parametrize(
    ("field", "case", "said"),
    [
        ("kind", {**KIND, "words": ["war"]}, "'war' is not in"),
        ("kind", {**KIND, "words": ["peace", "Ann"]}, "'Ann' is not in"),
        ("kind", {**KIND, "also": ["wish"]}, "unknown kind 'wish'"),
        ("kind", {"text": "Ann wants peace."}, "keys text in place of"),
        ("hedge", {"text": "Perhaps.", "hedge": "sure"}, "unknown hedge 'sure'"),
        ("horizon", {**HORIZON, "horizon": ["2024-02-30", None]}, "'2024-02-30' is no date"),
        ("horizon", {**HORIZON, "horizon_kind": []}, "without its kind"),
        ("horizon", {**HORIZON, "horizon_kind": ["at"]}, "unknown kind of horizon 'at'"),
        ("conditions", {"text": "If so, yes.", "words": ["yes"], "condition": "if so"}, "'if so' is not in"),
    ],
)
def test_a_bad_sentence_is_told_with_its_place(tmp_path, field, case, said):
    path = tmp_path / "sentences.json"
    path.write_text(json.dumps({**{name: [] for name in gold_sentences.FIELDS}, field: [case]}), encoding="utf-8")
    with pytest.raises(ScenarioError, match=said) as raised:
        gold_sentences.load(path)
    assert f"{field}[0]" in str(raised.value)


def test_a_field_that_is_missing_is_told(tmp_path):
    path = tmp_path / "sentences.json"
    path.write_text(json.dumps({"kind": []}), encoding="utf-8")
    with pytest.raises(ScenarioError, match="fields kind"):
        gold_sentences.load(path)
