"""The page of a briefing: self-contained, safe, and every number leads to what it rests on."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from parley.briefing.html import library, to_html
from parley.domain.briefing import Basis, Briefing, Chart, Items, Paragraph, Piece, Table
from tests.briefing import sample

VOID = {"meta", "br", "hr", "input", "img", "link"}
HOSTILE = "\"'><script>alert(1)</script></script><!--<img src=x onerror=alert(2)>&lt;\x00\u202e"


class Page(HTMLParser):
    """Elements of a page, in order, with their attributes and text; notes what is not nested rightly."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.problems: list[str] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.problems += [f"<{name}> is not closed" for name in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1] not in ("script", "style"):
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def hostile(value: Any) -> Any:
    """The same noun with a hostile string added to every text in it, ids and kinds apart."""
    if isinstance(value, str):
        return value + HOSTILE
    if isinstance(value, tuple):
        return tuple(hostile(each) for each in value)
    if isinstance(value, list):
        return [hostile(each) for each in value]
    if isinstance(value, dict):
        kept = ("id", "party", "issue", "basis", "challenger", "challenged", "from", "to")
        return {key: each if key in kept else hostile(each) for key, each in value.items()}
    if isinstance(value, (Paragraph, Items, Table, Chart, Piece, Basis)):
        kept = {"kind", "basis"} if not isinstance(value, Basis) else {"id", "made"}
        changes = {
            field.name: hostile(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.name not in kept
        }
        return dataclasses.replace(value, **changes)
    return value


def hostile_briefing() -> Briefing:
    calm = sample.briefing()
    sections = tuple(
        dataclasses.replace(
            each,
            title=each.title + HOSTILE,
            id=each.id if each.id == "sources" else each.id + HOSTILE,
            blocks=hostile(each.blocks),
        )
        for each in calm.sections
    )
    bases = {name: hostile(basis) for name, basis in calm.bases.items()}
    words = {
        name: getattr(calm, name) + HOSTILE for name in ("title", "question", "asked_by", "version", "scenario_digest")
    }
    return dataclasses.replace(calm, sections=sections, bases=bases, **words)


@pytest.fixture(scope="module")
def text() -> str:
    return to_html(sample.briefing())


@pytest.fixture(scope="module")
def still() -> str:
    return to_html(sample.briefing(), library="")


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_elements_are_nested_rightly_and_ids_are_unique(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert page.problems == []
    assert len(ids) == len(set(ids))


def test_the_page_loads_nothing(page: Page, still: str) -> None:
    assert not [
        name for name, _ in page.elements if name in ("link", "img", "iframe", "object", "embed", "base", "form")
    ]
    assert not [attributes for _, attributes in page.elements if "src" in attributes or "srcset" in attributes]
    assert not re.findall(r"url\(|@import", still)
    addresses = set(re.findall(r"https?://[^\s\"'<>]+", still))
    assert addresses == {"http://www.w3.org/2000/svg"}


def test_every_link_stays_on_the_page_and_leads_somewhere(page: Page) -> None:
    ids = {attributes.get("id") for _, attributes in page.elements}
    targets = [str(attributes["href"]) for attributes in page.all("a")]
    assert targets
    assert all(target.startswith("#") and target[1:] in ids for target in targets)


def test_the_policy_admits_the_style_and_scripts_of_the_page_and_nothing_else(text: str, page: Page) -> None:
    policy = (
        next(each["content"] for each in page.all("meta") if each.get("http-equiv") == "Content-Security-Policy") or ""
    )
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    sources = re.findall(
        r"<(?:style|script)(?: type=\"text/plain\" id=\"library\")?>(.*?)</(?:style|script)>", text, re.DOTALL
    )
    assert len(sources) == 3
    for source in sources:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'" in policy
    assert policy.count("sha256-") == 3


def test_nothing_on_the_page_needs_an_inline_style_or_handler(page: Page) -> None:
    names = {name for _, attributes in page.elements for name in attributes}
    assert not {name for name in names if name == "style" or name.startswith("on")}


def test_every_number_is_a_button_whose_note_exists_and_says_where_it_comes_from(page: Page) -> None:
    notes = {attributes["id"] for attributes in page.all("div") if "popover" in attributes}
    opened = [each["popovertarget"] for each in page.all("button") if each.get("popovertargetaction") != "hide"]
    numbers = [piece for piece in sample.briefing().pieces() if piece.basis]
    assert len(opened) == len(numbers)
    assert set(opened) == notes
    assert "War bargaining, 2,000 draws, seed 7: how likely agreement is." in page.text


def test_a_note_leads_to_the_facts_beneath_its_number(still: str) -> None:
    note = re.search(r'<div id="basis-length".*?</div>', still, re.DOTALL)
    assert note is not None
    assert 'href="#ground-F4"' in note[0]
    assert 'href="#ground-A1"' in note[0]
    assert re.search(r'<tr id="ground-F4"><th scope="row">F4</th>', still)
    assert re.search(r'<li id="ground-A1">', still)


def test_a_note_of_a_computed_number_says_which_version_and_which_seed_made_it(still: str) -> None:
    made = re.findall(r"Computed by [^<]*", still)
    assert made
    assert all(re.search(r", Parley \S+(, seed \d+)?\.$", each) for each in made)


def test_an_id_that_stands_nowhere_is_text_and_not_a_dead_link(still: str) -> None:
    assert "<li>X9</li>" in still


def test_a_long_number_can_break_over_lines_and_its_label_opens_the_note() -> None:
    long = "A ceasefire without conditions, as the League proposes"
    paragraph = Paragraph(pieces=(Piece(text=long, basis="chance"), Piece(text=".")))
    section = dataclasses.replace(sample.bottom_line(), blocks=(paragraph,))
    page = Page(to_html(dataclasses.replace(sample.briefing(), sections=(section,)), library=""))
    button = next(each for each in page.all("button") if each.get("class") == "opener")
    assert button["popovertarget"] == "basis-chance"
    assert {each["for"] for each in page.all("label")} == {button["id"]}
    assert long in "".join(page.text)


def test_every_picture_has_words_for_those_who_cannot_see_it_and_a_table(still: str) -> None:
    figures = re.findall(r"<figure.*?</figure>", still, re.DOTALL)
    assert len(figures) == len(sample.TITLES)
    for figure in figures:
        assert re.findall(r'<div class="drawing (\w+)"><svg', figure) == ["wide", "narrow"]
        assert re.search(r'role="img" aria-label="A picture of \w+ in words"', figure)
        assert "<summary>Show the numbers</summary>" in figure
        assert "<caption>" in figure


def test_headings_come_in_order_and_tables_say_what_heads_them(page: Page) -> None:
    levels = [int(name[1]) for name, _ in page.elements if re.fullmatch(r"h[1-6]", name)]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:], strict=False))
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(each.get("scope") in ("col", "row") for each in page.all("th"))


