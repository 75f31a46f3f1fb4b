"""The car: a five-door Defender 110 body as a rally car, from published dimensions and descriptions. No logos."""

import math

import numpy as np
import shapely
from forms import (
    ball,
    block,
    flank,
    flank_box,
    loft,
    new_stage,
    panel,
    plate,
    rectangle,
    rounded,
    strokes,
    tube,
)
from materials import make_materials
from shapely.geometry import Point, Polygon
from shapely.ops import unary_union
from surfaces import (
    AXLE_FRONT,
    AXLE_REAR,
    BELT,
    BONNET,
    DOOR_FRONT,
    DOOR_MIDDLE,
    DOOR_REAR,
    PLAN,
    PLAN_NORMAL,
    PLAN_S,
    ROOF,
    S_END,
    SCREEN,
    bezier,
    bonnet_height,
    front,
    rear,
    roof_height,
    screen_point,
    side,
)
from wheels import RADIUS, TRACK_HALF, make_wheels

GAP = 0.0035  # half of a shut line
BELT_LINE = 1.366  # top of the doors
BONNET_SKIRT = 0.078  # how far the clamshell reaches down
NOSE_LOW, NOSE_HIGH = 1.030, 1.222  # the dark band with the lamps
LAMP_Y, LAMP_Z = 0.678, 1.122


def gapped(shape):
    return shape.buffer(-GAP, join_style=2)


def clamshell_cut(lower=0.0):
    """The line under the bonnet's skirt, on the belt, from the lamp back to the door."""
    s = np.linspace(front(0.872), side(DOOR_FRONT), 60)
    x, y = np.interp(s, PLAN_S, PLAN[:, 0]), np.interp(s, PLAN_S, PLAN[:, 1])
    return [(a, float(bonnet_height(b, c)) - BONNET_SKIRT - lower) for a, b, c in zip(s, x, y, strict=True)]


def pillar_line(z):
    """The rake of the windscreen pillar seen from the side: x at a height."""
    return 0.905 - (z - 1.36) * 0.70


# Wheel arches --------------------------------------------------------------------------------------------------------


def arch(x, grow=0.0):
    """A squared wheel opening with round shoulders, as (x, z)."""
    half, top = 0.525, 1.012
    shape = Polygon(
        [
            (x - half - 0.030, 0.15),
            (x - half, 0.80),
            (x - half + 0.105, top),
            (x + half - 0.105, top),
            (x + half, 0.80),
            (x + half + 0.030, 0.15),
        ]
    )
    shape = shape.buffer(-0.16).buffer(0.16, quad_segs=24)
    return shape.buffer(grow, quad_segs=16) if grow else shape


def on_belt(shape):
    return shapely.transform(shape.segmentize(0.02), lambda p: np.c_[[side(x) for x in p[:, 0]], p[:, 1]])


ARCHES = unary_union([on_belt(arch(AXLE_FRONT)), on_belt(arch(AXLE_REAR))])
ARCH_CUT = ARCHES.buffer(0.012)


def arches():
    for name, x in (("front", AXLE_FRONT), ("rear", AXLE_REAR)):
        opening, foot = on_belt(arch(x)), rectangle(-9, -1, 9, 0.585)
        band = on_belt(arch(x, 0.098)).difference(foot).difference(opening)
        panel(f"arch_{name}", rounded(band, 0.012), BELT, "plastic", lift=0.080, radius=0.020, steps=6, depth=0.14)
        lip = on_belt(arch(x, 0.013)).difference(opening).difference(rectangle(-9, -1, 9, 0.6))
        panel("archlip", lip, BELT, "gloss", lift=0.083, radius=0.003, depth=0.05, grid=0.03)
        line = arch(x, 0.056).exterior
        spots = [line.interpolate(d) for d in np.arange(0.03, line.length, 0.118)]
        bolts = [Point(side(p.x), p.y).buffer(0.008, 4) for p in spots if p.y > 0.66]
        plate("archbolt", unary_union(bolts), BELT, "dark", 0.0835, radius=0.002, depth=0.006, grid=0.05, step=0.05)
        p = np.array(arch(x, -0.002).exterior.coords)
        p = p[p[:, 1] > 0.50]
        p = p[np.argsort(-np.arctan2(p[:, 1] - 0.5, p[:, 0] - x))]
        loft("liner", [np.c_[p[:, 0], np.full(len(p), y), p[:, 1]] for y in (0.42, 0.955)], "dark")


