"""Changes that a reviewer makes to a claim. `edited` and `split` are the main names."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from parley.domain.codebook import Codebook
from parley.domain.coding import Coding
from parley.domain.estimate import Estimate
from parley.domain.source import Article, Span
from parley.errors import Problem, ScenarioError, did_you_mean

__all__ = ["EDITABLE", "edited", "split"]

EDITABLE = ("kind", "party", "issue", "position", "content", "speaker", "holder", "voice")


def edited(coding: Coding, changes: Mapping[str, Any], codebook: Codebook, *, article: Article | None = None) -> Coding:
    """A claim with some of its fields changed.

    Parameters
    ----------
    coding : the claim
    changes : new values by field: `kind`, `speaker`, `holder`, `voice`; `party` and `issue` by id or None; `position`
        as one number, or low, mode and high, in the issue's own unit, or None; `content` as pairs of first and last
        place
    codebook : parties and issues
    article : the article, which a change of `content` needs

    Returns
    -------
    the claim; a change of the issue alone takes its position away, since it was a point of another scale; a party that
    is named makes it the party's own words unless `voice` says otherwise

    Raises
    ------
    ScenarioError
        If a field or an id does not exist, or a number lies off the scale.
    """
    problems = [
        Problem(path=(name,), message=f"a review does not change '{name}'", hint=did_you_mean(name, EDITABLE))
        for name in changes
        if name not in EDITABLE
    ]
    known = {"party": [each.id for each in codebook.parties], "issue": [each.id for each in codebook.issues]}
    problems += [
        Problem(
            path=(name,),
            message=f"the codebook has no {name} '{changes[name]}'",
            hint=did_you_mean(str(changes[name]), ids),
        )
        for name, ids in known.items()
        if changes.get(name) is not None and changes[name] not in ids
    ]
    if problems:
        raise ScenarioError(problems)
    fields: dict[str, Any] = {name: value for name, value in changes.items() if name not in ("position", "content")}
    issue = fields.get("issue", coding.issue)
    if "position" in changes:
        fields["position"] = None if changes["position"] is None else _point(changes["position"], issue, codebook)
    elif issue != coding.issue:
        fields["position"] = None
    if "party" in fields and "voice" not in fields:
        fields["voice"] = "other" if fields["party"] is None else "own"
    if "content" in changes:
        fields |= _content(changes["content"], article)
    return dataclasses.replace(coding, **fields)


def split(
    coding: Coding, parts: Sequence[Mapping[str, Any]], codebook: Codebook, *, article: Article | None = None
) -> tuple[Coding, ...]:
    """Several claims in place of one; each has the old one's fields but for its changes, the first its id.

    Parameters
    ----------
    coding : the claim
    parts : the changes of each part, as in `edited`
    codebook, article : as in `edited`
    """
    return tuple(
        edited(
            coding if number == 1 else dataclasses.replace(coding, id=f"{coding.id}_p{number}"),
            changes,
            codebook,
            article=article,
        )
        for number, changes in enumerate(parts, start=1)
    )


def _point(value: Any, issue: str | None, codebook: Codebook) -> Estimate:
    if issue is None:
        raise ScenarioError([Problem(path=("position",), message="a position without an issue", hint="name the issue")])
    numbers = [value] * 3 if isinstance(value, int | float) else value
    good = isinstance(numbers, list | tuple) and len(numbers) == 3 and all(isinstance(n, int | float) for n in numbers)
    if not good or any(isinstance(number, bool) for number in numbers):
        hint = "write one number, or low, most plausible and high"
        raise ScenarioError([Problem(path=("position",), message=f"'{value}' is no point", hint=hint)])
    low, mode, high = (codebook.issue(issue).scale.point(float(number)) for number in numbers)
    return Estimate(low=low, mode=mode, high=high)


def _content(places: Any, article: Article | None) -> dict[str, Any]:
    if article is None:
        hint = "name its folder with --articles"
        raise ScenarioError([Problem(path=("content",), message="the article is not there", hint=hint)])
    good = isinstance(places, list | tuple) and all(
        isinstance(each, list | tuple) and len(each) == 2 and all(type(end) is int for end in each) for each in places
    )
    if not good:
        raise ScenarioError([Problem(path=("content",), message=f"'{places}' are no places", hint="write [[10, 25]]")])
    spans = tuple(Span(start=start, end=end) for start, end in places)
    if any(span.end > len(article.text) for span in spans):
        message = f"the article has {len(article.text)} characters"
        raise ScenarioError([Problem(path=("content",), message=message, hint="end within it")])
    return {"spans": spans, "words": tuple(article.words(span) for span in spans)}
