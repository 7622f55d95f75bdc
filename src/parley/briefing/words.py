"""Numbers and probabilities in plain words, no more precise than their spread supports.

Probabilities carry a number and a word of the scale in Intelligence Community Directive 203 [ICD203]_ (`likelihood`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

__all__ = [
    "LIKELIHOODS",
    "balance",
    "capital",
    "count",
    "duration",
    "in_sentence",
    "likelihood",
    "likelihood_range",
    "listed",
    "number",
    "percentage",
    "percentages",
    "plain_start",
    "points",
    "rounded",
    "signed",
    "step_for",
]

LIKELIHOODS: tuple[tuple[float, str], ...] = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)
"""Upper end of each class of probabilities, and its word, as in ICD 203; the outermost words hold up to 0 and 1 too."""

NUMERALS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ARTICLED = frozenset(
    ("United", "Other", "Kingdom", "States", "Republic", "Union", "Federation", "Nations", "Council", "Coalition")
    + ("Alliance", "League", "Authority", "Front", "Government", "Ministry", "Opposition")
    + ("government", "opposition", "countries")
    + (
        "army",
        "city",
        "coalition",
        "company",
        "council",
        "island",
        "player",
        "province",
        "region",
        "side",
        "union",
        "valley",
    )
)
"""First or last words of names that take an article."""

NEGLIGIBLE_POINTS = 0.5
BORDER = 1e-6


def likelihood(probability: float) -> str:
    """Name a probability with a word of ICD 203.

    Parameters
    ----------
    probability : 0..1; a value on the border of two classes takes the more even word

    Examples
    --------
    >>> likelihood(0.6), likelihood(0.2), likelihood(0.8)
    ('likely', 'unlikely', 'likely')
    """
    for upper, word in LIKELIHOODS:
        if probability < upper or (probability == upper and upper > 0.5):
            return word
    return LIKELIHOODS[-1][1]


def likelihood_range(low: float, high: float) -> str:
    """Name a range of probabilities: one word, or the words of its two ends; an end on a border takes the inner word.

    Examples
    --------
    >>> likelihood_range(0.55, 0.8), likelihood_range(0.05, 0.3)
    ('likely', 'very unlikely to unlikely')
    """
    inward = min(BORDER, (high - low) / 2)
    first, last = likelihood(low + inward), likelihood(high - inward)
    return first if first == last else f"{first} to {last}"


def percentage(probability: float, *, spread: float = 0.0) -> str:
    """Write a share or probability as a percentage, to the nearest 5 where its interval is wide.

    Parameters
    ----------
    probability : 0..1
    spread : width of its interval, 0..1; from 0.1 on the percentage is rounded to 5

    Examples
    --------
    >>> percentage(0.637), percentage(0.637, spread=0.4), percentage(0.0003), percentage(0.998)
    ('64%', '65%', 'under 1%', 'over 99%')
    """
    if 0 < probability < 0.01:
        return "under 1%"
    if 0.99 < probability < 1:
        return "over 99%"
    return f"{round(100 * rounded(probability, spread=spread))}%"


def rounded(probability: float, *, spread: float = 0.0) -> float:
    """The probability that `percentage` shows, so that its word is the word of the number that a reader sees.

    Examples
    --------
    >>> rounded(0.446, spread=0.4), likelihood(rounded(0.446, spread=0.4)), likelihood(0.446)
    (0.45, 'roughly even chance', 'unlikely')
    """
    if 0 < probability < 0.01 or 0.99 < probability < 1:
        return probability
    shown = 5 * round(20 * probability) if spread >= 0.1 else round(100 * probability)
    if shown in (0, 100) and 0 < probability < 1:
        shown = round(100 * probability)
    return shown / 100


def percentages(low: float, high: float) -> str:
    """Write a range of shares or probabilities.

    Examples
    --------
    >>> percentages(0.11, 0.93), percentages(0.93, 0.99)
    ('10% to 95%', '93% to 99%')
    """
    spread = high - low
    first, last = percentage(low, spread=spread), percentage(high, spread=spread)
    return first if first == last else f"{first} to {last}"


def count(number_of: int) -> str:
    """Write a count: in words up to twelve, then in digits.

    Examples
    --------
    >>> count(0), count(9), count(2000)
    ('no', 'nine', '2,000')
    """
    return NUMERALS[number_of] if 0 <= number_of < len(NUMERALS) else f"{number_of:,}"


def listed(items: Sequence[str], *, last: str = "and") -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listed(["land"]), listed(["land", "arms", "aid"])
    ('land', 'land, arms and aid')
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capital(text: str) -> str:
    """Set the first letter as a capital, leaving the rest."""
    return text[:1].upper() + text[1:]


def plain_start(text: str) -> str:
    """Set the first letter small, leaving the rest: how a heading continues a sentence."""
    return text[:1].lower() + text[1:]


def in_sentence(name: str) -> str:
    """Write a party's name as it stands inside a sentence, with its article where English wants one.

    Examples
    --------
    >>> in_sentence("United States"), in_sentence("The North"), in_sentence("France"), in_sentence("Upper valley")
    ('the United States', 'the North', 'France', 'the upper valley')
    """
    if name.startswith("The "):
        return f"the {name[4:]}"
    first, last = name.split(" ", maxsplit=1)[0], name.rsplit(" ", maxsplit=1)[-1]
    if not {first, last} & ARTICLED:
        return name
    return f"the {name[0].lower() + name[1:] if first == 'Other' or last[0].islower() else name}"


def step_for(low: float, high: float, *, span: float = 100.0) -> float:
    """Choose the step, 1 or 5 times a power of ten, to which the values of an interval are rounded.

    Parameters
    ----------
    low, high : the interval, in the unit of the values
    span : length of the whole scale in that unit; a step is never finer than a hundredth of it

    Examples
    --------
    >>> step_for(10, 70), step_for(30, 50), step_for(30, 30), step_for(20, 40, span=60)
    (5.0, 1.0, 1.0, 1.0)
    """
    return max(_step(max((high - low) / 10, span / 1000), math.floor), _step(span / 100, math.ceil))


def _step(size: float, towards: Callable[[float], int]) -> float:
    """The step next to a size: the next smaller one with `math.floor`, the next larger one with `math.ceil`."""
    base = 10.0 ** math.floor(math.log10(size) + 1e-9)
    steps = (base, 5 * base, 10 * base)
    if towards is math.ceil:
        return next(step for step in steps if step >= size * (1 - 1e-9))
    return max(step for step in steps if step <= size * (1 + 1e-9))


def number(value: float, step: float) -> str:
    """Write a number rounded to a step, without zeros at its end and without a sign before zero.

    Examples
    --------
    >>> number(31.4, 5), number(0.126, 0.01), number(-0.2, 1), number(12345, 1), number(45, 0.5)
    ('30', '0.13', '0', '12,345', '45')
    """
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    rounded = round(value / step) * step
    text = f"{rounded + 0.0 if rounded else 0.0:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if decimals else text


def points(difference: float) -> str:
    """Write a length on the payoff scale in hundredths, "points of 100", without its sign.

    Parameters
    ----------
    difference : in payoffs, -1..1

    Examples
    --------
    >>> points(0.042), points(-0.01), points(0.001)
    ('4 points of 100', '1 point of 100', 'less than 1 point of 100')
    """
    size = abs(100 * difference)
    if 0 < size < NEGLIGIBLE_POINTS:
        return "less than 1 point of 100"
    return f"{round(size)} point{'' if round(size) == 1 else 's'} of 100"


def balance(low: float, high: float) -> str:
    """Write an interval of differences on the payoff scale, in points of 100 with signs.

    Examples
    --------
    >>> balance(-0.021, 0.08), balance(0.0, 0.0)
    ('−2 to +8', '0 to 0')
    """
    return f"{signed(low)} to {signed(high)}"


def signed(difference: float) -> str:
    """Write a difference on the payoff scale in points of 100 with its sign.

    Examples
    --------
    >>> signed(0.042), signed(-0.5), signed(0.001)
    ('+4', '−50', '0')
    """
    rounded = round(100 * difference)
    return f"+{rounded}" if rounded > 0 else f"−{-rounded}" if rounded < 0 else "0"


def duration(days: float, *, spread: float = 0.0) -> str:
    """Write a length of time in the unit that suits it.

    Parameters
    ----------
    days : in days
    spread : width of its interval in days; picks the coarser unit where it is wide

    Examples
    --------
    >>> duration(9), duration(30), duration(200), duration(1500)
    ('9 days', '4 weeks', '7 months', '4 years')
    """
    size = max(days, spread / 2)
    for limit, length, unit in (
        (14, 1, "day"),
        (70, 7, "week"),
        (730, 365.25 / 12, "month"),
        (math.inf, 365.25, "year"),
    ):
        if size < limit:
            rounded = round(days / length)
            return f"{rounded:,} {unit}{'' if rounded == 1 else 's'}"
    raise AssertionError("every length is below infinity")
