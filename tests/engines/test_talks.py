"""Talks turn by turn: what the scenario says reaches the table, ploys follow their rules, and the story is true."""

import dataclasses
import datetime
import json
import re

import numpy as np
import pytest

from parley import ensembles
from parley.domain.clock import Clock, Deadline
from parley.domain.draws import Draws
from parley.domain.lever import Effect
from parley.domain.outcome import DecisionRule, Link
from parley.domain.party import Party
from parley.domain.position import Condition, Position, RedLine
from parley.domain.scenario import Scenario
from parley.domain.terms import Tactic
from parley.engines.talks import TalksTurnByTurn
from parley.engines.talks.beliefs import PLOYS, pace_chances, profiles
from parley.engines.talks.room import prepare, rounds_of, seats_of
from parley.ensembles.draws import engine_rngs
from parley.errors import EngineError, UsageError
from parley.methods import columns
from parley.methods.offers import PACES
from parley.methods.package_reading import read
from parley.methods.payoff import payoffs
from tests.builders import exactly, lever, tiny_scenario


def position(party, issue, at, salience=0.5, **changes):
    return Position(party=party, issue=issue, position=exactly(at), salience=exactly(salience), **changes)


def tactic(party, name, probability=1.0):
    return Tactic(party=party, tactic=name, probability=exactly(probability))


def scenario(**changes) -> Scenario:
    """North and south as in `tiny_scenario`, every number exact, and no agreement worth 0.3 to both."""
    base = tiny_scenario()
    parties = tuple(
        dataclasses.replace(party, no_agreement=exactly(0.3)) if party.role != "public" else party
        for party in base.parties
    )
    stands = (
        position("north", "border", 100, 0.9),
        position("north", "truce", 75, 0.3),
        position("south", "border", 0, 0.4),
        position("south", "truce", 10, 0.8),
    )
    fields = {"parties": parties, "positions": stands, "clock": Clock(step_days=30, horizon=10), "levers": ()}
    return dataclasses.replace(base, **{**fields, "approaches": (), **changes})


def with_broker(**changes) -> Scenario:
    base = scenario()
    broker = Party(id="broker", name="Broker", role="broker", no_agreement=exactly(0.2), capability=exactly(1))
    stands = (*base.positions, position("broker", "border", 100, 0.5))
    rule = DecisionRule(words="both sides", unanimity=("north", "south"))
    fields = {"parties": (*base.parties, broker), "positions": stands, "decision_rule": rule}
    return scenario(**{**fields, **changes})


def told(of, **settings):
    engine = TalksTurnByTurn(**settings)
    return engine.detail(engine.forecast(of, np.random.default_rng(0)))


def data_of(of, **settings):
    return TalksTurnByTurn(**settings).forecast(of, np.random.default_rng(0)).data


def room_of(of, **settings):
    fields = {"mediation": "nash", "packages": 512, "known": True, **settings}
    return prepare(Draws.of_modes(of), **fields)


def moves(detail, kind):
    return [move for path in detail["paths"] for move in path["moves"] if move["kind"] == kind]


def test_what_a_package_is_worth_is_the_common_payoff_of_its_settlement():
    """Second method: the formula of `methods.payoff` on the settlement of each package."""
    of = scenario()
    draws = Draws.of_modes(of)
    reading = read(draws)
    places = np.arange(reading.worth.shape[2])
    points = np.full((len(places), len(of.issues)), np.nan)
    points[:, list(reading.issues)] = reading.points(np.zeros_like(places), places)
    expected = payoffs(points, columns.positions(draws)[0], columns.saliences(draws)[0])
    np.testing.assert_allclose(reading.worth[0].T, expected[:, list(reading.parties)], atol=1e-12)


