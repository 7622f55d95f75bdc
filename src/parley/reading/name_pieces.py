"""What colours a name, its titles, and the name itself, in a chain of capitalised words. `pieces` is the main name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parley.reading.gazetteer import Entry, Gazetteer, first_word, gazetteer
from parley.reading.portfolios import MINDING, portfolio_ends
from parley.reading.tokens import Words, lexicon
from parley.reading.word_names import given_word, of_party

__all__ = ["ADVERBS", "BRIEFS", "RANKS", "Run", "RunKind", "begins", "known_at", "pieces", "titled"]

RunKind = Literal["person", "state", "organisation", "place", "adjective", "unknown"]

_ROYAL = lexicon("King Queen Pope Prince Princess Emperor Empress Sultan Emir Sheikh Sheikha Patriarch")
RANKS = lexicon(
    "Crown Chief Executive Special National Associate Assistant Senior Prime Foreign Defence Defense Interior "
    "Finance Vice Deputy Former Acting Supreme First Then"
)
_SPOT = lexicon("North South East West Northern Southern Eastern Western Lake Mount Port Cape Lower Upper St St. Saint")
BRIEFS = lexicon("state staff defense defence war justice finance government mission parliament")
_IN_RECORDS = lexicon(
    "MR MR. MRS MRS. MS MS. MISS DR DR. SIR DAME LORD LADY BARONESS PROF PROF. REV REV. HON HON. CLLR"
)
ADVERBS = frozenset(["First", "Then"])
_WHERE = frozenset(["in", "at", "from", "near"])
_STAFFS = lexicon("General Joint Defence Defense")
_IN_BODIES = frozenset(["Chief", "Major", "General"])
_GIVEN_TOO = lexicon("Baron Chancellor Duke Earl Judge Justice Major Marshal Pastor Prince Princess Queen Reverend")
_PAPERS = lexicon("Bill Act Accord Accords Agreement Treaty Convention Protocol Ordinance Amendment Pact Charter")
_FLYING = lexicon("Air Radio")
_LONGEST, _LONGEST_ACRONYM = 24, 6
_LANDS = frozenset(["Columbia", "Guiana", "Polynesia", "Samoa", "Honduras", "Somaliland", "Togoland", "Antarctica"])
_OWNING = lexicon("the a an its his her their our 's")
_DATELINE = frozenset([",", "-", "–", "—", "--", "("])
_TITLES = ("title", "title-m", "title-f", "rank", "address")
_PEOPLE = frozenset(["office-holder", "spokesperson", "analyst", "media", "relation", "person"])


@dataclass(slots=True, kw_only=True)
class Run:
    """Tokens that name one thing.

    Attributes
    ----------
    first, last : its tokens, titles not included
    start : its first token with titles before it
    kind : what it seems to name; unknown for a lone word that gives no sign
    entry : what the gazetteer knows it as
    titles : the words of the titles before it, as written
    modifier : whether it only colours a noun after it, as in "the Trump administration"
    """

    first: int
    last: int
    start: int
    kind: RunKind
    entry: Entry | None = None
    titles: tuple[str, ...] = ()
    modifier: bool = False

    @property
    def ranked(self) -> bool:
        """Whether a title stands before it that goes with a lone name for life: a monarch's, a rank, a robe."""
        return bool(self.titles) and self.titles[-1] in _ROYAL | gazetteer().words["rank"]


def known_at(words: Words, token: int, known: Gazetteer) -> tuple[Entry, int] | None:
    """What the gazetteer knows that starts at a token, and its last token.

    Parameters
    ----------
    words : the paragraph
    token : the token; nothing is known behind the last one
    known : the tables
    """
    if token >= len(words):
        return None
    word = words.words[token]
    entry = known.at(words.text, words.places[token], first_word(word)) if word[:1].isupper() else None
    if entry is None:
        return None
    end, last = words.places[token] + len(entry.words), token
    while last + 1 < len(words) and words.places[last + 1] < end:
        last += 1
    return entry, last


def pieces(words: Words, first: int, last: int, known: Gazetteer) -> Iterator[Run]:
    """Cut a chain into what colours the name, such as a nationality, its titles and the name.

    Parameters
    ----------
    words : the paragraph
    first, last : the tokens of the chain, both included
    known : the tables
    """
    given = _given_after_place(words, first, last, known)
    if given is not None:
        yield from pieces(words, first, given - 1, known)
        first = given
    ahead, start = _before_titles(words, first, last, known), first
    minded = ahead is not None and words.words[ahead + 1] in MINDING and known_at(words, first, known) is None
    if ahead is not None:
        yield from () if minded else pieces(words, first, ahead, known)
        first, start = ahead + 1, first if minded else ahead + 1
    yield from _titles_and_name(words, first, last, start, known)


