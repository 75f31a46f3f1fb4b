"""The key pages in Firefox, which Marionette drives: its own protocol, so that no geckodriver is needed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from tempfile import TemporaryDirectory
from typing import Any

from tools.quality.checks import engines
from tools.quality.outcomes import NotRun, Outcome
from tools.quality.programs import program
from tools.quality.run import Run

ON_MAC = "/Applications/Firefox.app/Contents/MacOS/firefox"
PATIENCE = 60
PREFERENCES = {
    "marionette.port": "{port}",
    "layout.css.prefers-color-scheme.content-override": "1",  # light
    "ui.prefersReducedMotion": "1",
    "browser.shell.checkDefaultBrowser": "false",
    "datareporting.policy.dataSubmissionEnabled": "false",
    "app.update.enabled": "false",
}


def check(run: Run) -> Outcome:
    return engines.check(run, firefox)


class Firefox:
    """A Firefox that is driven."""

    def __init__(self, marionette: Any) -> None:
        self._marionette = marionette
        self.name = f"Firefox {marionette.session_capabilities['browserVersion']}"

    def open(self, address: str) -> None:
        self._marionette.navigate(address)

    def run(self, script: str) -> Any:
        return self._marionette.execute_script(script, sandbox=None)

    def press(self, selector: str, key: str) -> None:
        self._marionette.find_element("css selector", selector).send_keys(key)


@contextmanager
def firefox() -> Iterator[Firefox]:
    try:
        from marionette_driver.marionette import Marionette
    except ImportError as missing:
        raise NotRun(f"the Python package {missing.name} is missing") from None
    executable = program("firefox-esr", ["firefox-esr"], instead=_other_places())
    with create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        preferences = "".join(f'user_pref("{name}", {value});\n' for name, value in PREFERENCES.items())
        Path(profile, "user.js").write_text(preferences.replace("{port}", str(port)))
        command = [executable, "--headless", "--marionette", "--no-remote", "--profile", profile]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            marionette = Marionette(host="127.0.0.1", port=port)
            marionette.raise_for_port(timeout=PATIENCE)
            marionette.start_session()
            marionette.timeout.script = PATIENCE
            marionette.set_window_rect(width=engines.WIDTH, height=engines.HEIGHT)
            yield Firefox(marionette)
            marionette.delete_session()
        finally:
            process.terminate()
            process.wait()


def _other_places() -> list[str]:
    from shutil import which

    return [found for found in (which("firefox"), ON_MAC) if found]
