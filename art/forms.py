"""Building blocks: panels with rolled rims and real gaps, boxes, tubes, lofts, turned parts. All become meshes."""

import math

import bpy
import numpy as np
import shapely
from mathutils import Euler, Vector
from mathutils.geometry import delaunay_2d_cdt
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.polygon import orient
from shapely.ops import unary_union
from surfaces import side


class Stage:
    """Where new objects go, and what is known of them."""

    collection = None
    root = None
    materials: dict = {}  # noqa: RUF012 - one stage for the whole process
    outlines: list = []  # noqa: RUF012 - (panel name, material, points in space, is it an outer ring) for the drawings


def new_stage(name):
    Stage.collection = bpy.data.collections.new(name)
    bpy.context.scene.collection.children.link(Stage.collection)
    Stage.root = bpy.data.objects.new(name.upper(), None)
    Stage.collection.objects.link(Stage.root)
    Stage.materials.clear()
    Stage.outlines.clear()
    return Stage.root


# Outlines in two dimensions ------------------------------------------------------------------------------------------


def flank(points):
    """An outline on the belt given as (x, z), as seen from the side."""
    return Polygon([(side(x), z) for x, z in points])


def flank_box(x0, z0, x1, z1):
    return flank([(x0, z0), (x0, z1), (x1, z1), (x1, z0)])


def rounded(polygon, radius):
    return polygon.buffer(-radius).buffer(radius)


def strokes(lines, width):
    return unary_union([LineString(line).buffer(width / 2, cap_style=2, join_style=2) for line in lines])


def parts(shape):
    return [g for g in getattr(shape, "geoms", [shape]) if g.geom_type == "Polygon" and g.area > 1e-5]


# Meshes --------------------------------------------------------------------------------------------------------------


def mesh(name, points, faces, material, *, smooth=True, bevel=0.0, segments=2, sharp=None, rooted=True):
    data = bpy.data.meshes.new(name)
    data.from_pydata([tuple(map(float, p)) for p in points], [], [tuple(map(int, f)) for f in faces])
    data.validate()
    data.update()
    thing = bpy.data.objects.new(name, data)
    Stage.collection.objects.link(thing)
    if rooted:
        thing.parent = Stage.root
    if material:
        data.materials.append(Stage.materials[material])
    if smooth:
        data.polygons.foreach_set("use_smooth", [True] * len(data.polygons))
    if sharp:
        data.set_sharp_from_angle(angle=math.radians(sharp))
    if bevel:
        modifier = thing.modifiers.new("bevel", "BEVEL")
        modifier.width, modifier.segments, modifier.harden_normals = bevel, segments, True
        modifier.limit_method, modifier.angle_limit = "ANGLE", math.radians(30)
    return thing


def mirrored(points, faces):
    points = np.asarray(points, float)
    count = len(points)
    both = np.vstack([points, points * [1, -1, 1]])
    return both, [tuple(f) for f in faces] + [tuple(i + count for i in reversed(f)) for f in faces]


def _rings(polygon, step):
    """The rings of a polygon as points and inward mitre directions."""
    for ring in [polygon.exterior, *polygon.interiors]:
        p = np.array(ring.segmentize(step).coords)[:-1]
        p = p[np.hypot(*(np.roll(p, -1, 0) - p).T) > 1e-6]
        edge = np.roll(p, -1, 0) - p
        edge /= np.hypot(*edge.T)[:, None]
        normal = np.c_[-edge[:, 1], edge[:, 0]]
        mitre = normal + np.roll(normal, 1, 0)
        mitre /= np.maximum(np.hypot(*mitre.T), 0.3)[:, None]
        yield p, mitre / np.clip((mitre * normal).sum(1), 0.55, 1)[:, None]


