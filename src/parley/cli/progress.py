"""A progress bar on standard error that tells the rate and the time left. `bar` is the main name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["bar"]

Report = Callable[[int, int, str], None]


@contextmanager
def bar(title: str, unit: str = "draws") -> Iterator[Report | None]:
    """Show a bar while the block runs, when standard error is a terminal; give a function that moves it.

    Parameters
    ----------
    title : what is being done
    unit : what is counted

    Yields
    ------
    A function of (done, total, label), or None where nobody watches.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """How much is done in a second."""

        def render(self, task: Task) -> Text:
            """Write the rate."""
            return Text(f"{task.speed:,.0f} {unit}/s" if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(24), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=None)

        def report(done: int, total: int, label: str) -> None:
            progress.update(task, completed=done, total=total, description=f"{title}: {label}")

        yield report
