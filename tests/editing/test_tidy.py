from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.editing.content import Reader, read_content
from microsite.editing.tidy import tidy
from microsite.markdown import convert
from tests.real_site import ROOT


@pytest.mark.parametrize(
    ("untidy", "tidied"),
    [
        ("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n"),
        ("a: 1\rb: 2", "a: 1\nb: 2\n"),
        ("\ufeffa: 1", "a: 1\n"),
        ("a: 1  \nb: 2\t \n", "a: 1\nb: 2\n"),
        ("a:\n\t- b: 1\n\t\tc: 2\n", "a:\n  - b: 1\n    c: 2\n"),
        ("a: 1 # a comment\t\n\n# another \n", "a: 1 # a comment\n\n# another\n"),
        ("a: one\ttwo\n", "a: one\ttwo\n"),
        ("a: [\n\tb: {\n", "a: [\n\tb: {\n"),
        ("", ""),
    ],
)
def test_data(untidy: str, tidied: str) -> None:
    assert tidy("content/a.yaml", untidy.encode()).decode() == tidied


@pytest.mark.parametrize(
    ("untidy", "tidied"),
    [
        ("One \n\ntwo   \n \t\nthree", "One\n\ntwo\n\nthree\n"),
        ("One  \ntwo\n", "One  \ntwo\n"),
        ("```\ncode  \n\tx \n```\n", "```\ncode  \n\tx \n```\n"),
        ("- a\n\t- b\n", "- a\n    - b\n"),
        ("- a\n  - b\n    - c\n  - d\n- e\n", "- a\n    - b\n        - c\n    - d\n- e\n"),
        ("1. a\n   - b\n     more of b\n2. c\n", "1. a\n    - b\n        more of b\n2. c\n"),
        ("- a\n    - b\n", "- a\n    - b\n"),
        ("- a\n  goes on\n", "- a\n  goes on\n"),
        ("- a\n\nText\n  with an indent\n", "- a\n\nText\n  with an indent\n"),
        ("- a\n  ```\n  - b\n  ```\n", "- a\n  ```\n  - b\n  ```\n"),
    ],
)
def test_markdown(untidy: str, tidied: str) -> None:
    front = "---\ntitle: A\n---\n\n"
    assert tidy("content/pages/a.md", (front + untidy).encode()).decode() == front + tidied


def test_front_matter_is_data_and_what_has_none_is_text() -> None:
    assert tidy("content/pages/a.md", b"---  \ntitle: A \n--- \nOne  \ntwo") == b"---\ntitle: A\n---\nOne  \ntwo\n"
    assert tidy("content/pages/a.md", b"One  \ntwo") == b"One  \ntwo\n"


def test_what_is_not_utf8_is_left_alone() -> None:
    assert tidy("content/a.yaml", b"a: \xff \r\n") == b"a: \xff \r\n"


def test_the_site_is_tidy() -> None:
    for path, content in read_content(ROOT).items():
        assert tidy(path, content) == content, path


SKEWED = ["- a", "  - b", "    c", "", "\t- d", "text  ", "text ", "1. x", "```", "`a ` b ", "# h"]


@given(st.lists(st.sampled_from(SKEWED)))
def test_a_tidied_text_stays_tidy(lines: list[str]) -> None:
    once = tidy("content/pages/a.md", "\n".join(["---", "a: 1", "---", *lines]).encode())
    assert tidy("content/pages/a.md", once) == once


@given(st.lists(st.sampled_from(["- a", "    - b", "words", "", "words  ", "words \t", "```", "\tx", "`a  ` b "])))
def test_spaces_and_tabs_mean_nothing_to_readers(lines: list[str]) -> None:
    text = "\n".join([*lines, ""])
    tidied = tidy("content/pages/a.md", b"---\na: 1\n---\n" + text.encode()).decode().removeprefix("---\na: 1\n---\n")
    assert shown(tidied) == shown(text)


def shown(text: str) -> str:
    """The HTML without spaces at the ends of lines, paragraphs and what stands before an inner list."""
    return re.sub(r"[ \t]+(?=</p>|</li>|<[uo]l>|\n)", "", convert(text).body.html)


def test_reading_twice_reads_once() -> None:
    reader = Reader()
    files = {"content/updates/a.md": b"---\n---\n"}
    assert reader.load(files)[0] is reader.load(files)[0]
