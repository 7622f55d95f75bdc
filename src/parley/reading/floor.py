"""Whose turn each paragraph is: in interviews, after a name with a colon, in lists under a line that names somebody.

`floor` is the main name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from parley.reading.beside import named_at
from parley.reading.gazetteer import gazetteer
from parley.reading.holders import phrase_at
from parley.reading.interviews import Interview, guests
from parley.reading.letters import letters
from parley.reading.name_pieces import titled
from parley.reading.outsiders import watched
from parley.reading.points import pointed
from parley.reading.prompts import leaning
from parley.reading.room import Quoted, Room, person_at
from parley.reading.signed_lines import signed
from parley.reading.trees import Tree
from parley.reading.turns import first_person, full_names, label_name, labels, lettered

__all__ = ["answers_reporter", "floor", "laid_out"]

_REPORTING = frozenset({"correspondent", "reporter", "editor"})
_HOSTS = frozenset({"moderator", "the moderator", "host", "the host", "chair", "the chair", "operator", "presenter"})


def floor(room: Room) -> dict[int, Quoted]:
    """Whose turn each paragraph is; paragraphs that are nobody's turn are left out.

    Parameters
    ----------
    room : the article
    """
    turns = labels(room.trees)
    found = pointed(room) | _written(room) | _recorded(room)
    asked = room.interview
    said = _in_turns(room, turns) if turns else {}
    guest = None if asked is None else _opening(said, asked.first) or _guest(room, asked)
    if asked is not None and guest is None:
        guest = next((each for place in asked.answers if (each := _answering(room, place)) is not None), None)
    if asked is not None and guest is not None:
        found |= {place: replace(_answering(room, place) or guest, place=place) for place in asked.answers}
    return found | said | signed(room) | _sides(room)


def _sides(room: Room) -> dict[int, Quoted]:
    """Whose each point of a list is that opens with a name: "- Government: no amnesty"."""
    found: dict[int, Quoted] = {}
    for place, each in enumerate(room.trees[:-1]):
        if each.paragraph.kind == "side" and room.trees[place + 1].paragraph.kind == "prose":
            side = _labelled(room, place, label_name(each))
            found |= {} if side is None else {place + 1: replace(side, place=place + 1)}
    return found


def _opening(said: Mapping[int, Quoted], line: int) -> Quoted | None:
    """Who speaks last before the first question, and moderates nothing: who opens with a statement."""
    before = (said[place] for place in sorted(said, reverse=True) if place < line)
    return next((each for each in before if each.speaker.lower() not in _HOSTS), None)


def _answering(room: Room, place: int) -> Quoted | None:
    """Who is named behind the letter of an answer: "A. [Lind] We waited", "A. DR ADA LIND: We waited"."""
    each = room.trees[place - 1] if place else None
    if each is None or lettered(each) != "a":
        return None
    name = tuple(at for at, word in enumerate(each.words) if word.isalpha())[1:]
    return _labelled(room, place - 1, name) if name else None


def _written(room: Room) -> dict[int, Quoted]:
    """Whose the paragraphs of a letter are that is printed whole."""
    found: dict[int, Quoted] = {}
    for letter in letters(room.trees):
        place, first, last = letter.signed
        each = room.trees[place]
        speaker = room.names.named(each.paragraph, first, last, speaker=None)
        if speaker is not None:
            role = room.outsiders.role(each, tuple(range(first, last + 1)), speaker)
            writer = Quoted(place=place, start=each.starts[first], speaker=speaker, role=role)
            found.update({at: replace(writer, place=at) for at in letter.body})
    return found


def laid_out(trees: Sequence[Tree], asked: Interview | None) -> frozenset[int]:
    """The paragraphs of a talk that is printed in turns, each of which is one person's.

    Parameters
    ----------
    trees : the article's paragraphs
    asked : where questions are put and answered in it
    """
    turns = labels(trees)
    if turns:
        opening = (place for place, each in enumerate(trees) if place in turns or lettered(each))
        return frozenset(range(min(opening), len(trees)))
    written = frozenset(place for letter in letters(trees) for place in letter.body)
    return written if asked is None else written.union(range(asked.first, asked.answers[-1] + 1))


def _in_turns(room: Room, turns: Mapping[int, tuple[int, ...]]) -> dict[int, Quoted]:
    """Whose turn each paragraph is, where names with a colon open the lines."""
    found: dict[int, Quoted] = {}
    turn, last = None, max(turns)
    for place in range(min(turns), len(room.trees)):
        each = room.trees[place]
        if place in turns:
            turn = _labelled(room, place, turns[place])
        elif lettered(each):
            turn = None
        elif place > last + 1 and room.heads[place] and not _says_i(each):
            break
        elif room.heads[place] and _opens_with_record_name(each):
            turn = None
        if turn is not None and each.paragraph.kind == "prose":
            found[place] = replace(turn, place=place)
    spoken = Counter(turn.speaker for turn in found.values())
    leans = {speaker: 0.0 for speaker in spoken}
    for place, said in found.items():
        leans[said.speaker] += leaning(room.trees[place])
    asking = {speaker for speaker in spoken if leans[speaker] >= spoken[speaker]}
    askers = (asking if len(asking) < len(spoken) else set()) | _reporters(room)
    return {place: replace(turn, asks=turn.speaker in askers) for place, turn in found.items()}


def _reporters(room: Room) -> set[str]:
    """The names before which it stands that they report: "our correspondent Ada Lind"."""
    found = (
        person_at(room, place, last)
        for place, first, last in full_names(room.trees)
        if _before(room.trees[place], first) in _REPORTING
    )
    return {person.speaker for person in found if person is not None}


def _before(tree: Tree, token: int) -> str:
    """The word before a token, or before a comma that stands there."""
    at = token - 1 - (token > 1 and tree.words[token - 1] == ",")
    return tree.words[at] if at >= 0 else ""


def _opens_with_record_name(tree: Tree) -> bool:
    """Whether a paragraph opens as a record reports somebody's speech: "MR PRELL (National) said"."""
    opening = [token.text for token in tree.paragraph.doc[:2]]
    return all(map(str.isupper, opening)) and titled(opening[0], gazetteer()) and len(opening[0]) > 1


