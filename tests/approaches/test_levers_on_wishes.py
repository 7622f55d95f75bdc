"""Levers that change how much a party cares for one of its wishes, from the file to the comparison."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from parley.approaches import apply, silent_effects
from parley.cli.app import app
from parley.domain.approach import Approach
from parley.domain.conflict import Choice, Conflict, Option, Preference, PreferenceStatement
from parley.domain.draws import Draws
from parley.domain.lever import Effect
from parley.engines.graph_model import GraphModel
from parley.ensembles import draw
from parley.errors import ScenarioError
from parley.files.scenarios import save
from tests.builders import about, exactly, lever, tiny_scenario

PEACE = about(0.35, 0.4, 0.45)
FIGHTS = about(0.5, 0.6, 0.7)


def torn_south(*effects, credibility=None, peace=PEACE, **changes):
    """North stops if and only if south does. South would fight on, and next to that honour a truce that north keeps.

    States: 1 nobody stops, 2 north, 3 south, 4 both. South prefers 1 to 4 to 2 where fighting on matters less to it,
    and 1 or 2 to 4 where it matters more; so 4 is a Nash equilibrium in the first case only, and 1 is in both.
    """
    options = tuple(
        Option(id=f"{party}_stops", name=f"{party} stops", party=party, words="") for party in ("north", "south")
    )
    north = Preference(party="north", statements=(PreferenceStatement(says="north_stops IFF south_stops"),))
    south = Preference(
        party="south",
        statements=(
            PreferenceStatement(id="fights_on", says="-south_stops", words="It fights on.", importance=FIGHTS),
            PreferenceStatement(id="honours", says="south_stops IF north_stops", importance=peace),
        ),
    )
    conflict = Conflict(options=options, preferences=(north, south), agreement="north_stops & south_stops")
    means = lever("offer", *effects, credibility=credibility or exactly(1), kind="inducement")
    takes = (Choice(option="north_stops", taken=True),)
    approaches = (
        Approach(id="offer", name="Offer", by="north", words="offer", pulls=("offer",)),
        Approach(id="stop", name="Stop", by="north", words="stop first", takes=takes),
        Approach(id="both", name="Both", by="north", words="stop first and offer", extends="offer", takes=takes),
    )
    fields = {"conflict": conflict, "levers": (means,), "approaches": approaches, **changes}
    return tiny_scenario(**fields)


HALVED = Effect(on="importance", wish="fights_on", times=exactly(0.5))
RAISED = Effect(on="importance", wish="honours", plus=exactly(0.5))


def equilibria(draws):
    answer = GraphModel(concept="R").forecast_many(draws, [np.random.default_rng(0)] * len(draws))
    return [answer["state"].values[row > 0].tolist() for row in answer["equilibrium"].values]


@pytest.mark.parametrize("effect", [HALVED, RAISED], ids=["a wish matters less", "another matters more"])
def test_a_lever_on_what_a_party_cares_for_changes_which_states_hold(effect):
    modes = Draws.of_modes(torn_south(effect))
    assert equilibria(modes) == [[1]]
    assert equilibria(apply(modes, "offer")) == [[1, 4]]


def test_a_lever_changes_the_importance_of_its_own_wish_alone():
    base = draw(torn_south(HALVED), 50, seed=0)
    applied = apply(base, "offer")
    fights, honours = (("conflict", "preferences", 1, "statements", k, "importance") for k in (0, 1))
    assert applied.column(fights) == pytest.approx(base.column(fights) / 2)
    assert (applied.column(honours) == base.column(honours)).all()


def test_a_lever_acts_on_wishes_in_the_share_of_draws_that_its_credibility_gives():
    applied = apply(draw(torn_south(HALVED, credibility=exactly(0.3)), 2000, seed=0), "offer")
    share = np.mean([each == [1, 4] for each in equilibria(applied)])
    # a share of 2,000 draws has a standard error of sqrt(.3 * .7 / 2000) = .010
    assert share == pytest.approx(0.3, abs=0.04)


def test_an_importance_never_falls_below_zero():
    effect = Effect(on="importance", wish="fights_on", plus=exactly(-3))
    applied = apply(draw(torn_south(effect), 20, seed=0), "offer")
    assert set(applied.column(("conflict", "preferences", 1, "statements", 0, "importance"))) == {0.0}


def test_the_command_compares_a_lever_an_option_and_both(tmp_path):
    path = tmp_path / "torn.yaml"
    save(torn_south(HALVED), path)
    call = ("compare", str(path), "--engine", "graph_model", "--set", "concept=R", "--draws", "0", "--json")
    done = CliRunner().invoke(app, call)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    agreement = {each["id"]: each["engines"]["graph_model"]["agreement"] for each in found["approaches"]}
    # With the offer, the resting points are 1 and 4; where north stops first, 2 without it and 4 with it
    assert agreement == {"offer": 0.5, "stop": 0, "both": 1}
    assert found["baseline"]["engines"]["graph_model"]["agreement"] == 0


def test_a_wish_without_an_importance_cannot_be_changed_and_that_is_said():
    effect = Effect(on="importance", wish="honours", times=exactly(2))
    scenario = torn_south(effect, peace=None)
    number = "importance of the wish 'honours' of 'south'"
    said = f"the lever 'offer' would change {number}, which the scenario does not state"
    assert silent_effects(scenario, "offer") == (said,)
    base = draw(scenario, 5, seed=0)
    assert apply(base, "offer").values.tobytes() == base.values.tobytes()


def test_the_briefing_says_what_a_lever_does_to_a_wish(tmp_path):
    path = tmp_path / "torn.yaml"
    save(torn_south(HALVED), path)
    call = ("brief", str(path), "--engine", "graph_model", "--draws", "20", "--section", "threats")
    shown = " ".join(CliRunner().invoke(app, call).stdout.split())
    assert "how much it cares for its wish “It fights on” becomes 0.5 times what it was" in shown


class TestRefused:
    def test_an_effect_on_importance_without_a_wish(self):
        with pytest.raises(ScenarioError, match="does not say whose importance"):
            Effect(on="importance", times=exactly(2))

    def test_an_effect_on_something_else_with_a_wish(self):
        with pytest.raises(ScenarioError, match="an effect on capability has no wish"):
            Effect(on="capability", wish="honours", times=exactly(2))

    def test_a_wish_that_nobody_has(self):
        with pytest.raises(ScenarioError, match="there is no wish 'honour'"):
            torn_south(Effect(on="importance", wish="honour", times=exactly(2)))

    def test_a_wish_of_somebody_else_than_the_target(self):
        with pytest.raises(ScenarioError, match="the wish 'honours' is one of 'south', and the lever works on 'north'"):
            torn_south(
                levers=(lever("offer", Effect(on="importance", wish="honours", times=exactly(2)), target="north"),)
            )

    def test_two_wishes_of_one_name(self):
        once = torn_south(HALVED).conflict.preferences[1].statements
        twice = Preference(party="south", statements=(*once, once[0]))
        options = torn_south(HALVED).conflict.options
        with pytest.raises(ScenarioError, match="the wish 'fights_on' is defined twice"):
            torn_south(HALVED, conflict=Conflict(options=options, preferences=(twice,)))
