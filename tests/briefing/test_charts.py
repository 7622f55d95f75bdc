"""The pictures of a briefing: complete, legible, and the same in SVG as in Vega-Lite."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from parley.briefing import charts, palette
from parley.briefing.charts import looks
from parley.briefing.charts.canvas import Canvas
from parley.briefing.charts.lettering import lanes, text_width, wrapped
from parley.errors import ScenarioError
from tests.briefing import sample

KINDS = charts.kinds()
WIDTHS = (charts.WIDE, charts.NARROW)
PARTY_COLOURS = [f"party-{number}" for number in range(palette.PARTIES)]
THEMES = {"light": palette.LIGHT, "dark": palette.DARK}
SVG = "{http://www.w3.org/2000/svg}"

# Linear RGB as dichromats see it: the matrices of Machado, Oliveira and Fernandes (2009) at severity 1.
SIGHT = {
    "normal": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
}


def linear(colour: str) -> np.ndarray:
    share = np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def contrast(first: str, second: str) -> float:
    """Contrast as the Web Content Accessibility Guidelines 2.2 define it: (lighter + 0.05) / (darker + 0.05)."""
    light = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (first, second))
    return (light[1] + 0.05) / (light[0] + 0.05)


def oklab(rgb: np.ndarray) -> np.ndarray:
    """Lightness and two opponent colours, in which equal steps look about equal (Ottosson 2020)."""
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    opponent = np.array(
        [
            [0.2104542553, 0.793617785, -0.0040720468],
            [1.9779984951, -2.428592205, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.808675766],
        ]
    )
    return opponent @ np.cbrt(np.clip(cones @ rgb, 0, None))


def rows(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for layer in spec["layer"] for row in layer["data"]["values"]]


def test_contrast_is_21_between_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_party_stands_out_from_the_paper(theme: palette.Theme) -> None:
    for name in (*PARTY_COLOURS, "mark"):
        assert contrast(theme[name], theme["paper"]) >= 3.0, name


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_word_can_be_read_on_its_ground(theme: palette.Theme) -> None:
    pairs = [(text, ground) for text in ("ink", "muted", "link") for ground in ("paper", "panel", "band")]
    pairs += [(f"on-step-{step}", f"step-{step}") for step in (*range(palette.STEPS), "open")]
    assert {
        pair: round(contrast(theme[pair[0]], theme[pair[1]]), 2)
        for pair in pairs
        if contrast(theme[pair[0]], theme[pair[1]]) < 4.5
    } == {}


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_readers_with_any_colour_vision_can_tell_the_parties_apart(theme: palette.Theme, sight: str) -> None:
    """A distance of 0.02 in this space is just noticed side by side; the parties lie six times as far apart."""
    seen = {name: oklab(np.clip(SIGHT[sight] @ linear(theme[name]), 0, 1)) for name in PARTY_COLOURS}
    nearest = min(combinations(seen, 2), key=lambda pair: float(np.linalg.norm(seen[pair[0]] - seen[pair[1]])))
    assert np.linalg.norm(seen[nearest[0]] - seen[nearest[1]]) > 0.11, nearest


def test_both_themes_name_the_same_colours() -> None:
    assert set(palette.LIGHT) == set(palette.DARK)


def test_there_is_a_sample_of_every_kind_of_picture() -> None:
    assert set(sample.TITLES) == set(KINDS)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_word_leaves_the_sheet_and_none_is_smaller_than_eleven_pixels(kind: str, width: int) -> None:
    for row in rows(charts.spec(sample.chart(kind), width=width)):
        if "text" in row:
            room = text_width(row["text"], row["size"])
            start = row["x"] - {"left": 0.0, "center": room / 2, "right": room}[row["align"]]
            assert row["size"] >= 11
            assert start >= -16, row["text"]
            assert start + room <= width + 16, row["text"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_label_of_a_party_covers_another(kind: str, width: int) -> None:
    boxes = []
    for row in rows(charts.spec(sample.chart(kind), width=width)):
        if "text" in row and "party" in row:
            room = text_width(row["text"], row["size"])
            start = row["x"] - (room if row["align"] == "right" else 0)
            boxes.append((start, row["y"] - 6, start + room, row["y"] + 6))
    for first, second in combinations(boxes, 2):
        assert first[2] <= second[0] or second[2] <= first[0] or first[3] <= second[1] or second[3] <= first[1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_colour_of_a_picture_has_a_name_on_the_page(kind: str) -> None:
    drawn = charts.svg(sample.chart(kind))
    used = set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawn))
    named = {f"var(--{name})" for name in palette.LIGHT} | {"currentColor", "none"}
    assert used <= named


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "kind", ["positions", "payoffs", "outcomes", "settlements", "power", "rounds", "challenges", "trades", "states"]
)
def test_the_svg_has_the_words_and_symbols_of_the_vega_lite_picture_in_their_places(kind: str, width: int) -> None:
    """The drawing library is the second method: it lays the same specification out by itself."""
    import vl_convert

    chart = sample.chart(kind)
    ours = ET.fromstring(charts.svg(chart, width=width))
    theirs = ET.fromstring(vl_convert.vegalite_to_svg(charts.spec(chart, width=width)))
    own_words = [
        (text.text, float(text.get("x", "nan")), float(text.get("y", "nan"))) for text in ours.iter(f"{SVG}text")
    ]
    assert own_words
    for mine, other in zip(own_words, [text for text in theirs.iter(f"{SVG}text") if text.text], strict=True):
        place = re.findall(r"[-\d.]+", other.get("transform", ""))
        assert mine == (other.text, pytest.approx(float(place[0]), abs=1), pytest.approx(float(place[1]), abs=1))
    symbols = [path.get("transform") for path in ours.iter(f"{SVG}path")]
    assert symbols == [path.get("transform") for path in theirs.iter(f"{SVG}path") if path.get("transform")]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_svg_has_the_arrows_of_the_vega_lite_picture_with_their_lines(width: int) -> None:
    import vl_convert

    chart = sample.chart("states")
    ours = ET.fromstring(charts.svg(chart, width=width))
    theirs = ET.fromstring(vl_convert.vegalite_to_svg(charts.spec(chart, width=width)))
    drawn = [
        [path for path in each.iter(f"{SVG}path") if path.get("transform") and "C" in path.get("d", "")]
        for each in (ours, theirs)
    ]
    assert len(drawn[0]) == len(chart.data["rows"])
    for mine, other in zip(*drawn, strict=True):
        looks = [
            [each.get(name) or "" for name in ("stroke", "stroke-width", "stroke-dasharray")] for each in (mine, other)
        ]
        assert looks[0] == looks[1]
        ways = [[float(each) for each in re.findall(r"-?[\d.]+", path.get("d", ""))] for path in (mine, other)]
        assert ways[0] == pytest.approx(ways[1], abs=0.01)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_that_stands_alone_has_a_title_a_description_and_no_names_of_colours(kind: str) -> None:
    chart = sample.chart(kind)
    drawn = charts.standing(chart)
    whole = ET.fromstring(drawn)
    assert whole.findtext(f"{SVG}title") == chart.title
    assert whole.findtext(f"{SVG}desc") == chart.alt
    assert "var(" not in drawn
    assert "currentColor" not in drawn
    inner = whole.find(f"{SVG}svg")
    assert inner is not None
    assert int(whole.get("height", "0")) == int(inner.get("height", "0")) + 40


@pytest.mark.parametrize("kind", KINDS)
def test_the_slices_of_a_picture_hold_the_marks_of_the_whole(kind: str) -> None:
    chart = sample.chart(kind)
    whole, parts = ET.fromstring(charts.svg(chart)), [ET.fromstring(part) for part in charts.slices(chart)]
    count = len(list(whole.iter()))
    assert sum(len(list(part.iter())) - 1 for part in parts) == count - 1
    assert sum(int(part.get("height", "0")) for part in parts) == int(whole.get("height", "0"))
    lowest = [max((float(text.get("y", "0")) for text in part.iter(f"{SVG}text")), default=0.0) for part in parts]
    assert all(y <= int(part.get("height", "0")) + 2 for y, part in zip(lowest, parts, strict=True))


def test_a_hostile_name_stays_text_in_the_picture() -> None:
    canvas = Canvas(width=300, bottom=40)
    canvas.words(0, 10, "</text><script>x</script>", party="p")
    canvas.dot(10, 10, '"/><script>', tip="<b>&")
    drawn = ET.fromstring(canvas.svg())
    assert [text.text for text in drawn.iter(f"{SVG}text")] == ["</text><script>x</script>"]
    assert not list(drawn.iter(f"{SVG}script"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_without_rows_is_an_empty_sheet_and_not_an_error(kind: str) -> None:
    chart = sample.chart(kind)
    empty = {name: [] if name in ("rows", "marks") else value for name, value in chart.data.items()}
    bare = type(chart)(id="x", title="", subtitle="", kind=kind, data=empty, alt="", table=chart.table)
    assert charts.svg(bare).startswith("<svg")
    json.dumps(charts.spec(bare), allow_nan=False)


def test_a_kind_that_does_not_exist_is_refused_with_a_hint() -> None:
    chart = sample.chart("positions")
    wrong = type(chart)(id="x", title="", subtitle="", kind="position", data={}, alt="", table=chart.table)
    with pytest.raises(ScenarioError, match="did you mean 'positions'"):
        charts.spec(wrong)


def test_no_two_of_two_dozen_parties_look_alike() -> None:
    """Eight colours; the ninth party takes the first again, with another shape and another stroke."""
    seen = {
        (looks.colour(each), looks.shape(each), tuple(looks.dash(each))) for each in ({"colour": k} for k in range(24))
    }
    assert len(seen) == 24
    assert len({each[:2] for each in seen}) == len({(each[0], each[2]) for each in seen}) == 24


def test_a_box_of_a_ninth_party_is_hollow() -> None:
    full, hollow = Canvas(width=300, bottom=40), Canvas(width=300, bottom=40)
    looks.box(full, (0, 0, 20, 20), {"colour": 0})
    looks.box(hollow, (0, 0, 20, 20), {"colour": 8})
    assert full.svg().count("<rect") == 1
    assert hollow.svg().count("<rect") == 2
    assert 'fill="var(--paper)"' in hollow.svg()


def test_what_may_come_out_is_drawn_behind_the_answers_of_the_engines() -> None:
    """The first outlook of the sample runs from 12 to 78 of 100."""
    spec = charts.spec(sample.chart("settlements"))
    bands = [row for row in rows(spec) if row["colour"] == "var(--interval)" and row.get("tip")]
    assert len(bands) == 3
    first, scale = bands[0], 640 - 190 - 8
    assert (first["x2"] - first["x"]) / scale == pytest.approx(0.66, abs=0.01)
    assert spec["layer"][0]["mark"]["type"] == "rect"


def test_the_stacks_of_the_weight_are_as_high_as_the_shares_that_they_stand_for() -> None:
    stacked = [row for row in rows(charts.spec(sample.chart("power"))) if row.get("party") and "x2" in row and row["y"]]
    shown = [row for row in stacked if row["x2"] - row["x"] > 20]
    heights = {row["party"]: row["y2"] - row["y"] for row in shown if row["y2"] < 300}
    assert heights["p3"] / heights["p2"] == pytest.approx(4 / 3, abs=0.05)


def test_a_line_that_stands_still_is_one_stroke_and_names_at_its_end_stand_apart() -> None:
    chart = sample.chart("rounds")
    still = [{"party": f"p{number}", "points": [50.0] * 11} for number in range(4)]
    bare = {**chart.data, "rows": [{**chart.data["rows"][0], "lines": still, "median": [None] * 11}]}
    spec = charts.spec(type(chart)(id="x", title="", subtitle="", kind="rounds", data=bare, alt="", table=chart.table))
    found = rows(spec)
    lines = [row for row in found if "dash" in row and row.get("tip")]
    assert len(lines) == 4
    names = sorted(row["y"] for row in found if "text" in row and "party" in row)
    assert all(later - earlier >= 15 for earlier, later in zip(names, names[1:], strict=False))


def test_a_picture_for_a_printed_page_is_a_png_on_white_or_dark_paper() -> None:
    chart = sample.chart("agreement")
    light, dark = (charts.png(chart, theme=theme, scale=1) for theme in THEMES.values())
    assert light.startswith(b"\x89PNG")
    assert light != dark


def test_wrapped_text_keeps_every_word_while_there_are_lines() -> None:
    text = "a ceasefire without conditions as the League proposes"
    assert " ".join(wrapped(text, 80, 12, most=99)) == text


def test_text_that_does_not_fit_ends_with_an_ellipsis() -> None:
    lines = wrapped("a ceasefire without conditions as the League proposes", 80, 12, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert text_width(lines[-1], 12) <= 80


def test_spans_that_touch_are_put_in_different_lanes() -> None:
    assert lanes([(0, 50), (49, 90), (60, 90)]) == [0, 1, 0]
