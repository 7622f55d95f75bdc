"""Write the generated pages of docs/reference from the code, so that they cannot say anything else than the code does.

`python scripts/reference.py` writes them; with `--check` it writes nothing and ends with 1 where a page is stale.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import inspect
import json
import math
import re
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

from docstrings import Docstring, work_link
from typer.main import get_command

import parley
from parley import workbench
from parley.cli.app import app
from parley.domain.estimate import Estimate
from parley.domain.marks import Defines, Expresses, OnScale, Refers, Within, fields_of
from parley.domain.scenario import Scenario
from parley.engines import available

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
SCHEMAS = ROOT / "src" / "parley" / "schemas"
NOTE = "<!-- Written by scripts/reference.py from the code. Change the code, then run that script. -->"

EXIT_CODES = (
    (0, "all is well"),
    (2, "the command was called wrongly, or names an engine or a setting that does not exist"),
    (3, "the scenario, or the article, is wrong; each problem is told with file, line, column and a hint"),
    (4, "no draw of an engine that was asked for gave a result"),
    (5, "a file cannot be read or written"),
    (130, "interrupted; the same command goes on where it stopped"),
)


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where a page is stale")
    check = parser.parse_args().check
    stale = [name for name, text in pages().items() if _read(FOLDER / name) != text]
    for name in stale:
        if check:
            print(f"docs/reference/{name} is stale; run: python scripts/reference.py", file=sys.stderr)
        else:
            (FOLDER / name).write_text(pages()[name], encoding="utf-8")
            print(f"wrote docs/reference/{name}")
    return 1 if check and stale else 0


def pages() -> dict[str, str]:
    """Every generated page by the name of its file."""
    made: dict[str, Callable[[], Iterator[str]]] = {
        "commands.md": commands,
        "scenario.md": scenario,
        "engines.md": engines,
        "settings.md": settings,
        "output.md": output,
        "python.md": python,
    }
    return {name: "\n".join(_without_gaps(page())) + "\n" for name, page in made.items()}


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _without_gaps(lines: Iterable[str]) -> Iterator[str]:
    """Drop an empty line after an empty line, and trailing spaces."""
    previous = ""
    for line in "\n".join(lines).split("\n"):
        if line.rstrip() or previous:
            yield line.rstrip()
        previous = line.rstrip()


def commands() -> Iterator[str]:
    """The page of commands, from the Typer application."""
    yield from _opening("Commands", "`parley COMMAND --help` shows the same in the terminal.")
    yield "Each command is one verb of the library ([Python](python.md)). With `--json` a command prints one JSON"
    yield "document on standard output ([its shape](output.md)); progress and warnings go to standard error."
    yield "`NO_COLOR` is honoured."
    yield ""
    for name, command in _with_their_own(get_command(app).commands):  # type: ignore[attr-defined]
        yield f"## `parley {name}`"
        yield f"\n{command.help}\n"
        if hasattr(command, "commands"):
            yield (
                "Its commands: " + ", ".join(f"[`{each}`](#parley-{name}-{each})" for each in command.commands) + ".\n"
            )
            continue
        arguments = [each for each in command.params if not each.opts[0].startswith("-")]
        usage = " ".join(each.metavar or each.name.upper() for each in arguments)
        yield f"```\nparley {name} {usage} [OPTIONS]\n```\n".replace("  ", " ")
        yield from _table(("Argument or option", "What it is", "Value", "Without it"), map(_parameter, command.params))
        example = (command.epilog or "").removeprefix("Example: ")
        yield f"Example: `{example}`\n"
    yield "## Exit codes\n"
    yield from _table(("Code", "Meaning"), ((str(code), meaning) for code, meaning in EXIT_CODES))
    yield "`parley --debug COMMAND …` shows the traceback of an error, `parley --version` the version."


def _with_their_own(known: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every command by name, each group of commands followed by what is in it."""
    for name, command in sorted(known.items()):
        yield name, command
        for inner, each in getattr(command, "commands", {}).items():
            yield f"{name} {inner}", each


def _parameter(parameter: Any) -> tuple[str, ...]:
    optional = parameter.opts[0].startswith("-")
    name = ", ".join(f"`{each}`" for each in parameter.opts) if optional else f"`{parameter.metavar or parameter.name}`"
    flag = getattr(parameter, "is_flag", False)
    without = "–" if parameter.default is None or flag else f"`{parameter.default}`"
    value = "" if flag else _kind(parameter)
    return name, parameter.help or "", value, "must be given" if parameter.required else without


