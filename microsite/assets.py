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
from microsite.style_sheets import STATIC, StaticFile, is_part, make_style_sheet

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
    # Style sheets come last: they name other files.
    for file in sorted(by_path.values(), key=lambda one: (one.path.endswith(".css"), one.path)):
        if file.path.startswith(ROOT):
            files[file.path.removeprefix(ROOT)] = OutputFile(file.digest, file.read)
        elif file.path.endswith(".css"):
            if not is_part(file.path):
                digest = make_style_sheet(file, by_path, urls, memory, diagnostics)
                _add(file.path, memory.file(digest) if digest else OutputFile(file.digest, file.read), urls, files)
        elif not file.path.startswith(PICTURES):
            _add(file.path, OutputFile(file.digest, file.read), urls, files)
    made, variants = make_pictures(tuple(pictures), by_path, places, memory, diagnostics, progress)
    return Assets(dict(sorted(urls.items())), made, files | variants)


def _add(path: str, file: OutputFile, urls: dict[str, str], files: dict[str, OutputFile]) -> None:
    inside = PurePosixPath(path.removeprefix(STATIC))
    name = f"assets/{inside.with_suffix('')}.{file.digest.hex()[:8]}{inside.suffix}"
    urls[str(inside)] = "/" + name
    files[name] = file
