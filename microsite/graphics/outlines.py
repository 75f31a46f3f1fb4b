"""Coasts and borders for a frame: the world of outlines.json, clipped, thinned and written as SVG paths."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from microsite.graphics.geometry import Box, Line, Point, area, box_around, clipped_line, clipped_ring, path, thinned
from microsite.graphics.projection import Projection

OUTLINES = Path(__file__).with_name("outlines.json")
PER_DEGREE = 100
# Clipping leaves edges along the frame; they lie this far outside, where nobody sees them.
OVERSCAN = 4.0
TOLERANCES = (0.4, 0.6, 0.8, 1.1, 1.5, 2.0, 2.8, 4.0)
SMALLEST_ISLAND = 12.0


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


@cache
def world() -> World:
    """The data file in degrees, read once."""
    data = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return World(tuple(_lines(data["land"])), tuple(_lines(data["borders"])))


def outline(projection: Projection, frame: Box, most_bytes: int) -> Outline:
    """Land and borders within a frame, as fine as so many bytes allow."""
    wide = frame.grown(OVERSCAN)
    land, borders = _land(projection, wide), _borders(projection, wide)
    for tolerance in TOLERANCES:
        result = _drawn(land, borders, tolerance)
        if len(result.land) + len(result.borders) <= most_bytes:
            break
    return result


def _drawn(land: Sequence[Line], borders: Sequence[Line], tolerance: float) -> Outline:
    smallest = SMALLEST_ISLAND * tolerance
    rings = (_thinned_ring(ring, tolerance) for ring in land if area(ring) >= smallest)
    lines = (thinned(line, tolerance) for line in borders)
    return Outline(path(rings, closed=True), path(line for line in lines if _extent(line) > 2 * tolerance))


def _land(projection: Projection, frame: Box) -> list[Line]:
    rings = (
        clipped_ring([projection(*point) for point in ring], frame)
        for around, ring in world().land
        if around.overlaps(projection.degrees(frame))
    )
    return [ring for ring in rings if len(ring) > 2]


def _borders(projection: Projection, frame: Box) -> list[Line]:
    return [
        part
        for around, line in world().borders
        if around.overlaps(projection.degrees(frame))
        for part in clipped_line([projection(*point) for point in line], frame)
    ]


def _thinned_ring(ring: Line, tolerance: float) -> list[Point]:
    """A ring thinned in two halves, cut where it is farthest from its start."""
    far = max(range(len(ring)), key=lambda i: (abs(ring[i][0] - ring[0][0]) + abs(ring[i][1] - ring[0][1]), -i))
    closed = [*ring, ring[0]]
    return thinned(closed[: far + 1], tolerance) + thinned(closed[far:], tolerance)[1:]


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
