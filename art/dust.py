"""Dust as soft cards that face the camera, and thrown sand as small clods."""

import math

import bpy
import numpy as np
from forms import Stage
from materials import Shader
from mathutils import Vector
from surfaces import AXLE_FRONT, AXLE_REAR
from wheels import TRACK_HALF


def _material(sun, eye, glow):
    k = Shader("dust")
    u, v, _ = k.axes(k.node("ShaderNodeTexCoord").outputs["UV"])
    dx, dy = k.sub(u, 0.5), k.sub(v, 0.5)
    radius = k.math("SQRT", k.add(k.mul(dx, dx), k.mul(dy, dy)))
    k.world_place()
    cloud = k.noise(1.5, 5.0, 0.66)
    soft = k.step(k.add(radius, k.mul(k.sub(cloud, 0.5), 0.75)), 0.46, 0.02)
    density = k.node("ShaderNodeAttribute", attribute_name="opacity")
    alpha = k.math("MULTIPLY", k.mul(soft, k.step(cloud, 0.31, 0.68)), density.outputs["Fac"], clamp=True)
    # All cards share one normal between the sun and the camera, so that they are lit as one cloud.
    normal = (sun * 0.75 + Vector((0, 0, 0.35)) + (eye - Vector((-4, 0, 1))).normalized() * 0.3).normalized()
    combined = k.node("ShaderNodeCombineXYZ")
    for axis in range(3):
        combined.inputs[axis].default_value = normal[axis]
    lit = k.node("ShaderNodeBsdfDiffuse")
    billow = k.colours(k.step(cloud, 0.35, 0.68), (0.50, 0.375, 0.25, 1), (0.68, 0.545, 0.39, 1))
    k.put(lit.inputs[0], billow)
    k.put(lit.inputs["Normal"], combined.outputs[0])
    inner = k.node("ShaderNodeEmission")
    k.put(inner.inputs[0], billow)
    inner.inputs[1].default_value = glow
    both = k.node("ShaderNodeAddShader")
    k.put(both.inputs[0], lit.outputs[0])
    k.put(both.inputs[1], inner.outputs[0])
    return k.finish(k.blend(alpha, k.node("ShaderNodeBsdfTransparent").outputs[0], both.outputs[0]))


class Cloud:
    """Collects cards and makes one mesh of them."""

    def __init__(self, eye, sun, seed=11, glow=0.30, origin=(0, 0, 0)):
        self.eye, self.random, self.origin = Vector(eye), np.random.default_rng(seed), Vector(origin)
        self.material = _material(Vector(sun), self.eye, glow)
        self.points, self.faces, self.uv, self.density = [], [], [], []

    def card(self, place, size, density):
        place = Vector(place) + self.origin
        facing = (self.eye - place).normalized()
        across = Vector((0, 0, 1)).cross(facing).normalized()
        up = facing.cross(across)
        a, base = self.random.uniform(0, 6.28), len(self.points)
        for u, v in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            du, dv = u * math.cos(a) - v * math.sin(a), u * math.sin(a) + v * math.cos(a)
            self.points.append(place + (across * du + up * dv) * size)
            self.uv.append(((u + 1) / 2, (v + 1) / 2))
        self.faces.append((base, base + 1, base + 2, base + 3))
        self.density.append(density)

    def plume(self, amount=1.0, height=1.0, drift=0.0):
        """What a car at speed raises: a growing plume, rooster tails at the rear wheels, wisps at the front ones."""
        r = self.random
        for _ in range(round(60 * amount)):
            t = r.uniform(0, 1) ** 0.8
            x = -2.30 - 10.5 * t
            y = r.choice([-1, 1]) * TRACK_HALF * (1 - 0.3 * t) + r.normal(0, 0.25 + 0.7 * t) + drift * t
            size = 0.42 + 1.9 * t * r.uniform(0.7, 1.2)
            z = 0.15 + size * 0.45 + 1.5 * height * t * r.uniform(0, 1)
            self.card((x, y, z), size, r.uniform(0.6, 1.0) * (1 - 0.45 * t))
        for _ in range(round(28 * amount)):
            t, side = r.uniform(0, 1), r.choice([-1, 1])
            place = (AXLE_REAR - 0.5 - 1.6 * t, side * TRACK_HALF + r.normal(0, 0.10 + 0.15 * t), 0)
            self.card(
                (*place[:2], 0.10 + 0.65 * t * r.uniform(0.3, 1.3)), 0.22 + 0.45 * t, r.uniform(0.6, 1) * (1 - 0.35 * t)
            )
        for _ in range(round(13 * amount)):
            t, side = r.uniform(0, 1), r.choice([-1, 1])
            place = (AXLE_FRONT - 0.55 - 1.0 * t, side * (1.07 + 0.20 * t), 0.10 + 0.22 * t)
            self.card(place, 0.20 + 0.30 * t, 0.40 * (1 - 0.6 * t))

    def finish(self):
        data = bpy.data.meshes.new("dust")
        data.from_pydata(self.points, [], self.faces)
        data.uv_layers.new(name="UV").data.foreach_set("uv", np.array(self.uv, np.float32).ravel())
        density = data.attributes.new("opacity", "FLOAT", "FACE")
        density.data.foreach_set("value", np.array(self.density, np.float32))
        data.materials.append(self.material)
        thing = bpy.data.objects.new("dust", data)
        bpy.context.scene.collection.objects.link(thing)
        thing.visible_shadow = thing.visible_glossy = thing.visible_diffuse = False
        return thing


