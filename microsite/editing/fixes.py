"""`--fix`: what the diagnostics know how to mend without asking, done; and untidy files made tidy.

A diagnostic that has a `replacement` says that nothing else can have been meant. Mending one mistake may bring to light
others that it hid, so it goes round until nothing is left to be mended.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from microsite.diagnostics import Diagnostic, Diagnostics, Severity
from microsite.editing.content import Files, Reader
from microsite.editing.tidy import tidy

MOST_ROUNDS = 10


def mend(files: Files, reader: Reader | None = None) -> tuple[dict[str, bytes], Diagnostics]:
    """The files mended, and what is still wrong with them. Comments, order and everything else stay.

    A `reader` that has read most of them before saves time.
    """
    reader = reader or Reader()
    mended = {path: tidy(path, content) for path, content in files.items()}
    _, diagnostics = reader.site(mended)
    for _ in range(MOST_ROUNDS):
        tried = {path: tidy(path, text) for path, text in _replaced(mended, diagnostics.in_order()).items()}
        if not tried:
            break
        _, left = reader.site({**mended, **tried})
        if _certain(left.in_order()) == _certain(diagnostics.in_order()):
            break  # it goes in circles
        mended, diagnostics = {**mended, **tried}, left
    return mended, diagnostics


def _certain(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [one for one in found if one.replacement is not None]


def _replaced(files: Files, found: Iterable[Diagnostic]) -> dict[str, bytes]:
    """The files in which something can be replaced, with it replaced."""
    usable = [one for one in _certain(found) if one.span.path in files and one.severity is Severity.ERROR]
    usable.sort(key=lambda one: one.span)
    return {
        path: _replace_in(files[path], list(of_file)) for path, of_file in groupby(usable, lambda one: one.span.path)
    }


def _replace_in(content: bytes, found: list[Diagnostic]) -> bytes:
    """From the end to the beginning, so that places stay where they are; of two that overlap, the first only."""
    lines = content.decode().split("\n")
    kept: list[Diagnostic] = []
    for one in found:
        last = kept[-1].span if kept else None
        if last is None or last.line != one.span.line or last.end <= one.span.column:
            kept.append(one)
    for one in reversed(kept):
        line = lines[one.span.line - 1]
        lines[one.span.line - 1] = line[: one.span.column - 1] + (one.replacement or "") + line[one.span.end - 1 :]
    return "\n".join(lines).encode()
