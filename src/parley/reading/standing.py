"""How a noun stands in its sentence: its part in it, its verb, and whether it is only a place.

`head` is the main name.
"""

from __future__ import annotations

from parley.reading.gazetteer import gazetteer
from parley.reading.name_pieces import Run
from parley.reading.pronouns import Place
from parley.reading.tellers import reports
from parley.reading.tokens import Words, lexicon

__all__ = [
    "PARTS",
    "asks",
    "beside_subject",
    "called_again",
    "calls_one",
    "head",
    "is_aside",
    "is_heard",
    "is_joined",
    "is_place",
    "is_topic",
    "joined_top",
    "just_before",
    "owns_subject",
    "role_of",
    "row_root",
    "subjects_before",
    "verb_of",
]

_SAYING = frozenset(["say", "add", "tell", "explain", "argue", "reply", "write", "warn", "insist", "recall"])
_MEETING = lexicon("meet speak talk find visit interview reach phone telephone call sit")
_VISITED = frozenset(["visit", "leave", "reach", "tour", "enter", "bomb", "shell"])
_LEFT = frozenset(["leave", "depart", "head"])
PARTS = frozenset(["one", "another", "two", "three", "both", "each", "neither", "either", "none"])
_ASKING = frozenset(["ask", "inquire", "enquire", "wonder", "interject", "press", "challenge", "question"])
_PUTTING_FORWARD = lexicon("float table propose draft submit suggest present broker circulate draw publish tell")
_DISAGREEING = lexicon("disagree differ dissent demur object disbelieve retort")
_ARGUMENTS = frozenset(["nsubj", "nsubjpass", "dobj", "pobj"])
_SINGLE = frozenset(["one", "another", "each", "none", "all"])
_EPITHETS = lexicon(
    "veteran native laureate democrat republican liberal conservative socialist communist nationalist centrist "
    "populist islamist unionist loyalist peer baroness billionaire millionaire grandmother grandfather octogenarian"
)
_SOME_OF = lexicon("some many most several few all both half dozens hundreds scores")
_ROW = 6
_RELATIVE = frozenset(["who", "whom", "which", "that"])
_ALL_OF_THEM = ("s", "ish", "ese", "ch", "men")

_LOCAL = lexicon(
    "mayor postmaster postmistress prefect headman headwoman priest vicar bishop archbishop town village port city "
    "district outskirts suburb streets"
)


def calls_one(words: Words, run: Run) -> bool:
    """Whether a nationality stands for one person, as in "the Ghanaian said"; "the French" may be all of them."""
    if run.entry is None or run.entry.kind != "adjective" or run.modifier or words.word(run.first - 1) != "the":
        return False
    word = run.entry.words
    argument = words.roles[run.last] in _ARGUMENTS
    return argument and not word.endswith(_ALL_OF_THEM)


def called_again(words: Words, token: int) -> str | None:
    """How a word takes up who was named before: "the former", "the latter", or one by what they are, "the 41-year-old".

    Returns
    -------
    "former", "latter", or "one"; None where it does not
    """
    word = words.lower[token]
    acts = words.heads[token] == token + 1 and words.tags[token + 1] in ("VBD", "VBZ") and word == "old"
    if words.roles[token] not in _ARGUMENTS and not acts:
        return None
    if word in ("former", "latter"):
        return word if words.word(token - 1) == "the" else None
    if word == "old" and words.word(token - 2) == "year":
        return "one" if words.word(token - 5) == "the" else None
    first = token
    while token - first < 3 and words.tags[first - 1].startswith(("JJ", "NN")) and first > 1:
        first -= 1
    return "one" if word in _EPITHETS and words.word(first - 1) == "the" else None


def is_aside(words: Words, token: int) -> bool:
    """Whether a noun stands in a clause that only describes another: "Bo" of "Al, who beat Bo in May, …"."""
    if words.lower[token] in _RELATIVE:
        return False
    for _ in range(_ROW):
        above = words.heads[token]
        if above == token:
            return False
        if words.roles[token] == "relcl" and words.tags[above].startswith(("NN", "PRP")):
            return True
        token = above
    return False


def is_topic(words: Words, token: int) -> bool:
    """Whether a sentence is about a noun: it owns the thing that is the subject, or is that for which a thing is so."""
    above = words.heads[token]
    if words.roles[token] == "pobj":
        opens = above == 0 or words.sentences[above - 1] != words.sentences[above]
        return opens and words.lower[above] in ("for", "to") and words.roles[above] == "prep"
    return owns_subject(words, token) and words.lower[above] not in gazetteer().nouns


