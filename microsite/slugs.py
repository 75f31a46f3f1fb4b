"""Ids made from names and headings."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a base and a mark.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "’": "", "'": ""}
)


def slug(name: str) -> str:
    """`name` as an id: lower case, accents folded, words joined by hyphens; empty if no letter or digit is left."""
    apart = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    folded = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
