"""Levers that add to what breaking a truce would cost, or take from it: `Effect` on `guarantee`."""

import dataclasses
import json

import jsonschema
import numpy as np
import pytest

from parley import workbench
from parley.approaches import apply, compare, silent_effects, summarise
from parley.approaches.output import compare_document
from parley.briefing.compose import compose
from parley.briefing.terminal import to_terminal
from parley.domain.approach import Approach
from parley.domain.doubt import Peace
from parley.domain.lever import Effect
from parley.engines import named
from parley.ensembles import draw
from tests.builders import about, exactly, lever, tiny_scenario
from tests.war_scenes import free_of_red_lines, with_red_line, with_war

SURE = exactly(1)
PEACE = Peace(a_gains=exactly(0.2), b_gains=exactly(0.0), war_loss=exactly(0.2), guarantee=exactly(0.1))


def at_war(peace):
    """Red lines exclude each other, so that only a standstill can be signed; in peace the north grows stronger."""
    base = with_red_line(free_of_red_lines(tiny_scenario()), "south", "border", at_most=exactly(55))
    return with_war(with_red_line(base, "north", "border", at_least=exactly(60)), peace=peace)


def pushed(effect, *, peace=PEACE, credibility=SURE, **changes):
    """A war in which power shifts in peace, with one approach, `push`, that pulls a lever with this effect."""
    base = at_war(peace)
    approach = Approach(id="push", name="Push", by="north", words="Push.", pulls=("word",))
    return dataclasses.replace(
        base, levers=(lever("word", effect, credibility=credibility, **changes),), approaches=(approach,)
    )


def guarantee(scenario, count=50):
    """The guarantee in each draw without and with the approach; None where there is none without."""
    base = draw(scenario, count, 0)
    path, applied = ("war", "peace", "guarantee"), apply(base, "push")
    return None if base.index(path) is None else base.column(path), applied.column(path)


def test_a_lever_multiplies_the_guarantee_and_adds_to_it():
    before, after = guarantee(pushed(Effect(on="guarantee", times=exactly(2), plus=exactly(0.05))))
    assert before == pytest.approx(0.1)
    assert after == pytest.approx(0.25)


def test_a_lever_that_takes_a_guarantee_away_leaves_none_and_not_less():
    for effect in (Effect(on="guarantee", times=exactly(0)), Effect(on="guarantee", plus=exactly(-3))):
        assert guarantee(pushed(effect))[1] == pytest.approx(0)


def test_where_nobody_guarantees_a_truce_yet_a_lever_starts_from_nothing():
    peace = dataclasses.replace(PEACE, guarantee=None)
    before, after = guarantee(pushed(Effect(on="guarantee", plus=exactly(0.07)), peace=peace))
    assert before is None
    assert after == pytest.approx(0.07)


def test_a_guarantee_changes_in_the_share_of_draws_that_the_levers_credibility_gives():
    _, after = guarantee(pushed(Effect(on="guarantee", plus=exactly(0.2)), credibility=exactly(0.3)), 1000)
    assert set(after.round(9)) == {0.1, 0.3}
    assert (after > 0.2).mean() == pytest.approx(0.3, abs=0.05)


@pytest.mark.parametrize("target", ["north", "south"])
def test_a_guarantee_is_of_the_truce_whoever_the_lever_works_on(target):
    assert guarantee(pushed(Effect(on="guarantee", plus=exactly(0.2)), target=target))[1] == pytest.approx(0.3)


def test_where_the_scenario_says_nothing_of_peace_the_effect_is_named_as_one_that_nothing_sees():
    scenario = pushed(Effect(on="guarantee", plus=exactly(0.2)), peace=None)
    (said,) = silent_effects(scenario, "push")
    assert said == "the lever 'word' would change the guarantee of a truce, which the scenario does not state"
    base = draw(scenario, 5, 0)
    assert apply(base, "push").values.tobytes() == base.values.tobytes()


def compared(effect, draws=20, peace=PEACE):
    engines = {"war_bargaining": named("war_bargaining")}
    return compare(pushed(effect, peace=peace), engines=engines, draws=draws, seed=0)


def test_a_guarantee_that_is_added_makes_an_agreement_hold_and_one_that_is_taken_away_makes_it_break():
    guarded = dataclasses.replace(PEACE, guarantee=exactly(0.3))
    adding, taking = Effect(on="guarantee", plus=exactly(0.8)), Effect(on="guarantee", times=exactly(0))
    for effect, peace, better in ((adding, PEACE, 1), (taking, guarded, -1)):
        found = summarise(compared(effect, peace=peace)).approaches[0].engines["war_bargaining"]
        change = {name: each.mean for name, each in found.endings_difference.items()}
        assert better * (change["frozen_conflict"] + change["lasting_peace"]) > 0.05
        assert better * change["temporary_truce"] < -0.05


def test_the_endings_of_every_approach_add_up_to_one_and_their_changes_to_nothing():
    summary = summarise(compared(Effect(on="guarantee", plus=about(0.0, 0.3, 0.9))))
    for each in (summary.baseline, *summary.approaches):
        found = each.engines["war_bargaining"]
        assert sum(chance.mean for chance in found.endings.values()) == pytest.approx(1)
        assert sum(change.mean for change in found.endings_difference.values()) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("draws", [0, 6])
def test_the_document_of_a_comparison_has_the_endings_in_the_shape_that_its_schema_promises(draws):
    found = compare_document(compared(Effect(on="guarantee", plus=exactly(0.8)), draws))
    schema = workbench.schema("compare")
    part = {"$defs": schema["$defs"], "$ref": "#/$defs/answers"}
    engine = json.loads(json.dumps(found["approaches"][0]["engines"]["war_bargaining"]))
    assert [error.message for error in jsonschema.Draft202012Validator(part).iter_errors(engine)] == []
    change = engine["endings_difference"]["temporary_truce"]
    assert (change if draws == 0 else change["mean"]) < 0


def test_an_engine_that_does_not_say_how_it_ends_has_no_endings():
    summary = summarise(compare(pushed(Effect(on="guarantee", plus=exactly(0.8))), draws=3, seed=0))
    assert [name for name, each in summary.baseline.engines.items() if each.endings] == ["war_bargaining"]


def test_the_briefing_shows_what_the_lever_changes_about_how_it_ends(capsys):
    from rich.console import Console

    comparison = compared(Effect(on="guarantee", plus=exactly(0.8)))
    found = summarise(comparison).approaches[0].engines["war_bargaining"]
    briefing = compose(comparison)
    only = dataclasses.replace(briefing, sections=tuple(s for s in briefing.sections if s.id == "durability"))
    to_terminal(only, Console(width=200, highlight=False))
    said = capsys.readouterr().out
    change = round(100 * found.endings_difference["temporary_truce"].mean)
    assert f"(−{abs(change)})" in next(line for line in said.splitlines() if line.startswith("Push"))
    assert np.isfinite(change) and change < 0
    threats = next(s for s in briefing.sections if s.id == "threats")
    text = "".join(piece.text for piece in dataclasses.replace(briefing, sections=(threats,)).pieces())
    assert "what breaking a truce would cost either side changes by +0.8" in text