def test_red_lines_that_leave_room_bound_what_is_named_and_those_that_do_not_close_the_zone():
    base = scenario().positions
    bounded = dataclasses.replace(base[0], red_line=RedLine(at_least=exactly(40)))
    other = dataclasses.replace(base[2], red_line=RedLine(at_most=exactly(60)))
    reading = read(Draws.of_modes(scenario(positions=(bounded, base[1], other, base[3]))))
    assert np.nanmin(reading.levels[0, 0]) == 40 and np.nanmax(reading.levels[0, 0]) == 60
    assert not reading.closed.any() and reading.signs.all()
    far = dataclasses.replace(base[2], red_line=RedLine(at_most=exactly(30)))
    shut = scenario(positions=(bounded, base[1], far, base[3]))
    assert read(Draws.of_modes(shut)).closed[0, 0]
    assert data_of(shut)["zone_open"].item() == 0 and data_of(shut)["agreement"].item() == 0


def test_a_condition_that_fails_moves_a_position_or_bars_the_package():
    base = scenario().positions
    elsewhere = Condition(words="only if", only_if="truce >= 30", otherwise=exactly(50))
    moved = dataclasses.replace(base[0], conditions=(elsewhere,))
    reading = read(Draws.of_modes(scenario(positions=(moved, *base[1:]))))
    plain = read(Draws.of_modes(scenario()))
    points = reading.points(np.zeros(reading.worth.shape[2], dtype=int), np.arange(reading.worth.shape[2]))
    fails = points[:, 1] < 50  # half of 60 days
    shift = 0.75 * (np.abs(points[:, 0] - 100) - np.abs(points[:, 0] - 50)) / 100
    np.testing.assert_allclose(reading.worth[0, 0] - plain.worth[0, 0], np.where(fails, shift, 0), atol=1e-12)
    barred = dataclasses.replace(base[0], conditions=(dataclasses.replace(elsewhere, otherwise=None),))
    shut = read(Draws.of_modes(scenario(positions=(barred, *base[1:]))))
    assert (shut.signs[0, 0] == ~fails).all() and shut.signs[0, 1].all()


def test_a_link_pays_where_it_holds_and_who_pays_for_it_loses_as_much():
    link = Link(id="l", words="w", party="north", when="truce >= 45", worth=exactly(0.1), paid_by="south")
    reading, plain = (read(Draws.of_modes(each)) for each in (scenario(links=(link,)), scenario()))
    points = reading.points(np.zeros(reading.worth.shape[2], dtype=int), np.arange(reading.worth.shape[2]))
    gain = np.where(points[:, 1] >= 75 - 1e-9, 0.1, 0.0)
    np.testing.assert_allclose(reading.worth[0, 0] - plain.worth[0, 0], gain, atol=1e-12)
    np.testing.assert_allclose(plain.worth[0, 1] - reading.worth[0, 1], gain, atol=1e-12)


@pytest.mark.parametrize("most", [2, 4, 60, 5000])
def test_there_are_never_more_packages_than_allowed(most):
    assert read(Draws.of_modes(scenario()), most=most).worth.shape[2] <= most


def test_who_must_sign_is_whom_the_rule_of_decision_names():
    assert [with_broker().party_ids[k] for k in seats_of(with_broker()).signing] == ["north", "south"]
    assert with_broker().party_ids[seats_of(with_broker()).broker] == "broker"
    alone = scenario(decision_rule=DecisionRule(words="one", unanimity=("north",)))
    with pytest.raises(EngineError, match="two parties or more"):
        TalksTurnByTurn().forecast(alone, np.random.default_rng(0))


def test_a_belief_about_pace_counts_and_what_it_leaves_open_is_shared_out():
    """Boulware .5 and linear .25 leave .25, a twentieth for each pace; 1.2 and .4 are scaled to .75 and .25."""
    draws = Draws.of_modes(scenario(tactics=(tactic("north", "boulware", 0.5), tactic("north", "linear", 0.25))))
    chances = pace_chances(draws, (0, 1))[0]
    assert chances[0] == pytest.approx([0.55, 0.30, 0.05, 0.05, 0.05])
    assert chances[1] == pytest.approx([0.2] * 5)
    sure = Draws.of_modes(scenario(tactics=(tactic("north", "boulware", 0.9), tactic("north", "linear", 0.3))))
    assert pace_chances(sure, (0,))[0, 0] == pytest.approx([0.75, 0.25, 0, 0, 0])


