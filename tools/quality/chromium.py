"""Chromium, started in one way by all tests and checks that need it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from os import cpu_count
from typing import TypeVar

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Work = TypeVar("Work")
Found = TypeVar("Found")


@contextmanager
def chromium(program: str, *more: str) -> Iterator[Browser]:
    """A browser of its own; `more` are arguments for it alone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*ARGUMENTS, *more])
        try:
            yield browser
        finally:
            browser.close()


def shared(work: Sequence[Work], do: Callable[[Sequence[Work]], list[Found]]) -> list[Found]:
    """Have parts of the work done at the same time, each in a thread that starts a browser; gives all findings."""
    parts = min(cpu_count() or 1, len(work)) or 1
    with ThreadPoolExecutor(parts) as pool:
        return [finding for found in pool.map(do, (work[start::parts] for start in range(parts))) for finding in found]
