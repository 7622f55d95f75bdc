"""On which days movable and fixed feasts fall. `feast` is the main name.

Muslim feasts follow the tabular (civil) calendar; where a month is announced by sight of the moon, the day may differ
by one. Jewish feasts begin on the evening before the day given.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from parley.reading.moons import diwali, lunar_new_year, mahalaya

__all__ = ["FEASTS", "easter", "feast", "muslim_day", "orthodox_easter", "rosh_hashanah"]

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


def _put_off(year: int) -> int:
    """Days from the first Jewish new year to that of a year, by the new moon and the day of the week."""
    months = (235 * year - 234) // 19
    days = 29 * months + (12084 + 13753 * months) // 25920
    return days + (3 * (days + 1) % 7 < 3)


def feast(name: str, year: int) -> tuple[Date, Date]:
    """First and last day of a feast.

    Parameters
    ----------
    name : its name in small letters, one of `FEASTS`
    year : the year of the Gregorian calendar in which it begins

    Returns
    -------
    first and last day; a Muslim feast that begins twice in the year gives the first of the two
    """
    return FEASTS[name](year)


def _fixed(month: int, day: int) -> Callable[[int], tuple[Date, Date]]:
    return lambda year: (Date(year, month, day), Date(year, month, day))


def _around_easter(days: int, *, length: int = 1, orthodox: bool = False) -> Callable[[int], tuple[Date, Date]]:
    def both(year: int) -> tuple[Date, Date]:
        first = (orthodox_easter(year) if orthodox else easter(year)) + datetime.timedelta(days=days)
        return first, first + datetime.timedelta(days=length - 1)

    return both


def _muslim(month: int, first: int, last: int) -> Callable[[int], tuple[Date, Date]]:
    def both(year: int) -> tuple[Date, Date]:
        lunar = (year - 622) * 33 // 32
        start = next(day for day in (muslim_day(lunar + i, month, first) for i in range(3)) if day.year >= year)
        return start, start + datetime.timedelta(days=last - first)

    return both


def _jewish(days: int, *, length: int = 1) -> Callable[[int], tuple[Date, Date]]:
    def both(year: int) -> tuple[Date, Date]:
        first = rosh_hashanah(year) + datetime.timedelta(days=days)
        return first, first + datetime.timedelta(days=length - 1)

    return both


def _hanukkah(year: int) -> tuple[Date, Date]:
    """The eight days from 25 Kislev, a day later in the years whose second month is long."""
    start, length = rosh_hashanah(year), (rosh_hashanah(year + 1) - rosh_hashanah(year)).days
    first = start + datetime.timedelta(days=83 + (length in _COMPLETE))
    return first, first + datetime.timedelta(days=7)


def _weekday(month: int, weekday: int, number: int) -> Callable[[int], tuple[Date, Date]]:
    """A day of the week, Monday 0, of a month: its first 0, its second 1, or its last -1."""

    def both(year: int) -> tuple[Date, Date]:
        start = Date(year, month + (number < 0), 1)
        ahead = (weekday - start.weekday()) % 7
        return (start + datetime.timedelta(days=ahead + 7 * number),) * 2

    return both


def _before(month: int, date: int, weekday: int) -> Callable[[int], tuple[Date, Date]]:
    """The last day of the week, Monday 0, before a date."""

    def both(year: int) -> tuple[Date, Date]:
        end = Date(year, month, date)
        return (end - datetime.timedelta(days=(end.weekday() - weekday - 1) % 7 + 1),) * 2

    return both


def _of_moon(rule: Callable[[int], Date], days: int = 0, *, length: int = 1) -> Callable[[int], tuple[Date, Date]]:
    def both(year: int) -> tuple[Date, Date]:
        first = rule(year) + datetime.timedelta(days=days)
        return first, first + datetime.timedelta(days=length - 1)

    return both


FEASTS: dict[str, Callable[[int], tuple[Date, Date]]] = {
    "easter": _around_easter(0),
    "easter sunday": _around_easter(0),
    "easter monday": _around_easter(1),
    "easter weekend": _around_easter(-2, length=4),
    "good friday": _around_easter(-2),
    "ash wednesday": _around_easter(-46),
    "palm sunday": _around_easter(-7),
    "holy week": _around_easter(-7, length=7),
    "lent": _around_easter(-46, length=46),
    "ascension": _around_easter(39),
    "ascension day": _around_easter(39),
    "pentecost": _around_easter(49),
    "whitsun": _around_easter(49),
    "whit monday": _around_easter(50),
    "corpus christi": _around_easter(60),
    "orthodox easter": _around_easter(0, orthodox=True),
    "christmas": _fixed(12, 25),
    "christmas day": _fixed(12, 25),
    "christmas eve": _fixed(12, 24),
    "boxing day": _fixed(12, 26),
    "orthodox christmas": _fixed(1, 7),
    "new year": _fixed(1, 1),
    "new year day": _fixed(1, 1),
    "new year eve": _fixed(12, 31),
    "epiphany": _fixed(1, 6),
    "twelfth night": _fixed(1, 5),
    "candlemas": _fixed(2, 2),
    "valentine day": _fixed(2, 14),
    "st patrick day": _fixed(3, 17),
    "nowruz": _fixed(3, 21),
    "st george day": _fixed(4, 23),
    "may day": _fixed(5, 1),
    "victory day": _fixed(5, 9),
    "midsummer day": _fixed(6, 24),
    "bastille day": _fixed(7, 14),
    "assumption": _fixed(8, 15),
    "michaelmas": _fixed(9, 29),
    "halloween": _fixed(10, 31),
    "hallowe'en": _fixed(10, 31),
    "all saints day": _fixed(11, 1),
    "all souls day": _fixed(11, 2),
    "martinmas": _fixed(11, 11),
    "armistice day": _fixed(11, 11),
    "remembrance day": _fixed(11, 11),
    "veterans day": _fixed(11, 11),
    "st andrew day": _fixed(11, 30),
    "st nicholas day": _fixed(12, 6),
    "st stephen day": _fixed(12, 26),
    "thanksgiving": _weekday(11, 3, 3),
    "thanksgiving day": _weekday(11, 3, 3),
    "martin luther king day": _weekday(1, 0, 2),
    "presidents day": _weekday(2, 0, 2),
    "memorial day": _weekday(5, 0, -1),
    "labor day": _weekday(9, 0, 0),
    "columbus day": _weekday(10, 0, 1),
    "juneteenth": _fixed(6, 19),
    "labour day": _fixed(5, 1),
    "bank holiday": _weekday(8, 0, -1),
    "may bank holiday": _weekday(5, 0, 0),
    "early may bank holiday": _weekday(5, 0, 0),
    "may day bank holiday": _weekday(5, 0, 0),
    "spring bank holiday": _weekday(5, 0, -1),
    "late may bank holiday": _weekday(5, 0, -1),
    "august bank holiday": _weekday(8, 0, -1),
    "late august bank holiday": _weekday(8, 0, -1),
    "summer bank holiday": _weekday(8, 0, -1),
    "june bank holiday": _weekday(6, 0, 0),
    "october bank holiday": _weekday(10, 0, -1),
    "canada day": _fixed(7, 1),
    "victoria day": _before(5, 25, 0),
    "republic day": _fixed(1, 26),
    "gandhi jayanti": _fixed(10, 2),
    "australia day": _fixed(1, 26),
    "heritage day": _fixed(9, 24),
    "jamhuri day": _fixed(12, 12),
    "madaraka day": _fixed(6, 1),
    "pongal": _fixed(1, 15),
    "women day": _fixed(3, 8),
    "anzac day": _fixed(4, 25),
    "waitangi day": _fixed(2, 6),
    "africa day": _fixed(5, 25),
    "bonfire night": _fixed(11, 5),
    "timkat": _fixed(1, 19),
    "meskel": _fixed(9, 27),
    "hogmanay": _fixed(12, 31),
    "shrove tuesday": _around_easter(-47),
    "mardi gras": _around_easter(-47),
    "maundy thursday": _around_easter(-3),
    "whit sunday": _around_easter(49),
    "orthodox good friday": _around_easter(-2, orthodox=True),
    "newroz": _fixed(3, 21),
    "norouz": _fixed(3, 21),
    "lunar new year": _of_moon(lunar_new_year),
    "chinese new year": _of_moon(lunar_new_year),
    "spring festival": _of_moon(lunar_new_year),
    "seollal": _of_moon(lunar_new_year),
    "tet": _of_moon(lunar_new_year),
    "diwali": _of_moon(diwali),
    "deepavali": _of_moon(diwali),
    "tihar": _of_moon(diwali, -2, length=5),
    "dussehra": _of_moon(diwali, -20),
    "dashain": _of_moon(diwali, -29, length=10),
    "mahalaya": _of_moon(mahalaya),
    "navratri": _of_moon(mahalaya, 1, length=9),
    "navaratri": _of_moon(mahalaya, 1, length=9),
    "chhath": _of_moon(diwali, 6),
    "baisakhi": _fixed(4, 13),
    "vaisakhi": _fixed(4, 13),
    "songkran": _fixed(4, 13),
    "durga puja": _of_moon(diwali, -24, length=5),
    "ramadan": _muslim(9, 1, 30),
    "eid": _muslim(10, 1, 1),
    "ramadhan": _muslim(9, 1, 30),
    "ramazan": _muslim(9, 1, 30),
    "ramzan": _muslim(9, 1, 30),
    "holy month": _muslim(9, 1, 30),
    "fasting month": _muslim(9, 1, 30),
    "muharram": _muslim(1, 1, 30),
    "rajab": _muslim(7, 1, 30),
    "shaaban": _muslim(8, 1, 29),
    "shaban": _muslim(8, 1, 29),
    "sha'ban": _muslim(8, 1, 29),
    "shawwal": _muslim(10, 1, 29),
    "dhul hijja": _muslim(12, 1, 29),
    "dhul hijjah": _muslim(12, 1, 29),
    "dhu al hijjah": _muslim(12, 1, 29),
    "bakrid": _muslim(12, 10, 10),
    "arbaeen": _muslim(2, 20, 20),
    "eid ul fitr": _muslim(10, 1, 1),
    "eid ul adha": _muslim(12, 10, 10),
    "eid al fitr": _muslim(10, 1, 1),
    "eid al adha": _muslim(12, 10, 10),
    "tabaski": _muslim(12, 10, 10),
    "kurban bayram": _muslim(12, 10, 10),
    "mawlid": _muslim(3, 12, 12),
    "islamic new year": _muslim(1, 1, 1),
    "ashura": _muslim(1, 10, 10),
    "rosh hashanah": _jewish(0, length=2),
    "yom kippur": _jewish(9),
    "sukkot": _jewish(14, length=7),
    "passover": _jewish(-163, length=8),
    "pesach": _jewish(-163, length=8),
    "simchat torah": _jewish(22),
    "hanukkah": _hanukkah,
    "chanukah": _hanukkah,
    "shavuot": _jewish(-113),
    "purim": _jewish(-193),
}
"""Feasts by name, without apostrophes and hyphens, each with the rule that gives its first and last day in a year."""
