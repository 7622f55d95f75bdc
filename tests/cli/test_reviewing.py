"""The review in the terminal, as sequences of keys."""

import dataclasses
import io

import pytest
from rich.console import Console

from parley.cli.review_screen import screen
from parley.cli.reviewing import Desk
from parley.files import claims
from parley.files.statements import ArticleFolders
from parley.reviewing import ReviewSession
from tests.coding.made import codebook, coding, source

BOOK = codebook()
TEXT = "Talks stall again\n\nArdra wants the dam\r\nshut. [Sources] say so.\n\nThe Senate is silent."


@pytest.fixture
def session(tmp_path):
    (tmp_path / "talks.txt").write_bytes(TEXT.encode())
    article = ArticleFolders([tmp_path]).article("talks.txt")
    start = article.text.index("the dam")
    here = dataclasses.replace(source(title="Talks", outlet="The Crier"), digest=article.digest)
    span = dataclasses.replace(coding().spans[0], start=start, end=start + 7)
    held = [
        dataclasses.replace(coding(name, party=party), source=here, spans=(span,), words=("the dam",))
        for name, party in (("c1", "north"), ("c2", "south"), ("c3", None))
    ]
    path = tmp_path / "claims.jsonl"
    path.write_text(claims.text_of(held, BOOK))
    return ReviewSession(path, BOOK, ArticleFolders.near(path), by="Ana", clock=lambda: "noon")


def press(session, keys, *answers):
    """Press keys, answer questions, and then the input ends; what was told after each key."""
    told, waiting, left = [], iter(keys), iter(answers)

    def key():
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    desk = Desk(session, key, lambda question: next(left), lambda _, at, message: told.append((at, message)))
    desk.run()
    return told


def statuses(session):
    return [item.status for item in session.review.state.items]


def test_a_accepts_r_rejects_and_u_and_capital_u_go_back_and_forth(session):
    told = press(session, ["a", "r", "u", "u", "U"])
    assert statuses(session) == ["accepted", "open", "open"]
    assert [at for at, _ in told] == [0, 1, 2, 1, 0, 0]


def test_n_and_b_and_arrows_move_and_stop_at_the_ends(session):
    assert [at for at, _ in press(session, ["b", "n", "\x1b[C", "n", "\x1b[D"])] == [0, 0, 1, 2, 2, 1]


def test_g_jumps_to_a_number_or_an_id(session):
    assert [at for at, _ in press(session, ["g", "g", "g"], "3", "c2", "")] == [0, 2, 1, 1]


@pytest.mark.parametrize(
    ("key", "answer", "field", "value"),
    [
        ("k", "3", "kind", "refusal"),
        ("k", "goal", "kind", "goal"),
        ("p", "2", "party", "south"),
        ("p", "0", "party", None),
        ("i", "truce", "issue", "truce"),
        ("i", "0", "issue", None),
        ("w", "Ardra", "words", ("Ardra",)),
    ],
)
def test_a_field_is_changed_by_its_key(session, key, answer, field, value):
    press(session, [key], answer)
    item = session.review.state.items[0]
    assert (getattr(item.coding, field), item.status) == (value, "accepted")


@pytest.mark.parametrize(
    ("answer", "point"), [("25", (50, 50, 50)), ("0 10 20", (0, 20, 40)), ("0,10,20", (0, 20, 40))]
)
def test_o_takes_a_point_in_the_issues_unit(session, answer, point):
    press(session, ["o"], answer)
    found = session.review.state.items[0].coding.position
    assert (found.low, found.mode, found.high) == point


def test_brackets_move_the_ends_of_the_words_by_a_word(session):
    press(session, ["[", "}"])
    assert session.review.state.items[0].coding.words == ("wants the dam\r\nshut",)
    press(session, ["b", "]", "{"])
    assert session.review.state.items[0].coding.words == ("the dam",)


def test_s_splits_and_the_parts_are_open(session):
    press(session, ["s"], "2")
    assert [item.coding.id for item in session.review.state.items] == ["c1", "c1_p2", "c2", "c3"]


def test_c_keeps_a_reason_for_the_next_decision_only(session):
    press(session, ["c", "r", "r"], "a joke")
    assert [item.because for item in session.review.state.items] == ["a joke", "", ""]


@pytest.mark.parametrize(
    ("key", "answer"), [("k", "x"), ("o", "ten"), ("o", "99"), ("w", "no such words"), ("g", "c9"), ("s", "1")]
)
def test_a_wrong_answer_is_told_and_changes_nothing(session, key, answer):
    told = press(session, [key], answer)
    assert told[-1][1]
    assert statuses(session) == ["open"] * 3


@pytest.mark.parametrize("end", ["q", "\x03", "\x04"])
def test_the_review_ends_and_nothing_is_lost(session, end):
    press(session, ["a", end, "r"])
    again = ReviewSession(session.path.with_name("claims.jsonl"), BOOK, session.articles)
    assert statuses(again) == ["accepted", "open", "open"]


def test_ctrl_c_in_a_question_changes_nothing(session):
    keys = iter(["k", "a", "q"])

    def interrupted(question):
        raise KeyboardInterrupt

    Desk(session, lambda: next(keys), interrupted, lambda *_: None).run()
    assert statuses(session) == ["accepted", "open", "open"]


@pytest.mark.parametrize("width", [60, 100])
def test_the_screen_shows_the_words_in_their_paragraph_and_what_is_known(session, width):
    console = Console(width=width, record=True, file=io.StringIO(), highlight=False)
    console.print(screen(session, 0, "hello"))
    text = console.export_text()
    for shown in (
        "Claim 1/3",
        "reviewer: Ana",
        "Ardra wants the dam shut. [Sources] say so.",
        "The Crier",
        "hello",
        "25 (20–30)",
    ):
        assert " ".join(shown.split()) in " ".join(text.split()), shown
    assert "The Senate is silent" not in text
    assert max(map(len, text.splitlines())) <= width
