"""From statements to codings: whose statement, on which issue, asking for which point. `code` is the main name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from parley.coding.holders import Holders
from parley.coding.lexicon import Lexicon, Link
from parley.coding.stance import Stance, stance
from parley.coding.suggestions import Suggester
from parley.coding.words import Token, tokens
from parley.domain.codebook import Codebook
from parley.domain.coding import Coding, Publication, Voice
from parley.domain.source import StatementKind
from parley.domain.statement import Statement

__all__ = ["THE_ARTICLE", "code", "coding_id", "links", "publication"]

THE_ARTICLE = "the article"
MOVES: frozenset[StatementKind] = frozenset(
    ("demand", "offer", "refusal", "condition", "threat", "promise", "proposal", "recommendation")
)
"""Kinds that an article can report of a party; a goal or an assessment that it states itself is its own reading."""
ID_DIGITS = 8


def code(
    statements: Sequence[tuple[str, Statement]], codebook: Codebook, *, suggester: Suggester | None = None
) -> tuple[Coding, ...]:
    """Code statements on the issues of a codebook.

    A statement is linked to the issue whose words weigh most in it. A further issue needs words of its own, and a
    pole's word or an amount that belongs to them. A statement on no issue is kept, without one.

    Parameters
    ----------
    statements : name of the article, and statement, in order
    codebook : the codebook
    suggester : suggests issues for statements on which no word of the codebook is found; None: nothing is suggested

    Returns
    -------
    the codings, in the order of the statements
    """
    lexicon, holders = Lexicon(codebook), Holders(codebook)
    return tuple(
        coding
        for doc, statement in statements
        for coding in _codings(doc, statement.as_named, lexicon, holders, suggester)
    )


def links(statement: Statement, lexicon: Lexicon) -> tuple[Link, ...]:
    """The issues that a statement speaks of, the one whose words weigh most first."""
    return lexicon.links(_text(statement))


def publication(doc: str, statement: Statement) -> Publication:
    """Where the article of a statement appeared."""
    article = statement.article
    return Publication(
        doc=doc,
        digest=article.digest,
        title=article.title,
        outlet=article.outlet,
        author=article.author,
        date=article.date,
    )


def coding_id(statement: Statement, statement_id: str, number: int = 1) -> str:
    """Id of a coding: of one of an article's statements, by number where the statement is coded on several issues."""
    name = re.sub(r"\W", "_", statement_id, flags=re.ASCII)
    return f"c{statement.article.digest[:ID_DIGITS]}_{name}" + (f"_{number}" if number > 1 else "")


def _codings(
    doc: str, statement: Statement, lexicon: Lexicon, holders: Holders, suggester: Suggester | None
) -> list[Coding]:
    text = _text(statement)
    found = links(statement, lexicon)
    read = [(link, _stance(statement, link, text, found)) for link in found]
    chosen = [(link, each) for place, (link, each) in enumerate(read) if place == 0 or each.named]
    holder = statement.holder or statement.speaker
    party = holders.party(holder)
    shared: dict[str, Any] = {
        "statement": statement.id,
        "source": publication(doc, statement),
        "spans": statement.spans,
        "words": statement.words,
        "speaker": statement.speaker,
        "holder": holder,
        "party": party,
        "voice": _voice(statement, party, holders),
        "kind": statement.kind,
        "hedge": statement.hedge,
        "horizon": statement.horizon,
        "conditions": tuple(coding_id(statement, each) for each in statement.conditions),
        "confidence": statement.confidence,
    }
    if not chosen:
        near = () if suggester is None else suggester.suggest(" ".join(statement.words))
        why = "no word of the codebook" + ("; suggestions merely sound alike" if near else "")
        return [Coding(id=coding_id(statement, statement.id), suggested=near, why=why, **shared)]
    return [
        Coding(
            id=coding_id(statement, statement.id, number),
            issue=link.issue.id,
            position=each.position if party is not None else None,
            also_on=tuple(other.issue.id for other in found if other is not link),
            why=f"{_named(link)}; {each.why}",
            **shared,
        )
        for number, (link, each) in enumerate(chosen, start=1)
    ]


def _text(statement: Statement) -> tuple[Token, ...]:
    return tokens(" … ".join(statement.words))


def _stance(statement: Statement, link: Link, text: Sequence[Token], found: Sequence[Link]) -> Stance:
    return stance(statement, link, text, others=[other for other in found if other is not link])


def _voice(statement: Statement, party: str | None, holders: Holders) -> Voice:
    """Whether the party speaks for itself, the article reports a move of it, or somebody else speaks of it."""
    if party is not None and holders.party(statement.speaker) == party:
        return "own"
    if party is not None and statement.speaker == THE_ARTICLE and statement.kind in MOVES:
        return "reported"
    return "other"


def _named(link: Link) -> str:
    phrases = dict.fromkeys(f"'{hit.phrase}'" for hit in link.hits)
    return f"{link.issue.id} by {', '.join(phrases)} (weight {link.score:.1f})"
