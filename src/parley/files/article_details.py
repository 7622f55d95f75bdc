"""Title, outlet, author and day of an article, from what stands at its head. `head_details` is the main name.

Only what is plain to see is taken: a day must name its year, and must not be a day of the story told.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

__all__ = ["Details", "day_in", "front_matter", "head_details", "markdown_details", "named_day"]

HEAD_LINES = 15
LONGEST_TITLE = 180
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAYS = (
    re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{MONTH}),? (?P<y>(?:19|20)\d\d)\b", re.IGNORECASE
    ),
    re.compile(rf"\b(?P<m>{MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>(?:19|20)\d\d)\b", re.IGNORECASE),
)
SAYS_WHEN = re.compile(
    r"(?:date|published|posted|first published|issued|released|updated|last updated)\b", re.IGNORECASE
)
BYLINE = re.compile(
    r"by:?[ \t]+(?P<name>[^\W\d_][\w.'’-]*(?:[ \t]+[\w.'’-]+){1,7}?)(?=[ \t]*(?:$|[,|•·(–—]))", re.IGNORECASE
)
AGENCY = re.compile(r"[^()\n]{0,80}\((?P<name>[A-Z][A-Za-z. ]{1,30})\)[ \t]*[-–—―]")
SOURCE = re.compile(r"(?:source|outlet|publication|publisher)[ \t]*:[ \t]*(?P<name>\S[^\n]{0,80})", re.IGNORECASE)
FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<body>(?:.*\n){0,60}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
ENTRY = re.compile(r"(?P<key>[A-Za-z_ -]{2,30}?)[ \t]*:[ \t]*(?P<value>\S.*?)[ \t]*\r?$", re.MULTILINE)
KEYS = {
    "title": "title",
    "headline": "title",
    "date": "date",
    "published": "date",
    "author": "author",
    "authors": "author",
    "byline": "author",
    "outlet": "outlet",
    "source": "outlet",
    "publication": "outlet",
    "publisher": "outlet",
    "site": "outlet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is known of an article beside its text.

    Attributes
    ----------
    title, outlet, author : as printed; empty where unknown
    date : day of publication; absent where unknown
    """

    title: str = ""
    outlet: str = ""
    author: str = ""
    date: datetime.date | None = None


def day_in(text: str) -> datetime.date | None:
    """The first day in a text that names its year, such as `18 March 2025`.

    Examples
    --------
    >>> day_in("Published 18 March 2025, 10:00 GMT")
    datetime.date(2025, 3, 18)
    >>> day_in("on Monday") is None
    True
    """
    found = sorted((match for pattern in DAYS for match in pattern.finditer(text)), key=lambda match: match.start())
    for match in found:
        month = match["m"]
        number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
        try:
            return datetime.date(int(match["y"]), number, int(match["d"]))
        except ValueError:
            continue
    return None


def named_day(name: str) -> datetime.date | None:
    """The day in a file's name, such as `2025-03-18_talks.txt`."""
    return day_in(name.replace("_", " "))


def head_details(text: str) -> Details:
    """What the first lines of a plain text say of it.

    Parameters
    ----------
    text : the article's text

    Returns
    -------
    what was found; the title is the first line where it reads like one
    """
    lines = _head(text)
    title = lines[0] if lines and _is_title(lines) else ""
    rest = lines[1:] if title else lines
    author = next((match["name"].strip() for line in rest if (match := _whole_byline(line))), "")
    outlet = next(
        (match["name"].strip() for line in rest for match in [SOURCE.match(line) or AGENCY.match(line)] if match), ""
    )
    return Details(title=title, outlet=outlet, author=author, date=_day_among(rest))


def front_matter(text: str) -> tuple[Details, int]:
    """What the front matter of a Markdown text says of it, and where the text itself starts (0 without any)."""
    fence = FENCE.match(text)
    if fence is None:
        return Details(), 0
    found = Details()
    for entry in ENTRY.finditer(fence["body"]):
        field = KEYS.get(entry["key"].strip().lower())
        value = entry["value"].strip("[]\"' \t")
        if field == "date" and found.date is None:
            found = replace(found, date=day_in(value))
        elif field and field != "date" and not getattr(found, field):
            found = _with(found, field, value)
    return found, fence.end()


def _with(details: Details, field: str, value: Any) -> Details:
    return replace(details, **{field: value})


def markdown_details(text: str) -> tuple[Details, Details]:
    """What the front matter of a Markdown text says, and what its first lines say."""
    stated, start = front_matter(text)
    body = text[start:]
    heading = re.match(r"\s*#{1,2}[ \t]+(?P<title>\S[^\n]*?)[ \t#]*\r?(?:\n|\Z)", body)
    if heading is None:
        return stated, head_details(body)
    return stated, replace(head_details(body[heading.end() :]), title=_unmarked(heading["title"]))


def _unmarked(line: str) -> str:
    return re.sub(r"[*_`]+", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line)).strip()


def _head(text: str) -> list[str]:
    lines = text[:8000].lstrip("\ufeff").splitlines()
    return [line.strip() for line in lines if line.strip()][:HEAD_LINES]


def _is_title(lines: list[str]) -> bool:
    first = lines[0]
    if len(first) > LONGEST_TITLE or first.endswith((".", ",", ";", ":")) or first.startswith(("“", '"', "http")):
        return False
    return (
        len(lines) > 1
        and first[0].isalnum() | (first[0] in "‘'$€£")
        and not _whole_byline(first)
        and not _is_a_day(first)
    )


def _whole_byline(line: str) -> re.Match[str] | None:
    match = BYLINE.match(line) if len(line) <= 100 else None
    return match if match and match["name"][0].isupper() and day_in(line[: match.end()]) is None else None


def _is_a_day(line: str) -> bool:
    """Whether a line says little more than a day."""
    return len(line) <= 60 and day_in(line) is not None and not line.endswith(".") and len(line.split()) <= 10


def _day_among(lines: list[str]) -> datetime.date | None:
    """The day of publication; one that is said to be it wins over one that stands alone, and an update loses."""
    return next(_days(lines), None)


def _days(lines: list[str]) -> Iterator[datetime.date]:
    said = [line for line in lines if len(line) <= 120 and SAYS_WHEN.match(line)]
    first = [line for line in said if "pdate" not in line.split(":")[0].lower()]
    alone = [line for line in lines if line not in said and (_is_a_day(line) or _whole_byline(line))]
    for line in (*first, *alone, *said):
        if (day := day_in(line)) is not None:
            yield day
