"""Whatever a conflict says, in whatever combination, the graph model answers and its answers agree with each other."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from parley.engines.graph_model import GraphModel
from parley.files.scenarios import load_bytes
from tests.engines.test_graph_model import RNG
from tests.graph_scenarios import written


@st.composite
def conflicts(draw):
    """The file of a drawn graph with doubts, degrees, attitudes and perceptions, as far as each is drawn."""
    parties = [f"p{i}" for i in range(draw(st.integers(1, 4)))]
    states = [f"s{k}" for k in range(draw(st.integers(2, 6)))]
    party, state = st.sampled_from(parties), st.sampled_from(states)
    several = st.lists(state, min_size=2, max_size=3, unique=True)

    def rankings(within):
        cut = st.lists(st.integers(1, len(states) - 1), unique=True).map(sorted)
        order, cuts = within(st.permutations(states)), [0, *within(cut), len(states)]
        return [order[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]

    def preference(who):
        if draw(st.booleans()):
            groups = rankings(draw)
            gaps = draw(st.lists(st.sampled_from(sum(groups[1:], [])), max_size=2)) if len(groups) > 1 else []
            own = {"ranking": groups, "much_worse_from": gaps}
        else:
            says, flag = several.map(" | ".join), st.booleans()
            statement = st.fixed_dictionaries({"says": says, "unknown": flag, "strongly": flag})
            own = {"statements": draw(st.lists(statement, min_size=1, max_size=4))}
        return {"party": who, "unknown": draw(st.lists(several, max_size=2)), **own}

    moves = [
        {"party": draw(party), "leaves": (pair := draw(several))[0], "reaches": pair[1:]}
        for _ in range(draw(st.integers(1, 8)))
    ]
    pairs = draw(st.lists(st.tuples(party, party), max_size=4, unique=True))
    feelings = st.sampled_from(["positive", "neutral", "negative"])
    beliefs = [
        [{"party": draw(party), "ranking": rankings(draw)}],
        [{"party": draw(party), "wants": [draw(state)]}],
        [],
    ]
    sections = {
        "status_quo": draw(state),
        "states": [{"id": each} for each in states],
        "moves": moves,
        "preferences": [preference(each) for each in parties],
        "attitudes": [{"party": a, "towards": b, "attitude": draw(feelings)} for a, b in pairs],
        "perceptions": [
            {
                "party": each,
                "unseen": draw(state),
                "believes": draw(st.sampled_from(beliefs)),
                "unseen_moves": draw(st.lists(st.sampled_from(moves), max_size=1)),
            }
            for each in draw(st.lists(party, unique=True))
        ],
    }
    lines = "".join(f"  {name}: {json.dumps(section)}\n" for name, section in sections.items())
    return written(lines, *parties)


@settings(max_examples=80, deadline=None)
@given(conflicts(), st.sampled_from(("R", "GMR", "SMR", "SEQ", "SSEQ")), st.integers(1, 5))
def test_its_answers_nest_as_their_definitions_say(text, concept, horizon):
    engine = GraphModel(concept=concept, horizon=horizon)
    found = engine.detail(engine.forecast(load_bytes(text.encode()), RNG))
    json.dumps(found, allow_nan=False)
    equilibria, resting = found["equilibria"], set(found["equilibria"][concept])
    assert equilibria["L1"] == equilibria["MR1"] == equilibria["R"]
    assert set(equilibria["CNash"]) <= set(equilibria["R"])
    for jump in found["coalitions"]["jumps"]:
        assert {jump["from"], jump["to"]} <= resting
        assert all(found["rank"][who][jump["to"]] < found["rank"][who][jump["from"]] for who in jump["parties"])
    if found["unknown"]:
        for narrow, wide in ("ab", "ac", "bd", "cd"):
            for kind, by_party in found["unknown"]["stable"][narrow].items():
                wider = found["unknown"]["stable"][wide][kind]
                assert all(set(states) <= set(wider[who]) for who, states in by_party.items())
    if found["degree"]:
        graded = found["degree"]["stable"]
        for kind, by_party in graded["strongly"].items():
            for who, states in by_party.items():
                assert sorted(states + graded["weakly"][kind][who]) == sorted(found["stable"][kind][who])
    if found["misperception"]:
        for who, unseen in found["misperception"]["unseen"].items():
            assert not set(unseen) & set(found["misperception"]["stable"]["R"][who])
