"""What the editor of a briefing has at hand: names, statistics and the register of bases. `Desk` is the main name."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from parley.approaches import summarise
from parley.briefing import words
from parley.briefing.measures import Paired, paired
from parley.domain.briefing import Basis, Piece
from parley.domain.comparison import Comparison, ComparisonSummary, Statistic
from parley.domain.draws import Draws, Quantity, quantities
from parley.domain.engine import COMMON_VARIABLES, EngineCard
from parley.domain.forecast import EngineRun, Ensemble
from parley.domain.marks import Refers, walk
from parley.domain.scenario import Scenario
from parley.ensembles.statistics import statistic
from parley.errors import Path

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Desk"]

T = TypeVar("T")

MEASURES: Mapping[str, str] = {
    "agreement": "how likely agreement is",
    "settlement": "where each issue would settle",
    "payoff": "how well each party does",
    "time_to_agreement": "how long agreement takes",
    "outcome": "which outcome follows",
    "waiting": "what waiting is worth",
    "pressure": "what the broker's rules, doubt and resolve do",
    "commitment": "whether a truce would be kept while power shifts",
    "endings": "how the war ends where truces can be broken",
    "without end": "what the war would be worth if the talks never ended",
    "slack": "by how much peace is better than attacking before power shifts",
    "equilibrium": "which states hold",
    "interval": "what may come out, judged by how far such forecasts missed on decided issues of the European Union",
    "rounds": "how the parties move from round to round",
    "challenges": "who would gain by challenging whom",
    "exchanges": "who trades what with whom",
    "blockers": "what each party holds",
    "paths": "how the talks run turn by turn",
    "states": "who can move where, and which states hold",
    "packages": "which packages could be signed, and what they are worth to whom",
    "zone": "in how many draws some package could be signed, and on which issues red lines exclude each other",
}
"""What a measure says, to follow "War bargaining, 2,000 draws, seed 0: "."""

AT_MODES = ("rounds", "challenges", "exchanges", "blockers", "paths", "states", "packages", "commitment", "without end")
"""Measures of one forecast, with every estimate at its most plausible number."""

AT_ONCE = "run once, on the most plausible numbers"

READ_BY_ALL = ("parties", "positions")
"""Sections that every engine reads, needed or not: red lines, what a settlement and no agreement are worth."""


class Desk:
    """The comparison of one briefing, with what its sections share.

    Parameters
    ----------
    comparison : what the briefing is about
    summary : its statistics; None: they are computed
    details : what engines say beyond these of the most plausible numbers; None: it is computed when it is asked for
    """

    def __init__(
        self,
        comparison: Comparison,
        summary: ComparisonSummary | None = None,
        details: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self.comparison = comparison
        self.summary = summarise(comparison) if summary is None else summary
        self.scenario = comparison.scenario
        self._details = details
        self.bases: dict[str, Basis] = {}
        self._ids: dict[str, str] = {}
        self._made: dict[str, Any] = {}

    @property
    def baseline(self) -> Ensemble:
        """The answers without any approach."""
        return self.comparison.baseline

    @functools.cached_property
    def engines(self) -> tuple[str, ...]:
        """Engines that have an answer in one draw at least."""
        return tuple(name for name, run in self.baseline.runs.items() if _answers(run))

    @functools.cached_property
    def apart(self) -> tuple[str, ...]:
        """Engines that ran and answer a question of their own: their cards are silent on all that others report."""
        return tuple(
            name
            for name, run in self.baseline.runs.items()
            if set(self.cards[name].silent_on) == set(COMMON_VARIABLES)
            and len(run.failures) < max(self.baseline.draws, 1)
        )

    @functools.cached_property
    def cards(self) -> Mapping[str, EngineCard]:
        """Cards of every engine of the comparison; for an engine that this version does not have, its name only."""
        from parley.engines import available

        names = dict.fromkeys((*self.baseline.runs, *self.baseline.gaps))
        known = available()
        return {name: known[name].card if name in known else _unknown(name) for name in names}

    @functools.cached_property
    def draws(self) -> Draws:
        """The draws of the baseline, made again from their seed."""
        from parley.ensembles import draw

        return draw(self.scenario, self.baseline.draws, self.baseline.seed)

    @functools.cached_property
    def details(self) -> Mapping[str, Mapping[str, Any]]:
        """What engines that read positions or the war say of the most plausible numbers beyond the common variables."""
        if self._details is not None:
            return self._details
        from parley.ensembles.output import details_of

        told = {"positions", "war"}
        reading = {name: self.baseline.runs[name] for name in self.engines if told & set(self.cards[name].needs)}
        found = details_of(dataclasses.replace(self.baseline, runs=reading))
        return {name: each for name, each in found.items() if "failure" not in each}

    @property
    def sample(self) -> str:
        """What the engines were run on: so many draws, or the most plausible numbers alone."""
        if self.baseline.draws == 0:
            return AT_ONCE
        return f"{self.baseline.draws:,} draw{'' if self.baseline.draws == 1 else 's'}, seed {self.baseline.seed}"

    def title(self, engine: str) -> str:
        """The name of an engine in the literature."""
        return self.cards[engine].title

    def mention(self, engine: str) -> str:
        """The name of an engine inside a sentence: "the compromise model"."""
        return f"the {self.cards[engine].short}"

    def party(self, party_id: str) -> str:
        """The name of a party."""
        return self.scenario.party(party_id).name

    def named(self, party_id: str) -> str:
        """The name of a party inside a sentence."""
        return words.in_sentence(self.party(party_id))

    def colour(self, party_id: str) -> int:
        """The number of a party's colour, the same on the whole page."""
        return self.scenario.party_ids.index(party_id)

    @functools.cached_property
    def asker(self) -> str:
        """The name of the party that asks, inside a sentence."""
        return self.named(self.comparison.asked_by)

    def approach(self, approach_id: str | None) -> str:
        """The name of an approach, or of none."""
        if approach_id is None:
            return "No change"
        return next(each.name for each in self.comparison.approaches if each.id == approach_id)

    def data(self, engine: str, approach: str | None = None) -> xr.Dataset | None:
        """An engine's answers under an approach; None where it has none."""
        ensemble = self.baseline if approach is None else self.comparison.ensembles[approach]
        run = ensemble.runs.get(engine)
        return None if run is None else run.data

    def values(
        self, engine: str, measure: str, approach: str | None = None, **where: str
    ) -> NDArray[np.float64] | None:
        """One number of an engine in every draw, shape (draw,); None where the engine does not have it.

        Parameters
        ----------
        engine : name of the engine
        measure : name of the variable
        approach : id of the approach; None for no change
        where : the party or issue
        """
        key = f"{engine} {measure} {approach}"
        found = self.once(key, lambda: _by_place(self.data(engine, approach), measure))
        return found.get(next(iter(where.values()), None))

    def once(self, key: str, make: Callable[[], T]) -> T:
        """What `make` gives, computed the first time that this key is asked for."""
        if key not in self._made:
            self._made[key] = make()
        found: T = self._made[key]
        return found

    def spread(self, engine: str, measure: str, approach: str | None = None, **where: str) -> Statistic | None:
        """How one number of an engine is spread over the draws; None where the engine is silent."""

        def found() -> Statistic | None:
            values = self.values(engine, measure, approach, **where)
            return statistic(values) if values is not None and np.isfinite(values).any() else None

        return self.once(f"spread {engine} {measure} {approach} {next(iter(where.values()), None)}", found)

    def outcomes(self, engine: str) -> Mapping[str | None, float]:
        """The shares of the outcomes by an engine, without any approach; empty where it says nothing of them."""
        found = self.summary.baseline.engines.get(engine)
        return {} if found is None else found.outcomes

    def difference(self, engine: str, measure: str, approach: str, **where: str) -> Paired | None:
        """How an approach changes one number of an engine, draw by draw; None where the engine is silent."""

        def found() -> Paired | None:
            changed, base = self.values(engine, measure, approach, **where), self.values(engine, measure, **where)
            return None if changed is None or base is None else paired(changed, base)

        return self.once(f"difference {engine} {measure} {approach} {next(iter(where.values()), None)}", found)

    def speaking(self, measure: str) -> tuple[str, ...]:
        """Engines that have a value of this measure in one draw at least."""
        return tuple(name for name in self.engines if _finite(self.data(name), measure))

    # What numbers rest on.

    def register(self, key: str, basis: Basis) -> str:
        """Keep a basis under a key; the id that pieces carry."""
        if key not in self._ids:
            stem = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")
            number = sum(each == stem or each.startswith(f"{stem}--") for each in self.bases)
            self._ids[key] = f"{stem}--{number + 1}" if number else stem
            self.bases[self._ids[key]] = Basis(
                id=self._ids[key], says=basis.says, quantities=basis.quantities, grounds=basis.grounds, made=basis.made
            )
        return self._ids[key]

    @functools.cached_property
    def quantities(self) -> Mapping[Path, Quantity]:
        """Every estimate of the scenario, by its path."""
        return {quantity.path: quantity for quantity in quantities(self.scenario)}

    def estimate(self, path: Path, label: str, shown: str) -> str:
        """The basis of a number that the scenario gives.

        Parameters
        ----------
        path : where the estimate stands
        label : what it is, to begin the sentence
        shown : its range in words
        """
        quantity = self.quantities[path]
        because = quantity.estimate.because.strip().rstrip(".")
        says = f"{label}: {shown}." + (f" Reason given: {because}." if because else "")
        grounds = quantity.estimate.grounds
        return self.register(
            f"estimate {quantity.name}", Basis(id="", says=says, quantities=(quantity.name,), grounds=grounds)
        )

    def stated(self, key: str, says: str, *, paths: Iterable[Path] = (), grounds: Sequence[str] = ()) -> str:
        """The basis of a number that follows from the scenario alone.

        Parameters
        ----------
        key : what distinguishes it
        says : where it comes from, as a sentence
        paths : the estimates that it is computed from
        grounds : facts and judgements beside those of the estimates
        """
        found = [self.quantities[path] for path in paths if path in self.quantities]
        every = dict.fromkeys((*grounds, *(ground for each in found for ground in each.estimate.grounds)))
        names = tuple(each.name for each in found)
        return self.register(key, Basis(id="", says=says, quantities=names, grounds=tuple(every)))

    def result(self, engine: str, measure: str, approach: str | None = None) -> str:
        """The basis of a number that an engine computed.

        Parameters
        ----------
        engine : name of the engine
        measure : what is measured, a key of `MEASURES`
        approach : id of the approach that is compared with no change; None for no change
        """
        key = f"result {engine} {measure} {approach or 'no change'}"
        return self._ids[key] if key in self._ids else self.register(key, self._result(engine, measure, approach))

    def _result(self, engine: str, measure: str, approach: str | None) -> Basis:
        sections = {*self.cards[engine].needs, *READ_BY_ALL}

        def read(path: Path) -> bool:
            around = "war" in sections and self._around_the_war(path, pressed=measure == "pressure")
            return path[0] in sections or around or self._pulled(path, approach)

        found = [each for each in self.quantities.values() if read(each.path)]
        grounds = (ground for path, ground in self.grounds if read(path))
        sample = f"{AT_ONCE}, seed {self.baseline.seed}" if measure in AT_MODES else self.sample
        under = "" if approach is None else f", under '{self.approach(approach)}' beside no change on the same draws"
        return Basis(
            id="",
            says=f"{self.title(engine)}, {sample}: {MEASURES[measure]}{under}.",
            quantities=tuple(each.name for each in found),
            grounds=tuple(dict.fromkeys(grounds)),
            made=self.baseline.runs[engine].made,
        )

    def results(self, key: str, says: str, used: Iterable[str]) -> str:
        """The basis of a number that compares the results of several engines.

        Parameters
        ----------
        key : what distinguishes it
        says : how it comes about, as a sentence
        used : ids of the bases of those results
        """
        found = [self.bases[each] for each in used]
        names = tuple(dict.fromkeys(name for each in found for name in each.quantities))
        grounds = tuple(dict.fromkeys(ground for each in found for ground in each.grounds))
        return self.register(key, Basis(id="", says=says, quantities=names, grounds=grounds))

    def _pulled(self, path: Path, approach_id: str | None) -> bool:
        """Whether an approach uses the estimate at this path."""
        if approach_id is None or path[0] not in ("approaches", "levers"):
            return False
        chain = self.chain(approach_id)
        if path[0] == "approaches":
            return self.scenario.approaches[int(path[1])].id in chain
        lever = self.scenario.levers[int(path[1])]
        return any(lever.id in each.pulls for each in self.scenario.approaches if each.id in chain)

    def _around_the_war(self, path: Path, *, pressed: bool) -> bool:
        """Whether a model of the war reads the estimate at this path: a public's opinion, or a lever of the rules."""
        war = self.scenario.war
        if war is not None and war.home_front is not None and path[0] == "opinion":
            return self.scenario.opinion[int(path[1])].id in [each.opinion for each in war.home_front.audiences]
        if pressed and war is not None and war.broker is not None and path[0] == "levers":
            return self.scenario.levers[int(path[1])].id in war.broker.levers
        return False

    def chain(self, approach_id: str) -> tuple[str, ...]:
        """An approach and those that it extends, by id."""
        known = {each.id: each for each in self.scenario.approaches}
        found: list[str] = []
        name: str | None = approach_id
        while name is not None and name in known and name not in found:
            found.append(name)
            name = known[name].extends
        return tuple(found)

    @functools.cached_property
    def grounds(self) -> tuple[tuple[Path, str], ...]:
        """Every place of the scenario that cites a fact, a claim or a judgement, and the id that it cites."""
        found = walk(Scenario, self.scenario)
        return tuple((each.path, each.value) for each in found if (mark := each.mark(Refers)) and mark.kind == "fact")

    # Numbers as pieces.

    def chance(self, probability: float, basis: str, *, width: float = 0.0) -> Piece:
        """A probability as a number."""
        return Piece(text=words.percentage(probability, spread=width), basis=basis)

    def share(self, share: float, basis: str) -> Piece:
        """A share of draws."""
        return Piece(text=words.percentage(share), basis=basis)


def _by_place(data: xr.Dataset | None, measure: str) -> Mapping[str | None, NDArray[np.float64]]:
    """A variable's numbers in every draw, by party or issue; under None where it has neither; empty if it is absent."""
    if data is None or measure not in data:
        return {}
    values = data[measure]
    dims = [str(dim) for dim in values.dims if dim != "draw"]
    if not dims:
        return {None: np.asarray(values, dtype=np.float64)}
    numbers = np.asarray(values.transpose("draw", *dims), dtype=np.float64)
    return {str(name): numbers[:, place] for place, name in enumerate(np.asarray(data[dims[0]]))}


def _answers(run: EngineRun) -> bool:
    return any(_finite(run.data, measure) for measure in ("agreement", "settlement", "payoff", "time_to_agreement"))


def _finite(data: xr.Dataset | None, measure: str) -> bool:
    return data is not None and measure in data and bool(np.isfinite(np.asarray(data[measure], dtype=np.float64)).any())


def _unknown(name: str) -> EngineCard:
    known = name.replace("_", " ")
    return EngineCard(title=words.capital(known), short=f"{known} engine", question="", needs=(), assumptions=())
