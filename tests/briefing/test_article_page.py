"""The page of an article: its text to the last character, each statement marked where it stands, nothing foreign."""

import base64
import dataclasses
import hashlib
import re
from collections import defaultdict
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parley.briefing.article import COLOURS, article_page
from parley.briefing.kinds import FAMILIES, KINDS
from parley.briefing.markup import UNSEEN
from parley.briefing.palette import DARK, LIGHT
from parley.domain.source import Article, Span, StatementKind
from parley.domain.statement import Names, Statement
from parley.reading.layout import blocks
from parley.reading.result import Reading
from tests.briefing.article_sample import reading
from tests.briefing.test_html import HOSTILE, Page


class ArticlePage(Page):
    """A page whose rows of text, and whose marks by statement, are gathered."""

    def __init__(self, text):
        self.rows = []
        self.marked = defaultdict(str)
        self._within = []
        super().__init__(text)

    def handle_starttag(self, tag, attrs):
        super().handle_starttag(tag, attrs)
        if tag == "div" and dict(attrs).get("class") == "row":
            self.rows.append("")
        if tag == "mark":
            self._within = dict(attrs)["data-s"].split()

    def handle_endtag(self, tag):
        super().handle_endtag(tag)
        if tag == "mark":
            self._within = []

    def handle_data(self, data):
        super().handle_data(data)
        if self._open and self._open[-1] in ("p", "h3", "mark") and "ul" not in self._open and self.rows:
            self.rows[-1] += data
        for number in self._within:
            self.marked[int(number)] += data


def seen(text):
    return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def unspaced(text):
    return "".join(text.split())


def test_the_page_holds_the_text_to_the_last_character_and_marks_each_statements_words():
    whole = reading()
    page = ArticlePage(article_page(whole, name="talks.txt"))
    assert page.problems == []
    found = [whole.article.text[block.start : block.end] for block in blocks(whole.article.text)]
    assert page.rows[: len(found) - 1] == found[:-1]
    for number, statement in enumerate(whole.statements):
        assert page.marked[number] == "".join(statement.words)


def test_every_sign_in_the_text_leads_to_an_entry_that_leads_back():
    text = article_page(reading(), name="talks.txt")
    page = Page(text)
    ids = {attributes["id"] for _, attributes in page.elements if attributes.get("id")}
    links = [attributes["href"][1:] for attributes in page.all("a")]
    assert set(links) <= ids
    for number in range(12):
        assert links.count(f"statement-{number}") >= 2
        assert f"at-{number}" in links


def test_a_mark_tells_kind_and_speaker_without_colour():
    page = Page(article_page(reading(), name="talks.txt"))
    labels = [each["aria-label"] for each in page.all("a") if each.get("data-sign")]
    assert labels[0] == "Re1: refusal by Ana Duarte, on the northern council"
    assert len({each.sign for each in KINDS.values()}) == len(KINDS) == len(get_args(StatementKind))
    assert {each.family for each in KINDS.values()} == set(FAMILIES)


def test_an_entry_tells_the_issue_and_who_spoke_for_the_party():
    whole = reading()
    said = dataclasses.replace(whole.statements[0], issue="port", speaker="north", names=Names(speaker="Ana Duarte"))
    text = article_page(dataclasses.replace(whole, statements=(said,)), name="talks.txt")
    assert "Refusal on port by <strong>north</strong> (Ana Duarte)" in text
    plain = dataclasses.replace(said, speaker="ana_duarte", issue=None)
    text = article_page(dataclasses.replace(whole, statements=(plain,)), name="talks.txt")
    assert "Refusal by <strong>ana_duarte</strong></p>" in text


def test_the_page_admits_nothing_but_its_own_style_and_script():
    text = article_page(reading(), name="talks.txt")
    policy = next(each["content"] for each in Page(text).all("meta") if each.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    scripts = re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)
    assert len(scripts) == 1
    for source in [*scripts, *re.findall(r"<style>(.*?)</style>", text, flags=re.DOTALL)]:
        assert base64.b64encode(hashlib.sha256(source.encode()).digest()).decode() in policy
    assert not re.search(r"https?://|@import|url\(|\bsrc=", text)


def contrast(one, other):
    """Contrast of two colours as the Web Content Accessibility Guidelines define it."""

    def light(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("theme", "paper"), [("light", LIGHT["paper"]), ("dark", DARK["paper"])])
def test_signs_can_be_read_on_light_and_on_dark_paper(theme, paper):
    assert set(COLOURS[theme]) == set(FAMILIES)
    assert all(contrast(colour, paper) >= 4.5 for colour in COLOURS[theme].values())


def test_hostile_words_stay_words():
    article = Article(text=f"She said {HOSTILE}", title=HOSTILE, outlet=HOSTILE, author=HOSTILE)
    whole = Span(start=0, end=len(article.text))
    statement = Statement(
        id=HOSTILE, article=article, spans=(whole,), words=(article.text,), speaker=HOSTILE, holder=HOSTILE + "x",
        kind="demand", target=HOSTILE, issue=HOSTILE, why=HOSTILE,
    )  # fmt: skip
    text = article_page(Reading(article=article, statements=(statement,)), name=HOSTILE, notes=(HOSTILE,))
    page = Page(text)
    assert page.problems == []
    assert page.all("img") == []
    assert "alert(1)" not in "".join(re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL))


def test_an_article_without_statements_is_shown_all_the_same():
    page = Page(article_page(Reading(article=Article(text="Nobody spoke.")), name="talks.txt", notes=("in French",)))
    assert page.problems == []
    assert "Nobody spoke." in page.text
    assert "Note: in French." in page.text


@settings(deadline=None)
@given(data=st.data(), text=st.text(alphabet="aé🕊<&\"'>. \n\r\0\u202e“”-#*", min_size=1, max_size=80))
@example(data=None, text="a\n\nb")
def test_any_spans_of_any_text_render_exactly_their_words(data, text):
    article = Article(text=text)
    statements = []
    for number in range(data.draw(st.integers(0, 6)) if data else 1):
        ends = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True)) if data else [0, 4]
        ends = sorted(ends)[: len(ends) // 2 * 2]
        spans = tuple(Span(start=start, end=end) for start, end in zip(ends[::2], ends[1::2], strict=True))
        statements.append(
            Statement(
                id=f"s{number}", article=article, spans=spans, words=tuple(map(article.words, spans)), speaker="x",
                kind="demand",
            )
        )  # fmt: skip
    page = ArticlePage(article_page(Reading(article=article, statements=tuple(statements)), name="a"))
    assert page.problems == []
    cut = blocks(text)
    shown = "".join(text[block.start : block.end] for block in cut)
    assert unspaced(seen(shown)) == unspaced("".join(page.rows))[: len(unspaced(seen(shown)))]
    for number, statement in enumerate(statements):
        inside = [
            text[max(span.start, block.start) : min(span.end, block.end)]
            for span in statement.spans
            for block in cut
            if span.start < block.end and block.start < span.end
        ]
        assert page.marked[number] == seen("".join(inside))
