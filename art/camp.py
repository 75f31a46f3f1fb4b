"""Night in the bivouac: the car between tents under lamps on poles, stars above."""

import math

import bpy
import numpy as np
import render
import terrain
from car import build
from desert import inside_light, stand
from forms import Stage, block, loft, mesh, tube
from materials import Shader, set_glow
from mathutils import Vector


def _milky_way(node, tree, direction):
    """How much of its glow there is in a direction: a patchy band along a slanted great circle."""
    across = node("ShaderNodeVectorMath", operation="DOT_PRODUCT")
    tree.links.new(direction, across.inputs[0])
    across.inputs[1].default_value = Vector((-0.046, -0.764, -0.643))
    distance = node("ShaderNodeMath", operation="ABSOLUTE")
    tree.links.new(across.outputs["Value"], distance.inputs[0])
    band = node("ShaderNodeMapRange", interpolation_type="SMOOTHSTEP")
    band.inputs[1].default_value, band.inputs[2].default_value = 0.26, 0.0
    tree.links.new(distance.outputs[0], band.inputs[0])
    clouds = node("ShaderNodeTexNoise")
    clouds.inputs["Scale"].default_value, clouds.inputs["Detail"].default_value = 4.5, 8.0
    tree.links.new(direction, clouds.inputs["Vector"])
    patches = node("ShaderNodeMapRange", interpolation_type="SMOOTHSTEP")
    patches.inputs[1].default_value, patches.inputs[2].default_value = 0.28, 0.85
    tree.links.new(clouds.outputs[0], patches.inputs[0])
    amount = node("ShaderNodeMath", operation="MULTIPLY")
    tree.links.new(band.outputs[0], amount.inputs[0])
    tree.links.new(patches.outputs[0], amount.inputs[1])
    return amount.outputs[0]


def _night_sky():
    """A dark gradient, a glow over the horizon and stars that are single bright cells of a noise."""
    world = bpy.context.scene.world
    tree = world.node_tree
    tree.nodes.clear()

    def node(kind, **settings):
        made = tree.nodes.new(kind)
        for name, value in settings.items():
            setattr(made, name, value)
        return made

    direction = node("ShaderNodeTexCoord").outputs["Generated"]
    split = node("ShaderNodeSeparateXYZ")
    tree.links.new(direction, split.inputs[0])
    ramp = node("ShaderNodeValToRGB")
    tree.links.new(split.outputs[2], ramp.inputs[0])
    stops = ramp.color_ramp.elements
    stops[0].position, stops[0].color = 0.0, (0.060, 0.046, 0.042, 1)
    stops[1].position, stops[1].color = 0.55, (0.0035, 0.0065, 0.014, 1)
    middle = stops.new(0.10)
    middle.color = (0.020, 0.026, 0.038, 1)
    cells = node("ShaderNodeTexVoronoi", feature="F1")
    cells.inputs["Scale"].default_value = 260
    tree.links.new(direction, cells.inputs["Vector"])
    near = node("ShaderNodeMapRange")
    near.inputs[1].default_value, near.inputs[2].default_value = 0.115, 0.02
    tree.links.new(cells.outputs["Distance"], near.inputs[0])
    random = node("ShaderNodeSeparateColor")
    tree.links.new(cells.outputs["Color"], random.inputs[0])
    power = node("ShaderNodeMath", operation="POWER")
    tree.links.new(random.outputs[0], power.inputs[0])
    power.inputs[1].default_value = 7
    star = node("ShaderNodeMath", operation="MULTIPLY")
    tree.links.new(near.outputs[0], star.inputs[0])
    tree.links.new(power.outputs[0], star.inputs[1])
    bright = node("ShaderNodeMath", operation="MULTIPLY")
    tree.links.new(star.outputs[0], bright.inputs[0])
    bright.inputs[1].default_value = 1.7
    total = node("ShaderNodeMixRGB", blend_type="ADD")
    total.inputs[0].default_value = 1
    tree.links.new(ramp.outputs[0], total.inputs[1])
    tree.links.new(bright.outputs[0], total.inputs[2])
    with_band = node("ShaderNodeMixRGB", blend_type="ADD")
    tree.links.new(_milky_way(node, tree, direction), with_band.inputs[0])
    tree.links.new(total.outputs[0], with_band.inputs[1])
    with_band.inputs[2].default_value = (0.026, 0.028, 0.034, 1)
    background = node("ShaderNodeBackground")
    tree.links.new(with_band.outputs[0], background.inputs[0])
    tree.links.new(background.outputs[0], node("ShaderNodeOutputWorld").inputs[0])


