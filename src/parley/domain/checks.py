"""The rules that a whole scenario must keep. `problems_in` is the main name.

The rules read the marks on the nouns' fields (see `marks`), so they hold for a finished scenario and, before it is
built, for the raw content of a file, where parts of a wrong shape are passed over: the check of types reports them.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from parley.domain import conflict_checks, expression, payoff_checks
from parley.domain.estimate import Estimate
from parley.domain.issue import Anchor, Scale
from parley.domain.marks import Defines, Expresses, Found, OnScale, Refers, Text, Within, part, walk
from parley.errors import Path, Problem, ScenarioError, did_you_mean

__all__ = ["Known", "problems_in"]

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}", re.ASCII)
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters but line feed and tab, and the characters that turn the direction of text."""

MAX_PROBLEMS = 200


class _AnyScale:
    """Stands in for a broken scale: everything lies on it, so that only the break itself is reported."""

    def point(self, word: float | str) -> float:
        return 50.0


class Known:
    """What a scenario, or the raw content of one, defines: ids by kind, and the scale of each issue.

    Attributes
    ----------
    scales : the sound scales, by issue
    readable : what expressions are read with: the sound scales, and for other issues one that takes every word

    Parameters
    ----------
    content : the scenario or its raw content
    found : everything that `walk` finds in it
    """

    def __init__(self, content: Any, found: list[Found]) -> None:
        self._ids: dict[str, dict[str, None]] = {}
        for each in found:
            defines = each.mark(Defines)
            if defines and isinstance(each.value, str):
                self._ids.setdefault(defines.kind, {})[each.value] = None
        self.scales: dict[str, Scale] = {}
        self.readable: dict[str, expression.ScaleOf] = {}
        for issue in _items(content, "issues"):
            name, scale = part(issue, "id"), _scale(part(issue, "scale"))
            if isinstance(name, str) and ID.fullmatch(name) and name not in self.readable:
                self.readable[name] = scale or _AnyScale()
                if scale is not None:
                    self.scales[name] = scale

    def defines(self, name: str, *kinds: str) -> bool:
        """Whether an id of one of these kinds is defined."""
        return any(name in self._ids.get(kind, ()) for kind in kinds)

    def of(self, *kinds: str) -> list[str]:
        """All ids of these kinds, in order."""
        return [name for kind in kinds for name in self._ids.get(kind, ())]


def _scale(raw: Any) -> Scale | None:
    """The scale that raw content describes; None if it is not sound."""
    if raw is None or isinstance(raw, Scale):
        return raw or Scale()
    if not isinstance(raw, Mapping):
        return None
    anchors = raw.get("anchors", [])
    if not isinstance(anchors, list | tuple) or not all(
        isinstance(each, Mapping) and _is_number(each.get("at")) for each in anchors
    ):
        return None
    ends = {key: raw[key] for key in ("low", "high") if key in raw}
    rungs = [each.get("rung") for each in anchors]
    if not all(_is_number(end) for end in ends.values()) or not all(
        rung is None or isinstance(rung, str) for rung in rungs
    ):
        return None
    unit = raw.get("unit")
    try:
        return Scale(
            anchors=tuple(Anchor(at=each["at"], words="", rung=each.get("rung")) for each in anchors),
            unit=unit if isinstance(unit, str) else "",
            **ends,
        )
    except ScenarioError:
        return None


def problems_in(hint: Any, content: Any) -> list[Problem]:
    """Find everything that breaks a rule.

    Parameters
    ----------
    hint : the type of `content`, `Scenario`
    content : a scenario, or the raw content of one with points already on the common scale

    Returns
    -------
    The problems, in the order of the rules; 200 at most.
    """
    found = list(walk(hint, content))
    known = Known(content, found)
    return list(itertools.islice((problem for rule in RULES for problem in rule(found, known, content)), MAX_PROBLEMS))


def _items(content: Any, section: str) -> list[Any]:
    items = part(content, section)
    return [item for item in items if item is not None] if isinstance(items, list | tuple) else []


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _numbers(estimate: Any) -> Iterator[tuple[Path, float]]:
    """The numbers of an estimate, or the number itself, with their place below it."""
    if _is_number(estimate):
        yield (), float(estimate)
        return
    for name in ("low", "mode", "high"):
        value = part(estimate, name) if isinstance(estimate, Mapping | Estimate) else None
        if _is_number(value):
            yield (name,), float(value)  # type: ignore[arg-type]


