"""Statements find their issue and their party, and the point that they ask for."""

import dataclasses

import pytest

from parley.coding.linking import code
from parley.coding.suggestions import TfIdf
from parley.domain.codebook import Codebook
from tests.coding.made import codebook, statement

BOOK = codebook()


def coded(words, kind="demand", speaker="Ardra", **more):
    return code([("talks.txt", statement(words, kind, speaker, **more))], BOOK)


def only(words, kind="demand", speaker="Ardra", **more):
    (found,) = coded(words, kind, speaker, **more)
    return found


def in_units(coding):
    scale = BOOK.issue(coding.issue).scale
    return tuple(scale.in_unit(value) for value in (coding.position.low, coding.position.mode, coding.position.high))


# words, kind, more; issue, and low, mode, high in its unit, by the table in docs/explanation/from-words-to-positions.md
STANCES = [
    ("the sluice gates be opened", "demand", {}, "water", (45, 50, 50)),
    ("the dam be shut", "demand", {}, "water", (0, 0, 5)),
    ("to open the dam", "offer", {}, "water", (37.5, 50, 50)),
    ("to open the dam", "offer", {"modality": "may"}, "water", (31.25, 50, 50)),
    ("opening the dam", "refusal", {}, "water", (0, 18.75, 37.5)),
    ("they will never open the dam", "refusal", {"negated": True}, "water", (0, 18.75, 37.5)),
    ("the dam must not be opened", "demand", {"negated": True}, "water", (0, 0, 37.5)),
    ("an end to the talks and no opening of the dam", "demand", {}, "water", (0, 0, 37.5)),
    ("a truce of 30 days", "proposal", {}, "truce", (30, 30, 30)),
    ("a lasting truce", "goal", {}, "truce", (160, 200, 200)),
    ("20 per cent of the water", "offer", {}, "water", (20, 20, 20)),
    ("tolls on the bridge", "demand", {}, "customs", (90, 100, 100)),
    ("tolls on the bridge", "refusal", {}, "customs", (0, 37.5, 75)),
    ("to lift the tolls or to double them", "proposal", {}, "customs", (0, 50, 100)),
]
NO_STANCE = [
    ("the dam will be opened", "prediction", {}, "a prediction asks for nothing"),
    ("we shall shut the dam", "threat", {}, "a threat asks for nothing"),
    ("the water", "demand", {}, "no word names a point"),
    ("a truce of 30 days", "refusal", {}, "leaves both sides open"),
]


@pytest.mark.parametrize(("words", "kind", "more", "issue", "point"), STANCES)
def test_a_statement_asks_for_a_point(words, kind, more, issue, point):
    found = only(words, kind, **more)
    assert found.issue == issue
    assert in_units(found) == pytest.approx(point)


@pytest.mark.parametrize(("words", "kind", "more", "why"), NO_STANCE)
def test_a_statement_that_names_no_point_has_no_position_and_says_why(words, kind, more, why):
    found = only(words, kind, **more)
    assert found.issue is not None
    assert found.position is None
    assert why in found.why


def test_a_pole_belongs_to_the_issue_whose_word_is_nearest():
    water, customs = coded("to open the dam and to double the tolls")
    assert (water.issue, customs.issue) == ("customs", "water") or (water.issue, customs.issue) == ("water", "customs")
    points = {each.issue: each.position.mode for each in (water, customs)}
    assert points == {"water": 100, "customs": 100}


def test_an_issue_that_is_only_touched_is_named_beside_the_one_that_is_meant():
    found = only("the sluice gates of the dam be opened as long as the truce lasts")
    assert (found.issue, found.also_on) == ("water", ("truce",))


def test_words_in_an_exception_link_nothing():
    assert only("a dam of lies").issue is None
    assert only("a dam of lies and of water").issue == "water"


def test_a_rarer_word_outweighs_a_common_one():
    shared = [dataclasses.replace(each, words=(*each.words, "gate")) for each in BOOK.issues]
    book = Codebook(parties=BOOK.parties, issues=(shared[0], shared[1], BOOK.issues[2]))
    (found,) = code([("talks.txt", statement("the gate and the toll"))], book)
    assert found.issue == "customs"


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("the Northern Valley", "north"),
        ("Ardra", "north"),
        ("Ardra's", "north"),
        ("Holt", "north"),
        ("MIRA HOLT", "north"),
        ("a spokesman for Ardra", "north"),
        ("the president of the Southern Valley", "south"),
        ("the Senate's spokeswoman", "south"),
        ("Belsk foreign minister Jan Orel", "south"),
        ("a former minister of Ardra", None),
        ("critics of the Senate", None),
        ("an analyst in Belsk", None),
        ("Valley", None),
        ("", None),
    ],
)
def test_a_name_stands_for_a_party_or_for_none(name, party):
    assert only("the dam be shut", speaker=name).party == party


def test_a_party_speaks_for_itself_or_the_article_for_it_or_somebody_else():
    assert only("the dam be shut").voice == "own"
    assert only("the dam be shut", speaker="the article", holder="Ardra").voice == "reported"
    assert only("to shut the dam", "goal", speaker="the article", holder="Ardra").voice == "other"
    assert only("the dam be shut", speaker="Lena Orlova", holder="Ardra").voice == "other"
    assert only("the dam be shut", speaker="the Senate", holder="Ardra").voice == "other"


def test_what_others_say_of_a_party_does_not_move_it():
    assert only("the dam be shut").moves
    assert not only("the dam be shut", speaker="Lena Orlova", holder="Ardra").moves


def test_a_suggestion_is_no_link():
    said = [("talks.txt", statement("the guns must be silent"))]
    (found,) = code(said, BOOK, suggester=TfIdf(BOOK))
    assert found.suggested == ("truce",)
    assert found.issue is None
    assert found.position is None
    (without,) = code(said, BOOK)
    assert without.suggested == ()


def test_swapping_the_names_of_the_parties_swaps_nothing_but_the_party():
    texts = [(words, kind, more) for words, kind, more, *_ in STANCES]
    for words, kind, more in texts:
        north, south = only(words, kind, "Ardra", **more), only(words, kind, "Belsk", **more)
        assert (north.issue, north.position, north.why) == (south.issue, south.position, south.why)
        assert (north.party, south.party) == ("north", "south")


def test_conditions_are_named_by_the_ids_of_their_codings():
    text = "a truce only if the dam is opened"
    offer = statement(text, "offer", id="s1", conditions=("s2",))
    condition = statement(text, "condition", id="s2")
    found = code([("talks.txt", offer), ("talks.txt", condition)], BOOK)
    assert found[0].conditions[0] in {each.id for each in found if each.statement == "s2"}
