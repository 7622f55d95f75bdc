"""What the documentation promises: everything has its page, nothing leads nowhere, and generated pages are current."""

import dataclasses
import importlib
import re
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import parley
from parley import resources
from parley.cli.app import app
from parley.domain.scenario import Scenario
from parley.engines import available

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
COMMANDS = sorted(get_command(app).commands)
TUTORIAL = (DOCS / "tutorial.md").read_text(encoding="utf-8")
WEB = ("http://", "https://", "mailto:")


def text_of(path):
    return path.read_text(encoding="utf-8")


def without_code(text):
    """A page without its blocks of code, in which a bracket is no link and a hash no heading."""
    return re.sub(r"^([ ]*)(```+|~~~+).*?^\1\2[ ]*$", "", text, flags=re.MULTILINE | re.DOTALL)


def slug(heading):
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def anchors(path):
    """Names that a link can point to: headings and labels."""
    text = without_code(text_of(path))
    found = {slug(heading) for heading in re.findall(r"^#{1,6} (.+)$", text, flags=re.MULTILINE)}
    return found | labels(path)


def labels(path):
    """Labels that stand before a heading or a paragraph; a link in any page can point to them."""
    return set(re.findall(r"^\(([\w-]+)\)=$", text_of(path), flags=re.MULTILINE))


def links():
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", without_code(text_of(page))):
            if not target.startswith(WEB):
                yield pytest.param(page, target, id=f"{page.relative_to(ROOT)}:{target}")


@pytest.mark.parametrize(("page", "target"), list(links()))
def test_a_link_leads_somewhere(page, target):
    file, _, anchor = target.partition("#")
    aimed = (page.parent / file).resolve() if file else page
    assert aimed.exists(), f"{target} does not exist"
    if anchor and aimed.suffix == ".md":
        elsewhere = set() if file else {label for each in DOCS.rglob("*.md") for label in labels(each)}
        assert anchor in anchors(aimed) | elsewhere, f"no heading or label '{anchor}'"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_place_in_the_reference(command):
    assert f"parley-{command}" in anchors(DOCS / "reference/commands.md")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_spoken_of_in_a_page_written_by_hand(command):
    pages = [page for page in PAGES if "reference" not in page.parts]
    assert any(re.search(rf"(parley|make) {command}\b", text_of(page)) for page in pages)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_has_an_example(command):
    assert f"Example: parley {command}" in (get_command(app).commands[command].epilog or "")


@pytest.mark.parametrize("name", sorted(available()))
def test_every_engine_has_a_page_with_the_parts_that_a_reader_looks_for(name):
    headings = anchors(DOCS / "engines" / f"{name}.md")
    assert {"question", "settings", "worked-example", "what-it-cannot-say", "references"} <= headings


@pytest.mark.parametrize("name", sorted(available()))
def test_every_page_of_an_engine_has_an_example_that_runs(name):
    assert ">>> " in text_of(DOCS / "engines" / f"{name}.md")


@pytest.mark.parametrize("name", sorted(available()))
def test_every_setting_of_an_engine_is_explained(name):
    page = text_of(DOCS / "reference/settings.md")
    part = page.partition(f"\n## `{name}`\n")[2].partition("\n## ")[0]
    for field in dataclasses.fields(available()[name]):
        row = re.search(rf"^\| `{field.name}` \| (.*?) \|", part, flags=re.MULTILINE)
        assert row, field.name
        assert len(row.group(1)) > 10, f"the docstring of {name} does not explain {field.name}"


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Scenario)])
def test_every_section_of_a_scenario_is_in_the_reference_and_in_the_guide(name):
    assert f"`{name}`" in text_of(DOCS / "reference/scenario.md")
    assert f"`{name}`" in text_of(DOCS / "how-to/write-a-scenario.md")


def test_every_field_of_the_scenario_file_is_explained():
    rows = re.findall(r"^\| \[?`(\w+)`\S* \| (.*?) \|", text_of(DOCS / "reference/scenario.md"), flags=re.MULTILINE)
    assert len(rows) > 150
    assert [name for name, explained in rows if not explained.strip()] == []