def _panel_piece(polygon, radius, steps, depth, grid, step):
    """One polygon as flat points, heights and faces: a wall, a rolled rim, then a triangulated field."""
    arc = np.linspace(0, math.pi / 2, steps + 1)
    rim = [(0, -depth)] + [(radius * (1 - math.cos(a)), -radius * (1 - math.sin(a))) for a in arc]
    rim.append((radius + min(0.0025, max(radius, 0.0008)), 0.0))  # a guard ring keeps the field's normals calm
    flat, heights, faces, borders, border_ids, total = [], [], [], [], [], 0
    for points, mitre in _rings(polygon, step):
        count = len(points)
        for inward, height in rim:
            flat.append(points + mitre * inward)
            heights.append(np.full(count, height))
        i = np.arange(count)
        j = (i + 1) % count
        for k in range(len(rim) - 1):
            a = total + k * count
            faces += list(zip(a + i, a + j, a + count + j, a + count + i, strict=True))
        borders.append(flat[-1])
        border_ids.append(total + (len(rim) - 1) * count + i)
        total += count * len(rim)
    field = np.zeros((0, 2))
    inner = polygon.buffer(-(radius + 0.0025 + grid * 0.45))
    if not inner.is_empty:
        x0, y0, x1, y1 = inner.bounds
        gx, gy = np.meshgrid(np.arange(x0 + grid * 0.3, x1, grid), np.arange(y0 + grid * 0.3, y1, grid))
        field = np.c_[gx.ravel(), gy.ravel()]
        field = field[shapely.contains_xy(inner, field[:, 0], field[:, 1])]
    ids = np.concatenate([*border_ids, total + np.arange(len(field))]).tolist()
    flat.append(field)
    heights.append(np.zeros(len(field)))
    total += len(field)
    edges, start = [], 0
    for border in borders:
        edges += [(start + k, start + (k + 1) % len(border)) for k in range(len(border))]
        start += len(border)
    corners, _, triangles, origin, _, _ = delaunay_2d_cdt(
        [Vector(q) for q in np.vstack([*borders, field])], edges, [], 0, 1e-7, True
    )
    known, extra = [], []
    for k, corner in enumerate(corners):
        if origin[k]:
            known.append(ids[origin[k][0]])
        else:
            known.append(total + len(extra))
            extra.append((corner.x, corner.y))
    if extra:
        flat.append(np.array(extra))
        heights.append(np.zeros(len(extra)))
    places = np.array([(q.x, q.y) for q in corners])
    triangles = np.array([t for t in triangles if len(t) == 3])
    centres = places[triangles].mean(1)
    inside = Polygon(borders[0], borders[1:]).buffer(0).buffer(-2e-5)  # slivers along straight edges fall out
    for t in triangles[shapely.contains_xy(inside, centres[:, 0], centres[:, 1])]:
        faces.append(tuple(known[k] for k in t))
    return np.vstack(flat), np.concatenate(heights), faces


def panel(
    name,
    shape,
    surface,
    material,
    *,
    lift=0.0,
    radius=0.004,
    steps=3,
    depth=0.02,
    grid=0.025,
    step=0.012,
    mirror=True,
):
    """An outline on a master surface becomes a panel with a rolled rim of `radius` and a wall of `depth`."""
    points, faces = [], []
    for polygon in parts(shape):
        for number, ring in enumerate([polygon.exterior, *polygon.interiors]):
            q = np.array(ring.segmentize(0.01).coords)
            Stage.outlines.append((name, material, surface(q[:, 0], q[:, 1], np.full(len(q), lift)), number == 0))
        flat, heights, piece = _panel_piece(orient(polygon.simplify(0.0004)), radius, steps, depth, grid, step)
        base = len(points)
        points += list(surface(flat[:, 0], flat[:, 1], heights + lift))
        faces += [tuple(base + int(k) for k in f) for f in piece]
    if surface.sign < 0:
        faces = [f[::-1] for f in faces]
    if mirror:
        points, faces = mirrored(points, faces)
    thing = mesh(name, points, faces, material, sharp=38)
    weighted = thing.modifiers.new("normals", "WEIGHTED_NORMAL")
    weighted.keep_sharp, weighted.weight = True, 60
    return thing


def plate(name, shape, surface, material, lift, **more):
    """A thin flat thing: a sticker, a lens, a window."""
    return panel(name, shape, surface, material, lift=lift, **{"radius": 0.001, "steps": 1, "depth": 0.003, **more})


