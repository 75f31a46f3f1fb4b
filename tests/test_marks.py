from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from microsite.marks import CLOSE, OPEN, fill, find, mark

HTML = f"<p>One{mark('cite', 'a b')} two{mark('picture', 'car')}.</p>"


def test_a_mark_stands_between_private_use_characters() -> None:
    assert mark("cite", "a b") == "\ue000cite:a b\ue001"


def test_marks_are_found_in_their_order() -> None:
    assert find(HTML) == [(6, "cite", "a b"), (20, "picture", "car")]
    assert find("no marks") == []


def test_marks_are_filled_in_their_order() -> None:
    seen: list[tuple[str, str]] = []

    def fill_one(kind: str, argument: str) -> str:
        seen.append((kind, argument))
        return f"[{len(seen)}]"

    assert fill(HTML, fill_one) == "<p>One[1] two[2].</p>"
    assert seen == [("cite", "a b"), ("picture", "car")]


def test_what_is_filled_in_is_not_read_again() -> None:
    assert fill(mark("cite", "a"), lambda kind, argument: mark("cite", "b")) == mark("cite", "b")
    assert fill(mark("cite", "a"), lambda kind, argument: r"\1") == r"\1"


@given(st.lists(st.sampled_from([OPEN, CLOSE, "cite", ":", "a", " "])).map("".join))
def test_half_marks_do_no_harm(html: str) -> None:
    assert len(find(html)) == len(re.findall(f"{OPEN}[a-z]+:[^{CLOSE}]*{CLOSE}", html))
    fill(html, lambda kind, argument: "")
