"""Negotiation domains of GENIUS, GeniusWeb and NegMAS.

The domains of the competitions are no part of this repository. Where the environment variable PARLEY_GENIUS_DOMAINS
names a folder that holds `y2010/ItexvsCypress` and the like, they are read, too.
"""

import datetime
import itertools
import json
import os
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import documents, workbench
from parley.domain.draws import Draws
from parley.errors import FileError, ScenarioError, UsageError
from parley.files import saving, scenarios
from parley.files.importing import import_genius, import_table
from parley.methods.frontier import frontier, nash
from parley.methods.packages import listed, payoffs
from parley.methods.stated_payoffs import stated
from tests.files.domain_files import GENIUSWEB, HOUSE, LAPTOP, NEGMAS, folder

DOMAINS = os.environ.get("PARLEY_GENIUS_DOMAINS")
needs_domains = pytest.mark.skipif(DOMAINS is None, reason="set PARLEY_GENIUS_DOMAINS to a folder of domains")
DAY = datetime.date(2020, 1, 1)


def imported(path, files=LAPTOP, **changes):
    options = {name: changes.pop(name) for name in ("scaling", "grid", "asked_by") if name in changes}
    return import_genius(folder(path / "talks", files, **changes), as_of=DAY, **options)


def numbers(scenario):
    """For each party: weights, the worth of each level, reserve value, base, discount."""

    def mode(estimate):
        return None if estimate is None else estimate.mode

    return {
        payoff.party: (
            [each.weight.mode for each in payoff.issues],
            [[level.worth.mode for level in each.levels] for each in payoff.issues],
            *map(mode, (payoff.reserve, payoff.base, payoff.discount)),
        )
        for payoff in scenario.payoffs
    }


def packages(scenario):
    space = stated(Draws.of_modes(scenario)).space()
    return space, payoffs(space)


def chosen(scenario):
    """The Nash points in words."""
    space, worth = packages(scenario)
    anchors = [issue.scale.anchors for issue in scenario.issues]
    return [
        tuple(each[level].words for each, level in zip(anchors, row, strict=True))
        for row in listed(space, nash(worth, space.reserve)).tolist()
    ]


def problems(path, files=LAPTOP, **changes):
    with pytest.raises(ScenarioError) as caught:
        imported(path, files, **changes)
    return [str(each).removeprefix(f"{path / 'talks'}/") for each in caught.value.problems]


def test_a_domain_of_genius_comes_with_names_weights_evaluations_reserve_values_and_discounts(tmp_path):
    scenario = imported(tmp_path).scenario
    assert [(each.id, each.name) for each in scenario.issues] == [
        ("laptop", "Laptop"), ("hard_disk", "Hard disk"), ("external_monitor", "External monitor"),
    ]  # fmt: skip
    assert [(a.rung, a.words) for a in scenario.issues[2].scale.anchors] == [
        ("level_19_lcd", "19'' LCD"), ("level_20_lcd", "20'' LCD"), ("level_23_lcd", "23'' LCD"),
    ]  # fmt: skip
    assert numbers(scenario)["seller"] == (
        [0.37808251708013424, 0.1767567099260568, 0.4452125771655631],
        [[12, 30, 20], [20, 30, 9], [3, 2, 1]],
        0, None, 0.42441038,
    )  # fmt: skip


def test_the_laptop_domain_has_the_frontier_and_the_nash_point_of_the_peer(tmp_path):
    """NegMAS on the raw numbers: 4 packages, Nash at 25.5494 and 16.2132."""
    space, worth = packages(imported(tmp_path).scenario)
    assert (space.count, len(frontier(worth))) == (27, 4)
    assert worth[:, nash(worth, space.reserve)].T.tolist() == [pytest.approx([25.5494, 16.2132], abs=5e-5)]


def test_the_scaling_of_genius_has_other_preferences_and_so_another_nash_point(tmp_path):
    """By hand: dividing 3, 2, 1 by 3 makes the monitor ten times as important to the seller, against 30, 20, 12."""
    assert chosen(imported(tmp_path).scenario) == [("Macintosh", "60 Gb", "19'' LCD")]
    scaled = imported(tmp_path, scaling="issue").scenario
    assert chosen(scaled) == [("HP", "60 Gb", "19'' LCD")]
    assert numbers(scaled)["seller"][1][2] == [1, 2 / 3, 1 / 3]
    assert scaled.payoffs[1].issues[2].levels[0].worth.grounds == ("F3", "J3")


