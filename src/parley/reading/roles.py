"""Noun phrases whose head is the noun of a role: "the Chilean foreign minister", "a spokeswoman for the ministry".

`phrases` is the main name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from parley.reading.addressing import addressed
from parley.reading.extents import occasional, taken
from parley.reading.gazetteer import gazetteer
from parley.reading.name_pieces import Run
from parley.reading.tokens import Words, lexicon

__all__ = ["Phrase", "Role", "as_body", "is_office", "matches", "phrases"]

_IGNORED = lexicon(
    "senior top veteran outgoing new late then acting current longtime long-time sitting chief former ex powerful "
    "hardline leading prominent incoming newly elected re-elected retired prominent influential main lead highest "
    "youngest own"
)
_BRANCHES = frozenset(["executive", "legislature", "judiciary"])
_QUESTIONS = lexicon("who whom whose which what when where why how whoever whatever whenever wherever that")
_OVER = frozenset(["former", "ex"])
_CALLED_BODIES = lexicon(
    "operator producer exporter importer manufacturer developer lender insurer retailer supplier refiner conglomerate "
    "subsidiary airline carrier steelmaker carmaker drugmaker chipmaker shipbuilder utility wholesaler consortium "
    "company firm union party movement militia charity agency watchdog group faction guerrillas"
)
_CALLING = lexicon("calling calls call called styling styles style styled naming names name named dubbing dubs dubbed")
_LOWER_RANK = lexicon("deputy vice assistant former ex shadow junior under co")
_SAME = {
    "leader": lexicon(
        "president minister secretary premier chancellor king queen ruler head chief chairman chairwoman emir sultan "
        "leader"
    ),
    "diplomat": lexicon("minister envoy ambassador diplomat"),
    "spokesman": lexicon("spokesman spokesperson"),
    "spokeswoman": lexicon("spokeswoman spokesperson"),
    "spokesperson": lexicon("spokesman spokeswoman spokesperson"),
    "envoy": lexicon("envoy ambassador representative"),
    "mediator": lexicon("mediator envoy facilitator"),
    "head": lexicon("head chief leader director chairman chairwoman"),
    "chief": lexicon("chief head director leader commander minister secretary general president chairman commissioner"),
    "commander": lexicon("commander general chief"),
    "general": lexicon("general commander"),
    "academic": lexicon("professor scholar historian lecturer academic"),
    "scholar": lexicon("professor scholar historian lecturer academic fellow"),
    "expert": lexicon("expert analyst specialist researcher"),
    "premier": lexicon("premier minister"),
    "cleric": lexicon("ayatollah imam sheikh mullah mufti bishop archbishop cardinal priest pastor rabbi patriarch"),
    "peer": lexicon("baroness lord viscount baron"),
    "prelate": lexicon("bishop archbishop cardinal patriarch"),
    "lawmaker": lexicon("senator congressman congresswoman deputy legislator mp representative"),
    "legislator": lexicon("senator congressman congresswoman deputy lawmaker mp representative"),
    "officer": lexicon("general colonel major captain lieutenant brigadier commander admiral sergeant"),
    "judge": lexicon("justice judge"),
    "don": lexicon("professor lecturer"),
}
_DETERMINERS = lexicon(
    "the a an both this that his her its their my our your another one some any no these those neither either each "
    "every"
)
_PARTS = lexicon("one another other second third latter younger older youngest eldest oldest")
_FORWARD = frozenset(["of", "for", "at", "to", "in", "from", "on", "with"])
_VERB_ROLES = {
    "heads": "head", "headed": "head", "heading": "head", "leads": "leader", "led": "leader", "leading": "leader",
    "chairs": "chair", "chaired": "chair", "runs": "head", "ran": "head", "edits": "editor", "edited": "editor",
    "commands": "commander", "commanded": "commander", "represents": "representative",
    "represented": "representative",
    "directs": "director",
    "speaks": "spokesperson", "mediates": "mediator", "mediated": "mediator", "governs": "governor",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role as the article words it.

    Attributes
    ----------
    core : the noun with what narrows it, in lower case, such as ("foreign", "minister")
    place : the state's code, or in lower case the body, to which it belongs; None where the article does not say
    former : whether it is over
    """

    core: tuple[str, ...]
    place: str | None = None
    former: bool = False


@dataclass(slots=True, kw_only=True)
class Phrase:
    """A noun phrase with a role's noun as head.

    Attributes
    ----------
    first, head, last : its tokens; what follows "of" or "for" lies within
    role : what it says
    type : the noun's type, such as office-holder or body
    determiner : the word that opens it, or `'s` where somebody's name does; empty where none
    plural : whether it speaks of several
    """

    first: int
    head: int
    last: int
    role: Role
    type: str
    determiner: str = ""
    plural: bool = False


