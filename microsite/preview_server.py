"""The preview over HTTP: livereload's WebSocket as transport, watchfiles as watcher, both kept on a short lead.

livereload by itself drops reloads that come within three seconds of another, accepts any origin, and polls. Here it
carries messages only; what changed and what is served is decided by `Preview`.
"""

from __future__ import annotations

import json
import re
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import watchfiles
from livereload.handlers import LiveReloadHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError

from microsite.diagnostics.terminal import render
from microsite.inputs import is_temporary
from microsite.pipeline import Settings
from microsite.preview import Change, Preview, with_script
from microsite.progress import ProgressLine
from microsite.project import INPUT_FOLDERS, Look, Project

HOST = "127.0.0.1"
OWN_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
CLIENT = "/_microsite/client.js"
SOCKET = "/_microsite/socket"
PORTS_TRIED = 20
DEBOUNCE_MS = 20
IDLE_MS = 500
PATIENCE_S = 5

Folders = Mapping[Path, tuple[int, int]]


def serve(project: Project, look: Look, settings: Settings, port: int, clean: bool) -> int:
    """Show the site until the user ends it; gives the exit code."""
    preview = Preview(project, settings, project.open_memory(look.generator, clean))
    try:
        _first_build(preview)
        with _listening(preview, port) as actual, _watching(preview):
            if port not in (actual, 0):
                print(f"Port {port} is taken.")
            _report(preview)
            print(f"The site is at http://localhost:{actual}/ and follows your changes. Ctrl-C ends it.", flush=True)
            IOLoop.current().start()
    except KeyboardInterrupt:
        print()
    finally:
        preview.memory.close()
    return 0


def _first_build(preview: Preview) -> None:
    progress = ProgressLine(sys.stderr, time.perf_counter(), quiet=False)
    try:
        preview.refresh(progress.show)
    finally:
        progress.clear()


@contextmanager
def _listening(preview: Preview, port: int) -> Iterator[int]:
    """Serve as soon as the loop runs; gives the port."""
    server = HTTPServer(application(preview))
    listening = _bind(port)
    server.add_socket(listening)
    try:
        yield listening.getsockname()[1]
    finally:
        server.stop()


