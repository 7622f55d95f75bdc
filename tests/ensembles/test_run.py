"""Runs: the same bytes for any number of processes, failures kept, work that was done is not done again."""

import dataclasses
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from parley.ensembles import draw, run
from parley.errors import UsageError
from parley.files.runs import RunStore
from tests.builders import tiny_scenario
from tests.ensembles.toys import Dice, Interrupted, Needy, NorthDecides, Refusing, Slow

ROOT = Path(__file__).parents[2]
TOYS = {"dice": Dice(), "north_decides": NorthDecides()}


def same(one, other):
    """Whether two ensembles hold the same bytes."""
    for name, run_of in one.runs.items():
        assert run_of.data.identical(other.runs[name].data)
        for variable in run_of.data.variables:
            assert run_of.data[variable].values.tobytes() == other.runs[name].data[variable].values.tobytes()
        assert run_of.failures == other.runs[name].failures
    return one.runs.keys() == other.runs.keys()


def test_one_process_and_two_give_the_same_bytes():
    assert same(run(tiny_scenario(), TOYS, draws=520, jobs=1), run(tiny_scenario(), TOYS, draws=520, jobs=2))


def test_the_first_draws_of_a_long_run_are_those_of_a_short_one():
    short, long = run(tiny_scenario(), TOYS, draws=100), run(tiny_scenario(), TOYS, draws=400)
    for name, run_of in short.runs.items():
        assert run_of.data.equals(long.runs[name].data.isel(draw=slice(100)))


def test_an_engines_answers_do_not_depend_on_which_others_run():
    alone, together = run(tiny_scenario(), {"dice": Dice()}, draws=50), run(tiny_scenario(), TOYS, draws=50)
    assert alone.runs["dice"].data.identical(together.runs["dice"].data)


def test_another_seed_gives_other_answers():
    zero, one = (run(tiny_scenario(), TOYS, draws=50, seed=seed) for seed in (0, 1))
    assert not zero.runs["dice"].data.equals(one.runs["dice"].data)
    assert not zero.runs["north_decides"].data.equals(one.runs["north_decides"].data)


def test_draws_made_before_give_what_the_scenario_gives():
    scenario = tiny_scenario()
    assert same(run(scenario, TOYS, draws=60, seed=4), run(draw(scenario, 60, 4), TOYS, seed=4))


def test_a_draw_without_an_answer_is_kept_with_its_reason():
    scenario = tiny_scenario()
    capability = draw(scenario, 300, 0).column(("parties", 0, "capability"))
    dice = run(scenario, {"dice": Dice(limit=1.05)}, draws=300).runs["dice"]
    assert [failure.draw for failure in dice.failures] == np.flatnonzero(capability > 1.05).tolist()
    assert {failure.reason for failure in dice.failures} == {"the north's capability is above 1.05"}
    assert dice.data.sizes["draw"] == 300
    failed = dice.data.sel(draw=[failure.draw for failure in dice.failures])
    for name in ("agreement", "settlement", "payoff", "capability_met", "throws"):
        assert np.isnan(failed[name]).all()
    assert set(failed["verdict"].values) == {""}
    answered = dice.data["capability_met"].dropna("draw")
    assert answered.values.tolist() == capability[capability <= 1.05].tolist()


def test_a_chunk_in_which_every_draw_fails_stands_beside_chunks_with_answers():
    dice = run(tiny_scenario(), {"dice": Dice(limit=0.0)}, draws=260).runs["dice"]
    assert len(dice.failures) == 260
    assert np.isnan(dice.data["payoff"]).all()


def test_an_engine_that_refuses_a_whole_chunk_has_a_failure_for_each_draw():
    refusing = run(tiny_scenario(), {"refusing": Refusing()}, draws=3).runs["refusing"]
    assert [(failure.draw, failure.reason) for failure in refusing.failures] == [(n, "not today") for n in range(3)]


def test_an_engine_without_its_sections_is_a_gap_and_not_an_error():
    ensemble = run(tiny_scenario(), {"needy": Needy(), **TOYS}, draws=5)
    assert ensemble.gaps == {"needy": ("opinion",)}
    assert ensemble.runs.keys() == TOYS.keys()


def test_no_draws_means_one_run_of_the_modes():
    ensemble = run(tiny_scenario(), {"north_decides": NorthDecides()}, draws=0)
    data = ensemble.runs["north_decides"].data
    assert ensemble.draws == 0
    assert data["settlement"].values.tolist() == [[90.0, 75.0]]


