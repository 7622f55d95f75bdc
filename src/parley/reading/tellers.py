"""Who says what stands outside of all attributions, where the sentence itself tells: `teller_at` and `goes_on`.

"In her view the pause will fail", "a failed pact, they reason, would split the town", "the police counted 380,000",
"the miners' demand is simple: …": the reporter says none of these.
"""

from __future__ import annotations

from parley.reading.announcing import before_a_colon
from parley.reading.asides import aside
from parley.reading.cues import MOVES, cue_at
from parley.reading.holders import SEEING, Place, like_a_name, phrase_at, somebody, subject_phrase, would_have
from parley.reading.propositions import Proposition
from parley.reading.stances import SOME
from parley.reading.standpoints import position, standpoint
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree
from parley.reading.viewpoints import viewpoint

__all__ = ["backshifted", "goes_on", "reports", "teller_at"]

_REPORTING = lexicon(
    "say add tell think believe reckon reason argue claim insist maintain hold judge calculate measure estimate note "
    "point fear hope expect predict suspect warn admit concede complain explain reply answer stress suggest contend "
    "assert declare announce swear promise vow feel find guess recall remark report write observe conclude counter "
    "object caution protest understand hear repeat reiterate"
)
_ANSWERING = lexicon("say reply answer argue insist think believe reckon claim add counter maintain suspect retort")
_COUNTING = lexicon("count estimate reckon number tally record measure register")
_RATING = lexicon("put give rate price set see place")
_DECIDING = lexicon("decide agree resolve rule conclude vote determine decree order")
_WHAT_IS_DECIDED = (("to",), ("that",), ("whether",), ("against",), ("for",), ("with",), ("how",), ("what",))
_AHEAD = frozenset({"will", "would", "shall", "should", "must", "may", "can", "could", "cannot", "'ll", "wo", "ca"})
_ACTS = lexicon(
    "offer invite demand reject refuse propose threaten urge vow pledge promise decline spurn rebuff refute deny "
    "accuse condemn ban bar"
)
_SIDING = lexicon("accept back support oppose favour favor welcome resent dislike distrust fear")
_WORKED_ON = lexicon("plan proposal formula scheme blueprint compromise offer roadmap")
_HANGING_ON = (
    ("only", "then"), ("only", "after"), ("failing", "this"), ("failing", "that"), ("failing", "which"), ("otherwise",),
    ("if", "not"), ("or", "else"), ("in", "return"), ("in", "exchange"), ("until", "then"), ("in", "that", "case"),
    ("without", "that"), ("without", "this"),
)  # fmt: skip
_UNTIL = frozenset({"until", "till", "once", "after", "before"})
_WEIGHING = lexicon(
    "be have require mean need take leave cost amount depend make suit help hurt matter force break undo end become"
)
_TERMS = lexicon("hour day week fortnight month year")
_SHIFTED = frozenset({"would", "could", "might", "had", "'d"})
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
        named = standpoint(tree, first, end) or _between_commas(tree, each, first, end) or aside(tree, each.head)
        return named or _governing(tree, each)
    found = standpoint(tree, first, end) or _between_commas(tree, each, first, end) or aside(tree, each.head)
    found = found or before_a_colon(tree, each, first) or _of_a_position(tree, each)
    return found or viewpoint(tree, each.head) or _acting(tree, each) or _offering(tree, each) or _wished(tree, each)


def reports(lemma: str) -> bool:
    """Whether a verb says, thinks or writes something.

    Parameters
    ----------
    lemma : the verb
    """
    return lemma in _REPORTING


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
    if start[0] == "and" and _must(tree, each):
        return True
    would = any(tree.words[child] in ("would", "could") for child in tree.children[each.head])
    below = [child for child in tree.children[each.head] if tree.deps[child] in ("advcl", "prep")]
    return would and any(_UNTIL & {tree.words[at] for at in (child, *tree.children[child])} for child in below)


def _must(tree: Tree, each: Proposition) -> bool:
    """Whether a thing must be, or has to be."""
    inner = tree.child(each.head, "xcomp")
    has_to = tree.lemmas[each.head] == "have" and inner is not None and tree.tags[inner] == "VB"
    return has_to or any(tree.words[child] == "must" for child in tree.children[each.head])


