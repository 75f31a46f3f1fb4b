"""Key pages in Firefox and in WebKit: they open without errors, nothing sticks out, sources open by keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from tools.quality.measures import AXE, AXE_TAGS, OVERFLOW, axe_findings
from tools.quality.outcomes import Outcome, counted
from tools.quality.programs import node_package
from tools.quality.run import Run
from tools.quality.serving import FRAME

PAGES = ("/", "/car/", "/dakar-2026/", "/history/2026/", "/glossary/")
WIDTH, HEIGHT = 1280, 900
MARKER = "main button.marker"
PROBLEMS = "return document.documentElement.dataset.problems || '[]'"
IS_OPEN = f"return document.querySelector({MARKER!r}).popoverTargetElement.matches(':popover-open')"
ENTER, ESCAPE = "\ue007", "\ue00c"  # https://www.w3.org/TR/webdriver2/#keyboard-actions


class Driver(Protocol):
    """A browser that is driven from outside, with a window of `WIDTH` by `HEIGHT`."""

    name: str

    def open(self, address: str) -> None:
        """Go there, and wait until all has loaded."""

    def run(self, script: str) -> Any:
        """What the body of a function in the page returns; a promise is awaited."""

    def press(self, selector: str, key: str) -> None:
        """Put the focus on the first such element and press a key."""


def check(run: Run, start: Callable[[], AbstractContextManager[Driver]]) -> Outcome:
    """Walk through the key pages with one browser."""
    axe = node_package("axe-core/axe.min.js").read_text(encoding="utf-8")
    found: list[str] = []
    with start() as driver:
        for page in PAGES:
            found += [f"{page}: {one}" for one in look_at(driver, run.watched_address, page, axe)]
        name = driver.name
    return Outcome(f"{name}: {counted(len(found), 'finding')} on {counted(len(PAGES), 'key page')}", tuple(found))


def look_at(driver: Driver, address: str, page: str, axe: str) -> list[str]:
    """What is wrong with one page."""
    driver.open(address + FRAME.rstrip("/") + page)
    found = [f"360 px: {one}" for one in driver.run(f"return ({OVERFLOW})(window.frames[0])")]
    driver.open(address + page)
    found += sources_by_keyboard(driver)
    result = driver.run(f"{axe}; return ({AXE})({json.dumps([AXE_TAGS, []])})")
    found += [f"axe: {one}" for one in axe_findings(result)]
    return found + [f"error: {one}" for one in json.loads(driver.run(PROBLEMS))]


def sources_by_keyboard(driver: Driver) -> list[str]:
    """Whether the note of the first source opens and closes by key; a page may have none."""
    if not driver.run(f"return document.querySelector({MARKER!r}) !== null"):
        return []
    found = []
    for key, expected in ((ENTER, True), (ESCAPE, False)):
        driver.press(MARKER, key)
        if driver.run(IS_OPEN) is not expected:
            found.append(f"the first source does not {'open by Enter' if expected else 'close by Escape'}")
    return found
