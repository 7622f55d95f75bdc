"""Whose mind a sentence gives by a noun, or by what moves somebody: `fronted`, `named_first`, `owner_at`, `viewpoint`.

"Word from the palace was that …", "from the union came a threat", "what irks the growers is that …", "it is news to the
ministry that …", "there is talk in Lima of …", "as far as the guild is concerned, …": nobody is said to say any of it.
"""

from __future__ import annotations

from parley.reading.cues import listed
from parley.reading.holders import Place, phrase_at, somebody
from parley.reading.idioms import entries
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["fronted", "named_first", "owner_at", "viewpoint", "whose_words"]

_AMONG = lexicon("in at among amongst within inside around across between")
_OF = frozenset({"of", "from", "by"})
_OWN = frozenset({"my", "our", "i", "we", "me", "us", "one", "it", "this", "that", "all"})
_COMING = lexicon("come arrive emerge issue reach filter trickle")
_GETTING = lexicon("get receive bring carry draw win elicit hear have face")
_BROUGHT = lexicon(
    "word answer reply response message news demand threat warning call appeal plea offer promise proposal suggestion "
    "hint signal ultimatum order request objection complaint protest retort rebuke pledge assurance claim denial "
    "admission confirmation advice verdict rumour rumor refusal invitation statement announcement"
)
_SENT = frozenset({"message", "word", "answer", "reply", "response", "signal", "warning", "verdict"})
_NOT_OF_MIND = lexicon("up open available possible left easy hard difficult similar close due unknown familiar")
_HAVING = lexicon("be seem look appear sound come remain")
_TIMES = lexicon(
    "day week month year hour moment time night morning evening case event end beginning middle wake face light fact"
)
_CLAUSES = frozenset({"acl", "ccomp", "xcomp", "relcl", "advcl"})
_TELLING_WHAT = lexicon("for of over about on against : to")
_ASKING = lexicon("ask talk listen speak")
_VAGUE = frozenset({"a", "an", "no", "one", "another"})
_HIGHEST = 3
_NP_TAGS = frozenset({"DT", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "CC", "IN"})


def owner_at(tree: Tree, noun: int, *, among: bool = False) -> int | None:
    """Whose a demand, a view or a fear is: "Ruiz's fear", "the fear of the growers", "the fear in Lima".

    Parameters
    ----------
    tree : the paragraph
    noun : the noun
    among : whether a place, or those among whom it is held, are enough
    """
    if (whose := tree.child(noun, "poss")) is not None:
        return None if tree.words[whose] in _OWN or tree.lemmas[whose] in _TIMES | listed("days") else whose
    links = _OF | _AMONG if among else _OF
    for link in tree.children[noun]:
        whom = tree.child(link, "pobj") if tree.words[link] in links and tree.deps[link] == "prep" else None
        if whom is None or link < noun or tree.words[whom] in _OWN or tree.tags[whom][:2] not in ("NN", "PR"):
            continue
        sent = tree.words[link] == "from" and tree.lemmas[noun] in _SENT and tree.tags[whom][:2] == "NN"
        held = among and (tree.words[link] in _AMONG or sent)
        timed = tree.lemmas[whom] in _TIMES or tree.lemmas[whom] in listed("days")
        if not timed and (held or somebody(tree, whom)):
            return whom
    return None


def fronted(tree: Tree, verb: int) -> int | None:
    """Where or among whom it is said, by the words that open a sentence: "at the harbour office the assumption is …".

    Parameters
    ----------
    tree : the paragraph
    verb : the verb of the sentence
    """
    opening = next((child for child in tree.children[verb] if tree.deps[child] == "prep" and child < verb), None)
    if opening is None or tree.words[opening] not in _AMONG or opening > tree.sentences[tree.sentence[verb]][0] + 1:
        return None
    whom = tree.child(opening, "pobj")
    named = whom is not None and tree.tags[whom][:2] == "NN" and tree.lemmas[whom] not in _TIMES | listed("days")
    return whom if named else None