def _kind(parameter: Any) -> str:
    kind = parameter.type_descriptor.annotation
    words = "whole number" if kind is int else "path" if kind is Path else "text"
    if parameter.min is not None:
        words += f" {parameter.min} to {parameter.max:,}" if parameter.max is not None else f" {parameter.min} or more"
    return words + (", repeatable" if getattr(parameter, "multiple", False) else "")


def scenario() -> Iterator[str]:
    """The page of the scenario file, from the nouns' fields, marks and docstrings."""
    yield from _opening("The scenario file", "How to write one: [Write a scenario](../how-to/write-a-scenario.md).")
    yield "A scenario is one YAML file. `parley schema` prints its JSON Schema, `parley check FILE` everything that is"
    yield "wrong with it. A key that this page does not name is refused. Positions, red lines and conditions are"
    yield "written in the issue's own unit; a rung's name stands for its point.\n"
    yield "## Sections\n"
    about = Docstring.of(Scenario)
    rows = []
    for field in dataclasses.fields(Scenario):
        where = f"[`{field.name}`](#{field.name})" if _noun(fields_of(Scenario)[field.name]) else f"`{field.name}`"
        rows.append((where, about.says(field.name), _in_words(fields_of(Scenario)[field.name]), _needed(field)))
    yield from _table(("Section", "What it holds", "Written as", "Needed"), rows)
    yield "## Estimates\n"
    yield Docstring.of(Estimate).summary + "\n"
    yield from _fields(Estimate)
    seen = {Estimate}
    for field in dataclasses.fields(Scenario):
        noun = _noun(fields_of(Scenario)[field.name])
        if noun:
            several = typing.get_origin(_peeled(fields_of(Scenario)[field.name])[0]) is tuple
            yield f"## `{field.name}`\n"
            yield "A list. Each item:\n" if several else ""
            yield from _nouns(noun, seen, section=True)


def _nouns(noun: type, seen: set[type], *, section: bool = False) -> Iterator[str]:
    """A noun's table, then those of the nouns inside it, each once on the page."""
    seen.add(noun)
    if not section:
        yield f"### {_spaced(noun)}\n"
    yield Docstring.of(noun).summary + "\n"
    yield from _fields(noun)
    for hint in fields_of(noun).values():
        inner = _noun(hint)
        if inner and inner not in seen:
            yield from _nouns(inner, seen)


def _fields(noun: type) -> Iterator[str]:
    about = Docstring.of(noun)
    rows = [
        (f"`{field.name}`", about.says(field.name), _in_words(fields_of(noun)[field.name]), _needed(field))
        for field in dataclasses.fields(noun)
    ]
    yield from _table(("Key", "What it is", "Written as", "Needed"), rows)


def _needed(field: dataclasses.Field[Any]) -> str:
    if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
        return "yes"
    shown = field.default
    return f"no; `{_yaml(shown)}`" if isinstance(shown, str | bool | int | float) and shown != "" else "no"


def _yaml(value: Any) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _spaced(noun: type) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", noun.__name__).capitalize()


