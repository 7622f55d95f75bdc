"""Runs of capitalised words that name somebody or something. `runs` and `taken_up` are the main names."""

from __future__ import annotations

import itertools

from parley.reading.addressing import addressed
from parley.reading.bodies import REALMS, common, joined_by, joined_ends, list_ends
from parley.reading.gazetteer import Gazetteer, gazetteer
from parley.reading.name_pieces import BRIEFS, Run, known_at, pieces, titled
from parley.reading.portfolios import MINDING, portfolio_ends
from parley.reading.tokens import Words, lexicon
from parley.reading.word_names import family_word, given_word, taken_alone

__all__ = ["fresh", "runs", "taken_up"]


_FUNCTION = lexicon("DT IN PRP PRP$ CC MD TO WP WDT WP$ WRB EX RB POS . , : `` '' -LRB- -RRB- CD SYM UH")
_LONGEST = 24
_LEADING = lexicon("al el von van der den de bin ibn ben")
_OWNERS = lexicon("People Workers Women Children Teachers Soldiers Students Farmers World Nation")
_BESIDE_STATES = lexicon("Neighbouring Neighboring Nearby Fellow Rival Landlocked Tiny")
_OPENERS = lexicon(
    "The A An In On At Of For And But I If As It He She They We His Her Its Their No Not When While After"
)
_PREFIXES = lexicon("pro anti post pre non ex far mid self semi neo inter trans pan all half top hard left right")
_BY_LETTERS = frozenset(["MP", "MPs", "MEP", "MEPs", "MSP", "MSPs", "TD", "PM", "CEO"])
_RETIRED = frozenset(["retd", "retd.", "ret", "ret.", "retired"])
_MARKS = {'"': '"', "“": "”", "'": "'", "(": ")", "«": "»"}
_DELIBERATING = lexicon("Committee Commission Subcommittee Conference Council Convention")
_STUDYING = lexicon("Research Studies Information Education Action Reporting")
_NAMING = frozenset(["Ministry", "Government"])
_AGENTS = ("ers", "ors", "ists")
_GIVEN = frozenset(["Per", "Till"])
_MEMBERS = frozenset(["Member", "Members"])
_OFFICES = frozenset(["Government", "Administration", "Ministry", "Army", "Police", "Parliament", "Cabinet"])


def runs(words: Words, familiar: frozenset[str] = frozenset()) -> list[Run]:
    """Find the names of a paragraph, from left to right.

    Parameters
    ----------
    words : the paragraph
    familiar : words that stand as names elsewhere in the article, so that one at the start of a sentence is known
    """
    known = gazetteer()
    words.familiar = familiar
    found: list[Run] = []
    token, count = 0, len(words)
    while token < count:
        last = _chain(words, token, known)
        if last is None:
            token += 1
            continue
        office = last > token and words.words[last] in _BY_LETTERS
        cut = _named_after_body(words, token, last, known)
        found += pieces(words, token, last - office if cut is None else cut - 1, known)
        found += () if cut is None else pieces(words, cut, last - office, known)
        token = last + 1
    return [run for run in found if not addressed(words, run.start, run.last)]


def taken_up(words: Words, named: list[Run], families: frozenset[str]) -> list[Run]:
    """The names of a paragraph with those of people that open a sentence as another word would: "Were called it odd".

    Where the parser took such a name for another word, its tag is put right.

    Parameters
    ----------
    words : the paragraph
    named : its names
    families : last parts of people's full names in the article, as written
    """
    covered = {token for run in named for token in range(run.start, run.last + 1)}
    opening = (at for at in range(len(words) - 1) if words.words[at] in families and at not in covered)
    found = [
        Run(first=at, last=at, start=at, kind="unknown")
        for at in opening
        if fresh(words, at) and words.tags[at + 1] in ("VBD", "VBZ", "VBN", "MD", "POS") or taken_alone(words, at)
    ]
    for run in (*named, *found):
        taken = run.first == run.last and words.words[run.first] in families and words.tags[run.first] in ("IN", "UH")
        words.tags[run.first] = "NNP" if taken else words.tags[run.first]
    return sorted([*named, *found], key=lambda run: run.start) if found else named


