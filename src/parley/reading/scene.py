"""One article's names and descriptions, each tied to whom it means. `Scene` is the main name.

The article is read once from start to end. What a description or pronoun means depends on who was mentioned before it;
the names, which depend on nothing, are tied first.

Longer than other modules: its rules are one sieve, asked in a fixed order on one state.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parley.reading.appositions import link, told_otherwise
from parley.reading.bodies import owned_from
from parley.reading.extents import SERVING, counted_from, described_from, opened, reach
from parley.reading.gazetteer import Entry, gazetteer
from parley.reading.latter import verb_number
from parley.reading.learning import acronyms, adverbial, aliases, islands, learn
from parley.reading.name_pieces import Run
from parley.reading.named_next import named_below, named_next
from parley.reading.named_roles import mended, name_after, take_over
from parley.reading.names import fresh, runs, taken_up
from parley.reading.offices import HUMAN
from parley.reading.parsing import Paragraph
from parley.reading.people import Character, Roll
from parley.reading.roles import Phrase, Role, as_body, is_office, phrases
from parley.reading.standing import beside_subject, is_joined
from parley.reading.tokens import Words, lexicon

__all__ = ["Found", "Scene", "own_words"]

_STEP = 1_000_000
_LEADS = 4
_OFFICES = lexicon(
    "president minister premier chancellor king queen prince emir sultan emperor leader chief ruler governor "
    "secretary commissioner head commander spokesman spokeswoman spokesperson monarch"
)
_GOVERNING = lexicon("central federal interim transitional current new military own")
_BODIES = lexicon(
    "bloc alliance group organisation organization body agency movement militia party watchdog faction outfit"
)
_SORTS = lexicon(
    "rights human aid campaign militant armed news environmental civil relief lobby rebel islamist opposition"
)
_UNIQUE = lexicon(
    "president king queen pope premier prime chancellor monarch emperor judge prosecutor lawyer attorney doctor nurse "
    "mediator envoy facilitator reporter correspondent interviewer journalist broadcaster publisher editor speaker "
    "leader chairman boss owner chief general commander negotiator captain pilot teacher priest miner farmer soldier"
)
_SAYING = lexicon("say tell add warn insist argue note stress explain promise declare announce claim reply ask")
_NEAREST, _SENTENCE, _USUAL = 40, 60, 6
_ANOTHERS = ("his ", "her ")
_STATE_RULES = {
    "name": "a state",
    "capital": "a capital for its state",
    "seat": "a seat of government for its state",
}
_COLOURING = frozenset(["compound", "nmod", "amod"])
_SIDES = lexicon("sides parties states countries nations governments people men women powers capitals")
_OWNED_ONCE = frozenset([("successor",), ("predecessor",)])
_LANDS = frozenset(["country", "nation", "kingdom", "republic"])


@dataclass(slots=True, kw_only=True)
class Found:
    """Whom words mean.

    Attributes
    ----------
    character : who
    rule : how it was found
    place : whether the words may also be a place, as a capital's name may
    literal : whether the words describe and do not name, so that they stay as they are
    """

    character: Character
    rule: str
    place: bool = False
    literal: bool = False


class Scene:
    """The names and role phrases of an article; `at` says whom a token means.

    Parameters
    ----------
    paragraphs : the article; only its prose is searched
    """

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.words = [Words(paragraph, index) for index, paragraph in enumerate(paragraphs)]
        for words in self.words:
            mended(words)
        self.roll = Roll()
        self.at: dict[tuple[int, int], Found] = {}
        familiar = frozenset(
            word
            for words in self.words
            if not words.headline
            for token, (word, tag) in enumerate(zip(words.words, words.tags, strict=True))
            if word[:1].isupper()
            and len(word) > 2
            and (tag.startswith("NNP") or (tag == "JJ" and not fresh(words, token)))
        )
        familiar |= {pair for words in self.words if not words.headline for pair in adverbial(words)}
        self.runs: list[list[Run]] = [
            runs(words, familiar)
            if words.paragraph.kind in ("label", "side") or words.paragraph.kind == "prose" and not words.headline
            else []
            for words in self.words
        ]
        self.runs = [
            [as_body(words, run) for run in named if not is_office(words, run)]
            for words, named in zip(self.words, self.runs, strict=True)
        ]
        whole = [(words, run) for words, named in zip(self.words, self.runs, strict=True) for run in named]
        families = frozenset(
            words.words[run.last] for words, run in whole if run.kind == "person" and run.last > run.first
        )
        self.runs = [taken_up(words, named, families) for words, named in zip(self.words, self.runs, strict=True)]
        pairs = list(zip(self.words, self.runs, strict=True))
        learn(pairs)
        bodies = frozenset(
            words.lower[run.last]
            for words, named in pairs
            for run in named
            if run.kind == "organisation" and run.last > run.first
        )
        self.phrases: list[list[Phrase]] = [
            phrases(words, named, bodies) if named or words.paragraph.kind == "prose" else [] for words, named in pairs
        ]
        self._islands = islands(pairs)
        self._latest_state: Character | None = None
        self._latest_island: Character | None = None
        self._latest_body: Character | None = None
        self._governing: Character | None = None
        self._name_all(pairs)
        self._told = set[int]()
        self._link_all()

    def _name_all(self, pairs: Sequence[tuple[Words, list[Run]]]) -> None:
        full = [
            (words, run) for words, named in pairs for run in named if run.kind == "person" and run.last > run.first
        ]
        for words, run in sorted(full, key=lambda pair: _words_in(*pair) > _USUAL):
            self.roll.person(words, run, make=True)
        for words, named in pairs:
            if words.headline:
                named += self.roll.in_headline(words)
        joined: dict[int, Character] = {}
        for words, named in pairs:
            self._name_paragraph(words, named, joined)
        self._number(pairs)
        for found in self.at.values() if joined else ():
            found.character = joined.get(id(found.character), found.character)

    def _number(self, pairs: Sequence[tuple[Words, list[Run]]]) -> None:
        """Let a lone name be several that only ever goes with verbs in the plural: "the Peli ask", "Unison say"."""
        several, single = list[Character](), set[int]()
        for words, named in pairs:
            for run in () if words.headline else named:
                found = self.at.get((words.index, run.first))
                if found is None or found.character.kind not in ("organisation", "unknown"):
                    continue
                plural = None if is_joined(words, run.last) else verb_number(words, run.last)
                several += [found.character] if plural else []
                single.update([id(found.character)] if plural is False else [])
        for character in several:
            if id(character) not in single:
                character.kind, character.plural = "organisation", True

    def _name_paragraph(self, words: Words, named: Sequence[Run], joined: dict[int, Character]) -> None:
        for run in named:
            found = self._name(words, run)
            if found is not None:
                found.character.last = words.index * _STEP + run.first
                self.at.update({(words.index, token): found for token in range(run.start, run.last + 1)})
        for full, short in acronyms(words, named):
            whole, part = self.at.get((words.index, full.first)), self.at.get((words.index, short.first))
            if whole and part and whole.character.kind == part.character.kind == "organisation":
                self.roll.joins(whole.character, part.character)
                joined[id(part.character)] = whole.character
        for full, short in aliases(words, named):
            whole, part = self.at.get((words.index, full.first)), self.at.get((words.index, short.first))
            if whole and part and whole.character.kind == "person" and whole.character is not part.character:
                joined[id(part.character)] = whole.character

    def _name(self, words: Words, run: Run) -> Found | None:
        """Whom a name means, by the name alone."""
        if run.kind == "state" and run.entry is not None:
            colours = words.roles[run.last] in _COLOURING and words.heads[run.last] > run.last
            form = run.entry.words if run.entry.kind == "name" and not colours else None
            if run.entry.kind in ("capital", "name"):
                person = self.roll.known(words, run)
                if person is not None:
                    return Found(character=person, rule="part of a full name")
            return self._state_named(words, run, run.entry, form)
        shown = words.extent(run.first, run.last)
        if run.kind == "organisation":
            key = run.entry.key.lower() if run.entry else shown.lower()
            if run.entry is None and run.first == run.last and (person := self.roll.known(words, run)) is not None:
                return Found(character=person, rule="part of a full name")
            lone = run.first == run.last and words.word(run.first - 1) == "the" and key not in self.roll.bodies
            whole = self.roll.with_head(key) if lone else None
            if whole is not None and whole.kind == "organisation" and not run.titles:
                return Found(character=whole, rule="part of an organisation's name")
            start = None if run.entry else owned_from(words, run, self.runs[words.index], gazetteer())
            if start is not None:
                shown = words.extent(start, run.last)
                owner = self._owner(words, run)
                if owner is not None and owner.entry is not None:
                    return Found(character=self.roll.office(key, shown, owner.entry.key), rule="an office of a state")
                key = shown.lower()
            return Found(character=self.roll.body(key, shown), rule="an organisation")
        if run.kind in ("person", "unknown"):
            return self._name_person(words, run, shown)
        person = self.roll.known(words, run)
        return None if person is None else Found(character=person, rule="part of a full name")

    def _owner(self, words: Words, run: Run) -> Run | None:
        """The state whose an office is: "Chile" before "'s Foreign Ministry"."""
        if words.word(run.first - 1) != "'s":
            return None
        named = self.runs[words.index]
        at = bisect_left(named, run.start, key=lambda each: each.start) - 1
        owns = at >= 0 and named[at].kind == "state" and named[at].last == run.first - 2
        return named[at] if owns else None

    def _state_named(self, words: Words, run: Run, entry: Entry, form: str | None) -> Found:
        """A state, by its name, its people, its capital or its seat of government."""
        state = self.roll.state(entry.key, form)
        if entry.kind == "adjective":
            people = words.word(run.first - 1) != "the" and not run.modifier
            return Found(character=state, rule="a nationality", literal=people)
        rule = _STATE_RULES[entry.kind]
        return Found(character=state, rule=rule, place=entry.kind in ("capital", "seat"))

    def _name_person(self, words: Words, run: Run, shown: str) -> Found | None:
        if run.kind == "unknown" and shown.lower() in self.roll.bodies and self.roll.known(words, run) is None:
            return Found(character=self.roll.bodies[shown.lower()], rule="an organisation")
        person = self.roll.person(words, run, make=True)
        if person is None:
            return None
        if run.kind == "unknown" and len(person.parts) == 1 and not person.roles and not person.state:
            person.kind = "unknown"
        return Found(character=person, rule="a name" if person.name == shown else "part of a full name")

    def _name_lead(self, people: Mapping[tuple[int, int], Character]) -> None:
        """Tie whom the first paragraph describes to the name in the heading and in the paragraph after."""
        for index in range(1, min(len(self.words) - 1, _LEADS)):
            if self.words[index - 1].paragraph.kind != "heading" or self.words[index].paragraph.kind == "heading":
                continue
            below, named = self.words[index + 1], self.runs[index + 1]
            found = named_below(self.words[index - 1 : index + 1], self.phrases[index], below, named, people)
            if found is not None and (index, found[0].head) not in self.at:
                found[1].takes(found[0].role)
                self.at[index, found[0].head] = Found(character=found[1], rule="named in the heading and below")

    def _link_all(self) -> None:
        people = {place: found.character for place, found in self.at.items()}
        seen = set[int]()
        for words, named, described in zip(self.words, self.runs, self.phrases, strict=True):
            for phrase, character in link(words, named, described, people):
                self.at[words.index, phrase.head] = Found(character=character, rule="a role beside the name")
                if character.kind == "unknown":
                    character.kind = "person"
            known = [run for run in named if run.kind == "person" and (words.index, run.first) in people]
            self._told.update(id(people[words.index, run.first]) for run in known if told_otherwise(words, run))
            take_over(words, known, people)
            starts = {run.start: run for run in known}
            for phrase in described if starts else ():
                run = None if (words.index, phrase.head) in self.at else name_after(words, phrase, starts)
                if run is not None:
                    character = people[words.index, run.first]
                    character.takes(phrase.role)
                    self.at[words.index, phrase.head] = Found(character=character, rule="a role beside the name")
            for phrase, character in named_next(words, named, described, people, seen):
                self.at.setdefault(
                    (words.index, phrase.head), Found(character=character, rule="named in a sentence after")
                )
            seen |= {id(people[words.index, run.first]) for run in named if (words.index, run.first) in people}
        self._name_lead(people)
        for everybody in (self.roll.people, self.roll.states.values(), self.roll.bodies.values()):
            for each in everybody:
                each.last = -1

    def describe(self, words: Words, phrase: Phrase) -> Found:
        """Whom a description means, given who was mentioned before it; asked in the order of the text."""
        place = words.index, phrase.head
        if place in self.at:
            return self.at[place]
        role = replace(phrase.role, place=self._land(phrase.role.place))
        found = self._state(phrase, role) or self._introduced(words, phrase, role)
        owned = self._titled(phrase, role) if phrase.determiner in ("its", "their") and not phrase.plural else None
        found = found or (self._person(phrase, role) if _definite(phrase) else owned)
        found = found or self._earlier(words, phrase, role) or self._only_one(words, phrase, role)
        found = found or self._own(words, phrase, role)
        self.at[place] = found
        return found

    def note(self, found: Found, words: Words, first: int, last: int) -> None:
        """Count a mention: from now on it is the latest of its character."""
        character = found.character
        character.last = words.index * _STEP + first
        character.acts = any(words.roles[token] in ("nsubj", "nsubjpass") for token in range(first, last + 1))
        character.mentions.append(words.span(first, last))
        if character.kind == "organisation":
            self._latest_body = character
        if character.kind == "state":
            self._latest_state = character
            if character.key in self._islands:
                self._latest_island = character

    def _land(self, place: str | None) -> str | None:
        """The state that "the island's" or "the country's" means."""
        if place == "island" and self._latest_island is not None:
            return self._latest_island.key
        if place in _LANDS and self._latest_state is not None:
            return self._latest_state.key
        return place

    def _state(self, phrase: Phrase, role: Role) -> Found | None:
        noun = role.core[-1]
        if noun not in gazetteer().words["state noun"]:
            return None
        state = self.roll.states.get(role.place or "")
        if state is not None and set(role.core[:-1]) <= _GOVERNING:
            if noun == "government":
                self._governing = state
            return Found(character=state, rule="a government for its state")
        if (
            noun == "government"
            and phrase.determiner == "the"
            and len(role.core) == 1
            and role.place is None
            and self._governing
        ):
            return Found(character=self._governing, rule="the government mentioned last")
        return None

    def _person(self, phrase: Phrase, role: Role) -> Found | None:
        if phrase.plural or phrase.type in ("body", "armed group", "people"):
            return None
        holder = self.roll.holder(role)
        if holder is not None:
            return Found(character=holder, rule="a role that the article gives")
        titled = self._titled(phrase, role)
        if titled is not None:
            return titled
        if role.place in gazetteer().state_names and role.place is not None and phrase.type == "office-holder":
            national = self.roll.of_nationality(role.place, role)
            if national is not None:
                return Found(character=national, rule="a role and a nationality")
        return None

    def _introduced(self, words: Words, phrase: Phrase, role: Role) -> Found | None:
        """Somebody unnamed who was brought in shortly before, as "a diplomat" before "the diplomat"."""
        if phrase.determiner != "the" or len(role.core) > 1 or role.place or phrase.type == "body":
            return None
        if phrase.plural:
            return self._introduced_together(words, phrase, role)
        known = self.roll.with_head(role.core[-1])
        if known is None or known.kind != "group" or known.plural or not self._is_near(words, known):
            return None
        holder = self.roll.holder(role)
        exact = holder is not None and any(held.core[-1] == role.core[-1] for held in holder.roles)
        return None if exact else Found(character=known, rule="described before")

    def _introduced_together(self, words: Words, phrase: Phrase, role: Role) -> Found | None:
        """Several unnamed who were brought in shortly before, as "sources in the presidency" before "the sources"."""
        known = self.roll.with_head(role.core[-1]) if phrase.last == phrase.head else None
        fits = known is not None and known.kind == "group" and known.plural and role.core[-1] not in _SIDES
        return (
            Found(character=known, rule="described before") if fits and known and self._is_near(words, known) else None
        )

    def _titled(self, phrase: Phrase, role: Role) -> Found | None:
        titled = self.roll.titled(role) if phrase.type == "office-holder" and len(role.core) > 1 else None
        return None if titled is None else Found(character=titled, rule="the only one with this title")

    def _earlier(self, words: Words, phrase: Phrase, role: Role) -> Found | None:
        """A body or an unnamed person mentioned before, as "the movement" or "the official"."""
        plain = (
            phrase.last == phrase.head
            and (len(role.core) == 1 or role.core[-1] in _BODIES and set(role.core[:-1]) <= _SORTS)
            and role.place is None
            and phrase.determiner in ("the", "that", "this")
        )
        known = self.roll.with_head(role.core[-1]) if plain and phrase.type != "people" else None
        if known is not None and known.kind == "organisation" and role.core[-1] not in known.name.lower().split():
            known = None
        if plain and role.core[-1] in _BODIES and (known is None or known.last < 0 or self._passing(known)):
            near = self._latest_body is not None and self._is_near(words, self._latest_body)
            known = self._latest_body if near else known
        if known is None or known.last < 0 or (known.plural and known.kind == "group") != phrase.plural:
            return None
        return Found(character=known, rule="described before")

    def _only_one(self, words: Words, phrase: Phrase, role: Role) -> Found | None:
        """The only person near of whom the article has not said what they are, as "the senator" after a name alone."""
        stated = role.place in gazetteer().state_names
        of_a_body = words.word(phrase.head + 1) == "of" and phrase.last > phrase.head
        speaks = not stated and _says(words, phrase.head)
        placed = role.place is not None and (stated or not (speaks or of_a_body))
        alone = phrase.determiner == "the" and not phrase.plural and not role.former and not placed
        plain = role.place is None and not of_a_body and set(role.core) & _UNIQUE
        if not alone or phrase.type not in ("office-holder", "analyst", "media") or plain:
            return None
        start = words.paragraph.start
        near = [each for each in self.roll.people[-_NEAREST:] if each.last >= words.index * _STEP]
        earlier = any(each.mentions and each.mentions[0].start < start for each in near)
        if role.place is not None and not of_a_body and earlier:
            return None
        if len(near) != 1 or near[0].roles or near[0].kind != "person" or len(near[0].parts) < 2:
            return None
        if id(near[0]) in self._told or beside_subject(words, phrase.head):
            return None
        sentence = words.sentences[phrase.head]
        around = range(max(0, phrase.first - _SENTENCE), min(len(words), phrase.last + _SENTENCE))
        said = {words.lower[at] for at in around if words.sentences[at] == sentence}
        if said & ({"he", "his"} if near[0].gender == "f" else {"she", "her"}):
            return None
        near[0].takes(role)
        return Found(character=near[0], rule="the only person near without a role")

    def _passing(self, known: Character) -> bool:
        """Whether a body was only spoken of in passing, or as another's, before one was named: "his party"."""
        latest = self._latest_body
        if latest is None or known.kind != "group" or latest.last < known.last:
            return False
        return known.name.startswith(_ANOTHERS) or known.name.startswith(("a ", "an ")) and latest.acts > known.acts

    @staticmethod
    def _is_near(words: Words, character: Character) -> bool:
        """Whether a character was mentioned in this paragraph or the one before."""
        return character.last >= (words.index - 1) * _STEP

    def _placed(self, words: Words, head: int) -> int:
        """The last token of a description with the body named after "at" or "from": "economists at Corvell Bank"."""
        if words.word(head + 1) not in ("at", "from"):
            return head
        start = head + 2 + (words.word(head + 2) == "the")
        named = self.runs[words.index]
        at = bisect_left(named, start, key=lambda run: run.start)
        body = at < len(named) and named[at].start == start and named[at].kind in ("organisation", "place")
        return named[at].last if body else head

    def _own(self, words: Words, phrase: Phrase, role: Role) -> Found:
        state = self.roll.states.get(role.place or "")
        noun = role.core[-1]
        served = words.word(phrase.head + 1) == "to" and noun in SERVING and words.heads[phrase.head + 1] == phrase.head
        attached = words.word(phrase.head + 1) in ("of", "for") or served
        brought_in = phrase.determiner in ("a", "an", "one") and words.roles[phrase.head] == "nsubj"
        attached = attached or brought_in and phrase.last == phrase.head and phrase.type in HUMAN
        last = max(phrase.last, reach(words, phrase.head)) if attached else self._placed(words, phrase.head)
        start = counted_from(words, described_from(words, phrase.first, phrase.head) if phrase.plural else phrase.first)
        counted = start < phrase.first or words.tags[phrase.first] == "CD"
        bare = phrase.type == "people" and (counted or phrase.first == phrase.head)
        last = max(last, phrase.last, reach(words, phrase.head)) if bare or state and noun in _OFFICES else last
        told = _said_to_be(words, phrase)
        shown = own_words(words, *(told or (start, last)))
        if state is not None and _definite(phrase) and not phrase.plural and noun in _OFFICES and not role.former:
            office = f"{' '.join(role.core)} of {state.key}"
            character = self.roll.group(shown, plural=False, head=noun, state=state.key, known_by=office)
            return Found(character=character, rule="the office of a state")
        plural = phrase.plural or phrase.type == "armed group"
        character = self.roll.group(shown, plural=plural, head=noun, state=state.key if state else None)
        return Found(character=character, rule="its own words", literal=told is None)


