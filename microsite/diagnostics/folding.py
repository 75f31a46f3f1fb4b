"""Many problems of one kind become a few that are shown and a count: for all reports that people read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from microsite.diagnostics import Diagnostic, Diagnostics, Severity, Span

SHOWN_ALIKE = 3
"""How many problems of one kind are shown in full."""
_LISTED = 8

# What differs between two messages of one kind: what they quote, and numbers.
_PARTICULARS = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|'[^']*'|`[^`]*`|\d+")

_Kind = tuple[Severity, str, str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem to be shown, and the places of those like it that are not, told behind the last one that is."""

    problem: Diagnostic
    alike: tuple[Span, ...] = ()

    @property
    def rest(self) -> str:
        """How many more there are and where; nothing if there are none."""
        if not self.alike:
            return ""
        elsewhere = any(one.path != self.problem.span.path for one in self.alike)
        places = [f"{one.path}:{one.line}" if elsewhere else f"line {one.line}" for one in self.alike]
        listed = ", ".join(places[:_LISTED]) + (", …" if len(places) > _LISTED else "")
        return f"… and {len(places)} more like this: {listed}"


def folded(diagnostics: Diagnostics) -> list[Shown]:
    """The problems to be shown, in the order of the report.

    Alike are problems of one file that differ in particulars only, and those of several files that are the same.
    """
    ordered = diagnostics.in_order()
    everywhere = Counter(map(_same, ordered))
    groups: dict[_Kind, list[Diagnostic]] = {}
    for one in ordered:
        kind = _same(one) if everywhere[_same(one)] > SHOWN_ALIKE else _like(one)
        groups.setdefault(kind, []).append(one)
    shown = {}
    for group in groups.values():
        for one in group[:SHOWN_ALIKE]:
            shown[one] = Shown(one)
        last = group[:SHOWN_ALIKE][-1]
        shown[last] = Shown(last, tuple(one.span for one in group[SHOWN_ALIKE:]))
    return [shown[one] for one in ordered if one in shown]


def _same(one: Diagnostic) -> _Kind:
    return (one.severity, "", one.code, one.message)


def _like(one: Diagnostic) -> _Kind:
    return (one.severity, one.span.path, one.code, _PARTICULARS.sub("*", one.message))
