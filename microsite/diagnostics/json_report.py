"""Diagnostics for programs. The shape is an interface: keys may be added, none changes its meaning or goes away."""

from __future__ import annotations

import json

from microsite.diagnostics import Diagnostic, Diagnostics


def render_json(diagnostics: Diagnostics) -> str:
    """`{"errors": n, "warnings": n, "diagnostics": […]}`; each has the keys of `_as_record`.

    `replacement`, where it is not null, is the text to put in the place of `length` characters from `column` on.

    In ASCII, so that it passes through any pipe and encoding, and in the order of the report for people.
    """
    report = {
        "errors": diagnostics.error_count,
        "warnings": diagnostics.warning_count,
        "diagnostics": [_as_record(one) for one in diagnostics.in_order()],
    }
    return json.dumps(report, indent=2)


def _as_record(one: Diagnostic) -> dict[str, str | int | None]:
    return {
        "code": one.code,
        "severity": one.severity.value,
        "message": one.message,
        "hint": one.hint,
        "replacement": one.replacement,
        "path": one.span.path,
        "line": one.span.line,
        "column": one.span.column,
        "length": one.span.length,
    }
