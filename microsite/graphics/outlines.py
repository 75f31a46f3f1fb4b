"""Coasts and borders for a frame: the world of outlines.json, clipped, thinned and written as SVG paths."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from microsite.graphics.geometry import (
    Box,
    Line,
    Point,
    area,
    bending,
    bends,
    box_around,
    clipped_line,
    clipped_ring,
    path,
)
from microsite.graphics.projection import Projection

OUTLINES = Path(__file__).with_name("outlines.json")
PER_DEGREE = 100
# Clipping leaves edges along the frame; they lie this far outside, where nobody sees them.
OVERSCAN = 4.0
TOLERANCES = (0.4, 0.6, 0.8, 1.1, 1.5, 2.0, 2.8, 4.0, 6.0, 9.0)
LAND_SHARE = 0.5
# Of the tolerance, as an area and as a length.
SMALLEST_ISLAND, SHORTEST_BORDER = 12.0, 2.0


@dataclass(frozen=True, slots=True)
class World:
    """Rings of land and lines of borders, as (longitude, latitude), each with the box around it."""

    land: tuple[tuple[Box, Line], ...]
    borders: tuple[tuple[Box, Line], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Two SVG paths: land to be filled, borders to be drawn."""

    land: str
    borders: str


@dataclass(frozen=True, slots=True)
class _Bent:
    """A ring or line of the drawing, how far it bends at each point (`geometry.bends`), and the area inside a ring."""

    points: Line
    bent: Sequence[float]
    area: float

    def thinned(self, tolerance: float) -> list[Point]:
        return bending(self.points, self.bent, tolerance)


@cache
def world() -> World:
    """The data file in degrees, read once."""
    data = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return World(tuple(_lines(data["land"])), tuple(_lines(data["borders"])))


@lru_cache(maxsize=300)  # the preview shows the same map again and again
def outline(projection: Projection, frame: Box, most_bytes: int, has_borders: bool = True, grid: int = 1) -> Outline:
    """Land and borders within a frame, as fine as so many bytes allow; borders have what the land leaves.

    Points are rounded to `grid` tenths of a unit.
    """
    wide = frame.grown(OVERSCAN)
    land = [_bent_ring(ring) for ring in _land(projection, wide) if area(ring) >= SMALLEST_ISLAND * TOLERANCES[0]]
    lines = _borders(projection, wide) if has_borders else []
    borders = [_Bent(line, bends(line, TOLERANCES[0]), 0.0) for line in lines]
    coast = _finest(land, _coast, grid, most_bytes * LAND_SHARE if has_borders else most_bytes)
    return Outline(coast, _finest(borders, _border_lines, grid, most_bytes - len(coast)))


def _finest(
    shapes: Sequence[_Bent], drawn: Callable[[Sequence[_Bent], float, int], str], grid: int, most_bytes: float
) -> str:
    """The path with the least tolerance that is short enough; nothing if none is."""
    texts = (drawn(shapes, tolerance, grid) for tolerance in TOLERANCES)
    return next((text for text in texts if len(text) <= most_bytes), "")


def _coast(rings: Sequence[_Bent], tolerance: float, grid: int) -> str:
    smallest = SMALLEST_ISLAND * tolerance
    return path((ring.thinned(tolerance) for ring in rings if ring.area >= smallest), closed=True, grid=grid)


def _border_lines(lines: Sequence[_Bent], tolerance: float, grid: int) -> str:
    shortest = SHORTEST_BORDER * tolerance
    return path((line.thinned(tolerance) for line in lines if _extent(line.points) > shortest), grid=grid)


def _land(projection: Projection, frame: Box) -> list[Line]:
    shown = projection.degrees(frame)
    rings = (
        clipped_ring([projection(*point) for point in ring], frame)
        for around, ring in world().land
        if around.overlaps(shown)
    )
    return [ring for ring in rings if len(ring) > 2]


def _borders(projection: Projection, frame: Box) -> list[Line]:
    shown = projection.degrees(frame)
    return [
        part
        for around, line in world().borders
        if around.overlaps(shown)
        for part in clipped_line([projection(*point) for point in line], frame)
    ]


def _bent_ring(ring: Line) -> _Bent:
    """A ring is thinned in two halves, cut where it is farthest from its start."""
    far = max(range(len(ring)), key=lambda i: (abs(ring[i][0] - ring[0][0]) + abs(ring[i][1] - ring[0][1]), -i))
    closed = [*ring, ring[0]]
    halves = bends(closed[: far + 1], TOLERANCES[0]), bends(closed[far:], TOLERANCES[0])
    return _Bent(closed, halves[0] + halves[1][1:], area(ring))


def _extent(line: Line) -> float:
    around = box_around(line)
    return max(around.right - around.left, around.bottom - around.top)


def _lines(steps_of: Sequence[Sequence[int]]) -> Iterator[tuple[Box, Line]]:
    for steps in steps_of:
        x = y = 0
        line = []
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            line.append((x / PER_DEGREE, y / PER_DEGREE))
        yield box_around(line), line
