from __future__ import annotations

from itertools import pairwise
from math import cos, radians

from microsite.graphics.geometry import bends
from microsite.graphics.outlines import OUTLINES, outline, world
from microsite.graphics.projection import Shape, fitted

SHAPE = Shape("map", 400, 300)


def test_the_data_are_small_and_cover_every_continent_of_the_rally() -> None:
    assert OUTLINES.stat().st_size <= 150_000
    boxes = [trace.box for trace in world().land]
    assert all(box.left >= -180.01 and box.right <= 180.01 for box in boxes)
    for longitude, latitude in ((2, 47), (15, 20), (45, 24), (-65, -30), (104, 16), (-150, 64)):
        assert any(box.left < longitude < box.right and box.top < latitude < box.bottom for box in boxes)


def test_land_is_as_fine_as_the_bytes_allow() -> None:
    projection = fitted([(2, 49), (18, -34)], SHAPE, 30)
    sizes = []
    for most in (9000, 6000, 4500):
        found = outline(projection, SHAPE.box, most)
        sizes.append(len(found.land) + len(found.borders))
        assert sizes[-1] <= most
    assert sizes == sorted(sizes, reverse=True)


def test_the_open_sea_has_no_land() -> None:
    found = outline(fitted([(-30, 30)], SHAPE, 30), SHAPE.box, 4000)
    assert (found.land, found.borders) == ("", "")


def test_borders_can_be_left_out() -> None:
    found = outline(fitted([(10, 20)], SHAPE, 30), SHAPE.box, 4000, has_borders=False)
    assert found.land
    assert not found.borders


def test_no_coast_leaps_around_the_world() -> None:
    steps = [abs(after[0] - before[0]) for ring in world().land for before, after in pairwise(ring.points)]
    assert max(steps) < 20


def test_the_data_say_how_far_lines_bend() -> None:
    for trace in (*world().land, *world().borders):
        true_to_scale = [(x * cos(radians(y)), y) for x, y in trace.points]
        pairs = zip(trace.bends[1:-1], bends(true_to_scale, 0.0)[1:-1], strict=True)
        assert all(abs(written - exact) <= 0.006 for written, exact in pairs)
        assert min(trace.bends[0], trace.bends[-1]) >= 180


def test_nothing_is_finer_than_the_grid_that_points_are_rounded_to() -> None:
    """Coasts thinned by less than a unit and then rounded to whole ones have steps that nobody drew."""
    projection = fitted([(38, 27), (50, 20)], SHAPE, 30)
    fine, coarse = (outline(projection, SHAPE.box, 100_000, grid=grid) for grid in (1, 10))
    assert len(coarse.land) < 0.6 * len(fine.land)
    assert len(coarse.borders) < 0.7 * len(fine.borders)
