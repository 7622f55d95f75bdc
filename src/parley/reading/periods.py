"""Periods of the calendar and the arithmetic on them. `Period` is the main name.

Weeks run from Monday to Sunday, seasons are those of the meteorologist in the north, the first two
thirds of a month end on its 10th and 20th day.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass, replace

__all__ = [
    "SEASONS",
    "Period",
    "cut",
    "day",
    "decade",
    "half",
    "long_weekend",
    "month",
    "months",
    "quarter",
    "season",
    "shifted",
    "unit_around",
    "weekday_of",
]

Date = datetime.date
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""Month in which each season begins."""

_SEASON = 3
_TURNS = {3: 20, 6: 21, 9: 22, 12: 21}
"""The day of the solstice or equinox by the month of each season."""

LAST_YEAR = 9998
_FRIDAY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from `first` to `last`, both included.

    Attributes
    ----------
    first, last : its first and last day
    deadline : the day that *by* this period means; its last day unless a middle is named
    edge : whether words such as *the end of* name one edge of a longer period
    opens : whether *by* it means by its first day, as *by Ramadan* does
    relative : whether the dates rest on the day of publication
    """

    first: Date
    last: Date
    deadline: Date | None = None
    edge: bool = False
    opens: bool = False
    relative: bool = False

    @property
    def due(self) -> Date:
        """The day by which something is done that is done *by* this period; *by the summer* is by the solstice."""
        return self.first if self.opens else self.deadline or self.turn or self.last

    @property
    def turn(self) -> Date | None:
        """The day on which the sun opens a whole season, in most years; None of other periods."""
        opened = _TURNS.get(self.first.month) if _whole_months(self) == _SEASON else None
        return None if opened is None else self.first.replace(day=opened)

    @property
    def opening(self) -> Period:
        """Its first day."""
        return replace(self, first=self.first, last=self.first, deadline=None, edge=True)

    @property
    def close(self) -> Period:
        """Its last day."""
        return replace(self, first=self.last, deadline=None, edge=True, opens=False)

    def part(self, number: int, parts: int) -> Period:
        """One of equal parts, counted from 0; of whole months if they divide, else of days.

        The thirds of a decade are its years 0 to 3, 4 to 6 and 7 to 9.
        """
        whole = _whole_months(self)
        if whole == _MONTHS["decade"] and parts == 3:
            years = (0, 4, 7, 10)
            first, last = _bounds(self.first.year + years[number], 1, 12 * (years[number + 1] - years[number]))
            return replace(self, first=first, last=last, deadline=None)
        if whole % parts == 0 and whole:
            size = whole // parts
            first, last = _bounds(self.first.year, self.first.month + number * size, size)
            return replace(self, first=first, last=last, deadline=None)
        if whole == 1 and parts == 3:
            marks = [0, 10, 20, self.last.day]
        else:
            length = (self.last - self.first).days + 1
            marks = [length * index // parts for index in range(parts + 1)]
        days = datetime.timedelta(days=1)
        return replace(
            self,
            first=self.first + marks[number] * days,
            last=self.first + max(marks[number], marks[number + 1] - 1) * days,
            deadline=None,
        )

    @property
    def middle(self) -> Period:
        """Its middle third, due on the day that halves it."""
        whole = _whole_months(self)
        if whole % 2 == 0 and whole:
            halved = self.part(0, 2).last
        elif whole:
            halved = _bounds(self.first.year, self.first.month + whole // 2, 1)[0].replace(day=15)
        else:
            halved = self.first + (self.last - self.first) // 2
        return replace(self.part(1, 3), deadline=halved)


def day(date: Date) -> Period:
    """A single day."""
    return Period(first=date, last=date)


def months(year: int, first: int, count: int) -> Period:
    """Whole months from month `first`, which may lie outside 1..12 and then falls in another year."""
    start, end = _bounds(year, first, count)
    return Period(first=start, last=end)


def month(year: int, number: int) -> Period:
    """A month, 1..12."""
    return months(year, number, 1)


def quarter(year: int, number: int) -> Period:
    """A quarter, 1..4."""
    return months(year, 3 * number - 2, 3)


def half(year: int, number: int) -> Period:
    """The first or the second half of a year."""
    return months(year, 6 * number - 5, 6)


def season(year: int, name: str) -> Period:
    """The season that begins in a year; winter ends in the next."""
    return months(year, SEASONS[name], 3)


def decade(year: int) -> Period:
    """The ten years that share all but the last digit, such as 2020 to 2029."""
    return months(year - year % 10, 1, 120)


def unit_around(date: Date, unit: str, shift: int = 0) -> Period | None:
    """The day, week, weekend, month, quarter, year, decade or century of a date, or one that many before or after it.

    Returns
    -------
    the period; None where the unit is none of the calendar's
    """
    if unit == "day":
        return day(shifted(date, shift, "day"))
    if unit in {"week", "weekend"}:
        monday = shifted(date, shift, "week") - datetime.timedelta(days=date.weekday())
        start = monday + datetime.timedelta(days=5 if unit == "weekend" else 0)
        return Period(first=start, last=monday + datetime.timedelta(days=6))
    if unit == "month":
        return months(date.year, date.month + shift, 1)
    if unit == "quarter":
        return months(date.year, 3 * ((date.month - 1) // 3 + shift) + 1, 3)
    if unit == "year":
        return months(date.year + shift, 1, 12)
    if unit == "decade":
        return decade(date.year + 10 * shift)
    if unit == "century":
        return months(date.year - date.year % 100 + 100 * shift, 1, 1200)
    return None


def shifted(date: Date, count: float, unit: str) -> Date:
    """The date so many units later; the day of the month is kept where that month has it, else it is the month's last.

    Parameters
    ----------
    date : where to start
    count : how many units, negative for earlier; half a month or year counts in full days or months
    unit : hour, day, week, fortnight, month, quarter, year or decade
    """
    if unit in _DAYS:
        days = -(-count * _DAYS[unit] // 1) if unit == "hour" else round(count * _DAYS[unit])
        ordinal = date.toordinal() + int(days)
        return Date.fromordinal(min(max(ordinal, 1), Date(LAST_YEAR, 12, 31).toordinal()))
    whole, rest = divmod(count * _MONTHS[unit], 1)
    index = min(max(date.year * 12 + date.month - 1 + int(whole), 12), LAST_YEAR * 12 + 11)
    year, number = divmod(index, 12)
    moved = Date(year, number + 1, min(date.day, calendar.monthrange(year, number + 1)[1]))
    return moved + datetime.timedelta(days=round(rest * 30))


_DAYS = {"minute": 0, "hour": 1 / 24, "day": 1, "weekend": 7, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def _bounds(year: int, first: int, count: int) -> tuple[Date, Date]:
    start = min(max(year * 12 + first - 1, 12), LAST_YEAR * 12)
    end = min(start + count - 1, LAST_YEAR * 12 + 11)
    last_year, last_month = end // 12, end % 12 + 1
    last_day = calendar.monthrange(last_year, last_month)[1]
    return Date(start // 12, start % 12 + 1, 1), Date(last_year, last_month, last_day)


def _whole_months(period: Period) -> int:
    first, last = period.first, period.last
    if first.day != 1 or last.day != calendar.monthrange(last.year, last.month)[1]:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1


def long_weekend(feast_day: Period) -> Period:
    """The weekend that a feast on a Monday or a Friday makes longer."""
    first = shifted(feast_day.first, -2, "day") if feast_day.first.weekday() == 0 else feast_day.first
    last = shifted(feast_day.last, 2, "day") if feast_day.last.weekday() == _FRIDAY else feast_day.last
    return replace(feast_day, first=first, last=last, opens=last > first)


def weekday_of(period: Period, weekday: int, number: int) -> Period:
    """One of a period's Sundays, or other days of the week, counted from 0, or its last."""
    if number < 0:
        date = shifted(period.last, -((period.last.weekday() - weekday) % 7), "day")
    else:
        date = shifted(period.first, (weekday - period.first.weekday()) % 7 + 7 * number, "day")
    return replace(period, first=date, last=date, deadline=None)


def cut(period: Period, number: int, count: float, unit: str) -> Period:
    """One of the stretches of some length in a period, counted from 0, or its last."""
    if number < 0:
        first = shifted(shifted(period.last, 1, "day"), -count, unit)
        return replace(period, first=max(first, period.first), deadline=None)
    first = shifted(period.first, number * count, unit)
    last = shifted(shifted(period.first, (number + 1) * count, unit), -1, "day")
    return replace(period, first=min(first, period.last), last=min(last, period.last), deadline=None)
