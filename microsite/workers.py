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
_WIDTH = 4  # bytes of a number


def map_in_processes(function: Callable[[Item], Result], items: Sequence[Item], least: int = LEAST) -> list[Result]:
    """`[function(item) for item in items]`, shared with a fork of this process if that may be.

    Whichever of the two has time takes the next item. What `function` changes in the fork is lost: all that counts must
    be in its result, which is pickled. It must not use what cannot be shared with a fork, such as an open database.
    `least` is how many items are worth a fork: few where each takes long.
    """
    if len(items) < least or not _may_fork():
        return [function(item) for item in items]
    numbers = _shared_numbers(len(items))
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        _work_for_parent(function, items, numbers, sink)
    os.close(sink)
    try:
        with open(source, "rb") as answer:
            done = _take_and_do(function, items, numbers)
            done |= _received(answer)
    finally:
        os.waitpid(child, 0)  # it ends at the latest when nobody reads what it writes
        os.close(numbers)
    return [done[number] if number in done else function(item) for number, item in enumerate(items)]


def _shared_numbers(count: int) -> int:
    """A file of the numbers below `count`. Where it has been read to is common to a process and its forks, so that
    each number is read once (`fork(2)`, and POSIX.1-2017 2.9.7: the reads are atomic)."""
    numbers = os.memfd_create("numbers")
    os.write(numbers, b"".join(number.to_bytes(_WIDTH, "big") for number in range(count)))
    os.lseek(numbers, 0, os.SEEK_SET)
    return numbers


def _take_and_do(function: Callable[[Item], Result], items: Sequence[Item], numbers: int) -> dict[int, Result]:
    done = {}
    while number := os.read(numbers, _WIDTH):
        index = int.from_bytes(number, "big")
        done[index] = function(items[index])
    return done


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


def _work_for_parent(function: Callable[[Any], Any], items: Sequence[Any], numbers: int, sink: int) -> None:
    """What the fork does, and all that it does: it never returns, nor cleans up what belongs to its parent."""
    try:
        try:
            answer = pickle.dumps(_take_and_do(function, items, numbers), pickle.HIGHEST_PROTOCOL)
        except BaseException as error:
            answer = pickle.dumps(error)
        with open(sink, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)


def _received(answer: BinaryIO) -> dict[int, Any]:
    """The results of the fork, none if it ended without any; what was raised there is raised here."""
    try:
        result = pickle.load(answer)
    except Exception:  # it was killed, say for want of memory, or raised what cannot be pickled
        return {}
    if isinstance(result, BaseException):
        raise result
    return dict(result)
