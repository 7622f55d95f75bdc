"""Conflicts of GMCR+ and gmcr-py."""

import copy
import datetime
import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.engines.graph_model import GraphModel
from parley.errors import ScenarioError, UsageError
from parley.files import saving, scenarios
from parley.files.importing import import_gmcr, import_table
from tests.files.gmcr_files import DILEMMA, ELMIRA, conflict_file, gmcr


def problems(file):
    with pytest.raises(ScenarioError) as caught:
        import_gmcr(file)
    return [str(problem).removeprefix("talks.gmcr:") for problem in caught.value.problems]


def answers(scenario):
    engine = GraphModel()
    return engine.detail(engine.forecast(scenario, np.random.default_rng(0)))


def maker(name, options, preferences=(), **more):
    return {"name": name, "options": options, "preferences": list(preferences), **more}


def option(name, direction="both"):
    return {"name": name, "permittedDirection": direction}


def test_the_prisoners_dilemma_comes_with_its_statements_and_its_one_nash_equilibrium():
    scenario = import_gmcr(gmcr(DILEMMA)).scenario
    assert [(each.id, each.name) for each in scenario.parties] == [("row", "Row"), ("column", "Column")]
    assert [(each.id, each.party, each.name) for each in scenario.conflict.options] == [
        ("row_cooperates", "row", "Row cooperates"),
        ("column_cooperates", "column", "Column cooperates"),
    ]
    says = [[each.says for each in preference.statements] for preference in scenario.conflict.preferences]
    assert says == [["column_cooperates", "-row_cooperates"], ["row_cooperates", "-column_cooperates"]]
    found = answers(scenario)
    assert found["equilibria"]["R"] == [1]
    assert found["equilibria"]["SEQ"] == found["equilibria"]["GMR"] == found["equilibria"]["SMR"] == [1, 4]


def test_elmira_in_option_form_has_the_equilibria_of_the_literature():
    """R = SEQ = {s5, s8, s9} and GMR = SMR = {s1, s4, s5, s8, s9} of nine states, here in the numbers of twelve."""
    found = answers(import_gmcr(gmcr(ELMIRA)).scenario)
    assert len(found["states"]) == 12
    nash = {"s5", "s6", "s7", "s10", "s11", "s12"}
    assert set(found["equilibria"]["R"]) == set(found["equilibria"]["SEQ"]) == nash
    assert set(found["equilibria"]["GMR"]) == set(found["equilibria"]["SMR"]) == nash | {"s1", "s4"}
    assert [found["rank"]["uniroyal"][f"s{k}"] for k in (1, 4, 10, 7, 5, 6, 11, 12, 3, 9, 2, 8)] == [
        1, 2, 3, 4, 5, 5, 5, 5, 6, 7, 8, 9,
    ]  # fmt: skip


def test_what_is_imported_can_be_saved_checked_and_loaded():
    for file in (gmcr(DILEMMA), gmcr(ELMIRA)):
        scenario = import_gmcr(file).scenario
        checked = scenarios.check_bytes(saving.new_text(scenario).encode())
        assert checked.scenario == scenario
        assert checked.ungrounded == ()


def test_an_option_that_goes_forward_only_is_never_dropped_and_one_that_goes_back_only_never_taken_again():
    options = [option("A", "fwd"), option("B", "back"), option("C")]
    scenario = import_gmcr(conflict_file(options=options, decisionMakers=[maker("X", [0, 1, 2])])).scenario
    assert [each.changes for each in scenario.conflict.options] == ["stays_taken", "stays_dropped", "both_ways"]


def test_states_are_numbered_in_the_order_of_the_decision_makers():
    """The programs sort the options by decision maker before they number the states, and a ranking means those."""
    makers = [maker("X", [1], preferenceRanking=[2, 1, 3, 4]), maker("Y", [0], preferenceRanking=[[1, 2], [3, 4]])]
    imported = import_gmcr(
        conflict_file(
            options=[option("Y acts"), option("X acts")], decisionMakers=makers, useManualPreferenceRanking=True
        )
    )
    assert [each.id for each in imported.scenario.conflict.options] == ["x_acts", "y_acts"]
    assert imported.scenario.conflict.states[1].when == "x_acts & -y_acts"
    assert imported.scenario.conflict.preferences[0].ranking == (("s2",), ("s1",), ("s3",), ("s4",))
    assert imported.scenario.conflict.preferences[1].ranking == (("s1", "s2"), ("s3", "s4"))
    assert any("order of the decision makers" in note for note in imported.notes)


