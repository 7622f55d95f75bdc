"""Words are found in every inflection, and only in these."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.coding.words import Phrase, bases, tokens

INFLECTED = """
delivery: deliveries
ban: bans banned banning
halt: halts halted halting
release: releases released releasing
withdraw: withdraws withdrew withdrawn withdrawing
cede: cedes ceded ceding
supply: supplies supplied supplying
stop: stops stopped stopping
freeze: freezes froze frozen freezing
recognise: recognises recognised recognising
embargo: embargoes embargoed embargoing
tax: taxes taxed taxing
pass: passes passed passing
hold: holds held holding
agree: agrees agreed agreeing
show: shows showed showing
troop: troops
child: children
"""
CASES = [(line.split(":")[0], form) for line in INFLECTED.split("\n") if line for form in line.split(":")[1].split()]


@pytest.mark.parametrize(("base", "form"), CASES)
def test_an_inflected_form_leads_to_its_base(base, form):
    assert base in bases(form)


@pytest.mark.parametrize(
    ("base", "form"),
    [("car", "caring"), ("hop", "hoping"), ("plan", "planed"), ("new", "newt"), ("pas", "pass"), ("statu", "status"),
     ("remove", "removal"), ("be", "bed"), ("th", "thing"), ("str", "string")],
)  # fmt: skip
def test_a_form_does_not_lead_to_another_word(base, form):
    assert base not in bases(form)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("arms delivery", "Western arms deliveries to the island", ["arms deliveries"]),
        ("call-up", "an end to the call-up of men", ["call up"]),
        ("lay down ... arms", "they laid down all of their arms", ["laid down arms"]),
        ("lay down ... arms", "they laid down. Arms came later", []),
        ("lay down ... arms", "laid down one two three four five arms", []),
        ("arms delivery", "arms. Deliveries of bread", []),
        ("truce", "A truce is a truce", ["truce", "truce"]),
        ("Ardra's dam", "the dam of Ardra, Ardra’s dams", ["ardra dams"]),
    ],
)
def test_a_phrase_is_found_where_its_words_stand_together(phrase, text, found):
    words = tokens(text)
    places = Phrase.of(phrase).places(words)
    assert [" ".join(words[at].text for at in place) for place in places] == found


@given(
    st.lists(st.sampled_from(["arms", "deliveries", "they", "laid", "down", "all", "of", "their", "."]), max_size=9),
    st.sampled_from(["arms delivery", "lay down ... arms", "Ardra's dam", "they", "lay down arms"]),
)
def test_a_phrase_that_stands_in_a_text_may_stand_in_its_words(words, phrase):
    text = tokens(" ".join(words))
    held = frozenset(base for token in text for base in bases(token.text))
    assert Phrase.of(phrase).may_stand_in(held) or not Phrase.of(phrase).places(text)


@given(st.text())
def test_a_word_stands_where_it_says_in_any_text(text):
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert text[token.start : token.end].lower().replace("’", "'").startswith(token.text)


@given(st.text(max_size=30))
def test_every_word_is_a_base_form_of_itself(text):
    assert all(token.text in bases(token.text) for token in tokens(text))
