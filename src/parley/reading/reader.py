"""What every reader of attributions offers. `Reader` is the main name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

from parley.domain.attribution import Attribution
from parley.reading.parsing import Paragraph

__all__ = ["Reader"]


class Reader(Protocol):
    """Finds the attributions of an article; the same article gives the same attributions.

    A reader may have `notes`: what a user should know of the article that it read last.
    """

    name: ClassVar[str]

    def attributions(self, paragraphs: Sequence[Paragraph]) -> tuple[Attribution, ...]:
        """Find who is said to say what.

        Parameters
        ----------
        paragraphs : the whole article, in order; furniture of the page is passed over

        Returns
        -------
        the attributions in the order of their content; spans are places in the article
        """
        ...
