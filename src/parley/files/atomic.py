"""Write a file so that whoever reads it finds it whole: the old content or the new. `written` is the main name.

The new content is written to `.<name>.<random>.parley-tmp` in the same folder, forced to the disk, and renamed over the
old. A process that is killed on the way leaves that temporary file behind; the next write of the same file removes it
once it is older than `STALE_SECONDS`; a process looks for such files once in as many seconds.
"""

from __future__ import annotations

import contextlib
import functools
import os
import secrets
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from parley.errors import FileError

__all__ = ["STALE_SECONDS", "make_folder", "write_bytes", "write_text", "written"]

STALE_SECONDS = 600.0
SUFFIX = ".parley-tmp"


def write_text(path: str | Path, text: str) -> None:
    """Write text in UTF-8, atomically; as `write_bytes`."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: str | Path, data: bytes) -> None:
    """Write a file atomically; folders on the way are made, and a file that is there keeps its permissions.

    Parameters
    ----------
    path : the file; where it is a symbolic link, the file that it points to is written
    data : the whole content

    Raises
    ------
    FileError
        If the file cannot be written; the old content is then still there.
    """
    with written(path) as file:
        file.write(data)


@contextlib.contextmanager
def written(path: str | Path) -> Iterator[IO[bytes]]:
    """Give a file to write to piece by piece; it takes the place of the old one when the block ends without an error.

    Parameters
    ----------
    path : as for `write_bytes`

    Raises
    ------
    FileError
        If the file cannot be written; the old content is then still there.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(6)}{SUFFIX}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(target)
        try:
            with open(temporary, "xb") as file:
                mode = _mode(target)
                if mode is not None:
                    os.chmod(temporary, mode)
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise FileError(f"cannot write {path}: {error.strerror or error}") from error


def make_folder(folder: Path) -> None:
    """Make a folder, and those on the way, where files can be written; one that is there will do.

    Raises
    ------
    FileError
        If it cannot be made or written to.
    """
    probe = folder / f".{secrets.token_hex(6)}{SUFFIX}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise FileError(f"cannot write to the folder {folder}: {error.strerror or error}") from error


def _mode(target: Path) -> int | None:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None


def _sync_folder(folder: Path) -> None:
    """Force the rename to the disk, where the system lets a folder be opened."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_leftovers(target: Path) -> None:
    prefix = f".{target.name}."
    for path in _leftovers(target.parent, int(time.time() // STALE_SECONDS)):
        with contextlib.suppress(OSError):
            if path.name.startswith(prefix) and time.time() - path.stat().st_mtime > STALE_SECONDS:
                path.unlink()


@functools.lru_cache(maxsize=64)
def _leftovers(folder: Path, period: int) -> tuple[Path, ...]:  # noqa: ARG001 - after a period they are looked for anew
    """Temporary files in a folder, which is not listed for each of the thousands of files that a run may write."""
    with os.scandir(folder) as entries:
        return tuple(folder / entry.name for entry in entries if entry.name.endswith(SUFFIX))
