"""Whose the plan is under which a sentence says that things would be: `Plans` is the main name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from parley.reading.beside import named_at
from parley.reading.cues import cue_at
from parley.reading.holders import Place, phrase_at
from parley.reading.propositions import Proposition
from parley.reading.room import Quoted, Room
from parley.reading.standpoints import draft_of, plan_of, plans, position
from parley.reading.tellers import backshifted
from parley.reading.trees import Tree

__all__ = ["Plans"]


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
        return self.under(place, at) or self._going_on(place, proposition)

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
        if before is None or not self._is_a_term(each, proposition):
            return None
        owner = plans(each, sentence=before).get("it") or _answering(each, before)
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


def _answering(tree: Tree, sentence: int) -> Place | None:
    """Whose answer or offer a sentence names: "Nicosia's answer is a fund"."""
    first, end = tree.sentences[sentence]
    root = next((token for token in range(first, end) if tree.heads[token] == token), first)
    owner = position(tree, root)
    return None if owner is None else phrase_at(tree, owner[0])
