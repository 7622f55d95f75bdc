"""Who puts a plan forward, sets terms or rules, so that the terms that follow are theirs: `foresees` and `presenter`.

"Musa has drawn up a ladder: tolls would fall …", "the compromise is Musa's. A clerk would keep the books.", "the Senate
attached conditions: …", "the court ruled on Friday. The nets are to come down.".
"""

from __future__ import annotations

from parley.reading.authors import MAKING
from parley.reading.gazetteer import gazetteer
from parley.reading.holders import Place, phrase_at, somebody, subject_phrase
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["foresees", "in_steps", "of_a_nation", "presenter", "sequenced"]

_OUTLINES = lexicon(
    "plan proposal formula scheme draft offer blueprint compromise roadmap initiative package timetable ladder idea "
    "model recipe solution arrangement system swap sketch outline memorandum paper text document map list calendar "
    "bill amendment motion resolution suggestion framework design sequence programme program schedule variant option "
    "alternative mechanism counteroffer counterproposal counter-offer counter-proposal bargain wording chart table "
    "route remedy cure vision concept notion template strategy agenda menu catalogue manifesto platform ruling verdict "
    "award decision judgment judgement recommendation decree edict order ultimatum condition demand term requirement "
    "guarantee concession rule limit price safeguard request instruction stipulation proviso deadline reservation "
    "caveat precondition promise pledge threat bid deal settlement project way position line answer message "
    "course wish something aim"
)
"""Nouns for what somebody puts forward, asks for or lays down, and of which one can tell the terms."""

_FORWARD = lexicon(
    "propose table present offer draft draw submit circulate float unveil publish outline sketch devise design hatch "
    "write prepare produce bring issue announce suggest advance attach impose set name state list formulate frame "
    "release lay put pose make give hand work spell have send advocate recommend advise moot pitch mail deliver file "
    "lodge tender craft cobble concoct invent conceive dream think map plot chart define detail specify want demand "
    "seek try envisage envision favour favor champion dictate bear broker add negotiate mediate hammer"
)
"""Verbs of putting forward, with the plan as their object."""

_SUGGESTING = lexicon("propose suggest float advocate recommend moot envisage envision devise offer sketch pitch")
"""Verbs that have anything new as what is put forward: "proposes a commission"."""

_BY_WAY_OF = {
    "come": "with", "arrive": "with", "return": "with", "answer": "with", "counter": "with", "respond": "with",
    "reply": "with", "walk": "with", "go": "with", "settle": "on", "hit": "on", "work": "on", "call": "for",
    "ask": "for", "push": "for", "press": "for", "plead": "for", "argue": "for", "insist": "on", "step": "with",
}  # fmt: skip
"""Verbs that do so with a preposition."""

_EXPLAINING = lexicon("sketch outline explain describe list set spell lay detail show know say tell")
_RULING = lexicon("rule decide decree order adjudicate")
_COMING = lexicon("come stem originate emanate")
_FAILING = lexicon("fail collapse die founder lapse expire stall unravel crumble flop sink")
_AT_HAND = lexicon(
    "deal settlement bargain arrangement system map list paper text document calendar table chart catalogue menu rule "
    "line way position order route message memorandum bill price limit project"
)
"""What one may have without putting it forward."""

_STEPS = lexicon("step stage phase point part instalment installment tranche leg measure rung round")
_COUNTS = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several"})
_IN_TURN = frozenset({"first", "second", "third", "then", "next", "finally", "lastly", "afterwards", "thereafter"})
_NO = frozenset({"no", "not", "n't", "never", "neither", "little"})
_HYPOTHETICAL = frozenset({"would", "could", "might", "may", "should", "must", "'d"})
_FORESEEING = frozenset({"would", "could", "shall", "should", "must", "'d"})
_MUST = frozenset({"have", "need", "be"})
_OTHER_CLAUSE = frozenset({"relcl", "advcl", "acl", "pcomp"})


def foresees(tree: Tree, verb: int) -> bool:
    """Whether a clause tells what would, shall, must or is to be, as terms do.

    Parameters
    ----------
    tree : the paragraph
    verb : its verb
    """
    if any(tree.words[child] in _FORESEEING for child in tree.children[verb]):
        return True
    inner = tree.child(verb, "xcomp")
    to = inner is not None and any(tree.tags[child] == "TO" for child in tree.children[inner])
    return to and tree.lemmas[verb] in _MUST and tree.tags[verb] in ("VBZ", "VBP", "VBD", "MD")


