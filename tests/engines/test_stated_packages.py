"""Payoffs that are stated number by number, through both engines: every package by itself as the second method."""

import dataclasses
import io
import itertools
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from parley import documents, ensembles, workbench
from parley.briefing.talk_lines import rungs_left_out
from parley.cli.talking import show
from parley.domain.clock import Clock
from parley.domain.draws import Draws
from parley.domain.estimate import Estimate
from parley.domain.payoffs import StatedPayoff
from parley.domain.position import Position, RedLine
from parley.engines import available, missing
from parley.engines.package_search import PackageSearch
from parley.engines.talks import TalksTurnByTurn
from parley.engines.talks.outcome import by_kernel, flow_values, opening_steps
from parley.engines.talks.room import prepare, rounds_of
from parley.errors import NoResultError
from parley.methods import package_reading
from parley.methods.package_reading import read
from tests.payoff_scenarios import exactly, ladder, stated_scenario, worth_of

CLOCK = Clock(step_days=1, horizon=12)


def found(made, **parameters):
    engine = PackageSearch(**parameters)
    return engine.detail(engine.forecast(made, np.random.default_rng(0)))


def by_definition(made):
    """Each package, by the rungs' points, and what it is worth to each party."""
    names = [issue.id for issue in made.issues]
    rungs = [[issue.scale.point(anchor.at) for anchor in issue.scale.anchors] for issue in made.issues]
    for levels in itertools.product(*rungs):
        at = dict(zip(names, levels, strict=True))
        yield (
            levels,
            tuple(
                sum(
                    each.weight.mode * next(level.worth.mode for level in each.levels if level.at == at[each.issue])
                    for each in payoff.issues
                )
                for payoff in made.payoffs
            ),
        )


@st.composite
def domains(draw, least, most):
    """Whole numbers at random, so that sums are exact and many packages tie."""
    rng, number = np.random.default_rng(draw(st.integers(0, 10**6))), draw(st.integers(least, most))
    sizes = rng.integers(2, 5, rng.integers(1, 5 if number < 4 else 4))
    worth = [[rng.integers(0, 9, size).tolist() for size in sizes] for _ in range(number)]
    weights = rng.integers(0, 4, (number, len(sizes))).tolist()
    reserves = [None if rng.random() < 0.2 else float(rng.integers(0, 12)) for _ in range(number)]
    return stated_scenario(worth, weights, reserves, clock=CLOCK)


def beaten(one, others):
    return any(all(a >= b for a, b in zip(other, one, strict=True)) and other != one for other in others)


def told_as(packages):
    """Packages of a detail by their points."""
    return sorted(tuple(float(x) for x in each["package"].values()) for each in packages)


@settings(max_examples=60, deadline=None)
@given(domains(2, 9))
def test_frontier_zone_and_all_nash_points_of_up_to_nine_parties_are_those_of_every_package_by_itself(made):
    listing = dict(by_definition(made))
    distinct, told = set(listing.values()), found(made)
    assert told_as(told["pareto"]) == sorted(levels for levels, one in listing.items() if not beaten(one, distinct))
    for each in told["pareto"]:
        assert tuple(each["payoffs"].values()) == listing[tuple(map(float, each["package"].values()))]
    least = [min(one[i] for one in distinct) for i in range(len(made.parties))]
    reserve = [least[i] if each.reserve is None else each.reserve.mode for i, each in enumerate(made.payoffs)]
    gains = {
        levels: [a - b for a, b in zip(one, reserve, strict=True)]
        for levels, one in listing.items()
        if all(a >= b for a, b in zip(one, reserve, strict=True))
    }
    assert told["zone"] == bool(gains)
    if gains:
        able = [any(each[i] > 0 for each in gains.values()) for i in range(len(reserve))]
        product = {k: np.prod([x for x, can in zip(each, able, strict=True) if can]) for k, each in gains.items()}
        ties = [levels for levels, value in product.items() if value == max(product.values())]
        best = [levels for levels in ties if not beaten(listing[levels], {listing[each] for each in ties})]
        assert told_as(told["nash"]) == sorted(best)
    else:
        shorts = [{i for i, x in enumerate(one) if x < reserve[i]} for one in distinct]
        smallest = {frozenset(each) for each in shorts if not any(other < each for other in shorts) and len(each) <= 3}
        if smallest:
            ids = [{made.party_ids.index(name.split(":")[0]) for name in each} for each in told["closed_by"]]
            assert set(map(frozenset, ids)) == smallest


