"""Letters that are printed whole: from "Dear …" to the name below them, all of them are the writer's. `letters`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.reading.tokens import lexicon
from parley.reading.trees import Tree
from parley.reading.turns import first_person, outermost

__all__ = ["Letter", "letters"]

LINE, FEWEST = 16, 2
"""A salutation, the words that take leave and a name have at most so many tokens; a name of a person at least two."""

_SALUTING = lexicon(
    "dear dearest honoured honored sir sirs madam mesdames gentlemen excellency excellencies comrades friends "
    "colleagues neighbours neighbors brothers sisters esteemed honourable honorable respected fellow highness majesty "
    "holiness eminence editor editors"
)
_BEFORE_SALUTING = frozenset({"my", "your", "our", "to", "the", "most", "right"})
_OPENED_BY = frozenset({",", ":", "!", "—", "–", "-"})
_LEAVE = lexicon(
    "yours sincerely faithfully respectfully cordially truly regards signed humbly fraternally gratefully warmly"
)
_TAKING_LEAVE = (
    ("i", "remain"), ("we", "remain"), ("kind", "regards"), ("best", "regards"), ("warm", "regards"),
    ("best", "wishes"),
    ("with", "respect"), ("with", "regards"), ("with", "best"), ("with", "warm"), ("with", "kind"), ("with", "thanks"),
    ("with", "esteem"), ("with", "greetings"), ("in", "solidarity"), ("in", "friendship"), ("in", "hope"),
    ("in", "peace"), ("in", "faith"), ("on", "behalf"), ("for", "and"), ("your", "friend"), ("your", "servant"),
    ("your", "obedient"), ("your", "brother"), ("your", "sister"),
)  # fmt: skip
_SPOILT = frozenset(
    {"p.p.", "p.p", "pp", "pp.", ".", "(", ")", "[", "]", "/s/", "—", "–", "-", "―", "signed", ":", ","}
)
_PARTICLES = lexicon("de da do dos del della di van von der den bin ibn al el la le ap of the and & y e")
_POSTSCRIPTS = frozenset({"p.s.", "ps", "p.s", "pps", "p.p.s."})


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter within an article.

    Attributes
    ----------
    body : the paragraphs that its writer says, in order
    signed : the paragraph that bears the name of who signs it first, with its first and last token
    """

    body: tuple[int, ...]
    signed: tuple[int, int, int]


def letters(trees: Sequence[Tree]) -> Iterator[Letter]:
    """The letters of an article that open with a salutation, say "I" or "we", and end with a name.

    Parameters
    ----------
    trees : the article's paragraphs
    """
    place = 0
    while place < len(trees):
        opens = _salutes(trees[place])
        found = _letter(trees, place, alone=opens == "alone") if opens else None
        if found is not None:
            yield found
        place = found.signed[0] + 1 if found is not None else place + 1


def _letter(trees: Sequence[Tree], salutation: int, *, alone: bool) -> Letter | None:
    """The letter that a salutation opens, alone on its line or before the first sentence; None where nobody signs."""
    first = salutation + alone
    for place in range(first, len(trees)):
        if place > first and _salutes(trees[place]):
            return None
        leaving = _takes_leave(trees[place]) if place > first else None
        signed = None if leaving is None else _name_after(trees, place, leaving)
        if signed is None and place > first and _is_name(trees[place]):
            signed = (place, *_name_in(trees[place], outermost(trees[place])[0]))
        if signed is not None:
            body = [at for at in range(first, place) if trees[at].paragraph.kind == "prose"]
            body += [at for at in range(signed[0] + 1, len(trees)) if trees[at].words[:1] and _postscript(trees[at])]
            return Letter(body=tuple(body), signed=signed) if any(_says_i(trees[at]) for at in body) else None
    return None


