"""A folder of short articles through the real command: words per CPU second, and whether memory stays flat.

The articles are made of sentences of the gold set that may be looked at, 60 to 120 words each.
"""

import json
import os
import random
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from parley.files.articles import places
from parley.intake import Order, read_one

DEV = Path(__file__).parents[1] / "tests" / "reading" / "gold" / "dev"
SENTENCES = [
    sentence
    for path in sorted(DEV.glob("*.txt"))
    for sentence in re.split(r"(?<=[.!?”])\s+", path.read_text(encoding="utf-8"))
    if len(sentence.split()) > 4
]
COUNT = 200


@pytest.fixture
def folder(tmp_path):
    rng = random.Random(7)
    (tmp_path / "articles").mkdir()
    for number in range(COUNT):
        lines = ["18 March 2025"]
        while sum(len(line.split()) for line in lines) < rng.randint(60, 120):
            lines.append(rng.choice(SENTENCES))
        (tmp_path / "articles" / f"{number:05}.txt").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def peak():
    """Most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize("reader", ["light", "best"])
def test_a_folder_is_read_at_the_speed_of_its_words_and_memory_stays_flat(reader, folder):
    """What a process holds is looked at after a tenth and at the end; the whole is timed without its start."""
    order = Order(reader=reader)
    found = places([folder / "articles"])
    for place in found[: COUNT // 10]:
        read_one(place, order=order)
    early, before = peak(), resource.getrusage(resource.RUSAGE_SELF)
    words = 0
    for place in found[COUNT // 10 :]:
        words += len(read_one(place, order=order).reading.article.text.split())
    after = resource.getrusage(resource.RUSAGE_SELF)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{reader}: {words / seconds:,.0f} words/s; {early:.0f} MB after a tenth, {peak():.0f} MB at the end")
    assert words / seconds > {"light": 2000, "best": 1000}[reader]
    assert peak() < early + 40


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_command_reads_a_folder(jobs, folder, benchmark):
    command = [sys.executable, "-m", "parley", "read", "articles", "--reader", "light", "--jsonl", "--jobs", jobs]

    def run():
        return subprocess.run([*command, "--store", os.urandom(4).hex()], cwd=folder, capture_output=True, check=True)

    done = benchmark.pedantic(run, rounds=2)
    assert len({json.loads(line)["doc"] for line in done.stdout.splitlines()}) > 0.9 * COUNT
