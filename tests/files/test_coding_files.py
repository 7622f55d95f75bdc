"""Codebooks, statements and claims on disk: what is written is read back, what is wrong is told by file and line."""

import dataclasses
import datetime
import hashlib
import json
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley import resources, workbench
from parley.coding.drafting import draft_codebook
from parley.domain.estimate import Estimate
from parley.errors import FileError, ScenarioError
from parley.files import claims, codebooks, statements
from parley.files.articles import Details
from parley.files.statements import ArticleFolders
from tests.coding.made import codebook, coding, source

BOOK = codebook()
TEXT = "Talks in Ardra\n\nArdra demands that the dam be shut.\n"
LINE = {
    "schema": "parley/statement/1",
    "doc": "a.txt",
    "id": "s1",
    "content": [[16, 49]],
    "words": ["Ardra demands that the dam be shut"[:33]],
    "speaker": "Ardra",
    "kind": "demand",
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def read(folder, *lines):
    content = "\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines).encode()
    return statements.load(content, "statements.jsonl", ArticleFolders([folder]))


def told(folder, *lines):
    with pytest.raises(ScenarioError) as caught:
        read(folder, *lines)
    return str(caught.value)


@pytest.mark.parametrize("case", resources.cases())
def test_a_drafted_codebook_is_read_back_as_it_was(case):
    scenario = workbench.load(case)
    if not scenario.issues:
        pytest.skip("a case without issues has nothing to code")
    book = draft_codebook(scenario)
    assert codebooks.load_bytes(codebooks.text_of(book, note="mine").encode()) == book


def test_the_shipped_codebook_has_the_issues_and_scales_of_its_scenario():
    book, scenario = codebooks.load("ceasefires/ukraine-2025-03"), workbench.load("ceasefires/ukraine-2025-03")
    assert {each.id: each.scale for each in book.issues} == {each.id: each.scale for each in scenario.issues}
    assert {each.id for each in book.parties} <= set(scenario.party_ids)


def test_a_problem_of_a_codebook_is_told_by_line():
    text = codebooks.text_of(BOOK).replace("at: 200", "at: 900")
    with pytest.raises(ScenarioError) as caught:
        codebooks.load_bytes(text.encode(), "codebook.yaml")
    assert "lies off the scale" in str(caught.value)
    line = next(number for number, each in enumerate(text.split("\n"), start=1) if "at: 900" in each)
    assert f"codebook.yaml:{line}:" in str(caught.value)


def test_every_problem_of_a_codebook_is_told_at_once():
    text = codebooks.text_of(BOOK).replace("id: north", "id: 9north").replace("words: [customs", "wrds: [customs")
    with pytest.raises(ScenarioError) as caught:
        codebooks.load_bytes(text.encode(), "codebook.yaml")
    assert "'9north' is not an id" in str(caught.value)
    assert "did you mean 'words'" in str(caught.value)


def test_one_name_for_two_parties_is_refused():
    with pytest.raises(ScenarioError, match="stands for north and south"):
        dataclasses.replace(BOOK, parties=(BOOK.parties[0], dataclasses.replace(BOOK.parties[1], aliases=("ardra",))))


def test_there_is_no_codebook_where_none_is(tmp_path):
    with pytest.raises(FileError, match="parley draft-codebook"):
        codebooks.load(tmp_path / "none.yaml")


def test_a_statement_is_held_against_its_article(folder):
    ((doc, statement),) = read(folder, LINE, "")
    assert doc == "a.txt"
    assert statement.article.text == TEXT
    assert [statement.article.words(span) for span in statement.spans] == list(statement.words)


def test_a_line_tells_the_day_of_its_article_and_the_user_may_say_another(folder):
    dated = {**LINE, "date": "2025-03-18"}
    ((_, statement),) = read(folder, dated)
    assert statement.article.date == datetime.date(2025, 3, 18)
    given = ArticleFolders([folder], given=Details(date=datetime.date(2025, 3, 1)))
    ((_, statement),) = statements.load(json.dumps(dated).encode(), "statements.jsonl", given)
    assert statement.article.date == datetime.date(2025, 3, 1)
    ((_, statement),) = read(folder, LINE)
    assert statement.article.date is None


def test_a_line_tells_the_names_in_whose_place_ids_stand(folder):
    ((_, statement),) = read(folder, {**LINE, "speaker": "north", "names": {"speaker": "Ardra", "holder": None}})
    assert (statement.speaker, statement.as_named.speaker) == ("north", "Ardra")
    ((_, statement),) = read(folder, {**LINE, "names": None})
    assert statement.as_named.speaker == "Ardra"
    assert "names.speaker: is the number 5; it must be text" in told(folder, {**LINE, "names": {"speaker": 5}})


def test_an_article_that_is_not_the_one_that_was_read_is_told_as_such(folder):
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert read(folder, {**LINE, "digest": digest})
    (folder / "a.txt").write_text(TEXT + "More.\n", encoding="utf-8")
    assert "digest: the article 'a.txt' has changed since it was read" in told(folder, {**LINE, "digest": digest})


def test_the_digest_of_a_long_article_is_not_reckoned_anew_for_each_statement(folder, monkeypatch):
    (folder / "a.txt").write_text(TEXT * 2, encoding="utf-8")
    reckoned = []
    digest = hashlib.sha256((TEXT * 2).encode())
    counted = SimpleNamespace(sha256=lambda content: reckoned.append(content) or digest)
    monkeypatch.setattr("parley.domain.source.hashlib", counted)
    assert len(read(folder, *({**LINE, "id": f"s{n}", "digest": digest.hexdigest()} for n in range(50)))) == 50
    assert len(reckoned) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"content": [[17, 50]]}, "statements.jsonl:2: spans[0]: the article does not say"),
        ({"content": [[5, 5]]}, "statements.jsonl:2: the span 5..5 is empty"),
        ({"content": []}, "statements.jsonl:2: 0 spans for 1 pieces"),
        ({"kind": "wish"}, "statements.jsonl:2: kind: is text ('wish'); it must be one of demand"),
        ({"doc": "b.txt"}, "statements.jsonl:2: doc: there is no article 'b.txt'"),
        ({"schema": "parley/claim/1"}, "lines of this file have 'parley/statement/1'"),
        ({"confidence": "high"}, "statements.jsonl:2: confidence: is text ('high'); it must be a number"),
        ({"date": "18 March"}, "statements.jsonl:2: date: '18 March' is not a date"),
        ({"horizon": ["soon", "later"]}, "statements.jsonl:2: horizon[0]: 'soon' is not a date"),
        ({"id": "s1"}, "statements.jsonl:2: a second statement 's1' of a.txt. Hint: the first is on line 1"),
    ],
)
def test_a_wrong_line_is_told_by_its_number(folder, change, message):
    assert message in told(folder, LINE, {**LINE, "id": "s2", **change})


