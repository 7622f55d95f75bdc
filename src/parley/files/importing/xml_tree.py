"""XML as a small tree whose elements know their place. `parsed` is the main name.

Nothing but elements and text is taken: a document type, and so every entity that could be declared in one, is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from parley.errors import Problem, ScenarioError
from parley.files.importing.cells import Cell, Place

__all__ = ["Element", "parsed"]

MAX_DEPTH = 20
REASONS = {
    "mismatched tag": "close each element before the one around it",
    "no element found": "the file ends before its elements are closed",
    "undefined entity": "write the character itself",
}


@dataclass(slots=True)
class Element:
    """An element of an XML text.

    Attributes
    ----------
    name : its name
    place : where it starts
    text : the text in it, piece by piece
    children : the elements in it
    attributes : what stands in its tag, by name
    """

    name: str
    place: Place
    text: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def cell(self) -> Cell:
        """Its text without the blanks around it."""
        return Cell("".join(self.text).strip(), self.place)

    def all(self, name: str) -> list[Element]:
        """The elements of a name that stand directly in it."""
        return [each for each in self.children if each.name == name]

    def others(self, known: Sequence[str]) -> list[Element]:
        """The elements directly in it that have none of these names."""
        return [each for each in self.children if each.name not in known]


def parsed(text: str, file: str) -> Element:
    """Read an XML text.

    Parameters
    ----------
    text : the text
    file : what to call it in problems

    Returns
    -------
    Its root.

    Raises
    ------
    ScenarioError
        If it is not well formed, nests deeper than 20 elements, or has a document type.
    """
    builder = _Builder(file)
    try:
        builder.parser.Parse(text.encode(), True)  # noqa: FBT003 - the parser's own signature
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        hint = REASONS.get(reason, "mend the XML there")
        builder.stop(f"the XML cannot be read: {reason}", hint, Place(error.lineno, error.offset + 1))
    return builder.root.children[0]


class _Builder:
    """Builds the tree while the parser reads."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root = Element("", Place(1, 1))
        self.open = [self.root]
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = self.doctype

    def here(self) -> Place:
        return Place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) > MAX_DEPTH:
            self.stop(f"the elements nest deeper than {MAX_DEPTH} levels", "a scenario needs five", self.here())
        element = Element(name, self.here(), attributes=attributes)
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, name: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        self.open[-1].text.append(text)

    def doctype(self, *what: object) -> None:
        self.stop("a document type is not taken", "delete the line with <!DOCTYPE", Place(self.here().line, 1))

    def stop(self, message: str, hint: str, place: Place) -> NoReturn:
        raise ScenarioError([Problem(message=message, hint=hint, file=self.file, line=place.line, column=place.column)])
