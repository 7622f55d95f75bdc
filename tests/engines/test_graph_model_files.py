"""Every way to write a conflict, from the lines of a file to what the command prints of it."""

import itertools

import pytest

from tests.graph_scenarios import ranked, told, written
from tests.published.test_graph_model_cases import TestElmira as Published


class TestDrawnGraphs:
    def test_of_elmira_have_the_published_equilibria(self, tmp_path):
        makers = ("ministry", "uniroyal", "local")
        orders = ("7 3 4 8 5 1 2 6 9", "1 4 8 5 9 3 7 2 6", "7 3 5 1 8 6 4 2 9")
        states = "".join(f"    - {{id: s{k}}}\n" for k in range(1, 10))
        moves = "".join(
            f"    - {{party: {maker}, leaves: s{k}, reaches: [{', '.join(f's{q + 1}' for q in sorted(targets))}]}}\n"
            for maker, lists in zip(makers, Published.moves, strict=True)
            for k, targets in enumerate(lists, start=1)
            if targets
        )
        best = {m: " ".join(f"s{k}" for k in order.split()) for m, order in zip(makers, orders, strict=True)}
        text = f"  status_quo: s1\n  states:\n{states}  moves:\n{moves}{ranked(**best)}"
        found = told(tmp_path, written(text, *makers))
        expected = {concept: [f"s{k}" for k in sorted(each)] for concept, each in Published.published.items()}
        assert expected.items() <= found["equilibria"].items()
        assert found["coalitions"]["jumps"] == [{"from": "s5", "to": "s8", "parties": ["ministry", "uniroyal"]}]
        assert found["status_quo"] == "s1" and found["reachable"] == [f"s{k}" for k in range(1, 10)]

    chain = """
  status_quo: s1
  states: [{id: s1}, {id: s2}, {id: s3}, {id: s4}]
  moves:
"""
    orders = ranked(north="s4 s2 s1 s3", south="s3 s2 s4 s1", east="s3 s4 s2 s1")

    def drawn(self, tmp_path, *moves):
        lines = "".join(f"    - {{party: {p}, leaves: {a}, reaches: [{b}]}}\n" for p, a, b in moves)
        return told(tmp_path, written(self.chain + lines + self.orders, "north", "south", "east"))

    def test_need_not_be_transitive(self, tmp_path):
        # The north can go 1 -> 2 and 2 -> 4 but not 1 -> 4; nobody else can move, so that nothing punishes it
        found = self.drawn(tmp_path, ("north", "s1", "s2"), ("north", "s2", "s4"))
        assert found["improvements"]["north"] == {"s1": ["s2"], "s2": ["s4"]}
        assert found["stable"]["GMR"]["north"] == ["s3", "s4"]
        # A single one never moves twice in a row: s4 is out of reach
        assert found["reachable"] == ["s1", "s2"]

    def test_may_give_two_decision_makers_the_same_move_and_either_of_them_may_punish(self, tmp_path):
        found = self.drawn(tmp_path, ("north", "s1", "s2"), ("south", "s2", "s3"), ("east", "s2", "s3"))
        assert "s1" in found["stable"]["SEQ"]["north"] and "s1" not in found["stable"]["R"]["north"]

    def test_may_give_two_decision_makers_the_same_move_and_let_the_other_go_on(self, tmp_path):
        # South or east goes 1 -> 2, only east can go 2 -> 3: had east made the first move it could not go on
        common = self.drawn(tmp_path, ("south", "s1", "s2"), ("east", "s1", "s2"), ("east", "s2", "s3"))
        alone = self.drawn(tmp_path, ("east", "s1", "s2"), ("east", "s2", "s3"))
        assert common["reachable"] == ["s1", "s2", "s3"] and alone["reachable"] == ["s1", "s2"]


@pytest.mark.parametrize(
    ("changes", "initially", "moves"),
    [
        ("both_ways", "false", {"1": ["2"], "2": ["1"]}),
        ("stays_taken", "false", {"1": ["2"]}),
        ("stays_dropped", "true", {"2": ["1"]}),
    ],
)
def test_an_option_may_be_irreversible_in_either_direction(tmp_path, changes, initially, moves):
    """The two like opposite states, so that every move there is improves on something for one of them."""
    option = f"    - {{id: a, name: A, party: p, words: acts, changes: {changes}, initially: {initially}}}\n"
    found = {}
    for wish, leaves in (("a", "1"), ("-a", "2")):
        wishes = f'  preferences:\n    - {{party: p, statements: [{{says: "{wish}"}}]}}\n'
        detail = told(tmp_path, written(f"  options:\n{option}{wishes}", "p"))
        found |= {k: [str(q) for q in targets] for k, targets in detail["improvements"]["p"].items()}
        assert set(detail["improvements"]["p"]) <= {leaves}
    assert found == moves


