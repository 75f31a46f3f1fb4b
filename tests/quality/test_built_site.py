from __future__ import annotations

from pathlib import Path

import brotli
import pytest

from tools.quality.built_site import BuiltSite, kind_of, sent

PAGES = {
    "index.html": '<body class="view-home">',
    "a/index.html": '<body class="view-stage">',
    "b/index.html": '<body class="view-stage"><p>with more on it',
    "404.html": '<body class="view-not-found">',
    "old.html": '<meta http-equiv="refresh" content="0; url=a/"><body>',
}


@pytest.fixture
def site(tmp_path: Path) -> BuiltSite:
    for path, html in PAGES.items():
        file = tmp_path / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(html)
    (tmp_path / "secret.html").write_text("")
    return BuiltSite(tmp_path / "site")


def test_pages_have_addresses_and_redirects_are_none(site: BuiltSite) -> None:
    assert {page.address: page.kind for page in site.pages} == {
        "/": "home",
        "/404.html": "not-found",
        "/a/": "stage",
        "/b/": "stage",
    }


def test_the_page_with_most_on_it_stands_for_its_kind(site: BuiltSite) -> None:
    assert {kind: page.address for kind, page in site.by_kind.items()} == {
        "home": "/",
        "not-found": "/404.html",
        "stage": "/b/",
    }


@pytest.mark.parametrize(
    ("address", "expected"),
    [("/", "index.html"), ("/a/", "a/index.html"), ("/404.html", "404.html"), ("/a", None), ("/../secret.html", None)],
)
def test_the_file_of_an_address(site: BuiltSite, address: str, expected: str | None) -> None:
    assert site.file(address) == (site.folder / expected if expected else None)


@pytest.mark.parametrize(
    ("html", "kind"), [('<body class="wide view-car">', "car"), ("<body class=wide>", ""), ("<body>", ""), ("", "")]
)
def test_the_kind_of_a_page(html: str, kind: str) -> None:
    assert kind_of(html) == kind


def test_what_is_sent_for_a_file(tmp_path: Path) -> None:
    for name, content in {
        "a.css": b"a" * 500,
        "b.css": b"b" * 500,
        "b.css.br": b"B",
        "c.css": b"c",
        "d.webp": b"d",
    }.items():
        (tmp_path / name).write_bytes(content)
    packed, encoding = sent(tmp_path / "a.css")
    assert (brotli.decompress(packed), encoding) == (b"a" * 500, "br")
    assert sent(tmp_path / "b.css") == (b"B", "br")
    assert sent(tmp_path / "c.css") == (b"c", "")
    assert sent(tmp_path / "d.webp") == (b"d", "")
