from __future__ import annotations

import pytest

from microsite.page_facts import PageFacts, examine

BASE_URL = "https://example.org/"
HEAD = '<html lang="en"><head><title>T</title><meta name="description" content="D"></head>'


def facts(body: str, path: str = "car/index.html", head: str = HEAD) -> PageFacts:
    return examine(f"<!doctype html>{head}<body>{body}".encode(), path, BASE_URL)


def findings(body: str, head: str = HEAD) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in facts(body, head=head).findings]


def test_a_sound_page_has_no_finding_and_is_counted() -> None:
    found = facts(
        '<h1>A</h1><h2 id="b">B</h2><h3>C</h3><h2>D</h2><p id="e"><a href="../">x</a>'
        '<img src="/a.webp" alt="" width="1" height="2"><button aria-label="y"></button>'
    )
    assert found == PageFacts((("index.html", ""), ("a.webp", "")), frozenset({"b", "e"}), (), 4, 1)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '<h1>A</h1><p id="x"></p><b id="x"></b><i id="x"></i>',
            [("duplicate-html-id", "the id “x” is given to 3 elements")],
        ),
        ('<h1>A</h1><p id="x y"></p>', [("bad-html-id", "“x y” cannot be an id")]),
        ('<h1>A</h1><p id=""></p>', [("bad-html-id", "“” cannot be an id")]),
        ("<p>", [("one-h1", "there are 0 first-level headings; a page has one")]),
        ("<h1>A</h1><h1>B</h1>", [("one-h1", "there are 2 first-level headings; a page has one")]),
        ("<h1>A</h1><h3>B</h3>", [("heading-order", "the heading “B” of level 3 follows one of level 1")]),
        ("<h1>A</h1><h2> <b></b></h2>", [("empty-heading", "a heading has no text")]),
        ('<h1>A</h1><img src="x" width="1" height="1">', [("no-alt", "the picture x has no alternative text")]),
        (
            '<h1>A</h1><img src="x" alt="" width="1">',
            [("no-size", "the picture x has no width and height, so the page would jump")],
        ),
        ('<h1>A</h1><a href="#"> </a>', [("no-name", "a link has no text")]),
        ("<h1>A</h1><button><b></b></button>", [("no-name", "a button has no text")]),
        ('<h1>A</h1><a href="http://[oops">x</a>', [("bad-address", "“http://[oops” is not an address")]),
    ],
)
def test_a_fault_of_the_body(body: str, expected: list[tuple[str, str]]) -> None:
    assert findings(body) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (HEAD.replace(' lang="en"', ""), [("no-language", "the page does not say its language")]),
        (HEAD.replace("<title>T", "<title> "), [("no-title", "the page has no title")]),
        (HEAD.replace("<title>T</title>", ""), [("no-title", "the page has no title")]),
        (HEAD.replace('"D"', '""'), [("no-description", "the page has no description")]),
    ],
)
def test_a_fault_of_the_head(head: str, expected: list[tuple[str, str]]) -> None:
    assert findings("<h1>A</h1>", head) == expected


@pytest.mark.parametrize(
    "name",
    ["x", '<img src="a" alt="x" width="1" height="1">', "<svg><title>x</title></svg>"],
)
def test_what_names_a_link(name: str) -> None:
    assert findings(f'<h1>A</h1><a href="#">{name}</a>') == []


@pytest.mark.parametrize(
    ("address", "targets"),
    [
        ("", [("car/index.html", "")]),
        ("#top", [("car/index.html", "top")]),
        ("?q=1#top", [("car/index.html", "top")]),
        ("..", [("index.html", "")]),
        ("../", [("index.html", "")]),
        ("../crews/#sara", [("crews/index.html", "sara")]),
        ("../feed.xml", [("feed.xml", "")]),
        ("/crews/", [("crews/index.html", "")]),
        ("crews", [("car/crews", "")]),
        ("../caf%C3%A9/#%C3%A9", [("café/index.html", "é")]),
        ("https://example.org/crews/", [("crews/index.html", "")]),
        ("https://example.org/", [("index.html", "")]),
        ("https://example.com/", []),
        ("//example.com/", []),
        ("mailto:a@example.org", []),
        ("tel:+44", []),
        ("data:image/png;base64,AAAA", []),
    ],
)
def test_where_a_link_leads(address: str, targets: list[tuple[str, str]]) -> None:
    assert list(facts(f'<h1>A</h1><a href="{address}">x</a>').targets) == targets


def test_all_that_a_page_loads_is_followed() -> None:
    body = (
        '<h1>A</h1><picture><source srcset="a.avif 1w, b.avif 2w"></picture><video poster="c.jpg" src="d.mp4"></video>'
        '<form action="e/"></form><object data="f.svg"></object><link imagesrcset="g.webp 1x">'
    )
    assert sorted(path for path, _ in facts(body, "index.html").targets) == [
        "a.avif",
        "b.avif",
        "c.jpg",
        "d.mp4",
        "e/index.html",
        "f.svg",
        "g.webp",
    ]
