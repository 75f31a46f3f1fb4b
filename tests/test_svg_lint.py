from __future__ import annotations

from hashlib import sha256

import pytest

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics
from microsite.memory import Memory
from microsite.style_sheets import StaticFile
from microsite.svg_lint import lint_drawings, lint_svg
from tests.projects import report

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">\n'


def found(text: str) -> list[str]:
    diagnostics = Diagnostics()
    lint_svg(Passage("a.svg", text), diagnostics)
    return [line.removeprefix("a.svg:") for line in report(diagnostics)]


@pytest.mark.parametrize(
    "text",
    [
        f"{SVG}<title>é &amp; à</title></svg>",
        f'<?xml version="1.0" encoding="ISO-8859-1"?>{SVG}<path d="M0 0"/><!-- <g> --></svg>',
        f'{SVG}<g id="a"/><use xlink:href="#a"/><style>a{{fill:url("#a")}}</style><a href="https://example.org"/></svg>',
    ],
)
def test_a_sound_drawing(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:1: bad-svg: there is nothing in here"]),
        (f"{SVG}<g><path></g></svg>", ["2:4: bad-svg: this <path> is not closed before </g>"]),
        (f"{SVG}<g>", ["2:1: bad-svg: this <g> is never closed"]),
        (
            f"{SVG}<text>a & b</text></svg>",
            [
                "2:10: bad-svg: this cannot stand here: a value stands between quotes, a & is written &amp; and a < is "
                "written &lt;"
            ],
        ),
        (f"{SVG}</svg>\nx", ["3:1: bad-svg: something stands behind the end of the drawing"]),
        ("<html></html>", ["1:1: bad-svg: the drawing begins with <html> instead of <svg>"]),
        (
            "<svg viewBox='0 0 9 9'/>",
            ["1:1: bad-svg: this <svg> does not say that it is one, so that browsers show nothing"],
        ),
        (
            "<svg xmlns='http://www.w3.org/2000/svg' viewbox='0 0 9 9'/>",
            ["1:1: bad-svg: the drawing has no viewBox, without which it cannot be made larger or smaller"],
        ),
        (f"{SVG}<g>\n<script/></g></svg>", ["3:1: against-policy: a script in a drawing is never run"]),
        (
            f'{SVG}<g onclick="x()"/></svg>',
            ["2:1: against-policy: “onclick” holds a script, which is never run in a drawing"],
        ),
        (
            f'{SVG}<image href="//example.org/a.png"/></svg>',
            ["2:1: against-policy: //example.org/a.png is loaded from elsewhere"],
        ),
        (
            f"{SVG}<style>\n@import 'https://example.org/a.css'</style></svg>",
            ["3:1: against-policy: https://example.org/a.css is loaded from elsewhere"],
        ),
        (
            f'{SVG}<g id="wheel"/><use href="#wheal"/></svg>',
            ["2:16: bad-svg: nothing in the drawing has the id “wheal”"],
        ),
    ],
)
def test_what_would_not_be_shown(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_what_is_remembered_is_told_again_without_reading_the_file() -> None:
    memory, reads = Memory(None, b""), []

    def read() -> bytes:
        reads.append(1)
        return b"<svg>"

    for _ in range(2):
        diagnostics = Diagnostics()
        lint_drawings([StaticFile("static/a.svg", sha256(b"<svg>").digest(), read)], memory, diagnostics)
        assert len(diagnostics.found) == 2
    assert len(reads) == 1
    memory.close()
