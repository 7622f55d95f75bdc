"""Which predicates tell what their subject thinks, wants or foresees, though nothing is quoted: `holding`, `stance`.

"Is after a base", "would settle for a freeze", "has set its heart on a seat", "won't hear of a pause", "blames the
drought on the dam", "put the cost at $130bn", "is relaxed about the delay".
"""

from __future__ import annotations

from parley.reading.holders import Place, like_a_name, somebody, subject_phrase
from parley.reading.idioms import idiom, of_mind
from parley.reading.propositions import Proposition
from parley.reading.stance_words import ENDURING, GOING_ON, HOLDING, LONGING
from parley.reading.support import lends_words, makes_out
from parley.reading.taking import of_things, reflexive, taken_apart, takes_by
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["SOME", "holding", "stance", "what_is_wanted"]

SOME = lexicon("another one others both some other")
_LIGHT = lexicon(
    "have set see take make pin lay place draw find lose put keep give stake cast pour turn harbour harbor "
    "attach raise voice express nurse nurture cherish profess throw reserve call"
)
_WEIGHT = lexicon(
    "time objection intention illusion doubt sympathy heart hope faith trust store issue exception line blame secret "
    "sense point merit alternative truck sight eye qualm misgiving reservation quarrel fear confidence price "
    "ambition wish desire inclination appetite stomach weight blessing approval "
    "backing preference liking dislike aversion distaste contempt disdain scorn respect admiration grudge suspicion "
    "concern worry scruple compunction quibble importance value significance emphasis stress "
    "credence face mind mistrust distrust alarm dismay anger outrage regret disappointment view stance right criticism "
    "shrift design belief unease scepticism skepticism"
)
_TAKEN = lexicon("umbrage exception offence offense pride comfort issue heart view stance")
_SEEN = lexicon("reason need cause point merit sense harm virtue hope risk alternative chance")
_AFTER_BE = lexicon("after for against")
_OF_MIND = lexicon("view opinion doubt illusion mind favour favor")
_MEASURED = lexicon(
    "put price cost value estimate peg reckon rate assess set appraise calculate compute gauge guess pitch"
)
_ACCEPTING = lexicon("accept agree settle consider welcome tolerate like love take prefer swallow live compromise")
_YIELDING = lexicon(
    "accept agree sign hear allow permit let tolerate recognise recognize negotiate countenance brook pay cede "
    "surrender concede entertain"
)
_NEAR = lexicon("near nearer closer between above below around upwards north")
_SUPPOSED = frozenset({"understand", "say", "know", "report", "rumour", "rumor"})
_PURSUED = lexicon(
    "want seek demand favour favor prefer oppose press push lobby plead hope ask wish reject intend plan aim "
    "weigh mull "
    "ponder consider contemplate study prepare eye"
)
_ALL = frozenset({"all", "thing", "one"})
_ASKING = lexicon(
    "ask want demand seek need fear dread expect mean hope request like offer propose suggest envisage promise reject"
)
_CHANCES = frozenset({"chance", "odds", "prospect", "hope"})
_FRACTIONS = lexicon("half third quarter fifth tenth double twice zero nothing")
_AHEAD = frozenset({"will", "'ll", "wo", "would", "'d"})
_LIKELY = lexicon("probably likely presumably doubtless surely perhaps maybe certainly")
_SENSING = frozenset({"smell", "scent"})
_REFUSING = frozenset({"not", "n't", "never"})


def stance(tree: Tree, verb: int) -> bool:
    """Whether a verb with what belongs to it tells what its subject thinks, wants, says or foresees.

    Parameters
    ----------
    tree : the paragraph
    verb : the verb, which has a subject that can say something
    """
    return not _foreseen(tree, verb) and (idiom(tree, verb) or _holds(tree, verb))


def _foreseen(tree: Tree, verb: int) -> bool:
    """Whether it is only likely that somebody will: "will probably settle for a freeze"."""
    below = {tree.words[child] for child in tree.children[verb]}
    return bool(below & _AHEAD) and bool(below & _LIKELY)


