"""Hold a reader against a corpus of marked attributions, in the layout of PolNeAR.

`python scripts/score_reader.py --corpus DIR --reader rules` prints precision, recall and F1 by measure, recall by
type of quotation, and how many words the reader takes in a second of CPU time, parsing included. The measures are
explained in `parley.reading.training.scores`; `half` and `full` are the ones to quote. Tune on `train` and `dev`
alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from parley.errors import ParleyError
from parley.reading.light import Light, Model
from parley.reading.parsing import parsed
from parley.reading.rules import Rules
from parley.reading.training.corpus import read_corpus
from parley.reading.training.scores import MEASURES, TYPES, as_marked, rates, recall, tally

READERS = {"light": Light, "rules": Rules}


def main() -> int:
    """Read the corpus with the reader, score what it finds, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="the folder that holds data/")
    parser.add_argument("--part", default="dev", help="such as train or dev")
    parser.add_argument("--reader", choices=sorted(READERS), default="light")
    parser.add_argument("--weights", type=Path, metavar="FILE", help="a light.npz of your own")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    asked = parser.parse_args()
    try:
        found = measured(asked.corpus, asked.part, reader_of(asked.reader, asked.weights))
    except (ParleyError, OSError) as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    print(json.dumps(found, indent=2) if asked.json else table(found))
    return 0


def reader_of(name: str, weights: Path | None) -> Light | Rules:
    """The reader of a name, with weights of one's own where they are given."""
    if name == "light" and weights is not None:
        return Light(model=Model.load(weights.read_bytes()))
    return READERS[name]()


def measured(corpus: Path, part: str, reader: Light | Rules) -> dict[str, Any]:
    """What the reader finds in a part of the corpus, in figures."""
    reader.attributions(parsed(next(iter(read_corpus(corpus, part))).article))
    counts: Counter[str] = Counter()
    words, seconds = 0, 0.0
    for example in read_corpus(corpus, part):
        start = time.process_time()
        found = reader.attributions(parsed(example.article))
        seconds += time.process_time() - start
        words += len(example.article.text.split())
        counts.update(tally(example.article.text, example.marked, as_marked(found)))
    scores = {measure: rates(counts, measure) for measure in MEASURES}
    return {
        "reader": reader.name,
        "part": part,
        "marked": counts["marked"],
        "found": counts["found"],
        "scores": {
            name: {"precision": each.precision, "recall": each.recall, "f1": each.f1} for name, each in scores.items()
        },
        "recall_by_type": {
            kind: {measure: recall(counts, measure, kind) for measure in ("half", "full")} for kind in TYPES
        },
        "words": words,
        "words_per_cpu_second": words / seconds,
    }


def table(found: dict[str, Any]) -> str:
    """The figures as lines for people."""
    lines = [f"{found['reader']} on {found['part']}: {found['marked']} marked, {found['found']} found"]
    for name, each in found["scores"].items():
        lines.append(f"{name:9} P {each['precision']:.3f}  R {each['recall']:.3f}  F1 {each['f1']:.3f}")
    for kind, each in found["recall_by_type"].items():
        lines.append(f"{kind:9} recall: half {each['half']:.3f}  full {each['full']:.3f}")
    lines.append(f"{found['words']:,} words, {found['words_per_cpu_second']:,.0f} a CPU second, parsing included")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
