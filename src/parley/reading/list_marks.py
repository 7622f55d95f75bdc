"""What stands before the items of a list and the points of a document: bullets, numbers, letters.

`list_mark` and `unmarked` are the main names.
"""

from __future__ import annotations

import re

__all__ = ["list_mark", "unmarked"]

_MARK = re.compile(
    r"\s*(?P<mark>(?P<bullet>[-–—•*+·‣▪])|(?P<section>\d{1,3}(?:\.\d{1,3}){1,3}\.?)(?=\s+[A-ZÀ-Þ])"
    r"|(?P<number>\d{1,3}[.)]|\(\d{1,3}\))|(?P<roman>\(?[ivx]{2,5}[.)])|(?P<letter>\(?[a-z]\)|[a-z]\.|\([A-Z]\)))"
    r"\s+(?=[\"“‘'(]?[^\W\d_])"
)
_RESOLVED = re.compile(
    r"\s*((?:[A-Z]{3,}(?:ED|ING)|(?:CALL|DEMAND|URGE|DECIDE|DIRECT|REQUEST|CONDEMN|NOTE|RECALL|INVITE|REJECT|WELCOME|"
    r"RECOMMEND|INSTRUCT|RESOLVE|ENDORSE|APPROVE|UNDERTAKE|REAFFIRM)S|EXPRESSES)(?:\s(?:FOR|ON|UPON|TO|THAT))?)\s(?=[a-z])"
)
_ACTED = re.compile(r"(?<=[A-Za-zÀ-ÿ,] )[A-Z]{3,}ED(?= (?:that|to|not|for|by|unanimously)\b)")


def list_mark(text: str) -> str:
    """What kind of mark stands before an item of a list; empty where none does.

    Parameters
    ----------
    text : a paragraph

    Returns
    -------
    bullet, section (such as 4.2), number, roman or letter
    """
    found = _MARK.match(text)
    return "" if found is None else next(kind for kind, held in found.groupdict().items() if held and kind != "mark")


def unmarked(text: str) -> str:
    """A paragraph with spaces for the number or letter before it, and small letters for the capitals of "DECIDED to".

    Parameters
    ----------
    text : a paragraph

    Returns
    -------
    a text as long as the paragraph
    """
    found = _MARK.match(text)
    if found is not None and not found["bullet"]:
        text = text[: found.start("mark")] + " " * len(found["mark"]) + text[found.end("mark") :]
    act = _RESOLVED.match(text)
    text = text if act is None else text[: act.start(1)] + act[1].lower() + text[act.end(1) :]
    return _ACTED.sub(lambda found: found[0].lower(), text)
