"""Conflicts as files of GMCR+ and gmcr-py: what is written is read back, and what is not written is told."""

import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.domain.conflict import Conflict, DrawnMove, Infeasible, Option, Preference, PreferenceStatement, State
from parley.domain.estimate import Estimate
from parley.domain.expression import parse
from parley.domain.party import Party
from parley.domain.scenario import Question, Scenario
from parley.engines.graph_model import GraphModel
from parley.errors import ScenarioError, UsageError
from parley.files import scenarios
from parley.files.exporting import export, to_gmcr
from parley.files.exporting.patterns import patterns
from parley.files.importing import import_gmcr
from tests.files.gmcr_files import DILEMMA, ELMIRA, gmcr
from tests.files.tables import DAY

TINY = Scenario(
    title="Three",
    question=Question(text="What holds?", asked_by="p0"),
    as_of=DAY,
    parties=tuple(
        Party(id=f"p{i}", name=f"p{i}", role="other", capability=Estimate(low=1, mode=1, high=1)) for i in range(3)
    ),
    issues=(),
)


def with_conflict(**parts):
    return dataclasses.replace(TINY, conflict=Conflict(**parts))


def content_of(scenario):
    return json.loads(to_gmcr(scenario).files["conflict.gmcr"])


def there_and_back(scenario):
    return import_gmcr(gmcr(to_gmcr(scenario).files["conflict.gmcr"])).scenario


def answers(scenario):
    """Ranks by party and equilibria by concept, with states as the sets of options taken in them."""
    data = GraphModel().forecast(scenario, np.random.default_rng(0)).data
    options, taken = data["option"].values, data["taken"].values > 0
    states = [frozenset(options[row].tolist()) for row in taken]
    stable = data["stable"].values.all(axis=1)
    ranks = {
        maker: dict(zip(states, row, strict=True))
        for maker, row in zip(data["decision_maker"].values.tolist(), data["rank"].values.tolist(), strict=True)
    }
    equilibria = {
        concept: {state for state, holds in zip(states, row, strict=True) if holds}
        for concept, row in zip(data["concept"].values.tolist(), stable, strict=True)
    }
    return states, ranks, equilibria


def options_of(*owners, changes=()):
    changes = [*changes, *["both_ways"] * len(owners)]
    return tuple(
        Option(id=f"o{k}", name=f"o{k}", words=f"o{k}", party=f"p{i}", changes=changes[k]) for k, i in enumerate(owners)
    )


def expressions(names):
    leaf = st.sampled_from(names).flatmap(lambda name: st.sampled_from([name, f"-{name}"]))
    joined = st.sampled_from(["({} & {})", "({} | {})", "({} IF {})", "({} IFF {})", "-({} & {})"])
    return st.recursive(leaf, lambda inner: st.builds(str.format, joined, inner, inner), max_leaves=5)


@st.composite
def conflicts(draw):
    """Options of three parties, some one-way; statements in order or by weight, or rankings of named states."""
    owners = draw(st.lists(st.integers(0, 2), min_size=2, max_size=5))
    kinds = st.sampled_from(["both_ways", "both_ways", "stays_taken", "stays_dropped"])
    options = options_of(*owners, changes=[draw(kinds) for _ in owners])
    ids = [each.id for each in options]
    infeasible = tuple(Infeasible(when=text) for text in draw(st.lists(expressions(ids), max_size=2)))
    rules = [parse(each.when, options=ids) for each in infeasible]
    every = [{name: bool(code >> k & 1) for k, name in enumerate(ids)} for code in range(2 ** len(ids))]
    left = [code for code, taken in enumerate(every) if not any(rule.holds(taken) for rule in rules)]
    if draw(st.booleans()) and left:
        named = draw(st.lists(st.sampled_from(left), min_size=1, unique=True))
        states = tuple(
            State(id=f"s{code}", when=" & ".join(o if code >> k & 1 else f"-{o}" for k, o in enumerate(ids)))
            for code in named
        )
        ranks = [draw(st.lists(st.integers(0, 3), min_size=len(named), max_size=len(named))) for _ in range(3)]
        preferences = [
            Preference(
                party=f"p{i}",
                ranking=tuple(
                    tuple(state.id for state, r in zip(states, rank, strict=True) if r == level)
                    for level in sorted(set(rank))
                ),
            )
            for i, rank in enumerate(ranks)
        ]
    else:
        states, preferences = (), [draw(preference(f"p{i}", ids)) for i in range(3)]
    try:
        return with_conflict(options=options, infeasible=infeasible, states=states, preferences=tuple(preferences))
    except ScenarioError:
        return with_conflict(options=options, preferences=tuple(draw(preference(f"p{i}", ids)) for i in range(3)))


