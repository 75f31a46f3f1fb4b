"""The files that a site is made from, found and digested with as few reads as is safe.

Like git's index: a file whose size, times and inode are as recorded has the recorded digest, unless it was changed so
shortly before it was looked at that another change could share its time stamp.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SETTLED_NS = 2_000_000_000  # the coarsest time stamps, those of FAT, count two seconds
_TEMPORARY_ENDINGS = ("~", ".swp", ".swx", ".tmp", ".pyc", ".orig", "___jb_tmp___", "___jb_old___")
_OF_THE_SYSTEM = ("__pycache__", "4913", "Thumbs.db", "desktop.ini")
_ENDINGS_OF_FILES = (".md", ".yaml", ".html", ".css", ".js")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the file system says of a file, and the SHA-256 of its content; `settled` if the one implies the other.

    `looks` are the times of its last modification and change (ns), its size and its inode. Of what cannot be read,
    `unreadable` says why.
    """

    looks: tuple[int, int, int, int]
    settled: bool
    digest: bytes
    unreadable: str | None = None

    @property
    def size(self) -> int:
        """In bytes."""
        return self.looks[2]


class ChangedMeanwhile(Exception):
    """A file changed between being scanned and being read: scan again."""


Inputs = Mapping[str, Stamp]
"""Stamps by path relative to the project, with forward slashes, in the order of their paths."""


def scan(root: Path, folders: Iterable[str], known: Inputs) -> dict[str, Stamp]:
    """Look at all files below the folders of `root`. A file that vanishes meanwhile is left out."""
    now = time.time_ns()
    found = {}
    for folder in folders:
        for path, entry in _files(os.path.join(root, folder), folder):
            try:
                found[path] = _unreadable(entry) if isinstance(entry, str) else _stamp(entry, known.get(path), now)
            except FileNotFoundError:
                continue
            except OSError as error:
                found[path] = _unreadable(error.strerror or "it cannot be read")
    return dict(sorted(found.items()))


def read(root: Path, path: str, stamp: Stamp) -> bytes:
    """The bytes of a file as it was when it was scanned; raises `ChangedMeanwhile` if it no longer is.

    Results are remembered by the digests of the scan, so nothing may be made from other bytes than those.
    """
    try:
        content = (root / path).read_bytes()
    except OSError as error:
        raise ChangedMeanwhile(path) from error
    if hashlib.sha256(content).digest() != stamp.digest:
        raise ChangedMeanwhile(path)
    return content


def digests(stamps: Inputs) -> dict[str, bytes]:
    """What is in the files, whatever the file system says of them."""
    return {path: stamp.digest for path, stamp in stamps.items()}


def is_temporary(name: str) -> bool:
    """Whether a name is that of an editor's or the system's own file, which is no content."""
    return name.startswith((".", "#")) or name.endswith(_TEMPORARY_ENDINGS) or name in _OF_THE_SYSTEM


def _unreadable(reason: str) -> Stamp:
    return Stamp((0, 0, 0, 0), False, hashlib.sha256(reason.encode()).digest(), reason)


def _stamp(entry: os.DirEntry[str], known: Stamp | None, now: int) -> Stamp:
    facts = entry.stat()
    looks = (facts.st_mtime_ns, facts.st_ctime_ns, facts.st_size, facts.st_ino)
    if known and known.settled and known.looks == looks:
        return known
    settled = now - max(facts.st_mtime_ns, facts.st_ctime_ns) > SETTLED_NS
    with open(entry.path, "rb", buffering=0) as file:
        digest = hashlib.sha256(file.read()).digest()
    return Stamp(looks, settled, digest)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a symbolic link to itself
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _files(
    folder: str, prefix: str, above: frozenset[tuple[int, int]] = frozenset()
) -> Iterator[tuple[str, os.DirEntry[str] | str]]:
    """Files by path, or why there is something else: what is no file must not be opened, since a pipe would wait."""
    try:
        facts = os.stat(folder)
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        yield prefix, error.strerror or "it cannot be read"
        return
    here = (facts.st_dev, facts.st_ino)
    if here in above:  # a symbolic link to a folder above itself
        return
    for entry in entries:
        if is_temporary(entry.name):
            continue
        path = f"{prefix}/{entry.name}"
        if _is_folder(entry):
            if entry.name.endswith(_ENDINGS_OF_FILES):
                yield path, "it is a folder"
            yield from _files(entry.path, path, above | {here})
        elif _is_file(entry):
            yield path, entry
        elif entry.is_symlink() and entry.name.endswith(_ENDINGS_OF_FILES):
            yield path, "it is a link that leads nowhere"
        elif not entry.is_symlink() and os.path.lexists(entry.path):
            yield path, "it is no ordinary file"
