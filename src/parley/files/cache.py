"""The user's cache folder: text that takes long to make and is the same for a version of the program that makes it.

Everything in the folder may be deleted at any time. `kept` is the main name.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from parley.errors import FileError
from parley.files.atomic import write_bytes

__all__ = ["folder", "kept"]


def folder() -> Path:
    """The cache folder, `parley` under `XDG_CACHE_HOME` or `~/.cache`; it need not exist yet."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "parley"


def kept(name: str, make: Callable[[], str]) -> str:
    """Take a text from the cache, or make it and keep it there.

    Parameters
    ----------
    name : name of the file, which must tell all that the text depends on
    make : makes the text

    Returns
    -------
    The text. A file that is torn or was changed is made anew; where nothing can be written, nothing is kept.
    """
    path = folder() / name
    with contextlib.suppress(OSError, ValueError):
        digest, _, content = path.read_bytes().partition(b"\n")
        if digest == _digest(content):
            return content.decode("utf-8")
    text = make()
    content = text.encode("utf-8")
    with contextlib.suppress(FileError):
        write_bytes(path, _digest(content) + b"\n" + content)
    return text


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode("ascii")
