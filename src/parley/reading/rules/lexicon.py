"""Which words cue, in which construction, and how surely. `Lexicon` is the main name."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace

from parley import resources

__all__ = ["SURENESS", "Lexicon", "lenient", "lexicon"]

SHIPPED = "datasets/reading/cues.csv"

SURENESS = {"A": 0.8, "B": 0.6, "C": 0.43, "D": 0.32}
"""How often a construction of each grade attributes what the rule says, 0..1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Graded cues.

    Attributes
    ----------
    lemmas : for each kind of word, the numbers of the lemmas that may cue
    all_lemmas : all of them
    grades : grade by kind of word, number of the lemma and construction; `-` for never
    defaults : grade by kind of word and construction, for lemmas that have no own
    least : how sure a construction must be to count, 0..1
    """

    lemmas: Mapping[str, frozenset[int]]
    all_lemmas: frozenset[int]
    grades: Mapping[tuple[str, int, str], str]
    defaults: Mapping[tuple[str, str], str]
    least: float = 0.4

    def sureness(self, word: str, lemma: int, construction: str) -> float:
        """How surely a lemma attributes in a construction, 0..1; 0 for never.

        Parameters
        ----------
        word : the kind of word: verb, noun or adjective
        lemma : its number
        construction : such as `that` or `object+as`
        """
        if lemma not in self.lemmas.get(word, ()):
            return 0.0
        grade = self.grades.get((word, lemma, construction), self.defaults.get((word, construction), "-"))
        return SURENESS.get(grade, 0.0)

    def says(self, lemma: int) -> bool:
        """Whether a verb may stand beside a quotation as its verb of saying."""
        return self.sureness("verb", lemma, "that") >= SURENESS["B"]


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon that ships."""
    from spacy.strings import get_string_id

    lemmas: dict[str, set[int]] = {}
    grades: dict[tuple[str, int, str], str] = {}
    defaults: dict[tuple[str, str], str] = {}
    for row in csv.DictReader(resources.read(SHIPPED).decode("utf-8").splitlines()):
        word, construction, grade = row["word"], row["construction"], row["grade"]
        if row["lemma"] == "*":
            defaults[word, construction] = grade
            continue
        lemma = int(get_string_id(row["lemma"]))
        lemmas.setdefault(word, set()).add(lemma)
        if construction:
            grades[word, lemma, construction] = grade
    return Lexicon(
        lemmas={word: frozenset(known) for word, known in lemmas.items()},
        all_lemmas=frozenset().union(*lemmas.values()),
        grades=grades,
        defaults=defaults,
    )


@functools.cache
def lenient() -> Lexicon:
    """The same lexicon, where constructions of every grade count."""
    return replace(lexicon(), least=SURENESS["D"])
