"""Bytes of a file to text: size, encoding, and characters that no text should hold. `decoded` is the main name."""

from __future__ import annotations

import codecs
import re
from typing import NoReturn

from parley.errors import Problem, ScenarioError, printable

__all__ = ["MAX_BYTES", "decoded", "refuse_directives"]

MAX_BYTES = 2_000_000

OTHER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def decoded(raw: bytes, file: str) -> str:
    """Decode the content of a file; a byte order mark of UTF-8 is passed over.

    Parameters
    ----------
    raw : the content
    file : the file's name, for problems

    Raises
    ------
    ScenarioError
        If it is empty, larger than 2 MB, not in UTF-8, or holds control characters.
    """
    if len(raw) > MAX_BYTES:
        _refuse(file, f"the file is larger than {MAX_BYTES // 1_000_000} MB", "a scenario needs about 100 kB")
    if not raw.strip():
        _refuse(file, "the file is empty", "copy a shipped case to start from")
    for mark, name in OTHER_MARKS:
        if raw.startswith(mark):
            _refuse(file, f"the file is in {name}, not in UTF-8", "save it as UTF-8")
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_bytes(body, error.start, file)
    found = UNPRINTABLE.search(text)
    if found:
        _refuse_character(text, found.start(), file)
    return text


def refuse_directives(text: str, file: str) -> None:
    """Refuse the lines with `%` that may stand before a YAML document, but `%YAML 1.2`.

    Raises
    ------
    ScenarioError
        If there is one.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("%"):
            if line.split() != ["%YAML", "1.2"]:
                hint = "remove it: scenarios are YAML 1.2"
                _refuse(file, f"the directive '{printable(line[:40]).strip()}' is not understood", hint, number)
        elif line.strip() and not line.lstrip().startswith("#"):
            return


def _refuse(file: str, message: str, hint: str, line: int = 1, column: int = 1) -> NoReturn:
    raise ScenarioError([Problem(message=message, hint=hint, file=file, line=line, column=column)])


def _refuse_bytes(body: bytes, start: int, file: str) -> NoReturn:
    before = body[:start].decode("utf-8")
    line, column = _place(before)
    text = body[start : start + 1].decode("cp1252", "replace")
    message = f"byte 0x{body[start]:02X} is not UTF-8"
    if body[start] >= 0x80 and text.isprintable() and text != "\ufffd":
        message += f" (as Windows-1252 or Latin-1 it would be '{text}')"
    _refuse(file, message, "save the file as UTF-8", line, column)


def _refuse_character(text: str, start: int, file: str) -> NoReturn:
    line, column = _place(text[:start])
    if text[start] == "\0" and text.count("\0") > len(text) // 4:
        _refuse(file, "the file looks like UTF-16 or UTF-32, not like UTF-8", "save it as UTF-8", line, column)
    message = f"the control character U+{ord(text[start]):04X} may not stand in a scenario file"
    _refuse(file, message, "delete it and type the line again", line, column)


def _place(before: str) -> tuple[int, int]:
    lines = re.split("\r\n|\r|\n", before)
    return len(lines), len(lines[-1]) + 1
