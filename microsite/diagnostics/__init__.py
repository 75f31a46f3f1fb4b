"""What is wrong with the content, collected over one run: never printed or raised by the stage that finds it.

The modules beside this one turn a collection into text for a terminal, a program, GitHub or a browser. Only who prints
imports them, so that an unchanged site pays for none of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one line of a file. `path` is relative to the project with forward slashes.

    Line and column count from 1, in characters. `length` 0 is the place just before the column.
    """

    path: str
    line: int = 1
    column: int = 1
    length: int = 1

    @property
    def end(self) -> int:
        """The column behind the last one: the text is `line[column - 1 : end - 1]`."""
        return self.column + self.length


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: a stable code (`unknown-source`), a sentence in plain words, where, and how to mend it.

    `replacement` is what to put exactly in the place of `span`, given only where nothing else can have been meant.
    """

    code: str
    message: str
    span: Span
    hint: str | None = None
    severity: Severity = Severity.ERROR
    replacement: str | None = None


@dataclass(slots=True)
class Diagnostics:
    """The problems of one run. Stages are handed one and add to it; who looks at it decides what follows."""

    found: list[Diagnostic] = field(default_factory=list)

    def error(
        self, code: str, message: str, span: Span, hint: str | None = None, replacement: str | None = None
    ) -> None:
        self.found.append(Diagnostic(code, message, span, hint, Severity.ERROR, replacement))

    def warning(
        self, code: str, message: str, span: Span, hint: str | None = None, replacement: str | None = None
    ) -> None:
        self.found.append(Diagnostic(code, message, span, hint, Severity.WARNING, replacement))

    def extend(self, others: Iterable[Diagnostic]) -> None:
        self.found.extend(others)

    @property
    def has_errors(self) -> bool:
        return any(one.severity is Severity.ERROR for one in self.found)

    @property
    def error_count(self) -> int:
        """Different errors: what two stages both report, of one place and in the same words, counts once."""
        return sum(one.severity is Severity.ERROR for one in set(self.found))

    @property
    def warning_count(self) -> int:
        return sum(one.severity is Severity.WARNING for one in set(self.found))

    def in_order(self) -> list[Diagnostic]:
        """Errors before warnings, then by place; the same problem at the same place only once.

        The order is total, so that stages may run in any order, or at once, and the report stays the same.
        """
        return sorted(set(self.found), key=_place_in_report)


def _place_in_report(one: Diagnostic) -> tuple[bool, Span, str, str, str, str]:
    return (
        one.severity is Severity.WARNING,
        one.span,
        one.code,
        one.message,
        one.hint or "",
        one.replacement or "",
    )
