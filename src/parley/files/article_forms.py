"""Articles in HTML and PDF as plain text, with what the file says of itself: `from_html` and `from_pdf`."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from typing import TYPE_CHECKING, Any

from parley.files.article_bytes import needs, refuse
from parley.files.article_details import Details, day_in

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["from_html", "from_pdf"]

BROKEN_PDF = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError,
    RecursionError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What pypdf raises on files that break the rules of PDF, beside its own errors."""
LATEST = "2199-12-31"


def from_html(page: str, file: str) -> tuple[str, Details]:
    """Take the article out of a page: its text, a paragraph a line, and what the page's metadata say.

    Parameters
    ----------
    page : the page, decoded
    file : its name, for problems

    Raises
    ------
    ScenarioError
        If no article is found in it.
    UsageError
        If trafilatura is not installed.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise needs("trafilatura", "pages of HTML") from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    dates = {"extensive_search": False, "max_date": LATEST, "original_date": True}
    try:
        found: Any = bare_extraction(page, with_metadata=True, include_comments=False, date_extraction_params=dates)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        refuse(file, f"the page cannot be read ({type(error).__name__})", "save the article's text by itself")
    text = (found.text or "").strip() if found is not None else ""
    if not text:
        refuse(file, "no article is found in this page", "save the article's text by itself, as .txt")
    details = Details(
        title=(found.title or "").strip(),
        outlet=(found.sitename or "").strip(),
        author=(found.author or "").strip(),
        date=day_in(found.date or ""),
    )
    return text, details


def from_pdf(raw: bytes, file: str) -> tuple[str, Details]:
    """Take the text out of a PDF, and the title and author that it names; pages are parted by an empty line.

    Parameters
    ----------
    raw : the content of the file
    file : its name, for problems

    Raises
    ------
    ScenarioError
        If it is encrypted, holds no text, or is broken.
    UsageError
        If pypdf is not installed.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError as error:
        raise needs("pypdf", "PDF files") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(raw))
        locked = reader.is_encrypted and not reader.decrypt("")
        text = "" if locked else "\n\n".join(page.extract_text().strip() for page in reader.pages)
        details = Details() if locked else _details(reader)
    except DependencyError:
        refuse(
            file, "the PDF is encrypted in a way that cannot be undone here", "print it to a new PDF, or copy its text"
        )
    except (PyPdfError, *BROKEN_PDF) as error:
        refuse(
            file, f"the PDF is broken ({error or type(error).__name__})", "open it and save it anew, or copy its text"
        )
    if locked:
        refuse(file, "the PDF is locked with a password", "open it and save a copy without one")
    if not text.strip():
        refuse(file, "the PDF holds pictures of pages and no text", "recognise its text with an OCR program first")
    return text.replace("\u00ad\n", "").encode("utf-8", "replace").decode("utf-8"), details


def _details(reader: PdfReader) -> Details:
    """Title and author that a PDF names; the day on which the file was made is no day of publication."""
    held = reader.metadata
    return Details(title=str(held.title or "").strip(), author=str(held.author or "").strip()) if held else Details()