def test_a_run_says_how_it_was_made():
    scenario = tiny_scenario()
    made = run(scenario, {"dice": Dice(limit=0.9)}, draws=5, seed=0).runs["dice"].made
    assert (made.engine, made.parameters, made.seed) == ("dice", {"limit": 0.9}, 0)
    assert made.scenario_digest == scenario.digest


def test_progress_is_told_up_to_the_end():
    told = []
    run(tiny_scenario(), TOYS, draws=300, progress=lambda done, total, label: told.append((done, total, label)))
    assert [done for done, _, _ in told] == [0, 250, 300, 550, 600]
    assert {total for _, total, _ in told} == {600}
    assert told[-1][2] == "north_decides"


def test_no_jobs_are_refused():
    with pytest.raises(UsageError, match="0 jobs"):
        run(tiny_scenario(), TOYS, draws=5, jobs=0)


def test_a_bug_in_an_engine_is_not_taken_for_a_failed_draw():
    class Broken(NorthDecides):
        def forecast_many(self, draws, rngs):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(tiny_scenario(), {"broken": Broken()}, draws=5)


def test_a_second_run_takes_every_chunk_from_the_store(tmp_path):
    first = run(tiny_scenario(), TOYS, draws=300, store=RunStore(tmp_path))
    told = []
    second = run(
        tiny_scenario(),
        TOYS,
        draws=300,
        store=tmp_path,
        progress=lambda done, total, label: told.append((done, total)),
    )
    assert same(first, second)
    assert told == [(600, 600)]
    assert same(first, run(tiny_scenario(), TOYS, draws=300))


def test_another_parameter_seed_or_scenario_does_not_find_the_stored_chunks(tmp_path):
    run(tiny_scenario(), {"dice": Dice()}, draws=5, store=tmp_path)
    for engine, seed, scenario in (
        (Dice(limit=0.9), 0, tiny_scenario()),
        (Dice(), 1, tiny_scenario()),
        (Dice(), 0, tiny_scenario(title="Another")),
    ):
        told = []
        run(scenario, {"dice": engine}, draws=5, seed=seed, store=tmp_path, progress=lambda *each: told.append(each[0]))  # noqa: B023
        assert told == [0, 5]


def test_an_interrupted_run_keeps_its_finished_chunks(tmp_path):
    scenario, store = tiny_scenario(), RunStore(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        run(scenario, {"interrupted": Interrupted(at=500)}, draws=1000, store=store)
    assert len(list(tmp_path.glob("*/interrupted-*.npz"))) == 2


KILLED = """
import sys
from parley.ensembles import run
from parley.files.runs import RunStore
from pathlib import Path
from tests.builders import tiny_scenario
from tests.ensembles.toys import Slow

if __name__ == "__main__":
    run(tiny_scenario(), {"slow": Slow(seconds=0.3)}, draws=2500, jobs=int(sys.argv[2]),
    store=RunStore(Path(sys.argv[1])))
"""


def started(folder, jobs):
    script = folder / "killed.py"
    script.write_text(KILLED)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    return subprocess.Popen(
        [sys.executable, str(script), str(folder / "runs"), str(jobs)],
        env=environment,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def wait_for(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def processes_of(session):
    """Ids of the living processes of a session, from the kernel's own list."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if fields[0] != "Z" and int(fields[3]) == session:
            found.append(int(status.parent.name))
    return found


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="counts processes by /proc")
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_killed_leaves_no_process_and_is_completed_by_the_next(tmp_path, jobs, sign):
    folder = tmp_path / "runs"
    process = started(tmp_path, jobs)
    wait_for(lambda: len(list(folder.glob("*/slow-*.npz"))) >= 2)
    os.kill(process.pid, sign)
    process.wait()
    wait_for(lambda: not processes_of(process.pid))
    kept = len(list(folder.glob("*/slow-*.npz")))
    assert 2 <= kept < 10
    told = []
    engines = {"slow": Slow(seconds=0.3)}
    resumed = run(
        tiny_scenario(), engines, draws=2500, store=RunStore(folder), progress=lambda *each: told.append(each[0])
    )
    assert told[0] == 250 * kept
    whole = run(tiny_scenario(), {"slow": Slow(seconds=0.0)}, draws=2500)
    assert resumed.runs["slow"].data.identical(whole.runs["slow"].data)


def test_runs_of_equal_scenarios_loaded_twice_are_equal():
    first, second = tiny_scenario(), dataclasses.replace(tiny_scenario())
    assert same(run(first, TOYS, draws=20), run(second, TOYS, draws=20))
