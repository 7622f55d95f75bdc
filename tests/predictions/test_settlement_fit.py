"""Fitting the settlement distribution, and what it is worth out of sample."""

import dataclasses

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from parley import resources
from parley.domain.decided import DecidedIssues
from parley.errors import UsageError
from parley.methods.settlement_distribution import choice_part, mixture_part, shipped_parameters, standing
from parley.predictions import settlement_fit, settlement_validation
from parley.predictions.settlement_fit import fit, standings
from parley.predictions.settlement_validation import (
    Material,
    Scores,
    challenge_election,
    cross_validated,
    difference,
)


def made_up(issues=60, seed=1):
    """Issues with a few parties on round positions, whose outcomes are drawn from the shipped distribution."""
    rng = np.random.default_rng(seed)
    position = rng.integers(0, 11, (issues, 6)) * 10.0
    position[:, :2] = [0, 100]
    position[rng.random(position.shape) < 0.2] = np.nan
    position[:, :2] = [0, 100]
    salience = np.where(np.isnan(position), np.nan, rng.integers(1, 11, position.shape) / 10)
    capability = np.tile([3.0, 2, 1, 1, 1, 0.5], (issues, 1))
    outcome = np.empty(issues)
    for i in range(issues):
        stands = standing(position[i], np.nan_to_num(capability[i] * salience[i]))
        chances = mixture_part(stands, shipped_parameters().mixture, shipped_parameters().tilt)
        outcome[i] = np.floor(rng.choice(stands.value, p=chances) + 0.5)
    return DecidedIssues(
        name="made up",
        citation="none",
        issues=tuple(f"i{k}" for k in range(issues)),
        groups=tuple(f"d9{k // 2:04d}" for k in range(issues)),
        parties=tuple("abcdef"),
        year=np.full(issues, 2000.0),
        position=position,
        salience=salience,
        capability=capability,
        reference=np.full(issues, np.nan),
        outcome=outcome,
    )


@pytest.fixture(scope="module")
def decided():
    return made_up()


@pytest.fixture(scope="module")
def material(decided):
    return Material.of(decided, decided.capability)


@pytest.fixture(scope="module")
def deu():
    """The shipped issues with the capability of Council votes."""
    from parley.files.decided import read_deu
    from parley.predictions.council import council_capability

    issues = read_deu(resources.ROOT / "datasets" / "deu3" / "deu3.csv")
    return issues, council_capability(issues)


class TestFit:
    def test_the_slopes_of_both_likelihoods_are_those_of_finite_differences(self, decided):
        rows = settlement_fit._Rows.of(standings(decided, decided.capability), decided.outcome)
        at = np.random.default_rng(0).normal(scale=0.3, size=10)
        for objective, size in (
            (settlement_fit._choice_objective(rows, rows.choice), 10),
            (settlement_fit._mixture_objective(rows), 7),
        ):
            numeric = approx_fprime(at[:size], lambda x, f=objective: f(x)[0], 1e-7)
            np.testing.assert_allclose(objective(at[:size])[1], numeric, rtol=1e-3, atol=1e-3)

    def test_the_likelihoods_are_those_of_the_readable_formulas(self, decided):
        stands = standings(decided, decided.capability)
        rows = settlement_fit._Rows.of(stands, decided.outcome)
        shipped, total = shipped_parameters(), np.zeros(2)
        for each, outcome in zip(stands, decided.outcome, strict=True):
            hit = np.floor(each.value + 0.5) == outcome
            total[0] -= np.log(0.98 * choice_part(each, shipped.choice)[hit].sum() + 0.02 / 101)
            total[1] -= np.log(mixture_part(each, shipped.mixture, shipped.tilt)[hit].sum() + 1e-4)
        unknown = np.concatenate([shipped.tilt, shipped.mixture])
        found = settlement_fit._choice_objective(rows, rows.choice)(shipped.choice)[0] - shipped.choice @ shipped.choice
        np.testing.assert_allclose(found, total[0], rtol=1e-9)
        found = settlement_fit._mixture_objective(rows)(unknown)[0] - 0.5 * unknown @ unknown
        np.testing.assert_allclose(found, total[1], rtol=1e-9)

    def test_what_is_fitted_to_many_issues_forecasts_as_what_made_them(self):
        many = made_up(issues=800, seed=4)
        stands = standings(many, many.capability)
        found, shipped = fit(stands, many.outcome), shipped_parameters()
        apart = [
            np.abs(mixture_part(s, found.mixture, found.tilt) - mixture_part(s, shipped.mixture, shipped.tilt)).sum()
            for s in stands[:100]
        ]
        assert np.mean(apart) < 0.15

    def test_an_issue_about_which_nobody_cares_is_named(self, decided):
        careless = dataclasses.replace(decided, salience=np.where(np.arange(60)[:, None] == 7, 0.0, decided.salience))
        with pytest.raises(UsageError, match="issue i7 of made up"):
            standings(careless, careless.capability)