# Body below the glass ------------------------------------------------------------------------------------------------


def flanks():
    cut = clamshell_cut(GAP)
    wing = [*cut, (side(DOOR_FRONT), 0.62), (side(1.4), 0.62), (side(1.4), 0.86)]
    wing = Polygon([*wing, (front(0.905), 0.86), (front(0.905), NOSE_LOW - 0.02), (front(0.872), NOSE_LOW - 0.02)])
    vent = rounded(flank([(1.255, 1.085), (1.225, 1.185), (0.985, 1.185), (0.985, 1.085)]), 0.016)
    panel("wing", rounded(gapped(wing.buffer(0).difference(ARCH_CUT)), 0.01).difference(vent), BELT, "paint", grid=0.02)
    panel("wingvent", vent.buffer(-0.002), BELT, "gloss", lift=-0.012, radius=0.002, depth=0.004)
    louvres = [flank([(x + 0.006, 1.097), (x, 1.174), (x - 0.022, 1.174), (x - 0.016, 1.097)]) for x in _spaced()]
    panel("louvre", unary_union(louvres), BELT, "plastic", lift=0.002, radius=0.004, depth=0.014, grid=0.03)
    cowl = [(s, z + GAP * 2) for s, z in clamshell_cut() if s > side(1.0)]
    cowl = Polygon([*cowl, (side(DOOR_FRONT), BELT_LINE), (side(0.985), 1.315)])
    panel("cowlside", rounded(gapped(cowl.buffer(0)), 0.006), BELT, "plastic", grid=0.015)
    for name, x0, x1 in (("door_front", DOOR_FRONT, DOOR_MIDDLE), ("door_rear", DOOR_MIDDLE, DOOR_REAR)):
        door = rounded(gapped(flank_box(x0, 0.625, x1, BELT_LINE).difference(ARCH_CUT)), 0.012)
        panel(name, door, BELT, "paint", radius=0.006, grid=0.014)
        handle = x1 + 0.145
        cup = rounded(flank_box(handle - 0.10, 1.085, handle + 0.10, 1.162), 0.03)
        plate("handlecup", cup, BELT, "dark", 0.0045)
        grip = rounded(flank_box(handle - 0.088, 1.118, handle + 0.088, 1.150), 0.010)
        panel("handle", grip, BELT, "gloss", lift=0.034, radius=0.008, steps=4)
    quarter = [(side(DOOR_REAR), 0.625), (side(DOOR_REAR), BELT_LINE), (rear(0.745), BELT_LINE), (rear(0.745), 0.90)]
    quarter = Polygon([*quarter, (side(-2.16), 0.90), (side(-2.11), 0.625)])
    panel("quarter", rounded(gapped(quarter.difference(ARCH_CUT).difference(_lamp_well())), 0.008), BELT, "paint")
    # a dark shell behind the shut lines
    shell = unary_union([rectangle(front(0.80), 0.60, S_END, 1.19), rectangle(side(0.93), 1.0, S_END, 1.355)])
    shell = shell.difference(ARCHES.buffer(0.004)).difference(_lamp_well().buffer(0.03))
    plate("shell", shell, BELT, "dark", -0.026, grid=0.05)
    plate("shellfront", rectangle(-front(0.87), 0.62, front(0.87), 1.20), BELT, "dark", -0.07, grid=0.04, mirror=False)


def _spaced():
    return np.arange(1.215, 1.005, -0.036)


