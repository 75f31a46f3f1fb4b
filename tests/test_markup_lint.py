from __future__ import annotations

from functools import partial
from hashlib import sha256

import pytest

from microsite.diagnostics import Diagnostics
from microsite.markup_lint import lint_markup
from microsite.memory import Memory
from microsite.style_sheets import StaticFile
from tests.projects import report


def found(source: str) -> list[str]:
    memory, diagnostics = Memory(None, b""), Diagnostics()
    files = {"static/css/a.css": b".lead, .page-header { color: red }", "static/js/a.js": b"x.className = 'scripted'"}
    static = [StaticFile(path, sha256(text).digest(), partial(bytes, text)) for path, text in files.items()]
    lint_markup({"a.html": source, "a.xml": '<p clas="laed">'}, static, memory, diagnostics)
    memory.close()
    return [line.removeprefix("templates/a.html:") for line in report(diagnostics)]


@pytest.mark.parametrize(
    "source",
    [
        '<p class="lead page-header scripted" data-clas="x" aria-label="{{ a }}">class="laed"</p>',
        '<p class="{{ kind }}-laed for-nobody lad"{% if a < b %} hidden{% endif %}>',
        '<svg viewBox="0 0 1 1"><path fill-rule="x" d="M0" stroke-width="1"/></svg>',
    ],
)
def test_what_may_be_meant(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<p\n  class="x laed">', ["2:12: unknown-class: no style sheet or script has the class “laed”"]),
        (
            '<p class="{% if a %}laed{% endif %} page-heade {{ b }}">',
            ["1:37: unknown-class: no style sheet or script has the class “page-heade”"],
        ),
        ('<p clas="lead">', ["1:4: unknown-attribute: HTML has no “clas”"]),
        ("<input type=text reqired>", ["1:18: unknown-attribute: HTML has no “reqired”"]),
    ],
)
def test_what_is_hardly_different(source: str, expected: list[str]) -> None:
    assert found(source) == expected
