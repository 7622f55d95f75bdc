"""Who speaks, who is meant: passages over many conflicts and name cultures, and what holds for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.domain.attribution import Attribution
from parley.domain.source import Article, Span
from parley.reading.cast import cast
from parley.reading.parsing import parsed
from tests.reading.marked import answers, passages

DEVELOPMENT = ("development", "development-2", "development-3", "development-4", "development-5")
PASSAGES = {title: passage for name in DEVELOPMENT for title, passage in passages(name).items()}
LIMITS = passages("limits")


@pytest.mark.parametrize("title", PASSAGES)
def test_each_mention_is_tied_to_whom_it_means(title):
    wrong = [
        (words, expected, found)
        for words, expected, found in answers(PASSAGES[title])
        if found != (None if expected == "?" else expected)
    ]
    assert not wrong


def test_of_passages_that_the_rules_were_not_written_for_nineteen_mentions_in_twenty_are_tied_right():
    found = [answer for passage in passages("held-out").values() for answer in answers(passage)]
    right = sum(name == (None if expected == "?" else expected) for _, expected, name in found)
    assert len(found) == 110
    assert right >= 0.95 * len(found)


@pytest.mark.parametrize("title", LIMITS)
@pytest.mark.xfail(reason="the page on who speaks names it as a limit")
def test_a_limit_named_in_the_documentation_still_holds(title):
    assert all(found == expected for _, expected, found in answers(LIMITS[title]))


def _cast(text, *attributions):
    article = Article(text=text)
    paragraphs = list(parsed(article))
    return article, paragraphs, cast(paragraphs, attributions, article=article)


def test_a_reader_can_see_which_rule_tied_a_mention_to_a_name():
    text = "Amal Haddad arrived on Monday. She said the port would open. Beirut agreed."
    she, beirut = text.index("She"), text.index("Beirut")
    says = Attribution(content=(Span(start=she + 9, end=beirut - 2),), source=Span(start=she, end=she + 3))
    agrees = Attribution(content=(Span(start=beirut + 7, end=len(text)),), source=Span(start=beirut, end=beirut + 6))
    _, _, people = _cast(text, says, agrees)
    assert people.speaker_found(says).rule == "a pronoun for who was mentioned before"
    assert people.speaker_found(agrees).rule == "a capital for its state"


def test_an_attribution_without_a_source_has_no_speaker():
    says = Attribution(content=(Span(start=0, end=4),))
    assert _cast("Talks resumed.", says)[2].speaker(says) is None


def test_the_list_of_who_is_in_an_article_shows_each_mention_where_it_stands():
    article, _, people = _cast("Leyla Aydin, the envoy, left Ankara.\nAydin said she was tired. The envoy slept.")
    envoy = next(each for each in people.entities() if each.name == "Leyla Aydin")
    assert [article.words(span) for span in envoy.mentions] == ["Leyla Aydin", "envoy", "Aydin", "she", "envoy"]
    assert envoy.kind == "person"


PIECES = (
    "“ ” \" ' ‘ ’ Moscow the Kremlin said he she they it who I we , . ; : ( ) - — and of for President foreign "
    "minister Ana Duarte al - Sharaa van der UN EU \n \r\n \t 🕊️ שלום السلام \x00 54 's government capital"
)
ODD = st.lists(st.sampled_from(PIECES.split(" ")), max_size=40).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(text=ODD | st.text(max_size=80))
def test_any_text_gives_spans_that_hold_words_and_the_same_answer_twice(text):
    try:
        article, paragraphs, people = _cast(text)
    except Exception as error:  # noqa: BLE001
        pytest.fail(f"{error!r} on {text!r}")
    spans = [span for each in people.entities() for span in each.mentions]
    assert all(article.words(span).strip() for span in spans)
    assert people.entities() == cast(paragraphs, (), article=article).entities()


@settings(max_examples=60, deadline=None)
@given(
    speaker=st.sampled_from(["Omar Diallo", "Ivan Petrov", "Kenji Sato", "Pablo Ruiz", "Peter Novak"]),
    other=st.sampled_from(["John Mwangi", "Ahmed Saleh", "Henrik Lund", "Viktor Orlov"]),
    opening=st.sampled_from(
        ["{other} left.", "{speaker} met {other}.", "Nobody came.", "{speaker} was late. He sat down."]
    ),
    said=st.sampled_from(["He lied to us", "I told him that he was wrong", "We saw his letter", "He and I disagree"]),
)
def test_he_in_a_quotation_is_never_its_speaker(speaker, other, opening, said):
    quote = f"“{said},” "
    text = opening.format(speaker=speaker, other=other) + "\n" + quote + f"{speaker} said."
    start = text.index(quote)
    source = text.rindex(speaker)
    says = Attribution(
        content=(Span(start=start, end=start + len(quote) - 1),), source=Span(start=source, end=source + len(speaker))
    )
    _, paragraphs, people = _cast(text, says)
    last = paragraphs[-1]
    for token in last.doc:
        name = people.named(last, token.i, token.i, speaker=speaker)
        if token.lower_ in ("he", "him", "his") and token.idx < len(quote):
            assert name != speaker
        if token.lower_ in ("i", "we", "us"):
            assert name == speaker


@pytest.mark.parametrize(
    "piece",
    ["President Ohio Governor Ana Duarte ", "the minister he said ", "“I left ”Lima ", "United National League (UNL) "],
)
def test_a_long_text_of_one_piece_is_read_to_its_end(piece):
    text = piece * 500
    article, _, people = _cast(text)
    spans = [span for each in people.entities() for span in each.mentions]
    assert spans
    assert all(article.words(span).strip() for span in spans)


def who_says(text, source, cue):
    """The speaker of an attribution whose source and cue are the first such words of a text."""
    at, verb = text.index(source), text.index(cue)
    says = Attribution(
        content=(Span(start=len(text) - 3, end=len(text) - 1),),
        source=Span(start=at, end=at + len(source)),
        cue=Span(start=verb, end=verb + len(cue)),
    )
    return _cast(text, says)[2].speaker(says)


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("A woman who introduced herself as Captain Mira said the road was shut.", "A woman", "Captain Mira"),
        ("A farmer calling himself Big Tom said the road was shut.", "A farmer", "Big Tom"),
        ("A caller who gave his name as Old Pat said the road was shut.", "A caller", "Old Pat"),
        ("The port's co-ordinator, Jean Morel, said the quay was shut.", "The port's co-ordinator", "Jean Morel"),
        ("Major (retd) Ines Vega, who runs the harbour, said it was shut.", "Major (retd) Ines Vega", "Ines Vega"),
        ("The head of the Port Board (PB), Ines Vega, said it was shut.", "The head of the Port Board", "Ines Vega"),
        ("A drummer in the band, Jo Lind, said the hall was shut.", "A drummer in the band, Jo Lind,", "Jo Lind"),
        ("Ines Vega of the charity Open Hands said the hall was shut.", "Ines Vega of the charity", "Ines Vega"),
    ],
)
def test_a_description_whose_name_follows_is_the_person_named(text, source, speaker):
    assert who_says(text, source, "said") == speaker


@pytest.mark.parametrize(
    ("text", "source", "cue", "speaker"),
    [
        ("From Lomas, the harbour master, Ines Vega, accused the crew of theft.", "Lomas", "accused", "Ines Vega"),
        ("In Lomas, an old port, Ines Vega said it was shut.", "Lomas, an old port, Ines Vega", "said", "Ines Vega"),
        ("From the ministry one hears that it is shut.", "one", "hears", "the ministry"),
        ("Hardly anyone in Lomas believes that it is shut.", "Hardly anyone in Lomas", "believes", None),
        (
            "Nadia Rehn and the sailors' union yesterday said so.",
            "Nadia Rehn and the sailors' union yesterday",
            "said",
            None,
        ),
    ],
)
def test_a_source_is_whom_the_verb_of_saying_has_as_its_subject(text, source, cue, speaker):
    assert who_says(text, source, cue) == (speaker or source.replace("Hardly", "hardly").removesuffix(" yesterday"))


def test_a_common_word_is_a_seat_of_government_only_of_a_state_that_the_article_names():
    talks = "The Chancellery wants talks."
    assert who_says(talks, "The Chancellery", "wants") == "Chancellery"
    assert who_says(f"{talks} German ships left.", "The Chancellery", "wants") == "Germany"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Hana Roth met the press. The mayor, who is ill, would resign, he said.", "the mayor"),
        ("One of the guards came out. The mayor, who is ill, wanted peace, he said.", "one of the guards"),
        ("A trader from Lomas spoke first. Bek, the mayor, wanted peace, he said.", "a trader from Lomas"),
    ],
)
def test_he_who_says_something_is_seldom_named_in_what_he_says(text, speaker):
    he = text.index("he said")
    start = text.index(". ") + 2
    says = Attribution(content=(Span(start=start, end=he - 2),), source=Span(start=he, end=he + 2))
    assert _cast(text, says)[2].speaker(says) == speaker


def test_a_relative_pronoun_is_the_noun_that_its_clause_goes_with():
    text = "The mayor is under pressure from millers who want a new road."
    assert who_says(text, "who", "want") == "millers"


def test_a_member_of_parliament_by_letters_is_no_part_of_the_name_of_a_party():
    text = "A senior Homeland MP said it was over. Homeland wants a vote."
    assert who_says(text, "A senior Homeland MP", "said") == "a senior Homeland MP"
    assert who_says(text.replace("senior Homeland MP", "member"), "Homeland", "wants") == "Homeland"


def test_the_diplomat_is_the_unnamed_one_brought_in_before_and_no_minister_who_might_be_called_so():
    text = (
        "Foreign minister Ines Vega flew home on Monday. A diplomat from Lomas had seen the text.\n"
        "The talks were over, the diplomat said."
    )
    at = text.index("the diplomat")
    says = Attribution(content=(Span(start=at - 21, end=at - 2),), source=Span(start=at, end=at + 12))
    assert _cast(text, says)[2].speaker(says) == "a diplomat from Lomas"


def test_a_plural_noun_keeps_the_clause_that_alone_tells_who_is_meant():
    text = "The men who block the bridge say they will stay."
    assert who_says(text, "The men who block the bridge", "say") == "the men who block the bridge"
    text = "The tired men who block the bridge say they will stay."
    assert who_says(text, "The tired men who block the bridge", "say") == "the tired men"


def test_they_can_be_agencies_as_well_as_people():
    text = "Banks are calm. Relief agencies fear for the price of bread. They want more ships."
    assert who_says(text, "They", "want") == "relief agencies"


def test_he_who_goes_on_speaking_is_the_unnamed_source_of_the_paragraph_before_the_last_one_named():
    opening = "Bek, the mayor of Lomas, said he was tired. He said he would sleep."
    text = f"{opening}\nThe bridge is shut, a clerk in the ministry has said. It was cold. He declined to say why."
    clerk, he = text.index("a clerk"), text.index("He declined")
    sources = [(text.index("Bek"), 3), (text.index("He said"), 2), (clerk, 23), (he, 2)]
    contents = [text.index("he was"), text.index("he would"), text.index("The bridge"), text.index("to say")]
    said = [
        Attribution(content=(Span(start=at, end=at + 6),), source=Span(start=start, end=start + length))
        for at, (start, length) in zip(contents, sources, strict=True)
    ]
    assert _cast(text, *said)[2].speaker(said[-1]) == "a clerk in the ministry"


def test_her_group_is_the_body_that_she_is_said_to_belong_to():
    text = "Ines Vega of the Open Hands Fund called it a trap. Her group wants a vote."
    assert who_says(text, "Her group", "wants") == "Open Hands Fund"


def test_an_unnamed_source_has_one_name_wherever_it_is_meant():
    text = "A diplomat from a neutral country, who has seen the text, gave his view. It was late, the diplomat said."
    at, again = text.index("A diplomat"), text.index("the diplomat")
    sees = Attribution(content=(Span(start=again - 13, end=again - 2),), source=Span(start=at, end=at + 32))
    says = Attribution(content=(Span(start=again - 13, end=again - 2),), source=Span(start=again, end=again + 12))
    people = _cast(text, sees, says)[2]
    assert people.speaker(sees) == people.speaker(says) == "a diplomat from a neutral country"


@pytest.mark.parametrize(
    ("text", "source", "cue", "speaker"),
    [
        ("Economists at Dunmore Bank were glum. They said it was over.", "They", "said", "economists at Dunmore Bank"),
        ("The Transport and Harbour Union said it was over.", "The Transport and Harbour Union", "said", None),
        (
            "Tervia is ready, its trade minister said. Minister Jon Asker left.",
            "its trade minister",
            "said",
            "Jon Asker",
        ),
    ],
)
def test_a_body_s_people_a_body_of_two_fields_and_a_minister_named_later(text, source, cue, speaker):
    assert who_says(text, source, cue) == (speaker or source.removeprefix("The "))


def test_a_minister_is_nobody_in_particular_where_two_are_named():
    text = "Tervia is ready, its trade minister said. Minister Jon Asker left. Minister Ines Vega stayed."
    assert who_says(text, "its trade minister", "said") not in ("Jon Asker", "Ines Vega")


@pytest.mark.parametrize(
    ("text", "source", "cue", "speaker"),
    [
        ("Ines Vega was quoted by a local paper as saying it was over.", "a local paper", "quoted", "Ines Vega"),
        ("Ines Vega was quoted by a local paper as saying it was over.", "a local paper", "saying", "Ines Vega"),
        ("A statement from the port authority said it was over.", "A statement from the port authority", "said", None),
        ("Ines Vega left. Her letter says it is over.", "Her letter", "says", "Ines Vega"),
        ("One of the two clerks was glad. Another was not. He said it was over.", "He", "said", "another"),
        (
            "One of them, who spoke on condition of silence, said so.",
            "One of them, who spoke on condition of silence",
            "said",
            "one of them",
        ),
    ],
)
def test_a_paper_speaks_for_its_author_and_who_quotes_is_not_who_is_quoted(text, source, cue, speaker):
    assert who_says(text, source, cue) == (speaker or "the port authority")


def test_a_ministry_keeps_its_field_and_a_stranger_the_name_given_with_named():
    assert who_says("The Ministry of Works said it was over.", "The Ministry of Works", "said") == "Ministry of Works"
    text = "Its envoy, a Dane named Soren Holt, said it was over."
    assert who_says(text, "Its envoy, a Dane named Soren Holt,", "said") == "Soren Holt"


@pytest.mark.parametrize(
    "text", ["II said that it rains.", "Asked whether II would sign, she fled.", "III warned of war."]
)
def test_a_number_that_ends_the_names_of_kings_is_nobodys_name_by_itself(text):
    article = Article(text=text)
    paragraphs = parsed(article)
    number = text.split()[0 if text[0] == "I" else 2]
    place = next(token.i for token in paragraphs[0].doc if token.text == number)
    assert cast(paragraphs, (), article=article).named(paragraphs[0], place, place, speaker=None) in (None, number)
