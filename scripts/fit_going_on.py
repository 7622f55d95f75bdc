"""Fit the weights by which a sentence without a source is given to whoever spoke last, to articles of the gold set.

`python scripts/fit_going_on.py FOLDER... [-o FILE]` reads folders such as `tests/reading/gold/dev`, fits, and prints
how many such sentences are found, and how many of the reporter's are lost, when their article is held out.
"""

from __future__ import annotations

import argparse
import functools
import sys
from pathlib import Path

from gold_talks import GoldArticle, GoldStatement, load
from score_gold import is_one_of

from parley import resources
from parley.errors import ParleyError
from parley.files.atomic import write_bytes
from parley.reading.best import Best
from parley.reading.continuing import SHIPPED
from parley.reading.training.going_on import HALF, Told, cases, fit_going_on, held_out


def main() -> int:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", help="folders of the gold set")
    parser.add_argument("-o", type=Path, default=resources.ROOT / SHIPPED, metavar="FILE", help="where weights go")
    given = parser.parse_args()
    try:
        told = list(cases((article for folder in given.folders for article in _articles(folder)), Best()))
        weights = fit_going_on(told)
        write_bytes(given.o, weights.dump())
    except ParleyError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    chance = [each > HALF for each in held_out(told)]
    free = [found for found, each in zip(chance, told, strict=True) if each.goes_on]
    own = [found for found, each in zip(chance, told, strict=True) if not each.goes_on]
    ruled = sum(each.goes_on and "rule goes on" in each.signs for each in told)
    print(f"{len(told)} sentences, {len(weights.place)} signs, trust {weights.trust}")
    print(f"the rules alone find {ruled}")
    print(
        f"held out: {sum(free)} of {len(free)} that go on are found, {sum(own)} of {len(own)} others are taken for such"
    )
    return 0


def _articles(folder: Path) -> list[Told]:
    return [
        Told(
            name=article.name,
            text=article.text,
            marks=tuple((each.spans, functools.partial(_says, article, each)) for each in article.statements),
        )
        for article in load(folder)
    ]


def _says(article: GoldArticle, statement: GoldStatement, name: str) -> bool:
    return is_one_of(name, statement.speaker, article)


if __name__ == "__main__":
    sys.exit(main())
