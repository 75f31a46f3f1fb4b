"""Inside: roll cage, dashboard, seats, and the crew."""

import math

import numpy as np
from forms import ball, block, loft, tube


def interior():
    cage = 0.022
    hoop = [(-0.15, 0.70, 0.7), (-0.15, 0.72, 1.40), (-0.18, 0.66, 1.86)]
    hoop += [(x, -y, z) for x, y, z in reversed(hoop)]
    tube("cage", hoop, cage, "cage", mirror=False)
    over = [(0.62, 0.70, 1.30), (0.45, 0.68, 1.80), (0.36, 0.66, 1.87), (-0.18, 0.66, 1.87), (-1.3, 0.66, 1.80)]
    tube("cage", [*over, (-1.95, 0.64, 1.0)], cage, "cage")
    for line in (
        [(0.40, 0.66, 1.86), (0.40, -0.66, 1.86)],
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


def _helmet(x, y, z):
    """A shell with a wide opening, a dark visor in it, a peak above and a chin bar below."""
    radii = np.array([0.142, 0.122, 0.140])
    ball("helmet", (x, y, z), radii, "helmet", mirror=True, lower=-0.80)

    def patch(name, material, grow, reach, low, high):
        around = np.radians(np.linspace(-reach, reach, 25))
        rows = []
        for v in np.radians(np.linspace(low, high, 9)):
            ring = np.c_[np.cos(v) * np.cos(around), np.cos(v) * np.sin(around), np.full(25, np.sin(v))]
            rows.append(np.array([x, y, z]) + ring * radii * grow)
        loft(name, rows, material)

    patch("visor", "gloss", 1.012, 74, -14, 24)
    patch("peak", "helmet", 1.075, 62, 25, 31)
    patch("helmetstripe", "belts", 1.010, 7, 32, 88)


def crew():
    """Two figures: helmets with visors, shoulders, belts. The driver holds the wheel."""
    ball("torso", (0.10, 0.38, 1.17), (0.13, 0.205, 0.30), "suit", mirror=True)
    ball("shoulder", (0.09, 0.20, 1.375), (0.075, 0.075, 0.070), "suit", mirror=True)
    ball("shoulder", (0.09, 0.56, 1.375), (0.075, 0.075, 0.070), "suit", mirror=True)
    ball("collar", (0.08, 0.38, 1.445), (0.10, 0.135, 0.045), "dark", mirror=True)
    _helmet(0.11, 0.38, 1.575)
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
