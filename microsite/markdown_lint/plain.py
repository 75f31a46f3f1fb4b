"""Markdown in texts that are shown as they are typed: titles, labels, names, descriptions."""

from __future__ import annotations

import re

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics
from microsite.markdown_lint.characters import lint_characters

_MARKUP = re.compile(
    r"\*\*([^*\n]+)\*\*"
    r"|(?<![\w*])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])"
    r"|__([^_\n]+)__"
    r"|(?<!\w)_([^_\s](?:[^_\n]*[^_\s])?)_(?!\w)"
    r"|`([^`\n]+)`"
    r"|!?\[([^\[\]\n]+)\]\([^()\n]*\)"
)
_CITATION = re.compile(r"[ ]*\[@[^\]\n]*\]")


def lint_plain(passage: Passage, diagnostics: Diagnostics) -> None:
    """Report what would be seen as typed, and what it was meant to look like."""
    lint_characters(passage, diagnostics)
    for match in _MARKUP.finditer(passage.text):
        words = next(words for words in match.groups() if words)
        message = f"“{match[0]}” would be seen as it is typed: this text is plain, without Markdown"
        span = passage.span(match.start(), len(match[0]))
        diagnostics.error("markdown-in-plain-text", message, span, f"write {words}", words)
    for match in _CITATION.finditer(passage.text):
        message = f"“{match[0].strip()}” would be seen as it is typed: this text is plain and cites nothing"
        hint = "take it out; what is below a key that has sources: is proved there"
        diagnostics.error("markdown-in-plain-text", message, passage.span(match.start(), len(match[0])), hint, "")
