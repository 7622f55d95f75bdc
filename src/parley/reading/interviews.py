"""Interviews without names before the lines: which paragraphs put questions, who answers, and where it ends.

`interview` is the main name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.reading.gazetteer import gazetteer
from parley.reading.holders import somebody
from parley.reading.prompts import Turn, in_turn, is_note, set_off
from parley.reading.tellers import reports
from parley.reading.trees import Tree
from parley.reading.turns import all_quoted, first_person, full_names, labels, lettered, outermost, puts_a_question

__all__ = ["Interview", "guests", "interview"]

FEWEST, SIGNS = 2, 3
BYLINE = 2
SPOKEN_BY_DASHES, TOPICS = 0.8, 0.6
_SINGULAR = frozenset({"i", "my"})
_SECOND = frozenset({"you", "your", "yours"})
_OURS = frozenset({"we", "our"})
_SPOKEN = frozenset({"speak", "talk", "interview", "question", "chat", "converse", "sit"})
_MET = frozenset({"meet", "reach", "interview", "catch", "ask", "visit", "call", "phone", "find", "join", "question"})
_RECEIVES = frozenset({"receive", "welcome", "greet", "meet"})
_THEM = frozenset({"him", "her", "them", "he", "she"})
_US = frozenset({"we", "us", "our", "i", "me"})
_TOWARDS = frozenset({"to", "with", "by", "for"})
_TALKS = frozenset({"speak", "talk", "tell", "explain", "answer", "discuss", "describe", "argue", "recall", "reply"})
_REPORTERS = frozenset({"question", "request", "reporter", "correspondent", "newspaper", "paper", "enquiry", "inquiry"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """Where an interview is in an article.

    Attributes
    ----------
    first : the paragraph of the first question
    answers : the paragraphs in which somebody answers
    put : the paragraphs that are put to them, and notes between the answers
    """

    first: int
    answers: tuple[int, ...]
    put: tuple[int, ...]


def interview(trees: Sequence[Tree]) -> Interview | None:
    """Find the questions and answers of an article without names before its lines; None where it is no interview.

    It is one where lines are questions, or set off as such, and whoever asks says "you", or who answers says "I".

    Parameters
    ----------
    trees : the article's paragraphs
    """
    letters = any(map(lettered, trees))
    if labels(trees) and not letters:
        return None
    if not letters and (topics := _by_topics(trees)) is not None:
        return topics
    turns = _by_letters(trees) if letters else in_turn(trees)
    sides = next((place for place, each in enumerate(trees) if each.paragraph.kind == "side"), len(trees))
    put = [
        place for place, turn in enumerate(turns[:sides]) if turn == "put" and trees[place].paragraph.kind != "label"
    ]
    asks = any(puts_a_question(trees[place]) or lettered(trees[place - 1]) == "q" for place in put if place)
    asks = asks or all(map(set_off, (trees[place] for place in put)))
    if len(put) < FEWEST or not asks:
        return None
    known = frozenset(trees[place].words[last] for place, _, last in full_names(trees[: put[0]]))
    end = next((place for place in range(put[-1] + 2, sides) if _closes(trees, place, known)), sides)
    answers = [place for place in range(end) if turns[place] == "answered" and trees[place].paragraph.kind == "prose"]
    if not answers or not _by_turns(trees, put, answers) or not _between_two(trees, put, answers):
        return None
    others = {place for place in range(put[0], answers[-1]) if place not in answers}.union(put)
    return Interview(first=put[0], answers=tuple(answers), put=tuple(sorted(others)))


def _by_topics(trees: Sequence[Tree]) -> Interview | None:
    """What somebody says below headings for its topics, or behind "On the fence:", who are named above."""
    said = [place for place, each in enumerate(trees) if each.paragraph.kind == "prose" and _on_a_topic(trees, place)]
    if len(said) < FEWEST:
        return None
    first = said[0]
    below = [place for place in range(first, len(trees)) if trees[place].paragraph.kind == "prose"]
    said = [place for place in below if place in said or all_quoted(trees[place])]
    named = any(True for _ in full_names(trees[:first]))
    if len(said) < TOPICS * len(below) or not named:
        return None
    return Interview(first=first, answers=tuple(said), put=())


def _on_a_topic(trees: Sequence[Tree], place: int) -> bool:
    """Whether a paragraph is all in quotation marks below a heading, or behind "On the fence:"."""
    each = trees[place]
    colon = each.words.index(":") if ":" in each.words else 0
    if all_quoted(each) and place and trees[place - 1].paragraph.kind == "heading":
        return True
    return each.words[:1] == ("on",) and all(each.quoted[at] or each.mark(at) for at in range(colon, len(each.words)))


def _between_two(trees: Sequence[Tree], put: Sequence[int], answers: Sequence[int]) -> bool:
    """Whether somebody is asked who answers for himself, by as many signs: the one says "you", the other "I".

    "We" is a sign where somebody is brought in as a guest, or most answers to questions say it: else it may be the
    paper, which answers its own questions. What others are quoted with, as in a report, is a sign to the contrary.
    """
    brought = any(_brought_in(trees[place], top) > 0 for place, _, top in full_names(trees[: put[0]]))
    brought = brought or any(True for _ in _guests_of_the_paper(trees[: put[0]]))
    plain = sum(bool(_SECOND & _free(trees[place])) and not _SINGULAR & _free(trees[place]) for place in put)
    plain += sum(_in_first_person(trees[place], _SINGULAR) for place in answers)
    asks = all(puts_a_question(trees[place]) for place in put)
    ours = sum(_in_first_person(trees[place], _SINGULAR | _OURS) for place in answers)
    signs = plain + ours * brought
    signs -= sum(_quotes_others(trees[place]) for place in answers)
    return plain > 0 and signs >= len(put) / SIGNS or asks and 2 * ours > len(answers)


def _quotes_others(tree: Tree) -> bool:
    """Whether a paragraph quotes somebody who says or writes what stands in quotation marks, and nobody says "I"."""
    shown = outermost(tree)
    says = any(reports(tree.lemmas[at]) and not tree.quoted[at] for at in range(len(tree.words)) if tree.verbal(at))
    return bool(shown) and says and any(tree.quoted) and not _SINGULAR & _free(tree)


def _free(tree: Tree) -> frozenset[str]:
    """The words of a paragraph outside of quotation marks."""
    return frozenset(word for word, quoted in zip(tree.words, tree.quoted, strict=True) if not quoted)


def _by_letters(trees: Sequence[Tree]) -> list[Turn]:
    """What each paragraph is where letters stand before questions and answers."""
    letters = {place: letter for place, each in enumerate(trees) if (letter := lettered(each)) is not None}
    turns: list[Turn] = ["before"] * len(trees)
    places = sorted(letters)
    for first, last in zip(places, [*places[1:], len(trees)], strict=False):
        turns[first:last] = ["put" if letters[first] == "q" else "answered"] * (last - first)
    return turns


def guests(trees: Sequence[Tree], line: int) -> Iterator[tuple[int, int, int]]:
    """Who may be the one who answers: full names up to a line, as paragraph, first and last token, the likeliest first.

    Who wrote the article or puts its questions is left out.

    Parameters
    ----------
    trees : the article's paragraphs
    line : the paragraph of the first question
    """
    named = [each for each in full_names(trees[: line + 1]) if not _hosts(trees[each[0]], each[1], each[2])]
    found = [
        (-_brought_in(trees[place], top), order, (place, token, top))
        for order, (place, token, top) in enumerate([*named, *_guests_of_the_paper(trees[:line])])
        if trees[place].deps[top] not in ("compound", "poss") and not _is_a_saying(trees[place])
    ]
    return (each for _, _, each in sorted(found))


def _is_a_saying(tree: Tree) -> bool:
    """Whether a paragraph is set in quotation marks, double or single, as the heading of a talk may be."""
    text = tree.paragraph.doc.text.strip()
    return text[:1] in ("'", "‘", '"', "“") and text[-1:] in ("'", "’", '"', "”")


def _guests_of_the_paper(trees: Sequence[Tree]) -> Iterator[tuple[int, int, int]]:
    """Who is met by the paper, by a pronoun or a noun for somebody: "We asked her", "we reached a commander"."""
    for place, each in enumerate(trees):
        for top in range(len(each.words)):
            noun = each.tags[top] == "NN" and each.lemmas[top] not in _REPORTERS and somebody(each, top)
            if (noun or each.words[top] in _THEM) and _met(each, top) and _by_us(each, top):
                yield place, top, top


def _by_turns(trees: Sequence[Tree], put: Sequence[int], answers: Sequence[int]) -> bool:
    """Whether questions that stand in quotation marks, or behind dashes, belong to an interview and not to a report.

    There all of them stand so and no answer, or nearly all lines do.
    """
    if not any(trees[line].quoted[outermost(trees[line])[0]] for line in put):
        return True
    answered = sum(trees[place].quoted[outermost(trees[place])[0]] for place in answers)
    marked = sum(all_quoted(trees[place]) for place in put)
    if not answered:
        return marked == len(put)
    return marked + answered >= SPOKEN_BY_DASHES * (len(put) + len(answers))


def _in_first_person(tree: Tree, said: frozenset[str]) -> bool:
    """Whether somebody says "I" in a paragraph, outside of quotation marks or in a paragraph that opens with them."""
    shown = outermost(tree)
    whole = bool(shown) and all_quoted(tree)
    return any(word in said and (whole or not tree.quoted[token]) for token, word in enumerate(tree.words))


def _closes(trees: Sequence[Tree], place: int, known: frozenset[str]) -> bool:
    """Whether a paragraph behind the last answer is the reporter's again.

    It stands in brackets, or nobody says "I" in it and it names who was introduced, quotes, or tells of questions put.
    """
    each = trees[place]
    shown = outermost(each)
    if not shown or each.words[shown[0]] in ("(", "[") or is_note(each):
        return True
    first = [token for token, word in enumerate(each.words) if first_person(word) and not each.quoted[token]]
    ours = [token for token in first if each.lemmas[each.heads[token]] in _REPORTERS]
    named = any(each.words[last] in known for _, _, last in full_names([each]))
    quotes = any(each.quoted) and not each.quoted[shown[0]]
    asked = bool(ours) or any(each.words[at : at + 2] == ("questions", "from") for at in range(len(each.words)))
    return len(first) == len(ours) and (asked or named or quotes)


def _brought_in(tree: Tree, top: int) -> int:
    """How plainly somebody is brought in as the one who answers: is met, speaks, or is described."""
    aside = tree.deps[top] == "pobj" and tree.words[tree.heads[top]] not in _TOWARDS
    return 2 * _met(tree, top) + _described(tree, top) - aside


def _met(tree: Tree, top: int) -> bool:
    """Whether somebody is met or spoken to, or speaks."""
    top = tree.heads[top] if tree.deps[top] == "appos" else top
    verb = tree.heads[top]
    if tree.deps[top] == "pobj" and tree.words[verb] in ("to", "with"):
        return tree.lemmas[tree.heads[verb]] in _SPOKEN | _TALKS
    if tree.deps[top] == "nsubj":
        us = tree.child(verb, "dobj")
        paper = us is not None and (tree.words[us] == "us" or tree.lemmas[us] in _REPORTERS)
        received = tree.lemmas[verb] in _RECEIVES and paper
        return received or tree.lemmas[verb] in _SPOKEN | _TALKS
    by_another = tree.deps[top] == "dobj" and tree.child(verb, "nsubj") is not None and not _by_us(tree, top)
    return tree.deps[top] in ("dobj", "nsubjpass") and tree.lemmas[verb] in _MET and not by_another


def _by_us(tree: Tree, top: int) -> bool:
    """Whether it is the paper that meets somebody: "we" or a reporter stands in the sentence."""
    first, end = tree.sentences[tree.sentence[top]]
    return any(tree.words[at] in _US or tree.lemmas[at] in _REPORTERS for at in range(first, end) if at != top)


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
    if tree.deps[name] == "appos" and tree.tags[tree.heads[name]] == "NN":
        return True
    return any(
        tree.deps[child] in ("relcl", "appos") or tree.parsed[child].text in titles["title-m"] | titles["title-f"]
        for child in tree.children[name]
    )
