"""The gold set of articles on talks, its loader, and the scorer of readers (scripts/score_gold.py)."""

import functools
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import gold_talks
import pytest
import score_gold

from parley.errors import ScenarioError

GOLD = Path(__file__).parent / "gold"
PAGE = (Path(__file__).parents[2] / "docs/explanation/gold-set-of-talks.md").read_text(encoding="utf-8")
SCRIPT = Path(score_gold.__file__)
TEXT = 'Ann Lo of Arl said that Bree must leave by May. "We will not wait," she said. Dogs barked. The war goes on.'
MARKS = {
    "title": "t", "outlet": "o", "date": "2024-03-04", "conflict": "c", "talks": "peace talks", "style": "wire",
    "entities": {"Ann Lo": ["Ann Lo"], "Bree": ["Bree"]},
    "optional": ["Dogs barked"],
}  # fmt: skip
PLAIN = {
    "voice": "attributed", "source": None, "cue": None, "speaker": "Ann Lo", "holder": "Ann Lo", "target": None,
    "horizon": None, "horizon_kind": None, "hedge": None, "negated": False, "conditions": [],
}  # fmt: skip
DEMAND = {
    **PLAIN, "id": "s1", "kind": "demand", "words": ["Bree must leave by May"], "target": "Bree",
    "horizon": ["2024-03-04", ["2024-04-30", "2024-05-31"]], "horizon_kind": "by",
}  # fmt: skip
REFUSAL = {
    **PLAIN, "id": "s2", "kind": "refusal", "also": ["threat"], "words": ["We will not wait"], "open": ["target"],
    "conditions": ["s1"], "negated": True,
}  # fmt: skip
OWN = {
    **PLAIN, "id": "s3", "kind": "fact-claim", "words": ["The war goes on"], "voice": "own", "speaker": "the article",
    "holder": "the article",
}  # fmt: skip


@functools.cache
def half(part):
    return gold_talks.load(GOLD / part)


@pytest.fixture
def folder(tmp_path):
    """One small article: a demand with a horizon, a refusal that hangs on it, an aside, and a fact of the article's."""
    written(tmp_path, [DEMAND, REFUSAL, OWN])
    return tmp_path


def written(folder, statements, *, text=TEXT, **marks):
    (folder / "a.txt").write_text(text, encoding="utf-8", newline="")
    (folder / "a.json").write_text(json.dumps({**MARKS, "statements": statements, **marks}), encoding="utf-8")


def told(words, **marks):
    """A predicted statement whose words stand once in the small article."""
    start = TEXT.index(words)
    return {
        "doc": "a.txt", "id": words, "content": [[start, start + len(words)]], "speaker": "Ann Lo", "holder": None,
        "kind": "fact-claim", "target": None, "horizon": None, "horizon_kind": None, "hedge": None, "negated": False,
        "conditions": [], **marks,
    }  # fmt: skip


def shares(folder, *statements):
    return {
        name: (share.hits, share.of) for name, share in score_gold.score(folder, statements).shares.items() if share.of
    }


@pytest.mark.parametrize(("part", "count", "conflicts", "styles"), [("dev", 431, 427, 200), ("test", 25, 25, 15)])
def test_the_gold_set_is_sound_and_varied(part, count, conflicts, styles):
    articles = half(part)
    assert len(articles) == count
    assert len({article.about["conflict"] for article in articles}) == conflicts
    assert len({article.about["style"] for article in articles}) >= styles
    kinds = {each.kinds[0] for article in articles for each in article.statements}
    assert kinds == set(gold_talks.KINDS)


def test_no_conflict_of_the_test_half_is_in_the_other_half():
    dev, test = ({article.about["conflict"] for article in half(part)} for part in ("dev", "test"))
    assert not dev & test


@pytest.mark.parametrize("part", ["dev", "test"])
def test_the_gold_set_held_against_itself_is_perfect(part):
    articles = half(part)
    result = score_gold.score(GOLD / part, [each for article in articles for each in gold_talks.as_statements(article)])
    assert {name: share.value for name, share in result.shares.items()} == dict.fromkeys(score_gold.MEASURES, 1.0)
    assert all(gold == predicted for gold, predicted in result.confusion)


@pytest.mark.parametrize("kind", gold_talks.KINDS)
def test_the_page_tells_how_many_statements_of_each_kind_there_are(kind):
    dev, test = (
        sum(each.kinds[0] == kind for article in half(part) for each in article.statements) for part in ("dev", "test")
    )
    assert f"| {kind} | {dev} | {test} |" in PAGE


