"""A 35-inch wheel: tyre with real tread blocks, beadlock ring with bolts, spokes, brake disc and calliper."""

import math

import bpy
from forms import Stage, block, mesh, turned
from surfaces import AXLE_FRONT, AXLE_REAR

RADIUS, WIDTH = 0.4445, 0.315
TRACK_HALF = 0.870
ROW_COUNT = 34

_BLOCK_FACES = [(4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]


def _tread():
    points, faces = [], []

    def knob(angle, y, length, width, turn, inner, outer):
        base, c, s = len(points), math.cos(turn), math.sin(turn)
        for r, taper in ((inner, 1.0), (outer, 0.86)):
            for u, v in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                du, dv = u * length / 2 * taper, v * width / 2 * taper
                a, across = angle + (du * c - dv * s) / outer, y + (du * s + dv * c)
                low = r - (max(0, abs(across) - 0.118) ** 2) * 5.0  # the shoulder falls away
                points.append((low * math.cos(a), across, low * math.sin(a)))
        faces.extend(tuple(base + i for i in reversed(f)) for f in _BLOCK_FACES)

    def lug(angle, side, length):
        """A lug on the side wall, continuing a shoulder block."""
        base = len(points)
        for out in (WIDTH / 2 - 0.006, WIDTH / 2 + 0.007):
            for r, half in ((0.424, 0.027), (0.424 - length, 0.017)):
                for u in (-1, 1):
                    a, y = angle + u * half / r, side * (out - (0.022 if r > 0.42 else 0.004))
                    points.append((r * math.cos(a), y, r * math.sin(a)))
        for f in ((4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)):
            faces.append(tuple(base + k for k in (f if side > 0 else reversed(f))))

    pitch = 2 * math.pi / ROW_COUNT
    for i in range(ROW_COUNT):
        a, half, long = i * pitch, pitch / 2, i % 2
        knob(a, -0.036, 0.058, 0.063, 0.35, 0.424, RADIUS)
        knob(a + half, 0.036, 0.058, 0.063, 0.35, 0.424, RADIUS)
        knob(a + half * 0.3, -0.094, 0.062, 0.050, -0.15, 0.422, RADIUS)
        knob(a + half * 1.3, 0.094, 0.062, 0.050, -0.15, 0.422, RADIUS)
        for side, offset in ((-1, 0.9), (1, 1.9)):
            knob(a + half * offset, side * 0.139, 0.066 if long else 0.052, 0.040, 0, 0.410, 0.4425)
            lug(a + half * offset, side, 0.055 if long else 0.034)
    return mesh("tread", points, faces, "rubber", bevel=0.0035, rooted=False)


def _spokes():
    points, faces = [], []
    for i in range(8):
        for offset in (-0.10, 0.10):
            base = len(points)
            for r, half, y in ((0.050, 0.017, 0.068), (0.12, 0.0145, 0.060), (0.200, 0.018, 0.102)):
                a = i * math.pi / 4 + 0.2 + offset * (r - 0.05) / 0.15 * 1.35 + offset * 0.9
                c, s = math.cos(a), math.sin(a)
                for u, dy in ((-1, 0), (1, 0), (1, -0.034), (-1, -0.034)):
                    points.append((r * c - u * half * s, y + dy, r * s + u * half * c))
            for k in (0, 4):
                for j in range(4):
                    f = (base + k + j, base + k + 4 + j, base + k + 4 + (j + 1) % 4, base + k + (j + 1) % 4)
                    faces.append(f[::-1])
    return mesh("spokes", points, faces, "rim", bevel=0.004, rooted=False)


def _bolts():
    points, faces = [], []

    def bolt(r, angle, y, size, height):
        base = len(points)
        for level in (y, y + height):
            for k in range(6):
                x, z = size * math.cos(k * math.pi / 3), size * math.sin(k * math.pi / 3)
                points.append((r * math.cos(angle) + x, level, r * math.sin(angle) + z))
        faces.append(tuple(base + 6 + k for k in range(6))[::-1])
        for k in range(6):
            faces.append((base + k, base + (k + 1) % 6, base + 6 + (k + 1) % 6, base + 6 + k)[::-1])

    for k in range(24):
        bolt(0.213, k * math.pi / 12, 0.131, 0.0065, 0.008)
    for k in range(5):
        bolt(0.042, k * 2 * math.pi / 5, 0.070, 0.010, 0.016)
    return mesh("bolts", points, faces, "chrome", smooth=False, rooted=False)


def _tyre():
    half = WIDTH / 2
    section = [(0.212, -0.118), (0.218, -0.135), (0.236, -0.142), (0.262, -0.150), (0.31, -half + 0.002)]
    section += [(0.355, -half), (0.395, -half + 0.008), (0.418, -half + 0.022), (0.4285, -half + 0.05)]
    section += [(0.431, -0.05), (0.4315, 0)]
    section += [(r, -y) for r, y in section[-2::-1]]
    # two raised rings on the side wall, as moulded tyres have
    return [
        turned("tyre", section[::-1], "rubber", count=128, sharp=60),
        turned("tyrering", [(0.296, 0.150), (0.292, 0.1585), (0.286, 0.1585), (0.282, 0.148)], "rubber", count=128),
        turned("tyrering", [(0.372, 0.154), (0.369, 0.161), (0.364, 0.161), (0.361, 0.154)], "rubber", count=128),
    ]


def _ribs():
    """Fine ribs between the two rings of the side wall."""
    points, faces = [], []
    for i in range(150):
        base = len(points)
        for y in (WIDTH / 2 - 0.006, WIDTH / 2 + 0.0022):
            for r, u in ((0.302, -0.0022), (0.302, 0.0022), (0.330, 0.0022), (0.330, -0.0022)):
                a = i * 2 * math.pi / 150 + u / r
                points.append((r * math.cos(a), y, r * math.sin(a)))
        faces.extend(tuple(base + k for k in reversed(f)) for f in _BLOCK_FACES)
    return mesh("ribs", points, faces, "rubber", smooth=False, rooted=False)


def _parts():
    made = [*_tyre(), _tread(), _ribs(), _spokes(), _bolts()]
    barrel = [(0.222, -0.13), (0.214, -0.125), (0.205, -0.11), (0.196, -0.06), (0.196, 0.05), (0.203, 0.095)]
    for name, profile, material in (
        ("barrel", [*barrel, (0.205, 0.112)], "rim"),
        ("beadlock", [(0.196, 0.108), (0.199, 0.126), (0.214, 0.1345), (0.226, 0.130), (0.230, 0.118)], "ring"),
        ("face", [(0.0, 0.070), (0.052, 0.072), (0.060, 0.062), (0.066, 0.040)], "rim"),
        ("cap", [(0, 0.089), (0.026, 0.088), (0.030, 0.084), (0.031, 0.070)], "aqua"),
        ("disc", [(0.0, 0.0), (0.165, 0.0), (0.165, -0.03), (0, -0.03)], "disc"),
        ("back", [(0, -0.05), (0.195, -0.05)], "dark"),
    ):
        made.append(turned(name, profile[::-1], material))
    calliper = block("calliper", (0.12, -0.012, 0.07), (0.10, 0.07, 0.12), "orange", bevel=0.015, turn=(0, -0.5, 0))
    calliper.parent = None
    return [*made, calliper]


def _place(name, originals, location, turn, *, first):
    hub = bpy.data.objects.new(name, None)
    Stage.collection.objects.link(hub)
    hub.parent, hub.location, hub.rotation_euler = Stage.root, location, turn
    for original in originals:
        part = original if first else original.copy()
        if not first:
            Stage.collection.objects.link(part)
        part.parent = hub


def make_wheels(steer=0.0, droop=(0.0, 0.0, 0.0, 0.0)):
    """Four wheels, and three spares that stand side by side in the back.

    `droop`: how far each wheel hangs out of its arch."""
    originals = _parts()
    places = [(x, y) for x in (AXLE_FRONT, AXLE_REAR) for y in (1, -1)]
    for number, (x, y) in enumerate(places):
        turn = (steer if x > 0 else 0) + (0 if y > 0 else math.pi)
        place = (x, y * TRACK_HALF, RADIUS - droop[number])
        _place(f"wheel_{number}", originals, place, (0, 0.37 * number, turn), first=number == 0)
    spare = [part for part in originals if part.name.split(".")[0] not in ("disc", "calliper")]
    for number, y in enumerate((0.40, 0.0, -0.40)):
        turn = (0, 0.3 + 0.4 * number, 0 if y >= 0 else math.pi)
        _place("spare", spare, (-1.775, y, 1.475), turn, first=False)
