"""The night in the bivouac for upright screens:  python upright_night.py

Made from the wide picture in static/pictures: its left part, with more of the same sky above for the page's heading."""

import os
import random

from PIL import Image, ImageDraw, ImageFilter

PICTURES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "static", "pictures")
LEFT, RIGHT, HEIGHT = 150, 1326, 1470  # pixels of the wide picture that are kept, and the height of the new one: 4:5
ZENITH = (8, 12, 18)
STARS_PER_PIXEL = 1 / 4200


def sky(top, height):
    """Sky that goes on from the highest rows of a picture and is darkest at the zenith, with stars."""
    horizon = top.resize((top.width, 1), Image.Resampling.BOX).resize((top.width, height))
    horizon = horizon.filter(ImageFilter.GaussianBlur(60))
    fade = Image.linear_gradient("L").resize((top.width, height))
    field = Image.composite(horizon, Image.new("RGB", horizon.size, ZENITH), fade)
    stars = ImageDraw.Draw(field)
    chance = random.Random(502)
    for _ in range(round(top.width * height * STARS_PER_PIXEL)):
        x, y, light = chance.uniform(0, top.width), chance.uniform(0, height), chance.randint(45, 150)
        radius = chance.uniform(0.4, 1.7)
        stars.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(light, light + 4, light + 10))
    return field.filter(ImageFilter.GaussianBlur(0.6))


def main():
    wide = Image.open(os.path.join(PICTURES, "hero-night.webp")).convert("RGB").crop((LEFT, 0, RIGHT, 823))
    more = HEIGHT - wide.height
    upright = Image.new("RGB", (wide.width, HEIGHT))
    upright.paste(wide, (0, more))
    # The two meet in a band where one fades into the other, since the old sky has stars and a glow of its own.
    band = 30
    above = sky(wide.crop((0, 0, wide.width, band)), more + band)
    mask = Image.new("L", above.size, 255)
    mask.paste(Image.linear_gradient("L").rotate(180).resize((wide.width, band)), (0, more))
    upright.paste(above, (0, 0), mask)
    upright.save(os.path.join(PICTURES, "hero-night-upright.webp"), quality=86, method=6)


if __name__ == "__main__":
    main()
