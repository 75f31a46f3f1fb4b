"""Puts a finished tree into the output folder, whole or not at all.

The new site is built in a staging folder beside the target, and the two folders then change places in one step of the
kernel. Killing the process at any moment leaves the old site or the new one. Where a system cannot exchange folders
there are two renames, and a kill just between them is mended by `recover`.

- Files that did not change are hard links to the published ones, or copies where links are not possible. They are
  compared by content, so that a file edited by hand in the output folder gets its right bytes back.
- The manifest `.microsite.json` names the files that are ours. All others are carried over as they are, and a folder
  without a manifest is never replaced.
- Nothing is forced to the disk: after a power cut a page may be damaged, and the next publish mends it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from microsite.locking import exclusive
from microsite.swap import beside, delete, recover_swap, swap, walk
from microsite.workers import map_in_processes

MANIFEST = ".microsite.json"
"""Name of the manifest in the output folder: who made it, and each published path with the SHA-256 of its content."""

AT_ONCE = 4000
"""So many files are in memory at a time; writing is shared by two processes, for it is work for the kernel."""

OutputTree = Mapping[str, bytes]
"""A finished site: path relative to its root, with forward slashes, to content."""


class PublishRefused(Exception):
    """The output folder may hold something that is not ours; nothing was touched. The message is for the user."""


class PublishFailed(Exception):
    """The system would not write the site; the old one is still there. The message is for the user."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file to publish: the SHA-256 of its content, and how to get the content if it has to be written."""

    digest: bytes
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did, in numbers of files: `reused` ones already had the right content, `removed` ones were stale.

    `unchanged` means that the site was already as it should be and that nothing at all was touched.
    """

    written: int
    reused: int
    removed: int
    unchanged: bool


def digested(tree: OutputTree) -> dict[str, OutputFile]:
    """A tree in memory in the form that `publish` takes."""
    return {
        path: OutputFile(hashlib.sha256(content).digest(), partial(bytes, content)) for path, content in tree.items()
    }


def file_digest(path: str) -> bytes:
    """SHA-256 of the file's content."""
    with open(path, "rb", buffering=0) as file:
        return hashlib.sha256(file.read()).digest()


def publish(
    tree: Mapping[str, OutputFile],
    target: Path,
    *,
    forbidden: Sequence[Path] = (),
    digest_of: Callable[[str], bytes] = file_digest,
    on_wait: Callable[[], None] | None = None,
) -> Published:
    """Make the folder `target` hold exactly `tree`, the manifest, and the files there that are not ours.

    `target` is made if it is missing; if it is a symbolic link, the folder it points to is replaced and the link stays.
    `forbidden` are the folders that the site is made from: the target must not be one, lie in one or contain one.
    `digest_of` tells the SHA-256 of a published file from its absolute path; an index of sizes and modification times
    may spare the reading (not of change times: making a hard link moves those).
    `on_wait` is called once if another process is publishing to the same folder and has to be waited for.

    Raises ValueError if a path of the tree is not a plain relative one, PublishRefused, and PublishFailed.
    """
    _check_paths(tree)
    target = _real_target(target, forbidden)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with exclusive(beside(target, "lock"), on_wait):
            return _publish_locked(tree, target, digest_of)
    except OSError as error:
        raise PublishFailed(_explanation(error, target)) from error


def recover(target: Path) -> None:
    """Clean up after killed runs: put the old site back if it is out of place, and remove what else was left behind.

    `publish` does so by itself. A build that may end before it publishes calls this first, so that its user has a site.
    Raises PublishRefused and PublishFailed.
    """
    target = _real_target(target, ())
    if not any(os.path.lexists(beside(target, role)) for role in ("staging", "previous")):
        return
    try:
        with exclusive(beside(target, "lock")):
            recover_swap(target)
    except OSError as error:
        raise PublishFailed(_explanation(error, target)) from error


def _publish_locked(tree: Mapping[str, OutputFile], target: Path, digest_of: Callable[[str], bytes]) -> Published:
    recover_swap(target)
    found = _survey(target)
    _refuse_collisions(tree, found, target)
    reusable = {path for path, file in tree.items() if _is_published(path, file, found, target, digest_of)}
    removed = len(found.published.keys() - tree.keys())
    if MANIFEST in found.present and len(reusable) == len(tree) == len(found.published):
        return Published(0, len(tree), 0, unchanged=True)
    staging = beside(target, "staging")
    try:
        _stage(tree, reusable, found, target, staging)
        _check_foreign_files_are_still(found, target)
        swap(staging, target)
    except BaseException:
        recover_swap(target)
        raise
    # The new site is in place. What cannot be deleted now is deleted by the next run.
    delete(staging)
    return Published(len(tree) - len(reusable), len(reusable), removed, unchanged=False)


