"""What programs read: every `--json` document has the shape that its JSON Schema promises."""

import datetime
import json
import math
import subprocess
import sys

import jsonschema
import pytest

from parley import documents, resources, workbench
from parley.cli.options import plain
from parley.engines import available
from parley.files.articles import places
from parley.intake import Order, read_all
from tests.reading.corpora import invented
from tests.reading.readers import Quotes, interpreted

CASE = "tutorial/two-valleys"
DRAWS = 12
CONFLICT = "graph-model/elmira-1991"
GRAPH = ("graph-explain", "graph-paths", "graph-inverse")
LINES = ("statement", "attribution")
ORDER = Order(reader=Quotes(), interpret=interpreted)
CODING = ("draft-codebook", "code", "review", "agreement", "compose")
OTHERS = ("sensitivity", "packages", "score", "import", "export", "durability", "talks", "train-reader")
DOCUMENTS = ("check", "engines", "run", "compare", "brief", "read", *OTHERS, *CODING, *GRAPH)


@pytest.fixture(scope="module")
def ensemble(tmp_path_factory):
    return workbench.run(CASE, draws=DRAWS, seed=3, store=tmp_path_factory.mktemp("runs"))


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    return workbench.compare(CASE, draws=DRAWS, seed=3, store=tmp_path_factory.mktemp("runs"))


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("tables") / "talks.csv"
    path.write_text(
        "Talks,two on one,3,1\nActor,Description,Power,Position,Salience\nA,a,1,0,50\nB,b,1,50,50\nC,c,2,100,9\n"
    )
    return path


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    path = tmp_path_factory.mktemp("articles") / "talks.txt"
    path.write_text("“The port must open,” said Ana Duarte. “It is closed.”\n", encoding="utf-8")
    return list(read_all(places([path]), ORDER))


@pytest.fixture(scope="module")
def statements(tmp_path_factory):
    """Two statements of one article: a claim that places a party, and a forecast by somebody else."""
    folder = tmp_path_factory.mktemp("coding")
    text = "Moscow demands a ban on arms deliveries. The call-up will go on, an analyst said."
    (folder / "talks.txt").write_text(text)
    lines = [
        {"id": "s1", "content": [[15, 39]], "words": [text[15:39]], "speaker": "Moscow", "kind": "demand"},
        {"id": "s2", "content": [[41, 63]], "words": [text[41:63]], "speaker": "an analyst", "kind": "prediction"},
    ]
    path = folder / "statements.jsonl"
    path.write_text(
        "".join(json.dumps({"schema": "parley/statement/1", "doc": "talks.txt", **each}) + "\n" for each in lines)
    )
    return path


@pytest.fixture(scope="module")
def claims(statements):
    book = "ceasefires/ukraine-2025-03"
    day = datetime.date(2025, 3, 17)
    return workbench.code(statements, codebook=book, out=statements.with_name("claims.jsonl"), date=day)


@pytest.fixture(scope="module")
def second_coder(claims):
    """The same claims by somebody who takes the demand for a goal."""
    path = claims.out.with_name("ben.jsonl")
    path.write_text(claims.out.read_text().replace('"kind": "demand"', '"kind": "goal"'))
    return path


@pytest.fixture(scope="module")
def printed(ensemble, comparison, table, articles, claims, second_coder, tmp_path_factory):  # noqa: PLR0913
    """Each document as a program gets it: through the very text that a command prints."""
    made = {
        "check": documents.check_document(workbench.check(CASE), CASE),
        "engines": documents.engines_document(workbench.engines(CASE)),
        "read": documents.read_document(articles),
        "run": documents.run_document(ensemble, CASE),
        "compare": documents.compare_document(comparison, CASE),
        "brief": documents.brief_document(workbench.brief(comparison), CASE),
        "sensitivity": documents.sensitivity_document(
            workbench.sensitivity(CASE, draws=DRAWS, seed=3), workbench.load(CASE), CASE
        ),
        "packages": documents.packages_document(workbench.packages(CASE), CASE),
        "talks": documents.talks_document(
            workbench.talks(CASE, draws=DRAWS, seed=3), workbench.load(CASE), CASE, seed=3, draws=DRAWS
        ),
        "import": documents.import_document(
            workbench.import_("ktab", table, table.with_suffix(".yaml")), table, table.with_suffix(".yaml")
        ),
        "export": documents.export_document(
            workbench.export("csv", CASE, tmp_path_factory.mktemp("exported")), "csv", CASE
        ),
        "durability": documents.durability_document(workbench.durability(CASE, seed=3), CASE),
        "score": documents.score_document(
            workbench.score("deu3", engines=["compromise_model", "graph_model"]), workbench.opened_table("deu3")
        ),
        "train-reader": documents.train_reader_document(
            workbench.train_reader(invented(tmp_path_factory.mktemp("corpus")), tmp_path_factory.mktemp("weights"))
        ),
        "draft-codebook": documents.draft_codebook_document(
            workbench.draft_codebook(CASE, claims.out.with_name("draft.yaml")), CASE
        ),
        "code": documents.code_document(claims),
        "review": documents.review_document(
            workbench.review(claims.out, codebook="ceasefires/ukraine-2025-03", by="Ana")
        ),
        "agreement": documents.agreement_document(
            workbench.agreement([claims.out, second_coder], codebook="ceasefires/ukraine-2025-03", draws=9)
        ),
        "compose": documents.compose_document(
            workbench.compose(
                [claims.out], claims.out.with_name("scenario.yaml"), codebook="ceasefires/ukraine-2025-03"
            )
        ),
        "graph-explain": documents.graph_document("explain", workbench.graph_explain(CONFLICT), CONFLICT),
        "graph-paths": documents.graph_document("paths", workbench.graph_paths(CONFLICT), CONFLICT),
        "graph-inverse": documents.graph_document("inverse", workbench.graph_inverse(CONFLICT, "s4"), CONFLICT),
    }
    return {name: json.loads(plain(document)) for name, document in made.items()}


