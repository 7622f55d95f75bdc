"""Articles come in from every form as they are, and what cannot be read is told in one sentence with a hint."""

import builtins
import datetime
import io

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parley.errors import FileError, ParleyError, ScenarioError, UsageError
from parley.files.article_bytes import decoded
from parley.files.articles import TEXTS, Details, Place, keep_text, places, take
from tests.files.pdf_files import pdf

DAY = datetime.date(2025, 3, 18)
STORY = "Talks resume in Port Albert\nBy Ana Duarte\n18 March 2025\n\nPORT ALBERT (UPI) — “We won’t sign,” she said.\n"
PAGE = """<!doctype html><html lang="en"><head><meta charset="{charset}"><title>Talks resume | The Daily Harbour</title>
<meta property="og:site_name" content="The Daily Harbour"><meta name="author" content="Ana Duarte">
<meta property="article:published_time" content="2025-03-18T10:00:00Z">
<script>var secret = "SCRIPT";</script><style>.STYLE {{ color: red }}</style></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Talks resume</h1>
<p>The foreign minister said on Monday that the talks would resume within a week, and that the café stays closed.</p>
<p>“We will not sign,” she said, “unless the port is opened.” The other side <b>rejected</b> the demand.</p>
</article><footer>Sign up for our newsletter</footer></body></html>"""


@pytest.fixture
def taken(tmp_path):
    def inner(name, content, **given_):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return take(Place(path=path, doc=name), given=Details(**given_))

    return inner


@pytest.mark.parametrize("text", [STORY, STORY.replace("\n", "\r\n"), "\ufeff" + STORY, "a\0b\u2028c 🕊 \u202eabc\n\n"])
def test_a_text_in_utf_8_is_the_article_to_the_last_code_point(text, taken):
    found = taken("story.txt", text)
    assert found.article.text == text
    assert found.as_in_file


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_text_in_another_encoding_reads_the_same_and_says_that_its_places_are_not_the_files(encoding, taken):
    found = taken("story.txt", STORY.encode(encoding))
    assert found.article.text == STORY
    assert not found.as_in_file


def test_a_text_in_an_encoding_that_only_its_letters_give_away_is_read():
    text = (
        "Министр заявил в понедельник, что переговоры продолжатся на следующей неделе и что стороны готовы к уступкам."
    )
    assert decoded(text.encode("cp1251"), "story.txt").text == text


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_a_page_is_read_in_the_charset_that_it_declares(charset, taken):
    page = PAGE.format(charset=charset).encode("utf-8" if charset == "utf-8" else "cp1252")
    assert "“We will not sign,” she said" in taken("page.html", page).article.text
    assert "the café stays closed" in taken("page.html", page).article.text


def test_a_page_that_declares_latin_1_and_is_utf_8_is_read_as_what_it_is(taken):
    assert "the café stays closed" in taken("page.html", PAGE.format(charset="iso-8859-1").encode()).article.text


def test_neither_scripts_nor_styles_nor_the_pages_furniture_are_in_the_text_of_a_page(taken):
    text = taken("page.html", PAGE.format(charset="utf-8")).article.text
    assert not any(word in text for word in ("SCRIPT", "STYLE", "newsletter", "Home", "<"))
    assert "The other side rejected the demand." in text


def test_a_page_tells_title_outlet_author_and_day_in_its_metadata(taken):
    found = taken("page.html", PAGE.format(charset="utf-8"))
    article = found.article
    assert (article.title, article.outlet, article.author) == ("Talks resume", "The Daily Harbour", "Ana Duarte")
    assert article.date == DAY
    assert set(found.found.values()) == {"HTML metadata"}


def test_a_page_is_known_by_its_content_whatever_the_file_is_called(taken):
    assert taken("page.txt", PAGE.format(charset="utf-8")).form == "html"
    assert taken("story", STORY).form == "text"


def test_the_first_lines_of_a_text_tell_title_author_outlet_and_day(taken):
    found = taken("story.txt", STORY)
    article = found.article
    assert (article.title, article.author, article.outlet) == ("Talks resume in Port Albert", "Ana Duarte", "UPI")
    assert article.date == DAY
    assert set(found.found.values()) == {"first lines"}


@pytest.mark.parametrize(
    "line",
    [
        "Published: March 18, 2025",
        "Tue 18 Mar 2025 10.00 GMT",
        "By Ana Duarte, 18 March 2025",
        "2025-03-18",
        "Updated 19 March 2025\nFirst published 18 March 2025",
    ],
)
def test_the_day_of_publication_is_found_in_its_usual_forms(line, taken):
    assert (
        taken("story.txt", f"Talks resume\n{line}\n\nThe war began on 24 February 2022, she said.\n").article.date
        == DAY
    )


def test_a_day_of_the_story_told_is_not_taken_for_the_day_of_publication(taken):
    found = taken("story.txt", "Talks resume\n\nThe war, which began on 24 February 2022, goes on, she said.\n")
    assert found.article.date is None
    assert "date" not in found.found


def test_a_day_in_the_files_name_counts_where_the_text_names_none(taken):
    found = taken("harbour_2025-03-18_talks.txt", "Talks resume\n\nShe said no.\n")
    assert found.article.date == DAY
    assert found.found["date"] == "file name"


def test_front_matter_wins_over_the_first_lines_and_what_is_given_wins_over_both(taken):
    text = (
        '---\ntitle: "Talks, again"\ndate: 2025-03-18\nauthors: [Ana Duarte]\nsource: Harbour\n---\n# Other\n\nText.\n'
    )
    found = taken("story.md", text, outlet="The Gazette")
    article = found.article
    assert article.text == text
    assert (article.title, article.author, article.outlet) == ("Talks, again", "Ana Duarte", "The Gazette")
    assert article.date == DAY
    assert found.found == {
        "title": "front matter", "outlet": "given", "author": "front matter", "date": "front matter",
    }  # fmt: skip