def compound(*members):
    return {"compound": True, "members": [list(map(list, member)) for member in members]}


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ([[0, "Y"], [1, "N"]], "a & -b"),
        (compound([(0, "Y")], [(1, "N"), (2, "Y")]), "a | -b & c"),
        # Entered as "2 if 1" and "-1 if 3": the programs save each case in which it holds, the condition first.
        (compound([(0, "Y"), (1, "Y")], [(0, "N"), (1, "Y")], [(0, "N"), (1, "N")]), "b IF a"),
        (compound([(2, "Y"), (0, "N")], [(2, "N"), (0, "N")], [(2, "N"), (0, "Y")]), "-a IF c"),
        (compound([(1, "Y"), (0, "N")], [(1, "N"), (0, "Y")]), "-a IFF b"),
        (compound([(0, "Y"), (1, "Y")], [(0, "Y"), (1, "N")]), "a & b | a & -b"),
    ],
)
def test_a_condition_becomes_a_statement_that_holds_in_the_same_states(condition, says):
    options = [option("A"), option("B"), option("C")]
    makers = [maker("X", [0, 1, 2], [condition])]
    scenario = import_gmcr(conflict_file(options=options, decisionMakers=makers)).scenario
    assert [each.says for each in scenario.conflict.preferences[0].statements] == [says]
    members = condition["members"] if isinstance(condition, dict) else [condition]
    best = [
        state["id"]
        for state in answers(scenario)["states"]
        if any(all(state["options"]["abc"[k]] == (yes == "Y") for k, yes in member) for member in members)
    ]
    assert [id_ for id_, rank in answers(scenario)["rank"]["x"].items() if rank == 1] == best


def test_what_a_decision_maker_does_not_see_it_has_no_moves_to_or_from():
    """By hand: Row does not see that it alone cooperates (state 2), so it cannot go 1 -> 2 or 2 -> 1."""
    data = json.loads(DILEMMA)
    data["decisionMakers"][0]["misperceptions"] = [[[0, "Y"], [1, "N"]]]
    imported = import_gmcr(gmcr(data))
    moves = {(each.party, each.leaves): each.reaches for each in imported.scenario.conflict.moves}
    assert moves == {
        ("row", "s3"): ("s4",), ("row", "s4"): ("s3",),
        ("column", "s1"): ("s3",), ("column", "s2"): ("s4",), ("column", "s3"): ("s1",), ("column", "s4"): ("s2",),
    }  # fmt: skip
    assert any("does not see s2" in note for note in imported.notes)
    found = answers(imported.scenario)
    # Nobody leaves 1. Row would leave 2 for 1, but does not see 2; Column leaves 4 for it, and is content there.
    assert found["equilibria"]["R"] == ["s1", "s2"]


def test_where_nobody_sees_a_way_to_anywhere_nobody_moves():
    data = json.loads(DILEMMA)
    data["decisionMakers"][0]["misperceptions"] = [[[0, "Y"]]]
    data["decisionMakers"][1]["misperceptions"] = [[[1, "Y"]]]
    scenario = import_gmcr(gmcr(data)).scenario
    assert answers(scenario)["equilibria"]["R"] == ["s1", "s2", "s3", "s4"]
    assert scenarios.load_bytes(saving.new_text(scenario).encode(), "x.yaml") == scenario


