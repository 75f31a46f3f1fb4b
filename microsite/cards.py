"""Cards: the picture that stands for a page where somebody shares its address, drawn from its words at build.

1200 × 630 pixels is what the Open Graph's readers show in full; most cut or shrink anything else.
"""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from microsite.diagnostics import Diagnostics, Span
from microsite.entries import Entry, name_of
from microsite.memory import Memory
from microsite.pages.cards import CardWords
from microsite.pages.page import Card
from microsite.pictures import PICTURES
from microsite.progress import DRAWING, Progress
from microsite.publish import OutputFile
from microsite.schema.kinds import Backdrop
from microsite.schema.kinds import Cards as Look
from microsite.style_sheets import STATIC, StaticFile
from microsite.suggest import did_you_mean
from microsite.workers import map_in_processes

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
MARGIN = 64
MOST_BYTES = 60_000
Colour = str | tuple[int, int, int]
QUALITIES = (84, 76, 68, 58, 46, 34)
ONE_LINE_SIZES = (132, 120, 108, 98)
MORE_LINES_SIZES = (92, 84, 76, 68, 60)
FIGURE_SIZES = (230, 200, 170, 140, 116)
PICTURE_HEIGHT = 520  # below it there is shade only, for the words
NOTE_SIZE, MASTHEAD_SIZE, SECTION_SIZE = 36, 34, 32
FINER = 2  # dunes are drawn larger by this and scaled down, which makes their edges smooth


@dataclass(frozen=True, slots=True)
class Cards:
    """`by_page` are the cards by permalink, `files` what is to be published, by output path."""

    by_page: Mapping[str, Card]
    files: Mapping[str, OutputFile]


def make_cards(
    words: Mapping[str, CardWords],
    look: Entry | None,
    pictures: Mapping[str, Entry],
    static: Iterable[StaticFile],
    memory: Memory,
    diagnostics: Diagnostics,
    places: Mapping[str, Span] = MappingProxyType({}),
    progress: Progress = lambda *_: None,
) -> Cards:
    """Draw what is not remembered. `words` are those of each page by permalink; without a look there are no cards.

    `places` tells where the font is named (see `Site.places`).
    """
    by_path = {file.path: file for file in static}
    if look is None:
        return Cards({}, {})
    place = places.get(f"{name_of(look)}.font", Span(look.path))
    font = _font_file(look, place, by_path, diagnostics)
    if font is None:
        return Cards({}, {})
    jobs = {}
    for permalink, one in words.items():
        backdrop = _backdrop_for(one, look.data)
        picture = pictures.get(backdrop.picture or "")
        file = by_path.get(PICTURES + picture.data.file) if picture else None
        colours = (look.data.ink, look.data.accent, look.data.shade)
        made_of = (one, repr(backdrop), colours, font.digest, file.digest if file else None)
        jobs[hashlib.sha256(repr(made_of).encode()).digest()] = permalink, one, backdrop, file

    def make(missing: list[bytes]) -> dict[bytes, bytes]:
        sources = {file.digest: file.read() for key in missing if (file := jobs[key][3])}
        painter = Painter(look.data, font.read())
        if not painter.can_write():
            hint = "take another font, or the file from an earlier version of the project"
            diagnostics.error("bad-font", f"{font.path} cannot be read as a font", place, hint)
            return {}

        def draw(count: int) -> bytes:
            progress(DRAWING, count, len(missing))
            _, one, backdrop, file = jobs[missing[count]]
            return painter.draw(one, backdrop, sources[file.digest] if file else None)

        drawn = map_in_processes(draw, range(len(missing)))
        progress(DRAWING, len(missing), len(missing))
        return dict(zip(missing, map(memory.keep_content, drawn), strict=True))

    digests = memory.results("card", jobs, make)
    by_page, files = {}, {}
    for key, (permalink, one, _, _) in ((key, job) for key, job in jobs.items() if key in digests):
        name = f"assets/cards{permalink.rstrip('/') or '/home'}.{digests[key].hex()[:8]}.jpg"
        by_page[permalink] = Card("/" + name, one.alt, WIDTH, HEIGHT)
        files[name] = memory.file(digests[key])
    return Cards(by_page, files)


def _font_file(
    look: Entry, place: Span, by_path: Mapping[str, StaticFile], diagnostics: Diagnostics
) -> StaticFile | None:
    path = STATIC + look.data.font
    if path not in by_path:
        hint = did_you_mean(look.data.font, [one.removeprefix(STATIC) for one in by_path])
        diagnostics.error("unknown-asset", f"there is no file {path}", place, hint)
    return by_path.get(path)


