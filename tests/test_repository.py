"""What the repository promises about itself."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PINNED = ["requirements/run.txt", "requirements/check.txt"]


def pins(name: str) -> set[str]:
    """Each pinned requirement with its marker, such as ``numpy==2.4.6``."""
    return {line.rstrip(" \\") for line in requirement_lines(name)}


def requirement_lines(name: str) -> list[str]:
    return re.findall(r"^[A-Za-z0-9][^#\n]*$", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").iterdir()), ids=lambda path: path.name)
def test_no_requirements_file_names_an_address(path):
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links)\b", text, flags=re.MULTILINE)


@pytest.mark.parametrize("name", PINNED)
def test_every_requirement_is_pinned_to_one_version_with_a_hash(name):
    text = re.sub(r"\\\n\s*", " ", (ROOT / name).read_text(encoding="utf-8"))
    requirements = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(requirements) > 20
    assert not [line for line in requirements if not re.search(r"==\S+ .*--hash=sha256:[0-9a-f]{64}", line)]


def test_what_is_tested_is_what_is_run():
    assert pins("requirements/run.txt") <= pins("requirements/check.txt")


def test_every_core_dependency_is_among_the_pinned_ones():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"^dependencies = \[(.*?)^\]", project, flags=re.MULTILINE | re.DOTALL).group(1)
    wanted = {name.lower().replace(".", "-") for name in re.findall(r'"([A-Za-z0-9.\-]+)', block)}
    assert wanted
    assert wanted <= {pin.partition("==")[0] for pin in pins("requirements/run.txt")}


def test_the_makefile_installs_nothing_without_hashes_but_the_project_itself():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = re.findall(r"^\t@\$\(PIP\) install (.*)$", makefile, flags=re.MULTILINE)
    assert installs
    for arguments in installs:
        assert arguments.startswith("--require-hashes -r ") or arguments == "--no-deps --no-build-isolation -e ."


def test_the_changelog_has_a_place_for_what_is_not_released_yet():
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_citation_names_the_version_of_the_package():
    package = (ROOT / "src/parley/__init__.py").read_text(encoding="utf-8")
    version = re.search(r'^__version__ = "(.+)"$', package, flags=re.MULTILINE).group(1)
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
