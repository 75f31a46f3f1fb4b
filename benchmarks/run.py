"""Time the generator on made-up sites, beside other generators that happen to be installed, or on the real site.

    .venv/bin/python benchmarks/run.py [--pages 1000] [--runs 5]
    .venv/bin/python benchmarks/run.py --real

Peers are looked for on the PATH (hugo, mkdocs, pelican) and left out if they are not there. Times are medians of whole
commands, start of the interpreter included; compare ratios within one run, not times between machines. Of the real
site's first build the time for its pictures is left out, which the command itself tells.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from corpus import address, body, write

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
BUILD = "from pathlib import Path; from microsite.cli import leave, main; leave(main([], Path.cwd()))"
PICTURE_WORK = re.compile(r"([0-9.]+) s of it for pictures")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--real", action="store_true", help="time a copy of the real site, and nothing else")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, make, command, page, layout, output in [REAL] if options.real else _generators():
            root = Path(folder) / name
            root.mkdir()
            make(root, options.pages)
            _measure(name, root, command, root / page, root / layout, root / output, options.runs)
    return 0


def _measure(name: str, root: Path, command: list[str], page: Path, layout: Path, output: Path, runs: int) -> None:
    def run() -> float:
        started = time.perf_counter()
        said = subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE, text=True).stdout
        took = time.perf_counter() - started
        pictures = PICTURE_WORK.search(said)
        return took - float(pictures[1]) if pictures else took

    def cold() -> None:
        for folder in (output, root / ".cache"):
            shutil.rmtree(folder, ignore_errors=True)

    cases: dict[str, Callable[[], None]] = {
        "cold": cold,
        "unchanged": lambda: None,
        "one edit": lambda: _append(page, "\nOne more sentence.\n"),
        "base template": lambda: _append(layout, "\n"),
    }
    for case, prepare in cases.items():
        times = []
        for _ in range(runs):
            prepare()
            times.append(run())
        print(f"{name:12}{case:16}{statistics.median(times):8.3f} s", flush=True)


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _generators() -> list[tuple[str, Callable[[Path, int], None], list[str], str, str, str]]:
    """Name, maker of the site, command, a page, a layout and the output folder of each generator that is there."""
    ours = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {BUILD}"]
    found = [("microsite", make_site, ours, "content/pages/page-00007.md", "templates/base.html", "public")]
    if hugo := shutil.which("hugo"):
        found.append(("hugo", _hugo, [hugo, "--quiet"], "content/page-00007.md", "layouts/baseof.html", "public"))
    if mkdocs := shutil.which("mkdocs"):
        found.append(("mkdocs", _mkdocs, [mkdocs, "build", "-q"], "docs/page-00007.md", "mkdocs.yml", "site"))
    if pelican := shutil.which("pelican"):
        found.append(
            ("pelican", _pelican, [pelican, "-q", "content"], "content/page-00007.md", "pelicanconf.py", "output")
        )
    return found


def make_site(root: Path, pages: int) -> None:
    from tests.projects import make_project

    links = "\n".join(f"- [{number}]({address(number)})" for number in range(pages))
    files = {"content/pages/all.md": f"---\ntitle: All\ndescription: All pages.\n---\n\n{links}\n\n[Home](/)\n"}
    for number in range(pages):
        front = f"---\ntitle: Page {number}\ndescription: Page {number} of a made-up site.\n---\n\n"
        files[f"content/pages/page-{number:05}.md"] = front + body(number, pages)
    make_project(root, files)
    home = root / "content/pages/home.md"
    _append(home, "\n[All](/all/)\n")


def copy_real_site(root: Path, _pages: int) -> None:
    for folder in ("content", "templates", "static", "microsite"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", root)


REAL = (
    "real site",
    copy_real_site,
    [sys.executable, "build.py"],
    "content/editions/1997.md",
    "templates/base.html",
    "public",
)


def _hugo(root: Path, pages: int) -> None:
    layout = '<!doctype html><title>{{ .Title }}</title><main>{{ block "main" . }}{{ end }}</main>'
    files = {
        "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "Example"\n',
        "layouts/baseof.html": layout,
        "layouts/single.html": '{{ define "main" }}<h1>{{ .Title }}</h1>{{ .Content }}{{ end }}',
        "layouts/list.html": '{{ define "main" }}{{ range .Pages }}'
        '<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}',
    }
    for number in range(pages):
        files[f"content/page-{number:05}.md"] = f"---\ntitle: Page {number}\n---\n\n{body(number, pages)}"
    write(files, root)


def _mkdocs(root: Path, pages: int) -> None:
    files = {"mkdocs.yml": "site_name: Example\n", "docs/index.md": "# Home\n"}
    for number in range(pages):
        files[f"docs/page-{number:05}.md"] = f"# Page {number}\n\n{body(number, pages)}"
    write(files, root)


def _pelican(root: Path, pages: int) -> None:
    files = {"pelicanconf.py": 'SITENAME = "Example"\nPATH = "content"\nTIMEZONE = "UTC"\nDEFAULT_LANG = "en"\n'}
    for number in range(pages):
        files[f"content/page-{number:05}.md"] = f"Title: Page {number}\nDate: 2026-01-01\n\n{body(number, pages)}"
    write(files, root)


if __name__ == "__main__":
    sys.exit(main())
