"""Attributions by rules. `Rules` is the main name.

First come the constructions of graded cues (see `constructions`), the outermost of each sentence; then quotations, each
of which goes with the verb of saying beside it, with the quotation before it in its paragraph, or, where a paragraph
opens with it, with the last attribution of the paragraph before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from parley.domain.attribution import Attribution
from parley.reading.grid import Grid, numbers
from parley.reading.parsing import Paragraph
from parley.reading.rules.constructions import Construction, constructions, kind_of_word, source_of
from parley.reading.rules.lexicon import Lexicon, lexicon
from parley.reading.rules.tree import Tree

__all__ = ["Draft", "Rules", "drafts"]

Stretch = tuple[int, int]

LEAST_WORDS = 4
"""A quotation of fewer tokens, marks included, is no speech by itself."""

BESIDE = 12
"""How far from a quotation its verb of saying may stand."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """An attribution that may still grow.

    Attributes
    ----------
    cue, source, spans : first and last tokens, counted in the article; the spans are the content
    sureness : how sure its rule is, 0..1
    why : its rule
    root : the token that cues
    """

    cue: Stretch
    source: Stretch | None
    spans: list[Stretch]
    sureness: float
    why: str
    root: int

    def covers(self, first: int, last: int) -> bool:
        """Whether some tokens lie, in part, in its content."""
        return any(start <= last and first <= end for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Rules:
    """Reads attributions by rules."""

    name: ClassVar[str] = "rules"

    def attributions(self, paragraphs: Sequence[Paragraph]) -> tuple[Attribution, ...]:
        """Find who is said to say what; see `Reader`."""
        grid = Grid.of(paragraphs)
        prose = [number for number, paragraph in enumerate(paragraphs) if paragraph.kind != "furniture"]
        found = (_made(grid, draft) for draft in drafts(grid, prose, lexicon()))
        return tuple(sorted(filter(None, found), key=lambda each: (each.start, each.end)))


def drafts(grid: Grid, paragraphs: Sequence[int], known: Lexicon) -> list[Draft]:
    """What the rules find in some paragraphs of an article.

    Parameters
    ----------
    grid : the article
    paragraphs : numbers of the paragraphs, in order
    known : the cues
    """
    tree = Tree(grid)
    found: list[Draft] = []
    earlier: Draft | None = None
    for number in paragraphs:
        first, end = int(grid.offset[number]), int(grid.offset[number + 1])
        if first < end:
            here = _transcript(tree, first, end) or _constructed(tree, known, first, end)
            earlier = _speech(tree, known, (first, end), here, earlier)
            found += here
    return found


def _made(grid: Grid, draft: Draft) -> Attribution | None:
    """The attribution that a draft has become; None where its content is blank."""
    spans: list[Stretch] = []
    for first, last in sorted(_trimmed(grid, *span) for span in draft.spans):
        if grid.is_blank(first, last):
            continue
        if spans and first <= spans[-1][1] + 1 and grid.paragraph[first] == grid.paragraph[spans[-1][1]]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    if not spans:
        return None
    return Attribution(
        content=tuple(grid.span(first, last) for first, last in spans),
        cue=grid.span(*draft.cue),
        source=grid.span(*draft.source) if draft.source and not grid.is_blank(*draft.source) else None,
        confidence=draft.sureness,
        why=draft.why,
    )


def _trimmed(grid: Grid, first: int, last: int) -> Stretch:
    """A stretch without the commas and dashes at its ends."""
    marks = numbers((",", ";", ":", "-", "--", "–", "—"))
    while first < last and int(grid.word[first]) in marks:
        first += 1
    while first < last and int(grid.word[last]) in marks:
        last -= 1
    return first, last


def _constructed(tree: Tree, known: Lexicon, first: int, end: int) -> list[Draft]:
    """What the constructions of one paragraph attribute; where one lies in the content of another, the outer one."""
    ranked: list[tuple[int, int, Draft]] = []
    for cue in range(first, end):
        entry = _entry(tree, known, cue)
        if entry is None:
            continue
        options = [
            (known.sureness(*entry, each.kind), -order, each) for order, each in enumerate(constructions(tree, cue))
        ]
        if options:
            sureness, _, best = max(options, key=lambda option: option[:2])
            if sureness >= known.least:
                ranked.append((tree.depth(cue), cue, _draft(tree, best, sureness)))
    for cue in range(first, end):
        aside = _aside(tree, known, cue)
        if aside is not None:
            ranked.append((tree.depth(cue) - 1, cue, aside))
    taken: list[Draft] = []
    contents, cues = bytearray(end - first), bytearray(end - first)
    for _, cue, draft in sorted(ranked, key=lambda each: each[:2]):
        stretches = [slice(low - first, high + 1 - first) for low, high in draft.spans]
        if not contents[cue - first] and not any(any(contents[each]) or any(cues[each]) for each in stretches):
            taken.append(draft)
            cues[draft.cue[0] - first : draft.cue[1] + 1 - first] = b"\1" * (draft.cue[1] + 1 - draft.cue[0])
            for each in stretches:
                contents[each] = b"\1" * (each.stop - each.start)
    return taken


def _entry(tree: Tree, known: Lexicon, token: int) -> tuple[str, int] | None:
    """Under which kind of word and number the lexicon may know a token; a participle may be an adjective."""
    word, lemma = tree.word[token], tree.lemma[token]
    if word in known.lemmas["adjective"] and tree.tagged(token, "VBN") and not tree.below(token, "agent"):
        return "adjective", word
    kind = kind_of_word(tree, token) if lemma in known.all_lemmas else None
    return None if kind is None else (kind, lemma)


def _draft(tree: Tree, found: Construction, sureness: float) -> Draft:
    cue = _cue(tree, found.cue, found.linked)
    return Draft(
        cue=cue,
        source=source_of(tree, found.cue),
        spans=[span for span in found.spans if not (span[0] <= found.cue <= span[1])] or list(found.spans),
        sureness=sureness,
        why=f"rule: {found.kind} after a graded cue",
        root=found.cue,
    )


def _cue(tree: Tree, cue: int, linked: int | None) -> Stretch:
    """A cue with its auxiliaries, its negation, its particle and its preposition, as far as they touch it."""
    first = last = cue
    while first > 0 and tree.head[first - 1] == cue and tree.has(first - 1, "aux", "auxpass", "neg"):
        first -= 1
    while last + 1 < len(tree.head) and (
        last + 1 == linked or (tree.head[last + 1] == cue and tree.has(last + 1, "prt"))
    ):
        last += 1
    return first, last


def _aside(tree: Tree, known: Lexicon, cue: int) -> Draft | None:
    """What a clause thrown in attributes: the sentence around "he said", "as he put it" and "according to him"."""
    head = tree.head[cue]
    if head == cue:
        return None
    source: Stretch | None
    if tree.is_word(cue, "according"):
        objects = [each for to in tree.children[cue] for each in tree.below(to, "pobj")]
        objects += tree.below(cue, "pobj")
        source = tree.noun_phrase(objects[0]) if objects else None
        stretch, sureness = (cue, min(cue + 1, tree.right[cue])), 0.8
    elif (
        kind_of_word(tree, cue) == "verb"
        and (tree.has(cue, "parataxis") or (tree.has(cue, "advcl") and _as(tree, cue)))
        and tree.below(cue, "nsubj")
        and not tree.below(cue, "ccomp", "dobj", "xcomp")
    ):
        sureness = known.sureness("verb", tree.lemma[cue], "that")
        source, stretch = source_of(tree, cue), _cue(tree, cue, None)
    else:
        return None
    if source is None or sureness < known.least:
        return None
    spans = [
        (low, high)
        for low, high in ((tree.left[head], tree.left[cue] - 1), (tree.right[cue] + 1, tree.right[head]))
        if low <= high and any(tree.is_letters(token) for token in range(low, high + 1))
    ]
    if not spans:
        return None
    return Draft(cue=stretch, source=source, spans=spans, sureness=sureness, why="rule: a clause thrown in", root=cue)


def _as(tree: Tree, cue: int) -> bool:
    return any(tree.is_word(mark, "as") for mark in tree.below(cue, "mark", "advmod"))


def _transcript(tree: Tree, first: int, end: int) -> list[Draft]:
    """A line of a transcript: a name and a colon at the start of a paragraph."""
    for colon in range(first + 1, min(first + 6, end - 2)):
        if tree.is_word(colon, ":"):
            named = range(first, colon)
            if all(tree.tagged(token, "NNP", "NNPS", "HYPH") or tree.is_capital(token) for token in named):
                return [
                    Draft(
                        cue=(colon, colon),
                        source=(first, colon - 1),
                        spans=[(colon + 1, end - 1)],
                        sureness=0.7,
                        why="rule: a line of a transcript",
                        root=colon,
                    )
                ]
            return []
    return []


def _speech(tree: Tree, known: Lexicon, paragraph: Stretch, drafts: list[Draft], earlier: Draft | None) -> Draft | None:
    """Give each quotation of a paragraph to a draft or to a new one; returns what the next paragraph may go on with."""
    first, end = paragraph
    by_content = {token: each for each in drafts for low, high in each.spans for token in range(low, high + 1)}
    by_cue = {token: each for each in drafts for token in range(each.cue[0], each.cue[1] + 1)}
    swallowed: list[Draft] = []
    last: Draft | None = None
    for low, high in tree.quotations(first, end):
        inside = [by_content[token] for token in range(low, high + 1) if token in by_content]
        owner = next((each for each in inside if not low <= each.root <= high), None)
        if owner is None and high - low + 1 >= LEAST_WORDS + 2:
            signed = _signed(tree, (low, high), end)
            said = None if signed else _said_beside(tree, known, (low, high), paragraph)
            owner = signed or (by_cue.get(said.root, said) if said else last)
            if owner is None and low <= first + 1:
                owner = earlier
            if owner is not None:
                by_cue.setdefault(owner.root, owner)
                swallowed += [by_cue[token] for token in range(low, high + 1) if token in by_cue]
        if owner is not None:
            owner.spans.append((low, high))
            last = owner
    gone = {id(each) for each in swallowed}
    known_before = {id(each) for each in drafts}
    new = (each for each in by_cue.values() if each is not earlier and id(each) not in known_before)
    drafts[:] = [each for each in (*drafts, *new) if id(each) not in gone]
    return last or (max(drafts, key=lambda each: each.spans[-1]) if drafts else None)


def _signed(tree: Tree, quotation: Stretch, end: int) -> Draft | None:
    """A quotation with a dash and a name behind it."""
    dash = quotation[1] + 1
    last = dash
    while last + 1 < end and tree.tagged(last + 1, "NNP", "NNPS"):
        last += 1
    if last == dash or not tree.is_word(dash, "―", "—", "–", "--", "-"):
        return None
    return Draft(
        cue=(dash, dash),
        source=(dash + 1, last),
        spans=[quotation],
        sureness=0.7,
        why="rule: a quotation with a name behind a dash",
        root=dash,
    )


def _said_beside(tree: Tree, known: Lexicon, quotation: Stretch, paragraph: Stretch) -> Draft | None:
    """A verb of saying that stands right after or right before a quotation, with its source, still without content."""
    low, high = quotation
    after = range(high + 1, min(high + 1 + BESIDE, paragraph[1]))
    before = range(low - 1, max(low - 1 - BESIDE, paragraph[0] - 1), -1)
    for tokens in (after, before):
        for token in tokens:
            if tree.quoted[token] or (token not in (high + 1, low - 1) and tree.is_word(token, ".", "!", "?", ";")):
                break
            if token == low - 1 and not tree.is_word(token, ",", ":", "that") and not known.says(tree.lemma[token]):
                break
            if kind_of_word(tree, token) == "verb" and known.says(tree.lemma[token]):
                return Draft(
                    cue=_cue(tree, token, None),
                    source=source_of(tree, token),
                    spans=[],
                    sureness=0.8,
                    why="rule: a quotation beside a verb of saying",
                    root=token,
                )
    return None
