"""Score a reader's statements against the gold set of articles on talks; `score` is the main name.

`python scripts/score_gold.py FOLDER STATEMENTS.jsonl [--articles] [--json]` reads the articles of FOLDER, such as
tests/reading/gold/dev, and statements in the form that `parley read --jsonl` prints, one a line. Every figure is told
in docs/explanation/gold-set-of-talks.md; punctuation and quotation marks never count as words.
"""

from __future__ import annotations

import argparse
import bisect
import functools
import itertools
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from gold_talks import End, GoldArticle, GoldStatement, load, plain, untitled
from scipy.optimize import linear_sum_assignment

from parley.errors import ParleyError, Problem, ScenarioError
from parley.reading.gazetteer import gazetteer

__all__ = ["Score", "Share", "is_one_of", "read", "score"]

HALF = 0.5
MISSED, EXTRA = "(missed)", "(extra)"
KEYS = ("doc", "id", "content", "speaker", "kind")
MEASURES = {
    "coverage": "gold statements of which half of the words lie in predicted ones",
    "precision": "predicted statements of which half of the words lie in gold or optional ones",
    "one-to-one": "gold statements matched one-to-one",
    "kind": "matched: its kind, or one that can be defended",
    "kind, strict": "matched: its first kind",
    "speaker": "matched and attributed: who says it",
    "own voice": "matched and the article's own: said to be the article's",
    "holder": "matched: whose position it is",
    "target": "matched with a target: the right one",
    "no target": "matched without a target: none is invented",
    "horizon": "matched with a horizon: the same days",
    "horizon kind": "matched with a horizon: its kind",
    "no horizon": "matched without a horizon: none is invented",
    "hedge": "matched with a hedge: the ranges overlap",
    "no hedge": "matched without a hedge: none is invented",
    "negation": "matched: denied or not",
    "negated": "matched and denied: said to be denied",
    "conditions": "links to a condition: found",
    "conditions, both matched": "links of which both ends are matched: found",
}
BANDS = ((0.0, 0.35), (0.35, 0.5), (0.5, 0.65), (0.65, 0.8), (0.8, 1.0))
"""Ranges of confidence, the upper end excluded but for 1."""

