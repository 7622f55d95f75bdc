"""One issue of a table of decided issues."""

import datetime

import pytest

from parley.errors import UsageError
from parley.files import saving, scenarios
from parley.files.importing import import_deu, import_table
from tests.files.tables import table

DEU = """\
prnr\tprname\tisnr\tpcom\tpep\tpat\tpde\tscom\tsep\tsat\tsde\trp\tout
\t\t\t4.1\t4.1\t0.48\t4.1\t\t\t\t\t\t
d00032\tdocuments\td00032i1\t100\t100\t40\t\t50\t50\t40\t\t0\t100
d99060\tbuses\td99060i1\t70\t0\t100\t0\t20\t80\t50\t90\t\t55
"""


def test_the_scenario_has_the_positions_saliences_weights_and_the_reference_point():
    scenario = import_deu(table(DEU, as_of=None), "d00032i1").scenario
    assert scenario.as_of == datetime.date(2000, 12, 31)
    assert [(party.id, party.name, party.capability.mode) for party in scenario.parties] == [
        ("com", "European Commission", 4.1),
        ("ep", "European Parliament", 4.1),
        ("at", "Austria", 0.48),
    ]
    assert [(each.position.mode, each.salience.mode) for each in scenario.positions] == [
        (100.0, 0.5),
        (100.0, 0.5),
        (40.0, 0.4),
    ]
    (point,) = scenario.decision_rule.reference_points
    assert (point.issue, point.at.mode) == ("d00032i1", 0.0)


def test_where_nothing_is_known_of_the_status_quo_there_is_no_rule():
    imported = import_deu(table(DEU, as_of=None), "d99060i1")
    assert imported.scenario.decision_rule is None
    assert len(imported.scenario.parties) == 4
    assert imported.scenario.as_of == datetime.date(1999, 12, 31)


def test_what_was_decided_is_nowhere_in_the_scenario():
    other = DEU.replace("\t90\t\t55", "\t90\t\t81")
    first, second = (import_deu(table(each), "d99060i1") for each in (DEU, other))
    assert first.scenario.positions == second.scenario.positions
    assert first.scenario.issues == second.scenario.issues
    assert "55" not in saving.new_text(first.scenario).replace(first.scenario.sources[0].note, "")
    assert "what was decided is left out of the scenario, so that no forecast can lean on it" in first.notes


def test_who_takes_no_position_is_left_out_and_told():
    imported = import_deu(table(DEU), "d00032i1")
    assert "without a position on this issue, and left out: de" in imported.notes


def test_what_is_imported_can_be_saved_checked_and_loaded():
    scenario = import_deu(table(DEU), "d00032i1").scenario
    checked = scenarios.check_bytes(saving.new_text(scenario).encode())
    assert checked.scenario == scenario
    assert checked.ungrounded == ()


def test_an_unknown_issue_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match="did you mean 'd00032i1'"):
        import_deu(table(DEU), "d00032i")


def test_a_file_is_read_for_the_issue_that_is_named(tmp_path):
    path = tmp_path / "deu.csv"
    path.write_text(DEU, encoding="utf-8")
    assert import_table("deu", path, issue="d00032i1").scenario.title == "DEU III: issue d00032i1"
    with pytest.raises(UsageError, match="an issue is named for the form 'deu'"):
        import_table("deu", path)
