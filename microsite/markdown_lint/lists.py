"""Lists that would become part of something else, or none at all."""

from __future__ import annotations

import re

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics
from microsite.markdown_lint.shapes import LIST_ITEM

_ODD_ITEM = re.compile(
    r"[ \t]*([•‣▪●◦·–—→►✓✔]|\(?\d+\)|\(?[a-h]\)(?= )|\d{1,2}\.(?=[A-Za-z])|[-*+](?=[^\s*+\-\d]))[ \t]*(?=\S)"
)


def lists(prose: Passage, diagnostics: Diagnostics) -> None:
    previous, offset = "", 0
    outermost = 0
    reported = False
    for line in prose.text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if LIST_ITEM.match(line):
            if not (LIST_ITEM.match(previous) or previous.startswith(" ")):
                outermost = indent % 4
            if _is_paragraph(previous) and indent < 4:
                message = "the list would become part of the paragraph above"
                span = prose.span(offset, len(line))
                hint = "put an empty line before the list"
                diagnostics.error("glued-list", message, span, hint, "\n" + line)
            elif indent % 4 and indent != outermost and (LIST_ITEM.match(previous) or previous.startswith(" ")):
                message = f"indented by {indent} space{'' if indent == 1 else 's'}, the list is not nested"
                hint = "indent a nested list by four spaces"
                diagnostics.error("list-indent", message, prose.span(offset, indent), hint, " " * _nested(indent))
            reported = False
        elif _is_swallowed(line, previous):
            message = "this line becomes a part of the list item above"
            hint = "put an empty line above it; if it belongs to the item, indent it by four spaces"
            diagnostics.error("glued-text", message, prose.span(offset, len(line)), hint)
        elif odd := _ODD_ITEM.match(line):
            if not reported and (not previous.strip() or _ODD_ITEM.match(previous) or odd[1][0] in "•‣▪●◦"):
                _report_odd_item(line, odd, offset, prose, diagnostics)
            reported = True
        else:
            reported = False
        previous, offset = line, offset + len(line) + 1


def _is_swallowed(line: str, previous: str) -> bool:
    """Whether a line of words follows a list item without a gap or an indent."""
    begins_anew = line.startswith((" ", "\t", "#", "|", ">", "`", "~", ":", "-", "*", "+")) or _ODD_ITEM.match(line)
    return bool(line.strip() and not begins_anew and LIST_ITEM.match(previous))


def _nested(indent: int) -> int:
    return max(round(indent / 4 + 0.01), 1) * 4


def _report_odd_item(line: str, odd: re.Match[str], offset: int, prose: Passage, diagnostics: Diagnostics) -> None:
    number = odd[1].strip("(.)")
    begins = "1. " if number.isdigit() else "- "
    if odd[1][0] in "*+-" and line.count(odd[1][0]) % 2 == 0 and odd[1] == "*":
        return  # *italic* words at the beginning of a line
    right = f"{number}. " if begins == "1. " else begins
    message = f"a list item does not begin with “{odd[1]}”" if odd[1] not in "-+*" else "a list item needs a space"
    span = prose.span(offset + odd.start(1), odd.end() - odd.start(1))
    diagnostics.error("odd-bullet", message, span, f"write “{right}”", right)


def _is_paragraph(line: str) -> bool:
    return bool(line.strip()) and not line.startswith((" ", "#")) and not LIST_ITEM.match(line)
