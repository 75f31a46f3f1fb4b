"""Two small sites, what is in a folder to which one was published, and processes that publish."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from microsite import publish as module
from microsite.publish import MANIFEST, Published, digested, publish

A = {"index.html": b"A", "style.css": b"same", "old/page/index.html": b"stale", "pages/one.html": b"one A"}
B = {"index.html": b"B", "style.css": b"same", "new/index.html": b"fresh", "pages/one.html": b"one B"}

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")


def put(tree: Mapping[str, bytes], target: Path) -> Published:
    return publish(digested(tree), target)


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path != folder / MANIFEST
    }


def everything_in(folder: Path) -> dict[str, bytes | None]:
    """Files with their content, folders with None."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


def litter_beside(target: Path) -> list[str]:
    return [path.name for path in target.parent.iterdir() if path.name != target.name]


def stamps_in(folder: Path) -> dict[str, tuple[int, int, int]]:
    return {
        str(path): (path.stat().st_ino, path.stat().st_mtime_ns, path.stat().st_ctime_ns)
        for path in (folder, *folder.rglob("*"))
    }


def in_process(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-S", "-c", script, *map(str, arguments)],
        cwd=Path(module.__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
    )