def loft(name, rows, material, *, mirror=True, closed=False, capped=False, **more):
    """Rows of points joined to a skin; `closed` joins each row's end to its start."""
    rows = np.array(rows)
    count, width = rows.shape[:2]
    faces = [
        (i * width + j, i * width + (j + 1) % width, (i + 1) * width + (j + 1) % width, (i + 1) * width + j)
        for i in range(count - 1)
        for j in range(width if closed else width - 1)
    ]
    if capped:
        faces += [tuple(range(width))[::-1], tuple((count - 1) * width + k for k in range(width))]
    points = rows.reshape(-1, 3)
    if mirror:
        points, faces = mirrored(points, faces)
    return mesh(name, points, faces, material, **more)


def block(name, centre, size, material, *, bevel=0.006, turn=(0, 0, 0), mirror=False, segments=3):
    half = np.array(size) / 2
    corners = np.array([(x, y, z) for z in (-1, 1) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]) * half
    faces = [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    points = corners @ np.array(Euler(turn).to_matrix()).T + np.array(centre)
    if mirror:
        points, faces = mirrored(points, faces)
    return mesh(name, points, faces, material, bevel=bevel, segments=segments)


def _filleted(points, fillet):
    points = np.array(points, float)
    out = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        one, two = np.linalg.norm(before - corner), np.linalg.norm(after - corner)
        cut = min(fillet, one / 2.1, two / 2.1)
        p0, p1 = corner + (before - corner) / one * cut, corner + (after - corner) / two * cut
        out += [(1 - t) ** 2 * p0 + 2 * t * (1 - t) * corner + t * t * p1 for t in np.linspace(0, 1, 7)]
    return np.array([*out, points[-1]])


def tube(name, points, radius, material, *, mirror=True, sides=12, fillet=0.06, flat=1.0, square=1.0):
    """A bent tube. `radius` may grow along it; `flat` < 1 makes it oval; `square` < 1 makes it boxy."""
    path = _filleted(points, fillet)
    tangents = np.gradient(path, axis=0)
    tangents /= np.linalg.norm(tangents, axis=1)[:, None]
    up = np.array([0, 0, 1.0]) if abs(tangents[0][2]) < 0.9 else np.array([1.0, 0, 0])
    angle = np.arange(sides) * 2 * math.pi / sides
    c, s = np.cos(angle), np.sin(angle)
    c, s = np.sign(c) * np.abs(c) ** square, np.sign(s) * np.abs(s) ** square
    radii = np.broadcast_to(radius, (2,)) if np.ndim(radius) else np.array([radius, radius])
    rows = []
    for t, (place, tangent) in zip(np.linspace(0, 1, len(path)), zip(path, tangents, strict=True), strict=True):
        across = np.cross(up, tangent)
        across /= np.linalg.norm(across)
        up = np.cross(tangent, across)
        r = radii[0] + (radii[1] - radii[0]) * t
        rows.append(place + r * (c[:, None] * across * flat + s[:, None] * up))
    return loft(name, rows, material, mirror=mirror, closed=True, capped=True, sharp=50)


def turned(name, profile, material, *, count=96, sharp=40):
    """A part turned on a lathe about the Y axis: profile is (radius, y). Not attached to the car."""
    angle = np.arange(count) * 2 * math.pi / count
    rows = [np.c_[r * np.cos(angle), np.full(count, y), r * np.sin(angle)] for r, y in profile]
    return loft(name, rows, material, mirror=False, closed=True, sharp=sharp, rooted=False)


def ball(name, centre, radii, material, *, mirror=False, lower=-1.0):
    """An ellipsoid, cut off below `lower` (in radii)."""
    around = np.linspace(0, 2 * math.pi, 33)[:-1]
    rows = []
    for v in np.linspace(math.asin(max(lower, -0.999)), math.pi / 2 - 0.02, 14):
        ring = np.c_[np.cos(v) * np.cos(around), np.cos(v) * np.sin(around), np.full(32, math.sin(v))]
        rows.append(np.array(centre) + ring * np.array(radii))
    return loft(name, rows, material, mirror=mirror, closed=True, capped=True)


def rectangle(x0, y0, x1, y1):
    return box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
