"""Inside: roll cage, dashboard with screens, seats, and the crew."""

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
    tube("cage", [(-1.25, 0.66, 1.80), (-1.25, -0.66, 1.20)], 0.02, "cage")  # crossed ahead of the spare wheels
    tube("cage", [(-0.18, 0.70, 1.45), (-1.25, 0.66, 1.78)], 0.02, "cage")
    dashboard()
    block("floor", (0.0, 0, 0.72), (1.85, 1.6, 0.06), "trim", bevel=0)
    block("bulkhead", (-0.78, 0, 1.0), (0.06, 1.6, 0.6), "trim", bevel=0.01)
    block("firewall", (-0.80, 0, 1.60), (0.03, 1.46, 0.62), "trim", bevel=0.01)  # between the crew and the tank
    block("tank", (-1.12, 0, 0.95), (0.54, 0.80, 0.50), "trim", bevel=0.05)
    block("bootfloor", (-1.55, 0, 1.035), (1.45, 1.5, 0.03), "trim", bevel=0)
    tube("cage", [(-0.16, 0.66, 1.36), (-0.16, -0.66, 1.36)], 0.02, "cage", mirror=False)  # the belts are fixed to it
    tube("cagepad", [(0.34, 0.655, 1.862), (-0.12, 0.655, 1.862)], 0.036, "seat")
    tube("cagepad", [(-0.152, 0.716, 1.36), (-0.172, 0.672, 1.78)], 0.036, "seat")
    seats()
    steering_wheel()


def dashboard():
    """A plain rally dashboard: a cowl for the driver, switches in the middle, two navigation screens for the other."""
    block("dash", (0.69, 0, 1.17), (0.33, 1.5, 0.24), "trim", bevel=0.05)
    block("cowl", (0.62, 0.38, 1.305), (0.20, 0.42, 0.09), "trim", bevel=0.03)
    block("switches", (0.545, 0.02, 1.27), (0.05, 0.25, 0.20), "dark", bevel=0.012, turn=(0, -0.25, 0))
    for row in range(3):
        for column in range(4):
            place = (0.512 + 0.012 * row, -0.07 + 0.06 * column, 1.215 + 0.05 * row)
            block("switch", place, (0.02, 0.022, 0.022), "orange" if row == column == 2 else "ring", bevel=0.003)
    for y, z, size in ((-0.22, 1.395, (0.21, 0.15)), (-0.47, 1.385, (0.25, 0.17)), (0.07, 1.405, (0.11, 0.07))):
        turn = (0, -0.15, 0.25 if y < 0 else 0)
        block("navigation", (0.52, y, z), (0.036, *size), "dark", bevel=0.012, turn=turn)
        block("display", (0.499, y, z + 0.003), (0.008, size[0] - 0.03, size[1] - 0.03), "display", bevel=0, turn=turn)
        tube("bracket", [(0.54, y, z - 0.03), (0.60, y, z - 0.10), (0.62, y, 1.25)], 0.012, "ring", mirror=False)
        cable = [(0.54, y + 0.03, z), (0.63, y + 0.06, z - 0.02), (0.66, y + 0.03, 1.27)]
        tube("cable", cable, 0.005, "dark", mirror=False)
    ball("extinguisher", (0.30, 0.0, 0.86), (0.19, 0.075, 0.075), "red")


def seats():
    """Bucket seats: a shell that comes round the hips, the shoulders and the head, and a cushion."""
    across = np.linspace(-1, 1, 25)
    rows = []
    # height, half width, how far the sides come forward
    for z, half, reach in (
        (0.84, 0.245, 0.20),
        (1.00, 0.240, 0.17),
        (1.16, 0.235, 0.10),
        (1.30, 0.265, 0.13),
        (1.42, 0.262, 0.17),
        (1.48, 0.215, 0.14),
        (1.53, 0.195, 0.24),
        (1.66, 0.190, 0.26),
        (1.73, 0.165, 0.22),
        (1.755, 0.12, 0.08),
    ):
        back = 0.04 - (z - 0.85) * 0.18
        rows.append(np.c_[back + reach * np.abs(across) ** 4, 0.38 + half * across, np.full(25, z)])
    shell = loft("seat", rows, "seat")
    shell.modifiers.new("thick", "SOLIDIFY").thickness = 0.035
    shell.modifiers.new("round", "BEVEL").width = 0.012
    block("cushion", (0.20, 0.38, 0.92), (0.45, 0.46, 0.16), "seat", bevel=0.05, mirror=True)
    block("pad", (-0.055, 0.38, 1.63), (0.05, 0.26, 0.15), "trim", bevel=0.02, turn=(0, -0.18, 0), mirror=True)