def _holds(tree: Tree, verb: int) -> bool:
    """Whether a verb does so by itself, or with an adjective, a noun or a preposition."""
    below = tree.children[verb]
    helpers = {tree.words[child] for child in below}
    if tree.child(verb, "auxpass") is not None:
        return of_mind(tree, verb, verb)
    if helpers & {"can", "ca", "could"} and _endures(tree, verb):
        return True
    if helpers & {"may", "might", "must", "should", "can", "ca"}:
        return False
    lemma, thing = tree.lemmas[verb], tree.child(verb, "dobj", "ccomp", "xcomp")
    thing = thing or next((child for child in below if tree.words[child] in ("worse", "better", "more")), None)
    if lemma in ("be", "remain", "seem", "stay"):
        return _minded(tree, verb)
    if lemma in HOLDING and thing is not None and verb < thing:
        new = any(tree.words[child] in ("a", "an") for child in tree.children[thing])
        foretold = bool(helpers & _AHEAD) and lemma not in _ACCEPTING
        if not foretold:
            return lemma not in _SENSING or new
    ways = (
        *(takes_by, taken_apart, reflexive, _hears_nothing, _weighs, _means_to, _spends_time, _still),
        *(_takes_for, _makes_depend, _gives_odds, lends_words, makes_out, _would_take, _will_not, _at_a_figure),
    )
    return any(way(tree, verb) for way in ways)


def _makes_depend(tree: Tree, verb: int) -> bool:
    """Whether somebody makes one thing hang on another: "makes its return depend on a vote"."""
    inner = tree.child(verb, "ccomp")
    return tree.lemmas[verb] == "make" and inner is not None and tree.lemmas[inner] in ("depend", "hinge")


def _still(tree: Tree, verb: int) -> bool:
    """Whether somebody goes on to think or want a thing, or does not mind it: "keeps insisting on a wall"."""
    inner = tree.child(verb, "xcomp")
    if tree.lemmas[verb] == "mind" and tree.child(verb, "dobj", "xcomp") is not None:
        return any(tree.words[child] in _REFUSING for child in tree.children[verb])
    return tree.lemmas[verb] in GOING_ON and inner is not None and inner > verb and stance(tree, inner)


def _gives_odds(tree: Tree, verb: int) -> bool:
    """Whether somebody gives a thing its chances."""
    after = (at for at in tree.below(verb) if at > verb)
    return tree.lemmas[verb] in ("give", "rate") and any(tree.lemmas[at] in _CHANCES for at in after)


def _would_take(tree: Tree, verb: int) -> bool:
    """Whether somebody would, or could, accept a thing."""
    helpers = {tree.words[child] for child in tree.children[verb]}
    accepts = tree.lemmas[verb] in _ACCEPTING and "have" not in helpers
    told = any(tree.deps[child] in ("dobj", "xcomp", "ccomp", "prep") for child in tree.children[verb])
    return accepts and told and bool(helpers & {"would", "'d", "could"})


def _will_not(tree: Tree, verb: int) -> bool:
    """Whether somebody will not give a thing, or will take nothing less: "won't sign", "will accept only gold"."""
    lemma, below = tree.lemmas[verb], {tree.words[child] for child in tree.children[verb]}
    if not below & {"will", "wo", "would"}:
        return False
    thing = tree.child(verb, "dobj")
    nothing = thing is not None and any(tree.words[child] == "no" for child in tree.children[thing])
    if below & _REFUSING or nothing:
        return lemma in _YIELDING or lemma == "give" and tree.child(verb, "prt") is not None
    return lemma in _ACCEPTING and bool({"nothing", "only"} & {*tree.words[verb + 1 : verb + 3]})


def _endures(tree: Tree, verb: int) -> bool:
    """Whether somebody cannot bear a thing, or can live with it or do without it."""
    below = {tree.words[child] for child in tree.children[verb]}
    if below & _REFUSING:
        return tree.lemmas[verb] in ENDURING and tree.child(verb, "dobj", "ccomp", "xcomp", "prep") is not None
    pair = (tree.lemmas[verb], tree.words[verb + 1] if verb + 1 < len(tree.words) else "")
    return pair in (("live", "with"), ("do", "without"))


