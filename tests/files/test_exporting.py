"""Scenarios as tables for other programs: what is written is read back, what is not written is told."""

import csv
import dataclasses
import io
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import resources, workbench
from parley.domain.draws import quantities
from parley.domain.party import Interest
from parley.errors import FileError, UsageError
from parley.files import scenarios
from parley.files.exporting import FORMS, export, to_arrow, to_csv, to_decide, to_excel, to_ktab, to_pandas, write
from parley.files.exporting.csv_tables import guarded, unguarded
from parley.files.exporting.tables import tables
from parley.files.importing import import_decide, import_ktab_csv
from parley.files.importing.draft import Draft, DraftIssue, DraftParty, DraftPosition, compose
from tests.builders import tiny_scenario
from tests.files.tables import DECIDE, KTAB, table

NAMES = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\u061c\u200e\u200f\u2028\u2029\ufeff"
    )
    | st.sampled_from("=+-@,;'\"\t\n|#&é日"),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() and not re.search("[\u202a-\u202e\u2066-\u2069]", text))
PERCENT = st.integers(0, 1000).map(lambda tenths: tenths / 10)
NAMES_TABLES = ["scenario", "parties", "issues", "anchors", "positions", "numbers", "grounds", "sources"]


def one_line(text):
    return " ".join(text.split())


@st.composite
def scenarios_of_tables(draw, *, names=None):
    """Two parties and two issues with names of any kind; the saliences of a party sum to 80 at most."""
    names = NAMES.map(one_line) if names is None else names
    found = draw(st.lists(names, min_size=3, max_size=3, unique_by=one_line))
    parties = [DraftParty(name=name, note=one_line(draw(NAMES)), capability=draw(PERCENT)) for name in found[:2]]
    numbers = [(i, k, draw(PERCENT), draw(PERCENT) / 250) for i in range(2) for k in range(2)]
    positions = [
        DraftPosition(party=i, issue=k, position=at, salience=float(f"{cares:.12g}")) for i, k, at, cares in numbers
    ]
    issues = [DraftIssue(name=found[2]), DraftIssue(name=found[2] + "2")]
    draft = Draft(title=one_line(draw(NAMES)), parties=parties, issues=issues, positions=positions)
    return compose(draft, table("anything"))[0]


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def as_imported(content, read):
    return read(table(content)).scenario


def without_source(scenario):
    """A scenario but for its source, which names the file's hash, and the words on what the table gives."""
    facts = tuple(dataclasses.replace(fact, words="") for fact in scenario.facts)
    return dataclasses.replace(scenario, sources=(dataclasses.replace(scenario.sources[0], note=""),), facts=facts)


@pytest.mark.parametrize(
    ("text", "read", "write_"),
    [(KTAB, import_ktab_csv, to_ktab), (DECIDE, import_decide, to_decide)],
    ids=["ktab", "decide"],
)
def test_a_table_that_is_imported_and_exported_and_imported_gives_the_same_scenario(text, read, write_):
    first = as_imported(text, read)
    (content,) = write_(first).files.values()
    assert without_source(as_imported(content, read)) == without_source(first)


@settings(max_examples=80, deadline=None)
@given(scenarios_of_tables())
def test_a_scenario_with_names_of_any_kind_comes_back_from_ktab_the_same(scenario):
    (content,) = to_ktab(scenario).files.values()
    again = without_source(as_imported(content, import_ktab_csv))
    short = [len(party.name.encode()) <= 25 for party in scenario.parties]
    if all(short):
        assert again == without_source(scenario)
    else:
        assert [each.position for each in again.positions] == [each.position for each in scenario.positions]
        assert [len(party.name.encode()) <= 25 for party in again.parties] == [True, True]


@settings(max_examples=80, deadline=None)
@given(scenarios_of_tables())
def test_a_scenario_with_names_of_any_kind_comes_back_from_decide_the_same(scenario):
    (content,) = to_decide(scenario).files.values()
    again = as_imported(content, import_decide)
    largest = max(1.0, *(party.capability.mode for party in scenario.parties))
    for old, new in zip(scenario.parties, again.parties, strict=True):
        assert new.capability.mode == old.capability.mode / largest
        assert dataclasses.replace(new, capability=old.capability) == old
    assert dataclasses.replace(without_source(again), parties=scenario.parties) == without_source(scenario)


