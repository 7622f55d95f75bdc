"""Who is named beside a quotation: in the sentence or line before it, or after it."""

from __future__ import annotations

from collections.abc import Sequence

from parley.domain.attribution import Attribution
from parley.reading.closing import closing
from parley.reading.gazetteer import gazetteer
from parley.reading.holders import phrase_at, somebody
from parley.reading.idioms import entries
from parley.reading.pronouns import HUMAN
from parley.reading.room import Quoted, Room, person_at
from parley.reading.standpoints import POSITIONS, standpoint
from parley.reading.tellers import reports
from parley.reading.trees import Tree
from parley.reading.turns import first_person, outermost
from parley.reading.viewpoints import fronted, owner_at

__all__ = [
    "UTTERANCES",
    "asked_by",
    "asked_of",
    "doer",
    "introduced",
    "main_verb",
    "named_at",
    "nobody_says",
    "only_dates",
    "only_person",
    "owner_of",
    "says_something",
    "shares_subject",
    "stands_after",
    "stands_before",
]

NEAR = 3
UTTERANCES = frozenset({"word", "answer", "reply", "verdict", "comment", "question", "line", "remark", "response"})
_ANYBODY = frozenset({"those", "anyone", "anybody", "everyone", "everybody", "whoever", "all"})
_DIFFERING = frozenset({"disagree", "differ", "object", "dissent", "demur", "doubt", "dispute", "contradict"})
_ONE = frozenset({"one", "another", "some", "many", "most", "both", "two", "three"})
_NONE = frozenset({"no", "neither", "none"})
_DATING = frozenset({"unless", "if", "when", "until", "once", "after", "before"})
_THINGS = ("dobj", "ccomp", "xcomp")
_SEEMING = frozenset({"appear", "seem", "look", "sound"})
_BELOW = frozenset({"conj", "acomp", "xcomp", "pcomp", "prep"})
_ASKING = frozenset({"ask", "inquire", "enquire", "wonder", "press"})
_NEAR_IT = 4


def asked_by(room: Room, place: int, cue: Sequence[int]) -> int | None:
    """The verb that puts a question, as in "asked whether" or "put it to her that"; None where none does.

    Parameters
    ----------
    room : the article
    place : the paragraph
    cue : the tokens that attribute
    """
    each = room.trees[place]
    for verb in cue:
        puts = each.lemmas[verb] == "put" and "to" in (each.words[child] for child in each.children[verb])
        if puts or each.lemmas[verb] in _ASKING:
            return verb
    return None


def asked_of(room: Room, place: int, verb: int) -> Quoted | None:
    """To whom a question is put that another then answers; None where nobody is named, or the question stands there.

    Parameters
    ----------
    room : the article
    place : the paragraph
    verb : the verb that puts the question
    """
    each = room.trees[place]
    preps = (child for child in each.children[verb] if each.deps[child] == "prep")
    to = next((child for child in preps if each.words[child] == "to"), None)
    whom = each.child(verb, "nsubjpass", "dobj", "dative") if to is None else each.child(to, "pobj")
    return None if whom is None else person_at(room, place, whom)


def shares_subject(room: Room, place: int, cue: Sequence[int]) -> bool:
    """Whether a verb of saying follows another with the same subject: "he said …, and added …".

    Parameters
    ----------
    room : the article
    place : the paragraph
    cue : the tokens that attribute
    """
    each = room.trees[place]
    return any(each.deps[at] == "conj" or each.deps[at] == "advcl" and each.tags[at] == "VBG" for at in cue)


def owner_of(room: Room, place: int, cue: Sequence[int]) -> str | None:
    """Whose call or demand it is that nobody else is named for: "its call for an exchange".

    Parameters
    ----------
    room : the article
    place : the paragraph
    cue : the tokens that attribute
    """
    each = room.trees[place]
    whose = next((whose for token in cue if (whose := each.child(token, "poss")) is not None), None)
    nouns = (token for token in cue if each.lemmas[token] in entries("positions") | entries("shared") | POSITIONS)
    whose = next((owner_at(each, token, among=True) for token in nouns), None) if whose is None else whose
    whose = _to_whom(each, cue) if whose is None else whose
    whose = _subject_of(each, cue) if whose is None else whose
    whose = _where(each, cue) if whose is None else whose
    if whose is None or first_person(each.words[whose]):
        return None
    return room.names.named(each.paragraph, *phrase_at(each, whose), speaker=None)


