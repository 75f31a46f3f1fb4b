"""Diagnostics for a person at a terminal: `path:line:column`, which editors open, an excerpt, a hint, a count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from microsite.diagnostics import Diagnostic, Diagnostics, Severity
from microsite.diagnostics.excerpt import Excerpt, Excerpts, Sources
from microsite.diagnostics.text import count, plain

SHOWN_ALIKE = 3
"""How many problems of one kind are shown in full for one file."""

_SEVERITY_COLOUR = {Severity.ERROR: "1;31", Severity.WARNING: "1;33"}
_STRONG = "1"
_DIM = "2"
_CYAN = "36"
# What differs between two messages of one kind: what they quote, and numbers.
_PARTICULARS = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|'[^']*'|`[^`]*`|\d+")


_Kind = tuple[Severity, str, str, str]


def render(diagnostics: Diagnostics, sources: Sources, colour: bool, width: int) -> str:
    """The whole report without a line break at its end; nothing at all if there is nothing to report.

    `width` is the terminal's, in cells: only excerpts are cut to it, so that no message or path is ever lost.
    """
    ordered = diagnostics.in_order()
    if not ordered:
        return ""
    excerpts = Excerpts(sources)
    totals = Counter(map(_kind, ordered))
    seen: Counter[_Kind] = Counter()
    blocks: list[str] = []
    for one in ordered:
        kind = _kind(one)
        seen[kind] += 1
        if seen[kind] > SHOWN_ALIKE:
            continue
        more = totals[kind] - SHOWN_ALIKE if seen[kind] == SHOWN_ALIKE else 0
        blocks.append("\n".join(_block(one, excerpts, _Paint(colour), width, more)))
    blocks.append(_Paint(colour)(_STRONG, count(diagnostics)))
    return "\n\n".join(blocks)


def _kind(one: Diagnostic) -> _Kind:
    return (one.severity, one.span.path, one.code, _PARTICULARS.sub("*", one.message))


@dataclass(frozen=True, slots=True)
class _Paint:
    """Wraps text in a colour (SGR parameters, ECMA-48), or leaves it as it is."""

    colour: bool

    def __call__(self, parameters: str, text: str) -> str:
        return f"\x1b[{parameters}m{text}\x1b[0m" if self.colour and text else text


def _block(one: Diagnostic, excerpts: Excerpts, paint: _Paint, width: int, more: int) -> Iterator[str]:
    """The lines of one problem; `more` is how many of its kind stay unsaid after it."""
    span = one.span
    place = paint(_STRONG, f"{plain(span.path)}:{span.line}:{span.column}:")
    label = paint(_SEVERITY_COLOUR[one.severity], f"{one.severity}[{plain(one.code)}]:")
    yield f"{place} {label} {plain(one.message)}"
    excerpt = excerpts.at(span, width - len(_gutter(span.line)))
    if excerpt:
        yield from _excerpt_lines(excerpt, paint, _SEVERITY_COLOUR[one.severity])
    if one.hint:
        yield f"  {paint(_CYAN, 'hint:')} {plain(one.hint)}"
    if more > 0:
        yield paint(_DIM, f"  … and {more} more like this in this file")


def _excerpt_lines(excerpt: Excerpt, paint: _Paint, colour: str) -> Iterator[str]:
    gutter = _gutter(excerpt.number)
    yield f"{paint(_DIM, gutter)}{excerpt.before}{excerpt.marked}{excerpt.after}".rstrip()
    carets = paint(colour, "^" * excerpt.width)
    rule = "| ".rjust(len(gutter))
    yield f"{paint(_DIM, rule)}{' ' * excerpt.indent}{carets}"


def _gutter(number: int) -> str:
    return f"{number:>4} | "
