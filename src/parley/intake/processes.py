"""Work in processes that may hang or die without taking the rest along. `outcomes` is the main name.

Results come in the order of the tasks for any number of processes, and only a few tasks are under way or waiting at a
time, so that memory does not grow with their number.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

__all__ = ["Lost", "outcomes"]

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD = 8
"""So many tasks a process may be begun before the oldest unfinished one ends."""
START = 60.0
"""Seconds that a process has on top for its first task, since it loads what it needs."""
RENEWED = 2000
"""After so many tasks another process takes the place of one: the parser keeps each word that it has met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A task that gave no result.

    Attributes
    ----------
    reason : why, as a sentence without a full stop
    """

    reason: str


class _Worker(Generic[Task]):
    """A process and what it is at."""

    def __init__(self, function: Callable[[Task], Any]) -> None:
        methods = multiprocessing.get_all_start_methods()
        context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(function, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.place: int | None = None
        self.deadline = float("inf")
        self._extra = START
        self._begun = 0

    @property
    def is_worn(self) -> bool:
        """Whether it has done its share."""
        return self.place is None and self._begun >= RENEWED

    def begin(self, place: int, task: Task, seconds: float) -> None:
        self.place = place
        self.deadline = time.monotonic() + seconds + self._extra
        self._extra = 0.0
        self._begun += 1
        with contextlib.suppress(OSError):  # a process that is gone is noticed when its answer is read
            self.connection.send(task)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


def outcomes(
    function: Callable[[Task], Result], tasks: Sequence[Task], *, jobs: int, seconds: float = float("inf")
) -> Iterator[Result | Lost]:
    """Yield what a function makes of each task, in the order of the tasks.

    Parameters
    ----------
    function : can be sent to another process, as its results can
    tasks : the tasks
    jobs : number of processes
    seconds : how long a task may take by the clock; its process is then ended, and another one takes its place

    Raises
    ------
    KeyboardInterrupt
        When the user interrupts; no process is left behind.
    """
    workers: list[_Worker[Task]] = []
    finished: dict[int | None, Result | Lost] = {}
    begun = given = 0
    try:
        while given < len(tasks):
            for worker in [worker for worker in workers if worker.is_worn]:
                worker.end()
                workers.remove(worker)
            idle = [worker for worker in workers if worker.place is None]
            while begun < len(tasks) and begun < given + AHEAD * jobs and (idle or len(workers) < jobs):
                if not idle:
                    workers.append(_Worker(function))
                    idle.append(workers[-1])
                idle.pop().begin(begun, tasks[begun], seconds)
                begun += 1
            _collect(workers, finished, seconds)
            while given in finished:
                yield finished.pop(given)
                given += 1
    finally:
        for worker in workers:
            worker.end()


def _collect(workers: list[_Worker[Task]], finished: dict[int | None, Any], seconds: float) -> None:
    """Wait until some worker answers, dies or is late; workers that are gone leave the list."""
    busy = [worker for worker in workers if worker.place is not None]
    left = min(worker.deadline for worker in busy) - time.monotonic()
    ready = wait([worker.connection for worker in busy], None if left == float("inf") else max(left, 0.0))
    for worker in busy:
        if worker.connection in ready:
            try:
                finished[worker.place] = worker.connection.recv()
                worker.place = None
                continue
            except (EOFError, OSError):
                worker.process.join()
                code = worker.process.exitcode
                finished[worker.place] = Lost(
                    reason=f"its process ended with code {code}; there may be too little memory"
                )
        elif time.monotonic() >= worker.deadline:
            finished[worker.place] = Lost(reason=f"it took longer than {seconds:g} seconds")
        else:
            continue
        worker.end()
        workers.remove(worker)


def _serve(function: Callable[[Any], Any], connection: Connection) -> None:
    """Answer tasks until the other end is closed; Ctrl-C is left to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, OSError):
        while True:
            task = connection.recv()
            try:
                answer = function(task)
            except Exception as error:  # noqa: BLE001 - told as the reason why there is no result
                answer = Lost(reason=f"Parley has a fault: {type(error).__name__}: {error}")
            connection.send(answer)
