"""What a search of packages says, as arrays (`recorded`) and as plain lists and mappings (`detail`)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.domain.draws import Draws
from parley.domain.forecast import Forecast
from parley.domain.measure import Spot
from parley.engines.package_search.outcome import SOLUTIONS
from parley.engines.package_search.search import Search, reserve_of, verdicts
from parley.methods.package_tables import Table
from parley.methods.package_wishes import signers

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["detail", "recorded"]


def recorded(draws: Draws, table: Table, found: Search) -> dict[str, Any]:
    """Lay a search out along `package` and `closing`."""
    worth, against = verdicts(draws, found.packages)
    issues, who = len(draws.base.issues), signers(draws.base)
    points = np.array([each.points for each in found.packages]).reshape(-1, issues)
    tried = np.zeros(issues)
    tried[list(table.issues)] = [np.isfinite(level[0]).sum() for level in table.levels]
    stays = np.array([each.stays for each in found.packages], dtype=np.float64).reshape(-1, issues)
    left = [each for how in found.how for each in how.left]
    return {
        "signs": (("party",), np.isin(np.arange(len(draws.base.parties)), who).astype(np.float64)),
        "package_role": (("package",), np.array([each.role for each in found.packages], dtype=np.str_)),
        "package_level": (("package", "issue"), points),
        "package_left": (("package", "issue"), stays),
        "package_worth": (("package", "party"), worth),
        "package_against": (("package",), np.array([" ".join(names) for names in against], dtype=np.str_)),
        "closed_by": (("closing",), np.array([" ".join(names) for names in found.closed_by], dtype=np.str_)),
        "closed_by_all": ((), float(found.complete)),
        "searched_by": (("table",), np.array([each.way for each in found.how], dtype=np.str_)),
        "frontier_whole": (("table",), np.array([float(each.whole) for each in found.how])),
        "frontier_step": (("table",), np.array([each.step for each in found.how])),
        "unproven": (("open",), np.array([role for role, _ in left], dtype=np.str_)),
        "unproven_gap": (("open",), np.array([gap for _, gap in left], dtype=np.float64)),
        "reserve": (("party",), reserve_of(draws)),
        "levels_tried": (("issue",), tried),
    }


def detail(forecast: Forecast) -> dict[str, Any]:
    """Lay one forecast out for JSON and pictures; see `PackageSearch.detail`."""
    data = forecast.data
    told = _packages(data)
    zone = bool(data["agreement"].item() == 1)
    parties = [str(party) for party in data["party"].values]
    reserve = {
        party: None if math.isnan(x) else x for party, x in zip(parties, data["reserve"].values.tolist(), strict=True)
    }
    signing = [party for party, signs in zip(parties, data["signs"].values, strict=True) if signs == 1]
    solution = str(forecast.made.parameters["solution"])
    return {
        "zone": zone,
        "closed_by": [str(names).split() for names in data["closed_by"].values if not zone],
        "closed_by_all": bool(data["closed_by_all"].item()),
        "signers": signing,
        "no_agreement": reserve,
        **_points(told, ""),
        "method": _method(forecast, 0),
        "linkage": _linkage(told, reserve, solution=solution, signing=signing),
        "prices": _prices(told, reserve, solution),
        "single_text": {"start": _one(told, "separate"), "steps": _numbered(told, "text ")},
        "grid": _grid(
            told,
            {str(issue): int(n) for issue, n in zip(data["issue"].values, data["levels_tried"].values, strict=True)},
        ),
        "leaving": _points(told, "any ") | {"method": _method(forecast, 1)} if data.sizes["table"] > 1 else None,
    }


SAYS = {
    "listing": "Every package was listed: the frontier is whole, and all packages that tie are told.",
    "merging": "The frontiers of issues that hang together were listed and merged: the frontier is whole.",
    "programs": "There are too many packages to be listed: integer programs looked for each answer, and what is told "
    "is proven unless said otherwise, to within a millionth of what a party's wishes can make out. Of packages that "
    "tie one is told, and those nearest to a party that need not sign are not looked for.",
}
MOST_NAMED = 5
"""As many roles that are left open are named in words; the list in `unproven` is whole."""

ROLES = {
    "nash": "the package with the largest product of gains",
    "kalai_smorodinsky": "the package with equal shares of what each could gain",
    "egalitarian": "the package with equal gains",
    "utilitarian": "the package with the largest sum",
    "leans": "the package that leans to",
    "nearest": "the best package for",
    "price": "the price of",
    "finer": "the package on finer levels",
}


def _method(forecast: Forecast, table: int) -> dict[str, Any]:
    """How a table was searched, and what that proves."""
    data = forecast.data
    way, whole, step = (data[name].values[table].item() for name in ("searched_by", "frontier_whole", "frontier_step"))
    known, prefix = math.isfinite(step), "any " * table
    told = set(data["package_role"].values.tolist())
    unproven = [
        {
            "role": role.removeprefix("any "),
            "found": role in told,
            "gap": gap if math.isfinite(gap) else None,
        }
        for role, gap in zip(data["unproven"].values.tolist(), data["unproven_gap"].values.tolist(), strict=True)
        if role.startswith("any ") == bool(prefix)
    ]
    solved = int(forecast.made.parameters["solved_draws"]) if way == "programs" else None
    return {
        "name": way,
        "whole_frontier": bool(whole),
        "step": step if known and not whole else None,
        "unproven": unproven,
        "exact": bool(whole) and not unproven,
        "solved_draws": solved,
        "says": " ".join([SAYS[way], *_frontier(way, whole=bool(whole), step=step), *_left(unproven), *_draws(solved)]),
    }


def _frontier(way: str, *, whole: bool, step: float) -> list[str]:
    """What the frontier told is worth."""
    if whole:
        return ["The frontier is whole."] if way == "programs" else []
    between = (
        f"in none does everybody get more than {100 * step:.1f} per cent of its range above the corner of a gap"
        if math.isfinite(step)
        else "how far, is not known"
    )
    return [
        "The frontier is told by points on it, with floors for all parties set as high as they go where the gaps are "
        f"widest. Others may lie between them: {between}."
    ]


def _left(unproven: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the search stopped before."""
    found = [f"{_role(each['role'])}{_gap(each['role'], each['gap'])}" for each in unproven if each["found"]]
    missing = [_role(each["role"]) for each in unproven if not each["found"]]
    if len(missing) > MOST_NAMED:
        missing = [*missing[:MOST_NAMED], f"{len(missing) - MOST_NAMED} more"]
    result = [f"Found, but not proven to be best: {'; '.join(found)}."] if found else []
    return [
        *result,
        *([f"Not looked for to the end, as that would take too long: {'; '.join(missing)}."] if missing else []),
    ]


