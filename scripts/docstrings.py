"""Docstrings in numpy's form, taken apart: `Docstring`; and links to the works that they cite: `work_link`."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BIBLIOGRAPHY = Path(__file__).resolve().parents[1] / "docs" / "bibliography.md"


def work_link(key: str) -> str:
    """A link to a work, under the name that the bibliography gives it."""
    named = re.search(rf"^\({key}\)=\n\*\*(.+?)\.\*\*", BIBLIOGRAPHY.read_text(encoding="utf-8"), flags=re.MULTILINE)
    if named is None:
        raise SystemExit(f"docs/bibliography.md has no entry '{key}'")
    return f"[{named.group(1)}](#{key})"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Docstring:
    """A docstring in numpy's form, taken apart.

    Attributes
    ----------
    summary : everything before the first section
    sections : entries by the title of their section, each by its name
    """

    summary: str
    sections: dict[str, dict[str, str]]

    @classmethod
    def of(cls, member: Any) -> Docstring:
        """Take the docstring of a member apart."""
        text = inspect.getdoc(member) or ""
        head, *rest = re.split(r"^([A-Z][A-Za-z]+)\n-{3,}\n", text, flags=re.MULTILINE)
        sections = {title: dict(_entries(body)) for title, body in zip(rest[::2], rest[1::2], strict=True)}
        return cls(summary=_linked(re.sub(r"::\n\n.*", ".", head, flags=re.DOTALL).strip()), sections=sections)

    @property
    def first(self) -> str:
        """The first sentence of the summary."""
        return self.summary.partition("\n\n")[0].replace("\n", " ")

    def says(self, attribute: str) -> str:
        """What it says of one attribute; empty where it says nothing."""
        return self.sections.get("Attributes", {}).get(attribute, "")


def _entries(body: str) -> Iterator[tuple[str, str]]:
    """`name : text`, lines that are set in belonging to the entry above; `a, b : text` counts for both."""
    for entry in re.split(r"\n(?=\S)", body.strip("\n")):
        first, *more = entry.split("\n")
        name, _, text = first.partition(" : ")
        text = _linked(" ".join(each.strip() for each in (text, *more)).strip())
        for each in name.split(", ") if re.fullmatch(r"\w+(, \w+)*", name) else [name]:
            yield each, text


def _linked(text: str) -> str:
    return re.sub(r"\[(\w+)\]_", lambda found: work_link(found.group(1)), text)
