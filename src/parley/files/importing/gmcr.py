"""Conflicts of GMCR+ and gmcr-py as scenarios. `import_gmcr` is the main name.

A `.gmcr` file is one JSON object: `options` (name, and whether they change `both` ways, `fwd` only: once taken never
dropped, or `back` only), `decisionMakers` (name, the numbers of their options from 0, preferences, most important
first), `infeasibles`, and whether a ranking of the numbered states takes the place of the preferences. A condition is a
list of options with `Y` or `N`, or an object whose `members` are such lists, of which one must hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.errors import Problem
from parley.files import text_guards
from parley.files.importing.cells import Cell, Place, Refusals, shortened
from parley.files.importing.draft import Imported, TableFile
from parley.files.importing.gmcr_model import CHANGES, Condition, Maker, Member, Model, ModelOption
from parley.files.importing.gmcr_scenario import compose_conflict
from parley.files.importing.json_tree import KINDS, JsonValue, parsed

__all__ = ["import_gmcr"]

RANKED = ("useManualPreferenceRanking", "useManualPreferenceVectors")
"""Whether rankings are given, as newer and as older versions of the program call it."""

RANKING = ("preferenceRanking", "preferenceVector")
COMPUTED = {"coalitionsFull", "nodes", "payoffs"}
"""What the program saves beside what it was told; it follows from the rest, and is worked out anew."""

OF_FILE = {"options", "decisionMakers", "infeasibles", "coalitions", "program", "version", *RANKED}
OF_MAKER = {"name", "options", "preferences", "misperceptions", *RANKING}
OF_CONDITION = {"compound", "members"}
KEYS = {(0,): OF_FILE, ("options", 2): {"name", "permittedDirection"}, ("decisionMakers", 2): OF_MAKER}
"""The keys of each kind of object, by where it stands; elsewhere, an object is a condition."""


def import_gmcr(file: TableFile) -> Imported:
    """Read a conflict that GMCR+ or gmcr-py saved.

    Parameters
    ----------
    file : the file

    Raises
    ------
    ScenarioError
        With everything that is wrong in it, each with line, column and the keys that lead there.
    UsageError
        If it has no party of that name, or nothing says when it was written.
    """
    reader = Refusals(file.name)
    if not file.content.strip():
        reader.refuse(Place(1, 1), "the file is empty", "save the conflict again in the program that it comes from")
        reader.insist()
    root = parsed(text_guards.decoded(file.content, file.name), reader)
    model = _Reader(reader).model(root)
    reader.insist()
    return compose_conflict(model, file, reader)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns JSON into a model; what is wrong goes to the list of problems, and something harmless in its place."""

    reader: Refusals

    def model(self, root: JsonValue) -> Model:
        if not root.fields:
            hint = "it must be a conflict that GMCR+ or gmcr-py saved"
            self.refuse(root, f"the file holds {root.kind}, not the object of a conflict", hint)
            self.reader.insist()
        options = [self.option(each) for each in self.items(root, "options", dict)]
        makers = [self.maker(each, len(options)) for each in self.items(root, "decisionMakers", dict)]
        model = Model(
            options=options,
            makers=makers,
            infeasibles=self.conditions(root, "infeasibles", len(options)),
            ranked=self.ranked(root),
            coalitions=self.coalitions(root, len(makers)),
            program=self.program(root),
            unplaced=[Problem(message="", path=each.path, line=each.place.line) for each in _unplaced(root)],
            at=root,
        )
        for name in ("options", "decisionMakers"):
            if name in root.fields and root.fields[name].content == []:
                self.refuse(root.fields[name], f"there are no {name}", "a conflict needs one at least")
        for maker in makers:
            if model.ranked and maker.ranking is None:
                hint = f"add {RANKING[0]}, or set {RANKED[0]} to false"
                self.refuse(maker.at, f"'{shortened(maker.name)}' ranks no states, though the file says so", hint)
        self.owners(options, makers)
        return model

    def refuse(self, value: JsonValue, message: str, hint: str) -> None:
        self.reader.refuse(value.place, message, hint, value.path)

    def field(self, owner: JsonValue, name: str, kind: type, *, needed: bool = True) -> JsonValue | None:
        """A field of an object; None, and a problem, where it is of another kind or needed and absent."""
        found = owner.fields.get(name)
        if found is None and needed:
            near = [key for key in owner.fields if key[:4].lower() == name[:4].lower()]
            self.refuse(
                owner, f"there is no '{name}' here", f"is it what '{shortened(near[0])}' means?" if near else "add it"
            )
        if found is not None and type(found.content) is not kind:
            self.refuse(found, f"'{name}' is {found.kind}", f"it must be {KINDS[kind]}")
            return None
        return found

    def items(self, owner: JsonValue, name: str, kind: type, *, needed: bool = True) -> list[JsonValue]:
        """The items of a list in a field that are of the right kind."""
        found = self.field(owner, name, list, needed=needed)
        return [] if found is None else self.of_kind(found, kind)

    def of_kind(self, owner: JsonValue, kind: type) -> list[JsonValue]:
        for each in owner.items:
            if type(each.content) is not kind:
                self.refuse(each, f"this is {each.kind}", f"it must be {KINDS[kind]}")
        return [each for each in owner.items if type(each.content) is kind]

    def name(self, owner: JsonValue, what: str) -> str:
        found = self.field(owner, "name", str)
        return "?" if found is None else self.reader.words(Cell(found.text.strip(), found.place), f"name of the {what}")

    def program(self, root: JsonValue) -> str:
        """The program that saved the file, and its version."""
        found = [self.field(root, name, str, needed=False) for name in ("program", "version")]
        words = " ".join(each.text for each in found if each is not None).strip()
        return self.reader.words(Cell(words, root.place), "name of the program", needed=False)

    def option(self, value: JsonValue) -> ModelOption:
        found = self.field(value, "permittedDirection", str)
        if found is not None and found.text not in CHANGES:
            hint = "write both, fwd (once taken, never dropped) or back (once dropped, never taken again)"
            self.refuse(found, f"the direction '{shortened(found.text)}' is not known", hint)
        return ModelOption(
            name=self.name(value, "option"),
            changes=CHANGES.get(found.text if found else "", "both_ways"),
            at=value,
        )

    def maker(self, value: JsonValue, count: int) -> Maker:
        ranking = next((value.fields[name] for name in RANKING if name in value.fields), None)
        owned = [each for each in self.items(value, "options", int) if self.is_option(each, count)]
        return Maker(
            name=self.name(value, "decision maker"),
            options=owned,
            preferences=self.conditions(value, "preferences", count),
            misperceptions=self.conditions(value, "misperceptions", count, needed=False),
            ranking=None if ranking is None else self.ranking(ranking),
            ranking_at=ranking or value,
            at=value,
        )

    def is_option(self, value: JsonValue, count: int) -> bool:
        if value.whole is not None and 0 <= value.whole < count:
            return True
        hint = f"options are numbered 0..{count - 1}, in the order of the list" if count else "list the options"
        shown = value.kind if value.whole is None else f"number {value.whole}"
        self.refuse(value, f"there is no option {shown}", hint)
        return False

    def ranking(self, value: JsonValue) -> list[list[JsonValue]]:
        """Groups of states, best first; a state alone stands without a list around it."""
        if type(value.content) is not list:
            self.refuse(value, f"the ranking is {value.kind}", "it must be a list such as [3, [1, 4], 2]")
        groups = []
        for each in value.items:
            if each.content == []:
                self.refuse(each, "no state stands in this group", "take the empty list away")
            elif each.items:
                groups.append(self.of_kind(each, int))
            elif each.whole is not None:
                groups.append([each])
            else:
                self.refuse(each, f"this is {each.kind}", "it must be the number of a state, or a list of numbers")
        return groups

    def conditions(self, owner: JsonValue, name: str, count: int, *, needed: bool = True) -> list[Condition]:
        found = self.field(owner, name, list, needed=needed)
        result = []
        for each in () if found is None else found.items:
            if isinstance(each.content, dict):
                members = [self.member(part, count) for part in self.items(each, "members", list)]
            else:
                members = [self.member(each, count)]
            result.append(Condition(members=members, at=each))
        return result

    def member(self, value: JsonValue, count: int) -> Member:
        """One pattern: which options are taken and which are not."""
        if type(value.content) is not list:
            self.refuse(value, f"this pattern is {value.kind}", 'it must be a list such as [[0, "Y"], [2, "N"]]')
        member: dict[int, bool] = {}
        for each in self.of_kind(value, list):
            if len(each.items) != 2:
                hint = 'write the number of an option and "Y" or "N", as in [0, "Y"]'
                self.refuse(each, f"this holds {len(each.items)} values", hint)
                continue
            number, letter = each.items[0].whole, each.items[1].text
            if letter not in ("Y", "N"):
                shown = f"'{shortened(letter)}'" if letter else each.items[1].kind
                self.refuse(each.items[1], f"{shown} does not say whether the option is taken", 'write "Y" or "N"')
            if self.is_option(each.items[0], count) and number is not None:
                if number in member:
                    hint = "name it once; alternatives are members of a compound condition"
                    self.refuse(each, f"the option number {number} stands twice in one pattern", hint)
                member[number] = letter == "Y"
        return tuple(member.items())

    def ranked(self, root: JsonValue) -> bool:
        """Whether rankings of the states take the place of statements."""
        found = self.field(root, next((name for name in RANKED if name in root.fields), RANKED[0]), bool)
        return found is not None and found.content is True

    def owners(self, options: Sequence[ModelOption], makers: Sequence[Maker]) -> None:
        """Each option belongs to one decision maker."""
        held: dict[int, str] = {}
        for maker in makers:
            for each in maker.options:
                number = each.whole or 0
                if number in held:
                    hint = "an option belongs to one decision maker: give each an option of its own"
                    names = f"'{shortened(held[number])}' and '{shortened(maker.name)}'"
                    self.refuse(each, f"the option number {number} is held twice, by {names}", hint)
                held.setdefault(number, maker.name)
        unread = any(each.path[:1] == ("decisionMakers",) and "options" in each.path for each in self.reader.problems)
        for number, option in enumerate(options):
            if number not in held and makers and not unread:
                hint = f"put its number, {number}, among the options of a decision maker, or take it away"
                self.refuse(option.at, f"no decision maker holds the option '{shortened(option.name)}'", hint)

    def coalitions(self, root: JsonValue, count: int) -> list[tuple[int, ...]]:
        """The decision makers of each coalition, those alone left out."""
        found = self.field(root, "coalitions", list, needed=False)
        result = []
        for each in () if found is None else found.items:
            members = each.items or [each]
            for member in members:
                if member.whole is None or not 0 <= member.whole < count:
                    shown = member.kind if member.whole is None else f"number {member.whole}"
                    hint = f"they are numbered 0..{count - 1}, in the order of the list"
                    self.refuse(member, f"there is no decision maker {shown}", hint)
            if len(members) > 1:
                result.append(tuple(member.whole for member in members if member.whole is not None))
        return result


def _unplaced(value: JsonValue) -> Iterator[JsonValue]:
    """Values under keys that such a file does not have."""
    known = KEYS.get((*value.path[:1], len(value.path)), OF_CONDITION)
    for key, each in value.fields.items():
        if key not in known and key not in COMPUTED:
            yield each
        elif key not in COMPUTED:
            yield from _unplaced(each)
    for each in value.items:
        yield from _unplaced(each)
