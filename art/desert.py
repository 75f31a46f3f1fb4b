"""Pictures in the desert by day. Each function sets up a scene and returns the size of its picture."""

import math

import bpy
import render
import terrain
from car import build
from dust import Cloud, clods
from mathutils import Vector


def sky(azimuth, elevation, strength=0.12, air=1.2, haze=2.0):
    world = bpy.context.scene.world.node_tree
    texture = world.nodes.new("ShaderNodeTexSky")
    texture.sky_type, texture.sun_disc = "MULTIPLE_SCATTERING", False
    texture.sun_elevation = math.radians(elevation)
    texture.sun_rotation = math.pi / 2 - math.radians(azimuth)
    for name, value in (("air_density", air), ("aerosol_density", haze), ("ozone_density", 1.2), ("altitude", 300)):
        setattr(texture, name, value)
    background = world.nodes["Background"]
    world.links.new(texture.outputs[0], background.inputs[0])
    background.inputs[1].default_value = strength


def stand(root, pitch=0.0, roll=0.0, sink=0.022, place=(0, 0)):
    root.rotation_euler = (math.radians(roll), math.radians(-pitch), 0)
    root.location = (*place, -sink)


def spin_wheels(angle=0.075):
    """Motion blur of turning wheels; more than a few degrees would wipe out the tread."""
    scene = bpy.context.scene
    scene.render.use_motion_blur, scene.render.motion_blur_shutter = True, 0.5
    for hub in [o for o in bpy.data.objects if o.name.startswith("wheel_")]:
        x, y, z = hub.rotation_euler
        forward = 1 if abs(z) < 1.5 else -1
        for frame, step in ((0, -angle), (1, 0), (2, angle)):
            hub.rotation_euler = (x, y + forward * step, z)
            hub.keyframe_insert("rotation_euler", frame=frame)
    scene.frame_set(1)


def daylight(azimuth, elevation, energy=3.6, colour=(1.0, 0.78, 0.54), ground=terrain.sand_material):
    sky(azimuth, elevation)
    render.sun(azimuth, elevation, energy, colour)
    ground()


def inside_light(place=(0, 0), behind=2.5):
    """Weak lamps under the roof, over the crew and over the spare wheels: without them one cannot see into the car.

    `behind`: the strength of the one over the spare wheels."""
    x, y = place
    colour = (1, 0.94, 0.86)
    render.point_lamp((x + 0.35, y, 1.82), 9, colour, 0.25)
    render.lamp((x - 2.22, y, 1.87), (x - 2.0, y, 1.45), (1.2, 0.05), behind, colour, seen_in_glass=False)


def hero():
    """At speed along the crest of a dune, low sun."""
    azimuth, elevation, eye = 76, 10, Vector((7.7, 5.1, 0.22))
    root = build("502", steer=math.radians(7), droop=(0.055, 0.045, -0.025, -0.025))
    stand(root, pitch=2.0, roll=-0.6)
    daylight(azimuth, elevation)
    terrain.ground(terrain.crest)
    render.lamp((9.0, -1.5, 1.8), (1.5, 0, 1), (5, 5), 60, (1, 0.90, 0.78))
    inside_light()
    render.camera(eye, (-0.85, 0.35, 0.82), 42, focus=(2.0, 0.8, 1.0))
    cloud = Cloud(eye, render.sun_direction(azimuth, elevation))
    cloud.plume(0.85, height=1.3, drift=-0.6)
    cloud.finish()
    clods(terrain.crest, thrown=1.2)
    spin_wheels()
    return 1920, 823


def upright():
    """The same crest for a tall picture: nearer, lower, from further ahead."""
    azimuth, elevation, eye = 70, 11, Vector((8.2, 3.9, 0.36))
    root = build("500", steer=math.radians(6), droop=(0.055, 0.045, -0.025, -0.025))
    stand(root, pitch=2.0, roll=-0.6)
    daylight(azimuth, elevation)
    terrain.ground(terrain.crest)
    render.lamp((9.0, -2.5, 2.2), (1.5, 0, 1), (5, 5), 60, (1, 0.90, 0.78))
    inside_light()
    render.camera(eye, (-0.10, -0.18, 1.27), 56, focus=(2.1, 0.6, 1.0))
    cloud = Cloud(eye, render.sun_direction(azimuth, elevation), seed=4)
    cloud.plume(0.85, height=1.5, drift=-0.4)
    cloud.finish()
    clods(terrain.crest, thrown=1.2)
    spin_wheels()
    return 1920, 2400


def away():
    """From behind at three quarters, driving off across ripples, dust only low behind the wheels."""
    azimuth, elevation, eye = 128, 14, Vector((-7.0, 4.7, 1.15))
    root = build("504", steer=math.radians(-5), droop=(-0.01, 0.03, -0.03, 0.02))
    stand(root, pitch=0.8, roll=0.8)
    daylight(azimuth, elevation)
    terrain.ground(terrain.plain, centre=(-1.4, 0.9))
    render.lamp((-9.0, -2.5, 2.2), (-1.5, 0, 1), (5, 5), 70, (1, 0.90, 0.78))
    inside_light(behind=32)
    render.camera(eye, (-0.15, 0.05, 1.0), 40, focus=(-2.1, 0.8, 1.0))
    cloud = Cloud(eye, render.sun_direction(azimuth, elevation), seed=9, glow=0.25)
    for number in range(16):
        t = number / 16
        side = 1 if number % 2 else -1
        place = (-2.0 - 1.1 * t, side * 0.95 + side * 0.5 * t, 0.12 + 0.2 * t)
        cloud.card(place, 0.28 + 0.40 * t, 0.42 * (1 - 0.5 * t))
    cloud.finish()
    clods(terrain.plain, thrown=0.7, area=(-6.5, 3, 0.2, 6.5))
    spin_wheels()
    return 1920, 1080


def wheel():
    """The left front wheel, close."""
    azimuth, elevation = 68, 20
    root = build("502", steer=math.radians(14))
    stand(root)
    daylight(azimuth, elevation)
    terrain.ground(terrain.plain, centre=(1.6, 1.4))
    render.lamp((6.0, 1.0, 2.5), (1.5, 0.9, 0.5), (3, 3), 40, (1, 0.92, 0.82))
    render.camera((3.35, 3.45, 0.62), (1.42, 0.86, 0.54), 62, focus=(1.55, 1.04, 0.5), aperture=4)
    clods(terrain.plain, thrown=0, lying=1800, area=(-0.5, 3.5, 0.6, 3.4))
    return 1600, 1200


def cockpit():
    """Through the windscreen at the crew, the sun over the shoulder of the one who looks."""
    azimuth, elevation = 60, 22
    root = build("502", steer=math.radians(-6))
    stand(root)
    daylight(azimuth, elevation, 4.2, (1.0, 0.86, 0.68))
    terrain.ground(terrain.plain)
    render.point_lamp((0.30, 0, 1.84), 22, (1, 0.95, 0.88), 0.3)
    render.point_lamp((0.36, -0.36, 1.45), 3.0, (0.78, 0.92, 1), 0.12)  # from the screens
    render.camera((3.30, 1.75, 1.93), (0.30, 0.05, 1.555), 76, focus=(0.30, 0.3, 1.5), aperture=4)
    return 1920, 1200