def backshifted(tree: Tree, each: Proposition, *, freely: bool = False) -> bool:
    """Whether a sentence may be somebody's words without marks: "her ministry would top up wages".

    Parameters
    ----------
    tree : the paragraph
    each : a proposition of the reporter's prose
    freely : whether the sentence before it is told that way too, so that any shift of tense goes on with it
    """
    subject = tree.subject(each.head)
    root = tree.heads[each.head]
    shared = freely and tree.deps[each.head] == "conj" and tree.heads[root] == root
    if root != each.head and not shared or subject is None or tree.quoted[each.head]:
        return False
    below = tree.children[each.head]
    aux = {tree.words[child] for child in below if tree.deps[child] == "aux"}
    vague = any(tree.words[child] in ("a", "an", "any", "such") for child in tree.children[subject])
    if freely:
        return bool(aux & _SHIFTED) and not vague
    weighs = tree.lemmas[each.head] in _WEIGHING and not any(tree.deps[child] == "auxpass" for child in below)
    told = bool(aux & {"would", "'d"}) and not weighs and not vague
    return told and tree.words[subject] not in ("that", "this", "such", "which", "what")


def _between_commas(tree: Tree, each: Proposition, first: int, end: int) -> Place | None:
    """Who is named between commas, or after the last one, with a verb of saying or thinking: ", they reason,"."""
    if (decided := _decided(tree, each, first, end)) is not None:
        return decided
    for verb in range(first + 2, end):
        if not (_says_beside(tree, verb, end) or _says_below(tree, verb, each.head)) or tree.quoted[verb]:
            continue
        subject = tree.subject(verb)
        if subject is not None and subject > verb and tree.words[verb - 1] == "," and verb > each.tokens[0]:
            return _named_after(tree, subject)
        if subject is None or subject > verb:
            continue
        opening = min(tree.left[subject], subject) - 1
        if verb == each.head and tree.child(verb, "ccomp") is None and not _thrown_in(tree, verb):
            continue
        if opening > first and tree.words[opening] == "," and verb - opening <= _PARENTHETIC:
            relative = tree.tags[subject][0] == "W" or tree.words[subject] in _OWN
            return None if relative else subject_phrase(tree, subject, verb)
    return None


def _thrown_in(tree: Tree, verb: int) -> bool:
    """Whether a verb of saying between commas is thrown in, though the parser hangs the sentence on it."""
    later = tree.tags[verb + 2 : verb + 3]
    return tree.lemmas[verb] in _ANSWERING and tree.words[verb + 1 : verb + 2] == (",",) and later != ("CC",)


def _named_after(tree: Tree, noun: int) -> Place:
    """A subject after its verb, with what belongs to it: ", explains our reporter Jon Asker"."""
    inside = tree.below(noun)
    return inside[0], inside[-1] if tree.parsed[inside[-1]].is_alpha else inside[-1] - 1


def _governing(tree: Tree, each: Proposition) -> Place | None:
    """The subject of the verb of saying or wanting right above a proposition: "Belgar refuses to be tied"."""
    above = tree.heads[each.head]
    if tree.deps[each.head] not in ("xcomp", "ccomp", "dobj") or above in each.tokens or not tree.verbal(above):
        return None
    cue, subject = cue_at(tree, above), tree.subject(above)
    if cue is None or subject is None or not cue.shows(*MOVES, "saying", "assessing") or not somebody(tree, subject):
        return None
    return subject_phrase(tree, subject, above)


def _says_beside(tree: Tree, verb: int, end: int) -> bool:
    after = verb + 1 + (verb + 1 < end and (tree.deps[verb + 1] == "prt" or _goes_on_talking(tree, verb)))
    closed = after >= end or tree.words[after] in (",", ".", ";", "—", "–")
    subject = tree.subject(verb)
    closed = closed or tree.words[verb - 1] == "," and subject is not None and subject > verb
    finite = (
        tree.tags[verb] in ("VBZ", "VBD", "VBP") or tree.tags[verb] == "VBN" and tree.child(verb, "aux") is not None
    )
    told = tree.child(verb, "dobj", "dative")
    if told is not None and tree.lemmas[verb] == "tell":
        inner = tree.child(verb, "ccomp", "xcomp")
        return finite and told > verb and (inner is None or inner < verb)
    says = tree.lemmas[verb] in _REPORTING or _goes_on_talking(tree, verb)
    return closed and finite and says and told is None


