"""Which words name a source, where the grammar of the sentence tells better than the span found: `narrowed`."""

from __future__ import annotations

from parley.reading.tokens import Words, lexicon

__all__ = ["narrowed", "past_opening", "rumoured", "timeless"]

_DAYS = lexicon(
    "yesterday today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday earlier later again"
)
_MONTHS = lexicon(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec"
)
_SPANS = lexicon("week month year morning afternoon evening night weekend midday noon midnight")
_BEFORE_DAYS = lexicon("on late early in at since by during last this next the")
_TIMES = lexicon("ago now then soon meanwhile afterwards moments hours minutes days weeks months years night")
_WHEN = _DAYS | _SPANS | _TIMES | _BEFORE_DAYS
_GENERIC = lexicon("one you we")
_HEARING = lexicon("hear hears heard learn learns learned learnt gather gathers understand understands")
_RUMOURED = lexicon(
    "said told reported heard rumoured rumored whispered believed thought understood hoped feared expected"
)
_FROM, _AMONG = frozenset(["from"]), frozenset(["from", "in", "among", "amongst", "within", "around"])
_BESIDE = lexicon("from in at for on across within near outside to")
_QUOTED = frozenset(["quoted", "cited", "reported"])
_QUOTING = frozenset(["quoted", "quotes", "quoting", "cited", "cites", "citing"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_SEEMING = lexicon("seem seems seemed look looks looked sound sounds sounded appear appears appeared")
_DEEPEST = 6
_SHARING = frozenset(["conj", "xcomp", "advcl"])


def narrowed(words: Words, first: int, last: int, cue: int) -> tuple[int, int]:
    """The words of a source's span that name who says it, by the verb of saying.

    Where the verb's subject stands inside the span, what stands before it is left out ("in Hagadera, an elder"). Where
    the span is only beside the subject ("from Tamaulipas, the secretary accused …") or lies in a clause that belongs
    to it ("countries hit by floods have accused …") or only passes it on ("he was quoted by a paper as saying"), it is
    the subject; where that is nobody in particular ("from the
    ministry one hears"), the place from which one hears it.

    Parameters
    ----------
    words : the paragraph
    first, last : tokens of the source's span, both included
    cue : the verb that attributes
    """
    if words.roles[cue] == "pcomp" and words.lower[words.heads[cue]] == "as":
        cue = words.heads[words.heads[cue]]
    if words.tags[first] == "VBG" and last < cue and (start := past_opening(words, first, cue - 1)) > last:
        return start, max(start, _before_verb(words, cue))
    subject = _subject(words, cue)
    quoted = _quoted_by(words, cue) if words.lower[cue] in _QUOTING and subject is not None else None
    if quoted is not None and subject is not None and first <= subject <= last:
        return quoted
    top = next((token for token in range(first, last + 1) if not first <= words.heads[token] <= last), last)
    governor = words.heads[top]
    if subject is None:
        return _without_subject(words, (first, last), top, cue)
    if not first <= subject <= last and set(words.lower[first : last + 1]) <= _WHEN:
        return _edges(words, subject)
    generic = words.lower[subject] in _GENERIC and words.lower[cue] in _HEARING
    if generic or words.lower[subject] == "it" and subject == first == last:
        return (_heard_from(words, cue, _FROM) if generic else rumoured(words, cue)) or (first, last)
    start, end = _edges(words, subject)
    if words.tags[start].startswith("W"):
        return first, last
    if first <= subject <= last:
        outside = words.lower[first:start]
        beside = "," in outside or bool(set(outside) & (_BESIDE | _DAYS | _TIMES))
        placed = words.tags[subject] != "PRP" and beside
        return (start, last) if placed else (first, last)
    if words.lower[cue] in _QUOTED and words.roles[subject] == "nsubjpass" and words.lower[governor] == "by":
        return start, end
    return _beside(words, subject, (first, last), top, cue)


def _without_subject(words: Words, span: tuple[int, int], top: int, cue: int) -> tuple[int, int]:
    """What a source's span means beside a verb for which the parser finds no subject."""
    governor = words.heads[top]
    if words.roles[cue] == "acl" and _describes(words, top, words.heads[cue]):
        return words.paragraph.doc[words.heads[cue]].left_edge.i, words.heads[cue]
    comma = next((token for token in range(top + 1, cue - 1) if words.lower[token] == ","), None)
    placed = words.lower[governor] in _BESIDE and words.heads[governor] == cue and comma is not None
    return (comma + 1, cue - 1) if placed and comma is not None else span


def _beside(words: Words, subject: int, span: tuple[int, int], top: int, cue: int) -> tuple[int, int]:
    """The subject, where the span found only stands beside it."""
    first, last = span
    governor, (start, end) = words.heads[top], _edges(words, subject)
    if words.roles[subject] != "nsubj" or not words.tags[subject].startswith("NN"):
        return first, last
    if _describes(words, top, subject) and end < cue:
        return start, end
    if words.roles[top] == "dobj" and governor != cue and governor in _chain(words, cue) and subject < first:
        return start, end
    if words.roles[top] != "pobj" or words.word(cue) in _SEEMING:
        return first, last
    if words.lower[governor] in _BESIDE and words.heads[governor] in _chain(words, cue):
        return start, end
    inside = subject < first and last < cue and not {",", "and", "but"} & set(words.lower[last + 1 : cue])
    return (start, max(last, subject)) if inside and words.heads[governor] in _chain(words, cue) else (first, last)


def past_opening(words: Words, first: int, last: int) -> int:
    """Where a source's words start after what only opens its sentence: "In Lima the mayor", "Briefing the press, she".

    Parameters
    ----------
    words : the paragraph
    first, last : tokens of the source, both included
    """
    if words.tags[first] == "VBG" and (first == 0 or words.sentences[first - 1] != words.sentences[first]):
        starts = (at + 1 for at in range(first + 1, last) if words.lower[at] == ",")
        return next((at for at in starts if words.tags[at] in ("DT", "PRP$", "PRP", "NNP")), first)
    placed = first > 0 and words.word(first - 1) in ("in", "at", "from") and words.tags[first] == "NNP"
    after = first
    while placed and after < last and words.tags[after] == "NNP":
        after += 1
    return after if placed and words.tags[after] in ("DT", "PRP$") else first


def rumoured(words: Words, cue: int) -> tuple[int, int] | None:
    """Among whom a thing is said that nobody is named for: "in her entourage it is said"; None where nothing tells.

    Parameters
    ----------
    words : the paragraph
    cue : the verb that attributes
    """
    low = max(0, cue - 6)
    impersonal = any(
        words.lower[at] == "it" and words.heads[at] == cue and words.roles[at] == "nsubjpass" for at in range(low, cue)
    )
    told = impersonal and words.lower[cue] in _RUMOURED
    return _heard_from(words, cue, _AMONG) if told else None


def _before_verb(words: Words, cue: int) -> int:
    """The last token before a verb and what helps it."""
    token = cue - 1
    while token > 0 and words.tags[token].startswith(("VB", "MD", "RB")):
        token -= 1
    return token


def _describes(words: Words, token: int, noun: int) -> bool:
    """Whether a token stands in a relative clause of a noun: "observers" in "the bloc, which sent observers, wants"."""
    for _ in range(_DEEPEST):
        if words.roles[token] == "relcl":
            return words.heads[token] == noun
        token = words.heads[token]
    return False


def timeless(words: Words, first: int, last: int) -> int:
    """The last token of a noun phrase without the time that ends it: "the agency yesterday", "a text late on Monday".

    Parameters
    ----------
    words : the paragraph
    first, last : tokens of the phrase, both included
    """
    end = last
    while end > first and (_tells_time(words, first, end) or end < last and words.word(end) in _BEFORE_DAYS):
        end -= 1
    while end > first and words.tags[end] == "IN":
        end -= 1
    return end


def _tells_time(words: Words, first: int, token: int) -> bool:
    """Whether a token that ends a phrase is a day, a date, or a stretch such as "this week"."""
    word, before = words.word(token), words.word(token - 1)
    if word in _DAYS:
        return True
    if word in _SPANS:
        return before in ("this", "last", "that") or before in _DAYS
    if words.words[token][:1].isupper() and word.removesuffix(".") in _MONTHS:
        return token - first > 1 and (before in ("on", "in", "since") or words.tags[token - 1] == "CD")
    dated = words.word(token - 1).removesuffix(".") in _MONTHS and words.words[token - 1][:1].isupper()
    return words.tags[token] == "CD" and dated and token - first > 2


def _chain(words: Words, verb: int) -> list[int]:
    """A verb and those before it whose subject it shares."""
    found = [verb]
    while len(found) < 5 and words.roles[found[-1]] in _SHARING and words.heads[found[-1]] != found[-1]:
        found.append(words.heads[found[-1]])
    return found


def _subject(words: Words, cue: int) -> int | None:
    for verb in _chain(words, cue):
        low, high = max(0, verb - 60), min(len(words), verb + 40)
        for token in range(low, high):
            if words.heads[token] == verb and words.roles[token] in _SUBJECTS:
                return token
    return None


def _quoted_by(words: Words, verb: int) -> tuple[int, int] | None:
    """Whom a paper quotes: "state radio quoted the minister as saying that …"."""
    after = range(verb + 1, min(len(words), verb + 40))
    whom = next((at for at in after if words.heads[at] == verb and words.roles[at] == "dobj"), None)
    if whom is None or not words.tags[whom].startswith(("NN", "PRP")) or words.quoted[whom]:
        return None
    return _edges(words, whom) if "as" in words.lower[whom + 1 : whom + 20] else None


def _edges(words: Words, token: int) -> tuple[int, int]:
    """The first and last token of all that depends on a noun."""
    noun = words.paragraph.doc[token]
    return noun.left_edge.i, noun.right_edge.i


def _heard_from(words: Words, verb: int, where: frozenset[str]) -> tuple[int, int] | None:
    for token in range(max(0, verb - 30), min(len(words), verb + 20)):
        if words.lower[token] in where and words.heads[token] == verb:
            for noun in range(token + 1, min(len(words), token + 12)):
                if (
                    words.heads[noun] == token
                    and words.roles[noun] == "pobj"
                    and words.word(noun) not in _DAYS | _MONTHS
                ):
                    return _edges(words, noun)
    return None
