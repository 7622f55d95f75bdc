"""Load the gold set of articles on talks, and check all of it; `load` is the main name.

The marks, and what counts as a statement, are told in docs/explanation/gold-set-of-talks.md. Each article is a text
`<slug>.txt` with its marks in `<slug>.json` beside it. Words are given as they stand in the text; an `occurrence`,
counted from 1, tells which one is meant where the same words stand there more than once.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from parley.domain.source import StatementKind
from parley.domain.statement import HorizonKind
from parley.errors import Problem, ScenarioError, did_you_mean
from parley.reading.gazetteer import gazetteer
from parley.reading.name_pieces import RANKS

__all__ = [
    "ARTICLE", "HEDGES", "End", "GoldArticle", "GoldStatement", "Place", "as_statements", "load", "plain", "untitled",
]  # fmt: skip

ARTICLE = "the article"
HEDGES: dict[str, tuple[float, float]] = {
    "certain": (0.93, 0.99),
    "likely": (0.55, 0.80),
    "probable": (0.55, 0.80),
    "possible": (0.20, 0.55),
    "unlikely": (0.20, 0.45),
    "sceptical": (0.05, 0.30),
}
KINDS = get_args(StatementKind)
HORIZON_KINDS = get_args(HorizonKind)
OPENABLE = ("target", "horizon", "horizon_kind", "hedge", "negated", "conditions")
ABOUT = ("title", "outlet", "date", "conflict", "talks", "style", "entities", "optional", "statements")
KEYS = {
    *("id", "kind", "also", "words", "voice", "source", "cue", "speaker", "holder", "target"),
    *("horizon", "horizon_kind", "hedge", "negated", "conditions", "open"),
}

Place = tuple[int, int]
End = tuple[datetime.date, datetime.date] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStatement:
    """One statement as marked; names that more than one reading allows are several, the first the likeliest.

    Attributes
    ----------
    id : its id in the article, such as `s7`
    kinds : its kind, then the other kinds that can be defended
    spans : where its words stand, in order, in code points of the text
    voice : `own` where the article itself says it, else `attributed`
    source, cue : where who says it, and the words that attribute, are named; absent where nothing names them
    speaker, holder, target : names of entities; no target where nobody is asked, threatened or offered anything
    horizon : earliest and latest day, each as the first and last day that is right, or None where it is not judged
    horizon_kind : the kinds of horizon that are right; none without a horizon
    hedge : probability range of the wording
    negated : whether it denies what its words say
    conditions : ids of its conditions
    open : names of marks on which English leaves the answer open; they are not judged
    """

    id: str
    kinds: tuple[str, ...]
    spans: tuple[Place, ...]
    voice: str
    source: Place | None
    cue: Place | None
    speaker: tuple[str, ...]
    holder: tuple[str, ...]
    target: tuple[str, ...]
    horizon: tuple[End, End] | None
    horizon_kind: tuple[str, ...]
    hedge: tuple[float, float] | None
    negated: bool
    conditions: tuple[str, ...]
    open: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """One article with its marks.

    Attributes
    ----------
    name : its slug
    text : the text, line breaks untouched
    date : day of publication
    about : title, outlet, conflict, talks and style, in words
    entities : who is named, each with all forms that refer to it in the article
    optional : where words stand that a reader may take for statements or pass over
    statements : the statements that a reader should find
    """

    name: str
    text: str
    date: datetime.date
    about: Mapping[str, str]
    entities: Mapping[str, tuple[str, ...]]
    optional: tuple[Place, ...]
    statements: tuple[GoldStatement, ...]


def load(folder: Path, *, texts: Path | None = None) -> tuple[GoldArticle, ...]:
    """Read and check every article of a folder, in the order of their names.

    Parameters
    ----------
    folder : holds `<slug>.txt` and `<slug>.json` for each article
    texts : where the texts lie, if the folder holds marks only

    Raises
    ------
    ScenarioError
        With every problem found: words that the text does not hold, ids or names that lead nowhere, bad dates, ….
    """
    marks = {path.stem for path in folder.glob("*.json")}
    written = {path.stem for path in (texts or folder).glob("*.txt")}
    if texts:
        written &= marks
    problems = [
        Problem(file=str(folder / name), message="a text without marks, or the other way round", hint="give both")
        for name in sorted(written ^ marks)
    ]
    if not marks:
        problems.append(Problem(file=str(folder), message="no article lies there", hint="name a folder of articles"))
    articles = []
    for name in sorted(written & marks):
        with open((texts or folder) / f"{name}.txt", encoding="utf-8", newline="") as stream:
            text = stream.read()
        articles.append(_Draft(text=text, file=folder / f"{name}.json", problems=problems).article())
    if problems:
        raise ScenarioError(problems)
    return tuple(each for each in articles if each)


def as_statements(article: GoldArticle) -> list[dict[str, Any]]:
    """The marks of an article in the form that `parley read --jsonl` prints; of several that are right, the first."""
    return [
        {
            "doc": f"{article.name}.txt",
            "id": each.id,
            "source": each.source,
            "cue": each.cue,
            "content": each.spans,
            "words": [article.text[start:end] for start, end in each.spans],
            "speaker": each.speaker[0],
            "holder": each.holder[0],
            "kind": each.kinds[0],
            "target": each.target[0] if each.target else None,
            "horizon": each.horizon and [end and end[0].isoformat() for end in each.horizon],
            "horizon_kind": each.horizon_kind[0] if each.horizon_kind else None,
            "hedge": each.hedge,
            "negated": each.negated,
            "conditions": each.conditions,
        }
        for each in article.statements
    ]


def plain(name: str) -> str:
    """A name without case, article, possessive and quotation marks, so that two forms can be held together."""
    bare = " ".join(re.sub(r"[\"“”«»,.]", " ", name.replace("’", "'")).casefold().split())
    return re.sub(r"'s?$", "", re.sub(r"^(the|an|a) ", "", bare))


def untitled(name: str) -> str:
    """A name in its plain form without the titles and ranks that lead it, so that "Col. Ana Bek" is "Ana Bek".

    An office that leads no name stays ("the prime minister", "Minister of Trade"), and so does what belongs to the name
    of a body ("the General Council").
    """
    known = gazetteer().words
    titles = known["title"] | known["title-m"] | known["title-f"] | known["rank"]
    words = re.sub(r"^(the|an|a) ", "", name.strip(), flags=re.IGNORECASE).split()
    words = [word.capitalize() if word.capitalize() in titles and word.isupper() else word for word in words]
    led = next((at for at, word in enumerate(words) if word not in titles | RANKS), len(words))
    rest = words[led:]
    names = bool(led and rest) and words[led - 1] in titles and (rest[0][0].isupper() or rest[0].startswith("al-"))
    return plain(" ".join(rest if names and not known["organisation"] & set(rest) else words))


@dataclass(slots=True, kw_only=True)
class _Draft:
    """Marks that are being checked; what is wrong is added to `problems`."""

    text: str
    file: Path
    problems: list[Problem]
    names: Sequence[str] = ()

    def wrong(self, where: tuple[str | int, ...], message: str, hint: str) -> None:
        self.problems.append(Problem(file=str(self.file), path=where, message=message, hint=hint))

    def article(self) -> GoldArticle | None:
        try:
            marks = json.loads(self.file.read_text(encoding="utf-8"))
        except ValueError as error:
            self.wrong((), f"no JSON: {error}", "see the other articles")
            return None
        missing = [key for key in ABOUT if key not in marks]
        if missing:
            self.wrong((), f"without {', '.join(missing)}", "all of them are needed")
            return None
        self.names = list(marks["entities"])
        self.check_entities(marks["entities"])
        self.check_ids([each.get("id", "") for each in marks["statements"]], marks["statements"])
        statements = [self.statement(at, each) for at, each in enumerate(marks["statements"])]
        date = self.day(marks["date"], ("date",))
        optional = [self.place(each, ("optional", at)) for at, each in enumerate(marks["optional"])]
        return GoldArticle(
            name=self.file.stem,
            text=self.text,
            date=date or datetime.date.min,
            about={key: marks[key] for key in ("title", "outlet", "conflict", "talks", "style")},
            entities={name: tuple(forms) for name, forms in marks["entities"].items()},
            optional=tuple(each for each in optional if each),
            statements=tuple(each for each in statements if each),
        )

    def check_entities(self, entities: Mapping[str, Sequence[str]]) -> None:
        owner: dict[str, str] = {}
        for name, forms in entities.items():
            where = ("entities", name)
            if name not in forms:
                self.wrong(where, "its name is not among its forms", "the name is the fullest form in the article")
            for form in forms:
                if form not in self.text:
                    self.wrong(where, f"the text does not say '{form}'", "write it as it stands there")
                if owner.setdefault(plain(form), name) != name:
                    self.wrong(where, f"'{form}' also names '{owner[plain(form)]}'", "one form, one entity")

    def check_ids(self, ids: Sequence[str], statements: Sequence[Mapping[str, Any]]) -> None:
        for at, each in enumerate(statements):
            if ids.index(ids[at]) != at:
                self.wrong(("statements", at), f"a second statement '{ids[at]}'", "ids differ")
            for condition in each.get("conditions", ()):
                if condition not in ids or condition == ids[at]:
                    self.wrong(("statements", at, "conditions"), f"no other statement '{condition}'", "name its id")

    def statement(self, at: int, marks: Mapping[str, Any]) -> GoldStatement | None:
        where = ("statements", at)
        if marks.keys() | {"also", "open"} != KEYS:
            odd = ", ".join(sorted((marks.keys() | {"also", "open"}) ^ KEYS))
            self.wrong(where, f"keys too many or missing: {odd}", "also and open may be left out, no other")
            return None
        for value, known, key in self.choices(marks):
            if value not in known:
                self.wrong(
                    (*where, key),
                    f"unknown {key} '{value}'",
                    did_you_mean(str(value), [each for each in known if each], noun=key),
                )
        own = marks["speaker"] == ARTICLE
        if (marks["voice"] == "own") != own:
            self.wrong((*where, "voice"), f"voice '{marks['voice']}' of {marks['speaker']}", "own is the article's")
        if (marks["horizon"] is None) != (marks["horizon_kind"] is None):
            self.wrong((*where, "horizon"), "a horizon without its kind, or a kind without horizon", "give both")
        return GoldStatement(
            id=marks["id"],
            kinds=(marks["kind"], *marks.get("also", ())),
            spans=self.spans(marks["words"], (*where, "words")),
            voice=marks["voice"],
            source=self.place(marks["source"], (*where, "source")),
            cue=self.place(marks["cue"], (*where, "cue")),
            speaker=_several(marks["speaker"]),
            holder=_several(marks["holder"]),
            target=_several(marks["target"]),
            horizon=self.horizon(marks["horizon"], (*where, "horizon")),
            horizon_kind=_several(marks["horizon_kind"]),
            hedge=HEDGES.get(marks["hedge"]),
            negated=bool(marks["negated"]),
            conditions=tuple(marks["conditions"]),
            open=frozenset(marks.get("open", ())),
        )

    def choices(self, marks: Mapping[str, Any]) -> Iterator[tuple[Any, Sequence[Any], str]]:
        """Each value of a closed list, with the list and its key."""
        yield marks["voice"], ("own", "attributed"), "voice"
        yield marks["hedge"], (*HEDGES, None), "hedge"
        yield from ((kind, KINDS, "kind") for kind in (marks["kind"], *marks.get("also", ())))
        yield from ((kind, HORIZON_KINDS, "horizon_kind") for kind in _several(marks["horizon_kind"]))
        yield from ((each, OPENABLE, "open") for each in marks.get("open", ()))
        for key in ("speaker", "holder", "target"):
            yield from ((name, (*self.names, ARTICLE), key) for name in _several(marks[key]))

    def spans(self, words: Sequence[Any], where: tuple[str | int, ...]) -> tuple[Place, ...]:
        found = [place for each in words if (place := self.place(each, where))]
        if not found or any(left[1] > right[0] for left, right in zip(found, found[1:], strict=False)):
            self.wrong(where, "no words, or words out of order", "give them in the order of the text")
        return tuple(found)

    def place(self, words: Any, where: tuple[str | int, ...]) -> Place | None:
        """Where words stand in the text; None, with a problem, where they do not or could stand in several places."""
        if words is None:
            return None
        text, occurrence = (words, None) if isinstance(words, str) else (words["text"], words["occurrence"])
        starts = [found.start() for found in re.finditer(f"(?={re.escape(text)})", self.text)] if text else []
        if occurrence is None and len(starts) == 1:
            return starts[0], starts[0] + len(text)
        if occurrence is not None and 0 < occurrence <= len(starts) and len(starts) > 1:
            return starts[occurrence - 1], starts[occurrence - 1] + len(text)
        self.wrong(where, f"'{text[:60]}' stands {len(starts)} times in the text", "tell which by its occurrence")
        return None

    def horizon(self, ends: Any, where: tuple[str | int, ...]) -> tuple[End, End] | None:
        if ends is None:
            return None
        found = [self.end(each, where) for each in ends]
        if len(found) != 2 or (found[0] and found[1] and found[0][0] > found[1][1]):
            self.wrong(where, f"'{ends}' is no period", "give its earliest and its latest day")
            return None
        return found[0], found[1]

    def end(self, end: Any, where: tuple[str | int, ...]) -> End:
        days = [self.day(each, where) for each in ([end] if isinstance(end, str) else end or ())]
        return (days[0], days[-1]) if days and days[0] and days[-1] else None

    def day(self, day: str, where: tuple[str | int, ...]) -> datetime.date | None:
        try:
            return datetime.date.fromisoformat(day)
        except ValueError:
            self.wrong(where, f"'{day}' is no date", "write YYYY-MM-DD")
            return None


def _several(value: str | Sequence[str] | None) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)
