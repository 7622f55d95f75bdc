"""From a file of statements to a scenario that runs, as a user does it on the command line."""

import json

import pytest
from typer.testing import CliRunner

from parley import workbench
from parley.cli.app import app

BOOK = "ceasefires/ukraine-2025-03"
TEXT = """Envoys trade terms

17 March 2025

Moscow would accept a ceasefire only if all arms deliveries to Ukraine are banned. Washington wants an unconditional
ceasefire of 30 days. Lena Orlova said Russia will demand an end to sanctions.
"""
SAID = [
    ("s1", "would accept a ceasefire", {"speaker": "Moscow", "kind": "offer", "conditions": ["s2"]}),
    ("s2", "all arms deliveries to Ukraine are banned", {"speaker": "Moscow", "kind": "condition"}),
    ("s3", "an unconditional\nceasefire of 30 days", {"speaker": "Washington", "kind": "proposal"}),
    (
        "s4",
        "Russia will demand an end to sanctions",
        {"speaker": "Lena Orlova", "holder": "Russia", "kind": "prediction"},
    ),
]


def call(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments], env={"NO_COLOR": "1", "COLUMNS": "100"})


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "talks.txt").write_text(TEXT, encoding="utf-8")
    lines = []
    for name, words, more in SAID:
        start = TEXT.index(words)
        held = {"schema": "parley/statement/1", "doc": "talks.txt", "id": name, "words": [words], **more}
        lines.append(json.dumps({**held, "content": [[start, start + len(words)]]}) + "\n")
    (tmp_path / "statements.jsonl").write_text("".join(lines))
    return tmp_path


def coded(folder):
    done = call("code", folder / "statements.jsonl", "--codebook", BOOK, "-o", folder / "claims.jsonl")
    assert done.exit_code == 0, done.output
    return done


def composed(folder, *options):
    return call("compose", folder / "claims.jsonl", "--codebook", BOOK, "-o", folder / "scenario.yaml", *options)


def test_statements_become_a_scenario_that_the_compromise_model_runs(folder):
    assert "4 statements: 4 claims place a party" in coded(folder).stdout
    done = composed(folder, "--asked-by", "united_states")
    assert done.exit_code == 0, done.output
    assert "salience" in done.stdout
    scenario = workbench.load(folder / "scenario.yaml")
    stands = {(each.party, each.issue): each for each in scenario.positions}
    assert set(stands) == {
        ("russia", "truce"),
        ("russia", "arms_deliveries"),
        ("united_states", "truce"),
        ("united_states", "truce_length"),
    }
    assert [each.only_if for each in stands["russia", "truce"].conditions] == ["arms_deliveries <= 22.5"]
    assert [each.by for each in scenario.predictions] == ["Lena Orlova"]
    run = json.loads(call("run", folder / "scenario.yaml", "--engine", "compromise_model", "--json").stdout)
    settlement = run["engines"]["compromise_model"]["settlement"]
    assert settlement == pytest.approx({"truce": 100, "truce_length": 30, "arms_deliveries": 0}, abs=1e-6)


def test_every_claim_of_the_scenario_leads_back_to_its_words(folder):
    coded(folder)
    composed(folder)
    for claim in workbench.load(folder / "scenario.yaml").claims:
        words = next(words for name, words, _ in SAID if claim.statement.endswith(f":{name}"))
        assert [TEXT[span.start : span.end] for span in claim.spans] == [words]


def test_what_nobody_has_judged_is_listed_by_check(folder):
    coded(folder)
    composed(folder)
    listed = call("check", folder / "scenario.yaml", "--grounds").stdout
    assert "parties[russia].capability rests on nothing" in listed
    assert "positions[russia, truce].salience rests on nothing" in listed


def test_a_reviewers_rejection_is_taken_into_account(folder):
    coded(folder)
    claim = next(
        json.loads(line)["id"]
        for line in (folder / "claims.jsonl").read_text().splitlines()
        if '"issue": "truce_length"' in line
    )
    (folder / "decisions.jsonl").write_text(json.dumps({"claim": claim, "action": "reject", "because": "no"}))
    done = call(
        "review", folder / "claims.jsonl", "--codebook", BOOK, "--decisions", folder / "decisions.jsonl", "--by", "Ana"
    )
    assert "1 rejected" in done.stdout
    composed(folder)
    assert "truce_length" not in workbench.load(folder / "scenario.yaml").issue_ids


def test_a_review_needs_a_terminal_or_a_file_of_decisions(folder):
    coded(folder)
    done = call("review", folder / "claims.jsonl", "--codebook", BOOK)
    assert done.exit_code == 2
    assert "--decisions" in done.stderr


def test_nothing_that_is_there_is_overwritten(folder):
    coded(folder)
    assert composed(folder).exit_code == 0
    done = composed(folder)
    assert done.exit_code == 5
    assert "exists" in done.stderr


def test_into_renews_a_scenario_and_keeps_its_comments(folder):
    coded(folder)
    composed(folder)
    path = folder / "scenario.yaml"
    path.write_text(path.read_text().replace("parties:\n", "# mine\nparties:\n", 1))
    again = composed(folder, "--into", path)
    assert again.exit_code == 0, again.output
    assert "# mine" in path.read_text()


def test_a_wrong_statement_is_told_with_file_and_line(folder):
    path = folder / "statements.jsonl"
    path.write_text(path.read_text().replace('"kind": "proposal"', '"kind": "wish"'))
    done = call("code", path, "--codebook", BOOK)
    assert done.exit_code == 3
    assert f"{path}:3: kind: is text ('wish')" in done.stderr
