"""The real content as a site, read once in each process: for tests that look at what is published."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from microsite.diagnostics import Diagnostics
from microsite.inputs import read, scan
from microsite.load import CONTENT, kind_of, load_file
from microsite.pipeline import BuildResult
from microsite.project import INPUT_FOLDERS
from microsite.site_model import Site, build_site
from tests.projects import text

ROOT = Path(__file__).parents[1]


@cache
def real_site() -> tuple[Site, Diagnostics]:
    """All entries, drafts too, and what the loader had to say of them."""
    diagnostics = Diagnostics()
    files = []
    for path, stamp in scan(ROOT, [CONTENT.rstrip("/")], {}).items():
        kind = kind_of(path)
        assert kind is not None, f"{path} lies where no content is looked for"
        files.append(load_file(path, read(ROOT, path, stamp), kind))
    for file in files:
        diagnostics.extend(file.diagnostics)
    return build_site(files, True, diagnostics), diagnostics


def copy_with_small_pictures(root: Path, *more: str) -> None:
    """The real site in another folder, with folders of the project besides, and no time to be spent on its pictures."""
    for folder in (*INPUT_FOLDERS, *more):
        shutil.copytree(ROOT / folder, root / folder)
    for number, picture in enumerate(sorted((root / "static/pictures").iterdir())):
        Image.new("RGB", (64 + number, 48), "tan").save(picture)


def html_pages(site: BuildResult) -> Iterator[tuple[str, LexborHTMLParser]]:
    """Every page by its path in the output, redirects too."""
    for path in site.tree:
        if path.endswith(".html"):
            yield path, LexborHTMLParser(text(site, path))


def is_redirect(tree: LexborHTMLParser) -> bool:
    return tree.css_first('meta[http-equiv="refresh"]') is not None


def stated(path: str, key: str) -> str | None:
    found = re.search(rf"^{key}: (.*)$", (ROOT / path).read_text("utf-8"), re.MULTILINE)
    return found[1] if found else None
