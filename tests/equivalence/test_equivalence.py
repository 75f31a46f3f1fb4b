"""The promise on which everything rests: building on what is remembered gives the same bytes as building anew.

A small site of many kinds is edited at random, as people and machines do it, and built after each step by the command
with its cache and record; each time, the published files and what was reported are those of a build from nothing.
A failure names the seed and the steps that led to it.
"""

from __future__ import annotations

import json
import random
from contextlib import closing
from pathlib import Path

import pytest

from microsite.clock import today
from microsite.diagnostics.json_report import render_json
from microsite.memory import Memory
from microsite.pipeline import Settings
from microsite.preview import Preview
from microsite.project import Project
from microsite.publish import MANIFEST
from tests.equivalence.edits import FREQUENT, OF_CONTENT, SELDOM, Editing, dot, mend, run
from tests.equivalence.site import SITE
from tests.projects import build, make_project

SEEDS = range(4)
STEPS = 55  # for each seed


def published(root: Path) -> dict[str, bytes]:
    folder = root / "public"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name != MANIFEST}


def compare(at: Editing, capsys: pytest.CaptureFixture[str], history: list[str]) -> bool:
    """Whether the content was without errors; either way both builds must agree."""
    said = "\n".join(history)
    before = published(at.root)
    capsys.readouterr()
    code = run(at)
    reported = json.loads(capsys.readouterr().out)
    base_url = at.flags[1] + "/" if "--base-url" in at.flags else None
    clean = build(at.root, base_url=base_url, drafts="--drafts" in at.flags, today=today())
    assert reported == json.loads(render_json(clean.diagnostics)), said
    if clean.diagnostics.has_errors:
        assert code == 1, said
        assert published(at.root) == before, said
        return False
    assert code == 0, said
    at.published = published(at.root)
    expected = {path: file.read() for path, file in clean.tree.items()}
    assert sorted(at.published) == sorted(expected), said
    different = [path for path, content in expected.items() if at.published[path] != content]
    assert different == [], said
    return True


@pytest.mark.parametrize("seed", SEEDS)
def test_an_incremental_build_equals_a_clean_one(seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rng = random.Random(seed)
    at = Editing(make_project(tmp_path, SITE), rng)
    at.write("static/pictures/dot.png", dot((0, 128, 128), 3))
    history = [f"seed {seed}"]
    assert compare(at, capsys, history), "the site has errors before anything was changed"
    at.good = {path: (tmp_path / path).read_bytes() for path in at.files()}
    good = 0
    is_good = True
    for _ in range(STEPS):
        steps = [mend] if not is_good and rng.random() < 0.6 else FREQUENT if rng.random() < 0.5 else SELDOM
        history.append(rng.choice(steps)(at))
        is_good = compare(at, capsys, history)
        if is_good:
            good += 1
            at.good = {path: (tmp_path / path).read_bytes() for path in at.files()}
    assert STEPS // 3 < good < STEPS, f"{good} steps without errors: too few or too many to tell much"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_preview_shows_what_a_clean_build_makes(seed: int, tmp_path: Path) -> None:
    """It takes over from one draft to the next what a command would ask its memory for."""
    rng = random.Random(f"preview {seed}")
    at = Editing(make_project(tmp_path, SITE), rng)
    at.write("static/pictures/dot.png", dot((0, 128, 128), 3))
    at.good = {path: (tmp_path / path).read_bytes() for path in at.files()}
    history, good = [f"seed {seed}"], 0
    with closing(Memory(None, b"tests")) as memory:
        preview = Preview(Project(tmp_path), Settings(drafts=True, for_servers=False), memory)
        for _ in range(STEPS):
            preview.refresh()
            clean = build(tmp_path, drafts=True, for_servers=False)
            said = "\n".join(history)
            assert render_json(preview.diagnostics) == render_json(clean.diagnostics), said
            is_good = not clean.diagnostics.has_errors
            if is_good:
                good += 1
                at.good = {path: (tmp_path / path).read_bytes() for path in at.files()}
                shown = {path: file.read() for path, file in preview.tree.items()}
                assert shown == {path: file.read() for path, file in clean.tree.items()}, said
            steps = [mend] if not is_good and rng.random() < 0.6 else FREQUENT if rng.random() < 0.5 else OF_CONTENT
            history.append(rng.choice(steps)(at))
    assert good > STEPS // 3, f"{good} steps without errors: too few to tell much"
