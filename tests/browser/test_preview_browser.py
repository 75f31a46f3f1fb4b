"""The preview as its users have it: `build.py --serve` in a process of its own, a browser, and files that are saved."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from microsite.diagnostics.overlay import OVERLAY_ID
from tests.projects import BASE_TEMPLATE, CONTENT, make_project, write
from tests.projects import page as page_of

ROOT = Path(__file__).resolve().parents[2]
HOME, SOURCES = "content/pages/home.md", "content/pages/sources.md"
BASE, STYLE = "templates/base.html", "static/css/site.css"
HIGH = "body { min-height: 5000px }\n"
PATIENCE_S = 20
LATENCY_S = 1.5
READY = re.compile(r"The site is at http://localhost:(\d+)/")


class Server:
    """A running preview, what it prints, and the port it said that it has."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.printed: list[str] = []
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        until(lambda: READY.search(self.output) is not None or process.poll() is not None)
        ready = READY.search(self.output)
        assert ready, self.output
        self.port = int(ready[1])
        self.address = f"http://localhost:{self.port}"

    @property
    def output(self) -> str:
        return "".join(self.printed)

    def _read(self) -> None:
        assert self.process.stdout
        self.printed.extend(iter(self.process.stdout.readline, ""))

    def end(self) -> None:
        """As by Ctrl-C, and it must go well."""
        self.process.send_signal(signal.SIGINT)
        try:
            code = self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        finally:
            self._reader.join()
            assert self.process.stdout
            self.process.stdout.close()
        assert (code, "Traceback" in self.output) == (0, False), self.output


@contextmanager
def serving(root: Path, port: int = 0) -> Iterator[Server]:
    command = [sys.executable, "-W", "error", "build.py", "--serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    # A program that is started in the background may have been told to ignore SIGINT, and its children with it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
    finally:
        signal.signal(signal.SIGINT, before)
    server = Server(process)
    try:
        yield server
    finally:
        server.end()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "build.py", tmp_path)
    return make_project(tmp_path, {STYLE: HIGH})


@pytest.fixture
def server(root: Path) -> Iterator[Server]:
    with serving(root) as server:
        yield server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with closing(browser.new_context()) as context:
        context.set_default_timeout(PATIENCE_S * 1000)
        yield context.new_page()


@pytest.fixture
def home(page: Page, server: Server) -> Page:
    """The home page, opened and connected to the server."""
    open_connected(page, server)
    return page


def open_connected(page: Page, server: Server) -> None:
    """From here on a test asks the server for nothing: what changes in the browser came by itself."""
    with page.expect_websocket():
        page.goto(server.address)
    sees(page, "A claim.")


def saying(words: str) -> str:
    return CONTENT[HOME].replace("A claim.", words)


def say(root: Path, words: str) -> None:
    write(root, HOME, saying(words))


def sees(page: Page, words: str) -> None:
    expect(page.locator("body > p").first).to_contain_text(words, timeout=PATIENCE_S * 1000)


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that nobody tells of."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


# Saving ---------------------------------------------------------------------------------------------------------------


def test_what_is_saved_is_shown(root: Path, home: Page) -> None:
    say(root, "Another claim.")
    sees(home, "Another claim.")
    expect(home.locator(f"#{OVERLAY_ID}")).to_have_count(0)


def test_it_is_shown_soon(root: Path, home: Page, record_property: Callable[[str, object], None]) -> None:
    seconds = []
    for number in range(10):
        time.sleep(0.1)
        saved = time.perf_counter()
        say(root, f"Claim number {number}.")
        home.wait_for_selector(f"text=Claim number {number}.")
        seconds.append(time.perf_counter() - saved)
    found = f"median {statistics.median(seconds):.3f} s, longest {max(seconds):.3f} s"
    record_property("from save to sight", found)
    assert max(seconds) < LATENCY_S


def test_the_last_of_many_quick_saves_is_shown(root: Path, home: Page) -> None:
    for number in range(20):
        say(root, f"Claim number {number}.")
        time.sleep(0.05)
    sees(home, "Claim number 19.")


def test_what_is_saved_while_a_build_runs_is_not_lost(root: Path, home: Page) -> None:
    write(root, BASE, BASE_TEMPLATE.replace("<h1>", "{% for _ in range(2000000) %}{% endfor %}<h1>Slowly: "))
    expect(home.locator("body > h1")).to_have_text("Slowly: Home", timeout=PATIENCE_S * 1000)
    for number in range(4):
        say(root, f"Claim number {number}.")
        time.sleep(0.15)
    sees(home, "Claim number 3.")


