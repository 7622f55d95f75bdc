"""What the encoder gives away of the articles that it was fitted to. `guessed` is the main name.

The network cannot write: all that it answers is how sure it is of each word's tag. So the question is put like this:
one word of a window is hidden among others of its part of speech, and the one that makes the network surest is the
guess. Who keeps sentences guesses better in articles of training than in others; the difference is what was kept, the
rest is grammar.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parley.reading.encoder.network import Network
from parley.reading.encoder.windows import Article, Window, windows

__all__ = ["Guessed", "guessed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guessed:
    """How often a hidden word was guessed.

    Attributes
    ----------
    words : how many words were hidden, one in each window
    right : how many were guessed
    others : among how many other words each was hidden
    """

    words: int
    right: int
    others: int


def guessed(network: Network, articles: Sequence[Article], *, others: int, rng: np.random.Generator) -> Guessed:
    """Hide one word of each window among others of its part of speech, and take the one that makes the network surest.

    Parameters
    ----------
    network : the network
    articles : articles as word pieces
    others : among how many other words to hide it; words of one piece out of the same articles
    rng : chooses the words
    """
    choices = _by_tag(articles)
    words = right = 0
    for article in articles:
        for window in windows(article):
            whole = _whole(article, window)
            if not len(whole):
                continue
            place = int(rng.choice(whole))
            true = int(article.piece[place])
            pool = choices[int(article.tag[article.token[place]])]
            pool = pool[pool != true]
            if not len(pool):
                continue
            tried = [true, *rng.choice(pool, size=others).tolist()]
            sure = [_sureness(network, article, window, place, piece) for piece in tried]
            words += 1
            right += int(np.argmax(sure) == 0 and sure[0] > max(sure[1:]))
    return Guessed(words=words, right=right, others=others)


def _whole(article: Article, window: Window) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The word pieces of a window that are a word by themselves."""
    first, stop = np.searchsorted(article.token, [window[0][0], window[-1][1]])
    tokens = article.token[first:stop]
    alone = (np.diff(tokens, prepend=-1) != 0) & (np.diff(tokens, append=-1) != 0) & (article.shape[tokens] < 5)
    return np.flatnonzero(alone) + first


def _by_tag(articles: Sequence[Article]) -> dict[int, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """For each part of speech, the words of one piece that bear it."""
    found: dict[int, set[int]] = {}
    for article in articles:
        alone = (np.diff(article.token, prepend=-1) != 0) & (np.diff(article.token, append=-1) != 0)
        for piece, tag in zip(article.piece[alone].tolist(), article.tag[article.token[alone]].tolist(), strict=True):
            found.setdefault(tag, set()).add(piece)
    return {tag: np.array(sorted(pieces)) for tag, pieces in found.items()}


def _sureness(network: Network, article: Article, window: Window, place: int, piece: int) -> float:
    """The sum of the logarithms of the likeliest tags' probabilities, with a word in another's place."""
    changed = article.piece.copy()
    changed[place] = piece
    [seen] = network.look(dataclasses.replace(article, piece=changed), [window])
    return float(seen.scores.max(axis=1).sum())