def test_samples_of_tactics_follow_their_chances_closely_even_where_they_are_few():
    draws = Draws.of_modes(scenario(tactics=(tactic("north", "stall", 0.5), tactic("south", "micro", 1.0))))
    found = profiles(draws, (0, 1), [np.random.default_rng(1)], 16)
    assert found.ploys[0, :, 0, PLOYS.index("stall")].sum() == 8
    assert (found.pace[0, :, 1] == PACES.index("micro")).all()


def test_a_party_that_stalls_moves_only_after_its_own_last_deadline():
    """A deadline 95 days on lies in the fourth step of 30 days, so that steps 1 to 4 are stalled."""
    clock = Clock(
        step_days=30,
        horizon=10,
        deadlines=(
            Deadline(id="d", words="w", date=datetime.date(2020, 4, 5), party="north"),
            Deadline(id="e", words="w", date=datetime.date(2020, 9, 5), party="south"),
        ),
    )
    asked = data_of(scenario(clock=clock, tactics=(tactic("north", "stall"), tactic("north", "conceder"))))[
        "talk_target"
    ]
    north = asked.values[:, :, 0]
    assert (np.isnan(north[:, :5]) | (north[:, :5] == north[:, :1])).all()
    assert (north[:, 5:] < north[:, :1])[~np.isnan(north[:, 5:])].all() and not np.isnan(north[:, 5]).all()


def test_a_stall_is_told_with_what_waiting_is_worth():
    detail = told(scenario(tactics=(tactic("north", "stall"), tactic("south", "linear"))))
    stalled = moves(detail, "stalls")
    assert stalled and all(move["party"] == "north" for move in stalled)
    assert any("waiting is worth +" in move["why"] for move in stalled)


def test_leaning_on_a_side_lowers_its_reserve_value_only_where_the_broker_is_asked_and_does_it():
    held = lever("cut", Effect(on="no_agreement", times=exactly(0.5)), holder="broker", credibility=exactly(0.8))
    asks, does = tactic("north", "press_third_party"), tactic("broker", "press_third_party")
    for tactics, fall in (((asks, does), 0.8 * 0.5 * 0.3), ((asks,), 0.0), ((does,), 0.0)):
        of = with_broker(levers=(held,), tactics=tactics)
        room = room_of(of)
        sampled = profiles(Draws.of_modes(of), room.seats.all, [np.random.default_rng(0)], 8)
        rounds = rounds_of(room, sampled)
        assert rounds.leans[:, 1] == pytest.approx(fall) and (rounds.leans[:, 0] == 0).all()
        assert rounds.reserve[0, 1, 0] == pytest.approx(0.3)
        assert rounds.reserve[0, 1, -1] == pytest.approx(0.3 - fall)


def test_a_threat_lowers_the_reserve_value_of_whom_it_is_made_against_from_the_start():
    """The south is worse off at what the broker wants, so that the broker threatens it; the north has no lever."""
    held = lever("cut", Effect(on="no_agreement", plus=exactly(-0.1)), holder="broker", credibility=exactly(0.5))
    of = with_broker(levers=(held,), tactics=(tactic("broker", "threaten"), tactic("north", "threaten")))
    detail = told(of)
    path = detail["paths"][0]
    assert path["asks"]["south"]["no_agreement"] == pytest.approx([0.25] * path["step"])
    assert path["asks"]["north"]["no_agreement"] == pytest.approx([0.3] * path["step"])
    said = {move["party"]: move["why"] for move in path["moves"] if move["kind"] == "threatens"}
    assert "south by 0.050" in said["broker"] and "no lever" in said["north"]


