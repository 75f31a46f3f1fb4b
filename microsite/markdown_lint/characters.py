"""Characters and tags that have no place in a text: what nobody sees, and HTML."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from html import unescape

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics
from microsite.markdown_lint.offers import offer

_TAG = re.compile(
    r"</?[a-zA-Z][^<>\n]*(?:\n[^<>\n]+){0,5}>|<!--"
    r"|</?(?:b|br|i|em|p|a|div|span|strong|img|script)\b(?![^<>]{0,300}>)"
)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]+\d*);|&nbsp\b")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:|[^@\s>]+@)")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u00ad\u202a-\u202e\u2060\u2066-\u2069\U000e0020-\U000e007f]+")
# Full-width forms of the signs and letters of a keyboard, except in Chinese or Japanese words.
_CJK = "\u3000-\u9fff\uac00-\ud7af\uff66-\uff9f"
_FULL_WIDTH = re.compile(f"(?<![{_CJK}\uff01-\uff5e])[\uff01-\uff5e]+(?![{_CJK}\uff01-\uff5e])")
_NARROW = {one: one - 0xFEE0 for one in range(0xFF01, 0xFF5F)}
_LIGATURE = re.compile("[\ufb00-\ufb06]")
# UTF-8 that was read as Windows-1252: é as Ã©, ’ as â€™.
_MISREAD = re.compile(r"[\u00c2-\u00f4][^\x00-\x7f]{1,3}")
_LOST = re.compile("\ufffd")


def invisible(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _INVISIBLE.finditer(prose.text):
        message = f"a character that nobody sees (U+{ord(match[0][0]):04X}) hides the word from searches"
        diagnostics.error("control-character", message, prose.span(match.start(), len(match[0])), "delete it", "")


def without_invisible(text: str) -> str:
    return _INVISIBLE.sub("", text)


def narrowed(text: str) -> str:
    """`text` with full-width forms as they are on a keyboard, of the same length."""
    return _FULL_WIDTH.sub(lambda match: match[0].translate(_NARROW), text)


def full_width(prose: Passage, diagnostics: Diagnostics) -> None:
    """Report signs that look like those of Markdown and are others."""
    for match in _FULL_WIDTH.finditer(prose.text):
        message = f"“{match[0]}” is wider than what is on a keyboard, and means nothing here"
        offer("odd-character", message, prose, match.start(), len(match[0]), match[0].translate(_NARROW), diagnostics)


def misread(prose: Passage, diagnostics: Diagnostics) -> None:
    """Report what an editor, a clipboard or a scanner made of other characters."""
    for match in _MISREAD.finditer(prose.text):
        for length in range(2, len(match[0]) + 1):
            with suppress(UnicodeError):
                right = match[0][:length].encode("cp1252").decode("utf-8")
                message = f"“{match[0][:length]}” is what becomes of “{right}” when a text is read in a wrong encoding"
                offer("misread-character", message, prose, match.start(), length, right, diagnostics)
                break
    for match in _LIGATURE.finditer(prose.text):
        right = unicodedata.normalize("NFKC", match[0])
        message = f"“{match[0]}” is one character, so that searches do not find the word"
        offer("odd-character", message, prose, match.start(), 1, right, diagnostics)
    for match in _LOST.finditer(prose.text):
        message = "here a character was lost when the text was read in a wrong encoding"
        diagnostics.error("misread-character", message, prose.span(match.start()), "type it anew")


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
    misread(passage, diagnostics)
    html(passage, diagnostics)
    entities(passage, diagnostics)
