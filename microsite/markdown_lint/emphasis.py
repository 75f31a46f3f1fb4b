"""Emphasis and code that begin or end but not both, and signs that mean something elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics
from microsite.markdown_lint.offers import offer
from microsite.markdown_lint.shapes import LIST_ITEM, PARAGRAPH

_ELSEWHERE = re.compile(
    r"~~[^~\n]+~~|==[^=|\n]+==|(?<=^- )\[[ xX]\](?= )|(?<![\w:]):[a-z]+_?[a-z]+:(?![\w:])"
    r"|\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|'{3}[^'\n]+'{3}|(?<!\])\[/?(?:b|i|u|url|img|quote)(?:=[^\[\]\n]*)?\](?![(:])|^\[TOC\]"
    r"|\{[#.:][\w-]+\}|^!!! \w+|\[!\w+\]|\^\[[^\[\]\n]*\]|^%%[^\n]*|^//[^\n]*|(?<=\w)([~^])\w{1,3}\1"
    r"|\+\+[^\s+][^+\n]*\+\+"
    r"|(?<!\]\()(?<!\]\( )(?<![:\w'\"])picture:[a-z0-9-]+",
    re.MULTILINE,
)
_TYPED_DASH = re.compile(r"(?<=[^\s|:-] )-{2,3}(?= [^\s|:-])|(?<=[a-z])--(?=[a-z])(?![^\s()]*[/.][^\s()]*)")
_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)")


def emphasis(prose: Passage, diagnostics: Diagnostics) -> None:
    for paragraph in PARAGRAPH.finditer(prose.text):
        for block in _blocks(paragraph[0], paragraph.start()):
            _emphasis_in(block, prose, diagnostics)


def _blocks(paragraph: str, start: int) -> Iterator[tuple[str, int]]:
    """A paragraph, or the rows and items that it is made of, in which emphasis begins and ends."""
    offset = start
    pending, pending_at = "", start
    for line in paragraph.split("\n"):
        if pending and (LIST_ITEM.match(line) or line.startswith(("|", "#"))):
            yield pending, pending_at
            pending, pending_at = "", offset
        pending += line + "\n"
        offset += len(line) + 1
    if pending:
        yield pending, pending_at


def _emphasis_in(block: tuple[str, int], prose: Passage, diagnostics: Diagnostics) -> None:
    text, start = block
    _single_emphasis(text, start, prose, diagnostics)
    stars = [match.start() for match in re.finditer(r"(?<![\\*])\*\*(?!\*)", text)]
    if len(stars) % 2:
        at = stars[-1]
        message = "bold text begins or ends here, but not both" if len(stars) > 1 else "this ** has no partner"
        hint = "bold text stands between two pairs: **bold**, without spaces inside"
        diagnostics.error("open-emphasis", message, prose.span(start + at, 2), hint)
        return
    for opening, closing in zip(stars[::2], stars[1::2], strict=True):
        inner = text[opening + 2 : closing]
        if inner != inner.strip() and inner.strip():
            right = f"**{inner.strip()}**"
            message = "there may be no space just inside the ** of bold text"
            if "\n" not in inner:
                offer("open-emphasis", message, prose, start + opening, len(inner) + 4, right, diagnostics)


def _single_emphasis(text: str, start: int, prose: Passage, diagnostics: Diagnostics) -> None:
    """A lone * or _ at one end of words. One between spaces is a sign of its own, and so is one within a word."""
    bare = re.sub(r"\]\([^)\n]*\)|<[^>\n]*>|\[@[^\]]*\]", lambda match: " " * len(match[0]), text)
    for sign in "*_":
        own = re.escape(sign)
        opening = [one.start() for one in re.finditer(rf"(?<![\w\\{own}]){own}(?=[^\s{own}])", bare)]
        closing = [one.start() for one in re.finditer(rf"(?<=[^\s\\{own}]){own}(?![\w{own}])", bare)]
        if len(opening) != len(closing):
            at = opening[-1] if len(opening) > len(closing) else closing[-1]
            message = f"this {sign} has no partner"
            hint = f"write {sign}italic{sign}; if readers are to see the sign, put a backslash before it"
            diagnostics.error("open-emphasis", message, prose.span(start + at), hint)
    for match in re.finditer(r"(?<=[\w.,] )\* (\w[^*\n]*\w) \*(?!\S)", bare):
        message = "there may be no space just inside the * of italic text"
        offer("open-emphasis", message, prose, start + match.start(), len(match[0]), f"*{match[1]}*", diagnostics)


def signs_of_others(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _ELSEWHERE.finditer(prose.text):
        message = f"“{match[0]}” means something elsewhere; here it would be shown as typed"
        hint = "say it in words, with *italic* and **bold** where that helps"
        diagnostics.error("foreign-markup", message, prose.span(match.start(), len(match[0])), hint)


def typed_dashes(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _TYPED_DASH.finditer(prose.text):
        message = f"“{match[0]}” would be shown as typed"
        offer("odd-character", message, prose, match.start(), len(match[0]), "–", diagnostics)


def code_spans(prose: Passage, diagnostics: Diagnostics) -> None:
    """Whole spans are blanked out already: what is left is alone."""
    for match in _CODE_SPAN.finditer(prose.text):
        if len(match[1]) < 3 or prose.text[: match.start()].rpartition("\n")[2].strip():
            message = "code is opened here but never closed"
            span = prose.span(match.start(), len(match[1]))
            diagnostics.error("open-code", message, span, "put ` at its end; for an apostrophe type ’ or '")
