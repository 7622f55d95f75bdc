"""What commands print with `--json`, one function a command; each document has a JSON Schema of the same name."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import parley
from parley.domain.comparison import Comparison
from parley.domain.conflict_answers import Explanation, Inverse, Ways
from parley.domain.durability import Durability
from parley.domain.engine import Shown
from parley.domain.forecast import Ensemble
from parley.domain.leverage import Leverage
from parley.domain.scenario import Scenario
from parley.files.scenarios import Opened, opened

if TYPE_CHECKING:
    from parley.briefing.proposals import Packages
    from parley.casework import Agreed, Coded, Composed, DraftedCodebook
    from parley.domain.briefing import Briefing
    from parley.engines.talks.report import Report as Talks
    from parley.files.exporting import Exported
    from parley.files.importing import Imported
    from parley.files.scenarios import Checked
    from parley.intake import Failure, ReadArticle
    from parley.predictions.backtest import Backtest
    from parley.reading.training.run import Trained
    from parley.reviewing import ReviewSession

__all__ = [
    "ScenarioLike",
    "agreement_document",
    "brief_document",
    "check_document",
    "code_document",
    "compare_document",
    "compose_document",
    "draft_codebook_document",
    "durability_document",
    "engines_document",
    "export_document",
    "graph_document",
    "import_document",
    "packages_document",
    "read_document",
    "read_lines",
    "review_document",
    "run_document",
    "score_document",
    "sensitivity_document",
    "talks_document",
]

ScenarioLike = str | Path | Scenario | Opened
"""A scenario: a file's path, the name of a shipped case, the content of a file, or the scenario itself."""


def run_document(ensemble: Ensemble, scenario: ScenarioLike) -> dict[str, Any]:
    """The JSON document of `run`."""
    from parley.ensembles.output import run_document as document

    return _head("run", ensemble.seed, _inputs(scenario)) | document(ensemble)


def compare_document(comparison: Comparison, scenario: ScenarioLike) -> dict[str, Any]:
    """The JSON document of `compare`."""
    from parley.approaches.output import compare_document as document

    return _head("compare", comparison.baseline.seed, _inputs(scenario)) | document(comparison)


def read_document(
    outcomes: Iterable[ReadArticle | Failure], *, attributions: bool = False, codebook: Opened | None = None
) -> dict[str, Any]:
    """The JSON document of `read`.

    Parameters
    ----------
    outcomes : the articles, or why they were not read
    attributions : whole attributions in place of statements
    codebook : the codebook that statements were linked to
    """
    from parley.intake import ReadArticle

    articles, failures, inputs = [], [], dict[str, str]()
    for each in outcomes:
        if not isinstance(each, ReadArticle):
            failures.append({"doc": each.doc, "message": each.message})
            continue
        article = each.taken.article
        inputs[each.doc] = each.taken.sha256
        articles.append(
            {
                "doc": each.doc,
                "title": article.title,
                "outlet": article.outlet,
                "author": article.author,
                "date": None if article.date is None else article.date.isoformat(),
                "found": each.taken.found,
                "form": each.taken.form,
                "encoding": each.taken.encoding,
                "digest": article.digest,
                "text": None if each.text is None else str(each.text),
                "notes": list(each.notes),
                "attributions" if attributions else "statements": [
                    {name: value for name, value in line.items() if name not in ("schema", "doc", "date", "digest")}
                    for line in read_lines(each, attributions=attributions)
                ],
            }
        )
    head = _head("read", None, {} if codebook is None else {codebook.name: codebook.content})
    return head | {"inputs": inputs | head["inputs"], "articles": articles, "failures": failures}


def read_lines(done: ReadArticle, *, attributions: bool = False) -> Iterator[dict[str, Any]]:
    """The lines of `statements.jsonl` of one article; with `attributions`, whole attributions in their place."""
    from parley.reading.output import attribution_line, statement_line

    found = done.reading
    if attributions:
        for number, each in enumerate(found.attributions, start=1):
            yield attribution_line(each, number, found.article, done.doc)
    else:
        for statement in found.statements:
            yield statement_line(statement, done.doc)


