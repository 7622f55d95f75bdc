"""The command line as a user meets it: exit codes, messages, and what goes to which stream."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from typer.main import get_command
from typer.testing import CliRunner

import parley
from parley import resources, workbench
from parley.cli import show
from parley.cli.app import app
from parley.cli.options import debugging

CASE = "tutorial/two-valleys"
COMMANDS = sorted(get_command(app).commands)
runner = CliRunner()


@pytest.fixture(autouse=True)
def no_colour_no_debugging(monkeypatch, tmp_path):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "100")
    yield
    debugging["on"] = False


@pytest.fixture
def scenario(tmp_path):
    """A copy of the small case, to be spoilt."""
    path = tmp_path / "scenario.yaml"
    path.write_bytes(resources.read(f"catalog/{CASE}/scenario.yaml"))
    return path


def call(*arguments):
    return runner.invoke(app, [str(each) for each in arguments])


def spoil(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_shows_an_example_of_it(command):
    done = call(command, "--help")
    assert done.exit_code == 0
    assert re.search(rf"Example: parley {command}\b", done.output), done.output


def test_the_help_lists_every_command_and_says_where_to_start():
    done = call("--help")
    assert done.exit_code == 0
    assert all(command in done.output for command in COMMANDS)
    assert "Start with: parley demo" in done.output


def test_the_version_is_told():
    assert call("--version").output == f"parley {parley.__version__}\n"


def test_a_sound_scenario_ends_with_0_and_says_what_it_holds():
    done = call("check", CASE, "--grounds")
    assert done.exit_code == 0
    assert "2 parties, 2 issues" in done.output
    assert "Every number rests on something." in done.output


def test_an_unknown_command_ends_with_2():
    assert call("breif", CASE).exit_code == 2


def test_an_unknown_option_ends_with_2():
    assert call("run", CASE, "--drawss", "5").exit_code == 2


@pytest.mark.parametrize("count", ["-1", "many", "1000001"])
def test_a_number_of_draws_that_cannot_be_ends_with_2(count):
    assert call("run", CASE, "--draws", count).exit_code == 2


def test_an_unknown_engine_ends_with_2_and_a_suggestion():
    done = call("run", CASE, "--engine", "median_votter")
    assert done.exit_code == 2
    assert "did you mean 'median_voter'?" in done.stderr


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("ties=lower", "did you mean 'tie'"),
        ("tie=lowest", "did you mean 'lower'?"),
        ("tie", "write --set key=value"),
        ("compromise_model.tie=lower", "'compromise_model.tie'"),
    ],
)
def test_a_setting_that_cannot_be_ends_with_2_and_a_hint(setting, message):
    done = call("run", CASE, "--set", setting, "--draws", "0")
    assert done.exit_code == 2
    assert message in done.stderr


def test_an_unknown_schema_ends_with_2_and_a_suggestion():
    done = call("schema", "comparee")
    assert done.exit_code == 2
    assert "did you mean 'compare'" in done.stderr


@pytest.mark.parametrize("command", ["check", "run", "compare", "brief"])
def test_a_bad_scenario_ends_with_3_and_names_the_place_of_every_problem(command, scenario):
    spoil(scenario, "asked_by: upper", "asked_by: uper")
    spoil(scenario, "high: 45, grounds: [F1]", "high: 450, grounds: [F1]")
    done = call(command, scenario)
    assert done.exit_code == 3
    places = re.findall(rf"^{re.escape(str(scenario))}:(\d+):(\d+): (\S+): ", done.stderr, flags=re.MULTILINE)
    lines = scenario.read_text(encoding="utf-8").splitlines()
    assert len(places) == 2, done.stderr
    assert {path for _, _, path in places} == {"question.asked_by", "positions[0].position.high"}
    for line, column, path in places:
        assert lines[int(line) - 1][int(column) - 1 :].startswith(("uper", "450", "asked_by", "high")), path
    assert "did you mean 'upper'?" in done.stderr
    assert "2 problems found." in done.stderr


def test_the_problems_of_a_bad_scenario_are_data_too(scenario):
    spoil(scenario, "asked_by: upper", "asked_by: uper")
    done = call("check", scenario, "--json")
    assert done.exit_code == 3
    (problem,) = json.loads(done.stdout)["problems"]
    assert (problem["path"], problem["line"]) == ("question.asked_by", 5)


def test_numbers_that_rest_on_nothing_are_listed_on_demand(scenario):
    spoil(scenario, "high: 60, grounds: [J1]}", "high: 60}")
    done = call("check", scenario, "--grounds")
    assert "parties[upper].capability rests on nothing" in done.output
    assert "1 number rests on nothing." in done.output


def test_an_engine_that_was_asked_for_and_cannot_run_ends_with_4(scenario):
    text = scenario.read_text(encoding="utf-8")
    start, end = text.index("\nwar:"), text.index("\nconflict:")
    scenario.write_text(text[:start] + text[end:], encoding="utf-8")
    done = call("run", scenario, "--engine", "war_bargaining")
    assert done.exit_code == 4
    assert "war" in done.stderr


def test_an_engine_that_was_not_asked_for_and_cannot_run_is_a_warning(scenario):
    text = scenario.read_text(encoding="utf-8")
    start, end = text.index("\nwar:"), text.index("\nconflict:")
    scenario.write_text(text[:start] + text[end:], encoding="utf-8")
    done = call("run", scenario, "--draws", "5")
    assert done.exit_code == 0
    assert "Warning: war_bargaining did not run: the scenario has no war" in done.stderr


def test_a_file_that_is_not_there_ends_with_5(tmp_path):
    done = call("check", tmp_path / "nowhere.yaml")
    assert done.exit_code == 5
    assert "nowhere.yaml" in done.stderr


def test_output_that_cannot_be_written_ends_with_5(tmp_path):
    (tmp_path / "file").write_text("a file, not a folder", encoding="utf-8")
    done = call("brief", CASE, "--draws", "5", "--html", tmp_path / "file" / "briefing.html")
    assert done.exit_code == 5
    assert "briefing.html" in done.stderr


@pytest.mark.parametrize("arguments", [("check", "nowhere.yaml"), ("run", CASE, "--engine", "oracle"), ("schema", "x")])
def test_an_error_shows_no_traceback(arguments):
    done = call(*arguments)
    assert done.exit_code
    assert "Traceback" not in done.output + done.stderr


def test_debug_shows_where_an_error_comes_from():
    done = call("--debug", "run", CASE, "--engine", "oracle")
    assert done.exit_code
    assert isinstance(done.exception, parley.ParleyError)


def test_a_fault_of_the_program_is_told_without_a_traceback(monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("parley.workbench.engines", broken)
    done = call("engines")
    assert done.exit_code == 1
    assert "Parley has a fault: ZeroDivisionError: by nought" in done.stderr


def test_too_little_memory_is_no_fault_of_the_program(monkeypatch):
    def greedy(*_, **__):
        raise MemoryError

    monkeypatch.setattr("parley.workbench.run", greedy)
    done = call("run", CASE)
    assert done.exit_code == 5
    assert "fewer draws need less" in done.stderr


def test_output_has_no_colour_where_none_is_wanted_and_fits_80_columns(tmp_path):
    for arguments in (["engines"], *([verb, CASE, "--draws", "5"] for verb in ("run", "compare", "brief"))):
        done = call(*arguments)
        assert done.exit_code == 0, done.output
        assert "\x1b" not in done.output
        assert max(map(len, done.stdout.splitlines())) <= 80, arguments


def test_the_demo_leaves_a_briefing_and_a_scenario_that_it_does_not_overwrite(tmp_path):
    folder = tmp_path / "a folder"
    assert call("demo", "--out", folder, "--draws", "5").exit_code == 0
    assert (folder / "briefing.html").stat().st_size > 50_000
    (folder / "scenario.yaml").write_text("mine", encoding="utf-8")
    done = call("demo", "--out", folder, "--draws", "5")
    assert "briefing.html" in done.output
    assert (folder / "scenario.yaml").read_text(encoding="utf-8") == "mine"


def test_the_number_of_jobs_does_not_show_in_the_output(tmp_path):
    command = ("run", CASE, "--draws", "20", "--json")
    outputs = {call(*command, "--jobs", jobs, "--store", tmp_path / jobs).stdout for jobs in "12"}
    assert len(outputs) == 1


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_a_long_run_can_be_interrupted_and_says_that_it_goes_on_from_there(tmp_path):
    command = [sys.executable, "-m", "parley", "run", CASE, "--draws", "20000", "--store", str(tmp_path)]
    started = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while not any(tmp_path.rglob("*.npz")):
        assert started.poll() is None, started.communicate()
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    _, errors = started.communicate(timeout=60)
    assert started.returncode == 130
    assert "goes on from there" in errors
    assert "Traceback" not in errors


def process(*arguments, **environment):
    """Run the command in a process of its own, where streams have an encoding and can break."""
    command = [sys.executable, "-m", "parley", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=os.environ | environment, timeout=120, check=False)


def test_a_terminal_that_knows_only_ascii_gets_plain_characters_and_the_same_json(tmp_path):
    read = process("brief", CASE, "--draws", "5", "--store", tmp_path, PYTHONIOENCODING="ascii")
    assert read.returncode == 0, read.stderr
    assert b'puts "Open' in b" ".join(read.stdout.split())
    command = ("brief", CASE, "--draws", "5", "--store", tmp_path, "--json")
    escaped, whole = (process(*command, PYTHONIOENCODING=name).stdout for name in ("ascii", "utf-8"))
    assert escaped.isascii() and not whole.isascii()
    assert json.loads(escaped) == json.loads(whole)


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
@pytest.mark.parametrize("arguments", [("engines",), ("schema",)])
def test_a_reader_who_stops_reading_is_no_error(arguments):
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "parley", *arguments]
    try:
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_usual_folder_for_runs_that_cannot_be_written_is_a_warning(tmp_path, monkeypatch, caplog):
    (tmp_path / "file").write_text("a file, not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    done = call("run", CASE, "--draws", "5", "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["draws"] == 5
    assert "finished parts of the run are not kept" in caplog.text


def test_a_folder_for_runs_that_was_asked_for_and_cannot_be_written_ends_with_5(tmp_path):
    (tmp_path / "file").write_text("a file, not a folder", encoding="utf-8")
    done = call("run", CASE, "--draws", "5", "--store", tmp_path / "file")
    assert done.exit_code == 5
    assert f"cannot write to the folder {tmp_path / 'file'}" in done.stderr


def test_runs_of_a_folder_are_kept_beside_its_scenario_file_and_problems_name_the_file(scenario):
    assert call("run", scenario.parent, "--draws", "5").exit_code == 0
    assert (scenario.parent / "runs").is_dir()
    spoil(scenario, "asked_by: upper", "asked_by: uper")
    assert call("check", scenario.parent).stderr.startswith(f"{scenario}:5:")


def test_an_unknown_section_ends_with_2_and_a_suggestion_before_anything_is_computed(monkeypatch):
    monkeypatch.setattr("parley.workbench.compare", lambda *_, **__: pytest.fail("it was computed"))
    done = call("brief", CASE, "--section", "delayy")
    assert done.exit_code == 2
    assert "did you mean 'delay'?" in done.stderr
    assert call("brief", CASE, "--section", "delay", "--json").exit_code == 2


def test_every_section_of_a_briefing_can_be_asked_for():
    names = [each.id for each in parley.brief(parley.compare(CASE, draws=0)).sections]
    assert len(names) == len(set(names)) > 12
    workbench.insist_on_sections(names)


def test_an_engine_asked_for_beside_others_that_cannot_run_ends_with_4(scenario):
    text = scenario.read_text(encoding="utf-8")
    start, end = text.index("\nwar:"), text.index("\nconflict:")
    scenario.write_text(text[:start] + text[end:], encoding="utf-8")
    done = call("run", scenario, "--engine", "war_bargaining", "--engine", "median_voter", "--draws", "5")
    assert done.exit_code == 4
    assert "no draw gave a result: war_bargaining" in done.stderr
    assert "Withdrawal" in done.stdout


@pytest.mark.parametrize("command", ["run", "compare", "brief"])
def test_an_engine_without_any_answer_ends_with_4_and_says_why_after_printing_what_there_is(command):
    done = call(command, CASE, "--draws", "5", "--engine", "graph_model", "--set", "max_states=2")
    assert done.exit_code == 4
    assert "5 of 5 draws have no answer (the conflict has 4 feasible states" in done.stderr
    assert "Two valleys, one river" in done.stdout
    assert "nan" not in done.stdout


def test_a_party_is_told_what_it_could_do_and_what_it_would_take():
    done = call("sensitivity", CASE, "--engine", "compromise_model", "--draws", "20")
    assert "What Upper valley could do" in done.stdout
    assert "Water: ask for" in done.stdout
    assert "Water: persuade Lower valley" in done.stdout
    assert "Who holds the settlement where it is" in done.stdout


def test_a_party_that_does_not_exist_is_refused_with_a_suggestion():
    done = call("sensitivity", CASE, "--party", "uper")
    assert done.exit_code == 2
    assert "did you mean 'upper'" in done.stderr


def test_a_comparison_of_the_modes_speaks_of_no_draws():
    done = call("compare", CASE, "--draws", "0")
    assert "Every estimate at its mode. Differences from no change." in done.stdout
    assert "draws" not in done.stdout


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([1234.4] * 3, ("1234", "")),
        ([0.25, 0.25], ("0.25", "")),
        ([float("nan")], ("–", "")),
        ([10.0, 20.0, 30.0], ("20", "11 to 29")),
    ],
)
def test_a_spread_is_written_without_powers_of_ten_and_without_a_range_that_is_none(values, shown):
    assert show._spread(np.array(values)) == shown


def test_the_engines_of_a_scenario_name_its_file_by_its_digest(scenario):
    inputs = json.loads(call("engines", scenario, "--json").stdout)["inputs"]
    assert inputs == {str(scenario): hashlib.sha256(scenario.read_bytes()).hexdigest()}


def test_the_demo_prints_commands_that_can_be_pasted_although_its_folder_has_a_space(tmp_path):
    folder = tmp_path / "a folder"
    done = call("demo", CASE, "--out", folder, "--draws", "5")
    assert f"parley check '{folder / 'scenario.yaml'}'" in done.stdout


@pytest.mark.skipif(not os.path.exists("/dev/stdin"), reason="the system has no /dev/stdin")
def test_a_scenario_that_comes_through_a_pipe_is_read_once_and_its_digest_told(tmp_path):
    """A pipe gives its content only once: what is run and what is reported must be the same bytes."""
    content = resources.read("catalog/tutorial/two-valleys/scenario.yaml")
    command = [sys.executable, "-m", "parley", "run", "/dev/stdin", "--engine", "median_voter", "--json"]
    done = subprocess.run(command, input=content, capture_output=True, check=True, cwd=tmp_path)
    assert json.loads(done.stdout)["inputs"] == {"/dev/stdin": hashlib.sha256(content).hexdigest()}


def test_a_table_becomes_a_scenario_that_is_sound_and_is_never_written_over(tmp_path):
    table, out = tmp_path / "talks.csv", tmp_path / "talks.yaml"
    table.write_text(
        "Talks,two on one,3,1\nActor,Description,Power,Position,Salience\nA,a,1,0,50\nB,b,1,50,50\nC,c,2,100,9\n"
    )
    assert "3 parties, 1 issues, 3 positions" in call("import", "ktab", str(table), "-o", str(out)).stdout
    assert call("check", str(out)).exit_code == 0
    again = call("import", "ktab", str(table), "-o", str(out))
    assert again.exit_code == 5
    assert "exists" in again.stderr


def test_a_shipped_case_is_found_by_the_last_part_of_its_name_and_answers_in_its_own_unit(tmp_path, monkeypatch):
    """The published case of car emissions: the median wanders between 7 and 10 years and is back at 7 in round 10."""
    monkeypatch.chdir(tmp_path)
    done = call("run", "ec-cars", "--engine", "challenge_model")
    assert done.exit_code == 0
    assert re.search(r"Delay of the standards, years +challenge model +7\b", done.stdout)
    assert re.search(r"Median +7\.00 +9\.61 ", done.stdout)
    (tmp_path / "ec-cars").write_text("title: mine")
    assert call("check", "ec-cars").exit_code == 3, "a file goes before a case of its name"


def test_a_scenario_becomes_tables_that_are_written_over_only_when_told(tmp_path):
    out = tmp_path / "tables"
    done = call("export", "excel", CASE, "-o", str(out))
    assert f"Wrote {out / 'positions.csv'}." in done.stdout
    assert "Note: of these sections, the tables hold the numbers alone: levers, clock" in done.stdout
    again = call("export", "excel", CASE, "-o", str(out))
    assert again.exit_code == 5
    assert "--overwrite" in again.stderr
    document = json.loads(call("export", "excel", CASE, "-o", str(out), "--overwrite", "--json").stdout)
    for file in document["files"]:
        assert hashlib.sha256((tmp_path / "tables" / file["path"]).read_bytes()).hexdigest() == file["sha256"]


def test_a_scenario_that_nobody_has_a_position_in_is_no_table_for_other_programs(tmp_path):
    path = tmp_path / "empty.yaml"
    case = resources.read("catalog/tutorial/two-valleys/scenario.yaml").decode()
    path.write_text(case[: case.index("\npositions:")] + "\n")
    done = call("export", "ktab", str(path), "-o", str(tmp_path / "out.csv"))
    assert done.exit_code == 2
    assert "no positions" in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_every_wrong_row_of_a_table_is_told_by_its_line(tmp_path):
    table = tmp_path / "talks.csv"
    table.write_text(
        "Talks,two on one,3,1\nActor,Description,Power,Position,Salience\nA,a,1,130,50\nB,b,x,50,50\nC,c,2,9,9\n"
    )
    done = call("import", "ktab", str(table), "-o", str(tmp_path / "out.yaml"))
    assert done.exit_code == 3
    assert f"{table}:3:" in done.stderr
    assert f"{table}:4:" in done.stderr


@pytest.mark.parametrize("command", [("score", "deu3"), ("sensitivity", "tutorial/two-valleys")])
def test_where_no_engine_has_an_answer_the_command_ends_with_4(command, tmp_path, monkeypatch):
    case = resources.read("catalog/tutorial/two-valleys/scenario.yaml").decode()
    path = tmp_path / "peace.yaml"
    path.write_text(case[: case.index("\nclock:")] if command[0] == "sensitivity" else "")
    target = str(path) if command[0] == "sensitivity" else command[1]
    done = call(command[0], target, "--engine", "war_bargaining")
    assert done.exit_code == 4
    assert "no engine gave a result: war_bargaining needs war" in done.stderr


def test_no_table_of_settlements_is_printed_where_no_engine_names_one(tmp_path):
    """At the modes no resting point of the shipped case is an agreement, so the graph model is silent on issues."""
    told = call("run", "ukraine-2025-03", "--engine", "graph_model", "--store", str(tmp_path)).output
    assert "How likely agreement is" in told
    assert "Where each issue would settle" not in told


def test_a_table_of_settlements_says_whose_range_covers_the_misses_of_models():
    said = " ".join(call("run", CASE, "--draws", "20").stdout.split())
    assert "Only the settlement distribution's says how far outcomes fell from such forecasts" in said
    alone = " ".join(call("run", CASE, "--draws", "20", "--engine", "median_voter").stdout.split())
    assert "how far outcomes fell" not in alone


def test_a_conflict_goes_out_to_another_program_and_comes_back(tmp_path):
    out, back = tmp_path / "elmira.gmcr", tmp_path / "back.yaml"
    done = call("export", "gmcr", "elmira-1991", "-o", str(out))
    assert done.exit_code == 0
    assert "Note: the state 's9' is 4 combinations of options, and so 4 states there" in done.stdout
    assert "3 parties, 5 options" in call("import", "gmcr", str(out), "-o", str(back), "--date", "1991-01-01").stdout
    run = json.loads(call("run", str(back), "--engine", "graph_model", "--json").stdout)
    assert run["engines"]["graph_model"]["detail"]["equilibria"]["R"] == ["s5", "s6", "s7", "s10", "s11", "s12"]
    out.write_text(out.read_text().replace('"fwd"', '"forward"', 1))
    again = call("import", "gmcr", str(out), "-o", str(tmp_path / "other.yaml"))
    assert again.exit_code == 3
    assert re.search(r"elmira\.gmcr:5:\d+: options\[0\]\.permittedDirection: the direction 'forward'", again.stderr)


def test_a_truce_is_judged_by_the_terms_that_are_given():
    done = call("durability", "--terms", "side=bilateral,class=preliminary,days=30,monitoring=yes")
    assert done.exit_code == 0
    for words in ("Bilateral preliminary ceasefire for 30 days, monitored", "28-35 days", "civil conflicts", "Ratio"):
        assert words in done.output


def test_terms_that_are_given_win_over_those_of_the_scenario_and_the_seed_decides_all():
    one, again = (call("durability", CASE, "--terms", "monitoring=yes", "--seed", 7, "--json") for _ in range(2))
    document = json.loads(one.stdout)
    assert one.stdout == again.stdout
    assert document["terms"]["monitoring"] is True and document["terms"]["written"] is True
    assert (document["seed"], list(document["inputs"])) == (7, [CASE])


@pytest.mark.parametrize(
    "arguments, told",
    [
        ((), "name a scenario, or say what the truce would be"),
        (("--terms", "sid=bilateral"), "did you mean 'side'"),
        (("--terms", "class=prelim"), "did you mean 'preliminary'"),
        (("--terms", "side"), "'side' is no setting"),
        (("graph-model/chicken",), "the scenario has no terms of a truce"),
    ],
)
def test_a_truce_that_nobody_described_is_refused_with_a_hint(arguments, told):
    done = call("durability", *arguments)
    assert done.exit_code == 2
    assert told in done.stderr


def test_the_users_own_copy_of_the_data_that_is_none_is_told(tmp_path):
    table = tmp_path / "data.csv"
    table.write_text("a,b\n1,2\n")
    missing = call("durability", "--terms", "side=bilateral", "--data", tmp_path / "none.csv")
    wrong = call("durability", "--terms", "side=bilateral", "--data", table)
    assert missing.exit_code == 5 and "own copy of the ETH/PRIO data set" in missing.stderr
    assert wrong.exit_code == 3 and "no column cc" in wrong.stderr


def test_packages_are_told_in_words_and_as_data():
    done = call("packages", CASE)
    assert done.exit_code == 0
    assert "could sign. That is necessary for a deal, not sufficient" in " ".join(done.stdout.split())
    assert "20 days" in done.stdout and "Leaning to the lower" in done.stdout
    told = json.loads(call("packages", CASE, "--json").stdout)
    assert (told["schema"], told["zone"], told["seed"]) == ("parley/packages/1", True, None)
    assert [each["leans_to"] for each in told["proposals"]] == [None, "upper", "lower"]


def test_packages_of_a_closed_zone_say_which_red_lines_close_it():
    done = call("packages", "ceasefires/ukraine-2025-03", "--set", "levels=5")
    assert "the red line of Ukraine on Territory (no more than 55 of 100)" in " ".join(done.stdout.split())
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_packages_of_a_scenario_without_positions_end_with_4():
    done = call("packages", "graph-model/chicken")
    assert done.exit_code == 4
    assert "the scenario has no positions" in done.stderr
