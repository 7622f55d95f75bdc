import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.domain.attribution import Attribution
from parley.domain.source import Article, Span
from parley.reading.contents import completed
from parley.reading.parsing import parsed
from parley.reading.statements import statements
from parley.reading.trees import tree
from tests.reading.sentences import Plain, table, told


def stated(line):
    return [" … ".join(each.words) for each in told(line) if each.speaker == "the article"]


@pytest.mark.parametrize("row", table("stated"))
def test_the_article_states_what_it_attributes_to_nobody(row):
    line, *wanted = row.split(" | ")
    assert stated(line) == wanted


@pytest.mark.parametrize(
    ("line", "kind", "whose"),
    [
        ("The president wants to end the war.", "goal", "The president"),
        ("Orland refuses to share the harbour.", "refusal", "Orland"),
        ("The lake ministry offers to reopen the lock next week.", "offer", "The lake ministry"),
        ("Adeyo’s proposal is a truce of ten days.", "proposal", "Adeyo"),
    ],
)
def test_what_the_article_tells_of_somebody_s_demands_and_offers_is_theirs_and_shows_where_they_are_named(
    line, kind, whose
):
    (told_of,) = told(line)
    assert (told_of.kind, told_of.speaker, told_of.holder) == (kind, whose, whose)
    assert told_of.article.words(told_of.source) == whose


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("In Manila, the families have appealed to the senate to lean on the army.", "to lean on the army"),
        ("The guarantors, Chile and Malta, are pressing for a shorter draft.", "a shorter draft"),
        ("The port authority has offered a rise of 4.5 per cent.", "a rise of 4.5 per cent"),
        ("The mayor of Kisumu promised on Friday to reopen the pier.", "to reopen the pier"),
        ("Orland is ready to share the harbour.", "to share the harbour"),
        ("The Dockers’ Front put the turnout at 1.2 million.", "the turnout at 1.2 million"),
        ("Orland has not offered to share the harbour.", "Orland has not offered to share the harbour"),
        ("Orland may demand a share of the harbour.", "Orland may demand a share of the harbour"),
    ],
)
def test_of_a_demand_or_offer_the_words_are_what_is_demanded_or_offered(line, words):
    assert [" … ".join(each.words) for each in told(line)] == [words]


def test_somebody_who_is_given_a_time_to_act_is_asked_to_act():
    line = "Gunmen freed two nurses on Tuesday and gave the town until noon on Friday to release a priest."
    assert [each.words for each in told(line)] == [
        ("Gunmen freed two nurses on Tuesday",),
        ("until noon on Friday to release a priest",),
    ]


def test_what_somebody_does_beside_another_act_is_told_without_the_doer_too():
    line = "The chief left the town and ruled out a return of the police."
    assert [each.words for each in told(line)] == [("The chief left the town",), ("a return of the police",)]


def test_a_question_within_what_somebody_says_is_passed_over():
    line = "“[Why does my bread cost double? The mills are running],” <Ada Obi> {said}."
    assert [each.words for each in told(line)] == [("The mills are running",)]


def test_the_article_may_tell_somebody_to_let_another_act():
    assert stated("So let the president delay the vote by a month.") == [
        "So let the president delay the vote by a month"
    ]


@pytest.mark.parametrize("line", ["On the price she wavers.", "The loose ends concern a pipeline."])
def test_a_sentence_in_which_the_parser_sees_no_clause_is_stated_as_a_whole(line):
    assert stated("It rained. " + line)[-1:] == [line.removesuffix(".")]


@pytest.mark.parametrize("line", table("not-stated"))
def test_what_is_attributed_and_what_is_no_statement_is_not_the_article_s_own(line):
    assert stated(line) == []


def test_a_condition_is_named_by_what_it_conditions_and_both_by_their_attribution():
    offer, condition = told("<Cairo> {said} [it was willing to open the gate if the shelling stopped].")
    assert (offer.kind, condition.kind) == ("offer", "condition")
    assert offer.conditions == (condition.id,)
    assert (offer.part_of, condition.part_of) == ("a1", "a1")


def dated(text, content, kind="within"):
    article = Article(text=text, date=datetime.date(2025, 3, 17))
    start = text.index(content)
    said = Attribution(content=(Span(start=start, end=start + len(content)),), cue=None, source=Span(start=0, end=9))
    told_of = next(each for each in statements(article, parsed(article), [said]) if content in each.words)
    return (told_of.horizon_kind, told_of.horizon and [str(day) for day in told_of.horizon])


@pytest.mark.parametrize(
    "rest", [", which opens on 3 April.", ".\nThe next round is due on 3 April.", ".\nThe round begins on 3 April."]
)
def test_before_an_event_is_before_the_day_on_which_the_article_says_that_it_is(rest):
    text = f"The envoy hopes to have a draft ready before the next round{rest}"
    assert dated(text, "to have a draft ready before the next round") == ("by", ["2025-03-17", "2025-04-02"])


