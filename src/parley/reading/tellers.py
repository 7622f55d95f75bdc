"""Who says what stands outside of all attributions, where the sentence itself tells: `teller_at` and `goes_on`.

"In her view the pause will fail", "a failed pact, they reason, would split the town", "the police counted 380,000",
"the miners' demand is simple: …": the reporter says none of these.
"""

from __future__ import annotations

from parley.reading.cues import MOVES, cue_at
from parley.reading.holders import Place, phrase_at, somebody
from parley.reading.propositions import Proposition
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["goes_on", "teller_at"]

_VIEWS = lexicon(
    "view opinion assessment estimation estimate judgement judgment eye word reading account telling reckoning "
    "analysis mind calculation version conviction experience"
)
_PLANS = lexicon("plan proposal formula scheme draft offer blueprint compromise")
_UTTERED = lexicon(
    "demand answer advice message position condition reply response verdict warning request plea line view argument "
    "reasoning complaint charge claim conclusion forecast prediction promise appeal recommendation"
)
_REPORTING = lexicon(
    "say add tell think believe reckon reason argue claim insist maintain hold judge calculate measure estimate note "
    "point fear hope expect predict suspect warn admit concede complain explain reply answer stress suggest contend "
    "assert declare announce swear promise vow feel find guess recall remark report write observe conclude counter "
    "object caution protest understand hear"
)
_COUNTING = lexicon("count estimate reckon number tally record measure register")
_RATING = lexicon("put give rate price set see place")
_ACTS = lexicon(
    "offer invite demand reject refuse propose threaten urge vow pledge promise decline spurn rebuff refute deny "
    "accuse condemn ban bar"
)
_BLUNT = lexicon(
    "blunt clear plain adamant frank categorical firm sceptical skeptical hopeful optimistic pessimistic cautious sure "
    "unsure certain convinced unmoved unimpressed sanguine downbeat upbeat defiant terse curt brief simple short "
    "further"
)
_HANGING_ON = (
    ("only", "then"), ("only", "after"), ("failing", "this"), ("failing", "that"), ("failing", "which"), ("otherwise",),
    ("if", "not"), ("or", "else"), ("in", "return"), ("in", "exchange"), ("until", "then"), ("in", "that", "case"),
    ("without", "that"), ("without", "this"),
)  # fmt: skip
_UNTIL = frozenset({"until", "till", "once", "after", "before"})
_CHANCES = frozenset({"chance", "odds", "probability", "likelihood"})
_OWN = frozenset({"my", "our", "i", "we"})
_SHARING = frozenset({"conj", "acl", "dobj", "advcl", "dep"})
_PARENTHETIC, _FAR = 8, 3


def teller_at(tree: Tree, each: Proposition, *, between_commas: bool = False) -> Place | None:
    """Where the one is named who says a proposition of the reporter's prose; None where the reporter does.

    Parameters
    ----------
    tree : the paragraph
    each : the proposition
    between_commas : look only for a view, and for who is named with a verb of saying, between commas or right above
    """
    first, end = tree.sentences[tree.sentence[each.head]]
    if between_commas:
        return _in_a_view(tree, first, end) or _between_commas(tree, each, first, end) or _governing(tree, each)
    found = _in_a_view(tree, first, end)
    if found is None:
        found = _between_commas(tree, each, first, end)
    if found is None:
        found = _before_a_colon(tree, each, first)
    if found is None:
        found = _acting(tree, each)
    return found


def goes_on(tree: Tree, each: Proposition) -> bool:
    """Whether a sentence goes on with what was said before it: "only then …", "the tax would stay until it was paid".

    Parameters
    ----------
    tree : the paragraph
    each : a proposition of the reporter's prose
    """
    first, end = tree.sentences[tree.sentence[each.head]]
    start = tree.words[first : first + 3]
    if any(start[: len(words)] == words for words in _HANGING_ON):
        return tree.words[first] != "if" or tree.words[first + 2 : first + 3] == (",",)
    would = any(tree.words[child] in ("would", "could") for child in tree.children[each.head])
    below = [child for child in tree.children[each.head] if tree.deps[child] in ("advcl", "prep")]
    return would and any(_UNTIL & {tree.words[at] for at in (child, *tree.children[child])} for child in below)


def _in_a_view(tree: Tree, first: int, end: int) -> Place | None:
    """Whose view a sentence gives: "in her view", "in the judgement of an envoy", "under the mediators' plan"."""
    for token in range(first, end):
        lemma = tree.lemmas[token]
        if tree.deps[token] != "pobj" or tree.quoted[token] or lemma not in _VIEWS and lemma not in _PLANS:
            continue
        before = tree.words[tree.heads[token]]
        if before not in ("in", "by", "to") if lemma in _VIEWS else before not in ("under", "by"):
            continue
        opens = tree.heads[token] <= first + 2
        if not opens and not (before == "in" and token > first and tree.words[tree.heads[token] - 1] == ","):
            continue
        owner = tree.child(token, "poss")
        if owner is None and lemma in _VIEWS and (of := tree.child(token, "prep")) is not None:
            owner = tree.child(of, "pobj") if tree.words[of] == "of" else None
        if owner is not None and tree.words[owner] not in _OWN:
            return phrase_at(tree, owner)
    return None


