"""Scores of readers, against cases counted by hand: nine words, `a` to `i`, of one letter each."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.domain.source import Span
from parley.reading.training.corpus import Marked
from parley.reading.training.scores import MEASURES, quotation_type, rates, recall, right, tally

TEXT = "a b c d e f g h i"


def words(first, last):
    return Span(start=TEXT.index(first), end=TEXT.index(last) + 1)


def one(content, cue=None, source=None):
    """An attribution, its roles given by their words: `cd` is c to d."""
    return Marked(**{
        role: tuple(words(part[0], part[-1]) for part in value.split()) if value else ()
        for role, value in (("content", content), ("cue", cue), ("source", source))
    })  # fmt: skip


def f1(measure, marked, found):
    return rates(tally(TEXT, marked, found), measure).f1


def test_what_was_marked_scores_one_on_every_measure():
    marked = [one("cde", "b", "a"), one("hi", "g")]
    assert all(f1(measure, marked, marked) == 1 for measure in MEASURES)


@pytest.mark.parametrize(
    ("found", "right_ones"),
    [
        (one("cde", "b", "a"), {*MEASURES}),
        (one("cd", "b", "a"), {"overlap", "half", "source", "source_x", "cue", "full"}),
        (one("c", "b", "a"), {"overlap"}),
        (one("cde", "f", "a"), {"overlap", "half", "exact", "source", "source_x", "soft", "tokens"}),
        (one("cde", "b", "ab"), {*MEASURES} - {"source_x", "full_x"}),
        (one("cde", "b"), {"overlap", "half", "exact", "cue", "soft", "tokens"}),
        (one("ghi", "b", "a"), set()),
    ],
    ids=["all", "two words of three", "one word of three", "another cue", "more source", "no source", "elsewhere"],
)
def test_each_measure_counts_what_it_is_for(found, right_ones):
    marked = [one("cde", "b", "a")]
    assert {measure for measure in MEASURES if f1(measure, marked, [found]) == 1} == right_ones


def test_half_of_the_words_is_enough_and_less_is_not():
    """Two words of four are half; two of five are .4."""
    assert f1("half", [one("abcd")], [one("ab")]) == 1
    assert f1("half", [one("abcde")], [one("ab")]) == 0


def test_precision_and_recall_of_one_right_among_three_found_and_two_marked():
    counts = tally(TEXT, [one("ab"), one("hi")], [one("ab"), one("d"), one("f")])
    assert rates(counts, "exact").precision == pytest.approx(1 / 3)
    assert rates(counts, "exact").recall == pytest.approx(1 / 2)
    assert rates(counts, "exact").f1 == pytest.approx(2 / 5)


def test_soft_and_tokens_count_shared_words():
    """Found is `bcd`, marked `cdef`: two words shared, of three and of four; what is found in vain counts as none."""
    counts = tally(TEXT, [one("cdef")], [one("bcd"), one("i")])
    assert (rates(counts, "soft").precision, rates(counts, "soft").recall) == (pytest.approx(2 / 3 / 2), 0.5)
    assert (rates(counts, "tokens").precision, rates(counts, "tokens").recall) == (0.5, 0.5)


def test_pairs_are_one_to_one_and_the_best_come_first():
    marked, found = [one("abcd"), one("ef")], [one("cdef"), one("abc")]
    assert rates(tally(TEXT, marked, found), "half").f1 == 1
    assert right(TEXT, marked, found) == [True, True]


def test_a_content_in_two_parts_counts_as_one():
    assert f1("exact", [one("ab de")], [one("a b d e")]) == 1


def test_an_attribution_that_holds_no_word_counts_for_nothing():
    blank = Marked(content=(Span(start=1, end=2),))
    counts = tally(TEXT, [one("ab")], [blank, one("ab")])
    assert counts["found"] == 1
    assert right(TEXT, [one("ab")], [blank, one("ab")]) == [False, True]


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("He said “no way” twice.", "“no way”", "direct"),
        ("He said “no way” twice.", "no way", "direct"),
        ('He said "no way" twice.', '"no way"', "direct"),
        ("He called it a “very bad” deal for all.", "it a “very bad” deal for all", "mixed"),
        ("He said that it rained.", "that it rained", "indirect"),
    ],
)
def test_a_content_is_direct_mixed_or_indirect(text, content, kind):
    start = text.index(content)
    span = Span(start=start, end=start + len(content))
    assert quotation_type(text, (span,)) == kind
    counts = tally(text, [Marked(content=(span,))], [Marked(content=(span,))])
    assert recall(counts, "half", kind) == 1


spans = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=5)


@given(spans, spans)
def test_what_is_stricter_never_counts_more(first, second):
    marked, found = ([one(f"{TEXT[2 * min(pair)]}{TEXT[2 * max(pair)]}") for pair in each] for each in (first, second))
    counts = tally(TEXT, marked, found)
    assert counts["overlap"] >= counts["half"] >= counts["full"] >= counts["full_x"]
    assert counts["half"] >= counts["exact"] >= counts["full_x"]
    assert counts["full"] == sum(right(TEXT, marked, found))
    assert sum((counts, Counter()), start=Counter())["overlap"] <= min(len(marked), len(found))
