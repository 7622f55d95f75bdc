"""Scenarios of KTAB in comma-separated text."""

import datetime
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.domain.draws import quantities
from parley.errors import FileError, ScenarioError, UsageError
from parley.files import saving, scenarios
from parley.files.importing import import_ktab_csv, import_table
from parley.files.importing.draft import ids
from tests.files.tables import DAY, KTAB, table


def problems(text, **changes):
    with pytest.raises(ScenarioError) as caught:
        import_ktab_csv(table(text, **changes))
    return [str(problem).removeprefix("table.csv:") for problem in caught.value.problems]


def test_every_number_of_the_table_is_in_the_scenario():
    scenario = import_ktab_csv(table(KTAB)).scenario
    assert [(party.id, party.name, party.capability.mode, party.note) for party in scenario.parties] == [
        ("min", "MIN", 100.0, "Ministry of Ports"),
        ("un", "UN", 60.2, "Dockers' union"),
        ("a_b", "A, B", 35.0, "Two shippers"),
    ]
    assert [(issue.id, issue.name, issue.scale.low, issue.scale.high) for issue in scenario.issues] == [
        ("opening", "Opening", 0.0, 100.0),
        ("timing", "Timing", 0.0, 100.0),
    ]
    numbers = [(each.party, each.issue, each.position.mode, each.salience.mode) for each in scenario.positions]
    assert numbers == [
        ("min", "opening", 30.0, 0.24),
        ("min", "timing", 20.0, 0.48),
        ("un", "opening", 45.5, 0.447),
        ("un", "timing", 65.0, 0.413),
        ("a_b", "opening", 90.0, 0.289),
        ("a_b", "timing", 15.0, 0.651),
    ]


def test_every_number_rests_on_the_file_which_is_named_with_its_digest():
    scenario = import_ktab_csv(table(KTAB)).scenario
    assert {quantity.estimate.grounds for quantity in quantities(scenario)} == {("F1",)}
    assert all(quantity.estimate.low == quantity.estimate.high for quantity in quantities(scenario))
    (source,) = scenario.sources
    assert "table.csv" in source.note
    assert hashlib.sha256(KTAB.encode()).hexdigest() in source.note
    assert "How far to open the port, and when" in source.note


def test_what_is_imported_can_be_saved_checked_and_loaded():
    scenario = import_ktab_csv(table(KTAB)).scenario
    checked = scenarios.check_bytes(saving.new_text(scenario).encode())
    assert checked.scenario == scenario
    assert checked.ungrounded == ()


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + KTAB,
        KTAB.replace("\n", "\r\n"),
        KTAB.replace("\n", "\r"),
        KTAB.replace(",\n", "\n"),
        KTAB.replace(",\n", ",,,,\n"),
        KTAB + "\n,,,\n",
        KTAB.replace(", ", ",\t").replace('"A,\tB"', '"A, B"'),
    ],
    ids=["byte order mark", "CR LF", "CR", "no comma at the end", "many", "empty lines", "tabs for alignment"],
)
def test_the_same_table_in_another_dress_gives_the_same_scenario(text):
    plain, dressed = (import_ktab_csv(table(each)).scenario for each in (KTAB, text))
    assert dressed.parties == plain.parties
    assert dressed.positions == plain.positions


def test_a_fifth_number_in_the_first_line_is_told_in_the_notes():
    imported = import_ktab_csv(table(KTAB.replace("3, 2,", "3, 2, 0,,,")))
    assert any("line 1 holds more than KTAB reads" in note and note.endswith(": 0") for note in imported.notes)


def test_saliences_that_sum_to_more_than_a_hundred_are_told_in_the_notes():
    imported = import_ktab_csv(table(KTAB.replace("90, 28.9", "90, 48.9")))
    assert any("sum to more: A, B" in note for note in imported.notes)
    assert not any("sum to more" in note for note in import_ktab_csv(table(KTAB)).notes)


