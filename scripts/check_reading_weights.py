"""Check that the weights of the light reader give no sentence of their corpus back.

`python scripts/check_reading_weights.py --corpus DIR` guesses each next word of the corpus' sentences from the
weights, as `parley.reading.training.disclosure` explains, and ends with 1 where a sentence of eight words or more
comes back whole.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from parley.errors import ParleyError
from parley.reading.grid import Grid
from parley.reading.light import Model, shipped
from parley.reading.parsing import parsed
from parley.reading.training.corpus import read_corpus
from parley.reading.training.disclosure import guessed_words


def main() -> int:
    """Guess, and print how well it went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="the folder that holds data/")
    parser.add_argument("--weights", type=Path, metavar="FILE", help="a light.npz of your own")
    parser.add_argument("--articles", type=int, default=100, metavar="N", help="how many articles to try")
    asked = parser.parse_args()
    try:
        model = Model.load(asked.weights.read_bytes()) if asked.weights else shipped()
        grids = [
            Grid.of(parsed(example.article))
            for number, example in enumerate(read_corpus(asked.corpus))
            if number < asked.articles
        ]
    except (ParleyError, OSError) as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    found = guessed_words(model, grids)
    print(f"{found.sentences:,} sentences tried: {found.whole} came back whole")
    print(f"{found.right:,} of {found.words:,} next words guessed; the longest run is {found.longest}")
    return 1 if found.whole else 0


if __name__ == "__main__":
    sys.exit(main())
