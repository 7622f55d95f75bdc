"""From whose point of view a sentence of the reporter's prose is told: `standpoint`, `position` and the plans.

"In her view the pause will fail", "for the owners, the clause is void", "its goal, as officials describe it, is …",
"the miners' condition is a deal on paper", "under the mediators' plan …": none of these has a verb of saying.
"""

from __future__ import annotations

from collections.abc import Iterator

from parley.reading.authors import AUTHORING, author_behind
from parley.reading.cues import cue_at
from parley.reading.holders import Place, phrase_at, somebody
from parley.reading.idioms import entries
from parley.reading.presenting import of_a_nation
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree
from parley.reading.viewpoints import owner_at

__all__ = ["POSITIONS", "draft_of", "in_a_view", "of_persons_only", "plan_of", "plans", "position", "standpoint"]

_VIEWS = lexicon(
    "view opinion assessment estimation estimate judgement judgment eye word reading account telling reckoning "
    "analysis mind showing admission confession "
    "calculation version conviction phrase experience light figure count arithmetic logic theory"
)
_COUNTS = lexicon("count reckoning calculation estimate arithmetic account telling admission")
_PLANS = lexicon(
    "plan proposal formula scheme draft offer blueprint compromise roadmap initiative package timetable term"
)
POSITIONS = lexicon(
    "condition demand line response answer reply price goal aim objective ambition hope wish request proposal offer "
    "plan preference priority fear worry objection argument charge verdict advice message contention claim promise "
    "threat intention formula suggestion position stance"
)
"""Nouns for what somebody wants, offers or thinks."""

_PERFECT, _ONE = lexicon("has have had been 's 've"), lexicon("one same other")
_SITUATIONS = lexicon(
    "calculation choice question problem stake stakes test challenge dilemma difficulty danger risk advantage time "
    "moment year way attraction lesson winter summer number figure cost loss difference trouble task"
)
_COPULAS = lexicon("be seem look remain sound appear mean amount")
_EFFORT = lexicon(
    "easy hard difficult possible impossible important essential vital crucial necessary useful distant open "
    "available convenient costly cheap dear expensive new familiar welcome good bad better worse enough lucky"
)
_PUTTING = lexicon("describe put see tell call phrase have explain present understand read")
_READING = lexicon(
    "see obtain read review quote cite report leak describe discuss back support oppose reject accept approve adopt "
    "sign"
)
_TASTES = frozenset({"liking", "like", "taste", "comfort"})
_PAPERS = frozenset({"text", "paper", "document", "map", "list"})
_WAYS = (("of", "thinking"), ("of", "seeing"), ("of", "looking"))
_BEFORE_WHOM = frozenset({"to", "for"})
_OWN = frozenset({"my", "our", "i", "we", "me", "us", "one"})
_BOTH = frozenset({"and", "but", "yet", "so"})
_ANY = frozenset({"a", "an", "any"})
_MAY_BE = frozenset({"can", "could", "must", "should", "ca"})
_PRESENT = frozenset({"VBZ", "VBP"})
_CLOSING = frozenset({"”", '"', "''", "»"})
_LONGEST = 12


def standpoint(tree: Tree, first: int, end: int) -> Place | None:
    """Who is named, in a sentence, as the one whose view or plan it gives; None where it is nobody's.

    Parameters
    ----------
    tree : the paragraph
    first, end : the sentence's first token, and the token after its last
    """
    return (
        in_a_view(tree, first, end)
        or _to_somebody(tree, first, end)
        or _as_described(tree, first, end)
        or _from_where(tree, first, end)
        or _to_taste(tree, first, end)
    )


def of_persons_only(tree: Tree, named: Place) -> bool:
    """Whether a sentence is somebody's view only if that is a person: "for Ruiz, the state has come late".

    Parameters
    ----------
    tree : the paragraph
    named : the phrase that `standpoint` gives
    """
    before = named[0] - 1
    within = before >= 0 and tree.words[before] in _BEFORE_WHOM and tree.deps[before] == "prep"
    return within and tree.lemmas[tree.heads[before]] not in _COPULAS and not _must_be(tree, tree.heads[before])


