from __future__ import annotations

import pytest

from microsite.nesting import MAX_DEPTH, too_deep


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("", None),
        ("[" * MAX_DEPTH + "]" * MAX_DEPTH, None),
        ("[" * 200_000, MAX_DEPTH),
        ("[a](" * 50_000, 4 * MAX_DEPTH),
        ("[a](b) " * 200, None),
        ("[a\n\n" * 200, None),
        (") " * 200 + "(" * 25, 400 + MAX_DEPTH),
        ("- " * MAX_DEPTH + "a", None),
        ("- " * (MAX_DEPTH + 1) + "a", 0),
        ("a\n" + "1. " * (MAX_DEPTH + 1) + "a", 2),
        ("a\n\n" + " " * 4 * MAX_DEPTH + "- a", 3),
        (" " * 400 + "no list", None),
        ("- a\n" * 200, None),
    ],
)
def test_where_it_becomes_too_deep(text: str, offset: int | None) -> None:
    assert too_deep(text) == offset
