"""The body below the glass: wheel arches, wings, doors, quarters, sills and the bonnet."""

import numpy as np
from forms import block, flank, flank_box, loft, panel, plate, rectangle, rounded, tube
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
    PLAN_S,
    S_END,
    bonnet_height,
    front,
    rear,
    side,
)

from car.seams import (
    ARCH_CUT,
    ARCHES,
    BELT_LINE,
    BONNET_SKIRT,
    GAP,
    NOSE_LOW,
    arch,
    clamshell_cut,
    gapped,
    lamp_well,
    on_belt,
)


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
    panel("quarter", rounded(gapped(quarter.difference(ARCH_CUT).difference(lamp_well())), 0.008), BELT, "paint")
    # a dark shell behind the shut lines
    shell = unary_union([rectangle(front(0.80), 0.60, S_END, 1.19), rectangle(side(0.93), 1.0, S_END, 1.355)])
    shell = shell.difference(ARCHES.buffer(0.004)).difference(lamp_well().buffer(0.03))
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
        z = float(bonnet_height(np.array(x), np.array(0.21))) + 0.001
        block("ventslat", (x, 0.212, z), (0.046, 0.215, 0.006), "plastic", bevel=0.002, turn=(0, -0.32, 0), mirror=True)
    z = float(bonnet_height(np.array(2.12), np.array(0.6)))
    block("latch", (2.12, 0.60, z + 0.004), (0.055, 0.024, 0.012), "gloss", bevel=0.004, mirror=True)