def _backdrop_for(words: CardWords, look: Look) -> Backdrop:
    named: dict[str, Backdrop] = {name: backdrop for backdrop in reversed(look.backdrops) for name in backdrop.behind}
    return next((named[mood] for mood in words.moods if mood in named), look.backdrops[0])


class Painter:
    """Draws cards of one look. Fonts and backdrops are prepared once."""

    def __init__(self, look: Look, font: bytes) -> None:
        self._look = look
        self._font = font
        self._fonts: dict[int, FreeTypeFont] = {}
        self._backdrops: dict[str, Image] = {}

    def can_write(self) -> bool:
        """Whether the font is one."""
        try:
            self._sized(NOTE_SIZE)
        except OSError:
            return False
        return True

    def draw(self, words: CardWords, backdrop: Backdrop, picture: bytes | None) -> bytes:
        """The card as JPEG; `picture` is the file that the backdrop names."""
        from PIL.ImageDraw import Draw

        card = self._backdrop(backdrop, picture).copy()
        draw = Draw(card)
        ink, accent, shade = self._look.ink, self._look.accent, self._look.shade
        self._write_top(draw, words, ink, accent, shade)
        room = WIDTH - 2 * MARGIN
        if words.figure:
            font = self._fitting([words.figure], FIGURE_SIZES, room * 0.46)
            draw.text((WIDTH - MARGIN, HEIGHT - MARGIN), words.figure, accent, font, anchor="rs")
            room -= round(font.getlength(words.figure)) + 56
        note_font = self._sized(NOTE_SIZE)
        note = _wrapped(words.note, note_font, room, 2)
        title_font, title = self._title(words.title, room)
        y = HEIGHT - MARGIN
        for line in reversed(note):
            draw.text((MARGIN, y), line, ink, note_font, anchor="ls")
            y -= round(NOTE_SIZE * 1.22)
        y -= round(title_font.size * 0.16)
        for line in reversed(title):
            draw.text((MARGIN - 3, y), line, ink, title_font, anchor="ls")
            y -= round(title_font.size * 0.94)
        return _jpeg(card)

    def _write_top(self, draw: ImageDraw, words: CardWords, ink: str, accent: str, shade: str) -> None:
        """The name of the site, and the section on a stroke of felt pen."""
        draw.text((MARGIN, MARGIN + 6), words.masthead.upper(), ink, self._sized(MASTHEAD_SIZE), anchor="lm")
        if words.section:
            font = self._sized(SECTION_SIZE)
            left = WIDTH - MARGIN - font.getlength(words.section)
            draw.rectangle((left - 14, MARGIN - 18, WIDTH - MARGIN + 14, MARGIN + 28), accent)
            draw.text((left, MARGIN + 6), words.section, shade, font, anchor="lm")

    def _title(self, title: str, room: float) -> tuple[FreeTypeFont, list[str]]:
        """The title in the largest size in which it takes one line, or else two; three only in the smallest."""
        for sizes, most in ((ONE_LINE_SIZES, 1), (MORE_LINES_SIZES, 2)):
            for size in sizes:
                font = self._sized(size)
                lines = _wrapped(title, font, room, 4)
                if len(lines) <= most and all(font.getlength(line) <= room for line in lines):
                    return font, _balanced(title, font, room, len(lines))
        return font, _wrapped(title, font, room, 3)

    def _fitting(self, texts: Iterable[str], sizes: Iterable[int], room: float) -> FreeTypeFont:
        for size in sizes:
            font = self._sized(size)
            if all(font.getlength(text) <= room for text in texts):
                break
        return font

    def _sized(self, size: int) -> FreeTypeFont:
        from PIL import ImageFont

        if size not in self._fonts:
            # Kerning of the basic layout is enough for Latin, and the same wherever Pillow runs.
            self._fonts[size] = ImageFont.truetype(io.BytesIO(self._font), size, layout_engine=ImageFont.Layout.BASIC)
        return self._fonts[size]

    def _backdrop(self, backdrop: Backdrop, picture: bytes | None) -> Image:
        name = repr(backdrop)
        if name not in self._backdrops:
            shade = self._look.shade
            plain = _cropped(picture, backdrop) if picture else _dunes(backdrop.dunes or (shade,) * 3)
            self._backdrops[name] = _shaded(plain, shade)
        return self._backdrops[name]


