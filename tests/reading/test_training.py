import json

import numpy as np
import pytest

from parley import workbench
from parley.cli import main
from parley.domain.source import Article
from parley.errors import FileError, ScenarioError, UsageError
from parley.reading.light import Light, Model
from parley.reading.parsing import parsed
from parley.reading.training.corpus import read_corpus
from tests.reading.corpora import invented, written


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return invented(tmp_path_factory.mktemp("corpus"))


def test_a_reader_finds_in_new_sentences_what_its_corpus_marks(corpus, tmp_path):
    trained = workbench.train_reader(corpus, tmp_path)
    article = Article(text="The queen insisted that the tower was safe.\nSnow fell on the hills.")
    found = Light(model=Model.load(trained.files["light.npz"])).attributions(parsed(article))
    assert [
        (article.words(each.source), article.words(each.cue), *map(article.words, each.content)) for each in found
    ] == [("The queen", "insisted", "that the tower was safe")]


def test_the_same_corpus_gives_the_same_bytes(corpus, tmp_path):
    once = workbench.train_reader(corpus, tmp_path / "once")
    again = workbench.train_reader(corpus, tmp_path / "again")
    assert once == again
    assert {path.name: path.read_bytes() for path in (tmp_path / "once").iterdir()} == once.files


def test_a_model_is_read_back_as_it_was_written(corpus, tmp_path):
    content = workbench.train_reader(corpus, tmp_path).files["light.npz"]
    assert Model.load(content).dump() == content


def test_the_pair_scorer_is_trained_alone_where_it_is_asked_for(corpus, tmp_path):
    trained = workbench.train_reader(corpus, tmp_path, reader="pairs")
    assert set(trained.files) == {"pairs.bin"}
    assert np.isfinite(np.frombuffer(trained.files["pairs.bin"], dtype="<f2")).all()


def test_the_command_prints_what_it_wrote(corpus, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["parley", "train-reader", "--corpus", str(corpus), "-o", str(tmp_path), "--json"])
    with pytest.raises(SystemExit, match="0"):
        main()
    document = json.loads(capsys.readouterr().out)
    assert (document["articles"], document["attributions"]) == (12, 72)
    assert {each["name"]: each["bytes"] for each in document["files"]} == {
        path.name: path.stat().st_size for path in tmp_path.iterdir()
    }


def test_weights_that_are_there_are_not_replaced_unasked(corpus, tmp_path):
    (tmp_path / "pairs.bin").write_bytes(b"mine")
    with pytest.raises(FileError, match="pairs.bin is there already"):
        workbench.train_reader(corpus, tmp_path)
    assert (tmp_path / "pairs.bin").read_bytes() == b"mine"


def test_a_corpus_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileError, match=r"no folder .*text; the corpus is a folder with data/train/text and"):
        workbench.train_reader(tmp_path, tmp_path / "out")


def test_a_corpus_without_articles_or_without_attributions_is_refused(tmp_path):
    (tmp_path / "data/train/text").mkdir(parents=True)
    (tmp_path / "data/train/attributions").mkdir()
    with pytest.raises(FileError, match="holds no article"):
        workbench.train_reader(tmp_path, tmp_path / "out")
    written(tmp_path, "one", "Nobody spoke.", [])
    with pytest.raises(UsageError, match="marks no attribution"):
        workbench.train_reader(tmp_path, tmp_path / "out")


def test_every_bad_line_of_annotations_is_named_with_its_place(tmp_path):
    written(tmp_path, "one", "Nobody spoke.", [])
    marks = tmp_path / "data/train/attributions/one_a1.ann"
    marks.write_text("T1\tContent 0 6\tNobody\nT2 Cue 1 2\nT3\tCue 7 99\tspoke\n#1\tAnnotatorNotes T1\tfine\n")
    with pytest.raises(ScenarioError) as caught:
        list(read_corpus(tmp_path))
    assert [(problem.line, problem.message) for problem in caught.value.problems] == [
        (2, "this is neither a span, an attribution nor a note"),
        (3, "T3 is empty or ends after the article does"),
    ]
    assert all(problem.file == str(marks) for problem in caught.value.problems)


def test_an_attribution_of_a_span_that_is_nowhere_marked_is_named(tmp_path):
    written(tmp_path, "one", "Nobody spoke.", [])
    (tmp_path / "data/train/attributions/one_a1.ann").write_text("E1\tAttribution:T1 Content:T7\n")
    with pytest.raises(ScenarioError, match=r"one_a1\.ann:1: T7 is nowhere marked"):
        list(read_corpus(tmp_path))


def test_words_that_go_on_over_a_line_break_belong_to_their_span(tmp_path):
    text = "She said: one.\nTwo."
    written(tmp_path, "one", text, [{"Source": (0, 3), "Cue": (4, 8), "Content": (10, 19)}])
    (example,) = read_corpus(tmp_path)
    assert [text[span.start : span.end] for span in example.marked[0].content] == ["one.\nTwo."]


def test_the_first_annotator_by_name_counts(tmp_path):
    text = "She said no."
    written(tmp_path, "one", text, [{"Source": (0, 3), "Cue": (4, 8), "Content": (9, 11)}], annotator="b")
    written(tmp_path, "one", text, [], annotator="a")
    (example,) = read_corpus(tmp_path)
    assert example.marked == ()
