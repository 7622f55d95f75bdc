"""What is advised: each option is the talk that it names, compared on the same draws, and ignorance is said as such."""

import dataclasses

import numpy as np
import pytest

from parley import workbench
from parley.domain.draws import Draws
from parley.domain.party import Party
from parley.engines.talks import TalksTurnByTurn
from parley.engines.talks.advice import OPENINGS, PARTS, advise, met
from parley.engines.talks.beliefs import Profiles
from parley.engines.talks.outcome import by_kernel, flow_values, flows, opening_steps
from parley.engines.talks.room import rounds_of
from parley.errors import NoResultError, UsageError
from parley.methods.offers import PACES, Style, Talks, negotiate
from tests.builders import exactly
from tests.engines.test_talks import position, room_of, scenario, tactic, with_broker


def prepared(of, count=16):
    draws = Draws.of_modes(of)
    engine = TalksTurnByTurn(samples=count)
    return draws, *engine.prepared(draws, [np.random.default_rng(2)])


def test_what_waits_is_worth_less_and_no_agreement_holds_until_then():
    """(1 - .9^2) .3 + .9^2 .8 = .057 + .648."""
    assert flows(np.array(0.3), np.array(0.8), np.array(0.9), np.array(2)) == pytest.approx(0.705)


@pytest.mark.parametrize("pace", PACES)
def test_a_tournament_cell_is_the_talk_that_it_names(pace):
    of = scenario()
    draws, room, _ = prepared(of)
    found = met(draws, room)
    table = dataclasses.replace(
        room.table,
        **{name: getattr(room.table, name)[0] for name in ("worth", "signs", "order", "own", "count", "choice")},
    )
    talks = Talks(table=table, reserve=np.full((2, 10), 0.3), proposals=np.full(10, -1))
    for k, other in enumerate(PACES):
        course = negotiate(talks, [Style(pace=pace), Style(pace=other)])
        value = table.worth[:, course.package] if course.package >= 0 else np.full(2, 0.3)
        assert found.value[:, PACES.index(pace), k] == pytest.approx(value)
        assert found.agreement[PACES.index(pace), k] == (course.package >= 0)


def test_a_signer_chooses_among_paces_and_openings_and_a_broker_among_parts():
    draws, room, sampled = prepared(scenario())
    assert len(advise(draws, room, sampled, 0).options) == len(PACES) * len(OPENINGS)
    draws, room, sampled = prepared(with_broker())
    advice = advise(draws, room, sampled, 2)
    assert advice.role == "broker" and [option.name for option in advice.options] == list(PARTS)


def test_who_has_no_seat_gets_no_advice():
    of = with_broker()
    draws, room, sampled = prepared(of)
    assert advise(draws, room, sampled, 9) is None


def test_against_a_conceder_holding_out_is_worth_more_than_giving_way():
    """The other gives way early whatever happens: the later one gives way, the more one gets."""
    of = scenario(tactics=(tactic("south", "conceder"),))
    draws, room, sampled = prepared(of)
    worth = {option.name: option.value for option in advise(draws, room, sampled, 0).options}
    assert worth["boulware, high"] > worth["linear, high"] > worth["conceder, high"]
    assert worth["boulware, high"] > worth["boulware, halfway"]


def test_an_option_meets_the_very_talks_that_the_others_samples_say():
    """Second method: the same talks held one by one, the first at the option's pace."""
    of = scenario(tactics=(tactic("south", "stall", 0.5),))
    draws, room, sampled = prepared(of)
    pace, ploys = sampled.pace.copy(), sampled.ploys.copy()
    pace[:, :, 0], ploys[:, :, 0] = PACES.index("linear"), False
    rounds = rounds_of(room, Profiles(pace=pace, ploys=ploys))
    value = flow_values(draws, room, (rounds, by_kernel(room, rounds)), opening_steps(draws))
    option = next(each for each in advise(draws, room, sampled, 0).options if each.name == "linear, high")
    assert option.value == pytest.approx(float(value[0, 0]))


def test_the_best_option_is_behind_nothing_and_shares_of_being_best_add_up():
    report = workbench.talks("tutorial/two-valleys", draws=30, seed=1)
    options = report.advice.options
    assert min(option.behind for option in options) == 0
    assert sum(option.best_share for option in options) == pytest.approx(1)
    best = max(options, key=lambda option: option.value)
    assert best.behind == 0 and best.behind_error == 0
    assert set(report.advice.robust) == {"maximin", "minimax_regret", "laplace"}


def test_a_broker_that_stays_out_changes_nothing_at_the_table():
    of = with_broker()
    room, without = room_of(of), room_of(of, mediation="none")
    draws = Draws.of_modes(of)
    _, _, sampled = prepared(of)
    out = next(each for each in advise(draws, room, sampled, 2).options if each.name == "stays_out")
    silent = next(each for each in advise(draws, without, sampled, 2).options if each.name == "proposes")
    assert out.value == pytest.approx(silent.value)


def test_a_report_is_the_same_for_the_same_seed_and_tells_where_there_is_room():
    first, second = (workbench.talks("ceasefires/ukraine-2025-03", draws=40, seed=3) for _ in range(2))
    assert first.story == second.story and first.ends == second.ends
    assert sum(first.ends.values()) == pytest.approx(1)
    assert not first.story["zone_open"]
    if first.when_open is not None:
        assert first.when_open["zone_open"] and any(path["ends"] == "agreement" for path in first.when_open["paths"])


def test_three_who_must_sign_are_advised_against_all_pairs_of_paces_of_the_others():
    base = scenario()
    east = Party(id="east", name="East", role="belligerent", capability=exactly(1), no_agreement=exactly(0.2))
    stands = (*base.positions, position("east", "border", 50, 0.5), position("east", "truce", 50, 0.5))
    report = workbench.talks(scenario(parties=(*base.parties, east), positions=stands), draws=10, seed=1)
    assert len(report.advice.states) == len(PACES) ** 2
    assert report.tournament.parties == ("north", "south")


def test_unknown_parties_and_scenarios_without_a_clock_are_refused():
    with pytest.raises(UsageError, match="did you mean 'upper'"):
        workbench.talks("tutorial/two-valleys", party="uper")
    with pytest.raises(NoResultError, match="clock"):
        workbench.talks(scenario(clock=None))