def _given_after_place(words: Words, first: int, last: int, known: Gazetteer) -> int | None:
    """Where a person's name starts right after a place's: "envoy to the Great Lakes Thomas Whitford"."""
    ending = words.words[last]
    if ending in known.words["place"] or ending in known.words["organisation"]:
        return None
    for at in range(first + 2, last):
        if titled(words.words[at - 1], known) or titled(words.words[first], known):
            return None
        given = words.words[at] in known.genders or words.words[at + 1].endswith(".") and len(words.words[at + 1]) == 2
        placed = words.words[at - 1].removesuffix("s") in known.words["place"] or _apart(words, first, at, last)
        if given and placed:
            return at
    return None


def _apart(words: Words, first: int, at: int, last: int) -> bool:
    """Whether the parse joins nothing before a token of a chain with what follows, which stands beside a noun."""
    left = all(words.heads[token] < at for token in range(first, at))
    tops = [token for token in range(at, last + 1) if words.heads[token] < at]
    return left and len(tops) == 1 and words.roles[tops[0]] == "appos" and words.heads[tops[0]] < first


def _titles_and_name(words: Words, first: int, last: int, start: int, known: Gazetteer) -> Iterator[Run]:
    """A name with the titles before it, and with what colours it, as runs of their own."""
    token, titles = first, list[str]()
    while token <= last:
        found = known_at(words, token, known)
        if found is not None and not titles:
            entry, end = found
            whole = _absorbs(words, entry, end, last, known) or given_word(words, token)
            if not whole:
                yield _run(words, (token, min(end, last)), token, entry=entry)
                token = start = end + 1
                continue
            if whole == "organisation":
                yield _run(words, (token, last), token, kind="organisation")
                return
            break
        word = words.words[token]
        adverb = word in ADVERBS and not titles and token < last and not _ranks(words.words[token + 1], known)
        opens = adverb and begins(words, token) and f"{word} {words.words[token + 1]}" not in words.familiar
        if opens or word in ("-", ")") and titles:
            token += 1
            start = token if opens else start
            continue
        brief = word.lower() in BRIEFS and words.word(token - 1) == "of" and token > 1
        if brief and not titles and titled(words.words[token - 2], known):
            titles.append(words.words[token - 2].capitalize())
            token += 1
            continue
        shortened = words.word(token + 1) == "." and f"{word}." in known.words["title"]
        named = _given_too(words, token, last, known, titles)
        named = named or adverb and not opens or word in _STAFFS and last == token + 1 and words.word(last) == "staff"
        if not named and (titled(word, known) or shortened or _goes_with_title(words, token, last, titles, known)):
            titles.append(word)
            ends = portfolio_ends(words, token, token + 1, known) if words.word(token + 1) in ("of", "for") else None
            token = token + _title_length(words, token) if ends is None or ends >= last else ends + 1
            continue
        break
    if token > last or last > first and words.words[last] in MINDING or _is_office(words, token, last, known):
        return
    kind = _kind(words, token, last, titles, known)
    body = words.words[token] in known.words["organisation"]
    if kind == "organisation" and titles and (body or words.words[token - 1] not in known.words["title"] - _IN_BODIES):
        token, titles = start, []
    yield _run(words, (token, last), start, kind=kind, titles=tuple(titles))


def begins(words: Words, token: int) -> bool:
    """Whether a word begins a sentence or what stands in quotation marks, where an adverb has a capital too.

    Parameters
    ----------
    words : the paragraph
    token : the word
    """
    return token == 0 or words.sentences[token] != words.sentences[token - 1] or not words.words[token - 1].isalnum()


def _ranks(word: str, known: Gazetteer) -> bool:
    """Whether a word is a rank, a title, or begins the name of a body: what "First" goes with, unlike a name."""
    return (
        word in RANKS
        or titled(word, known)
        or word in known.words["organisation"]
        or known.nouns.get(word.lower()) is not None
    )


def _goes_with_title(words: Words, token: int, last: int, titles: list[str], known: Gazetteer) -> bool:
    """Whether a word is a title only with others, or before a whole name: "Lance Corporal", "Count Yared Bekele"."""
    word, following = words.words[token], token + 1 + (words.word(token + 1) == "-")
    after_title = word in known.words["after title"] | {"elect", "designate"} and titles
    if word in RANKS or after_title or of_party(words, token, last, known):
        return True
    if word in known.words["before title"] and following < last and titled(words.words[following], known):
        return True
    telling = known.nouns.get(words.lower[token]) in ("person", "relation") and word not in known.genders
    if word not in known.words["address in full"] and not (telling and word[:1].isupper()):
        return False
    parts = [each for each in words.words[following : last + 1] if each != "-"]
    whole = len(parts) > 1 and words.words[token + 1] not in ("-", word) and not parts[0].endswith(".")
    return whole and known.words["organisation"].isdisjoint(parts)


