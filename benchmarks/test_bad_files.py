"""CPU seconds and peak memory of refusing hostile files and of loading the shipped cases, each in a process of its own.

The time is that of a whole process: start-up and imports are in it. The aims are about 1 s and 200 MB.
"""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from parley import resources
from tests.files.hostile import HOSTILE

SOUND = (Path(__file__).parents[1] / "tests" / "files" / "salt.yaml").read_text(encoding="utf-8")
CHECK = """
import resource, sys
from parley.files import scenarios
checked = scenarios.check(sys.argv[1])
print(len(checked.problems), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def children_cpu() -> float:
    """CPU seconds that finished child processes have used, user and system together."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def check(path: str) -> tuple[int, int]:
    """Check a file in a new process: the number of problems, and the peak memory in MB."""
    done = subprocess.run([sys.executable, "-c", CHECK, path], check=True, capture_output=True, text=True)
    problems, peak = done.stdout.split()
    return int(problems), int(peak)


@pytest.mark.benchmark(timer=children_cpu)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(benchmark, tmp_path, name):
    """The aims are about 1 s and 200 MB."""
    path = tmp_path / "hostile.yaml"
    path.write_text(HOSTILE[name](SOUND), encoding="utf-8", newline="")
    problems, peak = benchmark.pedantic(check, args=(str(path),), rounds=3)
    benchmark.extra_info["peak memory in MB"] = peak
    assert problems
    assert peak < 200


@pytest.mark.benchmark(timer=children_cpu)
@pytest.mark.parametrize("slug", resources.cases())
def test_a_shipped_case_is_loaded(benchmark, slug):
    """The aim is 0.5 s, most of it imports."""
    problems, peak = benchmark.pedantic(check, args=(slug,), rounds=3)
    benchmark.extra_info["peak memory in MB"] = peak
    assert problems == 0
