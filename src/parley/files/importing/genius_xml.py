"""Domains and profiles of GENIUS in XML: `domain_of` and `profile_of`.

A domain is a `negotiation_template` that holds objectives, which hold issues or further objectives; an issue lists its
`item`s or has a range of integers or reals. A profile is a `utility_space` of the same shape with a `weight` for each
issue, an `evaluation` for each item or an `evaluator` for a range, a `reservation` value and a `discount_factor`.

As in GENIUS, a package is worth the sum of weight times evaluation over the issues, wherever they stand among
objectives; the linear evaluator of integers counts from the lower end of the range, that of reals from 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from parley.errors import did_you_mean
from parley.files.importing.cells import Cell, Refusals, shortened
from parley.files.importing.domain_model import (
    Choice,
    Domain,
    DomainIssue,
    Profile,
    Valued,
    grid_of,
    numbered,
    place_of,
)
from parley.files.importing.draft import TableFile
from parley.files.importing.xml_tree import Element

__all__ = ["domain_of", "is_domain", "is_profile", "issue_names", "profile_of"]

KINDS = ("discrete", "integer", "real")
NOT_ADDITIVE = ("utility_function", "utility", "ufun", "rules", "constraints", "hyperRectangle", "INCLUDES", "EXCLUDES")


@dataclass(frozen=True, slots=True)
class _Found:
    """An issue as it stands in a file: its name with the objectives around it, itself, and what is around it."""

    name: str
    element: Element
    owner: Element

    @property
    def index(self) -> int | None:
        text = self.element.attributes.get("index", "").strip()
        return int(text) if text.isascii() and text.isdigit() else None

    @property
    def kind(self) -> str:
        given = self.element.attributes
        word = given.get("vtype") or given.get("type") or given.get("etype") or KINDS[0]
        return word.strip().lower()


def is_domain(root: Element) -> bool:
    """Whether an XML text is a domain."""
    return root.name == "negotiation_template" or (root.name == "utility_space" and not is_profile(root))


def is_profile(root: Element) -> bool:
    """Whether an XML text is a profile: it says what something is worth."""
    return root.name == "utility_space" and any(
        each.name in ("weight", "evaluator", *NOT_ADDITIVE) or "evaluation" in each.attributes for each in _inside(root)
    )


def issue_names(root: Element) -> set[str]:
    """The names of the issues in a file."""
    return {each.name for each in _issues(root)}


def domain_of(root: Element, file: TableFile, reader: Refusals, grid: int) -> Domain:
    """Read a domain.

    Parameters
    ----------
    root : the root of the XML
    file : where it stood
    reader : the list of its problems
    grid : how many values of a range of reals are taken
    """
    found = list(_issues(root))
    if not found:
        reader.refuse(root.place, "the domain has no issue", "it needs one at least")
    names = [each.name for each in found]
    for place, each in enumerate(found):
        if each.name in names[:place]:
            reader.refuse(each.element.place, f"a second issue '{shortened(each.name)}'", "rename one of them")
    title = " ".join(Path(file.name).stem.replace("_", " ").split())
    return Domain(title=title or "A domain", issues=[_issue(each, reader, grid) for each in found], file=file)


def profile_of(root: Element, domain: Domain, file: TableFile, reader: Refusals) -> Profile:
    """Read a profile; parameters as in `domain_of`."""
    odd = next((each for each in _inside(root) if each.name in NOT_ADDITIVE), None)
    if odd is not None:
        message = f"the payoffs are no sum over issues: '{odd.name}' looks at several together"
        reader.refuse(odd.place, message, "only weight times evaluation, issue by issue, can be brought in")
    notes: list[str] = []
    found = _matched(list(_issues(root)), domain, notes)
    valued = []
    for issue, each in zip(domain.issues, found, strict=True):
        if each is None:
            message = f"the profile says nothing of the issue '{shortened(issue.name)}'"
            reader.refuse(root.place, message, "add it, with weight 0 if it does not matter")
            valued.append(Valued(weight=0.0, worth=[0.0] * len(issue.choices)))
        else:
            valued.append(_valued(each, issue, reader, notes))
    notes += [
        f"the weight of number {weight.attributes.get('index', '?')} belongs to no issue, and is left out"
        for weight in _inside(root)
        if weight.name == "weight" and weight.attributes.get("index") not in _indices(root)
    ]
    if any(each.owner.name == "objective" and ": " in each.name for each in _issues(root)):
        notes.append("as in GENIUS, weights of objectives do not count: each issue has its own weight alone")
    reserve = _value(root, "reservation", "reservation value", reader)
    discount = _value(root, "discount_factor", "discount factor", reader)
    if discount is not None and not 0 < discount <= 1:
        if discount != 0:
            notes.append(f"the discount factor {discount:g} is not between 0 and 1: nothing is discounted")
        discount = None
    name = Path(file.name).stem
    return Profile(name=name, issues=valued, file=file, reserve=reserve, discount=discount, notes=notes)


def _inside(element: Element) -> Iterator[Element]:
    """Every element below another one."""
    for child in element.children:
        yield child
        yield from _inside(child)


def _issues(root: Element) -> Iterator[_Found]:
    """Every issue in the order of the file; the name of the outermost objective is that of the domain."""
    space = next(iter(root.all("utility_space")), root)
    yield from _issues_in(space, ())


def _issues_in(owner: Element, around: tuple[str, ...]) -> Iterator[_Found]:
    for child in owner.children:
        name = " ".join(child.attributes.get("name", "").split())
        if child.name == "issue":
            yield _Found(": ".join((*around, name)), child, owner)
        elif child.name == "objective":
            yield from _issues_in(child, (*around, name) if owner.name == "objective" else around)


def _indices(root: Element) -> set[str | None]:
    return {each.attributes.get("index") for each in _inside(root) if each.name in ("issue", "objective")}


def _issue(found: _Found, reader: Refusals, grid: int) -> DomainIssue:
    element, what = found.element, f"issue '{shortened(found.name)}'"
    reader.words(Cell(element.attributes.get("name", "").strip() and found.name, element.place), "name of an issue")
    if found.kind not in KINDS:
        hint = did_you_mean(found.kind, KINDS, noun="kinds")
        reader.refuse(element.place, f"the {what} is of the kind '{shortened(found.kind)}'", hint)
    if found.kind in ("integer", "real"):
        low, high = _range(element, reader, what)
        if math.isnan(low) or math.isnan(high):
            choices: Sequence[Choice] = (Choice("?", 0.0),)
        elif found.kind == "integer":
            choices = numbered(low, high, f"the {what}", element.place, reader)
        else:
            choices = grid_of(low, high, grid)
        real = (low, high) if found.kind == "real" and len(choices) > 1 else None
        return DomainIssue(name=found.name, choices=choices, numeric=True, grid=real, index=found.index)
    items = element.all("item")
    if not items:
        reader.refuse(element.place, f"the {what} has no item", "add <item value=...>")
    texts = [_item_text(each, reader) for each in items]
    for place, (text, item) in enumerate(zip(texts, items, strict=True)):
        if text in texts[:place]:
            reader.refuse(item.place, f"the {what} has the value '{shortened(text)}' twice", "rename one of them")
    return DomainIssue(name=found.name, choices=[Choice(text, _as_number(text)) for text in texts], index=found.index)


def _item_text(item: Element, reader: Refusals) -> str:
    return reader.words(Cell(" ".join(item.attributes.get("value", "").split()), item.place), "value of an item")


def _as_number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _range(element: Element, reader: Refusals, what: str) -> tuple[float, float]:
    """The ends of a range, which stand with the issue or in an element of their own; NaN where they are wrong."""
    places = [*element.all("range"), element]
    ends = []
    for name in ("lowerbound", "upperbound"):
        at = next((each for each in places if name in each.attributes), element)
        ends.append(reader.number(Cell(at.attributes.get(name, "").strip(), at.place), f"{name} of the {what}"))
    if ends[0] > ends[1]:
        reader.refuse(element.place, f"the range of the {what} runs from {ends[0]:g} to {ends[1]:g}", "swap the ends")
        return math.nan, math.nan
    return ends[0], ends[1]


def _matched(found: Sequence[_Found], domain: Domain, notes: list[str]) -> list[_Found | None]:
    """The profile's part on each issue of the domain: that of the same name, or else of the same number."""
    by_name = {each.name: each for each in found}
    free = {each.index: each for each in found if each.name not in {issue.name for issue in domain.issues}}
    result = []
    for issue in domain.issues:
        match = by_name.get(issue.name)
        if match is None and issue.index is not None and issue.index in free:
            match = free.pop(issue.index)
            notes.append(f"the issue '{issue.name}' is called '{match.name}' there; its number is the same")
        result.append(match)
    unknown = [each.name for each in found if each not in result]
    notes += [f"the domain has no issue '{name}', which is left out" for name in unknown]
    return result


