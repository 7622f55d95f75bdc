"""One pass through an article, in which each mention is noted and each pronoun finds whom it means.

`Telling` is the main name. Longer than other modules: its steps share the state of the one pass.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from parley.domain.attribution import Attribution
from parley.domain.source import Span
from parley.reading.extents import reach
from parley.reading.latter import fits, taken_of_two, verb_number
from parley.reading.misplaced import house_before
from parley.reading.name_pieces import Run
from parley.reading.offices import is_office
from parley.reading.papers import author_told
from parley.reading.people import Character
from parley.reading.pronouns import FIRST, THIRD, Mention, Place, antecedent
from parley.reading.roles import Phrase
from parley.reading.scene import Found, Scene, own_words
from parley.reading.standing import (
    PARTS,
    asks,
    called_again,
    calls_one,
    head,
    is_aside,
    is_heard,
    is_place,
    is_topic,
    joined_top,
    just_before,
    owns_subject,
    role_of,
    row_root,
    subjects_before,
    verb_of,
)
from parley.reading.tokens import Words, lexicon

__all__ = ["Telling", "listed"]

_EMPTY = lexicon("is was would 's be clear known plain hard harder difficult easy easier possible impossible likely")
_DOCUMENTS = lexicon(
    "letter report statement document text note message communique communiqué memo memorandum paper poll survey study "
    "article resolution ruling judgment judgement declaration manifesto draft leaflet verdict editorial reply response "
    "answer circular bulletin telegram cable decree dispatch fax pamphlet brochure banner placard sign poster slogan "
    "notice plaque inscription graffiti email e-mail tweet post advertisement"
)
_PAPER_REACH, _ITS_AUTHOR = 2, "whose paper it is"
_BEFORE_HEAD = {"old": 2, "former": 1, "latter": 1}
_STATED = lexicon("statement communique communiqué declaration letter appeal")
_TEXTS = _STATED | lexicon(
    "agreement accord deal treaty pact draft resolution document proposal memorandum truce convention protocol bill law"
)
_ONE = frozenset(["he", "she"])
_RELATIVE = frozenset(["who", "whom", "whose", "which"])


class Telling:
    """Whom every name, description and pronoun of an article means.

    Parameters
    ----------
    scene : its names and descriptions
    starts : where its paragraphs start
    attributions : what is attributed in it
    """

    def __init__(self, scene: Scene, starts: Sequence[int], attributions: Sequence[Attribution]) -> None:
        self.scene = scene
        self._starts = starts
        self._attributions = attributions
        self._history: list[Mention] = []
        self._pairs: dict[tuple[int, int], tuple[list[Character], Character]] = {}
        self._content: dict[tuple[int, int], int] = {}
        self._sources: dict[tuple[int, int], int] = {}
        self._two: tuple[int, Character] | None = None
        self._asked: set[tuple[int, int]] = set()
        self._now = (-1, -1)
        self._sentences: list[int] = []
        self._place_attributions()
        self._settle_places()
        self._read()

    def tokens(self, span: Span) -> tuple[int, int, int] | None:
        """The paragraph and the first and last token of a span; None where no token stands there."""
        index = bisect_right(self._starts, span.start) - 1
        if index < 0:
            return None
        words = self.scene.words[index]
        start = self._starts[index]
        first = max(0, bisect_right(words.places, span.start - start) - 1)
        last = bisect_left(words.places, span.end - start) - 1
        return (index, first, last) if 0 <= first <= last else None

    def attribution_at(self, index: int, token: int) -> Attribution | None:
        """The attribution in whose content a token stands."""
        number = self._content.get((index, token))
        return None if number is None else self._attributions[number]

    def meant(self, index: int, token: int) -> Found | None:
        """Whom a token means: as read, or, where the reading has not come to it, by what is known so far."""
        place = index, token
        found = self.scene.at.get(place)
        if found is not None or place in self._asked:
            return found
        self._asked.add(place)
        ahead = place > self._now
        words = self.scene.words[index]
        word = words.lower[token]
        if word in _RELATIVE:
            found = self._relative(words, token)
        elif word in FIRST or word in THIRD:
            found = self._pronoun(words, token)
        if ahead:
            self._asked.discard(place)
        elif found is not None:
            self.scene.at[place] = found
        return found

    def source(self, attribution: Attribution) -> Found | None:
        """Whom the source of an attribution means, when it is one mention."""
        tokens = None if attribution.source is None else self.tokens(attribution.source)
        if tokens is None:
            return None
        index, first, last = tokens
        return self.meant(index, head(self.scene.words[index], first, last))

    def issuer(self, index: int, token: int) -> Found | None:
        """The body that spoke last before a paper of which nobody says whose it is: "the text", "a communique"."""
        spoke = (each for each in reversed(self._history) if (each.place.paragraph, each.place.token) < (index, token))
        latest = next((each for each in spoke if each.source or index - each.place.paragraph > _PAPER_REACH), None)
        if latest is None or index - latest.place.paragraph > _PAPER_REACH:
            return None
        together = latest.character.kind == "group" and latest.character.plural and latest.source
        issues = latest.character.kind in ("organisation", "state") or together
        return Found(character=latest.character, rule="who issued the paper") if issues else None

    def stated(self, index: int, token: int) -> bool:
        """Whether the last paper told of before a token is a statement, and no agreement, which several have made."""
        for place in range(index, max(index - _PAPER_REACH, 0) - 1, -1):
            words = self.scene.words[place].lower
            for word in reversed(words[:token] if place == index else words):
                if word in _TEXTS:
                    return word in _STATED
        return False

    def _place_attributions(self) -> None:
        order = sorted(range(len(self._attributions)), key=lambda number: -_length(self._attributions[number]))
        for number in order:
            attribution = self._attributions[number]
            for span in attribution.content:
                found = self.tokens(span)
                if found is not None:
                    index, first, last = found
                    self._content.update({(index, token): number for token in range(first, last + 1)})
            found = None if attribution.source is None else self.tokens(attribution.source)
            if found is not None:
                self._sources[found[0], head(self.scene.words[found[0]], found[1], found[2])] = number

    def _read(self) -> None:
        total = 0
        for words in self.scene.words:
            self._sentences.append(total)
            total += words.sentences[-1] + 1 if len(words) else 0
        for words, named, described in zip(self.scene.words, self.scene.runs, self.scene.phrases, strict=True):
            inside = {token for run in named for token in range(run.start, run.last + 1)}
            again = {token: how for token in range(len(words)) if (how := called_again(words, token))}
            events: list[tuple[int, int, Phrase | None]] = [(run.start, run.last, None) for run in named]
            events += [(token, token, None) for token in again if token not in inside]
            events += [(phrase.head, phrase.head, phrase) for phrase in described]
            events += [
                (token, token, None)
                for token, word in enumerate(words.lower)
                if (word in THIRD or word in _RELATIVE or word in FIRST) and token not in inside
            ]
            citizens = {run.start: run for run in named if calls_one(words, run)}
            for first, last, phrase in sorted(events, key=lambda event: event[:2]):
                self._now = words.index, first
                if phrase is not None:
                    found: Found | None = self.scene.describe(words, phrase)
                else:
                    found = self.meant(words.index, first)
                if found is not None and phrase is None and first in citizens:
                    found = self._citizen(words, citizens[first]) or replace(found, literal=True)
                    self.scene.at[words.index, last] = found
                if first in again and (taken_up := self._again(words, first, again[first])) is not None:
                    found = self.scene.at[words.index, first] = taken_up
                    self.scene.at[words.index, first - _BEFORE_HEAD.get(words.lower[first], 0)] = taken_up
                if found is not None:
                    self._note(found, words, first, last)

    def _citizen(self, words: Words, run: Run) -> Found | None:
        """The person mentioned last in a paragraph, as "the Ghanaian" calls one of whom no other state is known."""
        state = run.entry.key if run.entry is not None else ""
        here = (each for each in reversed(self._history) if each.place.paragraph == words.index)
        person = next((each.character for each in here if each.character.kind == "person"), None)
        if person is None or person.state not in (None, state):
            return None
        person.state = state
        return Found(character=person, rule="a nationality for who was mentioned before")

    def _again(self, words: Words, token: int, how: str) -> Found | None:
        """Whom "the former", "the latter" or "the 41-year-old" take up."""
        here = [each for each in self._history if each.place.paragraph == words.index]
        if how == "one":
            people = {id(each.character): each.character for each in here if each.character.kind == "person"}
            only = next(iter(people.values())) if len(people) == 1 else self._of_age(words, token)
            return None if only is None else Found(character=only, rule="the only person in the paragraph")
        if how == "latter" and self._two is not None and self._two[0] == words.index:
            return Found(character=self._two[1], rule="the latter of two")
        latest = here[-1].place.sentence if here else -1
        for sentence in range(latest, latest - 2, -1):
            named = [each.character for each in here if each.place.sentence == sentence and each.character.mentions]
            two = list({id(each): each for each in named}.values())
            if len(two) == 2 and fits(two[how == "latter"], plural=verb_number(words, token)):
                self._two = words.index, two[1]
                return Found(character=two[how == "latter"], rule=f"the {how} of two")
            if sentence == latest and (told := self._by_grammar(words, token, how)) is not None:
                return told
        return self._by_grammar(words, token, how, alone=True)

    def _of_age(self, words: Words, token: int) -> Character | None:
        """Who was said to be as old as "the 41-year-old": "Ada Lind, 41, …"."""
        age = words.words[token - 4] if words.lower[token] == "old" else ""
        for run in self.scene.runs[words.index] if age else ():
            found = self.scene.at.get((words.index, run.first))
            told = words.word(run.last + 1) in (",", "(") and words.word(run.last + 2) == age
            if told and found is not None and found.character.kind == "person":
                return found.character
        return None

    def _by_grammar(self, words: Words, token: int, how: str, *, alone: bool = False) -> Found | None:
        """Whom "the former" or "the latter" takes up of the nouns before it, where more than two are named there."""
        before = self.scene.words[words.index - 1] if words.index else None
        if (told := taken_of_two(words, before, token, how, alone=alone)) is None:
            return None
        there, noun, other = told
        if how == "former" and other is not None:
            self._two = words.index, self._noun(there, other).character
        return replace(self._noun(there, noun), rule=f"the {how} of two", literal=False)

    def _noun(self, words: Words, noun: int) -> Found:
        """Whom a noun means, in its own words where nothing else tells."""
        known = self.scene.at.get((words.index, noun))
        if known is not None:
            return replace(known, place=False)
        shown = own_words(words, words.paragraph.doc[noun].left_edge.i, noun)
        character = self.scene.roll.group(shown, plural=words.tags[noun].endswith("S"), head=words.lower[noun])
        return Found(character=character, rule="its own words", literal=True)

    def _settle_places(self) -> None:
        """Note of which names the article says only that something is there: no "she" can mean them."""
        named = [
            (found.character, is_place(words, run.first))
            for words, runs in zip(self.scene.words, self.scene.runs, strict=True)
            for run in runs
            if not words.headline and (found := self.scene.at.get((words.index, run.first))) is not None
        ]
        acting = {id(character) for character, place in named if not place}
        for character, _ in named:
            plain = character.kind in ("person", "unknown") and not character.roles and character.gender is None
            character.placed = plain and id(character) not in acting

    def _note(self, found: Found, words: Words, first: int, last: int) -> None:
        self.scene.note(found, words, first, last)
        if found.place and is_place(words, first):
            return
        if words.lower[first] in ("it", "its") and words.word(first + 1) in _EMPTY:
            return
        own = [each for each in range(first, last + 1) if words.sentences[each] == words.sentences[last]]
        token = next((each for each in own if words.roles[each] not in ("compound", "punct")), last)
        token = words.heads[token] if words.roles[token] == "poss" and words.heads[token] in own else token
        place = self._where(words, joined_top(words, token))
        self._history.append(
            Mention(
                character=found.character,
                place=place,
                source=(words.index, token) in self._sources or is_heard(words, token),
                asks=asks(words, place),
                new=found.character.mentions[0].start >= words.paragraph.start,
                several=words.tags[token] == "NNS",
            )
        )
        self._pair(found.character, words, token)

    def _where(self, words: Words, token: int) -> Place:
        quoted = words.quoted[token]
        return Place(
            paragraph=words.index,
            token=token,
            sentence=self._sentences[words.index] + words.sentences[token],
            role=role_of(words, token),
            verb=verb_of(words, token),
            under=words.roles[words.heads[token]] in ("advcl", "relcl", "acl"),
            aside=is_aside(words, token),
            owns=owns_subject(words, token),
            topic=is_topic(words, token),
            quote=self._content.get((words.index, token), -1) if quoted else None,
            content=self._content.get((words.index, token)),
        )

    def _pair(self, character: Character, words: Words, token: int) -> None:
        """Let two who are named together, as "Nikol and Ilham", be meant together by "they"."""
        root = row_root(words, token)
        first = self.scene.at.get((words.index, root))
        if first is None or first.character is character or {first.character.kind, character.kind} & {"group"}:
            return
        members = self._pairs.setdefault(
            (words.index, root), ([first.character], Character(name="", kind="group", plural=True))
        )
        members[0].append(character)
        members[1].name = listed([each.name for each in members[0]])
        self._history.append(Mention(character=members[1], place=self._where(words, root)))

    def _relative(self, words: Words, token: int) -> Found | None:
        verb = words.heads[token]
        for _ in range(4):
            if words.roles[verb] == "relcl" or words.heads[verb] == verb:
                break
            verb = words.heads[verb]
        noun = words.heads[verb] if words.roles[verb] == "relcl" else token
        found = self.scene.at.get((words.index, noun)) if noun < token else None
        if found is None:
            back = (self.scene.at.get((words.index, each)) for each in range(token - 1, max(-1, token - 6), -1))
            found = next((each for each in back if each is not None), None)
            if found is not None and words.lower[token] == "which" and found.character.kind == "person":
                found = None
        if found is None and noun < token and (words.tags[noun].startswith("NN") or words.lower[noun] in PARTS):
            found = self._noun(words, noun)
        if found is not None and words.lower[token] == "who" and words.lower[token - 1] == ",":
            found = self._apposed(words, token, found)
        if found is not None and words.lower[token] == "who" and found.character.kind == "unknown":
            found.character.kind = "person"
        return found and replace(found, rule="the noun that the clause goes with", place=False)

    def _apposed(self, words: Words, token: int, found: Found) -> Found:
        """The person whose office at a body stands before "who": "Ada Lind, head of the UN office in Goma, who"."""
        if found.character.kind == "person":
            return found
        comma = next((at for at in range(token - 2, max(-1, token - 14), -1) if words.lower[at] == ","), 0)
        before = self.scene.at.get((words.index, comma - 1)) if comma else None
        office = any(words.word(at) in ("head", "chief") or is_office(words, at) for at in range(comma + 1, comma + 4))
        person = before is not None and before.character.kind == "person"
        return before if before is not None and person and office else found

    def _names_source(self, words: Words, token: int) -> bool:
        """Whether "it" says something."""
        return words.lower[token] == "it" and (words.index, token) in self._sources

    def _document(self, words: Words, token: int, *, subject: bool = False) -> Found | None:
        """The letter or report that "it" takes up, in its own words, or only one that the sentence before is about."""
        at = words.sentences[token]
        for noun in range(token - 1, -1, -1):
            if at - words.sentences[noun] > 1:
                break
            again = self.scene.at.get((words.index, noun)) if words.lower[noun] == "it" else None
            if again is not None and again.rule == _ITS_AUTHOR:
                return again
            named = words.lower[noun] in _DOCUMENTS and words.tags[noun] == "NN" and at > words.sentences[noun]
            named = named and not (subject and (words.roles[noun] != "nsubj" or words.quoted[noun]))
            if named and (told := self._author(words, noun)) is not None:
                return told
            if named and words.tags[words.paragraph.doc[noun].left_edge.i] in ("DT", "PRP$", "NNP", "POS"):
                shown = own_words(words, words.paragraph.doc[noun].left_edge.i, reach(words, noun))
                character = self.scene.roll.group(shown, plural=False, head=words.lower[noun])
                return Found(character=character, rule="a paper mentioned before", literal=True)
        return None

    def _plain_subjects(self, words: Words, token: int) -> list[Mention]:
        """The subjects right before "they" or "it" that say something, of which nothing tells who they are."""
        if words.lower[token] not in ("they", "it"):
            return []
        return [
            Mention(character=_plain(words, noun), place=self._where(words, noun), plain=True)
            for noun in subjects_before(words, token)
            if (words.index, noun) not in self.scene.at
        ]

    def _quoted_before(self, words: Words, token: int) -> list[Mention]:
        """Who was quoted shortly before "he" or "she", by a noun of which nothing tells that it is somebody."""
        found = []
        for noun in just_before(words, token):
            number = self._sources.get((words.index, noun))
            if number is None or (words.index, noun) in self.scene.at or words.tags[noun] not in ("NN", "NNP"):
                continue
            said = self.tokens(self._attributions[number].content[0])
            if said is None or not words.quoted[said[1]] or words.lower[noun] in _DOCUMENTS:
                continue
            shown = own_words(words, words.paragraph.doc[noun].left_edge.i, reach(words, noun))
            who = self.scene.roll.group(shown, plural=False, head=words.lower[noun])
            who.heard = True
            found.append(Mention(character=who, place=self._where(words, noun), source=True, new=True))
        return found

    def _author(self, words: Words, noun: int) -> Found | None:
        """Whose a paper is where its phrase tells: the bishop for "a letter from the bishop"."""
        span = words.paragraph.doc[noun].left_edge.i, words.paragraph.doc[noun].right_edge.i
        told = author_told(words, self.scene.runs[words.index], self, span, noun)
        found = None if told is None else self.meant(words.index, head(words, *told))
        return found and Found(character=found.character, rule=_ITS_AUTHOR, literal=found.literal)

    def _pronoun(self, words: Words, token: int) -> Found | None:
        word, place, says = words.lower[token], self._where(words, token), self._sources.get((words.index, token))
        attribution = self.attribution_at(words.index, token)
        speaker = None if attribution is None else self.source(attribution)
        if words.word(token - 1) == "for" and words.word(token + 1) == "part":
            return None
        if word in FIRST:
            inside = speaker is not None and (words.quoted[token] or word in ("i", "my", "me"))
            return (
                Found(character=speaker.character, rule="the speaker of the quotation") if inside and speaker else None
            )
        house = house_before(words, token) if word == "they" and says is not None else None
        if house is not None:
            return replace(self._noun(words, house), rule="in whose house they speak")
        paper = self._document(words, token, subject=True) if self._names_source(words, token) else None
        if paper is not None:
            return paper
        said = speaker.character if speaker is not None else None
        quoted = words.quoted[token]
        history = [*self._history, *self._plain_subjects(words, token)] if says is not None else self._history
        history = history if says is None or word not in _ONE else [*history, *self._quoted_before(words, token)]
        found = antecedent(
            word,
            place,
            history,
            barred=said if quoted else None,
            favoured=None if quoted else said,
            says=says,
        )
        if found is None:
            return self._document(words, token) if self._names_source(words, token) else None
        one = found.kind in ("person", "unknown") or found.kind == "group" and not found.plural
        if one and (words.index, token) <= self._now:
            found.called(word, sure=says is not None)
        return Found(character=found, rule="a pronoun for who was mentioned before", literal=False)


def _plain(words: Words, noun: int) -> Character:
    """Whom a noun means of which nothing is known, in its own words."""
    shown = own_words(words, words.paragraph.doc[noun].left_edge.i, reach(words, noun))
    return Character(name=shown, kind="group", plural=words.tags[noun] != "NN", key=words.lower[noun])


def listed(names: Sequence[str]) -> str:
    """Names in a row: "A, B and C"."""
    unique = list(dict.fromkeys(names))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}"


def _length(attribution: Attribution) -> int:
    return sum(span.end - span.start for span in attribution.content)
