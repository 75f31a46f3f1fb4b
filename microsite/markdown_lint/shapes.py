"""What paragraphs and the items of lists look like."""

from __future__ import annotations

import re

PARAGRAPH = re.compile(r"(?:(?!\n[ \t]*\n).)+", re.DOTALL)
LIST_ITEM = re.compile(r"[ ]*(?:[-*+]|\d+\.)[ ]+\S")