def test_files_may_be_replaced_by_renaming(root: Path, home: Page) -> None:
    for number in range(3):
        write(root, "content/pages/home.md.tmp", saying(f"Claim number {number}."))
        os.replace(root / "content/pages/home.md.tmp", root / HOME)
        sees(home, f"Claim number {number}.")


@pytest.mark.parametrize("folder", ["content", "content/pages"])
@pytest.mark.parametrize("pause", [0.0, 1.0], ids=["at-once", "later"])
def test_a_folder_may_be_deleted_and_made_anew(root: Path, home: Page, folder: str, pause: float) -> None:
    files = {path: text for path, text in CONTENT.items() if path.startswith(folder)}
    shutil.rmtree(root / folder)
    if pause:
        expect(home.locator(f"#{OVERLAY_ID} dialog")).to_be_visible()
        time.sleep(pause)
    for path, text in files.items():
        write(root, path, text.replace("A claim.", "A claim come back."))
    sees(home, "A claim come back.")
    time.sleep(pause)
    say(root, "A claim after that.")  # in the new folder, which nobody watched when the preview began
    sees(home, "A claim after that.")


def test_a_folder_may_come_later(root: Path, page: Page) -> None:
    shutil.rmtree(root / "static")
    write(root, BASE, BASE_TEMPLATE)
    with serving(root) as server:
        open_connected(page, server)
        write(root, STYLE, "h1 { color: rgb(1, 2, 3) }\n")
        write(root, BASE, BASE_TEMPLATE)
        expect(page.locator("body > h1")).to_have_css("color", "rgb(1, 2, 3)")
        time.sleep(1)  # for the new folder to be watched
        write(root, STYLE, "h1 { color: rgb(4, 5, 6) }\n")
        expect(page.locator("body > h1")).to_have_css("color", "rgb(4, 5, 6)")


def test_a_page_left_open_over_a_restart_is_brought_up_to_date(root: Path, page: Page) -> None:
    with serving(root) as server:
        open_connected(page, server)
    say(root, "A claim made meanwhile.")
    with serving(root, server.port) as again:
        assert again.port == server.port
        sees(page, "A claim made meanwhile.")


# Mistakes -------------------------------------------------------------------------------------------------------------


def test_mistakes_are_all_shown_over_the_last_good_page_until_they_are_mended(root: Path, home: Page) -> None:
    say(root, "A broken claim.[@nobody]")
    write(root, SOURCES, CONTENT[SOURCES].replace("view: sources", "veiw: sources"))
    overlay = home.locator(f"#{OVERLAY_ID} dialog")
    expect(overlay).to_contain_text("unknown-source")
    expect(overlay).to_contain_text("nobody")
    expect(overlay).to_contain_text("veiw")
    expect(overlay).to_contain_text("content/pages/home.md:8:18")
    expect(overlay).to_contain_text("This is the last good page.")
    expect(overlay.get_by_role("button", name="Close")).to_be_focused()
    sees(home, "A claim.")
    home.keyboard.press("Escape")
    expect(overlay).to_be_hidden()
    say(root, "A mended claim.")
    expect(overlay).to_be_visible()
    expect(overlay).not_to_contain_text("nobody")
    write(root, SOURCES, CONTENT[SOURCES])
    sees(home, "A mended claim.")
    expect(overlay).to_have_count(0)


def test_it_starts_on_broken_content(root: Path, page: Page) -> None:
    say(root, "A broken claim.[@nobody]")
    with serving(root) as server:
        assert "unknown-source" in server.output
        with page.expect_websocket():
            page.goto(server.address)
        expect(page.locator("main.problems")).to_contain_text("nobody")
        say(root, "A mended claim.")
        sees(page, "A mended claim.")


# What a reload would lose ---------------------------------------------------------------------------------------------


def test_a_style_sheet_changes_without_a_reload(root: Path, home: Page) -> None:
    home.evaluate("window.left = 'here'; scrollTo(0, 1234)")
    for number in range(1, 6):
        write(root, STYLE, f"{HIGH} h1 {{ color: rgb(0, 0, {number}) }}\n")
        time.sleep(0.05 * number)
    expect(home.locator("body > h1")).to_have_css("color", "rgb(0, 0, 5)")
    expect(home.locator("link[rel=stylesheet]")).to_have_count(1)
    assert home.evaluate("[window.left, scrollY]") == ["here", 1234]


def test_a_mistake_in_a_style_sheet_is_shown_and_goes_away(root: Path, home: Page) -> None:
    write(root, STYLE, "h1 { color: }}\n")
    expect(home.locator(f"#{OVERLAY_ID} dialog")).to_contain_text("bad-css")
    write(root, STYLE, "h1 { color: rgb(1, 2, 3) }\n")
    expect(home.locator("body > h1")).to_have_css("color", "rgb(1, 2, 3)")
    expect(home.locator(f"#{OVERLAY_ID}")).to_have_count(0)


