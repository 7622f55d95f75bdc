"""Which words name a source, where the grammar of the sentence tells better than the span found: `narrowed`."""

from __future__ import annotations

from parley.reading.addressing import addressed, past_address
from parley.reading.datelines import opens_report, past_dateline
from parley.reading.extents import closed, occasional, opened
from parley.reading.misplaced import before_verb, in_clause, past_phrase, told_so, unclosed, writer
from parley.reading.tokens import Words, lexicon

__all__ = ["narrowed", "rumoured", "teller_of", "trimmed"]

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
_HEARING = lexicon("hear hears heard learn learns learned learnt gather gathers understand understands")
_RUMOURED = lexicon(
    "said told reported heard rumoured rumored whispered believed thought understood hoped feared expected"
)
_FROM, _AMONG = frozenset(["from"]), frozenset(["from", "in", "among", "amongst", "within", "around"])
_BESIDE = lexicon("from in at for on across within near outside to")
_QUOTED = frozenset(["quoted", "cited", "reported"])
_QUOTING = frozenset(["quoted", "quotes", "quoting", "cited", "cites", "citing"])
_TELLING = frozenset(["tell", "inform", "assure", "warn", "advise", "remind", "promise"])
_GENERIC, _SUBJECTS = lexicon("one you we"), frozenset(["nsubj", "nsubjpass"])
_SEEMING = lexicon("seem seems seemed look looks looked sound sounds sounded appear appears appeared")
_SPEAKING = lexicon(
    "briefing addressing speaking responding reacting answering fielding updating welcoming opening closing commenting "
    "replying writing talking testifying reading interacting chatting dismissing greeting visiting receiving meeting "
    "inaugurating chairing concluding quoting citing wrapping announcing explaining"
)
_RELATIVE = frozenset(["who", "whose", "which", "whom"])
_CALLING_ON = (["called", "on"], ["called", "upon"], ["on", "condition"], ["speaking", "on"], ["talking", "on"])
_DEEPEST = 6
_PASSED_ON = lexicon(
    "circulated leaked sent posted issued published released handed pinned written dated signed broadcast aired "
    "printed distributed drafted filed submitted"
)
_SHARING = frozenset(["conj", "xcomp", "advcl"])


def narrowed(words: Words, first: int, last: int, cue: int) -> tuple[int, int]:
    """The words of a source's span that name who says it, by the verb of saying.

    Where the verb's subject stands inside the span, what stands before it is left out ("in Hagadera, an elder"). Where
    the span is only beside it ("from Tamaulipas, the secretary accused …"), in a clause of its own ("countries hit by
    floods have accused …"), or passes it on ("he was quoted by a paper as saying"), it is the subject; where that is
    nobody in particular ("from the ministry one hears"), the place from which one hears it.

    Parameters
    ----------
    words : the paragraph
    first, last : tokens of the source's span, both included
    cue : the verb that attributes
    """
    so = told_so(words, first) if first == last else None
    inserted = (
        unclosed(words, first, last, cue)
        or _inserted(words, first, last, cue)
        or _told_by(words, first, last, cue)
        or writer(words, first, last, cue)
    )
    return inserted or (_by_grammar(words, first, last, cue) if so is None else _edges(words, so))


def _by_grammar(words: Words, first: int, last: int, cue: int) -> tuple[int, int]:
    """As `narrowed`, where the saying is not put into a sentence between commas."""
    if words.roles[cue] == "pcomp" and words.lower[words.heads[cue]] == "as":
        cue = words.heads[words.heads[cue]]
    if _acting(words, first) and last < cue and (start := _past_opening(words, first, cue - 1)) > last:
        return start, max(start, before_verb(words, cue))
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
    beside = words.lower[cue] != "according" and words.heads[governor] == cue
    if beside and (start := past_phrase(words, *span)) > span[0]:
        return start, span[1]
    comma = next((token for token in range(top + 1, cue - 1) if words.lower[token] == ","), None)
    placed = words.lower[governor] in _BESIDE and words.heads[governor] == cue and comma is not None
    return (comma + 1, cue - 1) if placed and comma is not None else span


