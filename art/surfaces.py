"""The smooth surfaces that the body is cut from. X points forward, Y to the left, Z up; metres; the ground is z = 0.

A panel is never modelled point by point. It is an outline in two dimensions on one of four master surfaces:

BELT      the flanks, nose and tail, wrapped round the plan of the car: (s, z), s running from the middle of the nose
          (0) along the left side to the middle of the tail (S_END); negative s is the right side
BONNET    (x, y), ROOF (x, y)
SCREEN    the windscreen, (y, t) with t from 0 at the scuttle to 1 at the roof

A surface takes a third value, the height above itself, so that panels can stand proud or be set back.
"""

import numpy as np

AXLE_FRONT, AXLE_REAR = 1.511, -1.511  # wheelbase 3,022 mm
SCREEN_TOP = 0.545  # the upper edge of the windscreen in the middle, in x
DOOR_FRONT, DOOR_MIDDLE, DOOR_REAR = 0.865, -0.105, -1.075  # shut lines of the doors, in x


def smoothstep(start, end, value):
    t = np.clip((value - start) / (end - start), 0, 1)
    return t * t * (3 - 2 * t)


def bezier(a, b, c, d, count=60):
    t = np.linspace(0, 1, count)[:, None]
    a, b, c, d = map(np.array, (a, b, c, d))
    return (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * c + t**3 * d


def _plan():
    """Half of the outline seen from above, nose to tail, with evenly spaced points."""
    pieces = [
        bezier((2.300, 0), (2.300, 0.2), (2.292, 0.40), (2.272, 0.58)),
        bezier((2.272, 0.58), (2.244, 0.81), (2.165, 0.905), (1.88, 0.925), 120),
        bezier((1.88, 0.925), (1.62, 0.942), (1.3, 0.945), (1.0, 0.945)),
        bezier((1.0, 0.945), (0.2, 0.951), (-0.8, 0.951), (-1.5, 0.945)),
        bezier((-1.5, 0.945), (-1.75, 0.943), (-1.95, 0.94), (-2.12, 0.930)),
        bezier((-2.12, 0.930), (-2.27, 0.918), (-2.312, 0.88), (-2.325, 0.75), 120),
        bezier((-2.325, 0.75), (-2.338, 0.5), (-2.343, 0.2), (-2.343, 0)),
    ]
    points = np.vstack([piece[:-1] for piece in pieces] + [pieces[-1][-1:]])
    length = np.r_[0, np.cumsum(np.hypot(*np.diff(points, axis=0).T))]
    s = np.linspace(0, length[-1], 4001)
    return s, np.c_[np.interp(s, length, points[:, 0]), np.interp(s, length, points[:, 1])]


PLAN_S, PLAN = _plan()
S_END = PLAN_S[-1]
_TANGENT = np.gradient(PLAN, PLAN_S, axis=0)
_TANGENT /= np.linalg.norm(_TANGENT, axis=1)[:, None]
PLAN_NORMAL = np.c_[_TANGENT[:, 1], -_TANGENT[:, 0]]
if PLAN_NORMAL[2000, 1] < 0:
    PLAN_NORMAL = -PLAN_NORMAL


def side(x):
    """The s of the belt on the left flank at a given x."""
    return PLAN_S[np.argmax((PLAN[:, 0] <= x) & (PLAN_S > 0.5))]


def front(y):
    """The s of the belt at the nose, a given distance from the middle."""
    if y < 0.9:
        return float(np.interp(y, PLAN[:1200, 1], PLAN_S[:1200]))
    return PLAN_S[np.argmax(PLAN[:, 1] >= y)]


def rear(y):
    """The s of the belt at the tail, a given distance from the middle."""
    return PLAN_S[len(PLAN_S) - 1 - np.argmax(PLAN[::-1, 1] >= y)]


def _profile(heights, insets, blur):
    """A section of the belt: how far it lies inside the plan at a height, its corners rounded by `blur`."""
    z = np.linspace(0.2, 2.3, 1051)
    kernel = np.exp(-0.5 * (np.arange(-60, 61) * 0.002 / blur) ** 2)
    return z, np.convolve(np.pad(np.interp(z, heights, insets), 60, "edge"), kernel / kernel.sum(), "valid")


# The flank: tucked in at the sill, crowned, a hollow under the shoulder crease at 1.205, then leaning in to the glass.
_Z, _FLANK = _profile(
    [0.45, 0.60, 0.72, 0.84, 0.96, 1.08, 1.165, 1.203, 1.209, 1.30, 1.365, 1.38, 1.86, 1.935, 2.05],
    [0.070, 0.034, 0.016, 0.008, 0.0045, 0.0055, 0.0075, -0.001, 0.000, 0.024, 0.048, 0.058, 0.138, 0.188, 0.30],
    0.0065,
)
_, _TAIL = _profile([0.45, 0.9, 1.30, 1.37, 1.90, 1.95, 2.05], [0.03, 0.0, 0.0, 0.012, 0.075, 0.10, 0.2], 0.015)
_, _NOSE = _profile(
    [0.45, 0.60, 0.75, 0.90, 1.0, 1.20, 1.26, 1.4], [0.14, 0.06, 0.014, 0.0, 0.0, 0.002, 0.018, 0.1], 0.012
)
_NOSE_TO_FLANK = front(0.62), front(0.915)
_FLANK_TO_TAIL = side(-2.14), rear(0.78)


def flank_inset(z):
    return np.interp(z, _Z, _FLANK)


def _belt(s, z):
    sign = np.where(s < 0, -1.0, 1.0)
    a = np.abs(s)
    beyond = a > S_END
    a, sign = np.where(beyond, 2 * S_END - a, a), np.where(beyond, -sign, sign)
    x, y = np.interp(a, PLAN_S, PLAN[:, 0]), np.interp(a, PLAN_S, PLAN[:, 1])
    nx, ny = np.interp(a, PLAN_S, PLAN_NORMAL[:, 0]), np.interp(a, PLAN_S, PLAN_NORMAL[:, 1])
    nose, tail = 1 - smoothstep(*_NOSE_TO_FLANK, a), smoothstep(*_FLANK_TO_TAIL, a)
    inset = np.interp(z, _Z, _FLANK) * (1 - nose) * (1 - tail)
    inset = inset + np.interp(z, _Z, _NOSE) * nose + np.interp(z, _Z, _TAIL) * tail
    return np.stack([x - nx * inset, (y - ny * inset) * sign, z + 0 * x], -1)


def bonnet_step(x):
    """How far from the middle the raised part of the bonnet ends; it narrows to the front."""
    return 0.4335 - 0.05 * (x - 1.5)


def bonnet_height(x, y):
    t = np.clip((2.26 - x) / 1.40, 0, 1.2)
    z = 1.322 + 0.062 * t - 0.018 * t * t - 0.018 * (y / 0.9) ** 2 - 0.014 * np.clip((x - 2.0) / 0.28, 0, 1) ** 2
    from_step = np.abs(y) - bonnet_step(x)
    dome = 1 - smoothstep(-0.0185, 0.0185, from_step)
    return z + 0.030 * dome * (1 - smoothstep(2.10, 2.235, x))


def _bonnet(x, y):
    return np.stack([x, y, bonnet_height(x, y)], -1)


def roof_height(x, y):
    ends = 0.045 * np.clip((x + 0.2) / 0.75, 0, 1) ** 2 + 0.035 * np.clip((-x - 0.9) / 1.4, 0, 1) ** 1.6
    return 2.0 - ends - 0.028 * (y / 0.75) ** 2


def _roof(x, y):
    return np.stack([x, y, roof_height(x, y)], -1)


def screen_point(y, t):
    bottom, top = 0.868 - 0.035 * (y / 0.8) ** 2, SCREEN_TOP - 0.040 * (y / 0.75) ** 2
    return np.stack(
        [bottom + (top - bottom) * t + 0.018 * np.sin(np.pi * t), y * (1 - 0.085 * t), 1.36 + t * 0.555], -1
    )


class Surface:
    """A master surface: call it with two coordinates and a height above the surface to get points in space."""

    def __init__(self, point, probe, outward):
        self.point = point
        self.sign = 1
        self.sign = 1 if np.dot(self._normal(np.array([probe[0]]), np.array([probe[1]]))[0], outward) > 0 else -1

    def _normal(self, u, v):
        e = 1e-3
        normal = np.cross(self.point(u + e, v) - self.point(u - e, v), self.point(u, v + e) - self.point(u, v - e))
        return normal / (np.linalg.norm(normal, axis=-1)[..., None] + 1e-12) * self.sign

    def __call__(self, u, v, height):
        return self.point(u, v) + self._normal(u, v) * np.asarray(height)[..., None]


BELT = Surface(_belt, (side(0), 0.9), (0, 1, 0))
BONNET = Surface(_bonnet, (1.6, 0.2), (0, 0, 1))
ROOF = Surface(_roof, (-1.0, 0.2), (0, 0, 1))
SCREEN = Surface(screen_point, (0.0, 0.5), (1, 0, 0))
