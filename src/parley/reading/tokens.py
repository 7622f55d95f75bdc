"""A paragraph's tokens as plain lists, with what stands between quotation marks. `Words` is the main name."""

from __future__ import annotations

from dataclasses import dataclass, field

from parley.domain.source import Span
from parley.reading.parsing import Paragraph

__all__ = ["Words", "lexicon"]

_OPEN, _CLOSE, _STRAIGHT = "“„«", "”»", '"'
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})  # noqa: RUF001


def lexicon(words: str) -> frozenset[str]:
    """A class of words, written with spaces between them."""
    return frozenset(words.split())


_PRESENT = frozenset({"present", "attendance", "attending", "participants", "apologies", "absent", "signatories"})


@dataclass(slots=True)
class Words:
    """One paragraph, read out of its parse once, because a look into a parse costs much more than one into a list.

    Attributes
    ----------
    paragraph : the paragraph
    index : its place among the paragraphs of the article
    """

    paragraph: Paragraph
    index: int
    raw: str = ""
    text: str = ""
    words: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    familiar: frozenset[str] = frozenset()
    _headline: bool | None = None

    def __post_init__(self) -> None:
        doc = self.paragraph.doc
        self.raw = doc.text
        self.text = self.raw.translate(_APOSTROPHES)
        sentence, inside, straight = -1, False, False
        for token in doc:
            word = token.text
            sentence += bool(token.is_sent_start)
            inside = inside or (bool(word) and word[0] in _OPEN)
            if _STRAIGHT in word:
                straight = not straight
            if word and word[0] in _CLOSE:
                inside = False
            self.words.append(word)
            self.tags.append(token.tag_)
            self.roles.append(token.dep_)
            self.heads.append(token.head.i)
            self.places.append(token.idx)
            self.sentences.append(sentence)
            self.quoted.append(inside or straight)
        self.words = [word.translate(_APOSTROPHES) for word in self.words]
        self.lower = [word.lower() for word in self.words]
        for place, word in enumerate(self.words):
            if word == "'" and place > 0 and self.lower[place - 1].endswith("s") and self.joined(place - 1):
                self._own(place)

    def _own(self, place: int) -> None:
        """Read the apostrophe after a plural as the ending of an owner, as in "the miners' union"."""
        following = self.tags[min(place + 1, len(self) - 1)]
        if self.tags[place] == "POS" or following.startswith(("NN", "JJ")):
            self.tags[place], self.lower[place] = "POS", "'s"

    @property
    def headline(self) -> bool:
        """Whether most words have capitals, so that a capital tells nothing of names; not so where it lists people."""
        if self._headline is None:
            letters = [word for word in self.words if word[:1].isalpha()]
            high = sum(word[0].isupper() for word in letters)
            closed = self.words[-1] in (".", "”", '"') if self.words else False
            present = ":" in self.lower[1:3] and bool(_PRESENT & set(self.lower[:2]))
            self._headline = len(letters) > 4 and high > 0.6 * len(letters) and not closed and not present
        return self._headline

    def __len__(self) -> int:
        """How many tokens there are."""
        return len(self.words)

    def word(self, token: int) -> str:
        """A token in lower case; empty where there is none."""
        return self.lower[token] if 0 <= token < len(self.lower) else ""

    def joined(self, token: int) -> bool:
        """Whether no space stands between a token and the next."""
        return token + 1 < len(self.words) and self.places[token] + len(self.words[token]) == self.places[token + 1]

    def extent(self, first: int, last: int) -> str:
        """The words of tokens `first` to `last`, both included, with single spaces."""
        start, end = self.places[first], self.places[last] + len(self.words[last])
        return " ".join(self.raw[start:end].split())

    def span(self, first: int, last: int) -> Span:
        """The place in the article of tokens `first` to `last`, both included."""
        return self.paragraph.span(first, last)
