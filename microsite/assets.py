"""Files of static/ get names that change with their content, so that browsers may keep them for ever.

Style sheets are put together and minified (`style_sheets`); pictures are made in several widths and formats. What lies
in static/root/ keeps its name and goes to the top of the site.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from types import MappingProxyType

from microsite.diagnostics import Diagnostics, Span
from microsite.entries import Entry, name_of
from microsite.memory import Memory
from microsite.publish import OutputFile
from microsite.style_sheets import STATIC, StaticFile, is_part, make_style_sheet
from microsite.suggest import guess

PICTURES = "static/pictures/"
ROOT = "static/root/"
WIDTHS = (480, 800, 1200, 1600, 2400)
FORMATS = {"avif": {"quality": 60, "speed": 6}, "webp": {"quality": 78, "method": 5}}
FALLBACK_WIDTH = 1200
MEDIA = {"upright": "(max-aspect-ratio: 4/5)", "dark": "(prefers-color-scheme: dark)"}
"""What the words of an alternative mean to a browser; static/js/site.js and the style sheets use the same."""
MAX_PIXELS = 60_000_000


@dataclass(frozen=True, slots=True)
class PictureSource:
    """One `<source>`: a format of the picture itself, or of one that takes its place where `media` holds."""

    type: str
    srcset: str
    width: int
    height: int
    media: str | None = None


@dataclass(frozen=True, slots=True)
class PictureAsset:
    """A picture as a template needs it: `<source>` elements and an `<img>`; sizes in pixels."""

    id: str
    alt: str
    caption: str | None
    credit: str
    licence: str
    width: int
    height: int
    sources: tuple[PictureSource, ...]
    fallback: str


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
    listed, made = tuple(pictures), {}
    for one in listed:
        span = places.get(f"{name_of(one)}.file", Span(one.path))
        if picture := _picture(one, span, by_path, files, memory, diagnostics):
            made[one.id] = picture
    directed = {one.id: _with_alternatives(one, made) for one in listed if one.id in made}
    return Assets(dict(sorted(urls.items())), directed, files)


def _add(path: str, file: OutputFile, urls: dict[str, str], files: dict[str, OutputFile]) -> None:
    inside = PurePosixPath(path.removeprefix(STATIC))
    name = f"assets/{inside.with_suffix('')}.{file.digest.hex()[:8]}{inside.suffix}"
    urls[str(inside)] = "/" + name
    files[name] = file


# Pictures -------------------------------------------------------------------------------------------------------------


def _picture(
    entry: Entry,
    span: Span,
    by_path: Mapping[str, StaticFile],
    files: dict[str, OutputFile],
    memory: Memory,
    diagnostics: Diagnostics,
) -> PictureAsset | None:
    path = PICTURES + entry.data.file
    file = by_path.get(path)
    if file is None:
        known = [one.removeprefix(PICTURES) for one in by_path if one.startswith(PICTURES)]
        message = f"the picture “{entry.id}” has no file {path}"
        diagnostics.error(
            "unknown-picture-file", message, span, *guess(entry.data.file, known, f"put it into {PICTURES}")
        )
        return None
    size = memory.results("picture-size", [file.digest], lambda _: {file.digest: _size(file)})[file.digest]
    if size is None:
        hint = "open it in a picture editor and save it anew as WebP, PNG or JPEG"
        diagnostics.error("bad-picture", f"{path} cannot be read as a picture", span, hint)
        return None
    if size[0] * size[1] > MAX_PIXELS:
        message = f"{path} has {size[0]} × {size[1]} pixels, which takes too long to work on"
        hint = f"make it smaller: {WIDTHS[-1]} pixels are the widest that is shown"
        diagnostics.error("picture-too-large", message, span, hint)
        return None
    width, height = size
    return PictureAsset(
        entry.id,
        entry.data.alt,
        entry.data.caption,
        entry.data.credit,
        entry.data.licence,
        width,
        height,
        tuple(
            PictureSource(f"image/{form}", ", ".join(_variants(file, width, form, files, memory)), width, height)
            for form in FORMATS
        ),
        _variant(file, min(width, FALLBACK_WIDTH), "jpeg", files, memory),
    )


def _with_alternatives(entry: Entry, made: Mapping[str, PictureAsset]) -> PictureAsset:
    """The picture with those that stand in for it put first; ids that lead nowhere were reported by the site model."""
    others = (
        replace(source, media=" and ".join(MEDIA[word] for word in other.when))
        for other in entry.data.alternatives
        if other.picture in made
        for source in made[other.picture].sources
    )
    own = made[entry.id]
    return replace(own, sources=(*others, *own.sources))


def _variants(file: StaticFile, width: int, form: str, files: dict[str, OutputFile], memory: Memory) -> Iterable[str]:
    for one in sorted({min(candidate, width) for candidate in WIDTHS}):
        yield f"{_variant(file, one, form, files, memory)} {one}w"


def _variant(file: StaticFile, width: int, form: str, files: dict[str, OutputFile], memory: Memory) -> str:
    key = hashlib.sha256(file.digest + f"{width} {form} {FORMATS.get(form)}".encode()).digest()

    def make(_: list[bytes]) -> dict[bytes, bytes]:
        return {key: memory.keep_content(_encode(file.read(), width, form))}

    digest: bytes = memory.results("variant", [key], make)[key]
    stem = PurePosixPath(file.path.removeprefix(STATIC)).with_suffix("")
    name = f"assets/{stem}-{width}.{digest.hex()[:8]}.{form.replace('jpeg', 'jpg')}"
    files[name] = memory.file(digest)
    return "/" + name


def _size(file: StaticFile) -> tuple[int, int] | None:
    from PIL import Image

    content = file.read()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as picture:
                if picture.width * picture.height <= MAX_PIXELS:
                    picture.load()  # the size stands at the beginning, even of a file that was cut short
                return picture.size
    except Image.DecompressionBombError:
        return MAX_PIXELS, MAX_PIXELS
    except Exception:  # Pillow's readers raise whatever comes to them of a file that is damaged
        return None


def _encode(content: bytes, width: int, form: str) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        height = round(picture.height * width / picture.width)
        scaled = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    options = FORMATS.get(form, {"quality": 80, "progressive": True, "optimize": True})
    scaled.save(out, form.upper(), **options)
    return out.getvalue()
