"""Nesting so deep that nobody meant it, found before Python-Markdown takes minutes over it or runs out of stack."""

from __future__ import annotations

import re

MAX_DEPTH = 24
_BRACKET = re.compile(r"[\[(]|[\])]|\n[ \t]*\n")
_LIST_MARKERS = re.compile(r"^([ \t]*)((?:(?:[-*+]|\d+\.)[ \t]+)+)", re.MULTILINE)
_LIST_INDENT = 4


def too_deep(text: str) -> int | None:
    """The offset in Markdown at which brackets or lists are nested more than `MAX_DEPTH` deep; None if nowhere."""
    depth = 0
    for found in _BRACKET.finditer(text):
        if found[0] in "[(":
            depth += 1
        else:  # brackets do not reach beyond their paragraph
            depth = max(depth - 1, 0) if found[0] in "])" else 0
        if depth > MAX_DEPTH:
            return found.start()
    for markers in _LIST_MARKERS.finditer(text):
        if len(markers[1]) // _LIST_INDENT + len(markers[2].split()) > MAX_DEPTH:
            return markers.start()
    return None
