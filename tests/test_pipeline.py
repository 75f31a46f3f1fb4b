from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from microsite.inputs import scan
from microsite.memory import Memory
from microsite.pipeline import Settings, build_tree
from microsite.project import INPUT_FOLDERS
from tests.projects import CONTENT, build, codes, make_project, page, report, text, view_template, write

HOME = "content/pages/home.md"


def memory() -> closing[Memory]:
    return closing(Memory(None, b"tests"))


def test_files_become_a_tree(tmp_path: Path) -> None:
    result = build(make_project(tmp_path, {"static/js/site.js": "//", "static/root/CNAME": "example.org"}))
    assert codes(result.diagnostics) == []
    assert list(result.tree) == sorted(result.tree)
    pages = {"index.html", "sources/index.html", "sources/first-source/index.html"}
    machines = {"feed.xml", "feed.json", "sitemap.xml", "robots.txt", "_headers", "site.webmanifest", "CNAME"}
    assert pages | machines <= result.tree.keys()
    assert [path for path in result.tree if path.startswith("assets/js/site.")]
    assert (result.pages, result.converted) == (3, 4)
    assert result.rendered == len(pages | machines) - 1
    assert "<title>Home – Example</title>" in text(result, "index.html")
    assert json.loads(text(result, "feed.json")) == {"items": []}


def test_the_second_build_makes_nothing(tmp_path: Path) -> None:
    make_project(tmp_path)
    with memory() as remembered:
        first = build(tmp_path, remembered)
        second = build(tmp_path, remembered)
    assert (second.rendered, second.converted) == (0, 0)
    assert second.audited == first.audited
    assert [(path, file.digest) for path, file in second.tree.items()] == [
        (path, file.digest) for path, file in first.tree.items()
    ]


def test_only_what_changed_is_read_and_only_what_shows_it_is_rendered(tmp_path: Path) -> None:
    make_project(tmp_path)
    with memory() as remembered:
        build(tmp_path, remembered)
        write(tmp_path, HOME, page("Home", "Other words.[@first-source]", view="home", permalink="/"))
        result = build(tmp_path, remembered)
        assert (result.rendered, result.converted) == (1, 1)
        write(tmp_path, "templates/sitemap.xml", "<urlset/>")
        result = build(tmp_path, remembered)
        assert (result.rendered, result.converted) == (1, 0)


def test_a_mistake_is_reported_again_by_the_next_build(tmp_path: Path) -> None:
    files = {
        HOME: page("Home", "[x](/no/) [@no-source]", view="home", permalink="/", nokey="1"),
        "content/pages/sources.md": page("Sources", "Fine. [@nothing]", view="sourcs"),
        "content/stray.md": "",
        "templates/source.html": "{{ nothing }}",
        "static/css/a.css": "@media ( {",
    }
    make_project(tmp_path, files)
    with memory() as remembered:
        first = build(tmp_path, remembered)
        second = build(tmp_path, remembered)
    assert sorted(codes(first.diagnostics)) == [
        "bad-css",
        "dead-link",
        "stray-file",
        "unknown-key",
        "unknown-source",
        "unknown-source",
        "unknown-variable",
        "unknown-view",
    ]
    assert report(second.diagnostics) == report(first.diagnostics)


def test_a_file_where_no_content_is_looked_for_is_reported(tmp_path: Path) -> None:
    result = build(make_project(tmp_path, {"content/page/about.md": page("About"), "content/sources/a.yml": ""}))
    assert report(result.diagnostics) == [
        "content/page/about.md:1:1: stray-file: content/page/about.md is in no place where content is looked for",
        "content/sources/a.yml:1:1: stray-file: content/sources/a.yml is in no place where content is looked for",
    ]
    assert [str(one.hint)[:40] for one in result.diagnostics.in_order()] == [
        "did you mean content/pages/about.md?",
        "did you mean content/sources/a.yaml?",
    ]


def test_without_the_sites_own_file_there_is_one_error(tmp_path: Path) -> None:
    make_project(tmp_path)
    (tmp_path / "content/site.yaml").unlink()
    result = build(tmp_path)
    assert report(result.diagnostics) == ["content/site.yaml:1:1: no-site: content/site.yaml is missing"]
    assert result.pages == 0


def test_an_empty_project_has_one_error(tmp_path: Path) -> None:
    result = build(tmp_path)
    assert (codes(result.diagnostics), result.pages) == (["no-site"], 0)


def test_a_template_that_is_no_text_is_reported(tmp_path: Path) -> None:
    make_project(tmp_path)
    write(tmp_path, "templates/unused.html", b"a\n\xff")
    assert report(build(tmp_path).diagnostics) == [
        "templates/unused.html:2:1: not-utf8: the byte 0xff is not UTF-8; it was probably meant to be “ÿ”"
    ]


def test_another_base_url_reaches_only_what_tells_it(tmp_path: Path) -> None:
    make_project(tmp_path)
    with memory() as remembered:
        build(tmp_path, remembered)
        other = build(tmp_path, remembered, base_url="https://example.com/sub/")
        assert "<loc>https://example.com/sub/sources/</loc>" in text(other, "sitemap.xml")
        again = build(tmp_path, remembered)
    assert "<loc>https://example.org/sources/</loc>" in text(again, "sitemap.xml")
    assert again.rendered == 0


def test_a_draft_has_no_page_no_feed_and_no_place_in_the_sitemap(tmp_path: Path) -> None:
    update = "---\ntitle: Soon\ndate: 2026-02-01\ndescription: It comes.\ndraft: true\n---\n\nSoon.\n"
    make_project(tmp_path, {"content/updates/soon.md": update})
    hidden, shown = build(tmp_path), build(tmp_path, drafts=True)
    assert codes(hidden.diagnostics) == codes(shown.diagnostics) == []
    assert not [path for path, file in hidden.tree.items() if b"Soon" in file.read() or "soon" in path]
    assert {path for path in shown.tree if b"Soon" in shown.tree[path].read()} >= {
        "feed.json",
        "feed.xml",
        "index.html",
        "updates/soon/index.html",
    }


def test_a_page_that_fails_leaves_the_others(tmp_path: Path) -> None:
    make_project(tmp_path, {"templates/home.html": view_template("{{ nothing }}")})
    result = build(tmp_path)
    assert codes(result.diagnostics) == ["unknown-variable"]
    assert "index.html" not in result.tree
    assert "sources/index.html" in result.tree


def test_long_work_is_told(tmp_path: Path) -> None:
    make_project(tmp_path)
    told = []
    with memory() as remembered:
        build_tree(tmp_path, scan(tmp_path, INPUT_FOLDERS, {}), Settings(), remembered, lambda *one: told.append(one))
    assert told[:4] == [("reading content", number, 4) for number in range(4)]
    rendering = told[4:]
    assert rendering == [("rendering pages", number, len(rendering)) for number in range(len(rendering))]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_the_newlines_of_a_system_do_not_matter(tmp_path: Path, newline: str) -> None:
    plain = build(make_project(tmp_path / "plain"))
    texts = {path: content.replace("\n", newline) for path, content in CONTENT.items()}
    other = build(make_project(tmp_path / "other", texts))
    assert codes(other.diagnostics) == []
    assert [(path, file.digest) for path, file in other.tree.items()] == [
        (path, file.digest) for path, file in plain.tree.items()
    ]