def test_integers_reals_and_objectives_within_objectives_are_valued_as_genius_values_them(tmp_path):
    """An offset and a slope count from the lower end, 1 - 0.25 (x - 3); parameters count from 0, 4 x - 1."""
    scenario = imported(tmp_path, HOUSE, grid=3).scenario
    assert [each.name for each in scenario.issues] == ["Money: Price", "Money: Share", "Move: Price"]
    assert [anchor.at for anchor in scenario.issues[0].scale.anchors] == [3, 4, 5, 6, 7]
    assert [anchor.at for anchor in scenario.issues[1].scale.anchors] == [0.5, 0.75, 1]
    assert numbers(scenario) == {
        "family": ([0.5, 0.2, 0.25], [[1, 0.75, 0.5, 0.25, 0], [1, 2, 3], [8, 2]], 0.3, 0.2, None),
        "owner": ([2, 1, 1], [[0, 0.5, 1, 0.5, 0], [0.6, 0.6, 0.6], [0, 3]], 1.5, None, 0.5),
    }


def test_an_issue_with_one_value_is_part_of_what_every_package_is_worth(tmp_path):
    """0.05 * 4 = 0.2 beside 0.5 * 1 + 0.2 * 1 + 0.25 * 8 = 2.7."""
    made = imported(tmp_path, HOUSE)
    assert "'Keys' can only be 'On the day': its worth is part of what every package is worth" in made.notes
    assert packages(made.scenario)[1][0, 0] == pytest.approx(2.9)


def test_a_range_of_reals_is_taken_on_the_grid_that_is_asked_for_and_a_note_says_so(tmp_path):
    made = imported(tmp_path, HOUSE)
    assert len(made.scenario.issues[1].scale.anchors) == 11
    assert any("runs over the real numbers from 0.5 to 1: taken are 11 of them" in note for note in made.notes)
    with pytest.raises(UsageError, match="2 to 1,000"):
        imported(tmp_path, HOUSE, grid=1)


def test_a_scaled_formula_is_kept_within_0_and_1_as_genius_keeps_it(tmp_path):
    scaled = numbers(imported(tmp_path, HOUSE, grid=3, scaling="issue").scenario)
    assert scaled["family"][1] == [[1, 0.75, 0.5, 0.25, 0], [1, 1, 1], [1, 0.25]]
    assert scaled["owner"][1][2] == [0, 1]


def test_a_domain_of_geniusweb_has_ranges_with_steps_and_a_package_for_a_reserve_value(tmp_path):
    """East's reserve is 0.7 * 1/3 + 0.3 * 0.25, and that package is one it may just sign."""
    scenario = imported(tmp_path, GENIUSWEB).scenario
    assert (scenario.title, [each.name for each in scenario.parties]) == ("bay", ["East", "West"])
    assert [anchor.at for anchor in scenario.issues[0].scale.anchors] == [0.1, 0.3, 0.5, 0.7]
    found = numbers(scenario)
    assert found["east"][1] == [pytest.approx([0, 1 / 3, 2 / 3, 1]), [1, 0.25, 0]]
    assert found["west"] == ([0.7, 0.3], [pytest.approx([0.9, 0.7, 0.5, 0.3]), [0, 0.5, 1]], 0, None, None)
    assert found["west"][1][0][3] == 0.3
    space, worth = packages(scenario)
    assert found["east"][2] == pytest.approx(0.7 / 3 + 0.075)
    assert (worth[0] == space.reserve[0]).sum() == 1


def test_a_profile_of_geniusweb_brings_its_domain_with_it(tmp_path):
    alone = {name: text for name, text in GENIUSWEB.items() if name != "bay.json"}
    assert numbers(imported(tmp_path / ".", alone).scenario)["west"][0] == [0.7, 0.3]


def test_a_domain_of_negmas_in_yaml_has_functions_a_bias_and_a_discount(tmp_path):
    made = imported(tmp_path, NEGMAS, grid=3)
    assert [each.name for each in made.scenario.parties] == ["The buyer", "seller"]
    assert numbers(made.scenario) == {
        "the_buyer": ([0.1, 0.2, 0.3, 0.4], [[1, 2, 3], [1, 0.5], [1, 0, -1], [0, 1]], 0.25, 2, 0.9),
        "seller": ([1, 1, 0, 1], [[0.5, 1, 1.5], [10, 12.5], [4, 4, 4], [-1, 0]], None, None, None),
    }
    assert "'seller' states no reserve value: it is none: any package is better" in made.notes


