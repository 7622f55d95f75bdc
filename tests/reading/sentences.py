"""Sentences with their attribution marked: `<source>`, `{cue}` and `[content]`, for tables of tests."""

import functools
from pathlib import Path

from parley.domain.attribution import Attribution
from parley.domain.source import Article, Span
from parley.reading.clauses import clause
from parley.reading.cues import cues_in
from parley.reading.kind_rules import by_rules
from parley.reading.kinds import Said, kind_of
from parley.reading.parsing import parsed
from parley.reading.propositions import propositions
from parley.reading.statements import denied, statements
from parley.reading.trees import tree

CLOSING = {"[": "]", "{": "}", "<": ">"}


def unmarked(line: str) -> tuple[str, dict[str, list[Span]]]:
    """The sentence without its marks, and the places of each mark."""
    text, places, opened = "", {"[": [], "{": [], "<": []}, {}
    for character in line:
        if character in CLOSING:
            opened[CLOSING[character]] = (character, len(text))
        elif character in opened:
            mark, start = opened.pop(character)
            places[mark].append(Span(start=start, end=len(text)))
        else:
            text += character
    return text, places


def table(name: str) -> list[str]:
    """The lines of a table of sentences."""
    return (Path(__file__).parent / "tables" / f"{name}.txt").read_text(encoding="utf-8").splitlines()


@functools.cache
def read(line: str):
    """Tree, propositions, and the tokens of cue and source of a marked sentence."""
    text, places = unmarked(line)
    parse = tree(parsed(Article(text=text))[0])
    cue, source = parse.tokens(places["{"]), parse.tokens(places["<"])
    content = parse.tokens(places["["]) if places["["] else tuple(range(len(parse.words)))
    return parse, propositions(parse, content, cue=cue), cue, source


def settings(line: str, role: str = "party") -> list[Said]:
    """The propositions of a marked sentence, each in its setting."""
    parse, found, cue, source = read(line)
    return [
        Said(
            tree=parse,
            proposition=each,
            clause=clause(parse, each, source=source, quoted=parse.quoted[each.head]),
            attributing=cues_in(parse, cue),
            denied=denied(parse, cue),
            role=role,
            cue=cue,
            source=source,
            voice="own voice" if role == "article" else "",
        )
        for each in found
    ]


def kinds(line: str, role: str = "party") -> list[str]:
    """The kinds of a marked sentence's propositions."""
    return [kind_of(each).kind for each in settings(line, role)]


def ruled_kinds(line: str, role: str = "party") -> list[str]:
    """The kinds of a marked sentence's propositions by the rules alone."""
    return [by_rules(each).kind for each in settings(line, role)]


def pieces(line: str) -> list[str]:
    """The words of each proposition of a marked sentence, gaps shown as `…`."""
    parse, found, _, _ = read(line)
    text, _ = unmarked(line)
    return [" … ".join(text[span.start : span.end] for span in each.spans(parse)) for each in found]


class Plain:
    """Names as they are written."""

    def __init__(self, article):
        self.article = article

    def speaker(self, attribution):
        return self.article.words(attribution.source) if attribution.source else None

    def named(self, paragraph, first, last, *, speaker):
        return self.article.words(paragraph.span(first, last))

    def is_person(self, name):
        return not name.startswith("the ")


def told(text: str):
    """The statements of an article in which each paragraph holds at most one marked attribution."""
    whole, attributions = "", []
    for line in text.splitlines():
        words, places = unmarked(line)
        moved = {
            mark: [Span(start=len(whole) + s.start, end=len(whole) + s.end) for s in spans]
            for mark, spans in places.items()
        }
        if moved["["]:
            first = {mark: spans[0] if spans else None for mark, spans in moved.items()}
            attributions.append(Attribution(content=tuple(moved["["]), cue=first["{"], source=first["<"]))
        whole += words + "\n"
    article = Article(text=whole)
    return statements(article, parsed(article), attributions, names=Plain(article))
