from __future__ import annotations

from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.graphics.geometry import Box
from microsite.graphics.projection import Projection, Shape, best_shape, fitted

WIDE = Shape("wide", 400, 300)
TALL = Shape("tall", 400, 480)


def test_a_degree_of_longitude_is_as_long_as_on_the_middle_parallel() -> None:
    projection = fitted([(0, 50), (20, 70)], WIDE, 30)
    assert projection.per_latitude == pytest.approx(12)  # 20 degrees on 300 - 2 * 30 units
    assert projection.per_longitude == pytest.approx(12 * cos(radians(60)))
    assert projection(10, 60) == pytest.approx((200, 150))
    assert projection(0, 70) == pytest.approx((140, 30))
    assert projection(20, 50) == pytest.approx((260, 270))
    assert projection.km_per_unit == pytest.approx(111.2 / 12)


def test_one_place_gets_a_frame_that_shows_its_surroundings() -> None:
    projection = fitted([(40, 0)], WIDE, 30)
    assert projection.per_latitude == pytest.approx(240 / 12)
    assert projection(40, 0) == pytest.approx((200, 150))


def test_frames_stay_in_the_world() -> None:
    shown = fitted([(170, 76), (179, 89)], WIDE, 30).degrees(WIDE.box)
    assert shown.right == pytest.approx(180)
    assert shown.bottom == pytest.approx(90)


def test_degrees_are_the_inverse() -> None:
    projection = Projection(-10, 40, 2, 4)
    assert projection.degrees(Box(0, 0, 40, 80)) == Box(-10, 20, 10, 40)


def test_the_shape_follows_the_route() -> None:
    assert best_shape([(2, 49), (18, -34)], (WIDE, TALL), 30) is TALL  # Paris to Cape Town
    assert best_shape([(-17, 15), (31, 30)], (WIDE, TALL), 30) is WIDE  # Dakar to Cairo


places = st.tuples(st.floats(-180, 180), st.floats(-80, 80))


@given(st.lists(places, min_size=1, max_size=10))
def test_all_places_lie_in_the_frame(found: list[tuple[float, float]]) -> None:
    projection = fitted(found, TALL, 30)
    assert all(TALL.box.grown(0.01).holds(projection(*place)) for place in found)
