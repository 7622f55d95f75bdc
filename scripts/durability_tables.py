"""Derive the shipped figures on how long ceasefires and peace held, from the user's own copies of the data.

`python scripts/durability_tables.py FOLDER` reads `ceasefires_dataset.csv`, `pad_merged.csv` and
`fortna_peacekeeping.dta` there, or each from the path given for it, and writes src/parley/datasets/durability; with
`--check` it writes nothing and ends with 1 where a file would change. The data files do not ship.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import itertools
import json
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from parley import resources
from parley.domain.ceasefire import Ceasefire
from parley.errors import ParleyError
from parley.files import ceasefires
from parley.methods.durability_tables import ANY, FEWEST, FEWEST_COUNTRIES, JOINT, TABLE_DAYS, TERMS
from parley.methods.survival import median_survival, net_survival
from parley.predictions.durability_fit import cell, entry_into_force, factors, prolongation, survival
from parley.predictions.spells import Spells, has_successor, past_truces, spells

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "parley" / "datasets" / "durability"
FILES = {
    "ceasefires": "ceasefires_dataset.csv",
    "agreements": "pad_merged.csv",
    "peace": "fortna_peacekeeping.dta",
}
SEED = 20261128
MOST_NAMED = 150

CLASS_MODEL = ("preliminary", "definitive", "bilateral", "fixed")
PROVISION_MODEL = (
    *("monitoring", "peacekeepers", "demobilisation", "written", "part_of_process", "partial", "holiday"),
    *("mediated", "bilateral"),
)
HUMANITARIAN_MODEL = (*PROVISION_MODEL, "humanitarian")


def main() -> int:
    """Read, derive and write; or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="where the three files lie under their own names")
    for name, file in FILES.items():
        parser.add_argument(f"--{name}", type=Path, help=f"path of {file}")
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where a file would change")
    given = parser.parse_args()
    paths = {name: getattr(given, name) or (given.folder and given.folder / file) for name, file in FILES.items()}
    for name, path in paths.items():
        if path is None or not path.is_file():
            where = f"no file {path}" if path else f"{FILES[name]} is missing"
            parser.error(f"{where}; name its folder, or its path with --{name} (the data do not ship with Parley)")
    try:
        truces = ceasefires.read_file(paths["ceasefires"])
    except ParleyError as error:
        parser.error(str(error))
    files = {OUT / "figures.json": figures(truces, paths), OUT / "truces.csv": named(truces)}
    return write(files, check=given.check)


def write(files: dict[Path, str], *, check: bool) -> int:
    """Write what has changed, or say so."""
    stale = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if check:
            print(f"{path.relative_to(ROOT)} would change", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], encoding="utf-8", newline="\n")
            print(f"wrote {path.relative_to(ROOT)}")
    if stale and not check:
        resources.refresh_sums()
    return 1 if check and stale else 0


def figures(truces: Sequence[Ceasefire], paths: dict[str, Path]) -> str:
    """Everything derived, as JSON with one line for each figure."""
    sample = spells(truces)
    content = {
        "note": "Derived by scripts/durability_tables.py; README.md says from what. Associations, not effects.",
        "data_sha256": {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in paths.items()},
        "seed": SEED,
        "table_days": list(TABLE_DAYS),
        "labels": labels(truces, sample),
        "ceasefires": {name: survival(group, SEED) for name, group in groups(sample)},
        "ceasefires_counting_never": {
            name: survival(group, SEED) for name, group in groups(spells(truces, count_never=True))
        },
        "classes": dict(classes(sample)),
        "prolongation": [prolongation(truces, int(low), int(high), SEED) for low, high in TERMS.values()],
        "prolongation_of_two_or_more_sides": prolongation(
            [each for each in truces if each.side != "unilateral"], 28, 35, SEED
        ),
        "entry_into_force": entry_into_force(truces, SEED),
        "factors": {
            "classes": factors(sample, CLASS_MODEL),
            "provisions": factors(sample, PROVISION_MODEL),
            "with_humanitarian": factors(sample, HUMANITARIAN_MODEL),
        },
        "factors_counting_never": {
            "classes": factors(spells(truces, count_never=True), CLASS_MODEL),
            "provisions": factors(spells(truces, count_never=True), PROVISION_MODEL),
        },
        "countries": countries(truces, sample),
        "agreements": agreements(paths["agreements"]),
        "peace": peace(paths["peace"]),
    }
    return printed(content)


