"""An article with its statements marked, as one HTML file that needs nothing else. `article_page` is the main name.

The article's text stands in it to the last character. Where statements overlap, the text is cut at their ends, and each
piece knows all statements that it belongs to; it looks like the shortest of them, the innermost. A content security
policy admits the page's own style and script, and nothing else.
"""

from __future__ import annotations

import bisect
import functools
from collections import defaultdict
from collections.abc import Iterator, Sequence

import parley
from parley.briefing import palette
from parley.briefing.html import own_asset, own_policy, own_style
from parley.briefing.kinds import FAMILIES, KINDS, holder_of, speaker_name, when, words_of
from parley.briefing.markup import Html, Names, element, join, json_block, script, trusted, words
from parley.domain.source import Article
from parley.domain.statement import Statement
from parley.reading.layout import Block, blocks
from parley.reading.result import Reading

__all__ = ["article_page"]

Run = tuple[int, int, int, bool]
"""Start, end, number of the statement, and whether the statement opens here."""

COLOURS = {
    "light": {"wants": "#0b5470", "gives": "#1f6b3a", "resists": "#a8321a", "holds": "#5a4a8c"},
    "dark": {"wants": "#8cc8e0", "gives": "#8fd19e", "resists": "#ffa086", "holds": "#c6b8f2"},
}
"""The colour of each family of kinds; its line under the text tells them apart without colour."""


