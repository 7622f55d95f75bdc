"""Numbers of the collective-decision literature that the thin engines must give exactly.

The case is the introduction of emission standards for cars in the European Community, in years until the standard
applies: Bueno de
Mesquita (1994), p. 78, as printed in Scholz, Calbert and Smith (2011), Table 1.
"""

import numpy as np
import pytest

from parley.methods.weighted import weighted_mean_settlement, weighted_median_interval

CAPABILITY = np.array([0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08])
YEARS = np.array([[4.0, 7, 4, 4, 10, 10, 10, 7, 4, 7]]).T
SALIENCE = np.array([[0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7]]).T


def test_the_emission_standard_settles_at_the_compromise_mean_worked_by_hand():
    # Weights c s: .248 at 4 years, .093 at 7, .336 at 10, together .677: (4 x .248 + 7 x .093 + 10 x .336) / .677
    by_hand = (4 * 0.248 + 7 * 0.093 + 10 * 0.336) / 0.677
    assert by_hand == pytest.approx(7.389955686853767, rel=1e-14)
    assert weighted_mean_settlement(YEARS, SALIENCE, CAPABILITY) == pytest.approx([by_hand], rel=1e-12)


def test_the_emission_standards_weighted_median_is_seven_years():
    # Half of .677 is .3385: .248 stands at 4, .341 at 7 or below
    lower, upper = weighted_median_interval(YEARS, SALIENCE, CAPABILITY)
    assert (lower[0], upper[0]) == (7.0, 7.0)


def test_the_weighted_median_beats_every_other_position_in_pairwise_votes_in_proportion_to_distance():
    weight = (SALIENCE[:, 0] * CAPABILITY)[:, np.newaxis]
    positions = np.unique(YEARS)
    distance = np.abs(YEARS - positions)
    votes = {
        (a, b): float((weight[:, 0] * (distance[:, j] - distance[:, i])).sum())
        for i, a in enumerate(positions)
        for j, b in enumerate(positions)
    }
    assert all(votes[7.0, other] > 0 for other in (4.0, 10.0))
    # The margins that the spec's source prints, divided by the range of 6 years: .0905 against 4
    against_four = sum(w * max(0.0, abs(y - 4) - abs(y - 7)) for w, y in zip(weight[:, 0], YEARS[:, 0], strict=True))
    for_four = sum(w * max(0.0, abs(y - 7) - abs(y - 4)) for w, y in zip(weight[:, 0], YEARS[:, 0], strict=True))
    assert (against_four - for_four) / 6 == pytest.approx(0.0905, abs=1e-12)
