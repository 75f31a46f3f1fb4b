"""Ids made from names, and names written as YAML."""

from __future__ import annotations

import re
import unicodedata

from microsite.diagnostics import Diagnostics
from microsite.strict_yaml import PlainText, parse_yaml

# Letters that Unicode does not take apart into a base and a mark.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "’": "", "'": ""}
)


def slug(name: str) -> str:
    """`name` as an id: lower case, accents folded, words joined by hyphens; empty if no letter or digit is left."""
    apart = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    folded = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


def scalar(text: str) -> str:
    """`text` as one line of YAML that reads back the same: plain if that is safe, else in double quotes."""
    node = parse_yaml(f"key: {text}\n", "", Diagnostics())
    read = node.entries["key"][1] if node and node.entries and "key" in node.entries else None
    if read and isinstance(read.text, PlainText) and read.text == text:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