def test_negmas_lists_the_evaluations_of_whole_numbers_in_xml_and_writes_a_bare_n_in_yaml(tmp_path):
    owner = HOUSE["owner.xml"].replace(
        '<evaluator ftype="triangular" parameter0="3" parameter1="7" parameter2="5"/>',
        "".join(f'<item index="{k}" value="{k}" evaluation="{k * 10}"/>' for k in range(3, 8)),
    )
    assert numbers(imported(tmp_path, HOUSE, owner=owner).scenario)["owner"][1][0] == [30, 40, 50, 60, 70]
    files = {"d.yml": "issues:\n- {name: n, type: CategoricalIssue, values: [y, n]}\ntype: CartesianOutcomeSpace\n",
             "p.yml": "type: LinearAdditiveUtilityFunction\nreserved_value: 0\nweights: {n: 1}\n"
                      "values: {n: {type: TableFun, mapping: {y: 1, n: 2}}}\n"}  # fmt: skip
    letters = import_genius(folder(tmp_path / "letters", files), as_of=DAY).scenario
    assert numbers(letters)["p"][1] == [[1, 2]]


def test_negmas_writes_minus_infinity_in_json_where_json_has_no_word_for_it(tmp_path):
    files = {
        "d.json": '{"name": "d", "type": "x.DiscreteCartesianOutcomeSpace", '
        '"issues": [{"name": "n", "type": "ContiguousIssue", "values": [0, 2]}]}',
        "p.json": '{"type": "LinearAdditiveUtilityFunction", "reserved_value": -Infinity, "weights": [2.0], '
        '"values": [{"type": "TableFun", "mapping": {"0": 1.5, "1": 2, "2": -1}}]}',
    }
    assert numbers(imported(tmp_path, files).scenario) == {"p": ([2], [[1.5, 2, -1]], None, None, None)}


@pytest.mark.parametrize("files", [LAPTOP, HOUSE, GENIUSWEB, NEGMAS], ids=["laptop", "house", "bay", "trade"])
def test_what_is_imported_can_be_saved_checked_and_loaded_and_every_number_has_its_ground(tmp_path, files):
    scenario = imported(tmp_path, files).scenario
    checked = scenarios.check_bytes(saving.new_text(scenario).encode())
    assert checked.scenario == scenario
    assert checked.ungrounded == ()


def test_the_domain_may_be_named_in_its_folder_beside_other_domains(tmp_path):
    for files in (LAPTOP, HOUSE):
        folder(tmp_path / "all", files)
    with pytest.raises(UsageError, match=r"several domains \(house.xml, laptop_domain.xml\)"):
        import_table("genius", tmp_path / "all")
    made = import_table("genius", tmp_path / "all" / "laptop_domain.xml")
    assert [each.id for each in made.scenario.parties] == ["buyer", "seller"]
    assert "owner.xml speaks of none of the domain's issues, and is left out" in made.notes


def test_nine_parties_come_from_nine_profiles(tmp_path):
    files = {**LAPTOP, **{f"p{k}.xml": LAPTOP["buyer.xml"].replace('"30"', f'"{k}"') for k in range(7)}}
    scenario = imported(tmp_path, files, asked_by="p4").scenario
    assert len(scenario.parties) == len(scenario.payoffs) == 9
    assert scenario.question.asked_by == "p4"


