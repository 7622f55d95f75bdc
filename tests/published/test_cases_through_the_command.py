"""Published and closed-form cases, from a YAML file as a stranger would write it to the JSON of the command."""

import json
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from parley.cli.app import app
from tests import ec_cars
from tests.exact_war import ExactWar, exactly_fought_out

HEAD = """
title: A case
question: {{text: What comes of it?, asked_by: {asked_by}}}
as_of: 1991-06-01
"""


@pytest.fixture
def answers(tmp_path, monkeypatch):
    """Write a scenario, run `parley <command> --json` on it, and read the document."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def run(text, *arguments, command="run"):
        path = tmp_path / "scenario.yaml"
        path.write_text(text, encoding="utf-8")
        arguments = [command, str(path), *arguments, "--store", str(tmp_path / "runs"), "--json"]
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return run


def exactly(value):
    return f"{{low: {value}, mode: {value}, high: {value}, because: the published number}}"


def party(name, capability=1, extra=""):
    return f"  - {{id: {name}, name: {name}, role: other, capability: {exactly(capability)}{extra}}}\n"


# The compromise model and the median voter: when the emission standard of 1991 applies, in years

RUNGS = {"four": 4, "seven": 7, "ten": 10}
EMISSIONS = {
    name: (power, next(rung for rung, at in RUNGS.items() if at == years), care)
    for name, (power, years, care) in ec_cars.TABLE.items()
}


def emissions():
    positions = "".join(
        f"  - {{party: {name}, issue: standard, basis: assumed,\n"
        f"     position: {exactly(rung)}, salience: {exactly(care)}}}\n"
        for name, (_, rung, care) in EMISSIONS.items()
    )
    rungs = ", ".join(f"{{at: {at}, rung: {name}, words: after {name} years}}" for name, at in RUNGS.items())
    return (
        HEAD.format(asked_by="germany")
        + "parties:\n"
        + "".join(party(name, power) for name, (power, _, _) in EMISSIONS.items())
        + f"issues:\n  - id: standard\n    name: Standard\n    question: After how many years does it apply?\n"
        f"    scale: {{low: 2, high: 12, unit: years, anchors: [{rungs}]}}\npositions:\n{positions}"
    )


@pytest.mark.parametrize(("engine", "years"), [("compromise_model", 7.389955686853767), ("median_voter", 7)])
def test_the_emission_case_settles_where_its_published_numbers_put_it(answers, engine, years):
    """Weights c s add up to .677; those at 4, 7 and 10 years are .248, .093 and .336."""
    found = answers(emissions(), "--engine", engine)["engines"][engine]
    assert found["settlement"] == {"standard": pytest.approx(years, rel=1e-12)}
    assert found["agreement"] is None and found["time_to_agreement"] is None
    for name, (_, rung, _) in EMISSIONS.items():
        assert found["payoff"][name] == pytest.approx(1 - abs(years - RUNGS[rung]) / 10, rel=1e-12)


def test_the_emission_case_has_no_spread_when_no_number_has_one(answers):
    found = answers(emissions(), "--draws", "20")["engines"]["compromise_model"]
    assert set(found["settlement"]["standard"]) == {"mean", "q05", "q10", "q50", "q90", "q95"}
    assert list(found["settlement"]["standard"].values()) == pytest.approx([7.389955686853767] * 6, rel=1e-12)


# The graph model: options and statements, states numbered from 1 with the first option lowest


def conflict(makers, options, preferences, infeasible=()):
    """A scenario of parties with `options` ((id, party, extra), ...) and, by party, its statements, the first first."""
    listed = "".join(
        f"    - {{id: {name}, name: {name}, words: it does, party: {who}{x}}}\n" for name, who, x in options
    )
    wishes = "".join(
        f"    - party: {who}\n      statements:\n" + "".join(f'        - {{says: "{says}"}}\n' for says in statements)
        for who, statements in preferences.items()
    )
    never = "".join(f'    - {{when: "{when}"}}\n' for when in infeasible)
    return (
        HEAD.format(asked_by=makers[0])
        + "parties:\n"
        + "".join(party(name) for name in makers)
        + "issues:\n  - {id: matter, name: Matter, question: What is at issue?}\n"
        + f"conflict:\n  options:\n{listed}  preferences:\n{wishes}"
        + (f"  infeasible:\n{never}" if never else "")
    )


def only(taken, count):
    """The statement, by the options' numbers, that exactly these are taken."""
    return " & ".join(f"{k}" if k in taken else f"-{k}" for k in range(1, count + 1))