def test_coalesced_states_are_one_state_whatever_is_left_open(tmp_path):
    text = """
  options:
    - {id: go, name: Go, party: north, words: leaves, changes: stays_taken}
    - {id: ask, name: Ask, party: south, words: asks}
  states:
    - {id: calm, when: -go & -ask}
    - {id: asked, when: -go & ask}
    - {id: gone, when: go, name: The North is gone}
  preferences:
    - {party: north, ranking: [[calm], [gone], [asked]]}
    - {party: south, statements: [{says: asked}, {says: calm}]}
"""
    found = told(tmp_path, written(text, "north", "south"))
    assert [state["options"]["ask"] for state in found["states"]] == [False, True, None]
    assert found["improvements"] == {"north": {"asked": ["gone"]}, "south": {"calm": ["asked"]}}
    assert found["equilibria"]["R"] == ["gone"]
    assert found["rank"]["south"] == {"calm": 2, "asked": 1, "gone": 3}


ABC = "".join(f"    - {{id: {name}, name: {name}, party: p, words: acts}}\n" for name in "abc")

LANGUAGE = {
    "a": lambda a, b, c: a,
    "3": lambda a, b, c: c,
    "-2": lambda a, b, c: not b,
    "-a & b": lambda a, b, c: not a and b,
    "a | b & c": lambda a, b, c: a or (b and c),
    "(a | b) & c": lambda a, b, c: (a or b) and c,
    "-(a | b)": lambda a, b, c: not (a or b),
    "not a and b or c": lambda a, b, c: (not a and b) or c,
    "a IF b": lambda a, b, c: a or not b,
    "a & b IF b | c": lambda a, b, c: (a and b) or not (b or c),
    "-a IFF b": lambda a, b, c: (not a) == b,
    "a IFF (b IF c)": lambda a, b, c: a == (b or not c),
    "1 IF -2 & 3": lambda a, b, c: a or not (not b and c),
}


class TestStatements:
    def case(self, *statements, more=""):
        lines = "".join(f"        - {{{each}}}\n" for each in statements)
        return written(f"  options:\n{ABC}  preferences:\n    - party: p\n{more}      statements:\n{lines}", "p")

    @pytest.mark.parametrize("says", LANGUAGE)
    def test_of_the_whole_language_score_where_they_hold(self, tmp_path, says):
        found = told(tmp_path, self.case(f'says: "{says}"'))
        every = [values[::-1] for values in itertools.product((False, True), repeat=3)]
        expected = [k for k, values in enumerate(every, start=1) if LANGUAGE[says](*values)]
        assert found["statements"]["p"] == [{"says": says, "scores_in": expected}]
        assert [k for k in range(1, 9) if found["rank"]["p"][str(k)] == 1] == expected

    def test_beyond_sixty_two_still_count_exactly_and_the_last_breaks_the_tie(self, tmp_path):
        # 70 statements, of which the first 69 hold in the same states; in floats 2**69 + 1 would be 2**69
        found = told(tmp_path, self.case(*['says: "a"'] * 69, 'says: "b"'))
        ranks = found["rank"]["p"]
        assert [ranks[str(k)] for k in range(1, 9)] == [4, 2, 3, 1, 4, 2, 3, 1]

    def test_in_which_the_same_hold_are_tied(self, tmp_path):
        ranks = told(tmp_path, self.case('says: "a"'))["rank"]["p"]
        assert sorted(ranks.values()) == [1] * 4 + [2] * 4

    def test_by_weight_let_two_small_wishes_outweigh_a_large_one(self, tmp_path):
        weighed = ['says: "a", importance: 3', 'says: "b", importance: 2', 'says: "c", importance: 2']
        in_order = told(tmp_path, self.case(*weighed))["rank"]["p"]
        by_weight = told(tmp_path, self.case(*weighed, more="      counts: by_weight\n"))["rank"]["p"]
        # a alone is state 2, b and c without a state 7
        assert in_order["2"] < in_order["7"] and by_weight["7"] < by_weight["2"]
        # b alone and c alone weigh the same
        assert by_weight["3"] == by_weight["5"] and in_order["3"] < in_order["5"]


def test_a_ranking_may_hold_ties_and_a_move_between_tied_states_is_no_improvement(tmp_path):
    states = "  states: [{id: low, when: -a}, {id: high, when: a}]\n"
    text = "  options:\n    - {id: a, name: A, party: p, words: acts}\n" + states
    found = told(tmp_path, written(text + "  preferences: [{party: p, ranking: [[high, low]]}]\n", "p"))
    assert found["rank"]["p"] == {"low": 1, "high": 1}
    assert found["equilibria"]["R"] == ["low", "high"] and found["indifferent"] == ["p"]
