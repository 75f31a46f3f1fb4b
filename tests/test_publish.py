from __future__ import annotations

import ctypes
import errno
import json
import os
import random
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microsite import publish as module
from microsite import swap as swapping
from microsite.locking import exclusive
from microsite.publish import MANIFEST, OutputFile, Published, PublishFailed, PublishRefused, digested, publish, recover

A = {"index.html": b"A", "style.css": b"same", "old/page/index.html": b"stale", "pages/one.html": b"one A"}
B = {"index.html": b"B", "style.css": b"same", "new/index.html": b"fresh", "pages/one.html": b"one B"}

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "public"


@pytest.fixture(params=["exchange", "renames"])
def swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Runs a test both with the kernel's exchange of folders and, as elsewhere, with two renames."""
    way: str = request.param
    if way == "renames":
        monkeypatch.setattr(swapping, "_exchange", lambda one, other: False)
    return way


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


# A first, a second and the same site


def test_a_first_publish_makes_the_folder_and_its_parents(tmp_path: Path) -> None:
    target = tmp_path / "out" / "public"
    assert put(A, target) == Published(written=4, reused=0, removed=0, unchanged=False)
    assert files_in(target) == A
    assert litter_beside(target) == []


def test_an_empty_folder_is_taken_over(target: Path) -> None:
    target.mkdir()
    put(A, target)
    assert files_in(target) == A


def test_the_manifest_names_each_file_and_its_digest(target: Path) -> None:
    put({"b.html": b"b", "a/é.html": b"a"}, target)
    assert json.loads((target / MANIFEST).read_bytes()) == {
        "generator": "microsite",
        "format": 1,
        "files": {"a/é.html": sha256(b"a").hexdigest(), "b.html": sha256(b"b").hexdigest()},
    }


def test_a_second_publish_writes_only_what_differs(target: Path, swap: str) -> None:
    put(A, target)
    kept = (target / "style.css").stat()
    assert put(B, target) == Published(written=3, reused=1, removed=1, unchanged=False)
    assert files_in(target) == B
    assert not (target / "old").exists()
    assert (target / "style.css").stat().st_ino == kept.st_ino
    assert (target / "style.css").stat().st_mtime_ns == kept.st_mtime_ns
    assert litter_beside(target) == []


def test_nothing_changed_touches_nothing(target: Path) -> None:
    put(A, target)
    (target / "CNAME").write_text("example.org")
    before = stamps_in(target)
    assert put(A, target) == Published(written=0, reused=4, removed=0, unchanged=True)
    assert stamps_in(target) == before
    assert litter_beside(target) == []


def test_only_a_page_less_is_a_change(target: Path) -> None:
    put(A, target)
    fewer = {path: content for path, content in A.items() if path != "old/page/index.html"}
    assert put(fewer, target) == Published(written=0, reused=3, removed=1, unchanged=False)
    assert files_in(target) == fewer


def test_unchanged_content_is_not_even_read(target: Path) -> None:
    def never() -> bytes:
        raise AssertionError("asked for content that is already there")

    put(A, target)
    tree = digested(B) | {"style.css": OutputFile(sha256(b"same").digest(), never)}
    assert publish(tree, target).reused == 1
    assert files_in(target) == B


def test_an_empty_site_is_a_site(target: Path) -> None:
    put(A, target)
    assert put({}, target).removed == 4
    assert everything_in(target).keys() == {MANIFEST}
    assert put({}, target).unchanged


def test_a_file_may_become_a_folder_and_a_folder_a_file(target: Path, swap: str) -> None:
    put({"a": b"file", "b/c": b"in folder"}, target)
    put({"a/x": b"in folder", "b": b"file"}, target)
    assert files_in(target) == {"a/x": b"in folder", "b": b"file"}


def test_a_symbolic_link_stays_and_its_folder_is_replaced(tmp_path: Path, swap: str) -> None:
    real = tmp_path / "disk" / "site"
    link = tmp_path / "public"
    real.parent.mkdir()
    link.symlink_to(real, target_is_directory=True)
    for tree in (A, B):
        put(tree, link)
        assert link.is_symlink()
        assert files_in(real) == tree
    assert litter_beside(real) == []
    assert litter_beside(link) == ["disk"]


