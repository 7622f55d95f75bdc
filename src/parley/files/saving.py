"""The text of a scenario's file, with what its author wrote around the data. `edited` is the main name.

Only the characters of what differs are replaced, so comments, order, quotes and line breaks elsewhere stay as they are.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from parley.domain.scenario import Scenario
from parley.files import yaml_writer
from parley.files.file_form import to_file_form
from parley.files.yaml_reader import Node

__all__ = ["edited", "new_text"]

UNKNOWN = object()


def new_text(scenario: Scenario) -> str:
    """The file of a scenario that has none yet."""
    form = to_file_form(scenario)
    return "\n".join(yaml_writer.entry(key, value, 0) + "\n" for key, value in form.items())


def edited(text: str, root: Node, old: dict[str, Any], new: dict[str, Any]) -> str:
    """Change a file's text so that it holds other data.

    Parameters
    ----------
    text : the file's text
    root : where everything stands in it
    old, new : the file form of what it holds, and of what it should hold

    Returns
    -------
    The text with the parts replaced, inserted and removed that differ.
    """
    edits = sorted(_Editor(text).changes(root, old, new), key=lambda edit: (edit.start, edit.end))
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


@dataclass(frozen=True, slots=True)
class _Edit:
    """Put `text` in place of the characters start..end."""

    start: int
    end: int
    text: str


class _Editor:
    """Finds what must change in a text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def changes(self, node: Node, old: Any, new: Any) -> Iterator[_Edit]:
        if old == new:
            return
        if isinstance(old, dict) and isinstance(new, dict) and self.can_edit_mapping(node, new):
            yield from self.mapping(node, old, new)
        elif isinstance(old, list) and isinstance(new, list) and self.can_edit_list(node, old):
            yield from self.items(node, old, new)
        else:
            yield self.replacement(node, new)

    def replacement(self, node: Node, new: Any) -> _Edit:
        end = node.start + len(self.text[node.start : node.end].rstrip())
        text = yaml_writer.in_line(new) if node.flow else yaml_writer.block(new, node.column - 1)
        return _Edit(node.start, end, f" {text}" if node.start == node.end else text)

    def can_edit_mapping(self, node: Node, new: dict[str, Any]) -> bool:
        """Whether keys can be added and removed by whole lines, or none need be."""
        same_keys = set(node.children) <= set(new) and set(new) <= set(node.children)
        return same_keys or not node.flow

    def mapping(self, node: Node, old: dict[str, Any], new: dict[str, Any]) -> Iterator[_Edit]:
        kept = [key for key in node.children if key in new or key not in old]
        first = next(iter(node.children))
        if first not in kept:
            yield self.replacement(node, new)
            return
        for key, child in node.children.items():
            if key in new and old.get(str(key), UNKNOWN) != new[str(key)]:
                yield from self.changes(child, old.get(str(key)), new[str(key)])
            elif key not in kept:
                yield _Edit(self.line_start(node.keys[str(key)][2]), self.line_end(child) + 1, "")
        before = first
        for key, value in new.items():
            if key in node.children:
                before = key
            else:
                at = self.line_end(node.children[before])
                indent = node.column - 1
                yield _Edit(at, at, "\n" + " " * indent + yaml_writer.entry(key, value, indent))

    def can_edit_list(self, node: Node, old: list[Any]) -> bool:
        """Whether items stand on lines of their own, or one by one in the data as in the text."""
        return (
            len(node.children) == len(old) > 0 and not node.flow and all(map(self.starts_line, node.children.values()))
        )

    def items(self, node: Node, old: list[Any], new: list[Any]) -> Iterator[_Edit]:
        indent = node.column - 1
        names = [_name(value) for value in old], [_name(value) for value in new]
        for _, start, stop, new_start, new_stop in difflib.SequenceMatcher(None, *names, autojunk=False).get_opcodes():
            common = min(stop - start, new_stop - new_start)
            for index in range(common):
                yield from self.changes(node.children[start + index], old[start + index], new[new_start + index])
            for index in range(start + common, stop):
                child = node.children[index]
                yield _Edit(self.line_start(child.start), self.line_end(child) + 1, "")
            added = [yaml_writer.item(value, indent) for value in new[new_start + common : new_stop]]
            if added and start + common == 0:
                at = self.line_start(node.children[0].start)
                yield _Edit(at, at, "".join(" " * indent + text + "\n" for text in added))
            elif added:
                at = self.line_end(node.children[start + common - 1])
                yield _Edit(at, at, "".join("\n" + " " * indent + text for text in added))

    def starts_line(self, node: Node) -> bool:
        """Whether nothing but a dash stands before a list's item."""
        return self.text[self.line_start(node.start) : node.start].strip() == "-"

    def line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, node: Node) -> int:
        """The end of the line on which a value ends."""
        last = node.start + len(self.text[node.start : node.end].rstrip())
        end = self.text.find("\n", last)
        return len(self.text) if end < 0 else end


def _name(value: Any) -> str:
    """What tells an item of a list from the others."""
    if isinstance(value, dict):
        names = [value[key] for key in ("id", "party", "issue", "option") if key in value]
        if names:
            return json.dumps(names)
    return json.dumps(value)
