"""Work shared with a second process, where that is safe and there is enough of it to be worth a fork."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

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
    runs = _Runs(len(items))
    theirs = _Fork(lambda: _take_and_do(function, items, runs))
    try:
        done = _take_and_do(function, items, runs)
        for more in theirs.results():
            done |= more
    finally:
        runs.end()  # nothing more is begun where this one gave up
        theirs.end()
    return [done[number] if number in done else function(item) for number, item in enumerate(items)]


def in_background(function: Callable[[], Result]) -> Callable[[], Result]:
    """Begin something in a fork of this process if that may be. What is given back is called once, for the result.

    Of `function` the same is true as of those that `map_in_processes` takes.
    """
    if not _may_fork():
        return function
    fork = _Fork(function)

    def result() -> Result:
        found = fork.results()
        fork.end()
        return found[0] if found else function()

    return result


class _Fork:
    """A fork of this process that calls one function. It ends when it is no longer wanted."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self._source, sink = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(self._source)
            _work_for_parent(function, sink)
        os.close(sink)
        self.end = weakref.finalize(self, _end, self._source, child)

    def results(self) -> list[Any]:
        """What the function gave, in a list; nothing if the fork was killed. What was raised there is raised here."""
        try:
            with open(self._source, "rb", closefd=False) as answer:
                result = pickle.load(answer)
        except Exception:  # it was killed, say for want of memory, or raised what cannot be pickled
            return []
        if isinstance(result, BaseException):
            raise result
        return [result]


def _end(source: int, child: int) -> None:
    os.close(source)
    os.waitpid(child, 0)  # it ends at the latest when nobody reads what it writes


class _Runs:
    """The numbers below `count` in short runs, each of which is taken once, by a process or by its fork.

    They stand in a pipe, which Linux lets one process read from at a time. A memfd would not do: now and then two read
    the same of it.
    """

    def __init__(self, count: int) -> None:
        import fcntl

        self._count = count
        self._source, sink = os.pipe()
        room = fcntl.fcntl(sink, fcntl.F_GETPIPE_SZ) // _WIDTH
        self._length = -(-count // room)
        os.write(sink, b"".join(first.to_bytes(_WIDTH, "big") for first in range(0, count, self._length)))
        os.close(sink)

    def __iter__(self) -> Iterator[int]:
        while first := os.read(self._source, _WIDTH):
            start = int.from_bytes(first, "big")
            yield from range(start, min(start + self._length, self._count))

    def end(self) -> None:
        while os.read(self._source, 1 << 16):
            pass
        os.close(self._source)


def _take_and_do(function: Callable[[Item], Result], items: Sequence[Item], runs: Iterable[int]) -> dict[int, Result]:
    return {number: function(items[number]) for number in runs}


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


def _work_for_parent(function: Callable[[], Any], sink: int) -> None:
    """What the fork does, and all that it does: it never returns, nor cleans up what belongs to its parent."""
    try:
        try:
            answer = pickle.dumps(function(), pickle.HIGHEST_PROTOCOL)
        except BaseException as error:
            answer = pickle.dumps(error)
        with open(sink, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)
