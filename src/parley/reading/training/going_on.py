"""Weights of the signs by which one knows whether a sentence without a source goes on with the last speaker.

`fit_going_on` is the main name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from parley.domain.source import Article
from parley.reading.cast import cast
from parley.reading.going_on_signs import Setting, signs
from parley.reading.parsing import parsed
from parley.reading.propositions import Proposition
from parley.reading.reader import Reader
from parley.reading.room import THE_ARTICLE
from parley.reading.training.weighing import fitted, trust
from parley.reading.voices import voices
from parley.reading.weighing import Weights, odds

__all__ = ["Case", "Told", "cases", "fit_going_on", "held_out"]

PENALTY = 2.0
"""How strongly weights are drawn to nought, in units of a case's log likelihood."""

FOLDS = 10
"""Parts of the cases that are held out in turn."""

HALF = 0.5
Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article in which it is marked who says what.

    Attributes
    ----------
    name : of the article
    text : its text
    marks : for each statement, its places in code points, and whether a name is one of who says it; several are where
        more than one reading is right
    """

    name: str
    text: str
    marks: tuple[tuple[Places, Callable[[str], bool]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A sentence without a source after somebody spoke.

    Attributes
    ----------
    signs : as `parley.reading.going_on_signs` gives them
    goes_on : whether it goes on with whoever spoke last
    group : its article
    """

    signs: tuple[str, ...]
    goes_on: bool
    group: str


def cases(articles: Iterable[Told], reader: Reader) -> Iterator[Case]:
    """What there is to learn from marked articles; what either may have said, or somebody else, teaches nothing.

    Parameters
    ----------
    articles : the articles
    reader : finds what is attributed in them
    """
    for article in articles:
        source = Article(text=article.text)
        paragraphs = parsed(source)
        attributions = reader.attributions(paragraphs)
        found: list[Case] = []

        def judge(here: Setting, proposition: Proposition, article: Told = article, found: list[Case] = found) -> float:
            """The truth, noted down with its signs."""
            says = _marked(article, here, proposition)
            goes_on, own = says(here.speaker.speaker), says(THE_ARTICLE)
            if goes_on != own:
                found.append(Case(signs=signs(here), goes_on=goes_on, group=article.name))
            return float(goes_on and not own)

        voices(paragraphs, attributions, names=cast(paragraphs, attributions, article=source), judge=judge)
        yield from found


def _marked(article: Told, here: Setting, proposition: Proposition) -> Callable[[str], bool]:
    """Who says a proposition by the marks; nobody where it is not marked."""
    tree = here.room.trees[here.place]
    places = {at for span in proposition.spans(tree) for at in range(span.start, span.end)}
    best = HALF
    found: Callable[[str], bool] = _nobody
    for spans, says in article.marks:
        marked = {at for start, end in spans for at in range(start, end)}
        alike = len(places & marked) / max(1, len(places | marked))
        if alike >= best:
            best, found = alike, says
    return found


def _nobody(_: str) -> bool:
    return False


def fit_going_on(given: Sequence[Case]) -> Weights:
    """Fit the weights, and learn from articles that are held out in turn how often they are right.

    Parameters
    ----------
    given : the cases, of at least two articles
    """
    chance = held_out(given)
    right = np.array([(each > HALF) == case.goes_on for each, case in zip(chance, given, strict=True)], dtype=float)
    sure = np.array([odds(max(each, 1 - each)) for each in chance])
    return replace(_fitted(given), trust=trust(sure, right))


def held_out(given: Sequence[Case]) -> list[float]:
    """How likely each case goes on, by weights that were fitted to the others' articles.

    Parameters
    ----------
    given : the cases, of at least two articles
    """
    groups = sorted({each.group for each in given})
    found = [0.0] * len(given)
    for part in range(min(FOLDS, len(groups))):
        out = frozenset(groups[part::FOLDS])
        weights = _fitted([each for each in given if each.group not in out])
        for at, each in enumerate(given):
            if each.group in out:
                found[at] = float(weights.chances(each.signs)[1])
    return found


def _fitted(given: Sequence[Case]) -> Weights:
    truth = np.array([[not each.goes_on, each.goes_on] for each in given], dtype=np.float64)
    return fitted([each.signs for each in given], truth, penalty=PENALTY)
