"""The whole flow on one page: each verb is a command of the same name, and what the web speaks, too.

It is longer than other modules, since the whole flow stands here and most of it is what each verb takes and raises.

A scenario is given as a path, as the name of a shipped case (`ceasefires/ukraine-2025-03`), or as a `Scenario`.
"""

from __future__ import annotations

import dataclasses
import datetime
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from parley import documents, resources
from parley import engines as _engines
from parley.casework import agreement, code, compose, decide, review, write_reviewed
from parley.documents import ScenarioLike
from parley.domain.comparison import Comparison
from parley.domain.engine import Shown
from parley.domain.forecast import Ensemble
from parley.domain.scenario import Scenario
from parley.errors import EngineError, FileError, NoResultError, UsageError, did_you_mean
from parley.files import atomic, cache, scenarios
from parley.files.scenarios import Opened, opened

if TYPE_CHECKING:
    from parley.briefing.proposals import Packages
    from parley.casework import DraftedCodebook
    from parley.domain.briefing import Briefing
    from parley.domain.conflict_answers import Explanation, Inverse, Ways
    from parley.domain.durability import Durability
    from parley.domain.leverage import Leverage
    from parley.engines.graph_model.reading import AnyConcept, Reading
    from parley.engines.talks.report import Report as Talks
    from parley.files.articles import Details, Place
    from parley.files.codebooks import CodebookLike
    from parley.files.exporting import Exported
    from parley.files.importing import Imported
    from parley.files.scenarios import Checked
    from parley.intake import Failure, ReadArticle
    from parley.predictions.backtest import Backtest
    from parley.reading.reader import Reader
    from parley.reading.training.run import Trained

__all__ = [
    "DEMO_CASE",
    "Demo",
    "agreement",
    "brief",
    "check",
    "code",
    "compare",
    "compose",
    "decide",
    "demo",
    "draft_codebook",
    "durability",
    "engines",
    "export",
    "graph_explain",
    "graph_inverse",
    "graph_paths",
    "import_",
    "insist_on_a_change",
    "insist_on_answers",
    "insist_on_results",
    "insist_on_sections",
    "load",
    "opened",
    "opened_table",
    "packages",
    "places",
    "read",
    "review",
    "run",
    "schema",
    "score",
    "sensitivity",
    "talks",
    "train_reader",
    "warnings",
    "write_article_page",
    "write_html",
    "write_reviewed",
]

_log = logging.getLogger("parley")

DEMO_CASE = "ceasefires/ukraine-2025-03"
SHIPPED_TABLE = "deu3"
Progress = Callable[[int, int, str], None]


def load(scenario: ScenarioLike) -> Scenario:
    """Read a scenario.

    Raises
    ------
    ScenarioError
        With every problem of the file, each with its line.
    FileError
        If the file cannot be read.
    """
    if isinstance(scenario, Scenario):
        return scenario
    source = scenario if isinstance(scenario, Opened) else opened(scenario)
    return scenarios.load_bytes(source.content, source.file)


def check(scenario: str | Path | Opened) -> Checked:
    """Find everything that is wrong with a scenario file, and the numbers in it that rest on nothing."""
    source = scenario if isinstance(scenario, Opened) else opened(scenario)
    return scenarios.check_bytes(source.content, source.file)


def schema(what: str = "scenario") -> dict[str, Any]:
    """Give the JSON Schema of the scenario file, of the codebook, or of the `--json` output of a command.

    Raises
    ------
    UsageError
        If there is no schema of this name.
    """
    if what == "scenario":
        from parley.files.schema import json_schema

        return json_schema()
    if what == "codebook":
        from parley.domain.codebook import Codebook
        from parley.files.schema import json_schema

        return json_schema(Codebook)
    known = resources.schemas()
    if what not in known:
        raise UsageError(
            f"there is no schema '{what}'; {did_you_mean(what, ['scenario', 'codebook', *known], noun='schemas')}"
        )
    return resources.schema(what)


