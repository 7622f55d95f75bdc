"""Whose words a quotation is beside which nobody is named, and whose turn it is in interviews and after a colon."""

import datetime
from pathlib import Path

import pytest

from parley.domain.attribution import Attribution
from parley.domain.source import Article, Span
from parley.reading import read
from parley.reading.parsing import parsed
from parley.reading.statements import statements


def spoken(text, *attributed):
    """Who says what, to be asked by some of the words; `attributed` holds contents with their sources, or None."""

    def span(words, start=0):
        at = text.index(words, start)
        return Span(start=at, end=at + len(words))

    found = []
    for content, source, *cue in attributed:
        said = span(content)
        near = None
        if source:
            places = [at for at in range(len(text)) if text.startswith(source, at) and not said.start <= at < said.end]
            at = min(places, key=lambda each: min(abs(each - said.end), abs(each - said.start)))
            near = Span(start=at, end=at + len(source))
        found.append(Attribution(content=(said,), source=near, cue=span(cue[0]) if cue else None))
    found.sort(key=lambda each: each.start)
    article = Article(text=text)
    told = [(" ".join(each.words), each.speaker) for each in statements(article, parsed(article), found)]
    return lambda words: {speaker for said, speaker in told if words in said}


ROAD = "“The road is closed, and it stays closed,” said Amal Haddad, the mayor."


@pytest.mark.parametrize("between", ["", "It was cold in the valley.\n"])
def test_a_quotation_that_nobody_is_named_beside_goes_on_with_the_last_speaker(between):
    text = f"{ROAD}\n{between}“We have waited for nine years.”\n"
    said = spoken(text, ("“The road is closed, and it stays closed,”", "Amal Haddad, the mayor"))
    assert said("We have waited") == {"Amal Haddad"}


@pytest.mark.parametrize(
    "line", ["Tomas Brandt, the union's lawyer, shook his head.", "Tomas Brandt was less sure.", "Tomas Brandt:"]
)
def test_whom_the_line_before_is_about_says_the_quotation_below_it(line):
    text = f"{ROAD}\n{line}\n“We have waited for nine years.”\n“And we can wait for ten more.”\n"
    said = spoken(text, ("“The road is closed, and it stays closed,”", "Amal Haddad, the mayor"))
    assert (said("We have waited"), said("we can wait")) == ({"Tomas Brandt"}, {"Tomas Brandt"})


def test_a_quotation_carried_over_paragraphs_keeps_its_speaker_even_if_the_reader_finds_each_of_them():
    text = (
        "The Blue Cross says 20 boats have crossed.\nNadia Petrak, the port's harbour master:\n"
        "“This is the first day. We shall count the boats again.\n“And nobody will sail at night.”\n"
    )
    said = spoken(
        text,
        ("20 boats have crossed", "The Blue Cross"),
        ("“This is the first day. We shall count the boats again.", None),
        ("“And nobody will sail at night.”", None),
    )
    assert said("This is the") == said("We shall count") == said("nobody will sail") == {"Nadia Petrak"}


def test_a_line_without_a_name_before_a_quotation_leaves_it_to_the_last_speaker():
    text = f"{ROAD}\nAnd then, almost in a whisper:\n“There may be a way over the hill.”\n"
    said = spoken(
        text,
        ("“The road is closed, and it stays closed,”", "Amal Haddad, the mayor"),
        ("“There may be a way over the hill.”", None),
    )
    assert said("There may be") == {"Amal Haddad"}


def test_a_quotation_that_opens_an_article_is_of_whom_the_next_one_names():
    text = (
        "“Nobody will sail tonight.”\n“We shall wait for the storm to pass,” said Nadia Petrak, the harbour master.\n"
    )
    said = spoken(text, ("“We shall wait for the storm to pass,”", "Nadia Petrak, the harbour master"))
    assert said("Nobody will sail") == {"Nadia Petrak"}


@pytest.mark.parametrize(
    ("line", "content", "whose"),
    [
        ("There are fears that the bridge will be closed.", "the bridge will be closed", "not named"),
        (
            "She said the sea was calm and added that the bridge will be closed.",
            "the bridge will be closed",
            "Amal Haddad",
        ),
    ],
)
def test_fears_of_nobody_are_not_laid_to_the_last_speaker(line, content, whose):
    text = f"{ROAD}\n{line}\n"
    quote, cue = "“The road is closed, and it stays closed,”", "fears" if "fears" in line else "added"
    said = spoken(text, (quote, "Amal Haddad, the mayor"), (content, None, cue))
    assert said("bridge will be closed") == {whose}


