"""Who speaks in an article and who is meant. `cast` is the main name.

A sieve: what is sure decides first. Full names, then parts of them, then roles that the article gives, then capitals
and seats of government for their states, then descriptions in their own words; pronouns last, by who was mentioned
shortly before. Inside a quotation "I" and "we" are its speaker, and "he" and "she" never are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from parley.domain.attribution import Attribution
from parley.domain.source import Article, Span
from parley.reading.datelines import reported_by
from parley.reading.extents import in_list, low_joined, one_name, told_apart
from parley.reading.gazetteer import gazetteer
from parley.reading.misplaced import whole
from parley.reading.named_roles import coloured
from parley.reading.offices import HUMAN, name_after_office
from parley.reading.papers import OWN_PAPERS, PLANS, WRITINGS, author_told, bare_statement, paper_meant
from parley.reading.parsing import Paragraph
from parley.reading.people import Character
from parley.reading.pronouns import FIRST, SECOND, THIRD
from parley.reading.scene import Found, Scene, own_words
from parley.reading.sources import narrowed, rumoured, teller_of, trimmed
from parley.reading.standing import head, is_place, row_root
from parley.reading.telling import Telling, listed
from parley.reading.tokens import Words, lexicon

__all__ = ["Cast", "Entity", "Resolution", "cast"]

_SOME = frozenset(["many", "some", "several", "most", "few", "all", "other", "numerous", "various", "certain", "any"])
_BODIES = lexicon(
    "group organisation organization party movement union charity institute firm company campaign network lobby"
)
_BEFORE_ROLE = lexicon("the a an known as called named retired former veteran senior local")
_BEFORE_NAME = frozenset([",", "named", "called"])
_BARE = frozenset(["the", "those", "these"])
_ANYBODY = frozenset(["people", "persons", "individuals", "men", "women"])
_JOINING = frozenset(["and", "or", "&", "nor", "plus", "with", "/"])
_CUT = frozenset(["who", "whose", "which", "whom"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Whom words mean, and how that was found.

    Attributes
    ----------
    name : the fullest name that the article gives; None where nothing tells
    rule : which rule found it, for a reader to check
    """

    name: str | None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something that an article speaks of.

    Attributes
    ----------
    name : the fullest name that the article gives
    kind : person, state, organisation, group, or unknown
    mentions : where it is named, described or meant, in order
    """

    name: str
    kind: str
    mentions: tuple[Span, ...]


def cast(paragraphs: Sequence[Paragraph], attributions: Sequence[Attribution], *, article: Article) -> Cast:
    """Find out who speaks in an article and who is meant.

    Parameters
    ----------
    paragraphs : the whole article, in order
    attributions : what is attributed in it, and to which words
    article : the article itself

    Returns
    -------
    the cast, which can be asked for the speaker of an attribution and for whom any noun phrase means
    """
    return Cast(paragraphs, attributions, article=article)


class Cast:
    """The people, states, organisations and groups of an article.

    Parameters
    ----------
    paragraphs, attributions, article : as for `cast`
    """

    def __init__(
        self, paragraphs: Sequence[Paragraph], attributions: Sequence[Attribution], *, article: Article
    ) -> None:
        self.article = article
        self._scene = Scene(paragraphs)
        self._starts = [paragraph.start for paragraph in paragraphs]
        self._telling = Telling(self._scene, self._starts, attributions)
        for attribution in attributions:
            self._name_fully(attribution)

    def _name_fully(self, attribution: Attribution) -> None:
        """Let an unnamed source keep the words that describe it best, also where "he" or "the official" means it."""
        found = self._telling.source(attribution)
        if found is None or not found.literal or found.character.kind != "group":
            return
        name, shown = self.speaker(attribution), found.character.name
        if name is not None and name.startswith(shown) and " and " not in name[len(shown) :]:
            found.character.name = name

    def speaker(self, attribution: Attribution) -> str | None:
        """The name of who says an attribution's content; None where nothing tells.

        Parameters
        ----------
        attribution : one of the article
        """
        return self.speaker_found(attribution).name

    def speaker_found(self, attribution: Attribution) -> Resolution:
        """As `speaker`, with the rule that found it."""
        source = attribution.source
        tokens = self._rumoured(attribution) if source is None else self._telling.tokens(source)
        if tokens is None:
            return Resolution(name=None, rule="no source is named")
        index, first, last = tokens
        first, last = whole(self._scene.words[index], first, last)
        verb = self._verb(attribution, index)
        if verb is not None:
            first, last = narrowed(self._scene.words[index], first, last, verb)
        else:
            first, last = reported_by(self._scene.words[index], first, last)
        return self._resolve(index, first, last, speaker=None)

    def _rumoured(self, attribution: Attribution) -> tuple[int, int, int] | None:
        """The paragraph and the words for those among whom it is said, where no source is found."""
        cue = None if attribution.cue is None else self._telling.tokens(attribution.cue)
        verb = None if cue is None else self._verb(attribution, cue[0])
        if cue is None or verb is None:
            return None
        content = self._telling.tokens(attribution.content[0])
        taken = frozenset(range(content[1], content[2] + 1)) if content and content[0] == cue[0] else frozenset[int]()
        words = self._scene.words[cue[0]]
        found = rumoured(words, verb) or (None if words.quoted[verb] else teller_of(words, verb, taken))
        return None if found is None else (cue[0], *found)

    def _verb(self, attribution: Attribution, index: int) -> int | None:
        """The first verb of the words that attribute, where they stand in the same paragraph."""
        cue = None if attribution.cue is None else self._telling.tokens(attribution.cue)
        if cue is None or cue[0] != index:
            return None
        words = self._scene.words[index]
        verbs = [token for token in range(cue[1], cue[2] + 1) if words.tags[token].startswith("VB")]
        return next((token for token in verbs if words.roles[token] not in ("aux", "auxpass")), None)

    def named(self, paragraph: Paragraph, first: int, last: int, *, speaker: str | None) -> str | None:
        """Whom a noun phrase means; None where nothing tells.

        Parameters
        ----------
        paragraph : one of the article
        first, last : its tokens, both included
        speaker : whose words it stands in, by name; None where it is the article's own
        """
        return self.named_found(paragraph, first, last, speaker=speaker).name

    def is_person(self, name: str, *, perhaps: bool = False) -> bool:
        """Whether a name is one of a person.

        Parameters
        ----------
        name : as `speaker` or `named` gives it
        perhaps : whether a lone name will do of which nothing tells what it is
        """
        kinds = ("person", "unknown") if perhaps else ("person",)
        return any(each.name == name and each.kind in kinds for each in self._scene.roll.people)

    def speaks_for(self, person: str, body: str) -> bool:
        """Whether a person has an office of a state or an organisation, as far as the article tells.

        Parameters
        ----------
        person, body : as `speaker` or `named` gives them
        """
        roll = self._scene.roll
        who = next((each for each in roll.people if each.name == person), None)
        if who is None:
            return False
        places = {who.state, who.body, *(role.place for role in who.roles if not role.former)} - {None, ""}
        sides = (each for each in roll.all() if each.name == body and each.kind != "person")
        return any(places & {each.key, each.state, each.name.lower()} for each in sides)

    def named_found(self, paragraph: Paragraph, first: int, last: int, *, speaker: str | None) -> Resolution:
        """As `named`, with the rule that found it."""
        index = bisect_right(self._starts, paragraph.start) - 1
        return self._resolve(index, first, last, speaker=speaker)

    def entities(self) -> tuple[Entity, ...]:
        """Everybody and everything that the article speaks of, in the order of the first mention."""
        return tuple(
            Entity(name=each.name, kind=each.kind, mentions=tuple(sorted(set(each.mentions), key=_order)))
            for each in self._scene.roll.all()
        )

    def _resolve(self, index: int, first: int, last: int, *, speaker: str | None) -> Resolution:
        words = self._scene.words[index]
        first, last = trimmed(words, first, last)
        if first > last or first == last and words.tags[first] == "RB":
            return Resolution(name=None, rule="no word that names anybody stands there")
        top = coloured(words, self._top(words, first, last), self._scene.runs[index])
        word = words.lower[top]
        if word in SECOND:
            return Resolution(name=None, rule="the person addressed is not known")
        if word in FIRST:
            return self._first_person(words, top, speaker)
        if word == "that" and words.tags[top] == "WDT" and (paper := paper_meant(words, top)) is not None:
            return self._resolve(index, *paper, speaker=None)
        found = self._telling.meant(index, top)
        if found is not None and word in _CUT:
            return Resolution(name=found.character.name, rule=found.rule)
        if words.lower[first] in _SOME:
            return Resolution(name=self._literal(words, first, last, last), rule="its own words")
        together = self._together(words, (first, last), top, found)
        if together is not None:
            return together
        if word in THIRD:
            own = found is not None and words.quoted[top] and found.character.name == speaker
            return (
                Resolution(name=None, rule="nobody fits the pronoun")
                if found is None or own
                else Resolution(name=found.character.name, rule=found.rule)
            )
        return self._described(words, (first, last), top, found)

    def _top(self, words: Words, first: int, last: int) -> int:
        """The token that a phrase is about: a relative pronoun or name that opens it, one that ends it, or its head."""
        if words.lower[first] in _CUT - {"whose"} and not words.words[first].isupper():
            return first
        top = self._named_first(words, first, last)
        if top is None:
            top = name_after_office(words, self._scene.runs[words.index], first, last)
        return head(words, first, last) if top is None else top

    def _described(self, words: Words, span: tuple[int, int], top: int, found: Found | None) -> Resolution:
        """Whom a name or a description means."""
        first, last = span
        author = self._author(words, first, last, top) if words.lower[top] in WRITINGS | PLANS else None
        if author is not None:
            return author
        if found is None or found.literal:
            beside = self._beside(words, top, last)
            if beside is not None:
                return Resolution(name=beside.character.name, rule="the name beside the description")
            name = self._literal(words, first, last, top)
            whole = found.character.name if found is not None and found.character.kind == "group" else name
            longer = first == top and whole.lower().startswith(f"{name.lower()} ")
            return Resolution(name=whole if longer else name, rule="its own words")
        if found.place and is_place(words, _start(self._scene, words, top)):
            return Resolution(name=self._literal(words, first, last, top), rule="a place")
        return Resolution(name=found.character.name, rule=found.rule)

    def _named_first(self, words: Words, first: int, last: int) -> int | None:
        """The last token of a person's name that opens a phrase and owns nothing in it."""
        runs = self._scene.runs[words.index]
        at = bisect_left(runs, first, key=lambda each: each.start)
        if at == len(runs) or runs[at].start != first:
            return None
        run = runs[at]
        if run.kind != "person" or run.modifier or run.last > last:
            return None
        return None if words.word(run.last + 1) in ("'s", "and", "or", "-", "&") else run.last

    def _beside(self, words: Words, top: int, last: int) -> Found | None:
        """The person whose name follows a description of one person after a comma: "its regional head, Jon Asker"."""
        partly = words.lower[top] in ("one", "another", "other")
        if words.tags[top] not in ("NN", "NNP") and not partly:
            return None
        runs, nouns = self._scene.runs[words.index], gazetteer().nouns
        for run in runs[bisect_right(runs, top, key=lambda each: each.start) :]:
            if run.start > last:
                break
            opens = self._opening(words, top, run.start)
            body = (
                run.kind == "organisation"
                and words.word(run.start - 1) in ("the", ",")
                and words.word(run.last + 1) == ","
            )
            opens -= body and words.word(opens - 1) == "the"
            if words.lower[opens - 1] in _BEFORE_NAME and (run.kind in ("person", "unknown") or partly or body):
                between = words.tags[top + 1 : opens - 1]
                closed = run.last >= last or words.word(run.last + 1) in (",", "(", "who", "of")
                apposed = any(
                    words.roles[at] == "appos" and words.heads[at] == top for at in range(run.first, run.last + 1)
                )
                verbs = any(
                    tag in ("VBD", "VBZ", "VBP", "MD", "WP", "WDT") or tag == "CC" and not apposed for tag in between
                )
                set_off = opens != run.start or words.word(run.last + 1) == "," and nouns.get(words.lower[top]) in HUMAN
                if closed and not verbs and (set_off or words.roles[run.last] != "pobj"):
                    return self._telling.meant(words.index, run.last)
        return None

    @staticmethod
    def _opening(words: Words, top: int, start: int) -> int:
        """Where what describes a name begins before it: at "the" in "the historian Jon Asker"."""
        nouns, token = gazetteer().nouns, start
        while token - 1 > top + 1 and (
            words.tags[token - 1] == "POS"
            or words.tags[token] == "POS"
            or words.word(token - 1) in _BEFORE_ROLE
            or nouns.get(words.word(token - 1)) in HUMAN
        ):
            token -= 1
        return token if words.word(token - 1) == "," else start

    def _author(self, words: Words, first: int, last: int, top: int) -> Resolution | None:
        """Whose paper or statement it is, where the phrase tells: "her letter", "a statement from the authority"."""
        if words.tags[first] == "PRP$":
            owner = self._telling.meant(words.index, first)
            known = owner is not None and (words.lower[top] in OWN_PAPERS or owner.character.kind != "group")
            return Resolution(name=owner.character.name, rule="whose paper it is") if owner and known else None
        told = author_told(words, self._scene.runs[words.index], self._telling, (first, last), top)
        if told is not None:
            return self._resolve(words.index, *told, speaker=None)
        alone = bare_statement(words, self._telling, first, top)
        issuer = self._telling.issuer(words.index, first) if alone else None
        return None if issuer is None else Resolution(name=issuer.character.name, rule=issuer.rule)

    def _first_person(self, words: Words, token: int, speaker: str | None) -> Resolution:
        found = self._telling.meant(words.index, token)
        name = speaker or (found.character.name if found is not None else None)
        return Resolution(name=name, rule="the speaker of the quotation" if name else "nobody is quoted here")

    def _together(self, words: Words, span: tuple[int, int], top: int, found: Found | None) -> Resolution | None:
        """Several who are named together keep all their names; where one has none, all keep their own words."""
        first, last = span
        members, others = {top}, list[int]()
        for token in range(top + 1, last + 1):
            if row_root(words, token) in members and token not in members and words.heads[token] in members:
                members.add(token)
                inner = one_name(words, self._scene.runs[words.index], token)
                others += [] if inner or low_joined(words, top, token) else [token]
        if not others or any(words.word(token) in _CUT for token in range(first, others[-1])):
            return None
        if len(others) == 1 and words.tags[others[0]] == "NNP" and _JOINING.isdisjoint(words.lower[top : last + 1]):
            return None
        all_found = [found, *(self._telling.meant(words.index, token) for token in others)]
        if any(each is None or each.literal for each in all_found):
            shared = found is not None and not found.literal and found.character.kind == "person"
            return (
                None
                if shared and words.word(words.paragraph.doc[others[0]].left_edge.i - 1) not in ("and", "or")
                else Resolution(name=self._literal(words, first, last, others[-1]), rule="its own words")
            )
        return Resolution(name=listed([each.character.name for each in all_found if each]), rule="named together")

    def _literal(self, words: Words, first: int, last: int, top: int) -> str:
        """The words themselves, with whom a possessive pronoun at their start means.

        They end before a relative clause, unless a bare noun says nothing without it, as in "the men who wait".
        """
        counted = words.tags[first] == "CD" and words.lower[top] in _ANYBODY
        bare = top == first + (counted or words.lower[first] in _BARE) and words.tags[top] == "NNS"
        cut = {","} if bare else _CUT | {","}
        ends = (token for token in range(top + 1, last + 1) if words.lower[token] in cut and not in_list(words, token))
        end = told_apart(words, first, next(ends, last + 1) - 1)
        if words.word(end) == ")" and end - 3 >= top and words.word(end - 2) == "(" and words.words[end - 1].isupper():
            end -= 3
        pronoun = words.tags[first] in ("PRP$", "PRP") and first < end
        owner = self._telling.meant(words.index, first) if pronoun else None
        if owner is not None and owner.character.kind != "group":
            name, owns = owner.character.name, words.tags[first] == "PRP$"
            body = self._body_of(owner.character) if words.lower[end] in _BODIES and end == first + 1 else None
            ending = ("'" if name.endswith("s") else "'s") if owns else ""
            return body if owns and body is not None else f"{name}{ending} {words.extent(first + 1, end)}"
        return own_words(words, first, end)

    def _body_of(self, person: Character) -> str | None:
        """The organisation that a person is said to belong to or to lead."""
        places = [person.body, *(role.place for role in reversed(person.roles) if not role.former)]
        found = (self._scene.roll.bodies.get(place or "") for place in places)
        return next((body.name for body in found if body is not None), None)


def _start(scene: Scene, words: Words, token: int) -> int:
    """The first token of the name that a token belongs to."""
    return next((run.first for run in scene.runs[words.index] if run.start <= token <= run.last), token)


def _order(span: Span) -> tuple[int, int]:
    return span.start, span.end
