from __future__ import annotations

import pytest

from microsite.nesting_of_tags import fault_in


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<div class="a"><p>b</div></main>', "</main> closes nothing"),
        ('<section><div class="a"></section>', '<div class="a"> is not closed before </section>'),
        ("<section>a</secton>", "</secton> closes nothing"),
        ('<section id="x">a', '<section id="x"> is never closed'),
        ('<div class="a><p id="b">c</p></div></div>', 'the quote of an attribute is never closed: <div class="a>'),
    ],
)
def test_what_is_not_sound(html: str, fault: str) -> None:
    assert fault_in(html.encode()) == fault


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<!doctype html><html><head><title>A</title><body><p>a<br>b<img src=x alt=''><ul><li>c<li>d</ul>",
        '<svg><path d="M0"/><g><circle r="1"></circle></g></svg>',
        "<div>a</div><!-- <div> --><script>if (a<b) '<div>'</script>",
        '<a title="a > b">c</a> <A>d</a>',
    ],
)
def test_what_is_sound(html: str) -> None:
    assert fault_in(html.encode()) is None


def test_damage_takes_no_long_time() -> None:
    for unit in (b"<a ", b'<a b="', b"<div>", b"</div>", b"<!--", b"<script>"):
        fault_in(unit * 20_000)
