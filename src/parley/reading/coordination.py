"""Why a word starts a proposition of its own: clauses, and things, acts and orders in a row.

`why_root` and `why_cut` are the main names. Each gives the reason as words, or an empty text where a word goes on with
what stands before it.
"""

from __future__ import annotations

from parley.reading.cues import Cue, CueClass, cue_at
from parley.reading.horizon_words import mentions_time
from parley.reading.trees import Tree

__all__ = ["ARRANGING", "SHARED", "WISHING", "deadline", "imperative", "why_cut", "why_root"]

WISHING: tuple[CueClass, ...] = (
    "demanding",
    "refusing",
    "offering",
    "threatening",
    "promising",
    "proposing",
    "hoping",
    "recommending",
)
_DUTIES = frozenset({"must", "should", "ought", "shall"})
SHARED = frozenset({"will", "would", "'ll", "'d", "shall", "may", "might", "could", "can"})
_OWN = SHARED | _DUTIES | {"to"}
_STRONG = frozenset({";", "—", "–", "--", ":", "…", "..."})
_BEFORE_AN_ORDER = frozenset({":", '"', "“", "„", "«"})
_LINKS = frozenset({"and", "but", "or", "nor"})
_TO_A_TIME = frozenset({"by", "in", "on", "before", "within", "from", "until", "at", "for", "during", "after"})
_CONCEDING = frozenset({"although", "though", "whereas"})
_TIMES = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "spring", "summer",
    "autumn", "winter", "noon", "midnight",
})  # fmt: skip
ARRANGING = frozenset({"foresee", "envisage", "envision", "stipulate"})
_BROKEN_OFF = _STRONG | {","}


def why_root(tree: Tree, token: int, main: int, *, wishing: bool) -> str:
    """Why a second root of a content is a proposition of its own.

    Parameters
    ----------
    tree : the paragraph
    token : the root
    main : the root that says most
    wishing : whether the content is demanded, offered, refused or the like
    """
    if tree.verbal(token) and tree.subject(token) is not None:
        return "clause"
    if tree.verbal(token) and tree.deps[token] == "conj" and tree.verbal(main) and main < token:
        return _verb_conjunct(tree, token, main, wished=wishing)
    if imperative(tree, token) and tree.verbal(main):
        return "clause"
    following = max(tree.below(token)) + 1
    broken = following < len(tree.words) and tree.words[following] in _STRONG
    if not wishing or not (tree.nominal(token) or broken and tree.tags[token] == "VBG"):
        return ""
    listed = tree.deps[token] in ("dobj", "conj") and _among(tree, token, main)
    return "wished thing" if (broken or listed) and (_weighty(tree, token) or tree.verbal(token)) else ""


def _among(tree: Tree, token: int, main: int) -> bool:
    """Whether a thing is one of several that one word governs: "a truce", "talks" and "an end to the blockade"."""
    same = tree.nominal(main) and (tree.heads[token] == tree.heads[main] or tree.heads[token] == main)
    first = tree.left[token]
    joined = first > 0 and tree.words[first - 1] in (",", "and", "or", ";")
    return same and token > main and tree.deps[main] in ("dobj", "pobj", "attr") and joined


def why_cut(tree: Tree, token: int, roots: list[int], *, wishing: bool) -> str:
    """Why a token starts a proposition of its own; nothing where it does not.

    Parameters
    ----------
    tree : the paragraph
    token : the token
    roots : the tokens of the content that hang on none of its tokens, in order
    wishing : whether the content is demanded, offered, refused or the like
    """
    dep, head = tree.deps[token], tree.heads[token]
    if dep == "appos" and _in_a_list(tree, token) and token not in roots:
        listed = _wishes(tree, tree.heads[head]) or wishing and head in roots
        return "wished thing" if listed and tree.deps[head] in ("dobj", "pobj") and _weighty(tree, token) else ""
    if dep == "conj":
        return _conjunct(tree, token, roots, wishing=wishing)
    if dep == "advcl" and _listed_again(tree, token):
        return _verb_conjunct(tree, token, head, wished=_wishes(tree, tree.heads[head]) or wishing and head in roots)
    if dep == "advcl" and tree.subject(token) is not None and (mark := tree.child(token, "mark")) is not None:
        return _subordinate(tree, token, mark)
    if dep == "ccomp" and tree.words[head] == "failing" and tree.words[head + 1 : head + 2] == ("which",):
        return "clause"
    loose = dep == "advcl" and tree.tags[token] in ("VBD", "VBZ", "VBP") and token < head
    if (dep in ("ccomp", "parataxis") or loose) and tree.verbal(token) and tree.subject(token) is not None:
        between = range(min(token, head) + 1, max(token, head))
        broken = {tree.words[each] for each in between} & _BROKEN_OFF
        marked = ";" not in broken and any(
            tree.deps[child] == "mark" or tree.tags[child][:1] == "W" for child in tree.children[token]
        )
        heads_cue = cue_at(tree, head)
        thinks = heads_cue is not None and heads_cue.shows("saying", "assessing", "predicting", "hoping", "finding")
        modal = all(any(tree.tags[child] == "MD" for child in tree.children[each]) for each in (token, head))
        thinks = thinks and not modal and not broken & _STRONG
        return "clause" if broken and not marked and not thinks and tree.verbal(head) and token < head else ""
    return ""


