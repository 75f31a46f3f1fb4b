"""Files and pictures that are there for nothing: warned of, each with its place, and nothing else is."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from tests.projects import build, make_project, page, report, write

PICTURE = "  file: {0}.png\n  alt: A square.\n  credit: Nobody\n  licence: CC0\n"

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def with_pictures(root: Path, content: str, *files: str) -> list[str]:
    write(root, "content/pictures.yaml", content)
    for file in files:
        out = io.BytesIO()
        Image.new("RGB", (2, 1)).save(out, "PNG")
        write(root, f"static/pictures/{file}.png", out.getvalue())
    return report(build(root).diagnostics)


def entry(picture_id: str, alternative: str = "") -> str:
    other = f"  alternatives:\n    - when: [dark]\n      picture: {alternative}\n" if alternative else ""
    return f"{picture_id}:\n" + PICTURE.format(picture_id) + other


def test_a_file_that_no_page_names_is_a_warning(tmp_path: Path) -> None:
    make_project(tmp_path, {"static/js/site.js": "//", "static/js/old.js": "//", "static/root/CNAME": "example.org"})
    assert report(build(tmp_path).diagnostics) == ["static/js/old.js:1:1: unused-asset: nothing uses static/js/old.js"]


def test_what_a_style_sheet_names_is_used(tmp_path: Path) -> None:
    sheet = '/* fonts/ofl.txt */ @font-face { font-family: "A"; src: url("/static/fonts/a.woff2"); }'
    files = {
        "static/css/site.css": sheet,
        "static/fonts/a.woff2": "wOF2",
        "static/fonts/ofl.txt": "A",
        "static/b.svg": SVG,
    }
    make_project(tmp_path, files)
    assert report(build(tmp_path).diagnostics) == ["static/b.svg:1:1: unused-asset: nothing uses static/b.svg"]


def test_what_a_document_for_machines_names_is_used(tmp_path: Path) -> None:
    feed = '{"icon": "{{ assets["icons/feed.gif"] | absolute }}"}'
    make_project(tmp_path, {"static/icons/feed.gif": "GIF89a", "templates/feed.json": feed})
    assert report(build(tmp_path).diagnostics) == []


def test_a_picture_that_no_page_shows_is_a_warning_at_its_place(tmp_path: Path) -> None:
    make_project(tmp_path, {"content/pages/sources.md": page("Sources", "![](picture:day)", view="sources")})
    problems = with_pictures(tmp_path, entry("day") + entry("idle"), "day", "idle")
    assert problems == ["content/pictures.yaml:6:1: unused-picture: no page shows the picture “idle”"]


def test_an_alternative_is_used_if_the_picture_is_that_it_stands_in_for(tmp_path: Path) -> None:
    make_project(tmp_path)
    content = entry("day", "night") + entry("night")
    assert [one.split(": ")[1] for one in with_pictures(tmp_path, content, "day", "night")] == ["unused-picture"] * 2
    write(tmp_path, "content/pages/sources.md", page("Sources", "![](picture:day)", view="sources"))
    assert report(build(tmp_path).diagnostics) == []


def test_a_file_that_no_picture_names_is_a_warning(tmp_path: Path) -> None:
    make_project(tmp_path, {"content/pages/sources.md": page("Sources", "![](picture:day)", view="sources")})
    problems = with_pictures(tmp_path, entry("day"), "day", "left")
    assert problems == ["static/pictures/left.png:1:1: unused-asset: no picture has the file static/pictures/left.png"]


def test_nothing_is_said_to_be_unused_while_a_page_is_missing(tmp_path: Path) -> None:
    make_project(tmp_path, {"static/js/old.js": "//", "templates/sources.html": "{{ wrong"})
    assert [one.split(": ")[1] for one in report(build(tmp_path).diagnostics)] == ["template-syntax"]