def test_the_prisoners_dilemma_has_its_equilibria(answers):
    """States 1 to 4: both cooperate, row alone defects, column alone defects, both defect."""
    options = [("row_defects", "row", ""), ("column_defects", "column", "")]
    wishes = {"row": ["-column_defects", "row_defects"], "column": ["-1", "2"]}
    detail = answers(conflict(["row", "column"], options, wishes), "--engine", "graph_model")["engines"]["graph_model"]
    detail = detail["detail"]
    expected = {"R": [4]} | dict.fromkeys(("GMR", "SMR", "SEQ", "SSEQ", "SIM"), [1, 4])
    assert expected.items() <= detail["equilibria"].items()
    assert detail["stable"]["R"] == {"row": [2, 4], "column": [3, 4]}
    assert detail["rank"] == {
        "row": {"1": 2, "2": 1, "3": 4, "4": 3},
        "column": {"1": 2, "2": 4, "3": 1, "4": 3},
    }
    assert [(state["id"], *state["options"].values()) for state in detail["states"]] == [
        (1, False, False),
        (2, True, False),
        (3, False, True),
        (4, True, True),
    ]


UNITED_STATES = [4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8]
SOVIET_UNION = [0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8]


@pytest.mark.parametrize(("air_strike", "nash", "seq"), [("stays_taken", [6], [5, 6, 7]), ("both_ways", [], [5, 7])])
def test_the_cuban_missile_crisis_has_its_equilibria(answers, air_strike, nash, seq):
    """Fraser and Hipel (1984): their decimal numbers d of the states are d + 1 here."""
    options = [
        ("air_strike", "us", f", changes: {air_strike}"),
        ("blockade", "us", ""),
        ("withdraw", "ussr", ""),
        ("escalate", "ussr", ""),
    ]
    wishes = {
        who: [only({k + 1 for k in range(4) if d >> k & 1}, 4) for d in order]
        for who, order in (("us", UNITED_STATES), ("ussr", SOVIET_UNION))
    }
    text = conflict(["us", "ussr"], options, wishes, infeasible=["withdraw & escalate"])
    detail = answers(text, "--engine", "graph_model")["engines"]["graph_model"]["detail"]
    cautious = [1, 2, 3, 5, 6, 7, 8]
    expected = {
        "R": nash,
        "GMR": cautious,
        "SMR": cautious,
        "SEQ": seq,
        "SSEQ": seq,
        "SIM": nash,
    }
    assert expected.items() <= detail["equilibria"].items()
    assert [state["id"] for state in detail["states"]] == list(range(1, 13))
    assert [detail["rank"]["us"][str(d + 1)] for d in UNITED_STATES] == list(range(1, 13))


def test_elmira_written_in_options_has_the_published_equilibria(answers):
    """Nine published states; the last, in which Uniroyal abandons, is four states here: 5, 6, 11 and 12.

    Modify, delay, accept, abandon and insist in this order make the published states 1 to 4 the states 1 to 4, and 5 to
    8 the states 7 to 10.
    """
    options = [
        ("modify", "ministry", ", changes: stays_taken"),
        ("delay", "uniroyal", ", changes: stays_dropped, initially: true"),
        ("accept", "uniroyal", ""),
        ("abandon", "uniroyal", ", changes: stays_taken"),
        ("insist", "local", ""),
    ]
    taken = {1: {2}, 2: {1, 2}, 3: {3}, 4: {1, 3}, 5: {2, 5}, 6: {1, 2, 5}, 7: {3, 5}, 8: {1, 3, 5}}
    orders = {
        "ministry": [7, 3, 4, 8, 5, 1, 2, 6, 9],
        "uniroyal": [1, 4, 8, 5, 9, 3, 7, 2, 6],
        "local": [7, 3, 5, 1, 8, 6, 4, 2, 9],
    }
    wishes = {who: ["abandon" if s == 9 else only(taken[s], 5) for s in order] for who, order in orders.items()}
    exclusive = ["delay & accept | delay & abandon | accept & abandon", "-delay & -accept & -abandon"]
    text = conflict(["ministry", "uniroyal", "local"], options, wishes, infeasible=exclusive)
    detail = answers(text, "--engine", "graph_model")["engines"]["graph_model"]["detail"]
    assert [state["id"] for state in detail["states"]] == list(range(1, 13))
    assert detail["status_quo"] == 1
    lasting = [5, 6, 7, 10, 11, 12]
    cautious = [1, 4, *lasting]
    expected = {
        "R": lasting,
        "GMR": cautious,
        "SMR": cautious,
        "SEQ": lasting,
        "SSEQ": lasting,
        "SIM": lasting,
    }
    assert expected.items() <= detail["equilibria"].items()


# Bargaining while fighting, on a border between 10 and 30 km of which side A wants the low end