def test_the_page_tells_how_far_a_second_reading_agrees():
    agreed = [again(part) for part in ("dev", "test")]
    for name in score_gold.MEASURES:
        columns = " | ".join(f"{hits[name]} of {of[name]}" for hits, of, _ in agreed)
        assert f"| {name} | {columns} |" in PAGE
    dev, test = (kappa(kinds) for _, _, kinds in agreed)
    assert f"kappa of {dev:.2f} in `dev` and {test:.2f} in `test`" in PAGE


def again(part):
    """How the second marks of a half agree with the first: hits and counts of each measure, and pairs of kinds."""
    hits, of, kinds = Counter(), Counter(), Counter()
    second = gold_talks.load(GOLD / "second" / part, texts=GOLD / part)
    told_again = [each for article in second for each in gold_talks.as_statements(article)]
    scores = score_gold.score(GOLD / part, told_again).articles
    for article in second:
        for name, share in scores[article.name].shares.items():
            hits[name], of[name] = hits[name] + share.hits, of[name] + share.of
        kinds += Counter(scores[article.name].confusion)
    return hits, of, kinds


def kappa(kinds):
    """Cohen's kappa: how often two readings give the same kind, beyond what chance would bring."""
    pairs = {pair: count for pair, count in kinds.items() if not {score_gold.MISSED, score_gold.EXTRA} & set(pair)}
    total = sum(pairs.values())
    same = sum(count for (one, other), count in pairs.items() if one == other) / total
    first, second = Counter(), Counter()
    for (one, other), count in pairs.items():
        first[one] += count / total
        second[other] += count / total
    chance = sum(first[kind] * second[kind] for kind in first)
    return (same - chance) / (1 - chance)


def test_a_reader_that_finds_nothing_scores_nothing(folder):
    assert shares(folder) == {"coverage": (0, 3), "one-to-one": (0, 3), "conditions": (0, 1)}


def test_each_measure_is_as_counted_by_hand(folder):
    """Three gold statements of 5, 4 and 4 words.

    The demand is predicted without its first word (4 of 5 words: matched), with the right target, days and kind, and
    under another name for nobody; the refusal with its cue (4 of 6: matched) as a threat, which can be defended, not
    denied and without its condition; the fact not at all. "Dogs barked" is optional, "Ann Lo of Arl" is nothing.
    """
    result = shares(
        folder,
        told("must leave by May", kind="demand", speaker="the Ann Lo", target="bree",
             horizon=["2024-03-04", "2024-05-01"], horizon_kind="within"),
        told('We will not wait," she said', kind="threat", speaker="Bree"),
        told("Dogs barked"),
        told("Ann Lo of Arl"),
    )  # fmt: skip
    assert result == {
        "coverage": (2, 3), "precision": (3, 4), "one-to-one": (2, 3), "kind": (2, 2), "kind, strict": (1, 2),
        "speaker": (1, 2), "holder": (1, 2), "target": (1, 1), "horizon": (1, 1), "horizon kind": (0, 1),
        "no horizon": (1, 1), "no hedge": (2, 2), "negation": (1, 2), "negated": (0, 1), "conditions": (0, 1),
        "conditions, both matched": (0, 1),
    }  # fmt: skip


def test_a_condition_counts_only_where_it_is_linked_to_what_it_conditions(folder):
    demand = told("Bree must leave by May")
    linked = told("We will not wait", conditions=[demand["id"]])
    assert shares(folder, demand, linked)["conditions"] == (1, 1)
    assert shares(folder, linked)["conditions"] == (0, 1)


def test_a_hedge_or_horizon_or_target_where_there_is_none_counts_as_invented(folder):
    invented = told("The war goes on", speaker="the article", hedge=[0.55, 0.8], target="Bree",
                    horizon=["2024-03-04", "2024-03-05"])  # fmt: skip
    result = shares(folder, invented)
    assert (result["no hedge"], result["no horizon"], result["no target"]) == ((0, 1), (0, 1), (0, 1))
    assert result["own voice"] == (1, 1)


@pytest.mark.parametrize(("hedge", "hits"), [([0.6, 0.7], 1), ([0.8, 0.9], 0), (None, 0)])
def test_ranges_of_a_hedge_agree_where_they_overlap(folder, hedge, hits):
    written(folder, [{**DEMAND, "hedge": "likely"}])
    assert shares(folder, told("Bree must leave by May", hedge=hedge))["hedge"] == (hits, 1)


