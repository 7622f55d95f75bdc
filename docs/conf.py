"""How Sphinx builds the documentation; nothing here needs the network."""

from importlib import metadata

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

project = "Parley"
author = "The Parley developers"
copyright = author  # noqa: A001 - the name that Sphinx asks for
release = metadata.version("parley")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["build"]

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
myst_update_mathjax = False

autodoc_typehints = "description"
napoleon_google_docstring = False
napoleon_custom_sections = ["Source"]

html_theme = "furo"
html_title = "Parley"
html_math_renderer = "mathml"


def _inline(writer: HTML5Translator, node: nodes.math) -> None:
    writer.body.append(tex2mathml(node.astext(), as_block=False))
    raise nodes.SkipNode


def _block(writer: HTML5Translator, node: nodes.math_block) -> None:
    writer.body.append(f'<div class="math">{tex2mathml(node.astext(), as_block=True)}</div>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Write equations as MathML, which browsers show by themselves: the usual MathJax is loaded from the network."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