def viewpoint(tree: Tree, head: int, *, colon: bool = False) -> Place | None:
    """Who is named as of a mind, by a noun or by what moves them, above a clause; None where it is nobody.

    Parameters
    ----------
    tree : the paragraph
    head : the verb of the clause
    colon : whether what is said follows behind a colon
    """
    verb = head
    for _ in range(_HIGHEST):
        if tree.quoted[verb]:
            return None
        whom = _brought(tree, verb, colon=colon) or _shared(tree, verb) or _moved(tree, verb) or _it_is(tree, verb)
        if whom is not None:
            return phrase_at(tree, whom)
        verb = tree.heads[verb]
    first, end = tree.sentences[tree.sentence[head]]
    return _concerned(tree, first, end) or _with(tree, first) or _asked(tree, first, head)


def _says_what(tree: Tree, *at: int) -> bool:
    """Whether a clause, an infinitive, a preposition or a colon tells what is in a message or a mind."""
    below = [child for token in at for child in tree.children[token] if child > at[0]]
    return any(tree.deps[child] in _CLAUSES or tree.words[child] in _TELLING_WHAT for child in below)


def _brought(tree: Tree, verb: int, *, colon: bool) -> int | None:
    """From whom a message comes: "a warning came from Moscow that …", "they got an ultimatum from the colonel: …"."""
    message = tree.subject(verb) if tree.lemmas[verb] in _COMING else None
    message = tree.child(verb, "dobj") if tree.lemmas[verb] in _GETTING else message
    if message is None or tree.lemmas[message] not in _BROUGHT:
        return None
    for link in (*tree.children[verb], *tree.children[message]):
        whom = tree.child(link, "pobj") if tree.words[link] == "from" else None
        if whom is not None and tree.tags[whom][:2] == "NN" and tree.lemmas[whom] not in _TIMES | listed("days"):
            told = colon or _says_what(tree, min(message, verb), message, verb, link, whom)
            return whom if told else None
    return None


def _shared(tree: Tree, verb: int) -> int | None:
    """Among whom there is agreement, a feeling or talk: "there is a feeling in the guild that it was cheated"."""
    if tree.lemmas[verb] != "be" or tree.child(verb, "expl") is None or tree.child(verb, "neg") is not None:
        return None
    noun = tree.child(verb, "attr", "nsubj")
    if noun is None or tree.lemmas[noun] not in entries("shared"):
        return None
    for link in (*tree.children[noun], *tree.children[verb]):
        whom = tree.child(link, "pobj") if tree.words[link] in _AMONG and link > noun else None
        if whom is not None and tree.nominal(whom) and tree.lemmas[whom] not in _TIMES | listed("days"):
            return whom if _says_what(tree, noun, verb, whom) else None
    return None


def _moved(tree: Tree, verb: int) -> int | None:
    """Whom it irks that a thing is so: "what irks the growers is that …", "it irks the growers that …"."""
    subject, moves = tree.subject(verb), verb
    if subject is not None and tree.words[subject] == "nothing":
        return _only_this(tree, verb)
    if tree.lemmas[verb] == "be":
        moves = next((child for child in tree.children[verb] if tree.deps[child] == "csubj" and child < verb), verb)
        what = tree.words[tree.left[moves]] == "what" and tree.child(verb, "ccomp") is not None
    else:
        what = subject is not None and tree.words[subject] == "it"
        what = what and tree.child(verb, "ccomp", "advcl", "xcomp") is not None
    if not what or tree.lemmas[moves] not in entries("moving"):
        return None
    whom = tree.child(moves, "dobj")
    if whom is None and moves != verb:
        whom = next((child for child in tree.children[verb] if tree.deps[child] == "nsubj"), None)
    return whom if whom is not None and somebody(tree, whom) and tree.words[whom] not in _OWN else None


def _only_this(tree: Tree, verb: int) -> int | None:
    """Whom nothing else satisfies: "nothing less than a tenth will satisfy the dockers", "… will do for the widows"."""
    link = next((child for child in tree.children[verb] if tree.words[child] == "for"), verb)
    does = tree.lemmas[verb] == "do" and link != verb
    whom = tree.child(link, "pobj") if does else tree.child(verb, "dobj")
    satisfies = does or tree.lemmas[verb] in entries("satisfying")
    return whom if satisfies and whom is not None and somebody(tree, whom) else None


