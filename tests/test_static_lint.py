from __future__ import annotations

from hashlib import sha256

import pytest

from microsite.diagnostics import Diagnostics
from microsite.memory import Memory
from microsite.static_lint import lint_static
from microsite.style_sheets import StaticFile
from tests.projects import report


def found(path: str, content: bytes) -> list[str]:
    memory, diagnostics = Memory(None, b""), Diagnostics()
    lint_static([StaticFile(path, sha256(content).digest(), lambda: content)], memory, diagnostics)
    memory.close()
    return report(diagnostics)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("static/icons/a.png", b"\x89PNG\r\n\x1a\n..."),
        ("static/turntable/01.webp", b"RIFF...."),
        ("static/js/a.js", b"let a"),
        ("static/fonts/ofl.txt", b"x"),
        ("static/pictures/a.png", b"of another module"),
        ("static/css/a.css", b""),
    ],
)
def test_what_is_as_it_is_called(path: str, content: bytes) -> None:
    assert found(path, content) == []


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("static/js/a.js", b" \n", "empty-file: there is nothing in here"),
        ("static/icons/a.png", b"RIFF....", "bad-picture: static/icons/a.png is no PNG but a WebP"),
        ("static/icons/a.ico", b"<html>", "bad-picture: static/icons/a.ico is no icon"),
        ("static/fonts/a.woff2", b"wOFF", "bad-font: static/fonts/a.woff2 is no WOFF2"),
    ],
)
def test_what_is_something_else(path: str, content: bytes, expected: str) -> None:
    assert found(path, content) == [f"{path}:1:1: {expected}"]
