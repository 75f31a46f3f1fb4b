"""Where the parts of the body meet: shut lines, wheel openings, the rake of the screen. Several parts share them."""

import numpy as np
import shapely
from forms import rectangle, rounded
from shapely.geometry import Polygon
from shapely.ops import unary_union
from surfaces import AXLE_FRONT, AXLE_REAR, DOOR_FRONT, PLAN, PLAN_S, bonnet_height, front, rear, side

GAP = 0.0035  # half of a shut line
BELT_LINE = 1.366  # top of the doors
BONNET_SKIRT = 0.078  # how far the clamshell reaches down
NOSE_LOW, NOSE_HIGH = 1.030, 1.222  # the dark band with the lamps


def gapped(shape):
    return shape.buffer(-GAP, join_style=2)


def clamshell_cut(lower=0.0):
    """The line under the bonnet's skirt, on the belt, from the lamp back to the door."""
    s = np.linspace(front(0.872), side(DOOR_FRONT), 60)
    x, y = np.interp(s, PLAN_S, PLAN[:, 0]), np.interp(s, PLAN_S, PLAN[:, 1])
    return [(a, float(bonnet_height(b, c)) - BONNET_SKIRT - lower) for a, b, c in zip(s, x, y, strict=True)]


def pillar_line(z):
    """The rake of the windscreen pillar seen from the side: x at a height."""
    return 0.875 - (z - 1.36) * 0.60


def arch(x, grow=0.0):
    """A squared wheel opening with round shoulders, as (x, z)."""
    half, top = 0.525, 1.012
    shape = Polygon(
        [
            (x - half - 0.030, 0.15),
            (x - half, 0.80),
            (x - half + 0.105, top),
            (x + half - 0.105, top),
            (x + half, 0.80),
            (x + half + 0.030, 0.15),
        ]
    )
    shape = shape.buffer(-0.16).buffer(0.16, quad_segs=24)
    return shape.buffer(grow, quad_segs=16) if grow else shape


def on_belt(shape):
    return shapely.transform(shape.segmentize(0.02), lambda p: np.c_[[side(x) for x in p[:, 0]], p[:, 1]])


ARCHES = unary_union([on_belt(arch(AXLE_FRONT)), on_belt(arch(AXLE_REAR))])
ARCH_CUT = ARCHES.buffer(0.012)


def lamp_well():
    return rounded(rectangle(rear(0.905), 1.000, rear(0.775), 1.340), 0.016)
