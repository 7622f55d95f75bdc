"""Data that ships in the package is what was shipped."""

import hashlib
import shutil

import pytest

from parley import resources
from parley.errors import FileError, UsageError


def test_the_sums_of_all_shipped_data_match():
    for folder in resources.FOLDERS:
        files = {
            path.relative_to(resources.ROOT / folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (resources.ROOT / folder).rglob("*")
            if path.is_file() and path.name != resources.SUMS
        }
        lines = (resources.ROOT / folder / resources.SUMS).read_text(encoding="ascii").splitlines()
        listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
        assert listed == files, "shipped data has changed: run python -m parley.resources"


def test_the_name_of_a_case_is_its_path():
    for slug in resources.cases():
        assert resources.case_path(slug).as_posix().endswith(f"catalog/{slug}/scenario.yaml")
        assert resources.read(f"catalog/{slug}/scenario.yaml") == resources.case_path(slug).read_bytes()


def test_the_last_part_of_a_name_will_do_where_no_other_case_has_it(monkeypatch):
    assert resources.case_path("ec-cars") == resources.case_path("collective/ec-cars")
    assert resources.case_name("cars") is None
    monkeypatch.setattr(resources, "cases", lambda: ("one/same", "two/same"))
    assert resources.case_name("same") is None
    assert resources.case_name("two/same") == "two/same"


def test_an_unknown_case_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match="did you mean 'tutorial/two-valleys'"):
        resources.case_path("tutorial/two-valeys")


@pytest.mark.parametrize(
    "name", ["catalog/../resources.py", "domain/issue.py", "catalog/SHA256SUMS", "catalog/", "", "/etc/passwd"]
)
def test_nothing_but_what_ships_is_read(name):
    with pytest.raises(FileError, match="not among the files that ship"):
        resources.read(name)


def test_changed_data_is_not_read_before_its_sum_is_refreshed(tmp_path, monkeypatch):
    shutil.copytree(resources.ROOT / "catalog", tmp_path / "catalog")
    monkeypatch.setattr(resources, "ROOT", tmp_path)
    slug = resources.cases()[0]
    name = f"catalog/{slug}/scenario.yaml"
    with open(tmp_path / name, "ab") as file:
        file.write(b"# changed\n")
    with pytest.raises(FileError, match="has been changed"):
        resources.read(name)
    resources.refresh_sums(tmp_path)
    resources._sums.cache_clear()
    assert resources.read(name).endswith(b"# changed\n")
    resources._sums.cache_clear()


def test_every_schema_of_an_output_is_named_and_read():
    for what in resources.schemas():
        assert resources.schema(what)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    with pytest.raises(UsageError, match="there is no schema"):
        resources.schema("nothing")


def test_what_is_compiled_beside_the_code_does_not_make_it_other_code_and_a_change_of_it_does(tmp_path, monkeypatch):
    (tmp_path / "kernels" / "__pycache__").mkdir(parents=True)
    (tmp_path / "kernels" / "sums.py").write_text("total = 1\n")
    monkeypatch.setattr(resources, "ROOT", tmp_path)
    digest = resources.code_digest.__wrapped__
    before = digest(("kernels",))
    for name in ("sums.py-1.py311.nbi", "sums.1.py311.1.nbc", "sums.cpython-311.pyc"):
        (tmp_path / "kernels" / "__pycache__" / name).write_bytes(b"compiled")
    assert digest(("kernels",)) == before
    (tmp_path / "kernels" / "words.tsv").write_text("a table that the code reads\n")
    assert digest(("kernels",)) != before
