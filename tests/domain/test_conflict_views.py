"""What is wrong with doubts, degrees, attitudes and perceptions, told with its line and a hint."""

import pytest

from parley.files.scenarios import check
from tests.graph_scenarios import DILEMMA, ranked, written

RANKED = ranked(row="dc cc dd cd", column="cd cc dd dc")
WISHED = """
  preferences:
    - {party: row, statements: [{says: -column_defects, importance: 2}, {says: row_defects, importance: 1}]}
    - {party: column, statements: [{says: -row_defects}]}
"""


def of_row(extra):
    return RANKED.replace("- party: row\n", f"- party: row\n      {extra}\n")


BAD = {
    "the same state twice": (of_row("unknown: [[cc, cc]]"), "unknown: [[cc", "'cc' is listed twice", "drop one"),
    "one state": (of_row("unknown: [[cc]]"), "unknown: [[cc", "which of two states", "two states or more"),
    "an unknown state": (of_row("unknown: [[cc, xx]]"), "unknown: [[cc", "there is no state 'xx'", "known state: cc"),
    "no ranking": (
        WISHED.replace("{party: row,", "{party: row, much_worse_from: [dd],"),
        "much_worse_from",
        "there is no ranking",
        "strongly: true",
    ),
    "the best state": (of_row("much_worse_from: [dc]"), "much_worse_from", "worse than none", "below the gap"),
    "by weight": (
        WISHED.replace("{party: row,", "{party: row, counts: by_weight,").replace(
            "importance: 1", "importance: 1, strongly: true"
        ),
        "strongly",
        "cannot also count strongly",
        "in_order",
    ),
    "a bystander": (
        RANKED + "  attitudes: [{party: row, towards: crowd, attitude: positive}]\n",
        "attitudes",
        "'crowd' takes no part in this conflict",
        "name a party that does",
    ),
    "no such attitude": (
        RANKED + "  attitudes: [{party: row, towards: column, attitude: friendly}]\n",
        "attitudes",
        "it must be one of positive, neutral, negative",
        "",
    ),
    "two attitudes": (
        RANKED + "  attitudes: [{party: row, towards: column, attitude: positive}, "
        "{party: row, towards: column, attitude: negative}]\n",
        "attitudes",
        "a second attitude of 'row' towards 'column'",
        "drop one",
    ),
    "two perceptions": (
        RANKED + "  perceptions: [{party: row, unseen: dd}, {party: row, unseen: cc}]\n",
        "perceptions",
        "a second perception of 'row'",
        "merge",
    ),
    "two beliefs": (
        RANKED
        + "  perceptions: [{party: row, believes: [{party: column, wants: [cc]}, {party: column, wants: [dd]}]}]\n",
        "perceptions",
        "a second belief about 'column'",
        "merge",
    ),
    "an empty belief": (
        RANKED + "  perceptions: [{party: row, believes: [{party: column}]}]\n",
        "perceptions",
        "either what the party wants or how it ranks",
        "'wants' and 'ranking'",
    ),
    "half a ranking": (
        RANKED + "  perceptions: [{party: row, believes: [{party: column, ranking: [[cc], [dd]]}]}]\n",
        "perceptions",
        "the ranking leaves out dc, cd",
        "rank every state",
    ),
    "a belief about nobody": (
        RANKED + "  perceptions: [{party: row, believes: [{party: crowd, wants: [cc]}]}]\n",
        "perceptions",
        "'crowd' takes no part",
        "name a party",
    ),
    "an unreadable expression": (
        RANKED + "  perceptions: [{party: row, unseen: nowhere}]\n",
        "perceptions",
        "'nowhere' that does not exist",
        "",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_is_told_at_its_line(tmp_path, name):
    lines, where, message, hint = BAD[name]
    text = written(DILEMMA + lines, "row", "column", "crowd")
    path = tmp_path / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    (problem,) = check(str(path)).problems
    assert message in problem.message
    assert hint in problem.hint
    assert where in text.splitlines()[problem.line - 1]
