"""The preview over HTTP: livereload's WebSocket as transport, watchfiles as watcher, both kept on a short lead.

livereload by itself drops reloads that come within three seconds of another, accepts any origin, and polls. Here it
carries messages only; what changed and what is served is decided by `Preview`.
"""

from __future__ import annotations

import gc
import json
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Set
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import watchfiles
from livereload.handlers import LiveReloadHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.platform.asyncio import BaseAsyncIOLoop
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError

from microsite.diagnostics.terminal import render
from microsite.editing import guide
from microsite.inputs import is_temporary
from microsite.pipeline import Settings
from microsite.preview import Change, Preview, with_script
from microsite.progress import ProgressLine
from microsite.project import INPUT_FOLDERS, Look, Project

LOOPBACK = "127.0.0.1"
OWN_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
CLIENT = "/_microsite/client.js"
SCRIPTS = {"client": "preview_client.js", "renewal": "preview_renewal.js"}
SOCKET = "/_microsite/socket"
PROBLEM_ICON = "/_microsite/problem.svg"
PORTS_TRIED = 20
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
DEBOUNCE_MS = 20
IDLE_MS = 500
PATIENCE_S = 5
# The other pages wait until the one that is looked at has been asked for and sent, and then give way every few ms.
QUIET_S = 0.25
SLICE_S = 0.01
FOR_EVER = "public, max-age=31536000, immutable"

