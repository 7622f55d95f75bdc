"""The bytes of an article as text: its form, its encoding, and what is no text at all. `decoded` is the main name.

The order of evidence: a byte order mark; bytes that are UTF-8; the charset that a page of HTML declares; the pattern of
zero bytes that UTF-16 leaves; Windows-1252 where that gives the marks which English print uses; charset-normalizer.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal, NoReturn

from parley.errors import Problem, ScenarioError, UsageError

__all__ = ["Decoded", "Form", "decoded", "form_of", "needs", "refuse"]

Form = Literal["text", "markdown", "html", "pdf"]

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OTHERS = (
    (b"PK\x03\x04", "a ZIP archive, such as a document of Word or LibreOffice", "save it as plain text, HTML or PDF"),
    (b"\xd0\xcf\x11\xe0", "an old document of Word", "save it as plain text, HTML or PDF"),
    (b"{\\rtf", "a document in RTF", "save it as plain text, HTML or PDF"),
    (b"\x89PNG", "a picture", "give the article's text"),
    (b"\xff\xd8\xff", "a picture", "give the article's text"),
    (b"GIF8", "a picture", "give the article's text"),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
    (b"BZh", "a compressed file", "unpack it first"),
    (b"\x7fELF", "a program", "give the article's text"),
)
SUFFIXES: dict[str, Form] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
}
LOOKS_LIKE_HTML = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
CHARSET = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252"}
"""Labels that stand for Windows-1252 on the web, by the name of their codec."""
PRINT_MARKS = frozenset("‘’“”„–—…•€£¥§©®°·½¼¾²³«»\xa0´ŒœŠšŽžŸ" + "".join(map(chr, range(0xC0, 0x100))))
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text and the encoding that it was in.

    Attributes
    ----------
    text : every character, with line ends as they are
    encoding : name of the encoding, such as `utf-8`
    as_in_file : whether code point i of the text is code point i of the file read as UTF-8
    """

    text: str
    encoding: str
    as_in_file: bool


def refuse(file: str, message: str, hint: str) -> NoReturn:
    """Refuse a file as a whole.

    Raises
    ------
    ScenarioError
        Always, with the file's name and the hint.
    """
    raise ScenarioError([Problem(message=message, hint=hint, file=file)])


def needs(library: str, what: str, extra: str = "reading") -> UsageError:
    """The error for a library that is not installed.

    Examples
    --------
    >>> print(needs("pypdf", "PDF files"))
    PDF files need pypdf, which is not installed; install it with: pip install 'parley[reading]'
    """
    return UsageError(f"{what} need {library}, which is not installed; install it with: pip install 'parley[{extra}]'")


def form_of(name: str, raw: bytes) -> Form:
    """What form an article is in: by its content where that is plain to see, else by the file's name.

    Parameters
    ----------
    name : the file's name
    raw : its content
    """
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    start = raw[:4096].removeprefix(codecs.BOM_UTF8).lstrip()
    wide = next((name for mark, name in MARKS if raw.startswith(mark)), None)
    if LOOKS_LIKE_HTML.match(raw[:4096].decode(wide, "ignore") if wide else start.decode("latin-1")):
        return "html"
    found = next((form for suffix, form in SUFFIXES.items() if name.lower().endswith(suffix)), None)
    return "text" if found is None or found == "pdf" else found


def decoded(raw: bytes, file: str, *, html: bool = False) -> Decoded:
    """Decode an article.

    Parameters
    ----------
    raw : the content of the file
    file : its name, for problems
    html : whether to believe the charset that a page of HTML declares

    Raises
    ------
    ScenarioError
        If it is empty, is no text, or is in no encoding that can be told.
    UsageError
        If the encoding can only be told with charset-normalizer, which is not installed.
    """
    if not raw.strip(b"\x00\t\n\v\f\r \xef\xbb\xbf\xff\xfe"):
        refuse(file, "the file is empty", "give a file that holds an article")
    for mark, what, hint in OTHERS:
        if raw.startswith(mark):
            refuse(file, f"this is {what}, not an article as text", hint)
    text, encoding = _text(raw, file, html=html)
    if len(CONTROLS.findall(text)) > 8 + len(text) // 50:
        refuse(file, "this is no text: it is full of control characters", "give text, Markdown, HTML or PDF")
    return Decoded(text=text, encoding=encoding, as_in_file=encoding == "utf-8")


def _text(raw: bytes, file: str, *, html: bool) -> tuple[str, str]:
    for mark, name in MARKS:
        if raw.startswith(mark):
            return _under(raw, name, file)
    wide = _without_mark(raw)
    if wide:
        return _under(raw, wide, file)
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return (_as_declared(raw) if html else None) or _as_print(raw) or _guessed(raw, file)


def _under(raw: bytes, name: str, file: str) -> tuple[str, str]:
    try:
        return raw.decode(name), name
    except UnicodeDecodeError as error:
        hint = "save it anew as UTF-8"
        refuse(file, f"the file starts as {name.upper()} but breaks off at byte {error.start}", hint)


def _without_mark(raw: bytes) -> str | None:
    """UTF-16 without a byte order mark, told by the zero bytes of plain letters."""
    sample = raw[:4096]
    for name, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(zeros) > 3 and zeros.count(0) > 0.6 * len(zeros) and sample.count(0) < 0.6 * len(sample):
            return name
    return None


def _as_declared(raw: bytes) -> tuple[str, str] | None:
    found = CHARSET.search(raw[:4096])
    if found is None:
        return None
    try:
        codec = codecs.lookup(found[1].decode("ascii")).name
        codec = AS_BROWSERS_DO.get(codec, codec)
        return raw.decode(codec), codec
    except (LookupError, UnicodeError, ValueError):
        return None


def _as_print(raw: bytes) -> tuple[str, str] | None:
    """Windows-1252, where everything beyond ASCII is then a mark of print or an accented letter within a Latin word."""
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return None
    beyond = [mark for mark in text if mark > "\x7f"]
    letters = sum(mark.isalpha() for mark in beyond)
    plain = sum(mark.isascii() and mark.isalpha() for mark in text)
    return (text, "cp1252") if PRINT_MARKS.issuperset(beyond) and letters * 8 <= plain else None


def _guessed(raw: bytes, file: str) -> tuple[str, str]:
    try:
        from charset_normalizer import from_bytes
    except ImportError as error:
        raise needs("charset-normalizer", "files in an old encoding") from error
    best = from_bytes(raw).best()
    if best is None:
        refuse(file, "this is no text in any encoding that can be told", "save it anew as UTF-8")
    return raw.decode(best.encoding), best.encoding
