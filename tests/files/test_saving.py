"""Saving: what is loaded again is what was saved, and what the author wrote around it stays."""

import dataclasses
import difflib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import resources
from parley.domain.estimate import Estimate
from parley.domain.issue import Scale
from parley.domain.scenario import Scenario
from parley.errors import FileError, ScenarioError
from parley.files import scenarios, units
from tests.builders import tiny_scenario

SALT = Path(__file__).parent / "salt.yaml"

COMMENTED = (
    SALT.read_text(encoding="utf-8")
    .replace("title:", "# what this is about – said by nobody\n\ntitle:")
    .replace("    salience: 0.5\n", "    salience: 0.5   # half of all\n    # nothing follows\n")
    .replace(
        "  - party: hills\n    issue: salt\n",
        "  # the hills\n\n  - issue: 'salt'\n    party: \"hills\"   # first named\n",
    )
    .replace(
        "    scale: {low: 0, high: 40, unit: tons}", "    scale: {low:   0, high: 40,\n       unit: tons}  # as printed"
    )
    .replace("outcomes:", "# ---- the ladder ----\noutcomes:   # from bad to good")
    + "\n# the end\n"
)


def replaced(scenario: Scenario, section: str, index: int, **changes: object) -> Scenario:
    items = list(getattr(scenario, section))
    items[index] = dataclasses.replace(items[index], **changes)
    return dataclasses.replace(scenario, **{section: tuple(items)})


