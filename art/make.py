"""Make a picture:  python make.py hero [--trial] [--limit SECONDS] [--to FOLDER]

A trial is small and has few samples; it stays in the folder of raw pictures. See README.md."""

import argparse
import os

import camp
import desert
import empty
import finish
import grade
import render
import studio

HERE = os.path.dirname(os.path.abspath(__file__))
PICTURES = os.path.join(os.path.dirname(HERE), "static", "pictures")

DESERT = {"warmth": 0.01}
EMPTY = {"exposure": 0.25}
NIGHT = {"exposure": 0.35}, {"warmth": 0.0, "bloom": 0.72, "vignette": 0.3}
STUDIO = {"exposure": studio.EXPOSURE}
# name: (scene, seconds after which its render ends, settings of the render, settings of the grading)
SCENES = {
    "hero": (desert.hero, 420, {}, DESERT),
    "hero-upright": (desert.upright, 700, {}, DESERT),
    "hero-night": (camp.night, 420, *NIGHT),
    "hero-night-upright": (camp.night_upright, 700, *NIGHT),
    "rear-quarter": (desert.away, 420, {}, DESERT),
    "wheel": (desert.wheel, 240, {}, DESERT),
    "cockpit": (desert.cockpit, 300, {"exposure": -0.05}, DESERT),
    "erg": (empty.erg, 150, EMPTY, DESERT),
    "gravel": (empty.gravel, 180, EMPTY, DESERT),
    "canyon": (empty.canyon, 150, EMPTY, DESERT),
    "wadi": (empty.wadi, 240, EMPTY, DESERT),
    "finish": (finish.three, 540, {"exposure": 0.3}, DESERT),
    "side": (studio.view("side"), 150, STUDIO, studio.GRADING),
    "front": (studio.view("front"), 120, STUDIO, studio.GRADING),
    "rear": (studio.view("rear"), 120, STUDIO, studio.GRADING),
    "top": (studio.view("top"), 150, STUDIO, studio.GRADING),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=SCENES)
    parser.add_argument("--trial", action="store_true", help="small and rough, kept among the raw pictures")
    parser.add_argument("--limit", type=float, help="seconds after which the render ends, instead of the scene's own")
    parser.add_argument("--raw", default="art-raw", help="folder of raw pictures")
    parser.add_argument("--to", default=PICTURES, help="folder of finished pictures")
    args = parser.parse_args()
    scene, limit, rendering, grading = SCENES[args.name]
    render.empty_scene()
    width, height = scene()
    raw = os.path.join(args.raw, f"{args.name}.png")
    if args.trial:
        render.render(raw, width, height, scale=0.4, samples=6, threshold=0.1, **rendering)
        grade.graded(raw, **grading).save(os.path.join(args.raw, f"{args.name}-graded.png"))
        return
    render.render(raw, width, height, limit=args.limit or limit, **rendering)
    grade.save_webp(grade.graded(raw, **grading), os.path.join(args.to, f"{args.name}.webp"))


if __name__ == "__main__":
    main()