def loose_belts():
    """The belts as they lie on empty seats."""
    for y in (0.31, 0.45):
        line = [(-0.15, y, 1.40), (-0.02, y, 1.43), (0.03, y, 1.20), (0.11, (y + 0.38) / 2, 1.03), (0.24, 0.38, 1.01)]
        tube("belts", line, 0.022, "belts", flat=1.3, square=0.6)
    for y in (0.19, 0.57):
        tube("belts", [(0.10, y, 0.98), (0.17, (y + 0.38) / 2, 1.02), (0.24, 0.38, 1.015)], 0.018, "belts", flat=1.3)
    block("buckle", (0.24, 0.38, 1.025), (0.06, 0.06, 0.025), "ring", bevel=0.008, mirror=True)


def steering_wheel():
    """A rim leaning back, three spokes, a padded boss and the column."""
    centre, down = np.array([0.43, 0.38, 1.26]), np.array([0.06, 0, 0.16]) / 0.171

    def at(angle, radius):
        return centre + radius * (np.sin(angle) * down + np.cos(angle) * np.array([0, 1.0, 0]))

    rim = [at(angle, 0.17) for angle in np.linspace(0, 2 * math.pi, 49)]
    tube("steering", rim, 0.016, "seat", mirror=False, fillet=0.001)
    mark = [at(angle, 0.17) for angle in np.linspace(1.42, 1.72, 7)]
    tube("steeringmark", mark, 0.0172, "belts", mirror=False, fillet=0.001)
    for angle in (math.radians(15), math.radians(165), math.radians(270)):
        tube("spoke", [at(angle, 0.165), at(angle, 0.03)], 0.016, "ring", mirror=False, flat=0.35)
    axis = np.array([0.936, 0, -0.351])
    tube("boss", [centre - 0.02 * axis, centre + 0.05 * axis], 0.045, "dark", mirror=False, sides=20)
    tube("column", [centre + 0.04 * axis, centre + 0.30 * axis], 0.022, "ring", mirror=False)


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

    patch("seal", "seat", 1.006, 78, -18, 28)
    patch("visor", "gloss", 1.012, 74, -14, 24)
    patch("peak", "helmet", 1.075, 62, 25, 31)
    patch("chinvent", "dark", 1.008, 15, -47, -38)
    patch("chinline", "belts", 1.006, 100, -29, -24)
    patch("helmetstripe", "belts", 1.010, 7, 32, 88)


def crew():
    """Two figures: helmets with visors, shoulders, belts. The driver holds the wheel."""
    around = np.arange(40) * 2 * math.pi / 40
    across, ahead = (np.sign(v) * np.abs(v) ** 0.8 for v in (np.cos(around), np.sin(around)))
    rows = []
    # height, half width, half depth, how far ahead of the seat
    for z, wide, deep, x in (
        (0.92, 0.165, 0.120, 0.12),
        (1.05, 0.160, 0.115, 0.11),
        (1.20, 0.180, 0.120, 0.10),
        (1.30, 0.200, 0.120, 0.09),
        (1.37, 0.212, 0.105, 0.085),
        (1.415, 0.190, 0.090, 0.085),
        (1.45, 0.130, 0.080, 0.085),
        (1.48, 0.080, 0.075, 0.09),
    ):
        rows.append(np.c_[x + deep * ahead, 0.38 + wide * across, np.full(40, z)])
    loft("torso", rows, "suit", closed=True, capped=True)
    ball("collar", (0.09, 0.38, 1.465), (0.085, 0.105, 0.035), "dark", mirror=True)
    for side_y in (-1, 1):  # the yoke that holds the head
        yoke = [(0.19, 0.38 + side_y * 0.075, 1.40), (0.12, 0.38 + side_y * 0.085, 1.475)]
        yoke += [(0.0, 0.38 + side_y * 0.085, 1.50), (-0.045, 0.38, 1.52)]
        tube("yoke", yoke, 0.016, "dark", flat=1.9, square=0.7)
    _helmet(0.11, 0.38, 1.575)
    for y in (0.31, 0.45):
        line = [(0.02, y, 1.515), (0.13, y, 1.487), (0.215, y, 1.36), (0.222, y, 1.20), (0.245, 0.38, 1.02)]
        tube("belts", line, 0.013, "belts", flat=2.3, square=0.6)
    for y in (0.20, 0.56):
        hand = np.array([0.42, 0.38 + (y - 0.38) * 0.85, 1.30])
        arm = [(0.09, 0.38 + (y - 0.38) * 1.05, 1.355), (0.27, y, 1.14), hand]
        tube("arm", arm, (0.068, 0.036), "trim", mirror=False)
        ball("glove", hand + np.array([0.012, 0, 0.01]), (0.050, 0.040, 0.055), "seat")
        tube(
            "arm",
            [(0.09, -0.38 - (y - 0.38) * 1.05, 1.355), (0.25, -y, 1.10), (0.42, -0.36, 1.12)],
            (0.068, 0.036),
            "trim",
            mirror=False,
        )
