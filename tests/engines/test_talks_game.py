"""A party's options and the others' paces as a game, with payoffs from the talks themselves."""

import json

import numpy as np
import pytest

from parley import workbench
from parley.domain.draws import Draws
from parley.domain.party import Party
from parley.engines.talks import TalksTurnByTurn
from parley.engines.talks.advice import tried
from parley.engines.talks.game import RATIONALITY, game, game_of, told
from parley.methods.offers import PACES
from tests.builders import exactly
from tests.engines.test_talks import position, scenario, tactic, with_broker


def attempted(of, party, samples=4):
    draws = Draws.of_modes(of)
    room, sampled = TalksTurnByTurn(samples=samples).prepared(draws, [np.random.default_rng(1)])
    return [of.party_ids[k] for k in room.seats.all], tried(draws, room, sampled, party)


def prisoners():
    """Two actions each, as printed for the dilemma: 3 for both, 5 and 0 where one betrays, 1 for both betrayed."""
    first = np.array([[3.0, 0.0], [5.0, 1.0]])
    return game(("a", "b"), (("trust", "betray"), ("trust", "betray")), np.stack([first, first.T])[..., np.newaxis])


def test_the_dilemma_has_its_one_equilibrium_its_play_in_turn_and_its_logit_equilibrium():
    """Payoffs of 0 to 5 in shares of their range: lambda 10 on shares is lambda 2 on points; Pr(trust) is .099788."""
    found = told(prisoners())
    both = {"a": "betray", "b": "betray"}
    assert [each["actions"] for each in found["equilibria"]] == [both]
    assert found["equilibria"][0]["value"] == {"a": 1, "b": 1}
    assert found["in_turn"]["actions"] == both and found["in_turn"]["ties"] == {}
    assert RATIONALITY == 10
    assert found["logit"]["chances"]["a"]["trust"] == pytest.approx(0.099788, abs=1e-6)
    assert found["knowing"]["surely"] == ["betray"]


def test_ties_on_the_way_are_said_with_what_else_they_could_lead_to():
    """The second does not care; the first gets 2 or 0 by acting, and 1 by not: both may be right."""
    first, second = np.array([[2.0, 0.0], [1.0, 1.0]]), np.zeros((2, 2))
    found = told(game(("a", "b"), (("act", "wait"), ("yes", "no")), np.stack([first, second])[..., np.newaxis]))
    assert found["in_turn"]["actions"] == {"a": "act", "b": "yes"}
    assert found["in_turn"]["ties"] == {"b": ["yes", "no"]}
    assert (found["in_turn"]["least"]["a"], found["in_turn"]["most"]["a"]) == (1, 2)
    assert (found["knowing"]["surely"], found["knowing"]["possibly"]) == ([], ["act", "wait"])


def test_what_a_combination_is_worth_is_the_talk_at_these_paces():
    """Second method: an engine that believes nothing but these two paces."""
    of = scenario()
    ids, attempt = attempted(of, 0)
    found = game_of(ids, attempt)
    for mine, other in (("boulware", "linear"), ("micro", "conceder"), ("tit_for_tat", "tit_for_tat")):
        sure = scenario(tactics=(tactic("north", mine), tactic("south", other)))
        value = TalksTurnByTurn(samples=1).forecast(sure, np.random.default_rng(0)).data["value"]
        cell = found.actions[0].index(f"{mine}, high"), PACES.index(other)
        assert found.payoff[(0, *cell)] == pytest.approx(value.sel(party="north").item())
        assert found.payoff[(1, *cell)] == pytest.approx(value.sel(party="south").item())


def test_from_an_equilibrium_nobody_gains_by_turning_away_alone():
    for of, party in ((scenario(), 0), (with_broker(), 2)):
        found = game_of(*attempted(of, party))
        for cell in found.equilibria:
            for player, own in enumerate(found.payoff):
                others = tuple(slice(None) if k == player else place for k, place in enumerate(cell))
                assert own[cell] >= own[others].max() - 1e-9


def test_a_broker_plays_its_parts_against_both_who_must_sign():
    found = game_of(*attempted(with_broker(), 2))
    assert found.players == ("broker", "north", "south")
    assert found.payoff.shape == (3, 5, len(PACES), len(PACES))


def test_against_more_than_two_others_no_game_is_told_and_who_has_no_seat_plays_none():
    base = scenario()
    more = tuple(
        Party(id=name, name=name, role="belligerent", capability=exactly(1), no_agreement=exactly(0.2))
        for name in ("east", "west")
    )
    stands = (*base.positions, position("east", "border", 50), position("west", "border", 60))
    of = scenario(parties=(*base.parties, *more), positions=stands)
    assert game_of(*attempted(of, 0)) is None
    detail = TalksTurnByTurn(samples=2)
    assert detail.detail(detail.forecast(of, np.random.default_rng(0)))["game"] is None
    assert attempted(with_broker(), 9)[1] is None


def test_the_forecast_tells_the_game_of_the_most_plausible_numbers_and_the_command_that_of_all_draws():
    of = scenario()
    engine = TalksTurnByTurn(samples=2)
    told_here = engine.detail(engine.forecast(of, np.random.default_rng(0)))["game"]
    assert told_here["types"] == 1 and told_here["players"] == ["north", "south"]
    assert json.loads(json.dumps(told_here, allow_nan=False)) == told_here
    report = workbench.talks("tutorial/two-valleys", draws=7, seed=1)
    assert report.game.types == 7
    least, most = report.game.knowing.least, report.game.knowing.most
    assert (least <= most + 1e-12).all()
