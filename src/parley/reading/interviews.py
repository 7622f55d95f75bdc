"""Interviews without names before the lines: which paragraphs put questions, who answers, and where it ends.

`interview` is the main name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parley.reading.gazetteer import gazetteer
from parley.reading.trees import Tree
from parley.reading.turns import asks, first_person, full_names, lettered, outermost, puts_a_question

__all__ = ["Interview", "guests", "interview"]

ANSWERS = 2
BYLINE = 2
SPOKEN_BY_DASHES = 0.8
_SINGULAR = frozenset({"i", "my"})
_FIRST = _SINGULAR | {"we", "our"}
_SPOKEN = frozenset({"speak", "talk", "interview", "question", "chat", "converse", "sit"})
_MET = frozenset({"meet", "reach", "interview", "catch", "ask", "visit", "call", "phone", "find", "join", "question"})
_TALKS = frozenset({"speak", "talk", "tell", "explain", "answer", "discuss", "describe", "argue", "recall", "reply"})
_OURS = frozenset({"question", "request", "reporter", "correspondent", "newspaper", "paper", "enquiry", "inquiry"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """Where an interview is in an article.

    Attributes
    ----------
    first : the paragraph of the first question
    answers : the paragraphs in which somebody answers
    """

    first: int
    answers: tuple[int, ...]


def interview(trees: Sequence[Tree]) -> Interview | None:
    """Find the questions and answers of an article; None where it is no interview.

    It is one where lines below the title are questions and the paragraphs below them say "I", or "we" where there are
    several such lines.

    Parameters
    ----------
    trees : the article's paragraphs
    """
    lines = [place for place, each in enumerate(trees) if lettered(each) == "q" or place and puts_a_question(each)]
    bold = [place for place, each in enumerate(trees) if _set_off(each)]
    lines = bold if set(bold) & set(lines) and len(bold) >= ANSWERS else lines
    if len(lines) < ANSWERS or not _by_turns(trees, lines):
        return None
    put = _put(trees, lines)
    if not put:
        return None
    said = _FIRST if len(lines) > ANSWERS else _SINGULAR
    first = min(put)
    answers = [place for place in range(first + 1, len(trees)) if place not in put]
    known = frozenset(trees[place].words[last] for place, _, last in full_names(trees[:first]))
    end = next((place for place in answers if place > lines[-1] + 1 and _closes(trees, place, known)), len(trees))
    answers = [place for place in answers if place < end and trees[place].paragraph.kind == "prose"]
    if not any(_in_first_person(trees[place], said) for place in answers):
        return None
    return Interview(first=first, answers=tuple(answers))


def guests(trees: Sequence[Tree], line: int) -> Iterator[tuple[int, int, int]]:
    """Who may be the one who answers: full names up to a line, as paragraph, first and last token, the likeliest first.

    Who wrote the article or puts its questions is left out.

    Parameters
    ----------
    trees : the article's paragraphs
    line : the paragraph of the first question
    """
    found = [
        (-_brought_in(trees[place], top), order, (place, token, top))
        for order, (place, token, top) in enumerate(full_names(trees[: line + 1]))
        if trees[place].deps[top] not in ("compound", "poss") and not _hosts(trees[place], token, top)
    ]
    return (each for _, _, each in sorted(found))


def _by_turns(trees: Sequence[Tree], lines: Sequence[int]) -> bool:
    """Whether questions that stand in quotation marks, or behind dashes, belong to an interview and not to a report."""
    if not any(trees[line].quoted[outermost(trees[line])[0]] for line in lines):
        return True
    after = [each for each in trees[lines[0] :] if each.paragraph.kind == "prose" and outermost(each)]
    answers = [each.quoted[outermost(each)[0]] for each in after if not puts_a_question(each)]
    marked = sum(each.quoted[outermost(each)[0]] and _alone(each) for each in after)
    return not any(answers) or marked >= SPOKEN_BY_DASHES * len(after)


def _alone(tree: Tree) -> bool:
    """Whether a paragraph is all in quotation marks."""
    return all(tree.quoted[token] or tree.mark(token) for token in range(len(tree.words)))


def _put(trees: Sequence[Tree], lines: Sequence[int]) -> set[int]:
    """The paragraphs that put questions, also where they are statements.

    Where all questions are set off by markup, that tells. Else in an interview of which every other paragraph
    is a question, one sentence in such a place is one, also before the first question mark if it says "you".
    """
    after = range(lines[0], len(trees))
    letters = {place: letter for place, each in enumerate(trees) if (letter := lettered(each)) is not None}
    if letters:
        return _runs_of(letters, "q", len(trees))
    if all(_set_off(trees[line]) for line in lines):
        return set(lines)
    every_other = [place for place in range(lines[0] % 2, len(trees), 2) if asks(trees[place])]
    if len(every_other) <= ANSWERS or any((line - lines[0]) % 2 for line in lines):
        return {place for place in after if asks(trees[place])}
    put = {place for place in after if place > lines[-1] and asks(trees[place])} | set(lines)
    put.update(place for place in range(lines[0], lines[-1], 2) if len(trees[place].sentences) == 1)
    before: list[int] = []
    for place in range(lines[0] - 2, -1, -2):
        if len(trees[place].sentences) != 1 or any(True for _ in full_names(trees[place : place + 2])):
            break
        before.append(place)
    return put.union(before) if any(asks(trees[place]) for place in before) else put


def _runs_of(letters: Mapping[int, str], letter: str, end: int) -> set[int]:
    """The paragraphs from each that bears a letter up to the next that bears another."""
    places = sorted(letters)
    runs = zip(places, [*places[1:], end], strict=True)
    return {place for first, last in runs if letters[first] == letter for place in range(first, last)}


def _set_off(tree: Tree) -> bool:
    """Whether a sentence stands between marks of markup, such as those of bold print, that are shown as spaces."""
    spaced = len(tree.words) > 2 and tree.words[0].isspace() and tree.words[-1].isspace()
    return spaced and tree.words[outermost(tree)[-1]] in (".", "?", "!", "…")


def _in_first_person(tree: Tree, said: frozenset[str]) -> bool:
    """Whether somebody says "I" in a paragraph, outside of quotation marks or in a paragraph that opens with them."""
    shown = outermost(tree)
    whole = bool(shown) and tree.quoted[shown[0]]
    return any(word in said and (whole or not tree.quoted[token]) for token, word in enumerate(tree.words))


def _closes(trees: Sequence[Tree], place: int, known: frozenset[str]) -> bool:
    """Whether a paragraph behind the last answer is the reporter's again.

    It stands in brackets, or nobody says "I" in it and it names who was introduced, quotes, or tells of questions put.
    """
    each = trees[place]
    shown = outermost(each)
    if not shown or each.words[shown[0]] in ("(", "["):
        return True
    first = [token for token, word in enumerate(each.words) if first_person(word) and not each.quoted[token]]
    ours = [token for token in first if each.lemmas[each.heads[token]] in _OURS]
    named = any(each.words[last] in known for _, _, last in full_names([each]))
    quotes = any(each.quoted) and not each.quoted[shown[0]]
    asked = bool(ours) or any(each.words[at : at + 2] == ("questions", "from") for at in range(len(each.words)))
    return len(first) == len(ours) and (asked or named or quotes or _set_off(each))


def _brought_in(tree: Tree, top: int) -> int:
    """How plainly somebody is brought in as the one who answers: is met, speaks, or is described."""
    verb = tree.heads[top]
    if tree.deps[top] == "pobj" and tree.words[verb] in ("to", "with"):
        verb = tree.heads[verb]
        met = tree.lemmas[verb] in _SPOKEN | _TALKS
    elif tree.deps[top] == "nsubj":
        met = tree.lemmas[verb] in _SPOKEN | _TALKS
    else:
        met = tree.deps[top] in ("dobj", "nsubjpass") and tree.lemmas[verb] in _MET
    return 2 * met + _described(tree, top)


def _hosts(tree: Tree, first: int, top: int) -> bool:
    """Whether a name is the author's, as in "By X", or that of who asks.

    The latter is who interviews, by whom somebody is interviewed, to whom "she" spoke; and of two names, one of whom
    spoke to the other, the one of whom nothing more is said.
    """
    if tree.words[0] == "by" and first <= BYLINE:
        return True
    if tree.deps[top] in ("nsubj", "nsubjpass"):
        verb = tree.heads[top]
        to = _spoken_to(tree, verb)
        asks = tree.lemmas[verb] == "interview" and tree.deps[top] == "nsubj"
        return asks or to is not None and _described(tree, to) and not _described(tree, top)
    before = tree.heads[top]
    verb = tree.heads[before]
    if tree.deps[top] != "pobj" or tree.lemmas[verb] not in _SPOKEN:
        return False
    subject = tree.subject(verb)
    if tree.words[before] == "by" or subject is None:
        return tree.words[before] == "by"
    named = tree.tags[subject][:3] == "NNP"
    told = tree.words[before] in ("to", "with")
    return told and (tree.words[subject] in ("she", "he", "they") or named and not _described(tree, top))


def _spoken_to(tree: Tree, verb: int) -> int | None:
    """To whom somebody spoke."""
    if tree.lemmas[verb] not in _SPOKEN:
        return None
    ways = (child for child in tree.children[verb] if tree.words[child] in ("to", "with"))
    return next((to for way in ways if (to := tree.child(way, "pobj")) is not None), None)


def _described(tree: Tree, name: int) -> bool:
    """Whether a title, a relative clause or an apposition tells more of somebody named."""
    titles = gazetteer().words
    return any(
        tree.deps[child] in ("relcl", "appos") or tree.parsed[child].text in titles["title-m"] | titles["title-f"]
        for child in tree.children[name]
    )
