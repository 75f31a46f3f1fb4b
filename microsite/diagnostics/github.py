"""Diagnostics as annotations on a commit: GitHub Actions' workflow commands `::error …::` and `::warning …::`."""

from __future__ import annotations

from microsite.diagnostics import Diagnostic, Diagnostics
from microsite.diagnostics.text import plain

# As in `escapeData` and `escapeProperty` of actions/toolkit (packages/core/src/command.ts).
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render_github(diagnostics: Diagnostics) -> str:
    """One workflow command for each problem, a line each, in the order of the report for people."""
    return "\n".join(_command(one) for one in diagnostics.in_order())


def _command(one: Diagnostic) -> str:
    properties = {
        "file": one.span.path,
        "line": str(max(one.span.line, 1)),
        "col": str(max(one.span.column, 1)),
        "endColumn": str(max(one.span.end, one.span.column, 1)),
        "title": one.code,
    }
    listed = ",".join(f"{name}={plain(value).translate(_PROPERTY)}" for name, value in properties.items())
    sentences = [plain(one.message), *([f"hint: {plain(one.hint)}"] if one.hint else [])]
    return f"::{one.severity} {listed}::{chr(10).join(sentences).translate(_DATA)}"
