"""Check that the weights of the readers give no sentence of their corpus back.

`python scripts/check_reading_weights.py --corpus DIR` guesses each next word of the corpus' sentences from the weights
of the light reader, as `parley.reading.training.disclosure` explains, and ends with 1 where a sentence of eight words
or more comes back whole. With `--reader best` it hides words from the encoder, as
`parley.reading.training.hidden_words` explains, in articles of training and in others, and ends with 1 where the first
are guessed more often by more than three standard errors.
"""

from __future__ import annotations

import argparse
import itertools
import math
import sys
from pathlib import Path

import numpy as np

from parley.errors import ParleyError
from parley.reading.encoder.network import Network
from parley.reading.encoder.windows import prepared
from parley.reading.grid import Grid
from parley.reading.light import Model, shipped
from parley.reading.parsing import parsed
from parley.reading.training.corpus import read_corpus
from parley.reading.training.disclosure import guessed_words
from parley.reading.training.hidden_words import Guessed, guessed

OTHERS = 9


def main() -> int:
    """Guess, and print how well it went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="the folder that holds data/")
    parser.add_argument("--reader", choices=("light", "best"), default="light", help="whose weights to ask")
    parser.add_argument("--weights", type=Path, metavar="FILE", help="a light.npz of your own")
    parser.add_argument("--articles", type=int, default=100, metavar="N", help="how many articles to try")
    asked = parser.parse_args()
    try:
        return _of_encoder(asked) if asked.reader == "best" else _of_light(asked)
    except (ParleyError, OSError) as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1


def _of_light(asked: argparse.Namespace) -> int:
    model = Model.load(asked.weights.read_bytes()) if asked.weights else shipped()
    examples = itertools.islice(read_corpus(asked.corpus), asked.articles)
    found = guessed_words(model, [Grid.of(parsed(example.article)) for example in examples])
    print(f"{found.sentences:,} sentences tried: {found.whole} came back whole")
    print(f"{found.right:,} of {found.words:,} next words guessed; the longest run is {found.longest}")
    return 1 if found.whole else 0


def _of_encoder(asked: argparse.Namespace) -> int:
    trained, unseen = (_hidden(asked.corpus, part, asked.articles) for part in ("train", "dev"))
    for words, found in (("articles of training", trained), ("other articles", unseen)):
        print(f"{words}: {found.right} of {found.words} hidden words guessed, each among {found.others} others")
    both = (trained.right + unseen.right) / (trained.words + unseen.words)
    error = math.sqrt(both * (1 - both) * (1 / trained.words + 1 / unseen.words))
    difference = trained.right / trained.words - unseen.right / unseen.words
    print(f"difference {difference:+.3f}, standard error {error:.3f}")
    return 1 if difference > 3 * error else 0


def _hidden(corpus: Path, part: str, articles: int) -> Guessed:
    network = Network.shipped()
    made = []
    for example in itertools.islice(read_corpus(corpus, part), articles):
        paragraphs = parsed(example.article)
        made.append(prepared(paragraphs, Grid.of(paragraphs), tags=network.tags, arcs=network.arcs))
    return guessed(network, made, others=OTHERS, rng=np.random.default_rng(0))


if __name__ == "__main__":
    sys.exit(main())