def sensitivity_document(leverage: Leverage, scenario: Scenario, source: ScenarioLike) -> dict[str, Any]:
    """The JSON document of `sensitivity`."""
    from parley.approaches.output import leverage_document as document

    return _head("sensitivity", leverage.seed, _inputs(source)) | document(leverage, scenario)


def packages_document(found: Packages, source: ScenarioLike) -> dict[str, Any]:
    """The JSON document of `packages`."""
    from parley.briefing.proposals import proposals
    from parley.ensembles.output import in_units

    told = [
        {"name": each.name, "leans_to": each.leans_to, **each.found} for each in proposals(found.scenario, found.detail)
    ]
    body = {"parameters": dict(found.parameters), "proposals": told, **found.detail}
    document: dict[str, Any] = in_units(body, found.scenario)
    return _head("packages", None, _inputs(source)) | document


def brief_document(briefing: Briefing, scenario: ScenarioLike) -> dict[str, Any]:
    """The JSON document of `brief`."""
    from parley.briefing.document import to_json

    head = _head("brief", briefing.seed, _inputs(scenario))
    return head | to_json(briefing) | {"schema": head["schema"]}


def talks_document(talks: Talks, scenario: Scenario, source: ScenarioLike, *, seed: int, draws: int) -> dict[str, Any]:
    """The JSON document of `talks`."""
    from parley.engines.talks.report import document
    from parley.ensembles.output import in_units

    said: dict[str, Any] = in_units(document(talks), scenario)
    return _head("talks", seed, _inputs(source)) | {"draws": draws} | said


def check_document(checked: Checked, scenario: ScenarioLike) -> dict[str, Any]:
    """The JSON document of `check`."""
    problems = [
        {
            "path": each.where,
            "message": each.message,
            "hint": each.hint,
            "file": each.file,
            "line": each.line,
            "column": each.column,
        }
        for each in checked.problems
    ]
    ungrounded = [{"path": name, "line": line} for name, line in checked.ungrounded]
    return _head("check", None, _inputs(scenario)) | {"problems": problems, "ungrounded": ungrounded}


def engines_document(shown: tuple[Shown, ...], scenario: ScenarioLike | None = None) -> dict[str, Any]:
    """The JSON document of `engines`."""
    cards = {
        each.name: dataclasses.asdict(each.card)
        | {"parameters": dict(each.parameters), "missing": None if each.missing is None else list(each.missing)}
        for each in shown
    }
    return _head("engines", None, {} if scenario is None else _inputs(scenario)) | {"engines": cards}


def import_document(imported: Imported, path: Path, out: Path) -> dict[str, Any]:
    """The JSON document of `import`."""
    scenario = imported.scenario
    return _head("import", None, dict(imported.inputs) or {str(path): path.read_bytes()}) | {
        "scenario": str(out),
        "parties": list(scenario.party_ids),
        "issues": list(scenario.issue_ids),
        "positions": len(scenario.positions),
        "notes": list(imported.notes),
    }


def durability_document(found: Durability, scenario: ScenarioLike | None, data: Path | None = None) -> dict[str, Any]:
    """The JSON document of `durability`."""
    from parley.approaches.output import durability_document as document

    inputs = ({} if scenario is None else _inputs(scenario)) | ({} if data is None else {str(data): data.read_bytes()})
    return _head("durability", found.seed, inputs) | document(found)