def test_everything_that_is_wrong_is_told_at_once_by_line_and_column():
    broken = """\
Port reform,,4,2
Actor,Description,Influence,Opening Position,Opening Salience,Timing Position,Timing Salience
MIN,Ministry,-1,30,24,20,48
UN,Union,60,145,44,"6,5",nan
MIN,,x,90,28
"""
    assert problems(broken) == [
        "1:14: the first line says 4 actors; there are 3. Hint: correct the number, or the lines",
        "3:14: the capability of 'MIN' is -1. Hint: it must be 0 or more",
        "4:13: the position of 'UN' on 'Opening' is 145. Hint: it must lie in 0..100",
        "4:20: the position of 'UN' on 'Timing' is '6,5', which is no number. Hint: write the decimals after a point",
        "4:26: the salience of 'UN' on 'Timing' is 'nan', which is no number. Hint: write digits, as in 12.5",
        "5:1: the line holds 5 values; by the first line it should hold 7. "
        "Hint: name, description, capability, then position and salience for each dimension",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b;3;1", "1:1: the first line holds 1 of 4 values"),
        ("a,b,3,1.5", "1:7: the number of dimensions is 1.5. Hint: it must be a whole number"),
        ("a,b,3,0", "1:7: the number of dimensions is 0. Hint: it must lie in 1..10000"),
        ("a,b,3,2", "1:1: there is no second line"),
        (",b,3,2\nx", "1:1: there is no name of the scenario"),
        (" \n\n", "1:1: the file is empty"),
        (",,,\n,,", "1:1: nothing stands in the table"),
        (KTAB.replace("UN, ", "MIN,"), "4:1: a second actor 'MIN'; the first is in line 3"),
        (KTAB.replace('"A, B"', '"A, B'), "5:1: the line holds 8 values"),
        (KTAB.replace("Timing Position", "Opening position "), None),
        (KTAB.replace("Timing Position", "Opening Position"), "2:63: a second dimension 'Opening Position'"),
        (KTAB.replace("UN, ", '"UN,'), "4:1: the quote that opens the name of the actor is not closed"),
        (KTAB.replace("Ministry", "Mini\u202estry"), "3:6: the description of the actor holds the invisible"),
        (KTAB.encode().replace(b"Dockers", b"D\xf6ckers"), "4:7: byte 0xF6 is not UTF-8"),
        (KTAB.replace("60.2", "1" * 400), "4:28: the capability of 'UN' is '111111"),
        (b"a,b\n" * 600_000, "1:1: the file is larger than 2 MB"),
    ],
)
def test_each_fault_is_told_with_its_place(text, expected):
    if expected is None:
        assert len(import_ktab_csv(table(text)).scenario.issues) == 2
    else:
        assert any(each.startswith(expected) for each in problems(text)), problems(text)


def test_no_more_than_two_hundred_problems_are_listed():
    rows = "".join(f"A{i},,x,1,1\n" for i in range(500))
    told = problems(f"many,,500,1\nActor,Description,Power,P,S\n{rows}")
    assert len(told) == 201
    assert told[-1].endswith("300 more problems are not shown")


def wide(parties, issues):
    head = f"big,,{parties},{issues}\nA,D,I" + "".join(f",P{k} Position,S{k}" for k in range(issues))
    return head + "".join(f"\nActor {i},Description {i},{i}" + ",33.33,9.99" * issues for i in range(parties))


def test_the_largest_table_that_is_taken_can_be_saved_and_loaded():
    scenario = import_ktab_csv(table(wide(145, 10))).scenario
    assert scenarios.load_bytes(saving.new_text(scenario).encode()) == scenario
    for parties, issues in ((150, 10), (1500, 1), (5, 4000)):
        assert "a scenario file holds" in problems(wide(parties, issues))[0]


def test_the_party_that_asks_is_named_by_id_or_name_or_is_the_first():
    assert import_ktab_csv(table(KTAB)).scenario.question.asked_by == "min"
    assert import_ktab_csv(table(KTAB, asked_by="un")).scenario.question.asked_by == "un"
    assert import_ktab_csv(table(KTAB, asked_by="A, B")).scenario.question.asked_by == "a_b"
    with pytest.raises(UsageError, match="no party 'minn'; did you mean 'min'"):
        import_ktab_csv(table(KTAB, asked_by="minn"))


def test_the_day_is_given_or_the_last_of_the_year_that_the_table_names_or_when_the_file_was_written():
    assert import_ktab_csv(table(KTAB)).scenario.as_of == DAY
    named = import_ktab_csv(table(KTAB, as_of=None, name="port-2013.csv"))
    assert named.scenario.as_of == datetime.date(2013, 12, 31)
    assert any("only the year 2013" in note for note in named.notes)
    written = import_ktab_csv(table(KTAB, as_of=None, written=datetime.date(2020, 2, 2)))
    assert written.scenario.as_of == datetime.date(2020, 2, 2)
    with pytest.raises(UsageError, match="does not say when its numbers were known"):
        import_ktab_csv(table(KTAB, as_of=None))


def test_a_file_is_read_whichever_of_the_two_forms_it_has(tmp_path):
    path = tmp_path / "port.csv"
    path.write_text(KTAB, encoding="utf-8")
    imported = import_table("ktab", path, as_of=DAY)
    assert imported.scenario.positions == import_ktab_csv(table(KTAB)).scenario.positions
    assert import_table("ktab", path).scenario.as_of >= datetime.date(2024, 1, 1)
    with pytest.raises(FileError, match="cannot read"):
        import_table("ktab", tmp_path / "none.csv")
    with pytest.raises(UsageError, match="did you mean 'ktab'"):
        import_table("ktabb", path)
    with pytest.raises(UsageError, match="an issue is named for the form 'deu'"):
        import_table("ktab", path, issue="i1")


def test_ids_are_made_of_letters_and_told_apart():
    names = ["Côte d'Ivoire", "cote_d_ivoire", "EU (incl Norway)", "日本", "中国", "3M", "and", "x" * 90]
    made = ids(names, "party")
    assert made[:7] == [
        "cote_d_ivoire",
        "cote_d_ivoire_2",
        "eu_incl_norway",
        "party",
        "party_2",
        "party_3m",
        "party_and",
    ]
    assert made[7] == "x" * 48


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_whatever_a_file_holds_it_is_imported_or_refused_with_problems(text):
    for content in (text, KTAB + text, KTAB.replace("Ministry of Ports", text), KTAB.replace("30", text)):
        try:
            assert import_ktab_csv(table(content)).scenario.parties
        except ScenarioError as error:
            assert error.problems
            assert all(problem.line for problem in error.problems)
