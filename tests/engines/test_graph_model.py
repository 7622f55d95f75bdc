"""What the graph model says of a scenario."""

import numpy as np
import pytest

from parley.domain.conflict import Choice, Conflict, Infeasible, Meaning, Option, Preference, PreferenceStatement
from parley.domain.draws import Draws, quantities
from parley.domain.estimate import Estimate
from parley.engines import graph_model
from parley.engines.graph_model import GraphModel
from parley.errors import EngineError, ScenarioError
from tests.builders import about, exactly, tiny_scenario

RNG = np.random.default_rng(0)


def option(name, party, **changes):
    return Option(**{"id": name, "name": name.capitalize(), "party": party, "words": name, **changes})


def wants(party, *statements):
    """Preferences from statements, or from pairs of a statement and its importance."""
    pairs = [each if isinstance(each, tuple) else (each, None) for each in statements]
    return Preference(party=party, statements=tuple(PreferenceStatement(says=s, importance=i) for s, i in pairs))


def conflict(options, preferences, **changes):
    scenario_changes = {key: changes.pop(key) for key in ("parties", "positions") if key in changes}
    model = Conflict(options=tuple(options), preferences=tuple(preferences), **changes)
    return tiny_scenario(conflict=model, approaches=(), **scenario_changes)


def stag_hunt(**changes):
    """Both would rather meet at the truce, and neither would hold its fire alone: rests at both or at neither."""
    options = (option("north_stops", "north"), option("south_stops", "south"))
    both = "north_stops & south_stops"
    preferences = (wants("north", both, "-north_stops"), wants("south", both, "-south_stops"))
    return conflict(options, preferences, **{"agreement": both, **changes})


def detail(scenario, **parameters):
    engine = GraphModel(**parameters)
    return engine.detail(engine.forecast(scenario, RNG))


def answers(scenario, **parameters):
    return GraphModel(**parameters).forecast(scenario, RNG).data


def held(**choices):
    return tuple(Choice(option=name, taken=taken) for name, taken in choices.items())


class TestStates:
    def test_are_numbered_from_one_with_the_first_option_lowest(self):
        states = detail(stag_hunt())["states"]
        assert [state["id"] for state in states] == [1, 2, 3, 4]
        assert [tuple(state["options"].values()) for state in states] == [
            (False, False),
            (True, False),
            (False, True),
            (True, True),
        ]

    def test_are_labelled_by_the_options_taken(self):
        labels = [state["label"] for state in detail(stag_hunt())["states"]]
        assert labels == ["no option taken", "North_stops", "South_stops", "North_stops; South_stops"]

    def test_leave_no_gap_in_their_numbers_where_a_combination_is_infeasible(self):
        scenario = stag_hunt(infeasible=(Infeasible(when="north_stops & -south_stops"),))
        states = detail(scenario)["states"]
        assert [(state["id"], state["label"]) for state in states] == [
            (1, "no option taken"),
            (2, "South_stops"),
            (3, "North_stops; South_stops"),
        ]

    def test_keep_their_numbers_when_an_option_is_held(self):
        assert [state["id"] for state in detail(stag_hunt(held=held(south_stops=True)))["states"]] == [3, 4]


