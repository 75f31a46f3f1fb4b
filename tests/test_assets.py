from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest

from microsite.assets import Assets, build_assets
from microsite.diagnostics import Diagnostics
from microsite.memory import Memory
from tests.projects import static_files

SCRIPT = b"alert(1)"


@pytest.fixture
def memory() -> Iterator[Memory]:
    with closing(Memory(None, b"tests")) as one:
        yield one


def made(files: Mapping[str, bytes], memory: Memory) -> Assets:
    diagnostics = Diagnostics()
    assets = build_assets(static_files(files), [], memory, diagnostics)
    assert diagnostics.found == []
    return assets


def test_a_name_holds_the_beginning_of_the_contents_digest(memory: Memory) -> None:
    assets = made({"js/site.js": SCRIPT, "fonts/a.b.woff2": b"wOF2"}, memory)
    digest = hashlib.sha256(SCRIPT).hexdigest()[:8]
    assert assets.urls["js/site.js"] == f"/assets/js/site.{digest}.js"
    assert re.fullmatch(r"/assets/fonts/a\.b\.[0-9a-f]{8}\.woff2", assets.urls["fonts/a.b.woff2"])
    assert {path: file.read() for path, file in assets.files.items()} == {
        assets.urls["js/site.js"][1:]: SCRIPT,
        assets.urls["fonts/a.b.woff2"][1:]: b"wOF2",
    }


def test_another_content_has_another_name(memory: Memory) -> None:
    one = made({"js/site.js": b"1"}, memory)
    other = made({"js/site.js": b"2"}, memory)
    assert one.urls != other.urls


def test_files_for_the_top_of_the_site_keep_their_names(memory: Memory) -> None:
    assets = made({"root/CNAME": b"example.org", "root/a/b.txt": b"b"}, memory)
    assert assets.urls == {}
    assert {path: file.read() for path, file in assets.files.items()} == {"CNAME": b"example.org", "a/b.txt": b"b"}


def test_only_pictures_that_content_lists_are_published(memory: Memory) -> None:
    assets = made({"pictures/car.png": b"no picture"}, memory)
    assert (assets.files, assets.pictures) == ({}, {})