class TestElection:
    def test_two_positions_are_held_in_proportion_to_their_weight(self):
        """C_12 is proportional to w_1 and C_21 to w_2, so P_12 = w_1 / (w_1 + w_2), and p_1 q_2 P_21 = p_2 q_1 P_12."""
        found = challenge_election(standing(np.array([0.0, 100.0]), np.array([1.0, 3.0])))
        np.testing.assert_allclose(found, [0.25, 0.75], rtol=1e-6)

    def test_challenging_again_and_again_leads_there(self):
        stands = standing(np.array([0.0, 30.0, 70.0, 100.0]), np.array([2.0, 1.0, 1.5, 1.0]))
        backing = np.array(
            [
                [
                    1e-8
                    + (stands.share * np.maximum(0, abs(stands.position - b) - abs(stands.position - a))).sum() / 100
                    for b in stands.position
                ]
                for a in stands.position
            ]
        )
        wins = backing / (backing + backing.T)
        held = np.full(4, 0.25)
        for _ in range(2000):
            held = (wins * (held[:, None] + held)).sum(axis=1) / 4
        np.testing.assert_allclose(challenge_election(stands), held, rtol=1e-9)


class TestValidation:
    def test_no_proposal_is_both_fitted_to_and_forecast(self, material, monkeypatch):
        seen = []

        def record(material, train, test):
            seen.append((set(material.groups[train]), set(material.groups[test]), len(train) + len(test)))
            return {name: np.full((len(test), 101), 1 / 101) for name in settlement_validation.DISTRIBUTIONS}

        monkeypatch.setattr(settlement_validation, "forecasts", record)
        cross_validated(material, repeats=2)
        assert len(seen) == 10
        for train, test, count in seen:
            assert not train & test and count == 60

    def test_the_residuals_never_hold_the_issue_that_is_forecast(self, material):
        found = settlement_validation.forecasts(material, np.arange(1, 60), np.array([0]))
        other = dataclasses.replace(material, outcome=np.where(np.arange(60) == 0, 99.0, material.outcome))
        again = settlement_validation.forecasts(other, np.arange(1, 60), np.array([0]))
        for name, probability in found.items():
            np.testing.assert_array_equal(probability, again[name])
            assert probability.sum() == pytest.approx(1)

    def test_the_division_into_folds_follows_the_seed(self, material):
        first, second = (cross_validated(material, repeats=1, seed=3)["distribution"][0] for _ in "12")
        np.testing.assert_array_equal(first, second)

    def test_a_difference_has_the_interval_of_its_proposals_and_not_of_its_issues(self):
        """100 proposals of 4 equal issues: the standard error is sd / 10, and not sd / 20."""
        each = np.repeat(np.random.default_rng(2).normal(size=100), 4)
        found = difference(each, np.zeros(400), np.repeat(np.arange(100), 4))
        assert found.mean == pytest.approx(each.mean())
        assert found.high - found.low == pytest.approx(2 * 1.96 * each.std() / 10, rel=0.05)

    def test_a_forecast_of_one_point_scores_its_error(self):
        scores = Scores.of([np.eye(101)[[10, 60]]], np.array([10.0, 50.0]))
        assert scores.absolute_error.tolist() == scores.crps.tolist() == [0, 10]


class TestDecidedIssues:
    """The claims of docs/explanation/settlement-validation.md, in a shorter run with another division into folds."""

    def test_the_shipped_coefficients_are_fitted_to_the_shipped_issues(self, deu):
        issues, votes = deu
        found, shipped = fit(standings(issues, votes), issues.outcome), shipped_parameters()
        for part in ("choice", "mixture", "tilt"):
            np.testing.assert_allclose(getattr(found, part), getattr(shipped, part), rtol=0.01, atol=0.01)

    def test_out_of_sample_it_beats_the_compromise_mean(self, deu):
        issues, votes = deu
        material = Material.of(issues, votes)
        found = cross_validated(material, repeats=2, seed=5)
        mine, base = (Scores.of(found[name], material.outcome) for name in ("distribution", "residuals"))
        mean = np.abs(material.mean - material.outcome)
        assert mean.mean() == pytest.approx(23.208, abs=0.001)
        assert mine.absolute_error.mean() <= 22.7 and mine.crps.mean() <= 15.8
        assert difference(mine.absolute_error, mean, material.groups).high < 0
        assert difference(mine.crps, base.crps, material.groups).high < 0
        assert 0.77 <= mine.inside.mean() <= 0.83