_WORD = re.compile(r"\w+")
_OWNER, _PRONOUN = re.compile(r"(?:'s|s') "), re.compile(r"^(?:its|his|her|their|my|our) ")
_ROW = re.compile(r",? and |, ")
Statement = Mapping[str, Any]
Words = frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of how many.

    Attributes
    ----------
    hits, of : counts, hits <= of
    """

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, 0..1; None where there is nothing to share."""
        return self.hits / self.of if self.of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a reader is worth on some articles.

    Attributes
    ----------
    shares : each measure of `MEASURES`
    matched_by_kind : share of the gold statements of each kind that are matched
    matched_by_form : the same for direct, mixed and indirect speech and for the article's own
    confusion : how often (gold kind, predicted kind) were matched; `(missed)` or `(extra)` where one has no other
    confidence : for each of `BANDS`, the mean confidence of the predicted statements in it and how many of them are
        right: matched, of a kind that can be defended, and by the right speaker; bands without a statement are left out
    articles : the score of each article by name; empty for one article
    """

    shares: Mapping[str, Share]
    matched_by_kind: Mapping[str, Share]
    matched_by_form: Mapping[str, Share]
    confusion: Mapping[tuple[str, str], int]
    confidence: Mapping[str, tuple[float, Share]]
    articles: Mapping[str, Score]


def score(folder: Path, statements: Iterable[Statement]) -> Score:
    """Hold a reader's statements against the articles of a folder.

    Parameters
    ----------
    folder : articles of the gold set
    statements : what the reader found, each in the form of one line of `parley read --jsonl`; `doc` is the name of
        the article's file, with or without its folder and ending. Articles without statements count as missed.

    Raises
    ------
    ScenarioError
        If a mark of the gold set is bad, or a statement is of no article, lacks a key or points outside of the text.
    """
    gold = {article.name: article for article in load(folder)}
    found: dict[str, list[Statement]] = {name: [] for name in gold}
    problems = []
    for at, each in enumerate(statements, 1):
        if wrong := _wrong(each, gold):
            problems.append(Problem(path=("statements", at), message=wrong, hint="see parley read --jsonl"))
        else:
            found[_name(each)].append(each)
    if problems:
        raise ScenarioError(problems)
    events = {name: list(_events(article, found[name])) for name, article in gold.items()}
    return _tallied(
        list(itertools.chain.from_iterable(events.values())),
        articles={name: _tallied(each, articles={}) for name, each in events.items()},
    )


def read(path: Path) -> list[Statement]:
    """Read statements from a file of JSON lines.

    Raises
    ------
    ScenarioError
        If a line is no JSON object, with its number.
    """
    statements: list[Statement] = []
    problems = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                each = json.loads(line)
            except ValueError as error:
                each, reason = None, str(error)
            else:
                reason = "no object"
            if isinstance(each, dict):
                statements.append(each)
            else:
                problems.append(
                    Problem(file=str(path), line=number, message=f"no statement: {reason}", hint="JSON lines")
                )
    if problems:
        raise ScenarioError(problems)
    return statements


def _name(statement: Statement) -> str:
    return re.sub(r"\.\w{1,5}$", "", str(statement["doc"]).replace("\\", "/").rpartition("/")[2])


def _wrong(statement: Statement, gold: Mapping[str, GoldArticle]) -> str:
    """What is wrong with a predicted statement; empty if nothing is."""
    if missing := [key for key in KEYS if key not in statement]:
        return f"without {', '.join(missing)}"
    if _name(statement) not in gold:
        return f"of '{statement['doc']}', which is none of the articles"
    length = len(gold[_name(statement)].text)
    inside = [0 <= start < end <= length for start, end in statement["content"]]
    return "" if inside and all(inside) else f"'{statement['id']}' of '{statement['doc']}' lies outside of the text"


def _events(gold: GoldArticle, predicted: Sequence[Statement]) -> Iterator[tuple[str, Any]]:
    """All that is counted in one article, as (what is counted, how it went)."""
    ends = [word.end() for word in _WORD.finditer(gold.text)]
    starts = [word.start() for word in _WORD.finditer(gold.text)]
    wanted = [_words(each.spans, starts, ends) for each in gold.statements]
    told = [_words(each["content"], starts, ends) for each in predicted]
    marked = frozenset().union(*wanted, _words(gold.optional, starts, ends))
    said = frozenset().union(*told)
    yield from (("coverage", _lies_in(words, said)) for words in wanted)
    yield from (("precision", _lies_in(words, marked)) for words in told)
    pairs = dict(matched(wanted, told))
    for i, each in enumerate(gold.statements):
        yield "one-to-one", i in pairs
        yield "by kind", (each.kinds[0], i in pairs)
        yield "by form", (_form(gold.text, each), i in pairs)
        yield "confusion", (each.kinds[0], predicted[pairs[i]]["kind"] if i in pairs else MISSED)
        if i in pairs:
            yield from _marks(gold, each, predicted[pairs[i]])
    for j, each in enumerate(predicted):
        if "confidence" in each:
            yield "sure", (each["confidence"], _right(gold, pairs, j, each))
    yield from (("confusion", (EXTRA, predicted[j]["kind"])) for j in sorted({*range(len(told))} - {*pairs.values()}))
    yield from _links(gold.statements, predicted, pairs)


def _right(gold: GoldArticle, pairs: Mapping[int, int], number: int, told: Statement) -> bool:
    """Whether a predicted statement is matched, of a kind that can be defended, and by the right speaker."""
    place = next((i for i, j in pairs.items() if j == number), None)
    if place is None:
        return False
    wanted = gold.statements[place]
    return told["kind"] in wanted.kinds and is_one_of(told["speaker"], wanted.speaker, gold)


def _words(spans: Iterable[Sequence[int]], starts: Sequence[int], ends: Sequence[int]) -> Words:
    """The numbers of the words that lie, with a letter at least, in some spans."""
    return frozenset(
        i for start, end in spans for i in range(bisect.bisect_right(ends, start), bisect.bisect_left(starts, end))
    )


def _lies_in(words: Words, others: Words) -> bool:
    return bool(words) and len(words & others) >= HALF * len(words)


def matched(wanted: Sequence[Words], told: Sequence[Words]) -> list[tuple[int, int]]:
    """Pairs of gold and predicted statements that share at least half of the words of both together.

    As many pairs as there can be, and among these the ones that share most.
    """
    if not wanted or not told:
        return []
    alike = np.array([[len(one & other) / max(1, len(one | other)) for other in told] for one in wanted])
    worth = np.where(alike >= HALF, min(alike.shape) + 1 + alike, 0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if worth[i, j]]


def _form(text: str, statement: GoldStatement) -> str:
    """Direct, mixed or indirect speech, by how much of the words stands in quotation marks; or the article's own."""
    if statement.voice == "own":
        return "own"
    quoted = total = 0
    for start, end in statement.spans:
        line = text[text.rfind("\n", 0, start) + 1 : end]
        inside = False
        for at, mark in enumerate(line, end - len(line)):
            if mark in '"“”':
                inside = not inside if mark == '"' else mark == "“"
            elif at >= start and mark.isalnum():
                total, quoted = total + 1, quoted + inside
    share = quoted / max(1, total)
    return "direct" if share >= 0.8 else "mixed" if share > 0 else "indirect"


