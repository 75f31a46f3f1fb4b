from __future__ import annotations

import pytest

from microsite.content_files import Passage
from microsite.css_names import lint_names
from microsite.diagnostics import Diagnostics


def found(text: str) -> list[tuple[str, str, str | None]]:
    """Message, marked text and hint of each report."""
    diagnostics = Diagnostics()
    lint_names(text, Passage("a.css", text), diagnostics)
    return [(one.message, text[one.span.column - 1 : one.span.end - 1], one.hint) for one in diagnostics.found]


@pytest.mark.parametrize(
    "text",
    [
        "a { -webkit-hyphens: auto; COLOR: #1e3a5f; margin: -0.5rem .5em 0 auto; rotate: 1e3deg }",
        "@font-face { src: local(a); size-adjust: 74%; unicode-range: U+0025-00FF, u+4?? }",
        "a:hover::before, :is(a, b):nth-child(2n+1), ::-webkit-search-cancel-button { & :focus-visible { top: 0 } }",
        "@media (width >= 40rem) { a { color: red } } @supports (display: gird) { @layer a.b { c { color: red } } }",
        "a { margin: calc((1rem + 2px) / -3) clamp(1rem, 2vw - 1px, 3px); line-height: 1.2; --any: 1 rem; flex: 1 0 }",
        "a { grid-template: [full-start] 'a' 1fr / minmax(0, 1fr); grid-area: 1 / 2; z-index: 3; font: 1em/1.5 b }",
        "a { transition: --x 0.2s; padding: 0 }",
    ],
)
def test_what_css_knows(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a { backgroud: red }", ("CSS has no property “backgroud”", "backgroud", "did you mean “background”?")),
        ("a { b & { colr: red; } }", ("CSS has no property “colr”", "colr", "did you mean “color”?")),
        (
            "a { frob: 0 }",
            ("CSS has no property “frob”", "frob", "look at its spelling; if it is new, it may stay"),
        ),
        ("a { margin: 1rem 2rme }", ("“rme” is no unit of CSS", "rme", "did you mean “rem”?")),
        ("a { color: #12345 }", ("#12345 is no colour: it has 5 digits", "#12345", "a colour has 3, 4, 6 or 8")),
        ("a { top: 1 rem }", ("a space parts a number from its unit", "1 rem", "write 1rem")),
        ("a { padding-block: 0 16 }", ("“padding-block” is given a number without its unit", "1", None)),
        (
            "a { top: calc(1rem+2px) }",
            ("there is no space around this +, so that it is no sign of a sum", "+", "write “ + ”"),
        ),
        ("@medai print { }", ("CSS has no rule “@medai”", "medai", "did you mean “media”?")),
        ("a:hovr { }", ("CSS has no “:hovr”", "hovr", "did you mean “hover”?")),
        ("a { top: 0; b::befor { } }", ("CSS has no “::befor”", "befor", "did you mean “before”?")),
    ],
)
def test_what_it_does_not_know(text: str, expected: tuple[str, str, str | None]) -> None:
    [one] = found(text)
    assert one[:2] == expected[:2]
    assert expected[2] in (None, one[2])


def test_what_may_be_new_stops_nobody() -> None:
    diagnostics = Diagnostics()
    lint_names("a { frob: 0 } @frobnicate { }", Passage("a.css", ""), diagnostics)
    assert len(diagnostics.found) == 2
    assert not diagnostics.has_errors