def changed_lines(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


@pytest.fixture
def commented(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(COMMENTED, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "scenario",
    [tiny_scenario(), scenarios.load(SALT), *map(scenarios.load, resources.cases())],
    ids=lambda each: each.title[:12],
)
def test_what_is_saved_is_loaded_again(scenario, tmp_path):
    scenarios.save(scenario, tmp_path / "new.yaml")
    again = scenarios.load(tmp_path / "new.yaml")
    assert again == scenario
    assert again.digest == scenario.digest
    as_json = json.dumps(scenarios.to_file_form(scenario)).encode()
    assert scenarios.load_bytes(as_json).digest == scenario.digest


def test_a_file_that_holds_the_scenario_already_is_not_touched(commented):
    before = commented.stat()
    scenarios.save(scenarios.load(commented), commented)
    after = commented.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_one_changed_number_changes_one_place(commented):
    scenario = scenarios.load(commented)
    scenarios.save(replaced(scenario, "positions", 0, salience=Estimate.exactly(0.75)), commented)
    lines = changed_lines(COMMENTED, commented.read_text(encoding="utf-8"))
    assert lines == ["-     salience: 0.5   # half of all", "+     salience: 0.75   # half of all"]


def test_a_point_is_written_in_the_issues_own_unit(commented):
    scenario = scenarios.load(commented)
    point = dataclasses.replace(scenario.positions[0].position, low=25.0, mode=37.5)
    scenarios.save(replaced(scenario, "positions", 0, position=point), commented)
    lines = changed_lines(COMMENTED, commented.read_text(encoding="utf-8"))
    assert lines[1] == "+     position: {low: 10, mode: 15, high: 20, grounds: [F1]}"


def test_new_keys_and_items_come_in_place_and_all_comments_stay(commented):
    scenario = scenarios.load(commented)
    scenario = replaced(scenario, "parties", 1, note="yes", aliases=("the hill folk",))
    scenario = replaced(scenario, "positions", 1, flexibility=Estimate.exactly(0.2))
    lever = dataclasses.replace(scenario.levers[0], id="embargo", name="Embargo: all goods # none")
    scenario = dataclasses.replace(scenario, levers=(lever, *scenario.levers), outcomes=scenario.outcomes[1:])
    scenarios.save(scenario, commented)
    text = commented.read_text(encoding="utf-8")
    assert scenarios.load(commented) == scenario
    for line in COMMENTED.splitlines():
        if "#" in line:
            assert line[line.index("#") :] in text
    assert 'note: "yes"' in text
    assert "no_deal" not in text
    assert text.index("embargo") < text.index("blockade")


def test_a_file_with_windows_line_ends_can_be_changed(commented):
    commented.write_bytes(COMMENTED.replace("\n", "\r\n").encode())
    scenario = dataclasses.replace(scenarios.load(commented), title="Salt")
    scenarios.save(scenario, commented)
    assert commented.read_bytes() == COMMENTED.replace("Salt and timber", "Salt", 1).replace("\n", "\r\n").encode()


def test_a_file_that_is_no_scenario_is_not_overwritten(tmp_path):
    path = tmp_path / "notes.yaml"
    path.write_text("my: notes\n", encoding="utf-8")
    with pytest.raises(ScenarioError):
        scenarios.save(tiny_scenario(), path)
    assert path.read_text(encoding="utf-8") == "my: notes\n"


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileError, match="cannot write"):
        scenarios.save(tiny_scenario(), tmp_path / "file" / "scenario.yaml")


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf")), max_size=40)


@settings(max_examples=25, deadline=None)
@given(title=words, name=words, unit=words)
def test_any_words_come_back_as_they_were(title, name, unit, tmp_path_factory):
    scenario = tiny_scenario(title=title)
    scale = dataclasses.replace(scenario.issues[1].scale, unit=unit)
    scenario = replaced(replaced(scenario, "issues", 1, scale=scale), "parties", 0, name=name)
    folder = tmp_path_factory.mktemp("words")
    scenarios.save(scenario, folder / "new.yaml")
    assert scenarios.load(folder / "new.yaml") == scenario
    (folder / "old.yaml").write_text(COMMENTED, encoding="utf-8")
    old = dataclasses.replace(scenarios.load(folder / "old.yaml"), title=title)
    scenarios.save(old, folder / "old.yaml")
    assert scenarios.load(folder / "old.yaml") == old


@settings(max_examples=300, deadline=None)
@given(
    low=st.floats(-1e6, 1e6).map(lambda x: float(f"{x:.6g}")),
    width=st.floats(1e-3, 1e6).map(lambda x: float(f"{x:.4g}")),
    share=st.floats(0, 1),
)
def test_a_point_in_the_issues_unit_is_read_back_as_the_same_point(low, width, share):
    scale = Scale(low=low, high=low + width)
    point = scale.point(low + share * (scale.high - low))
    if abs(low) < 1e4 * width:
        assert scale.point(units.in_unit(point, scale)) == point
    assert 0 <= point <= 100


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_change_is_saved_into_the_authors_file(data, tmp_path_factory):
    """Sections are thinned, reordered and changed at random; the file holds the change, and the end comment stays."""
    path = tmp_path_factory.mktemp("change") / "case.yaml"
    path.write_text(COMMENTED, encoding="utf-8")
    scenario = scenarios.load(path)
    form = scenarios.to_file_form(scenario)
    for section in data.draw(
        st.lists(st.sampled_from(["positions", "outcomes", "approaches", "predictions"]), unique=True)
    ):
        items = data.draw(st.permutations(form[section]))
        form[section] = items[: data.draw(st.integers(0, len(items)))]
    for position in form["positions"]:
        position["salience"] = data.draw(
            st.sampled_from([0.1, {"low": 0, "mode": 0.5, "high": 1, "because": "a guess"}])
        )
    for name in data.draw(st.lists(st.sampled_from(["clock", "judgements_note", "predictions"]), unique=True)):
        form.pop(name, None)
    try:
        changed = scenarios.load_bytes(json.dumps(form).encode())
    except ScenarioError:
        return
    scenarios.save(changed, path)
    assert scenarios.load(path) == changed
    assert path.read_text(encoding="utf-8").endswith("# the end\n")


SAVER = """
import dataclasses, sys
from parley.files import scenarios
scenario = scenarios.load(sys.argv[1])
print("ready", flush=True)
for number in range(1_000_000):
    scenarios.save(dataclasses.replace(scenario, title=f"Title {number}"), sys.argv[1])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
def test_a_save_that_is_killed_leaves_a_whole_scenario(commented):
    for attempt in range(6):
        with subprocess.Popen([sys.executable, "-c", SAVER, str(commented)], stdout=subprocess.PIPE) as saver:
            assert saver.stdout is not None
            assert saver.stdout.readline() == b"ready\n"
            time.sleep(0.1 + 0.013 * attempt)
            saver.kill()
        scenario = scenarios.load(commented)
        assert commented.read_text(encoding="utf-8") == COMMENTED.replace("Salt and timber", scenario.title, 1)
