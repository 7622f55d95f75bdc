"""YAML 1.2 for scenario files: plain data, the line of every value, and every problem of form. `read` is the main name.

Only the part of YAML that says what it means is taken: mappings with text as keys, lists, and plain values of the core
schema.
Anchors, aliases, merge keys, tags, several documents and values such as a bare `no` are refused. The parser's events
are read one by one, so a hostile file is refused at its first fatal event.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

from parley.errors import Path, Problem, ScenarioError
from parley.files import text_guards
from parley.files.plain_values import AMBIGUOUS, checked, resolved, shortened
from parley.files.scanner import events

__all__ = ["MAX_DEPTH", "MAX_PROBLEMS", "MAX_VALUES", "Document", "Node", "read"]

MAX_DEPTH = 50
MAX_VALUES = 25_000
MAX_PROBLEMS = 200

Place = tuple[int, int]


@dataclass(slots=True)
class Node:
    """Where one value of a document stands.

    Attributes
    ----------
    line, column : of the value, counted from 1
    start, end : its first character and one past its last, counted from 0 in the text
    flow : whether it is written in one piece: in brackets, or as a single value
    children : the nodes of its parts, by key or position
    keys : line, column and first character of each of its keys
    """

    line: int
    column: int
    start: int = 0
    end: int = 0
    flow: bool = True
    children: dict[str | int, Node] = field(default_factory=dict)
    keys: dict[str, tuple[int, int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The content of a file, and where each part of it stands.

    Attributes
    ----------
    file : the file's name, for problems
    text : the content of the file
    data : mappings, lists, text, numbers and truth values; None in the place of what was refused
    root : the node of the whole
    problems : problems of form that left the rest readable
    spoiled : paths of the values that those problems are about; nothing more should be said of them
    gaps : paths of the mappings in which a key was refused; what they lack may be what it was meant to be
    """

    file: str
    text: str
    data: Any
    root: Node
    problems: tuple[Problem, ...]
    spoiled: frozenset[Path]
    gaps: frozenset[Path]

    def place(self, path: Path, *, key: bool = False) -> Place:
        """The line and column of a value, or of its key; of its closest ancestor where it has no place of its own."""
        node = self.root
        for step, name in enumerate(path):
            if key and step == len(path) - 1 and name in node.keys:
                return node.keys[str(name)][:2]
            if name not in node.children:
                break
            node = node.children[name]
        return node.line, node.column

    def is_spoiled(self, path: Path) -> bool:
        """Whether the value at a path, or one around it, has a problem of form."""
        return any(path[:length] in self.spoiled for length in range(len(path) + 1))


def read(raw: bytes, file: str) -> Document:
    """Read a document.

    Parameters
    ----------
    raw : the content of the file
    file : its name, for problems

    Returns
    -------
    The document, with the problems that left the rest of it readable.

    Raises
    ------
    ScenarioError
        If it cannot be read as one document at all; with the problems found up to there.
    """
    text = text_guards.decoded(raw, file)
    text_guards.refuse_directives(text, file)
    builder = _Builder(file)
    try:
        for event in events(text, file):
            builder.take(event)
    except ScenarioError as error:
        found = [each for each in builder.problems if each not in error.problems]
        raise ScenarioError([*found, *error.problems]) from None
    return builder.document(text)


@dataclass(slots=True)
class _Frame:
    """A mapping or a list that is being read.

    Attributes
    ----------
    value : what has been read of it
    node : where it stands
    key : the last key of a mapping; None where it was refused and its value is dropped
    expects_key : whether a mapping's next event is a key
    key_end : where the last key ends
    """

    value: dict[str, Any] | list[Any]
    node: Node
    key: str | None = None
    expects_key: bool = False
    key_end: Any = None


