"""A party to the talks. `Party` is the main name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from parley.domain.estimate import Ground, NonNegative, Share, Words
from parley.domain.marks import Defines, Refers

__all__ = ["Interest", "Party", "PartyId", "Role"]

PartyId = Annotated[str, Refers("party")]
Role = Literal["belligerent", "broker", "guarantor", "patron", "public", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """An aim behind a party's positions, in words.

    Attributes
    ----------
    words : the aim
    grounds : facts, claims and judgements that it rests on
    """

    words: Words
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who wants something from the talks and has power to shape them.

    Attributes
    ----------
    id : short name, such as `russia`
    name : full name
    role : part played: `belligerent`, `broker`, `guarantor`, `patron`, `public` (bears on what a government can
        sign), `other`
    capability : relative power to shape the outcome, >= 0, no unit
    no_agreement : payoff without agreement, 0..1 on the common yardstick; absent where nobody can say
    interests : aims in words
    aliases : other names in the press
    note : remark for the reader
    """

    id: Annotated[str, Defines("party")]
    name: Words
    role: Role
    capability: NonNegative
    no_agreement: Share | None = None
    interests: tuple[Interest, ...] = ()
    aliases: tuple[Words, ...] = ()
    note: Words = ""