def test_what_a_scenario_has_no_place_for_is_told():
    data = copy.deepcopy(ELMIRA)
    data["coalitions"] = [[0, 2], 1]
    data["decisionMakers"][0]["preferences"] = [[[2, "Y"]]]
    data["weather"] = "fair"
    data["options"][0]["colour"] = "blue"
    data |= {"program": "gmcr-py", "version": "0.3.6", "coalitionsFull": [{"name": "all"}]}
    imported = import_gmcr(gmcr(data))
    told = "\n".join(imported.notes)
    assert "the coalition of ministry and local_government is left out" in told
    assert "the 1 preferences of 'Ministry' are left out" in told
    assert "'weather' has no place" in told
    assert "'options[0].colour' has no place" in told
    assert "what holds now; taken is the first feasible state (delay)" in told
    assert "coalitionsFull" not in told
    assert "Saved by gmcr-py 0.3.6." in imported.scenario.sources[0].note


def test_files_of_older_versions_are_read():
    data = copy.deepcopy(ELMIRA)
    data["useManualPreferenceVectors"] = data.pop("useManualPreferenceRanking")
    for each in data["decisionMakers"]:
        each["preferenceVector"] = each.pop("preferenceRanking")
    assert import_gmcr(gmcr(data)).scenario.conflict == import_gmcr(gmcr(ELMIRA)).scenario.conflict


def test_the_file_in_another_dress_gives_the_same_conflict():
    plain = import_gmcr(gmcr(DILEMMA)).scenario.conflict
    for text in ("\ufeff" + DILEMMA, DILEMMA.replace("\n", "\r\n"), json.dumps(json.loads(DILEMMA), indent="\t")):
        assert import_gmcr(gmcr(text)).scenario.conflict == plain


def test_a_name_with_signs_from_everywhere_is_kept():
    text = DILEMMA.replace("Row cooperates", '\\ud83d\\ude00 d\\u00e9j\\u00e0 \\"vu\\" \\/ 日本')
    assert import_gmcr(gmcr(text)).scenario.conflict.options[0].name == '😀 déjà "vu" / 日本'


def test_every_problem_of_a_file_is_told_at_once_with_its_place():
    text = """\
{"options": [
  {"name": "A", "permittedDirection": "sideways"},
  {"name": "", "permittedDirection": "both"},
  {"permittedDirection": "fwd", "permittedDirection": "back", "name": "C"}
 ],
 "decisionMakers": [
  {"name": "X", "options": [0, 0, 9], "preferences": [[[0, "y"]], [[1, "Y"], [1, "N"]], 7, [[2]]]},
  {"name": 5, "options": [1, 2.5], "preferences": {}}
 ],
 "infeasibles": [[], {"members": [[["0", "Y"]]]}],
 "coalitions": [[0, 7], "all"]
}
"""
    assert [each.replace(". Hint: ", "\n") for each in problems(gmcr(text))] == [
        "1:1: there is no 'useManualPreferenceRanking' here\nadd it",
        "2:39: options[0].permittedDirection: the direction 'sideways' is not known\n"
        "write both, fwd (once taken, never dropped) or back (once dropped, never taken again)",
        "3:12: there is no name of the option\nwrite one",
        "4:33: options[2]: the key 'permittedDirection' stands twice in this object\nkeep one of the two",
        "7:32: decisionMakers[0].options[1]: the option number 0 is held twice, by 'X' and 'X'\n"
        "an option belongs to one decision maker: give each an option of its own",
        f"7:35: decisionMakers[0].options[2]: there is no option number 9\n{NUMBERED}",
        "7:60: decisionMakers[0].preferences[0][0][1]: 'y' does not say whether the option is taken\n"
        'write "Y" or "N"',
        "7:78: decisionMakers[0].preferences[1][1]: the option number 1 stands twice in one pattern\n"
        "name it once; alternatives are members of a compound condition",
        "7:89: decisionMakers[0].preferences[2]: this pattern is a whole number\n"
        'it must be a list such as [[0, "Y"], [2, "N"]]',
        "7:93: decisionMakers[0].preferences[3][0]: this holds 1 values\n"
        'write the number of an option and "Y" or "N", as in [0, "Y"]',
        "8:12: decisionMakers[1].name: 'name' is a whole number\nit must be text",
        "8:30: decisionMakers[1].options[1]: this is a number with decimals\nit must be a whole number",
        "8:51: decisionMakers[1].preferences: 'preferences' is an object\nit must be a list",
        f"10:37: infeasibles[1].members[0][0][0]: there is no option text\n{NUMBERED}",
        "11:21: coalitions[0][1]: there is no decision maker number 7\n"
        "they are numbered 0..1, in the order of the list",
        "11:25: coalitions[1]: there is no decision maker text\nthey are numbered 0..1, in the order of the list",
    ]


