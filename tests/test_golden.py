"""Small sites from files to result: what comes out of them, byte by byte, or what an editor is told of a mistake.

`golden/whole/` has something of every kind in `input/`, added to the project of `tests.projects`, and its tree in
`expected/`. `golden/mistakes/<code>/` has only the files that differ from that, and the report in `expected.txt`. Codes
that have no folder here are in the corpus of tests/faults. To write expectations anew after looking at why
they changed: RECORD_GOLDEN=1 pytest tests/test_golden.py, and read the diff.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from microsite.content_files import MAX_BYTES
from microsite.diagnostics.terminal import render
from microsite.memory import Memory
from microsite.pipeline import BuildResult
from microsite.project import Project
from tests.projects import build, make_project, report, write

GOLDEN = Path(__file__).parent / "golden"
WHOLE = GOLDEN / "whole"
MISTAKES = sorted(folder.name for folder in (GOLDEN / "mistakes").iterdir())
RECORD = os.environ.get("RECORD_GOLDEN") == "1"
WITHOUT = "without.txt"
"""Lists, one to a line, files that a mistake consists in the lack of."""
TOO_LARGE = {"file-too-large": ("content/pages/about.md", b"x" * (MAX_BYTES + 1_000_000))}
"""What would be a burden to keep in the repository."""


@pytest.fixture(scope="module")
def memory() -> Iterator[Memory]:
    """One memory for all builds, so that each makes only what is different in it."""
    shared = Memory(None, b"golden")
    yield shared
    shared.close()


def whole(root: Path) -> Path:
    make_project(root)
    shutil.copytree(WHOLE / "input", root, dirs_exist_ok=True)
    return root


def with_mistake(root: Path, code: str) -> Path:
    folder = GOLDEN / "mistakes" / code
    whole(root)
    for file in sorted((folder / "input").rglob("*")):
        if file.is_file():
            write(root, file.relative_to(folder / "input").as_posix(), file.read_bytes())
    if code in TOO_LARGE:
        write(root, *TOO_LARGE[code])
    if (folder / WITHOUT).exists():
        for path in (folder / WITHOUT).read_text("utf-8").splitlines():
            (root / path).unlink()
    return root


def rendered(root: Path, result: BuildResult) -> str:
    return render(result.diagnostics, Project(root).source, colour=False, width=100) + "\n"


def files_below(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_whole_site(tmp_path: Path, memory: Memory) -> None:
    result = build(whole(tmp_path), memory)
    tree = {path: file.read() for path, file in result.tree.items()}
    assert report(result.diagnostics) == []
    if RECORD:
        shutil.rmtree(WHOLE / "expected", ignore_errors=True)
        for path, content in tree.items():
            write(WHOLE / "expected", path, content)
    expected = files_below(WHOLE / "expected")
    assert sorted(tree) == sorted(expected)
    for path, content in expected.items():
        assert tree[path] == content, path


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_and_what_an_editor_is_told(code: str, tmp_path: Path, memory: Memory) -> None:
    result = build(with_mistake(tmp_path / "wrong", code), memory)
    told = rendered(tmp_path / "wrong", result)
    file = GOLDEN / "mistakes" / code / "expected.txt"
    if RECORD:
        file.write_text(told, "utf-8", newline="\n")
    assert told == file.read_text("utf-8")
    assert f"[{code}]: " in told


def test_a_site_whose_mistake_is_mended_is_without_fault(tmp_path: Path, memory: Memory) -> None:
    with_mistake(tmp_path, "unknown-key")
    assert report(build(tmp_path, memory).diagnostics) != []
    shutil.rmtree(tmp_path)
    assert report(build(whole(tmp_path), memory).diagnostics) == []
