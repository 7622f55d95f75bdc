"""The user's own copy of the ceasefire data: what is read from it, and what is said of a wrong one."""

import datetime

import pytest

from parley.errors import FileError, ScenarioError
from parley.files import ceasefires

ROW = {
    "cc": 1, "cf_id": 1, "location": "Nowhere", "ucdp_dyad": 7, "side": 2, "partial": 0, "written": 1, "fixed": 1,
    "fixed_time": 30, "cf_dec_yr": 2001, "cf_dec_month": 3, "cf_dec_day": 1, "cf_effect_yr": 2001, "cf_effect_month": 3,
    "cf_effect_day": 4, "p_humanitarian": 0, "p_peaceprocess": 1, "p_holiday": 0, "ceasefire_class": 1,
    "mediator_nego": 0, "implement": -1, "enforcement": 0, "ddr": 0, "ended": 1, "end_yr": 2001, "end_month": 4,
    "end_day": 3,
}  # fmt: skip


def table(*changes):
    rows = [ROW | change for change in changes]
    lines = [",".join(ROW)] + [",".join(str(row[name]) for name in ROW) for row in rows]
    return "\n".join(lines).encode()


def only(*changes):
    (found,) = ceasefires.read(table(*changes), "data.csv")
    return found


def test_a_ceasefire_is_read_with_its_dates_and_terms():
    found = only({})
    assert (found.country, found.side, found.ceasefire_class, found.length_days) == (
        "Nowhere", "bilateral", "cessation", 30,
    )  # fmt: skip
    assert found.started.first == datetime.date(2001, 3, 4)
    assert (found.ended.first, found.ending, found.monitoring) == (datetime.date(2001, 4, 3), "expired", None)


@pytest.mark.parametrize("change, first, last", [
    ({"end_day": -1}, "2001-04-01", "2001-04-30"),
    ({"end_month": -1, "end_day": -1}, "2001-01-01", "2001-12-31"),
    ({"end_month": 2, "end_day": 31}, "2001-02-28", "2001-02-28"),
])  # fmt: skip
def test_a_date_with_missing_parts_is_every_day_that_it_can_be(change, first, last):
    ended = only(change).ended
    assert (ended.first.isoformat(), ended.last.isoformat()) == (first, last)


def test_rows_of_one_ceasefire_are_joined():
    found = only({}, {"side": 3, "implement": 1, "cf_effect_day": 2, "end_day": 9, "ended": 2, "ucdp_dyad": 8})
    assert (found.side, found.monitoring, found.ending, found.dyads) == ("multilateral", True, "expired", {7, 8})
    assert (found.started.first.day, found.ended.last.day) == (2, 9)


def test_a_ceasefire_without_a_day_of_effect_and_without_an_end_never_took_effect():
    nothing = {"cf_effect_yr": 0, "cf_effect_month": 0, "cf_effect_day": 0, "end_yr": 0, "end_month": 0, "end_day": 0}
    found = only(nothing | {"ended": -1})
    assert found.ending == "never took effect" and found.ended is None
    assert found.started.first == datetime.date(2001, 3, 1)


def test_an_open_ended_ceasefire_has_no_length():
    found = only({"fixed": 0, "fixed_time": 0})
    assert found.fixed is False and found.length_days is None


def test_every_wrong_cell_is_told_with_its_line():
    with pytest.raises(ScenarioError) as caught:
        ceasefires.read(table({"side": "both"}, {"ended": 9}, {}), "data.csv")
    told = [(each.line, each.message) for each in caught.value.problems]
    assert told == [(2, "side is 'both'"), (2, "side is -1"), (3, "ended is 9")]


def test_another_table_is_refused_with_the_columns_that_it_lacks():
    with pytest.raises(ScenarioError, match="no column cc, cf_id"):
        ceasefires.read(b"a,b\n1,2\n", "data.csv")


def test_a_file_that_is_not_there_is_told_with_what_it_should_be(tmp_path):
    with pytest.raises(FileError, match="own copy of the ETH/PRIO data set"):
        ceasefires.read_file(tmp_path / "none.csv")