def _means_to(tree: Tree, verb: int) -> bool:
    """Whether somebody means to do a thing."""
    inner = tree.child(verb, "xcomp")
    return tree.lemmas[verb] in ("mean", *LONGING) and inner is not None and tree.tags[inner] == "VB" and inner > verb


def _spends_time(tree: Tree, verb: int) -> bool:
    """Whether somebody spends their time to get a thing: "spent the weekend seeking a waiver"."""
    after = (child for at in (verb, tree.child(verb, "dobj") or verb) for child in tree.children[at] if child > verb)
    return tree.lemmas[verb] == "spend" and any(
        tree.tags[child] == "VBG" and (tree.lemmas[child] in _PURSUED or stance(tree, child)) for child in after
    )


def _minded(tree: Tree, verb: int) -> bool:
    """Whether somebody is of a mind: "is relaxed about the delay", "is after a base", "is of two minds"."""
    if any(child > verb and of_mind(tree, verb, child) for child in tree.children[verb]):
        return True
    for link in tree.children[verb]:
        if tree.deps[link] != "prep" or link < verb:
            continue
        thing = tree.child(link, "pobj")
        if tree.words[link] in _AFTER_BE and link == verb + 1 and thing is not None:
            subject = tree.subject(verb)
            person = subject is None or tree.words[link] != "for" or somebody(tree, subject)
            return tree.tags[thing] != "CD" and person
        if tree.words[link] in ("of", "in", "under") and thing is not None and tree.lemmas[thing] in _OF_MIND:
            return tree.child(thing, "prep", "acl", "ccomp") is not None
    return False


def _takes_for(tree: Tree, verb: int) -> bool:
    """Whether somebody takes a thing for another: "takes the quarrel for a pretext"."""
    if tree.lemmas[verb] != "take":
        return False
    links = [child for child in tree.children[verb] if tree.words[child] == "for" and child > verb]
    links += [
        at
        for thing in tree.children[verb]
        if tree.deps[thing] == "dobj"
        for at in tree.children[thing]
        if tree.words[at] == "for"
    ]
    for link in links:
        other = tree.child(link, "pobj")
        if (
            other is not None
            and any(tree.words[at] in ("a", "an") for at in tree.children[other])
            or other is not None
            and tree.tags[other] == "NNS"
        ):
            return tree.child(verb, "dobj") is not None
    return False


def _hears_nothing(tree: Tree, verb: int) -> bool:
    """Whether somebody will not hear of a thing."""
    below = {tree.words[child] for child in tree.children[verb]}
    return tree.lemmas[verb] == "hear" and "of" in below and bool(below & _REFUSING)


def _weighs(tree: Tree, verb: int) -> bool:
    """Whether a light verb has a noun of the mind: "has no time for the idea", "sees little point in talks"."""
    thing = tree.child(verb, "dobj")
    inner = tree.child(verb, "ccomp")
    if tree.lemmas[verb] == "have" and inner is not None and (heart := tree.subject(inner)) is not None:
        return tree.lemmas[heart] in _WEIGHT and tree.child(inner, "prep") is not None
    weights = {"take": _TAKEN, "see": _SEEN}.get(tree.lemmas[verb], _WEIGHT)
    if tree.lemmas[verb] not in _LIGHT or thing is None or tree.lemmas[thing] not in weights:
        return False
    links = [child for at in (verb, thing) for child in tree.children[at] if child > thing]
    return any(tree.deps[child] in ("prep", "acl", "ccomp", "xcomp", "relcl") for child in links)


def _at_a_figure(tree: Tree, verb: int) -> bool:
    """Whether a verb tells a measure: "put the value of an accord at $130bn a year"."""
    below = [token for token in tree.below(verb) if token > verb]
    tops = [tree.child(token, "pobj") for token in below if tree.words[token] == "at"]
    if tree.lemmas[verb] not in _MEASURED:
        return False
    near = any(tree.words[token] in _NEAR for token in below) and any(tree.tags[token] == "CD" for token in below)
    return near or any(_figure(tree, at) for top in tops if top is not None for at in tree.below(top))


