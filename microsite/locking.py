"""One build at a time: an advisory lock on a file that the kernel releases by itself when its holder is killed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    _POLL_SECONDS = 0.05

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _wait_for_lock(descriptor: int) -> None:
        # LK_LOCK gives up after ten seconds, and a build may take longer.
        while not _try_lock(descriptor):
            time.sleep(_POLL_SECONDS)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait_for_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


@contextmanager
def exclusive(path: Path, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the lock file `path`, whose folder exists, for the length of the block.

    Waits as long as another process or thread holds it; `on_wait` is then called once, before the wait.
    The file is removed afterwards, except on Windows, and one that a killed process left behind locks nobody out.
    A forked child shares the lock: it must not outlive the block. Raises OSError if the file cannot be made or locked.
    """
    descriptor = _acquire(path, on_wait)
    try:
        yield
    finally:
        _release(path, descriptor)


def _acquire(path: Path, on_wait: Callable[[], None] | None) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if not _try_lock(descriptor):
                if on_wait is not None:
                    on_wait()
                    on_wait = None
                _wait_for_lock(descriptor)
            if _is_at(path, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_at(path: Path, descriptor: int) -> bool:
    """Whether the open file still has its name: who waited may have got the lock of a file that its holder removed."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def _release(path: Path, descriptor: int) -> None:
    try:
        # Removed while still locked, so that nobody can have locked it in between. Windows removes no open file.
        if sys.platform != "win32" and _is_at(path, descriptor):
            with suppress(OSError):
                path.unlink()
    finally:
        os.close(descriptor)