def _marks(gold: GoldArticle, wanted: GoldStatement, told: Statement) -> Iterator[tuple[str, bool]]:
    """How each mark of a matched statement went; those that the gold set leaves open are passed over."""
    yield "kind", told["kind"] in wanted.kinds
    yield "kind, strict", told["kind"] == wanted.kinds[0]
    speaker = is_one_of(told["speaker"], wanted.speaker, gold)
    yield ("own voice" if wanted.voice == "own" else "speaker"), speaker
    yield "holder", is_one_of(told.get("holder") or told["speaker"], wanted.holder, gold)
    if "target" not in wanted.open:
        if wanted.target:
            yield "target", is_one_of(told.get("target"), wanted.target, gold)
        else:
            yield "no target", told.get("target") is None
    yield from _horizon(wanted, told)
    if "hedge" not in wanted.open:
        hedge = told.get("hedge")
        if wanted.hedge:
            yield "hedge", hedge is not None and max(hedge[0], wanted.hedge[0]) < min(hedge[1], wanted.hedge[1])
        else:
            yield "no hedge", hedge is None
    if "negated" not in wanted.open:
        yield "negation", bool(told.get("negated")) == wanted.negated
        if wanted.negated:
            yield "negated", bool(told.get("negated"))


def is_one_of(name: str | None, wanted: Sequence[str], gold: GoldArticle) -> bool:
    """Whether a name means one of some entities.

    It does by any form that the entity has, with a title before the name or without; a state also by its usual name or
    its capital; "their aides" also by "the generals' aides"; and several by their names in a row, "Kenya and Uganda".

    Parameters
    ----------
    name : the name; None means nobody
    wanted : entities of the article, by their names there
    gold : the article
    """
    written = [form for each in wanted for form in gold.entities.get(each, (each,))]
    forms = set(map(plain, written))
    if name is None or plain(name) in forms or untitled(name) in map(untitled, written):
        return name is not None
    owned = {plain(name)[found.end() :] for found in _OWNER.finditer(plain(name))}
    if any(_PRONOUN.sub("", form) in owned for form in forms if _PRONOUN.match(form)):
        return True
    if _states().get(plain(name), frozenset()) & {key for form in forms for key in _states().get(form, ())}:
        return True
    row = _ROW.split(name)
    same = any(set(map(plain, row)) == set(map(plain, _ROW.split(form))) for form in written)
    return len(row) > 1 and (same or all(is_one_of(each, wanted, gold) for each in row))


@functools.cache
def _states() -> Mapping[str, frozenset[str]]:
    """The codes of the states that a name, a capital, a seat of government or "the Brazilians" stand for."""
    found: dict[str, frozenset[str]] = {}
    for entry in itertools.chain.from_iterable(gazetteer().entries.values()):
        people = entry.kind == "adjective" and entry.words.endswith("s")
        if people or entry.kind in ("name", "capital", "seat"):
            found[plain(entry.words)] = found.get(plain(entry.words), frozenset()) | {entry.key}
    return found


def _horizon(wanted: GoldStatement, told: Statement) -> Iterator[tuple[str, bool]]:
    horizon = told.get("horizon")
    if "horizon" not in wanted.open:
        if wanted.horizon is None:
            yield "no horizon", horizon is None
        else:
            yield "horizon", horizon is not None and all(map(_is_within, horizon, wanted.horizon))
    if wanted.horizon_kind and "horizon_kind" not in wanted.open:
        yield "horizon kind", told.get("horizon_kind") in wanted.horizon_kind


def _is_within(day: str | None, end: End) -> bool:
    return end is None or (day is not None and end[0].isoformat() <= day <= end[1].isoformat())


