"""Any conflict that a file may hold gets an answer or an error in plain words, never a traceback."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from parley.cli.app import app

HEAD = """schema: parley/scenario/1
title: Anything
question: {text: What holds?, asked_by: p0}
as_of: 2020-01-01
issues: [{id: land, name: Land, question: How much?}]
parties:
"""

KINDS = ("options", "states", "drawn")


def estimate(rng):
    low, mode, high = np.sort(rng.integers(0, 5, 3)).tolist()
    return f"{{low: {low}, mode: {mode}, high: {high}}}"


def expression(rng, names, depth=2):
    """A random expression in the language of option prioritisation."""
    if depth == 0 or rng.random() < 0.3:
        return f"{'-' * int(rng.integers(2))}{rng.choice(names)}"
    left, right = expression(rng, names, depth - 1), expression(rng, names, depth - 1)
    return f"({left} {rng.choice(['&', '|', 'IF', 'IFF'])} {right})"


def statements(rng, names, weighed):
    listed = []
    for k in range(rng.integers(0, 6)):
        importance = f", importance: {estimate(rng)}" if weighed or rng.random() < 0.6 else ""
        identity = f", id: w{rng.integers(10**9)}_{k}" if rng.random() < 0.2 else ""
        listed.append(f"{{says: '{expression(rng, names)}'{importance}{identity}}}")
    return f"statements: [{', '.join(listed)}]"


def preferences(rng, parties, names, states):
    for i in rng.permutation(parties)[: rng.integers(0, parties + 1)].tolist():
        if states and rng.random() < 0.5:
            order = np.split(rng.permutation(states), np.sort(rng.integers(0, len(states) + 1, 2)))
            groups = ", ".join(f"[{', '.join(group.tolist())}]" for group in order if group.size)
            yield f"    - {{party: p{i}, ranking: [{groups}]}}"
        else:
            weighed = bool(rng.random() < 0.3)
            counts = ", counts: by_weight" if weighed else ""
            yield f"    - {{party: p{i}, {statements(rng, names, weighed)}{counts}}}"


def conflict(rng, kind, parties):
    """The lines of a conflict of one of the three kinds."""
    count = int(rng.integers(1, 5))
    options = [f"o{k}" for k in range(count)] if kind != "drawn" else []
    states = [f"s{k}" for k in range(rng.integers(1, 6))] if kind != "options" else []
    yield "conflict:"
    if options:
        yield "  options:"
        for name in options:
            changes = rng.choice(["both_ways", "stays_taken", "stays_dropped"])
            means = f", means: [{{issue: land, at: {rng.integers(0, 101)}}}]" if rng.random() < 0.4 else ""
            now = "true" if rng.random() < 0.3 else "false"
            party = f"p{rng.integers(parties)}"
            fields = f"name: An option, words: w, initially: {now}, changes: {changes}{means}"
            yield f"    - {{id: {name}, party: {party}, {fields}}}"
    if kind == "options" and rng.random() < 0.5:
        yield f"  infeasible: [{{when: '{expression(rng, options)}'}}]"
    if kind == "states":  # the combinations are dealt out among the states by number
        dealt = [[] for _ in states]
        for code in range(2**count):
            every = [name if code >> k & 1 else f"-{name}" for k, name in enumerate(options)]
            dealt[int(rng.integers(len(states)))].append(f"({' & '.join(every)})")
        kept = [(name, whens) for name, whens in zip(states, dealt, strict=True) if whens]
        states = [name for name, _ in kept]
        yield "  states:"
        yield from (f"    - {{id: {name}, when: '{' | '.join(whens)}'}}" for name, whens in kept)
    if kind == "drawn":
        yield "  states: [" + ", ".join(f"{{id: {name}}}" for name in states) + "]"
        yield "  moves:"
        for _ in range(rng.integers(1, 8)):
            source, target = rng.choice(states), rng.choice(states)
            yield f"    - {{party: p{rng.integers(parties)}, leaves: {source}, reaches: [{target}]}}"
        yield f"  status_quo: {rng.choice(states)}"
    names = states if kind == "drawn" else options + states
    listed = list(preferences(rng, parties, names, states))
    yield from ["  preferences:", *listed] if listed else []
    if rng.random() < 0.7:
        yield f"  agreement: '{expression(rng, names)}'"


def scenario(seed):
    rng = np.random.default_rng(seed)
    parties = int(rng.integers(1, 5))
    lines = [f"  - {{id: p{i}, name: P{i}, role: other, capability: 1}}" for i in range(parties)]
    lines += conflict(rng, KINDS[seed % 3], parties)
    return HEAD + "\n".join(lines) + "\n"


@pytest.mark.parametrize("block", range(3))
def test_random_conflicts_through_the_command(block, tmp_path):
    answered = 0
    for seed in range(40 * block, 40 * (block + 1)):
        path = tmp_path / f"{seed}.yaml"
        path.write_text(scenario(seed), encoding="utf-8")
        more = ("--draws", "20") if seed % 2 else ()
        concept = ("R", "GMR", "SMR", "SEQ", "SSEQ", "SIM")[seed // 3 % 6]
        call = ("run", str(path), "--engine", "graph_model", "--set", f"concept={concept}", "--json", *more)
        done = CliRunner().invoke(app, call)
        assert done.exception is None or isinstance(done.exception, SystemExit), (seed, done.exception)
        assert done.exit_code in (0, 3, 4), (seed, done.output)
        if done.exit_code != 0:
            assert done.stderr.strip(), seed
            assert "Traceback" not in done.stderr, seed
            continue
        answered += 1
        told = json.loads(done.stdout)["engines"]["graph_model"]["detail"]
        for name in told.get("necessary", {}):
            states = told["equilibria"][name]
            surely, maybe = set(told["necessary"][name]), set(told["possible"][name])
            assert surely <= set(states) <= maybe | set(told["undecided"][name]["possible"]), (seed, name)
    assert answered > 15, "most of them can be answered"