def test_everything_that_is_wrong_in_any_file_is_told_at_once(tmp_path):
    buyer = (
        LAPTOP["buyer.xml"]
        .replace('"Dell" evaluation="12"', '"Dell" evaluation="1,2"')
        .replace('<item index="2" value="80 Gb" evaluation="20"/>', "")
        .replace('<weight index="3" value="0.1767567099260568"/>', '<weight index="1" value="x"/>')
    )
    seller = (
        LAPTOP["seller.xml"].replace('name="Laptop"', 'name="Computer"', 1).replace('index="1" name', 'index="9" name')
    )
    assert problems(tmp_path, buyer=buyer, seller=seller) == [
        "buyer.xml:5:5: the evaluation of 'Dell' on 'Laptop' is '1,2', which is no number. "
        "Hint: write the decimals after a point",
        "buyer.xml:9:3: 'Hard disk' has no evaluation of '80 Gb'. "
        "Hint: add an item with an evaluation for each value of the domain",
        "buyer.xml:14:3: the issue 'External monitor' has no weight. Hint: add <weight index=\"3\" value=...>",
        "buyer.xml:21:3: the weight of the issue 'Laptop' is 'x', which is no number. Hint: write digits, as in 12.5",
        "buyer.xml:21:3: a second weight of the issue 'Laptop'. Hint: keep one of the two",
        "seller.xml:1:1: the profile says nothing of the issue 'Laptop'. "
        "Hint: add it, with weight 0 if it does not matter",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<nego", '<!DOCTYPE a [<!ENTITY b "c">]><nego', "a document type is not taken"),
        ("<objective", "<a>" * 30 + "<objective", "nest deeper than 20 levels"),
        ("</objective>\n</utility_space>", "</utility_space>", "mismatched tag"),
        ('value="Dell"', 'value="HP"', "the issue 'Laptop' has the value 'HP' twice"),
        ('value="Dell"', 'value=""', "there is no value of an item"),
        ('name="Hard disk"', 'name="Laptop"', "a second issue 'Laptop'"),
        ('name="Hard disk" vtype="discrete"', 'name="Hard disk" vtype="discreet"', "did you mean 'discrete'"),
        ('name="Hard disk" vtype="discrete"', 'name="H" vtype="real" lowerbound="2"', "there is no upperbound"),
        (
            'name="Hard disk" vtype="discrete"',
            'name="H" vtype="integer" lowerbound="2" upperbound="1"',
            "runs from 2 to 1",
        ),
        (
            'name="Hard disk" vtype="discrete"',
            'name="H" vtype="integer" lowerbound="0" upperbound="1e9"',
            "1,000,000,001 whole numbers",
        ),
    ],
)  # fmt: skip
def test_a_broken_domain_is_refused_with_the_reason(tmp_path, old, new, told):
    text = LAPTOP["laptop_domain.xml"]
    assert old in text
    (told_of, *_) = problems(tmp_path, laptop_domain=text.replace(old, new, 1))
    assert told in told_of


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<weight index", "<utility_function/><weight index", "look at several together"),
        ('<weight index="2"', '<weight index="2" value="1"/><weight index="2"', "a second weight"),
        ("</utility_space>", '<reservation value="1"/></utility_space>', "a second reservation value"),
        ("Mac", "Mc", "'Laptop' has no evaluation of 'Macintosh'"),
    ],
)
def test_a_broken_profile_is_refused_with_the_reason(tmp_path, old, new, told):
    found = problems(tmp_path, buyer=LAPTOP["buyer.xml"].replace(old, new, 1))
    assert any(told.replace("look at", "looks at") in each for each in found)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "bay1",
            '"Patrols": 0.3',
            '"Patrol": 0.3',
            "bay1.json:42:21: LinearAdditiveUtilitySpace.issueWeights: there is no",
        ),
        ("bay1", '"none": 1.0', '"nine": 1.0', "'Patrols' has no value 'nine'. Hint: did you mean 'none'?"),
        (
            "bay1",
            '"1.0": 0.25',
            '"1.0": "a"',
            "the worth of '1.0' on 'Patrols' is text. Hint: it must be a finite number",
        ),
        ("bay1", "NumberValueSetUtilities", "CurveUtilities", "the worth of 'Fish, in tons' is given in no known way"),
        ("bay1", "LinearAdditiveUtilitySpace", "SumOfGroupsUtilitySpace", "the profile is a SumOfGroupsUtilitySpace"),
        ("bay", '"step": 0.2', '"step": 0', "runs from 0.1 to 0.7 by 0"),
        ("bay", '"none"', '"1.0"', "'Patrols' has the value '1.0' twice"),
    ],
)
def test_a_broken_file_of_geniusweb_is_refused_with_the_reason(tmp_path, file, old, new, told):
    text = GENIUSWEB[f"{file}.json"]
    assert old in text
    found = problems(tmp_path, GENIUSWEB, **{file: text.replace(old, new, 1)})
    assert any(told in each for each in found), found


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("buyer", "weights: [0.1, 0.2, 0.3, 0.4]", "weights: [0.1]", "there are 1 weights for 4 issues"),
        ("buyer", "IdentityFun", "IdentityFum", "did you mean 'IdentityFun'"),
        ("buyer", "type: LinearAdditiveUtilityFunction", "type: MappingUtilityFunction", "is a MappingUtilityFunction"),
        ("buyer", "{Red: 0, 'no': 1}", "{Red: 0, no: &a 1}", "anchors and aliases"),
        ("buyer", "discount: 0.9", "discount: 9", "the discount is 9"),
        ("seller", "Color: 1", "Colour: 1", "'Color' has none of the weights"),
        ("seller", "Red: -1", "Red: !!int -1", "the tag"),
        ("seller", "Red: -1", "Red: .nan", "is not a finite number"),
        ("seller", "{type: ConstFun, bias: 4}", "{type: TableFun, mapping: {0: 1}}", "'Risk' has no worth of"),
        ("trade", "values: [1, 3]", "values: [3, 1]", "is no pair of numbers"),
        ("trade", "values: [Red, 'no']", "values: [Red, no]", "a bare 'no'"),
        ("trade", "name: Color", "name: Price", "a second issue 'Price'"),
    ],
)
def test_a_broken_file_of_negmas_is_refused_with_the_reason(tmp_path, file, old, new, told):
    text = NEGMAS[f"{file}.yml"]
    assert old in text
    found = problems(tmp_path, NEGMAS, **{file: text.replace(old, new, 1)})
    assert any(told in each for each in found), found


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("buyer.xml", "<a>" + " " * 2_000_000 + "</a>", "larger than 2 MB"),
        ("buyer.yml", "type: x\nvalues: " + "[" * 40 + "]" * 40, "nest deeper than 20 levels"),
        ("buyer.yml", "values: [" + "1, " * 60_000 + "]", "more than 50,000 values"),
        ("buyer.yml", "a: &a [1]\nb: [*a, *a]", "anchors and aliases"),
        ("buyer.yml", "a: 1\n--- \nb: 1", "a second document"),
        ("buyer.yml", "? [1, 2]\n: 3", "a key must be a word"),
        ("buyer.yml", "a: 1\na: 2", "stands twice"),
        ("buyer.json", '{"a": ' * 40, "nest deeper than 20 levels"),
    ],
)
def test_a_hostile_file_is_refused(tmp_path, name, text, told):
    assert any(told in each for each in problems(tmp_path, {**LAPTOP, name: text}))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([LAPTOP, HOUSE, GENIUSWEB, NEGMAS]),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.sampled_from(["", "0", '"', "<", "}", "-", ": ", "\n", "\0", "é", "null", "1e999", "<item/>"]),
)
def test_a_damaged_file_is_read_or_refused_in_plain_words(tmp_path_factory, files, which, at, mark):
    name = sorted(files)[which % len(files)]
    text = files[name]
    at %= len(text)
    damaged = {**files, name: text[:at] + mark + text[at + len(mark) + which % 40 :]}
    try:
        import_genius(folder(tmp_path_factory.mktemp("damaged"), damaged), as_of=DAY)
    except UsageError as error:
        assert "several domains" in str(error)
    except ScenarioError as error:
        assert all(each.file and each.line and each.message for each in error.problems)