def position(tree: Tree, verb: int) -> tuple[int, int] | None:
    """Whose condition, goal or answer a clause names, and where it starts: "their price is" the release of 160 men.

    Parameters
    ----------
    tree : the paragraph
    verb : the verb of the clause

    Returns
    -------
    the noun of the owner, and the first token of what it is
    """
    subject, thing = tree.subject(verb), tree.child(verb, "attr", "ccomp", "xcomp")
    if tree.lemmas[verb] not in ("be", "remain") or subject is None or thing is None or not subject < verb < thing:
        return None
    helpers = {tree.words[child] for child in tree.children[verb] if tree.deps[child] == "aux"}
    if tree.child(verb, "neg") is not None or helpers - _PERFECT:
        return None
    clause = tree.deps[thing] != "attr"
    if tree.lemmas[subject] not in POSITIONS | entries("positions" if clause else "things wanted"):
        return None
    judged = cue_at(tree, thing) if tree.nominal(thing) else None
    if judged is not None and judged.shows("judging") or not clause and not tree.nominal(thing):
        return None
    whose = owner_at(tree, subject, among=clause)
    return None if whose is None or tree.lemmas[thing] in _ONE else (whose, tree.left[thing])


def plan_of(tree: Tree, sentence: int) -> str | None:
    """The plan under which a sentence says things would be: "under that plan both sides would halt fire".

    Parameters
    ----------
    tree : the paragraph
    sentence : the sentence
    """
    first, end = tree.sentences[sentence]
    if tree.words[first : first + 2] == ("under", "it"):
        return "it"
    for token in range(first + 1, min(end, first + 4)):
        if tree.lemmas[token] in _PLANS and tree.words[first] in ("under", "by"):
            return tree.lemmas[token] if tree.words[token - 1] in ("the", "that", "this") else None
    return None


_PACTS = frozenset(
    {"accord", "agreement", "deal", "treaty", "pact", "truce", "ceasefire", "convention", "protocol", "law"}
)


def draft_of(tree: Tree, sentence: int) -> Place | None:
    """The draft itself, where nobody is named who made it: "under a draft seen by reporters, tolls would fall".

    Parameters
    ----------
    tree : the paragraph
    sentence : the sentence
    """
    first, end = tree.sentences[sentence]
    for noun in range(first + 1, min(end, first + _LONGEST)):
        paper = tree.lemmas[noun] in _PLANS or tree.lemmas[noun] in _PACTS and any(tree.quoted[noun:end])
        if not paper or tree.deps[noun] != "pobj" or tree.words[tree.heads[noun]] != "under":
            continue
        verb = tree.heads[tree.heads[noun]]
        would = any(tree.words[at] in ("would", "could") for at in tree.children[verb])
        open_ = tree.heads[noun] == first and (would or tree.quoted[verb])
        return phrase_at(tree, noun) if open_ else None
    return None


def plans(tree: Tree, *, sentence: int | None = None) -> dict[str, Place]:
    """Whose each plan is that a paragraph tells of: "the mediators' plan", "a plan tabled by the envoy".

    Parameters
    ----------
    tree : the paragraph
    sentence : look only here

    Returns
    -------
    by the word for it; the last one also under "it"
    """
    found: dict[str, Place] = {}
    first, end = (0, len(tree.words)) if sentence is None else tree.sentences[sentence]
    for token in range(first, end):
        road = tree.lemmas[token] == "map" and tree.words[token - 1 : token] == ("road",)
        road = road or tree.lemmas[token] in _PAPERS and tree.deps[token] == "dobj"
        road = road and (tree.lemmas[token] == "map" or tree.lemmas[tree.heads[token]] in AUTHORING)
        if not road and tree.lemmas[token] not in _PLANS or tree.tags[token] not in ("NN", "NNS"):
            continue
        owner = _maker(tree, token)
        if owner is not None and tree.words[owner] not in _OWN and (somebody(tree, owner) or of_a_nation(tree, owner)):
            found[tree.lemmas[token]] = found["it"] = phrase_at(tree, owner)
    return found


def _maker(tree: Tree, plan: int) -> int | None:
    """Whose a plan is, or who made it: "the envoy's plan", "one tabled by the envoy", "one that the envoy tabled"."""
    owner = tree.child(plan, "poss")
    if owner is None and tree.words[plan - 1] == "-":
        owner = tree.child(plan - 2, "poss")
    if owner is not None:
        return owner
    has = tree.heads[plan]
    if tree.lemmas[has] in AUTHORING | {"have"} and tree.deps[plan] == "dobj" and tree.verbal(has):
        return tree.subject(has)
    nation = next((child for child in tree.children[plan] if of_a_nation(tree, child)), None)
    clause = tree.child(plan, "relcl")
    if clause is not None and tree.lemmas[clause] in AUTHORING and tree.child(clause, "auxpass") is None:
        subject = tree.subject(clause)
        if subject is not None and tree.tags[subject][:1] != "W":
            return subject
    made = next((at for at in (tree.child(plan, "acl"), clause) if at is not None), plan)
    if tree.lemmas[made] in _READING:
        return nation
    by = next((child for child in tree.children[made] if tree.words[child] == "by"), None)
    return nation if by is None else tree.child(by, "pobj")