def test_a_template_changes_without_a_reload(root: Path, home: Page) -> None:
    home.evaluate("window.left = 'here'; scrollTo(0, 1234)")
    write(root, BASE, BASE_TEMPLATE.replace("<h1>", "<h1>New: "))
    expect(home.locator("body > h1")).to_have_text("New: Home")
    assert home.evaluate("[window.left, scrollY]") == ["here", 1234]


@pytest.mark.parametrize(
    ("more", "reloads"),
    [("", False), ("<form></form>", True)],  # scripts may look for a form when a page is loaded
)
def test_what_a_reader_has_opened_and_typed_outlives_a_change(root: Path, home: Page, more: str, reloads: bool) -> None:
    extras = (
        '<details id="more"><summary>More</summary>Words</details>'
        '<form><input id="name"><input type="checkbox" id="sure"></form>'
        '<button popovertarget="note">Note</button><div id="note" popover>A note</div>'
    )
    write(root, BASE, BASE_TEMPLATE.replace("</body>", f"{extras}</body>"))
    expect(home.locator("#more")).to_be_visible()
    home.locator("summary").click()
    home.locator("#sure").check()
    home.locator("#name").fill("Sara")
    home.locator("button[popovertarget]").click()
    expect(home.locator("#note")).to_be_visible()
    home.evaluate("window.left = 'here'")
    write(root, BASE, BASE_TEMPLATE.replace("<h1>", "<h1>New: ").replace("</body>", f"{extras}{more}</body>"))
    expect(home.locator("body > h1")).to_have_text("New: Home")
    assert home.evaluate("window.left === undefined") == reloads
    expect(home.locator("#note")).to_be_visible()
    expect(home.locator("#more")).to_have_attribute("open", "")
    expect(home.locator("#name")).to_have_value("Sara")
    expect(home.locator("#sure")).to_be_checked()


def test_a_page_that_moves_is_followed(root: Path, server: Server, page: Page) -> None:
    write(root, "content/pages/about.md", page_of("About", "About us."))
    with page.expect_websocket():
        page.goto(f"{server.address}/about/")
    os.rename(root / "content/pages/about.md", root / "content/pages/about-us.md")
    write(root, "content/pages/about-us.md", page_of("About", "All of us."))
    sees(page, "All of us.")
    assert page.url == f"{server.address}/about-us/"


def test_the_tab_tells_of_mistakes(root: Path, home: Page) -> None:
    title = home.title()
    say(root, "Broken.[@nobody]")
    expect(home.locator(f"#{OVERLAY_ID} dialog")).to_be_visible()
    expect(home).to_have_title(f"✗ 1 error in 1 file – {title}")
    expect(home.locator("link[rel=icon]")).to_have_attribute("href", "/_microsite/problem.svg")
    link = home.locator(f"#{OVERLAY_ID} dialog a").first
    expect(link).to_have_attribute("href", f"vscode://file/{str(root / HOME).removeprefix('/')}:8:10")
    say(root, "Mended.")
    sees(home, "Mended.")
    expect(home).to_have_title(title)


def test_hundreds_of_files_may_change_at_once(root: Path, home: Page) -> None:
    for number in range(500):
        write(root, f"content/pages/page-{number}.md", page_of(f"Page number {number}", f"Page {number}."))
    say(root, "[Page 499](/page-499/).")
    home.locator("a[href='./page-499/']").click()
    sees(home, "Page 499.")


# The server -----------------------------------------------------------------------------------------------------------


def answer_to(server: Server, path: str, **headers: str) -> tuple[int, str]:
    """Status and text of an answer; the path is sent as it is."""
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_S)) as connection:
        connection.putrequest("GET", path, skip_host=True)
        for name, value in {"Host": f"localhost:{server.port}", **headers}.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        return response.status, "" if response.status == 101 else response.read().decode()


def raw(server: Server, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_S)) as connection:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()


def test_a_part_of_a_file_can_be_asked_for(server: Server) -> None:
    _, headers, whole = raw(server, "GET", "/")
    size = len(whole)
    assert (headers["accept-ranges"], size > 20) == ("bytes", True)
    for asked, first, last in (("0-3", 0, 3), ("5-", 5, size - 1), ("-4", size - 4, size - 1), ("2-9999", 2, size - 1)):
        status, headers, part = raw(server, "GET", "/", Range=f"bytes={asked}")
        assert (status, headers["content-range"]) == (206, f"bytes {first}-{last}/{size}")
        assert part == whole[first : last + 1]
    assert raw(server, "GET", "/", Range=f"bytes={size}-")[0] == 416
    assert raw(server, "GET", "/", Range="bytes=-0")[0] == 416
    for nonsense in ("bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4"):
        assert raw(server, "GET", "/", Range=nonsense)[2] == whole