def _goes_on_talking(tree: Tree, verb: int) -> bool:
    """Whether a verb between commas tells that somebody goes on: ", she went on,"."""
    return tree.lemmas[verb] in ("go", "continue") and tree.words[verb + 1 : verb + 2] in (("on",), (",",), (".",))


def _decided(tree: Tree, each: Proposition, first: int, end: int) -> Place | None:
    """Who decides what a sentence tells, behind a comma: "the road will stay shut, the growers decided last night"."""
    for verb in range(first + 4, end):
        subject = tree.subject(verb)
        if tree.lemmas[verb] not in _DECIDING or tree.tags[verb] not in ("VBD", "VBZ", "VBP") or subject is None:
            continue
        comma = min(tree.left[subject], subject) - 1
        told = comma > first and tree.words[comma] == "," and each.head < comma and subject < verb
        if not told or tree.quoted[verb] or tree.words[verb + 1 : verb + 2] in _WHAT_IS_DECIDED:
            continue
        listed = any(tree.words[at] == "," and tree.tags[at + 1] in ("CC", "DT") for at in range(verb + 1, end - 1))
        helpers = {tree.words[child] for child in tree.children[each.head]}
        ahead = bool(helpers & _AHEAD) or tree.tags[each.head] in ("VBZ", "VBP")
        if ahead and not listed and somebody(tree, subject):
            return subject_phrase(tree, subject, verb)
    return None


def _says_below(tree: Tree, verb: int, head: int) -> bool:
    """Whether a verb of saying follows what it says, with more after it: ", its envoy told reporters on Monday."."""
    said = tree.lemmas[verb] in _REPORTING and tree.tags[verb] in ("VBZ", "VBD")
    return said and head < verb and tree.heads[head] == verb and tree.deps[head] == "ccomp"


def _offering(tree: Tree, each: Proposition) -> Place | None:
    """The subject of the verb or adjective right above a proposition: "is offering to host", "is ready to sign"."""
    above = tree.heads[each.head]
    may = any(tree.words[child] in ("may", "might", "could") for child in tree.children[above])
    under = tree.deps[each.head] == "xcomp" and above < each.tokens[0] and each.condition is None
    return _governing(tree, each) if under and not may else None


def _of_a_position(tree: Tree, each: Proposition) -> Place | None:
    """Whose condition, goal or answer a clause names: "the miners' condition is a deal on paper"."""
    named = position(tree, each.head) if each.condition is None and not tree.quoted[each.head] else None
    return None if named is None else phrase_at(tree, named[0])


def _wished(tree: Tree, each: Proposition) -> Place | None:
    """Who asks for or offers what a proposition is, by a verb joined to another: "landed and offered a pact"."""
    verb = top = each.head
    if verb >= each.tokens[0] or each.condition is not None or not tree.verbal(verb) or tree.quoted[verb]:
        return None
    while tree.subject(top) is None and tree.deps[top] == "conj" and tree.verbal(tree.heads[top]):
        top = tree.heads[top]
    subject = tree.subject(top)
    if (
        top == verb
        or tree.tags[verb] == "VB"
        or subject is None
        or tree.deps[subject] != "nsubj"
        or not subject < top < verb
    ):
        return None
    return subject_phrase(tree, subject, top) if somebody(tree, subject) else None


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
    lemma, below = tree.lemmas[verb], tree.below(verb)
    person = somebody(tree, subject) or tree.words[subject] == "it" or like_a_name(tree, subject)
    wishes = tree.nominal(subject) and lemma != "have" and would_have(tree, verb)
    person = person or wishes or tree.words[subject] in SOME
    if not person or tree.words[subject] in ("you", "us", "me"):
        return None
    counted = any(tree.tags[token] == "CD" for token in below if token > verb)
    directly = lemma in _COUNTING and counted and tree.child(verb, "dobj", "ccomp") is not None
    rated = lemma in _RATING and _rates(tree, verb, below)
    helpers = {tree.words[child] for child in tree.children[verb]}
    sure = not helpers & {"may", "might", "could"} and tree.child(verb, "neg", "auxpass") is None
    acts = (lemma in _ACTS or lemma == "undertake" and tree.child(verb, "xcomp") is not None) and sure
    having = tree.child(verb, "dobj") if lemma == "have" else None
    told = directly or rated or acts or would_have(tree, verb) or having is not None and tree.words[having] == "none"
    told = told or sure and _asks_for(tree, verb) or _sides(tree, verb) or _sees(tree, verb) or _works_on(tree, verb)
    return subject_phrase(tree, subject, verb) if told else None


