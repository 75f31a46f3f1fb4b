"""A browser for each worker, and the real site over HTTP, built once for each worker."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import BinaryIO

import pytest
from playwright.sync_api import Browser

from microsite.pipeline import Settings
from microsite.project import Project
from microsite.publish import publish
from tools.quality.chromium import chromium

ROOT = Path(__file__).resolve().parents[2]
EXECUTABLES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
BELOW = "/some/sub/path/"
"""Where the site is served a second time, to prove that it works there."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured; a worker of xdist could not print it itself."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        if report.when == "call":
            for name, value in report.user_properties:
                terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, EXECUTABLES)), None)
    if found is None:
        pytest.fail(
            "These tests need Chromium or Chrome: run “apt-get install chromium” (or install Google Chrome), or set"
            " CHROMIUM_PATH to the program.",
            pytrace=False,
        )
    with chromium(found) as browser:
        yield browser


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the real site was published to. What the project remembers is used, so that it is quick."""
    project = Project(ROOT)
    look = project.look()
    memory = project.open_memory(look.generator, clean=False)
    try:
        result, _ = project.build(look, Settings(), memory, lambda *_: None)
        assert [str(one) for one in result.diagnostics.in_order()] == []
        out = tmp_path_factory.mktemp("site") / "public"
        publish(result.tree, out)
        memory.save()
    finally:
        memory.close()
    return out


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the real site is served, without the slash at the end."""
    with _served(partial(_Quiet, directory=str(site))) as address:
        yield address


@pytest.fixture(scope="session")
def address_below(site: Path) -> Iterator[str]:
    """Where the real site is served below a path of somebody else's."""
    with _served(partial(_Below, directory=str(site))) as address:
        yield address + BELOW.rstrip("/")


@contextmanager
def _served(handler: Callable[..., SimpleHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = False  # so that closing the server waits for them and nothing stays open
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    """A plain file server, as a host of static pages is: its 404 page is the site's, and every copy is checked."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".woff2": "font/woff2", ".avif": "image/avif"}

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        del self.headers["If-Modified-Since"]  # it tells whole seconds, within which a test publishes twice
        return super().send_head()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page.read_bytes())


class _Below(_Quiet):
    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(BELOW)
        return super().translate_path("/" + inside) if inside != path else os.path.join(self.directory, "nothing-here")
