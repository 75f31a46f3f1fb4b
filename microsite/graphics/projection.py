"""From degrees to the plane: which part of the world a map shows, and where on the map a place lies.

The projection is equirectangular with the standard parallel in the middle of the frame: cheap, parallel and meridian
straight, and true enough for the extent of a rally (lengths east–west are exact on that parallel only).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from microsite.graphics.geometry import Box, Point, box_around

KM_PER_DEGREE = 111.2
# A route is taken to be at least this large, so that a rally around one town still shows where in the world that is.
LEAST_DEGREES = 12.0
CLEARLY = 1.35


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a drawing in its own units."""

    name: str
    width: int
    height: int

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Projection:
    """Longitude `west` is x = 0, latitude `north` is y = 0; units per degree in both directions."""

    west: float
    north: float
    per_longitude: float
    per_latitude: float

    def __call__(self, longitude: float, latitude: float) -> Point:
        return (longitude - self.west) * self.per_longitude, (self.north - latitude) * self.per_latitude

    def degrees(self, box: Box) -> Box:
        """The box of longitudes (left to right) and latitudes (top = smallest) that fills a box of the drawing."""
        west, east = (self.west + x / self.per_longitude for x in (box.left, box.right))
        south, north = (self.north - y / self.per_latitude for y in (box.bottom, box.top))
        return Box(west, south, east, north)

    @property
    def km_per_unit(self) -> float:
        return KM_PER_DEGREE / self.per_latitude


def fitted(places: Sequence[Point], shape: Shape, margin: float) -> Projection:
    """The projection that shows places, (longitude, latitude), as large as a shape allows, with a margin in units.

    Frames do not cross the antimeridian: places on both sides of it get the long way round.
    """
    around = box_around(places)
    middle = (around.left + around.right) / 2, (around.top + around.bottom) / 2
    shrink = cos(radians(middle[1])) or 1e-6
    across = max((around.right - around.left) * shrink, LEAST_DEGREES)
    upwards = max(around.bottom - around.top, LEAST_DEGREES)
    scale = min((shape.width - 2 * margin) / across, (shape.height - 2 * margin) / upwards)
    wide, high = shape.width / scale / shrink, shape.height / scale
    west = _kept(middle[0] - wide / 2, wide, 180)
    south = _kept(middle[1] - high / 2, high, 90)
    return Projection(west, south + high, scale * shrink, scale)


def _kept(start: float, length: float, limit: float) -> float:
    """The start of a stretch, moved so that it stays between -limit and limit where it can."""
    if length > 2 * limit:
        return -length / 2
    return min(max(start, -limit), limit - length)


def best_shape(places: Sequence[Point], shapes: Sequence[Shape], margin: float) -> Shape:
    """The shape that the places fill best; the first unless another is clearly better."""

    def filled(shape: Shape) -> float:
        projection = fitted(places, shape, margin)
        drawn = box_around([projection(*place) for place in places])
        share = max(drawn.right - drawn.left, 1) * max(drawn.bottom - drawn.top, 1) / (shape.width * shape.height)
        return share * (CLEARLY if shape is shapes[0] else 1)

    return max(shapes, key=filled)
