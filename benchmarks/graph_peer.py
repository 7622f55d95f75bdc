"""The open program gmcr-py on the same conflicts, in a process of its own: for benchmarks only.

Set the environment variable `GMCR_PY` to a checkout of its source code; Parley neither ships nor imports it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["CHECKOUT", "ONCE_MEASURED", "model_file", "seconds"]

CHECKOUT = os.environ.get("GMCR_PY")

ONCE_MEASURED = {
    (3, 64): 0.14, (3, 256): 1.3, (3, 1024): 5.3, (3, 4096): 104.9,
    (4, 64): 0.15, (4, 256): 1.7, (4, 1024): 29.3,
    (5, 64): 0.29, (5, 256): 4.7, (5, 1024): 35.5,
}  # fmt: skip
"""Seconds of gmcr-py 0.4.1 (commit 502a12c) for its five concepts by decision makers and states, without loading.

Measured once on two shared cores, wall clock, means of one to three runs, so good to a factor of two. With 4,096
states and four or five decision makers it had not finished after 140 s.
"""

RUN = """
import sys, time
sys.path.insert(0, {checkout!r})
from data_01_conflictModel import ConflictModel
from data_02_conflictSolvers import LogicalSolver
conflict = ConflictModel()
conflict.load_from_file({file!r})
solver = LogicalSolver(conflict)
start = time.process_time()
solver.findEquilibria()
print("SECONDS", time.process_time() - start)
"""


def model_file(folder: Path, own: list[int], wishes: list[list[tuple[int, bool]]]) -> Path:
    """Write a full cube as a file of gmcr-py: each decision maker's options as a code, and its wishes in order."""
    options = sum(own).bit_length()
    makers = [
        {
            "name": f"maker {i}",
            "options": [k for k in range(options) if mine >> k & 1],
            "preferences": [[[k, "Y" if taken else "N"]] for k, taken in wishes[i]],
        }
        for i, mine in enumerate(own)
    ]
    path = folder / "cube.gmcr"
    content = {
        "program": "gmcr-py",
        "useManualPreferenceVectors": False,
        "infeasibles": [],
        "options": [{"name": f"option {k}", "permittedDirection": "both"} for k in range(options)],
        "decisionMakers": makers,
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def seconds(own: list[int], order: NDArray[np.intp], wanted: NDArray[np.bool_], limit: float) -> float | None:
    """CPU seconds of gmcr-py on a full cube, one process; None where it takes longer than `limit`."""
    if CHECKOUT is None:
        return None
    wishes = [
        list(zip(places.tolist(), flags.tolist(), strict=True)) for places, flags in zip(order, wanted, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = model_file(Path(folder), own, wishes)
        code = RUN.format(checkout=str(Path(CHECKOUT).resolve()), file=str(file))
        try:
            done = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, timeout=limit, check=True, cwd=folder
            )
        except subprocess.TimeoutExpired:
            return None
    return float(done.stdout.rsplit("SECONDS", 1)[1])