def _plain(name, colour, roughness=0.8, glow=0.0, glow_colour=None, fading=False):
    k = Shader(name)
    base = k.node("ShaderNodeBsdfPrincipled")
    base.inputs["Base Color"].default_value, base.inputs["Roughness"].default_value = colour, roughness
    if glow:
        base.inputs["Emission Color"].default_value = glow_colour or colour
        base.inputs["Emission Strength"].default_value = glow
        if fading:  # a lantern on the floor: brightest low down, patchy
            patches = k.add(k.mul(k.noise(0.9, 3.0), 0.7), 0.35)
            k.put(base.inputs["Emission Strength"], k.mul(k.mul(k.step(k.axes()[2], 2.3, 0.1), patches), glow))
    k.finish(base.outputs[0])


def _tent(x, y, turn, glow, width=3.0, depth=3.0):
    """A ridge tent, lit from inside or dark."""
    name = f"canvas{len(Stage.materials)}"
    _plain(name, (0.30, 0.25, 0.18, 1), 0.9, glow, (1.0, 0.50, 0.19, 1), fading=True)
    w, d, wall, ridge = width / 2, depth / 2, 1.35, 2.15
    corners = [(-d, -w, 0), (-d, w, 0), (-d, w * 0.94, wall), (-d, 0, ridge), (-d, -w * 0.94, wall)]
    corners += [(-a, b, c) for a, b, c in corners]
    faces = [(0, 1, 2, 3, 4), (9, 8, 7, 6, 5), (1, 6, 7, 2), (2, 7, 8, 3), (3, 8, 9, 4), (4, 9, 5, 0)]
    tent = mesh("tent", corners, faces, name, smooth=False, bevel=0.04, rooted=False)
    tent.location, tent.rotation_euler = (x, y, -0.02), (0, 0, turn)
    for side in (-1, 1):
        for end in (-1, 1):
            ends = [(end * d, side * w * 0.94, wall), (end * (d + 0.9), side * (w + 0.7), 0)]
            rope = tube("rope", ends, 0.008, "dark", mirror=False, sides=6)
            rope.parent, rope.location, rope.rotation_euler = None, (x, y, 0), (0, 0, turn)


def _lamp_pole(x, y, height, energy, target):
    pole = tube("pole", [(x, y, 0), (x, y, height)], 0.03, "dark", mirror=False)
    pole.parent = None
    head = block("polelamp", (x, y, height), (0.10, 0.42, 0.18), "bulb", bevel=0.02)
    head.parent = None
    head.rotation_euler = (0, 0, 0)
    lamp = render.lamp((x, y, height - 0.12), target, (0.5, 0.5), energy, (1.0, 0.73, 0.44))
    return lamp


def _awning():
    """A flat cloth on poles behind the car, lit from below."""
    _plain("cloth", (0.36, 0.33, 0.28, 1), 0.9)
    rows = []
    for x in np.linspace(-7.2, -2.2, 9):
        y = np.linspace(-6.2, -2.4, 9)
        sag = 0.10 * np.sin(np.pi * (x + 7.2) / 5.0) + 0.10 * np.sin(np.pi * (y + 6.2) / 3.8)
        rows.append(np.c_[np.full(9, x), y, 2.75 - sag])
    loft("awning", rows, "cloth", mirror=False).parent = None
    for x in (-7.2, -2.2):
        for y in (-6.2, -2.4):
            tube("awningpole", [(x, y, 0), (x, y, 2.78)], 0.025, "dark", mirror=False).parent = None
    render.point_lamp((-4.6, -4.2, 2.4), 130, (1.0, 0.70, 0.40), 0.12)
    for centre, size in (((-4.4, -4.6, 0.42), (1.8, 0.7, 0.06)), ((-6.0, -4.0, 0.3), (0.8, 0.6, 0.6))):
        block("table", centre, size, "alu", bevel=0.01).parent = None
    for x in (-5.1, -3.7):
        block("tableleg", (x, -4.6, 0.2), (0.06, 0.6, 0.4), "dark", bevel=0.01).parent = None
    for x, y, z in ((-5.4, -3.0, 0.16), (-5.4, -3.0, 0.47), (-3.0, -5.4, 0.16)):
        tyre = bpy.data.objects["tyre"].copy()
        tread = bpy.data.objects["tread"].copy()
        for part in (tyre, tread):
            bpy.context.scene.collection.objects.link(part)
            part.parent, part.location, part.rotation_euler = None, (x, y, z), (math.pi / 2, 0, x)