def article_page(reading: Reading, *, name: str, notes: Sequence[str] = ()) -> str:
    """Write an article and its statements as one self-contained HTML file.

    Parameters
    ----------
    reading : what was read
    name : name of the article, shown where it has no title
    notes : what a user should know of it

    Returns
    -------
    The page, in UTF-8 when it is written.
    """
    page = _Page(reading)
    style, behaviour = _style(), own_asset("article.js")
    title = reading.article.title or name
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=own_policy(style, [behaviour])),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", words(f"{title} – statements")),
        element("style", trusted(style)),
    )
    body = element(
        "body",
        element("a", words("Skip to the article"), class_="skip", href="#main"),
        _masthead(reading, title, name, notes),
        element("div", page.choice(), page.main(), class_="columns"),
        _footer(reading.article),
        json_block(page.data(), id="statements-data"),
        script(behaviour),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


@functools.cache
def _style() -> str:
    light, dark = (palette.declarations(COLOURS[theme]) for theme in ("light", "dark"))
    themes = f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return f"{own_style()}\n{themes}\n{own_asset('article.css')}"


def _masthead(reading: Reading, title: str, name: str, notes: Sequence[str]) -> Html:
    article = reading.article
    day = "" if article.date is None else f"{article.date.day} {article.date:%B %Y}"
    known = [part for part in (article.outlet, article.author, day or "day of publication unknown") if part]
    count = len(reading.statements)
    return element(
        "header",
        element("p", words(f"Statements in {name}"), class_="kicker"),
        element("h1", words(title)),
        element("p", words(f"{' · '.join(known)}. {count} statement{'' if count == 1 else 's'}."), class_="small"),
        *(element("p", words(f"Note: {note}."), class_="small note-line") for note in notes),
        class_="masthead",
    )


def _footer(article: Article) -> Html:
    made = f"Made with Parley {parley.__version__}. A machine read this: hold each statement against the words."
    return element(
        "footer",
        element("p", words(made)),
        element("p", words("SHA-256 of the text: "), element("code", words(article.digest))),
    )


class _Page:
    """The body of a page while it is written."""

    def __init__(self, reading: Reading) -> None:
        self._article = reading.article
        self._statements = reading.statements
        self._names = Names()
        looks = [KINDS[each.kind] for each in self._statements]
        self._tags = [f"{look.sign}{number}" for number, look in enumerate(looks, start=1)]
        self._places = {each.id: number for number, each in enumerate(self._statements)}

    def data(self) -> list[dict[str, str]]:
        """What the script needs of each statement."""
        return [
            {"kind": each.kind, "family": KINDS[each.kind].family, "speaker": each.speaker} for each in self._statements
        ]

    def choice(self) -> Html:
        """What can be shown: kinds and speakers, with the meaning of each sign."""
        kinds = [kind for kind in KINDS if any(each.kind == kind for each in self._statements)]
        boxes = [
            element(
                "label",
                element("input", type="checkbox", name="kind", value=kind, checked=""),
                element("span", words(KINDS[kind].sign), class_=f"sign {KINDS[kind].family}"),
                words(f" {KINDS[kind].word} "),
                element("span", words(str(sum(each.kind == kind for each in self._statements))), class_="count"),
            )
            for kind in kinds
        ]
        speakers = sorted({each.speaker for each in self._statements}, key=str.casefold)
        options = [element("option", words("everybody"), value="")]
        options += [element("option", words(speaker), value=speaker) for speaker in speakers]
        return element(
            "form",
            element("fieldset", element("legend", words("Kinds")), *boxes),
            element("label", words("Speaker"), element("select", *options, name="speaker"), class_="speakers"),
            element("p", class_="small shown", role="status"),
            class_="contents choice",
            id="choice",
            aria_label="Statements to show",
            hidden=None if kinds else "",
        )

    def main(self) -> Html:
        """The article, and the list of its statements."""
        cut = blocks(self._article.text)
        rows = [self._row(block, runs) for block, runs in zip(cut, self._runs(cut), strict=True)]
        parts = [element("section", *rows, class_="article", aria_label="The article")]
        if self._statements:
            entries = [self._entry(number) for number in range(len(self._statements))]
            title = element("h2", words("The statements, one by one"), id="list-title")
            parts.append(
                element("section", title, element("ol", *entries, class_="entries"), aria_labelledby="list-title")
            )
            parts.append(self._legend())
        return element("main", *parts, id="main", tabindex="-1")

    def _legend(self) -> Html:
        used = {KINDS[each.kind].family for each in self._statements}
        items = [
            element("li", element("span", words(meaning), class_=f"line {family}"))
            for family, meaning in FAMILIES.items()
            if family in used
        ]
        return element("section", element("h2", words("What the lines mean")), element("ul", *items), class_="legend")

    def _runs(self, cut: Sequence[Block]) -> list[list[Run]]:
        """For each block, the runs of characters of statements in it."""
        found: list[list[Run]] = [[] for _ in cut]
        starts = [block.start for block in cut]
        for number, each in enumerate(self._statements):
            for place, span in enumerate(each.spans):
                first = max(bisect.bisect_right(starts, span.start) - 1, 0)
                for here in range(first, bisect.bisect_left(starts, span.end)):
                    start, end = max(span.start, starts[here]), min(span.end, cut[here].end)
                    if start < end:
                        found[here].append((start, end, number, place == 0 and here == first))
        return found

    def _row(self, block: Block, runs: Sequence[Run]) -> Html:
        """A block of the text, with the speakers of the statements that start in it beside it."""
        name = "h3" if block.kind == "heading" else "p"
        look = "furniture" if block.kind == "furniture" else None
        text = element(name, join(self._pieces(block, runs)), class_=look)
        beside = [
            element("li", self._link(number), words(f" {self._who(number)}"), data_s=str(number))
            for _, _, number, opening in runs
            if opening
        ]
        return element("div", text, *([element("ul", *beside, class_="beside")] if beside else []), class_="row")

    def _pieces(self, block: Block, runs: Sequence[Run]) -> Iterator[Html]:
        """The characters of a block, cut where statements start and end."""
        opens: defaultdict[int, list[Run]] = defaultdict(list)
        closes: defaultdict[int, list[int]] = defaultdict(list)
        for run in runs:
            opens[run[0]].append(run)
            closes[run[1]].append(run[2])
        cuts = sorted({block.start, block.end, *opens, *closes})
        within: list[int] = []
        for start, end in zip(cuts, cuts[1:], strict=False):
            for number in closes[start]:
                within.remove(number)
            for _, _, number, opening in opens[start]:
                within.append(number)
                if opening:
                    yield self._anchor(number)
            yield self._piece(self._article.text[start:end], within)

    def _piece(self, text: str, within: Sequence[int]) -> Html:
        if not within:
            return words(text)
        numbers = sorted(set(within), key=self._length)
        family = KINDS[self._statements[numbers[0]].kind].family
        depth = min(len(numbers), 3)
        return element(
            "mark", words(text), class_=f"{family} deep-{depth}", data_s=" ".join(str(number) for number in numbers)
        )

    def _length(self, number: int) -> tuple[int, int]:
        return sum(span.end - span.start for span in self._statements[number].spans), number

    def _anchor(self, number: int) -> Html:
        """The sign before a statement in the text: it leads to its entry, and is no text of the page."""
        return element(
            "a",
            class_=f"sign {KINDS[self._statements[number].kind].family}",
            id=self._names.of("at", str(number)),
            href=f"#{self._names.of('statement', str(number))}",
            data_sign=self._tags[number],
            data_s=str(number),
            aria_label=f"{self._tags[number]}: {KINDS[self._statements[number].kind].word} by {self._who(number)}",
        )

    def _link(self, number: int, *, back: bool = False) -> Html:
        return element(
            "a",
            words(self._tags[number]),
            class_=f"sign {KINDS[self._statements[number].kind].family}",
            href=f"#{self._names.of('at' if back else 'statement', str(number))}",
        )

    def _who(self, number: int) -> str:
        each = self._statements[number]
        holder = holder_of(each)
        return f"{each.speaker}, on {holder}" if holder else each.speaker

    def _entry(self, number: int) -> Html:
        each = self._statements[number]
        kind = KINDS[each.kind].word
        on = f" on {each.issue}" if each.issue else ""
        said = f" {kind[0].upper()}{kind[1:]}{' (denied)' if each.negated else ''}{on} by "
        name = f" ({named})" if (named := speaker_name(each)) else ""
        who = element("strong", words(each.speaker))
        return element(
            "li",
            element("p", self._link(number, back=True), words(said), who, words(name)),
            element("blockquote", words(words_of(each))),
            element("p", join(list(self._facts(each)), " · "), class_="small"),
            id=self._names.of("statement", str(number)),
            data_s=str(number),
        )

    def _facts(self, each: Statement) -> Iterator[Html]:
        if holder := holder_of(each):
            yield words(f"position of {holder}")
        if each.target:
            yield words(f"to {each.target}")
        if period := when(each):
            yield words(period)
        if each.hedge is not None:
            yield words(f"sounds {each.hedge[0]:.0%} to {each.hedge[1]:.0%} likely")
        known = [self._places[name] for name in each.conditions if name in self._places]
        if known:
            links = join([self._link(place, back=True) for place in known], " ")
            yield join([words("on condition of "), links])
        yield words(f"the reader is {each.confidence:.0%} sure")
        if each.why:
            yield words(f"found by: {each.why}")
