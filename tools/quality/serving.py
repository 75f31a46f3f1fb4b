"""A server of static files as a good host is one: compressed copies are sent, and the headers of `_headers`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from threading import Thread
from urllib.parse import unquote, urlsplit

from tools.quality.built_site import BuiltSite, sent

TYPES = {
    ".avif": "image/avif",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
NOT_FOUND = "/404.html"

WATCH = "/-watch.js"
"""In the watched site each page loads this first. What goes wrong is kept where a driver of any browser can read it."""
WATCHER = """
(() => {
  const note = (text) => {
    const all = JSON.parse(document.documentElement.dataset.problems || "[]");
    document.documentElement.dataset.problems = JSON.stringify([...all, String(text)]);
  };
  const describe = (event) => event.message || `not loaded: ${event.target.src || event.target.href}`;
  addEventListener("error", (event) => note(describe(event)), true);
  addEventListener("unhandledrejection", (event) => note(event.reason));
  addEventListener("securitypolicyviolation", (event) => note(`${event.effectiveDirective} ${event.blockedURI}`));
  const log = console.error;
  console.error = (...all) => { note(all.join(" ")); log.apply(console, all); };
})();
"""
FRAME = "/-frame/"
"""In the watched site: the page whose path follows, in a frame that is as narrow as no window of a desktop can be."""
FRAME_WIDTH = 360
NOT_IN_A_FRAME = ("content-security-policy", "cross-origin-opener-policy", "x-frame-options")


@dataclass(frozen=True)
class HeaderRule:
    """Headers for the paths that match a pattern, in which `*` stands for anything."""

    pattern: str
    headers: tuple[tuple[str, str], ...]

    def covers(self, path: str) -> bool:
        return re.fullmatch(".*".join(map(re.escape, self.pattern.split("*"))), path) is not None


def header_rules(text: str) -> list[HeaderRule]:
    """Read a `_headers` file of Netlify and Cloudflare Pages: a path, and indented below it `Name: value`."""
    rules: list[HeaderRule] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace():
            rules.append(HeaderRule(line.strip(), ()))
        elif rules and ":" in line:
            name, _, value = line.strip().partition(":")
            rules[-1] = HeaderRule(rules[-1].pattern, (*rules[-1].headers, (name, value.strip())))
    return rules


@contextmanager
def served(site: BuiltSite, watched: bool = False) -> Iterator[str]:
    """Serve the site; gives its address without the slash at the end.

    `watched` is for browsers that can only be driven from inside a page: each page loads `WATCH` first, and may be
    shown in a frame.
    """
    file = site.folder / "_headers"
    rules = header_rules(file.read_text(encoding="utf-8")) if file.is_file() else []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, site, rules, watched)) as server:
        server.daemon_threads = True  # a browser keeps connections open for as long as it likes
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, site: BuiltSite, rules: list[HeaderRule], watched: bool, *arguments: object) -> None:
        self._site, self._rules, self._watched = site, rules, watched
        super().__init__(*arguments)  # type: ignore[arg-type]  # what the server passes on

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if self._watched and path == WATCH:
            self._answer(HTTPStatus.OK, path, WATCHER.encode(), TYPES[".js"])
        elif self._watched and path.startswith(FRAME):
            inside = "/" + path.removeprefix(FRAME)
            frame = (
                f'<!doctype html><title>Frame</title><iframe width={FRAME_WIDTH} height=800 src="{inside}"></iframe>'
            )
            self._answer(HTTPStatus.OK, path, frame.encode(), TYPES[".html"])
        else:
            self._send_file(path)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _send_file(self, path: str) -> None:
        file = self._site.file(path)
        status = HTTPStatus.OK if file else HTTPStatus.NOT_FOUND
        file = file or self._site.file(NOT_FOUND)
        if not file:
            self._answer(status, path, b"", "text/plain")
            return
        kind = TYPES.get(file.suffix) or guess_type(file.name)[0] or "application/octet-stream"
        if self._watched and file.suffix == ".html":
            html = file.read_text(encoding="utf-8").replace("<head>", f'<head><script src="{WATCH}"></script>', 1)
            self._answer(status, path, html.encode(), kind)
        elif "br" in self.headers.get("Accept-Encoding", ""):
            self._answer(status, path, *_swapped(sent(file), kind))
        else:
            self._answer(status, path, file.read_bytes(), kind)

    def _answer(self, status: HTTPStatus, path: str, body: bytes, kind: str, encoding: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        if encoding:
            self.send_header("Content-Encoding", encoding)
        for name, value in (header for rule in self._rules if rule.covers(path) for header in rule.headers):
            if not (self._watched and name.lower() in NOT_IN_A_FRAME):
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def handle(self) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # the browser went on to another page
            super().handle()


def _swapped(body_and_encoding: tuple[bytes, str], kind: str) -> tuple[bytes, str, str]:
    body, encoding = body_and_encoding
    return body, kind, encoding
