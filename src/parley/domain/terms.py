"""The terms of a truce (`Terms`) and beliefs about how each side negotiates (`Tactic`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from parley.domain.estimate import Ground, NonNegative, Share, Words
from parley.domain.party import PartyId

__all__ = ["Tactic", "Terms"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a truce would say, in the vocabulary of ceasefire research; absent fields are unknown.

    Attributes
    ----------
    side : `unilateral`, `bilateral` or `multilateral`
    ceasefire_class : `cessation` (no mechanism), `preliminary` (monitoring, separation) or `definitive`
        (demobilisation)
    length_days : its fixed length in days; absent: open-ended
    partial : whether it covers only some weapons, targets or places
    monitoring : whether somebody verifies it
    peacekeepers : whether an outside force stands between
    separation : whether forces are separated
    written : whether there is a text
    part_of_process : whether it is tied to peace talks
    mediated : whether a third party mediates
    imposed : whether a third party imposes it
    holiday : whether it marks a holiday
    humanitarian : whether it is to let relief or people through
    high_intensity : whether the front that it would silence is one of high intensity
    agreed : chance that it is agreed at all
    country : the country in whose earlier truces it stands, as data sets of ceasefires name it
    because : reason why it may last longer or shorter than 95% of its reference class shows
    grounds : what the terms rest on
    """

    side: Literal["unilateral", "bilateral", "multilateral"] | None = None
    ceasefire_class: Literal["cessation", "preliminary", "definitive"] | None = None
    length_days: NonNegative | None = None
    partial: bool | None = None
    monitoring: bool | None = None
    peacekeepers: bool | None = None
    separation: bool | None = None
    written: bool | None = None
    part_of_process: bool | None = None
    mediated: bool | None = None
    imposed: bool | None = None
    holiday: bool | None = None
    humanitarian: bool | None = None
    high_intensity: bool | None = None
    agreed: Share | None = None
    country: Words = ""
    because: Words = ""
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tactic:
    """A belief about how a party negotiates.

    Attributes
    ----------
    party : id of the party
    tactic : how it may behave at the table
    probability : how likely that is, 0..1; a party's probabilities need not add up to 1, the rest is unknown
    """

    party: PartyId
    tactic: Literal[
        "boulware",
        "linear",
        "conceder",
        "tit_for_tat",
        "micro",
        "stall",
        "tempt",
        "press_third_party",
        "threaten",
        "walk_away",
    ]
    probability: Share
