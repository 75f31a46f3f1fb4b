"""Texts written as YAML."""

from __future__ import annotations

from microsite.diagnostics import Diagnostics
from microsite.strict_yaml import PlainText, parse_yaml


def scalar(text: str) -> str:
    """`text` as one line of YAML that reads back the same: plain if that is safe, else in double quotes."""
    node = parse_yaml(f"key: {text}\n", "", Diagnostics())
    read = node.entries["key"][1] if node and node.entries and "key" in node.entries else None
    if read and isinstance(read.text, PlainText) and read.text == text:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
