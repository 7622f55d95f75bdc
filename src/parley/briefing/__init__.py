"""From a comparison to a briefing (`compose`), and its forms: the terminal, HTML and JSON."""

from parley.briefing.compose import compose
from parley.briefing.document import to_json
from parley.briefing.html import to_html
from parley.briefing.terminal import to_terminal

__all__ = ["compose", "to_html", "to_json", "to_terminal"]
