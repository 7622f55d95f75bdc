"""The talks of one forecast as arrays, from which their story is told: `recorded` is the main name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parley.domain.draws import Draws
from parley.engines.talks.beliefs import Profiles
from parley.engines.talks.outcome import discounts, settlements
from parley.engines.talks.room import Room, Rounds
from parley.methods import columns
from parley.methods.offers_many import Courses

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["left_out", "recorded"]


def recorded(draws: Draws, room: Room, began: tuple[Profiles, Rounds], courses: Courses) -> dict[str, Any]:
    """Lay the talks of a single draw out along `talk`, `step`, `seat` and `package`.

    The seats are those who must sign and one for the broker, empty where there is none.
    """
    sampled, rounds = began
    signing = len(room.seats.signing)
    packages = room.reading.worth.shape[2]
    places = np.arange(packages)
    stated, kept = np.zeros((2, len(draws.base.issues)), dtype=np.int64)
    stated[list(room.reading.issues)], kept[list(room.reading.issues)] = room.reading.rungs, room.reading.sizes
    return {
        "talk_kind": (("talk", "step", "seat"), courses.kinds.astype(np.int64)),
        "talk_offer": (("talk", "step", "seat"), courses.offers),
        "talk_target": (("talk", "step", "signer"), courses.targets),
        "talk_reserve": (("talk", "step", "signer"), rounds.reserve.transpose(0, 2, 1)),
        "talk_package": (("talk",), courses.package),
        "talk_step": (("talk",), courses.step),
        "talk_walked": (("talk",), courses.walked),
        "talk_pace": (("talk", "seat"), _seated(sampled.pace[0], signing, -1)),
        "talk_ploy": (("talk", "seat", "ploy"), _seated(sampled.ploys[0].astype(np.int64), signing, 0)),
        "talk_leans": (("talk", "signer"), rounds.leans),
        "talk_threat": (("talk", "signer", "seat"), _seated_last(rounds.threats, signing)),
        "package_worth": (("package", "seat"), _seated(room.reading.worth[0].T, signing, np.nan)),
        "package_signed": (("package", "signer"), room.reading.signs[0].T.astype(np.int64)),
        "package_point": (("package", "issue"), settlements(draws, room, np.zeros_like(places), places)),
        "rungs_stated": (("issue",), stated),
        "rungs_kept": (("issue",), np.where(stated > 0, kept, 0)),
        "seat_least": (("signer", "issue"), columns.red_lines(draws)[0][0, list(room.seats.signing)]),
        "seat_most": (("signer", "issue"), columns.red_lines(draws)[1][0, list(room.seats.signing)]),
        "seat_party": (("seat",), _seated(np.array([room.seats.all]), signing, -1)[0]),
        "seat_stated": (("seat",), _seated(np.array([room.stated], dtype=np.int64), signing, 0)[0]),
        "seat_discount": (("seat",), _seated(discounts(draws, room.seats.all), signing, np.nan)[0]),
    }


def left_out(data: xr.Dataset) -> dict[str, dict[str, int]]:
    """The issues of which rungs with a stated worth are left out: how many are `stated`, and how many `kept`."""
    counts = zip(data["issue"].values, data["rungs_stated"].values, data["rungs_kept"].values, strict=True)
    return {str(issue): {"stated": int(all_), "kept": int(kept)} for issue, all_, kept in counts if kept < all_}


def _seated_last(values: Any, signing: int) -> Any:
    """The same along the last axis."""
    return _seated(values.transpose(0, 2, 1), signing, 0).transpose(0, 2, 1)


def _seated(values: Any, signing: int, empty: float) -> Any:
    """Add an empty seat along the second axis where no broker sits."""
    if values.shape[1] > signing:
        return values
    seat = np.full((values.shape[0], 1, *values.shape[2:]), empty, dtype=values.dtype)
    return np.concatenate([values, seat], axis=1)
