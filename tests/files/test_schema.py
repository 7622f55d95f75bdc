"""The JSON Schema of the scenario file says what the loader takes, and every field says what it means."""

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from parley import resources
from parley.files import scenarios, yaml_reader
from parley.files.schema import json_schema

SALT = yaml_reader.read((Path(__file__).parent / "salt.yaml").read_bytes(), "salt").data
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def nouns() -> dict[str, dict[str, Any]]:
    schema = json_schema()
    return {"Scenario": schema, **schema["$defs"]}


def test_the_schema_is_a_schema_and_names_no_address():
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$id"].startswith("urn:")
    assert json.loads(json.dumps(json_schema())) == json_schema()


@pytest.mark.parametrize("slug", resources.cases())
def test_a_shipped_case_fits_the_schema_as_written_and_as_saved(slug):
    VALIDATOR.validate(yaml_reader.read(resources.read(f"catalog/{slug}/scenario.yaml"), slug).data)
    VALIDATOR.validate(scenarios.to_file_form(scenarios.load(slug)))


def test_bare_numbers_and_rungs_fit_the_schema():
    assert SALT["positions"][2]["position"] == "coast_takes"
    assert SALT["levers"][0]["cost"] == 0.1
    VALIDATOR.validate(SALT)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("title",), 5),
        (("clok",), {}),
        (("as_of",), "1 May 2020"),
        (("parties", 0, "role"), "beligerent"),
        (("parties", 1, "capability"), -2),
        (("parties", 1, "no_agreement"), 1.5),
        (("parties", 0, "capability", "high"), "3"),
        (("parties", 0, "id"), "the coast"),
        (("positions", 0, "salience"), "0.5"),
        (("positions", 0, "position"), {"low": 5, "mode": 10}),
        (("levers", 0, "credibility"), {"low": 0, "mode": 0.5, "high": 1.5}),
        (("clock", "horizon"), 6.5),
        (("issues", 1, "scale", "ladder"), "true"),
        (("approaches", 0, "pulls"), "blockade"),
        (("sources", 0, "date"), None),
    ],
)
def test_what_the_schema_refuses_the_loader_refuses(path, value):
    data = copy.deepcopy(SALT)
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert not VALIDATOR.is_valid(data)
    assert scenarios.check_bytes(json.dumps(data).encode()).problems


@pytest.mark.parametrize("name", nouns())
def test_every_field_of_every_noun_says_what_it_means(name):
    noun = nouns()[name]
    assert noun["description"]
    for field, schema in noun["properties"].items():
        assert len(schema.get("description", "")) > 2, field


def test_ranges_defaults_choices_and_needs_are_those_of_the_nouns():
    position = json_schema()["$defs"]["Position"]
    assert position["required"] == ["party", "issue", "position", "salience"]
    assert position["properties"]["basis"]["enum"] == ["stated", "assumed"]
    assert position["properties"]["basis"]["default"] == "stated"
    assert position["properties"]["salience"]["anyOf"][0] == {"type": "number", "minimum": 0, "maximum": 1}
    assert position["properties"]["position"]["anyOf"][0] == {"type": ["number", "string"]}
    assert json_schema()["$defs"]["Point"]["properties"]["low"]["type"] == ["number", "string"]
    assert json_schema()["$defs"]["Estimate_minus_1_1"]["properties"]["low"]["minimum"] == -1