def war(*, horizon=6, start=3, up=0.45, down=0.55, last=6, cost=(0.02, 0.03), offers="0.5", red_lines="", extra=""):
    places = ", ".join("{words: a place}" for _ in range(last + 1))
    return (
        HEAD.format(asked_by="a")
        + "parties:\n"
        + "".join(party(name, extra=f", no_agreement: {exactly(0.25)}") for name in "ab")
        + f"""
issues:
  - {{id: border, name: Border, question: Where does it run?, scale: {{low: 10, high: 30, unit: km}}}}
positions:
  - party: a
    issue: border
    basis: assumed
    position: {exactly(10)}
    salience: {exactly(1)}
{red_lines}
  - party: b
    issue: border
    basis: assumed
    position: {exactly(30)}
    salience: {exactly(1)}
clock: {{step_days: 10, horizon: {horizon}}}
war:
  side_a: a
  side_b: b
  front:
    places: [{places}]
    start: {exactly(start)}
    a_gains: {exactly(up)}
    b_gains: {exactly(down)}
  cost_a: {exactly(cost[0])}
  cost_b: {exactly(cost[1])}
  pie: [{{issue: border, a_wants: low, weight: {exactly(2)}}}]
  proposer: {exactly(offers)}
{extra}
"""
    )


def by_place(detail, value=lambda state: state["values"]["a"]):
    return [value(state) for state in detail["by_state"] if state["round"] == 0]


WALK = [0, 0.116662, 0.248137, 0.397718, 0.569429, 0.768186, 1]


@pytest.mark.parametrize("horizon", [1, 2, 7])
def test_a_war_on_a_walking_front_is_worth_what_the_closed_form_says(answers, horizon):
    """V_k = W_k + (q kB - (1 - q) kA) D_k at every place, for any number of rounds; side A's share is (30 - x) / 20."""
    found = answers(war(horizon=horizon), "--engine", "war_bargaining")["engines"]["war_bargaining"]
    detail = found["detail"]
    assert by_place(detail) == pytest.approx(WALK, abs=1e-6)
    assert detail["values"] == {"a": pytest.approx(WALK[3], abs=1e-6), "b": pytest.approx(1 - WALK[3], abs=1e-6)}
    assert detail["settles_now"] is True
    assert found["agreement"] == 1 and found["time_to_agreement"] == 0 and detail["expected_duration"] == 0
    assert found["settlement"]["border"] == pytest.approx(30 - 20 * WALK[3], abs=2e-5)
    assert found["payoff"] == {"a": pytest.approx(WALK[3], abs=1e-6), "b": pytest.approx(1 - WALK[3], abs=1e-6)}
    assert detail["settlement_time"] == [1.0, *[0.0] * (horizon - 1)]
    assert detail["bracket"] is None and len(detail["by_state"]) == 7 * (horizon + 1)
    assert all(side["causes"] == [] and side["value"] < 0 for side in detail["waiting"].values())


def test_a_red_line_delays_the_settlement_as_a_recursion_in_fractions_says(answers):
    """Side A accepts no more than 18 km, a share of .6; alternating offers, side B first; patience .99 and .98."""
    fight = {
        "up": Fraction(9, 20),
        "down": Fraction(11, 20),
        "cost": (Fraction(1, 50), Fraction(3, 100)),
        "discount": (Fraction(99, 100), Fraction(49, 50)),
    }
    exact = ExactWar(
        last=6,
        rounds=5,
        **fight,
        proposer=(Fraction(0), Fraction(1)),
        terminal=exactly_fought_out(6, **fight),
        floor=Fraction(3, 5),
    )
    patience = f"discounts: [{{party: b, per_step: {exactly(0.98)}}}, {{party: a, per_step: {exactly(0.99)}}}]"
    text = war(red_lines=f"    red_line: {{at_most: {exactly(18)}}}", extra="  proposer_cycle: [0, 1]").replace(
        "horizon: 6}", f"horizon: 5, {patience}}}"
    )
    found = answers(text, "--engine", "war_bargaining")["engines"]["war_bargaining"]
    for state in found["detail"]["by_state"]:
        expected = exact.value(state["round"], state["front"])
        assert tuple(state["values"].values()) == pytest.approx([float(each) for each in expected], abs=1e-12)
    assert found["detail"]["settles_now"] is False
    assert found["detail"]["bargaining_range"]["floor"] == pytest.approx(0.6)
    assert all(["red_line"] in side["causes"] for side in found["detail"]["waiting"].values())
    assert 0 < found["agreement"] < 1 and found["settlement"]["border"] <= 18 + 1e-9
    assert found["time_to_agreement"] > 0


