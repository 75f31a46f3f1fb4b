"""The map of one rally: land, borders, the route by road, sea and air, its bivouacs, names and a scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import hypot
from typing import Literal, SupportsFloat

from microsite.graphics.geometry import Box, Line, Point, Spot, dots, length_inside, path, spot, tenth
from microsite.graphics.labels import NARROW, Label, Surroundings, Wanted, halved, place_labels, text_width
from microsite.graphics.outlines import outline
from microsite.graphics.projection import Projection, Shape, best_shape, fitted

By = Literal["road", "sea", "air"]

LANDSCAPE = Shape("landscape", 400, 300)
PORTRAIT = Shape("portrait", 400, 480)
MARGIN = 34.0
# What is on a map is rounded to whole units, two pixels where it is largest: what is finer nobody sees.
GRID = 10
MOST_OUTLINE_BYTES = 2200
# Room between labels and the frame.
PADDING = 5.0
NARROW_LABELS = 8
# Half the size of the marks of start and finish, and how far their names stand off.
END, END_GAP = 9.0, 4
# What a label of a stop may cover, see labels.place_labels; start and finish may cover anything.
OPTIONAL_COST, NEEDED_COST = 24.0, 1e9
SCALES_KM = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
LONGEST_SCALE = 100.0
ARROWS, ARROW_LEG, ARROW_ROOM, ARROW_SIZE, ARROW_GRID = 6, 26.0, 60.0, 4.5, 5


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of a route, in degrees north and east, and how the rally came there."""

    name: str
    latitude: SupportsFloat
    longitude: SupportsFloat
    approximate: bool = False
    by: By = "road"

    @property
    def degrees(self) -> Point:
        """Longitude and latitude."""
        return float(self.longitude), float(self.latitude)


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A bar from (x, y) to the right, so many units long, that is so many km in the middle of the map."""

    x: Decimal
    y: Decimal
    length: Decimal
    km: int


@dataclass(frozen=True, slots=True)
class RouteMap:
    """A map as SVG path texts (land to `open_dots`), spots and labels, in a drawing of width × height units."""

    width: int
    height: int
    shape: str
    land: str
    borders: str
    road: str
    sea: str
    air: str
    arrows: str
    dots: str
    open_dots: str
    start: Spot
    finish: Spot
    is_loop: bool
    labels: tuple[Label, ...]
    scale: ScaleBar
    start_name: str
    finish_name: str
    places: int
    modes: tuple[By, ...]
    has_approximate: bool


def route_map(stops: Sequence[Stop], *, shapes: Sequence[Shape] = (LANDSCAPE, PORTRAIT)) -> RouteMap:
    """The map of a route, in the shape that it fills best. Raises ValueError if there are no stops."""
    if not stops:
        raise ValueError("a map needs at least one stop")
    places = [stop.degrees for stop in stops]
    shape = best_shape(places, shapes, MARGIN)
    projection = fitted(places, shape, MARGIN)
    points = [projection(*place) for place in places]
    scale = _scale_bar(projection, shape, points)
    ground = outline(projection, shape.box, MOST_OUTLINE_BYTES, grid=GRID)
    exact = {point: not stop.approximate for stop, point in zip(stops, points, strict=True)}
    inner = [point for point in exact if point not in (points[0], points[-1])]
    return RouteMap(
        width=shape.width,
        height=shape.height,
        shape=shape.name,
        land=ground.land,
        borders=ground.borders,
        road=_legs(stops, points, "road"),
        sea=_legs(stops, points, "sea"),
        air=_legs(stops, points, "air"),
        arrows=path(_arrows(points), grid=ARROW_GRID),
        dots=dots((point for point in inner if exact[point]), GRID),
        open_dots=dots((point for point in inner if not exact[point]), GRID),
        start=spot(points[0], GRID),
        finish=spot(points[-1], GRID),
        is_loop=points[0] == points[-1],
        labels=_labels(stops, points, shape, scale),
        scale=scale,
        start_name=stops[0].name,
        finish_name=stops[-1].name,
        places=len(set(places)),
        modes=_modes(stops),
        has_approximate=any(stop.approximate for stop in stops),
    )


def legs_by(stops: Sequence[Stop], points: Sequence[Point], by: By) -> list[list[Point]]:
    """The stretches of a route that were gone one way, each as long as it was."""
    lines: list[list[Point]] = []
    for (before, after), stop in zip(pairwise(points), stops[1:], strict=True):
        if stop.by != by:
            continue
        if lines and lines[-1][-1] is before:
            lines[-1].append(after)
        else:
            lines.append([before, after])
    return lines


def _legs(stops: Sequence[Stop], points: Sequence[Point], by: By) -> str:
    return path(legs_by(stops, points, by), grid=GRID)


def _modes(stops: Sequence[Stop]) -> tuple[By, ...]:
    used = {stop.by for stop in stops[1:]}
    return tuple(by for by in ("road", "sea", "air") if by in used)


# Direction ------------------------------------------------------------------------------------------------------------


def _arrows(points: Sequence[Point]) -> list[Line]:
    """Arrowheads in the middle of some long legs, far from each other; none where the rally came back the same way."""
    legs = list(pairwise(points))
    both_ways = set(legs)
    chosen: list[Point] = []
    result: list[Line] = []
    for start, end in sorted(legs, key=_length, reverse=True):
        middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        near = any(_length((middle, other)) < ARROW_ROOM for other in chosen)
        if near or _length((start, end)) < ARROW_LEG or (end, start) in both_ways or len(chosen) == ARROWS:
            continue
        chosen.append(middle)
        result.append(_arrowhead(middle, start, end))
    return result


def _arrowhead(at: Point, start: Point, end: Point) -> Line:
    length = _length((start, end))
    dx, dy = ARROW_SIZE * (end[0] - start[0]) / length, ARROW_SIZE * (end[1] - start[1]) / length
    tip = at[0] + dx / 2, at[1] + dy / 2
    return [(tip[0] - dx - dy, tip[1] - dy + dx), tip, (tip[0] - dx + dy, tip[1] - dy - dx)]


def _length(leg: tuple[Point, Point]) -> float:
    return hypot(leg[1][0] - leg[0][0], leg[1][1] - leg[0][1])


# Scale ----------------------------------------------------------------------------------------------------------------


def _scale_bar(projection: Projection, shape: Shape, points: Sequence[Point]) -> ScaleBar:
    """The longest round distance that fits, in the corner that the route leaves emptiest."""
    km = max((one for one in SCALES_KM if one / projection.km_per_unit <= LONGEST_SCALE), default=SCALES_KM[0])
    length = km / projection.km_per_unit
    edge = 14.0
    corners = [(x, y) for y in (shape.height - edge, edge + NARROW) for x in (edge, shape.width - edge - length)]

    def covered(corner: Point) -> float:
        box = _scale_box(corner, length, km).grown(8)
        return length_inside(points, box) + 50 * sum(box.holds(point) for point in points)

    x, y = min(corners, key=covered)
    return ScaleBar(tenth(x), tenth(y), tenth(length), km)


def _scale_box(at: Point, length: float, km: int) -> Box:
    """What the bar and the words above it cover."""
    width = max(length, text_width(f"{km:,} km", NARROW))
    return Box(at[0], at[1] - 6 - NARROW, at[0] + width, at[1] + 4)


# Names ----------------------------------------------------------------------------------------------------------------


def _labels(stops: Sequence[Stop], points: Sequence[Point], shape: Shape, scale: ScaleBar) -> tuple[Label, ...]:
    ends = list(dict.fromkeys((points[0], points[-1])))
    solid = (
        _scale_box((float(scale.x), float(scale.y)), float(scale.length), scale.km).grown(2),
        *(Box(x - END, y - END, x + END, y + END) for x, y in ends),
    )
    around = Surroundings(shape.box.grown(-PADDING), solid, tuple(dict.fromkeys(points)), (tuple(points),))
    needed = place_labels(_end_names(stops, points), around, 2, NEEDED_COST)
    solid = (*solid, *(label.box(NARROW) for label in needed))
    around = Surroundings(around.frame, solid, around.dots, around.lines)
    return needed + place_labels(_stop_names(stops, points), around, NARROW_LABELS - len(needed), OPTIONAL_COST)


def _end_names(stops: Sequence[Stop], points: Sequence[Point]) -> list[Wanted]:
    first, last = _short(stops[0].name), _short(stops[-1].name)
    if points[0] == points[-1]:
        return [Wanted(points[0], _end_texts(first, "start and finish"), "ends", END_GAP)]
    return [
        Wanted(points[0], _end_texts(first, "start"), "start", END_GAP),
        Wanted(points[-1], _end_texts(last, "finish"), "finish", END_GAP),
    ]


def _end_texts(name: str, role: str) -> tuple[str, ...]:
    """The name of an end in one line, in two, alone, and alone in two lines."""
    return f"{name}, {role}", f"{name},\n{role}", name, halved(name)


def _short(name: str) -> str:
    """A name without what stands in brackets after it: “Dakar (Lac Rose)” is “Dakar” on a map."""
    return name.partition(" (")[0]


def _stop_names(stops: Sequence[Stop], points: Sequence[Point]) -> list[Wanted]:
    """The stops between start and finish, those first that are farthest from all before them."""
    names = {point: _short(stop.name) for stop, point in zip(stops, points, strict=True)}
    chosen = [points[0], points[-1]]
    rest = [point for point in names if point not in chosen]
    wanted = []
    while rest:
        best = max(rest, key=lambda point: min(_length((point, other)) for other in chosen))
        rest.remove(best)
        chosen.append(best)
        wanted.append(Wanted(best, (names[best],), "stop"))
    return wanted
