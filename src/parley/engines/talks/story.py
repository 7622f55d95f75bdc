"""One talk told turn by turn, each move with its reason in numbers: `told`, and what all talks come to: `detail`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.forecast import Forecast
from parley.domain.measure import Spot
from parley.engines.talks.beliefs import PLOYS
from parley.engines.talks.record import left_out
from parley.methods.medoids import typical
from parley.methods.offers import ACCEPT, OFFER, PACES, PROPOSE, SILENT, WALK

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Book", "detail", "distances", "told"]

Array = NDArray[Any]
Move = dict[str, Any]

MOST_PATHS, ENOUGH = 4, 0.25
"""No more typical paths than this; fewer where they leave no more than this share of the differences untold."""

STALL, TEMPT, PRESS, THREATEN, LEAVE = range(len(PLOYS))
MERGED = ("stalls", "holds", "silent", "proposes")
"""Moves that are told once when they are repeated."""

REASONS = {
    "boulware": "it gives way late, and the clock stands at step {step} of {steps}",
    "linear": "it gives way evenly, and the clock stands at step {step} of {steps}",
    "conceder": "it gives way early, and the clock stands at step {step} of {steps}",
    "tit_for_tat": "it gives as much as the others have given",
    "micro": "it names one package more for each new one that it hears",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Book:
    """The talks of one forecast: its variables as arrays, and the names that they speak of.

    Attributes
    ----------
    of : arrays by name, as the engine's card lists them
    names : ids of those who sit at the table
    issues : ids of the issues
    """

    of: Mapping[str, Array]
    names: tuple[str, ...]
    issues: tuple[str, ...]

    @classmethod
    def opened(cls, data: xr.Dataset) -> Book:
        """Read it from a forecast."""
        parties = [str(party) for party in data["party"].values]
        seats = [parties[place] for place in data["seat_party"].values if place >= 0]
        names = [name for name in map(str, data.data_vars) if name.startswith(("talk_", "package_", "seat_"))]
        issues = tuple(str(issue) for issue in data["issue"].values)
        return cls(of={name: data[name].values for name in names}, names=tuple(seats), issues=issues)

    @property
    def signing(self) -> int:
        """How many must sign."""
        return int(self.of["talk_target"].shape[2])

    @property
    def steps(self) -> int:
        """How many steps the clock has."""
        return int(self.of["talk_target"].shape[1])

    def package(self, place: int) -> dict[str, Spot]:
        """Where a package settles each issue."""
        points = self.of["package_point"][place]
        return {issue: Spot(float(x), issue) for issue, x in zip(self.issues, points, strict=True) if not np.isnan(x)}


def detail(forecast: Forecast) -> dict[str, Any]:
    """Lay one forecast out for JSON and pictures; see `TalksTurnByTurn.detail`."""
    book = Book.opened(forecast.data)
    chosen, belongs = typical(distances(book), most=MOST_PATHS, enough=ENOUGH)
    return {
        "zone_open": bool(forecast.data["zone_open"].item()),
        "parties": {name: _standing(book, seat) for seat, name in enumerate(book.names)},
        "paths": [_path(book, int(talk), int((belongs == k).sum())) for k, talk in enumerate(chosen)],
        "rungs_left_out": left_out(forecast.data),
    }


def _standing(book: Book, seat: int) -> dict[str, Any]:
    worth = book.of["package_worth"][:, seat]
    if seat >= book.signing:
        return {"signs": False, "best": float(worth.max()), "no_agreement": None}
    signed = worth[book.of["package_signed"][:, seat] == 1]
    reserve = (
        book.of["talk_reserve"][:, 0, seat] + book.of["talk_threat"][:, seat].sum(axis=1)
        if book.steps
        else np.full(1, np.nan)
    )
    best = float(signed.max()) if signed.size else None
    return {"signs": True, "best": best, "no_agreement": _plain(float(reserve[0]))}


def distances(book: Book) -> Array:
    """How much talks differ: in whether, when and where they end, and in how far each has come.

    Each of these counts alike, in shares of the most that it can be.
    """
    package, step = book.of["talk_package"], book.of["talk_step"]
    points = np.nan_to_num(book.of["package_point"])[np.maximum(package, 0)] / 100.0
    agreed = package >= 0
    kept = np.flatnonzero(~np.all(np.isnan(book.of["package_point"]), axis=0))
    columns = [agreed.astype(float), (book.of["talk_walked"] >= 0).astype(float), step / max(1, book.steps)]
    columns += [np.where(agreed, points[:, k], 0.5) / max(1, len(kept)) for k in kept]
    columns += [_come(book, seat) for seat in range(book.signing)]
    table = np.stack(columns, axis=1)
    return np.asarray(np.abs(table[:, np.newaxis] - table[np.newaxis]).sum(axis=2))


def _come(book: Book, seat: int) -> Array:
    """How far a party's last offer lies below its first, in its own worth, in each talk.

    Stated worths have a unit of their own: they count in shares of what lies between the worst and the best.
    """
    named = _named(book, seat)
    worth = book.of["package_worth"][:, seat]
    if book.of["seat_stated"][seat]:
        worth = worth / max(float(np.ptp(worth)), 1e-12)
    result = np.zeros(len(named))
    for talk, places in enumerate(named):
        spoken = places[places >= 0]
        if spoken.size:
            result[talk] = worth[spoken[0]] - worth[spoken[-1]]
    return result


def _named(book: Book, seat: int) -> Array:
    """The packages that a party offers, shape (talk, step); -1 where it offers none."""
    return np.where(book.of["talk_kind"][:, :, seat] == OFFER, book.of["talk_offer"][:, :, seat], -1)


def _path(book: Book, talk: int, stands_for: int) -> dict[str, Any]:
    of, total = book.of, len(book.of["talk_package"])
    package, walked = int(of["talk_package"][talk]), int(of["talk_walked"][talk])
    seats = range(len(book.names))
    return {
        "weight": stands_for / total,
        "talks": stands_for,
        "ends": "agreement" if package >= 0 else "left" if walked >= 0 else "deadline",
        "step": int(of["talk_step"][talk]) + 1,
        "settlement": book.package(package) if package >= 0 else None,
        "worth": {book.names[k]: float(of["package_worth"][package, k]) for k in seats} if package >= 0 else None,
        "paces": {book.names[k]: PACES[int(of["talk_pace"][talk, k])] for k in range(book.signing)},
        "ploys": {book.names[k]: [PLOYS[j] for j in np.flatnonzero(of["talk_ploy"][talk, k])] for k in seats},
        "asks": {book.names[k]: _asks(book, talk, k) for k in range(book.signing)},
        "moves": told(book, talk),
    }


def _asks(book: Book, talk: int, seat: int) -> dict[str, list[float | None]]:
    """By step, what a party's last offer is worth to it, and what no agreement is."""
    last = int(book.of["talk_step"][talk])
    worth, asked = book.of["package_worth"][:, seat], None
    named: list[float | None] = []
    for step, place in enumerate(_named(book, seat)[talk]):
        if step > last:
            break
        asked = float(worth[place]) if place >= 0 else asked
        named.append(asked)
    reserve: list[float | None] = [float(each) for each in book.of["talk_reserve"][talk, : last + 1, seat]]
    return {"named": named, "no_agreement": reserve}


