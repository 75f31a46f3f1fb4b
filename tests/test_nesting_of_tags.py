from __future__ import annotations

import pytest

from microsite.nesting_of_tags import fault_in, names_in, nested_in


def fault(html: bytes) -> str | None:
    return fault_in(html, names_in(html))


def nested(html: bytes) -> tuple[str, str] | None:
    return nested_in(html, names_in(html))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<div class="a"><p>b</div></main>', "</main> closes nothing"),
        ('<section><div class="a"></section>', '<div class="a"> is not closed before </section>'),
        ("<section>a</secton>", "</secton> closes nothing"),
        ('<section id="x">a', '<section id="x"> is never closed'),
        ('<div class="a><p id="b">c</p></div></div>', 'the quote of an attribute is never closed: <div class="a>'),
    ],
)
def test_what_is_not_sound(html: str, expected: str) -> None:
    assert fault(html.encode()) == expected


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
    assert fault(html.encode()) is None


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/a/">b <a href="/c/">d</a></a>', ('<a href="/a/">', '<a href="/c/">')),
        ("<a>b</a><a>c<i><button>d</button></i></a>", ("<a>", "<button>")),
        ('<button class="x">a<em>b</em><A href="/c/">d</A></button>', ('<button class="x">', '<A href="/c/">')),
        ("<a>b<input></a>", ("<a>", "<input>")),
        ("<a>b<a>c", ("<a>", "<a>")),
    ],
)
def test_a_control_within_another(html: str, expected: tuple[str, str]) -> None:
    assert nested(html.encode()) == expected


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<a>b <i>c</i></a><a>d</a><button>e</button><input><label>f <input></label>",
        "<a>b</a><abbr>c</abbr><button><svg><path/></svg></button><article><a>d</a></article>",
        "<script>'<a><a>'</script><a>b<!-- <a> --></a>",
    ],
)
def test_controls_beside_each_other(html: str) -> None:
    assert nested(html.encode()) is None


def test_damage_takes_no_long_time() -> None:
    for unit in (b"<a ", b'<a b="', b"<div>", b"</div>", b"<!--", b"<script>"):
        fault(unit * 20_000)
        nested(unit * 20_000)