def printed(content: dict[str, Any]) -> str:
    """JSON in which each entry of the second level has a line of its own."""
    lines = []
    for key, value in content.items():
        if isinstance(value, dict) and value:
            inner = ",\n".join(f"  {json.dumps(name)}: {json.dumps(each)}" for name, each in value.items())
            lines.append(f" {json.dumps(key)}: {{\n{inner}\n }}")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def labels(truces: Sequence[Ceasefire], sample: Spells) -> dict[str, Any]:
    """Whether the codes of `ended` mean what they are taken to mean: how many behave so."""
    dated = [each for each in sample.truces if each.ended is not None]
    expired = [each for each in dated if each.ending == "expired"]
    replaced = [each for each in dated if each.ending == "replaced"]
    never = [each for each in truces if each.ending == "never took effect"]
    at_term = [
        each.length_days is not None
        and (each.ended.first - each.started.last).days - 1 <= each.length_days
        and each.length_days <= (each.ended.last - each.started.first).days + 1
        for each in expired
        if each.ended and each.started
    ]
    return {
        "expired": {
            "n": len(expired),
            "had a fixed term": sum(each.fixed is True for each in expired),
            "ended when it was over, within a day": sum(at_term),
        },
        "replaced": {
            "n": len(replaced),
            "another began within a week": sum(has_successor(each, truces) for each in replaced),
        },
        "never took effect": {"n": len(never), "no date of an end": sum(each.ended is None for each in never)},
    }


def groups(sample: Spells) -> Iterator[tuple[str, Spells]]:
    """The groups of the published table."""
    exact = sample.low == sample.high
    tests = {
        "all": lambda each: True,
        "cessation": lambda each: each.ceasefire_class == "cessation",
        "preliminary": lambda each: each.ceasefire_class == "preliminary",
        "definitive": lambda each: each.ceasefire_class == "definitive",
        "unilateral": lambda each: each.side == "unilateral",
        "bilateral": lambda each: each.side == "bilateral",
        "multilateral": lambda each: each.side == "multilateral",
        "fixed term": lambda each: each.fixed is True,
        "open-ended": lambda each: each.fixed is False,
        "with monitoring": lambda each: each.monitoring is True,
        "without monitoring": lambda each: each.monitoring is False,
        "part of a process": lambda each: each.part_of_process,
        "mediated": lambda each: each.mediated,
        "written": lambda each: each.written,
        "partial": lambda each: each.partial,
        "holiday": lambda each: each.holiday,
        "humanitarian": lambda each: each.humanitarian,
        "open-ended, two or more sides": lambda each: each.fixed is False and each.side != "unilateral",
        "28-35 days, two or more sides": lambda each: (
            each.length_days is not None and 28 <= each.length_days <= 35 and each.side != "unilateral"
        ),
    }
    yield "exact dates only", sample.part(exact)
    for name, test in tests.items():
        yield name, sample.part(np.array([test(each) for each in sample.truces]))


def classes(sample: Spells) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every class of ceasefires by side, class and term that has enough of them."""
    sides = ("unilateral", "bilateral", "multilateral", JOINT, ANY)
    kinds = ("cessation", "preliminary", "definitive", ANY)
    for side, kind, term in itertools.product(sides, kinds, ("open-ended", "fixed", *TERMS)):
        wanted = np.array([belongs(each, side, kind, term) for each in sample.truces])
        group = sample.part(wanted)
        if len(group) >= FEWEST and np.unique(group.country).size >= FEWEST_COUNTRIES:
            yield f"{side}/{kind}/{term}", cell(group, relative=term != "open-ended", seed=SEED)


def belongs(truce: Ceasefire, side: str, kind: str, term: str) -> bool:
    """Whether a ceasefire is of a class."""
    by_side = side in (ANY, truce.side) or (side == JOINT and truce.side != "unilateral")
    if not by_side or kind not in (ANY, truce.ceasefire_class):
        return False
    if term == "open-ended":
        return truce.fixed is False
    if truce.length_days is None:
        return False
    low, high = TERMS.get(term, (1, math.inf))
    return low <= truce.length_days <= high


def countries(truces: Sequence[Ceasefire], sample: Spells) -> dict[str, Any]:
    """What is known of the countries with at least twenty ceasefires."""
    result = {}
    for country in sorted({each.country for each in truces}):
        own = [each for each in truces if each.country == country]
        if len(own) < 20:
            continue
        ended = sample.part(np.array([each.country == country and each.ended is not None for each in sample.truces]))
        middle = ended.at(0.5)
        years = sorted(each.declared.first.year for each in own if each.declared)
        result[country] = {
            "n": len(own),
            "ended": len(ended),
            "median": float(np.median(middle)) if len(ended) else None,
            "over_within_30": round(float(np.mean(middle <= 30)), 4) if len(ended) else None,
            "cessations": round(float(np.mean([each.ceasefire_class == "cessation" for each in own])), 4),
            "first": years[0],
            "last": years[-1],
        }
    return result


def agreements(path: Path) -> dict[str, Any]:
    """How long peace agreements held (UCDP Peace Agreements with covariates)."""
    table = pd.read_csv(path, low_memory=False)
    signed = pd.to_datetime(table["pa_date"], errors="coerce")
    ended = pd.to_datetime(table["duration"], errors="coerce")
    days = (ended.fillna(pd.Timestamp("2021-12-31")) - signed).dt.days
    known = (days >= 0) & ((table["ended"] != 1) | ended.notna())
    table = table.assign(days=days.astype(float), failed=(table["ended"] == 1), country=table["gwno"])[known]
    kinds = {
        "all": table.index == table.index,
        **{name: table["pa_type"] == k for k, name in enumerate(("full", "partial", "process"), 1)},
    }
    failures = table.loc[table["failed"], "days"]
    model = table.assign(
        full=(table["pa_type"] == 1).astype(float), commission=table["co_impl"], peacekeepers=table["pko"]
    )
    names = ["full", "cease", "commission", "ddr", "peacekeepers"]
    return {
        "failures": int(table["failed"].sum()),
        "median_of_failures": float(failures.median()),
        "survival": {name: peace_survival(table[kind]) for name, kind in kinds.items()},
        "factors": cox(model[[*names, "days", "failed", "country"]], names),
    }


def peace(path: Path) -> dict[str, Any]:
    """How long peace after civil wars held (Fortna)."""
    table = pd.read_stata(path)
    table = table[table["_st"] == 1].assign(
        begun=table["_t0"],
        days=table["_t"],
        failed=table["_d"] == 1,
        country=table["ccode"],
        peacekeepers=table["pk_dum"],
        **{name: table.groupby("id")[name].transform("first") for name in ("victory", "treaty")},
    )
    last = table.sort_values("days").groupby("id").tail(1)
    kinds = {"all": last["id"].notna(), "after victory": last["victory"] == 1, "not victory": last["victory"] == 0}
    names = ["peacekeepers", "victory", "treaty"]
    model = table[[*names, "begun", "days", "failed", "country"]]
    return {
        "survival": {name: peace_survival(last[kind]) for name, kind in kinds.items()},
        "factors": cox(model, names),
    }


def cox(table: pd.DataFrame, names: Sequence[str]) -> dict[str, Any]:
    """Ratios of rates by Cox's regression, with intervals robust to likeness within countries."""
    from lifelines import CoxPHFitter

    clean = table.dropna()
    entry = "begun" if "begun" in clean else None
    fitted = CoxPHFitter().fit(clean, "days", "failed", cluster_col="country", entry_col=entry)
    bounds = np.exp(fitted.confidence_intervals_)
    return {
        "n": len(clean),
        **{
            name: {
                "ratio": round(float(np.exp(fitted.params_[name])), 4),
                "low": round(float(bounds.loc[name].iloc[0]), 4),
                "high": round(float(bounds.loc[name].iloc[1]), 4),
            }
            for name in names
        },
    }


