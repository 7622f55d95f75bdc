"""From attributions to statements: who says what, of what kind, about when, and on which conditions.

`statements` is the main name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.domain.attribution import Attribution
from parley.domain.hedges import probability_range
from parley.domain.source import Article, Span
from parley.domain.statement import Statement
from parley.reading import kinds
from parley.reading.cast import cast
from parley.reading.clauses import NEGATIONS, Clause, clause
from parley.reading.cues import cues_in
from parley.reading.events import Events
from parley.reading.hedges import hedge
from parley.reading.holders import Place, holder_at, phrase_at
from parley.reading.modality import denied_by, modality, negated
from parley.reading.parsing import Paragraph
from parley.reading.propositions import Proposition
from parley.reading.targets import targets_at
from parley.reading.timing import MOVES, when
from parley.reading.trees import Tree
from parley.reading.voices import NOT_NAMED, THE_ARTICLE, Names, Stretch, voices

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Names", "denied", "said_in", "statements", "told_by"]

CUT = 0.95
DOUBTED = 0.5
_DOUBTFUL = frozenset({"probable", "sceptical", "unlikely"})


def statements(
    article: Article,
    paragraphs: Sequence[Paragraph],
    attributions: Sequence[Attribution],
    *,
    names: Names | None = None,
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
    events = None if article.date is None else Events(paragraphs=paragraphs, published=article.date)
    return _numbered(article, voices(paragraphs, attributions, names=names), names, events)


def _numbered(article: Article, said: Iterable[Stretch], names: Names, events: Events | None) -> tuple[Statement, ...]:
    placed = [(each, index) for each in said for index in range(len(each.found))]
    spans = {(id(each), index): each.found[index].spans(each.tree) for each, index in placed}
    placed.sort(key=lambda pair: (spans[id(pair[0]), pair[1]][0].start, spans[id(pair[0]), pair[1]][-1].end))
    ids = {(id(each), index): f"s{number}" for number, (each, index) in enumerate(placed, start=1)}
    return tuple(
        _statement(
            article,
            told_by(each, index),
            each.found[index],
            names=names,
            numbered=(
                ids[id(each), index],
                tuple(ids[id(each), other] for other in each.found[index].conditions),
            ),
            events=events,
        )
        for each, index in placed
    )


def told_by(said: Stretch, index: int) -> Stretch:
    """The stretch with who says one of its propositions, where the sentence of that tells.

    Parameters
    ----------
    said : the stretch
    index : of the proposition, among those found in it
    """
    teller = said.tellers.get(index)
    if teller is None:
        return said
    named = teller.named if said.tree.sentence[said.found[index].head] == _sentence(said.tree, teller.named) else ()
    sure = said.sure if teller.sure is None else teller.sure
    told = replace(said, speaker=teller.speaker, role=teller.role, part_of=teller.part_of, source=named)
    return replace(told, why=teller.why, sure=sure)


def _sentence(tree: Tree, tokens: Sequence[int]) -> int | None:
    return tree.sentence[tokens[0]] if tokens else None


def _statement(
    article: Article,
    said: Stretch,
    each: Proposition,
    *,
    numbered: tuple[str, tuple[str, ...]],
    names: Names,
    events: Events | None,
) -> Statement:
    move = said_in(said, each, names)
    found, kind = move.clause, kinds.kind_of(move)
    holder, target, held = _whose(said, each, found, kind, names)
    told = said.speaker == THE_ARTICLE and held is not None and kind.kind in MOVES and not found.modal
    tokens = [said.tree.parsed[token] for token in each.tokens]
    time = when(said, each, kind.kind, events=events)
    days = time.days if time else None
    spans = each.spans(said.tree)
    attribution = said.attribution
    sure = said.sure * kind.grade * (1 if each.why == "whole" else CUT)
    return Statement(
        id=numbered[0],
        article=article,
        spans=spans,
        words=tuple(article.words(span) for span in spans),
        speaker=holder if told else said.speaker,
        holder=holder,
        kind=kind.kind,
        source=attribution.source if attribution else _named_at(said, held if told else None),
        cue=attribution.cue if attribution else None,
        target=target,
        hedge=_sure(said, tokens, kind),
        horizon=days,
        horizon_kind=time.kind if time and days else None,
        negated=negated(tokens) is not _denying(said, each, tokens, kind),
        modality=modality(tokens),
        conditions=numbered[1],
        part_of=said.part_of,
        confidence=round(sure, 3),
        why="; ".join(part for part in (said.why, each.why, kind.why) if part),
    )


def _named_at(said: Stretch, held: Place | None) -> Span | None:
    """Where the prose names who says or wants something that no attribution holds."""
    if said.source:
        return said.tree.span(said.source[0], said.source[-1])
    return None if held is None else said.tree.span(*held)


def _own(names: Names, said: Stretch, found: Clause, subject: int) -> bool:
    """Whether a clause's subject is who says it, by grammar and by name."""
    named = _name(names, said, phrase_at(said.tree, subject) if found.own else (subject, subject))
    if not found.own:
        return named is not None and named == said.speaker
    other = said.tree.tags[subject][:2] == "NN" and named is not None and names.is_person(named)
    return not other or named == said.speaker


