"""What Markdown would swallow in silence, reported with its place and what to write instead."""

from __future__ import annotations

import re

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics
from microsite.markdown import CITATION, IMAGE, PICTURE, without_code

_ANY_CITATION = re.compile(r"\[@[^\]\n]*\]?")
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?(?:(?P<close>^\1[ ]*$)|\Z)", re.MULTILINE | re.DOTALL)
_LIST_ITEM = re.compile(r"[ ]*(?:[-*+]|\d+\.)[ ]+\S")


def lint(passage: Passage, diagnostics: Diagnostics) -> None:
    """Report what Markdown would pass over in silence."""
    prose = Passage(passage.path, without_code(passage.text), passage.first_line)
    for check in (_citations, _headings, _html, _pictures, _references, _lists):
        check(prose, diagnostics)
    _fences(passage, diagnostics)


def _citations(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in _ANY_CITATION.finditer(prose.text):
        if not CITATION.fullmatch(match[0]):
            hint = "write [@source-id], or [@one-id; @another-id] for several"
            message = f"“{match[0]}” is not a citation"
            diagnostics.error("bad-citation", message, prose.span(match.start(), len(match[0])), hint)


def _headings(prose: Passage, diagnostics: Diagnostics) -> None:
    level = 1
    for match in re.finditer(r"^(#{1,6})([ ]*)\S", prose.text, re.MULTILINE):
        found = len(match[1])
        if not match[2]:
            diagnostics.error("heading-space", "a heading needs a space after its #", prose.span(match.start()))
        if found == 1:
            hint = "the page's title is its first heading; headings in the text start with ##"
            diagnostics.error("heading-level", "a second first-level heading", prose.span(match.start()), hint)
        elif found > level + 1:
            message = f"a heading of level {found} follows one of level {level}"
            diagnostics.error("heading-level", message, prose.span(match.start()), f"use {'#' * (level + 1)}")
        level = max(found, 2) if found == 1 else found


def _html(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in re.finditer(r"</?[a-zA-Z][^<>\n]*>|<!--", prose.text):
        if not re.match(r"<(?:https?://|mailto:|[^@\s>]+@)", match[0]):
            message = f"“{match[0]}” is HTML, which is shown as typed"
            diagnostics.error("raw-html", message, prose.span(match.start(), len(match[0])), "use Markdown")


def _pictures(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in IMAGE.finditer(prose.text):
        if not match[2].startswith(PICTURE):
            hint = "list the file in content/pictures.yaml and write ![](picture:its-id)"
            message = f"“{match[2]}” has no alternative text and credit on record"
            diagnostics.error("bare-picture", message, prose.span(match.start(2), len(match[2])), hint)


def _references(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in re.finditer(r"(?<!\])\[([^\[\]\n@^]+)\]\[([^\]\n]*)\]", prose.text):
        name = (match[2] or match[1]).lower()
        if not re.search(rf"^\[{re.escape(name)}\]:", prose.text, re.MULTILINE | re.IGNORECASE):
            message = f"the reference “{name}” is not defined"
            diagnostics.error("undefined-reference", message, prose.span(match.start()), "write [text](/path/)")


def _fences(passage: Passage, diagnostics: Diagnostics) -> None:
    for fence in _FENCE.finditer(passage.text):
        if not fence["close"]:
            diagnostics.error("open-fence", "a code block is opened but never closed", passage.span(fence.start()))


def _lists(prose: Passage, diagnostics: Diagnostics) -> None:
    previous, offset = "", 0
    for line in prose.text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if _LIST_ITEM.match(line):
            if _is_paragraph(previous) and not indent:
                hint = "put an empty line before the list"
                diagnostics.error(
                    "glued-list", "the list would become part of the paragraph above", prose.span(offset), hint
                )
            elif indent % 4 and _LIST_ITEM.match(previous):
                hint = "indent a nested list by four spaces"
                diagnostics.error(
                    "list-indent", f"indented by {indent} spaces, the list is not nested", prose.span(offset), hint
                )
        previous, offset = line, offset + len(line) + 1


def _is_paragraph(line: str) -> bool:
    return bool(line.strip()) and not line.startswith((" ", "#")) and not _LIST_ITEM.match(line)
