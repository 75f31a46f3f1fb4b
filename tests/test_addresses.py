from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.addresses import absolute, prefix_for, relative

BASE = "https://example.org/some/where/"


@pytest.mark.parametrize(
    ("permalink", "address"),
    [("/", BASE), ("/car/", BASE + "car/"), ("/feed.xml", BASE + "feed.xml"), ("/a/b/c/", BASE + "a/b/c/")],
)
def test_absolute(permalink: str, address: str) -> None:
    assert absolute(permalink, BASE) == address


@pytest.mark.parametrize(
    ("permalink", "prefix"),
    [
        ("/", "./"),
        ("/feed.xml", "./"),
        ("/car/", "../"),
        ("/a/b/", "../../"),
        ("/a/b.html", "../"),
        ("/404.html", "/some/where/"),
        ("/offline.html", "/some/where/"),
    ],
)
def test_what_stands_for_the_root(permalink: str, prefix: str) -> None:
    assert prefix_for(permalink, BASE) == prefix


@pytest.mark.parametrize(
    ("html", "on_a_page"),
    [
        ('<a href="/">', '<a href="../">'),
        ('<a class="x" href="/car/#top">', '<a class="x" href="../car/#top">'),
        ('<img src="/a.webp" alt="/">', '<img src="../a.webp" alt="/">'),
        (
            '<img srcset="/a.webp 1w, /b.webp 2w" src="/c.jpg">',
            '<img srcset="../a.webp 1w, ../b.webp 2w" src="../c.jpg">',
        ),
        ('<link imagesrcset="/a.webp 1w">', '<link imagesrcset="../a.webp 1w">'),
        ('<video poster="/a.jpg">', '<video poster="../a.jpg">'),
        ('<form action="/search/">', '<form action="../search/">'),
        (
            '<meta http-equiv="refresh" content="0; url=/car/">',
            '<meta http-equiv="refresh" content="0; url=../car/">',
        ),
        # What is left as it is
        ('<a href="//example.com/">', '<a href="//example.com/">'),
        ('<a href="https://example.com/car/">', '<a href="https://example.com/car/">'),
        ('<a href="#top">', '<a href="#top">'),
        ('<a href="car/">', '<a href="car/">'),
        ('<a data-href="/car/">', '<a data-href="/car/">'),
        ('<p title="/car/">/car/ href="/car/"</p>', '<p title="/car/">/car/ href="/car/"</p>'),
        ('<code>&lt;a href="/car/"&gt;</code>', '<code>&lt;a href="/car/"&gt;</code>'),
        ('<meta name="description" content="0; url=/car/">', '<meta name="description" content="0; url=/car/">'),
    ],
)
def test_addresses_become_relative(html: str, on_a_page: str) -> None:
    assert relative(html, "/car/", BASE) == on_a_page


def test_the_page_for_what_is_not_found_names_the_real_path_since_it_is_served_anywhere() -> None:
    assert relative('<a href="/car/">', "/404.html", BASE) == '<a href="/some/where/car/">'


_permalinks = st.lists(st.sampled_from(["a", "b", "car-2026"]), max_size=4).map(
    lambda parts: "/" + "".join(part + "/" for part in parts)
)


@given(_permalinks, _permalinks)
def test_a_relative_address_leads_to_where_the_absolute_one_did(page: str, goal: str) -> None:
    html = relative(f'<a href="{goal}">', page, BASE)
    target = html.removeprefix('<a href="').removesuffix('">')
    assert not target.startswith("/")
    assert posixpath.normpath(posixpath.join(page, target)) == posixpath.normpath(goal)
