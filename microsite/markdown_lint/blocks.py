"""Headings, blocks of code and indented text."""

from __future__ import annotations

import re

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics
from microsite.markdown_lint.shapes import LIST_ITEM

_FENCE = re.compile(r"^(`{3,}|~{3,}).*?(?:(?P<close>^\1[ ]*$)|\Z)", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^([ ]{0,3})(#{1,6})([ \t\u00a0]*)(\S?)", re.MULTILINE)
_BOLD_HEADING = re.compile(r"(?<![^\n]\n)^\*\*([^*\n]{1,80}[^*\n.!?…])\*\*$(?!\n[^\n])", re.MULTILINE)
_LONG = 80
_UNDERLINED = re.compile(r"^(?![ ]{0,3}(?:[-*+>|#]|\d+\.)[ ]?)(\S[^\n]*)\n(=+|-+)[ ]*$", re.MULTILINE)


def headings(prose: Passage, diagnostics: Diagnostics) -> None:
    level = 1
    for match in _HEADING.finditer(prose.text):
        indent, signs, space, first = match.groups()
        found = len(signs)
        start = match.start(2)
        if not first:
            diagnostics.error("empty-heading", "a heading has no text", prose.span(start, found), "give it some words")
            continue
        if first == "#":
            diagnostics.error("heading-level", "there are six levels of headings", prose.span(start, found), "use ##")
            continue
        if indent:
            message = "a heading begins at the beginning of its line"
            diagnostics.error("heading-space", message, prose.span(match.start(), len(indent)), "delete the space", "")
        if space != " " * len(space) or not space:
            message = "a heading needs a space after its #"
            span = prose.span(start, found + len(space))
            diagnostics.error("heading-space", message, span, f"write “{signs} ”", f"{signs} ")
        if found == 1:
            hint = "the page's title is its first heading; headings in the text start with ##"
            diagnostics.error("heading-level", "a second first-level heading", prose.span(start), hint)
        elif found > level + 1:
            right = "#" * (level + 1)
            message = f"a heading of level {found} follows one of level {level}"
            diagnostics.error("heading-level", message, prose.span(start, found), f"use {right}", right)
        level = max(found, 2) if found == 1 else found


def underlined(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _UNDERLINED.finditer(prose.text):
        if "|" not in match[1]:
            message = f"the line “{match[2]}” makes a heading of the text above it"
            words = match[1] if len(match[1]) <= _LONG else "…"
            hint = f"for a heading write “## {words}”, for a rule put an empty line above"
            diagnostics.error("underlined-heading", message, prose.span(match.start(2), len(match[2])), hint)


def bold_headings(prose: Passage, diagnostics: Diagnostics) -> None:
    """Report paragraphs that look like headings, and are none to those who listen to a page."""
    for match in _BOLD_HEADING.finditer(prose.text):
        message = f"“{match[1]}” looks like a heading, but is none in the outline of the page"
        right = f"## {match[1].rstrip(':')}"
        diagnostics.error("bold-heading", message, prose.span(match.start(), len(match[0])), f"write {right}")


def fences(passage: Passage, diagnostics: Diagnostics) -> None:
    for fence in _FENCE.finditer(passage.text):
        if not fence["close"]:
            span = passage.span(fence.start(), len(fence[1]))
            hint = f"close it with a line of {fence[1]}"
            diagnostics.error("open-fence", "a code block is opened but never closed", span, hint)


def indented(prose: Passage, diagnostics: Diagnostics) -> None:
    """Text that is indented by four spaces or a tab becomes code, except within a list."""
    in_list, after_gap, offset = False, True, 0
    for line in prose.text.split("\n"):
        indent = re.match(r"[ ]*\t|[ ]{4,}", line)
        if not line.strip():
            after_gap = True
        elif indent and after_gap and not in_list:
            message = "text that is indented becomes a block of code"
            span = prose.span(offset, len(line) - len(line.lstrip()))
            diagnostics.error("indented-text", message, span, "delete what stands before the words", "")
            after_gap = False
        else:
            if not indent:
                in_list = bool(LIST_ITEM.match(line) or re.match(r":[ ]", line) or (in_list and not after_gap))
            after_gap = False
        offset += len(line) + 1