def _given_too(words: Words, token: int, last: int, known: Gazetteer, titles: list[str]) -> bool:
    """Whether a word that is a title elsewhere is a given name: "Dean Akhtar", "porter Prince Owusu", "Witness K"."""
    before = words.word(token - 1) if token else ""
    told = known.nouns.get(before) in _PEOPLE and not before.endswith("s")
    word = words.words[token]
    plain = word not in known.words["title"] | known.words["rank"] | _ROYAL
    if titles:
        return plain and word in known.genders and last == token + 1
    if plain and last == token + 1 and len(words.words[last]) == 1:
        return True
    given = word in known.genders and plain and word.lower() not in words.words
    return last == token + 1 and (given or word in _GIVEN_TOO and told)


def _is_office(words: Words, first: int, last: int, known: Gazetteer) -> bool:
    """Whether capitalised words are an office and no name: "the Deputy Relief Coordinator", "Permanent Observer of"."""
    body = words.words[last] in known.words["organisation"]
    if known.nouns.get(words.lower[last]) not in _PEOPLE or words.words[first] in known.genders or body:
        return False
    start = first
    while start and words.words[start - 1][:1].isupper() and words.lower[start - 1] not in _OWNING:
        start -= 1
    owned = words.word(start - 1) in _OWNING or words.word(start) in _OWNING
    return last > first and (owned or words.word(last + 1) in ("of", "for", "to"))


def _title_length(words: Words, token: int) -> int:
    """How many tokens a title takes with what belongs to it: "Chief of Staff", "Gen.", "Colonel (retd)"."""
    following = words.word(token + 1)
    if following == "(":
        return next((at for at in (4, 5) if words.word(token + at - 1) == ")"), 1)
    return {"of": 3, ".": 2}.get(following, 1)


def _before_titles(words: Words, first: int, last: int, known: Gazetteer) -> int | None:
    """Where what stands before a title ends, as "Ohio" in "Ohio Governor John Smith"; None where nothing does."""
    titles = [token for token in range(first + 1, last) if titled(words.words[token], known)]
    heads = (
        at for at in range(first, titles[-1] if titles else first) if words.words[at] in known.words["organisation"]
    )
    if any(words.lower[at + 1] in ("of", "for") for at in heads):
        return None
    if not titles:
        return None
    minded = (
        portfolio_ends(words, titles[-1], titles[-1] + 1, known)
        if words.word(titles[-1] + 1) in ("of", "for")
        else None
    )
    if any(word in known.words["organisation"] for word in words.words[(minded or titles[-1]) + 1 : last + 1]):
        return None
    start = titles[-1]
    while start > first:
        before = start - 1 - (words.words[start - 1] == "." and start - 1 > first)
        if not titled(words.words[before], known) and words.words[before] not in RANKS | known.words["before title"]:
            break
        start = before
    whole = last - titles[-1] >= 2 or known_at(words, first, known) is not None
    return start - 1 if start > first and whole and words.words[start - 1] != "-" else None


def titled(word: str, known: Gazetteer) -> bool:
    """Whether a word is a title or an office.

    Parameters
    ----------
    word : as written
    known : the tables
    """
    word = word.capitalize() if word in _IN_RECORDS else word
    return any(word in known.words[kind] for kind in _TITLES) or (
        known.nouns.get(word.lower(), "people") in ("office-holder", "spokesperson", "analyst", "media")
    )


def _absorbs(words: Words, entry: Entry, end: int, last: int, known: Gazetteer) -> str | None:
    """What a known form at the start of a longer chain belongs to: a person, an organisation, or nothing."""
    rest = [word for word in words.words[end + 1 : last + 1] if word != "-"]
    if not rest:
        return None
    body = rest[-1] in known.words["organisation"] and not any(known.nouns.get(word.lower()) for word in rest[:-1])
    if any(word in RANKS for word in rest[:-1]) or not body and any(titled(word, known) for word in rest):
        return None
    if any(word in known.words["organisation"] for word in rest) and rest[-1] in known.words["organisation"] | {
        "Affairs"
    }:
        return "organisation"
    if entry.kind == "adjective" and entry.words not in known.genders:
        return "organisation" if len(rest) == 1 and rest[0] in _LANDS else None
    joined = words.roles[end] == "compound" and words.heads[end] == last == end + 1 and words.tags[last] == "NNP"
    if entry.kind == "organisation" and entry.words.isupper() and joined and not titled(rest[0], known):
        return "organisation"
    if entry.kind in ("organisation", "seat") or entry.words.isupper():
        return None
    return "person"


