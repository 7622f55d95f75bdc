"""Every engine's answers for the same draws of a scenario: `run`.

Draws are cut into chunks whose size does not depend on the number of processes, and a chunk's answer depends on nothing
else: the same scenario, seed and parameters give the same bytes for any number of jobs, and a run that was broken off
goes on from its store.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import parley
from parley import engines as engine_modules
from parley import resources
from parley.domain.draws import Draws
from parley.domain.engine import Engine, PacedEngine
from parley.domain.forecast import EngineRun, Ensemble, Failure, Made
from parley.domain.scenario import Scenario
from parley.ensembles.draws import draw, engine_rngs
from parley.ensembles.tasks import Task, computed
from parley.errors import EngineError, UsageError
from parley.files.runs import RunKey, RunStore

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["CHUNK", "Progress", "details", "run", "run_each"]

CHUNK = 250
"""Number of draws in a chunk."""

Progress = Callable[[int, int, str], None]
"""Called with the number of forecasts done, their total, and what is being computed."""


def run(  # noqa: PLR0913 - each is a setting of its own to the user of the command line
    scenario: Scenario | Draws,
    engines: Mapping[str, Engine] | None = None,
    *,
    draws: int = 2000,
    seed: int = 0,
    jobs: int = 1,
    store: RunStore | Path | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Run engines on many draws of a scenario.

    With more than one job, a script must be guarded by `if __name__ == "__main__"`, as for any use of multiprocessing.

    Parameters
    ----------
    scenario : the scenario, or draws that were made before
    engines : engines by name; None: all there are, with their usual parameters
    draws : number of draws; 0 runs the modes alone, as one draw; left aside where draws are given
    seed : seed of the draws and of engines that draw random numbers of their own
    jobs : number of processes
    store : where finished chunks are kept and looked for, or the folder for that; None: nowhere
    progress : called as the work goes on

    Returns
    -------
    The answers; engines whose sections the scenario lacks are among the gaps, draws without an answer among the
    failures.

    Raises
    ------
    UsageError
        If `jobs` is below 1, or `draws` or `seed` is negative.
    FileError
        If the store cannot be read or written.
    """
    sample = scenario if isinstance(scenario, Draws) else draw(scenario, draws, seed)
    result = run_each({"": sample}, engines, seed=seed, jobs=jobs, store=store, progress=progress)[""]
    return dataclasses.replace(result, draws=0) if draws == 0 and isinstance(scenario, Scenario) else result


def run_each(  # noqa: PLR0913 - as for `run`
    sets: Mapping[str, Draws],
    engines: Mapping[str, Engine] | None = None,
    *,
    seed: int = 0,
    jobs: int = 1,
    store: RunStore | Path | None = None,
    progress: Progress | None = None,
) -> dict[str, Ensemble]:
    """Run engines on several sets of draws with one pool of processes.

    Parameters
    ----------
    sets : draws by a name that `progress` is told
    engines, seed, jobs, store, progress : as for `run`

    Returns
    -------
    The answers to each set, by its name.
    """
    if jobs < 1 or seed < 0:
        raise UsageError(f"{jobs} jobs, seed {seed}: there must be a job at least, and the seed must be 0 or more")
    chosen = {name: kind() for name, kind in engine_modules.available().items()} if engines is None else engines
    gaps = {name: _gaps(chosen, draws.base) for name, draws in sets.items()}
    plan = [
        _Part(label=label, name=name, engine=engine, draws=draws, seed=seed)
        for label, draws in sets.items()
        for name, engine in chosen.items()
        if name not in gaps[label]
    ]
    _fill(plan, jobs, RunStore(store) if isinstance(store, Path) else store, progress)
    runs: dict[str, dict[str, EngineRun]] = {label: {} for label in sets}
    for part in plan:
        runs[part.label][part.name] = part.result()
    return {
        label: Ensemble(scenario=draws.base, seed=seed, draws=len(draws), runs=runs[label], gaps=gaps[label])
        for label, draws in sets.items()
    }


