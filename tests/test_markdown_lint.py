from __future__ import annotations

import pytest
from hypothesis import given

from microsite.content_files import Passage
from microsite.diagnostics import Diagnostics
from microsite.markdown_lint import lint
from tests.projects import report
from tests.test_markdown import MARKDOWN_LIKE

PATH = "a.md"
LIST = "the list would become part of the paragraph above"


def found(text: str, first_line: int = 1) -> list[str]:
    diagnostics = Diagnostics()
    lint(Passage(PATH, text, first_line), diagnostics)
    return [line.removeprefix("a.md:") for line in report(diagnostics)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A.[@One]", ["1:3: bad-citation: “[@One]” is not a citation and would be shown as typed"]),
        ("A.[@one; @]", ["1:3: bad-citation: “[@one; @]” is not a citation and would be shown as typed"]),
        ("A.[@one @two]", ["1:3: bad-citation: “[@one @two]” is not a citation and would be shown as typed"]),
        ("A.[@one\n", ["1:3: bad-citation: “[@one” is not a citation and would be shown as typed"]),
        (
            "#a",
            [
                "1:1: heading-level: a second first-level heading",
                "1:1: heading-space: a heading needs a space after its #",
            ],
        ),
        ("##a", ["1:1: heading-space: a heading needs a space after its #"]),
        ("# a\n\n## b", ["1:1: heading-level: a second first-level heading"]),
        ("### a", ["1:1: heading-level: a heading of level 3 follows one of level 1"]),
        ("## a\n\n#### b\n\n##### c", ["3:1: heading-level: a heading of level 4 follows one of level 2"]),
        (
            "a <b>c</b>",
            [
                "1:3: raw-html: “<b>” is HTML, which is shown as typed",
                "1:7: raw-html: “</b>” is HTML, which is shown as typed",
            ],
        ),
        ("<!-- a -->", ["1:1: raw-html: “<!--” is HTML, which is shown as typed"]),
        ("a\n\n<img src=x>", ["3:1: raw-html: “<img src=x>” is HTML, which is shown as typed"]),
        ("[a][b]", ["1:1: undefined-reference: the reference “b” is not defined"]),
        ("[A b][]", ["1:1: undefined-reference: the reference “a b” is not defined"]),
        ("a\n\n```\nb\n", ["3:1: open-fence: a code block is opened but never closed"]),
        ("````\na\n```\n", ["1:1: open-fence: a code block is opened but never closed"]),
        ("a\n- b\n- c", [f"2:1: glued-list: {LIST}"]),
        ("a\n1. b", [f"2:1: glued-list: {LIST}"]),
        ("> a\n* b", [f"2:1: glued-list: {LIST}"]),
        ("- a\n  - b", ["2:1: list-indent: indented by 2 spaces, the list is not nested"]),
        ("- a\n    - b\n      - c", ["3:1: list-indent: indented by 6 spaces, the list is not nested"]),
    ],
)
def test_what_would_be_swallowed(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A.[@one; @two] [@three]",
        "## a\n\n### b\n\n## c\n\n### d",
        "<https://example.org/> <mailto:a@example.org> <a@example.org> a < b > c <3",
        "![](picture:b)",
        "[a][b]\n\n[b]: /c/",
        "[A][]\n\n[a]: /c/",
        "[a](/b/)[@c] [d]",
        "```\n<b>\n# a\n[@A]\n```\n\n`<b>` `[a][b]`",
        "````\n```\na\n````",
        "a\n\n- b\n    - c\n- d\n\n1. e\n2. f",
        "## a\n- b",
        "- a\n  more\n- b",
        "a\n2026.Not a list\n-nor this",
    ],
)
def test_what_is_fine(text: str) -> None:
    assert found(text) == []


def test_hints() -> None:
    diagnostics = Diagnostics()
    lint(Passage(PATH, "[@A]\n\n# a\n\n#### b\n\n<b>\n\n![](c)\n\n[d][e]\n\nf\n- g\n  - h"), diagnostics)
    assert [one.hint for one in diagnostics.in_order()] == [
        "write [@a]",
        "the page's title is its first heading; headings in the text start with ##",
        "use ###",
        "write **bold**",
        "write [text](/path/)",
        "put an empty line before the list",
        "indent a nested list by four spaces",
    ]


def test_lines_count_from_where_the_body_starts_in_its_file() -> None:
    assert found("é\n\nab <b>", first_line=9) == ["11:4: raw-html: “<b>” is HTML, which is shown as typed"]


def test_a_span_covers_what_is_wrong() -> None:
    diagnostics = Diagnostics()
    lint(Passage(PATH, "[@A] <b> ![](c.png)"), diagnostics)
    assert [(one.span.column, one.span.length) for one in diagnostics.in_order()] == [(1, 4), (6, 3)]


@pytest.mark.parametrize("unit", ["<a", "<!--", "`", "#", "|", "~~~\n"])
def test_long_runs_take_no_long_time(unit: str) -> None:
    found(unit * 20_000)


@given(MARKDOWN_LIKE)
def test_no_text_is_too_odd(text: str) -> None:
    diagnostics = Diagnostics()
    lint(Passage(PATH, text), diagnostics)
    lines = text.split("\n")
    for one in diagnostics.found:
        assert 1 <= one.span.column <= len(lines[one.span.line - 1]) + 1
