"""What ministers and others mind, between the office and the name. `portfolio_ends` is the main name."""

from __future__ import annotations

from parley.reading.gazetteer import Gazetteer
from parley.reading.tokens import Words, lexicon

__all__ = ["MINDING", "portfolio_ends"]

MINDING = frozenset(["Minister", "Ministers", "Secretary", "Commissioner"])
_ALSO_MINDING = lexicon(
    "Adviser Advisor Attorney Auditor Chair Chairman Chairwoman Chief Comptroller Controller Coordinator Delegate "
    "Deputy Director Directors Envoy General Governor Head Inspector Leader Ombudsman President Registrar "
    "Representative Speaker Spokesman Spokesperson Spokeswoman Superintendent Undersecretary"
)
_PORTFOLIOS = lexicon(
    "accounts affairs africa ageing agrarian agriculture aid america americas animal appeal aquaculture "
    "arbitration arctic arms army asia assembly atlantic aviation ayush balkans bank banking biotechnology "
    "borders broadcasting budget business cabinet caribbean central cereals chemicals childhood children "
    "citizenship civil climate co-operation coal commerce committee communication communications community "
    "companies congress conservation construction consumer consumption cooperation cooperatives coordination "
    "corporate council court crops culture customs decentralisation decentralization defence defense delegation "
    "delta demography development diaspora digital disability disarmament disaster domestic drugs earth ecology "
    "economic economics economy education elections electricity electronics emergencies emergency employment "
    "empowerment energy enlargement enterprise enterprises environment environmental equality europe european "
    "executive export exports external families family farmers farming federal fertilisers fertilizers film "
    "finance financial fish fisheries fishing food foreign forest forestry forests fuel gas gender general "
    "geology governance government grains grazing handicrafts health heavy heritage higher highways home homeland "
    "house housing human humanitarian hydrocarbons immigration import indigenous industrial industries industry "
    "information infrastructure innovation institutions integration intelligence interior internal international "
    "investment investments irrigation justice labor labour land lands language law legal livestock local "
    "logistics manpower manufacturing marine maritime market markets media medium migration military mine mineral "
    "minerals mines mining minorities minority mission monetary monitoring multilateral municipal national "
    "nationalities natural navigation neighbourhood northern nuclear nutrition ocean oceans oil operations "
    "opposition order pacific parliament parliamentary peace peacekeeping pensions petroleum planning police "
    "policy political ports posts poverty power prevention prisons private privatisation procurement production "
    "promotion property prosecutions protection provincial public racing railways reconciliation reconstruction "
    "reform reforms refugees regional relations relief religion religious renewable reparation research "
    "resettlement resilience resources returns revenue rights risk rivers road roads rural safety sanitation "
    "science sciences scientific sea security senate settlement settlements shipping skills small social "
    "solidarity southern space sport sports staff state states statistics steel strategic strategy supply "
    "sustainability sustainable tax taxation technologies technology telecommunications territorial territories "
    "textiles tourism trade training transformation transit transition transport transportation treasury tribal "
    "urban utilities veterans veterinary vocational war waste water waters waterways welfare western wildlife "
    "wine women work workers works young youth"
)
_QUALIFYING = lexicon("northern southern western eastern central national federal provincial regional general public")
_LINKS = frozenset(["of", "for", "and", "the", "&", ",", "in", "on", "'s", "-"])
_JOINS = frozenset(["and", "&"])
_LONGEST = 24


def portfolio_ends(words: Words, first: int, link: int, known: Gazetteer) -> int | None:
    """The last token of what somebody in office minds, where a name follows: "Minister for Ports Arjun Nair".

    Parameters
    ----------
    words : the paragraph
    first : where the title starts
    link : the word "of" or "for" after it
    known : the tables
    """
    offices = set(words.words[first:link])
    sure = bool(MINDING & offices)
    if not sure and not _ALSO_MINDING & offices:
        return None
    end = _stretch_ends(words, link)
    start = _past_portfolio(words, link, end)
    if start is None:
        start = (
            next((at for at in range(link + 2, end + 1) if words.words[at] in known.genders), end - 1) if sure else end
        )
        while start - 2 > link and words.words[start - 1].endswith("."):
            start -= 1
    named = start <= end and words.words[start][:1].isupper() and words.lower[start - 1] not in _LINKS
    return start - 1 if named and start - 1 > link else None


def _stretch_ends(words: Words, link: int) -> int:
    """The last of the capitalised words after a link, with the small words and commas between them."""
    end = token = link
    while token + 1 < min(len(words), link + _LONGEST):
        token += 1
        if words.words[token][:1].isupper():
            end = token
            continue
        listed = words.lower[token] == "," and _minds(words, token + 1)
        if words.lower[token] not in _LINKS or words.lower[token] == "," and not listed:
            break
    return end


def _past_portfolio(words: Words, link: int, end: int) -> int | None:
    """The first token after the matters that an official minds; None where none of them is a usual one."""
    last, usual = None, False
    for token in range(link + 1, end + 1):
        if words.lower[token] in _LINKS:
            continue
        minds = _minds(words, token)
        follows = words.lower[token - 1] in _JOINS or words.lower[token - 1] in _QUALIFYING
        if not minds and not follows and token > link + 1 + (words.word(link + 1) == "the"):
            break
        last, usual = token, usual or minds
    return last + 1 if last is not None and usual else None


def _minds(words: Words, token: int) -> bool:
    return token < len(words) and words.words[token][:1].isupper() and words.lower[token] in _PORTFOLIOS
