"""Which lines of a page are its furniture: invitations, labels, credits, bylines, times. `Furniture` is the main name.

The classes are our own. Each pattern must match from the first character of a line, and a line that reads like a
sentence of the article counts only where it speaks of the page itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["Furniture"]

LONGEST = 320
"""A line with more characters is prose."""

NEAR_THE_HEAD = 14
"""A byline stands among so many first lines, or among the last few."""
NEAR_THE_FOOT = 6

MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
WEEKDAYS = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?"
CLOCK = r"\d{1,2}(?:[:.h]\d{2})?(?::\d{2})?\s?(?:[ap]\.?m\.?)?\s?(?:[a-z]{2,4})?"


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(alternatives) + ")", re.IGNORECASE)


INVITATIONS = _any(
    r"(?:please )?(?:log|sign) ?(?:in|up|on|out)\b(?! (?:to|for|on) (?:the|a|an|any|this) (?:deal|treaty|"
    r"agreement|plan|accord|truce|pact|talks))",
    r"(?:already )?(?:a |have an? )?(?:subscriber|member|account)\?",
    r"(?:please )?subscribe\b(?! to the (?:view|idea|notion|theory))",
    r"(?:create|register)(?: for)? (?:a |an |your )?(?:free )?(?:account|now|today|here)\b",
    r"(?:click|tap|press|swipe) (?:here|on|to|below|the (?:link|button|image))\b",
    r"(?:read|see|find out|learn|show|load|view|hear|watch|listen|get|discover|"
    r"explore)(?: the)? (?:more(?=\W*$|\s?[:|»>]| (?:on|about|from|stories|news|at|in|here)\b)|full (?:story|"
    r"article)|all comments|gallery)\b(?!.{60})",
    r"(?:read|see|watch|listen|hear|read next|read also|also read|see also|don.t miss|must read|up next|"
    r"next up)(?: (?:next|also|now|live|again))?\s?[:|»>]",
    r"(?:watch|listen to|see) (?:the |this |our )?(?:video|clip|audio|podcast|gallery|photos|slideshow|"
    r"live)\b(?!.{60})",
    r"(?:follow|like|join|find) (?:us|me|@\w+|\w+ on (?:twitter|facebook|instagram|x|linkedin))\b",
    r"share (?:this|on|via|it|with|the (?:story|article)|your (?:view|thought|opinion|stor))",
    r"(?:e-?mail|print|save|bookmark|copy|gift|tweet|pin|send|report) (?:this|link|the link|article|story|"
    r"page|it|to a friend)\b(?!.{40})",
    r"(?:download|get|install|try) (?:our|the|your)(?: free| new| \w+)? (?:app|newsletter|briefing|e-?mails?|"
    r"alerts?|paper|digital)\b",
    r"(?:get|receive|enjoy|have) .{0,80}\b(?:in|to|into|straight to) your (?:in-?box|e-?mail|phone)\b",
    r"(?:support|donate to|contribute to) (?:our|us|independent|quality|local) .{0,40}(?:journalism|work|site|"
    r"news|today|now)\b",
    r"become an? (?:\w+ )?(?:member|supporter|subscriber)\b(?!.{50})",
    r"(?:want|got|have|do you have|see|spotted?) (?:a |an |any )?(?:more|tip|tips|story|question|error|"
    r"mistake|typo)s?\b.{0,60}\?",
    r"(?:story|article|content|video|advertisement)?\s?continues?(?: reading)?(?: below| after| the main)",
    r"continue reading\b",
    r"(?:skip|jump|back|go|return) to (?:the )?(?:main )?(?:content|top|navigation|home|article|comments|advert)",
    r"(?:leave|post|write|add|view|show|hide|see|read) (?:a |your |all |the )?(?:reply|comments?)\b",
    r"(?:contact|write to|e-?mail|reach) (?:the (?:author|writer|reporter|editor)|us|him|her|\w+ \w+) (?:at|"
    r"on|by|via)\b",
    r"(?:enter|confirm|type) your (?:e-?mail|name|password|address)\b",
    r"(?:accept|reject|allow|manage|customi[sz]e)(?: all)? (?:cookies|consent|preferences|choices|settings)\b",
    r"(?:we|this (?:web)?site|our (?:web)?site|our partners) .{0,60}\bcookies\b",
    r"by (?:continuing to (?:use|browse)|signing up|subscribing|clicking|using (?:this|our))\b.{0,60}\byou\b",
    r"(?:turn on|enable|disable|your browser)\b.{0,50}(?:javascript|notifications?|ad.?blocker|support)",
)  # fmt: skip

LABELS = _any(
    r"(?:advertisement|advertising|sponsored(?: content)?|paid (?:content|post)|promoted|ad)\W*$",
    r"(?:related|recommended|more|further|other|latest|top|most)(?: (?:content|articles?|stor(?:y|ies)|"
    r"topics?|coverage|links?|news|reading|read|viewed|popular|shared|to read|tags?|videos?|posts?|"
    r"(?:from|on|in)(?=[^.!?]*$)))+\b(?!.{50})",
    r"(?:related|trending|recommended|popular|topics|tags|filed under|keywords|share|comments?|newsletters?|"
    r"menu|search|home|close|news|sections?|more|loading|live|video|audio|gallery|photos|print|text size|"
    r"follow|video transcript|transcript|sign up|sign in|log in|breaking news|exclusive|opinion|analysis|"
    r"editor.s picks?|editors. picks?|you (?:may|might) (?:also )?like|what to read next|in (?:this|"
    r"other) (?:story|article|news)|read more|key points|the latest|on this page|table of contents|"
    r"topics in this (?:story|article))\s*[:.…»>|]*$",
    r"\d[\d,.]*\s?[km]?\s+(?:comments?|shares?|likes?|views?|reads?|replies|retweets?|photos?|images?)\b(?!.{30})",
    r"(?:facebook|twitter|x|whatsapp|linkedin|reddit|pinterest|instagram|telegram|e-?mail|print|share|link|"
    r"copy link|messenger|flipboard)(?:[\s,|•·/]+(?:facebook|twitter|x|whatsapp|linkedin|reddit|pinterest|"
    r"instagram|telegram|e-?mail|print|share|link|copy link|messenger|flipboard|more|comment))*\W*$",
    r"comments? (?:are|is) (?:now )?(?:closed|off|disabled|open)\b",
    r"(?:previous|next|prev|older|newer)(?: (?:article|story|post|page|entry))?(?:\s?[|/]\s?next(?: \w+)?)?\W*$",
    r"page \d{1,4}(?: of \d{1,4})?\W*$",
    r"\d{1,4}\s?(?:/|of)\s?\d{1,4}\W*$",
    r"\d{1,3} min(?:ute)?s? (?:read|ago|listen)\W*$",
    r"(?:https?://|www\.)\S+\W*$",
    r"@\w{2,30}\W*$",
    r"\S+@\S+\.\w{2,10}\W*$",
    r"-?\s?\d{1,4}\s?-?$",
)  # fmt: skip

CODE = _any(r"[.#@*]?[\w#.-][^.!?]{0,80}\{$", r"[\w-]{2,40}\s*:[^.!?]{1,80};$", r"\}")

CREDITS = _any(
    r"(?:photo(?:graph)?s?|image|picture|illustration|graphic|video|credit|photo credit|image credit|"
    r"image source|image caption|caption|media caption|file(?: photo| image| picture)?|composite|map|chart|"
    r"source)(?: (?:by|credit|courtesy)\b|\s?[:/©|-])",
    r"[^.!?\n]{0,160}(?:/|\(|\bvia )(?:getty|afp|ap|reuters|epa|shutterstock|alamy|upi|anadolu|xinhua|"
    r"bloomberg)(?:[ /-](?:images?|photos?|getty|afp))*\)?\W*$",
    r"[^.!?\n]{0,60}\bgetty images\W*$",
    r"(?:©|\(c\)|copyright\b)",
    r".{0,60}\ball rights reserved\b",
    r"this (?:material|content) may not be (?:published|reproduced|broadcast)",
    r"this (?:article|story|piece|report|post|column|essay|headline|version|page) (?:was|has been|is|"
    r"will be|appear|first|originally|includes? material)\b.{0,40}\b(?:amended|corrected|updated|published|"
    r"edited|produced|translated|part of|appear|clarif|revised|adapted|from)",
    r"(?:this|the|our) (?:interview|conversation|exchange|discussion|transcript|q ?& ?a|translation)s? (?:was|were|has "
    r"been|have been|took place) .{0,60}\b(?:edited|shortened|condensed|abridged|translated|conducted|telephone|phone|"
    r"video|e-?mail)\b",
    r"the (?:views|opinions) expressed\b",
    r"(?:correction|clarification|editor.s note|note to readers|disclaimer|terms of (?:use|service)|"
    r"terms (?:and|&) conditions|privacy (?:policy|notice)|cookie policy|about (?:us|the author)|contact us|"
    r"help|advertise with us|accessibility|site map|sitemap|careers)\s*(?:[:|•·]|$)",
    r"(?:additional|with (?:additional )?|further )?(?:reporting|editing|writing|compiled|contribution|"
    r"translation|material)(?:s)?(?: (?:for|from|in) [\w ]{1,30})? (?:by|from)\b",
    r"(?:\w+[ ,]+){1,6}contributed (?:to this (?:report|story|article)|reporting)\b",
    r"(?:reuters|ap|afp|upi|getty images|associated press|the associated press|agencies|staff)(?: photo)?\W*$",
)  # fmt: skip

TIMES = _any(
    rf"(?:(?:first |originally |last )?(?:published|updated|posted|modified|created|issued|released|date|"
    rf"last updated|last modified)\b)(?:\s?(?:on|at|by|:|-|—|–|\|))*\s*(?:{WEEKDAYS}|{MONTHS}|\d|today|"
    rf"yesterday|an? ).{{0,90}}$",
    rf"(?:{WEEKDAYS}\W{{1,3}})?(?:\d{{1,2}}(?:st|nd|rd|th)? {MONTHS}|{MONTHS} \d{{1,2}}(?:st|nd|rd|"
    rf"th)?)\W{{0,3}}(?:(?:19|20)\d\d)?(?:\W{{0,4}}(?:at )?{CLOCK})?\W*$",
    rf"(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:[T ,|-]+{CLOCK})?\W*$",
    rf"\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:19|20)?\d\d(?:[ ,|-]+{CLOCK})?\W*$",
    rf"{CLOCK}(?:[ ,|-]+(?:{WEEKDAYS}\W+)?\d{{1,2}} {MONTHS}(?: \d{{4}})?)?\W*$",
    r"(?:about |over )?(?:\d{1,2}|an?|one|two|three) (?:second|minute|min|hour|hr|day|week|month|year)s? ago\W*$",
)  # fmt: skip

BYLINE = re.compile(
    r"(?:(?i:story |report |words |analysis |written |edited |posted |reported )?(?i:by|from)\b:?\s+)"
    rf"(?!(?i:{MONTHS}|{WEEKDAYS}|the|then|now|all|far|contrast|comparison|law|no)\b)"
    r"(?:[A-ZÀ-Þ][\w.’'-]*|of|de|van|von|der|del|la|al|bin|and|in|for|at|the|&)"
    r"(?:[ ,|/•·-]+(?:[A-ZÀ-Þ@(][\w.’')@-]*|of|de|van|von|der|del|la|al|bin|and|in|for|at|the|&|"
    r"[a-z]+@\S+)){0,14}\W*$"
)

SPEAKS_OF_THE_PAGE = re.compile(
    r"\b(?:newsletter|cookies?|subscri\w+|in-?box|log ?in|sign ?up|click|e-?mail|advert\w*|comments?|app|"
    r"our (?:journalism|site|website)"
    r"|getty|copyright|rights reserved|this (?:article|story|report|page|post|column|piece)|contributed|"
    r"reporting|edited|shortened|condensed)\b|©|https?://|@",
    re.IGNORECASE,
)


class Furniture:
    """Tells the furniture among the lines of one article.

    Parameters
    ----------
    lines : its paragraphs, in order
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._count = len(lines)
        times = Counter(line.strip() for line in lines if len(line) <= 80)
        self._repeated = {line for line in times if times[line] > 2 and not line.endswith((".", "”", '"'))}

    def holds(self, line: str, place: int) -> bool:
        """Whether a line is furniture.

        Parameters
        ----------
        line : a paragraph without spaces at its ends
        place : its place among the paragraphs, from 0
        """
        if not any(mark.isalnum() for mark in line):
            return True
        if len(line) > LONGEST:
            return False
        bare = line.lstrip("-–—•*|>»#[( \t")
        if line in self._repeated or any(kind.match(bare) for kind in (LABELS, TIMES, CODE)):
            return True
        if self._is_byline(bare, place):
            return True
        if not (INVITATIONS.match(bare) or CREDITS.match(bare)):
            return False
        return not _reads_like_a_sentence(line) or SPEAKS_OF_THE_PAGE.search(line) is not None

    def _is_byline(self, line: str, place: int) -> bool:
        near = place < NEAR_THE_HEAD or place >= self._count - NEAR_THE_FOOT
        return near and len(line) <= 120 and BYLINE.match(line) is not None


def _reads_like_a_sentence(line: str) -> bool:
    return line.endswith((".", "”", '"')) and len(line.split()) > 9