def _figure(tree: Tree, token: int) -> bool:
    return tree.tags[token] == "CD" or tree.words[token] in _FRACTIONS or tree.words[token][:1].isdigit()


def what_is_wanted(tree: Tree, verb: int) -> Place | None:
    """Who asks for what a clause with "what" or "all" names: "what they ask for is", "is what they are after".

    Parameters
    ----------
    tree : the paragraph
    verb : the verb "be" that the clause belongs to, or one such as "is spelled out in a paper"
    """
    if tree.lemmas[verb] != "be" and tree.child(verb, "auxpass") is None:
        return None
    for side in tree.children[verb]:
        clause = tree.child(side, "relcl") if tree.lemmas[side] in _ALL else side
        if clause is None or tree.deps[clause] not in ("csubj", "csubjpass", "ccomp", "relcl", "attr"):
            continue
        subject = tree.subject(clause)
        what = tree.lemmas[side] in _ALL or any(tree.words[child] == "what" for child in tree.below(clause))
        wants = tree.lemmas[clause] in _ASKING or any(tree.words[child] == "after" for child in tree.children[clause])
        if what and wants and subject is not None and subject < clause and _minds(tree, subject):
            named = subject_phrase(tree, subject, clause)
            return (named[0] + (tree.lemmas[named[0]] == "all" and named[0] < subject), named[1])
    return None


def _minds(tree: Tree, noun: int) -> bool:
    """Whether a noun or pronoun may stand for somebody with a mind."""
    return somebody(tree, noun) or tree.words[noun] in ("it", *SOME) or _holder_like(tree, noun)


def _misread(tree: Tree, verb: int) -> Place | None:
    """The true subject where the parser takes a verb for a noun: "the federation forecasts gaps on the shelves"."""
    noun = tree.subject(verb)
    wrong = noun is not None and tree.tags[noun] == "NNS" and tree.tags[verb] == "VBZ" and verb == noun + 1
    if not wrong or noun is None or tree.lemmas[noun] not in HOLDING:
        return None
    named = tree.heads[noun - 1] == noun and tree.tags[noun - 1][:2] == "NN"
    return (tree.left[noun], noun - 1) if named else None


def holding(tree: Tree, each: Proposition) -> Place | None:
    """The subject of a predicate that tells what somebody thinks or wants, its own or one that it shares.

    Parameters
    ----------
    tree : the paragraph
    each : a proposition of the reporter's prose
    """
    verb = each.head
    if each.condition is not None or not tree.verbal(verb) or tree.quoted[verb]:
        return None
    if (noun := _misread(tree, verb)) is not None:
        return noun
    if (cleft := what_is_wanted(tree, verb)) is not None:
        return cleft
    above = verb
    while tree.subject(above) is None and tree.deps[above] == "conj" and tree.verbal(tree.heads[above]):
        above = tree.heads[above]
    subject = tree.subject(above)
    supposed = _supposed(tree, verb)
    passive = (supposed or of_mind(tree, verb, verb)) and tree.deps[subject or verb] == "nsubjpass"
    if (
        subject is None
        or not (passive or tree.deps[subject] == "nsubj")
        or subject > verb
        or tree.words[subject] in ("you", "us", "me")
    ):
        return None
    person = _minds(tree, subject) or like_a_name(tree, subject)
    return subject_phrase(tree, subject, above) if person and (supposed or stance(tree, verb)) else None


def _supposed(tree: Tree, verb: int) -> bool:
    """Whether somebody is understood, or said, to be of a mind: "is understood to want the square cleared"."""
    inner = tree.child(verb, "xcomp")
    told = tree.lemmas[verb] in _SUPPOSED and tree.child(verb, "auxpass") is not None
    return told and inner is not None and (tree.lemmas[inner] in _PURSUED or stance(tree, inner))


def _holder_like(tree: Tree, noun: int) -> bool:
    """Whether a noun that no table knows may hold a view, where the predicate is one that only somebody can have."""
    return tree.tags[noun] in ("NN", "NNS") and not of_things(tree, noun)
