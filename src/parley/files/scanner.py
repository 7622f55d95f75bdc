"""The events of a YAML text. `events` is the main name.

The parser in C that PyYAML brings is used where it is installed; without it ruamel.yaml's own does the same work, about
thirty times slower. Both read the same grammar; tags and values are resolved by `yaml_reader` alone.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Iterator
from typing import Any

from parley.errors import ScenarioError
from parley.files.syntax import explained

__all__ = ["events", "events_in_c", "events_in_python"]


def events(text: str, file: str) -> Iterator[Any]:
    """Yield the events of a text, one by one.

    Parameters
    ----------
    text : the text
    file : the file's name, for the problem

    Raises
    ------
    ScenarioError
        Where the text is not YAML, after the events up to there.
    """
    parser = _parser_in_c()
    yield from events_in_python(text, file) if parser is None else _events(parser(text), text, file)


def events_in_python(text: str, file: str) -> Iterator[Any]:
    """Yield the events as ruamel.yaml reads them; as `events`."""
    yaml = importlib.import_module("ruamel.yaml").YAML(typ="safe", pure=True)
    _, parser = yaml.get_constructor_parser(text)
    yield from _events(parser, text, file)


def events_in_c(text: str, file: str) -> Iterator[Any]:
    """Yield the events as the parser in C reads them; as `events`."""
    parser = _parser_in_c()
    assert parser is not None, "PyYAML with its parser in C is not installed"
    yield from _events(parser(text), text, file)


@functools.lru_cache(maxsize=1)
def _parser_in_c() -> Callable[[str], Any] | None:
    try:
        parser: Callable[[str], Any] = importlib.import_module("yaml.cyaml").CParser
    except ImportError:
        return None
    return parser


def _events(parser: Any, text: str, file: str) -> Iterator[Any]:
    try:
        while parser.check_event():
            yield parser.get_event()
    except Exception as error:
        # both libraries derive their errors from a YAMLError of their own; anything else is a fault and goes on
        if not any(kind.__name__ == "YAMLError" for kind in type(error).__mro__):
            raise
        raise ScenarioError([explained(error, text, file)]) from None
