"""The nose: grille, lamps, bumper and tow points."""

import math

import numpy as np
import shapely
from forms import block, loft, panel, plate, rectangle, rounded, tube
from shapely.geometry import Point, Polygon
from shapely.ops import unary_union
from surfaces import BELT, front, side

from car.seams import ARCH_CUT, NOSE_HIGH, NOSE_LOW

LAMP_Y, LAMP_Z = 0.678, 1.122


def lamp_outline(grow=0.0):
    s = front(LAMP_Y)
    shape = Polygon(
        [
            (s - 0.116, NOSE_LOW + 0.010),
            (s - 0.116, NOSE_HIGH - 0.013),
            (s + 0.113, NOSE_HIGH - 0.013),
            (s + 0.113, NOSE_LOW + 0.010),
        ]
    )
    return rounded(shape, 0.030).buffer(grow)


def face():
    inner, reach = front(0.545), front(0.445)
    grille = rounded(rectangle(-reach, 1.062, reach, 1.196), 0.024)
    centre = rounded(rectangle(-inner, NOSE_LOW, inner, NOSE_HIGH - 0.004), 0.010)
    opening = grille.buffer(0.016)
    panel("nose", centre.difference(opening), BELT, "sand", lift=0.004, radius=0.006, depth=0.05, mirror=False)
    pod = rounded(rectangle(inner + 0.005, NOSE_LOW, front(0.868), NOSE_HIGH - 0.004), 0.014)
    panel("lamppod", pod, BELT, "gloss", lift=0.004, radius=0.008, depth=0.05)
    frame = opening.buffer(-0.002).difference(grille)
    panel("grilleframe", frame, BELT, "plastic", lift=0.013, radius=0.005, depth=0.05, mirror=False)
    plate("grilleback", grille.buffer(0.01), BELT, "dark", -0.045, mirror=False, grid=0.04)
    slats = [rectangle(-reach, z, reach, z + 0.012) for z in (1.076, 1.095, 1.152, 1.172)]
    slats += [rectangle(s - 0.004, 1.05, s + 0.004, 1.21) for s in np.linspace(-reach, reach, 22)[1:-1]]
    slats = unary_union(slats).intersection(grille)
    panel("grilleslats", slats, BELT, "plastic", lift=-0.020, radius=0.003, depth=0.02, mirror=False, step=0.03)
    bar = rounded(rectangle(-front(0.425), 1.110, front(0.425), 1.146), 0.010)
    holes = [rounded(rectangle(s - 0.052, 1.121, s + 0.052, 1.135), 0.006) for s in np.linspace(-0.33, 0.33, 5)]
    bar = bar.difference(unary_union(holes))
    panel("grillebar", bar, BELT, "trim", lift=0.002, radius=0.004, steps=4, depth=0.03, mirror=False)
    lamps()
    bumper()


def lamps():
    """A round light guide in a squared frame, its top cut straight by the brow; two small squares beside it."""
    s = front(LAMP_Y)
    frame = lamp_outline()
    panel("lampframe", lamp_outline(0.010).difference(frame), BELT, "plastic", lift=0.022, radius=0.005)
    plate("lampback", frame, BELT, "chrome", 0.003)
    brow = rectangle(s - 0.2, LAMP_Z + 0.068, s + 0.2, LAMP_Z + 0.2)
    well = Point(s, LAMP_Z).buffer(0.087, 32).difference(brow)
    panel("lampmask", frame.difference(well), BELT, "gloss", lift=0.012, radius=0.003, depth=0.006)
    ring = Point(s, LAMP_Z).buffer(0.085, 40).difference(Point(s, LAMP_Z).buffer(0.069, 40))
    ring = ring.difference(brow.buffer(0.004)).difference(rectangle(s - 0.2, LAMP_Z - 0.004, s - 0.05, LAMP_Z + 0.004))
    panel("lampring", ring, BELT, "daylight", lift=0.016, radius=0.004, depth=0.01, grid=0.02, step=0.006)
    core = Point(s, LAMP_Z).buffer(0.064, 32)
    panel("lampcore", core, BELT, "gloss", lift=0.010, radius=0.003, depth=0.01)
    for ds in (-0.0235, 0.0235):
        for dz in (-0.021, 0.021):
            eye = rectangle(s + ds - 0.0195, LAMP_Z + dz - 0.0175, s + ds + 0.0195, LAMP_Z + dz + 0.0175)
            plate("lampeye", rounded(eye, 0.006), BELT, "chrome", 0.015, radius=0.006, steps=4, depth=0.006, grid=0.02)
    plate("lamplens", frame, BELT, "lens", 0.027, radius=0.012, steps=4)
    s = front(0.842)
    for z, material in ((1.172, "daylight"), (1.086, "amber")):
        square = rectangle(s - 0.030, z - 0.030, s + 0.030, z + 0.030)
        panel("squareframe", rounded(square, 0.01), BELT, "plastic", lift=0.011, radius=0.004, depth=0.01)
        square = rounded(square.buffer(-0.009), 0.007)
        panel("squarelamp", square, BELT, material, lift=0.015, radius=0.006, depth=0.01, grid=0.02, step=0.006)


