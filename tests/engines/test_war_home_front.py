"""Those at home: how publics and ratifiers move what a side of a war can agree to."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.domain.doubt import Audience, HomeFront, Ratifier
from parley.domain.draws import Draws
from parley.domain.prediction import Observation, OpinionSeries
from parley.domain.war import PieIssue
from parley.engines.war_bargaining import WarBargaining
from parley.ensembles import draw
from tests.builders import about, exactly, tiny_scenario
from tests.war_scenes import shipped, with_war

RNG = np.random.default_rng(0)
share = st.floats(0, 1)


def forecast(scenario):
    return WarBargaining().forecast(scenario, RNG).data


def bounds(scenario):
    """The north's floor (.3 in the tiny scenario) and the south's ceiling (.7)."""
    data = forecast(scenario)
    return data["floor"].item(), data["ceiling"].item()


def audience(party, line, penalty, **fields):
    kept = {"words": "it was said in public", "issue": "border", "line": exactly(line), "penalty": exactly(penalty)}
    return Audience(party=party, **{**kept, **fields})


def ratifier(party, line, votes=1.0, issue="border"):
    return Ratifier(party=party, name="the council", issue=issue, line=exactly(line), votes=exactly(votes))


def at_home(*people, **quotas):
    """The tiny scenario with these publics and ratifiers."""
    home = HomeFront(
        audiences=tuple(each for each in people if isinstance(each, Audience)),
        ratifiers=tuple(each for each in people if isinstance(each, Ratifier)),
        **{name: exactly(value) for name, value in quotas.items()},
    )
    return with_war(tiny_scenario(), home_front=home)


def test_without_anybody_at_home_every_number_is_as_without_the_section():
    for home in (None, HomeFront()):
        plain, other = forecast(tiny_scenario()), forecast(with_war(tiny_scenario(), home_front=home))
        assert plain.identical(other)


def test_a_public_lifts_a_sides_floor_by_the_penalty():
    """The north's red line is 30; settling short of 80 would cost it .1, so it holds out for 40."""
    assert bounds(at_home(audience("north", 80, 0.1))) == pytest.approx((0.4, 0.7))


def test_a_public_never_lifts_a_sides_floor_beyond_the_public_line():
    assert bounds(at_home(audience("north", 35, 0.1))) == pytest.approx((0.35, 0.7))


def test_a_public_line_that_the_own_red_line_keeps_already_changes_nothing():
    assert bounds(at_home(audience("north", 25, 0.1))) == pytest.approx((0.3, 0.7))


def test_a_public_of_the_south_lowers_the_ceiling_in_the_same_way():
    """The south keeps 30 of 100 at least; with a public line at 20 for the border it holds out for .1 more."""
    assert bounds(at_home(audience("south", 20, 0.1))) == pytest.approx((0.3, 0.6))
    assert bounds(at_home(audience("south", 65, 0.1))) == pytest.approx((0.3, 0.65))


@settings(max_examples=20, deadline=None)
@given(share, share, st.sampled_from(["north", "south"]))
def test_a_penalty_moves_a_bound_by_no_more_than_itself_and_not_beyond_the_line(line, penalty, party):
    floor, ceiling = bounds(at_home(audience(party, 100 * line, penalty)))
    if party == "north":
        assert 0.3 - 1e-12 <= floor <= min(0.3 + penalty, max(line, 0.3)) + 1e-12
        assert ceiling == pytest.approx(0.7)
    else:
        assert max(0.7 - penalty, min(line, 0.7)) - 1e-12 <= ceiling <= 0.7 + 1e-12
        assert floor == pytest.approx(0.3)


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 0.3), st.floats(0, 0.3))
def test_a_public_of_either_side_never_widens_what_red_lines_leave(one, other):
    """What can be settled now may widen all the same: tighter red lines later on make fighting on worth less today."""
    plain, moved = (
        forecast(tiny_scenario()),
        forecast(at_home(audience("north", 90, one), audience("south", 10, other))),
    )
    room = [(data["ceiling"] - data["floor"]).item() for data in (plain, moved)]
    assert room[1] <= room[0] + 1e-12


