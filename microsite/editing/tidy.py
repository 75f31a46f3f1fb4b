"""What no editor means and no reader sees, put right: line ends, stray spaces and tabs, lists that are not nested.

A tidied file says the same as before, or is read at last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from microsite.content_files import FENCE
from microsite.diagnostics import Diagnostics
from microsite.markdown import without_code
from microsite.strict_yaml import parse_yaml

_ITEM = re.compile(r"([ ]*)(?:[-*+]|\d+\.)[ ]+\S")
_YAML_INDENT = 2
_LIST_INDENT = 4  # what Markdown wants for a list within a list


def tidy(path: str, content: bytes) -> bytes:
    """A content file without what is only untidy. What is not UTF-8 is left as it is."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text and not text.endswith("\n"):
        text += "\n"
    front, body = _taken_apart(path, text)
    return (_tidy_yaml(front) + _tidy_markdown(body)).encode()


def _taken_apart(path: str, text: str) -> tuple[str, str]:
    """The part that is YAML, with the lines that fence it, and the part that is Markdown."""
    if not path.endswith(".md"):
        return text, ""
    start = FENCE.match(text)
    end = FENCE.search(text, start.end()) if start else None
    return (text[: end.end()], text[end.end() :]) if end else ("", text)


def _tidy_yaml(text: str) -> str:
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    untabbed = re.sub(r"^[ ]*\t[ \t]*", _untabbed, text, flags=re.MULTILINE)
    return untabbed if untabbed != text and _is_yaml(untabbed) and not _is_yaml(text) else text


def _untabbed(indent: re.Match[str]) -> str:
    return indent[0].replace("\t", " " * _YAML_INDENT)


def _is_yaml(text: str) -> bool:
    return parse_yaml(text.strip("-\n") + "\n", "", Diagnostics()) is not None


def _tidy_markdown(text: str) -> str:
    """Two spaces at the end of a line break it, which is kept, and so is all within code."""
    lines = text.split("\n")
    bare = without_code(text).split("\n")
    for number, line in enumerate(lines):
        if line.strip() and not bare[number].strip():  # code
            continue
        words = line.rstrip(" \t")
        goes_on = number + 1 < len(lines) and lines[number + 1].strip()
        if not (words and goes_on and line.expandtabs(_LIST_INDENT).endswith("  ")):
            line = words
        indent = re.match(r"[ \t]*", line)
        lines[number] = indent[0].expandtabs(_LIST_INDENT) + line[indent.end() :] if indent else line
    return "\n".join(_with_nested_lists(lines))


def _with_nested_lists(lines: list[str]) -> Iterator[str]:
    """The lines, every list whose inner items are indented by other than four spaces a level set right as a whole."""
    start = 0
    while start < len(lines):
        end = _end_of_list(lines, start)
        block = lines[start:end]
        yield from _nested(block) if _is_skewed(block) else block
        start = end


def _end_of_list(lines: list[str], start: int) -> int:
    """Behind the last line of the list that begins here; behind the next line if none does."""
    item = _ITEM.match(lines[start])
    if item is None or item[1]:
        return start + 1
    end = start + 1
    while end < len(lines) and (_ITEM.match(lines[end]) or (lines[end].startswith(" ") and lines[end].strip())):
        end += 1
    return end


def _is_skewed(block: list[str]) -> bool:
    fenced = any(line.lstrip().startswith(("```", "~~~")) for line in block)
    return not fenced and any(len(item[1]) % _LIST_INDENT for line in block if (item := _ITEM.match(line)))


def _nested(block: list[str]) -> Iterator[str]:
    levels: list[int] = []  # the indents of the items that the present one is within
    for line in block:
        item = _ITEM.match(line)
        if item:
            indent = len(item[1])
            while levels and levels[-1] > indent:
                levels.pop()
            if not levels or levels[-1] < indent:
                levels.append(indent)
        level = len(levels) - 1 if item else len(levels)
        yield " " * (_LIST_INDENT * level) + line.lstrip(" ")
