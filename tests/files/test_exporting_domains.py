"""Scenarios as domains of GENIUS and GeniusWeb: what is written is read back, and what is not written is told."""

import dataclasses
import json
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.domain.draws import Draws
from parley.domain.issue import Anchor, Scale
from parley.errors import FileError, UsageError
from parley.files.exporting import export, to_genius, to_geniusweb, write
from parley.files.importing import import_genius
from parley.methods.frontier import frontier
from parley.methods.packages import payoffs
from parley.methods.stated_payoffs import stated
from tests.builders import tiny_scenario
from tests.files.domain_files import GENIUSWEB, HOUSE, LAPTOP, NEGMAS, folder
from tests.files.tables import DAY
from tests.payoff_scenarios import exactly, stated_scenario

FINITE = st.floats(-1e6, 1e6, allow_nan=False)


def there_and_back(scenario, place, form="genius"):
    write(export(scenario, form), form, place)
    return import_genius(place, as_of=DAY).scenario


def numbers(scenario):
    """Names and every number of the payoffs, by party."""
    names = {each.id: each.name for each in scenario.issues}
    return {
        scenario.party(payoff.party).name: (
            {
                names[each.issue]: (each.weight.mode, [level.worth.mode for level in each.levels])
                for each in payoff.issues
            },
            *(None if each is None else each.mode for each in (payoff.reserve, payoff.base, payoff.discount)),
        )
        for payoff in scenario.payoffs
    }


def values(scenario):
    return {issue.name: [anchor.words for anchor in issue.scale.anchors] for issue in scenario.issues}


def worths(scenario):
    return payoffs(stated(Draws.of_modes(scenario)).space())


@pytest.mark.parametrize("files", [LAPTOP, HOUSE, GENIUSWEB], ids=["laptop", "house", "bay"])
def test_what_was_brought_in_comes_back_from_genius_with_the_same_numbers(tmp_path, files):
    first = import_genius(folder(tmp_path / "in", files), as_of=DAY).scenario
    again = there_and_back(first, tmp_path / "out")
    assert numbers(again) == numbers(first)
    assert values(again) == values(first)
    assert again.title == first.title


def test_what_was_brought_in_from_geniusweb_comes_back_with_the_same_numbers(tmp_path):
    first = import_genius(folder(tmp_path / "in", GENIUSWEB), as_of=DAY).scenario
    again = there_and_back(first, tmp_path / "out", "geniusweb")
    assert numbers(again) == numbers(first)
    assert values(again) == values(first)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_stated_payoffs_come_back_from_genius_to_the_last_digit(tmp_path_factory, data):
    parties = data.draw(st.integers(1, 9))
    sizes = data.draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    tables = [[data.draw(st.lists(FINITE, min_size=n, max_size=n)) for n in sizes] for _ in range(parties)]
    weights = [data.draw(st.lists(FINITE, min_size=len(sizes), max_size=len(sizes))) for _ in range(parties)]
    scenario = stated_scenario(tables, weights, data.draw(st.lists(FINITE, min_size=parties, max_size=parties)))
    again = there_and_back(scenario, tmp_path_factory.mktemp("domain") / "out")
    assert numbers(again) == numbers(scenario)
    assert np.array_equal(worths(again), worths(scenario))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 4))
def test_on_the_scale_of_geniusweb_everybody_has_the_same_preferences(tmp_path_factory, seed, parties):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(2, 5, rng.integers(1, 4))
    tables = [[rng.integers(-20, 20, size).tolist() for size in sizes] for _ in range(parties)]
    scenario = stated_scenario(tables, rng.integers(-3, 4, (parties, len(sizes))).tolist(), [None] * parties)
    made = to_geniusweb(scenario)
    for name, content in made.files.items():
        if name.startswith("party"):
            space = json.loads(content)["LinearAdditiveUtilitySpace"]
            assert sum(space["issueWeights"].values()) == pytest.approx(1, abs=1e-12)
    before, after = (
        worths(scenario),
        worths(there_and_back(scenario, tmp_path_factory.mktemp("x") / "out", "geniusweb")),
    )
    span = np.ptp(before, axis=1, keepdims=True)
    scaled = (before - before.min(axis=1, keepdims=True)) / np.where(span, span, 1)
    assert after == pytest.approx(scaled, abs=1e-9)


def test_a_reserve_value_becomes_the_worst_package_of_geniusweb_that_is_as_good(tmp_path):
    """Worth 1, 5 and 9: nothing is worth 4, so 5 stands for it, and the same packages can be signed."""
    scenario = stated_scenario([[[1, 5, 9]], [[9, 5, 1]]], [[1], [1]], [4, 10])
    made = to_geniusweb(scenario)
    assert (
        "no package is worth the reserve value 4 to 'party_0': the worst one that is worth more stands for it, at 5"
        in made.notes
    )
    assert "no package is as good to 'party_1' as no agreement: its best one stands for that" in made.notes
    again = there_and_back(scenario, tmp_path / "out", "geniusweb")
    assert [payoff.reserve.mode for payoff in again.payoffs] == [0.5, 1]


def test_what_geniusweb_has_no_place_for_is_told(tmp_path):
    first = import_genius(folder(tmp_path / "in", LAPTOP), as_of=DAY).scenario
    notes = to_geniusweb(first).notes
    assert "GeniusWeb has no place for the discount of 'buyer'" in notes
    assert any("those of 'seller' are put on that scale" in note for note in notes)
    assert any("no package is worth the reserve value 0 to 'seller'" in note for note in notes)
    assert any(note.startswith("files of GeniusWeb have no place for these sections: ") for note in notes)


