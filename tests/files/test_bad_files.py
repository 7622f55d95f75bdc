"""Every file under `tests/bad_files` is refused at the right line, in plain words, with a hint; so are hostile ones.

`expected.tsv` in each folder tells, for each file, a line, a part of a message and a part of its hint. The files are
small changes of one sound case, `tests/files/salt.yaml`.
"""

import csv
from pathlib import Path

import pytest

from parley.errors import Problem, ScenarioError
from parley.files import scenarios
from tests.files.hostile import HOSTILE

ROOT = Path(__file__).parents[1] / "bad_files"
SOUND = (Path(__file__).parent / "salt.yaml").read_text(encoding="utf-8")

Expected = tuple[int, str, str]


def expectations() -> dict[str, list[Expected]]:
    result: dict[str, list[Expected]] = {}
    for sheet in sorted(ROOT.glob("*/expected.tsv")):
        with open(sheet, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                name = f"{sheet.parent.name}/{row['file']}"
                result.setdefault(name, []).append((int(row["line"]), row["message"], row["hint"]))
    return result


EXPECTED = expectations()


def refused(content: bytes, file: str) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as caught:
        scenarios.load_bytes(content, file)
    assert caught.value.exit_code == 3
    return caught.value.problems


def check_form(problems: tuple[Problem, ...], name: str, lines: int) -> None:
    """Every problem has its place, they stand in order, each once, and none speaks the jargon of a library."""
    assert all(problem.file == name and 1 <= problem.line <= lines and problem.column >= 1 for problem in problems)
    assert problems == tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    assert len({(problem.path, problem.message) for problem in problems}) == len(problems)
    text = "\n".join(map(str, problems))
    assert all(mark.isprintable() or mark == "\n" for mark in text)
    for word in ("Input should", "pydantic", "Value error", "<class", "Traceback", "NoneType"):
        assert word not in text


def test_there_are_enough_bad_files_and_each_is_expected():
    assert {path.relative_to(ROOT).as_posix() for path in ROOT.glob("*/*.yaml")} == set(EXPECTED)
    assert len(EXPECTED) >= 120


def test_what_the_bad_files_are_changes_of_is_sound():
    assert scenarios.load_bytes(SOUND.encode()).title == "Salt and timber"


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bad_file_is_refused_at_the_right_line_with_a_hint(name):
    content = (ROOT / name).read_bytes()
    problems = refused(content, name)
    check_form(problems, name, content.count(b"\n") + content.count(b"\r") + 1)
    for line, message, hint in EXPECTED[name]:
        assert any(
            problem.line == line and message in problem.message and hint in problem.hint for problem in problems
        ), "\n".join(map(str, problems))


def test_every_problem_in_a_file_is_reported_at_once():
    name = "many/thirteen_problems.yaml"
    assert len(EXPECTED[name]) == 13
    assert len(refused((ROOT / name).read_bytes(), name)) >= 13


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_does_not_hang(name):
    problems = refused(HOSTILE[name](SOUND).encode(), name)
    assert 1 <= len(problems) <= 201
