"""The trained encoder as an ONNX graph with weights of eight bits. `graph` is the main name.

Each row of a table of embeddings, and each output of a matrix, has its own scale: a weight is its number, -127..127,
times the scale. Sums are in single precision.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from parley.reading.encoder.network import INPUTS

__all__ = ["HEADS", "graph", "rounded"]

HEADS = 12
OPSET = 20

Weight = np.ndarray[Any, np.dtype[np.float32]]


def rounded(weight: Weight) -> tuple[np.ndarray[Any, np.dtype[np.int8]], Weight]:
    """Round a table or a matrix, row by row, to eight bits.

    Parameters
    ----------
    weight : array, shape (row, column)

    Returns
    -------
    array, shape (row, column), -127..127, and array, shape (row,), scales > 0
    """
    scale = np.maximum(np.abs(weight).max(axis=1), 1e-12).astype(np.float32) / np.float32(127)
    return np.rint(weight / scale[:, np.newaxis]).astype(np.int8), scale


class _Graph:
    """Nodes and constants of a graph, as they are added."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: np.ndarray[Any, Any] | np.floating) -> str:
        from onnx import numpy_helper

        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, output: str | None = None, **settings: object) -> str:
        from onnx import helper

        name = output or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **settings))
        return name

    def floats(self, value: Weight) -> str:
        """A constant that is kept in half precision."""
        from onnx import TensorProto

        return self.node("Cast", self.constant(value.astype(np.float16)), to=TensorProto.FLOAT)

    def rows(self, table: Weight, which: str) -> str:
        """Rows of a table of eight bits."""
        from onnx import TensorProto

        number, scale = rounded(table)
        found = self.node("Cast", self.node("Gather", self.constant(number), which), to=TensorProto.FLOAT)
        return self.node("Mul", found, self.node("Gather", self.constant(scale[:, np.newaxis]), which))

    def affine(self, value: str, weight: Weight, bias: Weight) -> str:
        """`value @ weight.T + bias`, the weight in eight bits."""
        number, scale = rounded(weight)
        matrix = self.node(
            "DequantizeLinear",
            self.constant(np.ascontiguousarray(number.T)),
            self.constant(scale),
            self.constant(np.zeros(len(scale), dtype=np.int8)),
            axis=1,
        )
        return self.node("Add", self.node("MatMul", value, matrix), self.constant(bias))

    def norm(self, value: str, weight: Weight, bias: Weight) -> str:
        scale, shift = self.constant(weight), self.constant(bias)
        return self.node("LayerNormalization", value, scale, shift, axis=-1, epsilon=1e-12)


def graph(weights: Mapping[str, Weight], *, layers: int) -> bytes:
    """Write the network as ONNX.

    Parameters
    ----------
    weights : the network's weights by name, as `Encoder` has them
    layers : number of layers

    Returns
    -------
    the graph; it takes whole numbers of shape (window, piece) for each of `INPUTS`, and gives `scores`, logarithms of
    probabilities of shape (window, piece, tag), and `hidden` of shape (window, piece, width)
    """
    from onnx import TensorProto, helper

    made = _Graph()
    width = weights["word.weight"].shape[1]
    value = _embedded(made, weights)
    outside = made.node("Sub", made.node("Cast", "mask", to=TensorProto.FLOAT), made.constant(np.float32(1)))
    penalty = made.node("Mul", outside, made.constant(np.float32(1e4)))
    penalty = made.node("Unsqueeze", penalty, made.constant(np.array([1, 2])))
    for layer in range(layers):
        mine = {
            name.removeprefix(f"layers.{layer}."): each
            for name, each in weights.items()
            if name.startswith(f"layers.{layer}.")
        }
        last = layer == layers - 1
        value = _layer(made, value, mine, penalty=penalty, output="hidden" if last else None)
    raw = made.node("MatMul", value, made.constant(np.ascontiguousarray(weights["head.weight"].T)))
    raw = made.node("Add", raw, made.constant(weights["head.bias"]))
    made.node("LogSoftmax", raw, output="scores", axis=-1)
    drawn = helper.make_graph(
        made.nodes,
        "encoder",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["window", "piece"]) for name in INPUTS],
        [
            helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["window", "piece", len(weights["head.bias"])]),
            helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["window", "piece", width]),
        ],
        made.constants,
    )
    model = helper.make_model(drawn, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    serialized: bytes = model.SerializeToString(deterministic=True)
    return serialized


def _embedded(made: _Graph, weights: Mapping[str, Weight]) -> str:
    length = made.node("Slice", made.node("Shape", "piece"), made.constant(np.array([1])), made.constant(np.array([2])))
    start = made.constant(np.array([0]))
    value = made.node("Slice", made.floats(weights["position.weight"]), start, length)
    value = made.node("Add", made.rows(weights["word.weight"], "piece"), value)
    for name in INPUTS[1:5]:
        value = made.node("Add", value, made.node("Gather", made.floats(weights[f"{name}.weight"]), name))
    return made.norm(value, weights["norm.weight"], weights["norm.bias"])


def _layer(made: _Graph, value: str, mine: Mapping[str, Weight], *, penalty: str, output: str | None) -> str:
    width = mine["out.weight"].shape[0]
    each = width // HEADS
    three = made.affine(value, mine["three.weight"], mine["three.bias"])
    three = made.node("Reshape", three, made.constant(np.array([0, 0, 3, HEADS, each])))
    three = made.node("Transpose", three, perm=[2, 0, 3, 1, 4])
    query, key, content = (made.node("Gather", three, made.constant(np.array(number)), axis=0) for number in range(3))
    query = made.node("Mul", query, made.constant(np.float32(each**-0.5)))
    weight = made.node("MatMul", query, made.node("Transpose", key, perm=[0, 1, 3, 2]))
    weight = made.node("Softmax", made.node("Add", weight, penalty), axis=-1)
    seen = made.node("Transpose", made.node("MatMul", weight, content), perm=[0, 2, 1, 3])
    seen = made.node("Reshape", seen, made.constant(np.array([0, 0, width])))
    value = made.node("Add", value, made.affine(seen, mine["out.weight"], mine["out.bias"]))
    value = made.norm(value, mine["norm_1.weight"], mine["norm_1.bias"])
    wide = made.node("Gelu", made.affine(value, mine["wide.weight"], mine["wide.bias"]))
    value = made.node("Add", value, made.affine(wide, mine["narrow.weight"], mine["narrow.bias"]))
    scale, shift = made.constant(mine["norm_2.weight"]), made.constant(mine["norm_2.bias"])
    return made.node("LayerNormalization", value, scale, shift, output=output, axis=-1, epsilon=1e-12)