def test_a_line_without_something_needed_says_what(folder):
    assert "'speaker' is missing" in told(folder, {key: LINE[key] for key in LINE if key != "speaker"})


def test_every_wrong_line_is_told(folder):
    text = told(folder, "{", "[]", '{"a": NaN}', b"\xff".decode("latin-1"))
    assert [f"statements.jsonl:{number}:" in text for number in (1, 2, 3, 4)] == [True] * 4


def test_keys_of_other_programs_are_passed_over(folder):
    assert len(read(folder, {**LINE, "mood": "grim"})) == 1


estimates = st.tuples(*[st.floats(0, 100)] * 3).map(
    lambda each: Estimate(**dict(zip(("low", "mode", "high"), sorted(each), strict=True)))
)


@given(estimates, st.sampled_from(["truce", "water", "customs"]))
def test_a_claim_is_read_back_as_it_was(estimate, issue):
    made = coding(
        "c1",
        issue=issue,
        also_in=(source("b.txt", None),),
        hedge=(0.2, 0.4),
        horizon=(source().date, source().date),
        suggested=("truce",),
        words=("w\u00f6rd\u2028",),
        why="because",
    )
    made = dataclasses.replace(made, position=estimate)
    (back,) = claims.load(claims.text_of([made], BOOK).encode(), "claims.jsonl", BOOK)
    assert dataclasses.replace(back, position=None) == dataclasses.replace(made, position=None)
    ends = (estimate.low, estimate.mode, estimate.high)
    assert (back.position.low, back.position.mode, back.position.high) == pytest.approx(ends, abs=1e-9)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"issue": "wter"}, "claims.jsonl:1: issue: the codebook has no issue 'wter'. Hint: did you mean 'water'?"),
        ({"party": "nroth"}, "did you mean 'north'"),
        ({"position": [0, 10, 99]}, "claims.jsonl:1: 99 lies off the scale"),
        ({"position": [30, 10, 40]}, "they must rise"),
        ({"issue": None}, "a position without an issue"),
        ({"words": ["two", "words"]}, "1 spans for 2 pieces"),
    ],
)
def test_a_wrong_claim_is_told_by_its_line(change, message):
    line = {**claims.as_line(coding(), BOOK), **change}
    with pytest.raises(ScenarioError) as caught:
        claims.load(json.dumps(line).encode(), "claims.jsonl", BOOK)
    assert message in str(caught.value)


def test_claims_are_held_against_the_articles_that_are_there(folder):
    article = ArticleFolders([folder]).article("a.txt")
    good = coding(source=dataclasses.replace(source("a.txt"), digest=article.digest), words=("Talk",))
    for bad, message in (
        (dataclasses.replace(good, words=("Walk",)), "the article does not say 'Walk' there"),
        (dataclasses.replace(good, source=source("a.txt")), "has changed since it was read"),
    ):
        with pytest.raises(ScenarioError, match=message):
            claims.load(claims.text_of([bad], BOOK).encode(), "c.jsonl", BOOK, articles=ArticleFolders([folder]))
    assert claims.load(claims.text_of([good], BOOK).encode(), "c.jsonl", BOOK, articles=ArticleFolders([folder]))