@st.composite
def preference(draw, party, ids):
    texts = draw(st.lists(expressions(ids), max_size=4))
    by_weight = draw(st.booleans())
    weights = [Estimate(low=w, mode=w, high=w) if by_weight or w else None for w in draw(
        st.lists(st.integers(0, 3), min_size=len(texts), max_size=len(texts))
    )]  # fmt: skip
    statements = tuple(PreferenceStatement(says=t, importance=w) for t, w in zip(texts, weights, strict=True))
    return Preference(party=party, statements=statements, counts="by_weight" if by_weight else "in_order")


@settings(max_examples=120, deadline=None)
@given(conflicts())
def test_a_conflict_that_is_exported_and_imported_has_the_same_states_ranks_and_equilibria(scenario):
    again = there_and_back(scenario)
    before, after = answers(scenario), answers(again)
    assert sorted(map(sorted, after[0])) == sorted(map(sorted, before[0]))
    assert after[1] == before[1]
    assert {concept: after[2][concept] for concept in before[2]} == before[2]


@pytest.mark.parametrize("file", [gmcr(DILEMMA), gmcr(ELMIRA)], ids=["dilemma", "elmira"])
def test_a_file_that_is_imported_exported_and_imported_gives_the_same_conflict(file):
    first = import_gmcr(file).scenario
    assert there_and_back(first).conflict == first.conflict


def test_importing_and_exporting_gives_the_file_back_but_for_the_program():
    made = content_of(import_gmcr(gmcr(DILEMMA)).scenario)
    assert made | {"program": 0, "version": 0} == json.loads(DILEMMA) | {"program": 0, "version": 0}


@settings(max_examples=200, deadline=None)
@given(expressions(["a", "b", "c", "d"]))
def test_exactly_one_pattern_of_an_expression_holds_where_it_does_and_none_elsewhere(text):
    tree = parse(text, options=["a", "b", "c", "d"])
    found = list(patterns(tree, {}))
    for code in range(16):
        values = {name: bool(code >> k & 1) for k, name in enumerate("abcd")}
        holding = [each for each in found if all(values[name] == taken for name, taken in each)]
        assert len(holding) == bool(tree.holds(values))


def test_an_if_and_an_iff_are_written_as_patterns_that_can_be_checked_by_hand():
    statements = tuple(PreferenceStatement(says=text) for text in ("o0 IF o1", "o0 IFF -o1", "-o0 & o1"))
    makers = content_of(
        with_conflict(options=options_of(0, 1), preferences=(Preference(party="p0", statements=statements),))
    )["decisionMakers"]
    assert makers[0]["preferences"] == [
        {"compound": True, "members": [[[1, "Y"], [0, "Y"]], [[1, "N"]]]},
        {"compound": True, "members": [[[0, "Y"], [1, "N"]], [[0, "N"], [1, "Y"]]]},
        [[0, "N"], [1, "Y"]],
    ]


def test_one_way_options_and_statements_by_importance_are_written_as_the_programs_read_them():
    importance = [Estimate(low=w, mode=w, high=w) for w in (1, 3)]
    statements = tuple(
        PreferenceStatement(says=text, importance=weight)
        for text, weight in zip(("o0", "o1", "o2"), [*importance, None], strict=True)
    )
    made = content_of(
        with_conflict(
            options=options_of(1, 0, 1, changes=["stays_taken", "stays_dropped"]),
            preferences=(Preference(party="p0", statements=statements),),
            infeasible=(Infeasible(when="o0 & (o1 | o2)"),),
        )
    )
    assert [(each["name"], each["permittedDirection"]) for each in made["options"]] == [
        ("o1", "back"), ("o0", "fwd"), ("o2", "both"),
    ]  # fmt: skip
    assert [(each["name"], each["options"]) for each in made["decisionMakers"]] == [("p0", [0]), ("p1", [1, 2])]
    # The largest importance first, and what has none last: o1, o0, o2.
    assert made["decisionMakers"][0]["preferences"] == [[[0, "Y"]], [[1, "Y"]], [[2, "Y"]]]
    assert made["infeasibles"] == [[[1, "Y"], [0, "Y"]], [[1, "Y"], [0, "N"], [2, "Y"]]]


