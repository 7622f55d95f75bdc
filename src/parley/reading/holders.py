"""Whose wish a statement tells of, as a place in the text: `holder_at`."""

from __future__ import annotations

from parley.reading.clauses import Clause
from parley.reading.cues import CueClass, cue_at, listed
from parley.reading.gazetteer import gazetteer
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = [
    "NORMS",
    "SEEING",
    "Place",
    "deed",
    "holder_at",
    "like_a_name",
    "phrase_at",
    "somebody",
    "subject_phrase",
    "would_have",
]

Place = tuple[int, int]
_PEOPLE = frozenset({"he", "she", "they", "you", "him", "her", "them", "us", "me"})
_NOBODY = frozenset({"no", "neither", "none"})
_ARGUMENTS = frozenset({"nsubj", "dobj", "pobj", "dative"})
_HANGING = frozenset({"conj", "xcomp", "ccomp", "pobj", "prep", "dobj"})
_HAVING = frozenset({"rather", "sooner", "prefer", "like"})
_VOTES = frozenset({"referendum", "vote", "ballot", "test", "plebiscite"})
_EVADING = lexicon("sidestep dodge duck evade skirt avoid")
_HINDERING = lexicon("block halt thwart foil stop prevent")
_HIGHEST, _DATELINE = 4, 16
NORMS = lexicon("law constitution statute treaty truce contract convention rule code clause article charter")
"""What allows and forbids, though nobody says it."""

SEEING = lexicon("see view regard treat read interpret consider describe portray dismiss")
"""Verbs that take a thing for another."""

_PRESS = frozenset({"media", "press"})
_KINDS_OF_PEOPLE = ("ists", "ians", "men", "women")
_TIMES = lexicon(
    "spring summer autumn fall winter season day week weekend month year decade century morning afternoon evening "
    "night today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday january february "
    "march april may june july august september october november december"
)
_NOUN_PARTS = frozenset({"det", "amod", "compound", "nmod", "poss", "nummod", "case", "prep", "pobj"})
_ATTITUDES: tuple[CueClass, ...] = (
    "demanding", "refusing", "offering", "threatening", "promising", "proposing", "hoping", "recommending", "assessing",
)  # fmt: skip


def holder_at(tree: Tree, found: Clause, *, content: frozenset[int] = frozenset()) -> Place | None:
    """Where the one is named whose demand, goal or plan a clause tells of; None where it is the speaker's own.

    Parameters
    ----------
    tree : the paragraph
    found : the clause
    content : the tokens of all that is attributed with it, where a verb above it may tell whose wish it is
    """
    cue = next((each for each in found.cues if each.shows(*_ATTITUDES)), None)
    if cue is not None and deed(tree, cue.token):
        return None
    if cue is None:
        return _wishing(tree, found.head, content)
    if found.subject is None:
        return None
    if cue.part == "n":
        owner = _owner(tree, cue.token)
        if owner is not None:
            return None if _own_word(tree, owner) or tree.lemmas[owner] in _TIMES else phrase_at(tree, owner)
        whose = None if cue.token == found.subject or found.own else found.subject
        return None if whose is None else _of_somebody(tree, whose)
    if tree.child(found.head, "auxpass") is not None:
        agent = tree.child(found.head, "agent")
        by = tree.child(agent, "pobj") if agent is not None else None
        return phrase_at(tree, by) if by is not None else None
    return None if found.own else _of_somebody(tree, found.subject)


def deed(tree: Tree, verb: int) -> bool:
    """Whether a verb tells of an act and of no position: "put it to a referendum", "sidestepped the question".

    Parameters
    ----------
    tree : the paragraph
    verb : the verb
    """
    if tree.lemmas[verb] == "put":
        return any(tree.lemmas[at] in _VOTES for at in tree.below(verb) if tree.words[tree.heads[at]] == "to")
    return tree.lemmas[verb] in _EVADING or tree.lemmas[verb] in _HINDERING and tree.tags[verb] == "VBD"


def would_have(tree: Tree, verb: int) -> bool:
    """Whether a verb tells a wish: "would have it extended", "would rather leave", "would prefer a pause".

    Parameters
    ----------
    tree : the paragraph
    verb : the verb
    """
    before = {tree.words[child] for child in tree.children[verb] if child < verb}
    refused = before & {"not", "n't", "never"} and not before & {"rather", "sooner"}
    if not before & {"would", "'d"} or refused:
        return False
    if tree.lemmas[verb] == "have" and not before & _HAVING:
        acts = ("ccomp", "dobj")
        return any(tree.tags[child] in ("VBN", "VB") and tree.deps[child] in acts for child in tree.children[verb])
    return bool(before & _HAVING) or tree.lemmas[verb] in _HAVING


def _owner(tree: Tree, noun: int) -> int | None:
    """Whose a demand or a plan is: "Belgar's demand", "the demand of the miners"."""
    owner = tree.child(noun, "poss")
    if owner is None and (of := tree.child(noun, "prep", "agent")) is not None:
        owner = tree.child(of, "pobj") if tree.words[of] in ("of", "by", "from") else None
    return owner


