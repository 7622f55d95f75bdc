"""On which days feasts fall that follow the new moon itself. `lunar_new_year` and `diwali` are the main names.

The new moon is found to within minutes. Diwali and what is counted from it may be a day off, since places differ.
"""

from __future__ import annotations

import datetime
import math

__all__ = ["diwali", "full_moon_from", "holi", "lunar_new_year", "mahalaya", "moon_from", "new_moon"]

Date = datetime.date
_EPOCH = datetime.datetime(2000, 1, 1, 12)
_EPOCH_DAY, _MONTH = 2451545.0, 29.530588853
_BEIJING, _DELHI = 8 / 24, 5.5 / 24
_SUNSET, _BEFORE_EVENING = 17.75 / 24, 8 / 24
_TERMS = (
    (-0.40720, 1, 0, 0), (0.17241, 0, 1, 0), (0.01608, 2, 0, 0), (0.01039, 0, 0, 2), (0.00739, 1, -1, 0),
    (-0.00514, 1, 1, 0), (0.00208, 0, 2, 0), (-0.00111, 1, 0, -2),
)  # fmt: skip


def new_moon(number: float) -> float:
    """The moment of a new moon, in days since noon of 1 January 2000.

    Parameters
    ----------
    number : 0 for the new moon of 6 January 2000, 1 for the next, 0.5 for the full moon between them

    Source
    ------
    The mean new moon and its eight greatest corrections of [Meeus1991]_, ch. 47; right to a few minutes.
    """
    century = number / 1236.85
    moon = math.radians(201.5643 + 385.81693528 * number + 0.0107438 * century**2)
    sun = math.radians(2.5534 + 29.10535669 * number)
    node = math.radians(160.7108 + 390.67050274 * number - 0.0016341 * century**2)
    mean = 2451550.09765 - _EPOCH_DAY + _MONTH * number + 0.0001337 * century**2
    return mean + sum(size * math.sin(a * moon + b * sun + c * node) for size, a, b, c in _TERMS)


def lunar_new_year(year: int) -> Date:
    """The first day of the Chinese year that begins in a year: the day of the new moon from 21 January to 20 February.

    Parameters
    ----------
    year : year of the Gregorian calendar; in 1985 alone of 1900..2030 the year began a month later
    """
    return moon_from(Date(year, 1, 21))


def diwali(year: int) -> Date:
    """The day of the lamps: the evening of no moon from 17 October to 15 November, as seen in Delhi.

    Parameters
    ----------
    year : year of the Gregorian calendar
    """
    return _moon_at(Date(year, 10, 17), _DELHI - _SUNSET)


def mahalaya(year: int) -> Date:
    """The evening of no moon before that of Diwali, on the next morning of which the nine nights begin.

    Parameters
    ----------
    year : year of the Gregorian calendar; in a year with a leap month between them it falls a month earlier
    """
    return _moon_at(diwali(year) - datetime.timedelta(days=32), _DELHI - _SUNSET)


def moon_from(start: Date) -> Date:
    """The day of the first new moon from a day on, by the clock of Beijing.

    Parameters
    ----------
    start : the day from which it is looked for
    """
    return _moon_at(start, _BEIJING)


def full_moon_from(start: Date) -> Date:
    """The day of the first full moon from a day on, by the clock of Delhi.

    Parameters
    ----------
    start : the day from which it is looked for
    """
    return _moon_at(start, _DELHI, phase=0.5)


def holi(year: int) -> Date:
    """The day of colours: the morning after the first evening of full moon in March, as seen in Delhi.

    Parameters
    ----------
    year : year of the Gregorian calendar
    """
    return _moon_at(Date(year, 3, 1), _DELHI + _BEFORE_EVENING, phase=0.5)


def _moon_at(start: Date, shift: float, *, phase: float = 0) -> Date:
    """The first day from `start` on that holds a new moon; `shift` moves midnight, in days, as the clock there does."""
    number = math.floor((start.toordinal() - _EPOCH.toordinal()) / _MONTH) - 2
    while True:
        found = (_EPOCH + datetime.timedelta(days=new_moon(number + phase) + shift)).date()
        if found >= start:
            return found
        number += 1
