"""The blocks of a text: a paragraph stays whole, furniture is told from prose, and no character moves."""

import textwrap

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parley.reading.layout import LONGEST, blocks, view

FIRST = (
    "The foreign minister said on Monday that the talks would resume within a week, and that observers would be "
    "invited to the port, which has been closed since the spring by decision of the regional council."
)
SECOND = (
    "“We will not sign,” she said, “unless the port is opened and the prisoners are let go.” The other side rejected "
    "the demand at once, and its envoy left the hall before the evening session began."
)
SIDES = ("north", "south", "east")
PROSE = [
    "The minister urged voters to sign up for the treaty before the end of the year.",
    "“Sign up now,” she said.",
    "“Follow us,” the envoy told the guards.",
    "Sign in to the hall was refused to the envoys of the northern council, the ministry said.",
    "Share prices fell by a tenth after the talks broke down, traders said.",
    "By June the talks had failed.",
    "By then the envoy had left, the ministry said.",
    "The report was published on Monday.",
    "More from both sides is needed.",
    "Reuters reported that the talks had failed and that the envoys were to leave on Monday.",
    "He said yes.",
    "No.",
    "Related parties will be invited, he said.",
    "Register of prisoners was handed over to the other side on Monday, the Red Cross said.",
    "Comments by the president angered the other side.",
    "Support for the treaty has fallen, polls show.",
]
FURNITURE = [
    "Sign up for our newsletter",
    "Sign up to receive the morning briefing in your inbox.",
    "Log in",
    "Already a subscriber? Log in",
    "Subscribe now",
    "Read more: The port that nobody wants",
    "Read more",
    "Related articles",
    "Most read",
    "Advertisement",
    "Story continues below advertisement",
    "Photo: Ana Duarte/Getty Images",
    "Image caption: The port in spring",
    "© 2025 The Daily Harbour. All rights reserved.",
    "We use cookies to make this site work and to count its visitors.",
    "Facebook Twitter Email",
    "12 comments",
    "Share this article",
    "Follow us on Twitter",
    "By Ana Duarte",
    "By Ana Duarte and Luis Pérez, The Daily Harbour",
    "Published 18 March 2025, 10:20 GMT",
    "Updated: March 18, 2025",
    "18 March 2025",
    "Mon 17 Mar 2025 10.20 GMT",
    "3 hours ago",
    "5 min read",
    "(Reporting by Ana Duarte; Editing by Luis Pérez)",
    "This article was amended on 18 March 2025 to correct the name of the port.",
    "https://harbour.example/talks",
    "* * *",
    "Page 3 of 12",
]


def shown(text):
    return [(block.kind, " ".join(view(text, block).split())) for block in blocks(text)]


@pytest.mark.parametrize("line", PROSE)
def test_a_sentence_of_the_article_is_no_furniture_whatever_words_it_starts_with(line):
    assert (("prose", line)) in shown(f"{FIRST}\n\n{line}\n\n{SECOND}\n")


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_flagged_and_kept(line):
    assert [kind for kind, _ in shown(f"{FIRST}\n\n{line}\n\n{SECOND}\n")] == ["prose", "furniture", "prose"]


@pytest.mark.parametrize(
    "line", ["What each side wants", "Talks resume in Port Albert", "## What each side wants, and why."]
)
def test_a_heading_is_flagged(line):
    assert shown(f"{FIRST}\n\n{line}\n\n{SECOND}\n")[1][0] == "heading"


def test_a_line_that_comes_back_on_every_page_is_furniture():
    head = "The Daily Harbour weekly review"
    assert [kind for kind, _ in shown("\n\n".join([head, FIRST, head, SECOND, head, FIRST]))][::2] == ["furniture"] * 3


def test_the_front_matter_of_a_markdown_text_is_furniture():
    kinds = [kind for kind, _ in shown(f"---\ntitle: Talks resume in the port\n---\n# Talks\n\n{FIRST}\n")]
    assert kinds == ["furniture", "furniture", "furniture", "heading", "prose"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
@pytest.mark.parametrize("between", ["", " "])
def test_a_line_is_a_paragraph_in_ordinary_text(end, between):
    text = f"{FIRST}{end}{between}{end}{SECOND}{end}"
    assert [text[block.start : block.end] for block in blocks(text)] == [FIRST, SECOND]
    text = f"{FIRST}{end}{SECOND}"
    assert [text[block.start : block.end] for block in blocks(text)] == [FIRST, SECOND]


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_of_hard_wrapped_text_are_one_paragraph_in_which_a_line_end_is_a_space(width, end):
    text = (end + end).join(end.join(textwrap.wrap(each, width)) for each in (FIRST, SECOND)) + end
    assert [words for _, words in shown(text)] == [FIRST, SECOND]


def test_a_short_last_line_ends_a_paragraph_where_no_empty_line_does():
    first = FIRST.removesuffix(" by decision of the regional council.") + "."
    text = "\n".join("\n".join(textwrap.wrap(each, 72)) for each in (first, SECOND))
    assert [words for _, words in shown(text)] == [first, SECOND]


@pytest.mark.parametrize(
    "lines",
    [
        ["Ana Duarte", "Luis Pérez", "Hana Sato"],
        [f"The envoy of the {place} council has said that it will not sign the treaty." for place in SIDES],
        [f"Council of the {place.title()} refuses to sign treaty on the opening of the port" for place in SIDES],
        ["DUARTE: We will not sign, and that is our last word on this matter, thank you.", "PÉREZ: Then we leave."],
    ],
)  # fmt: skip
def test_lines_that_stand_for_themselves_are_not_run_together(lines):
    assert [words for _, words in shown("\n".join(lines))] == lines


def test_points_of_a_list_in_hard_wrapped_text_stay_apart():
    text = textwrap.fill(FIRST, 72) + "\n- the port is to be opened\n- the prisoners are to be let go\n"
    assert [words for _, words in shown(text)][1:] == ["- the port is to be opened", "- the prisoners are to be let go"]


def test_the_view_of_markdown_shows_its_words_alone():
    text = (
        "## The *port*\n\n"
        "She said [the port](https://harbour.example/port) is **closed** and `5 * 3 * 2` f**k snake_case_name.\n"
    )
    assert [words for _, words in shown(text)] == [
        "The port",
        "She said the port is closed and `5 * 3 * 2` f**k snake_case_name.",
    ]


def test_a_long_line_is_cut_behind_its_sentences():
    text = ("The envoy of the north said no. " * 5000).strip()
    found = blocks(text)
    assert all(block.end - block.start <= LONGEST for block in found)
    assert all(text[block.start : block.end].strip().endswith("said no.") for block in found)


MESS = st.text(
    alphabet=st.sampled_from("aB.”“\"'*_[](){}#-— \n\r\t\x85\u2028\u2029\x0b\x0c\x1c\xa0\ufeff\0🕊א\u202e1:,|©@>"),
    max_size=400,
)


@settings(deadline=None)
@given(text=st.one_of(st.text(max_size=300), MESS), times=st.sampled_from([1, 1, 30]))
@example(text="*a* [b](c)\n", times=1)
def test_blocks_hold_every_word_once_in_order_and_their_views_move_nothing(text, times):
    text *= times
    found = blocks(text)
    assert "".join("".join(text[block.start : block.end] for block in found).split()) == "".join(text.split())
    for block, following in zip(found, found[1:], strict=False):
        assert block.end <= following.start
    for block in found:
        said = text[block.start : block.end]
        assert len(said) == block.end - block.start <= LONGEST
        assert all(seen in (" ", mark) for seen, mark in zip(view(text, block), said, strict=True))