def _between_commas(tree: Tree, each: Proposition, first: int, end: int) -> Place | None:
    """Who is named between commas, or after the last one, with a verb of saying or thinking: ", they reason,"."""
    for verb in range(first + 2, end):
        if not _says_beside(tree, verb, end) or tree.quoted[verb]:
            continue
        subject = tree.subject(verb)
        if subject is None or subject > verb or verb == each.head and tree.child(verb, "ccomp") is None:
            continue
        opening = min(tree.left[subject], subject) - 1
        if opening > first and tree.words[opening] == "," and verb - opening <= _PARENTHETIC:
            relative = tree.tags[subject][0] == "W" or tree.words[subject] in _OWN
            return None if relative else _whole(tree, subject, verb)
    return None


def _governing(tree: Tree, each: Proposition) -> Place | None:
    """The subject of the verb of saying or wanting right above a proposition: "Belgar refuses to be tied"."""
    above = tree.heads[each.head]
    if tree.deps[each.head] not in ("xcomp", "ccomp", "dobj") or above in each.tokens or not tree.verbal(above):
        return None
    cue, subject = cue_at(tree, above), tree.subject(above)
    if cue is None or subject is None or not cue.shows(*MOVES, "saying", "assessing") or not somebody(tree, subject):
        return None
    return _whole(tree, subject, above)


def _says_beside(tree: Tree, verb: int, end: int) -> bool:
    after = verb + 1 + (verb + 1 < end and tree.deps[verb + 1] == "prt")
    closed = after >= end or tree.words[after] in (",", ".", ";", "—", "–")
    finite = (
        tree.tags[verb] in ("VBZ", "VBD", "VBP") or tree.tags[verb] == "VBN" and tree.child(verb, "aux") is not None
    )
    return closed and finite and tree.lemmas[verb] in _REPORTING and tree.child(verb, "dobj") is None


def _before_a_colon(tree: Tree, each: Proposition, first: int) -> Place | None:
    """Who is blunt, or whose demand is simple, before a colon that the proposition follows or holds."""
    colon = next((at for at in range(first, each.tokens[-1]) if tree.words[at] == ":"), None)
    if colon is None or tree.quoted[colon]:
        return None
    for verb in range(first, colon):
        subject = tree.subject(verb)
        if subject is None or subject >= colon or not tree.verbal(verb):
            continue
        if tree.lemmas[subject] in _UTTERED and (owner := tree.child(subject, "poss")) is not None:
            return None if tree.words[owner] in _OWN else phrase_at(tree, owner)
        told = any(tree.words[at] in _BLUNT for at in range(verb + 1, colon)) and tree.lemmas[verb] in ("be", "go")
        return _whole(tree, subject, verb) if told and somebody(tree, subject) else None
    return None


def _acting(tree: Tree, each: Proposition) -> Place | None:
    """The subject of a verb that is itself a move or an estimate: "has offered 3.5", "gives it one chance in five"."""
    verb = each.head
    for _ in range(_FAR):
        bare = tree.child(verb, "aux") is None and tree.words[verb - 1] == ","
        if not bare or tree.subject(verb) is not None or tree.deps[verb] not in _SHARING:
            break
        verb = tree.heads[verb]
    subject = tree.subject(verb)
    if subject is None or not tree.verbal(verb) or tree.deps[subject] != "nsubj" or each.condition is not None:
        return None
    person = somebody(tree, subject) or tree.words[subject] == "it" or _written_as_name(tree, subject)
    if not person or tree.words[subject] in ("you", "us", "me"):
        return None
    lemma, below = tree.lemmas[verb], tree.below(verb)
    counted = any(tree.tags[token] == "CD" for token in below if token > verb)
    directly = lemma in _COUNTING and counted and tree.child(verb, "dobj", "ccomp") is not None
    rated = lemma in _RATING and _rates(tree, verb, below)
    acts = lemma in _ACTS and not any(tree.deps[child] in ("neg", "auxpass") for child in tree.children[verb])
    return _whole(tree, subject, verb) if directly or rated or acts else None


def _whole(tree: Tree, noun: int, verb: int) -> Place:
    """A subject with all that belongs to it before its verb."""
    inside = [token for token in tree.below(noun) if token < verb]
    return min(inside), max(inside)


def _written_as_name(tree: Tree, noun: int) -> bool:
    """Whether a noun has a capital and stands alone, as names do that the parser takes for common words."""
    return tree.parsed[noun].text[0].isupper() and tree.tags[noun] == "NN" and not tree.children[noun]


def _rates(tree: Tree, verb: int, below: tuple[int, ...]) -> bool:
    """Whether a verb states a number or a term: "put the toll at nine", "gave them until noon"."""
    after = [token for token in below if token > verb]
    given = tree.lemmas[verb] == "give"
    if given and any(tree.words[child] == "until" for child in tree.children[verb]):
        return True
    if any(tree.lemmas[token] in _CHANCES for token in after):
        return given or any(tree.tags[token] == "CD" for token in after)
    figures = (tree.child(token, "pobj") for token in after if tree.words[token] == "at")
    return not given and any(top is not None and _figure(tree, top) for top in figures)


def _figure(tree: Tree, noun: int) -> bool:
    return tree.tags[noun] == "CD" or any(tree.tags[child] == "CD" for child in tree.children[noun])
