"""Small conflicts in the form of `.gmcr` files, for the tests of its importer and exporter: written by hand."""

from __future__ import annotations

import json
from typing import Any

from parley.files.importing import TableFile
from tests.files.tables import DAY

__all__ = ["DILEMMA", "ELMIRA", "conflict_file", "gmcr"]

DILEMMA = """\
{"program": "gmcr-py", "version": "0.4.1",
 "options": [
  {"name": "Row cooperates", "permittedDirection": "both"},
  {"name": "Column cooperates", "permittedDirection": "both"}
 ],
 "decisionMakers": [
  {"name": "Row", "options": [0], "preferences": [[[1, "Y"]], [[0, "N"]]]},
  {"name": "Column", "options": [1], "preferences": [[[0, "Y"]], [[1, "N"]]]}
 ],
 "infeasibles": [],
 "useManualPreferenceRanking": false
}
"""
"""The prisoner's dilemma: each would first of all have the other cooperate, then defect."""

ELMIRA: dict[str, Any] = {
    "options": [
        {"name": "Modify", "permittedDirection": "fwd"},
        {"name": "Delay", "permittedDirection": "back"},
        {"name": "Accept", "permittedDirection": "both"},
        {"name": "Abandon", "permittedDirection": "fwd"},
        {"name": "Insist", "permittedDirection": "both"},
    ],
    "decisionMakers": [
        {
            "name": "Ministry",
            "options": [0],
            "preferences": [],
            "preferenceRanking": [9, 3, 4, 10, 7, 1, 2, 8, [5, 6, 11, 12]],
        },
        {
            "name": "Uniroyal",
            "options": [1, 2, 3],
            "preferences": [],
            "preferenceRanking": [1, 4, 10, 7, [5, 6, 11, 12], 3, 9, 2, 8],
        },
        {
            "name": "Local government",
            "options": [4],
            "preferences": [],
            "preferenceRanking": [9, 3, 7, 1, 10, 8, 4, 2, [5, 6, 11, 12]],
        },
    ],
    "infeasibles": [
        [[1, "Y"], [2, "Y"]],
        [[1, "Y"], [3, "Y"]],
        [[2, "Y"], [3, "Y"]],
        [[1, "N"], [2, "N"], [3, "N"]],
    ],
    "useManualPreferenceRanking": True,
}
"""The Elmira conflict of 1991 in option form: its nine states and rankings, where abandoning is four states of twelve.

Of the nine states s1..s9 of the literature, s1..s4 are 1..4, s5..s8 are 7..10, and s9 is 5, 6, 11 and 12.
"""


def gmcr(text: str | bytes | dict[str, Any], **changes: Any) -> TableFile:
    """A `.gmcr` file that holds a text, or the JSON of some data."""
    plain = json.dumps(text) if isinstance(text, dict) else text
    content = plain if isinstance(plain, bytes) else plain.encode()
    return TableFile(**{"name": "talks.gmcr", "content": content, "as_of": DAY, **changes})


def conflict_file(**changes: Any) -> TableFile:
    """The prisoner's dilemma with some of its parts replaced, or taken away where None stands in their place."""
    data = {key: value for key, value in (json.loads(DILEMMA) | changes).items() if value is not None}
    return gmcr(data)
