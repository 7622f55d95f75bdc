"""Conflicts as a stranger would write them, and what `parley run --json` makes of them: for tests only."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
from typer.testing import CliRunner

from parley import workbench
from parley.cli.app import app

__all__ = ["DILEMMA", "ranked", "ran", "told", "written"]

DILEMMA = """
  options:
    - {id: row_defects, name: Row defects, party: row, words: does not cooperate}
    - {id: column_defects, name: Column defects, party: column, words: does not cooperate}
  states:
    - {id: cc, when: -row_defects & -column_defects}
    - {id: dc, when: row_defects & -column_defects}
    - {id: cd, when: -row_defects & column_defects}
    - {id: dd, when: row_defects & column_defects}
"""
"""Two players, each of whom can cooperate (c) or defect (d); row's choice first."""


def written(conflict: str, *parties: str) -> str:
    """A whole scenario file around the lines of a conflict."""
    people = "".join(f"  - {{id: {name}, name: {name}, role: other, capability: 1}}\n" for name in parties)
    return (
        f"title: A case\nquestion: {{text: What holds?, asked_by: {parties[0]}}}\nas_of: 2020-01-01\n"
        f"parties:\n{people}issues: []\nconflict:\n{conflict}"
    )


def ranked(**best_first: str) -> str:
    """Preferences by ranking: states apart by a space are worse and worse, those joined by = as good."""
    lines = []
    for party, text in best_first.items():
        groups = ", ".join(f"[{group.replace('=', ', ')}]" for group in text.split())
        lines.append(f"    - party: {party}\n      ranking: [{groups}]\n")
    return "  preferences:\n" + "".join(lines)


def ran(tmp_path: Any, case: str, *arguments: str) -> dict[str, Any]:
    """What `parley run CASE --engine graph_model --json` prints of the engine; a case with lines is written first."""
    if "\n" in case:
        path = tmp_path / "scenario.yaml"
        path.write_text(case, encoding="utf-8")
        case = str(path)
    store = ("--store", str(tmp_path / "runs"), "--json")
    done = CliRunner().invoke(app, ["run", case, "--engine", "graph_model", *arguments, *store])
    # 4 says that no resting point can be reached; what holds is told all the same
    assert done.exit_code in (0, 4), done.output
    document = json.loads(done.stdout)
    jsonschema.validate(document, workbench.schema("run"))
    result: dict[str, Any] = document["engines"]["graph_model"]
    return result


def told(tmp_path: Any, case: str, *arguments: str) -> dict[str, Any]:
    """The detail of `ran`."""
    result: dict[str, Any] = ran(tmp_path, case, *arguments)["detail"]
    return result
