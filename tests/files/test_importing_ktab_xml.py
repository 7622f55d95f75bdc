"""Scenarios of KTAB in XML."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.engines import named
from parley.errors import ScenarioError
from parley.files.importing import import_ktab_csv, import_ktab_xml, import_table
from parley.files.importing.ktab_xml import ENGINE, SETTINGS
from parley.files.importing.xml_tree import parsed
from tests.files.tables import DAY, KTAB, KTAB_XML, table


def problems(text):
    with pytest.raises(ScenarioError) as caught:
        import_ktab_xml(table(text))
    return [str(problem).removeprefix("table.csv:") for problem in caught.value.problems]


def test_the_same_actors_in_both_forms_give_the_same_numbers():
    full = KTAB_XML.replace("<dCoord></dCoord>", "<dCoord>30</dCoord>")
    from_xml = import_ktab_xml(table(full)).scenario
    two = KTAB.replace(", 3, 2,", ", 2, 2,").split('"A, B"')[0]
    from_text = import_ktab_csv(table(two)).scenario
    assert from_xml.parties == from_text.parties
    assert from_xml.issues == from_text.issues
    assert from_xml.positions == from_text.positions
    assert from_xml.title == from_text.title


def test_an_empty_coordinate_is_read_as_ktab_reads_it_and_rests_on_a_judgement_that_says_so():
    imported = import_ktab_xml(table(KTAB_XML))
    first, second = imported.scenario.positions[:2]
    assert (first.position.mode, first.position.grounds) == (0.0, ("J1",))
    assert (second.position.mode, second.position.grounds) == (20.0, ("F1",))
    assert imported.scenario.judgements[0].because.endswith("KTAB reads an empty coordinate as 0.")
    assert "the coordinate of 'MIN' on Opening is empty: 0, as KTAB reads it" in imported.notes


def test_the_parameters_of_the_model_are_told_as_settings_of_the_engine():
    told = "for the parameters of KTAB's model, run it with --engine spatial_model_of_politics"
    assert f"{told} --set victory_odds=linear --set choice=drawn" in import_ktab_xml(table(KTAB_XML)).notes
    bare = KTAB_XML[: KTAB_XML.index("  <ModelParameters>")] + KTAB_XML[KTAB_XML.index("  <Dimensions>") :]
    assert not any(note.startswith(told) for note in import_ktab_xml(table(bare)).notes)


def lagging(*pairs):
    """Notes on the table with other pairs of its accommodation matrix."""
    start, end = KTAB_XML.index("    <iaPair>"), KTAB_XML.index("  </IdealAdjustment>")
    told = "".join(
        f"<iaPair><adjustingIdeal>{who}</adjustingIdeal><referencePos>{whom}</referencePos><adjust>{by}</adjust></iaPair>"
        for who, whom, by in pairs
    )
    return " / ".join(import_ktab_xml(table(KTAB_XML[:start] + told + KTAB_XML[end:])).notes)


def test_an_accommodation_that_is_the_same_for_all_is_a_setting_of_the_engine():
    same = lagging(("MIN", "MIN", 0.6), ("UN", "UN", "0.60"))
    assert "--set choice=drawn --set accommodation=0.6" in same
    assert "matrix" not in same
    usual = lagging(("UN", "UN", 1), ("MIN", "MIN", 1.0))
    assert "accommodation" not in usual


@pytest.mark.parametrize(
    "pairs",
    [
        [("MIN", "MIN", 0.6)],
        [("MIN", "MIN", 0.6), ("UN", "UN", 0.7)],
        [("MIN", "MIN", 1), ("UN", "UN", 0.9), ("UN", "MIN", 0.1)],
        [("MIN", "MIN", "much"), ("UN", "UN", "much")],
        [("MIN", "MIN", 2), ("UN", "UN", 2)],
    ],
)
def test_any_other_accommodation_has_no_place_and_is_told(pairs):
    notes = lagging(*pairs)
    assert f"the accommodation matrix (IdealAdjustment, {len(pairs)} pairs) has no place" in notes
    assert "--set accommodation" not in notes


def test_every_setting_that_a_table_can_name_is_one_of_the_engine():
    for name, values in SETTINGS.values():
        for value in values.values():
            assert getattr(named(ENGINE, **{name: value}), name) == value


def test_what_has_no_place_in_a_scenario_is_told():
    notes = " / ".join(import_ktab_xml(table(KTAB_XML)).notes)
    assert "the seed 03507583219545544127 belongs to KTAB's own generator" in notes
    assert "the accommodation matrix (IdealAdjustment, 1 pairs) has no place" in notes
    assert "line 9: the element 'Weather' has no place" in notes


def test_everything_that_is_wrong_is_told_at_once_by_line_and_column():
    broken = (
        KTAB_XML.replace("<capability>60.2</capability>", "<capability>much</capability>")
        .replace("<dSal>44.7</dSal>", "<dSal>144.7</dSal>")
        .replace("<name>UN</name>", "<name></name>")
        .replace("<Position><dCoord></dCoord>", "<Position>")
    )
    assert problems(broken) == [
        "13:5: 'MIN' has 1 coordinates; there are 2 dimensions. Hint: give one for each dimension",
        "19:7: there is no name of the actor. Hint: write one",
        "19:61: the capability of '' is 'much', which is no number. Hint: write digits, as in 12.5",
        "21:17: the salience of '' on 'Opening' is 144.7. Hint: it must lie in 0..100",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (KTAB_XML.replace("</Actors>", ""), "27:3: the XML cannot be read: mismatched tag"),
        ("<Scenario>", "1:11: the XML cannot be read: no element found"),
        ("<Other/>", "1:1: the XML holds a 'Other', not a Scenario"),
        ("<Scenario/>", "1:1: the Scenario has no name. Hint: add <name>"),
        (
            KTAB_XML.replace(">Stochastic<", ">Stochastik<"),
            "8:5: the StateTransitions is 'Stochastik', which KTAB does not know. Hint: did you mean 'Stochastic'?",
        ),
        (KTAB_XML.replace("dName", "dname"), "13:5: 'MIN' has 2 coordinates; there are 0 dimensions"),
        (
            KTAB_XML.replace("<name>UN</name>", "<name>MIN</name>"),
            "19:7: a second actor 'MIN'; the first is in line 14",
        ),
        (KTAB_XML.replace("Timing<", "Opening<"), "11:37: a second dimension 'Opening'"),
        (KTAB_XML.replace("MIN", "&who;", 1), "14:13: the XML cannot be read: undefined entity"),
    ],
)
def test_each_fault_is_told_with_its_place(text, expected):
    assert any(each.startswith(expected) for each in problems(text)), problems(text)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE Scenario [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE Scenario SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE Scenario [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_no_entity_is_ever_expanded_or_fetched(declaration):
    text = KTAB_XML.replace("<Scenario", declaration + "\n<Scenario", 1)
    (told,) = problems(text)
    assert told.startswith("2:1: a document type is not taken")


def test_elements_that_nest_without_end_are_refused():
    assert "nest deeper than 20 levels" in problems("<Scenario>" + "<a>" * 5000)[0]


def test_another_encoding_in_the_declaration_does_not_change_what_the_bytes_say():
    text = KTAB_XML.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').replace("Port", "Pört")
    assert import_ktab_xml(table(text)).scenario.title.startswith("Pört")


def test_text_in_pieces_is_one_text():
    root = parsed("<a>one <b>x</b>&amp; <![CDATA[<two>]]></a>", "f")
    assert root.cell.text == "one & <two>"


def test_a_file_of_xml_is_told_from_one_of_text_by_its_start(tmp_path):
    path = tmp_path / "port.xml"
    path.write_bytes(b"\xef\xbb\xbf" + KTAB_XML.encode())
    assert any("parameters of KTAB's model" in note for note in import_table("ktab", path, as_of=DAY).notes)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=100), st.integers(0, len(KTAB_XML)))
def test_whatever_a_file_holds_it_is_imported_or_refused_with_problems(text, at):
    for content in (text, KTAB_XML[:at] + text + KTAB_XML[at:], KTAB_XML[:at]):
        try:
            assert import_ktab_xml(table(content)).scenario.parties
        except ScenarioError as error:
            assert error.problems
            assert all(problem.line for problem in error.problems)
