import pytest

from tests.reading.sentences import told


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("<The bishop> {backs} [the truce].", "the truce"),
        ("<The ministry> {denied} [the report].", "the report"),
        ("<The colonel> {would not hear of} [elections].", "elections"),
        ("<The bishop> {welcomed} [what he called an olive branch].", "what he called an olive branch"),
        ("<The envoy> {doubts} [whether it can be done].", "whether it can be done"),
        ("<The envoy> {spoke about} “[a war that nobody wants]”.", "a war that nobody wants"),
        ("<The union> {announced} [an appeal].", "an appeal"),
        ("<The premier> {would like} [a deal on cars].", "a deal on cars"),
    ],
)
def test_a_thing_that_is_judged_wanted_or_quoted_stays_with_whoever_says_it(line, words):
    (statement,) = told(line)
    assert statement.words == (words,)
    assert statement.speaker != "the article"


@pytest.mark.parametrize(
    "line",
    [
        "<The envoys> {talked about} [a new border].",
        "<The general> {knows} [it].",
        "<The general> {said} [something].",
        "<They> {did not mention} [their terms].",
        "<The envoys> {discussed} [when the road would open].",
    ],
)
def test_a_topic_a_pronoun_and_an_open_question_are_nobody_s_statement(line):
    assert [each.speaker for each in told(line)] in ([], ["the article"])
