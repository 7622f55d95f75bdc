"""Which party of a codebook a name stands for. `Holders` is the main name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.domain.codebook import Codebook

__all__ = ["Holders"]

OFFICES = [
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "president",
    "premier",
    "chancellor",
    "minister",
    "envoy",
    "ambassador",
    "negotiator",
    "negotiators",
    "delegation",
    "government",
    "official",
    "officials",
    "leader",
    "chief",
    "king",
    "emir",
    "army",
]
NOT_ITS_VOICE = frozenset(["former", "ex", "exiled", "opposition", "critic", "critics", "dissident", "late"])
ARTICLE = re.compile(r"^(the|a|an) ", re.IGNORECASE)


class Holders:
    """The parties of a codebook, found by name.

    A name stands for a party if it is the party's id to the letter, its name or one of its aliases; if it is one word
    and the last word of such a name ("Zelensky" for "Volodymyr Zelensky"); or if it names an office of it ("the
    Kremlin's spokesman", "a spokesman for the Kremlin") that is not a former or an opposing one. A name that could
    stand for two parties stands for none.

    Parameters
    ----------
    codebook : the codebook
    """

    def __init__(self, codebook: Codebook) -> None:
        self._ids = frozenset(party.id for party in codebook.parties)
        self._whole: dict[str, str] = {}
        last: dict[str, set[str]] = {}
        for party in codebook.parties:
            for name in (party.name, *party.aliases):
                plain = _plain(name)
                self._whole[plain] = party.id
                if len(plain.split()) > 1:
                    last.setdefault(plain.split()[-1], set()).add(party.id)
        self._last = {name: min(owners) for name, owners in last.items() if len(owners) == 1}

    def party(self, name: str) -> str | None:
        """The id of the party that a name stands for; None where it stands for none.

        Parameters
        ----------
        name : a name as it was resolved in an article, or an id that has taken its place
        """
        if name in self._ids:
            return name
        plain = _plain(name)
        if plain in self._whole:
            return self._whole[plain]
        words = plain.split()
        if len(words) == 1:
            return self._last.get(plain)
        if NOT_ITS_VOICE & set(words):
            return None
        owners = {party for alias, party in self._whole.items() if _is_office(words, alias.split())}
        return min(owners) if len(owners) == 1 else None


def _plain(name: str) -> str:
    words = name.casefold().replace("’", "'").replace("-", " ")
    return " ".join(re.findall(r"[^\W_]+(?:\.[^\W_]+)*", re.sub(r"'s?\b", "", ARTICLE.sub("", words.strip()))))


def _is_office(words: Sequence[str], alias: Sequence[str]) -> bool:
    """Whether words are an alias and an office: `kremlin spokesman dmitry peskov`, `spokesman for the kremlin`."""
    length = len(alias)
    for at in range(len(words) - length + 1):
        if list(words[at : at + length]) != list(alias):
            continue
        rest = words[at + length :]
        if at == 0 and any(word in OFFICES for word in rest[:2]):
            return True
        before = [word for word in words[:at] if word != "the"]
        if not rest and len(before) >= 2 and before[-1] in ("for", "of") and before[-2] in OFFICES:
            return True
    return False