@settings(max_examples=20, deadline=None)
@given(domains(3, 5))
def test_more_packages_than_are_listed_together_are_merged_to_the_same_answer(made):
    listed, merged = found(made, max_packages=3_000_000), found(made, max_packages=16)
    for name in ("zone", "pareto", "nash", "kalai_smorodinsky", "egalitarian", "utilitarian"):
        assert merged[name] == listed[name]
    draws = ensembles.draw(made, 2, 0)
    small, large = (PackageSearch(max_packages=most).forecast_many(draws, []) for most in (16, 3_000_000))
    assert small.identical(large)


@settings(max_examples=20, deadline=None)
@given(domains(2, 4), st.integers(0, 10**6))
def test_many_draws_of_uncertain_payoffs_are_answered_as_each_of_them(made, seed):
    unsure = dataclasses.replace(
        made.payoffs[0],
        reserve=Estimate(low=0, mode=1, high=6, grounds=("F1",)),
        base=Estimate(low=-3, mode=1, high=2, grounds=("F1",)),
    )
    made = dataclasses.replace(made, payoffs=(unsure, *made.payoffs[1:]))
    draws = ensembles.draw(made, 3, seed)
    for engine in (PackageSearch(), TalksTurnByTurn(samples=4)):
        rngs = [[np.random.default_rng((seed, k)) for k in range(3)] for _ in range(2)]
        together = engine.forecast_many(draws, rngs[0])
        for k in range(3):
            alone = engine.forecast(draws.scenario(k), rngs[1][k]).data
            for name in set(together.data_vars) & set(alone.data_vars):
                np.testing.assert_allclose(together[name].values[k], alone[name].values, atol=1e-9, err_msg=name)


def test_draws_of_exact_numbers_share_one_table_and_talk_as_if_each_had_its_own():
    made = stated_scenario([[[1, 5, 9], [2, 0]], [[7, 3, 1], [0, 3]]], [[1, 2], [2, 1]], [2, 1], clock=CLOCK)
    draws = ensembles.draw(made, 5, 3)
    engine = TalksTurnByTurn(samples=6)
    assert prepare(draws, mediation="nash", packages=64, known=True).shared
    together = engine.forecast_many(draws, [np.random.default_rng(k) for k in range(5)])
    for k in range(5):
        alone = engine.forecast_many(draws.part(k, k + 1), [np.random.default_rng(k)])
        for name in together.data_vars:
            np.testing.assert_array_equal(together[name].values[k], alone[name].values[0], err_msg=name)


def test_talks_list_every_rung_however_few_packages_are_asked_for_and_count_them_as_stated():
    made = stated_scenario([[[1, 5, 9], [2, 0]], [[7, 3, 1], [0, 3]]], [[1, 2], [2, 1]], [2, None], clock=CLOCK)
    reading = read(Draws.of_modes(made), most=2)
    assert reading.sizes == (3, 2)
    assert reading.worth[0].T.tolist() == [list(map(float, worth)) for _, worth in by_definition(made)]
    assert reading.reserve.tolist() == [[2, 2]]


def test_talks_say_of_which_issue_rungs_were_left_out_and_how_many_of_how_many(monkeypatch):
    """Six rungs on each of two issues are 36 packages; where 20 may be listed, 5 x 6, 5 x 5 and then 4 x 5 are left."""
    monkeypatch.setattr(package_reading, "MOST_RUNGS", 20)
    falling, rising = [6, 5, 4, 3, 2, 1], [1, 2, 3, 4, 5, 6]
    made = stated_scenario([[falling, falling], [rising, rising]], [[1, 2], [2, 1]], [2, 2], clock=CLOCK)
    engine = TalksTurnByTurn(samples=2)
    told = engine.detail(engine.forecast(made, np.random.default_rng(0)))
    assert told["rungs_left_out"] == {"issue_0": {"stated": 6, "kept": 4}, "issue_1": {"stated": 6, "kept": 5}}
    says = rungs_left_out(made, told)
    assert "issue_0 (4 of 6 rungs) and issue_1 (5 of 6 rungs)" in says
    report = workbench.talks(made, draws=0)
    shown = io.StringIO()
    show(Console(file=shown, width=300), made, report, over="")
    assert says in shown.getvalue()
    document = documents.talks_document(report, made, made, seed=0, draws=0)
    assert document["rungs_left_out"] == told["rungs_left_out"]


