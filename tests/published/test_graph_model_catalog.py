"""The shipped cases of the graph model give the equilibria that their READMEs name."""

import numpy as np
import pytest

from parley.engines.graph_model import GraphModel
from parley.files.scenarios import check, load
from tests.published.test_graph_model_cases import SOVIET_UNION, UNITED_STATES

CUBA = {0, 1, 2, 4, 5, 6, 7}
CASES = {
    "elmira-1991": {
        "R": {"s5", "s8", "s9"},
        "GMR": {"s1", "s4", "s5", "s8", "s9"},
        "SMR": {"s1", "s4", "s5", "s8", "s9"},
        "SEQ": {"s5", "s8", "s9"},
        "SSEQ": {"s5", "s8", "s9"},
    },
    "cuba-1962": {
        concept: {1 + d for d in states}
        for concept, states in {
            "R": {5},
            "GMR": CUBA,
            "SMR": CUBA,
            "SEQ": {4, 5, 6},
            "SSEQ": {4, 5, 6},
            "SIM": {5},
        }.items()
    },
    "prisoners-dilemma": {"R": {4}} | dict.fromkeys(("GMR", "SMR", "SEQ", "SSEQ", "SIM"), {1, 4}),
    "chicken": dict.fromkeys(("R", "SEQ", "SSEQ"), {2, 3}) | dict.fromkeys(("GMR", "SMR", "SIM"), {1, 2, 3}),
}


def detail(name):
    engine = GraphModel()
    return engine.detail(engine.forecast(load(f"graph-model/{name}"), np.random.default_rng(0)))


@pytest.mark.parametrize("name", CASES)
def test_a_shipped_case_has_the_equilibria_of_its_readme(name):
    found = {concept: set(states) for concept, states in detail(name)["equilibria"].items()}
    assert CASES[name].items() <= found.items()


@pytest.mark.parametrize("name", CASES)
def test_a_shipped_case_is_sound(name):
    assert not check(f"graph-model/{name}").problems


def test_the_statements_on_cuba_give_the_books_order():
    rank = detail("cuba-1962")["rank"]
    for party, order in (("united_states", UNITED_STATES), ("soviet_union", SOVIET_UNION)):
        assert sorted(rank[party], key=rank[party].get) == [d + 1 for d in order]
        assert sorted(rank[party].values()) == list(range(1, 13))
