"""The editing commands as they are run: what they print, what they ask, and their exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from microsite.cli import main
from microsite.editing import commands
from tests.projects import make_project, page, write
from tests.real_site import ROOT

Run = Callable[..., tuple[int, str, str]]
NOTE = "---\ntitle: Note\ndescription: About.\ndate: 2026-01-17\n---\n\nSomething.[@first-source] \n"
NOTE_PATH = "content/updates/note.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796083200")  # 2026-12-01
    return make_project(tmp_path / "project", {NOTE_PATH: NOTE})


@pytest.fixture
def run(root: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    def one(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main(arguments, root)
        return (code, *capfd.readouterr())

    return one


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool | None], None]:
    def set_to(agreed: bool | None) -> None:
        monkeypatch.setattr(commands, "is_agreed", lambda question, yes: yes or agreed)

    return set_to


def test_something_new(root: Path, run: Run) -> None:
    code, out, err = run("--new", "update", "A new car")
    assert (code, err) == (0, "")
    assert out == (
        "Begun: the update “2026-12-01-a-new-car” in content/updates/2026-12-01-a-new-car.md:1\n"
        "Open it, write it, and take the line “draft: true” away when it is done.\n"
    )
    code, out, err = run("--new", "update", "A new car")
    assert (code, out) == (2, "")
    assert err == (
        "Nothing was begun: the update “2026-12-01-a-new-car” is there already: "
        "content/updates/2026-12-01-a-new-car.md.\n"
    )
    code, out, err = run("--new")
    assert (code, out) == (2, "")
    assert err.startswith("Nothing was begun: what is it to be? One of: chapter, comparison, ")


def test_mending_shows_asks_and_does(root: Path, run: Run, answer: Callable[[bool | None], None]) -> None:
    diff = (
        f"--- a/{NOTE_PATH}\n+++ b/{NOTE_PATH}\n@@ -4,4 +4,4 @@\n date: 2026-01-17\n ---\n \n"
        "-Something.[@first-source] \n+Something.[@first-source]\n"
    )
    answer(None)
    nobody = "Nothing was written, since nobody could be asked; --yes makes the changes.\n"
    assert run("--fix") == (1, diff, nobody)
    answer(False)
    assert run("--fix") == (1, diff, "Nothing was written.\n")
    assert (root / NOTE_PATH).read_text() == NOTE
    assert run("--fix", "--yes") == (0, diff + f"Mended: {NOTE_PATH}.\n", "")
    assert run("--fix") == (0, "There is nothing that could be mended without you.\n", "")


def test_mending_tells_what_is_left(root: Path, run: Run) -> None:
    write(root, "content/pages/home.md", page("Home", "[@no-such-thing]", view="home", permalink="/"))
    code, out, err = run("--fix", "--yes")
    assert (code, err) == (1, "")
    assert out.endswith("What is left, “python build.py --check” shows: 1 error in 1 file.\n")


def test_renaming_shows_asks_and_does(root: Path, run: Run, answer: Callable[[bool | None], None]) -> None:
    answer(False)
    code, out, err = run("--rename", "note", "first-note")
    assert (code, err) == (1, "Nothing was written.\n")
    assert out.startswith(f"rename from {NOTE_PATH}\nrename to content/updates/first-note.md\n")
    answer(True)
    code, out, err = run("--rename", "note", "first-note")
    assert (code, err) == (0, "")
    assert out.endswith("Renamed in 1 file.\n")
    assert not (root / NOTE_PATH).exists()
    code, out, err = run("--rename", "note", "x")
    assert (code, out, err) == (2, "", "Nothing was renamed: nothing has the id “note”; did you mean “first-note”?\n")


def test_who_reads_may_have_seen_enough() -> None:
    """As in `python build.py --stale 2015-01-01 | head -1`."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "build.py", "--stale", "2015-01-01"]
    done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_is_stale_for_people_and_for_programs(run: Run) -> None:
    code, out, err = run("--stale")
    assert (code, err) == (0, "")
    assert out == "0 facts have no source newer than 2025-12-01, or one that is gone.\n"
    code, out, err = run("--stale", "2026-02-01")
    lines = out.splitlines()
    assert lines[0] == "content/pages/home.md:8:9: A claim. (newest source 2026-01-17)"
    assert lines[-1] == "2 facts have no source newer than 2026-02-01, or one that is gone."
    code, out, _ = run("--stale", "2026-02-01", "--json")
    found = json.loads(out)
    assert (code, found["before"], len(found["facts"])) == (0, "2026-02-01", 2)
    code, out, err = run("--stale", "1.2.2026")
    assert (code, out) == (2, "")
    assert err.startswith("--stale: “1.2.2026” is not a date as written here")


def test_schemas_are_written_and_ids_follow_what_is_begun(root: Path, run: Run) -> None:
    code, out, _ = run("--schemas")
    assert code == 0
    assert "schemas/source.schema.json" in out
    assert run("--schemas")[1] == "The schemas are current.\n"
    assert (root / "content/site.yaml").read_text().startswith("# yaml-language-server: $schema=../schemas/site")
    assert run("--check")[0] == 0
    run("--new", "term", "Bivouac")
    run("--new", "person", "Ann Other")
    ids = json.loads((root / "schemas/ids.schema.json").read_text())["$defs"]
    assert ids["person"]["examples"] == ["ann-other"]


def test_a_file_that_cannot_be_read_is_named(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "content/site.yaml")

    monkeypatch.setattr("microsite.editing.content.scan", refused)
    assert run("--fix") == (2, "", "content/site.yaml could not be read or written: Permission denied.\n")
