"""Published models, one module each, that turn a scenario into a forecast.

`available` finds them by itself: a module of this package whose name is the engine's, holding one frozen dataclass
with a `card`.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import pkgutil
import typing
from collections.abc import Mapping, Sequence
from typing import Any

from parley.domain.engine import Engine
from parley.domain.scenario import Scenario
from parley.errors import UsageError, did_you_mean

__all__ = ["available", "chosen", "missing", "name_of", "named", "parameters_of"]


@functools.cache
def available() -> Mapping[str, type[Engine]]:
    """Every engine of this package, by name, in the order of the alphabet."""
    engines = {}
    for module in pkgutil.iter_modules(__path__):
        members = vars(importlib.import_module(f"{__name__}.{module.name}")).values()
        engines[module.name] = next(member for member in members if _is_engine(member))
    return dict(sorted(engines.items()))


def _is_engine(member: Any) -> bool:
    return (
        isinstance(member, type)
        and dataclasses.is_dataclass(member)
        and hasattr(member, "card")
        and hasattr(member, "forecast")
    )


def named(name: str, **parameters: Any) -> Engine:
    """Make the engine of this name with these parameters.

    Raises
    ------
    UsageError
        If there is no such engine or parameter, or a value is not of the parameter's kind.
    """
    known = available()
    if name not in known:
        raise UsageError(f"there is no engine '{name}'; {did_you_mean(name, list(known), noun='engines')}")
    fields = [field.name for field in dataclasses.fields(known[name])]  # type: ignore[arg-type]
    for key in parameters:
        if key not in fields:
            raise UsageError(f"{name} has no parameter '{key}'; {did_you_mean(key, fields, noun='parameters')}")
    return known[name](**parameters)


def parameters_of(engine: type[Engine], texts: Mapping[str, str]) -> dict[str, Any]:
    """Turn the texts of settings into the kinds of value that an engine's parameters have.

    Raises
    ------
    UsageError
        If a text is no value of the parameter's kind.
    """
    hints = typing.get_type_hints(engine)
    result: dict[str, Any] = {}
    for key, text in texts.items():
        kind = hints[key]
        if typing.get_origin(kind) is typing.Literal:
            choices = [str(choice) for choice in typing.get_args(kind)]
            if text not in choices:
                raise UsageError(f"{key} cannot be '{text}'; {did_you_mean(text, choices, noun='values')}")
            result[key] = text
        elif kind is bool:
            if text.lower() not in ("true", "false"):
                raise UsageError(f"{key} cannot be '{text}'; write true or false")
            result[key] = text.lower() == "true"
        else:
            try:
                result[key] = kind(text)
            except ValueError:
                raise UsageError(f"{key} cannot be '{text}'; it takes a number") from None
    return result


def chosen(names: Sequence[str] | None, settings: Mapping[str, str]) -> dict[str, Engine]:
    """Make the engines that were asked for.

    Parameters
    ----------
    names : their names; None: all there are
    settings : parameters as text, by `name` for every engine that has it or by `engine.name` for one

    Raises
    ------
    UsageError
        If there is no such engine, or no engine that runs has such a parameter, or a text is no value of it.
    """
    known = available()
    wanted = list(names or known)
    for name in wanted:
        if name not in known:
            raise UsageError(f"there is no engine '{name}'; {did_you_mean(name, list(known), noun='engines')}")
    per_engine: dict[str, dict[str, str]] = {name: {} for name in wanted}
    for key, value in settings.items():
        engine, dot, parameter = key.rpartition(".")
        fields = {name: [field.name for field in dataclasses.fields(known[name])] for name in wanted}  # type: ignore[arg-type]
        takers = [name for name in wanted if parameter in fields[name] and (not dot or name == engine)]
        if not takers:
            offered = sorted({field for each in fields.values() for field in each})
            raise UsageError(
                f"no engine that runs has the parameter '{key}'; {did_you_mean(parameter, offered, noun='parameters')}"
            )
        for name in takers:
            per_engine[name][parameter] = value
    return {name: named(name, **parameters_of(known[name], per_engine[name])) for name in wanted}


def name_of(engine: Engine | type[Engine]) -> str:
    """The name of an engine: its module's."""
    kind = engine if isinstance(engine, type) else type(engine)
    return kind.__module__.removeprefix(f"{__name__}.").split(".")[0]


def missing(engine: Engine | type[Engine], scenario: Scenario) -> tuple[str, ...]:
    """The sections that an engine needs and does not find, such as `clock` or `positions or payoffs`."""
    return engine.card.lacks(scenario)
