"""The project that other tests start from is itself without fault."""

from __future__ import annotations

from pathlib import Path

from tests.projects import build, make_project, page, report, text


def test_the_project_builds_without_a_diagnostic(tmp_path: Path) -> None:
    result = build(make_project(tmp_path))
    assert report(result.diagnostics) == []
    pages = [path for path in result.tree if path.endswith(".html")]
    assert pages == ["index.html", "sources/first-source/index.html", "sources/index.html"]
    assert '<p>A claim.<a href="#source-1">1</a></p>' in text(result, "index.html")


def test_what_is_added_is_built(tmp_path: Path) -> None:
    result = build(make_project(tmp_path, {"content/pages/about.md": page("About", "Words.")}))
    assert report(result.diagnostics) == ["content/pages/about.md:1:1: orphan: no page links to /about/"]
    assert "<p>Words.</p>" in text(result, "about/index.html")