def sills():
    sill = Polygon([(side(0.95), 0.50), (side(0.905), 0.618), (side(-0.905), 0.618), (side(-0.95), 0.50)])
    panel("sill", rounded(sill, 0.01), BELT, "plastic", lift=0.035, radius=0.02, steps=5, depth=0.08, grid=0.03)
    bar = [(0.93, 0.80, 0.50), (0.86, 1.0, 0.49), (-0.86, 1.0, 0.49), (-0.93, 0.80, 0.50)]
    tube("slider", bar, 0.032, "plastic", sides=16)
    for x in (0.5, 0.0, -0.5):
        block("sliderfoot", (x, 0.93, 0.50), (0.06, 0.16, 0.045), "plastic", mirror=True)


def bonnet():
    edge = PLAN[side(0.80) > PLAN_S]
    shape = Polygon(np.vstack([edge, edge[::-1] * [1, -1]])).buffer(-0.009).intersection(rectangle(0.885, -2, 3, 2))
    shape = shape.buffer(-0.03).buffer(0.03)
    panel(
        "bonnet",
        shape,
        BONNET,
        "paint",
        radius=0.046,
        steps=10,
        depth=BONNET_SKIRT,
        grid=0.0125,
        step=0.01,
        mirror=False,
    )
    tread = rounded(Polygon([(1.20, 0.545), (1.20, 0.775), (1.99, 0.735), (1.95, 0.508)]), 0.03)
    panel("grip", tread, BONNET, "plastic", lift=0.007, radius=0.004, grid=0.03, step=0.03)
    ribs = [rectangle(x, 0.565, x + 0.016, 0.722) for x in np.arange(1.235, 1.90, 0.034)]
    panel("griprib", unary_union(ribs), BONNET, "plastic", lift=0.012, radius=0.002, depth=0.01, grid=0.05, step=0.05)
    vent = rounded(Polygon([(1.36, 0.085), (1.36, 0.365), (1.78, 0.325), (1.78, 0.085)]), 0.02)
    panel("bonnetvent", vent, BONNET, "gloss", lift=0.003, radius=0.003, depth=0.01, grid=0.03)
    for x in np.arange(1.395, 1.76, 0.052):
        z = float(bonnet_height(np.array(x), np.array(0.21))) + 0.007
        block("ventslat", (x, 0.212, z), (0.046, 0.215, 0.006), "plastic", bevel=0.002, turn=(0, -0.5, 0), mirror=True)
    z = float(bonnet_height(np.array(2.12), np.array(0.6)))
    block("latch", (2.12, 0.60, z + 0.004), (0.055, 0.024, 0.012), "gloss", bevel=0.004, mirror=True)


# The face ------------------------------------------------------------------------------------------------------------


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


# Above the belt ------------------------------------------------------------------------------------------------------


