"""The Range Rover with two doors of 1979 and 1981 as a line drawing:  python range_rover.py

Drawn by hand from published figures (wheelbase 2,540 mm, length 4,445 mm, height 1,801 mm, tyres 205 R 16), its nose to
the left. Millimetres from the front bumper and the ground; see lines.py for the colours."""

import os

import numpy as np
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import unary_union

HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = os.path.join(os.path.dirname(HERE), "static", "drawings", "range-rover.svg")
LENGTH, HEIGHT, AXLES, TYRE = 4445, 1801, (742, 3282), 371
EDGE = 40  # of paper round the car

STYLE = (
    "g{fill:#fffaf0;stroke:#241a11;stroke-width:9;stroke-linejoin:round;stroke-linecap:round;fill-rule:evenodd}"
    ".t{fill:#c3ad89}.g{fill:#e9dcc4}.n{fill:#3a2c1f}.d{fill:#d9c7a8}.l{fill:none}.r{fill:#e9a58f}"
    "@media(prefers-color-scheme:dark){g{fill:#1b2731;stroke:#f5ead9}.t{fill:#0d141a}.g{fill:#0f1920}.n{fill:#070b0f}"
    ".d{fill:#2d3d4a}.r{fill:#7d3a2c}}"
)


def soft(points, radius):
    """A polygon with its outer corners rounded."""
    return Polygon(points).buffer(-radius).buffer(radius, quad_segs=6)


def arch(x, half, top, lean):
    """A wheel opening: flat above, its shoulders rounded, wider at its foot."""
    foot = half + lean
    shape = Polygon([(x - foot, 100), (x - half, top - 90), (x - half + 95, top), (x + half - 95, top)]).union(
        Polygon([(x - foot, 100), (x + half - 95, top), (x + half, top - 90), (x + foot, 100)])
    )
    return shape.convex_hull.buffer(-110).buffer(110, quad_segs=8)


ARCHES = unary_union([arch(AXLES[0], 430, 838, 20), arch(AXLES[1], 430, 826, 20)])

LOWER = [(62, 500), (50, 650), (48, 905), (70, 1012), (110, 1048), (700, 1082), (1225, 1108)]
LOWER += [(4290, 1108), (4352, 1040), (4372, 900), (4378, 640), (4330, 505), (3900, 480), (2400, 455), (1200, 455)]
TOP = [(1690, 1700), (1728, 1735), (1772, 1757), (1840, 1773), (1960, 1786), (2150, 1794), (2400, 1799), (2700, 1801)]
TOP += [(3100, 1799), (3450, 1793), (3750, 1783), (3920, 1773), (4000, 1763), (4044, 1748), (4072, 1722), (4090, 1676)]
CABIN = [(1180, 1100), *TOP, (4300, 1100)]
ROOF = [(1662, 1668), *TOP, (3500, 1690), (2600, 1700)]


def windows():
    """The pane of the door with its vent, the long side window, and the raked tail glass seen edge on."""
    door = soft([(1318, 1140), (1748, 1652), (2388, 1664), (2372, 1140)], 26)
    vent = LineString([(1688, 1140), (1690, 1580)])
    side = soft([(2462, 1140), (2476, 1664), (3700, 1658), (3790, 1140)], 30)
    slide = LineString([(3120, 1140), (3120, 1661)])
    return door, vent, side, slide


def wheel(x):
    """A tyre and the steel wheel of the time, its rim pierced by slots round a hub."""
    centre = Point(x, TYRE)
    slots = []
    for k in range(12):
        slot = affinity.scale(Point(x, TYRE + 152).buffer(1, 12), 17, 25)
        slots.append(affinity.rotate(slot, 30 * k, origin=centre))
    return [
        ("t", centre.buffer(TYRE, 24)),
        ("l", centre.buffer(TYRE - 62, 24).exterior),
        ("", centre.buffer(222, 24)),
        ("l", centre.buffer(192, 24).exterior),
        ("n", unary_union(slots)),
        ("d", centre.buffer(92, 16)),
        ("l", centre.buffer(52, 12).exterior),
    ]


