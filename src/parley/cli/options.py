"""Arguments and options that several commands share, and `guarded`, which turns errors into exit codes."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer

from parley.cli.streams import forget_output
from parley.errors import ParleyError, ScenarioError, UsageError

__all__ = [
    "AsJson",
    "DrawCount",
    "EngineNames",
    "Jobs",
    "ScenarioName",
    "Seed",
    "Settings",
    "Store",
    "debugging",
    "guarded",
    "parameters",
    "plain",
]

P = ParamSpec("P")
R = TypeVar("R")

ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help="A scenario file, or the name of a shipped case: ceasefires/ukraine-2025-03."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else on standard output.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the draws; the same seed gives the same result.")]
Jobs = Annotated[int, typer.Option(min=1, max=256, help="Number of processes; the result does not depend on it.")]
DrawCount = Annotated[
    int, typer.Option(min=0, max=1_000_000, help="Number of draws; 0 takes every estimate at its mode.")
]
EngineNames = Annotated[
    list[str] | None, typer.Option("--engine", metavar="NAME", help="An engine to run; repeat for several.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Set a parameter, as tie=lower or median_voter.tie=lower; repeat for several.",
    ),
]
Store = Annotated[
    Path | None,
    typer.Option(
        help="Folder that keeps finished parts, so that an interrupted run goes on; default: runs/ beside the scenario."
    ),
]

debugging = {"on": False}


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Let a command end with a clear message and the error's exit code; a traceback comes with --debug only."""

    @functools.wraps(command)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except KeyboardInterrupt:
            _say("Interrupted. Finished parts of a run are kept; the same command goes on from there.")
            raise typer.Exit(130) from None
        except (typer.Exit, typer.Abort):
            raise
        except BrokenPipeError:
            forget_output()
            raise typer.Exit(0) from None
        except Exception as error:  # noqa: BLE001 - the one place where a program error becomes a message
            if debugging["on"]:
                raise
            raise typer.Exit(_told(error)) from None

    return inner


def _told(error: Exception) -> int:
    if isinstance(error, ScenarioError):
        for problem in error.problems:
            _say(str(problem))
        count = len(error.problems)
        _say(f"{count} problem{'s' if count != 1 else ''} found.")
        return error.exit_code
    if isinstance(error, ParleyError):
        _say(f"Error: {error}")
        return error.exit_code
    if isinstance(error, OSError):
        _say(f"Error: {error.strerror or error}")
        return 5
    if isinstance(error, MemoryError):
        _say("Error: there is not enough memory; fewer draws need less")
        return 5
    _say(f"Parley has a fault: {type(error).__name__}: {error}.")
    _say("Run it again with 'parley --debug …' and report what it prints.")
    return 1


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def parameters(settings: list[str] | None) -> dict[str, str]:
    """Split `KEY=VALUE` settings.

    Raises
    ------
    UsageError
        If one of them has no equals sign.
    """
    result = {}
    for setting in settings or []:
        key, sign, value = setting.partition("=")
        if not sign or not key.strip():
            raise UsageError(f"'{setting}' is no setting; write --set key=value")
        result[key.strip()] = value.strip()
    return result


def plain(value: Any) -> str:
    """One JSON document, indented, NaN refused; escaped where standard output cannot write every character."""
    import json

    escaped = "utf" not in (sys.stdout.encoding or "").lower()
    return json.dumps(value, indent=2, ensure_ascii=escaped, allow_nan=False, default=str)