def test_that_genius_would_scale_the_payoffs_is_told(tmp_path):
    first = import_genius(folder(tmp_path / "in", LAPTOP), as_of=DAY).scenario
    notes = to_genius(first).notes
    assert "GENIUS divides evaluations by the largest of each issue: 'seller' has other preferences there" in notes
    assert not any("'buyer' has other preferences" in note for note in notes)


def test_without_a_reserve_value_genius_gets_the_worst_package(tmp_path):
    first = import_genius(folder(tmp_path / "in", NEGMAS), as_of=DAY).scenario
    made = to_genius(first)
    assert "GENIUS needs a reserve value: 'seller' gets that of the package that is worst for it" in made.notes
    again = there_and_back(first, tmp_path / "out")
    assert {name: reserve for name, (_, reserve, _, _) in numbers(again).items()} == {"The buyer": 0.25, "seller": 9.5}


def test_positions_become_worths_by_nearness_on_the_levels_of_the_issues(tmp_path):
    """North, at 45 of 60 days with the truce's salience, gets 1 - |0 - 45| / 60 = 0.25 of a truce of no days."""
    scenario = tiny_scenario()
    made = to_genius(scenario)
    again = there_and_back(scenario, tmp_path / "out")
    truce = next(each for each in again.issues if each.name == scenario.issue("truce").name)
    assert [anchor.words for anchor in truce.scale.anchors][:2] == ["0 days", "6 days"]
    north = next(each for each in again.payoffs if again.party(each.party).name == scenario.party("north").name)
    stated_worth = next(each for each in north.issues if each.issue == truce.id)
    assert stated_worth.levels[0].worth.mode == pytest.approx(0.25)
    saliences = {each.issue: each.salience.mode for each in scenario.positions if each.party == "north"}
    assert stated_worth.weight.mode == pytest.approx(saliences["truce"] / sum(saliences.values()))
    assert "payoffs are those of the common yardstick: salience times nearness to the position" in made.notes
    assert any("11 points of the scale are written as values of" in note for note in made.notes)
    assert any("of positions, files of GENIUS leave out: " in note and "red_line" in note for note in made.notes)


def test_names_of_any_kind_are_written_whole_and_files_get_names_that_every_system_takes(tmp_path):
    scenario = stated_scenario([[[1, 5]], [[3, 2]]], [[1], [1]], [0, 0], title="Peace & <quiet>")
    names = ("../etc/passwd", 'A "B" & <C>')
    parties = tuple(dataclasses.replace(party, name=name) for party, name in zip(scenario.parties, names, strict=True))
    anchors = (Anchor(at=0, words='say "no" & go', rung="a"), Anchor(at=1, words="<b>", rung="b"))
    issue = dataclasses.replace(
        scenario.issues[0], name="Who's <first> & why", scale=Scale(low=0, high=1, anchors=anchors, ladder=True)
    )
    scenario = dataclasses.replace(scenario, parties=parties, issues=(issue,))
    made = to_genius(scenario)
    assert sorted(made.files) == ["domain.xml", "party_0.xml", "party_1.xml"]
    for content in made.files.values():
        ElementTree.fromstring(content)
    assert values(there_and_back(scenario, tmp_path / "out")) == {issue.name: ['say "no" & go', "<b>"]}
    again = there_and_back(scenario, tmp_path / "web", "geniusweb")
    assert {each.name for each in again.parties} == set(names)


def test_nothing_to_write_is_refused_and_nothing_is_written_over(tmp_path):
    scenario = stated_scenario([[[1, 5]]], [[1]], [0])
    with pytest.raises(UsageError, match="neither payoffs nor positions"):
        to_genius(dataclasses.replace(scenario, payoffs=()))
    write(to_genius(scenario), "genius", tmp_path / "out")
    with pytest.raises(FileError, match="exists"):
        write(to_genius(scenario), "genius", tmp_path / "out")


def test_a_party_that_states_nothing_and_an_issue_that_nobody_values_are_left_out_and_told():
    scenario = stated_scenario([[[1, 5]], [[3, 2]]], [[1], [1]], [0, 0])
    idle = dataclasses.replace(scenario.issues[0], id="idle", name="Idle")
    scenario = dataclasses.replace(scenario, issues=(*scenario.issues, idle), payoffs=scenario.payoffs[:1])
    notes = to_genius(scenario).notes
    assert "'party_1' says nothing of what packages are worth to it, and is left out" in notes
    assert "nobody cares about idle, which is left out" in notes


def test_the_frontier_is_the_same_after_either_way(tmp_path):
    scenario = stated_scenario(
        [[[1, 5, 2], [4, 0]], [[3, 2, 6], [1, 8]], [[2, 2, 1], [5, 5]]], [[2, 1], [1, 1], [1, 3]], [0, 0, 0]
    )
    scenario = dataclasses.replace(
        scenario, payoffs=tuple(dataclasses.replace(each, base=exactly(2)) for each in scenario.payoffs)
    )
    expected = frontier(worths(scenario)).tolist()
    for form in ("genius", "geniusweb"):
        assert frontier(np.round(worths(there_and_back(scenario, tmp_path / form, form)), 9)).tolist() == expected