def in_steps(tree: Tree, noun: int) -> bool:
    """Whether a thing is told to have steps, of which more may be said: "a truce in three steps", "a two-step deal".

    Parameters
    ----------
    tree : the paragraph
    noun : the noun for the thing
    """
    link = noun + 1
    if tree.words[link : link + 1] in (("in",), ("of",)) and link + 2 < len(tree.words):
        counted = tree.tags[link + 1] == "CD" or tree.words[link + 1] in _COUNTS
        return counted and any(tree.lemmas[at] in _STEPS for at in range(link + 2, min(link + 4, len(tree.words))))
    before = range(max(noun - 3, 0), noun)
    return any(
        tree.lemmas[at] in _STEPS and tree.words[at - 2] in _COUNTS for at in before if tree.words[at - 1] == "-"
    )


def sequenced(tree: Tree, sentence: int) -> bool:
    """Whether a sentence opens with a place in a row, as a step does: "first, …", "in a second phase, …", "then …".

    Parameters
    ----------
    tree : the paragraph
    sentence : the sentence
    """
    first, end = tree.sentences[sentence]
    opening = tree.words[first : min(first + 4, end)]
    return bool(_IN_TURN & set(opening[:3])) and (opening[0] in _IN_TURN or any(at in _STEPS for at in opening))


def presenter(tree: Tree, first: int, end: int, *, suggested: bool = False, listed: bool = False) -> Place | None:
    """Who puts forward a plan or terms in a clause, or whose they are; None where nobody does.

    Parameters
    ----------
    tree : the paragraph
    first, end : the clause's first token, and the one after its last
    suggested : whether one who suggests that a thing be done counts, too
    listed : whether the terms follow in the same sentence, so that one who goes somewhere to set them out counts, too
    """
    for verb in range(first, end):
        if listed and (named := _in_mind(tree, verb)) is not None:
            return named
        aims = listed and tree.verbal(verb) and _aims(tree, verb)
        subject = _doer(tree, tree.heads[verb] if aims else verb)
        if not tree.verbal(verb) or subject is None or not first <= subject < end:
            continue
        if tree.deps[verb] in _OTHER_CLAUSE and not aims:
            continue
        if _denied(tree, verb) or tree.quoted[verb] or tree.lemmas[verb] in _FAILING:
            continue
        named = None if aims else _of_subject(tree, subject, verb)
        named = (
            named or _putting_forward(tree, subject, verb, end) or (_explains(tree, subject, verb) if listed else None)
        )
        if named is None and suggested and _suggests(tree, subject, verb):
            named = subject_phrase(tree, subject, verb)
        if named is not None:
            return named
    return None


def _aims(tree: Tree, verb: int) -> bool:
    """Whether a verb tells what for another is done: "went on the radio to set out …"."""
    to = any(tree.tags[child] == "TO" for child in tree.children[verb])
    return to and tree.tags[verb] == "VB" and tree.deps[verb] in ("advcl", "xcomp")


def _in_mind(tree: Tree, verb: int) -> Place | None:
    """Who wants what a clause with "what" names: "what the Board has in mind is a bargain"."""
    for side in tree.children[verb] if tree.lemmas[verb] == "be" else ():
        subject = tree.subject(side) if tree.deps[side] in ("csubj", "ccomp", "nsubj") else None
        below = {tree.words[at] for at in tree.below(side)}
        if subject is not None and "what" in below and (tree.lemmas[side] in _FORWARD - {"have"} or "mind" in below):
            return subject_phrase(tree, subject, side) if somebody(tree, subject) else None
    return None


def _explains(tree: Tree, subject: int, verb: int) -> Place | None:
    """Who tells how a thing would work: "sketched how it might work"."""
    inner = tree.child(verb, "ccomp", "xcomp")
    how = inner is not None and any(tree.words[child] in ("how", "what") for child in tree.children[inner])
    tells = how and tree.lemmas[verb] in _EXPLAINING and somebody(tree, subject)
    return subject_phrase(tree, subject, verb) if tells else None


def _doer(tree: Tree, verb: int) -> int | None:
    """The subject of a verb, its own or that of the verb that it is joined to."""
    subject = tree.subject(verb)
    while subject is None and tree.deps[verb] == "conj" and tree.verbal(tree.heads[verb]):
        verb = tree.heads[verb]
        subject = tree.subject(verb)
    return subject


def _denied(tree: Tree, verb: int) -> bool:
    words = {tree.words[child] for child in tree.children[verb]}
    return bool(words & (_NO | _HYPOTHETICAL))


