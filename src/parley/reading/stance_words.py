"""Verbs by which somebody thinks, wants or judges, with the small words they take. `HOLDING` is the main name."""

from __future__ import annotations

from parley.reading.tokens import lexicon

__all__ = [
    "ABSTRACT",
    "ANIMALS",
    "APART",
    "BARE",
    "BY",
    "ENDURING",
    "GOING_ON",
    "HOLDING",
    "LONGING",
    "MATTERS",
    "SELF",
    "SOLID",
    "THINGS",
    "TIMES",
    "TOGETHER",
    "TOUCHING",
]

HOLDING = lexicon(
    "blame credit fault accuse suspect doubt foresee forecast predict expect envisage envision anticipate fear dread "
    "regret resent deplore lament favour favor prefer oppose support reject demand want propose liken compare "
    "ascribe "
    "attribute mistake dismiss mock praise hail criticise criticize condemn denounce deride decry question dispute "
    "contest deny claim allege maintain promise pledge threaten warn welcome distrust mistrust mourn rate scent "
    "smell "
    "rue bemoan covet crave despise scorn abhor loathe detest hate envy rubbish endorse query begrudge champion "
    "countenance regard deem consider view imagine second-guess downplay overestimate underestimate disown "
    "disapprove "
    "advocate urge insist contemplate scoff mull wish hope wonder believe think feel reckon assume suppose "
    "conjecture surmise posit postulate contend assert avow profess opine presume presuppose prophesy foretell "
    "dislike admire adore cherish esteem revere venerate idolise idolize disdain disparage belittle deprecate bewail "
    "grudge underrate overrate overstate understate misjudge exaggerate minimise minimize trivialise trivialize "
    "laud extol commend castigate censure chastise chide berate lambast lambaste rebuke reproach reprove upbraid "
    "excoriate vilify malign revile pooh-pooh disbelieve impugn gainsay contradict disavow disclaim repudiate "
    "renounce spurn rebuff eschew forswear abjure disfavour disfavor forbid prohibit intend exhort implore beseech "
    "entreat enjoin counsel advise recommend caution admonish stipulate espouse condone tolerate desire vow swear "
    "debunk discount discredit laud deprecate pity "
    "equate ponder construe perceive characterise characterize portray depict acknowledge concede appreciate trust "
    "congratulate absolve exonerate acquit taunt goad scold chide commend eye trumpet laud rue"
)
"""Verbs that have what somebody thinks, says or wants as their object."""

BY = {
    "settle": "for", "stick": "to by with", "cling": "to", "swear": "by", "bank": "on", "bet": "on", "count": "on",
    "stand": "by behind", "live": "with", "warm": "to", "toy": "with", "flirt": "with", "lean": "towards toward",
    "bristle": "at", "balk": "at", "baulk": "at", "chafe": "at", "fret": "about over", "worry": "about over",
    "grumble": "about at over", "complain": "about of", "talk": "of", "dream": "of", "hanker": "after for",
    "yearn": "for", "long": "for", "lust": "after", "angle": "for", "press": "for", "push": "for", "clamour": "for",
    "clamor": "for", "object": "to", "opt": "for", "plump": "for", "believe": "in", "disapprove": "of",
    "approve": "of", "despair": "of", "weary": "of", "repent": "of", "reckon": "with on", "shudder": "at",
    "insist": "on upon", "subscribe": "to",
    "argue": "for against", "plead": "for", "call": "for", "hope": "for against", "wish": "for", "aim": "for at",
    "care": "about for little", "root": "for", "jib": "at", "sneer": "at", "scoff": "at", "laugh": "at",
    "rail": "against at", "fume": "at over about", "warn": "of against about", "brace": "for", "price": "in",
    "pencil": "in", "go": "along", "part": "with", "speak": "of", "spit": "at", "recoil": "from at", "shrink": "from",
    "shy": "from away", "flinch": "from at", "quail": "at", "wince": "at", "bridle": "at", "seethe": "at over",
    "rage": "at against over", "inveigh": "against", "thunder": "against", "fulminate": "against",
    "quibble": "with over about", "disagree": "with over about on", "side": "with",
    "sympathise": "with", "sympathize": "with", "concur": "with in", "dissent": "from", "demur": "at over",
    "cavil": "at", "carp": "at about", "gripe": "about at", "moan": "about", "whinge": "about", "grouse": "about",
    "protest": "against at about", "agonise": "over about", "agonize": "over about", "speculate": "about on",
    "muse": "on about over", "brood": "over on", "fantasise": "about", "fantasize": "about", "wonder": "about at",
    "frown": "on upon at", "incline": "to towards toward", "gravitate": "towards toward", "waver": "over on between",
    "vacillate": "over on between", "hesitate": "over about", "cleave": "to", "acquiesce": "in",
    "rejoice": "in at over", "exult": "in at over", "gloat": "about over", "revel": "in", "marvel": "at",
    "pine": "for", "thirst": "for after", "hunger": "for after", "itch": "for", "ache": "for", "hint": "at",
    "allude": "to", "confess": "to", "vouch": "for", "agitate": "for", "lobby": "for against", "gamble": "on",
    "petition": "for against", "aspire": "to", "strive": "for after", "point": "to", "advise": "against",
    "counsel": "against", "caution": "against", "guess": "at", "snipe": "at", "mock": "at", "anguish": "over",
    "dither": "over", "rebel": "against", "differ": "with over", "persist": "in with", "hold": "to",
    "harp": "on", "justify": "by with as", "tire": "of", "gun": "for", "kick": "against",
}  # fmt: skip
"""Verbs that have it by a preposition."""

