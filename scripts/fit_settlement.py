"""Fit the settlement distribution to the shipped decided issues, and write what it is worth.

`python scripts/fit_settlement.py` writes the coefficients that ship (src/parley/datasets/settlement-distribution) and
the tables of docs/explanation/settlement-validation.md; with `--check` it writes nothing and ends with 1 where these
would change.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from parley import resources
from parley.domain.decided import DecidedIssues
from parley.files.decided import read_deu
from parley.methods.scoring import interval_coverage
from parley.methods.settlement_distribution import Parameters
from parley.predictions.council import council_capability
from parley.predictions.settlement_fit import fit
from parley.predictions.settlement_validation import (
    DISTRIBUTIONS,
    GRID,
    Difference,
    Material,
    Scores,
    cross_validated,
    difference,
    forecasts,
)

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "parley" / "datasets" / "deu3" / "deu3.csv"
PARAMETERS = ROOT / "src" / "parley" / "datasets" / "settlement-distribution" / "parameters.json"
PAGE = ROOT / "docs" / "explanation" / "settlement-validation.md"
BEGIN, END = "<!-- Tables: written by scripts/fit_settlement.py. -->", "<!-- End of tables. -->"

SPLIT_SEED, HELD_PROPOSALS = 20261122, 41
LAST_EARLY_YEAR = 2001


def main() -> int:
    """Fit, score and write; or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where a file would change")
    check = parser.parse_args().check
    decided = read_deu(SOURCE)
    votes = council_capability(decided)
    material = Material.of(decided, votes)
    parameters = fit(material.stands, material.outcome)
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()
    page = PAGE.read_text(encoding="utf-8")
    tables = "\n\n".join((BEGIN, *report(decided, material), END))
    files = {
        PARAMETERS: parameters_file(parameters, digest, len(decided)),
        PAGE: re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: tables, page, flags=re.DOTALL),
    }
    stale = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if check:
            print(f"{path.relative_to(ROOT)} is stale; run: python scripts/fit_settlement.py", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    if stale and not check:
        resources.refresh_sums()
    return 1 if check and stale else 0


def parameters_file(parameters: Parameters, digest: str, issues: int) -> str:
    """The coefficients as JSON, to ten significant digits."""
    rounded = {
        part: {name: float(f"{value:.10g}") for name, value in named.items()}
        for part, named in parameters.as_mapping().items()
    }
    note = f"Fitted to {issues} issues of DEU III by scripts/fit_settlement.py; docs/decisions/0009 has the method."
    content: dict[str, Any] = {"note": note, "data_sha256": digest, **rounded}
    return json.dumps(content, indent=2) + "\n"


def report(decided: DecidedIssues, material: Material) -> Iterator[str]:
    """The tables of the page."""
    repeats = cross_validated(material)
    scores = {name: Scores.of(found, material.outcome) for name, found in repeats.items()}
    points = {
        "compromise mean, a single number": Scores.of_point(material.mean, material.outcome),
        "mean by Council votes, a single number": Scores.of_point(material.mean_votes, material.outcome),
    }
    yield from overall(material, scores, points)
    yield from by_positions(material, scores)
    yield from by_part(decided, material, scores)
    yield from across_time(decided, material)
    yield from calibration(material, repeats["distribution"], scores["distribution"])


def overall(material: Material, scores: Mapping[str, Scores], points: Mapping[str, Scores]) -> Iterator[str]:
    """All forecasts on all issues."""
    outcome, groups = material.outcome, material.groups
    yield (
        f"### All {outcome.size} issues of {groups.max() + 1} proposals\n\n"
        "5 folds by proposal, repeated 10 times. MAE: mean absolute error of the median, and its difference from the "
        "compromise mean; CRPS: and its difference from the compromise mean with residuals; RMSE: of the mean. In "
        "brackets: 95% intervals."
    )
    mean = np.abs(material.mean - outcome)
    head = "| forecast | MAE | difference | CRPS | difference | RMSE |\n|---|---|---|---|---|---|"
    rows = [head]
    titled = {DISTRIBUTIONS[name]: each for name, each in scores.items()}
    for title, each in (titled | dict(points)).items():
        by_error = difference(each.absolute_error, mean, groups)
        by_crps = difference(each.crps, scores["residuals"].crps, groups)
        rmse = np.sqrt(each.squared_error.mean())
        rows.append(
            f"| {title} | {each.absolute_error.mean():.2f} | {shown(by_error)} | {each.crps.mean():.2f} | "
            f"{shown(by_crps)} | {rmse:.2f} |"
        )
    yield "\n".join(rows)
    mine, same = scores["distribution"], scores["residuals_votes"]
    by_error = difference(mine.absolute_error, np.abs(material.mean_votes - outcome), groups)
    yield (
        "With the same weights on both sides, so that nothing is gained by the votes: the settlement distribution "
        f"against the mean by Council votes, MAE {shown(by_error)}; against that mean with residuals, CRPS "
        f"{shown(difference(mine.crps, same.crps, groups))}."
    )


def by_positions(material: Material, scores: Mapping[str, Scores]) -> Iterator[str]:
    """The distribution by how many positions an issue has."""
    count = np.array([stands.place.size for stands in material.stands])
    kinds = {"2": count == 2, "3": count == 3, "4 or more": count >= 4}
    yield "### By the number of positions\n\n" + compared(material, scores, kinds, "positions")


def by_part(decided: DecidedIssues, material: Material, scores: Mapping[str, Scores]) -> Iterator[str]:
    """The part on which details were chosen, and the other; and the other forecast from the first alone."""
    proposals = np.array(sorted(set(decided.groups)))
    held = np.isin(decided.groups, np.random.default_rng(SPLIT_SEED).permutation(proposals)[:HELD_PROPOSALS])
    kinds = {"details chosen here": ~held, "the other": held}
    yield "### By part\n\nCross-validated as above.\n\n" + compared(material, scores, kinds, "part")
    yield from fitted_elsewhere(material, {"the other, fitted where details were chosen": (~held, held)})


def across_time(decided: DecidedIssues, material: Material) -> Iterator[str]:
    """Fitted to early proposals and scored on late ones, and back."""
    early = np.array([proposal_year(group) <= LAST_EARLY_YEAR for group in decided.groups])
    yield f"### Across time\n\nEarly: proposals of {LAST_EARLY_YEAR} and before."
    yield from fitted_elsewhere(
        material, {"late, fitted to early": (early, ~early), "early, fitted to late": (~early, early)}
    )


def proposal_year(proposal: str) -> int:
    """The year in which a proposal was made, from its id, such as d99045 or n06212."""
    year = int(proposal[1:3])
    return 1900 + year if year > 50 else 2000 + year


def fitted_elsewhere(material: Material, cases: Mapping[str, tuple[Any, Any]]) -> Iterator[str]:
    """Scores of one part, fitted to another once."""
    rows = [compared_head("scored")]
    for title, (train, test) in cases.items():
        where = np.flatnonzero(test)
        found = forecasts(material, np.flatnonzero(train), where)
        scores = {name: Scores.of([found[name]], material.outcome[where]) for name in ("distribution", "residuals")}
        rows.append(compared_row(title, material, scores, where))
    yield "\n".join(rows)


def compared(material: Material, scores: Mapping[str, Scores], kinds: Mapping[str, Any], what: str) -> str:
    """Table of the distribution beside the compromise mean on kinds of issues."""
    rows = [compared_head(what)]
    for title, kind in kinds.items():
        where = np.flatnonzero(kind)
        part = {
            name: Scores(**{field: getattr(scores[name], field)[where] for field in Scores.__dataclass_fields__})
            for name in ("distribution", "residuals")
        }
        rows.append(compared_row(title, material, part, where))
    return "\n".join(rows)


def compared_head(what: str) -> str:
    """The head of a table of comparison."""
    return (
        f"| {what} | issues | MAE, mean | MAE | difference | CRPS, mean with residuals | CRPS | difference |\n"
        "|---|---|---|---|---|---|---|---|"
    )


def compared_row(title: str, material: Material, scores: Mapping[str, Scores], where: Any) -> str:
    """One row of it."""
    mine, base, groups = scores["distribution"], scores["residuals"], material.groups[where]
    mean = np.abs(material.mean - material.outcome)[where]
    return (
        f"| {title} | {where.size} | {mean.mean():.2f} | {mine.absolute_error.mean():.2f} | "
        f"{shown(difference(mine.absolute_error, mean, groups))} | {base.crps.mean():.2f} | {mine.crps.mean():.2f} | "
        f"{shown(difference(mine.crps, base.crps, groups))} |"
    )


def calibration(material: Material, repeats: list[Any], scores: Scores) -> Iterator[str]:
    """How often intervals and positions were hit, beside how often they should have been."""
    rows = ["| announced | came about |", "|---|---|"]
    for level in (0.5, 0.8, 0.9):
        found = np.mean([interval_coverage(each, GRID, material.outcome, level).mean() for each in repeats])
        rows.append(f"| central interval of {level:.0%}, randomised PIT | {found:.1%} |")
    rows.append(
        f"| 10th to 90th percentile with its ends, {scores.width.mean():.0f} points wide | {scores.closed.mean():.1%} |"
    )
    held = np.zeros((material.outcome.size, 101))
    for row, stands in zip(held, material.stands, strict=True):
        row[np.floor(stands.position + 0.5).astype(int)] = 1.0
    announced = np.mean([(each * held).sum(axis=1).mean() for each in repeats])
    hit = held[np.arange(material.outcome.size), material.outcome.astype(int)].mean()
    rows.append(f"| on a position: {announced:.1%} | {hit:.1%} |")
    outside = np.array(
        [not s.position.min() <= y <= s.position.max() for s, y in zip(material.stands, material.outcome, strict=True)]
    )
    rows.append(f"| beyond all positions: 0 | {outside.sum()} of {outside.size} issues |")
    yield "### Calibration\n\n" + "\n".join(rows)


def shown(found: Difference) -> str:
    """A difference with its interval."""
    return f"{found.mean:+.2f} [{found.low:+.2f}, {found.high:+.2f}]"


if __name__ == "__main__":
    sys.exit(main())