def _where(tree: Tree, cue: Sequence[int]) -> int | None:
    """Where a thing is taken for granted, or is the assumption: "in the reformers' camp it is taken for granted"."""
    for verb in (token for token in cue if tree.verbal(token)):
        subject = tree.subject(verb)
        held = subject is not None and tree.lemmas[subject] in entries("positions") | POSITIONS
        held = held or any(tree.words[token] == "it" for token in range(max(verb - _NEAR_IT, 0), verb))
        if held and (whom := fronted(tree, verb)) is not None:
            return whom
    return None


def nobody_says(room: Room, cued: int, cue: Sequence[int], sourced: int, source: Sequence[int]) -> bool:
    """Whether it only seems so to the reporter, or nobody says it: "appears to have", "is expected to", "those who".

    Parameters
    ----------
    room : the article
    cued, cue : the paragraph and the tokens that attribute
    sourced, source : those that name who says it
    """
    words, first = room.trees[sourced].words, source[0] if source else 0
    anybody = bool(first) and words[first] == "who" and words[first - 1] in _ANYBODY
    seems = not source and any(room.trees[cued].lemmas[token] in _SEEMING for token in cue)
    seems = anybody or seems and _to_whom(room.trees[cued], cue) is None
    return seems or bool(source) and room.trees[sourced].words[source[0]] in ("nobody", *_NONE)


def _subject_of(tree: Tree, cue: Sequence[int]) -> int | None:
    """Who is willing, or whose demand is plain, by the subject of a cue: "Chile is willing", "their aim is clear"."""
    for verb in cue:
        subject, top = tree.subject(verb), verb
        while subject is None and reports(tree.lemmas[verb]) and tree.deps[top] in _BELOW:
            top = tree.heads[top]
            subject = tree.subject(top)
        if subject is None or tree.child(verb, "auxpass") is not None:
            continue
        whose = owner_at(tree, subject, among=True)
        if tree.lemmas[subject] in POSITIONS | entries("positions") and whose is not None:
            return whose
        return subject if tree.tags[subject][:2] == "NN" and somebody(tree, subject) else None
    return None


def _to_whom(tree: Tree, cue: Sequence[int]) -> int | None:
    """To whom a thing seems so: "that looks to her like a bluff"."""
    links = (child for token in cue if tree.lemmas[token] in _SEEMING for child in tree.children[token])
    whom = next((tree.child(child, "pobj") for child in links if tree.words[child] == "to"), None)
    return whom if whom is not None and somebody(tree, whom) else None


def named_at(room: Room, place: int, named: tuple[int, int]) -> Quoted | None:
    """Whom a phrase of a paragraph names.

    Parameters
    ----------
    room : the article
    place : the paragraph
    named : first and last token of the phrase
    """
    each = room.trees[place]
    speaker = room.names.named(each.paragraph, *named, speaker=None)
    tokens = tuple(range(named[0], named[1] + 1))
    if speaker is None:
        return None
    role = room.outsiders.role(each, tokens, speaker)
    return Quoted(place=place, start=each.starts[named[0]], speaker=speaker, role=role, named=tokens)


def source_at(room: Room, place: int, named: tuple[int, int]) -> Quoted | None:
    """Whom a phrase names that is surely a source, be it only in the article's own words: "the coastguard".

    Parameters
    ----------
    room : the article
    place : the paragraph
    named : first and last token of the phrase
    """
    found = named_at(room, place, named)
    if found is not None:
        return found
    each, span = room.trees[place], room.trees[place].span(*named)
    speaker = room.names.speaker(Attribution(content=(span,), source=span))
    if speaker is None:
        return None
    tokens = tuple(range(named[0], named[1] + 1))
    role = room.outsiders.role(each, tokens, speaker)
    return Quoted(place=place, start=each.starts[named[0]], speaker=speaker, role=role, named=tokens)


