"""The map of places that no journey joins: a dot for each, with words such as the years of what happened there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from microsite.graphics.geometry import Point, dots
from microsite.graphics.labels import Label, Surroundings, Wanted, place_labels
from microsite.graphics.outlines import outline
from microsite.graphics.projection import Shape, best_shape, fitted
from microsite.graphics.route_map import LANDSCAPE, PORTRAIT, Stop

PANORAMA = Shape("panorama", 400, 210)
MARGIN = 26.0
MOST_OUTLINE_BYTES = 5200
PADDING = 4.0
NARROW_LABELS = 12
ANY_COST = 1e9


class Spotted(Protocol):
    """A place and the words beside it; `pages.history.ChapterSpot` gives both."""

    @property
    def label(self) -> str: ...
    @property
    def stop(self) -> Stop: ...


@dataclass(frozen=True, slots=True)
class PlacesMap:
    """A map as SVG path texts and labels, in a drawing of width × height units."""

    width: int
    height: int
    shape: str
    land: str
    borders: str
    dots: str
    open_dots: str
    labels: tuple[Label, ...]
    places: int
    has_approximate: bool


def places_map(spots: Sequence[Spotted]) -> PlacesMap:
    """The map of places, in the shape that they fill best. Raises ValueError if there are none.

    Events at one place share a dot and its words. What finds no room beside its dot has none: a table says it all.
    """
    if not spots:
        raise ValueError("a map needs at least one place")
    degrees = [one.stop.degrees for one in spots]
    shape = best_shape(degrees, (PANORAMA, LANDSCAPE, PORTRAIT), MARGIN)
    projection = fitted(degrees, shape, MARGIN)
    points = {place: projection(*place) for place in degrees}
    rough = {one.stop.degrees for one in spots if one.stop.approximate}
    ground = outline(projection, shape.box, MOST_OUTLINE_BYTES)
    return PlacesMap(
        width=shape.width,
        height=shape.height,
        shape=shape.name,
        land=ground.land,
        borders=ground.borders,
        dots=dots(point for place, point in points.items() if place not in rough),
        open_dots=dots(point for place, point in points.items() if place in rough),
        labels=_labels(spots, points, shape),
        places=len(points),
        has_approximate=bool(rough),
    )


def _labels(spots: Iterable[Spotted], points: dict[Point, Point], shape: Shape) -> tuple[Label, ...]:
    words: dict[Point, list[str]] = {}
    for one in spots:
        words.setdefault(points[one.stop.degrees], []).append(one.label)
    wanted = [Wanted(point, tuple(_shorter(labels)), "stop") for point, labels in words.items()]
    around = Surroundings(shape.box.grown(-PADDING), (), tuple(words), ())
    return place_labels(wanted, around, NARROW_LABELS, ANY_COST)


def _shorter(labels: Sequence[str]) -> Iterable[str]:
    """The words of a place, all of them or, where there is too little room, the first and how many more."""
    yield ", ".join(labels)
    if len(labels) > 1:
        yield f"{labels[0]} +{len(labels) - 1}"
