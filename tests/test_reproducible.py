"""The same content gives the same bytes, whatever the machine, the hour, the language and the order of the files."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from microsite import cli
from microsite.publish import MANIFEST

CHECKOUT = Path(cli.__file__).parents[1]
FOLDERS = ("content", "templates", "static", "microsite")

pytestmark = pytest.mark.skipif(not (CHECKOUT / "content").is_dir(), reason="there is no content here")


def copied(root: Path, rng: random.Random) -> Path:
    """The checkout with its files made in another order, so that folders list them in another order."""
    files = [path for folder in FOLDERS for path in (CHECKOUT / folder).rglob("*") if path.is_file()]
    rng.shuffle(files)
    for path in files:
        if "__pycache__" not in path.parts:
            goal = root / path.relative_to(CHECKOUT)
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, goal)
            os.utime(goal, (rng.randrange(10**9), rng.randrange(10**9)))
    shutil.copy(CHECKOUT / "build.py", root)
    return root


def start(root: Path, cwd: Path, **environment: str) -> subprocess.Popen[str]:
    variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}
    command = [sys.executable, str(root / "build.py"), "-q"]
    return subprocess.Popen(
        command, cwd=cwd, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def published(root: Path) -> dict[str, bytes]:
    folder = root / "public"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_builds_on_different_machines_are_equal(tmp_path: Path) -> None:
    one = copied(tmp_path / "one", random.Random(1))
    other = copied(tmp_path / "quite" / "another place", random.Random(2))
    builds = [
        start(one, one, PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C", LANG="C", NO_COLOR="1"),
        start(other, tmp_path, PYTHONHASHSEED="4711", TZ="America/Los_Angeles", LC_ALL="C.UTF-8", COLUMNS="40"),
    ]
    for build in builds:
        said, _ = build.communicate(timeout=300)
        assert (build.returncode, said) == (0, "")
    first, second = published(one), published(other)
    assert len(first) > 400
    assert MANIFEST in first, "the manifest is reproducible too"
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []
