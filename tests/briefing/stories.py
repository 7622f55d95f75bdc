"""Comparisons for tests of briefings: computed ones, and ones whose answers are set by hand."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from parley.approaches import compare
from parley.domain.briefing import Block, Briefing, Chart, Items, Paragraph, Piece, Section, Table
from parley.domain.comparison import Comparison
from parley.domain.forecast import EngineRun, Ensemble, Failure, Made
from parley.domain.scenario import Scenario
from parley.methods.results import dataset
from tests.builders import tiny_scenario

__all__ = ["DRAWS", "answered", "computed", "constant", "part", "text_of"]

DRAWS = 40


@functools.cache
def computed() -> Comparison:
    """The tiny scenario under every engine and approach."""
    return compare(tiny_scenario(), draws=DRAWS, seed=0)


def answered(
    answers: Mapping[str, Mapping[str | None, Mapping[str, Any]]],
    scenario: Scenario | None = None,
    *,
    failed: Sequence[str] = (),
    gaps: Mapping[str, tuple[str, ...]] | None = None,
) -> Comparison:
    """A comparison in which each engine answers what it is told to.

    Parameters
    ----------
    answers : by engine and approach (None: no change), the variables, each of shape (draw, ...)
    scenario : the scenario; the tiny one where absent
    failed : engines all of whose draws have failed
    gaps : engines that lack a section
    """
    told = tiny_scenario() if scenario is None else scenario
    names = dict.fromkeys(name for each in answers.values() for name in each if name is not None)
    chosen = tuple(each for each in told.approaches if each.id in names)
    ensembles = {name: _ensemble(told, answers, name, failed) for name in (None, *names)}
    baseline = dataclasses.replace(ensembles.pop(None), gaps=gaps or {})
    named = {str(name): each for name, each in ensembles.items()}
    return Comparison(
        scenario=told, asked_by=told.question.asked_by, baseline=baseline, approaches=chosen, ensembles=named
    )


def _ensemble(
    scenario: Scenario,
    answers: Mapping[str, Mapping[str | None, Mapping[str, Any]]],
    approach: str | None,
    failed: Sequence[str],
) -> Ensemble:
    runs = {}
    for engine, told in answers.items():
        made = Made(engine=engine, parameters={}, scenario_digest=scenario.digest, version="test", seed=0)
        data = dataset(scenario, DRAWS, told.get(approach, told[None]))
        failures = (
            tuple(Failure(draw=draw, reason="the numbers contradict each other") for draw in range(DRAWS))
            if engine in failed
            else ()
        )
        runs[engine] = EngineRun(made=made, data=data, failures=failures)
    return Ensemble(scenario=scenario, seed=0, draws=DRAWS, runs=runs, gaps={})


def part(briefing: Briefing, section_id: str) -> Section:
    """The section of this id."""
    return next(section for section in briefing.sections if section.id == section_id)


def text_of(briefing: Briefing, section_id: str) -> str:
    """All that a section says, tables and titles of charts included."""
    return "\n".join(_text(block) for block in part(briefing, section_id).blocks)


def _text(block: Block) -> str:
    match block:
        case Paragraph(pieces=pieces):
            return _run(pieces)
        case Items(items=items):
            return "\n".join(_run(item) for item in items)
        case Table(caption=caption, rows=rows):
            return "\n".join([caption, *(" | ".join(_run(cell) for cell in row) for row in rows)])
        case Chart(title=title, table=table):
            return f"{title}\n{_text(table)}"


def _run(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def constant(value: float, *dims: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The same number in every draw."""
    return np.full((DRAWS, *dims), value)