def told(book: Book, talk: int) -> list[Move]:
    """Tell one talk, move by move."""
    moves = _announced(book, talk)
    teller = _Teller(book, talk)
    for step in range(int(book.of["talk_step"][talk]) + 1):
        moves += teller.step(step)
    merged: list[Move] = []
    open_runs: dict[str, Move] = {}
    for move in moves:
        run = open_runs.get(move["party"])
        same = run is not None and all(run[key] == move[key] for key in ("kind", "place"))
        if run is not None and same and move["kind"] in MERGED and move["step"] == run["until"] + 1:
            run["until"] = move["until"]
            continue
        open_runs[move["party"]] = move
        merged.append(move)
    if int(book.of["talk_package"][talk]) < 0 and int(book.of["talk_walked"][talk]) < 0:
        merged.append(teller.ended())
    for move in merged:
        place = move.pop("place")
        move["package"] = book.package(place) if place >= 0 else None
    return merged


def _move(step: int, party: str | None, kind: str, place: int, why: str) -> Move:
    return {"step": step + 1, "until": step + 1, "party": party, "kind": kind, "place": place, "why": why}


def _announced(book: Book, talk: int) -> list[Move]:
    """What is said before the first offer: pressure on third parties and threats."""
    if not book.steps:
        return []
    ploys, moves = book.of["talk_ploy"][talk], []
    leans, threats = book.of["talk_leans"][talk], book.of["talk_threat"][talk]
    for seat, name in enumerate(book.names):
        signs = seat < book.signing
        others = [k for k in range(book.signing) if k != seat]
        if ploys[seat, PRESS] and signs and book.signing < len(book.names):
            leaned = [k for k in others if leans[k] > 0]
            what = _falls(book, leaned, leans, "by the end") if leaned else f"{book.names[-1]} does not do it"
            moves.append(_move(0, name, "presses", -1, f"asks {book.names[-1]} to lean on the other side: {what}"))
        if ploys[seat, THREATEN]:
            hit = [k for k in others if threats[k, seat] > 0]
            what = (
                _falls(book, hit, threats[:, seat], "from now on")
                if hit
                else "it has no lever that lowers what those who must sign "
            )
            moves.append(_move(0, name, "threatens", -1, what if hit else f"{what}have without agreement"))
    return moves


