"""The network of the reader `best` in PyTorch, to be trained. `Encoder` is the main name.

A small BERT whose word embeddings stay as they are; what it also sees of each word (its shape, quotation marks, part of
speech and arc) is added to them, from nothing at the start. One head tags each word, another scores which spans belong
together.

Source
------
The layers of [Devlin2019]_ in the size of [WangWei2020]_.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from parley.reading.encoder.links import BUCKETS, KINDS
from parley.reading.encoder.tags import TAGS
from parley.reading.encoder.windows import SHAPES

__all__ = ["DROPOUT", "LAYERS", "Encoder", "Layer", "Links", "pretrained"]

WIDTH, LAYERS, HEADS, POSITIONS, QUOTES, RANK = 384, 6, 12, 512, 4, 128
EPSILON = 1e-12
DROPOUT = 0.1


def _norm(value: torch.Tensor, norm: nn.LayerNorm) -> torch.Tensor:
    """Level in single precision, whatever the precision of the rest."""
    with torch.autocast("cpu", enabled=False):
        return functional.layer_norm(value.float(), (WIDTH,), norm.weight, norm.bias, EPSILON).to(value.dtype)


class Layer(nn.Module):
    """Attention of each word piece to all others of its window, and a network of two layers, each levelled."""

    def __init__(self) -> None:
        super().__init__()
        self.three = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_1 = nn.LayerNorm(WIDTH)
        self.wide = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.norm_2 = nn.LayerNorm(WIDTH)

    def forward(self, value: torch.Tensor, penalty: torch.Tensor) -> torch.Tensor:
        """Values of shape (window, piece, width); `penalty` (window, 1, 1, piece) keeps the filling out of sight."""
        window, piece, _ = value.shape
        three = self.three(value).view(window, piece, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        with torch.autocast("cpu", enabled=False):
            weight = torch.softmax(three[0] * (WIDTH // HEADS) ** -0.5 @ three[1].transpose(-1, -2) + penalty, dim=-1)
            seen = weight @ three[2]
        seen = seen.transpose(1, 2).reshape(window, piece, WIDTH)
        value = _norm(value + self._drop(self.out(seen)).to(value.dtype), self.norm_1)
        wide = functional.gelu(self.wide(value))
        return _norm(value + self._drop(self.narrow(wide)).to(value.dtype), self.norm_2)

    def _drop(self, value: torch.Tensor) -> torch.Tensor:
        return functional.dropout(value, DROPOUT, self.training)


class Links(nn.Module):
    """Scores of pairs of spans, as `parley.reading.encoder.links` computes them without PyTorch."""

    def __init__(self) -> None:
        super().__init__()
        self.here = nn.Linear(2 * WIDTH, RANK)
        self.there = nn.Linear(2 * WIDTH, RANK)
        self.meet = nn.Linear(RANK, RANK, bias=False)
        self.wanted = nn.Linear(RANK, 1, bias=False)
        self.alone = nn.Linear(RANK, 1)
        self.distance = nn.Embedding(BUCKETS, 1)

    def forward(self, here: torch.Tensor, there: torch.Tensor, bucket: torch.Tensor) -> torch.Tensor:
        """Scores of shape (here, there + 1); the last column is for belonging to none."""
        mine, yours = torch.tanh(self.here(here)), torch.tanh(self.there(there))
        pair = self.meet(mine) @ yours.T + self.wanted(yours).T + self.distance(bucket).squeeze(-1)
        return torch.cat([pair, self.alone(mine)], dim=1)


class Encoder(nn.Module):
    """The network; `tags` and `arcs` count the parts of speech and arcs that it knows, 0 for all others."""

    def __init__(self, *, vocabulary: int, tags: int, arcs: int) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.shape = nn.Embedding(SHAPES, WIDTH)
        self.quoted = nn.Embedding(QUOTES, WIDTH)
        self.tag = nn.Embedding(tags + 1, WIDTH)
        self.arc = nn.Embedding(arcs + 1, WIDTH)
        for table in (self.shape, self.quoted, self.tag, self.arc):
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = nn.Linear(WIDTH, TAGS)
        self.links = nn.ModuleDict({kind: Links() for kind in KINDS})
        self.word.weight.requires_grad = False

    def forward(self, seen: Mapping[str, torch.Tensor]) -> torch.Tensor:
        """The hidden values, shape (window, piece, width), of inputs of shape (window, piece)."""
        value = self.word(seen["piece"]) + self.position.weight[: seen["piece"].shape[1]]
        value = value + self.shape(seen["shape"]) + self.quoted(seen["quoted"])
        value = _norm(value + self.tag(seen["tag"]) + self.arc(seen["arc"]), self.norm)
        if torch.is_autocast_enabled("cpu"):
            value = value.to(torch.bfloat16)
        penalty = torch.where(seen["mask"] > 0, 0.0, -1e4)[:, None, None, :].to(value.dtype)
        for layer in self.layers:
            value = layer(value, penalty)
        return value.float()


def pretrained(weights: Mapping[str, np.ndarray], encoder: Encoder) -> None:
    """Start from the published weights of a BERT of six layers.

    Parameters
    ----------
    weights : its weights by their published names
    encoder : takes them
    """
    found = {name: torch.from_numpy(np.array(each)) for name, each in weights.items()}
    names = {"three": "attention.self", "out": "attention.output.dense", "norm_1": "attention.output.LayerNorm"}
    names |= {"wide": "intermediate.dense", "narrow": "output.dense", "norm_2": "output.LayerNorm"}
    state = encoder.state_dict()
    state["word.weight"] = found["embeddings.word_embeddings.weight"]
    state["position.weight"] = (
        found["embeddings.position_embeddings.weight"] + found["embeddings.token_type_embeddings.weight"][0]
    )
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = found[f"embeddings.LayerNorm.{kind}"]
        for layer in range(LAYERS):
            for ours, theirs in names.items():
                whole = f"encoder.layer.{layer}.{theirs}"
                state[f"layers.{layer}.{ours}.{kind}"] = (
                    torch.cat([found[f"{whole}.{part}.{kind}"] for part in ("query", "key", "value")])
                    if ours == "three"
                    else found[f"{whole}.{kind}"]
                )
    encoder.load_state_dict(state)
