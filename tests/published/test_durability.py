"""The shipped figures on truces, held against figures printed elsewhere from the same data, and against the data."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from parley.methods.durability_tables import TABLE_DAYS, figures, past_truces

ROOT = Path(__file__).parents[2]
DATA = os.environ.get("PARLEY_DURABILITY_DATA", "")
DAYS = [TABLE_DAYS.index(day) for day in (30, 90, 365)]

PRINTED = {
    "all": (1433, 24, (0.45, 0.31, 0.14), 60, (0.55, 0.46, 0.32)),
    "exact dates only": (1155, 20, (0.42, 0.30, 0.16), 70, (0.54, 0.49, 0.42)),
    "cessation": (1090, 14, (0.36, 0.23, 0.10), 25, (0.47, 0.38, 0.25)),
    "preliminary": (242, 64, (0.63, 0.45, 0.14), 162, (0.73, 0.62, 0.43)),
    "definitive": (101, None, (0.93, 0.82, 0.61), None, (0.98, 0.90, 0.72)),
    "unilateral": (666, 14, (0.32, 0.19, 0.09), 20, (0.43, 0.33, 0.21)),
    "bilateral": (651, 44, (0.53, 0.40, 0.19), 168, (0.65, 0.58, 0.44)),
    "multilateral": (116, 60, (0.64, 0.45, 0.20), 92, (0.68, 0.51, 0.28)),
    "with monitoring": (311, 100, (0.72, 0.54, 0.22), 313, (0.80, 0.69, 0.49)),
    "without monitoring": (1120, 14, (0.37, 0.24, 0.12), 28, (0.48, 0.39, 0.27)),
    "holiday": (181, 4, (0.17, 0.07, 0.04), 5, (0.19, 0.10, 0.06)),
    "open-ended, two or more sides": (377, 113, (0.68, 0.55, 0.34), 176, (0.73, 0.63, 0.44)),
    "28-35 days, two or more sides": (32, 30, (0.38, 0.16, 0.09), 112, (0.72, 0.56, 0.45)),
}
"""Number, then for any end and for lapsing: median days, and shares left after 30, 90 and 365 days."""


@pytest.mark.parametrize("group", PRINTED)
def test_counting_truces_that_never_took_effect_gives_the_printed_survival(group):
    n, ended_median, ended, lapsed_median, lapsed = PRINTED[group]
    found = figures()["ceasefires_counting_never"][group]
    assert found["n"] == pytest.approx(n, abs=6)
    for clock, printed, median in (("ended", ended, ended_median), ("lapsed", lapsed, lapsed_median)):
        shares = [found[clock]["share"][day] for day in DAYS]
        assert shares == pytest.approx(printed, abs=0.016), clock
        if median is not None:
            assert found[clock]["median"] == pytest.approx(median, rel=0.15, abs=1.5)


def test_the_bounds_of_dates_give_the_printed_bounds():
    """Low and high: .38-.46 after 30 days and .27-.33 after 90, for any end."""
    low, high = figures()["ceasefires_counting_never"]["all"]["ended"]["dates"]
    assert [low[DAYS[0]], high[DAYS[0]]] == pytest.approx([0.38, 0.46], abs=0.01)
    assert [low[DAYS[1]], high[DAYS[1]]] == pytest.approx([0.27, 0.33], abs=0.01)


def test_leaving_out_truces_that_never_took_effect_leaves_fewer_after_a_year_in_every_group():
    for group, found in figures()["ceasefires"].items():
        counting = figures()["ceasefires_counting_never"][group]
        for clock in ("ended", "lapsed"):
            assert found[clock]["share"][DAYS[2]] < counting[clock]["share"][DAYS[2]], group


def test_every_interval_holds_its_estimate():
    for found in figures()["ceasefires"].values():
        for clock in ("ended", "lapsed"):
            for low, share, high in zip(*(found[clock][name] for name in ("low", "share", "high")), strict=True):
                assert low <= high and low - 0.05 <= share <= high + 0.05


@pytest.mark.parametrize("least, n, share", [
    (1, 281, 0.14), (4, 129, 0.29), (14, 74, 0.34), (28, 101, 0.51), (36, 117, 0.80), (100, 77, 0.88),
])  # fmt: skip
def test_longer_terms_are_prolonged_more_often_as_printed(least, n, share):
    found = next(each for each in figures()["prolongation"] if each["least"] == least)
    assert found["n"] == pytest.approx(n, abs=6)
    assert found["share"] == pytest.approx(share, abs=0.015)


def test_the_prolongation_of_a_month_has_the_printed_interval():
    """90% by country .34 to .66; 43% where unknown ends count as not prolonged; 19 of 29 of two or more sides."""
    found = figures()["prolongation"][3]
    assert (found["low"], found["high"], found["share_of_all"]) == pytest.approx((0.34, 0.66, 0.43), abs=0.01)
    joint = figures()["prolongation_of_two_or_more_sides"]
    assert round(joint["share"] * joint["n"]) == 19 and joint["n"] == 29


PRINTED_RATIOS = {
    "preliminary": (0.63, 0.44, 0.90), "definitive": (0.28, 0.18, 0.43), "fixed": (1.55, 0.97, 2.45),
    "monitoring": (0.83, 0.60, 1.16), "peacekeepers": (0.88, 0.66, 1.18), "demobilisation": (0.68, 0.46, 1.00),
    "written": (0.69, 0.50, 0.94), "part_of_process": (0.54, 0.43, 0.67), "partial": (1.74, 1.26, 2.40),
    "holiday": (1.88, 1.13, 3.13), "mediated": (1.70, 1.23, 2.36),
}  # fmt: skip


@pytest.mark.parametrize("name", PRINTED_RATIOS)
def test_a_ratio_of_rates_lies_well_within_the_printed_interval(name):
    """How differing rows of one ceasefire are joined is not printed, so the ratios agree to a fifth."""
    known = figures()["factors_counting_never"]
    found = (known["classes"] | known["provisions"])[name]
    ratio, low, high = PRINTED_RATIOS[name]
    assert low < found["ratio"] < high
    assert found["ratio"] == pytest.approx(ratio, rel=0.2)


def test_peace_agreements_hold_as_printed():
    found = figures()["agreements"]
    assert (found["survival"]["all"]["n"], found["failures"]) == (336, 116)
    assert found["median_of_failures"] == pytest.approx(196, abs=1)
    shares = dict(zip(found["survival"]["all"]["days"], found["survival"]["all"]["share"], strict=True))
    assert [shares[day] for day in (30, 90, 365, 1826, 3652)] == pytest.approx(
        [0.96, 0.89, 0.77, 0.68, 0.65], abs=0.006
    )
    year = [found["survival"][kind]["share"][3] for kind in ("full", "partial", "process")]
    assert year == pytest.approx([0.82, 0.77, 0.73], abs=0.006)


def test_peace_after_civil_wars_holds_as_printed():
    found = figures()["peace"]
    whole = found["survival"]["all"]
    assert (whole["n"], whole["median"]) == (157, 4536)
    assert whole["share"][:6] == pytest.approx([0.99, 0.91, 0.85, 0.78, 0.71, 0.57], abs=0.006)
    assert found["survival"]["after victory"]["share"][3] == pytest.approx(0.94, abs=0.006)
    ratios = [found["factors"][name]["ratio"] for name in ("peacekeepers", "victory", "treaty")]
    assert ratios == pytest.approx([0.66, 0.19, 0.47], abs=0.006)


def test_the_codes_of_endings_behave_as_they_are_read():
    labels = figures()["labels"]
    expired, replaced, never = labels["expired"], labels["replaced"], labels["never took effect"]
    assert expired["had a fixed term"] > 0.98 * expired["n"]
    assert expired["ended when it was over, within a day"] > 0.85 * expired["n"]
    assert replaced["another began within a week"] > 0.95 * replaced["n"]
    assert never["no date of an end"] > 0.9 * never["n"]


def test_ukraine_from_2014_to_2020_is_told_apart():
    """70 ceasefires, 60% of them bare cessations, half over within 12 days, two thirds within 30."""
    found = figures()["countries"]["Ukraine"]
    assert (found["n"], found["cessations"], found["last"]) == (70, 0.6, 2020)
    assert found["median"] == pytest.approx(12, abs=1)
    assert found["over_within_30"] == pytest.approx(0.66, abs=0.03)


def test_the_list_by_name_is_short_and_holds_no_row_of_the_data():
    truces = past_truces()
    assert 100 <= len(truces) <= 150
    text = (ROOT / "src/parley/datasets/durability/truces.csv").read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) < 120


def test_the_data_set_is_described_with_its_citations():
    readme = (ROOT / "src/parley/datasets/durability/README.md").read_text(encoding="utf-8")
    for word in ("Clayton", "UCDP", "CC BY 4.0", "Fortna", "civil", "not effects"):
        assert word in readme


def test_the_script_says_which_file_is_missing(tmp_path):
    run = subprocess.run(
        [sys.executable, str(ROOT / "scripts/durability_tables.py"), str(tmp_path)], capture_output=True, text=True
    )
    assert run.returncode == 2
    assert "ceasefires_dataset.csv" in run.stderr and "do not ship" in run.stderr


@pytest.mark.slow
@pytest.mark.skipif(not DATA, reason="set PARLEY_DURABILITY_DATA to the folder of the data, which do not ship")
def test_the_script_derives_exactly_what_ships():
    pytest.importorskip("lifelines")
    script = [sys.executable, "-W", "ignore", str(ROOT / "scripts/durability_tables.py"), DATA, "--check"]
    assert subprocess.run(script, capture_output=True, text=True).stderr == ""