INTERVIEW = (
    "Sela Varga led the miners' delegation for ten years. We met her in the old hall.\n"
    "Was there ever a chance of peace in the pits?\n"
    "There was, in the spring. My mistake was to wait. The owners came with empty hands.\n"
    "{question}\n"
    "My advice to the owners would be to open the books. The strike will last until then.\n"
    "Who gives way first?\nI think the owners will give way in the end.\n"
)


@pytest.mark.parametrize(
    "question", ["What should they do now?", "Your old friends say they have done enough.", "Q: And what now"]
)
def test_an_interview_is_answered_by_the_one_who_was_introduced(question):
    text = INTERVIEW.format(question=question)
    said = spoken(text, ("to open the books", "My"), ("the owners will give way in the end", "I"))
    assert said("to open the") == said("The strike will") == said("the owners will give") == {"Sela Varga"}


def test_i_outside_of_quotation_marks_and_interviews_is_the_author_of_the_article():
    text = f"{ROAD}\nI believe the road will be open by May.\n"
    said = spoken(
        text,
        ("“The road is closed, and it stays closed,”", "Amal Haddad, the mayor"),
        ("the road will be open by May", "I"),
    )
    assert said("the road will") == {"the article"}


@pytest.mark.parametrize(("first", "second"), [("HADDAD", "BRANDT"), ("Haddad", "Brandt"), ("AH", "TB")])
def test_after_a_name_and_a_colon_the_turn_is_that_person_s(first, second):
    text = (
        "A debate between Amal Haddad and Tomas Brandt was held in the town hall.\n"
        f"{first}: The road stays closed. We have waited for nine years.\n"
        f"{second}: The town needs the road. My union will block the bridge.\n"
        f"{first}: The bridge belongs to the valley.\n"
    )
    said = spoken(text)
    assert said("The road stays") == said("We have waited") == said("The bridge belongs") == {"Amal Haddad"}
    assert said("My union will") == {"Tomas Brandt"}


def test_one_heading_with_a_colon_takes_no_turn():
    text = "Background: The road was closed in May.\nThe valley has two bridges. Both of them are old.\n"
    said = spoken(text)
    assert said("two bridges") == said("are old") == {"the article"}


def marks(part):
    """An article of the held-out table, and its marks: words, who says them, and first and last day where there are."""
    head, _, body = part.partition("\n")
    lines = body.strip().splitlines()
    text = "\n".join(line for line in lines if not line.startswith("-- "))
    date = datetime.date.fromisoformat(head.split(" | ")[1])
    return Article(text=text, date=date), [line[3:].split(" | ") for line in lines if line.startswith("-- ")]


def test_of_articles_that_the_rules_were_not_written_for_nine_in_ten_speakers_and_four_in_five_times_come_out_right():
    table = (Path(__file__).parent / "tables" / "held-out-voices.txt").read_text(encoding="utf-8")
    speakers, times = [], []
    for article, marked in map(marks, table.split("== ")[1:]):
        told = read(article).statements
        for words, speaker, *days in marked:
            found = [each for each in told if words in " ".join(each.words)]
            if not found:
                continue
            shortest = min(found, key=lambda each: len(" ".join(each.words)))
            speakers.append(shortest.speaker.lower().removeprefix("the ") == speaker.lower().removeprefix("the "))
            when = shortest.horizon and " ".join(map(str, shortest.horizon))
            times += [when == days[0]] if days else []
    assert len(speakers) >= 38
    assert len(times) == 10
    assert sum(speakers) >= 0.9 * len(speakers)
    assert sum(times) >= 0.8 * len(times)


@pytest.mark.parametrize(
    ("line", "words", "speaker"),
    [
        ("In her view the strike will end by Friday.", "strike will end", "Amal Haddad"),
        ("In the judgement of a rival broker, the strike will end soon.", "strike will end", "a rival broker"),
        ("Under the miners' plan, the pits would open again in May.", "pits would open", "the miners"),
        ("A longer strike, the owners argue, would split the union.", "would split the", "the owners"),
        ("The gate is open twice a day, the water board has measured.", "gate is open", "the water board"),
        ("The police counted 4,000 marchers in the square.", "4,000 marchers", "the police"),
        ("The broker Tomas Brandt gives it one chance in five.", "one chance in", "Tomas Brandt"),
        ("The broker put the likely number of sales at nine.", "number of sales", "the broker"),
        ("The mayor gave both sides until noon to agree.", "until noon", "Amal Haddad"),
        ("The owners' demand is simple: no strike before May.", "no strike before", "the owners"),
        ("Tomas Brandt was blunt: the road is lost.", "road is lost", "Tomas Brandt"),
        ("In the town, the road is shut for good.", "road is shut", "the article"),
        ("The road, which the owners know, is shut for good.", "is shut for good", "the article"),
        ("The driver put two crates at the old gate.", "two crates", "the article"),
        ("The road is long: the lorries take nine days.", "lorries take", "the article"),
        ("In my view the road will open.", "road will open", "the article"),
    ],
)
def test_a_sentence_that_names_whose_view_it_gives_is_no_statement_of_the_article(line, words, speaker):
    text = f"{ROAD}\n{line}\n"
    said = spoken(text, ("“The road is closed, and it stays closed,”", "Amal Haddad, the mayor"))
    assert said(words) == {speaker}


