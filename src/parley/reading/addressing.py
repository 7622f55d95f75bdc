"""Words that only address somebody: "Madam Chair, …", "Dear Prefect,", "… , Mr. Speaker." `addressed` tells them."""

from __future__ import annotations

from parley.reading.gazetteer import gazetteer
from parley.reading.name_pieces import titled
from parley.reading.tokens import Words, lexicon

__all__ = ["addressed", "past_address"]

_COURTEOUS = lexicon("dear dearest madam madame mr mr. mister mrs mrs. ms ms. honourable honorable")
_CHAIRS = lexicon("Chair Chairman Chairwoman Chairperson Speaker Deputy Vice Acting Moderator Convener Delegate Member")
_CLOSING = frozenset(["", ",", ".", "!", "?", "—", "–", ":", ";"])


def addressed(words: Words, first: int, last: int) -> bool:
    """Whether words address somebody by an office, without a name, between marks or at an edge of the sentence.

    Parameters
    ----------
    words : the paragraph
    first, last : tokens of a name or a description, with or without the word of courtesy before it
    """
    start = first - (words.word(first) not in _COURTEOUS and words.word(first - 1) in _COURTEOUS)
    if words.word(start) not in _COURTEOUS or start == last or words.word(last + 1) not in _CLOSING:
        return False
    before = start - 1
    opens = before < 0 or words.sentences[before] != words.sentences[start] or not words.words[before].isalnum()
    known = gazetteer()
    return opens and all(titled(word, known) or word in _CHAIRS for word in words.words[start + 1 : last + 1])


def past_address(words: Words, first: int, last: int) -> int:
    """Where a phrase starts after a comma behind who is addressed: "the minister" of "Madam Chair, the minister".

    Parameters
    ----------
    words : the paragraph
    first, last : its tokens, both included
    """
    comma = next((at for at in range(first + 1, last) if words.words[at] == ","), None)
    return first if comma is None or not addressed(words, first, comma - 1) else comma + 1
