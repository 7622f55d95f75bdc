"""Whom a pronoun means: the best of the characters mentioned shortly before. `antecedent` is the main name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parley.reading.gazetteer import gazetteer
from parley.reading.people import Character
from parley.reading.tokens import lexicon

__all__ = ["FIRST", "HUMAN", "OTHER", "SECOND", "SOURCE", "THIRD", "Mention", "Place", "antecedent", "candidates"]

FIRST = lexicon("i me my mine myself we us our ours ourselves")
SECOND = lexicon("you your yours yourself yourselves")
_MALE = lexicon("he him his himself")
_FEMALE = lexicon("she her hers herself")
_NEUTER = lexicon("it its itself")
_PLURAL = lexicon("they them their theirs themselves")
THIRD = _MALE | _FEMALE | _NEUTER | _PLURAL

HUMAN = frozenset(["office-holder", "spokesperson", "analyst", "media", "relation", "person"])
_NOBODY = ("no ", "neither ", "none ")
_SEVERAL = 1.5
_LEAST = {True: -4.0, False: -1.8}
"""Below this nobody is meant: where the pronoun says something, and elsewhere."""

# What each sign of a candidate is worth. For pronouns that are the source of what is said: near a fit of
# `scripts/fit_pronouns.py` to development articles; signs that these seldom show ("asks", "in what is said", "group
# goes on", "aside", "brought in unnamed", "whose they are") are by hand. For other pronouns, of which the articles mark
# few, all are.
SOURCE: Mapping[str, float] = {
    "agrees": 1.6, "sentences back": -1.2, "another paragraph": -1.9, "newcomer": 1.9, "subject": 0.6,
    "subjects both": 0.5, "source": 1.7, "by whom": -0.3, "topic": 0.3, "beside the point": -0.4,
    "in another quotation": -0.6, "under another verb": -0.4, "group goes on": 0.4, "brought in": 1.2,
    "aside": -0.5, "brought in unnamed": 0.5, "whose they are": 0.5,
    "asks": -0.8, "a name alone": -0.8, "in what is said": -2.0, "several in what is said": -0.1,
    "subject just before": 0.6, "against a guess": -2.5, "a plain noun": -0.7, "a plain thing": -1.8,
    "named in what is said": 1.0,
}  # fmt: skip
OTHER: Mapping[str, float] = {
    "agrees": 1.0, "sentences back": -0.8, "another paragraph": -0.6, "says it": 1.6, "subject": 1.2,
    "subjects both": 0.4, "source": 0.7, "by whom": 0.6, "topic": 0.9, "beside the point": -0.5,
    "in another quotation": -1.5, "in this quotation": 0.4, "under another verb": -0.4, "often named": 0.05,
    "against a guess": -3.0,
}  # fmt: skip
_REACH_SENTENCES, _REACH_MENTIONS = 9, 60


@dataclass(slots=True, kw_only=True)
class Place:
    """Where a mention or pronoun stands.

    Attributes
    ----------
    paragraph, token : the paragraph and its token
    sentence : number of the sentence in the article
    role : dependency of the token, such as nsubj
    verb : the token that it depends on
    quote : number of the attribution whose quoted content it stands in; None outside quotations
    content : number of the attribution whose content it stands in, quoted or not; None outside
    under : whether its verb only describes or dates another, as in "until an assembly meets"
    aside : whether it stands in a clause that only describes another, as "Bo" of "Al, who beat Bo"
    owns : whether it owns the subject of its sentence, whatever that is: "the council's lawyers were in court"
    topic : whether its sentence is about it otherwise, as in "the union's red line is …" or "for the union, it is …"
    """

    paragraph: int
    token: int
    sentence: int
    role: str
    verb: int
    quote: int | None
    content: int | None = None
    under: bool = False
    aside: bool = False
    owns: bool = False
    topic: bool = False


@dataclass(slots=True, kw_only=True)
class Mention:
    """A character meant at a place.

    Attributes
    ----------
    character : who is meant
    place : where
    source : whether it is named there as the source of an attribution
    asks : whether it puts a question there, which another will answer
    new : whether they are named in no paragraph before
    several : whether a noun in the plural means it, as "the authorities" may mean a state
    plain : whether nothing tells that the noun means somebody
    """

    character: Character
    place: Place
    source: bool = False
    asks: bool = False
    new: bool = False
    several: bool = False
    plain: bool = False


def antecedent(
    word: str,
    place: Place,
    history: Sequence[Mention],
    *,
    barred: Character | None = None,
    favoured: Character | None = None,
    says: int | None = None,
) -> Character | None:
    """Whom a pronoun of the third person means; None where nobody fits.

    Parameters
    ----------
    word : the pronoun in lower case
    place : where it stands
    history : the mentions before it, in order
    barred : who cannot be meant: inside a quotation, its speaker
    favoured : who is meant if they fit: inside reported speech, its source
    says : number of the attribution whose source the pronoun is: in what it says it is seldom named
    """
    weights = OTHER if says is None else SOURCE
    best: tuple[float, Character] | None = None
    fitting = candidates(word, place, history, barred=barred, favoured=favoured, says=says)
    for character, signs in fitting:
        score = sum(weights.get(sign, 0.0) * value for sign, value in signs.items())
        if best is None or score > best[0]:
            best = score, character
    if best is None:
        return None
    people = {id(each) for each, _ in fitting if each.kind == "person"}
    alone = says is not None and best[1].gender is not None and people == {id(best[1])}
    return best[1] if alone or best[0] >= _LEAST[says is not None] else None


def candidates(
    word: str,
    place: Place,
    history: Sequence[Mention],
    *,
    barred: Character | None = None,
    favoured: Character | None = None,
    says: int | None = None,
) -> list[tuple[Character, dict[str, float]]]:
    """Who a pronoun may mean, the latest mention first, each with the signs for and against; asked as `antecedent`."""
    history = history[-_REACH_MENTIONS:]
    newcomer = None if says is None else _newcomer(word, place, history, says)
    other = {id(each.character) for each in history if _bound(word, place, each.place)}
    found = list[tuple[Character, dict[str, float]]]()
    passed: Character | None = None
    gone_on = says is not None and not _sure_source(word, place, history)
    for mention in reversed(history):
        distance = place.sentence - mention.place.sentence
        if distance > _REACH_SENTENCES:
            break
        character = mention.character
        fit = _SEVERAL if mention.several and word in _PLURAL else _fit(word, character)
        nobody = character.name.lower().startswith(_NOBODY) or _only_says_what(mention)
        nobody = nobody or mention.plain and mention.place.content == says
        if fit is None or nobody or character is barred or id(character) in other:
            continue
        signs = {"agrees": fit, "says it": character is favoured} | _prominence(place, mention)
        signs["against a guess"] = _other_gender(word, character)
        signs["newcomer"] = character is newcomer and (mention.place.role in ("nsubj", "appos") or mention.source)
        if says is not None:
            signs |= _as_source(word, place, mention, says)
            together = character.kind == "group" and gone_on and passed in (None, character)
            signs["group goes on"] = together and mention.source and mention.place.paragraph == place.paragraph
        found.append((character, {sign: float(value) for sign, value in signs.items() if value}))
        subject = mention.place.role in ("nsubj", "nsubjpass") and not mention.place.under and not mention.plain
        if subject and mention.place.content is None:
            passed = passed or character
        human = character.kind == "person" or character.kind == "group" and _human(character)
        if human and mention.place.role == "nsubj" and mention.place.content is None and not mention.source:
            gone_on = gone_on and distance <= 0
    return found


def _only_says_what(mention: Mention) -> bool:
    """Whether a mention tells what somebody else is: "a party" of "it was not a party to the dispute"."""
    vague = mention.character.kind == "group" and mention.character.name.startswith(("a ", "an "))
    return mention.place.role == "attr" and vague


def _as_source(word: str, place: Place, mention: Mention, says: int) -> dict[str, float]:
    """The signs that count only where the pronoun is the source of what is said."""
    other, character = mention.place, mention.character
    distance = place.sentence - other.sentence
    outside = other.content is None and other.paragraph == place.paragraph
    subject = outside and other.role in ("nsubj", "nsubjpass") and not other.under
    first = mention.new and outside and other.role == "nsubj" and len(character.mentions) <= 1
    return {
        "subject just before": subject and distance == 0,
        "brought in": first and distance <= 1 and character.kind in ("person", "group"),
        "a name alone": character.kind == "unknown" and word in _MALE | _FEMALE,
        "asks": mention.asks and distance > 0,
        "brought in unnamed": first and distance == 1 and _unnamed(character),
        "whose they are": word in _NEUTER and other.owns and not other.topic and distance > 0,
        "aside": other.aside and other.content is None,
        "a plain noun" if word in _PLURAL else "a plain thing": mention.plain,
        "named in what is said": mention.new and bool(character.roles) and other.content == says and distance == 0,
        "several in what is said" if word in _PLURAL else "in what is said": other.content == says,
    }


def _sure_source(word: str, place: Place, history: Sequence[Mention]) -> bool:
    """Whether a person who spoke in the same paragraph is known to be a man or a woman, as the pronoun says."""
    gender = "m" if word in _MALE else "f" if word in _FEMALE else None
    here = (each for each in history if each.source and each.place.paragraph == place.paragraph)
    return gender is not None and any(
        each.character.gender == gender and each.character.kind == "person" for each in here
    )


def _newcomer(word: str, place: Place, history: Sequence[Mention], says: int) -> Character | None:
    """The only person in a paragraph whom a source fits, if no other named them and what is said does not."""
    here = [mention for mention in history if mention.place.paragraph == place.paragraph]
    people = [each for each in here if each.character.kind == "person" and _fit(word, each.character) is not None]
    alone = len({id(each.character) for each in people}) == 1 and all(
        each.new and each.place.content != says for each in people
    )
    return people[0].character if alone and not _another_since(people[-1], here) else None


def _another_since(mention: Mention, here: Sequence[Mention]) -> bool:
    """Whether somebody unnamed has been brought in since a mention: "A nurse was less patient"."""
    return any(
        each.place.role == "nsubj"
        and each.place.content is None
        and each.new
        and not each.place.under
        and each.place.sentence > mention.place.sentence
        and _unnamed(each.character)
        for each in here
    )


def _unnamed(character: Character) -> bool:
    """Whether a character is one person whom the article brings in without a name."""
    brought_in = character.name.startswith(("a ", "an ", "one "))
    return character.kind == "group" and not character.plural and brought_in and _human(character)


def _fit(word: str, character: Character) -> float | None:
    """How well number and gender agree; None where they do not."""
    if word in _MALE or word in _FEMALE:
        return _fit_person("m" if word in _MALE else "f", character)
    if word in _NEUTER:
        single = character.kind in ("state", "organisation") or (character.kind == "group" and not _human(character))
        if character.kind == "unknown":
            return -1.0 if character.gender is None and not character.roles else None
        vague = character.kind == "group" and character.name.startswith(("a ", "an "))
        return -0.8 * vague if single and not character.plural else None
    if character.plural:
        return 1.5
    if character.kind == "organisation" and character.name.endswith("s") and " " not in character.name:
        return 0.4
    if character.kind in ("organisation", "state"):
        return -1.4 if character.kind == "organisation" else -1.6
    return -1.5 if character.kind == "group" else None


def _fit_person(gender: str, character: Character) -> float | None:
    sure = character.gender is not None and not character.guessed
    if character.plural or character.placed or sure and character.gender != gender:
        return None
    if character.kind == "person":
        known = character.gender is not None
        return 0.6 if known else (0.2 if character.roles or character.state else -0.2)
    if character.kind == "unknown":
        return 0.4 if character.gender else (0.2 if character.state else -0.6)
    return -0.2 if character.kind == "group" and _human(character) else None


def _other_gender(word: str, character: Character) -> bool:
    """Whether another pronoun before, which was tied to a character, tells of another gender than this one does."""
    gender = "m" if word in _MALE else "f" if word in _FEMALE else character.gender
    return character.gender not in (None, gender)


def _human(character: Character) -> bool:
    return character.heard or gazetteer().nouns.get(character.key) in HUMAN


def _bound(word: str, place: Place, other: Place) -> bool:
    """Whether grammar forbids that the two are one: the subject and another argument of one verb, but for "herself".

    What stands before the subject says something of it, and is nobody else: "a cheerful man of sixty, he insists …".
    """
    if word.endswith(("self", "selves")) or word in ("his", "its", "their", "my"):
        return False
    same = place.paragraph == other.paragraph and place.verb == other.verb and place.token != other.token
    set_before = other.role in ("dep", "npadvmod", "attr") and other.token < place.token
    return same and place.role != "poss" and (other.role in ("nsubj", "nsubjpass", "dobj") or set_before)


def _prominence(place: Place, mention: Mention) -> dict[str, float]:
    """The signs of where a mention stands."""
    other = mention.place
    subject = other.role in ("nsubj", "nsubjpass") or mention.source and other.role == "pobj"
    beside = other.role in ("pobj", "poss", "compound") and not subject and not other.topic
    return {
        "sentences back": max(place.sentence - other.sentence, 0),
        "another paragraph": other.paragraph != place.paragraph,
        "subject": subject,
        "subjects both": subject and place.role in ("nsubj", "nsubjpass"),
        "source": mention.source,
        "under another verb": subject and other.under and other.sentence != place.sentence,
        "by whom": other.role == "agent",
        "topic": other.topic,
        "beside the point": beside,
        "in another quotation": other.quote is not None and other.quote != place.quote,
        "in this quotation": other.quote is not None and other.quote == place.quote,
        "often named": min(len(mention.character.mentions), 6),
    }
