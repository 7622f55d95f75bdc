"""Fit the weights by which kinds of statements are read, to marked sentences and articles.

`python scripts/fit_kinds.py LESSONS... [-o FILE]` reads files of marked sentences (`tests/reading/lessons/*.jsonl`) and
folders of the gold set (`tests/reading/gold/dev`). `--held-out` gives files or folders that are only measured.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from gold_talks import load

from parley import resources
from parley.errors import ParleyError
from parley.files.atomic import write_bytes
from parley.reading.best import Best
from parley.reading.kinds import SHIPPED
from parley.reading.training.kinds import Lesson, Passage, fit_kinds, lessons, read_passages, shares


def main() -> int:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lessons", type=Path, nargs="+", help="files of marked sentences, or folders of the gold set")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[], help="the same, only to be measured")
    parser.add_argument("-o", type=Path, default=resources.ROOT / SHIPPED, metavar="FILE", help="where weights go")
    given = parser.parse_args()
    try:
        learnt = _lessons(given.lessons)
        weights = fit_kinds(learnt)
        print(f"{len(learnt)} propositions, {len(weights.place)} signs, trust {weights.trust}")
        for path in given.held_out:
            some, first = shares(weights, _lessons([path]))
            print(f"{path}: {some:.3f} can be defended, {first:.3f} the first kind")
        write_bytes(given.o, weights.dump())
    except ParleyError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _lessons(paths: Iterable[Path]) -> list[Lesson]:
    reader = Best()
    passages = [passage for path in paths for passage in (_articles(path) if path.is_dir() else read_passages(path))]
    return list(lessons(passages, reader))


def _articles(folder: Path) -> list[Passage]:
    return [
        Passage(
            text=article.text,
            marks=tuple((each.spans, each.kinds) for each in article.statements),
            group=article.name,
        )
        for article in load(folder)
    ]


if __name__ == "__main__":
    sys.exit(main())