def test_a_public_can_close_what_could_be_agreed():
    data = forecast(at_home(audience("north", 90, 0.3), audience("south", 10, 0.3)))
    assert (data["floor"].item(), data["ceiling"].item()) == pytest.approx((0.6, 0.4))
    assert data["agreement"].item() == 0


def opinion(*values):
    observations = tuple(Observation(when="then", value=exactly(value)) for value in values)
    return OpinionSeries(id="mood", words="for peace", unit="per cent", party="north", observations=observations)


def weighed(makes_it, *values):
    told = dataclasses.replace(tiny_scenario(), opinion=(opinion(*values),))
    home = HomeFront(audiences=(audience("north", 90, 0.2, opinion="mood", makes_it=makes_it),))
    return bounds(with_war(told, home_front=home))[0]


def test_the_latest_value_of_a_series_weighs_the_penalty():
    """A penalty of .2 counts for 30 in a hundred who would punish it, or for the 70 who are not yet won over."""
    assert weighed("dearer", 90, 30) == pytest.approx(0.3 + 0.3 * 0.2)
    assert weighed("cheaper", 90, 30) == pytest.approx(0.3 + 0.7 * 0.2)


def test_a_mood_that_turns_moves_the_floor_the_way_it_is_said_to():
    assert weighed("dearer", 60) > weighed("dearer", 40) > weighed("dearer", 0) == pytest.approx(0.3)
    assert weighed("cheaper", 100) == pytest.approx(0.3)
    assert weighed("cheaper", 60) < weighed("cheaper", 40)


def test_in_the_shipped_case_a_warmer_mood_lowers_what_russia_must_bring_home():
    """Save in draws in which its own red line on land lies beyond the public line already."""
    draws = draw(shipped(), 40, 0)
    place = next(k for k, each in enumerate(draws.base.opinion) if each.id == "russians_on_united_states")
    last = len(draws.base.opinion[place].observations) - 1
    column = draws.index(("opinion", place, "observations", last, "value"))
    values = draws.values.copy()
    values[:, column] = np.minimum(values[:, column] + 40, 100)
    warm = WarBargaining().forecast_many(dataclasses.replace(draws, values=values), [RNG] * 40)["floor"].values
    plain = WarBargaining().forecast_many(draws, [RNG] * 40)["floor"].values
    assert (warm <= plain + 1e-12).all()
    assert (warm < plain - 1e-4).mean() > 0.5


def test_all_who_must_ratify_make_the_hardest_of_them_decide():
    council, army = ratifier("north", 45, 2), ratifier("north", 60, 1)
    assert bounds(at_home(council, army))[0] == pytest.approx(0.6)


def test_with_a_quota_the_one_whose_votes_reach_it_decides():
    """Votes 2 at 45, 1 at 60, 1 at 80: half needs the first alone, three quarters the second too."""
    people = (ratifier("north", 80), ratifier("north", 45, 2), ratifier("north", 60))
    assert bounds(at_home(*people, quota_a=0.5))[0] == pytest.approx(0.45)
    assert bounds(at_home(*people, quota_a=0.75))[0] == pytest.approx(0.6)
    assert bounds(at_home(*people, quota_a=0.76))[0] == pytest.approx(0.8)
    assert bounds(at_home(*people, quota_a=0))[0] == pytest.approx(0.3)
    assert bounds(at_home(*people, quota_b=0))[0] == pytest.approx(0.8)


def test_the_souths_ratifiers_bound_the_ceiling():
    people = (ratifier("south", 20), ratifier("south", 55, 2), ratifier("south", 40))
    assert bounds(at_home(*people))[1] == pytest.approx(0.2)
    assert bounds(at_home(*people, quota_b=0.5))[1] == pytest.approx(0.55)
    assert bounds(at_home(*people, quota_b=0.75))[1] == pytest.approx(0.4)