class TestRestingPoints:
    def test_of_a_stag_hunt_are_both_or_neither(self):
        found = detail(stag_hunt())["equilibria"]
        assert dict.fromkeys(("R", "GMR", "SMR", "SEQ", "SSEQ", "SIM"), [1, 4]).items() <= found.items()

    def test_count_as_the_share_of_agreements_among_them_between_two_bounds(self):
        data = answers(stag_hunt())
        assert (data["agreement"], data["agreement_necessary"], data["agreement_possible"]) == (0.5, 0, 1)
        assert data["equilibria"] == 2

    def test_depend_on_the_concept_that_the_analyst_chooses(self):
        # Chicken: at "both stop" each would gain by not stopping; only its opponent's worst outcome would punish it
        options = (option("north_stops", "north"), option("south_stops", "south"))
        preferences = (
            wants("north", "south_stops", "north_stops IF -south_stops", "-north_stops"),
            wants("south", "north_stops", "south_stops IF -north_stops", "-south_stops"),
        )
        scenario = conflict(options, preferences, agreement="north_stops & south_stops")
        # Where both would stop stopping at the same time, each would fear that worst outcome: SIM
        one, more = [2, 3], [2, 3, 4]
        expected = {"R": one, "GMR": more, "SMR": more, "SEQ": one, "SSEQ": one, "SIM": more}
        assert expected.items() <= detail(scenario)["equilibria"].items()
        assert answers(scenario, concept="SEQ")["agreement"] == 0
        assert answers(scenario, concept="GMR")["agreement"] == pytest.approx(1 / 3)

    def test_count_only_where_moves_lead_from_the_status_quo(self):
        options = (option("sign", "north"), option("leave", "south", changes="stays_taken", initially=True))
        preferences = (wants("north", "sign IFF -leave"), wants("south", "-leave"))
        scenario = conflict(options, preferences, agreement="sign & -leave")
        assert detail(scenario)["equilibria"]["SEQ"] == [2, 3]
        assert detail(scenario)["reachable"] == [3, 4]
        assert answers(scenario)["agreement"] == 0

    def test_move_when_the_asking_party_holds_an_option(self):
        assert answers(stag_hunt(held=held(north_stops=True)))["agreement_necessary"] == 1
        assert answers(stag_hunt(held=held(north_stops=False)))["agreement_possible"] == 0

    def test_start_from_the_held_option_and_not_from_its_initial_value(self):
        assert detail(stag_hunt(held=held(north_stops=True)))["status_quo"] == 2

    def test_say_why_a_state_does_not_hold(self):
        improvements = detail(stag_hunt())["improvements"]
        assert improvements == {"north": {2: [1], 3: [4]}, "south": {2: [4], 3: [1]}}

    def test_are_undecided_between_agreement_and_none_where_the_scenario_does_not_say_what_agreement_is(self):
        data = answers(stag_hunt(agreement=None))
        assert np.isnan(data["agreement"]) and np.isnan(data["agreement_necessary"])
        assert data["equilibria"] == 2

    def test_may_be_missing_which_is_said_and_not_hidden(self):
        # Matching pennies: the north wants the two alike, the south different
        options = (option("heads", "north"), option("tails", "south"))
        scenario = conflict(
            options, (wants("north", "heads IFF tails"), wants("south", "-(heads IFF tails)")), agreement="heads"
        )
        data = GraphModel(concept="R").forecast_many(Draws.of_modes(scenario), [RNG])
        assert data["failure"].values.tolist() == ["no resting point under R can be reached from the status quo"]
        alone = answers(scenario, concept="R")
        assert alone["equilibria"] == 0 and np.isnan(alone["agreement"]) and np.isnan(alone["payoff"]).all()
        assert detail(scenario, concept="R")["improvements"]["north"] == {2: [1], 3: [4]}

    def test_cannot_be_reached_from_a_status_quo_that_is_infeasible(self):
        scenario = stag_hunt(infeasible=(Infeasible(when="-north_stops & -south_stops"),))
        failure = GraphModel().forecast_many(Draws.of_modes(scenario), [RNG])["failure"].values
        assert failure.tolist() == ["the status quo is infeasible, so nothing can be reached from it"]
        found = detail(scenario)
        assert (found["status_quo"], found["reachable"], found["equilibria"]["R"]) == (None, [], [3])


class TestDecisionMakers:
    def test_without_statements_are_indifferent_and_that_is_said(self):
        options = (option("north_stops", "north"), option("south_stops", "south"))
        found = detail(conflict(options, (wants("north", "north_stops"),)))
        assert found["indifferent"] == ["south"]
        assert found["rank"]["south"] == dict.fromkeys((1, 2, 3, 4), 1)
        assert found["stable"]["R"]["south"] == [1, 2, 3, 4]

    def test_without_options_find_every_state_stable(self):
        found = detail(conflict((option("north_stops", "north"),), (wants("north", "1"), wants("south", "1"))))
        assert found["stable"]["R"] == {"north": [2], "south": [1, 2]}
        assert found["rank"]["south"] == {1: 2, 2: 1}

    def test_with_neither_are_left_out(self):
        assert list(detail(conflict((option("north_stops", "north"),), (wants("north", "1"),)))["rank"]) == ["north"]

    def test_rank_states_by_the_conclusion_where_the_condition_of_an_if_holds_and_gain_where_it_does_not(self):
        options = (option("a", "north"), option("b", "south"))
        # "a IF b" is false only in the state where b is taken and a is not, number 3
        assert detail(conflict(options, (wants("north", "a IF b"),)))["rank"]["north"] == {1: 1, 2: 1, 3: 2, 4: 1}