NUMBERED = "options are numbered 0..2, in the order of the list"
PATTERNS = [[[0, "Y"]], [[0, "N"], [1, "Y"]], [[0, "N"], [1, "N"]]]


@pytest.mark.parametrize(
    ("changes", "where", "what"),
    [
        ({"infeasibles": PATTERNS}, "infeasibles[2]", "no combination of options is left"),
        ({"infeasibles": [[]]}, "infeasibles[0]", "names no option, so no state is left"),
        ({"options": []}, "options", "there are no options"),
        ({"decisionMakers": []}, "decisionMakers", "there are no decisionMakers"),
        ({"options": None}, "", "there is no 'options' here"),
        ({"options": [option("A"), option("B"), option("C")]}, "options[2]", "no decision maker holds the option 'C'"),
        ({"useManualPreferenceRanking": "yes"}, "useManualPreferenceRanking", "is text"),
        ({"useManualPreferenceRanking": True}, "decisionMakers[0]", "'Row' ranks no states"),
        ({"options": [option(str(k)) for k in range(21)], "decisionMakers": [maker("X", list(range(21)))]},
         "options", "21 options; 20 at most"),
    ],
)  # fmt: skip
def test_a_conflict_that_makes_no_sense_is_refused_at_its_place(changes, where, what):
    found = problems(conflict_file(**changes))
    assert any(re.search(rf"^\d+:\d+: {re.escape(where)}.*{re.escape(what)}.* Hint: \w", each) for each in found), found


@pytest.mark.parametrize(
    ("ranking", "where", "what"),
    [
        ([1, 2, 3], "preferenceRanking", "leaves out state 4"),
        ([1, 2, [3, 4], 5], "preferenceRanking[3]", "no state number 5"),
        ([1, 2, [3, 4], 2], "preferenceRanking[3]", "number 2 is ranked twice"),
        ([1, 2, [3, "4"]], "preferenceRanking[2][1]", "this is text"),
        ([1, 2, 3, 4, []], "preferenceRanking[4]", "no state stands in this group"),
        ("1 2 3 4", "preferenceRanking", "the ranking is text"),
    ],
)
def test_a_ranking_that_does_not_name_each_state_once_is_refused_at_its_place(ranking, where, what):
    makers = [maker("Row", [0], preferenceRanking=ranking), maker("Column", [1], preferenceRanking=[4, 3, 2, 1])]
    found = problems(conflict_file(decisionMakers=makers, useManualPreferenceRanking=True))
    assert any(f"decisionMakers[0].{where}: " in each and what in each for each in found), found


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "1:1: the file is empty"),
        ("[]", "1:1: the file holds a list, not the object of a conflict"),
        ('{"a": 1,\n}', "2:1: did not expect '}' where a key in double quotes should stand. Hint: delete the comma"),
        ("{'a': 1}", "1:2: did not expect ''' where a key in double quotes"),
        ('{"a": [1 2]}', "1:10: did not expect '2' where a comma or ']' should stand"),
        ('{"a": NaN}', "1:7: did not expect 'NaN' where a value"),
        ('{"a": 01}', "1:7: did not expect '0' where a value"),
        ('{"a": "x\ny"}', "1:7: did not expect '\"' where a value should stand. Hint: this text is not closed"),
        ('{"a": 1} // done', "1:10: something stands after the end"),
        ('{"a": [1', "1:9: the file breaks off where a comma or ']' should stand"),
        ('{"a": ' + "9" * 5000 + "}", "1:7: the number 999999999999... has 5000 signs"),
        ('{"a": "\\ud83d"}', "1:7: a: the text holds half of a surrogate pair"),
        (b'{"a": "\xe9"}', "1:8: byte 0xE9 is not UTF-8"),
    ],
)
def test_what_is_no_json_is_refused_where_it_goes_wrong(text, what):
    assert any(each.startswith(what) for each in problems(gmcr(text)))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_999_999,
        '{"a":' * 399_999,
        '{"options": [' + "[]," * 660_000,
        '{"options": [' + '{"name": "x"},' * 140_000,
        '{"infeasibles": [' + ",".join(['[[0, "Y"]]'] * 150_000) + "]}",
        '"' + "x" * 1_999_990,
        "9" * 1_999_990,
        " " * 1_999_999 + "{",
        "{" + '"a": 1,' * 280_000 + '"a": 1}',
        '{"a": "' + "\\" * 1_999_990,
        DILEMMA + " " * 2_000_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_file_made_to_exhaust_the_reader_is_refused(text):
    assert 1 <= len(problems(gmcr(text))) <= 201


