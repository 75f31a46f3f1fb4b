"""The desert without the car, for section headers and social cards: dunes, a gravel plain, a canyon, a dry river."""

import numpy as np
import render
import terrain
from desert import daylight
from dust import soup, stones
from forms import new_stage, tube
from materials import Shader
from mathutils import Vector
from surfaces import smoothstep

SIZE = (1920, 640)


def _matte(k, colour, bump=None, reach=230.0):
    base = k.node("ShaderNodeBsdfPrincipled")
    base.inputs["Roughness"].default_value, base.inputs["Specular IOR Level"].default_value = 0.9, 0.12
    k.put(base.inputs["Base Color"], colour)
    if bump:
        k.put(base.inputs["Normal"], k.bump(*bump))
    return k.finish(terrain.hazy(k, base.outputs[0], reach=reach))


def _layers(k):
    """Sandstone in layers: its colour, and the layers themselves as heights for its relief."""
    layers = k.noise(1.0, 6.0, 0.62, stretch=(0.035, 0.035, 0.85))
    stone = k.colours(k.step(layers, 0.34, 0.66), (0.29, 0.135, 0.070, 1), (0.56, 0.345, 0.195, 1))
    streaks = k.mul(k.step(k.noise(0.5, 4.0, stretch=(1, 1, 0.12)), 0.52, 0.7), 0.45)
    return k.colours(streaks, stone, (0.13, 0.07, 0.045, 1)), layers


def _level(k, steep=0.70, flat=0.88):
    """0 where the ground is steep, 1 where it is level, with a ragged edge between."""
    facing = k.axes(k.node("ShaderNodeNewGeometry").outputs["Normal"])[2]
    return k.step(k.add(facing, k.mul(k.sub(k.noise(0.9, 4.0), 0.5), 0.25)), steep, flat)


def _gravel(reach=230.0):
    """Ground that is paved with pebbles too small to be modelled; bare rock where it is steep."""
    k = Shader("ground")
    k.world_place()
    colour = k.colours(k.noise(0.22, 5.0), (0.36, 0.262, 0.172, 1), (0.53, 0.400, 0.268, 1))
    colour = k.colours(k.mul(k.step(k.noise(34.0, 3.0), 0.50, 0.62), 0.65), colour, (0.125, 0.092, 0.068, 1))
    rock, _ = _layers(k)
    colour = k.colours(_level(k, 0.72, 0.93), rock, colour)
    _matte(k, colour, (k.noise(42.0, 5.0, 0.7), 0.8, 0.03), reach)
    k = Shader("stone")
    k.world_place()
    _matte(k, k.colours(k.noise(1.9, 2.0), (0.085, 0.062, 0.048, 1), (0.36, 0.27, 0.185, 1)), reach=reach)


def _rock(reach=170.0):
    """Sandstone in layers where it is steep, sand where it is level."""
    k = Shader("ground")
    k.world_place()
    stone, layers = _layers(k)
    sand = k.colours(k.noise(0.35, 5.0), (0.46, 0.30, 0.175, 1), (0.60, 0.42, 0.255, 1))
    relief = k.add(k.mul(layers, 1.4), k.noise(2.2, 7.0, 0.66))
    _matte(k, k.colours(_level(k), stone, sand), (relief, 0.75, 0.16), reach)


def _plants():
    """The materials of leaves, bark and dry grass."""
    for name, dark, light in (
        ("leaf", (0.060, 0.070, 0.024), (0.15, 0.155, 0.06)),
        ("bark", (0.08, 0.055, 0.04), (0.16, 0.12, 0.09)),
        ("straw", (0.24, 0.185, 0.085), (0.42, 0.34, 0.18)),
    ):
        k = Shader(name)
        k.world_place()
        _matte(k, k.colours(k.noise(1.3, 3.0), (*dark, 1), (*light, 1)))


def erg():
    """Dunes behind dunes, the sun low at the side."""
    new_stage("empty")
    daylight(66, 10)

    def height(x, y):
        near = 1 - smoothstep(20, 45, np.hypot(x + 4, y))
        return terrain.far_dunes(x, y, 8, 40) * 1.7 + terrain.ripples(x, y, length=0.2) * near

    terrain.ground(height, count=1700, centre=(-4.0, 0.0), reach=(8, 90, 600))
    render.camera(Vector((7.7, 5.1, 3.2)), (-6.0, 0.0, 3.2), 34)
    return SIZE


