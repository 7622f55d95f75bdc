"""Contents that a reader cut short, made whole: `completed` is the main name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from parley.reading.conditions import condition_heads
from parley.reading.cues import CueClass, cues_in
from parley.reading.lists import members
from parley.reading.periods import SEASONS
from parley.reading.time_words import MONTHS
from parley.reading.trees import Tree

__all__ = ["completed"]

_WANTS_MORE = frozenset({"IN", "TO", "DT", "PRP$", "CC", "JJ", "CD", "POS", "PDT", "WDT"})
"""Parts of speech that nothing ends with."""

_GOES_ON = frozenset({"prep", "npadvmod", "advmod", "dobj", "attr", "acomp", "oprd", "prt"})
"""How a word hangs from a content that it belongs to, where it follows at once."""

_BEFORE_A_NOUN = frozenset({"compound", "amod", "nmod", "nummod", "quantmod"})
_TIMES = frozenset({"by", "within", "before", "until"})
_WHOLE = frozenset({*MONTHS, *SEASONS, *map(str, range(1900, 2100))})
_PAST = frozenset({"last", "past"})
_TO_COME = frozenset({"next", "tomorrow"})
_REASONS = frozenset({"since", "because", "though", "although", "whereas"})
_AHEAD: tuple[CueClass, ...] = (
    "demanding",
    "offering",
    "promising",
    "threatening",
    "proposing",
    "hoping",
    "predicting",
)
"""What those who speak of the time to come do: a time that follows says when it shall be."""


def completed(tree: Tree, content: Sequence[int], *, cue: Sequence[int], taken: Collection[int]) -> tuple[int, ...]:
    """Add to a content the conditions and the coordinated parts of its sentences that belong to it.

    Parameters
    ----------
    tree : the paragraph
    content : the content's tokens, in order
    cue : the words that attribute it
    taken : the tokens of all contents, cues and sources of the paragraph, which stay where they are

    Returns
    -------
    the content's tokens with those that were left out, in order
    """
    if not content:
        return ()
    whole = set(content)
    for place in sorted({tree.sentence[token] for token in content}):
        first, end = tree.sentences[place]
        free = [token for token in range(first, end) if token not in taken and token not in whole]
        if not all(tree.mark(token) for token in free):
            whole |= _left_hanging(tree, range(first, end), whole, (cue, taken))
            whole |= _said(tree, range(first, end), cue, taken)
            whole |= _conditions(tree, range(first, end), whole, cue, taken)
            more = _coordinated(tree, free, whole, (cue, taken)) or _row(tree, range(first, end), whole, (cue, taken))
            if more:
                whole |= more
                whole |= _left_hanging(tree, range(first, end), whole, (cue, taken))
    return tuple(sorted(whole))


def _left_hanging(
    tree: Tree, sentence: range, whole: set[int], beside: tuple[Sequence[int], Collection[int]]
) -> set[int]:
    """What follows a content that is cut off: "an answer by" the end of June, or "they will be open" by May."""
    found: set[int] = set()
    cue, taken = beside
    ahead = any(each.shows(*_AHEAD) for each in cues_in(tree, cue))
    for token in sentence:
        if token not in whole or token + 1 in whole or token + 1 not in sentence:
            continue
        below: set[int] = set()
        following, head = token + 1, tree.heads[token]
        above = tree.heads[following]
        if glued := _glued(tree, token):
            found |= set(glued)
            continue
        if tree.tags[token] in _WANTS_MORE or tree.deps[token] in _BEFORE_A_NOUN and head > token:
            phrase = (*tree.below(token), *(_phrase(tree, head) if head > token else ()))
            below = {each for each in phrase if each > token}
        elif tree.deps[following] in _GOES_ON and (tree.quoted[following] or not tree.quoted[_word(tree, token)]):
            hung = ahead and above in cue and tree.heads[token] in (*cue, *whole)
            timed = hung and (tree.words[following] in _TIMES or _time_to_come(tree, following, cue))
            below = set(tree.below(following)) if above in whole or timed else below
        elif ahead and (time := _time_to_come(tree, following, cue)):
            below = set(time)
        elif (clause := _reason(tree, following, whole, cue) or _aim(tree, following, (*whole, *cue))) is not None:
            below = {following, *(each for each in tree.below(clause) if each >= following)}
        if below and not below & set(taken) and below == set(range(token + 1, max(below) + 1)):
            found |= below
    return found


def _glued(tree: Tree, token: int) -> range:
    """The rest of a word of several parts, of which one is a hyphen: the "-October" of "mid-October"."""
    end = token + 1
    while end < len(tree.words) and tree.starts[end] == tree.ends[end - 1] and "-" in tree.words[end - 1 : end + 1]:
        end += 1
    return range(token + 1, end)


def _time_to_come(tree: Tree, following: int, cue: Sequence[int]) -> tuple[int, ...]:
    """A time that can only be to come, hung on the words that attribute: they promised a law "next year"."""
    top = following
    while tree.heads[top] > top and (tree.deps[top] in _BEFORE_A_NOUN or _early(tree, top)):
        top = tree.heads[top]
    below = tree.below(top)
    told = tree.deps[top] in ("npadvmod", "prep", "advmod") and tree.heads[top] in cue and below[0] == following
    words = {tree.words[each] for each in below}
    whole = tree.words[following] == "in" and not words.isdisjoint(_WHOLE) and words.isdisjoint(_PAST)
    return below if told and (whole or not words.isdisjoint(_TO_COME)) else ()


def _early(tree: Tree, token: int) -> bool:
    return tree.words[token] in ("early", "late") and tree.nominal(tree.heads[token])


def _row(tree: Tree, sentence: range, whole: set[int], beside: tuple[Sequence[int], Collection[int]]) -> set[int]:
    """The further things of a list that a content only starts: "a truce by May", talks in June and an election."""
    cue, taken = beside
    start = max(token for token in whole if token in sentence) + 1
    rest = range(start, sentence.stop)
    wanted = any(each.shows(*_AHEAD) for each in cues_in(tree, cue))
    if not wanted or start not in sentence or tree.words[start] != "," or any(token in taken for token in rest):
        return set()
    own = [token for token in sentence if token in whole]
    return set(rest) if members(tree, [*own, *rest]) and own == list(range(own[0], start)) else set()


def _again(tree: Tree, token: int) -> bool:
    """Whether a preposition repeats the one that it is joined to: "for bread, and for a loan"."""
    return tree.tags[token] == "IN" and tree.words[token] == tree.words[tree.heads[token]]


def _word(tree: Tree, token: int) -> int:
    """The last word up to a token."""
    while token and tree.mark(token):
        token -= 1
    return token


def _said(tree: Tree, sentence: range, cue: Sequence[int], taken: Collection[int]) -> set[int]:
    """The clause that a verb of saying governs, where all of it was left out: "they would answer, she added: ..."."""
    found: set[int] = set()
    for verb in cue:
        clause = tree.child(verb, "ccomp")
        if verb not in sentence or clause is None or clause > verb or tree.subject(clause) is None:
            continue
        below, marks = set(tree.below(clause)), tree.words[max(tree.below(clause)) + 1 : verb]
        spoken = any(each.shows("saying", "assessing", "predicting") for each in cues_in(tree, (verb,)))
        if spoken and marks[:1] == (",",) and not below & set(taken):
            found |= below
    return found


def _reason(tree: Tree, following: int, whole: set[int], cue: Sequence[int]) -> int | None:
    """The verb of a clause of reason or concession that follows a content and belongs to it."""
    start = following + (tree.words[following] == ",")
    if (
        start >= len(tree.words)
        or tree.words[start] not in _REASONS
        or tree.quoted[start] != tree.quoted[following - 1]
    ):
        return None
    verb = tree.heads[start]
    hangs = tree.deps[start] == "mark" and tree.deps[verb] == "advcl" and tree.left[verb] == start
    above = tree.heads[verb]
    acts = any(tree.heads[each] == above and tree.deps[each] in ("ccomp", "xcomp") for each in whole)
    return verb if hangs and (above in whole or above in cue and acts) else None


def _aim(tree: Tree, following: int, above: Collection[int]) -> int | None:
    """The verb of an infinitive that follows a thing at once: "an end" to split shifts."""
    verb = tree.heads[following]
    infinitive = tree.words[following] == "to" and tree.deps[following] == "aux" and tree.left[verb] == following
    hangs = tree.deps[verb] in ("acl", "advcl", "relcl") and tree.heads[verb] in above
    return verb if infinitive and hangs and tree.nominal(following - 1) else None


def _phrase(tree: Tree, noun: int) -> tuple[int, ...]:
    """A noun with what belongs to it, up to a relative clause."""
    clauses = (child for child in tree.children[noun] if tree.deps[child] == "relcl")
    end = min((tree.left[child] for child in clauses), default=len(tree.words))
    return tuple(token for token in tree.below(noun) if token < end and not (token == end - 1 and tree.mark(token)))


def _conditions(tree: Tree, sentence: range, whole: set[int], cue: Sequence[int], taken: Collection[int]) -> set[int]:
    """The conditions that hang on the content or on the words that attribute it."""
    found: set[int] = set()
    for head, (marks, _) in condition_heads(tree, sentence, cue).items():
        above = tree.heads[head]
        below = set(tree.below(head)) | set(marks)
        said = above in whole or above in cue or tree.deps[above] != "conj" and tree.heads[above] in cue
        if head not in taken and said and not below & set(cue):
            found |= {token for token in below if token not in taken}
    return found


def _coordinated(
    tree: Tree, free: Sequence[int], whole: set[int], beside: tuple[Sequence[int], Collection[int]]
) -> set[int]:
    """What is coordinated with a part of the content and has no subject of its own.

    A bare verb that the parser joins to the cue goes on the content: "they should leave, they argue, and settle".
    """
    found: set[int] = set()
    cue, taken = beside
    for token in free:
        bare = tree.tags[token] == "VB" and tree.child(token, "aux") is None and tree.heads[token] in cue
        thing = tree.heads[token] in cue and (tree.nominal(token) or tree.deps[token] == "conj" and _again(tree, token))
        things = thing and any(tree.deps[each] in ("dobj", "pobj") and tree.heads[each] in cue for each in whole)
        joined = tree.deps[token] in ("conj", "appos") and (tree.heads[token] in whole | found or bare or things)
        if joined and token > tree.heads[token] and tree.subject(token) is None:
            below = set(tree.below(token))
            if not below & set(taken):
                found |= below
    return found