@settings(max_examples=60, deadline=None)
@given(scenarios_of_tables())
def test_decides_own_way_of_reading_finds_the_same_cells(scenario):
    """It guesses the form from the first 1024 characters and reads the rest by that guess."""
    text = to_decide(scenario).files["decide.txt"].decode()
    dialect = csv.Sniffer().sniff(text[:1024])
    found = [row for row in csv.reader(io.StringIO(text), dialect=dialect) if row[0] == "#A"]
    assert [row[1:] for row in found] == [[each.id, each.name, each.note] for each in scenario.parties]


@settings(max_examples=80, deadline=None)
@given(scenarios_of_tables(names=NAMES))
def test_what_is_written_as_text_is_read_back_cell_by_cell_line_breaks_included(scenario):
    for made, plain in ((to_csv(scenario), str), (to_excel(scenario), unguarded)):
        for each in tables(scenario):
            head, *content = rows(made.files[f"{each.name}.csv"])
            assert head == [column.name for column in each.columns]
            for written, row in zip(content, each.rows, strict=True):
                for cell, value, column in zip(written, row, each.columns, strict=True):
                    if column.kind == "number":
                        assert (float(cell) if cell else None) == value
                    else:
                        assert plain(cell) == (value or "")


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("=+-@'\"\t\r\n;|a1＝ ") | st.characters(exclude_categories=["Cs"]), max_size=12))
def test_the_guard_against_formulas_can_be_taken_away_again(text):
    assert unguarded(guarded(text)) == text


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("=+-@'\"\t\r\n;|a1 \u00a0＝"), max_size=12))
def test_no_guarded_text_starts_a_formula_wherever_a_program_cuts_it(text):
    for cell in re.split(r"[;|\t\r\n]", guarded(text)):
        assert not re.match(r"\s*\"*[=+\-@＝]", cell), cell


