"""Runs of capitalised words that name somebody or something. `runs` is the main name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parley.reading.gazetteer import Entry, Gazetteer, first_word, gazetteer
from parley.reading.tokens import Words, lexicon

__all__ = ["RANKS", "Run", "RunKind", "fresh", "known_at", "runs"]

RunKind = Literal["person", "state", "organisation", "place", "adjective", "unknown"]

_FUNCTION = lexicon("DT IN PRP PRP$ CC MD TO WP WDT WP$ WRB EX RB POS . , : `` '' -LRB- -RRB- CD SYM UH")
_LONGEST = 24
_LEADING = lexicon("al el von van der den de bin ibn ben")
_ROYAL = lexicon("King Queen Pope Prince Princess Emperor Empress Sultan Emir Sheikh Sheikha Patriarch")
_UNIFORMED = lexicon(
    "Admiral Adm. Brigadier Brig. Captain Capt. Colonel Col Col. Commander Cmdr. Comrade General Gen Gen. "
    "Lieutenant Lt Lt. Lt-Gen Major Maj Maj. Marshal Sergeant Sgt. Archbishop Bishop Cardinal Father Rabbi Imam "
    "Ayatollah Mullah Maulana Judge Justice Haji Hajji Comandante Lord Lady Baroness"
)
RANKS = lexicon(
    "Crown Chief Executive Special National Associate Assistant Senior Prime Foreign Defence Defense Interior "
    "Finance Vice Deputy Former Acting Supreme First Then"
)
_POINTS = lexicon("North South East West Northern Southern Eastern Western Lake Mount Port Cape Lower Upper")
_OWNERS = lexicon("People Workers Women Children Teachers Soldiers Students Farmers World Nation")
_BRIEFS = lexicon("state staff defense defence war justice finance government mission parliament")
_OPENERS = lexicon(
    "The A An In On At Of For And But I If As It He She They We His Her Its Their No Not When While After"
)
_BY_LETTERS = frozenset(["MP", "MPs", "MEP", "MEPs", "MSP", "MSPs", "TD", "PM", "CEO"])
_RETIRED = frozenset(["retd", "retd.", "ret", "ret.", "retired"])
_OFFICES = frozenset(["Government", "Administration", "Ministry", "Army", "Police", "Parliament", "Cabinet"])


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
        return bool(self.titles) and self.titles[-1] in _ROYAL | _UNIFORMED


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
        found += _pieces(words, token, last - office, known)
        token = last + 1
    return found


def known_at(words: Words, token: int, known: Gazetteer) -> tuple[Entry, int] | None:
    """What the gazetteer knows that starts at a token, and its last token."""
    word = words.words[token]
    entry = known.at(words.text, words.places[token], first_word(word)) if word[:1].isupper() else None
    if entry is None:
        return None
    end, last = words.places[token] + len(entry.words), token
    while last + 1 < len(words) and words.places[last + 1] < end:
        last += 1
    return entry, last


def _named(words: Words, token: int, known: Gazetteer) -> bool:
    """Whether a token looks like a part of a name."""
    if token >= len(words):
        return False
    word = words.words[token]
    if not word[:1].isupper() or word in known.words["not a name"]:
        return False
    if word.lower() in known.nouns and fresh(words, token):
        retired = words.word(token + 1) == "(" and words.word(token + 2) in _RETIRED
        return retired or (words.words[token + 1 : token + 2] != [] and words.words[token + 1][:1].isupper())
    tag = words.tags[token]
    if tag.startswith("NNP") or word in known.genders or word in known.nationalities or word in words.familiar:
        return True
    if tag in _FUNCTION or (tag in ("VBZ", "VBD") and token > 0 and words.tags[token - 1].startswith("NNP")):
        return False
    return not fresh(words, token) or _odd(words, token)


def _odd(words: Words, token: int) -> bool:
    """Whether a word at the start of a sentence stands as a name does, though the parser takes it for a common word."""
    word = words.words[token]
    if word.isupper() and len(word) > 2:
        return True
    standing = words.roles[token] in ("nsubj", "compound", "nmod", "poss")
    following = words.words[token + 1] if token + 1 < len(words) else ""
    return standing and (words.tags[token] in ("VB", "VBP", "FW", "UH") or following[:1].isupper())


def fresh(words: Words, token: int) -> bool:
    """Whether a token begins a sentence or a quotation, where every word has a capital."""
    before = token - 1
    return before < 0 or words.sentences[token] != words.sentences[before] or words.tags[before] in ("``", ":")


def _chain(words: Words, token: int, known: Gazetteer) -> int | None:
    """The last token of the chain of capitalised words that starts at a token; None where none starts."""
    entry = known_at(words, token, known)
    if entry is not None:
        last = entry[1]
    elif _named(words, token, known):
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
    if word in (".", "("):
        return _after_title(words, last, known)
    if word == "'s" and words.words[last] in _OWNERS and _named(words, token + 1, known):
        return token + 1
    if word == "of" and words.word(token + 1) in _BRIEFS and _titled(words.words[last], known):
        return token + 1 if words.words[token + 1][0].isupper() else None
    if word in known.words["particle"]:
        return _after_particles(words, token, known)
    if word == "and":
        return token + 2 if first == last and _pair(words, token, known) else None
    if word in ("of", "for") and words.words[last] in known.words["organisation"]:
        following = token + 1 + (words.word(token + 1) == "the")
        own = (
            words.words[last] not in _OFFICES or words.words[last] == "Ministry" and not _known(words, following, known)
        )
        return following if own and _named(words, following, known) else None
    return None


def _known(words: Words, token: int, known: Gazetteer) -> bool:
    return token < len(words) and known_at(words, token, known) is not None


def _pair(words: Words, link: int, known: Gazetteer) -> bool:
    """Whether "and" stands inside the name of a body, as in "the Transport and Harbour Union"."""
    if words.word(link - 2) != "the" or link + 2 >= len(words) or not _named(words, link + 1, known):
        return False
    body = words.words[link + 2] in known.words["organisation"]
    return body and known_at(words, link - 1, known) is None and known_at(words, link + 1, known) is None


def _after_title(words: Words, title: int, known: Gazetteer) -> int | None:
    """The token of a name that follows a title with a full stop apart from it, or one with "(retd)"."""
    following = None
    if words.word(title + 1) == ".":
        short = words.joined(title) and f"{words.words[title]}." in known.words["title"]
        following = title + 2 if short else None
    elif words.word(title + 2) in _RETIRED and _titled(words.words[title], known):
        following = next((at for at in (title + 4, title + 5) if words.word(at - 1) == ")"), None)
    return following if following is not None and _named(words, following, known) else None


def _inner(words: Words, token: int) -> bool:
    """Whether a word that is common elsewhere goes on a name, such as the "Both" of "Puok Both Baluang"."""
    word = words.words[token]
    common = word in _OPENERS or words.tags[token] in ("PRP", "CD") or not word.isalpha()
    return word[:1].isupper() and not common and word not in gazetteer().words["not a name"]


def _bound(words: Words, token: int, known: Gazetteer) -> bool:
    """Whether what follows a hyphen belongs to a name: not so in "UK-based" or "Iran-backed"."""
    word = words.words[token]
    return word[:1].isupper() or (len(word) <= 5 and not words.tags[token].startswith(("VB", "JJ", "IN", "RB")))


def _pieces(words: Words, first: int, last: int, known: Gazetteer) -> Iterator[Run]:
    """Cut a chain into what colours the name, such as a nationality, its titles and the name."""
    ahead = _before_titles(words, first, last, known)
    if ahead is not None:
        yield from _pieces(words, first, ahead, known)
        first = ahead + 1
    token, start, titles = first, first, list[str]()
    while token <= last:
        found = known_at(words, token, known)
        if found is not None and not titles:
            entry, end = found
            whole = _absorbs(words, entry, end, last, known)
            if not whole:
                yield _run(words, (token, min(end, last)), token, entry=entry)
                token = start = end + 1
                continue
            if whole == "organisation":
                yield _run(words, (token, last), token, kind="organisation")
                return
            break
        word = words.words[token]
        brief = word.lower() in _BRIEFS and words.word(token - 1) == "of" and token > 1
        if brief and not titles and _titled(words.words[token - 2], known):
            titles.append(words.words[token - 2].capitalize())
            token += 1
            continue
        if word in RANKS or _titled(word, known):
            titles.append(word)
            token += _title_length(words, token)
            continue
        break
    if token > last:
        return
    kind = _kind(words, token, last, titles, known)
    if kind == "organisation" and titles and words.words[token - 1] not in known.words["title"] - {"Chief"}:
        token, titles = start, []
    yield _run(words, (token, last), start, kind=kind, titles=tuple(titles))


def _title_length(words: Words, token: int) -> int:
    """How many tokens a title takes with what belongs to it: "Chief of Staff", "Gen.", "Colonel (retd)"."""
    following = words.word(token + 1)
    if following == "(":
        return next((at for at in (4, 5) if words.word(token + at - 1) == ")"), 1)
    return {"of": 3, ".": 2}.get(following, 1)


def _before_titles(words: Words, first: int, last: int, known: Gazetteer) -> int | None:
    """Where what stands before a title ends, as "Ohio" in "Ohio Governor John Smith"; None where nothing does."""
    titles = [token for token in range(first + 1, last) if _titled(words.words[token], known)]
    if not titles or any(word in known.words["organisation"] for word in words.words[titles[-1] + 1 : last + 1]):
        return None
    start = titles[-1]
    while start > first and (words.words[start - 1] in RANKS or _titled(words.words[start - 1], known)):
        start -= 1
    whole = last - titles[-1] >= 2 or known_at(words, first, known) is not None
    return start - 1 if start > first and whole and words.words[start - 1] != "-" else None


def _titled(word: str, known: Gazetteer) -> bool:
    return any(word in known.words[kind] for kind in ("title", "title-m", "title-f")) or (
        known.nouns.get(word.lower(), "people") in ("office-holder", "spokesperson", "analyst", "media")
    )


def _absorbs(words: Words, entry: Entry, end: int, last: int, known: Gazetteer) -> str | None:
    """What a known form at the start of a longer chain belongs to: a person, an organisation, or nothing."""
    rest = [word for word in words.words[end + 1 : last + 1] if word != "-"]
    if not rest:
        return None
    titled = any(word in RANKS or _titled(word, known) for word in rest[:-1]) or _titled(rest[-1], known)
    if titled:
        return None
    if any(word in known.words["organisation"] for word in rest) and rest[-1] in known.words["organisation"] | {
        "Affairs"
    }:
        return "organisation"
    if entry.kind == "adjective" and entry.words not in known.genders:
        return None
    if entry.kind in ("organisation", "seat") or entry.words.isupper():
        return None
    return "person"


def _kind(words: Words, first: int, last: int, titles: list[str], known: Gazetteer) -> RunKind:
    parts = [word for word in words.words[first : last + 1] if word != "-"]
    before = words.word(first - 1)
    if first == last and words.tags[first].startswith("JJ") and not titles:
        return "adjective"
    given = parts[0] in known.genders
    if titles and not any(part in known.words["organisation"] for part in parts):
        return "person"
    if parts[-1] in known.words["place"] or (parts[0] in _POINTS and len(parts) > 1):
        return "place"
    if any(part in known.words["organisation"] for part in parts[-3:]) or "of" in parts:
        return "organisation"
    if len(parts) == 1 and len(parts[0]) > 1 and sum(map(str.isupper, parts[0])) > 1 and parts[0][:2].isupper():
        return "organisation"
    if len(parts) > 1 and len(parts[-1]) > 2 and parts[-1].isupper() and not parts[0].isupper():
        return "organisation"
    if before == "the" and not (given and len(parts) > 1):
        return "organisation"
    if len(parts) > 1:
        return "person"
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
