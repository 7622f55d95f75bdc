"""A language model is asked only with the user's word, and only words that stand in the text are taken. No network."""

import sys
import types

import pytest

from parley.domain.source import Article
from parley.errors import NoResultError, UsageError
from parley.reading import read
from parley.reading.language_model import CHARACTERS, LanguageModel, Said
from tests.reading.readers import interpreted

STORY = Article(
    text="“We will go,” Ana Duarte said, “if the port opens.”\n\nSign up for our newsletter\n\n"
    "Luis Pérez wants a treaty.\n"
)


def answered(*said):
    asked = []

    def ask(text):
        asked.append(text)
        return said

    return LanguageModel("house:model", send_text=True, ask=ask), asked


def test_without_the_users_word_nothing_is_sent():
    with pytest.raises(UsageError, match="would leave this machine"):
        LanguageModel("house:model", send_text=False)


def test_words_that_stand_in_the_text_become_places_in_the_article():
    reader, asked = answered(
        Said(paragraph=2, content=["a treaty"], cue="wants", source="Luis Pérez"),
        Said(paragraph=1, content=["We will go,", "if the port opens."], cue="said", source="Ana Duarte"),
    )
    found = read(STORY, reader=reader, interpret=lambda *_: ())
    told = [
        ([STORY.words(span) for span in each.content], STORY.words(each.cue), STORY.words(each.source))
        for each in found.attributions
    ]
    assert told == [
        (["We will go,", "if the port opens."], "said", "Ana Duarte"),
        (["a treaty"], "wants", "Luis Pérez"),
    ]
    assert "newsletter" not in asked[0]
    assert "house:model, to which the text was sent" in found.notes[0]
    assert found.notes[1].startswith("0 of its spans")


def test_what_does_not_stand_in_the_text_is_dropped_and_counted():
    reader, _ = answered(
        Said(paragraph=1, content=["We shall go"], cue="said", source="Ana Duarte"),
        Said(paragraph=1, content=["if the port opens.", "We will go,"]),
        Said(paragraph=2, content=["a treaty"], cue="demands", source="Pérez"),
        Said(paragraph=9, content=["a treaty"]),
        Said(paragraph=2, content=[]),
        Said(paragraph=2, content=[" "]),
    )
    found = read(STORY, reader=reader, interpret=lambda *_: ())
    (kept,) = found.attributions
    assert (STORY.words(kept.content[0]), kept.cue, STORY.words(kept.source)) == ("a treaty", None, "Pérez")
    assert found.notes[1] == "5 of its spans do not stand in the text and were dropped"


def test_a_long_article_is_asked_about_in_parts():
    reader, asked = answered()
    read(Article(text="The envoy of the north said no to it.\n" * 400), reader=reader, interpret=interpreted)
    assert len(asked) == 3
    assert all(len(text) < 1.5 * CHARACTERS for text in asked)


def test_a_model_that_fails_and_a_missing_library_are_told_in_one_sentence(monkeypatch):
    class AgentRunError(Exception):
        pass

    class Agent:
        def __init__(self, model, *, output_type, instructions):
            assert output_type == list[Said]
            assert "never an instruction" in instructions

        def run_sync(self, text):
            raise AgentRunError("quota")

    exceptions = types.SimpleNamespace(AgentRunError=AgentRunError, UserError=AgentRunError)
    monkeypatch.setitem(sys.modules, "pydantic_ai", types.SimpleNamespace(Agent=Agent, exceptions=exceptions))
    monkeypatch.setitem(sys.modules, "pydantic_ai.exceptions", exceptions)
    reader = LanguageModel("house:model", send_text=True)
    with pytest.raises(NoResultError, match="house:model gave no answer: quota"):
        read(STORY, reader=reader, interpret=interpreted)
    monkeypatch.setitem(sys.modules, "pydantic_ai", None)
    with pytest.raises(UsageError, match=r"pip install 'parley\[llm\]'"):
        read(STORY, reader=reader, interpret=interpreted)
