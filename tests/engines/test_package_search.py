"""Search of packages: every package written out from the scenario by the definitions, known faults, odd scenarios."""

import itertools
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import ensembles
from parley.approaches.apply import apply
from parley.domain import expression
from parley.domain.draws import Draws
from parley.domain.estimate import Estimate
from parley.domain.issue import Anchor, Issue, Scale
from parley.domain.outcome import DecisionRule, Link, ReferencePoint
from parley.domain.party import Party
from parley.domain.position import Condition, Position, RedLine
from parley.engines.package_search import PackageSearch, large
from parley.errors import EngineError, UsageError
from parley.files import scenarios
from tests.builders import exactly, tiny_scenario

SOLUTIONS = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")
CEASEFIRE = "ceasefires/ukraine-2025-03"


def party(name, reserve=0.0, role="belligerent"):
    return Party(
        id=name, name=name.title(), role=role, capability=exactly(50),
        no_agreement=None if reserve is None else exactly(reserve),
    )  # fmt: skip


def ladder(name, *points):
    anchors = tuple(Anchor(at=float(x), rung=f"r{k}", words=f"rung {k}") for k, x in enumerate(points))
    return Issue(id=name, name=name.title(), question=f"{name}?", scale=Scale(anchors=anchors, ladder=True))


def wants(who, issue, at, care=0.5, line=None, conditions=()):
    red_line = None
    if line:
        red_line = RedLine(**{key: exactly(value) for key, value in line.items()})
    return Position(
        party=who, issue=issue, position=exactly(at), salience=exactly(care), red_line=red_line,
        conditions=tuple(
            Condition(words="only if", only_if=when, otherwise=None if other is None else exactly(other))
            for when, other in conditions
        ),
    )  # fmt: skip


def link(who, when, worth, paid_by=None, name="l"):
    amount = Estimate(low=worth, mode=worth, high=worth, grounds=("F1",))
    return Link(id=name, words="a link", party=who, when=when, worth=amount, paid_by=paid_by, grounds=("F1",))


def scenario(parties, issues, positions, **more):
    bare = {"levers": (), "clock": None, "war": None, "conflict": None, "approaches": (), "outcomes": ()}
    asked = tiny_scenario().question.__class__(text="How?", asked_by=parties[0].id)
    return tiny_scenario(
        question=asked, parties=tuple(parties), issues=tuple(issues), positions=tuple(positions), **bare | more
    )


def found(made, **parameters):
    engine = PackageSearch(**parameters)
    return engine.detail(engine.forecast(made, np.random.default_rng(0)))


def trade(reserve=0.0, **more):
    """North cares about the border, south about the river; each wants its end of both. Three rungs each."""
    issues = (ladder("border", 0, 50, 100), ladder("river", 0, 50, 100))
    positions = (
        wants("north", "border", 100, 0.75), wants("north", "river", 100, 0.25),
        wants("south", "border", 0, 0.25), wants("south", "river", 0, 0.75),
    )  # fmt: skip
    return scenario((party("north", reserve), party("south", reserve)), issues, positions, **more)


# ------------------------------------------------------------------ cases by hand


def test_each_side_gives_way_where_it_cares_less():
    """North gets the border and south the river: 0.75 each, a product of 0.5625; in the middle it would be 0.25."""
    told = found(trade())
    assert [each["package"] for each in told["nash"]] == [{"border": 100, "river": 0}]
    assert told["nash"][0]["payoffs"] == pytest.approx({"north": 0.75, "south": 0.75})
    assert told["linkage"]["over"] == "separate"
    assert told["linkage"]["worth"] == pytest.approx({"north": 0.25, "south": 0.25})
    assert told["linkage"]["product"] == pytest.approx({"joint": 0.5625, "separate": 0.25})


def test_the_mediators_single_text_gets_there_from_separate_talks_in_one_step():
    text = found(trade())["single_text"]
    assert text["start"]["package"] == {"border": 50, "river": 50}
    assert [each["package"] for each in text["steps"]] == [{"border": 100, "river": 0}]


def test_the_frontier_by_hand():
    """Payoffs of north over south, border by river: only giving south the river first is on the frontier."""
    pareto = {(each["package"]["border"], each["package"]["river"]) for each in found(trade())["pareto"]}
    assert pareto == {(0, 0), (50, 0), (100, 0), (100, 50), (100, 100)}


def test_packages_below_what_a_party_has_without_agreement_stay_on_the_frontier_and_say_so():
    """A peer drops them silently, so that nobody can see why the zone is small or empty."""
    told = found(trade(reserve=0.7))
    assert len(told["pareto"]) == 5
    signed = [each["package"] for each in told["pareto"] if not each["against"]]
    assert signed == [{"border": 100, "river": 0}]
    assert {name for each in told["pareto"] for name in each["against"]} == {"north:no_agreement", "south:no_agreement"}


