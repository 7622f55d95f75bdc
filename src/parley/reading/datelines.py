"""The place and day that open a report, which say nothing themselves: "DOHA: …, he said".

`opens_report`, `past_dateline` and `reported_by` are the main names.
"""

from __future__ import annotations

from parley.reading.tokens import Words, lexicon

__all__ = ["opens_report", "past_dateline", "reported_by"]

_REPORTING = lexicon("say tell announce confirm report state declare warn add")


def reported_by(words: Words, first: int, last: int) -> tuple[int, int]:
    """Who ends a report's first sentence as its source, where its place was taken for one: "DOHA: …, he said".

    Parameters
    ----------
    words : the paragraph
    first, last : tokens of the source, both included
    """
    if first > 0 or words.word(last + 1) != ":" or not opens_report(words, last):
        return first, last
    for verb in range(last + 3, len(words)):
        if (
            words.sentences[verb] == words.sentences[last + 2]
            and words.paragraph.doc[verb].lemma_ in _REPORTING
            and words.tags[verb] == "VBD"
        ):
            commas = (at for at in range(verb - 2, last, -1) if words.lower[at] == ",")
            start = next(commas, verb) + 1
            if start < verb and not any(tag in ("VBD", "VBZ", "VBP", "MD") for tag in words.tags[start:verb]):
                return start, verb - 1
    return first, last


def opens_report(words: Words, token: int) -> bool:
    """Whether a token is the place that opens a report: "DOHA: …", "ADDIS ABABA, May 3 — …".

    Parameters
    ----------
    words : the paragraph
    token : the token
    """
    if token > 3 or not words.words[0].isupper() or len(words.words[0]) < 3 or not words.words[token].isupper():
        return False
    marks = (at for at in range(token + 1, min(len(words), 12)) if words.words[at] in (":", "—", "–", "-", "--"))
    mark = next(marks, None)
    return mark is not None and not (words.words[mark] == "-" and words.joined(mark)) and words.sentences[mark] == 0


def past_dateline(words: Words, first: int, last: int) -> int:
    """Where a phrase starts after the place and day that open a report: "ADDIS ABABA, May 3 — The minister".

    Parameters
    ----------
    words : the paragraph
    first, last : tokens of the phrase, both included
    """
    if first > 1 or not words.words or not words.words[0].isupper() or len(words.words[0]) < 3:
        return first
    dash = next((at for at in range(first, min(last, first + 12)) if words.words[at] in ("—", "–", "-", "--")), None)
    return first if dash is None or words.joined(dash) else dash + 1
