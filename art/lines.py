"""Line drawings as SVG:  python lines.py [side front rear top] [--to FOLDER]

The car is rendered once without light, each part in a flat colour that is its number. That picture says exactly which
part is seen where, so nothing has to be sorted by depth. The edges of the parts are then traced, simplified and
written as closed paths, filled with a tone by material, in a light and a dark colour scheme.

The view box is in millimetres of the car, so that anything else can be placed on a drawing: x = 0 is the front axle in
the side and top views (backwards is positive) and the middle of the car in the front and rear views; y = 0 is the
ground (upwards is negative) or, from above, the middle of the car."""

import argparse
import gzip
import itertools
import math
import os
import re

import bpy
import contourpy
import numpy as np
import render
from car import build
from forms import Stage
from PIL import Image
from shapely.geometry import Polygon
from studio import VIEWS
from surfaces import DOOR_FRONT, DOOR_MIDDLE, DOOR_REAR, bonnet_step

HERE = os.path.dirname(os.path.abspath(__file__))
DRAWINGS = os.path.join(os.path.dirname(HERE), "static", "drawings")
FINE = 2  # samples of the render for one unit of the paths
UNITS_PER_METRE = 400
UNIT = 1000 / UNITS_PER_METRE  # millimetres
SIMPLIFY, SMALLEST = 0.75, 26  # in units, square units
MARGIN = 20  # millimetres
# What the middle of each view is, in millimetres; see above for the origin.
MIDDLES = {"side": (1511, -1240), "front": (0, -1240), "rear": (0, -1240), "top": (1511, 0)}

# Parts that are drawn as one, by the beginning of their names.
TOGETHER = {
    "tyre": ("tyre", "ribs"),
    "rim": ("spokes", "face", "barrel"),
    "lampring": ("lampring",),
    "slats": ("grilleslats", "grilleback"),
    "intake": ("intakemesh", "intakeback"),
    "under": (
        "shell",
        "core",
        "tray",
        "bootfloor",
        "tank",
        "floor",
        "liner",
        "axle",
        "arm",
        "back",
        "disc",
        "calliper",
        "pillarback",
        "headerback",
    ),
    "arch": ("arch_", "archlip", "archbolt"),
    "scuttle": ("scuttle", "wiper"),
    "snorkel": ("snorkel_", "snorkelmouth", "snorkelfin"),
    "lightbar": ("lightbar", "barframe"),
    "scoop": ("scoop",),
    "lamp": ("lampmask", "lampback", "lamplens", "lampframe", "lampcore"),
    "fog": ("fogrim", "fogback", "foglens", "fogeye"),
    "board": ("board_",),
    "digits": ("digits_",),
    "squares": ("squareframe", "squarelamp"),
    "grip": ("grip", "griprib"),
    "bonnetvent": ("bonnetvent",),
    "roofrib": ("roofrib",),
    "slider": ("slider",),
    "skidslot": ("skidslot",),
    "skid": ("skid",),
    "rail": ("rail",),
    "tow": ("tow",),
    "roof": ("roof", "frametop"),
    "frame": ("frame", "screenframe", "pillar"),
    "reflector": ("reflector",),
}
# Windows are opaque here, so that nothing behind them is drawn; lenses are left out, so that the lamps are.
TONES = {
    "glass": "g",
    "screenglass": "g",
    "lens": "w",
    "daylight": "w",
    "lamp": "w",
    "rubber": "t",
    "aqua": "a",
    "ink": "n",
    "dark": "n",
    "red": "r",
    "plastic": "d",
    "gloss": "d",
    "rim": "d",
    "trim": "d",
    "roof": "d",
    "orange": "r",
    "amber": "r",
}
STYLE = (
    "g{fill:#fffaf0;stroke:#241a11;stroke-width:2;stroke-linejoin:round;fill-rule:evenodd}"
    ".c{stroke-width:1}.d{fill:#d9c7a8}.t{fill:#c3ad89}.g{fill:#e9dcc4}.a{fill:#8fdcd2}.n{fill:#3a2c1f}.r{fill:#e9a58f}.w{fill:#fff}"
    "@media(prefers-color-scheme:dark){g{fill:#1b2731;stroke:#f5ead9}.d{fill:#2d3d4a}.t{fill:#0d141a}.g{fill:#0f1920}"
    ".a{fill:#0b6a6c}.n{fill:#070b0f}.r{fill:#7d3a2c}.w{fill:#f5ead9}}"
)


