"""The calendars by which movable feasts are found: `easter`, `orthodox_easter`, `muslim_day`, `rosh_hashanah`.

Muslim days follow the tabular (civil) calendar; where a month is announced by sight of the moon, the day may differ by
one. Jewish days begin on the evening before the day given.
"""

from __future__ import annotations

import datetime

__all__ = ["advent", "easter", "hanukkah", "muslim_day", "ninth_of_av", "orthodox_easter", "rosh_hashanah"]

Date = datetime.date


def easter(year: int) -> Date:
    """Easter Sunday of the western churches.

    Parameters
    ----------
    year : year of the Gregorian calendar

    Source
    ------
    The rule without tables or exceptions of [Meeus1991]_, ch. 8.
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    week = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * week) // 451
    month, day = divmod(h + week - 7 * m + 114, 31)
    return Date(year, month, day + 1)


def orthodox_easter(year: int) -> Date:
    """Easter Sunday of the eastern churches, as a day of the Gregorian calendar.

    Parameters
    ----------
    year : year of the Gregorian calendar, 1900..2099, in which the Julian calendar lies 13 days behind

    Source
    ------
    The rule for the Julian Easter of [Meeus1991]_, ch. 8.
    """
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return Date(year, month, day + 1) + datetime.timedelta(days=13)


def muslim_day(year: int, month: int, day: int) -> Date:
    """A day of the tabular Muslim calendar as a day of the Gregorian one.

    Parameters
    ----------
    year : year of the Hijra
    month, day : 1..12 and 1..30

    Source
    ------
    The arithmetic calendar of [ReingoldDershowitz2018]_, ch. 7: eleven leap years in thirty, epoch 16 July 622
    (Julian).
    """
    return Date.fromordinal(day + 29 * (month - 1) + month // 2 + 354 * (year - 1) + (3 + 11 * year) // 30 + 227014)


def rosh_hashanah(year: int) -> Date:
    """The first day of the Jewish year that begins in a year of the Gregorian calendar.

    Parameters
    ----------
    year : year of the Gregorian calendar

    Source
    ------
    The arithmetic calendar of [ReingoldDershowitz2018]_, ch. 8: the mean new moon, put off from three days of the week
    and where a year would be too long or too short.
    """
    before, start, after = (_put_off(year + _JEWISH_YEARS + step) for step in (-1, 0, 1))
    further = 2 if after - start == _TOO_LONG else start - before == _TOO_SHORT
    return Date.fromordinal(start + further - _DAYS_BEFORE_OUR_ERA)


_JEWISH_YEARS, _DAYS_BEFORE_OUR_ERA = 3761, 1373427
_TOO_LONG, _TOO_SHORT = 356, 382
_COMPLETE = (355, 385)
_SATURDAY = 5


def _put_off(year: int) -> int:
    """Days from the first Jewish new year to that of a year, by the new moon and the day of the week."""
    months = (235 * year - 234) // 19
    days = 29 * months + (12084 + 13753 * months) // 25920
    return days + (3 * (days + 1) % 7 < 3)


def hanukkah(year: int) -> tuple[Date, Date]:
    """First and last of the eight days from 25 Kislev, a day later in the years whose second month is long.

    Parameters
    ----------
    year : year of the Gregorian calendar
    """
    start, length = rosh_hashanah(year), (rosh_hashanah(year + 1) - rosh_hashanah(year)).days
    first = start + datetime.timedelta(days=83 + (length in _COMPLETE))
    return first, first + datetime.timedelta(days=7)


def advent(year: int) -> tuple[Date, Date]:
    """First and last day of Advent: from the fourth Sunday before Christmas to Christmas Eve.

    Parameters
    ----------
    year : year of the Gregorian calendar
    """
    eve = Date(year, 12, 24)
    return eve - datetime.timedelta(days=21 + (eve.weekday() + 1) % 7), eve


def ninth_of_av(year: int) -> tuple[Date, Date]:
    """The fast of the ninth of Av, or of the day after if that is a Saturday, as first and last day.

    Parameters
    ----------
    year : year of the Gregorian calendar
    """
    ninth = rosh_hashanah(year) - datetime.timedelta(days=51)
    return (ninth + datetime.timedelta(days=ninth.weekday() == _SATURDAY),) * 2