@pytest.mark.parametrize(
    "rest",
    [
        ".",
        ".\nThe village round is due on 3 April.",
        ".\nThe next round opens on 3 April. The next round opens on 9 April.",
        ".\nThe last round was held on 3 March.",
    ],
)
def test_an_event_that_the_article_does_not_date_or_dates_twice_gives_no_days(rest):
    text = f"The envoy hopes to have a draft ready before the next round{rest}"
    assert dated(text, "to have a draft ready before the next round") == (None, None)


def test_a_demand_is_never_about_a_day_that_is_over():
    text = "The union said it wants the release of the men who were arrested in January."
    assert dated(text, "it wants the release of the men who were arrested in January") == (None, None)


def test_an_envoy_speaks_and_the_general_holds_the_plan():
    (plan,) = told("<The envoy> {said} [that the general’s plan was to gain time].")
    assert (plan.speaker, plan.holder) == ("The envoy", "the general")


@pytest.mark.parametrize(
    ("line", "words", "holder"),
    [
        ("<A clerk> {said} [the cabinet intends to raise the case and to pay a loan].", "to pay a loan", "the cabinet"),
        ("<The envoy> {said} [nobody at this table wants a quarrel].", "wants a quarrel", "The envoy"),
        ("<The envoy> {said} [neither side had offered a truce].", "offered a truce", "The envoy"),
        ("<The envoy> {said} [the clause would forbid any trade].", "forbid any trade", "The envoy"),
        ("<The envoy> {said} [Brenta and Halmark refuse to pay].", "refuse to pay", "Brenta and Halmark"),
    ],
)
def test_a_wish_is_held_by_the_nearest_who_can_wish_and_by_nobody_else(line, words, holder):
    assert {each.holder for each in told(line) if words in " ".join(each.words)} == {holder}


def test_after_a_dateline_the_party_and_not_the_place_holds_the_offer():
    line = "[LIRSK, May 5 - Tervia is prepared to suspend flights over the town], <the office> {said}."
    assert {each.holder for each in told(line)} == {"Tervia"}


def test_what_an_analyst_says_of_a_party_is_never_the_party_s_demand():
    aim, demand, want = told(
        "<Ana Duarte>, an analyst in Lisbon, {said} [that the general’s aim is to gain time].\n"
        "“[The general will demand the port],” <Duarte> {said}.\n"
        "“[The general wants the port],” <Duarte> {said}.\n"
    )
    assert [each.kind for each in (aim, demand, want)] == ["assessment", "prediction", "assessment"]
    assert [each.speaker for each in (aim, demand, want)] == ["Ana Duarte", "Duarte", "Duarte"]
    assert [each.holder for each in (aim, demand, want)] == ["the general", "Duarte", "The general"]


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("<The union> {called on} Belgrade [to recall its envoy].", "Belgrade"),
        ("<The union> {wants} [Belgrade to recall its envoy].", "Belgrade"),
        ("<The union> {insists} [that Belgrade recall its envoy].", "Belgrade"),
        ("<The minister> {said} [Spain must give up the rock].", "Spain"),
        ("<The president> {warned} Khartoum [of severe consequences].", "Khartoum"),
        ("“[We want Athens to demilitarise the islands],” <he> {said}.", "Athens"),
        ("<The colonel> {threatened} Accra [with war].", "Accra"),
        ("<The rebels> {demanded} [the port].", None),
        ("<She> {called on} the shipowners [to pay the crews].", "the shipowners"),
        ("<The union> {urged} [the owners to pay the crews].", "the owners"),
        ("<The mayor> is {demanding} [that the company repair the quay].", "the company"),
        ("<The chamber> {advises} its members [to send their goods by rail].", "its members"),
        ("<Norway> {has offered} [asylum to the generals].", "the generals"),
        ("<The firm> {promised} [to compensate villagers for the noise].", "villagers"),
        ("<The rebels> {threatened} [to shut the road if Belgar does not pay].", "Belgar"),
        ("<It> {repeats} [the demand that Belgar end its patrols].", "Belgar"),
        ("<The union> {told} reporters [that prices must fall].", None),
        ("<The firm> {warned} [that it would send its ships to Port Ansel].", None),
        ("<The firm> {promised} [to pay the miners and to sail from Lima].", "the miners"),
        ("<The minister> {has rejected} [the plan] and {promised} [a new road].", None),
        ("<The boss> {threatened} [to shut the port if the prices do not fall].", None),
    ],
)
def test_it_is_said_at_whom_a_demand_or_a_threat_is_aimed(line, target):
    (statement, *_) = told(line)
    assert statement.target == target


