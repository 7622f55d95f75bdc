"""Which attributions state something: not a bare topic, an open question or a pronoun. `tells` is the main name.

Where one states nothing, its words go back to the clause around them, which states more: "the quarrel is about" squid,
"they have not yet said" whether they will come, "unless both agree" to extend it.
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.reading.conditions import condition_heads
from parley.reading.cues import MOVES, Cue, CueClass, cue_at, cues_in, listed
from parley.reading.holders import NORMS, SEEING, somebody
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree
from parley.reading.turns import first_person

__all__ = ["of_nobody", "tells"]

_QUESTIONS = frozenset({"whether", "who", "what", "how", "when", "where", "which"})
_POINTING = frozenset(
    {
        "so",
        "such",
        "same",
        "thing",
        "things",
        "much",
        "exactly",
        "all",
        "both",
        "none",
        "one",
        "something",
        "anything",
        "everything",
        "nothing",
    }
)
_TOPICS = frozenset({"about", "over", "on", "at", "into", "regarding", "concerning"})
_OPEN = frozenset({"will", "would", "'ll", "may", "might", "could", "can", "shall", "should", "must"})
_NO = frozenset({"not", "n't", "never", "neither", "nobody", "no"})
_REFUSING = frozenset({"will", "would", "'ll", "wo"})
_NOBODY = frozenset({"nobody", "neither", "none", "nothing", "no-one", "anyone", "anybody", "whoever", "whichever"})
_ARTICLES = frozenset({"a", "an", "the"})
_ASKED_FOR = frozenset({"who", "what", "which"})
_HEARSAY = frozenset({"say", "learn", "understand", "report", "believe", "think", "know", "rumour", "rumor"})
_EVERYBODY = frozenset({"everybody", "everyone", "all", "anyone", "anybody"})
_SUPPOSED = lexicon(
    "expect believe think know understand assume fear suppose presume rumour rumor reckon estimate see consider hear "
    "find hope say report learn"
)
_PICTURES = lexicon("picture image imagery photograph photo footage video map satellite")
_SHOWING = lexicon("show reveal suggest indicate depict confirm prove")
_ALLOWING = lexicon(
    "let allow permit enable entitle require oblige bind forbid bar ban prohibit commit guarantee limit"
)
_WITHIN = frozenset({"in", "among", "within", "at"})
_MAYBE = frozenset({"may", "might", "could"})
_ANSWERS = frozenset({"none", "nothing", "nobody", "no", "yes"})
_DUTIES = frozenset({"should", "must", "ought"})
_NAMING = frozenset({"name", "identify", "quote"})
_AMOUNTS = frozenset({"deal", "lot", "bit", "little", "great", "good"})
_WEIGHED: tuple[CueClass, ...] = ("assessing", "denying", "fearing")


def tells(tree: Tree, content: Sequence[int], *, cue: Sequence[int], source: Sequence[int]) -> bool:
    """Whether the words that an attribution takes state something by themselves.

    Parameters
    ----------
    tree : the paragraph
    content : the tokens of the content, in order
    cue : the tokens that attribute it
    source : the tokens that name who says it
    """
    words = [token for token in content if not tree.mark(token)]
    spelt = [token for token in cue if tree.words[token].isalpha()]
    if words and (_only_asks(tree, words) or _only_a_name(tree, words)):
        return False
    if not words or not spelt or any(tree.quoted[token] for token in (*words, *cue)):
        return True
    main = _main(tree, spelt)
    if _answers(tree, words, main):
        return True
    if all(_says_nothing(tree, token) for token in words) or all(_amount(tree, token) for token in words):
        return False
    within = frozenset(words)
    root = next((token for token in words if tree.heads[token] == token or tree.heads[token] not in within), words[0])
    cues = cues_in(tree, spelt)
    wished = tree.lemmas[main] == "like" and tree.child(main, "aux") is not None
    moves = wished or any(each.shows(*MOVES) for each in cues)
    own = bool(source) and all(first_person(tree.words[token]) for token in source)
    if _nobody_s(tree, source, main) or _not_yet(tree, main, root, within):
        return False
    if _torn(tree, root, within, frozenset(cue)):
        return False
    if not own and _only_a_condition(tree, main, root, within):
        return False
    if not source and tree.subject(main) in within and words[-1] < main:
        return False
    return _says(tree, words, (main, root), cues, moves=moves, own=own)


def _only_a_name(tree: Tree, words: Sequence[int]) -> bool:
    """Whether words tell what somebody goes by, as in "he calls himself Baraq"."""
    own, *name = words
    names = all(tree.tags[token] in ("NNP", "NNPS") for token in name)
    return bool(name) and names and tree.words[own].endswith(("self", "selves"))


def of_nobody(tree: Tree, *, cue: Sequence[int], source: Sequence[int]) -> bool:
    """Whether the reporter tells a fact in words that look like an attribution.

    So it is where a thing "is expected" by nobody in particular, or "known to everybody", where pictures show it, or
    where a law lets it be.

    Parameters
    ----------
    tree : the paragraph
    cue : the tokens that attribute it
    source : the tokens that name who says it
    """
    spelt = [token for token in cue if tree.words[token].isalpha()]
    if not spelt or any(tree.quoted[token] for token in spelt):
        return False
    main = _main(tree, spelt)
    if not source and tree.deps[main] in ("aux", "auxpass") or _by_nothing(tree, spelt, source):
        return True
    if tree.words[main] == "known" and any(tree.words[token] in _EVERYBODY for token in source):
        return True
    if tree.lemmas[main] == "vote" and any(tree.tags[child] == "CD" for child in tree.children[main]):
        return True
    subject = _shared_subject(tree, main)
    if subject is None:
        return False
    if any(tree.words[child] in _MAYBE and child < main for child in tree.children[main]) and not _denied(tree, main):
        return True
    thing = subject in source and tree.words[subject] != "one" and not any(_sayer(tree, token) for token in source)
    if thing and not cues_in(tree, spelt):
        return True
    shown = tree.lemmas[main] in _SHOWING and tree.lemmas[subject] in _PICTURES
    allowed = tree.lemmas[main] in _ALLOWING and tree.lemmas[subject] in NORMS
    if shown or allowed:
        return tree.child(main, "auxpass") is None
    supposed = tree.lemmas[main] in _SUPPOSED and tree.child(main, "auxpass") is not None
    named = frozenset(tree.below(subject))
    return supposed and tree.words[subject] != "it" and not _among(tree, main) and all(at in named for at in source)


def _by_nothing(tree: Tree, cue: Sequence[int], source: Sequence[int]) -> bool:
    """Whether what stands as a source is none: "no government", or the measure in "according to population"."""
    if not source:
        return False
    if tree.words[source[0]] == "no" and tree.tags[source[0]] == "DT":
        return True
    words = [tree.words[token] for token in cue]
    source = [token for token in source if not tree.mark(token) and tree.words[token] != "and"]
    alone = len(source) == 1 and tree.tags[source[0]] == "NN" and tree.parsed[source[0]].text.islower()
    return words == ["according", "to"] and alone and not somebody(tree, source[0])


def _shared_subject(tree: Tree, verb: int) -> int | None:
    """The subject of a verb, or of the verb that it is joined to."""
    while tree.subject(verb) is None and tree.deps[verb] in ("conj", "xcomp") and tree.verbal(tree.heads[verb]):
        verb = tree.heads[verb]
    return tree.subject(verb)


def _sayer(tree: Tree, noun: int) -> bool:
    """Whether a noun names somebody, or a paper, that can say something."""
    return somebody(tree, noun) or tree.lemmas[noun] in listed("documents") or tree.tags[noun][:2] in ("PR", "WP")


def _among(tree: Tree, main: int) -> bool:
    """Whether it is told by whom, or where, something is thought: "is seen in Lima as a trap", "by the bank"."""
    for link in tree.children[main]:
        whom = tree.child(link, "pobj")
        if whom is None or _dated(tree, whom):
            continue
        so = tree.child(main, "xcomp", "ccomp") is not None or "as" in {tree.words[at] for at in tree.children[main]}
        if tree.deps[link] == "agent" or so and tree.words[link] in _WITHIN and tree.tags[whom] == "NNP":
            return True
    return False


def _dated(tree: Tree, noun: int) -> bool:
    return tree.lemmas[noun] in listed("days") or any(tree.tags[child] == "CD" for child in tree.children[noun])


def _says(
    tree: Tree, words: Sequence[int], place: tuple[int, int], cues: Sequence[Cue], *, moves: bool, own: bool
) -> bool:
    """Whether what somebody says is more than a question, a topic, or what they have not said."""
    main, root = place
    if _asks(tree, words, root):
        return any(each.shows(*_WEIGHED) for each in cues) or _will_not(tree, main)
    if _denied(tree, main) and not any(each.shows(*MOVES, *_WEIGHED) for each in cues):
        return _will_not(tree, main)
    bare = not any(tree.verbal(token) and tree.tags[token] != "VBG" and token == root for token in words)
    if bare and tree.sentence[root] != tree.sentence[main]:
        return False
    judged = own and not any(each.shows("saying") for each in cues)
    return not bare or not (judged or not moves and _topic(tree, main, root, cues))


def _will_not(tree: Tree, main: int) -> bool:
    """Whether somebody will not say something."""
    return _denied(tree, main) and any(tree.words[child] in _REFUSING for child in tree.children[main])


def _answers(tree: Tree, words: Sequence[int], main: int) -> bool:
    """Whether one word answers a question that the sentence tells of: "asked how many, she said none"."""
    if len(words) != 1 or tree.words[words[0]] not in _ANSWERS:
        return False
    cue = cue_at(tree, main)
    wants = tree.words[words[0]] == "none" and cue is not None and cue.shows(*MOVES)
    return wants or any(tree.lemmas[child] == "ask" and tree.deps[child] == "advcl" for child in tree.children[main])


def _says_nothing(tree: Tree, token: int) -> bool:
    whom = tree.child(token, "pobj") if tree.words[token] in ("to", "for") else None
    if whom is not None and tree.tags[whom] == "PRP":
        return True
    return tree.tags[token] in ("PRP", "DT", "PDT") or tree.words[token] in _POINTING


def _torn(tree: Tree, root: int, content: frozenset[int], cue: frozenset[int]) -> bool:
    """Whether a content is torn from a noun that belongs to neither it nor the cue: "recognition of" the old line."""
    link = tree.heads[root]
    above = tree.heads[link]
    apart = not {link, above} & (cue | content)
    if not tree.verbal(_main(tree, sorted(cue))) and tree.deps[root] == "dobj" and tree.lemmas[link] in SEEING:
        return link not in cue
    return tree.deps[root] == "pobj" and apart and tree.nominal(above) and tree.heads[above] not in cue


def _amount(tree: Tree, token: int) -> bool:
    return tree.words[token] in _AMOUNTS or tree.tags[token] == "DT"


def _not_yet(tree: Tree, main: int, root: int, content: frozenset[int]) -> bool:
    """Whether it is only supposed, rumoured or advised that somebody says it, or nothing but a name is kept back."""
    duty = any(tree.words[child] in _DUTIES for child in tree.children[main] if child < main)
    advised = duty and tree.subject(main) is not None and tree.child(main, "auxpass") is None
    open_ = _supposed(tree, main, root) or _open_passive(tree, main, content)
    return open_ or advised or _hearsay(tree, main) or _unnamed(tree, root)


def _main(tree: Tree, cue: Sequence[int]) -> int:
    """The verb of a cue, else its first word."""
    return next((token for token in reversed(cue) if tree.verbal(token)), cue[0])


def _only_a_condition(tree: Tree, main: int, root: int, content: frozenset[int]) -> bool:
    """Whether a content is a condition of the very words that attribute it: "they might accept" if they can."""
    heads = condition_heads(tree, range(*tree.sentences[tree.sentence[main]]))
    return root in heads and heads[root][0][0] in content and content <= {*tree.below(root), *heads[root][0]}


def _supposed(tree: Tree, main: int, root: int) -> bool:
    """Whether a cue is itself only a condition: "unless they agree to go"."""
    first, end = tree.sentences[tree.sentence[main]]
    heads = condition_heads(tree, range(first, end))
    return main in heads and heads[main][0][0] < main < root and tree.subject(main) is not None


def _only_asks(tree: Tree, words: Sequence[int]) -> bool:
    """Whether a content ends in a question, and no sentence before it in the quotation states more."""
    if tree.words[words[-1] + 1 : words[-1] + 2] != ("?",):
        return False
    ends = {tree.sentence[token]: tree.sentences[tree.sentence[token]][1] for token in words if tree.quoted[token]}
    return all("?" in tree.words[max(end - 3, 0) : end] for end in ends.values())


def _nobody_s(tree: Tree, source: Sequence[int], main: int) -> bool:
    """Whether nobody says it, or it is asked who does: "neither side has ruled out", "it is unclear who ordered"."""
    if not source:
        return False
    first = tree.words[source[0]]
    if len(source) == 1 and first in _ARTICLES:
        return True
    asked = first in _ASKED_FOR and tree.deps[main] in ("ccomp", "pcomp", "csubj", "csubjpass", "advcl")
    words = tuple(tree.words[token] for token in source[:2])
    return asked or words in (("no", "one"), ("not", "one")) or first in _NOBODY


def _hearsay(tree: Tree, main: int) -> bool:
    """Whether the words that attribute are hearsay themselves: "is said to favour"."""
    above = tree.heads[main]
    return (
        tree.deps[main] == "xcomp"
        and tree.lemmas[above] in _HEARSAY
        and tree.child(above, "auxpass") is not None
        and tree.child(main, "aux") is not None
    )


def _unnamed(tree: Tree, root: int) -> bool:
    """Whether somebody only asks to stay without a name: "asked not to be identified"."""
    passive = tree.child(root, "auxpass") is not None and tree.lemmas[root] in _NAMING
    return tree.words[root] == "anonymity" or passive and tree.child(root, "neg") is not None


def _open_passive(tree: Tree, main: int, content: frozenset[int]) -> bool:
    """Whether it is only to be seen whether anybody will say it: "a truce" will probably be agreed."""
    helpers = {tree.words[child] for child in tree.children[main] if tree.deps[child] == "aux"}
    subject = tree.child(main, "nsubjpass")
    return subject is not None and subject in content and bool(helpers & _OPEN) and max(content) < main


def _asks(tree: Tree, words: Sequence[int], root: int) -> bool:
    """Whether a content is an indirect question."""
    first, governing = tree.words[words[0]], cue_at(tree, root)
    named = first == "what" and governing is not None and governing.shows("saying", "assessing")
    before = tree.lemmas[words[0] - 1] if words[0] else ""
    if first == "if" and before in ("ask", "wonder", "know"):
        return True
    return first in _QUESTIONS and not named and (tree.verbal(root) or first == "whether")


def _denied(tree: Tree, main: int) -> bool:
    near = list(tree.children[main])
    subject = tree.subject(main)
    if subject is not None:
        near += [subject, *tree.children[subject]]
    return any(tree.words[token] in _NO for token in near)


def _topic(tree: Tree, main: int, root: int, cues: Sequence[Cue]) -> bool:
    """Whether a noun is only what is spoken about, or stands beside a verb that attributes nothing."""
    linked = tree.deps[root] in ("pobj", "pcomp")
    if linked and tree.words[tree.heads[root]] in _TOPICS:
        return True
    return (linked or tree.verbal(main)) and not any(
        each.shows("saying", "assessing", "finding", "denying") for each in cues
    )
