"""Domains and profiles of GeniusWeb (JSON) and NegMAS (JSON or YAML): `domain_of` and `profile_of`.

In GeniusWeb a domain has `issuesValues`, and a profile is a `LinearAdditiveUtilitySpace` with `issueUtilities`,
`issueWeights`, its domain, and a `reservationBid`. In NegMAS a domain is an outcome space with `issues`, and a profile
a `LinearAdditiveUtilityFunction` with `weights`, `values` and a `reserved_value`, alone or in an `ExpDiscountedUFun`.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from parley.errors import did_you_mean
from parley.files.importing.cells import Cell, Refusals, shortened
from parley.files.importing.domain_model import (
    MAX_CHOICES,
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
from parley.files.importing.json_tree import KINDS, JsonValue

__all__ = ["domain_of", "is_domain", "is_profile", "profile_of"]

SPACE = "LinearAdditiveUtilitySpace"
LINEAR = ("LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction")
AFFINE = ("AffineUtilityFunction", "LinearUtilityFunction")
DISCOUNTED = "ExpDiscountedUFun"
LISTED, BETWEEN = ("DiscreteValueSetUtilities", "discreteutils"), ("NumberValueSetUtilities", "numberutils")
FUNCTIONS = ("TableFun", "AffineFun", "LinearFun", "IdentityFun", "ConstFun")


def is_domain(root: JsonValue) -> bool:
    """Whether a value is a domain."""
    return "issuesValues" in root.fields or "issues" in root.fields


def is_profile(root: JsonValue) -> bool:
    """Whether a value says what packages are worth."""
    return any(each.endswith("UtilitySpace") for each in root.fields) or _type(root).endswith(
        ("UtilityFunction", "UFun", "AggregationFunction")
    )


def domain_of(root: JsonValue, file: TableFile, reader: Refusals, grid: int) -> Domain | None:
    """Read a domain, or the one that a profile of GeniusWeb carries; None where there is none.

    Parameters
    ----------
    root : what the file holds
    file : where it stood
    reader : the list of its problems
    grid : how many values of a range of reals are taken
    """
    if is_profile(root):
        space = root.fields.get(SPACE)
        carried = None if space is None else space.fields.get("domain")
        return None if carried is None else domain_of(carried, file, reader, grid)
    title = root.fields["name"].text if "name" in root.fields else ""
    if "issuesValues" in root.fields:
        values = _of(root, "issuesValues", dict, reader)
        issues = [_geniusweb_issue(name, each, reader) for name, each in (values.fields if values else {}).items()]
    else:
        listed = _of(root, "issues", list, reader)
        issues = [_negmas_issue(each, reader, grid) for each in (listed.items if listed else ())]
        names = [each.name for each in issues]
        for place, name in enumerate(names):
            if name in names[:place] and listed is not None:
                _refuse(listed.items[place], f"a second issue '{shortened(name)}'", "rename one of them", reader)
    if not issues:
        _refuse(root, "the domain has no issue", "it needs one at least", reader)
    words = " ".join((title or Path(file.name).stem.replace("_", " ")).split())
    return Domain(title=words or "A domain", issues=issues, file=file)


def profile_of(root: JsonValue, domain: Domain, file: TableFile, reader: Refusals) -> Profile:
    """Read a profile; parameters as in `domain_of`."""
    if SPACE in root.fields:
        return _geniusweb_profile(root.fields[SPACE], domain, file, reader)
    if any(each.endswith("UtilitySpace") for each in root.fields):
        kind = next(iter(root.fields))
        _refuse(root.fields[kind], f"the profile is a {shortened(kind)}", f"only a {SPACE} can be brought in", reader)
        return _empty(domain, file)
    return _negmas_profile(root, domain, file, reader)


def _empty(domain: Domain, file: TableFile) -> Profile:
    """In the place of a profile that cannot be read."""
    issues = [Valued(weight=0.0, worth=[0.0] * len(each.choices)) for each in domain.issues]
    return Profile(name=Path(file.name).stem, issues=issues, file=file)


def _geniusweb_issue(name: str, value: JsonValue, reader: Refusals) -> DomainIssue:
    _words(name, value, "name of an issue", reader)
    if "range" in value.fields:
        ends = [_number(value.fields["range"], key, f"{key} of '{shortened(name)}'", reader)
                for key in ("low", "high", "step")]  # fmt: skip
        return DomainIssue(name=name, choices=_stepped(name, value, ends, reader), numeric=True)
    listed = _of(value, "values", list, reader)
    return DomainIssue(name=name, choices=_choices(name, listed, reader))


def _stepped(name: str, value: JsonValue, ends: Sequence[float], reader: Refusals) -> list[Choice]:
    """From low to high by a step, in the decimals that the file has."""
    if any(map(math.isnan, ends)):
        return [Choice("?", 0.0)]
    low, high, step = (Decimal(repr(each)) for each in ends)
    if step <= 0 or high < low or (high - low) / step >= MAX_CHOICES:
        message = f"'{shortened(name)}' runs from {low} to {high} by {step}"
        _refuse(
            value, message, f"low must be below high, with a step that gives {MAX_CHOICES:,} values at most", reader
        )
        return [Choice("?", 0.0)]
    count = int((high - low) / step) + 1
    return [Choice(f"{low + k * step:f}", float(low + k * step)) for k in range(count)]


def _choices(name: str, listed: JsonValue | None, reader: Refusals) -> list[Choice]:
    found: list[Choice] = []
    for each in listed.items if listed else ():
        content = each.content
        if isinstance(content, bool) or not isinstance(content, str | int | float):
            _refuse(each, f"a value of '{shortened(name)}' is {each.kind}", "it must be text or a number", reader)
            continue
        text = content if isinstance(content, str) else repr(content)
        _words(text, each, "value of an issue", reader)
        if any(choice.text == text for choice in found):
            message = f"'{shortened(name)}' has the value '{shortened(text)}' twice"
            _refuse(each, message, "rename one of them", reader)
        number = None if isinstance(content, str) else float(content)
        found.append(Choice(text, number))
    if listed is not None and not listed.items:
        _refuse(listed, f"'{shortened(name)}' has no value", "it needs one at least", reader)
    return found or [Choice("?")]


def _negmas_issue(value: JsonValue, reader: Refusals, grid: int) -> DomainIssue:
    name = value.fields["name"].text if "name" in value.fields else ""
    _words(name, value, "name of an issue", reader)
    kind, values = _type(value), value.fields.get("values")
    if values is None:
        _refuse(value, f"'{shortened(name)}' has no values", "add 'values'", reader)
        return DomainIssue(name=name, choices=[Choice("?")])
    if values.whole is not None:
        choices = numbered(0, max(values.whole - 1, 0), f"the issue '{shortened(name)}'", values.place, reader)
        return DomainIssue(name=name, choices=choices, numeric=True)
    if kind in ("ContiguousIssue", "ContinuousIssue"):
        ends = [each.content for each in values.items]
        numbers = [float(each) for each in ends if isinstance(each, int | float) and not isinstance(each, bool)]
        if len(ends) != 2 or len(numbers) != 2 or not -math.inf < numbers[0] <= numbers[1] < math.inf:
            _refuse(values, f"the range of '{shortened(name)}' is no pair of numbers", "write [low, high]", reader)
            return DomainIssue(name=name, choices=[Choice("?", 0.0)], numeric=True)
        low, high = numbers
        if kind == "ContinuousIssue":
            return DomainIssue(name=name, choices=grid_of(low, high, grid), numeric=True, grid=(low, high))
        choices = numbered(low, high, f"the issue '{shortened(name)}'", values.place, reader)
        return DomainIssue(name=name, choices=choices, numeric=True)
    return DomainIssue(name=name, choices=_choices(name, _of(value, "values", list, reader), reader))


def _geniusweb_profile(space: JsonValue, domain: Domain, file: TableFile, reader: Refusals) -> Profile:
    utilities, weights = (_of(space, name, dict, reader) for name in ("issueUtilities", "issueWeights"))
    if utilities is None or weights is None:
        return _empty(domain, file)
    valued = []
    for issue in domain.issues:
        found = utilities.fields.get(issue.name)
        weight = _number(weights, issue.name, f"weight of '{shortened(issue.name)}'", reader)
        if found is None:
            _refuse(utilities, f"the profile says nothing of the issue '{shortened(issue.name)}'", "add it", reader)
        worth = [0.0] * len(issue.choices) if found is None else _geniusweb_worth(found, issue, reader)
        formula = found is not None and any(each in found.fields for each in BETWEEN)
        valued.append(Valued(weight=weight, worth=worth, formula=formula))
    notes = _strangers([*utilities.fields], domain)
    name = space.fields["name"].text if "name" in space.fields else ""
    return Profile(
        name=name or Path(file.name).stem,
        issues=valued,
        file=file,
        reserve=_reservation(space, domain, reader),
        notes=notes,
    )


def _geniusweb_worth(value: JsonValue, issue: DomainIssue, reader: Refusals) -> list[float]:
    name = shortened(issue.name)
    for kind in LISTED:
        if kind in value.fields:
            table = _of(value.fields[kind], "valueUtilities", dict, reader)
            return [0.0] * len(issue.choices) if table is None else _tabled(table, issue, reader)
    for kind in BETWEEN:
        if kind in value.fields:
            keys = ("lowValue", "lowUtility", "highValue", "highUtility")
            ends = [_number(value.fields[kind], key, f"{key} of '{name}'", reader) for key in keys]
            return _by(functools.partial(_between, *ends), value, issue, reader)
    _refuse(value, f"the worth of '{name}' is given in no known way", f"write {LISTED[0]} or {BETWEEN[0]}", reader)
    return [0.0] * len(issue.choices)


def _between(low: float, at_low: float, high: float, at_high: float, x: float) -> float:
    """On the line between the worth of the lowest and of the highest value."""
    share = 0.0 if high == low else (x - low) / (high - low)
    return at_low * (1.0 - share) + at_high * share


def _reservation(space: JsonValue, domain: Domain, reader: Refusals) -> list[int | None] | None:
    """The places of the values of the package that is worth as much as no agreement."""
    bid = space.fields.get("reservationBid")
    if bid is None or bid.content is None:
        return None
    values = _of(bid, "issuevalues", dict, reader)
    places: list[int | None] = []
    for issue in domain.issues:
        found = None if values is None else values.fields.get(issue.name)
        word = "" if found is None else found.text if isinstance(found.content, str) else str(found.content)
        places.append(None if found is None else place_of(word, issue))
        if found is not None and places[-1] is None:
            message = f"'{shortened(issue.name)}' has no value '{shortened(word)}'"
            _refuse(found, message, "write one of the domain's", reader)
    return places


def _negmas_profile(root: JsonValue, domain: Domain, file: TableFile, reader: Refusals) -> Profile:
    function, discount = root, None
    if _type(root) == DISCOUNTED and "ufun" in root.fields:
        function = root.fields["ufun"]
        discount = _number(root, "discount", "discount", reader)
        if not 0 < discount <= 1:
            _refuse(root.fields.get("discount", root), f"the discount is {discount:g}", "it lies in 0..1", reader)
    kind = _type(function)
    if kind not in (*LINEAR, *AFFINE):
        hint = f"only a {LINEAR[0]} can be brought in: weight times worth, issue by issue"
        _refuse(function, f"the profile is a {shortened(kind) or '?'}", hint, reader)
        return _empty(domain, file)
    weights = _by_issue(function, "weights", domain, reader)
    values = _by_issue(function, "values", domain, reader) if kind in LINEAR else [None] * len(domain.issues)
    valued = []
    for issue, weight, value in zip(domain.issues, weights, values, strict=True):
        if value is not None:
            worth = _negmas_worth(value, issue, reader)
        elif kind in AFFINE:
            worth = _by(lambda x: x, function, issue, reader)
        else:
            worth = [0.0] * len(issue.choices)
        factor = _plain(weight, f"weight of '{shortened(issue.name)}'", reader) if weight else 0.0
        valued.append(Valued(weight=factor, worth=worth, formula=value is None or "mapping" not in value.fields))
    name = next((each.fields["name"].text for each in (root, function) if "name" in each.fields), "")
    bias = function.fields.get("bias")
    return Profile(
        name=name or Path(file.name).stem,
        issues=valued,
        file=file,
        reserve=_reserve(root, function, reader),
        reads_absent_as_zero=False,
        discount=discount,
        base=0.0 if bias is None or bias.content is None else _plain(bias, "bias", reader),
    )


def _reserve(root: JsonValue, function: JsonValue, reader: Refusals) -> float | None:
    """The reserved value, of the discounted function or else of the one in it; None where it is none or -infinity."""
    for each in (root, function):
        found = each.fields.get("reserved_value")
        if found is not None and found.content is not None and found.content != -math.inf:
            return _plain(found, "reserved value", reader)
    return None


def _by_issue(function: JsonValue, key: str, domain: Domain, reader: Refusals) -> list[JsonValue | None]:
    """What a list in the order of the issues, or a mapping by their names, has for each issue."""
    found = function.fields.get(key)
    if found is None or not (found.fields or found.items):
        _refuse(found or function, f"there are no {key}", f"add '{key}', one for each issue", reader)
        return [None] * len(domain.issues)
    if found.items:
        if len(found.items) != len(domain.issues):
            message = f"there are {len(found.items)} {key} for {len(domain.issues)} issues"
            _refuse(found, message, "write one for each issue, in the order of the domain", reader)
            return [None] * len(domain.issues)
        return list(found.items)
    result = [found.fields.get(issue.name) for issue in domain.issues]
    for issue, each in zip(domain.issues, result, strict=True):
        if each is None:
            _refuse(found, f"'{shortened(issue.name)}' has none of the {key}", "add it", reader)
    return result


def _negmas_worth(value: JsonValue, issue: DomainIssue, reader: Refusals) -> list[float]:
    kind = _type(value)
    if kind == "TableFun":
        table = _of(value, "mapping", dict, reader)
        return [0.0] * len(issue.choices) if table is None else _tabled(table, issue, reader)
    name = shortened(issue.name)

    def number(key: str, absent: float) -> float:
        found = value.fields.get(key)
        return absent if found is None else _plain(found, f"{key} of '{name}'", reader)

    if kind in ("AffineFun", "LinearFun"):
        slope, bias = number("slope", 1.0), number("bias", 0.0)
        return _by(lambda x: slope * x + bias, value, issue, reader)
    if kind == "IdentityFun":
        return _by(lambda x: x, value, issue, reader)
    if kind == "ConstFun":
        return [number("bias", 0.0)] * len(issue.choices)
    hint = did_you_mean(kind, FUNCTIONS, noun="functions")
    _refuse(value, f"the function '{shortened(kind)}' of '{name}' is not known", hint, reader)
    return [0.0] * len(issue.choices)


def _tabled(table: JsonValue, issue: DomainIssue, reader: Refusals) -> list[float]:
    """The worth of each value by a table."""
    name, worth = shortened(issue.name), {}
    for word, each in table.fields.items():
        place = place_of(word, issue)
        if place is None:
            message = f"'{name}' has no value '{shortened(word)}'"
            hint = did_you_mean(word, [choice.text for choice in issue.choices], noun="values")
            _refuse(each, message, hint, reader)
        elif place in worth:
            _refuse(
                each, f"the worth of '{shortened(word)}' on '{name}' is stated twice", "keep one of the two", reader
            )
        else:
            worth[place] = _plain(each, f"worth of '{shortened(word)}' on '{name}'", reader)
    missing = [choice.text for place, choice in enumerate(issue.choices) if place not in worth]
    if missing:
        shown = ", ".join(f"'{shortened(each)}'" for each in missing[:5]) + (" …" if len(missing) > 5 else "")
        _refuse(table, f"'{name}' has no worth of {shown}", "state the worth of every value", reader)
    return [worth.get(place, 0.0) for place in range(len(issue.choices))]


def _by(formula: Callable[[float], float], at: JsonValue, issue: DomainIssue, reader: Refusals) -> list[float]:
    """The worth of each value by a formula."""
    numbers = [choice.number for choice in issue.choices if choice.number is not None]
    if len(numbers) < len(issue.choices):
        message = f"'{shortened(issue.name)}' has a formula, and its values are no numbers"
        _refuse(at, message, "state the worth of each value", reader)
        return [0.0] * len(issue.choices)
    return [formula(number) for number in numbers]


def _strangers(names: Sequence[str], domain: Domain) -> list[str]:
    known = {each.name for each in domain.issues}
    return [f"the domain has no issue '{name}', which is left out" for name in names if name not in known]


def _type(value: JsonValue) -> str:
    """The last part of the name of a type, such as `negmas.outcomes.ContiguousIssue`."""
    found: Mapping[str, JsonValue] = value.fields
    return found["type"].text.rpartition(".")[2] if "type" in found else ""


def _of(owner: JsonValue, key: str, kind: type, reader: Refusals) -> JsonValue | None:
    """A field of an object; None, and a problem, where it is absent or of another kind."""
    found = owner.fields.get(key)
    if found is None:
        _refuse(owner, f"there is no '{key}' here", "add it", reader)
    elif type(found.content) is not kind:
        _refuse(found, f"'{key}' is {found.kind}", f"it must be {KINDS[kind]}", reader)
        return None
    return found


def _number(owner: JsonValue, key: str, what: str, reader: Refusals) -> float:
    found = owner.fields.get(key)
    if found is None:
        _refuse(owner, f"there is no {what}", "write a number", reader)
        return math.nan
    return _plain(found, what, reader)


def _plain(value: JsonValue, what: str, reader: Refusals) -> float:
    """The number that a value is; NaN, and a problem, where it is none."""
    content = value.content
    if isinstance(content, bool) or not isinstance(content, int | float) or not math.isfinite(content):
        _refuse(value, f"the {what} is {value.kind}", "it must be a finite number", reader)
        return math.nan
    return float(content)


def _words(text: str, at: JsonValue, what: str, reader: Refusals) -> None:
    reader.words(Cell(text.strip(), at.place), what)


def _refuse(at: JsonValue, message: str, hint: str, reader: Refusals) -> None:
    reader.refuse(at.place, message, hint, at.path)
