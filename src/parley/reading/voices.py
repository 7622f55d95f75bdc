"""Whose voice each stretch of an article is: an attribution's source, a quoted speaker who goes on, or the article.

`voices` is the main name. A quotation that nobody is named beside goes on with the one before it, or belongs to whom
the line or sentence before it introduces, or else to whoever was quoted shortly before. In an interview the answers
belong to the one who is asked, and after a name with a colon the turn is that person's.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parley.domain.attribution import Attribution
from parley.domain.source import Span
from parley.reading.contents import completed
from parley.reading.floor import Names, Quoted, Room, floor, person_at
from parley.reading.holders import somebody
from parley.reading.moves import Role
from parley.reading.outsiders import Outsiders
from parley.reading.own_voice import loose_quotations, own_voice
from parley.reading.parsing import Paragraph
from parley.reading.propositions import Proposition, propositions
from parley.reading.sifting import tells
from parley.reading.tellers import goes_on, teller_at
from parley.reading.trees import Tree, tree
from parley.reading.turns import first_person, opened, outermost

__all__ = ["NOT_NAMED", "THE_ARTICLE", "Names", "Stretch", "voices"]

THE_ARTICLE = "the article"
NOT_NAMED = "not named"
NEAR = 3
HIGHEST = 5


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
    tellers : who says a proposition, by its index, where the grammar of its sentence names another than the speaker
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
    tellers: Mapping[int, Quoted] = field(default_factory=dict)
    holder: str | None = None
    sure: float = 1.0
    why: str = ""


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
        self.quoted: list[Quoted] = []
        self.room = Room(trees=self.trees, names=names, outsiders=self.outsiders, taken=self.taken, heads=self.heads)
        self.within: list[dict[int, Quoted]] = [{} for _ in self.trees]
        self.telling = [self._tells(each) for each in attributions]
        for each in itertools.compress(attributions, self.telling):
            for span in each.content:
                self._take(span, head=False)
            for named in (each.cue, each.source):
                if named:
                    self._take(named, head=True)

    def all(self) -> Iterator[Stretch]:
        """Every stretch: what is attributed, loose quotations, and the article's own."""
        turns = floor(self.room)
        for number, attribution in enumerate(self.attributions, start=1):
            if self.telling[number - 1]:
                yield from self._attributed(attribution, f"a{number}", turns)
        for place, each in enumerate(self.trees):
            for content in loose_quotations(each, self.taken[place]):
                yield from self._loose(place, content, turns.get(place))
            turn = turns.get(place)
            found = own_voice(each, self.taken[place], self.heads[place], answers=turn is not None)
            if turn is None:
                yield Stretch(
                    tree=each,
                    found=found,
                    speaker=THE_ARTICLE,
                    role="article",
                    tellers=self._tellers(place, found),
                    sure=0.8,
                    why="own voice",
                )
            else:
                yield Stretch(tree=each, found=found, speaker=turn.speaker, role=turn.role, sure=0.6, why="answers")

    def _attributed(self, attribution: Attribution, part_of: str, floor: Mapping[int, Quoted]) -> Iterator[Stretch]:
        """The propositions of one attribution, paragraph by paragraph."""
        sourced, source = self._tokens(attribution.source)
        cued, cue = self._tokens(attribution.cue)
        speaker, why = self.names.speaker(attribution), attribution.why
        role = self.outsiders.role(self.trees[sourced], source, speaker)
        first, tokens = self._tokens(attribution.content[0])
        direct = bool(tokens) and self.trees[first].quoted[tokens[0]]
        holder, turn = None, floor.get(first)
        if self._nobody_s(cued, cue, sourced, source):
            speaker, role = THE_ARTICLE, "article"
        if speaker is None:
            other = self._unnamed(attribution, direct=direct, turn=turn)
            if other is not None:
                speaker, role, why = other.speaker, other.role, f"{why}; goes on".removeprefix("; ")
        elif turn and not direct and not turn.asks:
            holder, speaker = speaker, turn.speaker
        if speaker:
            self.quoted.append(
                Quoted(
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
            if speaker:
                said = Quoted(place=place, start=attribution.start, speaker=speaker, role=role, part_of=part_of)
                self.within[place].update(dict.fromkeys(content, said))
            found = propositions(each, content, cue=near)
            yield Stretch(
                tree=each,
                found=found,
                tellers=self._others(place, found, near, speaker),
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

    def _tellers(self, place: int, found: Sequence[Proposition]) -> dict[int, Quoted]:
        """Who says what stands in the reporter's prose, where its sentence or the one before it tells."""
        told: dict[int, Quoted] = {}
        by_sentence: dict[int, Quoted] = {}
        each = self.trees[place]
        for index, proposition in enumerate(found):
            at = each.sentence[proposition.head]
            teller = self._hangs_from(place, proposition) or self._teller(place, proposition)
            if teller is None and goes_on(each, proposition):
                teller = by_sentence.get(at - 1) or self._said_in(place, at - 1)
            if teller is not None:
                told[index] = by_sentence[at] = teller
        for index, teller in list(told.items()):
            told.update({under: told.get(under, teller) for under in found[index].conditions})
        return told

    def _others(
        self, place: int, found: Sequence[Proposition], cue: Sequence[int], speaker: str | None
    ) -> dict[int, Quoted]:
        """Who says what an attribution takes too far: a sentence off the cue that names another between commas."""
        each, told = self.trees[place], dict[int, Quoted]()
        near = {each.sentence[token] for token in cue}
        for index, proposition in enumerate(found):
            if each.sentence[proposition.head] in near:
                continue
            if each.quoted[proposition.head]:
                first = each.sentences[each.sentence[proposition.head]][0]
                teller = self._summed_up(place, proposition.head) or (
                    self._stands_before(place, first) if near else None
                )
            else:
                teller = self._teller(place, proposition, between_commas=True)
            if teller is not None and teller.speaker != speaker:
                told[index] = teller
        return told

    def _hangs_from(self, place: int, proposition: Proposition) -> Quoted | None:
        """Who says the content on which a clause hangs: "accepted a pause, provided that it was for all"."""
        each, token = self.trees[place], proposition.head
        for _ in range(HIGHEST):
            above = each.heads[token]
            if above == token:
                return None
            if above in self.within[place]:
                return self.within[place][above]
            if proposition.condition and above in self.heads[place]:
                return self._said_in(place, each.sentence[token])
            token = above
        return None

    def _said_in(self, place: int, sentence: int) -> Quoted | None:
        """Who says the last words that are attributed in a sentence."""
        if sentence < 0:
            return None
        first, end = self.trees[place].sentences[sentence]
        return next((self.within[place][at] for at in range(end - 1, first - 1, -1) if at in self.within[place]), None)

    def _teller(self, place: int, proposition: Proposition, *, between_commas: bool = False) -> Quoted | None:
        """Whom the grammar of a sentence names as the one who says a proposition in it."""
        each = self.trees[place]
        named = teller_at(each, proposition, between_commas=between_commas)
        speaker = None if named is None else self.names.named(each.paragraph, *named, speaker=None)
        if named is None or speaker is None:
            return None
        alone = named[0] == named[1] and each.tags[named[0]] == "NN"
        if alone and not somebody(each, named[0]) and not self.names.is_person(speaker):
            return None
        tokens = tuple(range(named[0], named[1] + 1))
        role = self.outsiders.role(each, tokens, speaker)
        return Quoted(place=place, start=each.starts[named[0]], speaker=speaker, role=role, named=tokens)

    def _nobody_s(self, cued: int, cue: Sequence[int], sourced: int, source: Sequence[int]) -> bool:
        """Whether it only seems so to the reporter, or nobody says it: "appears to have", "nobody can say whether"."""
        seems = not source and any(self.trees[cued].lemmas[token] in ("appear", "seem") for token in cue)
        return seems or bool(source) and self.trees[sourced].words[source[0]] in ("nobody", "neither", "none")

    def _unnamed(self, attribution: Attribution, *, direct: bool, turn: Quoted | None) -> Quoted | None:
        """Who says what is attributed to nobody, or to a pronoun that nothing ties to a name."""
        sourced, source = self._tokens(attribution.source)
        each = self.trees[sourced]
        own = len(source) == 1 and first_person(each.words[source[0]]) and not each.quoted[source[0]]
        if own:
            return turn or Quoted(place=sourced, start=attribution.start, speaker=THE_ARTICLE, role="article")
        if source and (len(source) > 1 or each.tags[source[0]] != "PRP"):
            return None
        first, tokens = self._tokens(attribution.content[0])
        if not source and attribution.cue is None and tokens and (direct or turn is None):
            return self._going_on(first, tokens[0])
        if not direct and turn is not None:
            return turn
        told = direct or bool(source) or attribution.cue is None or self._shares_subject(attribution.cue)
        return self._before(attribution.start, first) if told else None

    def _shares_subject(self, cue: Span) -> bool:
        """Whether a verb of saying follows another with the same subject: "he said …, and added …"."""
        place, tokens = self._tokens(cue)
        each = self.trees[place]
        return any(each.deps[at] == "conj" or each.deps[at] == "advcl" and each.tags[at] == "VBG" for at in tokens)

    def _loose(self, place: int, content: tuple[int, ...], turn: Quoted | None) -> Iterator[Stretch]:
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

    def _going_on(self, place: int, token: int) -> Quoted | None:
        """Who says a quotation that nobody is named beside: who goes on, is introduced, was or will be quoted."""
        start = self.trees[place].starts[token]
        whole = self.trees[place].sentence[token] == 0
        if whole and place and opened(self.trees[place - 1]):
            same = [each for each in self.quoted if each.place == place - 1 and each.direct]
            if same:
                return max(same, key=lambda each: each.start)
        found = self._summed_up(place, token) or (self._introduced(place) if whole else None)
        found = found or self._stands_before(place, token)
        return found or self._before(start, place) or self._after(start, place)

    def _summed_up(self, place: int, token: int) -> Quoted | None:
        """Who says a quotation of which the sentence, or the next one, says "that is how she puts it"."""
        each = self.trees[place]
        at = each.sentence[token]
        for first, end in each.sentences[at : at + 2]:
            if first > token and each.words[first] not in ("that", "this", "so"):
                return None
            for how in range(first, end):
                subject = each.subject(each.heads[how]) if each.words[how] == "how" and not each.quoted[how] else None
                if subject is not None:
                    return person_at(self.room, place, subject, anybody=True)
        return None

    def _before(self, start: int, place: int) -> Quoted | None:
        """Who was named last as a source before a place, and near it."""
        near = [each for each in self.quoted if each.start < start and place - each.place <= NEAR]
        return max(near, key=lambda each: each.start, default=None)

    def _after(self, start: int, place: int) -> Quoted | None:
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
            return Quoted(place=at, start=attribution.start, speaker=speaker, role=role, part_of=f"a{number}")
        return None

    def _stands_before(self, place: int, token: int) -> Quoted | None:
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
        return None if subject is None else person_at(self.room, place, subject)

    def _introduced(self, place: int) -> Quoted | None:
        """Who is named on the line before a quotation, where that ends in a colon."""
        for above in range(place - 1, max(place - NEAR, 0) - 1, -1):
            each = self.trees[above]
            words = outermost(each)
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
            return Quoted(place=above, start=each.starts[0], speaker=speaker, role=role)
        return None

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
