"""Standard output and error that take every text, whatever the terminal can show. `prepare` is the main name."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata

__all__ = ["forget_output", "prepare"]

PLAIN = {"–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "•": "*", "─": "-", "━": "-", "│": "|"}
HANDLER = "parley.plain"


def prepare() -> None:
    """Let streams write the nearest plain character where theirs has no code, and stand in for closed ones."""
    codecs.register_error(HANDLER, _plain)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open until the process ends
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=HANDLER)


def forget_output() -> None:
    """Send what is still to be written to nowhere, when nobody reads standard output any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(map(_nearest, missing)), error.end


def _nearest(mark: str) -> str:
    """ASCII for one character: its plain form, without accents; a question mark where there is none."""
    if mark in PLAIN:
        return PLAIN[mark]
    return unicodedata.normalize("NFKD", mark).encode("ascii", "ignore").decode() or "?"
