"""Time from saving a file to its new content in a browser that shows the preview.

    .venv/bin/python benchmarks/preview_latency.py [--pages 1000] [--saves 30] [--only real] [--bars]

The clock starts just before the file is written and stops in the first frame of the browser that has the new content,
with or without a reload. Saved are Markdown files chosen at random, each with its own page open, by renaming a
finished file into place, as most editors do, and by writing in place; then the base template and a style sheet, with a
page chosen at random open. Pauses between saves are random, so that some come while the preview still makes the pages
that nobody asked for. The first site is a copy of the real one, the second is made up. --bars makes the command fail
where a figure is above those of `BARS`.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page  # noqa: E402  # behind the path that the others need
from run import make_site  # noqa: E402

from microsite.editing.content import Reader, read_content  # noqa: E402
from microsite.project import INPUT_FOLDERS  # noqa: E402
from tools.quality.chromium import chromium  # noqa: E402

BARS = {"text": (100, 250), "template": (400, 400), "style sheet": (400, 400)}
"""The longest median and the longest time of all that are good enough, in milliseconds."""
BASE, STYLE = "templates/base.html", "static/css/site.css"
PAUSES_S = (0.05, 0.8)
PATIENCE_MS = 20_000
READY = re.compile(r"http://localhost:(\d+)/")
EXECUTABLES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Each frame looks for what is waited for: a word in the page, or in a property of the style sheet.
WATCH = """(() => {
  const look = () => {
    const wanted = sessionStorage.getItem("wanted");
    const root = document.documentElement;
    const style = root ? getComputedStyle(root).getPropertyValue("--latency") : "";
    if (wanted && (style.includes(wanted) || document.body?.textContent.includes(wanted))) {
      sessionStorage.removeItem("wanted");
      sessionStorage.setItem("seen", performance.timeOrigin + performance.now());
    }
    requestAnimationFrame(look);
  };
  look();
})()"""
SEEN = "() => sessionStorage.getItem('seen')"
Save = Callable[[Path, bytes], None]


@dataclass(frozen=True, slots=True)
class Case:
    """What is saved and how: `mark` puts a word into a text so that the browser has it."""

    kind: str
    way: str
    save: Save
    path: str | None
    mark: Callable[[str, str], str]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=1000, help="of the made-up site")
    parser.add_argument("--saves", type=int, default=30, help="of each kind")
    parser.add_argument("--only", choices=["real", "made-up"], help="one of the two sites")
    parser.add_argument("--bars", action="store_true", help="fail where a figure is above the bars")
    options = parser.parse_args()
    sites: dict[str, Callable[[Path], None]] = {
        "real": _copy_of_real_site,
        "made-up": lambda root: _made_up_site(root, options.pages),
    }
    too_slow = False
    with chromium(_browser()) as browser:
        for name, make in sites.items():
            if options.only in (None, name):
                with tempfile.TemporaryDirectory() as folder:
                    make(Path(folder))
                    too_slow |= _measure(name, Path(folder), browser.new_page(bypass_csp=True), options.saves)
    return int(options.bars and too_slow)


def _measure(name: str, root: Path, page: Page, saves: int) -> bool:
    """Print a line for each case; true if one of them is above its bars."""
    rng = random.Random(name)
    pages = _pages(root)
    page.set_default_timeout(PATIENCE_MS)
    page.add_init_script(WATCH)
    too_slow = False
    with _serving(root) as address:
        for case in _cases():
            times = [_time_one(case, root, page, address, pages, f"mark-{number}-", rng) for number in range(saves)]
            median, most = statistics.median(times), max(times)
            above = median > BARS[case.kind][0] or most > BARS[case.kind][1]
            too_slow |= above
            print(
                f"{name:8} {len(pages):5} pages  {case.kind:12} {case.way:10} {saves:3} saves  "
                f"median {median:4.0f} ms  longest {most:4.0f} ms{'  above its bar' if above else ''}",
                flush=True,
            )
    return too_slow


def _cases() -> Iterator[Case]:
    for way, save in (("renamed", _by_renaming), ("written", _in_place)):
        yield Case("text", way, save, None, lambda text, word: f"{text}\n\n{word}\n")
        yield Case("template", way, save, BASE, lambda text, word: text.replace("</body>", f"<p>{word}</p></body>"))
        yield Case("style sheet", way, save, STYLE, lambda text, word: f'{text}\n:root {{ --latency: "{word}" }}\n')


def _time_one(
    case: Case, root: Path, page: Page, address: str, pages: dict[str, str], word: str, rng: random.Random
) -> float:
    """Milliseconds from one save to sight; the file is as it was afterwards."""
    text = rng.choice(sorted(pages))
    file = root / (case.path or text)
    with page.expect_websocket():
        page.goto(address + pages[text])
    before = file.read_bytes()
    time.sleep(rng.uniform(*PAUSES_S))
    page.evaluate("word => { sessionStorage.removeItem('seen'); sessionStorage.setItem('wanted', word) }", word)
    saved = time.time()
    case.save(file, case.mark(before.decode(), word).encode())
    page.wait_for_function(SEEN, polling=50)  # in milliseconds
    seen = float(page.evaluate(SEEN)) / 1000
    page.goto("about:blank")  # or it would be loaded anew while the next one is asked for
    _by_renaming(file, before)
    time.sleep(rng.uniform(*PAUSES_S))
    return (seen - saved) * 1000


def _by_renaming(file: Path, content: bytes) -> None:
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_bytes(content)
    beside.replace(file)


def _in_place(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def _pages(root: Path) -> dict[str, str]:
    """The address of each page that is made from a text of its own, by the path of that."""
    site, _ = Reader().site(read_content(root))
    entries = (entry for kind in site.entries.values() for entry in kind.values())
    return {one.path: one.permalink for one in entries if one.body and (one.permalink or "").endswith("/")}


def _made_up_site(root: Path, pages: int) -> None:
    make_site(root, pages)
    (root / STYLE).parent.mkdir(parents=True)
    (root / STYLE).write_text("h1 { color: teal }\n")


def _copy_of_real_site(root: Path) -> None:
    """With what it remembers of pictures, if it was built before: to make them takes minutes."""
    for folder in (*INPUT_FOLDERS, ".cache"):
        if (ROOT / folder).exists():
            shutil.copytree(ROOT / folder, root / folder)


@contextmanager
def _serving(root: Path) -> Iterator[str]:
    """The preview of a project in a process of its own; gives its address without the slash at the end."""
    shutil.copy(ROOT / "build.py", root)
    command = [sys.executable, "build.py", "--serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            ready = next(filter(None, map(READY.search, process.stdout)))
            yield f"http://localhost:{ready[1]}"
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()


def _browser() -> str:
    found = os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, EXECUTABLES)), None)
    if found is None:
        sys.exit("This needs Chromium: install it, or set CHROMIUM_PATH to the program.")
    return found


if __name__ == "__main__":
    sys.exit(main())