def details(scenario: Scenario, engines: Mapping[str, Engine], *, seed: int = 0) -> dict[str, dict[str, Any]]:
    """What each engine says of the modes beyond the common variables, by its name.

    Parameters
    ----------
    scenario : the scenario; engines that lack a section are left out
    engines : engines by name
    seed : seed of engines that draw random numbers

    Returns
    -------
    Plain lists and mappings, as documented for `parley run`; an engine without an answer gives `{"failure": reason}`.
    """
    result: dict[str, dict[str, Any]] = {}
    for name, engine in engines.items():
        if engine_modules.missing(engine, scenario):
            continue
        rng = engine_rngs(name, Draws.of_modes(scenario), seed)[0]
        try:
            result[name] = engine.detail(engine.forecast(scenario, rng))
        except EngineError as error:
            result[name] = {"failure": str(error)}
    return result


def _gaps(engines: Mapping[str, Engine], scenario: Scenario) -> dict[str, tuple[str, ...]]:
    lacking = {name: engine_modules.missing(engine, scenario) for name, engine in engines.items()}
    return {name: sections for name, sections in lacking.items() if sections}


@dataclass(kw_only=True, eq=False)
class _Part:
    """One engine's run on one set of draws, and its chunks as they come in."""

    label: str
    name: str
    engine: Engine
    draws: Draws
    seed: int
    chunks: dict[int, xr.Dataset] = field(default_factory=dict)

    @functools.cached_property
    def chunk(self) -> int:
        """How many draws are answered together, whatever the number of processes."""
        if not isinstance(self.engine, PacedEngine):
            return CHUNK
        try:
            return self.engine.draws_at_once(self.draws.base) or CHUNK
        except EngineError:
            return CHUNK

    @property
    def sizes(self) -> list[int]:
        return [min(self.chunk, len(self.draws) - start) for start in range(0, len(self.draws), self.chunk)]

    @property
    def title(self) -> str:
        return f"{self.label}: {self.name}" if self.label else self.name

    @property
    def made(self) -> Made:
        return Made(
            engine=self.name,
            parameters=_parameters(self.engine),
            scenario_digest=self.draws.base.digest,
            version=parley.__version__,
            seed=self.seed,
        )

    def key(self) -> RunKey:
        made, kind = self.made, type(self.engine)
        numbers = hashlib.sha256(self.draws.values.tobytes() + self.draws.chance.tobytes())
        return RunKey(
            engine=self.name,
            code=f"{kind.__module__}.{kind.__qualname__} {resources.code_digest()}",
            parameters=made.parameters,
            scenario_digest=made.scenario_digest,
            numbers=numbers.hexdigest(),
            seed=self.seed,
            draws=len(self.draws),
            chunk_size=self.chunk,
            version=made.version,
        )

    def task(self, chunk: int) -> Task:
        part = self.draws.part(chunk * self.chunk, min((chunk + 1) * self.chunk, len(self.draws)))
        return Task(name=self.name, engine=self.engine, draws=part, seed=self.seed)

    def result(self) -> EngineRun:
        import xarray as xr

        chunks = [self.chunks[chunk] for chunk in sorted(self.chunks)]
        data = xr.concat(chunks, dim="draw", data_vars="minimal", coords="minimal", compat="override", join="outer")
        reasons = zip(data["draw"].values, data["failure"].values, strict=True)
        failures = [Failure(draw=int(number), reason=str(reason)) for number, reason in reasons if reason]
        return EngineRun(made=self.made, data=data.drop_vars("failure"), failures=tuple(failures))


def _parameters(engine: Engine) -> dict[str, Any]:
    assert dataclasses.is_dataclass(engine) and not isinstance(engine, type)
    return dataclasses.asdict(engine)


def _fill(plan: list[_Part], jobs: int, store: RunStore | None, progress: Progress | None) -> None:
    """Take each chunk from the store, or compute it and keep it there."""
    keys = [part.key() if store else None for part in plan]
    total, done = sum(sum(part.sizes) for part in plan), 0
    waiting: list[tuple[int, int]] = []
    for index, part in enumerate(plan):
        for chunk, size in enumerate(part.sizes):
            key = keys[index]
            found = store.load(key, chunk) if store and key else None
            if found is None:
                waiting.append((index, chunk))
            else:
                part.chunks[chunk] = found
                done += size
    if progress and total:
        progress(done, total, "starting")
    tasks = [plan[index].task(chunk) for index, chunk in waiting]
    for place, data in computed(tasks, jobs):
        index, chunk = waiting[place]
        key = keys[index]
        if store and key:
            store.save(key, chunk, data)
        plan[index].chunks[chunk] = data
        done += plan[index].sizes[chunk]
        if progress:
            progress(done, total, plan[index].title)
