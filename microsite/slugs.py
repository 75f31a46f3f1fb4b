"""Ids made from names and headings."""

from __future__ import annotations

import re

from microsite.accents import without_accents

# Letters that Unicode does not take apart into a base and a mark.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "’": "", "'": ""}
)


def slug(name: str) -> str:
    """`name` as an id: lower case, accents folded, words joined by hyphens; empty if no letter or digit is left."""
    folded = without_accents(name.casefold().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