@pytest.mark.parametrize(
    ("line", "words", "speaker"),
    [
        ("Only then would the town let the lorries in.", "Only then", "Amal Haddad"),
        ("Failing this, the bridge will be shut as well.", "bridge will be", "Amal Haddad"),
        ("The toll would stay until the last debt was paid.", "toll would stay", "Amal Haddad"),
        ("The town has nine shops.", "nine shops", "the article"),
    ],
)
def test_what_hangs_on_the_sentence_before_is_said_by_the_same(line, words, speaker):
    text = f"Amal Haddad demanded that the owners pay for the road. {line}\n"
    said = spoken(text, ("that the owners pay for the road", "Amal Haddad", "demanded"))
    assert said(words) == {speaker}


def test_a_condition_of_what_somebody_offers_is_theirs():
    text = "The firm has offered two wells to the town, provided that the strike ends first.\n"
    assert spoken(text)("provided that") == spoken(text)("two wells") == {"the firm"}


def test_who_adds_something_is_who_said_what_stands_before():
    text = 'One miner said that the pit was unsafe, adding that the owners were "asleep".\n'
    said = spoken(
        text, ("that the pit was unsafe", "One miner", "said"), ('that the owners were "asleep"', None, "adding")
    )
    assert said("the owners were") == {"one miner"}


def test_a_list_below_a_line_that_names_somebody_is_what_they_say():
    text = (
        f"{ROAD}\nHere is what Commissioner Ada Bright had to say in the harbour:\n"
        "– the state “does not pay, and will not pay”\n– medicine will be allowed on board tonight.\n"
    )
    said = spoken(
        text,
        ("“The road is closed, and it stays closed,”", "Amal Haddad, the mayor"),
        ("the state “does not pay, and will not pay”", None),
    )
    assert said("the state") == said("medicine will") == {"Ada Bright"}


def test_what_the_one_who_asks_reports_of_others_is_theirs_and_a_report_after_the_interview_is_nobody_s_turn():
    text = (
        "Our reporter met Elif Naim on a terrace.\n"
        "REPORTER: The islanders demand that all ships leave. Why do you refuse?\n"
        "NAIM: We do not refuse. I want time.\n"
        "REPORTER: Will there be a deal?\nNAIM: I think so, in the end.\n"
        "A spokesman for the islanders said they wanted “a normal town”. The harbour is shut until Monday.\n"
    )
    said = spoken(
        text,
        ("that all ships leave", "The islanders", "demand"),
        ("they wanted “a normal town”", "A spokesman for the islanders", "said"),
    )
    assert said("all ships leave") == {"the islanders"}
    assert said("a normal town") == {"a spokesman for the islanders"}
    assert said("harbour is shut") == {"the article"}


def test_in_an_interview_a_sentence_where_a_question_would_stand_is_put_by_the_one_who_asks():
    text = (
        "Sela Varga led the miners' delegation for ten years. We met her in the old hall.\n"
        "Was there a chance of peace?\nThere was. My mistake was to wait.\n"
        "The owners we met say that the pits are lost.\nThey like to think so. I do not.\n"
        "Who gives way first?\nI think the owners will give way.\nAnd then?\nThen I can sleep.\n"
    )
    said = spoken(
        text, ("that the pits are lost", "The owners we met", "say"), ("the owners will give way", "I", "think")
    )
    assert "Sela Varga" not in said("pits are lost")
    assert said("owners will give") == {"Sela Varga"}


def test_a_sentence_that_an_attribution_takes_too_far_is_of_whom_it_names_between_commas():
    text = (
        "Ada Bright has sent a letter with a plan: the port opens in May. Her letter, a clerk concedes, is a gamble.\n"
    )
    article = Article(text=text)
    spans = tuple(
        Span(start=text.index(words), end=text.index(words) + len(words))
        for words in ("the port opens in May", "Her letter", "is a gamble")
    )
    sent = text.index("has sent")
    says = Attribution(content=spans, source=Span(start=0, end=10), cue=Span(start=sent, end=sent + 8))
    told = {each.words: each.speaker for each in statements(article, parsed(article), [says])}
    assert told["the port opens in May",] == "Ada Bright"
    assert told["Her letter", "is a gamble"] == "a clerk"


