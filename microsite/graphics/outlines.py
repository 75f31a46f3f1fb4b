"""Coasts and borders for a frame: the world of outlines.json, thinned, clipped and written as SVG paths."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import inf
from pathlib import Path

from microsite.graphics.geometry import (
    Box,
    Line,
    Point,
    area,
    bending,
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
TOLERANCES = (9.0, 6.0, 4.0, 2.8, 2.0, 1.5, 1.1, 0.8, 0.6, 0.4)
LAND_SHARE = 0.5
# Of the tolerance, as an area and as a length.
SMALLEST_ISLAND, SHORTEST_BORDER = 12.0, 2.0


@dataclass(frozen=True, slots=True)
class Trace:
    """A ring of land or a line of a border as (longitude, latitude), with the box around it and, of a ring, its area.

    `bends` says how far it bends at each point (`geometry.bends`), in degrees of latitude.
    """

    points: Line
    bends: Sequence[float]
    box: Box
    area: float


@dataclass(frozen=True, slots=True)
class World:
    """Rings of land and lines of borders."""

    land: tuple[Trace, ...]
    borders: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Two SVG paths: land to be filled, borders to be drawn."""

    land: str
    borders: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a frame shows of a trace, how far it bends at each point, in units, and what is left out first: the area of
    what is land, the extent of a border."""

    points: Line
    bends: Sequence[float]
    size: float

    def thinned(self, tolerance: float) -> list[Point]:
        return bending(self.points, self.bends, tolerance)


@cache
def world() -> World:
    """The data file in degrees, read once."""
    data = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return World(tuple(_traces(data["land"])), tuple(_traces(data["borders"])))


@lru_cache(maxsize=300)  # the preview shows the same map again and again
def outline(projection: Projection, frame: Box, most_bytes: int, has_borders: bool = True, grid: int = 1) -> Outline:
    """Land and borders within a frame, as fine as so many bytes allow; borders have what the land leaves.

    Points are rounded to `grid` tenths of a unit.
    """
    wide = frame.grown(OVERSCAN)
    coast = _finest(
        _land(projection, wide),
        SMALLEST_ISLAND,
        most_bytes * LAND_SHARE if has_borders else most_bytes,
        closed=True,
        grid=grid,
    )
    if not has_borders:
        return Outline(coast, "")
    return Outline(
        coast, _finest(_borders(projection, wide), SHORTEST_BORDER, most_bytes - len(coast), closed=False, grid=grid)
    )


def _finest(pieces: Sequence[_Piece], smallest: float, most_bytes: float, *, closed: bool, grid: int) -> str:
    """The path with the least tolerance that is short enough; nothing if none is.

    No tolerance is less than the grid: what is finer is lost, or stands as a step that is not there.
    """
    best = ""
    for tolerance in (one for one in TOLERANCES if one * 10 >= grid):
        lines = (piece.thinned(tolerance) for piece in pieces if piece.size >= smallest * tolerance)
        text = path(lines, closed, grid)
        if len(text) > most_bytes:
            break
        best = text
    return best


def _land(projection: Projection, frame: Box) -> list[_Piece]:
    scale = projection.per_longitude * projection.per_latitude
    least = SMALLEST_ISLAND * TOLERANCES[-1] / scale
    rings = (trace for trace in _within(world().land, projection, frame) if trace.area >= least)
    return [
        _piece(clipped, bends, trace.area * scale)
        for trace in rings
        for points, bends in [_projected(trace, projection)]
        if len(clipped := clipped_ring(points, frame)) > 2
    ]


def _borders(projection: Projection, frame: Box) -> list[_Piece]:
    return [
        _piece(part, bends, _extent(part))
        for trace in _within(world().borders, projection, frame)
        for points, bends in [_projected(trace, projection)]
        for part in clipped_line(points, frame)
    ]


def _within(traces: Sequence[Trace], projection: Projection, frame: Box) -> Iterator[Trace]:
    shown = projection.degrees(frame)
    return (trace for trace in traces if trace.box.overlaps(shown))


def _projected(trace: Trace, projection: Projection) -> tuple[list[Point], dict[Point, float]]:
    """The points, and for each of them how far the trace bends there, in units."""
    points = [projection(*point) for point in trace.points]
    return points, {point: bend * projection.per_latitude for point, bend in zip(points, trace.bends, strict=True)}


def _piece(points: Line, bends: Mapping[Point, float], size: float) -> _Piece:
    """Points that came of clipping stay, and so do ends."""
    return _Piece(points, [bends.get(point, inf) for point in points], size)


def _extent(line: Line) -> float:
    around = box_around(line)
    return max(around.right - around.left, around.bottom - around.top)


def _traces(numbers_of: Sequence[Sequence[int]]) -> Iterator[Trace]:
    for numbers in numbers_of:
        x = y = 0
        points = []
        for dx, dy in zip(numbers[::3], numbers[1::3], strict=True):
            x, y = x + dx, y + dy
            points.append((x / PER_DEGREE, y / PER_DEGREE))
        yield Trace(points, [bend / PER_DEGREE for bend in numbers[2::3]], box_around(points), area(points))
