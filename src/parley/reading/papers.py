"""Whose words a letter, a report or a ruling holds. `author_told` and `paper_meant` are the main names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from parley.reading.gazetteer import gazetteer
from parley.reading.name_pieces import Run
from parley.reading.standing import head
from parley.reading.tokens import Words, lexicon

if TYPE_CHECKING:
    from parley.reading.telling import Telling

__all__ = ["BEARING", "OWN_PAPERS", "PLANS", "WRITINGS", "author_told", "bare_statement", "paper_meant"]

_PAPERS = lexicon("paper statement communique communiqué letter text message note memo tweet post speech manifesto")
_FIGURES = lexicon("figures data statistics")
OWN_PAPERS = _PAPERS | _FIGURES
_ACCOUNTS = lexicon("version account telling testimony recollection reckoning calculation")
_REPORTS = lexicon(
    "report reports ruling rulings judgment judgement verdict order bulletin memorandum survey study review assessment "
    "resolution declaration notice circular briefing analysis audit dispatch cable editorial complaint petition minute "
    "minutes telegram leaflet banner placard"
)
PLANS = lexicon(
    "plan plans proposal proposals compromise draft drafts formula scheme offer blueprint package timetable ladder "
    "idea recipe roadmap motion bill ultimatum"
)
"""What somebody puts forward, whose terms are its maker's."""

WRITINGS = OWN_PAPERS | _ACCOUNTS | _REPORTS
_SIGNING = lexicon(
    "sign write send issue publish release draft circulate submit table file post pen address pass adopt"
)
_STATEMENTS = lexicon("statement communique communiqué")
_PRESS = lexicon("radio television tv agency agencies newspaper newspapers media website press broadcaster channel")
_ISSUED = lexicon(
    "issued released published compiled gathered provided signed written drafted prepared produced drawn sent posted "
    "submitted circulated"
)
BEARING = lexicon(
    "letter message note telegram telex cable fax text email e-mail sms post tweet leaflet poster placard banner sign "
    "notice slogan plaque inscription card postcard circular dispatch signal"
)
"""Papers of which the words are given after them."""

_FROM_BODIES = frozenset(["organisation", "state"])
_NEAR = 40


def author_told(
    words: Words, runs: Sequence[Run], telling: Telling, span: tuple[int, int], top: int
) -> tuple[int, int] | None:
    """The words for whose a paper is, where its own phrase tells: "a text from the bank", "the ministry's memo".

    Parameters
    ----------
    words : the paragraph
    runs : its names
    telling : whom its words mean
    span : first and last token of the phrase
    top : its noun
    """
    last = span[1]
    link = top + 1 + (words.word(top + 1) in _ISSUED and words.word(top + 2) == "by")
    by = words.word(link) in ("from", "by") and link + 1 < len(words)
    if by and last <= link:
        last = words.paragraph.doc[link].right_edge.i
    passed_on = link > top + 1 and any(word in _PRESS for word in words.lower[link : last + 1])
    if by and link + 1 <= last and words.tags[link + 1] not in ("VBG", "CD") and not passed_on:
        return link + 1, last
    return _body_of(words, runs, telling, span, top)


def _body_of(
    words: Words, runs: Sequence[Run], telling: Telling, span: tuple[int, int], top: int
) -> tuple[int, int] | None:
    """The words for the body whose paper it is: "a report of the Relief Service", "an Amnesty report"."""
    (first, last), of = span, words.word(top + 1) == "of"
    if words.lower[top] in _PAPERS and of:
        return None
    spans = [(top + 2, last)] if of and top + 2 <= last else []
    owner = next((at for at in range(top - 1, first, -1) if words.tags[at] == "POS" and words.heads[at] < at), None)
    spans += [(first, owner - 1)] if owner is not None else []
    spans += [(run.first, run.last) for run in runs if run.last == top - 1 and run.modifier]
    for start, end in spans:
        at = head(words, start, end)
        found = telling.meant(words.index, at)
        body = gazetteer().nouns.get(words.lower[at]) == "body"
        body = body or words.lower[top] in _ACCOUNTS
        made = words.lower[top] in PLANS | _PAPERS and owner is not None and end == owner - 1
        if found is not None and (body or made or found.character.kind in _FROM_BODIES):
            return start, end
    return None


def bare_statement(words: Words, telling: Telling, first: int, top: int) -> bool:
    """Whether a phrase is no more than "a statement", or "the text" where a statement was told of before.

    Parameters
    ----------
    words : the paragraph
    telling : whom its words mean
    first, top : the first token of the phrase, and its noun
    """
    alone = words.lower[top] in _STATEMENTS and top <= first + 1 and words.tags[first] in ("DT", "NN")
    return alone or words.lower[first : top + 1] == ["the", "text"] and telling.stated(words.index, first)


def paper_meant(words: Words, token: int) -> tuple[int, int] | None:
    """The words for whose a paper is that "that" takes up: "the monks" of "the monks sent a letter that calls for".

    Parameters
    ----------
    words : the paragraph
    token : the word "that"

    Returns
    -------
    the first and last token; those of the noun itself where it is no paper that somebody signed or sent
    """
    verb, doc = words.heads[token], words.paragraph.doc
    noun = words.heads[verb] if words.roles[verb] == "relcl" else token
    if noun >= token or not words.tags[noun].startswith("NN"):
        return None
    act = words.heads[noun]
    before = (at for at in range(max(0, act - _NEAR), act) if words.heads[at] == act and words.roles[at] == "nsubj")
    subject = next(before, None)
    if words.lower[noun] in WRITINGS and subject is not None and doc[act].lemma_ in _SIGNING:
        return doc[subject].left_edge.i, doc[subject].right_edge.i
    return doc[noun].left_edge.i, token - 1
