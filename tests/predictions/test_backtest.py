"""Engines held against decided issues: published baselines, and a table whose scores are known by hand."""

import numpy as np
import pytest

from parley import resources
from parley.engines import named
from parley.errors import ScenarioError, UsageError
from parley.files.decided import read, read_deu
from parley.predictions.backtest import backtest
from parley.predictions.council import council_capability

HEAD = "issue,group,year,party,position,salience,capability,reference,outcome\n"
TABLE = HEAD + "".join(
    f"i{k},g{k},2000,{party},{place},1,1,,{50 + 10 * (k % 2)}\n"
    for k in range(12)
    for party, place in (("a", 0), ("b", 50), ("c", 100))
)


@pytest.fixture(scope="module")
def deu():
    return read_deu(resources.ROOT / "datasets/deu3/deu3.csv")


def errors(deu, weights):
    engines = {"compromise_model": named("compromise_model"), "median_voter": named("median_voter", tie="lower")}
    found = backtest(deu, engines, weights=weights).engines
    return [(each.mae, each.rmse) for each in found.values()]


def test_of_the_364_issues_of_deu_iii_351_can_be_used(deu):
    assert len(deu) == 351
    assert len(set(deu.groups)) == 137
    assert sum(deu.left_out.values()) == 13


def test_the_baselines_with_weights_by_gross_domestic_product_are_those_published(deu):
    (mean, mean_rmse), (median, median_rmse) = errors(deu, "file")
    assert (mean, median) == pytest.approx((23.208, 27.661), abs=0.0006)
    assert (mean_rmse, median_rmse) == pytest.approx((30.23, 40.73), abs=0.006)


def test_the_baselines_with_salience_alone_are_those_published(deu):
    (mean, mean_rmse), (median, median_rmse) = errors(deu, "salience")
    assert (mean, median) == pytest.approx((23.641, 28.308), abs=0.0006)
    assert (mean_rmse, median_rmse) == pytest.approx((30.31, 40.35), abs=0.006)


def test_fixed_guesses_err_by_as_much_as_published(deu):
    plain = np.nanmean(deu.position, axis=1)
    assert np.abs(plain - deu.outcome).mean() == pytest.approx(23.627, abs=0.0006)
    assert np.abs(50 - deu.outcome).mean() == pytest.approx(27.963, abs=0.0006)


def test_the_states_votes_sum_to_one_and_each_chamber_has_a_fifth(deu):
    capability = council_capability(deu)
    states = ~np.isin(deu.parties, ("com", "ep"))
    assert capability[:, states].sum(axis=1) == pytest.approx(np.ones(len(deu)))
    assert set(capability[:, ~states].ravel()) <= {0.0, 0.2}


def test_the_table_of_votes_sums_to_the_totals_of_the_treaties():
    rows = [line.split(",") for line in resources.read("datasets/council-votes/votes.csv").decode().splitlines()[1:]]
    totals = {year: sum(int(votes) for first, _, votes in rows if first == year) for year in ("1995", "2004")}
    assert totals == {"1995": 87, "2004": 352}


def test_a_table_by_hand_gives_the_errors_by_hand():
    """The mean and the median are 50 throughout; the outcome is 50 and 60 by turns: the mean error is 5."""
    found = backtest(read(TABLE.encode(), "table.csv"), {"median_voter": named("median_voter")}, seen=False)
    scored = found.engines["median_voter"]
    assert (scored.n, scored.mae, scored.rmse) == pytest.approx((12, 5.0, np.sqrt(50)))
    assert scored.by_mae.mean == 0.0
    assert scored.crps < scored.mae


def test_an_engine_that_needs_more_than_positions_is_listed_as_missing():
    found = backtest(read(TABLE.encode(), "table.csv"), {"war_bargaining": named("war_bargaining")}, seen=False)
    assert found.engines == {}
    assert found.missing == {"war_bargaining": ("war", "clock")}


def test_unknown_weights_are_refused():
    with pytest.raises(UsageError, match="file, council or salience"):
        backtest(read(TABLE.encode(), "table.csv"), {}, weights="gdp")


def test_every_wrong_cell_of_a_table_is_told_with_its_line_and_column():
    rows = ["i1,g,2000,a,120,1,1,,50", "i1,g,2000,b,ten,1,1,,50", "i1,g,2000,b,10,2,-1,,50", "i1,g,2000,c,5,1,1,,51"]
    with pytest.raises(ScenarioError) as caught:
        read((HEAD + "\n".join(rows)).encode(), "table.csv")
    places = [(problem.line, problem.column) for problem in caught.value.problems]
    assert places == [(2, 5), (3, 5), (4, 4), (4, 6), (4, 7), (5, 9)]


@pytest.mark.parametrize("content", [b"", b"issue,party\n", b"\xff\xfe", (HEAD + "i1,g,2000,a,1,1,1,,").encode()])
def test_a_file_that_is_no_such_table_is_refused(content):
    with pytest.raises(ScenarioError):
        read(content, "table.csv")
