"""Marks: places in converted Markdown that only the page can fill in, such as the number of a source.

A mark is text between two private-use characters, which content may not contain and HTML leaves alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

OPEN = "\ue000"
CLOSE = "\ue001"
_MARK = re.compile(f"{OPEN}([a-z]+):([^{CLOSE}]*){CLOSE}")


def mark(kind: str, argument: str) -> str:
    return f"{OPEN}{kind}:{argument}{CLOSE}"


def fill(html: str, fill_one: Callable[[str, str], str]) -> str:
    """Replace every mark, in the order of the text, by what `fill_one(kind, argument)` gives."""
    return _MARK.sub(lambda match: fill_one(match[1], match[2]), html)


def find(html: str) -> list[tuple[int, str, str]]:
    """All marks as (offset, kind, argument)."""
    return [(match.start(), match[1], match[2]) for match in _MARK.finditer(html)]
