"""The start number, in numerals of our own."""

import numpy as np
import shapely
from forms import plate, rectangle, rounded, strokes
from shapely.ops import unary_union
from surfaces import BELT, ROOF, side

DIGIT_HEIGHT, DIGIT_WIDTH, DIGIT_STROKE, DIGIT_SPACE = 0.30, 0.172, 0.047, 0.043


def _digits():
    """Numerals drawn with a pen of even width and cut corners."""
    h, w, a, c = DIGIT_HEIGHT, DIGIT_WIDTH, DIGIT_STROKE / 2, 0.03
    r, t, m = w - a, h - a, h / 2
    zero = [(w / 2, a), (a + c, a), (a, a + c), (a, t - c), (a + c, t), (r - c, t), (r, t - c), (r, a + c)]
    zero = [*zero, (r - c, a), (w / 2, a)]
    five = [(w, t), (a, t), (a, h * 0.56), (r - c, h * 0.56), (r, h * 0.56 - c), (r, a + c), (r - c, a), (0, a)]
    two = [(0, t), (r - c, t), (r, t - c), (r, m + c), (r - c, m), (a + c, m), (a, m - c), (a, a), (w, a)]
    four = [(a, h), (a, h * 0.36), (w + 0.012, h * 0.36)]
    return {"0": [zero], "5": [five], "2": [two], "4": [four, [(r - 0.022, h * 0.66), (r - 0.022, 0)]]}


def number_shape(text):
    """The number as one shape, its lower left corner at (0, 0)."""
    digits, pieces = _digits(), []
    for place, digit in enumerate(text):
        shape = strokes(digits[digit], DIGIT_STROKE)
        shift = place * (DIGIT_WIDTH + DIGIT_SPACE)
        pieces.append(shapely.transform(shape, lambda p, shift=shift: p + np.array([shift, 0])))
    return unary_union(pieces)


def numbers(text):
    """Plates on both front doors and on the roof."""
    shape = number_shape(text)
    width = len(text) * DIGIT_WIDTH + (len(text) - 1) * DIGIT_SPACE
    middle, bottom = side(0.395), 0.730
    board = rounded(rectangle(-width / 2 - 0.055, -0.047, width / 2 + 0.055, DIGIT_HEIGHT + 0.047), 0.022)
    digits = shapely.transform(shape, lambda p: p - [width / 2, 0])
    for name, flat, material, lift in (("board", board, "plate", 0.004), ("digits", digits, "ink", 0.0075)):
        left = shapely.transform(
            flat, lambda p: p + np.array([middle, bottom])
        )  # s grows backwards, as one reads on the left
        plate(f"{name}_left", left, BELT, material, lift, radius=0.0005, depth=0.001, grid=0.02, mirror=False)
        right = shapely.transform(flat, lambda p: p + np.array([-middle, bottom]))
        plate(f"{name}_right", right, BELT, material, lift, radius=0.0005, depth=0.001, grid=0.02, mirror=False)
        turned = shapely.transform(flat, lambda p: np.c_[p[:, 1] - 1.15, -p[:, 0]])
        lift = lift + 0.012
        plate(f"{name}_roof", turned, ROOF, material, lift, radius=0.0005, depth=0.001, mirror=False)
