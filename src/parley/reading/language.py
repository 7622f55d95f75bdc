"""Which language a text is in, as far as the readers need it: `foreign` names one that is not English.

Letters tell scripts apart, and the commonest small words tell languages in Latin letters apart. The word lists are our
own. A quotation in another language within an English text does not count, nor does a text too short to tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

__all__ = ["foreign"]

SAMPLE = 40_000
"""So many characters from the start are looked at."""
FEWEST_LETTERS = 60
FEWEST_WORDS = 25
OTHER_SCRIPT = 0.5
"""At least this share of the letters must be of another script."""
ENGLISH_ENOUGH = 0.15
"""Where at least this share of the words are small English words, the text is English whatever else it holds."""
ENGLISH_TOO_LITTLE = 0.05
LEAST_SHARE = 0.12
"""A language must have at least this share of the words, and half as many again as English has."""

ENGLISH_WORDS = (
    "the of and to in that is was for it with as his on be at by had not are but from or have an they "
    "which one were her all there would their will when who him been has more if no out so said what its "
    "about into than them can only other new some could time these two may then do first any my now such "
    "our this we he she you after before over against between because should must while during also how "
    "where very most"
)
ENGLISH = frozenset(ENGLISH_WORDS.split())
LANGUAGES = {
    "Spanish": (
        "el la los las de del que y en un una por con para se no su es al lo como más pero sus le ha este sí "
        "sobre entre cuando muy sin también fue han hasta desde está son porque esta según"
    ),
    "French": (
        "le la les des de du et un une en que qui dans pour est sur au aux pas plus par avec ce cette il elle "
        "ne se son sa ses ont été mais comme nous vous leur ou où après sont était"
    ),
    "German": (
        "der die das und ist den dem des ein eine einen einem zu mit auf für von nicht sich im als auch es an "
        "werden aus er sie hat dass nach wird bei noch um am wie über so war haben oder aber"
    ),
    "Italian": (
        "il lo la gli le di del della dei delle che e è un una in per con non si da al alla sono come anche "
        "più ma ha nel nella su questo questa dal dalla essere stato hanno degli ai"
    ),
    "Portuguese": (
        "o a os as de do da dos das que e em um uma para com não se na no por mais foi ao ele ela são como "
        "mas tem à seu sua ou quando muito nos já está também pelo pela até isso"
    ),
    "Dutch": (
        "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij nog naar uit hij "
        "zij wordt heeft hebben deze door over worden was werd geen kan meer"
    ),
    "Swedish": (
        "och att det som en på är av för med den till inte har de ett om han men var jag sig från vi så kan "
        "när hade skulle efter vid eller också nu ska"
    ),
    "Danish": (
        "og at det som en på er af for med den til ikke har de et om han men var jeg sig fra vi så kan når "
        "havde skulle efter ved eller også nu blev"
    ),
    "Norwegian": (
        "og at det som en på er av for med den til ikke har de et om han men var jeg seg fra vi så kan når "
        "hadde skulle etter ved eller også nå ble"
    ),
    "Finnish": (
        "ja on ei että se oli hän mutta ovat myös kun joka mukaan niin kuin jos tai sen ole olla mitä vain "
        "nyt sekä jotka hänen ollut voi"
    ),
    "Polish": (
        "i w na z nie się do to że jest o jak po co za od przez dla są ale tym czy tak który która które "
        "przed oraz już może było był tego jego"
    ),
    "Czech": (
        "a v na se je že z do o i to ve pro za by jsou k po jako ale od který která které nebo podle už také "
        "byl bylo při tak není jeho"
    ),
    "Hungarian": (
        "a az és hogy nem is egy azt ez volt de meg csak már még mint ha el van vagy szerint amely aki ami "
        "után lesz ezt között kell"
    ),
    "Romanian": (
        "și în de la a cu pe nu că o un din se pentru mai este au sunt care ce fi lui prin sau dar după fost "
        "până să ca al ale acest această"
    ),
    "Turkish": (
        "ve bir bu da de için ile olarak çok daha gibi ne olan var kadar sonra değil en ama mi ki o olduğunu "
        "göre tarafından her ise ya dedi"
    ),
    "Indonesian": (
        "yang dan di dengan untuk pada dari ini itu tidak dalam akan adalah ke oleh juga telah bahwa sebagai "
        "ada mereka kami bisa karena tersebut atau saat lebih"
    ),
    "Swahili": (
        "na ya wa kwa ni katika za la kuwa hiyo huo hayo lakini kama cha yake hii hilo wake baada pia kwamba "
        "huyo alisema watu"
    ),
    "Croatian, Serbian or Bosnian": (
        "i u je da se na su za od s sa ne što koji koja koje kao o to iz bi ali ili biti kako prema samo nije "
        "još do već bio ima"
    ),
    "Vietnamese": (
        "và của là có cho được không trong một các với những này người đã về để khi từ đến ra cũng như tại sẽ "
        "theo nhưng việc"
    ),
    "Tagalog": (
        "ang ng sa na mga at ay si ni hindi para kay nang ito may niya siya kung ko mo natin po lang rin din dahil"
    ),
    "Latvian": ("un ir no ka uz par ar tas kas arī bet lai pēc kā nav bija tiek gan vai jau to šis vairāk"),
    "Lithuanian": ("ir yra kad su iš į tai bet kaip dėl apie po ar jau už nuo buvo kuris būti taip pat šis"),
    "Estonian": ("ja on ei et see oli ka kui ning aga mis seda oma või kes nende tema selle pärast olla ole"),
    "Albanian": ("dhe të në e i së me për një që është nga si ka do nuk janë më ky kjo por edhe"),
}
WORDS = {name: frozenset(words.split()) for name, words in LANGUAGES.items()}
SCRIPTS = {
    "CYRILLIC": "a language in Cyrillic letters",
    "ARABIC": "a language in Arabic letters",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "HANGUL": "Korean",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "CJK": "Chinese or Japanese",
    "DEVANAGARI": "a language in Devanagari letters",
    "THAI": "Thai",
    "ARMENIAN": "Armenian",
    "GEORGIAN": "Georgian",
    "ETHIOPIC": "a language in Ethiopic letters",
    "BENGALI": "Bengali",
    "TAMIL": "Tamil",
}


def foreign(text: str) -> str | None:
    """The language of a text that is not in English.

    Parameters
    ----------
    text : an article

    Returns
    -------
    its name in English, or `another language`; None where it is English or too short to tell

    Examples
    --------
    >>> foreign("“Je ne signerai pas,” he said, and left the hall with the other envoys.") is None
    True
    """
    sample = text[:SAMPLE]
    return _by_script(sample) or _by_words(sample)


def _by_script(sample: str) -> str | None:
    letters = Counter(mark for mark in sample if mark.isalpha())
    whole = letters.total()
    scripts: Counter[str] = Counter()
    for letter, times in letters.items():
        scripts[unicodedata.name(letter, "").split(" ")[0].split("-")[0]] += times
    known = {script: times for script, times in scripts.items() if script in SCRIPTS}
    if sum(known.values()) < max(FEWEST_LETTERS / 2, OTHER_SCRIPT * whole):
        return None
    if known.get("HIRAGANA", 0) > whole / 20:
        return SCRIPTS["HIRAGANA"]
    return SCRIPTS[max(known, key=lambda script: known[script])]


def _by_words(sample: str) -> str | None:
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) < FEWEST_WORDS:
        return None
    times = Counter(words)
    english = _share(times, ENGLISH)
    if english >= ENGLISH_ENOUGH:
        return None
    shares = {name: _share(times, small) for name, small in WORDS.items()}
    best = max(shares, key=lambda name: shares[name])
    if shares[best] >= max(LEAST_SHARE, 1.5 * english):
        return best
    return "another language" if english < ENGLISH_TOO_LITTLE and len(words) >= 3 * FEWEST_WORDS else None


def _share(times: Counter[str], small: frozenset[str]) -> float:
    return sum(times[word] for word in small) / times.total()
