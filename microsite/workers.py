"""Work shared with a second process, where that is safe and there is enough of it to be worth a fork."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

LEAST = 60  # items; fewer are done sooner than a fork has paid for itself


def map_in_processes(function: Callable[[Item], Result], items: Sequence[Item], least: int = LEAST) -> list[Result]:
    """`[function(item) for item in items]`, every other item done by a fork of this process if that may be.

    What `function` changes there is lost: all that counts must be in its result, which is pickled. It must not use what
    cannot be shared with a fork, such as an open database. `least` is how many items are worth a fork: few where each
    takes long.
    """
    if len(items) < least or not _may_fork():
        return [function(item) for item in items]
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        _work_for_parent(function, items[1::2], sink)
    os.close(sink)
    try:
        with open(source, "rb") as answer:
            ours = [function(item) for item in items[::2]]
            theirs: list[Result] | None = _received(answer)
    finally:
        os.waitpid(child, 0)  # it ends at the latest when nobody reads what it writes
    if theirs is None:
        theirs = [function(item) for item in items[1::2]]
    results = ours + theirs
    results[::2], results[1::2] = ours, theirs
    return results


def _may_fork() -> bool:
    """A fork copies one thread only, so there must be no other, such as those of the preview.

    Only Linux tells how many there are, those of libraries too; on macOS, moreover, system libraries do not survive it.
    """
    if sys.platform != "linux" or threading.active_count() > 1 or len(os.sched_getaffinity(0)) < 2:
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def _work_for_parent(function: Callable[[Any], Any], items: Sequence[Any], sink: int) -> None:
    """What the fork does, and all that it does: it never returns, nor cleans up what belongs to its parent."""
    try:
        try:
            answer = pickle.dumps([function(item) for item in items], pickle.HIGHEST_PROTOCOL)
        except BaseException as error:
            answer = pickle.dumps(error)
        with open(sink, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)


def _received(answer: BinaryIO) -> Any:
    """The results of the fork, or None if it ended without any; what was raised there is raised here."""
    try:
        result = pickle.load(answer)
    except Exception:  # it was killed, say for want of memory, or raised what cannot be pickled
        return None
    if isinstance(result, BaseException):
        raise result
    return result
