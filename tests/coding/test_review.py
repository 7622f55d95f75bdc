"""A review: each decision does what it says, and undoing it leads back to the very state before."""

import dataclasses
import json

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from parley.coding.editing import edited, split
from parley.coding.review import Review, replayed
from parley.domain.review import Decision
from parley.domain.source import Article
from parley.errors import ScenarioError, UsageError
from parley.files import claims, reviews
from parley.files.statements import ArticleFolders
from parley.reviewing import ReviewSession, decide_all
from tests.coding.made import codebook, coding, source

BOOK = codebook()
CLAIMS = (coding("c1"), coding("c2", party="south"), coding("c3", issue="truce"))


def decision(action, claim="", **more):
    return Decision(action=action, claim=claim, **more)


def statuses(review):
    return [(item.coding.id, item.status) for item in review.state.items]


def test_a_decision_moves_on_to_the_next_open_claim():
    review = Review.of(CLAIMS).after(decision("reject", "c2"))
    assert (statuses(review), review.state.at) == ([("c1", "open"), ("c2", "rejected"), ("c3", "open")], 2)
    review = review.after(decision("accept", "c3", because="plain", by="Ana"))
    assert review.state.at == 0
    assert (review.state.items[2].because, review.state.items[2].by) == ("plain", "Ana")


def test_rejected_claims_are_left_out_and_accepted_ones_are_sure():
    doubtful = [dataclasses.replace(each, confidence=0.5) for each in CLAIMS]
    review = Review.of(doubtful).after(decision("reject", "c1")).after(decision("accept", "c2"))
    assert [(each.id, each.confidence) for each in review.claims] == [("c2", 1.0), ("c3", 0.5)]


def test_split_parts_are_open_and_stand_in_place_of_the_whole():
    parts = split(CLAIMS[1], [{}, {"issue": "customs", "position": 20}], BOOK)
    review = Review.of(CLAIMS).after(decision("split", "c2", into=parts))
    assert statuses(review) == [("c1", "open"), ("c2", "open"), ("c2_p2", "open"), ("c3", "open")]
    assert review.state.items[2].coding.position.mode == 20
    assert review.state.at == 1


def test_something_new_after_undoing_leaves_nothing_to_redo():
    review = Review.of(CLAIMS).after(decision("accept", "c1")).after(decision("undo")).after(decision("reject", "c1"))
    with pytest.raises(UsageError, match="nothing to redo"):
        review.after(decision("redo"))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (decision("accept", "c9"), "there is no claim 'c9'"),
        (decision("undo"), "nothing to undo"),
        (decision("redo"), "nothing to redo"),
        (decision("edit", "c1", into=(CLAIMS[1],)), "two claims would have one id"),
    ],
)
def test_what_cannot_be_decided_changes_nothing(wrong, message):
    review = Review.of(CLAIMS)
    with pytest.raises(UsageError, match=message):
        review.after(wrong)


class Reviewing(RuleBasedStateMachine):
    """Any course of decisions, beside a plain list of all states that were gone through."""

    def __init__(self):
        super().__init__()
        self.review = Review.of(CLAIMS)
        self.past = [self.review.state]
        self.future = []
        self.log = []

    def decide(self, made):
        self.review = self.review.after(made)
        self.log.append(made)

    def do(self, made):
        self.decide(made)
        self.past.append(self.review.state)
        self.future = []

    @rule(action=st.sampled_from(["accept", "reject"]), number=st.integers(0, 20), because=st.text(max_size=3))
    def judge(self, action, number, because):
        items = self.review.state.items
        self.do(decision(action, items[number % len(items)].coding.id, because=because.replace("\x00", "")))

    @rule(number=st.integers(0, 20), low=st.floats(0, 50))
    def edit(self, number, low):
        items = self.review.state.items
        item = items[number % len(items)]
        self.do(decision("edit", item.coding.id, into=(edited(item.coding, {"position": [low, 50, 50]}, BOOK),)))

    @precondition(lambda self: len(self.review.state.items) < 9)
    @rule(number=st.integers(0, 20))
    def split(self, number):
        items = self.review.state.items
        item = items[number % len(items)]
        parts = split(item.coding, [{}, {"kind": "goal"}], BOOK)
        if parts[1].id not in {each.coding.id for each in items}:
            self.do(decision("split", item.coding.id, into=parts))

    @precondition(lambda self: len(self.past) > 1)
    @rule()
    def undo(self):
        self.decide(decision("undo"))
        self.future.append(self.past.pop())

    @precondition(lambda self: self.future)
    @rule()
    def redo(self):
        self.decide(decision("redo"))
        self.past.append(self.future.pop())

    @invariant()
    def the_state_is_the_one_that_was(self):
        assert self.review.state == self.past[-1]

    @invariant()
    def the_log_leads_to_the_same_review(self):
        assert replayed(CLAIMS, self.log) == (self.review, ())