def _role(role: str) -> str:
    name, _, of = role.partition(" ")
    return f"{ROLES[name]} {of}".rstrip()


def _gap(role: str, gap: float | None) -> str:
    if gap is None:
        return " (how much better there may be, is not known)"
    name = role.partition(" ")[0]
    if name in ("nash", "leans", "finer"):
        return f" (the product may be up to {100 * gap:.1f} per cent larger)"
    return f" (what it maximises may be up to {gap:.4g} more)" if gap else " (only what breaks ties is open)"


def _draws(solved: int | None) -> list[str]:
    return [] if solved is None else [f"Of many draws the first {solved} are solved; the others have no answer."]


def _points(told: Mapping[str, list[dict[str, Any]]], prefix: str) -> dict[str, Any]:
    """The frontier and what is picked from it."""
    return {
        "pareto": told.get(f"{prefix}pareto", []),
        **{name: told.get(prefix + name, []) for name in SOLUTIONS},
        "leans": _by_name(told, f"{prefix}leans "),
        "nearest": _by_name(told, f"{prefix}nearest "),
    }


def _packages(data: xr.Dataset) -> dict[str, list[dict[str, Any]]]:
    """Every package by its role."""
    levels, left, worth, against, roles = (
        data[f"package_{name}"].values.tolist() for name in ("level", "left", "worth", "against", "role")
    )
    issues, parties = ([str(name) for name in data[dim].values] for dim in ("issue", "party"))
    told: dict[str, list[dict[str, Any]]] = {}
    for k, role in enumerate(roles):
        made = {
            "package": {issue: Spot(x, issue) for issue, x in zip(issues, levels[k], strict=True) if not math.isnan(x)},
            "payoffs": {party: x for party, x in zip(parties, worth[k], strict=True) if not math.isnan(x)},
            "left": [issue for issue, stays in zip(issues, left[k], strict=True) if stays == 1],
            "against": against[k].split(),
        }
        told.setdefault(role, []).append(made)
    return told


def _by_name(told: Mapping[str, list[dict[str, Any]]], prefix: str) -> dict[str, dict[str, Any]]:
    return {role.removeprefix(prefix): found[0] for role, found in told.items() if role.startswith(prefix)}


def _numbered(told: Mapping[str, list[dict[str, Any]]], prefix: str) -> list[dict[str, Any]]:
    return list(_by_name(told, prefix).values())


def _one(told: Mapping[str, list[dict[str, Any]]], role: str) -> dict[str, Any] | None:
    return told[role][0] if role in told else None


def _grid(told: Mapping[str, list[dict[str, Any]]], tried: Mapping[str, int]) -> dict[str, Any]:
    """How many levels there were, and what about twice as many change."""
    now, finer = _one(told, "nash"), _one(told, "finer")
    changed = None if now is None or finer is None else _gains(finer["payoffs"], now["payoffs"])
    return {"levels": dict(tried), "finer": {"zone": finer is not None, "nash": finer, "difference": changed}}


def _linkage(
    told: Mapping[str, list[dict[str, Any]]],
    reserve: Mapping[str, float | None],
    *,
    solution: str,
    signing: Sequence[str],
) -> dict[str, Any]:
    """What the package brings more than separate talks on each issue, or than no agreement where these bring none."""
    separate, joint = _one(told, "separate"), _one(told, solution)
    if separate is None or joint is None:
        return {"separate": separate, "over": None, "worth": None, "product": None}
    signed = not separate["against"]
    before = separate["payoffs"] if signed else reserve
    products = [
        math.prod(each["payoffs"].get(party, 0.0) - (reserve[party] or 0.0) for party in signing)
        for each in (joint, separate)
    ]
    return {
        "separate": separate,
        "over": "separate" if signed else "no_agreement",
        "worth": _gains(joint["payoffs"], before),
        "product": {"joint": products[0], "separate": products[1] if signed else 0.0},
    }


def _prices(
    told: Mapping[str, list[dict[str, Any]]], reserve: Mapping[str, float | None], solution: str
) -> list[dict[str, Any]]:
    """What falls to whom if one red line or condition is given up, the dearest first."""
    now = _one(told, solution)
    before = reserve if now is None else now["payoffs"]
    found = [
        {"given_up": name, "gains": _gains(each["payoffs"], before), **each}
        for name, each in _by_name(told, "price ").items()
    ]
    found = [each for each in found if any(abs(gain) > 1e-9 for gain in each["gains"].values() if gain is not None)]
    return sorted(found, key=lambda each: (-sum(abs(gain or 0.0) for gain in each["gains"].values()), each["given_up"]))


def _gains(after: Mapping[str, float], before: Mapping[str, float | None]) -> dict[str, float | None]:
    return {party: None if (was := before.get(party)) is None else value - was for party, value in after.items()}