def _recorded(room: Room) -> dict[int, Quoted]:
    """Whose speech a record reports, paragraph by paragraph, where a name in capitals opens it and somebody says so."""
    found: dict[int, Quoted] = {}
    for place, each in enumerate(room.trees):
        if each.paragraph.kind == "prose" and room.heads[place] and _opens_with_record_name(each):
            last = next((at for at, token in enumerate(each.paragraph.doc) if not token.text.isupper()), 2) - 1
            while last > 1 and not any(map(str.isalpha, each.words[last])):
                last -= 1
            speaker = room.names.named(each.paragraph, 0, last, speaker=None)
            if speaker is not None and room.names.is_person(speaker):
                role = room.outsiders.role(each, tuple(range(last + 1)), speaker)
                found[place] = Quoted(place=place, start=each.starts[0], speaker=speaker, role=role)
    return found


def _says_i(tree: Tree) -> bool:
    return any(first_person(word) and not tree.quoted[token] for token, word in enumerate(tree.words))


def _labelled(room: Room, place: int, label: tuple[int, ...]) -> Quoted | None:
    """Whom the name in a label means: by the name, by a part of it, or by its initials."""
    each = room.trees[place]
    words = [each.words[token] for token in label]
    for at, first, last in full_names(room.trees):
        name = room.trees[at].words[first : last + 1]
        initials = "".join(word[0] for word in name)
        if words[-1:] == [name[-1]] or words == [name[0]] or "".join(words).replace(".", "") == initials:
            found = person_at(room, at, last)
            if found is not None:
                return found
    speaker = room.names.named(each.paragraph, label[0], label[-1], speaker=None) if label else None
    role = room.outsiders.role(each, label, speaker)
    return None if speaker is None else Quoted(place=place, start=each.starts[0], speaker=speaker, role=role)


def _guest(room: Room, asked: Interview) -> Quoted | None:
    """The person who answers: who is called by name, or is brought in above; else one named in a heading."""
    called = (_called(room, place) for place in asked.put)
    if (found := next((each for each in called if each is not None), None)) is not None:
        return found
    headed: list[Quoted] = []
    for place, token, top in guests(room.trees, asked.first):
        each = room.trees[place]
        speaker = room.names.named(each.paragraph, token, top, speaker=None)
        if speaker is None:
            continue
        about = [lemma for above in room.trees[: asked.first] for lemma in above.lemmas]
        role = "outsider" if watched(about) else room.outsiders.role(each, each.below(top), speaker)
        found = Quoted(place=asked.first, start=each.starts[0], speaker=speaker, role=role)
        if token == top or " " in speaker and room.names.is_person(speaker):
            return found
        headed += [found] if _announced(each, token, top) else []
    return next(iter(headed), None)


def _called(room: Room, place: int) -> Quoted | None:
    """Who is called by name as a question opens, or is thanked: "Mrs Solum, why …", "Ada Lind, thank you."."""
    each = room.trees[place]
    last = next((at - 1 for at, word in enumerate(each.words) if word == ","), -1)
    first = next((at for at, word in enumerate(each.words) if word.strip(" *_“«")), last + 1)
    if last <= first:
        return None
    name = each.paragraph.doc[first : last + 1]
    subject = each.subject(each.heads[last]) == last and each.words[last + 2 : last + 3] != ("thank",)
    if subject or not all(token.tag_ == "NNP" for token in name):
        return None
    found = person_at(room, place, last)
    return found if found is not None and found.speaker[:1].isupper() else None


def _announced(tree: Tree, first: int, last: int) -> bool:
    """Whether a heading announces somebody as a guest: by a given name, with "interview", or with what they are."""
    before, after = tree.words[first - 1] if first else "", tree.words[last + 1 : last + 2]
    signs = tree.words[first] in gazetteer().genders or "interview" in tree.words or after == (",",) or before == "with"
    titles = gazetteer().nouns.keys() | gazetteer().words["title-m"] | gazetteer().words["title-f"]
    described = after in (("on",), (":",)) and not titles.isdisjoint((before, tree.parsed[first].text))
    return tree.paragraph.kind == "heading" and (signs or described)


def answers_reporter(room: Room, place: int, cue: Sequence[int]) -> Quoted | None:
    """Who answers where the reporter asks or tells in a clause beside: "When I ask to see it, she laughs".

    Parameters
    ----------
    room : the article
    place, cue : the paragraph and the tokens of the reporter's verb
    """
    each = room.trees[place]
    verb = next((token for token in cue if each.deps[token] == "advcl"), None)
    subject = None if verb is None else each.subject(each.heads[verb])
    return None if subject is None else named_at(room, place, phrase_at(each, subject))
