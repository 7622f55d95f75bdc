"""Who is named for a sentence by words thrown into it, with whatever verb: `aside`.

"Afterwards, shrugged a trader, anything was possible", "nobody, so it is said in court circles, has read it", "the way
the union tells it", "if the ministry is to be believed", "the papers, its lawyers will tell you, were printed".
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from parley.reading.cues import listed
from parley.reading.holders import Place, phrase_at, somebody
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["TELLING", "aside", "credited_over", "inverted", "noun_phrase", "only_names"]

_STANDING = lexicon(
    "be have do come go stand lie sit follow hang arrive appear emerge remain begin start live rise loom wait gather "
    "happen end march walk ride run fly drive sail arise ensue exist dwell call name dub title"
)
"""Verbs that stand before their subject in a scene, or before a name: "in the square stood a soldier"."""

_PUTTING = lexicon("put tell see describe phrase have recall remember explain call paint frame present read say")
_BEFORE_PUTTING = frozenset({"as", "way", "hear"})
_CREDITING = lexicon("believe trust credit")
_RUMOURED = lexicon("say hear whisper mutter rumour rumor murmur report believe think argue reckon tell understand")
_AMONG = frozenset({"in", "among", "around", "at", "from", "within", "inside"})
TELLING = lexicon(
    "say tell add argue insist think reckon swear hint suggest claim note admit explain stress know intimate signal "
    "indicate imply concede venture quip allow believe maintain contend suspect guess warn grumble joke confide "
    "lament observe remark recall fear hope feel complain boast repeat run go protest murmur whisper mutter sigh "
    "shrug growl snarl bark bellow sneer snap laugh grin chuckle groan moan grunt hiss croak drawl mumble rage fume "
    "thunder roar splutter sniff coo enthuse scoff wager counter retort shoot report muse reason declare assert "
    "announce object predict reply answer"
)
_MADE_KNOWN = (("known",), ("understood",), ("clear",), ("plain",))
_SLIPPING = (("let", "slip"), ("let", "on"), ("let", "drop"))
_HEARERS = frozenset({"you", "us", "me", "anyone", "anybody", "visitors", "reporters", "it"})
_UTTERANCES = lexicon(
    "message argument reasoning rumour rumor theory story talk slogan refrain line answer reply verdict complaint "
    "warning saying motto"
)
_BREAKS = frozenset({",", "-", "–", "—", "”", "''", "'", '"', "’", "?", "!", ":"})
_AFTER = frozenset({",", ".", ";", "-", "–", "—", ":", "(", '"', "“", "``", "who", "whose", "when", "after"})
_NP_TAGS = frozenset({"DT", "PRP$", "JJ", "JJS", "JJR", "NN", "NNS", "NNP", "NNPS", "CD", "POS", "HYPH", "VBN", "VBG"})
_SOME = frozenset({"one", "two", "three", "some", "several", "many", "another", "most", "both"})
_PRONOUNS = frozenset({"he", "she", "they"})
_LONGEST = 12


def aside(tree: Tree, head: int) -> Place | None:
    """Who says a clause, by words thrown into it or put at its end; None where there are none.

    Parameters
    ----------
    tree : the paragraph
    head : the verb of the clause
    """
    first, end = tree.sentences[tree.sentence[head]]
    parts = [first - 1, *(at for at in range(first, end) if tree.words[at] == ";"), end]
    before = [(low + 1, high) for low, high in itertools.pairwise(parts) if low < head]
    return next((named for part in reversed(before) if (named := _within(tree, *part)) is not None), None)


def _within(tree: Tree, first: int, end: int) -> Place | None:
    """Who says a sentence, or a part of one between semicolons."""
    for verb in range(first, end):
        if tree.quoted[verb] or not (tree.verbal(verb) or _mistagged(tree, verb)):
            continue
        named = inverted(tree, verb, first, end) or _as_put(tree, verb, first) or _rumoured(tree, verb, first)
        named = named or _credited(tree, verb, first) or _interposed(tree, verb, first, end)
        if named is not None:
            return named
    return None


def credited_over(tree: Tree, cue: Sequence[int]) -> Place | None:
    """Who tells or is believed in a sentence that says what another wants: "to hear her tell it, Lima wanted a port".

    Parameters
    ----------
    tree : the paragraph
    cue : the tokens that tell the other's wish
    """
    if not cue:
        return None
    first, end = tree.sentences[tree.sentence[cue[0]]]
    verbs = [verb for verb in range(first, end) if tree.verbal(verb) and not tree.quoted[verb] and verb not in cue]
    told = (_as_put(tree, verb, first) or _credited(tree, verb, first) for verb in verbs)
    return next((named for named in told if named is not None and somebody(tree, named[1])), None)


def only_names(tree: Tree, verb: int) -> bool:
    """Whether a clause only names who says the rest of its sentence: "shrugged a trader", "if she is to be believed".

    Parameters
    ----------
    tree : the paragraph
    verb : the verb of the clause
    """
    first, end = tree.sentences[tree.sentence[verb]]
    inner = tree.child(verb, "xcomp")
    credits_ = inner is not None and _credited(tree, inner, first) is not None
    behind = inverted(tree, verb, first, end) is not None and tree.left[verb] == verb
    return not tree.quoted[verb] and (behind or credits_ or _credited(tree, verb, first) is not None)


def inverted(tree: Tree, verb: int, first: int, end: int) -> Place | None:
    """The subject behind its verb, set off by marks: ", shrugged a trader,", "- corrects Sister Agnes, who …".

    Parameters
    ----------
    tree : the paragraph
    verb : the verb
    first, end : the sentence's first token, or a part's, and the one after its last
    """
    finite = tree.tags[verb] in ("VBD", "VBZ", "VBP") or _mistagged(tree, verb)
    if (
        not finite
        or verb == first
        or tree.words[verb - 1] not in _BREAKS
        and not (tree.words[verb - 1] == "so" and tree.lemmas[verb] in ("run", "go"))
        or tree.lemmas[verb] in _STANDING - {"run", "go"}
    ):
        return None
    before = tree.subject(verb)
    if (
        before is not None
        and before < verb
        and tree.deps[before] in ("nsubj", "nsubjpass")
        and _close(tree, before, verb)
    ):
        return None
    noun = noun_phrase(tree, verb + 1, end)
    if noun is None or noun - verb > _LONGEST or _listed_act(tree, verb, noun, end):
        return None
    start = verb + 1
    after = noun + 1
    if (
        after < end
        and tree.words[after] not in _AFTER
        and tree.tags[after] not in ("IN", "RB")
        and not _day(tree, after)
    ):
        return None
    if tree.lemmas[noun] in _UTTERANCES:
        return _uttered(tree, noun)
    known = somebody(tree, noun) or tree.words[noun] in _PRONOUNS or tree.lemmas[verb] in TELLING
    if not known or tree.lemmas[verb] in _STANDING or tree.words[after : after + 1] == ("by",):
        return None
    of = after if tree.words[after : after + 1] == ("of",) else None
    last = noun_phrase(tree, of + 1, end) if of is not None else None
    return start, last if last is not None else _with_name(tree, start, noun, end)


def _with_name(tree: Tree, start: int, noun: int, end: int) -> int:
    """The last token of a description with the name beside it: "the harbour master, Ada Lind"."""
    last = noun + 1
    while last + 1 < end and tree.tags[last + 1] in ("NNP", "HYPH"):
        last += 1
    closed = last + 1 >= end or tree.words[last + 1] in (",", ".")
    named = tree.tags[start] in ("DT", "PRP$") and tree.words[noun + 1 : noun + 2] == (",",) and last > noun + 1
    return last if named and closed else noun


def _close(tree: Tree, subject: int, verb: int) -> bool:
    """Whether only a short insertion separates a subject from its verb, so that the subject stands before it."""
    return verb - subject <= 1 or tree.words[verb - 1] == "," and "," in tree.words[subject : verb - 1]


def _mistagged(tree: Tree, word: int) -> bool:
    """Whether the parser takes a verb of saying before its subject for another word: ", grumble officials"."""
    plural = tree.tags[word + 1 : word + 2] in (("NNS",), ("NNPS",))
    says = tree.words[word] in TELLING and tree.tags[word] in ("JJ", "NN", "VB")
    return plural and says and word > 0 and tree.words[word - 1] == ","


def _listed_act(tree: Tree, verb: int, noun: int, end: int) -> bool:
    """Whether a verb is one of several acts in a row: "closed the road, killed a trader and fled"."""
    after = noun + 1
    if tree.words[after : after + 1] in (("and",), ("but",), ("or",)):
        return tree.verbal(min(after + 1, end - 1))
    later = tree.words[after + 1 : after + 2]
    acts = after + 2 < end and tree.verbal(after + 2)
    return tree.words[after : after + 1] == (",",) and later in (("and",), ("but",)) and acts


def noun_phrase(tree: Tree, start: int, end: int) -> int | None:
    """The last noun of the noun phrase that starts at a token, also of "one of her advisers".

    Parameters
    ----------
    tree : the paragraph
    start, end : where it starts, and the token after the last that it may have
    """
    if start < end and tree.words[start] in _PRONOUNS:
        return start
    if tree.words[start + 1 : start + 2] == ("of",) and tree.words[start] in _SOME and start + 2 < end:
        return noun_phrase(tree, start + 2, end)
    at, noun = start, None
    while at < end and tree.tags[at] in _NP_TAGS and not tree.quoted[at]:
        if tree.tags[at][:2] == "NN":
            noun = at
        elif noun is not None and tree.tags[at] in ("DT", "PRP$", "VBN", "VBG", "JJ", "CD"):
            break
        at += 1
    return noun


def _day(tree: Tree, token: int) -> bool:
    return tree.lemmas[token] in listed("days")


def _uttered(tree: Tree, noun: int) -> Place | None:
    """Whose message or argument a noun is: "runs the message from the kidnappers"."""
    owner = tree.child(noun, "poss")
    for link in tree.children[noun]:
        if owner is None and tree.words[link] in ("of", "from", "by", "in", "among"):
            owner = tree.child(link, "pobj")
    return None if owner is None else phrase_at(tree, owner)


def _as_put(tree: Tree, verb: int, first: int) -> Place | None:
    """Who puts, tells or sees it so: "as a source put it", "the way the union tells it", "to hear her tell it"."""
    if tree.lemmas[verb] not in _PUTTING or not _it_follows(tree, verb):
        return None
    subject = tree.subject(verb)
    if subject is None and tree.deps[verb] == "xcomp":
        subject = tree.subject(tree.heads[verb])
    if subject is None:
        subject = tree.child(tree.heads[verb], "dobj") if tree.words[tree.left[tree.heads[verb]]] == "to" else None
    if subject is None and (as_ := tree.child(verb, "prep")) is not None and tree.words[as_] == "as" and as_ < verb:
        subject = tree.child(as_, "pobj")
    if subject is None or subject > verb or tree.words[subject] in ("it", "i", "we", "you"):
        return None
    start = min(tree.left[subject], subject) - 1
    if start < first or tree.words[start] not in _BEFORE_PUTTING:
        return None
    opening = start - 1 - (tree.words[start] == "way") - (tree.words[start] == "hear")
    apart = opening < first or tree.words[opening] in _BREAKS or tree.words[opening] in ("and", "but")
    return phrase_at(tree, subject) if apart else None


def _it_follows(tree: Tree, verb: int) -> bool:
    after = tree.words[verb + 1 : verb + 3]
    return after[:1] in (("it",), ("things",), ("matters",)) and after[1:] in (
        (",",),
        (".",),
        (";",),
        ("–",),
        ("—",),
        (),
    )


def _rumoured(tree: Tree, verb: int, first: int) -> Place | None:
    """Among whom it is said: "so it is said in court circles,", "as they whisper in the bazaar"."""
    if tree.lemmas[verb] not in _RUMOURED:
        return None
    subject = tree.subject(verb)
    if subject is None or tree.words[subject] not in ("it", "they", "people", "one", "you") or subject > verb:
        return None
    start = subject - 1
    if start < first or tree.words[start] not in ("so", "as") and tree.words[start] not in _BREAKS:
        return None
    for link in tree.children[verb]:
        whom = tree.child(link, "pobj") if tree.words[link] in _AMONG and link > verb else None
        if whom is not None and not _day(tree, whom) and tree.child(verb, "ccomp", "dobj") is None:
            return phrase_at(tree, whom)
    return None


def _credited(tree: Tree, verb: int, first: int) -> Place | None:
    """Whom one has to believe: "if the ministry is to be believed", "if you ask the miners"."""
    above = tree.heads[verb] if tree.deps[verb] == "xcomp" else verb
    mark = tree.child(above, "mark")
    if mark is None or tree.words[mark] != "if":
        return None
    subject = tree.subject(above)
    if subject is None:
        return None
    right = tree.child(verb, "acomp") if tree.lemmas[verb] == "be" else None
    if right is not None and tree.words[right] in ("right", "correct") and somebody(tree, subject):
        return phrase_at(tree, subject)
    passive = tree.child(verb, "auxpass") is not None
    if passive and tree.lemmas[verb] in _CREDITING and tree.words[subject] != "it":
        return phrase_at(tree, subject)
    thing = tree.child(verb, "dobj")
    asks = tree.lemmas[verb] in _CREDITING or tree.lemmas[verb] == "ask"
    anybody = tree.words[subject] in ("you", "one", "we")
    heard = thing is not None and tree.child(verb, "xcomp", "ccomp") is None and somebody(tree, thing)
    return phrase_at(tree, thing) if asks and anybody and heard and thing is not None and not passive else None


def _interposed(tree: Tree, verb: int, first: int, end: int) -> Place | None:
    """The subject of a clause of saying set off by commas: ", its lawyers will tell you,", ", Mr Abara let slip,"."""
    if tree.words[verb : verb + 3] == ("let", "it", "be") and tree.words[verb + 3 : verb + 4] in _MADE_KNOWN:
        return _before(tree, verb, first)
    if tree.lemmas[verb] == "make" and tree.words[verb + 1 : verb + 2] in _MADE_KNOWN:
        return _before(tree, verb, first)
    holds = tree.lemmas[verb] == "hold" and "so" in tree.words[max(first, verb - _LONGEST) : verb]
    if tree.lemmas[verb] not in TELLING and tree.words[verb : verb + 2] not in _SLIPPING and not holds:
        return None
    after = verb + 1 + (tree.words[verb : verb + 2] in _SLIPPING)
    after += after < end and tree.words[after] in _HEARERS
    if after < end and tree.words[after] not in (",", ".", ";", "–", "—"):
        return None
    start = max((at for at in range(max(first, verb - _LONGEST), verb) if tree.words[at] == ","), default=first)
    so = tree.words[start + 1 : start + 2] in (("so",), ("as",))
    noun = noun_phrase(tree, start + 1 + so, verb)
    if (
        start == first
        or noun is None
        or tree.quoted[start]
        or not any(tree.verbal(at) for at in range(noun + 1, verb + 1))
    ):
        return None
    if tree.lemmas[noun] in _UTTERANCES:
        return _uttered(tree, noun)
    outside = any(tree.nominal(at) for at in range(first, start))
    return (start + 1 + so, noun) if outside and somebody(tree, noun) and not _subordinate(tree, first, start) else None


def _subordinate(tree: Tree, first: int, comma: int) -> bool:
    """Whether what stands before a comma is no sentence by itself: "when asked, …", "on Monday, …"."""
    opens = tree.tags[first] in ("IN", "WRB", "VBG", "VBN") or tree.words[first] in ("after", "when", "while")
    clause = any(tree.tags[at] in ("VBD", "VBZ", "VBP", "MD") for at in range(first, comma))
    return opens or not clause and tree.words[comma + 1 : comma + 2] == ()


def _before(tree: Tree, verb: int, first: int) -> Place | None:
    """The name or description right before a verb, though a comma parts them: "its head, Ada Lind, let it be known"."""
    while tree.tags[verb - 1] in ("VBZ", "VBP", "VBD", "RB", "MD") and verb - 1 > first:
        verb -= 1
    last = verb - 1 - (tree.words[verb - 1] == ",")
    start = last
    while start - 1 > first and tree.tags[start - 1] in _NP_TAGS:
        start -= 1
    return (start, last) if start > first and tree.tags[last][:2] == "NN" and tree.words[start - 1] == "," else None
