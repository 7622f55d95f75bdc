"""Readings on disk, an article a file, so that a run over many articles that was stopped goes on. `ReadingStore` is it.

    <folder>/reading-<options>/<first two digits>/<article>.json

`<options>` is a digest of all that determines a reading beside the article: the reader, its version, the options.
`<article>` is a digest of its text, day and title. Anything that is torn or was changed is read anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parley.domain.source import Article
from parley.errors import FileError
from parley.files.atomic import write_bytes

__all__ = ["ReadingStore"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingStore:
    """A folder of readings.

    Attributes
    ----------
    folder : where they lie; made when the first is saved
    options : all that determines a reading beside the article
    """

    folder: Path
    options: Mapping[str, str | bool]

    def path(self, article: Article) -> Path:
        """Where the reading of an article lies."""
        name = _digest([article.digest, str(article.date), article.title, article.outlet, article.author])
        return self.folder / f"reading-{_digest(dict(self.options))[:16]}" / name[:2] / f"{name}.json"

    def load(self, article: Article) -> dict[str, Any] | None:
        """What was kept of an article; None where there is nothing that is whole."""
        with contextlib.suppress(OSError, ValueError):
            digest, _, content = self.path(article).read_bytes().partition(b"\n")
            if digest == hashlib.sha256(content).hexdigest().encode():
                held: dict[str, Any] = json.loads(content)
                return held
        return None

    def save(self, article: Article, held: Mapping[str, Any]) -> None:
        """Keep what was read, whole or not at all; where nothing can be written, nothing is kept."""
        content = json.dumps(held, ensure_ascii=True, separators=(",", ":")).encode()
        with contextlib.suppress(FileError):
            write_bytes(self.path(article), hashlib.sha256(content).hexdigest().encode() + b"\n" + content)


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()
