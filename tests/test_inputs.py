from __future__ import annotations

import hashlib
import os
import sys
import time
from pathlib import Path

import pytest

from microsite import inputs as module
from microsite.inputs import SETTLED_NS, ChangedMeanwhile, Stamp, is_temporary, read, scan

LONG_AGO = 1_700_000_000 * 1_000_000_000  # ns


def sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def put(root: Path, path: str, content: bytes, mtime_ns: int = LONG_AGO) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    os.utime(file, ns=(mtime_ns, mtime_ns))
    return file


def later(monkeypatch: pytest.MonkeyPatch, ns: int = 10 * SETTLED_NS) -> None:
    """Let time pass for whoever looks: the kernel sets the time of a file's last change, and nobody else can."""
    clock = time.time_ns
    monkeypatch.setattr("microsite.inputs.time.time_ns", lambda: clock() + ns)


def look(root: Path, known: dict[str, Stamp] | None = None) -> dict[str, Stamp]:
    return scan(root, ["content"], known or {})


def test_files_are_found_with_their_digests_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for path in ("content/b.md", "content/a/x.md", "content/a.md", "content/a-b.md", "elsewhere/c.md"):
        put(tmp_path, path, path.encode())
    found = look(tmp_path)
    assert list(found) == ["content/a-b.md", "content/a.md", "content/a/x.md", "content/b.md"]
    assert all(stamp.digest == sha256(path.encode()) for path, stamp in found.items())
    facts = (tmp_path / "content/b.md").stat()
    looks = (LONG_AGO, facts.st_ctime_ns, 12, facts.st_ino)
    assert found["content/b.md"] == Stamp(looks, False, sha256(b"content/b.md"))


def test_a_missing_folder_has_no_files(tmp_path: Path) -> None:
    assert look(tmp_path) == {}
    (tmp_path / "content").touch()
    assert look(tmp_path) == {}


@pytest.mark.parametrize(
    "name", [".a.md.swp", "#a.md#", "a.md~", "a.swp", "a.tmp", "a.pyc", "a.md.orig", "4913", "Thumbs.db", ".DS_Store"]
)
def test_files_of_editors_and_systems_are_no_content(tmp_path: Path, name: str) -> None:
    assert is_temporary(name)
    put(tmp_path, f"content/{name}", b"")
    put(tmp_path, "content/__pycache__/a.md", b"")
    put(tmp_path, "content/.git/a.md", b"")
    assert look(tmp_path) == {}


@pytest.mark.parametrize("name", ["a.md", "temporary.md", "tmp", "a.b.webp", "é.md"])
def test_other_names_are_content(name: str) -> None:
    assert not is_temporary(name)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    put(tmp_path, "content/a.md", b"a")
    put(tmp_path, "shared/b.md", b"b")
    (tmp_path / "content/up").symlink_to(tmp_path / "content")
    (tmp_path / "content/shared").symlink_to(tmp_path / "shared")
    (tmp_path / "content/dangling").symlink_to("nowhere")
    assert list(look(tmp_path)) == ["content/a.md", "content/shared/b.md"]


