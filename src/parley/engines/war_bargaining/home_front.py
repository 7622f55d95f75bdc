"""Those at home who must bear or ratify a settlement, as bounds on what a side can agree to. Main name: `at_home`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parley.domain.doubt import Audience
from parley.domain.draws import Draws
from parley.domain.war import War
from parley.errors import Path
from parley.methods.crisis import audience_floor, ratified_floor
from parley.methods.pie import share_of_a

__all__ = ["at_home"]

Array = NDArray[np.float64]


def at_home(draws: Draws, war: War, floor: Array, ceiling: Array) -> tuple[Array, Array]:
    """Move the sides' bounds on each issue of the pie by what their ratifiers and publics allow.

    Ratifiers come first: the least that enough of them accept is a bound of the side's own. Then its public: a
    settlement short of the public line costs the penalty, so that the bound rises by it, though never beyond the line.

    Parameters
    ----------
    draws : samples of a scenario
    war : its section
    floor : the least share of each issue that side A's red lines allow, shape (draw, issue of the pie)
    ceiling : the largest share for side A that side B's red lines allow

    Returns
    -------
    The two bounds as moved
    """
    if war.home_front is None:
        return floor, ceiling
    low, left = floor.copy(), 1.0 - ceiling  # what side B keeps at least is its own floor
    for place, part in enumerate(war.pie):
        high = np.array([part.a_wants == "high"])
        low[:, place] = _moved(draws, war, war.side_a, part.issue, low[:, place], wants_high=high)
        left[:, place] = _moved(draws, war, war.side_b, part.issue, left[:, place], wants_high=~high)
    return low, 1.0 - left


def _moved(draws: Draws, war: War, side: str, issue: str, own: Array, *, wants_high: NDArray[np.bool_]) -> Array:
    home = war.home_front
    assert home is not None

    def of(group: str) -> list[Path]:
        return [
            ("war", "home_front", group, k)
            for k, each in enumerate(getattr(home, group))
            if (each.party, each.issue) == (side, issue)
        ]

    def line(path: Path) -> Array:
        return share_of_a(draws.column((*path, "line")), wants_high)

    ratifiers = of("ratifiers")
    if ratifiers:
        quota = draws.column(("war", "home_front", f"quota_{'a' if side == war.side_a else 'b'}"), default=1.0)
        floors = np.stack([line(path) for path in ratifiers], axis=-1)
        votes = np.stack([draws.column((*path, "votes")) for path in ratifiers], axis=-1)
        own = np.maximum(own, ratified_floor(floors, votes, quota))
    for path in of("audiences"):
        audience = home.audiences[int(path[-1])]
        penalty = draws.column((*path, "penalty")) * _weight(draws, audience)
        own = audience_floor(own, line(path), penalty)
    return own


def _weight(draws: Draws, audience: Audience) -> Array:
    """The share of the public that counts, 0..1: by the latest value of the series, or everybody."""
    if audience.opinion is None:
        return np.ones(len(draws))
    place = next(k for k, series in enumerate(draws.base.opinion) if series.id == audience.opinion)
    last = len(draws.base.opinion[place].observations) - 1
    share = np.clip(draws.column(("opinion", place, "observations", last, "value")) / 100.0, 0.0, 1.0)
    return share if audience.makes_it == "dearer" else 1.0 - share
