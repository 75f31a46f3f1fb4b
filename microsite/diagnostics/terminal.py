"""Diagnostics for a person at a terminal: `path:line:column`, which editors open, an excerpt, a hint, a count."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from microsite.diagnostics import Diagnostics, Severity
from microsite.diagnostics.excerpt import Excerpt, Excerpts, Sources
from microsite.diagnostics.folding import Shown, folded
from microsite.diagnostics.text import count, plain, what_next

_SEVERITY_COLOUR = {Severity.ERROR: "1;31", Severity.WARNING: "1;33"}
_STRONG = "1"
_DIM = "2"
_CYAN = "36"
_LEAST_WIDTH = 40


def render(diagnostics: Diagnostics, sources: Sources, colour: bool, width: int) -> str:
    """The whole report without a line break at its end; nothing at all if there is nothing to report.

    `width` is the terminal's, in cells: only excerpts are cut to it, so that no message or path is ever lost.
    """
    if not diagnostics.found:
        return ""
    excerpts = Excerpts(sources)
    paint = _Paint(colour)
    blocks = ["\n".join(_block(one, excerpts, paint, width)) for one in folded(diagnostics)]
    end = f"{paint(_STRONG, count(diagnostics))}\n{paint(_DIM, what_next(diagnostics))}"
    return "\n\n".join([*blocks, end])


@dataclass(frozen=True, slots=True)
class _Paint:
    """Wraps text in a colour (SGR parameters, ECMA-48), or leaves it as it is."""

    colour: bool

    def __call__(self, parameters: str, text: str) -> str:
        return f"\x1b[{parameters}m{text}\x1b[0m" if self.colour and text else text


def _block(shown: Shown, excerpts: Excerpts, paint: _Paint, width: int) -> Iterator[str]:
    """The lines of one problem; text is wrapped between words, since terminals break it anywhere."""
    one = shown.problem
    span = one.span
    place = f"{plain(span.path)}:{span.line}:{span.column}:"
    label = f"{one.severity}[{plain(one.code)}]:"
    painted = {place: paint(_STRONG, place), label: paint(_SEVERITY_COLOUR[one.severity], label)}
    yield from _wrapped(f"{place} {label} {plain(one.message)}", width, "  ", painted)
    excerpt = excerpts.at(span, width - len(_gutter(span.line)))
    if excerpt:
        yield from _excerpt_lines(excerpt, paint, _SEVERITY_COLOUR[one.severity])
    if one.hint:
        yield from _wrapped(f"  hint: {plain(one.hint)}", width, "  ", {"hint:": paint(_CYAN, "hint:")})
    if shown.rest:
        yield from (paint(_DIM, line) for line in _wrapped(f"  {plain(shown.rest)}", width, "  ", {}))


def _wrapped(text: str, width: int, indent: str, painted: Mapping[str, str]) -> Iterator[str]:
    """`text` in lines of at most `width` letters, no word broken; words that are `painted` get their colour after."""
    lines = textwrap.wrap(
        text, max(width, _LEAST_WIDTH), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    for line in lines or [text]:
        for word, coloured in painted.items():
            line = line.replace(word, coloured, 1)
        yield line
        painted = {word: coloured for word, coloured in painted.items() if coloured not in line}


def _excerpt_lines(excerpt: Excerpt, paint: _Paint, colour: str) -> Iterator[str]:
    gutter = _gutter(excerpt.number)
    yield f"{paint(_DIM, gutter)}{excerpt.before}{excerpt.marked}{excerpt.after}".rstrip()
    carets = paint(colour, "^" * excerpt.width)
    rule = "| ".rjust(len(gutter))
    yield f"{paint(_DIM, rule)}{' ' * excerpt.indent}{carets}"


def _gutter(number: int) -> str:
    return f"{number:>4} | "
