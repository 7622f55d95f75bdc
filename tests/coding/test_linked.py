"""A codebook puts statements on issues and names parties, and what they are coded as afterwards does not change."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.coding.holders import Holders
from parley.coding.linked import Linker
from parley.coding.linking import code
from parley.coding.suggestions import TfIdf
from parley.domain.codebook import Codebook, CodedParty
from parley.domain.statement import Names
from tests.coding.made import codebook, statement

BOOK = codebook()
LINKER = Linker(BOOK)
PEOPLE = ["Ardra", "Mira Holt", "a spokesman for Belsk", "the Senate", "Lena Orlova", "the article", "north", "South"]
WORDS = ["the dam", "be shut", "never open", "the tolls", "a truce", "of 30 days", "and", "double", "the guns", "water"]


def coded(said, **more):
    return code([("talks.txt", said)], BOOK, **more)


def people(found):
    return found.speaker, found.holder, found.target


def test_a_statement_is_on_the_issue_whose_words_weigh_most_in_it():
    text = "the sluice gates of the dam be opened as long as the truce lasts"
    assert LINKER.linked(statement(text)).issue == "water"
    assert LINKER.linked(statement("the guns must be silent")).issue is None


def test_an_issue_that_is_merely_suggested_is_none():
    said = statement("the guns must be silent")
    assert coded(said, suggester=TfIdf(BOOK))[0].suggested == ("truce",)
    assert LINKER.linked(said).issue is None


def test_whom_the_codebook_knows_has_the_id_of_a_party_and_all_others_keep_their_names():
    said = statement("the dam be shut", speaker="Lena Orlova", holder="the Senate's spokeswoman", target="Mira Holt")
    found = LINKER.linked(said)
    assert people(found) == ("Lena Orlova", "south", "north")
    assert found.names == Names(holder="the Senate's spokeswoman", target="Mira Holt")
    assert people(LINKER.linked(statement("the dam be shut"))) == ("north", None, None)


def test_the_names_come_back():
    said = statement("the dam be shut", speaker="a spokesman for Belsk", holder="Belsk", target="Jan Orel")
    assert LINKER.linked(said).as_named == dataclasses.replace(said, issue="water")


def test_another_codebook_starts_from_the_names():
    other = Codebook(parties=(CodedParty(id="holt", name="Mira Holt"),), issues=BOOK.issues[:1])
    said = LINKER.linked(statement("the dam be shut", speaker="Mira Holt", target="Belsk"))
    found = Linker(other).linked(said)
    assert (people(found), found.issue) == (("holt", None, "Belsk"), None)


@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
    kind=st.sampled_from(["demand", "refusal", "threat", "offer"]),
    speaker=st.sampled_from(PEOPLE),
    holder=st.none() | st.sampled_from(PEOPLE),
)
def test_linking_changes_no_coding_and_agrees_with_the_first(words, kind, speaker, holder):
    said = statement(words, kind, speaker, holder=holder)
    found = LINKER.linked(said)
    codings = coded(said)
    assert coded(found) == codings
    assert found.issue == codings[0].issue
    assert (found.holder or found.speaker) == (codings[0].party or codings[0].holder)
    assert LINKER.linked(found) == found


@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
    speaker=st.sampled_from(PEOPLE),
    holder=st.none() | st.sampled_from(PEOPLE),
)
def test_ids_without_the_names_that_they_stand_for_are_coded_as_the_same_claims(words, speaker, holder):
    said = statement(words, speaker=speaker, holder=holder)
    bare = dataclasses.replace(LINKER.linked(said), names=Names())
    told = [dataclasses.replace(each, speaker="", holder="") for each in coded(bare)]
    assert told == [dataclasses.replace(each, speaker="", holder="") for each in coded(said)]


@pytest.mark.parametrize("party", ["a_b", "ardra", "the"])
def test_an_id_stands_for_its_party_even_if_it_is_another_partys_name(party):
    other = CodedParty(id="other", name=party)
    book = Codebook(parties=(other, CodedParty(id=party, name="Somebody else")), issues=BOOK.issues)
    assert Holders(book).party(party) == party
    assert Holders(book).party(party.upper()) == "other"
