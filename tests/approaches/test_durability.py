"""Whether a truce would hold: what is found beside the clocks."""

import dataclasses
import datetime

import pytest

from parley.approaches.durability import FROM_ONE_COUNTRY, SHOWN, SWITCHED_ON, durability
from parley.domain.durability import PastTruce
from parley.domain.estimate import Estimate
from parley.domain.terms import Terms

MONTH = Terms(side="bilateral", ceasefire_class="cessation", length_days=Estimate.exactly(30), monitoring=False)


def truce(country, began="2001-05", side="bilateral", kind="cessation", days=30, monitoring=False):
    return PastTruce(
        country=country,
        began=began,
        side=side,
        ceasefire_class=kind,
        length_days=days,
        monitoring=monitoring,
        held_days=30,
        ended="ran out",
    )


def test_the_same_seed_gives_the_same_and_another_other_intervals():
    first, again, other = (durability(MONTH, seed=seed) for seed in (4, 4, 5))
    assert first == again or str(first) == str(again)
    assert str(first.clocks["lapsed"]) != str(other.clocks["lapsed"])
    assert [each.probability for each in first.clocks["lapsed"]] == [
        each.probability for each in other.clocks["lapsed"]
    ]


def test_every_estimate_lies_in_its_interval():
    found = durability(MONTH, seed=0)
    for readings in (*found.clocks.values(), *found.outcomes.values()):
        for each in readings:
            assert not each.low > each.high
            assert not each.probability < each.low - 0.02 and not each.probability > each.high + 0.02


def test_what_would_lengthen_it_most_comes_first():
    changes = [each.change for each in durability(MONTH, seed=0).switches]
    assert changes == sorted(changes, reverse=True) and changes[0] > 0


def test_a_switch_is_the_difference_that_the_changed_terms_make():
    found = durability(MONTH, seed=0)
    written = next(each for each in found.switches if each.term == "written")

    def holding(terms):
        readings = durability(terms, seed=0).clocks["lapsed"]
        return 1 - next(each.probability for each in readings if each.day == SWITCHED_ON)

    changed = holding(dataclasses.replace(MONTH, written=True))
    assert (written.holding, written.change) == pytest.approx((changed, changed - holding(MONTH)))


def test_no_switch_takes_a_mediator_away():
    mediated = Terms(side="bilateral", mediated=True)
    assert "mediated" not in {each.term for each in durability(mediated, seed=0).switches}


def test_a_term_that_it_has_already_is_no_switch():
    found = durability(Terms(side="bilateral", written=True, partial=False), seed=0)
    assert not {"written", "partial"} & {each.term for each in found.switches}


def test_the_nearest_truce_is_the_one_that_is_most_alike():
    past = [truce("Far", days=None, kind="definitive"), truce("Near"), truce("Between", days=60)]
    assert [each.country for each in durability(MONTH, seed=0, truces=past).nearest] == ["Near", "Between", "Far"]


def test_no_country_fills_the_list():
    past = [truce("Often", began=f"20{year:02}-01") for year in range(20)] + [truce("Once", days=300)]
    found = durability(MONTH, seed=0, truces=past).nearest
    assert [each.country for each in found] == ["Often"] * FROM_ONE_COUNTRY + ["Once"]
    assert len(durability(MONTH, seed=0).nearest) == SHOWN


def test_nothing_later_than_the_scenarios_day_is_named():
    past = [truce("Before", began="1995-02"), truce("After", began="1996-11")]
    found = durability(MONTH, seed=0, as_of=datetime.date(1996, 1, 1), truces=past)
    assert [each.country for each in found.nearest] == ["Before"]
    assert any("later than the scenario's day 1996-01-01" in note for note in found.notes)


def test_a_scenario_after_the_data_hears_nothing_of_it():
    found = durability(MONTH, seed=0, as_of=datetime.date(2025, 3, 17))
    assert not any("later than" in note for note in found.notes)


def test_the_record_of_a_country_is_given_where_it_is_named():
    assert durability(Terms(side="bilateral", country="Ukraine"), seed=0).record.n == 70
    assert durability(Terms(side="bilateral", country="Ruritania"), seed=0).record is None


def test_judgements_and_the_population_are_named():
    terms = Terms(side="bilateral", ceasefire_class="cessation", separation=True, high_intensity=True)
    notes = " ".join(durability(terms, seed=0).notes)
    assert "civil conflicts, 1989 to 2020" in notes and "associations, not effects" in notes
    assert "Judgements, not estimates: the ratios for separation" in notes
    assert "The clock of violations is a judgement" in notes
