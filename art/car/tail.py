"""The tail: lamps, tailgate, bumper, spoiler."""

import numpy as np
from forms import block, loft, panel, plate, rectangle, rounded, tube
from shapely.geometry import Polygon
from surfaces import BELT, S_END, rear, roof_height, side

from car.face import shackle
from car.seams import BELT_LINE, gapped, lamp_well


def _tail_lamps():
    """Upright lamps on the corners: two tall squares and two small ones below."""
    tall = [rectangle(rear(0.895), a, rear(0.785), b) for a, b in ((1.215, 1.320), (1.095, 1.200))]
    small = [rectangle(rear(0.895), 1.020, rear(0.846), 1.075), rectangle(rear(0.834), 1.020, rear(0.785), 1.075)]
    return [rounded(r, 0.012) for r in tall + small]


def tail():
    well = lamp_well()
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
    stop = rounded(rectangle(S_END - 0.13, 1.852, S_END + 0.13, 1.878), 0.008)
    panel("stoplamp", stop, BELT, "red", lift=0.002, radius=0.005, steps=3, depth=0.01, mirror=False)
    x = -2.20
    rows = []
    y = np.linspace(-0.70, 0.70, 25)
    for dx, dz in ((0.12, -0.004), (0.02, 0.006), (-0.10, 0.002), (-0.135, -0.008), (-0.13, -0.024), (0.0, -0.05)):
        rows.append(np.c_[x + dx + 0.03 * (y / 0.66) ** 2, y, roof_height(-2.2, y) + dz])
    sections = np.array(rows).transpose(1, 0, 2)
    loft("tailspoiler", sections, "gloss", mirror=False, closed=True, capped=True, sharp=40)