@pytest.mark.parametrize(
    ("line", "attributed"),
    [
        ("The union appears to have lost its nerve.", ("to have lost its nerve", None, "appears")),
        (
            "Nobody on the quay can say whether ships will sail.",
            ("whether ships will sail", "Nobody on the quay", "can say"),
        ),
        ("The harbour would almost certainly reject a new ferry.", None),
    ],
)
def test_what_only_seems_so_or_nobody_says_or_the_reporter_expects_is_the_article_s(line, attributed):
    said = spoken(f"{line}\n", *([attributed] if attributed else []))
    assert said(attributed[0] if attributed else "almost certainly") == {"the article"}


def test_a_second_wish_that_an_attribution_takes_too_far_is_of_whom_its_own_verb_names():
    text = "Lomas wants a say in what is built. Tervia refuses to be tied to a date.\n"
    says = Attribution(
        content=tuple(
            Span(start=text.index(words), end=text.index(words) + len(words))
            for words in ("a say in what is built", "to be tied to a date")
        ),
        source=Span(start=0, end=5),
        cue=Span(start=6, end=11),
    )
    article = Article(text=text)
    told = {" ".join(each.words): each.speaker for each in statements(article, parsed(article), [says])}
    assert told["a say in what is built"] == "Lomas"
    assert told["to be tied to a date"] == "Tervia"


@pytest.mark.parametrize(
    "line", ["“Roads do not heal,” is how a rival puts it.", "“Roads do not heal.” That is how a rival puts it."]
)
def test_how_somebody_puts_it_tells_whose_quotation_it_is(line):
    said = spoken(f"{ROAD}\n{line}\n", ("“The road is closed, and it stays closed,”", "Amal Haddad, the mayor"))
    assert said("Roads do not heal") == {"a rival"}


def test_a_quotation_that_an_attribution_takes_too_far_is_of_whom_the_sentence_between_is_about():
    text = (
        "“Let them drink it,” said Ines Vega. Her sister, Ada Bright, was kinder. “They are young, they will learn.”\n"
    )
    quotes = ("“Let them drink it,”", "“They are young, they will learn.”")
    spans = tuple(Span(start=text.index(words), end=text.index(words) + len(words)) for words in quotes)
    vega, cue = text.index("Ines Vega"), text.index("said")
    says = Attribution(content=spans, source=Span(start=vega, end=vega + 9), cue=Span(start=cue, end=cue + 4))
    article = Article(text=text)
    told = {" ".join(each.words): each.speaker for each in statements(article, parsed(article), [says])}
    assert told["Let them drink it"] == "Ines Vega"
    assert {speaker for words, speaker in told.items() if "young" in words} == {"Ada Bright"}


INTRODUCTIONS = {
    "met": "The chief negotiator of the Harbour Board, Lena Orsted, has led the talks. We met her in her office.",
    "spoke": "Nobody knows the file as well as Lena Orsted, who runs the Harbour Board. She spoke to Tomas Reed.",
    "host": "Three rounds have failed. Tomas Reed spoke to Lena Orsted, who runs the Harbour Board.",
    "by": "Lena Orsted, the head of the Harbour Board, was interviewed by Tomas Reed.",
    "line": "By Tomas Reed\n\nLena Orsted has chaired the Harbour Board for six years.",
}
ASKED = [
    ("Why did the last round fail?", "Because the other side brought nothing. Our members want a lower fee."),
    ("Will the board wait?", "We have offered to wait until June. The ministry knows that."),
    ("What happens now?", "The government must answer our letter. If it does not, we will close the northern quay."),
]
FORMS = {
    "bare": "{}\n\n{}\n\n",
    "letters": "Q: {}\n\nA: {}\n\n",
    "names": "Reed: {}\n\nOrsted: {}\n\n",
    "dashes": "– {}\n\n– {}\n\n",
    "marks": "{}\n\n“{}”\n\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("introduction", INTRODUCTIONS)
@pytest.mark.parametrize("form", FORMS)
def test_who_answers_in_an_interview_is_the_guest_and_neither_who_asks_nor_a_body(introduction, form):
    opening = f"Inside the tariff talks\n\n{INTRODUCTIONS[introduction]}\n\n"
    text = opening + "".join(FORMS[form].format(*turn) for turn in ASKED)
    answers = [each.speaker for each in read(Article(text=text)).statements if each.spans[0].start >= len(opening)]
    assert answers.count("Lena Orsted") >= max(6, len(answers) - 1)


def test_words_of_one_paragraph_that_name_who_speaks_in_the_next_are_no_words_of_the_next():
    above = "they had bought his grandfather with a pig. son-in-law Moses of Prefect Lower the sea.\n\n"
    article = Article(text=f'{above}"A our nets." Ligo said')
    said = read(article, reader="rules", language_anyway=True).statements
    assert [article.text[each.spans[0].start : each.spans[-1].end] for each in said][-1:] == ["A our nets"]