def gravel():
    """A plain of dark pebbles with tufts and a few camel-thorn bushes, as far as the table mountains."""
    new_stage("empty")
    daylight(100, 11, ground=lambda: _gravel(reach=620.0))
    _plants()

    def table_mountains(x, y):
        """Slopes of scree below upright walls with level tops, cut by gullies."""
        at = terrain.perlin(x / 210 + 6.1, y / 160 + 2.4) + 0.035 * terrain.layered(x / 38, y / 38, 4)
        height = 13 * smoothstep(0.0, 0.14, at) ** 1.5 + 0.8 * terrain.layered(x / 14, y / 14, 3)
        for foot, top, rise in ((0.125, 0.140, 11), (0.160, 0.174, 9), (0.215, 0.230, 6)):
            height = height + rise * smoothstep(foot, top, at)
        return height * smoothstep(140, 300, np.hypot(x, y)) * smoothstep(-50, -150, x)

    def height(x, y):
        wash = -0.16 * np.exp(-(((y + 1.6 * np.sin(x / 9) + x * 0.25) / 1.1) ** 2))
        near = 0.10 * terrain.layered(x / 7, y / 7) + 0.018 * terrain.layered(x / 0.7, y / 0.7, 3)
        swells = 0.9 * terrain.layered(x / 60, y / 60, 2) * smoothstep(12, 60, np.hypot(x - 8, y - 5))
        return near + wash + swells + table_mountains(x, y)

    terrain.ground(height, count=1600, centre=(1.0, 2.0), reach=(7, 120, 500))
    stones(height, 42_000, (-30, 9, -22, 18), "stone", largest=0.09, power=7)
    stones(height, 30_000, (-75, -28, -60, 40), "stone", seed=12, smallest=0.03, largest=0.14, power=6)
    stones(height, 9_000, (-4, 8, -4, 8), "stone", seed=8, smallest=0.004, largest=0.03, power=3)
    stones(height, 26, (-24, 5, -16, 8), "stone", seed=31, smallest=0.10, largest=0.34, power=2)
    random = np.random.default_rng(17)
    x, y = random.uniform(-60, 6, 170), random.uniform(-45, 24, 170)
    tufts = [_tuft(place, random.uniform(0.16, 0.40), random) for place in np.stack([x, y, height(x, y)], -1)]
    soup("tufts", np.concatenate(tufts), "straw")
    bushes = []
    for x, y, size in ((-5.5, -7.5, 1.0), (-9.0, 3.6, 0.8), (-19, -15, 1.3), (-26, 1.5, 1.2), (-38, -22, 1.5)):
        bushes.append(_camel_thorn((x, y, float(height(np.array(x), np.array(y)))), size, random))
    soup("thorns", np.concatenate(bushes), "leaf")
    render.camera(Vector((8.6, 5.2, 1.15)), (-8.0, -4.6, 1.35), 36, focus=(0.5, 0.5, 0.0), aperture=5.6)
    return SIZE


def canyon():
    """Between walls of layered sandstone, one side in the sun."""
    new_stage("empty")
    daylight(40, 36, 4.0, (1.0, 0.84, 0.66), ground=lambda: _rock(280.0))

    def height(x, y):
        rough = 3.2 * terrain.layered(x / 17 + 3, y / 17, 4) + 0.8 * terrain.layered(x / 2.6, y / 2.6, 4)
        middle = 5.0 * np.sin(x / 21 + 0.6) + 0.10 * x
        into = np.abs(y - middle) - 7.5 - 2.0 * np.sin(x / 13) + rough
        rise = np.clip(into / 26, 0, 1) * 7 + 0.25 * terrain.perlin(x / 30, y / 30)
        step, part = np.floor(rise), rise % 1
        wall = 5.2 * (step + 0.30 * part + 0.70 * smoothstep(0.62, 0.80, part)) * (into > 0)
        floor = terrain.ripples(x, y, length=0.22) * 0.8 + 0.10 * terrain.layered(x / 3, y / 3, 3)
        return np.where(into > 0, wall + floor * 0.3, floor) + 0.9 * smoothstep(-3.0, 0.5, into)

    terrain.ground(height, count=1500, centre=(-6.0, 0.0), reach=(16, 70, 330))
    render.camera(Vector((17.0, 2.4, 1.7)), (-20.0, 0.2, 5.2), 27)
    return SIZE


def _acacia(place, size, random):
    """A flat-topped tree: trunk, boughs that spread from a fork, and a thin wide crown, whose leaves it returns."""
    foot = np.array(place, float)
    fork = foot + size * np.array([0.06, 0.04, 0.34])
    tube(
        "trunk", [foot - np.array([0, 0, 0.1]), fork], (0.042 * size, 0.030 * size), "bark", mirror=False, sides=9
    ).parent = None
    crown = []
    for number in range(11):
        angle, out = number * 0.571 + random.uniform(-0.3, 0.3), random.uniform(0.30, 1.0) * size
        aside = np.array([np.cos(angle), np.sin(angle), 0]) * out
        tip = foot + aside + np.array([0, 0, size * random.uniform(0.90, 1.02)])
        knee = fork + 0.42 * aside + np.array([0, 0, 0.26 * size])
        ends = [fork - np.array([0, 0, 0.04 * size]), knee, tip]
        tube("bough", ends, (0.017 * size, 0.004 * size), "bark", mirror=False, sides=7, fillet=0.3).parent = None
        for _ in range(16):  # leaves grow in clumps at the ends of twigs
            clump = tip + np.clip(random.normal(0, 1, 3), -1.5, 1.5) * [0.19 * size, 0.19 * size, 0.026 * size]
            crown.append(clump + random.normal(0, 1, (420, 3)) * [0.048 * size, 0.048 * size, 0.014 * size])
    return _leaves(np.concatenate(crown), 0.006 * size, random)