def shapes():
    """What is drawn, from the back to the front: class and shape."""
    door, vent, side, slide = windows()
    body = soft(LOWER, 26)
    yield "n", Polygon([(300, 390), (260, 860), (4120, 860), (4050, 420), (3600, 345), (600, 345)])
    for x in AXLES:
        yield from wheel(x)
    yield "", soft(CABIN, 24)
    yield "d", soft(ROOF, 12)
    for pane in (door, side):
        yield "g", pane
    yield "l", vent
    yield "l", slide
    yield "d", soft([(3826, 1140), (3742, 1652), (4010, 1640), (4186, 1140)], 16)  # the dark rear pillar
    yield "", body.difference(ARCHES)
    # shut lines of the bonnet and the door, and the crease along the flank
    yield "l", LineString([(70, 985), (640, 1022), (1225, 1046), (1225, 1108)])
    yield "l", LineString([(1262, 1108), (1262, 620), (1300, 520), (2330, 520), (2398, 590), (2424, 1108)])
    for start, end in ((52, 1262), (1262, 2420), (2420, 4376)):
        yield "l", LineString([(start, 892), (end, 892)])
    yield "l", LineString([(75, 640), (288, 640)])
    yield "l", LineString([(1188, 560), (2860, 560)])
    yield "l", LineString([(4182, 1108), (4186, 505)])  # the tail lamps' corner
    yield "n", soft([(2222, 985), (2222, 1026), (2362, 1026), (2362, 985)], 12)  # the handle
    yield "n", soft([(3700, 950), (3700, 1042), (3792, 1042), (3792, 950)], 14)  # the filler
    yield "r", soft([(52, 690), (52, 860), (112, 860), (112, 690)], 10)  # lamps at the corners
    yield "r", soft([(4302, 660), (4302, 860), (4374, 860), (4374, 660)], 10)
    yield "n", soft([(1330, 1150), (1330, 1262), (1392, 1262), (1392, 1150)], 12)  # the mirror
    yield "d", soft([(0, 468), (0, 590), (250, 590), (300, 560), (300, 500), (250, 468)], 16)  # bumpers
    yield "d", soft([(4105, 500), (4105, 560), (4150, 590), (4445, 590), (4445, 468), (4150, 468)], 16)
    yield "n", soft([(-2, 452), (-2, 612), (46, 612), (46, 452)], 10)


def path(shape):
    """SVG path data, in whole millimetres, the ground at zero and up negative."""
    if shape.geom_type in ("LineString", "LinearRing"):
        lines, closed = [shape], shape.geom_type == "LinearRing"
    else:
        polygons = getattr(shape, "geoms", [shape])
        lines, closed = [ring for p in polygons for ring in (p.exterior, *p.interiors)], True
    data = ""
    for line in lines:
        points = np.round(np.array(line.simplify(0.8).coords) * [1, -1]).astype(int)
        if closed:
            points = points[:-1]
        steps = np.diff(points, axis=0)
        data += f"M{points[0][0]} {points[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) + ("z" if closed else "")
    return data.replace(" -", "-")


def drawing():
    width, height = LENGTH + 2 * EDGE, HEIGHT + 2 * EDGE
    paths = "".join(f'<path class="{kind}" d="{path(shape)}"/>' for kind, shape in shapes())
    paths = paths.replace(' class=""', "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width // 4}" height="{height // 4}" '
        f'viewBox="{-EDGE} {-HEIGHT - EDGE} {width} {height}"><style>{STYLE}</style><g>{paths}</g></svg>\n'
    )


def main():
    content = drawing()
    with open(TARGET, "w", encoding="utf-8") as file:
        file.write(content)
    print(f"{TARGET}: {len(content) / 1000:.1f} kB")


if __name__ == "__main__":
    main()