def _links(
    statements: Sequence[GoldStatement], predicted: Sequence[Statement], pairs: Mapping[int, int]
) -> Iterator[tuple[str, bool]]:
    """Whether each link from a statement to its condition was found."""
    place = {each.id: i for i, each in enumerate(statements)}
    for i, each in enumerate(statements):
        for condition in () if "conditions" in each.open else each.conditions:
            ends = i in pairs and place[condition] in pairs
            linked = ends and predicted[pairs[place[condition]]]["id"] in (predicted[pairs[i]].get("conditions") or ())
            yield "conditions", linked
            if ends:
                yield "conditions, both matched", linked


def _tallied(events: Sequence[tuple[str, Any]], *, articles: Mapping[str, Score]) -> Score:
    return Score(
        shares={name: _share(went for what, went in events if what == name) for name in MEASURES},
        matched_by_kind=_by(went for what, went in events if what == "by kind"),
        matched_by_form=_by(went for what, went in events if what == "by form"),
        confusion=Counter(went for what, went in events if what == "confusion"),
        confidence=_bands([went for what, went in events if what == "sure"]),
        articles=articles,
    )


def _bands(sure: Sequence[tuple[float, bool]]) -> dict[str, tuple[float, Share]]:
    found = {}
    for low, high in BANDS:
        inside = [(chance, right) for chance, right in sure if low <= chance < high or chance == high == 1]
        if inside:
            mean = sum(chance for chance, _ in inside) / len(inside)
            found[f"{low:.2f}-{high:.2f}"] = (mean, _share(right for _, right in inside))
    return found


def _share(went: Iterable[bool]) -> Share:
    all_of_them = list(went)
    return Share(hits=sum(all_of_them), of=len(all_of_them))


def _by(went: Iterable[tuple[str, bool]]) -> dict[str, Share]:
    pairs = sorted(went)
    return {key: _share(hit for _, hit in group) for key, group in itertools.groupby(pairs, key=lambda pair: pair[0])}


def _document(result: Score) -> dict[str, Any]:
    """The score for `--json`."""
    shares = (("shares", result.shares), ("by_kind", result.matched_by_kind), ("by_form", result.matched_by_form))
    document: dict[str, Any] = {
        key: {name: {"share": each.value, "hits": each.hits, "of": each.of} for name, each in group.items()}
        for key, group in shares
    }
    document["confusion"] = [
        {"gold": gold, "predicted": told, "count": count} for (gold, told), count in sorted(result.confusion.items())
    ]
    document["confidence"] = {
        band: {"mean": round(mean, 3), "right": each.value, "of": each.of}
        for band, (mean, each) in result.confidence.items()
    }
    if result.articles:
        document["articles"] = {name: _document(each) for name, each in result.articles.items()}
    return document


def _report(result: Score, *, articles: bool) -> str:
    lines = [f"{_line(name, result.shares[name])}   {words}" for name, words in MEASURES.items()]
    lines += ["", "matched one-to-one, by kind", *itertools.starmap(_line, result.matched_by_kind.items())]
    lines += ["", "matched one-to-one, by form", *itertools.starmap(_line, result.matched_by_form.items())]
    lines += ["", "kinds taken for others (gold, predicted)"]
    lines += [
        f"{gold:<24} {told:<24} {count:>5}" for (gold, told), count in sorted(result.confusion.items()) if gold != told
    ]
    lines += ["", "how sure it is, and how often it is right"]
    lines += [f"{_line(f'{band}, mean {mean:.2f}', each)}" for band, (mean, each) in result.confidence.items()]
    for name, each in result.articles.items() if articles else ():
        lines += ["", name, *itertools.starmap(_line, each.shares.items())]
    return "\n".join(lines)


def _line(name: str, share: Share) -> str:
    value = "     –" if share.value is None else f"{share.value:6.3f}"
    return f"{name:<24} {value} {share.hits:>5} of {share.of}"


def main() -> int:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="articles of the gold set")
    parser.add_argument("statements", type=Path, help="what a reader found, as JSON lines")
    parser.add_argument("--articles", action="store_true", help="print each article too")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    given = parser.parse_args()
    try:
        result = score(given.folder, read(given.statements))
    except ParleyError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    document = {"schema": "parley/gold-score/1", **_document(result)}
    print(json.dumps(document, ensure_ascii=False) if given.json else _report(result, articles=given.articles))
    return 0


if __name__ == "__main__":
    sys.exit(main())
