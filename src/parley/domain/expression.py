"""Expressions over issues and options: the conditions, outcome regions and preference statements of a scenario.

`parse` turns the text into a tree whose `holds` answers for single values and for whole arrays of settlements or
states::

    truce >= 30 and not (recognition = full)       over issues: a comparison in the issue's own unit, or with a
    rung's name
    accept IF -arms | pause                        over options: an option's id or its number, counted from 1

From loosest to tightest: `A IF B` and `A IFF B` (the conclusion comes first; they do not chain), `|` or `or`, `&` or
`and`, `-` or
`not`. A conditional is true where its condition is false, as in the option prioritisation of [FangHipelKilgour1993]_.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from parley.errors import Problem, ScenarioError, did_you_mean

__all__ = ["Both", "Compare", "Either", "Expression", "Iff", "Not", "ScaleOf", "Takes", "names", "parse"]

MAX_LENGTH = 2000
MAX_DEPTH = 40

Values = Mapping[str, Any]
"""Issue ids to points 0..100, option ids to truth values; numbers or arrays of one shape."""


class ScaleOf(Protocol):
    """What `parse` needs to know of an issue's scale."""

    def point(self, word: float | str) -> float:
        """Turn a number in the issue's own unit, or a rung's name, into a point 0..100; ScenarioError if it is none."""


class Expression(Protocol):
    """A parsed expression."""

    def holds(self, values: Values) -> Any:
        """Whether it holds: a truth value, or an array of them; a comparison with NaN does not hold."""


@dataclass(frozen=True, slots=True)
class Compare:
    """An issue's settlement compared with a point 0..100 of its scale."""

    issue: str
    operator: str
    point: float

    def holds(self, values: Values) -> Any:
        """See `Expression`."""
        value, tolerance = values[self.issue], 1e-9
        match self.operator:
            case ">=":
                return value >= self.point - tolerance
            case "<=":
                return value <= self.point + tolerance
            case ">":
                return value > self.point + tolerance
            case "<":
                return value < self.point - tolerance
            case _:
                return abs(value - self.point) <= tolerance


@dataclass(frozen=True, slots=True)
class Takes:
    """An option is taken."""

    option: str

    def holds(self, values: Values) -> Any:
        """See `Expression`."""
        return values[self.option]


@dataclass(frozen=True, slots=True)
class Not:
    """The inner expression does not hold."""

    inner: Expression

    def holds(self, values: Values) -> Any:
        """See `Expression`."""
        return self.inner.holds(values) ^ True


