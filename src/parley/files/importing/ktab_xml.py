"""Scenarios of KAPSARC's KTAB as XML. `import_ktab_xml` is the main name.

The parameters of KTAB's model are settings of an engine, and a note says which; so is its accommodation matrix where it
is the same for all. What KTAB reads and a scenario has no place for, such as another such matrix, is told in the notes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parley.errors import did_you_mean
from parley.files.importing.cells import Cell, Refusals, decoded, shortened
from parley.files.importing.draft import DraftParty, DraftPosition, Imported, TableFile, compose, share
from parley.files.importing.ktab_csv import crowded, ktab_draft, refuse_repeats
from parley.files.importing.xml_tree import Element, parsed

__all__ = ["ENGINE", "SETTINGS", "import_ktab_xml"]

ENGINE = "spatial_model_of_politics"
SETTINGS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "VictoryProbModel": (
        "victory_odds",
        {each: each.lower() for each in ("Linear", "Square", "Quartic", "Octic")} | {"Binary": "threshold"},
    ),
    "PCEModel": (
        "outcome_odds",
        {"Conditional": "conditional", "MarkovIncentive": "incentive_chain", "MarkovUniform": "uniform_chain"},
    ),
    "StateTransitions": ("choice", {"Deterministic": "likeliest", "Stochastic": "drawn"}),
    "VotingRule": (
        "voting",
        {
            "Prop": "proportional",
            "Binary": "binary",
            "PropBin": "mostly_proportional",
            "PropCbc": "half_cubic",
            "Cubic": "cubic",
            "ASymProsp": "loss_averse",
        },
    ),
    "BigRAdjust": (
        "risk_view",
        {"None": "own", "OneThird": "one_third", "Half": "half", "TwoThirds": "two_thirds", "Full": "full"},
    ),
    "BigRRange": ("risk_range", {"Min": "zero_to_one", "Mid": "minus_half_to_one", "Max": "minus_one_to_one"}),
    "ThirdPartyCommit": (
        "third_parties",
        {"FullCommit": "fully_committed", "SemiCommit": "partly_committed", "NoCommit": "uncommitted"},
    ),
    "InterVecBrgn": ("bargain_weights", {"S1P1": "plain", "S2P2": "squared", "S2PMax": "power_gap"}),
    "BargnModel": (
        "bargain_view",
        {"InitOnlyInterp": "opener", "InitRcvrInterp": "both", "PWCompInterp": "blend"},
    ),
}
"""The engine's setting for each parameter of KTAB's model, and its value for each of KTAB's."""

KNOWN = ("name", "desc", "prngSeed", "ModelParameters", "Dimensions", "Actors", "IdealAdjustment")
ACTOR = ("name", "description", "capability", "Position", "Salience")
EMPTY = "The coordinate is empty in the file, and KTAB reads an empty coordinate as 0."


def import_ktab_xml(file: TableFile) -> Imported:
    """Read a KTAB scenario in XML.

    Parameters
    ----------
    file : the table

    Raises
    ------
    ScenarioError
        With everything that is wrong in it, each with line and column.
    UsageError
        If it has no party of that name, or nothing says when its numbers were known.
    """
    reader = Refusals(file.name)
    root = parsed(decoded(file.content, file.name), file.name)
    if root.name != "Scenario":
        reader.refuse(root.place, f"the XML holds a '{root.name}', not a Scenario", "it must be a scenario of KTAB")
        reader.insist()
    title = reader.words(_cell(root, "name", reader), "name of the scenario")
    description = reader.words(_cell(root, "desc", reader), "description of the scenario", needed=False)
    cells = [each.cell for part in _parts(root, "Dimensions", reader) for each in part.all("dName")]
    dimensions = [reader.words(cell, "name of a dimension") for cell in cells]
    actors = [each for part in _parts(root, "Actors", reader) for each in part.all("Actor")]
    parties = [_party(each, reader) for each in actors]
    positions = [each for i, actor in enumerate(actors) for each in _positions(i, actor, dimensions, reader)]
    refuse_repeats(cells, "dimension", reader)
    refuse_repeats([each.all("name")[0].cell for each in actors if each.all("name")], "actor", reader)
    settings = _settings(root, actors, reader)
    reader.insist()
    draft = ktab_draft(title, description, parties, dimensions, positions)
    scenario, notes = compose(draft, file)
    empty = [f"the coordinate of '{parties[each.party].name}' on {dimensions[each.issue]} is empty: 0, as KTAB reads it"
             for each in positions if each.assumed]  # fmt: skip
    return Imported(
        scenario=scenario,
        notes=(*notes, *empty, *crowded(draft), *settings, *_unplaced(root, actors)),
    )