# What is edited by hand


def test_a_file_edited_by_hand_is_mended(target: Path) -> None:
    put(A, target)
    page = target / "index.html"
    status = page.stat()
    page.write_bytes(b"Z")  # as long as before, and the time set back: only the content tells
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert put(A, target) == Published(written=1, reused=3, removed=0, unchanged=False)
    assert files_in(target) == A


def test_the_caller_may_know_digests_without_reading(target: Path) -> None:
    put(A, target)
    asked = []

    def remembered(path: str) -> bytes:
        asked.append(path)
        return sha256(Path(path).read_bytes()).digest()

    assert publish(digested(A), target, digest_of=remembered).unchanged
    assert sorted(asked) == sorted(str(target / path) for path in A)


def test_a_deleted_file_comes_back(target: Path) -> None:
    put(A, target)
    (target / "style.css").unlink()
    assert put(A, target).written == 1
    assert files_in(target) == A


def test_a_link_in_the_place_of_a_page_is_replaced_and_what_it_points_to_is_not(target: Path, tmp_path: Path) -> None:
    put(A, target)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(A["index.html"])
    (target / "index.html").unlink()
    (target / "index.html").symlink_to(elsewhere)
    assert put(A, target).written == 1
    assert not (target / "index.html").is_symlink()
    assert elsewhere.read_bytes() == A["index.html"]


# What is not ours


def test_foreign_files_are_carried_over_as_they_are(target: Path, swap: str) -> None:
    put(A, target)
    (target / ".well-known" / "empty").mkdir(parents=True)
    (target / ".well-known" / "security.txt").write_text("Contact")
    (target / "old" / "note.txt").write_text("beside a stale page")
    (target / "CNAME").write_text("example.org")
    (target / "CNAME").chmod(0o600)
    (target / "latest").symlink_to("pages")
    (target / "nowhere").symlink_to("missing")
    os.utime(target / ".well-known", (1, 1))
    before = (target / "CNAME").stat()

    put(B, target)

    foreign = {".well-known/security.txt": b"Contact", "CNAME": b"example.org", "old/note.txt": b"beside a stale page"}
    assert files_in(target) == B | foreign
    assert (target / ".well-known" / "empty").is_dir()
    assert (target / ".well-known").stat().st_mtime == 1
    assert not (target / "old" / "page").exists()
    assert (target / "latest").readlink() == Path("pages")
    assert (target / "nowhere").readlink() == Path("missing")
    after = (target / "CNAME").stat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)
    assert put(B, target).unchanged


@pytest.mark.parametrize(
    ("foreign", "tree", "named"),
    [
        ("new/index.html", B, "new/index.html"),
        ("new", B, "new"),
        ("index.html/note.txt", {"index.html": b""}, "index.html"),
        ("folder/", {"folder": b""}, "folder"),
    ],
)
def test_a_page_never_takes_the_place_of_a_foreign_file(
    target: Path, foreign: str, tree: dict[str, bytes], named: str
) -> None:
    put({"first.html": b""}, target)
    if foreign.endswith("/"):
        (target / foreign).mkdir()
    else:
        (target / foreign).parent.mkdir(exist_ok=True)
        (target / foreign).write_text("mine")
    before = stamps_in(target)
    with pytest.raises(PublishRefused) as refusal:
        put(tree, target)
    assert str(refusal.value).startswith(f"{target / named} was not made by microsite, and the site has something else")
    assert stamps_in(target) == before
    assert litter_beside(target) == []


def test_several_collisions_are_counted(target: Path) -> None:
    put({}, target)
    for name in ("index.html", "style.css", "new"):
        (target / name).write_text("mine")
    with pytest.raises(PublishRefused, match=r"index\.html was not made by microsite, nor were 2 others in the way"):
        put(B, target)