def matches(asked: Role, held: Role) -> bool:
    """Whether words for a role can mean a role that somebody is known to hold.

    Parameters
    ----------
    asked : the words to resolve, such as "the minister"
    held : what the article says elsewhere, such as "foreign minister of Chile"
    """
    if asked.former != held.former:
        return False
    head = asked.core[-1]
    if head != held.core[-1] and held.core[-1] not in _SAME.get(head, frozenset()):
        return False
    told = asked.place is not None and asked.place not in gazetteer().state_names
    if told and held.place is None and head != held.core[-1]:
        return False
    if head == "premier" and held.core[-1] == "minister" and "prime" not in held.core:
        return False
    return _narrower(asked, held) and (asked.place is None or held.place is None or asked.place == held.place)


def _narrower(asked: Role, held: Role) -> bool:
    mine, theirs = set(asked.core[:-1]), set(held.core[:-1])
    if (theirs & _LOWER_RANK) - mine:
        return False
    if asked.core[-1] != held.core[-1]:
        return not mine - _IGNORED - theirs - {"foreign", "policy"}
    return not mine - _IGNORED - theirs


def as_body(words: Words, run: Run) -> Run:
    """A name, as one of a body where the words before it say so: "mine operator Ardent Ore", "calling itself Dawn".

    Parameters
    ----------
    words : the paragraph
    run : a name in it
    """
    before = words.words[run.start - 1] if run.start else ""
    mark = run.start - 1 - (before == "the")
    mark -= words.word(mark) in ('"', "“", "‘", "'")
    itself = words.word(mark) in ("itself", "themselves") and words.word(mark - 1) in _CALLING
    if run.titles or run.kind not in ("person", "unknown", "place"):
        return run
    told = before in _CALLED_BODIES and run.kind != "place" and words.words[run.first] not in gazetteer().genders
    return replace(run, kind="organisation") if itself or told else run


def is_office(words: Words, run: Run) -> bool:
    """Whether capitalised words are an office and no name: "the Permanent Representative", "the Relief Coordinator".

    Parameters
    ----------
    words : the paragraph
    run : what looks like a name in it
    """
    human = gazetteer().nouns.get(words.lower[run.last]) in ("office-holder", "spokesperson", "analyst")
    several = run.last > run.start and run.entry is None and words.word(run.start - 1) == "the"
    following = words.word(run.last + 1)
    return human and several and (following in ("of", "for", ",") or words.tags[run.last + 1 : run.last + 2] != ["NNP"])


def phrases(words: Words, named: list[Run], bodies: frozenset[str] = frozenset()) -> list[Phrase]:
    """Find the role phrases of a paragraph, from left to right.

    Parameters
    ----------
    words : the paragraph
    named : its names
    bodies : nouns in lower case that end the names of bodies elsewhere in the article, such as patriarchate
    """
    nouns = gazetteer().nouns
    inside = _cover(named)
    found = []
    for token, word in enumerate(words.lower):
        kind = nouns.get(word) or nouns.get(_hyphened(words, token))
        if kind is None and word in bodies and words.word(token - 1) == "the" and words.tags[token] == "NN":
            kind = "body"
        if word in _BRANCHES and words.words[token][0].isupper() and words.word(token - 1) == "the":
            kind = "body"
        if word in _PARTS:
            found += _partitive(words, token)
        if kind is None or token in inside or not words.tags[token].startswith(("NN", "JJ", "VB")):
            continue
        if words.tags[token].startswith("VB") and words.tags[token - 1] not in ("DT", "JJ", "POS", "NN"):
            continue
        if words.word(token + 1) in nouns and words.tags[token + 1] in ("NN", "NNS") and token + 1 not in inside:
            continue
        if _only_part(words, token) or addressed(words, token, token):
            continue
        if words.word(token + 1) == "-" and words.joined(token) and words.joined(token + 1):
            continue
        found.append(_phrase(words, token, kind, inside))
    return found


def _only_part(words: Words, token: int) -> bool:
    """Whether a noun only narrows another, as "deputy" in "the deputy minister", or tells who is among some others."""
    ranks = words.lower[token] in _LOWER_RANK and words.tags[min(token + 1, len(words) - 1)].startswith(("NN", "JJ"))
    return ranks or words.lower[max(0, token - 2) : token] in (["of", "them"], ["among", "them"])


def _hyphened(words: Words, token: int) -> str:
    """A token with what hyphens join to it from before, such as "co-ordinator" or "son-in-law"; empty where none do."""
    start = _hyphened_from(words, token)
    return "".join(words.lower[start : token + 1]) if start < token else ""


def _hyphened_from(words: Words, token: int) -> int:
    """The first token of those that hyphens join before a token, or itself."""
    start = token
    while start >= 2 and words.words[start - 1] == "-" and words.joined(start - 1) and words.joined(start - 2):
        start -= 2
    return start


