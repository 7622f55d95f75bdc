"""Chunks on disk: whole and of this run, or not taken."""

import dataclasses
import json

import numpy as np
import pytest
import xarray as xr

from parley.errors import FileError
from parley.files.runs import RunKey, RunStore

KEY = RunKey(
    engine="toy",
    code="tests.Toy",
    parameters={"limit": 1.5},
    scenario_digest="abc",
    numbers="def",
    seed=0,
    draws=3,
    chunk_size=250,
    version="0",
)


def chunk():
    return xr.Dataset(
        {
            "agreement": ("draw", np.array([0.1, np.nan, 0.3])),
            "settlement": (("draw", "issue"), np.arange(6.0).reshape(3, 2)),
            "failure": ("draw", np.array(["", "it rained – again", ""])),
            "throws": ("draw", np.array([1, 2, 3])),
            "holds": ("draw", np.array([True, False, True])),
            "states": (("state",), np.array(["war", "peace"], dtype=object)),
        },
        coords={"draw": [4, 5, 6], "issue": ["border", "truce"]},
    )


def test_a_chunk_comes_back_as_it_was_saved(tmp_path):
    store = RunStore(tmp_path)
    store.save(KEY, 0, chunk())
    assert store.load(KEY, 0).identical(chunk().assign(states=("state", np.array(["war", "peace"]))))


def test_a_chunk_that_was_never_saved_is_not_there(tmp_path):
    assert RunStore(tmp_path).load(KEY, 0) is None


def test_a_torn_chunk_is_not_taken(tmp_path):
    store = RunStore(tmp_path)
    store.save(KEY, 0, chunk())
    path = store.path(KEY, 0)
    whole = path.read_bytes()
    for length in (0, 1, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert store.load(KEY, 0) is None


def test_a_chunk_with_a_flipped_byte_is_not_taken_or_is_unchanged(tmp_path):
    store = RunStore(tmp_path)
    store.save(KEY, 0, chunk())
    expected, path = store.load(KEY, 0), store.path(KEY, 0)
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x20]) + whole[place + 1 :])
        found = store.load(KEY, 0)
        assert found is None or found.identical(expected)


def test_a_chunk_of_another_run_under_the_right_name_is_not_taken(tmp_path):
    store, other = RunStore(tmp_path), dataclasses.replace(KEY, seed=1)
    store.save(other, 0, chunk())
    store.path(KEY, 0).parent.mkdir()
    store.path(KEY, 0).write_bytes(store.path(other, 0).read_bytes())
    assert store.load(KEY, 0) is None


def test_a_chunk_that_holds_a_pickle_is_not_taken(tmp_path):
    store = RunStore(tmp_path)
    path = store.path(KEY, 0)
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        np.savez(file, __layout__=np.array([{"format": "a dictionary"}], dtype=object))
    assert store.load(KEY, 0) is None


@pytest.mark.parametrize(
    "change",
    [
        {"engine": "other"},
        {"code": "tests.Other"},
        {"parameters": {"limit": 1.6}},
        {"scenario_digest": "x"},
        {"numbers": "x"},
        {"seed": 1},
        {"draws": 4},
        {"chunk_size": 100},
        {"version": "1"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_everything_that_determines_a_run_enters_its_digest(change):
    assert dataclasses.replace(KEY, **change).digest != KEY.digest


def test_the_manifest_says_what_the_run_is(tmp_path):
    store = RunStore(tmp_path)
    store.save(KEY, 0, chunk())
    manifest = json.loads((tmp_path / KEY.digest / "manifest.json").read_text())
    assert manifest["engine"] == "toy"
    assert manifest["parameters"] == {"limit": 1.5}
    assert manifest["scenario_digest"] == "abc"


def test_a_folder_that_cannot_be_made_is_reported(tmp_path):
    (tmp_path / "runs").write_text("a file where the folder should be")
    with pytest.raises(FileError, match="runs"):
        RunStore(tmp_path / "runs").save(KEY, 0, chunk())