def _beside(words: Words, subject: int, span: tuple[int, int], top: int, cue: int) -> tuple[int, int]:
    """The subject, where the span found only stands beside it."""
    first, last = span
    governor, (start, end) = words.heads[top], _edges(words, subject)
    if words.roles[subject] != "nsubj" or not words.tags[subject].startswith("NN"):
        return first, last
    if _describes(words, top, subject) and end < cue or in_clause(words, top, subject, cue):
        return start, min(end, cue - 1)
    if words.roles[top] == "dobj" and governor != cue and governor in _chain(words, cue) and subject < first:
        return start, end
    if words.roles[top] != "pobj" or words.word(cue) in _SEEMING:
        return first, last
    if words.lower[governor] in _BESIDE and words.heads[governor] in _chain(words, cue):
        return start, end
    inside = subject < first and last < cue and not {",", "and", "but"} & set(words.lower[last + 1 : cue])
    return (start, max(last, subject)) if inside and words.heads[governor] in _chain(words, cue) else (first, last)


def _past_opening(words: Words, first: int, last: int) -> int:
    """Where a source's words start after what only opens its sentence: "In Lima the mayor", "Briefing the press, she".

    Parameters
    ----------
    words : the paragraph
    first, last : tokens of the source, both included
    """
    if _acting(words, first) and (first == 0 or words.sentences[first - 1] != words.sentences[first]):
        starts = (at + 1 for at in range(first + 1, last) if words.lower[at] == ",")
        return next((at for at in starts if words.tags[at] in ("DT", "PRP$", "PRP", "NNP")), first)
    placed = first > 0 and words.word(first - 1) in ("in", "at", "from") and words.tags[first] == "NNP"
    after = first
    while placed and after < last and words.tags[after] == "NNP":
        after += 1
    return after if placed and words.tags[after] in ("DT", "PRP$") else first


def _acting(words: Words, token: int) -> bool:
    """Whether a word is a participle that opens a clause, also where the parser takes it for a noun: "briefing"."""
    return words.tags[token] == "VBG" or words.lower[token] in _SPEAKING


def _inserted(words: Words, first: int, last: int, cue: int) -> tuple[int, int] | None:
    """Who says a sentence into which the saying is put: "the text, says the jurist Ada Lind, would not survive"."""
    if words.word(cue - 1) != "," or last >= cue or words.tags[cue] not in ("VBZ", "VBD"):
        return None
    if words.tags[min(cue + 1, len(words) - 1)] not in ("DT", "NNP", "PRP$", "JJ", "NN"):
        return None
    to_somebody = addressed(words, first, last - (words.word(last) == ","))
    comma = next((at for at in range(cue + 2, min(len(words) - 1, cue + 14)) if words.lower[at] == ","), None)
    under = ("VB", "VBN") if "MD" in words.tags[max(0, cue - 5) : cue] else ()
    goes_on = comma is not None and (words.tags[comma + 1] in ("MD", "VBZ", "VBD", "VBP", *under) or to_somebody)
    plain = comma is not None and not any(tag[:2] in ("VB", "MD", "WP") for tag in words.tags[cue + 1 : comma])
    return (cue + 1, comma - 1) if goes_on and plain and comma is not None else None


def _told_by(words: Words, first: int, last: int, cue: int) -> tuple[int, int] | None:
    """Who tells, where the source found is who is told: "I was told by a guard that nobody would pass"."""
    if words.paragraph.doc[cue].lemma_ not in _TELLING or words.tags[cue] not in ("VBN", "VBD"):
        return None
    below = range(max(0, cue - 20), min(len(words), cue + 20))
    told = any(words.heads[at] == cue and words.roles[at] == "nsubjpass" and first <= at <= last for at in below)
    by = next((at for at in below if words.heads[at] == cue and words.roles[at] == "agent"), None)
    whom = (
        None if by is None else next((at for at in below if words.heads[at] == by and words.roles[at] == "pobj"), None)
    )
    if not told or whom is None:
        return None
    first, last = _edges(words, whom)
    return first, next((at - 1 for at in range(whom + 1, last + 1) if words.lower[at] in ("that", ",")), last)


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


def _describes(words: Words, token: int, noun: int) -> bool:
    """Whether a token stands in a relative clause of a noun: "observers" in "the bloc, which sent observers, wants"."""
    for _ in range(_DEEPEST):
        if words.roles[token] == "relcl":
            return words.heads[token] == noun
        token = words.heads[token]
    return False


def teller_of(words: Words, cue: int, taken: frozenset[int]) -> tuple[int, int] | None:
    """The subject of a verb of saying for which no source is found: "a blockade, warns Ada Lind, would be felt".

    Parameters
    ----------
    words : the paragraph
    cue : the verb that attributes
    taken : tokens of what is said before the verb
    """
    if words.tags[cue] == "VBG" and words.roles[cue] == "pcomp" and (doer := _doer(words, cue)) is not None:
        return _edges(words, doer)
    around = (*range(cue + 1, min(len(words), cue + 8)), *range(cue - 1, max(-1, cue - 4), -1))
    for token in around:
        inverted = token > cue and words.tags[token][:2] == "NN" and words.word(cue - 1) in (",", "”", '"')
        named = words.tags[token] == "NNP" and token > cue
        person = words.lower[token] in ("he", "she", "they") or named or inverted
        if words.heads[token] == cue and words.roles[token] == "nsubj" and person and not words.quoted[token]:
            return _edges(words, token) if token > cue else None if token in taken else (token, token)
    return None