def _named(words: Words, token: int, known: Gazetteer) -> bool:
    """Whether a token looks like a part of a name."""
    if token >= len(words):
        return False
    word = words.words[token]
    if _elided(word) or _english(words, token) or given_word(words, token) or family_word(words, token, known):
        return True
    if word in _MEMBERS and words.word(token + 1) in ("for", "of"):
        return False
    if not word[:1].isupper() or word in known.words["not a name"] or common(words, token, known):
        return False
    if word.lower() in known.nouns and fresh(words, token):
        retired = words.word(token + 1) == "(" and words.word(token + 2) in _RETIRED
        minding = word in MINDING and words.word(token + 1) in ("of", "for")
        return retired or minding or (words.words[token + 1 : token + 2] != [] and words.words[token + 1][:1].isupper())
    if word in _BESIDE_STATES and known_at(words, token + 1, known) is not None:
        return False
    tag = words.tags[token]
    if _before_family_name(words, token):
        return True
    if tag.startswith("NNP") or word in known.genders or word in known.nationalities or word in words.familiar:
        return True
    if tag in _FUNCTION or (tag in ("VBZ", "VBD") and token > 0 and words.tags[token - 1].startswith("NNP")):
        return False
    return not fresh(words, token) or _odd(words, token)


def _elided(word: str) -> bool:
    """Whether a word is a name behind a particle without its vowel: "d'Entremont", "l'Hérault"."""
    return word[:2] in ("d'", "l'") and word[2:3].isupper()


def _english(words: Words, token: int) -> bool:
    """Whether "English" begins a name, and is neither the language nor the people: "the English Football League"."""
    following = words.tags[token + 1 : token + 2] == ["NNP"]
    return words.words[token] == "English" and following and words.roles[token] == "compound"


def _named_after_body(words: Words, first: int, last: int, known: Gazetteer) -> int | None:
    """Where a person's name starts right after the body whose head it is: "head of the Union of Carriers Ana Sol"."""
    link = first - 1 - (words.word(first - 1) == "the")
    role = known.nouns.get(words.word(link - 1)) or known.nouns.get(words.word(link - 2))
    of = next((at for at in range(last - 3, first, -1) if words.lower[at] in ("of", "for")), None)
    if words.word(link) not in ("of", "for") or role != "office-holder":
        return None
    ends = words.words[last - 2]
    closes = ends in known.words["organisation"] and last - 2 > first or ends.endswith(_AGENTS) and of is not None
    acts = words.tags[last + 1 : last + 2] and words.tags[last + 1].startswith(("VBD", "VBZ", "MD"))
    named = known.words["organisation"].isdisjoint(words.words[last - 1 : last + 1])
    if closes and acts and named and known_at(words, last - 1, known) is None and known_at(words, last, known) is None:
        return last - 1
    if of is None:
        return None
    start = next((at for at in range(of + 2, last) if words.words[at] in known.genders), None)
    if start is None and words.roles[last] in ("nsubj", "nsubjpass") and words.roles[first] == "pobj":
        start = next((at for at in range(of + 2, last) if words.heads[at] == last), None)
    lone = words.words[last] in words.familiar and words.words[last] not in known.words["organisation"]
    lone = lone and words.words[last - 1][0].isupper()
    return last - 1 if start is None and lone and last - 1 > of + 1 else start


def _before_family_name(words: Words, token: int) -> bool:
    """Whether a capital, within a sentence, makes a given name of a preposition: "her lawyer, Per Dahl"."""
    following = words.tags[token + 1 : token + 2] == ["NNP"] and words.words[token + 1][:1].isupper()
    before = words.words[token - 1] if token else ""
    after = (before in (",", '"', "”") or before[:1].islower()) and not fresh(words, token)
    if not following or words.tags[token] != "IN":
        return False
    return after or words.words[token] in _GIVEN and fresh(words, token) and _acts(words, token + 1)


def _acts(words: Words, token: int) -> bool:
    """Whether a name does something, or tells who does: "Per Dahl, who leads", "Per Dahl said"."""
    at = token + 1 + (words.word(token + 1) == ",")
    verb = words.tags[at : at + 1] in (["VBD"], ["VBZ"]) and words.word(token + 1) != ","
    return verb or words.word(at) == "who" and at > token + 1


def _odd(words: Words, token: int) -> bool:
    """Whether a word at the start of a sentence stands as a name does, though the parser takes it for a common word."""
    word = words.words[token]
    if len(word) > 2 and (word.isupper() or not word.isascii()):
        return True
    colours = words.tags[token] in ("JJ", "VBG", "VBN") and known_at(words, token + 1, gazetteer()) is not None
    if words.word(token + 1) == "-" and words.joined(token) and words.joined(token + 1):
        given = words.lower[token] not in _PREFIXES and words.tags[token + 2 : token + 4] == ["NNP", "NNP"]
        return given and _bound(words, token + 2, gazetteer())
    standing = words.roles[token] in ("nsubj", "compound", "nmod", "poss") and not colours
    following = words.words[token + 1] if token + 1 < len(words) else ""
    return standing and (words.tags[token] in ("VB", "VBP", "FW", "UH") or following[:1].isupper())


def fresh(words: Words, token: int) -> bool:
    """Whether a token begins a sentence or a quotation, where every word has a capital."""
    before = token - 1
    return before < 0 or words.sentences[token] != words.sentences[before] or words.tags[before] in ("``", ":", "_SP")