def greenhouse():
    a_low, a_high = pillar_line(1.405), pillar_line(1.81)
    frame = Polygon(
        [
            (side(pillar_line(1.36)), 1.355),
            (side(pillar_line(1.90)), 1.90),
            (side(0.46), 1.935),
            (S_END + 0.02, 1.935),
            (S_END + 0.02, 1.36),
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
    low, high = rectangle(-9, 1, 9, 1.834), rectangle(-9, 1.838, 9, 3)
    panel("frame", skin.difference(gaps).intersection(low), BELT, "gloss", lift=-0.008, grid=0.03)
    panel("frametop", skin.intersection(high), BELT, "roof", lift=-0.008, radius=0.003, grid=0.03)
    plate("pillarback", flank_box(DOOR_MIDDLE - 0.03, 1.34, DOOR_MIDDLE + 0.03, 1.86), BELT, "dark", -0.022)
    plate("headerback", rectangle(side(0.40), 1.818, S_END, 1.858), BELT, "dark", -0.022, grid=0.05)
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
    edge = (PLAN - PLAN_NORMAL * 0.158)[side(0.42) < PLAN_S]
    edge = edge[edge[:, 0] < 0.42]
    edge[:, 0] = np.maximum(edge[:, 0], -2.305)
    half = np.vstack([bezier((0.505, 0), (0.50, 0.3), (0.47, 0.55), (0.40, 0.765), 30), edge])
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
    plate("screen", glass, SCREEN, "glass", -0.004, grid=0.05, mirror=False)
    frame = Polygon([(-0.86, -0.06), (-0.885, 1.0), (0.885, 1.0), (0.86, -0.06)]).difference(glass.buffer(-0.006))
    panel("screenframe", frame, SCREEN, "gloss", radius=0.005, grid=0.04, mirror=False)
    t = np.linspace(-0.06, 1.0, 14)
    inner = screen_point(np.interp(t, [-0.06, 1], [0.84, 0.865]), t)
    z = inner[:, 2]
    s = np.array([side(pillar_line(h) - 0.02) for h in z])
    outer = BELT.point(s, z) + np.array([0, -0.004, 0])
    bulge = (inner + outer) / 2 + np.array([0.018, 0.014, 0])
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


# Rally equipment -----------------------------------------------------------------------------------------------------


def intakes():
    """Two raised intakes that lie against the windscreen pillars, and a scoop on the roof."""
    heights = np.linspace(1.315, 1.868, 12)
    path = [BELT(np.array(side(pillar_line(z) - 0.005)), np.array(z), np.array(0.016)) for z in heights]
    start = BELT(np.array(side(pillar_line(1.20) + 0.01)), np.array(1.20), np.array(-0.060))  # out of the body
    tube("snorkel", [start, *path], (0.040, 0.031), "plastic", sides=28, fillet=0.05, flat=0.75, square=0.5)
    head = path[-1] + np.array([0.020, -0.004, 0.036])
    block(
        "snorkelhead", head, (0.150, 0.068, 0.082), "plastic", bevel=0.024, turn=(0.28, 0, 0), mirror=True, segments=4
    )
    mouth = head + np.array([0.073, 0, 0.0])
    block("snorkelmouth", mouth, (0.012, 0.046, 0.054), "dark", bevel=0.010, turn=(0.28, 0, 0), mirror=True)
    for dz in (-0.014, 0.0, 0.014):
        fin = mouth + np.array([0.005, -dz * 0.28, dz])
        block("snorkelfin", fin, (0.008, 0.048, 0.005), "plastic", bevel=0.001, turn=(0.28, 0, 0), mirror=True)
    base = rounded(flank([(1.10, 1.232), (1.06, 1.285), (0.885, 1.345), (0.885, 1.232)]), 0.02)
    panel("snorkelbase", base, BELT, "plastic", lift=0.016, radius=0.012, steps=4)
    rows = []
    across = np.linspace(-1, 1, 31)
    for x, h, w in ((0.06, 0.070, 0.235), (0.02, 0.082, 0.245), (-0.2, 0.066, 0.225), (-0.48, 0.004, 0.17)):
        base = roof_height(x, across * w)
        rows.append(np.c_[np.full(31, x), across * w, base + h * (1 - np.abs(across) ** 5) - 0.003])
    loft("scoop", rows, "aqua", mirror=False)
    block("scoopmouth", (0.048, 0, 2.014), (0.01, 0.43, 0.058), "dark", bevel=0.012)
    for y in (-0.1, 0.0, 0.1):
        block("scoopfin", (0.056, y, 2.020), (0.012, 0.010, 0.050), "plastic", bevel=0.002)


def light_bar():
    """A slim bar with a fairing behind it that runs out into the roof."""
    count = 33
    y = np.linspace(-0.60, 0.60, count)
    x = 0.470 - 0.075 * (y / 0.6) ** 2
    fall = 0.020 * (np.abs(y) / 0.6) ** 5
    rows = []
    # (ahead of the bar's line, above the roof there)
    for ahead, up in ((-0.02, 0.000), (0.026, 0.006), (0.034, 0.016), (0.030, 0.050), (0.0, 0.062), (-0.10, 0.048)):
        top = roof_height(np.minimum(x + ahead, 0.46), y)
        rows.append(np.c_[x + ahead, y, top + up - fall * (up > 0.04)])
    rows.append(np.c_[x - 0.30, y * 0.97, roof_height(x - 0.30, y * 0.97) - 0.004])
    loft("lightbar", rows, "plastic", mirror=False, sharp=28)
    for side_y in (-1, 1):
        end = [row[-1 if side_y > 0 else 0] for row in rows]
        centre = np.mean(end, axis=0)
        loft("lightbarend", [[centre] * len(end), end[::-side_y]], "plastic", mirror=False, closed=True)
    for y0 in np.linspace(-0.525, 0.525, 12):
        x0 = 0.470 - 0.075 * (y0 / 0.6) ** 2 + 0.033
        z0 = float(roof_height(0.46, y0)) + 0.032
        turn = (0, 0, -0.22 * y0)
        block("barframe", (x0 - 0.002, y0, z0), (0.008, 0.082, 0.032), "gloss", bevel=0.004, turn=turn, segments=2)
        block("barlamp", (x0 + 0.002, y0, z0), (0.008, 0.070, 0.022), "lamp", bevel=0.004, turn=turn, segments=2)


def equipment():
    intakes()
    light_bar()
    for x, z in ((AXLE_FRONT - 0.605, 0.50), (AXLE_REAR - 0.605, 0.52)):
        block("flap", (x, 0.87, z - 0.07), (0.010, 0.34, 0.38), "rubber", bevel=0.004, turn=(0, -0.12, 0), mirror=True)
    for x, y, top in ((-1.40, 0.35, 2.50), (-1.72, -0.40, 2.56)):
        z = float(roof_height(x, y))
        block("aerialfoot", (x, y, z + 0.012), (0.05, 0.05, 0.045), "dark", bevel=0.015)
        tube("aerial", [(x, y, z), (x - 0.13, y, top)], (0.0055, 0.003), "dark", mirror=False, sides=8)
    block("beacon", (-0.62, 0.0, float(roof_height(-0.62, 0.0)) + 0.012), (0.13, 0.13, 0.035), "gloss", bevel=0.015)
    underside()


def underside():
    block("core", (-0.02, 0, 0.80), (4.2, 0.84, 0.62), "dark", bevel=0.02)
    block("tray", (0, 0, 0.55), (4.0, 1.0, 0.14), "dark", bevel=0.02)
    block("traymiddle", (0, 0, 0.57), (1.80, 1.72, 0.10), "dark", bevel=0.02)
    for x in (AXLE_FRONT, AXLE_REAR):
        tube("axle", [(x, 0.2, 0.47), (x, 0.75, RADIUS)], 0.035, "dark")
        tube("armfront", [(x + 0.22, 0.3, 0.52), (x + 0.02, TRACK_HALF - 0.13, 0.36)], 0.025, "dark")
        tube("armrear", [(x - 0.22, 0.3, 0.52), (x - 0.02, TRACK_HALF - 0.13, 0.36)], 0.025, "dark")
        for shift in (0.05,) if x > 0 else (0.09, -0.09):  # one damper in front, two side by side behind
            tube("damper", [(x + shift, 0.56, 1.0), (x + shift, 0.70, 0.45)], 0.036, "aqua")


# The tail ------------------------------------------------------------------------------------------------------------


def _tail_lamps():
    """Upright lamps on the corners: two tall squares and two small ones below."""
    tall = [rectangle(rear(0.895), a, rear(0.785), b) for a, b in ((1.215, 1.320), (1.095, 1.200))]
    small = [rectangle(rear(0.895), 1.020, rear(0.846), 1.075), rectangle(rear(0.834), 1.020, rear(0.785), 1.075)]
    return [rounded(r, 0.012) for r in tall + small]


def _lamp_well():
    return rounded(rectangle(rear(0.905), 1.000, rear(0.775), 1.340), 0.016)


def tail():
    well = _lamp_well()
    panel("lampwell", gapped(well), BELT, "gloss", lift=-0.004, radius=0.004)
    for number, lamp in enumerate(_tail_lamps()):
        panel("taillamp", lamp, BELT, "amber" if number == 3 else "red", lift=0.010, radius=0.008, steps=4)
    gate = gapped(rectangle(rear(0.745), 0.865, 2 * S_END - rear(0.745), BELT_LINE))
    recess = rounded(rectangle(S_END - 0.27, 0.935, S_END + 0.27, 1.085), 0.02)
    panel("tailgate", rounded(gate, 0.02).difference(recess), BELT, "sand", mirror=False, depth=0.03)
    plate("platewell", recess.buffer(0.01), BELT, "gloss", -0.020, mirror=False)
    pad = rounded(rectangle(S_END - 0.36, 1.135, S_END + 0.36, 1.325), 0.03)
    panel("tailpad", pad, BELT, "gloss", lift=0.012, radius=0.010, steps=4, mirror=False)
    left, right = 2 * S_END - rear(0.70), rear(0.70)
    handle = rounded(rectangle(right - 0.005, 1.07, right + 0.035, 1.20), 0.012)
    panel("tailhandle", handle, BELT, "gloss", lift=0.034, radius=0.010, steps=4, depth=0.03, mirror=False)
    for z in (0.955, 1.285):
        hinge = rounded(rectangle(left - 0.05, z - 0.03, left + 0.075, z + 0.03), 0.010)
        panel("hinge", hinge, BELT, "plastic", lift=0.024, radius=0.008, steps=4, depth=0.03, mirror=False)
    edge, inner = side(-2.07), rear(0.62)
    outline = [(edge, 0.70), (side(-2.02), 0.885), (2 * S_END - side(-2.02), 0.885), (2 * S_END - edge, 0.70)]
    outline += [(2 * S_END - inner, 0.615), (inner, 0.615)]
    bar = rounded(Polygon(outline), 0.02)
    hole = rounded(rectangle(S_END - 0.30, 0.66, S_END + 0.30, 0.755), 0.02)
    thick = {"lift": 0.048, "radius": 0.022, "steps": 5, "depth": 0.09}
    panel("bumperrear", bar.difference(hole), BELT, "plastic", **thick, mirror=False, grid=0.03)
    rows = []
    for x, z, w in ((-2.33, 0.76, 0.45), (-2.30, 0.66, 0.48), (-2.10, 0.54, 0.50), (-1.7, 0.50, 0.46)):
        y = np.linspace(w, -w, 9)
        rows.append(np.c_[np.full(9, x), y, np.full(9, z)])
    loft("skidrear", rows, "alu", mirror=False, sharp=25).modifiers.new("thick", "SOLIDIFY").thickness = 0.008
    block("reflector", (-2.385, 0.66, 0.80), (0.02, 0.14, 0.028), "red", bevel=0.006, mirror=True)
    shackle(-2.435, 0.50, 0.715, facing=-1)
    tube("exhaust", [(-1.9, 0.36, 0.60), (-2.2, 0.40, 0.605), (-2.36, 0.40, 0.605)], 0.042, "ring", sides=20)
    tube("exhaustmouth", [(-2.340, 0.40, 0.605), (-2.362, 0.40, 0.605)], 0.036, "dark", sides=20)
    x = -2.20
    rows = []
    y = np.linspace(-0.66, 0.66, 25)
    for dx, dz in ((0.10, -0.002), (0.02, 0.016), (-0.10, 0.020), (-0.135, 0.010), (-0.13, -0.008), (0.0, -0.03)):
        rows.append(np.c_[x + dx + 0.03 * (y / 0.66) ** 2, y, roof_height(-2.2, y) + dz])
    loft("tailspoiler", rows, "gloss", mirror=False, sharp=40)


# Inside --------------------------------------------------------------------------------------------------------------


def interior():
    cage = 0.022
    hoop = [(-0.15, 0.70, 0.7), (-0.15, 0.72, 1.40), (-0.18, 0.66, 1.86)]
    hoop += [(x, -y, z) for x, y, z in reversed(hoop)]
    tube("cage", hoop, cage, "cage", mirror=False)
    over = [(0.62, 0.70, 1.30), (0.40, 0.68, 1.80), (0.30, 0.66, 1.87), (-0.18, 0.66, 1.87), (-1.3, 0.66, 1.80)]
    tube("cage", [*over, (-1.95, 0.64, 1.0)], cage, "cage")
    for line in (
        [(0.34, 0.66, 1.86), (0.34, -0.66, 1.86)],
        [(-1.25, 0.66, 1.81), (-1.25, -0.66, 1.81)],
    ):
        tube("cage", line, cage, "cage", mirror=False)
    tube("cage", [(-0.17, 0.66, 1.82), (-0.15, -0.66, 0.95)], 0.02, "cage")
    tube("cage", [(0.62, 0.74, 0.75), (-0.15, 0.72, 1.30)], cage, "cage")
    tube("cage", [(-1.25, 0.66, 1.80), (-1.9, -0.6, 1.05)], 0.02, "cage")
    tube("cage", [(-0.18, 0.70, 1.45), (-1.25, 0.66, 1.78)], 0.02, "cage")
    block("dash", (0.68, 0, 1.20), (0.35, 1.5, 0.28), "trim", bevel=0.05)
    block("screenunit", (0.49, -0.30, 1.36), (0.03, 0.22, 0.15), "dark", bevel=0.01)
    block("floor", (0.0, 0, 0.72), (1.85, 1.6, 0.06), "trim", bevel=0)
    block("bulkhead", (-0.78, 0, 1.0), (0.06, 1.6, 0.6), "trim", bevel=0.01)
    block("tank", (-1.15, 0, 1.0), (0.60, 0.80, 0.60), "trim", bevel=0.05)
    block("bootfloor", (-1.55, 0, 1.035), (1.45, 1.5, 0.03), "trim", bevel=0)
    turn = (0, -0.18, 0)
    block("seat", (-0.02, 0.38, 1.20), (0.14, 0.50, 0.80), "seat", bevel=0.05, turn=turn, mirror=True)
    block("seat", (-0.10, 0.38, 1.60), (0.12, 0.36, 0.22), "seat", bevel=0.05, turn=turn, mirror=True)
    for y in (0.17, -0.17):
        block("seat", (0.03, 0.38 + y, 1.58), (0.22, 0.04, 0.22), "seat", bevel=0.02, turn=turn, mirror=True)
    block("seat", (0.18, 0.38, 0.92), (0.45, 0.5, 0.16), "seat", bevel=0.05, mirror=True)
    t = np.linspace(0, 2 * math.pi, 33)
    rim = np.c_[0.43 + 0.06 * np.sin(t), 0.38 + 0.17 * np.cos(t), 1.26 + 0.16 * np.sin(t)]
    tube("steering", rim, 0.014, "dark", mirror=False, fillet=0.001)


def crew():
    """Two figures: helmets with visors, shoulders, belts. The driver holds the wheel."""
    ball("torso", (0.12, 0.38, 1.18), (0.15, 0.235, 0.30), "suit", mirror=True)
    ball("helmet", (0.12, 0.38, 1.575), (0.150, 0.125, 0.140), "helmet", mirror=True, lower=-0.85)
    ball("visor", (0.150, 0.38, 1.582), (0.128, 0.108, 0.060), "gloss", mirror=True, lower=-0.9)
    ball("helmetstripe", (0.112, 0.38, 1.580), (0.153, 0.030, 0.143), "belts", mirror=True, lower=0.2)
    for y in (0.31, 0.45):
        tube("belts", [(0.16, y, 1.44), (0.262, y, 1.30), (0.27, 0.38, 1.02)], 0.020, "belts", flat=1.3)
    for y in (0.20, 0.56):
        hand = (0.42, 0.38 + (y - 0.38) * 0.85, 1.30)
        tube("arm", [(0.10, 0.38 + (y - 0.38) * 1.25, 1.36), (0.28, y, 1.16), hand], 0.045, "suit", mirror=False)
        tube(
            "arm",
            [(0.10, -0.38 - (y - 0.38) * 1.25, 1.36), (0.26, -y, 1.10), (0.42, -0.36, 1.12)],
            0.045,
            "suit",
            mirror=False,
        )


# Numbers -------------------------------------------------------------------------------------------------------------

DIGIT_HEIGHT, DIGIT_WIDTH, DIGIT_STROKE, DIGIT_SPACE = 0.30, 0.172, 0.047, 0.043


def _digits():
    """Numerals drawn with a pen of even width and cut corners."""
    h, w, a, c = DIGIT_HEIGHT, DIGIT_WIDTH, DIGIT_STROKE / 2, 0.03
    r, t, m = w - a, h - a, h / 2
    zero = [(w / 2, a), (a + c, a), (a, a + c), (a, t - c), (a + c, t), (r - c, t), (r, t - c), (r, a + c)]
    zero = [*zero, (r - c, a), (w / 2, a)]
    five = [(w, t), (a, t), (a, h * 0.56), (r - c, h * 0.56), (r, h * 0.56 - c), (r, a + c), (r - c, a), (0, a)]
    two = [(0, t), (r - c, t), (r, t - c), (r, m + c), (r - c, m), (a + c, m), (a, m - c), (a, a), (w, a)]
    four = [(a, h), (a, h * 0.36), (w + 0.012, h * 0.36)]
    return {"0": [zero], "5": [five], "2": [two], "4": [four, [(r - 0.022, h * 0.66), (r - 0.022, 0)]]}


def number_shape(text):
    """The number as one shape, its lower left corner at (0, 0)."""
    digits, pieces = _digits(), []
    for place, digit in enumerate(text):
        shape = strokes(digits[digit], DIGIT_STROKE)
        shift = place * (DIGIT_WIDTH + DIGIT_SPACE)
        pieces.append(shapely.transform(shape, lambda p, shift=shift: p + np.array([shift, 0])))
    return unary_union(pieces)


def numbers(text):
    """Plates on both front doors and on the roof."""
    shape = number_shape(text)
    width = len(text) * DIGIT_WIDTH + (len(text) - 1) * DIGIT_SPACE
    middle, bottom = side(0.395), 0.730
    board = rounded(rectangle(-width / 2 - 0.055, -0.047, width / 2 + 0.055, DIGIT_HEIGHT + 0.047), 0.022)
    digits = shapely.transform(shape, lambda p: p - [width / 2, 0])
    for name, flat, material, lift in (("board", board, "plate", 0.004), ("digits", digits, "ink", 0.0075)):
        left = shapely.transform(
            flat, lambda p: p + np.array([middle, bottom])
        )  # s grows backwards, as one reads on the left
        plate(f"{name}_left", left, BELT, material, lift, radius=0.0005, depth=0.001, grid=0.02, mirror=False)
        right = shapely.transform(flat, lambda p: p + np.array([-middle, bottom]))
        plate(f"{name}_right", right, BELT, material, lift, radius=0.0005, depth=0.001, grid=0.02, mirror=False)
        turned = shapely.transform(flat, lambda p: np.c_[p[:, 1] - 1.15, -p[:, 0]])
        lift = lift + 0.012
        plate(f"{name}_roof", turned, ROOF, material, lift, radius=0.0005, depth=0.001, mirror=False)


def build(number="502", steer=0.0, droop=(0.0, 0.0, 0.0, 0.0), manned=True):
    """The whole car on a new stage; returns the object that carries it."""
    root = new_stage("car")
    make_materials()
    flanks()
    arches()
    sills()
    bonnet()
    face()
    greenhouse()
    tail()
    equipment()
    interior()
    if manned:
        crew()
    numbers(number)
    make_wheels(steer, droop)
    return root