def complaints(what, document):
    validator = jsonschema.Draft202012Validator(workbench.schema(what))
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]


def every_number(value):
    if isinstance(value, dict):
        for each in value.values():
            yield from every_number(each)
    elif isinstance(value, list):
        for each in value:
            yield from every_number(each)
    elif isinstance(value, float):
        yield value


@pytest.mark.parametrize("what", (*DOCUMENTS, *LINES))
def test_a_schema_is_sound_and_names_no_address(what):
    schema = workbench.schema(what)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:parley:schema:{what}:1"
    text = json.dumps({key: value for key, value in schema.items() if key != "$schema"})
    assert "://" not in text


@pytest.mark.parametrize("what", DOCUMENTS)
def test_a_document_has_the_shape_that_its_schema_promises(what, printed):
    assert complaints(what, printed[what]) == []


@pytest.mark.parametrize("what", DOCUMENTS)
def test_a_document_says_what_it_is_and_what_it_was_made_from(what, printed, table, claims, second_coder):
    document = printed[what]
    assert document["schema"] == f"parley/{what}/1"
    if what != "engines":
        other = {"score": "deu3", "import": str(table), "read": "talks.txt"} | dict.fromkeys(GRAPH, CONFLICT)
        book = "ceasefires/ukraine-2025-03"
        out = str(claims.out)
        several = {
            "code": [str(claims.out.with_name("statements.jsonl")), book],
            "review": [out],
            "agreement": [out, str(second_coder), book],
            "compose": [out, book],
            "train-reader": [],
        }
        assert list(document["inputs"]) == several.get(what, [other.get(what, CASE)])


def test_there_is_a_schema_for_every_command_that_prints_a_document():
    assert set(resources.schemas()) == {*DOCUMENTS, *LINES}


@pytest.mark.parametrize(("what", "attributions"), zip(LINES, (False, True), strict=True))
def test_every_line_of_statements_and_attributions_has_the_shape_that_its_schema_promises(what, attributions, articles):
    lines = [json.loads(json.dumps(line)) for line in documents.read_lines(articles[0], attributions=attributions)]
    assert [complaints(what, line) for line in lines] == [[], []]
    assert all(line["schema"] == f"parley/{what}/1" and line["doc"] == "talks.txt" for line in lines)
    document = json.loads(plain(documents.read_document(articles, attributions=attributions)))
    assert complaints("read", document) == []
    assert len(document["articles"][0]["attributions" if attributions else "statements"]) == 2


@pytest.mark.parametrize("draws", [0, DRAWS])
def test_a_run_of_the_modes_gives_single_values_and_one_of_draws_gives_statistics(draws, tmp_path):
    document = documents.run_document(workbench.run(CASE, draws=draws, store=tmp_path), CASE)
    settlement = document["engines"]["compromise_model"]["settlement"]["water"]
    assert complaints("run", json.loads(plain(document))) == []
    assert isinstance(settlement, float) == (draws == 0)
    assert draws == 0 or set(settlement) == {"mean", "q05", "q10", "q50", "q90", "q95"}


def test_a_comparison_of_the_modes_has_the_same_shape(tmp_path):
    document = documents.compare_document(workbench.compare(CASE, draws=0, store=tmp_path), CASE)
    assert complaints("compare", json.loads(plain(document))) == []


def test_what_an_engine_is_silent_on_is_null_and_no_number_is_nan(printed):
    for what in DOCUMENTS:
        assert all(math.isfinite(number) for number in every_number(printed[what]))
    for name, card in ((name, engine.card) for name, engine in available().items()):
        for variable in card.silent_on:
            shown = printed["run"]["engines"][name][variable]
            values = shown.values() if variable in ("settlement", "payoff") else [shown]
            assert all(value["q50"] is None for value in values), (name, variable)


def test_settlements_are_in_the_issues_own_unit():
    """The withdrawal runs over 0..120 days: positions of 20 and 90 days, weights 50 x 0.5 and 45 x 0.4 at the modes."""
    document = documents.run_document(workbench.run(CASE, engines=["compromise_model"], draws=0), CASE)
    by_hand = (20 * 25 + 90 * 18) / (25 + 18)
    assert document["engines"]["compromise_model"]["settlement"]["withdrawal"] == pytest.approx(by_hand, rel=1e-12)


def test_parties_issues_and_approaches_keep_the_order_of_the_scenario(printed):
    scenario = workbench.load(CASE)
    for answers in printed["run"]["engines"].values():
        assert tuple(answers["settlement"]) == scenario.issue_ids
        assert tuple(answers["payoff"]) == scenario.party_ids
    asked = [each.id for each in scenario.approaches if each.by == scenario.question.asked_by]
    assert [each["id"] for each in printed["compare"]["approaches"]] == asked


def test_every_number_of_a_briefing_leads_to_a_basis(printed):
    document = printed["brief"]
    named = {piece["basis"] for piece in pieces(document["sections"]) if "basis" in piece}
    assert named
    assert named <= set(document["bases"])


def pieces(value):
    if isinstance(value, dict):
        if "text" in value:
            yield value
        for each in value.values():
            yield from pieces(each)
    elif isinstance(value, list):
        for each in value:
            yield from pieces(each)


def test_a_command_prints_one_json_document_and_nothing_else(tmp_path):
    command = [sys.executable, "-m", "parley", "run", CASE, "--draws", "5", "--store", str(tmp_path), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert complaints("run", json.loads(done.stdout)) == []
