"""A briefing as one HTML file that needs nothing else: no network, and no scripts to be read.

`to_html` is the main name. Numbers are buttons that open notes by the browser's own means (`popover`); pictures are
drawn as SVG and come alive, through Vega-Lite, when a reader points at them. A content security policy admits the
page's own style and scripts by their hashes, and nothing else.
"""

from __future__ import annotations

import base64
import dataclasses
import functools
import hashlib
import importlib.metadata
import importlib.resources
import re
from collections.abc import Iterator, Sequence

from parley.briefing import charts, palette
from parley.briefing.grounds import SOURCES, Grounds, named_in
from parley.briefing.markup import Html, Names, element, join, json_block, script, trusted, words
from parley.briefing.words import in_sentence
from parley.domain.briefing import Block, Briefing, Chart, Items, Paragraph, Piece, Section, Table

__all__ = ["library", "library_name", "own_asset", "own_policy", "own_style", "to_html"]

OPENING = re.compile(r"[(\[“‘]+$")
CLOSING = re.compile(r"[.,;:!?%)\]”’]+")


def to_html(briefing: Briefing, *, library: str | None = None) -> str:
    """Write a briefing as one self-contained HTML file.

    Parameters
    ----------
    briefing : the briefing
    library : source of the script that brings pictures alive, as `library()` gives it; None makes it, which takes about
        two seconds; an empty string leaves the pictures still

    Returns
    -------
    The page, in UTF-8 when it is written.
    """
    source = _library() if library is None else library
    page = _Page(briefing)
    main = page.main()
    style, behaviour = own_style(), own_asset("page.js")
    executed = [behaviour, source] if source else []
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=own_policy(style, executed)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", words(briefing.title)),
        element("style", trusted(style)),
    )
    live = [json_block(page.specs, id="specs"), script(source, type="text/plain", id="library"), script(behaviour)]
    body = element(
        "body",
        element("a", words("Skip to the briefing"), class_="skip", href="#main"),
        _masthead(briefing),
        element("div", page.contents(), main, class_="columns"),
        _footer(briefing),
        *(live if source else ()),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def library() -> str:
    """Source of the script that draws live pictures: Vega, Vega-Lite and vega-embed, as vl-convert ships them."""
    return _library()


def library_name() -> str:
    """Name the script by all that it depends on, for a cache."""
    return f"vega-{importlib.metadata.version('vl-convert-python')}.js"


@functools.cache
def _library() -> str:
    import vl_convert

    bundled: str = vl_convert.javascript_bundle("window.vegaEmbed=vegaEmbed;")
    return bundled.replace("</script", r"<\/script").replace("<!--", r"<\!--")


def own_asset(name: str) -> str:
    """The text of a file that ships with the pages."""
    return (importlib.resources.files("parley.briefing") / name).read_text(encoding="utf-8")


@functools.cache
def own_style() -> str:
    """The style that all pages share, in light and in dark."""
    light, dark = (palette.declarations(theme) for theme in (palette.LIGHT, palette.DARK))
    return (
        f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{own_asset('page.css')}"
    )


def own_policy(style: str, scripts: Sequence[str]) -> str:
    """A content security policy that admits one style and some scripts, by their hashes, and nothing else."""
    allowed = " ".join(_hash(each) for each in scripts) or "'none'"
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _masthead(briefing: Briefing) -> Html:
    day = f"{briefing.as_of.day} {briefing.as_of:%B %Y}"
    return element(
        "header",
        element("p", words(f"Briefing for {in_sentence(briefing.asked_by)}"), class_="kicker"),
        element("h1", words(briefing.title)),
        element("p", words(briefing.question), class_="question"),
        element(
            "p",
            words("As of "),
            element("time", words(day), datetime=briefing.as_of.isoformat()),
            words(". Nothing later is used. Each underlined number opens what it rests on."),
            class_="small",
        ),
        class_="masthead",
    )


def _footer(briefing: Briefing) -> Html:
    draws = (
        f"{briefing.draws:,} draw{'' if briefing.draws == 1 else 's'}, seed {briefing.seed}"
        if briefing.draws
        else "one run, most plausible numbers"
    )
    return element(
        "footer",
        element(
            "p",
            words(f"Made with Parley {briefing.version}: {draws}. The same scenario and seed give the same numbers."),
        ),
        element("p", words("Scenario "), element("code", words(briefing.scenario_digest))),
    )


def _touching(pieces: Sequence[Piece]) -> Iterator[tuple[str, Piece, str]]:
    """Each piece, a number together with the brackets before it and the commas and the like after it."""
    texts = [piece.text for piece in pieces]
    held: dict[int, tuple[str, str]] = {}
    for here in (number for number, piece in enumerate(pieces) if piece.basis is not None):
        before = after = ""
        if here and _is_plain(pieces[here - 1]) and (found := OPENING.search(texts[here - 1])):
            before, texts[here - 1] = found[0], texts[here - 1][: found.start()]
        follows = here + 1 < len(pieces) and not pieces[here].cites and _is_plain(pieces[here + 1])
        if follows and (found := CLOSING.match(texts[here + 1])):
            after, texts[here + 1] = found[0], texts[here + 1][found.end() :]
        held[here] = before, after
    for number, (piece, text) in enumerate(zip(pieces, texts, strict=True)):
        before, after = held.get(number, ("", ""))
        yield before, dataclasses.replace(piece, text=text), after


def _look(table: Table, column: int) -> str | None:
    return "numeric" if column in table.numeric else None


def _is_plain(piece: Piece) -> bool:
    return piece.basis is None and not piece.strong and not piece.cites


class _Page:
    """The body of a page while it is written."""

    def __init__(self, briefing: Briefing) -> None:
        self._briefing = briefing
        self._names = Names()
        self._grounds = Grounds(briefing, self._names)
        self._anchored: set[str] = set()
        self._printed = True
        self.specs: dict[str, dict[str, object]] = {}

    def contents(self) -> Html:
        """The links to the sections."""
        entries = [
            element("li", element("a", words(section.title), href=f"#{self._names.of('section', section.id)}"))
            for section in self._briefing.sections
        ]
        title = element("p", words("In this briefing"), class_="contents-title", id="contents-title")
        return element("nav", title, element("ol", *entries), class_="contents", aria_labelledby="contents-title")

    def main(self) -> Html:
        """The sections, and the notes beneath their numbers."""
        sections = [self._section(section) for section in self._briefing.sections]
        notes = self._grounds.notes()
        lists = self._grounds.lists()
        if lists is not None:
            heading = element("h2", words("Beneath the numbers"))
            says = "The models compute from many estimates at once. These lists name them by their place in the file."
            sections.append(element("section", heading, element("p", words(says)), lists, class_="beneath"))
        heading = element("h2", words("What the numbers rest on"), class_="in-print")
        return element(
            "main",
            *sections,
            element("section", heading, notes, class_="notes", aria_label="Notes"),
            id="main",
            tabindex="-1",
        )

    def _section(self, section: Section) -> Html:
        identity = self._names.of("section", section.id)
        title = self._names.of("title", section.id)
        blocks = [self._block(block, anchored=section.id == SOURCES) for block in section.blocks]
        return element(
            "section", element("h2", words(section.title), id=title), *blocks, id=identity, aria_labelledby=title
        )

    def _block(self, block: Block, *, anchored: bool) -> Html:
        match block:
            case Paragraph(pieces=pieces, tone=tone):
                return element("p", self._run(pieces), class_=None if tone == "plain" else f"tone-{tone}")
            case Items(items=items, ordered=ordered):
                entries = [element("li", self._run(item), id=self._anchor(item, anchored=anchored)) for item in items]
                return element("ol" if ordered else "ul", *entries)
            case Table():
                return self._table(block, anchored=anchored)
            case Chart():
                return self._chart(block)

    def _run(self, pieces: Sequence[Piece]) -> Html:
        return join([self._piece(*found) for found in _touching(pieces)])

    def _piece(self, before: str, piece: Piece, after: str) -> Html:
        if piece.basis is not None:
            shown = self._grounds.number(piece, before=before, after=after, printed=self._printed)
        else:
            shown = element("strong", words(piece.text)) if piece.strong else words(piece.text)
        return join([shown, words(" "), self._grounds.cites(piece.cites)]) if piece.cites else shown

    def _anchor(self, run: Sequence[Piece], *, anchored: bool) -> str | None:
        """The id of an entry among the sources, the first time that it is named."""
        name = named_in(run) if anchored else None
        if name is None or name in self._anchored:
            return None
        self._anchored.add(name)
        return self._grounds.anchor(name)

    def _table(self, table: Table, *, anchored: bool = False) -> Html:
        head = [
            element("th", words(name), scope="col", class_=_look(table, column))
            for column, name in enumerate(table.columns)
        ]
        rows = [
            element("tr", *self._cells(table, row), id=self._anchor(row[0] if row else (), anchored=anchored))
            for row in table.rows
        ]
        whole = element(
            "table",
            element("caption", words(table.caption)),
            element("thead", element("tr", *head)),
            element("tbody", *rows),
        )
        return element("div", whole, class_="table", role="region", aria_label=table.caption, tabindex="0")

    def _cells(self, table: Table, row: Sequence[Sequence[Piece]]) -> Iterator[Html]:
        for column, run in enumerate(row):
            if column == 0:
                yield element("th", self._run(run), scope="row", class_=_look(table, column))
            else:
                yield element("td", self._run(run), class_=_look(table, column))

    def _chart(self, chart: Chart) -> Html:
        identity = self._names.of("chart", chart.id)
        widths = {"wide": charts.WIDE, "narrow": charts.NARROW}
        self.specs[identity] = {name: charts.spec(chart, width=width) for name, width in widths.items()}
        drawn = [
            element("div", trusted("".join(charts.slices(chart, width=width))), class_=f"drawing {name}")
            for name, width in widths.items()
        ]
        self._printed = False
        numbers = self._table(chart.table)
        self._printed = True
        return element(
            "figure",
            element(
                "figcaption", element("h3", words(chart.title)), element("p", words(chart.subtitle), class_="small")
            ),
            element("div", *drawn, class_="picture", role="img", aria_label=chart.alt),
            element("details", element("summary", words("Show the numbers")), numbers),
            id=identity,
        )