def test_where_everybody_would_lose_nothing_is_agreed_though_the_product_of_two_losses_is_positive():
    told = found(trade(reserve=0.8))
    assert not told["zone"] and not any(told[name] for name in SOLUTIONS)
    assert told["closed_by"] == [["north:no_agreement"], ["south:no_agreement"]]
    assert told["pareto"], "no zone and no answer must not look alike"


def test_a_payoff_without_agreement_below_every_package_is_taken_as_it_is():
    """Nice or die: with 0 the product is largest at the two ends (1 times 0.16), with 0.16 in the middle (0.3 each).

    A peer raises every payoff without agreement to the party's worst package, and then finds the middle.
    """
    issues = (ladder("deal", 0, 50, 100),)
    positions = (wants("north", "deal", 100), wants("south", "deal", 0))
    links = (
        link("north", "deal = r1", -0.2, name="a"), link("south", "deal = r1", -0.2, name="b"),
        link("north", "deal = r0", 0.16, name="c"), link("south", "deal = r2", 0.16, name="d"),
    )  # fmt: skip

    def picked(reserve):
        made = scenario((party("north", reserve), party("south", reserve)), issues, positions, links=tuple(links))
        return {each["package"]["deal"] for each in found(made)["nash"]}

    assert picked(0.0) == {0, 100}
    assert picked(0.16) == {50}


def test_packages_that_tie_are_all_shown():
    """A peer keeps one package for each payoff. Rungs at 40 and 60 give the same product to parties at 0 and 100."""
    issues = (ladder("border", 40, 60),)
    positions = (wants("north", "border", 100), wants("south", "border", 0))
    told = found(scenario((party("north"), party("south")), issues, positions))
    assert [each["package"]["border"] for each in told["nash"]] == [60, 40]


def test_red_lines_that_exclude_each_other_close_the_zone_and_either_would_open_it():
    issues = (ladder("border", 0, 50, 100),)
    positions = (
        wants("north", "border", 100, line={"at_least": 60}),
        wants("south", "border", 0, line={"at_most": 40}),
    )
    told = found(scenario((party("north"), party("south")), issues, positions))
    assert not told["zone"]
    assert told["closed_by"] == [["north:border"], ["south:border"]]
    prices = {each["given_up"]: each["gains"] for each in told["prices"]}
    # without the north's line south keeps its own: 0 gives (0, 1), a product of 0
    assert set(prices) == {"north:border", "south:border"}
    assert prices["south:border"] == pytest.approx({"north": 1.0, "south": 0.0})


def test_two_pairs_of_red_lines_must_both_give_way():
    issues = (ladder("border", 0, 100), ladder("river", 0, 100))
    positions = (
        wants("north", "border", 100, line={"at_least": 60}), wants("south", "border", 0, line={"at_most": 40}),
        wants("north", "river", 100, line={"at_least": 60}), wants("south", "river", 0, line={"at_most": 40}),
    )  # fmt: skip
    told = found(scenario((party("north"), party("south")), issues, positions))
    expected = [{f"{a}:border", f"{b}:river"} for a in ("north", "south") for b in ("north", "south")]
    assert sorted(map(sorted, told["closed_by"])) == sorted(map(sorted, expected))


def test_no_a_unless_b():
    """South signs on the border only if it gets the river; no other way is given, so nothing else can be signed."""
    base = trade()
    positions = [each for each in base.positions if not (each.party == "south" and each.issue == "border")]
    positions.append(wants("south", "border", 0, 0.25, conditions=[("river <= 10", None)]))
    made = scenario(base.parties, base.issues, positions)
    told = found(made)
    assert {each["package"]["river"] for each in told["pareto"]} == {0}


def test_an_unmet_condition_moves_the_party_to_where_it_then_stands():
    """South asks for border 0 if it has the river, else for 100: where the river is lost it wants what north wants."""
    base = trade()
    positions = [each for each in base.positions if not (each.party == "south" and each.issue == "border")]
    positions.append(wants("south", "border", 0, 0.25, conditions=[("river <= 10", 100)]))
    told = found(scenario(base.parties, base.issues, positions))
    worth = {tuple(each["package"].values()): each["payoffs"]["south"] for each in told["pareto"]}
    assert worth[(100, 100)] == pytest.approx(0.25), "border 100 is now what it asks for"
    assert worth[(100, 0)] == pytest.approx(0.75)