def test_a_broker_that_walks_away_proposes_and_leans_no_more():
    held = lever("cut", Effect(on="no_agreement", times=exactly(0.5)), holder="broker", credibility=exactly(1))
    ploys = (tactic("north", "press_third_party"), tactic("broker", "press_third_party"), tactic("broker", "walk_away"))
    of = with_broker(levers=(held,), tactics=ploys)
    room = room_of(of)
    rounds = rounds_of(room, profiles(Draws.of_modes(of), room.seats.all, [np.random.default_rng(0)], 4))
    assert (rounds.proposals[:, 1:5] >= 0).all() and (rounds.proposals[:, 5:] == -1).all()
    assert (rounds.reserve[:, 1, 1:5] < 0.3).all() and rounds.reserve[:, 1, 5:] == pytest.approx(0.3)


def test_who_tempts_names_packages_that_the_broker_likes():
    """The broker wants the border at 100, as the north does; the south, tempting, gives there."""
    plain, tempting = (room_of(with_broker(tactics=tactics)) for tactics in ((), (tactic("south", "tempt"),)))
    broker = plain.reading.worth[0, -1]
    choice = tempting.table.choice[0, :, 1]
    assert (broker[choice[1]] >= broker[choice[0]] - 1e-12).all() and (choice[0] != choice[1]).any()


def test_a_tempted_broker_counts_itself_in_what_it_proposes():
    room = room_of(with_broker())
    reading = room.reading
    gains = reading.worth[0] - room.reserve[0][:, np.newaxis]
    expected = [
        int(np.argmax(np.where((gains[:2] >= 0).all(axis=0), value, -1)))
        for value in (gains[0] * gains[1], gains[0] * gains[1] * gains[2])
    ]
    assert room.texts[0, :, 1].tolist() == expected


@pytest.mark.parametrize("mediation", ["nash", "single_text", "none"])
def test_a_broker_proposes_what_the_setting_says_and_nothing_under_none(mediation):
    room = room_of(with_broker(), mediation=mediation)
    assert (room.texts >= 0).any() == (mediation != "none")
    TalksTurnByTurn(mediation=mediation).forecast(with_broker(), np.random.default_rng(0))


def test_the_weights_of_typical_paths_add_up_and_no_path_is_told_twice():
    detail = told(scenario())
    assert sum(path["weight"] for path in detail["paths"]) == pytest.approx(1)
    assert 1 <= len(detail["paths"]) <= 4
    assert len({json.dumps(path["moves"], default=float) for path in detail["paths"]}) == len(detail["paths"])


def test_each_path_ends_as_it_says_and_its_moves_run_in_time():
    for path in told(scenario(), samples=64)["paths"]:
        steps = [move["step"] for move in path["moves"]]
        assert steps == sorted(steps)
        last = path["moves"][-1]["kind"]
        assert last == {"agreement": "accepts", "deadline": "deadline", "left": "walks_away"}[path["ends"]] or (
            path["ends"] == "agreement" and last == "settles"
        )
        assert (path["settlement"] is None) == (path["ends"] != "agreement")


def test_the_reasons_of_the_story_are_the_payoffs_of_the_very_packages_that_it_names():
    """By hand: salience as a share of all that a party cares about, times closeness to its position."""
    stands = {
        "north": {"border": (0.75, 100), "truce": (0.25, 75)},
        "south": {"border": (1 / 3, 0), "truce": (2 / 3, 10)},
    }

    def worth(move):
        wants = stands[move["party"]]
        return sum(share * (1 - abs(float(at) - wants[issue][1]) / 100)
                   for issue, at in move["package"].items() for share in [wants[issue][0]])  # fmt: skip

    patterns = {
        "opens": r"it begins with what is worth ([\d.]+) to it; no agreement is worth 0\.30",
        "concedes": r"what it names is worth ([\d.]+) to it, [\d.]+ before; it asks for [\d.]+",
        "accepts": r"it is worth ([\d.]+) to it, and it asks for ([\d.]+) by now; no agreement is worth 0\.30",
    }
    detail = told(scenario(), samples=64)
    for kind, pattern in patterns.items():
        found = moves(detail, kind)
        assert found, kind
        for move in found:
            numbers = [float(each) for each in re.search(pattern, move["why"]).groups()]
            assert numbers[0] == pytest.approx(worth(move), abs=0.006), move
            assert kind != "accepts" or numbers[0] >= numbers[1] - 0.006