def family(name):
    base = re.sub(r"\.\d+$", "", name)
    for group, starts in TOGETHER.items():
        if any(base == s or base.startswith(s) for s in starts):
            return group
    return base


def _tone(group, material):
    special = {"squares": "w", "roof": "d", "scoop": "a", "lamp": "n", "lampring": "w", "slats": "n", "intake": "n"}
    special |= {"under": "n", "board": "w", "fog": "w", "cap": "d", "frame": "d", "arch": "d", "grillebar": "d"}
    special |= {"lampeye": "d", "roofrib": "d", "wingvent": "n", "louvre": "d", "tread": "t"}
    return special.get(group, TONES.get(material, ""))


def number_parts():
    """Give every family of parts its own flat colour; returns number -> (family, tone)."""
    numbers, found = {}, {}
    for thing in list(Stage.collection.objects):
        if thing.type != "MESH":
            continue
        material = thing.data.materials[0].name if thing.data.materials else ""
        if material == "lens":
            thing.hide_render = True
            continue
        group = family(thing.name)
        if group not in numbers:
            numbers[group] = len(numbers) + 1
            found[numbers[group]] = (group, _tone(group, material))
        flat = bpy.data.materials.new(f"flat {group}")
        flat.use_nodes = True
        tree = flat.node_tree
        tree.nodes.clear()
        glow = tree.nodes.new("ShaderNodeEmission")
        glow.inputs[0].default_value = (numbers[group] / 255, 0, 0, 1)
        tree.links.new(glow.outputs[0], tree.nodes.new("ShaderNodeOutputMaterial").inputs[0])
        thing.data = thing.data.copy() if thing.data.users > 1 else thing.data
        thing.data.materials.clear()
        thing.data.materials.append(flat)
    return found


def number_picture(name, path):
    """The render in which every pixel is the number of the part that is seen there."""
    place, turn, across, size = VIEWS[name]
    scene = bpy.context.scene
    camera = render.camera(place, (0, 0, 1))
    camera.rotation_euler = [math.radians(angle) for angle in turn]
    camera.data.type, camera.data.ortho_scale = "ORTHO", across
    r, c = scene.render, scene.cycles
    r.engine, c.samples, c.use_adaptive_sampling, c.use_denoising = "CYCLES", 1, False, False
    c.pixel_filter_type, c.filter_width, c.max_bounces = "BOX", 0.01, 0
    c.transparent_max_bounces = 0
    r.resolution_x = round(across * UNITS_PER_METRE * FINE)
    r.resolution_y = round(r.resolution_x * size[1] / size[0])
    r.film_transparent, r.dither_intensity = True, 0
    r.image_settings.file_format, r.image_settings.color_mode = "PNG", "RGBA"
    scene.view_settings.view_transform, scene.display_settings.display_device = "Raw", "sRGB"
    r.filepath = path
    bpy.ops.render.render(write_still=True)
    pixels = np.asarray(Image.open(path))
    return np.where(pixels[..., 3] > 127, pixels[..., 0], 0)


def traced(mask):
    """The outlines of a mask as polygons in units of the drawing."""
    rows, columns = np.where(mask.any(1))[0], np.where(mask.any(0))[0]
    if not len(rows):
        return []
    y0, y1, x0, x1 = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    cut = np.pad(mask[y0:y1, x0:x1].astype(np.float32), 1)
    lines = contourpy.contour_generator(z=cut, fill_type=contourpy.FillType.OuterOffset)
    out = []
    for points, offsets in zip(*lines.filled(0.5, 2.0), strict=True):
        points = (points + np.array([x0 - 1, y0 - 1])) / FINE
        rings = [points[a:b] for a, b in itertools.pairwise(offsets)]
        shape = Polygon(rings[0], rings[1:]).buffer(0)
        out += [p for p in getattr(shape, "geoms", [shape]) if p.area > SMALLEST]
    return out


