"""Who is in an article, each under the fullest name that it gives. `Roll` is the main name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from parley.domain.source import Span
from parley.reading.demonyms import demonym
from parley.reading.gazetteer import gazetteer
from parley.reading.name_pieces import Run, RunKind, known_at
from parley.reading.roles import Role, matches
from parley.reading.tokens import Words, lexicon

__all__ = ["Character", "Roll"]

# Of very many characters only the latest are searched: the time grows no faster than the text.
_MANY = 200
_USUAL_NAME, _LONGEST_NAME = 4, 6
_SUFFIXES = frozenset(["jr.", "jr", "sr.", "sr", "ii", "iii", "iv"])
_MALE = lexicon(
    "spokesman chairman husband son brother father king prince emperor pope congressman statesman uncle nephew "
    "monk emir sultan imam ayatollah patriarch brother-in-law son-in-law priest bishop archbishop cardinal co- "
    "chairman boy lad schoolboy gentleman bridegroom widower grandfather grandson stepfather stepson stepbrother "
    "father-in-law half-brother godfather boyfriend headmaster landlord ex-husband"
)
_FEMALE = lexicon(
    "spokeswoman chairwoman wife daughter sister mother queen princess empress congresswoman aunt niece widow "
    "sister-in-law girl lady schoolgirl bride nun grandmother granddaughter stepmother stepdaughter stepsister "
    "mother-in-law daughter-in-law half-sister godmother girlfriend headmistress schoolmistress landlady ex-wife "
    "waitress midwife"
)
_OPEN_TO_BOTH = frozenset(["spokesman", "chairman", "congressman", "priest", "bishop", "archbishop", "co-chairman"])
_STANDING = lexicon("outgoing incoming acting interim caretaker ousted deposed exiled jailed elected designate")

Kind = Literal["person", "state", "organisation", "group", "unknown"]


@dataclass(slots=True, kw_only=True, eq=False)
class Character:
    """Somebody or something that an article speaks of.

    Attributes
    ----------
    name : the fullest name that the article gives
    kind : what it is; unknown for a lone name without a sign
    parts : the parts of a person's name in lower case, without particles
    gender : `f`, `m`, or None where nothing tells
    guessed : whether only a pronoun that was tied to them tells the gender
    plural : whether it is spoken of as several
    key : a state's code, or what else tells it apart
    state : the code of the state that a person or group belongs to
    body : key of the organisation that a person belongs to
    roles : what a person is said to be, with the number of the mention that says so
    last : number of its latest mention
    acts : whether that is the subject of a verb
    heard : whether what it says is quoted, so that a noun of which no table knows what it is means a person
    placed : whether the article names it only as where things are, as in "at Bab al-Hawa"
    mentions : where it is named or meant
    """

    name: str
    kind: Kind
    parts: tuple[str, ...] = ()
    gender: str | None = None
    guessed: bool = False
    plural: bool = False
    key: str = ""
    state: str | None = None
    body: str | None = None
    roles: list[Role] = field(default_factory=list)
    last: int = -1
    acts: bool = False
    heard: bool = False
    placed: bool = False
    mentions: list[Span] = field(default_factory=list)

    def takes(self, role: Role) -> None:
        """Learn a role, and what it tells of gender and state."""
        if role not in self.roles:
            self.roles.append(role)
        head = role.core[-1]
        known = self.gender is not None and not self.guessed and head in _OPEN_TO_BOTH
        if (head in _MALE or head in _FEMALE) and not known:
            self.gender, self.guessed = gender_of(head), False
        if self.state is None and role.place in gazetteer().state_names:
            self.state = role.place

    def called(self, pronoun: str, *, sure: bool) -> None:
        """Learn from a pronoun tied to them what it tells of gender, where nothing else does."""
        if pronoun in ("he", "his", "she", "her") and (self.gender is None or self.guessed):
            self.gender, self.guessed = "m" if pronoun in ("he", "his") else "f", not sure


def gender_of(noun: str) -> str | None:
    """What the noun for somebody tells of a gender: `f`, `m`, or None.

    Parameters
    ----------
    noun : in lower case, such as brother or fisherman
    """
    if noun in _FEMALE or noun.endswith("woman"):
        return "f"
    return "m" if noun in _MALE or noun.endswith("man") else None


class Roll:
    """The characters of one article, found by name, role or description."""

    def __init__(self) -> None:
        self.people: list[Character] = []
        self.states: dict[str, Character] = {}
        self.bodies: dict[str, Character] = {}
        self.groups: dict[str, Character] = {}
        self._by_part: dict[str, list[Character]] = {}
        self._seen_names: dict[str, set[str]] = {}
        self._by_head: dict[str, list[Character]] = {}

    def all(self) -> list[Character]:
        """Every character, in the order of its first mention."""
        everybody = [*self.people, *self.states.values(), *dict.fromkeys(self.bodies.values()), *self.groups.values()]
        return sorted((each for each in everybody if each.mentions), key=lambda each: each.mentions[0].start)

    def person(self, words: Words, run: Run, *, make: bool) -> Character | None:
        """Whom a name means; with `make`, a new person where none fits."""
        parts = name_parts(words, run)
        gender = _title_gender(run)
        if not parts or len(parts) > _LONGEST_NAME:
            return None
        found = self._known(parts, gender)
        if found is None and make:
            found = Character(name="", kind="person")
            self.people.append(found)
        if found is not None:
            self._names(found, words, run, parts)
            found.gender = found.gender or gender
        return found

    def known(self, words: Words, run: Run) -> Character | None:
        """The person named in full elsewhere whose name a lone word ends, whatever else the word may name."""
        found = self._known(name_parts(words, run), None)
        whole = found is not None and found.kind == "person" and len(found.parts) > 1
        return found if whole and found is not None and found.parts[-1] == words.lower[run.last] else None

    def in_headline(self, words: Words) -> list[Run]:
        """The known people and places in a line in which most words have capitals."""
        found, token = list[Run](), 0
        while token < len(words):
            last = token
            while words.word(last) in self._by_part:
                last += 1
            if last > token:
                found.append(Run(first=token, last=last - 1, start=token, kind="unknown"))
            elif (known := known_at(words, token, gazetteer())) is not None:
                last = known[1] + 1
                kind: RunKind = "organisation" if known[0].kind == "organisation" else "state"
                found.append(Run(first=token, last=known[1], start=token, kind=kind, entry=known[0]))
            token = max(last, token + 1)
        return found

    def _known(self, parts: tuple[str, ...], gender: str | None) -> Character | None:
        if not parts:
            return None
        candidates = [
            each
            for each in self._by_part.get(parts[-1], self._by_part.get(parts[0], []))[-_MANY:]
            if _same_name(parts, each.parts) and (gender is None or each.gender in (None, gender))
        ]
        if len(candidates) > 1:
            exact = [each for each in candidates if each.parts == parts]
            family = [each for each in candidates if each.parts[-1] == parts[-1]]
            candidates = exact or family or candidates
        return max(candidates, key=lambda each: each.last, default=None)

    def _names(self, person: Character, words: Words, run: Run, parts: tuple[str, ...]) -> None:
        known = gazetteer()
        ranked = run.ranked and " " not in words.extent(run.first, run.last)
        shown = words.extent(run.start if ranked else run.first, run.last)
        runs_on = len(parts) > _USUAL_NAME and person.parts == parts[: len(person.parts)] and len(person.parts) > 1
        if ranked and person.parts == parts and " " not in person.name:
            person.name = shown
        elif len(parts) > len(person.parts) and not runs_on:
            person.name, person.parts = (
                shown[:1].upper() + shown[1:] if words.lower[run.first] != "al" else shown,
                parts,
            )
            for part in parts:
                together = self._by_part.setdefault(part, [])
                if person not in together:
                    together.append(person)
        given = words.words[run.first] if len(parts) > 1 else ""
        person.gender = person.gender or known.genders.get(given)
        plain = words.extent(run.first, run.last).replace("’", "'")  # noqa: RUF001
        person.state = person.state or known.nationalities.get(plain)

    def state(self, key: str, form: str | None) -> Character:
        """A state, with a form of its name that the article uses, or None for a capital, a seat or an adjective.

        It is shown by the usual name if the article has that, else by the fullest form that it has.
        """
        names = gazetteer().state_names.get(key, (key,))
        state = self.states.get(key)
        if state is None:
            state = self.states[key] = Character(name=names[0], kind="state", key=key, state=key)
        seen = self._seen_names.setdefault(key, set())
        if form is not None and form not in seen:
            seen.add(form)
            state.name = next((name for name in names if name in seen), None) or max(sorted(seen), key=len)
        return state

    def body(self, key: str, shown: str) -> Character:
        """An organisation, by its name in lower case; the longest name that the article gives is shown."""
        body = self.bodies.get(key)
        if body is None:
            body = self.bodies[key] = Character(name=shown, kind="organisation", key=key)
            for word in key.split():
                self._by_head.setdefault(word, []).append(body)
        elif len(shown) > len(body.name):
            body.name = shown
        return body

    def office(self, key: str, shown: str, state: str) -> Character:
        """A state's ministry or other office, with the state in its name; those of two states are two."""
        known = self.bodies.get(key)
        other = known is not None and known.state not in (None, state)
        office = self.body(f"{key} of {state}" if other else key, shown)
        office.state = state
        return office

    def joins(self, full: Character, short: Character) -> None:
        """Let an acronym and the full name be one organisation."""
        if full is not short:
            full.last = max(full.last, short.last)
            self.bodies[short.key] = full

    def group(
        self, shown: str, *, plural: bool, head: str, state: str | None = None, known_by: str | None = None
    ) -> Character:
        """Somebody known by a description only, in the words that come first of those that are `known_by` the same."""
        key = known_by or shown
        group = self.groups.get(key)
        if group is None:
            gender = None if plural else gender_of(head)
            group = Character(name=shown, kind="group", plural=plural, key=head, state=state, gender=gender)
            self.groups[key] = group
            self._by_head.setdefault(head, []).append(group)
        return group

    def with_head(self, head: str) -> Character | None:
        """The latest body or group whose name has a noun, as in "the movement"."""
        return max(self._by_head.get(head, [])[-_MANY:], key=lambda each: each.last, default=None)

    def holder(self, role: Role) -> Character | None:
        """The person who holds a role: the latest one said to hold it, at the same place before one without a place.

        Who is said to be "outgoing" or "acting" comes before others where the role is worded so.
        """
        fitting: list[tuple[bool, bool, int, int]] = []
        role = self._canonical(role)
        standing = _STANDING & set(role.core)
        for index, person in enumerate(self.people[-_MANY:]):
            held = [mine for mine in map(self._canonical, person.roles) if matches(role, mine)]
            if not held or (role.place and person.state and _clash(role.place, person.state)):
                continue
            if not any(mine.place for mine in held) and self._of_another(person, role.place):
                continue
            sure = any(mine.place == role.place for mine in held) or person.state == role.place
            alike = any(standing & set(mine.core) for mine in held)
            fitting.append((sure and role.place is not None, alike, person.last, index))
        best = max(fitting, default=None)
        if best is None or (role.place is not None and not best[0] and len(fitting) > 1):
            return None
        return self.people[-_MANY:][best[3]]

    def _of_another(self, person: Character, place: str | None) -> bool:
        """Whether an office at a place is not that of a person whose office the article gave before it spoke of there.

        Whose land is not said beside an office is that of a land mentioned before: "the president" of where one is.
        """
        if place is None or not person.mentions:
            return False
        land = self.states.get(place)
        if land is None:
            return demonym(place.capitalize())
        lands = {role.place for role in person.roles if not role.former and role.place in self.states}
        lands |= {state for state in self.states if state == person.state}
        return place not in lands if lands else not land.mentions or _first(land) > _first(person)

    def titled(self, role: Role) -> Character | None:
        """The only person with a bare title of the same noun: "Minister X" for "its trade minister"."""
        noun = role.core[-1]
        held = [(each, mine) for each in self.people[-_MANY:] for mine in each.roles if mine.core[-1] == noun]
        if len({id(each) for each, _ in held}) != 1 or role.former:
            return None
        person = held[0][0]
        bare = all(mine.core == (noun,) and mine.place is None and not mine.former for _, mine in held)
        return person if bare and not (role.place and person.state and _clash(role.place, person.state)) else None

    def _canonical(self, role: Role) -> Role:
        """The role with its place under one name, where an acronym stands for it."""
        body = self.bodies.get(role.place or "")
        return role if body is None or body.key == role.place else replace(role, place=body.key)

    def of_nationality(self, state: str, role: Role) -> Character | None:
        """The only well-known person of a state in the article whose known roles do not speak against this one."""
        fitting = [
            each
            for each in self.people[-_MANY:]
            if each.state == state and (not each.roles or all(_open(role, mine) for mine in each.roles))
        ]
        return fitting[0] if len(fitting) == 1 else None


