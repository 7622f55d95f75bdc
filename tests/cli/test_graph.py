"""What a user learns of single states by `parley graph`: why they hold, how they are reached, what would make them."""

import json
import re

import jsonschema
import pytest
from typer.testing import CliRunner

from parley import resources, workbench
from parley.cli.app import app
from parley.engines.graph_model.reading import read
from parley.methods import graph
from parley.methods.option_form import OptionMoves, simultaneously_stable

ELMIRA, CUBA = "graph-model/elmira-1991", "graph-model/cuba-1962"
DILEMMA, CHICKEN = "graph-model/prisoners-dilemma", "graph-model/chicken"
runner = CliRunner()


@pytest.fixture(autouse=True)
def no_colour(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")


def call(*arguments):
    return runner.invoke(app, ["graph", *(str(each) for each in arguments)])


def said(*arguments):
    """What a command prints for people, in one line."""
    done = call(*arguments)
    assert done.exit_code == 0, done.output
    return re.sub(r"\s+", " ", done.output)


def document(*arguments):
    """What a command prints for programs, held against its schema."""
    done = call(*arguments, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    jsonschema.Draft202012Validator(workbench.schema(f"graph-{arguments[0]}")).validate(found)
    return found


def conflict(tmp_path, content):
    path = tmp_path / "scenario.yaml"
    head = (
        "schema: parley/scenario/1\ntitle: A conflict\nquestion: {text: What holds?, asked_by: a}\nas_of: 2020-01-01\n"
        "parties:\n  - {id: a, name: Anna, role: other, capability: 1}\n"
        "  - {id: b, name: Bert, role: other, capability: 1}\nissues: []\n"
    )
    path.write_text(head + content, encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["explain", "paths", "inverse"])
def test_the_help_of_each_shows_an_example_that_runs(command):
    done = call(command, "--help")
    example = re.search(rf"Example: parley graph ({command} .*)", done.output).group(1)
    assert call(*example.split()).exit_code == 0


class TestElmira:
    """Nine states; the published equilibria are R = SEQ = {5, 8, 9} and GMR = SMR = {1, 4, 5, 8, 9}."""

    def test_has_its_equilibria_explained_one_by_one(self):
        found = document("explain", ELMIRA, "--equilibria")
        holds = {each["state"]: set(each["equilibrium"]) for each in found["explained"]}
        assert {state for state, concepts in holds.items() if "R" in concepts} == {"s5", "s8", "s9"}
        assert {state for state, concepts in holds.items() if "SEQ" in concepts} == {"s5", "s8", "s9"}
        assert {state for state, concepts in holds.items() if "GMR" in concepts} == {"s1", "s4", "s5", "s8", "s9"}

    def test_is_left_at_the_status_quo_by_the_local_government_which_insists(self):
        text = said("explain", ELMIRA, "--concept", "SEQ")
        assert "The local government would gain by going to s5" in text
        assert "Under SEQ it leaves" in text
        assert "Uniroyal Chemical stays" in text

    def test_rests_at_s5_because_nobody_could_gain(self):
        text = said("explain", ELMIRA, "s5")
        assert "It is an equilibrium under R, GMR, SMR, SEQ and SSEQ" in text
        assert "would gain" not in text

    def test_is_kept_at_s4_by_a_threat_to_abandon_the_plant_that_hurts_who_makes_it(self):
        """By hand: local government gains by s8; from there Uniroyal can only go to s9, its fifth best, from third."""
        text = said("explain", ELMIRA, "s4")
        assert "Under GMR and SMR it stays: if it goes to s8, Uniroyal Chemical goes to s9" in text
        assert "(to its own loss)" in text
        assert "Under SEQ and SSEQ it leaves" in text

    def test_comes_to_rest_at_s5_by_one_move_that_gains_and_at_s8_only_against_somebodys_preference(self):
        found = {each["state"]: each for each in document("paths", ELMIRA)["ways"]}
        assert (found["s5"]["moves"], found["s5"]["improvements"]) == (1, 1)
        assert found["s5"]["shortest"] == [[{"party": "local", "start": "s1", "to": "s5", "change": "better"}]]
        assert (found["s8"]["moves"], found["s8"]["improvements"]) == (3, None)
        against = [step for step in found["s8"]["reluctant"] if step["change"] != "better"]
        assert [step["party"] for step in against] == ["ministry"]
        assert "only against somebody's preference" in said("paths", ELMIRA, "s8")

    def test_would_rest_at_s4_if_either_of_two_changed_two_pairs_of_states(self):
        """By hand: SEQ fails at s4 by the local government's s8 alone, which only Uniroyal could answer, by s9."""
        found = document("inverse", ELMIRA, "s4")
        assert found["swaps"]["size"] == 4
        assert [[each["party"] for each in one["rankings"]] for one in found["parties"]] == [["uniroyal"], ["local"]]
        text = said("inverse", ELMIRA, "s4")
        assert "the local government would have to come to prefer s4" in text
        assert "Uniroyal Chemical alone would have to come to prefer s9" in text

    def test_needs_no_change_for_s8(self):
        assert "Nothing need change: s8" in said("inverse", ELMIRA, "s8")

    def test_cannot_rest_at_s3_by_the_ministrys_change_of_mind_alone(self):
        """By hand: Uniroyal prefers s9 to s3, nobody can move from s9, and it is not willing."""
        found = document("inverse", ELMIRA, "s3", "--willing", "ministry")
        assert found["swaps"]["outcome"] == "impossible"
        assert {"party": "uniroyal", "improvement": "s9"} in found["swaps"]["unmet"]
        assert found["parties"] == []
        assert "no change of the preferences of the Ministry of the Environment will do" in said(
            "inverse", ELMIRA, "s3", "--willing", "ministry"
        )


class TestCuba:
    def test_holds_at_blockade_and_withdrawal_since_the_soviet_union_would_turn_back(self):
        """Decimal 6 is the seventh state: Y and N for air strike, blockade, withdraw, escalate."""
        assert document("explain", CUBA, "NYYN")["explained"][0]["state"] == 7
        text = said("explain", CUBA, "blockade,withdraw")
        assert "if it drops “Blockade” (state 5), the Soviet Union drops “Withdraw” (state 1)" in text

    def test_says_which_wishes_come_true_in_a_state(self):
        (state,) = document("explain", CUBA, "7", "--concept", "SEQ")["explained"]
        wishes = {each["says"]: each["holds"] for each in state["parties"][0]["statements"]}
        assert (wishes["-escalate"], wishes["withdraw"], wishes["-blockade IF -escalate"]) == (True, True, False)
        assert "not “Blockade” if not “Escalate”" in said("explain", CUBA, "7")


class TestSyriaAndIraq:
    def test_tells_a_gain_that_could_be_taken_away_from_one_that_could_be_taken_away_for_good(self):
        """Iraq's attack (1 to 4) can be answered by 5, which it likes less than 1; but from 5 it can go back to 2."""
        text = said("explain", "graph-model/syria-iraq", 1)
        assert "Under GMR it stays: if it takes up “Attack” (state 4), Syria takes up “Release water” (state 5)" in text
        assert "Under SMR it leaves: whatever the others could do, it keeps what it gains by state 4 or" in text
        assert "Under SMR it leaves: nothing" not in text


class TestWhatIsSaidOnce:
    def test_options_in_a_states_name_are_not_listed_again(self):
        assert "State 7 (“Blockade; Withdraw”). Left: Air strike, Escalate." in said("explain", CUBA, 7)

    def test_a_path_with_as_few_losses_as_one_that_is_shown_is_not_added(self):
        """By s5 and s6 the ministry alone moves to its own loss, as on the path by s2."""
        text = said("paths", ELMIRA, "s8")
        assert "then the Ministry of the Environment goes to s6" in text
        assert "Against the fewest preferences" not in text

    def test_sim_that_cannot_be_judged_is_told_apart_from_unstable(self):
        assert "SIM is not judged: it needs states that are one combination" in said("explain", ELMIRA, "s5")
        assert "SIM is not judged" not in said("explain", ELMIRA, "s5", "--concept", "SEQ")
        assert "SIM is not judged" not in said("explain", CUBA, 5)


class TestTheDilemma:
    def test_holds_at_cooperation_by_the_others_answer_though_each_would_gain(self):
        text = said("explain", DILEMMA)
        assert "It is an equilibrium under GMR, SMR, SEQ, SSEQ and SIM, and not under R" in text
        assert "if it takes up “Row defects” (state 2), the column player takes up “Column defects” (state 4)" in text

    def test_rests_at_cooperation_if_each_puts_one_wish_before_another(self, tmp_path):
        """By hand: each wants that the other does not defect, then to defect, then to do as the other does.

        The last turned round with the second makes mutual cooperation each player's best state; no single move of one
        player's wishes keeps the other from defecting.
        """
        wishes = (
            "{party: %s, statements: [{says: -%s}, {says: %s}, {says: a_defects IFF b_defects, words: To be no fool}]}"
        )
        case = conflict(
            tmp_path,
            "conflict:\n  options:\n"
            "    - {id: a_defects, name: Anna defects, party: a, words: Defects.}\n"
            "    - {id: b_defects, name: Bert defects, party: b, words: Defects.}\n"
            "  preferences:\n    - "
            + wishes % ("a", "b_defects", "a_defects")
            + "\n    - "
            + wishes % ("b", "a_defects", "b_defects")
            + "\n",
        )
        found = document("inverse", case, "NN", "--concept", "R")["statements"]
        assert (found["outcome"], found["size"]) == ("found", 2)
        assert [each["party"] for each in found["orders"]] == ["a", "b"]
        text = said("inverse", case, "NN", "--concept", "R")
        assert "Anna would have to put “To be no fool” before “Anna defects”" in text
        assert "Two wishes moved, and fewer will not do." in text

    def test_as_it_ships_cannot_rest_on_mutual_trust_by_any_order_of_its_wishes(self):
        found = document("inverse", DILEMMA, "1", "--concept", "R")
        assert found["statements"]["outcome"] == "impossible"
        assert len(found["statements"]["unmet"]) == 2
        assert found["swaps"]["size"] == 4
        assert "in whatever order its wishes stand" in said("inverse", DILEMMA, "1", "--concept", "R")


class TestChicken:
    def test_would_rest_at_cooperation_if_either_came_to_prefer_it_and_a_crash_to_being_the_fool(self):
        """By hand, SEQ at CC, only the row player willing: it must no more gain by DC; and answer CD by DD."""
        found = document("inverse", CHICKEN, "1", "--willing", "row")
        (change,) = found["swaps"]["rankings"]
        assert {each["state"]: each["to"] for each in change["prefers"]} == {1: [2], 4: [3]}

    def test_proves_by_trying_that_no_order_of_wishes_does_it(self):
        assert document("inverse", CHICKEN, "1")["statements"]["outcome"] == "impossible"
        assert "all orders were tried (4)" in said("inverse", CHICKEN, "1")


@pytest.mark.parametrize("case", [ELMIRA, CUBA, DILEMMA, CHICKEN])
def test_every_change_that_is_shown_makes_the_state_hold_by_the_definitions_under_the_concepts_named(case):
    reading = read(workbench.load(case))
    moves = reading.model.moves
    lists = moves.lists if isinstance(moves, OptionMoves) else moves
    ids = reading.model.states.ids.tolist()
    for place, concept in [(p, c) for p in range(len(ids)) for c in ("R", "SMR", "SEQ")]:
        found = workbench.graph_inverse(case, str(ids[place]), concept=concept)
        for each in (found.swaps, *found.parties):
            rank = reading.rank.copy()
            for change in each.rankings:
                i = reading.model.makers.index(change.party)
                for k, tier in enumerate(change.ranking, start=1):
                    rank[i, [ids.index(state) for state in tier]] = k
            holds = [c for c in graph.CONCEPTS if graph.stable(lists, rank, c)[:, place].all()]
            if (
                isinstance(moves, OptionMoves)
                and simultaneously_stable(moves.codes.tolist(), lists, rank)[:, place].all()
            ):
                holds.append("SIM")
            assert each.equilibrium == tuple(holds)
            assert concept in holds


class TestPreferencesInDifferentForms:
    """Anna ranks states directly and Bert has wishes; Bert's option takes s1 to s2, and s3 to s4; Anna's s1 to s3."""

    @pytest.fixture
    def case(self, tmp_path):
        return conflict(
            tmp_path,
            "conflict:\n  options:\n"
            "    - {id: stay, name: Stay, party: a, words: Stays.}\n    - {id: go, name: Go, party: b, words: Goes.}\n"
            "  states: [{id: s1, when: -stay & -go}, {id: s2, when: -stay & go}, {id: s3, when: stay & -go},"
            " {id: s4, when: stay & go}]\n"
            "  preferences:\n    - {party: a, ranking: [[s1], [s2, s3], [s4]]}\n"
            "    - {party: b, statements: [{says: go, words: To be off}, {says: s1 | s3, words: To keep quiet}]}\n",
        )

    def test_only_wishes_are_put_in_another_order_and_rankings_stay(self, case):
        """By hand: at s1 Bert gains by s2; with quiet before going it does not, and Anna has nothing better than s1."""
        found = document("inverse", case, "s1", "--concept", "R")
        assert [each["party"] for each in found["statements"]["orders"]] == ["b"]
        assert "Bert would have to put “To keep quiet” before “To be off”" in said(
            "inverse", case, "s1", "--concept", "R"
        )

    def test_a_party_that_ranks_directly_is_not_said_to_have_wishes(self, case):
        """By hand: at s4 Anna gains by s2, whatever Bert wishes."""
        found = document("inverse", case, "s4", "--concept", "R")
        assert found["statements"]["unmet"] == [{"party": "a", "improvement": "s2"}]
        text = said("inverse", case, "s4", "--concept", "R")
        assert "no order of the wishes of Bert will do. Anna would leave for s2 (“Go”) all the same." in text
        assert "whatever order its wishes" not in text

    def test_a_tie_that_is_there_may_be_broken_and_none_is_made(self, case):
        """By hand: at s3 Anna, who ranks s1 > s2 = s3, gains by s1, so that s3 must be put before s1: 2 half swaps.

        To leave s2 behind breaks a tie, 1 more; to take it along turns a second pair, 2 more.
        """
        found = document("inverse", case, "s3", "--concept", "R", "--willing", "a")
        assert found["swaps"]["outcome"] == "impossible"
        found = document("inverse", case, "s3", "--concept", "R")
        sizes = {each["party"]: each["half_swaps"] for each in found["swaps"]["rankings"]}
        assert sizes["a"] == 3
        (anna,) = [each["ranking"] for each in found["swaps"]["rankings"] if each["party"] == "a"]
        assert anna == [["s3"], ["s1"], ["s2"], ["s4"]]


class TestAsksThatCannotBeMet:
    @pytest.mark.parametrize("command", ["explain", "paths", "inverse"])
    def test_an_unknown_state_ends_with_2_and_what_could_be_meant(self, command):
        done = call(command, ELMIRA, "s55")
        assert done.exit_code == 2
        assert "did you mean 's5'" in done.stderr

    def test_a_number_beyond_the_last_state_says_how_many_there_are(self):
        done = call("explain", CUBA, "13")
        assert (done.exit_code, "numbered 1 to 12" in done.stderr) == (2, True)

    def test_an_unknown_option_says_which_could_be_meant(self):
        done = call("explain", CUBA, "blockad,withdraw")
        assert (done.exit_code, "'blockad' is no option; did you mean 'blockade'?" in done.stderr) == (2, True)

    def test_an_infeasible_combination_says_what_rules_it_out(self):
        done = call("inverse", CUBA, "NNYY")
        assert done.exit_code == 2
        assert "'withdraw & escalate' is infeasible (Nobody withdraws and escalates)" in done.stderr

    def test_a_combination_of_a_coalesced_state_is_that_state(self):
        assert document("explain", ELMIRA, "abandon,insist")["explained"][0]["state"] == "s9"

    def test_a_party_that_does_not_exist_is_named(self):
        done = call("inverse", ELMIRA, "s4", "--willing", "locals")
        assert (done.exit_code, "did you mean 'local'" in done.stderr) == (2, True)

    def test_a_state_and_all_equilibria_together_are_refused(self):
        assert call("explain", ELMIRA, "s4", "--equilibria").exit_code == 2

    def test_a_concept_that_does_not_exist_is_refused_by_its_name(self):
        done = call("explain", ELMIRA, "s4", "--concept", "NASH")
        assert (done.exit_code, "NASH" in done.stderr) == (2, True)

    def test_sim_of_a_state_that_is_several_combinations_ends_with_4_and_a_reason(self):
        done = call("explain", ELMIRA, "--concept", "SIM")
        assert (done.exit_code, "choose another concept" in done.stderr) == (4, True)

    def test_a_scenario_without_a_conflict_ends_with_4(self, tmp_path):
        done = call("explain", conflict(tmp_path, ""))
        assert (done.exit_code, "no options" in done.stderr) == (4, True)

    def test_an_infeasible_status_quo_asks_for_a_state(self, tmp_path):
        case = conflict(
            tmp_path,
            "conflict:\n  options:\n    - {id: go, name: Go, party: a, words: Goes.}\n  infeasible: [{when: -go}]\n",
        )
        for command in ("explain", "paths"):
            done = call(command, case)
            assert (done.exit_code, "status quo is infeasible" in done.stderr) == (4, True)
        assert call("explain", case, "go").exit_code == 0

    def test_a_search_that_is_given_up_is_told_with_a_change_that_does_and_no_claim_that_it_is_the_smallest(self):
        found = document("inverse", CHICKEN, "1", "--most", "1")
        assert found["swaps"]["outcome"] == "undecided"
        assert found["swaps"]["size"] == 4
        assert "fewer may do as well" in said("inverse", CHICKEN, "1", "--most", "1")

    def test_a_search_that_is_given_up_with_nothing_to_show_ends_with_4(self, tmp_path):
        """Bert, who is not willing, gains by going back from his side; Anna's answer has to be found."""
        case = conflict(
            tmp_path,
            "conflict:\n  status_quo: s1\n  states: [{id: s1}, {id: s2}, {id: s3}]\n"
            "  moves:\n    - {party: b, leaves: s1, reaches: [s2]}\n    - {party: a, leaves: s2, reaches: [s3]}\n"
            "  preferences:\n    - {party: a, ranking: [[s1], [s2], [s3]]}\n"
            "    - {party: b, ranking: [[s2], [s1], [s3]]}\n",
        )
        assert document("inverse", case, "s1", "--willing", "a")["swaps"]["size"] == 2
        done = call("inverse", case, "s1", "--willing", "a", "--most", "1")
        assert (done.exit_code, "--most" in done.stderr) == (4, True)


def test_a_conflict_of_the_shipped_case_takes_one_wish_moved_by_one_party_for_an_agreement_to_hold():
    """The state in which Russia ceases fire without conditions; verified forward by the engine itself."""
    case = "ceasefires/ukraine-2025-03"
    state = "offer_deals,accept_unconditional,accept_truce"
    found = workbench.graph_inverse(case, state, willing=["russia"], most=20)
    assert found.statements.outcome == "found"
    (order,) = found.statements.orders
    content = resources.read(f"catalog/{case}/scenario.yaml").decode()
    assert sorted(order.order) == sorted(
        each.says
        for own in workbench.load(case).conflict.preferences
        if own.party == "russia"
        for each in own.statements
    )
    assert len(order.moved) == found.statements.size
    assert all(shift.says in content for shift in order.moved)


def test_a_long_search_tells_how_far_it_is():
    told = []
    workbench.graph_inverse(ELMIRA, "s4", progress=lambda done, total, what: told.append((done, total, what)))
    assert [done for done, _, _ in told] == list(range(len(told)))
    assert len({total for _, total, _ in told}) == 1
    assert all(done < total for done, total, _ in told)
    assert "local and uniroyal" in {what for _, _, what in told}