@contextmanager
def _watching(preview: Preview) -> Iterator[None]:
    """Watch in a thread, and let it end before the interpreter does: native code must not outlive that."""
    stop = threading.Event()
    thread = threading.Thread(target=_watch, args=(preview, IOLoop.current(), stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(PATIENCE_S)


def _bind(port: int) -> socket.socket:
    """The port asked for, one of the next few if it is taken, or any that is free."""
    for candidate in range(max(port, 1), min(port + PORTS_TRIED, 65536)) if port else ():
        with suppress(OSError):
            return _listen(candidate)
    return _listen(0)


def _listen(port: int) -> socket.socket:
    # Tornado's own bind_sockets leaves a socket behind where the port is taken.
    listening = socket.create_server((HOST, port))
    listening.setblocking(False)
    return listening


def application(preview: Preview) -> Application:
    """Handlers over a preview."""
    return Application(
        [
            (SOCKET, _Socket, {"preview": preview}),
            (CLIENT, _Client),
            (r"/.*", _Pages, {"preview": preview}),
        ],
        log_function=lambda _: None,  # what is missing is among the diagnostics, but for icons that browsers guess at
    )


def update(preview: Preview) -> None:
    """Bring the preview up to date and tell every open page what became of it."""
    change = preview.refresh()
    if change is not None:
        _report(preview)
        announce(preview, change)


def announce(preview: Preview, change: Change) -> None:
    message = {"edition": preview.edition, "styleSheets": change.style_sheets}
    for page in list(LiveReloadHandler.waiters):
        page.send_message(message)


def _watch(preview: Preview, loop: IOLoop, stop: threading.Event) -> None:
    """Runs in a thread of its own and only ever asks the loop to look. Folders may come and go."""
    while not stop.is_set():
        folders = _folders(preview.project.root)
        try:
            _watch_folders(preview, loop, stop, folders)
        except (OSError, RuntimeError):  # a folder went away, or the system would not watch any more of them
            stop.wait(IDLE_MS / 1000)
            loop.add_callback(update, preview)


def _watch_folders(preview: Preview, loop: IOLoop, stop: threading.Event, folders: Folders) -> None:
    """Watch until one of the folders is no longer the one that is being watched."""
    root = preview.project.root
    changes = watchfiles.watch(
        *folders,
        watch_filter=_matters,
        debounce=DEBOUNCE_MS,
        step=5,
        stop_event=stop,
        rust_timeout=IDLE_MS,
        yield_on_timeout=True,
    )
    with closing(changes):
        for count, changed in enumerate(changes):
            # The first time in any case, for what changed before the watching began.
            if changed or count == 0:
                loop.add_callback(update, preview)
            if _folders(root) != folders or any(Path(path) in folders for _, path in changed):
                return


def _folders(root: Path) -> Folders:
    """The folders to watch, with their device and inode: one that was moved here is another.

    One that was deleted and made anew may well have the same; but then its deletion was seen.
    """
    found = {}
    for name in INPUT_FOLDERS:
        with suppress(FileNotFoundError):
            facts = (root / name).stat()
            found[root / name] = (facts.st_dev, facts.st_ino)
    return found


def _matters(_: watchfiles.Change, path: str) -> bool:
    return not is_temporary(Path(path).name)


def _report(preview: Preview) -> None:
    diagnostics = preview.diagnostics
    if diagnostics.found:
        print(render(diagnostics, preview.project.source, sys.stdout.isatty(), 100), flush=True)
    elif preview.generation > 1:
        print(f"{time.strftime('%H:%M:%S')} shown anew", flush=True)


class _OnlyFromHere(RequestHandler):
    """Answers only to names of this machine, so that no web page elsewhere can reach the preview by rebinding DNS."""

    def prepare(self) -> None:
        host = re.sub(r":\d*$", "", self.request.host)
        if host.lower() not in OWN_NAMES:
            self.set_status(403)
            self.finish("The preview answers to localhost only.")


class _Pages(_OnlyFromHere):
    def initialize(self, preview: Preview) -> None:
        self._preview = preview

    def get(self) -> None:
        path = unquote(self.request.path)
        if path.endswith(("/", ".html")) or "." not in path:
            update(self._preview)  # what is asked for is never older than the files
        response = self._preview.respond(path)
        self.set_status(response.status)
        self.set_header("Content-Type", response.content_type)
        self.set_header("Cache-Control", "no-store")
        if response.location:
            self.set_header("Location", response.location)
        content = response.content
        if response.content_type.startswith("text/html"):
            script = f'<script src="{CLIENT}" data-edition="{self._preview.edition}" defer></script>'
            content = with_script(content, script)
        self.write(content)

    head = get


class _Client(_OnlyFromHere):
    def get(self) -> None:
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.write(Path(__file__).with_name("preview_client.js").read_bytes())


class _Socket(_OnlyFromHere, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """One open page. It says which edition it shows, and is told at once if there is a newer one.

    Pages of others are refused by Tornado, but those that claim the name of this server are not: hence `prepare`.
    """

    def initialize(self, preview: Preview) -> None:
        self._preview = preview

    def check_origin(self, origin: str) -> bool:
        return urlsplit(origin).netloc == self.request.host

    def send_message(self, message: Mapping[str, object]) -> None:
        """A page that is closed at this moment needs no message, and nobody wants to read that it got none."""
        with suppress(WebSocketClosedError):
            sent = self.write_message(json.dumps(message))
            sent.add_done_callback(lambda done: done.cancelled() or done.exception())

    def on_message(self, message: str | bytes) -> None:
        shown = json.loads(message).get("edition")
        LiveReloadHandler.waiters.add(self)
        if shown != self._preview.edition:
            self.send_message({"edition": self._preview.edition, "styleSheets": None})
