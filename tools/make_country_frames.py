"""Make microsite/schema/country_frames.json: between which degrees each country lies.

Run by hand, not by the build; its result is committed. It needs pycountry, which the project does not depend on:

    npm install world-atlas@2.0.2
    python3 -m venv v && v/bin/pip install pycountry==26.2.16
    v/bin/python -m tools.make_country_frames node_modules/world-atlas/countries-50m.json \\
        microsite/schema/country_frames.json

The data are Natural Earth 4.1.0 at 1:50m (naturalearthdata.com, public domain) in the TopoJSON of the npm package
world-atlas (ISC licence). What lies far apart, such as France and French Guiana, has a frame each.

The file: per country (ISO 3166-1 alpha-2) a list of frames, each south, west, north, east in degrees, rounded outwards
to tenths. Islands too small for that map are not in it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from math import ceil, floor
from pathlib import Path
from typing import Any

import pycountry  # type: ignore[import-untyped,import-not-found,unused-ignore]

from tools.topojson import Line, decoded

APART = 4.0
"""Parts of a country that are nearer to each other than so many degrees share a frame."""

Frame = tuple[float, float, float, float]


def main(source: Path, target: Path) -> None:
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = decoded(topology)
    frames: dict[str, list[Frame]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        country = pycountry.countries.get(numeric=geometry.get("id", ""))
        if country is not None:
            frames.setdefault(country.alpha_2, []).extend(_frame(part, arcs) for part in _outer_rings(geometry))
    lines = (f'"{code}": {json.dumps(_merged(found))}' for code, found in sorted(frames.items()))
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    target.write_text(text, encoding="utf-8")
    print(f"{len(frames)} countries, {len(text):,} bytes")


def _outer_rings(geometry: Any) -> Iterator[list[int]]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return (polygon[0] for polygon in polygons)


def _frame(ring: Iterable[int], arcs: list[Line]) -> Frame:
    points = [point for index in ring for point in arcs[index if index >= 0 else ~index]]
    return (
        floor(min(y for _, y in points) * 10) / 10,
        floor(min(x for x, _ in points) * 10) / 10,
        ceil(max(y for _, y in points) * 10) / 10,
        ceil(max(x for x, _ in points) * 10) / 10,
    )


def _merged(frames: list[Frame]) -> list[Frame]:
    """The same ground with as few frames as there are parts far from each other."""
    merged: list[Frame] = []
    for frame in frames:
        near = [one for one in merged if _are_near(one, frame)]
        merged = [one for one in merged if one not in near]
        parts = [*near, frame]
        merged.append(
            (
                min(one[0] for one in parts),
                min(one[1] for one in parts),
                max(one[2] for one in parts),
                max(one[3] for one in parts),
            )
        )
    return sorted(merged) if len(merged) == len(frames) else _merged(merged)


def _are_near(one: Frame, other: Frame) -> bool:
    return (
        one[0] - APART <= other[2]
        and other[0] - APART <= one[2]
        and one[1] - APART <= other[3]
        and other[1] - APART <= one[3]
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
