"""Files of static/ get names that change with their content, so that browsers may keep them for ever.

Style sheets are put together and minified (`style_sheets`); pictures are made in several widths and formats
(`pictures`). What lies in static/root/ keeps its name and goes to the top of the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from microsite.diagnostics import Diagnostics, Span
from microsite.entries import Entry
from microsite.memory import Memory
from microsite.pictures import PICTURES, PictureAsset, make_pictures
from microsite.progress import Progress
from microsite.publish import OutputFile
from microsite.static_lint import lint_static
from microsite.style_sheets import STATIC, StaticFile, is_part, make_style_sheets
from microsite.svg_lint import lint_drawings

ROOT = "static/root/"


@dataclass(frozen=True, slots=True)
class Assets:
    """`urls` by path below static/, `pictures` by id, and the files to publish by output path."""

    urls: Mapping[str, str]
    pictures: Mapping[str, PictureAsset]
    files: Mapping[str, OutputFile]


def build_assets(
    static: Iterable[StaticFile],
    pictures: Iterable[Entry],
    memory: Memory,
    diagnostics: Diagnostics,
    places: Mapping[str, Span] = MappingProxyType({}),
    progress: Progress = lambda *_: None,
) -> Assets:
    """Name every static file and make the pictures that content lists; nothing heavy happens to what is remembered.

    `places` tells where a picture's file is named (see `Site.places`).
    """
    by_path = {file.path: file for file in static}
    urls: dict[str, str] = {}
    files: dict[str, OutputFile] = {}
    for path, file in sorted(by_path.items()):
        if path.startswith(ROOT):
            files[path.removeprefix(ROOT)] = OutputFile(file.digest, file.read)
        elif not path.startswith(PICTURES) and not path.endswith(".css"):
            _add(path, OutputFile(file.digest, file.read), urls, files)
    # They name other files, and one with a mistake has an address all the same.
    styles = {path: file for path, file in by_path.items() if path.endswith(".css") and not path.startswith(ROOT)}
    made = make_style_sheets(styles, urls, memory, diagnostics)
    for path, file in sorted(styles.items()):
        if not is_part(path):
            _add(path, memory.file(made[path]) if path in made else OutputFile(file.digest, file.read), urls, files)
    lint_static(by_path.values(), memory, diagnostics)
    lint_drawings(by_path.values(), memory, diagnostics)
    shown, variants = make_pictures(tuple(pictures), by_path, places, memory, diagnostics, progress)
    return Assets(dict(sorted(urls.items())), shown, files | variants)


def _add(path: str, file: OutputFile, urls: dict[str, str], files: dict[str, OutputFile]) -> None:
    inside = PurePosixPath(path.removeprefix(STATIC))
    name = f"assets/{inside.with_suffix('')}.{file.digest.hex()[:8]}{inside.suffix}"
    urls[str(inside)] = "/" + name
    files[name] = file
