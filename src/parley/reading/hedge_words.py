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
    "OUTLOOK": r"(?:chances?|odds|prospects?|likelihood|probability)(?: (?:of|for|that) (?:[\w'-]+ ){1,6}?| )BE ",
    "ASTONISHED": r"(?:surpris|astonish|amaz|astound|shock|stunn)ed",
    "THINK": r"(?:think|believe|suspect|guess|reckon|suppose|imagine|assume|presume|wager|dare say|daresay)",
    "DOUBTING": r"(?:(?:do|would|ca|can) ?n't|don 't|(?:do|would|can) not|cannot|never)(?: really| for a moment)?",
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
possible > possible
    (?:not |n't )(?:be |been |at all )?ASTONISHED if
certain > certain
    (?:only |just |merely )?a (?:question|matter) of time
    foregone conclusion
    can only end
    come what may
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
    no way (?:that|the|there|a|an|he|she|it|they|we|to|any|this)\b
    out of the question
    inconceivable
    unthinkable
    impossible
very likely > unlikely
    (?:in|with) all (?:likelihood|probability)
    (?:every|strong|high|excellent|very good) (?:chance|likelihood|probability|possibility|prospect)
unlikely > likely
    (?:anything but|far from|none too|less than) (?:likely|probable)
    OUTLOOK(?:\w+ )?(?:slim|small|poor|low|thin|slight|long|against|stacked|bleak|dim|remote)
    ASTONISHED (?:if|to see|were|should)
    (?:be|come as) (?:a|quite a|something of a) (?:\w+ )?(?:surprise|shock|miracle|sensation)
    (?:take|need|require) a (?:small |minor )?miracle
    (?:hard|difficult) to (?:see|imagine|envisage|picture|believe)
    (?:i|we) DOUBTING (?:expect|anticipate|foresee)
    (?:i|we) DOUBTING (?:see|imagine|picture|envisage) (?=.*ing\b)
    (?:i|we) (?:would n't|would not) (?:bet|put (?:any |much )?money|count|bank|hold (?:my|our) breath)
    do n't hold your breath
    (?:distant|remote|faint) (?:prospect|possibility|hope)
    (?:a long|some|a good) way off
    (?:few|nobody|no one|hardly anyone|hardly anybody) (?:\w+ ){0,5}?(?:expects?|thinks?|believes?)\b
    (?:(?<=will )|(?<=would )|(?<=could )|(?<=can )|(?<='ll ))(?:hardly|scarcely)
sceptical > certain
    (?:i|we) DOUBTING THINK
    (?:little|no|scant) (?:faith"
    "|confidence|trust) (?:in|that)\b
    (?:i|we) (?:\w+ )?doubt\b
    (?:not|n't) (?:at all |yet |entirely |fully )?(?:convinced|persuaded)
likely > unlikely
    OUTLOOK(?:\w+ )?(?:good|high|excellent|strong|in favou?r|better)
    (?:odds|chances) are that
    smart (?:money|bet)
    the betting is
    (?:fairly|pretty|reasonably|quite) (?:sure|certain|confident)
    in sight
    within reach
    odds ?- ?on
    seem(?:s|ed)?
    (?:everything|all|all the signs|the signs|the evidence|all the evidence) points? to
    on the cards
    on the horizon
    to be expected
    tends? to
    head(?:ed|ing) for
    (?:i|we) (?:would |'d |do |fully |still |also )*(?:expect|anticipate|foresee)\b
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
    risk(?:s|ed)? \w+ing\b
    (?:in|at|runs? the|ran the) (?:\w+ )?(?:danger|risk) of
    threatens? to
    with (?:any |a bit of |some |a little )?luck
    who knows
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
    (?:i|we) (?:would |'d |do |still |rather |'m inclined to )*THINK\b
    (?:i|we) (?:would |'d )(?:bet|put money|lay money)
    if you ask me
    (?:i|we) fancy
    inclined to (?:think|believe)
    as far as (?:i|we|one) can (?:see|tell|judge)
    (?:in|by) (?:my|our|his|her|their) (?:estimation|judge?ment|reckoning|opinion|book)
    to (?:my|our|his|her|their) mind
    (?:my|our|his|her|their) (?:sense|feeling|instinct|impression|suspicion|forecast|expectation) (?:is|was)
    as (?:i|we) see it
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
    (?:is|are|was|were|be) doomed
    unavoidable
    inescapable
    mark my words
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
        for short, long in sorted(_SHORTHAND.items(), key=lambda pair: pair[0] != "OUTLOOK"):
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
    "|hard to|difficult|unpredict|expect|set to|poised"
    "|projected|forecast|predicted|due to|on course|on track|tipped|slated"
    "|surpris|astonish|amaz|astound|shock|stunn|miracle|sensation"
    "|of time|foregone|only end|come what|hardly|scarcely|luck"
    "|cards|horizon|tends? to|head(?:ed|ing) for|money|points? to|faith"
    "|confidence|trust|anything but|none too|less than|threaten|opinion|book|mind|ask me|convinced|persuaded"
    "|betting|pretty|reasonably|fairly|in sight|within reach|fancy|inclined|as far as|way off|breath"
    "|n't see|not see|imagine|picture|envisage"
    "|avoidable|escapable|mark my|think|believe|suspect|suppose|imagine|assume|wager|dare ?say|anticipate|foresee|point"
    "|i see|we see"
    "|estimation|judge?ment|reckoning|sense|feeling|instinct|impression|suspicion"
    "|seem|appear|look|apparent|evident|definite|undeniab|bound"
    "|destined|doomed|unthink|no way|far|long shot|presum|arguab|in my view|improb"
)
"""What every phrase holds at least: a text in which it is not found needs no further look."""
