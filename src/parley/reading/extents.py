"""How far the words reach that describe somebody: "the contact group of Japan, Norway and South Africa".

`reach`, `counted_from`, `closed`, `in_list` and `low_joined` are the main names.
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.reading.name_pieces import Run
from parley.reading.tokens import Words, lexicon

__all__ = [
    "SERVING",
    "closed",
    "counted_from",
    "described_from",
    "in_list",
    "low_joined",
    "occasional",
    "one_name",
    "opened",
    "reach",
    "taken",
    "told_apart",
]

_LINKS = lexicon(
    "of for from in at on near close familiar with behind around along across inside outside among below above aboard "
    "opposite beside beyond against round"
)
SERVING = lexicon("adviser advisor aide assistant counsel counsellor envoy ambassador emissary deputy secretary heir")
"""Who serves somebody named after "to"."""
_STRETCHES = lexicon("minute minutes hour hours day days night nights week weeks month months year years decades")
_DATED = lexicon(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december"
)
_ABOUT = lexicon("some about around nearly almost over roughly approximately perhaps under")
_ABOUT_TWO = frozenset(
    ["more than", "fewer than", "less than", "at least", "at most", "up to", "an estimated", "close to", "as many"]
)
_SHARES = lexicon(
    "half most many all some several both dozens hundreds thousands tens scores number handful majority minority group "
    "third thirds quarter quarters fifth fifths percent cent"
)
_BEFORE_SHARES = lexicon(
    "a an the large small growing vast great good overwhelming two three four - per nearly almost about"
)
_TAKING = {
    "of": lexicon(
        "accuse suspect convict acquit warn convince persuade assure inform notify remind advise rob strip deprive rid "
        "clear relieve cure"
    ),
    "for": lexicon(
        "ask blame thank criticise criticize praise press push punish fault condemn denounce reward pay chide rebuke "
        "berate scold attack urge mock pardon forgive arrest sue jail fine pursue prosecute try indict petition"
    ),
    "from": lexicon("prevent stop keep ban bar free exclude protect dissuade discourage deter shield release"),
    "with": lexicon("provide supply charge threaten reproach present entrust reward"),
}
"""Verbs by what they take beside their object, which is no part of it: "accuse the rebels of having fired"."""
_DEEPEST, _LONGEST = 12, 24
_ENDS = lexicon("who whom whose which that , ; : ( ) — – -- after before since during until while")


def in_list(words: Words, comma: int) -> bool:
    """Whether a comma stands between names that are listed after "of" or "for", as in "of Japan, Norway and Kenya".

    Parameters
    ----------
    words : the paragraph
    comma : its token
    """
    for token in range(comma + 1, min(len(words), comma + 5)):
        if words.roles[token] == "conj" and words.heads[token] < comma and words.tags[token].startswith("NNP"):
            root = words.heads[token]
            while words.roles[root] == "conj" and words.heads[root] != root:
                root = words.heads[root]
            return words.roles[root] == "pobj" and words.tags[root].startswith("NNP")
    return _realms_end(words, comma) is not None


def _realms_end(words: Words, comma: int) -> int | None:
    """The end of a list of bodies or realms that each keep the article: "of the Union of A, the Board and the B"."""
    token, joined = comma, False
    if not words.tags[comma - 1].startswith("NNP"):
        return None
    while words.word(token) in (",", "and"):
        joined = joined or words.word(token) == "and"
        token += 1 + (words.word(token) == "," and words.word(token + 1) == "and")
        if words.word(token) != "the" or not _capital(words, token + 1):
            return None
        token += 1
        while _capital(words, token) or words.word(token) == "of":
            token += 1
    start = comma - 1
    while start > 0 and (_capital(words, start) or words.word(start) == "of"):
        start -= 1
    led = words.word(start) == "the" and words.word(start - 1) in ("of", "for", "from", "between")
    return token - 1 if joined and led else None


def low_joined(words: Words, noun: int, other: int) -> bool:
    """Whether a name that the parser joins to a noun belongs to the name after it: "negotiators for Chile and Peru".

    Parameters
    ----------
    words : the paragraph
    noun : the noun
    other : what the parser joins to it
    """
    commas = (at for at in range(noun + 1, other) if words.words[at] == ",")
    if words.tags[noun] != "NNP" and any(other <= (_realms_end(words, at) or 0) for at in commas):
        return True
    if words.tags[noun] == "NNP" or not words.tags[other].startswith("NNP") or words.heads[other] != noun:
        return False
    between = (at for at in range(other - 1, noun, -1) if words.tags[at].startswith("NN") and _apart(words, at))
    nearest = next(between, noun)
    link = words.heads[nearest]
    while words.heads[link] != noun and words.word(link) == "of" and words.roles[words.heads[link]] == "pobj":
        link = words.heads[words.heads[link]]
    named = words.tags[nearest].startswith("NNP") and words.roles[nearest] == "pobj" and words.heads[link] == noun
    return named and words.word(link) in ("of", "for", "from", "between")


def one_name(words: Words, named: Sequence[Run], token: int) -> bool:
    """Whether a word that "and" joins to another ends a name with "and" in it: "the Board of Roads and Ports".

    Parameters
    ----------
    words : the paragraph
    named : its names
    token : the word
    """
    return any(run.start < token <= run.last and "and" in words.lower[run.start : token] for run in named)


def _capital(words: Words, token: int) -> bool:
    return token < len(words) and words.words[token][:1].isupper()


def _apart(words: Words, token: int) -> bool:
    """Whether a noun is none of those before another in one name."""
    return words.roles[token] not in ("compound", "nmod")


def opened(words: Words, first: int, last: int) -> int:
    """Where a description starts after "and" or a number that only opens its sentence: "42.3 The Town Clerk".

    Parameters
    ----------
    words : the paragraph
    first, last : its tokens so far, both included
    """
    while first < last:
        after = words.words[first + 1]
        numbered = words.tags[first] in ("CD", "LS") and words.tags[first + 1] == "DT" and after[:1].isupper()
        if words.tags[first] != "CC" and not numbered:
            break
        first += 1
    return first


def reach(words: Words, noun: int) -> int:
    """The last token of the phrases right after a noun that tell which it is: "women from the villages below the mine".

    Parameters
    ----------
    words : the paragraph
    noun : the noun
    """
    end = noun
    share = words.heads[words.heads[noun]] if words.word(words.heads[noun]) == "of" else noun
    top = share if words.lower[share] in _SHARES else noun
    while end + 1 < len(words) and _links(words, noun, end) and _below(words, end + 1, top):
        if occasional(words, end + 1):
            break
        if words.tags[end + 2 : end + 3] == ["PRP$"] and words.word(end + 3) == "part" or taken(words, top, end + 1):
            break
        last = _phrase_end(words, noun, end + 1)
        dated = words.lower[end + 1] == "on" and (
            words.word(last) in _DATED or "CD" in words.tags[end + 2 : last + 1] or words.word(end + 2) == "condition"
        )
        if last == end + 1 or dated:
            break
        end = last
    return end


def _links(words: Words, noun: int, end: int) -> bool:
    """Whether the word after a description goes on with it: "of", "up to", or "to" right behind "an adviser"."""
    served = end == noun and words.lower[noun] in SERVING and words.lower[end + 1] == "to"
    far = end > noun and words.word(end + 1) == "up" and words.word(end + 2) == "to"
    return served or far or words.lower[end + 1] in _LINKS


def occasional(words: Words, link: int) -> bool:
    """Whether a phrase tells when a verb is and not which its noun is: "for two hours", "on hearing of it".

    Parameters
    ----------
    words : the paragraph
    link : the word that opens it
    """
    if words.lower[link] in ("on", "upon") and words.tags[link + 1 : link + 2] == ["VBG"]:
        doing = link + 1
        return words.heads[doing] == link and doing in words.heads[doing + 1 : doing + 4]
    if words.lower[link] not in ("for", "after", "over", "during"):
        return False
    end = link + 1
    while words.tags[end : end + 1] and words.tags[end] in ("DT", "CD", "JJ", "RB"):
        end += 1
    return end > link + 1 and words.word(end) in _STRETCHES and words.tags[link + 1] != "DT"


def taken(words: Words, noun: int, link: int) -> bool:
    """Whether a link after a noun goes with the verb whose object it is: "accuse the rebels of", "ask the bank for".

    Parameters
    ----------
    words : the paragraph
    noun : the noun
    link : the word after it
    """
    verb = words.heads[noun]
    by_verb = words.paragraph.doc[verb].lemma_ in _TAKING.get(words.lower[link], frozenset())
    does = any(
        words.heads[at] == link and words.roles[at] == "pcomp" for at in range(link + 1, min(len(words), link + 4))
    )
    return words.roles[noun] == "dobj" and by_verb or does and words.lower[link] in _TAKING


def counted_from(words: Words, first: int) -> int:
    """Where a description starts with how many it speaks of: "more than 40 families", "two-thirds of the delegates".

    Parameters
    ----------
    words : the paragraph
    first : where it starts without
    """
    start = first
    counted = words.tags[start - 2 : start - 1] == ["CD"] and words.word(start - 2) != "one"
    if words.word(start - 1) == "of" and (counted or words.word(start - 2) in _SHARES):
        start -= 2
        while start and words.sentences[start - 1] == words.sentences[start]:
            if words.word(start - 1) not in _BEFORE_SHARES and words.tags[start - 1] != "CD":
                break
            start -= 1
        return start
    start -= words.lower[start] == "least" and words.word(start - 1) == "at"
    if words.tags[start] == "CD":
        before = f"{words.word(start - 2)} {words.word(start - 1)}"
        start -= 2 if before in _ABOUT_TWO else words.word(start - 1) in _ABOUT
    return start


def described_from(words: Words, first: int, noun: int) -> int:
    """Where a description starts with what is joined before its noun: "young Sami and environmental activists".

    Parameters
    ----------
    words : the paragraph
    first : where it starts without
    noun : its noun
    """
    start = words.paragraph.doc[noun].left_edge.i
    before = words.tags[start:first]
    plain = "CC" in before and all(tag in ("JJ", "NN", "NNP", "CC", ",", "HYPH", "RB", "VBN") for tag in before)
    return start if start < first and plain else first


def told_apart(words: Words, first: int, last: int) -> int:
    """The last token of "one source, a lawyer": one of several, with what tells him or her apart.

    Parameters
    ----------
    words : the paragraph
    first, last : the tokens before the comma
    """
    single = words.lower[first] in ("one", "another") and words.tags[last] == "NN" and words.word(last + 1) == ","
    if not single or words.word(last + 2) not in ("a", "an"):
        return last
    end = next((at for at in range(last + 3, min(len(words), last + 12)) if words.lower[at] in _ENDS), last)
    plain = all(
        words.tags[at].startswith(("NN", "JJ", "IN", "DT", "HYPH", "POS", "VBN")) for at in range(last + 3, end)
    )
    return end - 1 if plain and words.word(end) == "," else last


def _phrase_end(words: Words, noun: int, link: int) -> int:
    """The last token of a phrase that a link opens after a noun, with what is listed in it."""
    token = link + 1
    while token < min(len(words), link + _LONGEST) and words.sentences[token] == words.sentences[noun]:
        end = _realms_end(words, token) if words.lower[token] == "," else None
        if end is not None:
            token = end + 1
            continue
        listed = words.lower[token] == "," and in_list(words, token)
        above = _above(words, token)
        inside = link in above or any(low_joined(words, noun, other) for other in above if other > link)
        if words.lower[token] in _ENDS and not listed or words.tags[token].startswith(("VBD", "VBZ", "MD")):
            break
        if not inside and words.lower[token] != "and":
            break
        if _acts(words, token):
            break
        token += 1
    while token - 1 > link and words.lower[token - 1] in ("and", ","):
        token -= 1
    return token - 1


def _acts(words: Words, token: int) -> bool:
    """Whether a participle is a finite verb, taken for one by the parser: "four called it", "states called on both"."""
    if words.tags[token] != "VBN" or words.roles[token] != "acl":
        return False
    following = words.tags[token + 1 : token + 2] == ["PRP"]
    return following or words.lower[token] == "called" and words.word(token + 1) in ("on", "upon")


def closed(words: Words, last: int) -> int:
    """The last token of a phrase that a reader cuts after a participle: "men held" of "men held by the army".

    Parameters
    ----------
    words : the paragraph
    last : the last token of the phrase so far
    """
    end = last
    if words.roles[last] == "acl" and words.tags[last] == "VBN":
        while end + 1 < len(words) and words.lower[end + 1] not in _ENDS and _below(words, end + 1, last):
            end += 1
    return end


def _above(words: Words, token: int) -> list[int]:
    """A token and those that it hangs from, the nearest first."""
    found = [token]
    while len(found) < _DEEPEST and words.heads[found[-1]] != found[-1]:
        found.append(words.heads[found[-1]])
    return found


def _below(words: Words, token: int, top: int) -> bool:
    return top in _above(words, token)
