"""Systems that cannot do all, and failure at every single step."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import pytest

from microsite import publish as module
from microsite import swap as swapping
from microsite.publish import OutputFile, Published, PublishFailed, digested, publish, recover
from tests.publish.folders import A, B, files_in, in_process, litter_beside, put

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


PUBLISH_MANY = """
import pathlib, sys
from microsite import publish as module
tree = {f"{number}.html": b"page %d" % number for number in range(500)}
if sys.argv[2] == "too long":
    tree |= {f"{number}-{'x' * 300}.html": b"page" for number in range(100)}
try:
    print(module.publish(module.digested(tree), pathlib.Path(sys.argv[1])))
except module.PublishFailed as error:
    print(error)
"""


@pytest.mark.parametrize("name", ["fitting", "too long"])
def test_two_processes_write_all_or_nothing(target: Path, name: str) -> None:
    put(A, target)
    with in_process(PUBLISH_MANY, target, name) as child:
        said, _ = child.communicate(timeout=60)
    if name == "fitting":
        assert said == "Published(written=500, reused=0, removed=4, unchanged=False)\n"
        assert files_in(target) == {f"{number}.html": b"page %d" % number for number in range(500)}
    else:
        assert "File name too long" in said
        assert said.endswith("Nothing was changed there.\n")
        assert files_in(target) == A
    assert litter_beside(target) == []
