"""A corpus of articles with attributions, in the layout of PolNeAR. `read_corpus` is the main name.

`data/train/text/*.txt` holds articles, `data/train/attributions/<article>_<annotator>.ann` what an annotator marked:
a line `T1<tab>Content 12 40<tab>words` for each span, a line `E1<tab>Attribution:T4 Content:T1 Cue:T2 Source:T3` for
each attribution. Where several annotators marked an article, the first by name counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from parley.domain.source import Article, Span
from parley.errors import FileError, Problem, ScenarioError

__all__ = ["Example", "Marked", "read_corpus"]

_SPAN = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?")
_EVENT = re.compile(r"E\d+\t(\S+:\S+(?: \S+:\S+)*) ?")
_NOTE = re.compile(r"[A-DF-SU-Z#*]\d*\t|\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One attribution as an annotator marked it; each role may have several parts.

    Attributes
    ----------
    content, cue, source : the parts of each role in the order of the text; only the content is never empty
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An article and the attributions that an annotator marked in it.

    Attributes
    ----------
    name : the name of its file, without ending
    article : the text
    marked : what was marked, in the order of the file
    """

    name: str
    article: Article
    marked: tuple[Marked, ...]


def read_corpus(folder: Path, part: str = "train") -> Iterator[Example]:
    """Read the articles of one part of a corpus, in the order of their names.

    Parameters
    ----------
    folder : the folder that holds `data`
    part : such as `train` or `dev`

    Raises
    ------
    FileError
        If a folder or file is missing or unreadable.
    ScenarioError
        If lines of annotations cannot be read; every such line of a file is named.
    """
    texts, marks = folder / "data" / part / "text", folder / "data" / part / "attributions"
    for needed in (texts, marks):
        if not needed.is_dir():
            layout = f"data/{part}/text and data/{part}/attributions"
            raise FileError(f"there is no folder {needed}; the corpus is a folder with {layout}")
    annotated: dict[str, Path] = {}
    for path in sorted(marks.glob("*.ann")):
        annotated.setdefault(path.stem.rpartition("_")[0], path)
    articles = sorted(texts.glob("*.txt"))
    if not articles:
        raise FileError(f"{texts} holds no article (*.txt)")
    for path in articles:
        article = Article(text=_text(path))
        marked = _marked(annotated[path.stem], article) if path.stem in annotated else ()
        yield Example(name=path.stem, article=article, marked=marked)


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"cannot read {path}: {error}") from error


def _marked(path: Path, article: Article) -> tuple[Marked, ...]:
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[tuple[int, str]] = []
    problems: list[Problem] = []
    missing = 0
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if missing > 0:  # the words of a span go on over a line break of the article
            missing -= len(line) + 1
        elif match := _SPAN.fullmatch(line):
            parts = [tuple(map(int, part.split())) for part in match[3].split(";")]
            if all(start < end <= len(article.text) for start, end in parts):
                spans[match[1]] = tuple(Span(start=start, end=end) for start, end in parts)
                missing = sum(end - start + 1 for start, end in parts) - 1 - len(match[4] or "")
            else:
                problems.append(_problem(path, number, f"{match[1]} is empty or ends after the article does"))
        elif match := _EVENT.fullmatch(line):
            events.append((number, match[1]))
        elif not _NOTE.match(line):
            problems.append(_problem(path, number, "this is neither a span, an attribution nor a note"))
    if problems:
        raise ScenarioError(problems)
    return tuple(each for number, event in events if (each := _joined(path, number, event, spans)) is not None)


def _joined(path: Path, number: int, event: str, spans: dict[str, tuple[Span, ...]]) -> Marked | None:
    roles: dict[str, list[Span]] = {"content": [], "cue": [], "source": []}
    for part in event.split(" "):
        name, _, target = part.partition(":")
        role = name.rstrip("0123456789").lower()
        if role in roles:
            if target not in spans:
                raise ScenarioError([_problem(path, number, f"{target} is nowhere marked")])
            roles[role].extend(spans[target])
    if not roles["content"]:
        return None
    content, cue, source = (tuple(sorted(roles[role], key=lambda span: span.start)) for role in roles)
    return Marked(content=content, cue=cue, source=source)


def _problem(path: Path, number: int, message: str) -> Problem:
    hint = "write 'T1<tab>Content 0 9<tab>words' or 'E1<tab>Attribution:T2 Content:T1'"
    return Problem(message=message, file=str(path), line=number, hint=hint)
