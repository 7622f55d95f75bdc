"""On which days movable and fixed feasts fall, and terms of schools and courts. `feast` is the main name.

Muslim feasts follow the tabular (civil) calendar; where a month is announced by sight of the moon, the day may differ
by one. Jewish feasts begin on the evening before the day given.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from parley.reading.calendars import (
    advent,
    easter,
    hanukkah,
    muslim_day,
    ninth_of_av,
    orthodox_easter,
    rosh_hashanah,
)
from parley.reading.moons import diwali, full_moon_from, holi, lunar_new_year, mahalaya, moon_from

__all__ = ["FEASTS", "feast"]

Date = datetime.date


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
        start = next(day for day in (muslim_day(lunar + i, month, first) for i in range(-1, 3)) if day.year >= year)
        return start, start + datetime.timedelta(days=last - first)

    return both


def _jewish(days: int, *, length: int = 1) -> Callable[[int], tuple[Date, Date]]:
    def both(year: int) -> tuple[Date, Date]:
        first = rosh_hashanah(year) + datetime.timedelta(days=days)
        return first, first + datetime.timedelta(days=length - 1)

    return both


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


def _new_moon(month: int, date: int, days: int = 0) -> Callable[[int], tuple[Date, Date]]:
    """So many days after the first new moon from a date on."""
    return _of_moon(lambda year: moon_from(Date(year, month, date)), days)


def _full_moon(month: int, date: int, days: int = 0) -> Callable[[int], tuple[Date, Date]]:
    """So many days after the first full moon from a date on."""
    return _of_moon(lambda year: full_moon_from(Date(year, month, date)), days)


def _span(first: tuple[int, int], last: tuple[int, int]) -> Callable[[int], tuple[Date, Date]]:
    """From one date to another, in the next year if that comes first."""
    return lambda year: (Date(year, *first), Date(year + (last < first), *last))


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
    "hanukkah": hanukkah,
    "chanukah": hanukkah,
    "shavuot": _jewish(-113),
    "purim": _jewish(-193),
    "holy saturday": _around_easter(-1),
    "trinity sunday": _around_easter(56),
    "shrovetide": _around_easter(-50, length=4),
    "carnival": _around_easter(-50, length=4),
    "rose monday": _around_easter(-48),
    "fat tuesday": _around_easter(-47),
    "orthodox pentecost": _around_easter(49, orthodox=True),
    "orthodox palm sunday": _around_easter(-7, orthodox=True),
    "orthodox new year": _fixed(1, 14),
    "orthodox epiphany": _fixed(1, 19),
    "ethiopian christmas": _fixed(1, 7),
    "coptic christmas": _fixed(1, 7),
    "genna": _fixed(1, 7),
    "ethiopian new year": _fixed(9, 11),
    "enkutatash": _fixed(9, 11),
    "advent": advent,
    "first sunday of advent": lambda year: (advent(year)[0],) * 2,
    "immaculate conception": _fixed(12, 8),
    "annunciation": _fixed(3, 25),
    "lady day": _fixed(3, 25),
    "lammas": _fixed(8, 1),
    "all saints": _fixed(11, 1),
    "all souls": _fixed(11, 2),
    "toussaint": _fixed(11, 1),
    "day of the dead": _span((11, 1), (11, 2)),
    "midsummer": _span((6, 21), (6, 24)),
    "midwinter": _fixed(12, 21),
    "summer solstice": _fixed(6, 21),
    "winter solstice": _fixed(12, 21),
    "spring equinox": _fixed(3, 20),
    "vernal equinox": _fixed(3, 20),
    "autumn equinox": _fixed(9, 22),
    "autumnal equinox": _fixed(9, 22),
    "three kings day": _fixed(1, 6),
    "burns night": _fixed(1, 25),
    "st brigid day": _fixed(2, 1),
    "st valentine day": _fixed(2, 14),
    "st david day": _fixed(3, 1),
    "st joseph day": _fixed(3, 19),
    "walpurgis night": _fixed(4, 30),
    "st anthony day": _fixed(6, 13),
    "vidovdan": _fixed(6, 28),
    "st john day": _fixed(6, 24),
    "st peter day": _fixed(6, 29),
    "st swithin day": _fixed(7, 15),
    "st james day": _fixed(7, 25),
    "st michael day": _fixed(9, 29),
    "st crispin day": _fixed(10, 25),
    "st demetrius day": _fixed(10, 26),
    "guy fawkes night": _fixed(11, 5),
    "st martin day": _fixed(11, 11),
    "st catherine day": _fixed(11, 25),
    "black friday": _before(11, 30, 4),
    "st barbara day": _fixed(12, 4),
    "st lucy day": _fixed(12, 13),
    "st lucia day": _fixed(12, 13),
    "international women day": _fixed(3, 8),
    "workers day": _fixed(5, 1),
    "international workers day": _fixed(5, 1),
    "ve day": _fixed(5, 8),
    "nauryz": _span((3, 21), (3, 23)),
    "novruz": _fixed(3, 21),
    "navroz": _fixed(3, 21),
    "lohri": _fixed(1, 13),
    "makar sankranti": _fixed(1, 14),
    "sankranti": _fixed(1, 14),
    "thingyan": _span((4, 13), (4, 16)),
    "khmer new year": _span((4, 14), (4, 16)),
    "bengali new year": _fixed(4, 14),
    "tamil new year": _fixed(4, 14),
    "holi": _of_moon(holi),
    "maha shivaratri": _new_moon(2, 13, -2),
    "ugadi": _new_moon(3, 14, 1),
    "gudi padwa": _new_moon(3, 14, 1),
    "vesak": _full_moon(4, 29),
    "wesak": _full_moon(4, 29),
    "buddha purnima": _full_moon(4, 29),
    "raksha bandhan": _full_moon(8, 3),
    "janmashtami": _full_moon(8, 3, 7),
    "ganesh chaturthi": _full_moon(8, 3, 19),
    "qingming": _fixed(4, 5),
    "dragon boat festival": _new_moon(5, 24, 4),
    "mid autumn festival": _new_moon(8, 24, 14),
    "moon festival": _new_moon(8, 24, 14),
    "chuseok": _new_moon(8, 24, 14),
    "obon": _span((8, 13), (8, 16)),
    "autumn term": _span((9, 1), (12, 20)),
    "spring term": _span((1, 4), (3, 31)),
    "summer term": _span((4, 15), (7, 20)),
    "michaelmas term": _span((10, 1), (12, 20)),
    "hilary term": _span((1, 11), (3, 31)),
    "autumn semester": _span((9, 1), (12, 20)),
    "fall semester": _span((8, 20), (12, 20)),
    "spring semester": _span((1, 10), (5, 20)),
    "feast of sacrifice": _muslim(12, 10, 10),
    "eid el fitr": _muslim(10, 1, 1),
    "eid el adha": _muslim(12, 10, 10),
    "eid el kebir": _muslim(12, 10, 10),
    "korite": _muslim(10, 1, 1),
    "lebaran": _muslim(10, 1, 1),
    "hari raya": _muslim(10, 1, 1),
    "prophet birthday": _muslim(3, 12, 12),
    "maulid": _muslim(3, 12, 12),
    "milad": _muslim(3, 12, 12),
    "muslim new year": _muslim(1, 1, 1),
    "laylat al qadr": _muslim(9, 27, 27),
    "hajj": _muslim(12, 8, 13),
    "haj": _muslim(12, 8, 13),
    "tisha b'av": ninth_of_av,
    "lag baomer": _jewish(-130),
    "rosh hashana": _jewish(0, length=2),
    "high holy days": _jewish(0, length=10),
    "high holidays": _jewish(0, length=10),
    "succot": _jewish(14, length=7),
    "sukkoth": _jewish(14, length=7),
    "hanukah": hanukkah,
}
"""Feasts by name, without apostrophes and hyphens, each with the rule that gives its first and last day in a year."""
