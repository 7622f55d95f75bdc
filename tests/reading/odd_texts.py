"""Texts as they may come: news-like ones with everything that goes wrong in them, and long ones that are no prose."""

import base64
import random
from pathlib import Path

from hypothesis import strategies as st

GOLD = sorted((Path(__file__).parent / "gold/dev").glob("*.txt"))
WHO = (
    "the envoy", "Ana Duarte", "President Ana Duarte", "he", "she", "they", "I", "an analyst at the institute",
    "the country's foreign minister, Li Wen,", "Kyiv", "the rebels' spokesman", "nobody", "Étienne O’Brien-Łukasz",
    "the prime minister of the north", "the 14-member council", "officials in Geneva", "its chair", "who", "الوزير",
)  # fmt: skip
CUES = (
    "said", "says that", "told reporters", "warned of", "would not rule out", "insists on", "did not say", "called",
    "asked", "according to", "wants", "rejected", "’s plan to", "is opposed to", "added:", "—", "predicts that",
    "threatened to", "said — and", "refused to comment on whether", "hopes",
)  # fmt: skip
CLAUSES = (
    "the port must open by the end of March", "a truce unless the guns fall silent", "to sign within two weeks",
    "we will never sign", "there can be no talks before the withdrawal", "if they attack, we will strike back",
    "it may well last until next spring", "a withdrawal and observers, or else no treaty", "that", "no", "",
    "only if all prisoners are freed first", "50-60 percent of the fish, 3.5 million tonnes", "neither peace nor war",
    "what the general’s aide said the general said", "on 31 February 2025", "in the next 99999999999 years",
    "by the year 0", "from 1 May to 32 May", "since the 1st century BC", "between Monday and", "not not never unlikely",
)  # fmt: skip
MARKS = ('"', "“", "”", "«", "»", "„", "‟", "''", "``", "'", "’", "‘", "＂", "(", ")", "[", "](", "**", "_", ">")
ENDS = (".", "?", "!", "…", ",", ";", ":", "?!", ".”", '."', "", " -", "--", "。")
BREAKS = (" ", "  ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\t", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\xa0")
ODD = (
    "\0", "\ufeff", "\u200b", "\u200f", "\u202e", "\u0301", "e\u0301\u0301\u0301", "👩‍👩‍👧‍👦", "🇺🇦", "🏳️‍🌈",
    "\ud800", "\udfff", "שלום", "ﷺ", "𝔗𝔥𝔢", "İ", "ß", "ǅ", "ﬃ", "\x1c", "\x7f", "½", "٣", "Ⅻ", "https://x.example/a?b=c#d",
    "@someone", "#talks", "a-" * 40, "x" * 300, "((((", "…" * 12, "=====", "---", "# ", "- ", "1) ",
    "PRESIDENT: ", "Q. ", "$1.5bn", "U.S.",
)  # fmt: skip
HEADINGS = (
    "Talks end without a deal",
    "# What comes next",
    "Sign up for our newsletter",
    "BREAKING",
    "Log in",
    "GENEVA —",
)

pieces = st.one_of(
    st.sampled_from(WHO), st.sampled_from(CUES), st.sampled_from(CLAUSES), st.sampled_from(CLAUSES),
    st.sampled_from(MARKS), st.sampled_from(ODD), st.text(max_size=6),
    st.text(st.characters(categories=["Cs", "Cc", "Mn", "Po", "Pi", "Pf", "Zs"]), max_size=3),
)  # fmt: skip


def _sentence(who, cue, clause, marks, order):
    left, right = marks
    parts = {"who": who, "cue": cue, "clause": f"{left}{clause}{right}"}
    return " ".join(parts[name] for name in order)


told = st.builds(
    _sentence,
    st.sampled_from(WHO),
    st.sampled_from(CUES),
    st.sampled_from(CLAUSES),
    st.tuples(st.sampled_from(("", *MARKS)), st.sampled_from(("", *MARKS))),
    st.permutations(["who", "cue", "clause"]),
)
sentences = st.builds(
    lambda parts, glue, end, times: (glue.join(parts) + end) * times,
    st.lists(st.one_of(told, told, pieces), min_size=1, max_size=5),
    st.sampled_from((" ", " ", " ", ", ", " and ", "", ", who ")),
    st.sampled_from(ENDS),
    st.sampled_from((1, 1, 1, 1, 2, 7)),
)
articles = st.builds(
    lambda lines: "".join(line + rest for line, rest in lines),
    st.lists(
        st.tuples(st.one_of(sentences, sentences, sentences, st.sampled_from(HEADINGS)), st.sampled_from(BREAKS)),
        max_size=9,
    ),
)


@st.composite
def damaged(draw):
    """A few lines of an article of the gold set in which words are lost, moved, put in, or set in capitals."""
    path = draw(st.sampled_from(GOLD))
    lines = path.read_text(encoding="utf-8").split("\n")
    first = draw(st.integers(0, len(lines) - 1))
    words = "\n".join(lines[first : first + draw(st.integers(1, 7))]).split(" ")
    for _ in range(draw(st.integers(0, 11))):
        at, other = draw(st.integers(0, len(words) - 1)), draw(st.integers(0, len(words) - 1))
        change = draw(st.sampled_from(("lose", "swap", "put in", "capitals", "repeat")))
        if change == "swap":
            words[at], words[other] = words[other], words[at]
        else:
            words[at : at + 1] = {
                "lose": [""],
                "put in": [words[at], draw(st.sampled_from((*MARKS, *CUES, *WHO)))],
                "capitals": [words[at].upper()],
                "repeat": words[at : at + 5] * 2,
            }[change]
    return " ".join(words)


texts = st.one_of(articles, articles, articles, damaged(), damaged(), st.text(max_size=200))


def _prose(size: int, gap: str) -> str:
    rng = random.Random(7)
    lines = []
    while sum(map(len, lines)) < size:
        who, cue = rng.choice(WHO[:6]), rng.choice(CUES[:9])
        lines.append(
            f"{who.capitalize()} {cue} “{rng.choice(CLAUSES[:9])}.” {rng.choice(CLAUSES[:9]).capitalize()}.{gap}"
        )
    return "".join(lines)[:size]


LONG = {
    "prose in paragraphs": lambda size: _prose(size, "\n"),
    "prose in one line": lambda size: _prose(size, " "),
    "one token of a letter": lambda size: "a" * size,
    "letters and hyphens": lambda size: ("a-" * size)[:size],
    "brackets": lambda size: "(" * size,
    "brackets with spaces": lambda size: "( " * (size // 2),
    "quotation marks": lambda size: '"' * size,
    "quotation marks with spaces": lambda size: '" ' * (size // 2),
    "quotations only": lambda size: ("“We will never sign this.” " * size)[:size],
    "reported speech": lambda size: ("Mr Bell said the tax was high. He asked why. " * size)[:size],
    "the points of a report": lambda size: ("- The mayor fears an assault.\n- a bus to the border\n" * size)[:size],
    "a table of numbers": lambda size: ("12.5\t3,400\t-7\t99.1%\n" * size)[:size],
    "words without spaces": lambda size: ("TheEnvoySaidThatThePortWouldOpen." * size)[:size],
    "base64": lambda size: base64.b64encode(random.Random(3).randbytes(size)).decode()[:size],
    "base64 in lines": lambda size: base64.encodebytes(random.Random(3).randbytes(size)).decode()[:size],
    "apostrophes": lambda size: ("n't've'll'd" * size)[:size],
    "full stops": lambda size: "." * size,
    "stops and letters": lambda size: ("a." * size)[:size],
    "line ends": lambda size: "\n" * size,
    "emoji": lambda size: "🕊" * size,
    "combining marks": lambda size: "a" + "\u0301" * (size - 1),
    "one clause again and again": lambda size: ("he said that " * size)[:size],
    "one if again and again": lambda size: ("if they sign and " * size)[:size],
    "commas": lambda size: ("peace, " * size)[:size],
    "capitals": lambda size: ("Ana " * size)[:size],
    "links": lambda size: ("[a](b)" * size)[:size],
    "open links": lambda size: "[" * size,
    "stars": lambda size: ("**a" * size)[:size],
    "an address": lambda size: "https://" + ("a.b/c?d=e&" * size)[:size],
    "numbers": lambda size: ("1 " * size)[:size],
    "digits": lambda size: "1" * size,
    "NULs": lambda size: "\0" * size,
    "no spaces in Chinese": lambda size: ("谈判" * size)[:size],
}
"""Texts of a length in characters, by what they are made of."""
