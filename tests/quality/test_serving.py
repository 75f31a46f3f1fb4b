"""The server of the audit sends what a good host would."""

from __future__ import annotations

from http.client import HTTPConnection
from pathlib import Path

import pytest

from tools.quality.built_site import BuiltSite
from tools.quality.serving import HeaderRule, header_rules, served

HEADERS = """
# For all.
/*
  X-Frame-Options: DENY
  Link: <https://a.example/>; rel=x
/assets/*
  Cache-Control: immutable
"""


@pytest.fixture
def site(tmp_path: Path) -> BuiltSite:
    (tmp_path / "assets").mkdir()
    (tmp_path / "_headers").write_text(HEADERS)
    (tmp_path / "index.html").write_text("<html><head><title>Home</title></head>")
    (tmp_path / "404.html").write_text("<html><head><title>Nothing</title></head>")
    (tmp_path / "assets/site.css").write_text("p { color: red }")
    (tmp_path / "assets/site.css.br").write_bytes(b"packed")
    return BuiltSite(tmp_path)


def fetch(address: str, path: str, accepted: str = "") -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection(address.removeprefix("http://"), timeout=10)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": accepted, "Connection": "close"})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_the_headers_file_is_read() -> None:
    assert header_rules(HEADERS) == [
        HeaderRule("/*", (("X-Frame-Options", "DENY"), ("Link", "<https://a.example/>; rel=x"))),
        HeaderRule("/assets/*", (("Cache-Control", "immutable"),)),
    ]


@pytest.mark.parametrize(
    ("pattern", "path", "covered"),
    [
        ("/*", "/", True),
        ("/assets/*", "/assets/a/b.css", True),
        ("/assets/*", "/car/", False),
        ("/a.css", "/a.css", True),
        ("/a.css", "/axcss", False),
    ],
)
def test_which_paths_a_rule_covers(pattern: str, path: str, covered: bool) -> None:
    assert HeaderRule(pattern, ()).covers(path) is covered


def test_compressed_copies_are_sent_to_those_who_take_them(site: BuiltSite) -> None:
    with served(site) as address:
        status, headers, body = fetch(address, "/assets/site.css", "gzip, br")
        assert (status, body) == (200, b"packed")
        assert headers["Content-Encoding"] == "br"
        assert (headers["X-Frame-Options"], headers["Cache-Control"]) == ("DENY", "immutable")
        _, headers, body = fetch(address, "/assets/site.css")
        assert body == b"p { color: red }"
        assert "Content-Encoding" not in headers


def test_what_is_not_there_is_answered_with_the_page_for_that(site: BuiltSite) -> None:
    with served(site) as address:
        status, headers, body = fetch(address, "/no/such/page")
    assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b"Nothing" in body


def test_a_watched_page_may_be_framed_and_loads_the_watcher_first(site: BuiltSite) -> None:
    with served(site, watched=True) as address:
        _, headers, body = fetch(address, "/")
        assert b'<head><script src="/-watch.js"></script><title>' in body
        assert "X-Frame-Options" not in headers
        assert b"addEventListener" in fetch(address, "/-watch.js")[2]
        assert b'<iframe width=360 height=800 src="/car/">' in fetch(address, "/-frame/car/")[2]
