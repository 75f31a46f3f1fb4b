"""The last step of every picture: bloom around lights, a mild curve, a slight vignette, then WebP."""

import io

import numpy as np
from PIL import Image


def _blur(a, sigma):
    kernel = np.exp(-0.5 * (np.arange(-3 * sigma, 3 * sigma + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    for axis in (0, 1):
        a = np.apply_along_axis(lambda v: np.convolve(np.pad(v, 3 * sigma, "edge"), kernel, "valid"), axis, a)
    return a


def _bloom(c, threshold, strength):
    h, w = (n - n % 4 for n in c.shape[:2])
    bright = np.clip((c.min(-1, keepdims=True) - threshold) / (1 - threshold), 0, 1) * c
    small = bright[:h, :w].reshape(h // 4, 4, w // 4, 4, 3).mean((1, 3))
    small = _blur(small, 5) * 0.8 + _blur(small, 16) * 0.7
    image = Image.fromarray(np.uint8(np.clip(small, 0, 1) * 255)).resize((c.shape[1], c.shape[0]), Image.BICUBIC)
    return 1 - (1 - c) * (1 - np.asarray(image, np.float32) / 255 * strength)


def graded(path, *, curve=0.16, saturation=1.05, warmth=0.0, vignette=0.20, bloom=0.86, bloom_strength=1.0):
    c = np.asarray(Image.open(path).convert("RGB"), np.float32) / 255
    if bloom:
        c = _bloom(c, bloom, bloom_strength)
    c = c + curve * (c - c * c) * (2 * c - 1) * 2
    light = (c @ np.array([0.2126, 0.7152, 0.0722], np.float32))[..., None]
    c = light + (c - light) * saturation
    c = c * (1 + np.array([warmth, 0.0, -1.5 * warmth]) * np.clip(light, 0, 1))
    y, x = np.mgrid[-1 : 1 : c.shape[0] * 1j, -1 : 1 : c.shape[1] * 1j]
    c = c * (1 - vignette * np.clip((x * x * 0.8 + y * y * 0.7) - 0.35, 0, 1))[..., None]
    return Image.fromarray(np.uint8(np.clip(c, 0, 1) * 255 + 0.5))


def webp(image, quality):
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=quality, method=6)
    return buffer.getvalue()


def save_webp(image, path, *, limit=500_000, quality=90):
    """Save with the best quality, up to `quality`, that stays within `limit` bytes."""
    content = webp(image, quality)
    while len(content) > limit and quality > 60:
        quality -= 3
        content = webp(image, quality)
    with open(path, "wb") as file:
        file.write(content)
    print(f"{path}: {image.width}×{image.height}, {len(content) / 1000:.0f} kB at quality {quality}")