def test_a_statement_covered_by_two_predictions_is_matched_with_one(folder):
    """'Bree must' and 'leave by May' cover the demand; only the latter shares half (3 of 5 words) with it."""
    result = shares(folder, told("Bree must"), told("leave by May"))
    assert (result["coverage"], result["one-to-one"], result["precision"]) == ((1, 3), (1, 3), (2, 2))


def test_quotation_marks_and_punctuation_are_no_words(folder):
    assert shares(folder, told('"We will not wait,"'))["one-to-one"] == (1, 3)
    assert shares(folder, told('. "'))["precision"] == (0, 1)


def test_as_many_statements_as_possible_are_matched():
    """The first prediction shares most with the first, yet the second gold statement has no other."""
    wanted = [frozenset({1, 2, 3, 4}), frozenset({3, 4, 5, 6})]
    told_words = [frozenset({2, 3, 4, 5}), frozenset({1, 2})]
    assert score_gold.matched(wanted, told_words) == [(0, 1), (1, 0)]


def test_how_often_statements_of_a_confidence_are_right_is_counted_by_band(folder):
    right = told("Bree must leave by May", kind="demand", confidence=0.9)
    wrong_kind = told("We will not wait", kind="goal", confidence=0.85)
    unmatched = told("Dogs barked", confidence=0.4)
    bands = score_gold.score(folder, [right, wrong_kind, unmatched, told("The war goes on")]).confidence
    assert {band: (mean, share.hits, share.of) for band, (mean, share) in bands.items()} == {
        "0.35-0.50": (pytest.approx(0.4), 0, 1),
        "0.80-1.00": (pytest.approx(0.875), 1, 2),
    }


def test_who_is_taken_for_whom_shows_in_the_confusion(folder):
    result = score_gold.score(folder, [told("We will not wait", kind="promise"), told("Dogs barked")])
    assert dict(result.confusion) == {
        ("demand", "(missed)"): 1, ("refusal", "promise"): 1, ("fact-claim", "(missed)"): 1,
        ("(extra)", "fact-claim"): 1,
    }  # fmt: skip
    forms = {form: (share.hits, share.of) for form, share in result.matched_by_form.items()}
    assert forms == {"direct": (1, 1), "indirect": (0, 1), "own": (0, 1)}


@pytest.mark.parametrize(
    ("wanted", "name", "right"),
    [
        ("London", "the United Kingdom", True),
        ("Britain", "London", True),
        ("London", "France", False),
        ("the Brazilians", "Brazil", True),
        ("the Brazilians", "Peru", False),
        ("its planners", "Arl's planners", True),
        ("his aides", "Ann Lo’s aides", True),  # noqa: RUF001
        ("its secretary", "the Checkers' Union's secretary", True),
        ("its planners", "Arl's generals", False),
        ("planners", "Arl's planners", False),
        ("Ann Lo", "Lo", False),
        ("Ann Lo", None, False),
    ],
)
def test_a_state_goes_by_its_capital_too_and_a_pronoun_by_whom_it_means(folder, wanted, name, right):
    (gold,) = gold_talks.load(folder)
    assert score_gold.is_one_of(name, [wanted], gold) is right


@pytest.mark.parametrize(
    ("wanted", "name", "right"),
    [
        ("Colonel Ana Bek-Diallo", "Ana Bek-Diallo", True),
        ("Ana Bek", "Gen. Ana Bek", True),
        ("Mullah Sadiq Zaman", "the Foreign Minister Sadiq Zaman", True),
        ("Sheikh al-Amin", "al-Amin", True),
        ("Sheriff Ana Bek", "Ana Bek", True),
        ("Colonel Ana Bek", "Colonel Ana Lo", False),
        ("the Minister of Trade", "trade", False),
        ("the General Council", "Council", False),
        ("the deputy leader", "the leader", False),
        ("the chief negotiator", "the negotiator", False),
        ("the Prime Minister", "the Minister", False),
    ],
)
def test_a_name_is_the_same_with_its_title_and_without(folder, wanted, name, right):
    (gold,) = gold_talks.load(folder)
    assert score_gold.is_one_of(name, [wanted], gold) is right


@pytest.mark.parametrize(
    ("wanted", "name", "right"),
    [
        (["Kenya", "Uganda"], "Kenya and Uganda", True),
        (["Kenya", "Uganda"], "Uganda, and Kenya", True),
        (["the union", "Ana Bek", "the port"], "Ana Bek, the port and the union", True),
        (["Unison and the GMB"], "the GMB and Unison", True),
        (["Kenya", "Uganda"], "Kenya and Rwanda", False),
        (["Unison and the GMB"], "Unison and the RMT", False),
        (["Land and Coast"], "Land", False),
    ],
)
def test_several_who_speak_together_are_right_by_their_names_in_a_row(folder, wanted, name, right):
    (gold,) = gold_talks.load(folder)
    assert score_gold.is_one_of(name, wanted, gold) is right


