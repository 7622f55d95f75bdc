"""The review of claims as a state and what each decision makes of it; no terminal, no clock, no disk. `Review` does it.

A review is the list of claims and the decisions so far. Each decision leads to a state; undoing goes back to the very
state before, as often as there are decisions, and redoing forth again until something else is decided.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from parley.domain.coding import Coding
from parley.domain.review import Decision
from parley.errors import UsageError, did_you_mean

__all__ = ["Item", "Review", "State", "replayed"]

Status = Literal["open", "accepted", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A claim under review.

    Attributes
    ----------
    coding : the claim as it stands now
    status : `open` until it is decided
    because, by : the reason of the last decision, and whose it was
    """

    coding: Coding
    status: Status = "open"
    because: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a review looks like at one moment.

    Attributes
    ----------
    items : the claims
    at : number of the claim that is looked at next, from 0
    """

    items: tuple[Item, ...]
    at: int = 0

    def place(self, claim: str) -> int:
        """Number of a claim.

        Raises
        ------
        UsageError
            If there is none of this id.
        """
        names = [item.coding.id for item in self.items]
        if claim not in names:
            raise UsageError(f"there is no claim '{claim}'; {did_you_mean(claim, names, noun='claims')}")
        return names.index(claim)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review: where it started, what was decided, and what was undone since.

    Attributes
    ----------
    start : the state before any decision
    done : each decision that holds, and the state after it
    undone : what `redo` would do again, the next last
    """

    start: State
    done: tuple[tuple[Decision, State], ...] = ()
    undone: tuple[tuple[Decision, State], ...] = ()

    @classmethod
    def of(cls, codings: Sequence[Coding]) -> Review:
        """A review of claims of which none is decided yet."""
        return cls(start=State(items=tuple(Item(coding=coding) for coding in codings)))

    @property
    def state(self) -> State:
        """The state now."""
        return self.done[-1][1] if self.done else self.start

    @property
    def claims(self) -> tuple[Coding, ...]:
        """The claims that are not rejected; those that were accepted are sure."""
        return tuple(
            dataclasses.replace(item.coding, confidence=1.0) if item.status == "accepted" else item.coding
            for item in self.state.items
            if item.status != "rejected"
        )

    def after(self, decision: Decision) -> Review:
        """The review after one more decision.

        Raises
        ------
        UsageError
            If there is no such claim, a part has the id of another claim, or nothing to undo or redo.
        """
        if decision.action == "undo":
            if not self.done:
                raise UsageError("there is nothing to undo")
            return dataclasses.replace(self, done=self.done[:-1], undone=(*self.undone, self.done[-1]))
        if decision.action == "redo":
            if not self.undone:
                raise UsageError("there is nothing to redo")
            return dataclasses.replace(self, done=(*self.done, self.undone[-1]), undone=self.undone[:-1])
        return dataclasses.replace(self, done=(*self.done, (decision, _decided(self.state, decision))), undone=())


def replayed(codings: Sequence[Coding], decisions: Iterable[Decision]) -> tuple[Review, tuple[Decision, ...]]:
    """Take decisions again, in order.

    Parameters
    ----------
    codings : the claims
    decisions : what was decided

    Returns
    -------
    the review, and the decisions that fit no claim any more, such as those on a claim that a new coding lacks
    """
    review, lost = Review.of(codings), []
    for decision in decisions:
        try:
            review = review.after(decision)
        except UsageError:
            lost.append(decision)
    return review, tuple(lost)


def _decided(state: State, decision: Decision) -> State:
    place = state.place(decision.claim)
    status: Status = "rejected" if decision.action == "reject" else "open" if decision.action == "split" else "accepted"
    codings = decision.into or (state.items[place].coding,)
    new = [Item(coding=coding, status=status, because=decision.because, by=decision.by) for coding in codings]
    items = (*state.items[:place], *new, *state.items[place + 1 :])
    names = [item.coding.id for item in items]
    if len(set(names)) < len(names):
        raise UsageError(f"two claims would have one id after '{decision.action}' of {decision.claim}")
    return State(items=items, at=_next_open(items, place if decision.action == "split" else place + 1))


def _next_open(items: Sequence[Item], start: int) -> int:
    """The first open claim from a place on, or else from the beginning; the last one where none is open."""
    order = [*range(start, len(items)), *range(min(start, len(items)))]
    return next((place for place in order if items[place].status == "open"), len(items) - 1)
