"""Which opening, which pace and which part in the talks serve a party: `advise`, and the tournament of paces: `met`.

Options are compared on the same draws and the same samples of what the others do, so that a difference comes from the
option alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.scenario import Scenario
from parley.engines.talks.beliefs import PLOYS, Profiles
from parley.engines.talks.outcome import by_kernel, flow_values, opening_steps
from parley.engines.talks.room import PRESS, THREATEN, WALK, Room, Rounds, rounds_of
from parley.methods.offers import PACES
from parley.methods.robust_choice import robust

__all__ = ["Advice", "Met", "Option", "Tried", "advice_of", "advise", "joined", "met", "together", "tried"]

Array = NDArray[np.float64]

OPENINGS = {"high": 1.0, "halfway": 0.5}
"""Where a party may begin between no agreement, 0, and the best that it could sign, 1."""

PARTS: Mapping[str, tuple[int, ...]] = {
    "stays_out": (),
    "proposes": (),
    "proposes_and_leans": (PRESS,),
    "proposes_and_threatens": (THREATEN,),
    "walks_away": (WALK,),
}
"""What a broker may do, with the ploys that belong to it."""

FEW = 4
"""So many samples a draw are enough to judge an option in one state, over all draws."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way for a party to take part, against what the scenario believes of the others.

    Attributes
    ----------
    name : its name, such as `boulware, high`
    value : what the talks are worth to the party now, mean over draws
    error : standard error of that mean
    low, high : the value in the tenth and ninetieth of a hundred draws
    behind, behind_error : how much less it is worth than the option with the largest mean, on the same draws, and the
        standard error of that
    best_share : share of draws in which no other option is worth more; ties share
    agreement : how likely agreement is, mean over draws
    """

    name: str
    value: float
    error: float
    low: float
    high: float
    behind: float
    behind_error: float
    best_share: float
    agreement: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Advice:
    """How a party's options compare.

    Attributes
    ----------
    party : id of the party
    role : `signer` or `broker`
    options : the options, in the order in which they were tried
    states : what the others may do, where nothing is believed of it
    by_state : what each option is worth in each, shape (option, state)
    robust : names of the options that maximin, minimax regret and equal chances choose among these
    """

    party: str
    role: str
    options: tuple[Option, ...]
    states: tuple[str, ...]
    by_state: Array
    robust: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Met:
    """Every pace against every pace, between the first two who must sign; any further ones hold out (Boulware).

    Attributes
    ----------
    parties : ids of the two
    value : what the talks are worth to each now, mean over draws, shape (party, pace of the first, pace of the second)
    agreement : share of draws in which they agree, shape (pace of the first, pace of the second)
    """

    parties: tuple[str, str]
    value: Array
    agreement: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tried:
    """Every option of a party against what is believed of the others, and against each pace of theirs.

    Attributes
    ----------
    party : place of the party
    signs : whether it must sign
    seat, others : its seat, and those of the others who must sign
    options : names of its options
    states : the paces of the others, by their places in `PACES`
    values : what each option is worth to the party against what is believed of the others, shape (option, draw)
    agreed : how likely agreement is then, shape (option, draw)
    cells : what each option is worth to everybody at the table in each state, shape (option, state, draw, seat)
    """

    party: int
    signs: bool
    seat: int
    others: tuple[int, ...]
    options: tuple[str, ...]
    states: tuple[tuple[int, ...], ...]
    values: Array
    agreed: Array
    cells: Array


def advise(draws: Draws, room: Room, sampled: Profiles, party: int) -> Advice | None:
    """Compare a party's options.

    Parameters
    ----------
    draws : the draws
    room : their tables
    sampled : samples of tactics for those at the table
    party : place of the party

    Returns
    -------
    None where the party does not sit at the table
    """
    found = tried(draws, room, sampled, party)
    return None if found is None else advice_of(draws.base, found)


def tried(draws: Draws, room: Room, sampled: Profiles, party: int) -> Tried | None:
    """Try every option of a party; parameters and absence as in `advise`."""
    if party not in room.seats.all:
        return None
    seat = room.seats.all.index(party)
    signs = seat < len(room.seats.signing)
    options = _own_options(seat) if signs else _parts()
    few = Profiles(pace=sampled.pace[:, :FEW], ploys=sampled.ploys[:, :FEW])
    others = [k for k in range(len(room.seats.signing)) if k != seat]
    states = (
        list(itertools.product(range(len(PACES)), repeat=len(others)))
        if len(others) <= 2
        else [(pace,) * len(others) for pace in range(len(PACES))]
    )
    mixed = [_held(draws, room, sampled, change) for change in options.values()]
    cells = [
        [_held(draws, room, _paced(few, others, each), change)[0] for each in states] for change in options.values()
    ]
    return Tried(
        party=party,
        signs=signs,
        seat=seat,
        others=tuple(others),
        options=tuple(options),
        states=tuple(states),
        values=np.stack([value[:, seat] for value, _ in mixed]),
        agreed=np.stack([agreed for _, agreed in mixed]),
        cells=np.array(cells),
    )


def joined(parts: Sequence[Tried]) -> Tried:
    """What was tried on several parts of the same draws, as if on all at once."""
    values, agreed = (np.concatenate([getattr(each, name) for each in parts], axis=1) for name in ("values", "agreed"))
    return replace(parts[0], values=values, agreed=agreed, cells=np.concatenate([each.cells for each in parts], axis=2))


def advice_of(scenario: Scenario, found: Tried) -> Advice:
    """Compare options that were tried."""
    by_state = found.cells[:, :, :, found.seat].mean(axis=2)
    names = found.options
    return Advice(
        party=scenario.party_ids[found.party],
        role="signer" if found.signs else "broker",
        options=_compared(names, found.values, found.agreed.mean(axis=1)),
        states=tuple(" and ".join(PACES[pace] for pace in state) for state in found.states),
        by_state=by_state,
        robust={rule: tuple(names[k] for k in chosen) for rule, chosen in robust(by_state).items()},
    )


def _compared(names: Sequence[str], values: Array, agreement: Array) -> tuple[Option, ...]:
    """Options with their values, shape (option, draw), on the same draws."""
    best = values >= values.max(axis=0) - 1e-9
    short = values[values.mean(axis=1).argmax()] - values
    return tuple(
        Option(
            name=name,
            value=float(values[k].mean()),
            error=_error(values[k]),
            low=float(np.quantile(values[k], 0.1)),
            high=float(np.quantile(values[k], 0.9)),
            behind=float(short[k].mean()),
            behind_error=_error(short[k]),
            best_share=float((best[k] / best.sum(axis=0)).mean()),
            agreement=float(agreement[k]),
        )
        for k, name in enumerate(names)
    )


def _error(values: Array) -> float:
    """The standard error of a mean; NaN for a single draw."""
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")


Change = Callable[[Profiles, Rounds | None], tuple[Profiles, Rounds | None]]


def _own_options(seat: int) -> dict[str, Change]:
    """Paces and openings of a party that must sign; it uses no ploy."""

    def change(pace: int, opening: float) -> Change:
        def changed(sampled: Profiles, rounds: Rounds | None) -> tuple[Profiles, Rounds | None]:
            if rounds is not None:
                rounds.styles[:, seat, 2] = opening
                return sampled, rounds
            paces, ploys = sampled.pace.copy(), sampled.ploys.copy()
            paces[:, :, seat], ploys[:, :, seat] = pace, False
            return Profiles(pace=paces, ploys=ploys), None

        return changed

    return {
        f"{name}, {opening}": change(pace, share)
        for (pace, name), (opening, share) in itertools.product(enumerate(PACES), OPENINGS.items())
    }


def _parts() -> dict[str, Change]:
    """What a broker may do."""

    def change(name: str, uses: Sequence[int]) -> Change:
        def changed(sampled: Profiles, rounds: Rounds | None) -> tuple[Profiles, Rounds | None]:
            if rounds is not None:
                if name == "stays_out":
                    rounds.proposals[:] = -1
                return sampled, rounds
            ploys = sampled.ploys.copy()
            ploys[:, :, -1] = np.isin(np.arange(len(PLOYS)), uses)
            return Profiles(pace=sampled.pace, ploys=ploys), None

        return changed

    return {name: change(name, uses) for name, uses in PARTS.items()}


def _paced(sampled: Profiles, seats: Sequence[int], paces: Sequence[int]) -> Profiles:
    """The same samples with these seats at these paces."""
    pace = sampled.pace.copy()
    pace[:, :, list(seats)] = np.array(paces)
    return Profiles(pace=pace, ploys=sampled.ploys)


def _held(draws: Draws, room: Room, sampled: Profiles, change: Change) -> tuple[Array, Array]:
    """What the talks are worth to those at the table, shape (draw, seat), and how likely agreement is (draw,)."""
    changed, _ = change(sampled, None)
    rounds = rounds_of(room, changed)
    change(changed, rounds)
    courses = by_kernel(room, rounds)
    value = flow_values(draws, room, (rounds, courses), opening_steps(draws))
    return value, (courses.package >= 0).reshape(len(draws), -1).mean(axis=1)


def met(draws: Draws, room: Room) -> Met:
    """Let every pace of the first who must sign meet every pace of the second, without ploys and without a broker.

    Parameters
    ----------
    draws : the draws
    room : their tables
    """
    ids, seats = draws.base.party_ids, len(room.seats.all)
    paces = np.array(list(itertools.product(range(len(PACES)), repeat=2)))
    pace = np.zeros((len(draws), len(paces), seats), dtype=np.int64)
    pace[:, :, :2] = paces
    rounds = rounds_of(room, Profiles(pace=pace, ploys=np.zeros((*pace.shape, len(PLOYS)), dtype=np.bool_)))
    rounds.proposals[:] = -1
    courses = by_kernel(room, rounds)
    value = flow_values(draws, room, (rounds, courses), opening_steps(draws), each=True)
    shape = (len(draws), len(PACES), len(PACES))
    return Met(
        parties=(ids[room.seats.signing[0]], ids[room.seats.signing[1]]),
        value=value[:, :, :2].mean(axis=0).T.reshape(2, len(PACES), len(PACES)),
        agreement=(courses.package >= 0).reshape(shape).mean(axis=0),
    )


def together(parts: Sequence[Met], draws: Sequence[int]) -> Met:
    """The tournament over all draws from those over parts of so many draws each."""
    share = np.array(draws) / sum(draws)
    value = sum(part * each.value for part, each in zip(share, parts, strict=True))
    agreement = sum(part * each.agreement for part, each in zip(share, parts, strict=True))
    return Met(parties=parts[0].parties, value=np.asarray(value), agreement=np.asarray(agreement))
