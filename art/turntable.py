"""The car on a turntable, 36 pictures:  python turntable.py [--trial] [--to FOLDER]

Frame 00 shows the car from ahead at three quarters, its nose to the left; from frame to frame the car turns by ten
degrees, counter-clockwise as seen from above. What turns in truth is the camera with the lamps, so that the geometry
is prepared once. `--trial` makes four small frames in the raw folder; `--resume` keeps the raw frames of a run that was
interrupted."""

import argparse
import math
import os

import bpy
import grade
import render
import studio
from car import build

HERE = os.path.dirname(os.path.abspath(__file__))
FRAMES = os.path.join(os.path.dirname(HERE), "static", "turntable")
COUNT, FIRST_ANGLE = 36, 40  # degrees from the nose to the camera, in frame 00
DISTANCE, EYE, AIM, LENS = 11.5, 1.75, 1.12, 67  # metres, metres above the ground, millimetres
SIZE = (960, 540)
BYTES_IN_ALL = 900_000


def set_up():
    """The car on a plain floor; returns the object that carries the camera and the lamps round it."""
    build("502")
    rig = bpy.data.objects.new("rig", None)
    bpy.context.scene.collection.objects.link(rig)
    studio.floor()
    camera = render.camera((DISTANCE, 0, EYE), (0, 0, AIM), LENS)
    studio.sheet(camera, 40)
    for thing in (camera, *studio.lights_for_the_turntable()):
        thing.parent = rig
    scene = bpy.context.scene
    scene.render.use_persistent_data = True
    return rig


def save(images, folder):
    """Save the frames with the best quality at which all of them together stay within the limit."""
    os.makedirs(folder, exist_ok=True)
    for quality in range(82, 40, -3):
        frames = [grade.webp(image, quality) for image in images]
        if sum(map(len, frames)) <= BYTES_IN_ALL:
            break
    for number, frame in enumerate(frames):
        with open(os.path.join(folder, f"{number:02d}.webp"), "wb") as file:
            file.write(frame)
    print(f"{len(frames)} frames, {sum(map(len, frames)) / 1000:.0f} kB at quality {quality}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trial", action="store_true", help="four small frames")
    parser.add_argument("--resume", action="store_true", help="keep the raw frames that are there")
    parser.add_argument("--raw", default="art-raw", help="folder of raw pictures")
    parser.add_argument("--to", default=FRAMES, help="folder of finished pictures")
    args = parser.parse_args()
    render.empty_scene()
    rig = set_up()
    images = []
    for number in range(0, COUNT, COUNT // 4 if args.trial else 1):
        rig.rotation_euler = (0, 0, math.radians(FIRST_ANGLE - number * 360 / COUNT))
        raw = os.path.join(args.raw, "turntable", f"{number:02d}.png")
        settings = {"samples": 10, "threshold": 0.05, "scale": 0.5 if args.trial else 1.0}
        if not (args.resume and os.path.exists(raw)):
            render.render(raw, *SIZE, exposure=studio.EXPOSURE, **settings)
        images.append(grade.graded(raw, **studio.GRADING))
    save(images, os.path.join(args.raw, "turntable") if args.trial else args.to)


if __name__ == "__main__":
    main()