@dataclass(frozen=True, slots=True)
class Both:
    """Both expressions hold."""

    left: Expression
    right: Expression

    def holds(self, values: Values) -> Any:
        """See `Expression`."""
        return self.left.holds(values) & self.right.holds(values)


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the expressions holds."""

    left: Expression
    right: Expression

    def holds(self, values: Values) -> Any:
        """See `Expression`."""
        return self.left.holds(values) | self.right.holds(values)


@dataclass(frozen=True, slots=True)
class Iff:
    """Both expressions hold or neither does."""

    left: Expression
    right: Expression

    def holds(self, values: Values) -> Any:
        """See `Expression`."""
        return (self.left.holds(values) ^ self.right.holds(values)) ^ True


def names(expression: Expression) -> Iterator[str]:
    """Yield the ids of the issues or options that an expression speaks of, in reading order."""
    match expression:
        case Compare(issue=name) | Takes(option=name):
            yield name
        case Not(inner=inner):
            yield from names(inner)
        case Both(left=left, right=right) | Either(left=left, right=right) | Iff(left=left, right=right):
            yield from names(left)
            yield from names(right)


def parse(
    text: str,
    *,
    issues: Mapping[str, ScaleOf] | None = None,
    options: Sequence[str] = (),
    states: Sequence[str] = (),
) -> Expression:
    """Parse an expression over issues, over options, over states, or over several of them.

    Parameters
    ----------
    text : the expression
    issues : the scale of each issue that may appear
    options : the options that may appear, in the order of their numbers
    states : the named states of a conflict that may appear; the expression then holds in that state

    Returns
    -------
    The tree of the expression.

    Raises
    ------
    ScenarioError
        If the text is no expression, or names an unknown issue, option or rung; the message quotes the place.
    """
    if len(text) > MAX_LENGTH:
        raise _refused(f"the expression has {len(text)} characters; {MAX_LENGTH} at most", "split it")
    return _Parser(text, issues or {}, options, states).whole()


TOKEN = re.compile(
    r"\s*(?:(?P<operator>>=|<=|==|=|<|>)|(?P<number>-?\d+(?:\.\d+)?(?![\w.]))|(?P<word>[A-Za-z_]\w*)|(?P<sign>[()&|-]))",
    re.ASCII,
)
IMPLIES = re.compile("[-=]>|→|⇒")
CONCLUSION_FIRST = (
    "the conclusion comes first: 'accept IF pause' says that there is to be acceptance if there is a pause"
)
KEYWORDS = {"if": "IF", "iff": "IFF", "and": "&", "or": "|", "not": "-"}


def _balanced(join: type[Both] | type[Either], parts: list[Expression]) -> Expression:
    """Join parts into a tree of little depth, so that a long expression does not exhaust the stack."""
    if len(parts) == 1:
        return parts[0]
    middle = (len(parts) + 1) // 2
    return join(_balanced(join, parts[:middle]), _balanced(join, parts[middle:]))


def _refused(message: str, hint: str = "") -> ScenarioError:
    return ScenarioError([Problem(message=message, hint=hint)])


class _Parser:
    """Recursive descent, one method a level of binding."""

    def __init__(self, text: str, issues: Mapping[str, ScaleOf], options: Sequence[str], states: Sequence[str]) -> None:
        self.text, self.issues, self.options, self.states = text, issues, options, states
        self.taken = {*options, *states}
        self.tokens = list(self._tokens())
        self.at = 0
        self.depth = 0

    def _tokens(self) -> Iterator[tuple[str, str]]:
        position, end, after_operator = 0, len(self.text.rstrip()), False
        while position < end:
            found = TOKEN.match(self.text, position)
            if found is None:
                wrong = self.text[position:].strip()[:12]
                hint = (
                    CONCLUSION_FIRST if IMPLIES.match(wrong) else "compare issues as in: truce >= 30 and not land > 50"
                )
                raise _refused(f"cannot read '{self.text}' at '{wrong}'", hint)
            kind, token = str(found.lastgroup), found.group(str(found.lastgroup))
            position = found.end()
            if kind == "number" and token.startswith("-") and not after_operator:
                # "-3" among options is "not option 3"; only after a comparison is it a negative number
                yield "sign", "-"
                token = token[1:]
            if kind == "word" and token.lower() in KEYWORDS:
                kind, token = "sign", KEYWORDS[token.lower()]
            after_operator = kind == "operator"
            yield kind, token

    def whole(self) -> Expression:
        if not self.tokens:
            raise _refused("the expression is empty", "write a comparison or an option's name")
        tree = self.conditional()
        if self.at < len(self.tokens):
            rest = self.tokens[self.at][1]
            if rest.lower() == "then" or IMPLIES.search(self.text):
                raise _refused(f"'{self.text}': there is no THEN and no arrow", CONCLUSION_FIRST)
            raise _refused(
                f"'{self.text}': did not expect '{rest}'", "join parts with 'and' or 'or', or use parentheses"
            )
        return tree

    def conditional(self) -> Expression:
        if self.next_sign() in ("IF", "IFF"):
            raise _refused(f"'{self.text}' begins with {self.next_sign()}", CONCLUSION_FIRST)
        conclusion = self.disjunction()
        sign = self.next_sign()
        if sign not in ("IF", "IFF"):
            return conclusion
        self.at += 1
        condition = self.disjunction()
        if self.next_sign() in ("IF", "IFF"):
            raise _refused(f"'{self.text}': IF and IFF do not chain", "use parentheses")
        return Either(Not(condition), conclusion) if sign == "IF" else Iff(conclusion, condition)

    def disjunction(self) -> Expression:
        parts = [self.conjunction()]
        while self.next_sign() == "|":
            self.at += 1
            parts.append(self.conjunction())
        return _balanced(Either, parts)

    def conjunction(self) -> Expression:
        parts = [self.negation()]
        while self.next_sign() == "&":
            self.at += 1
            parts.append(self.negation())
        return _balanced(Both, parts)

    def negation(self) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _refused(f"the expression nests deeper than {MAX_DEPTH} levels", "simplify it")
        try:
            if self.next_sign() == "-":
                self.at += 1
                return Not(self.negation())
            if self.next_sign() == "(":
                self.at += 1
                inner = self.conditional()
                if self.next_sign() != ")":
                    raise _refused(f"'{self.text}': a parenthesis is not closed", "add ')'")
                self.at += 1
                return inner
            return self.atom()
        finally:
            self.depth -= 1

    def next_sign(self) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign":
            return self.tokens[self.at][1]
        return None

    def take(self, kinds: tuple[str, ...], wanted: str) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise _refused(f"'{self.text}' breaks off", f"expected {wanted}")
        kind, token = self.tokens[self.at]
        if kind not in kinds:
            raise _refused(f"'{self.text}': did not expect '{token}'", f"expected {wanted}")
        self.at += 1
        return kind, token

    def atom(self) -> Expression:
        kinds = {"an issue": self.issues, "an option": self.options, "a state": self.states}
        wanted = " or ".join(noun for noun, known in kinds.items() if known) or "an option"
        kind, token = self.take(("word", "number") if self.options else ("word",), wanted)
        if kind == "number":
            if not token.isdigit() or not 1 <= int(token) <= len(self.options):
                raise _refused(
                    f"'{self.text}': there is no option number {token}", f"options are numbered 1..{len(self.options)}"
                )
            return Takes(self.options[int(token) - 1])
        if token in self.taken:
            return Takes(token)
        if token not in self.issues:
            known = [*self.issues, *self.options, *self.states]
            noun = wanted.split(maxsplit=1)[1]
            raise _refused(
                f"'{self.text}' names {wanted.split(' or ')[0]} '{token}' that does not exist",
                did_you_mean(token, known, noun=noun),
            )
        _, operator = self.take(("operator",), f"a comparison (>=, <=, >, <, =) after '{token}'")
        kind, word = self.take(("number", "word"), "a number or the name of a rung")
        return Compare(
            token,
            "=" if operator == "==" else operator,
            self.issues[token].point(float(word) if kind == "number" else word),
        )