def test_a_folder_without_a_domain_or_without_profiles_is_refused(tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ScenarioError, match="no domain in this folder"):
        import_table("genius", empty)
    with pytest.raises(ScenarioError, match="no profile of this domain"):
        imported(tmp_path, {"laptop_domain.xml": LAPTOP["laptop_domain.xml"]})
    with pytest.raises(ScenarioError, match="the file is a profile and no domain"):
        import_table("genius", folder(tmp_path / "laptop", LAPTOP) / "buyer.xml")
    with pytest.raises(FileError):
        import_table("genius", tmp_path / "nowhere" / "domain.xml")


def test_a_scaling_and_a_grid_are_for_domains_alone(tmp_path):
    with pytest.raises(UsageError, match="for the form 'genius'"):
        import_table("ktab", tmp_path / "talks.csv", scaling="issue")


def test_a_domain_that_is_too_large_for_a_scenario_file_is_refused(tmp_path):
    values = [f"value {k}" for k in range(900)]
    domain = {"name": "deep", "issuesValues": {"Depth": {"values": values}}}
    space = {
        "domain": domain,
        "issueUtilities": {"Depth": {"DiscreteValueSetUtilities": {"valueUtilities": dict.fromkeys(values, 1)}}},
        "issueWeights": {"Depth": 1},
    }
    files = {f"p{k}.json": json.dumps({"LinearAdditiveUtilitySpace": space}) for k in range(4)}
    with pytest.raises(ScenarioError, match="a file holds 25,000"):
        imported(tmp_path, {"deep.json": json.dumps(domain), **files})


