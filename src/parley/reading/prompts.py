"""Which paragraphs of an interview the paper puts, and which are answers, by what each says and how it looks: `turns`.

Questions are told from answers over the whole of a talk at once, since many are statements: "The owners say you lied."
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from dataclasses import replace
from typing import Literal

from parley.reading.gazetteer import gazetteer
from parley.reading.tellers import reports
from parley.reading.trees import Tree
from parley.reading.turns import all_quoted, first_person, full_names, outermost, puts_a_question

__all__ = ["Turn", "in_turn", "is_note", "leaning", "set_off", "unquoted"]

Turn = Literal["before", "put", "answered", "note"]

ALIKE, UNLIKE, FEWEST = 0.7, 0.5, 2
"""A look tells questions if so many of those with a question mark have it, and so many other paragraphs have not."""
TOLD_BY_LOOKS, ASKED, ADDRESSED, SAYS_YOU, SAYS_I, SAYS_WE = 5.0, 3.0, 2.0, 1.5, -2.5, -1.5
BRIEF, EACH_FURTHER, REPORTED, POINTS_BACK, LONGEST = 0.5, -0.5, 1.0, -1.0, 4
OPENS, IN_TURN, TWO_PUT, GOES_ON, CLOSED_BY_THANKS = -1.0, 0.5, -2.5, -0.6, -1.5
"""What speaks for a question, paragraph by paragraph, and for what stands after what."""

_SECOND = frozenset({"you", "your", "yours", "yourself", "yourselves"})
_SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
_OF_THE_PAPER = frozenset({"tell", "hear", "speak", "talk", "meet", "ask", "write", "read", "see", "understand"})
_BACK = frozenset(
    {"he", "she", "it", "they", "that", "this", "these", "those", "there", "because", "then", "yes", "no"}
)
_OPENING, _CLOSING = frozenset({"(", "["}), frozenset({")", "]"})
_DASHES = frozenset("-–—―")
_MARKUP = " *_"
_NOTES = ("note", "editor", "editors", "update", "correction", "clarification")
_PAPERS = frozenset(
    {
        "newspaper",
        "paper",
        "magazine",
        "website",
        "reporter",
        "correspondent",
        "programme",
        "podcast",
        "conversation",
        "interview",
    }
)
_OUR_ASKING = frozenset({"comment", "request", "requests", "questions", "enquiries", "inquiries", "calls", "query"})
_NO_ANSWER = frozenset({"reply", "respond", "answer", "decline", "comment", "return", "refuse", "reach"})


def in_turn(trees: Sequence[Tree]) -> list[Turn]:
    """Tell what each paragraph of an article is as part of a talk; all are before one where there is none.

    Parameters
    ----------
    trees : the article's paragraphs

    Returns
    -------
    for each, whether it stands before the talk, is put to who answers, is answered, or is no part of the talk
    """
    notes = [place for place, each in enumerate(trees) if _stands_apart(each, place)]
    weights = [leaning(each) for each in trees]
    looks = _looks(trees, [at for at in range(len(trees)) if at not in notes], weights)
    first = next((at for at, weight in enumerate(weights) if weight >= ADDRESSED and at not in notes), len(trees))
    for look in looks:
        told = {at for at, each in enumerate(trees) if at >= first or set_off(each) or _behind_a_dash(each)}
        more = [TOLD_BY_LOOKS * ((at in look) - (at not in look)) * (at in told) for at in range(len(trees))]
        weights = [weight + each for weight, each in zip(weights, more, strict=True)]
    apart = {at for at, each in enumerate(trees) if set_off(each) and weights[at] < ADDRESSED}.union(notes)
    named = {place for place, _, _ in full_names(trees)}
    brought = min(named, default=len(trees))
    opens = [_may_open(trees, at, weights, named=named, above=brought < at) for at in range(len(trees))]
    return _best(weights, [at in apart for at in range(len(trees))], opens)


def _may_open(trees: Sequence[Tree], place: int, weights: Sequence[float], *, named: Set[int], above: bool) -> bool:
    """Whether a talk may begin with a paragraph: it asks, or is a sentence that the next one takes up as answers do.

    In the latter case who answers has been named above, and nobody is there.
    """
    if weights[place] < SAYS_YOU:
        taken_up = len(trees[place].sentences) == 1 and next(iter(weights[place + 1 : place + 2]), 0.0) <= POINTS_BACK
        return taken_up and above and not {place, place + 1} & named
    free = {word for word, quoted in zip(trees[place].words, trees[place].quoted, strict=True) if not quoted}
    return place > 0 or bool(free & _SECOND) and not any(trees[place].quoted)


def _looks(trees: Sequence[Tree], talk: Collection[int], weights: Sequence[float]) -> list[frozenset[int]]:
    """The paragraphs that look like questions, for each way in which questions look unlike the rest."""
    asked = {place for place in talk if weights[place] >= ADDRESSED}
    rest = {place for place in talk if place >= min(asked, default=len(trees))} - asked
    quoted = frozenset(place for place, each in enumerate(trees) if all_quoted(each))
    ways = [
        *(frozenset(at for at, each in enumerate(trees) if set_off(each) == width) for width in (1, 2, 3)),
        frozenset(at for at, each in enumerate(trees) if _behind_a_dash(each)),
        _openings(trees),
        quoted,
        frozenset(range(len(trees))) - quoted,
    ]
    return [
        way
        for way in ways
        if len(asked & way) >= max(FEWEST, ALIKE * len(asked)) and len(rest - way) >= max(FEWEST, UNLIKE * len(rest))
    ]


def set_off(tree: Tree) -> int:
    """How wide the marks of markup are between which a whole paragraph stands, be they shown as spaces; else 0.

    Parameters
    ----------
    tree : the paragraph
    """
    text = tree.paragraph.doc.text
    return len(text) - len(text.lstrip(_MARKUP)) if text.endswith(tuple(_MARKUP)) and text.strip(_MARKUP) else 0


def unquoted(tree: Tree) -> Tree:
    """A paragraph that is put, and is all in quotation marks, as prose of the paper's.

    Parameters
    ----------
    tree : the paragraph
    """
    return replace(tree, quoted=(False,) * len(tree.words)) if all_quoted(tree) else tree


def _behind_a_dash(tree: Tree) -> bool:
    shown = outermost(tree)
    return bool(shown) and tree.words[shown[0]][0] in _DASHES


def _openings(trees: Sequence[Tree]) -> frozenset[int]:
    """The paragraphs right below a blank line and right above a line without one."""
    ends = [each.paragraph.start + len(each.paragraph.doc.text) for each in trees]
    gaps = [later.paragraph.start - end for end, later in zip(ends, trees[1:], strict=False)]
    narrow = min(gaps, default=0)
    below = [place for place in range(len(gaps)) if gaps[place] == narrow and (not place or gaps[place - 1] > narrow)]
    return frozenset(below if max(gaps, default=0) > narrow else ())


def _best(weights: Sequence[float], apart: Sequence[bool], opens: Sequence[bool]) -> list[Turn]:
    """The likeliest course of a talk by what speaks for a question at each place: a best path through its turns."""
    paths: dict[Turn, tuple[float, list[Turn]]] = {"before": (0.0, [])}
    for weight, aside, may in zip(weights, apart, opens, strict=True):
        if aside:
            notes: dict[Turn, Turn] = {"before": "before", "put": "note", "answered": "note"}
            paths = {turn: (value, [*way, notes[turn]]) for turn, (value, way) in paths.items()}
            continue
        found: dict[Turn, tuple[float, list[Turn]]] = {"before": (0.0, [*paths["before"][1], "before"])}
        steps: list[tuple[Turn, Turn, float]] = [
            ("before", "put", OPENS + weight),
            ("put", "answered", IN_TURN - weight),
            ("answered", "put", IN_TURN + weight),
            ("put", "put", TWO_PUT + weight),
            ("answered", "answered", GOES_ON - weight),
        ]
        for last, turn, gain in steps:
            if last in paths and (may or last != "before"):
                value, way = paths[last]
                if turn not in found or value + gain > found[turn][0]:
                    found[turn] = value + gain, [*way, turn]
        paths = found
    closing = {turn: value + CLOSED_BY_THANKS * (turn == "put") for turn, (value, _) in paths.items()}
    return paths[max(closing, key=lambda turn: closing[turn])][1]


def leaning(tree: Tree) -> float:
    """How much a paragraph's words speak for a question, or, below 0, for an answer.

    Parameters
    ----------
    tree : the paragraph
    """
    shown = outermost(tree)
    if not shown:
        return 0.0
    whole = tree.quoted[shown[0]]
    free = [token for token in range(len(tree.words)) if whole or not tree.quoted[token]]
    words = [tree.words[token] for token in free]
    persons = {tree.words[token] for token in free if first_person(tree.words[token]) and not _asker(tree, token)}
    you, singular, ours = bool(_SECOND & set(words)), bool(_SINGULAR & persons), bool(persons)
    sentences = sum(any(not tree.mark(token) for token in range(*each)) for each in tree.sentences)
    question = puts_a_question(tree) or tree.words[shown[0] : shown[0] + 2] == ("q", ":")
    found = ASKED * question + ADDRESSED * _addresses(tree, shown[0])
    found += SAYS_YOU * you * (not singular) + (SAYS_I if singular else SAYS_WE * (ours and not you))
    found += BRIEF * (sentences == 1) + EACH_FURTHER * min(max(sentences - 2, 0), LONGEST)
    found += REPORTED * (sentences <= FEWEST and _reports_others(tree))
    return found + POINTS_BACK * (not question and _points_back(tree, shown))


def _asker(tree: Tree, token: int) -> bool:
    """Whether "we" or "us" are the reporters, to whom things are told; also "I" in "the traders I speak to"."""
    verb = tree.heads[token] if tree.verbal(tree.heads[token]) else tree.heads[tree.heads[token]]
    ours = tree.words[token] not in _SINGULAR or token > 0 and tree.tags[token - 1][:2] == "NN"
    return ours and tree.lemmas[verb] in _OF_THE_PAPER


def _addresses(tree: Tree, first: int) -> bool:
    """Whether a paragraph opens by calling somebody: "Minister, you …", "Ms Abebe, the fund is empty."."""
    end = next((at for at in range(first, min(first + LONGEST, len(tree.words))) if tree.words[at] == ","), None)
    if end is None or end == first:
        return False
    known = gazetteer()
    named = all(tree.tags[at] in ("NNP", "NN") for at in range(first, end))
    title = tree.parsed[first].text in known.words["title-m"] | known.words["title-f"]
    return named and (title or tree.words[end - 1] in known.nouns) and not tree.quoted[first]


def _reports_others(tree: Tree) -> bool:
    """Whether a sentence of a paragraph reports what somebody else says, who is no pronoun."""
    for first, end in tree.sentences:
        root = next((at for at in range(first, end) if tree.heads[at] == at), first)
        subject = tree.subject(root)
        if subject is not None and reports(tree.lemmas[root]) and tree.tags[subject][:2] == "NN":
            return True
    return False


def _points_back(tree: Tree, shown: tuple[int, ...]) -> bool:
    """Whether a paragraph opens as an answer does: with a pronoun, "because", "yes" or "no", or without a verb."""
    first, end = tree.sentences[tree.sentence[shown[0]]]
    bare = not any(tree.tags[at] in ("VBZ", "VBD", "VBP", "MD") for at in range(first, end))
    return bare or tree.words[shown[0]] in _BACK


def _stands_apart(tree: Tree, place: int) -> bool:
    """Whether a paragraph is no part of a talk: a heading, furniture of the page, or a note."""
    if tree.paragraph.kind == "heading":
        return place == 0 or not puts_a_question(tree)
    return tree.paragraph.kind != "prose" or is_note(tree)


def is_note(tree: Tree) -> bool:
    """Whether a paragraph is the editors': it stands in brackets, calls itself a note, or tells of what they asked for.

    Parameters
    ----------
    tree : the paragraph
    """
    shown = outermost(tree)
    if not shown:
        return False
    if tree.words[shown[0]] in _OPENING and tree.words[shown[-1]] in _CLOSING:
        return True
    if tree.words[shown[0]] in _NOTES and ":" in tree.words[shown[0] : shown[0] + LONGEST + 1]:
        return True
    free = [at for at in range(len(tree.words)) if not tree.quoted[at]]
    said = {tree.words[at] for at in free}
    if said & _SECOND or said & _SINGULAR:
        return False
    ours = any(tree.words[at - 1] in ("this", "our") for at in free if at and tree.words[at] in _PAPERS)
    ours = ours or any(_while_talking(tree, at) for at in free)
    silent = any(tree.lemmas[at] in _NO_ANSWER and _unwilling(tree, at) for at in free)
    return ours or silent and bool(said & _OUR_ASKING)


def _while_talking(tree: Tree, token: int) -> bool:
    """Whether a scene is told in which "we" are those who talk: "As we were talking, a shell fell"."""
    verb = tree.heads[token]
    talks = tree.words[token] == "we" and tree.lemmas[verb] in ("talk", "speak", "sit") and tree.deps[verb] == "advcl"
    return talks and tree.words[tree.left[verb]] in ("as", "while", "when")


def _unwilling(tree: Tree, token: int) -> bool:
    """Whether somebody declines, or does not answer."""
    return tree.lemmas[token] in ("decline", "refuse") or tree.child(token, "neg") is not None