def main_verb(tree: Tree, first: int, end: int) -> int:
    """The main word of a sentence.

    Parameters
    ----------
    tree : the paragraph
    first, end : the sentence's first token, and the one after its last
    """
    return next((token for token in range(first, end) if tree.heads[token] == token), first)


def only_dates(tree: Tree, cue: Sequence[int]) -> bool:
    """Whether a verb only dates or conditions what is said: "unless the envoy appeared, the army would “go and look”".

    Parameters
    ----------
    tree : the paragraph
    cue : the tokens that attribute
    """
    verb = next((token for token in cue if tree.verbal(token)), None)
    if verb is None or tree.deps[verb] != "advcl" or tree.quoted[verb] or reports(tree.lemmas[verb]):
        return False
    mark = tree.child(verb, "mark", "advmod")
    return mark is not None and tree.words[mark] in _DATING and tree.child(verb, *_THINGS) is None


def says_something(room: Room, place: int, token: int) -> bool:
    """Whether the sentence before one may say something for somebody, as "Jakub voted" does not.

    Parameters
    ----------
    room : the article
    place : the paragraph
    token : a token of the sentence after it
    """
    each = room.trees[place]
    before = each.sentence[token] - 1
    verbs = [at for at in room.heads[place] if each.sentence[at] == before and each.verbal(at)]
    return not verbs or any(reports(each.lemmas[at]) or each.child(at, *_THINGS) is not None for at in verbs)


def stands_before(room: Room, place: int, token: int, *, taken: bool = True) -> Quoted | None:
    """The person whom the sentence before a quotation is about, where that sentence says nothing for anybody.

    Parameters
    ----------
    room : the article
    place : the paragraph
    token : the first token of the quotation
    taken : whether words that are attributed to somebody speak against it
    """
    each, at = room.trees[place], room.trees[place].sentence[token] - 1
    if at < 0 and place:
        place -= 1
        each, at = room.trees[place], len(room.trees[place].sentences) - 1
    if at < 0 or each.paragraph.kind != "prose":
        return None
    at -= bool(at) and each.words[each.sentences[at][1] - 1] == "?" and not each.quoted[each.sentences[at][0]]
    first, end = each.sentences[at]
    if any(each.quoted[first:end]):
        return None
    last = closing(each, first)
    told = None if last is None else source_at(room, place, last.named)
    if told is not None and last is not None and last.inverted:
        return told
    view = standpoint(each, first, end)
    if view is not None and (found := named_at(room, place, view)) is not None:
        return found
    root = main_verb(each, first, end)
    subject = root if each.tags[root] == "NN" else each.subject(root)
    if subject is None or taken and not room.taken[place].isdisjoint(_said(each, root, subject)):
        return None
    whose = each.child(root, "attr")
    if whose is not None and each.lemmas[subject] in UTTERANCES and "'s" in each.words[whose + 1 : whose + 2]:
        return person_at(room, place, whose)
    named = each.child(subject, "appos")
    subject = named if named is not None and each.tags[subject] == "JJS" else subject
    found = person_at(room, place, subject) or only_person(room, place, first, end)
    return found or _human_at(room, place, subject)


def stands_after(room: Room, place: int, token: int) -> Quoted | None:
    """The person whom the sentence after a quotation that opens a paragraph brings in: "… Ana Dahl grows plums".

    Parameters
    ----------
    room : the article
    place : the paragraph
    token : the first token of the quotation
    """
    each, at = room.trees[place], room.trees[place].sentence[token]
    if any(not each.quoted[near] and not each.mark(near) for near in range(token)):
        return None
    after = (number for number in range(at, len(each.sentences)) if not each.quoted[each.sentences[number][0]])
    first, end = each.sentences[next(after, at)]
    if first <= token or any(each.quoted[near] for near in range(first, end)):
        return None
    root = main_verb(each, first, end)
    subject = each.subject(root)
    differs = each.lemmas[root] in _DIFFERING or each.child(root, "neg") is not None and each.lemmas[root] == "agree"
    if subject is None or subject > root or differs:
        return None
    above = [tree.words for tree in room.trees[:place]]
    for subject in (token for token in range(first, root) if each.deps[token] in ("nsubj", "nsubjpass")):
        beside = each.child(subject, "appos") if each.tags[subject] == "NN" else None
        named = subject if beside is None or each.tags[beside] != "NNP" else beside
        if each.tags[named][:3] == "NNP" and not any(each.words[named] in words for words in above):
            return person_at(room, place, named) if each.left[named] < named else None
    return None


