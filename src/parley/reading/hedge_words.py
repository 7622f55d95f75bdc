"""Phrases that show how sure somebody sounds. `PHRASE` is the main name, `NAMES` says what each conveys."""

from __future__ import annotations

import re

__all__ = ["ANY_PHRASE", "DENIALS", "NAMES", "PHRASE", "STRONG"]

STRONG = frozenset(
    ("very", "highly", "extremely", "exceedingly", "overwhelmingly", "vanishingly", "more than", "deeply")
)
"""Words that make likely very likely, and unlikely very unlikely."""

DENIALS = frozenset(("not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "without", "little"))
"""Words that deny the cue beside them."""

_SHORTHAND = {
    "BE": r"(?:be|is|are|was|were|been|'s|'re|seems?|seemed|looks?|looked|remains?|appears?|appeared)",
    "CHANCE": r"(?:chances?|likelihood|probability|possibility|prospects?|odds|hope|risk|danger)",
    "HARDLY-ANY": r"(?:(?:almost|next to|virtually|practically|little or|little to) no|barely any|hardly any)",
    "TINY": r"(?:slim|very little|very small|very low|minimal|negligible|tiny|slender|faint|slight)",
    "NONE": r"(?:no|zero|not a|not the slightest|not the least)",
    "DENIED": r"(?:ca n't|can n't|can not|cannot|could not|could n't|not|n't|never|nor)",
    "ALSO": r"(?:(?:also|now|still|widely|all|generally) )?",
    "PLANNED": r"(?:expected|set|poised|projected|forecast|predicted|due|on (?:course|track)|tipped|slated) to",
    "READY": r"(?:determined|ready|willing|unwilling|reluctant|prepared|bent|far|certain)",
}
_TABLE = r"""
almost certain > possible
    (?:almost|nearly|virtually|practically|all but|near) (?:certain(?:ly)?|sure(?:ly)?|guaranteed|inevitabl[ey]|assured)
remote > remote
    HARDLY-ANY CHANCE
    a? ?(?:remote|vanishingly small) CHANCE
    (?:almost|all but|virtually|next to) impossible
possible > possible
    (?:far from|by no means|anything but|less than) (?:certain|sure|guaranteed|assured|inevitable)
certain > certain
    (?:no|without|without a|beyond|beyond any|beyond a|little|not a) doubt\b
    no question (?:that|but)
    undoubtedly
    doubtless
    unquestionably
    for (?:sure|certain)
open > open
    (?:hard|impossible) to (?:say|tell|predict|know)
impossible > possible
    NONE (?:real |realistic |serious )?CHANCE\b
    no way (?:that|he|she|it|they|we|to|any|this)\b
    out of the question
    inconceivable
    unthinkable
    impossible
very likely > unlikely
    (?:in|with) all (?:likelihood|probability)
    (?:every|strong|high|excellent|very good) (?:chance|likelihood|probability|possibility|prospect)
likely > unlikely
    (?:good|fair|decent|reasonable) (?:chance|likelihood|prospect)
    more likely than not
    (?:chances|odds) are (?=,|that|he|she|it|they|we|the|a)
    odds[ -]on
very unlikely > possible
    TINY CHANCE
    far[ -]fetched
    (?:a )?long shot
unlikely > likely
    (?:little|small|low|limited|poor|not much|not a great) CHANCE
    less likely than not
even > even
    even (?:chances?|odds)
    fifty ?- ?fifty
    50 ?[-/] ?50
    (?:a )?toss ?- ?up
    (?:a )?coin[ -]?(?:toss|flip)
    as likely as not
possible > certain
    DENIED (?:yet |be |been )?(?:rul(?:e|ed|ing)|exclud(?:e|ed|ing))(?: it| that| this| anything)?(?: out)?
possible > impossible
    possible
    possibly
    perhaps
    maybe
    conceivabl[ey]
    potentially
    plausibl[ey]
    feasible
    (?:a|some|any|real|serious|the|outside|still) (?:real |serious )?(?:chance|possibility|risk|danger|prospect)\b
likely > unlikely
    likel(?:y|ier|iest)\b
    BE ALSO(?P<inner>(?:not |n't )?)ALSOPLANNED
    (?:seem|appear|look)(?:s|ed)?(?= (?:to|that|as|like|likely|set|increasingly|READY)\b)
    (?:it|this|that|which) (?:seems|appears)
    apparently
    seemingly
    evidently
    by all appearances
probable > unlikely
    probabl[ey]
    (?:my|our|his|her|their|the) (?:best |own )?(?:guess|hunch|bet) (?:is|was)
    presumably
    in my view
    arguably
unlikely > possible
    unlikely
    improbabl[ey]
sceptical > certain
    doubtful
    dubious
    s[ck]epti(?:cal|cism)
    questionable
    doubts?(?= (?:that|whether|if|it|he|they|there))
    open to doubt
certain > possible
    certainly
    surely
    definitely
    inevitabl[ey]
    undeniabl[ey]
    (?:bound|destined|doomed) to
    guaranteed(?: to)?
    (?:certain|sure)(?= (?:to|that)\b)
    (?:certain|sure)(?= ?(?:[.,;!?)]|$| of ))
open > open
    unclear
    remains? to be seen
    an? open question
    any ?(?:body|one) 's guess
    uncertain
    unknown
    (?:nobody|no one) knows
    unpredictable
"""


def _read_table() -> tuple[tuple[tuple[str, str], ...], str]:
    """The names of each group of phrases, and one pattern with a group `r0`, `r1` … for each."""
    names: list[tuple[str, str]] = []
    groups: list[list[str]] = []
    for line in _TABLE.strip().splitlines():
        if not line.startswith(" "):
            name, denied = line.split(" > ")
            names.append((name, denied))
            groups.append([])
            continue
        phrase = line.strip()
        for short, long in _SHORTHAND.items():
            phrase = phrase.replace(short, long)
        groups[-1].append(phrase)
    return tuple(names), "|".join(f"(?P<r{index}>{'|'.join(phrases)})" for index, phrases in enumerate(groups))


NAMES, _ROWS = _read_table()
"""For each group of phrases its row in the table of ranges, and its row where the phrase is denied."""

_NOT = (
    r"(?P<no>\b(?:not|n't|never|hardly|scarcely|neither|nor|cannot)"
    r"(?: (?:be|been|at all|very|too|so|that|all that|yet|considered|seem|appear|to)){0,2} )?"
)
_VERY = (
    r"(?P<very>\b(?:very|highly|extremely|exceedingly|overwhelmingly|most|quite|increasingly"
    r"|more than|vanishingly|deeply) )?"
)
PHRASE = re.compile(rf"{_NOT}{_VERY}\b(?:{_ROWS})")
"""A phrase with what denies (`no`) or strengthens it (`very`) before it; of two at one word the first of the table."""

ANY_PHRASE = re.compile(
    "certain|sure|likel|probab|possib|perhaps|maybe|conceiv|potential|plausib|feasib|doubt|dubious|scepti|skepti|question"
    "|guarant|inevit|impossib|chance|prospect|odds|hope|risk|danger|rul|exclud|toss|coin|fifty|50|unclear|seen|guess|unknown|knows"
    r"|hunch|\bbet\b"
    "|hard to|unpredict|expected|set to|poised|projected|forecast|predicted|due to|on course|on track|tipped|slated"
    "|seem|appear|look|apparent|evident|definite|undeniab|bound"
    "|destined|doomed|unthink|no way|far|long shot|presum|arguab|in my view|improb"
)
"""What every phrase holds at least: a text in which it is not found needs no further look."""
