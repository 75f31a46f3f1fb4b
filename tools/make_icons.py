"""Draw the icons of static/ that must be bitmaps, in the shape of static/icons/favicon.svg.

The result is kept in the repository. `python3 tools/make_icons.py` makes it again, byte for byte with one Pillow.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

STATIC = Path(__file__).parents[1] / "static"
TILE, ROAD, SIDE_ROAD = "#10333a", "#6fe3d6", "#e9d9bf"
UNITS = 32  # the drawing is 32 units wide
FINER = 8  # drawn so many times larger, then scaled down
SAFE = 0.72  # of a maskable icon: systems may cut off all but a circle of 80 %

# A tulip of the roadbook: come from the dot, turn right, leave the other road to the left.
SIDE = [(13.0, 18.0), (7.0, 8.0)]
MAIN = [(13.0, 24.0), (13.0, 18.0), (23.0, 8.0)]
ARROW = [(15.0, 9.0), (23.0, 7.5), (23.0, 16.0)]
DOT = (13.0, 25.0)


def icon(size: int, scale: float = 1, corner: float = 0) -> Image.Image:
    """The icon, `size` pixels wide; `scale` is that of the sign on its tile, `corner` a radius in units."""
    picture = Image.new("RGBA", (size * FINER, size * FINER))
    draw = ImageDraw.Draw(picture)
    unit = size * FINER / UNITS
    draw.rounded_rectangle((0, 0, size * FINER - 1, size * FINER - 1), corner * unit, TILE)
    for points, width, colour in ((SIDE, 1.8, SIDE_ROAD), (MAIN, 3.4, ROAD), (ARROW, 3.4, ROAD)):
        _line(draw, [_placed(point, scale, unit) for point in points], width * scale * unit, colour)
    _disc(draw, _placed(DOT, scale, unit), 3.2 * scale * unit, ROAD)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def _placed(point: tuple[float, float], scale: float, unit: float) -> tuple[float, float]:
    middle = UNITS / 2
    x, y = point
    return (middle + (x - middle) * scale) * unit, (middle + (y - middle) * scale) * unit


def _line(draw: ImageDraw.ImageDraw, points: list[tuple[float, float]], width: float, colour: str) -> None:
    """A line with round ends and corners, which Pillow does not draw by itself."""
    draw.line(points, colour, round(width))
    for point in points:
        _disc(draw, point, width / 2, colour)


def _disc(draw: ImageDraw.ImageDraw, middle: tuple[float, float], radius: float, colour: str) -> None:
    x, y = middle
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), colour)


def main() -> None:
    (STATIC / "root").mkdir(exist_ok=True)
    small = icon(48, corner=6)
    small.save(STATIC / "root/favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])
    icon(180, 0.86).convert("RGB").save(STATIC / "icons/apple-touch.png", optimize=True)
    for size in (192, 512):
        icon(size, SAFE).convert("RGB").quantize(64).save(STATIC / f"icons/maskable-{size}.png", optimize=True)


if __name__ == "__main__":
    main()