def _valued(found: _Found, issue: DomainIssue, reader: Refusals, notes: list[str]) -> Valued:
    element, what = found.element, f"issue '{shortened(found.name)}'"
    index = element.attributes.get("index")
    weights = [each for each in found.owner.all("weight") if each.attributes.get("index") == index]
    weight = 0.0
    if weights:
        cell = Cell(weights[-1].attributes.get("value", "").strip(), weights[-1].place)
        weight = reader.number(cell, f"weight of the {what}")
    else:
        reader.refuse(element.place, f"the {what} has no weight", f'add <weight index="{index or "?"}" value=...>')
    if len(weights) > 1:
        reader.refuse(weights[-1].place, f"a second weight of the {what}", "keep one of the two")
    evaluator = next(iter(element.all("evaluator")), None)
    if evaluator is not None and not element.all("item"):
        worth = _evaluated(evaluator, found, issue, reader)
    else:
        worth = _listed(found, issue, reader, notes)
    return Valued(weight=weight, worth=worth, formula=evaluator is not None)


def _listed(found: _Found, issue: DomainIssue, reader: Refusals, notes: list[str]) -> list[float]:
    """The evaluation of each item."""
    worth: dict[int, float] = {}
    for item in found.element.all("item"):
        text = " ".join(item.attributes.get("value", "").split())
        place = place_of(text, issue)
        if place is None:
            notes.append(f"line {item.place.line}: the domain has no value '{text}' of '{issue.name}'; it is left out")
            continue
        what = f"evaluation of '{shortened(text)}' on '{shortened(issue.name)}'"
        if place in worth:
            reader.refuse(item.place, f"a second {what}", "keep one of the two")
        worth[place] = reader.number(Cell(item.attributes.get("evaluation", "").strip(), item.place), what)
    missing = [choice.text for place, choice in enumerate(issue.choices) if place not in worth]
    if missing:
        shown = ", ".join(f"'{shortened(each)}'" for each in missing[:5]) + (" …" if len(missing) > 5 else "")
        message = f"'{shortened(issue.name)}' has no evaluation of {shown}"
        reader.refuse(found.element.place, message, "add an item with an evaluation for each value of the domain")
    return [worth.get(place, 0.0) for place in range(len(issue.choices))]