def _bivouac():
    """The car stands with its lamps on; cool sky, warm lamps."""
    root = build("502", steer=math.radians(-12), manned=False)
    stand(root, sink=0.015)
    set_glow("daylight", 9)
    set_glow("lamp", 1.6)
    set_glow("red", 2.5)
    terrain.sand_material(haze=(0.05, 0.045, 0.045, 1), haze_strength=0.5, reach=60)
    terrain.ground(
        lambda x, y: terrain.flat(x, y) + terrain.ruts(x, y)[0] * 0.8 + terrain.far_dunes(x, y, 30, 120) * 0.8,
        count=800,
    )
    _plain("bulb", (1, 1, 1, 1), 0.5, 22, (1.0, 0.74, 0.45, 1))
    _night_sky()
    _awning()
    for x, y, turn, glow in (
        (-13.5, 5.2, 0.5, 1.3),
        (-17.0, 1.0, 0.2, 0.05),
        (-13.0, -9.0, 1.1, 0.9),
        (-7.0, -15.5, 1.4, 0.05),
        (1.5, -15.0, 1.7, 1.1),
        (8.0, -19.0, 1.2, 0.3),
        (-22.0, 7.5, 0.3, 1.0),
        (-24.0, -4.0, 0.9, 0.7),
        (-4.0, -25.0, 0.4, 0.9),
    ):
        _tent(x, y, turn, glow)
    along = _lamp_pole(-8.0, 3.4, 4.0, 260, (-4.0, 1.5, 0.0))
    along.visible_glossy = False  # it grazes the flank
    _lamp_pole(2.2, -6.2, 3.9, 340, (0.8, 0.0, 0.9))
    _lamp_pole(-19.0, 3.5, 4.0, 200, (-16, 2, 0))
    _lamp_pole(-8.0, -15.0, 4.0, 200, (-8, -12, 0))
    # a work lamp beside the camera; mirrored, it would burn out the shoulder of the doors
    render.lamp((1.6, 7.6, 4.4), (-0.2, 0.4, 0.8), (1.2, 1.2), 470, (1.0, 0.80, 0.58), seen_in_glass=False)
    render.lamp((8.5, -1.2, 3.2), (1.6, 0.0, 1.0), (3.5, 2.0), 230, (0.66, 0.79, 1.0))  # cool light on the face
    inside_light()
    for y in (0.678, -0.678):
        light = bpy.data.lights.new("beam", "SPOT")
        light.energy, light.spot_size, light.spot_blend, light.color = 500, math.radians(52), 0.7, (1, 0.93, 0.82)
        beam = bpy.data.objects.new("beam", light)
        bpy.context.scene.collection.objects.link(beam)
        beam.location = (2.42, y, 1.10)
        render.aim(beam, (9, y * 1.6, 0.0))


def night():
    _bivouac()
    render.camera(Vector((6.3, 4.3, 1.25)), (-0.55, 0.20, 1.05), 38, focus=(2.0, 0.8, 1.0), aperture=4.0)
    return 1920, 823


def night_upright():
    """The car low in a tall picture. The camera looks level and its picture is shifted, so that poles stay upright."""
    _bivouac()
    camera = render.camera(Vector((6.8, 4.4, 0.95)), (-0.40, -0.60, 0.95), 50, focus=(2.0, 0.8, 1.0), aperture=5.6)
    camera.data.shift_y = 0.25
    return 1920, 2400
