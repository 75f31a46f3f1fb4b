"""Pictures that are almost written as such, or stand where none can."""

from __future__ import annotations

import re

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics
from microsite.markdown import IMAGE, PICTURE
from microsite.markdown_lint.offers import offer

_NO_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\(\s*(?:pictures?:)?\s*\)")
_SPACED_PICTURE = re.compile(r"!?\[[^\[\]\n]*\][ ]*\(\s*(pictures?:\s*[^)\n]*)\)", re.IGNORECASE)


def almost_pictures(prose: Passage, diagnostics: Diagnostics) -> None:
    """Pictures that are almost written as such, and so would be links or nothing."""
    for match in _NO_PICTURE.finditer(prose.text):
        message = "this names no picture"
        hint = "write ![](picture:its-id), with an id from content/pictures.yaml"
        diagnostics.error("broken-picture", message, prose.span(match.start(), len(match[0])), hint)
    for match in _SPACED_PICTURE.finditer(prose.text):
        name = match[1].partition(":")[2].strip().partition(" ")[0]
        right = f"![]({PICTURE}{name})"
        named_by_file = re.match(r"!\[[^\]]*\]\([^\s)]+\)", match[0])  # which is told where pictures are known
        if not named_by_file and name:
            message = f"“{match[0]}” would not show the picture"
            offer("broken-picture", message, prose, match.start(), len(match[0]), right, diagnostics)


def lone_pictures(prose: Passage, diagnostics: Diagnostics) -> None:
    for match in IMAGE.finditer(prose.text):
        if not match[2].startswith(PICTURE):
            continue
        closing = prose.text.find(")", match.end()) + 1
        line = prose.text[prose.text.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
        alone = line.strip() == prose.text[match.start() : closing]
        if not alone or _glued(prose.text, match.start(), closing):
            message = "a picture stands alone in its paragraph"
            hint = "put it in a line of its own with an empty line above and below"
            diagnostics.error("picture-in-text", message, prose.span(match.start(), closing - match.start()), hint)
        elif match[1] and closing == match.end() + 1:  # what else stands there is told by itself
            message = "this text would not be used: the picture's own description is shown"
            hint = "change “alt” in content/pictures.yaml instead"
            diagnostics.error("ignored-alt", message, prose.span(match.start(1), len(match[1])), hint, "")


def _glued(text: str, start: int, end: int) -> bool:
    above = text[: max(start - 1, 0)].rpartition("\n")[2]
    below = text[end + 1 :].partition("\n")[0]
    return bool(above.strip() or below.strip())


def none_in_data(prose: Passage, diagnostics: Diagnostics) -> None:
    """Report pictures in a text of a data file."""
    for match in IMAGE.finditer(prose.text):
        message = "a picture cannot stand in a text of a data file"
        hint = "put it into the Markdown of a page, or give the entry “picture: its-id”"
        diagnostics.error("picture-in-text", message, prose.span(match.start(), len(match[0])), hint)
