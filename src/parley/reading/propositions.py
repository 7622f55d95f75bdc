"""Contents cut into propositions: one demand, claim or condition each. `propositions` is the main name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from parley.domain.source import Span
from parley.reading.conditions import Mark, condition_heads
from parley.reading.coordination import ARRANGING, SHARED, WISHING, imperative, why_cut, why_root
from parley.reading.cues import cue_at
from parley.reading.lists import members
from parley.reading.trees import Tree

__all__ = ["Proposition", "listed", "propositions"]

_COORDINATORS = frozenset({"and", "or", "but", "nor", "yet", "plus", "as", "well", "also", "then", "&"})
_LINKS = frozenset({"and", "but", "or", "nor"})
_DUTIES = frozenset({"must", "should", "ought"})
_FILLING = frozenset({"mean", "know", "think", "guess", "suppose", "believe", "see", "say"})
_AGAIN = frozenset({"conj", "prep"})


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
    wishing = any(each.shows(*WISHING) for each in attributing) or any(tree.lemmas[token] in ARRANGING for token in cue)
    for inside in _by_sentence(tree, tokens):
        found += _renumbered(_in_sentence(tree, inside, cue, wishing=wishing), len(found))
    return tuple(found)


def _only_fills(tree: Tree, tokens: Sequence[int]) -> bool:
    """Whether words only keep a speaker going: "I mean", "you know"."""
    words = [token for token in tokens if not tree.mark(token)]
    if len(words) == 1 and tree.lemmas[words[0]] == "be":
        return True
    return len(words) == 2 and tree.words[words[0]] in ("i", "you", "we") and tree.lemmas[words[1]] in _FILLING


def _by_sentence(tree: Tree, tokens: Iterable[int]) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for token in tokens:
        groups.setdefault(tree.sentence[token], []).append(token)
    return [
        group
        for place, group in groups.items()
        if not all(tree.mark(token) for token in group) and not (len(groups) > 1 and _asks(tree, place))
    ]


def _asks(tree: Tree, sentence: int) -> bool:
    """Whether a sentence is a question."""
    first, end = tree.sentences[sentence]
    return any(tree.words[token] == "?" for token in range(max(first, end - 3), end))


def _renumbered(found: list[Proposition], first: int) -> list[Proposition]:
    return [replace(each, conditions=tuple(first + index for index in each.conditions)) for each in found]


def _in_sentence(tree: Tree, inside: list[int], cue: Sequence[int], *, wishing: bool) -> list[Proposition]:
    within = frozenset(inside)
    roots = [token for token in inside if tree.heads[token] == token or tree.heads[token] not in within]
    cuts: dict[int, _Cut] = {}
    for head, (marks, mark) in condition_heads(tree, inside, cue).items():
        cuts[head] = _Cut(why=f"condition:{mark}", mark=mark, marks=marks)
    if wishing and not cuts and (rows := members(tree, inside)):
        return [listed(tree, row) for row in rows]
    main = _main(tree, [root for root in roots if root not in cuts] or roots)
    conditional = bool(cuts)
    prepositions = frozenset(tree.words[token] for token in cue if tree.tags[token] in ("IN", "TO"))
    for token in inside:
        if token in cuts or token == main or tree.mark(token):
            continue
        if conditional and _goes_past(tree, token, cuts):
            cuts[token] = _Cut(why="act")
        if conditional and (token in cuts or _within_condition(tree, token, within, cuts)):
            continue
        if wishing and token > main and tree.deps[token] in _AGAIN and tree.words[token] in prepositions:
            why = "wished thing" if token in roots or tree.deps[token] == "conj" else ""
        elif token in roots:
            why = why_root(tree, token, main, wishing=wishing)
        else:
            why = why_cut(tree, token, roots, wishing=wishing)
        if why:
            cuts[token] = _Cut(why=why)
    owners = _owners(tree, inside, main, cuts)
    return _assembled(tree, inside, main, cuts, owners)


def listed(tree: Tree, row: Sequence[int]) -> Proposition:
    """One of the things in a row that somebody asks for, offers or refuses.

    Parameters
    ----------
    tree : the paragraph
    row : its tokens, in order
    """
    own = frozenset(row)
    head = next((token for token in row if tree.nominal(token) and tree.heads[token] not in own), row[-1])
    return Proposition(tokens=tuple(row), head=head, why="wished thing")


def _goes_past(tree: Tree, token: int, cuts: Mapping[int, _Cut]) -> bool:
    """Whether a verb in a tense is hung on the bare verb of a condition: "should it ever reach them, and plans …"."""
    head = tree.heads[token]
    bare = head in cuts and cuts[head].mark is not None and tree.tags[head] == "VB"
    return bare and tree.deps[token] == "conj" and tree.tags[token] in ("VBZ", "VBD")


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

    def rank(root: int) -> tuple[bool, bool, int]:
        subject = tree.subject(root) is not None
        return tree.verbal(root) and (subject or tree.deps[root] != "advcl"), subject, -root

    return max(words, key=rank)


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
    return _rehung(tree, {token: owner[token] for token in inside}, main, cuts)


def _rehung(tree: Tree, owner: dict[int, int], main: int, cuts: Mapping[int, _Cut]) -> dict[int, int]:
    """Owners, where what the parser hung elsewhere goes with the thing or the condition that it follows."""
    within = frozenset(owner)
    for token in sorted(within):
        before = tree.left[token] - 1
        loose = owner[token] == main != token and (tree.heads[token] not in within)
        if loose and before in within and owner[before] != main and cuts[owner[before]].why == "wished thing":
            for each in tree.below(token, within):
                owner[each] = owner[before]
    opening = min(token for token in within if not tree.mark(token))
    for cut, place in cuts.items():
        if opening in place.marks:
            owner |= dict.fromkeys(_up_to_the_comma(tree, cut, main, owner), cut)
    return owner


def _up_to_the_comma(tree: Tree, condition: int, main: int, owners: Mapping[int, int]) -> range:
    """What stands between a condition that opens a sentence and the comma behind it, though hung elsewhere."""
    subject = tree.subject(main)
    start = max(token for token, head in owners.items() if head == condition) + 1
    if subject is None or start not in owners or tree.mark(start) or owners[start] != main:
        return range(0)
    end = start
    while end in owners and tree.words[end] != ",":
        end += 1
    return range(start, end) if end in owners and end < tree.left[subject] else range(0)


def _assembled(
    tree: Tree, inside: list[int], main: int, cuts: dict[int, _Cut], owners: dict[int, int]
) -> list[Proposition]:
    tokens: dict[int, list[int]] = {}
    for token in inside:
        tokens.setdefault(owners[token], []).append(token)
    trimmed = {
        head: _trimmed(tree, _without_an_aside(tree, own), first_words=_LINKS - _marks(tree, cuts, head))
        for head, own in tokens.items()
    }
    said = [head for head, own in trimmed.items() if own and not (len(trimmed) > 1 and _only_fills(tree, own))]
    heads = sorted(said, key=lambda head: trimmed[head][0])
    place = {head: index for index, head in enumerate(heads)}
    found = []
    conditioned = {other: _conditioned(tree, other, main, cuts, owners) for other, each in cuts.items() if each.mark}
    for head in heads:
        cut = cuts.get(head)
        shared = _followed(tree, head, main, owners) if cut and cut.why in ("act", "wished act") else None
        under = [
            place[other]
            for other, above in conditioned.items()
            if other in place
            and other != head
            and (above == head or above == shared and place[other] < place[head])
            and not (cuts[other].mark == "or else" and _demanded(tree, above))
        ]
        others = {*_bargained(tree, head, place), *_else(tree, place, conditioned.get(head), cut)}
        found.append(
            Proposition(
                tokens=tuple(trimmed[head]),
                head=head,
                condition=cut.mark if cut else None,
                conditions=tuple(sorted({*under, *others} - {place[head]})),
                why=cut.why if cut else "whole" if len(heads) == 1 else "main",
                follows=shared,
            )
        )
    return found


def _else(tree: Tree, place: Mapping[int, int], above: int | None, cut: _Cut | None) -> tuple[int, ...]:
    """What "or else" hangs on: the demand before it."""
    if cut is None or cut.mark != "or else" or above is None or above not in place or not _demanded(tree, above):
        return ()
    return (place[above],)


def _demanded(tree: Tree, head: int) -> bool:
    """Whether a clause itself demands: an order, a duty or a wish."""
    duty = any(tree.words[child] in _DUTIES for child in tree.children[head])
    return duty or tree.lemmas[head] in ("have", "need", "want", "demand", "insist") or imperative(tree, head)


def _bargained(tree: Tree, head: int, place: Mapping[int, int]) -> tuple[int, ...]:
    """The order that is a condition for what follows: "open the gate, and we will talk"."""
    future = tree.tags[head] in ("VBZ", "VBP") or any(tree.words[child] in SHARED for child in tree.children[head])
    link = tree.left[head] - 1
    if not future or tree.subject(head) is None or link < 0 or tree.words[link] != "and":
        return ()
    orders = [other for other in place if other < link and place[other] == place[head] - 1 and imperative(tree, other)]
    return tuple(place[other] for other in orders)


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
    if each == main and tree.heads[condition] not in owners:
        before = min(cuts[condition].marks, default=condition) - 1
        while before in owners and tree.mark(before):
            before -= 1
        each = owners.get(before, main)
        each = main if each in cuts and cuts[each].mark else each
    return each if each != condition else main


def _without_an_aside(tree: Tree, tokens: list[int]) -> list[int]:
    """Tokens without a relative clause behind a comma at their end, which adds something beside the main clause."""
    last = next((token for token in reversed(tokens) if not tree.mark(token)), tokens[-1])
    verb = last
    while not _relative(tree, verb) and tree.heads[verb] != verb:
        verb = tree.heads[verb]
    first = tree.left[verb]
    relative = first + 1 if tree.tags[first] == "IN" else first
    if not _relative(tree, verb) or tree.tags[relative][:1] != "W" or first == 0 or tree.words[first - 1] != ",":
        return tokens
    kept = [token for token in tokens if token < first]
    return kept if any(not tree.mark(token) for token in kept) else tokens


def _relative(tree: Tree, verb: int) -> bool:
    """Whether a verb heads a relative clause, as the parser sees it or by its first words: "after which"."""
    first = tree.left[verb]
    return tree.deps[verb] == "relcl" or (
        tree.deps[verb] == "advcl" and tree.tags[first] == "IN" and tree.tags[first + 1 : first + 2] == ("WDT",)
    )


def _trimmed(tree: Tree, tokens: list[int], *, first_words: frozenset[str]) -> list[int]:
    """Tokens without the punctuation and the linking words at their ends."""
    first, last = 0, len(tokens)
    while first < last and (tree.mark(tokens[first]) or tree.words[tokens[first]] in first_words):
        first += 1
    while last > first and (tree.mark(tokens[last - 1]) or tree.words[tokens[last - 1]] in _COORDINATORS):
        last -= 1
    return tokens[first:last]
