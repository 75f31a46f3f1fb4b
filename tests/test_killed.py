"""Killed at any moment, a build leaves the old site or the new one, and the next build finds nothing in its way."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from microsite import cli
from microsite.publish import MANIFEST
from tests.projects import build, make_project, page, write

CHECKOUT = Path(cli.__file__).parents[1]
KILLS = 25
SECONDS = 20.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


def version(name: str) -> dict[str, str]:
    """One state of the content: other words on every page, and pages that the other one does not have."""
    pages = [f"{name}-{number}" for number in range(8)]
    links = " ".join(f"[{one}](/{one}/)" for one in pages)
    home = page("Home", f"{name}.[@first-source] {links}", view="home", permalink="/")
    return {"content/pages/home.md": home, **{f"content/pages/{one}.md": page(one, name * 500) for one in pages}}


def put(root: Path, name: str) -> None:
    for path in (root / "content/pages").glob("*-*.md"):
        path.unlink()
    for one, content in version(name).items():
        write(root, one, content)


def clean(root: Path) -> dict[str, bytes]:
    return {path: file.read() for path, file in build(root).tree.items()}


def published(root: Path) -> dict[str, bytes]:
    folder = root / "public"
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def litter(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir() if path.name.startswith(".public"))


def start(root: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(root / "build.py"), "-q"],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_a_killed_build_leaves_the_old_site_or_the_new_one(tmp_path: Path) -> None:
    rng = random.Random(7)
    root = make_project(tmp_path / "project")
    shutil.copy(CHECKOUT / "build.py", root)
    (root / "microsite").symlink_to(CHECKOUT / "microsite")
    sites = {}
    for name in ("one", "two"):
        put(root, name)
        sites[name] = clean(root)
    assert len(sites["one"].keys() ^ sites["two"].keys()) == 16
    assert start(root).wait(60) == 0
    put(root, "one")
    began = time.perf_counter()
    assert start(root).wait(60) == 0
    duration = time.perf_counter() - began
    old, killed = "one", 0
    while killed < KILLS and time.perf_counter() - began < SECONDS:
        new = "one" if old == "two" else "two"
        put(root, new)
        process = start(root)
        # Most of the kills fall into the time in which the site is published.
        time.sleep(duration * (rng.random() if rng.random() < 0.3 else rng.uniform(0.7, 1.0)))
        process.kill()
        killed += process.wait(60) == -signal.SIGKILL
        now = published(root)
        assert now in (sites[old], sites[new]), f"after {killed} kills public/ is neither the old nor the new site"
        if now == sites[new]:
            old = new
    assert killed >= 5, "too few to tell anything"
    write(root, "content/pages/home.md", page("Home", "Three.[@first-source]", view="home", permalink="/"))
    for path in (root / "content/pages").glob("*-*.md"):
        path.unlink()
    assert start(root).wait(60) == 0
    assert published(root) == clean(root)
    assert litter(root) == []


KILLED_AT_A_CALL = """
import os, signal, sys
from pathlib import Path
import microsite.pipeline, microsite.publish
from microsite.cli import main

root = Path(sys.argv[1])

def build(name, left):
    original = getattr(os, name)
    def counting(*arguments, **options):
        nonlocal left
        # What is deleted is named within its folder.
        left -= name in ("unlink", "rmdir") or any(".public.microsite" in str(one) for one in arguments)
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*arguments, **options)
    setattr(os, name, counting)
    os._exit(main(["-q"], root))

for line in sys.stdin:
    name, left = line.split()
    child = os.fork() or build(name, int(left))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.mark.parametrize("call", ["mkdir", "link", "unlink", "rmdir"])
def test_killed_at_each_call_of_the_system_that_publishes(tmp_path: Path, call: str) -> None:
    root = make_project(tmp_path / "project")
    sites = {}
    for name in ("two", "one"):
        put(root, name)
        sites[name] = clean(root)
    line = [sys.executable, "-c", KILLED_AT_A_CALL, str(root)]
    with subprocess.Popen(line, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def attempt(left: int) -> int:
            print(call, left, file=process.stdin, flush=True)
            return int(process.stdout.readline()) if process.stdout else 1

        assert attempt(10**6) == 0
        old = "one"
        codes = []
        for left in range(8):
            new = "one" if old == "two" else "two"
            put(root, new)
            codes.append(attempt(left))
            now = published(root)
            assert now in (sites[old], sites[new])
            old = new if now == sites[new] else old
        assert set(codes) <= {0, -signal.SIGKILL}
        assert codes[0] == -signal.SIGKILL
        put(root, "one" if old == "two" else "two")
        assert attempt(10**6) == 0
        assert published(root) == clean(root)
        assert litter(root) == []
        process.stdin.close()