@pytest.mark.parametrize(
    ("rule", "at_the_end"),
    [
        ("terminal_rule: front", [(k / 4, 1 - k / 4) for k in range(5)]),
        ("terminal_rule: zero", [(0, 1), (0, 0), (0, 0), (0, 0), (1, 0)]),
        (
            "terminal_rule: given\n  terminal_a: [0, 0.3, 0.1, 0.2, 1]\n  terminal_b: [1, 0.2, 0.4, 0.1, 0]",
            [(0, 1), (0.3, 0.2), (0.1, 0.4), (0.2, 0.1), (1, 0)],
        ),
    ],
)
def test_after_the_last_round_each_side_gets_what_the_rule_says(answers, rule, at_the_end):
    """One round back, with A proposing: R_i = -k_i + E Z_i, and A gets 1 - R_B, but no more than the pie."""
    text = war(horizon=1, start=2, last=4, up=0.25, down=0.5, cost=(0.01, 0.02), offers="1", extra=f"  {rule}")
    detail = answers(text, "--engine", "war_bargaining")["engines"]["war_bargaining"]["detail"]
    last = [tuple(state["values"].values()) for state in detail["by_state"] if state["round"] == 1]
    assert last == [pytest.approx(pair) for pair in at_the_end]
    z = [b for _, b in at_the_end]
    rejection_b = -0.02 + 0.25 * z[3] + 0.5 * z[1] + 0.25 * z[2]
    assert detail["values"]["a"] == pytest.approx(min(1, 1 - rejection_b), abs=1e-12)


def test_an_opening_is_fought_before_the_first_offer(answers):
    """Two steps without talks from the middle of five places, even chances .25: a side has won by then with .0625."""
    text = war(start=2, last=4, up=0.25, down=0.25, cost=(0, 0)).replace(
        "horizon: 6}", f"horizon: 6, opening: {exactly(2)}}}"
    )
    found = answers(text, "--engine", "war_bargaining")["engines"]["war_bargaining"]
    assert found["agreement"] == pytest.approx(1 - 2 * 0.0625)
    assert found["time_to_agreement"] == pytest.approx(20)
    assert found["detail"]["settlement_time"] == pytest.approx([0, 0, 0.875, 0, 0, 0, 0, 0])
    assert found["detail"]["values"] == {"a": pytest.approx(0.5), "b": pytest.approx(0.5)}
    assert found["payoff"]["a"] == pytest.approx(0.875 * 0.5 + 0.125 * 0.25)


# Approaches side by side

CERTAIN = f"""
levers:
  - {{id: sanctions, name: Sanctions, words: they bite, holder: a, target: b, kind: pressure, cost: {exactly(0.04)},
      credibility: {exactly(1)},
      effects: [{{on: war_cost, plus: {exactly(0.02)}}}, {{on: capability, times: {exactly(0.5)}}}]}}
approaches:
  - {{id: press, name: Press, by: a, words: press them, pulls: [sanctions]}}
  - {{id: theirs, name: Theirs, by: b, words: not asked for}}
"""


@pytest.mark.parametrize("draws", ["0", "8"])
def test_a_lever_that_is_sure_to_act_moves_each_engine_by_what_can_be_counted_by_hand(answers, draws):
    """War: B's cost rises by .02, so V rises by q .02 D_3 with D_3 = 8.7670. Compromise: A's weight is 2 in 3."""
    document = answers(war() + CERTAIN, "--draws", draws, command="compare")
    assert document["asked_by"] == "a"
    (press,) = document["approaches"]
    assert press["id"] == "press"

    def mean(value):
        return value if draws == "0" else value["mean"]

    moved = {
        name: {key: press["engines"][name][key] for key in ("settlement", "difference")} for name in press["engines"]
    }
    share = 0.5 * 0.02 * 8.767005
    assert mean(moved["war_bargaining"]["difference"]["settlement"]["border"]) == pytest.approx(-20 * share, abs=1e-5)
    assert mean(moved["war_bargaining"]["difference"]["payoff"]["a"]) == pytest.approx(share - 0.04, abs=1e-6)
    assert mean(moved["war_bargaining"]["difference"]["payoff"]["b"]) == pytest.approx(-share, abs=1e-6)
    assert mean(moved["war_bargaining"]["difference"]["agreement"]) == 0
    assert mean(moved["compromise_model"]["settlement"]["border"]) == pytest.approx(10 + 20 / 3)
    assert mean(moved["compromise_model"]["difference"]["settlement"]["border"]) == pytest.approx(-20 / 6)
    assert mean(moved["compromise_model"]["difference"]["payoff"]["a"]) == pytest.approx(1 / 6 - 0.04)
    assert press["engines"]["war_bargaining"]["best_share"] == press["engines"]["compromise_model"]["best_share"] == 1
    assert mean(document["baseline"]["engines"]["compromise_model"]["settlement"]["border"]) == pytest.approx(20)
