"""What the article states itself, outside of what it attributes to others. `own_voice` is the main name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from parley.reading import cues
from parley.reading.asides import only_names
from parley.reading.closing import before_closing, only_tells
from parley.reading.coordination import WISHING, deadline, imperative
from parley.reading.cues import CueClass, cue_at
from parley.reading.holders import NORMS, deed
from parley.reading.lists import members
from parley.reading.propositions import Proposition, listed, propositions
from parley.reading.standpoints import position
from parley.reading.trees import Tree
from parley.reading.viewpoints import whose_words

__all__ = ["loose_quotations", "own_voice"]

FEWEST_WORDS, FEWEST_SAID, FEWEST_LISTED = 4, 2, 2
_THINGS = ("dobj", "ccomp", "xcomp", "attr", "acomp")
_ASKING = frozenset({"term", "price", "condition"})
_SO = frozenset({"so", "it", "differently", "otherwise", "too"})
_WANTING: tuple[CueClass, ...] = ("demanding", "offering", "proposing", "hoping", "conditioning")
_NOBODY = frozenset({"no", "nobody", "neither", "none", "nothing"})
_OPENING_A_THING = frozenset({"DT", "PRP$", "CD", "JJ", "NN", "NNS", "NNP", "VBG"})
_BULLETS = frozenset("-–—•*·▪■●‣")
_STOPS = (".", "!", "…", ":", ";", "”", '"', "»", "’", "'")


def own_voice(
    tree: Tree, taken: Collection[int], heads: Collection[int], *, answers: bool = False
) -> tuple[Proposition, ...]:
    """The main clauses of a paragraph that the article states on its own account.

    Parameters
    ----------
    tree : the paragraph
    taken : the tokens of all contents, cues and sources in it
    heads : the tokens of cues and sources alone: a clause that hangs on one of them only says that somebody speaks
    answers : whether it is somebody's turn in an interview, who then tells of the moves of others in full

    Returns
    -------
    propositions in order, each with a subject and a verb; no questions, fragments or words between quotation marks
    """
    if tree.paragraph.kind != "prose":
        return ()
    found: list[Proposition] = []
    for first, end in tree.sentences:
        if end - first < FEWEST_WORDS or _asks(tree, first, end) or not _ends(tree, end, answers=answers):
            continue
        if rows := _row(tree, first, end, taken):
            found += [listed(tree, row) for row in rows]
            continue
        whole = propositions(tree, range(first, end))
        if not any(tree.quoted[token] or token in taken for token in range(first, end)) and not any(
            _states(tree, each, taken, heads) for each in whole
        ):
            found += _sentence(tree, first, end, point=answers)
            continue
        kept = [
            index
            for index, each in enumerate(whole)
            if not each.condition and _states(tree, each, taken, heads) and not tree.quoted[each.head]
        ]
        kept += _further(tree, whole, kept, taken)
        under = {under for index in kept for under in whole[index].conditions if whole[under].head not in taken}
        kept += [index for index in under if not only_names(tree, whole[index].head)]
        kept = [index for index in kept if not only_tells(tree, whole[index].head)]
        whole = tuple(before_closing(tree, each) for each in whole)
        frees = {index: _free(tree, whole[index], taken, heads) for index in sorted(set(kept))}
        place = {index: len(found) + order for order, index in enumerate(index for index in frees if frees[index])}
        for index in place:
            each = whole[index]
            found.append(
                Proposition(
                    tokens=frees[index]
                    if answers or any(token in heads for token in range(first, end))
                    else _moved(tree, each, frees[index]),
                    head=each.head,
                    condition=each.condition,
                    conditions=tuple(place[under] for under in each.conditions if under in place),
                    why=each.why,
                )
            )
    if answers and not found and (item := _item(tree, taken)):
        return (listed(tree, item),)
    return tuple(found)


def _item(tree: Tree, taken: Collection[int]) -> tuple[int, ...]:
    """The words of an item of a list that names a thing, as in "- a bus to the border"; none where it is a clause."""
    words = [token for token in range(len(tree.words)) if not tree.mark(token) and not tree.words[token].isspace()]
    if not tree.paragraph.item or len(words) < FEWEST_LISTED or any(token in taken for token in words):
        return ()
    clause = any(tree.tags[token] in ("VBZ", "VBD", "VBP", "MD") and tree.deps[token] == "ROOT" for token in words)
    return () if clause else tuple(range(words[0], words[-1] + 1))


def _row(tree: Tree, first: int, end: int, taken: Collection[int]) -> tuple[tuple[int, ...], ...]:
    """What a sentence lists behind "the terms are" or "among the demands:", where nobody is quoted."""
    if any(tree.quoted[token] for token in range(first, end)):
        return ()
    opening = next((token for token in range(first, end) if tree.words[token] == ":"), None)
    if opening is None:
        opening = next((token for token in range(first, end) if tree.heads[token] == token), first)
        subject = tree.subject(opening)
        asked = tree.lemmas[opening] == "be" and subject is not None and _asks_for(tree, subject)
    else:
        asked = any(_asks_for(tree, token) for token in range(first, opening))
    if any(token in taken for token in range(opening + 1, end)):
        return ()
    if rows := members(tree, range(opening + 1, end)) if asked else ():
        return rows
    return ((*range(opening + 1, end - 1),),) if _after_a_noun(tree, first, opening, end) else ()


def _after_a_noun(tree: Tree, first: int, opening: int, end: int) -> bool:
    """Whether a sentence has no verb but only whose demand or idea it is, and after a colon what that is."""
    behind = [token for token in range(opening + 1, end) if not tree.mark(token)]
    if tree.words[opening] != ":" or len(behind) < 2 or tree.tags[behind[0]] not in _OPENING_A_THING:
        return False
    verbs = [token for token in (*range(first, opening), *behind) if tree.verbal(token)]
    within = all(tree.deps[token] in ("acl", "relcl", "amod", "pcomp", "aux") for token in verbs)
    return within and whose_words(tree, first, opening) is not None


def _asks_for(tree: Tree, token: int) -> bool:
    """Whether a word tells that somebody wants, offers or plans something."""
    cue = cue_at(tree, token)
    return tree.lemmas[token] in _ASKING or cue is not None and cue.shows(*_WANTING)


def _further(tree: Tree, whole: Sequence[Proposition], kept: Sequence[int], taken: Collection[int]) -> list[int]:
    """Further things that are asked for or offered beside one that a sentence states."""
    found: list[int] = []
    for index, each in enumerate(whole):
        wished = each.why.startswith("wished") and index not in kept
        free = not any(tree.quoted[token] or token in taken for token in each.tokens)
        if wished and free and index - 1 in (*kept, *found):
            found.append(index)
    return found


def _sentence(tree: Tree, first: int, end: int, *, point: bool) -> list[Proposition]:
    """A sentence in which the parser found no clause, as a whole, where it can hardly be anything but one.

    So may a point of somebody's list be that opens with what is to be done: "to open the bridge;".
    """
    words = [token for token in range(first, end) if not tree.mark(token)]
    ends = (".", ";", ",") if point else (".",)
    if len(words) < FEWEST_WORDS or tree.words[end - 1] not in ends or tree.tags[words[0]] in ("VB", "VBP", "UH"):
        return []
    head = next((token for token in words if tree.heads[token] == token), words[0])
    verb = any(tree.tags[token] in ("VBZ", "VBD", "VBP", "VBN", "MD") for token in words)
    verb = verb or point and tree.tags[words[0]] == "TO"
    return (
        []
        if not verb and not _like_a_verb(tree, head)
        else [Proposition(tokens=tuple(range(words[0], words[-1] + 1)), head=head)]
    )


def _like_a_verb(tree: Tree, noun: int) -> bool:
    """Whether a noun has around it what only a verb has, so that the parser may have mistaken it."""
    return any(
        tree.deps[child] in ("dobj", "nsubj")
        or child < noun
        and tree.deps[child] in ("prep", "npadvmod")
        or tree.deps[child] == "appos"
        and tree.left[child] == noun + 1
        for child in tree.children[noun]
    )


def _moved(tree: Tree, each: Proposition, free: tuple[int, ...]) -> tuple[int, ...]:
    """What somebody asks, offers, refuses or plans, without the words that say who does it: an answer "by June"."""
    head = each.head
    helpers = {tree.words[child] for child in tree.children[head] if tree.tags[child] == "MD"}
    passive, subject = tree.child(head, "auxpass") is not None, _subject(tree, head)
    if each.condition or helpers or passive or subject is None or _denies(tree, head, subject):
        return free
    if deed(tree, head) or tree.lemmas[subject] in NORMS:
        return free
    if (held := position(tree, head)) is not None:
        return tuple(token for token in free if token >= held[1]) or free
    if (start := _set_or_put(tree, head)) is not None:
        return tuple(token for token in free if token >= start) or free
    governing, cue = head, cue_at(tree, head)
    if tree.lemmas[head] == "be":
        governing = tree.child(head, "acomp") or head
        cue = cue_at(tree, governing)
    thing = tree.child(head, "dobj")
    if thing is not None and tree.lemmas[head] in cues.listed("light"):
        named = cue_at(tree, thing)
        governing, cue = (thing, named) if named is not None and named.shows(*WISHING) else (governing, cue)
    if cue is None or not cue.shows(*WISHING):
        return free
    start = _asked(tree, governing, "for" if governing == thing else cue.phrase.split()[-1])
    moved = free if start is None else tuple(token for token in free if token >= start)
    return moved if any(not tree.mark(token) for token in moved) else free


def _denies(tree: Tree, verb: int, subject: int) -> bool:
    """Whether a clause denies that anybody does it."""
    words = (subject, *tree.children[subject])
    return tree.child(verb, "neg") is not None or any(tree.words[token] in _NOBODY for token in words)


def _set_or_put(tree: Tree, verb: int) -> int | None:
    """The first token of a time that somebody sets, "until noon to give up", or of a number, "the toll at nine"."""
    thing = tree.child(verb, "dobj")
    if thing is None:
        return None
    links = {tree.words[child]: child for child in tree.children[verb] if tree.deps[child] == "prep" and child > thing}
    if (
        tree.lemmas[verb] == "put"
        and "at" in links
        and any(tree.tags[token] == "CD" for token in tree.below(links["at"]))
    ):
        return tree.left[thing]
    return links["until"] if deadline(tree, verb) and "until" in links else None


def _asked(tree: Tree, governing: int, last: str) -> int | None:
    """The first token of what is asked or offered: an infinitive, a clause, a thing, or what a preposition has."""
    for deps in (("xcomp", "ccomp"), ("dobj",)):
        for child in tree.children[governing]:
            if child > governing and tree.deps[child] in deps:
                return tree.left[child]
    for child in tree.children[governing]:
        if child > governing and tree.deps[child] == "prep" and tree.words[child] == last:
            return None if tree.words[child - 1] == "," else child + 1
    return None


def loose_quotations(tree: Tree, taken: Collection[int]) -> tuple[tuple[int, ...], ...]:
    """The quotations of whole sentences that no attribution of a paragraph takes, as tokens.

    Parameters
    ----------
    tree : the paragraph
    taken : the tokens of all contents, cues and sources in it
    """
    if tree.paragraph.kind != "prose":
        return ()
    found = []
    for first, end in tree.sentences:
        free = tuple(token for token in range(first, end) if tree.quoted[token] and token not in taken)
        said = [token for token in free if not tree.mark(token)]
        roots = [token for token in said if tree.heads[token] == token or tree.heads[token] not in free]
        whole = any(tree.verbal(root) and (tree.subject(root) is not None or tree.tags[root] == "VB") for root in roots)
        closed = len(said) >= FEWEST_WORDS and len(said) == sum(not tree.mark(token) for token in range(first, end))
        if len(said) >= FEWEST_SAID and (whole or closed) and not _asks(tree, first, end):
            found.append(free)
    return tuple(found)


def _asks(tree: Tree, first: int, end: int) -> bool:
    return any(tree.words[token] == "?" for token in range(max(first, end - 3), end))


def _ends(tree: Tree, end: int, *, answers: bool) -> bool:
    """Whether a sentence is closed by a mark or is an item of a list, as headings are not, or another follows it."""
    last = end - 1
    if tree.words[0] in _BULLETS:
        return True
    while last and tree.words[last].isspace():
        last -= 1
    return end < len(tree.words) or tree.words[last][-1:] in _STOPS or answers and tree.words[last] == ","


def _states(tree: Tree, each: Proposition, taken: Collection[int], heads: Collection[int]) -> bool:
    """Whether a clause says something of its own: a free verb with a subject that is no source."""
    head = each.head
    if head in taken or not tree.verbal(head):
        return False
    if tree.lemmas[head] == "let" and (let := tree.child(head, "ccomp")) is not None and tree.subject(let) is not None:
        return imperative(tree, head) and tree.words[let - 1] not in ("us", "'s")
    if not _finite(tree, head) and not _shares_a_modal(tree, each):
        return False
    if _only_says(tree, each, taken, frozenset(taken) - frozenset(heads)):
        return False
    subject = _subject(tree, head)
    told = (
        tree.heads[head] == head
        and tree.tags[head] in ("VBD", "VBZ")
        and tree.words[head] != tree.words[each.tokens[0]]
    )
    told_of = any(child in taken and tree.deps[child] in _THINGS for child in tree.children[head])
    if subject is None and not told or subject in heads and (told_of or _light(tree, head)):
        return False
    named = frozenset(tree.below(subject)) if subject is not None and subject in heads else frozenset()
    free = [token for token in each.tokens if (token not in taken or token in named) and not tree.mark(token)]
    return len(free) >= FEWEST_WORDS or len(free) >= 2 and len(free) == len(each.tokens)


def _light(tree: Tree, verb: int) -> bool:
    """Whether a verb says little by itself: "had a word", though not "has yet to reply" or "gave them ten days"."""
    things = (child for child in tree.children[verb] if tree.deps[child] in ("dobj", "npadvmod"))
    if any(tree.child(thing, "nummod") is not None for thing in things):
        return False
    return tree.lemmas[verb] in cues.listed("light") and tree.child(verb, "xcomp") is None


def _finite(tree: Tree, verb: int) -> bool:
    """Whether a verb stands in a tense or behind a helper; a bare one with a subject is in the present."""
    bare = tree.tags[verb] == "VB" and tree.subject(verb) is None
    return not (bare or tree.tags[verb] == "VBG") or tree.child(verb, "aux") is not None


def _shares_a_modal(tree: Tree, each: Proposition) -> bool:
    """Whether a bare verb goes on with the modal of the verb before it: "would stop, and pull back"."""
    before = each.follows
    return before is not None and any(tree.tags[each] == "MD" for each in (before, *tree.children[before]))


def _subject(tree: Tree, verb: int) -> int | None:
    """The subject of a verb, its own or that of the verb that it is joined to."""
    subject = tree.subject(verb)
    while subject is None and tree.deps[verb] == "conj" and tree.heads[verb] != verb:
        verb = tree.heads[verb]
        subject = tree.subject(verb)
    return subject


def _within_speech(tree: Tree, head: int, heads: Collection[int]) -> bool:
    """Whether a clause hangs on words that attribute, so that it is all said by somebody."""
    while tree.heads[head] != head:
        joined = tree.deps[head] == "conj"
        head = tree.heads[head]
        if head in heads and not joined:
            return True
    return False


def _only_says(tree: Tree, each: Proposition, taken: Collection[int], said: Collection[int]) -> bool:
    """Whether a clause tells only that somebody speaks, beside what is said, such as "he went on"."""
    cue = cue_at(tree, each.head)
    if only_names(tree, each.head) and tree.child(each.head, "ccomp") is None:
        return True
    if cue is None or not cue.shows("saying", "assessing"):
        return False
    within = frozenset(each.tokens)
    linked = cue.phrase.split()[1:]
    if any(child in within and tree.words[child] in linked for child in tree.children[each.head]):
        return False
    if _says_so(tree, each):
        return True
    if any(child in within and child not in taken for child in tree.children[each.head] if tree.deps[child] in _THINGS):
        return False
    said_before = tree.child(each.head, "ccomp")
    if said_before is not None and said_before < each.head and said_before in taken:
        return True
    last = each.tokens[-1] + 1
    if last < len(tree.words) and tree.words[last] == ":":
        return True
    beside = [
        token for token in (each.tokens[0] - 1, each.tokens[0] - 2, last, last + 1) if 0 <= token < len(tree.words)
    ]
    return any(token in said or tree.quoted[token] for token in beside)


def _says_so(tree: Tree, each: Proposition) -> bool:
    """Whether a clause of saying has nothing but its subject: "explains the envoy", "she believes so"."""
    subject = tree.subject(each.head)
    named = frozenset() if subject is None else frozenset(tree.below(subject))
    if subject is not None and each.head == each.tokens[0] and tree.child(each.head, "ccomp", "dobj") is None:
        return True
    rest = [token for token in each.tokens if token not in named and token > each.head and not tree.mark(token)]
    return bool(rest) and all(tree.words[token] in _SO for token in rest)


def _free(tree: Tree, each: Proposition, taken: Collection[int], heads: Collection[int]) -> tuple[int, ...]:
    """The tokens of a clause, with what is attributed inside it, but not what is attributed at its ends.

    Its own subject stays, even where that is the source of something else: "the envoy struck a softer note", saying so.
    """
    subject = tree.subject(each.head)
    named = frozenset() if subject is None or subject not in heads else frozenset(tree.below(subject))
    gone = set(taken) - named if each.tokens[0] in named else taken
    if all(token in gone or tree.mark(token) for token in each.tokens):
        return ()
    first, last = 0, len(each.tokens)
    while each.tokens[first] in gone or first and tree.mark(each.tokens[first]):
        first += 1
    while each.tokens[last - 1] in gone or last < len(each.tokens) and tree.mark(each.tokens[last - 1]):
        last -= 1
    if last < len(each.tokens) and tree.tags[each.tokens[last - 1]] in ("WDT", "WP", "WP$", "WRB"):
        return each.tokens[first:]
    if tree.tags[each.tokens[last - 1]] in ("IN", "TO", "DT", "PRP$") and last < len(each.tokens):
        wanted = (
            each.tokens[last - 1] if tree.tags[each.tokens[last - 1]] == "IN" else tree.heads[each.tokens[last - 1]]
        )
        end = max(tree.below(wanted))
        return tuple(token for token in each.tokens[first:] if token <= end)
    return each.tokens[first:last]