# What is read again


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that a scan opens."""
    found: list[str] = []

    def opening(path: str, *arguments: object, **options: object) -> object:
        found.append(os.path.basename(path))
        return open(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(module, "open", opening, raising=False)
    return found


def test_only_changed_files_are_read_again(tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch)
    put(tmp_path, "content/a.md", b"a")
    put(tmp_path, "content/b.md", b"b")
    first = look(tmp_path)
    assert sorted(reads) == ["a.md", "b.md"]
    reads.clear()
    second = look(tmp_path, first)
    assert (reads, second) == ([], first)
    put(tmp_path, "content/b.md", b"B", LONG_AGO + 1)
    assert look(tmp_path, first)["content/b.md"].digest == sha256(b"B")
    assert reads == ["b.md"]


def test_a_touched_file_is_read_and_found_unchanged(tmp_path: Path, reads: list[str]) -> None:
    file = put(tmp_path, "content/a.md", b"a")
    first = look(tmp_path)
    reads.clear()
    os.utime(file, ns=(LONG_AGO + 1, LONG_AGO + 1))
    assert look(tmp_path, first)["content/a.md"].digest == sha256(b"a")
    assert reads == ["a.md"]


def test_another_file_in_its_place_is_read_even_with_the_same_size_and_time(tmp_path: Path) -> None:
    put(tmp_path, "content/a.md", b"a")
    first = look(tmp_path)
    put(tmp_path, "content/b.md", b"b").replace(tmp_path / "content/a.md")
    assert look(tmp_path, first)["content/a.md"].digest == sha256(b"b")


def test_a_change_right_after_the_look_is_noticed_whatever_the_time_stamp(tmp_path: Path, reads: list[str]) -> None:
    """git's “racy” rule: the clock of a file system may not have moved between the first change and the second."""
    now = time.time_ns()
    put(tmp_path, "content/a.md", b"a", now)
    first = look(tmp_path)
    assert not first["content/a.md"].settled
    put(tmp_path, "content/a.md", b"b", now)
    assert look(tmp_path, first)["content/a.md"].digest == sha256(b"b")
    assert reads == ["a.md", "a.md"]


@pytest.mark.parametrize(("age", "settled"), [(SETTLED_NS - 1_000_000_000, False), (SETTLED_NS + 1_000_000_000, True)])
def test_a_stamp_is_trusted_once_it_is_older_than_the_coarsest_clock(
    tmp_path: Path, age: int, settled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "content/a.md", b"a")
    later(monkeypatch, age)
    assert look(tmp_path)["content/a.md"].settled == settled


def test_a_time_in_the_future_is_never_trusted(tmp_path: Path, reads: list[str]) -> None:
    put(tmp_path, "content/a.md", b"a", time.time_ns() + 10**15)
    look(tmp_path, look(tmp_path))
    assert reads == ["a.md", "a.md"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no time of the last change")
def test_a_file_made_to_look_old_and_unchanged_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Same inode, same size, and the time of modification set back by hand: the time of change tells."""
    file = put(tmp_path, "content/a.md", b"a")
    later(monkeypatch)
    first = look(tmp_path)
    assert first["content/a.md"].settled
    with file.open("r+b") as stream:
        stream.write(b"b")
    os.utime(file, ns=(LONG_AGO, LONG_AGO))
    assert look(tmp_path, first)["content/a.md"].digest == sha256(b"b")
    with pytest.raises(ChangedMeanwhile):
        read(tmp_path, "content/a.md", first["content/a.md"])


def test_a_file_that_vanishes_during_the_look_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "content/a.md", b"a")
    put(tmp_path, "content/b.md", b"b")
    original = module._stamp

    def vanishing(entry: os.DirEntry[str], known: Stamp | None, now: int) -> Stamp:
        if entry.name == "a.md":
            os.unlink(entry.path)
        return original(entry, known, now)

    monkeypatch.setattr(module, "_stamp", vanishing)
    assert list(look(tmp_path)) == ["content/b.md"]


# Reading


def test_reading_gives_the_bytes_of_the_look(tmp_path: Path) -> None:
    put(tmp_path, "content/a.md", b"a\r\n\xff")
    assert read(tmp_path, "content/a.md", look(tmp_path)["content/a.md"]) == b"a\r\n\xff"


def test_reading_anything_else_is_refused(tmp_path: Path) -> None:
    file = put(tmp_path, "content/a.md", b"a")
    stamp = look(tmp_path)["content/a.md"]
    file.write_bytes(b"b")
    with pytest.raises(ChangedMeanwhile, match=r"^content/a\.md$"):
        read(tmp_path, "content/a.md", stamp)
    file.unlink()
    with pytest.raises(ChangedMeanwhile, match=r"^content/a\.md$"):
        read(tmp_path, "content/a.md", stamp)
