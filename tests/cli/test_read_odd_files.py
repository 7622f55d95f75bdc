"""`parley read`, the real command with its real readers, over a folder of files as they may come.

The folder is read once by each reader; every line of what is printed is held against the text that its places are in.
"""

import json
import os
import subprocess
import sys

import jsonschema
import pytest

from parley import workbench
from parley.files.articles import TEXTS
from tests.files.pdf_files import pdf

STORY = (
    "Talks resume in Port Albert\r\n18 March 2025\r\n\r\nThe envoy said that the port must open by the end of March. "
    "“We will not sign”, Ana Duarte told reporters, “unless the guns fall silent.”\r\n"
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Talks</title>
<script>document.write("The envoy said that the SCRIPT must run.")</script>
<style>.x::after { content: "The envoy said that the STYLE must run." }</style></head><body><article>
<p>The envoy said that the port must open by the end of March &mdash; &amp; that caf&eacute;s &lt;may&gt; stay.</p>
<p>&ldquo;We will not sign,&rdquo; Ana Duarte said. The council&#8217;s chair rejected the demand of the north.</p>
<p>He said that the talks would go on in the port for as long as the guns fall silent along the river.</p>
</article></body></html>"""
SPANISH = (
    "El ministro dijo el lunes que las conversaciones van a seguir en la ciudad y que no hay acuerdo sobre el puerto. "
    "Los delegados del norte no han dicho cuándo se van a reunir, pero la presidenta cree que será en la primavera.\n"
)
HEBREW = "“שלום”, the envoy said. She said that “أهلا” must be the last word of the treaty.\n"
MARKED = (
    "The envoy said that the 🕊️ truce must hold 👩‍👩‍👧‍👦 until June. E\u0301tienne said that cafe\u0301s may open. "
    "“We will not sign 🇺🇦 this”, she said.\n"
)
READ = {
    "crlf.txt": STORY.encode(),
    "emoji.txt": MARKED.encode(),
    "latin1.txt": STORY.replace("“", '"').replace("”", '"').replace("Ana", "Aña").encode("latin-1"),
    "mark.txt": ("\ufeff" + STORY).encode(),
    "odd_marks.txt": "“We will not sign, he said. She said “the port must open.\nNobody wants “peace” ”.\n".encode(),
    "one_line.txt": b"The envoy said that the port must open",
    "page.html": PAGE.encode(),
    "paper.pdf": pdf(["The envoy said that the port must open.", "She said that it must close again in June."]),
    "quotes.txt": "“We will not sign.”\n\n“The port must open.”\n\n“If they attack, we will strike back.”\n".encode(),
    "right_to_left.txt": HEBREW.encode(),
    "utf16.txt": STORY.encode("utf-16"),
}
SILENT = {"spanish.txt": SPANISH.encode()}
NOT_READ = {
    "binary.txt": bytes(range(256)) * 40,
    "empty.txt": b"",
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(300),
    "spaces.txt": b" \r\n\t\n",
}
WITHOUT = """import sys
sys.modules[sys.argv[1]] = None
sys.argv = ["parley", "read", sys.argv[2]]
from parley.cli import main
main()"""
"""A program that reads a file as if a library were not there."""
KEPT = ("latin1.txt", "page.html", "paper.pdf", "utf16.txt")
"""Their text is taken out of the file, and kept beside it."""


def parley(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "parley", "read", *arguments],
        cwd=folder, capture_output=True, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip


@pytest.fixture(scope="module", params=["rules", "best"])
def read(request, tmp_path_factory):
    """The folder of articles, the lines printed by article, and what was said beside them."""
    folder = tmp_path_factory.mktemp("odd")
    articles = folder / "articles"
    articles.mkdir()
    for name, content in (READ | SILENT | NOT_READ).items():
        (articles / name).write_bytes(content)
    done = parley(folder, "articles", "--reader", request.param, "--jsonl", "--store", "store")
    assert done.returncode == 0, done.stderr
    found = {}
    for line in done.stdout.decode("ascii").splitlines():
        found.setdefault(json.loads(line)["doc"], []).append(json.loads(line))
    return articles, found, done.stderr.decode()


def text_of(articles, name):
    if name not in KEPT:
        return (articles / name).read_bytes().decode("utf-8")
    (kept,) = (articles / TEXTS).glob(f"{name}.*.txt")
    return kept.read_bytes().decode("utf-8")


def test_something_is_read_in_every_article_that_is_one_and_in_nothing_else(read):
    """Quotations of nobody are left to the reader: the rules want somebody who says them."""
    _, found, _ = read
    assert set(READ) - {"quotes.txt"} <= set(found) <= set(READ)


def test_the_words_of_every_line_stand_where_it_says_counted_in_code_points(read):
    articles, found, _ = read
    schema = workbench.schema("statement")
    for name, lines in found.items():
        text = text_of(articles, name)
        for line in lines:
            jsonschema.validate(line, schema)
            assert [text[start:end] for start, end in line["content"]] == line["words"], (name, line)
            assert all(0 <= start < end <= len(text) for start, end in filter(None, (line["source"], line["cue"])))


def test_an_article_in_another_language_is_said_to_be_one_and_not_guessed_at(read):
    _, _, said = read
    assert "Note: spanish.txt: the text seems to be in Spanish and is not read; --language-anyway" in said


def test_what_is_no_article_is_named_with_the_reason(read):
    _, _, said = read
    for name, reason in (
        ("binary.txt", "this is no text"),
        ("empty.txt", "the file is empty"),
        ("picture.txt", "this is a picture"),
        ("spaces.txt", "the file is empty"),
    ):
        assert any(name in line and reason in line for line in said.splitlines() if line.startswith("Not read: ")), said
    assert f"{len(NOT_READ)} of {len(READ | SILENT | NOT_READ)} articles were not read." in said


def test_a_page_is_read_without_its_scripts_and_with_its_entities_as_letters(read):
    articles, found, _ = read
    words = " ".join(word for line in found["page.html"] for word in line["words"])
    assert "SCRIPT" not in words
    assert "STYLE" not in words
    assert "&" in text_of(articles, "page.html")
    assert "cafés <may> stay" in text_of(articles, "page.html")


@pytest.mark.parametrize("name", ["crlf.txt", "mark.txt", "utf16.txt"])
def test_line_ends_marks_and_encoding_change_nothing_in_what_is_read(read, name):
    def told(lines):
        return [(each["words"], each["speaker"], each["kind"], each["horizon"]) for each in lines]

    _, found, _ = read
    assert told(found[name]) == told(found["crlf.txt"])
    assert {line["date"] for line in found[name]} == {"2025-03-18"}


@pytest.mark.parametrize("name", ["spanish.txt", "empty.txt"])
def test_a_file_alone_in_which_nothing_is_read_says_why(name, tmp_path):
    (tmp_path / name).write_bytes((SILENT | NOT_READ)[name])
    done = parley(tmp_path, name, "--reader", "rules", "--jsonl")
    assert done.returncode == (0 if name in SILENT else 3)
    assert done.stdout == b""
    assert done.stderr.decode().startswith("Note: " if name in SILENT else "Error: ")


@pytest.mark.parametrize(
    ("library", "file"),
    [("spacy", "one_line.txt"), ("onnxruntime", "one_line.txt"), ("pypdf", "paper.pdf"), ("trafilatura", "page.html")],
)
def test_a_library_that_is_not_installed_is_named_with_what_installs_it(library, file, tmp_path):
    (tmp_path / file).write_bytes(READ[file])
    done = subprocess.run([sys.executable, "-c", WITHOUT, library, file], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert f"need {library}, which is not installed" in done.stderr.replace("needs", "need")
    assert "pip install 'parley[reading]'" in done.stderr