def _doer(words: Words, verb: int) -> int | None:
    """The noun that does what a participle tells behind another verb: "declined to comment beyond saying that …"."""
    for _ in range(_DEEPEST):
        if words.roles[verb] not in ("pcomp", "prep", "advcl", "xcomp"):
            break
        verb = words.heads[verb]
    subjects = (at for at in range(max(0, verb - 30), verb) if words.heads[at] == verb and words.roles[at] == "nsubj")
    noun = next(subjects, None)
    return noun if noun is not None and words.tags[noun][:2] in ("NN", "PR") and not words.quoted[noun] else None


def _before_call(words: Words, first: int, last: int) -> int:
    """The last token of a source before what it calls for, or who is among it: "they" of "they called on both parties".

    Parameters
    ----------
    words : the paragraph
    first, last : tokens of the source, both included
    """
    listed = (at for at in range(first + 1, last) if words.lower[at : at + 2] in (["among", "them"], ["of", "them"]))
    found = next(listed, None)
    comma = found and next((at for at in range(first + 1, found) if words.lower[at] == ","), None)
    if comma:
        return comma - 1
    ends = (
        at
        for at in range(first + 1, last)
        if words.lower[at : at + 2] in _CALLING_ON
        or words.lower[at] in ("for", "on")
        and words.tags[at + 1] == "PRP$"
        and words.word(at + 2) == "part"
    )
    return next(ends, last + 1) - 1


def _timeless(words: Words, first: int, last: int) -> int:
    """The last token of a noun phrase without the time that ends it: "the agency yesterday", "a text late on Monday".

    Parameters
    ----------
    words : the paragraph
    first, last : tokens of the phrase, both included
    """
    end = last
    clause = next((at for at in range(first + 1, last) if words.lower[at] in _RELATIVE | {"that"}), None)
    beside = next((at for at in range(first + 1, last) if words.tags[at] == "IN" and occasional(words, at)), None)
    if beside is not None and (clause is None or beside < clause):
        return beside - 1
    if clause is not None and "," not in words.lower[clause : last + 1]:
        return last
    if (
        words.word(last - 1) in ("last", "this", "that")
        and words.tags[last - 2] in ("IN", "TO")
        and words.tags[last - 3][:2] == "VB"
    ):
        return last
    while end > first and (_tells_time(words, first, end) or end < last and words.word(end) in _BEFORE_DAYS):
        end -= 1
    while end > first and words.tags[end] == "IN":
        end -= 1
    return last if _passive(words, end, last) else end


def _passive(words: Words, end: int, last: int) -> bool:
    """Whether a time tells when what a paper is was done: "a memo circulated on Tuesday", "a cable sent in March"."""
    verbs = {words.heads[token] for token in range(end + 1, last + 1)}
    done = (verb for verb in verbs if words.roles[verb] == "acl" and words.word(verb) in _PASSED_ON)
    return any(words.word(verb + 1) != "by" for verb in done)


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
        for token in range(max(0, verb - 60), min(len(words), verb + 40)):
            acts = words.heads[token] == verb and words.roles[token] in _SUBJECTS and words.lower[token] not in _DAYS
            if acts and not opens_report(words, token):
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


def trimmed(words: Words, first: int, last: int) -> tuple[int, int]:
    """A source without punctuation, prepositions, a possessive's ending and a relative pronoun at the edges.

    Parameters
    ----------
    words : the paragraph
    first, last : its tokens, both included
    """
    first = opened(words, past_dateline(words, first, last), last)
    while first <= last and (not any(map(str.isalnum, words.words[first])) or words.tags[first] in ("IN", "TO", "CC")):
        first += 1
    first = past_address(words, _past_opening(words, first, last), last) if first <= last else first
    last = _timeless(words, first, _before_call(words, first, closed(words, last)))
    while last >= first and (
        not any(map(str.isalnum, words.words[last]))
        or words.tags[last] == "POS"
        or first < last
        and (words.word(last) in _RELATIVE or words.tags[last] == "IN")
    ):
        if words.words[last] == ")" and "(" in words.words[first:last]:
            break
        last -= 1
    return first, last