def _parts(parent: Element, name: str, reader: Refusals) -> list[Element]:
    found = parent.all(name)
    if not found:
        reader.refuse(parent.place, f"the {parent.name} has no {name}", f"add <{name}>")
    return found[:1]


def _cell(parent: Element, name: str, reader: Refusals) -> Cell:
    found = _parts(parent, name, reader)
    return found[0].cell if found else Cell("?", parent.place)


def _party(actor: Element, reader: Refusals) -> DraftParty:
    name = reader.words(_cell(actor, "name", reader), "name of the actor")
    note = reader.words(_cell(actor, "description", reader), "description of the actor", needed=False)
    power = _parts(actor, "capability", reader)
    capability = reader.number(power[0].cell, f"capability of '{name}'", 0) if power else 0.0
    return DraftParty(name=name, note=note, capability=capability)


def _positions(i: int, actor: Element, dimensions: Sequence[str], reader: Refusals) -> list[DraftPosition]:
    name = actor.all("name")[0].cell.text if actor.all("name") else "?"
    coordinates, saliences = (
        [each for part in _parts(actor, group, reader) for each in part.all(item)]
        for group, item in (("Position", "dCoord"), ("Salience", "dSal"))
    )
    for found, what in ((coordinates, "coordinates"), (saliences, "saliences")):
        if len(found) != len(dimensions):
            message = f"'{name}' has {len(found)} {what}; there are {len(dimensions)} dimensions"
            reader.refuse(actor.place, message, "give one for each dimension")
    return [
        DraftPosition(
            party=i,
            issue=k,
            position=reader.number(at.cell, f"position of '{name}' on '{dimension}'", 0, 100) if at.cell.text else 0.0,
            salience=share(reader.number(cares.cell, f"salience of '{name}' on '{dimension}'", 0, 100)),
            assumed="" if at.cell.text else EMPTY,
        )
        for k, (dimension, at, cares) in enumerate(zip(dimensions, coordinates, saliences, strict=False))
    ]


def _settings(root: Element, actors: Sequence[Element], reader: Refusals) -> list[str]:
    """A note on how to run the model with the parameters of the file, if it names any."""
    chosen = []
    for each in (each for part in root.all("ModelParameters") for each in part.children if each.name in SETTINGS):
        name, values = SETTINGS[each.name]
        word = each.cell.text
        if word in values:
            chosen.append(f"--set {name}={values[word]}")
        elif word:
            hint = did_you_mean(word, list(values), noun="values")
            reader.refuse(each.place, f"the {each.name} is '{shortened(word)}', which KTAB does not know", hint)
    lag = _accommodation(root, actors)
    if lag is not None and lag != 1:
        chosen.append(f"--set accommodation={lag:g}")
    if not chosen:
        return []
    return [f"for the parameters of KTAB's model, run it with --engine {ENGINE} {' '.join(chosen)}"]


def _accommodation(root: Element, actors: Sequence[Element]) -> float | None:
    """How far each actor's ideal follows its own position, if that is the same for all and nobody follows another."""
    pairs = [pair for each in root.all("IdealAdjustment") for pair in each.all("iaPair")]
    told = [[each.cell.text for each in pair.children] for pair in pairs]
    names = sorted(each.all("name")[0].cell.text for each in actors if each.all("name"))
    alone = all(len(each) == 3 and each[0] == each[1] for each in told)
    if not told or not alone or sorted(each[0] for each in told) != names:
        return None
    try:
        found = {float(each[2]) for each in told}
    except ValueError:
        return None
    value = found.pop()
    return value if not found and 0 <= value <= 1 else None


def _unplaced(root: Element, actors: Sequence[Element]) -> list[str]:
    """Notes on what has no place in a scenario."""
    notes = []
    for each in root.all("prngSeed"):
        notes.append(f"the seed {each.cell.text} belongs to KTAB's own generator: give a seed of yours with --seed")
    for each in root.all("IdealAdjustment") if _accommodation(root, actors) is None else ():
        count = len(each.all("iaPair"))
        notes.append(f"the accommodation matrix (IdealAdjustment, {count} pairs) has no place in a scenario")
    others = root.others(KNOWN)
    others += [each for actor in actors for each in actor.others(ACTOR)]
    others += [each for part in root.all("ModelParameters") for each in part.others(tuple(SETTINGS))]
    notes += [f"line {each.place.line}: the element '{each.name}' has no place in a scenario" for each in others]
    return notes
