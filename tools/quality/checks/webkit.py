"""The key pages in WebKit, as GTK has it; it needs a screen, for which Xvfb stands in."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from typing import Any

from tools.quality.checks import engines
from tools.quality.outcomes import NotRun, Outcome
from tools.quality.programs import program
from tools.quality.run import Run

BROWSERS = "/usr/lib/*/webkit2gtk-4.1/MiniBrowser"
PATIENCE = 60


def check(run: Run) -> Outcome:
    return engines.check(run, webkit)


class WebKit:
    """A WebKit that is driven."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self.name = f"WebKitGTK {driver.capabilities['browserVersion']}"

    def open(self, address: str) -> None:
        self._driver.get(address)

    def run(self, script: str) -> Any:
        return self._driver.execute_script(script)

    def press(self, selector: str, key: str) -> None:
        self._driver.find_element("css selector", selector).send_keys(key)


@contextmanager
def webkit() -> Iterator[WebKit]:
    try:
        from selenium import webdriver
        from selenium.webdriver.webkitgtk.options import Options
        from selenium.webdriver.webkitgtk.service import Service
    except ImportError as missing:
        raise NotRun(f"the Python package {missing.name} is missing") from None
    driving = program("WebKitWebDriver", ["webkit2gtk-driver"], instead=["/usr/bin/WebKitWebDriver"])
    browsers = glob(BROWSERS)
    if not browsers:
        raise NotRun(f"there is no {BROWSERS}")
    with screen() as display:
        options = Options()
        options.add_argument("--automation")
        options.binary_location = browsers[0]
        environment = {"DISPLAY": display, "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "NO_AT_BRIDGE": "1"}
        driver = webdriver.WebKitGTK(options=options, service=Service(driving, env={**os.environ, **environment}))
        try:
            driver.set_script_timeout(PATIENCE)
            driver.set_window_size(engines.WIDTH, engines.HEIGHT)
            yield WebKit(driver)
        finally:
            driver.quit()


@contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody sees; gives its name. Xvfb chooses a free number itself and writes it down."""
    read, write = os.pipe()
    command = [program("Xvfb", ["xvfb"]), "-displayfd", str(write), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise NotRun("Xvfb does not start")
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()
