from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.content_files import MAX_BYTES, ContentFile, Document, Passage, decode, split_document
from microsite.diagnostics import Diagnostics, Span
from tests.projects import report

PATH = "content/a.md"
BOM = b"\xef\xbb\xbf"


def decoded(raw: bytes) -> str:
    diagnostics = Diagnostics()
    file = decode(PATH, raw, diagnostics)
    assert report(diagnostics) == []
    assert file is not None
    assert file.path == PATH
    return file.text


def refused(raw: bytes) -> list[str]:
    diagnostics = Diagnostics()
    assert decode(PATH, raw, diagnostics) is None
    return report(diagnostics)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"", ""),
        (BOM, ""),
        (BOM + b"a\n", "a\n"),
        (b"a\r\nb\r\n", "a\nb\n"),
        (b"a\rb\r", "a\nb\n"),
        (b"a\r\r\nb\n\r", "a\n\nb\n\n"),
        (b"tab\there", "tab\there"),
        ("é 宽 🚙 \u00a0".encode(), "é 宽 🚙 \u00a0"),
    ],
)
def test_text_is_made_plain(raw: bytes, text: str) -> None:
    assert decoded(raw) == text


@pytest.mark.parametrize(
    ("raw", "line", "column", "message"),
    [
        (b"\xff", 1, 1, "the byte 0xff is not UTF-8; it was probably meant to be “ÿ”"),
        ("é\n".encode() + b"ab\xe9c", 2, 3, "the byte 0xe9 is not UTF-8; it was probably meant to be “é”"),
        (BOM + b"ab\xe9c", 1, 3, "the byte 0xe9 is not UTF-8; it was probably meant to be “é”"),
        (b"a\r\nb\rc\x80", 3, 2, "the byte 0x80 is not UTF-8; it was probably meant to be “€”"),
        (b"a\n\xc3", 2, 1, "the byte 0xc3 is not UTF-8"),
        ("ä".encode("utf-16"), 1, 1, "the file is saved as UTF-16"),
    ],
)
def test_what_is_not_utf8_is_found(raw: bytes, line: int, column: int, message: str) -> None:
    assert refused(raw) == [f"{PATH}:{line}:{column}: not-utf8: {message}"]


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\0", "U+0000"),
        ("\b", "U+0008"),
        ("\x0b", "U+000B"),
        ("\x0c", "U+000C"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\u2028", "U+2028"),
        ("\u2029", "U+2029"),
        ("\ufeff", "U+FEFF"),
        ("\ue000", "U+E000"),
        ("\ue001", "U+E001"),
    ],
)
def test_characters_that_no_text_holds(character: str, name: str) -> None:
    expected = [f"{PATH}:2:3: control-character: the character {name} has no place in text"]
    assert refused(f"é\r\nab{character}c".encode()) == expected


def test_large_files() -> None:
    assert len(decoded(b"a" * MAX_BYTES)) == MAX_BYTES
    assert refused(b"\xff" * 10 * 1024 * 1024) == [
        f"{PATH}:1:1: file-too-large: the file has 10.0 MB; content files may have 2 MB"
    ]


@given(st.binary(max_size=80) | st.lists(st.sampled_from([b"\r", b"\n", b"\xc3", b"\xa9", b"a", BOM])).map(b"".join))
def test_no_bytes_are_too_odd(raw: bytes) -> None:
    diagnostics = Diagnostics()
    file = decode(PATH, raw, diagnostics)
    assert (file is None) == diagnostics.has_errors
    lines = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in diagnostics.found:
        assert 1 <= one.span.line <= len(lines)
        assert 1 <= one.span.column <= len(lines[one.span.line - 1]) + 1


# Front matter --------------------------------------------------------------------------------------------------------


def split(text: str) -> Document:
    diagnostics = Diagnostics()
    document = split_document(ContentFile(PATH, text), diagnostics)
    assert report(diagnostics) == []
    assert document is not None
    return document


@pytest.mark.parametrize(
    ("text", "front", "body", "line"),
    [
        ("---\na: 1\n---\nText\n", "a: 1\n", "Text\n", 4),
        ("---\n---\n", "", "", 3),
        ("---\na: 1\n---", "a: 1\n", "", 4),
        ("---  \na: 1\nb: 2\n--- \n\nText", "a: 1\nb: 2\n", "\nText", 5),
        ("---\na: '---'\n---\nText\n---\nmore\n", "a: '---'\n", "Text\n---\nmore\n", 4),
        ("---\n----\n --- \n---\n", "----\n --- \n", "", 5),
    ],
)
def test_front_matter_and_body(text: str, front: str, body: str, line: int) -> None:
    assert split(text) == Document(Passage(PATH, front, 2), Passage(PATH, body, line))


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("", "1:1: empty-file", "there is nothing in here"),
        ("Text\n", "1:1: no-front-matter", "the file does not begin with front matter"),
        ("\n---\na: 1\n---\n", "1:1: no-front-matter", "the file does not begin with front matter"),
        (" ---\na: 1\n---\n", "1:1: no-front-matter", "the file does not begin with front matter"),
        ("----\na: 1\n----\n", "1:1: no-front-matter", "this line is not the three hyphens that begin a file"),
        ("---", "1:1: open-front-matter", "the front matter is never closed"),
        ("---\na: 1\n", "1:1: open-front-matter", "the front matter is never closed"),
        (
            "---\na: 1\n ---\nText",
            "3:1: open-front-matter",
            "this line is not the three hyphens that close the front matter",
        ),
    ],
)
def test_front_matter_that_is_none(text: str, code: str, message: str) -> None:
    diagnostics = Diagnostics()
    assert split_document(ContentFile(PATH, text), diagnostics) is None
    assert report(diagnostics) == [f"{PATH}:{code}: {message}"]


def test_offsets_and_places_are_two_ways_to_say_the_same() -> None:
    passage = Passage(PATH, "ab\ncé\n\nd", 5)
    assert [passage.span(offset) for offset in (0, 2, 3, 4, 6, 7, 8)] == [
        Span(PATH, 5, 1),
        Span(PATH, 5, 3),
        Span(PATH, 6, 1),
        Span(PATH, 6, 2),
        Span(PATH, 7, 1),
        Span(PATH, 8, 1),
        Span(PATH, 8, 2),
    ]
    assert passage.span(3, 2) == Span(PATH, 6, 1, 2)


@given(st.text("a\n", max_size=30), st.integers(1, 9), st.data())
def test_an_offset_survives_the_round_trip(text: str, first_line: int, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    passage = Passage(PATH, text, first_line)
    span = passage.span(offset)
    assert passage.offset(span.line, span.column) == offset


@given(st.lists(st.sampled_from(["---\n", "---", "a: 1\n", "\n", " ", "Text", "----\n"])).map("".join))
def test_splitting_loses_nothing(text: str) -> None:
    diagnostics = Diagnostics()
    document = split_document(ContentFile(PATH, text), diagnostics)
    assert (document is None) == diagnostics.has_errors
    if document is not None:
        before = text.removesuffix(document.body.text)
        assert before.rstrip(" \n").count("\n") == document.body.first_line - 2
        assert text.startswith(document.front_matter.text, text.index("\n") + 1)
        assert text.endswith(document.body.text)