def test_a_name_is_the_same_without_its_article_capitals_and_possessive():
    assert gold_talks.plain("The  Marenian Army’s") == gold_talks.plain("marenian army") == "marenian army"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"words": ["Bree must go"]}, "'Bree must go' stands 0 times"),
        ({"words": ["a"]}, "stands . times"),
        ({"words": ["by May", "Bree"]}, "out of order"),
        ({"kind": "wish"}, "unknown kind 'wish'"),
        ({"speaker": "Lo Ann"}, "unknown speaker 'Lo Ann'"),
        ({"conditions": ["s9"]}, "no other statement 's9'"),
        ({"conditions": ["s1"]}, "no other statement 's1'"),
        ({"horizon": ["2024-13-04", "2024-12-04"]}, "'2024-13-04' is no date"),
        ({"horizon": ["2024-12-04", "2024-03-04"]}, "is no period"),
        ({"horizon": None}, "without horizon"),
        ({"voice": "own"}, "voice 'own' of Ann Lo"),
        ({"hedge": "sure"}, "unknown hedge 'sure'"),
        ({"mood": "good"}, "keys too many or missing: mood"),
    ],
)
def test_a_bad_mark_is_told_with_its_file(tmp_path, change, said):
    written(tmp_path, [{**DEMAND, **change}])
    with pytest.raises(ScenarioError, match=said) as raised:
        gold_talks.load(tmp_path)
    assert "a.json" in str(raised.value)


@pytest.mark.parametrize(
    ("entities", "said"),
    [
        ({"Ann Lo": ["Ann Lo", "Anna"], "Bree": ["Bree"]}, "does not say 'Anna'"),
        ({"Ann Lo": ["Ann Lo"], "Bree": ["Bree", "Ann Lo"]}, "also names 'Ann Lo'"),
        ({"Ann Lo": ["Arl"], "Bree": ["Bree"]}, "not among its forms"),
    ],
)
def test_a_bad_name_is_told(tmp_path, entities, said):
    written(tmp_path, [DEMAND], entities=entities)
    with pytest.raises(ScenarioError, match=said):
        gold_talks.load(tmp_path)


def test_a_text_without_marks_and_an_empty_folder_are_told(folder, tmp_path_factory):
    (folder / "b.txt").write_text("No marks.", encoding="utf-8")
    with pytest.raises(ScenarioError, match=re.escape("b")):
        gold_talks.load(folder)
    with pytest.raises(ScenarioError, match="no article"):
        gold_talks.load(tmp_path_factory.mktemp("empty"))


def test_a_carriage_return_keeps_its_place(tmp_path):
    written(tmp_path, [{**OWN, "words": ["The war goes on"]}], text=TEXT.replace(". The", ".\r\nThe"))
    (article,) = gold_talks.load(tmp_path)
    ((start, end),) = article.statements[0].spans
    assert article.text[start - 2 : end] == "\r\nThe war goes on"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ({"doc": "z.txt"}, "'z.txt', which is none of the articles"),
        ({"content": [[0, 9999]]}, "outside of the text"),
        ({"content": []}, "outside of the text"),
    ],
)
def test_a_statement_that_cannot_be_scored_is_refused(folder, statement, said):
    with pytest.raises(ScenarioError, match=said):
        score_gold.score(folder, [{**told("Dogs barked"), **statement}])


def test_the_script_prints_a_table_or_json_and_tells_of_bad_lines(folder):
    lines = folder / "found.jsonl"
    lines.write_text(json.dumps(told("The war goes on", speaker="the article")) + "\n\n", encoding="utf-8")
    done = run(folder, lines, "--json")
    document = json.loads(done.stdout)
    assert document["schema"] == "parley/gold-score/1"
    assert document["shares"]["one-to-one"] == {"share": pytest.approx(1 / 3), "hits": 1, "of": 3}
    assert document["articles"]["a"]["by_kind"]["fact-claim"]["hits"] == 1
    assert re.search(r"^one-to-one +0\.333 +1 of 3 ", run(folder, lines).stdout, flags=re.MULTILINE)
    lines.write_text("{}\nno json\n[]\n", encoding="utf-8")
    done = run(folder, lines)
    assert done.returncode == 3
    assert "found.jsonl:2" in done.stderr
    assert "found.jsonl:3" in done.stderr


def run(folder, lines, *options):
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(folder), str(lines), *options], capture_output=True, text=True, check=False
    )