def tidy(polygon, smallest_hole=SMALLEST):
    """Fewer corners, no specks, no small holes."""
    polygon = polygon.simplify(SIMPLIFY)
    if polygon.geom_type != "Polygon" or polygon.is_empty:
        return None
    holes = [h for h in polygon.interiors if Polygon(h).area > smallest_hole]
    return Polygon(polygon.exterior, holes)


def path(polygons):
    """Path data with whole numbers, relative to the point before."""
    out = []
    for polygon in polygons:
        for ring in (polygon.exterior, *polygon.interiors):
            points = np.rint(np.array(ring.coords)[:-1]).astype(int)
            keep = np.r_[True, np.any(np.diff(points, axis=0) != 0, axis=1)]
            points = points[keep]
            if len(points) < 3:
                continue
            steps = np.diff(points, axis=0)
            body = "".join(f"{x:d}{'' if y < 0 else ' '}{y:d} " for x, y in steps).replace(" -", "-").strip()
            out.append(f"M{points[0][0]} {points[0][1]}l{body}z")
    return "".join(out)


def creases(name, width, height):
    """The lines that are no edge of a part: the shoulder of the flank, and the step of the bonnet from above."""
    _, _, across, _ = VIEWS[name]
    unit = width / across

    def line(*ends):
        (x0, up0), (x1, up1) = ((round(width / 2 - x * unit), round(height / 2 - up * unit)) for x, up in ends)
        return f"M{x0} {up0}L{x1} {up1}"

    lines = []
    if name == "side":
        level = 1.206 - VIEWS["side"][0][2]
        for a, b in ((DOOR_FRONT, DOOR_MIDDLE), (DOOR_MIDDLE, DOOR_REAR), (DOOR_REAR, -2.10)):
            lines.append(line((a - 0.02, level), (b + 0.02, level)))
    if name == "top":
        for side in (1, -1):
            lines.append(line((0.93, side * bonnet_step(0.93)), (2.12, side * bonnet_step(2.12))))
    return f'<path class="c" d="{"".join(lines)}"/>' if lines else ""


def drawing(name, numbers, picture):
    height, width = picture.shape[0] / FINE, picture.shape[1] / FINE
    lines, seen = [], np.argwhere(picture > 0) / FINE
    for number, (group, tone) in numbers.items():
        meshed = group in ("intake", "slats")
        shapes = [tidy(p, 1600 if meshed else SMALLEST) for p in traced(picture == number)]
        shapes = [p for p in shapes if p is not None]
        if not shapes:
            continue
        area = sum(p.area for p in shapes)
        if group == "under":
            shapes = [p for p in shapes if p.area > 110]
        data = path(shapes)
        if data:
            attribute = f' class="{tone}"' if tone else ""
            lines.append((-area, f'<path{attribute} d="{data}"/>'))
    corner = np.array(MIDDLES[name]) - np.array([width, height]) * UNIT / 2  # of the whole picture
    (x0, y0), (x1, y1) = (np.rint(corner + end[::-1] * UNIT).astype(int) for end in (seen.min(0), seen.max(0)))
    box = (x0 - MARGIN, y0 - MARGIN, x1 - x0 + 2 * MARGIN, y1 - y0 + 2 * MARGIN)
    body = "".join(line for _, line in sorted(lines))
    body += creases(name, width, height)
    view = f'width="{box[2] / 4:.0f}" height="{box[3] / 4:.0f}" viewBox="{" ".join(map(str, box))}"'
    place = f"translate({corner[0]:g} {corner[1]:g})scale({UNIT:g})"
    group = f'<g transform="{place}">{body}</g>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {view}><style>{STYLE}</style>{group}</svg>\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("views", nargs="*", default=list(VIEWS))
    parser.add_argument("--to", default=DRAWINGS)
    parser.add_argument("--raw", default="art-raw")
    args = parser.parse_args()
    os.makedirs(args.raw, exist_ok=True)
    render.empty_scene()
    build("502")
    numbers = number_parts()
    for name in args.views:
        picture = number_picture(name, os.path.join(os.path.abspath(args.raw), f"numbers-{name}.png"))
        svg = drawing(name, numbers, picture).encode()
        with open(os.path.join(args.to, f"car-{name}.svg"), "wb") as file:
            file.write(svg)
        print(f"car-{name}.svg: {len(svg)} bytes, {len(gzip.compress(svg))} compressed")


if __name__ == "__main__":
    main()