def test_the_page_has_its_landmarks_and_a_way_past_the_contents(page: Page) -> None:
    names = [name for name, _ in page.elements]
    assert page.all("html") == [{"lang": "en"}]
    assert [names.count(each) for each in ("main", "nav", "footer")] == [1, 1, 1]
    assert page.all("a")[0]["href"] == "#main"


def test_a_mark_after_a_number_stays_on_its_line(still: str) -> None:
    assert re.search(r'<span class="kept"><button[^>]*>5% to 55%</button><sup[^>]*>\d+</sup>\.</span>', still)


def test_without_the_library_the_page_has_no_script_at_all(still: str) -> None:
    page = Page(still)
    assert not page.all("script")
    assert "script-src 'none'" in str(page.all("meta")[1]["content"])


def test_hostile_text_in_every_field_stays_text() -> None:
    page = Page(to_html(hostile_briefing(), library=""))
    assert page.problems == []
    assert not page.all("img")
    assert not page.all("script")
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in "".join(page.text)


def test_hostile_text_cannot_end_the_data_that_the_scripts_read() -> None:
    page = Page(to_html(hostile_briefing(), library="0;"))
    assert page.problems == []
    assert not page.all("img")
    assert [each.get("id") for each in page.all("script")] == ["specs", "library", None]


def test_characters_that_are_not_seen_are_made_visible() -> None:
    text = to_html(hostile_briefing(), library="")
    assert "\x00" not in text
    assert "\u202e" not in text


def test_the_library_cannot_end_its_element_early() -> None:
    assert not re.search(r"</script|<!--", library(), re.IGNORECASE)


def test_the_same_briefing_gives_the_same_bytes(text: str) -> None:
    assert to_html(sample.briefing()) == text


def test_every_colour_that_the_page_names_is_declared_for_light_and_for_dark(still: str) -> None:
    for name in set(re.findall(r"var\(--([a-z0-9-]+)\)", still)):
        assert len(re.findall(rf"--{name}:#", still)) >= 2, name
