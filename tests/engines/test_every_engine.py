"""The contract that every engine keeps, whoever wrote it."""

import dataclasses
import functools
import re
from pathlib import Path

import numpy as np
import pytest

from parley import ensembles, resources
from parley.domain.draws import Draws, quantities
from parley.domain.engine import COMMON_VARIABLES, BatchEngine, Engine
from parley.engines import available, missing, name_of, named
from parley.errors import UsageError
from parley.files import scenarios

ENGINES = sorted(available())
CASES = sorted(resources.cases())
ROOT = Path(__file__).parents[2]
SOMETIMES = re.compile(r"(small conflicts|with [a-z ]+) only\b")
"""How a card begins the description of a variable that only some scenarios have."""


@functools.cache
def loaded(case):
    return scenarios.load(case)


@functools.cache
def answered(name, scenario):
    """What an engine says of a scenario; nobody changes it."""
    return named(name).forecast(scenario, np.random.default_rng(0))


def some_draws(scenario, count, seed):
    """So many draws, or two where every number is exact and all draws are the same: large cases are such."""
    differ = any(each.estimate.low < each.estimate.high for each in quantities(scenario))
    return ensembles.draw(scenario, count if differ else 2, seed)


@pytest.fixture(params=CASES)
def scenario(request, name):
    """Each shipped case that has the sections which the engine needs."""
    gaps = missing(available()[name], loaded(request.param))
    if gaps:
        pytest.skip(f"{request.param} has no {', '.join(gaps)}")
    return loaded(request.param)


@pytest.mark.parametrize("name", ENGINES)
def test_there_are_shipped_cases_for_every_engine(name):
    assert sum(not missing(available()[name], loaded(case)) for case in CASES) >= 2


@pytest.mark.parametrize("name", ENGINES)
class TestEveryEngine:
    """Each test runs for each engine."""

    def test_is_a_frozen_dataclass_whose_fields_are_its_parameters(self, name):
        engine = named(name)
        assert isinstance(engine, Engine)
        with pytest.raises(dataclasses.FrozenInstanceError):
            engine.card = None

    def test_carries_a_full_card(self, name):
        card = available()[name].card
        assert card.question.endswith("?")
        assert card.needs and card.assumptions and card.cannot_say and card.references
        assert set(card.silent_on) <= set(COMMON_VARIABLES)
        for sentence in (*card.assumptions, *card.cannot_say):
            assert sentence.endswith("."), sentence

    def test_cites_works_that_the_bibliography_holds(self, name):
        bibliography = (ROOT / "docs/bibliography.md").read_text(encoding="utf-8")
        for key in available()[name].card.references:
            assert re.search(rf"\b{key}\b", bibliography), key

    def test_answers_every_common_variable_with_its_dims_or_says_that_it_is_silent(self, name, scenario):
        forecast = answered(name, scenario)
        for variable, dims in COMMON_VARIABLES.items():
            assert forecast.data[variable].dims == dims
            if variable in available()[name].card.silent_on:
                assert np.isnan(forecast.data[variable].values).all(), f"{variable} is said to be silent"

    def test_stays_within_the_ranges_of_the_common_variables(self, name, scenario):
        engine, draws = named(name), some_draws(scenario, 60, 7)
        data = engine.forecast_many(draws, [np.random.default_rng(i) for i in range(len(draws.values))])
        ceilings = {"agreement": 1.0, "settlement": 100.0, "payoff": 1.0, "time_to_agreement": np.inf}
        for variable, high in ceilings.items():
            values = data[variable].values
            values = values[~np.isnan(values)]
            assert (values >= -1e-9).all() and (values <= high + 1e-9).all(), variable

    def test_describes_every_variable_of_its_own(self, name, scenario):
        data = answered(name, scenario).data
        own, described = set(data.data_vars) - set(COMMON_VARIABLES), available()[name].card.variables
        always = {variable for variable, words in described.items() if not SOMETIMES.match(words)}
        assert always <= own <= set(described)

    def test_gives_the_same_answer_twice(self, name, scenario):
        again = named(name).forecast(scenario, np.random.default_rng(0)).data
        assert answered(name, scenario).data.identical(again)

    def test_says_how_its_forecast_was_made(self, name, scenario):
        made = answered(name, scenario).made
        assert (made.engine, made.scenario_digest) == (name, scenario.digest)
        assert made.parameters == dataclasses.asdict(named(name))

    def test_answers_many_draws_at_once_as_it_answers_each_of_them(self, name, scenario):
        engine, draws = named(name), some_draws(scenario, 12, 11)
        assert isinstance(engine, BatchEngine)
        together = engine.forecast_many(draws, [np.random.default_rng(i) for i in range(len(draws.values))])
        for i in np.flatnonzero(together["failure"].values == ""):
            alone = engine.forecast(draws.scenario(int(i)), np.random.default_rng(int(i))).data
            for variable in (*COMMON_VARIABLES, *(set(together.data_vars) & set(alone.data_vars))):
                there, here = together[variable].values[i], alone[variable].values
                np.testing.assert_allclose(there, here, rtol=1e-9, atol=1e-9, err_msg=variable)

    def test_leaves_the_draws_as_they_were(self, name, scenario):
        draws = Draws.of_modes(scenario)
        before = draws.values.copy()
        named(name).forecast_many(draws, [np.random.default_rng(0)])
        assert (draws.values == before).all()

    def test_gives_its_detail_as_plain_lists_and_mappings(self, name, scenario):
        import json

        detail = named(name).detail(answered(name, scenario))
        assert json.loads(json.dumps(detail, allow_nan=False)) is not None

    def test_knows_its_name(self, name):
        assert name_of(named(name)) == name

    def test_has_a_page_that_speaks_of_every_parameter_and_variable(self, name):
        page = (ROOT / "docs/engines" / f"{name}.md").read_text(encoding="utf-8")
        fields = [field.name for field in dataclasses.fields(named(name))]
        for word in (*fields, *available()[name].card.variables):
            assert f"`{word}`" in page, f"docs/engines/{name}.md says nothing of {word}"


def test_an_unknown_engine_is_refused_with_a_suggestion():
    with pytest.raises(UsageError, match="did you mean 'median_voter'"):
        named("median_votter")


def test_an_unknown_parameter_is_refused_with_a_suggestion():
    with pytest.raises(UsageError, match="did you mean 'tie'"):
        named("median_voter", ties="lower")