def test_a_spreadsheet_gets_a_mark_line_ends_and_no_formula_while_numbers_stay_numbers():
    harmful = '=HYPERLINK("http://example.org")'
    draft = Draft(
        title="t",
        parties=[DraftParty(name=harmful, note="+49 30", capability=2.5)],
        issues=[DraftIssue(name="-1")],
        positions=[DraftPosition(party=0, issue=0, position=12.5, salience=0.25)],
    )
    made = to_excel(compose(draft, table("x"))[0])
    content = made.files["parties.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 2
    (party,) = rows(content)[1:]
    assert party[1] == "'" + harmful
    assert party[4:7] == ["2.5", "2.5", "2.5"]
    assert party[-1] == "'+49 30"
    assert rows(made.files["issues.csv"])[1][1] == "'-1"
    assert rows(made.files["positions.csv"])[1][4:10] == ["12.5"] * 3 + ["0.25"] * 3
    assert "an apostrophe keeps a spreadsheet program from taking text for a formula in 3 cells" in made.notes


def test_the_tables_hold_every_number_of_the_scenario_in_its_own_unit_with_its_grounds():
    """The truce runs over 60 days: the point 75 of 100 is 45 days."""
    scenario = tiny_scenario()
    head, *content = rows(to_csv(scenario).files["numbers.csv"])
    found = {row[0]: dict(zip(head, row, strict=True)) for row in content}
    assert list(found) == [quantity.name for quantity in quantities(scenario)]
    truce = found["positions[north, truce].position"]
    assert (truce["low"], truce["mode"], truce["high"], truce["unit"]) == ("36", "45", "54", "days")
    assert truce["grounds"] == "F1"
    assert found["parties[north].capability"]["unit"] == ""


def test_positions_are_in_the_unit_of_the_issue_with_their_range():
    head, *content = rows(to_csv(tiny_scenario()).files["positions.csv"])
    south = next(dict(zip(head, row, strict=True)) for row in content if row[:2] == ["south", "truce"])
    assert [south[f"position_{end}"] for end in ("low", "mode", "high")] == ["0", "6", "18"]
    assert [south[f"at_most_{end}"] for end in ("low", "mode", "high")] == ["", "", ""]


def test_what_the_tables_do_not_hold_is_told():
    notes = to_csv(tiny_scenario()).notes
    held = "levers, clock, war, terms, conflict, approaches, outcomes"
    assert f"of these sections, the tables hold the numbers alone: {held}" in notes
    assert not [note for note in notes if "facts" in note or "issues" in note]
    notes = to_ktab(tiny_scenario()).notes
    assert "only the most plausible value of each number is written, not its range" in notes
    assert "of parties, tables of KTAB leave out: role (2), no_agreement (2)" in notes
    assert "of positions, tables of KTAB leave out: basis (4), red_line (2)" in notes
    assert "KTAB has no units: positions are in points 0..100 of the scale on truce" in notes
    assert "what the numbers rest on is not written: facts (1), sources (1)" in notes
    assert "ids are not written, and come back as made of the names: north → the_north, south → the_south" in notes


@pytest.mark.parametrize("form", FORMS)
def test_a_field_that_a_form_was_not_taught_is_told_as_lost(form):
    parties = tiny_scenario().parties
    told = dataclasses.replace(parties[0], interests=(Interest(words="peace and quiet"),))
    made = export(tiny_scenario(parties=(told, *parties[1:])), form)
    assert any(note.startswith("of parties, ") and "interests (1)" in note for note in made.notes)


def test_where_ktab_needs_a_position_it_gets_one_that_weighs_nothing():
    made = to_ktab(as_imported(DECIDE, import_decide))
    shops = rows(made.files["ktab.csv"])[4]
    assert shops[0] == "Shopkeepers"
    assert shops[5:] == ["50", "0"]
    assert any("1 of them are written as 50 with salience 0" in note for note in made.notes)


def test_saliences_that_ktab_would_refuse_are_divided_by_their_largest_sum():
    made = to_ktab(as_imported(DECIDE.replace("\t0.7\t1\n", "\t0.9\t1\n"), import_decide))
    assert any("all are divided by 1.8, the largest sum" in note for note in made.notes)
    again = as_imported(made.files["ktab.csv"], import_ktab_csv)
    sums = [sum(each.salience.mode for each in again.positions if each.party == party) for party in again.party_ids]
    assert max(sums) == pytest.approx(1.0)
    assert max(sums) <= 1.0


def test_a_name_that_is_too_long_for_ktab_gives_way_to_an_alias_and_moves_to_the_description():
    """KTAB's own examples have it so: a short name, and the full one beside it."""
    scenario = as_imported(KTAB, import_ktab_csv)
    full = "Ministry of Ports and of Inland Waterways"
    first = dataclasses.replace(scenario.parties[0], name=full, aliases=(full + "!", "MIN"), note="est. 1990")
    made = to_ktab(dataclasses.replace(scenario, parties=(first, *scenario.parties[1:])))
    assert rows(made.files["ktab.csv"])[2][:2] == ["MIN", f"{full}: est. 1990"]
    assert f"under a shorter name, with the full one in the description: MIN ({full})" in made.notes


def test_a_text_that_is_too_long_for_ktab_is_cut_between_letters_and_told():
    scenario = as_imported(KTAB, import_ktab_csv)
    long = dataclasses.replace(scenario.parties[0], note="é" * 300)
    made = to_ktab(dataclasses.replace(scenario, parties=(long, *scenario.parties[1:])))
    cut = rows(made.files["ktab.csv"])[2][1]
    assert cut == "é" * 126 + "..."
    assert "KTAB takes descriptions of 256 bytes: 1 texts are cut" in made.notes


def test_powers_that_decide_would_refuse_are_divided_by_the_largest():
    made = to_decide(as_imported(KTAB, import_ktab_csv))
    assert any("all are divided by 100, the largest" in note for note in made.notes)
    again = as_imported(made.files["decide.txt"], import_decide)
    assert [party.capability.mode for party in again.parties] == [1.0, 0.602, 0.35]


def test_a_scenario_without_positions_cannot_go_where_positions_are_all():
    empty = tiny_scenario(positions=(), approaches=(), levers=())
    assert len(to_csv(empty).files) == len(NAMES_TABLES)
    for write_ in (to_ktab, to_decide):
        with pytest.raises(UsageError, match="no positions"):
            write_(empty)


def test_who_takes_no_position_is_left_out_of_the_other_programs_and_told():
    north = tuple(each for each in tiny_scenario().positions if each.party == "north")
    lonely = tiny_scenario(positions=north, approaches=())
    for write_ in (to_ktab, to_decide):
        assert "'south' takes no position, and is left out" in write_(lonely).notes
    assert any("3 to 250 actors, and here are 1" in note for note in to_ktab(lonely).notes)


def test_data_frames_have_numbers_as_numbers_and_gaps_as_nan():
    frames = to_pandas(tiny_scenario())
    assert list(frames) == NAMES_TABLES
    positions = frames["positions"]
    assert positions["position_mode"].dtype == np.float64
    assert positions["salience_low"].between(0, 1).all()
    assert positions["at_least_mode"].isna().any()
    assert set(positions["party"]) <= set(frames["parties"]["id"])


def test_arrow_files_without_the_library_are_refused_with_advice(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'parley\[arrow\]'"):
        to_arrow(tiny_scenario())


def test_arrow_files_hold_the_same_values_as_the_data_frames():
    files = to_arrow(tiny_scenario()).files
    for name, frame in to_pandas(tiny_scenario()).items():
        found = pa.ipc.open_file(files[f"{name}.arrow"]).read_all()
        assert found.column_names == list(frame.columns)
        for column in frame:
            expected = [None if value != value else value for value in frame[column]]  # noqa: PLR0124 - NaN is not itself
            assert found[column].to_pylist() == expected


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", resources.cases())
def test_every_shipped_case_can_be_exported_in_every_form_that_can_hold_some_of_it(case, form):
    scenario = scenarios.load(case)
    lacks = dict.fromkeys(("ktab", "decide", "genius", "geniusweb"), not scenario.positions)
    lacks["gmcr"] = scenario.conflict is None
    if lacks.get(form):
        with pytest.raises(UsageError, match="no positions|no conflict|nor positions"):
            export(scenario, form)
        return
    assert all(export(scenario, form).files.values())


def test_the_page_shows_notes_that_the_command_prints(tmp_path):
    page = (Path(__file__).parents[2] / "docs/how-to/take-out-tables.md").read_text(encoding="utf-8")
    block = page.partition("$ parley export ktab tutorial/two-valleys -o talks.csv\n")[2].partition("```")[0]
    notes = workbench.export("ktab", "tutorial/two-valleys", tmp_path / "talks.csv").notes
    shown = [line.removeprefix("Note: ") for line in block.splitlines() if line.startswith("Note: ")]
    assert len(shown) >= 4
    assert [note for note in notes if note in shown] == shown


def test_a_fact_and_a_judgement_keep_all_that_is_said_of_them():
    head, *content = rows(to_csv(scenarios.load("tutorial/two-valleys")).files["grounds.csv"])
    found = {row[0]: dict(zip(head, row, strict=True)) for row in content}
    assert (found["F1"]["type"], found["F1"]["by"], found["F1"]["source"]) == (
        "fact",
        "the upper valley's elder",
        "crier",
    )
    assert {row["hedge"] for row in found.values()} > {""}
    assert found["J1"]["type"] == "judgement"
    assert len(found["J1"]["because"]) > 20


def test_an_unknown_form_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match="did you mean 'excel'"):
        export(tiny_scenario(), "exel")


@pytest.mark.parametrize("form", ["csv", "ktab"])
def test_nothing_is_written_over_without_being_told_and_then_all_of_it(form, tmp_path):
    out = tmp_path / "out"
    first = workbench.export(form, tiny_scenario(), out)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    other = tiny_scenario(title="Another")
    if form == "csv":
        (out / "scenario.csv").unlink()
    with pytest.raises(FileError, match="exists"):
        workbench.export(form, other, out)
    assert not (out / "scenario.csv").exists(), "none is written where one may not be"
    again = workbench.export(form, other, out, overwrite=True)
    assert list(again.files) == list(first.files)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} != before