class _Builder:
    """Turns events into data, nodes and problems."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.spoiled: set[Path] = set()
        self.gaps: set[Path] = set()
        self.stack: list[_Frame] = []
        self.top: list[tuple[Any, Node]] = []
        self.values = 0
        self.documents = 0
        self.handlers: dict[str, Callable[[Any], None]] = {
            "DocumentStartEvent": self.document_start,
            "AliasEvent": self.alias,
            "ScalarEvent": self.scalar,
            "MappingStartEvent": self.collection_start,
            "SequenceStartEvent": self.collection_start,
            "MappingEndEvent": self.collection_end,
            "SequenceEndEvent": self.collection_end,
        }

    def take(self, event: Any) -> None:
        handler = self.handlers.get(type(event).__name__)
        if handler is not None:
            handler(event)

    def document(self, text: str) -> Document:
        if not self.top:
            self.fatal("the file is empty", "copy a shipped case to start from", 1, 1)
        data, root = self.top[0]
        return Document(
            file=self.file,
            text=text,
            data=data,
            root=root,
            problems=tuple(self.problems),
            spoiled=frozenset(self.spoiled),
            gaps=frozenset(self.gaps),
        )

    def document_start(self, event: Any) -> None:
        self.documents += 1
        line, column = _start(event)
        if self.documents > 1:
            self.fatal(
                "a second document starts here", "keep one document to a file; remove the line '---'", line, column
            )

    def alias(self, event: Any) -> None:
        message = f"'*{shortened(event.anchor)}' is an alias, which scenario files may not have"
        self.refuse(event, message, "write the value out")

    def scalar(self, event: Any) -> None:
        if self.refused_mark(event) or (not self.stack and _is_empty(event)):
            return
        frame = self.stack[-1] if self.stack else None
        expects_key = frame is not None and frame.expects_key
        plain = not event.style
        is_text = not plain or (expects_key and event.value in AMBIGUOUS)
        try:
            value: Any = checked(event.value) if is_text else resolved(event.value)
        except ScenarioError as error:
            problem = error.problems[0]
            self.refuse(event, problem.message, problem.hint)
            return
        if expects_key:
            self.take_key(event, value, plain=plain)
        else:
            self.attach(value, event)

    def take_key(self, event: Any, value: Any, *, plain: bool) -> None:
        frame = self.stack[-1]
        assert isinstance(frame.value, dict)
        if not isinstance(value, str):
            self.refuse(
                event, f"the key {shortened(event.value)} is not text", "put it in quotes if it is meant to be a name"
            )
        elif plain and value == "<<":
            self.refuse(event, "'<<' is a merge key, which scenario files may not have", "write the keys out")
        elif value in frame.value:
            line = frame.node.keys[value][0]
            self.refuse(
                event,
                f"the key '{shortened(value)}' appears twice",
                f"it stands on line {line} already; remove one of them",
            )
        else:
            frame.key, frame.expects_key = value, False
            frame.key_end = event.end_mark
            frame.node.keys[value] = (*_start(event), event.start_mark.index)

    def collection_start(self, event: Any) -> None:
        line, column = _start(event)
        if len(self.stack) >= MAX_DEPTH:
            self.fatal(f"the file nests deeper than {MAX_DEPTH} levels", "a scenario needs about ten", line, column)
        is_mapping = type(event).__name__ == "MappingStartEvent"
        value: dict[str, Any] | list[Any] = {} if is_mapping else []
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.expects_key:
            self.refuse(event, "a list or mapping cannot be a key", "write a word before the colon")
            node = self.node(event)
        else:
            self.refused_mark(event, keep=True)
            node = self.attach(value, event)
        self.stack.append(_Frame(value=value, node=node, expects_key=is_mapping))

    def collection_end(self, event: Any) -> None:
        node = self.stack.pop().node
        if node.flow:
            node.end = event.end_mark.index
        elif node.children:
            node.end = next(reversed(node.children.values())).end

    def attach(self, value: Any, event: Any) -> Node:
        """Put a value where it belongs."""
        self.values += 1
        if self.values > MAX_VALUES:
            hint = "split it, or leave out what no engine reads"
            self.fatal(f"the file has more than {MAX_VALUES} values", hint, *_start(event))
        node = self.node(event)
        if not self.stack:
            self.top.append((value, node))
            return node
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            frame.node.children[len(frame.value)] = node
            frame.value.append(value)
        else:
            if frame.key is not None:
                frame.node.children[frame.key] = node
                frame.value[frame.key] = value
            frame.expects_key = True
        return node

    def refused_mark(self, event: Any, *, keep: bool = False) -> bool:
        """Refuse an anchor or a tag; with `keep` the value below it is still read."""
        message = hint = ""
        if event.tag is not None:
            shown = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            message, hint = (
                f"'{shortened(shown)}' is a tag, which scenario files may not have",
                "remove it; put text in quotes",
            )
        elif event.anchor is not None:
            message, hint = f"'&{shortened(event.anchor)}' is an anchor, which scenario files may not have", "remove it"
        if message and keep:
            self.add(message, hint, _start(event), self.path(), spoils=False)
        elif message:
            self.refuse(event, message, hint)
        return bool(message)

    def refuse(self, event: Any, message: str, hint: str) -> None:
        """Report a problem and go on without the value, or without the key and its value."""
        self.add(message, hint, self.start(event), self.path(), spoils=not self.is_beside_the_data())
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.expects_key:
            self.gaps.add(self.path())
            frame.key, frame.expects_key = None, False
        else:
            self.attach(None, event)

    def node(self, event: Any) -> Node:
        """Where an event's value stands; an empty one right after the colon, wherever the parser says."""
        line, column = self.start(event)
        first, last = event.start_mark.index, event.end_mark.index
        if _is_empty(event) and self.stack and self.stack[-1].key_end is not None:
            first = last = self.stack[-1].key_end.index + 1
        return Node(line, column, first, last, getattr(event, "flow_style", None) is not False)

    def start(self, event: Any) -> Place:
        """Line and column of an event's value, as in `node`."""
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.key_end is not None and not frame.expects_key and _is_empty(event):
            return frame.key_end.line + 1, frame.key_end.column + 2
        return _start(event)

    def path(self) -> Path:
        """The path of the value that comes next; of the mapping itself where it expects a key."""
        parts: list[str | int] = []
        for frame in self.stack:
            innermost = frame is self.stack[-1]
            if isinstance(frame.value, list):
                parts.append(len(frame.value) - (0 if innermost else 1))
            elif frame.key is not None and not (innermost and frame.expects_key):
                parts.append(frame.key)
        return tuple(parts)

    def add(self, message: str, hint: str, place: Place, path: Path, *, spoils: bool) -> None:
        if len(self.problems) >= MAX_PROBLEMS:
            self.fatal("there are more problems; the rest is not shown", "mend these first", *place)
        line, column = place
        self.problems.append(Problem(message=message, hint=hint, path=path, file=self.file, line=line, column=column))
        if spoils:
            self.spoiled.add(path)

    def is_beside_the_data(self) -> bool:
        """Whether the next event is a key, or stands below a key that was refused."""
        mappings = [frame for frame in self.stack if isinstance(frame.value, dict)]
        return any(frame.key is None or (frame is self.stack[-1] and frame.expects_key) for frame in mappings)

    def fatal(self, message: str, hint: str, line: int, column: int) -> NoReturn:
        self.problems.append(Problem(message=message, hint=hint, file=self.file, line=line, column=column))
        raise ScenarioError(self.problems)


def _is_empty(event: Any) -> bool:
    return type(event).__name__ == "ScalarEvent" and not event.style and not event.value


def _start(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1