def _said_to_be(words: Words, phrase: Phrase) -> tuple[int, int] | None:
    """What is said beside "one of them", which tells nothing: "a nurse from the port" of "one of them, a nurse …,"."""
    if words.word(phrase.last) != "them" or words.word(phrase.last + 1) != ",":
        return None
    beside = (at for at in range(phrase.last + 2, len(words)) if words.heads[at] == phrase.head)
    noun = next((at for at in beside if words.roles[at] == "appos" and words.tags[at] == "NN"), None)
    return None if noun is None else (phrase.last + 2, max(noun, reach(words, noun)))


def _says(words: Words, noun: int) -> bool:
    """Whether a noun is the subject of a verb of saying."""
    return words.roles[noun] == "nsubj" and words.paragraph.doc[words.heads[noun]].lemma_ in _SAYING


def _words_in(words: Words, run: Run) -> int:
    """How many words a name has, without marks such as those of a nickname."""
    return sum(map(str.isalpha, words.words[run.first : run.last + 1]))


def _definite(phrase: Phrase) -> bool:
    told = phrase.determiner in ("the", "'s", "that", "this") or phrase.role.core in _OWNED_ONCE
    return told or (phrase.determiner == "" and bool(phrase.role.place))


def own_words(words: Words, first: int, last: int) -> str:
    """The words themselves, in lower case at the start unless a name stands there."""
    first = opened(words, first, last)
    shown = words.extent(first, last)
    common = not words.tags[first].startswith("NNP") and words.lower[first] != "i"
    word = words.words[first]
    known = gazetteer().at(words.text, words.places[first], word) is not None or word in words.familiar
    keeps = known or sum(map(str.isupper, words.words[first])) > 1 or (words.tags[first].startswith("JJ") and first > 0)
    return shown[:1].lower() + shown[1:] if common and not keeps else shown
