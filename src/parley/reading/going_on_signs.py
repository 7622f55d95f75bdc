"""The signs by which one knows whose words a sentence without a source is: the reporter's, or the last speaker's.

`signs` is the main name. "The minister said the wells were dry. No farmer would sell his herd." is the minister's, and
"… A truce has held there since May." the reporter's: tense, subject, times and what stands around it tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parley.reading.cues import cue_at
from parley.reading.minds import bids
from parley.reading.room import Quoted, Room
from parley.reading.tellers import reports
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["Setting", "main_word", "signs", "tells_events"]

_MODALS = {
    "would": "shifted", "could": "shifted", "might": "shifted", "'d": "shifted", "will": "will", "wo": "will",
    "'ll": "will", "must": "must", "should": "must", "ought": "must", "shall": "must", "can": "can", "ca": "can",
}  # fmt: skip
_STATES = lexicon(
    "be have remain need require mean cost seem belong depend matter know want lack hold contain owe deserve suffer "
    "amount exist stay"
)
_DAYS = lexicon("monday tuesday wednesday thursday friday saturday sunday yesterday today tonight")
_MONTHS = lexicon(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sept sep oct nov dec"
)
_PAST = lexicon("ago last earlier since previously yesterday")
_ANY = lexicon("no any anyone anybody nobody none whoever nothing every everyone whatever neither")
_NOT = lexicon("not n't no never nobody none neither nothing")
_MUST = lexicon("must should need needs needed ought")
_IF = lexicon("if unless until once")
_STRESS = lexicon("too also either anyway nevertheless simply merely only even already still just yet")
_LINKS = lexicon("but and nor so besides moreover instead otherwise still nevertheless therefore then yet")
_POINTING = lexicon("that this these those it such")
_VAGUE = lexicon("few many some most several others")
_YEAR = 4
_LENGTHS, _LONGEST = 6, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A sentence of the reporter's prose, and whoever spoke last before it.

    Attributes
    ----------
    room : the article
    said : by paragraph, who says the tokens that are attributed
    place, sentence : the paragraph, and the sentence in it
    speaker : who spoke last
    at : the paragraph and the sentence in which that is
    freely : whether that one, too, names no source
    ruled : whether the rules give the sentence to the speaker
    then : who says the next sentence in the paragraph; None where nobody does
    shown : whether no words of the speaker's come before, but one in which he or she is of a mood or makes a face
    """

    room: Room
    said: Sequence[Mapping[int, Quoted]]
    place: int
    sentence: int
    speaker: Quoted
    at: tuple[int, int]
    freely: bool
    ruled: bool
    then: Quoted | None
    shown: bool = False


def signs(here: Setting) -> tuple[str, ...]:
    """All signs that a sentence shows, each once, in alphabetical order.

    Parameters
    ----------
    here : the sentence in its setting
    """
    tree = here.room.trees[here.place]
    first, end = tree.sentences[here.sentence]
    root = main_word(tree, first, end)
    tense = _tense(tree, root)
    found = {"rule goes on" if here.ruled else "rule is silent", tense}
    for sign in (*_around(here, tree), *_before(here), *_subject(here, tree, root), *_inside(tree, first, end, root)):
        found |= {sign, f"{sign}, {tense}"}
    near, told = _near(here), _told_in(here)
    return tuple(sorted(found | {f"{near}, {tense}, {told}", f"{near}, {told}"}))


def main_word(tree: Tree, first: int, end: int) -> int:
    """The main word of a sentence.

    Parameters
    ----------
    tree : the paragraph
    first, end : the sentence's first token, and the one after its last
    """
    return next((token for token in range(first, end) if tree.heads[token] == token), first)


def _tense(tree: Tree, verb: int) -> str:
    """The tense of a verb, or its modal; for simple tenses, whether it tells a state or what happened."""
    below = tree.children[verb]
    modal = next((tree.words[child] for child in below if tree.tags[child] == "MD"), None)
    if modal is not None:
        return _MODALS.get(modal, "may")
    helper = next((tree.lemmas[child] for child in below if tree.deps[child] in ("aux", "auxpass")), None)
    past = any(tree.words[child] in ("had", "was", "were", "did", "'d") for child in below)
    if helper in ("have", "be", "do"):
        return f"{'past' if past else 'present'} with {helper}"
    kind = "of a state" if tree.lemmas[verb] in _STATES else "of an event"
    return {"VBD": f"past {kind}", "VBZ": f"present {kind}", "VBP": f"present {kind}", "VB": "bare"}.get(
        tree.tags[verb], "no tense"
    )


def _near(here: Setting) -> str:
    if here.at[0] != here.place:
        return "from above"
    return "right after" if here.shown or here.at[1] == here.sentence - 1 else "later on"


def _told_in(here: Setting) -> str:
    if here.shown:
        return "after a mind"
    verb = _verb_of_saying(here)
    if verb is None:
        return "without a verb"
    return "said in the past" if here.room.trees[here.at[0]].tags[verb] in ("VBD", "VBN") else "says now"


def _verb_of_saying(here: Setting) -> int | None:
    """The first verb that attributes in the sentence of the last speaker."""
    tree, heads = here.room.trees[here.at[0]], here.room.heads[here.at[0]]
    tokens = range(*tree.sentences[here.at[1]])
    return next((at for at in tokens if at in heads and tree.tags[at][:2] == "VB" and not tree.quoted[at]), None)


def _around(here: Setting, tree: Tree) -> Iterator[str]:
    """Where the sentence stands, and what comes after it."""
    yield from (_near(here), _told_in(here))
    yield "opens the paragraph" if here.sentence == 0 else "within a paragraph"
    if here.sentence == len(tree.sentences) - 1:
        yield "closes the paragraph"
    if here.then is not None:
        yield "then the same" if here.then.speaker == here.speaker.speaker else "then another"
    if here.freely:
        yield "after a free one"


