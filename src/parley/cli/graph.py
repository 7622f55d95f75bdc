"""The commands of the graph model that speak of single states: `add` is the main name."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from parley.cli.options import AsJson, ScenarioName, guarded, plain

__all__ = ["add"]


class Concept(StrEnum):
    """What it takes to stay in a state."""

    R = "R"
    GMR = "GMR"
    SMR = "SMR"
    SEQ = "SEQ"
    SSEQ = "SSEQ"
    SIM = "SIM"


STATE = (
    "A state: its number or id, Y or N for each option (NYN), or the ids of the options taken in it, with commas "
    "between them."
)
OptionalState = Annotated[str | None, typer.Argument(metavar="[STATE]", help=f"{STATE} Default: the status quo.")]
Target = Annotated[str | None, typer.Argument(metavar="[STATE]", help=f"{STATE} Default: every equilibrium.")]
Concepts = Annotated[
    list[Concept] | None,
    typer.Option("--concept", help="The stability to judge; repeat for several. Default: all that can be judged."),
]
MaxStates = Annotated[
    int, typer.Option(min=1, max=1_048_576, help="Refuse conflicts with more feasible states than this.")
]

graph = typer.Typer(
    help="Ask about single states of a conflict: why they hold, how they are reached, what would make them hold.",
    epilog="Example: parley graph explain elmira-1991 s5",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def add(app: typer.Typer) -> None:
    """Add the commands to the application."""
    graph.command(epilog="Example: parley graph explain elmira-1991 s5 --concept SEQ")(explain)
    graph.command(epilog="Example: parley graph paths elmira-1991 s8")(paths)
    graph.command(epilog="Example: parley graph inverse elmira-1991 s4 --concept SEQ --willing local")(inverse)
    app.add_typer(graph, name="graph")


@guarded
def explain(
    scenario: ScenarioName,
    state: OptionalState = None,
    *,
    equilibria: Annotated[
        bool, typer.Option("--equilibria", help="Explain every state that is an equilibrium under one of the concepts.")
    ] = False,
    concept: Concepts = None,
    max_states: MaxStates = 4096,
    as_json: AsJson = False,
) -> None:
    """Say for each decision maker why a state holds, or why it would leave it, move by move."""
    from parley import documents, workbench
    from parley.cli import show
    from parley.cli.progress import bar

    source = workbench.opened(scenario)
    loaded = workbench.load(source)
    with bar("Judging", unit="states") as progress:
        found = workbench.graph_explain(
            loaded,
            state,
            equilibria=equilibria,
            concepts=_named(concept),
            max_states=max_states,
            progress=progress,
        )
    if as_json:
        typer.echo(plain(documents.graph_document("explain", found, source)))
    else:
        show.explanation(loaded, found)


@guarded
def paths(
    scenario: ScenarioName,
    state: Target = None,
    *,
    concept: Concepts = None,
    most: Annotated[int, typer.Option(min=1, max=1000, help="List so many of the shortest paths to a state.")] = 3,
    max_states: MaxStates = 4096,
    as_json: AsJson = False,
) -> None:
    """Find how a state, or each equilibrium, can be reached from the status quo, and against whose preference."""
    from parley import documents, workbench
    from parley.cli import show
    from parley.cli.progress import bar

    source = workbench.opened(scenario)
    loaded = workbench.load(source)
    with bar("Looking for paths", unit="states") as progress:
        found = workbench.graph_paths(
            loaded, state, concepts=_named(concept), most=most, max_states=max_states, progress=progress
        )
    if as_json:
        typer.echo(plain(documents.graph_document("paths", found, source)))
    else:
        show.ways(loaded, found)


@guarded
def inverse(
    scenario: ScenarioName,
    state: Annotated[str, typer.Argument(metavar="STATE", help=STATE)],
    *,
    concept: Annotated[Concept, typer.Option(help="The stability that the state is to have.")] = Concept.SEQ,
    willing: Annotated[
        list[str] | None,
        typer.Option(metavar="PARTY", help="A party that can be persuaded; repeat for several. Default: all of them."),
    ] = None,
    most: Annotated[
        int, typer.Option(min=1, max=1_000_000, help="Give a search up after so many rankings of all parties.")
    ] = 400,
    max_states: MaxStates = 4096,
    as_json: AsJson = False,
) -> None:
    """Find the smallest changes of preferences that would make a state hold, or prove that there are none."""
    from parley import documents, workbench
    from parley.cli import show
    from parley.cli.progress import bar

    source = workbench.opened(scenario)
    loaded = workbench.load(source)
    with bar("Searching", unit="searches") as progress:
        found = workbench.graph_inverse(
            loaded,
            state,
            concept=concept.value,
            willing=willing or None,
            most=most,
            max_states=max_states,
            progress=progress,
        )
    if as_json:
        typer.echo(plain(documents.graph_document("inverse", found, source)))
    else:
        show.inverse(loaded, found)
    workbench.insist_on_a_change(found)


def _named(concepts: Sequence[Concept] | None) -> list[str] | None:
    return [each.value for each in concepts] if concepts else None
