"""Two folders change places, in one step of the kernel or in two renames; what a kill leaves in between is mended."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_EXCHANGE = 2  # RENAME_EXCHANGE of linux/fs.h; RENAME_SWAP of Darwin's sys/stdio.h has the same value
_CURRENT_FOLDER = -100  # AT_FDCWD of linux/fcntl.h
# EPERM is the answer of containers whose filter of system calls does not know this one.
_NO_EXCHANGE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}


def beside(target: Path, role: str) -> Path:
    """Where we keep things during a publish. "staging" may always be deleted; "previous" is always a whole old site."""
    return target.with_name(f".{target.name}.microsite-{role}")


def swap(staging: Path, target: Path) -> None:
    """Put staging in the target's place. The old site, if there is one, is then in staging."""
    if not target.exists():
        staging.rename(target)
    elif not _exchange(staging, target):
        previous = beside(target, "previous")
        target.rename(previous)
        staging.rename(target)
        with suppress(OSError):  # Too late to fail, and the next run does the same.
            previous.rename(staging)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step. Returns False where the system or the file system cannot do that."""
    if sys.platform == "win32":
        return False
    import ctypes  # here, because a build that finds nothing to publish should not wait for it

    system = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if hasattr(system, "renameat2"):  # Linux
        failed = system.renameat2(_CURRENT_FOLDER, first, _CURRENT_FOLDER, second, _EXCHANGE)
    elif hasattr(system, "renamex_np"):  # macOS
        failed = system.renamex_np(first, second, _EXCHANGE)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in _NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


def recover_swap(target: Path) -> None:
    staging, previous = beside(target, "staging"), beside(target, "previous")
    if previous.exists() and not os.path.lexists(target):
        previous.rename(target)
    delete(staging)
    # By way of staging, so that no half-deleted folder is ever taken for a previous site.
    if previous.exists():
        previous.rename(staging)
        delete(staging)


def delete(folder: Path) -> None:
    """Delete as much as possible, without following links. What remains is met again by the next run."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.is_dir() and not folder.is_symlink():
        # Foreign folders keep their modes, and those may forbid deleting what is in them.
        with suppress(OSError):
            folder.chmod(stat.S_IRWXU)
            for path, entry in walk(folder):
                if entry.is_dir(follow_symlinks=False):
                    (folder / path).chmod(stat.S_IRWXU)
        shutil.rmtree(folder, ignore_errors=True)


def walk(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    pending = [""]
    while pending:
        above = pending.pop()
        with os.scandir(f"{folder}/{above}") as entries:
            for entry in entries:
                path = above + entry.name
                if entry.is_dir(follow_symlinks=False):
                    pending.append(path + "/")
                yield path, entry
