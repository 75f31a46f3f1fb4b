"""What has the name of a file and cannot be read: told with its place, waited for by nobody."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from microsite import inputs
from microsite.cli import main
from microsite.memory import Memory
from microsite.pipeline import Settings
from microsite.preview import Preview
from microsite.project import Project
from tests.projects import build, make_project, page, report, write

PATH = "content/pages/about.md"
TOLD = f"{PATH}:1:1: unreadable: {PATH} cannot be read: "


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link_to_nowhere(path: Path) -> None:
    path.symlink_to("nowhere.md")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def of_a_server(path: Path) -> None:
    """A socket. Its path must be short, so it is made elsewhere and moved."""
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        before = os.getcwd()
        os.chdir(path.parent)
        try:
            listening.bind(path.name)
        finally:
            os.chdir(before)


KINDS: list[tuple[Callable[[Path], None], str]] = [
    (folder, "it is a folder"),
    (pipe, "it is no ordinary file"),
    (link_to_nowhere, "it is a link that leads nowhere"),
    (link_to_itself, "it is a link that leads nowhere"),
    (of_a_server, "it is no ordinary file"),
]


@pytest.mark.parametrize(("make", "reason"), KINDS)
def test_it_is_told_and_nothing_that_follows(tmp_path: Path, make: Callable[[Path], None], reason: str) -> None:
    root = make_project(tmp_path, {"content/pages/sources.md": page("Sources", "[About](/about/)", view="sources")})
    make(root / PATH)
    assert report(build(root).diagnostics) == [TOLD + reason]


@pytest.mark.parametrize("path", ["content/sources/press.yaml", "templates/home.html", "static/css/site.css"])
def test_wherever_it_is(tmp_path: Path, path: str) -> None:
    root = make_project(tmp_path, {"static/css/site.css": "h1 { color: red }\n"})
    (root / path).unlink()
    os.mkfifo(root / path)
    found = report(build(root).diagnostics)
    assert f"{path}:1:1: unreadable: {path} cannot be read: it is no ordinary file" in found


def forbid(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Nobody may open a file of this name; as root one may open all."""

    def opening(path: Any, *arguments: Any, **options: Any) -> Any:
        if str(path).endswith(name):
            raise PermissionError(13, "Permission denied", str(path))
        return open(path, *arguments, **options)

    monkeypatch.setattr(inputs, "open", opening, raising=False)


def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_project(tmp_path, {PATH: page("About")})
    forbid(monkeypatch, "about.md")
    assert report(build(root).diagnostics) == [TOLD + "Permission denied"]


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_project(tmp_path)
    listing = os.scandir

    def denied(path: str) -> Any:
        if str(path).endswith("sources"):
            raise PermissionError(13, "Permission denied", str(path))
        return listing(path)

    monkeypatch.setattr("microsite.inputs.os.scandir", denied)
    found = report(build(root).diagnostics)
    assert found[0] == "content/sources:1:1: unreadable: content/sources cannot be read: Permission denied"


def test_what_can_no_longer_be_read_is_looked_at_again(tmp_path: Path) -> None:
    stamps = inputs.scan(make_project(tmp_path, {PATH: page("About")}), ["content"], {})
    (tmp_path / PATH).unlink()
    (tmp_path / PATH).mkdir()
    with pytest.raises(inputs.ChangedMeanwhile):
        inputs.read(tmp_path, PATH, stamps[PATH])


def test_the_commands_say_so_and_end(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(make_project(tmp_path / "made"), tmp_path / "copy")
    root = tmp_path / "copy"
    os.mkfifo(root / PATH)
    for arguments in (["--check"], ["--fix", "--yes"], ["--rename", "first-source", "another-source", "--yes"]):
        assert main(arguments, root) != 0, arguments
        told = "".join(capfd.readouterr())
        assert (PATH in told, "Traceback" in told) == (True, False), told


def test_the_preview_shows_it_and_goes_on(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    memory = Memory(None, b"tests")
    preview = Preview(Project(root), Settings(), memory)
    preview.refresh()
    os.mkfifo(root / PATH)
    preview.refresh()
    assert "unreadable" in preview.respond("/").content.decode()
    (root / PATH).unlink()
    write(root, PATH, page("About"))
    preview.refresh()
    assert not preview.diagnostics.has_errors
    memory.close()