def _it_is(tree: Tree, verb: int) -> int | None:
    """To whom it is clear or news that a thing is so, or whose view it is: "it is the view of the board that …"."""
    subject, like = tree.subject(verb), tree.child(verb, "attr", "acomp", "oprd")
    if like is None and (as_ := tree.child(verb, "prep")) is not None and tree.words[as_] == "as":
        like = tree.child(as_, "pobj")
    if subject is None or tree.words[subject] != "it" or tree.lemmas[verb] not in _HAVING or like is None:
        return None
    if tree.words[like] in _NOT_OF_MIND or not any(
        tree.deps[child] in ("ccomp", "acl", "advcl", "relcl") for at in (verb, like) for child in tree.below(at)
    ):
        return None
    if tree.lemmas[like] in entries("positions") and (whose := owner_at(tree, like)) is not None:
        return whose
    deeper = [link for link in tree.below(like) if tree.words[link] == "among"]
    for link in (*tree.children[like], *tree.children[verb], *deeper):
        whom = tree.child(link, "pobj") if tree.words[link] in ("to", "among", "with") and link > verb else None
        if whom is not None and somebody(tree, whom) and tree.words[whom] not in _OWN:
            return whom
    return None


def _concerned(tree: Tree, first: int, end: int) -> Place | None:
    """As far as whom a thing is so: "as far as the guild is concerned, the talks are over"."""
    opening = tree.words[first : first + 3]
    if opening not in (("as", "far", "as"), ("so", "far", "as"), ("in", "so", "far")):
        return None
    for verb in range(first + 4, end):
        if tree.words[verb] == "concerned":
            subject = tree.subject(verb)
            return phrase_at(tree, subject) if subject is not None and somebody(tree, subject) else None
    return None


def _with(tree: Tree, first: int) -> Place | None:
    """With whom it is so: "with the guild it is a matter of principle"."""
    whom = tree.child(first, "pobj") if tree.words[first] == "with" else None
    if whom is None or not somebody(tree, whom) or not tree.nominal(whom):
        return None
    after = max(tree.below(whom)) + 1
    it_is = tree.words[after : after + 2] in (("it", "is"), ("it", "was"), ("it", "'s"))
    return phrase_at(tree, whom) if it_is else None


def _asked(tree: Tree, first: int, head: int) -> Place | None:
    """Whom one has but to ask: "ask the brokers and the crop is lost", "talk to the skippers and …"."""
    link = next((child for child in tree.children[first] if tree.words[child] == "to"), first)
    whom = tree.child(first, "dobj") if link == first else tree.child(link, "pobj")
    asks = tree.lemmas[first] in _ASKING and tree.tags[first] in ("VB", "VBP") and head != first
    joined = whom is not None and tree.words[max(tree.below(whom)) + 1 : max(tree.below(whom)) + 2] == ("and",)
    return phrase_at(tree, whom) if asks and joined and whom is not None and somebody(tree, whom) else None


def whose_words(tree: Tree, first: int, colon: int) -> Place | None:
    """Whose demand, idea or answer a sentence names before a colon, without a verb: "her demand: …".

    Parameters
    ----------
    tree : the paragraph
    first : the first token of the sentence
    colon : the colon
    """
    noun = _only_noun(tree, first, colon)
    if noun is None or tree.lemmas[noun] not in entries("positions") | entries("things wanted") | _BROUGHT:
        return None
    whose = owner_at(tree, noun, among=True)
    return None if whose is None else phrase_at(tree, whose)


def named_first(tree: Tree, first: int, colon: int) -> Place | None:
    """Who a sentence names before a colon, without a verb: "Per Lund: the quota stands".

    Parameters
    ----------
    tree : the paragraph
    first : the first token of the sentence
    colon : the colon
    """
    noun = _only_noun(tree, first, colon)
    body = noun is not None and colon - first > 1 and somebody(tree, noun) and tree.words[first] not in _VAGUE
    return (first, colon - 1) if body else None


def _only_noun(tree: Tree, first: int, colon: int) -> int | None:
    """The main word of what stands before a colon, where that is a noun with what belongs to it."""
    words = range(first, colon)
    if any(tree.tags[at] not in _NP_TAGS or tree.quoted[at] for at in words):
        return None
    return next((at for at in words if tree.heads[at] not in words or tree.heads[at] == at), None)
