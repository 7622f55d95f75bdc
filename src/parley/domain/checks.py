"""The rules that a whole scenario must keep. `problems_in` is the main name.

The rules read the marks on the nouns' fields (see `marks`), so they hold for a finished scenario and, before it is
built, for the
raw content of a file; there, parts of a wrong shape are passed over, since the check of types reports them.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from parley.domain import expression
from parley.domain.estimate import Estimate
from parley.domain.issue import Anchor, Scale
from parley.domain.marks import Defines, Expresses, Found, OnScale, Refers, Text, Within, part, walk
from parley.errors import Path, Problem, ScenarioError, did_you_mean

__all__ = ["Known", "problems_in"]

ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}", re.ASCII)
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Known:
    """What a scenario, or the raw content of one, defines: ids by kind, and the scale of each issue.

    Parameters
    ----------
    content : the scenario or its raw content
    found : everything that `walk` finds in it
    """

    def __init__(self, content: Any, found: list[Found]) -> None:
        self.ids: dict[str, list[str]] = {}
        for each in found:
            defines = each.mark(Defines)
            if defines and isinstance(each.value, str):
                self.ids.setdefault(defines.kind, []).append(each.value)
        self.scales: dict[str, Scale] = {}
        for issue in _items(content, "issues"):
            name, scale = part(issue, "id"), part(issue, "scale")
            if isinstance(name, str):
                self.scales.setdefault(name, scale if isinstance(scale, Scale) else _scale(scale))

    def of(self, *kinds: str) -> list[str]:
        """All ids of these kinds."""
        return [name for kind in kinds for name in self.ids.get(kind, [])]


def _scale(raw: Any) -> Scale:
    """The scale that raw content describes, as far as it is sound; else the common scale."""
    if not isinstance(raw, Mapping):
        return Scale()
    low, high = raw.get("low", 0.0), raw.get("high", 100.0)
    if not (_is_number(low) and _is_number(high)):
        return Scale()
    try:
        anchors = tuple(
            Anchor(at=each["at"], words="", rung=each.get("rung"))
            for each in raw.get("anchors") or ()
            if isinstance(each, Mapping) and _is_number(each.get("at"))
        )
        return Scale(low=low, high=high, anchors=anchors)
    except (ScenarioError, TypeError):
        return Scale()


def problems_in(hint: Any, content: Any) -> list[Problem]:
    """Find everything that breaks a rule.

    Parameters
    ----------
    hint : the type of `content`, `Scenario`
    content : a scenario, or the raw content of one with points already on the common scale

    Returns
    -------
    The problems, in the order of the rules.
    """
    found = list(walk(hint, content))
    known = Known(content, found)
    return [problem for rule in RULES for problem in rule(found, known, content)]


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
        candidates = known.of(refers.kind, *refers.or_kinds)
        if each.value not in candidates:
            noun = " or ".join((refers.kind, *refers.or_kinds))
            hint = did_you_mean(each.value, candidates, noun=noun)
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
        if each.mark(OnScale) is None:
            continue
        issue = each.nearest("issue")
        scale = known.scales.get(issue, Scale()) if isinstance(issue, str) else Scale()
        for place, value in _numbers(each.value):
            if not -1e-9 <= value <= 100 + 1e-9:
                where = f"the scale of '{issue}'" if issue in known.scales else "the common scale"
                message = f"{scale.in_unit(value):g} lies off {where}"
                yield Problem(
                    path=(*each.path, *place),
                    message=message,
                    hint=f"it runs {scale.low:g}..{scale.high:g} {scale.unit}".rstrip(),
                )


def _texts(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    for each in found:
        if each.mark(Text) is None or not isinstance(each.value, str):
            continue
        bad = next(
            (
                mark
                for mark in each.value
                if mark in BIDI or (unicodedata.category(mark) == "Cc" and mark not in "\n\t")
            ),
            None,
        )
        if bad is not None:
            message = f"the text holds the invisible control character U+{ord(bad):04X}"
            yield Problem(path=each.path, message=message, hint="delete it and type the word again")


def _expressions(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    for each in found:
        expresses = each.mark(Expresses)
        if not expresses or not isinstance(each.value, str):
            continue
        try:
            if expresses.over == "issues":
                expression.parse(each.value, issues=known.scales)
            else:
                expression.parse(each.value, options=known.of("option"))
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
    for position in _items(content, "positions"):
        party, issue = part(position, "party"), part(position, "issue")
        for condition in _items(position, "conditions"):
            text = part(condition, "only_if")
            if isinstance(party, str) and isinstance(issue, str) and isinstance(text, str):
                try:
                    tree = expression.parse(text, issues=known.scales)
                except ScenarioError:
                    continue
                needs.setdefault(party, {}).setdefault(issue, []).extend(expression.names(tree))
    for party, arrows in needs.items():
        circle = _circle(arrows)
        if circle:
            chain = " needs ".join(f"'{issue}'" for issue in circle)
            message = f"the conditions of '{party}' go in a circle: {chain}"
            yield Problem(
                path=("positions",), message=message, hint="drop the condition that the party would waive first"
            )


def _approach_circles(found: list[Found], known: Known, content: Any) -> Iterator[Problem]:
    arrows: dict[str, list[str]] = {}
    for approach in _items(content, "approaches"):
        name, parent = part(approach, "id"), part(approach, "extends")
        if isinstance(name, str) and isinstance(parent, str):
            arrows[name] = [parent]
    circle = _circle(arrows)
    if circle:
        chain = " extends ".join(f"'{name}'" for name in circle)
        yield Problem(
            path=("approaches",),
            message=f"approaches extend each other in a circle: {chain}",
            hint="let one stand alone",
        )


def _circle(arrows: Mapping[str, list[str]]) -> list[str]:
    """A circle in a directed graph, its first name repeated at the end; empty if there is none."""
    done: set[str] = set()

    def follow(name: str, trail: list[str]) -> list[str]:
        if name in trail:
            return [*trail[trail.index(name) :], name]
        if name in done:
            return []
        for each in arrows.get(name, []):
            circle = follow(each, [*trail, name])
            if circle:
                return circle
        done.add(name)
        return []

    return next((circle for name in arrows if (circle := follow(name, []))), [])


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
)
