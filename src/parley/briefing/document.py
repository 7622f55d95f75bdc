"""A briefing as JSON: `to_json`."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

from parley.domain.briefing import Basis, Block, Briefing, Chart, Items, Paragraph, Piece, Table

__all__ = ["to_json"]

Run = tuple[Piece, ...]


def to_json(briefing: Briefing) -> dict[str, Any]:
    """Lay a briefing out as plain mappings and lists.

    Parameters
    ----------
    briefing : the briefing

    Returns
    -------
    One object with `schema`, `parley`, `seed`, `draws`, `scenario`, the header, `sections` and `bases`; NaN is None.
    Each block has
    a `type`: `paragraph`, `items`, `table` or `chart`.
    """
    return {
        "schema": "parley/briefing/1",
        "parley": briefing.version,
        "seed": briefing.seed,
        "draws": briefing.draws,
        "scenario": briefing.scenario_digest,
        "title": briefing.title,
        "question": briefing.question,
        "asked_by": briefing.asked_by,
        "as_of": briefing.as_of.isoformat(),
        "sections": [
            {"id": section.id, "title": section.title, "blocks": [_block(block) for block in section.blocks]}
            for section in briefing.sections
        ],
        "bases": {name: _basis(basis) for name, basis in briefing.bases.items()},
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(pieces=pieces, tone=tone):
            return {"type": "paragraph", "tone": tone, "pieces": _run(pieces)}
        case Items(items=items, ordered=ordered):
            return {"type": "items", "ordered": ordered, "items": [_run(item) for item in items]}
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)


def _run(run: Run) -> list[dict[str, Any]]:
    result = []
    for piece in run:
        shown: dict[str, Any] = {"text": piece.text}
        if piece.basis is not None:
            shown["basis"] = piece.basis
        if piece.cites:
            shown["cites"] = list(piece.cites)
        if piece.strong:
            shown["strong"] = True
        result.append(shown)
    return result


def _table(table: Table) -> dict[str, Any]:
    return {
        "type": "table",
        "caption": table.caption,
        "columns": list(table.columns),
        "numeric": list(table.numeric),
        "rows": [[_run(cell) for cell in row] for row in table.rows],
    }


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "type": "chart",
        "id": chart.id,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "kind": chart.kind,
        "alt": chart.alt,
        "data": _plain(chart.data),
        "table": _table(chart.table),
    }


def _basis(basis: Basis) -> dict[str, Any]:
    return {
        "says": basis.says,
        "quantities": list(basis.quantities),
        "grounds": list(basis.grounds),
        "made": None if basis.made is None else _plain(dataclasses.asdict(basis.made)),
    }


def _plain(value: Any) -> Any:
    """Copy nested data with lists for tuples and None for numbers that JSON does not have."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