@pytest.mark.parametrize("change", ["added", "edited"])
def test_a_foreign_file_that_changes_meanwhile_is_not_lost(target: Path, change: str) -> None:
    put(A, target)
    (target / "CNAME").write_text("example.org")
    name = {"added": "robots.txt", "edited": "CNAME"}[change]

    def change_it() -> bytes:
        (target / "draft").write_text("example.com")
        (target / "draft").replace(target / name)
        return b"B"

    with pytest.raises(PublishFailed, match=r"were changed while the site was being published\. Please try again"):
        publish(digested(A) | {"index.html": OutputFile(sha256(b"B").digest(), change_it)}, target)
    assert files_in(target) == A | {"CNAME": b"example.org"} | {name: b"example.com"}
    assert litter_beside(target) == []


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


# Where the system falls short


def test_without_hard_links_files_are_copied(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    put(A, target)
    (target / "CNAME").write_text("example.org")
    before = (target / "style.css").stat()
    monkeypatch.setattr(os, "link", no_links)
    assert put(B, target) == Published(written=3, reused=1, removed=1, unchanged=False)
    assert files_in(target) == B | {"CNAME": b"example.org"}
    after = (target / "style.css").stat()
    assert after.st_ino != before.st_ino
    assert after.st_mtime_ns == before.st_mtime_ns


def test_paths_that_differ_by_case_never_overwrite_each_other(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where case is ignored, the second of two such paths finds the first one's file, a link into the old site."""
    put(A, target)
    link = os.link

    def link_twice(source: str, copy: str) -> None:
        link(source, copy)
        link(source, copy)

    monkeypatch.setattr(os, "link", link_twice)
    with pytest.raises(PublishFailed, match="something of that name is already there"):
        put(B, target)
    assert files_in(target) == A
    assert litter_beside(target) == []


def test_new_files_are_never_written_over_others(tmp_path: Path) -> None:
    module._write_new(str(tmp_path / "About.html"), b"first")
    with pytest.raises(FileExistsError):
        module._write_new(str(tmp_path / "About.html"), b"second")
    assert (tmp_path / "About.html").read_bytes() == b"first"


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="the system cannot exchange folders")
def test_this_system_exchanges_folders(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert swapping._exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "other").exists()
    assert (tmp_path / "other" / "one").exists()


class SystemThatAnswers:
    """A C library whose renameat2 fails with an error code, or which has no such function."""

    def __init__(self, code: int | None) -> None:
        def renameat2(*_: object) -> int:
            ctypes.set_errno(code or 0)
            return -1

        if code is not None:
            self.renameat2 = renameat2


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM, None])
def test_without_exchange_there_are_two_renames(
    target: Path, monkeypatch: pytest.MonkeyPatch, code: int | None
) -> None:
    put(A, target)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: SystemThatAnswers(code))
    put(B, target)
    assert files_in(target) == B
    assert litter_beside(target) == []


def test_another_error_of_the_exchange_fails_with_a_sentence(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(A, target)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: SystemThatAnswers(errno.EXDEV))
    with pytest.raises(PublishFailed, match="the folder is a mount point or part of a container image"):
        put(B, target)
    assert files_in(target) == A
    assert litter_beside(target) == []


def test_a_full_disk_is_called_that(target: Path) -> None:
    def full() -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device", "somewhere")

    put(A, target)
    with pytest.raises(PublishFailed) as failure:
        publish(digested(A) | {"index.html": OutputFile(bytes(32), full)}, target)
    assert str(failure.value) == (
        f"The site could not be put into {target}: the disk is full (somewhere). Nothing was changed there."
    )
    assert files_in(target) == A
    assert litter_beside(target) == []


def test_content_that_belies_its_digest_is_not_published(target: Path) -> None:
    put(A, target)
    with pytest.raises(PublishFailed, match=r"The content of index\.html is damaged\. Delete the cache folder"):
        publish({"index.html": OutputFile(sha256(b"right").digest(), lambda: b"wrong")}, target)
    assert files_in(target) == A
    assert litter_beside(target) == []


