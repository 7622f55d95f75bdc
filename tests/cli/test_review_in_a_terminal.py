"""`parley review` at a real terminal: keys are pressed, the screen is read, and decisions outlast the process."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import time

import pytest

from parley.files import claims, codebooks
from tests.coding.made import codebook, coding

pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")

STYLES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]")
PATIENCE = 120
"""Seconds; a busy machine may be slow, and a test that waits for longer has failed."""


class Terminal:
    """A terminal with `parley review` in it."""

    def __init__(self, folder):
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "parley", "review", "claims.jsonl", "--by", "Ana"],
            cwd=folder, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            env={**os.environ, "COLUMNS": "100", "LINES": "50", "TERM": "xterm", "PYTHONUTF8": "1"},
        )  # fmt: skip
        os.close(slave)
        self._shown = b""

    def see(self, words):
        """Wait until words are shown that were not there before."""
        end = time.monotonic() + PATIENCE
        while words not in self._text():
            assert time.monotonic() < end, f"'{words}' is not in: {self._text()}"
            if not self._more():
                pytest.fail(f"it ended without '{words}': {self._text()}")
        self._shown = b""

    def press(self, key):
        """Press a key, once the program waits for one: what is typed before is thrown away."""
        end = time.monotonic() + PATIENCE
        while termios.tcgetattr(self._master)[3] & termios.ICANON:
            assert time.monotonic() < end, "it does not wait for a key"
            time.sleep(0.01)
        os.write(self._master, key.encode())

    def answer(self, question, words):
        self.see(question)
        os.write(self._master, words.encode() + b"\n")

    def end(self):
        """The exit code, once all that it shows is read."""
        while self._more():
            pass
        return self.process.wait(PATIENCE)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)

    def _more(self):
        if not select.select([self._master], [], [], 1.0)[0]:
            return True
        try:
            read = os.read(self._master, 65536)
        except OSError:
            return False
        self._shown += read
        return bool(read)

    def _text(self):
        return " ".join(STYLES.sub("", self._shown.decode("utf-8", "replace")).split())


@pytest.fixture
def folder(tmp_path):
    book = codebook()
    (tmp_path / "codebook.yaml").write_text(codebooks.text_of(book), encoding="utf-8")
    (tmp_path / "claims.jsonl").write_text(claims.text_of([coding("c1"), coding("c2"), coding("c3")], book))
    return tmp_path


@pytest.fixture
def opened(folder):
    terminals = []

    def inner():
        terminals.append(Terminal(folder))
        return terminals[-1]

    yield inner
    for each in terminals:
        each.close()


def actions(folder):
    return [json.loads(line)["action"] for line in (folder / "reviews.jsonl").read_text().splitlines()]


def test_claims_are_accepted_changed_rejected_split_and_undone_and_the_review_goes_on_another_day(opened, folder):
    first = opened()
    first.see("Claim 1/3")
    first.press("a")
    first.see("c1 accepted.")
    first.press("k")
    first.answer("Kind", "goal")
    first.see("c2 changed and accepted; n goes on.")
    first.press("n")
    first.see("Claim 3/3")
    first.press("r")
    first.see("c3 rejected.")
    first.press("u")
    first.see("Undo: reject of c3")
    first.press("s")
    first.answer("Split into how many claims", "2")
    first.see("c3 split into 2")
    first.press("q")
    assert first.end() == 0
    assert actions(folder) == ["accept", "edit", "reject", "undo", "split"]

    second = opened()
    second.see("Claim 3/4 2 decided, 2 open reviewer: Ana")
    second.press("a")
    second.see("c3 accepted.")
    second.press("\x03")
    assert second.end() == 0
    assert actions(folder)[5:] == ["accept"]


def test_what_was_decided_is_kept_when_the_terminal_dies(opened, folder):
    first = opened()
    first.see("Claim 1/3")
    first.press("r")
    first.see("c1 rejected.")
    first.process.send_signal(signal.SIGKILL)
    first.end()
    second = opened()
    second.see("Claim 2/3 1 decided, 2 open")
    second.press("q")
    assert second.end() == 0
    assert actions(folder) == ["reject"]