def _of_subject(tree: Tree, subject: int, verb: int) -> Place | None:
    """Whose the plan is that a clause is about: "the ladder is Musa's", "comes from Musa", "was drawn up by her"."""
    if tree.lemmas[subject] not in _OUTLINES:
        made = tree.child(verb, "attr") if tree.words[subject] in ("it", "this", "that") else None
        return None if made is None or tree.lemmas[made] not in _OUTLINES else _owner(tree, made)
    if (owner := _owner(tree, subject)) is not None:
        return owner
    whose = tree.child(verb, "attr")
    if tree.lemmas[verb] == "be" and whose is not None:
        bare = any(tree.tags[child] == "POS" for child in tree.children[whose]) and somebody(tree, whose)
        return phrase_at(tree, whose) if bare else _owner(tree, whose) if tree.lemmas[whose] in MAKING else None
    passive = tree.deps[subject] == "nsubjpass" and tree.lemmas[verb] in _FORWARD
    link = tree.child(verb, "agent") if passive else None
    if tree.lemmas[verb] in _COMING:
        link = next((child for child in tree.children[verb] if tree.words[child] == "from"), None)
    maker = None if link is None else tree.child(link, "pobj")
    return phrase_at(tree, maker) if maker is not None and somebody(tree, maker) else None


def _putting_forward(tree: Tree, subject: int, verb: int, end: int) -> Place | None:
    """Who puts a plan forward, or rules: "Musa came up with a ladder", "the court ruled on Friday"."""
    if tree.deps[subject] != "nsubj" or not (somebody(tree, subject) or tree.words[subject] == "it"):
        return None
    lemma = tree.lemmas[verb]
    if lemma in _RULING and tree.child(verb, "ccomp", "xcomp", "dobj") is None:
        return subject_phrase(tree, subject, verb)
    for thing in range(verb + 1, end):
        new = tree.lemmas[verb] in _SUGGESTING and any(
            tree.words[child] in ("a", "an") for child in tree.children[thing]
        )
        outline = tree.lemmas[thing] in _OUTLINES or new or in_steps(tree, thing)
        if not outline or tree.tags[thing] not in ("NN", "NNS"):
            continue
        held = lemma == "have" and tree.lemmas[thing] in _AT_HAND
        if held or any(tree.words[child] in _NO for child in tree.children[thing]) or not _has(tree, verb, thing):
            continue
        return _owner(tree, thing) or subject_phrase(tree, subject, verb)
    return None


def _suggests(tree: Tree, subject: int, verb: int) -> bool:
    """Whether somebody suggests that a thing be done: "has suggested that a judge be named"."""
    inner = tree.child(verb, "ccomp")
    if tree.lemmas[verb] not in _SUGGESTING or inner is None or tree.subject(inner) is None:
        return False
    if tree.deps[subject] != "nsubj" or not (somebody(tree, subject) or tree.words[subject] == "it"):
        return False
    helpers = [child for child in tree.children[inner] if tree.deps[child] in ("aux", "auxpass")]
    return tree.words[helpers[0]] in ("be", "should") if helpers else tree.tags[inner] in ("VB", "VBP")


def _has(tree: Tree, verb: int, thing: int) -> bool:
    """Whether a verb of putting forward has a plan as what it puts forward."""
    link = tree.heads[thing]
    if tree.deps[thing] == "dobj":
        return link == verb and tree.lemmas[verb] in _FORWARD
    above = tree.heads[link]
    if tree.deps[thing] != "pobj" or verb not in (above, tree.heads[above]):
        return False
    return (
        tree.words[link] == _BY_WAY_OF.get(tree.lemmas[verb])
        or tree.words[link] == "of"
        and (tree.deps[above] == "dobj" and tree.heads[above] == verb and tree.lemmas[verb] in _FORWARD)
    )


def _owner(tree: Tree, noun: int) -> Place | None:
    """Whose a plan is by its own phrase: "Musa's ladder", "a ladder by Musa", "one drawn up by Musa"."""
    owner = tree.child(noun, "poss")
    if owner is not None and tree.tags[owner] == "PRP$":
        return None if tree.words[owner] in ("my", "our", "your") else (owner, owner)
    if (
        owner is None
        and (nation := next((at for at in tree.children[noun] if of_a_nation(tree, at)), None)) is not None
    ):
        return phrase_at(tree, nation)
    if owner is None:
        made = tree.child(noun, "acl", "relcl")
        if made is not None and tree.lemmas[made] in _FORWARD:
            agent, subject = tree.child(made, "agent"), tree.subject(made)
            owner = subject if agent is None else tree.child(agent, "pobj")
        else:
            link = tree.child(noun, "prep", "agent")
            named = link is not None and tree.words[link] in ("of", "by", "from")
            owner = tree.child(link, "pobj") if link is not None and named else None
    return phrase_at(tree, owner) if owner is not None and somebody(tree, owner) else None


def of_a_nation(tree: Tree, word: int) -> bool:
    """Whether a word names whose a plan is by a nation: "a European plan".

    Parameters
    ----------
    tree : the paragraph
    word : a word that belongs to the noun for the plan
    """
    entries = gazetteer().entries.get(tree.parsed[word].text, ())
    known = tree.deps[word] == "compound" and any(each.kind == "adjective" for each in entries)
    return known or tree.deps[word] == "amod" and tree.parsed[word].text[0].isupper() and tree.tags[word] == "JJ"
