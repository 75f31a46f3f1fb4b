"""What a page is said to send, on sites small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tools.quality.built_site import BuiltSite
from tools.quality.checks.budgets import (
    FIRST_VIEW,
    HTML_AND_STYLE,
    LONGER,
    LONGER_PAGES,
    SCRIPTS,
    Weight,
    beyond,
    candidates,
    foreign,
    weight,
    worst_of_each_kind,
)

PAGE = """<!doctype html><head>
<link rel="stylesheet" href="../a/site.css">
<link rel="stylesheet" href="../a/print.css" media="print">
<link rel="stylesheet" href="../a/later.css" media="not all">
<link rel="preload" href="../a/face.woff2" as="font">
<script src="../a/one.js" type="module"></script>
</head><body class="view-car wide">
<picture><source type="image/avif" srcset="../a/s.avif 480w, ../a/l.avif 1200w">
<source type="image/webp" srcset="../a/huge.webp 1200w"><img src="../a/huge.webp" alt=""></picture>
<img src="../a/late.webp" loading="lazy" alt="">
</body>"""
SIZES = {
    "site.css": 7,
    "print.css": 3,
    "later.css": 4,
    "face.woff2": 100,
    "s.avif": 1_000,
    "l.avif": 2_000,
    "huge.webp": 9_000,
    "late.webp": 9_000,
}


@pytest.fixture
def site(tmp_path: Path) -> BuiltSite:
    """One page of 50 bytes as sent, with a style sheet, a face, scripts and pictures."""
    for name, size in SIZES.items():
        _write(tmp_path / "a" / name, b"x" * size)
    for name in ("site.css", "print.css", "later.css"):
        _write(tmp_path / "a" / f"{name}.br", b"x" * SIZES[name])
    _write(tmp_path / "a/one.js", b'import { two } from "./two.js";\nconst later = () => import("./later.js");')
    _write(tmp_path / "a/one.js.br", b"x" * 20)
    _write(tmp_path / "a/two.js", b'import "./one.js";')
    _write(tmp_path / "a/two.js.br", b"x" * 30)
    _write(tmp_path / "a/later.js", b"x" * 5_000)
    _write(tmp_path / "car/index.html", PAGE.encode())
    _write(tmp_path / "car/index.html.br", b"x" * 50)
    return BuiltSite(tmp_path)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)


def test_everything_that_a_page_loads_at_once_is_counted(site: BuiltSite) -> None:
    found = weight(site, site.page("/car/"))
    assert found == Weight("/car/", "car", 50 + 7, 20 + 30, 50 + 7 + 20 + 30 + 3 + 4 + 100 + 2_000)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="/own.webp"><a href="https://other.example/">', ()),
        ('<script src="https://other.example/x.js"></script>', ("https://other.example/x.js",)),
        ('<img src="a.webp" srcset="a.webp 1x, //other.example/b.webp 2x">', ("//other.example/b.webp",)),
        ('<link rel="stylesheet" href="http://other.example/x.css">', ("http://other.example/x.css",)),
        ('<link rel="canonical" href="https://own.example/">', ()),
    ],
)
def test_what_a_page_loads_from_others(html: str, expected: tuple[str, ...]) -> None:
    assert foreign(LexborHTMLParser(html)) == expected


def test_candidates_of_a_srcset() -> None:
    assert candidates("a.avif 480w,\n b.avif 2x, c.avif") == ["a.avif", "b.avif", "c.avif"]
    assert candidates("") == []


def test_a_page_at_its_limits_keeps_them() -> None:
    assert beyond(Weight("/a/", "offline", HTML_AND_STYLE, SCRIPTS, FIRST_VIEW)) == []


def test_a_page_beyond_its_limits() -> None:
    page = Weight("/a/", "offline", 14_060, 10_100, 150_100, ("//other.example/x",))
    assert [words for _, _, words in beyond(page)] == [
        "/a/: HTML and CSS 14.1 KB, and 14.0 KB is the limit",
        "/a/: scripts 10.1 KB, and 10.0 KB is the limit",
        "/a/: first view 150.1 KB, and 150.0 KB is the limit",
        "/a/: loads //other.example/x, which is somebody else’s",
    ]


def test_of_each_kind_the_worst_page_is_named() -> None:
    weights = [
        Weight("/a/", "source", HTML_AND_STYLE + 100, 0, 0),
        Weight("/b/", "source", HTML_AND_STYLE + 300, 0, 0),
        Weight("/c/", "source", HTML_AND_STYLE, 0, 0),
        Weight("/d/", "offline", HTML_AND_STYLE + 200, 0, 0),
    ]
    assert worst_of_each_kind(weights) == [
        "/b/: HTML and CSS 14.3 KB, and 14.0 KB is the limit (and 1 more page of the kind source)",
        "/d/: HTML and CSS 14.2 KB, and 14.0 KB is the limit",
    ]


def test_a_long_kind_has_a_limit_of_its_own() -> None:
    assert beyond(Weight("/sources/", "sources", LONGER["sources"], 0, 0)) == []
    assert len(beyond(Weight("/sources/", "sources", LONGER["sources"] + 1, 0, 0))) == 1


def test_a_long_page_has_a_limit_of_its_own_and_others_of_its_kind_have_not() -> None:
    address, limit = next(iter(LONGER_PAGES.items()))
    assert beyond(Weight(address, "edition", limit, 0, 0)) == []
    assert len(beyond(Weight(address, "edition", limit + 1, 0, 0))) == 1
    assert len(beyond(Weight("/history/1979/", "edition", HTML_AND_STYLE + 1, 0, 0))) == 1
