"""Small negotiation domains, as GENIUS, GeniusWeb and NegMAS save them, for the tests of importers and exporters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

__all__ = ["BAY", "GENIUSWEB", "HOUSE", "LAPTOP", "NEGMAS", "folder"]

LAPTOP: Mapping[str, str] = {
    "laptop_domain.xml": """\
<negotiation_template>
<utility_space number_of_issues="3">
<objective index="0" name="root" type="objective" etype="objective" description="">
  <issue index="1" name="Laptop" type="discrete" etype="discrete" vtype="discrete">
    <item index="1" value="Dell" cost="0" description="Dell"/>
    <item index="2" value="Macintosh" cost="0"/>
    <item index="3" value="HP" cost="0"/>
  </issue>
  <issue index="2" name="Hard disk" vtype="discrete">
    <item index="1" value="60 Gb"/><item index="2" value="80 Gb"/><item index="3" value="120 Gb"/>
  </issue>
  <issue index="3" name="External monitor">
    <item index="1" value="19'' LCD"/><item index="2" value="20'' LCD"/><item index="3" value="23'' LCD"/>
  </issue>
</objective>
</utility_space>
</negotiation_template>
""",
    "buyer.xml": """\
<utility_space>
<reservation value="0"/>
<objective index="0" name="LaptopDomain" type="objective">
  <issue index="1" name="Laptop" type="discrete">
    <item index="1" value="Dell" evaluation="12"/>
    <item index="2" value="Macintosh" evaluation="20"/>
    <item index="3" value="HP" evaluation="30"/>
  </issue>
  <issue index="2" name="Hard disk" type="discrete">
    <item index="1" value="60 Gb" evaluation="30"/>
    <item index="2" value="80 Gb" evaluation="20"/>
    <item index="3" value="120 Gb" evaluation="9"/>
  </issue>
  <issue index="3" name="External monitor" type="discrete">
    <item index="1" value="19'' LCD" evaluation="30"/>
    <item index="2" value="20'' LCD" evaluation="10"/>
    <item index="3" value="23'' LCD" evaluation="20"/>
  </issue>
  <weight index="1" value="0.4452125771655631"/>
  <weight index="2" value="0.37808251708013424"/>
  <weight index="3" value="0.1767567099260568"/>
</objective>
<discount_factor value="0.42441038"/>
</utility_space>
""",
    "seller.xml": """\
<utility_space>
<reservation value="0"/>
<objective index="0" name="LaptopDomain" type="objective">
  <issue index="1" name="Laptop" type="discrete">
    <item index="1" value="Dell" evaluation="12"/>
    <item index="2" value="Macintosh" evaluation="30"/>
    <item index="3" value="HP" evaluation="20"/>
  </issue>
  <issue index="2" name="Hard disk" type="discrete">
    <item index="1" value="60 Gb" evaluation="20"/>
    <item index="2" value="80 Gb" evaluation="30"/>
    <item index="3" value="120 Gb" evaluation="9"/>
  </issue>
  <issue index="3" name="External monitor" type="discrete">
    <item index="1" value="19'' LCD" evaluation="3"/>
    <item index="2" value="20'' LCD" evaluation="2"/>
    <item index="3" value="23'' LCD" evaluation="1"/>
  </issue>
  <weight index="1" value="0.37808251708013424"/>
  <weight index="2" value="0.1767567099260568"/>
  <weight index="3" value="0.4452125771655631"/>
</objective>
<discount_factor value="0.42441038"/>
</utility_space>
""",
}
"""The laptop domain of the competition of 2011, written anew from its numbers."""

HOUSE: Mapping[str, str] = {
    "house.xml": """\
<?xml version="1.0" encoding="UTF-8"?>
<negotiation_template>
<utility_space>
<objective index="0" name="House">
  <objective index="1" name="Money">
    <issue index="2" name="Price" type="integer" vtype="integer" lowerbound="3" upperbound="7"/>
    <issue index="3" name="Share" type="real" vtype="real"><range lowerbound="0.5" upperbound="1.0"/></issue>
  </objective>
  <objective index="4" name="Move">
    <issue index="5" name="Price"><item value="Free"/><item value="Half &amp; half"/></issue>
  </objective>
  <issue index="6" name="Keys"><item value="On the day"/></issue>
</objective>
</utility_space>
</negotiation_template>
""",
    "family.xml": """\
<utility_space>
<objective index="0" name="House">
  <objective index="1" name="Money">
    <issue index="2" name="Price" type="integer" lowerbound="3" upperbound="7">
      <evaluator ftype="linear" offset="1.0" slope="-0.25"/>
    </issue>
    <issue index="3" name="Share" type="real">
      <range lowerbound="0.5" upperbound="1.0"/>
      <evaluator ftype="linear" parameter0="-1.0" parameter1="4.0"/>
    </issue>
    <weight index="2" value="0.5"/><weight index="3" value="0.2"/>
  </objective>
  <objective index="4" name="Move">
    <issue index="5" name="Price">
      <item value="Half &amp; half" evaluation="2"/><item value="Free" evaluation="8"/>
    </issue>
    <weight index="5" value="0.25"/>
  </objective>
  <issue index="6" name="Keys"><item value="On the day" evaluation="4"/></issue>
  <weight index="1" value="0.7"/><weight index="6" value="0.05"/>