TOGETHER = {
    "hold": "out for|out against", "cry": "out for|out against", "fall": "in behind|out with", "cave": "in to",
    "look": "forward to|askance at|favourably on|favorably on|kindly on|unfavourably on", "go": "cool on|cold on",
    "lash": "out at|out against|out over", "hit": "out at|out against", "stand": "up for",
}  # fmt: skip
"""Verbs that have it by several small words."""

APART = {
    "rule": "out", "play": "down up", "talk": "down up", "brush": "aside off away", "wave": "away aside off",
    "shrug": "off", "laugh": "off", "write": "off", "turn": "down", "shoot": "down", "vote": "down", "cry": "down",
    "bat": "away", "swat": "away aside", "push": "aside", "sweep": "aside", "knock": "back down", "wish": "away",
    "explain": "away", "warn": "off", "hold": "against", "read": "into",
}  # fmt: skip
"""Verbs that have it as their object, with a small word, where it is nothing that can be touched."""

BARE = lexicon(
    "exclude resist ridicule savage slam blast slate respect value embrace attack defend applaud challenge "
    "reprimand fancy relish savour savor overlook prioritise prioritize seek favour ban bar disallow preclude "
    "justify pan love second prize lampoon scotch quash squash specify echo pin"
)
"""Verbs that have it as their object alone, where it is nothing that can be touched."""

SELF = {
    "resign": "to", "reconcile": "to", "pride": "on", "distance": "from", "dissociate": "from",
    "disassociate": "from",
    "commit": "to", "bind": "to", "pledge": "to", "align": "with", "ally": "with", "set": "against", "brace": "for",
    "steel": "for",
}  # fmt: skip
"""Verbs that tell of a mind with a pronoun that turns back on their subject."""

ENDURING = lexicon("abide stomach bear stand brook countenance see imagine accept live swallow tolerate forgive")
"""Verbs that tell a refusal with "cannot"."""

GOING_ON = lexicon("keep continue begin start cease stop come")
"""Verbs that tell only when somebody thinks or wants what the verb below them says."""

LONGING = lexicon("long itch pine ache yearn hanker burn resolve vow swear hunger thirst")
"""Verbs that have what somebody wants to do as an infinitive."""

TOUCHING = lexicon(
    "go bank warm push press lean point spit aim settle stick stand cling hold live part lash hit shrink"
)
"""Verbs of bodies too, which have it only where what follows cannot be touched."""

THINGS = lexicon(
    "law treaty truce deal accord agreement pact plan proposal text draft ruling order letter report paper move "
    "decision strike vote poll war crisis market price cost figure number talk attack budget system project "
    "bill rule "
    "article clause contract result time day week month year rain drought scheme offer speech story history "
    "experience one none nobody everyone anybody nothing anything something it this that demand claim policy rate "
    "growth economy loss delay"
)
"""Nouns of what has no mind."""

ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ism", "ence", "ance", "ship", "ure", "ing", "al", "cy")
"""Ends of nouns of what can be neither touched nor a mind."""

MATTERS = lexicon(
    "limit lack fact record case example breach passage paragraph rise fall quarrel rumour rumor role "
    "possibility link "
    "word difference use return split rift cut sale force cabinet map date term seat share ban tax levy quota toll "
    "tariff wage third half quarter fifth percentage freeze pause half-year minimum maximum sum idea notion right "
    "charge yes no less more worse inquest inquiry boycott ballot parole pardon border ceiling floor runway account "
    "version testimony finding conclusion commitment help aid goodwill"
)
"""Further nouns of what is talked about and cannot be touched."""

ANIMALS = lexicon("horse mule donkey ox bull cow dog camel goat sheep bird pony")
SOLID = lexicon("fire arm army missile weapon bomb force post capital state country party government")
"""Nouns that the lexicon of moves holds, though they can be touched or have a mind."""

TIMES = lexicon("hour day night week month year winter summer moment while morning evening weekend")
