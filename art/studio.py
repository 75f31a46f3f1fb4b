"""Plain views without perspective: side, front, rear and top, with even light before a plain sand-coloured sheet."""

import math

import bpy
import render
from car import build
from forms import mesh
from materials import Shader

# name: (where the camera is, turn of the camera, middle of the picture, metres across, width and height in pixels)
VIEWS = {
    "side": ((0, 16, 1.24), (90, 0, 180), 5.60, (1800, 900)),
    "front": ((16, 0, 1.24), (90, 0, 90), 2.80, (1000, 1000)),
    "rear": ((-16, 0, 1.24), (90, 0, -90), 2.80, (1000, 1000)),
    "top": ((0, 0, 16), (0, 0, 180), 5.60, (1800, 900)),
}


def _light():
    background = bpy.context.scene.world.node_tree.nodes["Background"]
    background.inputs[0].default_value, background.inputs[1].default_value = (0.86, 0.90, 0.95, 1), 0.30
    for sign in (1, -1):
        render.lamp((0, 5.0 * sign, 5.0), (0, 0, 1), (8, 1.8), 230, (1, 0.96, 0.91))
        render.lamp((6.0 * sign, 0, 4.6), (0, 0, 1), (5, 1.6), 150, (1, 0.96, 0.91))
    render.lamp((0, 0, 7), (0, 0, 1), (7, 4), 70)
    render.point_lamp((0.35, 0, 1.82), 9, (1, 0.95, 0.9), 0.25)
    render.point_lamp((-1.3, 0, 1.80), 6, (1, 0.95, 0.9), 0.25)


# The soft shadow on the sheet, in metres from the middle of the picture: half width, height of middle, half height.
SHADOWS = {"side": (2.05, -1.245, 0.035), "front": (0.95, -1.245, 0.03), "rear": (0.95, -1.245, 0.03), "top": None}


def _sheet(camera, across, shadow):
    """A glowing sheet behind the car that only the camera sees; the shadow is drawn on it."""
    k = Shader("sheet")
    k.place = k.node("ShaderNodeTexCoord").outputs["Object"]
    x, y, _ = k.axes()
    colour = (0.95, 0.77, 0.54, 1)
    if shadow:
        half, middle, height = shadow
        wide = k.step(k.math("ABSOLUTE", x), half + 0.16, half - 0.10)
        high = k.step(k.math("ABSOLUTE", k.sub(y, middle)), height + 0.055, height - 0.02)
        colour = k.colours(k.mul(k.mul(wide, high), 0.72), colour, (0.17, 0.115, 0.07, 1))
    glow = k.node("ShaderNodeEmission")
    glow.inputs[1].default_value = 1.45
    k.put(glow.inputs[0], colour)
    k.finish(glow.outputs[0])
    corners = [(-across, -across, 0), (across, -across, 0), (across, across, 0), (-across, across, 0)]
    sheet = mesh("sheet", corners, [(0, 1, 2, 3)], "sheet", smooth=False, rooted=False)
    sheet.parent, sheet.location = camera, (0, 0, -30)
    for ray in ("diffuse", "glossy", "transmission", "shadow", "volume_scatter"):
        setattr(sheet, f"visible_{ray}", False)


def view(name):
    def scene():
        place, turn, across, size = VIEWS[name]
        build("502")
        _light()
        camera = render.camera(place, (0, 0, 1))
        camera.rotation_euler = [math.radians(angle) for angle in turn]
        camera.data.type = "ORTHO"
        camera.data.ortho_scale = across
        _sheet(camera, across, SHADOWS[name])
        return size

    return scene
