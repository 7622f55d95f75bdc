"""Every number of a briefing can be followed back to facts and judgements.

A piece of text may hold a digit without a basis only where the digit belongs to words that are shown as they are: words
of the scenario (names, questions, paraphrases), words of an engine's card, ids, and the day of the briefing.
"""

from __future__ import annotations

import functools
import re

import pytest

from parley.approaches import compare
from parley.briefing.compose import compose
from parley.domain.briefing import Basis, Briefing
from parley.domain.comparison import Comparison
from parley.domain.draws import quantities
from parley.domain.marks import Defines, Text, walk
from parley.domain.scenario import Scenario
from parley.engines import available
from tests.briefing.stories import computed
from tests.briefing.test_pressure import computed as pressed


@functools.cache
def shipped() -> Comparison:
    from parley.files.scenarios import load
    from parley.resources import case_path

    return compare(load(case_path("ceasefires/ukraine-2025-03")), draws=50, seed=0)


CASES = {"tiny": computed, "pressed": pressed, "shipped": shipped}


@pytest.fixture(scope="module", params=list(CASES))
def told(request: pytest.FixtureRequest) -> tuple[Scenario, Briefing]:
    comparison = CASES[request.param]()
    return comparison.scenario, compose(comparison)


def shown_as_they_are(scenario: Scenario) -> list[str]:
    """Words of the scenario and of the cards, ids and the day: longest first."""
    found = [each.value for each in walk(Scenario, scenario) if each.mark(Text) or each.mark(Defines)]
    words = [word.strip().rstrip(".") for word in found if isinstance(word, str)]
    for engine in available().values():
        words += [*engine.card.assumptions, *engine.card.cannot_say, engine.card.question, engine.card.title]
    day = f"{scenario.as_of.day} {scenario.as_of:%B %Y}"
    dates = [f"{source.date.day} {source.date:%B %Y}" for source in scenario.sources if source.date]
    return sorted({day, *dates, *(word for word in words if re.search(r"\d", word))}, key=len, reverse=True)


def test_every_number_carries_a_basis(told: tuple[Scenario, Briefing]) -> None:
    scenario, briefing = told
    known = shown_as_they_are(scenario)
    bare = []
    for piece in briefing.pieces():
        text = piece.text
        for word in known:
            text = text.replace(word, "")
        if re.search(r"\d", text) and piece.basis is None:
            bare.append(piece.text)
    assert bare == []


def test_every_basis_that_a_piece_names_exists_and_every_basis_is_used(told: tuple[Scenario, Briefing]) -> None:
    _, briefing = told
    used = {piece.basis for piece in briefing.pieces() if piece.basis is not None}
    assert used <= set(briefing.bases)
    assert all(basis.id == name for name, basis in briefing.bases.items())


def reasons(scenario: Scenario, basis: Basis) -> bool:
    """Whether a basis leads to a fact, a claim or a judgement of the scenario, or to a reason given in place."""
    defined = {each.id for each in (*scenario.facts, *scenario.claims, *scenario.judgements)}
    assert set(basis.grounds) <= defined
    estimates = {quantity.name: quantity.estimate for quantity in quantities(scenario)}
    assert set(basis.quantities) <= set(estimates)
    because = any(estimates[name].because for name in basis.quantities)
    return bool(basis.grounds) or because


def test_every_basis_leads_to_a_fact_or_a_judgement_of_the_scenario(told: tuple[Scenario, Briefing]) -> None:
    scenario, briefing = told
    assert [basis.id for basis in briefing.bases.values() if not reasons(scenario, basis)] == []


def test_every_computed_number_says_which_engine_made_it_from_which_numbers(told: tuple[Scenario, Briefing]) -> None:
    scenario, briefing = told
    made = [basis for basis in briefing.bases.values() if basis.made is not None]
    assert made
    for basis in made:
        assert basis.made is not None
        assert basis.quantities
        assert basis.made.scenario_digest
        assert basis.made.engine in available()
        assert "seed 0" in basis.says


def test_every_id_cited_in_the_text_stands_in_the_tables_of_sources(told: tuple[Scenario, Briefing]) -> None:
    _, briefing = told
    sources = briefing.sections[-1]
    listed = {row[0][0].text for block in sources.blocks for row in getattr(block, "rows", ())}
    cited = {cite for piece in briefing.pieces() for cite in piece.cites}
    assert cited <= listed


def test_bases_are_shared_so_that_there_are_fewer_of_them_than_numbers(told: tuple[Scenario, Briefing]) -> None:
    _, briefing = told
    assert len(briefing.bases) < sum(piece.basis is not None for piece in briefing.pieces())
