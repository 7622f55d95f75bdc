"""Weights of the signs of kinds, fitted to marked sentences and articles. `fit_kinds` is the main name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from parley.domain.source import Article, StatementKind
from parley.errors import Problem, ScenarioError
from parley.reading.cast import cast
from parley.reading.kind_rules import by_rules
from parley.reading.kind_signs import signs
from parley.reading.kinds import KINDS
from parley.reading.parsing import parsed
from parley.reading.reader import Reader
from parley.reading.statements import said_in, told_by
from parley.reading.training.weighing import fitted, trust
from parley.reading.voices import voices
from parley.reading.weighing import Row, Weights, odds

__all__ = ["Lesson", "Passage", "fit_kinds", "lessons", "read_passages", "shares"]

PENALTY = 1.6
"""How strongly weights are drawn to nought, in units of a lesson's log likelihood."""

FIRST = 0.7
"""How much of a lesson says that its first kind is right; the other kinds that can be defended share the rest."""

FOLDS = 5
"""Parts of the lessons that are held out in turn to learn how often a kind is right."""

HALF = 0.5
_WORD = re.compile(r"\w+")

Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text in which propositions are marked with their kinds.

    Attributes
    ----------
    text : the text
    marks : for each proposition, its places in code points and its kinds, the first the likeliest
    group : what it is held out together with, such as its article
    """

    text: str
    marks: tuple[tuple[Places, tuple[StatementKind, ...]], ...]
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """The signs of one proposition, and the kinds that are right for it.

    Attributes
    ----------
    signs : as `parley.reading.kind_signs` gives them
    kinds : the likeliest first
    group : what it is held out together with
    """

    signs: tuple[str, ...]
    kinds: tuple[StatementKind, ...]
    group: str


def read_passages(path: Path) -> list[Passage]:
    """Read marked sentences: a JSON object a line, with `text` and `marks` of `words`, `kind` and `also`.

    Parameters
    ----------
    path : the file; ten lines in a row are a group

    Raises
    ------
    ScenarioError
        If a line is no such object, or its words do not stand in its text; with the number of the line.
    """
    found: list[Passage] = []
    problems = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(_passage(json.loads(line), f"{path.name} {number // 10}"))
        except (ValueError, KeyError, TypeError) as error:
            problems.append(Problem(file=str(path), line=number, message=str(error), hint="text and marks are needed"))
    if problems:
        raise ScenarioError(problems)
    return found


def _passage(line: Any, group: str) -> Passage:
    marks = []
    for mark in line["marks"]:
        start = line["text"].index(mark["words"])
        kinds = (mark["kind"], *mark.get("also", ()))
        if strange := [kind for kind in kinds if kind not in KINDS]:
            raise ValueError(f"no kind of statement: {', '.join(map(str, strange))}")
        marks.append((((start, start + len(mark["words"])),), kinds))
    return Passage(text=line["text"], marks=tuple(marks), group=group)


def lessons(passages: Iterable[Passage], reader: Reader) -> Iterator[Lesson]:
    """What there is to learn: of each marked proposition that is found, its signs and kinds.

    Parameters
    ----------
    passages : texts with marks
    reader : finds what is attributed in them
    """
    for passage in passages:
        article = Article(text=passage.text)
        paragraphs = parsed(article)
        if not paragraphs:
            continue
        attributions = reader.attributions(paragraphs)
        names = cast(paragraphs, attributions, article=article)
        found = [
            (
                _letters(passage.text, [(span.start, span.end) for span in each.spans(stretch.tree)]),
                told_by(stretch, index),
                each,
            )
            for stretch in voices(paragraphs, attributions, names=names)
            for index, each in enumerate(stretch.found)
        ]
        for places, kinds in passage.marks:
            wanted = _letters(passage.text, places)
            alike, at = max(
                ((len(wanted & told) / max(1, len(wanted | told)), -i) for i, (told, _, _) in enumerate(found)),
                default=(0.0, 0),
            )
            if alike >= HALF:
                _, stretch, each = found[-at]
                said = said_in(stretch, each, names)
                yield Lesson(signs=signs(said, by_rules(said)), kinds=kinds, group=passage.group)


def _letters(text: str, places: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Where the letters and digits of some places stand."""
    return frozenset(
        at for start, end in places for word in _WORD.finditer(text, start, end) for at in range(*word.span())
    )


def fit_kinds(given: Sequence[Lesson]) -> Weights:
    """Fit a multinomial logistic regression by penalised maximum likelihood, and learn how often it is right.

    The latter is a logistic fit to the likeliest kinds of lessons that were held out with their group.

    Parameters
    ----------
    given : the lessons, of at least two groups
    """
    whole = _fitted(given)
    groups = sorted({each.group for each in given})
    chance, right = [], []
    for part in range(FOLDS):
        out = frozenset(groups[part::FOLDS])
        weights = _fitted([each for each in given if each.group not in out])
        for each in given:
            if each.group in out:
                chances = weights.chances(each.signs)
                chance.append(odds(float(chances.max())))
                right.append(KINDS[int(chances.argmax())] in each.kinds)
    return replace(whole, trust=trust(np.array(chance), np.array(right, dtype=float)))


def shares(weights: Weights, given: Sequence[Lesson]) -> tuple[float, float]:
    """How often the likeliest kind can be defended, and how often it is the first one.

    Parameters
    ----------
    weights : of the signs
    given : lessons that the weights were not fitted to
    """
    told = [KINDS[int(weights.chances(each.signs).argmax())] for each in given]
    some = [kind in each.kinds for kind, each in zip(told, given, strict=True)]
    first = [kind == each.kinds[0] for kind, each in zip(told, given, strict=True)]
    return float(np.mean(some)), float(np.mean(first))


def _fitted(given: Sequence[Lesson]) -> Weights:
    """The weights, without how far they are to be trusted."""
    truth = np.stack([_truth(each.kinds) for each in given])
    return fitted([each.signs for each in given], truth, penalty=PENALTY)


def _truth(kinds: Sequence[StatementKind]) -> Row:
    """How much each kind is taken to be right."""
    found = np.zeros(len(KINDS))
    others = len(kinds) - 1
    for kind in kinds[1:]:
        found[KINDS.index(kind)] += (1 - FIRST) / others
    found[KINDS.index(kinds[0])] += FIRST if others else 1.0
    return found