def doer(room: Room, place: int, pronoun: int) -> Quoted | None:
    """Whom "he" or "she" may mean where nobody known fits: who does what the sentences before tell of."""
    each = room.trees[place]
    if each.words[pronoun] not in ("he", "she"):
        return None
    for back in range(each.sentence[pronoun] - 1, -1, -1):
        root = main_verb(each, *each.sentences[back])
        subject = each.subject(root)
        if subject is not None and each.tags[subject] == "NN" and each.tags[each.left[subject]] == "DT":
            return named_at(room, place, phrase_at(each, subject))
    return None


def _human_at(room: Room, place: int, noun: int) -> Quoted | None:
    """Somebody without a name whom a noun means: "one of the negotiators", "Nepal's prime minister", "a woman"."""
    each = room.trees[place]
    whom = noun
    of = each.child(noun, "prep")
    if each.words[noun] in _ONE and of is not None and each.words[of] == "of":
        whom = each.child(of, "pobj") or noun
    word, lemma = each.words[whom], each.lemmas[whom]
    kind = gazetteer().nouns.get(lemma, gazetteer().nouns.get(word))
    nobody = any(each.words[at] in _NONE for at in each.children[noun])
    if each.tags[noun] == "NNP":
        found = named_at(room, place, (noun, noun))
        return found if found is not None and room.names.is_person(found.speaker, perhaps=True) else None
    if word in ("he", "she"):
        return named_at(room, place, (noun, noun))
    if each.tags[whom][:2] != "NN" or kind not in HUMAN or nobody:
        return None
    return named_at(room, place, phrase_at(each, noun))


def _said(tree: Tree, root: int, subject: int) -> list[int]:
    """What tells that a sentence says something for somebody: its subject, its verb and what depends on that."""
    below = [child for child in tree.children[root] if tree.deps[child] != "advcl"]
    return [root, subject, *below]


def only_person(room: Room, place: int, first: int, end: int) -> Quoted | None:
    """The one person whom a sentence names; None where it names none, or several.

    Parameters
    ----------
    room : the article
    place : the paragraph
    first, end : the sentence's first token, and the one after its last
    """
    each = room.trees[place]
    tops = [
        at for at in range(first, end) if each.tags[at] == "NNP" and each.deps[at] not in ("compound", "nmod", "poss")
    ]
    found = {person.speaker: person for at in tops if (person := person_at(room, place, at)) is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def introduced(room: Room, place: int) -> Quoted | None:
    """Who is named on the line before a quotation, where that ends in a colon.

    Parameters
    ----------
    room : the article
    place : the paragraph of the quotation
    """
    for above in range(place - 1, max(place - NEAR, 0) - 1, -1):
        each = room.trees[above]
        words = outermost(each)
        if not words or each.words[words[-1]] != ":":
            if words and each.quoted[words[0]] or words and each.words[words[0]][:1] in "“\"'":
                continue
            return None
        root = next(token for token in range(len(each.words)) if each.heads[token] == token)
        subject = each.subject(root)
        top = root if subject is None else subject
        if each.tags[top][:2] not in ("NN", "PR"):
            return None
        speaker = room.names.named(each.paragraph, min(each.left[top], top), top, speaker=None)
        if speaker is None:
            return None
        role = room.outsiders.role(each, each.below(top), speaker)
        return Quoted(place=above, start=each.starts[0], speaker=speaker, role=role)
    return None
