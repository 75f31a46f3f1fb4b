"""Small maps of many routes on one projection, so that they can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from microsite.graphics.geometry import Line, Spot, path, spot, thinned
from microsite.graphics.outlines import outline
from microsite.graphics.projection import Projection, Shape, fitted
from microsite.graphics.route_map import Stop, legs_by

MARGIN = 6.0
MOST_LAND_BYTES = 1600
MOST_ROUTE_BYTES = 300
TOLERANCES = (0.3, 0.6, 1.0, 1.5, 2.5, 4.0, 6.0, 10.0, 20.0, 50.0)


@dataclass(frozen=True, slots=True)
class SmallFrame:
    """What the small maps of an era share: their size, the land under them and the projection (west, north, scales)."""

    width: int
    height: int
    land: str
    projection: tuple[Decimal, Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class SmallRoute:
    """One route in a small frame: a path by road, a path by sea and air, and its ends."""

    path: str
    jumps: str
    start: Spot
    finish: Spot


def small_frame(routes: Iterable[Sequence[Stop]], width: int = 120, height: int = 90) -> SmallFrame:
    """The frame that shows all routes. Raises ValueError if none of them has a stop."""
    places = [stop.degrees for stops in routes for stop in stops]
    if not places:
        raise ValueError("a frame needs at least one stop")
    shape = Shape("small", width, height)
    numbers = fitted(places, shape, MARGIN)
    land = outline(numbers, shape.box, MOST_LAND_BYTES, has_borders=False).land
    exact = (numbers.west, numbers.north, numbers.per_longitude, numbers.per_latitude)
    west, north, across, upwards = (Decimal(f"{number:.4f}") for number in exact)
    return SmallFrame(width, height, land, (west, north, across, upwards))


def small_route(stops: Sequence[Stop], frame: SmallFrame) -> SmallRoute:
    """A route drawn in a frame, thinned as far as its size asks. Raises ValueError if there are no stops."""
    if not stops:
        raise ValueError("a route needs at least one stop")
    projection = Projection(*(float(number) for number in frame.projection))
    points = [projection(*stop.degrees) for stop in stops]
    road = legs_by(stops, points, "road")
    jumps = legs_by(stops, points, "sea") + legs_by(stops, points, "air")
    for tolerance in TOLERANCES:
        drawn = _drawn(road, tolerance), _drawn(jumps, tolerance)
        if sum(map(len, drawn)) <= MOST_ROUTE_BYTES:
            break
    return SmallRoute(*drawn, spot(points[0]), spot(points[-1]))


def _drawn(lines: Iterable[Line], tolerance: float) -> str:
    return path(thinned(line, tolerance) for line in lines)
