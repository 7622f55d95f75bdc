"""The codings of several coders as one list. `joined` is the main name."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from parley.coding.pooling import pooled
from parley.domain.coding import Coding

__all__ = ["Counted", "joined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A coding and what it counts for.

    Attributes
    ----------
    coding : the coding; where several coders gave it a position, with their pooled one
    weight : the reader's confidence times the share of coders who have it, 0..1
    """

    coding: Coding
    weight: float


def joined(coders: Sequence[Sequence[Coding]]) -> tuple[Counted, ...]:
    """Join what several coders say of the same statements.

    Coders agree on a coding if they give one statement to the same party and issue. Their positions are pooled, each
    with the same weight, so that the range widens by how far they differ (see `pooling`). A coding that only some of
    them have counts for less.

    Parameters
    ----------
    coders : the codings of each coder, in order

    Returns
    -------
    the codings in the order of the first coder, then those that only others have
    """
    groups: dict[tuple[str, str, str | None, str | None], list[Coding]] = {}
    for codings in coders:
        for coding in codings:
            key = (coding.source.digest, coding.statement, coding.party, coding.issue)
            groups.setdefault(key, []).append(coding)
    return tuple(_counted(group, len(coders)) for group in groups.values())


def _counted(group: Sequence[Coding], coders: int) -> Counted:
    first = group[0]
    positions = [each.position for each in group if each.position is not None]
    position = pooled(positions, [1.0] * len(positions)) if positions else None
    confidence = sum(each.confidence for each in group) / len(group)
    share = min(1.0, len(positions or group) / coders)
    return Counted(coding=dataclasses.replace(first, position=position), weight=max(confidence, 1e-6) * share)
