"""From a comparison to a briefing: `compose`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import parley
from parley.briefing.desk import Desk
from parley.briefing.sections import (
    approaches,
    blind_spots,
    bottom_line,
    delay,
    durability,
    engines,
    forecasts,
    judgements,
    moves,
    packages,
    pressure,
    resting_points,
    settlements,
    sources,
    threats,
    wants,
)
from parley.domain.briefing import Briefing, Section
from parley.domain.comparison import Comparison, ComparisonSummary

__all__ = ["SECTIONS", "compose"]

SECTIONS: tuple[Callable[[Desk], Section], ...] = (
    bottom_line.section,
    wants.section,
    settlements.section,
    moves.section,
    resting_points.section,
    packages.section,
    engines.section,
    approaches.section,
    delay.section,
    pressure.section,
    durability.section,
    threats.section,
    forecasts.section,
    judgements.section,
    blind_spots.section,
    sources.section,
)
"""The parts of a briefing, in reading order."""


def compose(
    comparison: Comparison,
    *,
    summary: ComparisonSummary | None = None,
    details: Mapping[str, Mapping[str, Any]] | None = None,
) -> Briefing:
    """Write the briefing of a comparison.

    Parameters
    ----------
    comparison : every engine's answers, without any approach and with each
    summary : its statistics, as `parley.approaches.summarise` gives them; None: they are computed
    details : what engines say beyond these of the most plausible numbers, by name, as
        `parley.ensembles.output.details_of` gives it; None: it is computed

    Returns
    -------
    Text, tables and charts in which every number knows what it rests on. What an engine or the scenario does not say
    is named as
    missing; no part is left out.
    """
    desk = Desk(comparison, summary, details)
    sections = tuple(section(desk) for section in SECTIONS)
    scenario = comparison.scenario
    return Briefing(
        title=scenario.title,
        question=scenario.question.text,
        asked_by=desk.party(comparison.asked_by),
        as_of=scenario.as_of,
        sections=sections,
        bases=desk.bases,
        seed=comparison.baseline.seed,
        draws=comparison.baseline.draws,
        version=parley.__version__,
        scenario_digest=scenario.digest,
    )