# What may be published, and where


def _check_paths(tree: Mapping[str, OutputFile]) -> None:
    for path in tree:
        # The second character betrays a Windows drive, which would leave the folder.
        plain = "\\" not in path and "\0" not in path and path[1:2] != ":"
        if not plain or any(part in ("", ".", "..") for part in path.split("/")):
            raise ValueError(f"{path!r} is not a plain relative path with forward slashes")
        if path.partition("/")[0] == MANIFEST:
            raise ValueError(f"{path!r} is the manifest's place")
    for path in sorted(tree.keys() & _folders_above(tree)):
        raise ValueError(f"{path!r} is both a file and a folder")


def _folders_above(paths: Iterable[str]) -> set[str]:
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _real_target(target: Path, forbidden: Sequence[Path]) -> Path:
    try:
        real = target.resolve()
    except (OSError, RuntimeError) as error:  # RuntimeError: what Python before 3.13 raises for a loop of links
        raise PublishRefused(f"{target} cannot be the output folder: its symbolic links lead nowhere.") from error
    for folder in forbidden:
        source = folder.resolve()
        if real.is_relative_to(source):
            raise PublishRefused(
                f"{target} cannot be the output folder: {folder}, which the site is made from, is there."
            )
        if source.is_relative_to(real):
            raise PublishRefused(
                f"{target} cannot be the output folder: it contains {folder}, which the site is made from."
            )
    if os.path.ismount(real):
        raise PublishRefused(
            f"{target} is a mount point, which cannot be replaced as a whole. Choose a folder inside it."
        )
    return real


# What is in the target


@dataclass(frozen=True, slots=True)
class _Found:
    """What the target holds: what is ours by its manifest, how much of that is there, and what is not ours.

    `published` maps paths to hex digests, `foreign_files` paths to what tells that a file has been changed.
    """

    published: Mapping[str, str] = field(default_factory=dict)
    present: AbstractSet[str] = frozenset()
    foreign_files: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    foreign_folders: AbstractSet[str] = frozenset()


def _survey(target: Path) -> _Found:
    if not os.path.lexists(target):
        return _Found()
    if not target.is_dir():
        raise PublishRefused(f"{target} is a file; the site needs a folder.")
    published = _read_manifest(target)
    ours = published.keys() | {MANIFEST}
    our_folders = _folders_above(published)
    present, foreign_files, foreign_folders = set(), {}, set()
    for path, entry in walk(target):
        if entry.is_dir(follow_symlinks=False):
            if path not in our_folders:
                foreign_folders.add(path)
        elif path not in ours:
            status = entry.stat(follow_symlinks=False)
            foreign_files[path] = (status.st_ino, status.st_mtime_ns, status.st_size)
        elif entry.is_file(follow_symlinks=False):
            present.add(path)
    return _Found(published, present, foreign_files, foreign_folders)


def _manifest(tree: Mapping[str, OutputFile]) -> bytes:
    files = {path: tree[path].digest.hex() for path in sorted(tree)}
    document = {"generator": "microsite", "format": 1, "files": files}
    return (json.dumps(document, ensure_ascii=False, indent=0) + "\n").encode()


def _read_manifest(target: Path) -> dict[str, str]:
    try:
        document = json.loads((target / MANIFEST).read_bytes())
    except FileNotFoundError:
        if next(target.iterdir(), None) is None:
            return {}
        raise PublishRefused(
            f"{target} is not empty and was not made by microsite (there is no {MANIFEST}). "
            "Choose another output folder, or empty this one yourself."
        ) from None
    except (ValueError, RecursionError):
        document = None
    match document:
        case {"generator": "microsite", "format": 1, "files": dict(files)}:
            return {path: str(digest) for path, digest in files.items()}
    raise PublishRefused(
        f"{target / MANIFEST} cannot be understood, so it is not clear which files there may be replaced. "
        "Choose another output folder, or empty this one yourself."
    )


