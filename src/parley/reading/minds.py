"""Whom a sentence shows of a mind without telling what is in it, so that the next one may: `minded`, `echoed`.

"Kamran was calm. A turban could not be lent like an umbrella." The first sentence says nothing for Kamran, and the
second, which names nobody, is his. In "The union wants a vote. So does the mayor.", the mayor is of the union's
mind, and in "… The owners do not." they are of another.
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.reading.cues import cue_at
from parley.reading.holders import Place, like_a_name, somebody, subject_phrase
from parley.reading.propositions import Proposition
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["bids", "contrasting", "echoed", "minded", "shown", "wished_behind"]

_MOODS = lexicon(
    "calm angry furious unmoved unimpressed adamant bitter blunt brief terse curt weary tired gloomy gloomier "
    "downbeat upbeat happy unhappy cheerful defiant scornful sceptical skeptical wary cautious hopeful optimistic "
    "pessimistic sure surer unsure certain doubtful uncertain sanguine scathing dismissive apologetic firm "
    "confident bullish bearish indignant resigned relieved impatient patient polite courteous courtly frank franker "
    "blunter candid evasive guarded livid incensed incredulous amused outraged disappointed dismayed alarmed "
    "relaxed unrepentant unapologetic unconvinced unpersuaded unyielding reluctant softer harder stern sterner "
    "contemptuous emphatic insistent proud puzzled philosophical wistful conciliatory combative grim reassuring "
    "unbending categorical clear plain interested convinced worried anxious nervous afraid hesitant undecided "
    "delighted pleased satisfied dissatisfied tempted unfazed undeterred unbowed disdainful sarcastic sardonic "
    "impressed persuaded swayed moved bothered jubilant aghast appalled exasperated aggrieved hurt offended "
    "insulted astonished amazed surprised stunned bewildered dumbfounded"
)
_GESTURES = lexicon(
    "shrug sigh snort scoff laugh smile grimace frown bristle nod grumble moan fume rage protest demur disagree "
    "dissent hesitate waver comment rant explode grin chuckle groan wince object complain sneer shudder scowl "
    "bridle balk baulk despair gloat exult sniff wail"
)
_PARTS = lexicon("head shoulder hand eye eyebrow brow lip nose finger fist palm face")
_MOVING = lexicon(
    "shake throw roll raise purse wrinkle wag spread lift turn pull make bang pound wave clench furrow arch"
)
_HELD = lexicon(
    "grievance idea view theory explanation complaint worry doubt reason suspicion objection condition term answer "
    "regret fear misgiving opinion warning message reservation plan illusion take hunch"
)
_OTHERWISE = frozenset({"otherwise", "differently", "another", "different", "so", "as", "too"})
_STATES_OF_MIND = lexicon("mood mind opinion view doubt heart hurry")
_SOUNDING, _TONES = lexicon("sound strike hit adopt take"), lexicon("note tone line view")
_TAKING = lexicon("take put receive greet welcome hear see meet")
_HOW = lexicon("badly well hard ill calmly coolly lightly personally otherwise differently seriously philosophically")
_NEWS = lexicon("news nonsense anathema sacrilege heresy madness treason music")
_ECHOING = lexicon("do be have will would can could must should may might")
_AGREEING = lexicon("agree disagree object mind concur dissent demur")
_SMALL = frozenset({"neg", "advmod", "aux", "cc", "preconj"})
_OPENING = lexicon("so nor neither but and yet though")


def minded(tree: Tree, sentence: int) -> Place | None:
    """Who is named as of a mood, as making a face, or as having a grievance or an idea, without being quoted.

    Parameters
    ----------
    tree : the paragraph
    sentence : the sentence
    """
    first, end = tree.sentences[sentence]
    return None if tree.words[end - 1] == "?" else shown(tree, first, end)


def shown(tree: Tree, first: int, end: int) -> Place | None:
    """Who is named as of a mood, or as having an idea, in some words, such as those before a colon.

    Parameters
    ----------
    tree : the paragraph
    first, end : the first token, and the one after the last
    """
    if any(tree.quoted[first:end]):
        return None
    for verb in range(first, end):
        if tree.heads[verb] >= end and tree.deps[verb] == "ccomp" and tree.verbal(verb) and _shows(tree, verb):
            subject = tree.subject(verb)
            return None if subject is None or not _minds(tree, subject) else subject_phrase(tree, subject, verb)
        if not (tree.verbal(verb) or _misread(tree, verb)) or tree.heads[verb] != verb and tree.deps[verb] != "conj":
            continue
        if (whom := _to_whom(tree, verb)) is not None:
            return whom
        governing, subject = _shared(tree, verb)
        if subject is None and tree.tags[verb - 1] == "NNP" and verb - 1 > first and _of_a_mood(tree, verb):
            return _names_before(tree, verb)
        if subject is None or subject > verb or not _minds(tree, subject):
            continue
        if _shows(tree, verb):
            return subject_phrase(tree, subject, governing)
    return None


def _shows(tree: Tree, verb: int) -> bool:
    """Whether a clause tells of a mood, a gesture or a view of its subject."""
    return _of_a_mood(tree, verb) or _gestures(tree, verb) or _takes(tree, verb) or _speaks_for(tree, verb)


def contrasting(tree: Tree, sentence: int) -> Place | None:
    """Who is shown of another mind than the one before, and is about to say so: "his colleague is more sanguine".

    Parameters
    ----------
    tree : the paragraph
    sentence : the sentence
    """
    first, end = tree.sentences[sentence]
    compared = any(tree.tags[at] in ("JJR", "RBR") or tree.words[at] in _OTHERWISE for at in range(first, end))
    return minded(tree, sentence) if compared else None


def wished_behind(tree: Tree, cue: Sequence[int]) -> Place | None:
    """Who is shown of a mind before the colon behind which another wants or thinks: "he is blunter: Lima wants a port".

    Parameters
    ----------
    tree : the paragraph
    cue : the tokens that tell the other's wish
    """
    if not cue:
        return None
    first = tree.sentences[tree.sentence[cue[0]]][0]
    colon = next((at for at in range(first, cue[0]) if tree.words[at] == ":"), None)
    told = next((found for at in cue if tree.verbal(at) and (found := cue_at(tree, at)) is not None), None)
    wishes = told is not None and told.shows("demanding", "hoping", "fearing", "assessing")
    return shown(tree, first, colon) if colon is not None and wishes else None


def _is_a_mood(word: str) -> bool:
    """Whether a word tells a mood, also one of more of it: "gloomier", "blunter"."""
    plain = {word, word.removesuffix("er"), word.removesuffix("r"), word.removesuffix("ier") + "y"}
    return bool(plain & _MOODS)


def _minds(tree: Tree, noun: int) -> bool:
    return somebody(tree, noun) or like_a_name(tree, noun)


def _names_before(tree: Tree, verb: int) -> Place:
    """The name right before a verb, which the parser hangs on another: "in the hall Ana Diaz was adamant"."""
    start = verb - 1
    while start and tree.tags[start - 1] == "NNP" and tree.heads[start - 1] in range(start, verb):
        start -= 1
    return start, verb - 1


def _misread(tree: Tree, token: int) -> bool:
    """Whether the parser takes a verb for a noun: "the welders' leader disagrees"."""
    said = tree.words[token].removesuffix("s") in _GESTURES and tree.words[token] not in _GESTURES
    return said and tree.heads[token] == token and tree.subject(token) is not None


def _shared(tree: Tree, verb: int) -> tuple[int, int | None]:
    """The subject of a verb, with the verb before it is named; of one that is joined, that of the first."""
    while tree.subject(verb) is None and tree.deps[verb] == "conj" and tree.verbal(tree.heads[verb]):
        verb = tree.heads[verb]
    before = [child for child in tree.children[verb] if tree.deps[child] == "nsubj" and child < verb]
    return verb, before[-1] if before else tree.subject(verb)


def _of_a_mood(tree: Tree, verb: int) -> bool:
    """Whether somebody is calm, in no mood for a thing, or has an idea or a grievance."""
    below = tree.children[verb]
    if tree.tags[verb] == "VBN" and tree.child(verb, "auxpass") is not None:
        return _is_a_mood(tree.words[verb])
    if tree.lemmas[verb] in _SOUNDING and (sound := tree.child(verb, "dobj")) is not None:
        return tree.lemmas[sound] in _TONES
    if tree.lemmas[verb] == "have":
        things = [child for child in tree.below(verb) if tree.deps[child] in ("dobj", "conj") and child > verb]
        return any(tree.lemmas[child] in _HELD for child in things)
    if tree.lemmas[verb] not in ("be", "remain", "sound", "seem", "look", "stay"):
        return False
    like = [child for child in below if child > verb and tree.deps[child] in ("acomp", "oprd", "attr")]
    if tree.child(verb, "aux") is not None and tree.lemmas[verb] == "be":
        return False
    if any(_is_a_mood(tree.words[child]) for child in like):
        return True
    links = (tree.child(child, "pobj") for child in below if tree.words[child] in ("in", "of") and child > verb)
    return any(top is not None and tree.lemmas[top] in _STATES_OF_MIND for top in links)


def _gestures(tree: Tree, verb: int) -> bool:
    """Whether somebody shrugs, protests or shakes a head."""
    if tree.tags[verb] not in ("VBD", "VBZ", "VBP") and not _misread(tree, verb):
        return False
    thing = tree.child(verb, "dobj", "ccomp", "xcomp")
    if thing is None:
        return tree.lemmas[verb] in _GESTURES
    return tree.lemmas[verb] in _MOVING and tree.lemmas[thing] in _PARTS


def _takes(tree: Tree, verb: int) -> bool:
    """Whether somebody takes a thing badly, sees it otherwise, or receives the reporter."""
    thing = tree.child(verb, "dobj")
    if thing is not None and tree.words[thing] in ("us", "me"):
        return tree.lemmas[verb] in _TAKING
    how = {tree.words[child] for child in tree.children[verb] if tree.deps[child] == "advmod" and child > verb}
    return tree.lemmas[verb] in _TAKING and bool(how & _HOW) and thing is not None


def _speaks_for(tree: Tree, verb: int) -> bool:
    """Whether somebody speaks for others."""
    links = {tree.words[child] for child in tree.children[verb] if tree.deps[child] == "prep" and child > verb}
    return tree.lemmas[verb] == "speak" and bool(links & {"for", "through"}) and tree.child(verb, "aux") is None


def _to_whom(tree: Tree, verb: int) -> Place | None:
    """To whom something is news, or nonsense."""
    thing = tree.child(verb, "attr")
    if tree.lemmas[verb] != "be" or thing is None or tree.lemmas[thing] not in _NEWS:
        return None
    for at in (*tree.children[thing], *tree.children[verb]):
        whom = tree.child(at, "pobj") if tree.words[at] == "to" else None
        if whom is not None and somebody(tree, whom):
            return subject_phrase(tree, whom, tree.sentences[tree.sentence[verb]][1])
    return None


def echoed(tree: Tree, each: Proposition) -> Place | None:
    """Who shares or denies what the sentence before says for another: "So does the mayor", "The owners do not".

    Parameters
    ----------
    tree : the paragraph
    each : a proposition of the reporter's prose
    """
    words = [token for token in each.tokens if not tree.mark(token)]
    if tree.quoted[each.head] or each.condition is not None or len(words) < 2:
        return None
    turned = tree.words[words[0]] in ("so", "nor", "neither") and tree.lemmas[words[1]] in _ECHOING
    if turned:
        who = next((token for token in words[2:] if tree.heads[token] == words[1] and tree.nominal(token)), None)
        return None if who is None else (words[2], words[-1])
    verb, subject = each.head, tree.subject(each.head)
    if subject is None or subject > verb or not _minds(tree, subject):
        return None
    agrees = tree.lemmas[verb] in _AGREEING and tree.child(verb, "dobj", "ccomp", "xcomp", "prep") is None
    if not agrees and tree.lemmas[verb] not in _ECHOING:
        return None
    named = set(tree.below(subject))
    rest = [token for token in words if token not in named | {verb}]
    alone = all(tree.words[token] in _OPENING or tree.deps[token] in _SMALL for token in rest)
    stands_for = agrees or bool(rest) or tree.lemmas[verb] in ("do", "have")
    return subject_phrase(tree, subject, verb) if alone and stands_for else None


def bids(tree: Tree, sentence: int) -> bool:
    """Whether a sentence bids others do a thing, as only somebody who speaks does: "Let the governor come himself".

    Parameters
    ----------
    tree : the paragraph
    sentence : the sentence
    """
    first, end = tree.sentences[sentence]
    opening = first + (tree.words[first] in _OPENING)
    return (
        opening + 1 < end
        and tree.words[opening] == "let"
        and tree.words[opening + 1] not in ("'s", "us", "me", "alone")
    )