def _falls(book: Book, seats: Sequence[int], by: Array, when: str) -> str:
    parts = [f"to {book.names[k]} by {by[k]:.3f} {when}" for k in seats]
    return f"what no agreement is worth falls {' and '.join(parts)}"


class _Teller:
    """Tells one talk step by step, knowing how it ends."""

    def __init__(self, book: Book, talk: int) -> None:
        self.book, self.talk = book, talk
        self.kinds, self.offers = book.of["talk_kind"][talk], book.of["talk_offer"][talk]
        self.targets, self.reserve = book.of["talk_target"][talk], book.of["talk_reserve"][talk]
        self.first: dict[int, int] = {}
        self.last: dict[int, int] = {}
        self.asked: dict[int, float] = {}
        self.best: dict[int, float] = {}
        self.lies = -1

    def step(self, step: int) -> list[Move]:
        moves = []
        mediator = self.book.signing
        if self.broker_leaves(step):
            why = f"it has tried, and proposes, threatens and leans no more; it blames {self.blamed(mediator)}"
            moves.append(_move(step, self.book.names[mediator], "walks_away", -1, why))
        if self.kinds[step, mediator] == PROPOSE:
            moves.append(self.proposed(step, int(self.offers[step, mediator])))
        for seat in range(self.book.signing):
            kind, place = int(self.kinds[step, seat]), int(self.offers[step, seat])
            if kind == OFFER:
                moves.append(self.offered(step, seat, place))
                self.first.setdefault(seat, place)
                self.last[seat], self.lies = place, place
                self.asked[seat] = float(self.targets[step, seat])
                for other in range(self.book.signing):
                    if other != seat and self.book.of["package_signed"][place, other]:
                        self.best[other] = max(self.best.get(other, -np.inf), self.worth(place, other))
            elif kind == ACCEPT and place >= 0:
                moves.append(self.accepted(step, seat, place))
            elif kind == WALK:
                moves.append(self.left(step, seat))
            elif kind == SILENT:
                why = "it could sign no package that is worth as much to it as no agreement"
                moves.append(_move(step, self.book.names[seat], "silent", -1, why))
        return moves

    def worth(self, place: int, seat: int) -> float:
        return float(self.book.of["package_worth"][place, seat])

    def proposed(self, step: int, place: int) -> Move:
        worths = " and ".join(f"{self.worth(place, k):.2f} to {self.book.names[k]}" for k in range(self.book.signing))
        taken = int(self.book.of["talk_package"][self.talk]) == place and step == int(
            self.book.of["talk_step"][self.talk]
        )
        end = "all are content with it" if taken else "somebody still asks for more"
        name = self.book.names[-1]
        return _move(step, name, "settles" if taken else "proposes", place, f"it is worth {worths}; {end}")

    def offered(self, step: int, seat: int, place: int) -> Move:
        name, of = self.book.names[seat], self.book.of
        pace = PACES[int(of["talk_pace"][self.talk, seat])]
        worth, reserve = self.worth(place, seat), float(self.reserve[step, seat])
        if seat not in self.last:
            why = f"it begins with what is worth {worth:.2f} to it; no agreement is worth {reserve:.2f}"
            return _move(step, name, "opens", place, why)
        before = self.worth(self.last[seat], seat)
        if place == self.last[seat]:
            stalls = of["talk_ploy"][self.talk, seat, STALL] and self.stalling(step, seat)
            return _move(step, name, "stalls" if stalls else "holds", place, self.waiting(step, seat))
        target, asked = float(self.targets[step, seat]), self.asked[seat]
        reason = REASONS[pace].format(step=step + 1, steps=self.book.steps)
        why = (
            f"what it names is worth {worth:.2f} to it, {before:.2f} before; "
            f"it asks for {target:.2f} ({asked:.2f} before): {reason}"
        )
        if worth > before + 1e-9:
            return _move(step, name, "hardens", place, why)
        return _move(step, name, "tempts" if of["talk_ploy"][self.talk, seat, TEMPT] else "concedes", place, why)

    def stalling(self, step: int, seat: int) -> bool:
        """Whether it still asks for no less than at first."""
        return float(self.targets[step, seat]) >= float(np.nanmax(self.targets[:, seat])) - 1e-9

    def waiting(self, step: int, seat: int) -> str:
        """What waiting is worth, against what lies on the table."""
        if self.lies < 0 or self.lies == self.last.get(seat):
            return f"it asks for {float(self.targets[step, seat]):.2f}, and nothing else lies on the table"
        now, later = self.worth(self.lies, seat), self.later(step, seat)
        table = f"what lies on the table is worth {now:.2f}"
        if not self.book.of["package_signed"][self.lies, seat]:
            crossed = " and ".join(self.crossed(self.lies, seat)) or "a condition of its own"
            return f"{table} to it, but crosses its red line on {crossed}; it asks for {self.targets[step, seat]:.2f}"
        gain = f"worth {later - now:+.2f}" if later >= now else f"a loss of {now - later:.2f}"
        return f"waiting is {gain} to it: {table}, the end of the talks {later:.2f} today{self.cause(step, seat)}"

    def crossed(self, place: int, seat: int) -> list[str]:
        """Ids of the issues on which a package crosses a red line."""
        points, of = self.book.of["package_point"][place], self.book.of
        off = (points < of["seat_least"][seat] - 1e-9) | (points > of["seat_most"][seat] + 1e-9)
        return [issue for issue, crosses in zip(self.book.issues, off, strict=True) if crosses]

    def cause(self, step: int, seat: int) -> str:
        """How the others' reserve values fall while it waits."""
        end = int(self.book.of["talk_step"][self.talk])
        falls = [
            f"no agreement becomes worth {self.reserve[step, k] - self.reserve[end, k]:.3f} less to {name}"
            for k, name in enumerate(self.book.names[: self.book.signing])
            if k != seat and self.reserve[step, k] - self.reserve[end, k] > 5e-4
        ]
        return f", and meanwhile {' and '.join(falls)}" if falls else ""

    def later(self, step: int, seat: int) -> float:
        """What the end of the talks is worth now."""
        package, end = int(self.book.of["talk_package"][self.talk]), int(self.book.of["talk_step"][self.talk])
        reserve = float(self.reserve[step, seat])
        worth = self.worth(package, seat) if package >= 0 else reserve
        kept = float(self.book.of["seat_discount"][seat]) ** (end - step)
        meanwhile = 0.0 if self.book.of["seat_stated"][seat] else reserve
        return (1.0 - kept) * meanwhile + kept * worth

    def accepted(self, step: int, seat: int, place: int) -> Move:
        target, reserve = float(self.targets[step, seat]), float(self.reserve[step, seat])
        why = (
            f"it is worth {self.worth(place, seat):.2f} to it, and it asks for {target:.2f} by now; "
            f"no agreement is worth {reserve:.2f}"
        )
        return _move(step, self.book.names[seat], "accepts", place, why)

    def left(self, step: int, seat: int) -> Move:
        best, reserve = self.best.get(seat), float(self.reserve[step, seat])
        heard = "nothing that it could sign" if best is None else f"nothing worth more than {best:.2f}"
        why = f"it has been offered {heard}, and no agreement is worth {reserve:.2f}; it blames {self.blamed(seat)}"
        return _move(step, self.book.names[seat], "walks_away", -1, why)

    def broker_leaves(self, step: int) -> bool:
        """Whether a broker that walks away does so in this step, the middle of the talks."""
        seat = self.book.signing
        sits = len(self.book.names) > seat
        return bool(sits and step == self.book.steps // 2 and self.book.of["talk_ploy"][self.talk, seat, LEAVE])

    def blamed(self, seat: int) -> str:
        """Who has come the shortest way so far, as its own worth counts it."""
        come = {
            k: self.worth(self.first[k], k) - self.worth(self.last[k], k) if k in self.last else 0.0
            for k in range(self.book.signing)
            if k != seat
        }
        least = min(come, key=lambda k: (come[k], k))
        return f"{self.book.names[least]}, which has given way by {come[least]:.2f}"

    def ended(self) -> Move:
        signed = self.book.of["package_signed"].all(axis=1)
        if not signed.any():
            why = "no package lies within the red lines of all who must sign"
        else:
            asks = [
                f"{name} still asks for {self.asked[k]:.2f}"
                for k, name in enumerate(self.book.names)
                if k in self.asked
            ]
            why = "; ".join(asks) or "there was no step in which to offer anything"
        return _move(
            self.book.steps - 1 if self.book.steps else 0, None, "deadline", -1, f"the clock has run out: {why}"
        )


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else value