def test_talks_that_leave_no_rung_out_say_nothing_of_it():
    made = stated_scenario([[[1, 5, 9]], [[7, 3, 1]]], [[1], [1]], [0, 0], clock=CLOCK)
    engine = TalksTurnByTurn(samples=2)
    told = engine.detail(engine.forecast(made, np.random.default_rng(0)))
    assert told["rungs_left_out"] == {} and rungs_left_out(made, told) == ""


def test_a_party_with_stated_payoffs_still_signs_nothing_beyond_its_red_line_and_its_position_counts_for_nothing():
    made = stated_scenario([[[1, 5, 9]], [[7, 3, 1]]], [[1], [1]], [0, 0], clock=CLOCK)
    line = RedLine(at_most=exactly(50))
    stands = Position(party="party_0", issue="issue_0", position=exactly(0), salience=exactly(1), red_line=line)
    told = found(dataclasses.replace(made, positions=(stands,)))
    assert {tuple(each["payoffs"].values()) for each in told["pareto"]} == {(1, 7), (5, 3)}
    prices = {each["given_up"]: each["gains"] for each in told["prices"]}
    assert prices == {} or set(prices) == {"party_0:issue_0"}
    assert not read(Draws.of_modes(dataclasses.replace(made, positions=(stands,)))).signs[0, 0, 2]


def test_positions_of_one_party_meet_stated_payoffs_of_another():
    made = stated_scenario([[[1, 5, 9]], [[7, 3, 1]]], [[1], [1]], [0, 0], clock=CLOCK)
    stands = Position(party="party_0", issue="issue_0", position=exactly(100), salience=exactly(1))
    told = found(dataclasses.replace(made, positions=(stands,), payoffs=made.payoffs[1:]))
    assert {tuple(each["payoffs"].values()) for each in told["pareto"]} == {(1, 1), (0.5, 3), (0, 7)}
    assert told["signers"] == ["party_0", "party_1"]


def test_what_ends_late_is_worth_the_stated_share_of_what_it_would_be_at_the_start():
    """A quarter at the end of twelve steps: an agreement in step s is worth 0.25^(s/12) of its payoff."""
    made = stated_scenario([[[1, 5, 9]], [[7, 3, 1]]], [[1], [1]], [0.5, 0.5], clock=CLOCK)
    patient = dataclasses.replace(made.payoffs[0], discount=exactly(0.25))
    made = dataclasses.replace(made, payoffs=(patient, made.payoffs[1]))
    draws, engine = Draws.of_modes(made), TalksTurnByTurn(samples=40)
    room, sampled = engine.prepared(draws, [np.random.default_rng(0)])
    rounds = rounds_of(room, sampled)
    courses = by_kernel(room, rounds)
    value = flow_values(draws, room, (rounds, courses), opening_steps(draws), each=True)[0]
    for k, package in enumerate(courses.package):
        step = courses.step[k] if package >= 0 else 12
        worth = room.reading.worth[0, :, package] if package >= 0 else np.array([0.5, 0.5])
        assert value[k] == pytest.approx([0.25 ** (step / 12) * worth[0], worth[1]])
    assert (courses.package >= 0).any() and (courses.package < 0).any()


def test_positions_or_payoffs_are_enough_and_what_is_missing_is_said_in_words():
    made = stated_scenario([[[1, 5]], [[3, 2]]], [[1], [1]], [0, 0])
    bare = dataclasses.replace(made, payoffs=())
    assert missing(available()["package_search"], made) == ()
    assert missing(available()["talks"], made) == ("clock",)
    assert missing(available()["talks"], bare) == ("positions or payoffs", "clock")
    assert missing(available()["median_voter"], made) == ("positions",)
    with pytest.raises(NoResultError, match="has no positions or payoffs"):
        workbench.packages(bare)


