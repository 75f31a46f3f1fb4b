"""Characters and tags that have no place in a text: what nobody sees, and HTML."""

from __future__ import annotations

import re
from html import unescape

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics

_TAG = re.compile(
    r"</?[a-zA-Z][^<>\n]*(?:\n[^<>\n]+){0,5}>|<!--"
    r"|</?(?:b|br|i|em|p|a|div|span|strong|img|script)\b(?![^<>]{0,300}>)"
)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]+\d*);|&nbsp\b")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:|[^@\s>]+@)")
_INVISIBLE = re.compile("[\u200b\u00ad\u2060]")


def invisible(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _INVISIBLE.finditer(prose.text):
        message = f"a character that nobody sees (U+{ord(match[0]):04X}) hides the word from searches"
        diagnostics.error("control-character", message, prose.span(match.start()), "delete it", "")


def html(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _TAG.finditer(prose.text):
        if not _AUTOLINK.match(match[0]):
            message = f"“{match[0]}” is HTML, which is shown as typed"
            diagnostics.error("raw-html", message, prose.span(match.start(), len(match[0])), _instead_of(match[0]))


def entities(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _ENTITY.finditer(prose.text):
        right = unescape(match[0])
        if right != match[0]:
            right = " " if right.isspace() else right
            message = f"“{match[0]}” is what HTML calls a character"
            hint = "type a space" if right == " " else f"type {right}"
            diagnostics.error("raw-html", message, prose.span(match.start(), len(match[0])), hint, right)


def _instead_of(tag: str) -> str:
    name = re.sub(r"[^a-z0-9].*", "", tag.strip("</").lower())
    known = {
        "b": "**bold**",
        "strong": "**bold**",
        "i": "*italic*",
        "em": "*italic*",
        "a": "[text](/address/)",
        "img": "![](picture:its-id)",
        "br": "an empty line between two paragraphs",
        "p": "an empty line between two paragraphs",
        "li": "“- ” at the beginning of a line",
        "ul": "“- ” at the beginning of a line",
        "code": "`code`",
        "script": "nothing: pages run no scripts but the site's own",
        "style": "nothing: how pages look is said in static/css/",
        "iframe": "nothing: pages load nothing from elsewhere",
        "!--": "nothing: a comment would be seen by readers",
    }
    if tag.startswith("<!--"):
        name = "!--"
    level = re.fullmatch(r"h([1-6])", name)
    return f"write {'#' * max(int(level[1]), 2) + ' Heading' if level else known.get(name, 'it in Markdown')}"


def lint_characters(passage: Passage, diagnostics: Diagnostics) -> None:
    """What is wrong with a text that holds no Markdown: HTML, and what nobody sees."""
    invisible(passage, diagnostics)
    html(passage, diagnostics)
    entities(passage, diagnostics)
