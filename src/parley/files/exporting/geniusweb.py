"""A scenario as a negotiation domain of GeniusWeb in JSON, with a profile for each party: `to_geniusweb`."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from typing import Any

import numpy as np

from parley.domain.scenario import Scenario
from parley.files.exporting.profiles import Written, WrittenProfile, notes_on, written
from parley.files.exporting.tables import Exported
from parley.methods.packages import MAX_PACKAGES, listed, payoffs
from parley.methods.stated_payoffs import space

__all__ = ["to_geniusweb"]

FORM = "files of GeniusWeb"
DIGITS = 12


def to_geniusweb(scenario: Scenario) -> Exported:
    """Write the payoffs as a domain of GeniusWeb and a profile for each party.

    Parameters
    ----------
    scenario : the scenario

    Returns
    -------
    A file for the domain and one for each party. GeniusWeb takes worths of 0 to 1 and weights that sum to 1: payoffs
    that are none are put on that scale, which changes no preference. A reserve value becomes the package that is worth
    as much, or else the worst one that is worth more.

    Raises
    ------
    UsageError
        If the scenario has neither payoffs nor positions.
    """
    made = written(scenario)
    domain = {"name": made.title, "issuesValues": {each.name: {"values": list(each.values)} for each in made.issues}}
    notes: list[str] = []
    files = {f"{made.file}.json": _text(domain)}
    files |= {f"{each.file}.json": _text(_profile(made, domain, each, notes)) for each in made.profiles}
    return Exported(files=files, notes=(*notes, *notes_on(scenario, FORM)))


def _text(content: Any) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _profile(made: Written, domain: Any, profile: WrittenProfile, notes: list[str]) -> Any:
    fits = _fits(profile)
    bid = None if fits and profile.reserve == 0 else _reservation(made, profile, notes)
    shown = profile
    if not fits:
        shown = _fitted(profile)
        notes.append(
            f"GeniusWeb takes worths of 0 to 1 and weights that sum to 1: those of '{profile.name}' are put on that "
            "scale, which changes no preference"
        )
    if profile.discount is not None:
        notes.append(f"GeniusWeb has no place for the discount of '{profile.name}'")
    names = [each.name for each in made.issues]
    tables = [
        dict(zip(issue.values, worth, strict=True)) for issue, worth in zip(made.issues, shown.worth, strict=True)
    ]
    return {
        "LinearAdditiveUtilitySpace": {
            "domain": domain,
            "name": profile.name,
            "issueUtilities": {
                name: {"DiscreteValueSetUtilities": {"valueUtilities": table}}
                for name, table in zip(names, tables, strict=True)
            },
            "issueWeights": dict(zip(names, shown.weight, strict=True)),
            "reservationBid": None if bid is None else {"issuevalues": dict(zip(names, bid, strict=True))},
        }
    }


def _fits(profile: WrittenProfile) -> bool:
    """Whether GeniusWeb takes the numbers as they are."""
    worths = [each for worth in profile.worth for each in worth]
    total = sum(Decimal(repr(each)) for each in profile.weight)
    return not profile.base and total == 1 and min(profile.weight) >= 0 and all(0 <= each <= 1 for each in worths)


def _fitted(profile: WrittenProfile) -> WrittenProfile:
    """The same preferences with worths of 0 to 1 and weights whose decimals sum to 1."""
    parts = [np.array(worth) * weight for worth, weight in zip(profile.worth, profile.weight, strict=True)]
    spans = [float(np.ptp(part)) for part in parts]
    total = sum(spans)
    worth = [
        ((part - part.min()) / span).tolist() if span else [0.0] * part.size
        for part, span in zip(parts, spans, strict=True)
    ]
    weights = [round(Decimal(span / total if total else 1 / len(spans)), DIGITS) for span in spans]
    weights[weights.index(max(weights))] += 1 - sum(weights)
    return dataclasses.replace(profile, worth=worth, weight=[float(each) for each in weights], base=0.0)


def _reservation(made: Written, profile: WrittenProfile, notes: list[str]) -> list[str] | None:
    """The values of the package that is worth as much as no agreement; None where any package is better."""
    reserve = profile.reserve
    if reserve is None:
        return None
    weight, worth = np.array([profile.weight]), [np.array([each]) for each in profile.worth]
    packages = space(worth, weight, reserve=np.array([reserve]), base=np.array([profile.base]))
    if packages.count > MAX_PACKAGES:
        notes.append(
            f"there are too many packages to find one for the reserve value of '{profile.name}': it is left out"
        )
        return None
    found = payoffs(packages)[0]
    better = np.where(found >= reserve, found, np.inf)
    place = int(np.argmin(better))
    if not np.isfinite(better[place]):
        place = int(np.argmax(found))
        notes.append(f"no package is as good to '{profile.name}' as no agreement: its best one stands for that")
    elif found[place] > reserve:
        notes.append(
            f"no package is worth the reserve value {reserve:g} to '{profile.name}': the worst one that is worth more "
            f"stands for it, at {found[place]:g}"
        )
    levels = listed(packages, np.array([place], dtype=np.intp))[0].tolist()
    return [issue.values[level] for issue, level in zip(made.issues, levels, strict=True)]
