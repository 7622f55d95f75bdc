"""Fit the weights by which a pronoun that says something is tied to whom it means, to articles of the gold set.

`python scripts/fit_pronouns.py FOLDER...` reads folders such as `tests/reading/gold/dev`, prints the weights for
`SOURCE` in `parley.reading.pronouns`, a conditional logit over all candidates with a ridge, and in how many statements
the weights of that table and the fitted ones tell the right speaker in the articles given.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from gold_talks import GoldArticle, load
from scipy.optimize import minimize
from score_gold import is_one_of

from parley.domain.source import Article
from parley.errors import ParleyError
from parley.reading import pronouns, read, telling
from parley.reading.parsing import parsed

RIDGE = 1.0
SIGNS = tuple(pronouns.SOURCE)

Case = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], int]


def main() -> int:
    """Fit, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", help="folders of the gold set")
    given = parser.parse_args()
    try:
        told = [case for folder in given.folders for article in load(folder) for case in _cases(article)]
    except ParleyError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    fitted = np.round(fit(told), 1)
    for sign, weight in zip(SIGNS, fitted, strict=True):
        print(f'"{sign}": {weight:.1f}')
    said = sum(count for _, _, count in told)
    print(f"of {said} statements the table tells {right(told, np.array(list(pronouns.SOURCE.values())))} right")
    print(f"of {said} statements the fitted weights tell {right(told, fitted)} right")
    return 0


def fit(told: Sequence[Case]) -> np.ndarray[Any, Any]:
    """The weights of the signs under which whom the pronouns mean is likeliest, pulled towards nought."""
    known = [case for case in told if case[1].any()]

    def loss(weights: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        total, slope = RIDGE / 2 * float(weights @ weights), RIDGE * weights
        for signs, meant, count in known:
            odds = np.exp(signs @ weights - (signs @ weights).max())
            likely = odds * meant / (odds @ meant)
            total -= np.sqrt(count) * float(np.log(odds @ meant / odds.sum()))
            slope = slope + np.sqrt(count) * (signs.T @ (odds / odds.sum() - likely))
        return total, slope

    found: np.ndarray[Any, Any] = minimize(loss, np.zeros(len(SIGNS)), jac=True, method="L-BFGS-B").x
    return found


def right(told: Sequence[Case], weights: np.ndarray[Any, Any]) -> int:
    """In how many statements the best candidate is whom the pronoun means."""
    return sum(count * bool(meant[int(np.argmax(signs @ weights))]) for signs, meant, count in told)


def _cases(article: GoldArticle) -> Iterator[Case]:
    """For each pronoun that is a source: the signs of its candidates, which of them it means, and how much it says."""
    asked: dict[tuple[int, int], list[tuple[Any, dict[str, float]]]] = {}
    ask = telling.antecedent

    def noting(word: str, place: pronouns.Place, history: Any, **more: Any) -> Any:
        if more.get("says") is not None:
            asked[place.paragraph, place.token] = pronouns.candidates(word, place, history, **more)
        return ask(word, place, history, **more)

    telling.antecedent = noting
    try:
        read(Article(text=article.text, date=article.date))
    finally:
        telling.antecedent = ask
    paragraphs = parsed(Article(text=article.text, date=article.date))
    for (index, token), found in asked.items():
        start = paragraphs[index].start + paragraphs[index].doc[token].idx
        marked = [each for each in article.statements if each.source is not None and each.source[0] == start]
        if marked and found:
            signs = np.array([[each.get(sign, 0.0) for sign in SIGNS] for _, each in found])
            meant = np.array([is_one_of(who.name, marked[0].speaker, article) for who, _ in found])
            yield signs, meant.astype(float), len(marked)


if __name__ == "__main__":
    sys.exit(main())
