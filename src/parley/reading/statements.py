"""From attributions to statements: who says what, of what kind, about when, and on which conditions.

`statements` is the main name.
"""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from parley.domain.attribution import Attribution
from parley.domain.source import Article, Span
from parley.domain.statement import Statement
from parley.reading import kinds
from parley.reading.cast import cast
from parley.reading.clauses import NEGATIONS, clause
from parley.reading.cues import cues_in
from parley.reading.hedges import hedge
from parley.reading.holders import Place, holder_at, targets_at
from parley.reading.horizons import horizon
from parley.reading.modality import modality, negated
from parley.reading.moves import Role
from parley.reading.own_voice import own_voice
from parley.reading.parsing import Paragraph
from parley.reading.propositions import Proposition, propositions
from parley.reading.outsiders import Outsiders
from parley.reading.trees import Tree, tree

__all__ = ["Names", "denied", "statements"]

THE_ARTICLE = "the article"
NOT_NAMED = "not named"
OWN_VOICE = 0.8
CUT = 0.95


class Names(Protocol):
    """Says whom the words of an article name."""

    def speaker(self, attribution: Attribution) -> str | None:
        """The name of the one to whom something is attributed; None where nobody can be named."""
        ...

    def named(self, paragraph: Paragraph, first: int, last: int, *, speaker: str | None) -> str | None:
        """The name that some tokens of a paragraph stand for; None where they name nobody."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One stretch of propositions by one speaker, and what is known of how it is attributed."""

    tree: Tree
    found: tuple[Proposition, ...]
    speaker: str
    role: Role
    cue: tuple[int, ...] = ()
    source: tuple[int, ...] = ()
    attribution: Attribution | None = None
    part_of: str | None = None


def statements(
    article: Article, paragraphs: Sequence[Paragraph], attributions: Sequence[Attribution], *, names: Names | None = None
) -> tuple[Statement, ...]:
    """Turn what an article attributes, and what it states itself, into statements.

    Parameters
    ----------
    article : the article
    paragraphs : its paragraphs, parsed
    attributions : who is said to say what, in the order of their content
    names : who is meant by a source or a noun phrase; the article's own cast where absent

    Returns
    -------
    the statements in the order of their words, `s1`, `s2` and so on; `part_of` is `a1` for the first attribution
    """
    if not paragraphs:
        return ()
    names = names or cast(paragraphs, attributions, article=article)
    trees = [tree(paragraph) for paragraph in paragraphs]
    outsiders = Outsiders(trees)
    starts = [paragraph.start for paragraph in paragraphs]
    said = [
        each
        for number, attribution in enumerate(attributions, start=1)
        for each in _attributed(trees, starts, attribution, f"a{number}", names=names, outsiders=outsiders)
    ]
    said += _stated(trees, starts, attributions)
    return _numbered(article, said, names)


def _attributed(
    trees: Sequence[Tree],
    starts: Sequence[int],
    attribution: Attribution,
    part_of: str,
    *,
    names: Names,
    outsiders: Outsiders,
) -> Iterable[_Said]:
    """The propositions of one attribution, paragraph by paragraph."""
    speaker = names.speaker(attribution)
    cued, cue = _tokens(trees, starts, attribution.cue)
    sourced, source = _tokens(trees, starts, attribution.source)
    role = outsiders.role(trees[sourced], source, speaker)
    for place in sorted({_place(starts, span) for span in attribution.content}):
        own = [span for span in attribution.content if _place(starts, span) == place]
        content = trees[place].tokens(own)
        near = cue if cued == place else ()
        yield _Said(
            tree=trees[place],
            found=propositions(trees[place], content, cue=near),
            speaker=speaker or NOT_NAMED,
            role=role,
            cue=near,
            source=source if sourced == place else (),
            attribution=attribution,
            part_of=part_of,
        )


def _stated(trees: Sequence[Tree], starts: Sequence[int], attributions: Sequence[Attribution]) -> Iterable[_Said]:
    """What the article states itself."""
    taken: list[set[int]] = [set() for _ in trees]
    heads: list[set[int]] = [set() for _ in trees]
    for attribution in attributions:
        for span in attribution.content:
            place = _place(starts, span)
            taken[place].update(trees[place].tokens((span,)))
        for named in (attribution.cue, attribution.source):
            if named:
                place, tokens = _tokens(trees, starts, named)
                taken[place].update(tokens)
                heads[place].update(tokens)
    for place, each in enumerate(trees):
        yield _Said(tree=each, found=own_voice(each, taken[place], heads[place]), speaker=THE_ARTICLE, role="article")


