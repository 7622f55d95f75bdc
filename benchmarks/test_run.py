"""CPU seconds and memory of 2,000 draws of the shipped case through every engine, in a process of its own."""

import json
import resource
import subprocess
import sys
from typing import Any

import pytest

DRAWS = 2000
SCRIPT = """
import json, resource, sys
from parley import resources
from parley.ensembles import run
from parley.files import scenarios

if __name__ == "__main__":
    scenario = scenarios.load(resources.case_path("ceasefires/ukraine-2025-03"))
    ensemble = run(scenario, draws=int(sys.argv[1]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    failed = {name: len(each.failures) for name, each in ensemble.runs.items()}
    print(json.dumps({"mebibytes": peak, "failed": failed, "gaps": list(ensemble.gaps)}))
"""


def children_cpu() -> float:
    """CPU seconds that finished child processes have used, user and system together."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.benchmark(timer=children_cpu)
def test_two_thousand_draws_through_every_engine(benchmark, tmp_path):
    """The aims are 60 s and 1,500 MB; in one process, since the timer does not see workers of workers."""
    script = tmp_path / "run.py"
    script.write_text(SCRIPT)

    def measured() -> dict[str, Any]:
        command = [sys.executable, str(script), str(DRAWS)]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    found = benchmark.pedantic(measured, rounds=2, warmup_rounds=1)
    benchmark.extra_info.update(found)
    assert found["mebibytes"] < 1500
    assert all(count < DRAWS for count in found["failed"].values())
