"""What every picture shares: the renderer's settings, lights, cameras."""

import math
import os
import time

import bpy
from mathutils import Vector


def empty_scene():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.context.preferences.edit.keyframe_new_interpolation_type = "LINEAR"
    scene = bpy.context.scene
    scene.world = bpy.data.worlds.new("world")
    scene.world.use_nodes = True
    return scene


def aim(thing, target):
    thing.rotation_euler = (Vector(target) - thing.location).to_track_quat("-Z", "Y").to_euler()


def camera(place, target, lens=42, focus=None, aperture=2.8):
    thing = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    scene = bpy.context.scene
    scene.collection.objects.link(thing)
    scene.camera = thing
    thing.location = Vector(place)
    aim(thing, target)
    thing.data.lens, thing.data.clip_end = lens, 4000
    if focus is not None:
        thing.data.dof.use_dof = True
        thing.data.dof.focus_distance = (Vector(focus) - thing.location).length
        thing.data.dof.aperture_fstop = aperture
    return thing


def lamp(place, target, size, energy, colour=(1, 1, 1), seen_in_glass=True):
    """A rectangular area light that the camera does not see."""
    light = bpy.data.lights.new("lamp", "AREA")
    light.shape, light.energy, light.color = "RECTANGLE", energy, colour
    light.size, light.size_y = size
    thing = bpy.data.objects.new("lamp", light)
    bpy.context.scene.collection.objects.link(thing)
    thing.location = place
    aim(thing, target)
    thing.visible_camera = False
    thing.visible_glossy = seen_in_glass
    return thing


def point_lamp(place, energy, colour=(1, 1, 1), radius=0.1):
    """A glowing ball that is seen in no mirror: paint and visors would show it as a disc."""
    light = bpy.data.lights.new("bulb", "POINT")
    light.energy, light.color, light.shadow_soft_size = energy, colour, radius
    thing = bpy.data.objects.new("bulb", light)
    bpy.context.scene.collection.objects.link(thing)
    thing.location = place
    thing.visible_glossy = False
    return thing


def sun_direction(azimuth, elevation):
    a, e = math.radians(azimuth), math.radians(elevation)
    return Vector((math.cos(a) * math.cos(e), math.sin(a) * math.cos(e), math.sin(e)))


def sun(azimuth, elevation, energy, colour, softness=1.1):
    light = bpy.data.lights.new("sun", "SUN")
    light.energy, light.color, light.angle = energy, colour, math.radians(softness)
    thing = bpy.data.objects.new("sun", light)
    bpy.context.scene.collection.objects.link(thing)
    thing.rotation_euler = sun_direction(azimuth, elevation).to_track_quat("Z", "Y").to_euler()
    return thing


def render(
    path, width, height, *, samples=96, limit=0, threshold=0.02, exposure=0.0, look="AgX - High Contrast", scale=1.0
):
    """Render the scene to a PNG. `limit` ends it after so many seconds; `scale` makes a small trial."""
    scene = bpy.context.scene
    r, c = scene.render, scene.cycles
    r.engine, c.device = "CYCLES", "CPU"
    c.samples, c.use_adaptive_sampling, c.adaptive_threshold = samples, True, threshold
    c.use_denoising, c.denoiser, c.denoising_prefilter = True, "OPENIMAGEDENOISE", "ACCURATE"
    c.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    c.max_bounces, c.diffuse_bounces, c.glossy_bounces = 5, 2, 3
    c.transmission_bounces, c.transparent_max_bounces = 4, 110
    c.sample_clamp_indirect, c.caustics_reflective, c.caustics_refractive = 4, False, False
    if limit:
        c.time_limit = limit
    r.resolution_x, r.resolution_y = round(width * scale), round(height * scale)
    r.threads_mode, r.threads = "FIXED", 2
    r.image_settings.file_format = "PNG"
    r.image_settings.color_mode = "RGB"
    scene.view_settings.view_transform, scene.view_settings.look = "AgX", look
    scene.view_settings.exposure = exposure
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    r.filepath = os.path.abspath(path)
    start = time.time()
    bpy.ops.render.render(write_still=True)
    print(f"{os.path.basename(path)}: {r.resolution_x}×{r.resolution_y} in {time.time() - start:.0f} s")