def _evaluated(evaluator: Element, found: _Found, issue: DomainIssue, reader: Refusals) -> list[float]:
    """The worth of each number by a formula."""
    numbers = [choice.number for choice in issue.choices if choice.number is not None]
    if len(numbers) < len(issue.choices):
        message = f"'{shortened(issue.name)}' has a formula, and its values are no numbers"
        reader.refuse(evaluator.place, message, "give each item an evaluation")
        return [0.0] * len(issue.choices)
    return list(map(_formula(evaluator, found, issue, reader), numbers))


def _formula(evaluator: Element, found: _Found, issue: DomainIssue, reader: Refusals) -> Callable[[float], float]:
    def number(name: str) -> float:
        what = f"{name} of the evaluator of '{shortened(issue.name)}'"
        return reader.number(Cell(evaluator.attributes.get(name, "").strip(), evaluator.place), what)

    kind = evaluator.attributes.get("ftype", "linear").strip().lower()
    if kind == "linear" and "slope" in evaluator.attributes:
        slope, offset = number("slope"), number("offset")
        start = _start(found, issue, reader) if found.kind == "integer" else 0.0
        return lambda value: slope * (value - start) + offset
    if kind == "linear":
        constant, factor = number("parameter0"), number("parameter1")
        return lambda value: factor * value + constant
    if kind == "constant":
        constant = number("parameter0")
        return lambda value: constant
    if kind == "triangular":
        low, high, top = (number(f"parameter{k}") for k in range(3))
        return lambda value: _triangle(value, low, high, top)
    hint = did_you_mean(kind, ["linear", "constant", "triangular"], noun="formulas")
    reader.refuse(evaluator.place, f"the formula '{shortened(kind)}' is not known", hint)
    return lambda value: 0.0


def _start(found: _Found, issue: DomainIssue, reader: Refusals) -> float:
    """The number from which the formula of integers counts: the lower end in the profile, or else in the domain."""
    here = [each for each in (*found.element.all("range"), found.element) if "lowerbound" in each.attributes]
    if here:
        cell = Cell(here[0].attributes["lowerbound"].strip(), here[0].place)
        return reader.number(cell, f"lowerbound of the issue '{shortened(issue.name)}'")
    return issue.choices[0].number or 0.0


def _triangle(value: float, low: float, high: float, top: float) -> float:
    """0 at the ends of a triangle, 1 at its top, and 0 outside."""
    if not low <= value <= high:
        return 0.0
    if value < top:
        return (value - low) / (top - low)
    return 1.0 - (value - top) / (high - top) if high > top else 1.0


def _value(root: Element, name: str, what: str, reader: Refusals) -> float | None:
    """The one value that stands in an element of its own, wherever that is; None where there is none."""
    found = [each for each in _inside(root) if each.name == name]
    if len(found) > 1:
        reader.refuse(found[1].place, f"a second {what}", "keep one of the two")
    if not found:
        return None
    return reader.number(Cell(found[0].attributes.get("value", "").strip(), found[0].place), what)
