"""Plain views without perspective: side, front, rear and top, with even light before a plain sand-coloured sheet."""

import math

import bpy
import render
from car import build
from desert import inside_light
from forms import mesh
from materials import Shader

# name: (where the camera is, turn of the camera, middle of the picture, metres across, width and height in pixels)
VIEWS = {
    "side": ((0, 16, 1.24), (90, 0, 180), 5.60, (1800, 900)),
    "front": ((16, 0, 1.24), (90, 0, 90), 2.80, (1000, 1000)),
    "rear": ((-16, 0, 1.24), (90, 0, -90), 2.80, (1000, 1000)),
    "top": ((0, 0, 16), (0, 0, 180), 5.60, (1800, 900)),
}


EXPOSURE = 0.25
GRADING = {"vignette": 0, "bloom": 0, "curve": 0.1}
SHEET = (0.95, 0.77, 0.54, 1)  # the colour behind the car, a light sand; it glows with a strength of
SHEET_GLOW = 1.45
SHADE = (0.17, 0.115, 0.07, 1)


def _sky_and_cabin(strength=1.0):
    background = bpy.context.scene.world.node_tree.nodes["Background"]
    background.inputs[0].default_value, background.inputs[1].default_value = (0.86, 0.90, 0.95, 1), 0.30 * strength
    inside_light()


def _lights_from_all_sides(strength=1.0):
    for sign in (1, -1):
        render.lamp((0, 5.0 * sign, 5.0), (0, 0, 1), (8, 1.8), 230 * strength, (1, 0.96, 0.91))
        render.lamp((6.0 * sign, 0, 4.6), (0, 0, 1), (5, 1.6), 150 * strength, (1, 0.96, 0.91))
    render.lamp((0, 0, 7), (0, 0, 1), (7, 4), 70 * strength)


def lights_for_the_turntable():
    """Lamps for a camera that looks along -x: a large one on its left, a weak one on its right, two overhead.

    Only those overhead are mirrored, or the side windows would flash white as they turn past the other two."""
    _sky_and_cabin()
    return [
        render.lamp((6.5, -5.5, 4.6), (0, 0, 0.9), (6, 2.2), 520, (1, 0.95, 0.88), seen_in_glass=False),
        render.lamp((5.5, 7.0, 3.2), (0, 0, 0.9), (5, 2.2), 170, (0.94, 0.97, 1), seen_in_glass=False),
        render.lamp((-6.0, -1.0, 4.8), (0, 0, 1.2), (7, 1.6), 260, (1, 0.96, 0.91)),
        render.lamp((0.5, 0, 6.5), (0, 0, 1), (7, 5), 240, (1, 0.97, 0.94)),
    ]


# The soft shadow on the sheet, in metres from the middle of the picture: half width, height of middle, half height.
SHADOWS = {"side": (2.05, -1.245, 0.035), "front": (0.95, -1.245, 0.03), "rear": (0.95, -1.245, 0.03)}


def sheet(camera, across, shadow=None):
    """A glowing sheet behind the car that only the camera sees; the shadow is drawn on it."""
    k = Shader("sheet")
    k.place = k.node("ShaderNodeTexCoord").outputs["Object"]
    x, y, _ = k.axes()
    colour = SHEET
    if shadow:
        half, middle, height = shadow
        wide = k.step(k.math("ABSOLUTE", x), half + 0.16, half - 0.10)
        high = k.step(k.math("ABSOLUTE", k.sub(y, middle)), height + 0.055, height - 0.02)
        colour = k.colours(k.mul(k.mul(wide, high), 0.72), colour, SHADE)
    glow = k.node("ShaderNodeEmission")
    glow.inputs[1].default_value = SHEET_GLOW
    k.put(glow.inputs[0], colour)
    k.finish(glow.outputs[0])
    corners = [(-across, -across, 0), (across, -across, 0), (across, across, 0), (-across, across, 0)]
    thing = mesh("sheet", corners, [(0, 1, 2, 3)], "sheet", smooth=False, rooted=False)
    thing.parent, thing.location = camera, (0, 0, -30)
    for ray in ("diffuse", "glossy", "transmission", "shadow", "volume_scatter"):
        setattr(thing, f"visible_{ray}", False)


def floor(mirrored=True):
    """A floor without an end, of the sheet's colour; it darkens where the car is near, as under a wide sky."""
    k = Shader("floor")
    near = k.node("ShaderNodeAmbientOcclusion", samples=12, only_local=False)
    near.inputs["Distance"].default_value = 1.7
    glow = k.node("ShaderNodeEmission")
    glow.inputs[1].default_value = SHEET_GLOW
    k.put(glow.inputs[0], k.colours(k.step(near.outputs["AO"], 0.25, 1.0), SHADE, SHEET))
    k.finish(glow.outputs[0])
    corners = [(-400, -400, 0), (400, -400, 0), (400, 400, 0), (-400, 400, 0)]
    plane = mesh("floor", corners, [(0, 1, 2, 3)], "floor", smooth=False, rooted=False)
    plane.visible_diffuse = False  # otherwise it would light the car from below
    plane.visible_glossy = mirrored
    return plane


def view(name):
    def scene():
        place, turn, across, size = VIEWS[name]
        build("502")
        strength = 0.6 if name == "top" else 1.0  # every lamp hangs above: seen from there the car is brightest
        _sky_and_cabin(strength)
        _lights_from_all_sides(strength)
        camera = render.camera(place, (0, 0, 1))
        camera.rotation_euler = [math.radians(angle) for angle in turn]
        camera.data.type = "ORTHO"
        camera.data.ortho_scale = across
        if name == "top":
            floor(mirrored=False)
        else:
            sheet(camera, across, SHADOWS[name])
        return size

    return scene