def said_in(stretch: Stretch, proposition: Proposition, names: Names) -> kinds.Said:
    """A proposition of a stretch in its setting, as its kind is judged by.

    Parameters
    ----------
    stretch : the stretch
    proposition : one of those found in it
    names : who is meant by a noun phrase
    """
    tree, source = stretch.tree, stretch.source
    found = clause(tree, proposition, source=source, quoted=tree.quoted[proposition.head])
    if found.subject is not None and source:
        found = replace(found, own=_own(names, stretch, found, found.subject))
    return kinds.Said(
        tree=tree,
        proposition=proposition,
        clause=found,
        attributing=cues_in(tree, stretch.cue),
        denied=denied(tree, stretch.cue),
        role=stretch.role,
        cue=stretch.cue,
        source=source,
        voice="" if stretch.attribution else stretch.why,
    )


def _whose(
    said: Stretch, each: Proposition, found: Clause, kind: kinds.Kind, names: Names
) -> tuple[str, str | None, Place | None]:
    """Whose position a proposition tells of, at whom it is aimed, and where the former is named."""
    if kind.attributed:
        found = replace(found, cues=())
    telling = kind.kind in ("prediction", "condition", "fact-claim") and not each.why.startswith("wished")
    content = frozenset(token for other in said.found for token in other.tokens)
    held = None if telling else holder_at(said.tree, found, content=content)
    named = _name(names, said, held)
    wish = None if kind.kind in ("prediction", "assessment") else said.holder
    holder = named or wish or said.speaker
    places = targets_at(
        said.tree,
        found,
        kind.kind,
        cue=said.cue,
        content=frozenset(each.tokens),
        under=[clause(said.tree, said.found[other], source=said.source) for other in each.conditions],
    )
    aimed = (_name(names, said, place) for place in places)
    target = next((name for name in aimed if name and name not in (said.speaker, holder)), None)
    return holder, target, held if named else None


def _sure(said: Stretch, tokens: Sequence[Token], kind: kinds.Kind) -> tuple[float, float] | None:
    """How sure a prediction sounds, plain words being certain; of other kinds only what words that hedge tell."""
    if kind.kind == "condition" or not tokens:
        return None
    sounds = hedge(tokens, [said.tree.parsed[token] for token in said.cue], quoted=said.tree.quoted[tokens[0].i])
    modal = modality(tokens)
    if kind.kind == "prediction" and sounds is None:
        return probability_range("likely" if modal == "should" else "certain")
    if sounds is None:
        return None
    if kind.kind in ("assessment", "fact-claim"):
        told = sounds.first is not None or sounds.high < DOUBTED
    else:
        told = (
            sounds.outright and sounds.name != "impossible" or sounds.name in _DOUBTFUL and modal in ("will", "would")
        )
    return (sounds.low, sounds.high) if told or kind.kind == "prediction" else None


def _denying(said: Stretch, each: Proposition, tokens: Sequence[Token], kind: kinds.Kind) -> bool:
    """Whether the words that attribute deny what they attribute; of a prediction they tell how sure it is."""
    if kind.kind == "prediction":
        return False
    cue = [said.tree.parsed[token] for token in said.cue]
    return not said.tree.quoted[each.head] and denied_by(cue, said.tree.parsed[each.head], tokens)


def _name(names: Names, said: Stretch, place: Place | None) -> str | None:
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