def _ids(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for each in found:
        defines = each.mark(Defines)
        if not defines or not isinstance(each.value, str):
            continue
        if not ID.fullmatch(each.value):
            shown = ascii(each.value[:40])
            hint = "an id starts with a letter and has letters a-z, digits and _ only, 64 at most"
            yield Problem(path=each.path, message=f"{shown} is not an id", hint=hint)
        elif (defines.kind, each.value) in seen:
            yield Problem(
                path=each.path, message=f"the {defines.kind} '{each.value}' is defined twice", hint="rename one of them"
            )
        seen.add((defines.kind, each.value))


def _references(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    for each in found:
        refers = each.mark(Refers)
        if not refers or not isinstance(each.value, str):
            continue
        kinds = (refers.kind, *refers.or_kinds)
        if not known.defines(each.value, *kinds):
            noun = " or ".join(kinds)
            hint = did_you_mean(each.value, known.of(*kinds), noun=noun)
            yield Problem(path=each.path, message=f"there is no {noun} {ascii(each.value[:64])}", hint=hint)


def _ranges(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    for each in found:
        within = each.mark(Within)
        if within is None:
            continue
        for place, value in _numbers(each.value):
            if not within.low <= value <= within.high:
                must = (
                    f"lie in {within.low:g}..{within.high:g}"
                    if within.high < math.inf
                    else f"be {within.low:g} or more"
                )
                yield Problem(path=(*each.path, *place), message=f"{value:g} is out of range", hint=f"it must {must}")


def _points(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    for each in found:
        issue = each.nearest("issue") if each.mark(OnScale) else None
        scale = known.scales.get(issue) if isinstance(issue, str) else None
        if scale is None:
            continue
        for place, value in _numbers(each.value):
            if not -1e-9 <= value <= 100 + 1e-9:
                message = f"{scale.in_unit(value):g} lies off the scale of '{issue}'"
                yield Problem(
                    path=(*each.path, *place),
                    message=message,
                    hint=f"it runs {scale.low:g}..{scale.high:g} {scale.unit}".rstrip(),
                )


def _texts(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    for each in found:
        if each.mark(Text) is None or not isinstance(each.value, str):
            continue
        bad = INVISIBLE.search(each.value)
        if bad is not None:
            message = f"the text holds the invisible control character U+{ord(bad.group()):04X}"
            yield Problem(path=each.path, message=message, hint="delete it and type the word again")


def _expressions(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    for each in found:
        expresses = each.mark(Expresses)
        if not expresses or not isinstance(each.value, str):
            continue
        try:
            if expresses.over == "issues":
                expression.parse(each.value, issues=known.readable)
            else:
                more = known.of("state") if expresses.over == "states" else []
                expression.parse(each.value, options=known.of("option"), states=more)
        except ScenarioError as error:
            yield from (
                Problem(path=each.path, message=problem.message, hint=problem.hint) for problem in error.problems
            )


def _positions(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    seen: set[tuple[Any, Any]] = set()
    for index, position in enumerate(_items(content, "positions")):
        key = (part(position, "party"), part(position, "issue"))
        if not all(isinstance(each, str) for each in key):
            continue
        if key in seen:
            yield Problem(
                path=("positions", index),
                message=f"a second position of '{key[0]}' on '{key[1]}'",
                hint="merge the two",
            )
        seen.add(key)
        modes = dict(_numbers(part(position, "position")))
        mode = modes.get(("mode",), modes.get(()))
        for bound, sign in (("at_least", 1), ("at_most", -1)):
            line = dict(_numbers(part(part(position, "red_line"), bound)))
            limit = line.get(("mode",), line.get(()))
            if mode is not None and limit is not None and sign * (limit - mode) > 1e-9:
                message = "the position lies beyond the party's own red line"
                yield Problem(path=("positions", index, "red_line", bound), message=message, hint="move one of them")


def _condition_circles(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    needs: dict[str, dict[str, list[str]]] = {}
    place: dict[tuple[str, str], int] = {}
    for index, position in enumerate(_items(content, "positions")):
        party, issue = part(position, "party"), part(position, "issue")
        for condition in _items(position, "conditions"):
            text = part(condition, "only_if")
            if isinstance(party, str) and isinstance(issue, str) and isinstance(text, str):
                place.setdefault((party, issue), index)
                needs.setdefault(party, {}).setdefault(issue, []).extend(_names(text, known))
    for party, arrows in needs.items():
        circle = _circle(arrows)
        if circle:
            message = f"the conditions of '{party}' go in a circle: {_chain(circle, 'needs')}"
            path = ("positions", place[party, circle[0]], "conditions")
            yield Problem(path=path, message=message, hint="drop the condition that the party would waive first")


def _names(text: str, known: Known) -> list[str]:
    """The issues that a condition speaks of; none if it cannot be read."""
    try:
        return list(expression.names(expression.parse(text, issues=known.readable)))
    except ScenarioError:
        return []


def _approach_circles(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    arrows: dict[str, list[str]] = {}
    place: dict[str, int] = {}
    for index, approach in enumerate(_items(content, "approaches")):
        name, parent = part(approach, "id"), part(approach, "extends")
        if isinstance(name, str) and isinstance(parent, str):
            arrows[name], place[name] = [parent], index
    circle = _circle(arrows)
    if circle:
        message = f"approaches extend each other in a circle: {_chain(circle, 'extends')}"
        yield Problem(path=("approaches", place[circle[0]], "extends"), message=message, hint="let one stand alone")


def _chain(circle: list[str], verb: str) -> str:
    shown = circle if len(circle) <= 9 else [*circle[:4], "…", *circle[-4:]]
    return f" {verb} ".join(f"'{name}'" for name in shown)


def _circle(arrows: Mapping[str, list[str]]) -> list[str]:
    """A circle in a directed graph, its first name repeated at the end; empty if there is none."""
    done: set[str] = set()
    for start in arrows:
        trail: dict[str, Iterator[str]] = {}
        name: str | None = start
        while name is not None:
            if name in trail:
                names = list(trail)
                return [*names[names.index(name) :], name]
            if name not in done:
                trail[name] = iter(arrows.get(name, ()))
            name = _next_name(trail, done)
    return []


def _next_name(trail: dict[str, Iterator[str]], done: set[str]) -> str | None:
    """The name that follows the innermost of the trail that has one left; the others are done with."""
    while trail:
        last = next(reversed(trail))
        name = next(trail[last], None)
        if name is not None:
            return name
        done.add(last)
        del trail[last]
    return None


def _ownership(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    holder = {
        part(lever, "id"): part(lever, "holder")
        for lever in _items(content, "levers")
        if isinstance(part(lever, "id"), str)
    }
    decides = {
        part(option, "id"): part(option, "party")
        for option in _items(part(content, "conflict"), "options")
        if isinstance(part(option, "id"), str)
    }
    stands = {
        (part(position, "party"), part(position, "issue"))
        for position in _items(content, "positions")
        if isinstance(part(position, "party"), str) and isinstance(part(position, "issue"), str)
    }
    for index, approach in enumerate(_items(content, "approaches")):
        by, path = part(approach, "by"), ("approaches", index)
        for place, lever in enumerate(_items(approach, "pulls")):
            if isinstance(lever, str) and lever in holder and holder[lever] != by:
                message = f"the lever '{lever}' belongs to '{holder[lever]}', not to '{by}'"
                yield Problem(
                    path=(*path, "pulls", place), message=message, hint="an approach uses its own party's means"
                )
        for place, choice in enumerate(_items(approach, "takes")):
            option = part(choice, "option")
            if isinstance(option, str) and option in decides and decides[option] != by:
                message = f"the option '{option}' is for '{decides[option]}' to take, not for '{by}'"
                yield Problem(
                    path=(*path, "takes", place, "option"),
                    message=message,
                    hint="an approach uses its own party's means",
                )
        for place, move in enumerate(_items(approach, "moves")):
            issue = part(move, "issue")
            if isinstance(by, str) and isinstance(issue, str) and issue in known.scales and (by, issue) not in stands:
                message = f"'{by}' has no position on '{issue}' that could move"
                yield Problem(path=(*path, "moves", place, "issue"), message=message, hint="add it under positions")


def _sections(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    yield from conflict_checks.problems_in_conflict(content)
    yield from payoff_checks.problems_in_payoffs(content, known.scales)


def _dates(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    as_of = str(part(content, "as_of"))
    if not DAY.fullmatch(as_of):
        return
    dated: list[tuple[Path, Any]] = [
        (("sources", place), source) for place, source in enumerate(_items(content, "sources"))
    ]
    for place, series in enumerate(_items(content, "opinion")):
        observations = enumerate(_items(series, "observations"))
        dated += [(("opinion", place, "observations", k), observation) for k, observation in observations]
    for path, item in dated:
        date = str(part(item, "date"))
        if DAY.fullmatch(date) and date > as_of:
            message = f"{date} is later than the scenario's own date, {as_of}"
            yield Problem(
                path=(*path, "date"), message=message, hint="nothing later may be used; leave it out or move as_of"
            )


RULES: tuple[Callable[[list[Found], Known, Any], Iterator[Problem]], ...] = (
    _ids,
    _references,
    _ranges,
    _points,
    _texts,
    _expressions,
    _positions,
    _condition_circles,
    _approach_circles,
    _ownership,
    _sections,
    _dates,
)