def _before(here: Setting) -> Iterator[str]:
    """How the last speaker's words are told."""
    tree = here.room.trees[here.at[0]]
    first, end = tree.sentences[here.at[1]]
    heads = [token for token in range(first, end) if token in here.room.heads[here.at[0]]]
    quoted = [token for token in range(first, end) if tree.quoted[token]]
    outside = (token for token in range(first, end) if not (tree.quoted[token] or tree.mark(token)))
    whole = bool(quoted) and all(token in heads for token in outside)
    yield "quoted before" if whole else "partly quoted before" if quoted else "not quoted before"
    person = here.room.names.is_person(here.speaker.speaker)
    yield f"by {'somebody named' if person else 'others'}"
    yield f"by a {here.speaker.role}"
    verb = _verb_of_saying(here)
    cue = None if verb is None else cue_at(tree, verb)
    yield from (f"told by a word of {each}" for each in (cue.classes if cue else ()))
    if verb is not None and reports(tree.lemmas[verb]):
        yield "told by a verb of saying"
    if heads:
        yield "source last" if all(tree.mark(token) for token in range(max(heads) + 1, end)) else "source first"
    inside = [token for token in range(first, end) if token in here.said[here.at[0]]]
    top = next((token for token in inside if tree.verbal(token) and tree.heads[token] not in inside), None)
    yield "after no clause" if top is None else f"after {_tense(tree, top)}"
    if len(words := (here.speaker.speaker.lower().split() or [""])) == 1 or words[0] in _VAGUE:
        yield "by one word" if words[0] not in _VAGUE else "by nobody in particular"


def _subject(here: Setting, tree: Tree, root: int) -> Iterator[str]:
    subject = tree.subject(root)
    if subject is None:
        yield "no subject"
        return
    name = here.room.names.named(tree.paragraph, min(tree.left[subject], subject), subject, speaker=None)
    same = name == here.speaker.speaker
    yield f"subject {_kind_of_subject(tree, subject)}{', the speaker' if same else ''}"
    if name is not None and not same and here.room.names.is_person(name):
        yield "subject another person"
    before = here.room.trees[here.at[0]]
    if tree.tags[subject][:2] == "NN" and tree.lemmas[subject] in before.lemmas[slice(*before.sentences[here.at[1]])]:
        yield "subject taken up"


def tells_events(tree: Tree, sentence: int) -> bool:
    """Whether a sentence names a day, a month, a year or a past time, or tells what happened.

    Parameters
    ----------
    tree : the paragraph
    sentence : the sentence
    """
    first, end = tree.sentences[sentence]
    tokens = range(first, end)
    if _tense(tree, main_word(tree, first, end)) == "past of an event":
        return True
    past = any(tree.words[token] in _PAST for token in tokens)
    return past or _with_a_day(tree, tokens) or any(_is_a_year(tree.words[token]) for token in tokens)


def _with_a_day(tree: Tree, tokens: Sequence[int]) -> bool:
    return any(tree.words[at] in _DAYS or tree.words[at] in _MONTHS and tree.tags[at][:3] == "NNP" for at in tokens)


def _is_a_year(word: str) -> bool:
    return len(word) == _YEAR and word.isdigit() and word[:2] in ("19", "20")


def _kind_of_subject(tree: Tree, subject: int) -> str:
    word, tag = tree.words[subject], tree.tags[subject]
    if tag == "PRP":
        return {"i": "I", "we": "I", "you": "you", "it": "it", "they": "they"}.get(word, "he or she")
    if tag == "EX" or tag[:3] == "NNP":
        return "there" if tag == "EX" else "a name"
    determiner = tree.child(subject, "det", "poss")
    given = "" if determiner is None else tree.words[determiner]
    if word in _POINTING or given in _POINTING:
        return "pointed at"
    if word in _ANY or given in _ANY:
        return "any"
    if determiner is not None and tree.deps[determiner] == "poss":
        return "owned by a pronoun" if tree.tags[determiner] == "PRP$" else "owned"
    return {"the": "the", "a": "a", "an": "a", "": "bare"}.get(given, "with another word")


def _inside(tree: Tree, first: int, end: int, root: int) -> Iterator[str]:
    """What the words of the sentence show."""
    tokens = [token for token in range(first, end) if not tree.mark(token)]
    words = {tree.words[token] for token in tokens}
    names = any(tree.tags[token][:3] == "NNP" for token in tokens)
    shown = {
        "a day": _with_a_day(tree, tokens),
        "a year": any(map(_is_a_year, words)),
        "a past time": bool(words & _PAST),
        "a number": any(tree.tags[token] == "CD" for token in tokens),
        "a comparison": any(tree.tags[token] in ("JJR", "JJS", "RBR", "RBS") for token in tokens),
        "a denial": bool(words & _NOT),
        "a name": names,
        "a duty": bool(words & _MUST),
        "a shift": bool(words & {"would", "could", "might"}),
        "any at all": bool(words & _ANY),
        "stress": bool(words & _STRESS),
        "a judgement": tree.child(root, "acomp", "attr") is not None,
        "a condition": bool(words & _IF),
        "a bid": bids(tree, tree.sentence[first]),
        "quotation marks": any(tree.quoted[first:end]),
    }
    yield from (f"with {name}" for name, there in shown.items() if there)
    yield f"length {min(len(tokens) // _LENGTHS, _LONGEST)}"
    opening = tree.words[tokens[0]] if tokens else ""
    if opening in _LINKS:
        yield from ("opens with a link", f"opens with {opening}")
    cue = cue_at(tree, root)
    yield from (f"verb of {each}" for each in (cue.classes if cue else ()))
