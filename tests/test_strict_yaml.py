from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.diagnostics import Diagnostics, Span
from microsite.nesting import MAX_DEPTH
from microsite.strict_yaml import Node, PlainText, parse_yaml
from tests.projects import report

PATH = "a.yaml"


def tree(text: str, first_line: int = 1) -> Node:
    """The tree of a text without fault."""
    diagnostics = Diagnostics()
    root = parse_yaml(text, PATH, diagnostics, first_line)
    assert report(diagnostics) == []
    assert root is not None
    return root


def problems(text: str, first_line: int = 1) -> list[str]:
    """What is reported of a text that is refused."""
    diagnostics = Diagnostics()
    assert parse_yaml(text, PATH, diagnostics, first_line) is None
    return report(diagnostics)


# What YAML 1.1 would have guessed ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "scalar",
    ["3:45:12", "12:30", "NO", "no", "yes", "on", "true", "1.10", "012", "0x1F", "1_000", "1e3", ".inf", "2026-01-17"],
)
def test_a_plain_scalar_stays_as_it_was_typed(scalar: str) -> None:
    data = tree(f"value: {scalar}\n").data()
    assert data == {"value": scalar}
    assert type(data["value"]) is PlainText


@pytest.mark.parametrize("null", ["", "~", "null", "Null", "NULL", "  # nothing"])
def test_null_is_the_only_thing_that_is_resolved(null: str) -> None:
    assert tree(f"value: {null}\nlast: x\n").data() == {"value": None, "last": "x"}


@pytest.mark.parametrize("text", ["nULL", "none", "None", "nil", "--"])
def test_other_words_for_nothing_are_words(text: str) -> None:
    assert tree(f"value: {text} # not null\n").data() == {"value": text}


def test_a_quoted_scalar_is_text_and_says_so() -> None:
    data = tree("a: '012'\nb: \"null\"\nc: |\n  1.10\nd: 1.10\n").data()
    assert data == {"a": "012", "b": "null", "c": "1.10\n", "d": "1.10"}
    assert [type(value).__name__ for value in data.values()] == ["str", "str", "str", "PlainText"]


def test_keys_are_text_too() -> None:
    assert tree("2026: a\nNO: b\n012: c\n~: d\n1.10: e\n").data() == {
        "2026": "a",
        "NO": "b",
        "012": "c",
        "~": "d",
        "1.10": "e",
    }


def test_all_shapes() -> None:
    assert tree("a: [1, {b: c}, []]\nd: {}\ne:\n  - f\n  -\n").data() == {
        "a": ["1", {"b": "c"}, []],
        "d": {},
        "e": ["f", None],
    }


# Places --------------------------------------------------------------------------------------------------------------

PLACES = """\
title: Ä car
rows:
  - {id: one, value: "quoted text"}
  - id: two
    value: >
      folded
      text
empty:
"""


@pytest.mark.parametrize(
    ("loc", "line", "column", "length"),
    [
        ((), 1, 1, 1),
        (("title",), 1, 8, 5),
        (("rows",), 3, 3, 1),
        (("rows", 0), 3, 5, 1),
        (("rows", 0, "id"), 3, 10, 3),
        (("rows", 0, "value"), 3, 22, 13),
        (("rows", 1), 4, 5, 1),
        (("rows", 1, "value"), 5, 12, 1),
        (("empty",), 8, 7, 1),
        (("rows", 7, "id"), 3, 3, 1),
        (("title", "no", "such", 0), 1, 8, 5),
    ],
)
def test_the_place_of_a_node(loc: tuple[str | int, ...], line: int, column: int, length: int) -> None:
    assert tree(PLACES).at(loc).span(PATH) == Span(PATH, line, column, length)
    assert tree(PLACES, first_line=11).at(loc).span(PATH) == Span(PATH, line + 10, column, length)


