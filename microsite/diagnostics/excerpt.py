"""The line of a file that a diagnostic points at, cut to the room there is and split at the marked part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from microsite.diagnostics import Span
from microsite.diagnostics.text import visible

Sources = Callable[[str], str | None]
"""The text of a file by the path in its spans, or None if there is no such text."""

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_TAB_STOP = 4
_CUT = "…"
_LEAST_ROOM = 20
# Characters to look at either side of the mark, for each cell of room: some have no width, none needs more than these.
_REACH = 4
_Cell = tuple[str, int]
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line, safe to show: `before + marked + after`. Widths count terminal cells."""

    number: int
    before: str
    marked: str
    after: str
    indent: int
    width: int


class Excerpts:
    """Cuts excerpts from files that are read and split once, however many diagnostics point into them."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._lines: dict[str, list[str]] = {}

    def at(self, span: Span, room: int) -> Excerpt | None:
        """What `span` points at, at most `room` cells wide; None when the file or the line does not exist."""
        lines = self._lines_of(span.path)
        if not 1 <= span.line <= len(lines):
            return None
        return _cut(lines[span.line - 1], span, max(room, _LEAST_ROOM))

    def _lines_of(self, path: str) -> list[str]:
        if path not in self._lines:
            self._lines[path] = self._read(path)
        return self._lines[path]

    def _read(self, path: str) -> list[str]:
        try:
            text = self._sources(path)
        except (OSError, ValueError):  # gone or unreadable since: the report matters more than its excerpt
            text = None
        return [] if text is None else _LINE_BREAK.split(text)


def _cut(line: str, span: Span, room: int) -> Excerpt:
    """The part of `line` around the marked columns; a column beyond the end marks the place just after the end."""
    at = min(max(span.column, 1) - 1, len(line))
    offset = max(at - room * _REACH, 0)
    cells = _cells(line[offset : at + room * _REACH])
    start = at - offset
    first, last = _window(cells, start, room - 2 * len(_CUT))
    stop = min(start + max(span.length, 1), last)
    head = _CUT if offset + first > 0 else ""
    tail = _CUT if offset + last < len(line) else ""
    return Excerpt(
        number=span.line,
        before=head + _joined(cells[first:start]),
        marked=_joined(cells[start:stop]),
        after=_joined(cells[stop:last]) + tail,
        indent=len(head) + _width(cells[first:start]),
        width=max(_width(cells[start:stop]), 1),
    )


def _window(cells: list[_Cell], start: int, room: int) -> tuple[int, int]:
    """First and last index to show: all if it fits, else a third of the room before `start` and the rest from it."""
    backwards = cells[:start][::-1]
    lead = _width(backwards[: _fitting(backwards, room // 3)])
    last = start + _fitting(cells[start:], room - lead)
    first = start - _fitting(backwards, room - _width(cells[start:last]))
    return first, last


def _fitting(cells: list[_Cell], room: int) -> int:
    """How many of the cells, from the first, fit into `room`."""
    used = 0
    for number, (_, width) in enumerate(cells):
        used += width
        if used > room:
            return number
    return len(cells)


def _cells(text: str) -> list[_Cell]:
    """Each character as it is shown, with its width: tabs become spaces up to the next stop."""
    cells: list[_Cell] = []
    used = 0
    for character in text:
        if character == "\t":
            width = _TAB_STOP - used % _TAB_STOP
            cells.append((" " * width, width))
        else:
            width = _character_width(character)
            cells.append((visible(character), width))
        used += width
    return cells


def _character_width(character: str) -> int:
    if character.isascii() or visible(character) != character:
        return 1
    if unicodedata.category(character) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _joined(cells: list[_Cell]) -> str:
    return "".join(text for text, _ in cells)


def _width(cells: list[_Cell]) -> int:
    return sum(width for _, width in cells)
