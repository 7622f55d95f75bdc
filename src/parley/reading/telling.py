"""One pass through an article, in which each mention is noted and each pronoun finds whom it means.

`Telling` is the main name.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from parley.domain.attribution import Attribution
from parley.domain.source import Span
from parley.reading.gazetteer import gazetteer
from parley.reading.people import Character
from parley.reading.pronouns import FIRST, THIRD, Mention, Place, antecedent
from parley.reading.roles import Phrase
from parley.reading.scene import Found, Scene, own_words
from parley.reading.tokens import Words, lexicon

__all__ = ["Telling", "is_place", "listed"]

_VISITED = frozenset(["visit", "leave", "reach", "tour", "enter", "bomb", "shell"])
_LEFT = frozenset(["leave", "depart", "head"])
_PARTS = frozenset(["one", "another", "two", "three", "both", "each", "neither", "either", "none"])
_ASKING = frozenset(["ask", "inquire", "enquire", "wonder", "interject", "press", "challenge", "question"])
_PUTTING_FORWARD = frozenset(
    ["float", "table", "propose", "draft", "submit", "suggest", "present", "broker", "circulate", "draw", "publish"]
)
_EMPTY = lexicon("is was would 's be clear known plain hard harder difficult easy easier possible impossible likely")
_DOCUMENTS = lexicon(
    "letter report statement document text note message communique communiqué memo memorandum paper poll survey study "
    "article resolution ruling judgment judgement declaration manifesto draft leaflet verdict editorial"
)
_PAPER_REACH = 2
_STATED = lexicon("statement communique communiqué declaration letter")
_TEXTS = _STATED | lexicon(
    "agreement accord deal treaty pact draft resolution document proposal memorandum truce convention protocol bill law"
)
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
        self._asked: set[tuple[int, int]] = set()
        self._sentences: list[int] = []
        self._place_attributions()
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
        words = self.scene.words[index]
        word = words.lower[token]
        if word in _RELATIVE:
            found = self._relative(words, token)
        elif word in FIRST or word in THIRD:
            found = self._pronoun(words, token)
        if found is not None:
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
        issues = latest.character.kind in ("organisation", "state")
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
            events: list[tuple[int, int, Phrase | None]] = [(run.start, run.last, None) for run in named]
            events += [(phrase.head, phrase.head, phrase) for phrase in described]
            events += [
                (token, token, None)
                for token, word in enumerate(words.lower)
                if (word in THIRD or word in _RELATIVE or word in FIRST) and token not in inside
            ]
            for first, last, phrase in sorted(events, key=lambda event: event[:2]):
                if phrase is not None:
                    found: Found | None = self.scene.describe(words, phrase)
                else:
                    found = self.meant(words.index, first)
                if found is not None:
                    self._note(found, words, first, last)

    def _note(self, found: Found, words: Words, first: int, last: int) -> None:
        self.scene.note(found, words, first, last)
        if found.place and is_place(words, first):
            return
        if words.lower[first] in ("it", "its") and words.word(first + 1) in _EMPTY:
            return
        own = (each for each in range(first, last + 1) if words.sentences[each] == words.sentences[last])
        token = next((each for each in own if words.roles[each] not in ("compound", "punct")), last)
        place = self._where(words, token)
        self._history.append(
            Mention(
                character=found.character,
                place=place,
                source=(words.index, token) in self._sources or _puts_forward(words, token),
                asks=_asks(words, place),
                new=found.character.mentions[0].start >= words.paragraph.start,
            )
        )
        self._pair(found.character, words, token)

    def _where(self, words: Words, token: int) -> Place:
        quoted = words.quoted[token]
        return Place(
            paragraph=words.index,
            token=token,
            sentence=self._sentences[words.index] + words.sentences[token],
            role="agent" if words.roles[words.heads[token]] == "agent" else words.roles[token],
            verb=_verb(words, token),
            under=words.roles[words.heads[token]] in ("advcl", "relcl", "acl"),
            quote=self._content.get((words.index, token), -1) if quoted else None,
            content=self._content.get((words.index, token)),
        )

    def _pair(self, character: Character, words: Words, token: int) -> None:
        """Let two who are named together, as "Nikol and Ilham", be meant together by "they"."""
        if words.roles[token] != "conj":
            return
        root = words.heads[token]
        while words.roles[root] == "conj" and words.heads[root] != root:
            root = words.heads[root]
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
        if found is None and noun < token and words.tags[noun].startswith("NN"):
            start = words.paragraph.doc[noun].left_edge.i
            shown = own_words(words, start, noun)
            plural = words.tags[noun].endswith("S")
            character = self.scene.roll.group(shown, plural=plural, head=words.lower[noun])
            found = Found(character=character, rule="its own words", literal=True)
        return found and Found(
            character=found.character, rule="the noun that the clause goes with", literal=found.literal
        )

    def _document(self, words: Words, token: int) -> Found | None:
        """The letter or report of the sentence before that "it" takes up, in its own words."""
        at = words.sentences[token]
        for noun in range(token - 1, -1, -1):
            if at - words.sentences[noun] > 1:
                break
            named = words.lower[noun] in _DOCUMENTS and words.tags[noun] == "NN" and at > words.sentences[noun]
            if named and words.tags[words.paragraph.doc[noun].left_edge.i] in ("DT", "PRP$", "NNP", "POS"):
                shown = own_words(words, words.paragraph.doc[noun].left_edge.i, noun)
                character = self.scene.roll.group(shown, plural=False, head=words.lower[noun])
                return Found(character=character, rule="a paper mentioned before", literal=True)
        return None

    def _pronoun(self, words: Words, token: int) -> Found | None:
        word, place = words.lower[token], self._where(words, token)
        attribution = self.attribution_at(words.index, token)
        speaker = None if attribution is None else self.source(attribution)
        if words.word(token - 1) == "for" and words.word(token + 1) == "part":
            return None
        if word in FIRST:
            inside = speaker is not None and (words.quoted[token] or word in ("i", "my", "me"))
            return (
                Found(character=speaker.character, rule="the speaker of the quotation") if inside and speaker else None
            )
        said = speaker.character if speaker is not None else None
        quoted = words.quoted[token]
        history = self._history
        found = antecedent(
            word,
            place,
            history,
            barred=said if quoted else None,
            favoured=None if quoted else said,
            says=self._sources.get((words.index, token)),
        )
        if found is None:
            return self._document(words, token) if word == "it" and (words.index, token) in self._sources else None
        if found.kind in ("person", "unknown") and found.gender is None and word in ("he", "she"):
            found.gender = "m" if word == "he" else "f"
        return Found(character=found, rule="a pronoun for who was mentioned before", literal=False)


def _asks(words: Words, place: Place) -> bool:
    """Whether somebody puts a question: the subject of "asked", or by whom another was asked."""
    verb = words.heads[place.verb] if place.role == "agent" else place.verb
    return place.role in ("nsubj", "agent") and words.paragraph.doc[verb].lemma_ in _ASKING


def _puts_forward(words: Words, token: int) -> bool:
    """Whether a noun is by whom something is put forward: "a compromise floated by the envoy"."""
    by = words.heads[token]
    return words.roles[by] == "agent" and words.paragraph.doc[words.heads[by]].lemma_ in _PUTTING_FORWARD


def _verb(words: Words, token: int) -> int:
    """The verb whose argument a token is; for "refused to see her", which has one subject for both verbs, the first."""
    verb = words.heads[token]
    for _ in range(3):
        outer = words.heads[verb]
        between = range(outer + 1, min(verb, outer + 12))
        if words.roles[verb] != "xcomp" or any(words.roles[each] == "dobj" for each in between):
            break
        verb = outer
    return verb


def head(words: Words, first: int, last: int) -> int:
    """The token that a noun phrase is about: the first noun, name or pronoun whose head lies outside the phrase."""
    nouns = ("NN", "PRP", "WP", "CD", "DT", "JJ", "WDT")
    outside = [
        token
        for token in range(first, last + 1)
        if not first <= words.heads[token] <= last or words.heads[token] == token
    ]
    for token in outside:
        if words.word(token) in _PARTS and words.word(token + 1) in ("of", ",", "who"):
            return token
        if words.tags[token].startswith(nouns[:3]) and words.tags[token] != "PRP$" or first == last:
            while token + 2 <= last and words.words[token + 1] == "-" and words.joined(token):
                token += 2
            return token
    plain = [token for token in range(first, last + 1) if words.tags[token].startswith(nouns)]
    return next((token for token in plain if words.tags[token].startswith("NN")), plain[0] if plain else first)


def is_place(words: Words, first: int) -> bool:
    """Whether a capital's name is meant as a place: "a bank in Geneva", "flew to Cairo"."""
    known = gazetteer().words
    before = first - 1 - (words.word(first - 1) == "the")
    if before < 0:
        return False
    word = words.lower[before]
    if word in known["locative"]:
        return True
    doc = words.paragraph.doc
    if word == "for":
        return doc[words.heads[before]].lemma_ in _LEFT
    if word in ("to", "from", "via", "towards", "toward", "through"):
        return doc[words.heads[before]].lemma_ in known["motion"] | known["place noun"]
    return words.roles[first] == "dobj" and doc[words.heads[first]].lemma_ in _VISITED


def listed(names: Sequence[str]) -> str:
    """Names in a row: "A, B and C"."""
    unique = list(dict.fromkeys(names))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}"


def _length(attribution: Attribution) -> int:
    return sum(span.end - span.start for span in attribution.content)