@pytest.mark.parametrize(
    ("loc", "line", "column", "length"),
    [
        (("rows",), 2, 1, 4),
        (("rows", 0, "value"), 3, 15, 5),
        (("rows", 1, "id"), 4, 5, 2),
        (("rows", 1, "nowhere"), 4, 5, 1),
        (("rows", 1), 3, 3, 1),
        (("nowhere",), 1, 1, 1),
    ],
)
def test_the_place_of_a_key_or_of_where_it_is_missing(
    loc: tuple[str | int, ...], line: int, column: int, length: int
) -> None:
    assert tree(PLACES).key_at(loc).span(PATH) == Span(PATH, line, column, length)


# What is refused -----------------------------------------------------------------------------------------------------


def test_every_duplicate_key_is_reported_and_the_first_value_kept() -> None:
    diagnostics = Diagnostics()
    root = parse_yaml("a: 1\nb: {c: 2, c: 3}\na: 4\na: 5\n", PATH, diagnostics)
    assert report(diagnostics) == [
        "a.yaml:2:11: duplicate-key: the key “c” is given twice",
        "a.yaml:3:1: duplicate-key: the key “a” is given twice",
        "a.yaml:4:1: duplicate-key: the key “a” is given twice",
    ]
    assert diagnostics.found[0].hint == "it is already given in line 2; keep one of the two"
    assert root is not None
    assert root.data() == {"a": "1", "b": {"c": "2"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: !!str b\n", ["a.yaml:1:4: yaml-tag: YAML tags (!…) are not used here"]),
        (
            "!x a: !y\n",
            [
                "a.yaml:1:1: yaml-tag: YAML tags (!…) are not used here",
                "a.yaml:1:7: yaml-tag: YAML tags (!…) are not used here",
            ],
        ),
        ("a: !!python/object:os.system [x]\n", ["a.yaml:1:4: yaml-tag: YAML tags (!…) are not used here"]),
        ("a: &b c\n", ["a.yaml:1:4: yaml-anchor: &b is a YAML anchor, which is not used here"]),
        (
            "a: &b c\nd: *b\n",
            [
                "a.yaml:1:4: yaml-anchor: &b is a YAML anchor, which is not used here",
                "a.yaml:2:4: yaml-alias: *b is a YAML alias, which is not used here",
            ],
        ),
        ("*a : b\n", ["a.yaml:1:1: yaml-alias: *a is a YAML alias, which is not used here"]),
        ("<<: *a\n", ["a.yaml:1:5: yaml-alias: *a is a YAML alias, which is not used here"]),
        ("? [a]\n: b\n", ["a.yaml:1:3: yaml-key: a key must be a single word or text"]),
        ("{{a: b}: c}\n", ["a.yaml:1:2: yaml-key: a key must be a single word or text"]),
        ("a: 1\n---\nb: 2\n", ["a.yaml:2:1: yaml-documents: a second YAML document starts here"]),
        ("%YAML 1.1\n---\na: 1\n", ["a.yaml:1:1: yaml-directive: YAML directives (%YAML, %TAG) are not used here"]),
        ("%TAG ! x:\n---\na: 1\n", ["a.yaml:1:1: yaml-directive: YAML directives (%YAML, %TAG) are not used here"]),
        ("\ta: 1\n", ["a.yaml:1:1: yaml-tab: the line is indented with a tab"]),
        ("a:\n\tb: 1\n", ["a.yaml:2:1: yaml-tab: the line is indented with a tab"]),
        ("a: b: c\n", ["a.yaml:1:4: colon-in-text: a text with “: ” in it needs quotes"]),
        ("a: 1\nb\nc: 2\n", ["a.yaml:2:1: missing-colon: this line has no colon"]),
        ("a: 1\nb\n", ["a.yaml:2:1: missing-colon: this line has no colon"]),
        ("a: 1\n b: 2\n", ["a.yaml:2:2: yaml-indent: this line is indented by 1 space, which fits nothing above it"]),
        ('a: 1\nb: "open\nc: 2\n', ["a.yaml:2:4: open-quote: a quote is opened here but never closed"]),
        ("a: [1\nb: 2\n", ["a.yaml:1:4: open-bracket: this [ is never closed"]),
        ("a: *b*\n", ["a.yaml:1:4: start-character: a text may not begin with “*” unless it is quoted"]),
        ("a: {", ["a.yaml:1:5: missing-comma: a value is missing before this"]),
        ("a: @b\n", ["a.yaml:1:4: start-character: a text may not begin with “@” unless it is quoted"]),
        ("a: ä\uffff\n", ["a.yaml:1:5: yaml-character: a character that YAML does not allow"]),
        ("a: 1\nb: \x07\n", ["a.yaml:2:4: yaml-character: a character that YAML does not allow"]),
        ('a: "\\e[2J"\n', ["a.yaml:1:4: control-character: the character U+001B has no place in text"]),
        ('a: "\\uE000cite:x"\n', ["a.yaml:1:4: control-character: the character U+E000 has no place in text"]),
        ('"\\L": 1\n', ["a.yaml:1:1: control-character: the character U+2028 has no place in text"]),
        ("", ["a.yaml:1:1: empty-file: there is nothing in here"]),
        ("# only a remark\n", ["a.yaml:1:1: empty-file: there is nothing in here"]),
    ],
)
def test_what_is_refused(text: str, expected: list[str]) -> None:
    assert problems(text) == expected


