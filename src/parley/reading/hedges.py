"""How sure the words of a proposition and of its cue sound. `hedge` is the main name; the ranges stand in `domain.hedges`.

What is said outright beats what is implied: a number before a phrase, a phrase before *may* or *could*, those before the verb of
saying, and that before a plain *will*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.domain.hedges import RANGES
from parley.domain.source import Hedge
from parley.reading.modality import main_predicate, top
from parley.reading.odds import stated_odds

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["FoundHedge", "hedge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHedge:
    """How sure a speaker sounds.

    Attributes
    ----------
    hedge : the hedge
    low, high : the range of probabilities that it conveys, 0..1
    name : its row in the table of ranges; `stated` where the speaker names a number
    first, last : positions in the tokens given of the words that convey it; absent where the cue does
    """

    hedge: Hedge
    low: float
    high: float
    name: str
    first: int | None = None
    last: int | None = None

    @property
    def range(self) -> tuple[float, float] | None:
        """Lowest and highest probability; None where it is left open."""
        return None if self.hedge == "open" else (self.low, self.high)


def hedge(tokens: Sequence[Token], cue: Sequence[Token] = ()) -> FoundHedge | None:
    """Find how sure a proposition sounds; meant for what says how things will be, or are.

    Denial belongs to the hedge in *not likely to leave*, which is unlikely, and to the statement in *will not leave*, which is certain.

    Parameters
    ----------
    tokens : the proposition's tokens, in order
    cue : the words that attribute it, such as *doubts that*

    Returns
    -------
    the hedge with its range; None where nothing shows one
    """
    if not tokens:
        return None
    text, starts = _joined(tokens)
    if found := _stated(text, starts):
        return found
    if found := _phrase(tokens, text, starts):
        return found
    modal = _modal(tokens)
    if modal is not None and modal[0] == "possible":
        return _row(modal[0], modal[1], modal[1])
    if name := _cue(cue):
        return _row(name)
    if modal is None:
        return None
    hypothetical = modal[0] == "would" and not any(token.tag_ == "VBD" for token in cue)
    return _row("likely" if hypothetical else "certain", modal[1], modal[1])


def _row(name: str, first: int | None = None, last: int | None = None) -> FoundHedge:
    row = RANGES[name]
    return FoundHedge(hedge=row.hedge, low=row.low, high=row.high, name=name, first=first, last=last)


def _joined(tokens: Sequence[Token]) -> tuple[str, list[int]]:
    """The tokens in small letters with one space between them, and where each starts."""
    pieces = [token.text.lower().replace("’", "'") for token in tokens]
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece) + 1
    return " ".join(pieces), starts


def _place(starts: Sequence[int], character: int) -> int:
    low, high = 0, len(starts)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if starts[middle] <= character else (low, middle)
    return low


def _stated(text: str, starts: Sequence[int]) -> FoundHedge | None:
    odds = stated_odds(text)
    if odds is None:
        return None
    low, high, start, end = odds
    middle = (low + high) / 2
    names: tuple[tuple[float, Hedge], ...] = (
        (0.2, "sceptical"),
        (0.45, "unlikely"),
        (0.55, "possible"),
        (0.93, "likely"),
        (2, "certain"),
    )
    kind = next(name for bound, name in names if middle < bound)
    return FoundHedge(
        hedge=kind, low=low, high=high, name="stated", first=_place(starts, start), last=_place(starts, end - 1)
    )


_NOT = r"(?P<no>\b(?:not|n't|never|hardly|scarcely|neither|nor|cannot)(?: (?:be|been|at all|very|too|so|that|all that|yet|considered|seem|appear|to)){0,2} )?"
_VERY = r"(?P<very>\b(?:very|highly|extremely|exceedingly|overwhelmingly|most|quite|increasingly|more than|far more|so|vanishingly|deeply) )?"
_BE = r"(?:be|is|are|was|were|been|'s|'re|seems?|seemed|looks?|looked|remains?|appears?|appeared)"
_NOUN = r"(?:chances?|likelihood|probability|possibility|prospects?|odds|hope|risk|danger)"
_STRONG = {"very", "highly", "extremely", "exceedingly", "overwhelmingly", "vanishingly", "more than", "most", "deeply"}

# Each: name in the table, name where denied, words. Earlier ones win where two start at the same word.
_PHRASES: tuple[tuple[str, str, str], ...] = (
    ("almost certain", "possible", r"(?:almost|nearly|virtually|practically|all but|near) (?:certain(?:ly)?|sure(?:ly)?|guaranteed|inevitabl[ey]|assured)(?! of the)"),
    ("remote", "remote", rf"(?:(?:almost|next to|virtually|practically|little or|little to) no|a? ?remote|a? ?vanishingly small|barely any|hardly any) {_NOUN}|almost impossible|all but impossible|virtually impossible|next to impossible"),
    ("possible", "possible", r"(?:far from|by no means|anything but|less than) (?:certain|sure|guaranteed|assured|inevitable)"),
    ("certain", "certain", r"(?:no|without|without a|beyond|beyond any|beyond a|little|not a) doubt\b|no question (?:that|but)|undoubtedly|doubtless|unquestionably|for (?:sure|certain)|of that i am sure"),
    ("impossible", "possible", r"(?:no|zero|not a|not the slightest|not the least) (?:real |realistic |serious )?(?:chances?|likelihood|probability|possibility|prospects?|hope)\b|no way (?:that|he|she|it|they|we|to|any|this)\b|out of the question|inconceivable|unthinkable|impossible"),
    ("very likely", "unlikely", r"(?:in|with) all (?:likelihood|probability)|(?:every|strong|high|excellent|very good) (?:chance|likelihood|probability|possibility|prospect)"),
    ("likely", "unlikely", r"(?:good|fair|decent|reasonable) (?:chance|likelihood|prospect)|more likely than not|(?:the )?(?:chances|odds) are\b|odds[ -]on"),
    ("very unlikely", "possible", rf"(?:slim|very little|very small|very low|minimal|negligible|tiny|slender|faint|slight) {_NOUN}|far[ -]fetched|long shot"),
    ("unlikely", "likely", rf"(?:little|small|low|limited|poor|not much|not a great) {_NOUN}|less likely than not"),
    ("even", "even", r"even (?:chances?|odds)|fifty ?- ?fifty|50 ?[-/] ?50|(?:a )?toss ?- ?up|(?:a )?coin[ -]?(?:toss|flip)|as likely as not"),
    ("possible", "certain", r"(?:ca n't|can n't|can not|cannot|could not|could n't|not|n't|never|nor) (?:yet |be |been )?(?:rule|ruled|ruling|exclude|excluded)(?: it| that| this| anything)?(?: out)?"),
    ("possible", "impossible", r"possible(?! to say)|possibly|perhaps|maybe|conceivabl[ey]|potentially|plausibl[ey]|feasible"),
    ("likely", "unlikely", r"likel(?:y|ier)\b"),
    ("probable", "unlikely", r"probabl[ey]|presumably|in my view|arguably"),
    ("unlikely", "possible", r"unlikely|improbabl[ey]"),
    ("sceptical", "certain", r"doubtful|dubious|scepti(?:cal|cism)|skepti(?:cal|cism)|questionable|doubts?(?= (?:that|whether|if|it|he|they|there))|open to doubt"),
    ("certain", "possible", r"certainly|surely|definitely|inevitabl[ey]|undeniabl[ey]|bound to|destined to|doomed to|guaranteed(?: to)?|(?:certain|sure)(?= (?:to|that)\b)|(?:certain|sure)(?= ?(?:[.,;!?)]|$| of ))"),
    ("open", "open", r"unclear|remains? to be seen|an? open question|any ?(?:body|one) 's guess|uncertain|unknown|(?:nobody|no one) knows|hard to (?:say|tell|predict)|impossible to (?:say|tell|predict|know)|unpredictable"),
    ("likely", "unlikely", rf"(?:{_BE} (?:also |now |still |widely |all )?)(?P<inner>(?:not |n't )?)(?:(?:widely |generally |now |also )?expected|set|poised|projected|forecast|predicted|due|on (?:course|track)|tipped|slated) to"),
    ("likely", "unlikely", r"(?:seem|appear|look)(?:s|ed)?(?= (?:to|that|as|like|likely|set|increasingly|determined|ready|willing|unwilling|reluctant|prepared|bent|far|certain)\b)|apparently|seemingly|(?:it|this|that|which) (?:seems|appears)|by all appearances|evidently"),
    ("possible", "impossible", r"(?:a|some|any|real|serious|the|outside|still) (?:real |serious |small but real )?(?:chance|possibility|risk|danger|prospect)\b"),
)  # fmt: skip


def _compiled() -> re.Pattern[str]:
    rows = (f"(?P<r{index}>{words})" for index, (_, _, words) in enumerate(_PHRASES))
    return re.compile(rf"{_NOT}{_VERY}\b(?:{'|'.join(rows)})")


_ANY_PHRASE = re.compile(
    "certain|sure|likel|probab|possib|perhaps|maybe|conceiv|potential|plausib|feasib|doubt|dubious|scepti|skepti|question|guarant"
    "|inevit|impossib|chance|prospect|odds|hope|risk|danger|rul|exclud|toss|coin|fifty|50|unclear|seen|guess|unknown|knows|hard to"
    "|unpredict|expected|set to|poised|projected|forecast|predicted|due to|on course|on track|tipped|slated|seem|appear|look|apparent"
    "|evident|definite|undeniab|bound|destined|doomed|unthink|no way|far|long shot|presum|arguab|in my view|improb"
)
_PHRASE = _compiled()
_AFTER_AS = re.compile(r"\bas \w+ as $|\bif $|\bwherever $|\bwhenever $")


def _phrase(tokens: Sequence[Token], text: str, starts: Sequence[int]) -> FoundHedge | None:
    if not _ANY_PHRASE.search(text):
        return None
    inside = {token.i for token in tokens}
    for found in _PHRASE.finditer(text):
        index = next(number for number in range(len(_PHRASES)) if found[f"r{number}"] is not None)
        body = found.start(f"r{index}")
        if _AFTER_AS.search(text[max(0, body - 20) : body]):
            continue
        first, last = _place(starts, found.start()), _place(starts, found.end() - 1)
        if not _in_main_clause(tokens[_place(starts, body)], inside):
            continue
        name, denied, _ = _PHRASES[index]
        no = found["no"] is not None or bool(found["inner"])
        very = (found["very"] or "").strip()
        if no:
            name = "certain" if name == "sceptical" else denied
        elif very in _STRONG:
            name = _strengthened(name, very)
        return _row(name, first, last)
    return None


def _strengthened(name: str, very: str) -> str:
    if name in {"likely", "probable"} and very != "most":
        return "very likely"
    return "very unlikely" if name == "unlikely" else name


def _in_main_clause(token: Token, inside: set[int]) -> bool:
    at = token
    for _ in range(20):
        if at.head.i == at.i or at.head.i not in inside:
            return True
        if at.dep_ in {"relcl", "advcl"}:
            return False
        at = at.head
    return True


_MODALS = {
    "will": "will", "'ll": "will", "wo": "will", "shall": "will", "sha": "will", "would": "would", "may": "possible",
    "might": "possible", "could": "possible",
}  # fmt: skip


def _modal(tokens: Sequence[Token]) -> tuple[str, int] | None:
    """What the main predicate's modal conveys, and its position."""
    places = {token.i: place for place, token in enumerate(tokens)}
    for predicate in (main_predicate(tokens), top(tokens)):
        if predicate is None:
            continue
        for child in predicate.children:
            small = child.text.lower().replace("’", "'")
            if child.i not in places or child.dep_ != "aux" or small not in _MODALS:
                continue
            if small == "could" and any(each.dep_ == "neg" for each in predicate.children):
                return None
            return _MODALS[small], places[child.i]
        above = predicate if predicate.text.lower() == "going" else predicate.head
        if (
            above.text.lower() == "going"
            and above.i in places
            and any(each.dep_ == "xcomp" and each.tag_ == "VB" for each in above.children)
        ):
            return "will", places[above.i]
    return None


