"""What kind of move a proposition is: demand, offer, refusal and so on. `kind_of` is the main name.

A multinomial logistic regression weighs the signs of `parley.reading.kind_signs`, of which the kind that rules give is
one. It was fitted to sentences and articles of our own; `docs/explanation/how-kinds-are-read.md` tells how, and what
it is worth.
"""

from __future__ import annotations

import functools
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from parley import resources
from parley.domain.source import StatementKind
from parley.reading.kind_rules import by_rules
from parley.reading.kind_signs import signs
from parley.reading.moves import Kind, Role, Said

__all__ = ["KINDS", "Kind", "Role", "Said", "Weights", "kind_of"]

KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
SHIPPED = "datasets/reading/kinds.npz"
OF_A_PARTY = frozenset({"demand", "offer", "refusal", "threat", "promise", "proposal", "goal"})
"""Kinds of move that somebody makes who takes part in talks."""

TOLD = 3
"""How many signs are told for a kind that the rules do not give."""

Row = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """How much each sign speaks for each kind.

    Attributes
    ----------
    place : row of each sign
    table : array, shape (sign, kind); log odds, kinds in the order of `KINDS`
    level : array, shape (kind,); the same without any sign
    trust : level and slope of the line from the log odds of the likeliest kind to those of its being right
    """

    place: Mapping[str, int]
    table: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    level: Row
    trust: tuple[float, float]

    @classmethod
    def load(cls, content: bytes) -> Weights:
        """Take them out of the file that holds them.

        Parameters
        ----------
        content : the file, a numpy archive of `signs` (UTF-8, a line each), `table`, `level` and `trust`
        """
        with np.load(io.BytesIO(content)) as held:
            names = held["signs"].tobytes().decode().split("\n")
            level, slope = held["trust"].tolist()
            return cls(
                place={name: row for row, name in enumerate(names)},
                table=held["table"].astype(np.float64),
                level=held["level"].astype(np.float64),
                trust=(level, slope),
            )

    def dump(self) -> bytes:
        """Them as the content of a file; the table in half precision."""
        file = io.BytesIO()
        np.savez_compressed(
            file,
            signs=np.frombuffer("\n".join(self.place).encode(), dtype=np.uint8),
            table=self.table.astype(np.float16),
            level=self.level,
            trust=np.array(self.trust),
        )
        return file.getvalue()

    def chances(self, shown: Iterable[str]) -> Row:
        """How likely each kind is.

        Parameters
        ----------
        shown : the signs of a proposition

        Returns
        -------
        array, shape (kind,); probabilities
        """
        rows = [row for row in map(self.place.get, shown) if row is not None]
        scores = self.level + self.table[rows].sum(axis=0)
        raised = np.exp(scores - scores.max())
        chance: Row = raised / raised.sum()
        return chance

    def right(self, chance: float) -> float:
        """How often a kind is right that is given with some probability.

        Parameters
        ----------
        chance : the probability, 0..1
        """
        level, slope = self.trust
        return 1 / (1 + math.exp(-level - slope * odds(chance)))

    def strongest(self, shown: Iterable[str], kind: int) -> list[str]:
        """The signs that speak most for a kind, compared with its mean over all kinds."""
        known = [sign for sign in shown if sign in self.place]
        rows = self.table[[self.place[sign] for sign in known]]
        lean = dict(zip(known, (rows[:, kind] - rows.mean(axis=1)).tolist(), strict=True))
        return sorted(lean, key=lambda sign: (-lean[sign], sign))[:TOLD]


def odds(chance: float) -> float:
    """The log odds of a probability, which may be 0 or 1."""
    return math.log(max(chance, 1e-9) / max(1 - chance, 1e-9))


def _open(said: Said) -> Row:
    """Which kinds are possible: what somebody who watches tells of a party is no move of that party's.

    Returns
    -------
    array, shape (kind,); 1 or 0
    """
    of_others = said.role == "outsider" and said.clause.subject is not None and not said.clause.own
    return np.array([float(not (of_others and kind in OF_A_PARTY)) for kind in KINDS])


@functools.cache
def _shipped() -> Weights:
    return Weights.load(resources.read(SHIPPED))


def kind_of(said: Said, *, weights: Weights | None = None) -> Kind:
    """The kind of a proposition.

    Parameters
    ----------
    said : the proposition in its setting
    weights : of its signs; those that ship where absent
    """
    using = weights or _shipped()
    rule = by_rules(said)
    shown: Sequence[str] = signs(said, rule)
    chances = using.chances(shown) * _open(said)
    best = int(chances.argmax())
    grade = round(using.right(float(chances[best])), 3)
    if KINDS[best] == rule.kind:
        return replace(rule, grade=grade)
    why = f"signs: {', '.join(using.strongest(shown, best))}"
    return Kind(kind=KINDS[best], grade=grade, why=why, attributed=rule.attributed)
