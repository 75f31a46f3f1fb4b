"""Words that no line may part, such as D7X-R, e-tron and 1-2-3: beside their hyphens stand single letters or digits."""

from __future__ import annotations

import re

# Some elements hold nothing but text.
_TEXT = re.compile(r">[^<>-]*+-[^<>]*+(?=<(?!/(?:script|style|title|text|desc|option|textarea)>))")
_WORD = re.compile(r"(?<![\w-])(?:\w+-\w|\w-\w+|\w(?:-\w)+)(?![\w-])")


def kept_whole(html: str) -> str:
    """The page with each such word of its text in an element of its own; attributes, scripts and drawings stay."""
    return _TEXT.sub(lambda text: _WORD.sub(r'<span class="whole">\g<0></span>', text[0]), html)