def test_a_folder_in_use_keeps_the_old_site(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where a folder cannot be renamed while a file in it is open."""
    put(A, target)
    rename = os.rename

    def in_use(source: Path, destination: Path) -> None:
        if source == target:
            raise PermissionError(errno.EACCES, "The process cannot access the file", str(source))
        rename(source, destination)

    monkeypatch.setattr(swapping, "_exchange", lambda one, other: False)
    monkeypatch.setattr(os, "rename", in_use)
    with pytest.raises(PublishFailed, match="another program has a file open there"):
        put(B, target)
    assert files_in(target) == A
    assert litter_beside(target) == []


# What killed runs leave behind


def leave_behind(target: Path, role: str, tree: Mapping[str, bytes]) -> Path:
    elsewhere = target.parent / "elsewhere" / "public"
    put(tree, elsewhere)
    left = elsewhere.rename(target.with_name(f".{target.name}.microsite-{role}"))
    elsewhere.parent.rmdir()
    return left


def test_killed_while_staging(target: Path) -> None:
    leave_behind(target, "staging", B)
    put(A, target)
    assert files_in(target) == A
    assert litter_beside(target) == []


def test_killed_between_the_two_renames(target: Path) -> None:
    leave_behind(target, "previous", A)
    leave_behind(target, "staging", B)
    recover(target)
    assert files_in(target) == A
    assert litter_beside(target) == []


def test_killed_between_the_two_renames_and_published_again(target: Path) -> None:
    leave_behind(target, "previous", A)
    leave_behind(target, "staging", B)
    assert put(B, target) == Published(written=3, reused=1, removed=1, unchanged=False)
    assert files_in(target) == B
    assert litter_beside(target) == []


def test_killed_after_the_second_rename(target: Path) -> None:
    put(B, target)
    leave_behind(target, "previous", A)
    recover(target)
    assert files_in(target) == B
    assert litter_beside(target) == []


def test_killed_while_deleting_the_old_site(target: Path) -> None:
    put(B, target)
    (leave_behind(target, "staging", A) / MANIFEST).unlink()
    assert put(B, target).unchanged
    assert litter_beside(target) == []


def test_nothing_to_recover(target: Path) -> None:
    recover(target)
    assert not target.exists()
    put(A, target)
    recover(target)
    assert files_in(target) == A


def test_only_our_own_litter_is_removed(target: Path) -> None:
    neighbours = ["public.microsite-staging", ".public.microsite", ".other.microsite-staging", "public-previous"]
    for name in neighbours:
        target.with_name(name).mkdir()
    put(A, target)
    put(B, target)
    assert sorted(litter_beside(target)) == sorted(neighbours)


def test_what_cannot_be_cleaned_up_is_reported_by_name(target: Path) -> None:
    put(A, target)
    target.with_name(".public.microsite-staging").write_text("a file, which we never make there")
    with pytest.raises(PublishFailed, match=r"already there \(.*microsite-staging\)\. Nothing was changed"):
        put(B, target)
    assert files_in(target) == A


# Failure at every step

STEPS = {"open"} | {
    f"os.{name}" for name in ("mkdir", "link", "rename", "scandir", "remove", "rmdir", "chmod", "chown")
}


class Saboteur:
    """Lets the n-th call to the file system, or all from then on, raise an error. Python audits each of those calls."""

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self.calls_left = 0
        self.lasting = False
        # An audit hook cannot be taken off again; without an error to raise it does nothing.
        sys.addaudithook(self.audit)

    def audit(self, event: str, _: object) -> None:
        if self.error is not None and event in STEPS:
            self.calls_left -= 1
            if self.calls_left == 0 or (self.lasting and self.calls_left < 0):
                raise self.error

    @contextmanager
    def at(self, step: int, error: BaseException, *, lasting: bool) -> Iterator[None]:
        self.error, self.calls_left, self.lasting = error, step, lasting
        try:
            yield
        finally:
            self.error = None


@pytest.fixture(scope="module")
def saboteur() -> Saboteur:
    return Saboteur()


FAILURES: dict[str, Callable[[], BaseException]] = {
    "full disk": lambda: OSError(errno.ENOSPC, "No space left on device"),
    "no permission": lambda: PermissionError(errno.EACCES, "Permission denied"),
    "interrupt": KeyboardInterrupt,
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
def test_failure_at_every_step(tmp_path: Path, swap: str, saboteur: Saboteur, failure: str, lasting: bool) -> None:
    foreign = {"CNAME": b"example.org", ".well-known/security.txt": b"Contact"}
    outcomes = {"old": 0, "new": 0}
    for step in range(1, 1000):
        target = tmp_path / str(step) / "public"
        put(A, target)
        (target / ".well-known").mkdir()
        for path, content in foreign.items():
            (target / path).write_bytes(content)

        raised: BaseException | None = None
        published = False
        with saboteur.at(step, FAILURES[failure](), lasting=lasting):
            try:
                put(B, target)
                published = True
            except (PublishFailed, KeyboardInterrupt) as error:
                raised = error
        never_happened = saboteur.calls_left > 0

        if isinstance(raised, PublishFailed) and not lasting:
            assert litter_beside(target) == []
        if not target.exists():
            assert lasting or failure == "interrupt"
            assert failure == "interrupt" or "The old site is in" in str(raised)
        recover(target)
        found = files_in(target)
        assert found in (A | foreign, B | foreign)
        if published or isinstance(raised, PublishFailed):
            assert found == (B if published else A) | foreign
        outcomes["new" if found == B | foreign else "old"] += 1

        put(B, target)
        assert files_in(target) == B | foreign
        assert litter_beside(target) == []
        if never_happened:
            break
    assert never_happened
    assert outcomes["old"] > 20
    assert outcomes["new"] > 10


def test_failure_at_every_step_of_a_first_publish(tmp_path: Path, saboteur: Saboteur) -> None:
    step, never_happened = 0, False
    while not never_happened:
        step += 1
        target = tmp_path / str(step) / "public"
        target.parent.mkdir()
        error = OSError(errno.ENOSPC, "No space left on device")
        with suppress(PublishFailed), saboteur.at(step, error, lasting=False):
            put(A, target)
        never_happened = saboteur.calls_left > 0
        if target.exists():
            assert files_in(target) == A
        else:
            assert not never_happened
        put(A, target)
        assert files_in(target) == A
        assert litter_beside(target) == []
    assert step > 10


# Killed at any moment

KILLS = 30  # in each of the two ways to swap


def big_site(name: str) -> dict[str, bytes]:
    """Some hundred files, a third of which are the same in every site and a third of which only this one has."""
    same = {f"shared/{number}.css": b"%d" % number * 500 for number in range(100)}
    changing = {f"pages/{number // 10}/{number}.html": f"{name} {number} ".encode() * 500 for number in range(100)}
    own = {f"{name}/{number // 10}/{number}.html": f"{number} ".encode() * 500 for number in range(100)}
    return same | changing | own


PUBLISH_FOR_EVER = """
import itertools, json, pathlib, sys
from microsite import publish as module, swap
target, sites, way = sys.argv[1:]
if way == "renames":
    swap._exchange = lambda one, other: False
trees = [
    module.digested({path: text.encode() for path, text in site.items()})
    for site in json.loads(pathlib.Path(sites).read_text())
]
print("ready", flush=True)
for tree in itertools.cycle(trees):
    module.publish(tree, pathlib.Path(target))
"""


def in_process(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-S", "-c", script, *map(str, arguments)],
        cwd=Path(module.__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
    )


def whole_sites(target: Path, trees: list[dict[str, OutputFile]]) -> list[dict[str, bytes | None]]:
    """What a reader may find in the target: each of the sites with its manifest, and a file that is not ours."""
    found = []
    for tree in trees:
        publish(tree, target)
        (target / "CNAME").write_bytes(b"example.org")
        found.append(everything_in(target))
    return found


def test_killed_at_any_moment_the_site_is_whole(target: Path, tmp_path: Path, swap: str) -> None:
    sites = [big_site("A"), big_site("B")]
    trees = [digested(site) for site in sites]
    file = tmp_path / "sites" / "sites.json"
    file.parent.mkdir()
    file.write_text(json.dumps([{path: content.decode() for path, content in site.items()} for site in sites]))
    target = tmp_path / "published" / "public"
    whole = whole_sites(target, trees)

    moments = random.Random(2026)
    interrupted, old_or_new = 0, [0, 0]
    for kill in range(KILLS):
        with in_process(PUBLISH_FOR_EVER, target, file, swap) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0, 0.06))
            child.kill()

        interrupted += any("staging" in name or "previous" in name for name in litter_beside(target))
        if swap == "renames":  # Only then may the site be out of place for a moment.
            recover(target)
        found = everything_in(target)
        assert found in whole
        old_or_new[whole.index(found)] += 1

        publish(trees[kill % 2], target)
        assert everything_in(target) == whole[kill % 2]
        assert litter_beside(target) == []
    assert interrupted > KILLS / 4
    assert min(old_or_new) > 0


# Others at the same time


def test_who_has_to_wait_is_told(target: Path) -> None:
    released, waited = threading.Event(), threading.Event()
    held = threading.Event()

    def hold() -> None:
        with exclusive(target.with_name(".public.microsite-lock")):
            held.set()
            released.wait(10)

    def on_wait() -> None:
        waited.set()
        released.set()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(10)
    publish(digested(A), target, on_wait=on_wait)
    holder.join()
    assert waited.is_set()
    assert files_in(target) == A


PUBLISH_OFTEN = """
import pathlib, sys
from microsite.publish import digested, publish
for _ in range(30):
    publish(digested({"index.html": sys.argv[2].encode(), "style.css": b"same"}), pathlib.Path(sys.argv[1]))
"""


def test_two_at_the_same_time_take_turns(target: Path) -> None:
    publishers = [in_process(PUBLISH_OFTEN, target, name) for name in ("A", "B")]
    for publisher in publishers:
        publisher.communicate(timeout=20)
    assert [publisher.returncode for publisher in publishers] == [0, 0]
    assert files_in(target) in [{"index.html": name, "style.css": b"same"} for name in (b"A", b"B")]
    assert litter_beside(target) == []


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="the system cannot exchange folders")
def test_a_reader_never_misses_a_page(target: Path) -> None:
    put(A, target)
    done = threading.Event()
    seen: set[bytes | None] = set()

    def read() -> None:
        while not done.is_set():
            try:
                seen.add((target / "index.html").read_bytes())
            except FileNotFoundError:
                seen.add(None)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(100):
        put(B, target)
        put(A, target)
    done.set()
    reader.join()
    assert seen == {b"A", b"B"}


# Any site over any other

NAMES = st.sampled_from(["a", "b", "index.html", "é"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
CONTENTS = st.sampled_from([b"", b"x", b"y", b"longer content"])


def without_conflicts(tree: dict[str, bytes]) -> dict[str, bytes]:
    folders = {str(folder) for path in tree for folder in Path(path).parents}
    return {path: content for path, content in tree.items() if path not in folders}


SITES = st.dictionaries(PATHS, CONTENTS, max_size=8).map(without_conflicts)
EDITS = st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["overwrite", "delete", "truncate"])), max_size=2)


def edit_by_hand(target: Path, number: int, edit: str) -> None:
    pages = sorted(path for path in target.rglob("*") if path.is_file() and path.name != MANIFEST)
    if pages:
        page = pages[number % len(pages)]
        if edit == "delete":
            page.unlink()
        else:
            page.write_bytes(b"z" if edit == "overwrite" else b"")


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(SITES, EDITS), min_size=1, max_size=5), st.booleans())
def test_any_history_equals_a_fresh_publish(
    history: list[tuple[dict[str, bytes], list[tuple[int, str]]]], renames: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        if renames:
            patch.setattr(swapping, "_exchange", lambda one, other: False)
        target, fresh = Path(folder, "public"), Path(folder, "fresh")
        for number, (site, edits) in enumerate(history):
            result = put(site, target)
            put(site, fresh / str(number))
            assert everything_in(target) == everything_in(fresh / str(number))
            assert result.written + result.reused == len(site)
            assert put(site, target) == Published(0, len(site), 0, unchanged=True)
            for edit in edits:
                edit_by_hand(target, *edit)
        assert litter_beside(target) == ["fresh"]
