"""The map of places that no journey joins: a dot for each, with words such as the years of what happened there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Protocol

from microsite.graphics.geometry import Point, dots
from microsite.graphics.labels import Label, Surroundings, Wanted, halved, place_labels
from microsite.graphics.outlines import outline
from microsite.graphics.projection import Shape, best_shape, fitted
from microsite.graphics.route_map import GRID, LANDSCAPE, PORTRAIT, Stop

PANORAMA = Shape("panorama", 400, 176)
MARGIN = 26.0
MOST_OUTLINE_BYTES = 3000
# On a map of half the world borders are noise, and coasts need what there is.
MOST_DEGREES_WITH_BORDERS = 100.0
PADDING = 4.0
NARROW_LABELS = 12
# Dots closer than this share their words.
CLOSE = 11.0
MOST_WORDS = 2
ANY_COST = 1e9


class Spotted(Protocol):
    """A place and the words beside it; `pages.history.ChapterSpot` gives both."""

    @property
    def label(self) -> str: ...
    @property
    def stop(self) -> Stop: ...


@dataclass(frozen=True, slots=True)
class PlacesMap:
    """A map as SVG path texts and labels, in a drawing of width × height units.

    `has_more` says that some words end in “+3”: so many more places stand close by.
    """

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
    has_more: bool


def places_map(spots: Sequence[Spotted]) -> PlacesMap:
    """The map of places, in the shape that they fill best. Raises ValueError if there are none.

    Dots close to each other share their words. What finds no room beside its dot has none: a table says it all.
    """
    if not spots:
        raise ValueError("a map needs at least one place")
    degrees = [one.stop.degrees for one in spots]
    shape = best_shape(degrees, (PANORAMA, LANDSCAPE, PORTRAIT), MARGIN)
    projection = fitted(degrees, shape, MARGIN)
    points = {place: projection(*place) for place in degrees}
    rough = {one.stop.degrees for one in spots if one.stop.approximate}
    shown = projection.degrees(shape.box)
    has_borders = shown.right - shown.left <= MOST_DEGREES_WITH_BORDERS
    ground = outline(projection, shape.box, MOST_OUTLINE_BYTES, has_borders, GRID)
    labels = _labels(spots, points, shape)
    return PlacesMap(
        width=shape.width,
        height=shape.height,
        shape=shape.name,
        land=ground.land,
        borders=ground.borders,
        dots=dots(point for place, point in points.items() if place not in rough),
        open_dots=dots(point for place, point in points.items() if place in rough),
        labels=labels,
        places=len(points),
        has_approximate=bool(rough),
        has_more=any(" +" in label.text for label in labels),
    )


def _labels(spots: Iterable[Spotted], points: dict[Point, Point], shape: Shape) -> tuple[Label, ...]:
    words: dict[Point, list[str]] = {}
    for one in spots:
        words.setdefault(points[one.stop.degrees], []).append(one.label)
    groups = sorted(_groups(words), key=len, reverse=True)  # where dots crowd, there is the least room
    # Words grow to the right first: from the rightmost dot they cover none of their own group.
    texts = [_joined([words[point] for point in group]) for group in groups]
    wanted = [Wanted(max(group), (text, halved(text)), "stop") for group, text in zip(groups, texts, strict=True)]
    around = Surroundings(shape.box.grown(-PADDING), (), tuple(words), ())
    return place_labels(wanted, around, NARROW_LABELS, ANY_COST)


def _groups(points: Iterable[Point]) -> list[list[Point]]:
    """Points in groups, each near some other of its group and far from all others."""
    groups: list[list[Point]] = []
    for point in points:
        near = [group for group in groups if any(hypot(x - point[0], y - point[1]) < CLOSE for x, y in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(one for group in near for one in group), point])
    return groups


def _joined(labels: Iterable[Sequence[str]]) -> str:
    """The words of a group: one or two of them, or the first and how many more there are."""
    every = sorted({word for words in labels for word in words})
    return "; ".join(every) if len(every) <= MOST_WORDS else f"{every[0]} +{len(every) - 1}"