def owns_subject(words: Words, token: int) -> bool:
    """Whether a noun owns what its sentence is about: "the council" of "the council's lawyers were in court"."""
    above = words.heads[token]
    verb = words.heads[above]
    subject = words.roles[token] == "poss" and words.roles[above] in ("nsubj", "nsubjpass")
    return subject and words.heads[verb] == verb


def role_of(words: Words, token: int) -> str:
    """How a noun stands to its verb, where the parser takes who speaks for an object: "…, warned the spokesman"."""
    verb = words.heads[token]
    if words.roles[verb] == "agent":
        return "agent"
    inverted = words.roles[token] == "dobj" and token > verb and words.tags[verb] in ("VBD", "VBZ")
    inverted = inverted and words.word(verb - 1) in (",", "”", '"') and reports(words.paragraph.doc[verb].lemma_)
    return "nsubj" if inverted else words.roles[token]


def is_joined(words: Words, token: int) -> bool:
    """Whether a noun is one of several that are joined: "Unison and the GMB"."""
    if words.roles[token] == "conj":
        return True
    return any(
        words.heads[at] == token and words.roles[at] in ("conj", "cc")
        for at in range(token + 1, min(len(words), token + _ROW))
    )


def row_root(words: Words, token: int) -> int:
    """The first of several that are named in a row, by one that comes later: "A" of "A, the B, C and D"; else itself.

    The parser sets the second beside the first where only commas and an article stand between them.
    """
    while words.heads[token] != token:
        row = words.roles[token] == "conj"
        if words.roles[token] == "appos" and words.tags[token].startswith("NNP"):
            above = words.heads[token]
            between = [at for at in range(above + 1, token) if words.roles[at] not in ("compound", "punct", "det")]
            joined = any(
                words.roles[at] == "conj" and words.heads[at] == token
                for at in range(token + 1, min(len(words), token + _ROW))
            )
            row = joined and not between and words.tags[above].startswith("NNP")
        if not row:
            break
        token = words.heads[token]
    return token


def asks(words: Words, place: Place) -> bool:
    """Whether somebody puts a question: the subject of "asked", or by whom another was asked."""
    verb = words.heads[place.verb] if place.role == "agent" else place.verb
    return place.role in ("nsubj", "agent") and words.paragraph.doc[verb].lemma_ in _ASKING


def beside_subject(words: Words, token: int) -> bool:
    """Whether a noun is the subject of a clause joined to one with a subject of its own: "she waits and he pays".

    Parameters
    ----------
    words : the paragraph
    token : the noun
    """
    verb = words.heads[token]
    if words.roles[token] not in ("nsubj", "nsubjpass") or words.roles[verb] != "conj":
        return False
    sentence = words.paragraph.doc[token].sent
    return any(
        words.heads[at] == words.heads[verb] and words.roles[at] in ("nsubj", "nsubjpass")
        for at in range(sentence.start, token)
    )


def joined_top(words: Words, token: int) -> int:
    """The token by which a noun that hyphens join, or of which some are told of, stands in its sentence.

    So "brother" of "brother-in-law", and "two" of "two of her colleagues".
    """
    of = words.heads[token]
    if words.lower[of] == "of" and words.roles[token] == "pobj" and words.tags[token] == "NNS" and of < token:
        counted = words.heads[of]
        if counted < of and (words.lower[counted] in _SOME_OF or words.tags[counted] == "CD"):
            return counted if words.lower[counted] != "one" else token
    first = token
    while first >= 2 and words.words[first - 1] == "-" and words.joined(first - 1) and words.joined(first - 2):
        first -= 2
    return next((at for at in range(first, token) if not first <= words.heads[at] <= token), token)


def _puts_forward(words: Words, token: int) -> bool:
    """Whether a noun is by whom something is put forward, "a compromise floated by the envoy", or who "disagrees"."""
    by = words.heads[token]
    if words.roles[token] == "nsubj" and words.paragraph.doc[by].lemma_ in _DISAGREEING:
        return True
    return words.roles[by] == "agent" and words.paragraph.doc[words.heads[by]].lemma_ in _PUTTING_FORWARD


def _holds_view(words: Words, token: int) -> bool:
    """Whether a noun tells in whose eyes a thing is so, or who says it: "To an envoy, …", "…, said its head, Jon"."""
    link = words.heads[token]
    before = words.word(link - 1) if link else ""
    opens = not link or words.sentences[link - 1] != words.sentences[link] or before == ","
    if words.roles[token] == "pobj" and words.word(link) in ("for", "to") and opens:
        last = words.paragraph.doc[token].right_edge.i
        return words.word(last + 1) == ","
    top = link if words.roles[token] == "appos" else token
    verb = words.heads[top]
    return words.roles[top] == "nsubj" and verb < top and words.paragraph.doc[verb].lemma_ in _SAYING