def name_parts(words: Words, run: Run) -> tuple[str, ...]:
    """The parts of a name in lower case, without hyphens, particles and suffixes."""
    particles = gazetteer().words["particle"]
    parts = tuple(word for word in words.lower[run.first : run.last + 1] if word[0].isalnum() and word not in _SUFFIXES)
    return tuple(part for part in parts if part not in particles) or parts


def _same_name(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the parts of one name are among those of the other, in order, where initials stand for their names."""
    if len(short) > len(full):
        short, full = full, short
        if len(short) < 2:
            return False
    rest = iter(full)
    return all(any(_same_part(part, other) for other in rest) for part in short)


def _same_part(left: str, right: str) -> bool:
    if left == right:
        return True
    initial = min(left, right, key=len)
    return len(initial) == 2 and initial.endswith(".") and max(left, right, key=len).startswith(initial[0])


def _title_gender(run: Run) -> str | None:
    known = gazetteer().words
    for title in run.titles:
        if title in known["title-m"] or title.lower() in _MALE:
            return "m"
        if title in known["title-f"] or title.lower() in _FEMALE:
            return "f"
    return None


def _first(character: Character) -> int:
    return min(mention.start for mention in character.mentions)


def _clash(place: str, state: str) -> bool:
    return place in gazetteer().state_names and place != state


def _open(role: Role, held: Role) -> bool:
    """Whether somebody who holds one role may hold another too."""
    return matches(role, Role(core=held.core, place=role.place, former=held.former)) or held.core[-1] == "counterpart"
