"""Engines of one kind, spoken of together where they are many: `families` and `mention` are the main names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.domain.engine import EngineCard

__all__ = [
    "COLLECTIVE",
    "PACKAGES",
    "TALKS",
    "Family",
    "collective",
    "families",
    "family_of",
    "kind",
    "mention",
    "speaking_of_agreement",
]

COLLECTIVE, PACKAGES, GRAPH, WAR, TALKS = "collective", "packages", "graph", "war", "talks"

TITLES = {
    COLLECTIVE: "Models of collective decision",
    PACKAGES: "Models of packages",
    GRAPH: "Models of options and moves",
    WAR: "Models of bargaining in war",
    TALKS: "Models of talks",
}
"""What several engines of a kind are called, in reading order."""

FEW = 3
"""As many engines of a kind are always named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Engines of one kind.

    Attributes
    ----------
    id : the kind
    title : its name; for a single engine, that engine's
    engines : their names, at least one
    """

    id: str
    title: str
    engines: tuple[str, ...]

    @property
    def many(self) -> bool:
        """Whether there are too many to name one by one."""
        return len(self.engines) > FEW


def kind(card: EngineCard) -> str:
    """The kind of an engine, by the part of a scenario that it needs and by whether it tells of packages."""
    marks = {"war": WAR, "conflict": GRAPH, "clock": TALKS}
    found = next((each for section, each in marks.items() if section in card.reads), None)
    if found is not None:
        return found
    return PACKAGES if "package_role" in card.variables else COLLECTIVE


def speaking_of_agreement(desk: Desk) -> tuple[str, ...]:
    """Engines that say how likely agreement is; a zone in which something could be signed is not that."""
    return tuple(name for name in desk.speaking("agreement") if kind(desk.cards[name]) != PACKAGES)


def families(desk: Desk, engines: Iterable[str] | None = None) -> tuple[Family, ...]:
    """Sort engines by kind, in reading order; None: all that have an answer."""
    held: dict[str, list[str]] = {each: [] for each in TITLES}
    for engine in desk.engines if engines is None else engines:
        held[kind(desk.cards[engine])].append(engine)
    return tuple(
        Family(id=each, title=desk.title(found[0]) if len(found) == 1 else TITLES[each], engines=tuple(found))
        for each, found in held.items()
        if found
    )


def family_of(desk: Desk, engine: str) -> Family:
    """The family of an engine, with all its engines that have an answer."""
    return next(each for each in families(desk) if engine in each.engines)


def collective(desk: Desk) -> tuple[str, ...]:
    """The models of collective decision that have an answer: they take it for granted that there is a decision."""
    return tuple(engine for each in families(desk) if each.id == COLLECTIVE for engine in each.engines)


def mention(desk: Desk, engines: Iterable[str], among: Iterable[str] | None = None) -> str:
    """Name engines inside a sentence; several of a large family as so many of it.

    Parameters
    ----------
    desk : the desk
    engines : the engines to name
    among : those that the sentence might have named; None: all that have an answer

    Returns
    -------
    Such as "five of the eight models of collective decision and the war model".
    """
    chosen, told = set(engines), []
    for family in families(desk, among):
        found = [each for each in family.engines if each in chosen]
        if not family.many or len(found) <= FEW:
            told += [desk.mention(each) for each in found]
        else:
            number = words.count(len(family.engines))
            some = f"{words.count(len(found))} of the {number}" if len(found) < len(family.engines) else f"all {number}"
            told.append(f"{some} {words.plain_start(family.title)}")
    return words.listed(told)