PEACE_DAYS = (30, 90, 180, 365, 730, 1826, 3652)


def peace_survival(table: pd.DataFrame) -> dict[str, Any]:
    """The share of spells of peace that last, with 95% intervals from drawing countries anew."""
    days, failed = table["days"].to_numpy(dtype=float), table["failed"].to_numpy(dtype=bool)
    country = np.unique(table["country"], return_inverse=True)[1]
    at, rng = np.array(PEACE_DAYS, dtype=float), np.random.default_rng(SEED)
    share = net_survival(days, failed[np.newaxis], np.ones(days.size), at)[0]
    size = country.max() + 1
    weights = rng.multinomial(size, np.full(size, 1.0 / size), 1000)[:, country].astype(float)
    drawn = np.stack([net_survival(days, failed[np.newaxis], weight, at)[0] for weight in weights])
    median = median_survival(days, failed, np.ones(days.size))
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0)
    shown = {"share": share, "low": low, "high": high}
    return {
        "n": len(table),
        "countries": int(size),
        "days": list(PEACE_DAYS),
        "median": None if math.isnan(median) else median,
        **{name: [round(float(value), 4) for value in values] for name, values in shown.items()},
    }


def named(truces: Sequence[Ceasefire]) -> str:
    """A limited list of truces by name: those of some weeks or months, and open-ended ones that were monitored."""
    sample = spells(truces)
    chosen = [
        (each.length_days is None, each.partial, each)
        for each in sample.truces
        if each.side != "unilateral" and worth_naming(each)
    ]
    kept = {id(each) for *_, each in sorted(chosen, key=lambda item: item[:2])[:MOST_NAMED]}
    listed = past_truces(sample.part(np.array([id(each) in kept for each in sample.truces])))
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("country", "began", "side", "class", "term_days", "monitoring", "held_days", "ended"))
    for each in sorted(listed, key=lambda truce: (truce.country, truce.began, truce.held_days)):
        watched = {None: "", True: "yes", False: "no"}[each.monitoring]
        length, held = each.length_days or "", f"{each.held_days:.0f}"
        rows.writerow((each.country, each.began, each.side, each.ceasefire_class, length, watched, held, each.ended))
    return out.getvalue()


def worth_naming(truce: Ceasefire) -> bool:
    """Whether a truce goes into the list."""
    if truce.length_days is not None:
        return 14 <= truce.length_days <= 120
    return truce.fixed is False and truce.monitoring is True and truce.ceasefire_class == "preliminary"


if __name__ == "__main__":
    sys.exit(main())
