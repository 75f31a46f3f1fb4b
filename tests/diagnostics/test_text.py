from __future__ import annotations

import pytest

from microsite.diagnostics import Diagnostics, Span
from microsite.diagnostics.text import count, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“Al-Attiyah” — 4×4", "“Al-Attiyah” — 4×4"),
        ("\x1b[2Jgone", "␛[2Jgone"),
        ("two\n   lines\r\nand a third ", "two lines and a third"),
        ("bell\a, delete\x7f, C1 \x9b", "bell␇, delete␡, C1 \ufffd"),
        ("abc\u202edef", "abc\ufffddef"),
        ("half \ud83d", "half \ufffd"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("errors", "warnings", "words"),
    [
        (0, 0, "no problems"),
        (1, 0, "1 error in 1 file"),
        (0, 2, "2 warnings in 1 file"),
        (3, 1, "3 errors, 1 warning in 1 file"),
    ],
)
def test_count(errors: int, warnings: int, words: str) -> None:
    diagnostics = Diagnostics()
    for line in range(errors):
        diagnostics.error("a", "b", Span("c", line))
    for line in range(warnings):
        diagnostics.warning("a", "b", Span("c", line))
    assert count(diagnostics) == words