def test_a_side_payment_gives_to_one_what_it_takes_from_the_other():
    base, links = trade(), (link("south", "border = r2", 0.1, paid_by="north"),)
    plain, paid = (found(scenario(base.parties, base.issues, base.positions, links=each)) for each in ((), links))
    before, after = plain["nash"][0]["payoffs"], paid["nash"][0]["payoffs"]
    assert paid["nash"][0]["package"] == plain["nash"][0]["package"]
    assert after["south"] - before["south"] == pytest.approx(0.1)
    assert after["north"] - before["north"] == pytest.approx(-0.1)


def test_an_issue_that_may_be_left_alone_closes_nothing():
    issues = (ladder("border", 0, 50, 100), ladder("truce", 0, 100))
    positions = (
        wants("north", "border", 100, line={"at_least": 60}), wants("south", "border", 0, line={"at_most": 40}),
        wants("north", "truce", 100), wants("south", "truce", 100),
    )  # fmt: skip
    rule = DecisionRule(
        words="both", unanimity=("north", "south"), grounds=("F1",),
        reference_points=(ReferencePoint(issue="border", at=exactly(50)),),
    )  # fmt: skip
    made = scenario((party("north"), party("south")), issues, positions, decision_rule=rule)
    told = found(made)
    assert not told["zone"]
    assert [(each["package"]["truce"], each["left"]) for each in told["leaving"]["nash"]] == [(100, ["border"])]
    assert found(made, scope="any_issues")["zone"]


def test_the_red_line_of_somebody_who_need_not_sign_closes_nothing():
    issues = (ladder("border", 0, 50, 100),)
    positions = (
        wants("north", "border", 60), wants("south", "border", 0),
        wants("broker", "border", 100, line={"at_least": 100}),
    )  # fmt: skip
    parties = (party("north"), party("south"), party("broker", role="broker"))
    told = found(scenario(parties, issues, positions))
    assert told["signers"] == ["north", "south"]
    assert [each["package"]["border"] for each in told["nash"]] == [50], "0 for the broker's line, and yet it is agreed"


# ------------------------------------------------------------------ second method: every package by the definitions


def by_definition(made):  # noqa: C901 - all the definitions in one place
    """Each package of ladders, what it is worth to each party, and what stands against it, in plain Python."""
    names = [issue.id for issue in made.issues]
    rungs = [[issue.scale.point(anchor.at) for anchor in issue.scale.anchors] for issue in made.issues]
    scales = {issue.id: issue.scale for issue in made.issues}
    who = [each.id for each in made.parties]
    for levels in itertools.product(*rungs):
        at = dict(zip(names, levels, strict=True))
        worth, against = dict.fromkeys(who, 0.0), set()
        for each in made.positions:
            care = sum(other.salience.mode for other in made.positions if other.party == each.party)
            wanted = [each.position.mode]
            for k, condition in enumerate(each.conditions):
                if not expression.parse(condition.only_if, issues=scales).holds(at):
                    if condition.otherwise is None:
                        against.add(f"{each.party}:{each.issue}:condition_{k + 1}")
                    else:
                        wanted.append(condition.otherwise.mode)
            wanted = wanted[1:] or wanted
            worth[each.party] += min(
                each.salience.mode / care * (1 - abs(at[each.issue] - point) / 100) for point in wanted
            )
            line = each.red_line
            if line and line.at_least and at[each.issue] < line.at_least.mode:
                against.add(f"{each.party}:{each.issue}")
            if line and line.at_most and at[each.issue] > line.at_most.mode:
                against.add(f"{each.party}:{each.issue}")
        for each in made.links:
            if expression.parse(each.when, issues=scales).holds(at):
                worth[each.party] += each.worth.mode
                if each.paid_by:
                    worth[each.paid_by] -= each.worth.mode
        against |= {f"{p.id}:no_agreement" for p in made.parties if worth[p.id] < p.no_agreement.mode - 1e-9}
        yield at, worth, against