Folders = Mapping[Path, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a preview listens: the address of a network interface, and a port, 0 for any."""

    host: str = LOOPBACK
    port: int = 0


def serve(project: Project, look: Look, settings: Settings, place: Place, editor: str, clean: bool) -> int:
    """Show the site until the user ends it; gives the exit code. `editor` is the pattern of an address that opens a
    file in one, such as `vscode://file/{path}:{line}:{column}`."""
    preview = Preview(project, settings, project.open_memory(look.generator, clean), editor)
    try:
        _first_build(preview)
        _collect_no_garbage_meanwhile()
        with _listening(preview, place) as actual, _watching(preview):
            if place.port not in (actual, 0):
                print(f"Port {place.port} is taken.")
            if place.host != LOOPBACK:
                print("Everybody in your network can see the preview. Without --host only you can.")
            _report(preview)
            name = "localhost" if place.host == LOOPBACK else place.host
            print(f"The site is at http://{name}:{actual}/ and follows your changes. Ctrl-C ends it.", flush=True)
            if (project.root / guide.GUIDE).exists():
                print(f"How to change it is told at http://{name}:{actual}{guide.ADDRESS}", flush=True)
            _run_until_interrupted(IOLoop.current())
            print()
    except KeyboardInterrupt:
        print()
    finally:
        preview.memory.close()
    return 0


def _collect_no_garbage_meanwhile() -> None:
    """What a site consists of is long-lived, and to look through it takes 50 ms: that is done when nobody waits."""
    gc.freeze()
    gc.disable()


def _run_until_interrupted(loop: IOLoop) -> None:
    """Ctrl-C ends it between two callbacks, not in the middle of one."""
    assert isinstance(loop, BaseAsyncIOLoop)  # there has been no other for years
    wake = loop.asyncio_loop.call_soon_threadsafe  # nothing else may be called from a signal handler
    before = signal.signal(signal.SIGINT, lambda *_: wake(loop.stop))
    try:
        loop.start()
    finally:
        signal.signal(signal.SIGINT, before)


def _first_build(preview: Preview) -> None:
    progress = ProgressLine(sys.stderr, time.perf_counter(), quiet=False)
    try:
        preview.refresh(progress.show)
    finally:
        progress.clear()


@contextmanager
def _listening(preview: Preview, place: Place) -> Iterator[int]:
    """Serve as soon as the loop runs; gives the port."""
    server = HTTPServer(application(preview, OWN_NAMES | {place.host}))
    listening = _bind(place)
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


def _bind(place: Place) -> socket.socket:
    """The port asked for, one of the next few if it is taken, or any that is free."""
    for port in range(max(place.port, 1), min(place.port + PORTS_TRIED, 65536)) if place.port else ():
        with suppress(OSError):
            return _listen(place.host, port)
    return _listen(place.host, 0)


def _listen(host: str, port: int) -> socket.socket:
    # Tornado's own bind_sockets leaves a socket behind where the port is taken.
    listening = socket.create_server((host, port))
    listening.setblocking(False)
    return listening


def application(preview: Preview, names: Set[str] = OWN_NAMES) -> Application:
    """Handlers over a preview, which answer to some names only."""
    return Application(
        [
            (SOCKET, _Socket, {"preview": preview}),
            (rf"/_microsite/({'|'.join(SCRIPTS)})\.js", _Script),
            (PROBLEM_ICON, _ProblemIcon),
            (guide.ADDRESS, _Guide, {"preview": preview}),
            (r"/.*", _Pages, {"preview": preview}),
        ],
        names=names,
        log_function=lambda _: None,  # what is missing is among the diagnostics, but for icons that browsers guess at
    )


def update(preview: Preview) -> None:
    """Bring the preview up to date and tell every open page what became of it."""
    # A browser takes a while to begin to load a page anew, in which there is time to prepare it.
    change = preview.follow(foretell=lambda edition: _tell(edition, None))
    if change is not None:
        if preview.draft is None:
            _report(preview)
        announce(preview, change)
        if preview.draft is not None:
            IOLoop.current().call_later(QUIET_S, _go_on, preview, preview.generation)
        else:
            IOLoop.current().call_later(QUIET_S, gc.collect)


def _go_on(preview: Preview, generation: int) -> None:
    """Make what nobody has asked for yet, a little at a time, so that whoever asks for something needs not wait."""
    end = time.perf_counter() + SLICE_S
    while preview.draft is not None and preview.generation == generation:
        if change := preview.step():
            announce(preview, change)
        if preview.draft is None:
            _report(preview)
            gc.collect()
        elif time.perf_counter() > end:
            IOLoop.current().add_callback(_go_on, preview, generation)
            return


def announce(preview: Preview, change: Change) -> None:
    _tell(preview.edition, change.style_sheets)


def _tell(edition: str, style_sheets: Mapping[str, str] | None) -> None:
    for page in list(LiveReloadHandler.waiters):
        page.send_message({"edition": edition, "styleSheets": style_sheets})


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
        step=2,  # ms in which nothing may happen
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
        if host.lower() not in self.settings["names"]:
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
        # What has a fingerprint in its name need not be fetched again with every reload.
        self.set_header("Cache-Control", FOR_EVER if response.lasting else "no-cache")
        if response.location:
            self.set_header("Location", response.location)
        content = response.content
        if response.content_type.startswith("text/html"):
            script = f'<script type="module" src="{CLIENT}" data-edition="{self._preview.edition}"></script>'
            content = with_script(content, script)
        self._send(content)

    head = get

    def _send(self, content: bytes) -> None:
        """All of it or the part that is asked for (RFC 9110, 14.2), as by players of films. Tornado adds the ETag."""
        self.set_header("Accept-Ranges", "bytes")
        asked = RANGE.fullmatch(self.request.headers.get("Range", ""))
        if self.get_status() != 200 or asked is None or asked[0] == "bytes=-":
            self.write(content)
            return
        first, last = _part(asked, len(content))
        if first > last:
            self.set_status(416)
            self.set_header("Content-Range", f"bytes */{len(content)}")
            return
        self.set_status(206)
        self.set_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.write(content[first : last + 1])


def _part(asked: re.Match[str], size: int) -> tuple[int, int]:
    """The first and last byte of a range; none if the first is behind the last."""
    if not asked[1]:
        return (max(size - int(asked[2]), 0), size - 1) if int(asked[2]) else (size, size - 1)
    return int(asked[1]), min(int(asked[2]), size - 1) if asked[2] else size - 1


class _Guide(_OnlyFromHere):
    """How to edit what is shown here. It is no part of the site and never published."""

    def initialize(self, preview: Preview) -> None:
        self._preview = preview

    def get(self) -> None:
        page = guide.guide_page(self._preview.project.root)
        self.set_status(200 if page else 404)
        self.set_header("Cache-Control", "no-store")
        self.write(page or "There is no guide here.")


class _Script(_OnlyFromHere):
    def get(self, name: str) -> None:
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.write(Path(__file__).with_name(SCRIPTS[name]).read_bytes())


class _ProblemIcon(_OnlyFromHere):
    """What the tab of a page with an overlay shows."""

    def get(self) -> None:
        self.set_header("Content-Type", "image/svg+xml")
        disc = '<circle cx="8" cy="8" r="8" fill="#b3140f"/>'
        self.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{disc}</svg>')


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
