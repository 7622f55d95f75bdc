import pytest

from parley.domain.source import Article
from parley.reading.parsing import parsed
from parley.reading.rules import Rules


def read(text):
    """What the rules find in a text: source, cue and content in words."""
    article = Article(text=text)

    def words(span):
        return article.words(span) if span else None

    return [
        (words(each.source), words(each.cue), " … ".join(map(words, each.content)))
        for each in Rules().attributions(parsed(article))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoy said that the port would open.", [("The envoy", "said", "that the port would open")]),
        ("The minister wants to reopen the port.", [("The minister", "wants", "to reopen the port")]),
        ("The council rejected the truce.", [("The council", "rejected", "the truce")]),
        ("The general warned of a new war.", [("The general", "warned of", "a new war")]),
        ("The mayor is opposed to any deal.", [("The mayor", "opposed to", "any deal")]),
        ("The senator called the offer a betrayal.", [("The senator", "called", "the offer a betrayal")]),
        ("The ministry did not say why it left.", [("The ministry", "did not say", "why it left")]),
        (
            "The harbour will open in May, according to the mayor.",
            [("the mayor", "according to", "The harbour will open in May")],
        ),
        (
            "The general's plan to cross the river alarmed his allies.",
            [("The general's", "plan", "to cross the river")],
        ),
        (
            "“We will never sign this paper”, said the mayor.",
            [("the mayor", "said", "“We will never sign this paper”")],
        ),
        (
            "“Our wish for this island”, she added, “is that the guns fall silent.”",
            [("she", "added", "“Our wish for this island” … “is that the guns fall silent.”")],
        ),
        (
            "“We will never sign this paper”, said the mayor.\n“Nobody on this island will sign it.”",
            [("the mayor", "said", "“We will never sign this paper” … “Nobody on this island will sign it.”")],
        ),
        (
            "PRESIDENT: We have come here to end this war.",
            [("PRESIDENT", ":", "We have come here to end this war.")],
        ),
        (
            "“No port on this coast will open again.” ― Mayor Ana Duarte",
            [("Mayor Ana Duarte", "―", "“No port on this coast will open again.”")],
        ),
        ("The ferry left the harbour at nine.", []),
        ("He bought a “smart” clock.", []),
    ],
)
def test_a_sentence_says_who_says_what(text, expected):
    assert read(text) == expected


def test_what_stands_inside_a_content_is_attributed_once():
    assert [cue for _, cue, _ in read("The envoy said that the rebels want to leave.")] == ["said"]


def test_every_attribution_names_its_rule():
    article = Article(text="The envoy said that the port would open. “It is over and done with”, he added.")
    assert all(each.why.startswith("rule: ") for each in Rules().attributions(parsed(article)))
