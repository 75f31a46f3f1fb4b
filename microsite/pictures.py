"""Pictures that content lists, made in several widths and formats, so that no reader fetches more than is seen."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from microsite.diagnostics import Diagnostics, Span
from microsite.entries import Entry, name_of
from microsite.memory import Memory
from microsite.progress import LOOKING, MAKING, Progress
from microsite.publish import OutputFile
from microsite.style_sheets import STATIC, StaticFile
from microsite.suggest import Guess, guess
from microsite.workers import map_in_processes

PICTURES = "static/pictures/"
WIDTHS = (480, 800, 1200, 1600, 2400)
FORMATS = {"avif": {"quality": 60, "speed": 6}, "webp": {"quality": 78, "method": 5}}
FALLBACK, FALLBACK_WIDTH = "jpeg", 1200
FALLBACK_OPTIONS = {"quality": 80, "progressive": True, "optimize": True}
MEDIA = {"upright": "(max-aspect-ratio: 4/5)", "dark": "(prefers-color-scheme: dark)"}
"""What the words of an alternative mean to a browser; static/js/site.js and the style sheets use the same."""
MAX_PIXELS = 60_000_000
FEW = 2  # one variant takes long enough to be worth a fork


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
class _Readable:
    """A picture whose file can be read, and its size in pixels."""

    entry: Entry
    file: StaticFile
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Variant:
    """A file in one width and format."""

    file: StaticFile
    width: int
    form: str

    @property
    def key(self) -> bytes:
        return hashlib.sha256(self.file.digest + f"{self.width} {self.form} {FORMATS.get(self.form)}".encode()).digest()

    def named(self, digest: bytes) -> str:
        """Its output path; `digest` is that of its picture (`_digests`)."""
        stem = PurePosixPath(self.file.path.removeprefix(STATIC)).with_suffix("")
        return f"assets/{stem}-{self.width}.{digest.hex()[:8]}.{self.form.replace('jpeg', 'jpg')}"


def make_pictures(
    listed: Sequence[Entry],
    static: Mapping[str, StaticFile],
    places: Mapping[str, Span],
    memory: Memory,
    diagnostics: Diagnostics,
    progress: Progress,
) -> tuple[dict[str, PictureAsset], dict[str, OutputFile]]:
    """The pictures by id, without those that cannot be made, and the files to publish by output path.

    `static` are the files by path, `places` tells where a picture's file is named (see `Site.places`).
    """
    readable = []
    for count, entry in enumerate(listed):
        progress(LOOKING, count, len(listed))
        if one := _readable(entry, places, static, memory, diagnostics):
            readable.append(one)
        progress(LOOKING, count + 1, len(listed))
    paths, files = _encoded([variant for one in readable for variant in _variants(one)], memory, progress)
    made = {one.entry.id: _asset(one, paths) for one in readable}
    return {one.entry.id: _with_alternatives(one.entry, made) for one in readable}, files


def _readable(
    entry: Entry,
    places: Mapping[str, Span],
    static: Mapping[str, StaticFile],
    memory: Memory,
    diagnostics: Diagnostics,
) -> _Readable | None:
    span = places.get(f"{name_of(entry)}.file", Span(entry.path))
    path = PICTURES + entry.data.file
    file = static.get(path)
    if file is None:
        known = [one.removeprefix(PICTURES) for one in static if one.startswith(PICTURES)]
        message = f"the picture “{entry.id}” has no file {path}"
        diagnostics.error("unknown-picture-file", message, span, *_meant_file(entry.data.file, known, static))
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
    return _Readable(entry, file, *size)


def _meant_file(typed: str, known: Iterable[str], static: Iterable[str]) -> Guess:
    """The file that a picture was meant to have: of another ending, or one that lies elsewhere."""
    below = re.sub(r"^/?(?:(?:static|\.\.)/)*(?:pictures/)?", "", typed)
    name = PurePosixPath(below).name
    elsewhere = next((one for one in static if PurePosixPath(one).name == name), None)
    if elsewhere and not elsewhere.startswith(PICTURES):
        return Guess(f"move {elsewhere} into {PICTURES}")
    alike = [one for one in known if PurePosixPath(one).stem == PurePosixPath(below).stem]
    if len(alike) == 1:
        return Guess(f"did you mean “{alike[0]}”?", alike[0])
    return guess(below, known, f"put it into {PICTURES}")


def _variants(one: _Readable) -> Iterator[_Variant]:
    for form in FORMATS:
        yield from _variants_in(one, form)
    yield _fallback(one)


def _variants_in(one: _Readable, form: str) -> list[_Variant]:
    return [_Variant(one.file, width, form) for width in sorted({min(width, one.width) for width in WIDTHS})]


def _fallback(one: _Readable) -> _Variant:
    return _Variant(one.file, min(one.width, FALLBACK_WIDTH), FALLBACK)


def _encoded(
    variants: Sequence[_Variant], memory: Memory, progress: Progress
) -> tuple[dict[_Variant, str], dict[str, OutputFile]]:
    """The output paths of all variants, and the files; two processes share what is not remembered."""
    by_key = {variant.key: variant for variant in variants}

    def make(missing: list[bytes]) -> dict[bytes, bytes]:
        # What takes longest comes first, lest one process wait for it.
        work = sorted(missing, key=lambda key: (by_key[key].form, -by_key[key].width, by_key[key].file.path))

        def encode(count: int) -> bytes:
            progress(MAKING, count, len(work))
            return _encode(by_key[work[count]])

        made = map_in_processes(encode, range(len(work)), FEW)
        progress(MAKING, len(work), len(work))
        return {key: memory.keep_content(content) for key, content in zip(work, made, strict=True)}

    digests = memory.results("variant", by_key, make)
    of_pictures = _digests(variants, digests)
    paths = {variant: variant.named(of_pictures[variant.file.path]) for variant in variants}
    return paths, {path: memory.file(digests[variant.key]) for variant, path in paths.items()}


def _digests(variants: Iterable[_Variant], digests: Mapping[bytes, bytes]) -> dict[str, bytes]:
    """By path of a picture one digest of all its encoded files, which `digests` has by key.

    Names that share it weigh less in a page than names with a digest each, and change as surely.
    """
    made: dict[str, list[bytes]] = {}
    for variant in variants:
        made.setdefault(variant.file.path, []).append(digests[variant.key])
    return {path: hashlib.sha256(b"".join(parts)).digest() for path, parts in made.items()}


def _asset(one: _Readable, paths: Mapping[_Variant, str]) -> PictureAsset:
    data, width, height = one.entry.data, one.width, one.height
    sets = {
        form: ", ".join(f"/{paths[variant]} {variant.width}w" for variant in _variants_in(one, form))
        for form in FORMATS
    }
    sources = tuple(PictureSource(f"image/{form}", srcset, width, height) for form, srcset in sets.items())
    fallback = "/" + paths[_fallback(one)]
    return PictureAsset(
        one.entry.id, data.alt, data.caption, data.credit, data.licence, width, height, sources, fallback
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


def _encode(variant: _Variant) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(variant.file.read())) as picture:
        height = round(picture.height * variant.width / picture.width)
        scaled = picture.convert("RGB").resize((variant.width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    scaled.save(out, variant.form.upper(), **FORMATS.get(variant.form, FALLBACK_OPTIONS))
    return out.getvalue()
