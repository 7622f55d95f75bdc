"""How much room words take, and how to break them. `wrapped` is the main name.

Widths are those of Arial and its metric twins, to within a few per cent: enough to keep labels apart.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["lanes", "text_width", "wrapped"]

NARROW = frozenset("iljtfrI.,:;'’|!()[]- ")
WIDE = frozenset("mwMW@%—…")


def text_width(text: str, size: float) -> float:
    """Estimate the width of a line of text, in pixels.

    Parameters
    ----------
    text : one line
    size : font size, in pixels
    """
    return size * sum(_share_of_em(letter) for letter in text)


def _share_of_em(letter: str) -> float:
    if letter in NARROW:
        return 0.31
    if letter in WIDE:
        return 0.88
    return 0.69 if letter.isupper() else 0.555


def wrapped(text: str, room: float, size: float, *, most: int = 3) -> list[str]:
    """Break a text into lines that fit; what does not fit in the last line is cut, with an ellipsis.

    Parameters
    ----------
    text : words
    room : width of a line, in pixels
    size : font size, in pixels
    most : number of lines at most

    Returns
    -------
    The lines; none for an empty text.

    Examples
    --------
    >>> wrapped("as much as now", 60, 12)
    ['as much', 'as now']
    """
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [_cut(line, room, size) for line in lines]


def _cut(line: str, room: float, size: float) -> str:
    if text_width(line, size) <= room:
        return line
    while line and text_width(f"{line}…", size) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


def lanes(spans: Sequence[tuple[float, float]], *, gap: float = 8.0) -> list[int]:
    """Put spans into as few lanes as a greedy hand needs, so that no two in a lane touch.

    Parameters
    ----------
    spans : left and right end of each, in the order of preference
    gap : room between two in a lane

    Returns
    -------
    The lane of each, counted from 0.

    Examples
    --------
    >>> lanes([(0, 10), (5, 15), (30, 40)])
    [0, 1, 0]
    """
    taken: list[list[tuple[float, float]]] = []
    result = []
    for left, right in spans:
        free = (
            number
            for number, lane in enumerate(taken)
            if all(right + gap <= other_left or left >= other_right + gap for other_left, other_right in lane)
        )
        number = next(free, len(taken))
        if number == len(taken):
            taken.append([])
        taken[number].append((left, right))
        result.append(number)
    return result
