"""`parley read --codebook` as a user meets it: statements on issues, parties by their ids, in every output."""

import json
import re

import jsonschema
import pytest
from typer.testing import CliRunner

import parley
from parley import workbench
from parley.cli.app import app
from parley.files import codebooks
from tests.coding.made import codebook

TEXT = """Talks in Ardra

2 March 2026

Mira Holt demanded that the Senate open the sluice gates by May. The Senate's spokeswoman said it would never lift the
tolls. "We want a truce of 30 days," said Mira Holt. Lena Orlova, an analyst, said that the guns would fall silent soon.
"""
TALKS = """Envoys trade terms

17 March 2025

Kremlin spokesman Dmitry Peskov insisted that Kyiv halt the mobilisation of soldiers. Volodymyr Zelensky said that he
would accept a ceasefire. Lena Orlova said that the weather would be fine on Friday.
"""
CASE = "ceasefires/ukraine-2025-03"


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dam.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "talks.txt").write_text(TALKS, encoding="utf-8")
    (tmp_path / "codebook.yaml").write_text(codebooks.text_of(codebook()), encoding="utf-8")

    def inner(*arguments):
        return CliRunner().invoke(app, arguments, env={"NO_COLOR": "1", "COLUMNS": "80"})

    return inner


@pytest.fixture
def read(call):
    return lambda *arguments: call("read", *arguments, "--reader", "rules")


def who(line):
    return line["speaker"], line["issue"], line["target"]


def test_lines_have_the_issue_and_the_ids_of_the_parties_that_the_codebook_knows(read):
    lines = [json.loads(line) for line in read("dam.txt", "--codebook", "codebook.yaml", "--jsonl").stdout.splitlines()]
    for line in lines:
        jsonschema.validate(line, workbench.schema("statement"))
    told = [who(line) for line in lines]
    assert told == [
        ("north", "water", "south"),
        ("south", "customs", None),
        ("north", "truce", None),
        ("Lena Orlova", None, None),
    ]
    assert [line.get("names", {}).get("speaker") for line in lines] == [
        "Mira Holt",
        "the Senate's spokeswoman",
        "Mira Holt",
        None,
    ]


def test_a_shipped_case_lends_its_codebook_to_the_command_and_to_python(read):
    lines = [json.loads(line) for line in read("talks.txt", "--codebook", CASE, "--jsonl").stdout.splitlines()]
    told = [who(line) for line in lines]
    assert told == [
        ("russia", "mobilisation", "ukraine"),
        ("ukraine", "truce", None),
        ("Lena Orlova", None, None),
    ]
    for book in (CASE, codebooks.load(CASE), codebooks.opened(CASE)):
        (done,) = parley.read(["talks.txt"], reader="rules", codebook=book)
        assert [(said.speaker, said.issue, said.target) for said in done.reading.statements] == told


def test_the_document_names_the_codebook_among_its_inputs(read):
    document = json.loads(read("dam.txt", "--codebook", "codebook.yaml", "--json").stdout)
    jsonschema.validate(document, workbench.schema("read"))
    assert list(document["inputs"]) == ["dam.txt", "codebook.yaml"]
    assert [each["issue"] for each in document["articles"][0]["statements"]] == ["water", "customs", "truce", None]
    assert list(json.loads(read("dam.txt", "--json").stdout)["inputs"]) == ["dam.txt"]


def test_files_and_pages_have_them_too(read, tmp_path):
    assert read("dam.txt", "--codebook", "codebook.yaml", "-o", "out").exit_code == 0
    lines = [json.loads(line) for line in (tmp_path / "out/statements.jsonl").read_text().splitlines()]
    assert [line["issue"] for line in lines] == ["water", "customs", "truce", None]
    page = (tmp_path / "out/pages/dam.txt.html").read_text()
    assert "Demand on water by <strong>north</strong> (Mira Holt)" in page


def test_the_table_has_the_issue_under_the_kind_and_who_spoke_for_each_party(read):
    shown = read("dam.txt", "--codebook", "codebook.yaml").stdout
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert re.search(r"^ +Issue ", shown, flags=re.MULTILINE)
    assert "north (Mira Holt)" in shown
    for kind, issue in (("demand", "water"), ("refusal", "customs"), ("demand", "truce")):
        assert re.search(rf"s\d +{kind} .*\n +{issue} ", shown)
    plain = read("dam.txt").stdout
    assert "Issue" not in plain
    assert "Mira Holt" in plain


def test_the_counts_of_many_articles_are_by_issue_too(read, tmp_path):
    for number in range(4):
        (tmp_path / f"dam{number}.txt").write_text(TEXT, encoding="utf-8")
    files = [f"dam{number}.txt" for number in range(4)]
    counts = read(*files, "--codebook", "codebook.yaml", "--store", "store").stdout
    for name, count in (("water", 4), ("customs", 4), ("truce", 4), ("(none)", 4), ("north", 8)):
        assert re.search(rf"^ {re.escape(name)} +{count}", counts, flags=re.MULTILINE)
    assert "(none)" not in read(*files, "--store", "store").stdout


@pytest.mark.parametrize(("file", "book"), [("dam.txt", "codebook.yaml"), ("talks.txt", CASE)])
def test_statements_read_with_a_codebook_and_without_one_become_the_same_claims(read, call, tmp_path, file, book):
    claims = []
    for name, options in (("with", ["--codebook", book]), ("without", [])):
        assert read(file, *options, "-o", f"{name}.jsonl").exit_code == 0
        assert call("code", f"{name}.jsonl", "--codebook", book, "-o", f"{name}-claims.jsonl").exit_code == 0
        claims.append((tmp_path / f"{name}-claims.jsonl").read_text())
    assert claims[0] == claims[1]
    assert any(json.loads(line)["party"] for line in claims[0].splitlines())


def test_a_codebook_that_cannot_be_used_is_told_before_anything_is_read(read, tmp_path):
    done = read("dam.txt", "--codebook", "codebook.yaml", "--attributions")
    assert done.exit_code == 2
    assert "--codebook links statements, and --attributions gives none" in done.stderr
    done = read("dam.txt", "--codebook", "none.yaml")
    assert done.exit_code == 5
    assert "there is no codebook none.yaml" in done.stderr
    broken = (tmp_path / "codebook.yaml").read_text().replace("at: 200", "at: 900")
    (tmp_path / "codebook.yaml").write_text(broken)
    done = read("dam.txt", "--codebook", "codebook.yaml", "-o", "out.jsonl")
    assert done.exit_code == 3
    assert re.search(r"codebook\.yaml:\d+:.*lies off the scale", done.stderr)
    assert not (tmp_path / "out.jsonl").exists()