def _salutes(tree: Tree) -> str:
    """Whether a paragraph is a salutation, `alone`, or opens with one, `before` what is written; or empty."""
    words = [word for word in tree.words if not word.isspace()]
    start = next((at for at, word in enumerate(words[:3]) if word not in _BEFORE_SALUTING), 0)
    if words[:3] == ["to", "whom", "it"]:
        start, words = 0, ["dear", *words]
    if words[start : start + 1] == [] or words[start] not in _SALUTING:
        return ""
    ended = words[-1] in _OPENED_BY or words[start] in ("dear", "dearest") and tree.paragraph.kind == "heading"
    if len(words) <= LINE and ended:
        return "alone"
    opening = words[start + 1 : start + 2]
    return "before" if len(words) > LINE and opening and opening[0] in _OPENED_BY else ""


def _takes_leave(tree: Tree) -> int | None:
    """Where a name may follow the words that take leave: "Yours faithfully,"; None where no such words open it."""
    words = [token for token in range(len(tree.words)) if not tree.words[token].isspace()]
    shown = [tree.words[token] for token in words]
    opening = next((at for at, word in enumerate(shown) if word not in ("(", "—", "–")), 0)
    pair = tuple(shown[opening : opening + 2])
    if len(shown) > 2 * LINE or not shown or not (pair[:1] and pair[0] in _LEAVE or pair in _TAKING_LEAVE):
        return None
    if shown[-1] in (",", ":") or tree.paragraph.kind == "heading" and not any(_capital(tree, at) for at in words[1:]):
        return len(tree.words)
    marks = [token for token in words if tree.words[token] in (",", ":", "—", "–", ")")]
    return next((mark + 1 for mark in marks if mark + 1 < len(tree.words)), len(tree.words))


def _name_after(trees: Sequence[Tree], place: int, token: int) -> tuple[int, int, int] | None:
    """The name behind the words that take leave, or in the next paragraph."""
    for at, start in ((place, token), (place + 1, 0)):
        if at >= len(trees) or start >= len(trees[at].words) or at > place and len(trees[at].words) > 2 * LINE:
            continue
        while start < len(trees[at].words) and _before_name(trees[at].words, start):
            start += 1
        first, last = _name_in(trees[at], start)
        if first <= last and _capital(trees[at], first):
            return at, first, last
    return None


def _before_name(words: Sequence[str], at: int) -> bool:
    """Whether a word is a mark or a title in brackets before a name: "(Mrs) Ada Lind", "— Ada Lind"."""
    return words[at] in _SPOILT or words[at].isspace() or words[at + 1 : at + 2] == (")",)


def _name_in(tree: Tree, first: int) -> tuple[int, int]:
    """First and last token of the capitalised words and particles that start at a token."""
    last = first - 1
    for token in range(first, len(tree.words)):
        inner = tree.words[token] in _PARTICLES or tree.words[token] in ("-", ".", "'s")
        if not (_capital(tree, token) or inner and token > first):
            break
        last = token if _capital(tree, token) or tree.words[token] == "." else last
    return first, last


def _is_name(tree: Tree) -> bool:
    """Whether a line is a name, with no more than an office or a place behind a comma or in brackets."""
    ends = outermost(tree)
    if not ends or len(tree.words) > LINE or tree.words[ends[1]] in ("?", "!", ":") or tree.paragraph.kind == "label":
        return False
    first = ends[0]
    while first < ends[1] and tree.words[first] in ("—", "–", "-", "("):
        first += 1
    start, last = _name_in(tree, first)
    words = [token for token in range(start, last + 1) if tree.words[token].isalpha()]
    closed = last >= ends[1] or tree.words[last + 1] in (",", "(", ";", ")")
    person = len(words) >= FEWEST and not {"of", "the", "and"} & {tree.words[token] for token in words}
    verbs = any(tree.tags[token] in ("VBZ", "VBD", "VBP", "MD") for token in range(start, ends[1] + 1))
    return closed and person and not verbs and not all(map(str.isupper, (tree.parsed[at].text for at in words)))


def _capital(tree: Tree, token: int) -> bool:
    return tree.parsed[token].text[:1].isupper()


def _postscript(tree: Tree) -> bool:
    return next((word for word in tree.words if not word.isspace()), "") in _POSTSCRIPTS


def _says_i(tree: Tree) -> bool:
    return any(first_person(word) and not tree.quoted[token] for token, word in enumerate(tree.words))
