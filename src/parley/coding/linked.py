"""Statements as a codebook knows them: each on its issue, with parties by their ids. `Linker` is the main name."""

from __future__ import annotations

from dataclasses import replace

from parley.coding.holders import Holders
from parley.coding.lexicon import Lexicon
from parley.coding.linking import links
from parley.domain.codebook import Codebook
from parley.domain.statement import Names, Statement

__all__ = ["Linker"]


class Linker:
    """A codebook made ready for linking statements to it.

    Parameters
    ----------
    codebook : the codebook
    """

    def __init__(self, codebook: Codebook) -> None:
        self._lexicon = Lexicon(codebook)
        self._holders = Holders(codebook)

    def linked(self, statement: Statement) -> Statement:
        """A statement on the issue whose words weigh most in it, with ids of parties in the places of names.

        Parameters
        ----------
        statement : any statement; what another codebook made of it is forgotten

        Returns
        -------
        the statement with its issue, none where no word of the codebook is found. Whom the codebook does not know
        keeps the name; where an id takes the place of one, `names` has it.
        """
        said = statement.as_named
        speaker, holder, target = map(self._party, (said.speaker, said.holder, said.target))
        found = links(said, self._lexicon)
        return replace(
            said,
            issue=found[0].issue.id if found else None,
            speaker=speaker or said.speaker,
            holder=holder or said.holder,
            target=target or said.target,
            names=Names(speaker=speaker and said.speaker, holder=holder and said.holder, target=target and said.target),
        )

    def _party(self, name: str | None) -> str | None:
        return None if name is None else self._holders.party(name)
