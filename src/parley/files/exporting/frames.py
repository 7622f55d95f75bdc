"""A scenario's tables for analysis: `to_pandas` as data frames, `to_arrow` as files in Arrow's format."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from parley.domain.scenario import Scenario
from parley.errors import UsageError
from parley.files.exporting.tables import Exported, Table, left_out, tables

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["to_arrow", "to_pandas"]


def to_pandas(scenario: Scenario) -> dict[str, pd.DataFrame]:
    """Make a data frame of each of a scenario's tables.

    Parameters
    ----------
    scenario : the scenario

    Returns
    -------
    The frames by the name of the table: columns of numbers are float64 with NaN where there is none, columns of text
    hold `str`, or None where there is none.
    """
    return {table.name: _frame(table) for table in tables(scenario)}


def to_arrow(scenario: Scenario) -> Exported:
    """Write a scenario's tables in Arrow's file format (Feather, version 2), one file for each.

    Parameters
    ----------
    scenario : the scenario

    Raises
    ------
    UsageError
        If the library pyarrow is not installed.
    """
    try:
        arrow = importlib.import_module("pyarrow")
    except ImportError:
        message = "Arrow files need pyarrow, which is not installed: pip install 'parley[arrow]', or export to csv"
        raise UsageError(message) from None
    files = {f"{table.name}.arrow": _file(table, arrow) for table in tables(scenario)}
    return Exported(files=files, notes=left_out(scenario))


def _frame(table: Table) -> pd.DataFrame:
    import pandas as pd

    kinds = {"text": "object", "number": "float64"}
    return pd.DataFrame(
        {
            column.name: pd.Series([row[at] for row in table.rows], dtype=kinds[column.kind])
            for at, column in enumerate(table.columns)
        }
    )


def _file(table: Table, arrow: Any) -> bytes:
    kinds = {"text": arrow.string(), "number": arrow.float64()}
    columns = {
        column.name: arrow.array([row[at] for row in table.rows], type=kinds[column.kind])
        for at, column in enumerate(table.columns)
    }
    content = arrow.table(columns)
    sink = arrow.BufferOutputStream()
    with arrow.ipc.new_file(sink, content.schema) as writer:
        writer.write_table(content)
    result: bytes = sink.getvalue().to_pybytes()
    return result