def engines(scenario: ScenarioLike | None = None) -> tuple[Shown, ...]:
    """Show every engine, and what a scenario lacks for it."""
    loaded = None if scenario is None else load(scenario)
    return tuple(
        Shown(
            name=name,
            card=engine.card,
            parameters=dataclasses.asdict(engine()),  # type: ignore[call-overload]
            missing=None if loaded is None else _engines.missing(engine, loaded),
        )
        for name, engine in _engines.available().items()
    )


def run(  # noqa: PLR0913 - each is a setting of its own to the user of the command line
    scenario: ScenarioLike,
    *,
    engines: list[str] | None = None,
    settings: Mapping[str, str] | None = None,
    draws: int = 2000,
    seed: int = 0,
    jobs: int = 1,
    store: Path | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Run engines on the same draws of a scenario.

    Parameters
    ----------
    scenario : what to run
    engines : names of engines; None: all
    settings : parameters, as `{"tie": "lower"}` or `{"median_voter.tie": "lower"}`
    draws : number of draws; 0 runs one draw in which every estimate is at its mode
    seed : seed of the draws
    jobs : number of processes; the result does not depend on it
    store : folder that keeps finished parts; None: the default of `store_for`
    progress : called with (done, total, label)

    Raises
    ------
    UsageError
        If an engine or a setting does not exist.
    """
    from parley import ensembles

    loaded = load(scenario)
    chosen = _engines.chosen(engines, settings or {})
    kept = _kept(scenario, draws, store)
    return ensembles.run(loaded, chosen, draws=draws, seed=seed, jobs=jobs, store=kept, progress=progress)


def compare(  # noqa: PLR0913 - as for `run`
    scenario: ScenarioLike,
    *,
    engines: list[str] | None = None,
    settings: Mapping[str, str] | None = None,
    draws: int = 2000,
    seed: int = 0,
    jobs: int = 1,
    store: Path | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Compare the approaches of the party that asks, on the same draws; parameters as in `run`."""
    from parley import approaches

    loaded = load(scenario)
    chosen = _engines.chosen(engines, settings or {})
    kept = _kept(scenario, draws, store)
    return approaches.compare(loaded, engines=chosen, draws=draws, seed=seed, jobs=jobs, store=kept, progress=progress)


def sensitivity(  # noqa: PLR0913 - as for `run`
    scenario: ScenarioLike,
    *,
    party: str | None = None,
    engines: list[str] | None = None,
    settings: Mapping[str, str] | None = None,
    draws: int = 200,
    seed: int = 0,
    progress: Progress | None = None,
) -> Leverage:
    """Find one party's own best moves, whom it would gain by persuading, and who holds each settlement where it is.

    Parameters
    ----------
    scenario, settings, seed, progress : as in `run`
    party : id of the party; None: the party that asks
    engines : names of engines; None: all that read positions
    draws : number of draws; 0: every estimate at its mode

    Raises
    ------
    UsageError
        If there is no such party, engine or setting, or the party takes no position.
    """
    from parley.approaches import leverage

    reading = [name for name, engine in _engines.available().items() if "positions" in engine.card.reads]
    chosen = _engines.chosen(engines or reading, settings or {})
    return leverage.leverage(load(scenario), party, engines=chosen, draws=draws, seed=seed, progress=progress)


def packages(scenario: ScenarioLike, *, settings: Mapping[str, str] | None = None) -> Packages:
    """Find which packages could be signed at the most plausible numbers, what closes the zone, and what trades bring.

    Parameters
    ----------
    scenario : the scenario
    settings : parameters of `package_search`, as in `run`; levels are finer here unless they are given

    Raises
    ------
    UsageError
        If there is no such setting.
    NoResultError
        If the scenario has neither positions nor payoffs, or nobody who must sign wants anything.
    """
    import numpy as np

    from parley.briefing.proposals import Packages

    loaded = load(scenario)
    engine = _engines.chosen(["package_search"], {"levels": "7", "max_packages": "20000", **(settings or {})})[
        "package_search"
    ]
    gaps = _engines.missing(engine, loaded)
    if gaps:
        raise NoResultError(f"there are no packages: the scenario has no {', '.join(gaps)}")
    try:
        found = engine.forecast(loaded, np.random.default_rng(0))
    except EngineError as error:
        raise NoResultError(f"there are no packages: {error}") from error
    return Packages(scenario=loaded, parameters=found.made.parameters, detail=engine.detail(found))


def talks(  # noqa: PLR0913 - as for `run`
    scenario: ScenarioLike,
    *,
    party: str | None = None,
    settings: Mapping[str, str] | None = None,
    draws: int = 200,
    seed: int = 0,
) -> Talks:
    """Tell how the talks would run, turn by turn, and which opening, pace or part would serve a party.

    Parameters
    ----------
    scenario, settings, seed : as in `run`; the settings are those of the engine `talks`
    party : id of the party; None: the party that asks
    draws : number of draws; 0: every estimate at its mode

    Raises
    ------
    UsageError
        If there is no such party or setting.
    NoResultError
        If the scenario lacks a section that the talks need.
    EngineError
        If fewer than two parties must sign.
    """
    from parley.engines.talks import TalksTurnByTurn
    from parley.engines.talks.report import report
    from parley.ensembles import draw
    from parley.ensembles.draws import engine_rngs

    loaded = load(scenario)
    asked = loaded.question.asked_by if party is None else party
    if asked not in loaded.party_ids:
        hint = did_you_mean(asked, list(loaded.party_ids), noun="parties")
        raise UsageError(f"there is no party '{asked}'; {hint}")
    engine = _engines.chosen(["talks"], settings or {})["talks"]
    assert isinstance(engine, TalksTurnByTurn)
    if gaps := _engines.missing(engine, loaded):
        raise NoResultError(f"talks needs {', '.join(gaps)}")
    sampled = draw(loaded, draws, seed)
    rngs = engine_rngs("talks", sampled, seed)
    return report(engine, sampled, rngs, party=loaded.party_ids.index(asked), seed=seed)


def graph_explain(  # noqa: PLR0913 - as for `run`
    scenario: ScenarioLike,
    state: str | None = None,
    *,
    equilibria: bool = False,
    concepts: Sequence[str] | None = None,
    max_states: int = 4096,
    progress: Progress | None = None,
) -> Explanation:
    """Say for each decision maker why a state of the conflict holds, or why it would leave it.

    Parameters
    ----------
    scenario : a scenario with a conflict; every estimate is taken at its mode
    state : number or id of a state, Y and N for each option, or ids of the options taken; None: the status quo
    equilibria : explain in its place every state that is an equilibrium under one of the concepts
    concepts : the kinds of stability to judge; None: all that can be judged
    max_states : refuse conflicts with more feasible states than this
    progress : called with (states done, all, what)

    Raises
    ------
    UsageError
        If there is no such state or concept, or both a state and all equilibria are asked for.
    EngineError
        If there is no conflict, or the concept cannot be judged.
    """
    from parley.engines.graph_model.explanations import explanation

    if equilibria and state is not None:
        raise UsageError(f"either a state or all equilibria: leave out '{state}' or --equilibria")
    reading, judged = _conflict(scenario, concepts, max_states)
    if equilibria:
        holds = reading.holds_under(judged).values()
        states = [place for place in range(reading.model.states.ids.size) if any(each[place] for each in holds)]
    else:
        states = [reading.place_now() if state is None else reading.place_of(state)]
    return explanation(reading, states, judged, progress=progress)


def graph_paths(  # noqa: PLR0913 - as for `run`
    scenario: ScenarioLike,
    state: str | None = None,
    *,
    concepts: Sequence[str] | None = None,
    most: int = 3,
    max_states: int = 4096,
    progress: Progress | None = None,
) -> Ways:
    """Find how a state of the conflict, or each equilibrium, can be reached from the status quo.

    Parameters
    ----------
    scenario, concepts, max_states, progress : as in `graph_explain`
    state : as in `graph_explain`; None: each state that is an equilibrium under one of the concepts
    most : list so many of the shortest paths to a state

    Raises
    ------
    UsageError
        If there is no such state or concept.
    EngineError
        If there is no conflict, the status quo is infeasible, or the concept cannot be judged.
    """
    from parley.engines.graph_model.ways import ways

    reading, judged = _conflict(scenario, concepts, max_states)
    targets = None if state is None else [reading.place_of(state)]
    return ways(reading, targets, judged, most=most, progress=progress)


def graph_inverse(  # noqa: PLR0913 - as for `run`
    scenario: ScenarioLike,
    state: str,
    *,
    concept: str = "SEQ",
    willing: Sequence[str] | None = None,
    most: int = 400,
    max_states: int = 4096,
    progress: Progress | None = None,
) -> Inverse:
    """Find the smallest changes of preferences that would make a state of the conflict an equilibrium.

    Parameters
    ----------
    scenario, state, max_states : as in `graph_explain`
    concept : the stability that it is to have
    willing : ids of the parties whose preferences may change; None: all decision makers
    most : give a search up after so many rankings of all parties
    progress : called with (searches done, all, what)

    Raises
    ------
    UsageError
        If there is no such state, concept or decision maker.
    EngineError
        If there is no conflict, or the concept cannot be judged.
    """
    from parley.engines.graph_model.inverse import inverse

    reading, judged = _conflict(scenario, [concept], max_states)
    return inverse(reading, reading.place_of(state), judged[0], willing=willing, most=most, progress=progress)


def _conflict(
    scenario: ScenarioLike, concepts: Sequence[str] | None, max_states: int
) -> tuple[Reading, tuple[AnyConcept, ...]]:
    """A conflict, and the concepts asked for in their usual order; all that can be judged where none is."""
    from parley.engines.graph_model.reading import CONCEPTS, read

    for name in concepts or ():
        if name not in CONCEPTS:
            raise UsageError(f"there is no concept '{name}'; {did_you_mean(name, CONCEPTS, noun='concepts')}")
    reading = read(load(scenario), max_states=max_states)
    chosen = tuple(each for each in CONCEPTS if each in concepts) if concepts else reading.concepts
    reading.insist_on(chosen)
    return reading, chosen


def import_(  # noqa: PLR0913 - each is a setting of its own to the user of the command line
    form: str,
    path: Path,
    out: Path,
    *,
    issue: str | None = None,
    party: str | None = None,
    as_of: datetime.date | None = None,
    scaling: Literal["file", "issue"] | None = None,
    grid: int | None = None,
) -> Imported:
    """Turn a table of another program into a scenario file.

    Parameters
    ----------
    form : `ktab`, `decide`, `deu`, `gmcr` or `genius`
    path : the table; for `genius` the folder of a domain and its profiles, or the domain in it
    out : the scenario file to write
    issue : for `deu`, the issue to take
    party : id or name of the party that asks; None: the first of the table
    as_of : the day of what the table says; None: as it says
    scaling : for `genius`: `file`, or None, takes payoffs as the files state them, `issue` scales them as GENIUS does
    grid : for `genius`: how many values of a range of real numbers are taken; None: 11

    Raises
    ------
    ScenarioError
        With everything that is wrong in the table, each with line and column.
    FileError
        If a file cannot be read or written, or `out` exists: nothing is overwritten.
    UsageError
        If there is no such form, party or issue.
    """
    from parley.files import importing, saving

    if out.exists():
        raise FileError(f"{out} exists; name another file, so that nothing is lost")
    made = importing.import_table(form, path, asked_by=party, as_of=as_of, issue=issue, scaling=scaling, grid=grid)
    atomic.write_text(out, saving.new_text(made.scenario))
    return made


def export(form: str, scenario: ScenarioLike, out: Path, *, overwrite: bool = False) -> Exported:
    """Turn a scenario into files for other programs, or its state graph into a picture.

    Parameters
    ----------
    form : `csv`, `excel` or `arrow` (a folder of tables), `genius` or `geniusweb` (a folder with a domain and a profile
        for each party), `ktab`, `decide`, `gmcr`, `graphml` or `svg` (one file)
    scenario : what to export
    out : the file or the folder to write
    overwrite : whether files that are there may be replaced; the scenario's own file never is

    Raises
    ------
    FileError
        If a file is there that may not be replaced, or one cannot be written.
    UsageError
        If there is no such form, it needs a library that is not installed, or the scenario has nothing that it holds.
    EngineError
        If the conflict cannot be drawn or written as a graph, having no states or too many.
    """
    from parley.files import exporting

    loaded = load(scenario)
    made = (
        {"svg": _drawn, "graphml": _graph}[form](loaded)
        if form in ("svg", "graphml")
        else exporting.export(loaded, form)
    )
    return exporting.write(made, form, out, overwrite=overwrite, source=_place(scenario))


def train_reader(
    corpus: Path, out: Path, *, reader: str = "light", overwrite: bool = False, progress: Progress | None = None
) -> Trained:
    """Fit a reader's weights to a corpus of articles with attributions, and write them.

    Parameters
    ----------
    corpus : the corpus, in the layout of PolNeAR: the folder that holds `data/train`
    out : the folder to write the weights to; made where it is missing
    reader : `best` or `light`, which include `pairs`, or `pairs`
    overwrite : whether files that are there may be replaced
    progress : called with what is done, all there is to do, and what is being done

    Raises
    ------
    FileError
        If the corpus is not there or cannot be read, or a file is there that may not be replaced.
    ScenarioError
        If lines of annotations cannot be read.
    UsageError
        If there is no such reader, the corpus marks nothing, or a library of `reading` or `train` is missing.
    """
    try:
        from parley.reading.training import run as training

        taken = [out / name for name in training.FILES.get(reader, ()) if (out / name).exists()]
        if taken and not overwrite:
            raise FileError(f"{taken[0]} is there already; --overwrite replaces it")
        trained = training.train(corpus, reader=reader, progress=progress)
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed; pip install 'parley[reading]'") from error
    for name, content in trained.files.items():
        atomic.write_bytes(out / name, content)
    return trained


def _drawn(scenario: Scenario) -> Exported:
    from parley.briefing import charts
    from parley.briefing.state_graph import drawn
    from parley.files.exporting import Exported

    picture = drawn(scenario)
    return Exported(files={"state-graph.svg": charts.standing(picture).encode()}, notes=(f"{picture.subtitle}.",))


def _graph(scenario: Scenario) -> Exported:
    """The state graph for programs that draw graphs."""
    from parley.engines.graph_model.conflict_graph import conflict_graph
    from parley.files.exporting import to_graphml

    if scenario.conflict is None:
        raise UsageError("the scenario has no conflict that could be exported")
    return to_graphml(conflict_graph(scenario))


def opened_table(name: str | Path) -> Opened:
    """Read a table of decided issues once: a file, or `deu3`, which ships.

    Raises
    ------
    FileError
        If the file cannot be read.
    """
    if str(name) == SHIPPED_TABLE and not Path(name).exists():
        content = resources.read(f"datasets/{SHIPPED_TABLE}/{SHIPPED_TABLE}.csv")
        return Opened(name=SHIPPED_TABLE, content=content)
    try:
        return Opened(name=str(name), content=Path(name).read_bytes())
    except OSError as error:
        raise FileError(f"cannot read {name}: {error.strerror or error}; {SHIPPED_TABLE} ships") from error


def score(  # noqa: PLR0913 - as for `run`
    table: str | Path | Opened,
    *,
    engines: list[str] | None = None,
    settings: Mapping[str, str] | None = None,
    weights: str = "recorded",
    seed: int = 0,
    progress: Progress | None = None,
) -> Backtest:
    """Hold engines against what was really decided.

    Parameters
    ----------
    table : a table of decided issues, or `deu3`
    engines, settings, progress : as in `run`
    weights : `recorded` (as each engine's record has it), `file`, `council` (votes in the Council of the European
        Union) or `salience` (all parties alike)
    seed : seed of the folds and of the bootstrap

    Raises
    ------
    ScenarioError
        With every cell of the table that cannot be used.
    UsageError
        If an engine, a setting or the weights do not exist.
    """
    from parley.files import decided
    from parley.predictions.backtest import backtest

    source = table if isinstance(table, Opened) else opened_table(table)
    issues = decided.read(source.content, source.name)
    chosen = _engines.chosen(engines, settings or {})
    fitted = decided.read(opened_table(SHIPPED_TABLE).content, SHIPPED_TABLE)
    return backtest(issues, chosen, weights=weights, seed=seed, fitted=fitted, progress=progress)


def durability(
    scenario: ScenarioLike | None = None,
    *,
    terms: Mapping[str, str] | None = None,
    data: Path | None = None,
    seed: int = 0,
) -> Durability:
    """Say whether a truce would hold, what would lengthen it, and what became of truces like it.

    Parameters
    ----------
    scenario : where its terms stand; None: `terms` says all
    terms : terms as text, as `{"side": "bilateral", "days": "30"}`; they win over the scenario's
    data : the user's copy of the ETH/PRIO ceasefire data, for the nearest truces; None: those that ship
    seed : seed of the intervals

    Raises
    ------
    UsageError
        If there is no such term or value, or neither the scenario nor `terms` says anything.
    ScenarioError
        With every problem of the scenario or of the data.
    FileError
        If a file cannot be read.
    """
    from parley.approaches import durability as approach
    from parley.files import ceasefires
    from parley.files import terms as texts
    from parley.predictions.spells import past_truces, spells

    loaded = None if scenario is None else load(scenario)
    if not terms and (loaded is None or loaded.terms is None):
        raise UsageError("the scenario has no terms of a truce; say what it would be, as side=bilateral,days=30")
    found = texts.read(terms or {}, None if loaded is None else loaded.terms)
    past = None if data is None else past_truces(spells(ceasefires.read_file(data)))
    as_of = None if loaded is None else loaded.as_of
    return approach.durability(found, seed=seed, as_of=as_of, truces=past)


def places(files: Sequence[str | Path]) -> tuple[Place, ...]:
    """The articles that files and folders stand for, in order; `-` is standard input.

    Raises
    ------
    FileError
        If something does not exist.
    UsageError
        If there is no article among them.
    """
    from parley.files import articles

    return articles.places(files)


def read(  # noqa: PLR0913 - as for `run`
    files: Sequence[str | Path | Place],
    *,
    details: Details | None = None,
    reader: str | Reader = "best",
    language_anyway: bool = False,
    jobs: int = 1,
    seconds: float | None = None,
    store: Path | None = None,
    texts: Path | None = None,
    codebook: CodebookLike | None = None,
    progress: Progress | None = None,
) -> Iterator[ReadArticle | Failure]:
    """Read articles: who says what, and what kind of move it is; one after the other, so that memory stays flat.

    Parameters
    ----------
    files : files or folders of text, Markdown, HTML or PDF, `-` for standard input, or what `places` gave
    details : title, outlet, author and date, where they are to win over what the articles say themselves
    reader : a reader, or its name: `best`, `light` or `rules`
    language_anyway : read texts in another language as if they were English
    jobs : number of processes; the result does not depend on it
    seconds : how long an article may take; None: 300 where there are several, and no limit for one alone
    store : folder that keeps readings, so that a run that was stopped goes on; None: the user's cache where there are
        several articles
    texts : folder for texts taken out of other forms; None: `parley-texts` beside each article
    codebook : puts each statement on an issue, and ids of parties in the places of names; None: neither is done
    progress : called with (articles done, all, name of the last)

    Yields
    ------
    each article with what was read in it, or why it was not read

    Raises
    ------
    UsageError
        If there is no such reader, or the extra `reading` is not installed.
    FileError
        If a file does not exist.
    ScenarioError
        With every problem of the codebook, by line.
    """
    from parley.coding.linked import Linker
    from parley.files import codebooks
    from parley.files.articles import Details as NoDetails
    from parley.files.articles import Place as APlace
    from parley.intake import Order, read_all

    linker = None if codebook is None else Linker(codebooks.loaded(codebook))
    found = [each for name in files for each in ([name] if isinstance(name, APlace) else places([name]))]
    kept = store or (cache.folder() / "runs" if len(found) > 1 else None)
    order = Order(
        given=details or NoDetails(), reader=reader, language_anyway=language_anyway, texts=texts, store=kept,
        linker=linker,
    )  # fmt: skip
    return read_all(found, order, jobs=jobs, seconds=seconds, progress=progress)


def write_article_page(done: ReadArticle, path: Path) -> None:
    """Write an article with its statements marked as one self-contained HTML file, atomically.

    Raises
    ------
    FileError
        If the file cannot be written.
    """
    from parley.briefing.article import article_page

    atomic.write_text(path, article_page(done.reading, name=done.doc, notes=done.notes))


def brief(comparison: Comparison) -> Briefing:
    """Write the briefing of a comparison."""
    from parley.briefing.compose import compose as composed

    return composed(comparison)


def write_html(briefing: Briefing, path: Path) -> None:
    """Write a briefing as one self-contained HTML file, atomically.

    Raises
    ------
    FileError
        If the file cannot be written.
    """
    from parley.briefing import html

    library = cache.kept(html.library_name(), html.library)
    atomic.write_text(path, html.to_html(briefing, library=library))


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What `demo` made.

    Attributes
    ----------
    briefing : the briefing
    folder : where everything lies
    html : the briefing as HTML
    scenario : the copy of the shipped scenario, to be changed at will
    document : the briefing as JSON
    comparison : what the briefing tells
    """

    briefing: Briefing
    folder: Path
    html: Path
    scenario: Path
    document: dict[str, Any]
    comparison: Comparison


def demo(
    folder: Path,
    *,
    case: str = DEMO_CASE,
    draws: int = 200,
    seed: int = 0,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Demo:
    """Run a shipped case from scenario to briefing, and leave the case in a folder for the user to change.

    A scenario that already lies in the folder is the user's by now and is left alone.

    Raises
    ------
    UsageError
        If no case of this name ships.
    FileError
        If the folder cannot be written.
    """
    shipped = resources.case_path(case).parent.relative_to(resources.ROOT).as_posix()
    comparison = compare(case, draws=draws, seed=seed, jobs=jobs, store=folder / "runs", progress=progress)
    briefing = brief(comparison)
    copy = folder / "scenario.yaml"
    for name in ("scenario.yaml", "README.md"):
        if not (folder / name).exists():
            atomic.write_bytes(folder / name, resources.read(f"{shipped}/{name}"))
    html = folder / "briefing.html"
    write_html(briefing, html)
    document = documents.brief_document(briefing, case)
    return Demo(briefing=briefing, folder=folder, html=html, scenario=copy, document=document, comparison=comparison)


def warnings(ensemble: Ensemble) -> tuple[str, ...]:
    """What a user should know before reading the numbers: draws that failed, engines that could not run."""
    result = []
    for name, run_of in ensemble.runs.items():
        if run_of.failures:
            reason = run_of.failures[0].reason
            result.append(f"{name}: {len(run_of.failures)} of {max(ensemble.draws, 1)} draws have no answer ({reason})")
    result += [f"{name} did not run: the scenario has no {', '.join(gaps)}" for name, gaps in ensemble.gaps.items()]
    return tuple(result)


def insist_on_results(ensemble: Ensemble, asked: Sequence[str] | None = None) -> None:
    """Refuse an ensemble in which an engine has no result at all.

    Parameters
    ----------
    ensemble : the answers
    asked : engines that were asked for by name; others may lack a section of the scenario

    Raises
    ------
    NoResultError
        If every draw of some engine failed, an engine that was asked for could not run, or none could.
    """
    count = max(ensemble.draws, 1)
    empty = [name for name, run_of in ensemble.runs.items() if len(run_of.failures) >= count]
    empty += [name for name in ensemble.gaps if name in (asked or ())]
    if empty or not ensemble.runs:
        raise NoResultError(f"no draw gave a result: {', '.join(empty) or 'no engine could run'}")


def insist_on_answers(found: Backtest | Leverage) -> None:
    """Refuse scores or steps of which no engine gave any.

    Raises
    ------
    NoResultError
        If no engine could run, or none has an answer.
    """
    answered = [
        each for each in found.engines.values() if not getattr(each, "failure", "") and getattr(each, "n", 1) != 0
    ]
    if not answered:
        gaps = [f"{name} needs {', '.join(sections)}" for name, sections in found.missing.items()]
        raise NoResultError(f"no engine gave a result: {'; '.join(gaps) or 'none has an answer to these numbers'}")


def insist_on_a_change(found: Inverse) -> None:
    """Refuse an answer in which every search was given up.

    Raises
    ------
    NoResultError
        If neither a change nor a proof that there is none was found.
    """
    searches = [each for each in (found.swaps, found.statements) if each is not None]
    if all(each.outcome == "undecided" and each.size is None for each in searches):
        raise NoResultError("every search was given up before its end; let it look further with --most")


def insist_on_sections(names: Sequence[str]) -> None:
    """Refuse names of which a briefing has no section.

    Raises
    ------
    UsageError
        If there is no section of one of these names.
    """
    from parley.briefing.compose import SECTIONS

    known = [section.__module__.rpartition(".")[2].replace("_", "-") for section in SECTIONS]
    for name in names:
        if name not in known:
            raise UsageError(f"the briefing has no section '{name}'; {did_you_mean(name, known, noun='sections')}")


def store_for(scenario: ScenarioLike) -> Path | None:
    """The folder that keeps finished runs: `runs` beside a scenario file, the user's cache for a shipped case."""
    if isinstance(scenario, Scenario):
        return None
    place = _place(scenario)
    return cache.folder() / "runs" if place is None else place.parent / "runs"


def _place(scenario: ScenarioLike) -> Path | None:
    """Where the scenario's own file lies; None for a shipped case or a scenario without a file."""
    if isinstance(scenario, Scenario):
        return None
    return scenarios.place(scenario.name if isinstance(scenario, Opened) else scenario)


def _kept(scenario: ScenarioLike, draws: int, store: Path | None) -> Path | None:
    """Where the parts of a run are kept: the folder asked for, which must do, or else the usual one if it does."""
    if draws == 0:
        return None
    if store is not None:
        atomic.make_folder(store)
        return store
    usual = store_for(scenario)
    if usual is not None:
        try:
            atomic.make_folder(usual)
        except FileError as error:
            _log.warning("Warning: finished parts of the run are not kept: %s", error)
            return None
    return usual


def draft_codebook(scenario: ScenarioLike, out: Path) -> DraftedCodebook:
    """Draft a codebook from a scenario: its issues, their points and the names of its parties.

    Raises
    ------
    FileError
        If the file is there already, or cannot be written.
    """
    from parley import casework

    return casework.draft_codebook(load(scenario), out)
