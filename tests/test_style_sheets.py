from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest

from microsite import style_sheets as module
from microsite.assets import Assets, build_assets
from microsite.diagnostics import Diagnostics
from microsite.memory import Memory
from tests.projects import report, static_files

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


@pytest.fixture
def memory() -> Iterator[Memory]:
    with closing(Memory(None, b"tests")) as one:
        yield one


def made(files: Mapping[str, bytes], memory: Memory) -> tuple[Assets, list[str], Diagnostics]:
    diagnostics = Diagnostics()
    return build_assets(static_files(files), (), memory, diagnostics), report(diagnostics), diagnostics


def style(assets: Assets, name: str = "css/site.css") -> str:
    return assets.files[assets.urls[name][1:]].read().decode()


def test_a_style_sheet_is_minified_and_finds_other_files_from_where_it_lies(memory: Memory) -> None:
    css = b"/* why */\nbody { background: url( '/static/a.svg' ); color: #ff0000 }\n"
    assets, problems, _ = made({"css/site.css": css, "a.svg": SVG}, memory)
    assert problems == []
    assert style(assets) == f"body{{color:red;background:url(../../{assets.urls['a.svg'][1:]})}}"
    digest = hashlib.sha256(style(assets).encode()).hexdigest()[:8]
    assert assets.urls["css/site.css"] == f"/assets/css/site.{digest}.css"


def test_a_style_sheet_changes_its_name_with_the_files_it_names(memory: Memory) -> None:
    css = b"body { background: url(/static/a.svg) }"
    names = {made({"css/site.css": css, "a.svg": svg}, memory)[0].urls["css/site.css"] for svg in (b"1", b"2", b"1")}
    assert len(names) == 2


def test_a_file_that_a_style_sheet_names_in_vain_is_reported_with_its_line(memory: Memory) -> None:
    css = b"p {}\nbody { background: url(/static/pictures/bakground.svg) }"
    _, problems, diagnostics = made({"css/site.css": css, "pictures/x.svg": SVG, "img/background.svg": SVG}, memory)
    assert problems == [
        "static/css/site.css:2:32: unknown-asset: there is no file static/pictures/bakground.svg",
    ]
    _, problems, diagnostics = made({"css/site.css": b"p{background:url(/static/bg.svgg)}", "bg.svg": SVG}, memory)
    assert problems == ["static/css/site.css:1:26: unknown-asset: there is no file static/bg.svgg"]
    assert diagnostics.found[0].hint == "did you mean “bg.svg”?"


def test_an_error_in_a_style_sheet_is_reported_with_its_place_each_time(memory: Memory) -> None:
    for _ in range(2):
        _, problems, _ = made({"css/site.css": b"p { color: red }\n@media ( {\n}"}, memory)
        assert problems == ["static/css/site.css:2:11: bad-css: the style sheet has an error: Invalid media query"]


def test_a_style_sheet_that_is_no_text_is_reported(memory: Memory) -> None:
    _, problems, _ = made({"css/site.css": b"p { content: '\xff' }"}, memory)
    assert len(problems) == 1
    assert problems[0].startswith("static/css/site.css:1:15: not-utf8: ")


def test_a_style_sheet_is_made_once(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"css/site.css": b"p { color: #f00 }"}
    first, _, _ = made(files, memory)
    monkeypatch.setattr(module, "_minified", lambda *_: pytest.fail("made twice"))
    assert made(files, memory)[0].urls == first.urls


# Parts


def test_parts_are_put_in_with_their_layers_and_published_in_no_other_way(memory: Memory) -> None:
    css = b'@layer base, print;\n@import "parts/a.css" layer(base);\n@import "parts/b.css";\nb { color: #00f }'
    files = {"css/site.css": css, "css/parts/a.css": b"p { color: #f00 }", "css/parts/b.css": b"i { top: 0px }"}
    assets, problems, _ = made(files, memory)
    assert problems == []
    assert style(assets) == "@layer base,print;@layer base{p{color:red}}i{top:0}b{color:#00f}"
    assert list(assets.urls) == ["css/site.css"]


def test_an_address_in_a_part_is_written_for_the_published_sheet(memory: Memory) -> None:
    files = {
        "css/site.css": b'@import "parts/deep/a.css";',
        "css/parts/deep/a.css": b"p { background: url(/static/a.svg) }",
        "a.svg": SVG,
    }
    assets, problems, _ = made(files, memory)
    assert problems == []
    assert style(assets) == f"p{{background:url(../../{assets.urls['a.svg'][1:]})}}"


def test_an_import_in_a_comment_is_none(memory: Memory) -> None:
    assets, problems, _ = made({"css/site.css": b'/* @import "gone.css"; */ p { top: 0 }'}, memory)
    assert problems == []
    assert style(assets) == "p{top:0}"


def test_an_unknown_part_is_reported_with_its_line_and_the_likely_one(memory: Memory) -> None:
    files = {"css/site.css": b'p {}\n@import "parts/tabels.css";', "css/parts/tables.css": b""}
    _, problems, diagnostics = made(files, memory)
    assert problems == ["static/css/site.css:2:10: unknown-asset: there is no file static/css/parts/tabels.css"]
    assert diagnostics.found[0].hint == "did you mean “parts/tables.css”?"


def test_mistakes_in_a_part_and_after_it_have_their_own_places(memory: Memory) -> None:
    css = b'@import "parts/a.css";\n\n@media ( {}'
    _, problems, _ = made({"css/site.css": css, "css/parts/a.css": b"p {}"}, memory)
    assert [one.split(" the")[0] for one in problems] == ["static/css/site.css:3:11: bad-css:"]
    _, problems, _ = made({"css/site.css": css[:23], "css/parts/a.css": b"p {}\n@media ( {\n}"}, memory)
    assert [one.split(" the")[0] for one in problems] == ["static/css/parts/a.css:2:11: bad-css:"]


def test_a_part_cannot_import(memory: Memory) -> None:
    files = {"css/site.css": b'@import "parts/a.css";', "css/parts/a.css": b'\n@import "b.css";'}
    _, problems, diagnostics = made(files, memory)
    assert problems == ["static/css/parts/a.css:2:1: bad-css: a part of a style sheet cannot import another"]
    assert diagnostics.found[0].hint == "import it in static/css/site.css"
