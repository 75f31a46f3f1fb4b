from __future__ import annotations

import math
import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.graphics.geometry import (
    Box,
    Point,
    area,
    clipped_line,
    clipped_piece,
    clipped_ring,
    dots,
    length_inside,
    path,
    tenth,
    thinned,
)

SQUARE = Box(0, 0, 10, 10)
coordinates = st.floats(-50, 50, allow_nan=False)
points = st.tuples(coordinates, coordinates)


@pytest.mark.parametrize(
    ("value", "text"),
    [(12, "12"), (12.04, "12"), (12.06, "12.1"), (-0.04, "0"), (0.5, "0.5"), (-0.5, "-0.5"), (120, "120")],
)
def test_coordinates_are_rounded_to_a_tenth_and_written_without_needless_signs(value: float, text: str) -> None:
    assert str(tenth(value)) == text


def test_a_path_is_written_with_relative_steps_and_few_separators() -> None:
    assert path([[(1, 2), (1.5, 1), (1.5, 3.2)]]) == "M1 2l.5-1 0 2.2"
    assert path([[(0, 0), (0.5, 0.5), (10, 10)]]) == "M0 0l.5.5 9.5 9.5"


def test_a_closed_path_drops_the_point_that_repeats_its_start() -> None:
    assert path([[(0, 0), (4, 0), (4, 4), (0, 0)]], closed=True) == "M0 0l4 0 0 4z"


def test_lines_that_are_too_short_to_be_seen_vanish() -> None:
    assert path([[(0, 0), (0.01, 0.02)], [(5, 5)]]) == ""
    assert path([[(0, 0), (4, 0), (0, 0)]], closed=True) == ""


def test_dots_are_short_lines() -> None:
    assert dots([(1, 2), (3.25, 4)]) == "M1 2h.1M3.2 4h.1"


@given(st.lists(st.lists(points, min_size=2, max_size=8), max_size=4))
def test_paths_can_be_read_back_within_a_tenth(lines: list[list[Point]]) -> None:
    found = path(lines)
    assert re.fullmatch(r"[Mlz\d. -]*", found)
    read = _read(found)
    wanted = [point for line in lines for point in line]
    assert all(min(math.dist(point, one) for one in wanted) < 0.15 for point in read)


def test_thinning_keeps_ends_and_corners() -> None:
    line = [(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 10.0)]
    assert thinned(line, 0.5) == [(0, 0), (10, 0), (10, 10)]
    assert thinned(line, 0.05) == line


@given(st.lists(points, min_size=2, max_size=30), st.floats(0.1, 10))
def test_a_thinned_line_stays_within_its_tolerance(line: list[Point], tolerance: float) -> None:
    thin = thinned(line, tolerance)
    assert (thin[0], thin[-1]) == (line[0], line[-1])
    pieces = list(pairwise(thin))
    assert all(min(distance(point, *piece) for piece in pieces) <= tolerance + 1e-9 for point in line)


def test_a_ring_is_cut_at_the_edges_of_a_box() -> None:
    ring = [(5.0, 5.0), (15.0, 5.0), (15.0, 8.0), (5.0, 8.0)]
    assert set(clipped_ring(ring, SQUARE)) == {(5, 5), (10, 5), (10, 8), (5, 8)}
    assert clipped_ring([(20.0, 20.0), (30.0, 20.0), (30.0, 30.0)], SQUARE) == []


def test_a_ring_around_a_box_becomes_the_box() -> None:
    ring = clipped_ring([(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0)], SQUARE)
    assert set(ring) == {(0, 0), (10, 0), (10, 10), (0, 10)}
    assert area(ring) == 100


@given(st.lists(points, min_size=3, max_size=12))
def test_a_clipped_ring_lies_in_the_box(ring: list[Point]) -> None:
    clipped = clipped_ring(ring, SQUARE)
    assert all(SQUARE.grown(1e-9).holds(point) for point in clipped)


def test_a_line_through_a_box_is_cut_into_its_parts() -> None:
    line = [(-5.0, 2.0), (15.0, 2.0), (15.0, 4.0), (-5.0, 4.0)]
    assert clipped_line(line, SQUARE) == [[(0, 2), (10, 2)], [(10, 4), (0, 4)]]
    assert length_inside(line, SQUARE) == 20
    assert clipped_line([(1.0, 1.0), (2.0, 2.0), (3.0, 1.0)], SQUARE) == [[(1, 1), (2, 2), (3, 1)]]


def test_a_piece_beside_a_box_leaves_nothing() -> None:
    assert clipped_piece((-5, 20), (20, 20), SQUARE) is None
    assert clipped_piece((-5, 4), (4, -6), SQUARE) is None


def test_boxes_that_share_an_edge_do_not_overlap() -> None:
    assert not SQUARE.overlaps(Box(10, 0, 20, 10))
    assert SQUARE.overlaps(Box(9.9, 9.9, 20, 20))
    assert SQUARE.contains(Box(0, 0, 10, 10))
    assert not SQUARE.contains(Box(0, 0, 10.1, 10))


def _read(text: str) -> list[Point]:
    result: list[Point] = []
    for piece in filter(None, text.split("M")):
        start, _, steps = piece.rstrip("z").partition("l")
        numbers = [Decimal(one) for one in re.findall(r"-?(?:\d+\.\d|\d+|\.\d)", start + " " + steps)]
        x, y = numbers[0], numbers[1]
        result.append((float(x), float(y)))
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            result.append((float(x), float(y)))
    return result


def distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the piece of line between two others, found by trying: it has one minimum."""
    low, high = 0.0, 1.0
    for _ in range(100):
        shares = low + (high - low) / 3, high - (high - low) / 3
        near, far = (math.dist(point, _between(start, end, share)) for share in shares)
        low, high = (low, shares[1]) if near < far else (shares[0], high)
    return math.dist(point, _between(start, end, low))


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