def bumper():
    """Two tall horns of body colour, joined by a bar; between and below them black plastic, a skid and tow hooks."""
    corner, horn, inner = side(2.095), front(0.72), front(0.60)
    top, reach = NOSE_LOW - 0.006, front(0.50)
    painted = Polygon([(-corner, 0.84), (-corner, top), (corner, top), (corner, 0.84), (horn, 0.79), (inner, 0.79)])
    painted = Polygon([*painted.exterior.coords[:-1], (reach, 0.925), (-reach, 0.925), (-inner, 0.79), (-horn, 0.79)])
    fog = unary_union([Point(q * front(0.70), 0.872).buffer(0.050, 24) for q in (-1, 1)])
    cut = unary_union([ARCH_CUT, shapely.transform(ARCH_CUT, lambda p: p * [-1, 1])])
    painted = rounded(painted.difference(fog.buffer(0.008)).difference(cut), 0.012)
    panel("bumper", painted, BELT, "sand", lift=0.062, radius=0.022, steps=6, depth=0.10, mirror=False, grid=0.018)
    rim = fog.buffer(0.006).difference(fog.buffer(-0.009))
    panel("fogrim", rim, BELT, "plastic", lift=0.058, radius=0.005, depth=0.06, mirror=False, grid=0.02)
    plate("fogback", fog, BELT, "chrome", 0.020, mirror=False)
    for q in (-1, 1):
        eye = rounded(rectangle(q * front(0.70) - 0.030, 0.842, q * front(0.70) + 0.030, 0.902), 0.010)
        panel("fogeye", eye, BELT, "lamp", lift=0.030, radius=0.008, depth=0.01, mirror=False, grid=0.02)
    plate("foglens", fog.buffer(-0.006), BELT, "lens", 0.050, mirror=False)
    low = front(0.56)
    intake = Polygon([(-inner + 0.03, 0.800), (-reach, 0.915), (reach, 0.915), (inner - 0.03, 0.800)])
    black = Polygon([(-inner - 0.02, 0.80), (-reach, 0.93), (reach, 0.93), (inner + 0.02, 0.80)])
    black = black.union(Polygon([(-horn, 0.80), (horn, 0.80), (low, 0.685), (-low, 0.685)]))
    intake = rounded(intake, 0.018)
    thick = {"lift": 0.046, "radius": 0.014, "steps": 5, "depth": 0.10}
    panel("bumperlow", rounded(black.difference(intake), 0.012), BELT, "plastic", **thick, mirror=False, grid=0.02)
    plate("intakeback", intake.buffer(0.01), BELT, "dark", -0.055, mirror=False, grid=0.05)
    wide = front(0.58)
    bars = [rectangle(s, 0.79, s + 0.007, 0.93) for s in np.arange(-wide, wide, 0.036)]
    bars += [rectangle(-wide, z, wide, z + 0.007) for z in (0.822, 0.850, 0.878)]
    bars = unary_union(bars).intersection(intake)
    panel("intakemesh", bars, BELT, "plastic", lift=0.012, radius=0.002, depth=0.012, mirror=False, grid=0.2, step=0.1)
    rows = []
    for x, z, w in (
        (2.318, 0.735, 0.47),
        (2.29, 0.685, 0.52),
        (2.16, 0.575, 0.54),
        (1.97, 0.495, 0.50),
        (1.2, 0.45, 0.46),
    ):
        y = np.linspace(-w, w, 13)
        rows.append(np.c_[np.full(13, x) - 0.035 * (y / w) ** 4, y, np.full(13, z)])
    skid = loft("skid", rows, "alu", mirror=False, sharp=25)
    skid.modifiers.new("thick", "SOLIDIFY").thickness = 0.008
    for y in (-0.36, -0.18, 0.0, 0.18, 0.36):
        block(
            "skidslot", (2.228, y, 0.629), (0.150, 0.030, 0.010), "dark", bevel=0.004, turn=(0, 0.70 - math.pi / 2, 0)
        )
    shackle(2.395, 0.40, 0.755)


def shackle(x, y, z, facing=1):
    """A tow point: a plate out of the bumper, a pin and a ring."""
    t = np.linspace(0, 2 * math.pi, 33)
    ring = np.c_[x + 0.044 * np.cos(t), np.full(33, y), z + 0.050 * np.sin(t)]
    tube("towring", ring, 0.0135, "orange", fillet=0.001)
    block("towplate", (x - 0.055 * facing, y, z), (0.13, 0.030, 0.075), "plastic", bevel=0.008, mirror=True)
    tube("towpin", [(x - 0.034 * facing, y - 0.035, z), (x - 0.034 * facing, y + 0.035, z)], 0.011, "ring")
