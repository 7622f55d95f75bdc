"""Whose the plan is under which a sentence says that things would be: `Plans` is the main name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from parley.reading.beside import named_at
from parley.reading.cues import cue_at
from parley.reading.holders import Place, phrase_at
from parley.reading.presenting import foresees, in_steps, presenter, sequenced
from parley.reading.propositions import Proposition
from parley.reading.room import Quoted, Room
from parley.reading.standpoints import draft_of, plan_of, plans, position
from parley.reading.tellers import backshifted
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["Plans"]

_JOINED = frozenset({"conj", "ccomp"})
_ANSWERING = lexicon(
    "comment reply respond react answer vote discuss debate study consider decide deliberate convene meet sign accept "
    "reject refuse approve ratify oppose adopt endorse welcome back support say tell announce confirm deny explain "
    "present unveil publish elaborate"
)
_GOING_ON = lexicon(
    "go last live continue become die win lose prove rage drag turn outlive survive regret learn find see fall take "
    "keep collapse fail break resign"
)
_LAYING_OUT = lexicon(
    "be know run go read provide look set present propose put table offer draft outline lay unveil publish circulate"
)
_MONTHS = lexicon("january february march april may june july august september october november december")
_YEAR = 4
_GIVING = frozenset({"give", "send", "make", "take", "cast", "hold"})
_ANSWERS = lexicon("answer reply response verdict decision vote assent consent opinion word blessing comment talk")
_POINTING = frozenset({"that", "this", "these", "those", "which", "he", "she", "i", "we", "you"})


@dataclass(slots=True)
class Plans:
    """The plans that an article has told of so far.

    Attributes
    ----------
    room : the article
    known : whose each is, by the word for it; the last one also under "it"
    terms : by paragraph and sentence, what gives terms of a plan
    """

    room: Room
    known: dict[str, Quoted] = field(default_factory=dict)
    terms: set[tuple[int, int]] = field(default_factory=set)

    def learn(self, place: int) -> None:
        """Note the plans of a paragraph."""
        told = {lemma: named_at(self.room, place, named) for lemma, named in plans(self.room.trees[place]).items()}
        self.known.update({lemma: replace(teller, named=()) for lemma, teller in told.items() if teller})

    def maker(self, place: int, proposition: Proposition) -> Quoted | None:
        """Who made the plan of which a proposition gives terms, or else the plan itself; None where it gives none."""
        at = self.room.trees[place].sentence[proposition.head]
        return self.under(place, at) or self._listed(place, proposition) or self._going_on(place, proposition)

    def _listed(self, place: int, proposition: Proposition) -> Quoted | None:
        """Whose the terms are that stand behind a colon: "she set out her terms: a vote and two seats"."""
        each, at = self.room.trees[place], proposition.tokens[0]
        first = each.sentences[each.sentence[at]][0]
        colon = next((token for token in range(at - 1, first, -1) if each.words[token] == ":"), None)
        owner = None
        if colon is not None and not each.quoted[at] and _are_terms(each, range(first, colon), proposition.head):
            owner = presenter(each, first, colon, listed=True)
        if owner is None and (plan := _under_which(each, proposition.head)) is not None:
            owner = presenter(each, first, plan + 1)
        return None if owner is None else named_at(self.room, place, owner)

    def under(self, place: int, sentence: int) -> Quoted | None:
        """Whose the plan is that a sentence names, "under that plan", or else the plan itself."""
        each = self.room.trees[place]
        known, paper = self.known.get(plan_of(each, sentence) or ""), draft_of(each, sentence)
        return known or (None if paper is None else named_at(self.room, place, paper))

    def _going_on(self, place: int, proposition: Proposition) -> Quoted | None:
        """Whose plan the sentence before presents, or goes on with: "Her plan is out. Tolls would fall."."""
        each = self.room.trees[place]
        at = each.sentence[proposition.head]
        before = next((back for back in range(at - 1, -1, -1) if (place, back) not in self.terms), None)
        if before is None:
            return None
        if _story(each, before, proposition.head):
            return None
        shifted = would = self._is_a_term(each, proposition)
        owner = (plans(each, sentence=before).get("it") or _answering(each, before)) if shifted else None
        further = (place, at) in self.terms
        shifted = shifted or _lays_down(each, proposition, further=further, will=_is_a_step(each, before, at))
        if owner is None and shifted and not _answers(each, proposition.head):
            owner = presenter(each, *_to_the_colon(each, before), suggested=would)
        found = None if owner is None else named_at(self.room, place, owner)
        if found is not None:
            self.terms.add((place, at))
        return found

    @staticmethod
    def _is_a_term(tree: Tree, proposition: Proposition) -> bool:
        """Whether a clause tells how things would be, and does not judge them: "boats would be exempt"."""
        head = proposition.head
        like = tree.child(head, "acomp", "attr")
        cue = None if like is None else cue_at(tree, like)
        would = any(tree.words[child] in ("would", "could") for child in tree.children[head])
        judged = cue is not None and cue.shows("judging")
        subject = tree.subject(head)
        pointing = subject is not None and tree.words[subject] in ("that", "this", "which", "it")
        return would and not judged and not pointing and backshifted(tree, proposition, freely=True)


def _are_terms(tree: Tree, before: range, head: int) -> bool:
    """Whether what stands behind a colon may be terms: nothing that happened, nor what is said of the plan itself."""
    if not tree.verbal(head) or foresees(tree, head) or any(tree.words[at] == "will" for at in tree.children[head]):
        return True
    tops = (at for at in before if tree.verbal(at) and (tree.heads[at] == at or tree.heads[at] not in before))
    return tree.tags[head] != "VBD" and any(tree.lemmas[at] in _LAYING_OUT for at in tops)


def _under_which(tree: Tree, verb: int) -> int | None:
    """The noun for the plan under which a verb, or the one that it is joined to, says that things would be."""
    joined = False
    while tree.deps[verb] == "conj" and tree.verbal(tree.heads[verb]):
        verb, joined = tree.heads[verb], True
    which = any(tree.words[at] == "which" and tree.deps[at] == "pobj" for at in tree.below(verb) if at < verb)
    return tree.heads[verb] if joined and which and tree.deps[verb] == "relcl" else None


def _lays_down(tree: Tree, proposition: Proposition, *, further: bool, will: bool) -> bool:
    """Whether a clause lays down what would, shall or is to be, or what will be: "a clerk is to keep the books".

    What is said of a person or of what was said before, the reporter says; "it" is meant so but in a further clause.
    """
    head = proposition.head
    subject, root = tree.subject(head), tree.heads[head]
    foreseen = foresees(tree, head) or will and any(tree.words[child] == "will" for child in tree.children[head])
    if subject is None or tree.quoted[head] or not foreseen or tree.tags[head] == "VBD":
        return False
    if root != head and (tree.deps[head] not in _JOINED or tree.heads[root] != root):
        return False
    if tree.words[subject] in _POINTING or not further and tree.words[subject] in ("it", "they"):
        return False
    cue = None if (like := tree.child(head, "acomp", "attr")) is None else cue_at(tree, like)
    return cue is None or not cue.shows("judging")


def _is_a_step(tree: Tree, before: int, sentence: int) -> bool:
    """Whether the sentence before tells of a plan in steps, or one opens as a step does: "in a second phase, …"."""
    first, end = tree.sentences[before]
    return sequenced(tree, sentence) or any(in_steps(tree, at) for at in range(first, end) if tree.nominal(at))


def _story(tree: Tree, before: int, verb: int) -> bool:
    """Whether a plan is dated and past, and a clause tells how things went on: "the war would last six more years"."""
    first, end = tree.sentences[before]
    past = any(tree.tags[at] == "VBD" and tree.heads[at] == at for at in range(first, end))
    dated = past and any(tree.lemmas[at] in _MONTHS or _is_a_year(tree.words[at]) for at in range(first, end))
    return dated and tree.lemmas[verb] in _GOING_ON and any(tree.words[at] == "would" for at in tree.children[verb])


def _is_a_year(word: str) -> bool:
    return word.isdigit() and len(word) == _YEAR


def _answers(tree: Tree, verb: int) -> bool:
    """Whether somebody only answers, debates or votes, as one does on a plan: "neither side would comment"."""
    inner, thing = tree.child(verb, "xcomp"), tree.child(verb, "dobj")
    if thing is not None and tree.lemmas[verb] in _GIVING and tree.lemmas[thing] in _ANSWERS:
        return True
    yet = any(tree.words[child] == "yet" for child in tree.children[verb])
    return yet or any(tree.lemmas[each] in _ANSWERING for each in (verb, verb if inner is None else inner))


def _to_the_colon(tree: Tree, sentence: int) -> tuple[int, int]:
    """A sentence, or what stands before a colon in it."""
    first, end = tree.sentences[sentence]
    return first, next((at for at in range(first, end) if tree.words[at] in (":", ";")), end)


def _answering(tree: Tree, sentence: int) -> Place | None:
    """Whose answer or offer a sentence names: "Nicosia's answer is a fund"."""
    first, end = tree.sentences[sentence]
    root = next((token for token in range(first, end) if tree.heads[token] == token), first)
    owner = position(tree, root)
    return None if owner is None else phrase_at(tree, owner[0])