def _partitive(words: Words, token: int) -> list[Phrase]:
    """One of several: "one of the two officials", "another of them", or "the other" as the subject of a verb."""
    if words.word(token + 1) != "of":
        alone = words.roles[token] == "nsubj" and words.tags[min(token + 1, len(words) - 1)].startswith(("VB", "MD"))
        word, before = words.word(token), words.word(token - 1)
        known = word == "another" or before == "the" or word in ("second", "third") and before == "a"
        if word == "one" or not alone or not known:
            return []
        first = token - (word != "another")
        role = Role(core=("person",))
        return [Phrase(first=first, head=token, last=token, role=role, type="person", determiner="one")]
    nouns, last = gazetteer().nouns, token + 1
    while last + 1 < min(len(words), token + 7) and words.tags[last + 1].startswith(("DT", "CD", "JJ", "NN", "PRP")):
        last += 1
        word = words.lower[last]
        if words.tags[last] in ("NNS", "NNPS") or word == "them" or words.tags[last] == "CD" and last + 1 < len(words):
            if words.tags[last] == "CD" and words.tags[last + 1].startswith(("NN", "JJ")):
                continue
            single = word.removesuffix("s")
            if single not in nouns and word != "them" and words.roles[token] == "pobj":
                return []
            role = Role(core=(single if single in nouns else "person",))
            return [Phrase(first=token, head=token, last=last, role=role, type="person", determiner="one")]
    return []


def verb_role(words: Words, token: int, inside: dict[int, Run]) -> Role | None:
    """The role in a clause such as "who heads the delegation", with its verb at a token; None where it tells none."""
    noun = _VERB_ROLES.get(words.word(token))
    if noun is None:
        return None
    return Role(core=(noun,), place=_place_after(words, token, inside)[0])


def _cover(named: list[Run]) -> dict[int, Run]:
    return {token: run for run in named for token in range(run.start, run.last + 1)}


def _phrase(words: Words, head: int, kind: str, inside: dict[int, Run]) -> Phrase:
    joined, after = _hyphened(words, head), head + 1
    whole = joined.endswith("-in-law")
    first, core, place, determiner = _backwards(words, _hyphened_from(words, head) if whole else head, inside)
    core = [*core[:-1], joined] if whole else core
    forward = words.word(after) in _FORWARD and not taken(words, head, after) and not occasional(words, after)
    ahead, last = _place_after(words, head + 1, inside) if forward else (None, head)
    if words.word(head + 1) not in ("of", "for") and last > head and ahead not in gazetteer().state_names:
        ahead, last = None, head
    narrowing = tuple(word for word in core if word not in _OVER)
    return Phrase(
        first=first,
        head=head,
        last=last,
        role=Role(core=narrowing, place=place or ahead, former=len(narrowing) < len(core)),
        type=kind,
        determiner=determiner,
        plural=words.tags[head].endswith("S") or kind == "people",
    )


def _backwards(words: Words, head: int, inside: dict[int, Run]) -> tuple[int, list[str], str | None, str]:
    """The first token of the phrase that ends at a head, the words that narrow it, its place and what opens it."""
    first, core, place, determiner = head, [words.lower[head]], None, ""
    token = head - 1
    while token >= max(0, head - 12) and words.sentences[token] == words.sentences[head]:
        word, tag = words.lower[token], words.tags[token]
        if token in inside:
            place = place or place_key(words, inside[token])
            first = token = inside[token].start
        elif word in _DETERMINERS:
            return token, core, place, word
        elif tag == "POS":
            determiner = "'s"
        elif not _narrows(word, tag) and not _odd_name(words, token) and not _compounded(words, token):
            break
        else:
            first = token
            if determiner == "'s":
                place = place or word
            elif word != "-":
                core.insert(0, word)
        token -= 1
    return first + (words.word(first) == "-"), core, place, determiner


def _compounded(words: Words, token: int) -> bool:
    """Whether a participle narrows a noun, as in "the Chinese-owned operator" and "a purchasing manager"."""
    hyphened = words.words[token - 1] == "-" and words.joined(token - 1)
    before_noun = words.roles[token] in ("compound", "amod") and words.tags[token + 1].startswith("NN")
    return words.tags[token] in ("VBN", "VBG", "VBD") and (hyphened or before_noun)


def _odd_name(words: Words, token: int) -> bool:
    """Whether a word with a capital opens a phrase that the parser takes for a question word, as it does with some."""
    return words.tags[token][0] == "W" and words.words[token][:1].isupper() and words.lower[token] not in _QUESTIONS


def _narrows(word: str, tag: str) -> bool:
    return word == "-" or word in _OVER or word in _IGNORED or tag.startswith(("JJ", "NN", "CD"))


def place_key(words: Words, run: Run) -> str | None:
    """What a name is as the place of a role: a state's code, or its words in lower case."""
    if run.kind == "person":
        return None
    if run.entry is not None:
        return run.entry.key if run.kind == "state" else run.entry.key.lower()
    return words.extent(run.first, run.last).lower()


def _place_after(words: Words, opening: int, inside: dict[int, Run]) -> tuple[str | None, int]:
    """The place named after "of", "for" or a verb at a token, and where the words for it end."""
    token, last, noun = opening + 1, opening - 1, None
    while token < len(words) and token <= opening + 7:
        if token in inside:
            run = inside[token]
            after = run.last + 1
            if words.word(after) != "'s" and not run.modifier:
                return place_key(words, run), run.last
            token = last = run.last
        elif words.tags[token] in ("DT", "PRP$", "POS", "HYPH") or words.tags[token].startswith(("JJ", "NN", "CD")):
            last = token
            if words.tags[token].startswith("NN"):
                noun = words.lower[token]
        else:
            break
        token += 1
    return (noun, last) if last > opening else (None, opening - 1)
