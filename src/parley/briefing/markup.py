"""Markup in which every text is escaped. `element` and `words` are the main names.

`Html` is text that is safe to put on a page; only the functions of this module make it from strings.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable
from typing import Any, NewType

__all__ = ["Html", "Names", "element", "join", "json_block", "script", "trusted", "words"]

Html = NewType("Html", str)

VOID = frozenset({"meta", "br", "hr", "input"})
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of the text around them."""


def words(text: str) -> Html:
    """Escape a text; control characters become a mark that can be seen.

    Examples
    --------
    >>> words('<b> & "c"')
    '&lt;b&gt; &amp; &quot;c&quot;'
    """
    return Html(html.escape(UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text), quote=True))


def trusted(text: str) -> Html:
    """Take markup that this package or the drawing library has made, such as SVG."""
    return Html(text)


def join(parts: Iterable[Html], between: str = "") -> Html:
    """Put markup together."""
    return Html(between.join(parts))


def element(name: str, /, *children: Html, **attributes: str | None) -> Html:
    """Make an element.

    Parameters
    ----------
    name : its name
    children : what it holds
    attributes : plain text, escaped here; a trailing underscore is dropped and others become hyphens; None leaves
        one out

    Examples
    --------
    >>> element("a", words("F1"), href="#ground-F1", class_="cite")
    '<a href="#ground-F1" class="cite">F1</a>'
    """
    held = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{words(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID:
        return Html(f"<{name}{held}>")
    return Html(f"<{name}{held}>{''.join(children)}</{name}>")


def script(source: str, **attributes: str | None) -> Html:
    """Make a script element; the source must not be able to end it.

    Raises
    ------
    ValueError
        If the source holds a closing tag or the opening of a comment.
    """
    if re.search(r"</script|<!--", source, re.IGNORECASE):
        raise ValueError("the script could end its element early")
    return element("script", Html(source), **attributes)


def json_block(data: Any, **attributes: str) -> Html:
    """Make an element that holds data for scripts, in which no text can end the element."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    safe = text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")
    return element("script", Html(safe), type="application/json", **attributes)


class Names:
    """Ids of elements: readable where the names allow it, and never twice the same for two things."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def of(self, kind: str, name: str) -> str:
        """The id of a thing; the same on every call.

        Parameters
        ----------
        kind : prefix, such as `ground`
        name : its name in the briefing

        Examples
        --------
        >>> Names().of("ground", "F12")
        'ground-F12'
        """
        if (kind, name) not in self._ids:
            plain = re.fullmatch(r"[A-Za-z0-9_.-]+", name)
            stem = name if plain else f"x{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:12]}"
            found, number = f"{kind}-{stem}", 2
            while found in self._taken:
                found, number = f"{kind}-{stem}-{number}", number + 1
            self._taken.add(found)
            self._ids[kind, name] = found
        return self._ids[kind, name]