def test_the_command_writes_the_scenario_and_lists_every_file_that_was_read(tmp_path):
    place, out = folder(tmp_path / "laptop", LAPTOP), tmp_path / "laptop.yaml"
    made = workbench.import_("genius", place, out, party="seller")
    document = documents.import_document(made, place, out)
    assert [Path(name).name for name in document["inputs"]] == ["laptop_domain.xml", "buyer.xml", "seller.xml"]
    assert scenarios.load(out) == made.scenario


PEER = {
    "y2010/ItexvsCypress": (180, 17, (22.6995, 18.5184)),
    "y2010/EnglandZimbabwe": (576, 23, (8.2075, 8.5444)),
    "y2011/Laptop": (27, 4, (25.5494, 16.2132)),
    "y2011/Grocery": (1600, 7, (8.4, 8.95)),
    "y2011/Camera": (3600, 12, (270.1, 162.5)),
    "y2011/Amsterdam": (3024, 10, (3.09, 3.4)),
    "y2011/Car": (15625, 55, (94.03, 92.96)),
}
"""Packages, points of the Pareto frontier, and the Nash point of NegMAS on the raw numbers."""


@needs_domains
@pytest.mark.parametrize("name", PEER)
def test_a_domain_of_the_competitions_has_the_frontier_and_nash_point_of_the_peer(name):
    count, points, point = PEER[name]
    space, worth = packages(import_table("genius", Path(DOMAINS) / name).scenario)
    assert space.count == count
    assert np.unique(worth[:, frontier(worth)], axis=1).shape[1] == points
    found = worth[:, nash(worth, space.reserve)].T.tolist()
    assert [sorted(each) for each in found] == [pytest.approx(sorted(point), abs=5e-5)]


@needs_domains
@pytest.mark.parametrize(("name", "points"), [("y2010/ItexvsCypress", 18), ("y2010/EnglandZimbabwe", 25)])
def test_scaled_as_genius_scales_them_some_domains_have_another_frontier(name, points):
    _, worth = packages(import_table("genius", Path(DOMAINS) / name, scaling="issue").scenario)
    assert len(frontier(worth)) == points


@needs_domains
def test_nice_or_die_has_two_nash_points_over_a_reserve_value_of_nothing():
    """1000 * 160 = 160,000 is more than 299 * 299 = 89,401; the reserve value is 0, far below the least payoff."""
    scenario = import_table("genius", Path(DOMAINS) / "y2011/NiceOrDie").scenario
    assert chosen(scenario) == [("100_16",), ("16_100",)]


@needs_domains
@pytest.mark.parametrize("place", sorted(Path(DOMAINS or ".").glob("y*/*")), ids=lambda place: place.name)
def test_the_payoffs_of_every_domain_are_weight_times_evaluation_as_another_reader_finds_them(place):
    trees = [ElementTree.parse(file).getroot() for file in sorted(place.glob("*.xml"))]
    (domain,) = (each for each in trees if each.tag == "negotiation_template")
    _, worth = packages(import_table("genius", place).scenario)
    for row, profile in zip(worth, (each for each in trees if each.tag == "utility_space"), strict=True):
        weights = {each.get("index"): float(each.get("value")) for each in profile.iter("weight")}
        tables = []
        for issue in domain.iter("issue"):
            mine = next(each for each in profile.iter("issue") if each.get("index") == issue.get("index"))
            values = {each.get("value"): float(each.get("evaluation")) for each in mine.findall("item")}
            tables.append([weights[mine.get("index")] * values[each.get("value")] for each in issue.findall("item")])
        rng = np.random.default_rng(0)
        shape = tuple(map(len, tables))
        for k in rng.integers(0, row.size, 200).tolist():
            places = np.unravel_index(k, shape)
            assert row[k] == pytest.approx(sum(table[at] for table, at in zip(tables, places, strict=True)), rel=1e-12)
        assert row.max() == pytest.approx(sum(map(max, tables)), rel=1e-12)