def _written_as_name(tree: Tree, noun: int) -> bool:
    """Whether a noun has a capital and stands alone, as names do that the parser takes for common words."""
    return tree.parsed[noun].text[0].isupper() and tree.tags[noun] == "NN" and not tree.children[noun]


def _rates(tree: Tree, verb: int, below: tuple[int, ...]) -> bool:
    """Whether a verb states a number or a term: "put the toll at nine", "gave them until noon"."""
    after = [token for token in below if token > verb]
    given = tree.lemmas[verb] == "give"
    if given and any(tree.words[child] == "until" for child in tree.children[verb]):
        return True
    if given and any(tree.deps[at] in ("dobj", "npadvmod") and tree.lemmas[at] in _TERMS for at in tree.children[verb]):
        return tree.child(verb, "dative") is not None
    if any(tree.lemmas[token] in _CHANCES for token in after):
        return given or any(tree.tags[token] == "CD" or tree.words[token] in ("at", "as") for token in after)
    figures = (tree.child(token, "pobj") for token in after if tree.words[token] == "at")
    return not given and any(top is not None and _figure(tree, top) for top in figures)


def _asks_for(tree: Tree, verb: int) -> bool:
    """Whether somebody asks for a thing: "did so and asked for more time"."""
    links = (child for child in tree.children[verb] if tree.words[child] == "for" and child > verb)
    things = (tree.child(link, "pobj") for link in links)
    asks = tree.lemmas[verb] in ("ask", "call", "appeal", "plead", "beg", "clamour", "clamor")
    ahead = any(tree.words[child] in _AHEAD for child in tree.children[verb])
    return asks and not ahead and any(thing is not None and tree.lemmas[thing] != "comment" for thing in things)


def _sides(tree: Tree, verb: int) -> bool:
    """Whether somebody is for or against a thing by now: "the owners back the plan"."""
    now = tree.tags[verb] in ("VBZ", "VBP") or tree.child(verb, "aux") is None and tree.tags[verb] == "VB"
    return now and tree.lemmas[verb] in _SIDING and tree.child(verb, "dobj") is not None


def _sees(tree: Tree, verb: int) -> bool:
    """Whether somebody takes a thing for another: "regards it as a trap", "saw a trick in it", "take it to mean"."""
    links = {tree.words[child] for child in tree.children[verb] if tree.deps[child] in ("prep", "mark")}
    inner = tree.child(verb, "ccomp", "xcomp", "advcl")
    means = inner is not None and tree.lemmas[inner] == "mean"
    thing = tree.child(verb, "dobj")
    if tree.lemmas[verb] == "take":
        return means or thing is not None and "as" in links
    new = thing is not None and any(tree.words[child] in ("a", "an") for child in tree.children[thing])
    within = tree.lemmas[verb] == "see" and "in" in links and new
    return tree.lemmas[verb] in SEEING and thing is not None and ("as" in links or within)


def _works_on(tree: Tree, verb: int) -> bool:
    """Whether somebody works on a plan of which a sentence tells what it is for."""
    for link in tree.children[verb]:
        plan = tree.child(link, "pobj") if tree.words[link] in ("on", "towards", "toward") else None
        if plan is not None and tree.lemmas[verb] == "work" and tree.lemmas[plan] in _WORKED_ON:
            return tree.child(plan, "prep", "acl", "relcl") is not None
    return False


def _figure(tree: Tree, noun: int) -> bool:
    return tree.tags[noun] == "CD" or any(tree.tags[child] == "CD" for child in tree.children[noun])