def test_ratifiers_who_accept_more_than_the_government_do_not_loosen_its_red_line():
    assert bounds(at_home(ratifier("north", 10), ratifier("south", 90))) == pytest.approx((0.3, 0.7))


def test_a_public_comes_on_top_of_those_who_ratify():
    """The council needs 45; settling short of 90 costs .1 more."""
    assert bounds(at_home(ratifier("north", 45), audience("north", 90, 0.1)))[0] == pytest.approx(0.55)


def test_a_line_on_an_issue_of_which_a_side_wants_little_counts_from_its_own_end():
    """The north wants a short truce: at 45 of 60 days, 75 on the common scale, a line there leaves it a quarter."""
    pie = (PieIssue(issue="truce", a_wants="low", weight=exactly(1)),)
    home = HomeFront(ratifiers=(ratifier("north", 75, issue="truce"), ratifier("south", 10, issue="truce")))
    assert bounds(with_war(tiny_scenario(), pie=pie, home_front=home)) == pytest.approx((0.25, 0.9))


def test_the_sides_in_each_others_place_have_their_bounds_mirrored():
    people = (audience("north", 80, 0.1), ratifier("north", 45, 2), ratifier("north", 60), ratifier("south", 65))
    mirrored = []
    for each in people:
        other = {"north": "south", "south": "north"}[each.party]
        line = exactly(100 - each.line.mode)
        mirrored.append(dataclasses.replace(each, party=other, line=line))
    floor, ceiling = bounds(at_home(*people, quota_a=0.5))
    other_floor, other_ceiling = bounds(at_home(*mirrored, quota_b=0.5))
    assert (other_floor, other_ceiling) == pytest.approx((1 - ceiling, 1 - floor))


def test_each_draw_has_bounds_of_its_own_numbers():
    scenario = at_home(audience("north", 90, 0.0))
    people = dataclasses.replace(scenario.war.home_front.audiences[0], penalty=about(0, 0.1, 0.3))
    scenario = with_war(scenario, home_front=HomeFront(audiences=(people,)))
    draws = draw(scenario, 30, 1)
    data = WarBargaining().forecast_many(draws, [RNG] * 30)
    red_line = draws.column(("positions", 0, "red_line", "at_least")) / 100
    penalty = draws.column(("war", "home_front", "audiences", 0, "penalty"))
    np.testing.assert_allclose(data["floor"].values, np.minimum(0.9, red_line + penalty), rtol=0, atol=1e-12)


def test_leaving_red_lines_out_leaves_those_at_home_out_too():
    scenario = at_home(audience("north", 80, 0.1), ratifier("south", 20))
    data = WarBargaining(red_lines="none").forecast(scenario, RNG).data
    assert (data["floor"].item(), data["ceiling"].item()) == (0, 1)


def test_people_at_home_bear_only_on_the_issue_and_the_side_that_they_are_named_with():
    pie = tuple(PieIssue(issue=each, a_wants="high", weight=exactly(1)) for each in ("border", "truce"))
    base = with_war(tiny_scenario(), pie=pie)
    home = HomeFront(ratifiers=(ratifier("north", 60, issue="truce"),))
    assert bounds(base) == pytest.approx((0.15, 0.85))
    assert bounds(with_war(base, home_front=home)) == pytest.approx((0.15 + 0.3, 0.85))


def test_the_modes_and_many_draws_tell_the_same():
    scenario = at_home(audience("north", 80, 0.1), ratifier("south", 55), quota_b=0.5)
    one = forecast(scenario)
    many = WarBargaining().forecast_many(Draws.of_modes(scenario), [RNG])
    for name in ("floor", "ceiling", "value_a", "waiting_a"):
        assert many[name].item() == pytest.approx(one[name].item(), abs=1e-12)
