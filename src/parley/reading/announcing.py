"""Who is about to say more: in the words before a colon, or in the sentence before. `announced` and `before_a_colon`.

"The owners' demand is simple: …", "Lima floated a swap: …", "they have three conditions. …".
"""

from __future__ import annotations

from parley.reading.holders import Place, phrase_at, somebody, subject_phrase, would_have
from parley.reading.idioms import entries
from parley.reading.minds import shown
from parley.reading.presenting import foresees, presenter
from parley.reading.propositions import Proposition
from parley.reading.stances import stance, what_is_wanted
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree
from parley.reading.viewpoints import named_first, owner_at, viewpoint, whose_words

__all__ = ["announced", "announced_by", "before_a_colon", "numbered"]

_UTTERED = lexicon(
    "demand answer advice message position condition reply response verdict warning request plea line view argument "
    "reasoning complaint charge claim conclusion forecast prediction promise appeal recommendation term offer "
    "proposal price"
)
_FORWARD = lexicon("float suggest propose table offer outline recommend advise advocate moot sketch")
_TABLED = lexicon(
    "plan proposal formula scheme draft offer compromise demand condition answer message position reply warning "
    "request plea argument advice suggestion idea"
)
_BLUNT = lexicon(
    "blunt clear plain adamant frank categorical firm sceptical skeptical hopeful optimistic pessimistic cautious "
    "sure unsure certain convinced unmoved unimpressed sanguine downbeat upbeat defiant terse curt brief simple short "
    "further"
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "several": 3}
_LISTING = lexicon("have make set list name see raise offer want put lay")
_ITEMS = lexicon(
    "point thing demand condition request term worry fear objection question issue step reason option offer promise "
    "complaint proposal measure wish rule"
)
_WHERE = frozenset({"by", "in", "on", "at", "during", "over", "before", "to"})
_BEING_BLUNT = frozenset({"be", "go", "make"})
_STOPS = (":", ";", "—", "–")


def announced(tree: Tree, sentence: int) -> Place | None:
    """Who is about to say more in the next sentence: "Berg's demand is plain", "they have three conditions".

    Parameters
    ----------
    tree : the paragraph
    sentence : the sentence that announces
    """
    first, end = tree.sentences[sentence]
    if any(tree.quoted[first:end]):
        return None
    for token in range(first, end):
        if tree.deps[token] != "dobj" or not _numbered(tree, token):
            continue
        verb = tree.heads[token]
        subject = tree.subject(verb)
        if tree.lemmas[verb] in _LISTING and subject is not None and somebody(tree, subject):
            return subject_phrase(tree, subject, verb)
    last = _last_word(tree, first, end)
    return _blunt(tree, first, end) if tree.words[last] in _BLUNT else None


def _last_word(tree: Tree, first: int, end: int) -> int:
    """The last word of a sentence without what tells where or when: "he went further by telephone on Monday"."""
    last = next((at for at in range(end - 1, first, -1) if not tree.mark(at)), first)
    root = next((token for token in range(first, end) if tree.heads[token] == token), first)
    for child in reversed(tree.children[root]):
        around = tree.deps[child] == "npadvmod" or tree.deps[child] == "prep" and tree.words[child] in _WHERE
        if child > root + 1 and around and max(tree.below(child)) == last:
            last = tree.left[child] - 1
    return last


def numbered(tree: Tree, sentence: int) -> int:
    """How many things a sentence says will follow, as in "two points are settled"; 0 where it says none.

    Parameters
    ----------
    tree : the paragraph
    sentence : the sentence
    """
    first, end = tree.sentences[sentence]
    tops = (token for token in range(first, end) if tree.deps[token] in ("nsubj", "nsubjpass", "dobj"))
    return max((_numbered(tree, token) for token in tops), default=0)


def _numbered(tree: Tree, noun: int) -> int:
    if tree.lemmas[noun] not in _ITEMS:
        return 0
    return max((_NUMBERS.get(tree.words[child], 0) for child in tree.children[noun]), default=0)


def before_a_colon(tree: Tree, each: Proposition, first: int) -> Place | None:
    """Who is blunt, or whose demand is simple, before a colon that the proposition follows or holds."""
    stops = (at for mark in _STOPS for at in range(first, each.tokens[-1]) if tree.words[at] == mark)
    stop = next(stops, None)
    if stop is None or tree.quoted[stop]:
        return None
    if tree.words[stop] == ":" and (named := _announcing(tree, first, stop)) is not None:
        return named
    return presenter(tree, first, stop) if each.head > stop and foresees(tree, each.head) else None


def announced_by(tree: Tree, token: int) -> Place | None:
    """Whose words the words before a colon announce that a token of the same sentence follows.

    Parameters
    ----------
    tree : the paragraph
    token : the token
    """
    first = tree.sentences[tree.sentence[token]][0]
    colon = next((at for at in range(token - 1, first, -1) if tree.words[at] == ":" and not tree.quoted[at]), None)
    return None if colon is None else _announcing(tree, first, colon)


def _announcing(tree: Tree, first: int, colon: int) -> Place | None:
    """Whose words the words before a colon announce."""
    named = whose_words(tree, first, colon) or named_first(tree, first, colon)
    above = (viewpoint(tree, verb, colon=True) for verb in range(first, colon) if tree.verbal(verb))
    named = named or next((place for place in above if place is not None), None)
    return named or _blunt(tree, first, colon) or _puts_forward(tree, first, colon) or shown(tree, first, colon)


def _puts_forward(tree: Tree, first: int, end: int) -> Place | None:
    """Who floats an idea, or would have a thing otherwise, in the words before a colon: "Lima floated a swap: …"."""
    for verb in range(first, end):
        subject = tree.subject(verb) if tree.verbal(verb) else None
        if subject is None or subject > verb or not somebody(tree, subject):
            continue
        forward = tree.lemmas[verb] in _FORWARD and tree.child(verb, "dobj") is not None or would_have(tree, verb)
        return subject_phrase(tree, subject, verb) if forward else None
    return None


def _blunt(tree: Tree, first: int, end: int) -> Place | None:
    """Who is blunt, or whose demand is simple, in the words before a mark."""
    wanted = (what_is_wanted(tree, verb) for verb in range(first, end))
    if (named := next((place for place in wanted if place is not None), None)) is not None:
        return named
    for verb in range(first, end):
        subject = tree.subject(verb)
        if subject is None or subject >= end or not tree.verbal(verb):
            continue
        uttered = tree.lemmas[subject] in _UTTERED | entries("positions")
        if uttered and (whose := owner_at(tree, subject, among=True)) is not None:
            return phrase_at(tree, whose)
        link = next((at for at in tree.children[verb] if tree.words[at] == "with"), verb)
        thing = tree.child(verb, "dobj") if link == verb else tree.child(link, "pobj")
        tabled = thing is not None and thing < end and tree.lemmas[thing] in _TABLED | entries("positions")
        none = thing is not None and any(tree.words[at] == "no" for at in tree.children[thing])
        if tabled and not none and somebody(tree, subject):
            return subject_phrase(tree, subject, verb)
        told = any(tree.words[at] in _BLUNT for at in range(verb + 1, end)) and tree.lemmas[verb] in _BEING_BLUNT
        told = (
            told or stance(tree, verb) or tree.words[verb + 1 : verb + 2] == ("up",) and tree.words[end - 1] == "mind"
        )
        return subject_phrase(tree, subject, verb) if told and somebody(tree, subject) else None
    return None