def test_what_has_not_changed_is_not_sent_again(root: Path, server: Server) -> None:
    status, headers, _ = raw(server, "GET", "/")
    assert (status, headers["cache-control"]) == (200, "no-cache")
    assert raw(server, "GET", "/", If_None_Match=headers["etag"])[::2] == (304, b"")
    say(root, "Another claim.")
    assert raw(server, "GET", "/", If_None_Match=headers["etag"])[0] == 200


def test_the_head_alone_can_be_asked_for(server: Server) -> None:
    got, heads = raw(server, "GET", "/robots.txt"), raw(server, "HEAD", "/robots.txt")
    assert (heads[0], heads[2]) == (200, b"")
    assert heads[1]["content-length"] == got[1]["content-length"] == str(len(got[2]))


def test_what_has_a_fingerprint_may_be_kept(server: Server) -> None:
    style = re.search(rb'href="(?:\./)?/?(assets/css/[^"]+)"', raw(server, "GET", "/")[2])
    assert style
    assert "immutable" in raw(server, "GET", f"/{style[1].decode()}")[1]["cache-control"]


def test_a_taken_port_is_left_alone(root: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(root, port) as server:
            assert server.port != port
            assert f"Port {port} is taken." in server.output
            assert answer_to(server, "/")[0] == 200


def test_it_ends_at_once_and_in_peace(root: Path, page: Page) -> None:
    with serving(root) as server:
        open_connected(page, server)
        started = time.monotonic()
    assert time.monotonic() - started < 5
    assert server.output.strip().endswith("Ctrl-C ends it.")


def test_other_names_for_this_machine_are_refused(server: Server) -> None:
    for host in ("example.com", f"example.com:{server.port}", "localhost.example.com", "127.0.0.1.example.com:80"):
        for path in ("/", "/_microsite/client.js", "/robots.txt"):
            assert answer_to(server, path, Host=host) == (403, "The preview answers to localhost only.")
    for host in (f"localhost:{server.port}", f"127.0.0.1:{server.port}", "localhost", "[::1]", "[::1]:80", "LOCALHOST"):
        assert answer_to(server, "/", Host=host)[0] == 200


def test_pages_of_others_are_told_nothing(server: Server) -> None:
    def shaken(origin: str, host: str = f"localhost:{server.port}") -> int:
        key = {"Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec_WebSocket_Version": "13"}
        upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Host": host, "Origin": origin, **key}
        return answer_to(server, "/_microsite/socket", **upgrade)[0]

    assert shaken(f"http://localhost:{server.port}") == 101
    assert shaken("https://example.com") == 403
    assert shaken(f"http://localhost:{server.port + 1}") == 403
    assert shaken("http://example.com:80", host="example.com:80") == 403
    assert shaken("null") == 403


def test_the_guide_is_served_and_is_no_page_of_the_site(root: Path, server: Server, page: Page) -> None:
    assert answer_to(server, "/_guide/") == (404, "There is no guide here.")
    write(root, "docs/editing.md", "# How to edit\n\n## Add <a> picture\n\n- one\n\n[Home](/)\n")
    status, headers, text = raw(server, "GET", "/_guide/")
    assert (status, headers["content-type"], headers["cache-control"]) == (200, "text/html; charset=UTF-8", "no-store")
    assert b"<h2" in text
    assert b"&lt;a&gt; picture" in text
    assert answer_to(server, "/_guide/", Host="example.com")[0] == 403
    assert [answer_to(server, path)[0] for path in ("/_guide", "/_guide/editing.md", "/docs/editing.md")] == [404] * 3
    page.goto(f"{server.address}/_guide/")
    page.get_by_role("link", name="The site").click()
    sees(page, "A claim.")


def test_only_the_site_is_served(root: Path, server: Server) -> None:
    write(root, ".git/config", "secret")
    write(root, "secret.html", "secret")
    paths = (
        "/../build.py",
        "/sources/../../build.py",
        "/%2e%2e/build.py",
        "/..%2fbuild.py",
        "/%2e%2e%2f%2e%2e%2fetc/passwd",
        "//etc/passwd",
        "/.git",
        "/.git/config",
        "/secret.html",
        "/content/pages/home.md",
        "/assets/",
        "/_microsite/",
    )
    answers = {path: answer_to(server, path) for path in paths}
    assert {path: status for path, (status, _) in answers.items()} == dict.fromkeys(paths, 404)
    assert all("There is no such page." in text and "secret" not in text for _, text in answers.values())
