"""Who watches talks and who takes part: `Outsiders` learns it from the words beside a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parley.reading.cues import listed
from parley.reading.moves import Role
from parley.reading.trees import Tree

__all__ = ["Outsiders", "watched"]


class Outsiders:
    """The people of an article who watch the talks: analysts, scholars, journalists, former office-holders.

    Parameters
    ----------
    trees : the article's paragraphs
    """

    def __init__(self, trees: Iterable[Tree]) -> None:
        self._names: set[str] = set()
        for tree in trees:
            for token, lemma in enumerate(tree.lemmas):
                if _watches(lemma):
                    self._learn(tree, token)

    def role(self, tree: Tree, source: Sequence[int], speaker: str | None) -> Role:
        """The role of a speaker.

        Parameters
        ----------
        tree : the paragraph where the source is named
        source : the tokens that name it; none where it is not named there
        speaker : the speaker's name
        """
        lemmas = {tree.lemmas[token] for token in source}
        if watched(lemmas) or lemmas & listed("seats"):
            return "outsider"
        named = [word.lower().strip(",.") for word in (speaker or "").split()]
        if named and (named[-1] in self._names or any(_watches(word.removesuffix("s")) for word in named)):
            return "outsider"
        return "article" if lemmas & listed("documents") else "party"

    def _learn(self, tree: Tree, token: int) -> None:
        """Take the names to which a word such as `analyst` or `former` is applied."""
        each = token
        for _ in range(4):
            head = tree.heads[each]
            if tree.tags[head][:3] == "NNP" and tree.deps[each] in ("compound", "appos", "nmod", "amod", "conj"):
                self._names.add(tree.words[head])
                return
            if tree.deps[each] == "attr" and (subject := tree.subject(head)) is not None:
                if tree.tags[subject][:3] == "NNP":
                    self._names.add(tree.words[subject])
                return
            if head == each or tree.deps[each] not in ("amod", "compound", "nmod", "conj", "appos"):
                break
            each = head
        name = tree.child(each, "appos")
        if name is None:
            name = _before_comma(tree, token)
        if name is not None and tree.tags[name][:3] == "NNP":
            self._names.add(tree.words[name])


def _before_comma(tree: Tree, token: int) -> int | None:
    """The last word before a comma that stands close before a word: "Hala Mansour, formerly of the ministry"."""
    for comma in range(token - 1, max(token - 5, 0), -1):
        if tree.words[comma] == ",":
            return comma - 1
    return None


def watched(lemmas: Iterable[str]) -> bool:
    """Whether one of some words is said of people who watch talks, such as historian or former."""
    return any(map(_watches, lemmas))


def _watches(lemma: str) -> bool:
    """Whether a word is said of people who watch: a profession such as historian, or that they were in office once."""
    return lemma in listed("watchers") or lemma in listed("formerly") or lemma.endswith("ologist")
