"""The editing guide, followed letter by letter on a fresh copy of the site."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from microsite.cli import main
from microsite.editing import commands
from microsite.editing.guide import guide_page
from microsite.editing.scaffold import NAMES
from tests.projects import make_project
from tests.real_site import ROOT, copy_with_small_pictures

GUIDE = (ROOT / "docs/editing.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DAY = "1795132800"  # 2026-11-20 in UTC, which the guide calls today


@dataclass(frozen=True)
class Step:
    """A block of code: its language, its lines, the file that the words before it name, and its section."""

    language: str
    text: str
    path: str
    section: str


def steps() -> Iterator[Step]:
    prose = without_code_blocks(GUIDE)
    for block in BLOCK.finditer(GUIDE):
        section = prose[: block.start()].rpartition("\n## ")[2]
        named = re.findall(r"`(content/[^`]+\.\w+)`", section)
        yield Step(block[1], block[2], named[-1] if named else "", section.partition("\n")[0])


def without_code_blocks(text: str) -> str:
    return BLOCK.sub(lambda block: re.sub(r"\S", " ", block[0]), text)


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "site"
    copy_with_small_pictures(root, "schemas", "microsite/pages")
    Image.new("RGB", (1200, 800), "tan").save(tmp_path / "Bivouac.jpg")
    monkeypatch.setattr(commands, "is_agreed", lambda question, yes: True)
    monkeypatch.chdir(root)
    return root


def run(root: Path, line: str) -> None:
    program, script, *arguments = shlex.split(line)
    assert (program, script) == ("python", "build.py")
    with pytest.MonkeyPatch.context() as clock:
        if "--new" in arguments:  # whose result is named by the day; everything else is right on any later one
            clock.setenv("SOURCE_DATE_EPOCH", DAY)
        assert main(arguments, root) == 0, line


def apply(text: str, diff: str) -> str:
    """The text with the one place that the diff describes changed."""
    lines = diff.splitlines()
    old = "\n".join(line[1:] for line in lines if not line.startswith("+"))
    new = "\n".join(line[1:] for line in lines if not line.startswith("-"))
    assert text.count(f"{old}\n") == 1, f"not there, or not once:\n{old}"
    return text.replace(f"{old}\n", f"{new}\n")


def test_every_step_can_be_followed_and_the_site_is_sound(copy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    told = ""
    done = []
    for step in steps():
        file = copy / step.path
        match step.language:
            case "sh":
                capfd.readouterr()
                for line in step.text.splitlines():
                    if "--serve" not in line:
                        run(copy, line)
                told = capfd.readouterr().out
            case "text":
                for line in step.text.splitlines():
                    assert line in told, f"{step.section}: {line!r} is not in {told!r}"
            case "diff":
                file.write_text(apply(file.read_text("utf-8"), step.text), "utf-8")
            case "markdown":
                assert file.exists(), step.path
                file.write_text(step.text, "utf-8")
            case other:
                pytest.fail(f"nobody knows how to follow a block of {other}")
        done.append(step.language)
    assert {*done} == {"sh", "text", "diff", "markdown"}
    assert main(["--check"], copy) == 0
    captured = capfd.readouterr()
    assert (captured.err, "no warnings" in captured.out) == ("", True)
    built = copy / "public"
    assert "The Example" in (built / "sources/example-2026-11-20-entry-list-dakar/index.html").read_text("utf-8")
    assert "0; url=" in (built / "updates/2026-11-20-the-entry-list-for-2027/index.html").read_text("utf-8")
    note = (built / "updates/2026-11-20-first-entry-list/index.html").read_text("utf-8")
    assert "Three cars under work lights" in note
    assert (built / "history/2028/index.html").exists()
    assert "To 62 mph." in (built / "sources/disputes/index.html").read_text("utf-8")
    assert "Prologue" in (built / "crews/sara-price/index.html").read_text("utf-8")


def test_every_kind_that_can_be_begun_is_in_the_table() -> None:
    begun = set(re.findall(r"`--new ([a-z-]+) ", GUIDE))
    assert {*NAMES} - begun == {"comparison", "season"}, "these two are there once, and only seldom anew"


def test_every_place_in_the_table_is_there() -> None:
    for path in re.findall(r"`((?:content|static)/[a-z0-9/.-]*)`", GUIDE.partition("## Change a figure")[0]):
        assert (ROOT / path).exists(), path


def test_the_guide_is_a_page_of_the_preview(tmp_path: Path) -> None:
    page = guide_page(ROOT)
    assert page
    assert page.count("<h1>") == 1
    assert '<li><a href="#add-a-picture">Add a picture</a></li>' in page
    assert '<h2 id="add-a-picture">' in page
    assert "![](picture:bivouac)" in page
    assert "\ue000" not in page
    assert guide_page(make_project(tmp_path)) is None