def test_hints_say_what_to_write_instead() -> None:
    diagnostics = Diagnostics()
    parse_yaml("a: *bold\nb: &co c\nd: !e f\n", PATH, diagnostics)
    assert [one.hint for one in diagnostics.in_order()] == [
        'write the value out; to begin a text with *, quote it: "*bold"',
        'to begin a text with &, quote it: "&co …"',
        "to begin a text with !, quote it",
    ]


def test_lines_count_from_where_the_text_starts_in_its_file() -> None:
    assert problems("a: b: c\n", first_line=2) == ["a.yaml:2:4: colon-in-text: a text with “: ” in it needs quotes"]
    assert problems("\u00e9: \uffff", first_line=7) == [
        "a.yaml:7:4: yaml-character: a character that YAML does not allow"
    ]
    assert problems("", first_line=2) == ["a.yaml:2:1: empty-file: there is nothing in here"]


def test_an_alias_bomb_is_never_expanded() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    found = problems("\n".join(lines))
    assert len(found) == 10 + 9 * 9
    assert found[-1] == "a.yaml:10:50: yaml-alias: *a8 is a YAML alias, which is not used here"


@pytest.mark.parametrize(("unit", "column"), [("[", 25), ("- ", 49), ("{a: ", 97), ("[a, ", 97)])
def test_deep_nesting_ends_early(unit: str, column: int) -> None:
    message = "nested more than 24 levels deep"
    assert problems(unit * 200_000) == [f"a.yaml:1:{column}: yaml-depth: {message}"]


def test_depth_within_the_limit() -> None:
    assert tree("[" * MAX_DEPTH + "]" * MAX_DEPTH).items is not None


# Anything ------------------------------------------------------------------------------------------------------------

YAML_LIKE = st.lists(
    st.sampled_from([*"[]{},:-?|>'\"#&*!%@`~\n \t", "\n", "\n  ", "- ", ": ", "a", "---\n", "...\n", "é", "\\x1b"])
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
).map("".join)


@given(YAML_LIKE, st.integers(1, 9))
def test_no_text_is_too_odd(text: str, first_line: int) -> None:
    diagnostics = Diagnostics()
    root = parse_yaml(text, PATH, diagnostics, first_line)
    assert root is not None or diagnostics.has_errors
    lines = re.split("[\n\r\x85\u2028\u2029]", text)
    for one in diagnostics.found:
        assert first_line <= one.span.line < first_line + len(lines)
        assert one.span.column >= 1
    if root is not None:
        root.data()
