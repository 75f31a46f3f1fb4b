from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from microsite.pipeline import BuildResult
from tests.projects import CONTENT, build, make_project, page, report, text, write

SITE = CONTENT["content/site.yaml"] + "offline:\n  always: [/]\n  fallback: /offline.html\n"
FILES = {
    "content/site.yaml": SITE,
    "content/pages/offline.md": page("Offline", "Not kept.", view="offline", permalink="/offline.html"),
    "static/css/site.css": "h1 { color: red }",
}


def project(root: Path, site: str = SITE) -> Path:
    make_project(root, FILES | {"content/site.yaml": site})
    base = root / "templates/base.html"
    link = '<link rel="stylesheet" href="{{ assets[\'css/site.css\'] }}">\n</head>'
    base.write_text(base.read_text("utf-8").replace("</head>", link), "utf-8")
    return root


def listed(result: BuildResult) -> tuple[str, dict[str, Any]]:
    """The build's name, and the list that its worker goes by."""
    worker = text(result, "sw.js")
    stated = dict(re.findall(r'^const (BUILD|LIST) = "(.*)";$', worker, re.MULTILINE))
    return stated["BUILD"], json.loads(text(result, stated["LIST"]))


def test_the_list_names_every_file_by_address_and_digest(tmp_path: Path) -> None:
    result = build(project(tmp_path))
    assert report(result.diagnostics) == []
    _, found = listed(result)
    assert found["files"][""] == result.tree["index.html"].digest.hex()[:12]
    assert {"sources/", "offline.html", "feed.xml"} < found["files"].keys()
    assert not {"sw.js", "_headers", "robots.txt", "sources/index.html"} & found["files"].keys()


def test_what_is_kept_unvisited_is_what_is_named_and_what_that_needs(tmp_path: Path) -> None:
    _, found = listed(build(project(tmp_path)))
    assert [re.sub(r"\.[0-9a-f]{8}\.", ".", path) for path in found["always"]] == [
        "",
        "assets/css/site.css",
        "offline.html",
    ]


def test_a_pattern_names_many(tmp_path: Path) -> None:
    _, found = listed(build(project(tmp_path, SITE.replace("[/]", "[/sources/*]"))))
    assert {"sources/", "sources/first-source/"} < set(found["always"])


def test_any_change_makes_another_build_of_it(tmp_path: Path) -> None:
    name, _ = listed(build(project(tmp_path)))
    assert listed(build(tmp_path))[0] == name
    write(tmp_path, "static/css/site.css", "h1 { color: blue }")
    assert listed(build(tmp_path))[0] != name


def test_what_is_not_there_cannot_be_kept(tmp_path: Path) -> None:
    result = build(project(tmp_path, SITE.replace("[/]", "[/source/]")))
    assert report(result.diagnostics) == ["content/site.yaml:16:3: unknown-asset: nothing is published at /source/"]
    assert result.diagnostics.found[0].hint == "did you mean “/sources/”?"


def test_a_preview_and_a_site_that_does_not_ask_for_it_have_no_worker(tmp_path: Path) -> None:
    project(tmp_path)
    assert "sw.js" not in build(tmp_path, for_servers=False).tree
    write(tmp_path, "content/site.yaml", CONTENT["content/site.yaml"])
    assert "sw.js" not in build(tmp_path).tree


def test_copies_are_made_if_the_site_asks_for_them_and_somebody_will_serve_it(tmp_path: Path) -> None:
    project(tmp_path, SITE + "precompress: true\n")
    write(
        tmp_path, "content/pages/home.md", page("Home", "Long. " * 200 + "[@first-source]", view="home", permalink="/")
    )
    assert {"index.html.br", "index.html.gz"} < build(tmp_path).tree.keys()
    assert "index.html.br" not in build(tmp_path, for_servers=False).tree
