"""What kind of move a proposition is: demand, offer, refusal and so on. `kind_of` is the main name.

A multinomial logistic regression weighs the signs of `parley.reading.kind_signs`, of which the kind that rules give is
one. It was fitted to sentences and articles of our own; `docs/explanation/how-kinds-are-read.md` tells how, and what
it is worth.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import numpy as np

from parley import resources
from parley.domain.source import StatementKind
from parley.reading.kind_rules import by_rules
from parley.reading.kind_signs import signs
from parley.reading.moves import Kind, Role, Said
from parley.reading.weighing import Row, Weights

__all__ = ["KINDS", "Kind", "Role", "Said", "kind_of"]

KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
SHIPPED = "datasets/reading/kinds.npz"
OF_A_PARTY = frozenset({"demand", "offer", "refusal", "threat", "promise", "proposal", "goal"})
"""Kinds of move that somebody makes who takes part in talks."""


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
