from __future__ import annotations

import pytest

from microsite.content_files import Passage
from microsite.css_lint import lint_css, lint_layers, lint_variables
from microsite.diagnostics import Diagnostics
from tests.projects import report


def found(text: str) -> list[str]:
    diagnostics = Diagnostics()
    sheet = Passage("a.css", text)
    lint_css(sheet, diagnostics)
    lint_layers([sheet], diagnostics)
    lint_variables([sheet], diagnostics)
    return [line.removeprefix("a.css:") for line in report(diagnostics)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/* a { // } */ a { content: '/* {'; background: url(/static/a.svg) }",
        "a:hover, a::before { color: red; &:focus-visible { margin: 0 } }",
        ":root { --ink: #000 } a { color: var(--ink); fill: var(--no, red) }",
        "@layer base, pages;\n@import \"parts/a.css\" layer(base);\na { background: url('data:image/svg+xml,<svg/>') }",
        "a { mask: url(#m); grid-template: 'a b' auto / 1fr; --x: { y: z } }",
        "@media (width >= 40rem) { a { color: red } }\n@property --x { syntax: '*'; inherits: false }",
    ],
)
def test_what_is_fine(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a {\n  color: red\n", ["1:3: bad-css: this { is never closed"]),
        ("a { b { color: red }\n", ["1:3: bad-css: this { is never closed"]),
        ("a { } }", ["1:7: bad-css: this } closes nothing"]),
        ("/* a", ["1:1: bad-css: this comment is never closed"]),
        ("// a\nb { }", ["1:1: bad-css: a // begins no comment here"]),
        (
            "a {\n  color: red\n  margin: 0;\n}",
            ["3:3: bad-css: there is no ; before “margin”, so that it belongs to “color”"],
        ),
        (":root { --ink: red }\na { color: --ink; transition: --ink }", ["2:12: bad-css: --ink is only a name here"]),
        ("a { colr: red }", ["1:5: unknown-property: CSS has no property “colr”"]),
        ("a } colr: red }", ["1:3: bad-css: this } closes nothing"]),
        ("a { color: var(--ink) }", ["1:16: unknown-token: no style sheet gives --ink a value"]),
        ("a { src: url(x.woff2) }", ["1:14: unknown-asset: “x.woff2” does not lead to a file of static/"]),
        ("a { src: url(//x.org/y) }", ["1:14: against-policy: //x.org/y is loaded from elsewhere"]),
        ("@import url(/a.css);", ["1:1: bad-css: this import is not written as it is needed here"]),
        ('@layer base;\n@import "a.css" layer(bass);', ["2:23: unknown-layer: there is no layer “bass”"]),
    ],
)
def test_what_the_parser_passes_over(text: str, expected: list[str]) -> None:
    assert found(text)[: len(expected)] == expected
    assert len(found(text)) == len(expected) or "url(/a.css)" in text