def _listed_again(tree: Tree, token: int) -> bool:
    """Whether a clause goes on with a row of like ones: "to mend the road, to pay us and to go", "that …, that …"."""
    head, first = tree.heads[token], tree.left[token]
    opening = tree.words[first]
    return (
        opening in ("to", "that")
        and opening == tree.words[tree.left[head]]
        and head < first
        and tree.words[first - 1] == ","
        and tree.heads[first] == token
    )


def _in_a_list(tree: Tree, token: int) -> bool:
    """Whether what looks like an apposition is a member of a list, since a further one follows behind "and"."""
    head = tree.heads[token]
    if any(tree.tags[below] == "PRP" for child in tree.children[token] for below in tree.children[child]):
        return False
    after = (child for child in tree.children[tree.heads[head]] if child > token)
    return tree.child(token, "conj") is not None or (
        any(tree.deps[child] == "cc" for child in after) and tree.words[tree.left[token] - 1] == ","
    )


def _subordinate(tree: Tree, token: int, mark: int) -> str:
    """Why a clause below another says something of its own: a concession, a reason added after a comma, a purpose."""
    word, before = tree.words[mark], tree.words[mark - 1] if mark else ""
    if word in _CONCEDING or word == "while" and before == "," and token > tree.heads[token]:
        return "concession"
    if word == "because" and token > tree.heads[token] and (before == "," or before == "least"):
        return "reason"
    return "purpose" if word == "that" and before == "so" or word == "so" else ""


def _conjunct(tree: Tree, token: int, roots: list[int], *, wishing: bool) -> str:
    first = _first_of(tree, token, roots)
    governor = tree.heads[first] if first not in roots else None
    wished = wishing if governor is None else _wishes(tree, governor)
    if tree.tags[first] == "WRB":
        return ""
    if tree.verbal(token) or tree.subject(token) is not None:
        return _verb_conjunct(tree, token, first, wished=wished)
    if wished and tree.nominal(token) and tree.verbal(first) and tree.subject(first) is not None:
        verb = tree.child(token, "xcomp", "acl", "relcl")
        return "wished thing" if verb is not None and tree.words[tree.left[verb]] == "to" else ""
    if tree.deps[first] == "prep" and tree.words[first] == tree.words[token]:
        return "wished thing" if wished or governor is None and wishing else ""
    if tree.nominal(token) and tree.nominal(first):
        if first not in roots and tree.deps[first] == "pobj":
            preposition = tree.heads[first]
            wished = wishing if preposition in roots else _wishes(tree, tree.heads[preposition])
        elif first not in roots and tree.deps[first] not in ("dobj", "attr", "dep", "appos"):
            wished = False
        before = first if _weighty(tree, first) else tree.heads[token]
        wished = wished or first in roots and _timed(tree, token) and _timed(tree, before)
        return "wished thing" if wished and _weighty(tree, token) and _weighty(tree, before) else ""
    if tree.words[token] == tree.words[roots[0]] and tree.tags[token] in ("IN", "TO") and wishing:
        return "wished thing"
    return ""


def _timed(tree: Tree, noun: int) -> bool:
    """Whether a noun has a time of its own: "a civilian premier" by Easter."""
    return any(
        tree.deps[child] == "prep"
        and tree.words[child] in _TO_A_TIME
        and mentions_time([tree.parsed[token] for token in tree.below(child)])
        for child in tree.children[noun]
        if child > noun
    )


def _first_of(tree: Tree, token: int, roots: list[int]) -> int:
    """The first of what is coordinated; a bare verb goes with a bare verb, however the parser hung it.

    A thing goes with a thing: in "the transfer by June and full control" with the transfer.
    """
    first = tree.heads[token]
    while tree.nominal(token) and first not in roots and _unlike(tree, token, first):
        first = tree.heads[tree.heads[first]]
    while first not in roots and tree.heads[first] != first:
        listed = tree.deps[first] == "appos" and _in_a_list(tree, first)
        unlike = tree.tags[token] == "VB" and tree.tags[first] != "VB"
        if not (tree.deps[first] == "conj" or listed or unlike):
            break
        first = tree.heads[first]
    return first if tree.tags[token] != "VB" or tree.tags[first] == "VB" else tree.heads[token]


