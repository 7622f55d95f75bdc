"""What stands beneath the numbers of a page: notes that numbers open, and anchors of facts and judgements.

`Grounds` is the main name.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence

from parley.briefing.markup import Html, Names, element, join, words
from parley.domain.briefing import Basis, Briefing, Items, Piece, Section, Table

__all__ = ["SOURCES", "Grounds", "named_in"]

SOURCES = "sources"
"""Id of the section in which facts, claims and judgements stand."""

FEW = 8
"""As many grounds or estimates are listed in a note; more than that are listed once for all notes that share them."""

SHORT = 22
"""Letters of a number, with its unit or word, that fit on a line of any table."""

EXCERPT = 150
"""Letters of a fact's or judgement's words that a note shows."""

KINDS = {"estimates": "estimates of the scenario", "grounds": "facts and judgements"}


class Grounds:
    """The notes of a page, numbered in the order in which their numbers first appear.

    Parameters
    ----------
    briefing : the briefing
    names : the ids of the page
    """

    def __init__(self, briefing: Briefing, names: Names) -> None:
        self._bases = briefing.bases
        self._names = names
        self._sources = dict(_sources(briefing))
        self._numbers: dict[str, int] = {}
        self._used: dict[str, None] = {}
        self._labels = 0
        self._lists: dict[tuple[str, tuple[str, ...]], str] = {}

    def number(self, piece: Piece, *, before: str = "", after: str = "", printed: bool = True) -> Html:
        """Make a control of a number that opens its note, with the note's number for print.

        A button cannot break over lines. So a short number is a button; a long one is the label of a small button after
        it, which clicks that button wherever the browser breaks the words.

        Parameters
        ----------
        piece : the number
        before, after : the marks that touch it and must stay on its line
        printed : whether the number is seen in print
        """
        basis = piece.basis
        if basis is None or basis not in self._bases:
            return words(f"{before}{piece.text}{after}")
        raised = self._raised(basis) if printed else Html("")
        self._used.setdefault(basis)
        opens = {"type": "button", "popovertarget": self._names.of("basis", basis), "aria_haspopup": "dialog"}
        if len(piece.text) <= SHORT:
            button = element("button", _stressed(piece), class_="number", **opens)
            return element("span", words(before), button, raised, words(after), class_="kept")
        self._labels += 1
        identity = self._names.of("opens", str(self._labels))
        head, space, last = piece.text.rpartition(" ")
        labels = [
            element("label", _stressed(dataclasses.replace(piece, text=text)), for_=identity, class_="number")
            for text in (head + space, last)
        ]
        button = element("button", words("*"), id=identity, class_="opener", aria_label=piece.text, **opens)
        end = element("span", labels[1], button, raised, words(after), class_="kept")
        return join([words(before), labels[0], end])

    def _raised(self, basis: str) -> Html:
        number = self._numbers.setdefault(basis, len(self._numbers) + 1)
        return element("sup", words(str(number)), class_="in-print", aria_hidden="true")

    def cites(self, ids: Iterable[str]) -> Html:
        """Write ids in brackets, each a link to its place among the sources."""
        return join([Html("["), join([self._cite(each) for each in ids], ", "), Html("]")])

    def _cite(self, ground: str, *, hint: bool = True) -> Html:
        if ground not in self._sources:
            return words(ground)
        title = _excerpt(self._sources[ground]) if hint else None
        return element("a", words(ground), class_="cite", href=f"#{self.anchor(ground)}", title=title)

    def anchor(self, ground: str) -> str:
        """The id of the place where a ground stands."""
        return self._names.of("ground", ground)

    def notes(self) -> Html:
        """Every note that a number opens: first those that are printed, in order, then the others."""
        others = [basis for basis in self._used if basis not in self._numbers]
        found = [self._note(self._bases[basis], str(number)) for basis, number in self._numbers.items()]
        return join([*found, *(self._note(self._bases[basis], None) for basis in others)], "\n")

    def _note(self, basis: Basis, number: str | None) -> Html:
        identity = self._names.of("basis", basis.id)
        title = self._names.of("basis-title", basis.id)
        parts = [
            element("p", element("b", words(f"Note {number}" if number else "Note")), class_="note-number", id=title),
            element("p", words(basis.says)),
        ]
        if basis.made is not None:
            parts.append(element("p", words(_made(basis)), class_="small"))
        parts += [*self._rests_on(basis.grounds), *self._estimates(basis.quantities)]
        close = element(
            "button", words("Close"), type="button", class_="close", popovertarget=identity, popovertargetaction="hide"
        )
        return element(
            "div",
            *parts,
            close,
            id=identity,
            class_="note" if number else "note unprinted",
            popover="auto",
            role="dialog",
            aria_labelledby=title,
        )

    def _rests_on(self, grounds: tuple[str, ...]) -> Iterator[Html]:
        if len(grounds) > FEW:
            yield self._link_to_list("grounds", grounds, f"Rests on {len(grounds)} facts and judgements")
        elif grounds:
            yield element("p", words("Rests on:"), class_="small")
            yield element("ul", *(self._entry(each) for each in grounds), class_="small")

    def _entry(self, ground: str) -> Html:
        said = self._sources.get(ground, "")
        return element(
            "li",
            self._cite(ground, hint=False),
            element("span", words(f" {_excerpt(said)}"), class_="said") if said else Html(""),
        )

    def _estimates(self, quantities: tuple[str, ...]) -> Iterator[Html]:
        if len(quantities) > FEW:
            yield self._link_to_list(
                "estimates", quantities, f"Computed from {len(quantities)} estimates of the scenario"
            )
        elif quantities:
            shown = join([element("code", words(each)) for each in quantities], ", ")
            yield element("p", words("In the scenario: "), shown, class_="small")

    def _link_to_list(self, kind: str, names: tuple[str, ...], says: str) -> Html:
        """Say how many there are, with a link to the list of them."""
        target = self._lists.setdefault((kind, names), self._names.of(kind, str(len(self._lists) + 1)))
        link = element("a", words("list"), href=f"#{target}")
        listed = element("span", words(" ("), link, words(")"), class_="on-screen")
        return element("p", words(says), listed, words("."), class_="small")

    def lists(self) -> Html | None:
        """The long lists that notes share, each once; call it after `notes`. None where there are none."""
        if not self._lists:
            return None
        return join(
            [
                element(
                    "details",
                    element("summary", words(f"{len(names)} {KINDS[kind]}")),
                    element("ul", *(self._listed(kind, each) for each in names), id=target, class_=kind),
                    class_="beneath-list",
                )
                for (kind, names), target in self._lists.items()
            ]
        )

    def _listed(self, kind: str, name: str) -> Html:
        return element("li", element("code", words(name))) if kind == "estimates" else self._entry(name)


def _stressed(piece: Piece) -> Html:
    return element("strong", words(piece.text)) if piece.strong else words(piece.text)


def _made(basis: Basis) -> str:
    made = basis.made
    if made is None:
        return ""
    seed = "" if made.seed is None else f", seed {made.seed}"
    set_to = ", ".join(f"{name} = {value}" for name, value in made.parameters.items())
    settings = f" ({set_to})" if set_to else ""
    return f"Computed by {made.engine.replace('_', ' ')}{settings}, Parley {made.version}{seed}."


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rsplit(' ', 1)[0]} …"


def named_in(run: Sequence[Piece]) -> str | None:
    """The id that a row or an entry among the sources begins with, such as `F12`; None if there is none."""
    found = re.match(r"\s*([^\s:]+):?", run[0].text) if run else None
    return found[1] if found else None


def _sources(briefing: Briefing) -> Iterator[tuple[str, str]]:
    """Ids of facts, claims, judgements and sources, and what each says."""
    for section in briefing.sections:
        if section.id == SOURCES:
            yield from _entries(section)


def _entries(section: Section) -> Iterator[tuple[str, str]]:
    for block in section.blocks:
        match block:
            case Table(rows=rows):
                for row in rows:
                    if row and (name := named_in(row[0])):
                        yield name, "".join(piece.text for piece in row[1]) if len(row) > 1 else ""
            case Items(items=items):
                for item in items:
                    if name := named_in(item):
                        yield name, "".join(piece.text for piece in item[1:]).strip()
            case _:
                pass
