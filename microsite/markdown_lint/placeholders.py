"""Words that only hold a place, in what is no draft."""

from __future__ import annotations

import re

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics

# What people leave for later, and what --new writes (see editing/beginnings.py).
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|FIXME)\b|\b[Ll]orem ipsum\b|^[\"']?(?:Say (?:what|who|where) |Write the text here\.)", re.MULTILINE
)


def placeholders(passage: Passage, diagnostics: Diagnostics) -> None:
    """Report what readers were never meant to see."""
    for match in _PLACEHOLDER.finditer(passage.text):
        words = match[0].strip("\"' ")
        message = f"“{words}” holds the place of something that is not written yet"
        hint = "write it, or say draft: true till then"
        span = passage.span(match.start() + match[0].index(words), len(words))
        diagnostics.error("placeholder", message, span, hint)
