"""The table of states that a run of the graph model prints: who stays in each, and which hold."""

import io
import re

import pytest
from rich.console import Console

from parley import workbench
from parley.cli.states import states
from parley.ensembles.output import details_of

WIDTHS = [80, 120]


def printed(case, width, **settings):
    ensemble = workbench.run(case, engines=["graph_model"], settings=settings, draws=0)
    paper = io.StringIO()
    states(Console(file=paper, width=width), ensemble.scenario, details_of(ensemble)["graph_model"])
    return paper.getvalue()


def rows(text):
    """The rows of the table by the state, each as its cells."""
    lines = (re.split(r"\s{2,}", line.strip()) for line in text.splitlines())
    return {cells[0].split()[0]: cells for cells in lines if len(cells) > 3 and cells[0] != "State"}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", ["elmira-1991", "cuba-1962", "prisoners-dilemma", "ceasefires/ukraine-2025-03"])
def test_the_table_fits_the_line(case, width):
    assert max(map(len, printed(case, width).splitlines())) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_elmiras_published_equilibria_are_marked_and_a_state_that_leaves_options_open_shows_a_dash(width):
    """SEQ: 5, 8 and 9; GMR and SMR: 1 and 4 besides. From s1 and s4 it is the local government that gains by R."""
    found = rows(printed("elmira-1991", width))
    assert {name for name, cells in found.items() if "*" in cells[0]} == {"s5", "s8", "s9"}
    assert found["s1"][0] == "s1 now"
    assert (found["s1"][-4:], found["s4"][-4:]) == ((["all", "all", "GMR SMR", "GMR SMR"],) * 2)
    assert [found[name][1] for name in ("s4", "s9")] == ["Y NYN N", "- NNY -"]


@pytest.mark.parametrize("width", WIDTHS)
def test_named_states_are_told_by_their_names(width):
    text = re.sub(r"\s+", " ", printed("elmira-1991", width))
    assert "Uniroyal delays" in text
    assert ("s9: Uniroyal abandons its plant" in text) == (width == 80)


def test_cubas_published_equilibria_are_marked_under_whatever_concept_is_chosen():
    """Decimals 4, 5, 6 under SEQ and 5 alone under R: states 5, 6, 7 and 6."""
    for concept, marked in (("SEQ", {"5", "6", "7"}), ("R", {"6"})):
        found = rows(printed("cuba-1962", 80, concept=concept))
        assert {name for name, cells in found.items() if "*" in cells[0]} == marked


def test_of_many_states_those_are_shown_that_somebody_could_ask_about_first():
    text = printed("ceasefires/ukraine-2025-03", 80)
    assert "136 states; shown are those that hold under some concept, and the status quo." in re.sub(r"\s+", " ", text)
    assert "35 now" in text
    assert "Would leave (SEQ)" in text


def test_the_names_of_four_parties_fit_into_a_wide_line():
    text = printed("ceasefires/ukraine-2025-03", 120)
    assert "Russia stays" in text
    assert "Would leave" not in text


def test_elmiras_jump_from_one_equilibrium_to_another_is_told_and_what_coalitions_leave():
    """The published jump from s5 to s8 by the ministry and Uniroyal: so s5 is no coalitional Nash equilibrium."""
    text = re.sub(r"\s+", " ", printed("elmira-1991", 80))
    assert "Together, the Ministry of the Environment and Uniroyal Chemical would go from s5 to s8" in text
    assert "What holds if parties may act together: s8, s9 (CNash CSEQ);" in text


def test_what_holds_for_those_who_look_ahead_is_told_apart_from_the_table():
    """Chicken: L2 has no stable state, from L3 on mutual cooperation alone is stable."""
    text = re.sub(r"\s+", " ", printed("chicken", 80))
    assert "What holds if parties look several moves ahead: none (L2); 1 (L3 L4 NM)" in text
    assert rows(printed("chicken", 80))["2"][-3:] == ["all", "all", "all"]


def test_sim_is_said_not_to_be_judged_where_states_are_several_combinations_and_not_taken_for_unstable():
    assert "SIM is not judged" in printed("elmira-1991", 80)
    assert "SIM is not judged" not in printed("cuba-1962", 80)
