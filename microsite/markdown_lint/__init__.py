"""What Markdown would swallow in silence, reported with its place and what to write instead."""

from __future__ import annotations

from dataclasses import replace

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics
from microsite.markdown import without_code
from microsite.markdown_lint import blocks, characters, citations, emphasis, links, lists, pictures
from microsite.markdown_lint.tables import lint_tables

_INLINE = (
    characters.invisible,
    characters.misread,
    citations.citations,
    characters.html,
    characters.entities,
    links.references,
    links.links,
    links.bare_addresses,
    emphasis.emphasis,
    emphasis.signs_of_others,
    emphasis.typed_dashes,
    emphasis.code_spans,
)
_BLOCKS = (
    blocks.headings,
    blocks.underlined,
    blocks.bold_headings,
    lists.lists,
    lint_tables,
    blocks.indented,
    pictures.almost_pictures,
    pictures.lone_pictures,
)


def lint(passage: Passage, diagnostics: Diagnostics) -> None:
    """Report what Markdown would pass over in silence, in the body of a document."""
    prose = _prose(passage, diagnostics)
    for check in (*_INLINE, *_BLOCKS):
        check(prose, diagnostics)
    blocks.fences(passage, diagnostics)


def _prose(passage: Passage, diagnostics: Diagnostics) -> Passage:
    """A passage without its code, and as it would be if signs that are too wide were those of a keyboard, so that
    nothing is reported that comes of these."""
    prose = replace(passage, text=without_code(passage.text))
    characters.full_width(prose, diagnostics)
    return replace(prose, text=characters.narrowed(prose.text))


def lint_inline(passage: Passage, diagnostics: Diagnostics) -> None:
    """The same for a text of a data file: one paragraph, which holds no headings, lists, tables or pictures."""
    prose = _prose(passage, diagnostics)
    for check in _INLINE:
        check(prose, diagnostics)
    pictures.none_in_data(prose, diagnostics)
