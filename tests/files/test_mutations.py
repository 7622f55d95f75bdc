"""Whatever is done to a sound file, `check` gives a scenario or problems, and never anything else."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley import resources
from parley.domain.scenario import Scenario
from parley.files import scenarios, yaml_reader

SALT = (Path(__file__).parent / "salt.yaml").read_bytes()
LARGEST = max((resources.read(f"catalog/{slug}/scenario.yaml") for slug in resources.cases()), key=len)
SMALL_DATA = yaml_reader.read(SALT, "salt").data
LARGE_DATA = yaml_reader.read(LARGEST, "largest").data

STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**39), 10**39),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        ["", "salt", "coast", "F1", "no", "2020-02-30", "0", "-1", "salt > 5", "((((", "nan", "1e999", "\0", "\u202e"]
    ),
    st.lists(st.integers() | st.text(max_size=3) | st.none(), max_size=3),
    st.dictionaries(
        st.sampled_from(["low", "mode", "high", "id", "issue", "at", "rung"]),
        st.integers() | st.text(max_size=3),
        max_size=3,
    ),
)


def containers(node: Any) -> list[Any]:
    found = [node] if isinstance(node, dict | list) and node else []
    parts = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return found + [each for part in parts for each in containers(part)]


def mutate(data: Any, draw: st.DataObject) -> None:
    """Delete, replace, duplicate, rename or exchange one part."""
    places = containers(data)
    if not places:
        return
    place = draw.draw(st.sampled_from(places))
    keys = list(place) if isinstance(place, dict) else list(range(len(place)))
    key = draw.draw(st.sampled_from(keys))
    match draw.draw(st.sampled_from(["delete", "replace", "duplicate", "rename", "exchange"])):
        case "delete":
            del place[key]
        case "replace":
            place[key] = draw.draw(STRANGE)
        case "duplicate" if isinstance(place, list):
            place.append(copy.deepcopy(place[key]))
        case "rename" if isinstance(place, dict):
            place[draw.draw(st.text(max_size=5))] = place.pop(key)
        case _:
            other = draw.draw(st.sampled_from(places))
            place[key] = copy.deepcopy(other)


def judge(content: bytes) -> None:
    checked = scenarios.check_bytes(content, "mutated.yaml")
    if checked.scenario is None:
        assert checked.problems
        assert all(problem.file == "mutated.yaml" and problem.line and problem.column for problem in checked.problems)
        assert all(problem.message for problem in checked.problems)
    else:
        assert isinstance(checked.scenario, Scenario)
        assert checked.problems == ()
        assert scenarios.load_bytes(json.dumps(scenarios.to_file_form(checked.scenario)).encode()) == checked.scenario


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(draw=st.data())
def test_a_small_case_with_parts_changed_is_judged(draw):
    data = copy.deepcopy(SMALL_DATA)
    for _ in range(draw.draw(st.integers(1, 4))):
        mutate(data, draw)
    judge(json.dumps(data).encode())


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(draw=st.data())
def test_the_largest_shipped_case_with_parts_changed_is_judged(draw):
    data = copy.deepcopy(LARGE_DATA)
    for _ in range(draw.draw(st.integers(1, 4))):
        mutate(data, draw)
    judge(json.dumps(data).encode())


@settings(max_examples=200, deadline=None)
@given(
    at=st.integers(0, len(SALT)),
    length=st.integers(0, 30),
    new=st.binary(max_size=8)
    | st.sampled_from(
        [b"\n", b"  ", b"\t", b": ", b"- ", b"&a ", b"*a", b"!!x ", b"{", b"]", b'"', b"#", b"\xc3", b"no"]
    ),
)
def test_a_small_case_with_bytes_changed_is_judged(at, length, new):
    judge(SALT[:at] + new + SALT[at + length :])


@settings(max_examples=15, deadline=None)
@given(share=st.floats(0, 1), length=st.integers(0, 3000), new=st.binary(max_size=4))
def test_the_largest_shipped_case_with_bytes_changed_is_judged(share, length, new):
    at = int(share * len(LARGEST))
    judge(LARGEST[:at] + new + LARGEST[at + length :])


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=60) | st.text("-:?[]{},&*!|>'\"%@`#\n ab1.~<", max_size=60).map(str.encode))
def test_anything_at_all_is_judged(content):
    judge(content)


@pytest.mark.parametrize("cut", range(0, len(SALT), 97))
def test_a_file_that_was_cut_off_is_judged(cut):
    judge(SALT[:cut])
