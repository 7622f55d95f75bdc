"""CPU seconds of whole commands, each in a process of its own: start-up, help, and the demo with cold and warm kernels.

The timer counts the CPU time of finished child processes, so other work on the machine does not enter.
"""

import os
import resource
import subprocess
import sys

import pytest


def children_cpu() -> float:
    """CPU seconds that finished child processes have used, user and system together."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def parley(*arguments: str, **environment: str) -> None:
    """Run the command and insist that it succeeds."""
    command = [sys.executable, "-m", "parley", *arguments]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | environment)


@pytest.mark.benchmark(timer=children_cpu)
def test_help_answers_at_once(benchmark):
    """The aim is 0.3 s."""
    benchmark.pedantic(parley, args=("--help",), rounds=7, warmup_rounds=1)


@pytest.mark.benchmark(timer=children_cpu)
def test_the_demo_with_compiled_kernels_on_disk(benchmark, tmp_path):
    """The aim is 8 s."""
    parley("demo", "--out", str(tmp_path / "first"))
    folders = iter(str(tmp_path / f"run{i}") for i in range(100))
    benchmark.pedantic(lambda: parley("demo", "--out", next(folders)), rounds=3)


@pytest.mark.benchmark(timer=children_cpu)
def test_the_demo_with_cold_kernels(benchmark, tmp_path):
    """The aim is 25 s."""
    rounds = iter(range(100))

    def cold() -> None:
        number = next(rounds)
        parley("demo", "--out", str(tmp_path / f"out{number}"), NUMBA_CACHE_DIR=str(tmp_path / f"cache{number}"))

    benchmark.pedantic(cold, rounds=2)


@pytest.mark.benchmark(timer=children_cpu)
def test_all_engines_held_against_the_decided_issues_that_ship(benchmark):
    """The aim is 30 s."""
    benchmark.pedantic(parley, args=("score", "deu3"), rounds=2, warmup_rounds=1)