</objective>
<reservation value="0.3"/>
</utility_space>
""",
    "owner.xml": """\
<utility_space>
<objective index="0" name="House">
  <objective index="1" name="Money">
    <issue index="2" name="Price" type="integer" lowerbound="3" upperbound="7">
      <evaluator ftype="triangular" parameter0="3" parameter1="7" parameter2="5"/>
    </issue>
    <issue index="3" name="Share" type="real"><evaluator ftype="constant" parameter0="0.6"/></issue>
    <weight index="2" value="2"/><weight index="3" value="1"/>
  </objective>
  <objective index="4" name="Move">
    <issue index="5" name="Price">
      <item value="Free" evaluation="0"/><item value="Half &amp; half" evaluation="3"/>
    </issue>
    <weight index="5" value="1"/>
  </objective>
  <issue index="6" name="Keys"><item value="On the day" evaluation="0"/></issue>
  <weight index="6" value="1"/>
</objective>
<reservation value="1.5"/><discount_factor value="0.5"/>
</utility_space>
""",
}
"""Integers, reals, objectives within objectives, and an issue with one value."""

BAY = {
    "name": "bay",
    "issuesValues": {
        "Fish, in tons": {"range": {"low": 0.1, "high": 0.7, "step": 0.2}},
        "Patrols": {"values": ["none", "1.0", "2.0"]},
    },
}


def _bay(name: str, fish: tuple[float, float], patrols: tuple[float, float, float], bid: object) -> str:
    utilities = {
        "Fish, in tons": {
            "NumberValueSetUtilities": {
                "lowValue": 0.1, "lowUtility": fish[0], "highValue": 0.7, "highUtility": fish[1],
            }
        },
        "Patrols": {"DiscreteValueSetUtilities": {
            "valueUtilities": dict(zip(("none", "1.0", "2.0"), patrols, strict=True))
        }},
    }  # fmt: skip
    weights = {"Fish, in tons": 0.7, "Patrols": 0.3}
    space = {"domain": BAY, "name": name, "issueUtilities": utilities, "issueWeights": weights, "reservationBid": bid}
    return json.dumps({"LinearAdditiveUtilitySpace": space}, indent=2)


GENIUSWEB: Mapping[str, str] = {
    "bay.json": json.dumps(BAY, indent=2),
    "bay1.json": _bay("East", (0.0, 1.0), (1.0, 0.25, 0.0), {"issuevalues": {"Fish, in tons": 0.3, "Patrols": "1.0"}}),
    "bay2.json": _bay("West", (0.9, 0.3), (0.0, 0.5, 1.0), None),
}

NEGMAS: Mapping[str, str] = {
    "trade.yml": """\
name: trade
type: CartesianOutcomeSpace
issues:
- name: Quantity
  type: ContiguousIssue
  values: [1, 3]
- name: Price
  type: negmas.outcomes.DiscreteCardinalIssue
  values:
  - 10.0
  - 12.5
- {name: Risk, type: ContinuousIssue, values: [0.0, 1.0], n_levels: 10}
- name: Color
  type: CategoricalIssue
  values: [Red, 'no']
""",
    "buyer.yml": """\
name: The buyer
type: ExpDiscountedUFun
discount: 0.9
reserved_value: -.inf
ufun:
  type: LinearAdditiveUtilityFunction
  reserved_value: 0.25
  bias: 2
  weights: [0.1, 0.2, 0.3, 0.4]
  values:
  - {type: IdentityFun}
  - type: TableFun
    mapping: {10: 1.0, 12.50: 0.5}
  - {type: AffineFun, slope: -2.0, bias: 1.0}
  - type: TableFun
    mapping: {Red: 0, 'no': 1}
""",
    "seller.yml": """\
type: LinearAdditiveUtilityFunction
reserved_value: -.inf
weights: {Quantity: 1, Price: 1, Risk: 0, Color: 1}
values:
  Quantity: {type: LinearFun, slope: 0.5}
  Price: {type: IdentityFun}
  Risk: {type: ConstFun, bias: 4}
  Color: {type: TableFun, mapping: {Red: -1, 'no': 0}}
""",
    "_info.yaml": "anything: at all",
}


def folder(place: Path, files: Mapping[str, str], **changes: str) -> Path:
    """Write the files of a domain; `laptop_domain="..."` puts another text in the place of the file of that name."""
    place.mkdir(exist_ok=True)
    for name, text in files.items():
        (place / name).write_text(changes.get(Path(name).stem, text), encoding="utf-8")
    return place
