"""How dashes that open direct speech, and names before the lines of a talk, are shown to the parser."""

import pytest

from parley.domain.source import Article
from parley.reading.parsing import parsed

PAPER = "The council met on Monday.\n{}\nNothing was decided.\n"


def shown(text):
    return [(each.kind, each.doc.text.strip()) for each in parsed(Article(text=text))]


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("– We will not pay, says Ada Lind.", ["“ We will not pay” says Ada Lind."]),
        ("- We will not pay, says chairman Ole Lind.", ["“ We will not pay” says chairman Ole Lind."]),
        ("— Never! cried a man in a cap.", ["“ Never” cried a man in a cap."]),
        ("—We will pay —said Ada Lind—. It is fair.", ["“We will pay” said Ada Lind—.", "“It is fair.”"]),
        ("– We pay, Lind says. It is late.", ["“ We pay” Lind says.", "“It is late.”"]),
        ("– We pay, says Dr. Lind. – It is late.", ["“ We pay” says Dr. Lind.", "“ It is late.”"]),
        (
            "— We shall pay, — added the mayor. — But not now.",
            ["“ We shall pay”   added the mayor.", "“ But not now.”"],
        ),
        ("– We told them, he says nothing of it, to pay.", ["“ We told them, he says nothing of it, to pay.”"]),
    ],
)
def test_a_dash_that_opens_direct_speech_is_a_quotation_mark(line, pieces):
    assert [text for _, text in shown(PAPER.format(line))][1:-1] == pieces


@pytest.mark.parametrize(
    "lines",
    [
        "The plan in short:\n– The port opens in May.\n– The fee stays.",
        "– The port opens in May\n– The fee stays",
        "– opens the port in May;\n– keeps the fee.",
        "“We pay.”\n— Ada Lind, mayor",
        "– “We pay,” said Ada Lind.",
    ],
)
def test_a_list_and_the_name_below_a_motto_are_no_direct_speech(lines):
    assert [text for _, text in shown(PAPER.format(lines))][1:-1] == lines.split("\n")


def test_where_a_second_dash_takes_speech_up_again_the_rest_is_the_reporter_s():
    text = PAPER.format("– We pay, says Lind. – It is fair.\n– I do not, says Berg. The room was silent.")
    assert [each for _, each in shown(text)][3] == "“ I do not” says Berg. The room was silent."


def test_what_is_shown_stands_where_it_stands_in_the_article():
    article = Article(text=PAPER.format("– We pay, says Dr. Lind. – It is late."))
    for paragraph in parsed(article):
        for token in paragraph.doc:
            words = article.words(paragraph.span(token.i, token.i))
            assert words == token.text or not any(map(str.isalnum, token.text + words))


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        ("LIND: We pay.\nBERG: Do you?\nLIND: We do.", ["LIND:", "BERG:", "LIND:"]),
        ("Q: Who pays?\nA: We pay.\nQ. And then?\nA. We go.", ["Q:", "A:", "Q.", "A."]),
        ("Ada Lind – We pay.\nThe Paper – Do you?\nAda Lind – I do.\nThe Paper – When?", None),
        ("Mr. Lind (Norway): We pay.\nMs. Berg (Chad): So do we.\nMr. Obi (Ghana): Not us.", None),
        ("LIND (on film): We pay.\nHost: Do you?\nLIND: We do.", ["LIND (on film):", "Host:", "LIND:"]),
    ],
)
def test_names_before_the_lines_of_a_talk_are_blocks_of_their_own(lines, labels):
    found = [text for kind, text in shown(PAPER.format(lines)) if kind == "label"]
    assert found == labels if labels else len(found) == lines.count("\n") + 1


@pytest.mark.parametrize(
    "lines",
    [
        "Background: The port is old.\nContact: Ada Lind",
        "What: a meeting\nWhen: on Monday\nWhere: in Oslo",
        "NORWAY – The port is shut.\nCHAD – The road is shut.\nGHANA – The mine is shut.",
        "Q: Who pays?",
    ],
)
def test_headings_with_colons_datelines_and_one_question_are_no_talk(lines):
    assert "label" not in [kind for kind, _ in shown(PAPER.format(lines))]
