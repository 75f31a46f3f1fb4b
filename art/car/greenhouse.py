"""Above the belt: windows, roof, windscreen, mirrors."""

import numpy as np
import shapely
from forms import block, flank, flank_box, loft, panel, plate, rectangle, rounded, tube
from shapely.geometry import Polygon
from shapely.ops import unary_union
from surfaces import (
    BELT,
    DOOR_MIDDLE,
    DOOR_REAR,
    PLAN,
    PLAN_NORMAL,
    PLAN_S,
    ROOF,
    S_END,
    SCREEN,
    SCREEN_TOP,
    bezier,
    rear,
    screen_point,
    side,
)

from car.seams import pillar_line


def round_the_tail(shape):
    """An outline on the left half of the belt that goes on round the tail, in one piece, to the same on the right."""
    return shape.union(shapely.transform(shape, lambda p: np.c_[2 * S_END - p[:, 0], p[:, 1]]))


def greenhouse():
    a_low, a_high = pillar_line(1.405), pillar_line(1.81)
    frame = Polygon(
        [
            (side(pillar_line(1.36)), 1.355),
            (side(pillar_line(1.90)), 1.90),
            (side(SCREEN_TOP - 0.015), 1.935),
            (S_END, 1.935),
            (S_END, 1.36),
        ]
    )
    top, sill = 1.812, 1.402
    corner = [(a_low - 0.075, sill), (a_high - 0.065, top), (DOOR_MIDDLE + 0.05, top), (DOOR_MIDDLE + 0.05, sill)]
    windows = {
        "front": rounded(flank(corner), 0.03),
        "rear": rounded(flank_box(DOOR_REAR + 0.05, sill, DOOR_MIDDLE - 0.05, top), 0.03),
        "boot": rounded(rectangle(side(-1.545), sill, side(-2.145), top), 0.035),
        "tail": rounded(rectangle(rear(0.69), 1.42, 2 * S_END - rear(0.69), 1.83), 0.04),
    }
    alpine = rounded(flank([(-1.17, 1.866), (-1.19, 1.916), (-1.83, 1.916), (-1.86, 1.866)]), 0.012)
    holes = unary_union([*windows.values(), alpine])
    gaps = unary_union([flank_box(x - 0.003, 1.3, x + 0.003, 1.85) for x in (DOOR_MIDDLE,)])
    skin = frame.difference(holes)
    # the roof's colour comes down to the windows, but not round the windscreen pillars, which are black to the top
    roof_from = side(SCREEN_TOP - 0.035)
    low = rectangle(-9, 1, 9, 1.834).union(rectangle(-9, 1, roof_from, 3))
    high = rectangle(roof_from + 0.004, 1.838, 9, 3)
    pillars = round_the_tail(skin.difference(gaps).intersection(low))
    panel("frame", pillars, BELT, "gloss", lift=-0.008, grid=0.03, mirror=False)
    header = round_the_tail(skin.intersection(high))
    panel("frametop", header, BELT, "roof", lift=-0.008, radius=0.003, grid=0.03, mirror=False)
    plate("pillarback", flank_box(DOOR_MIDDLE - 0.03, 1.34, DOOR_MIDDLE + 0.03, 1.86), BELT, "dark", -0.022)
    plate("headerback", rectangle(side(SCREEN_TOP - 0.075), 1.818, S_END, 1.858), BELT, "dark", -0.022, grid=0.05)
    for name, window in windows.items():
        glass = window.buffer(0.006)
        plate(f"window_{name}", glass, BELT, "glass", -0.013, grid=0.04, mirror=name != "tail")
    plate("alpine", alpine.buffer(0.004), BELT, "glass", -0.012, grid=0.04)
    plate("alpineback", alpine.buffer(0.01), BELT, "dark", -0.03, grid=0.04)
    square = rounded(flank_box(DOOR_REAR - 0.008, 1.374, -1.530, 1.846), 0.020)
    panel("square", square, BELT, "sand", lift=0.006, radius=0.008, steps=4, depth=0.03)
    roof()
    windscreen()
    mirrors()


