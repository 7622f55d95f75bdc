"""Contents cut into propositions: one demand, claim or condition each. `propositions` is the main name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from parley.domain.source import Span
from parley.reading.conditions import Mark, condition_heads
from parley.reading.cues import Cue, CueClass, cue_at
from parley.reading.trees import Tree

__all__ = ["Proposition", "imperative", "propositions"]

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
DUTIES = frozenset({"must", "should", "ought", "shall"})
_COORDINATORS = frozenset({"and", "or", "but", "nor", "yet", "plus", "as", "well", "also", "then", "&"})
_CONCEDING = frozenset({"although", "though", "whereas"})
_LINKS = frozenset({"and", "but", "or", "nor"})
_STRONG = frozenset({";", "—", "–", "--", ":", "…", "..."})
_BROKEN_OFF = _STRONG | {","}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """One thing said, as tokens of a paragraph.

    Attributes
    ----------
    tokens : its tokens, in order, gaps where other words interrupt it
    head : the token on which the others depend
    condition : the mark that makes it a condition; absent where it is none
    conditions : indexes, among the propositions found together, of the conditions that it stands under
    why : the rule that cut it off
    follows : head of the proposition with which it is coordinated and shares what it does not say itself
    """

    tokens: tuple[int, ...]
    head: int
    condition: Mark | None = None
    conditions: tuple[int, ...] = ()
    why: str = "whole"
    follows: int | None = None

    def spans(self, tree: Tree) -> tuple[Span, ...]:
        """Its places in the article; marks of punctuation between two of its words do not interrupt it."""
        runs: list[list[int]] = []
        for token in self.tokens:
            gap = range(runs[-1][1] + 1, token) if runs else ()
            if runs and all(tree.mark(each) for each in gap):
                runs[-1][1] = token
            else:
                runs.append([token, token])
        return tuple(tree.span(first, last) for first, last in runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """Where a proposition is cut off: why, and the mark of a condition with its tokens."""

    why: str
    mark: Mark | None = None
    marks: range = range(0)


def propositions(tree: Tree, tokens: Sequence[int], *, cue: Sequence[int] = ()) -> tuple[Proposition, ...]:
    """Cut a content, or a stretch of the article's own prose, into propositions.

    Parameters
    ----------
    tree : the paragraph
    tokens : the content's tokens, in order; of several sentences where it runs over them
    cue : the words that attribute it

    Returns
    -------
    the propositions in order of their first words; none only where the content has no word
    """
    found: list[Proposition] = []
    attributing = [each for each in (cue_at(tree, token) for token in cue) if each]
    wishing = any(each.shows(*WISHING) for each in attributing)
    for inside in _by_sentence(tree, tokens):
        found += _renumbered(_in_sentence(tree, inside, cue, wishing=wishing), len(found))
    return tuple(found)


def _by_sentence(tree: Tree, tokens: Iterable[int]) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for token in tokens:
        groups.setdefault(tree.sentence[token], []).append(token)
    return [group for group in groups.values() if not all(tree.mark(token) for token in group)]


def _renumbered(found: list[Proposition], first: int) -> list[Proposition]:
    return [replace(each, conditions=tuple(first + index for index in each.conditions)) for each in found]


def _in_sentence(tree: Tree, inside: list[int], cue: Sequence[int], *, wishing: bool) -> list[Proposition]:
    within = frozenset(inside)
    roots = [token for token in inside if tree.heads[token] == token or tree.heads[token] not in within]
    cuts: dict[int, _Cut] = {}
    for head, (marks, mark) in condition_heads(tree, inside, cue).items():
        cuts[head] = _Cut(why=f"condition:{mark}", mark=mark, marks=marks)
    main = _main(tree, [root for root in roots if root not in cuts] or roots)
    conditional = bool(cuts)
    prepositions = frozenset(tree.words[token] for token in cue if tree.tags[token] in ("IN", "TO"))
    for token in inside:
        if token in cuts or token == main or tree.mark(token):
            continue
        if conditional and _within_condition(tree, token, within, cuts):
            continue
        if token in roots:
            why = _root_cut(tree, token, main, wishing=wishing)
        elif wishing and tree.deps[token] == "conj" and tree.words[token] in prepositions:
            why = "wished thing"
        else:
            why = _cut(tree, token, roots, wishing=wishing)
        if why:
            cuts[token] = _Cut(why=why)
    owners = _owners(tree, inside, main, cuts)
    return _assembled(tree, inside, main, cuts, owners)


def _within_condition(tree: Tree, token: int, within: frozenset[int], cuts: dict[int, _Cut]) -> bool:
    """Whether a token belongs to a condition, which is not cut further."""
    while tree.heads[token] != token and tree.heads[token] in within:
        token = tree.heads[token]
        if token in cuts:
            return cuts[token].mark is not None
    return False


def _main(tree: Tree, roots: list[int]) -> int:
    """The root that says most: a verb with a subject before a verb, and that before others; the first of equals."""
    words = [root for root in roots if not tree.mark(root)] or roots
    return max(words, key=lambda root: (tree.verbal(root), tree.subject(root) is not None, -root))


def _root_cut(tree: Tree, token: int, main: int, *, wishing: bool) -> str:
    """Why a second root of a content is a proposition of its own."""
    if tree.verbal(token) and tree.subject(token) is not None:
        return "clause"
    if tree.verbal(token) and tree.deps[token] == "conj" and tree.verbal(main) and main < token:
        return _verb_conjunct(tree, token, main, wished=wishing)
    following = max(tree.below(token)) + 1
    named = wishing and tree.nominal(token) and following < len(tree.words) and tree.words[following] in _STRONG
    return "wished thing" if named and _weighty(tree, token) else ""


def _cut(tree: Tree, token: int, roots: list[int], *, wishing: bool) -> str:
    """Why a token starts a proposition of its own; nothing where it does not."""
    dep, head = tree.deps[token], tree.heads[token]
    if dep == "appos" and tree.child(token, "conj") is not None and token not in roots:
        listed = _wishes(tree, tree.heads[head]) or wishing and head in roots
        return "wished thing" if listed and tree.deps[head] in ("dobj", "pobj") and _weighty(tree, token) else ""
    if dep == "conj":
        return _conjunct(tree, token, roots, wishing=wishing)
    if dep == "advcl" and tree.subject(token) is not None and (mark := tree.child(token, "mark")) is not None:
        return _subordinate(tree, token, mark)
    if dep in ("ccomp", "parataxis") and tree.verbal(token) and tree.subject(token) is not None:
        marked = any(tree.deps[child] == "mark" or tree.tags[child][:1] == "W" for child in tree.children[token])
        between = range(min(token, head) + 1, max(token, head))
        broken = {tree.words[each] for each in between} & _BROKEN_OFF
        heads_cue = cue_at(tree, head)
        thinks = heads_cue is not None and heads_cue.shows("saying", "assessing", "predicting", "hoping", "finding")
        thinks = thinks and not broken & _STRONG
        return "clause" if broken and not marked and not thinks and tree.verbal(head) and token < head else ""
    return ""


def _subordinate(tree: Tree, token: int, mark: int) -> str:
    """Why a clause below another says something of its own: a concession, a reason added after a comma, a purpose."""
    word, before = tree.words[mark], tree.words[mark - 1] if mark else ""
    if word in _CONCEDING:
        return "concession"
    if word == "because" and token > tree.heads[token] and (before == "," or before == "least"):
        return "reason"
    return "purpose" if word == "that" and before == "so" or word == "so" else ""


def _conjunct(tree: Tree, token: int, roots: list[int], *, wishing: bool) -> str:
    first = tree.heads[token]
    while tree.deps[first] == "conj" and tree.heads[first] != first and first not in roots:
        first = tree.heads[first]
    governor = tree.heads[first] if first not in roots else None
    wished = wishing if governor is None else _wishes(tree, governor)
    if tree.verbal(token) or tree.subject(token) is not None:
        return _verb_conjunct(tree, token, first, wished=wished)
    if tree.deps[first] == "prep" and tree.words[first] == tree.words[token]:
        return "wished thing" if wished or governor is None and wishing else ""
    if tree.nominal(token) and tree.nominal(first):
        if first not in roots and tree.deps[first] == "pobj":
            preposition = tree.heads[first]
            wished = wishing if preposition in roots else _wishes(tree, tree.heads[preposition])
        elif first not in roots and tree.deps[first] not in ("dobj", "attr", "dep", "appos"):
            wished = False
        return "wished thing" if wished and _weighty(tree, token) and _weighty(tree, first) else ""
    if tree.words[token] == tree.words[roots[0]] and tree.tags[token] in ("IN", "TO") and wishing:
        return "wished thing"
    return ""


def _verb_conjunct(tree: Tree, token: int, first: int, *, wished: bool) -> str:
    if tree.subject(token) is not None:
        return "clause"
    if wished or any(tree.words[child] in DUTIES for child in tree.children[first]):
        return "wished act"
    if imperative(tree, first):
        return "wished act"
    if _move(tree, first) != _move(tree, token):
        return "act"
    own = any(tree.tags[child] == "MD" or tree.deps[child] in ("neg", "aux") for child in tree.children[token])
    return "act" if own else ""


def imperative(tree: Tree, token: int) -> bool:
    """Whether a verb gives an order: its bare form, without subject, helper or governing verb."""
    if tree.tags[token] not in ("VB", "VBP") or tree.deps[token] not in ("ROOT", "ccomp", "advcl", "conj", "parataxis"):
        return False
    helpers = (child for child in tree.children[token] if tree.deps[child] in ("aux", "mark"))
    return tree.subject(token) is None and all(tree.words[child] in ("do", "let") for child in helpers)


def _move(tree: Tree, token: int) -> str | None:
    """The kind of move that a verb makes: demanding, refusing, offering, judging and so on."""
    cue = cue_at(tree, token)
    return next((name for name in cue.classes if name in WISHING or name == "assessing"), None) if cue else None


def _wishes(tree: Tree, governor: int) -> bool:
    """Whether what depends on a word is demanded, refused, offered, planned or the like by it."""
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


def _owners(tree: Tree, inside: list[int], main: int, cuts: dict[int, _Cut]) -> dict[int, int]:
    """For each token, the head of the proposition that it belongs to."""
    within, owner = frozenset(inside), {main: main} | {cut: cut for cut in cuts}
    for token in inside:
        path, each = [], token
        while each not in owner:
            path.append(each)
            if tree.heads[each] == each or tree.heads[each] not in within:
                owner[each] = main
                break
            each = tree.heads[each]
        for step in path:
            owner[step] = owner[each]
    for cut, place in cuts.items():
        for token in place.marks:
            owner[token] = cut
    return {token: owner[token] for token in inside}


def _assembled(
    tree: Tree, inside: list[int], main: int, cuts: dict[int, _Cut], owners: dict[int, int]
) -> list[Proposition]:
    tokens: dict[int, list[int]] = {}
    for token in inside:
        tokens.setdefault(owners[token], []).append(token)
    trimmed = {head: _trimmed(tree, own, first_words=_LINKS - _marks(tree, cuts, head)) for head, own in tokens.items()}
    heads = sorted((head for head, own in trimmed.items() if own), key=lambda head: trimmed[head][0])
    place = {head: index for index, head in enumerate(heads)}
    found = []
    for head in heads:
        cut = cuts.get(head)
        under = [
            place[other]
            for other, each in cuts.items()
            if each.mark and other != head and other in place and _conditioned(tree, other, main, cuts, owners) == head
        ]
        found.append(
            Proposition(
                tokens=tuple(trimmed[head]),
                head=head,
                condition=cut.mark if cut else None,
                conditions=tuple(sorted(under)),
                why=cut.why if cut else "whole" if len(heads) == 1 else "main",
                follows=_followed(tree, head, main, owners) if cut and cut.why in ("act", "wished act") else None,
            )
        )
    return found


def _followed(tree: Tree, head: int, main: int, owners: dict[int, int]) -> int:
    """The head of the proposition with which an act is coordinated."""
    return owners.get(tree.heads[head], main)


def _marks(tree: Tree, cuts: dict[int, _Cut], head: int) -> frozenset[str]:
    """The words of the mark of a condition; none where it is none."""
    return frozenset(tree.words[token] for token in cuts[head].marks) if head in cuts else frozenset()


def _conditioned(tree: Tree, condition: int, main: int, cuts: dict[int, _Cut], owners: dict[int, int]) -> int:
    """The head of the proposition that a condition conditions."""
    each = owners.get(tree.heads[condition], main)
    seen = {condition}
    while each in cuts and cuts[each].mark and each not in seen:
        seen.add(each)
        each = owners.get(tree.heads[each], main)
    return each if each != condition else main


def _trimmed(tree: Tree, tokens: list[int], *, first_words: frozenset[str]) -> list[int]:
    """Tokens without the punctuation and the linking words at their ends."""
    first, last = 0, len(tokens)
    while first < last and (tree.mark(tokens[first]) or tree.words[tokens[first]] in first_words):
        first += 1
    while last > first and (tree.mark(tokens[last - 1]) or tree.words[tokens[last - 1]] in _COORDINATORS):
        last -= 1
    return tokens[first:last]
