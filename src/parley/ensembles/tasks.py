"""The work of a run, cut into tasks: one engine's answers for one chunk of draws. `computed` is the main name.

A task's answer depends on the task alone, so it does not matter which process computes it, or in which order.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.engine import BatchEngine, Engine
from parley.domain.scenario import Scenario
from parley.ensembles.draws import engine_rngs
from parley.errors import EngineError
from parley.methods.results import dataset

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Task", "answer", "computed"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Task:
    """One engine's work on one chunk of draws.

    Attributes
    ----------
    name : name of the engine
    engine : the engine
    draws : the chunk
    seed : seed of the draws
    """

    name: str
    engine: Engine
    draws: Draws
    seed: int


def computed(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[int, xr.Dataset]]:
    """Yield each task's position and answer as it is finished.

    Parameters
    ----------
    tasks : the tasks
    jobs : number of processes; with 1, all is computed in this one

    Raises
    ------
    KeyboardInterrupt
        When the user interrupts; no process is left behind.
    """
    if jobs == 1 or len(tasks) < 2:
        for index, task in enumerate(tasks):
            yield index, answer(task)
    else:
        yield from _in_processes(tasks, min(jobs, len(tasks)))


def answer(task: Task) -> xr.Dataset:
    """Let an engine answer a chunk of draws.

    Returns
    -------
    The forecasts along `draw` (numbered as in the whole set), with `failure` (draw): the reason where the engine has
    no answer, empty elsewhere; every number is NaN where a draw failed.
    """
    draws = dataclasses.replace(task.draws, base=_first_equal(task.draws.base))
    rngs = engine_rngs(task.name, draws, task.seed)
    if isinstance(task.engine, BatchEngine):
        try:
            data = task.engine.forecast_many(draws, rngs)
        except EngineError as error:
            data = dataset(draws.base, len(draws), {}, failure=np.full(len(draws), str(error)))
    else:
        data = _one_by_one(task.engine, draws, rngs)
    failed = data["failure"].values != ""
    if failed.any():
        data = data.map(lambda variable: _silenced(variable, failed), keep_attrs=True)
    return data.assign_coords(draw=np.arange(draws.first, draws.first + len(draws)))


@functools.lru_cache(maxsize=16)
def _first_equal(scenario: Scenario) -> Scenario:
    """The first scenario seen that equals this one: caches keyed by scenarios compare the same object in no time."""
    return scenario


def _silenced(variable: xr.DataArray, failed: NDArray[np.bool_]) -> xr.DataArray:
    if "draw" not in variable.dims or variable.dtype.kind != "f":
        return variable
    return variable.copy(data=np.where(_along_draw(variable, failed), np.nan, variable.values))


def _along_draw(variable: xr.DataArray, failed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    shape = [failed.size if dim == "draw" else 1 for dim in variable.dims]
    return failed.reshape(shape)


def _one_by_one(engine: Engine, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:
    """Forecast each draw by itself; numbers of the engine's own become floats, so that NaN can stand for no answer."""
    import xarray as xr

    reasons = [""] * len(draws)
    answered = []
    for index, rng in enumerate(rngs):
        try:
            data = engine.forecast(draws.scenario(index), rng).data
        except EngineError as error:
            reasons[index] = str(error) or "no reason given"
        else:
            data = data.map(lambda each: each.astype(np.float64) if each.dtype.kind in "biu" else each, keep_attrs=True)
            answered.append(data.assign_coords(draw=index))
    if not answered:
        return dataset(draws.base, len(draws), {}, failure=np.array(reasons))
    whole = xr.concat(answered, dim="draw", data_vars="all", coords="minimal", compat="override", join="outer")
    words = {str(name): "" for name, variable in whole.data_vars.items() if variable.dtype.kind in "OSU"}
    numbers = {str(name): np.nan for name in whole.data_vars if name not in words}
    whole = whole.reindex(draw=np.arange(len(draws)), fill_value=words | numbers)
    return whole.assign(failure=("draw", np.array(reasons)))


def _in_processes(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[int, xr.Dataset]]:
    from concurrent.futures import ProcessPoolExecutor, as_completed

    context = multiprocessing.get_context(_start_method())
    if _start_method() == "forkserver":
        modules = {type(task.engine).__module__ for task in tasks}
        context.set_forkserver_preload([__name__, "xarray", *sorted(modules)])
    alive, leash = context.Pipe(duplex=False)
    executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=_on_leash, initargs=(alive,))
    try:
        places = {executor.submit(answer, task): index for index, task in enumerate(tasks)}
        for future in as_completed(places):
            yield places.pop(future), future.result()
    except BaseException:
        leash.close()
        raise
    finally:
        executor.shutdown(cancel_futures=True)
        for end in (leash, alive):
            with contextlib.suppress(OSError):
                end.close()


def _start_method() -> str:
    """`forkserver` imports the engines once for all workers; where there is none, each worker imports them itself."""
    methods = multiprocessing.get_all_start_methods()
    return "forkserver" if "forkserver" in methods else "spawn"


def _on_leash(alive: Connection) -> None:
    """Let a worker leave Ctrl-C to its parent, and end when the parent dies or closes its end of the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        with contextlib.suppress(OSError, EOFError):
            alive.poll(None)
        os._exit(1)

    threading.Thread(target=watch, name="leash", daemon=True).start()
