"""Whom a sentence itself names for the words in it, beside which a reader found nobody, or only a hearer or a thing.

`answerer`, `hears`, `judged_by` and `named_in` are the main names.

"“It is a doorbell,” in the words of a former adviser", "Lima's answer came within hours: the idea was a “non-starter”".
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.reading.announcing import announced_by
from parley.reading.holders import Place, phrase_at, somebody
from parley.reading.standpoints import in_a_view
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["answerer", "hears", "judged_by", "named_in"]

_HEARING = lexicon("tell inform assure warn advise remind promise notify")
_ASKING = lexicon("ask write turn appeal apply complain petition beg plead telephone phone call go")


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


def hears(tree: Tree, source: Sequence[int], cue: Sequence[int]) -> int | None:
    """The verb by which somebody is only told a thing, and nobody is said to tell it: "they were told that …".

    Parameters
    ----------
    tree : the paragraph
    source : the tokens that are thought to name who says it
    cue : the tokens that attribute it
    """
    verb = next((token for token in cue if tree.lemmas[token] in _HEARING and tree.tags[token] == "VBN"), None)
    if (
        verb is None
        or tree.quoted[verb]
        or tree.child(verb, "auxpass") is None
        or tree.child(verb, "agent") is not None
    ):
        return None
    top = verb
    while tree.subject(top) is None and tree.deps[top] == "conj":
        top = tree.heads[top]
    subject = tree.subject(top)
    return verb if subject is not None and (not source or subject in source) else None


def answerer(tree: Tree, verb: int) -> Place | None:
    """Whom somebody asked who is then told a thing: "the widows wrote to the ministry and were told that …".

    Parameters
    ----------
    tree : the paragraph
    verb : the verb by which they are told
    """
    asks = tree.heads[verb] if tree.deps[verb] == "conj" else verb
    if tree.lemmas[asks] not in _ASKING:
        return None
    to = next((child for child in tree.children[asks] if tree.words[child] == "to"), None)
    whom = tree.child(asks, "dobj", "dative") if to is None else tree.child(to, "pobj")
    return None if whom is None else phrase_at(tree, whom)