_CUES: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys(("doubt", "question", "mistrust"), ("sceptical", "certain")),
    **dict.fromkeys(
        ("doubtful", "sceptical", "skeptical", "dubious", "unconvinced", "sceptic", "skeptic"),
        ("sceptical", "possible"),
    ),
    **dict.fromkeys(("doubts", "scepticism", "skepticism"), ("sceptical", "certain")),
    **dict.fromkeys(
        ("sure", "certain", "confident", "convinced", "positive", "adamant", "certainty"), ("certain", "possible")
    ),
    **dict.fromkeys(
        ("insist", "know", "vow", "guarantee", "swear", "promise", "assure", "conviction"), ("certain", None)
    ),
    **dict.fromkeys(
        ("expect", "anticipate", "foresee", "reckon", "project", "forecast", "expectation"), ("likely", "unlikely")
    ),
    **dict.fromkeys(
        (
            "think",
            "believe",
            "suspect",
            "suppose",
            "assume",
            "feel",
            "consider",
            "presume",
            "guess",
            "belief",
            "view",
            "opinion",
        ),
        ("probable", "sceptical"),
    ),
    **dict.fromkeys(
        ("fear", "hope", "worry", "wonder", "dread", "fearful", "afraid", "hopeful", "hopes", "fears"),
        ("possible", None),
    ),
    **dict.fromkeys(("speculate", "speculation", "suggest", "possibility"), ("possible", None)),
    **dict.fromkeys(("unsure", "uncertain", "unclear"), ("open", None)),
    **dict.fromkeys(("optimistic", "optimism"), ("likely", "unlikely")),
    **dict.fromkeys(("pessimistic", "pessimism"), ("unlikely", None)),
    **dict.fromkeys(("likely",), ("likely", "unlikely")),
    **dict.fromkeys(("unlikely",), ("unlikely", "possible")),
}
_DENIALS = {"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "without", "little"}


def _cue(cue: Sequence[Token]) -> str | None:
    """The row of the table that a cue conveys."""
    for token in cue:
        row = _CUES.get(token.lemma_.lower()) or _CUES.get(token.text.lower())
        if row is None:
            continue
        name, denied = row
        around = (
            [*cue, *token.children, *token.head.children] if token.pos_ in {"ADJ", "NOUN"} else [*cue, *token.children]
        )
        if any(each.text.lower() in _DENIALS for each in around):
            return denied
        return name
    text = " ".join(token.text.lower() for token in cue)
    if re.search(r"\b(?:not|n't|n’t|never) rul\w* out\b", text):
        return "possible"
    return None