def test_states_too_many_to_be_ranked_one_by_one_are_refused_before_they_are_listed():
    options = [option(f"o{k}") for k in range(20)]
    makers = [maker("X", list(range(20)), preferenceRanking=[1, 2, 3])]
    found = problems(conflict_file(options=options, decisionMakers=makers, useManualPreferenceRanking=True))
    assert "1,048,576 states of 20 options are too many" in found[0]


def test_patterns_too_many_to_be_tried_on_every_combination_are_refused():
    options = [option(f"o{k}") for k in range(20)]
    rules = [[[k % 20, "Y"]] for k in range(1_025)]
    found = problems(conflict_file(options=options, decisionMakers=[maker("X", list(range(20)))], infeasibles=rules))
    assert "infeasibles: 1,025 infeasible patterns of 20 options are too many" in found[0]


def test_a_condition_too_long_for_a_scenario_is_refused_at_its_place():
    options = [option(f"an option with a name that is long {k}") for k in range(10)]
    members = [[(k, "Y" if code >> k & 1 else "N") for k in range(10)] for code in range(30)]
    found = problems(conflict_file(options=options, decisionMakers=[maker("X", list(range(10)), [compound(*members)])]))
    assert "decisionMakers[0].preferences[0]: the condition has" in found[0]
    assert "2000 at most" in found[0]


def paths(value, path=()):
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from paths(each, (*path, key))


PARTS = 'null true 0 -1 3 2.5 100000000000000000000 "" "Y" "x\\u0007" [] {} [[0,"Y"]] {"members":[]}'
OTHERS = st.sampled_from(PARTS.split()).map(json.loads)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_file_with_anything_in_place_of_a_part_is_read_or_refused_with_places(data):
    content = copy.deepcopy(data.draw(st.sampled_from([json.loads(DILEMMA), ELMIRA])))
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from([each for each in paths(content) if each]))
        owner = content
        for key in path[:-1]:
            owner = owner[key]
        if data.draw(st.booleans()):
            owner[path[-1]] = data.draw(OTHERS)
        else:
            del owner[path[-1]]
    try:
        scenario = import_gmcr(gmcr(content)).scenario
    except ScenarioError as error:
        assert all(each.line and each.column and each.hint for each in error.problems)
    else:
        assert scenarios.load_bytes(saving.new_text(scenario).encode(), "x.yaml") == scenario


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(DILEMMA)), st.integers(0, 6), st.text(st.sampled_from('{}[],:"\\ \n0aY'), max_size=3))
def test_a_file_with_any_characters_changed_is_read_or_refused_with_a_place(at, gone, put):
    try:
        import_gmcr(gmcr(DILEMMA[:at] + put + DILEMMA[at + gone :]))
    except ScenarioError as error:
        assert all(each.line and each.column for each in error.problems)


def test_the_form_is_known_by_name_and_the_day_is_when_the_file_was_written(tmp_path):
    path = tmp_path / "my_talks.gmcr"
    path.write_text(DILEMMA, encoding="utf-8")
    imported = import_table("gmcr", path, asked_by="Column")
    assert imported.scenario.title == "my talks"
    assert imported.scenario.question.asked_by == "column"
    assert imported.scenario.as_of == datetime.datetime.fromtimestamp(path.stat().st_mtime, tz=datetime.UTC).date()
    with pytest.raises(UsageError, match="no party 'Roww'"):
        import_table("gmcr", path, asked_by="Roww")
