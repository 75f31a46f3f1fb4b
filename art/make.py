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

# name: (scene, settings of the render, settings of the grading)
DESERT = {"warmth": 0.01}
EMPTY = {"exposure": 0.25}
NIGHT = {"exposure": 0.35}, {"warmth": 0.0, "bloom": 0.72, "vignette": 0.3}
STUDIO = {"exposure": studio.EXPOSURE}
SCENES = {
    "hero": (desert.hero, {}, DESERT),
    "hero-upright": (desert.upright, {}, DESERT),
    "hero-night": (camp.night, *NIGHT),
    "hero-night-upright": (camp.night_upright, *NIGHT),
    "rear-quarter": (desert.away, {}, DESERT),
    "wheel": (desert.wheel, {}, DESERT),
    "cockpit": (desert.cockpit, {"exposure": -0.05}, DESERT),
    "erg": (empty.erg, EMPTY, DESERT),
    "gravel": (empty.gravel, EMPTY, DESERT),
    "canyon": (empty.canyon, EMPTY, DESERT),
    "wadi": (empty.wadi, EMPTY, DESERT),
    "finish": (finish.three, {"exposure": 0.3}, DESERT),
    "side": (studio.view("side"), STUDIO, studio.GRADING),
    "front": (studio.view("front"), STUDIO, studio.GRADING),
    "rear": (studio.view("rear"), STUDIO, studio.GRADING),
    "top": (studio.view("top"), STUDIO, studio.GRADING),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=SCENES)
    parser.add_argument("--trial", action="store_true", help="small and rough, kept among the raw pictures")
    parser.add_argument("--limit", type=float, default=300, help="end the render after so many seconds")
    parser.add_argument("--raw", default="art-raw", help="folder of raw pictures")
    parser.add_argument("--to", default=PICTURES, help="folder of finished pictures")
    args = parser.parse_args()
    scene, rendering, grading = SCENES[args.name]
    render.empty_scene()
    width, height = scene()
    raw = os.path.join(args.raw, f"{args.name}.png")
    if args.trial:
        render.render(raw, width, height, scale=0.4, samples=6, threshold=0.1, **rendering)
        grade.graded(raw, **grading).save(os.path.join(args.raw, f"{args.name}-graded.png"))
        return
    render.render(raw, width, height, limit=args.limit, **rendering)
    grade.save_webp(grade.graded(raw, **grading), os.path.join(args.to, f"{args.name}.webp"))


if __name__ == "__main__":
    main()
