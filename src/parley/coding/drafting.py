"""The first draft of a codebook, from a scenario. `draft_codebook` is the main name.

The draft takes over issues, scales and parties with their aliases. The words of an issue are those of its name, and a
pole has the words of its anchor's rung; what people write about the matter in the press is for the user to add.
"""

from __future__ import annotations

from parley.coding.suggestions import EMPTY_WORDS
from parley.coding.words import bases, tokens
from parley.domain.codebook import Codebook, CodedIssue, CodedParty, Pole
from parley.domain.issue import Issue
from parley.domain.scenario import Scenario

__all__ = ["draft_codebook"]


def draft_codebook(scenario: Scenario) -> Codebook:
    """Draft the codebook of a scenario.

    Parameters
    ----------
    scenario : the scenario

    Returns
    -------
    its issues, with the words of their names and rungs, and its parties with their aliases; a public has no voice of
    its own and is left out
    """
    names = {
        base
        for party in scenario.parties
        for name in (party.name, *party.aliases)
        for token in tokens(name)
        for base in bases(token.text)
    }
    return Codebook(
        title=scenario.title,
        parties=tuple(
            CodedParty(id=party.id, name=party.name, role=party.role, aliases=party.aliases)
            for party in scenario.parties
            if party.role != "public"
        ),
        issues=tuple(_issue(issue, names) for issue in scenario.issues),
    )


def _issue(issue: Issue, names: set[str]) -> CodedIssue:
    """The issue with the words of its name; the names of parties stand in every article, so none is taken alone."""
    whole = [token.text for token in tokens(issue.name)]
    words = [" ".join(whole), *(word for word in whole if word not in EMPTY_WORDS and not bases(word) & names)]
    return CodedIssue(
        id=issue.id,
        name=issue.name,
        question=issue.question,
        scale=issue.scale,
        words=tuple(dict.fromkeys(word for word in words if word)) or (issue.id.replace("_", " "),),
        poles=tuple(
            Pole(at=anchor.at, words=(anchor.rung.replace("_", " "),)) for anchor in issue.scale.anchors if anchor.rung
        ),
    )