def test_any_number_of_parties_up_to_nine_reads_back_what_was_written(tmp_path):
    """Random domains written as XML by hand, against the definition of a package's worth."""
    rng = np.random.default_rng(5)
    for parties in range(1, 10):
        sizes = rng.integers(1, 5, rng.integers(1, 4)).tolist()
        sizes[0] = max(sizes[0], 2)
        tables = [[rng.integers(0, 50, size).tolist() for size in sizes] for _ in range(parties)]
        weights = rng.integers(0, 5, (parties, len(sizes))).tolist()
        files = {"domain.xml": f"<negotiation_template><utility_space>{_objective(tables[0], None)}</utility_space>"
                               "</negotiation_template>"}  # fmt: skip
        for i in range(parties):
            files[f"p{i}.xml"] = f"<utility_space>{_objective(tables[i], weights[i])}</utility_space>"
        _, worth = packages(import_genius(folder(tmp_path / str(parties), files), as_of=DAY).scenario)
        expected = [
            [sum(w * table[k] for w, table, k in zip(ws, mine, levels, strict=True))
             for levels in itertools.product(*map(range, sizes))]
            for ws, mine in zip(weights, tables, strict=True)
        ]  # fmt: skip
        assert worth.tolist() == expected


def _objective(tables, weights):
    issues = ""
    for k, table in enumerate(tables):
        items = "".join(
            f'<item value="v {at}"' + (f' evaluation="{value}"' if weights else "") + "/>"
            for at, value in enumerate(table)
        )
        issues += f'<issue index="{k}" name="issue {k}" type="discrete">{items}</issue>'
        issues += f'<weight index="{k}" value="{weights[k]}"/>' if weights else ""
    return f"<objective>{issues}</objective>"


@needs_domains
@pytest.mark.parametrize("place", sorted(Path(DOMAINS or ".").glob("y*/*")), ids=lambda place: place.name)
def test_every_domain_goes_through_import_packages_talks_and_run_with_the_frontier_and_nash_points_of_all(
    place, tmp_path
):
    """All packages are listed as the second method; a fault of the peer is that it keeps one package a payoff."""
    out = tmp_path / "talks.yaml"
    scenario = workbench.import_("genius", place, out).scenario
    space, worth = packages(scenario)
    found = workbench.packages(out).detail
    points = [[issue.scale.point(anchor.at) for anchor in issue.scale.anchors] for issue in scenario.issues]

    def rows(places):
        return sorted(
            tuple(column[level] for column, level in zip(points, row, strict=True))
            for row in listed(space, places).tolist()
        )

    def told(each):
        return sorted(tuple(map(float, package["package"].values())) for package in each)

    assert told(found["pareto"]) == rows(frontier(worth))
    assert told(found["nash"]) == rows(nash(worth, space.reserve))
    payoffs_told = sorted(list(each["payoffs"].values()) for each in found["pareto"])
    np.testing.assert_allclose(payoffs_told, sorted(worth[:, frontier(worth)].T.tolist()), rtol=1e-12)
    ensemble = workbench.run(out, engines=["package_search"], draws=0, store=tmp_path / "runs")
    document = documents.run_document(ensemble, out)["engines"]["package_search"]
    assert document["agreement"] == 1 and len(document["detail"]["nash"]) == len(found["nash"])
    report = workbench.talks(out, draws=2)
    assert report.zone_open == 1 and sum(report.ends.values()) == pytest.approx(1)
    best = {name: each["best"] for name, each in report.story["parties"].items()}
    assert list(best.values()) == pytest.approx(worth.max(axis=1), rel=1e-12)


@needs_domains
def test_the_car_domain_keeps_every_package_on_the_frontier_and_not_one_a_payoff(tmp_path):
    """The peer keeps 55 of the 71; those with the same payoffs are different cars all the same."""
    out = tmp_path / "car.yaml"
    workbench.import_("genius", Path(DOMAINS) / "y2011" / "Car", out)
    pareto = workbench.packages(out).detail["pareto"]
    assert (len(pareto), len({tuple(each["payoffs"].values()) for each in pareto})) == (71, 55)
    assert len({tuple(map(float, each["package"].values())) for each in pareto}) == 71