def _opens(words: Words, first: int) -> bool:
    """Whether nothing but the word before a name stands before it in its sentence: "In New York"."""
    return first == 1 or first > 1 and words.sentences[first - 2] != words.sentences[first]


def _in_capitals(parts: list[str], *, hyphened: bool = False) -> bool:
    """Whether a name is an acronym, or ends in one: not so "Henry Oakes III"."""
    if len(parts) == 1:
        return len(parts[0]) > 1 and parts[0][:2].isupper()
    if hyphened and all(map(str.isupper, parts)):
        return True
    numbered = set(parts[-1]) <= {"I", "V", "X"}
    return len(parts[-1]) > 2 and parts[-1].isupper() and not parts[0].isupper() and not numbered


def _described(words: Words, first: int, parts: list[str], known: Gazetteer) -> bool:
    """Whether a name of two words or more follows what a person is: "the party's secretary, Jógvan Dam"."""
    noun = words.word(first - 2) if words.word(first - 1) == "," and words.tags[first - 2] == "NN" else ""
    return len(parts) > 1 and known.nouns.get(noun) in _PEOPLE


def _opens_report(words: Words, last: int, known: Gazetteer) -> bool:
    """Whether a place and no speaker stands in capitals at the start: not so before a role, or a state in brackets."""
    mark, following = words.word(last + 1), last + 2
    if mark == "(":
        return known_at(words, following, known) is None or words.word(following + 1) == "-"
    if mark == "," and following < len(words):
        end = following
        while end < len(words) and (words.words[end][:1].isupper() or words.words[end] == "-"):
            end += 1
        roles = any(known.nouns.get(word) in _PEOPLE for word in words.lower[following : end + 1])
        return not roles and words.word(following) not in _OWNING
    return mark in _DATELINE


def _kind(words: Words, first: int, last: int, titles: list[str], known: Gazetteer) -> RunKind:
    parts = [word for word in words.words[first : last + 1] if word != "-"]
    before = words.word(first - 1)
    if first == last and words.tags[first].startswith("JJ") and not titles:
        return "adjective"
    given = parts[0] in known.genders or given_word(words, first)
    if len(parts) > 1 and (parts[-1] in _PAPERS and not titles or parts[0] in _FLYING):
        return "organisation"
    if titles and not any(part in known.words["organisation"] for part in parts):
        return "person"
    if {"the", "our", "&"} & set(words.lower[first + 1 : last + 1]):
        return "organisation"
    if _described(words, first, parts, known):
        return "person"
    dateline = first == 0 and all(map(str.isupper, parts)) and _opens_report(words, last, known)
    body = parts[-1] in known.words["organisation"] or parts[-2:] in (["Central", "Bank"], ["Reserve", "Bank"])
    if dateline or not body and (parts[-1] in known.words["place"] or len(parts) > 1 and parts[0] in _SPOT):
        return "place"
    staff = parts[-1] == "Staff" and bool(_STAFFS & set(parts))
    if staff or any(part in known.words["organisation"] for part in parts[-3:]) or "of" in parts:
        return "organisation"
    hyphened = last - first + 1 == 2 * len(parts) - 1 and len("".join(parts)) <= _LONGEST_ACRONYM
    family = given and len(parts) == 2 and len(parts[-1]) > 3
    if _in_capitals(parts, hyphened=hyphened) and not family or before == "the" and not (given and len(parts) > 1):
        return "organisation"
    if len(parts) > 1:
        placed = words.word(last + 1) == "," and _opens(words, first) and not given or parts[0] in ("San", "Santa")
        return "place" if placed and before in _WHERE else "person"
    return "place" if before in known.words["locative"] else "unknown"


def _run(
    words: Words,
    place: tuple[int, int],
    start: int,
    *,
    kind: RunKind = "state",
    entry: Entry | None = None,
    titles: tuple[str, ...] = (),
) -> Run:
    first, last = place
    if entry is not None and entry.kind == "organisation":
        kind = "organisation"
    following = last + 1
    modifier = (
        following < len(words)
        and words.tags[following] in ("NN", "NNS")
        and words.roles[last] in ("compound", "nmod", "amod")
        and words.heads[last] > last
    )
    return Run(first=first, last=last, start=start, kind=kind, entry=entry, titles=titles, modifier=modifier)
