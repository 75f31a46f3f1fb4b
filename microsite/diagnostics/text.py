"""Wording and characters that every report shares."""

from __future__ import annotations

import re

from microsite.diagnostics import Diagnostics

# C0, DEL, C1, what reorders text (“Trojan Source”, CVE-2021-42574), line separators, and halves of surrogate pairs,
# which no encoding can write.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
REPAIR = "python build.py --fix"
REFERENCE = "docs/problems.md"
_LINE_BREAK = re.compile(r"\s*[\r\n]\s*")
_CONTROL_PICTURES = 0x2400
_DELETE_PICTURE = "\u2421"
_REPLACEMENT = "\ufffd"


def plain(text: str) -> str:
    """`text` on one line, with nothing in it that could command a terminal or rearrange what is seen.

    Messages quote content, and content is whatever somebody pasted: `ESC [2J` must be shown, not obeyed.
    """
    return visible(_LINE_BREAK.sub(" ", text.strip()))


def visible(text: str) -> str:
    """`text` with every control character replaced by one visible character, so that columns stay right."""
    return _UNSAFE.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < ord(" "):
        return chr(_CONTROL_PICTURES + code)
    return _DELETE_PICTURE if code == 0x7F else _REPLACEMENT


def count(diagnostics: Diagnostics) -> str:
    """`3 errors, 1 warning in 2 files`; what there is none of is left out, and with nothing at all: `no problems`."""
    numbers = ((diagnostics.error_count, "error"), (diagnostics.warning_count, "warning"))
    parts = [counted(number, noun) for number, noun in numbers if number]
    files = len({one.span.path for one in diagnostics.found})
    return f"{', '.join(parts)} in {counted(files, 'file')}" if parts else "no problems"


def counted(number: int, noun: str) -> str:
    """`1 page`, `2 pages`: for nouns that add an s."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def what_next(diagnostics: Diagnostics) -> str:
    """What somebody does next who has read the report; nothing if there is nothing to mend."""
    if not diagnostics.found:
        return ""
    certain = sum(one.replacement is not None for one in set(diagnostics.found))
    mends = f"“{REPAIR}” mends {certain} of them. " if certain else ""
    return f"{mends}{REFERENCE} explains every [code]."
