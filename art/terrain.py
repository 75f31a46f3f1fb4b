"""Sand: heights from noise, a ground mesh that is fine near the car and coarse far away, and its material with haze."""

import math

import bpy
import numpy as np
from forms import Stage
from materials import Shader
from surfaces import AXLE_FRONT, smoothstep
from wheels import TRACK_HALF

_RANDOM = np.random.default_rng(7)
_ORDER = np.tile(_RANDOM.permutation(512), 2)
_ANGLES = _RANDOM.uniform(0, 2 * math.pi, 512)


def perlin(x, y):
    xi, yi = np.floor(x).astype(int), np.floor(y).astype(int)
    xf, yf = x - xi, y - yi
    u, v = (t**3 * (t * (t * 6 - 15) + 10) for t in (xf, yf))

    def corner(i, j, dx, dy):
        angle = _ANGLES[_ORDER[(_ORDER[i & 511] + j) & 511] % 512]
        return np.cos(angle) * dx + np.sin(angle) * dy

    low = corner(xi, yi, xf, yf) * (1 - u) + corner(xi + 1, yi, xf - 1, yf) * u
    high = corner(xi, yi + 1, xf, yf - 1) * (1 - u) + corner(xi + 1, yi + 1, xf - 1, yf - 1) * u
    return low * (1 - v) + high * v


def layered(x, y, octaves=4):
    return sum(perlin(x * 2**i + 17 * i, y * 2**i - 9 * i) / 2**i for i in range(octaves))


def _softer_minimum(a, b, blunt):
    """The smaller of two, rounded where they are less than `blunt` apart."""
    near = np.maximum(blunt - np.abs(a - b), 0) / blunt
    return np.minimum(a, b) - near * near * blunt / 4


def far_dunes(x, y, start=9.0, full=34.0):
    """Rows of dunes with sharp crests, growing with the distance from the car."""
    far = smoothstep(start, full, np.hypot(x - 0.5, y - 0.3))
    u, w = x * 0.80 - y * 0.6, x * 0.6 + y * 0.8
    phase = u / 46 + 1.3 * perlin(w / 120 + 3, u / 150) + 0.35 * perlin(u / 38, w / 38)
    part = phase % 1
    # a long windward side and a short slip face; far off the mesh is too coarse for a sharp edge between them
    blunt = 0.04 + 0.30 * smoothstep(30, 160, np.hypot(x, y))
    crest = np.clip(_softer_minimum(part / 0.66, (1 - part) / 0.34, blunt), 0, 1) ** 1.25
    big = 5.2 * crest * (0.55 + 0.9 * np.clip(perlin(w / 90 + 8, u / 90 - 4) + 0.35, 0, 1.2))
    big = big + 5.0 * np.clip(perlin(x / 160 - 2, y / 160 + 5), -0.1, 1)
    behind = smoothstep(30, 130, -(x * 0.82 + y * 0.57))
    ridge = behind * 12 * np.clip(perlin(x / 120 + 1.7, y / 120 + 0.4) + 0.30, 0, 1)
    return far * (big - 1.2 + ridge) + 0.55 * layered(x / 9 + 4, y / 9, 3) * smoothstep(6, 15, np.hypot(x, y))


def ripples(x, y, direction=(0.25, 1.0), length=0.16):
    phase = (direction[0] * x + direction[1] * y) / length + 1.6 * perlin(x / 0.9, y / 0.9) + 3.0 * perlin(x / 4, y / 4)
    strength = 0.35 + 0.9 * np.clip(perlin(x / 3.1 + 9, y / 3.1) + 0.45, 0, 1)
    return (0.5 + 0.5 * np.sin(2 * math.pi * phase)) ** 1.4 * 0.030 * strength


def ruts(x, y):
    """The two tracks behind the wheels, and how far ripples are wiped out around them."""
    height, wiped = np.zeros_like(x), np.zeros_like(x)
    on = 1 - smoothstep(AXLE_FRONT + 0.09, AXLE_FRONT + 0.21, x)
    for track in (TRACK_HALF, -TRACK_HALF):
        middle = track + 0.0009 * np.where(x < 0, x, 0) ** 2
        d = np.abs(y - middle)
        bars = 0.010 * np.sign(np.sin(2 * math.pi * x / 0.082 + 6 * (d < 0.06))) * (d < 0.15)
        berm = np.exp(-(((d - 0.235) / 0.055) ** 2)) * (0.030 + 0.014 * perlin(x / 0.11, y / 0.11))
        height += on * ((1 - smoothstep(0.13, 0.19, d)) * (bars - 0.045) + berm)
        wiped = np.maximum(wiped, on * (1 - smoothstep(0.2, 0.34, d)))
    return height, wiped


