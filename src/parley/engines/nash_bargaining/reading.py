"""What a scenario's numbers mean as bargains: who takes part, with what weight, and what each has without agreement.

`read` is the main name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.methods import columns
from parley.methods.bargaining import Bargain
from parley.methods.weighted import relative

__all__ = ["Agenda", "Bargains", "Disagreement", "Weights", "read"]

Array = NDArray[np.float64]

Weights = Literal["capability_salience", "capability", "equal"]
Agenda = Literal["package", "issue_by_issue"]
Disagreement = Literal["reference_point", "worst"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bargains:
    """Every draw's bargains; with an agenda of single issues, one for each draw and issue.

    Attributes
    ----------
    planes : position, share of salience and distance of disagreement, 0..1, shape (bargain, 3, party, issue)
    beyond, weight : as in `Bargain`, shape (bargain, party)
    reference : where each issue stays without agreement, 0..100, NaN where the scenario names no such point, shape
        (draw, issue)
    pull : salience of those who take part, shape (draw, party, issue); 0 of others
    """

    planes: Array
    beyond: Array
    weight: Array
    reference: Array
    pull: Array

    def bargain(self, k: int) -> Bargain:
        """One bargain, for the readable formulas."""
        position, share, distance = self.planes[k]
        return Bargain(position=position, share=share, distance=distance, beyond=self.beyond[k], weight=self.weight[k])

    def by_issue(self, settlement: Array) -> Array:
        """Settlements of the bargains, shape (bargain, issue of the bargain), as points 0..100, shape (draw, issue)."""
        return settlement.reshape(self.reference.shape) * 100.0


def read(draws: Draws, *, weights: Weights, agenda: Agenda, disagreement: Disagreement, cost: float) -> Bargains:
    """Read bargains from draws.

    Parameters
    ----------
    draws : the draws
    weights : what gives weight: capability times salience, capability, or taking part
    agenda : all issues in one bargain, or a bargain for each
    disagreement : what holds without agreement: the reference point where there is one, or always a party's worst
    cost : what disagreement costs everybody beyond that, in payoffs
    """
    position, salience = columns.positions(draws), columns.saliences(draws)
    power = np.ones(salience.shape[:2]) if weights == "equal" else relative(columns.capabilities(draws), 1)
    pull = np.where(np.isnan(position) | (power <= 0)[:, :, np.newaxis], 0.0, salience)
    place = np.where(pull > 0, position, 0.0) / 100.0
    reference = columns.reference_points(draws)
    if disagreement == "worst":
        reference = np.full(reference.shape, np.nan)
    kept = reference[:, np.newaxis, :] / 100.0
    distance = np.where(np.isnan(kept), np.maximum(place, 1.0 - place), np.abs(np.nan_to_num(kept) - place))
    if agenda == "issue_by_issue":
        place, distance, cared = (
            each.swapaxes(1, 2).reshape(-1, position.shape[1], 1) for each in (place, distance, pull)
        )
        share, power = (cared > 0).astype(np.float64), np.repeat(power, position.shape[2], axis=0)
        care = cared[:, :, 0]
    else:
        care = pull.sum(axis=2)
        share = np.divide(pull, care[:, :, np.newaxis], out=np.zeros(pull.shape), where=care[:, :, np.newaxis] > 0)
    weight = np.where(care > 0, power * (care if weights == "capability_salience" else 1.0), 0.0)
    return Bargains(
        planes=np.stack([place, share, distance], axis=1),
        beyond=np.full(weight.shape, cost),
        weight=weight,
        reference=reference,
        pull=pull,
    )
