"""Conditions inside a sentence: "only if …", "unless …", "in exchange for …". `condition_heads` is the main name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

from parley.reading.trees import Tree

__all__ = ["Mark", "condition_heads"]

Mark = Literal["only if", "if", "unless", "provided", "exchange", "once", "until", "before", "without", "or else"]

_MARKS: dict[tuple[str, ...], Mark] = {
    ("only", "if"): "only if",
    ("if", "and", "only", "if"): "only if",
    ("only", "when"): "only if",
    ("only", "once"): "only if",
    ("only", "after"): "only if",
    ("only", "with"): "only if",
    ("only", "in", "exchange", "for"): "exchange",
    ("only", "in", "return", "for"): "exchange",
    ("if", "and", "when"): "if",
    ("if", "and", "once"): "if",
    ("if",): "if",
    ("unless",): "unless",
    ("unless", "and", "until"): "unless",
    ("except", "if"): "unless",
    ("provided",): "provided",
    ("providing",): "provided",
    ("assuming",): "provided",
    ("as", "long", "as"): "provided",
    ("so", "long", "as"): "provided",
    ("insofar", "as"): "provided",
    ("on", "condition"): "provided",
    ("on", "the", "condition"): "provided",
    ("on", "one", "condition"): "provided",
    ("on", "the", "understanding"): "provided",
    ("on", "the", "proviso"): "provided",
    ("with", "the", "proviso"): "provided",
    ("under", "the", "condition"): "provided",
    ("in", "the", "event"): "provided",
    ("subject", "to"): "provided",
    ("conditional", "on"): "provided",
    ("conditional", "upon"): "provided",
    ("contingent", "on"): "provided",
    ("contingent", "upon"): "provided",
    ("pending",): "provided",
    ("in", "exchange", "for"): "exchange",
    ("in", "return", "for"): "exchange",
    ("once",): "once",
    ("as", "soon", "as"): "once",
    ("only", "as", "soon", "as"): "only if",
    ("not", "until"): "until",
    ("until",): "until",
    ("till",): "until",
    ("before",): "before",
    ("without",): "without",
    ("or", "else"): "or else",
}
_PARTICIPLES = frozenset({"provided", "providing", "assuming"})
_STARTS = frozenset(mark[0] for mark in _MARKS)
_INVERTED = frozenset({"should", "had", "were"})
_LONGEST = max(map(len, _MARKS))
_NOT_BEFORE_IF = frozenset({"even", "as", "what", "but what"})
_ASKING = frozenset({"ask", "wonder", "know", "see", "check", "decide", "doubt", "question", "say", "tell", "test"})
_NO = frozenset({"no", "not", "n't", "never", "nothing", "none", "neither", "nor", "cannot", "impossible", "nobody"})
_REFUSALS = frozenset(
    {"refuse", "reject", "oppose", "decline", "rule", "withhold", "unwilling", "refusal", "impossible"}
)
_AHEAD = frozenset(
    {"will", "would", "'ll", "can", "could", "may", "might", "shall", "ready", "willing", "prepared", "'d"}
)
_OFFERS = frozenset({"offer", "promise", "pledge", "agree", "vow", "favour", "favor", "want", "plan", "intend", "hope"})
_HIGHEST = 5
_AT_WILL = frozenset({"take", "need", "necessary", "possible", "required", "like"})
_DUTY = frozenset({"must", "have", "need", "should", "demand", "insist", "require", "want", "ought"})


def condition_heads(tree: Tree, tokens: Iterable[int], cue: Iterable[int] = ()) -> Mapping[int, tuple[range, Mark]]:
    """The conditions in a clause or a sentence.

    Parameters
    ----------
    tree : the paragraph
    tokens : what to search, of one sentence, in order
    cue : the words that attribute it, whose sense counts too: "refused to sign until …"

    Returns
    -------
    for each token on which all of a condition depends, the tokens of its mark, and what kind of mark it is
    """
    found: dict[int, tuple[range, Mark]] = {}
    inside = list(tokens)
    for token in inside:
        if tree.words[token] in _INVERTED and (inverted := _inverted(tree, token)) is not None:
            found[inverted] = (range(token, token + 1), "if")
    if not any(tree.words[token] in _STARTS for token in inside):
        return MappingProxyType(found)
    within, sense = frozenset(inside), [tree.lemmas[token] for token in cue]
    taken = -1
    for token in inside:
        if token <= taken or tree.words[token] not in _STARTS:
            continue
        sequence = _sequence(tree, token)
        if sequence is None:
            continue
        mark, marks = _MARKS[sequence], range(token, token + len(sequence))
        taken = marks[-1]
        head = _after_else(tree, marks, within) if mark == "or else" else _highest(tree, marks, within)
        if head is not None and head not in found and _holds(tree, mark, (token, head), inside, sense):
            found[head] = (marks, mark)
    return MappingProxyType(found)


def _inverted(tree: Tree, token: int) -> int | None:
    """The main word of a condition that a helper before its subject sets: "should he refuse"."""
    verb = tree.heads[token]
    if tree.deps[token] in ("advcl", "ccomp") and token < verb and tree.left[token] == token:
        verb = token
    elif tree.deps[token] != "aux" or tree.left[verb] != token:
        return None
    above, last = tree.heads[verb], max(tree.below(verb))
    hangs = above != verb and tree.verbal(above) and tree.deps[verb] in ("advcl", "ccomp", "nsubj", "dep")
    first, end = tree.sentences[tree.sentence[token]]
    opens = token in (first, first + 1) and not any(tree.words[each] == "?" for each in range(end - 2, end))
    subject = tree.subject(verb)
    if tree.deps[verb] in ("advcl", "ccomp") and subject is not None and token < subject and hangs:
        return verb
    if tree.words[token] == "should" and subject == token + 1 and tree.tags[verb] == "VB" and above < token != verb:
        return verb
    fronted = opens and above > last and last + 1 < end and tree.words[last + 1] == ","
    trails = tree.words[token] == "should" and tree.deps[verb] in ("advcl", "ccomp") and above < token
    return verb if hangs and (fronted or trails) and last > token else None


def _denied_above(tree: Tree, start: int) -> bool:
    """Whether the clause that a phrase hangs on denies something before it: "no treaty without the islands"."""
    each, near = tree.heads[start], set[int]()
    for _ in range(_HIGHEST):
        subject = tree.subject(each)
        near |= {each, *tree.children[each], *(tree.children[subject] if subject is not None else ())}
        near |= {below for child in tree.children[each] if tree.deps[child] == "attr" for below in tree.children[child]}
        if tree.verbal(each) and tree.deps[each] not in ("xcomp", "acl"):
            break
        each = tree.heads[each]
    return any(tree.words[token] in _NO for token in near if token < start)


def _present(tree: Tree, verb: int) -> bool:
    """Whether a verb, or its helper, stands in the present tense."""
    helpers = [child for child in tree.children[verb] if tree.deps[child] in ("aux", "auxpass")]
    bare = tree.tags[verb] == "VB" and not helpers and tree.subject(verb) is not None
    return bare or any(tree.tags[each] in ("VBZ", "VBP") for each in (verb, *helpers))


def _sequence(tree: Tree, token: int) -> tuple[str, ...] | None:
    """The longest mark of a condition that starts at a token."""
    for length in range(_LONGEST, 0, -1):
        words = tree.words[token : token + length]
        if words in _MARKS:
            return words
    return None


def _highest(tree: Tree, marks: range, within: frozenset[int]) -> int | None:
    """The token on which all of a condition depends, from its mark up; None if the mark stands alone."""
    each = marks[-1]
    while not _reaches_past(tree, each, marks):
        head = tree.heads[each]
        after = (child for child in tree.children[head] if not tree.mark(child))
        beside = next((child for child in after if tree.left[child] == marks[-1] + 1), None)
        if head == each or head not in within and (beside is None or beside not in within):
            return None
        each = beside if beside is not None and tree.left[head] < marks[0] else head
    while tree.heads[each] in marks and tree.heads[each] != each:
        each = tree.heads[each]
    return each


def _reaches_past(tree: Tree, token: int, marks: range) -> bool:
    """Whether more depends on a token than the words of a mark."""
    return token not in marks or any(
        child not in marks and not tree.mark(child) or _reaches_past(tree, child, marks)
        for child in tree.children[token]
        if child != token
    )


def _after_else(tree: Tree, marks: range, within: frozenset[int]) -> int | None:
    """The main word of what follows "or else"."""
    each = next((token for token in range(marks[-1] + 1, max(within) + 1) if token in within), None)
    while each is not None and tree.heads[each] in within and tree.heads[each] > marks[-1] and tree.heads[each] != each:
        each = tree.heads[each]
    return each


def _holds(tree: Tree, mark: Mark, place: tuple[int, int], inside: list[int], sense: list[str]) -> bool:
    """Whether the words of a mark do set a condition here."""
    start, head = place
    before = tree.words[start - 1] if start else ""
    if mark == "if":
        governor = tree.lemmas[tree.heads[head]]
        asked = tree.deps[head] == "ccomp" and governor in _ASKING and start > tree.heads[head]
        asked = asked or before in ("asked", "wondering", "wondered", "unsure")
        return before not in _NOT_BEFORE_IF and not asked and head != start
    if mark == "or else":
        return start != inside[0]
    if tree.words[start] in _PARTICIPLES and tree.words[start + 1 : start + 2] != ("that",):
        return tree.child(start, "dobj") is None or tree.child(start, "ccomp", "pcomp", "advcl") is not None
    if mark == "provided" and tree.words[start + 1 : start + 2] == ("long",) and tree.lemmas[head] in _AT_WILL:
        return False
    if tree.words[start : start + 2] == ("only", "once"):
        return tree.left[head] >= start and head > start + 1
    if mark in ("provided", "only if", "unless", "exchange"):
        return True
    own = set(tree.below(head))
    around = {tree.lemmas[each] for each in inside if each not in own} | set(sense)
    around |= {tree.words[each] for each in inside if each not in own}
    if mark == "once":
        clause = head - start > 2 or any(tree.verbal(each) for each in tree.below(head))
        hangs = clause and tree.deps[head] in ("advcl", "ccomp", "conj", "advmod")
        return hangs and (
            bool(around & (_AHEAD | _OFFERS)) or _present(tree, head) and _present(tree, tree.heads[head])
        )
    if mark == "until":
        return tree.verbal(head) and (tree.words[start] == "not" or bool(around & (_NO | _REFUSALS)))
    if mark == "without":
        return before not in _NO and _denied_above(tree, start)
    modal = any(tree.tags[child] == "MD" and tree.words[child] in _AHEAD for child in tree.children[head])
    return tree.verbal(head) and (modal or bool(around & _NO)) and bool(around & (_DUTY | _NO | _REFUSALS))
