"""Who watches talks and who takes part: `Outsiders` learns it from the words beside a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parley.reading.kinds import Role
from parley.reading.trees import Tree

__all__ = ["Outsiders"]

_WATCHERS = frozenset(
    [
        "academic",
        "analyst",
        "author",
        "biographer",
        "columnist",
        "commentator",
        "correspondent",
        "critic",
        "demographer",
        "economist",
        "editor",
        "expert",
        "fellow",
        "forecaster",
        "historian",
        "journalist",
        "lecturer",
        "lawyer",
        "observer",
        "pollster",
        "professor",
        "prof",
        "researcher",
        "reporter",
        "scholar",
        "scientist",
        "sociologist",
        "specialist",
        "strategist",
        "pundit",
        "thinker",
        "writer",
        "blogger",
        "veteran",
        "resident",
        "strategist",
    ]
)
_HOUSES = frozenset({"institute", "university", "college", "think", "tank", "think-tank", "foundation", "faculty", "chair", "centre", "center",
                     "school", "council"})  # fmt: skip
_DOCUMENTS = frozenset(
    [
        "report",
        "poll",
        "survey",
        "study",
        "newspaper",
        "agency",
        "paper",
        "magazine",
        "journal",
        "data",
        "figure",
        "statistic",
        "document",
        "letter",
        "file",
        "record",
        "census",
        "index",
        "website",
        "article",
        "dossier",
        "memo",
        "bulletin",
        "dataset",
        "analysis",
        "review",
        "audit",
        "inquiry",
    ]
)
_FORMERLY = frozenset({"former", "ex", "retired", "onetime", "one-time", "erstwhile", "exiled", "then"})


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
                if lemma in _WATCHERS or lemma in _FORMERLY:
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
        if lemmas & _WATCHERS or lemmas & _FORMERLY:
            return "outsider"
        if _last_words(speaker) & self._names:
            return "outsider"
        return "article" if lemmas & _DOCUMENTS else "party"

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
        name = next((child for child in tree.children[each] if tree.deps[child] == "appos"), None)
        if name is not None and tree.tags[name][:3] == "NNP":
            self._names.add(tree.words[name])


def _last_words(name: str | None) -> set[str]:
    return {word.lower() for word in (name or "").split()[-1:]}
