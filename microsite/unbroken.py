"""Words that no line may part, such as D7X-R, e-tron and 1-2-3: beside their hyphens stand single letters or digits."""

from __future__ import annotations

import re

# In running text the next angle bracket opens a tag. Some elements hold nothing but text.
_WORD = re.compile(
    r"(?<![\w-])(?:\w+-\w|\w-\w+|\w(?:-\w)+)(?![\w-])(?=[^<>]*<(?!/(?:script|style|title|text|desc|option|textarea)>))"
)


def kept_whole(html: str) -> str:
    """The page with each such word of its text in an element of its own; attributes, scripts and drawings stay."""
    return _WORD.sub(r'<span class="whole">\g<0></span>', html)