def test_the_words_of_a_statement_may_be_interrupted_by_its_cue():
    (wish,) = told("“[Our wish],” <she> {added}, “[is a treaty].”")
    assert wish.words == ("Our wish", "is a treaty")


def test_statements_are_numbered_in_the_order_of_their_words():
    found = told(
        "The talks broke down on Friday.\n<The envoy> {said} [that the text was ready].\nThe army took the town."
    )
    assert [each.id for each in found] == ["s1", "s2", "s3"]
    assert [each.speaker for each in found] == ["the article", "The envoy", "the article"]


def test_a_report_speaks_for_itself():
    (finding,) = told("[Exports fell by a third], <the report> {said}.")
    assert (finding.speaker, finding.kind) == ("the report", "fact-claim")


pieces = st.sampled_from(table("pieces"))


@st.composite
def articles(draw):
    piece = st.one_of(pieces.map(lambda word: word + " "), st.just("\n"), st.text(max_size=6))
    text = "".join(draw(st.lists(piece, min_size=1, max_size=40)))
    article = Article(text=text)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6)))
    spans = [Span(start=a, end=b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if a < b]
    return article, spans


@settings(max_examples=150, deadline=None)
@given(articles())
def test_no_text_and_no_attribution_makes_a_statement_that_lies_about_its_place(case):
    article, spans = case
    attributions = []
    if spans:
        role = dict(enumerate(spans))
        attributions = [Attribution(content=(spans[0],), cue=role.get(1), source=role.get(2))]
    found = statements(article, parsed(article), attributions, names=Plain(article))
    assert len({each.id for each in found}) == len(found)
    for each in found:
        assert each.words
        assert all(any(map(str.isalnum, words)) for words in each.words)
        assert [article.words(span) for span in each.spans] == list(each.words)
        assert all(left.end <= right.start for left, right in zip(each.spans, each.spans[1:], strict=False))
        assert 0 <= each.confidence <= 1
        assert set(each.conditions) <= {other.id for other in found} - {each.id}
    assert found == statements(article, parsed(article), attributions, names=Plain(article))


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("The council promised an answer by the end of June.", "an answer by", "an answer by the end of June"),
        ("The rebels demand the release of their prisoners.", "the", "the release of their prisoners"),
        ("The envoy wants a truce at last, he said.", "a truce", "a truce"),
    ],
)
def test_a_content_that_ends_with_a_word_that_wants_another_one_goes_on_to_its_end(text, cut, whole):
    grown = tree(parsed(Article(text=text))[0])
    first = text.find(cut)
    tokens = [each for each, start in enumerate(grown.starts) if first <= start < first + len(cut)]
    found = completed(grown, tokens, cue=(2,), taken=tokens)
    assert text[grown.starts[found[0]] : grown.ends[found[-1]]] == whole


@pytest.mark.parametrize(
    ("text", "cue", "cut", "whole"),
    [
        ("Rome promised 500 lorries by the end of May.", "promised", "500 lorries", "500 lorries by the end of May"),
        ("Rome rejected the map within the hour.", "rejected", "the map", "the map"),
        ("Rome wants half the fishing revenue.", "wants", "half the fishing", "half the fishing revenue"),
        ("Rome offered asylum to Omar Bakr, who fled in May.", "offered", "asylum to Omar", "asylum to Omar Bakr"),
        ("He is thought to oppose it, since men die.", "thought", "to oppose it", "to oppose it, since men die"),
        ("Rome seeks a role in it, because a flood would drown its own.", "seeks", "a role in it", "a role in it"),
        ("Its envoy, Rosa Dini, wants a pause first, talks on the reef afterwards, and an end to the siege.", "wants",
         "a pause", "a pause first, talks on the reef afterwards, and an end to the siege"),
        ("Rome wants 9 per cent and an end to split shifts.", "wants", "9 per cent",
         "9 per cent and an end to split shifts"),
        ("Rome would answer in kind within days, Bassi added: “Tooth for tooth.”", "added", "Tooth for tooth",
         "Rome would answer in kind within days, Bassi added: “Tooth for tooth"),
        ("“The sea is ours,” in the words of its admiral.", "", "The sea is ours,”", "The sea is ours,”"),
    ],
)  # fmt: skip
def test_a_time_to_come_a_noun_and_a_reason_belong_to_a_content_that_stops_before_them(text, cue, cut, whole):
    grown = tree(parsed(Article(text=text))[0])

    def tokens(words):
        first = text.find(words)
        return [each for each, start in enumerate(grown.starts) if words and first <= start < first + len(words)]

    found = completed(grown, tokens(cut), cue=tokens(cue), taken=tokens(cut))
    assert text[grown.starts[found[0]] : grown.ends[found[-1]]] == whole