def _leaves(middles, size, random):
    """A small triangle, turned at random, at each place."""
    return middles[:, None] + random.normal(0, size, (len(middles), 3, 3))


def _camel_thorn(place, size, random):
    """A low bush: twigs that spread from the ground, with sparse small leaves, which it returns."""
    foot, leaves = np.array(place), []
    for _ in range(60):
        angle, lean = random.uniform(0, 6.28), random.uniform(0.25, 1.25)
        long = size * random.uniform(0.35, 0.62)
        tip = foot + long * np.array([np.cos(angle) * np.sin(lean), np.sin(angle) * np.sin(lean), np.cos(lean)])
        ends = [foot, (foot + tip) / 2 + random.normal(0, 0.04 * size, 3), tip]
        tube("twig", ends, (0.008 * size, 0.002 * size), "bark", mirror=False, sides=5, fillet=0.1).parent = None
        along = random.uniform(0.35, 1.0, (130, 1))
        leaves.append(foot + (tip - foot) * along + random.normal(0, 0.035 * size, (130, 3)))
    return _leaves(np.concatenate(leaves), 0.008 * size, random)


def _tuft(place, size, random):
    """A tuft of dry grass: blades that lean outwards."""
    count = 90
    angle, lean = random.uniform(0, 6.28, count), random.uniform(0.15, 0.9, count)
    long = size * random.uniform(0.5, 1.0, count)
    foot = np.array(place) + np.c_[random.normal(0, 0.06 * size, (count, 2)), np.zeros(count)]
    tip = foot + np.c_[np.cos(angle) * lean * long, np.sin(angle) * lean * long, long * (1.1 - 0.5 * lean)]
    side = np.c_[-np.sin(angle), np.cos(angle), np.zeros(count)] * 0.012 * size
    return np.stack([foot - side, foot + side, tip], 1)


def wadi():
    """A dry river between low banks, with stones, tufts and acacias."""
    new_stage("empty")
    daylight(66, 13, ground=lambda: (_gravel(), _rock(200.0)))
    _plants()

    def river(x):
        return 3.4 * np.sin(x / 15 + 0.4) + 1.2 * np.sin(x / 6.3) + 0.16 * x

    def height(x, y):
        beside = np.abs(y - river(x)) - 5.2 + 0.9 * terrain.layered(x / 4, y / 4, 3)
        bank = 1.25 * smoothstep(-0.2, 0.9, beside) + 0.6 * smoothstep(3.5, 6.5, beside)
        bed = 0.10 * terrain.layered(x / 3.2, y / 1.1, 3) - 0.12 * np.exp(-(((y - river(x) + 1.4) / 0.8) ** 2))
        hills = 16 * np.clip(terrain.layered(x / 55 + 2, y / 55 + 7, 5) + 0.25, 0, 2) ** 1.3
        hills = hills * smoothstep(26, 95, np.hypot(x, y)) * smoothstep(9, 26, beside)
        return bank + bed + 0.02 * terrain.layered(x / 0.5, y / 0.5, 3) + hills

    terrain.ground(height, count=1400, centre=(1.0, 1.0), reach=(9, 45, 600))

    def level(x, y):
        return np.abs(height(x, y + 0.15) - height(x, y - 0.15)) < 0.12

    stones(height, 30_000, (-26, 9, -12, 14), "stone", largest=0.11, power=7, where=level)
    random = np.random.default_rng(21)
    x = random.uniform(-45, 8, 260)
    y = river(x) + random.normal(0, 2.6, 260) + random.choice([-4.6, 4.6], 260)
    tufts = [_tuft(place, random.uniform(0.25, 0.65), random) for place in np.stack([x, y, height(x, y)], -1)]
    soup("tufts", np.concatenate(tufts), "straw")
    trees = []
    for a, aside, size in (
        (-13, 9.5, 3.4),
        (-27, -9.5, 3.8),
        (-40, 10.5, 4.2),
        (-52, -11, 4.0),
        (-33, 15, 3.6),
        (-6, -12.5, 2.9),
    ):
        place = np.array([a, river(a) + aside])
        trees.append(_acacia((*place, float(height(*place))), size, random))
    soup("leaves", np.concatenate(trees), "leaf")
    render.camera(Vector((9.0, 2.9, 1.45)), (-12.0, 0.6, 1.75), 34, focus=(-1.0, 1.0, 0.2), aperture=5.6)
    return SIZE