def _numbered(article: Article, said: Iterable[_Said], names: Names) -> tuple[Statement, ...]:
    placed = [(each, index) for each in said for index in range(len(each.found))]
    spans = {(id(each), index): each.found[index].spans(each.tree) for each, index in placed}
    placed.sort(key=lambda pair: (spans[id(pair[0]), pair[1]][0].start, spans[id(pair[0]), pair[1]][-1].end))
    ids = {(id(each), index): f"s{number}" for number, (each, index) in enumerate(placed, start=1)}
    return tuple(
        _statement(
            article,
            each,
            each.found[index],
            names=names,
            id=ids[id(each), index],
            conditions=tuple(ids[id(each), other] for other in each.found[index].conditions),
        )
        for each, index in placed
    )


def _statement(
    article: Article, said: _Said, each: Proposition, *, names: Names, id: str, conditions: tuple[str, ...]
) -> Statement:
    found = clause(said.tree, each, source=said.source, quoted=said.tree.quoted[each.head])
    if found.subject is not None and not found.own and said.source:
        subject = _name(names, said, (found.subject, found.subject))
        found = replace(found, own=subject is not None and subject == said.speaker)
    kind = kinds.kind_of(
        kinds.Said(
            tree=said.tree,
            proposition=each,
            clause=found,
            attributing=cues_in(said.tree, said.cue),
            denied=denied(said.tree, said.cue),
            role=said.role,
        )
    )
    if kind.attributed:
        found = replace(found, cues=())
    held = None if kind.kind in ("prediction", "condition", "fact-claim") else holder_at(said.tree, found)
    holder = _name(names, said, held) or said.speaker
    places = targets_at(said.tree, found, kind.kind, cue=said.cue, content=frozenset(each.tokens))
    aimed = (_name(names, said, place) for place in places)
    target = next((name for name in aimed if name and name not in (said.speaker, holder)), None)
    doc = said.tree.paragraph.doc
    tokens, cue = [doc[token] for token in each.tokens], [doc[token] for token in said.cue]
    when = horizon(tokens, published=article.date)
    days = when.days if when and (kind.kind != "fact-claim" or not _over(when.days, article.date)) else None
    sounds = hedge(tokens, cue)
    if kind.kind != "prediction" and (kind.kind != "assessment" or sounds is None or sounds.first is None):
        sounds = None
    spans = each.spans(said.tree)
    attribution = said.attribution
    sure = (attribution.confidence if attribution else OWN_VOICE) * kind.grade * (1 if each.why == "whole" else CUT)
    return Statement(
        id=id,
        article=article,
        spans=spans,
        words=tuple(article.words(span) for span in spans),
        speaker=said.speaker,
        holder=holder,
        kind=kind.kind,
        source=attribution.source if attribution else None,
        cue=attribution.cue if attribution else None,
        target=target,
        hedge=(sounds.low, sounds.high) if sounds else None,
        horizon=days,
        horizon_kind=when.kind if when and days else None,
        negated=negated(tokens),
        modality=modality(tokens),
        conditions=conditions,
        part_of=said.part_of,
        confidence=round(sure, 3),
        why="; ".join(part for part in (attribution.why if attribution else "own voice", each.why, kind.why) if part),
    )


def _over(days: tuple[datetime.date, datetime.date] | None, published: datetime.date | None) -> bool:
    """Whether a time is over when the article appears."""
    return days is not None and published is not None and days[1] <= published


def _name(names: Names, said: _Said, place: Place | None) -> str | None:
    if place is None:
        return None
    speaker = None if said.speaker in (THE_ARTICLE, NOT_NAMED) else said.speaker
    return names.named(said.tree.paragraph, *place, speaker=speaker)


def denied(tree: Tree, cue: Sequence[int]) -> bool:
    """Whether the words that attribute are negated, as in "did not rule out".

    Parameters
    ----------
    tree : the paragraph
    cue : their tokens
    """
    near = {*cue, *(child for token in cue for child in tree.children[token] if tree.deps[child] in ("neg", "det"))}
    return any(tree.words[token] in NEGATIONS for token in near)


def _place(starts: Sequence[int], span: Span) -> int:
    """Index of the paragraph in which a span starts."""
    return max(bisect.bisect_right(starts, span.start) - 1, 0)


def _tokens(trees: Sequence[Tree], starts: Sequence[int], span: Span | None) -> tuple[int, tuple[int, ...]]:
    """The paragraph and the tokens of a span; no tokens without one."""
    if span is None:
        return 0, ()
    place = _place(starts, span)
    return place, trees[place].tokens((span,))