def _peeled(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Take marks and `| None` off a type."""
    if typing.get_origin(hint) is Annotated:
        plain, marks = _peeled(typing.get_args(hint)[0])
        return plain, (*marks, *hint.__metadata__)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        rest = [each for each in typing.get_args(hint) if each is not type(None)]
        return _peeled(rest[0]) if len(rest) == 1 else (hint, ())
    return hint, ()


def _noun(hint: Any) -> type | None:
    """The noun that a field holds, alone or in a list; None where it holds none, or an estimate."""
    plain, _ = _peeled(hint)
    if typing.get_origin(plain) is tuple:
        return _noun(typing.get_args(plain)[0])
    return plain if dataclasses.is_dataclass(plain) and plain is not Estimate else None  # type: ignore[return-value]


def _in_words(hint: Any) -> str:
    """A field's type as a reader of YAML would say it."""
    plain, marks = _peeled(hint)
    mark = {type(each): each for each in marks}
    if typing.get_origin(plain) is tuple:
        return f"list: {_in_words(typing.get_args(plain)[0])}"
    if typing.get_origin(plain) is typing.Literal:
        return "one of " + ", ".join(f"`{each}`" for each in typing.get_args(plain))
    if OnScale in mark:
        return "a point on the issue's scale"
    if plain is Estimate:
        return f"estimate{_range(mark.get(Within))}"
    if dataclasses.is_dataclass(plain):
        anchor = _spaced(plain).lower().replace(" ", "-")  # type: ignore[arg-type]
        section = next((each for each in fields_of(Scenario) if _noun(fields_of(Scenario)[each]) is plain), anchor)
        return f"[{_spaced(plain).lower()}](#{section})"  # type: ignore[arg-type]
    if Defines in mark:
        return "new id"
    if Refers in mark:
        kinds = " or ".join((mark[Refers].kind, *mark[Refers].or_kinds))
        return f"id of {'an' if kinds[0] in 'aeio' else 'a'} {kinds}"
    if Expresses in mark:
        return f"expression over {mark[Expresses].over}"
    plain_words = {str: "text", bool: "`true` or `false`", int: "whole number", float: "number"}
    return "date" if plain is datetime.date else plain_words.get(plain, str(plain)) + _range(mark.get(Within))


def _range(within: Within | None) -> str:
    if within is None:
        return ""
    return f", {within.low:g} or more" if math.isinf(within.high) else f", {within.low:g} to {within.high:g}"


def engines() -> Iterator[str]:
    """The page of engines, from their cards."""
    first = "`parley engines` shows the same in the terminal; `parley engines SCENARIO` adds what a scenario lacks."
    yield from _opening("Engines at a glance", first)
    rows = []
    for name, engine in available().items():
        card = engine.card
        needs, silent = (", ".join(f"`{each}`" for each in names) for names in (card.needs, card.silent_on))
        method = "published" if card.published else "our own"
        rows.append((f"[`{name}`](../engines/{name}.md)", card.question, needs, silent or "nothing", method))
    yield from _table(("Engine", "Question", "Needs", "Silent on", "Method"), rows)
    for name, engine in available().items():
        card = engine.card
        yield f"## `{name}`\n"
        chance = "It draws random numbers of its own." if card.stochastic else "Chance plays no part in it."
        yield f"{card.title}. {chance}\n"
        yield "It assumes:\n"
        yield from (f"- {each}" for each in card.assumptions)
        yield "\nIt cannot say:\n"
        yield from (f"- {each}" for each in card.cannot_say)
        yield "\nIts own variables:\n"
        yield from _table(("Variable", "What it is"), ((f"`{key}`", text) for key, text in card.variables.items()))
        yield f"It cites {', '.join(work_link(each) for each in card.references)}.\n"


def settings() -> Iterator[str]:
    """The page of the engines' settings, from their fields."""
    first = "Set one with `--set NAME=VALUE`, or `--set ENGINE.NAME=VALUE` for one engine alone."
    yield from _opening("Settings of the engines", first)
    for name, engine in available().items():
        yield f"## `{name}`\n"
        fields = dataclasses.fields(engine)  # type: ignore[arg-type]
        about, hints = Docstring.of(engine), typing.get_type_hints(engine, include_extras=True)
        if not fields:
            yield "It has no settings.\n"
            continue
        rows = [
            (f"`{each.name}`", about.says(each.name), _in_words(hints[each.name]), f"`{_yaml(each.default)}`")
            for each in fields
        ]
        yield from _table(("Setting", "What it is", "Value", "Default"), rows)
        yield f"Its page: [{engine.card.title}](../engines/{name}.md).\n"


def output() -> Iterator[str]:
    """The page of the `--json` documents, from their JSON Schemas."""
    first = "`parley schema run` prints the JSON Schema of what `parley run --json` prints; the others likewise."
    yield from _opening("Output for programs", first)
    yield "Every document is one object on standard output. Parties, issues, options and approaches appear by their"
    yield "ids, in the scenario's order; `null` stands where an engine is silent; positions and settlements are in the"
    yield "issue's own unit. A name changes only together with the number in `schema`. *Statistics* are an object with"
    yield "`mean` and the quantiles `q05`, `q10`, `q50`, `q90` and `q95` over the draws that have a value."
    yield "`parley read --jsonl` prints one object a line; `parley schema statement` prints the schema of one.\n"
    for path in sorted(SCHEMAS.glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        yield f"## `{schema['title']}`\n"
        yield f"{schema['description']}\n"
        yield from _table(("Name", "What it is", "Kind"), _properties(schema, schema, "", {}))
        for engine, detail in _details(schema):
            yield f"`engines.{engine}.detail` is empty where the engine did not run; else {detail['description']}:\n"
            yield from _table(("Name", "What it is", "Kind"), _properties(detail, schema, "", {}))


def _details(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each engine says beyond the common variables, by its name."""
    for name, definition in schema.get("$defs", {}).items():
        if name.endswith("_detail"):
            yield name.removesuffix("_detail"), definition


def _properties(
    schema: dict[str, Any], root: dict[str, Any], before: str, shown: dict[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Each described property of a schema with its path, parents first; what was `shown` before is not shown again."""
    members = dict(schema.get("properties", {}))
    placeholder = schema.get("x-key")
    if placeholder and isinstance(schema.get("additionalProperties"), dict):
        members[f"<{placeholder}>"] = schema["additionalProperties"]
    for name, member in members.items():
        resolved, path = _resolved(member, root), f"{before}{name}"
        inner = _resolved(resolved.get("items", resolved), root)
        target = member.get("$ref", inner.get("$ref", path))
        if "properties" in inner and target in shown:
            yield f"`{path}`", f"as under `{shown[target]}`", _json_kind(resolved)
            continue
        yield f"`{path}`", resolved.get("description", ""), _json_kind(resolved)
        shown[target] = path
        yield from _properties(inner, root, f"{path}{'[]' if 'items' in resolved else ''}.", shown)
        for choice in inner.get("oneOf", ()):
            one = _resolved(choice, root)
            shown[choice["$ref"]] = f"{path}[{one['properties']['type']['const']}]"
            yield from _properties(one, root, f"{shown[choice['$ref']]}.", shown)


def _resolved(member: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """A member with its reference, if it has one, filled in; its own description wins."""
    target = member.get("$ref", "").removeprefix("#/$defs/")
    return {**root["$defs"][target], **member} if target else member


def _json_kind(member: dict[str, Any]) -> str:
    if "const" in member or "enum" in member:
        return " or ".join(f"`{_yaml(each)}`" for each in member.get("enum", [member.get("const")]))
    kinds = member.get("type", member.get("x-kind", "any"))
    return " or ".join(kinds) if isinstance(kinds, list) else str(kinds)


def python() -> Iterator[str]:
    """The page of the Python interface, from signatures and docstrings."""
    yield from _opening("Python", "How to use it: [Use it from Python](../how-to/use-from-python.md).")
    yield "`import parley` is quick: each of these names is imported when it is first used.\n"
    public = {name: getattr(parley, name) for name in parley.__all__ if not name.startswith("__")}
    shared = list(public.values())
    rest = {name: getattr(workbench, name) for name in workbench.__all__ if getattr(workbench, name) not in shared}
    for prefix, members in (("parley", public), ("parley.workbench", rest)):
        yield f"## `{prefix}`\n"
        for name, member in members.items():
            if inspect.ismodule(member):
                yield f"### `{prefix}.{name}`\n\n{Docstring.of(member).summary}\n"
                for each in member.__all__:
                    yield from _function(f"{prefix}.{name}.{each}", getattr(member, each))
            elif isinstance(member, type):
                yield from _class(f"{prefix}.{name}", member)
            elif callable(member):
                yield from _function(f"{prefix}.{name}", member)


def _class(name: str, member: type) -> Iterator[str]:
    about = Docstring.of(member)
    yield f"### `{name}`\n\n{about.summary}\n"
    if issubclass(member, Exception):
        return
    if about.sections.get("Attributes"):
        rows = [(f"`{key}`", text) for key, text in about.sections["Attributes"].items()]
        yield from _table(("Attribute", "What it is"), rows)
    names = [each for each in vars(member) if not each.startswith("_")]
    methods = [each for each in names if _is_method(inspect.getattr_static(member, each))]
    rows = [(f"`{each}`", Docstring.of(getattr(member, each)).first) for each in methods]
    yield from _table(("Method or property", "What it gives"), rows)


def _is_method(member: Any) -> bool:
    return inspect.isfunction(member) or isinstance(member, property | classmethod | staticmethod)


def _function(name: str, member: Any) -> Iterator[str]:
    about = Docstring.of(member)
    signature = str(inspect.signature(member)).replace("'", "")
    yield f"### `{name}`\n"
    yield f"```\n{name}{_broken(signature)}\n```\n"
    yield f"{about.summary}\n"
    for title, columns in (("Parameters", ("Parameter", "What it is")), ("Raises", ("Raises", "When"))):
        entries = about.sections.get(title, {})
        yield from _table(columns, [(f"`{key}`", text) for key, text in entries.items()])
    if about.sections.get("Returns"):
        yield "Returns: " + " ".join(f"{key} {text}".strip() for key, text in about.sections["Returns"].items()) + "\n"


def _broken(signature: str) -> str:
    if len(signature) < 80:
        return signature
    inside, arrow, returns = signature.partition(") -> ")
    parts = re.split(r", (?![^\[]*\])", inside.removeprefix("("))
    return "(\n    " + ",\n    ".join(parts) + f",\n{arrow}{returns}"


def _opening(title: str, first: str) -> Iterator[str]:
    yield f"# {title}\n\n{NOTE}\n\n{first}\n"


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A table in Markdown; nothing where it has no rows."""
    made = [" | ".join(each.replace("|", "\\|").replace("\n", " ") for each in row) for row in rows]
    if made:
        yield f"| {' | '.join(columns)} |"
        yield "|" + "---|" * len(columns)
        yield from (f"| {row} |" for row in made)
        yield ""


if __name__ == "__main__":
    sys.exit(main())