def roof():
    t = SCREEN_TOP
    edge = (PLAN - PLAN_NORMAL * 0.158)[side(SCREEN_TOP - 0.055) < PLAN_S]
    edge = edge[edge[:, 0] < SCREEN_TOP - 0.055]
    edge[:, 0] = np.maximum(edge[:, 0], -2.305)
    half = np.vstack([bezier((t + 0.054, 0), (t + 0.052, 0.3), (t + 0.028, 0.62), (t + 0.008, 0.750), 30), edge])
    shape = Polygon(np.vstack([half, half[::-1] * [1, -1]])).buffer(0).buffer(-0.04).buffer(0.04)
    panel("roof", shape, ROOF, "roof", radius=0.055, steps=8, depth=0.085, grid=0.03, mirror=False)
    for y in (0.18, 0.44):
        rib = rounded(rectangle(-1.95, y - 0.05, -0.45, y + 0.05), 0.03)
        panel("roofrib", rib, ROOF, "roof", lift=0.010, radius=0.010, steps=4, depth=0.02, grid=0.04)
    rail = [(-0.10, 0.665, 1.955), (-0.18, 0.668, 2.022), (-2.0, 0.668, 1.990), (-2.08, 0.66, 1.920)]
    tube("rail", rail, 0.014, "plastic", fillet=0.05, flat=1.3)
    for x in (-0.72, -1.38):
        block("railfoot", (x, 0.667, 1.985), (0.09, 0.030, 0.05), "plastic", mirror=True)


def windscreen():
    glass = rounded(Polygon([(-0.775, 0.05), (-0.805, 0.90), (0.805, 0.90), (0.775, 0.05)]), 0.04)
    plate("screen", glass, SCREEN, "screenglass", -0.004, grid=0.05, mirror=False)
    frame = Polygon([(-0.86, -0.06), (-0.885, 1.0), (0.885, 1.0), (0.86, -0.06)]).difference(glass.buffer(-0.006))
    panel("screenframe", frame, SCREEN, "gloss", radius=0.005, grid=0.04, mirror=False)
    t = np.linspace(-0.06, 0.985, 14)
    inner = screen_point(np.interp(t, [-0.06, 1], [0.84, 0.865]), t)
    z = inner[:, 2]
    s = np.array([side(pillar_line(h) + 0.004) for h in z])
    outer = BELT.point(s, z) + np.array([0, -0.006, 0])
    bulge = (inner + outer) / 2 + np.array([0.024, 0.018, 0])
    curve = [inner * (1 - u) ** 2 + 2 * u * (1 - u) * bulge + outer * u * u for u in np.linspace(0, 1, 7)]
    loft("pillar", curve, "gloss")
    y = np.linspace(-0.84, 0.84, 20)
    rows = ((-0.02, 0, 0), (-0.05, 0.05, -0.03), (-0.06, 0.13, -0.055))
    loft(
        "scuttle",
        [screen_point(y, np.full(20, t)) + np.array([dx, 0, dz]) for t, dx, dz in rows],
        "plastic",
        mirror=False,
    )
    for y0, y1 in ((-0.05, -0.66), (0.55, -0.06)):
        ends = [
            SCREEN(np.array(y0), np.array(0.0), np.array(0.02)),
            SCREEN(np.array(y1), np.array(0.1), np.array(0.012)),
        ]
        tube("wiper", ends, 0.007, "dark", mirror=False, sides=8)


def mirrors():
    turn = (0, 0, -0.12)
    block(
        "mirrorcap",
        (0.722, 1.070, 1.482),
        (0.080, 0.165, 0.150),
        "sand",
        bevel=0.03,
        turn=turn,
        mirror=True,
        segments=4,
    )
    block(
        "mirror", (0.697, 1.068, 1.476), (0.09, 0.172, 0.170), "gloss", bevel=0.03, turn=turn, mirror=True, segments=4
    )
    tube("mirrorarm", [(0.74, 0.88, 1.40), (0.73, 1.03, 1.42)], 0.02, "gloss")
