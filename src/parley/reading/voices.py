"""Whose voice each stretch of an article is: an attribution's source, a quoted speaker who goes on, or the article.

`voices` is the main name. A quotation that nobody is named beside goes on with the one before it, or belongs to whom
the line or sentence before it introduces, or else to whoever was quoted shortly before. In an interview the answers
belong to the one who is asked, and after a name with a colon the turn is that person's.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from parley.domain.attribution import Attribution
from parley.domain.source import Span
from parley.reading.contents import completed
from parley.reading.moves import Role
from parley.reading.outsiders import Outsiders, watched
from parley.reading.own_voice import loose_quotations, own_voice
from parley.reading.parsing import Paragraph
from parley.reading.propositions import Proposition, propositions
from parley.reading.sifting import tells
from parley.reading.trees import Tree, tree
from parley.reading.turns import asks, first_person, full_names, labels, opened

__all__ = ["NOT_NAMED", "THE_ARTICLE", "Names", "Stretch", "voices"]

THE_ARTICLE = "the article"
NOT_NAMED = "not named"
NEAR = 3
ANSWERS = 2


class Names(Protocol):
    """Says whom the words of an article name."""

    def speaker(self, attribution: Attribution) -> str | None:
        """The name of the one to whom something is attributed; None where nobody can be named."""
        ...

    def named(self, paragraph: Paragraph, first: int, last: int, *, speaker: str | None) -> str | None:
        """The name that some tokens of a paragraph stand for; None where they name nobody."""
        ...

    def is_person(self, name: str) -> bool:
        """Whether a name is one of a person."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Propositions by one speaker in one paragraph, and how they are attributed.

    Attributes
    ----------
    tree : the paragraph
    found : the propositions
    speaker : who says them
    role : whether a party says them, an outsider, or the article
    cue, source : the tokens that attribute them in the same paragraph
    attribution : the attribution; absent where the article says it itself
    part_of : its id
    holder : whose wish it is, where that is another: in an interview, of whom the one who is asked tells
    sure : how sure it is that this speaker says this, 0..1
    why : which rule gave the speaker
    """

    tree: Tree
    found: tuple[Proposition, ...]
    speaker: str
    role: Role
    cue: tuple[int, ...] = ()
    source: tuple[int, ...] = ()
    attribution: Attribution | None = None
    part_of: str | None = None
    holder: str | None = None
    sure: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quoted:
    """Somebody who is quoted at a place."""

    place: int
    start: int
    speaker: str
    role: Role
    part_of: str | None = None
    direct: bool = False


def voices(
    paragraphs: Sequence[Paragraph], attributions: Sequence[Attribution], *, names: Names
) -> tuple[Stretch, ...]:
    """Give every proposition of an article to who says it.

    Parameters
    ----------
    paragraphs : the article's paragraphs, parsed; at least one
    attributions : who is said to say what, in the order of their content
    names : who is meant by a source or a noun phrase
    """
    return tuple(_Voices(paragraphs, attributions, names).all())


class _Voices:
    """The voices of one article."""

    def __init__(self, paragraphs: Sequence[Paragraph], attributions: Sequence[Attribution], names: Names) -> None:
        self.trees = [tree(paragraph) for paragraph in paragraphs]
        self.starts = [paragraph.start for paragraph in paragraphs]
        self.names = names
        self.attributions = attributions
        self.outsiders = Outsiders(self.trees)
        self.taken: list[set[int]] = [set() for _ in self.trees]
        self.heads: list[set[int]] = [set() for _ in self.trees]
        self.quoted: list[_Quoted] = []
        self.telling = [self._tells(each) for each in attributions]
        for each in itertools.compress(attributions, self.telling):
            for span in each.content:
                self._take(span, head=False)
            for named in (each.cue, each.source):
                if named:
                    self._take(named, head=True)

    def all(self) -> Iterator[Stretch]:
        """Every stretch: what is attributed, loose quotations, and the article's own."""
        floor = self._floor()
        for number, attribution in enumerate(self.attributions, start=1):
            if self.telling[number - 1]:
                yield from self._attributed(attribution, f"a{number}", floor)
        for place, each in enumerate(self.trees):
            for content in loose_quotations(each, self.taken[place]):
                yield from self._loose(place, content, floor.get(place))
            turn = floor.get(place)
            found = own_voice(each, self.taken[place], self.heads[place], answers=turn is not None)
            if turn is None:
                yield Stretch(tree=each, found=found, speaker=THE_ARTICLE, role="article", sure=0.8, why="own voice")
            else:
                yield Stretch(tree=each, found=found, speaker=turn.speaker, role=turn.role, sure=0.6, why="answers")

    def _attributed(self, attribution: Attribution, part_of: str, floor: Mapping[int, _Quoted]) -> Iterator[Stretch]:
        """The propositions of one attribution, paragraph by paragraph."""
        sourced, source = self._tokens(attribution.source)
        cued, cue = self._tokens(attribution.cue)
        speaker, why = self.names.speaker(attribution), attribution.why
        role = self.outsiders.role(self.trees[sourced], source, speaker)
        first, tokens = self._tokens(attribution.content[0])
        direct = bool(tokens) and self.trees[first].quoted[tokens[0]]
        holder, turn = None, floor.get(first)
        if speaker is None:
            found = self._unnamed(attribution, direct=direct, turn=turn)
            if found is not None:
                speaker, role, why = found.speaker, found.role, f"{why}; goes on".removeprefix("; ")
        elif turn and not direct:
            holder, speaker = speaker, turn.speaker
        if speaker:
            self.quoted.append(
                _Quoted(
                    place=first,
                    start=attribution.start,
                    speaker=speaker,
                    role=role,
                    part_of=part_of,
                    direct=direct,
                )
            )
        for place in sorted({self._place(span) for span in attribution.content}):
            each, near = self.trees[place], cue if cued == place else ()
            own = each.tokens(span for span in attribution.content if self._place(span) == place)
            content = completed(each, own, cue=near, taken=self.taken[place])
            if all(each.mark(token) or each.tags[token][0] == "W" for token in content):
                continue
            self.taken[place].update(content)
            yield Stretch(
                tree=each,
                found=propositions(each, content, cue=near),
                speaker=speaker or NOT_NAMED,
                role=role,
                cue=near,
                source=source if sourced == place else (),
                attribution=attribution,
                part_of=part_of,
                holder=holder,
                sure=attribution.confidence,
                why=why,
            )

    def _unnamed(self, attribution: Attribution, *, direct: bool, turn: _Quoted | None) -> _Quoted | None:
        """Who says what is attributed to nobody, or to a pronoun that nothing ties to a name."""
        sourced, source = self._tokens(attribution.source)
        each = self.trees[sourced]
        own = len(source) == 1 and first_person(each.words[source[0]]) and not each.quoted[source[0]]
        if own:
            return turn or _Quoted(place=sourced, start=attribution.start, speaker=THE_ARTICLE, role="article")
        if source and (len(source) > 1 or each.tags[source[0]] != "PRP"):
            return None
        first, tokens = self._tokens(attribution.content[0])
        if direct and not source and attribution.cue is None:
            return self._going_on(first, tokens[0])
        if not direct and turn is not None:
            return turn
        told = direct or bool(source) or attribution.cue is None or self._shares_subject(attribution.cue)
        return self._before(attribution.start, first) if told else None

    def _shares_subject(self, cue: Span) -> bool:
        """Whether a verb of saying follows another with the same subject: "he said …, and added …"."""
        place, tokens = self._tokens(cue)
        return any(self.trees[place].deps[token] == "conj" for token in tokens)

    def _loose(self, place: int, content: tuple[int, ...], turn: _Quoted | None) -> Iterator[Stretch]:
        """A quotation beside which no source is named."""
        each = self.trees[place]
        self.taken[place].update(content)
        found = turn if turn and turn.place == place else self._going_on(place, content[0])
        if found is None:
            return
        self.quoted.append(replace(found, place=place, start=each.starts[content[0]], direct=True))
        yield Stretch(
            tree=each,
            found=propositions(each, content),
            speaker=found.speaker,
            role=found.role,
            part_of=found.part_of,
            sure=0.6,
            why="goes on",
        )

    def _going_on(self, place: int, token: int) -> _Quoted | None:
        """Who says a quotation that nobody is named beside: who goes on, is introduced, was or will be quoted."""
        start = self.trees[place].starts[token]
        whole = self.trees[place].sentence[token] == 0
        if whole and place and opened(self.trees[place - 1]):
            same = [each for each in self.quoted if each.place == place - 1 and each.direct]
            if same:
                return max(same, key=lambda each: each.start)
        found = (self._introduced(place) if whole else None) or self._stands_before(place, token)
        return found or self._before(start, place) or self._after(start, place)

    def _before(self, start: int, place: int) -> _Quoted | None:
        """Who was named last as a source before a place, and near it."""
        near = [each for each in self.quoted if each.start < start and place - each.place <= NEAR]
        return max(near, key=lambda each: each.start, default=None)

    def _after(self, start: int, place: int) -> _Quoted | None:
        """Who is named as the source of the next quotation, in the same paragraph or the next one."""
        for number, attribution in enumerate(self.attributions, start=1):
            if attribution.start <= start:
                continue
            at, tokens = self._tokens(attribution.content[0])
            near = at <= place + 1 and tokens and self.trees[at].quoted[tokens[0]]
            speaker = self.names.speaker(attribution) if near else None
            if speaker is None:
                return None
            sourced, source = self._tokens(attribution.source)
            role = self.outsiders.role(self.trees[sourced], source, speaker)
            return _Quoted(place=at, start=attribution.start, speaker=speaker, role=role, part_of=f"a{number}")
        return None

    def _stands_before(self, place: int, token: int) -> _Quoted | None:
        """The person whom the sentence before a quotation is about, where that sentence says nothing for anybody."""
        each, at = self.trees[place], self.trees[place].sentence[token] - 1
        if at < 0 and place:
            place -= 1
            each, at = self.trees[place], len(self.trees[place].sentences) - 1
        if at < 0 or each.paragraph.kind != "prose":
            return None
        first, end = each.sentences[at]
        if any(each.quoted[near] or near in self.taken[place] for near in range(first, end)):
            return None
        root = next((near for near in range(first, end) if each.heads[near] == near), first)
        subject = each.subject(root)
        return None if subject is None else self._person(place, subject)

    def _person(self, place: int, token: int) -> _Quoted | None:
        """The person whom the phrase around a noun means; None where it means something else."""
        each = self.trees[place]
        speaker = self.names.named(each.paragraph, min(each.left[token], token), token, speaker=None)
        if speaker is None or not self.names.is_person(speaker):
            return None
        role = self.outsiders.role(each, each.below(token), speaker)
        return _Quoted(place=place, start=each.starts[token], speaker=speaker, role=role)

    def _introduced(self, place: int) -> _Quoted | None:
        """Who is named on the line before a quotation, where that ends in a colon."""
        for above in range(place - 1, max(place - NEAR, 0) - 1, -1):
            each = self.trees[above]
            words = _outermost(each)
            if not words or each.words[words[-1]] != ":":
                if words and each.quoted[words[0]] or words and each.words[words[0]][:1] in "“\"'":
                    continue
                return None
            root = next(token for token in range(len(each.words)) if each.heads[token] == token)
            subject = each.subject(root)
            top = root if subject is None else subject
            if each.tags[top][:2] not in ("NN", "PR"):
                return None
            speaker = self.names.named(each.paragraph, min(each.left[top], top), top, speaker=None)
            if speaker is None:
                return None
            role = self.outsiders.role(each, each.below(top), speaker)
            return _Quoted(place=above, start=each.starts[0], speaker=speaker, role=role)
        return None

    def _floor(self) -> dict[int, _Quoted]:
        """Whose turn each paragraph is, in interviews and where names with a colon open the lines."""
        floor: dict[int, _Quoted] = {}
        turns, turn = labels(self.trees), None
        for place in range(min(turns, default=0), len(self.trees) if turns else 0):
            if place in turns:
                turn = self._labelled(place, turns[place])
            if turn is not None and self.trees[place].paragraph.kind == "prose":
                floor[place] = turn
        asked = None if turns else self._asked()
        if asked is not None:
            answers = range(asked.place + 1, len(self.trees))
            floor.update({place: asked for place in answers if not asks(self.trees[place])})
        return floor

    def _labelled(self, place: int, colon: int) -> _Quoted | None:
        """Whom a name before a colon means: by the name, or by its initials."""
        each = self.trees[place]
        self.taken[place].update(range(colon + 1))
        label = [token.text for token in each.parsed[:colon]]
        for at, first, last in full_names(self.trees):
            other = self.trees[at]
            name = [token.text for token in other.parsed[first : last + 1]]
            fits = label[-1].lower() == name[-1].lower() or "".join(label) == "".join(word[0] for word in name)
            if fits and (found := self._person(at, last)) is not None:
                return found
        speaker = self.names.named(each.paragraph, 0, colon - 1, speaker=None)
        role = self.outsiders.role(each, tuple(range(colon)), speaker)
        return None if speaker is None else _Quoted(place=place, start=each.starts[0], speaker=speaker, role=role)

    def _asked(self) -> _Quoted | None:
        """Who answers in an interview: lines of questions, answers in the first person, and a name before them."""
        lines = [place for place, each in enumerate(self.trees) if each.words and _questions(each)]
        if len(lines) < ANSWERS or not any(self._in_first_person(place) for place in range(lines[0], len(self.trees))):
            return None
        for place, token, top in full_names(self.trees[: lines[0] + 1]):
            each = self.trees[place]
            if each.deps[top] not in ("pobj", "dobj", "nsubj", "ROOT", "appos"):
                continue
            speaker = self.names.named(each.paragraph, token, top, speaker=None)
            if speaker and " " in speaker:
                about = [lemma for above in self.trees[: lines[0]] for lemma in above.lemmas]
                role = "outsider" if watched(about) else self.outsiders.role(each, each.below(top), speaker)
                return _Quoted(place=lines[0], start=each.starts[0], speaker=speaker, role=role)
        return None

    def _in_first_person(self, place: int) -> bool:
        each = self.trees[place]
        return any(
            word in ("i", "my")
            and not each.quoted[token]
            and (token not in self.taken[place] or token in self.heads[place])
            for token, word in enumerate(each.words)
        )

    def _tells(self, attribution: Attribution) -> bool:
        place, content = self._tokens(attribution.content[0])
        (cued, cue), (sourced, source) = self._tokens(attribution.cue), self._tokens(attribution.source)
        if len(attribution.content) > 1 or cued != place:
            return True
        return tells(self.trees[place], content, cue=cue, source=source if sourced == place else ())

    def _take(self, span: Span, *, head: bool) -> None:
        place, tokens = self._tokens(span)
        self.taken[place].update(tokens)
        if head:
            self.heads[place].update(tokens)

    def _place(self, span: Span) -> int:
        """Index of the paragraph in which a span starts."""
        return max(bisect.bisect_right(self.starts, span.start) - 1, 0)

    def _tokens(self, span: Span | None) -> tuple[int, tuple[int, ...]]:
        """The paragraph and the tokens of a span; no tokens without one."""
        if span is None:
            return 0, ()
        place = self._place(span)
        return place, self.trees[place].tokens((span,))


def _questions(tree: Tree) -> bool:
    """Whether a paragraph is one line that ends in a question mark."""
    words = [word for word in tree.words if not word.isspace()]
    return bool(words) and words[-1] == "?"


def _outermost(tree: Tree) -> tuple[int, ...]:
    """The first and the last token of a paragraph that are no spaces."""
    shown = (token for token in range(len(tree.words)) if not tree.words[token].isspace())
    first = next(shown, None)
    if first is None:
        return ()
    return first, next(token for token in reversed(range(len(tree.words))) if not tree.words[token].isspace())