def _wrapped(text: str, font: FreeTypeFont, room: float, most: int) -> list[str]:
    """The text in lines of at most `room` pixels; what does not fit into `most` lines is left out, which shows."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or font.getlength(longer) <= room:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            while lines[-1] and font.getlength(lines[-1] + " …") > room:
                lines[-1] = lines[-1].rpartition(" ")[0]
            lines[-1] = lines[-1].rstrip(",;:–-") + " …"
            break
    return lines


def _balanced(text: str, font: FreeTypeFont, room: float, lines: int) -> list[str]:
    """The text in lines of much the same length, as many as it takes in `room`."""
    found = _wrapped(text, font, room, lines)
    narrowest = max(font.getlength(word) for word in text.split())
    while (room := room * 0.96) > narrowest and len(tighter := _wrapped(text, font, room, lines + 1)) == lines:
        found = tighter
    return found


def _cropped(content: bytes, backdrop: Backdrop) -> Image:
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        scale = max(WIDTH / picture.width, PICTURE_HEIGHT / picture.height)
        left = (picture.width - WIDTH / scale) * backdrop.x / 100
        top = (picture.height - PICTURE_HEIGHT / scale) * backdrop.y / 100
        box = (left, top, left + WIDTH / scale, top + PICTURE_HEIGHT / scale)
        return picture.convert("RGB").resize((WIDTH, PICTURE_HEIGHT), Image.Resampling.LANCZOS, box)


def _shaded(picture: Image, shade: str) -> Image:
    """On a card of shade, with a veil of it where words stand: at the top, and more and more from the middle down."""
    from PIL import Image

    card = Image.new("RGB", (WIDTH, HEIGHT), shade)
    begin, end = 0.38 * picture.height, picture.height
    veil = Image.new("L", (1, picture.height))
    for y in range(picture.height):
        top = max(0.0, 1 - y / 170) ** 1.5 * 0.55
        below = min(1.0, max(0.0, (y - begin) / (end - begin)))
        veil.putpixel((0, y), round(255 * (1 - max(top, below * below * (3 - 2 * below)))))
    card.paste(picture, mask=veil.resize(picture.size))
    return card


def _dunes(colours: tuple[str, ...]) -> Image:
    """A sky with the sun and dunes before it, each nearer one lower and darker, and each lightest at its crest."""
    from PIL import Image, ImageDraw

    width, height = WIDTH * FINER, HEIGHT * FINER
    above, low, *dunes = colours
    picture = _faded(above, low, width, height // 2, height)
    x, y, radius = width * 0.72, height * 0.3, height * 0.085
    sun = (x - radius, y - radius, x + radius, y + radius)
    ImageDraw.Draw(picture).ellipse(sun, _mixed(low, "#ffffff", 0.6))
    for number, colour in enumerate(dunes):
        base = height * (0.44 + 0.115 * number)
        crest = [(x, base - height * _crest(x / width, number)) for x in range(0, width + 8, 8)]
        shape = Image.new("L", picture.size)
        ImageDraw.Draw(shape).polygon([*crest, (width, height), (0, height)], 255)
        top = round(min(y for _, y in crest))
        body = _faded(_mixed(colour, "#ffffff", 0.14), _mixed(colour, "#000000", 0.3), width, height // 3, height - top)
        picture.paste(body, (0, top), shape.crop((0, top, width, height)))
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _faded(above: Colour, below: Colour, width: int, fade: int, height: int) -> Image:
    """One colour that becomes another within `fade` pixels and stays so."""
    from PIL import Image

    picture = Image.new("RGB", (width, height), below)
    mask = Image.linear_gradient("L").resize((width, fade))
    picture.paste(Image.composite(Image.new("RGB", mask.size, below), Image.new("RGB", mask.size, above), mask))
    return picture


def _crest(along: float, number: int) -> float:
    """How far a dune rises at a place between 0, left, and 1, right, as a part of the picture's height."""

    def wave(length: float, phase: float) -> float:
        return math.sin(2 * math.pi * along * length + phase)

    return 0.07 * wave(0.9 + 0.3 * number, 1.9 * number) + 0.03 * wave(2.3 - 0.2 * number, 0.7 + 2.3 * number)


def _mixed(one: str, other: str, part: float) -> Colour:
    from PIL import ImageColor

    pairs = zip(ImageColor.getrgb(one), ImageColor.getrgb(other), strict=True)
    red, green, blue = (round(a + (b - a) * part) for a, b in pairs)
    return red, green, blue


def _jpeg(card: Image) -> bytes:
    """As good as it may be within `MOST_BYTES`."""
    for quality in QUALITIES:
        out = io.BytesIO()
        card.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()