_G = (1 + 5**0.5) / 2
_PEBBLE = np.array([p for a in (-1, 1) for b in (-_G, _G) for p in ((0, a, b), (a, b, 0), (b, 0, a))]) / 1.9


def _hull_faces(points):
    """The twenty faces of the icosahedron: the triples of corners that are one edge apart, turned outwards."""
    edge = np.sort(np.linalg.norm(points[:, None] - points, axis=-1), axis=1)[0, 1] * 1.01
    near = np.linalg.norm(points[:, None] - points, axis=-1) < edge
    triples = [
        (a, b, c) for a in range(12) for b in range(a) for c in range(b) if near[a, b] and near[b, c] and near[a, c]
    ]
    outward = [np.dot(np.cross(points[b] - points[a], points[c] - points[a]), points[a]) > 0 for a, b, c in triples]
    return [(a, b, c) if out else (a, c, b) for (a, b, c), out in zip(triples, outward, strict=True)]


_PEBBLE_FACES = _hull_faces(_PEBBLE)


def clods(height, seed=5, thrown=1.0, lying=2600, area=(-3, 6, 0.2, 6.5)):
    """Thrown sand behind each wheel on its ballistic way, and small clods lying about."""
    r = np.random.default_rng(seed)
    points, faces = [], []

    def clod(place, size, squash=1.0):
        base = len(points)
        points.extend(place + _PEBBLE * size * r.uniform(0.7, 1.25, (12, 1)) * [1, 1, squash])
        faces.extend(tuple(base + i for i in f) for f in _PEBBLE_FACES)

    for x, count, speed in ((AXLE_REAR, 1000, 5.4), (AXLE_FRONT, 420, 3.4)):
        for side in (1, -1):
            for _ in range(round(count * thrown)):
                t, angle, v = r.uniform(0, 0.62), r.uniform(0.10, 1.05), speed * r.uniform(0.35, 1.0)
                spread = r.uniform(-0.15, 0.15) + side * r.normal(0.12, 0.35) * t * 1.6
                z = 0.12 + v * math.sin(angle) * t - 4.9 * t * t
                if z > 0:
                    place = np.array([x - 0.38 - v * math.cos(angle) * t, side * TRACK_HALF + spread, z])
                    clod(place, 0.0025 + 0.010 * r.uniform(0, 1) ** 4)
    x, y = r.uniform(area[0], area[1], lying), r.uniform(area[2], area[3], lying)
    for place in np.stack([x, y, height(x, y) + 0.018], -1):
        size = 0.003 + 0.016 * r.uniform(0, 1) ** 7
        clod(place + np.array([0, 0, size * 0.3]), size, 0.7)
    data = bpy.data.meshes.new("clods")
    data.from_pydata(points, [], faces)
    data.materials.append(Stage.materials["ground"])
    bpy.context.scene.collection.objects.link(bpy.data.objects.new("clods", data))


def stones(height, count, area, material, *, seed=3, smallest=0.006, largest=0.07, power=5.0, where=None):
    """Stones that lie about: many small ones, few large, each a pebble of its own shape, half sunk.

    `where` says of places whether a stone may lie there."""
    r = np.random.default_rng(seed)
    x, y = r.uniform(area[0], area[1], count), r.uniform(area[2], area[3], count)
    if where:
        x, y = (x[where(x, y)], y[where(x, y)])
        count = len(x)
    size = smallest + (largest - smallest) * r.uniform(0, 1, count) ** power
    shape = _PEBBLE[None] * r.uniform(0.65, 1.3, (count, 12, 1)) * r.uniform(0.6, 1.25, (count, 1, 3)) * [1, 1, 0.6]
    turn = r.uniform(0, 2 * math.pi, count)
    c, s = np.cos(turn)[:, None], np.sin(turn)[:, None]
    shape = np.stack([shape[..., 0] * c - shape[..., 1] * s, shape[..., 0] * s + shape[..., 1] * c, shape[..., 2]], -1)
    middle = np.stack([x, y, height(x, y) + 0.018 + 0.15 * size], -1)
    corners = (middle[:, None] + shape * size[:, None, None]).reshape(-1, 3)
    faces = (np.array(_PEBBLE_FACES)[None] + 12 * np.arange(count)[:, None, None]).reshape(-1, 3)
    return soup("stones", corners[faces], material)


def soup(name, triangles, material):
    """A mesh of loose triangles, given as corners (count, 3, 3)."""
    data = bpy.data.meshes.new(name)
    count = len(triangles)
    data.vertices.add(count * 3)
    data.vertices.foreach_set("co", np.asarray(triangles, np.float32).ravel())
    data.loops.add(count * 3)
    data.loops.foreach_set("vertex_index", np.arange(count * 3, dtype=np.int32))
    data.polygons.add(count)
    data.polygons.foreach_set("loop_start", np.arange(0, count * 3, 3, dtype=np.int32))
    data.update()
    data.materials.append(Stage.materials[material])
    thing = bpy.data.objects.new(name, data)
    bpy.context.scene.collection.objects.link(thing)
    return thing
