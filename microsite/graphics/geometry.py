"""Points, boxes, clipping, thinning and SVG path texts: the plane geometry under maps and charts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import chain, pairwise
from math import hypot, inf, sqrt

Point = tuple[float, float]
Line = Sequence[Point]
# The space between a number with a point and one that begins with a point.
_NEEDLESS = re.compile(r"(?<=\.\d) (?=\.)")


@dataclass(frozen=True, slots=True)
class Spot:
    """A point as templates see it, rounded."""

    x: Decimal
    y: Decimal


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def contains(self, other: Box) -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def holds(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


def box_around(points: Iterable[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def tenth(value: float) -> Decimal:
    """A coordinate rounded to 0.1, without a needless zero: 12, 12.5, never -0."""
    return Decimal(_written(round(value * 10)))


def spot(point: Point, grid: int = 1) -> Spot:
    """A point rounded to `grid` tenths."""
    return Spot(*(Decimal(_written(_tenths(value, grid))) for value in point))


def _tenths(value: float, grid: int) -> int:
    return round(value * 10 / grid) * grid


def _written(tenths: int) -> str:
    """Tenths as text."""
    whole, rest = divmod(abs(tenths), 10)
    digits = f"{whole}.{rest}" if rest else str(whole)
    return f"-{digits}" if tenths < 0 else digits


# Paths ----------------------------------------------------------------------------------------------------------------


def path(lines: Iterable[Line], closed: bool = False, grid: int = 1) -> str:
    """The `d` of an SVG path through the points of each line, rounded to `grid` tenths, written with relative steps.

    Points that fall together are written once, so a line may vanish.
    """
    return "".join(_one_path(line, closed, grid) for line in lines)


def _one_path(line: Line, closed: bool, grid: int) -> str:
    points = [(_tenths(x, grid), _tenths(y, grid)) for x, y in line]
    points = points[:1] + [after for before, after in pairwise(points) if before != after]
    if closed and len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < (3 if closed else 2):
        return ""
    steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(points)]
    return "M" + _numbers([points[0]]) + "l" + _numbers(steps) + ("z" if closed else "")


def dots(points: Iterable[Point], grid: int = 1) -> str:
    """A path that round line caps turn into one dot a point. (Safari draws no caps on lines without length.)"""
    return "".join("M" + _numbers([(_tenths(x, grid), _tenths(y, grid))]) + "h.1" for x, y in points)


def _numbers(pairs: Iterable[tuple[int, int]]) -> str:
    """Numbers with as few separators as SVG needs: a minus starts a number, and so does a second point."""
    text = " ".join(map(_short, chain.from_iterable(pairs)))
    return _NEEDLESS.sub("", text.replace(" -", "-"))


@lru_cache(maxsize=20_000)
def _short(tenths: int) -> str:
    """Tenths as text in a path, where `.5` will do for `0.5`. Steps are short: the same few come up again and again."""
    text = _written(tenths)
    return text.replace("0.", ".") if -10 < tenths < 10 else text


# Thinning -------------------------------------------------------------------------------------------------------------


def thinned(line: Line, tolerance: float) -> list[Point]:
    """The line with points left out that lie within `tolerance` of it (Douglas–Peucker); its ends stay."""
    return bending(line, bends(line, tolerance), tolerance)


def bends(line: Line, least: float) -> list[float]:
    """How far a line bends at each point: what it can be thinned by, with any tolerance from `least` up, at no cost.

    Where Douglas–Peucker parts a line does not depend on the tolerance, which only says how long to go on parting; so
    a point stays if it, and every point whose parting led to it, lies farther off than the tolerance. Ends always stay.
    """
    result = [0.0] * len(line)
    result[0] = result[-1] = inf
    open_spans = [(0, len(line) - 1, inf)]
    while open_spans:
        first, last, bend = open_spans.pop()
        middle, farthest = _farthest(line, first, last, least)
        if middle != first:
            bend = result[middle] = min(bend, farthest)
            open_spans += [(first, middle, bend), (middle, last, bend)]
    return result


def _farthest(line: Line, first: int, last: int, least: float) -> tuple[int, float]:
    """The point of a span that is farthest from the piece of line between the span's ends, and how far that is.

    `first` and `least` if none is farther than `least`. Maps ask hundreds of thousands of times, hence no calls within.
    """
    x0, y0 = line[first]
    dx, dy = line[last][0] - x0, line[last][1] - y0
    length = dx * dx + dy * dy or inf  # a span may end where it began
    found, farthest = first, least * least
    for at in range(first + 1, last):
        x, y = line[at]
        x -= x0
        y -= y0
        along = (x * dx + y * dy) / length
        along = 0.0 if along < 0.0 else 1.0 if along > 1.0 else along
        x -= along * dx
        y -= along * dy
        if (off := x * x + y * y) > farthest:
            found, farthest = at, off
    return found, sqrt(farthest)


def bending(line: Line, bent: Iterable[float], tolerance: float) -> list[Point]:
    """The points of a line at which it bends by more than a tolerance."""
    return [point for point, bend in zip(line, bent, strict=True) if bend > tolerance]


def area(ring: Line) -> float:
    """The area inside a ring, whichever way it runs."""
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*ring, *ring[:1]]))) / 2


# Clipping -------------------------------------------------------------------------------------------------------------


def clipped_ring(ring: Line, box: Box) -> list[Point]:
    """The part of a filled ring inside a box (Sutherland–Hodgman).

    Parts that fall apart stay joined along the box's edge, which nobody sees if the box is larger than the picture.
    """
    for axis, limit, keep_above in (
        (0, box.left, True),
        (0, box.right, False),
        (1, box.top, True),
        (1, box.bottom, False),
    ):
        ring = _cut(ring, axis, limit, keep_above)
    return list(ring)


def _cut(ring: Line, axis: int, limit: float, keep_above: bool) -> list[Point]:
    result: list[Point] = []
    for before, after in pairwise([*ring[-1:], *ring]):
        was_in = before[axis] >= limit if keep_above else before[axis] <= limit
        is_in = after[axis] >= limit if keep_above else after[axis] <= limit
        if was_in != is_in:
            share = (limit - before[axis]) / (after[axis] - before[axis])
            result.append((before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])))
        if is_in:
            result.append(after)
    return result


def clipped_line(line: Line, box: Box) -> list[list[Point]]:
    """The parts of a line inside a box."""
    if len(line) > 1 and box.contains(box_around(line)):
        return [list(line)]
    parts: list[list[Point]] = []
    for start, end in pairwise(line):
        inside = clipped_piece(start, end, box)
        if inside is None:
            continue
        if parts and parts[-1][-1] == inside[0]:
            parts[-1].append(inside[1])
        else:
            parts.append(list(inside))
    return parts


def clipped_piece(start: Point, end: Point, box: Box) -> tuple[Point, Point] | None:
    """The part of a straight piece inside a box (Liang–Barsky)."""
    (x0, y0), (x1, y1) = start, end
    if (x0 < box.left and x1 < box.left) or (x0 > box.right and x1 > box.right):
        return None
    if (y0 < box.top and y1 < box.top) or (y0 > box.bottom and y1 > box.bottom):
        return None
    dx, dy = x1 - x0, y1 - y0
    enter, leave = 0.0, 1.0
    for step, room in (
        (-dx, start[0] - box.left),
        (dx, box.right - start[0]),
        (-dy, start[1] - box.top),
        (dy, box.bottom - start[1]),
    ):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    if enter >= leave:
        return None
    return _along(start, dx, dy, enter), end if leave == 1 else _along(start, dx, dy, leave)


def _along(start: Point, dx: float, dy: float, share: float) -> Point:
    return (start[0] + share * dx, start[1] + share * dy) if share else start


def length_inside(line: Line, box: Box) -> float:
    """How much of a line lies in a box."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for part in clipped_line(line, box) for a, b in pairwise(part))
