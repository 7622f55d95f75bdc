"""Score the clock of lapsing on countries that it was not derived from.

`python scripts/durability_validation.py ceasefires_dataset.csv` prints the table of docs/engines/durability.md: the
Brier score of the chance that a ceasefire is over with nothing after it by some day, in five folds by country.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from durability_tables import CLASS_MODEL, HUMANITARIAN_MODEL, PROVISION_MODEL, SEED, classes
from numpy.typing import NDArray

from parley.domain.ceasefire import Ceasefire
from parley.domain.estimate import Estimate
from parley.domain.terms import Terms
from parley.files import ceasefires
from parley.methods import durability, durability_tables
from parley.predictions import durability_fit
from parley.predictions.durability_fit import factors
from parley.predictions.spells import Spells, spells

Array = NDArray[np.float64]
FOLDS, DAYS = 5, (30, 90, 365)
PROVISIONS = ("monitoring", "written", "part_of_process", "partial", "holiday", "humanitarian", "mediated")


def main() -> int:
    """Score and print."""
    sample = spells(ceasefires.read_file(Path(sys.argv[1])))
    fold = np.random.default_rng(SEED).permutation(sample.country.max() + 1) % FOLDS
    told = {name: np.full((len(sample), len(DAYS)), np.nan) for name in ("base rate", "class", "class and factors")}
    happened = outcomes(sample)
    for k in range(FOLDS):
        held = fold[sample.country] == k
        told["base rate"][held] = np.nanmean(happened[~held], axis=0)
        with mock.patch.object(durability_fit, "DRAWINGS", 20):
            content = figures(sample.part(~held))
        durability_tables._class.cache_clear()
        with (
            mock.patch.object(durability_tables, "figures", lambda content=content: content),
            mock.patch.object(durability, "figures", lambda content=content: content),
        ):
            for i in np.flatnonzero(held):
                for name, terms in asked(sample.truces[i]).items():
                    told[name][i] = chances(terms)
    report(sample, happened, told)
    return 0


def figures(sample: Spells) -> dict[str, Any]:
    """What the engine reads, from some countries alone."""
    return {
        "classes": dict(classes(sample)),
        "factors": {
            "classes": factors(sample, CLASS_MODEL),
            "provisions": factors(sample, PROVISION_MODEL),
            "with_humanitarian": factors(sample, HUMANITARIAN_MODEL),
        },
        "entry_into_force": durability_tables.figures()["entry_into_force"],
    }


def outcomes(sample: Spells) -> Array:
    """Whether each ceasefire was over with nothing after it by each day; NaN where that cannot be known."""
    held, days = sample.at(0.5)[:, np.newaxis], np.array(DAYS)
    lapsed, watched = (sample.cause == 0)[:, np.newaxis], (sample.cause >= 0)[:, np.newaxis] | (held > days)
    return np.where(watched, (lapsed & (held <= days)).astype(float), np.nan)


def asked(truce: Ceasefire) -> dict[str, Terms]:
    """The terms of a ceasefire, without and with its provisions."""
    length = None if truce.length_days is None else Estimate.exactly(float(truce.length_days))
    bare = Terms(side=truce.side, ceasefire_class=truce.ceasefire_class, length_days=length)
    provisions = {name: getattr(truce, name) for name in PROVISIONS}
    full = Terms(
        side=truce.side,
        ceasefire_class=truce.ceasefire_class,
        length_days=length,
        peacekeepers=truce.enforcement,
        **provisions,
    )
    return {"class": bare, "class and factors": full}


def chances(terms: Terms) -> list[float]:
    """The chance that it is over with nothing after it by each day."""
    length = None if terms.length_days is None else np.array([terms.length_days.mode])
    found = durability.clocks(terms, length, np.array([math.nan]), np.zeros((1, len(durability.NOISES))))
    lapsed = found.outcome[0, durability.OUTCOMES.index("lapsed")]
    return [float(lapsed[durability_tables.DAYS.index(day)]) for day in DAYS]


def report(sample: Spells, happened: Array, told: dict[str, Array]) -> None:
    """Print the scores, and how much better each is than the base rate, with 95% intervals by country."""
    print("| by day | ceasefires | lapsed | base rate | class | class and factors | gain over base rate (95%) |")
    print("|---|---|---|---|---|---|---|")
    rng = np.random.default_rng(SEED)
    size = sample.country.max() + 1
    weights = rng.multinomial(size, np.full(size, 1 / size), 1000)[:, sample.country]
    for k, day in enumerate(DAYS):
        known = ~np.isnan(happened[:, k])
        errors = {name: (chance[known, k] - happened[known, k]) ** 2 for name, chance in told.items()}
        gain = errors["base rate"] - errors["class and factors"]
        drawn = (weights[:, known] @ gain) / weights[:, known].sum(axis=1)
        low, high = np.quantile(drawn, (0.025, 0.975))
        scores = " | ".join(f"{each.mean():.3f}" for each in errors.values())
        print(
            f"| {day} | {known.sum()} | {happened[known, k].mean():.0%} | {scores} | "
            f"{gain.mean():.3f} ({low:.3f} to {high:.3f}) |"
        )


if __name__ == "__main__":
    sys.exit(main())
