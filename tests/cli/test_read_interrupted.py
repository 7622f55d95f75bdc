"""`parley read`, the real command over a folder, is interrupted: it ends at once, and goes on where it was."""

import os
import signal
import subprocess
import sys
import time

import pytest

SAID = ("We will not sign", "The port must open", "Nobody wants peace", "The guns fall silent", "They may yet agree")
COUNT = 40
PATIENCE = 240


@pytest.fixture
def folder(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(COUNT):
        said = [f"“{SAID[(number + place) % 5]} in week {number}”, said Ana Duarte.\n" for place in range(4)]
        (articles / f"{number:02}.txt").write_text("18 March 2025\n\n" + "".join(said), encoding="utf-8")
    return tmp_path


def started(folder, out, *options):
    return subprocess.Popen(
        [sys.executable, "-m", "parley", "read", "articles", "--reader", "rules", "-o", out, *options],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip


def kept(folder, store):
    return len(list((folder / store).rglob("*.json")))


def group_is_gone(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals are sent as a terminal does where there are groups")
@pytest.mark.parametrize(("jobs", "then"), [("2", "1"), ("1", "2")])
def test_an_interrupted_run_leaves_nothing_half_done_and_gives_the_same_bytes_later(jobs, then, folder):
    whole = started(folder, "whole.jsonl", "--jobs", then, "--store", "other")
    assert whole.wait(PATIENCE) == 0

    broken = started(folder, "lines.jsonl", "--jobs", jobs, "--store", "store")
    end = time.monotonic() + PATIENCE
    while kept(folder, "store") < 5:
        assert time.monotonic() < end, "nothing is read"
        time.sleep(0.01)
    os.killpg(broken.pid, signal.SIGINT)
    _, said = broken.communicate(timeout=PATIENCE)
    assert broken.returncode == 130
    assert b"the same command goes on from there" in said
    before = kept(folder, "store")
    assert 5 <= before < COUNT, "it was to be interrupted in the middle"
    assert [path.name for path in folder.iterdir() if "lines" in path.name] == []
    while not group_is_gone(broken.pid):
        assert time.monotonic() < end, "a process is left behind"
        time.sleep(0.01)

    times = {path: path.stat().st_mtime_ns for path in (folder / "store").rglob("*.json")}
    again = started(folder, "lines.jsonl", "--jobs", then, "--store", "store")
    assert again.wait(PATIENCE) == 0
    assert (folder / "lines.jsonl").read_bytes() == (folder / "whole.jsonl").read_bytes()
    assert all(path.stat().st_mtime_ns == at for path, at in times.items())
    assert kept(folder, "store") == COUNT