@st.composite
def small(draw):
    """Two or three parties over two or three ladders, with red lines, conditions and links at random."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    names = ["north", "south", "west"][: rng.integers(2, 4)]
    issues = [
        ladder(name, *sorted(rng.choice(11, 3, replace=False) * 10.0)) for name in ("a", "b", "c")[: rng.integers(2, 4)]
    ]
    positions = []
    for who in names:
        for issue in issues:
            others = [each.id for each in issues if each.id < issue.id]  # conditions may not go in a circle
            line, at = {}, rng.integers(0, 101)
            if rng.random() < 0.4:
                low = rng.random() < 0.5
                line = {"at_least" if low else "at_most": float(rng.integers(0, 11) * 10)}
                at = rng.integers(line["at_least"], 101) if low else rng.integers(0, line["at_most"] + 1)
            conditions = [
                (f"{rng.choice(others)} {rng.choice(['>=', '<=', '>', '<'])} {rng.integers(0, 11) * 10}",
                 None if rng.random() < 0.5 else float(rng.integers(0, 101)))
                for _ in range(rng.integers(0, 3) if rng.random() < 0.3 and others else 0)
            ]  # fmt: skip
            positions.append(wants(who, issue.id, float(at), float(rng.integers(1, 11)) / 10, line, conditions))
    links = ()
    if rng.random() < 0.5:
        links = (link(names[0], f"a >= {rng.integers(0, 11) * 10} and b <= {rng.integers(0, 11) * 10}",
                      float(rng.integers(-3, 4)) / 10, names[1] if rng.random() < 0.5 else None),)  # fmt: skip
    parties = [party(who, float(rng.integers(0, 9)) / 10) for who in names]
    return scenario(parties, issues, positions, links=tuple(links))


def beaten(worth, others):
    return any(
        all(other[p] >= worth[p] - 1e-12 for p in worth) and any(other[p] > worth[p] + 1e-9 for p in worth)
        for other in others
    )


@settings(max_examples=80, deadline=None)
@given(small())
def test_zone_frontier_and_nash_are_what_trying_every_package_gives(made):
    every = list(by_definition(made))
    told = found(made)
    signed = [(at, worth) for at, worth, against in every if not against]
    assert told["zone"] == bool(signed)
    red = [(at, worth) for at, worth, against in every if not any(not n.endswith("no_agreement") for n in against)]
    pool = red or [(at, worth) for at, worth, _ in every]
    frontier = {tuple(round(x, 6) for x in worth.values()) for _, worth in pool
                if not beaten(worth, [other for _, other in pool])}  # fmt: skip
    assert {tuple(round(x, 6) for x in each["payoffs"].values()) for each in told["pareto"]} == frontier
    for each in told["pareto"]:
        against = next(against for at, _, against in every if at == each["package"])
        assert set(each["against"]) == against
    if signed:
        gain = [[worth[p.id] - p.no_agreement.mode for p in made.parties] for _, worth in signed]
        able = [max(row[p] for row in gain) > 1e-9 for p in range(len(made.parties))]
        best = max(np.prod([x for x, can in zip(row, able, strict=True) if can]) for row in gain)
        for each in told["nash"]:
            row = [each["payoffs"][p.id] - p.no_agreement.mode for p in made.parties]
            assert np.prod([x for x, can in zip(row, able, strict=True) if can]) == pytest.approx(best, abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(small())
def test_what_closes_the_zone_are_the_smallest_sets_that_stand_against_some_package(made):
    """For scenarios in which conditions only bar: giving up one with another way changes payoffs, too."""
    bare = [each for each in made.positions if not any(c.otherwise for c in each.conditions)]
    if len(bare) < len(made.positions) or len({each.party for each in bare}) < len(made.parties):
        return
    told = found(made)
    against = {frozenset(each) for _, _, each in by_definition(made)}
    smallest = {each for each in against if not any(other < each for other in against) and len(each) <= 3}
    if told["zone"]:
        assert told["closed_by"] == []
    elif smallest:
        assert {frozenset(each) for each in told["closed_by"]} == smallest
    else:
        assert any(set(each) <= set(told["closed_by"][0]) for each in against)


def gains_of(made, packages):
    """What packages bring each party over its payoff without agreement; those that can gain in none are left out."""
    rows = np.array([[worth[p.id] - p.no_agreement.mode for p in made.parties] for worth in packages])
    return rows[:, rows.max(axis=0) > 1e-9]


def bare(made):
    """Whether conditions only bar, and everybody has a position: then giving one up changes no payoff."""
    held = {each.party for each in made.positions}
    return len(held) == len(made.parties) and not any(c.otherwise for each in made.positions for c in each.conditions)


@settings(max_examples=25, deadline=None)
@given(small(), st.sampled_from([16, 10_000]))
def test_each_solution_is_the_best_of_what_it_maximises_in_every_way_of_searching(made, most):
    """Sums, smallest gains and smallest shares of the ideal gain, over every package that all would sign."""
    signed = [worth for _, worth, against in by_definition(made) if not against]
    told = found(made, max_packages=most)
    assert told["zone"] == bool(signed)
    if not signed:
        return
    assert told["method"]["unproven"] == []
    gains = np.array([[worth[p.id] - p.no_agreement.mode for p in made.parties] for worth in signed])
    ideal = gains.max(axis=0)
    able = ideal > 1e-9
    best = {
        "utilitarian": gains.sum(axis=1).max(),
        "egalitarian": gains.min(axis=1).max(),
        "kalai_smorodinsky": (gains[:, able] / ideal[able]).min(axis=1).max() if able.any() else 0.0,
    }
    for name, value in best.items():
        for each in told[name]:
            row = np.array([each["payoffs"][p.id] - p.no_agreement.mode for p in made.parties])
            shares = row[able] / ideal[able] if able.any() else np.zeros(1)
            reached = {"utilitarian": row.sum(), "egalitarian": row.min(), "kalai_smorodinsky": shares.min()}
            assert reached[name] == pytest.approx(value, abs=1e-6), name


@settings(max_examples=25, deadline=None)
@given(small(), st.sampled_from([16, 10_000]))
def test_a_price_is_what_the_largest_product_becomes_where_only_what_is_given_up_may_be_crossed(made, most):
    """One red line or condition is dropped at a time, and every package tried; what is not told changes nothing."""
    if not bare(made):
        return
    every, told = list(by_definition(made)), found(made, max_packages=most)
    prices = {each["given_up"]: each for each in told["prices"]}
    before = told["nash"][0]["payoffs"] if told["nash"] else {p.id: p.no_agreement.mode for p in made.parties}
    single = [f"{each.party}:{each.issue}" for each in made.positions if each.red_line]
    single += [
        f"{each.party}:{each.issue}:condition_{k + 1}" for each in made.positions for k in range(len(each.conditions))
    ]
    assert set(prices) <= set(single)
    for name in single:
        open_now = [worth for _, worth, against in every if against <= {name}]
        if not open_now:
            assert name not in prices
            continue
        chosen = prices[name]["payoffs"] if name in prices else before
        if name not in prices and not told["nash"]:
            chosen = next((w for w in open_now if all(abs(w[k] - before[k]) < 1e-9 for k in w)), None)
            assert chosen is not None, "a zone opens at what everybody has anyway"
        products = gains_of(made, [*open_now, chosen]).prod(axis=1)
        assert products[-1] == pytest.approx(products.max(), abs=1e-6)
        if name in prices:
            assert prices[name]["gains"] == pytest.approx({k: chosen[k] - before[k] for k in chosen})


@settings(max_examples=25, deadline=None)
@given(small(), st.sampled_from([16, 10_000]))
def test_nearest_to_a_party_is_the_signed_package_that_is_worth_most_to_it_and_no_other_beats_it(made, most):
    signed = [worth for _, worth, against in by_definition(made) if not against]
    told = found(made, max_packages=most)
    assert bool(told["nearest"]) == bool(signed)
    for who, each in told["nearest"].items():
        assert not each["against"]
        assert each["payoffs"][who] == pytest.approx(max(worth[who] for worth in signed), abs=1e-6)
        assert not any(
            all(other[k] >= each["payoffs"][k] - 1e-9 for k in other) and sum(other.values()) >
            sum(each["payoffs"].values()) + 1e-5 for other in signed
        )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(small())
def test_what_leans_to_a_party_has_the_largest_product_with_its_gain_counted_twice(made):
    signed = [worth for _, worth, against in by_definition(made) if not against]
    told = found(made)
    if not signed:
        assert told["leans"] == {}
        return
    able = [p for p in made.parties if max(worth[p.id] for worth in signed) - p.no_agreement.mode > 1e-9]
    for who, each in told["leans"].items():
        power = [2 if p.id == who else 1 for p in able]

        def product(worth, power=power):
            return math.prod((worth[p.id] - p.no_agreement.mode) ** k for p, k in zip(able, power, strict=True))

        assert product(each["payoffs"]) == pytest.approx(max(product(worth) for worth in signed), abs=1e-9)


def test_linkage_is_worth_the_whole_gain_where_separate_talks_bring_nothing_that_all_would_sign():
    """Issue by issue each side gets 0.5, below the 0.6 that it has without agreement; together 0.75: 0.15 more each."""
    told = found(trade(0.6))
    assert told["linkage"]["over"] == "no_agreement"
    assert told["linkage"]["separate"]["against"] == ["north:no_agreement", "south:no_agreement"]
    assert told["linkage"]["worth"] == pytest.approx({"north": 0.15, "south": 0.15})
    assert told["linkage"]["product"] == pytest.approx({"joint": 0.0225, "separate": 0.0})


def test_a_red_line_costs_what_both_sides_would_gain_without_it():
    """North will not go below 50 on the river, which is worth most to the south. With the line, by hand: border 100 and
    river 50 give (0.75 + 0.125, 0.375), product 0.328; border 50 and river 50 give (0.5, 0.5), product 0.25; and
    without it border 100 and river 0 give 0.75 each."""
    made = trade()
    held = replace(made.positions[1], red_line=RedLine(at_least=exactly(50)))
    told = found(replace(made, positions=(made.positions[0], held, *made.positions[2:])))
    assert told["nash"][0]["payoffs"] == pytest.approx({"north": 0.875, "south": 0.375})
    assert [each["given_up"] for each in told["prices"]] == ["north:river"]
    assert told["prices"][0]["gains"] == pytest.approx({"north": -0.125, "south": 0.375})


# ------------------------------------------------------------------ odd scenarios


def test_one_party_gets_all_that_it_asks_for():
    told = found(scenario((party("north"),), (ladder("border", 0, 50, 100),), (wants("north", "border", 50),)))
    assert [each["package"] for each in told["nash"]] == [{"border": 50}]
    assert told["pareto"] == told["nash"]


def test_a_scenario_in_which_nobody_who_must_sign_wants_anything_is_an_error_in_words():
    rule = DecisionRule(words="the south", unanimity=("south",), grounds=("F1",))
    made = scenario(
        (party("north"), party("south")),
        (ladder("border", 0, 100),),
        (wants("north", "border", 50),),
        decision_rule=rule,
    )
    with pytest.raises(EngineError, match="nobody who must sign has a position"):
        found(made)


def test_an_issue_on_which_no_signer_wants_anything_is_left_open():
    rule = DecisionRule(words="the north", unanimity=("north",), grounds=("F1",))
    issues = (ladder("border", 0, 100), ladder("river", 0, 100))
    positions = (wants("north", "border", 100), wants("south", "river", 0))
    made = scenario((party("north"), party("south")), issues, positions, decision_rule=rule)
    assert found(made)["nash"][0]["package"] == {"border": 100}
    forecast = PackageSearch().forecast(made, np.random.default_rng(0)).data
    assert np.isnan(forecast["settlement"].sel(issue="river"))


def test_a_party_that_cares_about_nothing_changes_no_payoff():
    positions = [*trade().positions, wants("west", "border", 30, 0.0)]
    made = scenario((*trade().parties, party("west")), trade().issues, positions)
    assert found(made)["nash"][0]["package"] == {"border": 100, "river": 0}


def test_too_many_linked_rungs_are_solved_by_programs_as_listing_solves_them():
    issues = tuple(ladder(f"i{k}", 0, 50, 90) for k in range(4))
    when = " and ".join(f"i{k} >= 50" for k in range(4))
    positions = [wants("north", "i0", 100), wants("south", "i0", 0), wants("north", "i1", 90), wants("south", "i1", 20)]
    made = scenario((party("north"), party("south")), issues, positions, links=(link("north", when, 0.1),))
    programs, listing = found(made, max_packages=50), found(made)
    assert (programs["method"]["name"], listing["method"]["name"]) == ("programs", "listing")
    for name in ("pareto", *SOLUTIONS):
        told = [{tuple(round(x, 9) for x in each["payoffs"].values()) for each in way[name]}
                for way in (programs, listing)]  # fmt: skip
        assert told[0] and told[0] <= told[1], name
        assert name != "pareto" or told[0] == told[1] or not programs["method"]["whole_frontier"]


def linked(line):
    """Thirty issues of six rungs, sixty links; each side cares most where the other cares least."""
    issues = tuple(ladder(f"i{k}", *np.linspace(0, 100, 6)) for k in range(30))
    cares = [("north", 100, lambda k: 1 + k % 7), ("south", 0, lambda k: 7 - k % 7)]
    lines = {"north": {"at_least": 60}, "south": line}
    positions = [
        wants(who, f"i{k}", at, care(k) / 7, {} if k else lines[who]) for who, at, care in cares for k in range(30)
    ]
    made = tuple(
        link(("north", "south")[n % 2], f"i{n % 30} = r{n % 6} and i{(7 * n + 11) % 30} = r{(n + 2) % 6}", 0.01,
             name=f"l{n}")
        for n in range(60)
    )  # fmt: skip
    return scenario((party("north", 0.4), party("south", 0.4)), issues, positions, links=made)


def test_what_closes_the_zone_of_thirty_linked_issues_is_proven():
    told = found(linked({"at_most": 40}))
    assert not told["zone"] and told["closed_by_all"]
    assert told["closed_by"] == [["north:i0"], ["south:i0"]]


def three_way(seed=3, *, names=("north", "south", "west")):
    """Signers over thirty issues of six rungs with sixty links, at random; red lines on one issue in seven."""
    rng = np.random.default_rng(seed)
    issues = tuple(ladder(f"i{k}", *np.linspace(0, 100, 6)) for k in range(30))
    positions = []
    for who in names:
        for k in range(30):
            at = float(rng.integers(0, 101))
            line = ({"at_least": at - 20} if at > 50 else {"at_most": at + 20}) if rng.random() < 1 / 7 else {}
            positions.append(wants(who, f"i{k}", at, float(rng.integers(1, 11)) / 10, line))
    links = []
    for n in range(60):
        a, b = rng.choice(30, 2, replace=False)
        when = f"i{a} = r{rng.integers(6)} and i{b} = r{rng.integers(6)}"
        pays = names[(n + 1) % len(names)] if n % 4 == 0 else None
        links.append(link(names[n % len(names)], when, float(rng.uniform(-0.02, 0.06)), pays, name=f"l{n}"))
    return scenario([party(who, 0.3) for who in names], issues, positions, links=tuple(links))


def test_three_signers_over_thirty_linked_issues_get_proven_packages_that_all_would_sign():
    told = found(three_way())
    assert told["zone"] and told["method"]["name"] == "programs"
    gains = {}
    for name in SOLUTIONS:
        payoffs = told[name][0]["payoffs"]
        assert not told[name][0]["against"]
        gains[name] = [payoffs[who] - 0.3 for who in ("north", "south", "west")]
    assert told["method"]["unproven"] == []
    assert max(gains, key=lambda name: np.prod(gains[name])) == "nash"
    assert max(gains, key=lambda name: sum(gains[name])) == "utilitarian"
    assert max(gains, key=lambda name: min(gains[name])) == "egalitarian"
    assert told["method"]["solved_draws"] == 100 and "first 100 are solved" in told["method"]["says"]


def test_what_the_search_stopped_before_is_told_with_how_much_better_there_may_be(monkeypatch):
    """With a thousandth of the work hardly anything is found; what is missing stands under `unproven`, by name."""
    monkeypatch.setattr(large, "WHOLE", large.WHOLE // 100)
    made = linked({"at_most": 40 + 60})
    told = found(made)
    method = told["method"]
    assert not method["exact"]
    left = {each["role"]: each for each in method["unproven"]}
    assert left and all(each["gap"] is None or each["gap"] >= 0 for each in left.values())
    for name in SOLUTIONS:
        assert bool(told[name]) == (name not in left or left[name]["found"]), name
    assert "Not looked for to the end" in method["says"]
    json.dumps(told, allow_nan=False)


def test_a_search_that_finds_no_package_in_its_work_is_an_error_in_words(monkeypatch):
    monkeypatch.setattr(large, "EACH", 0)
    with pytest.raises(EngineError, match="stopped at its limit before it found a package"):
        found(linked({"at_most": 100}))


def test_programs_solve_the_first_draws_and_the_others_say_why_they_have_no_answer():
    made = three_way(seed=5)
    vague = replace(made.positions[0], salience=Estimate(low=0.2, mode=0.5, high=0.8, grounds=("F1",)))
    draws = ensembles.draw(replace(made, positions=(vague, *made.positions[1:])), 5, 0)
    engine = PackageSearch(solved_draws=2)
    together = engine.forecast_many(draws, [])
    assert (together["failure"].values != "").tolist() == [False, False, True, True, True]
    assert "programs solve the first 2 draws only: raise solved_draws" in together["failure"].values[2]
    assert np.isfinite(together["agreement"].values).tolist() == [True, True, False, False, False]
    late = engine.forecast_many(draws.part(2, 4), [])
    assert (late["failure"].values != "").all(), "a later chunk knows that its draws are not the first"
    again = engine.forecast_many(draws.part(1, 2), [])
    for name in ("agreement", "settlement", "worth", "proven"):
        np.testing.assert_array_equal(together[name].values[1], again[name].values[0])


def test_a_run_with_programs_shows_progress_every_few_draws_and_counts_those_left_out():
    made = three_way(seed=5)
    vague = replace(made.positions[0], salience=Estimate(low=0.2, mode=0.5, high=0.8, grounds=("F1",)))
    made, seen = replace(made, positions=(vague, *made.positions[1:])), []
    engines = {"package_search": PackageSearch(solved_draws=3)}
    one = ensembles.run(made, engines, draws=25, progress=lambda done, total, _: seen.append((done, total)))
    assert seen == [(0, 25), (10, 25), (20, 25), (25, 25)]
    assert [each.draw for each in one.runs["package_search"].failures] == list(range(3, 25))


def test_where_packages_are_listed_every_draw_is_answered_and_runs_are_cut_as_ever():
    made = trade()
    vague = replace(made.positions[0], salience=Estimate(low=0.2, mode=0.5, high=0.8, grounds=("F1",)))
    draws = ensembles.draw(replace(made, positions=(vague, *made.positions[1:])), 4, 0)
    engine = PackageSearch(solved_draws=1)
    data = engine.forecast_many(draws, [])
    assert (data["failure"].values == "").all() and (data["proven"].values == 1).all()
    assert len(np.unique(data["worth"].values[:, 0])) == 4
    assert engine.draws_at_once(made) is None


@pytest.mark.parametrize(
    "wrong", [{"levels": 1}, {"max_packages": 2}, {"solved_draws": 0}, {"solution": "best"}, {"scope": "some"}]
)
def test_settings_out_of_range_are_refused(wrong):
    with pytest.raises(UsageError, match="must"):
        PackageSearch(**wrong)


# ------------------------------------------------------------------ draws, and the shipped case end to end


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(SOLUTIONS), st.sampled_from(["all_issues", "any_issues"]))
def test_many_draws_are_answered_as_each_of_them(seed, solution, scope):
    made = scenarios.load(CEASEFIRE)
    engine, draws = PackageSearch(solution=solution, scope=scope), ensembles.draw(made, 2, seed)
    together = engine.forecast_many(draws, [])
    for i in range(2):
        alone = engine.forecast(draws.scenario(i), np.random.default_rng(0)).data
        for name in ("agreement", "settlement", "payoff", "worth", "left_as_it_is", "within_red_lines"):
            np.testing.assert_allclose(together[name].values[i], alone[name].values, rtol=1e-9, atol=1e-9, err_msg=name)


def test_what_was_agreed_can_be_signed_in_every_draw():
    made = scenarios.load(CEASEFIRE)
    engine, draws = PackageSearch(scope="any_issues"), ensembles.draw(made, 40, 5)
    data = engine.forecast_many(draws, [])
    signing = [made.party_ids.index(name) for name in ("russia", "ukraine")]
    for i in np.flatnonzero(data["agreement"].values == 1):
        alone = draws.scenario(int(i))
        for p in signing:
            assert data["worth"].values[i, p] >= alone.parties[p].no_agreement.mode - 1e-9
        for each in alone.positions:
            k = made.issue_ids.index(each.issue)
            if each.party in ("russia", "ukraine") and each.red_line and data["left_as_it_is"].values[i, k] == 0:
                at = data["settlement"].values[i, k]
                low, high = each.red_line.at_least, each.red_line.at_most
                assert low is None or at >= low.mode - 1e-9
                assert high is None or at <= high.mode + 1e-9


def test_on_17_march_2025_the_red_lines_on_territory_close_the_zone_and_leaving_it_alone_opens_it():
    told = found(scenarios.load(CEASEFIRE))
    assert not told["zone"] and told["closed_by_all"]
    assert told["closed_by"] == [["russia:territory"], ["ukraine:territory"]]
    assert told["leaving"]["nash"] and "territory" in told["leaving"]["nash"][0]["left"]
    assert (
        told["leaving"]["leans"]["russia"]["payoffs"]["russia"]
        > told["leaving"]["leans"]["ukraine"]["payoffs"]["russia"]
    )


def test_an_approach_changes_what_is_agreed_though_the_party_need_not_sign():
    """Holding aid back lowers what Ukraine has without agreement; waiting or walking away moves nobody's wishes."""
    made = scenarios.load(CEASEFIRE)
    draws, engine = ensembles.draw(made, 30, 0), PackageSearch(scope="any_issues")
    before = engine.forecast_many(draws, [])["settlement"].values
    for name, changes in (("give_up_ukraine", True), ("give_up_relationship", True), ("wait", False)):
        after = engine.forecast_many(apply(draws, name), [])["settlement"].values
        assert (not np.allclose(before, after, equal_nan=True)) == changes, name


def test_a_signer_that_moves_its_position_moves_the_package():
    made = scenarios.load("tutorial/two-valleys")
    engine, draws = PackageSearch(levels=9), Draws.of_modes(made)
    moved = apply(draws, "open_first")
    first, second = (engine.forecast(each.scenario(0), np.random.default_rng(0)) for each in (draws, moved))
    water = [[each["package"]["water"] for each in engine.detail(told)["pareto"]] for told in (first, second)]
    assert min(water[0]) == 40 and min(water[1]) == 50, "nobody asks for less than the upper valley's new offer"


def test_the_detail_speaks_the_issues_own_unit_and_is_plain(tmp_path):
    from parley import documents, workbench

    ensemble = workbench.run("tutorial/two-valleys", engines=["package_search"], draws=0, store=tmp_path)
    document = json.loads(json.dumps(documents.run_document(ensemble, "tutorial/two-valleys")))
    told = document["engines"]["package_search"]["detail"]
    assert told["nash"][0]["package"] == {"water": 60.0, "withdrawal": pytest.approx(20.0)}
    settled = document["engines"]["package_search"]["settlement"]
    assert settled == pytest.approx(told["nash"][0]["package"])
