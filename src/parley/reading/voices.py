"""Whose voice each stretch of an article is: an attribution's source, a quoted speaker who goes on, or the article.

`voices` is the main name. A quotation that nobody is named beside goes on with the one before it, or belongs to whom
the line or sentence before it introduces, or else to whoever was quoted shortly before. In an interview the answers
belong to the one who is asked, and after a name with a colon the turn is that person's.

Longer than other modules: all ways in which a stretch finds its speaker share the state of one pass.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parley.domain.attribution import Attribution
from parley.domain.source import Span
from parley.reading.asides import credited_over
from parley.reading.beside import (
    asked_by,
    asked_of,
    doer,
    introduced,
    named_at,
    nobody_says,
    only_dates,
    owner_of,
    says_something,
    shares_subject,
    source_at,
    stands_after,
    stands_before,
)
from parley.reading.closing import apart, around, closing, joined_on
from parley.reading.contents import completed
from parley.reading.continuing import GOES_ON, Judge, carried, echo, said_in, told_freely
from parley.reading.dialogue import replies
from parley.reading.floor import answers_reporter, floor, laid_out
from parley.reading.hanging import behind, hangs_from
from parley.reading.holders import Place, somebody
from parley.reading.interviews import interview
from parley.reading.messages import in_capitals, paper_before
from parley.reading.minds import wished_behind
from parley.reading.minutes import keeps_minutes
from parley.reading.moves import Role
from parley.reading.named_within import answerer, hears, judged_by, named_in
from parley.reading.outsiders import Outsiders
from parley.reading.own_voice import loose_quotations, own_voice
from parley.reading.parsing import Paragraph
from parley.reading.plans import Plans
from parley.reading.prompts import unquoted
from parley.reading.propositions import Proposition, propositions
from parley.reading.room import THE_ARTICLE, Names, Quoted, Room
from parley.reading.sifting import of_nobody, tells
from parley.reading.spokesmen import for_ones_side, spoken_for
from parley.reading.stances import holding
from parley.reading.standpoints import of_persons_only
from parley.reading.summing_up import summed_up
from parley.reading.tellers import reports, teller_at
from parley.reading.trees import Tree, tree
from parley.reading.turns import first_person, opened

__all__ = ["NOT_NAMED", "THE_ARTICLE", "Names", "Stretch", "voices"]

NOT_NAMED = "not named"
CLOSES = "closes the sentence"
_WISHING = frozenset({"want", "wish", "hope", "expect", "need", "demand", "seek"})
BEFORE, NEAR, OPENING = "named before", 3, 3


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
    paragraphs: Sequence[Paragraph], attributions: Sequence[Attribution], *, names: Names, judge: Judge | None = None
) -> tuple[Stretch, ...]:
    """Give every proposition of an article to who says it.

    Parameters
    ----------
    paragraphs : the article's paragraphs, parsed; at least one
    attributions : who is said to say what, in the order of their content
    names : who is meant by a source or a noun phrase
    judge : how likely a sentence without a source goes on with the last speaker; by the weights that ship where absent
    """
    return tuple(_Voices(paragraphs, attributions, names, judge).all())


class _Voices:
    """The voices of one article."""

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        attributions: Sequence[Attribution],
        names: Names,
        judge: Judge | None = None,
    ) -> None:
        self.judge = judge
        trees = [tree(paragraph) for paragraph in paragraphs]
        asked = interview(trees)
        self.put = set[int]() if asked is None else set(asked.put)
        self.trees = [unquoted(each) if place in self.put else each for place, each in enumerate(trees)]
        self.starts = [paragraph.start for paragraph in paragraphs]
        self.names = names
        self.outsiders = Outsiders(self.trees)
        self.taken: list[set[int]] = [set() for _ in self.trees]
        self.heads: list[set[int]] = [set() for _ in self.trees]
        self.quoted: list[Quoted] = []
        self.room = Room(
            trees=self.trees,
            names=names,
            outsiders=self.outsiders,
            taken=self.taken,
            heads=self.heads,
            minutes=keeps_minutes(self.trees),
            interview=asked,
        )
        self.plans = Plans(self.room)
        self.within: list[dict[int, Quoted]] = [{} for _ in self.trees]
        self.prose: list[dict[int, Quoted]] = [{} for _ in self.trees]
        talk = laid_out(self.trees, asked)
        self.attributions = [self._in_its_turn(each, talk) for each in attributions] if talk else attributions
        self.telling = [self._tells(each, talk) for each in self.attributions]
        self.replies = replies(self.room, self._beside())
        for each in itertools.compress(self.attributions, self.telling):
            for span in each.content:
                self._take(span, head=False)
            for named in (each.cue, each.source):
                if named:
                    self._take(named, head=True)

    def all(self) -> Iterator[Stretch]:
        """Every stretch: what is attributed, loose quotations, and the article's own."""
        turns = floor(self.room)
        self.put |= {place for place, turn in turns.items() if turn.asks}
        for number, attribution in enumerate(self.attributions, start=1):
            if self.telling[number - 1]:
                yield from self._attributed(attribution, f"a{number}", turns)
        for place, each in enumerate(self.trees):
            for content in loose_quotations(each, self.taken[place]):
                yield from self._loose(place, content, turns.get(place))
            self.plans.learn(place)
            turn = turns.get(place)
            found = own_voice(each, self.taken[place], self.heads[place], answers=turn is not None)
            if turn is None:
                turn = Quoted(place=place, start=each.starts[0], speaker=THE_ARTICLE, role="article", asks=True)
            own = turn.speaker == THE_ARTICLE
            yield Stretch(
                tree=each,
                found=found,
                speaker=turn.speaker,
                role=turn.role,
                tellers=self._tellers(place, found) if turn.asks else {},
                sure=0.8 if own else 0.6,
                why="own voice" if own else "asks" if turn.asks else "answers",
            )

    def _beside(self) -> dict[int, Quoted]:
        """By paragraph, the first who is named as saying what is quoted in it."""
        found: dict[int, Quoted] = {}
        for each in itertools.compress(self.attributions, self.telling):
            place, source = self._tokens(each.source)
            first, content = self._tokens(each.content[0])
            speaker = self.names.speaker(each) if source and first == place else None
            if speaker is not None and place not in found and any(self.trees[place].quoted[token] for token in content):
                role = self.outsiders.role(self.trees[place], source, speaker)
                found[place] = Quoted(place=place, start=each.start, speaker=speaker, role=role)
        return found

    def _attributed(self, attribution: Attribution, part_of: str, floor: Mapping[int, Quoted]) -> Iterator[Stretch]:
        """The propositions of one attribution, paragraph by paragraph."""
        sourced, source = self._tokens(attribution.source)
        cued, cue = self._tokens(attribution.cue)
        first, tokens = self._tokens(attribution.content[0])
        direct = bool(tokens) and self.trees[first].quoted[tokens[0]]
        turn = floor.get(first)
        speaker, role, why = self._said_by(attribution, direct=direct, turn=turn)
        holder = None
        named = speaker != THE_ARTICLE and self.names.speaker(attribution) is not None
        within = sourced == first and any(self.trees[first].quoted[token] for token in source)
        if named and turn and (within or not direct) and not turn.asks:
            holder, speaker = speaker, turn.speaker
        alone = not direct and not turn
        freely = told_freely(self.room, self.within, cued, cue) if alone and (named or not source) else None
        side = alone and speaker != THE_ARTICLE and (sourced == cued or not source)
        chief = for_ones_side(self.room, self.within, cued, source, cue) if side else None
        last = self._closed_by(cued, cue, source if sourced == cued else ()) if alone else None
        if last is None and alone and not source and first == cued:
            last = self._closed_by(cued, cue, (), tokens)
        if last is not None:
            holder, speaker, role = None if last.why else speaker, last.speaker, last.role
        elif freely is not None:
            holder, speaker, role = speaker, freely.speaker, freely.role
        elif chief is not None:
            speaker, role = chief.speaker, chief.role
        by = named_at(self.room, sourced, (source[0], source[-1])) if source and why.endswith(BEFORE) else None
        if speaker and speaker not in (THE_ARTICLE, NOT_NAMED):
            asks = not direct and asked_by(self.room, cued, cue) is not None
            said = Quoted(place=first, start=attribution.start, speaker=speaker, role=role, part_of=part_of)
            self.quoted.append(replace(said, direct=direct, asks=asks))
        for place in sorted({self._place(span) for span in attribution.content}):
            each, near = self.trees[place], cue if cued == place else ()
            own = each.tokens(span for span in attribution.content if self._place(span) == place)
            content = completed(each, own, cue=near, taken=self.taken[place])
            if all(each.mark(token) or each.tags[token][0] == "W" for token in content):
                continue
            self.taken[place].update(content)
            reply = self.replies.get(place)
            who, their = (reply.speaker, reply.role) if reply else (speaker, role)
            if who:
                said = Quoted(place=place, start=attribution.start, speaker=who, role=their, part_of=part_of)
                self.within[place].update(dict.fromkeys(content, said))
            found = propositions(each, content, cue=near)
            yield Stretch(
                tree=each,
                found=found,
                tellers=self._others(place, found, near, who, replaced=by),
                speaker=who or NOT_NAMED,
                role=their,
                cue=near,
                source=source if sourced == place else (),
                attribution=attribution,
                part_of=part_of,
                holder=holder,
                sure=attribution.confidence,
                why=why,
            )

    def _closed_by(
        self, place: int, cue: Sequence[int], source: Sequence[int], content: Sequence[int] = ()
    ) -> Quoted | None:
        """Who says, by words at the end of a sentence, what an attribution within it gives to somebody else."""
        each = self.trees[place]
        above = self._named(place, wished_behind(each, cue) or credited_over(each, cue))
        if above is not None and above.speaker != THE_ARTICLE:
            return replace(above, why="")
        last = closing(each, (source or content or cue)[0]) if cue else None
        last = last or around(each, cue)
        if last is None or last.inside is None and source and last.named[0] <= source[0] <= last.named[1]:
            return None
        found = source_at(self.room, place, last.named)
        if found is None:
            return None
        return replace(found, why="" if last.holds(cue[0]) else CLOSES)

    def _said_by(self, attribution: Attribution, *, direct: bool, turn: Quoted | None) -> tuple[str | None, Role, str]:
        """Who says an attribution's content, in which role, and why."""
        sourced, source = self._tokens(attribution.source)
        cued, cue = self._tokens(attribution.cue)
        speaker, why = self.names.speaker(attribution), attribution.why
        if only_dates(self.trees[cued], cue):
            other = self._before(attribution.start, cued)
            if other is not None:
                return other.speaker, other.role, f"{why}; goes on".removeprefix("; ")
        if nobody_says(self.room, cued, cue, sourced, source):
            return (turn.speaker, turn.role, why) if turn else (THE_ARTICLE, "article", why)
        other = self._before_the_cue(attribution, cued, cue) if direct else None
        if other is not None:
            return other.speaker, other.role, f"{why}; {BEFORE}".removeprefix("; ")
        if (other := self._named(cued, judged_by(self.trees[cued], cue))) is not None:
            return other.speaker, other.role, why
        if (verb := hears(self.trees[cued], source if sourced == cued else (), cue)) is not None:
            asked = answerer(self.trees[cued], verb)
            told = None if asked is None else source_at(self.room, cued, asked)
            return (told.speaker, told.role, why) if told else (NOT_NAMED, "outsider", why)
        owner = owner_of(self.room, cued, cue) if speaker is None and not source else None
        if speaker is None and owner is None:
            last, own = self._tokens(attribution.content[-1])
            quoted = not source and bool(own) and self.trees[last].quoted[own[0]]
            other = self._unnamed(attribution, direct=direct or quoted, turn=turn)
        if other is not None:
            return other.speaker, other.role, f"{why}; goes on".removeprefix("; ")
        return speaker or owner, self.outsiders.role(self.trees[sourced], source, speaker or owner), why

    def _before_the_cue(self, attribution: Attribution, cued: int, cue: Sequence[int]) -> Quoted | None:
        """Who says a quotation after a question, or before a sentence whose verb says nothing: "… Her aide nodded."."""
        first, tokens = self._tokens(attribution.content[0])
        if not cue or first != cued:
            return None
        each, asked = self.trees[first], asked_by(self.room, cued, cue)
        if asked is not None and each.sentence[tokens[0]] > each.sentence[asked] and each.words[tokens[-1]] != "?":
            return asked_of(self.room, cued, asked) or self._before(attribution.start, cued)
        later = each.sentence[tokens[-1]] < each.sentence[cue[0]]
        later = later and not any(reports(each.lemmas[token]) for token in cue)
        if not later:
            return None
        before = self._before(attribution.start, first)
        near = before is not None and before.place == first and before.direct
        return stands_before(self.room, first, tokens[0], taken=False) or (before if near else None)

    def _tellers(self, place: int, found: Sequence[Proposition]) -> dict[int, Quoted]:
        """Who says what stands in the reporter's prose, where its sentence or the one before it tells."""
        told: dict[int, Quoted] = {}
        each = self.trees[place]
        for index, proposition in enumerate(found):
            at = each.sentence[proposition.head]
            teller = hangs_from(self.room, self.within, place, proposition) or self._teller(place, proposition)
            teller = self._speaks_for(place, proposition, teller) or teller
            teller = teller or echo(self.room, self.within, self.prose, place, proposition)
            shared = proposition.why == "wished thing" and each.deps[proposition.head] == "conj"
            teller = teller or (told.get(index - 1) if shared else None) or self.plans.maker(place, proposition)
            teller = teller or behind(self.room, self.within, place, proposition)
            if teller is None and in_capitals(each, at):
                teller = self.prose[place].get(at - 1) if in_capitals(each, at - 1) else None
                teller = teller or paper_before(self.room, place, each.sentences[at][0])
            held = None if teller else self._named(place, holding(each, proposition))
            goes_on = place not in self.put and (held is None or self._may_go_on(place, proposition, held))
            teller = teller or self._speaks_for(place, proposition, held)
            if teller is None and goes_on:
                teller = carried(self.room, self.within, self.prose, place, proposition, judge=self.judge)
            if teller is not None:
                self.prose[place][at] = teller
            if (teller := teller or held) is not None:
                told[index] = teller
        for index, teller in list(told.items()):
            for under in found[index].conditions:
                own = told.get(under)
                told[under] = teller if own is None or own.why == GOES_ON else own
        return told

    def _others(
        self,
        place: int,
        found: Sequence[Proposition],
        cue: Sequence[int],
        speaker: str | None,
        *,
        replaced: Quoted | None,
    ) -> dict[int, Quoted]:
        """Who says what an attribution takes too far: a sentence off the cue that names another between commas."""
        each, told = self.trees[place], dict[int, Quoted]()
        near = {each.sentence[token] for token in cue}
        for index, proposition in enumerate(found):
            if each.sentence[proposition.head] in near:
                if joined_on(each, proposition.head, cue) or _further_predicate(each, proposition.head, cue):
                    told[index] = self._joined_on(place, proposition)
                if replaced is not None:
                    told[index] = replaced
                other = apart(each, proposition.head, cue)
                if other is not None and (found_there := source_at(self.room, place, other)) is not None:
                    told[index] = found_there
                thin = not any(each.tags[token][:2] in ("VB", "NN") for token in cue)
                teller = self._teller(place, proposition, between_commas=True) if speaker is None or thin else None
                if teller is not None:
                    told[index] = teller
                continue
            if each.quoted[proposition.head]:
                teller = self._another(place, proposition.head, cue)
            else:
                teller = self._teller(place, proposition, between_commas=True) or self._attributing(place, proposition)
                teller = teller or self._wishes_now(place, proposition, cue)
            if teller is not None and teller.speaker != speaker:
                told[index] = teller if teller.place == place else replace(teller, named=())
        for index, teller in told.items():
            self.within[place].update(dict.fromkeys(found[index].tokens, teller))
        return told

    def _joined_on(self, place: int, proposition: Proposition) -> Quoted:
        """Who says what is joined on behind "according to" somebody: whoever thinks or wants it, else the article."""
        held = holding(self.trees[place], proposition)
        held = None if held is None or self.trees[place].words[held[0]] in ("no", "neither", "nobody") else held
        beyond = teller_at(self.trees[place], proposition, between_commas=True) or held
        reporter = Quoted(place=place, start=0, speaker=THE_ARTICLE, role="article")
        return self._named(place, beyond) or reporter

    def _wishes_now(self, place: int, proposition: Proposition, cue: Sequence[int]) -> Quoted | None:
        """Who wants a thing now, by name, behind what was said in the past: "…, he told me. Lima wants a port"."""
        each, head = self.trees[place], proposition.head
        told = any(each.tags[token] == "VBD" for token in cue)
        named = holding(each, proposition) if told and each.tags[head] in ("VBZ", "VBP") else None
        proper = named is not None and any(each.tags[at][:3] == "NNP" for at in range(named[0], named[1] + 1))
        return self._named(place, named) if proper else None

    def _attributing(self, place: int, proposition: Proposition) -> Quoted | None:
        """Who says a proposition by the words that attribute its own sentence, right before it: "X insists: …"."""
        each = self.trees[place]
        first, _ = each.sentences[each.sentence[proposition.head]]
        before = (at for at in range(proposition.tokens[0] - 1, first, -1) if at in self.within[place])
        at = next(before, None)
        return None if at is None else self.within[place][at]

    def _another(self, place: int, token: int, cue: Sequence[int]) -> Quoted | None:
        """Who says a quotation in another sentence than the words that are thought to attribute it."""
        each = self.trees[place]
        opens = token
        while opens and each.quoted[opens - 1] and opens - 1 not in cue:
            opens -= 1
        first = each.sentences[each.sentence[opens]][0]
        if cue and token < cue[0] and all(each.quoted[token : each.sentences[each.sentence[cue[0]]][0] + 1]):
            return None
        asked = asked_by(self.room, place, cue)
        teller = self._named(place, named_in(each, token)) or summed_up(self.room, place, token)
        teller = teller or self.plans.under(place, each.sentence[token])
        if not cue and teller is None and each.sentence[opens]:
            teller = stands_before(self.room, place, first, taken=says_something(self.room, place, first))
        if cue and teller is None:
            teller = stands_before(self.room, place, first, taken=says_something(self.room, place, first))
        if asked is not None and first > cue[-1]:
            teller = teller or asked_of(self.room, place, asked) or self._before(each.starts[cue[0]], place)
        return teller

    def _teller(self, place: int, proposition: Proposition, *, between_commas: bool = False) -> Quoted | None:
        """Whom the grammar of a sentence names as the one who says a proposition in it."""
        if (last := closing(self.trees[place], proposition.tokens[0])) is not None:
            return source_at(self.room, place, last.named)
        return self._named(place, teller_at(self.trees[place], proposition, between_commas=between_commas))

    def _speaks_for(self, place: int, proposition: Proposition, side: Quoted | None) -> Quoted | None:
        """Who goes on to tell what a side is ready for, having spoken for it in the sentence before."""
        at = self.trees[place].sentence[proposition.head]
        if side is None or not at:
            return None
        before = said_in(self.room, self.within, place, at - 1) or self.prose[place].get(at - 1)
        return spoken_for(self.room, self.within, place, proposition, side=side, before=before)

    def _may_go_on(self, place: int, proposition: Proposition, held: Quoted) -> bool:
        """Whether what somebody wants may be told by whoever spoke before: "it would settle for less"."""
        each = self.trees[place]
        proper = any(each.tags[token] in ("NNP", "NNPS") for token in held.named)
        return each.tags[proposition.head] in ("VBD", "VB") and not proper

    def _named(self, place: int, named: Place | None) -> Quoted | None:
        """Whom a phrase names, where that is somebody."""
        each = self.trees[place]
        if named is not None and named[0] < named[1] and _only_a_share(each, named):
            return None
        if named is None or (found := named_at(self.room, place, named)) is None:
            return None
        thing = named[0] == named[1] and each.tags[named[0]] == "NN" and not somebody(each, named[0])
        person = self.names.is_person(found.speaker)
        return None if not person and (thing or of_persons_only(each, named)) else found

    def _unnamed(self, attribution: Attribution, *, direct: bool, turn: Quoted | None) -> Quoted | None:
        """Who says what is attributed to nobody, or to a pronoun that nothing ties to a name."""
        sourced, source = self._tokens(attribution.source)
        each = self.trees[sourced]
        ours = len(source) == 1 and (first_person(each.words[source[0]]) or each.words[source[0]] == "you" and not turn)
        own = ours and not each.quoted[source[0]]
        if own:
            asked = answers_reporter(self.room, *self._tokens(attribution.cue)) if direct else None
            return asked or turn or Quoted(place=sourced, start=attribution.start, speaker=THE_ARTICLE, role="article")
        if source and (len(source) > 1 or each.tags[source[0]] != "PRP"):
            return None
        first, tokens = self._tokens(attribution.content[0])
        if not source and attribution.cue is None and tokens and (direct or turn is None):
            own = not direct and any(first_person(self.trees[first].words[token]) for token in tokens[:OPENING])
            found = turn if turn and turn.place == first else None if own else self._going_on(first, tokens[0])
            reporter = Quoted(place=first, start=attribution.start, speaker=THE_ARTICLE, role="article")
            return reporter if found is None and not direct else found
        if not direct and turn is not None:
            return turn
        told = (
            direct
            or bool(source)
            or attribution.cue is None
            or shares_subject(self.room, *self._tokens(attribution.cue))
        )
        found = (self._before(attribution.start, first) if told else None) or turn
        here = doer(self.room, sourced, source[0]) if source else None
        return here if here is not None and (found is None or found.place < here.place) else found

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
        if place in self.replies:
            return self.replies[place]
        opens = token
        while opens and self.trees[place].quoted[opens - 1]:
            opens -= 1
            if opens in self.within[place]:
                return self.within[place][opens]
        start = self.trees[place].starts[token]
        whole = self.trees[place].sentence[token] == 0
        if whole and place and opened(self.trees[place - 1]):
            same = [each for each in self.quoted if each.place == place - 1 and each.direct]
            if same:
                return max(same, key=lambda each: each.start)
        found = self._named(place, named_in(self.trees[place], token)) or summed_up(self.room, place, token)
        found = found or (introduced(self.room, place) if whole else None)
        before = stands_before(self.room, place, token)
        found = found or before or stands_after(self.room, place, token)
        found = found or self._before(start, place)
        if found is None and place in self.put:
            return Quoted(place=place, start=start, speaker=THE_ARTICLE, role="article")
        found = found or self._after(start, place)
        return found or paper_before(self.room, place, token)

    def _before(self, start: int, place: int) -> Quoted | None:
        """Who was named last as a source before a place, and near it."""
        reach = 0 if place in self.put else NEAR
        near = [each for each in self.quoted if each.start < start and place - each.place <= reach and not each.asks]
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

    def _in_its_turn(self, attribution: Attribution, talk: Container[int]) -> Attribution:
        """An attribution without what it takes of another turn than the one of its first words, in a talk."""
        first = self._place(attribution.content[0])
        kept = [span for span in attribution.content if (place := self._place(span)) == first or place not in talk]
        return replace(attribution, content=tuple(kept))

    def _tells(self, attribution: Attribution, talk: Container[int]) -> bool:
        place, content = self._tokens(attribution.content[0])
        (cued, cue), (sourced, source) = self._tokens(attribution.cue), self._tokens(attribution.source)
        near = source if sourced == place else ()
        if place in self.put and attribution.cue is None and attribution.source is None:
            return False
        if place in talk and place not in ([cued] if cue else []) + ([sourced] if source else []):
            return False
        if cued == place and of_nobody(self.trees[place], cue=cue, source=near):
            return False
        if len(attribution.content) > 1 or cued != place:
            return True
        return tells(self.trees[place], content, cue=cue, source=near)

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


def _only_a_share(tree: Tree, named: Place) -> bool:
    """Whether a phrase is a bare number of a number, which is nobody: "95 in a hundred"."""
    return all(tree.tags[at] in ("CD", "IN", "DT") for at in range(named[0], named[1] + 1))


def _further_predicate(tree: Tree, verb: int, cue: Sequence[int]) -> bool:
    """Whether a verb is joined to the one that tells a wish, and so tells of its subject: "want a deal and are …"."""
    told = tree.heads[verb]
    if tree.tags[told] == "VB" and tree.deps[told] in ("xcomp", "ccomp"):
        told = tree.heads[told]
    finite = tree.tags[verb] in ("VBZ", "VBP", "VBD") and tree.tags[told] == tree.tags[verb]
    wishes = told in cue and tree.lemmas[told] in _WISHING
    return tree.deps[verb] == "conj" and wishes and finite and tree.subject(verb) is None and verb not in cue
