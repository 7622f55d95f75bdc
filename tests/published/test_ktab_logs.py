"""The shipped examples of KTAB against the logs that KTAB publishes beside them, of 30 May 2017.

A log has each actor's position on each dimension by turn, to one decimal, and each actor's chance, to four.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from parley.engines import named
from parley.files import scenarios

LOGS = json.loads((Path(__file__).parent / "ktab_logs.json").read_text(encoding="utf-8"))["logs"]


@pytest.mark.parametrize("case", LOGS)
def test_every_turn_of_the_published_log_comes_out_to_its_last_digit(case):
    log = LOGS[case]
    scenario = scenarios.load(f"collective/{case}")
    data = named("spatial_model_of_politics").forecast(scenario, np.random.default_rng(0)).data
    assert data["round_position"].shape == np.shape(log["positions"])
    np.testing.assert_allclose(data["round_position"].values, log["positions"], rtol=0, atol=0.0501)
    np.testing.assert_allclose(data["round_chance"].values, log["chances"], rtol=0, atol=0.0000501)