def test_weights_are_written_as_the_ranking_that_follows_from_them():
    """By hand: o0 counts 1 and o1 counts 2, so the sums of NN, YN, NY and YY are 0, 1, 2 and 3."""
    weights = [Estimate(low=w, mode=w, high=w) for w in (1, 2)]
    statements = tuple(PreferenceStatement(says=f"o{k}", importance=w) for k, w in enumerate(weights))
    scenario = with_conflict(
        options=options_of(0, 1), preferences=(Preference(party="p1", statements=statements, counts="by_weight"),)
    )
    made = content_of(scenario)
    assert made["useManualPreferenceRanking"] is True
    assert [each["preferenceRanking"] for each in made["decisionMakers"]] == [[[1, 2, 3, 4]], [4, 3, 2, 1]]
    assert any("'p1' are written as the ranking" in note for note in to_gmcr(scenario).notes)


def test_a_coalesced_state_becomes_its_combinations_and_that_is_told():
    """The nine states of Elmira are the twelve of the form: s9 is the four in which the plant is abandoned."""
    scenario = scenarios.load("graph-model/elmira-1991")
    made = to_gmcr(scenario)
    assert "the state 's9' is 4 combinations of options, and so 4 states there" in made.notes
    rankings = [each["preferenceRanking"] for each in json.loads(made.files["conflict.gmcr"])["decisionMakers"]]
    assert rankings == [each["preferenceRanking"] for each in ELMIRA["decisionMakers"]]


def test_combinations_that_are_no_state_of_the_scenario_are_infeasible_in_the_file():
    states = (State(id="s1", when="o0 & -o1"), State(id="s2", when="-o0"))
    scenario = with_conflict(options=options_of(0, 1), states=states)
    assert content_of(scenario)["infeasibles"] == [[[0, "Y"], [1, "Y"]]]
    assert "1 combinations of options that are no state are written as infeasible" in to_gmcr(scenario).notes


def test_what_the_form_has_no_place_for_is_told():
    scenario = with_conflict(
        options=options_of(0, 1),
        states=(State(id="s1", name="Calm", when="o0"), State(id="s2", when="-o0")),
        moves=(DrawnMove(party="p0", leaves="s1", reaches=("s2",)),),
        preferences=(Preference(party="p0", statements=(PreferenceStatement(says="o0 | -o0", words="always"),)),),
        agreement="o0 & o1",
    )
    told = "\n".join(to_gmcr(scenario).notes)
    for part in (
        "drawn moves are not written",
        "'o0 | -o0' of 'p0' holds everywhere or nowhere",
        "'p2' decides on nothing, and is left out",
        "no place for what holds now",
        "of the conflict, .gmcr files leave out: agreement (1)",
        "of states, .gmcr files leave out: name (1)",
        "of statements, .gmcr files leave out: words (1)",
        "no place for these sections: title, question, as_of",
    ):
        assert part in told
    assert "of options, .gmcr" not in told


def test_a_name_with_signs_from_everywhere_comes_back():
    option = dataclasses.replace(options_of(0)[0], name='"déjà\n vu" 日本 😀')
    made = to_gmcr(with_conflict(options=(option,))).files["conflict.gmcr"]
    assert made.isascii()
    assert import_gmcr(gmcr(made)).scenario.conflict.options[0].name == '"déjà vu" 日本 😀'


def test_a_scenario_without_options_is_no_such_file():
    drawn = (State(id="s1"), State(id="s2"))
    moves = (DrawnMove(party="p0", leaves="s1", reaches=("s2",)),)
    for scenario, what in (
        (TINY, "no conflict"),
        (with_conflict(), "no conflict"),
        (with_conflict(states=drawn, moves=moves, status_quo="s1"), "drawn without options"),
        (with_conflict(options=options_of(*[0] * 21)), "21 options"),
    ):
        with pytest.raises(UsageError, match=what):
            export(scenario, "gmcr")


def test_a_statement_of_too_many_patterns_is_ranked_and_too_many_rules_are_refused():
    """Whether an even number of ten options is taken needs a pattern for half of all their combinations."""
    parity = "o0"
    for k in range(1, 10):
        parity = f"({parity}) IFF o{k}"
    wants = (Preference(party="p0", statements=(PreferenceStatement(says=parity),)),)
    made = content_of(with_conflict(options=options_of(*[0] * 10), preferences=wants))
    assert [len(group) for group in made["decisionMakers"][0]["preferenceRanking"]] == [512, 512]
    for k in range(10, 14):
        parity = f"({parity}) IFF o{k}"
    with pytest.raises(UsageError, match="more than 4,096 patterns"):
        content_of(with_conflict(options=options_of(*[0] * 14), infeasible=(Infeasible(when=parity),)))
    wants = (Preference(party="p0", statements=(PreferenceStatement(says=parity),)),)
    with pytest.raises(UsageError, match="16,384 states are too many"):
        content_of(with_conflict(options=options_of(*[0] * 14), preferences=wants))
