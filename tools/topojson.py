"""TopoJSON, as the npm package world-atlas has it: https://github.com/topojson/topojson-specification."""

from __future__ import annotations

from typing import Any

Line = list[tuple[float, float]]


def decoded(topology: Any) -> list[Line]:
    """The arcs in degrees; TopoJSON writes them as steps in whole units."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            line.append((left + x * scale_x, bottom + y * scale_y))
        arcs.append(line)
    return arcs
