"""Small tables for the tests of importers and exporters."""

from __future__ import annotations

import datetime
from typing import Any

from parley.files.importing import TableFile

__all__ = ["DAY", "DECIDE", "KTAB", "KTAB_XML", "table"]

DAY = datetime.date(2015, 10, 16)

KTAB = """\
Port reform; scenario 1, "How far to open the port, and when", 3, 2,
Actor,Description,Influence,Opening Position,Opening Salience,Timing Position,Timing Salience,
MIN, Ministry of Ports,   100.0, 30, 24.0, 20, 48.0,
UN,  Dockers' union,       60.2, 45.5, 44.7, 65, 41.3,
"A, B", Two shippers,      35, 90, 28.9, 15, 65.1,
"""

KTAB_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<Scenario xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="smpSchema.xsd">
  <name>Port reform; scenario 1</name>
  <desc>How far to open the port, and when</desc>
  <prngSeed>03507583219545544127</prngSeed>
  <ModelParameters>
    <VictoryProbModel>Linear</VictoryProbModel>
    <StateTransitions>Stochastic</StateTransitions>
    <Weather>Fair</Weather>
  </ModelParameters>
  <Dimensions><dName>Opening</dName><dName>Timing</dName></Dimensions>
  <Actors>
    <Actor>
      <name>MIN</name><description>Ministry of Ports</description><capability>100</capability>
      <Position><dCoord></dCoord><dCoord>20</dCoord></Position>
      <Salience><dSal>24.0</dSal><dSal>48.0</dSal></Salience>
    </Actor>
    <Actor>
      <name>UN</name><description>Dockers' union</description><capability>60.2</capability>
      <Position><dCoord>45.5</dCoord><dCoord>65</dCoord></Position>
      <Salience><dSal>44.7</dSal><dSal>41.3</dSal></Salience>
    </Actor>
  </Actors>
  <IdealAdjustment>
    <iaPair><adjustingIdeal>MIN</adjustingIdeal><referencePos>UN</referencePos><adjust>0.07</adjust></iaPair>
  </IdealAdjustment>
</Scenario>
"""

DECIDE = """\
#O\tTolls on the ring road
#/\tCollected on 3 May 2012 by two interviewers
#A\tcity\tThe city council\tasked first
#A\tVVDs\tA party
#A\tshops\tShopkeepers
#P\ttoll\tHeight of the toll\tHow much does a ride cost?
#M\ttoll\t0.5\tas good as free
#M\ttoll\t7
#P\twhen\twhen
#D\tcity\ttoll\t3\t0.7\t1
#D\tVVDs\ttoll\t0.5\t0.5\t0.6
#D\tshops\ttoll\t1\t.6\t0.2
#D\tcity\twhen\t100\t0.9\t1
#D\tVVDs\twhen\t0\t0.9\t0.6
"""


def table(text: str | bytes, **changes: Any) -> TableFile:
    """A file that holds a text."""
    content = text if isinstance(text, bytes) else text.encode()
    return TableFile(**{"name": "table.csv", "content": content, "as_of": DAY, **changes})