class TestSettlement:
    def means(self, **points):
        return tuple(Meaning(issue=issue, at=at) for issue, at in points.items())

    def scenario(self, north=(), south=(), **changes):
        options = (option("north_signs", "north", means=north), option("south_signs", "south", means=south))
        preferences = (wants("north", "north_signs"), wants("south", "south_signs"))
        return conflict(options, preferences, agreement="north_signs", **changes)

    def test_is_where_the_taken_option_puts_the_issue(self):
        settlement = answers(self.scenario(north=self.means(border=exactly(80))))["settlement"]
        assert settlement.sel(issue="border") == 80
        assert np.isnan(settlement.sel(issue="truce"))

    def test_is_the_mean_where_several_taken_options_put_the_same_issue(self):
        north, south = self.means(border=exactly(80), truce=exactly(10)), self.means(border=exactly(20))
        assert answers(self.scenario(north=north, south=south))["settlement"].values.tolist() == [50, 10]

    def test_is_the_mean_over_the_resting_points_that_are_agreements_and_that_speak_of_the_issue(self):
        # The south is indifferent about its own option, so that both states with a signature rest
        north, south = self.means(border=exactly(80)), self.means(border=exactly(20), truce=exactly(30))
        options = (option("north_signs", "north", means=north), option("south_signs", "south", means=south))
        data = answers(conflict(options, (wants("north", "north_signs"),), agreement="north_signs"))
        assert data["equilibria"] == 2
        # border: 80 in one, (80 + 20) / 2 in the other; truce: 30 in the only one that puts it
        assert data["settlement"].values.tolist() == [65, 30]

    def test_gives_each_party_the_common_payoff(self):
        data = answers(self.scenario(north=self.means(border=exactly(80))))
        # |80 - 90| and |80 - 10| on the border, the only issue that is settled
        assert data["agreement"] == 1
        np.testing.assert_allclose(data["payoff"].values, [0.9, 0.3])

    def test_weighs_the_payoff_of_no_agreement_by_its_share(self):
        scenario = stag_hunt()
        first = scenario.conflict.options[0]
        moved = option(first.id, first.party, means=self.means(border=exactly(80)))
        both = (moved, scenario.conflict.options[1])
        data = answers(conflict(both, scenario.conflict.preferences, agreement=scenario.conflict.agreement))
        # Half of the resting points are agreements at .9 and .3; without agreement .4 and .3
        np.testing.assert_allclose(data["payoff"].values, [(0.9 + 0.4) / 2, (0.3 + 0.3) / 2])

    def test_says_nothing_of_time(self):
        assert np.isnan(answers(self.scenario())["time_to_agreement"])


def with_uncertain_wishes():
    """What the north wants most is uncertain: peace, or the upper hand; so is where the border would run."""
    options = (
        option("stop", "north", means=(Meaning(issue="border", at=about(60, 70, 90)),)),
        option("yield_land", "south", means=(Meaning(issue="border", at=about(10, 20, 30)),)),
        option("call_allies", "south"),
    )
    preferences = (
        wants("north", ("stop IF yield_land", about(0.2, 0.5, 0.9)), ("-stop", about(0.3, 0.5, 0.8)), "yield_land"),
        wants("south", ("stop", about(0.1, 0.6, 0.9)), ("-yield_land", about(0.2, 0.5, 0.9)), "call_allies IFF -stop"),
    )
    return conflict(options, preferences, agreement="stop", infeasible=(Infeasible(when="yield_land & call_allies"),))


def draws_of(scenario, count, seed=5):
    """Uniform draws within the ranges of all estimates."""
    rng = np.random.default_rng(seed)
    low, high = (np.array([getattr(q.estimate, end) for q in quantities(scenario)]) for end in ("low", "high"))
    return Draws(
        base=scenario, values=low + rng.random((count, low.size)) * (high - low), chance=rng.random((count, 2))
    )


