"""The finish in the evening: the three cars side by side before a plain arch and flags, nothing written on them."""

import math

import numpy as np
import render
import terrain
from car import build
from desert import daylight, inside_light, stand
from forms import loft, tube
from materials import AQUA, BONE, INK, SAND, Shader, set_glow
from mathutils import Vector

# number, place, turn of the front wheels in degrees
CARS = (("500", (-0.6, -3.9), 4), ("504", (-4.7, 2.55), -3), ("502", (0, 0), -6))
ARCH_X, ARCH_Y = -20.0, -4.2
ARCH_HALF, ARCH_HEIGHT, ARCH_RADIUS = 6.4, 5.2, 0.62


def _ground(x, y):
    """Trodden sand with the tracks of all three cars."""
    height = terrain.flat(x, y) * 0.8 + terrain.far_dunes(x, y, 34, 110)
    near = 1 - terrain.smoothstep(14, 34, np.hypot(x, y))
    ripples, wiped = terrain.ripples(x, y, length=0.19) * 0.45 * near, np.zeros_like(x)
    for _, (forward, aside), _ in CARS:
        rut, clear = terrain.ruts(x - forward, y - aside)
        height, wiped = height + rut, np.maximum(wiped, clear)
    return height + ripples * (1 - wiped)


def _cloth(name, colour, roughness=0.55, squares=0.0):
    """Plain cloth, or a chequered one with squares of so many metres."""
    k = Shader(name)
    k.world_place()
    base = k.node("ShaderNodeBsdfPrincipled")
    if squares:
        checks = k.node("ShaderNodeTexChecker")
        shifted = k.node("ShaderNodeVectorMath", operation="ADD")
        k.put(shifted.inputs[0], k.place)
        shifted.inputs[1].default_value = (0.013, 0.0, -ARCH_HEIGHT + squares * 100)
        k.put(checks.inputs["Vector"], shifted.outputs[0])
        checks.inputs["Scale"].default_value = 1 / squares
        k.put(base.inputs["Base Color"], k.colours(checks.outputs["Fac"], INK, BONE))
    else:
        base.inputs["Base Color"].default_value = colour
    base.inputs["Roughness"].default_value = roughness
    k.finish(base.outputs[0])


def _arch():
    """A blown-up arch: a bent tube with a chequered band across its beam."""
    x, left, right, high = ARCH_X, ARCH_Y - ARCH_HALF, ARCH_Y + ARCH_HALF, ARCH_HEIGHT
    posts = [(x, left - 0.9, -0.1), (x, left, high - 0.4), (x, left + 0.9, high), (x, right - 0.9, high)]
    posts += [(x, right, high - 0.4), (x, right + 0.9, -0.1)]
    tube("arch", posts, ARCH_RADIUS, "arch", mirror=False, sides=40, fillet=1.0).parent = None
    around = np.radians(np.linspace(-38, 38, 13))
    y = np.linspace(left + 1.6, right - 1.6, 2)
    grow = ARCH_RADIUS * 1.012
    rows = [np.c_[np.full(13, x) + grow * np.cos(around), np.full(13, a), high + grow * np.sin(around)] for a in y]
    loft("archband", rows, "checks", mirror=False).parent = None
    for y, out in ((left, -1), (right, 1)):
        for ahead in (-3.5, 3.5):
            ends = [(x, y + 0.2 * out, high - 1.2), (x + ahead, y + 2.6 * out, 0)]
            tube("archrope", ends, 0.012, "dark", mirror=False, sides=6).parent = None


def _flag(x, y, material, height=4.4, turn=0.0):
    """A flag on a pole that bends at the top, its cloth bellied by the wind."""
    t = np.linspace(0, 1, 24)
    lean = 0.10 * t + 0.55 * np.clip(t - 0.72, 0, 1) ** 1.4
    pole = np.c_[x + lean * np.cos(turn), y + lean * np.sin(turn), height * (t - 0.03 * np.clip(t - 0.8, 0, 1))]
    tube("flagpole", pole, (0.022, 0.010), "dark", mirror=False, sides=8, fillet=0.001).parent = None
    rows = []
    for place, up in zip(pole[5:], t[5:], strict=True):
        wide = 0.78 * (1 - 0.30 * np.clip((0.35 - up) / 0.15, 0, 1)) * (1 - np.clip((up - 0.80) / 0.2, 0, 1) ** 2)
        u = np.linspace(0.0, 1.0, 13)
        belly = 0.10 * np.sin(u * 4.2 + up * 6) * u
        along, across = u * wide + 0.02, belly
        rows.append(
            np.c_[
                place[0] + along * math.cos(turn) - across * math.sin(turn),
                place[1] + along * math.sin(turn) + across * math.cos(turn),
                np.full(13, place[2]),
            ]
        )
    loft("flag", rows, material, mirror=False).parent = None


def three():
    """The cars 500, 502 and 504 abreast, lamps on, low sun from behind at the side."""
    azimuth, elevation = 128, 6.5
    for number, place, steer in CARS:
        root = build(number, steer=math.radians(steer))
        stand(root, place=place)
        set_glow("lamp", 2.5)
        inside_light(place)
    daylight(azimuth, elevation, 4.2, (1.0, 0.62, 0.36))
    for name, colour, squares in (
        ("arch", AQUA, 0),
        ("checks", None, 0.40),
        ("aquaflag", AQUA, 0),
        ("sandflag", SAND, 0),
    ):
        _cloth(name, colour, squares=squares)
    terrain.ground(_ground, count=1400, centre=(0.0, 0.5))
    _arch()
    for number, (x, y) in enumerate(((-18.0, -11.5), (-14.5, -12.5), (-11.0, -13.5), (-7.5, -14.5))):
        _flag(x, y, "sandflag" if number % 2 else "aquaflag", turn=2.2)
    render.lamp((11.0, -3.0, 3.4), (0.5, -0.5, 0.9), (9, 5), 620, (0.92, 0.92, 1.0))
    render.camera(Vector((10.9, 6.6, 1.30)), (-2.0, -0.3, 1.42), 40, focus=(2.0, 0.6, 1.0), aperture=4.5)
    return 1920, 823
