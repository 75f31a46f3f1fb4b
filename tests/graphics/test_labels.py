from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from microsite.graphics.geometry import Box, Point
from microsite.graphics.labels import NARROW, WIDE, Label, Surroundings, Wanted, halved, place_labels, text_width
from microsite.graphics.rows import Seat, seats

FRAME = Box(0, 0, 400, 300)
EMPTY = Surroundings(FRAME, (), (), ())


def placed(*wanted: tuple[float, float, str], around: Surroundings = EMPTY, most: int = 9) -> tuple[Label, ...]:
    return place_labels([Wanted((x, y), (text,), "stop") for x, y, text in wanted], around, most, 24)


def test_a_label_stands_to_the_right_of_its_point() -> None:
    (label,) = placed((100, 100, "Bisha"))
    assert (label.x, label.y, label.anchor, label.dy) == (Decimal(108), Decimal(100), "start", Decimal("0.35"))
    assert not label.wide


def test_near_the_right_edge_it_stands_to_the_left() -> None:
    (label,) = placed((390, 100, "Bisha"))
    assert (label.x, label.anchor) == (Decimal(382), "end")


def test_it_gives_way_to_what_is_solid_and_prefers_not_to_cover_lines() -> None:
    around = Surroundings(FRAME, (Box(101, 80, 180, 120),), (), ())
    assert placed((100, 100, "Bisha"), around=around)[0].anchor == "end"
    around = Surroundings(FRAME, (), (), (((100, 100), (200, 100)),))
    assert placed((100, 100, "Bisha"), around=around)[0].anchor == "end"


def test_the_first_comes_first_and_no_more_than_asked_are_shown_narrow() -> None:
    labels = placed((100, 100, "Bisha"), (100, 200, "Yanbu"), most=1)
    assert [(label.text, label.wide) for label in labels] == [("Bisha", False), ("Yanbu", True)]


def test_a_label_without_room_is_left_out() -> None:
    assert placed((200, 150, "x" * 100)) == ()


def test_a_shorter_text_is_tried() -> None:
    (label,) = place_labels([Wanted((200, 150), ("x" * 100, "Bisha"), "start")], EMPTY, 1, 24)
    assert label.text == "Bisha"


def test_another_text_is_tried_where_the_first_covers_much() -> None:
    around = Surroundings(FRAME, (), (), (((0, 100), (400, 100)), ((0, 93), (400, 93)), ((0, 107), (400, 107))))
    (label,) = place_labels([Wanted((200, 100), ("King Abdullah", "Red"), "start")], around, 1, 1000)
    assert label.text == "Red"


def test_a_long_text_may_stand_in_two_lines() -> None:
    text = halved("King Abdullah Economic City")
    assert text == "King Abdullah\nEconomic City"
    assert halved("Bisha") == "Bisha"
    (label,) = placed((100, 100, text))
    box = label.box(16)
    assert box.top < 100 - 16 * 0.5
    assert abs((box.top + box.bottom) / 2 - 100) < 3
    assert text_width(text, 16) < text_width("King Abdullah Economic City", 16)


def test_widths_follow_the_letters() -> None:
    assert text_width("ill", 10) < text_width("sea", 10) < text_width("WWW", 10)
    assert text_width("Riyadh", 20) == 2 * text_width("Riyadh", 10)


spots = st.tuples(st.floats(0, 400), st.floats(0, 300))
names = st.text("abcdefgMWil ", min_size=1, max_size=16)


@given(st.lists(st.tuples(spots, names), max_size=25), st.integers(0, 9))
def test_labels_never_overlap_and_stay_in_the_frame(found: list[tuple[Point, str]], most: int) -> None:
    wanted = [Wanted(point, (f"{index}{name}",), "stop") for index, (point, name) in enumerate(found)]
    around = Surroundings(FRAME, (Box(0, 280, 90, 300),), tuple(point for point, _ in found), ())
    labels = place_labels(wanted, around, most, 24)
    for size, shown in ((NARROW, [one for one in labels if not one.wide]), (WIDE, labels), (WIDE / 2, labels)):
        boxes = [label.box(size) for label in shown]
        assert all(FRAME.grown(0.1).contains(box) for box in boxes)
        # Points are rounded after placing, by half a tenth at most.
        assert not any(one.grown(-0.1).overlaps(other.grown(-0.1)) for one, other in combinations(boxes, 2))


def test_labels_in_rows_keep_to_the_first_row_where_they_can() -> None:
    assert seats([(50, 40), (150, 40)], 0, 400) == [Seat(0, 50), Seat(0, 150)]
    assert seats([(5, 40)], 0, 400) == [Seat(0, 20)]


def test_labels_in_rows_move_aside_for_the_leaders_of_others() -> None:
    first, second = seats([(50, 40), (60, 40)], 0, 400)
    assert (first.row, second.row) == (0, 0)
    assert second.x - first.x >= 45 or first.row != second.row


@given(st.lists(st.tuples(st.floats(0, 400), st.floats(5, 90)), max_size=20), st.booleans())
def test_labels_in_rows_never_overlap(wanted: list[tuple[float, float]], has_leaders: bool) -> None:
    wanted.sort()
    chosen = seats(wanted, 0, 400, has_leaders)
    sides = [
        (seat.row, seat.x - width / 2, seat.x + width / 2) for seat, (_, width) in zip(chosen, wanted, strict=True)
    ]
    assert all(left >= -1e-9 and right <= 400 + 1e-9 for _, left, right in sides)
    for (row, left, right), (other_row, other_left, other_right) in combinations(sides, 2):
        assert row != other_row or right <= other_left or other_right <= left
