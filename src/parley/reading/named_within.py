"""Whom a sentence itself names for the words in it, beside which a reader found nobody: `judged_by` and `named_in`.

"“It is a doorbell,” in the words of a former adviser", "Lima's answer came within hours: the idea was a “non-starter”".
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.reading.announcing import announced_by
from parley.reading.holders import Place, somebody
from parley.reading.standpoints import in_a_view
from parley.reading.trees import Tree

__all__ = ["judged_by", "named_in"]


def named_in(tree: Tree, token: int) -> Place | None:
    """Whose view or words a sentence gives by a phrase of its own, or before a colon; None where it names nobody.

    Parameters
    ----------
    tree : the paragraph
    token : the first token of what is said
    """
    return in_a_view(tree, *tree.sentences[tree.sentence[token]]) or announced_by(tree, token)


def judged_by(tree: Tree, cue: Sequence[int]) -> Place | None:
    """Who judges a thing behind a colon, where a reader took the thing for who says it: "… : the idea was a trap".

    Parameters
    ----------
    tree : the paragraph
    cue : the tokens that are thought to attribute it
    """
    verb = next((token for token in cue if tree.lemmas[token] == "be"), None)
    subject = None if verb is None else tree.subject(verb)
    thing = subject is not None and not somebody(tree, subject) and tree.tags[subject] in ("NN", "NNS")
    return announced_by(tree, subject) if thing and subject is not None else None
