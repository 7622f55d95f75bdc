"""Who moves, who blocks: where the weight lies, who holds the settlements, what happens in rounds and at the table."""

from __future__ import annotations

from parley.briefing.desk import Desk
from parley.briefing.prose import paragraph, plain
from parley.briefing.sections.holders import holders
from parley.briefing.sections.rounds import rounds
from parley.briefing.sections.talks import talks
from parley.briefing.sections.trades import trades
from parley.briefing.sections.weights import weights
from parley.domain.briefing import Section

__all__ = ["section"]


def section(desk: Desk) -> Section:
    """Write the section on who moves and who blocks."""
    blocks = [*weights(desk), *holders(desk), *rounds(desk), *trades(desk), *talks(desk)]
    if not blocks:
        blocks = [paragraph(plain("No model here says who holds a settlement where it is, or who would move."))]
    return Section(id="moves", title="Who moves, who blocks", blocks=tuple(blocks))
