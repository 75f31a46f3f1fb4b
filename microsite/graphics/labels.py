"""Words on drawings, placed so that none covers another.

Drawings grow and shrink with the page but words should not, so the style sheet gives them a smaller size in the units
of the drawing the wider that is shown. A label is anchored at a point and grows away from it: what does not overlap at
a large size cannot at a smaller one. Labels that only fit at the smaller size are marked `wide`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from microsite.graphics.geometry import Box, Line, Point, Spot, length_inside, spot, tenth

Anchor = Literal["start", "middle", "end"]

# Sizes of text in units of the drawing; graphics.css has the same: NARROW up to 32rem, at most WIDE from there.
NARROW = 16.0
WIDE = 11.0
# Of the size, above and below the baseline.
ASCENT, DESCENT = 0.82, 0.24
# From one baseline to the next, in ems; graphics.html has the same.
LEADING = Decimal("1.05")
# What a text may cover before another text for the same point is tried.
FREE_COST = 8.0
# Widths of letters in ems, for the condensed display face and somewhat more, for faces that stand in for it.
_SLIM, _BROAD = 0.3, 0.64
_COMMON = 0.5


@dataclass(frozen=True, slots=True)
class Label:
    """Text of one line or several at a point; `dy` is the first baseline below the point in ems."""

    text: str
    x: Decimal
    y: Decimal
    anchor: Anchor
    dy: Decimal
    kind: str
    wide: bool

    def box(self, size: float) -> Box:
        """What the text covers at a size."""
        return text_box(self.text, (float(self.x), float(self.y)), self.anchor, float(self.dy), size)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A point that should have a label: the texts that would do, best first; `off` is how much
    farther from the point than others it stands."""

    point: Point
    texts: tuple[str, ...]
    kind: str
    off: int = 0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What labels must stay within, must not touch, and would rather not cover."""

    frame: Box
    solid: tuple[Box, ...]
    dots: tuple[Point, ...]
    lines: tuple[Line, ...]


# What the shape before a name takes, with the space between them.
SHAPE_ROOM = 16.0
# The baseline of a text whose middle is at its point, in ems.
MIDDLE = Decimal("0.35")


def text_width(text: str, size: float) -> float:
    """About how wide a text is; rather too wide. Of several lines the longest counts."""
    return size * max(map(_ems, text.split("\n")))


def _ems(line: str) -> float:
    return sum(_SLIM if one in "iljtfrI.,:;'’ |!()" else _BROAD if one in "mwMW" else _COMMON for one in line)


def halved(text: str) -> str:
    """Words in two lines: parted after a semicolon, or else as equal as they allow."""
    spaces = [index for index, one in enumerate(text) if one == " "]
    if not spaces:
        return text
    middle = min(spaces, key=lambda index: (text[index - 1] != ";", abs(index - len(text) / 2)))
    return f"{text[:middle]}\n{text[middle + 1 :]}"


def text_box(text: str, at: Point, anchor: Anchor, dy: float, size: float) -> Box:
    width = text_width(text, size)
    left = at[0] - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    last = dy + float(_more_lines(text) * LEADING)
    return Box(left, at[1] + (dy - ASCENT) * size, left + width, at[1] + (last + DESCENT) * size)


def _more_lines(text: str) -> int:
    return text.count("\n")


def named_shape(text: str, left: float, middle: float, kind: str = "") -> tuple[Spot, Label]:
    """The shape of a series of marks and its name after it, both in the middle of a row that begins at `left`."""
    label = Label(text, tenth(left + SHAPE_ROOM), tenth(middle), "start", MIDDLE, kind, False)
    return spot((left + SHAPE_ROOM / 2 - 2, middle)), label


# Where a label may stand beside its point: anchor, way from the point in units, baseline in ems, and how much of its
# further lines stands above that; best first.
_HALF, _ALL, _NONE = Decimal("0.5"), Decimal(1), Decimal(0)
_PLACES: tuple[tuple[Anchor, int, int, str, Decimal], ...] = (
    ("start", 8, 0, "0.35", _HALF),
    ("end", -8, 0, "0.35", _HALF),
    ("middle", 0, -7, "-0.2", _ALL),
    ("middle", 0, 7, "0.8", _NONE),
    ("start", 5, -5, "-0.1", _ALL),
    ("start", 5, 5, "0.7", _NONE),
    ("end", -5, -5, "-0.1", _ALL),
    ("end", -5, 5, "0.7", _NONE),
)
WHOLE = 10  # tenths: what is finer nobody sees
_DOT = 5.0
_DOT_COST, _LINE_COST, _PLACE_COST = 12.0, 0.5, 1.0


def place_labels(
    wanted: Sequence[Wanted], around: Surroundings, narrow_most: int, most_cost: float
) -> tuple[Label, ...]:
    """Labels for as many points as fit, in the order given; of their texts the first that covers little, or the best.

    At the narrow size at most `narrow_most`, the others at the wide size. A label is left out if every place for it is
    taken, or costs more than `most_cost` in dots and lines covered.
    """
    labels: list[Label] = []
    for size, most in ((NARROW, narrow_most), (WIDE, len(wanted))):
        placed = {(label.kind, label.text) for label in labels}
        for one in wanted:
            if len(labels) >= most or any((one.kind, text) in placed for text in one.texts):
                continue
            label = _best(one, around, labels, size, most_cost)
            if label is not None:
                labels.append(label)
    return tuple(labels)


def _best(one: Wanted, around: Surroundings, labels: Sequence[Label], size: float, most_cost: float) -> Label | None:
    taken = [label.box(size) for label in labels]
    least, best = most_cost, None
    for text in one.texts:
        for index, label in enumerate(_candidates(one, text, size)):
            if least <= _PLACE_COST * index:
                break  # nothing that comes can cost less
            cost = _cost(label.box(size), around, taken, one.point)
            if cost is not None and (cost := cost + _PLACE_COST * index) < least:
                least, best = cost, label
        if least <= FREE_COST:
            break
    return best


def _candidates(one: Wanted, text: str, size: float) -> Iterator[Label]:
    x, y = one.point
    for anchor, dx, dy, baseline, share in _PLACES:
        at = spot((x + dx + _toward(dx) * one.off, y + dy + _toward(dy) * one.off), WHOLE)
        yield Label(text, at.x, at.y, anchor, _baseline(baseline, share, text), one.kind, size < NARROW)


def _baseline(alone: str, share: Decimal, text: str) -> Decimal:
    return (Decimal(alone) - share * _more_lines(text) * LEADING).normalize()


def _toward(step: int) -> int:
    return (step > 0) - (step < 0)


def _cost(box: Box, around: Surroundings, taken: Sequence[Box], own: Point) -> float | None:
    """How much a label here would cover; None where none may be."""
    if not around.frame.contains(box) or any(box.overlaps(other) for other in (*taken, *around.solid)):
        return None
    covered = sum(box.grown(_DOT).holds(dot) for dot in around.dots if dot != own)
    return _DOT_COST * covered + _LINE_COST * sum(length_inside(line, box) for line in around.lines)
