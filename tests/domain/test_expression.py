"""The language of conditions, outcome regions and preference statements."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.domain import expression
from parley.domain.expression import names, parse
from parley.domain.issue import Anchor, Scale
from parley.errors import ScenarioError

OPTIONS = ("a", "b", "c")
DAYS = Scale(
    low=0, high=60, anchors=(Anchor(at=0, words="none", rung="none"), Anchor(at=30, words="a month", rung="month"))
)
ISSUES = {"truce": DAYS, "land": Scale(low=-10, high=10)}
STATES = [dict(zip(OPTIONS, state, strict=True)) for state in itertools.product((False, True), repeat=3)]


def table(text: str) -> list[bool]:
    """The truth of an expression over a, b, c in the order FFF, FFT, FTF, ..., TTT."""
    tree = parse(text, options=OPTIONS)
    return [bool(tree.holds(state)) for state in STATES]


def bits(text: str) -> list[bool]:
    return [mark == "1" for mark in text.replace(" ", "")]


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("a", "0000 1111"),
        ("-a", "1111 0000"),
        ("a & b", "0000 0011"),
        ("a | b", "0011 1111"),
        ("a & b | c", "0101 0111"),
        ("a | b & c", "0001 1111"),
        ("(a | b) & c", "0001 0101"),
        ("-a & b", "0011 0000"),
        ("-(a & b)", "1111 1100"),
        ("--a", "0000 1111"),
        ("a IF b", "1100 1111"),
        ("b IF a", "1111 0011"),
        ("a IFF b", "1100 0011"),
        ("a IFF -b & c", "1011 0100"),
        ("a | b IF c", "1011 1111"),
        ("(a IF b) IF c", "1110 1111"),
        ("a IF (b IF c)", "0100 1111"),
    ],
)
def test_truth_tables_worked_out_by_hand(text, truth):
    """Columns run over (a, b, c) from 000 to 111. `A IF B` is false in one case only: B holds and A does not."""
    assert table(text) == bits(truth)


def test_the_conclusion_comes_before_the_condition():
    tree = parse("a IF b", options=OPTIONS)
    assert not tree.holds({"a": False, "b": True, "c": False})
    assert tree.holds({"a": False, "b": False, "c": False})


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a and b or not c", "a & b | -c"),
        ("A if b", None),
        ("a If b", "a IF b"),
        ("a iff b", "a IFF b"),
        ("1 & -3", "a & -c"),
        ("-1", "-a"),
        ("- 1", "-a"),
        ("not 2", "-b"),
        ("not not a", "--a"),
        ("  ( a )  ", "a"),
        ("a&b|-c", "a & b | -c"),
    ],
)
def test_words_signs_numbers_and_spaces_mean_the_same(text, same):
    if same is None:
        with pytest.raises(ScenarioError, match="does not exist"):
            parse(text, options=OPTIONS)
    else:
        assert parse(text, options=OPTIONS) == parse(same, options=OPTIONS)


def trees() -> st.SearchStrategy[tuple[str, object]]:
    """Fully bracketed text, and the same as a function written in Python."""
    leaf = st.sampled_from(OPTIONS).map(lambda name: (name, lambda state: state[name]))

    def grown(inner: st.SearchStrategy) -> st.SearchStrategy:
        two = st.tuples(inner, inner)
        return st.one_of(
            inner.map(lambda part: (f"-({part[0]})", lambda state: not part[1](state))),
            two.map(
                lambda pair: (f"({pair[0][0]}) & ({pair[1][0]})", lambda state: pair[0][1](state) and pair[1][1](state))
            ),
            two.map(
                lambda pair: (f"({pair[0][0]}) | ({pair[1][0]})", lambda state: pair[0][1](state) or pair[1][1](state))
            ),
            two.map(
                lambda pair: (
                    f"({pair[0][0]}) IF ({pair[1][0]})",
                    lambda state: pair[0][1](state) or not pair[1][1](state),
                )
            ),
            two.map(
                lambda pair: (
                    f"({pair[0][0]}) IFF ({pair[1][0]})",
                    lambda state: pair[0][1](state) == pair[1][1](state),
                )
            ),
        )

    return st.recursive(leaf, grown, max_leaves=8)


@given(trees())
def test_any_bracketed_expression_has_the_truth_of_its_parts(pair):
    text, meaning = pair
    assert table(text) == [meaning(state) for state in STATES]


@given(trees())
def test_arrays_of_states_are_answered_as_one_by_one(pair):
    tree = parse(pair[0], options=OPTIONS)
    arrays = {name: np.array([state[name] for state in STATES]) for name in OPTIONS}
    np.testing.assert_array_equal(tree.holds(arrays), [tree.holds(state) for state in STATES])


@pytest.mark.parametrize(
    ("text", "points", "truth"),
    [
        ("truce >= 30", {"truce": 50.0}, True),
        ("truce >= 30", {"truce": 49.9}, False),
        ("truce > 30", {"truce": 50.0}, False),
        ("truce < month", {"truce": 50.0}, False),
        ("truce <= month", {"truce": 50.0}, True),
        ("truce = month", {"truce": 50.0}, True),
        ("truce == month", {"truce": 50.1}, False),
        ("land > -5", {"land": 25.0}, False),
        ("land >= -5", {"land": 25.0}, True),
        ("land < -2.5 and not truce = none", {"land": 30.0, "truce": 10.0}, True),
        ("-land > 0", {"land": 40.0}, True),
    ],
)
def test_a_comparison_speaks_the_issues_own_unit(text, points, truth):
    """`truce` runs 0..60 days, so 30 days are 50 points; `land` runs -10..10, so -5 is 25 points and -2.5 is 37.5."""
    assert parse(text, issues=ISSUES).holds(points) is truth


def test_a_point_that_rounding_moved_still_counts():
    third = Scale(low=0, high=3)
    assert parse("x >= 1", issues={"x": third}).holds({"x": 100 / 3 - 1e-13})


def test_no_comparison_with_a_silent_issue_holds():
    for sign in (">=", "<=", ">", "<", "="):
        settlements = {"truce": np.array([np.nan, 50.0])}
        assert not parse(f"truce {sign} 30", issues=ISSUES).holds(settlements)[0]


def test_the_names_come_in_reading_order():
    assert list(names(parse("truce >= 30 and not (land < 0 or truce = none)", issues=ISSUES))) == [
        "truce",
        "land",
        "truce",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("a &", "breaks off"),
        ("& a", "did not expect '&'"),
        ("a b", "did not expect 'b'"),
        ("(a", "parenthesis is not closed"),
        ("a)", "did not expect ')'"),
        ("a IF b IF c", "do not chain"),
        ("a IF b IFF c", "do not chain"),
        ("4", "no option number 4"),
        ("0", "no option number 0"),
        ("1.5", "no option number 1.5"),
        ("d", "'d' that does not exist"),
        ("a ? b", "cannot read"),
        ("a & é", "cannot read"),
        ("a > 3", "did not expect '>'"),
        ("1a", "cannot read"),
        ("()", "did not expect"),
        ("not", "breaks off"),
        ("x" * 3000, "2000 at most"),
        ("(" * 500 + "a" + ")" * 500, "nests deeper"),
        ("-" * 500 + "a", "nests deeper"),
        ("not " * 450 + "a", "nests deeper"),
    ],
)
def test_what_is_no_expression_over_options_is_refused_with_the_reason(text, message):
    with pytest.raises(ScenarioError, match=message.replace("(", r"\(").replace(")", r"\)")):
        parse(text, options=OPTIONS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("truce", "breaks off"),
        ("truce >=", "breaks off"),
        ("truce >= and", "did not expect '&'"),
        ("truce 30", "did not expect '30'"),
        ("30 < truce", "did not expect '30'"),
        ("truce >= week", "no rung 'week'"),
        ("truce >= 61", "61 lies off the scale"),
        ("truce >= -1", "-1 lies off the scale"),
        ("truse >= 1", "did you mean 'truce'"),
        ("truce >= 30 <= 40", "did not expect '<='"),
        ("truce >= 1e3", "cannot read"),
    ],
)
def test_what_is_no_expression_over_issues_is_refused_with_the_reason(text, message):
    with pytest.raises(ScenarioError, match=message):
        parse(text, issues=ISSUES)


@given(st.text("abtruceland0123 ()&|-<>=IF", max_size=60) | st.text(max_size=60))
def test_any_text_is_parsed_or_refused(text):
    for known in ({"options": OPTIONS}, {"issues": ISSUES}, {"options": OPTIONS, "issues": ISSUES}):
        try:
            tree = parse(text, **known)
        except ScenarioError as error:
            assert error.problems
        else:
            assert list(names(tree))


def test_a_long_flat_expression_is_walked_without_end_of_stack():
    text = "|".join(["a"] * (expression.MAX_LENGTH // 2))
    tree = parse(text, options=OPTIONS)
    assert tree.holds({"a": True})
    assert len(list(names(tree))) == expression.MAX_LENGTH // 2