def export_document(exported: Exported, form: str, scenario: ScenarioLike) -> dict[str, Any]:
    """The JSON document of `export`."""
    files = [
        {"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for path, content in exported.files.items()
    ]
    return _head("export", None, _inputs(scenario)) | {"form": form, "files": files, "notes": list(exported.notes)}


def train_reader_document(trained: Trained) -> dict[str, Any]:
    """The JSON document of `train-reader`."""
    files = [
        {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in trained.files.items()
    ]
    counts = {"articles": trained.articles, "words": trained.words, "attributions": trained.attributions}
    return _head("train-reader", None, {}) | {"reader": trained.reader, "files": files, **counts}


def graph_document(what: str, found: Explanation | Ways | Inverse, scenario: ScenarioLike) -> dict[str, Any]:
    """The JSON document of `graph explain`, `graph paths` or `graph inverse`."""
    return _head(f"graph-{what}", None, _inputs(scenario)) | dataclasses.asdict(found)


def score_document(scored: Backtest, table: Opened) -> dict[str, Any]:
    """The JSON document of `score`."""
    from parley.predictions.output import score_document as document

    return _head("score", scored.seed, _inputs(table)) | document(scored)


def draft_codebook_document(made: DraftedCodebook, scenario: ScenarioLike) -> dict[str, Any]:
    """The JSON document of `draft-codebook`."""
    from parley.files.file_form import plain_form

    form = {"schema": made.codebook.schema, **plain_form(made.codebook)}
    return _head("draft-codebook", None, _inputs(scenario)) | {"file": str(made.out), "codebook": form}


def code_document(made: Coded) -> dict[str, Any]:
    """The JSON document of `code`."""
    from parley.files.claims import as_line

    return _head("code", None, made.inputs) | {
        "file": None if made.out is None else str(made.out),
        "statements": made.statements,
        "copies": dict(made.copies),
        "claims": [as_line(coding, made.codebook) for coding in made.codings],
    }


def agreement_document(found: Agreed) -> dict[str, Any]:
    """The JSON document of `agreement`."""
    told = found.agreement
    differ = {
        statement: {who: {"kind": kind, "issue": issue, "mode": mode} for who, (kind, issue, mode) in said.items()}
        for statement, said in told.differ.items()
    }
    return _head("agreement", told.seed, found.inputs) | {
        "coders": list(told.coders),
        "draws": told.draws,
        "alphas": [dataclasses.asdict(each) for each in told.alphas],
        "differ": differ,
    }


def review_document(session: ReviewSession) -> dict[str, Any]:
    """The JSON document of `review`."""
    from parley.files.claims import as_line

    items = [
        {"status": item.status, "because": item.because, "by": item.by, "claim": as_line(item.coding, session.codebook)}
        for item in session.review.state.items
    ]
    lost = [{"action": each.action, "claim": each.claim, "by": each.by} for each in session.lost]
    return _head("review", None, session.inputs) | {"decisions": str(session.path), "claims": items, "lost": lost}


def compose_document(made: Composed) -> dict[str, Any]:
    """The JSON document of `compose`."""
    draft = made.draft
    numbers = {(each.party, each.issue): each.position for each in draft.scenario.positions}
    scales = {issue.id: issue.scale for issue in draft.scenario.issues}
    ends = ("low", "mode", "high")
    positions = [
        {"party": party, "issue": issue, "claims": list(claims)}
        | {end: scales[issue].in_unit(getattr(numbers[party, issue], end)) for end in ends}
        for (party, issue), claims in draft.positions.items()
    ]
    return _head("compose", None, made.inputs) | {
        "scenario": str(made.out),
        "positions": positions,
        "predictions": [each.id for each in draft.scenario.predictions],
        "missing": [{"what": gap.what, "where": list(gap.where), "message": gap.message} for gap in draft.gaps],
        "superseded": dict(draft.superseded),
        "unexpressed_conditions": dict(draft.unexpressed),
        "left_out": dict(draft.left_out),
    }


def _head(what: str, seed: int | None, inputs: Mapping[str, bytes]) -> dict[str, Any]:
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in inputs.items()}
    return {"schema": f"parley/{what}/1", "parley": parley.__version__, "seed": seed, "inputs": digests}


def _inputs(scenario: ScenarioLike) -> dict[str, bytes]:
    if isinstance(scenario, Scenario):
        return {}
    source = scenario if isinstance(scenario, Opened) else opened(scenario)
    return {source.name: source.content}
