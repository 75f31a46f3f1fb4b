"""One line that tells a waiting person what is being done, shown only when a second has passed; and how long it all
took."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

Progress = Callable[[str, int, int], None]
"""Told about long work: what is being done, how much of it is done, and how much there is."""

LOOKING, MAKING, DRAWING = "looking at pictures", "making pictures", "drawing cards"
PICTURE_WORK = (LOOKING, MAKING, DRAWING)
"""What takes most of a first build, and is told when it is done too, so that its time can be told."""

PATIENCE = 1.0
INTERVAL = 0.1


class ProgressLine:
    """A line on a terminal that is written over and over; on anything but a terminal nothing is shown."""

    def __init__(self, stream: TextIO, started: float, quiet: bool) -> None:
        self._stream = stream
        self._next = started + PATIENCE
        self._wanted = stream.isatty() and not quiet
        self._shown = False
        self._times: dict[str, tuple[float, float]] = {}

    def show(self, doing: str, done: int, total: int) -> None:
        now = time.perf_counter()
        self._times[doing] = self._times.get(doing, (now, now))[0], now
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

    def took(self, *doings: str) -> float:
        """Seconds from the first to the last time that each of these was told."""
        return sum(last - first for first, last in (self._times[doing] for doing in doings if doing in self._times))
