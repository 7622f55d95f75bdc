"""Whose voice each stretch of an article is: an attribution's source, a quoted speaker who goes on, or the article.

`voices` is the main name. A quotation that nobody is named beside belongs to whoever was quoted shortly before, or to
the name on a line that ends in a colon. In an interview the answers belong to the one who is asked.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from parley.domain.attribution import Attribution
from parley.domain.source import Span
from parley.reading.contents import completed
from parley.reading.moves import Role
from parley.reading.outsiders import Outsiders, watched
from parley.reading.own_voice import loose_quotations, own_voice
from parley.reading.parsing import Paragraph
from parley.reading.propositions import Proposition, propositions
from parley.reading.trees import Tree, tree

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
        for each in attributions:
            for span in each.content:
                self._take(span, head=False)
            for named in (each.cue, each.source):
                if named:
                    self._take(named, head=True)

    def all(self) -> Iterator[Stretch]:
        """Every stretch: what is attributed, loose quotations, and the article's own."""
        asked = self._asked()
        for number, attribution in enumerate(self.attributions, start=1):
            yield from self._attributed(attribution, f"a{number}", asked)
        for place, each in enumerate(self.trees):
            for content in loose_quotations(each, self.taken[place]):
                yield from self._loose(place, content)
            found = own_voice(each, self.taken[place], self.heads[place])
            if asked and place > asked.place and not _asks(each):
                yield Stretch(tree=each, found=found, speaker=asked.speaker, role=asked.role, sure=0.6, why="answers")
            else:
                yield Stretch(tree=each, found=found, speaker=THE_ARTICLE, role="article", sure=0.8, why="own voice")

    def _attributed(self, attribution: Attribution, part_of: str, asked: _Quoted | None) -> Iterator[Stretch]:
        """The propositions of one attribution, paragraph by paragraph."""
        sourced, source = self._tokens(attribution.source)
        cued, cue = self._tokens(attribution.cue)
        speaker, why = self.names.speaker(attribution), attribution.why
        role = self.outsiders.role(self.trees[sourced], source, speaker)
        first, tokens = self._tokens(attribution.content[0])
        direct = bool(tokens) and self.trees[first].quoted[tokens[0]]
        before = self._before(attribution.start, first) if direct or not (asked and first > asked.place) else asked
        each = self.trees[sourced]
        unnamed = not source or len(source) == 1 and each.tags[source[0]] == "PRP"
        holder = None
        if speaker is None and unnamed and before:
            speaker, role, why = before.speaker, before.role, f"{why}; goes on".removeprefix("; ")
        elif speaker and asked and first > asked.place and not direct:
            holder, speaker = speaker, asked.speaker
        if speaker:
            self.quoted.append(
                _Quoted(place=first, start=attribution.start, speaker=speaker, role=role, part_of=part_of)
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

    def _loose(self, place: int, content: tuple[int, ...]) -> Iterator[Stretch]:
        """A quotation beside which no source is named: whoever was introduced or quoted before says it."""
        each = self.trees[place]
        self.taken[place].update(content)
        before = self._introduced(place) or self._before(each.starts[content[0]], place)
        if before is None:
            return
        yield Stretch(
            tree=each,
            found=propositions(each, content),
            speaker=before.speaker,
            role=before.role,
            part_of=before.part_of,
            sure=0.6,
            why="goes on",
        )

    def _before(self, start: int, place: int) -> _Quoted | None:
        """Who was named last as a source before a place, and near it."""
        near = [each for each in self.quoted if each.start < start and place - each.place <= NEAR]
        return max(near, key=lambda each: each.start, default=None)

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
            speaker = self.names.named(each.paragraph, min(each.left[top], top), top, speaker=None)
            if speaker is None:
                return None
            role = self.outsiders.role(each, each.below(top), speaker)
            return _Quoted(place=above, start=each.starts[0], speaker=speaker, role=role)
        return None

    def _asked(self) -> _Quoted | None:
        """Who answers in an interview: lines of questions, answers in the first person, and a name before them."""
        lines = [place for place, each in enumerate(self.trees) if _asks(each)]
        if len(lines) < ANSWERS or not any(self._in_first_person(place) for place in range(lines[0], len(self.trees))):
            return None
        for place in range(lines[0] + 1):
            each = self.trees[place]
            for token in range(len(each.words) - 1):
                full = each.tags[token] == each.tags[token + 1] == "NNP" and each.deps[token] == "compound"
                top = each.heads[token]
                if full and each.deps[top] in ("pobj", "dobj", "nsubj", "ROOT", "appos"):
                    speaker = self.names.named(each.paragraph, token, top, speaker=None)
                    if speaker and " " in speaker:
                        about = [lemma for above in self.trees[: lines[0]] for lemma in above.lemmas]
                        role = "outsider" if watched(about) else self.outsiders.role(each, each.below(top), speaker)
                        start = each.starts[0]
                        return _Quoted(place=lines[0], start=start, speaker=speaker, role=role)
        return None

    def _in_first_person(self, place: int) -> bool:
        each = self.trees[place]
        return any(
            word in ("i", "my")
            and not each.quoted[token]
            and (token not in self.taken[place] or token in self.heads[place])
            for token, word in enumerate(each.words)
        )

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


def _asks(tree: Tree) -> bool:
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
