"""Copies of an article count once, and what a copy adds still counts."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.coding import copies as module
from parley.coding.copies import copies, merged, resemblance, shingles
from parley.domain.source import Article
from tests.coding.made import DAY, coding, source

WIRE = (
    "Ardra will open the dam by a hand's breadth each week, its envoy told the council on Monday, and not a finger "
    "more until the tolls on the northern bridge are lifted. The Senate of Belsk called that a beginning."
)
OTHER = "In the harbour the price of salt rose again. Fishermen blamed the weather, the weather said nothing at all."


def article(text, days=0):
    return Article(text=text, date=DAY + datetime.timedelta(days=days))


def test_the_resemblance_of_two_texts_by_hand():
    """Shingles of four words: abcd bcde against abcd bcdx: one of three is shared."""
    assert resemblance(shingles("a b c d e"), shingles("a b c d x")) == pytest.approx(1 / 3)


def test_a_copy_with_another_ending_is_a_copy_of_the_earlier_article():
    found = copies(
        {"late.txt": article(WIRE + " More soon.", 1), "early.txt": article(WIRE), "salt.txt": article(OTHER)}
    )
    assert found == {"late.txt": "early.txt"}


def test_an_article_that_quotes_another_whole_is_a_copy():
    assert copies({"a.txt": article(WIRE), "b.txt": article(WIRE + " " + OTHER)}) == {"b.txt": "a.txt"}


def test_many_articles_are_compared_by_signatures_with_the_same_answer(monkeypatch):
    several = {f"{number}.txt": article(f"{OTHER} {number} " * 2 + WIRE[number:]) for number in range(3)}
    several |= {"salt.txt": article("Salt is cheap this year, and nobody in the valley can say for whom that is good.")}
    exact = copies(several)
    monkeypatch.setattr(module, "FEW", 0)
    assert copies(several) == exact
    assert set(exact) == {"1.txt", "2.txt"}


@given(st.lists(st.text(alphabet="ab ", min_size=1, max_size=30), max_size=6))
def test_no_copy_is_the_original_of_another(texts):
    found = copies({str(number): article(text) for number, text in enumerate(texts)})
    assert not set(found) & set(found.values())


def test_what_a_copy_repeats_counts_once_with_both_outlets():
    first = coding("c1", words=("open the dam",), source=source("a.txt", outlet="Crier"))
    again = coding("c9", words=("open the dam",), source=source("b.txt", outlet="Echo"))
    (found,) = merged([first, again], {"b.txt": "a.txt"})
    assert (found.id, [each.outlet for each in found.also_in]) == ("c1", ["Echo"])


@pytest.mark.parametrize(
    "change", [{"words": ("shut the sluice at once",)}, {"kind": "offer"}, {"party": "south"}, {"issue": "truce"}]
)
def test_what_a_copy_adds_of_its_own_stays(change):
    first = coding("c1", words=("open the dam",), source=source("a.txt"))
    more = coding("c9", **{"words": ("open the dam",), "source": source("b.txt"), **change})
    assert merged([first, more], {"b.txt": "a.txt"}) == (first, more)


def test_two_articles_that_say_the_same_independently_count_twice():
    one, other = coding("c1", source=source("a.txt")), coding("c2", source=source("b.txt"))
    assert merged([one, other], {}) == (one, other)