def in_a_view(tree: Tree, first: int, end: int) -> Place | None:
    """Whose view a sentence gives: "in her view", "in the judgement of an envoy", "under the mediators' plan".

    Parameters
    ----------
    tree : the paragraph
    first, end : the sentence's first token, and the token after its last
    """
    for token in range(first, end):
        lemma = tree.lemmas[token]
        if lemma == "way" and tree.words[token + 1 : token + 3] in _WAYS:
            lemma = "view"
        if tree.deps[token] != "pobj" or tree.quoted[token]:
            continue
        told = author_behind(tree, token) if tree.words[tree.heads[token]] == "under" else None
        if lemma not in _VIEWS and (lemma not in _PLANS or tree.words[token] == "term") and told is None:
            continue
        before = tree.words[tree.heads[token]]
        if before not in ("in", "by", "to", "on") if lemma in _VIEWS else before not in ("under", "by", "in"):
            continue
        opens = tree.heads[token] <= first + 2
        after = next((at for at in range(max(tree.below(token)) + 1, end)), end)
        last = all(tree.mark(at) for at in set(range(token + 1, end)) - set(tree.below(token)))
        last = last or before == "under" and tree.words[after : after + 1] in ((",",), (";",), ("and",))
        start = tree.heads[token] - (2 if tree.words[max(tree.heads[token] - 2, 0)] == "at" else 0)
        apart = token > first and "," in tree.words[max(start - 1 - (tree.words[start - 1] in _CLOSING), first) : start]
        within = apart and before == "by" and tree.words[after : after + 1] == (",",) and tree.lemmas[token] in _COUNTS
        if not opens and not within and not (apart and (before != "by" or last)) and not (last and before == "under"):
            continue
        if told is not None:
            return told
        owner = tree.child(token, "poss") if lemma in _VIEWS else _maker(tree, token)
        if owner is None and lemma in _VIEWS and (of := tree.child(token, "prep")) is not None:
            owner = tree.child(of, "pobj") if tree.words[of] in ("of", "from") else None
        if owner is not None and tree.words[owner] not in _OWN:
            return phrase_at(tree, owner)
    return None


def _to_somebody(tree: Tree, first: int, end: int) -> Place | None:
    """To whom a thing is so: "To Kovana that is a bigger cage", "for the owners, the clause is void"."""
    for link, whom in _whom(tree, first, end):
        verb = tree.heads[link]
        subject = tree.subject(verb)
        if subject is None or tree.quoted[verb]:
            continue
        if tree.deps[subject] == "expl":
            anybody = tree.words[tree.left[whom]] in _ANY
            if link == first and not anybody and _there_can_be_none(tree, verb):
                return _whole_name(tree, whom)
            continue
        if tree.words[subject] in ("there", "this") or tree.lemmas[subject] in _SITUATIONS or _effort(tree, verb):
            continue
        if (
            tree.lemmas[verb] in _COPULAS
            or _must_be(tree, verb)
            or (link == first or tree.words[link - 1] == ";")
            and _judges(tree, whom, verb)
        ):
            return _whole_name(tree, whom)
    return None


def _there_can_be_none(tree: Tree, verb: int) -> bool:
    """Whether nothing of a kind can or must be, as only a mind holds: "there can be no talks"."""
    thing = tree.child(verb, "attr", "nsubj")
    none = thing is not None and any(tree.words[child] in ("no", "little") for child in tree.children[thing])
    return none and any(tree.words[child] in _MAY_BE for child in tree.children[verb])


def _whole_name(tree: Tree, whom: int) -> Place:
    """A phrase with the name that stands right behind its noun: "the political scientist Ada Lind"."""
    first, last = phrase_at(tree, whom)
    name = _name_behind(tree, whom)
    return first, last if name is None else max(last, name)


