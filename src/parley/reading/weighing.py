"""What signs tell, weighed: a multinomial logistic regression over named signs. `Weights` is the main name."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

__all__ = ["Row", "Weights", "odds"]

TOLD = 3
"""How many signs are told for an outcome."""

Row = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """How much each sign speaks for each outcome, such as a kind of statement.

    Attributes
    ----------
    place : row of each sign
    table : array, shape (sign, outcome); log odds
    level : array, shape (outcome,); the same without any sign
    trust : level and slope of the line from the log odds of the likeliest outcome to those of its being right
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
        """How likely each outcome is.

        Parameters
        ----------
        shown : the signs

        Returns
        -------
        array, shape (outcome,); probabilities
        """
        rows = [row for row in map(self.place.get, shown) if row is not None]
        scores = self.level + self.table[rows].sum(axis=0)
        raised = np.exp(scores - scores.max())
        chance: Row = raised / raised.sum()
        return chance

    def right(self, chance: float) -> float:
        """How often an outcome is right that is given with some probability.

        Parameters
        ----------
        chance : the probability, 0..1
        """
        level, slope = self.trust
        return 1 / (1 + math.exp(-level - slope * odds(chance)))

    def strongest(self, shown: Iterable[str], outcome: int) -> list[str]:
        """The signs that speak most for an outcome, compared with their mean over all outcomes."""
        known = [sign for sign in shown if sign in self.place]
        rows = self.table[[self.place[sign] for sign in known]]
        lean = dict(zip(known, (rows[:, outcome] - rows.mean(axis=1)).tolist(), strict=True))
        return sorted(lean, key=lambda sign: (-lean[sign], sign))[:TOLD]


def odds(chance: float) -> float:
    """The log odds of a probability, which may be 0 or 1."""
    return math.log(max(chance, 1e-9) / max(1 - chance, 1e-9))