class TestManyDraws:
    @pytest.mark.parametrize("concept", graph_model.CONCEPTS)
    def test_are_answered_as_each_by_itself(self, concept):
        engine, draws = GraphModel(concept=concept), draws_of(with_uncertain_wishes(), 40)
        together = engine.forecast_many(draws, [RNG] * 40)
        assert set(together["failure"].values.tolist()) == {""}
        for i in range(40):
            alone = engine.forecast(draws.scenario(i), RNG).data
            for name in set(together.data_vars) & set(alone.data_vars):
                np.testing.assert_allclose(together[name].values[i], alone[name].values, err_msg=name, rtol=1e-12)

    def test_give_the_share_in_which_a_state_is_an_equilibrium(self):
        data = GraphModel().forecast_many(draws_of(with_uncertain_wishes(), 400), [RNG] * 400)
        share = data["equilibrium"].mean("draw").values
        assert data["equilibrium"].dims == ("draw", "state")
        assert ((share > 0) & (share < 1)).any()

    def test_take_the_statements_in_the_order_of_their_sampled_importance(self):
        both = ("north_stops", about(0.0, 0.6, 1.0)), ("-north_stops", about(0.0, 0.4, 1.0))
        scenario = conflict((option("north_stops", "north"),), (wants("north", *both),), agreement="1")
        draws = draws_of(scenario, 200)
        first, second = (draws.column(("conflict", "preferences", 0, "statements", k, "importance")) for k in range(2))
        agreement = GraphModel().forecast_many(draws, [RNG] * 200)["agreement"].values
        np.testing.assert_array_equal(agreement, (first >= second).astype(float))

    def test_are_judged_alike_by_the_definitions_and_by_their_compiled_twin(self, monkeypatch):
        readable = answers(with_uncertain_wishes())
        monkeypatch.setattr(graph_model, "READABLE_STATES", 0)
        assert answers(with_uncertain_wishes()).identical(readable)


class TestRefusals:
    def test_name_the_number_of_combinations_where_there_are_too_many_options(self):
        options = [option(f"option_{k}", "north") for k in range(21)]
        with pytest.raises(EngineError, match="21 options, that is 2,097,152 combinations"):
            answers(conflict(options, ()))

    def test_name_the_setting_that_bounds_the_states(self):
        with pytest.raises(EngineError, match="4 feasible states; max_states is 3"):
            answers(stag_hunt(), max_states=3)

    def test_tell_when_nothing_is_feasible(self):
        with pytest.raises(ScenarioError, match=r"infeasible\[0\]\.when: with this pattern no combination"):
            stag_hunt(infeasible=(Infeasible(when="1 | -1"),))

    def test_tell_when_held_options_leave_nothing_feasible(self):
        scenario = stag_hunt(infeasible=(Infeasible(when="1 & 2"),), held=held(north_stops=True, south_stops=True))
        with pytest.raises(EngineError, match="no feasible state has north_stops taken, south_stops taken"):
            answers(scenario)

    def test_tell_when_an_option_is_held_both_ways(self):
        both = (Choice(option="north_stops", taken=True), Choice(option="north_stops", taken=False))
        with pytest.raises(EngineError, match="'north_stops' is held both taken and left"):
            answers(stag_hunt(held=both))

    def test_tell_when_there_is_nothing_to_do(self):
        with pytest.raises(EngineError, match="no options"):
            answers(conflict((), ()))


def test_a_conflict_of_many_states_is_judged_without_listing_its_improvements():
    scenario = conflict(
        [option(f"option_{k}", "north" if k % 2 else "south") for k in range(13)],
        (wants("north", *(str(k) for k in range(1, 14))), wants("south", "-1", "3")),
    )
    found = detail(scenario, max_states=8192)
    assert found["improvements"] is None
    assert list(found["equilibria"]) == ["R", "GMR", "SMR", "SEQ", "SSEQ"]
    # The north takes all of its options, the south drops its first and takes its second, and nothing else matters to it
    assert all(each["options"]["option_1"] for each in found["states"] if each["id"] in found["equilibria"]["R"])
    assert len(found["equilibria"]["R"]) == 2**5


def test_twenty_options_with_few_feasible_states_are_within_reach():
    names = [f"option_{k}" for k in range(20)]
    options = [option(name, "north" if k % 2 else "south") for k, name in enumerate(names)]
    never = " | ".join(names[4:])
    scenario = conflict(options, (wants("north", "2", "4"), wants("south", "1")), infeasible=(Infeasible(when=never),))
    assert len(detail(scenario)["states"]) == 16


def test_an_estimate_of_importance_must_not_decide_where_two_are_equal():
    equal = Estimate.exactly(0.5, because="a test")
    scenario = conflict((option("a", "north"),), (wants("north", ("a", equal), ("-a", equal)),))
    assert detail(scenario)["rank"]["north"] == {1: 2, 2: 1}