def _name_behind(tree: Tree, whom: int) -> int | None:
    """The name right behind a noun that it belongs to, without a comma: "the historian Ada Lind"."""
    name = tree.child(whom, "appos")
    close = name is not None and tree.tags[name][:3] == "NNP" and tree.left[name] == whom + 1
    return name if close else None


def _whom(tree: Tree, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a sentence has "to" or "for" with somebody at its start or between commas."""
    start = first + (tree.words[first] in _BOTH)
    for link in range(start, end - 1):
        whom = tree.child(link, "pobj")
        if tree.words[link] not in _BEFORE_WHOM or tree.deps[link] != "prep" or whom is None or tree.quoted[link]:
            continue
        last = max(tree.below(link))
        apart = tree.words[link - 1] == "," and last + 1 < end and tree.words[last + 1] == ","
        clause = tree.words[link - 1] == ";"
        seems = tree.words[link] == "to" and tree.lemmas[tree.heads[link]] in ("seem", "look", "appear", "sound")
        if not tree.verbal(tree.heads[link]) or tree.words[whom] in _OWN:
            continue
        if (link == start or clause or apart or seems) and somebody(tree, whom):
            yield link, whom


def _effort(tree: Tree, verb: int) -> bool:
    """Whether a thing is only easy, costly or distant for somebody, or is something for them to do."""
    told = tree.child(verb, "acomp", "attr")
    subject = tree.subject(verb)
    denied = subject is not None and any(tree.words[child] == "no" for child in tree.children[subject])
    easy = told is not None and not denied and tree.lemmas[told] in _EFFORT and tree.lemmas[verb] in ("be", "remain")
    return easy or tree.words[tree.subject(verb) or verb] == "it" and tree.child(verb, "xcomp", "ccomp") is not None


def _must_be(tree: Tree, verb: int) -> bool:
    """Whether a thing has to be so."""
    inner = tree.child(verb, "xcomp")
    return tree.lemmas[verb] == "have" and inner is not None and tree.lemmas[inner] == "be"


def _judges(tree: Tree, whom: int, verb: int) -> bool:
    """Whether a sentence that starts with "for" and a name tells how things stand by now: "has arrived late"."""
    helpers = [tree.tags[child] for child in tree.children[verb] if tree.deps[child] == "aux"]
    thing = tree.child(verb, "dobj")
    lacks = thing is not None and any(tree.words[child] in ("no", "little") for child in tree.children[thing])
    now = tree.tags[verb] in _PRESENT or bool(helpers) and helpers[0] in _PRESENT
    named = tree.tags[whom] in ("NNP", "NNPS", "PRP") or _name_behind(tree, whom) is not None
    return now and (lacks or named)


def _as_described(tree: Tree, first: int, end: int) -> Place | None:
    """Who describes a thing so: "its goal, as officials describe it, is …", "as she puts it"."""
    for verb in range(first + 2, end):
        subject = tree.subject(verb)
        if tree.lemmas[verb] not in _PUTTING or tree.quoted[verb] or subject is None or tree.words[subject] == "it":
            continue
        thing = tree.child(verb, "dobj")
        start = min(tree.left[subject], subject) - 1
        opens = start == first or start > first and tree.words[start - 1] == ","
        so = start >= first and tree.words[start] == "as" and thing is not None and tree.words[thing] == "it"
        if so and opens and tree.child(verb, "attr", "oprd", "xcomp") is None and subject < verb:
            return phrase_at(tree, subject)
    return None


def _from_where(tree: Tree, first: int, end: int) -> Place | None:
    """Who sees a thing so from their place: "from where the owners sit, the offer is too low"."""
    if tree.words[first : first + 2] != ("from", "where"):
        return None
    verb = next((at for at in range(first + 2, end) if tree.lemmas[at] in ("sit", "stand")), None)
    subject = None if verb is None else tree.subject(verb)
    named = subject is not None and tree.words[subject] not in _OWN and somebody(tree, subject)
    return phrase_at(tree, subject) if subject is not None and named else None


def _to_taste(tree: Tree, first: int, end: int) -> Place | None:
    """To whose liking a thing is not: "is too low for the growers' liking"."""
    for noun in range(first + 3, end):
        link = tree.heads[noun]
        if tree.lemmas[noun] in _TASTES and tree.words[link] in ("for", "to"):
            whose = tree.child(noun, "poss")
            if whose is not None and tree.words[whose] not in _OWN and not tree.quoted[noun]:
                return phrase_at(tree, whose)
    return None