def test_when_the_clock_runs_out_the_story_says_what_each_still_asks_for():
    """Two that only imitate each other never give way, so that the last step of the clock ends the talks."""
    imitate = (tactic("north", "tit_for_tat"), tactic("south", "tit_for_tat"))
    ends = moves(told(scenario(tactics=imitate), mediation="none"), "deadline")
    assert ends and all(move["step"] == 10 for move in ends)
    for move in ends:
        assert re.search(
            r"the clock has run out: north still asks for [\d.]+; south still asks for [\d.]+", move["why"]
        )


def test_who_leaves_says_why_and_whom_it_blames():
    hard = (tactic("north", "walk_away"), tactic("south", "stall"), tactic("north", "conceder"))
    parties = tuple(
        dataclasses.replace(party, no_agreement=exactly(0.9)) if party.id == "north" else party
        for party in scenario().parties
    )
    detail = told(scenario(parties=parties, tactics=hard))
    left = moves(detail, "walks_away")
    assert left and all("blames south" in move["why"] for move in left)


def test_a_broker_that_leaves_is_told_with_whom_it_blames_and_the_talks_go_on():
    """Ten steps: it leaves in the sixth. The south, which only stalls, has given way by nothing."""
    ploys = (tactic("broker", "walk_away"), tactic("south", "stall"), tactic("north", "linear"))
    clock = Clock(
        step_days=30,
        horizon=10,
        deadlines=(Deadline(id="d", words="w", date=datetime.date(2020, 9, 20), party="south"),),
    )
    left = moves(told(with_broker(tactics=ploys, clock=clock), mediation="none"), "walks_away")
    assert left and all(move["party"] == "broker" and move["step"] == 6 for move in left)
    assert all("blames south, which has given way by 0.00" in move["why"] for move in left)


def test_without_a_step_there_is_no_talk_and_no_agreement():
    data = data_of(scenario(clock=Clock(step_days=30, horizon=0)))
    assert data["agreement"].item() == 0 and data["steps"].item() == 0
    detail = told(scenario(clock=Clock(step_days=30, horizon=0)))
    assert detail["paths"][0]["moves"][-1]["kind"] == "deadline"


def test_more_time_before_the_first_offer_delays_agreement_by_as_much():
    now, later = (
        data_of(scenario(clock=Clock(step_days=30, horizon=10, opening=opening))) for opening in (None, exactly(3))
    )
    assert later["time_to_agreement"].item() - now["time_to_agreement"].item() == pytest.approx(90)
    assert later["agreement"].item() == now["agreement"].item()


def test_two_who_wait_long_get_less_of_what_they_agree_today():
    clock = Clock(step_days=30, horizon=10)
    patient = data_of(scenario(clock=clock))
    discounts = tiny_scenario().clock.discounts
    hasty = data_of(scenario(clock=dataclasses.replace(clock, discounts=discounts)))
    assert (hasty["value"].values[:2] <= patient["value"].values[:2] + 1e-12).all()
    assert (hasty["payoff"].values == patient["payoff"].values)[:2].all()


def test_the_same_seed_gives_the_same_bytes_however_draws_are_parted():
    of, engine = tiny_scenario(), TalksTurnByTurn()
    draws = ensembles.draw(of, 24, 5)
    whole = engine.forecast_many(draws, engine_rngs("talks", draws, 5))
    for start in (0, 12):
        part = draws.part(start, start + 12)
        alone = engine.forecast_many(part, engine_rngs("talks", part, 5))
        for name in whole.data_vars:
            assert whole[name].values[start : start + 12].tobytes() == alone[name].values.tobytes(), name


@pytest.mark.parametrize(
    "wrong", [{"samples": 0}, {"packages": 1}, {"mediation": "best"}, {"looks": "both"}, {"samples": 1001}]
)
def test_settings_out_of_range_are_refused(wrong):
    with pytest.raises(UsageError, match=next(iter(wrong))):
        TalksTurnByTurn(**wrong)
