"""`parley read` as a user meets it: table, lines, pages and folders, with readers that are known."""

import hashlib
import json
import re

import jsonschema
import pytest
from typer.testing import CliRunner

from parley import workbench
from parley.cli.app import app
from parley.intake import Order, read_all
from tests.reading.readers import Quotes, interpreted

STORY = (
    "Talks resume in Port Albert\nBy Ida Lund\n18 March 2025\n\n“The port must open, and it must open before the "
    "summer, or else nobody in the north will sign anything at all,” said Ana Duarte. “It is closed.”\n"
)
OTHER = "“We must leave,” said Luis Pérez.\n"


@pytest.fixture(autouse=True)
def known_reader(monkeypatch):
    """Let the command read with the readers of the tests, and put nothing into the user's cache."""

    def reading(files, *, details, reader, language_anyway, jobs, seconds, store, texts, codebook, progress):
        assert codebook is None
        order = Order(
            given=details,
            reader=Quotes(),
            interpret=interpreted,
            language_anyway=language_anyway,
            texts=texts,
            store=store,
        )
        return read_all(files, order, jobs=jobs, seconds=seconds, progress=progress)

    monkeypatch.setattr(workbench, "read", reading)


@pytest.fixture
def parley(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    (tmp_path / "talks.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "other.txt").write_text(OTHER, encoding="utf-8")

    def inner(*arguments, **more):
        return CliRunner().invoke(app, ["read", *arguments], **more)

    return inner


def test_the_table_shows_each_statement_whole_by_speaker_on_80_columns(parley):
    done = parley("talks.txt")
    assert done.exit_code == 0
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    shown = " ".join(re.sub(r"\s+", " ", done.stdout).split())
    for word in ("Ana Duarte", "demand", "Unknown", "fact-claim", "90 %", "2025-03-18 (first lines)", "anything"):
        assert word in shown
    assert "…" not in done.stdout


def test_what_the_user_says_wins_and_is_told(parley):
    done = parley("talks.txt", "--date", "2025-04-01", "--outlet", "The Gazette")
    assert "outlet The Gazette (given)" in done.stdout
    assert "date 2025-04-01 (given)" in " ".join(done.stdout.split())


def test_explain_says_how_each_was_found(parley):
    assert "quotation marks" not in parley("talks.txt").stdout
    assert "quotation marks" in parley("talks.txt", "--explain").stdout
    assert "quotation marks" in parley("talks.txt", "--attributions", "--explain").stdout


def test_lines_hold_places_in_the_file_itself_and_each_has_its_schema(parley, tmp_path):
    done = parley("talks.txt", "--jsonl")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == 2
    text = (tmp_path / "talks.txt").read_bytes().decode()
    for line in lines:
        jsonschema.validate(line, workbench.schema("statement"))
        assert [text[start:end] for start, end in line["content"]] == line["words"]
        assert line["date"] == "2025-03-18"
        assert line["digest"] == hashlib.sha256(text.encode()).hexdigest()
    for line in parley("talks.txt", "--jsonl", "--attributions").stdout.splitlines():
        jsonschema.validate(json.loads(line), workbench.schema("attribution"))


def test_one_document_holds_all_articles(parley):
    document = json.loads(parley("talks.txt", "other.txt", "--json").stdout)
    jsonschema.validate(document, workbench.schema("read"))
    assert [each["doc"] for each in document["articles"]] == ["talks.txt", "other.txt"]


def test_an_output_goes_where_its_name_says(parley, tmp_path):
    assert parley("talks.txt", "-o", "out.jsonl").exit_code == 0
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2
    assert parley("talks.txt", "-o", "page.html").exit_code == 0
    assert "<mark" in (tmp_path / "page.html").read_text()
    assert parley("talks.txt", "--html", "again.html").exit_code == 0
    assert (tmp_path / "again.html").read_text() == (tmp_path / "page.html").read_text()
    assert parley("talks.txt", "other.txt", "-o", "both").exit_code == 0
    assert len((tmp_path / "both/statements.jsonl").read_text().splitlines()) == 3
    assert sorted(path.name for path in (tmp_path / "both/pages").iterdir()) == ["other.txt.html", "talks.txt.html"]


def test_the_lines_of_a_folder_are_the_same_for_any_number_of_processes(parley, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(STORY if number % 2 else OTHER, encoding="utf-8")
    printed = {parley("many", "--jsonl", "--jobs", jobs).stdout for jobs in ("1", "3")}
    assert len(printed) == 1
    assert len(printed.pop().splitlines()) == 9
    counts = parley("many").stdout
    assert "6 articles read" in counts
    assert re.search(r"demand +6", counts)
    assert re.search(r"Ana Duarte +3", counts)


def test_one_article_that_cannot_be_read_ends_with_its_exit_code_and_one_of_many_with_a_warning(parley, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    alone = parley("empty.txt")
    assert alone.exit_code == 3
    assert "the file is empty. Hint:" in alone.stderr
    among = parley("empty.txt", "talks.txt", "--jsonl")
    assert among.exit_code == 0
    assert "1 of 2 articles were not read" in among.stderr
    assert len(among.stdout.splitlines()) == 2
    assert parley("missing.txt").exit_code == 5


def test_an_article_that_takes_too_long_is_named_and_the_others_are_read(parley, tmp_path):
    (tmp_path / "slow.txt").write_text(f"DAWDLE {STORY}", encoding="utf-8")
    done = parley("talks.txt", "slow.txt", "other.txt", "--jsonl", "--time-limit", "10")
    assert done.exit_code == 0
    assert {json.loads(line)["doc"] for line in done.stdout.splitlines()} == {"talks.txt", "other.txt"}
    assert "Not read: slow.txt: it took longer than 10 seconds" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("talks.txt", "--json", "--jsonl"),
        ("talks.txt", "other.txt", "--title", "x"),
        ("talks.txt", "other.txt", "-o", "page.html"),
        ("talks.txt", "-o", "page.pdf"),
        ("talks.txt", "-o", "a.html", "--html", "b.html"),
        ("talks.txt", "--date", "yesterday"),
        ("talks.txt", "--reader", "oracle"),
        ("talks.txt", "--language-model", "house:model"),
    ],
)
def test_a_wrong_call_is_refused(arguments, parley):
    assert parley(*arguments).exit_code == 2


def test_standard_input_is_read(parley):
    done = parley("-", "--jsonl", input=STORY)
    assert [json.loads(line)["doc"] for line in done.stdout.splitlines()] == ["standard input"] * 2


def test_a_language_model_takes_two_options_and_a_warning_that_the_text_leaves(parley):
    done = parley("talks.txt", "--language-model", "house:model", "--send-text")
    assert "Warning: the text of the article leaves this machine for house:model." in done.stderr