def _chain(words: Words, token: int, known: Gazetteer) -> int | None:
    """The last token of the chain of capitalised words that starts at a token; None where none starts."""
    entry = known_at(words, token, known)
    if entry is not None:
        last = entry[1]
    elif _named(words, token, known) or words.words[token][:1].isupper() and _called_for(words, token, known):
        last = token
    else:
        start = _after_particles(words, token, known) if words.words[token] in _LEADING else None
        if start is None:
            return None
        last = start
    while last - token < _LONGEST and (following := _next(words, token, last, known)) is not None:
        last = following
    return last


def _after_particles(words: Words, token: int, known: Gazetteer) -> int | None:
    """The capitalised token after particles that start at a token, such as the last of "al-", "Sharaa"."""
    end = token
    while (
        end < token + 4
        and end < len(words)
        and (words.lower[end] in known.words["particle"] or words.words[end] == "-")
    ):
        end += 1
    return end if end > token and _named(words, end, known) else None


def _next(words: Words, first: int, last: int, known: Gazetteer) -> int | None:
    """The token up to which a chain goes on; None where it ends."""
    token = last + 1
    if token >= len(words) or words.sentences[token] != words.sentences[last] and not words.words[last].endswith("."):
        return None
    word = words.words[token]
    if word == "-":
        whole = words.joined(last) and words.joined(token) and words.words[token + 1][:1].isalpha()
        return token + 1 if whole and _bound(words, token + 1, known) else None
    entry = known_at(words, token, known)
    if entry is not None or _named(words, token, known) or _inner(words, token):
        return token if entry is None else entry[1]
    nickname = _after_nickname(words, last, known) if word in _MARKS else None
    if word in (".", "(") or nickname is not None:
        return nickname or _after_title(words, last, known)
    if word in known.words["particle"]:
        return _after_particles(words, token, known)
    return _owned(words, last, known) or _after_link(words, first, last, known)


def _owned(words: Words, last: int, known: Gazetteer) -> int | None:
    """The token up to which a name goes on that owners open, or that says what a movement wants."""
    token = last + 1
    owned = _owners(words, token, known)
    if owned is not None:
        return owned
    if words.words[token] == "'s" and words.words[last] in _OWNERS and _named(words, token + 1, known):
        return token + 1
    agents = words.words[last].endswith(_AGENTS) and words.words[token] == "'"
    several = words.lower[token] == "'s" and (agents or known.nouns.get(words.lower[last]) == "people")
    ahead = itertools.takewhile(lambda word: word[:1].isupper(), words.words[last + 2 : last + 5])
    if several and any(word in known.words["organisation"] for word in ahead):
        return token + 1
    return token + 1 if _called_for(words, last, known) else None


def _after_link(words: Words, first: int, last: int, known: Gazetteer) -> int | None:
    """The token up to which a name goes on after "of", "for" or "and"."""
    token = last + 1
    word = words.words[token]
    if word in ("and", ",", "&"):
        return list_ends(words, first, last, known) or joined_ends(words, first, last, known)
    body = any(each in known.words["organisation"] for each in words.words[first:last])
    deliberates = words.words[last] in _DELIBERATING or body and words.words[last] in _STUDYING
    led = word == "on" and deliberates or word == "of" and words.words[last] in REALMS
    if led and _named(words, token + 1, known):
        return token + 1
    if word not in ("of", "for"):
        return None
    if word == "of" and words.word(token + 1) in BRIEFS and titled(words.words[last], known):
        return token + 1 if words.words[token + 1][0].isupper() else None
    if portfolio_ends(words, first, token, known) is not None:
        return token + 1 + (words.word(token + 1) == "the")
    if word == "of" and words.word(token + 1) == "the" and set(words.words[token + 2 : token + 3]) & REALMS:
        body = any(each in known.words["organisation"] for each in words.words[first : last + 1])
        return token + 2 if body else None
    led = _of_body(words, first, last, known) or word == "of" and _several(words, first, last, known)
    if words.words[last] not in known.words["organisation"] and not led:
        return None
    articles = ("the", "a", "an") if word == "for" else ("the",)
    following = token + 1 + (words.word(token + 1) in articles)
    own = words.words[last] not in _OFFICES or words.words[last] in _NAMING and not _known(words, following, known)
    own = own or joined_by(words, first)
    counted = words.tags[following : following + 1] == ["CD"] and words.words[following][0].isupper()
    return following if own and (counted or _named(words, following, known)) else None


