"""Parley shows how one side could approach talks, and how each approach would go.

The names here are the public face; they are imported when first used, so that `import parley` is quick::

    scenario = parley.load("tutorial/two-valleys")
    comparison = parley.compare(scenario, draws=500, seed=0)
    briefing = parley.brief(comparison)
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Approach": "parley.domain.approach",
    "Briefing": "parley.domain.briefing",
    "Comparison": "parley.domain.comparison",
    "Draws": "parley.domain.draws",
    "Ensemble": "parley.domain.forecast",
    "Estimate": "parley.domain.estimate",
    "Forecast": "parley.domain.forecast",
    "ParleyError": "parley.errors",
    "Scenario": "parley.domain.scenario",
    "ScenarioError": "parley.errors",
    "brief": "parley.workbench",
    "check": "parley.workbench",
    "compare": "parley.workbench",
    "engines": "parley.engines",
    "load": "parley.workbench",
    "read": "parley.workbench",
    "run": "parley.workbench",
    "schema": "parley.workbench",
    "write_html": "parley.workbench",
}

__all__ = ["__version__", *sorted(_HOMES)]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'parley' has no attribute '{name}'")
    home = importlib.import_module(_HOMES[name])
    return home if home.__name__ == f"parley.{name}" else getattr(home, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
