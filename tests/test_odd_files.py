"""Whatever is in a file, a build ends in good time with a report: no traceback, no hang.

A whole small site is built with one of its files replaced by random bytes or damaged at random. How often is said by
ODD_FILES; the longer run is ODD_FILES=5000 pytest tests/test_odd_files.py
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from microsite.diagnostics.github import render_github
from microsite.diagnostics.json_report import render_json
from microsite.diagnostics.overlay import render_overlay
from microsite.diagnostics.terminal import render
from microsite.inputs import Stamp, scan
from microsite.memory import Memory
from microsite.pipeline import Settings, build_tree
from microsite.project import INPUT_FOLDERS, Project
from tests.test_golden import whole

EXAMPLES = int(os.environ.get("ODD_FILES", "60"))
SECONDS = 10
"""Of processor time, for a build that takes a tenth of one."""
TOKENS = [
    *b"\n \t:-#[]{}<>@!*&|%`'\"~=\\/().,;\0\r",
    *(
        text.encode()
        for text in ("---\n", "\n\n", ": ", "- ", "[@", "](", "![", "**", "```", "<b>", "{{", "}}", "{%", "%}")
    ),
    *(
        text.encode()
        for text in ("\n    ", "\n\t", "| a | b |\n| - | - |\n", "“", "\u00a0", "：", "\u2028", "\ue000", "🚙")
    ),
    *(
        text.encode()
        for text in ("true", "null", "1e99", "9" * 400, "2026-02-30", "/car/", "picture:", "_", "id", "value")
    ),
    b"\xff\xfe",
    b"\xc3",
    b"[" * 200,
    b"- " * 200,
    b"*" * 500,
    b"<<<<<<< x\n",
    b"@import 'x';",
    b"url(/static/x)",
]
_pieces = st.binary(max_size=12) | st.sampled_from([bytes([one]) if isinstance(one, int) else one for one in TOKENS])
_damages = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), _pieces), min_size=1, max_size=4)
_settings = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Memory]]:
    root = whole(tmp_path_factory.mktemp("odd"))
    memory = Memory(None, b"odd files")
    yield root, memory
    memory.close()


def damaged(content: bytes, damages: list[tuple[float, int, bytes]]) -> bytes:
    """`content` with some stretches replaced: where (as a part of the whole), how much of it, and by what."""
    for place, length, piece in damages:
        start = int(place * len(content))
        content = content[:start] + piece + content[start + length :]
    return content


def survives(root: Path, memory: Memory, path: str, content: bytes) -> None:
    file = root / path
    before = file.read_bytes()
    inputs = dict(scan(root, INPUT_FOLDERS, {}))
    inputs[path] = Stamp((0, 0, 0, 0), False, hashlib.sha256(content).digest())
    started = time.process_time()
    try:
        file.write_bytes(content)
        found = build_tree(root, inputs, Settings(), memory).diagnostics
        for text in (render(found, Project(root).source, True, 80), render_json(found), render_github(found)):
            text.encode()
        render_overlay(found, Project(root).source, lambda span: None, stale=True).encode()
        for one in found.in_order():
            assert one.span.line >= 1, one
            assert one.span.column >= 1, one
    finally:
        file.write_bytes(before)
    assert time.process_time() - started < SECONDS


@_settings
@given(data=st.data())
def test_a_damaged_file(data: st.DataObject, site: tuple[Path, Memory]) -> None:
    root, memory = site
    path = data.draw(st.sampled_from(sorted(scan(root, INPUT_FOLDERS, {}))))
    survives(root, memory, path, damaged((root / path).read_bytes(), data.draw(_damages)))


@_settings
@given(data=st.data())
def test_a_damaged_file_of_content(data: st.DataObject, site: tuple[Path, Memory]) -> None:
    root, memory = site
    path = data.draw(st.sampled_from(sorted(scan(root, INPUT_FOLDERS[:1], {}))))
    survives(root, memory, path, damaged((root / path).read_bytes(), data.draw(_damages)))


@_settings
@given(data=st.data(), content=st.binary(max_size=400) | st.lists(_pieces, max_size=60).map(b"".join))
def test_a_file_of_anything(data: st.DataObject, content: bytes, site: tuple[Path, Memory]) -> None:
    root, memory = site
    path = data.draw(st.sampled_from(sorted(scan(root, INPUT_FOLDERS, {}))))
    survives(root, memory, path, content)


def test_a_file_that_is_gone(site: tuple[Path, Memory]) -> None:
    root, memory = site
    inputs = scan(root, INPUT_FOLDERS, {})
    for path in inputs:
        rest = {other: stamp for other, stamp in inputs.items() if other != path}
        build_tree(root, rest, Settings(), memory)