def _of_body(words: Words, first: int, last: int, known: Gazetteer) -> bool:
    """Whether a name says what a body minds, so that a place may follow: "the Chamber of Trade and Ports of Lima"."""
    of = next((at for at in range(first + 1, last) if words.lower[at] in ("of", "for")), None)
    return (
        of is not None
        and words.words[of - 1] in known.words["organisation"] - _OFFICES
        and known_at(words, last, known) is None
    )


def _several(words: Words, first: int, last: int, known: Gazetteer) -> bool:
    """Whether a name is one of a band that says of where or what it is: "the Liberation Tigers of Tamil Eelam"."""
    single = words.lower[last].removesuffix("s")
    known_as = first < last and single in known.nouns or known.nouns.get(single) == "office-holder"
    band = words.word(first - 1) == "the" and words.lower[last].endswith("s") and not known_as
    return band and single.capitalize() not in known.words["place"] and words.tags[last] in ("NNPS", "NNP", "NNS")


def _owners(words: Words, token: int, known: Gazetteer) -> int | None:
    """The token after two sorts of people who own a body: "the Workers' and Peasants' Party"; None where none do."""
    if words.word(token) != "'s" or words.word(token + 1) != "and":
        return None
    end = token + 2
    while end < min(len(words), token + 5) and words.words[end][:1].isupper():
        end += 1
    return end + 1 if end > token + 2 and words.word(end) == "'s" and _named(words, end + 1, known) else None


def _called_for(words: Words, last: int, known: Gazetteer) -> bool:
    """Whether a name goes on that says what a movement wants: "Stop the Treaty", where it acts or is explained."""
    article, end = last + 1, last + 2
    if words.word(article) not in ("the", "our") or not words.tags[last].startswith(("VB", "NN")):
        return False
    if words.tags[last] == "VBG":
        return False
    if words.words[article][0].isupper() and words.tags[last].startswith("VB"):
        return _named(words, end, known)
    if fresh(words, last) and words.lower[last].endswith("ing"):
        return False
    if not _named(words, end, known) or words.lower[last] in known.nouns or known_at(words, last, known) is not None:
        return False
    while end - last < _LONGEST and _named(words, end + 1, known):
        end += 1
    if not fresh(words, last):
        return words.tags[last] in ("VB", "VBP", "NN") and words.words[last] not in known.words["organisation"]
    acts = words.tags[end + 1 : end + 2] in (["VBZ"], ["VBD"]) and words.roles[last] in ("nsubj", "ROOT", "ccomp")
    return acts or words.word(end + 1) == "," and words.word(end + 2) in ("a", "an", "the", "which")


def _known(words: Words, token: int, known: Gazetteer) -> bool:
    return token < len(words) and known_at(words, token, known) is not None


def _after_title(words: Words, title: int, known: Gazetteer) -> int | None:
    """The token of a name that follows a title with a full stop apart from it, or one with "(retd)"."""
    following = None
    if words.word(title + 1) == ".":
        short = words.joined(title) and f"{words.words[title]}." in known.words["title"]
        following = title + 2 if short else None
    elif words.word(title + 2) in _RETIRED and titled(words.words[title], known):
        following = next((at for at in (title + 4, title + 5) if words.word(at - 1) == ")"), None)
    return following if following is not None and _named(words, following, known) else None


def _after_nickname(words: Words, last: int, known: Gazetteer) -> int | None:
    """The token after a nickname within a name: "Sambu" in "Joao "Nito" Sambu"."""
    mark, end = words.words[last + 1], last + 2
    while end < min(len(words), last + 5) and words.words[end][:1].isupper():
        end += 1
    inside = end > last + 2 and words.word(end) == _MARKS[mark] and words.words[last] not in known.words["organisation"]
    whole = inside and words.places[last] + len(words.words[last]) < words.places[last + 1] and not words.joined(end)
    if not whole or end + 1 >= len(words):
        return None
    particled = words.words[end + 1] in known.words["particle"]
    return _after_particles(words, end + 1, known) if particled else end + 1 if _named(words, end + 1, known) else None


def _inner(words: Words, token: int) -> bool:
    """Whether a word that is common elsewhere goes on a name, such as the "Both" of "Puok Both Baluang"."""
    word = words.words[token]
    common = word in _OPENERS | _MEMBERS or words.tags[token] in ("PRP", "CD") or not word.isalpha()
    return word[:1].isupper() and not common and word not in gazetteer().words["not a name"]


def _bound(words: Words, token: int, known: Gazetteer) -> bool:
    """Whether what follows a hyphen belongs to a name: not so in "UK-based" or "Iran-backed"."""
    word, before = words.words[token], words.words[token - 2] if token > 1 else ""
    short = len(word) <= 5 or len(word) <= 7 and before.istitle() and len(before) <= 4
    return word[:1].isupper() or short and not words.tags[token].startswith(("VB", "JJ", "IN", "RB"))