def _unlike(tree: Tree, thing: int, first: int) -> bool:
    """Whether a thing can hardly be joined to a noun behind a preposition, but rather to the noun before that."""
    above = tree.heads[tree.heads[first]]
    if tree.deps[first] != "pobj" or not tree.nominal(above) or tree.words[thing] in _TIMES:
        return False
    articles = [
        any(tree.words[child] in ("a", "an", "the") for child in tree.children[each]) for each in (thing, first, above)
    ]
    return tree.words[first] in _TIMES or articles == [True, False, True]


def _fronted(tree: Tree, token: int) -> bool:
    """Whether a verb in a tense behind ", and" has a phrase before it, so that its subject cannot be the one before."""
    first = tree.left[token]
    return (
        tree.tags[token] in ("VBD", "VBZ", "VBP")
        and tree.deps[tree.children[token][0]] == "prep"
        and tree.children[token][0] < token
        and first > 1
        and tree.words[first - 1] in _LINKS
        and tree.words[first - 2] == ","
    )


def _verb_conjunct(tree: Tree, token: int, first: int, *, wished: bool) -> str:
    if any(tree.words[child] == "either" for child in tree.children[first]) or _permits(tree, first):
        return ""
    if tree.subject(token) is not None or tree.children[token] and _fronted(tree, token):
        return "clause"
    if wished or any(tree.words[child] in _DUTIES for child in tree.children[first]):
        return "wished act"
    if imperative(tree, first):
        return "wished act"
    if tree.deps[first] in ("relcl", "acl"):
        return ""
    if _move(tree, first) != _move(tree, token):
        return "act"
    if tree.tags[token] in ("VB", "VBN") and any(tree.words[child] in SHARED for child in tree.children[first]):
        return "act"
    own = any(tree.words[child] in _OWN for child in tree.children[token] if child < token)
    return "act" if own and not _able(tree, token) else ""


def _able(tree: Tree, verb: int) -> bool:
    """Whether a verb only tells what somebody can or cannot do, which is a fact like others."""
    return any(tree.words[child] in ("can", "could") for child in tree.children[verb])


def _permits(tree: Tree, verb: int) -> bool:
    """Whether a verb tells what somebody is to be let do: "let them come"."""
    above = tree.heads[verb]
    return tree.deps[verb] == "ccomp" and tree.lemmas[above] == "let" and tree.tags[verb] == "VB"


def imperative(tree: Tree, token: int) -> bool:
    """Whether a verb gives an order: its bare form, without subject, helper or governing verb.

    Parameters
    ----------
    tree : the paragraph
    token : the verb
    """
    quoted = token > 0 and tree.deps[token] == "xcomp" and tree.words[token - 1] in _BEFORE_AN_ORDER
    free = quoted or tree.deps[token] in ("ROOT", "ccomp", "advcl", "conj", "parataxis")
    if tree.tags[token] not in ("VB", "VBP") or not free:
        return False
    siblings = (child for child in tree.children[tree.heads[token]] if child < token)
    if quoted and any(tree.tags[child] == "MD" for child in siblings):
        return False
    helpers = (child for child in tree.children[token] if tree.deps[child] in ("aux", "mark"))
    return tree.subject(token) is None and all(tree.words[child] in ("do", "let") for child in helpers)


def deadline(tree: Tree, verb: int) -> bool:
    """Whether a verb sets somebody a time: "gave the city until noon to surrender".

    Parameters
    ----------
    tree : the paragraph
    verb : the verb
    """
    until = any(tree.deps[child] == "prep" and tree.words[child] == "until" for child in tree.children[verb])
    return tree.lemmas[verb] == "give" and until and tree.child(verb, "xcomp", "advcl") is not None


def _move(tree: Tree, token: int) -> str | None:
    """The kind of move that a verb makes: demanding, refusing, offering, judging and so on."""
    if deadline(tree, token):
        return "demanding"
    cue = cue_at(tree, token)
    judging = tree.child(token, "auxpass") is None
    named = (name for name in cue.classes if name in WISHING or name == "assessing" and judging) if cue else iter(())
    return next(named, None)


def _wishes(tree: Tree, governor: int) -> bool:
    """Whether what depends on a word is demanded, refused, offered, planned or the like by it."""
    if tree.lemmas[governor] in ARRANGING:
        return True
    cue: Cue | None = cue_at(tree, governor)
    if cue is None and tree.lemmas[governor] == "be":
        subject = tree.subject(governor)
        cue = cue_at(tree, subject) if subject is not None else None
    return cue is not None and cue.shows(*WISHING)


def _weighty(tree: Tree, noun: int) -> bool:
    """Whether a noun brings words of its own, so that it is a thing for itself and not part of a pair."""
    own = [
        child
        for child in tree.children[noun]
        if tree.deps[child] in ("det", "amod", "prep", "acl", "relcl", "poss", "compound", "nummod")
    ]
    return bool(own)
