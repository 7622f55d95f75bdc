"""Alternating offers: the rules by hand, properties of the protocol, and the compiled twin."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import EngineError
from parley.methods.frontier import frontier
from parley.methods.offers import (
    EXPONENTS,
    KINDS,
    PACES,
    Style,
    Talks,
    aspiration,
    negotiate,
    ranked,
)
from parley.methods.offers_many import coded, negotiate_many, one_of, tournament

LINE = np.array([[10.0, 8, 6, 4, 2, 0], [0.0, 2, 4, 6, 8, 10]])
"""Six packages on a line, on which one side wins what the other loses."""


def talks(worth, *, steps, reserve=None, signs=None, appeal=None, proposals=None):
    floor = np.zeros(len(worth)) if reserve is None else np.asarray(reserve, dtype=float)
    return Talks(
        table=ranked(worth, signs, (appeal,)),
        reserve=np.repeat(floor[:, np.newaxis], steps, axis=1),
        proposals=np.full(steps, -1) if proposals is None else np.asarray(proposals),
    )


def words(course, party):
    return [KINDS[kind] for kind in course.kinds[:, party]]


def test_a_tactic_that_goes_by_the_clock_begins_at_its_best_and_ends_at_its_reserve_value():
    for exponent in EXPONENTS.values():
        assert aspiration(1.0, 0.3, 0.0, exponent) == 1.0
        assert aspiration(1.0, 0.3, 1.0, exponent) == pytest.approx(0.3)


def test_halfway_boulware_has_hardly_moved_and_the_conceder_has_given_most_away():
    """1 - .5^4 = .9375; 1 - .5 = .5; 1 - .5^(1/4) = .1591."""
    found = [aspiration(1.0, 0.0, 0.5, EXPONENTS[pace]) for pace in ("boulware", "linear", "conceder")]
    assert found == pytest.approx([0.9375, 0.5, 0.1591], abs=5e-5)


def test_two_that_give_way_linearly_meet_in_the_middle_of_a_line():
    """Worked by hand, 11 steps: aspirations 10 - s; offers 10, 10, 8, 8, 6 of their own.

    In step 4 the first asks for 6 and offers it; it is worth 4 to the second, which asks for 6 and offers that. In
    step 5 the first still asks for 5: the offer is worth 4 to it, and it offers 6 again; the second, content with 5,
    gets 4 and offers 6. In step 6 the first is content with 4, what lies on the table.
    """
    course = negotiate(talks(LINE, steps=11), [Style(pace="linear"), Style(pace="linear")])
    assert course.offers[:5, 0].tolist() == [0, 0, 1, 1, 2]
    assert (course.package, course.step) == (3, 6)
    assert course.kinds[6, 0] == KINDS.index("accept")


def test_micro_names_one_package_more_for_each_new_one_that_it_hears():
    """Two MiCRO parties walk down their lists in step: 0 and 5, 1 and 4, then 2; 2 is worth 4 to the second, whose next
    package is worth 6; it names 3, worth 4 to the first, whose next is worth 4: it accepts."""
    course = negotiate(talks(LINE, steps=10), [Style(pace="micro"), Style(pace="micro")])
    assert course.offers[:3, 0].tolist() == [0, 1, 2]
    assert course.offers[:3, 1].tolist() == [5, 4, 3]
    assert (course.package, course.step) == (3, 3)


def test_micro_does_not_move_against_one_who_repeats_the_same():
    course = negotiate(talks(LINE, steps=8), [Style(pace="micro"), Style(stall=8)])
    assert course.package == -1
    assert course.offers[:, 0].tolist() == [0, 1, 1, 1, 1, 1, 1, 1]


def test_tit_for_tat_gives_as_much_as_it_gets():
    """The second gives 2 of its own at a time; each of these is worth 2 to the first, which lowers its sights by as
    much.
    """
    course = negotiate(talks(LINE, steps=11), [Style(pace="tit_for_tat"), Style(pace="linear")])
    gained = LINE[0, course.offers[: course.step, 1]]
    expected = 10 - (np.maximum.accumulate(gained) - gained[0])
    assert course.targets[1 : course.step, 0].tolist() == expected[: course.step - 1].tolist()


def test_two_that_only_imitate_each_other_never_begin():
    course = negotiate(talks(LINE, steps=30), [Style(pace="tit_for_tat")] * 2)
    assert course.package == -1
    assert set(course.offers[:, 0]) == {0}


def test_who_stalls_repeats_its_opening_and_takes_no_less():
    course = negotiate(talks(LINE, steps=12), [Style(pace="linear"), Style(pace="conceder", stall=6)])
    assert set(course.offers[:6, 1]) == {5}
    assert course.package >= 0 and course.step >= 6


def test_who_walks_away_leaves_when_nobody_has_offered_what_beats_no_agreement():
    stubborn = Style(pace="boulware", stall=20)
    course = negotiate(talks(LINE, steps=20, reserve=[4, 0]), [Style(walk=5), stubborn])
    assert (course.walked, course.step, course.package) == (0, 5, -1)
    satisfied = negotiate(talks(LINE, steps=20), [Style(walk=5), stubborn])
    assert satisfied.walked == -1, "the opening offer is worth its reserve value of 0"


def test_the_last_step_brings_everybody_down_to_its_reserve_value():
    """One package beats no agreement for both, and nobody would name it before it must."""
    worth = np.array([[1.0, 0.3, 0.0], [0.0, 0.3, 1.0]])
    course = negotiate(talks(worth, steps=7, reserve=[0.3, 0.3]), [Style(), Style()])
    assert (course.package, course.step) == (1, 6)


def test_without_a_package_that_beats_no_agreement_for_all_there_is_none():
    course = negotiate(talks(LINE, steps=25, reserve=[6, 6]), [Style(pace="conceder")] * 2)
    assert course.package == -1
    assert words(course, 0) == ["offer"] * 25


def test_who_would_sign_nothing_says_nothing():
    signs = np.array([[True] * 6, [False] * 6])
    course = negotiate(talks(LINE, steps=3, signs=signs), [Style(), Style()])
    assert words(course, 1) == ["silent"] * 3
    assert course.package == -1


def test_nobody_signs_what_crosses_its_red_line_however_much_it_is_worth():
    signs = np.array([[True] * 6, [True, True, True, False, False, True]])
    course = negotiate(talks(LINE, steps=11, signs=signs), [Style(pace="linear")] * 2)
    assert signs[1, course.package]


def test_a_mediator_who_names_the_middle_is_heard_as_soon_as_both_are_content_with_it():
    """Both are content with 6 and 4 from the step on in which they ask for 4: the second asks 10 - s <= 4 from step
    6.
    """
    course = negotiate(talks(LINE, steps=11, proposals=[2] * 11), [Style(pace="linear")] * 2)
    assert course.mediated and (course.package, course.step) == (2, 6)
    assert words(course, 2)[:7] == ["propose"] * 7


def test_who_looks_at_what_others_get_offers_what_is_best_for_them():
    worth = np.array([[10.0, 8, 8, 7, 0], [0.0, 1, 4, 9, 10]])
    own = negotiate(talks(worth, steps=11), [Style(pace="linear")] * 2)
    kind = negotiate(talks(worth, steps=11, appeal=worth[::-1].copy()), [Style(pace="linear")] * 2)
    assert own.offers[2, 0] == 1 and kind.offers[2, 0] == 2


def test_three_parties_agree_only_once_all_others_have_said_yes():
    worth = np.array([[3.0, 2, 0], [0.0, 2, 3], [1.0, 2, 1]])
    course = negotiate(talks(worth, steps=9), [Style(pace="linear")] * 3)
    assert course.package == 1
    assert (course.kinds == KINDS.index("accept")).sum() >= 2


def test_talks_without_packages_and_with_too_few_styles_are_refused():
    with pytest.raises(EngineError, match="no package"):
        ranked(np.empty((2, 0)))
    with pytest.raises(EngineError, match="2 parties and 1 styles"):
        negotiate(talks(LINE, steps=3), [Style()])


@st.composite
def held(draw):
    """Talks of two or three parties with ties, red lines, ploys, moving reserve values and a mediator."""
    parties, packages, steps = draw(st.integers(2, 3)), draw(st.integers(1, 12)), draw(st.integers(1, 14))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    worth = rng.integers(0, draw(st.sampled_from([3, 9, 1000])), (parties, packages)) / 7.0
    signs = rng.random((parties, packages)) < draw(st.sampled_from([0.5, 0.9, 1.1]))
    appeal = rng.integers(0, 5, (parties, packages)) * 1.0 if draw(st.booleans()) else None
    reserve = (
        worth.max() * rng.choice([0.0, 0.3, 0.7], (parties, 1)) * (1 - rng.random((parties, 1)) * rng.random(steps))
    )
    mediated = rng.integers(-1, packages, steps) if draw(st.booleans()) else np.full(steps, -1)
    styles = [
        Style(
            pace=draw(st.sampled_from(PACES)),
            opening=draw(st.sampled_from([1.0, 0.6, 0.0])),
            stall=draw(st.integers(0, 6)),
            look=draw(st.integers(0, 1)),
            walk=draw(st.none() | st.integers(0, 14)),
        )
        for _ in range(parties)
    ]
    return Talks(table=ranked(worth, signs, (appeal, None)), reserve=reserve, proposals=mediated), styles


@settings(max_examples=150, deadline=None)
@given(held())
def test_the_twin_says_what_the_rules_say_turn_by_turn(case):
    held_talks, styles = case
    steps = held_talks.reserve.shape[1]
    alone = negotiate(held_talks, styles)
    together = negotiate_many(
        one_of(held_talks.table),
        np.zeros(2, dtype=int),
        np.stack([coded(styles, steps)] * 2),
        np.stack([held_talks.reserve] * 2),
        np.stack([held_talks.proposals] * 2),
    )
    for k in range(2):
        for name in ("package", "step", "mediated", "walked"):
            assert getattr(together, name)[k] == getattr(alone, name), name
        assert (together.kinds[k] == alone.kinds).all()
        assert (together.offers[k] == alone.offers).all()
        np.testing.assert_allclose(together.targets[k], alone.targets, rtol=1e-12)


@settings(max_examples=100, deadline=None)
@given(held())
def test_an_agreement_beats_no_agreement_for_all_and_crosses_nobodys_red_line(case):
    held_talks, styles = case
    course = negotiate(held_talks, styles)
    if course.package >= 0:
        assert held_talks.table.signs[:, course.package].all()
        # a party accepted or offered it at some step up to then, when no agreement was worth at most that
        lowest = held_talks.reserve[:, : course.step + 1].min(axis=1)
        assert (held_talks.table.worth[:, course.package] >= lowest - 1e-9).all()


@settings(max_examples=100, deadline=None)
@given(held())
def test_measuring_worth_in_another_unit_changes_nobodys_words(case):
    held_talks, styles = case
    table = held_talks.table
    other = dataclasses.replace(
        held_talks,
        table=dataclasses.replace(table, worth=table.worth * 1024.0, own=table.own * 1024.0),
        reserve=held_talks.reserve * 1024.0,
    )
    assert (negotiate(other, styles).offers == negotiate(held_talks, styles).offers).all()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_what_two_agree_who_know_each_other_is_on_the_frontier_within_a_concession(seed):
    """With many steps, looking at what the other gets leaves next to nothing on the table."""
    rng = np.random.default_rng(seed)
    worth = rng.random((2, 40))
    course = negotiate(talks(worth, steps=400, appeal=worth[::-1].copy()), [Style(pace="linear")] * 2)
    better = (worth[:, frontier(worth)] - worth[:, [course.package]]).min(axis=0).max()
    assert better < 0.01


def test_a_tournament_lets_every_pace_meet_every_other():
    found = tournament(ranked(LINE), np.zeros(2), steps=20)
    assert found.payoff.shape == (2, 5, 5)
    first, second = found.paces.index("boulware"), found.paces.index("conceder")
    assert found.payoff[0, first, second] > found.payoff[1, first, second]
    assert not found.agreed[found.paces.index("tit_for_tat"), found.paces.index("tit_for_tat")]
    alone = negotiate(talks(LINE, steps=20), [Style(pace="boulware"), Style(pace="conceder")])
    assert found.step[first, second] == alone.step


def test_a_tournament_of_three_is_refused():
    with pytest.raises(EngineError, match="two parties"):
        tournament(ranked(np.vstack([LINE, LINE[:1]])), np.zeros(3), steps=5)


def test_many_tables_are_ranked_as_each_by_itself():
    rng = np.random.default_rng(4)
    worth, look = rng.integers(0, 4, (2, 5, 3, 30)) / 3.0
    signs = rng.random((5, 3, 30)) < 0.8
    together = ranked(worth, signs, (None, look))
    for k in range(5):
        alone = ranked(worth[k], signs[k], (None, look[k]))
        for name in ("order", "own", "count", "choice"):
            assert (getattr(together, name)[k] == getattr(alone, name)).all(), name


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([1.0, 1e-17, 5e-324, 1e300, 0.0]), st.integers(1, 40))
def test_packages_are_ranked_by_worth_then_as_listed_and_those_that_are_not_signed_last(seed, unit, packages):
    """Second method: Python's own sort, which keeps ties in order; units so small that worths hardly differ, too."""
    rng = np.random.default_rng(seed)
    worth = 1.0 * (unit < 1e-9) * (unit > 1e-300) + unit * rng.integers(0, 5, (2, packages))
    signs = rng.random(worth.shape) < 0.8
    table = ranked(worth, signs)
    for party in range(2):
        places = sorted(
            range(packages), key=lambda k: (not signs[party, k], -worth[party, k] if signs[party, k] else 0)
        )
        assert table.order[party].tolist() == places
        count = table.count[party]
        assert table.own[party, :count].tolist() == worth[party, places[:count]].tolist()
