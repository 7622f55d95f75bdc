"""Many articles: each is read or told why not, in the same order and the same way for any number of processes."""

import dataclasses
import gc

import pytest

from parley.coding.linked import Linker
from parley.domain.codebook import Codebook, CodedIssue, CodedParty
from parley.errors import UsageError
from parley.files.articles import TEXTS, Place, places
from parley.intake import Failure, Order, ReadArticle, read_all
from parley.intake.processes import AHEAD
from parley.reading.output import values
from tests.coding.made import codebook
from tests.reading.readers import Quotes, interpreted

ORDER = Order(reader=Quotes(), interpret=interpreted)
STORY = "“The port must open,” said Ana Duarte. “It is closed.”\n\nThe other side kept silent.\n"
PAGE = f"<html><body><article><p>{STORY * 4}</p></article></body></html>"


@pytest.fixture
def folder(tmp_path):
    contents = {
        "a.txt": STORY.encode(),
        "b.txt": b"",
        "c.txt": STORY.encode("utf-16"),
        "d.html": PAGE.encode(),
        "e.txt": STORY.replace("closed", "closed. BREAK").encode(),
        "f.txt": STORY.encode(),
    }
    place = tmp_path / "articles"
    place.mkdir()
    for name, content in contents.items():
        (place / name).write_bytes(content)
    return place


def told(found):
    return [(each.doc, each.message if isinstance(each, Failure) else values(each.reading)) for each in found]


def test_every_article_is_read_or_told_in_order_for_any_number_of_processes(folder):
    one, two = (list(read_all(places([folder]), ORDER, jobs=jobs)) for jobs in (1, 2))
    assert told(one) == told(two)
    assert [each.doc for each in one] == ["a.txt", "b.txt", "c.txt", "d.html", "e.txt", "f.txt"]
    assert [each.exit_code for each in one if isinstance(each, Failure)] == [3, 4]
    assert "the reader broke" in one[4].message
    assert [len(each.reading.statements) for each in one if isinstance(each, ReadArticle)] == [2, 2, 8, 2]


def test_the_text_of_other_forms_is_kept_beside_them_and_places_refer_to_it(folder):
    found = {each.doc: each for each in read_all(places([folder]), ORDER) if isinstance(each, ReadArticle)}
    assert found["a.txt"].text is None
    for name in ("c.txt", "d.html"):
        kept = found[name].text
        assert kept.parent == folder / TEXTS
        text = kept.read_bytes().decode()
        for statement in found[name].reading.statements:
            assert tuple(text[span.start : span.end] for span in statement.spans) == statement.words
    again = [each.doc for each in read_all(places([folder]), ORDER)]
    assert again == ["a.txt", "b.txt", "c.txt", "d.html", "e.txt", "f.txt"]


def test_an_article_that_takes_too_long_is_told_and_counted(folder):
    """One process, so that the article that hangs is not its first, for which it has time to start."""
    (folder / "b.txt").write_text(f"DAWDLE {STORY}")
    found = list(read_all(places([folder]), ORDER, seconds=15.0))
    assert [each.doc for each in found if isinstance(each, Failure)] == ["b.txt", "e.txt"]
    assert found[1].message == "it took longer than 15 seconds"


def test_a_run_that_was_stopped_goes_on_where_it_was_and_gives_the_same(folder, tmp_path):
    whole = told(read_all(places([folder]), ORDER))
    order = dataclasses.replace(ORDER, store=tmp_path / "runs")
    started = read_all(places([folder]), order)
    next(started)
    started.close()
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "runs").rglob("*.json")}
    assert kept
    assert told(read_all(places([folder]), order)) == whole
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "runs").rglob("*.json")}
    assert {path: after[path] for path in kept} == kept
    assert len(after) == 2, "a.txt, c.txt and f.txt hold the same words, d.html others, and e.txt was never read"


def test_another_codebook_needs_no_new_reading(folder, tmp_path):
    book = codebook()
    port = CodedIssue(id="port", name="Port", question="Is it open?", words=("port",))
    ana = CodedParty(id="north", name="the north", aliases=("Ana Duarte",))
    order = dataclasses.replace(ORDER, store=tmp_path / "runs", linker=Linker(book))
    first = list(read_all(places([folder / "a.txt"]), order))
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "runs").rglob("*.json")}
    linker = Linker(Codebook(parties=(*book.parties[1:], ana), issues=(*book.issues, port)))
    again = list(read_all(places([folder / "a.txt"]), dataclasses.replace(order, linker=linker)))
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "runs").rglob("*.json")} == kept
    seen = [[(said.speaker, said.issue) for said in each.reading.statements] for each in (*first, *again)]
    assert seen == [[("Ana Duarte", None), ("Unknown", None)], [("north", "port"), ("Unknown", None)]]


def test_linked_statements_are_the_same_for_any_number_of_processes(folder):
    order = dataclasses.replace(ORDER, linker=Linker(codebook()))
    one, two = (told(read_all(places([folder]), order, jobs=jobs)) for jobs in (1, 2))
    assert one == two


def test_standard_input_cannot_be_read_beside_other_files(folder):
    with pytest.raises(UsageError, match="standard input gives one article"):
        list(read_all((Place(path=folder / "a.txt", doc="a"), *places(["-"])), ORDER))


def test_no_more_articles_are_held_at_a_time_the_more_there_are(folder):
    def most_held(count):
        for number in range(count):
            (folder / f"g{number:02}.txt").write_text(f"{STORY}{number}\n", encoding="utf-8")
        most = 0
        gc.collect()
        for _ in read_all(places([folder]), ORDER, jobs=2):
            most = max(most, sum(isinstance(each, ReadArticle) for each in gc.get_objects()))
        return most

    assert most_held(36) <= max(most_held(18), 2 * AHEAD)
