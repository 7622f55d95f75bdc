"""Tables of the exchange model Decide."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import ScenarioError
from parley.files import saving, scenarios
from parley.files.importing import import_decide
from tests.files.tables import DECIDE, table


def problems(text):
    with pytest.raises(ScenarioError) as caught:
        import_decide(table(text))
    return [str(problem).removeprefix("table.csv:") for problem in caught.value.problems]


def test_every_number_of_the_table_is_in_the_scenario_in_its_own_unit():
    scenario = import_decide(table(DECIDE)).scenario
    assert scenario.title == "Tolls on the ring road"
    assert [(party.id, party.name, party.capability.mode, party.note) for party in scenario.parties] == [
        ("city", "The city council", 1.0, "asked first"),
        ("vvds", "A party", 0.6, ""),
        ("shops", "Shopkeepers", 0.2, ""),
    ]
    assert scenario.parties[1].aliases == ("VVDs",)
    toll, when = scenario.issues
    assert (toll.id, toll.name, toll.question) == ("toll", "Height of the toll", "How much does a ride cost?")
    assert (toll.scale.low, toll.scale.high) == (0.5, 7.0)
    assert toll.scale.words_at(0) == "as good as free"
    assert (when.scale.low, when.scale.high) == (0.0, 100.0)
    in_units = [
        (each.party, each.issue, scenario.issue(each.issue).scale.in_unit(each.position.mode), each.salience.mode)
        for each in scenario.positions
    ]
    assert in_units == [
        ("city", "toll", pytest.approx(3.0), 0.7),
        ("vvds", "toll", 0.5, 0.5),
        ("shops", "toll", pytest.approx(1.0), 0.6),
        ("city", "when", 100.0, 0.9),
        ("vvds", "when", 0.0, 0.9),
    ]


def test_what_is_imported_can_be_saved_checked_and_loaded():
    scenario = import_decide(table(DECIDE)).scenario
    checked = scenarios.check_bytes(saving.new_text(scenario).encode())
    assert checked.scenario == scenario
    assert checked.ungrounded == ()


def quoted(text: str, delimiter: str = "\t") -> str:
    lines = (line.split("\t") for line in text.splitlines())
    return "\n".join(delimiter.join(f"'{cell}'" if not cell[:1].isdigit() else cell for cell in row) for row in lines)


@pytest.mark.parametrize(
    "text",
    [
        quoted(DECIDE.replace("\t.6", "\t0.6")),
        quoted(DECIDE.replace("\t.6", "\t0.6"), ";"),
        DECIDE.replace("\t", ";"),
        DECIDE.replace("\n", "\r\n"),
        "\ufeff" + DECIDE,
        DECIDE.replace("\n", "\t\t\n"),
    ],
    ids=["quotes", "quotes and semicolons", "semicolons", "CR LF", "byte order mark", "tabs at the end"],
)
def test_the_same_table_in_another_dress_gives_the_same_scenario(text):
    plain, dressed = (import_decide(table(each)).scenario for each in (DECIDE, text))
    assert (dressed.parties, dressed.issues, dressed.positions) == (plain.parties, plain.issues, plain.positions)


def test_a_missing_row_is_no_error_but_is_told():
    notes = import_decide(table(DECIDE)).notes
    assert "'shops' takes no position on when: it takes no part there" in notes
    assert "no #M row gives the scale of when: it runs from 0 to 100" in notes


def test_remarks_are_kept_with_the_source_or_told():
    imported = import_decide(table(DECIDE + "#D\tshops\twhen\t50\t0\t0.2\twith doubts\n"))
    assert "Collected on 3 May 2012 by two interviewers" in imported.scenario.sources[0].note
    assert "line 15: the remark 'with doubts' has no place in a scenario" in imported.notes


def test_the_year_that_a_remark_names_dates_the_table():
    assert import_decide(table(DECIDE, as_of=None)).scenario.as_of == datetime.date(2012, 12, 31)


def test_everything_that_is_wrong_is_told_at_once_by_line_and_column():
    broken = """\
#A\tUSA\tUnited States
#A\tChina\tChina
#A\tCanadas\tCanada
#P\tcontrol\tControl of funds
#P\tlevel\tLevel
#M\tlevel\t5
#M\tcontroll\t5
#D\tUSA\tcontrol\t160\t0.9\t0.26
#D\tChina\tcontrol\t75\t1.5\t-0.247
#D\tCanada\tcontrol\t10\t0.5\t0.1
#D\tUSA\tcontrol\t60\t0.9\t0.26
#D\tUSA\tlevel\tten\t0,9\t0.62
#D\tUSA
#X\tUSA\t1
"""
    assert problems(broken) == [
        "3:4: no #D row gives a power for 'Canadas'. Hint: add one, or delete it",
        "6:10: the scale of 'level' has one point only, 5. Hint: give its lowest and its highest point",
        "7:4: there is no issue 'controll'. Hint: did you mean 'control'?",
        "8:16: the position of 'USA' on 'control' is 160. Hint: it must lie in 0..100",
        "9:21: the salience of 'China' on 'control' is 1.5. Hint: it must lie in 0..1",
        "9:25: the power of 'China' on 'control' is -0.247. Hint: it must be 0 or more",
        "10:4: there is no party 'Canada'. Hint: did you mean 'Canadas'?",
        "11:1: a second row for 'USA' on 'control'; the first is in line 8. Hint: keep one of them",
        "12:14: the position of 'USA' on 'level' is 'ten', which is no number. Hint: write digits, as in 12.5",
        "12:18: the salience of 'USA' on 'level' is '0,9', which is no number. Hint: write the decimals after a point",
        "12:22: the power of 'USA' is 0.62 here and 0.26 in another row. "
        "Hint: a party has one power, the same on every issue",
        "13:7: there is no issue ''. Hint: known issue names: control, level",
        "13:7: there is no position of 'USA' on ''. Hint: write a number",
        "13:7: there is no salience of 'USA' on ''. Hint: write a number",
        "13:7: there is no power of 'USA' on ''. Hint: write a number",
        "14:1: '#X' starts no row of a Decide table. Hint: a row starts with one of #A, #P, #M, #D, #O, #/",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#A\tx\n", "1:4: no #D row gives a power for 'x'"),
        ("#P\tx\n", "1: the table has no party"),
        ("hello", "1:1: 'hello' starts no row"),
        (DECIDE + "#A\tcity\tAgain\n", "15:4: a second party 'city'; the first is in line 3"),
        (DECIDE + "#P\ttoll\n", "15:4: a second issue 'toll'; the first is in line 6"),
        (DECIDE + "#A\n", "15:3: there is no short name of the party"),
        (DECIDE.replace("\t7", "\tseven"), "8:9: the point on the scale of 'toll' is 'seven', which is no number"),
        (DECIDE.replace("Shopkeepers", "Shop\u200fkeepers"), "5:10: the name of the party holds the invisible"),
    ],
)
def test_each_fault_is_told_with_its_place(text, expected):
    assert any(each.startswith(expected) for each in problems(text)), problems(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=100), st.integers(0, len(DECIDE)))
def test_whatever_a_file_holds_it_is_imported_or_refused_with_problems(text, at):
    for content in (text, DECIDE[:at] + text + DECIDE[at:], DECIDE[:at], quoted(DECIDE)[:at]):
        try:
            assert import_decide(table(content)).scenario.parties
        except ScenarioError as error:
            assert error.problems
            assert all(problem.line for problem in error.problems)