@pytest.mark.parametrize("way", ["plain", "link"])
def test_the_scenario_itself_is_never_written_over(way, tmp_path):
    path = tmp_path / "scenario.yaml"
    path.write_bytes(resources.read("catalog/tutorial/two-valleys/scenario.yaml"))
    out = path if way == "plain" else tmp_path / "link"
    if way == "link":
        out.symlink_to(path)
    before = path.read_bytes()
    with pytest.raises(FileError, match="the scenario itself"):
        workbench.export("ktab", path, out, overwrite=True)
    assert path.read_bytes() == before


def test_a_folder_is_asked_for_where_there_are_many_files_and_a_file_where_there_is_one(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(FileError, match="name a folder"):
        write(to_csv(tiny_scenario()), "csv", tmp_path / "file", overwrite=True)
    with pytest.raises(FileError, match="name a file"):
        write(to_ktab(tiny_scenario()), "ktab", tmp_path, overwrite=True)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_table_made_by_the_command_line_comes_back_by_it(tmp_path):
    """Import, export, import: through the files, as a user does it."""
    (tmp_path / "talks.csv").write_text(KTAB, encoding="utf-8")

    def parley(*arguments):
        command = [sys.executable, "-m", "parley", *arguments]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True, timeout=120)

    parley("import", "ktab", "talks.csv", "-o", "first.yaml", "--date", "2015-10-16")
    told = parley("export", "ktab", "first.yaml", "-o", "again.csv").stdout
    assert told.startswith("Wrote again.csv.\nNote: ")
    parley("import", "ktab", "again.csv", "-o", "second.yaml", "--date", "2015-10-16")
    first, second = (without_source(scenarios.load(tmp_path / name)) for name in ("first.yaml", "second.yaml"))
    assert second == first
