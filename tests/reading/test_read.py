"""An article is read by a reader of a name, or not at all where it is in another language."""

import json
import sys

import pytest

from parley.domain.source import Article, Span
from parley.domain.statement import Names, Statement
from parley.errors import ScenarioError, UsageError
from parley.files.readings import ReadingStore
from parley.reading import read, reader_named
from parley.reading.language import foreign
from parley.reading.output import from_values, values
from tests.reading.readers import Quotes, interpreted

STORY = Article(text="“The port must open,” said Ana Duarte. “It is closed.”\n\nThe other side kept silent.\n")
FRENCH = (
    "Le ministre a déclaré lundi que les pourparlers reprendraient dans la semaine et que des observateurs seraient "
    "invités dans le port, qui est fermé depuis le printemps par décision du conseil."
)
OTHERS = {
    "French": FRENCH,
    "German": "Der Minister sagte am Montag, dass die Gespräche in einer Woche wieder beginnen und dass Beobachter in "
    "den Hafen eingeladen werden, der seit dem Frühling auf Beschluss des Rates geschlossen ist.",
    "Spanish": "El ministro dijo el lunes que las conversaciones se reanudarían en una semana y que se invitaría a "
    "los observadores al puerto, que está cerrado desde la primavera por decisión del consejo de la región.",
    "a language in Cyrillic letters": "Министр заявил в понедельник, что переговоры начнутся и что порт закрыт.",
    "Chinese or Japanese": "外交部长周一表示，谈判将在一周内恢复，并将邀请观察员前往自春季以来一直关闭的港口。",
}


def test_statements_are_made_of_what_the_reader_finds():
    found = read(STORY, reader=Quotes(), interpret=interpreted)
    assert [(each.speaker, each.kind, each.words) for each in found.statements] == [
        ("Ana Duarte", "demand", ("The port must open,",)),
        ("Unknown", "fact-claim", ("It is closed.",)),
    ]
    assert found.notes == ()


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_in_another_language_gives_a_note_and_no_statement_unless_forced(language):
    article = Article(text=f"{OTHERS[language]} “No”, said Ana Duarte.")
    found = read(article, reader=Quotes(), interpret=interpreted)
    assert (found.attributions, found.statements) == ((), ())
    (note,) = found.notes
    assert language in note
    assert "is not read" in note
    forced = read(article, reader=Quotes(), interpret=interpreted, language_anyway=True)
    assert len(forced.statements) == 1
    assert "as if it were English" in forced.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Non.",
        "Ja, das ist der Hafen.",
        f"The minister spoke in French: “{FRENCH}” It was the first time that she has said so, and her staff gave the "
        "text to the press after the session, as they have done since the talks began in the spring of this year.",
        "Duarte, Pérez, Sato, Nakamura, Haugen, Lindqvist, Kowalski, Novak, Horvat, Popescu, Yilmaz, Rahman, Mwangi, "
        "Okafor, Silva, Rossi, Dubois, Müller, Jansen, Virtanen, Tamm, Ozols, Kazlauskas, Hoxha, Nguyen, Santos",
    ],
)
def test_neither_a_short_text_nor_a_quotation_in_another_language_nor_a_list_of_names_is_taken_for_foreign(text):
    assert foreign(text) is None


def test_an_unknown_reader_is_refused_with_the_nearest_name():
    with pytest.raises(UsageError, match="did you mean 'light'"):
        reader_named("ligth")


def test_a_library_that_a_reader_needs_is_named_with_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "absent_library", None)
    monkeypatch.setattr("parley.reading.READERS", {"rules": "absent_library:Rules"})
    with pytest.raises(UsageError, match=r"absent_library.*pip install 'parley\[reading\]'"):
        reader_named("rules")


def test_a_reading_survives_the_way_through_json(tmp_path):
    found = read(STORY, reader=Quotes(), interpret=interpreted)
    held = json.loads(json.dumps(values(found)))
    assert from_values(held, STORY) == found
    with pytest.raises(ScenarioError, match="does not say"):
        from_values(held, Article(text="x" * 200))


def test_a_statement_survives_it_with_all_that_it_may_say():
    import datetime

    from parley.reading.result import Reading

    statement = Statement(
        id="s1",
        article=STORY,
        spans=(Span(start=1, end=9), Span(start=10, end=14)),
        words=("The port", "must"),
        speaker="Ana Duarte",
        kind="demand",
        holder="the council",
        target="the north",
        issue="port",
        hedge=(0.2, 0.55),
        horizon=(datetime.date(2025, 3, 18), datetime.date(2025, 6, 1)),
        horizon_kind="by",
        negated=True,
        modality="must",
        conditions=("s2",),
        part_of="a1",
        confidence=0.5,
        why="must",
        source=Span(start=26, end=36),
        cue=Span(start=21, end=25),
        names=Names(holder="the northern council"),
    )
    whole = Reading(article=STORY, statements=(statement,), notes=("a note",))
    assert from_values(json.loads(json.dumps(values(whole))), STORY) == whole


def test_a_kept_reading_is_found_again_only_for_the_same_article_and_options_and_only_whole(tmp_path):
    held = values(read(STORY, reader=Quotes(), interpret=interpreted))
    store = ReadingStore(folder=tmp_path, options={"reader": "quotes"})
    assert store.load(STORY) is None
    store.save(STORY, held)
    assert store.load(STORY) == held
    assert store.load(Article(text=STORY.text, title="other")) is None
    assert ReadingStore(folder=tmp_path, options={"reader": "best"}).load(STORY) is None
    path = store.path(STORY)
    path.write_bytes(path.read_bytes().replace(b"demand", b"threat"))
    assert store.load(STORY) is None
