"""The events of a YAML text. `events` is the main name.

The parser in C that PyYAML brings is used where its build has it; without it ruamel.yaml's own does the same work,
about thirty times slower. Both read the same grammar; tags and values are resolved by `yaml_reader` alone.
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
    yield from (events_in_python if _parser_in_c() is None else events_in_c)(text, file)


def events_in_python(text: str, file: str) -> Iterator[Any]:
    """Yield the events as ruamel.yaml reads them; as `events`."""
    library = importlib.import_module("ruamel.yaml")
    _, parser = library.YAML(typ="safe", pure=True).get_constructor_parser(text)
    yield from _events(parser, library.YAMLError, text, file)


def events_in_c(text: str, file: str) -> Iterator[Any]:
    """Yield the events as the parser in C reads them; as `events`."""
    parser = _parser_in_c()
    assert parser is not None, "PyYAML with its parser in C is not installed"
    yield from _events(parser(text), importlib.import_module("yaml").YAMLError, text, file)


@functools.lru_cache(maxsize=1)
def _parser_in_c() -> Callable[[str], Any] | None:
    try:
        parser: Callable[[str], Any] = importlib.import_module("yaml.cyaml").CParser
    except ImportError:
        return None
    return parser


def _events(parser: Any, refusal: type[Exception], text: str, file: str) -> Iterator[Any]:
    try:
        while parser.check_event():
            yield parser.get_event()
    except refusal as error:
        raise ScenarioError([explained(error, text, file)]) from None