def test_the_first_heading_of_a_markdown_text_is_its_title(taken):
    assert taken("story.md", "# Talks *resume*\n\nShe said no.\n").article.title == "Talks resume"


def test_a_text_that_opens_with_a_sentence_has_no_title(taken):
    assert taken("story.txt", "The minister said no on Monday.\nNobody else spoke.\n").article.title == ""


def test_the_text_of_a_pdf_is_read_page_by_page_with_its_title_and_without_a_day(taken):
    found = taken("talks.pdf", pdf(["She said no.", "He said yes."], title="Talks resume"))
    assert found.article.text == "She said no.\n\nHe said yes."
    assert found.article.title == "Talks resume"
    assert found.article.date is None
    assert not found.as_in_file


REFUSED = {
    "an empty file": ("a.txt", b"", "empty"),
    "nothing but spaces": ("a.txt", b" \n\xef\xbb\xbf\n", "empty"),
    "a picture": ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
    "a document of Word": ("a.docx", b"PK\x03\x04" + bytes(200), "Word"),
    "random bytes": ("a.txt", bytes(range(256)) * 8, "no text"),
    "control characters": ("a.txt", b"\x01\x02\x03\x04\x05 word " * 40, "control"),
    "a page without an article": ("a.html", b"<html><head><title>x</title></head><body></body></html>", "no article"),
    "a broken PDF": ("a.pdf", b"%PDF-1.4 torn", "broken"),
    "a scanned PDF": ("a.pdf", pdf([""]), "no text"),
    "a locked PDF": ("a.pdf", pdf(["She said no."], password="secret"), "password"),  # noqa: S106 - of the test's own PDF
    "UTF-16 that breaks off": ("a.txt", "abcdef".encode("utf-16") + b"\x41", "breaks off"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_article_is_refused_with_the_files_name_and_a_hint(what, taken):
    name, content, says = REFUSED[what]
    with pytest.raises(ScenarioError) as refused:
        taken(name, content)
    (problem,) = refused.value.problems
    assert says in problem.message
    assert problem.file.endswith(name)
    assert problem.hint


@pytest.mark.parametrize(
    ("library", "name", "content"),
    [
        ("trafilatura", "a.html", PAGE.format(charset="utf-8").encode()),
        ("pypdf", "a.pdf", pdf(["She said no."])),
        ("charset_normalizer", "a.txt", "Министр заявил, что переговоры продолжатся.".encode("cp1251")),
    ],
)
def test_a_library_that_is_not_installed_is_named_with_how_to_install_it(library, name, content, taken, monkeypatch):
    imported = builtins.__import__

    def missing(module, *rest, **more):
        if module.split(".")[0] == library:
            raise ModuleNotFoundError(module)
        return imported(module, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UsageError, match=r"not installed; install it with: pip install 'parley\[reading\]'"):
        taken(name, content)


def test_a_folder_stands_for_its_articles_by_name_without_hidden_files_and_kept_texts(tmp_path):
    for name in ("b.txt", "a.html", "deep/c.md", "notes.docx", ".hidden/d.txt", f"{TEXTS}/a.html.012345678901.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert [place.doc for place in places([tmp_path])] == ["a.html", "b.txt", "deep/c.md"]


def test_two_files_of_one_name_are_told_apart(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("x")
    found = places([tmp_path / "one", tmp_path / "two", tmp_path / "one" / "a.txt"])
    assert [place.doc for place in found] == ["a.txt", str(tmp_path / "two" / "a.txt")]


def test_what_does_not_exist_and_a_folder_without_articles_are_told(tmp_path):
    with pytest.raises(FileError, match="no such file"):
        places([tmp_path / "missing.txt"])
    with pytest.raises(UsageError, match="no article to read"):
        places([tmp_path])


def test_an_article_comes_from_standard_input():
    (place,) = places(["-"])
    assert take(place, stream=io.BytesIO(STORY.encode())).article.text == STORY


def test_the_text_of_a_page_is_kept_once_and_a_users_file_is_never_written_over(tmp_path, taken):
    found = taken("page.html", PAGE.format(charset="utf-8"))
    kept = keep_text(found, tmp_path / TEXTS)
    assert kept.read_text(encoding="utf-8") == found.article.text
    assert keep_text(found, tmp_path / TEXTS) == kept
    kept.write_text("mine")
    with pytest.raises(FileError, match="holds something else"):
        keep_text(found, tmp_path / TEXTS)
    assert kept.read_text() == "mine"
    assert keep_text(taken("story.txt", STORY), tmp_path / TEXTS) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1))
@example(text="\r\n\x85\u2029a")
def test_any_text_in_utf_8_comes_in_unchanged_or_is_refused(text, taken):
    try:
        found = taken("story.txt", text)
    except ScenarioError:
        return
    assert found.form == "html" or found.article.text == text


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(), head=st.sampled_from([b"", b"%PDF-1.7\n", b"<html><body>", b"\xff\xfe", b"---\ntitle: "]))
def test_any_bytes_give_an_article_or_a_clear_error(content, head, taken):
    try:
        assert taken("story.txt", head + content).article.text.strip()
    except ParleyError as error:
        assert str(error)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 900), junk=st.binary(max_size=8))
def test_a_damaged_pdf_gives_a_text_or_a_clear_error(cut, junk, taken):
    whole = pdf(["She said no.", "He said yes."], title="Talks")
    try:
        assert taken("story.pdf", whole[:cut] + junk + whole[cut + 4 :]).article.text.strip()
    except ScenarioError as error:
        assert error.problems[0].hint