def is_heard(words: Words, token: int) -> bool:
    """Whether a sentence lets somebody be heard otherwise than as the subject of a verb of saying."""
    return _puts_forward(words, token) or _holds_view(words, token) or _met(words, token)


def _met(words: Words, token: int) -> bool:
    """Whether a noun is whom the reporter meets or speaks to: "I met Ana", "we spoke on the phone to a teacher"."""
    above = words.heads[token]
    verb = words.heads[above] if words.roles[token] == "pobj" else above
    reached = words.roles[token] == "dobj" or words.word(above) in ("to", "with")
    reporter = any(
        words.heads[at] == verb and words.roles[at] == "nsubj" and words.lower[at] in ("i", "we")
        for at in range(max(0, verb - _ROW), verb)
    )
    return reached and reporter and not words.quoted[token] and words.paragraph.doc[verb].lemma_ in _MEETING


def subjects_before(words: Words, token: int) -> list[int]:
    """The nouns that are subjects of main clauses in the same sentence, before a pronoun, or in the one before it."""
    several = words.lower[token] == "they"
    found = []
    for noun in just_before(words, token):
        fits = words.tags[noun] == ("NNS" if several else "NN") or several and _some_of(words, noun)
        if words.quoted[noun] or not fits:
            continue
        verb = words.heads[noun]
        main = words.heads[verb] == verb or words.roles[verb] in ("conj", "ccomp")
        if words.roles[noun] in ("nsubj", "nsubjpass") and main:
            found.append(noun)
    return found


def just_before(words: Words, token: int) -> range:
    """The tokens before one in its sentence and in the sentence before, from left to right."""
    first = token
    while first and words.sentences[token] - words.sentences[first - 1] <= 1:
        first -= 1
    return range(first, token)


def _some_of(words: Words, noun: int) -> bool:
    """Whether a word stands for several of some others: "two of his colleagues", "a few of them"."""
    return words.word(noun + 1) == "of" and words.tags[noun] in ("CD", "JJ", "DT") and words.word(noun) not in _SINGLE


def verb_of(words: Words, token: int) -> int:
    """The verb whose argument a token is; for "refused to see her", which has one subject for both verbs, the first."""
    verb = words.heads[token]
    for _ in range(3):
        outer = words.heads[verb]
        between = range(outer + 1, min(verb, outer + 12))
        if words.roles[verb] != "xcomp" or any(words.roles[each] == "dobj" for each in between):
            break
        verb = outer
    return verb


def head(words: Words, first: int, last: int) -> int:
    """The token that a noun phrase is about: the first noun, name or pronoun whose head lies outside the phrase."""
    nouns = ("NN", "PRP", "WP", "CD", "DT", "JJ", "WDT")
    outside = [
        token
        for token in range(first, last + 1)
        if not first <= words.heads[token] <= last or words.heads[token] == token
    ]
    for token in outside:
        if words.word(token) in PARTS and words.word(token + 1) in ("of", ",", "who"):
            return token
        if words.tags[token].startswith(nouns[:3]) and words.tags[token] != "PRP$" or first == last:
            while token + 2 <= last and words.words[token + 1] == "-" and words.joined(token):
                token += 2
            return token
    plain = [token for token in range(first, last + 1) if words.tags[token].startswith(nouns)]
    usual = next((token for token in outside if token in plain), plain[0] if plain else first)
    return next((token for token in plain if words.tags[token].startswith("NN")), usual)


def is_place(words: Words, first: int) -> bool:
    """Whether a capital's name is meant as a place: "a bank in Geneva", "flew to Cairo"."""
    known = gazetteer().words
    before = first - 1 - (words.word(first - 1) == "the")
    if before < 0:
        return False
    word = words.lower[before]
    if word in known["locative"]:
        return True
    if word == "of" and words.word(before - 1) in _LOCAL:
        return True
    doc = words.paragraph.doc
    if word == "for":
        return doc[words.heads[before]].lemma_ in _LEFT
    if word in ("to", "from", "via", "towards", "toward", "through"):
        return doc[words.heads[before]].lemma_ in known["motion"] | known["place noun"]
    return words.roles[first] == "dobj" and doc[words.heads[first]].lemma_ in _VISITED