Reviewing.TestCase.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
TestReviewing = Reviewing.TestCase


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"colour": "red"}, "does not change 'colour'"),
        ({"party": "nroth"}, "did you mean 'north'"),
        ({"issue": "wter"}, "did you mean 'water'"),
        ({"position": 70}, "70 lies off the scale"),
        ({"position": [1, 2]}, "is no point"),
        ({"position": True}, "is no point"),
        ({"content": [[0, 1]]}, "the article is not there"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(changes, message):
    with pytest.raises(ScenarioError) as caught:
        edited(coding(), changes, BOOK)
    assert message in str(caught.value)


def test_a_claim_that_goes_to_another_issue_leaves_its_point_behind():
    assert edited(coding(), {"issue": "truce"}, BOOK).position is None
    assert edited(coding(), {"issue": "truce", "position": 50}, BOOK).position.mode == 25


def test_the_words_can_be_moved_in_the_article():
    article = Article(text="one two three")
    found = edited(coding(), {"content": [[4, 7]]}, BOOK, article=article)
    assert found.words == ("two",)
    with pytest.raises(ScenarioError, match="13 characters"):
        edited(coding(), {"content": [[4, 70]]}, BOOK, article=article)


@pytest.fixture
def file(tmp_path):
    article = tmp_path / "talks.txt"
    article.write_text("The dam be shut, said Ardra.\n\nMore.")
    digest = ArticleFolders([tmp_path]).article("talks.txt").digest
    here = dataclasses.replace(source(), digest=digest)
    path = tmp_path / "claims.jsonl"
    held = [dataclasses.replace(each, source=here, words=("The ",)) for each in CLAIMS]
    path.write_text(claims.text_of(held, BOOK))
    return path


def session(path, **more):
    return ReviewSession(path, BOOK, ArticleFolders.near(path), by="Ana", clock=lambda: "noon", **more)


def test_a_review_goes_on_where_it_stopped_even_through_undo(file):
    first = session(file)
    first.decide("accept", "c1", because="plain")
    first.edit(first.review.state.items[1], {"position": 5})
    first.decide("undo")
    second = session(file)
    assert second.review == first.review
    second.decide("redo")
    assert second.review.state.items[1].coding.position.mode == 10


def test_every_decision_is_on_the_disk_when_it_is_taken_with_who_when_and_why(file):
    session(file).decide("reject", "c2", because="a joke")
    (line,) = reviews.path_for(file).read_text().splitlines()
    held = json.loads(line)
    assert {key: held[key] for key in ("action", "claim", "because", "by", "at")} == {
        "action": "reject", "claim": "c2", "because": "a joke", "by": "Ana", "at": "noon",
    }  # fmt: skip


def test_the_file_of_decisions_only_grows(file):
    first = session(file)
    first.decide("accept", "c1")
    before = reviews.path_for(file).read_bytes()
    first.decide("undo")
    assert reviews.path_for(file).read_bytes().startswith(before)
    assert file.read_text() == claims.text_of([item.coding for item in first.review.state.items], BOOK)


@pytest.mark.parametrize("left", [1, 20, 60])
def test_a_decision_that_was_torn_by_a_crash_costs_only_itself(file, left):
    first = session(file)
    first.decide("accept", "c1")
    whole = first.path.read_bytes()
    first.decide("reject", "c2")
    first.path.write_bytes(first.path.read_bytes()[: len(whole) + left])
    second = session(file)
    assert statuses(second.review)[0] == ("c1", "accepted")
    assert statuses(second.review)[1] == ("c2", "open")
    second.decide("reject", "c3")
    assert statuses(session(file).review) == [("c1", "accepted"), ("c2", "open"), ("c3", "rejected")]


def test_what_cannot_be_saved_is_not_decided(file, monkeypatch):
    first = session(file)
    first.path.mkdir()
    with pytest.raises(Exception, match="cannot write"):
        first.decide("accept", "c1")
    assert statuses(first.review)[0] == ("c1", "open")


def test_decisions_on_claims_that_are_gone_are_told(file):
    session(file).decide("accept", "c2")
    file.write_text(file.read_text().replace('"id": "c2"', '"id": "c7"'))
    assert [each.claim for each in session(file).lost] == ["c2"]


def test_decisions_can_come_from_a_file(file):
    made = session(file)
    lines = [
        {"claim": "c1", "action": "accept"},
        {"claim": "c2", "action": "edit", "set": {"position": [0, 5, 10]}, "because": "lower"},
        {"claim": "c3", "action": "split", "parts": [{}, {"issue": "water"}]},
        {"action": "undo"},
    ]
    assert decide_all(made, "\n".join(map(json.dumps, lines)).encode(), "d.jsonl") == 4
    assert statuses(made.review) == [("c1", "accepted"), ("c2", "accepted"), ("c3", "open")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"claim": "c1", "action": "acept"}', "d.jsonl:2: there is no action 'acept'"),
        ('{"claim": "c9", "action": "accept"}', "d.jsonl:2: there is no claim 'c9'"),
        ("[]", "d.jsonl:2: a decision is an object"),
        ("{", "d.jsonl:2: Expecting"),
        ('{"claim": "c2", "action": "edit", "set": {"issue": "wter"}}', "d.jsonl:2: issue: the codebook has no issue"),
    ],
)
def test_a_decision_that_cannot_be_followed_is_told_by_its_line(file, line, message):
    made = session(file)
    with pytest.raises(ScenarioError) as caught:
        decide_all(made, ('{"claim": "c1", "action": "accept"}\n' + line).encode(), "d.jsonl")
    assert message in str(caught.value)
    assert statuses(session(file).review)[0] == ("c1", "accepted")