def _wishing(tree: Tree, head: int, content: frozenset[int]) -> Place | None:
    """Who would rather have a thing, or the subject of the verb on which a second wish hangs.

    As in "the cabinet intends to go and to pay a loan".
    """
    for verb in (head, tree.heads[head]):
        if tree.verbal(verb) and would_have(tree, verb) and (subject := tree.subject(verb)) is not None:
            return _of_somebody(tree, subject)
    token = head
    for _ in range(_HIGHEST):
        if tree.deps[token] not in _HANGING or tree.heads[token] not in content:
            return None
        token = tree.heads[token]
        subject = tree.subject(token)
        if subject is not None:
            cue = cue_at(tree, token)
            return _of_somebody(tree, subject) if cue is not None and cue.shows(*_ATTITUDES) else None
    return None


def _of_somebody(tree: Tree, noun: int) -> Place | None:
    """The phrase of a noun that can wish something; None for things, for "nobody" and for an empty "it"."""
    noun = _past_dateline(tree, noun)
    if tree.words[noun] == "it":
        verb = tree.heads[noun]
        return (noun, noun) if tree.deps[noun] == "nsubj" and tree.lemmas[verb] not in ("be", "seem") else None
    denied = any(tree.words[child] in _NOBODY for child in tree.children[noun])
    return phrase_at(tree, noun) if somebody(tree, noun) and not denied else None


def _past_dateline(tree: Tree, noun: int) -> int:
    """The first noun after a dateline, such as "LIMA, Sept 14 -", where the parser takes the place for a subject."""
    if noun > _DATELINE or not tree.parsed[0].text.isupper():
        return noun
    dash = next((at for at in range(min(_DATELINE, len(tree.words))) if tree.words[at] in ("-", "—", "–")), -1)
    if dash < noun:
        return noun
    after = range(dash + 1, min(dash + _DATELINE, len(tree.words)))
    return next((at for at in after if tree.tags[at][:2] == "NN" and tree.deps[at] not in ("compound", "amod")), noun)


def somebody(tree: Tree, token: int) -> bool:
    """Whether a noun may name a party: a proper name, a pronoun for people, a body, a person or several of them."""
    word, lemma = tree.words[token], tree.lemmas[token]
    if tree.tags[token][:2] != "NN":
        return word in _PEOPLE or _read_as_adjective(tree, token)
    people = word in gazetteer().nouns or lemma in gazetteer().nouns or word.endswith(_KINDS_OF_PEOPLE)
    return _named(tree, token) or people or lemma in listed("institutions") or word in _PRESS or _acronym(tree, token)


def _read_as_adjective(tree: Tree, token: int) -> bool:
    """Whether a name stands there that the parser takes for an adjective, as it does with some rare ones."""
    written = tree.parsed[token].text
    return tree.tags[token] == "JJ" and written[0].isupper() and tree.deps[token] in _ARGUMENTS


def _acronym(tree: Tree, token: int) -> bool:
    """Whether a body's letters stand there that the parser takes for a common word: "ECOWAS"."""
    written = tree.parsed[token].text
    return len(written) > 1 and written.isalpha() and written.isupper()


def _named(tree: Tree, token: int) -> bool:
    """Whether a word is a proper name that is no day or month, or a pronoun for people."""
    named = (
        tree.tags[token] in ("NNP", "NNPS")
        and tree.words[token][0].isalpha()
        and tree.lemmas[token] not in listed("days")
    )
    return named or tree.words[token] in _PEOPLE


def _own_word(tree: Tree, token: int) -> bool:
    return tree.words[token] in ("i", "we", "my", "our", "me", "us", "mine", "ours")


def phrase_at(tree: Tree, noun: int) -> Place:
    """First and last token of a noun phrase, without what only describes it further."""
    inside = [noun]
    waiting = [noun]
    while waiting:
        for child in tree.children[waiting.pop()]:
            joined = tree.deps[child] in ("cc", "conj") and tree.tags[child][:2] in ("NN", "CC")
            if joined or tree.deps[child] in _NOUN_PARTS and (tree.deps[child] != "prep" or tree.words[child] == "of"):
                inside.append(child)
                waiting.append(child)
    first, last = min(inside), max(inside)
    return first, last - 1 if tree.tags[last] == "POS" else last


def subject_phrase(tree: Tree, noun: int, verb: int) -> Place:
    """A subject with all that belongs to it before its verb.

    Parameters
    ----------
    tree : the paragraph
    noun : the subject
    verb : its verb
    """
    inside = [token for token in tree.below(noun) if token < verb] or tree.below(noun)
    return min(inside), max(inside)


def like_a_name(tree: Tree, noun: int) -> bool:
    """Whether a noun has a capital and stands alone, as names do that the parser takes for common words.

    Parameters
    ----------
    tree : the paragraph
    noun : the noun
    """
    return tree.parsed[noun].text[0].isupper() and tree.tags[noun] == "NN" and not tree.children[noun]