def crest(x, y):
    """A dune that falls away to the left of the car and ahead of it."""
    edge = 1.48 + 0.13 * perlin(x / 2.6, 0 * y + 3.3) - 0.035 * np.clip(x, -20, 8) - 0.004 * np.clip(x, -30, 0) ** 2
    blunt = 0.13 + 0.06 * np.clip(np.hypot(x, y) - 9, 0, 80)  # far off the mesh is too coarse for a sharp edge
    slip = blunt * np.logaddexp(0, (y - edge) / blunt)  # how far beyond the edge
    fall = -0.56 * slip
    fall = np.maximum(fall, -7 + 0.06 * (fall + 7))
    streaks = 0.012 * perlin(x / 0.35, y / 2.5) + 0.05 * perlin(x / 2.0 + 5, y / 5.0)
    on_face = smoothstep(0.0, 0.6, slip)
    ahead = np.clip(x - 2.4, 0, 40)
    fall = fall - np.where(ahead < 4, 0.045 * ahead**2, 0.72 + 0.30 * (ahead - 4)) * (1 - 0.5 * on_face)
    lee = -0.05 * np.clip(-y - 3.0, 0, 60) ** 1.25
    total = np.maximum(fall + lee, -9 + 0.1 * (fall + lee + 9))
    near = 1 - smoothstep(14, 30, np.hypot(x, y))
    rut, wiped = ruts(x, y)
    small = ripples(x, y) * (1 - wiped) * (1 - on_face) * near + 0.012 * layered(x / 0.5, y / 0.5, 3) * near
    return total + rut * (1 - on_face) + small + streaks * on_face * near + far_dunes(x, y, 16, 60)


def plain(x, y):
    """Level sand with ripples, tracks, and dunes from a short distance on."""
    rut, wiped = ruts(x, y)
    near = 1 - smoothstep(14, 30, np.hypot(x, y))
    return far_dunes(x, y) + ripples(x, y) * (1 - wiped) * near + rut + 0.012 * layered(x / 0.5, y / 0.5, 3) * near


def flat(x, y):
    """Trodden level ground, as in a camp."""
    steps = np.minimum(perlin(x / 0.28 + 40, y / 0.21), 0) * 0.045 * np.clip(0.6 + perlin(x / 2.5, y / 2.5 + 9), 0, 1)
    return 0.022 * layered(x / 1.3, y / 1.3, 4) + steps + 0.006 * layered(x / 0.12, y / 0.12, 2)


def ground(height, count=1200, sink=0.018, centre=(1.2, 0.9), material="ground", reach=(6.2, 30, 900)):
    """The mesh of a height function: spacing grows from about a centimetre at the car to tens of metres.

    `reach`: how far its near, middle and far parts go, in metres; together they are half of its side."""
    q = np.linspace(-1, 1, count)
    near, middle, far = reach
    spread = np.sign(q) * (near * np.abs(q) + middle * np.abs(q) ** 3.2 + far * np.abs(q) ** 9)
    x, y = np.meshgrid(spread + centre[0], spread + centre[1], indexing="ij")
    points = np.stack([x, y, height(x, y) + sink], -1).reshape(-1, 3).astype(np.float32)
    data = bpy.data.meshes.new("ground")
    data.vertices.add(count * count)
    data.vertices.foreach_set("co", points.ravel())
    i = np.arange((count - 1) * (count - 1))
    a = (i // (count - 1)) * count + i % (count - 1)
    loops = np.stack([a, a + count, a + count + 1, a + 1], -1).astype(np.int32)
    data.loops.add(loops.size)
    data.loops.foreach_set("vertex_index", loops.ravel())
    data.polygons.add(len(loops))
    data.polygons.foreach_set("loop_start", (np.arange(len(loops)) * 4).astype(np.int32))
    data.polygons.foreach_set("use_smooth", np.ones(len(loops), bool))
    data.update()
    thing = bpy.data.objects.new("ground", data)
    bpy.context.scene.collection.objects.link(thing)
    data.materials.append(Stage.materials[material])
    return thing


HAZE = (0.76, 0.665, 0.56, 1)


def hazy(k, shader, haze=HAZE, strength=0.80, reach=230.0):
    """A shader that fades into the air with the distance from the camera; two thirds are gone at `reach` metres."""
    distance = k.node("ShaderNodeCameraData").outputs["View Distance"]
    fade = k.mul(k.math("SUBTRACT", 1.0, k.math("POWER", 2.718, k.mul(distance, -1 / reach))), 0.92)
    air = k.node("ShaderNodeEmission")
    air.inputs[0].default_value, air.inputs[1].default_value = haze, strength
    return k.blend(fade, shader, air.outputs[0])


def sand_material(haze=HAZE, haze_strength=0.80, reach=230.0):
    """Sand that fades into haze with the distance from the camera."""
    k = Shader("ground")
    k.world_place()
    base = k.node("ShaderNodeBsdfPrincipled")
    base.inputs["Roughness"].default_value, base.inputs["Specular IOR Level"].default_value = 0.85, 0.15
    colour = k.colours(k.noise(0.35, 5.0), (0.47, 0.325, 0.195, 1), (0.62, 0.45, 0.285, 1))
    grains = k.mul(k.step(k.noise(160.0, 2.0), 0.52, 0.75), 0.5)
    k.put(base.inputs["Base Color"], k.colours(grains, colour, (0.31, 0.215, 0.135, 1)))
    k.put(base.inputs["Normal"], k.bump(k.noise(70.0, 6.0, 0.72), 0.5, 0.012))
    return k.finish(hazy(k, base.outputs[0], haze, haze_strength, reach))
