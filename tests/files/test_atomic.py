"""A file is found whole at any time, also when the writer is killed."""

import os
import signal
import subprocess
import sys
import time

import pytest

from parley.errors import FileError
from parley.files import atomic

WRITER = """
import sys
from parley.files import atomic
for number in range(1_000_000):
    atomic.write_bytes(sys.argv[1], b"%d " % number * 200_000)
    print(number, flush=True)
"""


def leftovers(folder):
    return [path for path in folder.iterdir() if path.name.endswith(atomic.SUFFIX)]


def test_the_new_content_is_there_and_nothing_else(tmp_path):
    target = tmp_path / "new" / "folder" / "case.yaml"
    atomic.write_text(target, "Gruß 🕊\n")
    atomic.write_text(target, "zweite Fassung\n")
    assert target.read_bytes() == b"zweite Fassung\n"
    assert [path.name for path in target.parent.iterdir()] == ["case.yaml"]


def test_a_file_keeps_its_permissions(tmp_path):
    target = tmp_path / "case.yaml"
    target.write_bytes(b"old")
    target.chmod(0o640)
    atomic.write_bytes(target, b"new")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_permissions_that_the_user_gives_new_files(tmp_path):
    mask = os.umask(0o027)
    try:
        atomic.write_bytes(tmp_path / "case.yaml", b"new")
    finally:
        os.umask(mask)
    assert (tmp_path / "case.yaml").stat().st_mode & 0o777 == 0o640


def test_a_link_still_points_to_the_file_that_was_written(tmp_path):
    (tmp_path / "case.yaml").write_bytes(b"old")
    (tmp_path / "link.yaml").symlink_to("case.yaml")
    atomic.write_bytes(tmp_path / "link.yaml", b"new")
    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "case.yaml").read_bytes() == b"new"


def test_a_write_that_fails_leaves_the_old_content_and_nothing_else(tmp_path, monkeypatch):
    target = tmp_path / "case.yaml"
    target.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(FileError, match="No space left on device") as caught:
        atomic.write_bytes(target, b"new")
    assert caught.value.exit_code == 5
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_cannot_be_overwritten(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileError, match="cannot write"):
        atomic.write_bytes(tmp_path / "folder", b"new")
    assert leftovers(tmp_path) == []


def test_only_old_leftovers_of_the_same_file_are_removed(tmp_path):
    mine, fresh, other = (tmp_path / f".{name}{atomic.SUFFIX}" for name in ("case.yaml.1", "case.yaml.2", "x.yaml.3"))
    for path in (mine, fresh, other):
        path.write_bytes(b"part")
    old = time.time() - atomic.STALE_SECONDS - 1
    for path in (mine, other):
        os.utime(path, (old, old))
    atomic.write_bytes(tmp_path / "case.yaml", b"new")
    assert set(leftovers(tmp_path)) == {fresh, other}


def test_a_folder_is_not_listed_anew_for_each_of_many_files(tmp_path, monkeypatch):
    listed = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: listed.append(folder) or scandir(folder))
    for number in range(50):
        atomic.write_bytes(tmp_path / f"{number}.html", b"page")
    assert len(listed) <= 2


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
def test_a_writer_that_is_killed_leaves_the_old_content_or_the_new(tmp_path):
    """Each write is about a megabyte of one number, so a torn file would show two numbers or a wrong length."""
    target = tmp_path / "case.yaml"
    for attempt in range(12):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"0\n"
            time.sleep(0.003 * attempt)
            writer.kill()
        content = target.read_bytes()
        number = content.split(b" ", 1)[0]
        assert content == (number + b" ") * 200_000
        assert len(leftovers(tmp_path)) <= attempt + 1
    old = time.time() - atomic.STALE_SECONDS - 1
    for path in leftovers(tmp_path):
        os.utime(path, (old, old))
    atomic.write_bytes(target, b"new")
    assert list(tmp_path.iterdir()) == [target]
