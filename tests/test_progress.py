from __future__ import annotations

import io
import time

import pytest

from microsite.progress import INTERVAL, PATIENCE, ProgressLine


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, in seconds, as its only element."""
    now = [100.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    return now


def test_nothing_is_shown_before_a_second_has_passed(clock: list[float]) -> None:
    line = ProgressLine(terminal := Terminal(), clock[0], quiet=False)
    clock[0] += PATIENCE - 0.01
    line.show("rendering pages", 1, 9)
    line.clear()
    assert terminal.getvalue() == ""


def test_one_line_is_written_over_and_taken_away_at_the_end(clock: list[float]) -> None:
    line = ProgressLine(terminal := Terminal(), clock[0], quiet=False)
    clock[0] += PATIENCE
    line.show("reading content", 1, 9)
    line.show("reading content", 2, 9)  # too soon after the first
    clock[0] += INTERVAL
    line.show("rendering pages", 3, 9)
    line.clear()
    line.clear()
    assert terminal.getvalue() == "\r\x1b[Kreading content: 1 of 9\r\x1b[Krendering pages: 3 of 9\r\x1b[K"


@pytest.mark.parametrize(("stream", "quiet"), [(io.StringIO(), False), (Terminal(), True)])
def test_no_line_where_nobody_watches(clock: list[float], stream: io.StringIO, quiet: bool) -> None:
    line = ProgressLine(stream, clock[0], quiet)
    clock[0] += 60
    line.show("rendering pages", 1, 9)
    line.clear()
    assert stream.getvalue() == ""


def test_the_time_of_each_kind_of_work_is_known_even_where_nobody_watches(clock: list[float]) -> None:
    line = ProgressLine(io.StringIO(), clock[0], quiet=True)
    for doing, seconds in (("looking", 0.5), ("drawing", 1.0), ("drawing", 2.0), ("rendering", 4.0)):
        line.show(doing, 0, 9)
        clock[0] += seconds
        line.show(doing, 9, 9)
    assert line.took("drawing") == 3.0
    assert line.took("looking", "rendering", "never begun") == 4.5