@pytest.mark.parametrize("case", resources.cases())
def test_every_shipped_case_has_a_page_and_explains_its_coding(case):
    assert f"`{case}`" in text_of(DOCS / "reference/cases.md")
    assert len(resources.read(f"catalog/{case}/README.md")) > 500


@pytest.mark.parametrize("name", [name for name in parley.__all__ if not name.startswith("_")])
def test_every_public_name_is_in_the_reference(name):
    assert f"### `parley.{name}`" in text_of(DOCS / "reference/python.md")


@pytest.mark.parametrize("record", sorted(DOCS.glob("decisions/0*.md")), ids=lambda path: path.stem)
def test_every_decision_says_context_choice_and_consequences(record):
    text = text_of(record)
    assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE)[:3] == ["Context", "Choice", "Consequences"]
    assert text.startswith(f"# {int(record.stem[:4])}. ")
    assert len(text.splitlines()) <= 70, "a record is a page"


def test_the_tutorial_shows_what_the_commands_print(tmp_path, monkeypatch):
    """Every line of each block that follows a command stands in what it prints, in order; the numbers may differ."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    case = resources.read("catalog/tutorial/two-valleys/scenario.yaml").decode()
    blocks = re.findall(r"^```\n(parley [^\n]+)\n```\n\n```\n(.+?)\n```$", TUTORIAL, flags=re.MULTILINE | re.DOTALL)
    assert [command.split()[1] for command, _ in blocks] == ["check", "run", "compare"]
    broken = re.search(r"check again\.\n\n```\n(.+?)\n```", TUTORIAL, flags=re.DOTALL).group(1)
    for command, shown in [*blocks, ("parley check valleys.yaml", broken)]:
        text = case.replace("asked_by: upper}", "asked_by: uper}") if shown is broken else case
        Path("valleys.yaml").write_text(text, encoding="utf-8")
        done = CliRunner().invoke(app, command.split()[1:])
        printed = iter(masked(done.stdout + done.stderr))
        missing = [line for line in masked(shown) if line != "…" and not any(line == each for each in printed)]
        assert missing == [], command


def masked(text):
    """The lines of a text with a # for each number; frames of tables and spaces do not count."""
    bare = re.sub(r"[-+]?\d+(\.\d+)?", "#", re.sub(r"[^\S\n]*[\u2500-\u257f]+[^\S\n]*", " ", text))
    return [" ".join(line.split()) for line in bare.splitlines() if line.strip()]


def test_the_generated_pages_are_current(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    reference = importlib.import_module("reference")
    stale = [name for name, text in reference.pages().items() if text_of(DOCS / "reference" / name) != text]
    assert not stale, "run: python scripts/reference.py"


def test_every_work_that_the_code_or_a_page_cites_is_in_the_bibliography():
    entries = labels(DOCS / "bibliography.md")
    code = {key for path in (ROOT / "src").rglob("*.py") for key in re.findall(r"\[(\w+)\]_", text_of(path))}
    cards = {key for engine in available().values() for key in engine.card.references}
    assert (code | cards) - entries == set()


def test_the_bibliography_has_no_entry_that_nothing_cites():
    entries = labels(DOCS / "bibliography.md")
    pages = [page for page in PAGES if page.name != "bibliography.md"]
    rest = "\n".join(text_of(path) for path in [*(ROOT / "src").rglob("*.py"), *pages])
    assert {key for key in entries if not re.search(rf"\b{key}\b", rest)} == set()


def test_every_module_of_reading_has_its_place_in_the_guide_to_contributors():
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Where reading lives")[2]
    told = [name for row in re.findall(r"^\|.*\|(.*)\|$", guide, re.M) for name in re.findall(r"`(\w+)`", row)]
    modules = [path.stem for path in (ROOT / "src/parley/reading").glob("*.py") if path.stem != "__init__"]
    assert sorted(told) == sorted(modules)


def test_a_term_is_explained_once_in_the_glossary():
    terms = re.findall(r"^(\S.*)\n: ", text_of(DOCS / "glossary.md"), flags=re.MULTILINE)
    assert len(terms) > 40
    assert len(terms) == len(set(terms))


def test_no_page_names_the_machine_that_it_was_written_on():
    for page in PAGES:
        assert not re.search(r"/(home|work|root|Users)/\w", text_of(page)), page
