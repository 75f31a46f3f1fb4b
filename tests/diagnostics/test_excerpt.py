from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.diagnostics import Span
from microsite.diagnostics.excerpt import Excerpt, Excerpts
from tests.diagnostics.samples import odd_text

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def cut(text: str, line: int, column: int, length: int = 1, room: int = 40) -> Excerpt | None:
    return Excerpts({"a.md": text}.get).at(Span("a.md", line, column, length), room)


@pytest.mark.parametrize(
    ("text", "column", "length", "expected"),
    [
        ("title: Car", 8, 3, Excerpt(1, "title: ", "Car", "", 7, 3)),
        ("title: Car", 11, 1, Excerpt(1, "title: Car", "", "", 10, 1)),
        ("title: Car", 99, 1, Excerpt(1, "title: Car", "", "", 10, 1)),
        ("title: Car", 8, 99, Excerpt(1, "title: ", "Car", "", 7, 3)),
        ("title: Car", -4, -4, Excerpt(1, "", "t", "itle: Car", 0, 1)),
        ("\ta\tb", 4, 1, Excerpt(1, "    a   ", "b", "", 8, 1)),
        ("宽e\u0301: x", 5, 1, Excerpt(1, "宽e\u0301:", " ", "x", 4, 1)),
        ("a: 宽宽", 4, 2, Excerpt(1, "a: ", "宽宽", "", 3, 4)),
        ("\x1b[2J: x", 1, 1, Excerpt(1, "", "␛", "[2J: x", 0, 1)),
        ("", 1, 1, Excerpt(1, "", "", "", 0, 1)),
    ],
)
def test_marks(text: str, column: int, length: int, expected: Excerpt) -> None:
    assert cut(text, 1, column, length) == expected


@pytest.mark.parametrize(
    ("line", "column", "length", "expected"),
    [
        (ALPHABET * 999, 1, 3, ("", "abc", "defghijklmnopqr…")),
        (ALPHABET * 999, 53, 3, ("…uvwxyz", "abc", "defghijkl…")),
        (ALPHABET * 999, 53, 99, ("…uvwxyz", "abcdefghijkl", "…")),
        (ALPHABET, 25, 9, ("…ijklmnopqrstuvwx", "yz", "")),
        (ALPHABET, 27, 1, ("…ijklmnopqrstuvwxyz", "", "")),
    ],
)
def test_a_long_line_is_cut_around_the_mark(
    line: str, column: int, length: int, expected: tuple[str, str, str]
) -> None:
    found = cut(line, 1, column, length, room=20)
    assert found is not None
    assert (found.before, found.marked, found.after) == expected


@pytest.mark.parametrize("line", [-1, 0, 4, 10**30])
def test_no_such_line(line: int) -> None:
    assert cut("one\r\ntwo\rthree", line, 1) is None


def test_lines_end_like_in_an_editor() -> None:
    found = cut("one\r\ntwo\x0c\rthree", 3, 1, 5)
    assert found is not None
    assert found.marked == "three"


def test_no_such_file() -> None:
    def fails(path: str) -> str:
        raise FileNotFoundError(path)

    assert Excerpts(lambda path: None).at(Span("a.md"), 40) is None
    assert Excerpts(fails).at(Span("a.md"), 40) is None


def test_a_file_is_read_once() -> None:
    asked: list[str] = []

    def read(path: str) -> str:
        asked.append(path)
        return "text"

    excerpts = Excerpts(read)
    assert [excerpts.at(Span("a.md", line), 40) is None for line in (1, 1, 2)] == [False, False, True]
    assert asked == ["a.md"]


@given(odd_text, st.integers(1, 9), st.integers(-3, 400), st.integers(-3, 400), st.integers(0, 90))
def test_it_fits_and_is_safe(text: str, line: int, column: int, length: int, room: int) -> None:
    found = cut(text, line, column, length, room)
    if found is not None:
        shown = found.before + found.marked + found.after
        assert found.indent + found.width <= max(room, 20)
        assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cs"}
