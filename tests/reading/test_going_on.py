"""Whose words a sentence without a source is: learnt from marked articles, and told in new ones."""

import numpy as np
import pytest

from parley.domain.attribution import Attribution
from parley.domain.source import Article, Span
from parley.reading.cast import cast
from parley.reading.going_on_signs import signs
from parley.reading.parsing import parsed
from parley.reading.statements import statements
from parley.reading.training.going_on import Case, Told, cases, fit_going_on, held_out
from parley.reading.voices import THE_ARTICLE, voices
from parley.reading.weighing import Weights

TEXT = (
    "The envoy, Ada Obi, said the map was settled. Nobody would have to move. The talks began in May.\n\n"
    "Officials met twice last week."
)


def span_of(text, words):
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def said_by_obi(text=TEXT):
    return Attribution(
        source=span_of(text, "The envoy, Ada Obi"),
        cue=span_of(text, "said"),
        content=(span_of(text, "the map was settled"),),
    )


def heard(text=TEXT, chance=0.0):
    """The settings of the sentences that are weighed, by their first words, where each is as likely as given."""
    found = {}

    def judge(here, proposition):
        tree = here.room.trees[here.place]
        found[" ".join(tree.words[token] for token in proposition.tokens[:2])] = here
        return chance

    article = Article(text=text)
    paragraphs = parsed(article)
    attributions = (said_by_obi(text),)
    said = voices(paragraphs, attributions, names=cast(paragraphs, attributions, article=article), judge=judge)
    return found, said


def test_sentences_after_a_speaker_are_weighed_in_the_same_paragraph_and_the_next():
    found, _ = heard()
    assert list(found) == ["nobody would", "the talks", "officials met"]
    assert {here.speaker.speaker for here in found.values()} == {"Ada Obi"}
    assert [here.at for here in found.values()] == [(0, 0)] * 3


def test_nothing_is_weighed_before_anybody_speaks():
    text = "Officials met twice last week.\n\n" + TEXT
    found, _ = heard(text)
    assert "officials met" in found and found["officials met"].place == 2


def test_the_signs_tell_tense_subject_and_place():
    found, _ = heard()
    shown = {opening: set(signs(here)) for opening, here in found.items()}
    assert {"shifted", "right after", "subject any", "said in the past", "with a denial"} <= shown["nobody would"]
    assert {"past of an event", "later on", "subject the", "with a day"} <= shown["the talks"]
    assert {"from above", "opens the paragraph", "with a past time"} <= shown["officials met"]


@pytest.mark.parametrize(("chance", "speaker"), [(0.9, "Ada Obi"), (0.1, THE_ARTICLE)])
def test_a_likely_one_is_the_speakers_and_an_unlikely_one_the_articles(chance, speaker):
    _, said = heard(chance=chance)
    own = said[-1]
    assert [own.tellers[at].speaker if at in own.tellers else THE_ARTICLE for at in range(len(own.found))] == [speaker]


def test_who_goes_on_is_told_with_how_sure_that_is_and_why(monkeypatch):
    monkeypatch.setattr("parley.reading.continuing.shipped", lambda: sure_of("with a denial"))
    article = Article(text=TEXT)
    found = {each.words[0]: each for each in statements(article, parsed(article), (said_by_obi(),))}
    free = found["Nobody would have to move"]
    assert free.speaker == "Ada Obi" and free.source is None
    assert "goes on with whoever spoke last" in free.why
    assert found["The talks began in May"].speaker == THE_ARTICLE


def sure_of(sign):
    """Weights by which one sign alone makes a sentence go on."""
    return Weights(place={sign: 0}, table=np.array([[-4.0, 4.0]]), level=np.array([2.0, -2.0]), trust=(0.0, 1.0))


def case(goes_on, *shown, group):
    return Case(signs=shown, goes_on=goes_on, group=str(group))


def test_a_sign_that_always_goes_with_free_speech_is_learnt():
    given = [case(at % 2 == 0, "free" if at % 2 == 0 else "own", "both", group=at) for at in range(40)]
    weights = fit_going_on(given)
    assert weights.chances(("free", "both"))[1] > 0.8
    assert weights.chances(("own", "both"))[1] < 0.2
    assert weights.chances(("both",))[1] == pytest.approx(0.5, abs=1e-3)
    assert weights.dump() == fit_going_on(given).dump()


def test_what_is_held_out_is_judged_by_other_articles_alone():
    """A sign that stands in one article only has no weight there when that article is held out."""
    given = [case(False, "plain", group=at) for at in range(10)] + [case(True, "plain", "mine", group="odd")] * 5
    assert held_out(given)[-1] < 0.2
    assert fit_going_on(given).chances(("plain", "mine"))[1] > 0.5


class Marked:
    """A reader that finds what is marked."""

    name = "marked"

    def attributions(self, paragraphs):
        return (said_by_obi(),)


def test_cases_come_from_marks_and_not_where_both_may_be_right():
    def marks(free):
        return Told(
            name="talks",
            text=TEXT,
            marks=(
                (((46, 70),), free.__contains__),
                (((72, 95),), {THE_ARTICLE}.__contains__),
            ),
        )

    assert [each.goes_on for each in cases([marks({"Ada Obi"})], Marked())] == [True, False]
    assert [each.goes_on for each in cases([marks({"Ada Obi", THE_ARTICLE})], Marked())] == [False]


def test_the_weights_that_ship_say_by_names_what_they_weigh():
    from parley.reading.continuing import shipped

    weights = shipped()
    assert weights.table.shape[1] == 2
    assert {"right after", "rule goes on", "then the same"} <= set(weights.place)
