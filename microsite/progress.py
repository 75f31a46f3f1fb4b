"""One line that tells a waiting person what is being done, shown only when a second has passed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

Progress = Callable[[str, int, int], None]
"""Told about long work: what is being done, how much of it is done, and how much there is."""

PATIENCE = 1.0
INTERVAL = 0.1


class ProgressLine:
    """A line on a terminal that is written over and over; on anything but a terminal nothing is shown."""

    def __init__(self, stream: TextIO, started: float, quiet: bool) -> None:
        self._stream = stream
        self._next = started + PATIENCE
        self._wanted = stream.isatty() and not quiet
        self._shown = False

    def show(self, doing: str, done: int, total: int) -> None:
        now = time.perf_counter()
        if self._wanted and now >= self._next:
            self._next = now + INTERVAL
            self._shown = True
            self._stream.write(f"\r\x1b[K{doing}: {done} of {total}")
            self._stream.flush()

    def clear(self) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False