def test_a_party_that_states_what_every_package_is_worth_and_no_issue_need_not_sign():
    made = stated_scenario([[[1, 5]], [[3, 2]], [[0, 0]]], [[1], [1], [1]], [0, 0, 0])
    idle = StatedPayoff(party="party_2", issues=(), base=exactly(4))
    assert found(dataclasses.replace(made, payoffs=(*made.payoffs[:2], idle)))["signers"] == ["party_0", "party_1"]


def test_the_commands_print_stated_payoffs_in_their_own_unit(tmp_path):
    from typer.testing import CliRunner

    from parley.cli.app import app
    from parley.files import saving

    made = stated_scenario([[[1000, 5000, 9000]], [[7, 3, 1]]], [[1], [0.5]], [0, 0], clock=CLOCK)
    place = tmp_path / "talks.yaml"
    place.write_text(saving.new_text(made), encoding="utf-8")
    said = " ".join(CliRunner().invoke(app, ["packages", str(place)]).stdout.split())
    assert "in each party's own unit" in said and "9,000" in said and "3.5" in said
    assert "points of 100" not in said and "fixed rungs" in said
    told = CliRunner().invoke(app, ["talks", str(place), "--draws", "5"])
    assert told.exit_code == 0, told.stderr
    assert "in the unit that each party states" in " ".join(told.stdout.split())
    ensemble = workbench.run(place, engines=["package_search"], draws=0, store=tmp_path / "runs")
    document = json.loads(json.dumps(documents.run_document(ensemble, str(place))))["engines"]["package_search"]
    assert document["payoff"] == {"party_0": None, "party_1": None}
    assert document["detail"]["nash"][0]["payoffs"] in ({"party_0": 5000, "party_1": 1.5},)


def test_the_briefing_of_stated_payoffs_is_written_with_pictures_between_the_worst_and_the_best(tmp_path):
    from parley.briefing.compose import compose
    from parley.domain.briefing import Chart

    made = stated_scenario([[[1000, 5000, 9000]], [[7, 3, 1]]], [[1], [0.5]], [0, 0], clock=CLOCK)
    comparison = workbench.compare(made, engines=["package_search", "talks"], draws=5, store=tmp_path)
    blocks = [block for section in compose(comparison).sections for block in section.blocks]
    charts = {block.kind: block for block in blocks if isinstance(block, Chart)}
    drawn = sorted(each["at"] for each in charts["frontier"].data["points"])
    np.testing.assert_allclose(drawn, [[0, 1], [1 / 2, 1 / 3], [1, 0]])
    rows = charts["concessions"].data["rows"]
    named = [x for row in rows for line in row["lines"] for x in line["named"] if x is not None]
    assert named and min(named) >= -1e-9 and max(named) <= 1 + 1e-9


def test_an_issue_without_a_worth_to_anybody_is_not_on_the_table():
    made = stated_scenario([[[1, 5]], [[3, 2]]], [[1], [1]], [0, 0])
    more = dataclasses.replace(made, issues=(*made.issues, ladder("idle", 3)))
    assert list(found(more)["nash"][0]["package"]) == ["issue_0"]


def test_a_rung_that_is_worth_less_than_nothing_is_counted_so():
    issue = ladder("issue_0", 2)
    payoffs = (
        StatedPayoff(party="party_0", issues=(worth_of(issue, 2, [-5, 1]),)),
        StatedPayoff(party="party_1", issues=(worth_of(issue, 1, [4, -1]),)),
    )
    made = dataclasses.replace(stated_scenario([[[1, 5]], [[3, 2]]], [[1], [1]], [0, 0]), payoffs=payoffs)
    told = found(made)
    assert told["no_agreement"] == {"party_0": -10, "party_1": -1}
    assert {tuple(each["payoffs"].values()) for each in told["pareto"]} == {(-10, 4), (2, -1)}
