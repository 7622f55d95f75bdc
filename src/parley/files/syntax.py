"""What a YAML parser's complaint means, in plain words. `explained` is the main name."""

from __future__ import annotations

import re
from typing import Any

from parley.errors import Problem

__all__ = ["explained"]

MEANINGS: tuple[tuple[str, str, str], ...] = (
    (r"'\\t' that cannot start|tab character", "a tab stands where spaces are due", "indent with spaces"),
    (
        r"mapping values are not allowed",
        "a colon stands where no key can be",
        "put text with ': ' in it in quotes, and check the indentation",
    ),
    (r"end of stream|document separator", "text in quotes is opened here and never closed", "close the quotes"),
    (r"expected ',' or '\]'", "a list is opened here with '[' and not closed, or lacks a comma", "write [one, two]"),
    (
        r"expected ',' or '\}'",
        "a mapping is opened here with '{' and not closed, or lacks a comma",
        "write {low: 1, mode: 2, high: 3}",
    ),
    (
        r"escape",
        "a backslash stands before a character that it cannot escape",
        "use single quotes, or double the backslash",
    ),
    (
        r"character .*cannot start any token|found character that",
        "text cannot start with this character",
        "put the text in quotes",
    ),
    (r"could not find expected ':'|simple key", "a key without its colon", "write 'key: value'"),
    (
        r"expected key|<block end>|'-' indicator",
        "this line does not fit the lines above it",
        "check its indentation, its quotes and its brackets",
    ),
    (r"node content", "a value is missing here, or a bracket is not closed", "close what is open"),
    (
        r"incompatible YAML|directive",
        "a line that starts with '%' is not understood",
        "remove it: scenarios are YAML 1.2",
    ),
    (r"document start", "text follows the end of the document", "keep one document to a file"),
    (
        r"chomping|comment or (a )?line break",
        "after '|' or '>' the text must start on the next line",
        "move it to the next line, indented",
    ),
    (r"undefined tag handle|tag", "a tag, which scenario files may not have", "remove what starts with '!'"),
    (r"alias|anchor", "an anchor or alias, which scenario files may not have", "write the value out"),
)
OPENED = re.compile(r"end of stream|document separator|expected ',' or|node content")


def explained(error: Any, text: str, file: str) -> Problem:
    """Turn a parser's error into a problem.

    Parameters
    ----------
    error : the error of a YAML library, with its marks where it has any
    text : what was parsed
    file : the file's name
    """
    said = str(getattr(error, "problem", None) or getattr(error, "context", None) or "it cannot be read")
    opened = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or opened
    if OPENED.search(said) and opened is not None:
        mark = opened
    elif "cannot start any token" in said and mark is not None and _at(text, mark.line, mark.column) == "\t":
        said = "tab character"
    message, hint = next(
        ((message, hint) for pattern, message, hint in MEANINGS if re.search(pattern, said)),
        (f"this is not YAML: {said}", ""),
    )
    seen = getattr(error, "problem_mark", None)
    if (
        mark is opened
        and seen is not None
        and opened is not None
        and seen.line > opened.line
        and text[seen.index :].strip()
    ):
        message += f" (it shows on line {seen.line + 1})"
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    return Problem(message=message, hint=hint, file=file, line=line, column=column)


def _at(text: str, line: int, column: int) -> str:
    lines = re.split("\r\n|\r|\n", text)
    return lines[line][column : column + 1] if line < len(lines) else ""
