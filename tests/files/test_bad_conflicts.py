"""A conflict that makes no sense is refused at the line where it goes wrong, with a hint."""

from pathlib import Path

import pytest

from parley.errors import ScenarioError
from parley.files import scenarios

SOUND = (Path(__file__).parent / "salt.yaml").read_text(encoding="utf-8")
BEFORE, REST = SOUND.split("conflict:\n")
AFTER = REST[REST.index("approaches:\n") :]

OPTIONS = """
  options:
    - {id: close_port, name: Close, party: coast, words: the port closes}
    - {id: share_salt, name: Share, party: hills, words: salt is shared}"""


def problems(conflict, approach=""):
    text = f"{BEFORE}conflict:{conflict}\n{AFTER}"
    if approach:
        text = text.replace("pulls: [blockade]}", f"pulls: [blockade], {approach}}}")
    with pytest.raises(ScenarioError) as caught:
        scenarios.load_bytes(text.encode(), "salt.yaml")
    return text.splitlines(), caught.value.problems


CASES = {
    "nothing is feasible": (
        OPTIONS
        + """
  infeasible:
    - {when: close_port}
    - {when: -close_port & share_salt}
    - {when: -share_salt} # here""",
        "no combination of options is left",
        "narrow it",
    ),
    "a statement begins with IF": (
        OPTIONS
        + """
  preferences:
    - party: coast
      statements:
        - {says: IF close_port THEN share_salt} # here""",
        "begins with IF",
        "the conclusion comes first",
    ),
    "a statement has an arrow": (
        OPTIONS
        + """
  preferences:
    - {party: coast, statements: [{says: "close_port -> share_salt"}]} # here""",
        "no THEN and no arrow",
        "the conclusion comes first",
    ),
    "a statement speaks of an option that does not exist": (
        OPTIONS
        + """
  preferences:
    - {party: coast, statements: [{says: share_sald}]} # here""",
        "'share_sald' that does not exist",
        "share_salt",
    ),
    "a statement speaks of a state that does not exist": (
        OPTIONS
        + """
  states: [{id: s1, when: close_port}, {id: s2, when: -close_port}]
  preferences:
    - {party: coast, statements: [{says: s3}]} # here""",
        "'s3' that does not exist",
        "s1",
    ),
    "two states share combinations": (
        OPTIONS
        + """
  states:
    - {id: s1, when: close_port}
    - {id: s2, when: share_salt} # here""",
        "shares combinations of options with the state 's1'",
        "narrow one of the two",
    ),
    "a state is no combination": (
        OPTIONS
        + """
  infeasible: [{when: close_port & share_salt}]
  states:
    - {id: s1, when: -close_port}
    - {id: s2, when: close_port & share_salt} # here""",
        "no feasible combination of options is this state",
        "infeasible",
    ),
    "one state says its options and another does not": (
        OPTIONS
        + """
  states:
    - {id: s1, when: close_port}
    - {id: s2} # here""",
        "does not say which options are taken",
        "'when'",
    ),
    "options beside states that do not speak of them": (
        OPTIONS
        + """
  status_quo: s1
  states:
    - {id: s1} # here
  moves: []""",
        "the options mean nothing",
        "'when'",
    ),
    "a state and an option share a name": (
        OPTIONS
        + """
  states:
    - {id: share_salt, when: share_salt} # here
    - {id: s2, when: -share_salt}""",
        "is also an option",
        "rename",
    ),
    "nobody can move between the states": (
        """
  status_quo: s1
  states:
    - {id: s1} # here
    - {id: s2}""",
        "nobody can move",
        "list moves",
    ),
    "nothing says which drawn state holds now": (
        """
  states:
    - {id: s1} # here
    - {id: s2}
  moves: [{party: coast, leaves: s1, reaches: [s2]}]""",
        "does not say which of these states holds now",
        "status_quo",
    ),
    "a move leads nowhere": (
        """
  status_quo: s1
  states: [{id: s1}, {id: s2}]
  moves:
    - {party: coast, leaves: s1, reaches: [s2, s4]} # here""",
        "there is no state 's4'",
        "s1",
    ),
    "moves without states": (
        OPTIONS
        + """
  moves:
    - {party: coast, leaves: s1, reaches: [s2]} # here""",
        "states that are not listed",
        "list them",
    ),
    "a move that undoes what cannot be undone": (
        """
  options:
    - {id: close_port, name: Close, party: coast, words: the port closes, changes: stays_taken}
  states:
    - {id: open, when: -close_port}
    - {id: closed, when: close_port}
  moves:
    - {party: coast, leaves: open, reaches: [closed]}
    - {party: coast, leaves: closed, reaches: [open]} # here""",
        "drops 'close_port', which stays_taken",
        "both_ways",
    ),
    "a status quo without states": (
        OPTIONS + "\n  status_quo: s1 # here",
        "there are no named states",
        "initially",
    ),
    "statements and a ranking": (
        OPTIONS
        + """
  states: [{id: s1, when: close_port}, {id: s2, when: -close_port}]
  preferences:
    - party: coast
      statements: [{says: s1}]
      ranking: [[s1], [s2]] # here""",
        "either statements or a ranking",
        "drop one",
    ),
    "preferences of one party twice": (
        OPTIONS
        + """
  preferences:
    - {party: coast, statements: [{says: share_salt}]}
    - {party: coast, statements: [{says: close_port}]} # here""",
        "a second list of what 'coast' prefers",
        "merge",
    ),
    "a ranking that leaves a state out": (
        OPTIONS
        + """
  states: [{id: s1, when: close_port}, {id: s2, when: -close_port}]
  preferences:
    - {party: coast, ranking: [[s1]]} # here""",
        "leaves out s2",
        "every state",
    ),
    "a ranking with a state twice": (
        OPTIONS
        + """
  states: [{id: s1, when: close_port}, {id: s2, when: -close_port}]
  preferences:
    - {party: coast, ranking: [[s1], [s2, s1]]} # here""",
        "'s1' is ranked twice",
        "drop one",
    ),
    "an option that changes in two ways at once": (
        """
  options:
    - id: close_port
      name: Close
      party: coast
      words: the port closes
      changes: stays_taken
      changes: stays_dropped # here""",
        "the key 'changes' appears twice",
        "remove one of them",
    ),
    "an option that is listed twice with different changes": (
        OPTIONS
        + """
    - {id: close_port, name: Close, party: coast, words: it closes, changes: stays_taken} # here""",
        "'close_port' is defined twice",
        "",
    ),
    "a statement by a number that no option has": (
        OPTIONS
        + """
  preferences:
    - {party: coast, statements: [{says: 1 IF -3}]} # here""",
        "no option number 3",
        "1..2",
    ),
    "an infeasible pattern on an option that does not exist": (
        OPTIONS
        + """
  infeasible:
    - {when: share_salt & close_ports} # here""",
        "'close_ports' that does not exist",
        "close_port",
    ),
    "a weight that is missing": (
        OPTIONS
        + """
  preferences:
    - party: coast
      counts: by_weight
      statements:
        - {says: share_salt, importance: 2}
        - {says: close_port} # here""",
        "needs an importance",
        "in_order",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_bad_conflict_is_refused_at_its_line(name):
    conflict, message, hint = CASES[name]
    lines, found = problems(conflict)
    line = 1 + next(k for k, text in enumerate(lines) if text.endswith("# here"))
    told = [(each.line, each.message, each.hint) for each in found]
    assert any(at == line and message in what and hint in how for at, what, how in told), (line, told)


@pytest.mark.parametrize(
    ("changes", "choice", "message"),
    [
        ("changes: stays_taken, initially: true", "taken: false", "once taken it cannot be dropped"),
        ("changes: stays_dropped", "taken: true", "cannot be taken again"),
    ],
)
def test_an_approach_must_not_undo_what_cannot_be_undone(changes, choice, message):
    conflict = OPTIONS.replace("the port closes}", f"the port closes, {changes}}}")
    lines, found = problems(conflict, approach=f"takes: [{{option: close_port, {choice}}}]")
    assert len(found) == 1 and message in found[0].message and "both_ways" in found[0].hint
    assert "takes:" in lines[found[0].line - 1]
