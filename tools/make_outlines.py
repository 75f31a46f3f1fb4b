"""Make microsite/graphics/outlines.json: coasts and borders of the world, thinned for the maps of the site.

Run by hand, not by the build; its result is committed. It needs shapely, which the project does not depend on:

    npm install world-atlas@2.0.2
    python3 -m venv v && v/bin/pip install shapely==2.2.0
    v/bin/python -m tools.make_outlines node_modules/world-atlas/countries-50m.json microsite/graphics/outlines.json

The data are Natural Earth 4.1.0 at 1:50m (naturalearthdata.com, public domain; borders as Natural Earth draws them,
that is, who holds the land) in the TopoJSON of the npm package world-atlas (ISC licence). Where the rally has been the
lines keep about 0.05°, elsewhere about 0.3°; Antarctica and small islands are left out.

The file: `land` is rings, `borders` is lines, each a list of whole numbers in hundredths of a degree, three for each
point: longitude and latitude, which from the second point on are steps from the one before, and how far the line bends
there (`geometry.bends`), measured in degrees of latitude. By that a map can leave out what is too fine for it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

from shapely import LineString, MultiLineString, Polygon, box, line_merge  # type: ignore[import-untyped,import-not-found,unused-ignore]
from shapely.affinity import translate  # type: ignore[import-untyped,import-not-found,unused-ignore]

from microsite.graphics.geometry import bends
from tools.topojson import Line, decoded

PER_DEGREE = 100
SOUTHERNMOST = -60
# West, south, east, north of where the rally has been: Europe and Africa with Arabia, South America.
FOCUS = (box(-26, -36, 64, 60), box(-82, -57, -33, 13))
FINE, COARSE = 0.05, 0.3
SMALLEST_FINE, SMALLEST_COARSE = 0.05, 1.5


def main(source: Path, target: Path) -> None:
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = decoded(topology)
    land = list(_rings(topology["objects"]["land"], arcs))
    borders = list(_borders(topology["objects"]["countries"], arcs))
    text = _written(land, borders)
    target.write_text(text, encoding="utf-8")
    print(f"{len(land)} rings, {len(borders)} borders, {len(text):,} bytes")


def _polygons(geometry: Any) -> Iterator[list[list[int]]]:
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _polygons(part)
    elif geometry["type"] == "Polygon":
        yield geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        yield from geometry["arcs"]


def _joined(ring: Iterable[int], arcs: list[Line]) -> Line:
    """One line out of arcs; ~i is arc i backwards, as in TopoJSON."""
    points: Line = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def _rings(land: Any, arcs: list[Line]) -> Iterator[Line]:
    """The outer rings of the land that are large enough for where they are."""
    for polygon in _polygons(land):
        for part in _cut_at_antimeridian(_joined(polygon[0], arcs)):
            fine = _in_focus(part)
            if part.area >= (SMALLEST_FINE if fine else SMALLEST_COARSE) and part.bounds[3] >= SOUTHERNMOST:
                thin = _thinned(list(part.exterior.coords))
                yield [*thin[:-1], thin[0]]


def _cut_at_antimeridian(ring: Line) -> Iterator[Any]:
    """The parts of a ring on either side of ±180°. The ring leaps from one side to the other where it crosses."""
    points, turns = [ring[0]], 0
    for (before, _), (x, y) in pairwise(ring):
        turns += (before - x > 180) - (x - before > 180)
        points.append((x + 360 * turns, y))
    if turns:  # all around a pole: Antarctica
        return
    whole = Polygon(points).buffer(0)
    for shift in (-360, 0, 360):
        inside = translate(whole, shift).intersection(box(-180, -90, 180, 90))
        yield from (part for part in getattr(inside, "geoms", [inside]) if part.geom_type == "Polygon")


def _borders(countries: Any, arcs: list[Line]) -> Iterator[Line]:
    """The arcs that two countries share, joined where no third meets them."""
    uses = Counter(
        index if index >= 0 else ~index for polygon in _polygons(countries) for ring in polygon for index in ring
    )
    shared = [LineString(arcs[index]) for index, count in sorted(uses.items()) if count > 1]
    merged = line_merge(MultiLineString(shared))
    for line in merged.geoms:
        if line.bounds[3] >= SOUTHERNMOST:
            yield _thinned(list(line.coords))


def _in_focus(shape: Any) -> bool:
    return any(shape.intersects(area) for area in FOCUS)


def _thinned(points: Line) -> Line:
    """A line thinned piece by piece, so that a long coast may be fine in one part and coarse in another."""
    pieces: list[tuple[bool, Line]] = []
    for before, after in pairwise(points):
        fine = _in_focus(LineString((before, after)))
        if pieces and pieces[-1][0] == fine:
            pieces[-1][1].append(after)
        else:
            pieces.append((fine, [before, after]))
    result: Line = []
    for fine, piece in pieces:
        thin = list(LineString(piece).simplify(FINE if fine else COARSE, preserve_topology=True).coords)
        result += thin[1:] if result else thin
    return result


def _written(land: Iterable[Line], borders: Iterable[Line]) -> str:
    parts = {"land": land, "borders": borders}
    body = ",\n".join(
        f'"{name}": [\n' + ",\n".join(sorted(map(_one_line, lines))) + "\n]" for name, lines in parts.items()
    )
    return "{\n" + body + "\n}\n"


def _one_line(line: Line) -> str:
    """Longitude, latitude and bend for each point, in hundredths of a degree; points that fall together are one."""
    whole = [(round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y in line]
    points = [*whole[:1], *(after for before, after in pairwise(whole) if before != after)]
    steps = [points[0], *((x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(points))]
    true_to_scale = [(x * cos(radians(y / PER_DEGREE)), y) for x, y in points]
    # Ends always stay, on every map.
    bent = [min(bend, 360 * PER_DEGREE) for bend in bends(true_to_scale, 0.0)]
    numbers = [number for step, bend in zip(steps, bent, strict=True) for number in (*step, round(bend))]
    return json.dumps(numbers, separators=(",", ":"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
