"""What makes a rally car of it: raised intakes, the light bar, flaps, aerials, and what is underneath."""

import numpy as np
from forms import block, flank, loft, panel, rounded, tube
from surfaces import AXLE_FRONT, AXLE_REAR, BELT, SCREEN_TOP, roof_height, side
from wheels import RADIUS, TRACK_HALF

from car.seams import pillar_line


def intakes():
    """Two raised intakes that lie against the windscreen pillars, and a scoop on the roof."""
    heights = np.linspace(1.315, 1.868, 12)
    path = [BELT(np.array(side(pillar_line(z) - 0.005)), np.array(z), np.array(0.016)) for z in heights]
    start = BELT(np.array(side(pillar_line(1.20) + 0.01)), np.array(1.20), np.array(-0.060))  # out of the body
    tube("snorkel", [start, *path], (0.040, 0.031), "plastic", sides=28, fillet=0.05, flat=0.75, square=0.5)
    head = path[-1] + np.array([0.020, -0.004, 0.036])
    intake_head(head)
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


def intake_head(centre):
    """The head of a raised intake: it widens from the tube to an upright mouth with three fins, and leans in."""
    angle = np.arange(32) * 2 * np.pi / 32
    across, up = (np.sign(t) * np.abs(t) ** 0.5 for t in (np.cos(angle), np.sin(angle)))
    lean = 0.28
    sections = [(-0.078, -0.016, 0.012, 0.016), (-0.070, -0.014, 0.025, 0.030), (-0.045, -0.008, 0.031, 0.040)]
    sections += [(0.0, 0.002, 0.035, 0.048), (0.072, 0.008, 0.038, 0.054), (0.083, 0.009, 0.036, 0.052)]
    sections += [(0.083, 0.009, 0.030, 0.045), (0.058, 0.008, 0.028, 0.043)]
    rows = []
    for ahead, rise, width, height in sections:
        y, z = across * width, rise + up * height
        rows.append(centre + np.c_[np.full(32, ahead), y - lean * z, z])
    loft("snorkelhead", rows, "plastic", closed=True, capped=True, sharp=35)
    for dz in (-0.024, 0.0, 0.024):
        z = 0.009 + dz
        fin = centre + np.array([0.074, -lean * z, z])
        block("snorkelfin", fin, (0.012, 0.062, 0.006), "dark", bevel=0.001, mirror=True)
    block("snorkelmouth", centre + np.array([0.056, -0.003, 0.008]), (0.006, 0.056, 0.086), "dark", mirror=True)


def light_bar():
    """A slim bar with a fairing behind it that runs out into the roof."""
    count = 33
    y = np.linspace(-0.60, 0.60, count)
    x = SCREEN_TOP - 0.008 - 0.045 * (y / 0.6) ** 2
    fall = 0.020 * (np.abs(y) / 0.6) ** 5
    rows = []
    # (ahead of the bar's line, above the roof there)
    for ahead, up in ((-0.02, 0.000), (0.026, 0.006), (0.034, 0.016), (0.030, 0.050), (0.0, 0.062), (-0.10, 0.048)):
        top = roof_height(np.minimum(x + ahead, SCREEN_TOP - 0.015), y)
        rows.append(np.c_[x + ahead, y, top + up - fall * (up > 0.04)])
    rows.append(np.c_[x - 0.30, y * 0.97, roof_height(x - 0.30, y * 0.97) - 0.004])
    loft("lightbar", rows, "plastic", mirror=False, sharp=28)
    for side_y in (-1, 1):
        end = [row[-1 if side_y > 0 else 0] for row in rows]
        centre = np.mean(end, axis=0)
        loft("lightbarend", [[centre] * len(end), end[::-side_y]], "plastic", mirror=False, closed=True)
    for y0 in np.linspace(-0.525, 0.525, 12):
        x0 = SCREEN_TOP - 0.008 - 0.045 * (y0 / 0.6) ** 2 + 0.033
        z0 = float(roof_height(SCREEN_TOP - 0.015, y0)) + 0.032
        turn = (0, 0, -0.14 * y0)
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