def _refuse_collisions(tree: Mapping[str, OutputFile], found: _Found, target: Path) -> None:
    foreign = found.foreign_files.keys() | found.foreign_folders
    in_the_way = (foreign & tree.keys()) | (found.foreign_files.keys() & _folders_above(tree))
    in_the_way |= _folders_above(foreign) & tree.keys()
    if in_the_way:
        path = min(in_the_way)
        more = f", nor were {len(in_the_way) - 1} others in the way" if len(in_the_way) > 1 else ""
        raise PublishRefused(
            f"{target / path} was not made by microsite{more}, and the site has something else of that name. "
            "Move it away, or give the page another address."
        )


def _is_published(path: str, file: OutputFile, found: _Found, target: Path, digest_of: Callable[[str], bytes]) -> bool:
    # The manifest spares us a look at what has changed, but it does not know what was edited by hand since.
    if path not in found.present or found.published[path] != file.digest.hex():
        return False
    try:
        return digest_of(f"{target}/{path}") == file.digest
    except OSError:  # A file that cannot be read cannot be served either.
        return False


def _check_foreign_files_are_still(found: _Found, target: Path) -> None:
    """Not to lose what somebody put or changed there while the new site was being staged."""
    if _survey(target).foreign_files != found.foreign_files:
        raise PublishFailed(f"Files in {target} were changed while the site was being published. Please try again.")


# Building the new folder


def _stage(
    tree: Mapping[str, OutputFile], reusable: AbstractSet[str], found: _Found, target: Path, staging: Path
) -> None:
    staging.mkdir()
    if target.exists():
        _give_same_access(target, staging)
    folders = _folders_above(tree) | _folders_above(found.foreign_files)
    folders |= found.foreign_folders | _folders_above(found.foreign_folders)
    for folder in sorted(folders):
        os.mkdir(f"{staging}/{folder}")
    for path in found.foreign_files.keys() | reusable:
        _carry_over(f"{target}/{path}", f"{staging}/{path}")
    new = sorted(tree.keys() - reusable)
    for start in range(0, len(new), AT_ONCE):
        # Read here, because what they are read from may be an open database, which a fork may not use.
        contents = [(f"{staging}/{path}", _content(path, tree[path])) for path in new[start : start + AT_ONCE]]
        map_in_processes(lambda file: _write_new(*file), contents)
    _write_new(f"{staging}/{MANIFEST}", _manifest(tree))
    # Last and deepest first: their modes may forbid writing, and writing moves their times.
    for folder in sorted(found.foreign_folders, reverse=True):
        shutil.copystat(target / folder, staging / folder)


def _give_same_access(target: Path, staging: Path) -> None:
    """The output folder may be shared with a web server by its group and mode. Files inside follow the umask."""
    status = target.stat()
    if sys.platform != "win32":
        with suppress(PermissionError):
            os.chown(staging, -1, status.st_gid)
    staging.chmod(stat.S_IMODE(status.st_mode) | stat.S_IRWXU)


def _carry_over(path: str, copy: str) -> None:
    # What a symbolic link points to is no business of ours, and not every system can make a hard link to one.
    if not os.path.islink(path):
        try:
            os.link(path, copy)
        except FileExistsError:  # Copying would write through an existing link, into the site that is still served.
            raise
        except OSError:
            pass
        else:
            return
    shutil.copy2(path, copy, follow_symlinks=False)


def _content(path: str, file: OutputFile) -> bytes:
    content = file.read()
    if hashlib.sha256(content).digest() != file.digest:
        raise PublishFailed(f"The content of {path} is damaged. Delete the cache folder and try again.")
    return content


def _write_new(path: str, content: bytes) -> None:
    # "x", because where case is ignored, a second path could otherwise overwrite a first or a foreign file.
    with open(path, "xb") as file:
        file.write(content)


# Why it failed

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EEXIST: "something of that name is already there",
    errno.EXDEV: "the folder is a mount point or part of a container image and cannot be replaced; choose another one",
    errno.EBUSY: "the folder is a mount point or in use and cannot be replaced",
    errno.EACCES: "permission denied, or another program has a file open there",
}


def _explanation(error: OSError, target: Path) -> str:
    reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
    at = f" ({error.filename})" if error.filename else ""
    previous = beside(target, "previous")
    if previous.exists() and not target.exists():
        outcome = f"The old site is in {previous}; the next run will put it back."
    else:
        outcome = "Nothing was changed there."
    return f"The site could not be put into {target}: {reason}{at}. {outcome}"
