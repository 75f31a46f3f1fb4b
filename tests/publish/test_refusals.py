"""Where nothing is published, and whom the published files are for."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from microsite.publish import MANIFEST, PublishFailed, PublishRefused, digested, publish
from tests.publish.folders import A, B, files_in, litter_beside, on_posix, put

# Refusals


def test_a_folder_that_is_not_ours_is_refused(target: Path) -> None:
    target.mkdir()
    (target / "thesis.txt").write_text("ten years of work")
    with pytest.raises(PublishRefused) as refusal:
        put(A, target)
    assert str(refusal.value) == (
        f"{target} is not empty and was not made by microsite (there is no .microsite.json). "
        "Choose another output folder, or empty this one yourself."
    )
    assert files_in(target) == {"thesis.txt": b"ten years of work"}
    assert litter_beside(target) == []


@pytest.mark.parametrize(
    "manifest",
    [
        *("", "{", "[]", '{"generator": "other"}', "[" * 100_000, "\xff"),
        '{"generator": "microsite", "format": 2, "files": {}}',
        '{"generator": "microsite", "format": 1, "files": ["index.html"]}',
    ],
)
def test_a_manifest_that_cannot_be_understood_is_refused(target: Path, manifest: str) -> None:
    put(A, target)
    (target / MANIFEST).write_bytes(manifest.encode("latin-1"))
    with pytest.raises(PublishRefused, match="cannot be understood, so it is not clear which files there"):
        put(B, target)
    assert files_in(target) == A


def test_a_file_is_refused(target: Path) -> None:
    target.write_text("mine")
    with pytest.raises(PublishRefused, match="public is a file; the site needs a folder"):
        put(A, target)
    assert target.read_text() == "mine"


def test_a_parent_that_is_a_file_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(PublishFailed, match="The site could not be put into"):
        put(A, tmp_path / "file" / "public")


@pytest.mark.parametrize("place", ["", ".", "..", "../..", "content", "content/public", "link", "link/public"])
def test_the_site_is_never_put_over_what_it_is_made_from(tmp_path: Path, place: str) -> None:
    project = tmp_path / "home" / "project"
    (project / "content").mkdir(parents=True)
    (project / "link").symlink_to("content")
    with pytest.raises(PublishRefused, match=r"cannot be the output folder: .*, which the site is made from"):
        publish(digested(A), project / place, forbidden=[project / "static", project / "content"])
    assert list((project / "content").iterdir()) == []


def test_beside_what_it_is_made_from_is_fine(target: Path, tmp_path: Path) -> None:
    publish(digested(A), target, forbidden=[tmp_path / "content", tmp_path / "pub"])
    assert files_in(target) == A


def test_a_mount_point_is_refused(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: path == target)
    with pytest.raises(PublishRefused, match="is a mount point, which cannot be replaced as a whole"):
        put(A, target)


def test_links_in_a_circle_are_refused_or_fail(target: Path) -> None:
    target.symlink_to(target)
    with pytest.raises((PublishRefused, PublishFailed)):
        put(A, target)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/../b",
        "./a",
        "a\\b",
        "C:/a",
        "C:a",
        "a\0b",
        MANIFEST,
        MANIFEST + "/a",
    ],
)
def test_only_plain_relative_paths_are_published(target: Path, path: str) -> None:
    with pytest.raises(ValueError, match=r"is not a plain relative path|is the manifest's place"):
        put({path: b""}, target)
    assert not target.exists()


def test_a_path_cannot_be_a_file_and_a_folder(target: Path) -> None:
    with pytest.raises(ValueError, match="'a/b' is both a file and a folder"):
        put({"a/b": b"", "a/b/c": b""}, target)


# Modes


@on_posix
def test_modes_follow_the_umask(target: Path) -> None:
    before = os.umask(0o022)
    try:
        put(A, target)
    finally:
        os.umask(before)
    modes = {path.is_dir(): stat.S_IMODE(path.stat().st_mode) for path in (target, *target.rglob("*"))}
    assert modes == {True: 0o755, False: 0o644}


@on_posix
def test_the_folder_keeps_its_mode(target: Path, swap: str) -> None:
    put(A, target)
    target.chmod(0o2750)
    put(B, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o2750


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of, and a test run by, a user whom modes can stop. Root is stopped by nothing."""
    folder = Path(tempfile.mkdtemp()).resolve()
    nobody = 65534
    if os.geteuid() != 0:
        yield folder
    else:
        os.chown(folder, nobody, nobody)
        os.seteuid(nobody)
        yield folder
        os.seteuid(0)
    folder.chmod(0o700)
    shutil.rmtree(folder)


@on_posix
def test_read_only_foreign_folders_are_carried_over_and_leave_no_litter(unprivileged: Path) -> None:
    target = unprivileged / "public"
    put(A, target)
    (target / "sealed" / "inner").mkdir(parents=True)
    (target / "sealed" / "inner" / "note.txt").write_text("mine")
    for folder in (target / "sealed" / "inner", target / "sealed"):
        folder.chmod(0o555)
    put(B, target)
    assert files_in(target) == B | {"sealed/inner/note.txt": b"mine"}
    assert stat.S_IMODE((target / "sealed" / "inner").stat().st_mode) == 0o555
    assert litter_beside(target) == []
    for folder in (target / "sealed", target / "sealed" / "inner"):
        folder.chmod(0o755)


@on_posix
def test_an_unreadable_page_is_written_anew(unprivileged: Path) -> None:
    target = unprivileged / "public"
    put(A, target)
    (target / "index.html").chmod(0)
    assert put(A, target).written == 1
    assert files_in(target) == A


@on_posix
def test_without_permission_it_fails_with_a_sentence(unprivileged: Path) -> None:
    target = unprivileged / "public"
    put(A, target)
    unprivileged.chmod(0o555)
    with pytest.raises(PublishFailed) as failure:
        put(B, target)
    assert str(failure.value) == (
        f"The site could not be put into {target}: permission denied, or another program has a file open there "
        f"({unprivileged / '.public.microsite-lock'}). Nothing was changed there."
    )
    assert files_in(target) == A
